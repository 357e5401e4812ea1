//! The error indicator: the error, if any, that this thread has pending.
//!
//! Raising an error stores a class with a text or with arguments ([`Pending`]). `objects::exceptions` makes the
//! exception object only when it is fetched. An error that is cleared again therefore costs only a few words, and a
//! file that raises errors depends on no exception type.

mod live;
mod pending;
mod raising;

pub use live::{expose, follow, leave};
pub use pending::{Addition, Extended, NoAttribute, Pending};
pub use raising::{
    fetched_from_c, out_of_memory, raise, raise_by_call, raise_formatted, raise_from, raise_no_attribute, raise_with,
    with_attribute, with_cause, with_note,
};

use super::local::{Zeroed, local};
use super::reference::Ref;
use crate::abi::{Exc, PyObject};
use core::cell::Cell;
use core::mem::ManuallyDrop;

/// The proof that the error indicator is set, and the error half of every [`Result`] here.
///
/// The function that makes one has set the indicator. A function that drops one without passing it on either has
/// cleared the indicator, or leaves the error pending on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "the error indicator is set: hand the error on, or clear it"]
pub struct Raised {
    _made_by_raising: (),
}

/// A value, or an error that is in the error indicator.
pub type Result<T, E = Raised> = core::result::Result<T, E>;

/// The content of the error indicator: an error, and the exception that was being handled when it was raised. For an
/// exception object this is `None`, because it has its own `__context__`.
#[derive(Debug)]
pub struct Indicator {
    /// The error.
    pub pending: Pending,
    /// The `__context__` that its exception object will have.
    pub context: Option<Ref>,
}

impl Indicator {
    const CLEAR: Self = Indicator { pending: Pending::Clear, context: None };

    /// Whether there is something to drop. Most errors have a fixed text and own nothing.
    #[inline(always)]
    fn owns_something(&self) -> bool {
        !matches!(self, Indicator { pending: Pending::Clear | Pending::Static(..), context: None })
    }
}

/// The errors of one thread. If a thread ends with an error pending, that error is leaked. CPython's threads do the
/// same if their thread state is never deleted.
struct Errors {
    indicator: Cell<ManuallyDrop<Indicator>>,
    /// [`live::MARK`] when the errors are in a thread state.
    handled: Cell<ManuallyDrop<Option<Ref>>>,
    live: live::Live,
}

// SAFETY: zero bytes are a clear indicator, whose tag is 0, and `None` for a reference, a state and a function.
unsafe impl Zeroed for Errors {}

local! {
    static ERRORS: Errors = "pycapsule_errors";
}

impl Errors {
    /// The content of the indicator, borrowed.
    ///
    /// # Safety
    /// While the borrow lives, no code runs that could change the indicator.
    #[inline(always)]
    unsafe fn peek(&self) -> &Indicator {
        // SAFETY: only this thread accesses the cell, whose value stays by this function's condition.
        unsafe { &*self.indicator.as_ptr() }
    }

    /// Whether the indicator has something to drop.
    #[inline(always)]
    fn owns_something(&self) -> bool {
        // SAFETY: the form of the error is read, which runs no other code.
        unsafe { self.peek() }.owns_something()
    }

    #[inline(always)]
    fn handled(&self) -> Option<Ref> {
        // SAFETY: only this thread accesses the cell, and cloning a reference runs no code that could replace its
        // value.
        let handled = unsafe { (*self.handled.as_ptr()).as_ref() }?;
        if live::is_mark(handled) { self.live_handled() } else { Some(handled.clone()) }
    }

    #[inline(always)]
    fn is_handling_nothing(&self) -> bool {
        // SAFETY: only this thread accesses the cell, and the borrow ends before any code could replace its value.
        unsafe { (*self.handled.as_ptr()).is_none() }
    }

    /// Writes an error without a context over the present content, unless that owns something to drop. Returns whether
    /// it did.
    #[inline(always)]
    fn write(&self, error: impl FnOnce() -> Pending) -> bool {
        let can = !self.owns_something();
        if can {
            self.indicator.set(ManuallyDrop::new(Indicator { pending: error(), context: None }));
        }
        can
    }

    /// Replaces the content of the indicator, and then drops the old one.
    #[inline(always)]
    fn put(&self, error: Indicator) {
        if self.owns_something() {
            self.put_and_drop(error);
        } else {
            self.indicator.set(ManuallyDrop::new(error));
        }
    }

