//! Whether an object is an instance of a class, and a class is derived from another. A class may decide itself, by
//! `__instancecheck__` and `__subclasscheck__` of its metaclass, and an object with `__bases__` may stand for a class.

use super::tuple::{self, Tuple};
use super::{attributes, class_lookup, special};
use crate::abi::PyTupleObject;
use crate::protocol::truth::truth;
use crate::runtime::{Obj, Own, Raised, Ref, Result, error, known, raise, stack};

const NO_CLASS: &str = "isinstance() arg 2 must be a type, a tuple of types, or a union";
const NO_DERIVED: &str = "issubclass() arg 1 must be a class";
const NO_BASE: &str = "issubclass() arg 2 must be a class, a tuple of classes, or a union";

/// Whether an object is an instance of a class, or of one in a tuple of classes (CPython: `PyObject_IsInstance`).
#[inline(always)]
pub fn is_instance(o: Obj<'_>, class: Obj<'_>) -> Result<bool> {
    // The fast path: the object's type says so, and the class has no metaclass that could decide otherwise.
    if o.class().as_obj().is(class) || (class.is_exactly(known::TYPE) && is_of_class(o, class)) {
        return Ok(true);
    }
    is_instance_otherwise(o, class)
}

/// Whether the order of an object's type has a class.
#[inline(always)]
fn is_of_class(o: Obj<'_>, class: Obj<'_>) -> bool {
    class.as_type().is_some_and(|class| o.is_a(class))
}

/// [`is_instance`], of an object whose type does not say so.
#[inline(never)]
fn is_instance_otherwise(o: Obj<'_>, class: Obj<'_>) -> Result<bool> {
    const PLACE: &str = " in __instancecheck__";
    if class.is_exactly(known::TYPE) {
        return own_is_instance(o, class);
    }
    if let Some(found) = any_of(class, PLACE, |class| is_instance(o, class))? {
        return Ok(found);
    }
    match ask(class, "__instancecheck__", o, PLACE)? {
        Some(answer) => Ok(answer),
        None => own_is_instance(o, class),
    }
}

/// Whether an object is an instance of a class, by its type and its attribute `__class__` (CPython: `type.__instancecheck__`).
pub fn own_is_instance(o: Obj<'_>, class: Obj<'_>) -> Result<bool> {
    let Some(known) = class.as_type() else {
        require_class(class, NO_CLASS)?;
        let own = attributes::find_str(o, "__class__")?;
        return own.map_or(Ok(false), |own| is_derived_by_bases(own, class));
    };
    if o.is_a(known) {
        return Ok(true);
    }
    let claimed = attributes::find_str(o, "__class__")?;
    Ok(claimed.as_ref().and_then(|claimed| claimed.borrow().as_type()).is_some_and(|own| own.is_subtype(known)))
}

/// Whether a class is another, or one in a tuple, or made from it (CPython: `PyObject_IsSubclass`).
pub fn is_subclass(derived: Obj<'_>, class: Obj<'_>) -> Result<bool> {
    const PLACE: &str = " in __subclasscheck__";
    if class.is_exactly(known::TYPE) {
        return if derived.is(class) { Ok(true) } else { own_is_subclass(derived, class) };
    }
    if let Some(found) = any_of(class, PLACE, |class| is_subclass(derived, class))? {
        return Ok(found);
    }
    match ask(class, "__subclasscheck__", derived, PLACE)? {
        Some(answer) => Ok(answer),
        None => own_is_subclass(derived, class),
    }
}

/// Whether a class is another or made from it, by their orders or by their bases (CPython: `type.__subclasscheck__`).
pub fn own_is_subclass(derived: Obj<'_>, class: Obj<'_>) -> Result<bool> {
    if let (Some(derived), Some(class)) = (derived.as_type(), class.as_type()) {
        return Ok(derived.is_subtype(class));
    }
    require_class(derived, NO_DERIVED)?;
    require_class(class, NO_BASE)?;
    is_derived_by_bases(derived.to_ref(), class)
}

/// The answer of a method of the class's own class; `None` when there is no such method.
fn ask(class: Obj<'_>, name: &str, o: Obj<'_>, place: &'static str) -> Result<Option<bool>> {
    let Some(method) = special::find(class, name)? else { return Ok(None) };
    stack::enter(place)?;
    let answer = special::call_found(method, class, &[o])?;
    truth(answer.borrow()).map(Some)
}

/// The bases of an object that stands for a class: its attribute `__bases__`, if that is a tuple.
fn bases_of(o: Obj<'_>) -> Result<Option<Own<PyTupleObject>>> {
    Ok(attributes::find_str(o, "__bases__")?.and_then(|bases| bases.downcast().ok()))
}

/// TypeError for an object that is used as a class and is not one. A pending error is taken for an error of the look-up.
fn require_class(o: Obj<'_>, message: &'static str) -> Result<()> {
    // The look-up of an attribute that is not there would drop the pending error.
    let pending = error::take();
    let bases = bases_of(o)?;
    error::put_back(pending);
    match bases {
        Some(_) => Ok(()),
        None => Err(not_a_class(message)),
    }
}

fn not_a_class(message: &'static str) -> Raised {
    error::pending().unwrap_or_else(|| raise!(TypeError, "{message}"))
}

/// Whether an object is another, or has it among its bases or their bases (CPython: `abstract_issubclass`).
fn is_derived_by_bases(derived: Ref, class: Obj<'_>) -> Result<bool> {
    let mut derived = derived;
    loop {
        if derived.borrow().is(class) {
            return Ok(true);
        }
        let Some(bases) = bases_of(derived.borrow())? else { return Ok(false) };
        match tuple::items(bases.borrow()) {
            [] => return Ok(false),
            [only] => derived = only.to_ref(),
            _ => return any_base(bases.borrow(), class),
        }
    }
}

fn any_base(bases: Tuple<'_>, class: Obj<'_>) -> Result<bool> {
    stack::enter(" in __issubclass__")?;
    for base in tuple::items(bases) {
        if is_derived_by_bases(base.to_ref(), class)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a question has the answer yes for an item of a tuple, which may hold tuples, or of a union; `None` for any other object.
fn any_of(o: Obj<'_>, place: &'static str, answer: impl Fn(Obj<'_>) -> Result<bool>) -> Result<Option<bool>> {
    let union;
    let classes = match o.downcast() {
        Some(tuple) => tuple,
        None => {
            union = class_lookup::in_union(o);
            let Some(union) = &union else { return Ok(None) };
            union.borrow()
        }
    };
    stack::enter(place)?;
    for item in tuple::items(classes) {
        if answer(*item)? {
            return Ok(Some(true));
        }
    }
    Ok(Some(false))
}
