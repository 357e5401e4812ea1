//! The C stack: whether a recursion that C can drive still has room on it (CPython: `_Py_EnterRecursiveCall`).

use super::{Raised, Result};
use core::cell::Cell;

/// CPython's margin, of which it keeps two for what runs when the limit is reached. On a small stack it is a part of it.
const MARGIN: usize = 16 * 1024;
const PART: usize = 16;
/// How many margins from the limit containers are put off instead of destroyed.
const LOW: usize = 2;
/// How many margins from the limit the destruction of those goes on.
const AMPLE: usize = 4;
/// What a thread whose stack can't be found is taken to have left.
const FALLBACK: usize = 256 * 1024;

/// Where a thread's stack lies. It grows down, from `top` to `base`; below `limit` no recursion starts.
#[derive(Debug, Clone, Copy)]
struct Stack {
    base: usize,
    limit: usize,
    top: usize,
    margin: usize,
}

thread_local! {
    static STACK: Cell<Option<Stack>> = const { Cell::new(None) };
}

impl Stack {
    #[inline]
    fn current(here: usize) -> Self {
        STACK.get().unwrap_or_else(|| Stack::find(here))
    }

    /// Asks the system, once a thread.
    #[cold]
    fn find(here: usize) -> Self {
        let mut base = here.saturating_sub(FALLBACK);
        let mut top = here;
        // SAFETY: the attributes are initialised by the first call, and read and destroyed only if it succeeded.
        unsafe {
            let mut attributes = core::mem::MaybeUninit::uninit();
            if libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) == 0 {
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
        if let Some(room) = main_stack_room() {
            base = base.min(top.saturating_sub(room));
        }
        let margin = MARGIN.min((top - base) / PART);
        let stack = Stack { base, limit: base + 2 * margin, top, margin };
        STACK.set(Some(stack));
        stack
    }

    /// Whether fewer than `margins` are left. On a stack that is not the thread's own (a coroutine's, say) nobody knows,
    /// and there is room.
    #[inline]
    fn is_below(self, here: usize, margins: usize) -> bool {
        here < self.limit + margins * self.margin && here >= self.base
    }
}

/// How far the stack may grow that this thread was begun with, if it is the first one of the process. What the system
/// tells of that one's stack may end where it has grown to so far: under valgrind, for one.
fn main_stack_room() -> Option<usize> {
    /// More would not be free for sure: when the limit is raised, what lies below the stack stays where it is.
    const MOST: libc::rlim_t = 64 << 20;
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: a thread asks who it is, and for a limit, which is written to the place given.
    let known = unsafe { libc::getpid() == libc::gettid() && libc::getrlimit(libc::RLIMIT_STACK, &mut limit) == 0 };
    known.then_some(limit.rlim_cur.min(MOST) as usize)
}

/// An address in the frame of the caller, or close.
#[inline]
fn here() -> usize {
    let mark = 0u8;
    core::hint::black_box(&raw const mark) as usize
}

/// Goes one deeper, or raises RecursionError; `place` says in what, as CPython does: " in comparison".
#[inline]
pub fn enter(place: &'static str) -> Result<()> {
    let here = here();
    let stack = Stack::current(here);
    if stack.is_below(here, 0) { Err(overflow(stack, here, place)) } else { Ok(()) }
}

#[cold]
fn overflow(stack: Stack, here: usize, place: &str) -> Raised {
    raise!(RecursionError, "Stack overflow (used {} kB){place}", (stack.top - here) / 1024)
}

/// Whether so little is left that nothing deep should begin.
#[inline]
pub fn is_low() -> bool {
    let here = here();
    Stack::current(here).is_below(here, LOW)
}

/// Whether there is room again for what was put off.
#[inline]
pub fn is_ample() -> bool {
    let here = here();
    !Stack::current(here).is_below(here, AMPLE)
}
