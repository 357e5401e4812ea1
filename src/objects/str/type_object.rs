//! The type object of `str`, and calling it: `str(object)`, and `str(bytes, encoding, errors)`.

use super::build::state_of;
use super::hash::hash;
use super::layout::{Points, Str, as_text, check, free_buffers, has_buffers, points};
use super::shared::empty;
use super::{iterator, methods, operators, repr};
use crate::abi::*;
use crate::objects::arguments::{self, Signature};
use crate::objects::class_call::{self, Entry};
use crate::objects::class_defaults;
use crate::objects::class_name;
use crate::objects::codecs;
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::protocol::text;
use crate::runtime::{Obj, Ref, Result, Type, instance, memory, raise};
use core::ffi::c_int;

static_type! {
    /// The `str` type.
    pub PyUnicode_Type as STR {
        tp_name: c"str".as_ptr(),
        tp_basicsize: size_of::<PyUnicodeObject>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<PyASCIIObject>(),
        tp_repr: slots::unary(repr::repr),
        tp_as_number: &raw mut operators::NUMBER,
        tp_as_sequence: &raw mut operators::SEQUENCE,
        tp_as_mapping: &raw mut operators::MAPPING,
        tp_hash: slots::unary(slot_hash),
        tp_str: slots::unary(slot_str),
        tp_richcompare: slots::compare(slot_compare),
        tp_iter: slots::unary(iterator::over),
        tp_methods: (&raw mut methods::METHODS).cast(),
        tp_new: slots::new(new),
        tp_vectorcall: Some(class_call::enter_slot::<Call>),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_UNICODE_SUBCLASS | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
    }
}

fn slot_hash(s: Str<'_>) -> Result<isize> {
    Ok(hash(s))
}

fn slot_str(s: Str<'_>) -> Result<Ref> {
    operators::exact(*s)
}

fn slot_compare(s: Str<'_>, other: Obj<'_>, op: c_int) -> Result<Ref> {
    operators::rich_compare(*s, other, op)
}

// SAFETY: a string owns no object. The two buffers that it may own are freed.
unsafe impl Owner for PyASCIIObject {
    #[inline(always)]
    fn owns_nothing(s: Str<'_>) -> bool {
        !has_buffers(s)
    }

    #[inline(always)]
    unsafe fn empty(s: Str<'_>) {
        if has_buffers(s) {
            // SAFETY: only `tp_dealloc` calls this, since `str` has no `tp_clear`. So no reference to the string is left.
            unsafe { free_buffers(s) };
        }
    }
}

const SIGNATURE: Signature<3> = Signature { function: "str", names: ["object", "encoding", "errors"], required: 0 };

/// Checks a call without keywords, for which CPython's error messages differ from those of a call with keywords.
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
                let class = class_name::fully_qualified(argument.class(), '.')?;
                let class = as_text(class.borrow());
                Err(raise!(TypeError, "str() argument '{which}' must be str, not {class}"))
            }
        }
    }
}

fn new(class: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [o, encoding, errors] = SIGNATURE.parse(tuple::items(arguments), keywords)?;
    let (encoding, errors) = (SIGNATURE.text(1, &encoding)?, SIGNATURE.text(2, &errors)?);
    let text = match o.as_ref().map(Ref::borrow) {
        None => empty().to_ref(),
        Some(o) if encoding.is_none() && errors.is_none() => text::to_str(o)?,
        Some(o) => codecs::decode_object(o, encoding.map(str::as_bytes), errors.map(str::as_bytes))?,
    };
    match text.borrow().downcast() {
        Some(s) if class != STR => instance_of(class, points(s)),
        _ => Ok(text),
    }
}

/// An instance of a subclass, whose characters are in a separate block.
fn instance_of(class: Type<'_>, points: Points<'_>) -> Result<Ref> {
    let size = points.as_bytes().len();
    let block = memory::allocate_zeroed(size + points.kind(), 1).ok_or_else(memory::out_of_memory)?;
    let o = match instance::allocate(class, 0) {
        Ok(o) => o.as_ptr(),
        Err(raised) => {
            // SAFETY: the block was made here, and no other code has seen it.
            unsafe { memory::free(block.as_ptr()) };
            return Err(raised);
        }
    };
    // SAFETY: the block has room for the characters and a NUL. A new instance of a subclass has the layout of strings
    // that are not compact, and all its fields are zero.
    unsafe {
        block.cast::<u8>().as_ptr().copy_from_nonoverlapping(points.as_bytes().as_ptr(), size);
        let fields = o.cast::<PyUnicodeObject>();
        (*fields).ob_base.ob_base.length = points.len() as Py_ssize_t;
        (*fields).ob_base.ob_base.hash = -1;
        (*fields).ob_base.ob_base.state = state_of(points);
        (*fields).data = block.as_ptr();
        Ok(Ref::from_ptr_unchecked(o))
    }
}
