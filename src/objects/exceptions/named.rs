//! The exceptions that say what was not found: ImportError, NameError and AttributeError. Their attributes come from
//! keyword arguments.

use super::{Behaviour, fetch, instance, pending_is, restore};
use crate::abi::*;
use crate::objects::{call, class, constants, dict, str, tuple};
use crate::runtime::error::{self, NoAttribute, Pending};
use crate::runtime::{Field, Obj, Raised, Ref, Result, gc, instance as allocation, raise};
use core::fmt::{self, Display};
use core::mem::offset_of;

/// ImportError: `name`, `path` and `name_from`, and its one argument as `msg`.
pub(super) const IMPORT_ERROR: Behaviour = Behaviour {
    size: size_of::<PyImportErrorObject>(),
    init: Some(import_error_init_slot),
    str: Some(import_error_str_slot),
    methods: (&raw mut IMPORT_ERROR_METHODS).cast(),
    members: (&raw mut IMPORT_ERROR_MEMBERS).cast(),
    ..instance::PLAIN
};

static mut IMPORT_ERROR_METHODS: [PyMethodDef; 2] =
    [method!(c"__reduce__", METH_NOARGS, import_error_reduce), PyMethodDef::END];

static mut IMPORT_ERROR_MEMBERS: [PyMemberDef; 5] = [
    PyMemberDef::object(c"msg", offset_of!(PyImportErrorObject, msg)),
    PyMemberDef::object(c"name", offset_of!(PyImportErrorObject, name)),
    PyMemberDef::object(c"path", offset_of!(PyImportErrorObject, path)),
    PyMemberDef::object(c"name_from", offset_of!(PyImportErrorObject, name_from)),
    PyMemberDef::END,
];

fn import_error_init(exception: Obj<'_>, args: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<()> {
    instance::init(exception, args, None)?;
    let attributes = [
        ("name", field!(exception, PyImportErrorObject, name)),
        ("path", field!(exception, PyImportErrorObject, path)),
        ("name_from", field!(exception, PyImportErrorObject, name_from)),
    ];
    take_keywords("ImportError", keywords, &attributes)?;
    let message = match tuple::items(args) {
        [message] => Some(message.to_ref()),
        _ => None,
    };
    field!(exception, PyImportErrorObject, msg).set(message);
    Ok(())
}
init_slot!(import_error_init_slot = import_error_init);

fn import_error_text(exception: Obj<'_>) -> Result<Ref> {
    match field!(exception, PyImportErrorObject, msg).get() {
        Some(message) if message.borrow().is_exactly(str::STR) => Ok(message),
        _ => instance::text(exception),
    }
}
slot!(import_error_str_slot(o) -> *mut PyObject = import_error_text);

/// What the exception can be made from again: the keywords go with the attributes that were set on it.
fn import_error_reduce(exception: Obj<'_>) -> Result<Ref> {
    let keywords = [
        ("name", field!(exception, PyImportErrorObject, name).get()),
        ("path", field!(exception, PyImportErrorObject, path).get()),
        ("name_from", field!(exception, PyImportErrorObject, name_from).get()),
    ];
    let mut state = field!(exception, PyImportErrorObject, base.dict).get();
    if keywords.iter().any(|(_, value)| value.is_some()) {
        state = Some(with_items(state, &keywords)?);
    }
    instance::reduce_with(exception, instance::args(exception).borrow(), state)
}

/// A copy of a dict, or a new one, with further items: those that have a value.
fn with_items(attributes: Option<Ref>, items: &[(&str, Option<Ref>)]) -> Result<Ref> {
    let all = match attributes {
        Some(attributes) => dict::copy(attributes.borrow())?,
        None => dict::new()?,
    };
    for (name, value) in items {
        if let Some(value) = value {
            dict::set_str(all.borrow(), name, value.borrow())?;
        }
    }
    Ok(all)
}

/// NameError: the `name`.
pub(super) const NAME_ERROR: Behaviour = Behaviour {
    size: size_of::<PyNameErrorObject>(),
    init: Some(name_error_init_slot),
    members: (&raw mut NAME_ERROR_MEMBERS).cast(),
    ..instance::PLAIN
};

