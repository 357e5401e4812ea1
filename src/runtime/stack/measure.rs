//! How much of a thread's stack is left.

use crate::abi::PyObject;
use crate::runtime::local::{Zeroed, local};
use crate::runtime::memory::{allocate, free};
use core::cell::Cell;
use core::sync::atomic::{AtomicUsize, Ordering};

/// CPython's margin. On a small stack the margin is a part of the stack instead.
const MARGIN: usize = 16 * 1024;
const PART: usize = 16;
/// How many margins are kept for the code that runs when no recursion may start any more.
const LIMIT: usize = 2;
/// With how few margins left containers are put off instead of destroyed.
const LOW: usize = 4;
/// With how many the destruction of those goes on.
const AMPLE: usize = 6;
/// How much a thread whose stack can't be found is taken to have left.
const FALLBACK: usize = 256 * 1024;

/// How much a thread is taken to have left where its stack has no limit: memory has one.
const MOST: usize = 64 << 20;

/// How many bytes are kept besides for a checker that looks at calls, but no more than `KEPT_MOST` margins.
static KEPT: AtomicUsize = AtomicUsize::new(0);
const KEPT_MOST: usize = AMPLE - LOW;

/// Keeps so many bytes from now on for a checker that looks at calls, in which no recursion is left any room.
pub fn keep(bytes: usize) {
    KEPT.store(bytes, Ordering::Relaxed);
}

/// A thread's stack. It grows down, from `top` to `base`.
pub(crate) struct Stack {
    /// `address + ample` overflows while there is ample room at the address. Zero until the bounds are known, which forces the
    /// slow check. So the fast check is one addition.
    ample: Cell<usize>,
    base: Cell<usize>,
    /// Where its memory ends, which is below `base` when the stack has no limit.
    end: Cell<usize>,
    top: Cell<usize>,
    margin: Cell<usize>,
    /// The containers whose destruction was put off for want of room.
    pub put_off: Cell<*mut PyObject>,
    /// How many containers are being destroyed, one inside another, after which those that are put off will be.
    pub destroying: Cell<usize>,
}

// SAFETY: the fields are numbers and a pointer, in cells, for all of which zero bytes are a value.
unsafe impl Zeroed for Stack {}

local! {
    static STACK: Stack = "pycapsule_stack";
}

/// Works with this thread's stack.
#[inline]
pub(crate) fn with<T>(work: impl FnOnce(&Stack) -> T) -> T {
    STACK.with(work)
}

/// The address that the stack has come down to.
#[inline]
fn here() -> usize {
    let here;
    // SAFETY: copies the stack pointer into another register, and touches nothing else.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        core::arch::asm!("mov {}, rsp", out(reg) here, options(nomem, nostack, preserves_flags));
        #[cfg(target_arch = "aarch64")]
        core::arch::asm!("mov {}, sp", out(reg) here, options(nomem, nostack, preserves_flags));
    }
    here
}

