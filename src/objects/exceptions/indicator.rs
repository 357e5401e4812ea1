//! From what the error indicator holds to an exception object, and back.

use crate::abi::*;
use crate::objects::{str, tuple};
use crate::runtime::error::{self, Pending};
use crate::runtime::{Obj, Ref, Result, Type};

/// The class of the pending error, or `None` (CPython: `PyErr_Occurred`). Makes nothing.
pub fn class_of_pending() -> Option<Type<'static>> {
    error::peek(|pending| match pending {
        Pending::Clear => None,
        Pending::Static(class, _) | Pending::Text(class, _) => Some(class.class()),
        // SAFETY: the class lives as long as the exception, which the indicator holds; callers use the answer while
        // the error is pending, as PyErr_Occurred's callers must.
        Pending::Exception(exception) => unsafe { Some(Type::from_ptr_unchecked(exception.borrow().class().as_ptr())) },
    })
}

/// Takes the pending error as an exception object; leaves the indicator clear (CPython: `PyErr_GetRaisedException`).
///
/// An error that was raised as a class and a text becomes an object now. If there is no memory for that, the
/// exception is the MemoryError this gave.
pub fn fetch() -> Option<Ref> {
    let made = match error::take() {
        Pending::Clear => return None,
        Pending::Exception(exception) => return Some(exception),
        Pending::Static(class, message) => instantiate(class, message),
        Pending::Text(class, text) => instantiate(class, text.as_str()),
    };
    made.ok()
}

fn instantiate(class: Exc, message: &str) -> Result<Ref> {
    let args = match message {
        "" => tuple::empty().to_ref(),
        message => tuple::from_slice(&[str::from_str(message)?.borrow()])?,
    };
    super::new(class.class(), args)
}

/// Makes an exception object the pending error (CPython: `PyErr_SetRaisedException`).
pub fn restore(exception: Obj<'_>) -> error::Raised {
    error::set(Pending::Exception(exception.to_ref()))
}
