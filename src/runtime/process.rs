//! The process that the library runs in.

/// The number of this process. A child has another number than its parent, except for the first processes of two PID
/// namespaces, which are both 1.
pub fn id() -> libc::pid_t {
    // SAFETY: getpid takes no arguments, touches no memory of the program, and can't fail.
    unsafe { libc::getpid() }
}
