//! The methods that answer a question about all characters.

use crate::abi::PyMethodDef;
use crate::objects::slots;
use crate::objects::str::classes::{
    is_all_alnum, is_all_alpha, is_all_ascii, is_all_decimal, is_all_digit, is_all_lower, is_all_numeric,
    is_all_printable, is_all_space, is_all_title, is_all_upper, is_identifier,
};
use crate::runtime::known;

pub(super) const ROWS: [PyMethodDef; 12] = [
    slots::method_noargs(c"isascii", |s| Ok(known::bool(is_all_ascii(s)).to_ref())),
    slots::method_noargs(c"islower", |s| Ok(known::bool(is_all_lower(s)).to_ref())),
    slots::method_noargs(c"isupper", |s| Ok(known::bool(is_all_upper(s)).to_ref())),
    slots::method_noargs(c"istitle", |s| Ok(known::bool(is_all_title(s)).to_ref())),
    slots::method_noargs(c"isspace", |s| Ok(known::bool(is_all_space(s)).to_ref())),
    slots::method_noargs(c"isdecimal", |s| Ok(known::bool(is_all_decimal(s)).to_ref())),
    slots::method_noargs(c"isdigit", |s| Ok(known::bool(is_all_digit(s)).to_ref())),
    slots::method_noargs(c"isnumeric", |s| Ok(known::bool(is_all_numeric(s)).to_ref())),
    slots::method_noargs(c"isalpha", |s| Ok(known::bool(is_all_alpha(s)).to_ref())),
    slots::method_noargs(c"isalnum", |s| Ok(known::bool(is_all_alnum(s)).to_ref())),
    slots::method_noargs(c"isidentifier", |s| Ok(known::bool(is_identifier(s)).to_ref())),
    slots::method_noargs(c"isprintable", |s| Ok(known::bool(is_all_printable(s)).to_ref())),
];
