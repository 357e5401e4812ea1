//! `property`: an attribute whose value callables get, set and delete.

use super::attribute;
use super::methods::is_abstract;
use crate::abi::*;
use crate::objects::arguments::Signature;
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{call, class_defaults, class_name, str};
use crate::protocol::text;
use crate::runtime::{Field, Layout, Obj, Ref, Result, View, error, known, raise};
use core::cell::Cell;
use core::mem::offset_of;

/// A property (64 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PropertyObject {
    ob_base: PyObject,
    get: *mut PyObject,
    set: *mut PyObject,
    delete: *mut PyObject,
    doc: *mut PyObject,
    name: *mut PyObject,
    doc_is_getters: i32,
}

static_type! {
    /// `property`
    pub PyProperty_Type as PROPERTY = PyTypeObject {
        tp_name: c"property".as_ptr(),
        tp_basicsize: size_of::<PropertyObject>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<PropertyObject>(),
        tp_traverse: slots::traverse::<PropertyObject>(),
        tp_clear: slots::unary(clear),
        tp_methods: (&raw mut METHODS).cast(),
        tp_members: (&raw mut MEMBERS).cast(),
        tp_getset: (&raw mut GETSETS).cast(),
        tp_descr_get: slots::describe(get),
        tp_descr_set: slots::assign(set),
        tp_init: slots::init(init),
        tp_new: class_defaults::GENERIC_NEW,
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_BASETYPE,
        ..class_defaults::COLLECTED
    }
}

static mut METHODS: [PyMethodDef; 5] = [
    slots::method_o(c"getter", with_getter),
    slots::method_o(c"setter", with_setter),
    slots::method_o(c"deleter", with_deleter),
    slots::method_fastcall(c"__set_name__", take_name),
    PyMethodDef::END,
];

static mut MEMBERS: [PyMemberDef; 5] = [
    PyMemberDef::object(c"fget", offset_of!(PropertyObject, get)).read_only(),
    PyMemberDef::object(c"fset", offset_of!(PropertyObject, set)).read_only(),
    PyMemberDef::object(c"fdel", offset_of!(PropertyObject, delete)).read_only(),
    PyMemberDef::object(c"__doc__", offset_of!(PropertyObject, doc)),
    PyMemberDef::END,
];

static mut GETSETS: [PyGetSetDef; 3] = [
    slots::getset(c"__name__", get_name, set_name),
    slots::getter(c"__isabstractmethod__", is_abstract_method),
    PyGetSetDef::END,
];

type Property<'a> = View<'a, PropertyObject>;

// SAFETY: objects of this type, and of types derived from it, begin with this layout.
unsafe impl Layout for PropertyObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_a(PROPERTY)
    }
}

// SAFETY: a property owns its callables, its documentation and its name.
unsafe impl Owner for PropertyObject {
    const FIELDS: &'static [usize] = &[
        offset_of!(PropertyObject, get),
        offset_of!(PropertyObject, set),
        offset_of!(PropertyObject, delete),
        offset_of!(PropertyObject, doc),
        offset_of!(PropertyObject, name),
    ];
}

/// The fields of a property that own a reference.
struct Fields<'a> {
    get: &'a Field,
    set: &'a Field,
    delete: &'a Field,
    doc: &'a Field,
    name: &'a Field,
    doc_is_getters: &'a Cell<i32>,
}

fn fields<'a>(property: Property<'a>) -> Fields<'a> {
    let fields = property.fields();
    // SAFETY: each of these fields holds NULL or an owned reference, and the last a number.
    unsafe {
        Fields {
            get: Field::at(&raw mut (*fields).get),
            set: Field::at(&raw mut (*fields).set),
            delete: Field::at(&raw mut (*fields).delete),
            doc: Field::at(&raw mut (*fields).doc),
            name: Field::at(&raw mut (*fields).name),
            doc_is_getters: &*(&raw mut (*fields).doc_is_getters).cast(),
        }
    }
}

/// `property(fget, fset, fdel, doc)`. None stands for an argument that is not given.
fn init(property: Property<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    const SIGNATURE: Signature<4> =
        Signature { function: "property", names: ["fget", "fset", "fdel", "doc"], required: 0 };
    let given = SIGNATURE.parse(tuple::items(arguments), keywords)?;
    let [get, set, delete, doc] = given.map(|value| value.filter(|value| !value.borrow().is(known::NONE)));
    let fields = fields(property);
    fields.get.set(get.clone());
    fields.set.set(set);
    fields.delete.set(delete);
    fields.doc.set(None);
    fields.name.set(None);
    fields.doc_is_getters.set(0);
    let doc = match (doc, get) {
        (Some(doc), _) => Some(doc),
        (None, Some(get)) => {
            let doc = attribute::find_str(get.borrow(), "__doc__")?.filter(|doc| !doc.borrow().is(known::NONE));
            fields.doc_is_getters.set(doc.is_some().into());
            doc
        }
        (None, None) => None,
    };
    if property.is_exactly(PROPERTY) {
        fields.doc.set(doc);
        return Ok(());
    }
    // In a subclass the documentation is an attribute of the instance, since that of the class would hide the member.
    let doc = doc.unwrap_or_else(|| known::NONE.to_ref());
    match attribute::set_str(*property, "__doc__", doc.borrow()) {
        Err(_) if fields.doc_is_getters.get() == 0 && error::pending_is(Exc::AttributeError) => {
            error::clear();
            Ok(())
        }
        result => result,
    }
}

