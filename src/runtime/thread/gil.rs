//! The GIL itself: a lock that one thread holds while it works with shared objects.
//!
//! A thread that lets the lock go may take it again at once, without a switch of threads for each short piece of work.
//! But one that has waited for long enough goes first, so that none waits for ever.

use crate::runtime::lock::{Lock, Signal};
use core::sync::atomic::{AtomicU32, Ordering};

/// Who holds the GIL is known to that thread alone; here is only whether somebody does.
struct Gil {
    held: bool,
    waiting: usize,
    /// How many of those have waited for longer than `PATIENCE`.
    impatient: usize,
}

/// As long as CPython's switch interval, in nanoseconds.
const PATIENCE: libc::c_long = 5_000_000;

static GIL: Lock<Gil> = Lock::new(Gil { held: false, waiting: 0, impatient: 0 });
static FREE: Signal = Signal::new();

/// Counts how often finalising has taken the GIL away for good. Written under the lock.
static LIFE: AtomicU32 = AtomicU32::new(0);

/// Waits for the GIL; for ever, if another life begins meanwhile.
pub(super) fn take() {
    let mut gil = GIL.hold();
    let life = self::life();
    let mut impatient = false;
    gil.waiting += 1;
    while gil.held || (gil.impatient > 0 && !impatient) {
        if impatient {
            FREE.wait(&mut gil);
        } else if FREE.wait_for(&mut gil, PATIENCE) && self::life() == life {
            impatient = true;
            gil.impatient += 1;
        }
        if self::life() != life {
            drop(gil);
            hang();
        }
    }
    gil.waiting -= 1;
    gil.impatient -= usize::from(impatient);
    gil.held = true;
}

/// Never returns.
pub(super) fn hang() -> ! {
    loop {
        // SAFETY: waits for a signal, and then for the next.
        unsafe { libc::pause() };
    }
}

/// Lets the GIL go, which this thread holds.
pub(super) fn give() {
    let mut gil = GIL.hold();
    gil.held = false;
    if gil.impatient > 0 {
        FREE.wake_all();
    } else if gil.waiting > 0 {
        FREE.wake_one();
    }
}

/// Begins another life of the GIL, held by this thread or free. Threads that wait for it in this one never get it.
pub(super) fn next_life(held: bool) {
    let mut gil = GIL.hold();
    *gil = Gil { held, waiting: 0, impatient: 0 };
    LIFE.fetch_add(1, Ordering::Release);
    FREE.wake_all();
}

/// Which life the GIL is in.
pub(super) fn life() -> u32 {
    LIFE.load(Ordering::Acquire)
}
