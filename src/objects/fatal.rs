//! Fatal errors as C declares them.

use crate::runtime::fatal::{self, Files};
use crate::runtime::memory::Lossy;
use core::ffi::CStr;

/// Ends the process, and says why on standard error (CPython: `Py_FatalError`), with the error that is pending.
pub fn end(function: Option<&CStr>, message: Option<&CStr>, files: Files) -> ! {
    let [function, message] = [function, message].map(|text| text.map(|text| Lossy(text.to_bytes())));
    let message = message.unwrap_or(Lossy(b"<message not set>"));
    fatal::end(function, format_args!("{message}"), files)
}
