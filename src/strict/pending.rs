//! The pending error, as it can be looked at without changing it.

use super::line::Line;
use crate::objects::exceptions;
use crate::runtime::error::{self, Pending};
use crate::runtime::memory::Lossy;
use core::ffi::CStr;

/// By what a pending error is known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    class: usize,
    identity: usize,
    is_object: bool,
}

impl Mark {
    /// The pending error's, if there is one.
    pub fn now() -> Option<Mark> {
        let class = exceptions::class_of_pending()?.as_ptr().addr();
        Some(error::peek(|pending| Mark {
            class,
            identity: pending.identity(),
            is_object: matches!(pending, Pending::Exception(_)),
        }))
    }

    /// Whether the error that is pending after some code ran is the one that was before: also when it was taken and put
    /// back, which makes an object of it.
    pub fn survives_as(self, after: Option<Mark>) -> bool {
        after == Some(self)
            || after.is_some_and(|after| after.class == self.class && after.is_object && !self.is_object)
    }
}

/// The pending error in words, its class and its text as far as that is there already.
pub fn describe() -> Line<200> {
    let class = exceptions::class_of_pending().map_or(c"", |class| {
        // SAFETY: a type's name lives as long as the type.
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
