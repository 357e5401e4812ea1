//! Ints and floats by a specification.

use super::digits::{magnitude, prefix};
use super::layout::{Number, push_character, push_number};
use super::spec::Spec;
use crate::abi::{Py_DTSF_ADD_DOT_0, Py_DTSF_ALT, Py_DTSF_NO_NEG_0, PyFloatObject};
use crate::objects::float::{self as floats, format};
use crate::objects::int::{self as ints, Int};
use crate::objects::str::{Builder, Str};
use crate::runtime::{Ref, Result, View, raise};
use core::ffi::c_int;

/// An int.
pub(super) fn int(int: Int<'_>, text: Str<'_>) -> Result<Ref> {
    let spec = Spec::parse(text, *int, b'd', b'>')?;
    let kind = u8::try_from(spec.kind).unwrap_or(0);
    match kind {
        b'b' | b'c' | b'd' | b'o' | b'x' | b'X' | b'n' => {}
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%' => return write_float(ints::to_f64(int)?, &spec),
        _ => return Err(spec.unknown_kind(*int)),
    }
    if spec.precision.is_some() {
        return Err(raise!(ValueError, "Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(raise!(ValueError, "Negative zero coercion (z) not allowed in integer format specifier"));
    }
    let mut text = Builder::new();
    let number = ints::number(int);
    if kind == b'c' {
        if spec.sign != 0 {
            return Err(raise!(ValueError, "Sign not allowed with integer format specifier 'c'"));
        }
        if spec.alternate {
            return Err(raise!(ValueError, "Alternate form (#) not allowed with integer format specifier 'c'"));
        }
        let point = ints::as_i64(*int)?;
        let point = u32::try_from(point).ok().filter(|&point| point <= char::MAX.into());
        let point = point.ok_or_else(|| raise!(OverflowError, "%c arg not in range(0x110000)"))?;
        push_character(&mut text, &spec, point)?;
    } else {
        let digits = magnitude(number, kind)?;
        let prefix = if spec.alternate { prefix(kind) } else { b"" };
        push_number(
            &mut text,
            &spec,
            &Number { negative: number.negative, prefix, digits: &digits, ..Number::default() },
        )?;
    }
    text.finish()
}

/// A float.
pub(super) fn float(float: View<'_, PyFloatObject>, text: Str<'_>) -> Result<Ref> {
    let spec = Spec::parse(text, *float, 0, b'>')?;
    match u8::try_from(spec.kind) {
        Ok(0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n' | b'%') => write_float(floats::value(float), &spec),
        _ => Err(spec.unknown_kind(*float)),
    }
}

fn write_float(value: f64, spec: &Spec) -> Result<Ref> {
    let mut flags: c_int = 0;
    if spec.alternate {
        flags |= Py_DTSF_ALT;
    }
    if spec.no_negative_zero {
        flags |= Py_DTSF_NO_NEG_0;
    }
    let kind = u8::try_from(spec.kind).unwrap_or(0);
    let (mut code, precision, value) = match kind {
        0 => {
            flags |= Py_DTSF_ADD_DOT_0;
            (b'r', spec.precision.unwrap_or(0), value)
        }
        b'n' => (b'g', spec.precision.unwrap_or(6), value),
        b'%' => (b'f', spec.precision.unwrap_or(6), value * 100.0),
        kind => (kind, spec.precision.unwrap_or(6), value),
    };
    if code == b'r' && spec.precision.is_some() {
        code = b'g';
    }
    let Ok(precision) = c_int::try_from(precision) else {
        return Err(raise!(ValueError, "precision too big"));
    };
    let shown = format::format(value, code, precision, flags)?;
    let mut text = Builder::new();
    push_float(&mut text, spec, &shown, kind == b'%')?;
    text.finish()
}

/// Appends the text of a float.
fn push_float(text: &mut Builder, spec: &Spec, shown: &[u8], is_percent: bool) -> Result<()> {
    let negative = shown.first() == Some(&b'-');
    let rest = shown.get(usize::from(negative)..).unwrap_or_default();
    let whole = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = rest.split_at(whole);
    let has_point = rest.first() == Some(&b'.');
    let rest = rest.get(usize::from(has_point)..).unwrap_or_default();
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (fraction, end) = if has_point { rest.split_at(count) } else { (&[][..], rest) };
    push_number(text, spec, &Number { negative, prefix: b"", digits, fraction, has_point, end, is_percent })
}
