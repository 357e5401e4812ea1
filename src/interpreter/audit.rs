//! Audit hooks: functions of C that are told of events, and may refuse them.

use crate::abi::{Exc, PyObject};
use crate::objects::tuple::{self, Tuple};
use crate::runtime::lock::Lock;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Result, error};
use core::ffi::{CStr, c_char, c_int, c_void};

/// A function that is told of events: it gets the event, a tuple of arguments, and the pointer of its registration. A negative
/// result refuses the event.
pub type AuditHook = unsafe extern "C" fn(*const c_char, *mut PyObject, *mut c_void) -> c_int;

#[derive(Debug, Clone, Copy)]
struct Hook {
    function: AuditHook,
    data: *mut c_void,
}

// SAFETY: the program that registered the function has promised that any thread may call it with the pointer.
unsafe impl Send for Hook {}

/// The lock is held only for a moment, and never while a hook runs.
static HOOKS: Lock<Array<Hook>> = Lock::new(Array::new_in(Malloc));

/// Whether there is a hook.
pub fn is_on() -> bool {
    !HOOKS.hold().is_empty()
}

/// Tells all hooks of an event, up to the first that refuses it, which may have set an error. Returns whether none refused.
pub fn tell(event: &CStr, arguments: Tuple<'_>) -> bool {
    let count = HOOKS.hold().len();
    (0..count).all(|index| {
        let hook = HOOKS.hold().get(index).copied();
        // SAFETY: the hook takes an event and a tuple, and its own pointer.
        hook.is_none_or(|hook| unsafe { (hook.function)(event.as_ptr(), arguments.as_ptr(), hook.data) } >= 0)
    })
}

/// Registers a hook, unless another one refuses it, which is no error if it did so by a RuntimeError. Returns whether there is no error
/// (CPython: `PySys_AddAuditHook`).
///
/// # Safety
/// Any thread may call the function with the pointer until the process ends.
pub unsafe fn add(function: AuditHook, data: *mut c_void) -> Result<bool> {
    if !tell(c"sys.addaudithook", tuple::empty()) {
        let is_silent = error::pending_is(Exc::RuntimeError);
        if is_silent {
            error::clear();
        }
        return Ok(is_silent);
    }
    let mut hooks = HOOKS.hold();
    if hooks.try_reserve(1).is_err() {
        drop(hooks);
        return Err(memory::out_of_memory());
    }
    memory::fill(&mut hooks, [Hook { function, data }]);
    Ok(true)
}

/// Tells all hooks of the end, and removes them: a step of `Py_FinalizeEx`.
pub(super) fn end() {
    for event in [c"cpython.PyInterpreterState_Clear", c"cpython._PySys_ClearAuditHooks"] {
        let count = HOOKS.hold().len();
        for index in 0..count {
            let hook = HOOKS.hold().get(index).copied();
            // SAFETY: as in `tell`. No hook can refuse the end.
            hook.inspect(|hook| _ = unsafe { (hook.function)(event.as_ptr(), tuple::empty().as_ptr(), hook.data) });
            error::clear();
        }
    }
    let hooks = core::mem::replace(&mut *HOOKS.hold(), Array::new_in(Malloc));
    drop(hooks);
}
