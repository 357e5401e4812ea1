//! `Include/iterobject.h`: iterators over objects that give their items by number.

use crate::abi::PyObject;
use crate::objects::iterator;
use crate::protocol::sequence;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, IntoC};

/// A new iterator that gives the items of a sequence by number: a new reference, or NULL with SystemError for NULL, and for an object
/// that is no sequence.
#[unsafe(no_mangle)]
pub extern "C" fn PySeqIter_New(sequence: Arg) -> *mut PyObject {
    let sequence = sequence.filter(|sequence| sequence::check(*sequence));
    sequence.ok_or_else(|| bad_argument("PySeqIter_New")).and_then(iterator::by_position).into_c()
}
