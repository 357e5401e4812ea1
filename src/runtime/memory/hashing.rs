//! Hashes for the tables of `hashbrown`, and for the probe sequences of dicts.

/// The function by which a growing hash table gets the hashes of its items. It is a trait object, so that all tables of
/// a kind share the code that grows them.
pub type HashOf<'a, T> = &'a dyn Fn(&T) -> u64;

/// A hash from a number. The table takes the lowest bits for the place and the highest seven to tell neighbours apart.
/// Those must depend on all bits of the number, because multiples of 2^20 and addresses of pages differ only in the
/// middle.
#[inline(always)]
pub const fn spread(number: u64) -> u64 {
    // A number with many digits has a product whose upper half depends on all of them. Small numbers are mixed with the
    // digits of pi, which gives them many digits. The factor was found by trial: see the test.
    let product = (number ^ 0x243f_6a88_85a3_08d3) as u128 * 0xd6e8_feb8_6659_fd93;
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{format, vec};

    /// Puts 10,000 numbers into a table of this many places in groups of 16. None of its 1,024 groups is much fuller
    /// than the fullest would be by chance, which has about 25, and nearly all tags occur.
    fn are_spread(what: &str, number: impl Fn(u64) -> u64) {
        let (mut groups, mut tags) = (vec![0; 1024], [false; 128]);
        for hash in (0..10_000).map(|i| spread(number(i))) {
            groups[hash as usize % (1 << 14) / 16] += 1;
            tags[(hash >> 57) as usize] = true;
        }
        let (fullest, tags) = (groups.into_iter().max(), tags.into_iter().filter(|tag| *tag).count());
        assert!(fullest < Some(50) && tags > 120, "{what}: {fullest:?} in one group, {tags} tags");
    }

    #[test]
    fn regular_numbers_are_spread_over_a_table() {
        // Python's hash of a large int: the remainder modulo a prime.
        let hash = |i: u64, shift: u64| ((u128::from(i) << shift) % ((1 << 61) - 1)) as u64;
        for shift in 0..61 {
            are_spread(&format!("multiples of 2^{shift}"), |i| hash(i, shift));
            are_spread(&format!("multiples of -2^{shift}"), |i| hash(i + 2, shift).wrapping_neg());
        }
        for step in 1..500 {
            are_spread(&format!("multiples of {step}"), |i| i * step);
            let address = |i: u64| (0x7f00_1234_5010 + i * 16 * step).rotate_right(4);
            are_spread(&format!("hashes of addresses 16 * {step} apart"), address);
            are_spread(&format!("pages {step} apart"), |i| 0x7f00_1234_5000 + i * 4096 * step);
        }
    }
}
