//! `Include/ceval.h`: releasing the GIL around work that needs no objects, and taking it again; running code, for which there is no interpreter here.

use super::pystate::pointer;
use super::required;
use crate::abi::{Py_ssize_t, Py_tracefunc, PyCFunctionObject, PyMethodObject, PyObject};
use crate::interpreter::{pending, registry};
use crate::objects::{arguments, constants, function, slice};
use crate::runtime::memory::Lossy;
use crate::runtime::refusal::{INTERPRETER, not_supported};
use crate::runtime::thread::{self, Follower, PyThreadState, State};
use crate::runtime::{Arg, FrameArg, IntoC, Obj, OutSize, Ref, Result, Text, ThreadStateArg, stack};
use crate::types::methods::bound;
use core::ffi::{CStr, c_char, c_int, c_void};
use core::ptr::{null, null_mut};
use core::sync::atomic::Ordering;

/// Releases the GIL, as `Py_BEGIN_ALLOW_THREADS` does.
///
/// Returns the thread state, for `PyEval_RestoreThread`. A thread that never asked for the GIL has nothing to release,
/// and gets NULL. The process ends if the thread has released the GIL already.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_SaveThread() -> *mut PyThreadState {
    pointer(thread::save())
}

/// Waits for the GIL, and continues with a thread state that `PyEval_SaveThread` returned. The process ends if the
/// thread holds the GIL. NULL does nothing in a thread that never asked for the GIL, and ends the process in others.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_RestoreThread(state: ThreadStateArg) {
    thread::restore(state, "PyEval_RestoreThread");
}

/// `PyEval_RestoreThread`, under the name for thread states that were made for this thread.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_AcquireThread(state: ThreadStateArg) {
    thread::restore(state, "PyEval_AcquireThread");
}

/// Releases the GIL, which this thread holds with this state. If it does not, the process ends.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_ReleaseThread(state: ThreadStateArg) {
    thread::release(state);
}

/// Enters a recursion: 0, or -1 with RecursionError when little of the C stack is left. `place` ends the message, as in " in
/// comparison"; NULL means no text.
#[unsafe(no_mangle)]
pub extern "C" fn Py_EnterRecursiveCall(place: Text) -> c_int {
    stack::enter_for_c(Lossy(place.get().map_or(b"", CStr::to_bytes))).into_c()
}

/// Leaves a recursion. Does nothing: the depth is that of the C stack.
#[unsafe(no_mangle)]
pub extern "C" fn Py_LeaveRecursiveCall() {}

/// The largest depth of calls of Python code, which is 1000 until the program sets another. The depth of C code is limited by the
/// size of its stack alone.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GetRecursionLimit() -> c_int {
    stack::PYTHON_CALLS.load(Ordering::Relaxed)
}

/// Sets the largest depth of calls of Python code.
#[unsafe(no_mangle)]
pub extern "C" fn Py_SetRecursionLimit(limit: c_int) {
    stack::PYTHON_CALLS.store(limit, Ordering::Relaxed);
}

/// The dict of the module `builtins`: a borrowed reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_GetBuiltins() -> *mut PyObject {
    registry::builtins_dict().map_or(null_mut(), |builtins| builtins.borrow().as_ptr())
}

/// The name of a C function, of the callable of a method, or else of the object's class: a string that lives as long as the object. NULL
/// with SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_GetFuncName(callable: Arg) -> *const c_char {
    let Ok(callable) = required(callable, "PyEval_GetFuncName") else { return null() };
    let callable = callable.downcast().map_or(callable, bound::callable);
    match callable.downcast() {
        Some(function) => function::definition(function).ml_name,
        None => callable.class().fields().tp_name,
    }
}

/// The end of a message about a call after [`PyEval_GetFuncName`]: `()` for a function or a method, ` object` for another object. NULL
/// with SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_GetFuncDesc(callable: Arg) -> *const c_char {
    let Ok(callable) = required(callable, "PyEval_GetFuncDesc") else { return null() };
    let is_method = callable.downcast::<PyMethodObject>().is_some();
    let is_function = is_method || callable.downcast::<PyCFunctionObject>().is_some();
    if is_function { c"()".as_ptr() } else { c" object".as_ptr() }
}

/// Stores a number: 1, or 0 with the error set.
fn stored(number: Result<Py_ssize_t>, place: OutSize) -> c_int {
    c_int::from(number.map(|number| place.set(number)).is_ok())
}

