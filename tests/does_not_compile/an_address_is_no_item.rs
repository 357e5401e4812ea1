//! E0308: the address of an item, which C may borrow, is no object: a later `clear` makes it dangle.
use pycapsule::Obj;
use pycapsule::objects::list::{self, List};

pub fn first(list: List<'_>) -> Option<Obj<'_>> {
    list::item_address(list, 0).ok()
}
