//! The type of code objects, and their attributes.

use super::{Code, cell_names, field, filename, first_line, free_names, instructions, name, variable_names};
use crate::abi::*;
use crate::objects::class_order::Classes;
use crate::objects::slots::{self, Owner};
use crate::objects::{class_defaults, class_order, int, str, weakref};
use crate::runtime::known::{CODE, NONE, OBJECT};
use crate::runtime::{Ref, Result};
use core::mem::offset_of;

/// The type of code objects.
#[unsafe(no_mangle)]
pub static mut PyCode_Type: PyTypeObject = PyTypeObject {
    tp_name: c"code".as_ptr(),
    tp_basicsize: offset_of!(PyCodeObject, co_code_adaptive) as Py_ssize_t,
    tp_itemsize: 2,
    tp_dealloc: slots::dealloc::<PyCodeObject>(),
    tp_repr: slots::unary(repr),
    tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_weaklistoffset: offset_of!(PyCodeObject, co_weakreflist) as Py_ssize_t,
    tp_getset: (&raw mut GETSETS).cast(),
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::DEFAULTS
};

static mut ORDER: Classes<2> = class_order::classes([CODE.as_ptr(), OBJECT.as_ptr()]);

// SAFETY: a code object owns the references in these fields.
unsafe impl Owner for PyCodeObject {
    const FIELDS: &'static [usize] = &[
        offset_of!(PyCodeObject, co_consts),
        offset_of!(PyCodeObject, co_names),
        offset_of!(PyCodeObject, co_exceptiontable),
        offset_of!(PyCodeObject, co_localsplusnames),
        offset_of!(PyCodeObject, co_localspluskinds),
        offset_of!(PyCodeObject, co_filename),
        offset_of!(PyCodeObject, co_name),
        offset_of!(PyCodeObject, co_qualname),
        offset_of!(PyCodeObject, co_linetable),
    ];

    unsafe fn empty(code: Code<'_>) {
        weakref::end_of(*code);
    }
}

static mut GETSETS: [PyGetSetDef; 18] = [
    slots::getter(c"co_argcount", |code: Code<'_>| number(code, offset_of!(PyCodeObject, co_argcount))),
    slots::getter(c"co_posonlyargcount", |code: Code<'_>| number(code, offset_of!(PyCodeObject, co_posonlyargcount))),
    slots::getter(c"co_kwonlyargcount", |code: Code<'_>| number(code, offset_of!(PyCodeObject, co_kwonlyargcount))),
    slots::getter(c"co_stacksize", |code: Code<'_>| number(code, offset_of!(PyCodeObject, co_stacksize))),
    slots::getter(c"co_flags", |code: Code<'_>| number(code, offset_of!(PyCodeObject, co_flags))),
    slots::getter(c"co_firstlineno", |code: Code<'_>| number(code, offset_of!(PyCodeObject, co_firstlineno))),
    slots::getter(c"co_nlocals", |code: Code<'_>| number(code, offset_of!(PyCodeObject, co_nlocals))),
    slots::getter(c"co_names", |code: Code<'_>| object(code, offset_of!(PyCodeObject, co_names))),
    slots::getter(c"co_consts", |code: Code<'_>| object(code, offset_of!(PyCodeObject, co_consts))),
    slots::getter(c"co_filename", |code: Code<'_>| object(code, offset_of!(PyCodeObject, co_filename))),
    slots::getter(c"co_name", |code: Code<'_>| object(code, offset_of!(PyCodeObject, co_name))),
    slots::getter(c"co_qualname", |code: Code<'_>| object(code, offset_of!(PyCodeObject, co_qualname))),
    slots::getter(c"co_linetable", |code: Code<'_>| object(code, offset_of!(PyCodeObject, co_linetable))),
    slots::getter(c"co_varnames", variable_names),
    slots::getter(c"co_cellvars", cell_names),
    slots::getter(c"co_freevars", free_names),
    slots::getter(c"co_code", instructions),
    PyGetSetDef::END,
];

fn number(code: Code<'_>, offset: usize) -> Result<Ref> {
    // SAFETY: this file passes the offset of an `int` field of the layout.
    int::from_i64(unsafe { code.as_ptr().byte_add(offset).cast::<core::ffi::c_int>().read() }.into())
}

fn object(code: Code<'_>, offset: usize) -> Result<Ref> {
    Ok(field(code, offset).get().unwrap_or_else(|| NONE.to_ref()))
}

fn repr(code: Code<'_>) -> Result<Ref> {
    let (name, filename) = (name(code), filename(code));
    let shown = |text: &Option<Ref>| text.as_ref().map_or(*str::empty(), Ref::borrow).to_ref();
    let (name, filename) = (shown(&name), shown(&filename));
    str::format(format_args!(
        "<code object {} at {:p}, file \"{}\", line {}>",
        str::as_text(name.borrow()),
        code.as_ptr(),
        str::as_text(filename.borrow()),
        Some(first_line(code)).filter(|line| *line != 0).unwrap_or(-1)
    ))
}
