//! `print` and `input`.

use super::common::{This, none};
use crate::interpreter::root::{self, Part};
use crate::objects::arguments::{self, Signature};
use crate::objects::dict::{self, Dict};
use crate::objects::{constants, file_methods, str, suggest};
use crate::protocol::truth::truth;
use crate::runtime::{Obj, Raised, Ref, Result, error, raise};

/// A text between or after the printed objects; `None` for the usual one.
fn piece(name: &str, value: Option<Ref>) -> Result<Option<Ref>> {
    match value.filter(|value| !value.borrow().is(constants::NONE)) {
        Some(value) if !str::check(value.borrow()) => {
            let class = value.borrow().class();
            Err(raise!(TypeError, "{name} must be None or a string, not {}", class.name()))
        }
        value => Ok(value),
    }
}

/// A file of `sys`; RuntimeError when it is missing.
fn standard(name: &str) -> Result<Ref> {
    let sys = root::part(Part::Sys).ok_or_else(|| lost(name))?;
    dict::get_str(sys.borrow(), name)?.ok_or_else(|| lost(name))
}

fn lost(name: &str) -> Raised {
    raise!(RuntimeError, "lost sys.{name}")
}

/// `print(*objects, sep=' ', end='\n', file=None, flush=False)`
pub(super) fn print(_: This<'_>, objects: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let signature = Signature { function: "print", names: ["sep", "end", "file", "flush"], required: 0 };
    // With too many keywords the error still names the one that is unknown, and not their number.
    let mut unknown =
        keywords.filter(|keywords| dict::len(*keywords) > signature.names.len()).into_iter().flat_map(dict::entries);
    if let Some((name, _)) =
        unknown.find(|(name, _)| !signature.names.iter().any(|known| str::is(name.borrow(), known)))
    {
        return Err(suggest::unexpected("print()", str::require(name.borrow())?, signature.names.into_iter()));
    }
    let [separator, end, file, flush] = match keywords {
        Some(_) => signature.parse(&[], keywords)?,
        None => [const { None }; 4],
    };
    let flush = flush.map_or(Ok(false), |flush| truth(flush.borrow()))?;
    let file = match file.filter(|file| !file.borrow().is(constants::NONE)) {
        Some(file) => file,
        None => standard("stdout")?,
    };
    // The file is None for a program without a terminal.
    if file.borrow().is(constants::NONE) {
        return none();
    }
    let (separator, end) = (piece("sep", separator)?, piece("end", end)?);
    let write = |o: Obj<'_>| file_methods::write(Some(o), file.borrow(), true);
    let write_piece = |piece: &Option<Ref>, usual| match piece {
        Some(piece) => write(piece.borrow()),
        None => write(str::from_str(usual)?.borrow()),
    };
    for (index, o) in objects.iter().enumerate() {
        if index > 0 {
            write_piece(&separator, " ")?;
        }
        write(*o)?;
    }
    write_piece(&end, "\n")?;
    if flush {
        file_methods::flush(file.borrow())?;
    }
    none()
}

/// `input(prompt='')`, from the objects in `sys.stdin` and `sys.stdout`.
pub(super) fn input(_: This<'_>, given: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("input", given.len(), 0, 1)?;
    let file = |name| match standard(name) {
        Ok(file) if file.borrow().is(constants::NONE) => Err(lost(name)),
        file => file,
    };
    let (source, screen, errors) = (file("stdin")?, file("stdout")?, file("stderr")?);
    // Messages that wait in the object for errors come before the question.
    flush_quietly(&errors);
    if let Some(prompt) = given.first() {
        file_methods::write(Some(*prompt), screen.borrow(), true)?;
    }
    flush_quietly(&screen);
    file_methods::line(source.borrow(), -1)
}

fn flush_quietly(file: &Ref) {
    if file_methods::flush(file.borrow()).is_err() {
        error::clear();
    }
}
