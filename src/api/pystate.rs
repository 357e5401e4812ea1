//! `Include/pystate.h`: thread states, the interpreter, and the GIL for threads that the library did not make.

use super::required;
use crate::abi::{PyGILState_STATE, PyObject};
use crate::interpreter::by_definition;
use crate::objects::{exceptions, extension_dicts};
use crate::runtime::refusal::null_argument;
use crate::runtime::thread::{self, PyInterpreterState, PyThreadState, State};
use crate::runtime::{
    Arg, DefinitionArg, InterpreterArg, IntoC, Obj, Ref, Result, ThreadStateArg, error, fatal, raise,
};
use core::ffi::{c_int, c_void};
use core::ptr::null_mut;

const LOCKED: PyGILState_STATE = 0;
const UNLOCKED: PyGILState_STATE = 1;

/// A dict for C, borrowed from the state or the interpreter that has it, or NULL.
fn borrowed(dict: Option<Ref>) -> *mut PyObject {
    dict.map_or(null_mut(), |dict| dict.as_ptr())
}

/// A thread state for C to read and write, or NULL: the errors of this thread are kept in it from now on.
fn exposed(state: Option<State>) -> *mut PyThreadState {
    if let Some(state) = state {
        exceptions::expose(state);
    }
    pointer(state)
}

/// A thread state for C to hand back, or NULL.
pub(super) fn pointer(state: Option<State>) -> *mut PyThreadState {
    state.map_or(null_mut(), State::as_ptr)
}

/// Takes the GIL for this thread, and makes a thread state if it has none; waits until the GIL is free. Calls may be
/// nested.
///
/// Returns the argument for `PyGILState_Release`: `PyGILState_LOCKED` if the thread held the GIL already, else
/// `PyGILState_UNLOCKED`. Never fails. The process ends without memory for a thread state, and after `Py_FinalizeEx` in
/// the thread that called that. Another thread that asks during or after `Py_FinalizeEx` waits for ever.
#[unsafe(no_mangle)]
pub extern "C" fn PyGILState_Ensure() -> PyGILState_STATE {
    if thread::ensure() { LOCKED } else { UNLOCKED }
}

/// Undoes the last `PyGILState_Ensure` of this thread. For the outermost of nested calls, the thread state is deleted
/// too, with its dict and the error indicator. The process ends if the thread does not hold the GIL.
#[unsafe(no_mangle)]
pub extern "C" fn PyGILState_Release(state: PyGILState_STATE) {
    thread::release_ensured(state == LOCKED);
}

/// Whether this thread holds the GIL: 1 or 0. It is 1 for all threads before `Py_Initialize` and after `Py_FinalizeEx`.
#[unsafe(no_mangle)]
pub extern "C" fn PyGILState_Check() -> core::ffi::c_int {
    thread::check().into()
}

/// The thread state that this thread has for `PyGILState_Ensure`, whether the thread holds the GIL or not; NULL without
/// one. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyGILState_GetThisThreadState() -> *mut PyThreadState {
    match thread::own() {
        own if own == thread::attached() => exposed(own),
        own => pointer(own),
    }
}

/// The thread state of this thread, which holds the GIL; never NULL. The process ends if the thread has released the
/// GIL. A thread that never asked for the GIL gets a thread state too.
#[unsafe(no_mangle)]
pub extern "C" fn PyThreadState_Get() -> *mut PyThreadState {
    exposed(Some(thread::current("PyThreadState_Get")))
}

/// The thread state of this thread; NULL, without an error, when it does not hold the GIL. The process's first thread
/// has one even if it never asked for the GIL.
#[unsafe(no_mangle)]
pub extern "C" fn PyThreadState_GetUnchecked() -> *mut PyThreadState {
    exposed(thread::for_c())
}

/// Releases the GIL, if this thread holds it, and takes it with another thread state, unless that is NULL. Returns the
/// previous thread state, or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyThreadState_Swap(state: ThreadStateArg) -> *mut PyThreadState {
    pointer(thread::swap(state))
}

/// The dict in which extensions keep their objects for each thread: a borrowed reference, which lasts as long as the
/// thread state. NULL, without an error, when the thread does not hold the GIL or there is no memory for a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyThreadState_GetDict() -> *mut PyObject {
    borrowed(extension_dicts::of_thread())
}

/// The number of a thread state, which no other thread state of the process ever has. 0 with SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyThreadState_GetID(state: ThreadStateArg) -> u64 {
    state.ok_or_else(|| null_argument("PyThreadState_GetID")).map_or(0, State::id)
}

/// The interpreter of a thread state. NULL with SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyThreadState_GetInterpreter(state: ThreadStateArg) -> *mut PyInterpreterState {
    state
        .ok_or_else(|| null_argument("PyThreadState_GetInterpreter"))
        .map_or(null_mut(), |_| thread::interpreter().as_ptr())
}

/// Makes a thread state for a thread that will take the GIL with it, by `PyEval_RestoreThread`. Returns NULL, without
/// an error, when there is no memory, and NULL with SystemError for a NULL interpreter. It becomes the state of this
/// thread if that has none.
#[unsafe(no_mangle)]
pub extern "C" fn PyThreadState_New(interpreter: InterpreterArg) -> *mut PyThreadState {
    match interpreter {
        Some(_) => pointer(thread::new_state()),
        None => Result::<*mut c_void>::Err(null_argument("PyThreadState_New")).into_c().cast(),
    }
}

/// Drops the objects of a thread state: its errors, its dict and its context. The thread holds the GIL. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn PyThreadState_Clear(state: ThreadStateArg) {
    if let Some(state) = state {
        if thread::attached() == Some(state) {
            error::clear();
            drop(error::set_handled(None));
        }
        state.clear();
    }
}

