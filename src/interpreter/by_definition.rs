//! Modules made in one phase, found by their definition: the table behind `PyState_FindModule`.

use crate::runtime::lock::Lock;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Definition, Obj, Ref, Result};

/// A module in the table, at the index of its definition.
struct Slot(Option<Ref>);

// SAFETY: the table only keeps the reference. A thread that holds the GIL counts it, as for every object.
unsafe impl Send for Slot {}

/// While it is locked, no module is dropped and no error raised, because both may run foreign code.
static TABLE: Lock<Array<Slot>> = Lock::new(Array::new_in(Malloc));

/// The index of a definition's module. All definitions that are not initialised yet share the first place, where no
/// module is found.
fn index_of(definition: Definition) -> usize {
    definition.index() as usize
}

/// The module of a definition, if it has one.
pub fn find(definition: Definition) -> Option<Ref> {
    at(definition).filter(|_| index_of(definition) != 0)
}

/// The module in the place of a definition, even of one that is not initialised.
pub fn at(definition: Definition) -> Option<Ref> {
    TABLE.hold().get(index_of(definition)).and_then(|slot| slot.0.clone())
}

/// Sets the module of a definition, and replaces an earlier one.
pub fn set(definition: Definition, module: Obj<'_>) -> Result<()> {
    let index = index_of(definition);
    let mut table = TABLE.hold();
    if let Some(missing) = (index + 1).checked_sub(table.len()) {
        if table.try_reserve(missing).is_err() {
            drop(table);
            return Err(memory::out_of_memory());
        }
        memory::fill(&mut table, (0..missing).map(|_| Slot(None)));
    }
    let replaced = table.get_mut(index).and_then(|slot| slot.0.replace(module.to_ref()));
    drop(table);
    drop(replaced);
    Ok(())
}

/// The reason why [`remove`] can't look for a definition, in CPython's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    /// The definition is not initialised.
    #[error("invalid module index")]
    Uninitialized,
    /// No module with its index, or with a higher one, was ever added.
    #[error("Module index out of bounds.")]
    OutOfBounds,
}

/// Removes the module of a definition, and returns it; `None` when there is none any more.
pub fn remove(definition: Definition) -> Result<Option<Ref>, Unknown> {
    match index_of(definition) {
        0 => Err(Unknown::Uninitialized),
        index => TABLE.hold().get_mut(index).map(|slot| slot.0.take()).ok_or(Unknown::OutOfBounds),
    }
}

/// Removes all modules, at the end of the runtime's life.
pub fn clear() {
    let forgotten = core::mem::replace(&mut *TABLE.hold(), Array::new_in(Malloc));
    drop(forgotten);
}
