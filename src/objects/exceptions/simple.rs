//! The exceptions with one attribute or one slot of their own: StopIteration, SystemExit and KeyError.

use super::layout::{Exception, StopIteration, SystemExit};
use super::{Behaviour, instance};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{constants, tuple};
use crate::protocol::text;
use crate::runtime::{Obj, Ref, Result};
use core::mem::offset_of;

/// StopIteration keeps its first argument as `value`.
pub(super) const STOP_ITERATION: Behaviour = Behaviour {
    size: size_of::<StopIteration>(),
    init: Some(stop_iteration_init_slot),
    members: (&raw mut STOP_ITERATION_MEMBERS).cast(),
    ..instance::PLAIN
};

static mut STOP_ITERATION_MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::object(c"value", offset_of!(StopIteration, value)), PyMemberDef::END];

fn stop_iteration_init(exception: Obj<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    instance::init(exception, args, keywords)?;
    let value = tuple::items(args).first().copied().unwrap_or(constants::NONE);
    Exception::<StopIteration>::expect(exception)?.value.set(Some(value.to_ref()));
    Ok(())
}
init_slot!(stop_iteration_init_slot = stop_iteration_init);

/// SystemExit keeps its argument, or all of them, as `code`.
pub(super) const SYSTEM_EXIT: Behaviour = Behaviour {
    size: size_of::<SystemExit>(),
    init: Some(system_exit_init_slot),
    members: (&raw mut SYSTEM_EXIT_MEMBERS).cast(),
    ..instance::PLAIN
};

static mut SYSTEM_EXIT_MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::object(c"code", offset_of!(SystemExit, code)), PyMemberDef::END];

fn system_exit_init(exception: Obj<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    instance::init(exception, args, keywords)?;
    let code = match tuple::items(args) {
        [] => return Ok(()),
        [code] => *code,
        _ => *args,
    };
    Exception::<SystemExit>::expect(exception)?.code.set(Some(code.to_ref()));
    Ok(())
}
init_slot!(system_exit_init_slot = system_exit_init);

/// KeyError shows its one argument as a repr, so that an empty or blank key is visible in the message.
pub(super) const KEY_ERROR: Behaviour = Behaviour { str: Some(key_error_str_slot), ..instance::PLAIN };

fn key_error_text(exception: Obj<'_>) -> Result<Ref> {
    let exception = Exception::expect(exception)?;
    match tuple::items(instance::args(exception).borrow()) {
        [key] => text::repr(*key),
        _ => instance::text(exception),
    }
}
slot!(key_error_str_slot(o) -> *mut PyObject = key_error_text);
