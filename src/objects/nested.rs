//! The repr of containers. One that is inside another writes itself into the text of that one, so that a nest costs as
//! much as its text is long; and a set knows which containers are under way, so that one more costs the same however many.

use super::{dict, list, object, str, tuple};
use crate::abi::*;
use crate::runtime::local::local;
use crate::runtime::memory::{self, HashOf, Malloc, spread};
use crate::runtime::{Obj, Ref, Result, stack};
use core::cell::Cell;
use core::ptr::null_mut;
use hashbrown::HashTable;

/// How a container writes its repr.
pub type Write = fn(&mut str::Builder, Obj<'_>) -> Result<()>;

/// How many containers are kept in an array. Nests are seldom deeper, and cost no memory but the stack's.
const FEW: usize = 8;

/// The containers whose repr is being made in this thread, by their addresses: the outermost, and those further inside.
struct UnderWay {
    outermost: [usize; FEW],
    inner: HashTable<usize, Malloc>,
    depth: usize,
}

impl UnderWay {
    /// Takes one in, and says whether it is new; `None` without memory for it.
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

    /// Takes out the one that came in last.
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

/// Writes the repr of a container, unless that is under way already in this thread: then `inside`, some dots.
pub fn write_once(text: &mut str::Builder, o: Obj<'_>, inside: &str, write: Write) -> Result<()> {
    if UNDER_WAY.get().is_null() {
        return write_outermost(text, o, inside, write);
    }
    let address = o.as_ptr().addr();
    // SAFETY: the set stands in the frame of the outermost call, below this one; each borrow ends in its line.
    let is_new = unsafe { (*UNDER_WAY.get()).add(address) }.ok_or_else(memory::out_of_memory)?;
    if !is_new {
        return text.push_str(inside);
    }
    let written = write(text, o);
    // SAFETY: as above. Those that came in since have gone.
    unsafe { (*UNDER_WAY.get()).remove(address) };
    written
}

#[inline(never)]
fn write_outermost(text: &mut str::Builder, o: Obj<'_>, inside: &str, write: Write) -> Result<()> {
    let mut under_way = UnderWay { outermost: [0; FEW], inner: HashTable::new_in(Malloc), depth: 0 };
    UNDER_WAY.set(&mut under_way);
    let written = write_once(text, o, inside, write);
    UNDER_WAY.set(null_mut());
    written
}

/// A text that a container writes.
pub fn text_of(o: Obj<'_>, write: Write) -> Result<Ref> {
    let mut text = str::Builder::new();
    write(&mut text, o)?;
    text.finish()
}

/// Appends the repr of an object.
pub fn push_repr(text: &mut str::Builder, o: Obj<'_>) -> Result<()> {
    let Some(write) = writer(o) else { return text.push_object(object::repr(o)?.borrow()) };
    stack::enter(" while getting the repr of an object")?;
    write(text, o)
}

/// How an object writes its repr: if it has that of a built-in container.
fn writer(o: Obj<'_>) -> Option<Write> {
    let own = o.class().fields().tp_repr?;
    let writers: [(unsafe extern "C" fn(*mut PyObject) -> *mut PyObject, Write); 3] = [
        (list::repr_slot, list::write_repr),
        (tuple::repr_slot, tuple::write_repr),
        (dict::repr_slot, dict::write_repr),
    ];
    writers.into_iter().find(|(slot, _)| core::ptr::fn_addr_eq(*slot, own)).map(|(_, write)| write)
}

/// Writes the repr of a sequence, between brackets.
pub fn write_items(
    text: &mut str::Builder,
    o: Obj<'_>,
    get: super::items::Get,
    [open, close]: [&str; 2],
) -> Result<()> {
    text.push_str(open)?;
    let mut index = 0;
    while let Some(item) = get(o, index) {
        if index > 0 {
            text.push_str(", ")?;
        }
        push_repr(text, item.borrow())?;
        index += 1;
    }
    text.push_str(close)
}
