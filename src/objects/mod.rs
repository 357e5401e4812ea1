//! The built-in object types that capsules, modules, attributes and errors need, each in a file or a directory.
//! Exception objects are made here from the content of the error indicator.
//!
//! A file contains its type's static type object, the slots, and safe functions for the rest of the crate. A slot only
//! turns C's arguments into Rust's and the result back; the rule is in a safe function below it.

#[macro_use]
mod static_type;

pub mod arguments;
pub mod attributes;
pub mod byte_methods;
pub mod bytearray;
pub mod bytes;
pub mod call;
pub mod class_call;
pub mod class_check;
pub mod class_defaults;
pub mod class_lookup;
pub mod class_name;
pub mod class_order;
pub mod code;
pub mod codecs;
pub mod comparison;
pub mod complex;
pub mod constants;
pub mod context;
pub mod convert;
pub mod derived_iterators;
pub mod dict;
pub mod dir;
pub mod escape;
pub mod exceptions;
pub mod extension_dicts;
pub mod fatal;
pub mod file_methods;
pub mod file_name;
pub mod float;
pub mod formatting;
pub mod function;
pub mod generator;
pub mod importlib;
pub mod index;
pub mod int;
pub mod iterator;
pub mod list;
pub mod mappings;
pub mod memoryview;
pub mod method_table;
pub mod module;
pub mod namespace;
pub mod nested;
pub mod number_text;
pub mod object;
pub mod operators;
pub mod print;
pub mod python_function;
pub mod range;
pub mod reversed;
pub mod sequence_methods;
pub mod set;
pub mod slice;
pub mod slots;
pub mod special;
pub mod stand_in_function;
mod static_cache;

pub mod str;
pub mod struct_format;
pub mod subscript;
pub mod suggest;
pub mod tuple;
pub mod under_repr;
pub mod warning;
pub mod weakref;
