//! `__slots__`: the fields that a class gives its instances, in place of a dict or beside it.

use super::{Parts, getsets, is_name};
use crate::abi::*;
use crate::objects::{convert, dict, str, tuple};
use crate::protocol::text;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Own, Ref, Result, raise};
use crate::types::heap::{Heap, members};

/// The offset of the pointer to the weak references before an instance (CPython: `MANAGED_WEAKREF_OFFSET`).
const MANAGED_WEAKREF_OFFSET: Py_ssize_t = -4 * size_of::<*mut PyObject>() as Py_ssize_t;
/// The `tp_dictoffset` of a class whose instances have a pointer to a dict before them.
const MANAGED_DICT_OFFSET: Py_ssize_t = -1;

/// The names that the compiler of Python puts into a namespace, which are no attributes of the class.
const COMPILERS: [&str; 3] = ["__qualname__", "__classcell__", "__classdictcell__"];

/// The additions of a class to the layout of its base.
pub struct Plan {
    /// The names of the fields, sorted; `None` without `__slots__`.
    names: Option<Own<PyTupleObject>>,
    dict: bool,
    weak: bool,
}

impl Plan {
    /// The number of fields.
    pub fn added(&self) -> usize {
        self.names().map_or(0, tuple::len)
    }

    /// The names of the fields.
    pub fn names(&self) -> Option<tuple::Tuple<'_>> {
        self.names.as_ref().map(Own::borrow)
    }
}

/// Reads `__slots__` of the namespace, and decides whether instances get a dict and weak references.
pub fn plan(parts: &Parts<'_>) -> Result<Plan> {
    let base = parts.base.fields();
    let may_add_dict = base.tp_dictoffset == 0;
    let may_add_weak = base.tp_weaklistoffset == 0 && base.tp_itemsize == 0;
    let Some(given) = dict::get_str(parts.namespace, "__slots__")? else {
        return Ok(Plan { names: None, dict: may_add_dict, weak: may_add_weak });
    };
    let given = match str::check(given.borrow()) {
        true => tuple::from_slice(&[given.borrow()])?,
        false => convert::to_tuple(given.borrow())?,
    };
    let given = given.borrow();
    if tuple::len(given) > 0 && base.tp_itemsize != 0 {
        let name = parts.base.name();
        return Err(raise!(TypeError, "nonempty __slots__ not supported for subtype of '{name}'"));
    }
    let (mut dict, mut weak) = (false, false);
    for name in tuple::items(given) {
        require_identifier(*name)?;
        for (special, may_add, adds) in
            [("__dict__", may_add_dict, &mut dict), ("__weakref__", may_add_weak, &mut weak)]
        {
            if is_name(*name, special) && (!may_add || core::mem::replace(adds, true)) {
                return Err(raise!(TypeError, "{special} slot disallowed: we already got one"));
            }
        }
    }
    let names = fields(parts, given, dict, weak)?;
    // The other bases may have a dict or weak references, which the instances get then.
    let others =
        || tuple::items(parts.bases).iter().filter_map(|base| base.as_type()).filter(|base| *base != parts.base);
    dict |= may_add_dict && others().any(|base| base.fields().tp_dictoffset != 0);
    weak |= may_add_weak && others().any(|base| base.fields().tp_weaklistoffset != 0);
    Ok(Plan { names: Some(names), dict, weak })
}

/// TypeError for an item of `__slots__` that can't be the name of an attribute.
fn require_identifier(name: Obj<'_>) -> Result<()> {
    let Some(text) = name.downcast() else {
        return Err(raise!(TypeError, "__slots__ items must be strings, not '{:.200}'", name.class().name()));
    };
    if is_identifier(text) { Ok(()) } else { Err(raise!(TypeError, "__slots__ must be identifiers")) }
}

