//! `classmethod` and `staticmethod`: a callable that is bound to the class when it is looked up, or not bound at all.

use super::wrapped::{self, Wrapped};
use super::{bound, is_abstract};
use crate::abi::*;
use crate::objects::arguments::exactly;
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::Tuple;
use crate::objects::{call, class_defaults, dict, str};
use crate::protocol::text;
use crate::runtime::{Field, Layout, Obj, Ref, Result, Type, View, error, known, raise};
use crate::types::attribute;
use core::ffi::CStr;
use core::mem::offset_of;

/// A kind of wrapped callable.
pub trait Kind: Sized + 'static {
    /// The type of its objects.
    const CLASS: Type<'static>;
    /// The type's name.
    const NAME: &'static str;
    /// The value of the attribute for an object and its class.
    fn bind(callable: Obj<'_>, o: Option<Obj<'_>>, class: Option<Obj<'_>>) -> Result<Ref>;
}

/// The kind that is bound to the class.
#[derive(Debug)]
pub enum ClassMethod {}

/// The kind that is not bound.
#[derive(Debug)]
pub enum StaticMethod {}

impl Kind for ClassMethod {
    const CLASS: Type<'static> = CLASS_METHOD;
    const NAME: &'static str = "classmethod";

    fn bind(callable: Obj<'_>, o: Option<Obj<'_>>, class: Option<Obj<'_>>) -> Result<Ref> {
        match class.or(o.map(|o| o.class().as_obj())) {
            Some(class) => bound::new(callable, class),
            None => Err(raise!(TypeError, "__get__(None, None) is invalid")),
        }
    }
}

impl Kind for StaticMethod {
    const CLASS: Type<'static> = STATIC_METHOD;
    const NAME: &'static str = "staticmethod";

    fn bind(callable: Obj<'_>, _: Option<Obj<'_>>, _: Option<Obj<'_>>) -> Result<Ref> {
        Ok(callable.to_ref())
    }
}

const fn type_of<K: Kind>(name: &'static CStr) -> PyTypeObject {
    PyTypeObject {
        tp_name: name.as_ptr(),
        tp_basicsize: size_of::<Wrapped<K>>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<Wrapped<K>>(),
        tp_repr: slots::unary(repr::<K>),
        tp_traverse: slots::traverse::<Wrapped<K>>(),
        tp_clear: slots::clear::<Wrapped<K>>(),
        tp_descr_get: slots::describe(get::<K>),
        tp_dictoffset: offset_of!(Wrapped<K>, attributes) as Py_ssize_t,
        tp_init: slots::init(init::<K>),
        tp_new: slots::new(new_by_call),
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_BASETYPE,
        ..class_defaults::COLLECTED
    }
}

static mut METHODS: [PyMethodDef; 2] = [crate::objects::class_lookup::CLASS_GETITEM, PyMethodDef::END];

static_type! {
    /// `classmethod`
    pub PyClassMethod_Type as CLASS_METHOD = PyTypeObject {
        tp_methods: (&raw mut METHODS).cast(),
        tp_members: (&raw mut CLASS_MEMBERS).cast(),
        tp_getset: (&raw mut CLASS_GETSETS).cast(),
        ..type_of::<ClassMethod>(c"classmethod")
    }
}

static_type! {
    /// `staticmethod`
    pub PyStaticMethod_Type as STATIC_METHOD = PyTypeObject {
        tp_call: slots::call(call_slot),
        tp_methods: (&raw mut METHODS).cast(),
        tp_members: (&raw mut STATIC_MEMBERS).cast(),
        tp_getset: (&raw mut STATIC_GETSETS).cast(),
        ..type_of::<StaticMethod>(c"staticmethod")
    }
}

const fn members<K>() -> [PyMemberDef; 3] {
    [
        PyMemberDef::object(c"__func__", offset_of!(Wrapped<K>, callable)).read_only(),
        PyMemberDef::object(c"__wrapped__", offset_of!(Wrapped<K>, callable)).read_only(),
        PyMemberDef::END,
    ]
}

const fn getsets<K: Kind>() -> [PyGetSetDef; 5] {
    [
        slots::getter(c"__isabstractmethod__", is_abstract_method::<K>),
        slots::getset(c"__dict__", get_dict::<K>, set_dict::<K>),
        slots::getset(c"__annotations__", get_annotations::<K>, set_annotations::<K>),
        slots::getset(c"__annotate__", get_annotate::<K>, set_annotate::<K>),
        PyGetSetDef::END,
    ]
}

static mut CLASS_MEMBERS: [PyMemberDef; 3] = members::<ClassMethod>();
static mut STATIC_MEMBERS: [PyMemberDef; 3] = members::<StaticMethod>();
static mut CLASS_GETSETS: [PyGetSetDef; 5] = getsets::<ClassMethod>();
static mut STATIC_GETSETS: [PyGetSetDef; 5] = getsets::<StaticMethod>();

type This<'a, K> = View<'a, Wrapped<K>>;

// SAFETY: objects of this type, and of types derived from it, begin with this layout.
unsafe impl<K: Kind> Layout for Wrapped<K> {
    fn check(o: Obj<'_>) -> bool {
        o.is_a(K::CLASS)
    }
}

