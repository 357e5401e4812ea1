//! The pending error, which is read without being changed.

use crate::objects::{exceptions, str};
use crate::runtime::Type;
use crate::runtime::error::{self, Pending};
use crate::runtime::line::Line;
use crate::runtime::memory::Lossy;

/// An identifier of a pending error, by which it is recognised later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    class: usize,
    identity: usize,
    is_object: bool,
}

impl Mark {
    /// The mark of the pending error, if there is one.
    pub fn now() -> Option<Mark> {
        // SAFETY: the error is looked at, which runs no other code.
        unsafe {
            error::peek(|pending| {
                let class = pending.class()?.as_ptr().addr();
                Some(Mark { class, identity: pending.identity(), is_object: pending.is_object() })
            })
        }
    }

    /// Whether `after`, the error that is pending after some code ran, is this one. It may have been taken and
    /// restored, which makes an exception object of it.
    pub fn survives_as(self, after: Option<Mark>) -> bool {
        after == Some(self)
            || after.is_some_and(|after| after.class == self.class && after.is_object && !self.is_object)
    }
}

/// The pending error in words: its class, and its text if getting that runs no code.
pub fn describe() -> Line<200> {
    // SAFETY: a line has room of its own, and the names and texts that are written to it are read as they lie in
    // memory.
    unsafe { error::peek(in_words) }
}

fn in_words(error: &Pending) -> Line<200> {
    let Some(class) = error.class().map(Type::name) else { return Line::new() };
    match error {
        Pending::Static(_, text) if !text.is_empty() => Line::of(format_args!("{class}: {text}")),
        Pending::Text(_, text) => Line::of(format_args!("{class}: {}", Lossy(text.as_bytes()))),
        Pending::Message(_, text) => Line::of(format_args!("{class}: {}", str::as_text(text.borrow()))),
        Pending::NoAttribute(missing) => Line::of(format_args!("{class}: {}", exceptions::text_of_missing(missing))),
        _ => Line::of(format_args!("{class}")),
    }
}
