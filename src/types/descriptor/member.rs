//! Attributes that are stored at an offset in an object, in a type of C.

use super::attributes::{self, type_of};
use super::object::{Descriptor, DescriptorOf, Row, row, row_for};
use crate::abi::*;
use crate::objects::{class_name, constants, convert, float, int, slots, str, warning};
use crate::runtime::memory::Lossy;
use crate::runtime::refusal::bad_argument_type;
use crate::runtime::{Obj, Own, Raised, Ref, Result, Type, error, raise};
use core::ffi::{CStr, c_char, c_int, c_uint, c_ulong, c_ushort};

static_type! {
    /// Attributes stored at an offset.
    pub PyMemberDescr_Type as MEMBER_DESCRIPTOR = PyTypeObject {
        tp_descr_set: slots::assign(set),
        ..type_of::<PyMemberDef>(c"member_descriptor", (&raw mut GETSETS).cast())
    }
}

static mut GETSETS: [PyGetSetDef; 3] =
    [slots::getter(c"__doc__", doc), slots::getter(c"__qualname__", attributes::qualname), PyGetSetDef::END];

fn doc(descriptor: DescriptorOf<'_, PyMemberDef>) -> Result<Ref> {
    // SAFETY: the documentation in a row is NULL or NUL-terminated, and lives as long as the row.
    unsafe { attributes::text(row(descriptor).doc) }
}

impl Row for PyMemberDef {
    type Layout = Descriptor<Self>;
    const KIND: Type<'static> = MEMBER_DESCRIPTOR;
    const SHOWN: &'static str = "member";

    fn get(descriptor: DescriptorOf<'_, Self>, o: Option<Obj<'_>>, _: Option<Obj<'_>>) -> Result<Ref> {
        let Some(o) = o else { return Ok(descriptor.to_ref()) };
        let row = row_for(descriptor, o)?;
        // SAFETY: the object is of the class whose table has the row, so that the member is in its layout.
        unsafe { read(o.as_ptr().cast(), row) }
    }
}

fn set(descriptor: DescriptorOf<'_, PyMemberDef>, o: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let row = row_for(descriptor, o)?;
    // SAFETY: the object is of the class whose table has the row, so that the member is in its layout.
    unsafe { write(o.as_ptr().cast(), row, value) }
}

/// Reads a member (CPython: `PyMember_GetOne`): a new reference.
///
/// # Safety
/// `row` describes a member of the object at the address.
pub unsafe fn read(object: *mut c_char, row: &PyMemberDef) -> Result<Ref> {
    if row.flags & Py_RELATIVE_OFFSET != 0 {
        return Err(raise!(SystemError, "PyMember_GetOne used with Py_RELATIVE_OFFSET"));
    }
    let signed = int::from_i64;
    let unsigned = int::from_u64;
    let real = |value: f64| float::from_f64(value).map(Own::into_ref);
    let at = object.wrapping_byte_offset(row.offset);
    // SAFETY: `row` describes a member of this layout, so there is a value of this kind at the offset.
    unsafe {
        match row.kind {
            Py_T_BOOL => Ok(constants::bool(*at != 0).to_ref()),
            Py_T_BYTE => signed((*at).into()),
            Py_T_UBYTE => unsigned((*at.cast::<u8>()).into()),
            Py_T_SHORT => signed((*at.cast::<i16>()).into()),
            Py_T_USHORT => unsigned((*at.cast::<c_ushort>()).into()),
            Py_T_INT => signed((*at.cast::<c_int>()).into()),
            Py_T_UINT => unsigned((*at.cast::<c_uint>()).into()),
            Py_T_LONG | Py_T_LONGLONG | Py_T_PYSSIZET => signed(*at.cast::<i64>()),
            Py_T_ULONG | Py_T_ULONGLONG => unsigned(*at.cast::<c_ulong>()),
            Py_T_FLOAT => real((*at.cast::<f32>()).into()),
            Py_T_DOUBLE => real(*at.cast::<f64>()),
            Py_T_STRING => match *at.cast::<*const c_char>() {
                text if text.is_null() => Ok(constants::NONE.to_ref()),
                text => str::from_utf8(CStr::from_ptr(text).to_bytes()),
            },
            Py_T_STRING_INPLACE => str::from_utf8(CStr::from_ptr(at).to_bytes()),
            Py_T_CHAR => str::from_utf8(&[*at.cast::<u8>()]),
            _Py_T_OBJECT => Ok(Obj::from_ptr(*at.cast()).unwrap_or(constants::NONE).to_ref()),
            Py_T_OBJECT_EX => match Obj::from_ptr(*at.cast()) {
                Some(value) => Ok(value.to_ref()),
                None => Err(missing(Obj::from_ptr_unchecked(object.cast()), row)?),
            },
            _Py_T_NONE => Ok(constants::NONE.to_ref()),
            _ => Err(raise!(SystemError, "bad memberdescr type")),
        }
    }
}

