//! Events that an extension module reports of code of its own kind, as if it were Python code (PEP 669). Those who can ask for them are
//! the trace and the profile function of a thread ([`crate::runtime::thread::Follower`]): a module `sys.monitoring`, in which others would
//! register, is not here. Both functions need the frame of Python code that runs, and none does, so each wanted event is an error, as it
//! is in CPython when only C code runs.

use crate::abi::{PyCFunctionObject, PyMonitoringState};
use crate::objects::int;
use crate::runtime::refusal::null_argument;
use crate::runtime::thread::{self, Follower};
use crate::runtime::{Obj, Raised, Result, error, raise};
use crate::types::descriptor::{self, METHOD_DESCRIPTOR};

/// An event, by CPython's number.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names are those of the constants PY_MONITORING_EVENT_…, which CPython documents")]
pub enum Event<'a> {
    PyStart,
    PyResume,
    PyReturn,
    PyYield,
    /// With the callable and its first argument.
    Call(Option<Obj<'a>>, Option<Obj<'a>>),
    Line,
    /// With the offset of the target, an int.
    Jump(Option<Obj<'a>>),
    BranchLeft,
    BranchRight,
    StopIteration,
    Raise,
    ExceptionHandled,
    PyUnwind,
    PyThrow,
    Reraise,
    CReturn,
    CRaise,
}

/// The events that the functions ask for, each a bit.
const fn asked_for(follower: Follower) -> u32 {
    match follower {
        Follower::Profile => bits(&[0, 1, 2, 3, 4, 13, 14]),
        Follower::Trace => bits(&[0, 1, 2, 3, 5, 7, 10, 11, 13, 14]),
    }
}

const fn bits(numbers: &[u8]) -> u32 {
    let (mut set, mut next) = (0, 0);
    while next < numbers.len() {
        set |= 1 << numbers[next];
        next += 1;
    }
    set
}

impl Event<'_> {
    const fn number(self) -> u8 {
        match self {
            Event::PyStart => 0,
            Event::PyResume => 1,
            Event::PyReturn => 2,
            Event::PyYield => 3,
            Event::Call(..) => 4,
            Event::Line => 5,
            Event::Jump(_) => 7,
            Event::BranchLeft => 8,
            Event::BranchRight => 9,
            Event::StopIteration => 10,
            Event::Raise => 11,
            Event::ExceptionHandled => 12,
            Event::PyUnwind => 13,
            Event::PyThrow => 14,
            Event::Reraise => 15,
            Event::CReturn => 16,
            Event::CRaise => 17,
        }
    }

    /// Whether the event is about the pending exception, which outlives it.
    const fn has_exception(self) -> bool {
        matches!(self.number(), 11..=15 | 17)
    }
}

/// The functions that ask for an event: the bits of their tools. A number that no event has gives none.
pub fn tools(event: u8) -> u8 {
    let asks = |follower: &Follower| {
        follower.is_wanted() && asked_for(*follower).checked_shr(event.into()).is_some_and(|set| set & 1 == 1)
    };
    Follower::ALL.into_iter().filter(asks).fold(0, |tools, follower| tools | follower.bit())
}

/// Reports an event at an offset in the code. ValueError for a negative offset, or when the event is about an exception and none is
/// pending; SystemError from a function that asked for it.
pub fn fire(state: &PyMonitoringState, offset: i32, event: Event<'_>) -> Result<()> {
    if event.has_exception() && !error::occurred() {
        return Err(raise!(ValueError, "Firing event {} with no exception set", event.number()));
    }
    let kept = event.has_exception().then(error::take);
    if event.number() == Event::StopIteration.number() {
        error::clear();
    }
    if offset < 0 {
        return Err(raise!(ValueError, "offset must be non-negative"));
    }
    for follower in [Follower::Trace, Follower::Profile] {
        if state.active.get() & follower.bit() != 0 {
            report(follower, state, offset, event)?;
        }
    }
    if let Some(kept) = kept {
        error::put_back(kept);
    }
    Ok(())
}

/// Reports an event to one function.
fn report(follower: Follower, state: &PyMonitoringState, offset: i32, event: Event<'_>) -> Result<()> {
    let thread = thread::attached().or_else(thread::own);
    let follows = thread.is_some_and(|thread| thread.is_followed(follower) && !thread.is_untraced());
    if !follows || asked_for(follower) >> event.number() & 1 == 0 {
        return Ok(());
    }
    match event {
        // A loop jumps backwards: only such a jump can begin a line anew.
        Event::Jump(target) if is_forwards(target, offset)? => {
            state.active.set(state.active.get() & !follower.bit());
            Ok(())
        }
        Event::Call(callable, argument) if !calls_c(callable, argument)? => Ok(()),
        _ => Err(no_frame(follower)),
    }
}

/// Whether a jump does not go back. TypeError for a target that is no int.
fn is_forwards(target: Option<Obj<'_>>, offset: i32) -> Result<bool> {
    let target = target.ok_or_else(|| null_argument("_PyMonitoring_FireJumpEvent"))?;
    Ok(int::as_i64(target)? / 2 >= i64::from(offset / 2))
}

/// Whether a call is one of a function of C. TypeError when the argument can't be its object.
fn calls_c(callable: Option<Obj<'_>>, argument: Option<Obj<'_>>) -> Result<bool> {
    match (callable, argument) {
        (Some(callable), _) if callable.downcast::<PyCFunctionObject>().is_some() => Ok(true),
        (Some(callable), Some(argument)) if callable.is_exactly(METHOD_DESCRIPTOR) => {
            descriptor::get(callable, Some(argument), argument.class()).map(|_| true)
        }
        _ => Ok(false),
    }
}

fn no_frame(follower: Follower) -> Raised {
    match follower {
        Follower::Profile => raise!(SystemError, "Missing frame when calling profile function."),
        Follower::Trace => raise!(SystemError, "Missing frame when calling trace function."),
    }
}
