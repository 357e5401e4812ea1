//! E0308: a view of a tuple is no view of a dict.
pub fn misread(tuple: pycapsule::objects::tuple::Tuple<'_>) -> usize {
    pycapsule::objects::dict::len(tuple)
}
