//! The state at the moment of a call.

use crate::interpreter::end::{self, End};
use crate::runtime::phase::{self, Phase};
use crate::runtime::thread;
use crate::strict::notes::record::ThreadId;
use crate::strict::pending::Mark;
use crate::strict::stack::loaded;
use crate::strict::stack::place::Place;

/// The state at the moment of a call, which is read before the notes are opened.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// The place of the call.
    pub place: Place,
    /// The address at which the calling shared object is loaded, if it is known.
    pub module: Option<usize>,
    /// The thread.
    pub thread: ThreadId,
    /// Whether the thread holds the GIL.
    pub has_gil: bool,
    /// The pending error.
    pub error: Option<Mark>,
    /// Whether the interpreter was finalised.
    pub is_over: bool,
}

impl Now {
    /// Reads the state for this thread.
    pub fn find_out() -> Self {
        let place = Place::here();
        Now {
            place,
            module: loaded::is_apart().then(|| place.module()).flatten(),
            thread: ThreadId::current(),
            has_gil: thread::attached().is_some(),
            error: Mark::now(),
            is_over: phase::current() == Phase::Finalized || end::has_reached(End::ExitFunctions),
        }
    }

    /// Whether this thread needs the GIL and does not hold it. There is a GIL from the first `Py_Initialize` on.
    pub fn lacks_gil(&self) -> bool {
        !self.has_gil && !self.is_over && matches!(phase::current(), Phase::Initialized | Phase::Finalizing)
    }
}
