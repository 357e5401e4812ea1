//! The lines of a file of stand-ins, parsed.
//!
//! ```text
//! numpy.exceptions.AxisError = exception ValueError IndexError
//! os.PathLike = class
//! pkg._NoValue = object
//! math.floor = function
//! pkg.version = "1.0"
//! ```

use crate::runtime::line::{Escaped, Line};
use crate::runtime::list_file::{self, lines};
use crate::runtime::memory::aside::{Aside, Notes, note};

/// One line.
#[derive(Debug)]
pub struct StandIn<'a> {
    /// The module.
    pub module: &'a str,
    /// The attribute; empty for a line that only says that the module exists.
    pub name: &'a str,
    /// The object that stands in.
    pub value: Value<'a>,
    /// The number of the line.
    pub line: usize,
}

/// The object that stands in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// A class with bases, which are names with blanks between them.
    Class(&'a str),
    /// An exception class, likewise.
    Exception(&'a str),
    /// A plain object.
    Object,
    /// A function with its result.
    Function(Option<Constant<'a>>),
    /// A constant.
    Constant(Constant<'a>),
    /// A module.
    Module,
}

/// A constant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Constant<'a> {
    /// None.
    None,
    /// True or False.
    Truth(bool),
    /// The text between the quotes, with its escapes.
    Text(&'a str),
    /// The digits of an integer, with its sign.
    Int(&'a str),
    /// A number with a fraction or an exponent.
    Float(f64),
}

/// A problem with the file. The text follows the file's name in a message.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// It can't be read.
    #[error("{0}")]
    Unread(#[from] list_file::Unread),
    /// A line is wrong.
    #[error(", line {0}: {1}")]
    Line(usize, Wrong),
}

/// The mistake in a line.
#[derive(Debug, thiserror::Error)]
pub enum Wrong {
    /// The bytes are not UTF-8.
    #[error("it is not UTF-8")]
    NoText,
    /// There is no `=`.
    #[error("it must be NAME = VALUE")]
    NoValue,
    /// The name is not that of an attribute of a module.
    #[error("\"{0}\" is not the name of a module's attribute, as in package.module.name")]
    Name(Shown),
    /// The value is of an unknown kind.
    #[error(
        "there is no stand-in \"{0}\"; it must be class, exception, function, module, object, a text in quotes, \
         a number, None, True or False"
    )]
    Kind(Shown),
    /// A base is no name.
    #[error("\"{0}\" is not the name of a class")]
    Base(Shown),
    /// There are too many words.
    #[error("\"{0}\" follows {1}")]
    Rest(Shown, &'static str),
    /// A text has no end.
    #[error("a text must end with a quote")]
    NoQuote,
    /// An escape is unknown.
    #[error("\"{0}\" is no escape of a text, which may have \\\\, \\\", \\n and \\t")]
    Escape(Shown),
    /// A number is not written as one.
    #[error("\"{0}\" is no number")]
    Number(Shown),
    /// There is no memory for the line.
    #[error("there is no memory for it")]
    NoMemory,
}

/// A part of a line, for a message.
pub type Shown = Line<80>;

fn show(text: &str) -> Shown {
    Line::of(format_args!("{}", Escaped(text.as_bytes())))
}

/// Parses a file's text.
pub fn parse(text: &[u8]) -> Result<Notes<StandIn<'_>>, Problem> {
    let mut all = Notes::new_in(Aside);
    for (number, line) in lines(text) {
        let stand_in = parse_line(line, number).map_err(|wrong| Problem::Line(number, wrong))?;
        note(&mut all, stand_in).ok_or(Problem::Line(number, Wrong::NoMemory))?;
    }
    Ok(all)
}

fn parse_line(line: &[u8], number: usize) -> Result<StandIn<'_>, Wrong> {
    let line = core::str::from_utf8(line).map_err(|_| Wrong::NoText)?;
    let (full, value) = line.split_once('=').ok_or(Wrong::NoValue)?;
    let (full, value) = (full.trim_ascii(), parse_value(value.trim_ascii())?);
    if !full.split('.').all(is_identifier) {
        return Err(Wrong::Name(show(full)));
    }
    let (module, name) = match value {
        Value::Module => (full, ""),
        _ => full.rsplit_once('.').ok_or_else(|| Wrong::Name(show(full)))?,
    };
    Ok(StandIn { module, name, value, line: number })
}

fn is_identifier(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii();
    name.bytes().next().is_some_and(is_letter) && name.bytes().all(|byte| is_letter(byte) || byte.is_ascii_digit())
}

fn parse_value(text: &str) -> Result<Value<'_>, Wrong> {
    let (word, rest) = text.split_once([' ', '\t']).map_or((text, ""), |(word, rest)| (word, rest.trim_ascii()));
    let alone = |value, kind| if rest.is_empty() { Ok(value) } else { Err(Wrong::Rest(show(rest), kind)) };
    match word {
        "class" => parse_bases(rest).map(Value::Class),
        "exception" => parse_bases(rest).map(Value::Exception),
        "object" => alone(Value::Object, "object"),
        "module" => alone(Value::Module, "module"),
        "function" if rest.is_empty() => Ok(Value::Function(None)),
        "function" => parse_constant(rest).map(|result| Value::Function(Some(result))),
        _ => parse_constant(text).map(Value::Constant),
    }
}

