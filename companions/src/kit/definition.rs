//! The definition of a module with multi-phase initialisation, and its state.

use super::object::{Obj, Raised, Ref, Result};
use super::table::Functions;
use core::cell::UnsafeCell;
use core::ffi::{CStr, c_int, c_void};
use core::marker::PhantomData;
use core::ptr::null_mut;
use pyo3_ffi as ffi;
use pyo3_ffi::{PyModuleDef, PyModuleDef_Slot, PyObject, visitproc};

/// The state of a module: the objects that its functions need.
pub trait State: Sized + 'static {
    /// Makes the state of a new module, and puts what is not a function into the module.
    fn make(module: &Module<'_>) -> Result<Self>;

    /// Calls `visit` with each object that the state owns.
    fn visit(&self, visit: &mut dyn FnMut(Obj<'_>)) {
        // A state without objects.
        let _ = visit;
    }
}

/// A module that is being made.
pub struct Module<'a>(Obj<'a>);

impl Module<'_> {
    /// Puts an object into the module.
    pub fn add(&self, name: &CStr, value: &Ref) -> Result<()> {
        // SAFETY: a module, a name that ends with NUL, and an object, of which the call takes no reference.
        match unsafe { ffi::PyModule_AddObjectRef(self.0.as_ptr(), name.as_ptr(), value.as_ptr()) } {
            0 => Ok(()),
            _ => Err(Raised::pending()),
        }
    }
}

/// The `PyModuleDef` of CPython and its slots, in a static. `S` is the module's state.
pub struct Definition<S> {
    raw: UnsafeCell<PyModuleDef>,
    slots: [PyModuleDef_Slot; 4],
    state: PhantomData<fn() -> S>,
}

// SAFETY: the interpreter writes the definition under the GIL, and this crate reads only its address.
unsafe impl<S> Sync for Definition<S> {}

impl<S: State> Definition<S> {
    /// The definition of a module of this name, with these functions.
    pub const fn new<const N: usize>(
        name: &'static CStr,
        doc: &'static CStr,
        functions: &'static Functions<N>,
    ) -> Self {
        Definition {
            raw: UnsafeCell::new(PyModuleDef {
                m_base: ffi::PyModuleDef_HEAD_INIT,
                m_name: name.as_ptr(),
                m_doc: doc.as_ptr(),
                m_size: size_of::<*mut S>() as isize,
                m_methods: functions.as_ptr(),
                m_slots: null_mut(),
                m_traverse: Some(traverse::<S>),
                m_clear: Some(clear::<S>),
                m_free: Some(free::<S>),
            }),
            slots: [
                PyModuleDef_Slot { slot: ffi::Py_mod_exec, value: exec::<S> as *mut c_void },
                PyModuleDef_Slot {
                    slot: ffi::Py_mod_multiple_interpreters,
                    value: ffi::Py_MOD_PER_INTERPRETER_GIL_SUPPORTED,
                },
                PyModuleDef_Slot { slot: ffi::Py_mod_gil, value: ffi::Py_MOD_GIL_USED },
                PyModuleDef_Slot { slot: 0, value: null_mut() },
            ],
            state: PhantomData,
        }
    }

    /// The result of the module's init function.
    pub fn init(&'static self) -> *mut PyObject {
        // SAFETY: an init function runs under the GIL. The definition is static, and the slots end with a zero.
        unsafe {
            (*self.raw.get()).m_slots = self.slots.as_ptr().cast_mut();
            ffi::PyModuleDef_Init(self.raw.get())
        }
    }

    /// The state of a module that was made from this definition.
    pub fn state<'a>(&'static self, module: Obj<'a>) -> Result<&'a S> {
        // SAFETY: an object. The call answers NULL with an error for one that is no module.
        let definition = unsafe { ffi::PyModule_GetDef(module.as_ptr()) };
        if definition != self.raw.get() {
            return Err(Raised::pending());
        }
        // SAFETY: a module of this definition has room for one pointer, NULL until the module is made and again when it ends.
        unsafe { place::<S>(module.as_ptr()).as_ref().and_then(|state| state.as_ref()).ok_or_else(Raised::pending) }
    }
}

/// Where a module keeps the pointer to its state.
///
/// # Safety
///
/// The module was made from a `Definition<S>`.
unsafe fn place<S>(module: *mut PyObject) -> *mut *mut S {
    // SAFETY: a module, as the caller promises.
    unsafe { ffi::PyModule_GetState(module).cast() }
}

unsafe extern "C" fn exec<S: State>(module: *mut PyObject) -> c_int {
    // SAFETY: the interpreter calls this with the new module.
    let Some(object) = (unsafe { Obj::from_ptr(module) }) else { return -1 };
    match S::make(&Module(object)) {
        Ok(state) => {
            // SAFETY: the module was made from this definition, and has no state yet.
            unsafe { *place::<S>(module) = Box::into_raw(Box::new(state)) };
            0
        }
        Err(Raised { .. }) => -1,
    }
}

unsafe extern "C" fn traverse<S: State>(module: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    let mut result = 0;
    // SAFETY: the collector calls this with a module of this definition, whose memory for the state may not be there yet.
    if let Some(state) = unsafe { place::<S>(module).as_ref().and_then(|state| state.as_ref()) } {
        state.visit(&mut |object| {
            if result == 0 {
                // SAFETY: the collector's function, with its own argument.
                result = unsafe { visit(object.as_ptr(), arg) };
            }
        });
    }
    result
}

unsafe extern "C" fn clear<S: State>(module: *mut PyObject) -> c_int {
    // SAFETY: as in `traverse`. The pointer is taken out before the state is dropped, so that this happens once.
    unsafe {
        if let Some(place) = place::<S>(module).as_mut() {
            let state = core::mem::replace(place, null_mut());
            if !state.is_null() {
                drop(Box::from_raw(state));
            }
        }
    }
    0
}

unsafe extern "C" fn free<S: State>(module: *mut c_void) {
    // SAFETY: the interpreter calls this with a module of this definition, at its end.
    unsafe { clear::<S>(module.cast()) };
}
