//! Context variables.

use super::token::{self, PyContextToken};
use super::{current, state, values, values_to_change};
use crate::abi::*;
use crate::objects::class_order::Classes;
use crate::objects::dict::{self, Dict};
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{class_defaults, class_lookup, class_order, str};
use crate::protocol::text;
use crate::runtime::known::{CONTEXT_VAR, NONE, OBJECT};
use crate::runtime::{Cells, Field, Layout, Obj, Own, Raised, Ref, Result, Type, View, error, gc, instance, raise};
use core::mem::offset_of;

/// The layout of a context variable (64 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyContextVar {
    ob_base: PyObject,
    name: Field,
    default: Field,
    /// CPython keeps the value that was found last there.
    _unused: [usize; 4],
}

/// A borrowed context variable.
pub type Var<'a> = View<'a, PyContextVar>;

// SAFETY: objects of this type begin with this layout, and it can't be subclassed.
unsafe impl Layout for PyContextVar {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(CONTEXT_VAR)
    }
}

/// The type of context variables.
#[unsafe(no_mangle)]
pub static mut PyContextVar_Type: PyTypeObject = PyTypeObject {
    tp_name: c"_contextvars.ContextVar".as_ptr(),
    tp_basicsize: size_of::<PyContextVar>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<PyContextVar>(),
    tp_repr: slots::unary(repr),
    tp_richcompare: None,
    tp_traverse: slots::traverse::<PyContextVar>(),
    tp_clear: slots::clear::<PyContextVar>(),
    tp_methods: (&raw mut METHODS).cast(),
    tp_members: (&raw mut MEMBERS).cast(),
    tp_new: slots::new(tp_new),
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::COLLECTED
};

static mut ORDER: Classes<2> = class_order::classes([CONTEXT_VAR.as_ptr(), OBJECT.as_ptr()]);

// SAFETY: a variable owns its name and its default.
unsafe impl Owner for PyContextVar {
    const FIELDS: &'static [usize] = &[offset_of!(PyContextVar, name), offset_of!(PyContextVar, default)];
}

static mut MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::object(c"name", offset_of!(PyContextVar, name)).read_only(), PyMemberDef::END];

