//! Descriptors: the object in a type's dict for each row of its C tables, and the protocol by which an attribute found
//! in a class becomes a value (`Include/descrobject.h`).

mod attributes;
pub(in crate::types) mod describe;

use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::Tuple;
use crate::objects::{arguments, call, class_defaults, constants, dict, function, int, str, tuple};
use crate::runtime::{Layout, Obj, Raised, Ref, Result, Type, View, error, raise};
use core::ffi::{CStr, c_char, c_int};
use core::mem::offset_of;

/// `Include/cpython/descrobject.h`: a descriptor, with the row that it represents.
#[repr(C)]
struct Descriptor<R> {
    ob_base: PyObject,
    d_type: *mut PyTypeObject,
    d_name: *mut PyObject,
    d_qualname: *mut PyObject,
    row: *mut R,
}

/// A borrowed reference to a descriptor of a kind of row.
type DescriptorOf<'a, R> = View<'a, Descriptor<R>>;

/// A kind of row in a table of C.
trait Row: Sized + 'static {
    /// The type of its descriptors.
    const KIND: Type<'static>;

    /// The repr's word for it.
    const SHOWN: &'static str;

    /// The value for an object of the class that the descriptor describes.
    fn get(descriptor: DescriptorOf<'_, Self>, o: Obj<'_>) -> Result<Ref>;
}

// SAFETY: the objects of each kind's type are made by `add` for rows of that kind.
unsafe impl<R: Row> Layout for Descriptor<R> {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(R::KIND)
    }
}

// SAFETY: `add` makes the objects of these three types, and they begin with these fields whatever their rows are.
unsafe impl Layout for Descriptor<()> {
    fn check(o: Obj<'_>) -> bool {
        [GETSET_DESCRIPTOR, MEMBER_DESCRIPTOR, METHOD_DESCRIPTOR].iter().any(|class| o.is_exactly(*class))
    }
}

// SAFETY: a descriptor owns its names.
unsafe impl Owner for Descriptor<()> {
    const FIELDS: &'static [usize] = &[offset_of!(Descriptor<()>, d_name), offset_of!(Descriptor<()>, d_qualname)];
}

/// The type of the descriptors of a kind of row.
const fn type_of<R: Row>(name: &'static CStr, getsets: *mut PyGetSetDef) -> PyTypeObject {
    PyTypeObject {
        tp_name: name.as_ptr(),
        tp_basicsize: size_of::<Descriptor<R>>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<Descriptor<()>>(),
        tp_repr: slots::unary(attributes::repr::<R>),
        tp_members: (&raw mut attributes::MEMBERS).cast(),
        tp_getset: getsets,
        tp_descr_get: slots::describe(get_slot::<R>),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        ..class_defaults::DEFAULTS
    }
}

static_type! {
    /// Attributes computed by a pair of C functions.
    pub PyGetSetDescr_Type as GETSET_DESCRIPTOR = PyTypeObject {
        tp_descr_set: slots::assign(getset_set),
        ..type_of::<PyGetSetDef>(c"getset_descriptor", (&raw mut attributes::GETSET_GETSETS).cast())
    }
}
static_type! {
    /// Attributes stored at an offset.
    pub PyMemberDescr_Type as MEMBER_DESCRIPTOR = PyTypeObject {
        tp_descr_set: slots::assign(member_set),
        ..type_of::<PyMemberDef>(c"member_descriptor", (&raw mut attributes::MEMBER_GETSETS).cast())
    }
}
static_type! {
    /// Methods of a type's table. Bound to an object, they are C functions.
    pub PyMethodDescr_Type as METHOD_DESCRIPTOR = PyTypeObject {
        tp_call: slots::call(method_call_slot),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_METHOD_DESCRIPTOR,
        ..type_of::<PyMethodDef>(c"method_descriptor", (&raw mut attributes::METHOD_GETSETS).cast())
    }
}

/// The value of an attribute found in a class, for an instance of it, or for the class itself without an instance: the
/// result of `tp_descr_get`, or the attribute itself. A new reference.
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
pub fn is_data(attribute: Obj<'_>) -> bool {
    attribute.class().fields().tp_descr_set.is_some()
}

/// The class that a descriptor describes, and the name of the attribute in it.
fn parts<R>(descriptor: DescriptorOf<'_, R>) -> (Type<'_>, Obj<'_>) {
    let fields = descriptor.cast::<Descriptor<()>>();
    // SAFETY: every descriptor begins with these fields, owns its name, and does not outlive the class that it describes.
    unsafe { (Type::from_ptr_unchecked((*fields).d_type), Obj::from_ptr_unchecked((*fields).d_name)) }
}