/// The name in a row.
fn name(row: &PyMemberDef) -> Lossy<'_> {
    // SAFETY: a row has a NUL-terminated name.
    Lossy(unsafe { CStr::from_ptr(row.name) }.to_bytes())
}

/// A number to store, and the warning that follows.
struct Number {
    bits: u64,
    warning: Option<&'static CStr>,
}

/// A number for a signed field of this many bits.
fn signed(value: Obj<'_>, bits: u32, truncated: &'static CStr) -> Result<Number> {
    let number = int::as_i64(value)?;
    let rest = 64 - bits;
    let warning = (number << rest >> rest != number).then_some(truncated);
    Ok(Number { bits: number as u64, warning })
}

/// A number for an unsigned field, which may be negative. `large` reads a number beyond a `long`.
fn unsigned(value: Obj<'_>, bits: u32, truncated: &'static CStr, large: fn(Obj<'_>) -> Result<u64>) -> Result<Number> {
    let (number, overflow) = int::as_i64_and_overflow(value)?;
    let negative = || Number { bits: number as u64, warning: Some(c"Writing negative value into unsigned field") };
    let number = match overflow {
        0 if number < 0 => return Ok(negative()),
        0 => number as u64,
        ..0 => return Err(raise!(OverflowError, "Python int too large to convert to C long")),
        _ => large(value)?,
    };
    let warning = (bits < 64 && number >> bits != 0).then_some(truncated);
    Ok(Number { bits: number, warning })
}

/// Writes a member, or deletes it when there is no value (CPython: `PyMember_SetOne`).
///
/// # Safety
/// `row` describes a member of the object at the address.
pub unsafe fn write(object: *mut c_char, row: &PyMemberDef, value: Option<Obj<'_>>) -> Result<()> {
    if row.flags & Py_RELATIVE_OFFSET != 0 {
        return Err(raise!(SystemError, "PyMember_SetOne used with Py_RELATIVE_OFFSET"));
    }
    if row.flags & Py_READONLY != 0 {
        return Err(raise!(AttributeError, "readonly attribute"));
    }
    let at = object.wrapping_byte_offset(row.offset);
    // SAFETY: `row` describes a member of this layout, so there is room for a value of this kind at the offset.
    unsafe {
        let Some(value) = value.filter(|_| !matches!(row.kind, _Py_T_OBJECT | Py_T_OBJECT_EX)) else {
            return write_object(at.cast(), row, value);
        };
        let number = match row.kind {
            Py_T_BOOL if value.is(constants::TRUE) || value.is(constants::FALSE) => {
                at.write(value.is(constants::TRUE).into());
                return Ok(());
            }
            Py_T_BOOL => return Err(raise!(TypeError, "attribute value type must be bool")),
            Py_T_FLOAT => {
                at.cast::<f32>().write(convert::as_f64(value)? as f32);
                return Ok(());
            }
            Py_T_DOUBLE => {
                at.cast::<f64>().write(convert::as_f64(value)?);
                return Ok(());
            }
            Py_T_CHAR => {
                at.cast::<u8>().write(character(value)?);
                return Ok(());
            }
            Py_T_STRING | Py_T_STRING_INPLACE => return Err(raise!(TypeError, "readonly attribute")),
            // A plain char, which has a sign on some processors.
            Py_T_BYTE if c_char::MIN == 0 => wide(value, 8, c"Truncation of value to char")?,
            Py_T_BYTE => signed(value, 8, c"Truncation of value to char")?,
            Py_T_UBYTE => wide(value, 8, c"Truncation of value to unsigned char")?,
            Py_T_SHORT => signed(value, 16, c"Truncation of value to short")?,
            Py_T_USHORT => wide(value, 16, c"Truncation of value to unsigned short")?,
            Py_T_INT => signed(value, 32, c"Truncation of value to int")?,
            Py_T_UINT => unsigned(value, 32, c"Truncation of value to unsigned int", int::as_unsigned_long)?,
            Py_T_LONG => signed(value, 64, c"")?,
            Py_T_LONGLONG => Number { bits: int::as_long_long(value)? as u64, warning: None },
            Py_T_PYSSIZET => Number { bits: int::as_ssize_t(value)? as u64, warning: None },
            Py_T_ULONG => unsigned(value, 64, c"", int::as_unsigned_long)?,
            Py_T_ULONGLONG => unsigned(value, 64, c"", int::as_u64)?,
            _ => return Err(raise!(SystemError, "bad memberdescr type for {}", name(row))),
        };
        match row.kind {
            Py_T_BYTE | Py_T_UBYTE => at.cast::<u8>().write(number.bits as u8),
            Py_T_SHORT | Py_T_USHORT => at.cast::<u16>().write(number.bits as u16),
            Py_T_INT | Py_T_UINT => at.cast::<u32>().write(number.bits as u32),
            _ => at.cast::<u64>().write(number.bits),
        }
        number.warning.map_or(Ok(()), |text| warning::issue(Exc::RuntimeWarning, text))
    }
}

/// A number for a small unsigned field.
fn wide(value: Obj<'_>, bits: u32, truncated: &'static CStr) -> Result<Number> {
    let number = int::as_i64(value)?;
    let warning = (number < 0 || number >> bits != 0).then_some(truncated);
    Ok(Number { bits: number as u64, warning })
}

/// The only character of a `str`, which takes one byte in UTF-8.
fn character(value: Obj<'_>) -> Result<u8> {
    let text = match value.downcast() {
        Some(text) => str::utf8(text)?.as_bytes(),
        None => &[],
    };
    match text {
        [character] => Ok(*character),
        _ => Err(bad_argument_type()),
    }
}

/// Replaces the object in a field, or deletes a member.
///
/// # Safety
/// `row` describes a member at this address; where it is one of an object, the field holds NULL or an owned reference.
unsafe fn write_object(field: *mut *mut PyObject, row: &PyMemberDef, value: Option<Obj<'_>>) -> Result<()> {
    if !matches!(row.kind, _Py_T_OBJECT | Py_T_OBJECT_EX) {
        return Err(raise!(TypeError, "can't delete numeric/char attribute"));
    }
    // SAFETY: the field is one of an object, as promised. The old object goes after the new one is there.
    unsafe {
        if value.is_none() && row.kind == Py_T_OBJECT_EX && (*field).is_null() {
            return Err(error::raise_formatted(Exc::AttributeError, format_args!("{}", name(row))));
        }
        drop(Ref::from_ptr(field.replace(value.map_or(core::ptr::null_mut(), |value| value.to_ref().into_ptr()))));
    }
    Ok(())
}

/// AttributeError: the member of an object is empty.
#[cold]
fn missing(o: Obj<'_>, row: &PyMemberDef) -> Result<Raised> {
    let class = class_name::fully_qualified(o.class(), '.')?;
    Ok(raise!(AttributeError, "'{}' object has no attribute '{}'", str::as_text(class.borrow()), name(row)))
}
