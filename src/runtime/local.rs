//! Thread-local values.
//!
//! They use the ELF model "initial-exec": the address is the thread pointer plus a number that the dynamic loader has
//! written down. That takes two instructions instead of a call of `__tls_get_addr`. A library that is loaded later,
//! with `dlopen`, can have such values only in the room that glibc reserves in every thread (512 bytes or more, for all
//! such libraries together), so they have to be few and small. They are zero bytes when a thread begins. Nothing runs
//! when it ends, because a destructor could run after the library is unloaded; for the same reason the standard
//! library's thread-locals would pin it.

use core::cell::Cell;

/// A type whose values may be thread-local.
///
/// # Safety
/// A value of zero bytes is valid.
pub unsafe trait Zeroed {}

// SAFETY: zero bytes are the number 0.
unsafe impl Zeroed for usize {}
// SAFETY: zero bytes are the number 0.
unsafe impl Zeroed for u32 {}
// SAFETY: a zero byte is false.
unsafe impl Zeroed for bool {}
// SAFETY: zero bytes are NULL, which a raw pointer may be.
unsafe impl<T> Zeroed for *const T {}
// SAFETY: zero bytes are NULL, which a raw pointer may be.
unsafe impl<T> Zeroed for *mut T {}
// SAFETY: a cell has the layout of its value, which may be zero bytes.
unsafe impl<T: Zeroed> Zeroed for Cell<T> {}

/// The value that each thread has; made by `local!`.
#[derive(Debug)]
pub struct Local<T: 'static>(fn() -> *const T);

impl<T: Zeroed> Local<T> {
    /// # Safety
    /// The function returns the address of a `T` of zero bytes, which only the thread that calls the function accesses.
    pub const unsafe fn new(address: fn() -> *const T) -> Self {
        const { assert!(!core::mem::needs_drop::<T>()) };
        Local(address)
    }

    /// Calls `work` with this thread's value.
    #[inline(always)]
    pub fn with<R>(&self, work: impl FnOnce(&T) -> R) -> R {
        // SAFETY: the caller of `new` promised that the address is valid for as long as the thread runs, which is
        // longer than `work`, and that no other thread accesses it.
        work(unsafe { &*(self.0)() })
    }
}

impl<T> Local<Cell<T>>
where
    Cell<T>: Zeroed,
{
    /// A copy of this thread's value.
    #[inline]
    pub fn get(&self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }

    /// Replaces this thread's value.
    #[inline]
    pub fn set(&self, value: T) {
        self.with(|cell| cell.set(value));
    }

    /// Replaces this thread's value, and returns the previous one.
    #[inline]
    pub fn replace(&self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

/// Declares a [`Local`] under a name for the linker, which must be unique.
///
/// A macro, because the name and the size are written in assembly, and because each has an address function of its own:
///
/// ```text
/// local! {
///     static DEPTH: Cell<usize> = "pycapsule_depth";
/// }
/// DEPTH.set(DEPTH.get() + 1);
/// ```
///
/// expands to the symbol, in the section for zeroed thread-locals, and to a static that knows its address:
///
/// ```text
/// global_asm!(".pushsection .tbss.pycapsule_depth …", "pycapsule_depth:", ".zero 8", ".popsection");
/// static DEPTH: Local<Cell<usize>> = {
///     fn address() -> *const Cell<usize> { /* mov rax, fs:[0]; add rax, [rip + pycapsule_depth@GOTTPOFF] */ }
///     unsafe { Local::new(address) }
/// };
/// ```
macro_rules! local {
    ($(#[$attribute:meta])* $seen:vis static $name:ident: $type:ty = $symbol:literal;) => {
        core::arch::global_asm!(
            concat!(".pushsection .tbss.", $symbol, ",\"awT\",@nobits"),
            concat!(".hidden ", $symbol),
            concat!(".globl ", $symbol),
            ".balign {align}",
            concat!($symbol, ":"),
            ".zero {size}",
            concat!(".size ", $symbol, ", {size}"),
            ".popsection",
            align = const align_of::<$type>(),
            size = const size_of::<$type>(),
        );

        $(#[$attribute])*
        $seen static $name: $crate::runtime::local::Local<$type> = {
            #[inline(always)]
            fn address() -> *const $type {
                let address;
                // SAFETY: the code reads the thread pointer and the loader's number, neither of which changes while the
                // thread runs.
                unsafe {
                    #[cfg(target_arch = "x86_64")]
                    core::arch::asm!(
                        "mov {0}, qword ptr fs:[0]",
                        concat!("add {0}, qword ptr [rip + ", $symbol, "@GOTTPOFF]"),
                        out(reg) address,
                        options(pure, nomem, nostack),
                    );
                    #[cfg(target_arch = "aarch64")]
                    core::arch::asm!(
                        concat!("adrp {0}, :gottprel:", $symbol),
                        concat!("ldr {0}, [{0}, #:gottprel_lo12:", $symbol, "]"),
                        "mrs {1}, tpidr_el0",
                        "add {0}, {0}, {1}",
                        out(reg) address,
                        out(reg) _,
                        options(pure, nomem, nostack, preserves_flags),
                    );
                }
                address
            }
            // SAFETY: the assembly above reserves zero bytes for the type in each thread, and no other code knows the
            // symbol.
            unsafe { $crate::runtime::local::Local::new(address) }
        };
    };
}
pub(crate) use local;