/// The name: that given by the class or the program, or else the getter's.
fn name(property: Property<'_>) -> Result<Option<Ref>> {
    match (fields(property).name.get(), fields(property).get.get()) {
        (Some(name), _) => Ok(Some(name)),
        (None, Some(get)) => attribute::find_str(get.borrow(), "__name__"),
        (None, None) => Ok(None),
    }
}

fn get_name(property: Property<'_>) -> Result<Ref> {
    name(property)?.ok_or_else(|| raise!(AttributeError, "'property' object has no attribute '__name__'"))
}

fn set_name(property: Property<'_>, value: Option<Obj<'_>>) -> Result<()> {
    fields(property).name.set(value.map(Obj::to_ref));
    Ok(())
}

/// `__set_name__(owner, name)`
fn take_name(property: Property<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    let [_, name] = arguments else {
        let count = arguments.len();
        return Err(raise!(TypeError, "__set_name__() takes 2 positional arguments but {count} were given"));
    };
    set_name(property, Some(*name))?;
    Ok(known::NONE.to_ref())
}

fn is_abstract_method(property: Property<'_>) -> Result<Ref> {
    let fields = fields(property);
    for callable in [fields.get, fields.set, fields.delete] {
        if is_abstract(callable.get())? {
            return Ok(known::TRUE.to_ref());
        }
    }
    Ok(known::FALSE.to_ref())
}

/// AttributeError: the property has no callable for this.
fn refuse(property: Property<'_>, o: Obj<'_>, what: &str) -> Result<Ref> {
    let name = name(property)?;
    let owner = text::repr(class_name::qualname(o.class())?.borrow())?;
    let owner = str::as_text(owner.borrow());
    let Some(name) = name else {
        return Err(raise!(AttributeError, "property of {owner} object has no {what}"));
    };
    let name = text::repr(name.borrow())?;
    Err(raise!(AttributeError, "property {} of {owner} object has no {what}", str::as_text(name.borrow())))
}

/// `tp_descr_get`: the getter's answer; for the class itself, the property.
fn get(property: Property<'_>, o: Option<Obj<'_>>, _: Option<Obj<'_>>) -> Result<Ref> {
    let Some(o) = o.filter(|o| !o.is(known::NONE)) else { return Ok(property.to_ref()) };
    match fields(property).get.get() {
        Some(get) => call::vectorcall(get.borrow(), &[o], None),
        None => refuse(property, o, "getter"),
    }
}

/// `tp_descr_set`: calls the setter, or the deleter without a value.
fn set(property: Property<'_>, o: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let fields = fields(property);
    let (callable, what) = if value.is_some() { (fields.set, "setter") } else { (fields.delete, "deleter") };
    let result = match (callable.get(), value) {
        (Some(set), Some(value)) => call::vectorcall(set.borrow(), &[o, value], None),
        (Some(delete), None) => call::vectorcall(delete.borrow(), &[o], None),
        (None, _) => refuse(property, o, what),
    };
    result.map(drop)
}

/// A property like this one, with some callables replaced. None replaces nothing.
fn copy(property: Property<'_>, changes: [Option<Obj<'_>>; 3]) -> Result<Ref> {
    let fields = fields(property);
    let mut callables = [fields.get, fields.set, fields.delete].map(Field::get);
    for (callable, change) in callables.iter_mut().zip(changes) {
        if let Some(change) = change.filter(|change| !change.is(known::NONE)) {
            *callable = Some(change.to_ref());
        }
    }
    // The new property takes its documentation from the getter, if this one did.
    let from_getter = fields.doc_is_getters.get() != 0 && callables.first().is_some_and(Option::is_some);
    let doc = if from_getter { None } else { fields.doc.get() };
    let [get, set, delete] = callables;
    let arguments = [get, set, delete, doc].map(|argument| argument.unwrap_or_else(|| known::NONE.to_ref()));
    let made = call::vectorcall(property.class().as_obj(), Ref::borrow_all(&arguments), None)?;
    if let Some(made) = made.borrow().downcast() {
        self::fields(made).name.set(fields.name.get());
    }
    Ok(made)
}

fn with_getter(property: Property<'_>, getter: Obj<'_>) -> Result<Ref> {
    copy(property, [Some(getter), None, None])
}

fn with_setter(property: Property<'_>, setter: Obj<'_>) -> Result<Ref> {
    copy(property, [None, Some(setter), None])
}

fn with_deleter(property: Property<'_>, deleter: Obj<'_>) -> Result<Ref> {
    copy(property, [None, None, Some(deleter)])
}

/// `tp_clear`: the callables stay, since a cycle through them has another end.
fn clear(property: Property<'_>) -> Result<()> {
    fields(property).doc.set(None);
    Ok(())
}
