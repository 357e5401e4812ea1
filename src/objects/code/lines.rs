//! The table of lines in a code object, which compilers of Python write, and Cython too. An entry is a byte with the highest bit set (its
//! kind in four bits, the number of instructions less one in three), and then numbers of six bits a byte.

use super::{Code, field, first_line};
use crate::abi::*;
use crate::objects::bytes;
use core::ffi::c_int;
use core::mem::offset_of;

/// Bytes of the table that are not read yet.
struct Table<'a>(&'a [u8]);

impl Table<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// A number of six bits a byte, the lowest first; bit 6 says that another byte follows.
    fn number(&mut self) -> Option<u32> {
        let (mut number, mut shift) = (0_u32, 0_u32);
        loop {
            let byte = self.byte()?;
            number |= u32::from(byte & 63).checked_shl(shift).unwrap_or(0);
            shift += 6;
            if byte & 64 == 0 {
                return Some(number);
            }
        }
    }

    /// A number with a sign, which is its lowest bit.
    fn signed(&mut self) -> Option<c_int> {
        let number = self.number()?;
        let size = (number >> 1) as c_int;
        Some(if number & 1 == 1 { -size } else { size })
    }

    /// The next entry: how many bytes of instructions it is about, by how much the line changes, and whether they have a line.
    fn entry(&mut self) -> Option<(c_int, c_int, bool)> {
        let first = self.byte()?;
        let (kind, length) = (first >> 3 & 15, c_int::from((first & 7) + 1) * 2);
        let change = match kind {
            10..=12 => c_int::from(kind - 10),
            13 | 14 => self.signed()?,
            _ => 0,
        };
        // The rest is about columns: the next entry begins with the next byte whose highest bit is set.
        let rest = self.0.iter().position(|byte| byte & 128 != 0).unwrap_or(self.0.len());
        self.0 = &self.0[rest..];
        Some((length, change, kind != 15))
    }
}

/// The line of the instruction at an offset in bytes; the first line for a negative offset, and -1 for an instruction that has no line or
/// is not there (CPython: `PyCode_Addr2Line`).
pub fn at(code: Code<'_>, offset: c_int) -> c_int {
    if offset < 0 {
        return first_line(code);
    }
    let table = field(code, offset_of!(PyCodeObject, co_linetable)).get_as::<PyBytesObject>();
    let Some(table) = table.filter(|_| i64::from(offset) < 2 * super::instruction_count(code) as i64) else {
        return -1;
    };
    let mut table = Table(bytes::as_slice(table.borrow()));
    let (mut line, mut end) = (first_line(code), 0);
    while let Some((length, change, has_line)) = table.entry() {
        line = line.wrapping_add(change);
        end += i64::from(length);
        if i64::from(offset) < end {
            return if has_line { line } else { -1 };
        }
    }
    -1
}
