/* Written by hand, carried by pycapsule.h: the macros and inline functions of CPython 3.14's public headers, and the
 * exported data.  They stand after the generated declarations, which they use. */

/* ---- pymacro.h ---- */
#define Py_PACK_FULL_VERSION _Py_PACK_FULL_VERSION
#define Py_PACK_VERSION(x, y) Py_PACK_FULL_VERSION(x, y, 0, 0, 0)

/* ---- object.h ---- */
#define _PyObject_CAST(o) _Py_CAST(PyObject *, (o))
#define _PyVarObject_CAST(o) _Py_CAST(PyVarObject *, (o))
#define Py_Is(x, y) ((x) == (y))

PyAPI_DATA(PyObject) _Py_NoneStruct;
PyAPI_DATA(PyObject) _Py_NotImplementedStruct;
PyAPI_DATA(PyObject) _Py_EllipsisObject;
PyAPI_DATA(PyLongObject) _Py_FalseStruct;
PyAPI_DATA(PyLongObject) _Py_TrueStruct;
#define Py_None (&_Py_NoneStruct)
#define Py_NotImplemented (&_Py_NotImplementedStruct)
#define Py_Ellipsis (&_Py_EllipsisObject)
#define Py_False _PyObject_CAST(&_Py_FalseStruct)
#define Py_True _PyObject_CAST(&_Py_TrueStruct)
#define Py_IsNone(x) Py_Is((x), Py_None)
#define Py_IsTrue(x) Py_Is((x), Py_True)
#define Py_IsFalse(x) Py_Is((x), Py_False)
#define Py_RETURN_NONE return Py_None
#define Py_RETURN_NOTIMPLEMENTED return Py_NotImplemented
#define Py_RETURN_TRUE return Py_True
#define Py_RETURN_FALSE return Py_False

static inline PyTypeObject *
_Py_TYPE(PyObject *o)
{
    return o->ob_type;
}
#define Py_TYPE(o) _Py_TYPE(_PyObject_CAST(o))

static inline Py_ssize_t
_Py_REFCNT(PyObject *o)
{
    return (Py_ssize_t)o->ob_refcnt;
}
#define Py_REFCNT(o) _Py_REFCNT(_PyObject_CAST(o))

static inline Py_ssize_t
_Py_SIZE(PyObject *o)
{
    return _PyVarObject_CAST(o)->ob_size;
}
#define Py_SIZE(o) _Py_SIZE(_PyObject_CAST(o))

static inline int
Py_IS_TYPE(PyObject *o, PyTypeObject *type)
{
    return Py_TYPE(o) == type;
}
#define Py_IS_TYPE(o, type) Py_IS_TYPE(_PyObject_CAST(o), (type))

static inline void
Py_SET_TYPE(PyObject *o, PyTypeObject *type)
{
    o->ob_type = type;
}
#define Py_SET_TYPE(o, type) Py_SET_TYPE(_PyObject_CAST(o), type)

static inline void
Py_SET_SIZE(PyVarObject *o, Py_ssize_t size)
{
    o->ob_size = size;
}
#define Py_SET_SIZE(o, size) Py_SET_SIZE(_PyVarObject_CAST(o), (size))

static inline int
PyType_HasFeature(PyTypeObject *type, unsigned long feature)
{
    return (type->tp_flags & feature) != 0;
}
#define PyType_FastSubclass(type, flag) PyType_HasFeature((type), (flag))
#define PyType_IS_GC(type) PyType_HasFeature((type), Py_TPFLAGS_HAVE_GC)

static inline int
PyObject_TypeCheck(PyObject *o, PyTypeObject *type)
{
    return Py_IS_TYPE(o, type) || PyType_IsSubtype(Py_TYPE(o), type);
}
#define PyObject_TypeCheck(o, type) PyObject_TypeCheck(_PyObject_CAST(o), (type))

#define Py_RETURN_RICHCOMPARE(a, b, op)                                                                                \
    do {                                                                                                               \
        switch (op) {                                                                                                  \
        case Py_EQ: if ((a) == (b)) { Py_RETURN_TRUE; } Py_RETURN_FALSE;                                               \
        case Py_NE: if ((a) != (b)) { Py_RETURN_TRUE; } Py_RETURN_FALSE;                                               \
        case Py_LT: if ((a) < (b)) { Py_RETURN_TRUE; } Py_RETURN_FALSE;                                                \
        case Py_GT: if ((a) > (b)) { Py_RETURN_TRUE; } Py_RETURN_FALSE;                                                \
        case Py_LE: if ((a) <= (b)) { Py_RETURN_TRUE; } Py_RETURN_FALSE;                                               \
        case Py_GE: if ((a) >= (b)) { Py_RETURN_TRUE; } Py_RETURN_FALSE;                                               \
        default: Py_UNREACHABLE();                                                                                     \
        }                                                                                                              \
    } while (0)

#define Py_VISIT(o)                                                                                                    \
    do {                                                                                                               \
        if (o) {                                                                                                       \
            int visited = visit(_PyObject_CAST(o), arg);                                                               \
            if (visited) {                                                                                             \
                return visited;                                                                                        \
            }                                                                                                          \
        }                                                                                                              \
    } while (0)

