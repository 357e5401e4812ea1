//! The error indicator: what exception, if any, this thread has pending.
//!
//! Raising stores a class and a text; the exception object is made in `objects::exceptions` when somebody asks for
//! it. So an error that is only cleared again costs two words, and this room needs to know no object type.

use super::memory::Text;
use super::reference::Ref;
use crate::abi::Exc;
use core::cell::Cell;
use core::mem::ManuallyDrop;

/// The proof that the error indicator is set: the error half of every [`Result`] here.
///
/// Whoever makes one has set the indicator; whoever drops one without handing it on has cleared it, or means to
/// leave the error pending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "the error indicator is set: hand the error on, or clear it"]
pub struct Raised {
    _made_by_raising: (),
}

/// A value, or an error in the error indicator.
pub type Result<T, E = Raised> = core::result::Result<T, E>;

/// What the error indicator holds.
#[derive(Debug)]
pub enum Pending {
    /// Nothing.
    Clear,
    /// A class and a fixed text; an empty text stands for no argument at all.
    Static(Exc, &'static str),
    /// A class and a text made for this occasion.
    Text(Exc, Text),
    /// An exception object.
    Exception(Ref),
}

thread_local! {
    // ManuallyDrop, because a thread-local with a destructor would pin the library and could run after it is gone. A
    // thread that ends with an error pending leaks it, as one of CPython's does that never frees its thread state.
    static INDICATOR: Cell<ManuallyDrop<Pending>> = const { Cell::new(ManuallyDrop::new(Pending::Clear)) };
}

/// Replaces what the indicator holds, and gives back what it held.
#[inline]
fn replace(pending: Pending) -> Pending {
    INDICATOR.with(|indicator| ManuallyDrop::into_inner(indicator.replace(ManuallyDrop::new(pending))))
}

/// Sets the error indicator. What it held is dropped after the new error stands.
#[inline]
pub fn set(pending: Pending) -> Raised {
    drop(replace(pending));
    Raised { _made_by_raising: () }
}

/// Takes what the indicator holds, and leaves it clear.
#[inline]
pub fn take() -> Pending {
    replace(Pending::Clear)
}

/// Clears the indicator (CPython: `PyErr_Clear`).
#[inline]
pub fn clear() {
    drop(take());
}

/// Looks at the indicator without changing it.
#[inline]
pub fn peek<T>(look: impl FnOnce(&Pending) -> T) -> T {
    INDICATOR.with(|indicator| {
        // SAFETY: the cell belongs to this thread, and `look` gets no way to replace its content: it is handed a
        // shared borrow, and all callers only read.
        look(unsafe { &*indicator.as_ptr() })
    })
}

/// Whether an error is pending.
#[inline]
pub fn occurred() -> bool {
    peek(|pending| !matches!(pending, Pending::Clear))
}

/// Raises with a fixed text: no allocation, no formatting.
#[inline]
pub fn raise(class: Exc, message: &'static str) -> Raised {
    set(Pending::Static(class, message))
}

/// Raises with a formatted text; without memory for it, MemoryError instead. Called through `raise!`.
#[cold]
pub fn raise_formatted(class: Exc, arguments: core::fmt::Arguments<'_>) -> Raised {
    if let Some(fixed) = arguments.as_str() {
        return raise(class, fixed);
    }
    match Text::format(arguments) {
        Ok(text) => set(Pending::Text(class, text)),
        Err(raised) => raised,
    }
}

/// The proof for an error that somebody else set: a slot or a function in C that returned NULL or -1.
///
/// If no error is set after all, SystemError says so: an error return without an error is never passed on.
pub fn fetched_from_c(who: &'static str) -> Raised {
    if occurred() {
        return Raised { _made_by_raising: () };
    }
    raise!(SystemError, "{who} returned NULL without setting an exception")
}