/// The row of a descriptor, which the class that it describes keeps.
fn row<'a, R>(descriptor: DescriptorOf<'a, R>) -> &'a R {
    // SAFETY: `add` puts a row of this kind there, from a table that lives as long as the class it is of, and so as the
    // descriptor.
    unsafe { &*(*descriptor.fields()).row }
}

/// The row of a descriptor for an object; TypeError for an object of a class that the descriptor does not describe.
fn row_for<'a, R>(descriptor: DescriptorOf<'a, R>, o: Obj<'_>) -> Result<&'a R> {
    let (owner, name) = parts(descriptor);
    if o.is_a(owner) {
        return Ok(row(descriptor));
    }
    Err(raise!(
        TypeError,
        "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
        str::as_text(name),
        owner.name(),
        o.class().name()
    ))
}

/// AttributeError: the attribute can't be read, or can't be written.
fn refuse<R>(descriptor: DescriptorOf<'_, R>, what: &str) -> Raised {
    let (owner, name) = parts(descriptor);
    raise!(AttributeError, "attribute '{}' of '{}' objects is not {what}", str::as_text(name), owner.name())
}

/// `tp_descr_get`. For the class itself, the descriptor stands for itself.
fn get_slot<R: Row>(descriptor: DescriptorOf<'_, R>, o: Option<Obj<'_>>, _: Option<Obj<'_>>) -> Result<Ref> {
    o.map_or_else(|| Ok(descriptor.to_ref()), |o| R::get(descriptor, o))
}

impl Row for PyGetSetDef {
    const KIND: Type<'static> = GETSET_DESCRIPTOR;
    const SHOWN: &'static str = "attribute";

    fn get(descriptor: DescriptorOf<'_, Self>, o: Obj<'_>) -> Result<Ref> {
        let row = row_for(descriptor, o)?;
        let get = row.get.ok_or_else(|| refuse(descriptor, "readable"))?;
        // SAFETY: the row is of the table of the object's class, which asks for such an object and the row's own closure.
        unsafe { Ref::from_ptr(get(o.as_ptr(), row.closure)) }.ok_or_else(|| error::fetched_from_c("__get__"))
    }
}

fn getset_set(descriptor: DescriptorOf<'_, PyGetSetDef>, o: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let row = row_for(descriptor, o)?;
    let set = row.set.ok_or_else(|| refuse(descriptor, "writable"))?;
    let value = value.map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: the row is of the table of the object's class, which asks for such an object and the row's own closure; a NULL
    // value deletes.
    match unsafe { set(o.as_ptr(), value, row.closure) } {
        0 => Ok(()),
        _ => Err(error::fetched_from_c("__set__")),
    }
}

/// Reads a member (CPython: `PyMember_GetOne`): a new reference.
///
/// # Safety
/// `row` describes a member of `o`'s layout.
unsafe fn read_member(o: Obj<'_>, row: &PyMemberDef) -> Result<Ref> {
    // SAFETY: `row` describes a member of this layout, so there is a value of this kind at the offset.
    unsafe {
        let at = o.as_ptr().byte_offset(row.offset);
        match row.kind {
            _Py_T_OBJECT => Ok(Obj::from_ptr(*at.cast::<*mut PyObject>()).unwrap_or(constants::NONE).to_ref()),
            Py_T_OBJECT_EX => match Obj::from_ptr(*at.cast::<*mut PyObject>()) {
                Some(value) => Ok(value.to_ref()),
                None => Err(raise!(
                    AttributeError,
                    "'{}' object has no attribute '{}'",
                    o.class().name(),
                    crate::runtime::memory::Lossy(CStr::from_ptr(row.name).to_bytes())
                )),
            },
            Py_T_BOOL => Ok(constants::bool(*at.cast::<c_char>() != 0).to_ref()),
            Py_T_PYSSIZET => int::from_i64(*at.cast::<Py_ssize_t>() as i64),
            Py_T_ULONG => int::from_u64(*at.cast::<core::ffi::c_ulong>()),
            _ => Err(raise!(SystemError, "bad memberdescr type")),
        }
    }
}

