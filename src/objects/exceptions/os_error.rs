//! OSError: the number and the message of a failed system call, and the files it was about. The number chooses the
//! class.

use super::{Behaviour, instance};
use crate::abi::*;
use crate::objects::{call, constants, int, number, object, str, tuple};
use crate::runtime::{Obj, Raised, Ref, Result, Type, raise};
use core::ffi::{CStr, c_int};
use core::mem::offset_of;

pub(super) const OS_ERROR: Behaviour = Behaviour {
    size: size_of::<PyOSErrorObject>(),
    new: Some(new_slot),
    init: Some(init_slot),
    str: Some(str_slot),
    methods: (&raw mut METHODS).cast(),
    members: (&raw mut MEMBERS).cast(),
    getset: (&raw mut GETSET).cast(),
    ..instance::PLAIN
};

static mut METHODS: [PyMethodDef; 2] = [method!(c"__reduce__", METH_NOARGS, reduce), PyMethodDef::END];

static mut MEMBERS: [PyMemberDef; 5] = [
    PyMemberDef::object(c"errno", offset_of!(PyOSErrorObject, myerrno)),
    PyMemberDef::object(c"strerror", offset_of!(PyOSErrorObject, strerror)),
    PyMemberDef::object(c"filename", offset_of!(PyOSErrorObject, filename)),
    PyMemberDef::object(c"filename2", offset_of!(PyOSErrorObject, filename2)),
    PyMemberDef::END,
];

static mut GETSET: [PyGetSetDef; 2] =
    [getset!(c"characters_written", get_characters_written, set_characters_written), PyGetSetDef::END];

/// Which numbers have a class of their own.
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

/// The class that a number stands for.
fn class_of(number: Obj<'_>) -> Exc {
    let value = if int::check(number) { int::view(number).to_i64() } else { None };
    let is_timeout = value == Some(libc::ETIMEDOUT.into());
    let named = CLASSES.iter().find(|(number, _)| value == Some((*number).into())).map(|(_, class)| *class);
    named.unwrap_or(if is_timeout { Exc::TimeoutError } else { Exc::OSError })
}

/// The arguments that have a meaning: from two to five are number, message, filename, one for Windows alone, and second
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

/// Whether a class made from OSError has an initialiser of its own: then what it hands on is looked at there, since its
/// arguments may be others.
fn initialises_late(class: Type<'_>) -> bool {
    let fields = class.fields();
    fields.tp_init.map(|init| init as usize) != Some(init_slot as *const () as usize)
        && fields.tp_new.map(|new| new as usize) == Some(new_slot as *const () as usize)
}

fn new(class: Type<'_>, args: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<Ref> {
    if initialises_late(class) {
        let exception = instance::new(class, tuple::empty(), None)?;
        set_written(exception.borrow(), -1);
        return Ok(exception);
    }
    instance::no_keywords(class, keywords)?;
    let parts = Parts::of(tuple::items(args));
    let class = match parts.number {
        Some(number) if class == Exc::OSError.class() => class_of(number).class(),
        _ => class,
    };
    let exception = instance::new(class, args, None)?;
    set_written(exception.borrow(), -1);
    fill(exception.borrow(), args, parts)?;
    Ok(exception)
}
new_slot!(new_slot = new);

fn init(exception: Obj<'_>, args: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<()> {
    if !initialises_late(exception.class()) {
        return Ok(());
    }
    instance::no_keywords(exception.class(), keywords)?;
    fill(exception, args, Parts::of(tuple::items(args)))
}
init_slot!(init_slot = init);

/// Fills a new instance. Filenames are left out of `args`; of a BlockingIOError the third argument may be a count.
fn fill(exception: Obj<'_>, args: Obj<'_>, parts: Parts<'_>) -> Result<()> {
    let mut shown = args.to_ref();
    if let Some(filename) = parts.filename.filter(|filename| !filename.is(constants::NONE)) {
        if exception.is_exactly(Exc::BlockingIOError.class()) && number::check(filename) {
            set_written(exception, number::as_ssize_t(filename, Some(Exc::ValueError.class().as_obj()))?);
        } else {
            let second = parts.filename2.filter(|filename| !filename.is(constants::NONE));
            field!(exception, PyOSErrorObject, filename).set(Some(filename.to_ref()));
            field!(exception, PyOSErrorObject, filename2).set(second.map(Obj::to_ref));
            shown = tuple::from_slice(tuple::items(args).get(..2).unwrap_or_default())?;
        }
    }
    field!(exception, PyOSErrorObject, myerrno).set(parts.number.map(Obj::to_ref));
    field!(exception, PyOSErrorObject, strerror).set(parts.message.map(Obj::to_ref));
    field!(exception, PyOSErrorObject, base.args).set(Some(shown));
    Ok(())
}

