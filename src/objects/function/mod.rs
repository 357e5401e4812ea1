//! C functions as objects: `builtin_function_or_method`, and `builtin_method` for functions that are told their class.
//! The `METH_*` flags choose the convention by which the C function is called; `conventions` has one entry for each.

mod attributes;
mod conventions;

pub use attributes::{documentation, signature};

use super::{class_defaults, object, str};
use crate::abi::*;
use crate::runtime::memory::Lossy;
use crate::runtime::{IntoC, Obj, Ref, Result, Type, gc, instance, raise};
use core::ffi::{CStr, c_int, c_void};
use core::mem::offset_of;
use core::ptr::NonNull;

static_type! {
    /// The type of C functions.
    pub PyCFunction_Type as FUNCTION {
        tp_name: c"builtin_function_or_method".as_ptr(),
        tp_basicsize: size_of::<PyCFunctionObject>() as Py_ssize_t,
        tp_dealloc: Some(dealloc_slot),
        tp_vectorcall_offset: offset_of!(PyCFunctionObject, vectorcall) as Py_ssize_t,
        tp_repr: Some(repr_slot),
        tp_hash: Some(hash_slot),
        tp_call: Some(conventions::call_slot),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL
            | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        tp_traverse: Some(traverse_slot),
        tp_richcompare: Some(richcompare_slot),
        tp_weaklistoffset: offset_of!(PyCFunctionObject, m_weakreflist) as Py_ssize_t,
        tp_members: (&raw mut attributes::MEMBERS).cast(),
        tp_getset: (&raw mut attributes::GETSETS).cast(),
    }
}

static_type! {
    /// The type of C functions that are told their class.
    pub PyCMethod_Type as METHOD {
        tp_name: c"builtin_method".as_ptr(),
        tp_basicsize: size_of::<PyCMethodObject>() as Py_ssize_t,
        tp_dealloc: Some(dealloc_slot),
        tp_vectorcall_offset: offset_of!(PyCFunctionObject, vectorcall) as Py_ssize_t,
        tp_repr: Some(repr_slot),
        tp_hash: Some(hash_slot),
        tp_call: Some(conventions::call_slot),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
        tp_traverse: Some(traverse_slot),
        tp_richcompare: Some(richcompare_slot),
        tp_weaklistoffset: offset_of!(PyCFunctionObject, m_weakreflist) as Py_ssize_t,
        tp_base: &raw mut PyCFunction_Type,
    }
}

/// Whether the object is a C function.
pub fn check(o: Obj<'_>) -> bool {
    o.is_a(FUNCTION)
}

/// A C function's fields, borrowed with the function.
fn fields(function: Obj<'_>) -> &PyCFunctionObject {
    debug_assert!(function.is_a(FUNCTION));
    // SAFETY: this type's layout; the fields are set once, before anybody sees the object.
    unsafe { &*function.cast::<PyCFunctionObject>() }
}

/// The definition a function was made from. `function` is a C function.
pub fn definition(function: Obj<'_>) -> &PyMethodDef {
    // SAFETY: C keeps the definition for as long as functions made from it live.
    unsafe { &*fields(function).m_ml }
}

/// A function's name as C wrote it.
fn name(definition: &PyMethodDef) -> Lossy<'_> {
    // SAFETY: a definition has a NUL-terminated name.
    Lossy(unsafe { CStr::from_ptr(definition.ml_name) }.to_bytes())
}

