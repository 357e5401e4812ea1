//! The search for a key in a dict, which may have to compare objects. A comparison can run code that changes the dict:
//! it is followed by a look at the table, and the search begins again if that is another one.

use super::table::Entry;
use super::{Dict, table};
use crate::objects::{int, str};
use crate::protocol::compare;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Result};

/// Whether two keys with the same hash are equal; `None` when only a comparison can tell.
fn quick_equal(a: Obj<'_>, b: Obj<'_>) -> Option<bool> {
    if a.is(b) {
        return Some(true);
    }
    if let (Some(a), Some(b)) = (str::as_exact(a), str::as_exact(b)) {
        return Some(str::equal(a, b));
    }
    let [a, b] = [a, b].map(|key| key.downcast_exactly(int::INT));
    a.zip(b).map(|(a, b)| int::equal(a, b))
}

/// The index of a key in the table; `None` when it is missing.
#[inline(always)]
pub(super) fn find(dict: Dict<'_>, key: Obj<'_>, hash: isize) -> Result<Option<usize>> {
    // SAFETY: `is_key` compares without running code, and after it the table is not used any more.
    let Some(table) = (unsafe { table(dict) }) else { return Ok(None) };
    let is_key = |entry: &Entry| quick_equal(entry.key.borrow(), key) == Some(true);
    match table.first(hash, |index, entry| is_key(entry).then_some(index)) {
        Some(None) => search(dict, key, hash),
        found => Ok(found.flatten()),
    }
}

/// Compares the key with all keys of the same hash. A comparison may change the dict; then the search starts again.
#[inline(never)]
fn search(dict: Dict<'_>, key: Obj<'_>, hash: isize) -> Result<Option<usize>> {
    loop {
        // SAFETY: the table is used up to its version, before a key is asked.
        let Some(current) = (unsafe { table(dict) }) else { return Ok(None) };
        let mut to_be_asked = None;
        let mut are_more = false;
        let found = current.find(hash, &mut |index, entry| {
            quick_equal(entry.key.borrow(), key).unwrap_or_else(|| {
                are_more = to_be_asked.is_some();
                to_be_asked.get_or_insert(index);
                false
            })
        });
        let Some(index) = to_be_asked.filter(|_| found.is_none()) else { return Ok(found) };
        let version = current.version();
        let answer = match ask(dict, index, key, version)? {
            Answer::Other if are_more => ask_others(dict, key, hash, index, version)?,
            answer => answer,
        };
        match answer {
            Answer::Equal(index) => return Ok(Some(index)),
            Answer::Other => return Ok(None),
            Answer::DictChanged => {}
        }
    }
}

/// The result of a comparison with one or more keys of the dict.
#[derive(Debug, Clone, Copy)]
enum Answer {
    /// The key at this index is equal.
    Equal(usize),
    /// None of them is equal.
    Other,
    /// The dict has changed meanwhile, so the comparison says nothing.
    DictChanged,
}

/// Compares the key at an index with another.
fn ask(dict: Dict<'_>, index: usize, key: Obj<'_>, version: usize) -> Result<Answer> {
    // SAFETY: the key is counted at once, which runs no code.
    let Some(candidate) = unsafe { table(dict) }.and_then(|table| Some(table.get(index)?.key.clone())) else {
        return Ok(Answer::DictChanged);
    };
    let is_equal = compare::equal(candidate.borrow(), key)?;
    // SAFETY: the table is only read.
    let is_as_before = unsafe { table(dict) }.is_some_and(|table| {
        table.version() == version && table.get(index).is_some_and(|entry| entry.key.borrow().is(candidate.borrow()))
    });
    Ok(match (is_as_before, is_equal) {
        (false, _) => Answer::DictChanged,
        (true, true) => Answer::Equal(index),
        (true, false) => Answer::Other,
    })
}

/// Compares each key of a hash, except the one at `asked`. Their indices are collected first, so that each key is found
/// in one pass. Without memory for that, each is searched for separately.
#[cold]
fn ask_others(dict: Dict<'_>, key: Obj<'_>, hash: isize, asked: usize, version: usize) -> Result<Answer> {
    // SAFETY: the items with this hash are counted, which runs no code.
    let count = unsafe { table(dict) }.map_or(0, |table| table.candidates(hash).count());
    let mut candidates = Array::new_in(Malloc);
    if candidates.try_reserve(count).is_ok()
        // SAFETY: the indices are stored in memory that is reserved already, which runs no code.
        && let Some(table) = unsafe { table(dict) }
    {
        memory::fill(&mut candidates, table.candidates(hash));
    }
    for nth in 0..count {
        // SAFETY: one index is searched, which runs no code; its key is compared later.
        let search = || unsafe { table(dict) }?.candidates(hash).nth(nth);
        let index = candidates.get(nth).copied().or_else(search);
        match index.filter(|&index| index != asked).map(|index| ask(dict, index, key, version)).transpose()? {
            None | Some(Answer::Other) => {}
            Some(answer) => return Ok(answer),
        }
    }
    Ok(Answer::Other)
}
