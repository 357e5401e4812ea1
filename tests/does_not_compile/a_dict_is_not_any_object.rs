//! E0308: a function of dicts takes no object of an unknown type.
pub fn misread() -> usize {
    pycapsule::objects::dict::len(pycapsule::runtime::known::NONE)
}
