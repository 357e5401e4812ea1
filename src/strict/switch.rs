//! Whether the checker is on, and whether it can work right now. The entry points read the options and set the switch;
//! every part of the checker can read it.

use crate::runtime::stack;
use core::sync::atomic::{AtomicU8, Ordering};

/// The flags that are set, or [`UNREAD`].
static FLAGS: AtomicU8 = AtomicU8::new(UNREAD);

/// The options have not been read yet.
const UNREAD: u8 = 1 << 7;
/// The checker is on.
pub const STRICT: u8 = 1 << 0;
/// Each call is written to the log.
pub const TRACE: u8 = 1 << 1;
/// Each event is written to the file of the trace.
pub const FILE: u8 = 1 << 2;

/// The stack that the checker needs: recording a stack of callers takes 13 KiB, a report 24, and the program's own
/// callback for reports may need some more. A build that is not optimised needs nearly twice as much.
const STACK_NEEDED: usize = if cfg!(debug_assertions) { 48 * 1024 } else { 32 * 1024 };

/// The flags, or `None` until the options have been read.
#[inline]
pub fn flags() -> Option<u8> {
    Some(FLAGS.load(Ordering::Acquire)).filter(|flags| flags & UNREAD == 0)
}

/// Replaces the flags.
pub fn set(flags: u8) {
    FLAGS.store(flags, Ordering::Release);
}

fn has(flag: u8) -> bool {
    FLAGS.load(Ordering::Acquire) & flag != 0
}

/// Whether the checker is on. It is off until the options have been read.
pub fn is_on() -> bool {
    has(STRICT)
}

/// Whether calls are written to the log.
pub fn traces() -> bool {
    has(TRACE)
}

/// Whether events are written to the file of the trace.
pub fn traces_to_file() -> bool {
    has(FILE)
}

/// Reserves enough of each stack for the checker.
pub fn reserve_stack() {
    stack::keep(STACK_NEEDED);
}

/// Whether this thread's stack has room for the checker.
pub fn has_room() -> bool {
    stack::has_room(STACK_NEEDED)
}
