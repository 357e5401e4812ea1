//! Functions that other threads or signal handlers want to be called at a safe time, and the interrupt that they
//! simulate.

use crate::abi::Exc;
use crate::objects::tuple;
use crate::runtime::lock::Lock;
use crate::runtime::{Result, error};
use core::ffi::{c_int, c_void};
use core::sync::atomic::{AtomicBool, Ordering};

/// A function to call, with its argument.
#[derive(Debug, Clone, Copy)]
struct Call {
    function: unsafe extern "C" fn(*mut c_void) -> c_int,
    argument: *mut c_void,
}

// SAFETY: the maker of the call has promised that any thread may make it.
unsafe impl Send for Call {}

/// The number of calls that can wait.
const MOST: usize = 32;

/// The calls that wait, in a ring.
#[derive(Debug)]
struct Queue {
    calls: [Option<Call>; MOST],
    first: usize,
    length: usize,
}

static QUEUE: Lock<Queue> = Lock::new(Queue { calls: [None; MOST], first: 0, length: 0 });

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Adds a call; false when there is no room.
///
/// # Safety
/// The function can be called with the argument by any thread, at any time until the process ends.
pub unsafe fn add(function: unsafe extern "C" fn(*mut c_void) -> c_int, argument: *mut c_void) -> bool {
    let mut queue = QUEUE.hold();
    let at = (queue.first + queue.length) % MOST;
    let has_room = queue.length < MOST;
    if let Some(place) = queue.calls.get_mut(at).filter(|_| has_room) {
        *place = Some(Call { function, argument });
        queue.length += 1;
    }
    has_room
}

fn take() -> Option<Call> {
    let mut queue = QUEUE.hold();
    let at = queue.first;
    let call = queue.calls.get_mut(at)?.take()?;
    queue.first = (at + 1) % MOST;
    queue.length -= 1;
    Some(call)
}

/// Makes the calls that wait now, up to the first that fails, after the interrupt (CPython: `Py_MakePendingCalls`). The result is false
/// for a call that fails without an error: CPython adds none.
pub fn make_calls() -> Result<bool> {
    check_interrupt()?;
    let waiting = QUEUE.hold().length;
    for _ in 0..waiting {
        let Some(call) = take() else { break };
        // SAFETY: the maker of the call has promised that it can be made now.
        if unsafe { (call.function)(call.argument) } != 0 {
            return error::pending().map_or(Ok(false), Err);
        }
    }
    Ok(true)
}

/// Simulates the signal SIGINT (CPython: `PyErr_SetInterrupt`). It takes no lock and allocates nothing, so that a
/// handler of signals may call it.
pub fn interrupt() {
    INTERRUPTED.store(true, Ordering::Release);
}

/// KeyboardInterrupt, if an interrupt came.
#[inline]
pub fn check_interrupt() -> Result<()> {
    if INTERRUPTED.load(Ordering::Relaxed) { interrupted() } else { Ok(()) }
}

/// Whether an interrupt came, which is forgotten (CPython: `PyOS_InterruptOccurred`).
pub fn take_interrupt() -> bool {
    INTERRUPTED.swap(false, Ordering::AcqRel)
}

#[cold]
fn interrupted() -> Result<()> {
    match take_interrupt() {
        true => Err(error::raise_with(Exc::KeyboardInterrupt, tuple::empty().to_own())),
        false => Ok(()),
    }
}
