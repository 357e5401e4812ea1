//! An exception as it is shown to people: its class, message and notes, the exceptions it came from, and those inside a
//! group. The text is CPython's for an exception without a traceback.
//!
//! Nothing here raises. What can't be shown is shown as that; without memory for the outline of a chain the exception
//! stands alone.

use super::outline::{Link, Outline};
use super::{fetch, is_instance, syntax_error};
use crate::abi::*;
use crate::objects::{attribute, class, constants, list, object, str, tuple};
use crate::runtime::memory::as_surrogate;
use crate::runtime::stderr::{Report, Stderr};
use crate::runtime::{Obj, Ref, Result, Type, error};
use core::fmt::{self, Write};

/// How many exceptions of a group are shown.
const WIDEST: usize = 15;
/// How many groups inside each other are shown.
const DEEPEST: usize = 10;

/// Where exceptions are shown.
pub trait Screen: Write {
    /// One of the pieces in which CPython writes ends here.
    fn end_piece(&mut self) -> fmt::Result {
        Ok(())
    }
}

impl Screen for Report {}
impl Screen for Stderr {}

/// Shows an exception with all that belongs to it, each part on lines of its own. The error indicator is clear before and
/// after, but for an error of the screen's.
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

/// How the name of a class is written.
#[derive(Clone, Copy)]
pub enum ClassStyle {
    /// As a part of a piece.
    Part,
    /// As up to three pieces.
    Pieces,
    /// As up to three pieces, for an exception that is ignored: no dot is behind a module that is not known.
    Ignored,
}

/// Shows the class and the text of an exception on a line.
pub fn show_line(exception: Obj<'_>, out: &mut dyn Screen) -> fmt::Result {
    let mut page = Page::new(out);
    page.class(exception.class(), ClassStyle::Ignored)?;
    page.piece(format_args!(": "))?;
    page.piece_or(Shown::of(object::to_str(exception), STR_FAILED), STR_FAILED)?;
    page.piece(format_args!("\n"))
}

/// Shows an object by its repr.
pub fn show_repr(o: Obj<'_>, out: &mut dyn Screen) -> fmt::Result {
    const FAILED: &str = "<object repr() failed>";
    Page::new(out).piece_or(Shown::of(object::repr(o), FAILED), FAILED)
}

/// Shows one piece.
pub fn show_piece(out: &mut dyn Screen, piece: fmt::Arguments<'_>) -> fmt::Result {
    out.write_fmt(piece)?;
    out.end_piece()
}

const STR_FAILED: &str = "<exception str() failed>";

/// What `str()` or `repr()` gave, or a word that it failed.
pub enum Shown {
    /// A `str`.
    Text(Ref),
    /// The word.
    Failed(&'static str),
}

impl Shown {
    /// Takes a result; an error is cleared.
    pub fn of(result: Result<Ref>, failed: &'static str) -> Self {
        result.map_or_else(
            |_| {
                error::clear();
                Shown::Failed(failed)
            },
            Shown::Text,
        )
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        matches!(self, Shown::Text(text) if str::length(text.borrow()) == 0)
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shown::Failed(word) => f.write_str(word),
            Shown::Text(text) => str::as_text(text.borrow()).fmt(f),
        }
    }
}

/// Lines with a margin, as wide as the groups around them are deep.
pub(super) struct Page<'a> {
    out: &'a mut dyn Screen,
    depth: usize,
    at_start: bool,
    after_return: bool,
    /// Whether the line below the last exception of a group is still to be drawn: a group inside may have done so.
    is_open: bool,
}

impl Write for Page<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if as_surrogate(text).is_some() {
            self.margin('\u{FFFD}')?;
            return self.out.write_str(text);
        }
        text.chars().try_for_each(|point| self.write_char(point))
    }

    fn write_char(&mut self, point: char) -> fmt::Result {
        self.margin(point)?;
        self.out.write_char(point)
    }
}

impl<'a> Page<'a> {
    fn new(out: &'a mut dyn Screen) -> Self {
        Page { out, depth: 0, at_start: true, after_return: false, is_open: false }
    }
}

