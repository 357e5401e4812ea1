//! The GIL itself: a lock that one thread holds while it works with shared objects.
//!
//! A thread that releases the lock may take it again at once, so that short pieces of work do not cause a switch of
//! threads. But a thread that has waited for long enough goes first, so that none waits for ever.

use crate::runtime::fork;
use crate::runtime::local::local;
use crate::runtime::lock::{self, Guard, Lock, Signal};
use core::cell::Cell;
use core::sync::atomic::{AtomicU32, Ordering};

/// The state of the lock. It records only whether a thread holds the GIL; the thread that does knows it by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Turns {
    held: bool,
    /// The nanoseconds for which a thread that forks has waited in vain for the thread that holds the lock now.
    kept: libc::c_long,
    waiting: usize,
    /// The number of waiting threads that have waited for longer than `PATIENCE`.
    impatient: usize,
}

/// The waiting threads that are woken when the GIL is free.
#[derive(Debug, PartialEq, Eq)]
enum Wake {
    None,
    One,
    All,
}

impl Turns {
    /// The GIL when no thread waits.
    const fn new(held: bool) -> Self {
        Turns { held, kept: 0, waiting: 0, impatient: 0 }
    }

    /// Whether a thread may take the GIL. `is_impatient` says whether it has lost its patience.
    fn is_free_for(&self, is_impatient: bool) -> bool {
        !self.held && (is_impatient || self.impatient == 0)
    }

    /// The threads to wake now that the GIL is free. When some are impatient, a signal for a single thread might wake
    /// one whose turn it is not.
    fn to_wake(self) -> Wake {
        match self {
            Turns { impatient: 1.., .. } => Wake::All,
            Turns { waiting: 1.., .. } => Wake::One,
            _ => Wake::None,
        }
    }
}

/// CPython's switch interval, in nanoseconds.
const PATIENCE: libc::c_long = 5_000_000;

/// The type of the GIL.
#[derive(Debug)]
pub(super) struct Gil {
    turns: Lock<Turns>,
    free: Signal,
    /// The number of times that finalising has taken the GIL away. Written while the lock of the turns is held.
    life: AtomicU32,
}

local! {
    /// Whether this thread waits for the GIL.
    pub(super) static WAITS: Cell<bool> = "pycapsule_waits";
}

/// Waits. Meanwhile a signal handler can see that the thread waits for the GIL.
fn waiting<T>(wait: impl FnOnce() -> T) -> T {
    let before = WAITS.replace(true);
    let done = wait();
    WAITS.set(before);
    done
}

/// The GIL.
pub(super) static GIL: Gil = Gil::new();

impl Gil {
    const fn new() -> Self {
        Gil { turns: Lock::new(Turns::new(false)), free: Signal::new(), life: AtomicU32::new(0) }
    }

    /// Registers the lock and the signal for forks, before a thread can wait for them. A thread that forks takes the
    /// lock by [`Lock::hold_until`], which registers nothing, because a signal handler may call it.
    pub(super) fn expect(&'static self) {
        self.turns.expect();
        self.free.expect();
    }

    /// Waits for the GIL in one of its lives; `false` when that life is over.
    #[unsafe(link_section = ".text.startup")]
    #[must_use]
    pub(super) fn take(&'static self, life: u32) -> bool {
        let mut turns = self.turns.hold();
        if self.life() != life {
            return false;
        }
        let mut is_impatient = false;
        turns.waiting += 1;
        while !turns.is_free_for(is_impatient) {
            if fork::hand_over_gil() {
                break;
            }
            if fork::is_new_child() {
                drop(turns);
                return self.take(life);
            }
            let was_long = waiting(|| {
                if is_impatient {
                    self.free.wait(&mut turns);
                    false
                } else {
                    self.free.wait_for(&mut turns, PATIENCE)
                }
            });
            if self.life() != life {
                return false;
            }
            if was_long {
                is_impatient = true;
                turns.impatient += 1;
            }
        }
        turns.waiting -= 1;
        turns.impatient -= usize::from(is_impatient);
        turns.held = true;
        turns.kept = 0;
        true
    }

    /// Waits for the GIL for a limited time, before any other waiting thread. Returns whether it got the GIL. A signal
    /// handler that interrupts this thread in this file does not get it.
    pub(super) fn take_soon(&'static self, nanoseconds: libc::c_long) -> bool {
        let end = lock::in_time(nanoseconds);
        if WAITS.get() {
            return false;
        }
        let Some(turns) = self.turns.hold_until(&end) else { return false };
        if turns.held && turns.kept >= nanoseconds {
            return false;
        }
        self.take_until(turns, nanoseconds, &end)
    }

