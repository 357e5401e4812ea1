//! The language of `Py_BuildValue`: formats that turn values of C into an object, also the arguments of a call.
//!
//! Each unit is parsed into a [`Unit`], which needs no `va_list`. When a unit fails, the units after it are made all the same, and
//! dropped: they may own references.

mod unit;

pub use unit::{Extent, Group, Unit, count, take_end};

use super::cursor::Cursor;
use super::va_list::Arguments;
use crate::abi::{PyObject, va_list};
use crate::objects::complex::{self, Complex};
use crate::objects::{bytes, call, constants, dict, float, int, list, str, tuple};
use crate::protocol::callable;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Raised, Ref, Result, error, raise, refusal, stack};
use core::ffi::{CStr, c_void};

/// The error for a value that is NULL: the pending one of the call that failed to make it, or else SystemError.
pub fn null_object() -> Raised {
    error::pending().unwrap_or_else(|| raise!(SystemError, "NULL object passed to Py_BuildValue"))
}

/// A function of C that makes an object: a new reference, or NULL with an error set.
type Converter = unsafe extern "C" fn(*mut c_void) -> *mut PyObject;

/// The object of a format: None without units, the object of the only unit, or a tuple of all (CPython: `Py_VaBuildValue`).
///
/// # Safety
/// `list` is a `va_list` that C passed, with the values that the format asks for.
pub unsafe fn build(format: &CStr, list: va_list) -> Result<Ref> {
    let units = count(format.to_bytes(), None)?;
    if units == 0 {
        return Ok(constants::NONE.to_ref());
    }
    let make = |arguments: &mut Arguments| {
        let mut builder = Builder { rest: Cursor::new(format), arguments };
        if units == 1 { builder.value() } else { builder.tuple(units, None) }
    };
    // SAFETY: the list has the values that this format asks for, by this function's condition.
    unsafe { Arguments::copied(list, make) }
}

/// Calls an object with the objects of a format. A tuple as the only object stands for all arguments.
///
/// # Safety
/// As for [`build`].
pub unsafe fn call(callable: Obj<'_>, format: Option<&CStr>, list: va_list) -> Result<Ref> {
    let Some(format) = format.filter(|format| !format.is_empty()) else { return call::vectorcall(callable, &[], None) };
    let units = count(format.to_bytes(), None)?;
    if units == 1 {
        // The fast path: no list, which takes time to make and to drop.
        let mut only = None;
        let make = |arguments: &mut Arguments| {
            let mut builder = Builder { rest: Cursor::new(format), arguments };
            builder.each(1, None, |_, value| {
                only = Some(value);
                Ok(())
            })
        };
        // SAFETY: the list has the values that this format asks for, by this function's condition.
        unsafe { Arguments::copied(list, make) }?;
        return call_with(callable, only.as_ref().map(Ref::borrow).as_slice());
    }
    let mut values = Values { few: [const { None }; FEW], more: Array::new_in(Malloc), count: 0 };
    let make = |arguments: &mut Arguments| {
        let mut builder = Builder { rest: Cursor::new(format), arguments };
        if units > FEW {
            memory::reserve(&mut values.more, units).map_err(|raised| builder.drop_rest(units, None, raised))?;
        }
        builder.each(units, None, |_, value| {
            values.push(value);
            Ok(())
        })
    };
    // SAFETY: the list has the values that this format asks for, by this function's condition.
    unsafe { Arguments::copied(list, make) }?;
    call_with(callable, values.all())
}

/// Calls an object with others. One tuple stands for its items.
fn call_with(callable: Obj<'_>, all: &[Obj<'_>]) -> Result<Ref> {
    let items = if let [only] = all { only.downcast().map(tuple::items) } else { None };
    call::vectorcall(callable, items.unwrap_or(all), None)
}

/// The number of arguments of a call that need no memory.
const FEW: usize = 5;

/// The arguments of a call.
struct Values {
    few: [Option<Ref>; FEW],
    /// All of them, if they are more. There is room for them.
    more: Array<Ref>,
    count: usize,
}

impl Values {
    fn push(&mut self, value: Ref) {
        match self.few.get_mut(self.count) {
            Some(place) if self.more.capacity() == 0 => *place = Some(value),
            _ => memory::fill(&mut self.more, [value]),
        }
        self.count += 1;
    }

    fn all(&self) -> &[Obj<'_>] {
        if self.more.capacity() > 0 {
            return Ref::borrow_all(&self.more);
        }
        // SAFETY: the first `count` places have a reference, and each such place is the pointer that an `Obj` is.
        unsafe { core::slice::from_raw_parts(self.few.as_ptr().cast(), self.count) }
    }
}

