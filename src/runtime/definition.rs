//! Modules and functions as C describes them: definitions that were checked for NULL once, and tables that end at their
//! last row. Each is one pointer wide, so it can be a parameter of an exported function in place of the pointer.

use crate::abi::{Py_ssize_t, PyMethodDef, PyModuleDef, PyModuleDef_Slot};
use core::ffi::{CStr, c_int};
use core::ptr::NonNull;

/// The definition of a module. It and all that it points to are valid for as long as the process lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Definition(NonNull<PyModuleDef>);

/// A table of functions. It ends at a row without a name, and does not change for as long as the process lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Methods(NonNull<PyMethodDef>);

/// A row of a table of functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Method(NonNull<PyMethodDef>);

impl Definition {
    /// Takes a definition from C; `None` for NULL.
    ///
    /// # Safety
    /// `definition` is NULL, or valid for as long as the process lives: its texts end with a NUL, its tables with their
    /// last row, and each function in it has the signature of its place.
    pub const unsafe fn from_ptr(definition: *mut PyModuleDef) -> Option<Self> {
        match NonNull::new(definition) {
            Some(definition) => Some(Definition(definition)),
            None => None,
        }
    }

    /// The address, for C.
    pub const fn as_ptr(self) -> *mut PyModuleDef {
        self.0.as_ptr()
    }

    /// The fields, as they are now.
    pub fn fields(self) -> PyModuleDef {
        // SAFETY: the definition lives for as long as the process. It changes once, when it is initialised, which C
        // does before another thread can use it.
        unsafe { self.0.read() }
    }

    /// The name, which may be missing.
    pub fn name(self) -> Option<&'static CStr> {
        let name = self.fields().m_name;
        // SAFETY: a valid definition's name is NULL or NUL-terminated, and lives as long as the definition.
        (!name.is_null()).then(|| unsafe { CStr::from_ptr(name) })
    }

    /// The documentation, if there is any.
    pub fn doc(self) -> Option<&'static CStr> {
        let doc = self.fields().m_doc;
        // SAFETY: a valid definition's documentation is NULL or NUL-terminated, and lives as long as the definition.
        (!doc.is_null()).then(|| unsafe { CStr::from_ptr(doc) })
    }

    /// The number of bytes that a module's state needs, or -1.
    pub fn size(self) -> Py_ssize_t {
        self.fields().m_size
    }

    /// The number that the definition gets when it is initialised, from 1 on; 0 before.
    pub fn index(self) -> Py_ssize_t {
        self.fields().m_base.m_index
    }

    /// The functions, if there are any.
    pub fn methods(self) -> Option<Methods> {
        NonNull::new(self.fields().m_methods).map(Methods)
    }

    /// Whether it has slots, and so makes a module in two phases.
    pub fn has_slots(self) -> bool {
        !self.fields().m_slots.is_null()
    }

    /// The slots, one after the other.
    pub fn slots(self) -> impl Iterator<Item = PyModuleDef_Slot> {
        // SAFETY: the slots of a valid definition are NULL or a table that lives as long as the definition.
        let first = unsafe { self.fields().m_slots.as_ref() };
        // SAFETY: the table ends at slot 0, and a row is read only when the one before it was not the end.
        core::iter::successors(first, |slot| unsafe { (&raw const **slot).add(1).as_ref() })
            .take_while(|slot| slot.slot != 0)
            .copied()
    }
}

impl Methods {
    /// Takes a table from C; `None` for NULL.
    ///
    /// # Safety
    /// `table` is NULL, or a table that ends at a row without a name and lives as long as the process. Each function in
    /// it has the signature that its flags name.
    pub const unsafe fn from_ptr(table: *mut PyMethodDef) -> Option<Self> {
        match NonNull::new(table) {
            Some(table) => Some(Methods(table)),
            None => None,
        }
    }

    /// The rows, one after the other.
    pub fn rows(self) -> impl Iterator<Item = Method> {
        // SAFETY: the table ends at a row without a name, and the next row is used only when this one has a name.
        core::iter::successors(Some(Method(self.0)), |row| Some(Method(unsafe { row.0.add(1) })))
            .take_while(|row| row.name().is_some())
    }
}

impl Method {
    /// The address, for C.
    pub const fn as_ptr(self) -> *mut PyMethodDef {
        self.0.as_ptr()
    }

    /// The `METH_` flags.
    pub fn flags(self) -> c_int {
        // SAFETY: a row lives as long as its table, which is as long as the process, and no code writes to it.
        unsafe { (*self.0.as_ptr()).ml_flags }
    }

    /// The name; `None` at the end of a table.
    pub fn name(self) -> Option<&'static CStr> {
        // SAFETY: a row lives as long as its table, which is as long as the process, and no code writes to it.
        let name = unsafe { (*self.0.as_ptr()).ml_name };
        // SAFETY: the name of a row is NUL-terminated, and lives as long as the row.
        (!name.is_null()).then(|| unsafe { CStr::from_ptr(name) })
    }
}
