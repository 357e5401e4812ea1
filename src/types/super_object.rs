//! `super`: the attributes that a class's instances have from the classes after it in the order of look-up.

use super::{attribute, class, descriptor};
use crate::abi::*;
use crate::objects::class_call::{Entry, enter_slot};
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{arguments, call, class_defaults, dict, str};
use crate::runtime::{Field, Layout, Obj, Ref, Result, Type, View, error, known, raise};
use core::mem::offset_of;

/// A `super` object (40 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct SuperObject {
    ob_base: PyObject,
    class: *mut PyObject,
    object: *mut PyObject,
    object_class: *mut PyObject,
}

static_type! {
    /// `super`
    pub PySuper_Type as SUPER = PyTypeObject {
        tp_name: c"super".as_ptr(),
        tp_basicsize: size_of::<SuperObject>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<SuperObject>(),
        tp_repr: slots::unary(repr),
        tp_getattro: slots::binary(getattr),
        tp_traverse: slots::traverse::<SuperObject>(),
        tp_members: (&raw mut MEMBERS).cast(),
        tp_descr_get: slots::describe(bind),
        tp_init: slots::init(init),
        tp_new: class_defaults::GENERIC_NEW,
        tp_vectorcall: Some(enter_slot::<Call>),
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_BASETYPE,
        ..class_defaults::COLLECTED
    }
}

static mut MEMBERS: [PyMemberDef; 4] = [
    PyMemberDef::object(c"__thisclass__", offset_of!(SuperObject, class)).read_only(),
    PyMemberDef::object(c"__self__", offset_of!(SuperObject, object)).read_only(),
    PyMemberDef::object(c"__self_class__", offset_of!(SuperObject, object_class)).read_only(),
    PyMemberDef::END,
];

type Super<'a> = View<'a, SuperObject>;

// SAFETY: objects of this type, and of types derived from it, begin with this layout.
unsafe impl Layout for SuperObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_a(SUPER)
    }
}

// SAFETY: a `super` object owns both classes and the object.
unsafe impl Owner for SuperObject {
    const FIELDS: &'static [usize] =
        &[offset_of!(SuperObject, class), offset_of!(SuperObject, object), offset_of!(SuperObject, object_class)];
}

/// The class, the object, and the class of the object as it counts here.
fn fields<'a>(this: Super<'a>) -> [&'a Field; 3] {
    let fields = this.fields();
    // SAFETY: each of these fields holds NULL or an owned reference.
    unsafe {
        [
            Field::at(&raw mut (*fields).class),
            Field::at(&raw mut (*fields).object),
            Field::at(&raw mut (*fields).object_class),
        ]
    }
}

/// The parameters of `super(class, object)`, which have no names.
enum Call {}

