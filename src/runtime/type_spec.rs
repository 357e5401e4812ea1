//! Types as C describes them. A description is one pointer wide, so it can be a parameter of an exported function in
//! place of the pointer.

use super::parameter::Out;
use crate::abi::{PyType_Slot, PyType_Spec, PyTypeObject};
use core::ffi::CStr;
use core::marker::PhantomData;
use core::ptr::NonNull;

/// The description of a type, with its table of slots.
#[derive(Debug, Clone, Copy)]
#[repr(transparent)]
pub struct Spec<'a>(NonNull<PyType_Spec>, PhantomData<&'a PyType_Spec>);

impl<'a> Spec<'a> {
    /// Takes a description from C; `None` for NULL.
    ///
    /// # Safety
    /// `spec` is NULL, or valid for `'a`: its texts end with a NUL, its tables with their last row, each pointer in it
    /// is to a value of the kind that its slot asks for, and functions and tables are valid as long as the type that is
    /// made.
    pub const unsafe fn from_ptr(spec: *mut PyType_Spec) -> Option<Self> {
        match NonNull::new(spec) {
            Some(spec) => Some(Spec(spec, PhantomData)),
            None => None,
        }
    }

    /// The address, for C.
    pub const fn as_ptr(self) -> *mut PyType_Spec {
        self.0.as_ptr()
    }

    /// The fields.
    pub fn fields(self) -> PyType_Spec {
        // SAFETY: the description is valid for 'a.
        unsafe { self.0.read() }
    }

    /// The name, which may be missing.
    pub fn name(self) -> Option<&'a CStr> {
        let name = self.fields().name;
        // SAFETY: the name of a valid description is NULL or NUL-terminated, and readable for 'a.
        (!name.is_null()).then(|| unsafe { CStr::from_ptr(name) })
    }

    /// The slots, in the order of the table.
    pub fn slots(self) -> impl Iterator<Item = PyType_Slot> + 'a {
        let mut next = self.fields().slots.cast_const();
        core::iter::from_fn(move || {
            // SAFETY: the table of a valid description ends with a row whose number is 0, which is not passed.
            let slot = unsafe { next.as_ref() }.filter(|slot| slot.slot != 0)?;
            next = next.wrapping_add(1);
            Some(*slot)
        })
    }
}

/// `PyType_Spec *`: NULL, or the description of a type that is valid for the length of the call. Functions and tables
/// in it are valid as long as the type that is made.
pub type SpecArg<'a> = Option<Spec<'a>>;

/// `PyTypeObject **`: a place for a reference to a type.
pub type OutType<'a> = Out<'a, *mut PyTypeObject>;
