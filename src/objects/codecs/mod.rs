//! Codecs: encodings and error handlers by name, those of the library and those that the program registers (`Python/codecs.c`).

pub mod errors;
mod handlers;
mod native;
mod registry;
mod table;
mod text;

pub use handlers::{handler, lookup as lookup_handler, register as register_handler};
pub use registry::{find, incremental, register, stream, unregister};
pub use text::{decode, decode_any, decode_object, encode, encode_object};

/// Drops the functions and handlers that the program has registered: a step of `Py_FinalizeEx`.
pub fn forget_all() {
    handlers::forget();
    registry::forget();
}
