//! Tokens: each remembers the value that a context variable had before it was set.

use super::{Context, PyContext};
use crate::abi::*;
use crate::objects::class_order::Classes;
use crate::objects::context::var::{self, PyContextVar, Var};
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::Tuple;
use crate::objects::{arguments, class_defaults, class_lookup, class_order, str};
use crate::protocol::text;
use crate::runtime::known::{CONTEXT_TOKEN, NONE, OBJECT};
use crate::runtime::{Cells, Field, Layout, Obj, Own, Ref, Result, Type, View, gc, instance, known, raise};
use core::cell::Cell;
use core::mem::offset_of;

/// The layout of a token (48 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyContextToken {
    ob_base: PyObject,
    context: Field,
    var: Field,
    /// The value before; NULL for none.
    before: Field,
    is_used: Cell<bool>,
}

/// A borrowed token.
pub type Token<'a> = View<'a, PyContextToken>;

// SAFETY: objects of this type begin with this layout, and it can't be subclassed.
unsafe impl Layout for PyContextToken {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(CONTEXT_TOKEN)
    }
}

/// The type of tokens.
#[unsafe(no_mangle)]
pub static mut PyContextToken_Type: PyTypeObject = PyTypeObject {
    tp_name: c"_contextvars.Token".as_ptr(),
    tp_basicsize: size_of::<PyContextToken>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<PyContextToken>(),
    tp_repr: slots::unary(repr),
    tp_hash: class_defaults::NO_HASH,
    tp_richcompare: None,
    tp_traverse: slots::traverse::<PyContextToken>(),
    tp_clear: slots::clear::<PyContextToken>(),
    tp_methods: (&raw mut METHODS).cast(),
    tp_getset: (&raw mut GETSETS).cast(),
    tp_new: slots::new(tp_new),
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::COLLECTED
};

static mut ORDER: Classes<2> = class_order::classes([CONTEXT_TOKEN.as_ptr(), OBJECT.as_ptr()]);

// SAFETY: a token owns the references in these fields.
unsafe impl Owner for PyContextToken {
    const FIELDS: &'static [usize] =
        &[offset_of!(PyContextToken, context), offset_of!(PyContextToken, var), offset_of!(PyContextToken, before)];
}

static mut METHODS: [PyMethodDef; 4] = [
    class_lookup::CLASS_GETITEM,
    slots::method_noargs(c"__enter__", |token: Token<'_>| Ok(token.to_ref())),
    slots::method_fastcall(c"__exit__", exit),
    PyMethodDef::END,
];

/// `__exit__`: gives the variable the value that it had before.
fn exit(token: Token<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("__exit__", arguments.len(), 3, 3)?;
    if let Some(var) = token.cells().var.get_as::<PyContextVar>() {
        var::reset(var.borrow(), token)?;
    }
    Ok(NONE.to_ref())
}

static mut GETSETS: [PyGetSetDef; 3] = [
    slots::getter(c"var", |token: Token<'_>| Ok(token.cells().var.get().unwrap_or_else(|| NONE.to_ref()))),
    slots::getter(c"old_value", |token: Token<'_>| Ok(token.cells().before.get().unwrap_or_else(|| MISSING.to_ref()))),
    PyGetSetDef::END,
];

/// The type of the object that stands for no value.
static mut MISSING_TYPE: PyTypeObject = PyTypeObject {
    tp_name: c"Token.MISSING".as_ptr(),
    tp_repr: slots::unary(|_: View<'_, PyObject>| str::from_str("<Token.MISSING>")),
    tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_mro: class_order::pointer(&raw mut MISSING_ORDER),
    ..class_defaults::DEFAULTS
};

static mut MISSING_ORDER: Classes<2> = class_order::classes([&raw mut MISSING_TYPE, OBJECT.as_ptr()]);

static mut MISSING_OBJECT: PyObject = PyObject::immortal(&raw mut MISSING_TYPE);

/// The value of a variable that had none.
// SAFETY: the static is a whole object.
const MISSING: Obj<'static> = unsafe { Obj::from_static(&raw mut MISSING_OBJECT) };

// SAFETY: the fields that change are cells.
unsafe impl Cells for PyContextToken {}

/// The token that an object is; TypeError for another object.
pub fn require(o: Obj<'_>) -> Result<Token<'_>> {
    o.downcast().ok_or_else(|| raise!(TypeError, "an instance of Token was expected"))
}

/// A token for a variable that is set in a context.
pub(super) fn new(context: Context<'_>, var: Var<'_>, before: Option<Ref>) -> Result<Own<PyContextToken>> {
    let made = instance::allocate_here(CONTEXT_TOKEN, 0)?;
    // SAFETY: a new instance of this layout, all of whose fields are zero.
    let token: Own<PyContextToken> = unsafe { Own::new_unchecked(Ref::from_ptr_unchecked(made.as_ptr())) };
    let fields = token.borrow().cells();
    fields.context.set(Some(context.to_ref()));
    fields.var.set(Some(var.to_ref()));
    fields.before.set(before);
    gc::track(token.as_obj());
    Ok(token)
}

/// Whether it was used.
pub(super) fn is_used(token: Token<'_>) -> bool {
    token.cells().is_used.get()
}

/// Whether it is of a variable.
pub(super) fn is_of(token: Token<'_>, var: View<'_, PyContextVar>) -> bool {
    token.cells().var.as_ptr() == var.as_ptr()
}

/// Whether it was made in a context.
pub(super) fn is_in(token: Token<'_>, context: View<'_, PyContext>) -> bool {
    token.cells().context.as_ptr() == context.as_ptr()
}

/// Uses it, and returns the value before, if there was one.
pub(super) fn use_up(token: Token<'_>) -> Option<Ref> {
    token.cells().is_used.set(true);
    token.cells().before.get()
}

fn tp_new(_: Type<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    Err(raise!(RuntimeError, "Tokens can only be created by ContextVars"))
}

fn repr(token: Token<'_>) -> Result<Ref> {
    let var = token.cells().var.get().unwrap_or_else(|| known::NONE.to_ref());
    let shown = text::repr(var.borrow())?;
    let used = if is_used(token) { " used" } else { "" };
    str::format(format_args!("<Token{used} var={} at {:p}>", str::as_text(shown.borrow()), token.as_ptr()))
}
