//! `Include/descrobject.h`: descriptors, and the members of objects.

use super::required;
use crate::abi::{PyGetSetDef, PyMemberDef, PyMethodDef, PyObject, wrapperbase};
use crate::runtime::refusal::null_argument;
use crate::runtime::{Arg, IntoC, Ref, Result, Type, TypeArg};
use crate::types::{descriptor, mapping_proxy};
use core::ffi::{c_char, c_int, c_void};

/// A new descriptor of a class, made by a function from a row; SystemError for NULL.
///
/// # Safety
/// As for the function.
unsafe fn describe<R>(
    class: TypeArg,
    row: *mut R,
    make: unsafe fn(Type<'_>, *mut R) -> Result<Ref>,
    function: &'static str,
) -> *mut PyObject {
    let class = class.filter(|_| !row.is_null()).ok_or_else(|| null_argument(function));
    // SAFETY: the row is not NULL, and the caller promises the rest.
    class.and_then(|class| unsafe { make(class, row) }).into_c()
}

/// A new descriptor of a method: a new reference, or NULL with an error set: SystemError for flags that name no
/// convention.
///
/// # Safety
/// `definition` is NULL or lives as long as the class, and its function has the signature that its flags name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDescr_NewMethod(class: TypeArg, definition: *mut PyMethodDef) -> *mut PyObject {
    // SAFETY: C promises the same as `of_method` asks for.
    unsafe { describe(class, definition, descriptor::of_method, "PyDescr_NewMethod") }
}

/// A new descriptor of a method whose first argument is a class: a new reference, or NULL with an error set.
///
/// # Safety
/// As for [`PyDescr_NewMethod`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDescr_NewClassMethod(class: TypeArg, definition: *mut PyMethodDef) -> *mut PyObject {
    // SAFETY: C promises the same as `of_class_method` asks for.
    unsafe { describe(class, definition, descriptor::of_class_method, "PyDescr_NewClassMethod") }
}

/// A new descriptor of an attribute that is stored at an offset: a new reference, or NULL with an error set:
/// SystemError for an offset that is relative.
///
/// # Safety
/// `definition` is NULL or lives as long as the class, and describes a member of its instances.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDescr_NewMember(class: TypeArg, definition: *mut PyMemberDef) -> *mut PyObject {
    // SAFETY: C promises the same as `of_member` asks for.
    unsafe { describe(class, definition, descriptor::of_member, "PyDescr_NewMember") }
}

/// A new descriptor of a computed attribute: a new reference, or NULL with an error set.
///
/// # Safety
/// `definition` is NULL or lives as long as the class.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDescr_NewGetSet(class: TypeArg, definition: *mut PyGetSetDef) -> *mut PyObject {
    // SAFETY: C promises the same as `of_getset` asks for.
    unsafe { describe(class, definition, descriptor::of_getset, "PyDescr_NewGetSet") }
}

/// A new descriptor of a slot: a new reference, or NULL with an error set. A call passes `wrapped` to the function in
/// the row.
///
/// # Safety
/// `base` is NULL or lives as long as the class, and its wrapper can call `wrapped` for the instances of the class.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDescr_NewWrapper(
    class: TypeArg,
    base: *mut wrapperbase,
    wrapped: *mut c_void,
) -> *mut PyObject {
    let class = class.filter(|_| !base.is_null()).ok_or_else(|| null_argument("PyDescr_NewWrapper"));
    // SAFETY: the row is not NULL, and C promises the same as `new_wrapper` asks for.
    class.and_then(|class| unsafe { descriptor::new_wrapper(class, base, wrapped) }).into_c()
}

/// Whether an object is a data descriptor, which its type's `tp_descr_set` makes it: 1 or 0. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyDescr_IsData(o: Arg) -> c_int {
    o.is_some_and(descriptor::is_data).into()
}

/// The descriptor of a slot, bound to an object of its class: a new reference, or NULL with an error set: SystemError
/// for any other descriptor.
#[unsafe(no_mangle)]
pub extern "C" fn PyWrapper_New(descriptor: Arg, this: Arg) -> *mut PyObject {
    const NAME: &str = "PyWrapper_New";
    required(descriptor, NAME).and_then(|found| descriptor::bind_wrapper(found, required(this, NAME)?)).into_c()
}

/// Reads a member of an object at an address: a new reference, or NULL with an error set.
///
/// # Safety
/// `definition` is NULL or describes a member of the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMember_GetOne(object: *const c_char, definition: *mut PyMemberDef) -> *mut PyObject {
    // SAFETY: C passes NULL or a definition that is valid for the length of the call.
    let row = unsafe { definition.as_ref() }.filter(|_| !object.is_null());
    // SAFETY: the definition describes a member of the object, as C promises.
    row.ok_or_else(|| null_argument("PyMember_GetOne"))
        .and_then(|row| unsafe { descriptor::read_member(object.cast_mut(), row) })
        .into_c()
}

/// Writes a member of an object at an address, or deletes it when the value is NULL: 0, or -1 with an error set.
///
/// # Safety
/// As for [`PyMember_GetOne`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMember_SetOne(object: *mut c_char, definition: *mut PyMemberDef, value: Arg) -> c_int {
    // SAFETY: C passes NULL or a definition that is valid for the length of the call.
    let row = unsafe { definition.as_ref() }.filter(|_| !object.is_null());
    // SAFETY: the definition describes a member of the object, as C promises.
    row.ok_or_else(|| null_argument("PyMember_SetOne"))
        .and_then(|row| unsafe { descriptor::write_member(object, row, value) })
        .into_c()
}

/// A read-only view of a mapping, as the `__dict__` of a class: a new reference, or NULL with an error set: TypeError
/// for an object that is no mapping.
#[unsafe(no_mangle)]
pub extern "C" fn PyDictProxy_New(mapping: Arg) -> *mut PyObject {
    required(mapping, "PyDictProxy_New").and_then(mapping_proxy::new).into_c()
}
