//! SystemError for calls of the C API with invalid arguments.

// Out of line, so that the functions which check their arguments keep no stack frame for the refusal.

use super::{Raised, error};

/// SystemError: a function for one type got an object of another, or an invalid value. CPython's message has the line
/// of its source; this library's names the function.
#[cold]
#[inline(never)]
pub fn bad_argument(function: &'static str) -> Raised {
    raise!(SystemError, "{function}: bad argument to internal function")
}

/// The same, unless an error is pending: then a NULL is mostly the result of the call that raised it.
#[cold]
#[inline(never)]
pub fn bad_operand(function: &'static str) -> Raised {
    error::pending().unwrap_or_else(|| bad_argument(function))
}

/// TypeError: a function got an object of another type than it needs (CPython: `PyErr_BadArgument`).
#[cold]
#[inline(never)]
pub fn bad_argument_type() -> Raised {
    raise!(TypeError, "bad argument type for built-in operation")
}

/// SystemError with CPython's message: a function for objects of all types got NULL. An error that is pending stays instead: the NULL is
/// mostly the result of the call that raised it.
#[cold]
#[inline(never)]
pub fn null_error() -> Raised {
    error::pending().unwrap_or_else(|| raise!(SystemError, "null argument to internal routine"))
}

/// SystemError: a function got NULL where it needs an object. CPython would crash.
#[cold]
#[inline(never)]
pub fn null_argument(function: &'static str) -> Raised {
    raise!(SystemError, "{function} called with a NULL argument")
}

/// The part of Python that functions need which translate its source.
pub const COMPILER: &str = "a compiler of Python";
/// The part of Python that functions need which run its code.
pub const INTERPRETER: &str = "an interpreter of Python";

/// NotImplementedError: a function needs a part of Python that the library does not have.
#[cold]
#[inline(never)]
pub fn not_supported(function: &str, needed: &str) -> Raised {
    raise!(NotImplementedError, "{function}() needs {needed}, and is not supported by pycapsule")
}
