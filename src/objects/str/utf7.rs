//! UTF-7 (RFC 2152): ASCII, and between `+` and the end of a sequence UTF-16 in base 64.

use super::builder::Builder;
use super::codec::Codec;
use super::codec_error::DecodeError;
use super::handler::Handler;
use super::layout::{Str, points};
use crate::objects::bytes::{self, NewBytes};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Ref, Result};

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The value of a digit in base 64.
fn digit(byte: u8) -> Option<u32> {
    DIGITS.iter().position(|&digit| digit == byte).map(|value| value as u32)
}

/// Whether a character stands for itself in what the encoder writes.
fn is_direct(point: u32) -> bool {
    matches!(point, 0x09 | 0x0a | 0x0d | 0x20..=0x7d) && point != u32::from(b'+') && point != u32::from(b'\\')
}

/// A sequence in base 64 that is being decoded.
struct Sequence {
    /// The place of its `+`.
    start: usize,
    /// The bits that are no whole unit yet, and their number.
    bits: u32,
    count: u32,
    /// A surrogate that waits for the second one of its pair; 0 without.
    high: u32,
    /// The characters so far. If the rest of the sequence may come later, they are left out.
    points: Array<u32>,
}

impl Sequence {
    fn new(start: usize) -> Self {
        Sequence { start, bits: 0, count: 0, high: 0, points: Array::new_in(Malloc) }
    }

    /// Takes six more bits.
    fn add(&mut self, value: u32) -> Result<()> {
        self.bits = self.bits << 6 | value;
        self.count += 6;
        if self.count < 16 {
            return Ok(());
        }
        self.count -= 16;
        let unit = self.bits >> self.count;
        self.bits &= (1 << self.count) - 1;
        match (core::mem::take(&mut self.high), unit) {
            (high @ 1.., 0xdc00..0xe000) => {
                return memory::push(&mut self.points, 0x1_0000 + ((high & 0x3ff) << 10 | unit & 0x3ff));
            }
            (0, _) => {}
            (lone, _) => memory::push(&mut self.points, lone)?,
        }
        match unit {
            0xd800..0xdc00 => self.high = unit,
            _ => memory::push(&mut self.points, unit)?,
        }
        Ok(())
    }

    /// Whether the sequence could end here.
    fn is_whole(&self) -> bool {
        self.high == 0 && self.count < 6 && self.bits == 0
    }
}

/// A string from bytes in UTF-7, and the number of bytes that were decoded. If the rest of the text may come later, a sequence
/// without an end is left out.
pub fn decode_utf7(bytes: &[u8], handler: Handler<'_>, is_part: bool) -> Result<(Ref, usize)> {
    let mut text = Builder::new();
    let mut sequence: Option<Sequence> = None;
    let mut at = 0;
    loop {
        let Some(&byte) = bytes.get(at) else {
            match sequence.take() {
                Some(unfinished) if is_part => {
                    at = unfinished.start;
                    break;
                }
                Some(mut ended) => {
                    text.extend(ended.points.drain(..))?;
                    if ended.is_whole() {
                        break;
                    }
                    let range = ended.start..bytes.len();
                    let error = DecodeError::new(Codec::Utf7, bytes, range, "unterminated shift sequence");
                    at = handler.decode(&mut text, &error)?;
                    continue;
                }
                None => break,
            }
        };
        let broken = match (sequence.as_mut(), digit(byte)) {
            (Some(sequence), Some(value)) => {
                sequence.add(value)?;
                at += 1;
                continue;
            }
            (Some(ended), None) => {
                text.extend(ended.points.drain(..))?;
                let (start, high) = (ended.start, ended.high);
                let reason = match (ended.count, ended.bits) {
                    (6.., _) => Some("partial character in shift sequence"),
                    (_, 1..) => Some("non-zero padding bits in shift sequence"),
                    (_, 0) => None,
                };
                sequence = None;
                match reason {
                    Some(reason) => (start, at + 1, reason),
                    None => {
                        if high != 0 && byte.is_ascii() {
                            text.push(high)?;
                        }
                        at += usize::from(byte == b'-');
                        continue;
                    }
                }
            }
            (None, _) if byte == b'+' => match bytes.get(at + 1) {
                Some(b'-') => {
                    text.push(byte.into())?;
                    at += 2;
                    continue;
                }
                Some(&next) if digit(next).is_none() => (at, at + 2, "ill-formed sequence"),
                _ => {
                    sequence = Some(Sequence::new(at));
                    at += 1;
                    continue;
                }
            },
            (None, _) if byte.is_ascii() => {
                text.push(byte.into())?;
                at += 1;
                continue;
            }
            (None, _) => (at, at + 1, "unexpected special character"),
        };
        let (start, end, reason) = broken;
        at = handler.decode(&mut text, &DecodeError::new(Codec::Utf7, bytes, start..end, reason))?;
    }
    Ok((text.finish()?, at))
}

/// The string in UTF-7, as `bytes`. Every string has such a form.
pub fn to_utf7(s: Str<'_>) -> Result<NewBytes> {
    let mut encoded: Array<u8> = Array::new_in(Malloc);
    // The bits of a sequence that no digit has yet, and their number; `None` outside of sequences.
    let mut sequence: Option<(u64, u32)> = None;
    let push_digit = |encoded: &mut Array<u8>, value: u64| {
        memory::extend(
            encoded,
            DIGITS.get((value & 0x3f) as usize..).and_then(|rest| rest.get(..1)).unwrap_or_default(),
        )
    };
    let finish = |encoded: &mut Array<u8>, (bits, count): (u64, u32)| match count {
        0 => Ok(()),
        count => push_digit(encoded, bits << (6 - count)),
    };
    for point in points(s).iter() {
        if is_direct(point) {
            let byte = point as u8;
            if let Some(last) = sequence.take() {
                finish(&mut encoded, last)?;
                if digit(byte).is_some() || byte == b'-' {
                    memory::push(&mut encoded, b'-')?;
                }
            }
            memory::push(&mut encoded, byte)?;
            continue;
        }
        if sequence.is_none() && point == b'+'.into() {
            memory::extend(&mut encoded, b"+-")?;
            continue;
        }
        if sequence.is_none() {
            memory::push(&mut encoded, b'+')?;
        }
        let (mut bits, mut count) = sequence.unwrap_or_default();
        let (units, size) = match point {
            ..0x1_0000 => (u64::from(point), 16),
            _ => (u64::from(0xd800 + ((point - 0x1_0000) >> 10)) << 16 | u64::from(0xdc00 + (point & 0x3ff)), 32),
        };
        bits = bits << size | units;
        count += size;
        while count >= 6 {
            count -= 6;
            push_digit(&mut encoded, bits >> count)?;
        }
        sequence = Some((bits & ((1 << count) - 1), count));
    }
    if let Some(last) = sequence {
        finish(&mut encoded, last)?;
        memory::push(&mut encoded, b'-')?;
    }
    bytes::from_slice(&encoded)
}
