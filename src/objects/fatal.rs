//! Fatal errors for the functions that C calls.

use crate::runtime::fatal::{self, Files};
use crate::runtime::memory::Lossy;
use core::ffi::CStr;

/// Ends the process with a message on standard error, and prints the pending error (CPython: `Py_FatalError`).
pub fn end(function: Option<&CStr>, message: Option<&CStr>, files: Files) -> ! {
    let [function, message] = [function, message].map(|text| text.map(|text| Lossy(text.to_bytes())));
    let message = message.unwrap_or(Lossy(b"<message not set>"));
    fatal::end(function, format_args!("{message}"), files)
}
