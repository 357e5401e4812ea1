//! E0515: a view does not outlive the reference that it was borrowed from.
pub fn dangling(reference: pycapsule::Ref) -> Option<pycapsule::objects::dict::Dict<'static>> {
    reference.borrow().downcast()
}
