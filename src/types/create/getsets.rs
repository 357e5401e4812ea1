//! `__dict__` and `__weakref__`, the computed attributes of a class whose instances get a dict or weak references by
//! it.

use crate::abi::*;
use crate::objects::{constants, slots};
use crate::runtime::{Obj, Ref, Result, Type, View, raise};
use crate::types::{class, descriptor, instance_dict};

type Object<'a> = View<'a, PyObject>;

const DICT: PyGetSetDef = PyGetSetDef {
    doc: c"the dict of the instance's attributes".as_ptr(),
    ..slots::getset(c"__dict__", get_dict, set_dict)
};
const WEAKREF: PyGetSetDef = PyGetSetDef {
    doc: c"the first of the weak references to the object".as_ptr(),
    ..slots::getter(c"__weakref__", get_weakref)
};

static mut BOTH: [PyGetSetDef; 3] = [DICT, WEAKREF, PyGetSetDef::END];
static mut DICT_ONLY: [PyGetSetDef; 2] = [DICT, PyGetSetDef::END];
static mut WEAKREF_ONLY: [PyGetSetDef; 2] = [WEAKREF, PyGetSetDef::END];

/// The table of a class that gives its instances a dict, weak references, both or neither.
pub fn table(dict: bool, weak: bool) -> *mut PyGetSetDef {
    match (dict, weak) {
        (true, true) => (&raw mut BOTH).cast(),
        (true, false) => (&raw mut DICT_ONLY).cast(),
        (false, true) => (&raw mut WEAKREF_ONLY).cast(),
        (false, false) => core::ptr::null_mut(),
    }
}

/// The descriptor of `__dict__` of the nearest base that was not made at run time and whose instances have a dict: that
/// class decides about the attribute. `None` without such a base.
fn base_descriptor(o: Obj<'_>) -> Result<Option<Ref>> {
    let has_dict = |class: &Type<'_>| !class.has_flag(Py_TPFLAGS_HEAPTYPE) && class.fields().tp_dictoffset != 0;
    let mut up = core::iter::successors(Some(o.class()), |class| class.base());
    let Some(base) = up.find(has_dict) else { return Ok(None) };
    let name = super::name_of("__dict__")?;
    match class::lookup(base, name.borrow())?.filter(|found| descriptor::is_data(found.borrow())) {
        Some(found) => Ok(Some(found)),
        None => {
            let class = o.class().name();
            Err(raise!(TypeError, "this __dict__ descriptor does not support '{class:.200}' objects"))
        }
    }
}

fn get_dict(o: Object<'_>) -> Result<Ref> {
    match base_descriptor(*o)? {
        Some(found) => descriptor::get(found.borrow(), Some(*o), o.class()),
        None => instance_dict::get(*o),
    }
}

fn set_dict(o: Object<'_>, value: Option<Obj<'_>>) -> Result<()> {
    if let Some(found) = base_descriptor(*o)? {
        return descriptor::set(found.borrow(), *o, value);
    }
    let Some(field) = instance_dict::place(*o) else {
        return Err(raise!(AttributeError, "This object has no __dict__"));
    };
    match value {
        Some(_) => instance_dict::set(*o, value),
        None => {
            field.set(None);
            Ok(())
        }
    }
}

fn get_weakref(o: Object<'_>) -> Result<Ref> {
    let offset = o.class().fields().tp_weaklistoffset;
    if offset == 0 {
        return Err(raise!(AttributeError, "This object has no __weakref__"));
    }
    // SAFETY: the instances of the class have the field at this offset: NULL, or the first weak reference.
    let first = unsafe { Obj::from_ptr(*o.as_ptr().byte_offset(offset).cast::<*mut PyObject>()) };
    Ok(first.unwrap_or(constants::NONE).to_ref())
}
