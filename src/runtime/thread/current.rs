//! This thread's state, and whether the thread holds the GIL with it. No function here ends the process, so that the
//! messages of fatal errors can call them.

use super::gil::{self, GIL};
use super::state::State;
use crate::runtime::fork;
use crate::runtime::local::{Zeroed, local};
use crate::runtime::phase::{self, Phase};
use core::cell::Cell;

/// The GIL and the thread states, as one thread sees them. A state that a thread leaves behind is deleted when the
/// runtime is finalised.
pub(super) struct Thread {
    /// The state that was made for it.
    own: Cell<Option<State>>,
    /// The life of the runtime to which this state belongs.
    life: Cell<u32>,
    /// The state with which it holds the GIL; `None` without the GIL.
    attached: Cell<Option<State>>,
    /// The life in which this thread last finalised the runtime; 0 if it never did.
    ended: Cell<u32>,
}

// SAFETY: zero bytes are `None` for a state, which is a pointer that is not NULL, and the number 0.
unsafe impl Zeroed for Thread {}

local! {
    static THREAD: Thread = "pycapsule_thread";
}

/// The state with which this thread holds the GIL; `None` without the GIL (CPython: `PyThreadState_GetUnchecked`).
pub(crate) fn attached() -> Option<State> {
    THREAD.with(|thread| thread.attached.get())
}

/// The state that was made for this thread, if there is one (CPython: `PyGILState_GetThisThreadState`).
pub(crate) fn own() -> Option<State> {
    THREAD.with(|thread| thread.own.get().filter(|_| thread.life.get() == GIL.life()))
}

/// Gives this thread a state, for the current life of the runtime.
pub(super) fn set_own(state: State) {
    THREAD.with(|thread| {
        thread.own.set(Some(state));
        thread.life.set(GIL.life());
    });
}

/// Forgets the state of this thread, because it is about to be deleted.
pub(super) fn forget_own() {
    THREAD.with(|thread| thread.own.set(None));
    take_attached();
}

/// Changes the state with which this thread holds the GIL.
pub(super) fn set_attached(state: Option<State>) {
    THREAD.with(|thread| thread.attached.set(state));
    if let Some(state) = state {
        state.set_active(true);
    }
}

/// Detaches the state, and returns it.
pub(super) fn take_attached() -> Option<State> {
    let state = THREAD.with(|thread| thread.attached.take());
    if let Some(state) = state {
        state.set_active(false);
    }
    state
}

/// Makes the first state of this thread; `None` when there is no memory for it.
#[unsafe(link_section = ".text.startup")]
pub(super) fn make_own() -> Option<State> {
    GIL.expect();
    fork::guard_gil(&AT_FORK);
    let state = State::new()?;
    set_own(state);
    Some(state)
}

/// Whether this thread has ever asked for the GIL, and so must hold it when a function needs a thread state.
pub(super) fn has_asked() -> bool {
    own().is_some_and(|own| own.asked().get())
}

/// The life to which a state belongs; `None` if it was deleted.
pub(super) fn life_of(state: State) -> Option<u32> {
    let own = THREAD.with(|thread| (thread.own.get() == Some(state)).then(|| thread.life.get()));
    own.or_else(|| state.is_there().then(|| GIL.life()))
}

/// Whether this thread finalises the runtime, or was the last to do so.
pub(super) fn ends() -> bool {
    let ended = THREAD.with(|thread| thread.ended.get());
    // Three lives count: the one before, in which finalising begins; this one; and the next, which begins when
    // finalising is done.
    ended != 0 && GIL.life().wrapping_add(1).wrapping_sub(ended) <= 2
}

/// Records that this thread finalises the runtime, in a life that has begun or begins now.
pub(super) fn set_ended(life: u32) {
    THREAD.with(|thread| thread.ended.set(life));
}

/// The time for which a thread that forks waits for the GIL, in nanoseconds. The thread that holds it may wait for this
/// one. A thread that has released the GIL waits for longer than one that does not use it: its child may use the
/// objects that threads share, which are whole only if no other thread is changing them. On a busy machine it takes
/// some time until the holder releases the GIL.
fn patience_to_fork() -> libc::c_long {
    if has_asked() { 900_000_000 } else { 20_000_000 }
}

/// The functions by which forks handle the GIL.
static AT_FORK: fork::Gil = fork::Gil {
    take: || {
        let is_ended_elsewhere = phase::current() == Phase::Finalizing && !ends();
        attached().is_none() && !is_ended_elsewhere && GIL.take_soon(patience_to_fork())
    },
    give: || GIL.give(),
    is_awaited: || gil::WAITS.get(),
    go_on_in_child,
};

/// Repairs the state of a child, where the other threads do not exist. If one of them was finalising, this is over, so
/// that this thread does not wait for ever for its end.
fn go_on_in_child() {
    GIL.go_on_in_child(attached().is_some());
    if !ends() && phase::change(Phase::Finalizing, Phase::Finalized) {
        GIL.next_life(false);
        set_ended(GIL.life());
    }
}
