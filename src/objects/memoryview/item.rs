//! Items of the native formats: reading one from memory as an object, and writing one.

use crate::objects::{bytes, convert, float, int};
use crate::protocol::buffer::Form;
use crate::protocol::{number, truth};
use crate::runtime::{Obj, Own, Raised, Ref, Result, known, raise};
use core::ffi::CStr;

/// A format of one native character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Native(u8);

impl Native {
    /// The format that a text names: one character, after an optional `@`.
    pub fn named(format: &[u8]) -> Option<Self> {
        let ([code] | [b'@', code]) = format else { return None };
        size(*code).map(|_| Native(*code))
    }

    /// The native format of a buffer.
    pub fn of(form: &Form<'_>) -> Option<Self> {
        Native::named(format(form).to_bytes())
    }

    /// The number of bytes of an item.
    pub fn size(self) -> usize {
        size(self.0).unwrap_or(1)
    }

    /// The character.
    pub const fn code(self) -> u8 {
        self.0
    }

    /// The format as text that lives as long as the process.
    pub fn text(self, with_at: bool) -> &'static CStr {
        const TEXTS: &[u8] = b"@c\0@b\0@B\0@h\0@H\0@i\0@I\0@l\0@L\0@q\0@Q\0@n\0@N\0@f\0@d\0@e\0@?\0@P\0";
        let texts = TEXTS.chunks_exact(3).find(|text| text.get(1) == Some(&self.0));
        let text = texts.and_then(|text| if with_at { Some(text) } else { text.get(1..) });
        text.and_then(|text| CStr::from_bytes_with_nul(text).ok()).unwrap_or(c"B")
    }

    /// Whether an item is a byte.
    pub const fn is_byte(self) -> bool {
        matches!(self.0, b'b' | b'B' | b'c')
    }
}

/// The format of a buffer.
pub fn format<'a>(form: &Form<'a>) -> &'a CStr {
    let format = form.fields().format;
    if format.is_null() {
        return super::BYTES_FORMAT;
    }
    // SAFETY: a format that is there is a NUL-terminated string, which lives as long as the buffer.
    unsafe { CStr::from_ptr(format) }
}

/// The size of a native item; `None` for a character that is no native format of one item.
const fn size(code: u8) -> Option<usize> {
    Some(match code {
        b'c' | b'b' | b'B' | b'?' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' | b'P' => 8,
        _ => return None,
    })
}

/// The one character of a format, after an optional `@`; NotImplementedError for a longer format.
pub fn single(form: &Form<'_>) -> Result<u8> {
    match format(form).to_bytes() {
        [b'@', code] | [code] => Ok(*code),
        _ => Err(raise!(NotImplementedError, "memoryview: unsupported format {}", shown(format(form)))),
    }
}

fn shown(format: &CStr) -> impl core::fmt::Display + '_ {
    crate::runtime::memory::Lossy(format.to_bytes())
}

#[cold]
fn unsupported(code: u8) -> Raised {
    raise!(NotImplementedError, "memoryview: format {} not supported", char::from(code))
}

/// The object for an item.
///
/// # Safety
/// At `place` there are as many bytes as the format's size.
pub unsafe fn unpack(code: u8, place: *const u8) -> Result<Ref> {
    // SAFETY: there is an item of each format's size.
    unsafe {
        match code {
            b'B' => int::from_i64(place.read().into()),
            b'b' => int::from_i64(place.cast::<i8>().read().into()),
            b'h' => int::from_i64(place.cast::<i16>().read_unaligned().into()),
            b'H' => int::from_i64(place.cast::<u16>().read_unaligned().into()),
            b'i' => int::from_i64(place.cast::<i32>().read_unaligned().into()),
            b'I' => int::from_i64(place.cast::<u32>().read_unaligned().into()),
            b'l' | b'q' | b'n' => int::from_i64(place.cast::<i64>().read_unaligned()),
            b'L' | b'Q' | b'N' | b'P' => int::from_u64(place.cast::<u64>().read_unaligned()),
            b'f' => float::from_f64(place.cast::<f32>().read_unaligned().into()).map(Own::into_ref),
            b'd' => float::from_f64(place.cast::<f64>().read_unaligned()).map(Own::into_ref),
            b'e' => float::from_f64(float::pack::from_half(place.cast::<u16>().read_unaligned())).map(Own::into_ref),
            b'?' => Ok(known::bool(place.read() != 0).to_ref()),
            b'c' => bytes::from_slice(&[place.read()]).map(Own::into_ref),
            _ => Err(unsupported(code)),
        }
    }
}

