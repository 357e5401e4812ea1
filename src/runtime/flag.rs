//! Flags that are checked in every call, or for every allocation.

use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// The flags, each a byte. They are checked so often that the check has to be a comparison with memory and a branch.
/// For an atomic load the compiler emits two instructions more, one for the address of the static and one for the load.
/// So the comparison is written by hand.
static FLAGS: [AtomicU8; 2] = [AtomicU8::new(UNKNOWN), AtomicU8::new(UNKNOWN)];

/// The initial value of a flag: it counts as set, and the function that is called then determines the value.
pub const UNKNOWN: u8 = 2;

/// One of the flags.
#[derive(Debug, Clone, Copy)]
pub struct Flag<const INDEX: usize>;

/// Whether a listener may want the events of capsules.
pub const WATCHED: Flag<0> = Flag;
/// Whether an allocation may be refused.
pub const REFUSING: Flag<1> = Flag;

impl<const INDEX: usize> Flag<INDEX> {
    const BYTE: &'static AtomicU8 = &FLAGS[INDEX];

    /// The flag's value.
    pub fn get(self) -> u8 {
        Self::BYTE.load(Relaxed)
    }

    /// Changes the flag's value.
    pub fn set(self, value: u8) {
        Self::BYTE.store(value, Relaxed);
    }

    /// Whether the flag's value is not 0.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    pub fn is_set(self) -> bool {
        // Fails to compile for an index that is too high.
        let _ = Self::BYTE;
        'answer: {
            // SAFETY: the code reads one byte of a static, inside it by the check above. The load is atomic, so another
            // thread may write the byte meanwhile.
            unsafe {
                core::arch::asm!(
                    "cmp byte ptr [rip + {flags} + {index}], 0",
                    "jne {yes}",
                    flags = sym FLAGS,
                    index = const INDEX,
                    yes = label { break 'answer true },
                    options(nostack, readonly),
                );
            }
            false
        }
    }

    /// Whether the flag's value is not 0.
    #[cfg(not(target_arch = "x86_64"))]
    #[inline(always)]
    pub fn is_set(self) -> bool {
        self.get() != 0
    }
}
