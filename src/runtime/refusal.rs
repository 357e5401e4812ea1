//! SystemError for calls of the C API with arguments that no caller may give.

use super::Raised;

/// SystemError: a function for one type was given an object of another, or a value that no caller may give. CPython names
/// the line of its source here; this library names the function.
#[cold]
pub fn bad_argument(function: &'static str) -> Raised {
    raise!(SystemError, "{function}: bad argument to internal function")
}

/// SystemError: a function for objects of all types was given NULL, and has CPython's message for it.
#[cold]
pub fn null_error() -> Raised {
    raise!(SystemError, "null argument to internal routine")
}

/// SystemError: a function was given NULL where it needs an object. CPython would crash.
#[cold]
pub fn null_argument(function: &'static str) -> Raised {
    raise!(SystemError, "{function} called with a NULL argument")
}
