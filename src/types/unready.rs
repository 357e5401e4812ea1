//! A class whose fields may be written, because only the code that makes it ready uses it.

use crate::abi::TypeFields;
use crate::runtime::Type;
use core::ffi::c_ulong;
use core::ops::Deref;

/// A class that no other code uses yet.
#[derive(Debug)]
pub(super) struct Unready<'a>(Type<'a>);

impl<'a> Unready<'a> {
    /// # Safety
    /// `class` is a type object, whole but for empty fields, and no other code uses it while this value lives.
    pub(super) unsafe fn new(class: Type<'a>) -> Self {
        Unready(class)
    }

    /// The fields, to be written.
    pub(super) fn fields_mut(&mut self) -> &mut TypeFields {
        // SAFETY: the class begins with these fields, and no other code uses it, as the maker of this value promised.
        unsafe { &mut *self.as_ptr().cast() }
    }

    /// Adds flags.
    pub(super) fn add_flags(&mut self, flags: c_ulong) {
        self.fields_mut().tp_flags |= flags;
    }
}

impl<'a> Deref for Unready<'a> {
    type Target = Type<'a>;
    fn deref(&self) -> &Type<'a> {
        &self.0
    }
}
