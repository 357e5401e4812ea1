//! Ints and floats by a specification.

use super::digits::{magnitude, prefix};
use super::layout::{Number, fill, margins, push_character, push_number};
use super::spec::Spec;
use crate::abi::{Py_DTSF_ADD_DOT_0, Py_DTSF_ALT, Py_DTSF_NO_NEG_0, PyFloatObject};
use crate::objects::complex::{self as complexes, Complex, ComplexView};
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

/// A complex number: its parts without a width, in parentheses if no type is given, and then the whole in the field.
pub(super) fn complex(complex: ComplexView<'_>, text: Str<'_>) -> Result<Ref> {
    let spec = Spec::parse(text, *complex, 0, b'>')?;
    let kind = match u8::try_from(spec.kind) {
        Ok(kind @ (0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G')) => kind,
        Ok(b'n') => b'g',
        _ => return Err(spec.unknown_kind(*complex)),
    };
    let Ok(precision) = spec.precision.map(c_int::try_from).transpose() else {
        return Err(raise!(ValueError, "precision too big"));
    };
    if spec.fill == u32::from('0') {
        return Err(raise!(ValueError, "Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == b'=' {
        return Err(raise!(ValueError, "'=' alignment flag is not allowed in complex format specifier"));
    }
    let (code, precision) = match (kind, precision) {
        (0, None) => (b'r', 0),
        (0, Some(precision)) => (b'g', precision),
        (kind, precision) => (kind, precision.unwrap_or(6)),
    };
    let flags = if spec.alternate { Py_DTSF_ALT } else { 0 } | if spec.no_negative_zero { Py_DTSF_NO_NEG_0 } else { 0 };
    let Complex { real, imag } = complexes::value(complex);
    let has_real = kind != 0 || real != 0.0 || real.is_sign_negative();
    let in_parentheses = kind == 0 && has_real;
    let part = Spec { fill: ' '.into(), align: b'<', width: 0, ..spec };
    let mut parts = Builder::new();
    if in_parentheses {
        parts.push(b'('.into())?;
    }
    if has_real {
        push_float(&mut parts, &part, &format::format(real, code, precision, flags)?, false)?;
    }
    let sign = if has_real { b'+' } else { spec.sign };
    push_float(&mut parts, &Spec { sign, ..part }, &format::format(imag, code, precision, flags)?, false)?;
    parts.push_str(if in_parentheses { "j)" } else { "j" })?;
    let [before, _, after] = margins(&spec, parts.len());
    let mut text = Builder::new();
    fill(&mut text, spec.fill, before)?;
    text.push_object(parts.finish()?.borrow())?;
    fill(&mut text, spec.fill, after)?;
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
