//! Every way a capsule call can fail, with CPython's messages (`Objects/capsule.c`).

use crate::abi::Exc;
use crate::runtime::Raised;
use crate::runtime::error::{raise, raise_formatted};
use crate::runtime::memory::Lossy;

/// The functions that ask something of a capsule, with the messages that name them.
macro_rules! entries {
    ($($entry:ident = $name:literal,)+) => {
        /// The function that asks, where a message names it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each is the function of this name")]
        pub enum Entry {
            $($entry),+
        }

        impl Entry {
            /// The function's name.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$entry => $name),+
                }
            }

            /// What is said when it is called with something else than a capsule.
            const fn invalid(self) -> &'static str {
                match self {
                    $(Self::$entry => concat!($name, " called with invalid PyCapsule object")),+
                }
            }
        }
    };
}
entries! {
    GetPointer = "PyCapsule_GetPointer",
    GetName = "PyCapsule_GetName",
    GetDestructor = "PyCapsule_GetDestructor",
    GetContext = "PyCapsule_GetContext",
    SetPointer = "PyCapsule_SetPointer",
    SetName = "PyCapsule_SetName",
    SetDestructor = "PyCapsule_SetDestructor",
    SetContext = "PyCapsule_SetContext",
    SetTraverse = "_PyCapsule_SetTraverse",
}

/// Every way a capsule call can fail. Those of an import have the name, or a part of it, as C gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CapsuleError<'name> {
    /// NULL, not a capsule, or a capsule that holds NULL.
    #[error("{}", self.fixed())]
    Invalid(Entry),
    /// `PyCapsule_New` with NULL.
    #[error("{}", self.fixed())]
    NewNullPointer,
    /// `PyCapsule_SetPointer` with NULL.
    #[error("{}", self.fixed())]
    SetNullPointer,
    /// The capsule has another name than the caller said.
    #[error("{}", self.fixed())]
    WrongName,
    /// `_PyCapsule_SetTraverse` without a callback.
    #[error("{}", self.fixed())]
    NullCallback,
    /// `PyCapsule_Import` with NULL.
    #[error("{}", self.fixed())]
    ImportNullName,
    /// `PyCapsule_Import` of something in a module that can't be imported.
    #[error("PyCapsule_Import could not import module \"{}\"", Lossy(.0))]
    CannotImport(&'name [u8]),
    /// `PyCapsule_Import` of what is no capsule, or not one of this name.
    #[error("PyCapsule_Import \"{}\" is not valid", Lossy(.0))]
    NotValid(&'name [u8]),
}

impl CapsuleError<'_> {
    /// CPython's message, where it is always the same.
    const fn fixed(self) -> &'static str {
        match self {
            Self::Invalid(entry) => entry.invalid(),
            Self::NewNullPointer => "PyCapsule_New called with null pointer",
            Self::SetNullPointer => "PyCapsule_SetPointer called with null pointer",
            Self::WrongName => "PyCapsule_GetPointer called with incorrect name",
            Self::NullCallback => "_PyCapsule_SetTraverse() called with NULL callback",
            Self::ImportNullName => "PyCapsule_Import called with null name",
            Self::CannotImport(_) | Self::NotValid(_) => "",
        }
    }
}

/// A failure about a capsule is a ValueError, which needs no memory; an import fails as Python's imports do.
impl From<CapsuleError<'_>> for Raised {
    // Mostly it is known which one it is.
    #[inline(always)]
    fn from(error: CapsuleError<'_>) -> Raised {
        match error {
            CapsuleError::Invalid(entry) => invalid(entry),
            CapsuleError::WrongName => wrong_name(),
            CapsuleError::CannotImport(_) => raise_formatted(Exc::ImportError, format_args!("{error}")),
            CapsuleError::NotValid(_) => raise_formatted(Exc::AttributeError, format_args!("{error}")),
            error => raise(Exc::ValueError, error.fixed()),
        }
    }
}

// Functions of their own, so that what a good call does has nothing to keep for the bad ones.

#[cold]
#[inline(never)]
fn invalid(entry: Entry) -> Raised {
    raise(Exc::ValueError, CapsuleError::Invalid(entry).fixed())
}

#[cold]
#[inline(never)]
fn wrong_name() -> Raised {
    raise(Exc::ValueError, CapsuleError::WrongName.fixed())
}