/* ---- objimpl.h ---- */
#define PyObject_New(type, typeobj) ((type *)_PyObject_New(typeobj))
#define PyObject_NEW(type, typeobj) PyObject_New(type, (typeobj))
#define PyObject_NewVar(type, typeobj, n) ((type *)_PyObject_NewVar((typeobj), (n)))
#define PyObject_NEW_VAR(type, typeobj, n) PyObject_NewVar(type, (typeobj), (n))
#define PyObject_INIT(o, typeobj) PyObject_Init(_PyObject_CAST(o), (typeobj))
#define PyObject_INIT_VAR(o, typeobj, size) PyObject_InitVar(_PyVarObject_CAST(o), (typeobj), (size))
#define PyObject_GC_New(type, typeobj) _Py_CAST(type *, _PyObject_GC_New(typeobj))
#define PyObject_GC_NewVar(type, typeobj, n) _Py_CAST(type *, _PyObject_GC_NewVar((typeobj), (n)))
#define PyObject_GC_Resize(type, o, n) ((type *)_PyObject_GC_Resize(_PyVarObject_CAST(o), (n)))
#define PyObject_MALLOC PyObject_Malloc
#define PyObject_REALLOC PyObject_Realloc
#define PyObject_FREE PyObject_Free
#define PyObject_Del PyObject_Free
#define PyObject_DEL PyObject_Free

static inline size_t
_PyObject_SIZE(PyTypeObject *type)
{
    return _Py_STATIC_CAST(size_t, type->tp_basicsize);
}

static inline size_t
_PyObject_VAR_SIZE(PyTypeObject *type, Py_ssize_t items)
{
    size_t size = _PyObject_SIZE(type) + _Py_STATIC_CAST(size_t, items) * _Py_STATIC_CAST(size_t, type->tp_itemsize);
    return (size + sizeof(void *) - 1) / sizeof(void *) * sizeof(void *);
}

/* ---- weakrefobject.h ---- */
PyAPI_DATA(PyTypeObject) _PyWeakref_RefType, _PyWeakref_ProxyType, _PyWeakref_CallableProxyType;
#define PyWeakref_CheckRef(o) PyObject_TypeCheck((o), &_PyWeakref_RefType)
#define PyWeakref_CheckRefExact(o) Py_IS_TYPE((o), &_PyWeakref_RefType)
#define PyWeakref_CheckProxy(o)                                                                                        \
    (Py_IS_TYPE((o), &_PyWeakref_ProxyType) || Py_IS_TYPE((o), &_PyWeakref_CallableProxyType))
#define PyWeakref_Check(o) (PyWeakref_CheckRef(o) || PyWeakref_CheckProxy(o))

static inline PyObject *
PyWeakref_GET_OBJECT(PyObject *reference)
{
    PyObject *o = _Py_CAST(PyWeakReference *, reference)->wr_object;
    return Py_REFCNT(o) > 0 ? o : Py_None;
}
#define PyWeakref_GET_OBJECT(reference) PyWeakref_GET_OBJECT(_PyObject_CAST(reference))

/* ---- code.h, pyframe.h, traceback.h ---- */
PyAPI_DATA(PyTypeObject) PyCode_Type, PyFrame_Type, PyTraceBack_Type;
#define PyCode_Check(o) Py_IS_TYPE((o), &PyCode_Type)
#define PyFrame_Check(o) Py_IS_TYPE((o), &PyFrame_Type)
#define PyTraceBack_Check(o) Py_IS_TYPE((o), &PyTraceBack_Type)

/* ---- context.h ---- */
PyAPI_DATA(PyTypeObject) PyContext_Type, PyContextVar_Type, PyContextToken_Type;
#define PyContext_CheckExact(o) Py_IS_TYPE((o), &PyContext_Type)
#define PyContextVar_CheckExact(o) Py_IS_TYPE((o), &PyContextVar_Type)
#define PyContextToken_CheckExact(o) Py_IS_TYPE((o), &PyContextToken_Type)

/* ---- pythread.h, lock.h, critical_section.h ---- */
PyAPI_DATA(const long long) PY_TIMEOUT_MAX;
#define Py_BEGIN_CRITICAL_SECTION(o) {
#define Py_END_CRITICAL_SECTION() }
#define Py_BEGIN_CRITICAL_SECTION2(a, b) {
#define Py_END_CRITICAL_SECTION2() }
#define Py_BEGIN_CRITICAL_SECTION_MUTEX(mutex) {
#define Py_BEGIN_CRITICAL_SECTION2_MUTEX(m1, m2) {

/* ---- refcount.h ---- */
static inline Py_ALWAYS_INLINE int
_Py_IsImmortal(PyObject *o)
{
    return (int32_t)o->ob_refcnt < 0;
}
#define _Py_IsImmortal(o) _Py_IsImmortal(_PyObject_CAST(o))

static inline void
Py_SET_REFCNT(PyObject *o, Py_ssize_t count)
{
    if (!_Py_IsImmortal(o)) {
        o->ob_refcnt = (uint32_t)count;
    }
}
#define Py_SET_REFCNT(o, count) Py_SET_REFCNT(_PyObject_CAST(o), (count))

static inline Py_ALWAYS_INLINE void
Py_INCREF(PyObject *o)
{
    if ((uint32_t)o->ob_refcnt < _Py_IMMORTAL_INITIAL_REFCNT) {
        o->ob_refcnt++;
    }
}
#define Py_INCREF(o) Py_INCREF(_PyObject_CAST(o))

static inline Py_ALWAYS_INLINE void
Py_DECREF(PyObject *o)
{
    if (!_Py_IsImmortal(o) && --o->ob_refcnt == 0) {
        _Py_Dealloc(o);
    }
}
#define Py_DECREF(o) Py_DECREF(_PyObject_CAST(o))

