//! The way of a lone surrogate of a `str` through a `write!`, which takes UTF-8, into a message. UTF-8 has no form for
//! one.

/// The first surrogate.
const FIRST: u32 = 0xd800;

/// U+FFFD in UTF-8, once for each surrogate. Its index identifies the surrogate.
static REPLACEMENTS: [[u8; 3]; 0x800] = [[0xef, 0xbf, 0xbd]; 0x800];

/// The text that represents a surrogate in a `write!`: U+FFFD. A `Message` and a builder of a `str` recognise the
/// surrogate by the text's address. Any other target writes U+FFFD. Empty when the number is not a surrogate.
pub fn surrogate(point: u32) -> &'static str {
    let replacement = point.checked_sub(FIRST).and_then(|index| REPLACEMENTS.get(index as usize));
    replacement.and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The surrogate that a text represents, if it came from [`surrogate`].
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
