//! Exception objects from the error indicator's raw forms, and back. An error that is raised while an exception is
//! being handled gets that exception as its context.

use super::instance::{self, chain, is_class};
use super::layout::{Attribute, Head, expect, is_instance};
use super::named;
use super::{last_memory_error, layout};
use crate::abi::*;
use crate::objects::{call, constants, str, tuple};
use crate::protocol::text;
use crate::runtime::error::{self, Addition, Extended, Indicator, Pending, Raised, restore, with_note};
use crate::runtime::thread::State;
use crate::runtime::{Obj, Ref, Result, Type, View, raise, stack};
use allocator_api2::boxed::Box;

/// Takes the pending error as an exception object; leaves the indicator clear (CPython: `PyErr_GetRaisedException`).
///
/// An error in raw form becomes an exception object now. If that fails, the error of the failure is returned. Without
/// memory for that one, it is the MemoryError that always exists.
#[inline]
pub fn fetch() -> Option<Ref> {
    if let Some(exception) = error::take_exception() {
        return Some(exception);
    }
    match error::take_fixed() {
        Some((class, text)) => Some(of_fixed_text(class, text)),
        None => exception_of(error::take()),
    }
}

/// Keeps the errors of this thread in its thread state from now on, because C has got the address of that.
#[inline]
pub fn expose(state: State) {
    if error::expose(state.as_ptr(), exception_of) {
        state.use_for_errors();
    }
}

/// The exception object of an error that was raised with a fixed text, as most are.
#[inline(never)]
fn of_fixed_text(class: Exc, text: &'static str) -> Ref {
    let made = match text {
        "" => make(class, None),
        text => str::from_str(text).and_then(|message| make(class, Some(message))),
    };
    made.unwrap_or_else(|_| of_failure())
}

/// The exception object of an error, with the context that the error was raised in.
#[inline(never)]
fn exception_of(raised: Indicator) -> Option<Ref> {
    let made = match raised.pending {
        Pending::Clear | Pending::InThreadState => return None,
        Pending::Exception(exception) => return Some(exception),
        Pending::Static(class, text) => Ok(of_fixed_text(class, text)),
        Pending::Text(class, text) => str::from_message(&text).and_then(|message| make(class, Some(message))),
        Pending::Message(class, message) => make(class, Some(message)),
        Pending::Arguments(class, arguments) => instantiate(class.class().as_obj(), Some(arguments.borrow())),
        Pending::NoAttribute(missing) => named::no_attribute(missing),
        Pending::Extended(extended) => return with_addition(Box::into_inner(extended)),
    };
    let exception = made.unwrap_or_else(|_| of_failure());
    chain(exception.borrow(), raised.context);
    Some(exception)
}

/// The error of a failure to make an exception object.
#[cold]
fn of_failure() -> Ref {
    match error::take().pending {
        Pending::Exception(exception) => exception,
        _ => last_memory_error::get(),
    }
}

/// The exception object of an error, with its addition.
#[cold]
fn with_addition(Extended { error, addition }: Extended) -> Option<Ref> {
    match addition {
        Addition::Cause(cause) => {
            let cause = exception_of(cause);
            let exception = exception_of(error)?;
            if let (Some(cause), Some(fields)) = (cause, exception.borrow().downcast()) {
                instance::raise_from(fields, Some(cause.clone()));
                chain(exception.borrow(), Some(cause));
            }
            Some(exception)
        }
        Addition::Note(note) => {
            let exception = exception_of(error)?;
            let noted = expect(exception.borrow())
                .and_then(|exception| instance::add_note(exception, str::from_message(&note)?.borrow()));
            if noted.is_err() {
                error::clear();
            }
            Some(exception)
        }
        Addition::Attribute(object, name) => {
            let exception = exception_of(error)?;
            if let Some(fields) = exception.borrow().downcast::<Attribute>().map(View::cells)
                && fields.name.is_null()
                && fields.obj.is_null()
            {
                fields.name.set(Some(name));
                fields.obj.set(Some(object));
            }
            Some(exception)
        }
    }
}

fn make(class: Exc, message: Option<Ref>) -> Result<Ref> {
    if layout::is_plain(class) {
        let args = message.map_or_else(|| Ok(tuple::empty().to_own()), tuple::of_one)?;
        return instance::new_plain(class.class(), args.into_ref());
    }
    instantiate(class.class().as_obj(), message.as_ref().map(Ref::borrow))
}

/// Calls a class to make an exception (CPython: `_PyErr_CreateException`). No value and None mean no arguments. A tuple
/// holds the arguments. Any other value is the only argument.
pub fn instantiate(class: Obj<'_>, value: Option<Obj<'_>>) -> Result<Ref> {
    let exception = match value.filter(|value| !value.is(constants::NONE)) {
        None => call::vectorcall(class, &[], None),
        Some(value) => match value.downcast() {
            Some(arguments) => call::call(class, arguments, None),
            None => call::vectorcall(class, &[value], None),
        },
    }?;
    if is_instance(exception.borrow()) {
        return Ok(exception);
    }
    let shown = text::repr(class)?;
    Err(raise!(
        TypeError,
        "calling {} should have returned an instance of BaseException, not {}",
        str::as_text(shown.borrow()),
        exception.borrow().class().name()
    ))
}

