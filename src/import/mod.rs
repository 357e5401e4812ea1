//! Modules: the registry (`sys.modules`), the finder (`sys.path`), the loader (`dlopen`, `PyInit_`), and `sys` itself.

pub mod by_definition;
pub mod lifecycle;
