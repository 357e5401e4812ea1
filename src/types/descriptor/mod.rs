//! Descriptors: what stands in a type's dict for each row of its C tables, and the protocol by which an attribute
//! found in a class becomes a value (`Include/descrobject.h`).

mod attributes;

use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{arguments, call, class_defaults, constants, dict, function, int, slots, str, tuple};
use crate::runtime::{IntoC, Layout, Obj, Own, Raised, Ref, Result, Type, error, instance, raise};
use core::ffi::{CStr, c_char, c_int};
use core::ptr::NonNull;

/// `Include/cpython/descrobject.h`: a descriptor and the row it stands for.
#[repr(C)]
struct Descriptor<Row> {
    ob_base: PyObject,
    d_type: *mut PyTypeObject,
    d_name: *mut PyObject,
    d_qualname: *mut PyObject,
    row: *mut Row,
}

// SAFETY: the objects of these three types are made by `add`, and begin so whatever their rows are.
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
    /// Methods of a type's table: bound, they are C functions.
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

/// The dict of a type, from its tables.
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
    // A slot that refuses stands in the dict as None, as a class written in Python refuses.
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
    // SAFETY: the caller's promise.
    let text = str::from_utf8(unsafe { CStr::from_ptr(doc) }.to_bytes())?;
    dict::set_str(attributes, "__doc__", text.borrow())
}

/// Walks a table up to the row without a name.
///
/// # Safety
/// `row` is NULL or such a table.
unsafe fn for_each_row<Row>(
    mut row: *mut Row,
    name: impl Fn(*mut Row) -> *const c_char,
    mut each: impl FnMut(&CStr, *mut Row) -> Result<()>,
) -> Result<()> {
    // SAFETY: rows are read one after the other, none after the end; names are NUL-terminated.
    unsafe {
        while !row.is_null() && !name(row).is_null() {
            each(CStr::from_ptr(name(row)), row)?;
            row = row.add(1);
        }
    }
    Ok(())
}

/// Puts a descriptor of a row into a type's dict.
fn add<Row>(attributes: Dict<'_>, owner: Type<'_>, kind: Type<'_>, name: &CStr, row: *mut Row) -> Result<()> {
    let name = str::intern(str::from_utf8(name.to_bytes())?)?;
    let o = instance::allocate(kind, 0)?;
    // SAFETY: a new instance of this layout; the type it describes owns it, and so outlives it.
    let descriptor = unsafe {
        let fields = o.cast::<Descriptor<Row>>().as_ptr();
        (*fields).d_type = owner.as_ptr();
        (*fields).d_name = name.clone().into_ptr();
        (*fields).row = row;
        Ref::from_ptr_unchecked(o.as_ptr())
    };
    dict::set(attributes, name.borrow(), descriptor.borrow())
}

/// What an attribute found in a class gives for an instance of it, or for the class itself when there is none: the
/// result of `tp_descr_get`, or the attribute as it is.
pub fn get(attribute: Obj<'_>, instance: Option<Obj<'_>>, owner: Type<'_>) -> Result<Ref> {
    let Some(slot) = attribute.class().fields().tp_descr_get else { return Ok(attribute.to_ref()) };
    let instance = instance.map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: a slot of the attribute's own type; the instance may be NULL there.
    unsafe { Ref::from_ptr(slot(attribute.as_ptr(), instance, owner.as_obj().as_ptr())) }
        .ok_or_else(|| error::fetched_from_c("__get__"))
}

/// Sets what a data descriptor found in a class stands for in an instance, or deletes it when there is no value.
pub fn set(attribute: Obj<'_>, instance: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let class = attribute.class();
    let Some(slot) = class.fields().tp_descr_set else {
        return Err(raise!(AttributeError, "'{}' object has no attribute '__set__'", class.name()));
    };
    let value = value.map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: a slot of the attribute's own type; a NULL value deletes.
    match unsafe { slot(attribute.as_ptr(), instance.as_ptr(), value) } {
        0 => Ok(()),
        _ => Err(error::fetched_from_c("__set__")),
    }
}

/// Whether an attribute found in a class has a say in setting, and so comes before the instance's own.
pub fn is_data(attribute: Obj<'_>) -> bool {
    attribute.class().fields().tp_descr_set.is_some()
}

/// The class that a descriptor describes, and the name of the attribute in it.
fn parts(descriptor: Obj<'_>) -> (Type<'_>, Obj<'_>) {
    let fields = descriptor.cast::<Descriptor<()>>();
    // SAFETY: only descriptors come here, which own their name and do not outlive the class they describe.
    unsafe { (Type::from_ptr_unchecked((*fields).d_type), Obj::from_ptr_unchecked((*fields).d_name)) }
}

