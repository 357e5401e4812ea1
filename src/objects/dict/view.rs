//! Views of dicts, which `dict.keys`, `dict.values` and `dict.items` make. A view always shows the present state of the
//! dict.

use super::iterator::{over_items, over_keys, over_values};
use super::{Dict, contains, get, len, view_algebra};
use crate::abi::*;
use crate::objects::slots::{self, Owner};
use crate::objects::{class_defaults, class_lookup, iterator, nested, str, tuple};
use crate::protocol::{compare, iteration, mapping};
use crate::runtime::known::{self, NOT_IMPLEMENTED};
use crate::runtime::{Layout, Obj, Own, Ref, Result, Type, View, gc, instance};
use core::ffi::{CStr, c_int};

/// The layout of a view of a dict.
#[repr(C)]
pub(super) struct DictView {
    ob_base: PyObject,
    /// The dict.
    dict: *mut PyObject,
}

// SAFETY: only this file makes instances of these types, which can't be subclassed.
unsafe impl Layout for DictView {
    fn check(o: Obj<'_>) -> bool {
        [KEYS, VALUES, ITEMS].iter().any(|class| o.is_exactly(*class))
    }
}

// SAFETY: a view owns its dict.
unsafe impl Owner for DictView {
    const FIELDS: &'static [usize] = &[core::mem::offset_of!(DictView, dict)];
}

pub(super) type AnyView<'a> = View<'a, DictView>;

/// A kind of view: the part of a dict that it lists, and the iterator over that part.
trait Kind: 'static {
    /// A new list of the keys, values or items.
    fn listed(dict: Dict<'_>) -> Result<Own<PyListObject>>;

    /// A new iterator over the keys, values or items.
    fn iterate(dict: Dict<'_>) -> Result<Ref>;
}

enum Keys {}

enum Values {}

enum Items {}

impl Kind for Keys {
    fn listed(dict: Dict<'_>) -> Result<Own<PyListObject>> {
        super::keys(dict)
    }

    fn iterate(dict: Dict<'_>) -> Result<Ref> {
        over_keys(dict)
    }
}

impl Kind for Values {
    fn listed(dict: Dict<'_>) -> Result<Own<PyListObject>> {
        super::values(dict)
    }

    fn iterate(dict: Dict<'_>) -> Result<Ref> {
        over_values(dict)
    }
}

impl Kind for Items {
    fn listed(dict: Dict<'_>) -> Result<Own<PyListObject>> {
        super::items(dict)
    }

    fn iterate(dict: Dict<'_>) -> Result<Ref> {
        over_items(dict)
    }
}

/// The type of a kind of view, without the fields that only some kinds have.
const fn type_of<K: Kind>(name: &'static CStr, sequence: *mut PySequenceMethods) -> PyTypeObject {
    PyTypeObject {
        tp_name: name.as_ptr(),
        tp_basicsize: size_of::<DictView>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<DictView>(),
        tp_traverse: slots::traverse::<DictView>(),
        tp_repr: slots::unary(repr::<K>),
        tp_iter: slots::unary(iter::<K>),
        tp_getset: (&raw mut GETSETS).cast(),
        tp_as_sequence: sequence,
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        ..class_defaults::COLLECTED
    }
}

/// The type of a kind of view that compares as sets do, and therefore has no hash.
const fn set_type_of<K: Kind>(name: &'static CStr, sequence: *mut PySequenceMethods) -> PyTypeObject {
    PyTypeObject {
        tp_hash: class_defaults::NO_HASH,
        tp_richcompare: slots::compare(compare),
        tp_as_number: &raw mut view_algebra::NUMBER,
        tp_methods: (&raw mut view_algebra::METHODS).cast(),
        ..type_of::<K>(name, sequence)
    }
}

static_type! {
    /// Views of keys.
    pub PyDictKeys_Type as KEYS = set_type_of::<Keys>(c"dict_keys", &raw mut KEYS_AS_SEQUENCE)
}
static_type! {
    /// Views of values.
    pub PyDictValues_Type as VALUES = type_of::<Values>(c"dict_values", &raw mut VALUES_AS_SEQUENCE)
}
static_type! {
    /// Views of items.
    pub PyDictItems_Type as ITEMS = set_type_of::<Items>(c"dict_items", &raw mut ITEMS_AS_SEQUENCE)
}

static mut KEYS_AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: slots::unary(length),
    sq_contains: slots::binary(has_key),
    ..PySequenceMethods::BLANK
};
static mut VALUES_AS_SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_length: slots::unary(length), ..PySequenceMethods::BLANK };
static mut ITEMS_AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: slots::unary(length),
    sq_contains: slots::binary(has_item),
    ..PySequenceMethods::BLANK
};

