//! Small letters and capitals.

use crate::objects::str::printable::is_printable;

/// The one, two or three characters to which a character is mapped; the rest are zero.
pub type Mapped = [u32; 3];

/// A mapping of the standard library, unless it has to do with a character that is newer than Unicode 16.0.
#[inline]
fn known(point: u32, map: impl Fn(char) -> [char; 3]) -> Mapped {
    let mapped = char::from_u32(point).filter(|_| is_printable(point)).map(|c| map(c).map(u32::from));
    mapped.filter(|to| to.iter().all(|&to| to == 0 || !is_new(to))).unwrap_or([point, 0, 0])
}

/// Whether a result of a mapping is newer than Unicode 16.0. All results are printable.
fn is_new(point: u32) -> bool {
    !is_printable(point)
}

/// The characters of a mapping, as an array.
fn array(mut characters: impl Iterator<Item = char>) -> [char; 3] {
    core::array::from_fn(|_| characters.next().unwrap_or_default())
}

/// A character in small letters.
#[inline]
pub fn lower(point: u32) -> Mapped {
    match point {
        0..0x80 => [(point as u8).to_ascii_lowercase().into(), 0, 0],
        _ => known(point, |c| array(c.to_lowercase())),
    }
}

/// A character in capitals.
#[inline]
pub fn upper(point: u32) -> Mapped {
    match point {
        0..0x80 => [(point as u8).to_ascii_uppercase().into(), 0, 0],
        _ => known(point, |c| array(c.to_uppercase())),
    }
}

/// A character at the beginning of a word, of which only the first letter is a capital.
pub fn title(point: u32) -> Mapped {
    /// A small iota below the letter before it.
    const IOTA: u32 = 0x345;
    let single = |point| [point, 0, 0];
    let upper = upper(point);
    match point {
        0x1c4..=0x1c6 => single(0x1c5),
        0x1c7..=0x1c9 => single(0x1c8),
        0x1ca..=0x1cc => single(0x1cb),
        0x1f1..=0x1f3 => single(0x1f2),
        // Georgian has capitals, which do not begin words.
        0x10d0..=0x10ff => single(point),
        0x1f80..=0x1faf => single(point | 8),
        0x1fb3 | 0x1fc3 | 0x1ff3 => single(point + 9),
        0x1fbc | 0x1fcc | 0x1ffc => single(point),
        0x1fb7 | 0x1fc7 | 0x1ff7 => [upper[0], 0x342, IOTA],
        0x1fb2 | 0x1fb4 | 0x1fc2 | 0x1fc4 | 0x1ff2 | 0x1ff4 => [upper[0], IOTA, 0],
        0xdf | 0x587 | 0xfb00..=0xfb17 => [upper[0], lower(upper[1])[0], lower(upper[2])[0]],
        _ => upper,
    }
}

/// A character in the form in which letters are compared whatever their case is.
pub fn fold(point: u32) -> Mapped {
    match point {
        0..0x80 => lower(point),
        // The capitals of Cherokee are the older letters, and the form for comparison.
        0x13a0..=0x13f5 | 0x131 => [point, 0, 0],
        0x13f8..=0x13fd | 0xab70..=0xabbf => upper(point),
        0x1e9e => ['s' as u32, 's' as u32, 0],
        _ => {
            let upper = upper(point);
            match upper {
                [one, 0, 0] => lower(one),
                several => several.map(|point| lower(point)[0]),
            }
        }
    }
}

/// A character in small letters: the first, if there are several.
pub fn simple_lower(point: u32) -> u32 {
    lower(point)[0]
}

/// A character in capitals: the first, if there are several.
pub fn simple_upper(point: u32) -> u32 {
    upper(point)[0]
}

/// A character at the beginning of a word: the first, if there are several.
pub fn simple_title(point: u32) -> u32 {
    title(point)[0]
}