/// Stores a part of a slice as a size, cut to the nearest; nothing for None, or for NULL. Returns 1, or 0 with TypeError for an object
/// without `__index__`. Code of Argument Clinic calls it.
#[unsafe(no_mangle)]
pub extern "C" fn _PyEval_SliceIndex(o: Arg, place: OutSize) -> c_int {
    o.filter(|o| !o.is(constants::NONE)).map_or(1, |o| stored(slice::part(o), place))
}

/// Stores a part of a slice that can't be None as a size. See [`_PyEval_SliceIndex`].
#[unsafe(no_mangle)]
pub extern "C" fn _PyEval_SliceIndexNotNone(o: Arg, place: OutSize) -> c_int {
    stored(required(o, "_PyEval_SliceIndexNotNone").and_then(arguments::nearest_index), place)
}

/// Asks for a call of a function, which the main thread makes when it calls [`Py_MakePendingCalls`]: 0, or -1 when 32 calls wait already.
/// No error is set. The function returns 0, or -1 with an error set.
///
/// # Safety
/// `func` can be called with `arg`, by a thread that holds the GIL, until the process ends.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_AddPendingCall(
    func: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: C promises the function and its argument.
    let added = func.is_some_and(|func| unsafe { pending::add(func, arg) });
    if added { 0 } else { -1 }
}

/// Makes the calls that were asked for: 0, or -1 with the error of an interrupt or of the first call that failed.
#[unsafe(no_mangle)]
pub extern "C" fn Py_MakePendingCalls() -> c_int {
    match pending::make_calls() {
        Ok(true) => 0,
        Ok(false) | Err(_) => -1,
    }
}

/// The answer to a wish to run code: NULL with NotImplementedError.
fn no_interpreter(function: &'static str) -> *mut PyObject {
    Result::<Ref>::Err(not_supported(function, INTERPRETER)).into_c()
}

/// Runs a code object: NULL with NotImplementedError, because there is no interpreter of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_EvalCode(_code: Arg, _globals: Arg, _locals: Arg) -> *mut PyObject {
    no_interpreter("PyEval_EvalCode")
}

/// Runs a code object with arguments: NULL with NotImplementedError, because there is no interpreter of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_EvalCodeEx(
    _code: Arg,
    _globals: Arg,
    _locals: Arg,
    _args: *const *mut PyObject,
    _argcount: c_int,
    _kws: *const *mut PyObject,
    _kwcount: c_int,
    _defs: *const *mut PyObject,
    _defcount: c_int,
    _kwdefs: Arg,
    _closure: Arg,
) -> *mut PyObject {
    no_interpreter("PyEval_EvalCodeEx")
}

/// Runs the code of a frame: NULL with NotImplementedError, because there is no interpreter of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_EvalFrame(_frame: FrameArg) -> *mut PyObject {
    no_interpreter("PyEval_EvalFrame")
}

/// Runs the code of a frame: NULL with NotImplementedError, because there is no interpreter of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_EvalFrameEx(_frame: FrameArg, _throwflag: c_int) -> *mut PyObject {
    no_interpreter("PyEval_EvalFrameEx")
}

/// Sets a function that follows the code of this thread.
fn follow(follower: Follower, function: Py_tracefunc, object: Arg, name: &'static str) {
    thread::current(name).follow(follower, function, object.map(Obj::to_ref));
}

/// Sets a function that follows the code of each thread that has a thread state.
fn follow_all(follower: Follower, function: Py_tracefunc, object: Arg, name: &'static str) {
    follow(follower, function, object, name);
    State::follow_all(follower, function, object);
}

/// Sets the function that traces the Python code of this thread, and the object that it gets; NULL ends the tracing. C finds both in the
/// thread state. No Python code runs here, and calls of C functions by C are not traced in CPython either, so the function is never
/// called.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_SetTrace(func: Py_tracefunc, object: Arg) {
    follow(Follower::Trace, func, object, "PyEval_SetTrace");
}

/// Sets the function that traces the Python code of every thread that has a thread state. See [`PyEval_SetTrace`].
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_SetTraceAllThreads(func: Py_tracefunc, object: Arg) {
    follow_all(Follower::Trace, func, object, "PyEval_SetTraceAllThreads");
}

/// Sets the function that profiles the Python code of this thread. See [`PyEval_SetTrace`].
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_SetProfile(func: Py_tracefunc, object: Arg) {
    follow(Follower::Profile, func, object, "PyEval_SetProfile");
}

/// Sets the function that profiles the Python code of every thread that has a thread state. See [`PyEval_SetTrace`].
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_SetProfileAllThreads(func: Py_tracefunc, object: Arg) {
    follow_all(Follower::Profile, func, object, "PyEval_SetProfileAllThreads");
}
