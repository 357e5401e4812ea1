//! The forms of a pending error. An error is raised as the parts of an exception: a class with a text or with arguments.
//! `objects::exceptions` makes the exception of them when it is asked for, so that a file which raises needs to know no
//! exception's type.

use super::Indicator;
use crate::abi::Exc;
use crate::runtime::Ref;
use crate::runtime::memory::{Malloc, Message};
use allocator_api2::boxed::Box;

/// The parts of an AttributeError which says that an object has no attribute of a name.
#[derive(Debug)]
pub struct NoAttribute {
    /// The object.
    pub object: Ref,
    /// The name, a `str`.
    pub name: Ref,
    /// The object's own name, a `str`, if it is a module that has one.
    pub module: Option<Ref>,
}

/// An error that may be pending, in the form it was raised in. With a tag of its own, so that telling the forms apart is
/// one comparison.
#[derive(Debug)]
#[repr(u8)]
pub enum Pending {
    /// No error.
    Clear = 0,
    /// A class and a fixed text; an empty text stands for no argument at all.
    Static(Exc, &'static str),
    /// A class and a text made for this occasion, which is the argument even when it is empty.
    Text(Exc, Message),
    /// A class and the tuple of its arguments.
    Arguments(Exc, Ref),
    /// An object has no attribute of a name.
    NoAttribute(NoAttribute),
    /// SystemError: a call of a class gave an exception while another error was pending, which becomes the cause.
    Beside(Exc, Box<Indicator, Malloc>),
    /// An exception object.
    Exception(Ref),
}

impl Pending {
    /// The class of an error in the form it was raised in; `None` when there is none, or when it is an exception object, whose
    /// class the object knows.
    pub fn raised_class(&self) -> Option<Exc> {
        match self {
            Pending::Clear | Pending::Exception(_) => None,
            Pending::Static(class, _) | Pending::Text(class, _) | Pending::Arguments(class, _) => Some(*class),
            Pending::NoAttribute(_) => Some(Exc::AttributeError),
            Pending::Beside(..) => Some(Exc::SystemError),
        }
    }

    /// Whether a handler for this class handles the error. Without an error there is nothing to handle.
    pub fn is(&self, class: Exc) -> bool {
        match self {
            Pending::Exception(exception) => exception.borrow().is_a(class.class()),
            raw => raw.raised_class().is_some_and(|raised| raised.is_derived_from(class)),
        }
    }

    /// A number that stays the same while this error is pending; an exception object's is its address.
    pub fn identity(&self) -> usize {
        match self {
            Pending::Clear => 0,
            Pending::Static(_, text) => text.as_ptr().addr(),
            Pending::Text(_, text) => text.as_bytes().as_ptr().addr(),
            Pending::NoAttribute(missing) => missing.name.borrow().as_ptr().addr(),
            Pending::Beside(_, other) => (&raw const **other).addr(),
            Pending::Arguments(_, o) | Pending::Exception(o) => o.borrow().as_ptr().addr(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pending;
    use crate::abi::Exc;

    #[test]
    fn errors_have_identities_of_their_own() {
        let all = ["one", "another"].map(|text| Pending::Static(Exc::ValueError, text).identity());
        let [one, another] = all;
        assert_ne!(one, another);
        assert!(!all.contains(&Pending::Clear.identity()));
        assert_eq!(one, Pending::Static(Exc::ValueError, "one").identity());
    }

    #[test]
    fn an_error_that_was_only_raised_knows_its_class() {
        assert_eq!(Pending::Static(Exc::ValueError, "").raised_class(), Some(Exc::ValueError));
        assert_eq!(Pending::Clear.raised_class(), None);
    }

    #[test]
    fn a_handler_for_a_base_handles_an_error_that_was_only_raised() {
        let error = Pending::Static(Exc::ModuleNotFoundError, "");
        let handlers = [Exc::ModuleNotFoundError, Exc::ImportError, Exc::Exception, Exc::BaseException];
        assert!(handlers.into_iter().all(|class| error.is(class)));
        assert!(!error.is(Exc::OSError) && !Pending::Clear.is(Exc::BaseException));
    }
}
