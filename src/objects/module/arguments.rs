//! `module(name, doc=None)`: the type of modules as something that C calls.

use super::super::{constants, dict, str, tuple};
use super::{begin, blank};
use crate::runtime::{Obj, Ref, Result, Type, raise};

/// A module that is still without a name.
fn new(class: Type<'_>, _: Obj<'_>, _: Option<Obj<'_>>) -> Result<Ref> {
    blank(class)
}
new_slot!(new_slot = new);

/// Gives it the name and the documentation that it is called with.
fn init(module: Obj<'_>, args: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<()> {
    const NAMES: [&str; 2] = ["name", "doc"];
    let args = tuple::items(args);
    let given = args.len() + keywords.map_or(0, dict::len);
    if given > NAMES.len() {
        return Err(raise!(TypeError, "module() takes at most 2 arguments ({given} given)"));
    }
    let mut values = [None, None];
    for (value, argument) in values.iter_mut().zip(args) {
        *value = Some(argument.to_ref());
    }
    let mut position = 0;
    while let Some((key, argument, next)) = keywords.and_then(|keywords| dict::next(keywords, position)) {
        let Some(index) = NAMES.iter().position(|name| str::check(key) && str::is(key, name)) else {
            return Err(raise!(TypeError, "module() got an unexpected keyword argument '{}'", str::as_text(key)));
        };
        match values.get_mut(index) {
            Some(value @ None) => *value = Some(argument.to_ref()),
            _ => {
                let (name, nth) = (str::as_text(key), index + 1);
                return Err(raise!(TypeError, "argument for module() given by name ('{name}') and position ({nth})"));
            }
        }
        position = next;
    }
    let [name, doc] = values;
    let Some(name) = name else {
        return Err(raise!(TypeError, "module() missing required argument 'name' (pos 1)"));
    };
    if !str::check(name.borrow()) {
        let class = name.borrow().class();
        return Err(raise!(TypeError, "module() argument 'name' must be str, not {}", class.name()));
    }
    begin(module, name.borrow(), doc.as_ref().map_or(constants::NONE, Ref::borrow))
}
init_slot!(init_slot = init);