static inline void
Py_XINCREF(PyObject *o)
{
    if (o != _Py_NULL) {
        Py_INCREF(o);
    }
}
#define Py_XINCREF(o) Py_XINCREF(_PyObject_CAST(o))

static inline void
Py_XDECREF(PyObject *o)
{
    if (o != _Py_NULL) {
        Py_DECREF(o);
    }
}
#define Py_XDECREF(o) Py_XDECREF(_PyObject_CAST(o))

static inline PyObject *
_Py_NewRef(PyObject *o)
{
    Py_INCREF(o);
    return o;
}
static inline PyObject *
_Py_XNewRef(PyObject *o)
{
    Py_XINCREF(o);
    return o;
}
#define Py_NewRef(o) _Py_NewRef(_PyObject_CAST(o))
#define Py_XNewRef(o) _Py_XNewRef(_PyObject_CAST(o))

/* The target is changed before the old reference goes, since losing it may run code that looks at the target. */
#define Py_CLEAR(o)                                                                                                    \
    do {                                                                                                               \
        __typeof__(o) *_py_target = &(o);                                                                              \
        __typeof__(o) _py_old = *_py_target;                                                                           \
        if (_py_old != NULL) {                                                                                         \
            *_py_target = _Py_NULL;                                                                                    \
            Py_DECREF(_py_old);                                                                                        \
        }                                                                                                              \
    } while (0)
#define Py_SETREF(target, value)                                                                                       \
    do {                                                                                                               \
        __typeof__(target) *_py_target = &(target);                                                                    \
        __typeof__(target) _py_old = *_py_target;                                                                      \
        *_py_target = (value);                                                                                         \
        Py_DECREF(_py_old);                                                                                            \
    } while (0)
#define Py_XSETREF(target, value)                                                                                      \
    do {                                                                                                               \
        __typeof__(target) *_py_target = &(target);                                                                    \
        __typeof__(target) _py_old = *_py_target;                                                                      \
        *_py_target = (value);                                                                                         \
        Py_XDECREF(_py_old);                                                                                           \
    } while (0)

/* ---- the type objects, and the checks for them ---- */
PyAPI_DATA(PyTypeObject) PyType_Type, PyBaseObject_Type, PyCapsule_Type, PyModule_Type, PyModuleDef_Type;
PyAPI_DATA(PyTypeObject) PyLong_Type, PyBool_Type, PyFloat_Type, PyUnicode_Type, PyBytes_Type;
PyAPI_DATA(PyTypeObject) PyUnicodeIter_Type, PyBytesIter_Type;
PyAPI_DATA(PyTypeObject) PyByteArray_Type, PyByteArrayIter_Type;
PyAPI_DATA(char) _PyByteArray_empty_string[];
PyAPI_DATA(PyTypeObject) PyMemoryView_Type;
PyAPI_DATA(PyTypeObject) PyTuple_Type, PyList_Type, PyDict_Type, PyCFunction_Type, PyCMethod_Type;

PyAPI_DATA(PyTypeObject) _PyNone_Type, _PyNotImplemented_Type, PyEllipsis_Type;
PyAPI_DATA(PyTypeObject) PyDictKeys_Type, PyDictValues_Type, PyDictItems_Type, PyDictIterValue_Type, PyDictIterItem_Type;
PyAPI_DATA(PyTypeObject) PyMethodDescr_Type, PyGetSetDescr_Type, PyMemberDescr_Type, PyWrapperDescr_Type,
    PyClassMethodDescr_Type, PyDictProxy_Type;
PyAPI_DATA(PyTypeObject) PyMethod_Type, PyInstanceMethod_Type, PyClassMethod_Type, PyStaticMethod_Type;
PyAPI_DATA(PyTypeObject) PyProperty_Type, PySuper_Type;
PyAPI_DATA(PyTypeObject) PyComplex_Type, PySlice_Type, PyRange_Type, PyRangeIter_Type, PyLongRangeIter_Type;
PyAPI_DATA(PyTypeObject) Py_GenericAliasType, PyFunction_Type, PyReversed_Type, PyListRevIter_Type;
PyAPI_DATA(const char *const) PyStructSequence_UnnamedField;
typedef PyTupleObject PyStructSequence;
#define PyStructSequence_SET_ITEM PyStructSequence_SetItem
#define PyStructSequence_GET_ITEM PyStructSequence_GetItem
PyAPI_DATA(const char *) Py_FileSystemDefaultEncoding;
PyAPI_DATA(const char *) Py_FileSystemDefaultEncodeErrors;
PyAPI_DATA(int) Py_HasFileSystemDefaultEncoding;
PyAPI_DATA(int) Py_UTF8Mode;
PyAPI_DATA(PyTypeObject) PyEnum_Type, PyZip_Type, PyMap_Type, PyFilter_Type, PyCallIter_Type;
#define PyCallIter_Check(o) Py_IS_TYPE((o), &PyCallIter_Type)
PyAPI_DATA(PyTypeObject) PyListIter_Type, PyTupleIter_Type, PyDictIterKey_Type, PySeqIter_Type;
PyAPI_DATA(PyTypeObject) PySet_Type, PyFrozenSet_Type, PySetIter_Type;

