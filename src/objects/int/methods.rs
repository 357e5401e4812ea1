//! The methods and attributes of ints.

use super::{Int, arithmetic, bytes, division, exact, from_i64, from_u64, magnitude, number, power};
use crate::abi::*;
use crate::objects::arguments::{self, Signature};
use crate::objects::dict::Dict;
use crate::objects::tuple;
use crate::objects::{bytes as bytes_object, call, formatting, slots, str};
use crate::protocol::number as protocol;
use crate::protocol::truth;
use crate::runtime::{Obj, Own, Ref, Result, View, known, memory, raise};

pub(super) static mut METHODS: [PyMethodDef; 15] = [
    slots::method_named(c"from_bytes", from_bytes).of_class(c"The number in some bytes."),
    slots::method_noargs(c"conjugate", exact),
    slots::method_noargs(c"bit_length", bit_length),
    slots::method_noargs(c"bit_count", bit_count),
    slots::method_named(c"to_bytes", to_bytes),
    slots::method_noargs(c"as_integer_ratio", as_integer_ratio),
    slots::method_noargs(c"__trunc__", exact),
    slots::method_noargs(c"__floor__", exact),
    slots::method_noargs(c"__ceil__", exact),
    slots::method_fastcall(c"__round__", to_round),
    slots::method_noargs(c"__getnewargs__", new_arguments),
    slots::method_noargs(c"__sizeof__", size),
    slots::method_noargs(c"is_integer", |_: Int<'_>| Ok(known::TRUE.to_ref())),
    slots::method_o(c"__format__", |int: Int<'_>, spec| formatting::format_int(*int, spec)),
    PyMethodDef::END,
];

pub(super) static mut GETSET: [PyGetSetDef; 5] = [
    slots::getter(c"real", exact),
    slots::getter(c"imag", |_: Int<'_>| from_i64(0)),
    slots::getter(c"numerator", exact),
    slots::getter(c"denominator", |_: Int<'_>| from_i64(1)),
    PyGetSetDef::END,
];

fn bit_length(int: Int<'_>) -> Result<Ref> {
    from_u64(magnitude::bit_length(number(int).digits))
}

fn bit_count(int: Int<'_>) -> Result<Ref> {
    from_u64(number(int).digits.iter().map(|digit| u64::from(digit.count_ones())).sum())
}

fn as_integer_ratio(int: Int<'_>) -> Result<Ref> {
    let (numerator, denominator) = (exact(int)?, from_i64(1)?);
    tuple::from_slice(&[numerator.borrow(), denominator.borrow()]).map(Own::into_ref)
}

fn new_arguments(int: Int<'_>) -> Result<Ref> {
    let number = number(int);
    tuple::of_one(super::from_digits(number.negative, number.digits)?).map(Own::into_ref)
}

/// The bytes of the object: its head and its digits, of which zero has one too.
fn size(int: Int<'_>) -> Result<Ref> {
    let (fields, digits) = (int.class().fields(), number(int).digits.len().max(1));
    from_u64((fields.tp_basicsize + fields.tp_itemsize * digits as isize) as u64)
}

/// `int.to_bytes(length=1, byteorder='big', *, signed=False)`
fn to_bytes(int: Int<'_>, args: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    const SIGNATURE: Signature<3> =
        Signature { function: "to_bytes", names: ["length", "byteorder", "signed"], required: 0 };
    let [length, order, signed] = SIGNATURE.parse_named(2, args, keywords)?;
    let length = length.map_or(Ok(1), |length| super::as_ssize_t(*protocol::index(length.borrow())?.borrow()))?;
    let little = order.map_or(Ok(false), |order| is_little(order.borrow(), "to_bytes"))?;
    let signed = signed.map_or(Ok(false), |signed| truth::truth(signed.borrow()))?;
    let Ok(length) = usize::try_from(length) else {
        return Err(raise!(ValueError, "length argument must be non-negative"));
    };
    let mut buffer = memory::Array::new_in(memory::Malloc);
    memory::reserve(&mut buffer, length)?;
    bytes::to_bytes(number(int), buffer.spare_capacity_mut().get_mut(..length).unwrap_or_default(), little, signed)?;
    // SAFETY: there is room for so many bytes, which are written.
    unsafe { buffer.set_len(length) };
    bytes_object::from_slice(&buffer).map(Own::into_ref)
}

/// The order of bytes that an argument names.
fn is_little(order: Obj<'_>, function: &str) -> Result<bool> {
    if !str::check(order) {
        let kind = arguments::kind(order);
        return Err(raise!(TypeError, "{function}() argument 'byteorder' must be str, not {kind}"));
    }
    match order {
        _ if str::is(order, "little") => Ok(true),
        _ if str::is(order, "big") => Ok(false),
        _ => Err(raise!(ValueError, "byteorder must be either 'little' or 'big'")),
    }
}

/// `round(int)`, and `round(int, digits)`, which changes something for a negative number of digits only.
fn to_round(int: Int<'_>, given: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("__round__", given.len(), 0, 1)?;
    let Some(digits) = given.first().filter(|digits| !digits.is(known::NONE)) else { return exact(int) };
    let digits = protocol::index(*digits)?;
    let digits = number(digits.borrow());
    if !digits.negative {
        return exact(int);
    }
    let value = number(int);
    // The power of ten is more than twice the value.
    let places = digits.negated().to_i64().filter(|&places| (places as u64) <= magnitude::bit_length(value.digits));
    let Some(places) = places else { return from_i64(0) };
    let (ten, places) = (from_i64(10)?, from_i64(places)?);
    let unit = power::power(ten.borrow(), places.borrow(), known::NONE)?;
    let Some(unit) = unit.borrow().downcast() else { return exact(int) };
    round_to(int, unit)
}

/// The multiple of a positive number that is nearest to an int; of two the even multiple.
fn round_to(int: Int<'_>, unit: Int<'_>) -> Result<Ref> {
    let (quotient, rest) = division::floor_and_remainder(int, unit)?;
    let as_number = |o: Obj<'_>| -> Result<Own<PyLongObject>> { protocol::index(o) };
    let (quotient, rest) = (as_number(quotient.borrow())?, as_number(rest.borrow())?);
    let twice = as_number(arithmetic::add(rest.borrow(), rest.borrow())?.borrow())?;
    let is_odd = number(quotient.borrow()).digits.first().is_some_and(|digit| digit & 1 == 1);
    let up = match super::order(twice.borrow(), unit) {
        core::cmp::Ordering::Less => false,
        core::cmp::Ordering::Equal => is_odd,
        core::cmp::Ordering::Greater => true,
    };
    let floor = as_number(arithmetic::subtract(int, rest.borrow())?.borrow())?;
    if up { arithmetic::add(floor.borrow(), unit) } else { Ok(floor.into_ref()) }
}

/// `int.from_bytes(bytes, byteorder='big', *, signed=False)`, of the class on which it is called.
fn from_bytes(class: View<'_, PyObject>, args: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    const SIGNATURE: Signature<3> =
        Signature { function: "from_bytes", names: ["bytes", "byteorder", "signed"], required: 1 };
    let [source, order, signed] = SIGNATURE.parse_named(2, args, keywords)?;
    let Some(source) = source else { return from_i64(0) };
    let little = order.map_or(Ok(false), |order| is_little(order.borrow(), "from_bytes"))?;
    let signed = signed.map_or(Ok(false), |signed| truth::truth(signed.borrow()))?;
    let source = bytes_object::convert::from_object(source.borrow())?;
    let made = bytes::from_bytes(bytes_object::as_slice(source.borrow()), little, signed)?;
    if class.is(known::INT.as_obj()) { Ok(made) } else { call::vectorcall(*class, &[made.borrow()], None) }
}