/// The name of a callable that is a C function.
pub fn own_name(callable: Obj<'_>) -> Option<Lossy<'_>> {
    callable.is_a(FUNCTION).then(|| name(definition(callable)))
}

/// The first argument of every call, for C: what the function is bound to; NULL when it is to nothing, or static.
pub fn first_argument(function: Obj<'_>) -> *mut PyObject {
    match definition(function).ml_flags & METH_STATIC {
        0 => fields(function).m_self,
        _ => core::ptr::null_mut(),
    }
}

/// What a function is bound to.
fn bound_to(function: Obj<'_>) -> Option<Obj<'_>> {
    // SAFETY: NULL or a reference the function owns.
    unsafe { Obj::from_ptr(fields(function).m_self) }
}

/// A new C function (CPython: `PyCMethod_New`); SystemError for flags that are no convention, or a class without
/// `METH_METHOD`, or the flag without a class.
///
/// # Safety
/// `definition` is valid for as long as the function lives, and its `ml_meth` has the signature its flags name.
pub unsafe fn new(
    definition: *mut PyMethodDef,
    this: Option<Obj<'_>>,
    module: Option<Obj<'_>>,
    class: Option<Type<'_>>,
) -> Result<Ref> {
    // SAFETY: the caller's promise.
    let row = unsafe { &*definition };
    let Some(convention) = conventions::of(row.ml_flags) else {
        return Err(raise!(SystemError, "{}() method: bad call flags", name(row)));
    };
    let kind = match (row.ml_flags & METH_METHOD != 0, class) {
        (true, None) => {
            return Err(raise!(SystemError, "attempting to create PyCMethod with a METH_METHOD flag but no class"));
        }
        (false, Some(_)) => {
            return Err(raise!(SystemError, "attempting to create PyCFunction with class but no METH_METHOD flag"));
        }
        (true, Some(_)) => METHOD,
        (false, None) => FUNCTION,
    };
    let o = instance::allocate(kind, 0)?;
    let own = |o: Option<Obj<'_>>| o.map_or(core::ptr::null_mut(), |o| o.to_ref().into_ptr());
    // SAFETY: a new instance of one of the two layouts; the class field is only there for methods.
    unsafe {
        let fields = o.cast::<PyCFunctionObject>().as_ptr();
        (*fields).m_ml = definition;
        (*fields).m_self = own(this);
        (*fields).m_module = own(module);
        (*fields).vectorcall = convention;
        if let Some(class) = class {
            (*o.cast::<PyCMethodObject>().as_ptr()).mm_class = class.as_obj().to_ref().into_ptr().cast();
        }
        let function = Ref::from_ptr_unchecked(o.as_ptr());
        gc::track(function.borrow());
        Ok(function)
    }
}

fn repr(function: Obj<'_>) -> Result<Ref> {
    let name = name(definition(function));
    match bound_to(function) {
        Some(this) if !this.is_a(super::module::MODULE) => str::format(format_args!(
            "<built-in method {name} of {} object at {:p}>",
            this.class().name(),
            this.as_ptr()
        )),
        _ => str::format(format_args!("<built-in function {name}>")),
    }
}
slot!(repr_slot(function) -> *mut PyObject = repr);

fn hash(function: Obj<'_>) -> Result<isize> {
    let hash =
        object::hash_of_pointer(fields(function).m_self.cast()) ^ object::hash_of_pointer(definition(function).ml_meth);
    Ok(if hash == -1 { -2 } else { hash })
}
slot!(hash_slot(function) -> Py_hash_t = hash);

unsafe extern "C" fn richcompare_slot(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    use super::constants;
    // SAFETY: the slot's contract: both live.
    let (a, b) = unsafe { (Obj::from_ptr_unchecked(a), Obj::from_ptr_unchecked(b)) };
    let answer = match op {
        Py_EQ | Py_NE if a.is_a(FUNCTION) && b.is_a(FUNCTION) => {
            let same = fields(a).m_self == fields(b).m_self && definition(a).ml_meth == definition(b).ml_meth;
            constants::bool(same == (op == Py_EQ))
        }
        _ => constants::NOT_IMPLEMENTED,
    };
    Ok(answer.to_ref()).into_c()
}

/// Where a function keeps the references it owns.
///
/// # Safety
/// `o` is a C function.
unsafe fn references(o: *mut PyObject) -> [*mut PyObject; 3] {
    // SAFETY: the class field is only there for methods.
    unsafe {
        let class = if Obj::from_ptr_unchecked(o).is_a(METHOD) {
            (*o.cast::<PyCMethodObject>()).mm_class
        } else {
            core::ptr::null_mut()
        };
        let fields = o.cast::<PyCFunctionObject>();
        [(*fields).m_self, (*fields).m_module, class.cast()]
    }
}

unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract: a function nobody refers to any more.
    unsafe {
        gc::untrack(Obj::from_ptr_unchecked(o));
        let references = references(o);
        instance::free(NonNull::new_unchecked(o));
        for reference in references {
            drop(Ref::from_ptr(reference));
        }
    }
}

unsafe extern "C" fn traverse_slot(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
    // SAFETY: the slot's contract: a live function.
    unsafe {
        for reference in references(o) {
            visit!(visit, argument, reference);
        }
    }
    0
}
