//! The safe side of CPython's C API, as far as these modules need it: references, the error indicator, arguments, buffers, and the
//! definition of a module. Everything here needs the GIL, which a call from the C API has.

mod arguments;
mod buffer;
pub mod class;
mod definition;
mod int;
mod object;
mod table;

pub use arguments::{Call, Positional, Value};
pub use buffer::Buffer;
pub use definition::{Definition, Module, State};
pub use object::{Builtin, Obj, Raised, Ref, Result, raise};
pub(crate) use table::to_c;
pub use table::{Functions, function, method_none, method_one, of_class, one, positional};
