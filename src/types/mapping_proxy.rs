//! `mappingproxy`: a mapping that can be read and not changed through it, as the dict of a class
//! (`Objects/descrobject.c`).

use crate::abi::*;
use crate::objects::arguments::Signature;
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{attributes, call, class_defaults, class_lookup, iterator, list, str, subscript};
use crate::protocol::number;
use crate::protocol::{compare, hash, iteration, mapping, text};
use crate::runtime::{Layout, Obj, Ref, Result, Type, View, gc, instance, raise};
use core::ffi::c_int;
use core::mem::offset_of;

static_type! {
    /// The type of mappings that are read-only.
    pub PyDictProxy_Type as MAPPING_PROXY = PyTypeObject {
        tp_name: c"mappingproxy".as_ptr(),
        tp_basicsize: size_of::<Proxy>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<Proxy>(),
        tp_repr: slots::unary(repr),
        tp_as_number: &raw mut AS_NUMBER,
        tp_as_sequence: &raw mut AS_SEQUENCE,
        tp_as_mapping: &raw mut AS_MAPPING,
        tp_hash: slots::unary(|proxy: This<'_>| hash::hash(mapping_of(proxy))),
        tp_str: slots::unary(|proxy: This<'_>| text::to_str(mapping_of(proxy))),
        tp_traverse: slots::traverse::<Proxy>(),
        tp_richcompare: slots::compare(|proxy: This<'_>, other: Obj<'_>, op: c_int| compare::compare(mapping_of(proxy), other, op)),
        tp_iter: slots::unary(|proxy: This<'_>| iterator::of(mapping_of(proxy))),
        tp_methods: (&raw mut METHODS).cast(),
        tp_new: slots::new(new_by_call),
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_MAPPING,
        ..class_defaults::COLLECTED
    }
}

static mut AS_NUMBER: PyNumberMethods = PyNumberMethods {
    nb_or: slots::binary(|left: View<'_, PyObject>, right: Obj<'_>| number::OR.apply(shown(*left), shown(right))),
    nb_inplace_or: slots::binary(|proxy: This<'_>, _: Obj<'_>| -> Result<Ref> {
        Err(raise!(TypeError, "'|=' is not supported by {}; use '|' instead", proxy.class().name()))
    }),
    ..PyNumberMethods::BLANK
};

/// The mapping of a proxy; any other object itself.
fn shown(o: Obj<'_>) -> Obj<'_> {
    o.downcast().map_or(o, mapping_of)
}

static mut AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slots::unary(|proxy: This<'_>| mapping::len(mapping_of(proxy))),
    mp_subscript: slots::binary(|proxy: This<'_>, key: Obj<'_>| subscript::get(mapping_of(proxy), key)),
    ..PyMappingMethods::BLANK
};

static mut AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_contains: slots::binary(|proxy: This<'_>, key: Obj<'_>| iteration::contains(mapping_of(proxy), key)),
    ..PySequenceMethods::BLANK
};

static mut METHODS: [PyMethodDef; 8] = [
    class_lookup::CLASS_GETITEM,
    slots::method_fastcall(c"get", |proxy: This<'_>, arguments: &[Obj<'_>]| {
        crate::objects::arguments::between("get", arguments.len(), 1, 2)?;
        // A missing value is None also where the mapping's own method would raise.
        let default = arguments.get(1).copied().unwrap_or(crate::objects::constants::NONE);
        ask(proxy, "get", &[arguments[0], default])
    }),
    slots::method_noargs(c"keys", |proxy: This<'_>| ask(proxy, "keys", &[])),
    slots::method_noargs(c"values", |proxy: This<'_>| ask(proxy, "values", &[])),
    slots::method_noargs(c"items", |proxy: This<'_>| ask(proxy, "items", &[])),
    slots::method_noargs(c"copy", |proxy: This<'_>| ask(proxy, "copy", &[])),
    slots::method_noargs(c"__reversed__", |proxy: This<'_>| ask(proxy, "__reversed__", &[])),
    PyMethodDef::END,
];

/// The object: the mapping that it shows.
#[repr(C)]
#[derive(Debug)]
pub struct Proxy {
    ob_base: PyObject,
    mapping: *mut PyObject,
}

type This<'a> = View<'a, Proxy>;

// SAFETY: `new` makes the objects of this type, which can't be subclassed.
unsafe impl Layout for Proxy {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(MAPPING_PROXY)
    }
}

// SAFETY: a proxy owns its mapping.
unsafe impl Owner for Proxy {
    const FIELDS: &'static [usize] = &[offset_of!(Proxy, mapping)];
}

fn mapping_of<'a>(proxy: This<'a>) -> Obj<'a> {
    // SAFETY: `new` puts the mapping there, which the proxy owns.
    unsafe { Obj::from_ptr_unchecked((*proxy.fields()).mapping) }
}

/// A new proxy of a mapping (CPython: `PyDictProxy_New`). TypeError for an object that is no mapping, and for lists and
/// tuples.
pub fn new(o: Obj<'_>) -> Result<Ref> {
    if !mapping::check(o) || list::check(o) || tuple::check(o) {
        return Err(raise!(TypeError, "mappingproxy() argument must be a mapping, not {}", o.class().name()));
    }
    // SAFETY: the fields begin with a head whose count is 1, and the type takes part in collection.
    let made = unsafe {
        instance::write_new::<_, true>(|| Proxy {
            ob_base: PyObject { ob_refcnt: 1, ob_type: MAPPING_PROXY.as_ptr() },
            mapping: o.to_ref().into_ptr(),
        })?
    };
    gc::track(made.borrow());
    Ok(made)
}

/// `mappingproxy(mapping)`.
fn new_by_call(_: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    const SIGNATURE: Signature<1> = Signature { function: "mappingproxy", names: ["mapping"], required: 1 };
    let [mapping] = SIGNATURE.parse(tuple::items(arguments), keywords)?;
    new(mapping.as_ref().map_or(crate::objects::constants::NONE, Ref::borrow))
}

/// The answer of the mapping's own method.
fn ask(proxy: This<'_>, name: &str, arguments: &[Obj<'_>]) -> Result<Ref> {
    call::vectorcall(attributes::get_str(mapping_of(proxy), name)?.borrow(), arguments, None)
}

fn repr(proxy: This<'_>) -> Result<Ref> {
    let mut shown = str::Builder::new();
    shown.push_str("mappingproxy(")?;
    shown.push_object(text::repr(mapping_of(proxy))?.borrow())?;
    shown.push_str(")")?;
    shown.finish()
}