    fn take_until(&'static self, mut turns: Guard<Turns>, nanoseconds: libc::c_long, end: &libc::timespec) -> bool {
        let life = self.life();
        turns.waiting += 1;
        turns.impatient += 1;
        let mut is_over = false;
        while !turns.is_free_for(true) && !is_over {
            is_over = waiting(|| self.free.wait_until(&mut turns, end));
            if self.life() != life {
                return false;
            }
        }
        turns.waiting -= 1;
        turns.impatient -= 1;
        let is_free = turns.is_free_for(true);
        turns.held = true;
        turns.kept = if is_free { 0 } else { nanoseconds };
        is_free
    }

    /// Repairs the GIL in a child, in which no thread waits. Either this thread holds it or it is free.
    pub(super) fn go_on_in_child(&'static self, held: bool) {
        *self.turns.hold() = Turns::new(held);
    }

    /// Releases the GIL, which this thread holds.
    pub(super) fn give(&'static self) {
        let mut turns = self.turns.hold();
        turns.held = false;
        match turns.to_wake() {
            Wake::None => {}
            Wake::One => self.free.wake_one(),
            Wake::All => self.free.wake_all(),
        }
    }

    /// Begins another life of the GIL, held by this thread or free. Threads that wait for it in the current life never
    /// get it.
    pub(super) fn next_life(&'static self, held: bool) {
        let mut turns = self.turns.hold();
        *turns = Turns::new(held);
        self.life.fetch_add(1, Ordering::Release);
        self.free.wake_all();
    }

    /// The life that the GIL is in.
    pub(super) fn life(&self) -> u32 {
        self.life.load(Ordering::Acquire)
    }
}

/// Waits for ever.
pub(super) fn hang() -> ! {
    loop {
        // SAFETY: pause takes no arguments, and returns after a signal.
        unsafe { libc::pause() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn an_impatient_thread_goes_first() {
        let free = Turns { waiting: 2, impatient: 1, ..Turns::new(false) };
        assert!(free.is_free_for(true) && !free.is_free_for(false));
        assert!(Turns::new(false).is_free_for(false));
        let held = Turns { held: true, ..free };
        assert!(!held.is_free_for(true) && !held.is_free_for(false));
    }

    #[test]
    fn a_thread_that_waits_is_woken() {
        let to_wake = |waiting, impatient| Turns { waiting, impatient, ..Turns::new(false) }.to_wake();
        assert_eq!(to_wake(0, 0), Wake::None);
        assert_eq!(to_wake(2, 0), Wake::One);
        assert_eq!(to_wake(2, 1), Wake::All);
    }

    #[test]
    fn a_thread_that_has_waited_is_forgotten() {
        static TAKEN: Gil = Gil::new();
        let turns = || *TAKEN.turns.hold();
        assert!(TAKEN.take(0));
        assert_eq!(turns(), Turns::new(true));
        let others = [(); 2].map(|()| {
            thread::spawn(|| {
                assert!(TAKEN.take(0));
                TAKEN.give();
            })
        });
        while turns() != (Turns { waiting: 2, impatient: 2, ..Turns::new(true) }) {
            thread::yield_now();
        }
        TAKEN.give();
        assert!(others.into_iter().all(|other| other.join().is_ok()));
        assert_eq!(turns(), Turns::new(false));
    }

    #[test]
    fn a_life_that_is_over_is_not_taken() {
        static ENDED: Gil = Gil::new();
        assert!(ENDED.take(0));
        ENDED.next_life(false);
        assert!(!ENDED.take(0));
        assert!(ENDED.take(1));
    }

    #[test]
    fn a_thread_that_forks_waits_for_a_while() {
        static FORKED: Gil = Gil::new();
        const SHORT: libc::c_long = 1_000_000;
        let turns = || *FORKED.turns.hold();
        assert!(FORKED.take_soon(SHORT));
        assert!(!FORKED.take_soon(SHORT));
        assert_eq!(turns(), Turns { kept: SHORT, ..Turns::new(true) });
        // A thread with more patience waits for longer, and one with as much does not wait again.
        assert!(!FORKED.take_soon(2 * SHORT));
        assert_eq!(turns(), Turns { kept: 2 * SHORT, ..Turns::new(true) });
        assert!(!FORKED.take_soon(2 * SHORT));
        FORKED.give();
        assert!(FORKED.take(0));
        assert_eq!(turns(), Turns::new(true));
    }
}
