//! The checker's state of each thread: the running destructors, the last failure, and the last NULL answer.

use super::record::own_id;
use crate::capsule::Entry;
use crate::runtime::line::Line;
use crate::runtime::memory::aside::{Aside, Notes, note};
use crate::strict::pending::Mark;
use crate::strict::stack::place::Place;

/// A destructor that is running.
#[derive(Debug, Clone, Copy)]
pub struct Ending {
    /// The capsule.
    pub capsule: usize,
    /// The error that was pending before it.
    pub before: Option<Mark>,
    /// Whether the capsule has a destructor.
    pub has_destructor: bool,
    /// Whether the capsule's struct has a callback that only the destructor can still call.
    pub owed: bool,
    /// Whether the capsule's tensor belonged to a consumer, and was still in memory.
    pub consumed: bool,
    /// Whether the name was intact before it.
    pub name_was_good: bool,
}

/// A failed call, until the program checks its error.
#[derive(Debug, Clone, Copy)]
pub struct Failure {
    /// The function.
    pub function: &'static str,
    /// The getter or setter, if the function is one.
    pub entry: Option<Entry>,
    /// The capsule argument; 0 if there was none.
    pub capsule: usize,
    /// The place of the call.
    pub place: Place,
    /// Its error.
    pub error: Mark,
    /// Its error, in words.
    pub text: Line<200>,
    /// The number of running destructors.
    pub depth: usize,
}

impl Failure {
    /// The function, and its error in words.
    pub fn in_words(&self) -> Line<300> {
        Line::of(format_args!("{} failed ({})", self.function, self.text))
    }
}

/// A getter's answer that was NULL without an error.
#[derive(Debug, Clone, Copy)]
pub struct NullAnswer {
    /// The getter.
    pub function: &'static str,
    /// The capsule.
    pub capsule: usize,
    /// The place where the getter was called.
    pub place: Place,
}

/// The number of nested destructors that are recorded.
const ENDINGS: usize = 16;

/// The checker's state of one thread.
#[derive(Debug)]
pub struct Thread {
    /// The C library's number for the thread.
    id: usize,
    endings: [Option<Ending>; ENDINGS],
    /// The number of running destructors.
    pub depth: usize,
    /// The last failure that the program has not checked.
    pub failure: Option<Failure>,
    /// The last NULL answer, if no other call was made since.
    pub null_answer: Option<NullAnswer>,
}

impl Thread {
    /// The last failure that the program has not checked, if `error` is its error. A failure from before the running
    /// destructor does not count, because destructors may run while an error is pending.
    pub fn unlooked(&self, error: Option<Mark>) -> Option<Failure> {
        self.failure.filter(|failure| self.depth <= failure.depth && error == Some(failure.error))
    }

    /// Records that a destructor begins.
    pub fn begin(&mut self, ending: Ending) {
        if let Some(place) = self.endings.get_mut(self.depth) {
            *place = Some(ending);
        }
        self.depth += 1;
    }

    /// Records that the innermost destructor has returned. If it is not this capsule's, because that one began while
    /// the checker was off, `None` is returned and nothing changes.
    pub fn end(&mut self, capsule: usize) -> Option<Ending> {
        let last = self.depth.checked_sub(1)?;
        if self.ending().is_some_and(|ending| ending.capsule != capsule) {
            return None;
        }
        self.depth = last;
        self.endings.get_mut(last)?.take()
    }

    /// The innermost running destructor.
    pub fn ending(&self) -> Option<Ending> {
        *self.endings.get(self.depth.checked_sub(1)?)?
    }

    /// Whether the state is empty, so that the thread may have ended.
    fn is_idle(&self) -> bool {
        self.depth == 0 && self.failure.is_none() && self.null_answer.is_none()
    }
}

/// The states of all threads that have one.
#[derive(Debug)]
pub struct Threads(Notes<Thread>);

impl Threads {
    /// No states yet.
    pub const fn new() -> Self {
        Threads(Notes::new_in(Aside))
    }

    /// This thread's state, if it has one.
    pub fn find(&mut self) -> Option<&mut Thread> {
        let id = own_id();
        self.0.iter_mut().find(|thread| thread.id == id)
    }

    /// This thread's state, which is made if it has none; `None` without memory for it.
    pub fn find_or_add(&mut self) -> Option<&mut Thread> {
        let id = own_id();
        let known = self.0.iter().position(|thread| thread.id == id);
        let index = match known.or_else(|| self.0.iter().position(Thread::is_idle)) {
            Some(index) => index,
            None => {
                note(&mut self.0, Thread { id, endings: [None; ENDINGS], depth: 0, failure: None, null_answer: None })?;
                self.0.len() - 1
            }
        };
        let thread = self.0.get_mut(index)?;
        thread.id = id;
        Some(thread)
    }

    /// Forgets the states of all threads but this one.
    pub fn forget_others(&mut self) {
        let id = own_id();
        self.0.retain(|thread| thread.id == id);
    }
}
