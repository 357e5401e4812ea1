//! Lists of the names in the directories that imports search. A module that is in none of them need not be looked up
//! under each name that its file could have. CPython's finders keep such lists, too.
//!
//! A kept list can only rule a name out. A name that it does not rule out is looked up in the file system. The list is
//! valid while the directory's time of the last change stays the same. Two changes can have the same time. So nothing
//! is kept, and every name is looked up, until the last change is long enough ago that the next one will have a
//! different time.

use crate::interpreter::path::Path;
use crate::objects::str;
use crate::runtime::Result;
use crate::runtime::lock::Lock;
use crate::runtime::memory::{self, Array, Malloc};
use core::ffi::CStr;

/// The number of directories that are known at a time.
const FOLDERS: usize = 16;
/// The number of searches of a directory before it is read. A directory with many files is not read for a single
/// import.
const LOOKS: u32 = 2;
/// The seconds that must have passed since a change, which are more than the resolution of a file system's times.
const SETTLED: i64 = 3;

/// The identity of a directory, and its times, which change when a name is added or removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    device: libc::dev_t,
    inode: libc::ino_t,
    /// Seconds and nanoseconds of the last change of the contents, and of any change.
    times: [(i64, i64); 2],
}

impl Stamp {
    fn of(seen: &libc::stat) -> Self {
        let times = [(seen.st_mtime, seen.st_mtime_nsec), (seen.st_ctime, seen.st_ctime_nsec)];
        Stamp { device: seen.st_dev, inode: seen.st_ino, times }
    }

    fn is_of_folder(self, other: Stamp) -> bool {
        (self.device, self.inode) == (other.device, other.inode)
    }

    /// Whether any change from now on gives the directory another stamp.
    fn is_settled(self) -> bool {
        // SAFETY: without an address, the call only returns the time.
        let now = unsafe { libc::time(core::ptr::null_mut()) };
        self.times.iter().all(|(seconds, _)| (0..now - SETTLED).contains(seconds))
    }
}

/// The names in a directory, each up to its first dot, as a Bloom filter. For some missing names it answers that they
/// may exist.
#[derive(Debug, Clone, Copy)]
struct Names([u64; 256]);

impl Names {
    const NONE: Self = Names([0; 256]);

    /// The bits of a name: for each the index of its word, and the bit in that word.
    fn bits(name: &[u8]) -> [(usize, u64); 3] {
        let hash = str::hash_bytes(name) as u64;
        [0, 14, 28].map(|shift| ((hash >> shift) as usize / 64 % 256, 1 << (hash >> shift & 63)))
    }

    fn add(&mut self, name: &[u8]) {
        Self::bits(name).into_iter().for_each(|(word, bit)| self.0[word] |= bit);
    }

    fn may_have(&self, name: &[u8]) -> bool {
        Self::bits(name).into_iter().all(|(word, bit)| self.0[word] & bit != 0)
    }

    /// Reads the names; `None` on failure.
    fn read(folder: &Path) -> Option<Self> {
        let mut names = Self::NONE;
        each(folder, |name| {
            names.add(name.split(|byte| *byte == b'.').next().unwrap_or_default());
            true
        })
        .then_some(names)
    }
}

/// Passes the name of each entry of a directory to a function, until that returns false. The result says whether no
/// error ended the list.
fn each(folder: &Path, mut look: impl FnMut(&[u8]) -> bool) -> bool {
    // SAFETY: the path is NUL-terminated. A directory that is opened is closed, and not used after that. An entry
    // is valid until the next one is read. At the end and on failure the call returns NULL, and `errno` tells which
    // it was.
    unsafe {
        let opened = libc::opendir(folder.as_c_str().as_ptr());
        if opened.is_null() {
            return false;
        }
        *libc::__errno_location() = 0;
        loop {
            // An entry is only as long as its name requires, so no Rust reference to a whole entry may be made.
            let entry = libc::readdir64(opened);
            if entry.is_null() || !look(CStr::from_ptr((&raw const (*entry).d_name).cast()).to_bytes()) {
                break;
            }
        }
        let is_whole = *libc::__errno_location() == 0;
        libc::closedir(opened);
        is_whole
    }
}

/// The first name in a directory, in alphabetical order, that satisfies a condition.
pub fn first(folder: &Path, wanted: impl Fn(&[u8]) -> bool) -> Result<Option<Array<u8>>> {
    let mut found: Option<Array<u8>> = None;
    let mut done = Ok(());
    each(folder, |name| {
        if wanted(name) && found.as_ref().is_none_or(|found| name < found.as_slice()) {
            let mut copy = Array::new_in(Malloc);
            done = memory::extend(&mut copy, name);
            found = Some(copy);
        }
        done.is_ok()
    });
    done.map(|()| found)
}

