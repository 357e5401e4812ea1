//! The extension module `scale`, by hand over pyo3-ffi: a function that takes arguments, and a C API in the capsule `scale._C_API`.

use std::ffi::{c_int, c_long};
use std::ptr;

use pyo3_ffi::*;

/// The C API that `scale._C_API` holds.
#[repr(C)]
pub struct ScaleApi {
    /// `value` times `factor` into `result`; 0, or -1 with an error set when that is no `long`.
    pub scale: unsafe extern "C" fn(value: c_long, factor: c_long, result: *mut c_long) -> c_int,
}

static API: ScaleApi = ScaleApi { scale };

unsafe extern "C" fn scale(value: c_long, factor: c_long, result: *mut c_long) -> c_int {
    match value.checked_mul(factor) {
        Some(product) => {
            // SAFETY: the caller gives a place for the result.
            unsafe { result.write(product) };
            0
        }
        None => {
            // SAFETY: the class is an exception, and the text is static.
            unsafe { PyErr_SetString(PyExc_OverflowError, c"the product is too large".as_ptr()) };
            -1
        }
    }
}

/// `scale.scale(value, factor=2)`
unsafe extern "C" fn scale_method(_module: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    let mut keywords = [c"value".as_ptr().cast_mut(), c"factor".as_ptr().cast_mut(), ptr::null_mut()];
    let (mut value, mut factor, mut product): (c_long, c_long, c_long) = (0, 2, 0);
    // SAFETY: `args` is a tuple and `kwargs` a dict or NULL, as METH_VARARGS | METH_KEYWORDS says; each unit has its place.
    unsafe {
        let parsed = PyArg_ParseTupleAndKeywords(
            args,
            kwargs,
            c"l|l:scale".as_ptr(),
            keywords.as_mut_ptr().cast(),
            &raw mut value,
            &raw mut factor,
        );
        if parsed == 0 || scale(value, factor, &raw mut product) < 0 {
            return ptr::null_mut();
        }
        PyLong_FromLong(product)
    }
}

unsafe extern "C" fn exec(module: *mut PyObject) -> c_int {
    // SAFETY: the API and the name are static, and PyModule_Add steals the capsule, or takes the error of a NULL.
    unsafe {
        let capsule = PyCapsule_New((&raw const API).cast_mut().cast(), c"scale._C_API".as_ptr(), None);
        PyModule_Add(module, c"_C_API".as_ptr(), capsule)
    }
}

static mut METHODS: [PyMethodDef; 2] = [
    PyMethodDef {
        ml_name: c"scale".as_ptr(),
        ml_meth: PyMethodDefPointer { PyCFunctionWithKeywords: scale_method },
        ml_flags: METH_VARARGS | METH_KEYWORDS,
        ml_doc: c"scale($module, /, value, factor=2)\n--\n\nA product.".as_ptr(),
    },
    PyMethodDef::zeroed(),
];

static mut SLOTS: [PyModuleDef_Slot; 2] = [
    PyModuleDef_Slot { slot: Py_mod_exec, value: exec as *mut _ },
    PyModuleDef_Slot { slot: 0, value: ptr::null_mut() },
];

static mut DEFINITION: PyModuleDef = PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"scale".as_ptr(),
    m_doc: c"Products.".as_ptr(),
    m_size: 0,
    m_methods: (&raw mut METHODS).cast(),
    m_slots: (&raw mut SLOTS).cast(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
};

/// The module's init function.
#[allow(non_snake_case)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInit_scale() -> *mut PyObject {
    // SAFETY: the definition is static, and the import alone uses it.
    unsafe { PyModuleDef_Init(&raw mut DEFINITION) }
}
