//! `Include/typeslots.h` and the parts of `object.h` that use its numbers: types from a description, and questions
//! about them.

use super::required;
use crate::abi::{Py_ssize_t, PyObject};
use crate::objects::class_name;
use crate::runtime::refusal::null_argument;
use crate::runtime::type_spec::{OutType, SpecArg};
use crate::runtime::{Arg, DefinitionArg, IntoC, Ref, Result, Type, TypeArg};
use crate::types::{class, questions, spec};
use core::ffi::{c_char, c_int, c_void};

/// A class that has to be given. NULL, with which CPython would crash, is a SystemError that names the function.
fn given<'a>(class: TypeArg<'a>, function: &'static str) -> Result<Type<'a>> {
    class.ok_or_else(|| null_argument(function))
}

/// A borrowed reference for C, or NULL with an error set. The object has another owner.
fn lent(found: Result<Ref>) -> *mut PyObject {
    found.map_or(core::ptr::null_mut(), |found| found.as_ptr())
}

/// Makes a type from a description: a new reference, or NULL with an error set. See [`PyType_FromMetaclass`].
#[unsafe(no_mangle)]
pub extern "C" fn PyType_FromSpec(spec: SpecArg) -> *mut PyObject {
    make(None, None, spec, None, "PyType_FromSpec")
}

/// Makes a type from a description, with these bases: a tuple of types, a type, or NULL for those of the description. A
/// new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_FromSpecWithBases(spec: SpecArg, bases: Arg) -> *mut PyObject {
    make(None, None, spec, bases, "PyType_FromSpecWithBases")
}

/// Makes a type from a description, for a module, with these bases; both may be NULL. A new reference, or NULL with an
/// error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_FromModuleAndSpec(module: Arg, spec: SpecArg, bases: Arg) -> *mut PyObject {
    make(None, module, spec, bases, "PyType_FromModuleAndSpec")
}

/// Makes a type of a metaclass from a description: a new reference, or NULL with an error set. `metaclass`, `module`
/// and `bases` may be NULL: `type` or the class of the bases, no module, and the bases of the description.
///
/// The name and the documentation are copied. Tables of methods and of computed attributes live as long as the type.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_FromMetaclass(metaclass: TypeArg, module: Arg, spec: SpecArg, bases: Arg) -> *mut PyObject {
    make(metaclass, module, spec, bases, "PyType_FromMetaclass")
}

fn make(meta: TypeArg, module: Arg, spec: SpecArg, bases: Arg, function: &'static str) -> *mut PyObject {
    spec.ok_or_else(|| null_argument(function)).and_then(|spec| spec::make(meta, module, spec, bases)).into_c()
}

/// Makes a class immutable: 0, or -1 with TypeError when one of its bases can change.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_Freeze(class: TypeArg) -> c_int {
    given(class, "PyType_Freeze").and_then(questions::freeze).into_c()
}

/// The module for which a class was made: a borrowed reference, or NULL with TypeError when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_GetModule(class: TypeArg) -> *mut PyObject {
    lent(given(class, "PyType_GetModule").and_then(questions::module_of))
}

/// The state of the module for which a class was made: NULL when the module has none, and NULL with TypeError when
/// there is no module.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_GetModuleState(class: TypeArg) -> *mut c_void {
    given(class, "PyType_GetModuleState").and_then(questions::module_state).unwrap_or(core::ptr::null_mut())
}

/// The module with this definition for which a class or the nearest of its bases was made: a borrowed reference, or
/// NULL with TypeError when there is none.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_GetModuleByDef(class: TypeArg, definition: DefinitionArg) -> *mut PyObject {
    const NAME: &str = "PyType_GetModuleByDef";
    let found = given(class, NAME)
        .and_then(|class| questions::module_by_definition(class, definition.ok_or_else(|| null_argument(NAME))?));
    lent(found)
}

/// The class itself or the nearest of its bases that was made with a token. Returns 1 with a new reference in
/// `*result`, 0 with NULL there, or -1 with NULL there and an error set. `result` may be NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_GetBaseByToken(class: TypeArg, token: *mut c_void, result: OutType) -> c_int {
    let found = given(class, "PyType_GetBaseByToken").and_then(|class| questions::base_by_token(class.as_obj(), token));
    let handed = found.as_ref().ok().copied().flatten().filter(|_| !result.is_null());
    result.set(handed.map_or(core::ptr::null_mut(), |class| class.as_obj().to_ref().into_ptr().cast()));
    found.map(|found| found.is_some()).into_c()
}

/// A type's `__module__`: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_GetModuleName(class: TypeArg) -> *mut PyObject {
    given(class, "PyType_GetModuleName").and_then(class_name::module).into_c()
}

/// A type's `__qualname__` after its `__module__` and a dot; without the module when that is `builtins` or `__main__`.
/// A new reference to a `str`, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_GetFullyQualifiedName(class: TypeArg) -> *mut PyObject {
    given(class, "PyType_GetFullyQualifiedName").and_then(|class| class_name::fully_qualified(class, '.')).into_c()
}

/// A type's `tp_name` after its last dot, which lives as long as the type is not renamed; NULL with SystemError for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn _PyType_Name(class: TypeArg) -> *const c_char {
    given(class, "_PyType_Name").map_or(core::ptr::null(), |class| class.with_short_name(|name| name.as_ptr()))
}

/// A type's own dict, which the caller must not change: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_GetDict(class: TypeArg) -> *mut PyObject {
    given(class, "PyType_GetDict").and_then(|class| class::attributes(class).map(|found| found.to_ref())).into_c()
}

/// The size of the part of an instance that a class adds to its base's; -1 with SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_GetTypeDataSize(class: TypeArg) -> Py_ssize_t {
    given(class, "PyType_GetTypeDataSize").map_or(-1, questions::own_size)
}

/// The address of the part of an instance that `class` adds to its base's; NULL with SystemError for NULL. `o` is an
/// instance of the class.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GetTypeData(o: Arg, class: TypeArg) -> *mut c_void {
    const NAME: &str = "PyObject_GetTypeData";
    let data = required(o, NAME).and_then(|o| given(class, NAME).map(|class| questions::own_data(o, class)));
    data.unwrap_or(core::ptr::null_mut())
}

/// The address of the items at the end of an instance; NULL with TypeError when its class does not have them there.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GetItemData(o: Arg) -> *mut c_void {
    required(o, "PyObject_GetItemData").and_then(questions::item_data).unwrap_or(core::ptr::null_mut())
}
