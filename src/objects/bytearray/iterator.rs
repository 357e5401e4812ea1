//! Iterators over the bytes of `bytearray`.

use super::{ByteArray, data, len};
use crate::abi::*;
use crate::objects::int;
use crate::objects::iterator::{self, Class, Iterator, Steps};
use crate::runtime::{Ref, Result};

/// The steps over bytes.
enum Items {}

static_type! {
    /// Iterators over the bytes of `bytearray`.
    pub PyByteArrayIter_Type as BYTEARRAY_ITERATOR = iterator::type_of::<Items>(c"bytearray_iterator")
}

// SAFETY: the type is declared above, with these steps.
const ITEMS: Class<Items> = unsafe { Class::of(BYTEARRAY_ITERATOR) };

// SAFETY: the step only reads a byte, and makes an int.
unsafe impl Steps for Items {
    type Container = PyByteArrayObject;

    fn left(at: &Iterator, o: ByteArray<'_>) -> Result<Option<usize>> {
        Ok(Some(len(o).saturating_sub(at.position.get())))
    }

    fn step(at: &Iterator, bytes: ByteArray<'_>) -> Result<Option<(Ref, usize)>> {
        let index = at.position.get();
        if index >= len(bytes) {
            return Ok(None);
        }
        // SAFETY: the index is below the number of bytes.
        let byte = unsafe { data(bytes).add(index).read() };
        Ok(Some((int::from_i64(byte.into())?, index + 1)))
    }
}

/// A new iterator over the bytes.
pub(super) fn over(bytes: ByteArray<'_>) -> Result<Ref> {
    iterator::new(ITEMS, bytes, 0)
}
