//! UTF-16 and UTF-32.

use super::builder::Builder;
use super::codec::Codec;
use super::codec_error::{DecodeError, EncodeError};
use super::handler::{Handler, Replacement};
use super::layout::{Str, points};
use crate::objects::bytes::{self, NewBytes};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Ref, Result};

/// The width of the units of an encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wide {
    /// UTF-16.
    Two,
    /// UTF-32.
    Four,
}

/// The order of the bytes of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The lowest byte first.
    Little,
    /// A mark at the start of the text says it; little without one.
    Marked,
    /// The highest byte first.
    Big,
}

impl Order {
    /// The order that C names: -1, 0 or 1.
    pub fn from_c(order: core::ffi::c_int) -> Self {
        match order {
            ..0 => Order::Little,
            0 => Order::Marked,
            1.. => Order::Big,
        }
    }

    /// The number that C has for the order.
    pub fn to_c(self) -> core::ffi::c_int {
        self as core::ffi::c_int - 1
    }
}

impl Wide {
    /// The number of bytes of a unit.
    pub const fn size(self) -> usize {
        match self {
            Wide::Two => 2,
            Wide::Four => 4,
        }
    }

    fn codec(self, order: Order) -> Codec {
        match self {
            Wide::Two => Codec::Utf16(order),
            Wide::Four => Codec::Utf32(order),
        }
    }

    /// The unit at the start of some bytes; `None` when they are too few.
    pub fn unit(self, bytes: &[u8], is_big: bool) -> Option<u32> {
        let bytes = bytes.get(..self.size())?;
        let fold = |unit: u32, &byte: &u8| unit << 8 | u32::from(byte);
        Some(if is_big { bytes.iter().fold(0, fold) } else { bytes.iter().rev().fold(0, fold) })
    }
}

/// A string that was decoded.
#[derive(Debug)]
pub struct Decoded {
    /// The string.
    pub text: Ref,
    /// The number of bytes that were decoded.
    pub done: usize,
    /// The order of the bytes, which a mark may have told.
    pub order: Order,
}

/// A string from bytes in UTF-16 or UTF-32. If the rest of the text may come later, an incomplete character at the end is left out.
pub fn decode_wide(bytes: &[u8], wide: Wide, order: Order, handler: Handler<'_>, is_part: bool) -> Result<Decoded> {
    let mut order = order;
    let mut at = 0;
    if order == Order::Marked {
        let marks = [(false, Order::Little), (true, Order::Big)];
        if let Some((_, found)) = marks.into_iter().find(|(is_big, _)| wide.unit(bytes, *is_big) == Some(0xfeff)) {
            order = found;
            at = wide.size();
        }
    }
    let is_big = order == Order::Big;
    let mut text = Builder::new();
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let broken = match (wide, wide.unit(rest, is_big)) {
            (_, None) if is_part => break,
            (_, None) => (bytes.len(), "truncated data"),
            (Wide::Two, Some(high @ 0xd800..0xdc00)) => match wide.unit(rest.get(2..).unwrap_or_default(), is_big) {
                Some(low @ 0xdc00..0xe000) => {
                    text.push(0x1_0000 + ((high & 0x3ff) << 10 | low & 0x3ff))?;
                    at += 4;
                    continue;
                }
                Some(_) => (at + 2, "illegal UTF-16 surrogate"),
                None if is_part => break,
                None => (bytes.len(), "unexpected end of data"),
            },
            (Wide::Two, Some(0xdc00..0xe000)) => (at + 2, "illegal encoding"),
            (Wide::Four, Some(0xd800..0xe000)) => (at + 4, "code point in surrogate code point range(0xd800, 0xe000)"),
            (Wide::Four, Some(0x11_0000..)) => (at + 4, "code point not in range(0x110000)"),
            (_, Some(point)) => {
                text.push(point)?;
                at += wide.size();
                continue;
            }
        };
        let codec = wide.codec(if is_big { Order::Big } else { Order::Little });
        let (end, reason) = broken;
        at = handler.decode(&mut text, &DecodeError::new(codec, bytes, at..end, reason))?;
    }
    Ok(Decoded { text: text.finish()?, done: at, order })
}

/// A string in UTF-16 or UTF-32, as `bytes`; with a mark if none tells the order.
pub fn encode_wide(s: Str<'_>, wide: Wide, order: Order, handler: Handler<'_>) -> Result<NewBytes> {
    let mut encoded: Array<u8> = Array::new_in(Malloc);
    let all = points(s);
    memory::reserve(&mut encoded, (all.len() + 1).checked_mul(wide.size()).ok_or_else(memory::out_of_memory)?)?;
    let push = |encoded: &mut Array<u8>, unit: u32| match (wide, order) {
        (Wide::Two, Order::Big) => memory::extend(encoded, &(unit as u16).to_be_bytes()),
        (Wide::Two, _) => memory::extend(encoded, &(unit as u16).to_le_bytes()),
        (Wide::Four, Order::Big) => memory::extend(encoded, &unit.to_be_bytes()),
        (Wide::Four, _) => memory::extend(encoded, &unit.to_le_bytes()),
    };
    if order == Order::Marked {
        push(&mut encoded, 0xfeff)?;
    }
    let mut at = 0;
    while let Some(point) = all.get(at) {
        at += 1;
        match point {
            0xd800..0xe000 => {
                let error = EncodeError { codec: wide.codec(order), s, range: at - 1..at };
                let mut replaced: Array<u8> = Array::new_in(Malloc);
                let as_bytes = |bytes: &[u8], encoded: &mut Array<u8>| match bytes.len().is_multiple_of(wide.size()) {
                    true => memory::extend(encoded, bytes),
                    false => Err(error.raise(0)),
                };
                match handler {
                    Handler::SurrogatePass => push(&mut encoded, point)?,
                    // Bytes that could not be decoded come back as they were, if they are whole units.
                    Handler::SurrogateEscape => {
                        handler.encode(&mut replaced, &error)?;
                        as_bytes(&replaced, &mut encoded)?;
                    }
                    Handler::Registered(registered) => {
                        let (replacement, position) = (registered.encode)(registered.name, &error)?;
                        match replacement {
                            Replacement::Bytes(bytes) => as_bytes(bytes::as_slice(bytes.borrow()), &mut encoded)?,
                            Replacement::Text(text) => {
                                error.push_text(text.borrow(), |point| push(&mut encoded, point))?;
                            }
                        }
                        at = position;
                    }
                    _ => {
                        handler.encode(&mut replaced, &error)?;
                        replaced.iter().try_for_each(|&byte| push(&mut encoded, byte.into()))?;
                    }
                }
            }
            0x1_0000.. if wide == Wide::Two => {
                push(&mut encoded, 0xd800 + ((point - 0x1_0000) >> 10))?;
                push(&mut encoded, 0xdc00 + (point & 0x3ff))?;
            }
            point => push(&mut encoded, point)?,
        }
    }
    bytes::from_slice(&encoded)
}
