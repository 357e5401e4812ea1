//! The repr of containers. A container that is inside another writes its repr into the text of the outer one, so the
//! time for nested containers grows only with the length of the text. A set contains the containers whose repr is being
//! made, so that the check for each takes the same time at any depth.

use super::{dict, float, int, list, str, tuple};
use crate::protocol::{search, text};
use crate::runtime::local::local;
use crate::runtime::memory::{self, HashOf, Malloc, spread};
use crate::runtime::{Obj, Ref, Result, Type, View, known, stack};
use core::cell::Cell;
use core::ptr::null_mut;
use hashbrown::HashTable;

/// The number of containers that are kept in an array on the stack. Containers are seldom nested deeper.
const FEW: usize = 8;

/// The containers whose repr is being made in this thread, by their addresses: the outermost, and those inside it.
struct UnderWay {
    outermost: [usize; FEW],
    inner: HashTable<usize, Malloc>,
    depth: usize,
}

impl UnderWay {
    /// Adds a container, and returns whether it is new; `None` without memory for it.
    fn add(&mut self, address: usize) -> Option<bool> {
        const HASH_OF: HashOf<'static, usize> = &|address| spread(*address as u64);
        let known = self.outermost.iter().take(self.depth).any(|known| *known == address);
        let hash = HASH_OF(&address);
        if known || self.inner.find(hash, |known| *known == address).is_some() {
            return Some(false);
        }
        match self.outermost.get_mut(self.depth) {
            Some(place) => *place = address,
            None => {
                self.inner.try_reserve(1, HASH_OF).ok()?;
                self.inner.insert_unique(hash, address, HASH_OF);
            }
        }
        self.depth += 1;
        Some(true)
    }

    /// Removes the container that was added last.
    fn remove(&mut self, address: usize) {
        self.depth -= 1;
        if self.depth >= FEW
            && let Ok(entry) = self.inner.find_entry(spread(address as u64), |known| *known == address)
        {
            entry.remove();
        }
    }
}

local! {
    static UNDER_WAY: Cell<*mut UnderWay> = "pycapsule_repr_under_way";
}

