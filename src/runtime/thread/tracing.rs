//! The functions that C sets to follow Python code, one to trace and one to profile for each thread. No Python code runs here, so the
//! library calls neither; C sees them in the thread state, and events of its own reach them ([`crate::interpreter::monitoring`]).

use super::state::State;
use crate::abi::{Py_tracefunc, PyThreadState};
use crate::runtime::{Field, Obj, Ref};
use core::mem::offset_of;
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, Ordering};

/// One of the two functions of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follower {
    /// The profile function: CPython's tool 6.
    Profile,
    /// The trace function: CPython's tool 7.
    Trace,
}

/// How many threads have one of the two functions.
static THREADS: [AtomicI32; 2] = [AtomicI32::new(0), AtomicI32::new(0)];

/// Whether the functions' events are wanted, as it was when one was last set: the end of a thread changes nothing, as in CPython.
static WANTED: [AtomicBool; 2] = [AtomicBool::new(false), AtomicBool::new(false)];

/// A number that is another one after each change of the events that are wanted. CPython's are multiples of 256, too.
static VERSION: AtomicU64 = AtomicU64::new(0);
const STEP: u64 = 256;

impl Follower {
    /// Both functions.
    pub const ALL: [Follower; 2] = [Follower::Profile, Follower::Trace];

    /// The bit of the tool in a set of tools.
    pub const fn bit(self) -> u8 {
        match self {
            Follower::Profile => 1 << 6,
            Follower::Trace => 1 << 7,
        }
    }

    /// Whether the function's events are wanted.
    pub fn is_wanted(self) -> bool {
        WANTED[self as usize].load(Ordering::Relaxed)
    }

    const fn places(self) -> (usize, usize) {
        match self {
            Follower::Profile => (offset_of!(PyThreadState, c_profilefunc), offset_of!(PyThreadState, c_profileobj)),
            Follower::Trace => (offset_of!(PyThreadState, c_tracefunc), offset_of!(PyThreadState, c_traceobj)),
        }
    }
}

/// The number of the events that are wanted now.
pub fn version() -> u64 {
    VERSION.load(Ordering::Relaxed)
}

impl State {
    /// Sets a function that follows the thread's code, and the object that it gets; `None` for no function (CPython:
    /// `PyEval_SetTrace`, `PyEval_SetProfile`).
    pub fn follow(self, follower: Follower, function: Py_tracefunc, object: Option<Ref>) {
        let old = self.exchange(follower, function, object);
        let wanted = THREADS[follower as usize].load(Ordering::Relaxed) > 0;
        if WANTED[follower as usize].swap(wanted, Ordering::Relaxed) != wanted {
            VERSION.fetch_add(STEP, Ordering::Relaxed);
        }
        drop(old);
    }

    /// Takes both functions and their objects away.
    pub(super) fn follow_no_more(self) {
        for follower in Follower::ALL {
            drop(self.exchange(follower, None, None));
        }
    }

    /// Exchanges a function and its object. Returns the old object.
    fn exchange(self, follower: Follower, function: Py_tracefunc, object: Option<Ref>) -> Option<Ref> {
        let (place, of_object) = follower.places();
        let old = self.cell::<Py_tracefunc>(place).replace(function);
        let change = i32::from(function.is_some()) - i32::from(old.is_some());
        THREADS[follower as usize].fetch_add(change, Ordering::Relaxed);
        // SAFETY: the field holds NULL or an owned reference, and lives as long as the state.
        unsafe { Field::at(self.as_ptr().byte_add(of_object).cast()) }.replace(object)
    }

    /// Sets the function of each state. A destructor of the old objects may delete states, after which the walk ends.
    pub fn follow_all(follower: Follower, function: Py_tracefunc, object: Option<Obj<'_>>) {
        let mut next = State::youngest();
        while let Some(state) = next.filter(|state| state.is_there()) {
            next = state.older();
            state.follow(follower, function, object.map(Obj::to_ref));
        }
    }

    /// Whether the thread has such a function.
    pub fn is_followed(self, follower: Follower) -> bool {
        self.cell::<Py_tracefunc>(follower.places().0).get().is_some()
    }

    /// Whether the thread is in a part of the program that is not traced.
    pub fn is_untraced(self) -> bool {
        self.cell::<core::ffi::c_int>(offset_of!(PyThreadState, tracing)).get() > 0
    }
}
