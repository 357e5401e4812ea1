//! The type object of `memoryview`.

use super::{
    MemoryView, assign, attributes, change_exports, compare, flags, form, index, is_released, iterator, methods, of,
    require_unrestricted,
};
use crate::abi::*;
use crate::objects::arguments::Signature;
use crate::objects::dict::Dict;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{class_defaults, slots, str};
use crate::runtime::refusal::null_argument;
use crate::runtime::{IntoC, Obj, Own, Raised, Ref, Result, Type, known, raise};
use core::ffi::c_int;
use core::mem::offset_of;
use core::ptr::{NonNull, null_mut};

static_type! {
    /// The `memoryview` type.
    pub PyMemoryView_Type as MEMORYVIEW {
        tp_name: c"memoryview".as_ptr(),
        tp_basicsize: offset_of!(PyMemoryViewObject, ob_array) as Py_ssize_t,
        tp_itemsize: size_of::<Py_ssize_t>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<PyMemoryViewObject>(),
        tp_repr: slots::unary(repr),
        tp_as_sequence: &raw mut SEQUENCE,
        tp_as_mapping: &raw mut MAPPING,
        tp_hash: slots::unary(compare::hash),
        tp_as_buffer: &raw mut BUFFER,
        tp_traverse: slots::traverse::<PyMemoryViewObject>(),
        tp_clear: slots::clear::<PyMemoryViewObject>(),
        tp_richcompare: slots::compare(compare::compare),
        tp_weaklistoffset: offset_of!(PyMemoryViewObject, weakreflist) as Py_ssize_t,
        tp_iter: slots::unary(iterator::over),
        tp_methods: (&raw mut methods::METHODS).cast(),
        tp_getset: (&raw mut attributes::GETSETS).cast(),
        tp_new: slots::new(new),
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_SEQUENCE,
        tp_free: class_defaults::COLLECTED.tp_free,
    }
}

static mut SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: slots::unary(index::length),
    sq_item: slots::indexed(index::item_at),
    ..PySequenceMethods::BLANK
};

static mut MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slots::unary(index::length),
    mp_subscript: slots::binary(index::subscript),
    mp_ass_subscript: slots::assign(assign::assign),
};

static mut BUFFER: PyBufferProcs =
    PyBufferProcs { bf_getbuffer: Some(get_buffer_slot), bf_releasebuffer: Some(release_buffer_slot) };

const SIGNATURE: Signature<1> = Signature { function: "memoryview", names: ["object"], required: 1 };

fn new(_: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [object] = SIGNATURE.parse(tuple::items(arguments), keywords)?;
    of(object.as_ref().map_or(known::NONE, Ref::borrow)).map(Own::into_ref)
}

fn repr(o: MemoryView<'_>) -> Result<Ref> {
    let state = if is_released(o) { "released memory" } else { "memory" };
    str::format(format_args!("<{state} at {:p}>", o.as_ptr()))
}

/// The description of a view for a request by flags; BufferError when they request more than the view can give.
fn requested(o: MemoryView<'_>, flags: c_int, has: c_int) -> Result<Py_buffer> {
    let asks = |request: c_int| flags & request == request;
    let refuse = |reason: &'static str| -> Raised { raise!(BufferError, "memoryview: {reason}") };
    let mut view = Py_buffer { obj: null_mut(), ..*form(o)?.fields() };
    if asks(PyBUF_WRITABLE) && view.readonly != 0 {
        return Err(refuse("underlying buffer is not writable"));
    }
    if !asks(PyBUF_FORMAT) {
        view.format = null_mut();
    }
    if asks(PyBUF_C_CONTIGUOUS) && has & _Py_MEMORYVIEW_C == 0 {
        return Err(refuse("underlying buffer is not C-contiguous"));
    }
    if asks(PyBUF_F_CONTIGUOUS) && has & _Py_MEMORYVIEW_FORTRAN == 0 {
        return Err(refuse("underlying buffer is not Fortran contiguous"));
    }
    if asks(PyBUF_ANY_CONTIGUOUS) && has & (_Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN) == 0 {
        return Err(refuse("underlying buffer is not contiguous"));
    }
    if !asks(PyBUF_INDIRECT) && has & _Py_MEMORYVIEW_PIL != 0 {
        return Err(refuse("underlying buffer requires suboffsets"));
    }
    if !asks(PyBUF_STRIDES) {
        if has & _Py_MEMORYVIEW_C == 0 {
            return Err(refuse("underlying buffer is not C-contiguous"));
        }
        view.strides = null_mut();
    }
    if !asks(PyBUF_ND) {
        if !view.format.is_null() {
            return Err(refuse("cannot cast to unsigned bytes if the format flag is present"));
        }
        (view.ndim, view.shape) = (1, null_mut());
    }
    Ok(view)
}

/// `bf_getbuffer`: the view's memory, whose view can't be released until the buffer is.
///
/// # Safety
/// `o` is a `memoryview`, and `place` can be written.
unsafe extern "C" fn get_buffer_slot(o: *mut PyObject, place: *mut Py_buffer, request: c_int) -> c_int {
    // SAFETY: C calls the slot with an object of the type, and the address of a struct.
    unsafe {
        let o = MemoryView::new_unchecked(Obj::from_ptr_unchecked(o));
        let Some(place) = NonNull::new(place) else {
            return Result::<()>::Err(null_argument("memoryview.__buffer__")).into_c();
        };
        require_unrestricted(o)
            .and_then(|()| requested(o, request, flags(o)))
            .map(|view| {
                place.write(Py_buffer { obj: o.to_ref().into_ptr(), ..view });
                change_exports(o, 1);
            })
            .inspect_err(|_| (*place.as_ptr()).obj = null_mut())
            .into_c()
    }
}

/// `bf_releasebuffer`.
///
/// # Safety
/// `o` is a `memoryview` that has exported the buffer.
unsafe extern "C" fn release_buffer_slot(o: *mut PyObject, _: *mut Py_buffer) {
    // SAFETY: C calls the slot with an object of the type.
    change_exports(unsafe { MemoryView::new_unchecked(Obj::from_ptr_unchecked(o)) }, -1);
}
