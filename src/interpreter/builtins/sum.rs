//! `sum`: ints, floats and complex numbers are added without objects, as long as all items are of one of these kinds.
//! Sums of floats are compensated (Neumaier), so that they are those of CPython to the bit.

use super::common::This;
use crate::objects::arguments::Signature;
use crate::objects::complex::{self, Complex};
use crate::objects::dict::Dict;
use crate::objects::{bytes, float, int, iterator, operators, str};
use crate::protocol::iteration;
use crate::runtime::known::{BOOL, BYTEARRAY, COMPLEX, FLOAT, INT};
use crate::runtime::{Obj, Ref, Result, raise, refusal};

/// A sum of floats, and the sum of its rounding errors.
#[derive(Debug, Clone, Copy, Default)]
struct Compensated {
    high: f64,
    low: f64,
}

impl Compensated {
    fn of(high: f64) -> Self {
        Compensated { high, low: 0.0 }
    }

    fn add(&mut self, x: f64) {
        let sum = self.high + x;
        self.low += if self.high.abs() >= x.abs() { (self.high - sum) + x } else { (x - sum) + self.high };
        self.high = sum;
    }

    fn value(self) -> f64 {
        if self.low != 0.0 && self.low.is_finite() { self.high + self.low } else { self.high }
    }
}

/// The sum so far. An item of another kind turns it into an object.
enum Sum {
    Int(i64),
    Float(Compensated),
    Complex(Compensated, Compensated),
    Object(Ref),
}

impl Sum {
    /// The sum as one of the kinds that need no object.
    fn of(o: Obj<'_>) -> Self {
        if o.is_exactly(INT)
            && let Some(int) = o.downcast()
            && let Some(word) = int::word(int::number(int))
        {
            return Sum::Int(word);
        }
        if let Some(float) = o.downcast_exactly(FLOAT) {
            return Sum::Float(Compensated::of(float::value(float)));
        }
        if let Some(number) = o.downcast_exactly(COMPLEX) {
            let Complex { real, imag } = complex::value(number);
            return Sum::Complex(Compensated::of(real), Compensated::of(imag));
        }
        Sum::Object(o.to_ref())
    }

    fn object(&self) -> Result<Ref> {
        match self {
            Sum::Int(sum) => int::from_i64(*sum),
            Sum::Float(sum) => float::from_f64(sum.value()).map(|sum| sum.into_ref()),
            Sum::Complex(real, imag) => {
                let sum = Complex { real: real.value(), imag: imag.value() };
                complex::from_parts(sum).map(|sum| sum.into_ref())
            }
            Sum::Object(sum) => Ok(sum.clone()),
        }
    }

    /// Adds an item without an object; false if its kind does not allow that.
    fn add_number(&mut self, item: Obj<'_>) -> Result<bool> {
        let is_int = || int::check(item);
        match self {
            Sum::Int(sum) => {
                let is_plain = item.is_exactly(INT) || item.is_exactly(BOOL);
                let word = item.downcast().filter(|_| is_plain).and_then(|item| int::word(int::number(item)));
                let Some(next) = word.and_then(|word| sum.checked_add(word)) else { return Ok(false) };
                *sum = next;
            }
            Sum::Float(sum) => {
                if let Some(float) = item.downcast_exactly(FLOAT) {
                    sum.add(float::value(float));
                } else if is_int() {
                    sum.add(int::as_f64(item)?);
                } else {
                    return Ok(false);
                }
            }
            Sum::Complex(real, imag) => {
                if let Some(number) = item.downcast_exactly(COMPLEX) {
                    let number = complex::value(number);
                    real.add(number.real);
                    imag.add(number.imag);
                } else if is_int() {
                    real.add(int::as_f64(item)?);
                } else if let Some(float) = item.downcast() {
                    real.add(float::value(float));
                } else {
                    return Ok(false);
                }
            }
            Sum::Object(_) => return Ok(false),
        }
        Ok(true)
    }

    /// Adds an item by its own `+`. When the sum has become a number of another kind, the rest is added without objects
    /// again, in the order int, float, complex.
    fn add(&mut self, item: Obj<'_>) -> Result<()> {
        if self.add_number(item)? {
            return Ok(());
        }
        let sum = operators::add(self.object()?.borrow(), item)?;
        let next = Sum::of(sum.borrow());
        *self = match (&*self, next) {
            (Sum::Int(_), next @ (Sum::Float(_) | Sum::Complex(..))) | (Sum::Float(_), next @ Sum::Complex(..)) => next,
            _ => Sum::Object(sum),
        };
        Ok(())
    }
}

/// `sum(iterable, /, start=0)`
pub(super) fn sum(_: This<'_>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let signature = Signature { function: "sum", names: ["", "start"], required: 1 };
    let [iterable, start] = signature.parse(arguments, keywords)?;
    let iterable = iterable.ok_or_else(refusal::null_error)?;
    let iterator = iterator::of(iterable.borrow())?;
    let mut sum = match &start {
        Some(start) => {
            refuse_text(start.borrow())?;
            Sum::of(start.borrow())
        }
        None => Sum::Int(0),
    };
    while let Some(item) = iteration::next(iterator.borrow())? {
        sum.add(item.borrow())?;
    }
    sum.object()
}

/// TypeError for a sum of text, which the method `join` makes.
fn refuse_text(start: Obj<'_>) -> Result<()> {
    if str::check(start) {
        return Err(raise!(TypeError, "sum() can't sum strings [use ''.join(seq) instead]"));
    }
    if bytes::check(start) {
        return Err(raise!(TypeError, "sum() can't sum bytes [use b''.join(seq) instead]"));
    }
    if start.is_a(BYTEARRAY) {
        return Err(raise!(TypeError, "sum() can't sum bytearray [use b''.join(seq) instead]"));
    }
    Ok(())
}
