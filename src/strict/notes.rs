//! What is noted about capsules and threads: a record for each capsule that lives or is kept in quarantine, and what each
//! thread is about.

pub use super::names::{NameCopy, NameState};

use super::addresses::hash;
use super::line::Line;
use super::pending::Mark;
use super::place::Place;
use super::protocol::Contents;
use super::records::Records;
use crate::abi::PyObject;
use crate::capsule::{self, Entry};
use crate::runtime::fork::{self, Node};
use crate::runtime::lock::Lock;
use crate::runtime::memory::aside::{Aside, Notes, note};
use crate::runtime::options;
use allocator_api2::boxed::Box;
use core::num::NonZeroU32;
use core::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Where a capsule is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// It can be used.
    Live,
    /// Its destructor is at work.
    Ending,
    /// Its destructor is done.
    Over,
}

/// A thread, in few bytes: two that differ have different ones, but for chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThreadId(NonZeroU32);

/// What is known of a capsule. Capsules may be many, so it is small.
#[derive(Debug)]
pub struct Record {
    /// Its address.
    pub capsule: usize,
    /// Capsules are numbered as they are made.
    pub number: u64,
    /// Where it is in its life.
    pub life: Life,
    /// Where it was made.
    pub made: Place,
    /// Where it was renamed last.
    pub renamed: Place,
    /// Where another thread set something without the GIL being there to order the two.
    pub set_elsewhere: Place,
    /// Where it was destroyed.
    pub destroyed: Place,
    /// The thread that made it.
    pub maker: ThreadId,
    /// The thread that set something last, if any has.
    pub setter: Option<ThreadId>,
    /// A thread other than the maker that used it.
    pub other_user: Option<ThreadId>,
    /// The name it was made with, if it has another now.
    pub first_name: Option<Box<NameCopy, Aside>>,
    /// Whether the first one is no string literal.
    pub first_name_is_allocated: bool,
    /// The name it has.
    pub name: NameCopy,
    /// Whether what is wrong with the name was told.
    pub name_told: bool,
    /// Whether somebody was given the pointer.
    pub handed_out: bool,
    /// Whether the destructor was replaced or removed.
    pub destructor_set: bool,
    /// Whether what it holds was neither a variable of the program nor on the stack when it was made.
    pub is_on_heap: bool,
    /// Whether its tensor was deleted before its destructor began, though no consumer had said so.
    pub deleted: bool,
    /// Whether its destructor, which is at work, came by the pointer or the context.
    pub taken: bool,
    /// Whether it has a context that nobody has got since it was set.
    pub context_unseen: bool,
    /// What its pointer refers to, where the name says so.
    pub contents: Contents,
}

impl Record {
    /// That of a capsule that this thread makes, before anything else is known of it.
    pub fn of(capsule: usize) -> Self {
        Record {
            capsule,
            number: 0,
            life: Life::Live,
            made: Place::UNKNOWN,
            renamed: Place::UNKNOWN,
            set_elsewhere: Place::UNKNOWN,
            destroyed: Place::UNKNOWN,
            maker: this_thread(),
            setter: None,
            other_user: None,
            first_name: None,
            first_name_is_allocated: false,
            name: NameCopy::default(),
            name_told: false,
            handed_out: false,
            destructor_set: false,
            is_on_heap: false,
            deleted: false,
            taken: false,
            context_unseen: false,
            contents: Contents::Unknown,
        }
    }

    /// The name it was made with.
    pub fn first_name(&self) -> &NameCopy {
        self.first_name.as_deref().unwrap_or(&self.name)
    }

    /// Gives it another name.
    pub fn rename(&mut self, name: NameCopy) {
        let before = core::mem::replace(&mut self.name, name);
        if self.first_name.is_none() {
            // Without memory the new one is taken for the first.
            self.first_name = Box::try_new_in(before, Aside).ok();
        }
        self.name_told = false;
    }

    /// Whether it can be used.
    pub fn is_live(&self) -> bool {
        self.life != Life::Over
    }
}

/// A destructor at work.
#[derive(Debug, Clone, Copy)]
pub struct Ending {
    /// The capsule.
    pub capsule: usize,
    /// The error that was pending before.
    pub before: Option<Mark>,
    /// Whether there is a destructor at all.
    pub has_destructor: bool,
    /// Whether its struct has a callback that only the destructor is left to call.
    pub owed: bool,
    /// Whether its tensor was a consumer's, and in memory.
    pub consumed: bool,
    /// Whether the name was still good.
    pub name_was_good: bool,
}

/// A call that failed, until somebody looks at its error.
#[derive(Debug, Clone, Copy)]
pub struct Failure {
    /// The function.
    pub function: &'static str,
    /// Which getter or setter that is, if it is one.
    pub entry: Option<Entry>,
    /// The capsule it was called with; 0 if none.
    pub capsule: usize,
    /// Where it was called.
    pub place: Place,
    /// Its error.
    pub error: Mark,
    /// Its error, in words.
    pub text: Line<200>,
    /// How many destructors were at work.
    pub depth: usize,
}

impl Failure {
    /// The function, and its error in words.
    pub fn in_words(&self) -> Line<300> {
        Line::of(format_args!("{} failed ({})", self.function, self.text))
    }
}

/// A getter that gave NULL, which was no error.
#[derive(Debug, Clone, Copy)]
pub struct NullAnswer {
    /// The function.
    pub function: &'static str,
    /// The capsule.
    pub capsule: usize,
    /// Where it was called.
    pub place: Place,
}

/// How many destructors within destructors are noted.
const ENDINGS: usize = 16;

