//! Imports: the finder (`sys.path`), the loader (`dlopen`, `PyInit_`), and the import functions of the C API.

mod by_name;
mod elf;
mod extension;
mod failure;
mod finder;
mod found;
mod level;
mod listing;
mod load;
mod loader;
mod missing_symbols;
mod name;
pub mod obstacle;
mod other_builds;
mod punycode;
pub mod stand_ins;

pub use by_name::{get, import_c_str, import_if_found, import_object};
pub use failure::empty_name;
pub use level::import_level;