static mut NAME_ERROR_MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::object(c"name", offset_of!(PyNameErrorObject, name)), PyMemberDef::END];

fn name_error_init(exception: Obj<'_>, args: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<()> {
    instance::init(exception, args, None)?;
    take_keywords("NameError", keywords, &[("name", field!(exception, PyNameErrorObject, name))])
}
init_slot!(name_error_init_slot = name_error_init);

/// AttributeError: the `name`, and the object `obj` that has no such attribute.
pub(super) const ATTRIBUTE_ERROR: Behaviour = Behaviour {
    size: size_of::<PyAttributeErrorObject>(),
    init: Some(attribute_error_init_slot),
    methods: (&raw mut ATTRIBUTE_ERROR_METHODS).cast(),
    members: (&raw mut ATTRIBUTE_ERROR_MEMBERS).cast(),
    ..instance::PLAIN
};

static mut ATTRIBUTE_ERROR_METHODS: [PyMethodDef; 3] = [
    method!(c"__getstate__", METH_NOARGS, attribute_error_state),
    method!(c"__reduce__", METH_NOARGS, attribute_error_reduce),
    PyMethodDef::END,
];

static mut ATTRIBUTE_ERROR_MEMBERS: [PyMemberDef; 3] = [
    PyMemberDef::object(c"name", offset_of!(PyAttributeErrorObject, name)),
    PyMemberDef::object(c"obj", offset_of!(PyAttributeErrorObject, obj)),
    PyMemberDef::END,
];

fn attribute_error_init(exception: Obj<'_>, args: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<()> {
    instance::init(exception, args, None)?;
    let name = ("name", field!(exception, PyAttributeErrorObject, name));
    let obj = ("obj", field!(exception, PyAttributeErrorObject, obj));
    take_keywords("AttributeError", keywords, &[name, obj])
}
init_slot!(attribute_error_init_slot = attribute_error_init);

/// The attributes that make the exception what it is, but for `obj`, which may be anything.
fn attribute_error_state(exception: Obj<'_>) -> Result<Ref> {
    let name = field!(exception, PyAttributeErrorObject, name).get();
    let args = Some(instance::args(exception));
    with_items(field!(exception, PyAttributeErrorObject, base.dict).get(), &[("name", name), ("args", args)])
}

fn attribute_error_reduce(exception: Obj<'_>) -> Result<Ref> {
    let state = attribute_error_state(exception)?;
    instance::reduce_with(exception, instance::args(exception).borrow(), Some(state))
}

/// AttributeError: an object has no attribute of a name. With the name of the module, where the object is one; else its
/// class is named, and its name is one that does not change.
pub fn raise_no_attribute(object: Obj<'_>, name: Obj<'_>, module: Option<Ref>) -> Raised {
    error::set(Pending::NoAttribute(NoAttribute { object: object.to_ref(), name: name.to_ref(), module }))
}

/// The text that says so.
pub fn text_of_missing(missing: &NoAttribute) -> impl Display + '_ {
    struct Text<'a>(&'a NoAttribute);
    impl Display for Text<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let name = str::as_text(self.0.name.borrow());
            match &self.0.module {
                Some(module) => write!(f, "module '{}' has no attribute '{name}'", str::as_text(module.borrow())),
                None => write!(f, "'{}' object has no attribute '{name}'", self.0.object.borrow().class().name()),
            }
        }
    }
    Text(missing)
}

/// The exception for that.
pub(super) fn no_attribute(missing: NoAttribute) -> Result<Ref> {
    let message = str::format(format_args!("{}", text_of_missing(&missing)))?;
    let args = tuple::of_one(message)?;
    let o = allocation::reserve::<true>(size_of::<PyAttributeErrorObject>())?;
    // SAFETY: there is room for it, and it is written whole.
    let exception = unsafe {
        o.cast::<PyAttributeErrorObject>().write(PyAttributeErrorObject {
            base: instance::blank_head(Exc::AttributeError.class(), args),
            obj: missing.object.into_ptr(),
            name: missing.name.into_ptr(),
        });
        Ref::from_ptr_unchecked(o.as_ptr())
    };
    gc::track_new(exception.borrow());
    Ok(exception)
}

