//! `module`: a name and a dict. [`build`] makes a module from a definition in C. The types of modules and of
//! definitions are in [`type_object`].

pub mod build;
mod contents;
mod lookup;
mod missing;
mod repr;
pub mod type_object;
mod weak;

pub use contents::{add, add_functions, set_doc};
pub use lookup::find;
pub use weak::{Weak, unwatch, watch};

use super::{dict, str};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::runtime::known::NONE;
use crate::runtime::refusal::bad_argument_type;
use crate::runtime::{Definition, Field, Layout, Obj, Own, Ref, Result, Type, View, gc, instance, raise};
use core::ffi::c_void;

pub use crate::runtime::known::{MODULE, MODULE_DEFINITION};

/// A borrowed reference to a module, or to an instance of a subclass.
pub type Module<'a> = View<'a, PyModuleObject>;

// SAFETY: instances of this type, and of types derived from it, begin with this layout.
unsafe impl Layout for PyModuleObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(MODULE) || o.is_a(MODULE)
    }
}

/// Whether the object is a module or an instance of a subclass.
pub fn check(o: Obj<'_>) -> bool {
    PyModuleObject::check(o)
}

/// A new module with the five attributes every module starts with (CPython: `PyModule_NewObject`).
pub fn new(name: Obj<'_>) -> Result<Own<PyModuleObject>> {
    let module = blank(MODULE)?;
    begin(module.borrow(), name, NONE)?;
    Ok(module)
}

/// A new module with an empty dict and no name.
fn blank(class: Type<'_>) -> Result<Own<PyModuleObject>> {
    let attributes = dict::new()?;
    // As in CPython, `tp_alloc` is not called.
    let o = instance::allocate_here(class, 0)?;
    // SAFETY: a new instance of this layout.
    unsafe {
        (*o.cast::<PyModuleObject>().as_ptr()).md_dict = attributes.into_ref().into_ptr();
        let module = Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr()));
        gc::track(module.as_obj());
        Ok(module)
    }
}

/// Sets the name of a module, and the attributes every module starts with.
fn begin(module: Module<'_>, name: Obj<'_>, doc: Obj<'_>) -> Result<()> {
    let attributes = attributes(module);
    dict::set_str(attributes, "__name__", name)?;
    dict::set_str(attributes, "__doc__", doc)?;
    for attribute in ["__package__", "__loader__", "__spec__"] {
        dict::set_str(attributes, attribute, NONE)?;
    }
    // SAFETY: the field belongs to a module, and is NULL or an owned reference.
    unsafe { Field::at(&raw mut (*module.fields()).md_name) }.set(Some(name.to_ref()));
    Ok(())
}

/// A module's dict, as a borrowed reference.
pub fn attributes<'a>(module: Module<'a>) -> Dict<'a> {
    // SAFETY: a module has a dict from the moment it is made.
    unsafe { View::new_unchecked(Obj::from_ptr_unchecked((*module.fields()).md_dict)) }
}

/// The definition that a module was made from, if there is one.
pub fn definition(module: Module<'_>) -> Option<Definition> {
    // SAFETY: the field is NULL, or the definition that the module was made from, which lives as long as the process.
    unsafe { Definition::from_ptr((*module.fields()).md_def) }
}

/// A module's state; NULL when it has none.
pub fn state(module: Module<'_>) -> *mut c_void {
    // SAFETY: the field belongs to a live module.
    unsafe { (*module.fields()).md_state }
}

/// A module from C; TypeError "bad argument type for built-in operation" for another object.
pub fn require(o: Obj<'_>) -> Result<Module<'_>> {
    o.downcast().ok_or_else(bad_argument_type)
}

/// The present value of `__name__`, if it is a `str`.
fn current_name(module: Module<'_>) -> Option<Ref> {
    const NAME: str::HashedName<'_> = str::HashedName::new("__name__");
    dict::get_name(attributes(module), NAME).filter(|name| str::check(name.borrow()))
}

/// The present value of `__name__`; SystemError when it is not a `str` (CPython: `PyModule_GetNameObject`).
pub fn name(module: Module<'_>) -> Result<Ref> {
    current_name(module).ok_or_else(|| raise!(SystemError, "nameless module"))
}

/// `__file__`, if it is a `str`; SystemError when it is not (CPython: `PyModule_GetFilenameObject`).
pub fn filename(module: Module<'_>) -> Result<Ref> {
    dict::get_str(attributes(module), "__file__")?
        .filter(|file| str::check(file.borrow()))
        .ok_or_else(|| raise!(SystemError, "module filename missing"))
}
