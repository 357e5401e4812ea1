//! Every way a capsule call can fail, with CPython's messages (`Objects/capsule.c`).

use crate::abi::Exc;
use crate::runtime::Raised;
use crate::runtime::error::{raise, raise_formatted};
use crate::runtime::memory::Lossy;

/// A getter or setter of capsules, for error messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the function of this name")]
pub enum Entry {
    GetPointer,
    GetName,
    GetDestructor,
    GetContext,
    SetPointer,
    SetName,
    SetDestructor,
    SetContext,
    SetTraverse,
}

impl Entry {
    /// The function's name.
    pub fn name(self) -> &'static str {
        self.invalid().split(' ').next().unwrap_or_default()
    }

    /// The message for an argument that is not a capsule. It differs only in the function's name.
    const fn invalid(self) -> &'static str {
        match self {
            Self::GetPointer => "PyCapsule_GetPointer called with invalid PyCapsule object",
            Self::GetName => "PyCapsule_GetName called with invalid PyCapsule object",
            Self::GetDestructor => "PyCapsule_GetDestructor called with invalid PyCapsule object",
            Self::GetContext => "PyCapsule_GetContext called with invalid PyCapsule object",
            Self::SetPointer => "PyCapsule_SetPointer called with invalid PyCapsule object",
            Self::SetName => "PyCapsule_SetName called with invalid PyCapsule object",
            Self::SetDestructor => "PyCapsule_SetDestructor called with invalid PyCapsule object",
            Self::SetContext => "PyCapsule_SetContext called with invalid PyCapsule object",
            Self::SetTraverse => "_PyCapsule_SetTraverse called with invalid PyCapsule object",
        }
    }
}

/// Every way a capsule call can fail. The errors of an import have the name, or a part of it, as C gave it.
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
    /// The capsule has another name than the one that was passed.
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
    /// `PyCapsule_Import` of an object that is not a capsule of this name.
    #[error("PyCapsule_Import \"{}\" is not valid", Lossy(.0))]
    NotValid(&'name [u8]),
}

impl CapsuleError<'_> {
    /// CPython's message, if it has no parts that vary.
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

/// A failure about a capsule is a ValueError, which needs no memory. An import fails as Python's imports do.
impl From<CapsuleError<'_>> for Raised {
    // Most callers know the kind of error at compile time, and then only one arm is compiled.
    #[inline(always)]
    fn from(error: CapsuleError<'_>) -> Raised {
        match error {
            CapsuleError::Invalid(entry) => invalid(entry),
            CapsuleError::WrongName => wrong_name(),
            CapsuleError::CannotImport(_) => raise_formatted(Exc::ImportError, format_args!("{error}")),
            CapsuleError::NotValid(_) => raise_formatted(Exc::AttributeError, format_args!("{error}")),
            error => invalid_argument(error.fixed()),
        }
    }
}

// Out of line, so that the success path spills no registers for them.

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

#[cold]
#[inline(never)]
fn invalid_argument(message: &'static str) -> Raised {
    raise(Exc::ValueError, message)
}
