//! The methods that `tuple` and `list` share.

use super::{arguments, int};
use crate::abi::Py_TPFLAGS_LIST_SUBCLASS;
use crate::protocol::search::{self, Get};
use crate::runtime::{Obj, Ref, Result, View, raise, refusal};

/// The method `count`: the number of items that are equal to an object.
pub fn count<L>(o: View<'_, L>, value: Obj<'_>, get: Get<L>) -> Result<Ref> {
    int::from_i64(search::count(o, value, get)? as i64)
}

/// The method `index`: the index of an object, searched for between two bounds. ValueError when it is missing.
pub fn index<L>(o: View<'_, L>, arguments: &[Obj<'_>], get: Get<L>, len: fn(View<'_, L>) -> usize) -> Result<Ref> {
    arguments::between("index", arguments.len(), 1, 3)?;
    let range = arguments::bounds(arguments, || len(o))?;
    let Some(value) = arguments.first() else { return Err(refusal::null_error()) };
    match search::find(o, *value, range, get)? {
        Some(index) => int::from_i64(index as i64),
        None => {
            let class = if o.has_flag(Py_TPFLAGS_LIST_SUBCLASS) { "list" } else { "tuple" };
            Err(raise!(ValueError, "{class}.index(x): x not in {class}"))
        }
    }
}
