//! The questions that any object answers through the slots of its type: its hash, its truth, its text, its attributes,
//! its items, its iteration. This room knows no concrete type and makes no object. It knows `None`, `True` and the
//! other constants by their addresses. A conversion that makes an object of a certain type belongs in `objects`.

pub mod attribute;
pub mod buffer;
pub mod callable;
pub mod compare;
pub mod finalizer;
pub mod hash;
pub mod iteration;
pub mod mapping;
pub mod number;
pub mod search;
pub mod sequence;
mod suite;
pub mod text;
pub mod truth;
