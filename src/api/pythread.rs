//! `Include/pythread.h`: locks, threads, and values that each thread has for itself.

use crate::abi::{Py_tss_t, PyLockStatus, PyObject, PyThread_type_lock};
use crate::interpreter::infos;
use crate::runtime::byte_lock::{ByteLock, Patience, in_microseconds};
use crate::runtime::{IntoC, memory, start_thread, thread};
use core::ffi::{c_int, c_longlong, c_ulong, c_void};
use core::ptr::null_mut;

/// The longest time that a lock is waited for, in microseconds.
#[unsafe(no_mangle)]
pub static PY_TIMEOUT_MAX: c_longlong = c_longlong::MAX / 1000;

/// Does nothing: threads need no preparation.
#[unsafe(no_mangle)]
pub extern "C" fn PyThread_init_thread() {}

/// A new lock, which no thread holds; NULL, without an error, when there is no memory. `PyThread_free_lock` frees it.
#[unsafe(no_mangle)]
pub extern "C" fn PyThread_allocate_lock() -> PyThread_type_lock {
    memory::allocate_zeroed(1, size_of::<ByteLock>()).map_or(null_mut(), |lock| lock.as_ptr())
}

/// Frees a lock. NULL is fine.
///
/// # Safety
/// `lock` is NULL or a lock of [`PyThread_allocate_lock`] that no thread uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_free_lock(lock: PyThread_type_lock) {
    // SAFETY: the lock is such a block, and no thread uses it.
    unsafe { memory::free(lock) };
}

/// Takes a lock; with `waitflag`, waits for it. Returns 1, or 0 when another thread holds it. The GIL is kept meanwhile.
///
/// # Safety
/// `lock` is a lock of [`PyThread_allocate_lock`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_acquire_lock(lock: PyThread_type_lock, waitflag: c_int) -> c_int {
    // SAFETY: the caller passes a lock, which has one byte.
    unsafe { ByteLock::at(lock.cast()) }.lock(if waitflag == 0 { Patience::None } else { Patience::Endless }).into()
}

/// Takes a lock, and waits for it for a number of microseconds, for ever if that is negative. Returns `PY_LOCK_ACQUIRED` or
/// `PY_LOCK_FAILURE`; never `PY_LOCK_INTR`, because signals do not end the wait. The GIL is kept meanwhile.
///
/// # Safety
/// `lock` is a lock of [`PyThread_allocate_lock`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_acquire_lock_timed(
    lock: PyThread_type_lock,
    microseconds: c_longlong,
    _: c_int,
) -> PyLockStatus {
    let patience = match microseconds {
        ..0 => Patience::Endless,
        0 => Patience::None,
        some => Patience::Until(in_microseconds(some.min(PY_TIMEOUT_MAX))),
    };
    // SAFETY: the caller passes a lock, which has one byte.
    unsafe { ByteLock::at(lock.cast()) }.lock(patience).into()
}

/// Frees a lock for other threads; any thread may do so. Does nothing when no thread holds it.
///
/// # Safety
/// `lock` is a lock of [`PyThread_allocate_lock`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_release_lock(lock: PyThread_type_lock) {
    // SAFETY: the caller passes a lock, which has one byte.
    unsafe { ByteLock::at(lock.cast()) }.unlock();
}

/// The number of this thread: that of pthread.
#[unsafe(no_mangle)]
pub extern "C" fn PyThread_get_thread_ident() -> c_ulong {
    // SAFETY: pthread_self only reads the thread's own register.
    unsafe { libc::pthread_self() }
}

/// The number that the kernel gives this thread.
#[unsafe(no_mangle)]
pub extern "C" fn PyThread_get_thread_native_id() -> c_ulong {
    thread::native_id() as c_ulong
}

/// Starts a thread that runs `func(arg)`. Returns its number, or `PYTHREAD_INVALID_THREAD_ID`, which is the largest number, without an
/// error when it can't be started.
///
/// # Safety
/// The function may be called with the argument in another thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_start_new_thread(
    func: Option<unsafe extern "C" fn(*mut c_void)>,
    arg: *mut c_void,
) -> c_ulong {
    // SAFETY: the caller's function takes the caller's argument.
    unsafe { start_thread::start(func, arg) }.unwrap_or(c_ulong::MAX)
}

/// Ends this thread.
#[unsafe(no_mangle)]
pub extern "C" fn PyThread_exit_thread() -> ! {
    // SAFETY: pthread_exit may be called in any thread; no frames of Rust that hold anything are above.
    unsafe { libc::pthread_exit(null_mut()) }
}

/// The size of the stacks of new threads that was set; 0 for the system's default.
#[unsafe(no_mangle)]
pub extern "C" fn PyThread_get_stacksize() -> usize {
    start_thread::stack_size()
}

