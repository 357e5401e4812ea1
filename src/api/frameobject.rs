//! `Include/cpython/frameobject.h` and `Include/pyframe.h`: frames, which name the place of an error in C code.

use super::typed;
use crate::abi::{PyCodeObject, PyFrameObject, PyObject};
use crate::interpreter::registry;
use crate::objects::code::frame::{self, Frame};
use crate::runtime::refusal::{bad_argument, null_argument};
use crate::runtime::{Arg, CodeArg, FrameArg, IntoC, Obj, Own, Result, ThreadStateArg, raise};
use core::ffi::c_int;
use core::ptr::null_mut;

/// A frame of a code object with a dict of globals: a new reference, or NULL with an error set. `locals` may be NULL,
/// and so may the thread state.
#[unsafe(no_mangle)]
pub extern "C" fn PyFrame_New(_: ThreadStateArg, code: CodeArg, globals: Arg, locals: Arg) -> *mut PyFrameObject {
    const NAME: &str = "PyFrame_New";
    let made = code.and_then(Obj::downcast).zip(globals.and_then(Obj::downcast)).ok_or_else(|| bad_argument(NAME));
    let builtins = || registry::builtins_dict().map(Own::into_ref);
    made.and_then(|(code, globals)| frame::new(code, globals, locals, builtins)).into_c().cast()
}

/// The code of a frame: a new reference, or NULL with SystemError for another object and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyFrame_GetCode(frame: FrameArg) -> *mut PyCodeObject {
    const NAME: &str = "PyFrame_GetCode";
    typed(frame, NAME).and_then(|frame| frame::code(frame).ok_or_else(|| bad_argument(NAME))).into_c().cast()
}

/// The line of a frame; -1 with SystemError for another object and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyFrame_GetLineNumber(frame: FrameArg) -> c_int {
    typed(frame, "PyFrame_GetLineNumber").map_or(-1, frame::line)
}

/// The frame that called another one: NULL, without an error, because C code calls by itself; NULL with SystemError for
/// another object and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyFrame_GetBack(frame: FrameArg) -> *mut PyFrameObject {
    typed(frame, "PyFrame_GetBack").map_or(null_mut(), |_: Frame<'_>| null_mut())
}

/// The number of the last instruction of a frame, which is 2 for a frame of C code, as in CPython; -1 with SystemError
/// for another object and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyFrame_GetLasti(frame: FrameArg) -> c_int {
    typed(frame, "PyFrame_GetLasti").map_or(-1, |_: Frame<'_>| frame::LAST)
}

/// The globals of a frame: a new reference, or NULL with SystemError for another object and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyFrame_GetGlobals(frame: FrameArg) -> *mut PyObject {
    typed(frame, "PyFrame_GetGlobals").and_then(frame::globals).into_c()
}

/// The builtins of a frame: a new reference, or NULL with SystemError for another object and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyFrame_GetBuiltins(frame: FrameArg) -> *mut PyObject {
    typed(frame, "PyFrame_GetBuiltins").and_then(frame::builtins).into_c()
}

/// The locals of a frame, or a new dict if it has none: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyFrame_GetLocals(frame: FrameArg) -> *mut PyObject {
    typed(frame, "PyFrame_GetLocals").and_then(frame::locals).into_c()
}

/// The frame of the Python code that runs in a thread: NULL, without an error, because none does; NULL with SystemError
/// for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyThreadState_GetFrame(state: ThreadStateArg) -> *mut PyFrameObject {
    let state = state.ok_or_else(|| null_argument("PyThreadState_GetFrame"));
    state.map_or(null_mut(), |_| null_mut())
}

/// The frame of the Python code that runs in this thread: NULL, without an error, because none does.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_GetFrame() -> *mut PyFrameObject {
    null_mut()
}

/// The globals of the Python code that runs in this thread: NULL, without an error, because none does.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_GetGlobals() -> *mut PyObject {
    null_mut()
}

/// The locals of the Python code that runs in this thread: NULL with SystemError, because none does.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_GetLocals() -> *mut PyObject {
    Result::<Obj<'_>>::Err(raise!(SystemError, "frame does not exist")).into_c()
}

/// The builtins of the Python code that runs in this thread; because none does, the dict of the module `builtins`. A
/// new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_GetFrameBuiltins() -> *mut PyObject {
    registry::builtins_dict().into_c()
}

/// The globals of the Python code that runs in this thread: NULL, without an error, because none does.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_GetFrameGlobals() -> *mut PyObject {
    null_mut()
}

/// The locals of the Python code that runs in this thread: NULL with SystemError, because none does.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_GetFrameLocals() -> *mut PyObject {
    PyEval_GetLocals()
}
