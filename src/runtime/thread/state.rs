//! Thread states. A thread has one for as long as it works with the GIL. All are in one list, so that finalising finds
//! those that their threads left behind.
//!
//! C knows the fields, as CPython has them. The library's own are behind those.

use super::interpreter::interpreter;
use crate::abi::{_PyErr_StackItem, PyThreadState};
use crate::runtime::lock::Lock;
use crate::runtime::{Field, Ref, memory};
use core::cell::Cell;
use core::ffi::c_int;
use core::mem::offset_of;
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::{AtomicU64, Ordering};

/// The number that the kernel gives this thread. The C library has a function for it only since glibc 2.30.
pub fn native_id() -> libc::pid_t {
    // SAFETY: the system call takes no arguments and always succeeds.
    unsafe { libc::syscall(libc::SYS_gettid) as libc::pid_t }
}

/// A thread state, and what C does not know of it.
#[repr(C)]
struct Whole {
    state: PyThreadState,
    /// Whether its thread has asked for the GIL. A thread that never does may still ask for its thread state.
    asked: Cell<bool>,
    /// The threads whose error indicators are in this state.
    users: Cell<Users>,
}

/// The threads that keep their errors in a state.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Users {
    None,
    One(libc::pthread_t),
    Several,
}

/// A thread state that has not been deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct State(NonNull<PyThreadState>);

/// The thread states: the first of a list, the youngest.
struct States {
    first: *mut PyThreadState,
    /// States that were deleted, and in which a thread may still keep its errors. They are never freed.
    retired: *mut PyThreadState,
}

// SAFETY: only a thread that holds the lock around the pointer follows it.
unsafe impl Send for States {}

static STATES: Lock<States> = Lock::new(States { first: null_mut(), retired: null_mut() });

/// Numbers for thread states; the first one is 1, as in CPython.
static NEXT_ID: AtomicU64 = AtomicU64::new(1);