/// Deletes a thread state after `PyThreadState_Clear`. The process ends if this thread has it attached. NULL is fine.
///
/// # Safety
/// No thread uses the state any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_Delete(state: ThreadStateArg) {
    if let Some(state) = state {
        // SAFETY: no thread uses the state any more.
        unsafe { thread::delete_state(state) };
    }
}

/// Deletes the thread state of this thread after `PyThreadState_Clear`, and releases the GIL. The process ends if the
/// thread does not hold the GIL.
#[unsafe(no_mangle)]
pub extern "C" fn PyThreadState_DeleteCurrent() {
    thread::delete_attached();
}

/// The thread state that was made before this one and still exists; NULL after the last one, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyThreadState_Next(state: ThreadStateArg) -> *mut PyThreadState {
    pointer(state.and_then(State::older))
}

/// The thread state of an interpreter that was made last; NULL if there is none, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyInterpreterState_ThreadHead(interpreter: InterpreterArg) -> *mut PyThreadState {
    pointer(interpreter.and_then(|_| State::youngest()))
}

/// The interpreter; NULL, without an error, after `Py_FinalizeEx`.
#[unsafe(no_mangle)]
pub extern "C" fn PyInterpreterState_Head() -> *mut PyInterpreterState {
    PyInterpreterState_Main()
}

/// The interpreter after another one: NULL, because there is only one.
#[unsafe(no_mangle)]
pub extern "C" fn PyInterpreterState_Next(_: InterpreterArg) -> *mut PyInterpreterState {
    null_mut()
}

/// Begins a part of the program that is not traced. Nothing is traced here; the count in the thread state changes,
/// which C can read. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn PyThreadState_EnterTracing(state: ThreadStateArg) {
    if let Some(state) = state {
        state.trace(1);
    }
}

/// Ends what `PyThreadState_EnterTracing` began. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn PyThreadState_LeaveTracing(state: ThreadStateArg) {
    if let Some(state) = state {
        state.trace(-1);
    }
}

/// The interpreter; never NULL. The process ends if the thread has released the GIL.
#[unsafe(no_mangle)]
pub extern "C" fn PyInterpreterState_Get() -> *mut PyInterpreterState {
    thread::current("PyInterpreterState_Get");
    thread::interpreter().as_ptr()
}

/// The interpreter; NULL, without an error, after `Py_FinalizeEx`.
#[unsafe(no_mangle)]
pub extern "C" fn PyInterpreterState_Main() -> *mut PyInterpreterState {
    thread::main_interpreter().map_or(null_mut(), PyInterpreterState::as_ptr)
}

/// The number of an interpreter, which is 0. -1 with RuntimeError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyInterpreterState_GetID(interpreter: InterpreterArg) -> i64 {
    interpreter.map(|_| PyInterpreterState::ID).ok_or_else(|| raise!(RuntimeError, "no interpreter provided")).into_c()
}

/// The dict in which extensions keep their objects for the interpreter: a borrowed reference, which lasts until
/// `Py_FinalizeEx`. NULL, without an error, when there is no memory for it; NULL with SystemError for a NULL
/// interpreter.
#[unsafe(no_mangle)]
pub extern "C" fn PyInterpreterState_GetDict(interpreter: InterpreterArg) -> *mut PyObject {
    interpreter
        .ok_or_else(|| null_argument("PyInterpreterState_GetDict"))
        .map_or(null_mut(), |interpreter| borrowed(extension_dicts::of_interpreter(interpreter)))
}

/// The module that was made in one phase from a definition: a borrowed reference, or NULL, without an error, when there
/// is none.
#[unsafe(no_mangle)]
pub extern "C" fn PyState_FindModule(definition: DefinitionArg) -> *mut PyObject {
    let module = definition.filter(|definition| !definition.has_slots()).and_then(by_definition::find);
    module.map_or(core::ptr::null_mut(), |module| module.as_ptr())
}

/// Makes a module the one that `PyState_FindModule` finds for a definition, and takes a reference to it.
///
/// Returns 0, or -1 with SystemError when the definition has slots. A NULL definition, or a module that was added
/// already, is a fatal error.
#[unsafe(no_mangle)]
pub extern "C" fn PyState_AddModule(module: Arg, definition: DefinitionArg) -> c_int {
    const NAME: &str = "PyState_AddModule";
    let Some(definition) = definition else {
        fatal::error(NAME, format_args!("module definition is NULL"));
    };
    if definition.has_slots() {
        return Result::<()>::Err(raise!(SystemError, "PyState_AddModule called on module with slots")).into_c();
    }
    let pointer = module.map_or(null_mut(), Obj::as_ptr);
    if by_definition::at(definition).is_some_and(|found| found.as_ptr() == pointer) {
        fatal::error(NAME, format_args!("module {pointer:p} already added"));
    }
    required(module, NAME).and_then(|module| by_definition::set(definition, module)).into_c()
}

/// Makes `PyState_FindModule` find nothing for a definition: 0, or -1 with SystemError when the definition has slots.
///
/// A definition that never had a module is a fatal error.
#[unsafe(no_mangle)]
pub extern "C" fn PyState_RemoveModule(definition: DefinitionArg) -> c_int {
    const NAME: &str = "PyState_RemoveModule";
    let Some(definition) = definition else {
        return Result::<()>::Err(null_argument(NAME)).into_c();
    };
    if definition.has_slots() {
        return Result::<()>::Err(raise!(SystemError, "PyState_RemoveModule called on module with slots")).into_c();
    }
    match by_definition::remove(definition) {
        Ok(_) => 0,
        // The message names the function that fails in CPython.
        Err(unknown) => fatal::error("_modules_by_index_clear_one", format_args!("{unknown}")),
    }
}
