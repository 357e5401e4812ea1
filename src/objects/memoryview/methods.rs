//! The methods of a memoryview.

use super::contiguous::in_a_row;
use super::{Kept, MemoryView, again, cast, form, item, of_flags, release, require_open, search};
use crate::abi::*;
use crate::objects::arguments::{Signature, kind};
use crate::objects::byte_methods::hex;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{bytes, class_lookup, int, list, slots, str};
use crate::protocol::buffer::{Form, Order, step};
use crate::runtime::refusal::null_error;
use crate::runtime::{Obj, Own, Ref, Result, View, known, raise};

pub(super) static mut METHODS: [PyMethodDef; 13] = [
    class_lookup::CLASS_GETITEM,
    slots::method_named(c"_from_flags", from_flags)
        .of_class(c"A view of an object's memory with the flags of a request."),
    slots::method_noargs(c"release", release_method),
    slots::method_named(c"tobytes", to_bytes),
    slots::method_named(c"hex", hex_method),
    slots::method_noargs(c"tolist", to_list),
    slots::method_named(c"cast", cast_method),
    slots::method_noargs(c"toreadonly", to_readonly),
    slots::method_o(c"count", search::count),
    slots::method_fastcall(c"index", search::index),
    slots::method_noargs(c"__enter__", enter),
    slots::method_varargs(c"__exit__", exit),
    PyMethodDef::END,
];

const FROM_FLAGS: Signature<2> = Signature { function: "_from_flags", names: ["object", "flags"], required: 2 };

/// A view of an object's memory, which is requested with flags (a class method).
fn from_flags(_: View<'_, PyObject>, given: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [object, flags] = FROM_FLAGS.parse(given, keywords)?;
    let (object, flags) = object.zip(flags).ok_or_else(null_error)?;
    of_flags(object.borrow(), int::as_c_int(flags.borrow())?).map(Own::into_ref)
}

fn release_method(o: MemoryView<'_>) -> Result<Ref> {
    release(o).map(|()| known::NONE.to_ref())
}

fn enter(o: MemoryView<'_>) -> Result<Ref> {
    require_open(o)?;
    Ok(o.to_ref())
}

fn exit(o: MemoryView<'_>, _: Tuple<'_>) -> Result<Ref> {
    release_method(o)
}

fn to_readonly(o: MemoryView<'_>) -> Result<Ref> {
    let view = again(o)?;
    // SAFETY: no other code knows the new view.
    unsafe { (*view.borrow().fields()).view.readonly = 1 };
    Ok(view.into_ref())
}

const TO_BYTES: Signature<1> = Signature { function: "tobytes", names: ["order"], required: 0 };

fn to_bytes(o: MemoryView<'_>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [order] = TO_BYTES.parse(arguments, keywords)?;
    let order = match order.as_ref().map(Ref::borrow).filter(|order| !order.is(known::NONE)) {
        None => Order::C,
        Some(order) => {
            let Some(text) = order.downcast() else {
                return Err(raise!(TypeError, "tobytes() argument 'order' must be str or None, not {}", kind(order)));
            };
            let text = str::utf8(text)?.as_bytes();
            if text.contains(&0) {
                return Err(raise!(ValueError, "embedded null character"));
            }
            let named = if let [letter] = text { Order::named(*letter) } else { None };
            require_open(o)?;
            named.ok_or_else(|| raise!(ValueError, "order must be 'C', 'F' or 'A'"))?
        }
    };
    in_a_row(&form(o)?, Some(order)).map(Own::into_ref)
}

const HEX: Signature<2> = Signature { function: "hex", names: ["sep", "bytes_per_sep"], required: 0 };

fn hex_method(o: MemoryView<'_>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [separator, group] = HEX.parse(arguments, keywords)?;
    let group = hex::group(group.as_ref().map(Ref::borrow))?;
    let kept = Kept::of(o)?;
    let separator = separator.as_ref().map(|separator| hex::separator(separator.borrow())).transpose()?;
    let row = in_a_row(&kept.form(), Some(Order::C))?;
    hex::shown(bytes::as_slice(row.borrow()), separator, group)
}

const CAST: Signature<2> = Signature { function: "cast", names: ["format", "shape"], required: 1 };

fn cast_method(o: MemoryView<'_>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [format, shape] = CAST.parse(arguments, keywords)?;
    let format = format.as_ref().map_or(known::NONE, Ref::borrow);
    let Some(format) = format.downcast() else {
        return Err(raise!(TypeError, "cast() argument 'format' must be str, not {}", kind(format)));
    };
    cast::cast(o, format, shape.as_ref().map(Ref::borrow)).map(Own::into_ref)
}

/// The items as nested lists, one level for each dimension.
fn to_list(o: MemoryView<'_>) -> Result<Ref> {
    let form = form(o)?;
    let code = item::single(&form)?;
    // SAFETY: the memory's start is that of its first dimension.
    unsafe { rows(&form, code, form.start(), 0) }
}

/// The items from a dimension on.
///
/// # Safety
/// `start` is the start of the dimension in the form's memory.
unsafe fn rows(form: &Form<'_>, code: u8, start: *mut u8, at: usize) -> Result<Ref> {
    if at == form.ndim() {
        // SAFETY: below the last dimension there is an item.
        return unsafe { item::unpack_sized(code, form, start) };
    }
    let dimension = form.dimension(at);
    let list = list::blank(usize::try_from(dimension.shape).unwrap_or(0))?;
    for index in 0..dimension.shape.max(0) {
        // SAFETY: the index is inside the dimension.
        let row = unsafe { rows(form, code, step(start, dimension, index), at + 1)? };
        list::set(list.borrow(), index, Some(row))?;
    }
    Ok(list.into_ref())
}
