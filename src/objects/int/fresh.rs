//! An `int` under construction: an object whose digits are written in place.

use super::magnitude::{SHIFT, trim};
use super::{INT, INT_SIZE, small, tag_of};
use crate::abi::*;
use crate::runtime::{Ref, Result, instance, memory, raise};

/// The most digits that an int can have.
const MOST: usize = (i64::MAX - 1) as usize / SHIFT as usize;

/// A new `int` whose digits are not final yet.
#[derive(Debug)]
pub struct Fresh {
    // An object of `int` with room for `count` digits, all of which are written.
    o: Ref,
    count: usize,
}

impl Fresh {
    /// A number of `count` digits, all zero. OverflowError when an int can't have as many.
    pub fn new(count: usize) -> Result<Self> {
        if count > MOST {
            return Err(too_many_digits());
        }
        // Zero has a digit too, because C code may read it without checking the tag.
        let room = count.max(1) * size_of::<u32>() + INT_SIZE as usize;
        let o = instance::reserve::<false>(room)?;
        // SAFETY: there is room for the head, the tag and the digits, all of which are written.
        unsafe {
            let fields = o.cast::<PyLongObject>().as_ptr();
            (&raw mut (*fields).ob_base).write(PyObject { ob_refcnt: 1, ob_type: INT.as_ptr() });
            (&raw mut (*fields).long_value.lv_tag).write(tag_of(false, 0));
            (&raw mut (*fields).long_value.ob_digit).cast::<u32>().write_bytes(0, count.max(1));
            Ok(Fresh { o: Ref::from_ptr_unchecked(o.as_ptr()), count })
        }
    }

    /// The number with these digits.
    pub fn copy(digits: &[u32]) -> Result<Self> {
        let mut fresh = Fresh::new(digits.len())?;
        fresh.digits().copy_from_slice(digits);
        Ok(fresh)
    }

    /// The digits, the least significant first.
    pub fn digits(&mut self) -> &mut [u32] {
        // SAFETY: the object has room for so many digits, which are written, and no other code knows the object.
        unsafe { core::slice::from_raw_parts_mut(self.place(), self.count) }
    }

    /// The digits as they are.
    pub fn as_slice(&self) -> &[u32] {
        // SAFETY: the object has room for so many digits, which are written, and no other code knows the object.
        trim(unsafe { core::slice::from_raw_parts(self.place(), self.count) })
    }

    /// The address of the first digit.
    pub fn place(&self) -> *mut u32 {
        // SAFETY: the object is an int.
        unsafe { (&raw mut (*self.o.as_ptr().cast::<PyLongObject>()).long_value.ob_digit).cast() }
    }

    /// The number with this sign as an object: without zeros at the high end, and the shared object if there is one.
    pub fn finish(self, negative: bool) -> Ref {
        let digits = self.as_slice();
        let shared = match *digits {
            [] => small(0),
            [digit] => small(if negative { -i64::from(digit) } else { digit.into() }),
            _ => None,
        };
        if let Some(shared) = shared {
            return shared.to_ref();
        }
        let tag = tag_of(negative, digits.len());
        // SAFETY: the object is an int that no other code knows, with at least so many digits.
        unsafe { (*self.o.as_ptr().cast::<PyLongObject>()).long_value.lv_tag = tag };
        self.o
    }

    /// The object of a finished number, for C to write its digits; [`finish_writer`] takes it back.
    pub fn into_writer(self, negative: bool) -> *mut PyObject {
        let tag = tag_of(negative, self.count);
        // SAFETY: the object is an int that no other code knows, with room for so many digits.
        unsafe { (*self.o.as_ptr().cast::<PyLongObject>()).long_value.lv_tag = tag };
        self.o.into_ptr()
    }
}

/// The number that C has written, from its object.
///
/// # Safety
/// The object is a result of [`Fresh::into_writer`] that no other code knows.
pub unsafe fn finish_writer(o: Ref) -> Ref {
    let Some(number) = o.borrow().downcast().map(super::number) else { return o };
    let (negative, count) = (number.negative, number.digits.len());
    Fresh { o, count }.finish(negative)
}

/// OverflowError: no int has as many digits.
pub fn too_many_digits() -> crate::runtime::Raised {
    raise!(OverflowError, "too many digits in integer")
}

/// A block of digits, all zero, for parts of a calculation.
pub fn scratch(count: usize) -> Result<memory::Array<u32>> {
    let mut digits = memory::Array::new_in(memory::Malloc);
    memory::reserve(&mut digits, count)?;
    memory::fill(&mut digits, core::iter::repeat_n(0, count));
    Ok(digits)
}
