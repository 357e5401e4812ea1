//! Iterators over the characters of strings. CPython has one type for ASCII strings, and one for other strings.

use super::build::from_point;
use super::layout::{Str, compact_ascii, points};
use crate::abi::*;
use crate::objects::iterator::{self, Class, Iterator, Steps};
use crate::runtime::{Ref, Result};

/// The steps over characters.
enum Characters {}

static_type! {
    /// Iterators over the characters of ASCII strings.
    static ASCII_ITERATOR_TYPE as ASCII_ITERATOR = iterator::type_of::<Characters>(c"str_ascii_iterator")
}
static_type! {
    /// Iterators over the characters of other strings.
    pub PyUnicodeIter_Type as STR_ITERATOR = iterator::type_of::<Characters>(c"str_iterator")
}

// SAFETY: the type is declared above, with these steps.
const OF_ASCII: Class<Characters> = unsafe { Class::of(ASCII_ITERATOR) };
// SAFETY: the type is declared above, with these steps.
const OF_OTHERS: Class<Characters> = unsafe { Class::of(STR_ITERATOR) };

// SAFETY: the step only reads the string, and makes another.
unsafe impl Steps for Characters {
    type Container = PyASCIIObject;

    fn left(at: &Iterator, o: Str<'_>) -> Result<Option<usize>> {
        Ok(Some(points(o).len().saturating_sub(at.position.get())))
    }

    fn step(at: &Iterator, s: Str<'_>) -> Result<Option<(Ref, usize)>> {
        let Some(point) = points(s).get(at.position.get()) else { return Ok(None) };
        Ok(Some((from_point(point)?, at.position.get() + 1)))
    }
}

/// A new iterator over the characters of a string.
pub(super) fn over(s: Str<'_>) -> Result<Ref> {
    let is_ascii = compact_ascii(s).is_some();
    iterator::new(if is_ascii { OF_ASCII } else { OF_OTHERS }, s, 0)
}
