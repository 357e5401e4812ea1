//! SyntaxError: a message, and the place of the error in a source.

use super::behaviour::Behaviour;
use super::instance;
use super::layout::{Exception, Syntax};
use crate::abi::*;
use crate::objects::convert;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{constants, int, slots, str, tuple};
use crate::protocol::text;
use crate::runtime::{Ref, Result, raise};
use core::mem::offset_of;

pub(super) const SYNTAX_ERROR: Behaviour = Behaviour {
    init: slots::init(init),
    str: slots::unary(text),
    members: (&raw mut MEMBERS).cast(),
    ..Behaviour::of_layout::<Syntax>()
};

static mut MEMBERS: [PyMemberDef; 10] = [
    PyMemberDef::object(c"msg", offset_of!(Syntax, msg)),
    PyMemberDef::object(c"filename", offset_of!(Syntax, filename)),
    PyMemberDef::object(c"lineno", offset_of!(Syntax, lineno)),
    PyMemberDef::object(c"offset", offset_of!(Syntax, offset)),
    PyMemberDef::object(c"text", offset_of!(Syntax, text)),
    PyMemberDef::object(c"end_lineno", offset_of!(Syntax, end_lineno)),
    PyMemberDef::object(c"end_offset", offset_of!(Syntax, end_offset)),
    PyMemberDef::object(c"print_file_and_line", offset_of!(Syntax, print_file_and_line)),
    PyMemberDef::object(c"_metadata", offset_of!(Syntax, metadata)),
    PyMemberDef::END,
];

fn init(exception: Exception<'_, Syntax>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    instance::init(exception.as_exception(), args, keywords)?;
    if let Some(message) = tuple::items(args).first() {
        exception.cells().msg.set(Some(message.to_ref()));
    }
    match tuple::items(args) {
        [_, place] => set_place(exception, convert::to_tuple(*place)?.borrow()),
        _ => Ok(()),
    }
}

/// Sets the place of the error: filename, line, offset and text, and optionally the end line and end offset.
fn set_place(exception: Exception<'_, Syntax>, place: Tuple<'_>) -> Result<()> {
    let items = tuple::items(place);
    if !(4..=7).contains(&items.len()) {
        let (bound, limit) = if items.len() < 4 { ("least", 4) } else { ("most", 7) };
        let given = items.len();
        return Err(raise!(TypeError, "function takes at {bound} {limit} arguments ({given} given)"));
    }
    let cells = exception.cells();
    let fields = [
        &cells.filename,
        &cells.lineno,
        &cells.offset,
        &cells.text,
        &cells.end_lineno,
        &cells.end_offset,
        &cells.metadata,
    ];
    for (i, field) in fields.into_iter().enumerate() {
        field.set(items.get(i).map(|item| item.to_ref()));
    }
    if items.len() == 5 {
        return Err(raise!(TypeError, "end_offset must be provided when end_lineno is provided"));
    }
    Ok(())
}

/// The message, followed in parentheses by the file name without its directory and the line, as far as they are known.
fn text(exception: Exception<'_, Syntax>) -> Result<Ref> {
    let message = exception.cells().msg.get();
    let message = text::to_str(message.as_ref().map_or(constants::NONE, Ref::borrow))?;
    let filename = exception.cells().filename.get();
    let filename = filename.filter(|filename| str::check(filename.borrow()));
    let line = exception.cells().lineno.get();
    let line = line.filter(|line| line.borrow().is_exactly(int::INT));
    if filename.is_none() && line.is_none() {
        return Ok(message);
    }
    let mut text = str::Builder::new();
    text.push_object(message.borrow())?;
    text.push_str(" (")?;
    if let Some(filename) = filename.as_ref().and_then(|filename| filename.borrow().downcast()) {
        let points = str::points(filename);
        let directory = points.iter().enumerate().filter(|(_, point)| *point == u32::from('/')).last();
        text.extend(points.iter().skip(directory.map_or(0, |(slash, _)| slash + 1)))?;
    }
    if let Some(line) = line {
        // A line that does not fit into a C long is shown as -1.
        let line = line.borrow().downcast().and_then(|line| int::number(line).to_i64()).unwrap_or(-1);
        let comma = if filename.is_some() { ", " } else { "" };
        text.push_format(format_args!("{comma}line {line}"))?;
    }
    text.push_str(")")?;
    text.finish()
}
