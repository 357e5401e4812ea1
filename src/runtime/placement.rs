//! Where the linker places a function.

/// Makes the function that this is inlined into begin at a cache line: for functions of a few instructions, which take
/// up to a sixth more time where these are in two lines, or where a jump is. It stands on the slow path, where it adds
/// one byte at most.
#[inline(always)]
pub(crate) fn begin_at_cache_line() {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the directive is no instruction. It gives the section of the function the alignment of 64 bytes, and pads
    // the code by at most one byte with an instruction that does nothing.
    unsafe {
        core::arch::asm!(".p2align 6, , 1", options(nomem, nostack, preserves_flags));
    }
}