/// The names of the fields, sorted: those of `__slots__`, except for a dict and weak references that are added.
fn fields(parts: &Parts<'_>, given: tuple::Tuple<'_>, dict: bool, weak: bool) -> Result<Own<PyTupleObject>> {
    let mut names: Array<Ref> = Array::new_in(Malloc);
    for name in tuple::items(given) {
        if dict && is_name(*name, "__dict__") || weak && is_name(*name, "__weakref__") {
            continue;
        }
        let name = mangle(*parts.name, *name)?;
        if dict::contains(parts.namespace, name.borrow())? && !COMPILERS.iter().any(|own| is_name(name.borrow(), own)) {
            let shown = text::repr(name.borrow())?;
            let shown = str::as_text(shown.borrow());
            return Err(raise!(ValueError, "{shown} in __slots__ conflicts with class variable"));
        }
        memory::push(&mut names, name)?;
    }
    names.sort_unstable_by(|a, b| match (a.borrow().downcast(), b.borrow().downcast()) {
        (Some(a), Some(b)) => str::order(a, b),
        _ => core::cmp::Ordering::Equal,
    });
    tuple::from_slice(Ref::borrow_all(&names))
}

/// The name under which a private name of a class is kept: after an underscore and the name of the class (CPython:
/// `_Py_Mangle`).
fn mangle(class: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    let (Some(own), Some(private)) = (class.downcast(), name.downcast()) else { return Ok(name.to_ref()) };
    let private = str::points(private);
    let (first, length) = (|index| private.get(index), private.len());
    let is_underscore = |index| first(index) == Some('_'.into());
    let is_private = is_underscore(0) && is_underscore(1);
    let is_special = length >= 2 && is_underscore(length - 1) && is_underscore(length - 2);
    let own = str::points(own);
    let start = own.iter().position(|point| point != u32::from('_'));
    let Some(start) = start.filter(|_| is_private && !is_special && !private.iter().any(|point| point == '.'.into()))
    else {
        return Ok(name.to_ref());
    };
    let mut text = str::Builder::new();
    text.push('_'.into())?;
    text.extend(own.iter().skip(start))?;
    text.push_object(name)?;
    text.finish()
}

/// Writes the additions of a class: the table of its members, its sizes, and the flags of a dict and of weak
/// references.
pub fn add(class: Heap<'_>, parts: &Parts<'_>, plan: &Plan) -> Result<()> {
    let (table, _) = members(class);
    let mut offset = parts.base.fields().tp_basicsize;
    let fields = class.fields();
    for (index, name) in plan.names().map(tuple::items).unwrap_or_default().iter().enumerate() {
        let name = str::utf8(str::require(*name)?)?;
        // SAFETY: the class was allocated with room for as many rows. It owns the tuple of names, whose UTF-8 forms
        // live as long as they do.
        unsafe {
            let row = PyMemberDef { name: name.as_ptr().cast(), kind: Py_T_OBJECT_EX, offset, ..PyMemberDef::END };
            table.add(index).write(row);
        }
        offset += size_of::<*mut PyObject>() as Py_ssize_t;
    }
    // SAFETY: the class is new, and no other code has it.
    unsafe {
        let class = &raw mut (*fields).ht_type;
        if plan.weak {
            (*class).tp_flags |= Py_TPFLAGS_MANAGED_WEAKREF;
            (*class).tp_weaklistoffset = MANAGED_WEAKREF_OFFSET;
        }
        if plan.dict {
            (*class).tp_flags |= Py_TPFLAGS_MANAGED_DICT;
            (*class).tp_dictoffset = MANAGED_DICT_OFFSET;
        }
        (*class).tp_basicsize = offset;
        (*class).tp_itemsize = parts.base.fields().tp_itemsize;
        (*class).tp_members = table;
        (*class).tp_getset = getsets::table(plan.dict, plan.weak);
    }
    Ok(())
}

/// Whether a text can be a name in Python.
fn is_identifier(text: str::Str<'_>) -> bool {
    let is_part = |(index, point): (usize, u32)| match char::from_u32(point) {
        Some('_') => true,
        Some(point) => point.is_alphabetic() || index > 0 && point.is_alphanumeric(),
        None => false,
    };
    let points = str::points(text);
    !points.is_empty() && points.iter().enumerate().all(is_part)
}
