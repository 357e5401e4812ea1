//! Calling the type: `str(object)`, and `str(bytes, encoding, errors)`.

use super::{Handler, Points, STR, build, check, decode, empty, points};
use crate::abi::*;
use crate::objects::arguments::{self, Signature};
use crate::objects::bytes;
use crate::objects::class_call::Entry;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::protocol::text;
use crate::runtime::{Obj, Ref, Result, Type, instance, memory, raise};
use crate::types::class;

const SIGNATURE: Signature<3> = Signature { function: "str", names: ["object", "encoding", "errors"], required: 0 };

/// A call without names has words of its own for too many arguments, and for those of a wrong class.
pub(super) enum Call {}

impl Entry for Call {
    fn check(positional: &[Obj<'_>], names: Option<usize>) -> Result<()> {
        if names.unwrap_or(0) > 0 {
            return Ok(());
        }
        arguments::between("str", positional.len(), 0, 3)?;
        let mut names = positional.iter().zip(SIGNATURE.names).skip(1);
        match names.find(|(argument, _)| !check(**argument)) {
            None => Ok(()),
            Some((argument, which)) => {
                let class = class::fully_qualified_name(argument.class(), '.')?;
                let class = super::as_text(class.borrow());
                Err(raise!(TypeError, "str() argument '{which}' must be str, not {class}"))
            }
        }
    }
}

fn new(class: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [o, encoding, errors] = SIGNATURE.parse(arguments, keywords)?;
    let (encoding, errors) = (SIGNATURE.text(1, &encoding)?, SIGNATURE.text(2, &errors)?);
    let text = match o.as_ref().map(Ref::borrow) {
        None => empty().to_ref(),
        Some(o) if encoding.is_none() && errors.is_none() => text::to_str(o)?,
        Some(o) if bytes::check(o) && bytes::as_slice(o).is_empty() => empty().to_ref(),
        Some(o) if bytes::check(o) => {
            decode(bytes::as_slice(o), encoding.unwrap_or("utf-8"), Handler::named(errors.map(str::as_bytes)))?
        }
        Some(o) if check(o) => return Err(raise!(TypeError, "decoding str is not supported")),
        Some(o) => {
            let class = o.class().name();
            return Err(raise!(TypeError, "decoding to str: need a bytes-like object, {class} found"));
        }
    };
    if class == STR { Ok(text) } else { instance_of(class, points(text.borrow())) }
}
new_slot!(new_slot = new);

/// An instance of a subclass, whose characters lie in a block of their own.
fn instance_of(class: Type<'_>, points: Points<'_>) -> Result<Ref> {
    let size = points.as_bytes().len();
    let block = memory::allocate_zeroed(size + points.kind(), 1).ok_or_else(memory::out_of_memory)?;
    let o = match instance::allocate(class, 0) {
        Ok(o) => o.as_ptr(),
        Err(raised) => {
            // SAFETY: the block was made here, and nobody has seen it.
            unsafe { memory::free(block.as_ptr()) };
            return Err(raised);
        }
    };
    // SAFETY: the block has room for the characters and a NUL; a new instance of a subclass has the larger layout.
    unsafe {
        block.cast::<u8>().as_ptr().copy_from_nonoverlapping(points.as_bytes().as_ptr(), size);
        let fields = o.cast::<PyUnicodeObject>();
        (*fields).ob_base.ob_base.length = points.len() as Py_ssize_t;
        (*fields).ob_base.ob_base.hash = -1;
        (*fields).ob_base.ob_base.state = build::state_of(points);
        (*fields).data = block.as_ptr();
        Ok(Ref::from_ptr_unchecked(o))
    }
}