/// A directory that was searched.
#[derive(Debug, Clone, Copy)]
struct Folder {
    stamp: Stamp,
    looks: u32,
    /// Whether the names are those at the time of the stamp.
    is_read: bool,
    names: Names,
}

struct Folders {
    known: [Folder; FOLDERS],
    /// The index of the directory that the next one replaces.
    oldest: usize,
}

static LOCK: Lock<Folders> = {
    let stamp = Stamp { device: 0, inode: 0, times: [(0, 0); 2] };
    Lock::new(Folders { known: [Folder { stamp, looks: 0, is_read: false, names: Names::NONE }; FOLDERS], oldest: 0 })
};

/// Whether a directory is known to contain no entry that is called `name`, or `name` and an ending. `seen` is the
/// directory's present status.
pub fn has_none(folder: &Path, seen: &libc::stat, name: &[u8]) -> bool {
    let stamp = Stamp::of(seen);
    if let Some(answer) = look_up(stamp, name) {
        return answer;
    }
    let Some(names) = stamp.is_settled().then(|| Names::read(folder)).flatten() else { return false };
    if let Some(known) = LOCK.hold().known.iter_mut().find(|known| known.stamp.is_of_folder(stamp)) {
        (known.stamp, known.is_read, known.names) = (stamp, true, names);
    }
    !names.may_have(name)
}

/// The answer of the kept lists; `None` when it is time to read the directory.
fn look_up(stamp: Stamp, name: &[u8]) -> Option<bool> {
    let mut folders = LOCK.hold();
    match folders.known.iter_mut().find(|known| known.stamp.is_of_folder(stamp)) {
        Some(known) if known.is_read && known.stamp == stamp => Some(!known.names.may_have(name)),
        Some(known) if known.looks >= LOOKS => None,
        Some(known) => {
            known.looks += 1;
            Some(false)
        }
        None => {
            let oldest = folders.oldest;
            folders.oldest = (oldest + 1) % FOLDERS;
            if let Some(place) = folders.known.get_mut(oldest) {
                *place = Folder { stamp, looks: 1, is_read: false, names: Names::NONE };
            }
            Some(false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(inode: libc::ino_t, times: [(i64, i64); 2]) -> Stamp {
        // No device has this number.
        Stamp { device: libc::dev_t::MAX, inode, times }
    }

    #[test]
    fn a_change_that_is_long_ago_settles_a_folder() {
        // SAFETY: without an address, the call only returns the time.
        let now = unsafe { libc::time(core::ptr::null_mut()) };
        let is_settled = |contents, any| stamp(0, [(contents, 0), (any, 0)]).is_settled();
        assert!(is_settled(now - 100, now - 200));
        assert!(!is_settled(now - 100, now));
        assert!(!is_settled(now, now - 100));
        assert!(!is_settled(now + 100, now - 100));
        assert!(!is_settled(-1, now - 100));
    }

    #[test]
    fn names_that_are_there_may_be_and_few_others() {
        let name = |number: usize| format!("name{number}").into_bytes();
        let mut names = Names::NONE;
        (0..500).for_each(|number| names.add(&name(number)));
        assert!((0..500).all(|number| names.may_have(&name(number))));
        // With the size of the filter, about three are expected.
        assert!((500..4500).filter(|number| names.may_have(&name(*number))).count() < 20);
    }

    // One test for all cases, because tests share the lists.
    #[test]
    fn what_is_known_of_folders() {
        let [one, other] = [1, 2].map(|inode| stamp(inode, [(7, 0); 2]));
        let looks = |stamp| look_up(stamp, b"name");
        assert_eq!([one, one, other].map(looks), [Some(false); 3]);
        assert_eq!([one, other, other].map(looks), [None, Some(false), None]);
        // A directory with another time is still the same directory.
        assert_eq!(looks(stamp(1, [(8, 0); 2])), None);
        // When new directories come, the oldest is forgotten and the next one is kept.
        (0..FOLDERS as u64 - 1).for_each(|number| assert_eq!(looks(stamp(10 + number, [(7, 0); 2])), Some(false)));
        assert_eq!([other, one].map(looks), [None, Some(false)]);

        // A directory that exists, and has not changed for long, is read at the second search.
        let path = Path::absolute(b"/usr").unwrap();
        let seen = path.look().unwrap();
        let has_none = |name: &[u8]| has_none(&path, &seen, name);
        let absent = b"no folder has this";
        assert_eq!([(); 4].map(|()| has_none(absent)), [false, false, true, true]);
        assert_eq!(look_up(Stamp::of(&seen), absent), Some(true));
        assert!(!has_none(b"lib") && !has_none(b"bin"));
        assert!(Names::read(&Path::absolute(b"/no folder of this name").unwrap()).is_none());
    }
}
