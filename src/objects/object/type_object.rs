//! The type `object`.

use super::{has_arguments, has_plain_init, has_plain_new, methods};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{attributes, class_defaults, class_lookup, class_order, convert, list, slots, str};
use crate::runtime::{Obj, Raised, Ref, Result, Type, View, gc, instance, raise};

static_type! {
    /// `object`: the base of every type.
    pub PyBaseObject_Type as OBJECT {
        tp_name: c"object".as_ptr(),
        tp_base: core::ptr::null_mut(),
        tp_bases: tuple::EMPTY_POINTER,
        tp_mro: class_order::OBJECT_ALONE,
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_BASETYPE,
        tp_methods: (&raw mut methods::METHODS).cast(),
        tp_getset: (&raw mut GETSET).cast(),
        tp_new: slots::new(new),
    }
}

static mut GETSET: [PyGetSetDef; 2] = [slots::getset(c"__class__", get_class, set_class), PyGetSetDef::END];

fn get_class(o: View<'_, PyObject>) -> Result<Ref> {
    Ok(o.class().as_obj().to_ref())
}

fn set_class(o: View<'_, PyObject>, value: Option<Obj<'_>>) -> Result<()> {
    let Some(value) = value else { return Err(raise!(TypeError, "can't delete __class__ attribute")) };
    let Some(class) = value.as_type() else {
        return Err(raise!(TypeError, "__class__ must be set to a class, not '{}' object", value.class().name()));
    };
    class_lookup::set_class(*o, class)
}

/// TypeError that names the abstract methods of a class.
#[cold]
fn refuse_abstract(class: Type<'_>) -> Result<Raised> {
    let methods = convert::to_list(attributes::get_str(class.as_obj(), "__abstractmethods__")?.borrow())?;
    list::sort(methods.borrow(), None, false)?;
    let comma = str::from_str("', '")?;
    let names = str::join(Some(comma.borrow()), methods.as_obj())?;
    let plural = if list::len(methods.borrow()) > 1 { "s" } else { "" };
    Ok(raise!(
        TypeError,
        "Can't instantiate abstract class {} without an implementation for abstract method{plural} '{}'",
        class.name(),
        str::as_text(names.borrow())
    ))
}

/// `object()`: something with an identity. Arguments are an error, unless the class has a `tp_init` of its own, to
/// which they go.
fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    if has_arguments(args, keywords) {
        if !has_plain_new(class) {
            return Err(raise!(TypeError, "object.__new__() takes exactly one argument (the type to instantiate)"));
        }
        if has_plain_init(class) {
            return Err(raise!(TypeError, "{}() takes no arguments", class.name()));
        }
    }
    if class.has_flag(Py_TPFLAGS_IS_ABSTRACT) {
        return Err(refuse_abstract(class)?);
    }
    let o = instance::allocate(class, 0)?;
    // SAFETY: a new object, to which this is the only reference.
    let o = unsafe { Ref::from_ptr_unchecked(o.as_ptr()) };
    gc::track(o.borrow());
    Ok(o)
}