/// Calls a method that was looked up, as [`call()`] does. TypeError when it can't be called.
///
/// # Safety
/// As for [`build`].
pub unsafe fn call_method(method: Obj<'_>, format: Option<&CStr>, list: va_list) -> Result<Ref> {
    if !callable::is_callable(method) {
        return Err(raise!(TypeError, "attribute of type '{}' is not callable", method.class().name()));
    }
    // SAFETY: both functions have the same condition.
    unsafe { call(method, format, list) }
}

/// A walk over the units of a format.
struct Builder<'f, 'a> {
    rest: Cursor<'f>,
    arguments: &'a mut Arguments,
}

impl Builder<'_, '_> {
    /// The object of the next unit.
    fn value(&mut self) -> Result<Ref> {
        match Unit::parse(&mut self.rest) {
            Unit::Int => int::from_i64(self.arguments.int().into()),
            Unit::UnsignedInt => int::from_i64((self.arguments.int() as u32).into()),
            Unit::Long => int::from_i64(self.arguments.int64()),
            Unit::UnsignedLong => int::from_u64(self.arguments.int64() as u64),
            Unit::Double => Ok(float::from_f64(self.arguments.double())?.into_ref()),
            Unit::Complex => self.complex(),
            Unit::Byte => Ok(bytes::from_slice(&[self.arguments.int() as u8])?.into_ref()),
            Unit::Character => match u32::try_from(self.arguments.int()) {
                Ok(point) if point <= char::MAX.into() => str::from_point(point),
                _ => Err(raise!(ValueError, "chr() arg not in range(0x110000)")),
            },
            Unit::Truth => Ok(constants::bool(self.arguments.int() != 0).to_ref()),
            Unit::Text(extent) => match self.bytes(extent) {
                None => Ok(constants::NONE.to_ref()),
                Some(text) => str::from_utf8(text),
            },
            Unit::Bytes(extent) => match self.bytes(extent) {
                None => Ok(constants::NONE.to_ref()),
                Some(text) => Ok(bytes::from_slice(text)?.into_ref()),
            },
            Unit::Wide(extent) => match self.wide(extent) {
                None => Ok(constants::NONE.to_ref()),
                Some(text) => str::from_wide(text),
            },
            Unit::Object { given } => self.object(given),
            Unit::Converter => self.convert(),
            Unit::Group(group) => self.group(group),
            Unit::Unknown => Err(raise!(SystemError, "bad format char passed to Py_BuildValue")),
        }
    }

    /// A complex number of C, which stands behind a pointer.
    fn complex(&mut self) -> Result<Ref> {
        let place = self.arguments.pointer().cast::<Complex>();
        // SAFETY: the caller promised NULL or the address of a complex number.
        let value = unsafe { place.as_ref() }.ok_or_else(|| refusal::null_argument("Py_BuildValue"))?;
        Ok(complex::from_parts(*value)?.into_ref())
    }

    /// A text of C, whose length comes after its address; `None` for NULL.
    fn bytes<'a>(&mut self, extent: Extent) -> Option<&'a [u8]> {
        let text = self.arguments.pointer().cast::<u8>();
        let length = self.length(extent);
        // SAFETY: the caller promised an address of so many bytes, or of a string that ends with a NUL.
        (!text.is_null()).then(|| unsafe {
            let length = length.unwrap_or_else(|| libc::strlen(text.cast()));
            core::slice::from_raw_parts(text, length)
        })
    }

    /// A text of `wchar_t`.
    fn wide<'a>(&mut self, extent: Extent) -> Option<&'a [u32]> {
        let text = self.arguments.pointer().cast::<u32>();
        let length = self.length(extent);
        // SAFETY: the caller promised an address of so many characters, or of a string that ends with a zero.
        (!text.is_null()).then(|| unsafe {
            let length = length.unwrap_or_else(|| (0..).take_while(|&at| *text.add(at) != 0).count());
            core::slice::from_raw_parts(text, length)
        })
    }

    fn length(&mut self, extent: Extent) -> Option<usize> {
        match extent {
            Extent::Whole => None,
            Extent::Sized => usize::try_from(self.arguments.int64()).ok(),
        }
    }