/// The row a descriptor stands for, checked against the object it is asked about.
///
/// # Safety
/// `descriptor` has this layout.
unsafe fn row_for<Row>(descriptor: Obj<'_>, o: Obj<'_>) -> Result<*mut Row> {
    let (owner, name) = parts(descriptor);
    if o.is_a(owner) {
        // SAFETY: the layout is the caller's promise.
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

/// AttributeError: the descriptor's attribute can't be read, or can't be written.
fn refuse(descriptor: Obj<'_>, what: &str) -> Raised {
    let (owner, name) = parts(descriptor);
    raise!(AttributeError, "attribute '{}' of '{}' objects is not {what}", str::as_text(name), owner.name())
}

unsafe extern "C" fn getset_get_slot(this: *mut PyObject, o: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: the slot's contract; `o` may be NULL, and then the descriptor stands for itself.
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
    // SAFETY: the slot's contract; `value` is NULL to delete.
    unsafe {
        let (this, o) = (Obj::from_ptr_unchecked(this), Obj::from_ptr_unchecked(o));
        let Ok(row) = row_for::<PyGetSetDef>(this, o) else { return -1 };
        match (*row).set {
            Some(set) => set(o.as_ptr(), value, (*row).closure),
            None => Result::<()>::Err(refuse(this, "writable")).into_c(),
        }
    }
}

/// Reads a member (CPython: `PyMember_GetOne`).
///
/// # Safety
/// `row` describes a member of `o`'s layout.
unsafe fn read_member(o: Obj<'_>, row: &PyMemberDef) -> Result<Ref> {
    // SAFETY: the caller's promise: the kind of value stands at the offset.
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
    // SAFETY: the caller's promise: the kind of value stands at the offset.
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
    // SAFETY: the slot's contract; `o` may be NULL, and then the descriptor stands for itself. The row's layout is the
    // described type's, which `row_for` has checked `o` against.
    unsafe {
        let this = Obj::from_ptr_unchecked(this);
        let Some(o) = Obj::from_ptr(o) else { return this.to_ref().into_ptr() };
        row_for::<PyMemberDef>(this, o).and_then(|row| read_member(o, &*row)).into_c()
    }
}

unsafe extern "C" fn member_set_slot(this: *mut PyObject, o: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: as for reading; `value` is NULL to delete.
    unsafe {
        let (this, o) = (Obj::from_ptr_unchecked(this), Obj::from_ptr_unchecked(o));
        row_for::<PyMemberDef>(this, o).and_then(|row| write_member(o, &*row, Obj::from_ptr(value))).into_c()
    }
}

unsafe extern "C" fn method_get_slot(this: *mut PyObject, o: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: the slot's contract; `o` may be NULL, and then the descriptor stands for itself. The row is the type's own.
    unsafe {
        let this = Obj::from_ptr_unchecked(this);
        let Some(o) = Obj::from_ptr(o) else { return this.to_ref().into_ptr() };
        row_for::<PyMethodDef>(this, o).and_then(|row| function::new(row, Some(o), None, None)).into_c()
    }
}

/// Calls an unbound method: the first argument is the object.
fn method_call(this: Obj<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    arguments::require_names(keywords)?;
    let Some((o, rest)) = tuple::items(arguments).split_first() else {
        return Err(complain(this, |name| {
            raise!(TypeError, "unbound method {} needs an argument", str::as_text(name))
        })?);
    };
    // SAFETY: the layout, and the row is the type's own.
    let bound = unsafe {
        let row = row_for::<PyMethodDef>(this, *o)?;
        require_arguments(this, (*row).ml_flags, rest.len(), keywords)?;
        function::new(row, Some(*o), None, None)
    }?;
    call::call(bound.borrow(), tuple::from_slice(rest)?.borrow(), keywords)
}

/// An error that names a descriptor as CPython names callables.
#[cold]
fn complain(descriptor: Obj<'_>, error: impl FnOnce(Obj<'_>) -> Raised) -> Result<Raised> {
    Ok(error(call::describe(descriptor)?.borrow()))
}

/// Checks keywords, and the number of arguments of a method that takes none or one. A bound method would name the object's
/// class here, an unbound one names the class that it is from.
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
    // SAFETY: CPython calls the slot with a descriptor of a method, a tuple, and a dict or NULL.
    let (this, arguments) = unsafe { (Obj::from_ptr_unchecked(this), slots::arguments(args, keywords)) };
    arguments.and_then(|(args, keywords)| method_call(this, args, keywords)).into_c()
}

unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract: a descriptor nobody refers to any more.
    unsafe {
        let fields = o.cast::<Descriptor<()>>();
        drop(Ref::from_ptr((*fields).d_name));
        drop(Ref::from_ptr((*fields).d_qualname));
        instance::free(NonNull::new_unchecked(o));
    }
}
