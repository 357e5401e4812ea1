//! The methods that call a slot (CPython: `wrap_unaryfunc` and the others). Each checks its arguments as CPython's
//! does.

use super::call::*;
use crate::abi::*;
use crate::objects::{arguments, constants, index, int, memoryview, tuple};
use crate::protocol::sequence;
use crate::runtime::{Obj, Ref, Result, Type, error, raise};
use crate::types::mro;
use crate::types::slots::{Wrapper as W, is_dispatched};
use core::ffi::{c_int, c_void};
use core::ptr::null_mut;

fn none(_: ()) -> Ref {
    constants::NONE.to_ref()
}

fn truth(answer: bool) -> Ref {
    constants::bool(answer).to_ref()
}

/// An argument as a number of items; OverflowError when it is too large.
fn count(argument: Obj<'_>) -> Result<isize> {
    index::as_ssize_t(argument, Some(Exc::OverflowError))
}

/// An argument as an index, to which the length is added when it is negative (CPython: `getindex`).
fn position(o: Obj<'_>, argument: Obj<'_>) -> Result<isize> {
    sequence::from_start(o, count(argument)?)
}

fn unary(call: Call<'_, Unary>) -> Result<Option<Ref>> {
    call.exactly().map(|[]| call.slot())
}

fn binary(call: Call<'_, Binary>) -> Result<Option<Ref>> {
    call.exactly().map(|[other]| call.slot(other))
}

fn operator(call: Call<'_, Operator>) -> Result<Option<Ref>> {
    call.exactly().map(|[other]| call.slot(call.this, other))
}

/// The object is the right operand.
fn reversed(call: Call<'_, Operator>) -> Result<Option<Ref>> {
    call.exactly().map(|[other]| call.slot(other, call.this))
}

/// The operand of a power and its modulus, or None.
fn power_operands<'a>(call: &Call<'a, Power>) -> Result<[Obj<'a>; 2]> {
    match *call.items() {
        [operand] => Ok([operand, constants::NONE]),
        [operand, modulus] => Ok([operand, modulus]),
        ref given => Err(raise!(TypeError, "expected 1 or 2 arguments, got {}", given.len())),
    }
}

fn power(call: Call<'_, Power>) -> Result<Option<Ref>> {
    power_operands(&call).map(|[other, modulus]| call.slot(call.this, other, modulus))
}

/// The object is the right operand.
fn power_reversed(call: Call<'_, Power>) -> Result<Option<Ref>> {
    power_operands(&call).map(|[other, modulus]| call.slot(other, call.this, modulus))
}

fn predicate(call: Call<'_, Predicate>) -> Result<Ref> {
    call.exactly().and_then(|[]| call.slot()).map(truth)
}

/// A length or a hash.
fn sized(call: Call<'_, Sized>) -> Result<Ref> {
    call.exactly().and_then(|[]| call.slot()).and_then(|size| int::from_i64(size as i64))
}

fn repeat(call: Call<'_, Indexed>) -> Result<Option<Ref>> {
    call.exactly().and_then(|[times]| Ok(call.slot(count(times)?)))
}

fn item(call: Call<'_, Indexed>) -> Result<Option<Ref>> {
    call.exactly().and_then(|[at]| Ok(call.slot(position(call.this, at)?)))
}

fn set_item(call: Call<'_, AssignIndexed>) -> Result<Ref> {
    let [at, value] = call.pair("__setitem__")?;
    call.slot(position(call.this, at)?, Some(value)).map(none)
}

fn delete_item(call: Call<'_, AssignIndexed>) -> Result<Ref> {
    let [at] = call.exactly()?;
    call.slot(position(call.this, at)?, None).map(none)
}

fn contains(call: Call<'_, Contains>) -> Result<Ref> {
    call.exactly().and_then(|[part]| call.slot(part)).map(truth)
}

/// Assigns under a key.
fn assign_key(call: Call<'_, Assign>) -> Result<Ref> {
    call.pair("__setitem__").and_then(|[key, value]| call.slot(key, Some(value))).map(none)
}

/// Sets the attribute of an instance.
fn describe_set(call: Call<'_, Assign>) -> Result<Ref> {
    call.pair("__set__").and_then(|[instance, value]| call.slot(instance, Some(value))).map(none)
}

/// Deletes under a key, or for an instance.
fn delete(call: Call<'_, Assign>) -> Result<Ref> {
    call.exactly().and_then(|[key]| call.slot(key, None)).map(none)
}

fn set_attribute(call: Call<'_, Assign>) -> Result<Ref> {
    let [name, value] = call.pair("__setattr__")?;
    refuse_jump(call.this, call.address(), "__setattr__")?;
    call.slot(name, Some(value)).map(none)
}

fn delete_attribute(call: Call<'_, Assign>) -> Result<Ref> {
    let [name] = call.exactly()?;
    refuse_jump(call.this, call.address(), "__delattr__")?;
    call.slot(name, None).map(none)
}

