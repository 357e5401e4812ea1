//! `Include/iterobject.h`: iterators over objects that give their items by number, and over the results of a function.

use crate::abi::PyObject;
use crate::objects::{derived_iterators, iterator};
use crate::protocol::sequence;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, IntoC};

/// A new iterator that gives the items of a sequence by number: a new reference, or NULL with SystemError for NULL, and
/// for an object that is no sequence.
#[unsafe(no_mangle)]
pub extern "C" fn PySeqIter_New(sequence: Arg) -> *mut PyObject {
    let sequence = sequence.filter(|sequence| sequence::check(*sequence));
    sequence.ok_or_else(|| bad_argument("PySeqIter_New")).and_then(iterator::by_position).into_c()
}

/// A new iterator over the results of calls of a function without arguments, up to the first result that is equal to a
/// sentinel: a new reference, or NULL with an error set, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyCallIter_New(callable: Arg, sentinel: Arg) -> *mut PyObject {
    let both = callable.zip(sentinel).ok_or_else(|| bad_argument("PyCallIter_New"));
    both.and_then(|(callable, sentinel)| derived_iterators::callable::new(callable, sentinel)).into_c()
}