/// Restores an error that was taken as a class, a value and a traceback (CPython: `PyErr_Restore`). A value that is an
/// instance of exactly this class is raised itself; an exception is made from any other value.
pub fn restore_parts(class: Ref, value: Option<Ref>, traceback: Option<Ref>) -> Raised {
    let exception = match value {
        Some(value) if is_instance(value.borrow()) && value.borrow().class().as_obj().is(class.borrow()) => value,
        value => match instantiate(class.borrow(), value.as_ref().map(Ref::borrow)) {
            Ok(exception) => exception,
            Err(raised) => return raised,
        },
    };
    let traceback = traceback.as_ref().map_or(constants::NONE, Ref::borrow);
    let set = expect(exception.borrow()).and_then(|exception| instance::set_traceback(exception, Some(traceback)));
    match set {
        Ok(()) => restore(exception),
        Err(raised) => raised,
    }
}

/// Turns a class and a value into an instance and its class (CPython: `PyErr_NormalizeException`). A class that is not
/// an exception class is returned unchanged. If the instance can't be made, the error of that failure is returned in
/// its place. The indicator does not change.
pub fn normalize(class: Ref, value: Option<Ref>) -> (Ref, Ref) {
    let value = value.unwrap_or_else(|| constants::NONE.to_ref());
    let Some(expected) = class.borrow().as_type().filter(|_| is_class(class.borrow())) else {
        return (class, value);
    };
    let exception = if is_instance(value.borrow()) && value.borrow().is_a(expected) {
        value
    } else {
        match instantiate(class.borrow(), Some(value.borrow())) {
            Ok(exception) => exception,
            Err(_) => fetch().unwrap_or_else(last_memory_error::get),
        }
    };
    (exception.borrow().class().as_obj().to_ref(), exception)
}

/// Raises an exception of a class (CPython: `PyErr_SetObject`). A value that is an instance of the class is raised
/// itself; an exception is made from any other value.
pub fn raise_object(class: Obj<'_>, value: Option<Obj<'_>>) -> Raised {
    match exception_from(class, value) {
        Ok(exception) => {
            chain(exception.borrow(), error::handled());
            restore(exception)
        }
        Err(raised) => raised,
    }
}

fn exception_from(class: Obj<'_>, value: Option<Obj<'_>>) -> Result<Ref> {
    let Some(expected) = class.as_type().filter(|_| is_class(class)) else {
        let shown = text::repr(class)?;
        return Err(raise!(
            SystemError,
            "_PyErr_SetObject: exception {} is not a BaseException subclass",
            str::as_text(shown.borrow())
        ));
    };
    if let Some(value) = value.filter(|value| is_instance(*value) && value.is_a(expected)) {
        return Ok(value.to_ref());
    }
    error::clear();
    instantiate(class, value).map_err(|raised| not_made(expected, value, raised))
}

/// Adds a note to an error that was raised by making an exception. The note names the class and the arguments.
#[cold]
fn not_made(class: Type<'_>, value: Option<Obj<'_>>, raised: Raised) -> Raised {
    let before = error::take();
    let shown = value.map_or_else(|| str::from_str("<NULL>"), text::repr).or_else(|_| str::from_str("<unknown>"));
    error::put_back(before);
    match shown {
        Ok(shown) => {
            let shown = str::as_text(shown.borrow());
            with_note(raised, format_args!("Normalization failed: type={} args={shown}", class.name()))
        }
        Err(_) => raised,
    }
}

/// Raises an exception of a class with a message in UTF-8 (CPython: `PyErr_SetString`).
pub fn raise_text(class: Obj<'_>, message: &[u8]) -> Raised {
    match str::from_utf8(message) {
        Ok(message) => raise_message(class, message),
        Err(raised) => raised,
    }
}

/// Raises an exception of a class with a message, a `str` (CPython: `PyErr_Format`, once the text is made). That of a
/// built-in class is made when it is asked for.
pub fn raise_message(class: Obj<'_>, message: Ref) -> Raised {
    match Exc::of_class(class).filter(|exception| takes_text(*exception)) {
        Some(exception) => error::set(Pending::Message(exception, message)),
        None => raise_object(class, Some(message.borrow())),
    }
}

/// Makes an exception the context of the pending error, or the pending error when there is none (CPython:
/// `_PyErr_ChainExceptions1`).
pub fn chain_before_pending(exception: Ref) {
    let _raised = match fetch() {
        Some(pending) => {
            if let Some(pending) = pending.borrow().downcast::<Head>() {
                pending.cells().context.set(Some(exception));
            }
            restore(pending)
        }
        None => restore(exception),
    };
}

/// Whether a handler for `expected`, a class or a tuple of classes, handles an exception or exception class (CPython:
/// `PyErr_GivenExceptionMatches`). A tuple that is nested too deeply for the stack matches nothing; `too_deep` is
/// called for it.
pub fn matches(given: Obj<'_>, expected: Obj<'_>, too_deep: fn()) -> bool {
    if let Some(expected) = expected.downcast() {
        if stack::is_low() {
            too_deep();
            return false;
        }
        return tuple::items(expected).iter().any(|item| matches(given, *item, too_deep));
    }
    let given = if is_instance(given) { given.class().as_obj() } else { given };
    match (given.as_type(), expected.as_type()) {
        (Some(class), Some(base)) if is_class(given) && is_class(expected) => class.is_subtype(base),
        _ => given.is(expected),
    }
}

/// Whether an instance of a class can be made from a text alone.
fn takes_text(class: Exc) -> bool {
    use Exc::*;
    !matches!(class, BaseExceptionGroup | UnicodeDecodeError | UnicodeEncodeError | UnicodeTranslateError)
}
