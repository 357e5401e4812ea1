//! What a class is, made of objects: its attributes and those of its instances, descriptors, the look-up along the bases,
//! and classes that are made at run time.

pub mod attribute;
pub mod class;
pub mod descriptor;
pub mod exception_class;
pub mod heap;
pub mod method;
pub mod slots;
