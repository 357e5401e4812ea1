//! The types of C functions: their slots, and the attributes of a function.

use super::{Function, bound_to, conventions, definition, documentation, fields, name, signature};
use crate::abi::*;
use crate::objects::attributes;
use crate::objects::class_order::Classes;
use crate::objects::slots::{self, Owner};
use crate::objects::{class_defaults, class_order, str, weakref};
use crate::protocol::hash;
use crate::runtime::known::{self, FUNCTION, METHOD, MODULE, NONE, NOT_IMPLEMENTED};
use crate::runtime::{Field, Obj, Ref, Result, raise};

use core::ffi::c_int;
use core::mem::offset_of;

/// The type of C functions.
#[unsafe(no_mangle)]
pub static mut PyCFunction_Type: PyTypeObject = PyTypeObject {
    tp_name: c"builtin_function_or_method".as_ptr(),
    tp_basicsize: size_of::<PyCFunctionObject>() as Py_ssize_t,
    tp_flags: SHARED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_members: (&raw mut MEMBERS).cast(),
    tp_getset: (&raw mut GETSETS).cast(),
    tp_mro: class_order::pointer(&raw mut FUNCTION_ORDER),
    ..SHARED
};

static mut FUNCTION_ORDER: Classes<2> = class_order::classes([known::FUNCTION.as_ptr(), known::OBJECT.as_ptr()]);

/// The type of C functions that get their class as an argument.
#[unsafe(no_mangle)]
pub static mut PyCMethod_Type: PyTypeObject = PyTypeObject {
    tp_name: c"builtin_method".as_ptr(),
    tp_basicsize: size_of::<PyCMethodObject>() as Py_ssize_t,
    tp_base: FUNCTION.as_ptr(),
    tp_bases: class_order::pointer(&raw mut METHOD_BASES),
    tp_mro: class_order::pointer(&raw mut METHOD_ORDER),
    ..SHARED
};

static mut METHOD_BASES: Classes<1> = class_order::classes([known::FUNCTION.as_ptr()]);
static mut METHOD_ORDER: Classes<3> =
    class_order::classes([known::METHOD.as_ptr(), known::FUNCTION.as_ptr(), known::OBJECT.as_ptr()]);

/// The fields that both types share.
const SHARED: PyTypeObject = PyTypeObject {
    tp_dealloc: slots::dealloc::<PyCFunctionObject>(),
    tp_vectorcall_offset: offset_of!(PyCFunctionObject, vectorcall) as Py_ssize_t,
    tp_repr: slots::unary(repr),
    tp_hash: slots::unary(hash),
    tp_call: Some(conventions::call_slot),
    tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_HAVE_VECTORCALL,
    tp_traverse: slots::traverse::<PyCFunctionObject>(),
    tp_richcompare: slots::compare(compare),
    tp_weaklistoffset: offset_of!(PyCFunctionObject, m_weakreflist) as Py_ssize_t,
    ..class_defaults::COLLECTED
};

// SAFETY: a function owns the references in these two fields, and one to its class if it has that field.
unsafe impl Owner for PyCFunctionObject {
    const FIELDS: &'static [usize] = &[offset_of!(PyCFunctionObject, m_self), offset_of!(PyCFunctionObject, m_module)];

    fn visit(function: Function<'_>, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        class_of(function).map_or(0, |class| visit(class.as_ptr()))
    }

    unsafe fn empty(function: Function<'_>) {
        // SAFETY: the field belongs to a live function.
        if unsafe { !(*function.fields()).m_weakreflist.is_null() } {
            weakref::end_of(*function);
        }
        if let Some(class) = class_of(function) {
            class.set(None);
        }
    }
}

/// The field with the class of a function that gets its class as an argument.
fn class_of<'a>(function: Function<'a>) -> Option<&'a Field> {
    let is_told = function.is_a(METHOD);
    // SAFETY: objects of this type have the larger layout, with a field that is NULL or an owned reference.
    is_told.then(|| unsafe { Field::at((&raw mut (*function.cast::<PyCMethodObject>()).mm_class).cast()) })
}

static mut MEMBERS: [PyMemberDef; 2] = [
    PyMemberDef {
        name: c"__module__".as_ptr(),
        kind: _Py_T_OBJECT,
        offset: offset_of!(PyCFunctionObject, m_module) as Py_ssize_t,
        flags: 0,
        doc: core::ptr::null(),
    },
    PyMemberDef::END,
];

static mut GETSETS: [PyGetSetDef; 6] = [
    slots::getter(c"__doc__", own_documentation),
    slots::getter(c"__name__", plain_name),
    slots::getter(c"__qualname__", qualified_name),
    slots::getter(c"__self__", this),
    slots::getter(c"__text_signature__", own_signature),
    PyGetSetDef::END,
];

fn plain_name(function: Function<'_>) -> Result<Ref> {
    str::format(format_args!("{}", name(definition(function))))
}

/// The name; for a function that is bound to an instance or a class, after the class's name.
fn qualified_name(function: Function<'_>) -> Result<Ref> {
    let Some(this) = bound_to(function).filter(|this| !this.is_a(MODULE)) else {
        return plain_name(function);
    };
    let class = this.as_type().unwrap_or(this.class());
    let qualname = attributes::get(class.as_obj(), str::from_str("__qualname__")?.borrow())?;
    if !str::check(qualname.borrow()) {
        return Err(raise!(TypeError, "<method>.__class__.__qualname__ is not a unicode object"));
    }
    str::format(format_args!("{}.{}", str::as_text(qualname.borrow()), name(definition(function))))
}

/// The object that the function is bound to, or None.
fn this(function: Function<'_>) -> Result<Ref> {
    Ok(bound_to(function).unwrap_or(NONE).to_ref())
}

fn own_documentation(function: Function<'_>) -> Result<Ref> {
    documentation(definition(function))
}

fn own_signature(function: Function<'_>) -> Result<Ref> {
    signature(definition(function))
}

fn repr(function: Function<'_>) -> Result<Ref> {
    let name = name(definition(function));
    match bound_to(function) {
        Some(this) if !this.is_a(MODULE) => str::format(format_args!(
            "<built-in method {name} of {} object at {:p}>",
            this.class().name(),
            this.as_ptr()
        )),
        _ => str::format(format_args!("<built-in function {name}>")),
    }
}

fn hash(function: Function<'_>) -> Result<isize> {
    let hash = hash::of_pointer(fields(function).m_self.cast()) ^ hash::of_pointer(definition(function).ml_meth);
    Ok(if hash == -1 { -2 } else { hash })
}

/// Two functions are equal when they call the same C function with the same object.
fn compare(a: Function<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let answer = match b.downcast() {
        Some(b) if matches!(op, Py_EQ | Py_NE) => {
            let same = fields(a).m_self == fields(b).m_self && definition(a).ml_meth == definition(b).ml_meth;
            known::bool(same == (op == Py_EQ))
        }
        _ => NOT_IMPLEMENTED,
    };
    Ok(answer.to_ref())
}
