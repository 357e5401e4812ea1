//! The text of an uncaught exception: its class, message and notes, its causes and contexts, and the members of a
//! group. The text is CPython's, but for the lines of source files in a traceback.
//!
//! Nothing here raises. A fixed text takes the place of a part that can't be shown. Without memory for the outline of a
//! chain, the exception is shown without its causes.

mod outline;
mod page;
mod syntax;
mod trace;

pub use page::{ClassStyle, Screen, Shown};

use super::indicator::fetch;
use super::layout::is_instance;
use crate::objects::attributes;
use crate::protocol::text;
use outline::{Link, Outline};
use page::{Page, STR_FAILED};

use crate::objects::{constants, list, str, tuple};
use crate::runtime::{Obj, error};

use core::fmt;

/// The most exceptions of a group that are shown.
const WIDEST: usize = 15;
/// The deepest nesting of groups that is shown.
const DEEPEST: usize = 10;

/// Shows an exception with its causes and members, each part on lines of its own. The error indicator is clear before
/// and after, except for an error that the screen raises.
pub fn show(exception: Obj<'_>, out: &mut dyn Screen) -> fmt::Result {
    if !is_instance(exception) {
        return show_plainly(exception, out);
    }
    let mut page = Page::new(out);
    match Outline::of(exception) {
        Ok(outline) => page.chain(&outline, 0),
        Err(_) => {
            error::clear();
            page.exception(exception)
        }
    }
}

/// Shows an exception as CPython does when a first try to show it has failed: without notes and members.
pub fn show_plainly(exception: Obj<'_>, out: &mut dyn Screen) -> fmt::Result {
    let mut page = Page::new(out);
    if !is_instance(exception) {
        page.piece(format_args!("TypeError: print_exception(): Exception expected for value, "))?;
        page.piece(format_args!("{}", exception.class().name()))?;
        return page.piece(format_args!(" found\n"));
    }
    match Outline::of(exception) {
        Ok(outline) => page.plain_chain(&outline),
        Err(_) => {
            error::clear();
            page.plain(exception)
        }
    }
}

/// Shows the class and the text of an exception on a line.
pub fn show_line(exception: Obj<'_>, out: &mut dyn Screen) -> fmt::Result {
    let mut page = Page::new(out);
    trace::show(exception, &mut page)?;
    page.class(exception.class(), ClassStyle::Ignored)?;
    page.piece(format_args!(": "))?;
    page.piece_or(Shown::of(text::to_str(exception), STR_FAILED), STR_FAILED)?;
    page.piece(format_args!("\n"))
}

/// Shows a traceback (CPython: `PyTraceBack_Print`).
pub fn show_traceback(traceback: Obj<'_>, out: &mut dyn Screen) -> fmt::Result {
    trace::show_traceback(traceback, &mut Page::new(out))
}

/// Shows an object by its repr.
pub fn show_repr(o: Obj<'_>, out: &mut dyn Screen) -> fmt::Result {
    const FAILED: &str = "<object repr() failed>";
    Page::new(out).piece_or(Shown::of(text::repr(o), FAILED), FAILED)
}

/// Shows one piece.
pub fn show_piece(out: &mut dyn Screen, piece: fmt::Arguments<'_>) -> fmt::Result {
    out.write_fmt(piece)?;
    out.end_piece()
}