/* ---- the classes and cases of ASCII characters ---- */
PyAPI_DATA(const unsigned int) _Py_ctype_table[256];
PyAPI_DATA(const unsigned char) _Py_ctype_tolower[256];
PyAPI_DATA(const unsigned char) _Py_ctype_toupper[256];
#define PY_CTF_LOWER 0x01
#define PY_CTF_UPPER 0x02
#define PY_CTF_ALPHA (PY_CTF_LOWER | PY_CTF_UPPER)
#define PY_CTF_DIGIT 0x04
#define PY_CTF_ALNUM (PY_CTF_ALPHA | PY_CTF_DIGIT)
#define PY_CTF_SPACE 0x08
#define PY_CTF_XDIGIT 0x10
#define Py_ISLOWER(c) (_Py_ctype_table[Py_CHARMASK(c)] & PY_CTF_LOWER)
#define Py_ISUPPER(c) (_Py_ctype_table[Py_CHARMASK(c)] & PY_CTF_UPPER)
#define Py_ISALPHA(c) (_Py_ctype_table[Py_CHARMASK(c)] & PY_CTF_ALPHA)
#define Py_ISDIGIT(c) (_Py_ctype_table[Py_CHARMASK(c)] & PY_CTF_DIGIT)
#define Py_ISXDIGIT(c) (_Py_ctype_table[Py_CHARMASK(c)] & PY_CTF_XDIGIT)
#define Py_ISALNUM(c) (_Py_ctype_table[Py_CHARMASK(c)] & PY_CTF_ALNUM)
#define Py_ISSPACE(c) (_Py_ctype_table[Py_CHARMASK(c)] & PY_CTF_SPACE)
#define Py_TOLOWER(c) (_Py_ctype_tolower[Py_CHARMASK(c)])
#define Py_TOUPPER(c) (_Py_ctype_toupper[Py_CHARMASK(c)])

PyAPI_DATA(PyTypeObject) _PyUnion_Type;
PyAPI_DATA(PyTypeObject) PyGen_Type, PyCoro_Type, PyAsyncGen_Type;
#define PyGen_Check(o) PyObject_TypeCheck((o), &PyGen_Type)
#define PyGen_CheckExact(o) Py_IS_TYPE((o), &PyGen_Type)
#define PyCoro_CheckExact(o) Py_IS_TYPE((o), &PyCoro_Type)
#define PyAsyncGen_CheckExact(o) Py_IS_TYPE((o), &PyAsyncGen_Type)
#define PyFunction_Check(o) Py_IS_TYPE((o), &PyFunction_Type)
#define PyType_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_TYPE_SUBCLASS)
#define PyType_CheckExact(o) Py_IS_TYPE((o), &PyType_Type)
#define PyCapsule_CheckExact(o) Py_IS_TYPE((o), &PyCapsule_Type)
#define PyModule_Check(o) PyObject_TypeCheck((o), &PyModule_Type)
#define PyModule_CheckExact(o) Py_IS_TYPE((o), &PyModule_Type)
#define PyLong_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_LONG_SUBCLASS)
#define PyLong_CheckExact(o) Py_IS_TYPE((o), &PyLong_Type)
#define PyBool_Check(o) Py_IS_TYPE((o), &PyBool_Type)
#define PyFloat_Check(o) PyObject_TypeCheck((o), &PyFloat_Type)
#define PyFloat_CheckExact(o) Py_IS_TYPE((o), &PyFloat_Type)
#define PyComplex_Check(o) PyObject_TypeCheck((o), &PyComplex_Type)
#define PyComplex_CheckExact(o) Py_IS_TYPE((o), &PyComplex_Type)
#define PySlice_Check(o) Py_IS_TYPE((o), &PySlice_Type)
#define PyRange_Check(o) Py_IS_TYPE((o), &PyRange_Type)
#define PyUnicode_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_UNICODE_SUBCLASS)
#define PyUnicode_CheckExact(o) Py_IS_TYPE((o), &PyUnicode_Type)
#define PyBytes_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_BYTES_SUBCLASS)
#define PyBytes_CheckExact(o) Py_IS_TYPE((o), &PyBytes_Type)
#define PyByteArray_Check(o) PyObject_TypeCheck((o), &PyByteArray_Type)
#define PyByteArray_CheckExact(o) Py_IS_TYPE((o), &PyByteArray_Type)
#define PyMemoryView_Check(o) Py_IS_TYPE((o), &PyMemoryView_Type)
#define PyTuple_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_TUPLE_SUBCLASS)
#define PyTuple_CheckExact(o) Py_IS_TYPE((o), &PyTuple_Type)
#define PyList_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_LIST_SUBCLASS)
#define PyList_CheckExact(o) Py_IS_TYPE((o), &PyList_Type)
#define PyDict_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_DICT_SUBCLASS)
#define PyDict_CheckExact(o) Py_IS_TYPE((o), &PyDict_Type)
#define PySet_CheckExact(o) Py_IS_TYPE((o), &PySet_Type)
#define PySet_Check(o) PyObject_TypeCheck((o), &PySet_Type)
#define PyFrozenSet_CheckExact(o) Py_IS_TYPE((o), &PyFrozenSet_Type)
#define PyFrozenSet_Check(o) PyObject_TypeCheck((o), &PyFrozenSet_Type)
#define PyAnySet_CheckExact(o) (PySet_CheckExact(o) || PyFrozenSet_CheckExact(o))
#define PyAnySet_Check(o) (PySet_Check(o) || PyFrozenSet_Check(o))
#define PySet_GET_SIZE(o) (_Py_CAST(PySetObject *, (o))->used)
#define PyCFunction_Check(o) PyObject_TypeCheck((o), &PyCFunction_Type)
#define PyCFunction_CheckExact(o) Py_IS_TYPE((o), &PyCFunction_Type)
#define PyCMethod_Check(o) PyObject_TypeCheck((o), &PyCMethod_Type)
#define PyCMethod_CheckExact(o) Py_IS_TYPE((o), &PyCMethod_Type)
#define PyMethod_Check(o) Py_IS_TYPE((o), &PyMethod_Type)
#define PyMethod_GET_FUNCTION(o) (_Py_CAST(PyMethodObject *, (o))->im_func)
#define PyMethod_GET_SELF(o) (_Py_CAST(PyMethodObject *, (o))->im_self)
#define PyInstanceMethod_Check(o) Py_IS_TYPE((o), &PyInstanceMethod_Type)
#define PyInstanceMethod_GET_FUNCTION(o) (_Py_CAST(PyInstanceMethodObject *, (o))->func)

