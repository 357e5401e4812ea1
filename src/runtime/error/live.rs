//! Errors in the thread state. Compiled code reads and writes `current_exception` and `exc_info` of CPython's thread
//! state directly. As soon as a thread gets the address of its state, its errors are kept there, as exception objects
//! that are made at once. Until then errors keep the forms in which they were raised.

use super::{Errors, Indicator, Pending};
use crate::abi::{_PyErr_StackItem, PyThreadState};
use crate::runtime::known;
use crate::runtime::reference::{Field, Ref};
use core::cell::Cell;
use core::mem::ManuallyDrop;
use core::ptr::NonNull;

/// Makes the exception object of an error; `None` for a clear indicator.
pub type Maker = fn(Indicator) -> Option<Ref>;

/// The place of a thread's errors when that is a thread state.
pub(super) struct Live {
    state: Cell<Option<NonNull<PyThreadState>>>,
    /// The function of the room above that makes exception objects.
    make: Cell<Option<Maker>>,
}

/// The value of the handled exception that stands for the one in the thread state: None is never handled.
fn mark() -> Ref {
    known::NONE.to_ref()
}

/// Whether a handled exception is the [`mark`].
pub(super) fn is_mark(handled: &Ref) -> bool {
    handled.borrow().is(known::NONE)
}

/// Keeps the errors of this thread in a thread state from now on. Returns whether they were not there before.
#[inline]
pub fn expose(state: *mut PyThreadState, make: Maker) -> bool {
    super::ERRORS
        .with(|errors| errors.live.state.get().map(NonNull::as_ptr) != Some(state) && errors.expose(state, make))
}

/// Keeps the errors of this thread in another thread state, if they are in one. Returns whether they were not there
/// before.
pub fn follow(state: *mut PyThreadState) -> bool {
    super::ERRORS.with(|errors| {
        let Some(before) = errors.live.state.get() else { return false };
        errors.live.state.set(NonNull::new(state));
        before.as_ptr() != state
    })
}

/// Keeps no errors of this thread in a thread state that is about to be deleted. Its errors are lost, as in CPython.
pub fn leave(state: *mut PyThreadState) {
    super::ERRORS.with(|errors| {
        if errors.live.state.get().map(NonNull::as_ptr) == Some(state) {
            errors.live.state.set(None);
            errors.indicator.set(ManuallyDrop::new(Indicator::CLEAR));
            errors.handled.set(ManuallyDrop::new(None));
        }
    });
}

/// The field with the pending exception.
fn current<'a>(state: NonNull<PyThreadState>) -> &'a Field {
    // SAFETY: the field holds NULL or an owned reference. The state is deleted only after its thread has left it.
    unsafe { Field::at(&raw mut (*state.as_ptr()).current_exception) }
}

/// The field with the exception of an item of the stack of handled exceptions.
fn value<'a>(item: NonNull<_PyErr_StackItem>) -> &'a Field {
    // SAFETY: the field holds NULL or an owned reference, and C keeps the items alive for as long as they are in the
    // stack.
    unsafe { Field::at(&raw mut (*item.as_ptr()).exc_value) }
}

/// The item at the top of the stack of handled exceptions.
fn top(state: NonNull<PyThreadState>) -> Option<NonNull<_PyErr_StackItem>> {
    // SAFETY: the state is live, and C stores only items in this field.
    NonNull::new(unsafe { (*state.as_ptr()).exc_info })
}

impl Errors {
    #[cold]
    fn expose(&self, state: *mut PyThreadState, make: Maker) -> bool {
        let Some(state) = NonNull::new(state) else { return false };
        if self.live.state.replace(Some(state)).is_some() {
            return true;
        }
        self.live.make.set(Some(make));
        let pending = self.replace(Indicator::CLEAR);
        let handled = self.set_handled_here(None);
        self.handled.set(ManuallyDrop::new(Some(mark())));
        if let Some(item) = top(state).filter(|_| handled.is_some()) {
            value(item).set(handled);
        }
        let made = make(pending);
        self.indicator.set(ManuallyDrop::new(Indicator { pending: Pending::InThreadState, context: None }));
        current(state).set(made);
        true
    }

    fn set_handled_here(&self, exception: Option<Ref>) -> Option<Ref> {
        ManuallyDrop::into_inner(self.handled.replace(ManuallyDrop::new(exception)))
    }

    /// Replaces the exception being handled, and returns the previous one.
    pub(super) fn set_handled(&self, exception: Option<Ref>) -> Option<Ref> {
        // SAFETY: only this thread accesses the cell, and the borrow ends at once.
        if unsafe { (*self.handled.as_ptr()).as_ref() }.is_some_and(is_mark) {
            return value(top(self.live.state.get()?)?).replace(exception);
        }
        self.set_handled_here(exception)
    }

    /// The exception being handled, in the thread state: that of the topmost item that has one.
    #[cold]
    pub(super) fn live_handled(&self) -> Option<Ref> {
        let mut item = top(self.live.state.get()?)?;
        while value(item).is_null() {
            // SAFETY: C stores only items in these fields.
            let Some(below) = NonNull::new(unsafe { (*item.as_ptr()).previous_item }) else { break };
            item = below;
        }
        value(item).get().filter(|handled| !is_mark(handled))
    }

    /// Replaces the pending exception in the thread state.
    #[cold]
    #[inline(never)]
    pub(super) fn replace_live(&self, error: Indicator) -> Indicator {
        let (Some(state), Some(make)) = (self.live.state.get(), self.live.make.get()) else { return Indicator::CLEAR };
        let before = current(state).replace(None);
        let made = match error {
            Indicator { pending: Pending::Exception(exception), context: None } => Some(exception),
            Indicator { pending: Pending::Clear, .. } => None,
            raised => {
                // Errors on the way are not kept in the thread state, because each of them would need an exception
                // object, too.
                self.indicator.set(ManuallyDrop::new(Indicator::CLEAR));
                let made = make(raised);
                drop(self.replace(Indicator::CLEAR));
                self.indicator.set(ManuallyDrop::new(Indicator { pending: Pending::InThreadState, context: None }));
                made
            }
        };
        // Code that ran on the way may have attached another state.
        current(self.live.state.get().unwrap_or(state)).set(made);
        Indicator { pending: before.map_or(Pending::Clear, Pending::Exception), context: None }
    }

    /// Whether an exception is pending in the thread state.
    #[cold]
    pub(super) fn is_live_pending(&self) -> bool {
        self.live.state.get().is_some_and(|state| !current(state).is_null())
    }

    /// The pending exception in the thread state, borrowed: it is not dropped.
    #[cold]
    pub(super) fn live_pending(&self) -> ManuallyDrop<Pending> {
        let exception = self.live.state.get().map(|state| current(state).as_ptr());
        // SAFETY: the thread state owns the reference, and this one is never dropped.
        let exception = exception.and_then(|exception| unsafe { Ref::from_ptr(exception) });
        ManuallyDrop::new(exception.map_or(Pending::Clear, Pending::Exception))
    }
}
