//! The rules: checks of calls, of the end of a capsule, and of reads of the error indicator.

pub mod calls;
pub mod destruction;
pub mod now;
pub mod null_answer;
