//! Descriptors: the object in a type's dict for each row of its C tables and for each of its slots, and the protocol by which an
//! attribute found in a class becomes a value (`Include/descrobject.h`).

mod attributes;
pub(in crate::types) mod describe;
mod getset;
mod member;
mod method;
mod wrapper;

pub use describe::of_member;
pub use getset::{GETSET_DESCRIPTOR, PyGetSetDescr_Type};
pub use member::{MEMBER_DESCRIPTOR, PyMemberDescr_Type, read as read_member, write as write_member};
pub use method::{
    CLASS_METHOD_DESCRIPTOR, METHOD_DESCRIPTOR, PyClassMethodDescr_Type, PyMethodDescr_Type, new as of_method,
    new_for_class as of_class_method,
};
pub use wrapper::{
    _PyMethodWrapper_Type, METHOD_WRAPPER, PyWrapperDescr_Type, WRAPPER_DESCRIPTOR, bind as bind_wrapper,
    new as new_wrapper, wrapped,
};

use crate::abi::*;
use crate::objects::slots::{self, Owner};
use crate::objects::{class_defaults, str};
use crate::runtime::{Layout, Obj, Own, Raised, Ref, Result, Type, View, error, gc, instance, raise};
use core::ffi::CStr;
use core::mem::offset_of;

/// `Include/cpython/descrobject.h`: a descriptor, with the row that it represents. Those of methods and slots have one field more.
#[repr(C)]
#[derive(Debug)]
pub struct Descriptor<R> {
    ob_base: PyObject,
    d_type: *mut PyTypeObject,
    d_name: *mut PyObject,
    d_qualname: *mut PyObject,
    row: *mut R,
}

/// A borrowed reference to a descriptor of a kind of row.
type DescriptorOf<'a, R> = View<'a, Descriptor<R>>;

/// A kind of descriptor: a row in a table of C, or a slot.
pub trait Row: Sized + 'static {
    /// The layout of the descriptors, which begins with [`Descriptor`].
    type Layout;

    /// The type of the descriptors.
    const KIND: Type<'static>;

    /// The repr's word for the kind.
    const SHOWN: &'static str;

    /// The value for an object of the class that the descriptor describes, or for a class.
    fn get(descriptor: DescriptorOf<'_, Self>, o: Option<Obj<'_>>, class: Option<Obj<'_>>) -> Result<Ref>;
}

// SAFETY: the objects of each kind's type are made by `new` for rows of that kind.
unsafe impl<R: Row> Layout for Descriptor<R> {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(R::KIND)
    }
}

/// The types of descriptors.
const KINDS: [Type<'static>; 5] =
    [GETSET_DESCRIPTOR, MEMBER_DESCRIPTOR, METHOD_DESCRIPTOR, CLASS_METHOD_DESCRIPTOR, WRAPPER_DESCRIPTOR];

// SAFETY: `new` makes the objects of these types, and they begin with these fields whatever their rows are.
unsafe impl Layout for Descriptor<()> {
    fn check(o: Obj<'_>) -> bool {
        KINDS.iter().any(|class| o.is_exactly(*class))
    }
}

// SAFETY: a descriptor owns its class and its names.
unsafe impl Owner for Descriptor<()> {
    const FIELDS: &'static [usize] = &[
        offset_of!(Descriptor<()>, d_type),
        offset_of!(Descriptor<()>, d_name),
        offset_of!(Descriptor<()>, d_qualname),
    ];
}

/// The type of the descriptors of a kind of row.
const fn type_of<R: Row>(name: &'static CStr, getsets: *mut PyGetSetDef) -> PyTypeObject {
    PyTypeObject {
        tp_name: name.as_ptr(),
        tp_basicsize: size_of::<R::Layout>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<Descriptor<()>>(),
        tp_repr: slots::unary(attributes::repr::<R>),
        tp_traverse: slots::traverse::<Descriptor<()>>(),
        tp_members: (&raw mut attributes::MEMBERS).cast(),
        tp_getset: getsets,
        tp_descr_get: slots::describe(R::get),
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        ..class_defaults::COLLECTED
    }
}

