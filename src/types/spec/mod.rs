//! Types from a description by C (CPython: `PyType_FromSpec` and the functions beside it).

mod parts;

use crate::abi::*;
use crate::objects::dict::{self, Dict};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{class_name, function, str};
use crate::runtime::known::{OBJECT, TYPE};
use crate::runtime::type_spec::Spec;
use crate::runtime::{Obj, Own, Ref, Result, Type, error, raise, refusal};
use crate::types::heap::{self, Heap, bases, instance};
use crate::types::{class, ready, slots};
use core::ffi::{CStr, c_int};
use parts::{Parts, Sizes};

/// Makes a type: of a metaclass, for a module, with a base or a tuple of bases; each may be left out (CPython:
/// `PyType_FromMetaclass`). Bases that are not given are those of the description, else `object`.
pub fn make(meta: Option<Type<'_>>, module: Option<Obj<'_>>, spec: Spec<'_>, bases: Option<Obj<'_>>) -> Result<Ref> {
    let parts = Parts::of(spec)?;
    let Some(name) = spec.name() else {
        return Err(raise!(SystemError, "Type spec does not define the name field."));
    };
    let short_name = str::from_utf8(name.to_bytes().rsplit(|byte| *byte == b'.').next().unwrap_or_default())?;
    let bases = bases_of(spec, bases)?;
    let bases = bases.borrow();
    if spec.fields().flags & IMMUTABLE != 0 {
        require_immutable(name, bases)?;
    }
    let meta = bases::metaclass(meta.unwrap_or(TYPE), bases)?;
    if meta.fields().tp_new.is_some_and(|own| Some(own as usize) != TYPE.fields().tp_new.map(|slot| slot as usize)) {
        return Err(raise!(TypeError, "Metaclasses with custom tp_new are not supported."));
    }
    let base = bases::best(bases)?;
    let sizes = Sizes::of(spec, &parts, base)?;

    let class = heap::allocate(meta, parts.members.len(), spec.fields().flags.into())?;
    let this = class.borrow();
    begin(this, name, short_name, bases, base, module)?;
    if let Some(doc) = parts.doc {
        heap::set_doc(this, doc.to_bytes())?;
    }
    fill(this, spec, &parts, &sizes);
    let this = heap::as_type(this);
    // SAFETY: the class is new, so that no other thread uses it. Its fields are those of the description, which is
    // valid.
    unsafe { ready::ready(this)? };
    parts::check_sizes(this)?;
    complete(this, name, &parts, &sizes)?;
    // As in CPython, an error that was pending before the call is the error of the call.
    error::pending().map_or_else(|| Ok(class.into_ref()), Err)
}

const IMMUTABLE: u32 = Py_TPFLAGS_IMMUTABLETYPE as u32;

/// The bases: those that are given, or those of the description. SystemError when the description's are not a tuple.
fn bases_of(spec: Spec<'_>, given: Option<Obj<'_>>) -> Result<Own<PyTupleObject>> {
    if let Some(given) = given {
        return given.downcast().map_or_else(|| tuple::from_slice(&[given]), |bases| Ok(bases.to_own()));
    }
    let last = |id: c_int| spec.slots().filter(|slot| slot.slot == id).last();
    if let Some(bases) = last(Py_tp_bases).filter(|slot| !slot.pfunc.is_null()) {
        // SAFETY: the slot of a valid description holds an object.
        let bases = unsafe { Obj::from_ptr_unchecked(bases.pfunc.cast()) };
        return bases
            .downcast()
            .map(|bases| bases.to_own())
            .ok_or_else(|| raise!(SystemError, "Py_tp_bases is not a tuple"));
    }
    let base = last(Py_tp_base).map_or(OBJECT.as_ptr(), |slot| slot.pfunc.cast());
    if base.is_null() {
        return Err(refusal::null_argument("PyType_FromSpec"));
    }
    // SAFETY: the slot of a valid description holds a type, which has no users yet if it is not ready.
    let base = unsafe {
        let base = Type::from_ptr_unchecked(base);
        ready::ready(base)?;
        base
    };
    tuple::from_slice(&[base.as_obj()])
}

