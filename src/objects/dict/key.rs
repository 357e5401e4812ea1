//! The hash of a key, and the error for an object without a hash.

use crate::abi::Exc;
use crate::objects::{class_name, str};
use crate::protocol::{hash, text};
use crate::runtime::error::{self, Pending};
use crate::runtime::{Obj, Raised, Result, raise};

/// The hash of a key. The message of a TypeError names the object as a key.
#[inline(always)]
pub fn hash_of_key(key: Obj<'_>) -> Result<isize> {
    hash_of(key, "a dict key")
}

/// The hash of an element of a set. The message of a TypeError names the object as an element.
#[inline]
pub fn hash_of_element(element: Obj<'_>) -> Result<isize> {
    hash_of(element, "a set element")
}

#[inline(always)]
fn hash_of(o: Obj<'_>, role: &str) -> Result<isize> {
    if let Some(key) = str::as_exact(o) {
        return Ok(str::hash(key));
    }
    hash::hash(o).map_err(|raised| no_hash(o, role, raised))
}

/// Replaces the TypeError of an object without a hash by one that names the role of the object. Any other error stays.
#[cold]
#[inline(never)]
fn no_hash(key: Obj<'_>, role: &str, raised: Raised) -> Raised {
    let error = error::take();
    let why = match &error.pending {
        Pending::Static(Exc::TypeError, text) => str::from_str(text),
        Pending::Text(Exc::TypeError, text) => str::from_message(text),
        Pending::Message(Exc::TypeError, text) => Ok(text.clone()),
        Pending::Exception(why) if why.borrow().is_exactly(Exc::TypeError.class()) => text::to_str(why.borrow()),
        _ => {
            error::put_back(error);
            return raised;
        }
    };
    let described = class_name::fully_qualified(key.class(), '.').and_then(|class| Ok((class, why?)));
    match described {
        Ok((class, why)) => {
            let (class, why) = (str::as_text(class.borrow()), str::as_text(why.borrow()));
            raise!(TypeError, "cannot use '{class}' as {role} ({why})")
        }
        Err(raised) => raised,
    }
}