/* ---- the inside of the built-in objects ---- */
#define PyTuple_GET_SIZE(o) Py_SIZE(o)
#define PyTuple_GET_ITEM(o, i) (_Py_CAST(PyTupleObject *, (o))->ob_item[(i)])
static inline void
PyTuple_SET_ITEM(PyObject *o, Py_ssize_t i, PyObject *value)
{
    PyObject **items = _Py_CAST(PyTupleObject *, o)->ob_item;
    items[i] = value;
}
#define PyTuple_SET_ITEM(o, i, value) PyTuple_SET_ITEM(_PyObject_CAST(o), (i), _PyObject_CAST(value))

#define PyList_GET_SIZE(o) Py_SIZE(o)
#define PyList_GET_ITEM(o, i) (_Py_CAST(PyListObject *, (o))->ob_item[(i)])
static inline void
PyList_SET_ITEM(PyObject *o, Py_ssize_t i, PyObject *value)
{
    _Py_CAST(PyListObject *, o)->ob_item[i] = value;
}
#define PyList_SET_ITEM(o, i, value) PyList_SET_ITEM(_PyObject_CAST(o), (i), _PyObject_CAST(value))

#define PyDict_GET_SIZE(o) (_Py_CAST(PyDictObject *, (o))->ma_used)
#define PyFloat_AS_DOUBLE(o) (_Py_CAST(PyFloatObject *, (o))->ob_fval)
#define Py_RETURN_NAN return PyFloat_FromDouble(Py_NAN)
#define Py_RETURN_INF(sign)                                                                                            \
    do {                                                                                                               \
        return PyFloat_FromDouble(copysign(1., (sign)) == 1. ? Py_INFINITY : -Py_INFINITY);                            \
    } while (0)
#define PyBytes_AS_STRING(o) (_Py_CAST(PyBytesObject *, (o))->ob_sval)
#define PyBytes_GET_SIZE(o) Py_SIZE(o)
static inline char *
PyByteArray_AS_STRING(PyObject *o)
{
    return Py_SIZE(o) ? _Py_CAST(PyByteArrayObject *, o)->ob_start : _PyByteArray_empty_string;
}
#define PyByteArray_AS_STRING(o) PyByteArray_AS_STRING(_PyObject_CAST(o))
#define PyByteArray_GET_SIZE(o) Py_SIZE(o)
#define PyMemoryView_GET_BUFFER(o) (&_Py_CAST(PyMemoryViewObject *, (o))->view)
#define PyMemoryView_GET_BASE(o) (_Py_CAST(PyMemoryViewObject *, (o))->view.obj)
#define PyLong_AS_LONG(o) PyLong_AsLong(o)
#define PyLong_FromPid PyLong_FromLong
#define PyLong_AsPid PyLong_AsInt

static inline int
_PyLong_IsCompact(const PyLongObject *o)
{
    return o->long_value.lv_tag < (2 << _PyLong_NON_SIZE_BITS);
}
static inline Py_ssize_t
_PyLong_CompactValue(const PyLongObject *o)
{
    Py_ssize_t sign = 1 - (Py_ssize_t)(o->long_value.lv_tag & _PyLong_SIGN_MASK);
    return sign * (Py_ssize_t)o->long_value.ob_digit[0];
}
#define PyUnstable_Long_IsCompact _PyLong_IsCompact
#define PyUnstable_Long_CompactValue _PyLong_CompactValue

#define _PySequence_Fast_is_list(o) PyList_Check(o)
#define PySequence_Fast_GET_SIZE(o) Py_SIZE(o)
#define PySequence_Fast_ITEMS(o)                                                                                       \
    (PyList_Check(o) ? _Py_CAST(PyListObject *, (o))->ob_item : _Py_CAST(PyTupleObject *, (o))->ob_item)
#define PySequence_Fast_GET_ITEM(o, i) (PySequence_Fast_ITEMS(o)[(i)])

