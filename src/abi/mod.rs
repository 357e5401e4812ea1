//! The binary interface: `repr(C)` layouts, flags and constants of CPython 3.14 (64-bit, GIL build). It contains no
//! behaviour.
//!
//! Each layout names the CPython header that it has to agree with. The layout test compares every size and offset with
//! the real `Python.h`.

mod callables;
mod checker;
mod code;
pub(crate) mod exceptions;
mod layouts;
mod memoryview;
mod methods;
mod numbers;
mod object;
mod protocols;
mod specs;
mod thread_state;
mod threads;

pub use callables::*;
pub use checker::{pycapsule_report, pycapsule_report_callback};
pub use code::*;
pub use exceptions::{Exc, InstanceLayout, PyBaseExceptionObject};
pub use layouts::*;
pub use memoryview::*;
pub use methods::*;
pub use numbers::*;
pub use object::*;
pub use protocols::*;
pub use specs::*;
pub use thread_state::*;
pub use threads::*;
