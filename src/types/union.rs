//! `typing.Union`: several classes of which one is meant, as `int | None`. C code makes them with the operator `|` of classes.

use super::annotation::{parameters_of, push_shown, refuse_arguments};
use crate::abi::*;
use crate::objects::set;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple;
use crate::objects::{class_defaults, class_lookup, str};
use crate::protocol::{compare, hash, text};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::refusal::not_supported;
use crate::runtime::{Field, Layout, Obj, Own, Ref, Result, View, error, instance, known, raise};
use core::ffi::c_int;
use core::mem::offset_of;

/// A union (56 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct UnionObject {
    ob_base: PyObject,
    /// The classes, in their order.
    args: *mut PyObject,
    /// Those that have a hash.
    hashable: *mut PyObject,
    /// The others, or NULL if there are none.
    unhashable: *mut PyObject,
    parameters: *mut PyObject,
    weak_references: *mut PyObject,
}

static_type! {
    /// `typing.Union`
    pub _PyUnion_Type as UNION = PyTypeObject {
        tp_name: c"typing.Union".as_ptr(),
        tp_basicsize: size_of::<UnionObject>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<UnionObject>(),
        tp_repr: slots::unary(repr),
        tp_as_number: &raw mut NUMBER,
        tp_as_mapping: &raw mut MAPPING,
        tp_hash: slots::unary(hash_of),
        tp_getattro: slots::binary(getattr),
        tp_traverse: slots::traverse::<UnionObject>(),
        tp_richcompare: slots::compare(compare_unions),
        tp_weaklistoffset: offset_of!(UnionObject, weak_references) as Py_ssize_t,
        tp_methods: (&raw mut METHODS).cast(),
        tp_members: (&raw mut MEMBERS).cast(),
        tp_getset: (&raw mut GETSETS).cast(),
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        ..class_defaults::COLLECTED
    }
}

static mut NUMBER: PyNumberMethods =
    PyNumberMethods { nb_or: slots::operator(|a, b| combine(&[a, b])), ..PyNumberMethods::BLANK };
/// The operators of classes and aliases, which make unions.
pub static mut OF_CLASSES: PyNumberMethods = PyNumberMethods { nb_or: class_defaults::UNION, ..PyNumberMethods::BLANK };

static mut MAPPING: PyMappingMethods =
    PyMappingMethods { mp_subscript: slots::binary(subscript), ..PyMappingMethods::BLANK };

static mut METHODS: [PyMethodDef; 3] = [
    slots::method_o(c"__mro_entries__", refuse_as_base),
    slots::method_o(c"__class_getitem__", of_arguments)
        .of_class(c"The union of the classes in brackets; a single one is itself."),
    PyMethodDef::END,
];

static mut MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::object(c"__args__", offset_of!(UnionObject, args)).read_only(), PyMemberDef::END];

static mut GETSETS: [PyGetSetDef; 5] = [
    slots::getter(c"__name__", |_: Union<'_>| str::from_str("Union")),
    slots::getter(c"__qualname__", |_: Union<'_>| str::from_str("Union")),
    slots::getter(c"__origin__", |_: Union<'_>| Ok(UNION.as_obj().to_ref())),
    slots::getter(c"__parameters__", parameters),
    PyGetSetDef::END,
];

type Union<'a> = View<'a, UnionObject>;

// SAFETY: objects of this type begin with this layout, and it can't be subclassed.
unsafe impl Layout for UnionObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(UNION)
    }
}

// SAFETY: a union owns these four.
unsafe impl Owner for UnionObject {
    const FIELDS: &'static [usize] = &[
        offset_of!(UnionObject, args),
        offset_of!(UnionObject, hashable),
        offset_of!(UnionObject, unhashable),
        offset_of!(UnionObject, parameters),
    ];
}

fn field<'a>(union: Union<'a>, offset: usize) -> &'a Field {
    // SAFETY: this file passes the offset of a field that holds NULL or an owned reference, and lives as long as the union.
    unsafe { Field::at(union.as_ptr().byte_add(offset).cast()) }
}

/// The classes of a union.
fn args(union: Union<'_>) -> Result<Own<PyTupleObject>> {
    field(union, offset_of!(UnionObject, args)).get_as().ok_or_else(|| raise!(SystemError, "a union has no classes"))
}

/// The classes of a union; `None` for any other object.
pub fn classes(o: Obj<'_>) -> Option<Own<PyTupleObject>> {
    field(o.downcast()?, offset_of!(UnionObject, args)).get_as()
}

/// `a | b` of two classes, aliases, unions or None; NotImplemented for anything else (CPython: `_Py_union_type_or`).
pub fn or(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    if can_be_in_union(a) && can_be_in_union(b) { combine(&[a, b]) } else { Ok(known::NOT_IMPLEMENTED.to_ref()) }
}

fn can_be_in_union(o: Obj<'_>) -> bool {
    o.is(known::NONE) || o.as_type().is_some() || o.is_a(known::GENERIC_ALIAS) || o.is_exactly(UNION)
}

/// The parts of a new union, each once.
struct Parts {
    args: Array<Ref>,
    hashable: Own<PySetObject>,
    unhashable: Array<Ref>,
}

