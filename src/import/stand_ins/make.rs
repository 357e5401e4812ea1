//! The objects that stand in.

use super::text::{Constant, StandIn, Value, unescape};
use crate::abi::Exc;
use crate::interpreter::registry;
use crate::objects::{call, constants, dict, exceptions, float, stand_in_function, str, tuple};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Own, Ref, Result, known, raise, stack};
use core::fmt::Display;

/// The object of a line. `place` names the file and the line.
pub fn object(stand_in: &StandIn<'_>, place: &dyn Display) -> Result<Ref> {
    // A class may be among the bases of its base.
    stack::enter(" while making a stand-in")?;
    match stand_in.value {
        Value::Class(bases) => class(stand_in, bases, None, place),
        Value::Exception(bases) => class(stand_in, bases, Some(Exc::Exception), place),
        Value::Object => call::vectorcall(known::OBJECT.as_obj(), &[], None),
        Value::Function(result) => {
            let place = memory::Text::format(format_args!("{place}"))?;
            let result = result.map(constant).transpose()?;
            stand_in_function::new(stand_in.module, stand_in.name, place.as_str(), result)
        }
        Value::Constant(value) => constant(value),
        // A module has no attribute to stand in for.
        Value::Module => Ok(constants::NONE.to_ref()),
    }
}

fn constant(value: Constant<'_>) -> Result<Ref> {
    match value {
        Constant::None => Ok(constants::NONE.to_ref()),
        Constant::Truth(truth) => Ok(constants::bool(truth).to_ref()),
        Constant::Float(number) => float::from_f64(number).map(Own::into_ref),
        Constant::Int(digits) => call::vectorcall(known::INT.as_obj(), &[str::from_str(digits)?.borrow()], None),
        Constant::Text(text) => {
            let mut plain = str::Builder::new();
            for character in unescape(text) {
                plain.push(character.into())?;
            }
            plain.finish()
        }
    }
}

/// A new class, by a call of `type`. An exception class has only exception classes as bases, and one at least.
fn class(stand_in: &StandIn<'_>, names: &str, exception: Option<Exc>, place: &dyn Display) -> Result<Ref> {
    let mut bases: Array<Ref> = Array::new_in(Malloc);
    for name in names.split_ascii_whitespace() {
        let base = base(name)?.filter(|base| base.borrow().as_type().is_some());
        let Some(base) = base else { return Err(raise!(ImportError, "{place}: there is no class \"{name}\"")) };
        if exception.is_some() && !exceptions::is_class(base.borrow()) {
            return Err(raise!(ImportError, "{place}: \"{name}\" is not an exception"));
        }
        memory::push(&mut bases, base)?;
    }
    if let (true, Some(exception)) = (bases.is_empty(), exception) {
        memory::push(&mut bases, exception.class().as_obj().to_ref())?;
    }
    let attributes = dict::new()?;
    dict::set_str(attributes.borrow(), "__module__", str::from_str(stand_in.module)?.borrow())?;
    let bases = tuple::from_slice(Ref::borrow_all(&bases))?;
    let name = str::from_str(stand_in.name)?;
    call::vectorcall(known::TYPE.as_obj(), &[name.borrow(), bases.as_obj(), attributes.as_obj()], None)
}

/// The object that a base's name means: one of `builtins`, or an attribute of a module.
fn base(name: &str) -> Result<Option<Ref>> {
    match name.rsplit_once('.') {
        Some((module, name)) => super::attribute_of(module, name),
        None => dict::get_str(registry::builtins_dict()?.borrow(), name),
    }
}
