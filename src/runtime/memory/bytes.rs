//! Searches in bytes, by the C library's functions.

/// The index of the first such byte.
#[inline]
pub fn find_byte(bytes: &[u8], byte: u8) -> Option<usize> {
    // SAFETY: memchr reads no more than this length, and returns NULL or an address among the bytes.
    unsafe {
        let found = libc::memchr(bytes.as_ptr().cast(), byte.into(), bytes.len());
        (!found.is_null()).then(|| found.addr() - bytes.as_ptr().addr())
    }
}

/// The index of the last such byte.
pub fn find_last_byte(bytes: &[u8], byte: u8) -> Option<usize> {
    // SAFETY: memrchr reads no more than this length, and returns NULL or an address among the bytes.
    unsafe {
        let found = libc::memrchr(bytes.as_ptr().cast(), byte.into(), bytes.len());
        (!found.is_null()).then(|| found.addr() - bytes.as_ptr().addr())
    }
}

/// Whether a sequence of bytes contains another.
pub fn contains(bytes: &[u8], part: &[u8]) -> bool {
    find(bytes, part).is_some()
}

/// The index at which a sequence of bytes contains another for the first time.
#[inline]
pub fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    match part {
        [byte] => return find_byte(bytes, *byte),
        #[cfg(target_arch = "x86_64")]
        [first, inner @ .., last] if part.len() <= blocks::LONGEST => return blocks::find(bytes, *first, inner, *last),
        _ => {}
    }
    // SAFETY: memmem reads no more than these lengths, and returns NULL or an address among the bytes, or at their end.
    unsafe {
        let found = libc::memmem(bytes.as_ptr().cast(), bytes.len(), part.as_ptr().cast(), part.len());
        (!found.is_null()).then(|| found.addr() - bytes.as_ptr().addr())
    }
}

/// The search for a short part, which begins without `memmem`'s table of the part: at sixteen places at once the first
/// byte and the last are compared, and where both are equal, the bytes between them.
#[cfg(target_arch = "x86_64")]
mod blocks {
    use core::arch::x86_64::*;

    /// The most bytes of a part. In the worst case all are compared at each place, where `memmem` takes a time that is
    /// linear.
    pub const LONGEST: usize = 32;

    /// The number of places that are looked at together.
    const WIDTH: usize = 16;

    /// A bit for each of the places at which there is a byte, and another one behind it.
    ///
    /// # Safety
    /// Each place, and the byte so far behind it, can be read.
    #[inline(always)]
    unsafe fn candidates(places: *const u8, first: u8, behind: usize, last: u8) -> u32 {
        // SAFETY: every x86-64 processor has SSE2; the bytes that are loaded can be read, as promised.
        unsafe {
            let firsts = _mm_cmpeq_epi8(_mm_loadu_si128(places.cast()), _mm_set1_epi8(first as i8));
            let lasts = _mm_cmpeq_epi8(_mm_loadu_si128(places.add(behind).cast()), _mm_set1_epi8(last as i8));
            _mm_movemask_epi8(_mm_and_si128(firsts, lasts)) as u32
        }
    }

    /// The first place of a part, which is given as its first byte, the bytes between and its last byte.
    pub fn find(bytes: &[u8], first: u8, inner: &[u8], last: u8) -> Option<usize> {
        let behind = inner.len() + 1;
        let places = bytes.len().checked_sub(behind)?;
        let is_at = |at: usize| bytes.get(at + 1..).is_some_and(|rest| rest.starts_with(inner));
        let Some(end) = places.checked_sub(WIDTH) else {
            let ends = |at: usize| bytes.get(at) == Some(&first) && bytes.get(at + behind) == Some(&last);
            return (0..places).find(|&at| ends(at) && is_at(at));
        };
        let mut start = 0;
        loop {
            // SAFETY: from here on there are sixteen places that have room for the part, since `start` is at most
            // `end`.
            let mut both = unsafe { candidates(bytes.as_ptr().add(start), first, behind, last) };
            while both != 0 {
                let at = start + both.trailing_zeros() as usize;
                if is_at(at) {
                    return Some(at);
                }
                both &= both - 1;
            }
            if start == end {
                return None;
            }
            // The last places are looked at together with some before them, so that all their bytes are there.
            start = (start + WIDTH).min(end);
        }
    }
}

/// The number of parts that do not overlap; an empty part is between any two bytes, and at both ends.
pub fn count_parts(bytes: &[u8], part: &[u8]) -> usize {
    match part {
        [] => bytes.len() + 1,
        [byte] => bytes.iter().filter(|other| *other == byte).count(),
        _ => {
            let (mut count, mut rest) = (0, bytes);
            while let Some(at) = find(rest, part) {
                count += 1;
                rest = rest.get(at + part.len()..).unwrap_or_default();
            }
            count
        }
    }
}

/// Puts bytes after those that a place already has.
pub fn put(place: &mut &mut [u8], bytes: &[u8]) {
    let (start, rest) = core::mem::take(place).split_at_mut(bytes.len());
    start.copy_from_slice(bytes);
    *place = rest;
}

/// Writes bytes with the first `count` parts replaced by others; there are so many, and the place has as much room as
/// it takes.
pub fn put_replaced(mut place: &mut [u8], bytes: &[u8], from: &[u8], to: &[u8], count: usize) {
    let mut rest = bytes;
    for number in 0..count {
        // An empty part is before each byte, first before the first.
        let at = if from.is_empty() { usize::from(number > 0) } else { find(rest, from).unwrap_or(0) };
        let (before, after) = rest.split_at(at);
        put(&mut place, before);
        put(&mut place, to);
        rest = after.split_at(from.len()).1;
    }
    put(&mut place, rest);
}

/// The index of the last such part; the length for an empty one.
pub fn find_last(bytes: &[u8], part: &[u8]) -> Option<usize> {
    let [first, ..] = part else { return Some(bytes.len()) };
    let mut end = (bytes.len() + 1).checked_sub(part.len())?;
    while let Some(at) = find_last_byte(bytes.get(..end)?, *first) {
        if bytes.get(at..)?.starts_with(part) {
            return Some(at);
        }
        end = at;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_part_is_found_at_the_first_place() {
        // Each byte is one of three, by a small generator, so that many places have the part's first byte and its last.
        let mut state = 1u32;
        let bytes: [u8; 100] = core::array::from_fn(|_| {
            state = state.wrapping_mul(1_103_515_245).wrapping_add(12345);
            b'a' + (state >> 16) as u8 % 3
        });
        for start in 0..bytes.len() {
            for length in 2..40.min(bytes.len() - start) {
                let part = &bytes[start..start + length];
                for end in 0..bytes.len() {
                    let all = &bytes[..end];
                    assert_eq!(
                        find(all, part),
                        all.windows(length).position(|window| window == part),
                        "{start} {length} {end}"
                    );
                }
            }
        }
        assert_eq!(find(&bytes, b"ad"), None);
        assert_eq!(find(&bytes, b"da"), None);
    }
}
