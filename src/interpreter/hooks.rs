//! Errors that no code handles. Each is passed to a hook in `sys`, which writes it to standard error unless a program
//! has installed another hook. A SystemExit asks the process to end.

use super::default_hooks::{report_unraisable, unraisable};
use super::{console, sys};
use crate::abi::Exc;
use crate::objects::exceptions::{self, display};
use crate::objects::{call, constants, dict, int, str};
use crate::protocol::hash;
use crate::runtime::{Obj, Ref, Result, error};
use crate::types::attribute;
use core::ffi::c_int;
use core::fmt;
use core::mem;
use core::ops::ControlFlow;

/// Prints the pending error and clears it. `remember` keeps it in `sys.last_exc`. A SystemExit is not printed: `Break`
/// contains the status with which it asks the process to end.
pub fn print_pending(remember: bool) -> ControlFlow<c_int> {
    exit_status()?;
    let Some(exception) = exceptions::fetch() else { return ControlFlow::Continue(()) };
    if remember {
        keep_as_last(exception.borrow());
    }
    let Some(hook) = hook("excepthook") else {
        console::say(format_args!("sys.excepthook is missing\n"));
        console::show(exception.borrow());
        return ControlFlow::Continue(());
    };
    let class = exception.borrow().class().as_obj();
    let traceback = exceptions::traceback(exception.borrow());
    let shown = traceback.as_ref().map_or(constants::NONE, Ref::borrow);
    if call::vectorcall(hook.borrow(), &[class, exception.borrow(), shown], None).is_err() {
        if let Some(status) = exit_status().break_value() {
            // The process ends while it still holds the error, as in CPython, so the error's destructors do not run.
            mem::forget((exception, traceback, hook));
            return ControlFlow::Break(status);
        }
        let failure = exceptions::fetch();
        flush_stdout();
        console::say(format_args!("Error in sys.excepthook:\n"));
        if let Some(failure) = failure {
            console::show(failure.borrow());
        }
        console::say(format_args!("\nOriginal exception was:\n"));
        console::show(exception.borrow());
    }
    ControlFlow::Continue(())
}

/// A hook of `sys`. Errors of the look-up are cleared.
fn hook(name: &str) -> Option<Ref> {
    sys::get(name).unwrap_or_else(|_| {
        error::clear();
        None
    })
}

fn keep_as_last(exception: Obj<'_>) {
    let class = exception.class().as_obj();
    let traceback = exceptions::traceback(exception);
    let traceback = traceback.as_ref().map_or(constants::NONE, Ref::borrow);
    let names = [c"last_exc", c"last_type", c"last_value", c"last_traceback"];
    for (name, value) in names.into_iter().zip([exception, class, exception, traceback]) {
        if sys::set(name, Some(value)).is_err() {
            error::clear();
        }
    }
}

/// Flushes C's streams, so that text which C has written before precedes the text written here.
fn flush_stdout() {
    // SAFETY: NULL stands for all streams.
    unsafe { libc::fflush(core::ptr::null_mut()) };
}

/// The status to end the process with, if the pending error is a SystemExit (CPython: `handle_system_exit`).
fn exit_status() -> ControlFlow<c_int> {
    if !exceptions::pending_is(Exc::SystemExit) {
        return ControlFlow::Continue(());
    }
    flush_stdout();
    let Some(exception) = exceptions::fetch() else { return ControlFlow::Continue(()) };
    let code = attribute::find_str(exception.borrow(), "code").unwrap_or_else(|_| {
        error::clear();
        None
    });
    let status = status_of(code.as_ref().unwrap_or(&exception).borrow());
    ControlFlow::Break(status)
}

/// The exit status for a SystemExit's code. Anything except a number and None is a message, and a failure.
fn status_of(code: Obj<'_>) -> c_int {
    if code.is(constants::NONE) {
        return 0;
    }
    if let Some(code) = code.downcast() {
        return int::number(code).to_i64().unwrap_or(-1) as c_int;
    }
    console::say_code(code);
    1
}

/// Reports the pending error, which can't be raised, and clears it (CPython: `PyErr_WriteUnraisable`,
/// `PyErr_FormatUnraisable`). `object` is where it happened, and `message` names the work that failed.
pub fn write_unraisable(message: Option<Obj<'_>>, object: Option<Obj<'_>>) {
    let exception = exceptions::fetch();
    let exception = exception.as_ref().map(Ref::borrow);
    let object = object.filter(|object| !object.is(constants::NONE));
    let report = match unraisable(exception, message, object) {
        Ok(report) => report,
        Err(_) => return report_failure("Exception ignored on building sys.unraisablehook arguments", object),
    };
    let hook = hook("unraisablehook").filter(|hook| !hook.borrow().is(constants::NONE));
    let Some(hook) = hook else {
        let message = message.map(|message| display::Shown::Text(message.to_ref()));
        if report_unraisable(exception, message, object).is_err() {
            error::clear();
        }
        return;
    };
    if call::vectorcall(hook.borrow(), &[report.borrow()], None).is_err() {
        report_failure("Exception ignored in sys.unraisablehook", Some(hook.borrow()));
    }
}

/// Reports the pending error with a message that is formatted here, or without one if there is no memory for it.
pub fn write_unraisable_text(message: fmt::Arguments<'_>) {
    let pending = error::take();
    let message = str::format(message);
    error::put_back(pending);
    write_unraisable(message.ok().as_ref().map(Ref::borrow), None);
}

/// Reports the pending error, which was raised while another was being reported.
fn report_failure(message: &'static str, object: Option<Obj<'_>>) {
    let exception = exceptions::fetch();
    let exception = exception.as_ref().map(Ref::borrow);
    if report_unraisable(exception, Some(display::Shown::Failed(message)), object).is_err() {
        error::clear();
    }
}

/// Runs `work` for a C function that can't fail. An error of the work is reported, and the answer is `None`. An error
/// that is pending before stays.
pub fn quietly<T>(message: fmt::Arguments<'_>, work: impl FnOnce() -> Result<T>) -> Option<T> {
    let pending = error::take();
    let done = work();
    if done.is_err() {
        write_unraisable_text(message);
    }
    error::put_back(pending);
    done.ok()
}

/// Looks a key up for a C function that can't fail. An error is reported. An error that is pending before stays, unless
/// the key has no hash: in CPython the error about that replaces the pending one, and then is reported. Without a dict
/// nothing is found.
pub fn look_up_quietly(
    dict: Option<dict::Dict<'_>>,
    key: impl FnOnce() -> Result<Ref>,
    message: fmt::Arguments<'_>,
) -> Option<Ref> {
    let pending = error::take();
    let hashed = key().and_then(|key| match dict {
        Some(dict) => Ok(Some((dict, hash::hash(key.borrow())?, key))),
        None => Ok(None),
    });
    let Ok(hashed) = hashed else {
        write_unraisable_text(message);
        return None;
    };
    error::put_back(pending);
    let (dict, hash, key) = hashed?;
    quietly(message, || dict::get_hashed(dict, key.borrow(), hash)).flatten()
}
