//! Classes: their attributes and those of their instances, descriptors, slots, the look-up along the bases, and classes
//! that are made at run time. All of these are made of objects, such as dicts and tuples.

pub mod annotation;
pub mod attribute;
pub mod class;
pub mod create;
pub mod descriptor;
pub mod dispatch;
pub mod exception_class;
pub mod generic_alias;
pub mod heap;
pub mod instance_dict;
pub mod mapping_proxy;
pub mod method;
pub mod methods;
pub mod mro;
pub mod new_method;
pub mod property;
pub mod questions;
pub mod ready;
pub mod rebase;
pub mod reclass;
pub mod slots;
pub mod spec;
pub mod struct_sequence;
pub mod subclasses;
pub mod super_object;
pub mod union;
mod unready;
