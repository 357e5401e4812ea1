//! A SyntaxError as it is shown: the line of the source, with carets below the place.

use super::page::{ClassStyle, Page, Shown};
use crate::objects::exceptions::layout::{Exception, Syntax};
use crate::objects::{constants, int, str};
use crate::protocol::{text, truth};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Field, Ref, error};
use core::fmt::{self, Write};
use core::ops::Range;

/// The value of a field, unless it is NULL or None.
fn present(field: &Field) -> Option<Ref> {
    field.get().filter(|value| !value.borrow().is(constants::NONE))
}

/// The value of a field, if it is true.
fn truthy(field: &Field) -> Option<Ref> {
    field.get().filter(|value| {
        truth::truth(value.borrow()).unwrap_or_else(|_| {
            error::clear();
            false
        })
    })
}

/// `str()` of a field's value.
fn shown(value: &Ref) -> Shown {
    Shown::of(text::to_str(value.borrow()), "<exception str() failed>")
}

/// An `int` as a position, clamped to the bounds of `i64`.
fn position(value: Option<Ref>) -> Option<i64> {
    let value = value?;
    let number = int::number(value.borrow().downcast()?);
    Some(number.to_i64().unwrap_or(if number.negative { i64::MIN } else { i64::MAX }))
}

/// Shows the place of the error, the line with carets below it, then the class and the message.
pub(super) fn show(exception: Exception<'_, Syntax>, page: &mut Page<'_>) -> fmt::Result {
    let filename = &exception.cells().filename;
    let line = present(&exception.cells().lineno);
    let text = present(&exception.cells().text).filter(|text| str::check(text.borrow()));
    let place = text.as_ref().and_then(|text| Place::of(exception, str::points(text.borrow().downcast()?)));
    if place.as_ref().is_some_and(|place| !place.fits()) {
        return show_plainly(exception, page);
    }
    if let Some(line) = &line {
        let filename = truthy(filename).map_or(Shown::Failed("<string>"), |filename| shown(&filename));
        page.piece(format_args!("  File \"{filename}\", line {}\n", shown(line)))?;
    }
    if let Some(place) = place {
        place.show(page)?;
    }
    page.class(exception.as_obj().class(), ClassStyle::Part)?;
    let message = truthy(&exception.cells().msg);
    let message = message.map_or(Shown::Failed("<no detail available>"), |message| shown(&message));
    match present(filename).filter(|_| line.is_none()) {
        Some(filename) => page.piece(format_args!(": {message} ({})\n", shown(&filename))),
        None => page.piece(format_args!(": {message}\n")),
    }
}

/// Shows the error as CPython's C code does when its Python code fails. The line is always 0 there.
pub(super) fn show_plainly(exception: Exception<'_, Syntax>, page: &mut Page<'_>) -> fmt::Result {
    let filename = present(&exception.cells().filename);
    let filename = filename.map_or(Shown::Failed("<string>"), |filename| shown(&filename));
    page.piece(format_args!("  File \"{filename}\", line 0\n"))?;
    page.class(exception.as_obj().class(), ClassStyle::Pieces)?;
    page.piece(format_args!(": "))?;
    page.piece(format_args!("{}", Shown::of(text::to_str(exception.as_obj()), "<exception str() failed>")))?;
    page.piece(format_args!("\n"))
}

/// The line of a source that contains the error.
struct Place<'a> {
    text: str::Points<'a>,
    /// The range of the line, without leading blanks and trailing newlines.
    line: Range<usize>,
    /// The part of the line that is underlined.
    carets: Option<Range<usize>>,
}

impl<'a> Place<'a> {
    fn of(exception: Exception<'_, Syntax>, text: str::Points<'a>) -> Option<Self> {
        let is = |point: u32, characters: &str| char::from_u32(point).is_some_and(|point| characters.contains(point));
        let trailing = text.iter().fold(0, |trailing, point| if is(point, "\n") { trailing + 1 } else { 0 });
        let kept = text.len() - trailing;
        let spaces = text.iter().take(kept).take_while(|point| is(*point, " \n\x0c")).count();
        let offset = present(&exception.cells().offset);
        if offset.as_ref().is_some_and(|offset| !int::check(offset.borrow())) {
            return None;
        }
        let carets = position(offset).and_then(|offset| {
            let (start, end) = columns(exception, offset, text.len() as i64, kept as i64);
            let start = usize::try_from(start - 1 - spaces as i64).ok()?;
            Some(start..usize::try_from(end - 1 - spaces as i64).unwrap_or(start + 1))
        });
        Some(Place { text, line: spaces..kept, carets })
    }

    /// Whether there is memory for the carets, which may be far more than the line has characters. CPython makes them
    /// before it shows anything.
    fn fits(&self) -> bool {
        memory::reserve(&mut Array::<u8>::new_in(Malloc), self.carets.as_ref().map_or(0, Range::len)).is_ok() || {
            error::clear();
            false
        }
    }

    fn show(&self, page: &mut Page<'_>) -> fmt::Result {
        let points = || self.text.iter().take(self.line.end).skip(self.line.start);
        let line = || points().map(|point| char::from_u32(point).unwrap_or('\u{FFFD}'));
        page.write_str("    ")?;
        points().try_for_each(|point| str::show_point(page, point))?;
        page.piece(format_args!("\n"))?;
        let Some(carets) = self.carets.clone() else { return Ok(()) };
        page.write_str("    ")?;
        // Other white space than blanks is kept, so that the carets are below the right characters.
        let below = |point: char| if point.is_whitespace() { point } else { ' ' };
        line().take(carets.start).try_for_each(|point| page.write_char(below(point)))?;
        carets.into_iter().try_for_each(|_| page.write_char('^'))?;
        page.piece(format_args!("\n"))
    }
}

/// The first column of the carets and the column after the last, counted from one in the original line.
fn columns(exception: Exception<'_, Syntax>, offset: i64, length: i64, kept: i64) -> (i64, i64) {
    let line = present(&exception.cells().lineno);
    let end_line = present(&exception.cells().end_lineno);
    let same_line = match (&line, &end_line) {
        (Some(line), Some(end_line)) => same_text(line, end_line),
        (line, end_line) => line.is_none() && end_line.is_none(),
    };
    let end = match position(present(&exception.cells().end_offset)) {
        Some(end) if same_line && end != 0 => end,
        _ if same_line => offset,
        _ => kept + 1,
    };
    let clip = |position| if length > 0 && position > length { kept + 1 } else { position };
    let (start, end) = (clip(offset).clamp(-1, i64::MAX - 2), clip(end).min(i64::MAX - 2));
    (start, if start >= end || end < 0 { start + 1 } else { end })
}

/// Whether two objects have the same `str()`.
fn same_text(a: &Ref, b: &Ref) -> bool {
    match (text::to_str(a.borrow()), text::to_str(b.borrow())) {
        (Ok(a), Ok(b)) => a.borrow().downcast().zip(b.borrow().downcast()).is_some_and(|(a, b)| str::equal(a, b)),
        _ => {
            error::clear();
            false
        }
    }
}
