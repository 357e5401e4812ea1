//! The type object of `bytes`, and calling it: `bytes(source)`, and `bytes(text, encoding, errors)`.

use super::{Bytes, HEAD, as_slice, convert, data, empty, instantiate, iterator, methods, operators};
use crate::abi::*;
use crate::objects::arguments::Signature;
use crate::objects::codecs;
use crate::objects::dict::Dict;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{class_defaults, slots};
use crate::protocol::buffer::{self, Memory};
use crate::runtime::{IntoC, Obj, Ref, Result, Type, instance, raise};
use core::ffi::c_int;
use core::ptr::NonNull;

static_type! {
    /// The `bytes` type.
    pub PyBytes_Type as BYTES {
        tp_name: c"bytes".as_ptr(),
        tp_basicsize: HEAD as Py_ssize_t + 1,
        tp_itemsize: 1,
        tp_repr: slots::unary(operators::smart_repr),
        tp_hash: slots::unary(operators::hash),
        tp_str: slots::unary(operators::smart_repr),
        tp_alloc: Some(alloc_slot),
        tp_as_number: &raw mut operators::NUMBER,
        tp_as_sequence: &raw mut operators::SEQUENCE,
        tp_as_mapping: &raw mut operators::MAPPING,
        tp_as_buffer: &raw mut BUFFER,
        tp_richcompare: slots::compare(operators::compare),
        tp_iter: slots::unary(iterator::over),
        tp_methods: (&raw mut methods::METHODS).cast(),
        tp_new: slots::new(new),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_BYTES_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
    }
}

/// `tp_alloc`: the hash is not computed yet.
///
/// # Safety
/// `class` is `bytes` or made from it.
unsafe extern "C" fn alloc_slot(class: *mut PyTypeObject, items: Py_ssize_t) -> *mut PyObject {
    // SAFETY: C calls the slot with a class, whose instances begin as those of `bytes` do.
    unsafe {
        let made = instance::allocate_tracked(Type::from_ptr_unchecked(class), items);
        made.inspect(|o| (*o.borrow().cast::<PyBytesObject>()).ob_shash = -1).into_c()
    }
}

static mut BUFFER: PyBufferProcs = PyBufferProcs { bf_getbuffer: Some(get_buffer_slot), ..PyBufferProcs::BLANK };

/// `bf_getbuffer`: the bytes, which must not be written to.
///
/// # Safety
/// `o` is a `bytes`, and `view` can be written and stays where it is until it is released.
unsafe extern "C" fn get_buffer_slot(o: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int {
    // SAFETY: C calls the slot with an object of the type, and the address of a struct.
    unsafe {
        let Some(view) = NonNull::new(view) else { return Result::<()>::Err(buffer::no_view()).into_c() };
        let bytes = Bytes::new_unchecked(Obj::from_ptr_unchecked(o));
        let length = (*bytes.fields()).ob_base.ob_size;
        let memory = Memory { start: data(bytes).cast(), length, readonly: 1 };
        buffer::fill(view, Some(*bytes), memory, flags).into_c()
    }
}

const SIGNATURE: Signature<3> = Signature { function: "bytes", names: ["source", "encoding", "errors"], required: 0 };

/// The bytes of a source: zeros for an integer, the integers of an iterable, another `bytes`, or a `str` in an encoding
/// (CPython: `bytes.__new__`).
fn new(class: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [source, encoding, errors] = SIGNATURE.parse(tuple::items(arguments), keywords)?;
    let (encoding, errors) = (SIGNATURE.text(1, &encoding)?, SIGNATURE.text(2, &errors)?);
    let source = source.as_ref().map(Ref::borrow);
    let made = match (source.and_then(Obj::downcast), encoding) {
        (Some(text), Some(encoding)) => {
            codecs::encode(text, encoding.as_bytes(), errors.map(core::primitive::str::as_bytes))
        }
        (None, Some(_)) => Err(raise!(TypeError, "encoding without a string argument")),
        (Some(_), None) if errors.is_some() => Err(raise!(TypeError, "string argument without an encoding")),
        (None, None) if errors.is_some() => Err(raise!(TypeError, "errors without a string argument")),
        (_, None) => source.map_or_else(|| Ok(empty().to_own()), convert::of_argument),
    }?;
    if class == BYTES { Ok(made.into_ref()) } else { copy_as(class, as_slice(made.borrow())) }
}

/// An instance of a subclass with these bytes.
fn copy_as(class: Type<'_>, bytes: &[u8]) -> Result<Ref> {
    let copy = instantiate(class, bytes.len())?;
    // SAFETY: the new instance has room for as many bytes, and no other code has seen it.
    unsafe { data(copy.borrow()).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
    Ok(copy.into_ref())
}
