//! Every way a capsule call can fail, with CPython's messages (`Objects/capsule.c`).

use crate::abi::Exc;
use crate::runtime::Raised;
use crate::runtime::error::raise;

/// The function that asks, where a message names it.
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

/// Every way a capsule call can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub enum CapsuleError {
    /// NULL, not a capsule, or a capsule that holds NULL.
    Invalid(Entry),
    /// `PyCapsule_New` with NULL.
    NewNullPointer,
    /// `PyCapsule_SetPointer` with NULL.
    SetNullPointer,
    /// The capsule has another name than the caller said.
    WrongName,
    /// `_PyCapsule_SetTraverse` without a callback.
    NullCallback,
}

impl CapsuleError {
    /// CPython's message.
    const fn message(self) -> &'static str {
        macro_rules! invalid {
            ($name:literal) => {
                concat!($name, " called with invalid PyCapsule object")
            };
        }
        match self {
            Self::Invalid(Entry::GetPointer) => invalid!("PyCapsule_GetPointer"),
            Self::Invalid(Entry::GetName) => invalid!("PyCapsule_GetName"),
            Self::Invalid(Entry::GetDestructor) => invalid!("PyCapsule_GetDestructor"),
            Self::Invalid(Entry::GetContext) => invalid!("PyCapsule_GetContext"),
            Self::Invalid(Entry::SetPointer) => invalid!("PyCapsule_SetPointer"),
            Self::Invalid(Entry::SetName) => invalid!("PyCapsule_SetName"),
            Self::Invalid(Entry::SetDestructor) => invalid!("PyCapsule_SetDestructor"),
            Self::Invalid(Entry::SetContext) => invalid!("PyCapsule_SetContext"),
            Self::Invalid(Entry::SetTraverse) => invalid!("_PyCapsule_SetTraverse"),
            Self::NewNullPointer => "PyCapsule_New called with null pointer",
            Self::SetNullPointer => "PyCapsule_SetPointer called with null pointer",
            Self::WrongName => "PyCapsule_GetPointer called with incorrect name",
            Self::NullCallback => "_PyCapsule_SetTraverse() called with NULL callback",
        }
    }
}

/// Every failure here is a ValueError with a fixed message.
impl From<CapsuleError> for Raised {
    #[cold]
    fn from(error: CapsuleError) -> Raised {
        raise(Exc::ValueError, error.message())
    }
}
