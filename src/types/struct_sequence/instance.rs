//! Instances of struct sequences.

use super::{FIELDS, Sequence, counts, shown};
use crate::abi::*;
use crate::objects::arguments::Signature;
use crate::objects::dict::Dict;
use crate::objects::slots;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{convert, dict, int, list, str};
use crate::protocol::text;
use crate::runtime::known::NONE;
use crate::runtime::reference::decref;
use crate::runtime::{Field, Obj, Own, Ref, Result, Type, View, gc, instance, raise, refusal};
use crate::types::class;
use core::ffi::{CStr, c_int, c_void};
use core::ptr::NonNull;

pub(super) static mut METHODS: [PyMethodDef; 3] =
    [slots::method_noargs(c"__reduce__", reduce), slots::method_keywords(c"__replace__", replace), PyMethodDef::END];

pub(super) const REPR: reprfunc = slots::unary(repr);
pub(super) const NEW: newfunc = slots::new(construct);

/// An instance of a class without items yet, which the collector does not track (CPython: `PyStructSequence_New`).
/// TypeError for a class of another kind.
pub fn new(class: Type<'_>) -> Result<Own<PyTupleObject>> {
    let [fields, visible, _] = counts(class)?;
    let o = instance::allocate_here(class, fields)?;
    // SAFETY: a new instance of a class derived from tuple, with room for all fields, which are NULL.
    unsafe {
        let head = o.cast::<PyTupleObject>().as_ptr();
        (*head).ob_base.ob_size = visible as Py_ssize_t;
        (*head).ob_hash = -1;
        Ok(Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr())))
    }
}

/// The places of all fields of an instance: as many as its class says.
fn places(sequence: Sequence<'_>) -> &[Field] {
    let attributes = class::attributes(sequence.class()).ok();
    let count = attributes.and_then(|attributes| dict::get_name(attributes, str::HashedName::new(FIELDS)));
    let count = count.and_then(|count| int::compact(count.borrow().downcast()?)).unwrap_or(0);
    // SAFETY: an instance has room for as many fields as its class says, each NULL or an owned reference. A field is a
    // pointer.
    unsafe { core::slice::from_raw_parts(tuple::places(sequence).cast(), count.unsigned_abs()) }
}

/// Puts an object into a field, whether a tuple shows it or not.
pub fn set(sequence: Sequence<'_>, index: usize, item: Ref) {
    if let Some(place) = places(sequence).get(index) {
        place.set(Some(item));
    }
}

/// The object in a field, as a borrowed reference for C; `None` without such a field.
pub fn peek(sequence: Sequence<'_>, index: usize) -> Option<*mut PyObject> {
    places(sequence).get(index).map(Field::as_ptr)
}

/// The rows of the fields that have names.
fn names<'a>(class: Type<'a>) -> impl Iterator<Item = &'a CStr> {
    let mut row = class.fields().tp_members.cast::<PyMemberDef>().cast_const();
    core::iter::from_fn(move || {
        // SAFETY: the table ends with a row without a name, after which the iteration does not go.
        unsafe {
            let name = (*row).name;
            if name.is_null() {
                return None;
            }
            row = row.add(1);
            Some(CStr::from_ptr(name))
        }
    })
}

/// The names of the items after those that a tuple shows. Fields without a name are among the first.
fn hidden_name<'a>(class: Type<'a>, index: usize, unnamed: usize) -> Result<&'a str> {
    let name = index.checked_sub(unnamed).and_then(|row| names(class).nth(row));
    name.and_then(|name| name.to_str().ok()).ok_or_else(refusal::null_error)
}

/// `tp_dealloc`
///
/// # Safety
/// No reference to the instance is left.
pub(super) unsafe extern "C" fn dealloc(o: *mut PyObject) {
    // SAFETY: the instance is whole, and no code uses it afterwards. Instances of a class that is no static type own a
    // reference to it.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        let class = this.class();
        gc::untrack(this);
        places(View::new_unchecked(this)).iter().for_each(|place| place.set(None));
        instance::free_by_type(NonNull::new_unchecked(o));
        if class.has_flag(Py_TPFLAGS_HEAPTYPE) {
            decref(NonNull::new_unchecked(class.as_obj().as_ptr()));
        }
    }
}

/// `tp_traverse`
///
/// # Safety
/// `o` is an instance, and `visit` is called with an argument that came with it.
pub(super) unsafe extern "C" fn traverse(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
    let Some(visit) = visit else { return 0 };
    // SAFETY: the instance is whole, and the visitor gets the argument that came with it.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        if this.class().has_flag(Py_TPFLAGS_HEAPTYPE) {
            let answer = visit(this.class().as_obj().as_ptr(), argument);
            if answer != 0 {
                return answer;
            }
        }
        let items = places(View::new_unchecked(this)).iter().map(Field::as_ptr).filter(|item| !item.is_null());
        items.map(|item| visit(item, argument)).find(|answer| *answer != 0).unwrap_or(0)
    }
}

