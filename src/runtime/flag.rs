//! Flags that are asked in every call, or for every allocation.

use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// The flags, each a byte. They are asked for so often that the answer has to be a comparison with memory and a branch. The
/// compiler does not put an atomic load into the comparison, and looks for the address of the static first, which is two
/// instructions more; so the comparison is written by hand.
static FLAGS: [AtomicU8; 2] = [AtomicU8::new(UNKNOWN), AtomicU8::new(UNKNOWN)];

/// The value of a flag at first: it counts as set, and the function that is called then finds out.
pub const UNKNOWN: u8 = 2;

/// One of the flags.
#[derive(Debug, Clone, Copy)]
pub struct Flag<const INDEX: usize>;

/// Whether the events of capsules may be wanted.
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
            // SAFETY: reads one byte of a static, inside it by the line above. A byte is loaded whole, so it may be written
            // by another thread meanwhile.
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
