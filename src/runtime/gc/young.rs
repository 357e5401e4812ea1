//! When a collection is due by itself. As in CPython, that depends on the number of young objects, and on the number of
//! those that have become old since all objects were examined.

use super::ring::SHARED_RING;
use super::tracked::LOCK;
use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// The number of young objects above which a collection is due (CPython: the first threshold).
const YOUNG: usize = 2000;

/// The objects that were tracked since the last collection. Some of them may be gone.
static TRACKED: AtomicUsize = AtomicUsize::new(0);
/// The objects that have become old since all objects were examined.
static PENDING: AtomicUsize = AtomicUsize::new(0);
/// The objects that were old when all objects were examined.
static LONG_LIVED: AtomicUsize = AtomicUsize::new(0);

/// Counts an object that a thread with the GIL tracks. Threads with the GIL take turns, so no count is lost.
#[inline(always)]
pub(super) fn count() {
    TRACKED.store(TRACKED.load(Relaxed).wrapping_add(1), Relaxed);
}

/// Whether a collection of the young objects is due.
#[inline]
pub fn is_due() -> bool {
    TRACKED.load(Relaxed) > YOUNG && are_too_many()
}

/// Counts the young objects that are still there.
#[cold]
fn are_too_many() -> bool {
    let _guard = LOCK.hold();
    let young = SHARED_RING.nodes().take(YOUNG + 1).count();
    TRACKED.store(young, Relaxed);
    young > YOUNG
}

/// Whether all objects should be examined, not only the young ones: when those that have become old are a quarter of
/// the others.
pub(super) fn is_all_due() -> bool {
    PENDING.load(Relaxed) > (LONG_LIVED.load(Relaxed) / 4).max(10 * YOUNG)
}

/// Begins the next count, after a collection in which a number of objects survived. `all` says that all objects were
/// examined.
pub(super) fn begin(survivors: usize, all: bool) {
    TRACKED.store(0, Relaxed);
    if all {
        PENDING.store(0, Relaxed);
        LONG_LIVED.store(survivors, Relaxed);
    } else {
        PENDING.fetch_add(survivors, Relaxed);
    }
}
