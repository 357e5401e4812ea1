//! Tables of methods that are made of two parts, because several types have one of them.

use crate::abi::PyMethodDef;

/// Both parts as one table, which ends with a row without a name.
pub const fn joined<const FIRST: usize, const MORE: usize, const ALL: usize>(
    first: [PyMethodDef; FIRST],
    more: [PyMethodDef; MORE],
) -> [PyMethodDef; ALL] {
    const { assert!(ALL == FIRST + MORE + 1) };
    let mut all = [PyMethodDef::END; ALL];
    let mut at = 0;
    while at < FIRST + MORE {
        all[at] = if at < FIRST { first[at] } else { more[at - FIRST] };
        at += 1;
    }
    all
}