impl Page<'_> {
    /// Writes the margin before a character, if it is a line's first.
    fn margin(&mut self, point: char) -> fmt::Result {
        if self.depth > 0 {
            if self.at_start && !(self.after_return && point == '\n') {
                write!(self.out, "{:width$}| ", "", width = 2 * self.depth)?;
            }
            // Where Python's str.splitlines() cuts.
            self.at_start = matches!(point, '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}');
            self.after_return = point == '\r';
        }
        Ok(())
    }

    /// Writes a part of a piece.
    pub fn format(&mut self, arguments: fmt::Arguments<'_>) -> fmt::Result {
        self.write_fmt(arguments)
    }

    /// Writes a piece, or the rest of one.
    pub fn piece(&mut self, arguments: fmt::Arguments<'_>) -> fmt::Result {
        self.write_fmt(arguments)?;
        self.out.end_piece()
    }

    /// Writes a text as a piece; a word in its place, when the screen raises an error for it.
    fn piece_or(&mut self, text: Shown, failed: &str) -> fmt::Result {
        let written = self.piece(format_args!("{text}"));
        if written.is_ok() || !error::occurred() {
            return written;
        }
        error::clear();
        self.piece(format_args!("{failed}"))
    }

    /// A line of a group's frame.
    fn frame(&mut self, arguments: fmt::Arguments<'_>) -> fmt::Result {
        writeln!(self.out, "{:width$}{arguments}", "", width = 2 * self.depth)?;
        self.at_start = true;
        self.out.end_piece()
    }

    /// An exception after those that it came from, the farthest first.
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

    /// An exception after those that it came from, each on one line.
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
        if exception.is_a(Exc::SyntaxError.class()) {
            return syntax_error::show_plainly(exception, self);
        }
        self.class(exception.class(), ClassStyle::Pieces)?;
        let message = Shown::of(object::to_str(exception), STR_FAILED);
        if !message.is_empty() {
            self.piece(format_args!(": "))?;
        }
        self.piece(format_args!("{message}"))?;
        self.piece(format_args!("\n"))
    }

    /// An exception, and what is inside it if it is a group.
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
        if exception.is_a(Exc::SyntaxError.class()) {
            syntax_error::show(exception, self)?;
        } else {
            self.class(exception.class(), ClassStyle::Part)?;
            let message = Shown::of(object::to_str(exception), STR_FAILED);
            let colon = if message.is_empty() { "" } else { ": " };
            self.piece(format_args!("{colon}{message}\n"))?;
        }
        self.notes(exception)
    }

    /// The name of a class with its module, which is left out for `builtins` and `__main__`.
    pub fn class(&mut self, class: Type<'_>, style: ClassStyle) -> fmt::Result {
        let in_pieces = !matches!(style, ClassStyle::Part);
        let unknown = if matches!(style, ClassStyle::Ignored) { "<unknown>" } else { "<unknown>." };
        if !class.has_flag(Py_TPFLAGS_HEAPTYPE) {
            self.format(format_args!("{}", class.name()))?;
            return self.end_part(in_pieces);
        }
        let module = class::get_module(class.as_obj()).ok().filter(|module| str::check(module.borrow()));
        error::clear();
        match module {
            Some(module) if str::is(module.borrow(), "builtins") || str::is(module.borrow(), "__main__") => {}
            Some(module) => {
                self.format(format_args!("{}", Shown::Text(module)))?;
                self.end_part(in_pieces)?;
                self.format(format_args!("."))?;
                self.end_part(in_pieces)?;
            }
            None => {
                self.format(format_args!("{unknown}"))?;
                self.end_part(in_pieces)?;
            }
        }
        let name = Shown::of(class::get_qualname(class.as_obj()), "<unknown>");
        self.format(format_args!("{name}"))?;
        self.end_part(in_pieces)
    }

    fn end_part(&mut self, is_piece: bool) -> fmt::Result {
        if is_piece { self.out.end_piece() } else { Ok(()) }
    }

    fn notes(&mut self, exception: Obj<'_>) -> fmt::Result {
        let notes = match attribute::find_str(exception, "__notes__") {
            Ok(Some(notes)) if !notes.borrow().is(constants::NONE) => notes,
            Ok(_) => return Ok(()),
            Err(_) => {
                let reason = fetch().map_or_else(|| str::from_str(""), |reason| object::repr(reason.borrow()));
                let reason = Shown::of(reason, "<__notes__ repr() failed>");
                return self.piece(format_args!("Ignored error getting __notes__: {reason}\n"));
            }
        };
        let note_at = |index| match list::check(notes.borrow()) {
            true => list::get(notes.borrow(), index),
            false => tuple::items(notes.borrow()).get(index).map(|note| note.to_ref()),
        };
        if !list::check(notes.borrow()) && !tuple::check(notes.borrow()) {
            let shown = Shown::of(object::repr(notes.borrow()), "<__notes__ repr() failed>");
            return self.piece(format_args!("{shown}\n"));
        }
        for index in 0.. {
            let Some(note) = note_at(index) else { break };
            match Shown::of(object::to_str(note.borrow()), "<note str() failed>") {
                Shown::Text(text) => self.lines(text.borrow())?,
                Shown::Failed(word) => self.piece(format_args!("{word}\n"))?,
            }
        }
        Ok(())
    }

    /// A text as lines, each a piece.
    fn lines(&mut self, text: Obj<'_>) -> fmt::Result {
        for point in str::points(text).iter() {
            str::show_point(self, point)?;
            self.end_part(point == '\n'.into())?;
        }
        self.piece(format_args!("\n"))
    }
}

/// How the exception before is told from the one after it.
fn sentence(link: Link) -> &'static str {
    match link {
        Link::Cause => "The above exception was the direct cause of the following exception:",
        Link::Context => "During handling of the above exception, another exception occurred:",
    }
}
