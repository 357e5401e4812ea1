//! The arguments of the built-in types when they are called: the numbers that CPython accepts, and its messages for
//! others.

use super::dict::{self, Dict};
use super::tuple::{self, Tuple};
use super::{constants, str, suggest};
use crate::objects::index;
use crate::protocol::number;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Obj, Raised, Ref, Result, Type, raise};
use core::fmt::{Display, from_fn};

/// TypeError when there are keyword arguments.
pub fn no_keywords(function: &str, keywords: Option<Dict<'_>>) -> Result<()> {
    if keywords.is_none_or(|keywords| dict::len(keywords) == 0) {
        return Ok(());
    }
    Err(raise!(TypeError, "{function}() takes no keyword arguments"))
}

/// TypeError when there are keyword arguments, for `tp_new` of a built-in class: a derived class whose `tp_init` is another one's may
/// have some.
pub fn no_keywords_of_new(function: &str, class: Type<'_>, base: Type<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    let slot = |class: Type<'_>| class.fields().tp_init.map(|slot| slot as usize);
    let is_refused = keywords.is_some() && (class == base || slot(class) == slot(base));
    if is_refused { no_keywords(function, keywords) } else { Ok(()) }
}

/// TypeError when there are keyword arguments, for `tp_init` of a built-in class: a derived class whose `tp_new` is another one's may
/// have some.
pub fn no_keywords_of_init(function: &str, class: Type<'_>, base: Type<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    let slot = |class: Type<'_>| class.fields().tp_new.map(|slot| slot as usize);
    let is_refused = keywords.is_some() && (class == base || slot(class) == slot(base));
    if is_refused { no_keywords(function, keywords) } else { Ok(()) }
}

/// TypeError unless the number of arguments is between two bounds.
pub fn between(function: impl Display, given: usize, least: usize, most: usize) -> Result<()> {
    let (qualifier, bound) = match given {
        _ if given < least => (if least == most { "" } else { "at least " }, least),
        _ if given > most => (if least == most { "" } else { "at most " }, most),
        _ => return Ok(()),
    };
    let plural = if bound == 1 { "" } else { "s" };
    Err(raise!(TypeError, "{function} expected {qualifier}{bound} argument{plural}, got {given}"))
}

/// The only argument, if there is one; TypeError when there are more.
pub fn at_most_one<'a>(function: impl Display, arguments: Tuple<'a>) -> Result<Option<Obj<'a>>> {
    between(function, tuple::len(arguments), 0, 1)?;
    Ok(tuple::items(arguments).first().copied())
}

/// Checks that there are no keywords, and this number of arguments.
pub(crate) fn exactly<'a, const COUNT: usize>(
    function: &str,
    arguments: Tuple<'a>,
    keywords: Option<Dict<'_>>,
) -> Result<[Obj<'a>; COUNT]> {
    no_keywords(function, keywords)?;
    let items = tuple::items(arguments);
    between(function, items.len(), COUNT, COUNT)?;
    items.try_into().map_err(|_| bad_argument("the call of a type"))
}

/// A bound of a search that can't be None, cut to the nearest size.
pub fn nearest_index(bound: Obj<'_>) -> Result<isize> {
    if !number::is_index(bound) {
        return Err(raise!(TypeError, "slice indices must be integers or have an __index__ method"));
    }
    index::as_ssize_t(bound, None)
}

