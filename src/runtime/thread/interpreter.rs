//! The interpreter, of which there is only one. It consists of a dict.

use crate::runtime::Field;
use crate::runtime::phase::{self, Phase};

/// An interpreter. C knows only its address.
#[derive(Debug)]
#[repr(C)]
pub struct PyInterpreterState {
    dict: Field,
}

// SAFETY: the GIL protects the dict, as it does any object that threads share.
unsafe impl Sync for PyInterpreterState {}

static MAIN: PyInterpreterState = PyInterpreterState { dict: Field::null() };

/// The interpreter, for code that finalises it or that runs while it exists.
pub fn interpreter() -> &'static PyInterpreterState {
    &MAIN
}

/// The interpreter, if it exists now (CPython: `PyInterpreterState_Main`).
pub fn main_interpreter() -> Option<&'static PyInterpreterState> {
    (phase::current() != Phase::Finalized).then_some(&MAIN)
}

impl PyInterpreterState {
    /// Its number.
    pub const ID: i64 = 0;

    /// The dict of the values that extensions keep per interpreter, or NULL.
    pub(crate) fn dict(&self) -> &Field {
        &self.dict
    }

    /// The address, for C, which may not write to it.
    pub(crate) fn as_ptr(&self) -> *mut Self {
        (&raw const *self).cast_mut()
    }
}
