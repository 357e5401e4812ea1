//! Texts and numbers in fields of a width.

use super::spec::{Grouping, Spec};
use crate::objects::str::{self, Builder, Str, points};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Ref, Result, raise};

/// The parts of a number.
#[derive(Debug, Default)]
pub(super) struct Number<'a> {
    pub negative: bool,
    pub prefix: &'a [u8],
    /// The digits before the point.
    pub digits: &'a [u8],
    /// The digits after the point, the point not among them.
    pub fraction: &'a [u8],
    /// Whether there is a point.
    pub has_point: bool,
    /// The exponent; the name of a number without digits.
    pub end: &'a [u8],
    /// Whether a percent sign follows.
    pub is_percent: bool,
}

/// The numbers of fill characters at the left, after the sign, and at the right.
pub(super) fn margins(spec: &Spec, length: usize) -> [usize; 3] {
    let margin = spec.width.saturating_sub(length);
    match spec.align {
        b'<' => [0, 0, margin],
        b'^' => [margin / 2, 0, margin - margin / 2],
        b'=' => [0, margin, 0],
        _ => [margin, 0, 0],
    }
}

/// Appends fill characters.
pub(super) fn fill(text: &mut Builder, point: u32, count: usize) -> Result<()> {
    (0..count).try_for_each(|_| text.push(point))
}

/// Digits in groups, with zeros before them up to a width, which are in groups too.
fn grouped(digits: &[u8], width: usize, grouping: Grouping) -> Result<Array<u8>> {
    let (separator, size) = grouping.parts();
    let mut reversed: Array<u8> = Array::new_in(Malloc);
    memory::reserve(&mut reversed, digits.len().max(width) / 2 * 3 + 8)?;
    let mut rest = digits.iter().rev();
    let mut in_group = 0;
    loop {
        let digit = rest.next();
        if digit.is_none() && reversed.len() >= width {
            break;
        }
        if size > 0 && in_group == size {
            // A separator is not the first character: a digit follows in any case.
            memory::push(&mut reversed, separator)?;
            in_group = 0;
        }
        memory::push(&mut reversed, digit.copied().unwrap_or(b'0'))?;
        in_group += 1;
    }
    reversed.reverse();
    Ok(reversed)
}

/// The digits after the point in groups.
fn grouped_fraction(digits: &[u8], grouping: Grouping) -> Result<Array<u8>> {
    let (separator, size) = grouping.parts();
    let mut text: Array<u8> = Array::new_in(Malloc);
    for (index, &digit) in digits.iter().enumerate() {
        if size > 0 && index > 0 && index % size == 0 {
            memory::push(&mut text, separator)?;
        }
        memory::push(&mut text, digit)?;
    }
    Ok(text)
}

/// Appends a number.
pub(super) fn push_number(text: &mut Builder, spec: &Spec, number: &Number<'_>) -> Result<()> {
    let sign: &[u8] = match (number.negative, spec.sign) {
        (true, _) => b"-",
        (false, b'+') => b"+",
        (false, b' ') => b" ",
        _ => b"",
    };
    let fraction = grouped_fraction(number.fraction, spec.fraction_grouping)?;
    let others = sign.len() + number.prefix.len() + usize::from(number.has_point) + fraction.len() + number.end.len();
    let others = others + usize::from(number.is_percent);
    let zeros_fill = spec.fill == u32::from('0') && spec.align == b'=';
    let least = if zeros_fill && !number.digits.is_empty() { spec.width.saturating_sub(others) } else { 0 };
    let digits = grouped(number.digits, least, spec.grouping)?;
    let [left, inside, right] = margins(spec, others + digits.len());
    fill(text, spec.fill, left)?;
    text.push_latin1(sign)?;
    text.push_latin1(number.prefix)?;
    fill(text, spec.fill, inside)?;
    text.push_latin1(&digits)?;
    if number.has_point {
        text.push(b'.'.into())?;
    }
    text.push_latin1(&fraction)?;
    text.push_latin1(number.end)?;
    text.push_latin1(if number.is_percent { b"%" } else { b"" })?;
    fill(text, spec.fill, right)
}

/// Appends one character as a number is (the type `c`).
pub(super) fn push_character(text: &mut Builder, spec: &Spec, point: u32) -> Result<()> {
    let [left, inside, right] = margins(spec, 1);
    fill(text, spec.fill, left + inside)?;
    text.push(point)?;
    fill(text, spec.fill, right)
}

/// A string by a specification.
pub(super) fn string(s: Str<'_>, text: Str<'_>) -> Result<Ref> {
    let spec = Spec::parse(text, *s, b's', b'<')?;
    if spec.kind != u32::from('s') {
        return Err(spec.unknown_kind(*s));
    }
    match spec.sign {
        0 => {}
        b' ' => return Err(raise!(ValueError, "Space not allowed in string format specifier")),
        _ => return Err(raise!(ValueError, "Sign not allowed in string format specifier")),
    }
    if spec.no_negative_zero {
        return Err(raise!(ValueError, "Negative zero coercion (z) not allowed in string format specifier"));
    }
    if spec.alternate {
        return Err(raise!(ValueError, "Alternate form (#) not allowed in string format specifier"));
    }
    if spec.align == b'=' {
        return Err(raise!(ValueError, "'=' alignment not allowed in string format specifier"));
    }
    let all = points(s);
    let length = spec.precision.map_or(all.len(), |most| most.min(all.len()));
    if spec.width <= length && length == all.len() {
        return str::exact(*s);
    }
    let [left, _, right] = margins(&spec, length);
    let mut text = Builder::new();
    fill(&mut text, spec.fill, left)?;
    // SAFETY: these are characters of a string.
    unsafe { text.push_points(all.slice(0..length)) }?;
    fill(&mut text, spec.fill, right)?;
    text.finish()
}
