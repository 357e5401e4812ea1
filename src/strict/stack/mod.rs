//! The places of calls: recording, keeping and symbolizing stacks.

pub mod callers;
pub mod cfi;
pub mod depot;
pub mod inline;
pub mod loaded;
pub mod place;
pub mod symbols;