/// What a thread is about.
#[derive(Debug)]
pub struct Thread {
    /// Which.
    id: usize,
    endings: [Option<Ending>; ENDINGS],
    /// How many destructors are at work.
    pub depth: usize,
    /// The last failure that nobody has looked at.
    pub failure: Option<Failure>,
    /// The last answer that was NULL, when no other call has come since.
    pub null_answer: Option<NullAnswer>,
}

impl Thread {
    /// The last failure, if this is its error. Destructors run while errors are pending, and that is all right.
    pub fn unlooked(&self, error: Option<Mark>) -> Option<Failure> {
        self.failure.filter(|failure| self.depth <= failure.depth && error == Some(failure.error))
    }

    /// Notes that a destructor is at work.
    pub fn begin(&mut self, ending: Ending) {
        if let Some(place) = self.endings.get_mut(self.depth) {
            *place = Some(ending);
        }
        self.depth += 1;
    }

    /// Notes that the last one is done, which is this capsule's unless that began while the checker was off.
    pub fn end(&mut self, capsule: usize) -> Option<Ending> {
        let last = self.depth.checked_sub(1)?;
        if self.ending().is_some_and(|ending| ending.capsule != capsule) {
            return None;
        }
        self.depth = last;
        self.endings.get_mut(last)?.take()
    }

    /// The destructor that is at work.
    pub fn ending(&self) -> Option<Ending> {
        *self.endings.get(self.depth.checked_sub(1)?)?
    }
}

/// All of it.
#[derive(Debug)]
pub struct Book {
    records: Records,
    threads: Notes<Thread>,
    /// Destroyed capsules that are kept, the oldest at `oldest`.
    quarantine: Notes<usize>,
    oldest: usize,
}

/// The number that the next capsule gets. It is not in the book, since a child of `fork` asks, which must not wait.
static NEXT_NUMBER: AtomicU64 = AtomicU64::new(1);

/// The same, to be read.
pub fn next_number() -> u64 {
    NEXT_NUMBER.load(Relaxed)
}

static BOOK: Lock<Book> = Lock::new(Book {
    records: Records::new(),
    threads: Notes::new_in(Aside),
    quarantine: Notes::new_in(Aside),
    oldest: 0,
});

/// Opens the notes. No foreign code runs while they are open.
pub fn open() -> crate::runtime::lock::Guard<Book> {
    BOOK.hold()
}

/// Gets ready for fork: in the child the other threads are gone, and new ones may come to have their identities.
pub fn prepare() {
    static FORGET: Node<fn()> = Node::new(|| open().forget_other_threads());
    fork::tell_child(&FORGET);
}

/// Opens the notes, unless some thread has them open: this one may, in a signal handler.
pub fn try_open() -> Option<crate::runtime::lock::Guard<Book>> {
    BOOK.try_hold()
}

/// The thread that runs.
pub fn this_thread() -> ThreadId {
    let mixed = (hash(own_id()) >> 32) as u32;
    ThreadId(NonZeroU32::new(mixed).unwrap_or(NonZeroU32::MIN))
}

/// What the C library calls the thread that runs.
fn own_id() -> usize {
    // SAFETY: a thread asks for its own identity.
    unsafe { libc::pthread_self() as usize }
}

impl Book {
    /// The record of an object, if it is a capsule that is known.
    pub fn find(&mut self, capsule: usize) -> Option<&mut Record> {
        self.records.find(capsule)
    }

    /// Takes a new capsule in, and gives its number; without memory for it, it is not watched.
    pub fn add(&mut self, mut record: Record) -> u64 {
        let number = NEXT_NUMBER.fetch_add(1, Relaxed);
        record.number = number;
        self.records.remove(record.capsule);
        let _ = self.records.add(record);
        number
    }

    /// Forgets a capsule.
    pub fn remove(&mut self, capsule: usize) {
        drop(self.records.remove(capsule));
    }

    /// The capsules that live.
    pub fn live(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(|record| record.is_live())
    }

    /// What the thread is about, if it is about anything.
    pub fn known_thread(&mut self) -> Option<&mut Thread> {
        let id = own_id();
        self.threads.iter_mut().find(|thread| thread.id == id)
    }

    /// What the thread is about, to be changed; `None` without memory to note that.
    pub fn thread(&mut self) -> Option<&mut Thread> {
        let id = own_id();
        // A thread that is about nothing may have ended: its place is free.
        let idle = |thread: &Thread| thread.depth == 0 && thread.failure.is_none() && thread.null_answer.is_none();
        let known = self.threads.iter().position(|thread| thread.id == id);
        let index = match known.or_else(|| self.threads.iter().position(idle)) {
            Some(index) => index,
            None => {
                note(
                    &mut self.threads,
                    Thread { id, endings: [None; ENDINGS], depth: 0, failure: None, null_answer: None },
                )?;
                self.threads.len() - 1
            }
        };
        let thread = self.threads.get_mut(index)?;
        thread.id = id;
        Some(thread)
    }

    /// Forgets what the other threads are about.
    fn forget_other_threads(&mut self) {
        let id = own_id();
        self.threads.retain(|thread| thread.id == id);
    }

    /// Keeps the memory of a destroyed capsule, and gives the one that has to make room for it. `Err` if none are kept.
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

/// Frees a capsule that had to leave the quarantine.
pub fn free(evicted: Option<*mut PyObject>) {
    if let Some(capsule) = evicted {
        // SAFETY: its destructor is done, nobody knows it any more but by mistake, and its record is gone.
        unsafe { capsule::release(capsule) }
    }
}
