//! The checker's notes: a record for each capsule that is live or in the quarantine, and each thread's state. One lock
//! guards them all.

pub mod names;
pub mod record;
mod records;
pub mod threads;

use crate::abi::PyObject;
use crate::capsule;
use crate::runtime::fork::{self, Node};
use crate::runtime::lock::{Guard, Lock};
use crate::runtime::memory::aside::{Aside, Notes, note};
use crate::runtime::options;
use core::sync::atomic::{AtomicU64, Ordering::Relaxed};
use record::Record;
use records::Records;
use threads::{Thread, Threads};

/// The notes.
#[derive(Debug)]
pub struct Book {
    records: Records,
    threads: Threads,
    /// The addresses of destroyed capsules whose memory is kept, as a ring: the oldest is at index `oldest`.
    quarantine: Notes<usize>,
    oldest: usize,
}

/// The next capsule's number. It is outside the book, because a child of `fork` reads it and must not wait for the
/// lock.
static NEXT_NUMBER: AtomicU64 = AtomicU64::new(1);

/// The next capsule's number.
pub fn next_number() -> u64 {
    NEXT_NUMBER.load(Relaxed)
}

static BOOK: Lock<Book> =
    Lock::new(Book { records: Records::new(), threads: Threads::new(), quarantine: Notes::new_in(Aside), oldest: 0 });

/// Opens the notes. No foreign code runs while they are open.
pub fn open() -> Guard<Book> {
    BOOK.hold()
}

/// Opens the notes, unless a thread has them open. A signal handler calls this, because its own thread may be the one.
pub fn try_open() -> Option<Guard<Book>> {
    BOOK.try_hold()
}

/// Sets up for `fork`: the child has no other threads, and its new threads may get the identifiers of those that do not
/// exist any more.
pub fn prepare() {
    static FORGET: Node<fn()> = Node::new(|| open().threads.forget_others());
    fork::tell_child(&FORGET);
}

impl Book {
    /// The record of an object, if it is a known capsule.
    pub fn find(&mut self, capsule: usize) -> Option<&mut Record> {
        self.records.find(capsule)
    }

    /// Adds the record of a new capsule, and returns its number. Without memory for the record the capsule is not
    /// watched.
    pub fn add(&mut self, mut record: Record) -> u64 {
        let number = NEXT_NUMBER.fetch_add(1, Relaxed);
        record.number = number;
        self.records.remove(record.capsule);
        let _ = self.records.add(record);
        number
    }

    /// Removes the record of a capsule.
    pub fn remove(&mut self, capsule: usize) {
        drop(self.records.remove(capsule));
    }

    /// The records of the live capsules.
    pub fn live(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(|record| record.is_live())
    }

    /// This thread's state, if it has one.
    pub fn known_thread(&mut self) -> Option<&mut Thread> {
        self.threads.find()
    }

    /// This thread's state, which is made if it has none; `None` without memory for it.
    pub fn thread(&mut self) -> Option<&mut Thread> {
        self.threads.find_or_add()
    }

    /// Keeps the memory of a destroyed capsule. If the quarantine is full, returns the capsule that leaves it. `Err` if
    /// the options disable the quarantine.
    pub fn quarantine(&mut self, capsule: usize) -> Result<Option<*mut PyObject>, ()> {
        let room = options::get().quarantine;
        if room == 0 {
            return Err(());
        }
        if self.quarantine.len() < room {
            return note(&mut self.quarantine, capsule).map(|()| None).ok_or(());
        }
        let place = self.quarantine.get_mut(self.oldest).ok_or(())?;
        let evicted = core::mem::replace(place, capsule);
        self.oldest = (self.oldest + 1) % room;
        self.remove(evicted);
        Ok(Some(core::ptr::with_exposed_provenance_mut(evicted)))
    }
}

/// Frees a capsule that has left the quarantine.
///
/// # Safety
/// The capsule came from [`Book::quarantine`], which owned it, and is freed once.
pub unsafe fn free(evicted: Option<*mut PyObject>) {
    if let Some(capsule) = evicted {
        // SAFETY: a capsule in the quarantine has no references, its destructor is done, and the quarantine owned its
        // memory. Its record was removed, so no part of the checker reads it again.
        unsafe { capsule::release(capsule) }
    }
}
