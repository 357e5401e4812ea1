//! The modules made in one phase, by name and place, so that they can be imported again.

use super::inittab::InitFunction;
use crate::objects::str;
use crate::runtime::lock::Lock;
use crate::runtime::memory::{self, Array, Malloc, Text};
use crate::runtime::{Definition, Obj, Ref, Result};

/// The parts from which a module that was made in one phase can be made again.
#[derive(Debug)]
pub struct Parts {
    /// Its init function.
    pub init: InitFunction,
    /// Its definition, which is only compared here.
    pub definition: Definition,
    /// The module's contents after its init function, if that can't run twice (`m_size` is -1). A definition that is
    /// imported under several names has only the contents of the last import, as in CPython.
    pub contents: Option<Ref>,
}

struct Remembered {
    name: Text,
    place: Array<u8>,
    parts: Parts,
}

// SAFETY: only a thread that holds the GIL counts the reference, as that to any object. The definition is not read
// through this pointer.
unsafe impl Send for Remembered {}

/// The lock is held only for a moment, and never while C code may run.
static REMEMBERED: Lock<Array<Remembered>> = Lock::new(Array::new_in(Malloc));

/// Removes all modules and drops their contents: the last step of `Py_FinalizeEx` that concerns modules.
pub fn forget_all() {
    let forgotten = core::mem::replace(&mut *REMEMBERED.hold(), Array::new_in(Malloc));
    drop(forgotten);
}

/// The parts of a module that was made before.
pub fn recall(name: Obj<'_>, place: &[u8]) -> Option<Parts> {
    let remembered = REMEMBERED.hold();
    let is_it = |known: &&Remembered| known.place == place && str::is(name, known.name.as_str());
    let &Parts { init, definition, .. } = &remembered.iter().find(is_it)?.parts;
    let mut of_definition = remembered.iter().filter(|other| other.parts.definition == definition);
    let contents = of_definition.find_map(|other| other.parts.contents.clone());
    Some(Parts { init, definition, contents })
}

/// Remembers the parts of a module.
pub fn remember(name: Obj<'_>, place: &[u8], parts: Parts) -> Result<()> {
    let mut name_copy = Text::new();
    name_copy.push_str(str::utf8(str::require(name)?)?)?;
    let mut place_copy = Array::new_in(Malloc);
    memory::extend(&mut place_copy, place)?;
    let mut remembered = REMEMBERED.hold();
    if remembered.try_reserve(1).is_err() {
        drop(remembered);
        return Err(memory::out_of_memory());
    }
    let of_definition = remembered.iter_mut().filter(|other| other.parts.definition == parts.definition);
    // There is at most one. It is dropped after the lock is released.
    let _replaced = of_definition.filter_map(|other| other.parts.contents.take()).last();
    memory::fill(&mut remembered, [Remembered { name: name_copy, place: place_copy, parts }]);
    drop(remembered);
    Ok(())
}
