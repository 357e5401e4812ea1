//! Compiled modules, built in or from a file: running their init functions, and what is remembered of those that are
//! initialised in one phase, so that they can be imported again.

use super::inittab::InitFunction;
use super::{by_definition, registry};
use crate::abi::PyModuleDef;
use crate::objects::module::{self, build};
use crate::objects::{dict, str};
use crate::runtime::lock::Lock;
use crate::runtime::memory::{self, Array, Malloc, Text};
use crate::runtime::{Obj, Ref, Result, error, events, raise};
use core::ffi::CStr;
use core::ptr::NonNull;

/// A module to be made by an init function.
#[derive(Debug)]
pub struct Extension<'a> {
    /// The full name of the import.
    pub name: Obj<'a>,
    /// The file it is in; the name again for one that is built in.
    pub place: &'a [u8],
    /// The name in messages.
    pub shown: &'a str,
    /// The full name, for a definition that says only the last part of it; nothing for a module that is built in.
    pub context: Option<&'a CStr>,
    /// Whether only two phases will do: `PyInitU_`.
    pub in_two_phases: bool,
}

/// What an init function gave.
enum Made {
    /// The module, and its definition.
    InOnePhase(Ref, *mut PyModuleDef),
    /// A definition, from which the module is yet to be made.
    InTwoPhases(*mut PyModuleDef),
}

/// A module that was made in one phase.
struct Remembered {
    name: Text,
    place: Array<u8>,
    init: InitFunction,
    definition: *mut PyModuleDef,
    /// What the module held after its init function, if it cannot run twice (`m_size` is -1). A definition that is imported
    /// under several names has it once, from the last, as in CPython.
    contents: Option<Ref>,
}

// SAFETY: the references are used by the thread that holds the GIL, as any object is; the definition, which lives for good, is
// only read.
unsafe impl Send for Remembered {}

/// It is held for a moment only: never while code of C may run.
static REMEMBERED: Lock<Array<Remembered>> = Lock::new(Array::new_in(Malloc));

/// Forgets all modules, and so drops what is kept of them: the last thing that `Py_FinalizeEx` does with modules.
pub fn forget_all() {
    let forgotten = core::mem::replace(&mut *REMEMBERED.hold(), Array::new_in(Malloc));
    drop(forgotten);
}

/// Makes a module. `find_init` gives the init function, if the module was not made before.
pub fn create(
    extension: &Extension<'_>,
    spec: Obj<'_>,
    find_init: impl FnOnce() -> Result<InitFunction>,
) -> Result<Ref> {
    let again = recall(extension);
    if let Some((_, definition, Some(contents))) = &again {
        let module = refill(extension.name, contents.borrow())?;
        // SAFETY: the definition came from the init function, and lives as long as the file is loaded: for good.
        by_definition::set(unsafe { &**definition }, module.borrow())?;
        return Ok(module);
    }
    let init = match again {
        Some((init, ..)) => init,
        None => find_init()?,
    };
    match run(extension, init)? {
        // SAFETY: as above.
        Made::InTwoPhases(definition) => unsafe { build::from_spec(definition, spec, |_| Ok(())) },
        Made::InOnePhase(module, definition) => {
            if again.is_none() {
                remember(extension, init, module.borrow(), definition)?;
            }
            // SAFETY: as above.
            by_definition::set(unsafe { &*definition }, module.borrow())?;
            // Already now, as in CPython.
            registry::set(extension.name, module.borrow())?;
            Ok(module)
        }
    }
}

/// The init function and the definition of a module that was made before, and what it held if it cannot run twice.
fn recall(extension: &Extension<'_>) -> Option<(InitFunction, *mut PyModuleDef, Option<Ref>)> {
    let remembered = REMEMBERED.hold();
    let is_it = |known: &&Remembered| known.place == extension.place && str::is(extension.name, known.name.as_str());
    let known = remembered.iter().find(is_it)?;
    let mut of_definition = remembered.iter().filter(|other| other.definition == known.definition);
    let contents = of_definition.find_map(|other| other.contents.clone());
    Some((known.init, known.definition, contents))
}

/// The module of this name, filled with what it held before.
pub fn refill(name: Obj<'_>, contents: Obj<'_>) -> Result<Ref> {
    let module = registry::add(name)?;
    dict::update(module::attributes(module.borrow()), contents)?;
    Ok(module)
}

fn remember(
    extension: &Extension<'_>,
    init: InitFunction,
    module: Obj<'_>,
    definition: *mut PyModuleDef,
) -> Result<()> {
    // SAFETY: as in `create`.
    let cannot_run_twice = unsafe { (*definition).m_size } == -1;
    let contents = cannot_run_twice.then(|| dict::copy(module::attributes(module))).transpose()?;
    let mut name = Text::new();
    name.push_str(str::utf8(extension.name)?)?;
    let mut place = Array::new_in(Malloc);
    memory::extend(&mut place, extension.place)?;
    let mut remembered = REMEMBERED.hold();
    if remembered.try_reserve(1).is_err() {
        drop(remembered);
        return Err(memory::out_of_memory());
    }
    let of_definition = remembered.iter_mut().filter(|other| other.definition == definition);
    // One at most. It is dropped when the lock is free again.
    let _replaced = of_definition.filter_map(|other| other.contents.take()).last();
    memory::fill(&mut remembered, [Remembered { name, place, init, definition, contents }]);
    drop(remembered);
    Ok(())
}

/// Calls an init function, and checks what it gave.
fn run(extension: &Extension<'_>, init: InitFunction) -> Result<Made> {
    let shown = extension.shown;
    // SAFETY: the function is what the table or the file says is a module's init function: it takes nothing, and gives
    // NULL, a new reference to a module, or a definition.
    let made = NonNull::new(build::with_package_context(extension.context, || unsafe { init() }));
    let Some(made) = made else {
        return Err(error::pending()
            .unwrap_or_else(|| raise!(SystemError, "initialization of {shown} failed without raising an exception")));
    };
    if error::occurred() {
        events::result_with_error(format_args!("the init function of the module {shown} returned a result"));
        return Err(build::unreported(format_args!("initialization of {shown} raised unreported exception")));
    }
    // SAFETY: a definition without a type was never initialised, and is no object yet.
    if unsafe { (*made.as_ptr()).ob_type.is_null() } {
        return Err(raise!(SystemError, "init function of {shown} returned uninitialized object"));
    }
    // SAFETY: a new reference, but to a definition, which is immortal.
    let made = unsafe { Ref::from_ptr_unchecked(made.as_ptr()) };
    if made.borrow().is_a(module::MODULE_DEFINITION) {
        return Ok(Made::InTwoPhases(made.into_ptr().cast()));
    }
    if extension.in_two_phases {
        return Err(raise!(SystemError, "initialization of {shown} did not return PyModuleDef"));
    }
    if !module::check(made.borrow()) {
        return Err(raise!(SystemError, "initialization of {shown} did not return an extension module"));
    }
    let definition = module::definition(made.borrow());
    if definition.is_null() {
        return Err(raise!(SystemError, "initialization of {shown} did not return a valid extension module"));
    }
    Ok(Made::InOnePhase(made, definition))
}

/// Runs the second phase of a module, once; any other object, and a module made in one phase, has none.
pub fn execute(module: Obj<'_>) -> Result<()> {
    if !module::check(module) || module::definition(module).is_null() || !module::state(module).is_null() {
        return Ok(());
    }
    // SAFETY: a module's definition lives for good.
    unsafe { build::execute(module, module::definition(module)) }
}