/// The object for an item of a buffer. NotImplementedError when the buffer states another size than the format has.
///
/// # Safety
/// `place` is that of an item of the buffer.
pub unsafe fn unpack_sized(code: u8, form: &Form<'_>, place: *const u8) -> Result<Ref> {
    if size(code).is_some_and(|size| size as isize > form.fields().itemsize) {
        return Err(raise!(NotImplementedError, "memoryview: the size of an item is not that of its format"));
    }
    // SAFETY: the item has at least as many bytes as the format.
    unsafe { unpack(code, place) }
}

/// An item as bytes, of which its size counts.
pub type Packed = [u8; 8];

/// The bytes of an item for an object. TypeError for an object of the wrong kind, ValueError for a value that does not
/// fit.
pub fn pack(code: u8, value: Obj<'_>) -> Result<Packed> {
    let invalid = |raised: Raised| {
        use crate::abi::Exc;
        use crate::runtime::error::pending_is;
        if pending_is(Exc::TypeError) {
            return wrong_type(code);
        }
        if pending_is(Exc::OverflowError) || pending_is(Exc::ValueError) { wrong_value(code) } else { raised }
    };
    match code {
        b'?' => Ok(u64::from(truth::truth(value)?).to_le_bytes()),
        b'c' => {
            let Some(bytes) = value.downcast() else { return Err(wrong_type(code)) };
            let [byte] = bytes::as_slice(bytes) else { return Err(wrong_value(code)) };
            Ok(u64::from(*byte).to_le_bytes())
        }
        b'f' | b'd' | b'e' => {
            let number = convert::as_f64(value).map_err(invalid)?;
            Ok(match code {
                b'd' => number.to_le_bytes(),
                b'f' => u64::from((number as f32).to_bits()).to_le_bytes(),
                _ => u64::from(float::pack::to_half(number).map_err(invalid)?).to_le_bytes(),
            })
        }
        b'P' => Ok((int::as_pointer(value).map_err(invalid)?.addr() as u64).to_le_bytes()),
        b'B' | b'H' | b'I' | b'L' | b'Q' | b'N' => {
            let index = number::index(value).map_err(invalid)?;
            let number = int::as_u64(*index.borrow()).map_err(invalid)?;
            let bits = 8 * size(code).unwrap_or(8) as u32;
            if bits < 64 && number >> bits != 0 {
                return Err(wrong_value(code));
            }
            Ok(number.to_le_bytes())
        }
        b'b' | b'h' | b'i' | b'l' | b'q' | b'n' => {
            let index = number::index(value).map_err(invalid)?;
            let number = int::as_ssize_t(*index.borrow()).map_err(invalid)? as i64;
            let spare = 64 - 8 * size(code).unwrap_or(8) as u32;
            if number << spare >> spare != number {
                return Err(wrong_value(code));
            }
            Ok(number.to_le_bytes())
        }
        _ => Err(unsupported(code)),
    }
}

#[cold]
fn wrong_type(code: u8) -> Raised {
    raise!(TypeError, "memoryview: invalid type for format '{}'", char::from(code))
}

#[cold]
fn wrong_value(code: u8) -> Raised {
    raise!(ValueError, "memoryview: invalid value for format '{}'", char::from(code))
}
