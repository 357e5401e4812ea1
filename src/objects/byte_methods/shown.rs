//! The repr of byte strings.

use crate::objects::str::Builder;
use crate::runtime::Result;

/// Appends `b'…'`, with escapes for all bytes that are not printable ASCII. With `smart_quotes`, bytes with single
/// quotes and without double ones are put in double quotes; `escapes_single` says whether a single quote has an escape
/// there too.
pub fn push_repr(text: &mut Builder, bytes: &[u8], smart_quotes: bool, escapes_single: bool) -> Result<()> {
    let double = smart_quotes && bytes.contains(&b'\'') && !bytes.contains(&b'"');
    let quote = if double { b'"' } else { b'\'' };
    text.extend([b'b'.into(), quote.into()].into_iter())?;
    for &byte in bytes {
        match byte {
            b'"' => text.push(byte.into())?,
            b'\'' if double && !escapes_single => text.push(byte.into())?,
            _ => text.extend(byte.escape_ascii().map(u32::from))?,
        }
    }
    text.push(quote.into())
}
