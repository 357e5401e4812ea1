//! The interpreter's state and its life, without imports: the registry (`sys.modules`), the modules `sys` and
//! `builtins`, hooks for errors, warnings, and the steps of `Py_Initialize` and `Py_FinalizeEx`.

pub mod audit;
mod builtins;
pub mod by_definition;
mod companions;
pub mod console;
mod default_hooks;
pub mod end;
pub mod file_object;
pub mod files;
pub mod garbage;
pub mod hooks;
pub mod import_lock;
pub mod infos;
pub mod inittab;
pub mod lifecycle;
pub mod monitoring;
pub mod path;
pub mod pending;
pub mod registry;
pub mod remembered;
mod root;
pub mod spec;
pub mod standard_output;
pub mod sys;
mod sys_module;
mod teardown;
pub mod warnings;
