//! The error indicator: what exception, if any, this thread has pending.
//!
//! Raising stores a class and a text, or the parts of one. The exception object is made in `objects::exceptions` when it is
//! asked for. So an error that is only cleared again costs a few words, and this room needs to know no object type.

use super::local::{Zeroed, local};
use super::memory::Message;
use super::reference::Ref;
use crate::abi::Exc;
use core::cell::Cell;
use core::mem::ManuallyDrop;

/// The proof that the error indicator is set: the error half of every [`Result`] here.
///
/// The function that makes one has set the indicator. A function that drops one without handing it on has cleared the
/// indicator, or means to leave the error pending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "the error indicator is set: hand the error on, or clear it"]
pub struct Raised {
    _made_by_raising: (),
}

/// A value, or an error in the error indicator.
pub type Result<T, E = Raised> = core::result::Result<T, E>;

/// The parts of an AttributeError which says that an object has no attribute of a name.
#[derive(Debug)]
pub struct NoAttribute {
    /// The object.
    pub object: Ref,
    /// The name, a `str`.
    pub name: Ref,
    /// The object's own name, a `str`, if it is a module that has one.
    pub module: Option<Ref>,
}

/// An error that may be pending, in the form it was raised in. With a tag of its own, so that telling the forms apart is
/// one comparison.
#[derive(Debug)]
#[repr(u8)]
pub enum Pending {
    /// No error.
    Clear = 0,
    /// A class and a fixed text; an empty text stands for no argument at all.
    Static(Exc, &'static str),
    /// A class and a text made for this occasion, which is the argument even when it is empty.
    Text(Exc, Message),
    /// An object has no attribute of a name.
    NoAttribute(NoAttribute),
    /// An exception object.
    Exception(Ref),
}

impl Pending {
    /// The class of an error in the form it was raised in; `None` when there is none, or when it is an exception object, whose
    /// class the object knows.
    pub fn raised_class(&self) -> Option<Exc> {
        match self {
            Pending::Clear | Pending::Exception(_) => None,
            Pending::Static(class, _) | Pending::Text(class, _) => Some(*class),
            Pending::NoAttribute(_) => Some(Exc::AttributeError),
        }
    }

    /// A number that stays the same while this error is pending; an exception object's is its address.
    pub fn identity(&self) -> usize {
        match self {
            Pending::Clear => 0,
            Pending::Static(_, text) => text.as_ptr().addr(),
            Pending::Text(_, text) => text.as_bytes().as_ptr().addr(),
            Pending::NoAttribute(missing) => missing.name.borrow().as_ptr().addr(),
            Pending::Exception(exception) => exception.borrow().as_ptr().addr(),
        }
    }
}

/// The content of the error indicator: an error, and the exception that was being handled when it was raised. An
/// exception object has its own `__context__`, so there it is `None`.
#[derive(Debug)]
pub struct Indicator {
    /// The error.
    pub pending: Pending,
    /// The `__context__` that its exception object will have.
    pub context: Option<Ref>,
}

impl Indicator {
    const CLEAR: Self = Indicator { pending: Pending::Clear, context: None };

    /// Whether there is something to drop. Most errors are a fixed text, where there is nothing.
    #[inline(always)]
    fn owns_something(&self) -> bool {
        !matches!(self, Indicator { pending: Pending::Clear | Pending::Static(..), context: None })
    }
}

/// The errors of one thread. A thread that ends with an error pending leaks it, as in CPython a thread does that never frees
/// its thread state.
struct Errors {
    indicator: Cell<ManuallyDrop<Indicator>>,
    handled: Cell<ManuallyDrop<Option<Ref>>>,
}

// SAFETY: zero bytes are a clear indicator, whose tag is the first one's, and `None` for a reference.
unsafe impl Zeroed for Errors {}

local! {
    static ERRORS: Errors = "pycapsule_errors";
}

impl Errors {
    #[inline(always)]
    fn peek(&self) -> &Indicator {
        // SAFETY: only this thread reaches the cell. Its value is replaced by the functions of this file alone, and none of
        // those is called while this borrow lives.
        unsafe { &*self.indicator.as_ptr() }
    }

    #[inline(always)]
    fn handled(&self) -> Option<Ref> {
        // SAFETY: only this thread reaches the cell, and cloning a reference runs no code that could replace its value.
        unsafe { (*self.handled.as_ptr()).as_ref().cloned() }
    }

    #[inline(always)]
    fn is_handling_nothing(&self) -> bool {
        // SAFETY: only this thread reaches the cell, and the borrow ends before any code could replace its value.
        unsafe { (*self.handled.as_ptr()).is_none() }
    }

    /// Writes an error without a context over the one that is there, unless that has something to drop; says whether it did.
    #[inline(always)]
    fn write(&self, error: impl FnOnce() -> Pending) -> bool {
        let can = !self.peek().owns_something();
        if can {
            self.indicator.set(ManuallyDrop::new(Indicator { pending: error(), context: None }));
        }
        can
    }

    /// Replaces the content of the indicator, and then drops the old one.
    #[inline(always)]
    fn put(&self, error: Indicator) {
        if self.peek().owns_something() {
            self.put_and_drop(error);
        } else {
            self.indicator.set(ManuallyDrop::new(error));
        }
    }

