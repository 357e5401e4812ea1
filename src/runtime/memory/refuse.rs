//! Allocations that fail on request, by `PYCAPSULE_OPTIONS=fail_alloc=N` or by the program itself.

use crate::runtime::flag::{REFUSING, UNKNOWN};
use crate::runtime::options::{self, Failing};
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

/// Values of the flag. It is unknown until the options have been read.
const COUNTING: u8 = 1;
const NEVER: u8 = 0;

/// The number of allocations up to and including the one that fails; 0 after that.
static LEFT: AtomicUsize = AtomicUsize::new(0);
static AND_LATER: AtomicBool = AtomicBool::new(false);

/// Makes the `first` allocation from now on fail, perhaps with all after it; `None` ends that.
pub fn fail(which: Option<Failing>) {
    if let Some(Failing { first, and_later }) = which {
        LEFT.store(first, Relaxed);
        AND_LATER.store(and_later, Relaxed);
    }
    REFUSING.set(if which.is_some() { COUNTING } else { NEVER });
}

/// Whether this allocation fails. Called once for each allocation.
#[inline]
pub(super) fn refused() -> bool {
    REFUSING.is_set() && count()
}

#[unsafe(link_section = ".text.startup")]
#[cold]
#[inline(never)]
fn count() -> bool {
    if REFUSING.get() == UNKNOWN {
        let which = options::get().fail_alloc;
        if REFUSING.get() == UNKNOWN {
            fail(which);
        }
    }
    if REFUSING.get() == NEVER {
        return false;
    }
    match LEFT.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)) {
        Ok(1) => true,
        Ok(_) => false,
        Err(_) => AND_LATER.load(Relaxed),
    }
}
