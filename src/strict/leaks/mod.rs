//! Capsules that are left: at exit, or since a checkpoint.

pub mod exit;
mod left;
pub mod live;
mod reach;