/* ---- cpython/unicodeobject.h ---- */
#define _PyASCIIObject_CAST(o) _Py_CAST(PyASCIIObject *, (o))
#define _PyCompactUnicodeObject_CAST(o) _Py_CAST(PyCompactUnicodeObject *, (o))
#define _PyUnicodeObject_CAST(o) _Py_CAST(PyUnicodeObject *, (o))
#define SSTATE_NOT_INTERNED 0
#define SSTATE_INTERNED_MORTAL 1
#define SSTATE_INTERNED_IMMORTAL 2
#define SSTATE_INTERNED_IMMORTAL_STATIC 3
#define PyUnicode_CHECK_INTERNED(o) (_PyASCIIObject_CAST(o)->state.interned)
#define PyUnicode_IS_ASCII(o) (_PyASCIIObject_CAST(o)->state.ascii)
#define PyUnicode_IS_COMPACT(o) (_PyASCIIObject_CAST(o)->state.compact)
#define PyUnicode_IS_COMPACT_ASCII(o) (PyUnicode_IS_ASCII(o) & PyUnicode_IS_COMPACT(o))
#define PyUnicode_IS_READY(o) _Py_RVALUE(1)
#define PyUnicode_READY(o) _Py_RVALUE(0)
#define PyUnicode_KIND(o) _Py_RVALUE(_PyASCIIObject_CAST(o)->state.kind)
#define PyUnicode_GET_LENGTH(o) _Py_RVALUE(_PyASCIIObject_CAST(o)->length)
#define PyUnicode_1BYTE_DATA(o) _Py_STATIC_CAST(Py_UCS1 *, PyUnicode_DATA(o))
#define PyUnicode_2BYTE_DATA(o) _Py_STATIC_CAST(Py_UCS2 *, PyUnicode_DATA(o))
#define PyUnicode_4BYTE_DATA(o) _Py_STATIC_CAST(Py_UCS4 *, PyUnicode_DATA(o))

static inline void *
_PyUnicode_DATA(PyObject *o)
{
    if (!PyUnicode_IS_COMPACT(o)) {
        return _PyUnicodeObject_CAST(o)->data.any;
    }
    if (PyUnicode_IS_ASCII(o)) {
        return _PyASCIIObject_CAST(o) + 1;
    }
    return _PyCompactUnicodeObject_CAST(o) + 1;
}
#define PyUnicode_DATA(o) _PyUnicode_DATA(_PyObject_CAST(o))

static inline Py_UCS4
PyUnicode_READ(int kind, const void *data, Py_ssize_t i)
{
    switch (kind) {
    case PyUnicode_1BYTE_KIND: return _Py_STATIC_CAST(const Py_UCS1 *, data)[i];
    case PyUnicode_2BYTE_KIND: return _Py_STATIC_CAST(const Py_UCS2 *, data)[i];
    default: return _Py_STATIC_CAST(const Py_UCS4 *, data)[i];
    }
}
#define PyUnicode_READ(kind, data, i)                                                                                  \
    PyUnicode_READ(_Py_STATIC_CAST(int, kind), _Py_STATIC_CAST(const void *, data), (i))
#define PyUnicode_READ_CHAR(o, i) PyUnicode_READ(PyUnicode_KIND(o), PyUnicode_DATA(o), (i))

static inline void
PyUnicode_WRITE(int kind, void *data, Py_ssize_t i, Py_UCS4 value)
{
    switch (kind) {
    case PyUnicode_1BYTE_KIND: _Py_STATIC_CAST(Py_UCS1 *, data)[i] = _Py_STATIC_CAST(Py_UCS1, value); break;
    case PyUnicode_2BYTE_KIND: _Py_STATIC_CAST(Py_UCS2 *, data)[i] = _Py_STATIC_CAST(Py_UCS2, value); break;
    default: _Py_STATIC_CAST(Py_UCS4 *, data)[i] = value;
    }
}
#define PyUnicode_WRITE(kind, data, i, value)                                                                          \
    PyUnicode_WRITE(_Py_STATIC_CAST(int, kind), _Py_CAST(void *, data), (i), _Py_STATIC_CAST(Py_UCS4, value))

static inline Py_UCS4
PyUnicode_MAX_CHAR_VALUE(PyObject *o)
{
    if (PyUnicode_IS_ASCII(o)) {
        return 0x7fU;
    }
    switch (PyUnicode_KIND(o)) {
    case PyUnicode_1BYTE_KIND: return 0xffU;
    case PyUnicode_2BYTE_KIND: return 0xffffU;
    default: return 0x10ffffU;
    }
}
#define PyUnicode_MAX_CHAR_VALUE(o) PyUnicode_MAX_CHAR_VALUE(_PyObject_CAST(o))

/* ---- methodobject.h ---- */
#define _PyCFunction_CAST(function) _Py_FUNC_CAST(PyCFunction, function)
#define _PyCFunctionFast_CAST(function) _Py_FUNC_CAST(PyCFunctionFast, function)
#define _PyCFunctionWithKeywords_CAST(function) _Py_FUNC_CAST(PyCFunctionWithKeywords, function)
#define _PyCFunctionFastWithKeywords_CAST(function) _Py_FUNC_CAST(PyCFunctionFastWithKeywords, function)
#define METH_STACKLESS 0x0000
#define PyCFunction_New(definition, self) PyCFunction_NewEx((definition), (self), NULL)
#define PyCFunction_NewEx(definition, self, module) PyCMethod_New((definition), (self), (module), NULL)

typedef struct {
    PyObject_HEAD
    PyMethodDef *m_ml;
    PyObject *m_self;
    PyObject *m_module;
    PyObject *m_weakreflist;
    vectorcallfunc vectorcall;
} PyCFunctionObject;

typedef struct {
    PyCFunctionObject func;
    PyTypeObject *mm_class;
} PyCMethodObject;

#define PyCFunction_GET_FUNCTION(o) (_Py_CAST(PyCFunctionObject *, (o))->m_ml->ml_meth)
#define PyCFunction_GET_FLAGS(o) (_Py_CAST(PyCFunctionObject *, (o))->m_ml->ml_flags)
#define PyCFunction_GET_SELF(o)                                                                                        \
    (PyCFunction_GET_FLAGS(o) & METH_STATIC ? _Py_NULL : _Py_CAST(PyCFunctionObject *, (o))->m_self)
