//! CPython's capsule API, and the objects, errors, modules and imports that a capsule exchange stands on, with
//! CPython 3.14's own ABI and no interpreter inside.
//!
//! The rooms, from the C face down; each uses only those below it:
//!
//! - [`api`]: every exported function, one file for each of CPython's headers
//! - [`strict`]: the checker, which reports what is wrong with capsules
//! - [`capsule`]: the rules of a capsule
//! - [`import`]: the registry, finder and loader of modules
//! - [`mod@format`]: variable arguments and format strings
//! - [`objects`]: the built-in object types
//! - [`runtime`]: memory, references, the error indicator, threads, the collector
//! - [`abi`]: layouts, flags and constants
//!
//! It stands on `core` and the C library alone, unless panics unwind, which only the standard library can do: under
//! `cargo test`, say. A Rust program that has the standard library and `panic = "abort"` asks for the feature `std`.

#![no_std]

#[cfg(any(test, panic = "unwind", feature = "std"))]
#[cfg_attr(test, macro_use)]
extern crate std;

pub mod abi;
pub mod api;
pub mod capsule;
pub mod format;
pub mod import;
pub mod objects;
pub mod runtime;
pub mod strict;
