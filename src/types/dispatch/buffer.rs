//! The dispatchers of `bf_getbuffer` and `bf_releasebuffer`: the methods `__buffer__` and `__release_buffer__` of a
//! class.
//!
//! A buffer from `__buffer__` is one of the memoryview that the method returned. Its object is a wrapper, which keeps
//! this memoryview for `__release_buffer__` (CPython: `_PyBufferWrapper`).

use super::method;
use super::names::at;
use crate::abi::*;
use crate::objects::memoryview::{self, MemoryView};
use crate::objects::slots::{self, Owner};
use crate::objects::{class_defaults, int};
use crate::protocol::buffer;
use crate::runtime::{Cells, Field, IntoC, Layout, Obj, Own, Ref, Result, View, error, gc, instance, raise};
use crate::types::mro;
use core::ffi::{c_char, c_int};
use core::mem::offset_of;
use core::ptr::NonNull;

unsafe extern "C" {
    // `...` as in C. The report needs the hooks of the interpreter, a room above.
    fn PyErr_FormatUnraisable(format: *const c_char, ...);
}

/// The object of a buffer that came from `__buffer__`.
#[repr(C)]
struct Wrapper {
    ob_base: PyObject,
    /// The memoryview that the method returned; NULL once the buffer is released.
    memory: Field,
    /// The object that has the method.
    object: Field,
}

static_type! {
    /// The type of such objects.
    static WRAPPER_TYPE as WRAPPER {
        tp_name: c"_buffer_wrapper".as_ptr(),
        tp_basicsize: size_of::<Wrapper>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<Wrapper>(),
        tp_traverse: slots::traverse::<Wrapper>(),
        tp_as_buffer: &raw mut AS_BUFFER,
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        tp_free: class_defaults::COLLECTED.tp_free,
    }
}

static mut AS_BUFFER: PyBufferProcs = PyBufferProcs { bf_getbuffer: None, bf_releasebuffer: Some(release_wrapper) };

// SAFETY: only this file makes instances of the type, which has this size and no subclasses.
unsafe impl Layout for Wrapper {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(WRAPPER)
    }
}

// SAFETY: a wrapper owns both references.
unsafe impl Owner for Wrapper {
    const FIELDS: &'static [usize] = &[offset_of!(Wrapper, memory), offset_of!(Wrapper, object)];
}

// SAFETY: the fields that change are cells.
unsafe impl Cells for Wrapper {}

