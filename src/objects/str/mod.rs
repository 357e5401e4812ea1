//! `str`: CPython's compact strings (PEP 393). ASCII characters follow a `PyASCIIObject`; anything else is stored as
//! Latin-1, UCS-2 or UCS-4, whichever the widest character needs, after a `PyCompactUnicodeObject`.

mod build;
mod builder;
mod codec;
mod construct;
mod decode;
mod encode;
mod handler;
mod iterator;
mod layout;
mod printable;
mod protocol;
mod repr;
mod shared;
mod siphash;
pub mod words;

pub use build::{blank, format, from_code_points, from_latin1, from_message, from_name, from_str, from_wide};
pub use builder::Builder;
pub use decode::{decode, decode_ascii, decode_utf8, from_utf8, from_utf8_replaced};
pub use encode::{encode, to_ascii, to_latin1, to_utf8, to_utf8_escaped};
pub use handler::Handler;
pub use iterator::PyUnicodeIter_Type;
pub use layout::{Points, as_text, is_interned, length, points, show_point, utf8, utf8_if_any};
pub use protocol::{compare, concat, contains, exact, join, read, rich_compare, substring};
pub use shared::{empty, intern};

use super::slots;
use super::{class_call, class_defaults};
use crate::abi::*;
use crate::protocol::hash;
use crate::runtime::{Layout, Obj, Result, View};
use core::cmp::Ordering;
use core::ffi::CStr;

static_type! {
    /// The `str` type.
    pub PyUnicode_Type as STR {
        tp_name: c"str".as_ptr(),
        tp_basicsize: size_of::<PyUnicodeObject>() as Py_ssize_t,
        tp_dealloc: Some(dealloc_slot),
        tp_repr: Some(repr_slot),
        tp_as_sequence: &raw mut protocol::SEQUENCE,
        tp_as_mapping: &raw mut protocol::MAPPING,
        tp_hash: Some(hash_slot),
        tp_str: Some(str_slot),
        tp_richcompare: Some(protocol::richcompare_slot),
        tp_iter: slots::unary(iterator::over),
        tp_new: Some(construct::new_slot),
        tp_vectorcall: Some(class_call::enter_slot::<construct::Call>),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_UNICODE_SUBCLASS | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
    }
}

/// A borrowed reference to a `str`, or to an instance of a subclass. All begin as those in ASCII do.
pub type Str<'a> = View<'a, PyASCIIObject>;

// SAFETY: a type with this flag has instances that begin as those of `str` do.
unsafe impl Layout for PyASCIIObject {
    #[inline(always)]
    fn check(o: Obj<'_>) -> bool {
        o.has_flag(Py_TPFLAGS_UNICODE_SUBCLASS)
    }
}

/// Whether the object is a `str` or an instance of a subclass.
#[inline]
pub fn check(o: Obj<'_>) -> bool {
    o.has_flag(Py_TPFLAGS_UNICODE_SUBCLASS)
}

/// The hash of a string's characters as they lie in memory: SipHash-1-3 with a zero key, which is CPython's under
/// `PYTHONHASHSEED=0`.
#[inline]
pub(crate) const fn hash_bytes(bytes: &[u8]) -> isize {
    if bytes.is_empty() {
        return 0;
    }
    match siphash::siphash(bytes) as isize {
        -1 => -2,
        hash => hash,
    }
}

/// A name with its hash, which the compiler computes for a constant. Only an ASCII one is ever found by it.
#[derive(Debug, Clone, Copy)]
pub struct HashedName<'a> {
    text: &'a [u8],
    hash: isize,
}

impl<'a> HashedName<'a> {
    /// A name.
    #[inline(always)]
    pub const fn new(text: &'a str) -> Self {
        Self::from_utf8(text.as_bytes())
    }

    /// A name of bytes that should be UTF-8.
    #[inline(always)]
    pub const fn from_utf8(text: &'a [u8]) -> Self {
        HashedName { text, hash: hash_bytes(text) }
    }

    /// The characters, in what should be UTF-8.
    pub const fn text(self) -> &'a [u8] {
        self.text
    }

    /// The hash that a `str` of these characters has.
    pub const fn hash(self) -> isize {
        self.hash
    }

    /// Whether an object is exactly a `str`, of these characters.
    #[inline(always)]
    pub fn is(self, o: Obj<'_>) -> bool {
        o.is_exactly(STR) && layout::compact_ascii(o) == Some(self.text)
    }
}

/// The hash of a `str`, computed once.
pub fn hash(s: Obj<'_>) -> isize {
    debug_assert!(check(s));
    // SAFETY: a str has this layout.
    unsafe {
        hash::remembered(&raw mut (*s.cast::<PyASCIIObject>()).hash, || {
            hash_bytes(layout::compact_ascii(s).unwrap_or_else(|| points(s).as_bytes()))
        })
    }
}

/// Whether two strings have the same characters.
pub fn equal(a: Obj<'_>, b: Obj<'_>) -> bool {
    // Mostly both are.
    if let (Some(a), Some(b)) = (layout::compact_ascii(a), layout::compact_ascii(b)) {
        return a == b;
    }
    let (a, b) = (points(a), points(b));
    if a.kind() == b.kind() { a.as_bytes() == b.as_bytes() } else { a.len() == b.len() && a.iter().eq(b.iter()) }
}

/// Whether a string has the characters of this text.
pub fn is(s: Obj<'_>, text: &str) -> bool {
    points(s).iter().eq(text.chars().map(u32::from))
}

/// The order of two strings by code point.
pub fn order(a: Obj<'_>, b: Obj<'_>) -> Ordering {
    points(a).iter().cmp(points(b).iter())
}

/// The order of a string and of the Latin-1 characters of one from C (CPython: `PyUnicode_CompareWithASCIIString`). A NUL
/// in a string of more than Latin-1 ends the comparison: such a string is the greater one, if they are equal so far.
pub fn compare_latin1(s: Obj<'_>, text: &CStr) -> Ordering {
    let points = points(s);
    let text = text.to_bytes().iter().copied().map(u32::from);
    if points.kind() == 1 {
        return points.iter().cmp(text);
    }
    match points.iter().zip(text.clone()).find(|(own, other)| *own == 0 || own != other) {
        Some((0, _)) => Ordering::Greater,
        Some((own, other)) => own.cmp(&other),
        None => points.len().cmp(&text.len()),
    }
}

slot!(str_slot(s) -> *mut PyObject = exact);
slot!(repr_slot(s) -> *mut PyObject = repr::repr);

fn hash_result(s: Obj<'_>) -> Result<isize> {
    Ok(hash(s))
}
slot!(hash_slot(s) -> Py_hash_t = hash_result);

unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract: a str nobody refers to any more.
    unsafe {
        let o = core::ptr::NonNull::new_unchecked(o);
        layout::free_buffers(o);
        crate::runtime::instance::free_often(o);
    }
}