/// CPython's bits of `_status`: initialised, bound to a thread, and to the calls of `PyGILState_Ensure`.
const BOUND: u32 = 0b1011;
/// CPython's bit of `_status`: the state is attached.
const ACTIVE: u32 = 0b1_0000;
/// CPython's default limit for the depth of Python code, which is never reached here.
const RECURSION_LIMIT: c_int = 1000;

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
    #[unsafe(link_section = ".text.startup")]
    pub(super) fn new() -> Option<Self> {
        let mut states = STATES.hold();
        let whole = memory::allocate_zeroed(1, size_of::<Whole>())?.cast::<Whole>();
        let next = states.first;
        // SAFETY: the block is new and has room for a state, for whose fields zero is a value. `next` is NULL or in the list, which is
        // locked. The system calls take no arguments.
        unsafe {
            let state = whole.cast::<PyThreadState>().as_ptr();
            (*state).next = next;
            (*state).interp = interpreter().as_ptr().cast();
            (*state)._status = BOUND;
            (*state).py_recursion_limit = RECURSION_LIMIT;
            (*state).py_recursion_remaining = RECURSION_LIMIT;
            (*state).what_event = -1;
            (*state).exc_info = &raw mut (*state).exc_state;
            (*state).thread_id = libc::pthread_self();
            (*state).native_thread_id = native_id() as libc::c_ulong;
            (*state).context_ver = 1;
            (*state).id = NEXT_ID.fetch_add(1, Ordering::Relaxed);
            (&raw mut (*whole.as_ptr()).users).write(Cell::new(Users::None));
            if let Some(next) = next.as_mut() {
                next.prev = state;
            }
            states.first = state;
        }
        Some(State(whole.cast()))
    }

    /// Removes the state from the list and frees it. Its objects were dropped before. A state in which another thread keeps its errors
    /// is not freed.
    ///
    /// # Safety
    /// The state is not used any more, but for such errors.
    pub(super) unsafe fn delete(self) {
        let mut states = STATES.hold();
        let state = self.0.as_ptr();
        // SAFETY: its neighbours, if there are any, are in the list, which is locked.
        unsafe {
            let (next, previous) = ((*state).next, (*state).prev);
            match previous.as_mut() {
                Some(previous) => previous.next = next,
                None => states.first = next,
            }
            if let Some(next) = next.as_mut() {
                next.prev = previous;
            }
            if [Users::None, Users::One(libc::pthread_self())].contains(&self.whole().users.get()) {
                memory::free(state.cast());
            } else {
                (*state).next = core::mem::replace(&mut states.retired, state);
            }
        }
    }

    /// The state that was made before this one, and is still there.
    pub fn older(self) -> Option<Self> {
        let _states = STATES.hold();
        NonNull::new(self.cell::<*mut PyThreadState>(offset_of!(PyThreadState, next)).get()).map(State)
    }

    /// The state that was made last.
    pub fn youngest() -> Option<Self> {
        NonNull::new(STATES.hold().first).map(State)
    }

    /// The youngest state except this one.
    pub(super) fn youngest_but(self) -> Option<Self> {
        let first = State::youngest()?;
        if first == self { first.older() } else { Some(first) }
    }

    /// Whether it is in the list: a state from C may have been deleted.
    pub(super) fn is_there(self) -> bool {
        let states = STATES.hold();
        let mut next = states.first;
        // SAFETY: a state is removed from the list before it is freed, and the list is locked.
        while let Some(state) = unsafe { next.as_ref() } {
            if core::ptr::eq(state, self.as_ptr()) {
                return true;
            }
            next = state.next;
        }
        false
    }

    /// The number or address at one of the offsets of the fields, as a cell that C may write too.
    pub(super) fn cell<T: Copy>(&self, offset: usize) -> &Cell<T> {
        // SAFETY: a `State` has not been deleted, and this file passes the offset of a field of this type. The fields change in cells: the
        // links under the lock, the others by the thread that holds the GIL with the state.
        unsafe { &*self.0.as_ptr().byte_add(offset).cast() }
    }

    fn whole(&self) -> &Whole {
        // SAFETY: a `State` has not been deleted, and only `new` above makes states.
        unsafe { self.0.cast().as_ref() }
    }

    /// The state's number, which is unique for as long as the process lives.
    pub fn id(self) -> u64 {
        self.cell(offset_of!(PyThreadState, id)).get()
    }

    /// The dict of the values that extensions keep per thread, or NULL.
    pub fn dict(&self) -> &Field {
        // SAFETY: the field holds NULL or an owned reference, and lives as long as the state.
        unsafe { Field::at(&raw mut (*self.0.as_ptr()).dict) }
    }

    /// The context (PEP 567) of the thread, or NULL.
    pub fn context(&self) -> &Field {
        // SAFETY: the field holds NULL or an owned reference, and lives as long as the state.
        unsafe { Field::at(&raw mut (*self.0.as_ptr()).context) }
    }

    /// Replaces the context, and returns the previous one. C sees by a number that it has changed.
    pub fn switch_context(self, context: Option<Ref>) -> Option<Ref> {
        self.cell::<u64>(offset_of!(PyThreadState, context_ver)).update(|version| version.wrapping_add(1));
        self.context().replace(context)
    }

    /// The number of calls of `PyGILState_Ensure` that are open; one more for a state that these calls do not delete.
    pub(super) fn ensured(&self) -> &Cell<c_int> {
        self.cell(offset_of!(PyThreadState, gilstate_counter))
    }

    /// Whether its thread has asked for the GIL.
    pub(super) fn asked(&self) -> &Cell<bool> {
        &self.whole().asked
    }

    /// Records whether it is attached, for C.
    pub(super) fn set_active(self, active: bool) {
        for offset in [offset_of!(PyThreadState, holds_gil), offset_of!(PyThreadState, state)] {
            self.cell::<c_int>(offset).set(active.into());
        }
        self.cell(offset_of!(PyThreadState, _status)).set(if active { BOUND | ACTIVE } else { BOUND });
    }

    /// Begins or ends a part of the program that is not traced: adds to a counter, which C can read.
    pub fn trace(self, step: c_int) {
        self.cell::<c_int>(offset_of!(PyThreadState, tracing)).update(|depth| depth.wrapping_add(step));
    }

    /// Records that this thread keeps its errors in the state.
    pub fn use_for_errors(self) {
        // SAFETY: pthread_self only reads the thread's own register.
        let me = Users::One(unsafe { libc::pthread_self() });
        let users = &self.whole().users;
        users.set(if [Users::None, me].contains(&users.get()) { me } else { Users::Several });
    }

    /// Drops the objects of the state: errors, and the values that extensions keep (CPython: `PyThreadState_Clear`).
    pub fn clear(self) {
        self.follow_no_more();
        self.dict().set(None);
        self.context().set(None);
        for field in self.errors() {
            field.set(None);
        }
    }

    /// The fields with the pending exception and the handled one.
    fn errors(&self) -> [&Field; 2] {
        let state = self.0.as_ptr();
        // SAFETY: the fields hold NULL or owned references, and live as long as the state.
        unsafe { [Field::at(&raw mut (*state).current_exception), Field::at(&raw mut (*state).exc_state.exc_value)] }
    }
}

const _: () = assert!(offset_of!(Whole, state) == 0 && size_of::<_PyErr_StackItem>() == 16);
