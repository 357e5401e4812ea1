//! Copies of names, to detect changed or freed names. There are many capsules with few different names, so equal bytes
//! are kept once, for as long as a copy of a name uses them.

use crate::capsule::Name;
use crate::runtime::line::Line;
use crate::runtime::lock::Lock;
use crate::runtime::memory::HashOf;
use crate::runtime::memory::aside::Aside;
use crate::strict::memory::{addresses, readable, tools};
use allocator_api2::alloc::Allocator;
use core::alloc::Layout;
use core::ptr::NonNull;
use hashbrown::HashTable;

/// The number of bytes of a name that are kept and compared.
const NAME: usize = 512;

/// The name of a capsule when it was set.
#[derive(Debug, Default)]
pub struct NameCopy {
    /// The name's address.
    pub address: usize,
    /// The name's bytes; `None` for NULL, for an unreadable name, and without memory for a copy.
    bytes: Option<Text>,
}

/// The state of a name, compared with its copy.
#[derive(Debug, Clone, Copy)]
pub enum NameState {
    /// The name has not changed.
    Same,
    /// The name has changed to these bytes.
    Changed(Line<160>),
    /// The name can't be read any more.
    Gone,
}

impl NameCopy {
    /// Copies a name.
    pub fn of(name: Name) -> Self {
        let address = name.as_ptr().addr();
        let mut buffer = [0; NAME];
        NameCopy { address, bytes: read(address, &mut buffer).and_then(Text::of) }
    }

    /// Whether the name is NULL or its bytes were copied.
    pub fn is_known(&self) -> bool {
        self.address == 0 || self.bytes.is_some()
    }

    /// The copied bytes; `None` for NULL.
    pub fn text(&self) -> Option<&[u8]> {
        self.bytes.as_ref().map(Text::as_bytes)
    }

    /// Compares the bytes in memory with the copy.
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

/// The bytes of the name at an address; `None` if they can't be read, or a sanitizer has closed the memory.
fn read(address: usize, buffer: &mut [u8; NAME]) -> Option<&[u8]> {
    if address == 0 || tools::is_poisoned(address) {
        return None;
    }
    let length = readable::read(address, buffer);
    let read = buffer.get(..length).filter(|read| !read.is_empty())?;
    read.split(|byte| *byte == 0).next()
}

/// The head of a text, which precedes its bytes.
#[derive(Debug)]
struct Head {
    /// The number of copies of names that use the text. It changes only under the lock of `TEXTS`.
    users: usize,
    hash: u64,
    length: usize,
}

/// A text that is kept once and never changes. Each value counts as a user of the text.
#[derive(Debug)]
struct Text(NonNull<Head>);

// SAFETY: the bytes never change, so all threads may read them. The count is changed, and the text freed, only under
// the lock of `TEXTS`.
unsafe impl Send for Text {}

/// All texts, by their bytes.
struct Texts(HashTable<NonNull<Head>, Aside>);

// SAFETY: the table is accessed only through the lock of `TEXTS`, and any thread may read the texts in it.
unsafe impl Send for Texts {}

static TEXTS: Lock<Texts> = Lock::new(Texts(HashTable::new_in(Aside)));

impl Text {
    /// The text of these bytes, found or made; `None` without memory for it.
    fn of(bytes: &[u8]) -> Option<Self> {
        let hash = bytes.iter().fold(0, |hash: u64, byte| addresses::hash((hash ^ u64::from(*byte)) as usize));
        let mut texts = TEXTS.hold();
        // SAFETY: a text is removed from the table before it is freed, both under the lock, which is held here.
        let found = texts.0.find(hash, |head| unsafe { head.as_ref().hash == hash && bytes_of(*head) == bytes });
        if let Some(mut head) = found.copied() {
            // SAFETY: the text is in the table, so it is alive; the lock, which is held, guards its count.
            unsafe { head.as_mut().users += 1 };
            return Some(Text(head));
        }
        // SAFETY: the table calls this for its texts while the lock is held, so they are alive.
        let hash_of: HashOf<'_, NonNull<Head>> = &|head| unsafe { head.as_ref().hash };
        texts.0.try_reserve(1, hash_of).ok()?;
        let head = Aside.allocate(layout(bytes.len())?).ok()?.cast::<Head>();
        // SAFETY: the block has the layout of a head with this many bytes after it, and nothing else refers to it yet.
        unsafe {
            head.write(Head { users: 1, hash, length: bytes.len() });
            head.add(1).cast::<u8>().copy_from_nonoverlapping(NonNull::from(bytes).cast(), bytes.len());
        }
        texts.0.insert_unique(hash, head, hash_of);
        Some(Text(head))
    }

    fn as_bytes(&self) -> &[u8] {
        // SAFETY: `self` counts as a user of the text, so the text lives for as long as `self` is borrowed.
        unsafe { bytes_of(self.0) }
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        let mut texts = TEXTS.hold();
        // SAFETY: `self` counts as a user until here, so the text is alive, and the lock guards its count. The last
        // user removes it from the table and frees it with the layout of its allocation.
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

/// The bytes of a text.
///
/// # Safety
/// The text lives for as long as the bytes are used.
unsafe fn bytes_of<'a>(head: NonNull<Head>) -> &'a [u8] {
    // SAFETY: `Text::of` has written `length` bytes after the head, in the same block; they never change.
    unsafe { core::slice::from_raw_parts(head.add(1).cast::<u8>().as_ptr(), head.as_ref().length) }
}

/// The layout of a text of this many bytes.
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