/// `module.Name(field=value, …)`
fn repr(sequence: View<'_, PyTupleObject>) -> Result<Ref> {
    let mut out = str::Builder::new();
    let name = sequence.class().with_name(|name| str::from_utf8(name.to_bytes()))?;
    out.push_object(name.borrow())?;
    let fields = names(sequence.class()).zip(places(sequence)).take(tuple::len(sequence));
    for (index, (name, place)) in fields.enumerate() {
        out.push_latin1(if index == 0 { b"(" } else { b", " })?;
        out.push_object(str::from_utf8(name.to_bytes())?.borrow())?;
        out.push_latin1(b"=")?;
        match place.get() {
            Some(item) => out.push_object(text::repr(item.borrow())?.borrow())?,
            None => out.push_latin1(b"<NULL>")?,
        }
    }
    if tuple::len(sequence) == 0 {
        out.push_latin1(b"(")?;
    }
    out.push_latin1(b")")?;
    out.finish()
}

/// `Name(sequence, dict={})`
fn construct(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [fields, visible, unnamed] = counts(class)?;
    let signature = Signature { function: "structseq", names: ["sequence", "dict"], required: 1 };
    let [sequence, hidden] = signature.parse(tuple::items(args), keywords)?;
    let sequence = sequence.ok_or_else(refusal::null_error)?;
    let refuse = || raise!(TypeError, "constructor requires a sequence");
    let items = convert::fast(sequence.borrow(), Some(&refuse))?;
    let items = convert::to_tuple(items.borrow())?;
    let (items, name) = (tuple::items(items.borrow()), class.name());
    let hidden = match &hidden {
        Some(hidden) => Some(
            hidden
                .borrow()
                .downcast()
                .ok_or_else(|| raise!(TypeError, "{name}() takes a dict as second arg, if any"))?,
        ),
        None => None,
    };
    let given = items.len();
    if given < visible || given > fields {
        let (bound, count) = match () {
            () if visible == fields => ("a ", visible),
            () if given < visible => ("an at least ", visible),
            () => ("an at most ", fields),
        };
        return Err(raise!(TypeError, "{name}() takes {bound}{count}-sequence ({given}-sequence given)"));
    }
    let made = new(class)?;
    let mut found = 0;
    for index in 0..fields {
        let item = match (items.get(index), hidden) {
            (Some(item), _) => item.to_ref(),
            (None, Some(hidden)) => {
                let item = dict::get_str(hidden, hidden_name(class, index, unnamed)?)?;
                found += usize::from(item.is_some());
                item.unwrap_or_else(|| NONE.to_ref())
            }
            (None, None) => NONE.to_ref(),
        };
        set(made.borrow(), index, item);
    }
    if hidden.is_some_and(|hidden| dict::len(hidden) > found) {
        return Err(raise!(TypeError, "{name}() got duplicate or unexpected field name(s)"));
    }
    Ok(made.into_ref())
}

/// `__reduce__`: the class, and the arguments that make an equal instance.
fn reduce(sequence: View<'_, PyTupleObject>) -> Result<Ref> {
    let class = sequence.class();
    let [fields, visible, unnamed] = counts(class)?;
    let hidden = dict::new()?;
    for index in visible..fields {
        if let Some(item) = places(sequence).get(index).and_then(Field::get) {
            dict::set_str(hidden.borrow(), hidden_name(class, index, unnamed)?, item.borrow())?;
        }
    }
    let arguments = tuple::from_slice(&[shown(sequence)?.as_obj(), *hidden.borrow()])?;
    tuple::from_slice(&[class.as_obj(), arguments.as_obj()]).map(Own::into_ref)
}

/// `__replace__(**fields)`: an instance with other objects in some fields.
fn replace(sequence: View<'_, PyTupleObject>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    if tuple::len(args) > 0 {
        return Err(raise!(TypeError, "__replace__() takes no positional arguments"));
    }
    let class = sequence.class();
    let [_, _, unnamed] = counts(class)?;
    if unnamed > 0 {
        let name = class.name();
        return Err(raise!(TypeError, "__replace__() is not supported for {name} because it has unnamed field(s)"));
    }
    let made = new(class)?;
    let mut used = 0;
    for (index, (name, place)) in names(class).zip(places(sequence)).enumerate() {
        let name = str::from_utf8(name.to_bytes())?;
        let other = keywords.map_or(Ok(None), |keywords| dict::get(keywords, name.borrow()))?;
        used += usize::from(other.is_some());
        if let Some(item) = other.or_else(|| place.get()) {
            set(made.borrow(), index, item);
        }
    }
    let Some(keywords) = keywords.filter(|keywords| dict::len(*keywords) > used) else { return Ok(made.into_ref()) };
    let unknown = list::new()?;
    for (key, _) in dict::entries(keywords) {
        if !names(class).any(|name| name.to_str().is_ok_and(|name| str::is(key.borrow(), name))) {
            list::append(unknown.borrow(), key.borrow())?;
        }
    }
    let unknown = text::repr(*unknown.borrow())?;
    Err(raise!(TypeError, "Got unexpected field name(s): {}", str::as_text(unknown.borrow())))
}
