//! The objects and types of the C API that a room below defines, beside the code that knows them.

pub use crate::capsule::PyCapsule_Type;
pub use crate::objects::bytes::{PyBytes_Type, PyBytesIter_Type};
pub use crate::objects::constants::{
    _Py_EllipsisObject, _Py_FalseStruct, _Py_NoneStruct, _Py_NotImplementedStruct, _Py_TrueStruct, _PyNone_Type,
    _PyNotImplemented_Type, PyBool_Type, PyEllipsis_Type,
};
pub use crate::objects::dict::{
    PyDict_Type, PyDictItems_Type, PyDictIterItem_Type, PyDictIterKey_Type, PyDictIterValue_Type, PyDictKeys_Type,
    PyDictValues_Type,
};
pub use crate::objects::float::PyFloat_Type;
pub use crate::objects::function::{PyCFunction_Type, PyCMethod_Type};
pub use crate::objects::int::PyLong_Type;
pub use crate::objects::iterator::PySeqIter_Type;
pub use crate::objects::list::{PyList_Type, PyListIter_Type};
pub use crate::objects::module::{PyModule_Type, PyModuleDef_Type};
pub use crate::objects::object::PyBaseObject_Type;
pub use crate::objects::str::{PyUnicode_Type, PyUnicodeIter_Type};
pub use crate::objects::tuple::{PyTuple_Type, PyTupleIter_Type};
pub use crate::runtime::thread::{PyInterpreterState, PyThreadState};
pub use crate::types::class::PyType_Type;
pub use crate::types::descriptor::{PyGetSetDescr_Type, PyMemberDescr_Type, PyMethodDescr_Type};
