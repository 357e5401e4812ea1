//! A walk over the units of a format: the places for the values, the steps to take back, and the place of an error.

use super::Warn;
use super::format::Words;
use super::refusal::{self, Line, Place, Refusal};
use super::undo::Undo;
use crate::format::va_list::Arguments;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::refusal::null_argument;
use crate::runtime::{Raised, Result};
use core::ptr::NonNull;

/// One call of a function that parses arguments.
#[derive(Debug)]
pub(super) struct Parse<'a> {
    pub arguments: &'a mut Arguments,
    pub undo: Undo,
    pub warn: Warn,
    trouble: Option<Trouble>,
}

/// The refusal of an argument.
#[derive(Debug)]
struct Trouble {
    text: Option<Line>,
    /// The numbers, from 1, of the item that was refused and of the tuples around it, the innermost first.
    items: Array<usize>,
}

impl Trouble {
    const NONE: Self = Trouble { text: None, items: Array::new_in(Malloc) };
}

/// The proof that an argument was refused. The reason is kept in the [`Parse`], or it is the error that is set.
#[derive(Debug)]
pub(super) struct Refused {
    _made_by_keeping: (),
}

impl From<Raised> for Refused {
    fn from(_: Raised) -> Self {
        Refused { _made_by_keeping: () }
    }
}

impl<'a> Parse<'a> {
    pub fn new(arguments: &'a mut Arguments, warn: Warn) -> Self {
        Parse { arguments, undo: Undo::new(), warn, trouble: None }
    }

    /// The next place for a value of C. SystemError for NULL, with which CPython would crash.
    #[inline(always)]
    pub fn place<T>(&mut self) -> Result<NonNull<T>> {
        NonNull::new(self.arguments.pointer().cast()).ok_or_else(no_place)
    }

    /// Stores a value in the next place.
    #[inline(always)]
    pub fn store<T>(&mut self, value: T) -> Result<(), Refused> {
        let place = self.place()?;
        // SAFETY: the caller of the function promised the places that the units need, and each is writable for the type
        // of its unit. Compiled code may pass one that is not aligned.
        unsafe { place.write_unaligned(value) };
        Ok(())
    }

    /// Keeps the reason of a refusal.
    #[cold]
    pub fn keep(&mut self, refusal: Refusal) -> Refused {
        if let Refusal::Text(text) = refusal {
            self.trouble.get_or_insert(Trouble::NONE).text = Some(text);
        }
        Refused { _made_by_keeping: () }
    }

    /// Remembers the number of an item that was refused, or of the tuple that has it.
    #[cold]
    pub fn note_item(&mut self, item: usize) -> Result<()> {
        memory::push(&mut self.trouble.get_or_insert(Trouble::NONE).items, item)
    }

    /// The error of an argument, counted from 1, or of the only object if that is `None`.
    #[cold]
    pub fn refuse(&mut self, argument: Option<usize>, _: Refused, words: &Words<'_>) -> Raised {
        let trouble = self.trouble.get_or_insert(Trouble::NONE);
        trouble.items.reverse();
        let place = match (argument, &*trouble.items) {
            (Some(argument), items) => Place { argument, items },
            (None, [first, items @ ..]) => Place { argument: *first, items },
            (None, []) => Place { argument: 0, items: &[] },
        };
        refusal::raise(trouble.text.as_ref(), &place, words)
    }

    /// The result for C. After an error it takes back all that was made so far.
    #[inline(always)]
    pub fn finish(self, result: Result<()>) -> Result<()> {
        if result.is_err() {
            self.undo.take_back();
        }
        result
    }
}

#[cold]
fn no_place() -> Raised {
    null_argument("a function that parses arguments")
}
