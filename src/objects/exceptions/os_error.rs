//! OSError: the number and the message of a failed system call, and the names of its files. The number selects the
//! class.

use super::behaviour::Behaviour;
use super::instance;
use super::layout::{Exception, Os, expect};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::index;
use crate::objects::tuple::Tuple;
use crate::objects::{call, constants, int, slots, str, tuple};
use crate::protocol::{number, text};
use crate::runtime::{Obj, Raised, Ref, Result, Type, raise};
use core::ffi::{CStr, c_int};
use core::mem::offset_of;

pub(super) const OS_ERROR: Behaviour = Behaviour {
    new: slots::new(new),
    init: slots::init(init),
    str: slots::unary(text),
    methods: (&raw mut METHODS).cast(),
    members: (&raw mut MEMBERS).cast(),
    getset: (&raw mut GETSET).cast(),
    ..Behaviour::of_layout::<Os>()
};

static mut METHODS: [PyMethodDef; 2] = [slots::method_noargs(c"__reduce__", reduce), PyMethodDef::END];

static mut MEMBERS: [PyMemberDef; 5] = [
    PyMemberDef::object(c"errno", offset_of!(Os, myerrno)),
    PyMemberDef::object(c"strerror", offset_of!(Os, strerror)),
    PyMemberDef::object(c"filename", offset_of!(Os, filename)),
    PyMemberDef::object(c"filename2", offset_of!(Os, filename2)),
    PyMemberDef::END,
];

static mut GETSET: [PyGetSetDef; 2] =
    [slots::getset(c"characters_written", get_characters_written, set_characters_written), PyGetSetDef::END];

/// The numbers that have a class of their own.
const CLASSES: [(c_int, Exc); 18] = [
    (libc::EAGAIN, Exc::BlockingIOError),
    (libc::EALREADY, Exc::BlockingIOError),
    (libc::EINPROGRESS, Exc::BlockingIOError),
    (libc::EWOULDBLOCK, Exc::BlockingIOError),
    (libc::EPIPE, Exc::BrokenPipeError),
    (libc::ESHUTDOWN, Exc::BrokenPipeError),
    (libc::ECHILD, Exc::ChildProcessError),
    (libc::ECONNABORTED, Exc::ConnectionAbortedError),
    (libc::ECONNREFUSED, Exc::ConnectionRefusedError),
    (libc::ECONNRESET, Exc::ConnectionResetError),
    (libc::EEXIST, Exc::FileExistsError),
    (libc::ENOENT, Exc::FileNotFoundError),
    (libc::EISDIR, Exc::IsADirectoryError),
    (libc::ENOTDIR, Exc::NotADirectoryError),
    (libc::EINTR, Exc::InterruptedError),
    (libc::EACCES, Exc::PermissionError),
    (libc::EPERM, Exc::PermissionError),
    (libc::ESRCH, Exc::ProcessLookupError),
];

/// The class that a number selects.
fn class_of(number: Obj<'_>) -> Exc {
    let value = number.downcast().and_then(|number| int::number(number).to_i64());
    let is_timeout = value == Some(libc::ETIMEDOUT.into());
    let named = CLASSES.iter().find(|(number, _)| value == Some((*number).into())).map(|(_, class)| *class);
    named.unwrap_or(if is_timeout { Exc::TimeoutError } else { Exc::OSError })
}

/// The meaning of two to five arguments: number, message, filename, a number that only Windows uses, and second
/// filename.
#[derive(Default)]
struct Parts<'a> {
    number: Option<Obj<'a>>,
    message: Option<Obj<'a>>,
    filename: Option<Obj<'a>>,
    filename2: Option<Obj<'a>>,
}

impl<'a> Parts<'a> {
    fn of(args: &[Obj<'a>]) -> Self {
        if !(2..=5).contains(&args.len()) {
            return Parts::default();
        }
        let get = |index: usize| args.get(index).copied();
        Parts { number: get(0), message: get(1), filename: get(2), filename2: get(4) }
    }
}

/// Whether a class derived from OSError has an initialiser of its own. If so, the fields are filled later, from the
/// arguments that it passes to the initialiser here, because its own arguments may be different.
fn initialises_late(class: Type<'_>) -> bool {
    let (fields, own) = (class.fields(), Exc::OSError.class().fields());
    fields.tp_init.map(|init| init as usize) != own.tp_init.map(|init| init as usize)
        && fields.tp_new.map(|new| new as usize) == own.tp_new.map(|new| new as usize)
}

fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    if initialises_late(class) {
        let exception = instance::new(class, tuple::empty(), None)?;
        expect::<Os>(exception.borrow())?.cells().written.set(-1);
        return Ok(exception);
    }
    instance::no_keywords(class, keywords)?;
    let parts = Parts::of(tuple::items(args));
    let class = match parts.number {
        Some(number) if class == Exc::OSError.class() => class_of(number).class(),
        _ => class,
    };
    let exception = instance::new(class, args, None)?;
    let fields = expect::<Os>(exception.borrow())?;
    fields.cells().written.set(-1);
    fill(fields, args, parts)?;
    Ok(exception)
}

fn init(exception: Exception<'_, Os>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    if !initialises_late(exception.class()) {
        return Ok(());
    }
    instance::no_keywords(exception.class(), keywords)?;
    fill(exception, args, Parts::of(tuple::items(args)))
}

