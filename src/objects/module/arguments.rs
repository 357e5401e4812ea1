//! `module(name, doc=None)`: the type of modules as something that C calls.

use super::super::arguments::{self, Signature};
use super::super::{constants, object, str};
use super::{begin, blank};
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::runtime::{Obj, Ref, Result, Type, raise};

/// A module that is still without a name.
fn new(class: Type<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    blank(class)
}
new_slot!(new_slot = new);

/// Gives it the name and the documentation that it is called with.
fn init(module: Obj<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    const SIGNATURE: Signature<2> = Signature { function: "module", names: ["name", "doc"], required: 1 };
    let [name, doc] = SIGNATURE.parse(args, keywords)?;
    let name = name.ok_or_else(object::null_error)?;
    if !str::check(name.borrow()) {
        let kind = arguments::kind(name.borrow());
        return Err(raise!(TypeError, "module() argument 'name' must be str, not {kind}"));
    }
    begin(module, name.borrow(), doc.as_ref().map_or(constants::NONE, Ref::borrow))
}
init_slot!(init_slot = init);
