//! SipHash-1-3 with a zero key, over all input at once. The standard library's hasher accepts input in parts, which
//! takes several times as long for a short name.

use super::words::last_word;

/// The hash of these bytes.
#[inline]
pub(super) const fn siphash(bytes: &[u8]) -> u64 {
    let mut state = [0x736f_6d65_7073_6575, 0x646f_7261_6e64_6f6d, 0x6c79_6765_6e65_7261, 0x7465_6462_7974_6573];
    let (mut words, rest) = bytes.as_chunks();
    while let [word, after @ ..] = words {
        take(&mut state, u64::from_le_bytes(*word));
        words = after;
    }
    take(&mut state, last_word(bytes, rest) | (bytes.len() as u64) << 56);
    state[2] ^= 0xff;
    round(&mut state);
    round(&mut state);
    round(&mut state);
    state[0] ^ state[1] ^ state[2] ^ state[3]
}

#[inline]
const fn take(state: &mut [u64; 4], word: u64) {
    state[3] ^= word;
    round(state);
    state[0] ^= word;
}

#[inline]
const fn round([a, b, c, d]: &mut [u64; 4]) {
    *a = a.wrapping_add(*b);
    *c = c.wrapping_add(*d);
    *b = b.rotate_left(13) ^ *a;
    *d = d.rotate_left(16) ^ *c;
    *a = a.rotate_left(32).wrapping_add(*d);
    *c = c.wrapping_add(*b);
    *b = b.rotate_left(17) ^ *c;
    *d = d.rotate_left(21) ^ *a;
    *c = c.rotate_left(32);
}

#[cfg(test)]
mod tests {
    use super::siphash;
    use std::hash::{DefaultHasher, Hasher};

    #[test]
    fn it_is_the_standard_librarys() {
        let bytes: [u8; 40] = core::array::from_fn(|i| (i * 7 + 1) as u8);
        for length in 0..=bytes.len() {
            let mut hasher = DefaultHasher::new();
            hasher.write(&bytes[..length]);
            assert_eq!(siphash(&bytes[..length]), hasher.finish(), "{length} bytes");
        }
    }
}
