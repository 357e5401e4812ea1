//! E0133: to believe that a new reference is one to a certain layout is unsafe.
use pycapsule::runtime::{Own, known};
pub fn believe() -> Own<pycapsule::PyDictObject> {
    Own::new_unchecked(known::NONE.to_ref())
}