#define PyCFunction_GET_CLASS(o)                                                                                       \
    (PyCFunction_GET_FLAGS(o) & METH_METHOD ? _Py_CAST(PyCMethodObject *, (o))->mm_class : _Py_NULL)

/* ---- moduleobject.h, modsupport.h ---- */
#define PyModuleDef_HEAD_INIT {PyObject_HEAD_INIT(_Py_NULL) _Py_NULL, 0, _Py_NULL}
#define PyModule_Create(definition) PyModule_Create2((definition), PYTHON_API_VERSION)
#define PyModule_FromDefAndSpec(definition, spec) PyModule_FromDefAndSpec2((definition), (spec), PYTHON_API_VERSION)
#define PyModule_AddIntMacro(module, constant) PyModule_AddIntConstant((module), #constant, (constant))
#define PyModule_AddStringMacro(module, constant) PyModule_AddStringConstant((module), #constant, (constant))
#define PYTHON_API_STRING "1013"
#define PYTHON_ABI_STRING "3"
#define Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED ((void *)0)
#define Py_MOD_MULTIPLE_INTERPRETERS_SUPPORTED ((void *)1)
#define Py_MOD_PER_INTERPRETER_GIL_SUPPORTED ((void *)2)
#define Py_MOD_GIL_USED ((void *)0)
#define Py_MOD_GIL_NOT_USED ((void *)1)

/* ---- abstract.h ---- */
static inline Py_ssize_t
_PyVectorcall_NARGS(size_t n)
{
    return (Py_ssize_t)(n & ~PY_VECTORCALL_ARGUMENTS_OFFSET);
}
#define PyVectorcall_NARGS(n) _PyVectorcall_NARGS(n)
PyAPI_FUNC(PyObject *) PyObject_CallFunctionObjArgs(PyObject *callable, ...);
PyAPI_FUNC(PyObject *) PyObject_CallMethodObjArgs(PyObject *object, PyObject *name, ...);
PyAPI_FUNC(PyObject *) PyObject_CallFunction(PyObject *callable, const char *format, ...);
PyAPI_FUNC(PyObject *) PyObject_CallMethod(PyObject *o, const char *name, const char *format, ...);
PyAPI_FUNC(PyObject *) _PyObject_CallMethod(PyObject *o, PyObject *name, const char *format, ...);
PyAPI_FUNC(PyObject *) _PyObject_CallFunction_SizeT(PyObject *callable, const char *format, ...);
PyAPI_FUNC(PyObject *) _PyObject_CallMethod_SizeT(PyObject *o, const char *name, const char *format, ...);
PyAPI_FUNC(PyObject *) PyEval_CallFunction(PyObject *callable, const char *format, ...);
PyAPI_FUNC(PyObject *) PyEval_CallMethod(PyObject *o, const char *name, const char *format, ...);
PyAPI_FUNC(PyObject *) PyErr_Format(PyObject *exception, const char *format, ...);
PyAPI_FUNC(PyObject *) PyUnicode_FromFormat(const char *format, ...);
PyAPI_FUNC(PyObject *) PyBytes_FromFormat(const char *format, ...);
PyAPI_FUNC(PyObject *) PyTuple_Pack(Py_ssize_t size, ...);
PyAPI_FUNC(int) PyErr_WarnFormat(PyObject *category, Py_ssize_t stack_level, const char *format, ...);
PyAPI_FUNC(int) PyUnicodeWriter_Format(PyUnicodeWriter *writer, const char *format, ...);
PyAPI_FUNC(void) PyErr_FormatUnraisable(const char *format, ...);
PyAPI_FUNC(PyObject *) _PyErr_FormatFromCause(PyObject *exception, const char *format, ...);
PyAPI_FUNC(void) PySys_WriteStderr(const char *format, ...) Py_GCC_ATTRIBUTE((format(printf, 1, 2)));
PyAPI_FUNC(void) PySys_WriteStdout(const char *format, ...) Py_GCC_ATTRIBUTE((format(printf, 1, 2)));
PyAPI_FUNC(void) PySys_FormatStdout(const char *format, ...);
PyAPI_FUNC(int) PySys_Audit(const char *event, const char *format, ...);
typedef int (*Py_AuditHookFunction)(const char *, PyObject *, void *);
PyAPI_FUNC(int) PySys_AddAuditHook(Py_AuditHookFunction hook, void *userData);
PyAPI_FUNC(void) PySys_FormatStderr(const char *format, ...);
PyAPI_FUNC(int) PyOS_snprintf(char *text, size_t size, const char *format, ...) Py_GCC_ATTRIBUTE((format(printf, 3, 4)));
#define Py_CLEANUP_SUPPORTED 0x20000
#ifdef __cplusplus
#define PY_CXX_CONST const
#else
#define PY_CXX_CONST
#endif
PyAPI_FUNC(int) PyArg_Parse(PyObject *o, const char *format, ...);
PyAPI_FUNC(int) PyArg_ParseTuple(PyObject *args, const char *format, ...);
PyAPI_FUNC(int) PyArg_ParseTupleAndKeywords(PyObject *args, PyObject *keywords, const char *format,
                                            PY_CXX_CONST char *const *names, ...);
PyAPI_FUNC(int) PyArg_VaParseTupleAndKeywords(PyObject *args, PyObject *keywords, const char *format,
                                              PY_CXX_CONST char *const *names, va_list arguments);
