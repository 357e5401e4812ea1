//! Objects by name, behind a lock.

use crate::runtime::lock::Lock;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Ref, Result};

struct Row {
    name: Array<u8>,
    object: Ref,
}

// SAFETY: only a thread that holds the GIL counts the reference, as that to any object.
unsafe impl Send for Row {}

/// A table of a few objects by name. The lock is held only for a moment, and never while C code may run.
pub struct Table {
    rows: Lock<Array<Row>>,
}

impl Table {
    pub const fn new() -> Self {
        Table { rows: Lock::new(Array::new_in(Malloc)) }
    }

    /// The object with a name.
    pub fn find(&'static self, name: &[u8]) -> Option<Ref> {
        self.rows.hold().iter().find(|row| *row.name == *name).map(|row| row.object.clone())
    }

    /// Adds an object, or replaces the one with this name, which is dropped after the lock is released.
    pub fn set(&'static self, name: &[u8], object: Ref) -> Result<()> {
        let mut copy = Array::new_in(Malloc);
        memory::extend(&mut copy, name)?;
        let mut rows = self.rows.hold();
        if let Some(row) = rows.iter_mut().find(|row| *row.name == *name) {
            let replaced = core::mem::replace(&mut row.object, object);
            drop(rows);
            drop(replaced);
            return Ok(());
        }
        if rows.try_reserve(1).is_err() {
            drop(rows);
            return Err(memory::out_of_memory());
        }
        memory::fill(&mut rows, [Row { name: copy, object }]);
        Ok(())
    }

    /// Drops all objects.
    pub fn clear(&'static self) {
        let rows = core::mem::replace(&mut *self.rows.hold(), Array::new_in(Malloc));
        drop(rows);
    }
}
