//! The exceptions that name an object or attribute that was not found: ImportError, NameError and AttributeError. Their
//! attributes come from keyword arguments.

use super::behaviour::Behaviour;
use super::instance;
use super::layout::{Attribute, Exception, Import, NameFields};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{dict, slots, str, suggest, tuple};
use crate::runtime::error::NoAttribute;
use crate::runtime::{Field, Own, Ref, Result, raise};
use core::fmt::{self, Display};
use core::mem::offset_of;

/// ImportError: `name`, `path` and `name_from`, and its only argument as `msg`.
pub(super) const IMPORT_ERROR: Behaviour = Behaviour {
    init: slots::init(import_error_init),
    str: slots::unary(import_error_text),
    methods: (&raw mut IMPORT_ERROR_METHODS).cast(),
    members: (&raw mut IMPORT_ERROR_MEMBERS).cast(),
    ..Behaviour::of_layout::<Import>()
};

static mut IMPORT_ERROR_METHODS: [PyMethodDef; 2] =
    [slots::method_noargs(c"__reduce__", import_error_reduce), PyMethodDef::END];

static mut IMPORT_ERROR_MEMBERS: [PyMemberDef; 5] = [
    PyMemberDef::object(c"msg", offset_of!(Import, msg)),
    PyMemberDef::object(c"name", offset_of!(Import, name)),
    PyMemberDef::object(c"path", offset_of!(Import, path)),
    PyMemberDef::object(c"name_from", offset_of!(Import, name_from)),
    PyMemberDef::END,
];

fn import_error_init(exception: Exception<'_, Import>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    instance::init(exception.as_exception(), args, None)?;
    let attributes = [
        ("name", &exception.cells().name),
        ("path", &exception.cells().path),
        ("name_from", &exception.cells().name_from),
    ];
    take_keywords("ImportError", keywords, &attributes)?;
    let message = match tuple::items(args) {
        [message] => Some(message.to_ref()),
        _ => None,
    };
    exception.cells().msg.set(message);
    Ok(())
}

fn import_error_text(exception: Exception<'_, Import>) -> Result<Ref> {
    match exception.cells().msg.get() {
        Some(message) if message.borrow().is_exactly(str::STR) => Ok(message),
        _ => instance::text(exception.as_exception()),
    }
}

/// `__reduce__`: the keyword arguments are part of the state, together with the attributes that were set.
fn import_error_reduce(exception: Exception<'_, Import>) -> Result<Ref> {
    let keywords = [
        ("name", exception.cells().name.get()),
        ("path", exception.cells().path.get()),
        ("name_from", exception.cells().name_from.get()),
    ];
    let mut state = exception.cells().head.dict.get_as();
    if keywords.iter().any(|(_, value)| value.is_some()) {
        state = Some(with_items(state, &keywords)?);
    }
    instance::reduce_with(
        exception.as_exception(),
        instance::args(exception.as_exception()).borrow(),
        state.map(Own::into_ref),
    )
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
    init: slots::init(name_error_init),
    members: (&raw mut NAME_ERROR_MEMBERS).cast(),
    ..Behaviour::of_layout::<NameFields>()
};

static mut NAME_ERROR_MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::object(c"name", offset_of!(NameFields, name)), PyMemberDef::END];

fn name_error_init(exception: Exception<'_, NameFields>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    instance::init(exception.as_exception(), args, None)?;
    take_keywords("NameError", keywords, &[("name", &exception.cells().name)])
}

/// AttributeError: the `name`, and the object `obj` that lacks the attribute.
pub(super) const ATTRIBUTE_ERROR: Behaviour = Behaviour {
    init: slots::init(attribute_error_init),
    methods: (&raw mut ATTRIBUTE_ERROR_METHODS).cast(),
    members: (&raw mut ATTRIBUTE_ERROR_MEMBERS).cast(),
    ..Behaviour::of_layout::<Attribute>()
};

static mut ATTRIBUTE_ERROR_METHODS: [PyMethodDef; 3] = [
    slots::method_noargs(c"__getstate__", attribute_error_state),
    slots::method_noargs(c"__reduce__", attribute_error_reduce),
    PyMethodDef::END,
];

static mut ATTRIBUTE_ERROR_MEMBERS: [PyMemberDef; 3] = [
    PyMemberDef::object(c"name", offset_of!(Attribute, name)),
    PyMemberDef::object(c"obj", offset_of!(Attribute, obj)),
    PyMemberDef::END,
];

fn attribute_error_init(
    exception: Exception<'_, Attribute>,
    args: Tuple<'_>,
    keywords: Option<Dict<'_>>,
) -> Result<()> {
    instance::init(exception.as_exception(), args, None)?;
    take_keywords("AttributeError", keywords, &[("name", &exception.cells().name), ("obj", &exception.cells().obj)])
}

/// `__getstate__`: all attributes except `obj`, which may be an object that can't be pickled.
fn attribute_error_state(exception: Exception<'_, Attribute>) -> Result<Ref> {
    let args = Some(instance::args(exception.as_exception()).into_ref());
    let name = exception.cells().name.get();
    with_items(exception.cells().head.dict.get_as(), &[("name", name), ("args", args)]).map(Own::into_ref)
}

fn attribute_error_reduce(exception: Exception<'_, Attribute>) -> Result<Ref> {
    let state = attribute_error_state(exception)?;
    instance::reduce_with(exception.as_exception(), instance::args(exception.as_exception()).borrow(), Some(state))
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

/// The AttributeError for a missing attribute.
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
    for (key, _) in keywords.into_iter().flat_map(dict::entries) {
        let key = key.borrow();
        let Some(name) = key.downcast() else { return Err(raise!(TypeError, "keywords must be strings")) };
        if !attributes.iter().any(|(name, _)| str::is(key, name)) {
            let names = attributes.iter().map(|(name, _)| *name);
            return Err(suggest::unexpected(format_args!("{class}()"), name, names));
        }
    }
    for (name, field) in attributes {
        let value = keywords.map(|keywords| dict::get_str(keywords, name)).transpose()?.flatten();
        field.set(value);
    }
    Ok(())
}