    /// An object of C. NULL stands for a call that has failed, whose error stays.
    fn object(&mut self, given: bool) -> Result<Ref> {
        let o = self.arguments.pointer().cast();
        // SAFETY: the caller promised NULL or a live object, and gives its reference away if the unit says so.
        let o = unsafe { if given { Ref::from_ptr(o) } else { Obj::from_ptr(o).map(Obj::to_ref) } };
        o.ok_or_else(null_object)
    }

    fn convert(&mut self) -> Result<Ref> {
        let converter = self.arguments.pointer();
        let argument = self.arguments.pointer();
        // SAFETY: a pointer of C that is NULL or a converter is an `Option` of a function.
        let converter: Option<Converter> = unsafe { core::mem::transmute(converter) };
        let converter = converter.ok_or_else(null_object)?;
        // SAFETY: C passes a converter, with the address that it takes.
        unsafe { Ref::from_ptr(converter(argument)) }.ok_or_else(|| error::fetched_from_c("a converter"))
    }

    /// A tuple, a list or a dict.
    fn group(&mut self, group: Group) -> Result<Ref> {
        let end = Some(group.end());
        let units = count(self.rest.rest(), end)?;
        if let Err(raised) = stack::enter(" while building a value") {
            self.drop_group();
            return Err(raised);
        }
        match group {
            Group::Tuple => self.tuple(units, end),
            Group::List => self.list(units, end),
            Group::Dict => self.dict(units, end),
        }
    }

    fn tuple(&mut self, units: usize, end: Option<u8>) -> Result<Ref> {
        // SAFETY: each place is filled below before other code gets the tuple.
        let made = unsafe { tuple::blank(units) }.map_err(|raised| self.drop_rest(units, end, raised))?;
        self.each(units, end, |index, value| {
            // SAFETY: no other code has the tuple yet.
            unsafe { tuple::set(made.borrow(), index as isize, Some(value)) }
        })?;
        Ok(made.into_ref())
    }

    fn list(&mut self, units: usize, end: Option<u8>) -> Result<Ref> {
        let made = list::blank(units).map_err(|raised| self.drop_rest(units, end, raised))?;
        self.each(units, end, |index, value| list::set(made.borrow(), index as isize, Some(value)))?;
        Ok(made.into_ref())
    }

    fn dict(&mut self, units: usize, end: Option<u8>) -> Result<Ref> {
        if !units.is_multiple_of(2) {
            let raised = raise!(SystemError, "Bad dict format");
            return Err(self.drop_rest(units, end, raised));
        }
        let made = match dict::new() {
            Ok(made) => made,
            Err(raised) => return Err(self.drop_rest(units, end, raised)),
        };
        for left in (0..units / 2).rev() {
            let key = self.value().map_err(|raised| self.drop_rest(left * 2 + 1, end, raised))?;
            let set = self.value().and_then(|value| dict::set(made.borrow(), key.borrow(), value.borrow()));
            set.map_err(|raised| self.drop_rest(left * 2, end, raised))?;
        }
        take_end(&mut self.rest, end)?;
        Ok(made.into_ref())
    }

    /// Passes the objects of so many units to a function, with their numbers. The group or the format ends after them.
    #[inline]
    fn each(&mut self, units: usize, end: Option<u8>, mut put: impl FnMut(usize, Ref) -> Result<()>) -> Result<()> {
        for index in 0..units {
            let put = self.value().and_then(|value| put(index, value));
            put.map_err(|raised| self.drop_rest(units - index - 1, end, raised))?;
        }
        take_end(&mut self.rest, end)
    }

    /// Makes the other objects of a group that failed, and drops them. Returns the error, or that of a group without an end.
    #[cold]
    fn drop_rest(&mut self, units: usize, end: Option<u8>, raised: Raised) -> Raised {
        let mut made: Array<Ref> = Array::new_in(Malloc);
        for _ in 0..units {
            let error = error::take();
            if let Ok(value) = self.value() {
                // Without memory for the list, an object is dropped at once.
                let _ = memory::push(&mut made, value);
            }
            error::put_back(error);
        }
        drop(made);
        take_end(&mut self.rest, end).err().unwrap_or(raised)
    }

    /// Makes and drops the objects of a group that is nested too deep, and of the groups in it.
    #[cold]
    fn drop_group(&mut self) {
        let error = error::take();
        let mut depth = 1_usize;
        while depth > 0 {
            match self.rest.rest().first() {
                None => break,
                Some(b'(' | b'[' | b'{') => depth += 1,
                Some(b')' | b']' | b'}') => depth -= 1,
                Some(_) => {
                    drop(self.value());
                    continue;
                }
            }
            self.rest.next();
        }
        error::put_back(error);
    }
}