/// A union of some objects; the only one, if the others are equal to it. TypeError for none.
fn combine(parts: &[Obj<'_>]) -> Result<Ref> {
    let mut all = Parts {
        args: Array::new_in(Malloc),
        hashable: set::from_iterable(known::FROZENSET, None)?,
        unhashable: Array::new_in(Malloc),
    };
    parts.iter().try_for_each(|part| all.add(*part))?;
    match &all.args[..] {
        [] => return Err(raise!(TypeError, "Cannot take a Union of no types.")),
        [only] => return Ok(only.clone()),
        _ => {}
    }
    let args = tuple::from_slice(Ref::borrow_all(&all.args))?.into_ref();
    let unhashable = match all.unhashable.is_empty() {
        true => None,
        false => Some(tuple::from_slice(Ref::borrow_all(&all.unhashable))?.into_ref()),
    };
    let made = instance::allocate_tracked(UNION, 0)?;
    if let Some(union) = made.borrow().downcast() {
        field(union, offset_of!(UnionObject, args)).set(Some(args));
        field(union, offset_of!(UnionObject, hashable)).set(Some(all.hashable.into_ref()));
        field(union, offset_of!(UnionObject, unhashable)).set(unhashable);
    }
    Ok(made)
}

impl Parts {
    fn add(&mut self, part: Obj<'_>) -> Result<()> {
        if part.is(known::NONE) {
            return self.add_one(known::NONE.class().as_obj());
        }
        if let Some(classes) = classes(part) {
            return tuple::items(classes.borrow()).iter().try_for_each(|class| self.add_one(*class));
        }
        match can_be_in_union(part) {
            true => self.add_one(part),
            false => Err(not_supported("typing.Union", "the module typing for other objects than classes")),
        }
    }

    fn add_one(&mut self, part: Obj<'_>) -> Result<()> {
        match hash::hash(part) {
            Ok(_) if set::contains(self.hashable.borrow(), part)? => return Ok(()),
            Ok(_) => set::add(self.hashable.borrow(), part)?,
            Err(_) => {
                error::clear();
                if is_among(part, &self.unhashable)? {
                    return Ok(());
                }
                memory::push(&mut self.unhashable, part.to_ref())?;
            }
        }
        memory::push(&mut self.args, part.to_ref())
    }
}

fn is_among(o: Obj<'_>, all: &[Ref]) -> Result<bool> {
    for known in all {
        if known.borrow().is(o) || compare::equal(known.borrow(), o)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `Union[ARGUMENTS]`
fn of_arguments(_: View<'_, PyObject>, arguments: Obj<'_>) -> Result<Ref> {
    match arguments.downcast::<PyTupleObject>() {
        Some(all) => combine(tuple::items(all)),
        None => combine(&[arguments]),
    }
}

fn repr(union: Union<'_>) -> Result<Ref> {
    let mut shown = str::Builder::new();
    let args = args(union)?;
    for (index, class) in tuple::items(args.borrow()).iter().enumerate() {
        shown.push_str(if index == 0 { "" } else { " | " })?;
        push_shown(&mut shown, *class)?;
    }
    shown.finish()
}

/// The hash of the set of classes. TypeError when one has no hash.
fn hash_of(union: Union<'_>) -> Result<isize> {
    if let Some(unhashable) = unhashable(union) {
        let unhashable = tuple::items(unhashable.borrow());
        unhashable.iter().try_for_each(|class| hash::hash(*class).map(drop))?;
        return Err(raise!(TypeError, "union contains {} unhashable elements", unhashable.len()));
    }
    hash::hash(hashable(union)?.borrow())
}

fn hashable(union: Union<'_>) -> Result<Ref> {
    let set = field(union, offset_of!(UnionObject, hashable)).get();
    set.ok_or_else(|| raise!(SystemError, "a union has no classes"))
}

fn unhashable(union: Union<'_>) -> Option<Own<PyTupleObject>> {
    field(union, offset_of!(UnionObject, unhashable)).get_as()
}

/// Two unions are equal when they have the same classes, in any order.
fn compare_unions(a: Union<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let answer = match b.downcast::<UnionObject>() {
        Some(b) if matches!(op, Py_EQ | Py_NE) => known::bool(are_equal(a, b)? == (op == Py_EQ)),
        _ => known::NOT_IMPLEMENTED,
    };
    Ok(answer.to_ref())
}

fn are_equal(a: Union<'_>, b: Union<'_>) -> Result<bool> {
    if !compare::equal(hashable(a)?.borrow(), hashable(b)?.borrow())? {
        return Ok(false);
    }
    let (a, b) = match (unhashable(a), unhashable(b)) {
        (None, None) => return Ok(true),
        (Some(a), Some(b)) if tuple::len(a.borrow()) == tuple::len(b.borrow()) => (a, b),
        _ => return Ok(false),
    };
    for class in tuple::items(a.borrow()) {
        let mut found = false;
        for other in tuple::items(b.borrow()) {
            found = found || other.is(*class) || compare::equal(*other, *class)?;
        }
        if !found {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The module is that of the type; all else is the union's own.
fn getattr(union: Union<'_>, name: Obj<'_>) -> Result<Ref> {
    if str::is(name, "__module__") {
        return str::from_str("typing");
    }
    class_lookup::generic(*union, name)?.ok_or_else(|| error::raise_no_attribute(*union, name, None))
}

/// `__parameters__`: the type variables among the classes.
fn parameters(union: Union<'_>) -> Result<Ref> {
    let field = field(union, offset_of!(UnionObject, parameters));
    if let Some(known) = field.get() {
        return Ok(known);
    }
    let made = parameters_of(args(union)?.borrow())?;
    field.set(Some(made.clone()));
    Ok(made)
}

/// A union without type variables takes no arguments; one with them would need the module `typing`, which is Python source.
fn subscript(union: Union<'_>, _: Obj<'_>) -> Result<Ref> {
    let parameters = parameters(union)?;
    refuse_arguments(*union, parameters.borrow())
}

fn refuse_as_base(union: Union<'_>, _: Obj<'_>) -> Result<Ref> {
    let shown = text::repr(*union)?;
    Err(raise!(TypeError, "Cannot subclass {}", str::as_text(shown.borrow())))
}
