//! `Include/cpython/monitoring.h`: events that an extension module reports of code of its own kind.

use crate::abi::{Py_ssize_t, PyMonitoringState};
use crate::interpreter::monitoring::{self, Event};
use crate::runtime::refusal::null_argument;
use crate::runtime::{Arg, IntoC, MonitoringArg, thread};
use core::ffi::c_int;

/// Stores which tools ask for each of some events, and the number of this set of tools in `*version`. Does nothing when the number is
/// that already. Returns 0.
///
/// # Safety
/// `state_array` and `event_types` have `length` items each, and the states and `*version` can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMonitoring_EnterScope(
    state_array: *mut PyMonitoringState,
    version: *mut u64,
    event_types: *const u8,
    length: Py_ssize_t,
) -> c_int {
    let now = thread::version();
    // SAFETY: C promises the number, and `length` items of both arrays.
    unsafe {
        if *version != now {
            for place in 0..usize::try_from(length).unwrap_or(0) {
                (*state_array.add(place)).active.set(monitoring::tools(*event_types.add(place)));
            }
            *version = now;
        }
    }
    0
}

/// Ends a scope: 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyMonitoring_ExitScope() -> c_int {
    0
}

fn fire(name: &'static str, state: MonitoringArg, offset: i32, event: Event<'_>) -> c_int {
    state.ok_or_else(|| null_argument(name)).and_then(|state| monitoring::fire(state, offset, event)).into_c()
}

/// Reports that a function begins: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FirePyStartEvent(state: MonitoringArg, _codelike: Arg, offset: i32) -> c_int {
    fire("_PyMonitoring_FirePyStartEvent", state, offset, Event::PyStart)
}

/// Reports that a generator goes on: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FirePyResumeEvent(state: MonitoringArg, _codelike: Arg, offset: i32) -> c_int {
    fire("_PyMonitoring_FirePyResumeEvent", state, offset, Event::PyResume)
}

/// Reports that a function returns: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FirePyReturnEvent(
    state: MonitoringArg,
    _codelike: Arg,
    offset: i32,
    _retval: Arg,
) -> c_int {
    fire("_PyMonitoring_FirePyReturnEvent", state, offset, Event::PyReturn)
}

/// Reports that a generator yields: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FirePyYieldEvent(
    state: MonitoringArg,
    _codelike: Arg,
    offset: i32,
    _retval: Arg,
) -> c_int {
    fire("_PyMonitoring_FirePyYieldEvent", state, offset, Event::PyYield)
}

/// Reports a call: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FireCallEvent(
    state: MonitoringArg,
    _codelike: Arg,
    offset: i32,
    callable: Arg,
    arg0: Arg,
) -> c_int {
    fire("_PyMonitoring_FireCallEvent", state, offset, Event::Call(callable, arg0))
}

/// Reports a new line: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FireLineEvent(
    state: MonitoringArg,
    _codelike: Arg,
    offset: i32,
    _lineno: c_int,
) -> c_int {
    fire("_PyMonitoring_FireLineEvent", state, offset, Event::Line)
}

/// Reports a jump: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FireJumpEvent(
    state: MonitoringArg,
    _codelike: Arg,
    offset: i32,
    target_offset: Arg,
) -> c_int {
    fire("_PyMonitoring_FireJumpEvent", state, offset, Event::Jump(target_offset))
}

/// Reports a branch: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FireBranchEvent(
    state: MonitoringArg,
    _codelike: Arg,
    offset: i32,
    _target_offset: Arg,
) -> c_int {
    fire("_PyMonitoring_FireBranchEvent", state, offset, Event::BranchRight)
}

/// Reports a branch to the right: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FireBranchRightEvent(
    state: MonitoringArg,
    _codelike: Arg,
    offset: i32,
    _target_offset: Arg,
) -> c_int {
    fire("_PyMonitoring_FireBranchRightEvent", state, offset, Event::BranchRight)
}

/// Reports a branch to the left: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FireBranchLeftEvent(
    state: MonitoringArg,
    _codelike: Arg,
    offset: i32,
    _target_offset: Arg,
) -> c_int {
    fire("_PyMonitoring_FireBranchLeftEvent", state, offset, Event::BranchLeft)
}

/// Reports that a C function returns: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FireCReturnEvent(
    state: MonitoringArg,
    _codelike: Arg,
    offset: i32,
    _retval: Arg,
) -> c_int {
    fire("_PyMonitoring_FireCReturnEvent", state, offset, Event::CReturn)
}

/// Reports that an exception is thrown into a generator: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FirePyThrowEvent(state: MonitoringArg, _codelike: Arg, offset: i32) -> c_int {
    fire("_PyMonitoring_FirePyThrowEvent", state, offset, Event::PyThrow)
}

/// Reports that the pending exception was raised: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FireRaiseEvent(state: MonitoringArg, _codelike: Arg, offset: i32) -> c_int {
    fire("_PyMonitoring_FireRaiseEvent", state, offset, Event::Raise)
}

/// Reports that the pending exception was raised again: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FireReraiseEvent(state: MonitoringArg, _codelike: Arg, offset: i32) -> c_int {
    fire("_PyMonitoring_FireReraiseEvent", state, offset, Event::Reraise)
}

/// Reports that the pending exception was caught: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FireExceptionHandledEvent(state: MonitoringArg, _codelike: Arg, offset: i32) -> c_int {
    fire("_PyMonitoring_FireExceptionHandledEvent", state, offset, Event::ExceptionHandled)
}

/// Reports that a C function raised the pending exception: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FireCRaiseEvent(state: MonitoringArg, _codelike: Arg, offset: i32) -> c_int {
    fire("_PyMonitoring_FireCRaiseEvent", state, offset, Event::CRaise)
}

/// Reports that the pending exception leaves a function: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FirePyUnwindEvent(state: MonitoringArg, _codelike: Arg, offset: i32) -> c_int {
    fire("_PyMonitoring_FirePyUnwindEvent", state, offset, Event::PyUnwind)
}

/// Reports that an iterator is at its end: 0, or -1 with an error set. `codelike` stands for the code.
#[unsafe(no_mangle)]
pub extern "C" fn _PyMonitoring_FireStopIterationEvent(
    state: MonitoringArg,
    _codelike: Arg,
    offset: i32,
    _value: Arg,
) -> c_int {
    fire("_PyMonitoring_FireStopIterationEvent", state, offset, Event::StopIteration)
}
