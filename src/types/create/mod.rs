//! `type(name, bases, namespace)` (CPython: `type.__new__`): a new class from its parts.

mod attributes;
mod getsets;
mod hooks;
mod slots;

use crate::abi::*;
use crate::objects::dict::{self, Dict};
use crate::objects::str::{self, Str};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{arguments, attributes as lookups};
use crate::runtime::known::{OBJECT, TYPE};
use crate::runtime::{Obj, Own, Ref, Result, Type, error, raise, refusal};
use crate::types::heap::{self, bases, instance};
use crate::types::{dispatch, ready};

/// The parts of a new class.
struct Parts<'a> {
    meta: Type<'a>,
    name: Str<'a>,
    bases: Tuple<'a>,
    base: Type<'a>,
    /// The class's own dict, a copy of the namespace.
    namespace: Dict<'a>,
}

/// A new class of a metaclass, from a tuple of a name, bases and a namespace. Keywords go to `__init_subclass__`. If
/// the bases ask for another metaclass with a `tp_new` of its own, that makes the class.
pub fn create(meta: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let (name, given, namespace) = parse(arguments)?;
    if tuple::len(given) == 0 {
        let bases = tuple::from_slice(&[OBJECT.as_obj()])?;
        return make(meta, name, bases.borrow(), OBJECT, namespace, keywords);
    }
    for base in tuple::items(given).iter().filter(|base| base.as_type().is_none()) {
        if lookups::find_str(*base, "__mro_entries__")?.is_some() {
            return Err(raise!(TypeError, "type() doesn't support MRO entry resolution; use types.new_class()"));
        }
    }
    let winner = bases::metaclass(meta, given)?;
    if winner != meta && winner.fields().tp_new.is_none() {
        return Err(raise!(TypeError, "cannot create '{}' instances", winner.name()));
    }
    if winner != meta
        && let Some(tp_new) = winner.fields().tp_new
        && Some(tp_new as usize) != TYPE.fields().tp_new.map(|slot| slot as usize)
    {
        let keywords = keywords.map_or(core::ptr::null_mut(), |keywords| keywords.as_ptr());
        // SAFETY: the slot belongs to the metaclass. It gets a class, a tuple, and a dict or NULL.
        return unsafe { Ref::from_ptr(tp_new(winner.as_ptr(), arguments.as_ptr(), keywords)) }
            .ok_or_else(|| error::fetched_from_c("__new__"));
    }
    make(winner, name, given, bases::best(given)?, namespace, keywords)
}

/// The name, the bases and the namespace; TypeError when they can't make a class.
fn parse<'a>(arguments: Tuple<'a>) -> Result<(Str<'a>, Tuple<'a>, Dict<'a>)> {
    let [name, bases, namespace] = tuple::items(arguments) else {
        let count = tuple::len(arguments);
        return Err(raise!(TypeError, "type.__new__() takes exactly 3 arguments ({count} given)"));
    };
    let parts = [(name, str::STR), (bases, tuple::TUPLE), (namespace, dict::DICT)];
    for (index, (part, wanted)) in parts.into_iter().enumerate() {
        if !part.is_a(wanted) {
            let (nth, wanted, kind) = (index + 1, wanted.name(), arguments::kind(*part));
            return Err(raise!(TypeError, "type.__new__() argument {nth} must be {wanted}, not {kind}"));
        }
    }
    let parts = name.downcast().zip(bases.downcast()).zip(namespace.downcast());
    parts.map(|((name, bases), namespace)| (name, bases, namespace)).ok_or_else(|| refusal::bad_argument("type"))
}

fn make(
    meta: Type<'_>,
    name: Str<'_>,
    bases: Tuple<'_>,
    base: Type<'_>,
    namespace: Dict<'_>,
    keywords: Option<Dict<'_>>,
) -> Result<Ref> {
    let namespace = dict::copy(namespace)?;
    let parts = Parts { meta, name, bases, base, namespace: namespace.borrow() };
    let slots = slots::plan(&parts)?;
    let class = allocate(&parts, &slots)?;
    attributes::set(class.borrow(), &parts)?;
    slots::add(class.borrow(), &parts, &slots)?;
    attributes::refuse_names(parts.namespace)?;
    let this = heap::as_type(class.borrow());
    // SAFETY: the class is new, so that no other thread uses it, and its fields are those of a class.
    unsafe { ready::ready(this)? };
    dispatch::fill(this)?;
    hooks::set_names(this)?;
    hooks::init_subclass(this, keywords)?;
    Ok(class.into_ref())
}

/// The class object, with its bases, its dict and the slots of every class that is made in this way.
fn allocate(parts: &Parts<'_>, slots: &slots::Plan) -> Result<Own<PyHeapTypeObject>> {
    let flags = Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC;
    let class = heap::allocate(parts.meta, slots.added(), flags)?;
    let fields = class.borrow().fields();
    // SAFETY: the class is new, so that all fields are empty, and this function alone has it.
    unsafe {
        (*fields).ht_type.tp_bases = parts.bases.to_ref().into_ptr();
        (*fields).ht_type.tp_base = parts.base.as_obj().to_ref().into_ptr().cast();
        (*fields).ht_type.tp_dealloc = Some(instance::dealloc);
        (*fields).ht_type.tp_traverse = Some(instance::traverse);
        (*fields).ht_type.tp_clear = Some(instance::clear);
        (*fields).ht_type.tp_dict = parts.namespace.to_ref().into_ptr();
        (*fields).ht_name = parts.name.to_ref().into_ptr();
        (*fields).ht_slots = slots.names().map_or(core::ptr::null_mut(), |names| names.to_ref().into_ptr());
    }
    Ok(class)
}

/// The interned text of a name.
fn name_of(name: &str) -> Result<Ref> {
    str::intern(str::from_str(name)?)
}

/// Removes a name from the namespace of a new class.
fn take(namespace: Dict<'_>, name: &str) -> Result<Option<Ref>> {
    dict::remove(namespace, name_of(name)?.borrow())
}

/// An object of any type as one that can be compared with a name.
fn is_name(o: Obj<'_>, name: &str) -> bool {
    str::is(o, name)
}
