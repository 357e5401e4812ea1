//! Dotted names of modules, in parts and in quotes.

use crate::objects::str;
use crate::protocol::text;
use crate::runtime::{Obj, Ref, Result, memory};

/// A dotted name split into its package, if it is in one, and the rest.
pub fn split(name: &str) -> (Option<&str>, &str) {
    let dot = memory::find_last_byte(name.as_bytes(), b'.');
    let (package, last) = match dot.and_then(|dot| name.split_at_checked(dot)) {
        Some((package, last)) => (package, last.get(1..).unwrap_or_default()),
        None => return (None, name),
    };
    ((!package.is_empty()).then_some(package), last)
}

/// The part of a name before its last dot, if the name is a `str` with a dot.
pub fn outer(name: Obj<'_>) -> Result<Option<Ref>> {
    let Some(name) = name.downcast() else { return Ok(None) };
    let points = str::points(name);
    let dot = (0..points.len()).rev().find(|at| points.get(*at) == Some('.'.into()));
    dot.map(|dot| str::substring(name, 0, dot as isize)).transpose()
}

/// A name as Python quotes it.
pub fn quoted(name: &str) -> Result<Ref> {
    text::repr(str::from_str(name)?.borrow())
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_name_is_split_at_its_last_dot() {
        assert_eq!(split("module"), (None, "module"));
        assert_eq!(split("pack.age.module"), (Some("pack.age"), "module"));
        assert_eq!(split("pack."), (Some("pack"), ""));
        assert_eq!(split(".module"), (None, "module"));
        assert_eq!(split(""), (None, ""));
    }
}
