//! `module`: a name and a dict, made from a definition in C.

use super::{attribute, class, constants, dict, function, object, str};
use crate::abi::*;
use crate::runtime::{Obj, Raised, Ref, Result, gc, instance, memory, raise};
use core::ffi::{c_int, c_void};
use core::mem::offset_of;
use core::ptr::NonNull;

static_type! {
    /// The type of modules.
    pub PyModule_Type as MODULE {
        tp_name: c"module".as_ptr(),
        tp_basicsize: size_of::<PyModuleObject>() as Py_ssize_t,
        tp_dealloc: Some(dealloc_slot),
        tp_repr: Some(repr_slot),
        tp_getattro: Some(getattr_slot),
        tp_flags: class::DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
        tp_traverse: Some(traverse_slot),
        tp_clear: Some(clear_slot),
        tp_weaklistoffset: offset_of!(PyModuleObject, md_weaklist) as Py_ssize_t,
        tp_members: (&raw mut MEMBERS).cast(),
        tp_dictoffset: offset_of!(PyModuleObject, md_dict) as Py_ssize_t,
    }
}

static_type! {
    /// The type of module definitions, which are objects of C.
    pub PyModuleDef_Type as MODULE_DEFINITION {
        tp_name: c"moduledef".as_ptr(),
        tp_basicsize: size_of::<PyModuleDef_Base>() as Py_ssize_t,
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
    let attributes = dict::new()?;
    dict::set_str(attributes.borrow(), "__name__", name)?;
    for attribute in ["__doc__", "__package__", "__loader__", "__spec__"] {
        dict::set_str(attributes.borrow(), attribute, constants::NONE)?;
    }
    let o = instance::allocate(MODULE, 0)?;
    // SAFETY: a new instance of this layout.
    unsafe {
        let fields = o.cast::<PyModuleObject>().as_ptr();
        (*fields).md_dict = attributes.into_ptr();
        (*fields).md_name = name.to_ref().into_ptr();
        let module = Ref::from_ptr_unchecked(o.as_ptr());
        gc::track(module.borrow());
        Ok(module)
    }
}

/// A module's dict, borrowed with the module. `module` is a module.
pub fn attributes(module: Obj<'_>) -> Obj<'_> {
    debug_assert!(check(module));
    // SAFETY: a module has a dict from the moment it is made.
    unsafe { Obj::from_ptr_unchecked((*module.cast::<PyModuleObject>()).md_dict) }
}

/// What a module was made from; NULL when it was not made from a definition.
pub fn definition(module: Obj<'_>) -> *mut PyModuleDef {
    debug_assert!(check(module));
    // SAFETY: a module has this layout.
    unsafe { (*module.cast::<PyModuleObject>()).md_def }
}

/// A module's state; NULL when it has none.
pub fn state(module: Obj<'_>) -> *mut c_void {
    debug_assert!(check(module));
    // SAFETY: a module has this layout.
    unsafe { (*module.cast::<PyModuleObject>()).md_state }
}

/// What `__name__` is now, if it is a `str`.
fn current_name(module: Obj<'_>) -> Result<Option<Ref>> {
    Ok(dict::get_str(attributes(module), "__name__")?.filter(|name| str::check(name.borrow())))
}

/// A module's name: what `__name__` is now; SystemError when that is no `str` (CPython: `PyModule_GetNameObject`).
pub fn name(module: Obj<'_>) -> Result<Ref> {
    current_name(module)?.ok_or_else(|| raise!(SystemError, "nameless module"))
}

/// Makes room for a module's state, zeroed, and ties the module to its definition.
///
/// # Safety
/// `module` is a module without a state, and `definition` outlives it.
pub(super) unsafe fn attach(module: Obj<'_>, definition: *mut PyModuleDef) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe {
        let fields = module.cast::<PyModuleObject>();
        let size = (*definition).m_size;
        if size > 0 {
            let block = memory::allocate_zeroed(1, size as usize).ok_or_else(memory::out_of_memory)?;
            (*fields).md_state = block.as_ptr();
        }
        (*fields).md_def = definition;
    }
    Ok(())
}

/// Adds a table of functions, bound to the module (CPython: `PyModule_AddFunctions`).
///
/// # Safety
/// `row` is NULL or a table that ends at a row without a name and outlives the functions made from it.
pub unsafe fn add_functions(module: Obj<'_>, mut row: *mut PyMethodDef, name: Obj<'_>) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe {
        while !row.is_null() && !(*row).ml_name.is_null() {
            if (*row).ml_flags & (METH_CLASS | METH_STATIC) != 0 {
                return Err(raise!(ValueError, "module functions cannot set METH_CLASS or METH_STATIC"));
            }
            let function = function::new(row, Some(module), Some(name), None)?;
            let key = str::from_utf8(core::ffi::CStr::from_ptr((*row).ml_name).to_bytes())?;
            attribute::set(module, key.borrow(), Some(function.borrow()))?;
            row = row.add(1);
        }
    }
    Ok(())
}

/// `<module 'NAME'>`, with `from` and `__file__` when there is one, `(built-in)` when the spec's origin says so.
fn repr(module: Obj<'_>) -> Result<Ref> {
    let name = dict::get_str(attributes(module), "__name__")?;
    let name = match &name {
        Some(name) => object::repr(name.borrow())?,
        None => str::from_str("'?'")?,
    };
    let name = str::as_text(name.borrow());
    if let Some(file) = dict::get_str(attributes(module), "__file__")? {
        let file = object::repr(file.borrow())?;
        return str::format(format_args!("<module {name} from {}>", str::as_text(file.borrow())));
    }
    str::format(format_args!("<module {name}>"))
}
slot!(repr_slot(module) -> *mut PyObject = repr);

/// An attribute of a module: the generic look-up, then the module's own `__getattr__`, then AttributeError with the
/// module's name in it (CPython: `_Py_module_getattro_impl`).
fn getattr(module: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    if let Some(value) = attribute::find(module, name)? {
        return Ok(value);
    }
    if let Some(fallback) = dict::get_str(attributes(module), "__getattr__")? {
        return super::call::vectorcall(fallback.borrow(), &[name], None);
    }
    Err(missing(module, name)?)
}
slot!(getattr_slot(module, name) -> *mut PyObject = getattr);

fn missing(module: Obj<'_>, name: Obj<'_>) -> Result<Raised> {
    let shown = str::as_text(name);
    Ok(match current_name(module)? {
        Some(own) => raise!(AttributeError, "module '{}' has no attribute '{shown}'", str::as_text(own.borrow())),
        None => raise!(AttributeError, "module has no attribute '{shown}'"),
    })
}

/// The definition's functions for the collector and for teardown, once the state they look into is there.
fn definition_with_state<'a>(module: Obj<'a>) -> Option<&'a PyModuleDef> {
    // SAFETY: a definition outlives the modules made from it.
    let definition = unsafe { definition(module).as_ref() }?;
    (definition.m_size <= 0 || !state(module).is_null()).then_some(definition)
}

unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract: a module nobody refers to any more, whole until its memory is freed.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        gc::untrack(this);
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