/// Lets an AttributeError say which object has no attribute of which name, unless it says something already. Any other
/// error stays as it is.
pub fn with_attribute(raised: Raised, o: Obj<'_>, name: Obj<'_>) -> Raised {
    if error::peek(|pending| matches!(pending, Pending::NoAttribute(_))) || !pending_is(Exc::AttributeError) {
        return raised;
    }
    let Some(exception) = fetch() else { return raised };
    if exception.borrow().is_a(Exc::AttributeError.class()) {
        let own_name = field!(exception.borrow(), PyAttributeErrorObject, name);
        let own_obj = field!(exception.borrow(), PyAttributeErrorObject, obj);
        if own_name.is_null() && own_obj.is_null() {
            own_name.set(Some(name.to_ref()));
            own_obj.set(Some(o.to_ref()));
        }
    }
    restore(exception)
}

/// Raises ImportError, or a class made from it, about a module and perhaps the file it is in (CPython:
/// `PyErr_SetImportErrorSubclass`).
pub fn raise_import_error(class: Exc, message: Obj<'_>, name: Obj<'_>, path: Option<Obj<'_>>) -> Raised {
    let class = class.class().as_obj();
    match super::instantiate(class, Some(message)) {
        Ok(exception) => {
            field!(exception.borrow(), PyImportErrorObject, name).set(Some(name.to_ref()));
            field!(exception.borrow(), PyImportErrorObject, path).set(path.map(Obj::to_ref));
            super::raise_object(class, Some(exception.borrow()))
        }
        Err(raised) => raised,
    }
}

/// The same, of a class that may be anybody's; TypeError when it is not made from ImportError, or there is no message.
pub fn raise_import_error_of(
    class: Obj<'_>,
    message: Option<Obj<'_>>,
    name: Option<Obj<'_>>,
    path: Option<Obj<'_>>,
) -> Result<Raised> {
    if !class::is_subclass(class, Exc::ImportError.class().as_obj())? {
        return Err(raise!(TypeError, "expected a subclass of ImportError"));
    }
    let message = message.ok_or_else(|| raise!(TypeError, "expected a message argument"))?;
    let keywords = dict::new()?;
    dict::set_str(keywords.borrow(), "name", name.unwrap_or(constants::NONE))?;
    dict::set_str(keywords.borrow(), "path", path.unwrap_or(constants::NONE))?;
    let exception = call::call(class, tuple::from_slice(&[message])?.borrow(), Some(keywords.borrow()))?;
    Ok(super::raise_object(exception.borrow().class().as_obj(), Some(exception.borrow())))
}

/// Sets each attribute to the keyword of its name, or to nothing; TypeError for any other keyword.
fn take_keywords(class: &str, keywords: Option<Obj<'_>>, attributes: &[(&str, &Field)]) -> Result<()> {
    let given = keywords.map_or(0, dict::len);
    if given > attributes.len() {
        let plural = if attributes.len() == 1 { "" } else { "s" };
        let most = attributes.len();
        return Err(raise!(TypeError, "{class}() takes at most {most} keyword argument{plural} ({given} given)"));
    }
    let mut position = 0;
    while let Some((key, _, next)) = keywords.and_then(|keywords| dict::next(keywords, position)) {
        if !str::check(key) {
            return Err(raise!(TypeError, "keywords must be strings"));
        }
        if !attributes.iter().any(|(name, _)| str::is(key, name)) {
            return Err(raise!(TypeError, "{class}() got an unexpected keyword argument '{}'", str::as_text(key)));
        }
        position = next;
    }
    for (name, field) in attributes {
        let value = keywords.map(|keywords| dict::get_str(keywords, name)).transpose()?.flatten();
        field.set(value);
    }
    Ok(())
}
