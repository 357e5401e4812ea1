//! An exception as it is shown to people: its class, message and notes, the exceptions it came from, and those inside a
//! group. The text is CPython's for an exception without a traceback.
//!
//! Nothing here raises. What can't be shown is shown as that; without memory for the outline of a chain the exception
//! stands alone.

use super::outline::{Link, Outline};
use super::{fetch, is_instance, syntax_error};
use crate::abi::*;
use crate::objects::{attribute, class, constants, list, object, str, tuple};
use crate::runtime::{Obj, Ref, Result, Type, error};
use core::fmt::{self, Write};

/// How many exceptions of a group are shown.
const WIDEST: usize = 15;
/// How many groups inside each other are shown.
const DEEPEST: usize = 10;

/// Shows an exception with all that belongs to it, each part on lines of its own. The error indicator is clear before and
/// after.
pub fn show(exception: Obj<'_>, out: &mut dyn Write) -> fmt::Result {
    let mut page = Page { out, depth: 0, at_start: true, after_return: false, is_open: false };
    if !is_instance(exception) {
        let class = exception.class().name();
        return page
            .format(format_args!("TypeError: print_exception(): Exception expected for value, {class} found\n"));
    }
    match Outline::of(exception) {
        Ok(outline) => page.chain(&outline, 0),
        Err(_) => {
            error::clear();
            page.exception(exception)
        }
    }
}

/// The name of an exception class with its module, which is left out for `builtins` and `__main__`.
pub fn show_class(class: Type<'_>, out: &mut dyn Write) -> fmt::Result {
    Page { out, depth: 0, at_start: true, after_return: false, is_open: false }.class(class)
}

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
    /// A surrogate is shown as its escape.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shown::Failed(word) => f.write_str(word),
            Shown::Text(text) => str::points(text.borrow()).iter().try_for_each(|point| match char::from_u32(point) {
                Some(point) => f.write_char(point),
                None => write!(f, "\\u{point:x}"),
            }),
        }
    }
}

/// Lines with a margin, as wide as the groups around them are deep.
pub(super) struct Page<'a> {
    out: &'a mut dyn Write,
    depth: usize,
    at_start: bool,
    after_return: bool,
    /// Whether the line below the last exception of a group is still to be drawn: a group inside may have done so.
    is_open: bool,
}

impl Write for Page<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|point| self.write_char(point))
    }

    fn write_char(&mut self, point: char) -> fmt::Result {
        if self.depth > 0 {
            if self.at_start && !(self.after_return && point == '\n') {
                write!(self.out, "{:width$}| ", "", width = 2 * self.depth)?;
            }
            // Where Python's str.splitlines() cuts.
            self.at_start = matches!(point, '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}');
            self.after_return = point == '\r';
        }
        self.out.write_char(point)
    }
}

impl Page<'_> {
    pub fn format(&mut self, arguments: fmt::Arguments<'_>) -> fmt::Result {
        self.write_fmt(arguments)
    }

    /// A line of a group's frame.
    fn frame(&mut self, arguments: fmt::Arguments<'_>) -> fmt::Result {
        writeln!(self.out, "{:width$}{arguments}", "", width = 2 * self.depth)?;
        self.at_start = true;
        Ok(())
    }

    /// An exception after those that it came from, the farthest first.
    fn chain(&mut self, outline: &Outline, last: usize) -> fmt::Result {
        let mut index = outline.farthest(last);
        loop {
            self.one(outline, index)?;
            let Some((link, next)) = outline.get(index).and_then(|node| node.next).filter(|_| index != last) else {
                return Ok(());
            };
            self.write_str(match link {
                Link::Cause => "\nThe above exception was the direct cause of the following exception:\n\n",
                Link::Context => "\nDuring handling of the above exception, another exception occurred:\n\n",
            })?;
            index = next;
        }
    }

    /// An exception, and what is inside it if it is a group.
    fn one(&mut self, outline: &Outline, index: usize) -> fmt::Result {
        let Some(node) = outline.get(index) else { return Ok(()) };
        let Some(members) = node.members.clone() else { return self.exception(node.exception.borrow()) };
        if self.depth > DEEPEST {
            return self.format(format_args!("... (max_group_depth is {DEEPEST})\n"));
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
                self.format(format_args!("and {left_out} more exception{plural}\n"))?;
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
            self.class(exception.class())?;
            let message = Shown::of(object::to_str(exception), "<exception str() failed>");
            let colon = if message.is_empty() { "" } else { ": " };
            self.format(format_args!("{colon}{message}\n"))?;
        }
        self.notes(exception)
    }

    pub fn class(&mut self, class: Type<'_>) -> fmt::Result {
        if !class.has_flag(Py_TPFLAGS_HEAPTYPE) {
            return self.format(format_args!("{}", class.name()));
        }
        let module = class::get_module(class.as_obj()).ok().filter(|module| str::check(module.borrow()));
        error::clear();
        match module {
            Some(module) if str::is(module.borrow(), "builtins") || str::is(module.borrow(), "__main__") => {}
            module => {
                let module = module.map_or(Shown::Failed("<unknown>"), Shown::Text);
                self.format(format_args!("{module}."))?;
            }
        }
        let name = Shown::of(class::get_qualname(class.as_obj()), "<unknown>");
        self.format(format_args!("{name}"))
    }

    fn notes(&mut self, exception: Obj<'_>) -> fmt::Result {
        let notes = match attribute::find_str(exception, "__notes__") {
            Ok(Some(notes)) if !notes.borrow().is(constants::NONE) => notes,
            Ok(_) => return Ok(()),
            Err(_) => {
                let reason = fetch().map_or_else(|| str::from_str(""), |reason| object::repr(reason.borrow()));
                let reason = Shown::of(reason, "<__notes__ repr() failed>");
                return self.format(format_args!("Ignored error getting __notes__: {reason}\n"));
            }
        };
        let note_at = |index| match list::check(notes.borrow()) {
            true => list::get(notes.borrow(), index),
            false => tuple::items(notes.borrow()).get(index).map(|note| note.to_ref()),
        };
        if !list::check(notes.borrow()) && !tuple::check(notes.borrow()) {
            let shown = Shown::of(object::repr(notes.borrow()), "<__notes__ repr() failed>");
            return self.format(format_args!("{shown}\n"));
        }
        for index in 0.. {
            let Some(note) = note_at(index) else { break };
            let shown = Shown::of(object::to_str(note.borrow()), "<note str() failed>");
            self.format(format_args!("{shown}\n"))?;
        }
        Ok(())
    }
}
