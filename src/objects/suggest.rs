//! The name that a caller may have meant: the nearest to a misspelt one, as CPython measures it.

use crate::objects::str::{self, Str};
use crate::runtime::{Raised, error, raise};
use core::fmt::Display;

/// TypeError: a keyword is not one of a function's names. The nearest name is added.
#[cold]
pub fn unexpected<'a>(
    function: impl Display,
    keyword: Str<'_>,
    names: impl Iterator<Item = &'a str> + Clone,
) -> Raised {
    let shown = str::as_text(*keyword);
    let meant = match str::utf8(keyword) {
        Ok(keyword) => nearest(keyword, names),
        Err(_) => {
            error::clear();
            None
        }
    };
    match meant {
        None => raise!(TypeError, "{function} got an unexpected keyword argument '{shown}'"),
        Some(name) => {
            raise!(TypeError, "{function} got an unexpected keyword argument '{shown}'. Did you mean '{name}'?")
        }
    }
}

/// The cost of a character that is added, left out or replaced. One that differs in case alone costs half as much.
const CHANGE: usize = 2;

/// The longest names that are compared, without the ends that they have in common, and the largest number of names.
const LONGEST: usize = 40;
const MOST: usize = 750;

/// The nearest of some other names, if no more than a third of the characters would have to change.
fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    if names.clone().count() >= MOST {
        return None;
    }
    let (mut best, mut nearest) = (usize::MAX, None);
    for other in names.filter(|other| *other != name) {
        let allowed = (name.len() + other.len() + 3) * CHANGE / 6;
        // A name that is as near as an earlier one does not replace it.
        let allowed = allowed.min(best - 1);
        if let Some(distance) = distance(name.as_bytes(), other.as_bytes(), allowed) {
            best = distance;
            nearest = Some(other);
        }
        if best == 0 {
            break;
        }
    }
    nearest
}

/// The cost of one byte for another.
fn replacement(a: u8, b: u8) -> usize {
    match (a, b) {
        _ if a == b => 0,
        _ if a.eq_ignore_ascii_case(&b) => 1,
        _ => CHANGE,
    }
}

/// The cost of the changes from one text to another (a Levenshtein distance), unless it is more than is allowed.
fn distance(a: &[u8], b: &[u8], allowed: usize) -> Option<usize> {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(start..)?, b.get(start..)?);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(..a.len() - end)?, b.get(..b.len() - end)?);
    let within = |cost| (cost <= allowed).then_some(cost);
    if a.is_empty() || b.is_empty() {
        return within((a.len() + b.len()) * CHANGE);
    }
    if a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    // The costs from the start of `b` so far to each start of `a`, row by row.
    let mut row = [0; LONGEST + 1];
    row.iter_mut().enumerate().for_each(|(length, cost)| *cost = length * CHANGE);
    let row = row.get_mut(..=a.len())?;
    for (index, to) in b.iter().enumerate() {
        let mut diagonal = index * CHANGE;
        let mut left = diagonal + CHANGE;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cost, from) in row.iter_mut().skip(1).zip(a) {
            let above = *cost;
            left = (diagonal + replacement(*to, *from)).min(left.min(above) + CHANGE);
            diagonal = above;
            *cost = left;
        }
    }
    within(*row.last()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let free = |a: &str, b: &str| distance(a.as_bytes(), b.as_bytes(), usize::MAX);
        assert_eq!(free("", ""), Some(0));
        assert_eq!(free("a", "A"), Some(1));
        assert_eq!(free("", "a"), Some(2));
        assert_eq!(free("Apple", "Aple"), Some(2));
        assert_eq!(free("Banana", "B@n@n@"), Some(6));
        assert_eq!(free("Cherry", "Cherry!"), Some(2));
        assert_eq!(free("wxyz", "wXyZ"), Some(2));
        assert_eq!(free("wxyz", "wXyZ123"), Some(8));
        assert_eq!(free("Python", "Java"), Some(12));
        assert_eq!(free("Python", "C++"), Some(12));
        assert_eq!(distance(b"Python", b"Java", 11), None);
        assert_eq!(free(&"a".repeat(41), &"b".repeat(41)), None);
    }

    #[test]
    fn the_nearest_name_is_near() {
        assert_eq!(nearest("fooo", ["bar", "foo", "fool"].into_iter()), Some("foo"));
        assert_eq!(nearest("Foo", ["bar", "foo"].into_iter()), Some("foo"));
        assert_eq!(nearest("x", ["bar", "foo"].into_iter()), None);
        assert_eq!(nearest("x", [].into_iter()), None);
    }
}
