//! The conversion of one object by its unit.

use super::format::DEEPEST;
use super::number::{self, Whole};
use super::parse::{Parse, Refused};
use super::refusal::{Refusal, because, not_a, not_a_tuple, text};
use super::text;
use super::undo::{CLEANUP_SUPPORTED, Converter, Step};
use super::unit::{Items, Kind, Unit};
use crate::format::cursor::Cursor;
use crate::objects::tuple::Tuple;
use crate::objects::{bytearray, bytes, convert, int, str, tuple};
use crate::protocol::{sequence, truth};
use crate::runtime::refusal::null_argument;
use crate::runtime::{Obj, Raised, Result, TypeArg, raise};
use core::ffi::c_int;

/// A function that issues a DeprecationWarning with this text, which is an error when the program says so. Warnings are
/// the business of a room above this one.
pub type Warn = fn(Obj<'_>) -> Result<()>;

impl Parse<'_> {
    /// Converts an object by the next unit, over which it steps. `depth` is the number of tuples around the object.
    #[inline(always)]
    pub(super) fn convert(&mut self, rest: &mut Cursor<'_>, o: Obj<'_>, depth: usize) -> Result<(), Refused> {
        // The fast path: a number that all but the smallest integer types hold.
        let is_long = match rest.rest().first() {
            Some(b'i' | b'I') => Some(false),
            Some(b'l' | b'n' | b'k' | b'K' | b'L') => Some(true),
            _ => None,
        };
        if let Some(is_long) = is_long
            && let Some(value @ 0..) = o.downcast().and_then(int::compact)
        {
            rest.next();
            return if is_long { self.store(value as u64) } else { self.store(value as u32) };
        }
        self.convert_any(rest, o, depth)
    }

    /// Works as [`Parse::convert`]. Out of line, for all units and objects.
    #[inline(never)]
    fn convert_any(&mut self, rest: &mut Cursor<'_>, o: Obj<'_>, depth: usize) -> Result<(), Refused> {
        match Unit::parse(rest) {
            Unit::Object => self.store(o.as_ptr()),
            unit => self.convert_by(unit, rest, o, depth).map_err(|refusal| self.keep(refusal)),
        }
    }

    /// Converts an object by a unit, over which `rest` has stepped.
    fn convert_by(&mut self, unit: Unit, rest: &mut Cursor<'_>, o: Obj<'_>, depth: usize) -> Result<(), Refusal> {
        match unit {
            Unit::Integer(integer) => match number::whole(integer, o)? {
                Whole::U32(value) => self.store(value)?,
                Whole::U64(value) => self.store(value)?,
                Whole::U8(value) => self.store(value)?,
                Whole::U16(value) => self.store(value)?,
            },
            Unit::Object => self.store(o.as_ptr())?,
            Unit::Text(source, form) => self.text(source, form, o)?,
            Unit::Double => self.store(number::double(o)?)?,
            Unit::Float => self.store(number::double(o)? as f32)?,
            Unit::Complex => self.store(number::complex_parts(o)?)?,
            Unit::Truth => self.store(c_int::from(truth::truth(o)?))?,
            Unit::Byte => self.store(text::byte(o)?)?,
            Unit::Character => self.store(text::character(o)?)?,
            Unit::Instance(kind) => self.instance(kind, o)?,
            Unit::OfType => self.of_type(o)?,
            Unit::Converter => self.call_converter(o)?,
            Unit::Writable => self.writable(o)?,
            Unit::Encoded { strings_only, sized } => self.encoded(strings_only, sized, o)?,
            Unit::Items => self.tuple(rest, o, depth)?,
            Unit::Unknown(unknown) => return Err(because(unknown.reached())),
        }
        Ok(())
    }

    /// `S`, `Y` and `U`
    fn instance(&mut self, kind: Kind, o: Obj<'_>) -> Result<(), Refusal> {
        let (is_one, expected) = match kind {
            Kind::Bytes => (bytes::check(o), &b"bytes"[..]),
            Kind::ByteArray => (o.is_a(bytearray::BYTEARRAY), &b"bytearray"[..]),
            Kind::Text => (str::check(o), &b"str"[..]),
        };
        if is_one { Ok(self.store(o.as_ptr())?) } else { Err(not_a(expected, o)) }
    }

    /// `O!`
    fn of_type(&mut self, o: Obj<'_>) -> Result<(), Refusal> {
        let class = self.arguments.pointer();
        // SAFETY: C passes NULL or a live type object before the place, which is what the parameter's type says.
        let class: TypeArg<'_> = unsafe { core::mem::transmute(class) };
        let class = class.ok_or_else(|| null_argument("O!"))?;
        if o.is_a(class) { Ok(self.store(o.as_ptr())?) } else { class.with_name(|name| Err(not_a(name.to_bytes(), o))) }
    }

    /// `O&`
    fn call_converter(&mut self, o: Obj<'_>) -> Result<(), Refusal> {
        let converter = self.arguments.pointer();
        let address = self.arguments.pointer();
        // SAFETY: a pointer of C that is NULL or a converter is an `Option` of a function.
        let converter: Option<Converter> = unsafe { core::mem::transmute(converter) };
        let converter = converter.ok_or_else(|| null_argument("O&"))?;
        // SAFETY: C passes a converter, with the address that it takes.
        match unsafe { converter(o.as_ptr(), address) } {
            0 => Err(because("(unspecified)")),
            // SAFETY: the converter has made a value, which it takes back when it is asked to.
            CLEANUP_SUPPORTED => Ok(unsafe { self.undo.push(Step::Converted(converter, address)) }?),
            _ => Ok(()),
        }
    }

    /// A tuple, whose items have the next units. Another sequence is made into a tuple first.
    fn tuple(&mut self, rest: &mut Cursor<'_>, o: Obj<'_>, depth: usize) -> Result<(), Refusal> {
        let items = Items::count(rest.rest());
        if depth + 1 >= DEEPEST {
            return Err(too_deep().into());
        }
        if let Some(tuple) = o.downcast() {
            return self.items(rest, items, tuple, depth);
        }
        if !sequence::check(o) || str::check(o) || bytes::check(o) || o.is_a(bytearray::BYTEARRAY) {
            return Err(not_a_tuple(items.count, o));
        }
        if items.borrows {
            let (count, class) = (items.count, crate::objects::class_name::fully_qualified(o.class(), '.')?);
            let class = str::as_text(class.borrow());
            let message = str::format(format_args!("argument must be {count}-item tuple, not {class}"))?;
            (self.warn)(message.borrow())?;
        }
        let (length, kind) = (sequence::size(o), if items.borrows { "tuple" } else { "sequence" });
        // CPython shows the length -1 when the object has none, and keeps the error of that.
        let length = length.unwrap_or(-1);
        if usize::try_from(length) != Ok(items.count) {
            let count = items.count;
            return Err(text(format_args!("must be {kind} of length {count}, not {length}")));
        }
        self.items(rest, items, convert::to_tuple(o)?.borrow(), depth)
    }

    fn items(&mut self, rest: &mut Cursor<'_>, items: Items, tuple: Tuple<'_>, depth: usize) -> Result<(), Refusal> {
        let (count, length) = (items.count, tuple::len(tuple));
        if length != count {
            return Err(text(format_args!("must be tuple of length {count}, not {length}")));
        }
        for (index, item) in tuple::items(tuple).iter().enumerate() {
            if let Err(refused) = self.convert(rest, *item, depth + 1) {
                self.note_item(index + 1)?;
                return Err(refused.into());
            }
        }
        // The `)`. As in CPython, another character there is not looked at.
        rest.next();
        Ok(())
    }
}

#[cold]
fn too_deep() -> Raised {
    raise!(SystemError, "too many tuple nesting levels in argument format string")
}
