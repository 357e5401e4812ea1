//! `type` objects: the type of types, their attribute dictionaries, and the look-up along the bases.
//!
//! A static type is complete at compile time but for `tp_dict` and `tp_mro`, which hold objects: `attributes` makes
//! them the first time somebody looks an attribute up.

mod attributes;

pub use attributes::{get_module, get_name, get_qualname};

use super::{attribute, descriptor, heap};
use crate::abi::*;
use crate::objects::class_call::{self, Entry, enter_slot};
use crate::objects::class_defaults::DEFAULTS;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{arguments, class_name, dict, exceptions, module, slots, str, tuple};
use crate::runtime::lock::Lock;
use crate::runtime::refusal;
use crate::runtime::{Layout, Obj, Own, Raised, Ref, Result, Type, View, error, gc, raise, stack};
use core::sync::atomic::{AtomicPtr, Ordering};

/// Gives a static type of C its own class, which it can't have at compile time and gets when it is made ready: without one it
/// is no object, and the collector may look at it (CPython: the first steps of `PyType_Ready`).
///
/// # Safety
/// `class` is a type, whole but for its class.
unsafe fn complete_head(class: *mut PyTypeObject) {
    // SAFETY: the caller's promise; a base is a type.
    unsafe {
        let head = &raw mut (*class).ob_base.ob_base;
        if (*head).ob_type.is_null() {
            let base = (*class).tp_base.as_ref().map(|base| base.ob_base.ob_base.ob_type);
            (*head).ob_type = base.filter(|class| !class.is_null()).unwrap_or(&raw mut PyType_Type);
        }
    }
}

/// Adds a type of C to a module, under its name after the last dot (CPython: `PyModule_AddType`). The type is completed
/// even if there is no module, which fails with the error given for it.
///
/// # Safety
/// `class` is a type, whole but for its class.
pub unsafe fn add_to_module(class: *mut PyTypeObject, module: Result<Obj<'_>>) -> Result<()> {
    // SAFETY: the type is whole but for its class, as promised, and that is completed before the type is used.
    let class = unsafe {
        complete_head(class);
        Type::from_ptr_unchecked(class)
    };
    module::add(module?, class.short_c_name(), Some(class.as_obj()))
}

static_type! {
    /// `type`: the type of types.
    pub PyType_Type as TYPE {
        tp_name: c"type".as_ptr(),
        tp_basicsize: size_of::<PyHeapTypeObject>() as Py_ssize_t,
        tp_itemsize: 40,
        tp_vectorcall_offset: core::mem::offset_of!(PyTypeObject, tp_vectorcall) as Py_ssize_t,
        tp_vectorcall: Some(enter_slot::<TypeOf>),
        tp_dealloc: Some(heap::dealloc_slot),
        tp_repr: Some(attributes::repr_slot),
        tp_call: slots::call(call_as_slot),
        tp_getattro: Some(getattr_slot),
        tp_setattro: Some(attributes::setattr_slot),
        tp_traverse: Some(heap::traverse_slot),
        tp_clear: Some(heap::clear_slot),
        tp_members: (&raw mut attributes::MEMBERS).cast(),
        tp_getset: (&raw mut attributes::GETSET).cast(),
        tp_dictoffset: core::mem::offset_of!(PyTypeObject, tp_dict) as Py_ssize_t,
        tp_is_gc: Some(heap::is_gc_slot),
        tp_flags: DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TYPE_SUBCLASS
            | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_ITEMS_AT_END,
    }
}

/// The type's own attributes: `tp_dict`, made on first use from the type's tables.
///
/// Safe from several threads without the GIL: each may build, the first to publish wins, and what is published never
/// changes for a static type, and has no references to count.
#[inline(always)]
pub fn attributes(class: Type<'_>) -> Result<Dict<'_>> {
    // SAFETY: the field is a pointer at its natural alignment, and every access to it while threads may race is here.
    let field = unsafe { AtomicPtr::from_ptr(&raw mut (*class.as_ptr()).tp_dict) };
    // SAFETY: once not NULL, tp_dict is a dict that the type keeps.
    match unsafe { Obj::from_ptr(field.load(Ordering::Acquire)).map(|dict| View::new_unchecked(dict)) } {
        Some(attributes) => Ok(attributes),
        None => build(class, field),
    }
}

#[cold]
#[inline(never)]
fn build<'a>(class: Type<'a>, field: &AtomicPtr<PyObject>) -> Result<Dict<'a>> {
    publish(field, descriptor::describe(class)?)
}