impl Page<'_> {
    /// A line of a group's frame.
    fn frame(&mut self, arguments: fmt::Arguments<'_>) -> fmt::Result {
        writeln!(self.out, "{:width$}{arguments}", "", width = 2 * self.depth)?;
        self.at_start = true;
        self.out.end_piece()
    }

    /// An exception after its causes and contexts, the farthest first.
    fn chain(&mut self, outline: &Outline, last: usize) -> fmt::Result {
        let mut index = outline.farthest(last);
        loop {
            self.one(outline, index)?;
            let Some((link, next)) = outline.get(index).and_then(|node| node.next).filter(|_| index != last) else {
                return Ok(());
            };
            self.piece(format_args!("\n{}\n\n", sentence(link)))?;
            index = next;
        }
    }

    /// An exception after its causes and contexts, each on one line.
    fn plain_chain(&mut self, outline: &Outline) -> fmt::Result {
        let mut index = outline.farthest(0);
        while let Some(node) = outline.get(index) {
            self.plain(node.exception.borrow())?;
            let Some((link, next)) = node.next.filter(|_| index != 0) else { break };
            self.piece(format_args!("\n"))?;
            self.piece(format_args!("{}\n", sentence(link)))?;
            self.piece(format_args!("\n"))?;
            index = next;
        }
        Ok(())
    }

    /// The class and the message of an exception.
    fn plain(&mut self, exception: Obj<'_>) -> fmt::Result {
        trace::show(exception, self)?;
        if let Some(exception) = exception.downcast() {
            return syntax::show_plainly(exception, self);
        }
        self.class(exception.class(), ClassStyle::Pieces)?;
        let message = Shown::of(text::to_str(exception), STR_FAILED);
        if !message.is_empty() {
            self.piece(format_args!(": "))?;
        }
        self.piece(format_args!("{message}"))?;
        self.piece(format_args!("\n"))
    }

    /// An exception, with its members if it is a group.
    fn one(&mut self, outline: &Outline, index: usize) -> fmt::Result {
        let Some(node) = outline.get(index) else { return Ok(()) };
        let Some(members) = node.members.clone() else { return self.exception(node.exception.borrow()) };
        if self.depth > DEEPEST {
            return self.piece(format_args!("... (max_group_depth is {DEEPEST})\n"));
        }
        let outermost = self.depth == 0;
        self.depth += usize::from(outermost);
        self.exception(node.exception.borrow())?;
        let left_out = members.len().saturating_sub(WIDEST);
        let end = members.len().min(WIDEST + 1);
        self.is_open = false;
        for (i, member) in members.take(end).enumerate() {
            let is_last = i + 1 == end;
            self.is_open |= is_last;
            let corner = if i == 0 { "+-" } else { "  " };
            if i < WIDEST {
                self.frame(format_args!("{corner}+---------------- {} ----------------", i + 1))?;
                self.depth += 1;
                self.chain(outline, member)?;
            } else {
                self.frame(format_args!("{corner}+---------------- ... ----------------"))?;
                self.depth += 1;
                let plural = if left_out == 1 { "" } else { "s" };
                self.piece(format_args!("and {left_out} more exception{plural}\n"))?;
            }
            if is_last && self.is_open {
                self.frame(format_args!("+------------------------------------"))?;
                self.is_open = false;
            }
            self.depth -= 1;
        }
        self.depth -= usize::from(outermost);
        Ok(())
    }

    /// The class, the message and the notes of an exception.
    fn exception(&mut self, exception: Obj<'_>) -> fmt::Result {
        trace::show(exception, self)?;
        if let Some(exception) = exception.downcast() {
            syntax::show(exception, self)?;
        } else {
            self.class(exception.class(), ClassStyle::Part)?;
            let message = Shown::of(text::to_str(exception), STR_FAILED);
            let colon = if message.is_empty() { "" } else { ": " };
            self.piece(format_args!("{colon}{message}\n"))?;
        }
        self.notes(exception)
    }

    fn notes(&mut self, exception: Obj<'_>) -> fmt::Result {
        let notes = match attributes::find_str(exception, "__notes__") {
            Ok(Some(notes)) if !notes.borrow().is(constants::NONE) => notes,
            Ok(_) => return Ok(()),
            Err(_) => {
                let reason = fetch().map_or_else(|| str::from_str(""), |reason| text::repr(reason.borrow()));
                let reason = Shown::of(reason, "<__notes__ repr() failed>");
                return self.piece(format_args!("Ignored error getting __notes__: {reason}\n"));
            }
        };
        let (list, tuple) = (notes.borrow().downcast(), notes.borrow().downcast());
        let note_at = |index| match (list, tuple) {
            (Some(list), _) => list::get(list, index),
            (None, Some(tuple)) => tuple::get(tuple, index),
            (None, None) => None,
        };
        if list.is_none() && tuple.is_none() {
            let shown = Shown::of(text::repr(notes.borrow()), "<__notes__ repr() failed>");
            return self.piece(format_args!("{shown}\n"));
        }
        for index in 0.. {
            let Some(note) = note_at(index) else { break };
            match Shown::of(text::to_str(note.borrow()), "<note str() failed>") {
                Shown::Text(text) => self.lines(text.borrow())?,
                Shown::Failed(word) => self.piece(format_args!("{word}\n"))?,
            }
        }
        Ok(())
    }
}

/// The line between an exception and the one that followed from it.
fn sentence(link: Link) -> &'static str {
    match link {
        Link::Cause => "The above exception was the direct cause of the following exception:",
        Link::Context => "During handling of the above exception, another exception occurred:",
    }
}
