//! Threads: which one holds the GIL, and the thread state that a thread has while it works with it.
//!
//! A thread that holds the GIL has a thread state *attached*. One that never asks for the GIL has none, and may call all
//! the same: it has an error indicator of its own, and objects of its own need no lock.

mod gil;
mod interpreter;
mod state;

use gil::GIL;
pub use interpreter::{PyInterpreterState, interpreter, main_interpreter};
pub use state::{PyThreadState, State};

use super::local::{Zeroed, local};
use super::phase::{self, Phase};
use super::{Result, error, fatal, memory};
use core::cell::Cell;

/// What is known of a thread. What it leaves behind goes when the runtime is finalised.
struct Thread {
    /// The state made for it.
    own: Cell<Option<State>>,
    /// The life of the runtime that this state belongs to.
    life: Cell<u32>,
    /// The state that it works with, while it holds the GIL.
    attached: Cell<Option<State>>,
    /// The life that was its finalising of the runtime, the last time; 0 if it never did.
    ended: Cell<u32>,
}

// SAFETY: zero bytes are no states, which are pointers that are not NULL, and the number 0.
unsafe impl Zeroed for Thread {}

local! {
    static THREAD: Thread = "pycapsule_thread";
}

/// The state that this thread works with: there is one exactly while it holds the GIL (CPython:
/// `PyThreadState_GetUnchecked`).
pub fn attached() -> Option<State> {
    THREAD.with(|thread| thread.attached.get())
}

/// The state made for this thread, if there is one (CPython: `PyGILState_GetThisThreadState`).
pub fn own() -> Option<State> {
    THREAD.with(|thread| thread.own.get().filter(|_| thread.life.get() == GIL.life()))
}

fn set_own(state: State) {
    THREAD.with(|thread| {
        thread.own.set(Some(state));
        thread.life.set(GIL.life());
    });
}

fn set_attached(state: Option<State>) {
    THREAD.with(|thread| thread.attached.set(state));
}

/// Makes a state for this thread, which has none; `None` when there is no memory for it.
fn make_own() -> Option<State> {
    GIL.expect();
    let state = State::new()?;
    set_own(state);
    Some(state)
}

/// The state made for this thread, which is made when there is none.
fn own_or_new(function: &'static str) -> State {
    let Some(own) = own().or_else(make_own) else {
        fatal::error(function, format_args!("Couldn't create thread-state for new thread"));
    };
    own
}

/// Whether this thread has ever asked for the GIL, and so must hold it when a function needs a thread state.
fn has_asked() -> bool {
    own().is_some_and(|own| own.asked().get())
}

/// The state that this thread works with. A thread that has let the GIL go has none, which is a fatal error; one that
/// never asked for it is given one.
pub fn current(function: &'static str) -> State {
    match attached() {
        Some(state) => state,
        None if has_asked() => fatal::no_thread_state(function),
        None => own_or_new(function),
    }
}

/// The life that a state belongs to; `None` if it has been deleted.
fn life_of(state: State) -> Option<u32> {
    let own = THREAD.with(|thread| (thread.own.get() == Some(state)).then(|| thread.life.get()));
    own.or_else(|| state.is_there().then(|| GIL.life()))
}

/// Whether this thread finalises the runtime, or was the last to do so.
fn ends() -> bool {
    let ended = THREAD.with(|thread| thread.ended.get());
    // The life before it, in which it is begun; this one itself; and the next, which begins when it is done.
    ended != 0 && GIL.life().wrapping_add(1).wrapping_sub(ended) <= 2
}

/// What becomes of a thread that wants the GIL when the runtime has been finalised, or is by another thread: it waits for
/// ever, as in CPython, since there is nothing left to work with. The thread that has finalised the runtime is told.
#[cold]
fn come_too_late(function: &'static str) -> ! {
    if phase::current() == Phase::Finalized && ends() {
        fatal::error(function, format_args!("Python is finalized"));
    }
    gil::hang()
}

/// Waits for the GIL, to work with this state, which the caller has had since the life of the runtime that it is of.
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
}

/// Lets the GIL go, if this thread holds it, and gives the state that it worked with.
fn detach() -> Option<State> {
    let state = THREAD.with(|thread| thread.attached.take());
    if state.is_some() {
        GIL.give();
    }
    state
}

/// Lets the GIL go (CPython: `PyEval_SaveThread`). A thread that never asked for it has nothing to let go.
pub fn save() -> Option<State> {
    match detach() {
        None if has_asked() => fatal::no_thread_state("PyEval_SaveThread"),
        state => state,
    }
}

/// Takes the GIL again, after [`save`] (CPython: `PyEval_RestoreThread`).
pub fn restore(state: Option<State>, function: &'static str) {
    match state {
        Some(state) => attach(state, function),
        None if has_asked() => fatal::no_thread_state(function),
        None => {}
    }
}

/// Lets the GIL go, which is held with this state (CPython: `PyEval_ReleaseThread`).
pub fn release(state: Option<State>) {
    if state.is_none() || attached() != state {
        fatal::error("PyEval_ReleaseThread", format_args!("wrong thread state"));
    }
    detach();
}

/// Works with another state, or with none and without the GIL, and gives the one before (CPython: `PyThreadState_Swap`).
pub fn swap(state: Option<State>) -> Option<State> {
    let before = detach();
    if let Some(state) = state {
        attach(state, "PyThreadState_Swap");
    }
    before
}

