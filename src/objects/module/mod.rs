//! `module`: a name and a dict. How a module is made from a definition in C is in [`build`].

mod arguments;
pub mod build;
mod missing;
mod repr;
mod weak;

pub use weak::{Weak, is_watched, unwatch, watch};

use super::{class_defaults, constants, dict, function, str};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::runtime::{Definition, Field, Methods, Obj, Ref, Result, Type, View, error, gc, instance, memory, raise};
use crate::types::attribute;
use core::ffi::{CStr, c_int, c_void};
use core::mem::offset_of;
use core::ptr::NonNull;

static_type! {
    /// The type of modules.
    pub PyModule_Type as MODULE {
        tp_name: c"module".as_ptr(),
        tp_basicsize: size_of::<PyModuleObject>() as Py_ssize_t,
        tp_dealloc: Some(dealloc_slot),
        tp_repr: Some(repr::slot),
        tp_getattro: Some(getattr_slot),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
        tp_traverse: Some(traverse_slot),
        tp_clear: Some(clear_slot),
        tp_weaklistoffset: offset_of!(PyModuleObject, md_weaklist) as Py_ssize_t,
        tp_members: (&raw mut MEMBERS).cast(),
        tp_dictoffset: offset_of!(PyModuleObject, md_dict) as Py_ssize_t,
        tp_init: Some(arguments::init_slot),
        tp_new: Some(arguments::new_slot),
    }
}

static_type! {
    /// The type of module definitions, which are objects of C.
    pub PyModuleDef_Type as MODULE_DEFINITION {
        tp_name: c"moduledef".as_ptr(),
        tp_basicsize: size_of::<PyModuleDef>() as Py_ssize_t,
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    }
}

static mut MEMBERS: [PyMemberDef; 2] = [
    PyMemberDef {
        name: c"__dict__".as_ptr(),
        kind: _Py_T_OBJECT,
        offset: offset_of!(PyModuleObject, md_dict) as Py_ssize_t,
        flags: Py_READONLY,
        doc: core::ptr::null(),
    },
    PyMemberDef::END,
];

/// Whether the object is a module or an instance of a subclass.
pub fn check(o: Obj<'_>) -> bool {
    o.is_a(MODULE)
}

/// A new module with the five attributes every module starts with (CPython: `PyModule_NewObject`).
pub fn new(name: Obj<'_>) -> Result<Ref> {
    let module = blank(MODULE)?;
    begin(module.borrow(), name, constants::NONE)?;
    Ok(module)
}

/// A new module with an empty dict and no name.
fn blank(class: Type<'_>) -> Result<Ref> {
    let attributes = dict::new()?;
    let o = instance::allocate(class, 0)?;
    // SAFETY: a new instance of this layout.
    unsafe {
        (*o.cast::<PyModuleObject>().as_ptr()).md_dict = attributes.into_ref().into_ptr();
        let module = Ref::from_ptr_unchecked(o.as_ptr());
        gc::track(module.borrow());
        Ok(module)
    }
}

/// Gives a module its name, and the attributes every module starts with.
fn begin(module: Obj<'_>, name: Obj<'_>, doc: Obj<'_>) -> Result<()> {
    let attributes = attributes(module);
    dict::set_str(attributes, "__name__", name)?;
    dict::set_str(attributes, "__doc__", doc)?;
    for attribute in ["__package__", "__loader__", "__spec__"] {
        dict::set_str(attributes, attribute, constants::NONE)?;
    }
    // SAFETY: a field of a module, NULL or an owned reference.
    unsafe { Field::at(&raw mut (*module.cast::<PyModuleObject>()).md_name) }.set(Some(name.to_ref()));
    Ok(())
}

