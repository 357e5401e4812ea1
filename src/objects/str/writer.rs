//! `PyUnicodeWriter`: a string under construction in C's hands.

use super::builder::Builder;
use super::decode::{decode_utf8, decode_utf8_start};
use super::handler::Handler;
use super::layout::{Str, check, points};
use crate::protocol::text;
use crate::runtime::{Obj, Ref, Result, memory, raise};
use core::cell::UnsafeCell;
use core::ptr::NonNull;

/// A string under construction, which C knows only by its address. Its maker uses it from one thread at a time.
pub struct PyUnicodeWriter(UnsafeCell<Builder>);

/// `PyUnicodeWriter *`: NULL, or a writer that is neither finished nor discarded.
pub type WriterArg<'a> = Option<&'a PyUnicodeWriter>;

impl PyUnicodeWriter {
    /// A new writer, which C owns.
    pub fn create() -> Result<NonNull<Self>> {
        let block = memory::allocate(size_of::<Self>()).ok_or_else(memory::out_of_memory)?.cast::<Self>();
        // SAFETY: the block has room for a writer.
        unsafe { block.write(PyUnicodeWriter(UnsafeCell::new(Builder::new()))) };
        Ok(block)
    }

    /// Takes the text out of a writer, which is freed.
    ///
    /// # Safety
    /// C gives the writer away: nothing uses it afterwards.
    pub unsafe fn take(writer: NonNull<Self>) -> Builder {
        // SAFETY: the writer is whole, and is not used after this read. Its block came from `create`.
        unsafe {
            let builder = writer.read().0.into_inner();
            memory::free(writer.as_ptr().cast());
            builder
        }
    }

    /// Changes the text by a function that runs no code of the program.
    fn change<T>(&self, change: impl FnOnce(&mut Builder) -> T) -> T {
        // SAFETY: one thread uses the writer at a time, and the functions that are passed here call nothing that could
        // use it.
        change(unsafe { &mut *self.0.get() })
    }

    /// Appends a character.
    pub fn write_char(&self, point: u32) -> Result<()> {
        if point > char::MAX.into() {
            return Err(raise!(ValueError, "character must be in range(0x110000)"));
        }
        self.change(|text| text.push(point))
    }

    /// Appends the characters of a string, or of the `str` of another object.
    pub fn write_str(&self, o: Obj<'_>) -> Result<()> {
        let s = text::to_str(o)?;
        self.change(|text| text.push_object(s.borrow()))
    }

    /// Appends the repr of an object; `<NULL>` without one.
    pub fn write_repr(&self, o: Option<Obj<'_>>) -> Result<()> {
        let Some(o) = o else { return self.change(|text| text.push_str("<NULL>")) };
        let shown = text::repr(o)?;
        self.change(|text| text.push_object(shown.borrow()))
    }

    /// Appends the characters between two indices of a string, which are inside it.
    pub fn write_substring(&self, o: Obj<'_>, start: isize, end: isize) -> Result<()> {
        let Some(s): Option<Str<'_>> = o.downcast() else {
            return Err(raise!(TypeError, "expect str, not {}", o.class().name()));
        };
        let all = points(s);
        let Some(start) = usize::try_from(start).ok().filter(|_| start <= end) else {
            return Err(raise!(ValueError, "invalid start argument"));
        };
        let Some(end) = usize::try_from(end).ok().filter(|&end| end <= all.len()) else {
            return Err(raise!(ValueError, "invalid end argument"));
        };
        // SAFETY: these are characters of a string.
        self.change(|text| unsafe { text.push_points(all.slice(start..end)) })
    }

    /// Appends text in UTF-8. On failure nothing is appended.
    pub fn write_utf8(&self, bytes: &[u8], handler: Handler<'_>) -> Result<()> {
        if let Ok(valid) = core::str::from_utf8(bytes) {
            return self.change(|text| text.push_str(valid));
        }
        let decoded = decode_utf8(bytes, handler)?;
        self.change(|text| text.push_object(decoded.borrow()))
    }

    /// Appends text in UTF-8 of which the rest may come later, and returns the number of bytes that are done. On
    /// failure nothing is appended.
    pub fn write_utf8_start(&self, bytes: &[u8], handler: Handler<'_>) -> Result<usize> {
        let (decoded, done) = decode_utf8_start(bytes, handler)?;
        self.change(|text| text.push_object(decoded.borrow()))?;
        Ok(done)
    }

    /// Appends ASCII characters, or those of Latin-1.
    pub fn write_latin1(&self, bytes: &[u8]) -> Result<()> {
        self.change(|text| text.push_latin1(bytes))
    }

    /// Appends a string that was made for this.
    pub fn write_made(&self, s: Ref) -> Result<()> {
        debug_assert!(check(s.borrow()));
        self.change(|text| text.push_object(s.borrow()))
    }
}
