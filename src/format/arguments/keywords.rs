//! Formats for positional and keyword arguments: `PyArg_ParseTupleAndKeywords`.

use super::Warn;
use super::format::{Marks, Words, is_end, require_end, skip};
use super::parse::Parse;
use super::positional::{function, plural};
use crate::abi::va_list;
use crate::format::cursor::Cursor;
use crate::format::va_list::Arguments;
use crate::objects::dict::{self, Dict};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{str, suggest};
use crate::runtime::memory::{self, Array, Lossy, Malloc};
use crate::runtime::{Obj, Raised, Ref, Result, Text, raise};
use core::ffi::{CStr, c_char};

/// The names of the arguments, as C lists them. The first may be empty: those arguments have no name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a> {
    all: &'a [Text<'a>],
    /// The number of arguments without a name.
    pub unnamed: usize,
}

impl<'a> Names<'a> {
    /// The names at an address; SystemError for an empty name after one that is not.
    ///
    /// # Safety
    /// There are addresses of strings, up to a NULL.
    pub unsafe fn from_ptr(names: *const *const c_char) -> Result<Self> {
        // SAFETY: the list is read up to its NULL, and a `Text` is the address of a string.
        let all: &[Text<'_>] = unsafe {
            let count = (0..).take_while(|&index| !(*names.add(index)).is_null()).count();
            core::slice::from_raw_parts(names.cast(), count)
        };
        let is_empty = |name: &Text<'_>| name.get().is_none_or(CStr::is_empty);
        let unnamed = all.iter().take_while(|name| is_empty(name)).count();
        match all.iter().skip(unnamed).any(is_empty) {
            true => Err(raise!(SystemError, "Empty keyword parameter name")),
            false => Ok(Names { all, unnamed }),
        }
    }

    /// The number of all arguments.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The name of an argument.
    fn get(&self, index: usize) -> &'a [u8] {
        self.all.get(index).and_then(|name| name.get()).unwrap_or_default().to_bytes()
    }

    /// The names of the arguments that have one.
    pub fn named(&self) -> impl ExactSizeIterator<Item = &'a [u8]> + '_ {
        (self.unnamed..self.len()).map(|index| self.get(index))
    }

    /// The value of an argument by its name.
    fn value(&self, index: usize, keywords: Dict<'_>) -> Result<Option<Ref>> {
        let name = self.get(index);
        if let Ok(name) = core::str::from_utf8(name)
            && let Some(value) = dict::get_str(keywords, name)?
        {
            return Ok(Some(value));
        }
        // A key of a class derived from `str` is found by comparison alone, and a name that is not UTF-8 is an error.
        match name.is_ascii() && dict::entries(keywords).all(|(key, _)| str::as_exact(key.borrow()).is_some()) {
            true => Ok(None),
            false => dict::get(keywords, str::from_utf8(name)?.borrow()),
        }
    }
}

/// One call: the arguments that were given, and those that the function takes.
struct Call<'a> {
    positional: &'a [Obj<'a>],
    keywords: Option<Dict<'a>>,
    names: Names<'a>,
    words: Words<'a>,
}

/// Converts positional and keyword arguments by a format. `names` has the names of all arguments.
///
/// # Safety
/// As for [`super::parse_items`]. `names` holds addresses of strings, up to a NULL.
pub unsafe fn parse_with_keywords(
    positional: Tuple<'_>,
    keywords: Option<Dict<'_>>,
    format: &CStr,
    names: *const *const c_char,
    list: va_list,
    warn: Warn,
) -> Result<()> {
    // SAFETY: there are addresses of strings up to a NULL, by this function's condition.
    let names = unsafe { Names::from_ptr(names) }?;
    let words = Words::of(format.to_bytes());
    let call = Call { positional: tuple::items(positional), keywords, names, words };
    refuse_too_many(call.positional.len(), keywords.map_or(0, dict::len), names.len(), words)?;
    let walk = |arguments: &mut Arguments| {
        let mut parse = Parse::new(arguments, warn);
        let result = call.convert(&mut parse, Cursor::new(format));
        parse.finish(result)
    };
    // SAFETY: the list has the places that this format asks for, by this function's condition.
    unsafe { Arguments::copied(list, walk) }
}

