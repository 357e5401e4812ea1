//! `Include/pyerrors.h`: the table of built-in exceptions, and the head of their instances.

mod table;

pub(crate) use table::exceptions;
pub use table::{Exc, InstanceLayout};

use super::object::*;
use core::ffi::c_char;

/// `Include/cpython/pyerrors.h` (72 bytes): the head of every exception.
#[repr(C)]
#[derive(Debug)]
pub struct PyBaseExceptionObject {
    /// The object head.
    pub ob_base: PyObject,
    /// Attributes set on the instance, or NULL.
    pub dict: *mut PyObject,
    /// The `args` tuple.
    pub args: *mut PyObject,
    /// `__notes__`, or NULL.
    pub notes: *mut PyObject,
    /// `__traceback__`, or NULL.
    pub traceback: *mut PyObject,
    /// `__context__`, or NULL.
    pub context: *mut PyObject,
    /// `__cause__`, or NULL.
    pub cause: *mut PyObject,
    /// `__suppress_context__`: 0 or 1.
    pub suppress_context: c_char,
}

#[cfg(test)]
mod tests {
    use super::Exc;
    use std::vec::Vec;

    #[test]
    fn the_table_names_the_exported_pointers() {
        let mut of_table: Vec<&str> = Exc::ALL.iter().flat_map(|class| class.symbols()).copied().collect();
        of_table.sort_unstable();
        let exported = include_str!("../../../abi/symbols.txt").lines();
        let exported: Vec<&str> = exported.filter(|symbol| symbol.contains("PyExc_")).collect();
        assert_eq!(of_table, exported);
    }

    #[test]
    fn a_base_stands_before_the_classes_derived_from_it() {
        for class in Exc::ALL {
            assert!(class.base().is_none_or(|base| (base as usize) < *class as usize), "{class:?}");
        }
    }
}
