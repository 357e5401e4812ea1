//! The interpreter, of which there is one. It has nothing but a dict.

use crate::runtime::Field;
use crate::runtime::phase::{self, Phase};

/// An interpreter, of which C has the address and nothing else.
#[derive(Debug)]
#[repr(C)]
pub struct PyInterpreterState {
    dict: Field,
}

// SAFETY: the dict is protected by the GIL, as any object that threads share.
unsafe impl Sync for PyInterpreterState {}

static MAIN: PyInterpreterState = PyInterpreterState { dict: Field::null() };

/// The interpreter, for code that is there to take it down or that runs while there is one.
pub fn interpreter() -> &'static PyInterpreterState {
    &MAIN
}

/// The interpreter, if there is one now (CPython: `PyInterpreterState_Main`).
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
