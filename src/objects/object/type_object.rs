//! The type `object`.

use super::{has_arguments, has_plain_init, has_plain_new, methods};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{class_defaults, class_layout, class_order, slots};
use crate::runtime::{Obj, Ref, Result, Type, View, gc, instance, known, raise};

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

/// Gives an object another class with the same layout. TypeError when either class is immutable, unless both are modules.
fn set_class(o: View<'_, PyObject>, value: Option<Obj<'_>>) -> Result<()> {
    let Some(value) = value else { return Err(raise!(TypeError, "can't delete __class__ attribute")) };
    let Some(class) = value.as_type() else {
        let kind = value.class().name();
        return Err(raise!(TypeError, "__class__ must be set to a class, not '{kind}' object"));
    };
    let old = o.class();
    let are_modules = [class, old].iter().all(|class| class.is_subtype(known::MODULE));
    if !are_modules && [class, old].iter().any(|class| class.has_flag(Py_TPFLAGS_IMMUTABLETYPE)) {
        return Err(raise!(
            TypeError,
            "__class__ assignment only supported for mutable types or ModuleType subclasses"
        ));
    }
    class_layout::require_same(old, class, "__class__")?;
    // SAFETY: both classes have one layout. An instance of a class made at run time has a reference to it: the object takes one to
    // the new class, and gives up that to the old one.
    unsafe {
        let owned = |class: Type<'_>| class.has_flag(Py_TPFLAGS_HEAPTYPE);
        if owned(class) {
            let _ = class.as_obj().to_ref().into_ptr();
        }
        (*o.fields()).ob_type = class.as_ptr();
        drop(owned(old).then(|| Ref::from_ptr(old.as_obj().as_ptr())));
    }
    Ok(())
}

/// `object()`: something with an identity. Arguments are an error, unless the class has a `tp_init` of its own, to which they go.
fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    if has_arguments(args, keywords) {
        if !has_plain_new(class) {
            return Err(raise!(TypeError, "object.__new__() takes exactly one argument (the type to instantiate)"));
        }
        if has_plain_init(class) {
            return Err(raise!(TypeError, "{}() takes no arguments", class.name()));
        }
    }
    let o = instance::allocate(class, 0)?;
    // SAFETY: a new object, to which this is the only reference.
    let o = unsafe { Ref::from_ptr_unchecked(o.as_ptr()) };
    gc::track(o.borrow());
    Ok(o)
}