/// Whether this thread holds the GIL with its own state (CPython: `PyGILState_Check`). Like CPython, it says yes to
/// anybody while there is no life that `Py_Initialize` began.
pub fn check() -> bool {
    match own().filter(|own| own.asked().get()) {
        Some(own) => attached() == Some(own),
        None => matches!(phase::current(), Phase::Loaded | Phase::Finalized),
    }
}

/// Sees to it that this thread holds the GIL, with a state of its own; says whether it did before (CPython:
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

/// Ends what [`ensure`] began, and has said (CPython: `PyGILState_Release`). With the last of them the thread's state
/// goes, and what it held.
pub fn release_ensured(held: bool) {
    const NAME: &str = "PyGILState_Release";
    let Some(own) = own() else {
        fatal::error(NAME, format_args!("auto-releasing thread-state, but no thread-state for this thread"));
    };
    if attached() != Some(own) {
        fatal::error(NAME, format_args!("thread state {:p} must be current when releasing", own.as_ptr()));
    }
    match own.ensured().get() {
        // The count stays until what the state holds has gone, whose destructors may come here too.
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

/// Does some work with the GIL held, whether this thread has asked for it or not. After the end of a life, nobody else
/// can hold it. MemoryError when the thread needs a state for that and there is no room.
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

/// The GIL, taken for some work only.
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
        // What the work calls may end with `PyGILState_Release`, with which the state must not go.
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
            own.dict().set(None);
            delete_own(own, || GIL.give());
        } else {
            detach();
        }
    }
}

/// Empties this thread's state, and its error indicator.
fn clear_own(own: State) {
    own.dict().set(None);
    error::clear();
    drop(error::set_handled(None));
}

/// Deletes this thread's state, which is attached and empty, and lets the GIL go.
fn delete_own(own: State, let_go: fn()) {
    THREAD.with(|thread| thread.own.set(None));
    set_attached(None);
    // SAFETY: it was this thread's, which has forgotten it.
    unsafe { own.delete() };
    let_go();
}

/// Gives this thread the GIL for the whole of a life.
pub fn begin() {
    const NAME: &str = "Py_Initialize";
    let own = own_or_new(NAME);
    // Never given back: the state outlives all calls of `PyGILState_Release`.
    own.ensured().update(|count| count + 1);
    if attached() != Some(own) {
        attach(own, NAME);
    }
}

/// Takes the GIL away from all other threads for good: they wait for it for ever. `false` when another thread has done so
/// first. The phase changes with the GIL held: until then who holds it goes on, and may ask for more of it.
pub fn begin_end() -> bool {
    let Some(own) = attached().or_else(take_to_end) else { return false };
    if ![Phase::Initialized, Phase::Loaded].into_iter().any(|before| phase::change(before, Phase::Finalizing)) {
        return false;
    }
    THREAD.with(|thread| thread.ended.set(GIL.life().wrapping_add(1)));
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

/// Deletes the states of other threads, after [`begin_end`], and what they held.
pub fn delete_others() {
    if let Some(state) = attached() {
        delete_all_but(state);
    }
}

/// Deletes the states of threads that can't come by them any more: their life is over, or they are gone.
fn delete_all_but(state: State) {
    while let Some(other) = state.youngest_but() {
        other.dict().set(None);
        // SAFETY: as the caller knows.
        unsafe { other.delete() };
    }
}

/// Lets go of what this thread's own state holds, and then of what the interpreter does, after [`begin_end`].
pub fn clear() {
    if let Some(own) = attached() {
        clear_own(own);
        interpreter().dict().set(None);
    }
}

/// Ends what [`begin_end`] began: this thread's own state goes, and the GIL is free for another life. This thread alone may
/// take it until the runtime is finalised.
pub fn end() {
    if let Some(own) = attached() {
        // What ran since `clear` may have left something.
        clear_own(own);
        delete_own(own, || GIL.next_life(false));
    }
}

/// Whether this thread may go on as one that holds the GIL; the process ends if it has let the GIL go.
pub fn require(function: &'static str) {
    if attached().is_none() && has_asked() {
        fatal::no_thread_state(function);
    }
}

/// How long a thread that forks waits for the GIL, in nanoseconds. The one that holds it may wait for this one.
const PATIENCE_TO_FORK: libc::c_long = 20_000_000;

/// Takes the GIL for a fork, when this thread does not hold it and no other one keeps it; says whether it was taken.
pub(super) fn take_for_fork() -> bool {
    let is_ended_elsewhere = phase::current() == Phase::Finalizing && !ends();
    attached().is_none() && !is_ended_elsewhere && GIL.take_soon(PATIENCE_TO_FORK)
}

/// Whether this thread is in the midst of a wait for the GIL, which a handler of a signal may be.
pub(super) fn waits() -> bool {
    gil::WAITS.get()
}

/// Gives it back.
pub(super) fn give_after_fork() {
    GIL.give();
}

/// Goes on in a child, where the other threads are gone. A finalisation that one of them had begun is over: this thread
/// does not wait for what never comes.
pub(super) fn go_on_in_child() {
    GIL.go_on_in_child(attached().is_some());
    if !ends() && phase::change(Phase::Finalizing, Phase::Finalized) {
        GIL.next_life(false);
        THREAD.with(|thread| thread.ended.set(GIL.life()));
    }
}

/// Deletes the states that the threads have left which are gone in this child, and what those held.
pub(super) fn forget_others() {
    if let Some(state) = attached().or_else(own) {
        set_own(state);
        delete_all_but(state);
    }
}
