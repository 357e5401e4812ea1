//! The codecs by the names of encodings. The program registers functions that search for a codec; the encodings of the library come
//! first.

use super::native;
use super::table::Table;
use crate::abi::PyTupleObject;
use crate::objects::str::{self, Codec};
use crate::objects::{attributes, call, constants, tuple};
use crate::protocol::callable::is_callable;
use crate::runtime::lock::Lock;
use crate::runtime::memory::{self, Array, Lossy, Malloc};
use crate::runtime::refusal::bad_argument_type;
use crate::runtime::{Obj, Own, Ref, Result, raise};

/// A function that searches for codecs.
struct Search(Ref);

// SAFETY: only a thread that holds the GIL counts the reference, as that to any object.
unsafe impl Send for Search {}

/// The functions that search, in the order of their registration. The lock is held only for a moment, and never while C code may run.
static SEARCHES: Lock<Array<Search>> = Lock::new(Array::new_in(Malloc));

/// The codecs that were found, by the name that the functions got.
static FOUND: Table = Table::new();

/// Drops all functions and codecs.
pub(super) fn forget() {
    let searches = core::mem::replace(&mut *SEARCHES.hold(), Array::new_in(Malloc));
    drop(searches);
    FOUND.clear();
    native::forget();
}

/// Adds a function that searches for codecs (CPython: `PyCodec_Register`). TypeError for an object that is not callable.
pub fn register(search: Option<Obj<'_>>) -> Result<()> {
    let search = search.ok_or_else(bad_argument_type)?;
    if !is_callable(search) {
        return Err(raise!(TypeError, "argument must be callable"));
    }
    let mut searches = SEARCHES.hold();
    if searches.try_reserve(1).is_err() {
        drop(searches);
        return Err(memory::out_of_memory());
    }
    memory::fill(&mut searches, [Search(search.to_ref())]);
    Ok(())
}

/// Removes a function that searches, and forgets all codecs that were found (CPython: `PyCodec_Unregister`).
pub fn unregister(search: Obj<'_>) {
    let mut searches = SEARCHES.hold();
    let at = searches.iter().position(|known| known.0.borrow().is(search));
    let removed = at.map(|at| searches.remove(at));
    drop(searches);
    if removed.is_some() {
        FOUND.clear();
    }
}

/// The codec of an encoding, a tuple of four (CPython: `_PyCodec_Lookup`). LookupError for a name that no codec has.
pub fn find(encoding: Option<&[u8]>) -> Result<Own<PyTupleObject>> {
    let encoding = encoding.ok_or_else(bad_argument_type)?;
    let found = match Codec::named(encoding) {
        Some(codec) => native::info(codec)?,
        None => search(encoding)?,
    };
    found.downcast().map_err(|_| wrong_codec())
}

/// TypeError: a search found something else than a codec.
#[cold]
fn wrong_codec() -> crate::runtime::Raised {
    raise!(TypeError, "codec search functions must return 4-tuples")
}

/// The codec that one of the program's functions finds.
fn search(encoding: &[u8]) -> Result<Ref> {
    let mut name: Array<u8> = Array::new_in(Malloc);
    for (index, part) in str::codec_parts(encoding).enumerate() {
        if index > 0 {
            memory::push(&mut name, b'_')?;
        }
        part.iter().try_for_each(|byte| memory::push(&mut name, byte.to_ascii_lowercase()))?;
    }
    if let Some(found) = FOUND.find(&name) {
        return Ok(found);
    }
    let argument = str::intern(str::from_utf8(&name)?)?;
    let count = SEARCHES.hold().len();
    for index in 0..count {
        // A function may change the list.
        let Some(search) = SEARCHES.hold().get(index).map(|search| search.0.clone()) else { break };
        let found = call::vectorcall(search.borrow(), &[argument.borrow()], None)?;
        if found.borrow().is(constants::NONE) {
            continue;
        }
        if found.borrow().downcast().is_none_or(|found| tuple::len(found) != 4) {
            return Err(wrong_codec());
        }
        FOUND.set(&name, found.clone())?;
        return Ok(found);
    }
    Err(raise!(LookupError, "unknown encoding: {}", Lossy(encoding)))
}

/// The incremental encoder or decoder of an encoding: the codec's attribute of this name is called (CPython:
/// `PyCodec_IncrementalEncoder`).
pub fn incremental(encoding: Option<&[u8]>, errors: Option<&[u8]>, attribute: &str) -> Result<Ref> {
    let codec = find(encoding)?;
    if encoding.and_then(Codec::named).is_some() {
        return Err(native::no_class("an incremental encoder or decoder"));
    }
    let class = attributes::get_str(codec.as_obj(), attribute)?;
    let errors = errors.map(str::from_utf8).transpose()?;
    match &errors {
        Some(errors) => call::vectorcall(class.borrow(), &[errors.borrow()], None),
        None => call::vectorcall(class.borrow(), &[], None),
    }
}

/// The stream of an encoding: the codec's item at an index is called with the stream (CPython: `PyCodec_StreamReader`).
pub fn stream(encoding: Option<&[u8]>, stream: Obj<'_>, errors: Option<&[u8]>, index: usize) -> Result<Ref> {
    let codec = find(encoding)?;
    let class = tuple::get(codec.borrow(), index).ok_or_else(wrong_codec)?;
    let errors = errors.map(str::from_utf8).transpose()?;
    match &errors {
        Some(errors) => call::vectorcall(class.borrow(), &[stream, errors.borrow()], None),
        None => call::vectorcall(class.borrow(), &[stream], None),
    }
}
