//! The remaining room on a thread's stack.

use crate::abi::PyObject;
use crate::runtime::local::{Zeroed, local};
use crate::runtime::memory::{allocate, free};
use core::cell::Cell;
use core::sync::atomic::{AtomicUsize, Ordering};

/// CPython's margin. On a small stack the margin is a fraction of the stack instead.
const MARGIN: usize = 16 * 1024;
const PART: usize = 16;
/// The number of margins that are reserved for the code that runs when no recursion may start any more.
const LIMIT: usize = 2;
/// Below this number of margins, the destruction of containers is put off.
const LOW: usize = 4;
/// From this number of margins on, the destruction of those containers continues.
const AMPLE: usize = 6;
/// The assumed room of a thread whose stack can't be found.
const FALLBACK: usize = 256 * 1024;

/// The assumed room of a thread whose stack has no limit, because memory has one.
const MOST: usize = 64 << 20;

/// The number of bytes that are reserved in addition for a checker of calls, but no more than `KEPT_MOST` margins.
static KEPT: AtomicUsize = AtomicUsize::new(0);
const KEPT_MOST: usize = AMPLE - LOW;

/// Reserves this many bytes from now on for a checker of calls. No recursion may use them.
pub fn keep(bytes: usize) {
    KEPT.store(bytes, Ordering::Relaxed);
}

/// A thread's stack. It grows down, from `top` to `base`.
pub(crate) struct Stack {
    /// `address + ample` overflows while there is ample room at the address, so the fast check is one addition. Zero
    /// until the bounds are known, which forces the slow check.
    ample: Cell<usize>,
    base: Cell<usize>,
    /// The end of its memory, which is below `base` when the stack has no limit.
    end: Cell<usize>,
    top: Cell<usize>,
    margin: Cell<usize>,
    /// The containers whose destruction was put off, because there was not enough room.
    pub put_off: Cell<*mut PyObject>,
    /// The number of containers that are being destroyed, one inside another. After them, those that were put off are
    /// destroyed.
    pub destroying: Cell<usize>,
}

// SAFETY: the fields are numbers and a pointer, in cells; zero bytes are valid for all of them.
unsafe impl Zeroed for Stack {}

local! {
    static STACK: Stack = "pycapsule_stack";
}

/// Calls `work` with this thread's stack.
#[inline]
pub(crate) fn with<T>(work: impl FnOnce(&Stack) -> T) -> T {
    STACK.with(work)
}

/// The current address of the stack pointer.
#[inline]
fn here() -> usize {
    let here;
    // SAFETY: the code copies the stack pointer into another register, and touches nothing else.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        core::arch::asm!("mov {}, rsp", out(reg) here, options(nomem, nostack, preserves_flags));
        #[cfg(target_arch = "aarch64")]
        core::arch::asm!("mov {}, sp", out(reg) here, options(nomem, nostack, preserves_flags));
    }
    here
}

impl Stack {
    /// Asks the system for the bounds, once per thread.
    #[cold]
    fn find(&self) {
        let here = here();
        let mut base = here.saturating_sub(FALLBACK);
        let mut top = here;
        // SAFETY: the first call initialises the attributes, which are read and destroyed only if it succeeded.
        unsafe {
            let mut attributes = core::mem::MaybeUninit::uninit();
            if has_memory_to_ask() && libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) == 0 {
                let (mut lowest, mut size, mut guard) = (core::ptr::null_mut(), 0, 0);
                if libc::pthread_attr_getstack(attributes.as_ptr(), &mut lowest, &mut size) == 0
                    && libc::pthread_attr_getguardsize(attributes.as_ptr(), &mut guard) == 0
                {
                    base = lowest as usize + guard;
                    top = lowest as usize + size;
                }
                libc::pthread_attr_destroy(attributes.as_mut_ptr());
            }
        }
        let end = (base + gap_below_main_stack(base, top)).min(top);
        // The function may run on another stack.
        let from = if (end..top).contains(&here) { here } else { top };
        base = end.max(from.saturating_sub(MOST));
        let margin = MARGIN.min((top - base) / PART);
        self.base.set(base);
        self.end.set(end);
        self.top.set(top);
        self.margin.set(margin);
        self.ample.set((base + AMPLE * margin).wrapping_neg());
    }

    /// Whether the slow check is needed: false while there is ample room.
    #[inline]
    pub fn may_be_low(&self) -> bool {
        here().checked_add(self.ample.get()).is_some()
    }

    /// Whether fewer than this many margins are left.
    #[inline]
    fn has_less_than(&self, margins: usize) -> bool {
        self.may_be_low() && self.has_less_indeed(margins)
    }

    /// The exact answer. An unknown stack has room.
    #[cold]
    fn has_less_indeed(&self, margins: usize) -> bool {
        let kept = |margin: usize| KEPT.load(Ordering::Relaxed).min(KEPT_MOST * margin);
        self.left().is_some_and(|left| left < margins * self.margin.get() + kept(self.margin.get()))
    }

    /// The number of bytes that are left; `None` on a stack that is neither the thread's own nor the one for its
    /// signals, such as a coroutine's.
    fn left(&self) -> Option<usize> {
        let here = here();
        // The program has used more than the assumed room.
        let is_further = (self.end.get()..self.base.get()).contains(&here);
        if self.ample.get() == 0 || is_further {
            self.find();
        }
        let (base, top) = (self.base.get(), self.top.get());
        if (base..=top).contains(&here) { Some(here - base) } else { left_of_signal_stack(here) }
    }

    /// Whether so little is left that no deep recursion should begin.
    #[inline]
    pub fn is_low(&self) -> bool {
        self.has_less_than(LOW)
    }

    /// Whether there is room again to destroy containers that were put off.
    #[inline]
    pub fn is_ample(&self) -> bool {
        !self.has_less_than(AMPLE)
    }

    /// Whether so little is left that no recursion may go deeper.
    #[inline]
    pub fn is_exhausted(&self) -> bool {
        self.has_less_than(LIMIT)
    }

    /// The number of bytes in use.
    pub fn used(&self) -> usize {
        self.top.get().saturating_sub(here())
    }
}