/// TypeError for an immutable type with a base that can change.
fn require_immutable(name: &CStr, bases: Tuple<'_>) -> Result<()> {
    for base in tuple::items(bases) {
        let Some(base) = base.as_type() else { return Err(raise!(TypeError, "bases must be types")) };
        if !base.has_flag(Py_TPFLAGS_IMMUTABLETYPE) {
            let shown = class_name::fully_qualified(base, '.')?;
            let (name, shown) = (crate::runtime::memory::Lossy(name.to_bytes()), str::as_text(shown.borrow()));
            return Err(raise!(TypeError, "Creating immutable type {name} from mutable base {shown}"));
        }
    }
    Ok(())
}

/// Gives a new class its names, its bases and its module.
fn begin(
    class: Heap<'_>,
    name: &CStr,
    short_name: Ref,
    bases: Tuple<'_>,
    base: Type<'_>,
    module: Option<Obj<'_>>,
) -> Result<()> {
    let copy = heap::copy_text(name.to_bytes())?;
    let fields = class.fields();
    // SAFETY: the class is new, so that all these fields are empty, and it owns the references and the text from here
    // on.
    unsafe {
        (*fields)._ht_tpname = copy;
        (*fields).ht_type.tp_name = copy;
        (*fields).ht_qualname = short_name.clone().into_ptr();
        (*fields).ht_name = short_name.into_ptr();
        (*fields).ht_type.tp_bases = bases.to_ref().into_ptr();
        (*fields).ht_type.tp_base = base.as_obj().to_ref().into_ptr().cast();
        (*fields).ht_module = module.map_or(core::ptr::null_mut(), |module| module.to_ref().into_ptr());
    }
    Ok(())
}

/// Copies the sizes, the members and the slots of a description to a new class.
fn fill(class: Heap<'_>, spec: Spec<'_>, parts: &Parts<'_>, sizes: &Sizes) {
    let (table, _) = heap::members(class);
    let this = heap::as_type(class);
    for slot in spec.slots() {
        if matches!(slot.slot, Py_tp_base | Py_tp_bases | Py_tp_doc | Py_tp_members) {
            continue;
        }
        // CPython's Py_TP_USE_SPEC is NULL.
        let value = match slot.slot == Py_tp_token && slot.pfunc.is_null() {
            true => spec.as_ptr().cast(),
            false => slot.pfunc,
        };
        if let Some(row) = slots::by_id(slot.slot) {
            // SAFETY: no other code has the class yet, and the value is of the kind that the slot asks for.
            unsafe { row.set(this, value) };
        }
    }
    // SAFETY: the class is new, and was allocated with room for the members.
    unsafe {
        for (index, member) in parts.members.iter().enumerate() {
            table.add(index).write(sizes.absolute(member));
        }
        let fields = &raw mut (*class.fields()).ht_type;
        if spec.slots().any(|slot| slot.slot == Py_tp_members) {
            (*fields).tp_members = table;
        }
        (*fields).tp_basicsize = sizes.basic;
        (*fields).tp_itemsize = spec.fields().itemsize as Py_ssize_t;
        (*fields).tp_weaklistoffset = sizes.weaklist;
        (*fields).tp_dictoffset = sizes.dict;
        (*fields).tp_vectorcall_offset = sizes.vectorcall;
        if (*fields).tp_dealloc.is_none() {
            (*fields).tp_dealloc = Some(instance::dealloc);
        }
    }
}

/// Completes the dict of a class that is ready: the documentation, the offsets that are no attributes, and the name
/// of the module.
fn complete(class: Type<'_>, name: &CStr, parts: &Parts<'_>, sizes: &Sizes) -> Result<()> {
    let attributes: Dict<'_> = class::attributes(class)?;
    if let Some(doc) = parts.doc {
        let text = str::from_utf8(function::without_signature(name.to_bytes(), doc.to_bytes()))?;
        dict::set_str(attributes, "__doc__", text.borrow())?;
    }
    for (offset, name) in [(sizes.weaklist, parts::WEAKLIST), (sizes.dict, parts::DICT)] {
        if offset != 0 {
            dict::delete(attributes, str::from_utf8(name.to_bytes())?.borrow())?;
        }
    }
    let name = name.to_bytes();
    let dot = name.iter().rposition(|byte| *byte == b'.');
    match dot.and_then(|dot| name.get(..dot)) {
        // CPython warns of a name without a module by a DeprecationWarning, which the default filters hide.
        None => Ok(()),
        Some(_) if dict::get_str(attributes, "__module__")?.is_some() => Ok(()),
        Some(module) => dict::set_str(attributes, "__module__", str::from_utf8(module)?.borrow()),
    }
}