/// `bf_getbuffer`: the buffer of the memoryview that `__buffer__` returns.
///
/// # Safety
/// `o` is a live object; `view` is NULL or can be written, and stays where it is until the buffer is released.
pub(super) unsafe extern "C" fn get(o: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int {
    // SAFETY: CPython calls the slot with a live object and such a struct.
    unsafe {
        let view = NonNull::new(view).ok_or_else(buffer::no_view);
        view.and_then(|view| fill(Obj::from_ptr_unchecked(o), view, flags)).into_c()
    }
}

/// # Safety
/// As for [`get`].
unsafe fn fill(o: Obj<'_>, view: NonNull<Py_buffer>, flags: c_int) -> Result<()> {
    let flags_object = int::from_i64(flags.into())?;
    let answer = method::call::<{ at("__buffer__") }>(&[o, flags_object.borrow()])?;
    if answer.borrow().downcast::<PyMemoryViewObject>().is_none() {
        return Err(raise!(TypeError, "__buffer__ returned non-memoryview object"));
    }
    let made = instance::allocate_here(WRAPPER, 0)?;
    // SAFETY: a new instance of this layout, all of whose fields are zero.
    let wrapper: Own<Wrapper> = unsafe { Own::new_unchecked(Ref::from_ptr_unchecked(made.as_ptr())) };
    // SAFETY: the struct is the caller's. A filled one owns a reference to its object, which is the memoryview.
    unsafe {
        buffer::get(answer.borrow(), view.as_ptr(), flags)?;
        drop(Ref::from_ptr((*view.as_ptr()).obj));
        wrapper.borrow().cells().memory.set(Some(answer));
        wrapper.borrow().cells().object.set(Some(o.to_ref()));
        gc::track(wrapper.as_obj());
        (*view.as_ptr()).obj = wrapper.into_ref().into_ptr();
    }
    Ok(())
}

/// `bf_releasebuffer` of a wrapper: gives the memoryview's buffer back, and tells the object if its method is written
/// in Python. A function of C hears of it from the memoryview.
///
/// # Safety
/// `o` is a wrapper, and `view` a buffer that [`get`] filled.
unsafe extern "C" fn release_wrapper(o: *mut PyObject, view: *mut Py_buffer) {
    // SAFETY: only wrappers have this function in their class.
    let wrapper: View<'_, Wrapper> = unsafe { View::new_unchecked(Obj::from_ptr_unchecked(o)) };
    let (Some(memory), Some(object)) = (wrapper.cells().memory.get(), wrapper.cells().object.get()) else { return };
    // SAFETY: the buffer is one of the memoryview, whose class has the slot.
    unsafe {
        if let Some(slot) =
            memory.borrow().class().fields().tp_as_buffer.as_ref().and_then(|suite| suite.bf_releasebuffer)
        {
            slot(memory.as_ptr(), view);
        }
    }
    let of_object = memory.borrow().downcast().is_some_and(|memory| is_of(memory, object.borrow()));
    if !of_object && release_slot(object.borrow()).is_some_and(|slot| core::ptr::fn_addr_eq(slot, OWN)) {
        // SAFETY: the struct is still whole, and its object is the wrapper.
        unsafe { call_method(object.borrow(), view) };
    }
    wrapper.cells().memory.set(None);
    wrapper.cells().object.set(None);
}

/// Whether the object of a memoryview's buffer is this one.
fn is_of(memory: MemoryView<'_>, o: Obj<'_>) -> bool {
    // SAFETY: a view's fields can be read.
    unsafe { (*memory.fields()).view.obj == o.as_ptr() }
}

type Release = unsafe extern "C" fn(*mut PyObject, *mut Py_buffer);

/// The dispatcher below.
const OWN: Release = release;

/// `bf_releasebuffer` of an object's class.
fn release_slot(o: Obj<'_>) -> Option<Release> {
    // SAFETY: the suite is NULL or whole.
    unsafe { o.class().fields().tp_as_buffer.as_ref() }.and_then(|suite| suite.bf_releasebuffer)
}

/// `bf_releasebuffer`: `__release_buffer__` with a memoryview of the buffer, and the function of C that a base has.
///
/// # Safety
/// `o` is a live object, and `view` a buffer of it.
pub(super) unsafe extern "C" fn release(o: *mut PyObject, view: *mut Py_buffer) {
    // SAFETY: CPython calls the slot with a live object.
    let o = unsafe { Obj::from_ptr_unchecked(o) };
    // SAFETY: the buffer is the caller's. The slot of a base takes the object too.
    unsafe {
        call_method(o, view);
        let slots = mro::of(o.class()).skip(1).filter_map(|base| base.fields().tp_as_buffer.as_ref()?.bf_releasebuffer);
        if let Some(slot) = slots.into_iter().find(|slot| !core::ptr::fn_addr_eq(*slot, OWN)) {
            slot(o.as_ptr(), view);
        }
    }
}

/// Calls `__release_buffer__`. An error is reported, and one that is pending stays.
///
/// # Safety
/// `view` is a filled buffer of the object.
unsafe fn call_method(o: Obj<'_>, view: *mut Py_buffer) {
    let pending = error::take();
    // SAFETY: the struct is filled, so its object is NULL or alive.
    let wrapper = unsafe { Obj::from_ptr((*view).obj) }.and_then(Obj::downcast::<Wrapper>);
    let memory = match wrapper {
        Some(wrapper) => wrapper.cells().memory.get().ok_or(()),
        None => {
            // SAFETY: the buffer is whole for the length of the call, and the view is released at its end.
            unsafe { memoryview::of_buffer_restricted(NonNull::new_unchecked(view)) }.map_err(|_| report(o, BUFFER))
        }
    };
    if let Ok(memory) = memory {
        if method::call::<{ at("__release_buffer__") }>(&[o, memory.borrow()]).is_err() {
            report(o, c"Exception ignored in __release_buffer__ of %s".as_ptr());
        }
        if wrapper.is_none() && memory.borrow().downcast().is_some_and(|memory| memoryview::release(memory).is_err()) {
            report(o, BUFFER);
        }
    }
    error::put_back(pending);
}

const BUFFER: *const c_char = c"Exception ignored in bf_releasebuffer of %s".as_ptr();

fn report(o: Obj<'_>, format: *const c_char) {
    // SAFETY: each format asks for the name of the class, which lives as long as the call.
    unsafe { PyErr_FormatUnraisable(format, o.class().fields().tp_name) };
}
