//! Making a module from a definition in C: in one phase (`PyModule_Create2`), or in two, where the definition's slots
//! create the module and are then executed in it.

use super::{Module, add_functions, name, new, set_doc, state};
use crate::abi::*;
use crate::objects::attributes;
use crate::objects::str;
use crate::runtime::local::local;
use crate::runtime::memory::{self, Lossy};
use crate::runtime::{Definition, Obj, Raised, Ref, Result, error, events, raise};

use core::cell::Cell;
use core::ffi::{CStr, c_char, c_int, c_void};
use core::sync::atomic::{AtomicIsize, Ordering};

local! {
    /// The full dotted name of the module whose `PyInit_` function is running, or NULL.
    static PACKAGE_CONTEXT: Cell<*const c_char> = "pycapsule_package_context";
}

/// Runs `work`, in which a definition whose name is the last part of `full_name` makes a module of that full name.
///
/// This applies only to the first such definition, and not to modules that `work` imports.
pub fn with_package_context<T>(full_name: Option<&CStr>, work: impl FnOnce() -> T) -> T {
    let outer = PACKAGE_CONTEXT.replace(full_name.map_or(core::ptr::null(), CStr::as_ptr));
    let done = work();
    PACKAGE_CONTEXT.set(outer);
    done
}

/// The name of a module that is made from a definition of this name.
fn resolve(name: &CStr) -> &CStr {
    let context = PACKAGE_CONTEXT.get();
    if context.is_null() {
        return name;
    }
    // SAFETY: the context lives until `with_package_context` returns, which is after this call.
    let full_name = unsafe { CStr::from_ptr(context) };
    let last = full_name.to_bytes().rsplit(|byte| *byte == b'.').next();
    if last != Some(name.to_bytes()) {
        return name;
    }
    PACKAGE_CONTEXT.set(core::ptr::null());
    full_name
}

/// The name in a definition.
fn own_name(definition: Definition) -> &'static CStr {
    definition.name().unwrap_or(c"(null)")
}

/// Makes a definition an object, and gives it a number (CPython: `PyModuleDef_Init`).
pub fn initialize(definition: Definition) {
    static LAST_INDEX: AtomicIsize = AtomicIsize::new(0);
    if definition.index() == 0 {
        // SAFETY: the definition lives as long as the process, and no other thread uses it before it is initialised.
        unsafe {
            let base = &raw mut (*definition.as_ptr()).m_base;
            (*base).ob_base = PyObject::immortal(super::MODULE_DEFINITION.as_ptr());
            (*base).m_index = LAST_INDEX.fetch_add(1, Ordering::Relaxed) + 1;
        }
    }
}

/// Makes the state of a module without one: `size` zeroed bytes, at least one, so that the pointer is not NULL.
fn make_state(module: Module<'_>, size: usize) -> Result<()> {
    let state = memory::allocate_zeroed(1, size).ok_or_else(memory::out_of_memory)?;
    // SAFETY: the field belongs to a live module, which frees the block when it is destroyed.
    unsafe { (*module.fields()).md_state = state.as_ptr() };
    Ok(())
}

/// Stores the definition that a module was made from.
fn tie(module: Module<'_>, definition: Definition) {
    // SAFETY: the field belongs to a live module, and the definition lives as long as the process.
    unsafe { (*module.fields()).md_def = definition.as_ptr() };
}

/// Adds the contents of a definition: functions and documentation.
fn fill(module: Obj<'_>, definition: Definition, name: Obj<'_>) -> Result<()> {
    if let Some(functions) = definition.methods() {
        add_functions(module, functions, name)?;
    }
    definition.doc().map_or(Ok(()), |doc| set_doc(module, doc))
}

/// A new module from a definition, in one phase (CPython: `PyModule_Create2`). `admit` is called with the module's name
/// before anything is made, and may return an error.
pub fn create(definition: Definition, admit: impl FnOnce(&[u8]) -> Result<()>) -> Result<Ref> {
    initialize(definition);
    let own = own_name(definition);
    admit(own.to_bytes())?;
    if definition.has_slots() {
        let own = Lossy(own.to_bytes());
        return Err(raise!(SystemError, "module {own}: PyModule_Create is incompatible with m_slots"));
    }
    let module = new(str::from_utf8(resolve(own).to_bytes())?.borrow())?;
    if definition.size() > 0 {
        make_state(module.borrow(), definition.size() as usize)?;
    }
    fill(module.as_obj(), definition, name(module.borrow())?.borrow())?;
    // Last, so that the functions of the definition are not called for an incomplete module.
    tie(module.borrow(), definition);
    Ok(module.into_ref())
}

/// The plan for creating a module, from the slots of its definition.
struct Plan {
    create: *mut c_void,
    executes: bool,
}

/// Reads the slots. Only exec may occur more than once.
fn plan(definition: Definition, name: &str) -> Result<Plan> {
    let mut plan = Plan { create: core::ptr::null_mut(), executes: false };
    let (mut interpreters, mut gil) = (false, false);
    for PyModuleDef_Slot { slot, value } in definition.slots() {
        match slot {
            Py_mod_create if !plan.create.is_null() => {
                return Err(raise!(SystemError, "module {name} has multiple create slots"));
            }
            Py_mod_create => plan.create = value,
            Py_mod_exec => plan.executes = true,
            Py_mod_multiple_interpreters if core::mem::replace(&mut interpreters, true) => {
                return Err(raise!(SystemError, "module {name} has more than one 'multiple interpreters' slots"));
            }
            Py_mod_gil if core::mem::replace(&mut gil, true) => {
                return Err(raise!(SystemError, "module {name} has more than one 'gil' slot"));
            }
            Py_mod_multiple_interpreters | Py_mod_gil => {}
            unknown => return Err(raise!(SystemError, "module {name} uses unknown slot ID {unknown}")),
        }
    }
    Ok(plan)
}

