//! Descriptors: the object in a type's dict for each row of its C tables, and the protocol by which an attribute found
//! in a class becomes a value (`Include/descrobject.h`).

mod attributes;

use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{arguments, call, class_defaults, constants, dict, function, int, slots, str, tuple};
use crate::runtime::{IntoC, Layout, Obj, Own, Raised, Ref, Result, Type, error, instance, raise};
use core::ffi::{CStr, c_char, c_int};
use core::ptr::NonNull;

/// `Include/cpython/descrobject.h`: a descriptor, with the row that it represents.
#[repr(C)]
struct Descriptor<Row> {
    ob_base: PyObject,
    d_type: *mut PyTypeObject,
    d_name: *mut PyObject,
    d_qualname: *mut PyObject,
    row: *mut Row,
}

// SAFETY: `add` makes the objects of these three types, and they begin with these fields whatever their rows are.
unsafe impl Layout for Descriptor<()> {
    fn check(o: Obj<'_>) -> bool {
        [GETSET_DESCRIPTOR, MEMBER_DESCRIPTOR, METHOD_DESCRIPTOR].iter().any(|class| o.is_exactly(*class))
    }
}

macro_rules! descriptor_type {
    ($(#[$doc:meta])* $symbol:ident as $handle:ident, $name:literal, $get:ident, $set:ident, $repr:ident, $getsets:ident) => {
        static_type! {
            $(#[$doc])*
            pub $symbol as $handle {
                tp_name: $name.as_ptr(),
                tp_basicsize: size_of::<Descriptor<()>>() as Py_ssize_t,
                tp_dealloc: Some(dealloc_slot),
                tp_repr: slots::unary(attributes::$repr),
                tp_members: (&raw mut attributes::MEMBERS).cast(),
                tp_getset: (&raw mut attributes::$getsets).cast(),
                tp_descr_get: Some($get),
                tp_descr_set: Some($set),
                tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
            }
        }
    };
}
descriptor_type! {
    /// Attributes computed by a pair of C functions.
    PyGetSetDescr_Type as GETSET_DESCRIPTOR, c"getset_descriptor", getset_get_slot, getset_set_slot,
    getset_repr, GETSET_GETSETS
}
descriptor_type! {
    /// Attributes stored at an offset.
    PyMemberDescr_Type as MEMBER_DESCRIPTOR, c"member_descriptor", member_get_slot, member_set_slot,
    member_repr, MEMBER_GETSETS
}

static_type! {
    /// Methods of a type's table. Bound to an object, they are C functions.
    pub PyMethodDescr_Type as METHOD_DESCRIPTOR {
        tp_name: c"method_descriptor".as_ptr(),
        tp_basicsize: size_of::<Descriptor<()>>() as Py_ssize_t,
        tp_dealloc: Some(dealloc_slot),
        tp_repr: slots::unary(attributes::method_repr),
        tp_members: (&raw mut attributes::MEMBERS).cast(),
        tp_getset: (&raw mut attributes::METHOD_GETSETS).cast(),
        tp_call: Some(method_call_slot),
        tp_descr_get: Some(method_get_slot),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_METHOD_DESCRIPTOR,
    }
}

/// The dict of a type, made from its tables: a new reference.
pub(super) fn describe(owner: Type<'_>) -> Result<Own<PyDictObject>> {
    let attributes = dict::new()?;
    // SAFETY: the tables of a type end at a row without a name, and outlive the type.
    unsafe {
        for_each_row(
            owner.fields().tp_methods,
            |row| (*row).ml_name,
            |name, row| add(attributes.borrow(), owner, METHOD_DESCRIPTOR, name, row),
        )?;
        for_each_row(
            owner.fields().tp_getset,
            |row| (*row).name,
            |name, row| add(attributes.borrow(), owner, GETSET_DESCRIPTOR, name, row),
        )?;
        for_each_row(
            owner.fields().tp_members,
            |row| (*row).name,
            |name, row| add(attributes.borrow(), owner, MEMBER_DESCRIPTOR, name, row),
        )?;
        add_doc(attributes.borrow(), owner.fields().tp_doc)?;
    }
    // A type whose `tp_hash` refuses has `__hash__` None in its dict, as an unhashable class written in Python has.
    let refuses = owner.fields().tp_hash.zip(class_defaults::NO_HASH);
    if refuses.is_some_and(|(own, refusal)| core::ptr::fn_addr_eq(own, refusal)) {
        dict::set_str(attributes.borrow(), "__hash__", constants::NONE)?;
    }
    Ok(attributes)
}

/// Puts the documentation of a type into its dict, or None when there is none.
///
/// # Safety
/// `doc` is NULL or NUL-terminated.
unsafe fn add_doc(attributes: Dict<'_>, doc: *const c_char) -> Result<()> {
    if dict::get_str(attributes, "__doc__")?.is_some() {
        return Ok(());
    }
    if doc.is_null() {
        return dict::set_str(attributes, "__doc__", constants::NONE);
    }
    // SAFETY: `doc` is not NULL here, and is NUL-terminated, as promised.
    let text = str::from_utf8(unsafe { CStr::from_ptr(doc) }.to_bytes())?;
    dict::set_str(attributes, "__doc__", text.borrow())
}

/// Calls a function with each row of a table, up to the row without a name.
///
/// # Safety
/// `row` is NULL or the start of a table that ends with a row without a name.
unsafe fn for_each_row<Row>(
    mut row: *mut Row,
    name: impl Fn(*mut Row) -> *const c_char,
    mut each: impl FnMut(&CStr, *mut Row) -> Result<()>,
) -> Result<()> {
    // SAFETY: the table ends with a row without a name, as promised, and no row after that is read. Names are
    // NUL-terminated.
    unsafe {
        while !row.is_null() && !name(row).is_null() {
            each(CStr::from_ptr(name(row)), row)?;
            row = row.add(1);
        }
    }
    Ok(())
}

/// Adds a descriptor of a row to a type's dict.
fn add<Row>(attributes: Dict<'_>, owner: Type<'_>, kind: Type<'_>, name: &CStr, row: *mut Row) -> Result<()> {
    let name = str::intern(str::from_utf8(name.to_bytes())?)?;
    let o = instance::allocate(kind, 0)?;
    // SAFETY: the new instance has this layout. The type owns it, and so outlives it.
    let descriptor = unsafe {
        let fields = o.cast::<Descriptor<Row>>().as_ptr();
        (*fields).d_type = owner.as_ptr();
        (*fields).d_name = name.clone().into_ptr();
        (*fields).row = row;
        Ref::from_ptr_unchecked(o.as_ptr())
    };
    dict::set(attributes, name.borrow(), descriptor.borrow())
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
fn parts(descriptor: Obj<'_>) -> (Type<'_>, Obj<'_>) {
    let fields = descriptor.cast::<Descriptor<()>>();
    // SAFETY: all callers pass descriptors, which own their name and do not outlive the class they describe.
    unsafe { (Type::from_ptr_unchecked((*fields).d_type), Obj::from_ptr_unchecked((*fields).d_name)) }
}

/// The row of a descriptor. TypeError when the object is not an instance of the class that the descriptor describes.
///
/// # Safety
/// `descriptor` has the layout of a descriptor with such a row.
unsafe fn row_for<Row>(descriptor: Obj<'_>, o: Obj<'_>) -> Result<*mut Row> {
    let (owner, name) = parts(descriptor);
    if o.is_a(owner) {
        // SAFETY: the descriptor has this layout, as promised.
        return Ok(unsafe { (*descriptor.cast::<Descriptor<Row>>()).row });
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
fn refuse(descriptor: Obj<'_>, what: &str) -> Raised {
    let (owner, name) = parts(descriptor);
    raise!(AttributeError, "attribute '{}' of '{}' objects is not {what}", str::as_text(name), owner.name())
}

unsafe extern "C" fn getset_get_slot(this: *mut PyObject, o: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: the slot is called with a descriptor of this kind. `o` may be NULL, and then the result is the descriptor
    // itself.
    unsafe {
        let this = Obj::from_ptr_unchecked(this);
        let Some(o) = Obj::from_ptr(o) else { return this.to_ref().into_ptr() };
        let Ok(row) = row_for::<PyGetSetDef>(this, o) else { return core::ptr::null_mut() };
        match (*row).get {
            Some(get) => get(o.as_ptr(), (*row).closure),
            None => Result::<Ref>::Err(refuse(this, "readable")).into_c(),
        }
    }
}

unsafe extern "C" fn getset_set_slot(this: *mut PyObject, o: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the slot is called with a descriptor of this kind and a live object; `value` is NULL to delete.
    unsafe {
        let (this, o) = (Obj::from_ptr_unchecked(this), Obj::from_ptr_unchecked(o));
        let Ok(row) = row_for::<PyGetSetDef>(this, o) else { return -1 };
        match (*row).set {
            Some(set) => set(o.as_ptr(), value, (*row).closure),
            None => Result::<()>::Err(refuse(this, "writable")).into_c(),
        }
    }
}

/// Reads a member (CPython: `PyMember_GetOne`): a new reference.
///
/// # Safety
/// `row` describes a member of `o`'s layout.
unsafe fn read_member(o: Obj<'_>, row: &PyMemberDef) -> Result<Ref> {
    // SAFETY: a value of this kind stands at the offset, as the caller promises.
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
    // SAFETY: a value of this kind stands at the offset, as the caller promises.
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

unsafe extern "C" fn member_get_slot(this: *mut PyObject, o: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: the slot is called with a descriptor of this kind. `o` may be NULL, and then the result is the descriptor
    // itself. The row describes the layout of a class, and `row_for` has checked that `o` is an instance of it.
    unsafe {
        let this = Obj::from_ptr_unchecked(this);
        let Some(o) = Obj::from_ptr(o) else { return this.to_ref().into_ptr() };
        row_for::<PyMemberDef>(this, o).and_then(|row| read_member(o, &*row)).into_c()
    }
}

unsafe extern "C" fn member_set_slot(this: *mut PyObject, o: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the slot is called with a descriptor of this kind. `row_for` has checked that `o` has the row's layout;
    // `value` is NULL to delete.
    unsafe {
        let (this, o) = (Obj::from_ptr_unchecked(this), Obj::from_ptr_unchecked(o));
        row_for::<PyMemberDef>(this, o).and_then(|row| write_member(o, &*row, Obj::from_ptr(value))).into_c()
    }
}

unsafe extern "C" fn method_get_slot(this: *mut PyObject, o: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: the slot is called with a descriptor of a method, whose row is in the type's table. `o` may be NULL, and
    // then the result is the descriptor itself.
    unsafe {
        let this = Obj::from_ptr_unchecked(this);
        let Some(o) = Obj::from_ptr(o) else { return this.to_ref().into_ptr() };
        row_for::<PyMethodDef>(this, o).and_then(|row| function::new(row, Some(o), None, None)).into_c()
    }
}

/// Calls an unbound method, whose first argument is the object.
fn method_call(this: Obj<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    arguments::require_names(keywords)?;
    let Some((o, rest)) = tuple::items(arguments).split_first() else {
        return Err(complain(this, |name| {
            raise!(TypeError, "unbound method {} needs an argument", str::as_text(name))
        })?);
    };
    // SAFETY: the descriptor has this layout, and its row is in the type's table.
    let bound = unsafe {
        let row = row_for::<PyMethodDef>(this, *o)?;
        require_arguments(this, (*row).ml_flags, rest.len(), keywords)?;
        function::new(row, Some(*o), None, None)
    }?;
    call::call(bound.borrow(), tuple::from_slice(rest)?.borrow(), keywords)
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

/// # Safety
/// `this` is a descriptor of a method; the others are NULL or live objects.
unsafe extern "C" fn method_call_slot(
    this: *mut PyObject,
    args: *mut PyObject,
    keywords: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the slot is called with a descriptor of a method, a tuple, and a dict or NULL.
    let (this, arguments) = unsafe { (Obj::from_ptr_unchecked(this), slots::arguments(args, keywords)) };
    arguments.and_then(|(args, keywords)| method_call(this, args, keywords)).into_c()
}

unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot is called with a descriptor to which no reference is left.
    unsafe {
        let fields = o.cast::<Descriptor<()>>();
        drop(Ref::from_ptr((*fields).d_name));
        drop(Ref::from_ptr((*fields).d_qualname));
        instance::free(NonNull::new_unchecked(o));
    }
}
