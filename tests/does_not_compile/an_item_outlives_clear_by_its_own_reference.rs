//! E0515: an item of a list is a new reference, since a later `clear` gives the list's own back.
use pycapsule::Obj;
use pycapsule::objects::list::{self, List};

pub fn first(list: List<'_>) -> Option<Obj<'_>> {
    let item = list::get(list, 0)?;
    list::clear(list);
    Some(item.borrow())
}