PyAPI_FUNC(int) PyArg_UnpackTuple(PyObject *args, const char *name, Py_ssize_t least, Py_ssize_t most, ...);
PyAPI_FUNC(PyObject *) Py_BuildValue(const char *format, ...);
PyAPI_FUNC(int) _PyArg_Parse_SizeT(PyObject *o, const char *format, ...);
PyAPI_FUNC(int) _PyArg_ParseTuple_SizeT(PyObject *args, const char *format, ...);
PyAPI_FUNC(int) _PyArg_ParseTupleAndKeywords_SizeT(PyObject *args, PyObject *keywords, const char *format,
                                                   PY_CXX_CONST char *const *names, ...);
PyAPI_FUNC(int) _PyArg_VaParseTupleAndKeywords_SizeT(PyObject *args, PyObject *keywords, const char *format,
                                                     PY_CXX_CONST char *const *names, va_list arguments);
PyAPI_FUNC(PyObject *) _Py_BuildValue_SizeT(const char *format, ...);
PyAPI_FUNC(int) _PyArg_ParseStack(PyObject *const *args, Py_ssize_t count, const char *format, ...);
PyAPI_FUNC(int) _PyArg_ParseStackAndKeywords(PyObject *const *args, Py_ssize_t count, PyObject *names,
                                             struct _PyArg_Parser *parser, ...);
PyAPI_FUNC(int) _PyArg_ParseTupleAndKeywordsFast(PyObject *args, PyObject *keywords, struct _PyArg_Parser *parser, ...);
#define _PyObject_Vectorcall PyObject_Vectorcall
#define _PyObject_VectorcallMethod PyObject_VectorcallMethod
#define _PyObject_CallOneArg PyObject_CallOneArg
#define _PyObject_CallMethodNoArgs PyObject_CallMethodNoArgs
#define _PyObject_CallMethodOneArg PyObject_CallMethodOneArg

static inline PyObject *
PyObject_CallMethodNoArgs(PyObject *self, PyObject *name)
{
    size_t count = 1 | PY_VECTORCALL_ARGUMENTS_OFFSET;
    return PyObject_VectorcallMethod(name, &self, count, _Py_NULL);
}
static inline PyObject *
PyObject_CallMethodOneArg(PyObject *self, PyObject *name, PyObject *argument)
{
    PyObject *arguments[2];
    size_t count = 2 | PY_VECTORCALL_ARGUMENTS_OFFSET;
    arguments[0] = self;
    arguments[1] = argument;
    return PyObject_VectorcallMethod(name, arguments, count, _Py_NULL);
}
#define PyObject_Length PyObject_Size
#define PySequence_Length PySequence_Size
#define PySequence_In PySequence_Contains

/* ---- pyerrors.h ---- */
#define PyExceptionClass_Check(o)                                                                                      \
    (PyType_Check((o)) && PyType_FastSubclass(_Py_CAST(PyTypeObject *, (o)), Py_TPFLAGS_BASE_EXC_SUBCLASS))
#define PyExceptionInstance_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_BASE_EXC_SUBCLASS)
#define PyExceptionInstance_Class(o) _PyObject_CAST(Py_TYPE(o))
#define PyErr_BadInternalCall() _PyErr_BadInternalCall(__FILE__, __LINE__)
#define Py_FatalError(message) _Py_FatalErrorFunc(__func__, (message))
@EXCEPTIONS@

/* ---- pylifecycle.h ---- */
PyAPI_DATA(const unsigned long) Py_Version;
/* Whether an ASCII character is white space. */
PyAPI_DATA(const unsigned char) _Py_ascii_whitespace[];

/* ---- pymem.h, objimpl.h ---- */
#define PyMem_New(type, n)                                                                                             \
    (((size_t)(n) > PY_SSIZE_T_MAX / sizeof(type)) ? NULL : ((type *)PyMem_Malloc((n) * sizeof(type))))
#define PyMem_Resize(p, type, n)                                                                                       \
    ((p) = ((size_t)(n) > PY_SSIZE_T_MAX / sizeof(type)) ? NULL : (type *)PyMem_Realloc((p), (n) * sizeof(type)))
#define PyMem_MALLOC(n) PyMem_Malloc((n))
#define PyMem_NEW(type, n) PyMem_New(type, (n))
#define PyMem_REALLOC(p, n) PyMem_Realloc((p), (n))
#define PyMem_RESIZE(p, type, n) PyMem_Resize((p), type, (n))
#define PyMem_FREE(p) PyMem_Free((p))
#define PyMem_Del(p) PyMem_Free((p))
#define PyMem_DEL(p) PyMem_Free((p))
#define PyObject_MALLOC PyObject_Malloc
#define PyObject_REALLOC PyObject_Realloc
#define PyObject_FREE PyObject_Free
#define PyObject_Del PyObject_Free
#define PyObject_DEL PyObject_Free

/* ---- ceval.h ---- */
#define Py_BEGIN_ALLOW_THREADS                                                                                         \
    {                                                                                                                  \
        PyThreadState *_save;                                                                                          \
        _save = PyEval_SaveThread();
#define Py_BLOCK_THREADS PyEval_RestoreThread(_save);
#define Py_UNBLOCK_THREADS _save = PyEval_SaveThread();
#define Py_END_ALLOW_THREADS                                                                                           \
    PyEval_RestoreThread(_save);                                                                                       \
    }
