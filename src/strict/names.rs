//! Copies of names, by which it is seen what becomes of the names themselves. Capsules are many and their names few, so
//! equal bytes are kept once, for as long as some copy of a name has them.

use super::addresses;
use super::line::Line;
use super::{readable, tools};
use crate::capsule::Name;
use crate::runtime::lock::Lock;
use crate::runtime::memory::HashOf;
use crate::runtime::memory::aside::Aside;
use allocator_api2::alloc::Allocator;
use core::alloc::Layout;
use core::ptr::NonNull;
use hashbrown::HashTable;

/// How many bytes of a name are kept and compared.
const NAME: usize = 512;

/// A name as it was when it was given.
#[derive(Debug, Default)]
pub struct NameCopy {
    /// Where it is.
    pub address: usize,
    /// Its bytes; `None` for NULL, where there was nothing to read, and where there was no memory for a copy.
    bytes: Option<Text>,
}

/// What has become of a name.
#[derive(Debug, Clone, Copy)]
pub enum NameState {
    /// It is as it was.
    Same,
    /// Its bytes are others.
    Changed(Line<160>),
    /// It can't be read any more.
    Gone,
}

impl NameCopy {
    /// Keeps a name as it is now.
    pub fn of(name: Name) -> Self {
        let address = name.as_ptr().addr();
        let mut buffer = [0; NAME];
        NameCopy { address, bytes: read(address, &mut buffer).and_then(Text::of) }
    }

    /// Whether it is known what was given.
    pub fn is_known(&self) -> bool {
        self.address == 0 || self.bytes.is_some()
    }

    /// The bytes that were given; `None` for NULL.
    pub fn text(&self) -> Option<&[u8]> {
        self.bytes.as_ref().map(Text::as_bytes)
    }

    /// Compares what is there now with what was given.
    pub fn state(&self) -> NameState {
        if self.address == 0 {
            return NameState::Same;
        }
        let mut buffer = [0; NAME];
        let Some(now) = read(self.address, &mut buffer) else { return NameState::Gone };
        if self.text().is_none_or(|given| given == now) {
            return NameState::Same;
        }
        let mut line = Line::new();
        line.push(now);
        NameState::Changed(line)
    }
}

/// The bytes of a name that is there; `None` of one that is gone, as far as can be told.
fn read(address: usize, buffer: &mut [u8; NAME]) -> Option<&[u8]> {
    if address == 0 || tools::is_poisoned(address) {
        return None;
    }
    let length = readable::read(address, buffer);
    let read = buffer.get(..length).filter(|read| !read.is_empty())?;
    read.split(|byte| *byte == 0).next()
}

/// What stands before the bytes of a text.
#[derive(Debug)]
struct Head {
    /// How many copies of names have it; counted under the lock.
    users: usize,
    hash: u64,
    length: usize,
}

/// A text that is kept once, and never changes.
#[derive(Debug)]
struct Text(NonNull<Head>);

// SAFETY: what it points to is read by all, and counted and given back under the lock.
unsafe impl Send for Text {}

/// The texts that are kept.
struct Texts(HashTable<NonNull<Head>, Aside>);

// SAFETY: as for `Text`.
unsafe impl Send for Texts {}

static TEXTS: Lock<Texts> = Lock::new(Texts(HashTable::new_in(Aside)));

impl Text {
    /// The text of these bytes; `None` without memory for it.
    fn of(bytes: &[u8]) -> Option<Self> {
        let hash = bytes.iter().fold(0, |hash: u64, byte| addresses::hash((hash ^ u64::from(*byte)) as usize));
        let mut texts = TEXTS.hold();
        // SAFETY: what is in the table lives, and the lock is held.
        let found = texts.0.find(hash, |head| unsafe { head.as_ref().hash == hash && bytes_of(*head) == bytes });
        if let Some(mut head) = found.copied() {
            // SAFETY: as above.
            unsafe { head.as_mut().users += 1 };
            return Some(Text(head));
        }
        // SAFETY: as above.
        let hash_of: HashOf<'_, NonNull<Head>> = &|head| unsafe { head.as_ref().hash };
        texts.0.try_reserve(1, hash_of).ok()?;
        let head = Aside.allocate(layout(bytes.len())?).ok()?.cast::<Head>();
        // SAFETY: the block has room for the head, and the bytes behind it.
        unsafe {
            head.write(Head { users: 1, hash, length: bytes.len() });
            head.add(1).cast::<u8>().copy_from_nonoverlapping(NonNull::from(bytes).cast(), bytes.len());
        }
        texts.0.insert_unique(hash, head, hash_of);
        Some(Text(head))
    }

    fn as_bytes(&self) -> &[u8] {
        // SAFETY: it lives for as long as this counts as a user.
        unsafe { bytes_of(self.0) }
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        let mut texts = TEXTS.hold();
        // SAFETY: it lives, and the lock is held. With its last user it leaves the table and is given back, as it was asked
        // for.
        unsafe {
            let head = self.0.as_mut();
            head.users -= 1;
            if head.users == 0 {
                let (hash, length) = (head.hash, head.length);
                if let Ok(entry) = texts.0.find_entry(hash, |known| *known == self.0) {
                    entry.remove();
                }
                if let Some(layout) = layout(length) {
                    Aside.deallocate(self.0.cast(), layout);
                }
            }
        }
    }
}

/// # Safety
/// The text lives for as long as the bytes are used.
unsafe fn bytes_of<'a>(head: NonNull<Head>) -> &'a [u8] {
    // SAFETY: so many bytes stand behind the head.
    unsafe { core::slice::from_raw_parts(head.add(1).cast::<u8>().as_ptr(), head.as_ref().length) }
}

/// The layout of a text of so many bytes.
fn layout(length: usize) -> Option<Layout> {
    Layout::from_size_align(size_of::<Head>() + length, align_of::<Head>()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_kept_once_and_given_back() {
        let kept = || TEXTS.hold().0.len();
        let before = kept();
        let (one, other, third) = (Text::of(b"a text"), Text::of(b"a text"), Text::of(b"another text"));
        let (Some(one), Some(other), Some(third)) = (one, other, third) else { panic!("there is memory") };
        assert!(one.0 == other.0 && one.0 != third.0);
        assert_eq!((one.as_bytes(), third.as_bytes()), (&b"a text"[..], &b"another text"[..]));
        assert_eq!(kept(), before + 2);
        drop(one);
        assert_eq!(other.as_bytes(), b"a text");
        drop((other, third));
        assert_eq!(kept(), before);
        assert_eq!(Text::of(b"").map(|empty| empty.as_bytes().len()), Some(0));
    }
}
