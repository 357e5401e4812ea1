//! The initial hooks of `sys`, which write an error to standard error.

use super::console;
use crate::abi::*;
use crate::objects::class_order::{self, Classes};
use crate::objects::exceptions::{self, display};
use crate::objects::module::Module;
use crate::objects::slots;
use crate::objects::{constants, dict, function, module, namespace, str};
use crate::protocol::text;
use crate::runtime::{Obj, Own, Ref, Result, Type, View, known, raise};
use core::ffi::CStr;

/// The type of the argument of `sys.unraisablehook`.
static mut UNRAISABLE_TYPE: PyTypeObject = PyTypeObject {
    tp_name: c"UnraisableHookArgs".as_ptr(),
    tp_doc: c"An error that can't be raised, and where it happened.".as_ptr(),
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..namespace::DEFAULTS
};

static mut ORDER: Classes<2> = class_order::classes([&raw mut UNRAISABLE_TYPE, known::OBJECT.as_ptr()]);

/// The type, as a borrowed reference.
// SAFETY: the static is a complete type object.
const UNRAISABLE: Type<'static> = unsafe { Type::from_ptr_unchecked(&raw mut UNRAISABLE_TYPE) };

/// The argument for the hook.
pub(super) fn unraisable(exception: Option<Obj<'_>>, message: Option<Obj<'_>>, object: Option<Obj<'_>>) -> Result<Ref> {
    let class = exception.map_or(constants::NONE, |exception| exception.class().as_obj());
    let traceback = exception.and_then(|exception| exceptions::traceback(exception));
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
    .map(Own::into_ref)
}

/// Writes the place of an error, and the error itself on one line.
pub(super) fn report_unraisable(
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

/// The initial hooks of `sys`, as functions.
static mut FUNCTIONS: [PyMethodDef; 3] = [
    slots::method_fastcall(c"excepthook", excepthook),
    slots::method_o(c"unraisablehook", unraisable_hook),
    PyMethodDef::END,
];

/// Adds the hooks to a new `sys`, each under its own name and under a second name by which a program can restore it.
pub(super) fn add_to(sys: Module<'_>) -> Result<()> {
    let names = [(c"excepthook", "__excepthook__"), (c"unraisablehook", "__unraisablehook__")];
    let module = str::from_str("sys")?;
    for (index, (name, kept)) in names.into_iter().enumerate() {
        // SAFETY: the table has as many rows as there are names, and no code changes them.
        let hook = unsafe {
            let row = (&raw mut FUNCTIONS).cast::<PyMethodDef>().add(index);
            function::new(row, Some(*sys), Some(module.borrow()), None)
        }?;
        let attributes = module::attributes(sys);
        dict::set(attributes, str::from_utf8(CStr::to_bytes(name))?.borrow(), hook.borrow())?;
        dict::set_str(attributes, kept, hook.borrow())?;
    }
    Ok(())
}

/// `sys.excepthook(class, exception, traceback)`
fn excepthook(_: View<'_, PyObject>, arguments: &[Obj<'_>]) -> Result<Ref> {
    let [_, exception, _] = arguments else {
        return Err(raise!(TypeError, "excepthook expected 3 arguments, got {}", arguments.len()));
    };
    console::show(*exception);
    Ok(constants::NONE.to_ref())
}

/// `sys.unraisablehook(unraisable)`
fn unraisable_hook(_: View<'_, PyObject>, report: Obj<'_>) -> Result<Ref> {
    let Some(report) = report.downcast_exactly(UNRAISABLE) else {
        return Err(raise!(TypeError, "sys.unraisablehook argument type must be UnraisableHookArgs"));
    };
    let part = |name| -> Result<Option<Ref>> {
        Ok(namespace::get(report, name)?.filter(|part| !part.borrow().is(constants::NONE)))
    };
    let (exception, message, object) = (part("exc_value")?, part("err_msg")?, part("object")?);
    let message = message.map(|message| display::Shown::of(text::to_str(message.borrow()), ""));
    let exception = exception.as_ref().map(Ref::borrow).filter(|exception| exceptions::is_instance(*exception));
    report_unraisable(exception, message, object.as_ref().map(Ref::borrow))?;
    Ok(constants::NONE.to_ref())
}
