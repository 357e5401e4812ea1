//! Reading bytes a word at a time.

/// The bytes after the whole words, at most seven, as one word. It needs no loop: it reads the last eight bytes at
/// once, or two halves that overlap.
#[inline(always)]
pub(super) const fn last_word(bytes: &[u8], rest: &[u8]) -> u64 {
    if rest.is_empty() {
        return 0;
    }
    if let Some(word) = bytes.last_chunk() {
        return u64::from_le_bytes(*word) >> (64 - 8 * rest.len());
    }
    if let (Some(low), Some(high)) = (rest.first_chunk(), rest.last_chunk()) {
        return u32::from_le_bytes(*low) as u64 | (u32::from_le_bytes(*high) as u64) << (8 * (rest.len() - 4));
    }
    let (middle, last) = (rest.len() / 2, rest.len() - 1);
    rest[0] as u64 | (rest[middle] as u64) << (8 * middle) | (rest[last] as u64) << (8 * last)
}

/// A number of 16 bits four times in a word, from which each of four such numbers gets its own.
#[inline(always)]
pub(super) const fn four_times(number: u16) -> u64 {
    number as u64 * 0x0001_0001_0001_0001
}

/// Whether the bytes are all ASCII. For few bytes, as in a name, this is faster than the standard library.
#[inline(always)]
pub fn is_ascii(bytes: &[u8]) -> bool {
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let (words, rest) = bytes.as_chunks();
    let all = words.iter().fold(last_word(bytes, rest), |all, word| all | u64::from_ne_bytes(*word));
    all & HIGH == 0
}

#[cfg(test)]
mod tests {
    use super::is_ascii;

    #[test]
    fn one_byte_that_is_not_ascii_is_seen_wherever_it_is() {
        let mut bytes = [0x7f_u8; 40];
        for length in 0..=bytes.len() {
            assert!(is_ascii(&bytes[..length]), "{length} bytes");
            for at in 0..length {
                bytes[at] = 0x80;
                assert!(!is_ascii(&bytes[..length]), "{length} bytes, the one at {at}");
                bytes[at] = 0x7f;
            }
        }
    }
}