impl Stack {
    /// Asks the system, once a thread.
    #[cold]
    fn find(&self) {
        let here = here();
        let mut base = here.saturating_sub(FALLBACK);
        let mut top = here;
        // SAFETY: the attributes are initialised by the first call, and read and destroyed only if it succeeded.
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
        // It may be asked from another stack.
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

    /// Whether fewer than `margins` are left.
    #[inline]
    fn has_less_than(&self, margins: usize) -> bool {
        self.may_be_low() && self.has_less_indeed(margins)
    }

    /// The exact answer. On a stack of which nothing is known there is room.
    #[cold]
    fn has_less_indeed(&self, margins: usize) -> bool {
        let kept = |margin: usize| KEPT.load(Ordering::Relaxed).min(KEPT_MOST * margin);
        self.left().is_some_and(|left| left < margins * self.margin.get() + kept(self.margin.get()))
    }

    /// How many bytes are left; `None` on a stack that is neither the thread's own nor the one for its signals: a
    /// coroutine's, say.
    fn left(&self) -> Option<usize> {
        let here = here();
        // The program has used more than it was taken to have left.
        let is_further = (self.end.get()..self.base.get()).contains(&here);
        if self.ample.get() == 0 || is_further {
            self.find();
        }
        let (base, top) = (self.base.get(), self.top.get());
        if (base..=top).contains(&here) { Some(here - base) } else { left_of_signal_stack(here) }
    }

    /// Whether so little is left that nothing deep should begin.
    #[inline]
    pub fn is_low(&self) -> bool {
        self.has_less_than(LOW)
    }

    /// Whether there is room again for what was put off.
    #[inline]
    pub fn is_ample(&self) -> bool {
        !self.has_less_than(AMPLE)
    }

    /// Whether so little is left that no recursion may go deeper.
    #[inline]
    pub fn is_exhausted(&self) -> bool {
        self.has_less_than(LIMIT)
    }

    /// How many bytes are in use.
    pub fn used(&self) -> usize {
        self.top.get().saturating_sub(here())
    }
}

/// Whether there is memory for a few bytes: glibc's `pthread_getattr_np` allocates them for an affinity mask, and follows a NULL
/// where it gets none (seen in 2.36).
fn has_memory_to_ask() -> bool {
    const AFFINITY: usize = 256;
    let Some(block) = allocate(AFFINITY) else { return false };
    // SAFETY: the block was allocated just now, and is not used again.
    unsafe { free(block.as_ptr()) };
    true
}

/// How much is left of the stack that this thread has for handlers of signals, if it is on that.
#[cold]
fn left_of_signal_stack(here: usize) -> Option<usize> {
    let mut stack = libc::stack_t { ss_sp: core::ptr::null_mut(), ss_flags: 0, ss_size: 0 };
    // SAFETY: asks which stack is set, into a struct of this function's, and sets none.
    let asked = unsafe { libc::sigaltstack(core::ptr::null(), &mut stack) } == 0;
    let left = here.checked_sub(stack.ss_sp.addr()).filter(|left| *left <= stack.ss_size);
    left.filter(|_| asked && stack.ss_flags & libc::SS_ONSTACK != 0)
}

/// How much room the kernel keeps between the stack that the process was begun with, if that is this one, and the mapping
/// below it. There is nothing to keep it from unless the limit of the stack was raised, or there is none.
fn gap_below_main_stack(base: usize, top: usize) -> usize {
    const GAP: usize = 256 * 4096;
    /// More than the program's arguments and environment take.
    const ABOVE: usize = 64 << 20;
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: asks for a limit, which is written to the place given, and where the name of the program stands: near the
    // upper end of that stack.
    let (known, name) = unsafe {
        let known = libc::getrlimit(libc::RLIMIT_STACK, &mut limit) == 0;
        (known, libc::getauxval(libc::AT_EXECFN) as usize)
    };
    let is_main = name.checked_sub(top).is_some_and(|above| above < ABOVE);
    let lowest = name.saturating_sub(limit.rlim_cur as usize);
    if known && is_main && base > lowest.saturating_add(GAP) { GAP } else { 0 }
}

/// Whether so many bytes are left, or this is not known.
#[inline]
pub fn has_room(bytes: usize) -> bool {
    with(|stack| stack.left().is_none_or(|left| left >= bytes))
}

/// Where the part of this thread's stack begins and ends that its functions use at the moment.
pub fn in_use() -> (usize, usize) {
    with(|stack| {
        if stack.ample.get() == 0 {
            stack.find();
        }
        (here(), stack.top.get())
    })
}

/// Whether the thread runs on the stack that it was begun with, and not on a coroutine's or a signal handler's.
pub fn is_own() -> bool {
    let (here, top) = in_use();
    with(|stack| (stack.end.get()..top).contains(&here))
}

/// Whether so little is left that nothing deep should begin.
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

    /// The bounds that are found for the stack of a thread of a given size: its length, a margin, and where it is ample.
    fn found(size: usize) -> (usize, usize, usize) {
        let look = || {
            let stack = with_base(0, 0);
            stack.find();
            let (base, top, margin) = (stack.base.get(), stack.top.get(), stack.margin.get());
            assert!(base < here() && here() < top);
            // SAFETY: all of a stack but its guard can be read.
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
            // Some of it may be the guard, or added by the system.
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
        // Below the base it is not this thread's stack.
        assert!(!with_base(here() + 30_000, 16_384).has_less_indeed(2));
        // A checker wants its part.
        keep(20_000);
        assert!(stack.has_less_indeed(1));
        keep(0);
    }
}
