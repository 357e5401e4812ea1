//! C's variable arguments: the bridge to a `va_list`, and the little languages on it: that of
//! `PyUnicode_FromFormat` and `PyErr_Format`, and that of `PyBytes_FromFormat`.

mod arguments;
mod bytes;
mod pieces;
mod text;

pub use arguments::{Argument, Arguments};
pub use bytes::bytes_from_va_list;
pub use text::from_va_list;
