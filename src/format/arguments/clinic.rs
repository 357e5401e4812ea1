//! The parser that code of CPython's Argument Clinic calls: a static struct with a format or a function's name, and the
//! names of the arguments, which is completed when it is first used.

use super::Warn;
use super::format::{Marks, Words, is_end, require_end, skip};
use super::keywords::{
    Names, bad_format, given_twice, invalid, missing, not_a_string, refuse_too_many, unexpected, wrong_positional,
    wrong_positional_of,
};
use super::parse::Parse;
use crate::abi::{_PyArg_Parser, PyTupleObject, va_list};
use crate::format::cursor::Cursor;
use crate::format::va_list::Arguments;
use crate::objects::dict::{self, Dict};
use crate::objects::str;
use crate::objects::tuple::{self, Tuple};
use crate::runtime::lock::Lock;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Obj, Own, Raised, Ref, Result, raise};
use core::ffi::{CStr, c_char, c_int};
use core::sync::atomic::{AtomicU8, Ordering};

/// The flag of a parser that is complete, as in CPython.
const COMPLETE: u8 = 4;

/// Held while a parser is completed. Threads may use a parser at the same time for the first time.
static COMPLETING: Lock<()> = Lock::new(());

/// A complete parser.
#[derive(Debug, Clone, Copy)]
struct Known<'a> {
    format: Option<&'a CStr>,
    words: Words<'a>,
    /// The number of arguments without a name.
    unnamed: usize,
    least: usize,
    most: usize,
    /// The names of the other arguments.
    names: Tuple<'a>,
}

/// The keyword arguments of a call.
#[derive(Debug, Clone, Copy)]
pub enum Keywords<'a> {
    /// None.
    Absent,
    /// Names with their values.
    Dict(Dict<'a>),
    /// The names of values that follow the positional arguments.
    Names(Tuple<'a>, &'a [Obj<'a>]),
}

impl Keywords<'_> {
    fn len(&self) -> usize {
        match self {
            Keywords::Absent => 0,
            Keywords::Dict(keywords) => dict::len(*keywords),
            Keywords::Names(names, _) => tuple::len(*names),
        }
    }

    /// The value of a name. Names are mostly the interned string itself.
    fn get(&self, name: Obj<'_>) -> Result<Option<Ref>> {
        match self {
            Keywords::Absent => Ok(None),
            Keywords::Dict(keywords) => dict::get(*keywords, name),
            Keywords::Names(names, values) => {
                let names = tuple::items(*names);
                let is_equal = |key: &Obj<'_>| match (key.downcast(), name.downcast()) {
                    (Some(key), Some(name)) => str::equal(key, name),
                    _ => false,
                };
                let found = names.iter().position(|key| key.is(name)).or_else(|| names.iter().position(is_equal));
                Ok(found.and_then(|found| values.get(found)).map(|value| value.to_ref()))
            }
        }
    }

    /// Passes each name to a function, up to the first for which it returns something.
    fn find<T>(&self, mut look: impl FnMut(Obj<'_>) -> Option<T>) -> Option<T> {
        match self {
            Keywords::Absent => None,
            Keywords::Dict(keywords) => dict::entries(*keywords).find_map(|(name, _)| look(name.borrow())),
            Keywords::Names(names, _) => tuple::items(*names).iter().find_map(|name| look(*name)),
        }
    }
}

/// Completes a parser, if it is not.
///
/// # Safety
/// `parser` is NULL or a parser with names, and a format or a function's name, that lives as long as the process.
unsafe fn complete<'a>(parser: *mut _PyArg_Parser, function: &'static str) -> Result<Known<'a>> {
    if parser.is_null() {
        return Err(bad_argument(function));
    }
    // SAFETY: the parser is whole, and its texts live as long as it does. Its other fields are written once, before the
    // flag is set.
    unsafe {
        let flag = AtomicU8::from_ptr(&raw mut (*parser).once.v);
        if flag.load(Ordering::Acquire) != COMPLETE {
            write(parser, flag)?;
        }
        let text = |text: *const c_char| (!text.is_null()).then(|| CStr::from_ptr(text));
        let words = Words {
            name: text((*parser).fname).map(CStr::to_bytes),
            message: text((*parser).custom_msg).map(CStr::to_bytes),
        };
        let names = Obj::from_ptr((*parser).kwtuple).and_then(Obj::downcast).unwrap_or(tuple::empty());
        Ok(Known {
            format: text((*parser).format),
            words,
            unnamed: (*parser).pos as usize,
            least: (*parser).min as usize,
            most: (*parser).max as usize,
            names,
        })
    }
}

