//! The type object of `bytearray`.

use super::{ByteArray, data, exports, fill, iterator, methods, operators};
use crate::abi::*;
use crate::objects::{class_defaults, slots};
use crate::protocol::buffer::{self, Memory};
use crate::runtime::{IntoC, Obj, Raised, Result, raise};
use core::ffi::c_int;
use core::ptr::NonNull;

static_type! {
    /// The `bytearray` type.
    pub PyByteArray_Type as BYTEARRAY {
        tp_name: c"bytearray".as_ptr(),
        tp_basicsize: size_of::<PyByteArrayObject>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<PyByteArrayObject>(),
        tp_repr: slots::unary(operators::repr),
        tp_hash: class_defaults::NO_HASH,
        tp_str: slots::unary(operators::repr),
        tp_as_number: &raw mut operators::NUMBER,
        tp_as_sequence: &raw mut operators::SEQUENCE,
        tp_as_mapping: &raw mut operators::MAPPING,
        tp_as_buffer: &raw mut BUFFER,
        tp_richcompare: slots::compare(operators::compare),
        tp_iter: slots::unary(iterator::over),
        tp_methods: (&raw mut methods::METHODS).cast(),
        tp_init: slots::init(fill::init),
        tp_new: class_defaults::GENERIC_NEW,
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
    }
}

static mut BUFFER: PyBufferProcs =
    PyBufferProcs { bf_getbuffer: Some(get_buffer_slot), bf_releasebuffer: Some(release_buffer_slot) };

#[cold]
fn no_view() -> Raised {
    raise!(BufferError, "bytearray_getbuffer: view==NULL argument is obsolete")
}

/// `bf_getbuffer`: the bytes, which can't be resized until the buffer is released.
///
/// # Safety
/// `o` is a `bytearray`, and `view` can be written and stays where it is until it is released.
unsafe extern "C" fn get_buffer_slot(o: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int {
    // SAFETY: C calls the slot with an object of the type, and the address of a struct.
    unsafe {
        let Some(view) = NonNull::new(view) else { return Result::<()>::Err(no_view()).into_c() };
        let bytes = ByteArray::new_unchecked(Obj::from_ptr_unchecked(o));
        let length = (*bytes.fields()).ob_base.ob_size;
        let memory = Memory { start: data(bytes).cast(), length, readonly: 0 };
        buffer::fill(view, Some(*bytes), memory, flags)
            .map(|()| exports(bytes).set(exports(bytes).get().wrapping_add(1)))
            .into_c()
    }
}

/// `bf_releasebuffer`.
///
/// # Safety
/// `o` is a `bytearray` that has exported the buffer.
unsafe extern "C" fn release_buffer_slot(o: *mut PyObject, _: *mut Py_buffer) {
    // SAFETY: C calls the slot with an object of the type.
    let bytes = unsafe { ByteArray::new_unchecked(Obj::from_ptr_unchecked(o)) };
    exports(bytes).set(exports(bytes).get().wrapping_sub(1));
}