/// Fills a new instance. `args` does not contain filenames. The third argument of a BlockingIOError may be a count.
fn fill(exception: Exception<'_, Os>, args: Tuple<'_>, parts: Parts<'_>) -> Result<()> {
    let mut shown = args.to_own();
    if let Some(filename) = parts.filename.filter(|filename| !filename.is(constants::NONE)) {
        if exception.as_obj().is_exactly(Exc::BlockingIOError.class()) && number::check(filename) {
            exception.cells().written.set(index::as_ssize_t(filename, Some(Exc::ValueError))?);
        } else {
            let second = parts.filename2.filter(|filename| !filename.is(constants::NONE));
            exception.cells().filename.set(Some(filename.to_ref()));
            exception.cells().filename2.set(second.map(Obj::to_ref));
            shown = tuple::from_slice(tuple::items(args).get(..2).unwrap_or_default())?;
        }
    }
    exception.cells().myerrno.set(parts.number.map(Obj::to_ref));
    exception.cells().strerror.set(parts.message.map(Obj::to_ref));
    exception.cells().head.args.set(Some(shown.into_ref()));
    Ok(())
}

/// `[Errno NUMBER] MESSAGE: 'FILENAME' -> 'FILENAME2'`, with the parts that are known.
fn text(exception: Exception<'_, Os>) -> Result<Ref> {
    let number = exception.cells().myerrno.get();
    let message = exception.cells().strerror.get();
    let filename = exception.cells().filename.get();
    let filename2 = exception.cells().filename2.get();
    if filename.is_none() && (number.is_none() || message.is_none()) {
        return instance::text(exception.as_exception());
    }
    let or_none = |part: &Option<Ref>| part.as_ref().map_or(constants::NONE, Ref::borrow).to_ref();
    let mut text = str::Builder::new();
    text.push_str("[Errno ")?;
    text.push_object(text::to_str(or_none(&number).borrow())?.borrow())?;
    text.push_str("] ")?;
    text.push_object(text::to_str(or_none(&message).borrow())?.borrow())?;
    if let Some(filename) = filename {
        text.push_str(": ")?;
        text.push_object(text::repr(filename.borrow())?.borrow())?;
        if let Some(filename2) = filename2 {
            text.push_str(" -> ")?;
            text.push_object(text::repr(filename2.borrow())?.borrow())?;
        }
    }
    text.finish()
}

/// `__reduce__`: the arguments are completed by the filenames that were left out.
fn reduce(exception: Exception<'_, Os>) -> Result<Ref> {
    let mut args = instance::args(exception.as_exception());
    let filename = exception.cells().filename.get();
    if let ([number, message], Some(filename)) = (tuple::items(args.borrow()), filename) {
        let all = match exception.cells().filename2.get() {
            Some(second) => {
                tuple::from_slice(&[*number, *message, filename.borrow(), constants::NONE, second.borrow()])?
            }
            None => tuple::from_slice(&[*number, *message, filename.borrow()])?,
        };
        args = all;
    }
    instance::reduce_with(exception.as_exception(), args.borrow(), exception.cells().head.dict.get())
}

fn get_characters_written(exception: Exception<'_, Os>) -> Result<Ref> {
    match exception.cells().written.get() {
        -1 => Err(raise!(AttributeError, "characters_written")),
        count => int::from_i64(count as i64),
    }
}

fn set_characters_written(exception: Exception<'_, Os>, value: Option<Obj<'_>>) -> Result<()> {
    let count = match value {
        Some(value) => index::as_ssize_t(value, Some(Exc::ValueError))?,
        None if exception.cells().written.get() == -1 => return Err(raise!(AttributeError, "characters_written")),
        None => -1,
    };
    exception.cells().written.set(count);
    Ok(())
}

/// Raises an exception of a class for an error number, with the system's message and filenames. OSError chooses a
/// subclass by the number.
pub fn raise_system_error(
    class: Obj<'_>,
    number: c_int,
    filename: Option<Obj<'_>>,
    filename2: Option<Obj<'_>>,
) -> Raised {
    let make = || {
        let (code, message) = (int::from_i64(number.into())?, message_of(number)?);
        let (code, message, zero) = (code.borrow(), message.borrow(), int::from_i64(0)?);
        let args = match (filename, filename2) {
            (Some(filename), Some(second)) => tuple::tracked(&[code, message, filename, zero.borrow(), second]),
            (Some(filename), None) => tuple::tracked(&[code, message, filename]),
            (None, _) => tuple::tracked(&[code, message]),
        };
        // As C sees it: an error that was pending before the call is not an error of the call.
        let made = call::call_as_c(class, args?.borrow(), None);
        made.map_or_else(|| call::check_result(class, None), Ok)
    };
    match make() {
        Ok(exception) => super::raise_object(exception.borrow().class().as_obj(), Some(exception.borrow())),
        Err(raised) => raised,
    }
}

/// The system's message for an error number.
fn message_of(number: c_int) -> Result<Ref> {
    if number == 0 {
        return str::from_str("Error");
    }
    let mut text = [0; 256];
    // SAFETY: strerror_r writes at most `len() - 1` bytes. The last byte stays 0, so the text is NUL-terminated.
    let message = unsafe {
        libc::strerror_r(number, text.as_mut_ptr(), text.len() - 1);
        CStr::from_ptr(text.as_ptr())
    };
    str::decode_utf8(message.to_bytes(), str::Handler::SurrogateEscape)
}
