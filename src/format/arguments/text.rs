//! The units of strings and bytes.

use super::parse::Parse;
use super::refusal::{Refusal, because, not_a, text};
use super::undo::Step;
use super::unit::{Form, Source};
use crate::abi::{Exc, Py_buffer, PyBUF_SIMPLE, PyBUF_WRITABLE};
use crate::objects::codecs;
use crate::objects::str;
use crate::objects::{bytearray, bytes, constants};
use crate::protocol::buffer::{self, Memory};
use crate::runtime::memory::{self, find_byte};
use crate::runtime::{Obj, Ref, Result, error};
use core::ffi::{CStr, c_char};
use core::mem::MaybeUninit;
use core::ptr::NonNull;

/// The bytes of an object whose buffer need not be released, borrowed from the object; `None` when their address
/// is NULL.
fn kept_bytes<'a>(o: Obj<'a>) -> Result<Option<&'a [u8]>, Refusal> {
    if buffer::has_release(o) {
        return Err(not_a(b"read-only bytes-like object", o));
    }
    let mut view: MaybeUninit<Py_buffer> = MaybeUninit::uninit();
    let place = NonNull::from(&mut view).cast();
    // SAFETY: there is room for a view, which is released before it ends. The class has no function that is called at the
    // release, so that the object keeps the memory: CPython relies on that, too.
    unsafe {
        buffer::get(o, place.as_ptr(), PyBUF_SIMPLE)?;
        let Py_buffer { buf, len, .. } = place.read();
        buffer::release(place);
        let length = usize::try_from(len).unwrap_or_default();
        Ok((!buf.is_null()).then(|| core::slice::from_raw_parts(buf.cast(), length)))
    }
}

/// The memory of bytes that must not be written to; NULL without bytes.
fn read_only(bytes: Option<&[u8]>) -> Memory {
    let start = bytes.map_or(core::ptr::null(), <[u8]>::as_ptr).cast_mut().cast();
    Memory { start, length: bytes.map_or(0, <[u8]>::len) as isize, readonly: 1 }
}

impl Parse<'_> {
    /// `s`, `z` and `y` with their forms.
    #[inline]
    pub(super) fn text(&mut self, source: Source, form: Form, o: Obj<'_>) -> Result<(), Refusal> {
        if form == Form::Buffer {
            return self.buffer(source, o);
        }
        let place: NonNull<*const c_char> = self.place()?;
        let size: Option<NonNull<usize>> = if form == Form::Sized { Some(self.place()?) } else { None };
        let bytes = match (source, o.downcast()) {
            (Source::TextOrNone, None) if o.is(constants::NONE) => None,
            (Source::Text | Source::TextOrNone, Some(string)) => {
                let bytes = str::utf8(string)?.as_bytes();
                Some(if form == Form::Plain { c_string(bytes)? } else { bytes })
            }
            (Source::Text, None) if form == Form::Plain => return Err(not_a(b"str", o)),
            (Source::TextOrNone, None) if form == Form::Plain => return Err(not_a(b"str or None", o)),
            _ => {
                // SAFETY: C passes a place for an address.
                unsafe { place.write_unaligned(core::ptr::null()) };
                let bytes = kept_bytes(o)?;
                if form == Form::Plain {
                    // SAFETY: C passes a place for an address. CPython stores it before it looks at the bytes.
                    unsafe { place.write_unaligned(bytes.map_or(core::ptr::null(), <[u8]>::as_ptr).cast()) };
                    c_string_of_bytes(bytes)?
                } else {
                    bytes
                }
            }
        };
        // SAFETY: C passes a place for an address, and one for a length in this form.
        unsafe {
            place.write_unaligned(bytes.map_or(core::ptr::null(), <[u8]>::as_ptr).cast());
            if let Some(size) = size {
                size.write_unaligned(bytes.map_or(0, <[u8]>::len));
            }
        }
        Ok(())
    }

    /// `s*`, `z*` and `y*`
    fn buffer(&mut self, source: Source, o: Obj<'_>) -> Result<(), Refusal> {
        let view = self.place()?;
        // SAFETY: C passes a place for a view, which it keeps until it releases it.
        unsafe {
            match (source, o.downcast()) {
                (Source::TextOrNone, None) if o.is(constants::NONE) => {
                    buffer::fill(view, None, read_only(None), PyBUF_SIMPLE)?
                }
                (Source::Text | Source::TextOrNone, Some(string)) => {
                    buffer::fill(view, Some(o), read_only(Some(str::utf8(string)?.as_bytes())), PyBUF_SIMPLE)?;
                }
                _ => buffer::get(o, view.as_ptr(), PyBUF_SIMPLE)?,
            }
            Ok(self.undo.push(Step::Buffer(view))?)
        }
    }

    /// `w*`
    pub(super) fn writable(&mut self, o: Obj<'_>) -> Result<(), Refusal> {
        let view = self.place()?;
        // SAFETY: C passes a place for a view, which it keeps until it releases it.
        unsafe {
            if buffer::get(o, view.as_ptr(), PyBUF_WRITABLE).is_err() {
                error::clear();
                return Err(not_a(b"read-write bytes-like object", o));
            }
            Ok(self.undo.push(Step::Buffer(view))?)
        }
    }

    /// `es`, `et`, `es#` and `et#`
    pub(super) fn encoded(&mut self, strings_only: bool, is_sized: bool, o: Obj<'_>) -> Result<(), Refusal> {
        let encoding = self.arguments.pointer().cast::<c_char>();
        // SAFETY: C passes NULL, or a string that stays for the length of the call.
        let encoding = (!encoding.is_null()).then(|| unsafe { CStr::from_ptr(encoding) });
        let buffer = NonNull::new(self.arguments.pointer().cast()).ok_or_else(|| because("(buffer is NULL)"))?;
        let size = match is_sized {
            false => None,
            true => match NonNull::new(self.arguments.pointer().cast()) {
                None => return Err(because("(buffer_len is NULL)")),
                size => size,
            },
        };
        let encoded = encode(o, strings_only, encoding)?;
        let bytes = encoded.borrow().downcast().map_or(&[][..], bytes::as_slice);
        if size.is_none() && find_byte(bytes, 0).is_some() {
            return Err(not_a(b"encoded string without null bytes", o));
        }
        // SAFETY: C passes the place of a buffer of its own or of NULL, and the place of the buffer's size.
        unsafe { self.copy(bytes, buffer, size) }
    }

    /// Copies encoded bytes, with a zero after them, to a buffer of the caller or to a new one.
    ///
    /// # Safety
    /// `buffer` is a place for an address. If there is a size, the address is NULL or that of so many bytes.
    unsafe fn copy(
        &mut self,
        bytes: &[u8],
        buffer: NonNull<*mut c_char>,
        size: Option<NonNull<isize>>,
    ) -> Result<(), Refusal> {
        // SAFETY: both places can be read and written, and the buffer has room for the bytes and the zero.
        unsafe {
            let mut to = if size.is_some() { buffer.read_unaligned() } else { core::ptr::null_mut() };
            if let Some(size) = size
                && !to.is_null()
            {
                let room = size.read_unaligned();
                if room <= bytes.len() as isize {
                    let (length, most) = (bytes.len(), room.wrapping_sub(1));
                    let message = format_args!("encoded string too long ({length}, maximum length {most})");
                    return Err(error::raise_formatted(Exc::ValueError, message).into());
                }
            } else {
                to = memory::allocate(bytes.len() + 1).ok_or_else(memory::out_of_memory)?.cast().as_ptr();
                buffer.write_unaligned(to);
                self.undo.push(Step::Block(buffer))?;
            }
            to.cast::<u8>().copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
            to.add(bytes.len()).write(0);
            if let Some(size) = size {
                size.write_unaligned(bytes.len() as isize);
            }
        }
        Ok(())
    }
}

