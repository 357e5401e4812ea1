//! Exceptions: the classes, one for each row of `abi::exceptions`, and their instances.

mod behaviour;
pub mod display;
mod group;
mod indicator;
mod instance;
mod last_memory_error;
mod layout;
mod named;
mod not_found;
mod order;
mod os_error;
mod simple;
mod syntax_error;
pub mod type_objects;
mod unicode_error;
pub mod unicode_parts;
mod vectorcall;

pub use group::exception_group;
pub use indicator::{
    chain_before_pending, expose, fetch, instantiate, matches, normalize, raise_message, raise_object, raise_text,
    restore_parts,
};
pub use instance::{args, is_class, raise_from, replace_args, set_traceback, traceback};
pub use layout::{Exception, Head, Instance, is_instance};
pub use os_error::raise_system_error;
pub use simple::take_final_value;
pub use unicode_error::decode_error;

pub use crate::runtime::error::{
    address_of_class, class_of_pending, pending_is, raise_no_attribute, restore, with_attribute,
};
pub use named::text_of_missing;
pub use not_found::{raise_import_error, raise_import_error_of};
