//! How a lone surrogate of a `str` comes through a `write!`, which takes UTF-8, into a message: UTF-8 has no form for one.

/// The first surrogate.
const FIRST: u32 = 0xd800;

/// U+FFFD in UTF-8, once for each surrogate. Its place says which one a copy stands for.
static REPLACEMENTS: [[u8; 3]; 0x800] = [[0xef, 0xbf, 0xbd]; 0x800];

/// The text that stands for a surrogate in a `write!`: U+FFFD, by which a `Message` and a builder of a `str` know the
/// surrogate, since they compare its address. Any other target shows it as it is. Empty when the number is no surrogate.
pub fn surrogate(point: u32) -> &'static str {
    let replacement = point.checked_sub(FIRST).and_then(|index| REPLACEMENTS.get(index as usize));
    replacement.and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The surrogate that a text stands for, if it is one of [`surrogate`]'s.
#[inline]
pub fn as_surrogate(s: &str) -> Option<u32> {
    let place = s.as_ptr().addr().wrapping_sub(REPLACEMENTS.as_ptr().addr());
    (place < size_of_val(&REPLACEMENTS)).then_some(FIRST + (place / 3) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_surrogate_is_known_and_nothing_else_is() {
        for point in 0xd800..0xe000 {
            assert_eq!(as_surrogate(surrogate(point)), Some(point));
            assert_eq!(surrogate(point), "\u{FFFD}");
        }
        for point in [0, 0xd7ff, 0xe000, u32::MAX] {
            assert_eq!(surrogate(point), "");
        }
        for text in ["", "\u{FFFD}", "a"] {
            assert_eq!(as_surrogate(text), None);
        }
    }
}