fn parse_bases(bases: &str) -> Result<&str, Wrong> {
    match bases.split_ascii_whitespace().find(|base| !base.split('.').all(is_identifier)) {
        Some(base) => Err(Wrong::Base(show(base))),
        None => Ok(bases),
    }
}

fn parse_constant(text: &str) -> Result<Constant<'_>, Wrong> {
    match text {
        "None" => return Ok(Constant::None),
        "True" => return Ok(Constant::Truth(true)),
        "False" => return Ok(Constant::Truth(false)),
        _ => {}
    }
    if let Some(rest) = text.strip_prefix('"') {
        return parse_text(rest);
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return Err(Wrong::Kind(show(text)));
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Constant::Int(text));
    }
    text.parse().map(Constant::Float).map_err(|_| Wrong::Number(show(text)))
}

/// The text up to the quote that ends it.
fn parse_text(rest: &str) -> Result<Constant<'_>, Wrong> {
    let mut characters = rest.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => {
                let (text, after) = (rest.get(..at).unwrap_or_default(), rest.get(at + 1..).unwrap_or_default());
                let after = after.trim_ascii();
                let whole = after.is_empty() || after.starts_with('#');
                return if whole { Ok(Constant::Text(text)) } else { Err(Wrong::Rest(show(after), "the text")) };
            }
            '\\' => match characters.next() {
                Some((_, '\\' | '"' | 'n' | 't')) => {}
                Some((end, other)) => {
                    return Err(Wrong::Escape(show(rest.get(at..end + other.len_utf8()).unwrap_or_default())));
                }
                None => return Err(Wrong::NoQuote),
            },
            _ => {}
        }
    }
    Err(Wrong::NoQuote)
}

/// The characters of a text, without its escapes.
pub fn unescape(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut characters = text.chars();
    core::iter::from_fn(move || match characters.next()? {
        '\\' => Some(match characters.next()? {
            'n' => '\n',
            't' => '\t',
            other => other,
        }),
        character => Some(character),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::{String, ToString};

    fn value(text: &str) -> Result<Value<'_>, String> {
        parse_value(text).map_err(|wrong| wrong.to_string())
    }

    #[test]
    fn values() {
        assert_eq!(value("class"), Ok(Value::Class("")));
        assert_eq!(value("class  a.B  C"), Ok(Value::Class("a.B  C")));
        assert_eq!(value("exception\tKeyError"), Ok(Value::Exception("KeyError")));
        assert_eq!(value("object"), Ok(Value::Object));
        assert_eq!(value("module"), Ok(Value::Module));
        assert_eq!(value("function"), Ok(Value::Function(None)));
        assert_eq!(value("function \"x\""), Ok(Value::Function(Some(Constant::Text("x")))));
        assert_eq!(value("\"\""), Ok(Value::Constant(Constant::Text(""))));
        assert_eq!(value("\"a b\" # c"), Ok(Value::Constant(Constant::Text("a b"))));
        assert_eq!(value("-12"), Ok(Value::Constant(Constant::Int("-12"))));
        assert_eq!(value("1.5e3"), Ok(Value::Constant(Constant::Float(1500.0))));
        assert_eq!(value("None"), Ok(Value::Constant(Constant::None)));
        assert_eq!(unescape(r#"a\"\\\n\tb"#).collect::<String>(), "a\"\\\n\tb");
    }

    #[test]
    fn mistakes() {
        for (text, message) in [
            ("object x", "\"x\" follows object"),
            ("module 1", "\"1\" follows module"),
            ("class 1a", "\"1a\" is not the name of a class"),
            ("exception a..b", "\"a..b\" is not the name of a class"),
            ("\"x", "a text must end with a quote"),
            ("\"x\\", "a text must end with a quote"),
            ("\"x\" y", "\"y\" follows the text"),
            ("1x", "\"1x\" is no number"),
            ("-.", "\"-.\" is no number"),
        ] {
            assert_eq!(value(text), Err(message.into()), "{text}");
        }
        assert!(value("\"\\q\"").is_err_and(|message| message.starts_with("\"\\\\q\" is no escape")));
        assert!(value("klass").is_err_and(|message| message.starts_with("there is no stand-in \"klass\"")));
        let line = |text: &str| parse_line(text.as_bytes(), 1).map(drop).map_err(|wrong| wrong.to_string());
        assert_eq!(line("a.b"), Err("it must be NAME = VALUE".into()));
        assert!(line("a = 1").is_err_and(|message| message.starts_with("\"a\" is not the name")));
        assert!(line("a..b = 1").is_err_and(|message| message.starts_with("\"a..b\" is not the name")));
        assert_eq!(line("a = module"), Ok(()));
    }
}
