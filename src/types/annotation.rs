//! The common part of aliases and unions of classes: how they show classes, and the type variables among these.

use crate::abi::PyTupleObject;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{attributes, constants, str};
use crate::protocol::text;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Own, Ref, Result, known, raise};

/// Appends a class or an argument as an annotation shows it: a class by its name, after that of its module.
pub fn push_shown(shown: &mut str::Builder, o: Obj<'_>) -> Result<()> {
    if o.is(constants::ELLIPSIS) {
        return shown.push_str("...");
    }
    if o.is(known::NONE.class().as_obj()) {
        return shown.push_str("None");
    }
    let find = |name| attributes::find_str(o, name);
    let is_alias = find("__origin__")?.is_some() && find("__args__")?.is_some();
    let (name, module) = if is_alias { (None, None) } else { (find("__qualname__")?, find("__module__")?) };
    match (name, module.filter(|module| !module.borrow().is(known::NONE))) {
        (Some(name), Some(module)) => {
            let [name, module] = [text::to_str(name.borrow())?, text::to_str(module.borrow())?];
            if !str::is(module.borrow(), "builtins") {
                shown.push_object(module.borrow())?;
                shown.push_str(".")?;
            }
            shown.push_object(name.borrow())
        }
        _ => shown.push_object(text::repr(o)?.borrow()),
    }
}

/// The type variables among some arguments, and those of arguments that are aliases, each once.
pub fn parameters_of(args: Tuple<'_>) -> Result<Ref> {
    let mut all: Array<Ref> = Array::new_in(Malloc);
    for argument in tuple::items(args).iter().filter(|argument| argument.as_type().is_none()) {
        if attributes::find_str(*argument, "__typing_subst__")?.is_some() {
            add(&mut all, *argument)?;
        } else if let Some(Ok(inner)) = attributes::find_str(*argument, "__parameters__")?.map(Ref::downcast) {
            let inner: Own<PyTupleObject> = inner;
            tuple::items(inner.borrow()).iter().try_for_each(|parameter| add(&mut all, *parameter))?;
        }
    }
    tuple::from_slice(Ref::borrow_all(&all)).map(Own::into_ref)
}

fn add(all: &mut Array<Ref>, parameter: Obj<'_>) -> Result<()> {
    match all.iter().any(|known| known.borrow().is(parameter)) {
        true => Ok(()),
        false => memory::push(all, parameter.to_ref()),
    }
}

/// Refuses arguments for the type variables of an object.
pub fn refuse_arguments(o: Obj<'_>, parameters: Obj<'_>) -> Result<Ref> {
    let shown = text::repr(o)?;
    let shown = str::as_text(shown.borrow());
    if parameters.downcast().is_none_or(|parameters| tuple::len(parameters) == 0) {
        return Err(raise!(TypeError, "{shown} is not a generic class"));
    }
    Err(raise!(NotImplementedError, "arguments for the type variables of {shown} are not supported by pycapsule"))
}