/// A module created from a definition with slots, not yet executed; its name is the spec's (CPython:
/// `PyModule_FromDefAndSpec2`). The create slot may return an object that is not a module. `admit` is called with the
/// name, as by [`create`].
pub fn from_spec(definition: Definition, spec: Obj<'_>, admit: impl FnOnce(&[u8]) -> Result<()>) -> Result<Ref> {
    initialize(definition);
    let name_object = attributes::get_str(spec, "name")?;
    let name = str::utf8(str::require(name_object.borrow())?)?;
    admit(name.as_bytes())?;
    if definition.size() < 0 {
        return Err(raise!(SystemError, "module {name}: m_size may not be negative for multi-phase initialization"));
    }
    let plan = plan(definition, name)?;
    let module = match plan.create.is_null() {
        true => new(name_object.borrow())?.into_ref(),
        // SAFETY: the plan has the value of the definition's create slot, which is a function of the slot's signature.
        false => unsafe { run_create(plan.create, spec, definition, name) }?,
    };
    let made = module.borrow();
    if let Some(made) = made.downcast() {
        tie(made, definition);
    } else {
        require_no_module(definition, &plan, name)?;
    }
    fill(made, definition, name_object.borrow())?;
    Ok(module)
}

/// SystemError when a definition has parts that an object that is not a module can't have.
fn require_no_module(definition: Definition, plan: &Plan, name: &str) -> Result<()> {
    let PyModuleDef { m_size, m_traverse, m_clear, m_free, .. } = definition.fields();
    if m_size > 0 || m_traverse.is_some() || m_clear.is_some() || m_free.is_some() {
        return Err(raise!(SystemError, "module {name} is not a module object, but requests module state"));
    }
    if plan.executes {
        return Err(raise!(
            SystemError,
            "module {name} specifies execution slots, but did not create a ModuleType instance"
        ));
    }
    Ok(())
}

/// Calls a create slot, and checks that its result and the error indicator agree.
///
/// # Safety
/// `create` is the value of a create slot of the definition.
unsafe fn run_create(create: *mut c_void, spec: Obj<'_>, definition: Definition, name: &str) -> Result<Ref> {
    type Create = unsafe extern "C" fn(*mut PyObject, *mut PyModuleDef) -> *mut PyObject;
    // SAFETY: a create slot of a valid definition holds a function of this signature, which returns NULL or a new
    // reference.
    let made = unsafe {
        let create = core::mem::transmute::<*mut c_void, Create>(create);
        Ref::from_ptr(create(spec.as_ptr(), definition.as_ptr()))
    };
    match (made, error::pending()) {
        (Some(module), None) => Ok(module),
        (Some(_), Some(_)) => {
            events::result_with_error(format_args!("the create slot of the module {name} returned a result"));
            Err(unreported(format_args!("creation of module {name} raised unreported exception")))
        }
        (None, Some(raised)) => Err(raised),
        (None, None) => Err(raise!(SystemError, "creation of module {name} failed without setting an exception")),
    }
}

/// SystemError, caused by the pending error, with which a C function returned a result.
pub fn unreported(message: core::fmt::Arguments<'_>) -> Raised {
    error::raise_from(error::take(), Exc::SystemError, message)
}

/// Executes the exec slots of a definition in a module, whose state is made first (CPython: `PyModule_ExecDef`).
pub fn execute(module: Module<'_>, definition: Definition) -> Result<()> {
    let name = name(module)?;
    let name = str::utf8(str::require(name.borrow())?)?;
    if definition.size() >= 0 && state(module).is_null() {
        make_state(module, definition.size() as usize)?;
    }
    for PyModuleDef_Slot { slot, value } in definition.slots() {
        match slot {
            // SAFETY: the value of an exec slot of a valid definition is NULL, or a function of the slot's signature.
            Py_mod_exec => unsafe { run_exec(value, module, name) }?,
            Py_mod_create | Py_mod_multiple_interpreters | Py_mod_gil => {}
            unknown => return Err(raise!(SystemError, "module {name} initialized with unknown slot {unknown}")),
        }
    }
    Ok(())
}

/// Calls an exec slot, and checks that its result and the error indicator agree.
///
/// # Safety
/// `value` is the value of an exec slot.
unsafe fn run_exec(value: *mut c_void, module: Module<'_>, name: &str) -> Result<()> {
    type Execute = unsafe extern "C" fn(*mut PyObject) -> c_int;
    // SAFETY: an exec slot holds NULL or a function of this signature.
    let Some(execute) = (unsafe { core::mem::transmute::<*mut c_void, Option<Execute>>(value) }) else {
        return Err(raise!(SystemError, "module {name} has an exec slot without a function"));
    };
    // SAFETY: the function takes a live module.
    let failed = unsafe { execute(module.as_ptr()) } != 0;
    match error::pending() {
        None if !failed => Ok(()),
        None => Err(raise!(SystemError, "execution of module {name} failed without setting an exception")),
        Some(raised) if failed => Err(raised),
        Some(_) => {
            events::result_with_error(format_args!("an exec slot of the module {name} returned 0"));
            Err(unreported(format_args!("execution of module {name} raised unreported exception")))
        }
    }
}
