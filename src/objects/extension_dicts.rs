//! Dicts in which extensions keep objects of their own: one for each thread state, and one for the interpreter.

use super::dict;
use crate::runtime::thread::{self, PyInterpreterState};
use crate::runtime::{Field, Ref, error};

/// The dict in a field, made when there is none; `None`, without an error, when there is no memory for it.
fn in_field(field: &Field) -> Option<Ref> {
    if field.is_null() {
        match dict::new() {
            Ok(made) => field.set(Some(made.into_ref())),
            Err(_) => error::clear(),
        }
    }
    field.get()
}

/// The dict of the thread state that this thread works with (CPython: `PyThreadState_GetDict`).
pub fn of_thread() -> Option<Ref> {
    thread::attached().and_then(|state| in_field(state.dict()))
}

/// The dict of an interpreter (CPython: `PyInterpreterState_GetDict`).
pub fn of_interpreter(interpreter: &PyInterpreterState) -> Option<Ref> {
    in_field(interpreter.dict())
}
