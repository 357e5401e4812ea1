//! What `dict.keys`, `dict.values` and `dict.items` give: views, which show the dict as it is when they are asked.

use super::*;
use crate::objects::{constants, iterator, mapping, nested, sequence};

/// The layout of a view of a dict.
#[repr(C)]
struct DictView {
    ob_base: PyObject,
    /// The dict.
    dict: *mut PyObject,
}

// SAFETY: instances of exactly these types are made in this file alone, and can't be of subclasses.
unsafe impl Layout for DictView {
    fn check(o: Obj<'_>) -> bool {
        [KEYS, VALUES, ITEMS].iter().any(|class| o.is_exactly(*class))
    }
}

// SAFETY: a view owns its dict.
unsafe impl Owner for DictView {
    const FIELDS: &'static [usize] = &[core::mem::offset_of!(DictView, dict)];
}

type AnyView<'a> = View<'a, DictView>;

macro_rules! view_type {
    (
        $(#[$doc:meta])* $symbol:ident as $handle:ident = $name:literal, $make:ident, $slots:ident: $list:path,
        $iterator:path $(, $field:ident: $value:expr)*
    ) => {
        static_type! {
            $(#[$doc])*
            pub $symbol as $handle {
                tp_name: $name.as_ptr(),
                tp_basicsize: size_of::<DictView>() as Py_ssize_t,
                tp_dealloc: slots::dealloc::<DictView>(),
                tp_traverse: slots::traverse::<DictView>(),
                tp_repr: slots::unary($slots::repr),
                tp_iter: slots::unary($slots::iter),
                tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
                $($field: $value,)*
            }
        }
        /// A new view of this kind.
        pub(super) fn $make(dict: Dict<'_>) -> Result<Ref> {
            new($handle, dict)
        }
        /// The slots of this type.
        mod $slots {
            use super::*;
            pub(super) fn repr(view: AnyView<'_>) -> Result<Ref> {
                nested::text_of(view, |text, view| {
                    nested::write_once(text, view, "...", |text, view| write_shown(text, view, $list(dict_of(view))?))
                })
            }
            pub(super) fn iter(view: AnyView<'_>) -> Result<Ref> {
                $iterator(dict_of(view))
            }
        }
    };
}
view_type! {
    /// Views of keys.
    PyDictKeys_Type as KEYS = c"dict_keys", keys, of_keys: super::super::keys, super::super::iterator::over_keys,
    tp_hash: class_defaults::NO_HASH, tp_richcompare: slots::compare(compare), tp_as_sequence: &raw mut KEYS_AS_SEQUENCE
}
view_type! {
    /// Views of values.
    PyDictValues_Type as VALUES = c"dict_values", values, of_values: super::super::values, super::super::iterator::over_values,
    tp_as_sequence: &raw mut VALUES_AS_SEQUENCE
}
view_type! {
    /// Views of items.
    PyDictItems_Type as ITEMS = c"dict_items", items, of_items: super::super::items, super::super::iterator::over_items,
    tp_hash: class_defaults::NO_HASH, tp_richcompare: slots::compare(compare), tp_as_sequence: &raw mut ITEMS_AS_SEQUENCE
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

fn new(class: Type<'_>, dict: Dict<'_>) -> Result<Ref> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: a new instance of this layout.
    unsafe {
        (*o.cast::<DictView>().as_ptr()).dict = dict.to_ref().into_ptr();
        let view = Ref::from_ptr_unchecked(o.as_ptr());
        gc::track(view.borrow());
        Ok(view)
    }
}

/// The dict of a view.
fn dict_of(view: AnyView<'_>) -> Dict<'_> {
    // SAFETY: a view was made with a dict, and keeps it.
    unsafe { View::new_unchecked(Obj::from_ptr_unchecked((*view.fields()).dict)) }
}

/// Writes the type's name and a list between parentheses.
fn write_shown(text: &mut str::Builder, view: AnyView<'_>, list: Own<PyListObject>) -> Result<()> {
    text.push_object(str::from_utf8(view.class().tp_name().to_bytes())?.borrow())?;
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
        Some(found) => object::equal(found.borrow(), *value),
        None => Ok(false),
    }
}

/// Whether each of the first is in the second.
fn is_subset(of: Obj<'_>, whole: Obj<'_>) -> Result<bool> {
    let iterator = iterator::of(of)?;
    while let Some(item) = iterator::next(iterator.borrow())? {
        if !sequence::contains(whole, item.borrow())? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Views of keys and of items compare as sets do: by inclusion.
fn compare(a: AnyView<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    if !b.is_exactly(KEYS) && !b.is_exactly(ITEMS) {
        return Ok(constants::NOT_IMPLEMENTED.to_ref());
    }
    let [x, y] = [mapping::len(*a)?, mapping::len(b)?];
    let answer = match op {
        Py_EQ | Py_NE => (x == y && is_subset(*a, b)?) == (op == Py_EQ),
        Py_LT => x < y && is_subset(*a, b)?,
        Py_LE => x <= y && is_subset(*a, b)?,
        Py_GT => x > y && is_subset(b, *a)?,
        _ => x >= y && is_subset(b, *a)?,
    };
    Ok(constants::bool(answer).to_ref())
}
