//! Methods of a type's table. Bound to an object or a class, they are C functions.

use super::attributes::{self, type_of};
use super::object::{self, Descriptor, DescriptorOf, Row, parts, row, row_for};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::function::conventions::{self, Call, Callable};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{call, class_defaults, function, slots, str};
use crate::runtime::{Obj, Own, Ref, Result, Type, View, raise};
use core::ffi::CStr;
use core::mem::offset_of;

static_type! {
    /// Methods of a type's table.
    pub PyMethodDescr_Type as METHOD_DESCRIPTOR = PyTypeObject {
        tp_call: class_defaults::VECTORCALL,
        tp_vectorcall_offset: offset_of!(MethodDescriptor, vectorcall) as Py_ssize_t,
        tp_flags: class_defaults::COLLECTED.tp_flags
            | Py_TPFLAGS_DISALLOW_INSTANTIATION
            | Py_TPFLAGS_METHOD_DESCRIPTOR
            | Py_TPFLAGS_HAVE_VECTORCALL,
        ..type_of::<PyMethodDef>(c"method_descriptor", (&raw mut GETSETS).cast())
    }
}
static_type! {
    /// Methods of a type's table whose first argument is a class.
    pub PyClassMethodDescr_Type as CLASS_METHOD_DESCRIPTOR = PyTypeObject {
        tp_call: slots::call(call_class_method),
        ..type_of::<ClassMethodDef>(c"classmethod_descriptor", (&raw mut CLASS_METHOD_GETSETS).cast())
    }
}

