//! Readiness: the steps that complete a type made in C (CPython: `PyType_Ready`), in CPython's order, so that a step
//! that fails leaves the type as CPython leaves it.

use super::class;
use super::descriptor::{self, describe};
use super::unready::Unready;
use super::{mro, slots, subclasses};
use crate::abi::*;
use crate::objects::class_defaults::NO_HASH;
use crate::objects::dict::Dict;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{call, constants, convert, dict, str};
use crate::runtime::{Obj, Own, Raised, Ref, Result, Type, View, known, raise};

/// Makes a type ready: gives it its dict, base, class, bases and order, the attributes of its tables and slots, and the
/// slots that it inherits. Nothing happens to a type that is ready.
///
/// SystemError or TypeError for a type whose fields contradict each other, and the errors of a metatype's `mro`.
///
/// # Safety
/// `class` is a type object whose fields are valid, and no other thread uses it yet. Those that a type needs and leaves
/// empty are filled here. Its tables end with their last row, and live as long as the type.
pub unsafe fn ready(class: Type<'_>) -> Result<()> {
    if class.has_flag(Py_TPFLAGS_READY) {
        return Ok(());
    }
    // SAFETY: no other code uses the type yet, as this function's caller promised, and its fields are valid.
    let mut class = unsafe { Unready::new(class) };
    if !class.has_flag(Py_TPFLAGS_HEAPTYPE) {
        class.add_flags(Py_TPFLAGS_IMMUTABLETYPE);
        class.as_obj().immortalize();
    }
    if class.fields().tp_name.is_null() {
        return Err(raise!(SystemError, "Type does not define the tp_name field."));
    }
    let attributes = set_dict(&mut class)?;
    set_base(&mut class)?;
    let bases = set_bases(&mut class)?;
    set_order(&mut class, bases.borrow())?;
    set_new(&mut class, attributes.borrow())?;
    // SAFETY: the tables of the type end with their last row, and live as long as the type, as this function's caller
    // promised.
    unsafe { describe::fill(*class, attributes.borrow())? };
    let overrides_hash = has(attributes.borrow(), "__eq__")? || has(attributes.borrow(), "__hash__")?;
    slots::inherit(&mut class, overrides_hash);
    set_preheader(&mut class)?;
    set_hash(&mut class, attributes.borrow())?;
    check_result(*class)?;
    // This is last, since nothing may fail after it: the type could be made ready again, and would be in the lists
    // twice.
    subclasses::add(*class, bases.borrow())?;
    class.add_flags(Py_TPFLAGS_READY);
    Ok(())
}

fn has(attributes: Dict<'_>, name: &str) -> Result<bool> {
    Ok(dict::get_str(attributes, name)?.is_some())
}

/// The dict of a type, which is made if there is none.
fn set_dict(class: &mut Unready<'_>) -> Result<Own<PyDictObject>> {
    let field = &mut class.fields_mut().tp_dict;
    if field.is_null() {
        *field = dict::new()?.into_ref().into_ptr();
    }
    // SAFETY: a `tp_dict` that is not NULL is a dict, which the type keeps.
    Ok(unsafe { View::new_unchecked(Obj::from_ptr_unchecked(*field)) }.to_own())
}

/// The base, which is `object` if the type names none, and is made ready; and the class, which is that of the base.
fn set_base(class: &mut Unready<'_>) -> Result<()> {
    let base = class.base().unwrap_or(known::OBJECT);
    // A class that is made at run time would own the reference; `object` is immortal.
    class.fields_mut().tp_base = base.as_ptr();
    // A type with a dict counts as ready: it may be one that is made ready now.
    if !base.has_flag(Py_TPFLAGS_READY) && base.fields().tp_dict.is_null() {
        // SAFETY: a base that is not ready has no users yet either.
        unsafe { ready(base)? };
    }
    set_class(class, base);
    Ok(())
}

/// Gives a type without a class the class of its base. Until then it is not an object, and the collector must not visit
/// it.
fn set_class(class: &mut Unready<'_>, base: Type<'_>) {
    let head = &mut class.fields_mut().ob_base.ob_base;
    if head.ob_type.is_null() {
        head.ob_type = base.fields().ob_base.ob_base.ob_type;
    }
}

/// The bases: a tuple of the base alone, if the type has none.
fn set_bases(class: &mut Unready<'_>) -> Result<Own<PyTupleObject>> {
    let base = class.base().map(Type::as_obj);
    let field = &mut class.fields_mut().tp_bases;
    if field.is_null() {
        *field = tuple::from_slice(base.as_slice())?.into_ref().into_ptr();
    }
    // SAFETY: a `tp_bases` that is not NULL is a tuple, which the type keeps.
    Ok(unsafe { View::new_unchecked(Obj::from_ptr_unchecked(*field)) }.to_own())
}

/// The order in which the type and its ancestors are searched. TypeError for a static type with an ancestor made at run
/// time.
fn set_order(class: &mut Unready<'_>, bases: Tuple<'_>) -> Result<()> {
    let order = order(**class, bases)?;
    let before = core::mem::replace(&mut class.fields_mut().tp_mro, order.clone().into_ref().into_ptr());
    // SAFETY: the type owned its previous order, if it had one, and owns the new one from here on.
    drop(unsafe { Ref::from_ptr(before) });
    if class.has_flag(Py_TPFLAGS_HEAPTYPE) {
        return Ok(());
    }
    match mro::types(order.borrow()).find(|ancestor| ancestor.has_flag(Py_TPFLAGS_HEAPTYPE)) {
        Some(ancestor) => Err(raise!(
            TypeError,
            "type '{}' is not dynamically allocated but its base type '{}' is dynamically allocated",
            class.name(),
            ancestor.name()
        )),
        None => Ok(()),
    }
}

