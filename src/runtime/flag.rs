//! Flags that are asked in every call, or for every allocation.

/// `is_set!(FLAG)`: whether a static of one atomic byte is not 0, in a load and a branch. The compiler does not put an
/// atomic load into the comparison, and looks for the address of the static first, which is two instructions more.
macro_rules! is_set {
    ($flag:path) => {{
        #[cfg(target_arch = "x86_64")]
        let is_set = 'answer: {
            // SAFETY: reads one byte of a static that is there for good. A byte is loaded whole.
            unsafe {
                core::arch::asm!(
                    "cmp byte ptr [rip + {flag}], 0",
                    "jne {yes}",
                    flag = sym $flag,
                    yes = label { break 'answer true },
                    options(nostack, readonly),
                );
            }
            false
        };
        #[cfg(not(target_arch = "x86_64"))]
        let is_set = u8::from($flag.load(core::sync::atomic::Ordering::Relaxed)) != 0;
        is_set
    }};
}
pub(crate) use is_set;
