//! Questions about all characters of a string.

use super::characters::{
    decimal, digit, is_alnum, is_alpha, is_id_continue, is_id_start, is_lower, is_numeric, is_space, is_title, is_upper,
};
use super::layout::{Points, Str, points};
use super::printable::is_printable;

/// Whether there are characters, and all belong to a class.
fn all(s: Str<'_>, belongs: impl Fn(u32) -> bool) -> bool {
    let all = points(s);
    !all.is_empty() && all.iter().all(belongs)
}

/// `isalpha()`
pub(super) fn is_all_alpha(s: Str<'_>) -> bool {
    all(s, is_alpha)
}

/// `isalnum()`
pub(super) fn is_all_alnum(s: Str<'_>) -> bool {
    all(s, is_alnum)
}

/// `isascii()`
pub(super) fn is_all_ascii(s: Str<'_>) -> bool {
    matches!(points(s), Points::Ascii(_))
}

/// `isdecimal()`
pub(super) fn is_all_decimal(s: Str<'_>) -> bool {
    all(s, |point| decimal(point).is_some())
}

/// `isdigit()`
pub(super) fn is_all_digit(s: Str<'_>) -> bool {
    all(s, |point| digit(point).is_some())
}

/// `isnumeric()`
pub(super) fn is_all_numeric(s: Str<'_>) -> bool {
    all(s, is_numeric)
}

/// `isspace()`
pub(super) fn is_all_space(s: Str<'_>) -> bool {
    all(s, is_space)
}

/// `isprintable()`
pub(super) fn is_all_printable(s: Str<'_>) -> bool {
    points(s).iter().all(is_printable)
}

/// `isidentifier()` (CPython: `PyUnicode_IsIdentifier`).
pub fn is_identifier(s: Str<'_>) -> bool {
    let mut all = points(s).iter();
    all.next().is_some_and(is_id_start) && all.all(is_id_continue)
}

/// `islower()`
pub(super) fn is_all_lower(s: Str<'_>) -> bool {
    points(s).iter().any(is_lower) && !points(s).iter().any(|point| is_upper(point) || is_title(point))
}

/// `isupper()`
pub(super) fn is_all_upper(s: Str<'_>) -> bool {
    points(s).iter().any(is_upper) && !points(s).iter().any(|point| is_lower(point) || is_title(point))
}

/// `istitle()`: capitals begin words, and only they do.
pub(super) fn is_all_title(s: Str<'_>) -> bool {
    let (mut after_letter, mut any) = (false, false);
    for point in points(s).iter() {
        let is_first = is_upper(point) || is_title(point);
        if is_first == after_letter && (is_first || is_lower(point)) {
            return false;
        }
        after_letter = is_first || is_lower(point);
        any |= after_letter;
    }
    any
}
