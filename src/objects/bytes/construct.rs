//! Calling the type: `bytes(source)`, and `bytes(text, encoding, errors)`.

use super::{BYTES, as_slice, blank, check, from_slice};
use crate::abi::*;
use crate::objects::arguments::Signature;
use crate::objects::dict::Dict;
use crate::objects::list;
use crate::objects::str::{self, Handler};
use crate::objects::tuple::Tuple;
use crate::objects::{convert, index};
use crate::protocol::number;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Ref, Result, Type, error, raise};

const SIGNATURE: Signature<3> = Signature { function: "bytes", names: ["source", "encoding", "errors"], required: 0 };

/// As many zeros as an integer says, the integers of an iterable as bytes, another `bytes`, or a `str` in an encoding
/// (CPython: `bytes.__new__`).
fn new(class: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [source, encoding, errors] = SIGNATURE.parse(arguments, keywords)?;
    let (encoding, errors) = (SIGNATURE.text(1, &encoding)?, SIGNATURE.text(2, &errors)?);
    if class != BYTES {
        return Err(raise!(NotImplementedError, "instances of subclasses of bytes are not supported"));
    }
    match (source.as_ref().map(Ref::borrow), encoding) {
        (Some(text), Some(encoding)) if str::check(text) => {
            str::encode(text, encoding, Handler::named(errors.map(core::primitive::str::as_bytes)))
        }
        (_, Some(_)) => Err(raise!(TypeError, "encoding without a string argument")),
        (Some(text), None) if str::check(text) => Err(raise!(TypeError, "string argument without an encoding")),
        (_, None) if errors.is_some() => Err(raise!(TypeError, "errors without a string argument")),
        (Some(source), None) => from_object(source),
        (None, None) => from_slice(&[]),
    }
}
new_slot!(new_slot = new);

/// The bytes that an object stands for, which is no `str`.
fn from_object(source: Obj<'_>) -> Result<Ref> {
    if source.is_exactly(BYTES) {
        return Ok(source.to_ref());
    }
    if check(source) {
        return from_slice(as_slice(source));
    }
    if number::is_index(source) {
        let count = index::as_ssize_t(source, Some(Exc::OverflowError))?;
        return match usize::try_from(count) {
            Ok(count) => blank(count),
            Err(_) => Err(raise!(ValueError, "negative count")),
        };
    }
    let Ok(items) = convert::to_list(source) else {
        if !error::pending_is(Exc::TypeError) || source.class().fields().tp_iter.is_some() {
            return Err(error::fetched_from_c("__iter__"));
        }
        return Err(raise!(TypeError, "cannot convert '{}' object to bytes", source.class().name()));
    };
    let mut bytes: Array<u8> = Array::new_in(Malloc);
    for item in list::items(items.borrow()) {
        let value = index::as_ssize_t(item.borrow(), None)?;
        let Ok(byte) = u8::try_from(value) else {
            return Err(raise!(ValueError, "bytes must be in range(0, 256)"));
        };
        memory::push(&mut bytes, byte)?;
    }
    from_slice(&bytes)
}