/// Whether there is memory for a few bytes. glibc's `pthread_getattr_np` allocates them for an affinity mask, and
/// dereferences NULL when it gets none (seen in 2.36).
fn has_memory_to_ask() -> bool {
    const AFFINITY: usize = 256;
    let Some(block) = allocate(AFFINITY) else { return false };
    // SAFETY: the block was allocated just now, and is not used again.
    unsafe { free(block.as_ptr()) };
    true
}

/// The remaining room on the stack for signal handlers, if this thread runs on it.
#[cold]
fn left_of_signal_stack(here: usize) -> Option<usize> {
    let mut stack = libc::stack_t { ss_sp: core::ptr::null_mut(), ss_flags: 0, ss_size: 0 };
    // SAFETY: sigaltstack writes the current stack into a struct of this function, and sets none.
    let asked = unsafe { libc::sigaltstack(core::ptr::null(), &mut stack) } == 0;
    let left = here.checked_sub(stack.ss_sp.addr()).filter(|left| *left <= stack.ss_size);
    left.filter(|_| asked && stack.ss_flags & libc::SS_ONSTACK != 0)
}

/// The room that the kernel keeps free between the initial stack of the process, if it is this one, and the mapping
/// below it. There is such a gap only if the limit of the stack was raised, or there is none.
fn gap_below_main_stack(base: usize, top: usize) -> usize {
    const GAP: usize = 256 * 4096;
    /// More than the program's arguments and environment take.
    const ABOVE: usize = 64 << 20;
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: getrlimit writes a limit to the place given. The name of the program is near the upper end of that stack.
    let (known, name) = unsafe {
        let known = libc::getrlimit(libc::RLIMIT_STACK, &mut limit) == 0;
        (known, libc::getauxval(libc::AT_EXECFN) as usize)
    };
    let is_main = name.checked_sub(top).is_some_and(|above| above < ABOVE);
    let lowest = name.saturating_sub(limit.rlim_cur as usize);
    if known && is_main && base > lowest.saturating_add(GAP) { GAP } else { 0 }
}

/// Whether this many bytes are left; true if that is unknown.
#[inline]
pub fn has_room(bytes: usize) -> bool {
    with(|stack| stack.left().is_none_or(|left| left >= bytes))
}

/// The bounds of the part of this thread's stack that its functions currently use.
pub fn in_use() -> (usize, usize) {
    with(|stack| {
        if stack.ample.get() == 0 {
            stack.find();
        }
        (here(), stack.top.get())
    })
}

/// Whether the thread runs on its initial stack, and not on that of a coroutine or a signal handler.
pub fn is_own() -> bool {
    let (here, top) = in_use();
    with(|stack| (stack.end.get()..top).contains(&here))
}

/// Whether so little is left that no deep recursion should begin.
#[inline]
pub fn is_low() -> bool {
    with(Stack::is_low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::ptr::null_mut;
    use std::thread;

    fn with_base(base: usize, margin: usize) -> Stack {
        let [base, end, margin, ample] = [base, base, margin, usize::MAX].map(Cell::new);
        Stack {
            ample,
            base,
            end,
            top: Cell::new(usize::MAX),
            margin,
            put_off: Cell::new(null_mut()),
            destroying: Cell::new(0),
        }
    }

    /// The bounds that are found for the stack of a thread of a given size: its length, a margin, and the address where
    /// it is ample.
    fn found(size: usize) -> (usize, usize, usize) {
        let look = || {
            let stack = with_base(0, 0);
            stack.find();
            let (base, top, margin) = (stack.base.get(), stack.top.get(), stack.margin.get());
            assert!(base < here() && here() < top);
            // SAFETY: all of a stack except its guard page can be read.
            unsafe { (base as *const u8).read_volatile() };
            (top - base, margin, stack.ample.get().wrapping_neg() - base)
        };
        thread::Builder::new()
            .stack_size(size)
            .spawn(look)
            .map(|thread| thread.join().unwrap_or_default())
            .unwrap_or_default()
    }

    #[test]
    fn the_stack_of_a_thread() {
        for (size, margin) in [(4 << 20, MARGIN), (128 << 10, 8 << 10)] {
            let (length, found_margin, ample) = found(size);
            // The difference may be the guard page, or the system's part.
            assert!(length.abs_diff(size) <= 64 << 10, "{length} of {size}");
            assert!(found_margin <= margin && found_margin > margin / 2, "a margin of {found_margin}");
            assert_eq!(ample, AMPLE * found_margin);
        }
    }

    #[test]
    fn the_rest_is_counted_in_margins() {
        let stack = with_base(here() - 30_000, 16_384);
        assert!(!stack.has_less_indeed(1));
        assert!(stack.has_less_indeed(2));
        // An address below the base is not on this thread's stack.
        assert!(!with_base(here() + 30_000, 16_384).has_less_indeed(2));
        // A checker reserves its part.
        keep(20_000);
        assert!(stack.has_less_indeed(1));
        keep(0);
    }
}
