//! Fatal errors as C declares them: with the error that is pending, if there is one.

use super::exceptions::{self, display};
use crate::runtime::fatal;
use crate::runtime::memory::Lossy;
use crate::runtime::stderr::Stderr;
use core::ffi::CStr;

/// Ends the process, and says why on standard error (CPython: `Py_FatalError`).
pub fn end(function: Option<&CStr>, message: Option<&CStr>) -> ! {
    let [function, message] = [function, message].map(|text| text.map(|text| Lossy(text.to_bytes())));
    let message = message.unwrap_or(Lossy(b"<message not set>"));
    fatal::end(function, format_args!("{message}"), show_pending)
}

/// The pending error, on standard error. What can't be written, is not.
fn show_pending() {
    if let Some(exception) = exceptions::fetch() {
        let _ = display::show(exception.borrow(), &mut Stderr);
    }
}
