//! The methods of `bytearray`.

use super::{ByteArray, Export, allocated, blank, data, fill, from_slice, len, negative_size, resize, splice, with};
use crate::abi::*;
use crate::objects::byte_methods::{self, Kind, argument};
use crate::objects::bytes::methods::make_table;
use crate::objects::{arguments, int, mappings, method_table, slots};
use crate::protocol::{buffer, iteration};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Own, Ref, Result, error, known, raise, refusal};

impl Kind for PyByteArrayObject {
    type Kept<'a> = Export<'a>;

    fn keep<'a>(o: ByteArray<'a>) -> Export<'a> {
        Export::of(o)
    }

    unsafe fn with<T>(o: ByteArray<'_>, work: impl FnOnce(&[u8]) -> T) -> T {
        // SAFETY: both functions have the same condition.
        unsafe { with(o, |bytes| work(bytes)) }
    }

    fn build(length: usize, write: impl FnOnce(&mut [u8])) -> Result<Ref> {
        let o = blank(length)?;
        // SAFETY: writing runs no code of the program, and no other code knows the object.
        unsafe { with(o.borrow(), write) };
        Ok(o.into_ref())
    }

    fn of(bytes: &[u8]) -> Result<Ref> {
        from_slice(bytes).map(Own::into_ref)
    }

    fn unchanged(_: ByteArray<'_>) -> Option<Ref> {
        None
    }

    fn whole(_: ByteArray<'_>, bytes: &[u8]) -> Result<Ref> {
        Self::of(bytes)
    }

    fn separator(_: Obj<'_>, bytes: &[u8]) -> Result<Ref> {
        Self::of(bytes)
    }
}

pub(super) static mut METHODS: [PyMethodDef; byte_methods::COUNT + 13] = method_table::joined(
    byte_methods::methods::<PyByteArrayObject>(),
    [
        slots::method_noargs(c"__alloc__", alloc),
        slots::method_noargs(c"__sizeof__", size_of),
        slots::method_o(c"append", append),
        slots::method_noargs(c"clear", clear),
        slots::method_noargs(c"copy", copy),
        slots::method_o(c"extend", extend),
        slots::method_fastcall(c"insert", insert),
        slots::method_fastcall(c"pop", pop),
        slots::method_o(c"remove", remove),
        slots::method_o(c"resize", resize_method),
        slots::method_noargs(c"reverse", reverse),
        slots::method_static(c"maketrans", make_table),
    ],
);

fn none() -> Ref {
    known::NONE.to_ref()
}

fn alloc(o: ByteArray<'_>) -> Result<Ref> {
    int::from_i64(allocated(o) as i64)
}

fn size_of(o: ByteArray<'_>) -> Result<Ref> {
    int::from_i64((o.class().fields().tp_basicsize + allocated(o)) as i64)
}

fn append(o: ByteArray<'_>, item: Obj<'_>) -> Result<Ref> {
    fill::push(o, argument::byte(item)?).map(|()| none())
}

fn clear(o: ByteArray<'_>) -> Result<Ref> {
    resize(o, 0).map(|()| none())
}

fn copy(o: ByteArray<'_>) -> Result<Ref> {
    // SAFETY: copying runs no code of the program.
    unsafe { with(o, |bytes| PyByteArrayObject::of(bytes)) }
}

/// The bytes of an iterable of integers.
fn collected(iterable: Obj<'_>) -> Result<Array<u8>> {
    let mut items = iteration::Items::of(iterable).map_err(|raised| {
        iteration::instead_of_type_error(raised, || {
            raise!(TypeError, "can't extend bytearray with {}", iterable.class().name())
        })
    })?;
    let mut bytes: Array<u8> = Array::new_in(Malloc);
    memory::reserve(&mut bytes, mappings::length_hint(iterable, 32)?.unsigned_abs())?;
    while let Some(item) = items.advance()? {
        let byte = argument::byte(item.borrow()).map_err(|raised| {
            if iterable.has_flag(Py_TPFLAGS_UNICODE_SUBCLASS) && error::pending_is(Exc::TypeError) {
                return raise!(TypeError, "expected iterable of integers; got: 'str'");
            }
            raised
        })?;
        memory::push(&mut bytes, byte)?;
    }
    Ok(bytes)
}

fn extend(o: ByteArray<'_>, iterable: Obj<'_>) -> Result<Ref> {
    if iterable.is(*o) {
        let own = copy(o)?;
        return extend(o, own.borrow());
    }
    if buffer::check(iterable) {
        // The bytes stand where the end was, also if the object's code has appended others.
        let end = len(o);
        // SAFETY: inserting runs no code of the program, and the place is inside the object, or its end. Bytes of the object itself
        // are borrowed together with an export, and then `splice` fails before it copies any.
        unsafe { buffer::with_bytes(iterable, |bytes| splice(o, end.min(len(o))..end.min(len(o)), bytes))? };
    } else {
        fill::append(o, &collected(iterable)?)?;
    }
    Ok(none())
}

fn insert(o: ByteArray<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("insert", arguments.len(), 2, 2)?;
    let &[index, item] = arguments else { return Err(refusal::null_error()) };
    let index = argument::size(index)?;
    let byte = argument::byte(item)?;
    let length = len(o);
    let at = usize::try_from(index).unwrap_or_else(|_| length.saturating_sub(index.unsigned_abs())).min(length);
    // SAFETY: the place is inside the object, or its end.
    unsafe { splice(o, at..at, &[byte]) }.map(|()| none())
}

fn pop(o: ByteArray<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("pop", arguments.len(), 0, 1)?;
    let index = arguments.first().map_or(Ok(-1), |index| argument::size(*index))?;
    let length = len(o);
    if length == 0 {
        return Err(raise!(IndexError, "pop from empty bytearray"));
    }
    let from_start = if index < 0 { index + length as isize } else { index };
    let Some(at) = usize::try_from(from_start).ok().filter(|at| *at < length) else {
        return Err(raise!(IndexError, "pop index out of range"));
    };
    // SAFETY: the place is inside the object.
    unsafe {
        let byte = data(o).add(at).read();
        splice(o, at..at + 1, &[])?;
        int::from_i64(byte.into())
    }
}

fn remove(o: ByteArray<'_>, item: Obj<'_>) -> Result<Ref> {
    let byte = argument::byte(item)?;
    // SAFETY: a search runs no code of the program.
    let Some(at) = (unsafe { with(o, |bytes| memory::find_byte(bytes, byte)) }) else {
        return Err(raise!(ValueError, "value not found in bytearray"));
    };
    // SAFETY: the place is inside the object.
    unsafe { splice(o, at..at + 1, &[]) }.map(|()| none())
}

fn resize_method(o: ByteArray<'_>, size: Obj<'_>) -> Result<Ref> {
    let size = argument::size(size)?;
    let size = usize::try_from(size).map_err(|_| negative_size(size))?;
    let old = len(o);
    resize(o, size)?;
    // SAFETY: only zeros are written.
    unsafe { with(o, |bytes| bytes.iter_mut().skip(old).for_each(|byte| *byte = 0)) };
    Ok(none())
}

fn reverse(o: ByteArray<'_>) -> Result<Ref> {
    let _kept = Export::of(o);
    // SAFETY: only the bytes are moved.
    unsafe { with(o, |bytes| bytes.reverse()) };
    Ok(none())
}
