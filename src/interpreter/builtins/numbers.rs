//! The functions of `builtins` that calculate and compare.

use super::common::{This, two};
use crate::abi::{Py_GT, Py_LT};
use crate::objects::arguments::Signature;
use crate::objects::dict::Dict;
use crate::objects::{arguments, call, constants, iterator, special};
use crate::protocol::number::{self, DIVMOD};
use crate::protocol::{compare, iteration};
use crate::runtime::{Obj, Ref, Result, raise, refusal};
use core::ffi::c_int;

/// `abs(x)`
pub(super) fn abs(_: This<'_>, x: Obj<'_>) -> Result<Ref> {
    number::absolute(x)
}

/// `divmod(x, y)`
pub(super) fn divmod(_: This<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    let [x, y] = two("divmod", arguments)?;
    DIVMOD.apply(x, y)
}

/// `pow(base, exp, mod=None)`
pub(super) fn power(_: This<'_>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let signature = Signature { function: "pow", names: ["base", "exp", "mod"], required: 2 };
    let values = signature.parse(arguments, keywords)?;
    number::power([0, 1, 2].map(|at: usize| values[at].as_ref().map_or(constants::NONE, Ref::borrow)))
}

/// `round(number, ndigits=None)`
pub(super) fn round(_: This<'_>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let signature = Signature { function: "round", names: ["number", "ndigits"], required: 1 };
    let [number, digits] = signature.parse(arguments, keywords)?;
    let number = number.ok_or_else(refusal::null_error)?;
    let digits = digits.as_ref().map(Ref::borrow).filter(|digits| !digits.is(constants::NONE));
    let rounded = special::call(number.borrow(), "__round__", digits.as_slice())?;
    let class = number.borrow().class();
    rounded.ok_or_else(|| raise!(TypeError, "type {} doesn't define __round__ method", class.name()))
}

/// `min` or `max`.
pub(super) struct Extreme {
    function: &'static str,
    /// The comparison that a later item has to win.
    op: c_int,
}

pub(super) const MIN: Extreme = Extreme { function: "min", op: Py_LT };
pub(super) const MAX: Extreme = Extreme { function: "max", op: Py_GT };

/// `min(iterable, *, key=None, default=...)` and `min(first, *others, key=None)`, and `max` in the same way.
pub(super) fn extreme(kind: &Extreme, given: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let Extreme { function, op } = *kind;
    arguments::between(function, given.len(), 1, usize::MAX)?;
    let [key, default] = match keywords {
        Some(_) => Signature { function, names: ["key", "default"], required: 0 }.parse(&[], keywords)?,
        None => [None, None],
    };
    if given.len() > 1 && default.is_some() {
        return Err(raise!(TypeError, "Cannot specify a default for {function}() with multiple positional arguments"));
    }
    let key = key.filter(|key| !key.borrow().is(constants::NONE));
    let mut best: Option<(Ref, Ref)> = None;
    let mut offer = |item: Ref| -> Result<()> {
        let value = match &key {
            Some(key) => call::vectorcall(key.borrow(), &[item.borrow()], None)?,
            None => item.clone(),
        };
        let wins = match &best {
            Some((_, so_far)) => compare::compare_as_bool(value.borrow(), so_far.borrow(), op)?,
            None => true,
        };
        if wins {
            best = Some((item, value));
        }
        Ok(())
    };
    match given {
        [iterable] => {
            let iterator = iterator::of(*iterable)?;
            while let Some(item) = iteration::next(iterator.borrow())? {
                offer(item)?;
            }
        }
        items => items.iter().try_for_each(|item| offer(item.to_ref()))?,
    }
    let best = best.map(|(item, _)| item);
    best.or(default).ok_or_else(|| raise!(ValueError, "{function}() iterable argument is empty"))
}
