//! The methods about letters, digits and white space, all of ASCII.

use super::Kind;
use crate::runtime::{Ref, Result, View, known};

/// White space of ASCII, with the vertical tab.
pub(super) const fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0x0b
}

/// A new object whose bytes are changed ones of an object. The function gets the byte before too, 0 at the beginning.
fn changed<K: Kind>(o: View<'_, K>, change: impl Fn(u8, u8) -> u8) -> Result<Ref> {
    // SAFETY: making a new object runs no code of the program.
    unsafe {
        K::with(o, |bytes| {
            K::build(bytes.len(), |new| {
                let mut before = 0;
                for (place, byte) in new.iter_mut().zip(bytes) {
                    *place = change(*byte, before);
                    before = *byte;
                }
            })
        })
    }
}

pub(super) fn lower<K: Kind>(o: View<'_, K>) -> Result<Ref> {
    changed(o, |byte, _| byte.to_ascii_lowercase())
}

pub(super) fn upper<K: Kind>(o: View<'_, K>) -> Result<Ref> {
    changed(o, |byte, _| byte.to_ascii_uppercase())
}

pub(super) fn swap_case<K: Kind>(o: View<'_, K>) -> Result<Ref> {
    changed(o, |byte, _| if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { byte })
}

pub(super) fn title<K: Kind>(o: View<'_, K>) -> Result<Ref> {
    changed(o, |byte, before| match before.is_ascii_alphabetic() {
        true => byte.to_ascii_lowercase(),
        false => byte.to_ascii_uppercase(),
    })
}

pub(super) fn capitalize<K: Kind>(o: View<'_, K>) -> Result<Ref> {
    // SAFETY: making a new object runs no code of the program.
    unsafe {
        K::with(o, |bytes| {
            K::build(bytes.len(), |new| {
                new.copy_from_slice(bytes);
                new.make_ascii_lowercase();
                if let Some(first) = new.first_mut() {
                    first.make_ascii_uppercase();
                }
            })
        })
    }
}

/// Whether a rule holds for the bytes of an object.
fn holds<K: Kind>(o: View<'_, K>, rule: impl FnOnce(&[u8]) -> bool) -> Result<Ref> {
    // SAFETY: a rule runs no code of the program.
    Ok(known::bool(unsafe { K::with(o, |bytes| rule(bytes)) }).to_ref())
}

/// Whether there are bytes, and all are of a kind.
fn all<K: Kind>(o: View<'_, K>, kind: fn(u8) -> bool) -> Result<Ref> {
    holds(o, |bytes| !bytes.is_empty() && bytes.iter().all(|byte| kind(*byte)))
}

pub(super) fn is_alnum<K: Kind>(o: View<'_, K>) -> Result<Ref> {
    all(o, |byte| byte.is_ascii_alphanumeric())
}

pub(super) fn is_alpha<K: Kind>(o: View<'_, K>) -> Result<Ref> {
    all(o, |byte| byte.is_ascii_alphabetic())
}

pub(super) fn is_digit<K: Kind>(o: View<'_, K>) -> Result<Ref> {
    all(o, |byte| byte.is_ascii_digit())
}

pub(super) fn is_spaces<K: Kind>(o: View<'_, K>) -> Result<Ref> {
    all(o, is_space)
}

pub(super) fn is_ascii<K: Kind>(o: View<'_, K>) -> Result<Ref> {
    holds(o, <[u8]>::is_ascii)
}

pub(super) fn is_lower<K: Kind>(o: View<'_, K>) -> Result<Ref> {
    holds(o, |bytes| bytes.iter().any(u8::is_ascii_lowercase) && !bytes.iter().any(u8::is_ascii_uppercase))
}

pub(super) fn is_upper<K: Kind>(o: View<'_, K>) -> Result<Ref> {
    holds(o, |bytes| bytes.iter().any(u8::is_ascii_uppercase) && !bytes.iter().any(u8::is_ascii_lowercase))
}

pub(super) fn is_title<K: Kind>(o: View<'_, K>) -> Result<Ref> {
    holds(o, |bytes| {
        let before = core::iter::once(&0).chain(bytes);
        let mut pairs = bytes.iter().zip(before);
        let right = pairs.all(|(byte, before)| match before.is_ascii_alphabetic() {
            true => !byte.is_ascii_uppercase(),
            false => !byte.is_ascii_lowercase(),
        });
        right && bytes.iter().any(u8::is_ascii_alphabetic)
    })
}
