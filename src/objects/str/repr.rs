//! The repr of a `str`: in quotes, with escapes for characters that can't be printed.

use super::builder::Builder;
use super::layout::{Str, points};
use super::printable::is_printable;
use crate::runtime::{Ref, Result};

/// The repr: in double quotes if the string has single quotes and no double ones, else in single quotes.
pub(super) fn repr(s: Str<'_>) -> Result<Ref> {
    let has = |quote: char| points(s).iter().any(|point| point == quote.into());
    let quote = u32::from(if has('\'') && !has('"') { '"' } else { '\'' });
    let mut text = Builder::new();
    text.push(quote)?;
    for point in points(s).iter() {
        match char::from_u32(point) {
            Some('\n') => text.push_str("\\n")?,
            Some('\r') => text.push_str("\\r")?,
            Some('\t') => text.push_str("\\t")?,
            Some('\\') => text.push_str("\\\\")?,
            _ if point == quote => {
                text.push_str("\\")?;
                text.push(point)?;
            }
            _ if is_printable(point) => text.push(point)?,
            _ => text.push_escape(point)?,
        }
    }
    text.push(quote)?;
    text.finish()
}
