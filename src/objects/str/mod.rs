//! `str`: CPython's compact strings (PEP 393). ASCII characters follow a `PyASCIIObject`; anything else is stored as
//! Latin-1, UCS-2 or UCS-4, whichever the widest character needs, after a `PyCompactUnicodeObject`.

mod build;
mod builder;
mod decode;
mod layout;

pub use build::{format, from_code_points, from_str, from_wide, intern};
pub use builder::Builder;
pub use decode::{from_utf8, from_utf8_replaced};
pub use layout::{Points, as_text, length, points, utf8};

use super::class;
use crate::abi::*;
use crate::runtime::{Obj, Ref, Result};
use core::hash::Hasher;

static_type! {
    /// The `str` type.
    pub PyUnicode_Type as STR {
        tp_name: c"str".as_ptr(),
        tp_basicsize: size_of::<PyUnicodeObject>() as Py_ssize_t,
        tp_dealloc: Some(dealloc_slot),
        tp_str: Some(str_slot),
        tp_hash: Some(hash_slot),
        tp_richcompare: Some(richcompare_slot),
        tp_flags: class::DEFAULTS.tp_flags | Py_TPFLAGS_UNICODE_SUBCLASS | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
    }
}

/// Whether the object is a `str` or an instance of a subclass.
#[inline]
pub fn check(o: Obj<'_>) -> bool {
    o.has_flag(Py_TPFLAGS_UNICODE_SUBCLASS)
}

/// The hash of a string's characters as they lie in memory: SipHash-1-3 with a zero key, which is CPython's under
/// `PYTHONHASHSEED=0`.
pub(crate) fn hash_bytes(bytes: &[u8]) -> isize {
    if bytes.is_empty() {
        return 0;
    }
    let mut hasher = std::hash::DefaultHasher::new();
    hasher.write(bytes);
    match hasher.finish() as isize {
        -1 => -2,
        hash => hash,
    }
}

/// The hash of a `str`, computed once.
pub fn hash(s: Obj<'_>) -> isize {
    let fields = s.cast::<PyASCIIObject>();
    // SAFETY: callers pass a str; the cached hash is a plain word, and whoever writes it writes the same value.
    unsafe {
        if (*fields).hash == -1 {
            (*fields).hash = hash_bytes(points(s).as_bytes());
        }
        (*fields).hash
    }
}

/// Whether two strings have the same characters.
pub fn equal(a: Obj<'_>, b: Obj<'_>) -> bool {
    let (a, b) = (points(a), points(b));
    a.kind() == b.kind() && a.as_bytes() == b.as_bytes()
}

/// Whether a string has the characters of this text.
pub fn is(s: Obj<'_>, text: &str) -> bool {
    points(s).iter().eq(text.chars().map(u32::from))
}

/// The order of two strings by code point.
pub fn order(a: Obj<'_>, b: Obj<'_>) -> core::cmp::Ordering {
    points(a).iter().cmp(points(b).iter())
}

fn to_str(s: Obj<'_>) -> Result<Ref> {
    if s.is_exactly(STR) { Ok(s.to_ref()) } else { build::from_points(points(s)) }
}
slot!(str_slot(s) -> *mut PyObject = to_str);

fn hash_result(s: Obj<'_>) -> Result<isize> {
    Ok(hash(s))
}
slot!(hash_slot(s) -> Py_hash_t = hash_result);

unsafe extern "C" fn richcompare_slot(a: *mut PyObject, b: *mut PyObject, op: core::ffi::c_int) -> *mut PyObject {
    use super::constants;
    // SAFETY: the slot's contract: both live.
    let (a, b) = unsafe { (Obj::from_ptr_unchecked(a), Obj::from_ptr_unchecked(b)) };
    let answer = if !check(a) || !check(b) {
        constants::NOT_IMPLEMENTED
    } else {
        constants::bool(match op {
            Py_EQ => equal(a, b),
            Py_NE => !equal(a, b),
            Py_LT => order(a, b).is_lt(),
            Py_LE => order(a, b).is_le(),
            Py_GT => order(a, b).is_gt(),
            _ => order(a, b).is_ge(),
        })
    };
    answer.to_ref().into_ptr()
}

unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract: a str nobody refers to any more.
    unsafe {
        let o = core::ptr::NonNull::new_unchecked(o);
        layout::free_buffers(o);
        crate::runtime::instance::free(o);
    }
}
