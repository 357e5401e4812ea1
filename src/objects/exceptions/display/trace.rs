//! The traceback of an exception: a line for each frame. Source files are not read.

use super::page::Page;
use crate::objects::code::traceback::{Place, places};
use crate::objects::exceptions::traceback;
use crate::objects::str;
use crate::runtime::{Obj, Ref};
use core::fmt;

/// The number of equal lines that are shown one after the other.
const REPEATED: usize = 3;

/// Shows the traceback of an exception, if it has one.
pub(super) fn show(exception: Obj<'_>, page: &mut Page<'_>) -> fmt::Result {
    match traceback(exception) {
        Some(traceback) => show_traceback(traceback.borrow(), page),
        None => Ok(()),
    }
}

/// Shows a traceback.
pub(super) fn show_traceback(traceback: Obj<'_>, page: &mut Page<'_>) -> fmt::Result {
    page.piece(format_args!("Traceback (most recent call last):\n"))?;
    let (mut before, mut count): (Option<Place>, usize) = (None, 0);
    for place in places(traceback) {
        if before.as_ref().is_none_or(|before| !before.is_same(&place)) {
            repeated(count, page)?;
            count = 0;
        }
        count += 1;
        if count <= REPEATED {
            let [file, function] = [&place.file, &place.function].map(Ref::borrow).map(str::as_text);
            page.piece(format_args!("  File \"{file}\", line {}, in {function}\n", place.line))?;
        }
        before = Some(place);
    }
    repeated(count, page)
}

/// Says how many equal lines were left out.
fn repeated(count: usize, page: &mut Page<'_>) -> fmt::Result {
    match count.saturating_sub(REPEATED) {
        0 => Ok(()),
        1 => page.piece(format_args!("  [Previous line repeated 1 more time]\n")),
        more => page.piece(format_args!("  [Previous line repeated {more} more times]\n")),
    }
}
