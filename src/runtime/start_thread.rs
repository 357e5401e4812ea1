//! Threads that C starts through the library, and the size of their stacks.

use super::memory;
use core::ffi::{c_ulong, c_void};
use core::mem::MaybeUninit;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicUsize, Ordering};

/// The size of the stacks of new threads; 0 for the system's default.
static STACK_SIZE: AtomicUsize = AtomicUsize::new(0);
/// The smallest size, as in CPython.
const LEAST: usize = 0x8000;

/// The size of the stacks of new threads; 0 for the system's default.
pub fn stack_size() -> usize {
    STACK_SIZE.load(Ordering::Relaxed)
}

/// Sets the size of the stacks of new threads. Returns whether the system takes it.
pub fn set_stack_size(size: usize) -> bool {
    let fits = size == 0 || (size >= LEAST && attributes(size).is_some_and(end));
    if fits {
        STACK_SIZE.store(size, Ordering::Relaxed);
    }
    fits
}

type Attributes = MaybeUninit<libc::pthread_attr_t>;

/// The attributes of a thread that is not joined, with a stack of this size; `None` when the system refuses it.
fn attributes(size: usize) -> Option<Attributes> {
    let mut attributes = Attributes::uninit();
    // SAFETY: the struct has room for the attributes, which the first call initialises.
    unsafe {
        let made = attributes.as_mut_ptr();
        if libc::pthread_attr_init(made) != 0 {
            return None;
        }
        libc::pthread_attr_setdetachstate(made, libc::PTHREAD_CREATE_DETACHED);
        if size != 0 && libc::pthread_attr_setstacksize(made, size) != 0 {
            libc::pthread_attr_destroy(made);
            return None;
        }
    }
    Some(attributes)
}

fn end(mut attributes: Attributes) -> bool {
    // SAFETY: only `attributes` makes such values, which are initialised.
    unsafe { libc::pthread_attr_destroy(attributes.as_mut_ptr()) == 0 }
}

/// A function of C, and its argument.
struct Work {
    function: unsafe extern "C" fn(*mut c_void),
    argument: *mut c_void,
}

/// Starts a thread. Returns its number; `None` when it can't be started.
///
/// # Safety
/// The function may be called with the argument in another thread.
pub unsafe fn start(function: Option<unsafe extern "C" fn(*mut c_void)>, argument: *mut c_void) -> Option<c_ulong> {
    extern "C" fn run(work: *mut c_void) -> *mut c_void {
        // SAFETY: `start` passes a block with the work, which is this thread's own.
        unsafe {
            let Work { function, argument } = work.cast::<Work>().read();
            memory::free(work);
            function(argument);
        }
        null_mut()
    }
    let work = Work { function: function?, argument };
    let block = memory::allocate(size_of::<Work>())?;
    let Some(mut attributes) = attributes(stack_size()) else {
        // SAFETY: the block was allocated just now.
        unsafe { memory::free(block.as_ptr()) };
        return None;
    };
    let mut thread = MaybeUninit::uninit();
    // SAFETY: the block has room for the work, and belongs to the new thread, if that is started.
    let failed = unsafe {
        block.cast::<Work>().write(work);
        libc::pthread_create(thread.as_mut_ptr(), attributes.as_mut_ptr(), run, block.as_ptr()) != 0
    };
    end(attributes);
    if failed {
        // SAFETY: no thread has the block.
        unsafe { memory::free(block.as_ptr()) };
        return None;
    }
    // SAFETY: pthread_create has written the number.
    Some(unsafe { thread.assume_init() })
}
