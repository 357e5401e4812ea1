//! Allocations that fail because somebody asked for that: `PYCAPSULE_OPTIONS=fail_alloc=N`, or the program itself.

use crate::runtime::flag::is_set;
use crate::runtime::options::{self, Failing};
use core::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering::Relaxed};

/// The options have not been read yet.
const UNKNOWN: u8 = 2;
const COUNTING: u8 = 1;
/// 0, for this is the one that is asked for each time.
const NEVER: u8 = 0;

static STATE: AtomicU8 = AtomicU8::new(UNKNOWN);
/// How many allocations are still to come, with the one that fails; 0 when that is over.
static LEFT: AtomicUsize = AtomicUsize::new(0);
static AND_LATER: AtomicBool = AtomicBool::new(false);

/// Makes the allocation fail that is the `first` from now on, perhaps with all after it; `None` ends that.
pub fn fail(which: Option<Failing>) {
    if let Some(Failing { first, and_later }) = which {
        LEFT.store(first, Relaxed);
        AND_LATER.store(and_later, Relaxed);
    }
    STATE.store(if which.is_some() { COUNTING } else { NEVER }, Relaxed);
}

/// Whether this allocation is one that fails. Asked once for each.
#[inline]
pub(super) fn refused() -> bool {
    is_set!(STATE) && count()
}

#[cold]
#[inline(never)]
fn count() -> bool {
    if STATE.load(Relaxed) == UNKNOWN {
        let which = options::get().fail_alloc;
        if STATE.load(Relaxed) == UNKNOWN {
            fail(which);
        }
    }
    if STATE.load(Relaxed) == NEVER {
        return false;
    }
    match LEFT.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)) {
        Ok(1) => true,
        Ok(_) => false,
        Err(_) => AND_LATER.load(Relaxed),
    }
}