/// The bytes of an argument in an encoding, UTF-8 without one.
fn encode(o: Obj<'_>, strings_only: bool, encoding: Option<&CStr>) -> Result<Ref, Refusal> {
    if !strings_only && bytes::check(o) {
        return Ok(o.to_ref());
    }
    if let Some(array) = o.downcast().filter(|_| !strings_only) {
        let (data, length) = (bytearray::data(array), bytearray::len(array));
        // SAFETY: the array has so many bytes, and no other code runs before they are copied.
        return Ok(bytes::from_slice(unsafe { core::slice::from_raw_parts(data, length) })?.into_ref());
    }
    let Some(string) = o.downcast() else {
        return Err(not_a(if strings_only { b"str" } else { b"str, bytes or bytearray" }, o));
    };
    Ok(codecs::encode(string, encoding.unwrap_or(c"utf-8").to_bytes(), None)?.into_ref())
}

/// A string's form without a NUL inside.
#[inline]
fn c_string(utf8: &[u8]) -> Result<&[u8]> {
    match find_byte(utf8, 0) {
        None => Ok(utf8),
        Some(_) => Err(error::raise(Exc::ValueError, "embedded null character")),
    }
}

/// Bytes that are a C string: without a NUL inside, and with one after them.
fn c_string_of_bytes(bytes: Option<&[u8]>) -> Result<Option<&[u8]>> {
    // SAFETY: the bytes are readable. As CPython does, this reads one more, which has to end the string.
    let is_whole = |bytes: &[u8]| unsafe { libc::strnlen(bytes.as_ptr().cast(), bytes.len() + 1) } == bytes.len();
    match bytes.filter(|bytes| is_whole(bytes)) {
        None => Err(error::raise(Exc::ValueError, "embedded null byte")),
        whole => Ok(whole),
    }
}

/// `c`: the only byte.
pub(super) fn byte(o: Obj<'_>) -> Result<u8, Refusal> {
    const EXPECTED: &str = "a byte string of length 1";
    let other = |kind, length| Err(text(format_args!("must be {EXPECTED}, not a {kind} object of length {length}")));
    if let Some(bytes) = o.downcast().map(bytes::as_slice) {
        return if let [byte] = bytes { Ok(*byte) } else { other("bytes", bytes.len()) };
    }
    let Some(array) = o.downcast() else { return Err(not_a(EXPECTED.as_bytes(), o)) };
    match bytearray::len(array) {
        // SAFETY: the array has one byte, and no other code runs before it is read.
        1 => Ok(unsafe { bytearray::data(array).read() }),
        length => other("bytearray", length),
    }
}

/// `C`: the only character.
pub(super) fn character(o: Obj<'_>) -> Result<u32, Refusal> {
    const EXPECTED: &str = "a unicode character";
    let Some(string) = o.downcast() else { return Err(not_a(EXPECTED.as_bytes(), o)) };
    let points = str::points(string);
    match (points.len(), points.get(0)) {
        (1, Some(point)) => Ok(point),
        (length, _) => Err(text(format_args!("must be {EXPECTED}, not a string of length {length}"))),
    }
}
