//! Strings in small letters, in capitals, and in other forms.

use super::builder::Builder;
use super::change::map_ascii;
use super::characters::{Mapped, fold, is_cased, is_ignorable, is_lower, is_upper, lower, title, upper};
use super::layout::{Points, Str, points};
use crate::runtime::{Ref, Result};

const SIGMA: u32 = 0x3a3;
const FINAL_SIGMA: u32 = 0x3c2;

/// Appends the characters of a mapping.
fn push(text: &mut Builder, mapped: Mapped) -> Result<()> {
    let [first, second, third] = mapped;
    text.push(first)?;
    [second, third].into_iter().filter(|&point| point != 0).try_for_each(|point| text.push(point))
}

/// The string with each character mapped, without regard to the others.
fn mapped(all: Points<'_>, map: impl Fn(u32) -> Mapped) -> Result<Ref> {
    let mut text = Builder::new();
    all.iter().try_for_each(|point| push(&mut text, map(point)))?;
    text.finish()
}

/// A character at an index in small letters. A capital sigma is another letter at the end of a word.
fn lower_at(all: Points<'_>, index: usize, point: u32) -> Mapped {
    if point != SIGMA {
        return lower(point);
    }
    let before = is_next_cased((0..index).rev().filter_map(|at| all.get(at)));
    let after = is_next_cased((index + 1..all.len()).filter_map(|at| all.get(at)));
    if before && !after { [FINAL_SIGMA, 0, 0] } else { lower(point) }
}

/// Whether the first character that is not ignorable is a letter.
fn is_next_cased(mut others: impl Iterator<Item = u32>) -> bool {
    others.find(|&point| !is_ignorable(point)).is_some_and(is_cased)
}

/// The string with each character mapped by a function that gets its index too.
fn mapped_at(all: Points<'_>, mut map: impl FnMut(usize, u32) -> Mapped) -> Result<Ref> {
    let mut text = Builder::new();
    all.iter().enumerate().try_for_each(|(index, point)| push(&mut text, map(index, point)))?;
    text.finish()
}

/// `lower()`
pub(super) fn to_lower(s: Str<'_>) -> Result<Ref> {
    match points(s) {
        Points::Ascii(ascii) => map_ascii(ascii, |byte| byte.to_ascii_lowercase()),
        all => mapped_at(all, |index, point| lower_at(all, index, point)),
    }
}

/// `upper()`
pub(super) fn to_upper(s: Str<'_>) -> Result<Ref> {
    match points(s) {
        Points::Ascii(ascii) => map_ascii(ascii, |byte| byte.to_ascii_uppercase()),
        all => mapped(all, upper),
    }
}

/// `casefold()`
pub(super) fn to_folded(s: Str<'_>) -> Result<Ref> {
    match points(s) {
        Points::Ascii(ascii) => map_ascii(ascii, |byte| byte.to_ascii_lowercase()),
        all => mapped(all, fold),
    }
}

/// `swapcase()`
pub(super) fn swap_case(s: Str<'_>) -> Result<Ref> {
    let all = points(s);
    mapped_at(all, |index, point| match point {
        _ if is_upper(point) => lower_at(all, index, point),
        _ if is_lower(point) => upper(point),
        _ => [point, 0, 0],
    })
}

/// `capitalize()`
pub(super) fn capitalize(s: Str<'_>) -> Result<Ref> {
    let all = points(s);
    mapped_at(all, |index, point| if index == 0 { title(point) } else { lower_at(all, index, point) })
}

/// `title()`
pub(super) fn to_title(s: Str<'_>) -> Result<Ref> {
    let all = points(s);
    let mut after_letter = false;
    mapped_at(all, |index, point| {
        let mapped = if after_letter { lower_at(all, index, point) } else { title(point) };
        after_letter = is_cased(point);
        mapped
    })
}
