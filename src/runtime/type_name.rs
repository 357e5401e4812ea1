//! The names of types. A class that was made at run time can be renamed at any time, and its old name goes then, so
//! that a name is never borrowed for longer than it is looked at.

use super::lossy::Lossy;
use super::reference::{Field, Type};
use crate::abi::{Py_TPFLAGS_HEAPTYPE, Py_TPFLAGS_READY, PyHeapTypeObject};
use core::ffi::CStr;
use core::fmt;

/// The name of a type for messages, which is read when it is written.
#[derive(Debug, Clone, Copy)]
pub struct TypeName<'a> {
    class: Type<'a>,
    is_short: bool,
}

impl fmt::Display for TypeName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |name: &CStr| Lossy(name.to_bytes()).fmt(f);
        if self.is_short { self.class.with_short_name(show) } else { self.class.with_name(show) }
    }
}

impl<'a> Type<'a> {
    /// The fields that only a class made at run time has: its name, which [`Type::with_name`] relies on, and its
    /// qualified name.
    pub(crate) fn heap_names(self) -> Option<(&'a Field, &'a Field)> {
        let fields = self.as_ptr().cast::<PyHeapTypeObject>();
        // SAFETY: a class made at run time has the larger layout.
        self.has_flag(Py_TPFLAGS_HEAPTYPE)
            .then(|| unsafe { (Field::at(&raw mut (*fields).ht_name), Field::at(&raw mut (*fields).ht_qualname)) })
    }

    /// Gives `tp_name` to `look`: with the module's name for most types that are not built in.
    pub fn with_name<T>(self, look: impl FnOnce(&CStr) -> T) -> T {
        // A type that is not ready is not renamed. Cython marks static types as made at run time until they are ready.
        let kept = self.heap_names().filter(|_| self.has_flag(Py_TPFLAGS_READY)).and_then(|(name, _)| name.get());
        // SAFETY: every type has a NUL-terminated name. That of a static type is never changed. One that a class made
        // at run time got when it was renamed lies in the `str` that is kept here until `look` returns.
        let found = look(unsafe { CStr::from_ptr((*self.as_ptr()).tp_name) });
        drop(kept);
        found
    }

    /// Gives the name without the module to `look`: the part after the last dot of `tp_name` (CPython: `_PyType_Name`).
    pub fn with_short_name<T>(self, look: impl FnOnce(&CStr) -> T) -> T {
        self.with_name(|name| {
            let bytes = name.to_bytes_with_nul();
            let start = bytes.iter().rposition(|&byte| byte == b'.').map_or(0, |dot| dot + 1);
            look(bytes.get(start..).and_then(|rest| CStr::from_bytes_with_nul(rest).ok()).unwrap_or(name))
        })
    }

    /// `tp_name` for messages.
    pub const fn name(self) -> TypeName<'a> {
        TypeName { class: self, is_short: false }
    }

    /// The name without the module, for messages.
    pub const fn short_name(self) -> TypeName<'a> {
        TypeName { class: self, is_short: true }
    }
}
