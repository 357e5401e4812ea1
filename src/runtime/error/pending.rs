//! The forms of a pending error. An error is raised as the parts of an exception: a class with a text or with
//! arguments. `objects::exceptions` makes the exception from them when it is fetched, so that a file which raises
//! errors depends on no exception type.

use super::Indicator;
use crate::abi::Exc;
use crate::runtime::memory::{Malloc, Message};
use crate::runtime::{Ref, Type};
use allocator_api2::boxed::Box;

/// The parts of the AttributeError for an object without an attribute of a name.
#[derive(Debug)]
pub struct NoAttribute {
    /// The object.
    pub object: Ref,
    /// The name, a `str`.
    pub name: Ref,
    /// The `__name__` of an object that is a module, a `str`, if it has one.
    pub module: Option<Ref>,
}

/// An error, with an addition that was made before its exception object exists.
#[derive(Debug)]
pub struct Extended {
    /// The error.
    pub error: Indicator,
    /// The addition.
    pub addition: Addition,
}

/// An addition to an error.
#[derive(Debug)]
pub enum Addition {
    /// The error that this one was raised from; it becomes the cause and the context.
    Cause(Indicator),
    /// A note.
    Note(Message),
    /// The object without the attribute, and the attribute's name, for an AttributeError that has neither.
    Attribute(Ref, Ref),
}

/// An error that may be pending, in the form in which it was raised. The tag is a field of its own, so that one
/// comparison tells the forms apart.
#[derive(Debug)]
#[repr(u8)]
pub enum Pending {
    /// No error.
    Clear = 0,
    /// A class and a fixed text. An empty text means no argument.
    Static(Exc, &'static str),
    /// A class and a text that was made for this error. It is the argument even when it is empty.
    Text(Exc, Message),
    /// A class and the `str` that is its argument: the text of an error that C raises. The exception will have this
    /// very string.
    Message(Exc, Ref),
    /// A class and the tuple of its arguments.
    Arguments(Exc, Ref),
    /// An object has no attribute of a name.
    NoAttribute(NoAttribute),
    /// An error with an addition.
    Extended(Box<Extended, Malloc>),
    /// An exception object.
    Exception(Ref),
    /// The error, if any, is in the thread state, where C reads and writes it. Only the indicator itself has this form.
    InThreadState,
}

impl Pending {
    /// The class; `None` when there is no error.
    pub fn class(&self) -> Option<Type<'_>> {
        match self {
            Pending::Clear | Pending::InThreadState => None,
            Pending::Static(class, _)
            | Pending::Text(class, _)
            | Pending::Message(class, _)
            | Pending::Arguments(class, _) => Some(class.class()),
            Pending::NoAttribute(_) => Some(Exc::AttributeError.class()),
            Pending::Extended(extended) => extended.error.pending.class(),
            Pending::Exception(exception) => Some(exception.borrow().class()),
        }
    }

    /// Whether a handler for this class handles the error; false without an error.
    pub fn is(&self, class: Exc) -> bool {
        self.class().is_some_and(|pending| pending.is_subtype(class.class()))
    }

    /// Whether it is an exception object, perhaps with additions.
    pub fn is_object(&self) -> bool {
        match self {
            Pending::Exception(_) => true,
            Pending::Extended(extended) => extended.error.pending.is_object(),
            _ => false,
        }
    }

    /// A number that does not change while this error is pending; for an exception object, its address.
    pub fn identity(&self) -> usize {
        match self {
            Pending::Clear | Pending::InThreadState => 0,
            Pending::Static(_, text) => text.as_ptr().addr(),
            Pending::Text(_, text) => text.as_bytes().as_ptr().addr(),
            Pending::NoAttribute(missing) => missing.name.borrow().as_ptr().addr(),
            Pending::Extended(extended) => extended.error.pending.identity(),
            Pending::Message(_, o) | Pending::Arguments(_, o) | Pending::Exception(o) => o.borrow().as_ptr().addr(),
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
        let class = Pending::Static(Exc::ValueError, "").class().map(|class| class.as_ptr());
        assert_eq!(class, Some(Exc::ValueError.type_pointer()));
        assert!(Pending::Clear.class().is_none());
    }

    #[test]
    fn a_handler_for_a_base_handles_an_error_that_was_only_raised() {
        let error = Pending::Static(Exc::ModuleNotFoundError, "");
        let handlers = [Exc::ModuleNotFoundError, Exc::ImportError, Exc::Exception, Exc::BaseException];
        assert!(handlers.into_iter().all(|class| error.is(class)));
        assert!(!error.is(Exc::OSError) && !Pending::Clear.is(Exc::BaseException));
    }
}
