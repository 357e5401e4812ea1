//! Objects as text by a description of the format: `format(o, spec)`, `str.format` and the operator `%` of `str`.

mod byte_values;
mod digits;
mod fields;
mod layout;
mod numbers;
mod percent;
mod spec;

pub use fields::{Arguments, format_fields};
pub use percent::{format_bytes, format_percent};

use crate::objects::str::{self, Str};
use crate::objects::{arguments, special};
use crate::protocol::text;
use crate::runtime::known::{FLOAT, INT, STR};
use crate::runtime::{Obj, Ref, Result, raise};

/// An object as text by a specification (CPython: `PyObject_Format`), as its `__format__` gives it.
pub fn format(o: Obj<'_>, spec: Option<Obj<'_>>) -> Result<Ref> {
    let spec = match spec {
        None => *str::empty(),
        Some(spec) if str::check(spec) => spec,
        Some(spec) => {
            return Err(raise!(SystemError, "Format specifier must be a string, not {}", spec.class().name()));
        }
    };
    match o.class() {
        class if class == STR => return format_str(o, spec),
        class if class == INT => return format_int(o, spec),
        class if class == FLOAT => return format_float(o, spec),
        _ => {}
    }
    let Some(formatted) = special::call(o, "__format__", &[spec])? else {
        return Err(raise!(TypeError, "Type {} doesn't define __format__", o.class().name()));
    };
    if str::check(formatted.borrow()) {
        return Ok(formatted);
    }
    Err(raise!(TypeError, "__format__ must return a str, not {}", formatted.borrow().class().name()))
}

/// The argument of a `__format__` method.
fn spec_argument(spec: Obj<'_>) -> Result<Str<'_>> {
    let refuse = || raise!(TypeError, "__format__() argument must be str, not {}", arguments::kind(spec));
    spec.downcast().ok_or_else(refuse)
}

/// `object.__format__`
pub fn format_object(o: Obj<'_>, spec: Obj<'_>) -> Result<Ref> {
    if str::length(spec_argument(spec)?) == 0 {
        return text::to_str(o);
    }
    Err(raise!(TypeError, "unsupported format string passed to {}.__format__", o.class().name()))
}

/// `str.__format__`
pub fn format_str(o: Obj<'_>, spec: Obj<'_>) -> Result<Ref> {
    let spec = spec_argument(spec)?;
    match o.downcast() {
        Some(s) if str::length(spec) > 0 => layout::string(s, spec),
        _ => text::to_str(o),
    }
}

/// `int.__format__`
pub fn format_int(o: Obj<'_>, spec: Obj<'_>) -> Result<Ref> {
    let spec = spec_argument(spec)?;
    match o.downcast() {
        Some(int) if str::length(spec) > 0 => numbers::int(int, spec),
        _ => text::to_str(o),
    }
}

/// `complex.__format__`
pub fn format_complex(o: Obj<'_>, spec: Obj<'_>) -> Result<Ref> {
    let spec = spec_argument(spec)?;
    match o.downcast() {
        Some(complex) if str::length(spec) > 0 => numbers::complex(complex, spec),
        _ => text::to_str(o),
    }
}

/// `float.__format__`
pub fn format_float(o: Obj<'_>, spec: Obj<'_>) -> Result<Ref> {
    let spec = spec_argument(spec)?;
    match o.downcast() {
        Some(float) if str::length(spec) > 0 => numbers::float(float, spec),
        _ => text::to_str(o),
    }
}