/// Sets the size of the stacks of new threads; 0 for the system's default. Returns 0, or -1 for a size that is too small.
#[unsafe(no_mangle)]
pub extern "C" fn PyThread_set_stacksize(size: usize) -> c_int {
    if start_thread::set_stack_size(size) { 0 } else { -1 }
}

/// A new key that is not created yet; NULL, without an error, when there is no memory. `PyThread_tss_free` frees it.
#[unsafe(no_mangle)]
pub extern "C" fn PyThread_tss_alloc() -> *mut Py_tss_t {
    memory::allocate_zeroed(1, size_of::<Py_tss_t>()).map_or(null_mut(), |key| key.as_ptr().cast())
}

/// Deletes and frees a key of [`PyThread_tss_alloc`]. NULL is fine.
///
/// # Safety
/// `key` is NULL or such a key, which is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_tss_free(key: *mut Py_tss_t) {
    if !key.is_null() {
        // SAFETY: the key is such a block, and is not used any more.
        unsafe {
            PyThread_tss_delete(key);
            memory::free(key.cast());
        }
    }
}

/// Whether a key is created: 1 or 0.
///
/// # Safety
/// `key` is a key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_tss_is_created(key: *mut Py_tss_t) -> c_int {
    // SAFETY: the caller passes a key.
    unsafe { (*key)._is_initialized }
}

/// Creates a key, unless that was done: 0, or -1, without an error, when there are too many keys.
///
/// # Safety
/// `key` is a key that no other thread uses yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_tss_create(key: *mut Py_tss_t) -> c_int {
    // SAFETY: the caller passes a key, which can be written.
    unsafe {
        if (*key)._is_initialized == 0 {
            if libc::pthread_key_create(&raw mut (*key)._key, None) != 0 {
                return -1;
            }
            (*key)._is_initialized = 1;
        }
        0
    }
}

/// Deletes a key, if it was created. The values are not freed.
///
/// # Safety
/// `key` is a key that no other thread uses any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_tss_delete(key: *mut Py_tss_t) {
    // SAFETY: the caller passes a key, which can be written.
    unsafe {
        if (*key)._is_initialized != 0 {
            libc::pthread_key_delete((*key)._key);
            (*key)._is_initialized = 0;
        }
    }
}

/// Sets the value of a key for this thread: 0, or another number, without an error, when there is no memory.
///
/// # Safety
/// `key` is a key that was created.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_tss_set(key: *mut Py_tss_t, value: *mut c_void) -> c_int {
    // SAFETY: the caller passes a key that was created.
    if unsafe { libc::pthread_setspecific((*key)._key, value) } == 0 { 0 } else { -1 }
}

/// The value of a key for this thread; NULL if none was set.
///
/// # Safety
/// `key` is a key that was created.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_tss_get(key: *mut Py_tss_t) -> *mut c_void {
    // SAFETY: the caller passes a key that was created.
    unsafe { libc::pthread_getspecific((*key)._key) }
}

/// Creates a key as a number: at least 0, or -1, without an error, when there are too many keys.
#[unsafe(no_mangle)]
pub extern "C" fn PyThread_create_key() -> c_int {
    let mut key = 0;
    // SAFETY: the variable lives until the call returns.
    let status = unsafe { libc::pthread_key_create(&raw mut key, None) };
    c_int::try_from(key).ok().filter(|_| status == 0).unwrap_or(-1)
}

/// Deletes a key of [`PyThread_create_key`]. The values are not freed.
#[unsafe(no_mangle)]
pub extern "C" fn PyThread_delete_key(key: c_int) {
    // SAFETY: the system checks the number.
    unsafe { libc::pthread_key_delete(key as libc::pthread_key_t) };
}

/// Sets the value of a key for this thread: 0, or -1, without an error, when there is no such key or no memory.
///
/// # Safety
/// The key is one of [`PyThread_create_key`], or was one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_set_key_value(key: c_int, value: *mut c_void) -> c_int {
    // SAFETY: the system checks the number, and does not read what the value points to.
    if unsafe { libc::pthread_setspecific(key as libc::pthread_key_t, value) } == 0 { 0 } else { -1 }
}

/// The value of a key for this thread; NULL if none was set, or the key does not exist.
#[unsafe(no_mangle)]
pub extern "C" fn PyThread_get_key_value(key: c_int) -> *mut c_void {
    // SAFETY: the system checks the number.
    unsafe { libc::pthread_getspecific(key as libc::pthread_key_t) }
}

/// Sets the value of a key for this thread to NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyThread_delete_key_value(key: c_int) {
    // SAFETY: NULL is a value for every key.
    unsafe { PyThread_set_key_value(key, null_mut()) };
}

/// Does nothing: the values of keys survive a fork.
#[unsafe(no_mangle)]
pub extern "C" fn PyThread_ReInitTLS() {}

/// The kind of threads, as `sys.thread_info` has it: a new reference to a struct sequence, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyThread_GetInfo() -> *mut PyObject {
    infos::of_threads().into_c()
}
