//! The pending error, looked at without changing it.

use crate::objects::exceptions;
use crate::runtime::error::{self, Pending};
use crate::runtime::line::Line;
use crate::runtime::memory::Lossy;
use core::ffi::CStr;

/// Identifies a pending error, so that it can be recognised later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    class: usize,
    identity: usize,
    is_object: bool,
}

impl Mark {
    /// The mark of the pending error, if there is one.
    pub fn now() -> Option<Mark> {
        let class = exceptions::class_of_pending()?.as_ptr().addr();
        Some(error::peek(|pending| Mark { class, identity: pending.identity(), is_object: pending.is_object() }))
    }

    /// Whether `after`, the error that is pending after some code ran, is this one. It may have been taken and put back, which
    /// makes an object of it.
    pub fn survives_as(self, after: Option<Mark>) -> bool {
        after == Some(self)
            || after.is_some_and(|after| after.class == self.class && after.is_object && !self.is_object)
    }
}

/// The pending error in words: its class, and its text if that needs no code to run.
pub fn describe() -> Line<200> {
    let class = exceptions::class_of_pending().map_or(c"", |class| {
        // SAFETY: `tp_name` is a NUL-terminated string that lives as long as the type, and the pending error keeps its class.
        unsafe { CStr::from_ptr(class.fields().tp_name) }
    });
    let class = Lossy(class.to_bytes());
    error::peek(|pending| match pending {
        Pending::Static(_, text) if !text.is_empty() => Line::of(format_args!("{class}: {text}")),
        Pending::Text(_, text) => Line::of(format_args!("{class}: {}", Lossy(text.as_bytes()))),
        Pending::NoAttribute(missing) => Line::of(format_args!("{class}: {}", exceptions::text_of_missing(missing))),
        _ => Line::of(format_args!("{class}")),
    })
}
