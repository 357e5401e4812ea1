//! The page on which exceptions are shown: a margin for groups, and the pieces in which CPython writes.

use crate::abi::Py_TPFLAGS_HEAPTYPE;
use crate::objects::class_name;
use crate::objects::str;
use crate::runtime::memory::as_surrogate;
use crate::runtime::stderr::{Report, Stderr};
use crate::runtime::{Obj, Ref, Result, Type, error};
use core::fmt::{self, Write};

/// A destination for the text of exceptions.
pub trait Screen: Write {
    /// Ends a piece: CPython writes the text in such pieces, each by one call of `write`.
    fn end_piece(&mut self) -> fmt::Result {
        Ok(())
    }
}

impl Screen for Report {}
impl Screen for Stderr {}

/// How the name of a class is divided into pieces.
#[derive(Clone, Copy)]
pub enum ClassStyle {
    /// As a part of a piece.
    Part,
    /// As up to three pieces.
    Pieces,
    /// As up to three pieces, for an ignored exception: no dot follows an unknown module.
    Ignored,
}

pub(super) const STR_FAILED: &str = "<exception str() failed>";

/// The result of `str()` or `repr()`, or a fixed text if that failed.
pub enum Shown {
    /// A `str`.
    Text(Ref),
    /// The fixed text.
    Failed(&'static str),
}

impl Shown {
    /// From a result. An error is cleared.
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
        matches!(self, Shown::Text(text) if str::is(text.borrow(), ""))
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

/// Lines with a margin, whose width depends on the depth of the groups around them.
pub(super) struct Page<'a> {
    pub out: &'a mut dyn Screen,
    pub depth: usize,
    pub at_start: bool,
    after_return: bool,
    /// Whether the line below the last exception of a group is still to be drawn. A nested group may have drawn it.
    pub is_open: bool,
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
    pub fn new(out: &'a mut dyn Screen) -> Self {
        Page { out, depth: 0, at_start: true, after_return: false, is_open: false }
    }
}

impl Page<'_> {
    /// Writes the margin before the first character of a line.
    fn margin(&mut self, point: char) -> fmt::Result {
        if self.depth > 0 {
            if self.at_start && !(self.after_return && point == '\n') {
                write!(self.out, "{:width$}| ", "", width = 2 * self.depth)?;
            }
            // The characters at which Python's str.splitlines() splits.
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

    /// Writes a text as a piece, or a fixed text if the screen raises an error for it.
    pub fn piece_or(&mut self, text: Shown, failed: &str) -> fmt::Result {
        let written = self.piece(format_args!("{text}"));
        if written.is_ok() || !error::occurred() {
            return written;
        }
        error::clear();
        self.piece(format_args!("{failed}"))
    }

    /// The name of a class with its module, which is left out for `builtins` and `__main__`.
    pub fn class(&mut self, class: Type<'_>, style: ClassStyle) -> fmt::Result {
        let in_pieces = !matches!(style, ClassStyle::Part);
        let unknown = if matches!(style, ClassStyle::Ignored) { "<unknown>" } else { "<unknown>." };
        if !class.has_flag(Py_TPFLAGS_HEAPTYPE) {
            self.format(format_args!("{}", class.name()))?;
            return self.end_part(in_pieces);
        }
        let module = class_name::module(class).ok().filter(|module| str::check(module.borrow()));
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
        let name = Shown::of(class_name::qualname(class), "<unknown>");
        self.format(format_args!("{name}"))?;
        self.end_part(in_pieces)
    }

    pub fn end_part(&mut self, is_piece: bool) -> fmt::Result {
        if is_piece { self.out.end_piece() } else { Ok(()) }
    }

    /// A text as lines, each a piece.
    pub fn lines(&mut self, text: Obj<'_>) -> fmt::Result {
        for point in text.downcast().map(str::points).into_iter().flat_map(str::Points::iter) {
            str::show_point(self, point)?;
            self.end_part(point == '\n'.into())?;
        }
        self.piece(format_args!("\n"))
    }
}