    /// Sets the indicator as [`set`] does. Inlined, because each caller knows the form of its error at compile time.
    #[inline(always)]
    fn set(&self, pending: Pending) -> Raised {
        let context = match pending {
            Pending::Static(..)
            | Pending::Text(..)
            | Pending::Message(..)
            | Pending::Arguments(..)
            | Pending::NoAttribute(..) => {
                // SAFETY: the form of the error is read, which runs no other code.
                if matches!(unsafe { self.peek() }.pending, Pending::Exception(_)) {
                    self.put(Indicator::CLEAR);
                }
                self.handled()
            }
            Pending::Clear | Pending::Extended(_) | Pending::Exception(_) | Pending::InThreadState => None,
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
        // SAFETY: the form of the error is read, which runs no other code.
        if matches!(unsafe { self.peek() }.pending, Pending::InThreadState) {
            return self.replace_live(error);
        }
        ManuallyDrop::into_inner(self.indicator.replace(ManuallyDrop::new(error)))
    }
}

/// Sets the error indicator, and drops the error that it held. An exception object is stored unchanged. Any other error
/// gets the exception being handled as its context. As in CPython, where making the exception clears the indicator, the
/// previous error does not become the context.
pub fn set(pending: Pending) -> Raised {
    ERRORS.with(|errors| errors.set(pending))
}

/// Sets the error indicator to an error without a context, even while an exception is being handled.
#[inline]
pub fn set_without_context(pending: Pending) -> Raised {
    ERRORS.with(|errors| errors.put(Indicator { pending, context: None }));
    Raised { _made_by_raising: () }
}

/// Takes the content of the indicator, which is clear afterwards.
#[inline]
pub fn take() -> Indicator {
    ERRORS.with(|errors| errors.replace(Indicator::CLEAR))
}

/// Takes an error that is a class with a fixed text and without a context, as most are. Any other error stays pending.
#[inline(always)]
pub fn take_fixed() -> Option<(Exc, &'static str)> {
    // SAFETY: the class and the text are copied before the indicator changes.
    ERRORS.with(|errors| match *unsafe { errors.peek() } {
        Indicator { pending: Pending::Static(class, text), context: None } => {
            errors.indicator.set(ManuallyDrop::new(Indicator::CLEAR));
            Some((class, text))
        }
        _ => None,
    })
}

/// Takes the pending error if it is an exception object without a context of its own, as after an error was put back. Any other
/// error stays pending.
#[inline(always)]
pub fn take_exception() -> Option<Ref> {
    // SAFETY: the address is copied before the indicator changes.
    ERRORS.with(|errors| match unsafe { errors.peek() } {
        Indicator { pending: Pending::Exception(exception), context: None } => {
            // SAFETY: the indicator owns this reference. The next line overwrites it without dropping it, so it is owned here.
            let exception = unsafe { Ref::from_ptr_unchecked(exception.as_ptr()) };
            errors.indicator.set(ManuallyDrop::new(Indicator::CLEAR));
            Some(exception)
        }
        _ => None,
    })
}

/// Puts back the content that [`take`] returned, and drops an error that was set meanwhile.
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

/// The exception this thread is handling, if any (CPython: `tstate->exc_info`). It becomes the context of exceptions
/// that are raised meanwhile.
#[inline]
pub fn handled() -> Option<Ref> {
    ERRORS.with(Errors::handled)
}

/// Replaces the exception this thread is handling, and returns the previous one.
pub fn set_handled(exception: Option<Ref>) -> Option<Ref> {
    ERRORS.with(|errors| errors.set_handled(exception))
}

/// Reads the indicator without changing it.
///
/// # Safety
/// `look` only reads: it calls nothing that could raise an error, clear it or replace it.
#[inline]
pub unsafe fn peek<T>(look: impl FnOnce(&Pending) -> T) -> T {
    ERRORS.with(|errors| {
        // SAFETY: `look` only reads, by this function's condition.
        match unsafe { &errors.peek().pending } {
            Pending::InThreadState => look(&errors.live_pending()),
            pending => look(pending),
        }
    })
}

/// The class of the pending error, as a new reference, or `None`. Makes no exception object.
pub fn class_of_pending() -> Option<Ref> {
    // SAFETY: a class is read and counted, which runs no other code.
    unsafe { peek(|pending| pending.class().map(|class| class.as_obj().to_ref())) }
}

/// The address of the class of the pending error, which keeps it alive, for C to borrow; NULL without an error (CPython:
/// `PyErr_Occurred`).
#[inline]
pub fn address_of_class() -> *mut PyObject {
    // SAFETY: the form of the error is read, which runs no other code.
    let is_clear = ERRORS.with(|errors| matches!(unsafe { errors.peek() }.pending, Pending::Clear));
    if is_clear { core::ptr::null_mut() } else { address_of_error() }
}

/// Out of line: the address of the class of the error that is pending.
#[inline(never)]
fn address_of_error() -> *mut PyObject {
    // SAFETY: a class is read, which runs no other code.
    unsafe { peek(|pending| pending.class().map_or(core::ptr::null_mut(), |class| class.as_obj().as_ptr())) }
}

/// Whether a handler for this class handles the pending error.
pub fn pending_is(class: Exc) -> bool {
    // SAFETY: classes and their bases are compared, which runs no other code.
    unsafe { peek(|pending| pending.is(class)) }
}

/// Whether an error is pending.
#[inline]
pub fn occurred() -> bool {
    // SAFETY: the form of the error is read, which runs no other code.
    ERRORS.with(|errors| match unsafe { &errors.peek().pending } {
        Pending::Clear => false,
        Pending::InThreadState => errors.is_live_pending(),
        _ => true,
    })
}

/// The proof that an error is pending, if one is.
#[inline]
pub fn pending() -> Option<Raised> {
    occurred().then_some(Raised { _made_by_raising: () })
}

/// Makes an exception object the pending error (CPython: `PyErr_SetRaisedException`).
#[inline]
pub fn restore(exception: Ref) -> Raised {
    // Each branch makes its own content. The compiler would make a common one on the stack, and copying it from there would
    // wait for the stores (a store forwarding stall).
    if ERRORS.with(|errors| errors.owns_something()) {
        return restore_over(exception);
    }
    ERRORS.with(|errors| {
        errors.indicator.set(ManuallyDrop::new(Indicator { pending: Pending::Exception(exception), context: None }));
    });
    Raised { _made_by_raising: () }
}

#[inline(never)]
fn restore_over(exception: Ref) -> Raised {
    set_without_context(Pending::Exception(exception))
}