/// Finds out the numbers and names of a parser, and stores them unless another thread has.
///
/// # Safety
/// As for [`complete`].
#[cold]
unsafe fn write(parser: *mut _PyArg_Parser, flag: &AtomicU8) -> Result<()> {
    // SAFETY: the format, the function's name and the list of names do not change.
    let (format, names, has_names) = unsafe {
        let format = (*parser).format;
        let format = (!format.is_null()).then(|| CStr::from_ptr(format));
        (format, Names::from_ptr((*parser).keywords)?, !(*parser).kwtuple.is_null())
    };
    let (least, most) = format.map_or(Ok((0, 0)), |format| bounds(format, &names))?;
    let made = if has_names { None } else { Some(interned(&names)?) };
    let _held = COMPLETING.hold();
    if flag.load(Ordering::Relaxed) != COMPLETE {
        // SAFETY: this thread alone writes the fields, which other threads read when the flag is set.
        unsafe {
            if let Some(format) = format {
                let words = Words::of(format.to_bytes());
                let address = |text: Option<&[u8]>| text.map_or(core::ptr::null(), <[u8]>::as_ptr).cast();
                (*parser).fname = address(words.name);
                (*parser).custom_msg = address(words.message);
            }
            (*parser).pos = names.unnamed as c_int;
            (*parser).min = least as c_int;
            (*parser).max = most as c_int;
            if let Some(made) = made {
                // The parser keeps the names as long as the process lives, so that all threads can use them.
                made.as_obj().immortalize();
                (*parser).kwtuple = made.into_ref().into_ptr();
            }
        }
        flag.store(COMPLETE, Ordering::Release);
    }
    Ok(())
}

/// The names as a tuple of interned strings.
fn interned(names: &Names<'_>) -> Result<Own<PyTupleObject>> {
    let mut made: Array<Ref> = Array::new_in(Malloc);
    memory::reserve(&mut made, names.named().len())?;
    for name in names.named() {
        memory::push(&mut made, str::intern(str::from_utf8(name)?)?)?;
    }
    tuple::from_slice(Ref::borrow_all(&made))
}

/// The number of required and of positional arguments of a format, which is checked as a whole.
fn bounds(format: &CStr, names: &Names<'_>) -> Result<(usize, usize)> {
    let (mut rest, mut marks, count) = (Cursor::new(format), Marks::default(), names.len());
    for index in 0..count {
        marks.take(&mut rest, index, names.unnamed)?;
        if is_end(&rest) {
            return Err(raise!(SystemError, "More keyword list entries ({count}) than format specifiers ({index})"));
        }
        skip(&mut rest).map_err(|text| bad_format(text, &rest))?;
    }
    require_end(&rest)?;
    Ok((marks.least.unwrap_or(count), marks.most.unwrap_or(count)))
}

