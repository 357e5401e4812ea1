//! The form of a buffer: the place of each item in its memory.

use crate::abi::*;
use core::ffi::c_int;
use core::marker::PhantomData;

/// The order of items in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The last index varies fastest, as in C.
    C,
    /// The first index varies fastest, as in Fortran.
    Fortran,
    /// Either of the two.
    Any,
}

impl Order {
    /// The order that C names by a letter.
    pub const fn named(letter: u8) -> Option<Self> {
        match letter {
            b'C' => Some(Order::C),
            b'F' => Some(Order::Fortran),
            b'A' => Some(Order::Any),
            _ => None,
        }
    }
}

/// One dimension of a buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dimension {
    /// The number of items.
    pub shape: isize,
    /// The distance of two items in bytes.
    pub stride: isize,
    /// The offset after a pointer that is followed, or a negative number without a pointer.
    pub suboffset: isize,
}

/// The form of a filled buffer.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a>(*const Py_buffer, PhantomData<&'a Py_buffer>);

impl<'a> Form<'a> {
    /// The form of a buffer.
    ///
    /// # Safety
    /// For `'a`, `view` is a whole buffer: each array that it has is as long as the number of its dimensions, and it
    /// stays as it is.
    pub const unsafe fn of(view: *const Py_buffer) -> Self {
        Form(view, PhantomData)
    }

    /// The fields.
    pub const fn fields(&self) -> &'a Py_buffer {
        // SAFETY: the buffer is whole for 'a, and stays as it is.
        unsafe { &*self.0 }
    }

    /// The first byte.
    pub const fn start(&self) -> *mut u8 {
        self.fields().buf.cast()
    }

    /// The bytes of a buffer whose bytes are in a row.
    ///
    /// # Safety
    /// The bytes are in a row, and do not change for `'a`.
    pub unsafe fn bytes(&self) -> &'a [u8] {
        match usize::try_from(self.fields().len) {
            Err(_) | Ok(0) => &[],
            // SAFETY: a buffer has as many bytes as its length states.
            Ok(length) => unsafe { core::slice::from_raw_parts(self.start(), length) },
        }
    }

    /// The number of dimensions.
    pub fn ndim(&self) -> usize {
        usize::try_from(self.fields().ndim).unwrap_or(0)
    }

    /// A number of one of the arrays.
    fn number(&self, array: *const Py_ssize_t, at: usize) -> Option<isize> {
        // SAFETY: an array that is not NULL is as long as the number of dimensions.
        (!array.is_null() && at < self.ndim()).then(|| unsafe { array.add(at).read() })
    }

    /// The number of items in a dimension. A buffer without a shape has one dimension.
    pub fn shape(&self, at: usize) -> isize {
        let Py_buffer { shape, len, itemsize, .. } = *self.fields();
        self.number(shape, at).unwrap_or_else(|| len.checked_div(itemsize).unwrap_or(len))
    }

    /// The distance of the items in a dimension. In a buffer without strides they are in a row.
    pub fn stride(&self, at: usize) -> isize {
        self.number(self.fields().strides, at).unwrap_or_else(|| {
            (at + 1..self.ndim()).fold(self.fields().itemsize, |bytes, inner| bytes.wrapping_mul(self.shape(inner)))
        })
    }

    /// The dimension, with the values that a buffer has which does not state them.
    pub fn dimension(&self, at: usize) -> Dimension {
        let suboffset = self.number(self.fields().suboffsets, at).unwrap_or(-1);
        Dimension { shape: self.shape(at), stride: self.stride(at), suboffset }
    }

    /// Whether the items are in a row, in an order (CPython: `PyBuffer_IsContiguous`).
    pub fn is_contiguous(&self, order: Order) -> bool {
        if !self.fields().suboffsets.is_null() {
            return false;
        }
        match order {
            Order::C => self.is_in_a_row(false),
            Order::Fortran => self.is_in_a_row(true),
            Order::Any => self.is_in_a_row(false) || self.is_in_a_row(true),
        }
    }

    fn is_in_a_row(&self, fortran: bool) -> bool {
        let fields = self.fields();
        if fields.len == 0 || fields.strides.is_null() && (!fortran || fields.ndim <= 1) {
            return true;
        }
        if fields.strides.is_null() {
            return (0..self.ndim()).filter(|&at| self.shape(at) > 1).count() <= 1;
        }
        let mut stride = fields.itemsize;
        (0..self.ndim()).all(|step| {
            let at = if fortran { step } else { self.ndim() - 1 - step };
            let (shape, expected) = (self.shape(at), stride);
            stride = stride.wrapping_mul(shape);
            shape <= 1 || self.stride(at) == expected
        })
    }

    /// The address of an item (CPython: `PyBuffer_GetPointer`).
    ///
    /// # Safety
    /// There are as many indices as dimensions, and each is inside its dimension.
    pub unsafe fn item(&self, indices: *const Py_ssize_t) -> *mut u8 {
        (0..self.ndim()).fold(self.start(), |place, at| {
            // SAFETY: the index is inside the dimension.
            unsafe { step(place, self.dimension(at), indices.add(at).read()) }
        })
    }
}

/// The place of an item, or of a row of items, from the start of its dimension.
///
/// # Safety
/// The index is inside the dimension of a buffer whose part begins at `start`.
#[inline]
pub unsafe fn step(start: *mut u8, dimension: Dimension, index: isize) -> *mut u8 {
    let place = start.wrapping_offset(dimension.stride.wrapping_mul(index));
    match dimension.suboffset {
        ..0 => place,
        // SAFETY: in a dimension with a suboffset there is a pointer at the place of each item, by this function's
        // condition.
        offset => unsafe { place.cast::<*mut u8>().read_unaligned().wrapping_offset(offset) },
    }
}

/// Writes the strides of items in a row (CPython: `PyBuffer_FillContiguousStrides`).
///
/// # Safety
/// `shape` and `strides` have `ndim` numbers.
pub unsafe fn fill_strides(
    ndim: usize,
    shape: *const Py_ssize_t,
    strides: *mut Py_ssize_t,
    itemsize: isize,
    order: Order,
) {
    let mut stride = itemsize;
    for step in 0..ndim {
        let at = if order == Order::Fortran { step } else { ndim - 1 - step };
        // SAFETY: both arrays have more numbers than `at`.
        unsafe {
            strides.add(at).write(stride);
            stride = stride.wrapping_mul(shape.add(at).read());
        }
    }
}

/// The number of dimensions as C states it; `None` for more than a buffer can have.
pub fn dimensions(ndim: c_int) -> Option<usize> {
    usize::try_from(ndim).ok().filter(|&ndim| ndim <= PyBUF_MAX_NDIM as usize)
}