/// The order of a class by its bases, or by the `mro` of its metatype, if that has one of its own (CPython:
/// `mro_invoke`).
pub fn order(class: Type<'_>, bases: Tuple<'_>) -> Result<Own<PyTupleObject>> {
    let meta = class.as_obj().class();
    if meta == known::TYPE {
        return mro::compute(class, bases);
    }
    let name = str::intern(str::from_str("mro")?)?;
    let own = class::lookup(meta, name.borrow())?;
    let common = class::lookup(known::TYPE, name.borrow())?;
    let Some(method) = own.filter(|own| Some(own) != common.as_ref()) else { return mro::compute(class, bases) };
    let bound = descriptor::get(method.borrow(), Some(class.as_obj()), meta)?;
    let order = convert::to_tuple(call::vectorcall(bound.borrow(), &[], None)?.borrow())?;
    if tuple::len(order.borrow()) == 0 {
        return Err(raise!(TypeError, "type MRO must not be empty"));
    }
    for ancestor in tuple::items(order.borrow()) {
        let Some(ancestor) = ancestor.as_type() else {
            return Err(raise!(TypeError, "mro() returned a non-class ('{}')", ancestor.class().name()));
        };
        if !mro::layout_base(class).is_subtype(mro::layout_base(ancestor)) {
            return Err(raise!(TypeError, "mro() returned base with unsuitable layout ('{}')", ancestor.name()));
        }
    }
    Ok(order)
}

/// `tp_new`, and `__new__` for one of the type's own. A static type made from `object` alone that has none makes no
/// instances when it is called.
fn set_new(class: &mut Unready<'_>, attributes: Dict<'_>) -> Result<()> {
    let own = class.fields().tp_new;
    let base = class.base();
    if own.is_none() && base == Some(known::OBJECT) && !class.has_flag(Py_TPFLAGS_HEAPTYPE) {
        class.add_flags(Py_TPFLAGS_DISALLOW_INSTANTIATION);
    }
    if class.has_flag(Py_TPFLAGS_DISALLOW_INSTANTIATION) {
        class.fields_mut().tp_new = None;
    } else if own.is_some() {
        describe::add_new(**class, attributes)?;
    } else {
        class.fields_mut().tp_new = base.and_then(|base| base.fields().tp_new);
    }
    Ok(())
}

/// The offsets of fields before the instances.
fn set_preheader(class: &mut Unready<'_>) -> Result<()> {
    const WEAK_REFERENCES: isize = -32;
    if class.has_flag(Py_TPFLAGS_MANAGED_DICT) {
        if !matches!(class.fields().tp_dictoffset, -1 | 0) {
            return Err(refuse_offset(**class, "DICT", "tp_dictoffset"));
        }
        class.fields_mut().tp_dictoffset = -1;
    }
    if class.has_flag(Py_TPFLAGS_MANAGED_WEAKREF) {
        if !matches!(class.fields().tp_weaklistoffset, WEAK_REFERENCES | 0) {
            return Err(refuse_offset(**class, "WEAKREF", "tp_weaklistoffset"));
        }
        class.fields_mut().tp_weaklistoffset = WEAK_REFERENCES;
    }
    Ok(())
}

fn refuse_offset(class: Type<'_>, flag: &str, field: &str) -> Raised {
    raise!(TypeError, "type {} has the Py_TPFLAGS_MANAGED_{flag} flag but {field} is set", class.name())
}

/// Gives a type that compares its instances, and has no hash, the function that refuses to hash them.
fn set_hash(class: &mut Unready<'_>, attributes: Dict<'_>) -> Result<()> {
    if class.fields().tp_hash.is_none() && !has(attributes, "__hash__")? {
        dict::set_str(attributes, "__hash__", constants::NONE)?;
        class.fields_mut().tp_hash = NO_HASH;
    }
    Ok(())
}

/// Checks the fields that are complete now.
fn check_result(class: Type<'_>) -> Result<()> {
    let fields = class.fields();
    let name = class.name();
    if class.has_flag(Py_TPFLAGS_HAVE_GC) && fields.tp_traverse.is_none() {
        return Err(raise!(SystemError, "type {name} has the Py_TPFLAGS_HAVE_GC flag but has no traverse function"));
    }
    if class.has_flag(Py_TPFLAGS_MANAGED_DICT) {
        if fields.tp_dictoffset != -1 {
            return Err(raise!(
                SystemError,
                "type {name} has the Py_TPFLAGS_MANAGED_DICT flag but tp_dictoffset is set to incompatible value"
            ));
        }
    } else if fields.tp_dictoffset < size_of::<PyObject>() as Py_ssize_t
        && fields.tp_dictoffset.saturating_add(fields.tp_basicsize) <= 0
    {
        return Err(raise!(SystemError, "type {name} has a tp_dictoffset that is too small"));
    }
    Ok(())
}
