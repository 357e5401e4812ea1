//! E0515: the items of a dict are new references, since a later `clear` gives the dict's own back.
use pycapsule::Obj;
use pycapsule::objects::dict::{self, Dict};

pub fn first(dict: Dict<'_>) -> Option<Obj<'_>> {
    let (_, value, _) = dict::next(dict, 0)?;
    dict::clear(dict);
    Some(value.borrow())
}
