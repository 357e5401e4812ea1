//! The operators and methods that `bytes` and `bytearray` share, as functions of their bytes.

pub mod argument;
mod case;
pub mod hex;
pub mod replace;
mod search;
pub mod shown;
mod split;
mod text;
mod trim;

use super::slots;
use crate::abi::*;
use crate::runtime::{Layout, Obj, Ref, Result, View};

/// A type of byte strings: `bytes` or `bytearray`.
pub trait Kind: Layout + Sized {
    /// Passes an object's bytes to a function.
    ///
    /// # Safety
    /// The function runs no code of the program, which could change the bytes.
    unsafe fn with<T>(o: View<'_, Self>, work: impl FnOnce(&[u8]) -> T) -> T;

    /// A new object of some bytes, which are all zero before the function writes them.
    fn build(length: usize, write: impl FnOnce(&mut [u8])) -> Result<Ref>;

    /// An object with these bytes.
    fn of(bytes: &[u8]) -> Result<Ref>;

    /// The object itself, where a method has nothing to change and the type can't be changed either.
    fn unchanged(o: View<'_, Self>) -> Option<Ref>;

    /// The separator of `partition`, in the type in which the result has it.
    fn separator(o: Obj<'_>, bytes: &[u8]) -> Result<Ref>;
}

/// The number of methods that both types have.
pub const COUNT: usize = 41;

/// The methods that both types have.
pub const fn methods<K: Kind>() -> [PyMethodDef; COUNT] {
    [
        slots::method_noargs(c"capitalize", case::capitalize::<K>),
        slots::method_fastcall(c"center", trim::center::<K>),
        slots::method_fastcall(c"count", search::count::<K>),
        slots::method_keywords(c"decode", text::decode::<K>),
        slots::method_fastcall(c"endswith", search::ends_with::<K>),
        slots::method_keywords(c"expandtabs", trim::expand_tabs::<K>),
        slots::method_fastcall(c"find", search::find::<K>),
        slots::method_keywords(c"hex", text::hex_method::<K>),
        slots::method_fastcall(c"index", search::index::<K>),
        slots::method_noargs(c"isalnum", case::is_alnum::<K>),
        slots::method_noargs(c"isalpha", case::is_alpha::<K>),
        slots::method_noargs(c"isascii", case::is_ascii::<K>),
        slots::method_noargs(c"isdigit", case::is_digit::<K>),
        slots::method_noargs(c"islower", case::is_lower::<K>),
        slots::method_noargs(c"isspace", case::is_spaces::<K>),
        slots::method_noargs(c"istitle", case::is_title::<K>),
        slots::method_noargs(c"isupper", case::is_upper::<K>),
        slots::method_o(c"join", replace::join::<K>),
        slots::method_fastcall(c"ljust", trim::ljust::<K>),
        slots::method_noargs(c"lower", case::lower::<K>),
        slots::method_fastcall(c"lstrip", trim::lstrip::<K>),
        slots::method_o(c"partition", split::partition::<K>),
        slots::method_o(c"removeprefix", trim::remove_prefix::<K>),
        slots::method_o(c"removesuffix", trim::remove_suffix::<K>),
        slots::method_fastcall(c"replace", replace::replace::<K>),
        slots::method_fastcall(c"rfind", search::rfind::<K>),
        slots::method_fastcall(c"rindex", search::rindex::<K>),
        slots::method_fastcall(c"rjust", trim::rjust::<K>),
        slots::method_o(c"rpartition", split::rpartition::<K>),
        slots::method_keywords(c"rsplit", split::rsplit::<K>),
        slots::method_fastcall(c"rstrip", trim::rstrip::<K>),
        slots::method_keywords(c"split", split::split::<K>),
        slots::method_keywords(c"splitlines", split::split_lines::<K>),
        slots::method_fastcall(c"startswith", search::starts_with::<K>),
        slots::method_fastcall(c"strip", trim::strip::<K>),
        slots::method_noargs(c"swapcase", case::swap_case::<K>),
        slots::method_noargs(c"title", case::title::<K>),
        slots::method_keywords(c"translate", replace::translate::<K>),
        slots::method_noargs(c"upper", case::upper::<K>),
        slots::method_o(c"zfill", trim::zfill::<K>),
        PyMethodDef { ml_flags: METH_O | METH_CLASS, ..slots::method_o(c"fromhex", text::from_hex::<K>) },
    ]
}

/// Both tables as one, which ends with a row without a name.
pub const fn joined<const MORE: usize, const ALL: usize>(
    shared: [PyMethodDef; COUNT],
    more: [PyMethodDef; MORE],
) -> [PyMethodDef; ALL] {
    const { assert!(ALL == COUNT + MORE + 1) };
    let mut all = [PyMethodDef::END; ALL];
    let mut at = 0;
    while at < COUNT + MORE {
        all[at] = if at < COUNT { shared[at] } else { more[at - COUNT] };
        at += 1;
    }
    all
}
