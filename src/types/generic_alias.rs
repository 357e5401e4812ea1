//! `types.GenericAlias`: a class with arguments in brackets, as `list[int]` is. It stands for the class, and remembers the arguments.

use super::annotation::{parameters_of, push_shown, refuse_arguments};
use super::attribute;
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{arguments, call, class_defaults, list, str};
use crate::protocol::{compare, hash};
use crate::runtime::{Field, Layout, Obj, Own, Ref, Result, Type, View, error, instance, known, raise};
use core::ffi::c_int;
use core::mem::offset_of;

/// An alias (64 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct AliasObject {
    ob_base: PyObject,
    origin: *mut PyObject,
    args: *mut PyObject,
    parameters: *mut PyObject,
    weak_references: *mut PyObject,
    starred: bool,
    vectorcall: vectorcallfunc,
}

static_type! {
    /// `types.GenericAlias`
    pub Py_GenericAliasType as ALIAS = PyTypeObject {
        tp_name: c"types.GenericAlias".as_ptr(),
        tp_basicsize: size_of::<AliasObject>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<AliasObject>(),
        tp_repr: slots::unary(repr),
        tp_as_number: &raw mut super::union::OF_CLASSES,
        tp_as_mapping: &raw mut MAPPING,
        tp_hash: slots::unary(hash_of),
        tp_call: slots::call(call_slot),
        tp_getattro: slots::binary(getattr),
        tp_traverse: slots::traverse::<AliasObject>(),
        tp_richcompare: slots::compare(compare_aliases),
        tp_weaklistoffset: offset_of!(AliasObject, weak_references) as Py_ssize_t,
        tp_methods: (&raw mut METHODS).cast(),
        tp_members: (&raw mut MEMBERS).cast(),
        tp_getset: (&raw mut GETSETS).cast(),
        tp_new: slots::new(new_by_call),
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_BASETYPE,
        ..class_defaults::COLLECTED
    }
}

static mut MAPPING: PyMappingMethods =
    PyMappingMethods { mp_subscript: slots::binary(subscript), ..PyMappingMethods::BLANK };

static mut METHODS: [PyMethodDef; 4] = [
    slots::method_o(c"__mro_entries__", mro_entries),
    slots::method_o(c"__instancecheck__", refuse_instance),
    slots::method_o(c"__subclasscheck__", refuse_subclass),
    PyMethodDef::END,
];

static mut MEMBERS: [PyMemberDef; 4] = [
    PyMemberDef::object(c"__origin__", offset_of!(AliasObject, origin)).read_only(),
    PyMemberDef::object(c"__args__", offset_of!(AliasObject, args)).read_only(),
    PyMemberDef {
        kind: Py_T_BOOL,
        ..PyMemberDef::object(c"__unpacked__", offset_of!(AliasObject, starred)).read_only()
    },
    PyMemberDef::END,
];

static mut GETSETS: [PyGetSetDef; 2] = [slots::getter(c"__parameters__", parameters), PyGetSetDef::END];

/// The attributes that an alias has itself. All others are those of its class.
const OWN: [&str; 12] = [
    "__bases__",
    "__copy__",
    "__deepcopy__",
    "__class__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__typing_unpacked_tuple_args__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
];

type Alias<'a> = View<'a, AliasObject>;

// SAFETY: objects of this type, and of types derived from it, begin with this layout.
unsafe impl Layout for AliasObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_a(ALIAS)
    }
}

// SAFETY: an alias owns its class, its arguments and its parameters.
unsafe impl Owner for AliasObject {
    const FIELDS: &'static [usize] =
        &[offset_of!(AliasObject, origin), offset_of!(AliasObject, args), offset_of!(AliasObject, parameters)];
}

fn fields<'a>(alias: Alias<'a>) -> [&'a Field; 3] {
    let fields = alias.fields();
    // SAFETY: each of these fields holds NULL or an owned reference.
    unsafe {
        [
            Field::at(&raw mut (*fields).origin),
            Field::at(&raw mut (*fields).args),
            Field::at(&raw mut (*fields).parameters),
        ]
    }
}

/// A new alias (CPython: `Py_GenericAlias`). Arguments that are no tuple are one argument.
pub fn new(origin: Obj<'_>, args: Obj<'_>) -> Result<Ref> {
    new_in(ALIAS, origin, args)
}

fn new_in(class: Type<'_>, origin: Obj<'_>, args: Obj<'_>) -> Result<Ref> {
    let args = match tuple::check(args) {
        true => args.to_ref(),
        false => tuple::from_slice(&[args])?.into_ref(),
    };
    let made = instance::allocate_tracked(class, 0)?;
    if let Some(alias) = made.borrow().downcast() {
        let [its_origin, its_args, _] = fields(alias);
        its_origin.set(Some(origin.to_ref()));
        its_args.set(Some(args));
    }
    Ok(made)
}

