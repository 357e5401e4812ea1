//! E0133: to believe that an object has a layout is unsafe.
use pycapsule::runtime::{View, known};
pub fn believe() -> View<'static, pycapsule::PyDictObject> {
    View::new_unchecked(known::NONE)
}