/// A new descriptor of a row, for a class. The fields after those of [`Descriptor`] are zero.
///
/// # Safety
/// The row lives as long as the class.
unsafe fn new<R: Row>(owner: Type<'_>, name: &CStr, row: *mut R) -> Result<Own<Descriptor<R>>> {
    let name = str::intern(str::from_utf8(name.to_bytes())?)?;
    let o = instance::allocate(R::KIND, 0)?;
    // SAFETY: an instance of the kind has this layout, and no other code knows it yet.
    let descriptor: Own<Descriptor<R>> = unsafe {
        let fields = o.cast::<Descriptor<R>>().as_ptr();
        (*fields).d_type = owner.as_obj().to_ref().into_ptr().cast();
        (*fields).d_name = name.into_ptr();
        (*fields).row = row;
        Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr()))
    };
    gc::track(descriptor.as_obj());
    Ok(descriptor)
}

/// The value of an attribute found in a class, for an instance of it, or for the class itself without an instance: the
/// result of `tp_descr_get`, or the attribute itself. A new reference.
#[inline]
pub fn get(attribute: Obj<'_>, instance: Option<Obj<'_>>, owner: Type<'_>) -> Result<Ref> {
    let Some(slot) = attribute.class().fields().tp_descr_get else { return Ok(attribute.to_ref()) };
    let instance = instance.map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: the slot belongs to the attribute's own type; the instance may be NULL there.
    unsafe { Ref::from_ptr(slot(attribute.as_ptr(), instance, owner.as_obj().as_ptr())) }
        .ok_or_else(|| error::fetched_from_c("__get__"))
}

/// Sets, through a data descriptor found in a class, the attribute of an instance, or deletes it when there is no
/// value.
pub fn set(attribute: Obj<'_>, instance: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let class = attribute.class();
    let Some(slot) = class.fields().tp_descr_set else {
        return Err(raise!(AttributeError, "'{}' object has no attribute '__set__'", class.name()));
    };
    let value = value.map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: the slot belongs to the attribute's own type; a NULL value deletes.
    match unsafe { slot(attribute.as_ptr(), instance.as_ptr(), value) } {
        0 => Ok(()),
        _ => Err(error::fetched_from_c("__set__")),
    }
}

/// Whether an attribute found in a class has `tp_descr_set`. Such an attribute precedes the instance's own.
#[inline]
pub fn is_data(attribute: Obj<'_>) -> bool {
    attribute.class().fields().tp_descr_set.is_some()
}

/// The class that a descriptor describes, and the name of the attribute in it.
fn parts<R>(descriptor: DescriptorOf<'_, R>) -> (Type<'_>, Obj<'_>) {
    let fields = descriptor.cast::<Descriptor<()>>();
    // SAFETY: every descriptor begins with these fields, and owns its class and its name.
    unsafe { (Type::from_ptr_unchecked((*fields).d_type), Obj::from_ptr_unchecked((*fields).d_name)) }
}

/// The row of a descriptor, which the class that it describes keeps.
#[inline(always)]
fn row<'a, R>(descriptor: DescriptorOf<'a, R>) -> &'a R {
    // SAFETY: `new` puts a row of this kind there, from a table that lives as long as the class it is of, and so as the
    // descriptor.
    unsafe { &*(*descriptor.fields()).row }
}

/// The row of a descriptor for an object; TypeError for an object of a class that the descriptor does not describe.
#[inline(always)]
fn row_for<'a, R>(descriptor: DescriptorOf<'a, R>, o: Obj<'_>) -> Result<&'a R> {
    let (owner, _) = parts(descriptor);
    if o.class() == owner || o.is_a(owner) { Ok(row(descriptor)) } else { Err(foreign(descriptor, o)) }
}

/// TypeError: the descriptor does not describe the class of the object.
#[cold]
fn foreign<R>(descriptor: DescriptorOf<'_, R>, o: Obj<'_>) -> Raised {
    let (owner, name) = parts(descriptor);
    let (name, own) = (str::as_text(name), o.class().name());
    raise!(TypeError, "descriptor '{name}' for '{}' objects doesn't apply to a '{own}' object", owner.name())
}

/// AttributeError: the attribute can't be read, or can't be written.
fn refuse<R>(descriptor: DescriptorOf<'_, R>, what: &str) -> Raised {
    let (owner, name) = parts(descriptor);
    raise!(AttributeError, "attribute '{}' of '{}' objects is not {what}", str::as_text(name), owner.name())
}

/// The descriptor of a computed attribute (CPython: `PyDescr_NewGetSet`).
///
/// # Safety
/// The row lives as long as the class, and its name is NUL-terminated.
pub unsafe fn of_getset(owner: Type<'_>, row: *mut PyGetSetDef) -> Result<Ref> {
    // SAFETY: as this function's caller promises.
    unsafe { new(owner, CStr::from_ptr((*row).name), row).map(Own::into_ref) }
}
