//! C's variable arguments: reading a `va_list`, and the two languages of formats, that of `PyUnicode_FromFormat` and
//! `PyErr_Format`, and that of `PyBytes_FromFormat`.

mod bytes;
mod cursor;
mod digits;
mod unicode;
mod va_list;

pub use bytes::bytes_from_va_list;
pub use unicode::str_from_va_list;
