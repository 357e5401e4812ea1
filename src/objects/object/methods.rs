//! The methods of `object`.

use crate::abi::*;
use crate::objects::call;
use crate::objects::{attributes, class_lookup, constants, dict, dir, formatting, int, slots, str};
use crate::runtime::{Obj, Raised, Ref, Result, View, known, raise};

type Object<'a> = View<'a, PyObject>;

pub(super) static mut METHODS: [PyMethodDef; 9] = [
    slots::method_o(c"__reduce_ex__", reduce_ex).with_doc(c"__reduce_ex__($self, protocol, /)\n--\n\n"),
    slots::method_noargs(c"__reduce__", |_: Object<'_>| Err(refuse_reduce())),
    slots::method_noargs(c"__getstate__", getstate),
    slots::method_o(c"__subclasshook__", |_: Object<'_>, _: Obj<'_>| Ok(known::NOT_IMPLEMENTED.to_ref()))
        .of_class(c"__subclasshook__($type, object, /)\n--\n\n"),
    slots::method_noargs(c"__init_subclass__", |_: Object<'_>| Ok(constants::NONE.to_ref()))
        .of_class(c"__init_subclass__($type, /)\n--\n\n"),
    slots::method_o(c"__format__", |o: Object<'_>, spec| formatting::format_object(*o, spec))
        .with_doc(c"__format__($self, format_spec, /)\n--\n\n"),
    slots::method_noargs(c"__sizeof__", size),
    slots::method_noargs(c"__dir__", dir),
    PyMethodDef::END,
];

/// The pieces from which the object can be made again come from the module `copyreg`, which is Python source.
fn refuse_reduce() -> Raised {
    raise!(NotImplementedError, "object.__reduce__ needs the module copyreg, and is not supported by pycapsule")
}

/// `__reduce_ex__`: the answer of the class's own `__reduce__`.
fn reduce_ex(o: Object<'_>, protocol: Obj<'_>) -> Result<Ref> {
    int::as_c_int(protocol)?;
    let name = str::intern(str::from_str("__reduce__")?)?;
    let own = class_lookup::in_class(o.class(), name.borrow())?;
    let common = class_lookup::in_class(known::OBJECT, name.borrow())?;
    if own == common {
        return Err(refuse_reduce());
    }
    call::vectorcall(attributes::get(*o, name.borrow())?.borrow(), &[], None)
}

/// `__getstate__`: the dict of the object, or None without one or for an empty one.
fn getstate(o: Object<'_>) -> Result<Ref> {
    let name = str::intern(str::from_str("__slots__")?)?;
    if class_lookup::in_class(o.class(), name.borrow())?.is_some() {
        return Err(raise!(
            NotImplementedError,
            "object.__getstate__ of a class with __slots__ is not supported by pycapsule"
        ));
    }
    if o.class().fields().tp_dictoffset == 0 {
        return Ok(constants::NONE.to_ref());
    }
    let state = attributes::find_str(*o, "__dict__")?.filter(|state| match state.borrow().downcast() {
        Some(attributes) => dict::len(attributes) > 0,
        None => true,
    });
    Ok(state.unwrap_or_else(|| constants::NONE.to_ref()))
}

/// `__sizeof__`: the bytes of the object with its items.
fn size(o: Object<'_>) -> Result<Ref> {
    let class = o.class().fields();
    // SAFETY: the instances of a class with items count them in the head.
    let items = if class.tp_itemsize == 0 { 0 } else { unsafe { (*o.cast::<PyVarObject>()).ob_size } };
    int::from_i64(class.tp_basicsize.wrapping_add(items.wrapping_mul(class.tp_itemsize)) as i64)
}

/// `__dir__`: the names of the object's attributes and of those of its class and its bases.
fn dir(o: Object<'_>) -> Result<Ref> {
    let own = attributes::find_str(*o, "__dict__")?;
    let names = match own.as_ref().and_then(|own| own.borrow().downcast()) {
        Some(own) => dict::copy(own)?,
        None => dict::new()?,
    };
    if let Some(class) = attributes::find_str(*o, "__class__")? {
        dir::add_names_of_class(names.borrow(), class.borrow())?;
    }
    dict::keys(names.borrow()).map(Into::into)
}