// SAFETY: such an object owns its callable and its attributes.
unsafe impl<K: Kind> Owner for Wrapped<K> {
    const FIELDS: &'static [usize] = &[offset_of!(Wrapped<K>, callable), offset_of!(Wrapped<K>, attributes)];
}

/// The field with the callable, and that with the attributes.
fn fields<'a, K>(this: This<'a, K>) -> (&'a Field, &'a Field) {
    // SAFETY: both fields hold NULL or an owned reference.
    unsafe { (Field::at(&raw mut (*this.fields()).callable), Field::at(&raw mut (*this.fields()).attributes)) }
}

/// A new object of this kind (CPython: `PyClassMethod_New`, `PyStaticMethod_New`).
pub fn new<K: Kind>(callable: Obj<'_>) -> Result<Ref> {
    wrapped::new(K::CLASS, callable)
}

/// `tp_new`: until the object is initialised, its callable is None.
fn new_by_call(class: Type<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    wrapped::new(class, known::NONE)
}

/// Takes the callable, and copies the attributes that describe it.
fn init<K: Kind>(this: This<'_, K>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    let [callable] = exactly(K::NAME, arguments, keywords)?;
    fields(this).0.set(Some(callable.to_ref()));
    for name in ["__module__", "__name__", "__qualname__", "__doc__"] {
        if let Some(value) = attribute::find_str(callable, name)? {
            attribute::set_str(*this, name, value.borrow())?;
        }
    }
    Ok(())
}

/// The callable; RuntimeError for an object that the collector has cleared.
fn require_callable<K: Kind>(this: This<'_, K>) -> Result<Ref> {
    fields(this).0.get().ok_or_else(|| raise!(RuntimeError, "uninitialized {} object", K::NAME))
}

fn get<K: Kind>(this: This<'_, K>, o: Option<Obj<'_>>, class: Option<Obj<'_>>) -> Result<Ref> {
    K::bind(require_callable(this)?.borrow(), o, class)
}

fn call_slot(this: This<'_, StaticMethod>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Option<Ref> {
    call::call_as_c(require_callable(this).ok()?.borrow(), arguments, keywords)
}

/// `<KIND(CALLABLE)>`
fn repr<K: Kind>(this: This<'_, K>) -> Result<Ref> {
    let shown = match fields(this).0.get() {
        Some(callable) => text::repr(callable.borrow())?,
        None => str::from_str("<NULL>")?,
    };
    str::format(format_args!("<{}({})>", K::NAME, str::as_text(shown.borrow())))
}

fn is_abstract_method<K: Kind>(this: This<'_, K>) -> Result<Ref> {
    Ok(known::bool(is_abstract(fields(this).0.get())?).to_ref())
}

/// The object's own attributes, in a dict that is made when it is needed.
fn get_dict<K: Kind>(this: This<'_, K>) -> Result<Ref> {
    let field = fields(this).1;
    if field.is_null() {
        field.set(Some(dict::new()?.into_ref()));
    }
    field.get().ok_or_else(|| error::raise_no_attribute(*this, known::NONE, None))
}

fn set_dict<K: Kind>(this: This<'_, K>, value: Option<Obj<'_>>) -> Result<()> {
    let Some(value) = value else { return Err(raise!(TypeError, "cannot delete __dict__")) };
    if !dict::check(value) {
        return Err(raise!(TypeError, "__dict__ must be set to a dictionary, not a '{}'", value.class().name()));
    }
    fields(this).1.set(Some(value.to_ref()));
    Ok(())
}

/// An attribute that the callable has, kept in the object's own dict once it is known.
fn get_kept<K: Kind>(this: This<'_, K>, name: &str) -> Result<Ref> {
    let own = get_dict(this)?;
    let Some(own) = own.borrow().downcast() else { return Err(raise!(SystemError, "a __dict__ is no dict")) };
    if let Some(kept) = dict::get_str(own, name)? {
        return Ok(kept);
    }
    let value = attribute::get_str(require_callable(this)?.borrow(), name)?;
    dict::set_str(own, name, value.borrow())?;
    Ok(value)
}

fn set_kept<K: Kind>(this: This<'_, K>, name: &str, value: Option<Obj<'_>>) -> Result<()> {
    let own = get_dict(this)?;
    let Some(own) = own.borrow().downcast() else { return Err(raise!(SystemError, "a __dict__ is no dict")) };
    match value {
        Some(value) => dict::set_str(own, name, value),
        None => match dict::remove(own, str::from_str(name)?.borrow())? {
            Some(_) => Ok(()),
            None => Err(raise!(AttributeError, "'{}' object has no attribute '{name}'", K::NAME)),
        },
    }
}

fn get_annotations<K: Kind>(this: This<'_, K>) -> Result<Ref> {
    get_kept(this, "__annotations__")
}

fn set_annotations<K: Kind>(this: This<'_, K>, value: Option<Obj<'_>>) -> Result<()> {
    set_kept(this, "__annotations__", value)
}

fn get_annotate<K: Kind>(this: This<'_, K>) -> Result<Ref> {
    get_kept(this, "__annotate__")
}

fn set_annotate<K: Kind>(this: This<'_, K>, value: Option<Obj<'_>>) -> Result<()> {
    set_kept(this, "__annotate__", value)
}
