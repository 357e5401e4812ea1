//! The objects and types of the C API that are defined in a room below, beside the code that uses them.

pub use crate::abi::{PyMonitoringState, PyThreadState};
pub use crate::capsule::PyCapsule_Type;
pub use crate::objects::bytearray::_PyByteArray_empty_string;
pub use crate::objects::bytearray::iterator::PyByteArrayIter_Type;
pub use crate::objects::bytearray::type_object::PyByteArray_Type;
pub use crate::objects::bytes::iterator::PyBytesIter_Type;
pub use crate::objects::bytes::type_object::PyBytes_Type;
pub use crate::objects::code::frame::PyFrame_Type;
pub use crate::objects::code::traceback::PyTraceBack_Type;
pub use crate::objects::code::type_object::PyCode_Type;
pub use crate::objects::complex::type_object::PyComplex_Type;
pub use crate::objects::constants::type_objects::{
    _Py_EllipsisObject, _Py_NoneStruct, _Py_NotImplementedStruct, _PyNone_Type, _PyNotImplemented_Type, PyEllipsis_Type,
};
pub use crate::objects::context::token::PyContextToken_Type;
pub use crate::objects::context::type_object::PyContext_Type;
pub use crate::objects::context::var::PyContextVar_Type;
pub use crate::objects::derived_iterators::callable::PyCallIter_Type;
pub use crate::objects::derived_iterators::enumerate::PyEnum_Type;
pub use crate::objects::derived_iterators::filter::PyFilter_Type;
pub use crate::objects::derived_iterators::map::PyMap_Type;
pub use crate::objects::derived_iterators::zip::PyZip_Type;
pub use crate::objects::dict::iterator::{PyDictIterItem_Type, PyDictIterKey_Type, PyDictIterValue_Type};
pub use crate::objects::dict::type_object::PyDict_Type;
pub use crate::objects::dict::view::{PyDictItems_Type, PyDictKeys_Type, PyDictValues_Type};
pub use crate::objects::file_name::{
    Py_FileSystemDefaultEncodeErrors, Py_FileSystemDefaultEncoding, Py_HasFileSystemDefaultEncoding, Py_UTF8Mode,
};
pub use crate::objects::float::type_object::PyFloat_Type;
pub use crate::objects::function::type_object::{PyCFunction_Type, PyCMethod_Type};
pub use crate::objects::generator::{PyAsyncGen_Type, PyCoro_Type, PyGen_Type};
pub use crate::objects::int::bool::{_Py_FalseStruct, _Py_TrueStruct, PyBool_Type};
pub use crate::objects::int::type_object::PyLong_Type;
pub use crate::objects::iterator::PySeqIter_Type;
pub use crate::objects::list::type_object::{PyList_Type, PyListIter_Type, PyListRevIter_Type};
pub use crate::objects::memoryview::type_object::PyMemoryView_Type;
pub use crate::objects::module::type_object::{PyModule_Type, PyModuleDef_Type};
pub use crate::objects::object::type_object::PyBaseObject_Type;
pub use crate::objects::python_function::PyFunction_Type;
pub use crate::objects::range::iterator::{PyLongRangeIter_Type, PyRangeIter_Type};
pub use crate::objects::range::type_object::PyRange_Type;
pub use crate::objects::reversed::PyReversed_Type;
pub use crate::objects::set::iterator::PySetIter_Type;
pub use crate::objects::set::type_object::{PyFrozenSet_Type, PySet_Type};
pub use crate::objects::slice::type_object::PySlice_Type;
pub use crate::objects::str::iterator::PyUnicodeIter_Type;
pub use crate::objects::str::type_object::PyUnicode_Type;
pub use crate::objects::tuple::type_object::{PyTuple_Type, PyTupleIter_Type};
pub use crate::objects::weakref::proxy::{_PyWeakref_CallableProxyType, _PyWeakref_ProxyType};
pub use crate::objects::weakref::type_object::_PyWeakref_RefType;
pub use crate::runtime::thread::PyInterpreterState;
pub use crate::types::class::type_object::PyType_Type;
pub use crate::types::descriptor::{
    PyClassMethodDescr_Type, PyGetSetDescr_Type, PyMemberDescr_Type, PyMethodDescr_Type, PyWrapperDescr_Type,
};
pub use crate::types::generic_alias::Py_GenericAliasType;
pub use crate::types::mapping_proxy::PyDictProxy_Type;
pub use crate::types::methods::bound::PyMethod_Type;
pub use crate::types::methods::class_or_static::{PyClassMethod_Type, PyStaticMethod_Type};
pub use crate::types::methods::instance::PyInstanceMethod_Type;
pub use crate::types::property::PyProperty_Type;
pub use crate::types::struct_sequence::PyStructSequence_UnnamedField;
pub use crate::types::super_object::PySuper_Type;
pub use crate::types::union::_PyUnion_Type;
