//! Contexts (PEP 567): the values of context variables. A thread has a current one, which is made when a variable is
//! set.
//!
//! The values are in a dict, which a copy of the context shares until one of the two changes.

pub mod token;
pub mod type_object;
pub mod var;

use crate::abi::*;
use crate::objects::dict;
use crate::objects::str;
use crate::protocol::text;
use crate::runtime::known::CONTEXT;
use crate::runtime::thread::{self, State};
use crate::runtime::{Cells, Field, Layout, Obj, Own, Raised, Ref, Result, View, gc, instance, raise};
use core::cell::Cell;

/// The layout of a context (48 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyContext {
    ob_base: PyObject,
    /// The context that was current before this one was entered, or NULL.
    previous: Field,
    /// The dict of the values.
    values: Field,
    weak_references: *mut PyObject,
    /// Whether it was entered.
    is_entered: Cell<bool>,
}

/// A borrowed context.
pub type Context<'a> = View<'a, PyContext>;

// SAFETY: objects of this type begin with this layout, and it can't be subclassed.
unsafe impl Layout for PyContext {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(CONTEXT)
    }
}

// SAFETY: the fields that change are cells.
unsafe impl Cells for PyContext {}

/// The context that an object is; TypeError for another object.
pub fn require(o: Obj<'_>) -> Result<Context<'_>> {
    o.downcast().ok_or_else(|| raise!(TypeError, "an instance of Context was expected"))
}

/// A context with these values.
fn with_values(values: Ref) -> Result<Own<PyContext>> {
    let made = instance::allocate_here(CONTEXT, 0)?;
    // SAFETY: a new instance of this layout, all of whose fields are zero.
    let context: Own<PyContext> = unsafe { Own::new_unchecked(Ref::from_ptr_unchecked(made.as_ptr())) };
    context.borrow().cells().values.set(Some(values));
    gc::track(context.as_obj());
    Ok(context)
}

/// An empty context (CPython: `PyContext_New`).
pub fn new() -> Result<Own<PyContext>> {
    with_values(dict::new()?.into_ref())
}

/// A copy of a context (CPython: `PyContext_Copy`).
pub fn copy(context: Context<'_>) -> Result<Own<PyContext>> {
    match context.cells().values.get() {
        Some(values) => with_values(values),
        None => new(),
    }
}

/// The state in which this thread has its context.
fn state() -> State {
    thread::current("PyContext_CopyCurrent")
}

/// The current context of this thread, which is made if there is none.
fn current() -> Result<Own<PyContext>> {
    let state = state();
    if let Some(context) = state.context().get_as() {
        return Ok(context);
    }
    let context = new()?;
    state.context().set(Some(context.clone().into_ref()));
    Ok(context)
}

/// A copy of the current context of this thread (CPython: `PyContext_CopyCurrent`).
pub fn copy_current() -> Result<Own<PyContext>> {
    copy(current()?.borrow())
}

/// Makes a context the current one (CPython: `PyContext_Enter`). RuntimeError for one that is entered already.
pub fn enter(context: Context<'_>) -> Result<()> {
    let fields = context.cells();
    if fields.is_entered.get() {
        return Err(refused("enter", context, "is already entered")?);
    }
    let before = state().switch_context(Some(context.to_ref()));
    fields.previous.set(before);
    fields.is_entered.set(true);
    Ok(())
}

/// Makes the context before this one the current one again (CPython: `PyContext_Exit`). RuntimeError for one that is
/// not current.
pub fn exit(context: Context<'_>) -> Result<()> {
    let fields = context.cells();
    if !fields.is_entered.get() {
        return Err(refused("exit", context, "has not been entered")?);
    }
    let state = state();
    if state.context().as_ptr() != context.as_ptr() {
        return Err(raise!(RuntimeError, "cannot exit context: thread state references a different context object"));
    }
    fields.is_entered.set(false);
    // The reference that is dropped may be the last but the caller's.
    let before = fields.previous.replace(None);
    drop(state.switch_context(before));
    Ok(())
}

fn refused(work: &str, context: Context<'_>, why: &str) -> Result<Raised> {
    let shown = text::repr(*context)?;
    Ok(raise!(RuntimeError, "cannot {work} context: {} {why}", str::as_text(shown.borrow())))
}

/// The values of a context.
fn values(context: Context<'_>) -> Result<Own<PyDictObject>> {
    context.cells().values.get_as().map_or_else(dict::new, Ok)
}

/// The values of a context, to be changed: a copy, if another context shares them.
fn values_to_change(context: Context<'_>) -> Result<Own<PyDictObject>> {
    let field = &context.cells().values;
    let found = values(context)?;
    // The field and `found` have one reference each.
    if !field.is_null() && found.as_obj().refcnt() <= 2 {
        return Ok(found);
    }
    let copied = dict::copy(found.borrow())?;
    field.set(Some(copied.clone().into_ref()));
    Ok(copied)
}
