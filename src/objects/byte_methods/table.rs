//! The table of methods that both types have.

use super::{Kind, case, replace, search, split, text, trim};
use crate::abi::*;
use crate::objects::slots;

/// The number of methods that both types have.
pub const COUNT: usize = 41;

/// The methods that both types have.
pub const fn methods<K: Kind>() -> [PyMethodDef; COUNT] {
    [
        slots::method_noargs(c"capitalize", case::capitalize::<K>),
        slots::method_fastcall(c"center", trim::center::<K>),
        slots::method_fastcall(c"count", search::count::<K>),
        slots::method_named(c"decode", text::decode::<K>),
        slots::method_fastcall(c"endswith", search::ends_with::<K>),
        slots::method_named(c"expandtabs", trim::expand_tabs::<K>),
        slots::method_fastcall(c"find", search::find::<K>),
        slots::method_named(c"hex", text::hex_method::<K>),
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
        slots::method_named(c"rsplit", split::rsplit::<K>),
        slots::method_fastcall(c"rstrip", trim::rstrip::<K>),
        slots::method_named(c"split", split::split::<K>),
        slots::method_named(c"splitlines", split::split_lines::<K>),
        slots::method_fastcall(c"startswith", search::starts_with::<K>),
        slots::method_fastcall(c"strip", trim::strip::<K>),
        slots::method_noargs(c"swapcase", case::swap_case::<K>),
        slots::method_noargs(c"title", case::title::<K>),
        slots::method_named(c"translate", replace::translate::<K>),
        slots::method_noargs(c"upper", case::upper::<K>),
        slots::method_o(c"zfill", trim::zfill::<K>),
        PyMethodDef { ml_flags: METH_O | METH_CLASS, ..slots::method_o(c"fromhex", text::from_hex::<K>) },
    ]
}
