//! What becomes of an error that nobody handles: it goes to a hook in `sys`, which writes it to standard error unless
//! somebody put another in its place. A SystemExit ends the process.

use super::{console, lifecycle, sys};
use crate::abi::*;
use crate::objects::exceptions::{self, display};
use crate::objects::slots::method;
use crate::objects::{attribute, call, constants, dict, function, int, module, namespace, object, str};
use crate::runtime::{Obj, Ref, Result, Type, error, raise};
use core::ffi::{CStr, c_int};

/// Prints the pending error and clears it (CPython: `PyErr_PrintEx`). `remember` keeps it in `sys.last_exc`.
pub fn print_pending(remember: bool) {
    exit_if_asked();
    let Some(exception) = exceptions::fetch() else { return };
    if remember {
        keep_as_last(exception.borrow());
    }
    let Some(hook) = hook("excepthook") else {
        console::say(format_args!("sys.excepthook is missing\n"));
        return console::show(exception.borrow());
    };
    let class = exception.borrow().class().as_obj();
    let traceback = exceptions::traceback(exception.borrow()).get();
    let traceback = traceback.as_ref().map_or(constants::NONE, Ref::borrow);
    if call::vectorcall(hook.borrow(), &[class, exception.borrow(), traceback], None).is_err() {
        exit_if_asked();
        let failure = exceptions::fetch();
        flush_stdout();
        console::say(format_args!("Error in sys.excepthook:\n"));
        if let Some(failure) = failure {
            console::show(failure.borrow());
        }
        console::say(format_args!("\nOriginal exception was:\n"));
        console::show(exception.borrow());
    }
}

/// A hook of `sys`. Errors on the way to it are cleared.
fn hook(name: &str) -> Option<Ref> {
    sys::get(name).unwrap_or_else(|_| {
        error::clear();
        None
    })
}

fn keep_as_last(exception: Obj<'_>) {
    let class = exception.class().as_obj();
    let traceback = exceptions::traceback(exception).get();
    let traceback = traceback.as_ref().map_or(constants::NONE, Ref::borrow);
    let names = [c"last_exc", c"last_type", c"last_value", c"last_traceback"];
    for (name, value) in names.into_iter().zip([exception, class, exception, traceback]) {
        if sys::set(name, Some(value)).is_err() {
            error::clear();
        }
    }
}

/// What C has written to its `stdout` comes before what is written here.
fn flush_stdout() {
    // SAFETY: NULL stands for all streams.
    unsafe { libc::fflush(core::ptr::null_mut()) };
}

/// Ends the process if the pending error is a SystemExit (CPython: `handle_system_exit`).
fn exit_if_asked() {
    if !exceptions::pending_is(Exc::SystemExit) {
        return;
    }
    flush_stdout();
    let Some(exception) = exceptions::fetch() else { return };
    let code = attribute::find_str(exception.borrow(), "code").unwrap_or_else(|_| {
        error::clear();
        None
    });
    let status = status_of(code.as_ref().unwrap_or(&exception).borrow());
    drop((code, exception));
    lifecycle::exit(status)
}

/// The status that a SystemExit's code stands for. Anything but a number and None is a message, and a failure.
fn status_of(code: Obj<'_>) -> c_int {
    if code.is(constants::NONE) {
        return 0;
    }
    if int::check(code) {
        return int::view(code).to_i64().unwrap_or(-1) as c_int;
    }
    console::say_code(code);
    1
}

/// What `sys.unraisablehook` is called with.
static mut UNRAISABLE_TYPE: PyTypeObject = PyTypeObject {
    tp_name: c"UnraisableHookArgs".as_ptr(),
    tp_doc: c"An error that nobody can handle, and where it happened.".as_ptr(),
    ..namespace::DEFAULTS
};

/// The type, as a borrowed reference.
// SAFETY: the static is a complete type object.
const UNRAISABLE: Type<'static> = unsafe { Type::from_ptr_unchecked(&raw mut UNRAISABLE_TYPE) };

/// Reports the pending error, which can't be raised, and clears it (CPython: `PyErr_WriteUnraisable`,
/// `PyErr_FormatUnraisable`): it happened in an object, or while doing what the message says.
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

/// The same, with a message made for the occasion; without memory for that, with none.
pub fn write_unraisable_text(message: core::fmt::Arguments<'_>) {
    let pending = error::take();
    let message = str::format(message);
    error::put_back(pending);
    write_unraisable(message.ok().as_ref().map(Ref::borrow), None);
}

