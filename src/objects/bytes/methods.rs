//! The methods of `bytes`.

use super::{BYTES, Bytes, as_slice, blank, data, from_slice};
use crate::abi::*;
use crate::objects::byte_methods::{self, Kind, replace};
use crate::objects::{method_table, slots, tuple};
use crate::runtime::{Obj, Own, Ref, Result};

impl Kind for PyBytesObject {
    type Kept<'a> = ();

    fn keep(_: Bytes<'_>) {}

    unsafe fn with<T>(o: Bytes<'_>, work: impl FnOnce(&[u8]) -> T) -> T {
        work(as_slice(o))
    }

    fn build(length: usize, write: impl FnOnce(&mut [u8])) -> Result<Ref> {
        let o = blank(length)?;
        if length > 0 {
            // SAFETY: the new object has so many bytes, and no other code knows it.
            write(unsafe { core::slice::from_raw_parts_mut(data(o.borrow()), length) });
        }
        Ok(o.into_ref())
    }

    fn of(bytes: &[u8]) -> Result<Ref> {
        from_slice(bytes).map(Own::into_ref)
    }

    fn unchanged(o: Bytes<'_>) -> Option<Ref> {
        o.is_exactly(BYTES).then(|| o.to_ref())
    }

    fn whole(o: Bytes<'_>, _: &[u8]) -> Result<Ref> {
        Ok(o.to_ref())
    }

    fn separator(o: Obj<'_>, _: &[u8]) -> Result<Ref> {
        Ok(o.to_ref())
    }
}

pub(super) static mut METHODS: [PyMethodDef; byte_methods::COUNT + 4] = method_table::joined(
    byte_methods::methods::<PyBytesObject>(),
    [
        slots::method_noargs(c"__bytes__", to_bytes),
        slots::method_noargs(c"__getnewargs__", arguments_of_new),
        slots::method_static(c"maketrans", make_table),
    ],
);

fn to_bytes(o: Bytes<'_>) -> Result<Ref> {
    PyBytesObject::unchanged(o).map_or_else(|| PyBytesObject::of(as_slice(o)), Ok)
}

fn arguments_of_new(o: Bytes<'_>) -> Result<Ref> {
    tuple::of_one(PyBytesObject::of(as_slice(o))?).map(Own::into_ref)
}

/// `maketrans`, a static method of both types: a `bytes`.
pub fn make_table(arguments: &[Obj<'_>]) -> Result<Ref> {
    PyBytesObject::of(&replace::make_table(arguments)?)
}
