//! Where calls come from: stacks are taken, kept, and given names.

pub mod callers;
pub mod cfi;
pub mod depot;
pub mod inline;
pub mod loaded;
pub mod place;
pub mod symbols;