/// A module's dict, borrowed with the module. `module` is a module.
pub fn attributes(module: Obj<'_>) -> Dict<'_> {
    debug_assert!(check(module));
    // SAFETY: a module has a dict from the moment it is made.
    unsafe { View::new_unchecked(Obj::from_ptr_unchecked((*module.cast::<PyModuleObject>()).md_dict)) }
}

/// The definition that a module was made from, if it was made from one.
pub fn definition(module: Obj<'_>) -> Option<Definition> {
    debug_assert!(check(module));
    // SAFETY: a module has this layout, and keeps the definition that it was made from, which lives for good.
    unsafe { Definition::from_ptr((*module.cast::<PyModuleObject>()).md_def) }
}

/// A module's state; NULL when it has none.
pub fn state(module: Obj<'_>) -> *mut c_void {
    debug_assert!(check(module));
    // SAFETY: a module has this layout.
    unsafe { (*module.cast::<PyModuleObject>()).md_state }
}

/// A module made from C: TypeError "bad argument type for built-in operation" for anything else.
pub fn require(o: Obj<'_>) -> Result<Obj<'_>> {
    if check(o) { Ok(o) } else { Err(raise!(TypeError, "bad argument type for built-in operation")) }
}

/// What `__name__` is now, if it is a `str`.
fn current_name(module: Obj<'_>) -> Option<Ref> {
    const NAME: str::HashedName<'_> = str::HashedName::new("__name__");
    dict::get_name(attributes(module), NAME).filter(|name| str::check(name.borrow()))
}

/// A module's name: what `__name__` is now; SystemError when that is no `str` (CPython: `PyModule_GetNameObject`).
pub fn name(module: Obj<'_>) -> Result<Ref> {
    current_name(module).ok_or_else(|| raise!(SystemError, "nameless module"))
}

/// `__file__`, if it is a `str`; SystemError when it is not (CPython: `PyModule_GetFilenameObject`).
pub fn filename(module: Obj<'_>) -> Result<Ref> {
    dict::get_str(attributes(module), "__file__")?
        .filter(|file| str::check(file.borrow()))
        .ok_or_else(|| raise!(SystemError, "module filename missing"))
}

/// Adds an object under a name in UTF-8 (CPython: `PyModule_AddObjectRef`).
///
/// TypeError when `module` is no module. No value stands for a pending error, which is passed on; SystemError if there
/// is none.
pub fn add(module: Obj<'_>, name: &CStr, value: Option<Obj<'_>>) -> Result<()> {
    if !check(module) {
        return Err(raise!(TypeError, "PyModule_AddObjectRef() first argument must be a module"));
    }
    let Some(value) = value else {
        return Err(error::pending().unwrap_or_else(|| {
            raise!(SystemError, "PyModule_AddObjectRef() must be called with an exception raised if value is NULL")
        }));
    };
    dict::set(attributes(module), str::from_utf8(name.to_bytes())?.borrow(), value)
}

/// Adds a table of functions, bound to an object that is a module or stands for one (CPython: `PyModule_AddFunctions`).
pub fn add_functions(module: Obj<'_>, functions: Methods, name: Obj<'_>) -> Result<()> {
    for row in functions.rows() {
        if row.flags() & (METH_CLASS | METH_STATIC) != 0 {
            return Err(raise!(ValueError, "module functions cannot set METH_CLASS or METH_STATIC"));
        }
        // SAFETY: the row is one of a table that lives for good, and has a function of the signature that its flags say.
        let function = unsafe { function::new(row.as_ptr(), Some(module), Some(name), None) }?;
        let key = str::from_utf8(row.name().unwrap_or_default().to_bytes())?;
        attribute::set(module, key.borrow(), Some(function.borrow()))?;
    }
    Ok(())
}

/// Sets `__doc__` to a text in UTF-8 (CPython: `PyModule_SetDocString`).
pub fn set_doc(module: Obj<'_>, doc: &CStr) -> Result<()> {
    attribute::set_str(module, "__doc__", str::from_utf8(doc.to_bytes())?.borrow())
}

/// An attribute of a module, where none is not an error: the generic look-up, then the module's own `__getattr__`, whose
/// errors are passed on.
pub fn find(module: Obj<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    if let Some(value) = attribute::find(module, name)? {
        return Ok(Some(value));
    }
    const GETATTR: str::HashedName<'_> = str::HashedName::new("__getattr__");
    let fallback = dict::get_name(attributes(module), GETATTR);
    fallback.map(|fallback| super::call::vectorcall(fallback.borrow(), &[name], None)).transpose()
}

/// The same, where no attribute is an AttributeError.
fn getattr(module: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    match find(module, name)? {
        Some(value) => Ok(value),
        None => Err(missing::missing(module, name)?),
    }
}
slot!(getattr_slot(module, name) -> *mut PyObject = getattr);

/// The definition's functions for the collector and for teardown, once the state they look into is there.
fn definition_with_state(module: Obj<'_>) -> Option<PyModuleDef> {
    let definition = definition(module)?.fields();
    (definition.m_size <= 0 || !state(module).is_null()).then_some(definition)
}

unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract: a module nobody refers to any more, whole until its memory is freed.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        gc::untrack(this);
        weak::unwatch(this);
        if let Some(m_free) = definition_with_state(this).and_then(|definition| definition.m_free) {
            m_free(o.cast());
        }
        let fields = o.cast::<PyModuleObject>();
        drop(Ref::from_ptr((*fields).md_dict));
        drop(Ref::from_ptr((*fields).md_name));
        memory::free((*fields).md_state);
        instance::free(NonNull::new_unchecked(o));
    }
}

unsafe extern "C" fn traverse_slot(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
    // SAFETY: the slot's contract: a live module.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        if let Some(m_traverse) = definition_with_state(this).and_then(|definition| definition.m_traverse) {
            let answer = m_traverse(o, visit, argument);
            if answer != 0 {
                return answer;
            }
        }
        visit!(visit, argument, (*o.cast::<PyModuleObject>()).md_dict);
    }
    0
}

unsafe extern "C" fn clear_slot(o: *mut PyObject) -> c_int {
    // SAFETY: the slot's contract: a live module. Its dict stays, emptied, since code may still ask for it.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        if let Some(m_clear) = definition_with_state(this).and_then(|definition| definition.m_clear)
            && m_clear(o) != 0
        {
            return -1;
        }
        dict::clear(attributes(this));
    }
    0
}
