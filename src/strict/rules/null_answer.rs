//! NULL that a getter returned without an error, and that the program then takes for an error.

use crate::runtime::error;
use crate::strict::notes;
use crate::strict::notes::threads::NullAnswer;
use crate::strict::report::finding::{Finding, Role};
use crate::strict::report::kinds::Kind;
use crate::strict::stack::place::Place;
use crate::strict::stack::{loaded, symbols};

/// The purpose for which the program reads the error indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// To learn whether there is an error, or its class, or to clear it.
    Check,
    /// To take or print the pending error, by this function.
    Take(&'static str),
}

/// Records a read of the error indicator: this thread's last failure then counts as checked. Returns a finding if the
/// program takes an error, there is none, and the last call's answer was NULL.
pub fn looked(look: Look) -> Option<Finding> {
    let answer = match notes::open().thread() {
        Some(thread) => {
            thread.failure = None;
            thread.null_answer.take()
        }
        None => None,
    };
    let (Some(NullAnswer { function, capsule, place }), Look::Take(taker)) = (answer, look) else { return None };
    let now = Place::here();
    // In the archive the innermost caller is the library itself, so the program's function is unknown.
    if error::occurred() || !loaded::is_apart() || !is_same_function(place, now) {
        return None;
    }
    let sentence = format_args!("{function} gave NULL, which is no error here, and {taker} was called for one");
    let finding = match notes::open().find(capsule) {
        Some(record) => Finding::about(Kind::NullNotError, record, sentence),
        None => Finding::new(Kind::NullNotError, sentence),
    };
    Some(finding.at(Role::Used, now))
}

/// Whether two calls come from the same function.
fn is_same_function(one: Place, other: Place) -> bool {
    let caller = |place: Place| place.stack().into_iter().flatten().next().map(|frame| frame.address);
    match (caller(one), caller(other)) {
        (Some(one), Some(other)) => symbols::same_function(one, other),
        _ => false,
    }
}
