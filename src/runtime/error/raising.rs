//! Raising an error: with a fixed text, a formatted one, or the arguments of its class; and additions to a pending one.

use super::{
    Addition, ERRORS, Extended, Indicator, NoAttribute, Pending, Raised, occurred, peek, pending_is, set,
    set_without_context, take,
};
use crate::abi::Exc;
use crate::runtime::events;
use crate::runtime::memory::{Lossy, Malloc, Message};
use crate::runtime::reference::{Obj, Ref};
use allocator_api2::boxed::Box;

/// Raises an error with a fixed text: no allocation, no formatting.
#[inline(never)]
pub fn raise(class: Exc, message: &'static str) -> Raised {
    let raised = ERRORS.with(|errors| errors.is_handling_nothing() && errors.write(|| Pending::Static(class, message)));
    if raised { Raised { _made_by_raising: () } } else { raise_over(class, message) }
}

/// Raises an error when the indicator owns something to drop, or an exception is being handled. Out of line, because
/// both are rare.
#[cold]
#[inline(never)]
fn raise_over(class: Exc, message: &'static str) -> Raised {
    set(Pending::Static(class, message))
}

/// Raises an error with a formatted text, or MemoryError without memory for the text. Called through `raise!`.
#[cold]
pub fn raise_formatted(class: Exc, arguments: core::fmt::Arguments<'_>) -> Raised {
    if let Some(fixed) = arguments.as_str() {
        return raise(class, fixed);
    }
    match Message::try_format(arguments) {
        Some(text) => set(Pending::Text(class, text)),
        None => out_of_memory(),
    }
}

/// Raises the exception that a class makes from these arguments, a tuple.
#[cold]
pub fn raise_with(class: Exc, arguments: impl Into<Ref>) -> Raised {
    set(Pending::Arguments(class, arguments.into()))
}

/// Raises the exception that a class makes from these arguments, as a call of the class in C code would. If an error is
/// pending already, that call returns a result with an error set, which is a SystemError (CPython:
/// `_Py_CheckFunctionResult`).
#[cold]
pub fn raise_by_call(class: Exc, arguments: impl Into<Ref>) -> Raised {
    if !occurred() {
        return raise_with(class, arguments);
    }
    events::result_with_error(format_args!("type returned a result"));
    let class = Lossy(class.name().to_bytes());
    raise_from(take(), Exc::SystemError, format_args!("<class '{class}'> returned a result with an exception set"))
}

/// Raises an error with a formatted text, whose cause and context are another error (CPython:
/// `_PyErr_FormatFromCause`).
#[cold]
pub fn raise_from(cause: Indicator, class: Exc, arguments: core::fmt::Arguments<'_>) -> Raised {
    with_cause(raise_formatted(class, arguments), cause)
}

/// Makes another error the cause and the context of the pending one, which stays unchanged without memory.
#[cold]
pub fn with_cause(raised: Raised, cause: Indicator) -> Raised {
    extend(Addition::Cause(cause)).unwrap_or(raised)
}

/// Adds a note to the pending error. A MemoryError stays unchanged, and so does any error without memory for the note.
#[cold]
pub fn with_note(raised: Raised, note: core::fmt::Arguments<'_>) -> Raised {
    if pending_is(Exc::MemoryError) {
        return raised;
    }
    Message::try_format(note).and_then(|note| extend(Addition::Note(note))).unwrap_or(raised)
}

/// Sets `name` and `obj` of a pending AttributeError that has neither. Any other error stays as it is.
pub fn with_attribute(raised: Raised, o: Obj<'_>, name: Obj<'_>) -> Raised {
    // SAFETY: the form of the error is read, which runs no other code.
    let is_known = unsafe { peek(|pending| matches!(pending, Pending::NoAttribute(_))) };
    if is_known || !pending_is(Exc::AttributeError) {
        return raised;
    }
    extend(Addition::Attribute(o.to_ref(), name.to_ref())).unwrap_or_else(out_of_memory)
}

/// Adds something to the pending error. `None` without memory for it; then the error stays unchanged.
#[cold]
fn extend(addition: Addition) -> Option<Raised> {
    let room = Box::try_new_uninit_in(Malloc).ok()?;
    let extended = Box::write(room, Extended { error: take(), addition });
    Some(set_without_context(Pending::Extended(extended)))
}

/// Raises AttributeError for an attribute that an object does not have. `module` is the name of an object that is a
/// module, for the message. For any other object the message names the class.
pub fn raise_no_attribute(object: Obj<'_>, name: Obj<'_>, module: Option<Ref>) -> Raised {
    set(Pending::NoAttribute(NoAttribute { object: object.to_ref(), name: name.to_ref(), module }))
}

/// Raises MemoryError, as CPython's `PyErr_NoMemory` does.
#[cold]
pub fn out_of_memory() -> Raised {
    set_without_context(Pending::Static(Exc::MemoryError, ""))
}

/// The proof of an error that C code has set: a slot or a C function returned NULL or -1.
///
/// If no error is set after all, SystemError is raised, so that an error return without an error is never passed on.
#[cold]
#[inline(never)]
pub fn fetched_from_c(who: &'static str) -> Raised {
    if occurred() {
        return Raised { _made_by_raising: () };
    }
    raise!(SystemError, "{who} returned NULL without setting an exception")
}
