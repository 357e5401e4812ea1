//! The formats of the module `struct`: the parts of an item, with their places.

/// Why a format is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It has a character that is no part.
    Character,
    /// It ends with a number.
    Count,
    /// The size is more than `PY_SSIZE_T_MAX`.
    Size,
}

/// A part of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The character.
    pub code: u8,
    /// The number before the character, or 1.
    pub count: usize,
    /// The size of one such part.
    pub size: usize,
    /// The place of the first in the item.
    pub offset: usize,
}

/// The parts of a format, one after the other.
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    native: bool,
    /// Whether the bytes of a number begin with the highest.
    pub big_endian: bool,
    rest: &'a [u8],
    /// The size of the parts so far.
    pub total: usize,
}

impl<'a> Parts<'a> {
    /// The parts of a format.
    pub const fn of(format: &'a [u8]) -> Self {
        let (native, big_endian, rest) = match format {
            [b'@', rest @ ..] => (true, false, rest),
            [b'<' | b'=', rest @ ..] => (false, false, rest),
            [b'>' | b'!', rest @ ..] => (false, true, rest),
            _ => (true, false, format),
        };
        Parts { native, big_endian, rest, total: 0 }
    }

    /// Whether a text is a format.
    pub fn check(format: &[u8]) -> Result<(), Fault> {
        size(format).map(|_| ())
    }

    /// The next part; `None` at the end.
    pub fn advance(&mut self) -> Result<Option<Part>, Fault> {
        let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0x0b;
        while let [first, after @ ..] = self.rest {
            self.rest = after;
            if blank(first) {
                continue;
            }
            let (mut code, mut count) = (*first, 1);
            if code.is_ascii_digit() {
                count = usize::from(code - b'0');
                loop {
                    let [next, after @ ..] = self.rest else { return Err(Fault::Count) };
                    (code, self.rest) = (*next, after);
                    if !code.is_ascii_digit() {
                        break;
                    }
                    let more = count.checked_mul(10).and_then(|count| count.checked_add(usize::from(code - b'0')));
                    count = fitting(more)?;
                }
            }
            let (size, alignment) = sizes(code, self.native).ok_or(Fault::Character)?;
            let offset = fitting(self.total.checked_next_multiple_of(alignment))?;
            self.total = fitting(size.checked_mul(count).and_then(|size| offset.checked_add(size)))?;
            return Ok(Some(Part { code, count, size, offset }));
        }
        Ok(None)
    }
}

/// The size of an item, with the padding before each part that its alignment needs.
pub fn size(format: &[u8]) -> Result<isize, Fault> {
    let mut parts = Parts::of(format);
    while parts.advance()?.is_some() {}
    Ok(parts.total as isize)
}

/// A number that fits into a `Py_ssize_t`.
fn fitting(number: Option<usize>) -> Result<usize, Fault> {
    number.filter(|&number| isize::try_from(number).is_ok()).ok_or(Fault::Size)
}

/// The size and the alignment of a part.
fn sizes(code: u8, native: bool) -> Option<(usize, usize)> {
    let size = match code {
        b'x' | b'b' | b'B' | b'c' | b's' | b'p' | b'?' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' if !native => 4,
        b'l' | b'L' | b'q' | b'Q' | b'd' | b'F' => 8,
        b'n' | b'N' | b'P' if native => 8,
        b'D' => 16,
        _ => return None,
    };
    let alignment = match code {
        _ if !native => 1,
        b'F' | b'D' => size / 2,
        _ => size,
    };
    Some((size, alignment))
}