/// Puts a type's attributes in their place, unless another thread was faster. Look-ups from all threads hand them out.
#[cold]
fn publish<'a>(field: &AtomicPtr<PyObject>, built: Own<PyDictObject>) -> Result<Dict<'a>> {
    static PUBLISHING: Lock<()> = Lock::new(());
    let guard = PUBLISHING.hold();
    let mut published = field.load(Ordering::Acquire);
    if published.is_null() {
        // It is no thread's own, and never garbage.
        gc::untrack(built.as_obj());
        dict::entries(built.borrow()).for_each(|(_, value)| value.borrow().immortalize());
        published = built.into_ref().into_ptr();
        field.store(published, Ordering::Release);
    }
    drop(guard);
    // SAFETY: a dict that the type keeps from now on.
    Ok(unsafe { View::new_unchecked(Obj::from_ptr_unchecked(published)) })
}

/// The classes in which an attribute is looked for, in order: the class first (CPython: `tp_mro`).
pub fn mro(class: Type<'_>) -> impl Iterator<Item = Type<'_>> {
    // SAFETY: tp_mro is NULL or a tuple of types, kept alive by the class.
    let linear = unsafe { Obj::from_ptr(class.fields().tp_mro) }.and_then(Obj::downcast).map(tuple::items);
    let mut base = if linear.is_none() { Some(class) } else { None };
    let mut linear = linear.unwrap_or_default().iter();
    core::iter::from_fn(move || {
        linear.find_map(|item| item.as_type()).or_else(|| {
            let next = base?;
            base = next.base();
            Some(next)
        })
    })
}

/// Looks a name up along the bases (CPython: `_PyType_Lookup`). No attribute is not an error.
pub fn lookup(class: Type<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    let hash = dict::hash_of_key(name)?;
    for class in mro(class) {
        if let Some(found) = dict::get_hashed(attributes(class)?, name, hash)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Whether an object is an instance of a class, or of one in a tuple of classes (CPython: `PyObject_IsInstance`): of its
/// type, or of what it says is its `__class__`.
pub fn is_instance(o: Obj<'_>, class: Obj<'_>) -> Result<bool> {
    if o.class().as_obj().is(class) {
        return Ok(true);
    }
    let Some(class) = class.as_type() else {
        return any_of(class, " in __instancecheck__", |class| is_instance(o, class))?
            .ok_or_else(|| not_a_class("isinstance() arg 2 must be a type, a tuple of types, or a union"));
    };
    if o.is_a(class) {
        return Ok(true);
    }
    let claimed = attribute::find_str(o, "__class__")?;
    Ok(claimed.as_ref().and_then(|claimed| claimed.borrow().as_type()).is_some_and(|own| own.is_subtype(class)))
}

/// Whether a class is another, or one in a tuple, or made from it (CPython: `PyObject_IsSubclass`).
pub fn is_subclass(derived: Obj<'_>, class: Obj<'_>) -> Result<bool> {
    if tuple::check(class) {
        let found = any_of(class, " in __subclasscheck__", |class| is_subclass(derived, class))?;
        return Ok(found.unwrap_or(false));
    }
    let Some(derived) = derived.as_type() else {
        return Err(not_a_class("issubclass() arg 1 must be a class"));
    };
    let Some(class) = class.as_type() else {
        return Err(not_a_class("issubclass() arg 2 must be a class, a tuple of classes, or a union"));
    };
    Ok(derived.is_subtype(class))
}

/// The error for what is asked about as a class and is none. CPython looks for its bases first, and takes an error that is
/// pending for one of that.
fn not_a_class(message: &'static str) -> Raised {
    error::pending().unwrap_or_else(|| raise!(TypeError, "{message}"))
}

/// Whether a question has the answer yes for an item of a tuple, which may hold tuples; `None` for what is no tuple.
fn any_of(o: Obj<'_>, place: &'static str, ask: impl Fn(Obj<'_>) -> Result<bool>) -> Result<Option<bool>> {
    let Some(tuple) = o.downcast() else { return Ok(None) };
    stack::enter(place)?;
    for item in tuple::items(tuple) {
        if ask(*item)? {
            return Ok(Some(true));
        }
    }
    Ok(Some(false))
}

/// The name with the module's before it, and a separator between them (CPython: `PyType_GetFullyQualifiedName`): the
/// whole of `tp_name` for a static type, the qualified name alone for one of `builtins` or `__main__`.
pub fn fully_qualified_name(class: Type<'_>, separator: char) -> Result<Ref> {
    if !class.has_flag(Py_TPFLAGS_HEAPTYPE) {
        return class_name::of_static(class, separator);
    }
    class_name::of(class, separator)
}

/// An attribute of a class itself: the metatype's data descriptors, the class's own and inherited ones, the
/// metatype's others (CPython: `type.__getattribute__`).
pub fn getattr(class: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    let Some(this) = class.as_type() else { return Err(attribute::missing(class, name)) };
    let meta = lookup(class.class(), name)?;
    if let Some(meta) = meta.as_ref().filter(|meta| descriptor::is_data(meta.borrow())) {
        return descriptor::get(meta.borrow(), Some(class), class.class());
    }
    if let Some(own) = lookup(this, name)? {
        return descriptor::get(own.borrow(), None, this);
    }
    if let Some(meta) = meta {
        return descriptor::get(meta.borrow(), Some(class), class.class());
    }
    Err(missing(this, name))
}
slot!(getattr_slot(class, name) -> *mut PyObject = getattr);

/// AttributeError: the class has no such attribute.
fn missing(class: Type<'_>, name: Obj<'_>) -> Raised {
    let raised = raise!(AttributeError, "type object '{}' has no attribute '{}'", class.name(), str::as_text(name));
    exceptions::with_attribute(raised, class.as_obj(), name)
}

/// Calls a class: `tp_new` makes the instance, and `tp_init` initialises it if it is one of the class (CPython:
/// `type.__call__`). `type(o)` is the type of `o`.
fn call(class: Obj<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let Some(this) = class.as_type() else { return Err(attribute::missing(class, class)) };
    if this == TYPE {
        match tuple::items(arguments) {
            [o] if keywords.is_none_or(|keywords| dict::len(keywords) == 0) => return Ok(o.class().as_obj().to_ref()),
            [name, bases, namespace] => {
                let (bases, namespace) = require_parts(*name, *bases, *namespace)?;
                let made = heap::new(*name, bases, namespace)?;
                return match keywords {
                    Some(keywords) if dict::len(keywords) > 0 => Err(refuse_keywords(made.borrow())?),
                    _ => Ok(made),
                };
            }
            _ => return Err(raise!(TypeError, "type() takes 1 or 3 arguments")),
        }
    }
    class_call::instantiate(this, arguments, keywords)
}

/// The bases and the namespace, or TypeError unless a class can be made of these.
fn require_parts<'a>(name: Obj<'_>, bases: Obj<'a>, namespace: Obj<'a>) -> Result<(Tuple<'a>, Dict<'a>)> {
    let parts = [(name, str::STR), (bases, tuple::TUPLE), (namespace, dict::DICT)];
    for (index, (part, wanted)) in parts.into_iter().enumerate() {
        if !part.is_a(wanted) {
            let (nth, wanted, kind) = (index + 1, wanted.name(), arguments::kind(part));
            return Err(raise!(TypeError, "type.__new__() argument {nth} must be {wanted}, not {kind}"));
        }
    }
    bases.downcast().zip(namespace.downcast()).ok_or_else(|| refusal::bad_argument("type"))
}

/// TypeError: keywords for a class that is made go to `__init_subclass__` of its bases, and `object`'s takes none.
fn refuse_keywords(class: Obj<'_>) -> Result<Raised> {
    let name = get_qualname(class)?;
    Ok(raise!(TypeError, "{}.__init_subclass__() takes no keyword arguments", str::as_text(name.borrow())))
}

/// `type(o)` takes no names.
enum TypeOf {}

impl Entry for TypeOf {
    fn check(positional: &[Obj<'_>], names: Option<usize>) -> Result<()> {
        if positional.len() == 1 && names.unwrap_or(0) > 0 {
            return Err(raise!(TypeError, "type() takes no keyword arguments"));
        }
        Ok(())
    }

    fn call(class: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
        call(class.as_obj(), arguments, keywords)
    }
}

/// `tp_call` of `type`.
fn call_as_slot(class: View<'_, PyTypeObject>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Option<Ref> {
    call(*class, arguments, keywords).ok()
}

// SAFETY: what has this flag is a type, which begins so.
unsafe impl Layout for PyTypeObject {
    fn check(o: Obj<'_>) -> bool {
        o.has_flag(Py_TPFLAGS_TYPE_SUBCLASS)
    }
}
