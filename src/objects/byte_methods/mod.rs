//! The operators and methods that `bytes` and `bytearray` share, as functions of their bytes.

pub mod argument;
mod case;
pub mod hex;
pub mod replace;
mod search;
pub mod shown;
mod split;
mod table;
mod text;
mod trim;

pub use table::{COUNT, methods};

use crate::runtime::{Layout, Obj, Ref, Result, View};

/// A type of byte strings: `bytes` or `bytearray`.
pub trait Kind: Layout + Sized {
    /// Keeps the size of an object as it is for as long as it lives.
    type Kept<'a>;

    /// Keeps the size of an object as it is, while code of the program can run: code of a method's argument.
    fn keep<'a>(o: View<'a, Self>) -> Self::Kept<'a>;

    /// Passes an object's bytes to a function.
    ///
    /// # Safety
    /// The function runs no code of the program, which could change the bytes.
    unsafe fn with<T>(o: View<'_, Self>, work: impl FnOnce(&[u8]) -> T) -> T;

    /// A new object of some bytes, which are all zero before the function writes them.
    fn build(length: usize, write: impl FnOnce(&mut [u8])) -> Result<Ref>;

    /// An object with these bytes.
    fn of(bytes: &[u8]) -> Result<Ref>;

    /// The object itself, where a method has nothing to change and the type can't be changed either.
    fn unchanged(o: View<'_, Self>) -> Option<Ref>;

    /// The object itself, also one of a subclass, if the type can't be changed; or else an object with these bytes, which are its own.
    fn whole(o: View<'_, Self>, bytes: &[u8]) -> Result<Ref>;

    /// The separator of `partition`, in the type in which the result has it.
    fn separator(o: Obj<'_>, bytes: &[u8]) -> Result<Ref>;
}
