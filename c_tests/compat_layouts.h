/* CPython 3.14's layouts, for programs that look into an object and are compiled with a header that has another layout
 * there, or, under Py_LIMITED_API, none.  The macros that look into such an object become functions, or look here.
 * Included by compat.h; a program that is compiled so tests the rest of that header, not these few macros.
 */
#ifndef PYCAPSULE_TESTS_COMPAT_LAYOUTS_H
#define PYCAPSULE_TESTS_COMPAT_LAYOUTS_H

#ifdef Py_LIMITED_API
#define COMPAT_FULL_BEFORE(version) 1
#else
#define COMPAT_FULL_BEFORE(version) (PY_VERSION_HEX < (version))
#endif

#ifdef Py_LIMITED_API

/* The limited API has the name alone.  No object is made of it. */
struct _typeobject {
    PyObject ob_base;
    Py_ssize_t ob_size;
    const char *tp_name;
    Py_ssize_t tp_basicsize, tp_itemsize;
    destructor tp_dealloc;
    Py_ssize_t tp_vectorcall_offset;
    void *tp_getattr, *tp_setattr, *tp_as_async;
    reprfunc tp_repr;
    void *tp_as_number;
    struct {
        void *sq_length, *sq_concat;
        PyObject *(*sq_repeat)(PyObject *, Py_ssize_t);
    } *tp_as_sequence;
    void *tp_as_mapping;
    hashfunc tp_hash;
    ternaryfunc tp_call;
    reprfunc tp_str;
    getattrofunc tp_getattro;
    setattrofunc tp_setattro;
    void *tp_as_buffer;
    unsigned long tp_flags;
    const char *tp_doc;
    traverseproc tp_traverse;
    inquiry tp_clear;
    richcmpfunc tp_richcompare;
    Py_ssize_t tp_weaklistoffset;
    getiterfunc tp_iter;
    iternextfunc tp_iternext;
    PyMethodDef *tp_methods;
    struct PyMemberDef *tp_members;
    PyGetSetDef *tp_getset;
    PyTypeObject *tp_base;
    PyObject *tp_dict;
    descrgetfunc tp_descr_get;
    descrsetfunc tp_descr_set;
    Py_ssize_t tp_dictoffset;
    initproc tp_init;
    allocfunc tp_alloc;
    newfunc tp_new;
    freefunc tp_free;
};

typedef struct {
    PyObject ob_base;
    Py_ssize_t ob_size;
    Py_hash_t ob_shash;
    char ob_sval[1];
} PyBytesObject;

typedef struct {
    PyObject ob_base;
    Py_ssize_t ob_size;
    PyObject **ob_item;
    Py_ssize_t allocated;
} PyListObject;

typedef struct {
    PyObject ob_base;
    Py_ssize_t ma_used;
} PyDictObject;

#define PyUnicode_1BYTE_KIND 1
#define PyUnicode_2BYTE_KIND 2
#define PyUnicode_4BYTE_KIND 4
#define PyBytes_AS_STRING PyBytes_AsString
#define PyBytes_GET_SIZE PyBytes_Size
#define PyDict_GET_SIZE PyDict_Size
#define PyFloat_AS_DOUBLE PyFloat_AsDouble
#define PyList_GET_ITEM PyList_GetItem
#define PyList_GET_SIZE PyList_Size
#define PyList_SET_ITEM PyList_SetItem
#undef PySequence_Fast_GET_SIZE
#define PySequence_Fast_GET_SIZE PySequence_Size
#define PyTuple_GET_SIZE PyTuple_Size
#endif

#if COMPAT_FULL_BEFORE(0x030c0000)
struct compat_long {
    PyObject ob_base;
    struct {
        uintptr_t lv_tag;
        uint32_t ob_digit[1];
    } long_value;
};
#define PyLongObject struct compat_long
#ifdef __cplusplus
extern "C" {
#endif
Py_ssize_t PyUnstable_Long_CompactValue(const PyLongObject *);
int PyUnstable_Long_IsCompact(const PyLongObject *);
#ifdef __cplusplus
}
#endif

