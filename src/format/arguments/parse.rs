//! A walk over the units of a format: the places for the values, the steps to take back, and the place of an error.

use super::Warn;
use super::format::Words;
use super::refusal::{self, Place, Refusal};
use super::undo::Undo;
use crate::format::va_list::Arguments;
use crate::runtime::refusal::null_argument;
use crate::runtime::{Raised, Result};
use core::ptr::NonNull;

/// One call of a function that parses arguments.
#[derive(Debug)]
pub(super) struct Parse<'a> {
    pub arguments: &'a mut Arguments,
    pub undo: Undo,
    pub warn: Warn,
    pub items: Trail,
}

/// The places of an item that was refused, in tuples inside each other: the innermost first, until it is turned.
#[derive(Debug)]
pub(super) struct Trail {
    items: [usize; super::format::DEEPEST + 1],
    length: usize,
}

impl Trail {
    const EMPTY: Self = Trail { items: [0; super::format::DEEPEST + 1], length: 0 };

    /// Adds the item, counted from 1, of the tuple around those so far.
    #[cold]
    pub fn add(&mut self, item: usize) {
        if let Some(place) = self.items.get_mut(self.length) {
            *place = item;
            self.length += 1;
        }
    }

    /// All items, the outermost first.
    fn turned(&mut self) -> &[usize] {
        let items = self.items.get_mut(..self.length).unwrap_or_default();
        items.reverse();
        items
    }
}

impl<'a> Parse<'a> {
    pub fn new(arguments: &'a mut Arguments, warn: Warn) -> Self {
        Parse { arguments, undo: Undo::new(), warn, items: Trail::EMPTY }
    }

    /// The next place for a value of C. SystemError for NULL, with which CPython would crash.
    #[inline(always)]
    pub fn place<T>(&mut self) -> Result<NonNull<T>> {
        NonNull::new(self.arguments.pointer().cast()).ok_or_else(no_place)
    }

    /// Stores a value in the next place.
    #[inline(always)]
    pub fn store<T>(&mut self, value: T) -> Result<(), Refusal> {
        let place = self.place()?;
        // SAFETY: the caller of the function promised the places that the units need, and each is writable for the type of
        // its unit. Compiled code may pass one that is not aligned.
        unsafe { place.write_unaligned(value) };
        Ok(())
    }

    /// The error of an argument, counted from 1, or of the only object if that is `None`.
    #[cold]
    pub fn refuse(&mut self, argument: Option<usize>, refusal: &Refusal, words: &Words<'_>) -> Raised {
        let items = self.items.turned();
        let place = match (argument, items) {
            (Some(argument), items) => Place { argument, items },
            (None, [first, items @ ..]) => Place { argument: *first, items },
            (None, []) => Place { argument: 0, items: &[] },
        };
        refusal::raise(refusal, &place, words)
    }

    /// The result for C. What was made so far is taken back after an error.
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
