//! Thread states. A thread has one for as long as it works with the GIL. All are in one list, so that finalising finds
//! those that their threads left behind.

use crate::runtime::lock::Lock;
use crate::runtime::{Field, memory};
use core::cell::Cell;
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::{AtomicU64, Ordering};

/// A thread state. C knows only its address.
#[derive(Debug)]
#[repr(C)]
pub struct PyThreadState {
    next: Cell<*mut PyThreadState>,
    previous: Cell<*mut PyThreadState>,
    /// The number of calls of `PyGILState_Ensure` without their `PyGILState_Release`.
    ensured: Cell<usize>,
    /// Whether its thread has asked for the GIL. A thread that never does may still ask for its thread state.
    asked: Cell<bool>,
    id: u64,
    dict: Field,
}

/// A thread state that has not been deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct State(NonNull<PyThreadState>);

/// The first state of the list, the youngest.
struct States(*mut PyThreadState);

// SAFETY: only a thread that holds the lock around the pointer follows it.
unsafe impl Send for States {}

static STATES: Lock<States> = Lock::new(States(null_mut()));

/// Numbers for thread states; the first one is 1, as in CPython.
static NEXT_ID: AtomicU64 = AtomicU64::new(1);

impl State {
    /// Takes a pointer from C; `None` for NULL.
    ///
    /// # Safety
    /// `state` is NULL, or a thread state that is not deleted while this is used.
    pub const unsafe fn from_ptr(state: *mut PyThreadState) -> Option<Self> {
        match NonNull::new(state) {
            Some(state) => Some(State(state)),
            None => None,
        }
    }

    /// The address, for C.
    pub const fn as_ptr(self) -> *mut PyThreadState {
        self.0.as_ptr()
    }

    /// Makes a state and adds it to the list; `None` when there is no memory for it.
    ///
    /// A thread calls this before it has the GIL, so it holds the lock during the allocation. A fork waits for the lock, and
    /// thus never interrupts an allocator that has no handlers for forks (a sanitizer's).
    pub(super) fn new() -> Option<Self> {
        let mut states = STATES.hold();
        let state = memory::allocate(size_of::<PyThreadState>())?.cast::<PyThreadState>();
        let next = states.0;
        let made = PyThreadState {
            next: Cell::new(next),
            previous: Cell::new(null_mut()),
            ensured: Cell::new(0),
            asked: Cell::new(false),
            id: NEXT_ID.fetch_add(1, Ordering::Relaxed),
            dict: Field::null(),
        };
        // SAFETY: the block has room for a state; `next` is NULL or in the list, which is locked.
        unsafe {
            state.write(made);
            if let Some(next) = next.as_ref() {
                next.previous.set(state.as_ptr());
            }
        }
        states.0 = state.as_ptr();
        Some(State(state))
    }

    /// Removes the state from the list and frees it. Its objects were dropped before.
    ///
    /// # Safety
    /// The state is not used any more.
    pub(super) unsafe fn delete(self) {
        let mut states = STATES.hold();
        let (next, previous) = (self.fields().next.get(), self.fields().previous.get());
        // SAFETY: its neighbours, if there are any, are in the list, which is locked.
        unsafe {
            match previous.as_ref() {
                Some(previous) => previous.next.set(next),
                None => states.0 = next,
            }
            if let Some(next) = next.as_ref() {
                next.previous.set(previous);
            }
            memory::free(self.0.as_ptr().cast());
        }
    }

    /// The youngest state except this one.
    pub(super) fn youngest_but(self) -> Option<Self> {
        let states = STATES.hold();
        let first = State(NonNull::new(states.0)?);
        if first == self { NonNull::new(first.fields().next.get()).map(State) } else { Some(first) }
    }

    /// Whether it is in the list: a state from C may have been deleted.
    pub(super) fn is_there(self) -> bool {
        let states = STATES.hold();
        let mut next = states.0;
        // SAFETY: a state is removed from the list before it is freed, and the list is locked.
        while let Some(state) = unsafe { next.as_ref() } {
            if core::ptr::eq(state, self.as_ptr()) {
                return true;
            }
            next = state.next.get();
        }
        false
    }

    fn fields(&self) -> &PyThreadState {
        // SAFETY: A `State` has not been deleted. Its fields change in cells: the links under the lock, the others
        // under the GIL.
        unsafe { self.0.as_ref() }
    }

    /// The state's number, which is unique for as long as the process lives.
    pub fn id(self) -> u64 {
        self.fields().id
    }

    /// The dict of the values that extensions keep per thread, or NULL.
    pub fn dict(&self) -> &Field {
        &self.fields().dict
    }

    /// The number of calls of `PyGILState_Ensure` that are open.
    pub(super) fn ensured(&self) -> &Cell<usize> {
        &self.fields().ensured
    }

    /// Whether its thread has asked for the GIL.
    pub(super) fn asked(&self) -> &Cell<bool> {
        &self.fields().asked
    }
}