impl Call<'_> {
    /// Converts the arguments one by one, and finds out which were not given.
    fn convert(&self, parse: &mut Parse<'_>, mut rest: Cursor<'_>) -> Result<()> {
        let Call { positional, keywords, names, words } = self;
        let (count, given) = (names.len(), positional.len());
        let mut left = keywords.map_or(0, dict::len);
        let mut marks = Marks::default();
        // When an argument without a name is missing, the rest of the format has the numbers for the message.
        let (mut is_short, mut reached) = (false, count);
        for index in 0..count {
            if marks.take(&mut rest, index, names.unnamed)? {
                if is_short {
                    reached = index;
                    break;
                }
                if index < given {
                    let quantity = if marks.least.is_some() { "at most" } else { "exactly" };
                    return Err(wrong_positional(*words, quantity, index, given));
                }
            }
            if is_end(&rest) {
                let text = "More keyword list entries";
                return Err(raise!(SystemError, "{text} ({count}) than format specifiers ({index})"));
            }
            if !is_short {
                if let Some(o) = positional.get(index) {
                    let converted = parse.convert(&mut rest, *o, 0);
                    converted.map_err(|refused| parse.refuse(Some(index + 1), refused, words))?;
                    continue;
                }
                let value = match keywords {
                    Some(keywords) if left > 0 && index >= names.unnamed => names.value(index, *keywords)?,
                    _ => None,
                };
                if let Some(value) = value {
                    left -= 1;
                    let converted = parse.convert(&mut rest, value.borrow(), 0);
                    converted.map_err(|refused| parse.refuse(Some(index + 1), refused, words))?;
                    continue;
                }
                if marks.least.is_none() {
                    is_short = index < names.unnamed;
                    if !is_short {
                        return Err(missing(*words, Lossy(names.get(index)), index));
                    }
                }
                if left == 0 && !is_short {
                    return Ok(());
                }
            }
            let places = skip(&mut rest).map_err(|text| bad_format(text, &rest))?;
            parse.arguments.skip(places);
        }
        if is_short {
            let least = names.unnamed.min(marks.least.unwrap_or(usize::MAX));
            let quantity = if least < reached { "at least" } else { "exactly" };
            return Err(wrong_positional_of(*words, quantity, least, given));
        }
        require_end(&rest)?;
        if left > 0 { Err(self.unexpected()?) } else { Ok(()) }
    }

    /// The error for keywords that are left over.
    #[cold]
    fn unexpected(&self) -> Result<Raised> {
        let Call { positional, keywords, names, words } = self;
        let Some(keywords) = *keywords else { return Ok(invalid(*words)) };
        for index in names.unnamed..positional.len() {
            if names.value(index, keywords)?.is_some() {
                return Ok(given_twice(*words, Lossy(names.get(index)), index));
            }
        }
        for (key, _) in dict::entries(keywords) {
            let Some(key) = key.borrow().downcast() else { return Ok(not_a_string()) };
            if !names.named().any(|name| str::is_utf8(key, name)) {
                let mut known: Array<Ref> = Array::new_in(Malloc);
                for name in names.named() {
                    memory::push(&mut known, str::from_utf8(name)?)?;
                }
                return unexpected(*words, key, Ref::borrow_all(&known));
            }
        }
        Ok(invalid(*words))
    }
}

/// TypeError when there are more arguments than the function takes.
#[inline]
pub(super) fn refuse_too_many(positional: usize, named: usize, most: usize, words: Words<'_>) -> Result<()> {
    let given = positional + named;
    if given <= most {
        return Ok(());
    }
    let (by_name, plural) = (if positional == 0 { "keyword " } else { "" }, plural(most));
    let function = function(words, 200, "function");
    Err(raise!(TypeError, "{function} takes at most {most} {by_name}argument{plural} ({given} given)"))
}

/// TypeError: a wrong number of positional arguments; none when the function takes none.
#[cold]
pub(super) fn wrong_positional(words: Words<'_>, quantity: &str, bound: usize, given: usize) -> Raised {
    match bound {
        0 => raise!(TypeError, "{} takes no positional arguments", function(words, 200, "function")),
        _ => wrong_positional_of(words, quantity, bound, given),
    }
}

/// TypeError: a wrong number of positional arguments.
#[cold]
pub(super) fn wrong_positional_of(words: Words<'_>, quantity: &str, bound: usize, given: usize) -> Raised {
    let (function, plural) = (function(words, 200, "function"), plural(bound));
    raise!(TypeError, "{function} takes {quantity} {bound} positional argument{plural} ({given} given)")
}

/// TypeError: a required argument is missing.
#[cold]
pub(super) fn missing(words: Words<'_>, name: impl core::fmt::Display, index: usize) -> Raised {
    let (function, position) = (function(words, 200, "function"), index + 1);
    raise!(TypeError, "{function} missing required argument '{name}' (pos {position})")
}

/// TypeError: an argument has a position and a name.
#[cold]
pub(super) fn given_twice(words: Words<'_>, name: impl core::fmt::Display, index: usize) -> Raised {
    let (function, position) = (function(words, 200, "function"), index + 1);
    raise!(TypeError, "argument for {function} given by name ('{name}') and position ({position})")
}

/// TypeError: there are more keywords than names, and each keyword is a name.
#[cold]
pub(super) fn invalid(words: Words<'_>) -> Raised {
    raise!(TypeError, "invalid keyword argument for {}", function(words, 200, "this function"))
}

#[cold]
pub(super) fn not_a_string() -> Raised {
    raise!(TypeError, "keywords must be strings")
}

/// TypeError: a keyword is not one of the names. The nearest name is added.
#[cold]
pub(super) fn unexpected(words: Words<'_>, key: str::Str<'_>, names: &[Obj<'_>]) -> Result<Raised> {
    let mut known: Array<&str> = Array::new_in(Malloc);
    if str::utf8(key).is_ok() {
        for name in names.iter().filter_map(|name| name.downcast()) {
            memory::push(&mut known, str::utf8(name)?)?;
        }
    }
    Ok(suggest::unexpected(function(words, 200, "this function"), key, known.iter().copied()))
}

/// SystemError: a unit that is skipped does not exist.
#[cold]
pub(super) fn bad_format(text: &str, rest: &Cursor<'_>) -> Raised {
    raise!(SystemError, "{text}: '{}'", Lossy(rest.rest()))
}