impl Entry for Call {
    fn check(positional: &[Obj<'_>], names: Option<usize>) -> Result<()> {
        if names.unwrap_or(0) > 0 {
            return Err(raise!(TypeError, "super() takes no keyword arguments"));
        }
        arguments::between("super()", positional.len(), 0, 2)?;
        match positional.first() {
            Some(class) if class.as_type().is_none() => {
                Err(raise!(TypeError, "super() argument 1 must be a type, not {}", class.class().name()))
            }
            _ => Ok(()),
        }
    }
}

/// `super(class, object)`; without arguments they would be those of the Python function that calls, and C code is in
/// none.
fn init(this: Super<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    if keywords.is_some_and(|keywords| dict::len(keywords) > 0) {
        return Err(raise!(TypeError, "super() takes no keyword arguments"));
    }
    let (given, object) = match tuple::items(arguments) {
        [] => return Err(raise!(RuntimeError, "super(): no current frame")),
        [class] => (*class, None),
        [class, object] => (*class, Some(*object)),
        more => return Err(raise!(TypeError, "super() takes at most 2 arguments ({} given)", more.len())),
    };
    let Some(class) = given.as_type() else {
        return Err(raise!(TypeError, "super() argument 1 must be type, not {}", arguments::kind(given)));
    };
    let object = object.filter(|object| !object.is(known::NONE));
    let object_class = object.map(|object| class_for(class, object)).transpose()?;
    let values = [Some(class.as_obj().to_ref()), object.map(Obj::to_ref), object_class];
    fields(this).into_iter().zip(values).for_each(|(field, value)| field.set(value));
    Ok(())
}

/// The class whose order of look-up counts for an object: the object itself if it is a class derived from `class`; its
/// class, or that which it claims to have, if that is. TypeError for any other object.
fn class_for(class: Type<'_>, object: Obj<'_>) -> Result<Ref> {
    if object.as_type().is_some_and(|object| object.is_subtype(class)) {
        return Ok(object.to_ref());
    }
    if object.is_a(class) {
        return Ok(object.class().as_obj().to_ref());
    }
    if let Some(claimed) = attribute::find_str(object, "__class__")?
        && claimed.borrow().as_type().is_some_and(|claimed| claimed.is_subtype(class))
    {
        return Ok(claimed);
    }
    let (kind, shown) = match object.as_type() {
        Some(object) => ("type", object),
        None => ("instance of", object.class()),
    };
    Err(raise!(
        TypeError,
        "super(type, obj): obj ({kind} {}) is not an instance or subtype of type ({}).",
        shown.name(),
        class.name()
    ))
}

/// `tp_descr_get`: a `super` object without an object is bound to one.
fn bind(this: Super<'_>, object: Option<Obj<'_>>, _: Option<Obj<'_>>) -> Result<Ref> {
    let [class, bound, _] = fields(this);
    let Some(object) = object.filter(|object| !object.is(known::NONE) && bound.is_null()) else {
        return Ok(this.to_ref());
    };
    let Some(class) = class.get() else {
        return Err(raise!(TypeError, "super.__get__() of an object without a class"));
    };
    call::vectorcall(this.class().as_obj(), &[class.borrow(), object], None)
}

/// An attribute of the classes after this one, bound to the object; or one of the `super` object itself.
fn getattr(this: Super<'_>, name: Obj<'_>) -> Result<Ref> {
    match inherited(this, name)? {
        Some(found) => Ok(found),
        None => attribute::generic_get(*this, name),
    }
}

/// The attribute of the first class after this one that has it.
fn inherited(this: Super<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    let [start, object, object_class] = fields(this).map(Field::get);
    let (Some(start), Some(object_class)) = (start, object_class) else { return Ok(None) };
    let Some(owner) = object_class.borrow().as_type() else { return Ok(None) };
    if str::is(name, "__class__") {
        return Ok(None);
    }
    let start = start.borrow();
    for class in class::mro(owner).skip_while(|class| !class.as_obj().is(start)).skip(1) {
        if let Some(found) = dict::get(class::attributes(class)?, name)? {
            let instance = object.as_ref().map(Ref::borrow).filter(|object| !object.is(owner.as_obj()));
            return descriptor::get(found.borrow(), instance, owner).map(Some);
        }
        // As in CPython, an error that was pending before counts as that of a look-up that finds nothing.
        if let Some(raised) = error::pending() {
            return Err(raised);
        }
    }
    Ok(None)
}

/// `<super: <class 'NAME'>, <NAME object>>`
fn repr(this: Super<'_>) -> Result<Ref> {
    let [class, _, object_class] = fields(this).map(Field::get);
    let name = |class: &Option<Ref>| match class.as_ref().and_then(|class| class.borrow().as_type()) {
        Some(class) => str::format(format_args!("{}", class.name())),
        None => str::from_str("NULL"),
    };
    let shown = name(&class)?;
    let shown = str::as_text(shown.borrow());
    match object_class {
        None => str::format(format_args!("<super: <class '{shown}'>, NULL>")),
        object_class => {
            let object = name(&object_class)?;
            str::format(format_args!("<super: <class '{shown}'>, <{} object>>", str::as_text(object.borrow())))
        }
    }
}
