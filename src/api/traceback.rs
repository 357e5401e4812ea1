//! `Include/traceback.h`: the places that an exception has passed.

use super::typed;
use crate::abi::PyFrameObject;
use crate::interpreter::console;
use crate::objects::code::traceback::{self, Traceback};
use crate::objects::exceptions;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, FrameArg, IntoC, Raised, Result, View};
use core::ffi::c_int;

/// Adds a frame to the traceback of the pending error: 0, or -1 with an error set. SystemError when no error is
/// pending, and for an object that is not a frame.
#[unsafe(no_mangle)]
pub extern "C" fn PyTraceBack_Here(frame: FrameArg) -> c_int {
    const NAME: &str = "PyTraceBack_Here";
    let frame = typed(frame, NAME);
    frame.and_then(|frame| add(frame, NAME)).into_c()
}

fn add(frame: View<'_, PyFrameObject>, function: &'static str) -> Result<()> {
    let exception = exceptions::fetch().ok_or_else(|| bad_argument(function))?;
    let before = exceptions::traceback(exception.borrow());
    let made = traceback::new(before, frame)?;
    if let Some(fields) = exception.borrow().downcast() {
        exceptions::set_traceback(fields, Some(made.as_obj()))?;
    }
    let Raised { .. } = exceptions::restore(exception);
    Ok(())
}

/// Writes a traceback as it is printed, by the `write` of `f`: 0, or -1 with an error set, SystemError for an object
/// that is not a traceback. NULL for the traceback writes nothing.
#[unsafe(no_mangle)]
pub extern "C" fn PyTraceBack_Print(v: Arg, f: Arg) -> c_int {
    const NAME: &str = "PyTraceBack_Print";
    let Some(v) = v else { return 0 };
    let traceback: Result<Traceback<'_>> = v.downcast().ok_or_else(|| bad_argument(NAME));
    traceback
        .and_then(|traceback| Ok((traceback, super::required(f, NAME)?)))
        .and_then(|(traceback, file)| console::show_traceback(*traceback, file))
        .into_c()
}
