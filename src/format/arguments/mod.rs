//! The language of `PyArg_ParseTuple` and its kin: formats that turn a call's arguments into values of C.
//!
//! A format is parsed into a [`Format`] with its [`Unit`]s, which needs no `va_list`. The rest of this folder walks the
//! units with a reader of C's variable arguments, which are the places for the values.

mod checks;
mod clinic;
mod convert;
mod format;
mod keywords;
mod number;
mod parse;
mod positional;
mod refusal;
mod text;
mod undo;
mod unit;

pub use checks::{bad_argument, check_positional, no_keywords, no_positional, require_text_keys};
pub use clinic::{Bounds, Keywords, parse_given, unpack_keywords};
pub use convert::Warn;
pub use format::{Format, Malformed};
pub use keywords::parse_with_keywords;
pub use positional::{parse_items, parse_object};
pub use unit::{Form, Integer, Items, Kind, Source, Unit, Unknown};
