//! C's variable arguments: reading a `va_list`, and the languages of formats: that of `PyUnicode_FromFormat` and
//! `PyErr_Format`, that of `PyBytes_FromFormat`, that of the module `struct`, that of `PyArg_ParseTuple`, and that
//! of `Py_BuildValue`.

pub mod arguments;
mod bytes;
mod cursor;
mod digits;
mod struct_size;
mod unicode;
mod va_list;
pub mod values;

pub use bytes::bytes_from_va_list;
pub use struct_size::struct_size;
pub use unicode::str_from_va_list;
