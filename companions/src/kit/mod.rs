//! The safe side of CPython's C API, as far as these modules need it: references, the error indicator, arguments, buffers, and the
//! definition of a module. Everything here needs the GIL, which a call from the C API has.

mod arguments;
mod buffer;
mod definition;
mod object;

pub use arguments::{Call, Functions, Positional, function, one, positional};
pub use buffer::Buffer;
pub use definition::{Definition, Module, State};
pub use object::{Builtin, Obj, Raised, Ref, Result, raise};