/* Up to 3.11 a string's head was larger: its characters could be elsewhere, and be there as wchar_t as well. */
struct compat_ascii {
    PyObject ob_base;
    Py_ssize_t length;
    Py_hash_t hash;
    struct {
        unsigned int interned : 2, kind : 3, compact : 1, ascii : 1, statically_allocated : 1, : 24;
    } state;
};
struct compat_compact {
    struct compat_ascii head;
    Py_ssize_t utf8_length;
    char *utf8;
};
#define PyASCIIObject struct compat_ascii
#define PyCompactUnicodeObject struct compat_compact
#undef PyUnicode_KIND
#undef PyUnicode_DATA
#undef PyUnicode_1BYTE_DATA
#undef PyUnicode_2BYTE_DATA
#undef PyUnicode_4BYTE_DATA
#undef PyUnicode_GET_LENGTH
#undef PyUnicode_IS_ASCII
#undef PyUnicode_IS_COMPACT
#undef PyUnicode_IS_COMPACT_ASCII
#undef PyUnicode_MAX_CHAR_VALUE
#undef PyUnicode_CHECK_INTERNED
#undef PyUnicode_READ
#undef PyUnicode_READ_CHAR
#undef PyUnicode_WRITE
#define PyUnicode_KIND(str) (((PyASCIIObject *)(str))->state.kind)
#define PyUnicode_DATA(str) \
    ((void *)((char *)(str) + (PyUnicode_IS_ASCII(str) ? sizeof(PyASCIIObject) : sizeof(PyCompactUnicodeObject))))
#define PyUnicode_1BYTE_DATA(str) ((uint8_t *)PyUnicode_DATA(str))
#define PyUnicode_2BYTE_DATA(str) ((uint16_t *)PyUnicode_DATA(str))
#define PyUnicode_4BYTE_DATA(str) ((uint32_t *)PyUnicode_DATA(str))
#define PyUnicode_GET_LENGTH(str) (((PyASCIIObject *)(str))->length)
#define PyUnicode_IS_ASCII(str) (((PyASCIIObject *)(str))->state.ascii)
#define PyUnicode_IS_COMPACT(str) (((PyASCIIObject *)(str))->state.compact)
#define PyUnicode_IS_COMPACT_ASCII(str) (PyUnicode_IS_ASCII(str) && PyUnicode_IS_COMPACT(str))
#define PyUnicode_MAX_CHAR_VALUE(str)     \
    (PyUnicode_IS_ASCII(str)    ? 0x7fu   \
     : PyUnicode_KIND(str) == 1 ? 0xffu   \
     : PyUnicode_KIND(str) == 2 ? 0xffffu \
                                : 0x10ffffu)
#define PyUnicode_CHECK_INTERNED(str) (((PyASCIIObject *)(str))->state.interned)
#define PyUnicode_READ(kind, data, i)                         \
    ((uint32_t)((kind) == 1   ? ((const uint8_t *)(data))[i]  \
                : (kind) == 2 ? ((const uint16_t *)(data))[i] \
                              : ((const uint32_t *)(data))[i]))
#define PyUnicode_READ_CHAR(str, i) PyUnicode_READ(PyUnicode_KIND(str), PyUnicode_DATA(str), (i))
#define PyUnicode_WRITE(kind, data, i, value)                            \
    ((kind) == 1   ? (void)(((uint8_t *)(data))[i] = (uint8_t)(value))   \
     : (kind) == 2 ? (void)(((uint16_t *)(data))[i] = (uint16_t)(value)) \
                   : (void)(((uint32_t *)(data))[i] = (uint32_t)(value)))
#endif

#if COMPAT_FULL_BEFORE(0x030e0000)

/* 3.14 moved the items by the hash before them. */
struct compat_tuple {
    PyObject ob_base;
    Py_ssize_t ob_size;
    Py_hash_t ob_hash;
    PyObject *ob_item[1];
};
#define PyTupleObject struct compat_tuple
#undef PyTuple_GET_ITEM
#undef PyTuple_SET_ITEM
#define PyTuple_GET_ITEM(tuple, i) (((PyTupleObject *)(tuple))->ob_item[i])
#define PyTuple_SET_ITEM(tuple, i, value) ((void)(((PyTupleObject *)(tuple))->ob_item[i] = (value)))
#undef PySequence_Fast_GET_ITEM
#undef PySequence_Fast_ITEMS
#define PySequence_Fast_GET_ITEM(o, i) (PySequence_Fast_ITEMS(o)[i])
#define PySequence_Fast_ITEMS(o) (PyList_Check(o) ? ((PyListObject *)(o))->ob_item : ((PyTupleObject *)(o))->ob_item)
#endif

#if !defined(Py_LIMITED_API) && PY_VERSION_HEX >= 0x030f0000
/* 3.15 has another type of dict, and asks for it. */
#undef PyDict_GET_SIZE
#define PyDict_GET_SIZE(dict) (((PyDictObject *)(dict))->ma_used)
#endif

#endif