/// The argument for the hook.
fn unraisable(exception: Option<Obj<'_>>, message: Option<Obj<'_>>, object: Option<Obj<'_>>) -> Result<Ref> {
    let class = exception.map_or(constants::NONE, |exception| exception.class().as_obj());
    let traceback = exception.and_then(|exception| exceptions::traceback(exception).get());
    namespace::new(
        UNRAISABLE,
        &[
            ("exc_type", class),
            ("exc_value", exception.unwrap_or(constants::NONE)),
            ("exc_traceback", traceback.as_ref().map_or(constants::NONE, Ref::borrow)),
            ("err_msg", message.unwrap_or(constants::NONE)),
            ("object", object.unwrap_or(constants::NONE)),
        ],
    )
}

/// Reports the pending error, which came up while another was to be reported.
fn report_failure(message: &'static str, object: Option<Obj<'_>>) {
    let exception = exceptions::fetch();
    let exception = exception.as_ref().map(Ref::borrow);
    if report_unraisable(exception, Some(display::Shown::Failed(message)), object).is_err() {
        error::clear();
    }
}

/// Writes where an error happened, and the error itself on one line.
fn report_unraisable(
    exception: Option<Obj<'_>>,
    message: Option<display::Shown>,
    object: Option<Obj<'_>>,
) -> Result<()> {
    console::report(|out| {
        if let Some(object) = object {
            if let Some(message) = message {
                display::show_piece(out, format_args!("{message}"))?;
                display::show_piece(out, format_args!(": "))?;
            } else {
                display::show_piece(out, format_args!("Exception ignored in: "))?;
            }
            display::show_repr(object, out)?;
            display::show_piece(out, format_args!("\n"))?;
        } else if let Some(message) = message.filter(|_| exception.is_some()) {
            display::show_piece(out, format_args!("{message}"))?;
            display::show_piece(out, format_args!(":\n"))?;
        }
        exception.map_or(Ok(()), |exception| display::show_line(exception, out))
    })
}

/// The hooks that `sys` has at first, as functions.
static mut FUNCTIONS: [PyMethodDef; 3] = [
    method!(c"excepthook", METH_FASTCALL, excepthook),
    method!(c"unraisablehook", METH_O, unraisable_hook),
    PyMethodDef::END,
];

/// Puts the hooks into a new `sys`, each under its own name and under one by which it can be put back.
pub(super) fn add_to(sys: Obj<'_>) -> Result<()> {
    let names = [(c"excepthook", "__excepthook__"), (c"unraisablehook", "__unraisablehook__")];
    let module = str::from_str("sys")?;
    for (index, (name, kept)) in names.into_iter().enumerate() {
        // SAFETY: the table has as many rows, which nobody changes.
        let hook = unsafe {
            let row = (&raw mut FUNCTIONS).cast::<PyMethodDef>().add(index);
            function::new(row, Some(sys), Some(module.borrow()), None)
        }?;
        let attributes = module::attributes(sys);
        dict::set(attributes, str::from_utf8(CStr::to_bytes(name))?.borrow(), hook.borrow())?;
        dict::set_str(attributes, kept, hook.borrow())?;
    }
    Ok(())
}

/// `sys.excepthook(class, exception, traceback)`
fn excepthook(_: Obj<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    let [_, exception, _] = arguments else {
        return Err(raise!(TypeError, "excepthook expected 3 arguments, got {}", arguments.len()));
    };
    console::show(*exception);
    Ok(constants::NONE.to_ref())
}

/// `sys.unraisablehook(unraisable)`
fn unraisable_hook(_: Obj<'_>, report: Obj<'_>) -> Result<Ref> {
    if !report.is_exactly(UNRAISABLE) {
        return Err(raise!(TypeError, "sys.unraisablehook argument type must be UnraisableHookArgs"));
    }
    let part = |name| -> Result<Option<Ref>> {
        Ok(namespace::get(report, name)?.filter(|part| !part.borrow().is(constants::NONE)))
    };
    let (exception, message, object) = (part("exc_value")?, part("err_msg")?, part("object")?);
    let message = message.map(|message| display::Shown::of(object::to_str(message.borrow()), ""));
    let exception = exception.as_ref().map(Ref::borrow).filter(|exception| exceptions::is_instance(*exception));
    report_unraisable(exception, message, object.as_ref().map(Ref::borrow))?;
    Ok(constants::NONE.to_ref())
}
