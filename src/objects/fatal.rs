//! Fatal errors as C declares them: with the error that is pending, if there is one.

use super::{exceptions, object, str};
use crate::runtime::memory::Lossy;
use crate::runtime::stderr::Stderr;
use crate::runtime::{Ref, fatal};
use core::ffi::CStr;
use core::fmt::Write;

/// Ends the process, and says why on standard error (CPython: `Py_FatalError`).
pub fn end(function: Option<&CStr>, message: Option<&CStr>) -> ! {
    let [function, message] = [function, message].map(|text| text.map(|text| Lossy(text.to_bytes())));
    let message = message.unwrap_or(Lossy(b"<message not set>"));
    fatal::end(function, format_args!("{message}"), show_pending)
}

/// The pending error, on standard error. What can't be written, is not.
fn show_pending() {
    let Some(exception) = exceptions::fetch() else { return };
    let text = object::to_str(exception.borrow()).ok();
    let text = text.as_ref().map(|text| str::as_text(Ref::borrow(text)));
    let class = exception.borrow().class();
    let _ = match text {
        Some(text) => writeln!(Stderr, "{}: {text}", class.name()),
        None => writeln!(Stderr, "{}: <exception str() failed>", class.name()),
    };
}