static mut GETSETS: [PyGetSetDef; 2] =
    [slots::getter(c"mapping", |view: AnyView<'_>| class_lookup::proxy(*dict_of(view))), PyGetSetDef::END];

fn new(class: Type<'_>, dict: Dict<'_>) -> Result<Ref> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: the new instance has this layout.
    unsafe {
        (*o.cast::<DictView>().as_ptr()).dict = dict.to_ref().into_ptr();
        let view = Ref::from_ptr_unchecked(o.as_ptr());
        gc::track(view.borrow());
        Ok(view)
    }
}

/// A new view of a dict's keys.
pub(super) fn keys(dict: Dict<'_>) -> Result<Ref> {
    new(KEYS, dict)
}

/// A new view of a dict's values.
pub(super) fn values(dict: Dict<'_>) -> Result<Ref> {
    new(VALUES, dict)
}

/// A new view of a dict's items.
pub(super) fn items(dict: Dict<'_>) -> Result<Ref> {
    new(ITEMS, dict)
}

/// The dict of a view.
pub(super) fn dict_of(view: AnyView<'_>) -> Dict<'_> {
    // SAFETY: a view is made with a dict, and keeps a reference to it.
    unsafe { View::new_unchecked(Obj::from_ptr_unchecked((*view.fields()).dict)) }
}

fn repr<K: Kind>(view: AnyView<'_>) -> Result<Ref> {
    nested::text_of(view, |text, view| {
        nested::write_once(text, view, "...", |text, view| write_shown(text, view, K::listed(dict_of(view))?))
    })
}

fn iter<K: Kind>(view: AnyView<'_>) -> Result<Ref> {
    K::iterate(dict_of(view))
}

/// Writes the type's name, and a list in parentheses.
fn write_shown(text: &mut str::Builder, view: AnyView<'_>, list: Own<PyListObject>) -> Result<()> {
    text.push_object(view.class().with_name(|name| str::from_utf8(name.to_bytes()))?.borrow())?;
    text.push_str("(")?;
    nested::push_repr(text, list.as_obj())?;
    text.push_str(")")
}

fn length(view: AnyView<'_>) -> Result<isize> {
    Ok(len(dict_of(view)) as isize)
}

fn has_key(view: AnyView<'_>, key: Obj<'_>) -> Result<bool> {
    contains(dict_of(view), key)
}

fn has_item(view: AnyView<'_>, item: Obj<'_>) -> Result<bool> {
    let Some(item) = item.downcast() else { return Ok(false) };
    let [key, value] = tuple::items(item) else { return Ok(false) };
    match get(dict_of(view), *key)? {
        Some(found) => compare::equal(found.borrow(), *value),
        None => Ok(false),
    }
}

/// Whether an object is a view of keys or of items.
pub(super) fn is_like_set(o: Obj<'_>) -> bool {
    o.is_exactly(KEYS) || o.is_exactly(ITEMS)
}

/// Whether each item of the first is in the second.
fn is_subset(of: Obj<'_>, whole: Obj<'_>) -> Result<bool> {
    let iterator = iterator::of(of)?;
    while let Some(item) = iteration::next(iterator.borrow())? {
        if !iteration::contains(whole, item.borrow())? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Views of keys and of items compare as sets do: by inclusion.
fn compare(a: AnyView<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    if !is_like_set(b) && b.downcast::<PySetObject>().is_none() {
        return Ok(NOT_IMPLEMENTED.to_ref());
    }
    let [x, y] = [mapping::len(*a)?, mapping::len(b)?];
    let answer = match op {
        Py_EQ | Py_NE => (x == y && is_subset(*a, b)?) == (op == Py_EQ),
        Py_LT => x < y && is_subset(*a, b)?,
        Py_LE => x <= y && is_subset(*a, b)?,
        Py_GT => x > y && is_subset(b, *a)?,
        _ => x >= y && is_subset(b, *a)?,
    };
    Ok(known::bool(answer).to_ref())
}
