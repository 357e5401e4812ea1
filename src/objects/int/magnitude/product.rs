//! Products of magnitudes: digit by digit for short ones, by Karatsuba's method for long ones.

use super::{MASK, SHIFT, sum, trim};
use crate::runtime::Result;
use crate::runtime::memory::{self, Array, Malloc};

/// The number of digits of the shorter operand from which Karatsuba's method is faster.
const LONG: usize = 70;

/// Writes a product into digits that are all zero, as many as both operands have together.
pub fn multiply(product: &mut [u32], a: &[u32], b: &[u32]) -> Result<()> {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut room = Array::new_in(Malloc);
    if short.len() >= LONG {
        let size = short.len() * 8 + 2048;
        memory::reserve(&mut room, size)?;
        memory::fill(&mut room, core::iter::repeat_n(0, size));
    }
    any(product, short, long, &mut room);
    Ok(())
}

/// A product, by the method for operands of these lengths.
fn any(product: &mut [u32], a: &[u32], b: &[u32], room: &mut [u32]) {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if short.len() < LONG {
        if core::ptr::eq(short, long) { square(product, short) } else { by_digits(product, short, long) }
    } else if short.len() * 2 <= long.len() {
        by_pieces(product, short, long, room);
    } else {
        by_halves(product, short, long, room);
    }
}

/// Digit by digit. The product is zero before.
fn by_digits(product: &mut [u32], a: &[u32], b: &[u32]) {
    for (at, &factor) in a.iter().enumerate() {
        let Some(place) = product.get_mut(at..=at + b.len()) else { return };
        let Some((top, place)) = place.split_last_mut() else { return };
        let mut carry = 0;
        for (to, &digit) in place.iter_mut().zip(b) {
            carry += u64::from(*to) + u64::from(digit) * u64::from(factor);
            *to = carry as u32 & MASK;
            carry >>= SHIFT;
        }
        *top = carry as u32;
    }
}

/// A square, digit by digit: each product of two different digits occurs twice, and is computed once.
fn square(product: &mut [u32], a: &[u32]) {
    for (at, &factor) in a.iter().enumerate() {
        let Some((first, place)) = product.get_mut(at * 2..).and_then(<[u32]>::split_first_mut) else { return };
        let (same, twice) = (u64::from(factor) * u64::from(factor), u64::from(factor) << 1);
        let mut carry = u64::from(*first) + same;
        *first = carry as u32 & MASK;
        carry >>= SHIFT;
        let mut others = a.iter().skip(at + 1);
        for to in place {
            let digit = others.next().copied();
            if digit.is_none() && carry == 0 {
                break;
            }
            carry += u64::from(*to) + u64::from(digit.unwrap_or(0)) * twice;
            *to = carry as u32 & MASK;
            carry >>= SHIFT;
        }
    }
}

/// A long operand in pieces of the short one's length. The product is zero before.
fn by_pieces(product: &mut [u32], short: &[u32], long: &[u32], room: &mut [u32]) {
    let Some((part, room)) = room.split_at_mut_checked(short.len() * 2) else {
        return by_digits(product, short, long);
    };
    for (at, piece) in long.chunks(short.len()).enumerate() {
        let (Some(part), Some(place)) =
            (part.get_mut(..short.len() + piece.len()), product.get_mut(at * short.len()..))
        else {
            return;
        };
        part.fill(0);
        any(part, short, piece, room);
        sum::add_in_place(place, part);
    }
}

/// Karatsuba's method: three products of half the length instead of four. The product is zero before.
fn by_halves(product: &mut [u32], a: &[u32], b: &[u32], room: &mut [u32]) {
    let half = b.len() / 2;
    let upper = b.len() - half + 1;
    let (Some((a_low, a_high)), Some((b_low, b_high))) = (a.split_at_checked(half), b.split_at_checked(half)) else {
        return by_digits(product, a, b);
    };
    let Some((sums, room)) = room.split_at_mut_checked(upper * 4) else { return by_digits(product, a, b) };
    let Some((low, high)) = product.split_at_mut_checked(half * 2) else { return };
    any(low, a_low, b_low, room);
    any(high, a_high, b_high, room);

    // (a_low + a_high) * (b_low + b_high), less the two products, is the part in the middle.
    let (a_sum, rest) = sums.split_at_mut(upper);
    let (b_sum, middle) = rest.split_at_mut(upper);
    middle.fill(0);
    sum::add(a_sum, a_low, a_high);
    let a_length = (a_high.len().max(half) + 1).min(upper);
    let a_sum = trim(a_sum.get(..a_length).unwrap_or_default());
    if core::ptr::eq(a, b) {
        any(middle, a_sum, a_sum, room);
    } else {
        sum::add(b_sum, b_low, b_high);
        any(middle, a_sum, trim(b_sum), room);
    }
    sum::subtract_in_place(middle, low);
    sum::subtract_in_place(middle, trim(high));
    if let Some(place) = product.get_mut(half..) {
        sum::add_in_place(place, trim(middle));
    }
}
