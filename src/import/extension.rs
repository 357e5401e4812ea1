//! Compiled modules, built in or from a file: their init functions are called, and the results checked.

use crate::abi::PyModuleObject;
use crate::interpreter::inittab::InitFunction;
use crate::interpreter::remembered::{self, Parts};
use crate::interpreter::{by_definition, registry};
use crate::objects::dict;
use crate::objects::module::{self, build};
use crate::runtime::refusal;

use crate::runtime::{Definition, Obj, Own, Ref, Result, error, events, raise};
use core::ffi::CStr;
use core::ptr::NonNull;

/// A module that an init function will make.
#[derive(Debug)]
pub struct Extension<'a> {
    /// The full name of the import.
    pub name: Obj<'a>,
    /// The file; for a built-in module, the name again.
    pub place: &'a [u8],
    /// The name in messages.
    pub shown: &'a str,
    /// The full name, for a definition that contains only its last part; `None` for a built-in module.
    pub context: Option<&'a CStr>,
    /// Whether the module has to be initialised in two phases: its function begins with `PyInitU_`.
    pub in_two_phases: bool,
}

/// The result of an init function.
enum Made {
    /// The module, and its definition.
    InOnePhase(Own<PyModuleObject>, Definition),
    /// A definition, from which the module is made later.
    InTwoPhases(Definition),
}

/// Makes a module. `find_init` returns the init function; it is called only if the module was not made before.
pub fn create(
    extension: &Extension<'_>,
    spec: Obj<'_>,
    find_init: impl FnOnce() -> Result<InitFunction>,
) -> Result<Ref> {
    let again = remembered::recall(extension.name, extension.place);
    if let Some(Parts { definition, contents: Some(contents), .. }) = &again {
        let module = refill(extension.name, contents.borrow())?;
        by_definition::set(*definition, module.borrow())?;
        return Ok(module);
    }
    let init = match &again {
        Some(parts) => parts.init,
        None => find_init()?,
    };
    match run(extension, init)? {
        Made::InTwoPhases(definition) => build::from_spec(definition, spec, |_| Ok(())),
        Made::InOnePhase(module, definition) => {
            if again.is_none() {
                let cannot_run_twice = definition.size() == -1;
                let contents = cannot_run_twice.then(|| dict::copy(module::attributes(module.borrow()))).transpose()?;
                remembered::remember(
                    extension.name,
                    extension.place,
                    Parts { init, definition, contents: contents.map(Own::into_ref) },
                )?;
            }
            by_definition::set(definition, module.as_obj())?;
            // The module is added before it is complete, as in CPython.
            registry::set(extension.name, module.as_obj())?;
            Ok(module.into_ref())
        }
    }
}

/// The module of this name, filled with its earlier contents.
pub fn refill(name: Obj<'_>, contents: Obj<'_>) -> Result<Ref> {
    let module = registry::add(name)?;
    dict::update(module::attributes(module.borrow()), contents)?;
    Ok(module.into_ref())
}

/// Calls an init function, and checks its result.
fn run(extension: &Extension<'_>, init: InitFunction) -> Result<Made> {
    let shown = extension.shown;
    // SAFETY: the table or the file names the function as a module's init function. It takes no arguments, and returns
    // NULL, a new reference to a module, or a definition.
    let made = NonNull::new(build::with_package_context(extension.context, || unsafe { init() }));
    let Some(made) = made else {
        return Err(error::pending()
            .unwrap_or_else(|| raise!(SystemError, "initialization of {shown} failed without raising an exception")));
    };
    if error::occurred() {
        // As in CPython, the reference is not dropped, so that an init function may count on having it.
        events::result_with_error(format_args!("the init function of the module {shown} returned a result"));
        return Err(build::unreported(format_args!("initialization of {shown} raised unreported exception")));
    }
    // SAFETY: a definition without a type was never initialised, and is not an object yet.
    if unsafe { (*made.as_ptr()).ob_type.is_null() } {
        return Err(raise!(SystemError, "init function of {shown} returned uninitialized object"));
    }
    // SAFETY: the reference is new, or to a definition, which is immortal.
    let made = unsafe { Ref::from_ptr_unchecked(made.as_ptr()) };
    if made.borrow().is_a(module::MODULE_DEFINITION) {
        // SAFETY: an object of this type is a definition. An init function returns a valid one. It lives as long as its
        // file is loaded, and files are never unloaded.
        let definition = unsafe { Definition::from_ptr(made.into_ptr().cast()) };
        return definition.map(Made::InTwoPhases).ok_or_else(refusal::null_error);
    }
    if extension.in_two_phases {
        return Err(raise!(SystemError, "initialization of {shown} did not return PyModuleDef"));
    }
    let Ok(made) = made.downcast::<PyModuleObject>() else {
        return Err(raise!(SystemError, "initialization of {shown} did not return an extension module"));
    };
    let Some(definition) = module::definition(made.borrow()) else {
        return Err(raise!(SystemError, "initialization of {shown} did not return a valid extension module"));
    };
    Ok(Made::InOnePhase(made, definition))
}

/// Runs the second phase of a module, once. Any other object, and a module made in one phase, does not change.
pub fn execute(module: Obj<'_>) -> Result<()> {
    let Some(module) = module.downcast::<PyModuleObject>() else { return Ok(()) };
    match module::definition(module).filter(|_| module::state(module).is_null()) {
        Some(definition) => build::execute(module, definition),
        None => Ok(()),
    }
}
