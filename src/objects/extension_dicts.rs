//! Dicts in which extensions keep their own objects: one for each thread state, and one for the interpreter.

use super::dict;
use crate::runtime::thread::{self, PyInterpreterState};
use crate::runtime::{Field, Ref, error};

/// The dict in a field, which is made if there is none; `None`, without an error, when there is no memory for it.
fn in_field(field: &Field) -> Option<Ref> {
    if field.is_null() {
        match dict::new() {
            Ok(made) => field.set(Some(made.into_ref())),
            Err(_) => error::clear(),
        }
    }
    field.get()
}

/// The dict of the thread state that is attached to this thread (CPython: `PyThreadState_GetDict`).
pub fn of_thread() -> Option<Ref> {
    thread::attached().and_then(|state| in_field(state.dict()))
}

/// The dict of an interpreter (CPython: `PyInterpreterState_GetDict`).
pub fn of_interpreter(interpreter: &PyInterpreterState) -> Option<Ref> {
    in_field(interpreter.dict())
}
