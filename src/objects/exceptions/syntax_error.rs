//! SyntaxError: a message, and where in a source the error is.

use super::display::{ClassStyle, Page, Shown};
use super::{Behaviour, instance};
use crate::abi::*;
use crate::objects::{constants, int, object, sequence, str, tuple};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Field, Obj, Ref, Result, error, raise};
use core::fmt::{self, Write};
use core::mem::offset_of;
use core::ops::Range;

pub(super) const SYNTAX_ERROR: Behaviour = Behaviour {
    size: size_of::<PySyntaxErrorObject>(),
    init: Some(init_slot),
    str: Some(str_slot),
    members: (&raw mut MEMBERS).cast(),
    ..instance::PLAIN
};

static mut MEMBERS: [PyMemberDef; 10] = [
    PyMemberDef::object(c"msg", offset_of!(PySyntaxErrorObject, msg)),
    PyMemberDef::object(c"filename", offset_of!(PySyntaxErrorObject, filename)),
    PyMemberDef::object(c"lineno", offset_of!(PySyntaxErrorObject, lineno)),
    PyMemberDef::object(c"offset", offset_of!(PySyntaxErrorObject, offset)),
    PyMemberDef::object(c"text", offset_of!(PySyntaxErrorObject, text)),
    PyMemberDef::object(c"end_lineno", offset_of!(PySyntaxErrorObject, end_lineno)),
    PyMemberDef::object(c"end_offset", offset_of!(PySyntaxErrorObject, end_offset)),
    PyMemberDef::object(c"print_file_and_line", offset_of!(PySyntaxErrorObject, print_file_and_line)),
    PyMemberDef::object(c"_metadata", offset_of!(PySyntaxErrorObject, metadata)),
    PyMemberDef::END,
];

fn init(exception: Obj<'_>, args: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<()> {
    instance::init(exception, args, keywords)?;
    if let Some(message) = tuple::items(args).first() {
        field!(exception, PySyntaxErrorObject, msg).set(Some(message.to_ref()));
    }
    match tuple::items(args) {
        [_, place] => set_place(exception, sequence::to_tuple(*place)?.borrow()),
        _ => Ok(()),
    }
}
init_slot!(init_slot = init);

/// Takes over where the error is: filename, line, offset and text, and perhaps where it ends.
fn set_place(exception: Obj<'_>, place: Obj<'_>) -> Result<()> {
    let items = tuple::items(place);
    if !(4..=7).contains(&items.len()) {
        let (bound, limit) = if items.len() < 4 { ("least", 4) } else { ("most", 7) };
        let given = items.len();
        return Err(raise!(TypeError, "function takes at {bound} {limit} arguments ({given} given)"));
    }
    let fields = [
        field!(exception, PySyntaxErrorObject, filename),
        field!(exception, PySyntaxErrorObject, lineno),
        field!(exception, PySyntaxErrorObject, offset),
        field!(exception, PySyntaxErrorObject, text),
        field!(exception, PySyntaxErrorObject, end_lineno),
        field!(exception, PySyntaxErrorObject, end_offset),
        field!(exception, PySyntaxErrorObject, metadata),
    ];
    for (i, field) in fields.into_iter().enumerate() {
        field.set(items.get(i).map(|item| item.to_ref()));
    }
    if items.len() == 5 {
        return Err(raise!(TypeError, "end_offset must be provided when end_lineno is provided"));
    }
    Ok(())
}

/// The message, and in brackets the file without its directory and the line, as far as they are known.
fn text(exception: Obj<'_>) -> Result<Ref> {
    let message = field!(exception, PySyntaxErrorObject, msg).get();
    let message = object::to_str(message.as_ref().map_or(constants::NONE, Ref::borrow))?;
    let filename = field!(exception, PySyntaxErrorObject, filename).get();
    let filename = filename.filter(|filename| str::check(filename.borrow()));
    let line = field!(exception, PySyntaxErrorObject, lineno).get();
    let line = line.filter(|line| line.borrow().is_exactly(int::INT));
    if filename.is_none() && line.is_none() {
        return Ok(message);
    }
    let mut text = str::Builder::new();
    text.push_object(message.borrow())?;
    text.push_str(" (")?;
    if let Some(filename) = &filename {
        let points = str::points(filename.borrow());
        let directory = points.iter().enumerate().filter(|(_, point)| *point == u32::from('/')).last();
        text.extend(points.iter().skip(directory.map_or(0, |(slash, _)| slash + 1)))?;
    }
    if let Some(line) = line {
        // A line that is no C long is shown as -1.
        let line = int::view(line.borrow()).to_i64().unwrap_or(-1);
        let comma = if filename.is_some() { ", " } else { "" };
        text.push_format(format_args!("{comma}line {line}"))?;
    }
    text.push_str(")")?;
    text.finish()
}
slot!(str_slot(exception) -> *mut PyObject = text);

