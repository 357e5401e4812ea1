//! The exceptions that name the thing that was not found: ImportError, NameError and AttributeError. Their attributes come
//! from keyword arguments.

use super::layout::{Attribute, Exception, Import, Name};
use super::{Behaviour, instance};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{dict, str, tuple};
use crate::runtime::error::NoAttribute;
use crate::runtime::{Field, Obj, Own, Ref, Result, raise};
use core::fmt::{self, Display};
use core::mem::offset_of;

/// ImportError: `name`, `path` and `name_from`, and its one argument as `msg`.
pub(super) const IMPORT_ERROR: Behaviour = Behaviour {
    size: size_of::<Import>(),
    init: Some(import_error_init_slot),
    str: Some(import_error_str_slot),
    methods: (&raw mut IMPORT_ERROR_METHODS).cast(),
    members: (&raw mut IMPORT_ERROR_MEMBERS).cast(),
    ..instance::PLAIN
};

static mut IMPORT_ERROR_METHODS: [PyMethodDef; 2] =
    [method!(c"__reduce__", METH_NOARGS, import_error_reduce), PyMethodDef::END];

static mut IMPORT_ERROR_MEMBERS: [PyMemberDef; 5] = [
    PyMemberDef::object(c"msg", offset_of!(Import, msg)),
    PyMemberDef::object(c"name", offset_of!(Import, name)),
    PyMemberDef::object(c"path", offset_of!(Import, path)),
    PyMemberDef::object(c"name_from", offset_of!(Import, name_from)),
    PyMemberDef::END,
];

fn import_error_init(exception: Obj<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    instance::init(exception, args, None)?;
    let exception = Exception::<Import>::expect(exception)?;
    let attributes = [("name", &exception.name), ("path", &exception.path), ("name_from", &exception.name_from)];
    take_keywords("ImportError", keywords, &attributes)?;
    let message = match tuple::items(args) {
        [message] => Some(message.to_ref()),
        _ => None,
    };
    exception.msg.set(message);
    Ok(())
}
init_slot!(import_error_init_slot = import_error_init);

fn import_error_text(exception: Obj<'_>) -> Result<Ref> {
    match Exception::<Import>::expect(exception)?.msg.get() {
        Some(message) if message.borrow().is_exactly(str::STR) => Ok(message),
        _ => instance::text(Exception::expect(exception)?),
    }
}
slot!(import_error_str_slot(o) -> *mut PyObject = import_error_text);

/// `__reduce__`: the keyword arguments are part of the state, together with the attributes that were set.
fn import_error_reduce(exception: Obj<'_>) -> Result<Ref> {
    let (any, exception) = (Exception::expect(exception)?, Exception::<Import>::expect(exception)?);
    let keywords =
        [("name", exception.name.get()), ("path", exception.path.get()), ("name_from", exception.name_from.get())];
    let mut state = exception.head.dict.get_as();
    if keywords.iter().any(|(_, value)| value.is_some()) {
        state = Some(with_items(state, &keywords)?);
    }
    instance::reduce_with(any, instance::args(any).borrow(), state.map(Own::into_ref))
}

/// A copy of a dict, or a new dict, to which the items that have a value are added.
fn with_items(attributes: Option<Own<PyDictObject>>, items: &[(&str, Option<Ref>)]) -> Result<Own<PyDictObject>> {
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
    size: size_of::<Name>(),
    init: Some(name_error_init_slot),
    members: (&raw mut NAME_ERROR_MEMBERS).cast(),
    ..instance::PLAIN
};

static mut NAME_ERROR_MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::object(c"name", offset_of!(Name, name)), PyMemberDef::END];

fn name_error_init(exception: Obj<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    instance::init(exception, args, None)?;
    take_keywords("NameError", keywords, &[("name", &Exception::<Name>::expect(exception)?.name)])
}
init_slot!(name_error_init_slot = name_error_init);

/// AttributeError: the `name`, and the object `obj` that has no such attribute.
pub(super) const ATTRIBUTE_ERROR: Behaviour = Behaviour {
    size: size_of::<Attribute>(),
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
    PyMemberDef::object(c"name", offset_of!(Attribute, name)),
    PyMemberDef::object(c"obj", offset_of!(Attribute, obj)),
    PyMemberDef::END,
];

fn attribute_error_init(exception: Obj<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    instance::init(exception, args, None)?;
    let exception = Exception::<Attribute>::expect(exception)?;
    take_keywords("AttributeError", keywords, &[("name", &exception.name), ("obj", &exception.obj)])
}
init_slot!(attribute_error_init_slot = attribute_error_init);

/// `__getstate__`: all attributes except `obj`, which may be an object that can't be pickled.
fn attribute_error_state(exception: Obj<'_>) -> Result<Ref> {
    let args = Some(instance::args(Exception::expect(exception)?).into_ref());
    let exception = Exception::<Attribute>::expect(exception)?;
    let name = exception.name.get();
    with_items(exception.head.dict.get_as(), &[("name", name), ("args", args)]).map(Own::into_ref)
}

fn attribute_error_reduce(exception: Obj<'_>) -> Result<Ref> {
    let state = attribute_error_state(exception)?;
    let any = Exception::expect(exception)?;
    instance::reduce_with(any, instance::args(any).borrow(), Some(state))
}

/// The message of an AttributeError for a missing attribute.
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

/// The AttributeError for it.
pub(super) fn no_attribute(missing: NoAttribute) -> Result<Ref> {
    let message = str::format(format_args!("{}", text_of_missing(&missing)))?;
    let args = tuple::of_one(message)?;
    instance::new_with(|| Attribute {
        head: instance::blank_head(Exc::AttributeError.class(), args.into_ref()),
        obj: Field::owning(missing.object),
        name: Field::owning(missing.name),
    })
}

/// Sets each attribute to the keyword argument of its name, or clears it. TypeError for any other keyword.
fn take_keywords(class: &str, keywords: Option<Dict<'_>>, attributes: &[(&str, &Field)]) -> Result<()> {
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
