//! The record of one capsule.

use super::names::NameCopy;
use crate::abi::PyCapsule;
use crate::runtime::memory::aside::Aside;
use crate::strict::dlpack_arrow::Contents;
use crate::strict::memory::addresses::hash;
use crate::strict::stack::place::Place;
use allocator_api2::boxed::Box;
use core::num::NonZeroU32;

/// The phase of a capsule's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// The capsule can be used.
    Live,
    /// Its destructor is running.
    Ending,
    /// Its destructor has returned.
    Over,
}

/// A thread, in four bytes. Two threads have different values, except by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThreadId(NonZeroU32);

impl ThreadId {
    /// This thread.
    pub fn current() -> Self {
        let mixed = (hash(own_id()) >> 32) as u32;
        ThreadId(NonZeroU32::new(mixed).unwrap_or(NonZeroU32::MIN))
    }
}

/// The C library's number for this thread.
pub fn own_id() -> usize {
    // SAFETY: the function has no preconditions.
    unsafe { libc::pthread_self() as usize }
}

/// The record of one capsule. There may be many records, so it is small.
#[derive(Debug)]
pub struct Record {
    /// The capsule's address.
    pub capsule: usize,
    /// The capsule's number, in the order in which capsules are made.
    pub number: u64,
    /// The phase of its life.
    pub life: Life,
    /// The place where it was made.
    pub made: Place,
    /// The place where it was last renamed.
    pub renamed: Place,
    /// The place where a thread other than the maker last set something.
    pub set_elsewhere: Place,
    /// The place where it was destroyed.
    pub destroyed: Place,
    /// The thread that made it.
    pub maker: ThreadId,
    /// The thread that last set something.
    pub setter: Option<ThreadId>,
    /// A thread other than the maker that used it.
    pub other_user: Option<ThreadId>,
    /// The name that it was made with, if it has another now.
    pub first_name: Option<Box<NameCopy, Aside>>,
    /// Whether the first name is not a string literal.
    pub first_name_is_allocated: bool,
    /// Its present name.
    pub name: NameCopy,
    /// Whether a problem of the present name has been reported.
    pub name_told: bool,
    /// Whether a caller has got the pointer.
    pub handed_out: bool,
    /// Whether the destructor was replaced or removed.
    pub destructor_set: bool,
    /// Whether its pointer was neither to a variable of the program nor to the stack when it was made.
    pub is_on_heap: bool,
    /// Whether its tensor was deleted before its destructor began, although its name still says that it was not
    /// consumed.
    pub deleted: bool,
    /// Whether its running destructor has got the pointer or the context.
    pub taken: bool,
    /// Whether it has a context that no caller has got since it was set.
    pub context_unseen: bool,
    /// The kind of struct that its pointer refers to, if the name identifies it.
    pub contents: Contents,
}

impl Record {
    /// The record of a capsule that this thread makes, before anything else is known about it.
    pub fn of(capsule: usize) -> Self {
        Record {
            capsule,
            number: 0,
            life: Life::Live,
            made: Place::UNKNOWN,
            renamed: Place::UNKNOWN,
            set_elsewhere: Place::UNKNOWN,
            destroyed: Place::UNKNOWN,
            maker: ThreadId::current(),
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

    /// The name that the capsule was made with.
    pub fn first_name(&self) -> &NameCopy {
        self.first_name.as_deref().unwrap_or(&self.name)
    }

    /// Records another name.
    pub fn rename(&mut self, name: NameCopy) {
        let before = core::mem::replace(&mut self.name, name);
        if self.first_name.is_none() {
            // Without memory the new name counts as the first.
            self.first_name = Box::try_new_in(before, Aside).ok();
        }
        self.name_told = false;
    }

    /// Whether the capsule is live.
    pub fn is_live(&self) -> bool {
        self.life != Life::Over
    }

    /// The capsule's fields.
    pub fn fields(&self) -> &PyCapsule {
        // SAFETY: a record is removed before its capsule's memory is freed, so the memory is mapped and contains a
        // capsule. A thread that changes it meanwhile does so without the GIL, which the C API forbids.
        unsafe { &*core::ptr::with_exposed_provenance::<PyCapsule>(self.capsule) }
    }

    /// The capsule's pointer, as an address.
    pub fn pointer(&self) -> usize {
        self.fields().pointer.addr()
    }
}
