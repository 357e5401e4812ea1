//! Keys, values and items of any mapping, and hints of lengths.

use super::{attributes, call, convert, dict, int, list, special, str, subscript};
use crate::abi::{Exc, PyListObject};
use crate::protocol::mapping;
use crate::runtime::{Obj, Own, Ref, Result, error, known, raise};

/// The keys, the values or the items of a mapping in a new list, as its method gives them (CPython: `PyMapping_Keys`
/// and the like).
pub fn listed(o: Obj<'_>, method: &'static str) -> Result<Own<PyListObject>> {
    if let Some(dict) = o.downcast_exactly(dict::DICT) {
        return match method {
            "keys" => dict::keys(dict),
            "values" => dict::values(dict),
            _ => dict::items(dict),
        };
    }
    let name = str::from_str(method)?;
    let found = attributes::get(o, name.borrow())?;
    let listed = call::vectorcall(found.borrow(), &[], None)?;
    let (class, made) = (o.class().name(), listed.borrow().class().name());
    let refuse = || raise!(TypeError, "{class}.{method}() returned a non-iterable (type {made})");
    let listed = convert::fast(listed.borrow(), Some(&refuse))?;
    match listed.downcast() {
        Ok(list) if list.borrow().refcnt() == 1 => Ok(list),
        Ok(list) => list::slice(list.borrow(), 0..usize::MAX),
        Err(listed) => convert::to_list(listed.borrow()),
    }
}

/// The item of a key; `None` when there is none (CPython: `PyMapping_GetOptionalItem`).
pub fn optional_item(o: Obj<'_>, key: Obj<'_>) -> Result<Option<Ref>> {
    if let Some(dict) = o.downcast_exactly(dict::DICT) {
        return dict::get(dict, key);
    }
    match subscript::get(o, key) {
        Ok(item) => Ok(Some(item)),
        Err(_) if error::pending_is(Exc::KeyError) => {
            error::clear();
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}

/// The length of an object, or the hint that its method `__length_hint__` gives, or a default (CPython:
/// `PyObject_LengthHint`).
pub fn length_hint(o: Obj<'_>, default: isize) -> Result<isize> {
    if mapping::has_length(o) {
        match mapping::len(o) {
            Err(_) if error::pending_is(Exc::TypeError) => error::clear(),
            length => return length,
        }
    }
    let hint = match special::call(o, "__length_hint__", &[]) {
        Err(_) if error::pending_is(Exc::TypeError) => {
            error::clear();
            return Ok(default);
        }
        hint => hint?,
    };
    let Some(hint) = hint else { return error::pending().map_or(Ok(default), Err) };
    if hint.borrow().is(known::NOT_IMPLEMENTED) {
        return Ok(default);
    }
    if !int::check(hint.borrow()) {
        let class = hint.borrow().class().name();
        return Err(raise!(TypeError, "__length_hint__ must be an integer, not {class}"));
    }
    match int::as_ssize_t(hint.borrow())? {
        ..0 => Err(raise!(ValueError, "__length_hint__() should return >= 0")),
        hint => Ok(hint),
    }
}
