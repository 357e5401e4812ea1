//! The exceptions with one attribute or one slot of their own: StopIteration, SystemExit, KeyError and MemoryError.

use super::behaviour::Behaviour;
use super::instance;
use super::layout::{Exception, StopIteration, SystemExit};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{constants, slots, tuple};
use crate::protocol::text;
use crate::runtime::{Ref, Result, Type, error};
use core::mem::offset_of;

/// StopIteration stores its first argument as `value`.
pub(super) const STOP_ITERATION: Behaviour = Behaviour {
    init: slots::init(stop_iteration_init),
    members: (&raw mut STOP_ITERATION_MEMBERS).cast(),
    ..Behaviour::of_layout::<StopIteration>()
};

static mut STOP_ITERATION_MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::object(c"value", offset_of!(StopIteration, value)), PyMemberDef::END];

fn stop_iteration_init(
    exception: Exception<'_, StopIteration>,
    args: Tuple<'_>,
    keywords: Option<Dict<'_>>,
) -> Result<()> {
    instance::init(exception.as_exception(), args, keywords)?;
    let value = tuple::items(args).first().copied().unwrap_or(constants::NONE);
    exception.cells().value.set(Some(value.to_ref()));
    Ok(())
}

/// Takes the value of the pending StopIteration; None without an error. Another error stays pending.
pub fn take_final_value() -> Result<Ref> {
    if error::occurred() && !error::pending_is(Exc::StopIteration) {
        return error::pending().map_or_else(|| Ok(constants::NONE.to_ref()), Err);
    }
    let exception = super::fetch();
    let stop = exception.as_ref().and_then(|exception| exception.borrow().downcast::<StopIteration>());
    Ok(stop.and_then(|stop| stop.cells().value.get()).unwrap_or_else(|| constants::NONE.to_ref()))
}

/// SystemExit stores its argument, or the tuple of several, as `code`.
pub(super) const SYSTEM_EXIT: Behaviour = Behaviour {
    init: slots::init(system_exit_init),
    members: (&raw mut SYSTEM_EXIT_MEMBERS).cast(),
    ..Behaviour::of_layout::<SystemExit>()
};

static mut SYSTEM_EXIT_MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::object(c"code", offset_of!(SystemExit, code)), PyMemberDef::END];

fn system_exit_init(exception: Exception<'_, SystemExit>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    instance::init(exception.as_exception(), args, keywords)?;
    let code = match tuple::items(args) {
        [] => return Ok(()),
        [code] => *code,
        _ => *args,
    };
    exception.cells().code.set(Some(code.to_ref()));
    Ok(())
}

/// KeyError shows a single argument as its repr, so that an empty or blank key is visible in the message.
pub(super) const KEY_ERROR: Behaviour = Behaviour { str: slots::unary(key_error_text), ..instance::PLAIN };

fn key_error_text(exception: Exception<'_>) -> Result<Ref> {
    match tuple::items(instance::args(exception).borrow()) {
        [key] => text::repr(*key),
        _ => instance::text(exception),
    }
}

/// A new MemoryError has no arguments until `tp_init` sets them.
pub(super) const MEMORY_ERROR: Behaviour = Behaviour { new: slots::new(memory_error_new), ..instance::PLAIN };

fn memory_error_new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let args = if class == Exc::MemoryError.class() { tuple::empty() } else { args };
    instance::new(class, args, keywords)
}