/// `GenericAlias(origin, args)`
fn new_by_call(class: Type<'_>, given: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [origin, args] = arguments::exactly("GenericAlias", given, keywords)?;
    new_in(class, origin, args)
}

/// The class of an alias.
fn origin(alias: Alias<'_>) -> Result<Ref> {
    fields(alias)[0].get().ok_or_else(|| raise!(SystemError, "an alias has no class"))
}

/// The arguments of an alias.
fn args(alias: Alias<'_>) -> Result<Own<PyTupleObject>> {
    fields(alias)[1].get_as().ok_or_else(|| raise!(SystemError, "an alias has no arguments"))
}

fn getattr(alias: Alias<'_>, name: Obj<'_>) -> Result<Ref> {
    match OWN.iter().any(|own| str::is(name, own)) {
        true => attribute::generic_get(*alias, name),
        false => attribute::get(origin(alias)?.borrow(), name),
    }
}

/// `CLASS[ARGUMENTS]`
fn repr(alias: Alias<'_>) -> Result<Ref> {
    let mut shown = str::Builder::new();
    push_shown(&mut shown, origin(alias)?.borrow())?;
    shown.push_str("[")?;
    let args = args(alias)?;
    for (index, argument) in tuple::items(args.borrow()).iter().enumerate() {
        shown.push_str(if index == 0 { "" } else { ", " })?;
        match argument.downcast_exactly::<PyListObject>(known::LIST) {
            Some(items) => push_list(&mut shown, items)?,
            None => push_shown(&mut shown, *argument)?,
        }
    }
    shown.push_str(if tuple::len(args.borrow()) == 0 { "()]" } else { "]" })?;
    shown.finish()
}

/// Appends a list of arguments. The repr of one may change the list.
fn push_list(shown: &mut str::Builder, items: list::List<'_>) -> Result<()> {
    shown.push_str("[")?;
    for (index, item) in list::items(items).enumerate() {
        shown.push_str(if index == 0 { "" } else { ", " })?;
        push_shown(shown, item.borrow())?;
    }
    shown.push_str("]")
}

fn hash_of(alias: Alias<'_>) -> Result<isize> {
    let hash = hash::hash(origin(alias)?.borrow())? ^ hash::hash(args(alias)?.as_obj())?;
    Ok(if hash == -1 { -2 } else { hash })
}

/// Two aliases are equal when their classes and their arguments are.
fn compare_aliases(a: Alias<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let answer = match b.downcast::<AliasObject>() {
        Some(b) if matches!(op, Py_EQ | Py_NE) => {
            let same = compare::equal(origin(a)?.borrow(), origin(b)?.borrow())?
                && compare::equal(args(a)?.as_obj(), args(b)?.as_obj())?;
            known::bool(same == (op == Py_EQ))
        }
        _ => known::NOT_IMPLEMENTED,
    };
    Ok(answer.to_ref())
}

/// Calls the class. The result gets `__orig_class__`, if it takes attributes.
fn call_slot(alias: Alias<'_>, given: Tuple<'_>, keywords: Option<Dict<'_>>) -> Option<Ref> {
    let made = call::call(origin(alias).ok()?.borrow(), given, keywords).ok()?;
    if attribute::set_str(made.borrow(), "__orig_class__", *alias).is_err() {
        if !error::pending_is(Exc::AttributeError) && !error::pending_is(Exc::TypeError) {
            return None;
        }
        error::clear();
    }
    Some(made)
}

/// The bases of a class that names the alias as a base: the class of the alias alone.
fn mro_entries(alias: Alias<'_>, _: Obj<'_>) -> Result<Ref> {
    tuple::from_slice(&[origin(alias)?.borrow()]).map(Own::into_ref)
}

fn refuse_instance(_: Alias<'_>, _: Obj<'_>) -> Result<Ref> {
    Err(raise!(TypeError, "isinstance() argument 2 cannot be a parameterized generic"))
}

fn refuse_subclass(_: Alias<'_>, _: Obj<'_>) -> Result<Ref> {
    Err(raise!(TypeError, "issubclass() argument 2 cannot be a parameterized generic"))
}

/// `__parameters__`: the type variables among the arguments, and those of arguments that are aliases, each once.
fn parameters(alias: Alias<'_>) -> Result<Ref> {
    let field = fields(alias)[2];
    if let Some(known) = field.get() {
        return Ok(known);
    }
    let made = parameters_of(args(alias)?.borrow())?;
    field.set(Some(made.clone()));
    Ok(made)
}

/// An alias without type variables takes no arguments; one with them would need the module `typing`, which is Python source.
fn subscript(alias: Alias<'_>, _: Obj<'_>) -> Result<Ref> {
    refuse_arguments(*alias, parameters(alias)?.borrow())
}