static mut METHODS: [PyMethodDef; 5] = [
    class_lookup::CLASS_GETITEM,
    slots::method_fastcall(c"get", get_method),
    slots::method_o(c"set", |var: Var<'_>, value| set(var, value).map(Own::into_ref)),
    slots::method_o(c"reset", |var: Var<'_>, token| reset(var, token::require(token)?).map(|()| NONE.to_ref())),
    PyMethodDef::END,
];

// SAFETY: the fields that change are cells.
unsafe impl Cells for PyContextVar {}

/// The variable that an object is; TypeError for another object.
pub fn require(o: Obj<'_>) -> Result<Var<'_>> {
    o.downcast().ok_or_else(|| raise!(TypeError, "an instance of ContextVar was expected"))
}

/// A context variable (CPython: `PyContextVar_New`).
pub fn new(name: Obj<'_>, default: Option<Obj<'_>>) -> Result<Ref> {
    if !str::check(name) {
        return Err(raise!(TypeError, "context variable name must be a str"));
    }
    let made = instance::allocate_here(CONTEXT_VAR, 0)?;
    // SAFETY: a new instance of this layout, all of whose fields are zero.
    let var: Own<PyContextVar> = unsafe { Own::new_unchecked(Ref::from_ptr_unchecked(made.as_ptr())) };
    var.borrow().cells().name.set(Some(name.to_ref()));
    var.borrow().cells().default.set(default.map(Obj::to_ref));
    // As in CPython, a variable whose name and default can't be part of a cycle is not tracked.
    if default.is_some_and(gc::is_gc) {
        gc::track(var.as_obj());
    }
    Ok(var.into_ref())
}

/// TypeError that names the first keyword, which is not `default`.
#[cold]
fn unexpected(keywords: Option<Dict<'_>>) -> Raised {
    let keyword =
        keywords.into_iter().flat_map(dict::entries).next().map_or_else(|| str::empty().to_ref(), |(key, _)| key);
    raise!(TypeError, "ContextVar() got an unexpected keyword argument '{}'", str::as_text(keyword.borrow()))
}

fn tp_new(_: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let default = keywords.map(|keywords| dict::get_str(keywords, "default")).transpose()?.flatten();
    let named = keywords.map_or(0, dict::len);
    let given = tuple::len(args) + named;
    if given > 2 {
        let kind = if named == given { "keyword " } else { "" };
        return Err(raise!(TypeError, "ContextVar() takes at most 2 {kind}arguments ({given} given)"));
    }
    match tuple::items(args) {
        [_] if named > usize::from(default.is_some()) => Err(unexpected(keywords)),
        [name] => new(*name, default.as_ref().map(Ref::borrow)),
        others => {
            let given = others.len();
            Err(raise!(TypeError, "ContextVar() takes exactly 1 positional argument ({given} given)"))
        }
    }
}

/// The value of a variable in the current context, else the default that is given, else the variable's own (CPython:
/// `PyContextVar_Get`).
pub fn get(var: Var<'_>, default: Option<Obj<'_>>) -> Result<Option<Ref>> {
    if let Some(context) = state().context().get_as()
        && let Some(found) = dict::get(values(context.borrow())?.borrow(), *var)?
    {
        return Ok(Some(found));
    }
    Ok(default.map(Obj::to_ref).or_else(|| var.cells().default.get()))
}

fn get_method(var: Var<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    crate::objects::arguments::between("get", arguments.len(), 0, 1)?;
    get(var, arguments.first().copied())?.ok_or_else(|| match tuple::of_one(var.to_ref()) {
        Ok(arguments) => error::raise_with(Exc::LookupError, arguments),
        Err(raised) => raised,
    })
}

/// Sets a variable in the current context (CPython: `PyContextVar_Set`). The token remembers the value before.
pub fn set(var: Var<'_>, value: Obj<'_>) -> Result<Own<PyContextToken>> {
    let context = current()?;
    let values = values_to_change(context.borrow())?;
    let before = dict::get(values.borrow(), *var)?;
    let token = token::new(context.borrow(), var, before)?;
    dict::set(values.borrow(), *var, value)?;
    Ok(token)
}

/// Restores the value before a token was made (CPython: `PyContextVar_Reset`). RuntimeError for a token that was used,
/// ValueError for one of another variable or context.
pub fn reset(var: Var<'_>, token: token::Token<'_>) -> Result<()> {
    let shown = || text::repr(*token);
    if token::is_used(token) {
        return Err(raise!(RuntimeError, "{} has already been used once", str::as_text(shown()?.borrow())));
    }
    if !token::is_of(token, var) {
        return Err(raise!(ValueError, "{} was created by a different ContextVar", str::as_text(shown()?.borrow())));
    }
    let context = current()?;
    if !token::is_in(token, context.borrow()) {
        return Err(raise!(ValueError, "{} was created in a different Context", str::as_text(shown()?.borrow())));
    }
    let values = values_to_change(context.borrow())?;
    match token::use_up(token) {
        Some(before) => dict::set(values.borrow(), *var, before.borrow()),
        None => dict::remove(values.borrow(), *var).map(drop),
    }
}

fn repr(var: Var<'_>) -> Result<Ref> {
    let mut out = str::Builder::new();
    out.push_str("<ContextVar name=")?;
    let name = var.cells().name.get().unwrap_or_else(|| NONE.to_ref());
    out.push_object(text::repr(name.borrow())?.borrow())?;
    if let Some(default) = var.cells().default.get() {
        out.push_str(" default=")?;
        out.push_object(text::repr(default.borrow())?.borrow())?;
    }
    out.push_format(format_args!(" at {:p}>", var.as_ptr()))?;
    out.finish()
}
