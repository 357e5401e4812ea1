//! C's variable arguments: the bridge to a `va_list`, and the little language of `PyUnicode_FromFormat` and
//! `PyErr_Format` on it.

mod arguments;
mod text;

pub use arguments::{Argument, Arguments};
pub use text::from_va_list;