/// Writes a member, or deletes it when there is no value (CPython: `PyMember_SetOne`).
///
/// # Safety
/// `row` describes a member of `o`'s layout.
unsafe fn write_member(o: Obj<'_>, row: &PyMemberDef, value: Option<Obj<'_>>) -> Result<()> {
    if row.flags & Py_READONLY != 0 {
        return Err(raise!(AttributeError, "readonly attribute"));
    }
    // SAFETY: `row` describes a member of this layout, so there is a value of this kind at the offset.
    unsafe {
        let at = o.as_ptr().byte_offset(row.offset);
        match (row.kind, value) {
            (_Py_T_OBJECT | Py_T_OBJECT_EX, value) => {
                let field = at.cast::<*mut PyObject>();
                if value.is_none() && row.kind == Py_T_OBJECT_EX && (*field).is_null() {
                    let name = crate::runtime::memory::Lossy(CStr::from_ptr(row.name).to_bytes());
                    return Err(raise!(AttributeError, "{name}"));
                }
                let new = value.map_or(core::ptr::null_mut(), |value| value.to_ref().into_ptr());
                drop(Ref::from_ptr(field.replace(new)));
                Ok(())
            }
            (_, None) => Err(raise!(TypeError, "can't delete numeric/char attribute")),
            (Py_T_BOOL, Some(value)) if value.is(constants::TRUE) || value.is(constants::FALSE) => {
                at.cast::<c_char>().write(value.is(constants::TRUE).into());
                Ok(())
            }
            (Py_T_PYSSIZET, Some(value)) => {
                at.cast::<Py_ssize_t>().write(int::as_ssize_t(value)?);
                Ok(())
            }
            (Py_T_BOOL, Some(_)) => Err(raise!(TypeError, "attribute value type must be bool")),
            _ => Err(raise!(SystemError, "bad memberdescr type")),
        }
    }
}

impl Row for PyMemberDef {
    const KIND: Type<'static> = MEMBER_DESCRIPTOR;
    const SHOWN: &'static str = "member";

    fn get(descriptor: DescriptorOf<'_, Self>, o: Obj<'_>) -> Result<Ref> {
        let row = row_for(descriptor, o)?;
        // SAFETY: the object is of the class whose table has the row, so that the member is in its layout.
        unsafe { read_member(o, row) }
    }
}

fn member_set(descriptor: DescriptorOf<'_, PyMemberDef>, o: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let row = row_for(descriptor, o)?;
    // SAFETY: the object is of the class whose table has the row, so that the member is in its layout.
    unsafe { write_member(o, row, value) }
}

impl Row for PyMethodDef {
    const KIND: Type<'static> = METHOD_DESCRIPTOR;
    const SHOWN: &'static str = "method";

    /// The method bound to the object.
    fn get(descriptor: DescriptorOf<'_, Self>, o: Obj<'_>) -> Result<Ref> {
        let row = core::ptr::from_ref(row_for(descriptor, o)?).cast_mut();
        // SAFETY: a row of a class's table is valid as long as the class, which lives as long as its instances.
        unsafe { function::new(row, Some(o), None, None) }
    }
}

/// Calls an unbound method, whose first argument is the object.
fn method_call(method: DescriptorOf<'_, PyMethodDef>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    arguments::require_names(keywords)?;
    let Some((o, rest)) = tuple::items(arguments).split_first() else {
        return Err(complain(*method, |name| {
            raise!(TypeError, "unbound method {} needs an argument", str::as_text(name))
        })?);
    };
    let row = row_for(method, *o)?;
    require_arguments(*method, row.ml_flags, rest.len(), keywords)?;
    let bound = PyMethodDef::get(method, *o)?;
    call::call(bound.borrow(), tuple::from_slice(rest)?.borrow(), keywords)
}

/// `tp_call` of a method's descriptor.
fn method_call_slot(
    method: DescriptorOf<'_, PyMethodDef>,
    arguments: Tuple<'_>,
    keywords: Option<Dict<'_>>,
) -> Option<Ref> {
    method_call(method, arguments, keywords).ok()
}

/// An error whose message names the descriptor as CPython names callables.
#[cold]
fn complain(descriptor: Obj<'_>, error: impl FnOnce(Obj<'_>) -> Raised) -> Result<Raised> {
    Ok(error(call::describe(descriptor)?.borrow()))
}

/// Checks the keywords, and the number of arguments of a method that takes none or one. The message of a bound method
/// names the class of the object; this one, of an unbound method, names the class that the descriptor describes.
fn require_arguments(descriptor: Obj<'_>, flags: c_int, given: usize, keywords: Option<Dict<'_>>) -> Result<()> {
    if flags & METH_KEYWORDS == 0 && keywords.is_some_and(|keywords| dict::len(keywords) > 0) {
        let refusal = |name: Obj<'_>| raise!(TypeError, "{} takes no keyword arguments", str::as_text(name));
        return Err(complain(descriptor, refusal)?);
    }
    let (wanted, count) = match flags & (METH_NOARGS | METH_O) {
        METH_NOARGS => ("no arguments", 0),
        METH_O => ("exactly one argument", 1),
        _ => return Ok(()),
    };
    if given == count {
        return Ok(());
    }
    let refusal = |name: Obj<'_>| raise!(TypeError, "{} takes {wanted} ({given} given)", str::as_text(name));
    Err(complain(descriptor, refusal)?)
}