/// Converts the arguments of a call by a parser's format.
///
/// # Safety
/// `parser` as for `_PyArg_ParseStackAndKeywords`; `list` is a `va_list` with the places that its format asks for.
pub unsafe fn parse_given(
    positional: &[Obj<'_>],
    keywords: Keywords<'_>,
    parser: *mut _PyArg_Parser,
    list: va_list,
    warn: Warn,
) -> Result<()> {
    // SAFETY: C passes a static parser.
    let known = unsafe { complete(parser, "_PyArg_ParseStackAndKeywords") }?;
    let (given, words) = (positional.len(), known.words);
    refuse_too_many(given, keywords.len(), known.unnamed + tuple::len(known.names), words)?;
    if known.most < given {
        let quantity = if known.least < known.most { "at most" } else { "exactly" };
        return Err(wrong_positional(words, quantity, known.most, given));
    }
    let walk = |arguments: &mut Arguments| {
        let mut parse = Parse::new(arguments, warn);
        let result = convert(&mut parse, &known, positional, keywords);
        parse.finish(result)
    };
    // SAFETY: the list has the places that the parser's format asks for, by this function's condition.
    unsafe { Arguments::copied(list, walk) }
}

fn convert(parse: &mut Parse<'_>, known: &Known<'_>, positional: &[Obj<'_>], keywords: Keywords<'_>) -> Result<()> {
    let (given, mut left, words) = (positional.len(), keywords.len(), known.words);
    let names = tuple::items(known.names);
    let mut rest = Cursor::new(known.format.unwrap_or_default());
    for index in 0..known.unnamed + names.len() {
        rest.take(b'|');
        rest.take(b'$');
        let name = index.checked_sub(known.unnamed).and_then(|at| names.get(at));
        let value = match (positional.get(index), name) {
            (Some(o), _) => Some(o.to_ref()),
            (None, Some(name)) if left > 0 => keywords.get(*name)?.inspect(|_| left -= 1),
            (None, _) => None,
        };
        if let Some(value) = value {
            let converted = parse.convert(&mut rest, value.borrow(), 0);
            converted.map_err(|refused| parse.refuse(Some(index + 1), refused, &words))?;
            continue;
        }
        if index < known.least {
            return Err(match name {
                Some(name) => missing(words, str::as_text(*name), index),
                None => {
                    let least = known.unnamed.min(known.least);
                    let quantity = if least < known.most { "at least" } else { "exactly" };
                    wrong_positional_of(words, quantity, least, given)
                }
            });
        }
        if left == 0 {
            return Ok(());
        }
        let places = skip(&mut rest).map_err(|text| bad_format(text, &rest))?;
        parse.arguments.skip(places);
    }
    if left > 0 { Err(left_over(known, given, keywords)?) } else { Ok(()) }
}

/// The error for keywords that are left over.
#[cold]
fn left_over(known: &Known<'_>, given: usize, keywords: Keywords<'_>) -> Result<Raised> {
    let names = tuple::items(known.names);
    for (index, name) in (known.unnamed..given).zip(names) {
        if keywords.get(*name)?.is_some() {
            return Ok(given_twice(known.words, str::as_text(*name), index));
        }
    }
    let is_known =
        |key: str::Str<'_>| names.iter().any(|name| name.downcast().is_some_and(|name| str::equal(key, name)));
    let found = keywords.find(|key| match key.downcast() {
        None => Some(Ok(not_a_string())),
        Some(key) => (!is_known(key)).then(|| unexpected(known.words, key, names)),
    });
    found.unwrap_or_else(|| Ok(invalid(known.words)))
}

/// The numbers of arguments of a function whose arguments are not converted.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// The fewest positional arguments.
    pub least: usize,
    /// The most positional arguments.
    pub most: usize,
    /// The number of required arguments that have a name alone.
    pub named: usize,
    /// Whether there may be more positional arguments, which the function reads by itself.
    pub is_open: bool,
}

/// Puts the arguments of a call into the places of a function's parameters; NULL for one that was not given. Returns
/// whether the places are filled; they need not be when all arguments are positional, and enough.
///
/// # Safety
/// `parser` as for `_PyArg_UnpackKeywords`; `places` has room for all parameters.
pub unsafe fn unpack_keywords(
    positional: &[Obj<'_>],
    keywords: Keywords<'_>,
    parser: *mut _PyArg_Parser,
    bounds: Bounds,
    places: *mut *mut crate::abi::PyObject,
) -> Result<bool> {
    // SAFETY: C passes a static parser.
    let known = unsafe { complete(parser, "_PyArg_UnpackKeywords") }?;
    let Bounds { least, most, named, is_open } = bounds;
    let (mut left, words, names) = (keywords.len(), known.words, tuple::items(known.names));
    let given = positional.len();
    if left == 0 && named == 0 && least <= given && (is_open || given <= most) {
        return Ok(false);
    }
    let (all, least_unnamed) = (known.unnamed + names.len(), known.unnamed.min(least));
    if !is_open {
        refuse_too_many(given, left, all, words)?;
        if given > most {
            let quantity = if least < most { "at most" } else { "exactly" };
            return Err(wrong_positional(words, quantity, most, given));
        }
    }
    if given < least_unnamed {
        let quantity = if is_open || least_unnamed < most { "at least" } else { "exactly" };
        return Err(wrong_positional_of(words, quantity, least_unnamed, given));
    }
    let positional = positional.get(..if is_open { most } else { given }).unwrap_or(positional);
    let given = positional.len();
    // SAFETY: there is room for all parameters, of which these are the first.
    unsafe { places.copy_from_nonoverlapping(positional.as_ptr().cast(), given) };
    let required = if named > 0 { most + named } else { least };
    for index in given.max(known.unnamed)..all {
        let Some(name) = index.checked_sub(known.unnamed).and_then(|at| names.get(at)) else { break };
        if left == 0 && index >= required {
            break;
        }
        let value = if left > 0 { keywords.get(*name)? } else { None };
        // The call keeps the value alive.
        let address = value.as_ref().map_or(core::ptr::null_mut(), Ref::as_ptr);
        // SAFETY: there is room for all parameters.
        unsafe { places.add(index).write(address) };
        if value.is_some() {
            left -= 1;
        } else if index < least || (most..required).contains(&index) {
            return Err(missing(words, str::as_text(*name), index));
        }
    }
    if left > 0 { Err(left_over(&known, given, keywords)?) } else { Ok(true) }
}
