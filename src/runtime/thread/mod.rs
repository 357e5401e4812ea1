//! Threads: which one holds the GIL, and the thread state that a thread has while it holds it.
//!
//! A thread that holds the GIL has a thread state *attached*. A thread that never asks for the GIL has none, and may
//! call every function all the same: it has an error indicator of its own, and objects of its own need no lock.

mod current;
pub mod fork;
mod gil;
mod interpreter;
mod state;
mod tracing;

pub(crate) use current::{attached, own};
pub use interpreter::{PyInterpreterState, interpreter, main_interpreter};
pub use state::{State, native_id};
pub use tracing::{Follower, version};

pub use crate::abi::PyThreadState;

use super::phase::{self, Phase};
use super::{Result, error, fatal, memory};
use current::{ends, forget_own, has_asked, life_of, make_own, set_attached, set_ended, set_own, take_attached};
use gil::GIL;

/// The state of this thread, which is made if there is none.
fn own_or_new(function: &'static str) -> State {
    let Some(own) = own().or_else(make_own) else {
        fatal::error(function, format_args!("Couldn't create thread-state for new thread"));
    };
    own
}

/// The state with which this thread holds the GIL. A thread that has released the GIL has none, which is a fatal error.
/// For a thread that never asked for it, one is made.
pub(crate) fn current(function: &'static str) -> State {
    match attached() {
        Some(state) => state,
        None if has_asked() => fatal::no_thread_state(function),
        None => own_or_new(function),
    }
}

/// Ends a call of a thread that wants the GIL during or after finalising. It waits for ever, as in CPython, because the
/// runtime is gone. In the thread that has finalised the runtime it is a fatal error instead.
#[cold]
fn come_too_late(function: &'static str) -> ! {
    if phase::current() == Phase::Finalized && ends() {
        fatal::error(function, format_args!("Python is finalized"));
    }
    gil::hang()
}

/// Waits for the GIL and attaches this state, which belongs to the caller's life of the runtime.
#[unsafe(link_section = ".text.startup")]
fn attach(state: State, function: &'static str) {
    if attached().is_some() {
        fatal::error("_PyThreadState_Attach", format_args!("non-NULL old thread state"));
    }
    let Some(life) = life_of(state) else { come_too_late(function) };
    if phase::current() == Phase::Finalizing && !ends() {
        gil::hang();
    }
    if !GIL.take(life) {
        come_too_late(function);
    }
    state.asked().set(true);
    set_attached(Some(state));
    if error::follow(state.as_ptr()) {
        state.use_for_errors();
    }
}

/// Releases the GIL, if this thread holds it, and returns the state that was attached.
fn detach() -> Option<State> {
    let state = take_attached();
    if state.is_some() {
        GIL.give();
    }
    state
}

/// Whether this thread may use the objects that threads share: it holds the GIL, or is the only thread of the process.
#[inline(always)]
pub(crate) fn has_shared_objects() -> bool {
    super::pthread::is_alone() || attached().is_some()
}

/// Releases the GIL (CPython: `PyEval_SaveThread`). A thread that never asked for it has nothing to release.
pub(crate) fn save() -> Option<State> {
    match detach() {
        None if has_asked() => fatal::no_thread_state("PyEval_SaveThread"),
        state => state,
    }
}

/// Takes the GIL again, after [`save`] (CPython: `PyEval_RestoreThread`).
pub(crate) fn restore(state: Option<State>, function: &'static str) {
    match state {
        Some(state) => attach(state, function),
        None if has_asked() => fatal::no_thread_state(function),
        None => {}
    }
}

/// Releases the GIL, which is held with this state (CPython: `PyEval_ReleaseThread`).
pub(crate) fn release(state: Option<State>) {
    if state.is_none() || attached() != state {
        fatal::error("PyEval_ReleaseThread", format_args!("wrong thread state"));
    }
    detach();
}

/// Attaches another state, or none and releases the GIL, and returns the previous one (CPython: `PyThreadState_Swap`).
pub(crate) fn swap(state: Option<State>) -> Option<State> {
    let before = detach();
    if let Some(state) = state {
        attach(state, "PyThreadState_Swap");
    }
    before
}