/// The bounds of a search, the second and third of up to three arguments. Negative bounds count from the end: the length is asked
/// last, since the code of a bound may change it.
pub fn bounds(arguments: &[Obj<'_>], length: impl FnOnce() -> usize) -> Result<core::ops::Range<usize>> {
    let bound = |at: usize, default: isize| arguments.get(at).map_or(Ok(default), |bound| nearest_index(*bound));
    let (start, end) = (bound(1, 0)?, bound(2, isize::MAX)?);
    let length = length();
    let place = |bound: isize| usize::try_from(bound).unwrap_or_else(|_| length.saturating_sub(bound.unsigned_abs()));
    Ok(place(start)..place(end))
}

/// The class of a wrong argument, as CPython's argument parsers name it: None is called `None` there.
pub fn kind(argument: Obj<'_>) -> impl Display + '_ {
    from_fn(move |out| match argument.is(constants::NONE) {
        true => out.write_str("None"),
        false => argument.class().name().fmt(out),
    })
}

/// TypeError unless all keywords are strings.
pub fn require_names(keywords: Option<Dict<'_>>) -> Result<()> {
    match keywords.into_iter().flat_map(dict::entries).all(|(keyword, _)| str::check(keyword.borrow())) {
        true => Ok(()),
        false => Err(raise!(TypeError, "keywords must be strings")),
    }
}

/// The arguments of a constructor that accepts some of them by name, as CPython's Argument Clinic describes them.
#[derive(Debug)]
pub struct Signature<const COUNT: usize> {
    /// The constructor's name.
    pub function: &'static str,
    /// The names of the arguments, in order. An argument with an empty name can be given by position only.
    pub names: [&'static str; COUNT],
    /// The number of required arguments.
    pub required: usize,
}

impl<const COUNT: usize> Signature<COUNT> {
    /// The value of each argument, if it was given.
    pub fn parse(&self, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<[Option<Ref>; COUNT]> {
        let function = self.function;
        let mut named = keywords.map_or(0, dict::len);
        let given = arguments.len() + named;
        if given > COUNT {
            let by_name = if arguments.is_empty() { "keyword " } else { "" };
            let plural = if COUNT == 1 { "" } else { "s" };
            return Err(raise!(
                TypeError,
                "{function}() takes at most {COUNT} {by_name}argument{plural} ({given} given)"
            ));
        }
        let by_position = self.names.iter().take(self.required).take_while(|name| name.is_empty()).count();
        if arguments.len() < by_position {
            let bound = if by_position < COUNT { "at least" } else { "exactly" };
            let (given, plural) = (arguments.len(), if by_position == 1 { "" } else { "s" });
            return Err(raise!(
                TypeError,
                "{function}() takes {bound} {by_position} positional argument{plural} ({given} given)"
            ));
        }
        let mut values = [const { None }; COUNT];
        for (index, (value, name)) in values.iter_mut().zip(self.names).enumerate() {
            *value = match arguments.get(index) {
                Some(argument) => Some(argument.to_ref()),
                None => by_name(keywords, name)?.inspect(|_| named -= 1),
            };
            if value.is_none() && index < self.required {
                let nth = index + 1;
                return Err(raise!(TypeError, "{function}() missing required argument '{name}' (pos {nth})"));
            }
        }
        if named > 0 { Err(self.refuse(arguments.len(), keywords)?) } else { Ok(values) }
    }

    /// The value of each argument, see [`Signature::parse`], if only the first `most` can be given by position.
    pub fn parse_named(
        &self,
        most: usize,
        arguments: &[Obj<'_>],
        keywords: Option<Dict<'_>>,
    ) -> Result<[Option<Ref>; COUNT]> {
        let (function, given) = (self.function, arguments.len());
        if given <= most || given + keywords.map_or(0, dict::len) > COUNT {
            return self.parse(arguments, keywords);
        }
        if most == 0 {
            return Err(raise!(TypeError, "{function}() takes no positional arguments"));
        }
        let plural = if most == 1 { "" } else { "s" };
        Err(raise!(TypeError, "{function}() takes at most {most} positional argument{plural} ({given} given)"))
    }

    /// An argument that becomes a C string: UTF-8 without a NUL.
    pub fn text<'a>(&self, index: usize, value: &'a Option<Ref>) -> Result<Option<&'a str>> {
        let Some(value) = value.as_ref().map(Ref::borrow) else { return Ok(None) };
        let Some(text) = value.downcast() else {
            let (function, name) = (self.function, self.names.get(index).unwrap_or(&""));
            return Err(raise!(TypeError, "{function}() argument '{name}' must be str, not {}", kind(value)));
        };
        let text = str::utf8(text)?;
        if text.contains('\0') { Err(raise!(ValueError, "embedded null character")) } else { Ok(Some(text)) }
    }

    /// TypeError: a keyword names no argument.
    #[cold]
    fn refuse(&self, positional: usize, keywords: Option<Dict<'_>>) -> Result<Raised> {
        let function = self.function;
        for (index, name) in self.names.iter().enumerate().take(positional) {
            if by_name(keywords, name)?.is_some() {
                let nth = index + 1;
                return Ok(raise!(
                    TypeError,
                    "argument for {function}() given by name ('{name}') and position ({nth})"
                ));
            }
        }
        require_names(keywords)?;
        let is_known =
            |keyword: &Ref| self.names.iter().any(|name| !name.is_empty() && str::is(keyword.borrow(), name));
        let mut unknown = keywords.into_iter().flat_map(dict::entries).filter(|(keyword, _)| !is_known(keyword));
        let unknown = unknown.next().map_or_else(|| str::empty().to_ref(), |(keyword, _)| keyword);
        Ok(suggest::unexpected(
            format_args!("{function}()"),
            str::require(unknown.borrow())?,
            self.names.iter().copied(),
        ))
    }
}

/// The value of a keyword, if it was given. No argument has the empty name.
fn by_name(keywords: Option<Dict<'_>>, name: &str) -> Result<Option<Ref>> {
    match keywords {
        Some(keywords) if !name.is_empty() => dict::get_str(keywords, name),
        _ => Ok(None),
    }
}
