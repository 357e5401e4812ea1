//! E0521: the name of a class is read while it is looked at, since the class can be renamed afterwards.
use pycapsule::Type;
use std::ffi::CStr;

pub fn name<'a>(class: Type<'a>) -> Option<&'a CStr> {
    let mut kept = None;
    class.with_name(|name| kept = Some(name));
    kept
}