/// `[Errno NUMBER] MESSAGE: 'FILENAME' -> 'FILENAME2'`, as far as they are there.
fn text(exception: Obj<'_>) -> Result<Ref> {
    let number = field!(exception, PyOSErrorObject, myerrno).get();
    let message = field!(exception, PyOSErrorObject, strerror).get();
    let filename = field!(exception, PyOSErrorObject, filename).get();
    let filename2 = field!(exception, PyOSErrorObject, filename2).get();
    if filename.is_none() && (number.is_none() || message.is_none()) {
        return instance::text(exception);
    }
    let or_none = |part: &Option<Ref>| part.as_ref().map_or(constants::NONE, Ref::borrow).to_ref();
    let mut text = str::Builder::new();
    text.push_str("[Errno ")?;
    text.push_object(object::to_str(or_none(&number).borrow())?.borrow())?;
    text.push_str("] ")?;
    text.push_object(object::to_str(or_none(&message).borrow())?.borrow())?;
    if let Some(filename) = filename {
        text.push_str(": ")?;
        text.push_object(object::repr(filename.borrow())?.borrow())?;
        if let Some(filename2) = filename2 {
            text.push_str(" -> ")?;
            text.push_object(object::repr(filename2.borrow())?.borrow())?;
        }
    }
    text.finish()
}
slot!(str_slot(exception) -> *mut PyObject = text);

/// What the exception can be made from again: the arguments with the filenames that were left out.
fn reduce(exception: Obj<'_>) -> Result<Ref> {
    let mut args = instance::args(exception);
    let filename = field!(exception, PyOSErrorObject, filename).get();
    if let ([number, message], Some(filename)) = (tuple::items(args.borrow()), filename) {
        let all = match field!(exception, PyOSErrorObject, filename2).get() {
            Some(second) => {
                tuple::from_slice(&[*number, *message, filename.borrow(), constants::NONE, second.borrow()])?
            }
            None => tuple::from_slice(&[*number, *message, filename.borrow()])?,
        };
        args = all;
    }
    instance::reduce_with(exception, args.borrow(), field!(exception, PyOSErrorObject, base.dict).get())
}

fn written(exception: Obj<'_>) -> isize {
    // SAFETY: the functions of a class's tables are called on instances of it, which have this layout.
    unsafe { (*exception.cast::<PyOSErrorObject>()).written }
}

fn set_written(exception: Obj<'_>, count: isize) {
    // SAFETY: as for reading.
    unsafe { (*exception.cast::<PyOSErrorObject>()).written = count };
}

fn get_characters_written(exception: Obj<'_>) -> Result<Ref> {
    match written(exception) {
        -1 => Err(raise!(AttributeError, "characters_written")),
        count => int::from_i64(count as i64),
    }
}

fn set_characters_written(exception: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let count = match value {
        Some(value) => number::as_ssize_t(value, Some(Exc::ValueError.class().as_obj()))?,
        None if written(exception) == -1 => return Err(raise!(AttributeError, "characters_written")),
        None => -1,
    };
    set_written(exception, count);
    Ok(())
}

/// Raises what a number stands for, made from the number, the system's message and filenames: of a class, which chooses
/// another by the number if it is OSError.
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
            (Some(filename), Some(second)) => tuple::from_slice(&[code, message, filename, zero.borrow(), second]),
            (Some(filename), None) => tuple::from_slice(&[code, message, filename]),
            (None, _) => tuple::from_slice(&[code, message]),
        };
        // As C sees it: the error that was pending before the call is no error of the call.
        let made = call::call_as_c(class, args?.borrow(), None);
        made.map_or_else(|| call::check_result(class, None), Ok)
    };
    match make() {
        Ok(exception) => super::raise_object(exception.borrow().class().as_obj(), Some(exception.borrow())),
        Err(raised) => raised,
    }
}

/// What the system says of a number.
fn message_of(number: c_int) -> Result<Ref> {
    if number == 0 {
        return str::from_str("Error");
    }
    let mut text = [0; 256];
    // SAFETY: the buffer has as many bytes as is said; with its last one 0 there is an end to it.
    let message = unsafe {
        libc::strerror_r(number, text.as_mut_ptr(), text.len() - 1);
        CStr::from_ptr(text.as_ptr())
    };
    str::decode_utf8(message.to_bytes(), str::Handler::SurrogateEscape)
}