    /// Sets the indicator, as [`set`] says. Inlined, since each caller knows the form of its error.
    #[inline(always)]
    fn set(&self, pending: Pending) -> Raised {
        let context = match pending {
            Pending::Static(..) | Pending::Text(..) | Pending::NoAttribute(..) => {
                if matches!(self.peek().pending, Pending::Exception(_)) {
                    self.put(Indicator::CLEAR);
                }
                self.handled()
            }
            Pending::Clear | Pending::Exception(_) => None,
        };
        self.put(Indicator { pending, context });
        Raised { _made_by_raising: () }
    }

    #[cold]
    #[inline(never)]
    fn put_and_drop(&self, error: Indicator) {
        drop(self.replace(error));
    }

    #[inline(always)]
    fn replace(&self, error: Indicator) -> Indicator {
        ManuallyDrop::into_inner(self.indicator.replace(ManuallyDrop::new(error)))
    }
}

/// Sets the error indicator, and drops the error that it held. An exception object is put there as it is. An error that is
/// raised gets the exception being handled as its context, and finds the indicator clear, as in CPython, where making the
/// exception clears it.
pub fn set(pending: Pending) -> Raised {
    ERRORS.with(|errors| errors.set(pending))
}

/// Sets the error indicator to an error that has no context, whatever is being handled.
#[inline]
pub fn set_without_context(pending: Pending) -> Raised {
    ERRORS.with(|errors| errors.put(Indicator { pending, context: None }));
    Raised { _made_by_raising: () }
}

/// Takes the content of the indicator, and leaves it clear.
#[inline]
pub fn take() -> Indicator {
    ERRORS.with(|errors| errors.replace(Indicator::CLEAR))
}

/// Puts back the content that [`take`] gave; an error that came up meanwhile is dropped.
#[inline]
pub fn put_back(error: Indicator) {
    ERRORS.with(|errors| errors.put(error));
}

/// Clears the indicator (CPython: `PyErr_Clear`).
#[inline(always)]
pub fn clear() {
    let cleared = ERRORS.with(|errors| errors.write(|| Pending::Clear));
    if !cleared {
        drop_pending();
    }
}

#[cold]
#[inline(never)]
fn drop_pending() {
    drop(take());
}

/// The exception this thread is handling, if any (CPython: `tstate->exc_info`): the context of those raised meanwhile.
#[inline]
pub fn handled() -> Option<Ref> {
    ERRORS.with(Errors::handled)
}

/// Replaces the exception this thread is handling, and gives back the one before.
pub fn set_handled(exception: Option<Ref>) -> Option<Ref> {
    ERRORS.with(|errors| ManuallyDrop::into_inner(errors.handled.replace(ManuallyDrop::new(exception))))
}

/// Looks at the indicator without changing it: `look` reads, and calls nothing that could raise or clear.
#[inline]
pub fn peek<T>(look: impl FnOnce(&Pending) -> T) -> T {
    ERRORS.with(|errors| look(&errors.peek().pending))
}

/// Whether an error is pending.
#[inline]
pub fn occurred() -> bool {
    peek(|pending| !matches!(pending, Pending::Clear))
}

/// The proof that an error is pending, if one is.
#[inline]
pub fn pending() -> Option<Raised> {
    occurred().then_some(Raised { _made_by_raising: () })
}

/// Raises with a fixed text: no allocation, no formatting.
#[inline(never)]
pub fn raise(class: Exc, message: &'static str) -> Raised {
    let raised = ERRORS.with(|errors| errors.is_handling_nothing() && errors.write(|| Pending::Static(class, message)));
    if raised { Raised { _made_by_raising: () } } else { raise_over(class, message) }
}

/// Out of line: raises when there is something to drop, or an exception is being handled.
#[cold]
#[inline(never)]
fn raise_over(class: Exc, message: &'static str) -> Raised {
    set(Pending::Static(class, message))
}

/// Raises with a formatted text; without memory for it, MemoryError instead. Called through `raise!`.
#[cold]
pub fn raise_formatted(class: Exc, arguments: core::fmt::Arguments<'_>) -> Raised {
    if let Some(fixed) = arguments.as_str() {
        return raise(class, fixed);
    }
    match Message::try_format(arguments) {
        Some(text) => set(Pending::Text(class, text)),
        None => out_of_memory(),
    }
}

/// Raises MemoryError, as CPython's `PyErr_NoMemory` does.
#[cold]
pub fn out_of_memory() -> Raised {
    set_without_context(Pending::Static(Exc::MemoryError, ""))
}

/// The proof for an error that C has set: a slot or a function in C that returned NULL or -1.
///
/// If no error is set after all, SystemError says so: an error return without an error is never passed on.
pub fn fetched_from_c(who: &'static str) -> Raised {
    if occurred() {
        return Raised { _made_by_raising: () };
    }
    raise!(SystemError, "{who} returned NULL without setting an exception")
}

#[cfg(test)]
mod tests {
    use super::Pending;
    use crate::abi::Exc;

    #[test]
    fn errors_have_identities_of_their_own() {
        let all = ["one", "another"].map(|text| Pending::Static(Exc::ValueError, text).identity());
        let [one, another] = all;
        assert_ne!(one, another);
        assert!(!all.contains(&Pending::Clear.identity()));
        assert_eq!(one, Pending::Static(Exc::ValueError, "one").identity());
    }

    #[test]
    fn an_error_that_was_only_raised_knows_its_class() {
        assert_eq!(Pending::Static(Exc::ValueError, "").raised_class(), Some(Exc::ValueError));
        assert_eq!(Pending::Clear.raised_class(), None);
    }
}
