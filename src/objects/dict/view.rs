//! What `dict.keys`, `dict.values` and `dict.items` give: views, which show the dict as it is when they are asked.

use super::*;
use crate::objects::{constants, mapping, nested, sequence};

/// A view of a dict.
#[repr(C)]
struct View {
    ob_base: PyObject,
    /// The dict.
    dict: *mut PyObject,
}

macro_rules! view_type {
    (
        $(#[$doc:meta])* $symbol:ident as $handle:ident = $name:literal, $make:ident, $slots:ident: $list:path,
        $iterator:path $(, $field:ident: $value:expr)*
    ) => {
        static_type! {
            $(#[$doc])*
            pub $symbol as $handle {
                tp_name: $name.as_ptr(),
                tp_basicsize: size_of::<View>() as Py_ssize_t,
                tp_dealloc: Some(dealloc_slot),
                tp_traverse: Some(traverse_slot),
                tp_repr: Some($slots::repr_slot),
                tp_iter: Some($slots::iter_slot),
                tp_flags: class::DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
                $($field: $value,)*
            }
        }
        /// A new view of this kind.
        pub(super) fn $make(dict: Obj<'_>) -> Result<Ref> {
            new($handle, dict)
        }
        /// The slots of this type.
        mod $slots {
            use super::*;
            fn repr(view: Obj<'_>) -> Result<Ref> {
                nested::text_of(view, |text, view| {
                    nested::write_once(text, view, "...", |text, view| write_shown(text, view, $list(dict_of(view))?))
                })
            }
            slot!(pub(super) repr_slot(view) -> *mut PyObject = repr);
            fn iter(view: Obj<'_>) -> Result<Ref> {
                $iterator(dict_of(view))
            }
            slot!(pub(super) iter_slot(view) -> *mut PyObject = iter);
        }
    };
}
view_type! {
    /// Views of keys.
    PyDictKeys_Type as KEYS = c"dict_keys", keys, of_keys: super::super::keys, iterator::of_dict,
    tp_hash: class::NO_HASH, tp_richcompare: Some(richcompare_slot), tp_as_sequence: &raw mut KEYS_AS_SEQUENCE
}
view_type! {
    /// Views of values.
    PyDictValues_Type as VALUES = c"dict_values", values, of_values: super::super::values, iterator::of_dict_values,
    tp_as_sequence: &raw mut VALUES_AS_SEQUENCE
}
view_type! {
    /// Views of items.
    PyDictItems_Type as ITEMS = c"dict_items", items, of_items: super::super::items, iterator::of_dict_items,
    tp_hash: class::NO_HASH, tp_richcompare: Some(richcompare_slot), tp_as_sequence: &raw mut ITEMS_AS_SEQUENCE
}

static mut KEYS_AS_SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_length: Some(length_slot), sq_contains: Some(has_key_slot), ..PySequenceMethods::BLANK };
static mut VALUES_AS_SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_length: Some(length_slot), ..PySequenceMethods::BLANK };
static mut ITEMS_AS_SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_length: Some(length_slot), sq_contains: Some(has_item_slot), ..PySequenceMethods::BLANK };

fn new(class: Type<'_>, dict: Obj<'_>) -> Result<Ref> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: a new instance of this layout.
    unsafe {
        (*o.cast::<View>().as_ptr()).dict = dict.to_ref().into_ptr();
        let view = Ref::from_ptr_unchecked(o.as_ptr());
        gc::track(view.borrow());
        Ok(view)
    }
}

/// The dict of a view.
fn dict_of(view: Obj<'_>) -> Obj<'_> {
    // SAFETY: a view has this layout, and keeps its dict.
    unsafe { Obj::from_ptr_unchecked((*view.cast::<View>()).dict) }
}

/// Writes the type's name and a list between parentheses.
fn write_shown(text: &mut str::Builder, view: Obj<'_>, list: Ref) -> Result<()> {
    text.push_object(str::from_utf8(view.class().tp_name().to_bytes())?.borrow())?;
    text.push_str("(")?;
    nested::push_repr(text, list.borrow())?;
    text.push_str(")")
}

fn length(view: Obj<'_>) -> Result<isize> {
    Ok(len(dict_of(view)) as isize)
}
slot!(length_slot(view) -> Py_ssize_t = length);

fn has_key(view: Obj<'_>, key: Obj<'_>) -> Result<bool> {
    contains(dict_of(view), key)
}
slot!(has_key_slot(view, key) -> c_int = has_key);

fn has_item(view: Obj<'_>, item: Obj<'_>) -> Result<bool> {
    if !tuple::check(item) {
        return Ok(false);
    }
    let [key, value] = tuple::items(item) else { return Ok(false) };
    match get(dict_of(view), *key)? {
        Some(found) => object::equal(found.borrow(), *value),
        None => Ok(false),
    }
}
slot!(has_item_slot(view, item) -> c_int = has_item);

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
fn compare(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    if !b.is_exactly(KEYS) && !b.is_exactly(ITEMS) {
        return Ok(constants::NOT_IMPLEMENTED.to_ref());
    }
    let [x, y] = [mapping::len(a)?, mapping::len(b)?];
    let answer = match op {
        Py_EQ | Py_NE => (x == y && is_subset(a, b)?) == (op == Py_EQ),
        Py_LT => x < y && is_subset(a, b)?,
        Py_LE => x <= y && is_subset(a, b)?,
        Py_GT => x > y && is_subset(b, a)?,
        _ => x >= y && is_subset(b, a)?,
    };
    Ok(constants::bool(answer).to_ref())
}
slot!(richcompare_slot(a, b; op: c_int) -> *mut PyObject = compare);

unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract: a view nobody refers to any more.
    unsafe {
        gc::untrack(Obj::from_ptr_unchecked(o));
        drop(Ref::from_ptr((*o.cast::<View>()).dict));
        instance::free(NonNull::new_unchecked(o));
    }
}

unsafe extern "C" fn traverse_slot(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
    // SAFETY: the slot's contract: a live view.
    unsafe {
        visit!(visit, argument, (*o.cast::<View>()).dict);
    }
    0
}