static mut GETSETS: [PyGetSetDef; 4] = [
    slots::getter(c"__doc__", |method: DescriptorOf<'_, PyMethodDef>| function::documentation(row(method))),
    slots::getter(c"__qualname__", attributes::qualname),
    slots::getter(c"__text_signature__", |method: DescriptorOf<'_, PyMethodDef>| function::signature(row(method))),
    PyGetSetDef::END,
];

static mut CLASS_METHOD_GETSETS: [PyGetSetDef; 4] = [
    slots::getter(c"__doc__", |method: DescriptorOf<'_, ClassMethodDef>| function::documentation(&row(method).0)),
    slots::getter(c"__qualname__", attributes::qualname),
    slots::getter(c"__text_signature__", |method: DescriptorOf<'_, ClassMethodDef>| {
        function::signature(&row(method).0)
    }),
    PyGetSetDef::END,
];

/// The descriptor of a method (CPython: `PyMethodDescrObject`).
#[repr(C)]
#[derive(Debug)]
pub struct MethodDescriptor {
    common: Descriptor<PyMethodDef>,
    vectorcall: vectorcallfunc,
}

/// The row of a method whose first argument is a class.
#[repr(transparent)]
#[derive(Debug)]
pub struct ClassMethodDef(pub PyMethodDef);

impl Row for PyMethodDef {
    type Layout = MethodDescriptor;
    const KIND: Type<'static> = METHOD_DESCRIPTOR;
    const SHOWN: &'static str = "method";

    /// The method bound to the object.
    fn get(descriptor: DescriptorOf<'_, Self>, o: Option<Obj<'_>>, class: Option<Obj<'_>>) -> Result<Ref> {
        let Some(o) = o else { return Ok(descriptor.to_ref()) };
        let row = row_for(descriptor, o)?;
        let (owner, name) = parts(descriptor);
        let told = row.ml_flags & METH_METHOD != 0;
        if let Some(class) = class.filter(|class| told && class.as_type().is_none()) {
            let (name, kind) = (str::as_text(name), class.class().name());
            return Err(raise!(TypeError, "descriptor '{name}' needs a type, not '{kind}', as arg 2"));
        }
        // SAFETY: a row of a class's table is valid as long as the class, which lives as long as its instances.
        unsafe { function::new(core::ptr::from_ref(row).cast_mut(), Some(o), None, told.then_some(owner)) }
    }
}

impl Row for ClassMethodDef {
    type Layout = MethodDescriptor;
    const KIND: Type<'static> = CLASS_METHOD_DESCRIPTOR;
    const SHOWN: &'static str = "method";

    /// The method bound to the class, or to that of the object.
    fn get(descriptor: DescriptorOf<'_, Self>, o: Option<Obj<'_>>, class: Option<Obj<'_>>) -> Result<Ref> {
        let (owner, name) = parts(descriptor);
        let (name, shown) = (str::as_text(name), owner.name());
        let Some(given) = class.or(o.map(|o| o.class().as_obj())) else {
            return Err(raise!(TypeError, "descriptor '{name}' for type '{shown}' needs either an object or a type"));
        };
        let Some(class) = given.as_type() else {
            let kind = given.class().name();
            return Err(raise!(
                TypeError,
                "descriptor '{name}' for type '{shown}' needs a type, not a '{kind}' as arg 2"
            ));
        };
        if !class.is_subtype(owner) {
            let kind = class.name();
            return Err(raise!(TypeError, "descriptor '{name}' requires a subtype of '{shown}' but received '{kind}'"));
        }
        let row = &row(descriptor).0;
        let told = (row.ml_flags & METH_METHOD != 0).then_some(owner);
        // SAFETY: a row of a class's table is valid as long as the class, and so as the classes made from it.
        unsafe { function::new(core::ptr::from_ref(row).cast_mut(), Some(given), None, told) }
    }
}

/// A new descriptor of a method (CPython: `PyDescr_NewMethod`). SystemError for flags that name no convention.
///
/// # Safety
/// The row lives as long as the class, and its function has the signature that its flags name.
pub unsafe fn new(owner: Type<'_>, row: *mut PyMethodDef) -> Result<Ref> {
    // SAFETY: the row is valid, as promised, and its name is NUL-terminated.
    let (flags, name) = unsafe { ((*row).ml_flags, CStr::from_ptr((*row).ml_name)) };
    let Some(vectorcall) = conventions::of::<MethodDescriptor>(flags) else {
        // SAFETY: the row is valid, and no code changes it.
        return Err(raise!(SystemError, "{}() method: bad call flags", function::name(unsafe { &*row })));
    };
    // SAFETY: the row lives as long as the class, as promised, and the new descriptor has the larger layout.
    unsafe {
        let method = object::new(owner, name, row)?;
        (*method.borrow().cast::<MethodDescriptor>()).vectorcall = vectorcall;
        Ok(method.into_ref())
    }
}

/// A new descriptor of a method whose first argument is a class (CPython: `PyDescr_NewClassMethod`).
///
/// # Safety
/// As for [`new`].
pub unsafe fn new_for_class(owner: Type<'_>, row: *mut PyMethodDef) -> Result<Ref> {
    // SAFETY: a row's name ends with a NUL, and the row stays for as long as the class. Both types of row have one
    // layout.
    unsafe { object::new(owner, CStr::from_ptr((*row).ml_name), row.cast::<ClassMethodDef>()).map(Own::into_ref) }
}

// SAFETY: the call has the definition of the descriptor.
unsafe impl Callable for MethodDescriptor {
    const PACKS: bool = true;

    #[inline(always)]
    unsafe fn prepare<'a>(
        callable: Obj<'a>,
        arguments: *const *mut PyObject,
        positional: usize,
        names: Option<Tuple<'a>>,
    ) -> Result<Call<'a>> {
        // SAFETY: the callable is a method's descriptor, as promised.
        let method: DescriptorOf<'a, PyMethodDef> = unsafe { View::new_unchecked(callable) };
        if positional < 1 {
            let name = call::describe(callable)?;
            return Err(raise!(TypeError, "unbound method {} needs an argument", str::as_text(name.borrow())));
        }
        // SAFETY: the array has that many arguments, as promised.
        let this = unsafe { *arguments };
        // SAFETY: an argument is an object, which lives for the length of the call.
        let row = row_for(method, unsafe { Obj::from_ptr_unchecked(this) })?;
        let (owner, _) = parts(method);
        let arguments = arguments.wrapping_add(1);
        Ok(Call { callable, row, this, class: Some(owner), arguments, positional: positional - 1, names })
    }
}

/// Calls a class method, whose first argument is the class.
fn call_class_method(
    method: DescriptorOf<'_, ClassMethodDef>,
    arguments: Tuple<'_>,
    keywords: Option<Dict<'_>>,
) -> Option<Ref> {
    let call = || {
        let Some((class, rest)) = tuple::items(arguments).split_first() else {
            let (owner, name) = parts(method);
            let (name, shown) = (str::as_text(name), owner.name());
            return Err(raise!(TypeError, "descriptor '{name}' of '{shown}' object needs an argument"));
        };
        let bound = ClassMethodDef::get(method, None, Some(*class))?;
        call::with_dict(bound.borrow(), rest, keywords)
    };
    call().ok()
}
