//! SystemError for calls of the C API with invalid arguments.

// Out of line, so that the functions which check their arguments keep no stack frame for the refusal.

use super::Raised;

/// SystemError: a function for one type got an object of another, or an invalid value. CPython's message has the line
/// of its source; this library's names the function.
#[cold]
#[inline(never)]
pub fn bad_argument(function: &'static str) -> Raised {
    raise!(SystemError, "{function}: bad argument to internal function")
}

/// TypeError: a function got an object of another type than it needs (CPython: `PyErr_BadArgument`).
#[cold]
#[inline(never)]
pub fn bad_argument_type() -> Raised {
    raise!(TypeError, "bad argument type for built-in operation")
}

/// SystemError with CPython's message: a function for objects of all types got NULL.
#[cold]
#[inline(never)]
pub fn null_error() -> Raised {
    raise!(SystemError, "null argument to internal routine")
}

/// SystemError: a function got NULL where it needs an object. CPython would crash.
#[cold]
#[inline(never)]
pub fn null_argument(function: &'static str) -> Raised {
    raise!(SystemError, "{function} called with a NULL argument")
}
