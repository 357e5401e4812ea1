//! Iterators over the bytes of `bytes`.

use super::{Bytes, as_slice};
use crate::abi::*;
use crate::objects::int;
use crate::objects::iterator::{self, Class, Iterator, Steps};
use crate::runtime::{Ref, Result};

/// The steps over bytes.
enum Items {}

static_type! {
    /// Iterators over the bytes of `bytes`.
    pub PyBytesIter_Type as BYTES_ITERATOR = iterator::type_of::<Items>(c"bytes_iterator")
}

// SAFETY: the type is declared above, with these steps.
const ITEMS: Class<Items> = unsafe { Class::of(BYTES_ITERATOR) };

// SAFETY: the step only reads the bytes, and makes an int.
unsafe impl Steps for Items {
    type Container = PyBytesObject;

    fn left(at: &Iterator, o: Bytes<'_>) -> Result<Option<usize>> {
        Ok(Some(as_slice(o).len().saturating_sub(at.position.get())))
    }

    fn step(at: &Iterator, bytes: Bytes<'_>) -> Result<Option<(Ref, usize)>> {
        let Some(&byte) = as_slice(bytes).get(at.position.get()) else { return Ok(None) };
        Ok(Some((int::from_i64(byte.into())?, at.position.get() + 1)))
    }
}

/// A new iterator over the bytes.
pub(super) fn over(bytes: Bytes<'_>) -> Result<Ref> {
    iterator::new(ITEMS, bytes, 0)
}