/// Whether this thread holds the GIL with its own state (CPython: `PyGILState_Check`). As in CPython, it is true for
/// every thread before `Py_Initialize` and after the end of the life that it began.
pub fn check() -> bool {
    match own().filter(|own| own.asked().get()) {
        Some(own) => attached() == Some(own),
        None => matches!(phase::current(), Phase::Loaded | Phase::Finalized),
    }
}

/// Makes this thread hold the GIL, with a state of its own. Returns whether it did before (CPython:
/// `PyGILState_Ensure`).
pub fn ensure() -> bool {
    const NAME: &str = "PyGILState_Ensure";
    if !phase::is_initialized() && (phase::current() == Phase::Finalized || !ends()) {
        come_too_late(NAME);
    }
    let own = own_or_new(NAME);
    let held = attached() == Some(own);
    if !held {
        attach(own, NAME);
    }
    own.ensured().update(|count| count + 1);
    held
}

/// Ends what [`ensure`] began; `held` is its answer (CPython: `PyGILState_Release`). The last of these calls deletes the
/// thread's state, and drops the objects that it held.
pub fn release_ensured(held: bool) {
    const NAME: &str = "PyGILState_Release";
    let Some(own) = own() else {
        fatal::error(NAME, format_args!("auto-releasing thread-state, but no thread-state for this thread"));
    };
    if attached() != Some(own) {
        fatal::error(NAME, format_args!("thread state {:p} must be current when releasing", own.as_ptr()));
    }
    match own.ensured().get() {
        // The count stays until the state's objects are dropped, because their destructors may call this function too.
        0 | 1 => {
            clear_own(own);
            delete_own(own, || GIL.give());
        }
        more => {
            own.ensured().set(more - 1);
            if !held {
                detach();
            }
        }
    }
}

/// Calls `work` with the GIL held, whether this thread has asked for it or not. After the end of a life, no other
/// thread can hold it. MemoryError when the thread needs a state for that and there is no memory.
#[inline]
pub fn with_gil<T>(work: impl FnOnce() -> T) -> Result<T> {
    if attached().is_some() || phase::current() == Phase::Finalized { Ok(work()) } else { taking_gil(work) }
}

#[cold]
fn taking_gil<T>(work: impl FnOnce() -> T) -> Result<T> {
    let taken = Taken::take()?;
    let done = work();
    taken.give();
    Ok(done)
}

/// The GIL, taken for one piece of work.
struct Taken {
    own: State,
    was_made: bool,
    had_asked: bool,
}

impl Taken {
    #[cold]
    fn take() -> Result<Self> {
        let before = own();
        let own = before.or_else(make_own).ok_or_else(memory::out_of_memory)?;
        let taken = Taken { own, was_made: before.is_none(), had_asked: own.asked().get() };
        attach(own, "PyGILState_Ensure");
        // The work may call `PyGILState_Release`, which must not delete the state.
        own.ensured().update(|count| count + 1);
        Ok(taken)
    }

    #[cold]
    fn give(self) {
        let Taken { own, was_made, had_asked } = self;
        // The work may have ended this life.
        if self::own() != Some(own) {
            return;
        }
        own.ensured().update(|count| count - 1);
        own.asked().set(had_asked);
        if was_made {
            // The work may have exposed the state to C, and then the errors of this thread are in it. They outlive it.
            let (pending, handled) = (error::take(), error::set_handled(None));
            own.clear();
            delete_own(own, || GIL.give());
            drop(error::set_handled(handled));
            error::put_back(pending);
        } else {
            detach();
        }
    }
}

/// Drops the objects of this thread's state, and its error indicator.
fn clear_own(own: State) {
    error::clear();
    drop(error::set_handled(None));
    own.clear();
}

/// Deletes this thread's state, which is attached and empty, and releases the GIL.
fn delete_own(own: State, let_go: fn()) {
    forget_own();
    error::leave(own.as_ptr());
    // SAFETY: a state is used only by its own thread, which has forgotten it just now.
    unsafe { own.delete() };
    let_go();
}

/// Gives this thread the GIL until the end of a life.
pub fn begin() {
    const NAME: &str = "Py_Initialize";
    let own = own_or_new(NAME);
    // The count is never dropped, so the state outlives all calls of `PyGILState_Release`.
    own.ensured().update(|count| count + 1);
    if attached() != Some(own) {
        attach(own, NAME);
    }
}