/// TypeError when the object is a class, and a base of its metatype sets attributes in a way of its own, which the call
/// would leave out (CPython: `hackcheck`).
fn refuse_jump(o: Obj<'_>, slot: *mut c_void, name: &str) -> Result<()> {
    let value = |class: Type<'_>| class.fields().tp_setattro.map_or(null_mut(), |slot| slot as *mut c_void);
    let class = o.class();
    if !class.has_flag(Py_TPFLAGS_TYPE_SUBCLASS) {
        return Ok(());
    }
    let own = value(class);
    // The last class in the order that has the object's function defined it.
    let definer = mro::of(class).filter(|base| value(*base) == own && !is_dispatched(own)).last();
    let mut bases = core::iter::successors(Some(definer.unwrap_or(class)), |class| class.base()).map(value);
    match bases.find(|function| *function == slot || !is_dispatched(*function)) {
        Some(function) if function != slot => {
            Err(raise!(TypeError, "can't apply this {name} to {} object", class.name()))
        }
        _ => Ok(()),
    }
}

fn compare<const OP: c_int>(call: Call<'_, Compare>) -> Result<Option<Ref>> {
    call.exactly().map(|[other]| call.slot(other, OP))
}

fn next(call: Call<'_, Unary>) -> Result<Ref> {
    let end = || error::pending().unwrap_or_else(|| error::raise_with(Exc::StopIteration, tuple::empty().to_own()));
    call.exactly().and_then(|[]| call.slot().ok_or_else(end))
}

fn describe_get(call: Call<'_, Describe>) -> Result<Option<Ref>> {
    let given = call.items();
    arguments::between("__get__", given.len(), 1, 2)?;
    let at = |index: usize| given.get(index).copied().filter(|o| !o.is(constants::NONE));
    match (at(0), at(1)) {
        (None, None) => Err(raise!(TypeError, "__get__(None, None) is invalid")),
        (instance, owner) => Ok(call.slot(instance, owner)),
    }
}

fn finalize(call: Call<'_, Finalize>) -> Result<Ref> {
    call.exactly().map(|[]| call.slot()).map(none)
}

fn called(call: Call<'_, Called>) -> Option<Ref> {
    call.slot()
}

fn init(call: Call<'_, Init>) -> Option<Ref> {
    call.slot().then(|| none(()))
}

/// The buffer of an object as a memory view.
fn buffer(call: Call<'_, Export>) -> Result<Ref> {
    arguments::between("__buffer__", call.items().len(), 1, 1)?;
    let [flags] = call.exactly()?;
    call.slot(c_int::try_from(count(flags)?).map_err(|_| raise!(OverflowError, "buffer flags out of range"))?)
}

/// Releases a memory view of the object.
fn release_buffer(call: Call<'_, *mut c_void>) -> Result<Ref> {
    arguments::between("__release_buffer__", call.items().len(), 1, 1)?;
    let [view] = call.exactly()?;
    memoryview::release_of(call.this, view).map(none)
}

/// A wrapper, as a row has it.
#[derive(Clone, Copy)]
pub(super) enum Function {
    Plain(Plain),
    WithKeywords(WithKeywords),
}

/// The wrapper of a slot for one of its names; `None` for a name that does not call the slot.
pub(super) const fn function(kind: W, name: usize) -> Option<Function> {
    const COMPARISONS: [Plain; 6] = [
        plain(compare::<Py_LT>),
        plain(compare::<Py_LE>),
        plain(compare::<Py_EQ>),
        plain(compare::<Py_NE>),
        plain(compare::<Py_GT>),
        plain(compare::<Py_GE>),
    ];
    Some(Function::Plain(match (kind, name) {
        (W::Unary, _) => plain(unary),
        (W::Binary, 0) => plain(binary),
        (W::Operator, 0) => plain(operator),
        (W::Operator, _) => plain(reversed),
        (W::Ternary | W::Power, 0) => plain(power),
        (W::Power, _) => plain(power_reversed),
        (W::Predicate, _) => plain(predicate),
        (W::Length | W::Hash, _) => plain(sized),
        (W::Repeat, _) => plain(repeat),
        (W::Item, _) => plain(item),
        (W::AssignItem, 0) => plain(set_item),
        (W::AssignItem, _) => plain(delete_item),
        (W::Contains, _) => plain(contains),
        (W::AssignKey, 0) => plain(assign_key),
        (W::DescrSet, 0) => plain(describe_set),
        (W::AssignKey | W::DescrSet, _) => plain(delete),
        (W::Setattr, 0) => plain(set_attribute),
        (W::Setattr, _) => plain(delete_attribute),
        (W::Compare, op) => COMPARISONS[op],
        (W::Next, _) => plain(next),
        (W::DescrGet, _) => plain(describe_get),
        (W::Call, _) => return Some(Function::WithKeywords(with_keywords(called))),
        (W::Init, _) => return Some(Function::WithKeywords(with_keywords(init))),
        (W::Del, _) => plain(finalize),
        (W::Buffer, _) => plain(buffer),
        (W::ReleaseBuffer, _) => plain(release_buffer),
        (W::Nothing | W::New | W::Binary | W::Ternary, _) => return None,
    }))
}