/// Writes the repr of a container. If this thread is making that repr already, `inside` is written instead, such as
/// `[...]`.
pub fn write_once<L>(
    text: &mut str::Builder,
    o: View<'_, L>,
    inside: &str,
    write: impl Fn(&mut str::Builder, View<'_, L>) -> Result<()>,
) -> Result<()> {
    if UNDER_WAY.get().is_null() {
        return write_outermost(text, o, inside, write);
    }
    // SAFETY: the set is not NULL, so it is in the frame of the outermost call.
    unsafe { write_known(text, o, inside, &write) }
}

/// Writes the repr of a container inside the outermost one, or of that itself.
///
/// # Safety
/// `UNDER_WAY` points to the set, in the frame of a caller.
unsafe fn write_known<L>(
    text: &mut str::Builder,
    o: View<'_, L>,
    inside: &str,
    write: &impl Fn(&mut str::Builder, View<'_, L>) -> Result<()>,
) -> Result<()> {
    let address = o.as_ptr().addr();
    // SAFETY: the set is in the frame of a caller, which is still running. Each borrow ends in its line.
    let is_new = unsafe { (*UNDER_WAY.get()).add(address) }.ok_or_else(memory::out_of_memory)?;
    if !is_new {
        return text.push_str(inside);
    }
    let written = write(text, o);
    // SAFETY: the set is in the frame of a caller, which is still running. The containers that were added since are
    // removed.
    unsafe { (*UNDER_WAY.get()).remove(address) };
    written
}

#[inline(never)]
fn write_outermost<L>(
    text: &mut str::Builder,
    o: View<'_, L>,
    inside: &str,
    write: impl Fn(&mut str::Builder, View<'_, L>) -> Result<()>,
) -> Result<()> {
    let mut under_way = UnderWay { outermost: [0; FEW], inner: HashTable::new_in(Malloc), depth: 0 };
    UNDER_WAY.set(&mut under_way);
    // SAFETY: the set is in this frame.
    let written = unsafe { write_known(text, o, inside, &write) };
    UNDER_WAY.set(null_mut());
    written
}

/// The text that a container's function writes.
pub fn text_of<L>(o: View<'_, L>, write: impl Fn(&mut str::Builder, View<'_, L>) -> Result<()>) -> Result<Ref> {
    let mut text = str::Builder::new();
    write(&mut text, o)?;
    text.finish()
}

/// Appends the repr of an object. The reprs of `str`, `int` and `float`, which most items are, need no `str` of their
/// own.
pub fn push_repr(text: &mut str::Builder, o: Obj<'_>) -> Result<()> {
    if let Some(s) = str::as_exact(o) {
        return str::push_repr(text, s);
    }
    if let Some(int) = o.downcast_exactly(known::INT) {
        return int::push_decimal(text, int::number(int));
    }
    if let Some(float) = o.downcast_exactly(known::FLOAT) {
        return text.push_latin1(float::Repr::of(float::value(float)).as_bytes());
    }
    let own = o.class().fields().tp_repr;
    let has_repr_of = |class: Type<'_>| {
        own.zip(class.fields().tp_repr).is_some_and(|(own, builtin)| core::ptr::fn_addr_eq(own, builtin))
    };
    const PLACE: &str = " while getting the repr of an object";
    if has_repr_of(known::LIST)
        && let Some(list) = o.downcast()
    {
        stack::enter(PLACE).and_then(|()| write_list(text, list))
    } else if has_repr_of(known::TUPLE)
        && let Some(tuple) = o.downcast()
    {
        stack::enter(PLACE).and_then(|()| write_tuple(text, tuple))
    } else if has_repr_of(known::DICT)
        && let Some(dict) = o.downcast()
    {
        stack::enter(PLACE).and_then(|()| write_dict(text, dict))
    } else {
        text.push_object(text::repr(o)?.borrow())
    }
}

/// Appends `str(o)` of an object. That of an `int` or a `float` is its repr.
pub fn push_str(text: &mut str::Builder, o: Obj<'_>) -> Result<()> {
    if o.is_exactly(known::INT) || o.is_exactly(known::FLOAT) {
        return push_repr(text, o);
    }
    text.push_object(text::to_str(o)?.borrow())
}

/// Writes the items of a sequence, with commas between them. A place that was never filled is shown as `<NULL>`. The
/// length is asked for again after each item, because the repr of an item can change a list.
pub(super) fn write_items<L>(
    text: &mut str::Builder,
    o: View<'_, L>,
    get: search::Get<L>,
    len: fn(View<'_, L>) -> usize,
) -> Result<()> {
    let mut index = 0;
    while index < len(o) {
        if index > 0 {
            text.push_str(", ")?;
        }
        match get(o, index) {
            Some(item) => push_repr(text, item.borrow())?,
            None => text.push_str("<NULL>")?,
        }
        index += 1;
    }
    Ok(())
}

/// Writes the repr of a list.
pub fn write_list(text: &mut str::Builder, list: list::List<'_>) -> Result<()> {
    write_once(text, list, "[...]", |text, list| {
        text.push_str("[")?;
        write_items(text, list, list::get, list::len)?;
        text.push_str("]")
    })
}

/// Writes the repr of a tuple.
pub fn write_tuple(text: &mut str::Builder, tuple: tuple::Tuple<'_>) -> Result<()> {
    write_once(text, tuple, "(...)", |text, tuple| {
        text.push_str("(")?;
        write_items(text, tuple, tuple::get, tuple::len)?;
        text.push_str(if tuple::len(tuple) == 1 { ",)" } else { ")" })
    })
}

/// Writes the repr of a dict.
pub fn write_dict(text: &mut str::Builder, dict: dict::Dict<'_>) -> Result<()> {
    write_once(text, dict, "{...}", |text, dict| {
        text.push_str("{")?;
        for (index, (key, value)) in dict::entries(dict).enumerate() {
            if index > 0 {
                text.push_str(", ")?;
            }
            push_repr(text, key.borrow())?;
            text.push_str(": ")?;
            push_repr(text, value.borrow())?;
        }
        text.push_str("}")
    })
}
