//! E0133: the items of a tuple can be borrowed, so that a function which changes one asks for a promise.
use pycapsule::objects::tuple::{self, Tuple};

pub fn empty_the_first(tuple: Tuple<'_>) {
    let _items = tuple::items(tuple);
    let _ = tuple::set(tuple, 0, None);
}
