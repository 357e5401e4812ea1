//! CPython's capsule API, together with the objects, errors, modules and imports that a capsule exchange needs. It has
//! CPython 3.14's ABI and contains no interpreter.
//!
//! For C programs it is a shared and a static library with the headers `Python.h` and `pycapsule.h`. A Rust program
//! that depends on the crate gets the same functions and types, with C's names and contracts:
//!
//! ```
//! use pycapsule::*;
//!
//! let mut meter = 41;
//! // SAFETY: the name is a static string, `meter` outlives the capsule, and the capsule's only reference is dropped once.
//! unsafe {
//!     let name = Name::new(c"water.meter");
//!     let capsule = PyCapsule_New((&raw mut meter).cast(), name, None);
//!     let pointer = PyCapsule_GetPointer(Obj::from_ptr(capsule), name);
//!     *pointer.cast::<i32>() += 1;
//!     Py_DecRef(Ref::from_ptr(capsule));
//! }
//! assert_eq!(meter, 42);
//! ```
//!
//! Where C has an object or NULL, a function takes an [`Arg`]. Where it steals the reference, it takes a [`Given`].
//! [`Obj::from_ptr`] and [`Ref::from_ptr`] make them from a pointer.
//!
//! A function that takes `...` in C, such as [`PyErr_Format`], is declared without parameters here. A caller casts its
//! address to the type of a variadic function.
//!
//! # Threads
//!
//! As in C, a thread holds the GIL ([`PyGILState_Ensure`]) while it calls functions that use objects which other threads share, such
//! as `sys` and its modules. The types do not check that: without the GIL such calls of two threads are a data race, also where the
//! function is safe.
//!
//! # Features
//!
//! The crate is built on `core` and the C library. It uses the standard library only where panics unwind (under `cargo
//! test`, for example), because only the standard library can unwind.
//!
//! - `std` uses the standard library everywhere. A Rust program with `panic = "abort"` needs this feature: without it the
//!   crate brings its own panic handler and allocator, and a program can have only one of each.
//! - `header` makes `pycapsule.h` anew from the sources when the crate is built. It is for work on the crate itself.

#![no_std]

#[cfg(any(test, panic = "unwind", feature = "std"))]
#[cfg_attr(test, macro_use)]
extern crate std;

#[doc(inline)]
pub use abi::*;
#[doc(inline)]
pub use api::*;
// The types of the parameters of exported functions.
#[doc(inline)]
pub use capsule::Name;
#[doc(inline)]
pub use runtime::memory::Block;
#[doc(inline)]
pub use runtime::thread::State as ThreadState;
#[doc(inline)]
pub use runtime::{
    Arg, Definition, DefinitionArg, Field, Given, GivenBlock, InterpreterArg, LongArg, LongRef, Methods, MethodsArg,
    Obj, Out, OutChars, OutInt, OutInt32, OutInt64, OutObject, OutPointer, OutSize, OutText, OutUInt32, OutUInt64,
    Place, Position, Ref, Text, ThreadStateArg, Type, TypeArg, Untyped,
};

// The rooms of the house. They are public for the crate's own tests and are not part of its interface. They are hidden
// only from the documentation, because `missing_docs` checks nothing in a module that is always hidden.
#[cfg_attr(doc, doc(hidden))]
pub mod abi;
#[cfg_attr(doc, doc(hidden))]
pub mod api;
#[cfg_attr(doc, doc(hidden))]
pub mod capsule;
#[cfg_attr(doc, doc(hidden))]
pub mod format;
#[cfg_attr(doc, doc(hidden))]
pub mod import;
#[cfg_attr(doc, doc(hidden))]
pub mod interpreter;
#[cfg_attr(doc, doc(hidden))]
#[macro_use]
pub mod objects;
#[cfg_attr(doc, doc(hidden))]
pub mod protocol;
#[cfg_attr(doc, doc(hidden))]
pub mod runtime;
#[cfg_attr(doc, doc(hidden))]
pub mod strict;
#[cfg_attr(doc, doc(hidden))]
pub mod types;
