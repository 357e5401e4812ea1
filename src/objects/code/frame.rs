//! Frames: a code object with the dicts of its names.

use super::{Code, filename, first_line, name};
use crate::abi::*;
use crate::objects::class_order::Classes;
use crate::objects::dict::{self, Dict};
use crate::objects::slots::{self, Owner};
use crate::objects::{class_defaults, class_order, int, str};
use crate::protocol::text;
use crate::runtime::known::{self, FRAME, NONE, OBJECT};
use crate::runtime::{Field, Layout, Obj, Own, Ref, Result, View, gc, instance};
use core::ffi::c_int;
use core::mem::offset_of;

/// A borrowed frame.
pub type Frame<'a> = View<'a, PyFrameObject>;

// SAFETY: objects of this type begin with this layout, and it can't be subclassed.
unsafe impl Layout for PyFrameObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(FRAME)
    }
}

/// The type of frames.
#[unsafe(no_mangle)]
pub static mut PyFrame_Type: PyTypeObject = PyTypeObject {
    tp_name: c"frame".as_ptr(),
    tp_basicsize: size_of::<PyFrameObject>() as Py_ssize_t,
    tp_itemsize: size_of::<*mut PyObject>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<PyFrameObject>(),
    tp_repr: slots::unary(repr),
    tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: slots::traverse::<PyFrameObject>(),
    tp_clear: slots::clear::<PyFrameObject>(),
    tp_getset: (&raw mut GETSETS).cast(),
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::COLLECTED
};

static mut ORDER: Classes<2> = class_order::classes([FRAME.as_ptr(), OBJECT.as_ptr()]);

const CODE: usize = offset_of!(PyFrameObject, _f_frame_data.f_executable);
const GLOBALS: usize = offset_of!(PyFrameObject, _f_frame_data.f_globals);
const BUILTINS: usize = offset_of!(PyFrameObject, _f_frame_data.f_builtins);
const LOCALS: usize = offset_of!(PyFrameObject, _f_frame_data.f_locals);
const TRACE: usize = offset_of!(PyFrameObject, f_trace);

// SAFETY: a frame owns the references in these fields.
unsafe impl Owner for PyFrameObject {
    const FIELDS: &'static [usize] = &[CODE, GLOBALS, BUILTINS, LOCALS, TRACE, offset_of!(PyFrameObject, f_back)];
}

static mut GETSETS: [PyGetSetDef; 10] = [
    slots::getter(c"f_back", |_: Frame<'_>| Ok(NONE.to_ref())),
    slots::getter(c"f_code", |frame: Frame<'_>| object(frame, CODE)),
    slots::getter(c"f_globals", |frame: Frame<'_>| object(frame, GLOBALS)),
    slots::getter(c"f_builtins", |frame: Frame<'_>| object(frame, BUILTINS)),
    slots::getter(c"f_locals", locals),
    slots::getter(c"f_trace", |frame: Frame<'_>| object(frame, TRACE)),
    slots::getter(c"f_trace_lines", |_: Frame<'_>| Ok(known::TRUE.to_ref())),
    slots::getter(c"f_lineno", |frame: Frame<'_>| int::from_i64(line(frame).into())),
    slots::getter(c"f_lasti", |_: Frame<'_>| int::from_i64(LAST.into())),
    PyGetSetDef::END,
];

/// The last instruction of a frame of C code, as CPython numbers it.
pub const LAST: c_int = 2;

fn field<'a>(frame: Frame<'a>, offset: usize) -> &'a Field {
    // SAFETY: this file passes the offset of a field that owns a reference, which lives as long as the frame.
    unsafe { Field::at(frame.as_ptr().byte_add(offset).cast()) }
}

fn object(frame: Frame<'_>, offset: usize) -> Result<Ref> {
    Ok(field(frame, offset).get().unwrap_or_else(|| NONE.to_ref()))
}

/// A frame of a code object (CPython: `PyFrame_New`). The builtins are those of the globals, if these have some.
pub fn new(
    code: Code<'_>,
    globals: Dict<'_>,
    locals: Option<Obj<'_>>,
    builtins: impl FnOnce() -> Result<Ref>,
) -> Result<Own<PyFrameObject>> {
    let builtins = match dict::get_str(globals, "__builtins__")? {
        Some(found) => found,
        None => builtins()?,
    };
    let made = instance::allocate_here(FRAME, 0)?.cast::<PyFrameObject>();
    // SAFETY: a new instance of this layout, all of whose fields are zero.
    unsafe {
        let fields = made.as_ptr();
        let inner = &raw mut (*fields)._f_frame_data;
        (*fields).f_frame = inner;
        (*fields).f_trace_lines = 1;
        (*inner).f_executable = code.to_ref().into_ptr();
        (*inner).f_globals = globals.to_ref().into_ptr();
        (*inner).f_builtins = builtins.into_ptr();
        (*inner).f_locals = locals.map_or(core::ptr::null_mut(), |locals| locals.to_ref().into_ptr());
        (*inner).frame_obj = fields;
        let frame = Own::new_unchecked(Ref::from_ptr_unchecked(fields.cast()));
        gc::track(frame.as_obj());
        Ok(frame)
    }
}

/// The code of a frame.
pub fn code(frame: Frame<'_>) -> Option<Own<PyCodeObject>> {
    field(frame, CODE).get_as()
}

/// The line of a frame: the one that C has set, or the first line of the code.
pub fn line(frame: Frame<'_>) -> c_int {
    // SAFETY: the view is of a live object with this layout.
    match unsafe { (*frame.fields()).f_lineno } {
        0 => code(frame).map_or(0, |code| first_line(code.borrow())),
        line => line,
    }
}

/// The globals of a frame.
pub fn globals(frame: Frame<'_>) -> Result<Ref> {
    object(frame, GLOBALS)
}

/// The builtins of a frame.
pub fn builtins(frame: Frame<'_>) -> Result<Ref> {
    object(frame, BUILTINS)
}

/// The locals of a frame; an empty dict if it has none.
pub fn locals(frame: Frame<'_>) -> Result<Ref> {
    field(frame, LOCALS).get().map_or_else(|| dict::new().map(Own::into_ref), Ok)
}

fn repr(frame: Frame<'_>) -> Result<Ref> {
    let code = code(frame);
    let code = code.as_ref().map(Own::borrow);
    let name = code.and_then(name).unwrap_or_else(|| str::empty().to_ref());
    let filename = text::repr(code.and_then(filename).unwrap_or_else(|| NONE.to_ref()).borrow())?;
    str::format(format_args!(
        "<frame at {:p}, file {}, line {}, code {}>",
        frame.as_ptr(),
        str::as_text(filename.borrow()),
        line(frame),
        str::as_text(name.borrow())
    ))
}
