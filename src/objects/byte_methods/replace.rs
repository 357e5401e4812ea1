//! The methods that replace and join: `replace`, `translate`, `maketrans`, `join`.

use super::{Kind, argument};
use crate::objects::arguments::{self, Signature};
use crate::objects::dict::Dict;
use crate::objects::tuple;
use crate::objects::{convert, list};
use crate::protocol::buffer::Buffers;
use crate::runtime::{Obj, Ref, Result, View, known, memory, raise, refusal};

/// Replaces up to `most` parts by others.
fn replaced<K: Kind>(o: View<'_, K>, bytes: &[u8], from: &[u8], to: &[u8], most: usize) -> Result<Ref> {
    let count = if from.len() > bytes.len() { 0 } else { memory::count_parts(bytes, from).min(most) };
    if count == 0 || from.is_empty() && to.is_empty() || from == to {
        return K::unchanged(o).map_or_else(|| K::of(bytes), Ok);
    }
    let kept = bytes.len() - count * from.len();
    let length = to.len().checked_mul(count).and_then(|new| new.checked_add(kept));
    let Some(length) = length.filter(|length| isize::try_from(*length).is_ok()) else {
        return Err(raise!(OverflowError, "replace bytes are too long"));
    };
    K::build(length, |place| memory::put_replaced(place, bytes, from, to, count))
}

pub(super) fn replace<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("replace", arguments.len(), 2, 3)?;
    let &[from, to, ref rest @ ..] = arguments else { return Err(refusal::null_error()) };
    let both = Buffers::of(&[from, to])?;
    let most = rest.first().map_or(Ok(-1), |most| argument::size(*most))?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    // SAFETY: replacing runs no code of the program.
    unsafe { K::with(o, |bytes| replaced(o, bytes, both.bytes(0), both.bytes(1), most)) }
}

const TRANSLATE: Signature<2> = Signature { function: "translate", names: ["", "delete"], required: 1 };

pub(super) fn translate<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    if arguments.is_empty() {
        return Err(raise!(TypeError, "translate() takes at least 1 positional argument (0 given)"));
    }
    let [table, delete] = TRANSLATE.parse(arguments, keywords)?;
    let mut map: [u8; 256] = core::array::from_fn(|byte| byte as u8);
    if let Some(table) = table.filter(|table| !table.borrow().is(known::NONE)) {
        // SAFETY: copying runs no code of the program.
        unsafe {
            argument::with(table.borrow(), |table| match table.try_into() {
                Ok(table) => {
                    map = table;
                    Ok(())
                }
                Err(_) => Err(raise!(ValueError, "translation table must be 256 characters long")),
            })?;
        }
    }
    let mut deleted = [false; 256];
    if let Some(delete) = delete {
        let mut mark = |bytes: &[u8]| {
            bytes.iter().filter_map(|byte| deleted.get_mut(usize::from(*byte)).map(|place| *place = true)).count()
        };
        // SAFETY: marking runs no code of the program.
        unsafe { argument::with(delete.borrow(), |bytes| Ok(mark(bytes)))? };
    }
    let is_kept = |byte: &&u8| !deleted.get(usize::from(**byte)).copied().unwrap_or(false);
    let mapped = |byte: &u8| map.get(usize::from(*byte)).copied().unwrap_or(*byte);
    // SAFETY: translating runs no code of the program.
    unsafe {
        K::with(o, |bytes| {
            let kept = bytes.iter().filter(is_kept).count();
            let same = kept == bytes.len() && bytes.iter().all(|byte| mapped(byte) == *byte);
            if let Some(o) = K::unchanged(o).filter(|_| same) {
                return Ok(o);
            }
            K::build(kept, |new| {
                let bytes = bytes.iter().filter(is_kept);
                new.iter_mut().zip(bytes).for_each(|(place, byte)| *place = mapped(byte));
            })
        })
    }
}

/// A table that maps the bytes of one argument to those of another (CPython: `bytes.maketrans`).
pub fn make_table(arguments: &[Obj<'_>]) -> Result<[u8; 256]> {
    arguments::between("maketrans", arguments.len(), 2, 2)?;
    let &[from, to] = arguments else { return Err(refusal::null_error()) };
    let both = Buffers::of(&[from, to])?;
    // SAFETY: the loop below runs no code of the program.
    let (from, to) = unsafe { (both.bytes(0), both.bytes(1)) };
    if from.len() != to.len() {
        return Err(raise!(ValueError, "maketrans arguments must have same length"));
    }
    let mut map: [u8; 256] = core::array::from_fn(|byte| byte as u8);
    for (from, to) in from.iter().zip(to) {
        if let Some(place) = map.get_mut(usize::from(*from)) {
            *place = *to;
        }
    }
    Ok(map)
}

/// The items of an iterable joined, with the bytes of an object between them.
pub fn join<K: Kind>(o: View<'_, K>, iterable: Obj<'_>) -> Result<Ref> {
    let _kept = K::keep(o);
    let refuse = || raise!(TypeError, "can only join an iterable");
    let items = convert::fast(iterable, Some(&refuse))?;
    let items = items.borrow();
    let count = || items.downcast().map_or_else(|| items.downcast().map_or(0, list::len), tuple::len);
    let item = |at: usize| match items.downcast() {
        Some(tuple) => tuple::get(tuple, at),
        None => items.downcast().and_then(|list| list::get(list, at)),
    };
    let length = count();
    if length == 1
        && let Some(only) = item(0).and_then(|item| item.borrow().downcast().and_then(K::unchanged))
    {
        return Ok(only);
    }
    let mut parts = Buffers::with_room(length)?;
    for at in 0..length {
        let Some(item) = item(at) else { return Err(raise!(RuntimeError, "sequence changed size during iteration")) };
        parts.add(item.borrow()).map_err(|_| {
            let class = item.borrow().class().name();
            raise!(TypeError, "sequence item {at}: expected a bytes-like object, {class} found")
        })?;
        if count() != length {
            return Err(raise!(RuntimeError, "sequence changed size during iteration"));
        }
    }
    // SAFETY: joining runs no code of the program.
    unsafe {
        K::with(o, |separator| {
            let total = (0..length).try_fold(separator.len().checked_mul(length.saturating_sub(1)), |total, at| {
                Some(total.and_then(|total| total.checked_add(parts.bytes(at).len())))
            });
            let total = total.flatten().filter(|total| isize::try_from(*total).is_ok());
            let Some(total) = total else { return Err(raise!(OverflowError, "join() result is too long")) };
            K::build(total, |mut place| {
                for at in 0..length {
                    if at > 0 {
                        memory::put(&mut place, separator);
                    }
                    memory::put(&mut place, parts.bytes(at));
                }
            })
        })
    }
}
