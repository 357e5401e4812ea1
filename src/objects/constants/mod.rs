//! The objects that exist once: `None`, `NotImplemented`, `Ellipsis`, `True` and `False`. The first three and their
//! types are in [`type_objects`], the others beside `int`.

mod numbered;
pub mod type_objects;

pub use crate::runtime::known::{BOOL, ELLIPSIS, FALSE, NONE, NOT_IMPLEMENTED, TRUE, bool};
pub use numbered::by_number;