/// Takes the GIL away from all other threads for good: they wait for it for ever. `false` when another thread has done
/// so first. The phase changes with the GIL held: until then the thread that holds it continues, and may take it again.
pub fn begin_end() -> bool {
    let Some(own) = attached().or_else(take_to_end) else { return false };
    if ![Phase::Initialized, Phase::Loaded].into_iter().any(|before| phase::change(before, Phase::Finalizing)) {
        return false;
    }
    set_ended(GIL.life().wrapping_add(1));
    GIL.next_life(true);
    set_own(own);
    true
}

/// Takes the GIL for a thread that finalises without it; `None` when another thread has finalised meanwhile.
fn take_to_end() -> Option<State> {
    let life = GIL.life();
    let own = phase::is_initialized().then(|| own_or_new("Py_FinalizeEx"))?;
    if !GIL.take(life) {
        return None;
    }
    own.asked().set(true);
    set_attached(Some(own));
    Some(own)
}

/// Deletes the states of other threads, after [`begin_end`], and drops their objects.
pub fn delete_others() {
    if let Some(state) = attached() {
        delete_all_but(state);
    }
}

/// Deletes the states of threads that can't use them any more, because their life is over or the threads do not exist.
fn delete_all_but(state: State) {
    while let Some(other) = state.youngest_but() {
        other.clear();
        // SAFETY: the threads of the other states do not exist, or wait for ever because their life of the runtime is
        // over.
        unsafe { other.delete() };
    }
}

/// Drops the objects of this thread's own state, and then those of the interpreter, after [`begin_end`].
pub fn clear() {
    if let Some(own) = attached() {
        clear_own(own);
        interpreter().dict().set(None);
    }
}

/// Ends what [`begin_end`] began: deletes this thread's own state, and frees the GIL for another life. Only this thread
/// may take it until the runtime is finalised.
pub fn end() {
    if let Some(own) = attached() {
        // Code that ran since `clear` may have left objects there.
        clear_own(own);
        delete_own(own, || GIL.next_life(false));
    }
}

/// Checks that this thread may continue as one that holds the GIL. The process ends if it has released the GIL.
pub fn require(function: &'static str) {
    if attached().is_none() && has_asked() {
        fatal::no_thread_state(function);
    }
}

/// A state for a thread that will attach it, by itself or another thread (CPython: `PyThreadState_New`); `None` without memory. It
/// becomes the state of this thread if that has none.
pub fn new_state() -> Option<State> {
    if own().is_none() {
        let own = make_own()?;
        own.ensured().set(1);
        return Some(own);
    }
    let made = State::new()?;
    made.ensured().set(1);
    Some(made)
}

/// Deletes a state that no thread has attached (CPython: `PyThreadState_Delete`). Its objects were dropped by [`State::clear`].
///
/// # Safety
/// No thread uses the state any more.
pub unsafe fn delete_state(state: State) {
    if attached() == Some(state) {
        fatal::error("PyThreadState_Delete", format_args!("tstate {:p} is still current", state.as_ptr()));
    }
    if own() == Some(state) {
        forget_own();
    }
    error::leave(state.as_ptr());
    // SAFETY: no thread uses the state, as promised.
    unsafe { state.delete() };
}

/// Deletes the state that this thread has attached, and releases the GIL (CPython: `PyThreadState_DeleteCurrent`).
pub fn delete_attached() {
    let Some(state) = attached() else { fatal::no_thread_state("PyThreadState_DeleteCurrent") };
    if own() == Some(state) {
        return delete_own(state, || GIL.give());
    }
    detach();
    error::leave(state.as_ptr());
    // SAFETY: the thread had the state attached, and has just left it.
    unsafe { state.delete() };
}

/// The state of this thread for code that reads its fields; `None` without the GIL (CPython: `PyThreadState_GetUnchecked`). The
/// process's first thread gets one even if it never asked for the GIL.
pub fn for_c() -> Option<State> {
    attached().or_else(|| if has_asked() { None } else { first_thread_state() })
}

#[cold]
fn first_thread_state() -> Option<State> {
    // SAFETY: the call takes no arguments.
    let is_first = unsafe { libc::getpid() } == native_id();
    own().or_else(|| if is_first && phase::is_initialized() { make_own() } else { None })
}

/// Does something without the GIL, if this thread holds it, and takes it again.
pub fn without_gil<T>(work: impl FnOnce() -> T, function: &'static str) -> T {
    let state = detach();
    let done = work();
    if let Some(state) = state {
        attach(state, function);
    }
    done
}