/// A field that is there, and not None.
fn present(field: &Field) -> Option<Ref> {
    field.get().filter(|value| !value.borrow().is(constants::NONE))
}

/// A field that is there and true.
fn truthy(field: &Field) -> Option<Ref> {
    field.get().filter(|value| {
        object::truth(value.borrow()).unwrap_or_else(|_| {
            error::clear();
            false
        })
    })
}

/// `str()` of a field for people.
fn shown(value: &Ref) -> Shown {
    Shown::of(object::to_str(value.borrow()), "<exception str() failed>")
}

/// An `int` as a position; one out of bounds is as good as the bound.
fn position(value: Option<Ref>) -> Option<i64> {
    let value = value.filter(|value| int::check(value.borrow()))?;
    let number = int::view(value.borrow());
    Some(number.to_i64().unwrap_or(if number.negative { i64::MIN } else { i64::MAX }))
}

/// Shows where the error is, the line with carets under the place, then the class and the message.
pub(super) fn show(exception: Obj<'_>, page: &mut Page<'_>) -> fmt::Result {
    let filename = field!(exception, PySyntaxErrorObject, filename);
    let line = present(field!(exception, PySyntaxErrorObject, lineno));
    let text = present(field!(exception, PySyntaxErrorObject, text)).filter(|text| str::check(text.borrow()));
    let place = text.as_ref().and_then(|text| Place::of(exception, str::points(text.borrow())));
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
    page.class(exception.class(), ClassStyle::Part)?;
    let message = truthy(field!(exception, PySyntaxErrorObject, msg));
    let message = message.map_or(Shown::Failed("<no detail available>"), |message| shown(&message));
    match present(filename).filter(|_| line.is_none()) {
        Some(filename) => page.piece(format_args!(": {message} ({})\n", shown(&filename))),
        None => page.piece(format_args!(": {message}\n")),
    }
}

/// Shows the error as CPython does when its own way of showing fails: its line is always 0 there.
pub(super) fn show_plainly(exception: Obj<'_>, page: &mut Page<'_>) -> fmt::Result {
    let filename = present(field!(exception, PySyntaxErrorObject, filename));
    let filename = filename.map_or(Shown::Failed("<string>"), |filename| shown(&filename));
    page.piece(format_args!("  File \"{filename}\", line 0\n"))?;
    page.class(exception.class(), ClassStyle::Pieces)?;
    page.piece(format_args!(": "))?;
    page.piece(format_args!("{}", Shown::of(object::to_str(exception), "<exception str() failed>")))?;
    page.piece(format_args!("\n"))
}

/// The line of a source that an error is in.
struct Place<'a> {
    text: str::Points<'a>,
    /// Where the line begins and ends, without the space before it and the newlines after it.
    line: Range<usize>,
    /// Which part of the line is at fault.
    carets: Option<Range<usize>>,
}

impl<'a> Place<'a> {
    fn of(exception: Obj<'_>, text: str::Points<'a>) -> Option<Self> {
        let is = |point: u32, characters: &str| char::from_u32(point).is_some_and(|point| characters.contains(point));
        let trailing = text.iter().fold(0, |trailing, point| if is(point, "\n") { trailing + 1 } else { 0 });
        let kept = text.len() - trailing;
        let spaces = text.iter().take(kept).take_while(|point| is(*point, " \n\x0c")).count();
        let offset = present(field!(exception, PySyntaxErrorObject, offset));
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
        // Space that is not a plain one is kept, so that the carets stand where they should.
        let below = |point: char| if point.is_whitespace() { point } else { ' ' };
        line().take(carets.start).try_for_each(|point| page.write_char(below(point)))?;
        carets.into_iter().try_for_each(|_| page.write_char('^'))?;
        page.piece(format_args!("\n"))
    }
}

/// From where to where the carets go, counted from one in the line as it was given.
fn columns(exception: Obj<'_>, offset: i64, length: i64, kept: i64) -> (i64, i64) {
    let line = present(field!(exception, PySyntaxErrorObject, lineno));
    let end_line = present(field!(exception, PySyntaxErrorObject, end_lineno));
    let same_line = match (&line, &end_line) {
        (Some(line), Some(end_line)) => same_text(line, end_line),
        (line, end_line) => line.is_none() && end_line.is_none(),
    };
    let end = match position(present(field!(exception, PySyntaxErrorObject, end_offset))) {
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
    match (object::to_str(a.borrow()), object::to_str(b.borrow())) {
        (Ok(a), Ok(b)) => str::equal(a.borrow(), b.borrow()),
        _ => {
            error::clear();
            false
        }
    }
}
