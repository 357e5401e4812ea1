/* Included before the transcript's sources (`-include record.h`, GNU C): every call of the Python API is then written
 * down as a statement of a C program before it is made.  record.c prints the program when the transcript ends. */
#ifndef PYCAPSULE_TRANSCRIPT_RECORD_H
#define PYCAPSULE_TRANSCRIPT_RECORD_H

#include <Python.h>

/* One statement: how its result is shown, the function, its arguments, and then the call itself. */
void record_begin(const char *show, const char *function);
void record_call(void);
void record_return(void);
PyObject *record_result(PyObject *object);

void record_object(PyObject *object);
void record_type(PyTypeObject *type);
void record_place(PyObject **place);
void record_pointer(const void *pointer);
void record_text(const char *text);
void record_number(long number);
void record_destructor(PyCapsule_Destructor destructor);
void record_traverse(traverseproc traverse);
void record_clear(inquiry clear);

#define RECORD_ARGUMENT(value)                   \
    _Generic((value),                            \
        PyObject *: record_object,               \
        PyTypeObject *: record_type,             \
        PyObject * *: record_place,              \
        char *: record_text,                     \
        const char *: record_text,               \
        void *: record_pointer,                  \
        const void *: record_pointer,            \
        PyCapsule_Destructor: record_destructor, \
        traverseproc: record_traverse,           \
        inquiry: record_clear,                   \
        int: record_number,                      \
        unsigned: record_number,                 \
        long: record_number,                     \
        default: record_pointer)(value)

/* Arguments are evaluated once (and may be recorded calls), then written down, then passed on. */
#define RECORD_0(show, f)       \
    ({                          \
        record_begin(show, #f); \
        record_call();          \
        f();                    \
    })
#define RECORD_1(show, f, a)    \
    ({                          \
        __auto_type a_ = (a);   \
        record_begin(show, #f); \
        RECORD_ARGUMENT(a_);    \
        record_call();          \
        f(a_);                  \
    })
#define RECORD_2(show, f, a, b) \
    ({                          \
        __auto_type a_ = (a);   \
        __auto_type b_ = (b);   \
        record_begin(show, #f); \
        RECORD_ARGUMENT(a_);    \
        RECORD_ARGUMENT(b_);    \
        record_call();          \
        f(a_, b_);              \
    })
#define RECORD_3(show, f, a, b, c) \
    ({                             \
        __auto_type a_ = (a);      \
        __auto_type b_ = (b);      \
        __auto_type c_ = (c);      \
        record_begin(show, #f);    \
        RECORD_ARGUMENT(a_);       \
        RECORD_ARGUMENT(b_);       \
        RECORD_ARGUMENT(c_);       \
        record_call();             \
        f(a_, b_, c_);             \
    })
#define RECORD_4(show, f, a, b, c, d) \
    ({                                \
        __auto_type a_ = (a);         \
        __auto_type b_ = (b);         \
        __auto_type c_ = (c);         \
        __auto_type d_ = (d);         \
        record_begin(show, #f);       \
        RECORD_ARGUMENT(a_);          \
        RECORD_ARGUMENT(b_);          \
        RECORD_ARGUMENT(c_);          \
        RECORD_ARGUMENT(d_);          \
        record_call();                \
        f(a_, b_, c_, d_);            \
    })
#define RECORD_5(show, f, a, b, c, d, e) \
    ({                                   \
        __auto_type a_ = (a);            \
        __auto_type b_ = (b);            \
        __auto_type c_ = (c);            \
        __auto_type d_ = (d);            \
        __auto_type e_ = (e);            \
        record_begin(show, #f);          \
        RECORD_ARGUMENT(a_);             \
        RECORD_ARGUMENT(b_);             \
        RECORD_ARGUMENT(c_);             \
        RECORD_ARGUMENT(d_);             \
        RECORD_ARGUMENT(e_);             \
        record_call();                   \
        f(a_, b_, c_, d_, e_);           \
    })
#define RECORD_6(show, f, a, b, c, d, e, g) \
    ({                                      \
        __auto_type a_ = (a);               \
        __auto_type b_ = (b);               \
        __auto_type c_ = (c);               \
        __auto_type d_ = (d);               \
        __auto_type e_ = (e);               \
        __auto_type g_ = (g);               \
        record_begin(show, #f);             \
        RECORD_ARGUMENT(a_);                \
        RECORD_ARGUMENT(b_);                \
        RECORD_ARGUMENT(c_);                \
        RECORD_ARGUMENT(d_);                \
        RECORD_ARGUMENT(e_);                \
        RECORD_ARGUMENT(g_);                \
        record_call();                      \
        f(a_, b_, c_, d_, e_, g_);          \
    })
#define RECORD_PICK(_0, _1, _2, _3, _4, _5, _6, name, ...) name
#define RECORD_ANY(show, f, ...)                                                                                    \
    RECORD_PICK(_ __VA_OPT__(, ) __VA_ARGS__, RECORD_6, RECORD_5, RECORD_4, RECORD_3, RECORD_2, RECORD_1, RECORD_0) \
    (show, f __VA_OPT__(, ) __VA_ARGS__)

#define RECORD_OBJECT(f, ...) record_result(RECORD_ANY("object", f, __VA_ARGS__))
#define RECORD_VOID(f, ...)             \
    ({                                  \
        RECORD_ANY("", f, __VA_ARGS__); \
        record_return();                \
    })
#define RECORD_VALUE(show, f, ...)                             \
    ({                                                         \
        __auto_type value_ = RECORD_ANY(show, f, __VA_ARGS__); \
        record_return();                                       \
        value_;                                                \
    })
#define RECORD_NUMBER(f, ...) RECORD_VALUE("number", f, __VA_ARGS__)

#define PyCapsule_GetContext(...) RECORD_VALUE("pointer", PyCapsule_GetContext, __VA_ARGS__)
#define PyCapsule_GetDestructor(...) RECORD_VALUE("function", PyCapsule_GetDestructor, __VA_ARGS__)
#define PyCapsule_GetName(...) RECORD_VALUE("text", PyCapsule_GetName, __VA_ARGS__)
#define PyCapsule_GetPointer(...) RECORD_VALUE("pointer", PyCapsule_GetPointer, __VA_ARGS__)
#define PyCapsule_Import(...) RECORD_VALUE("pointer", PyCapsule_Import, __VA_ARGS__)
#define PyCapsule_IsValid(...) RECORD_NUMBER(PyCapsule_IsValid, __VA_ARGS__)
#define PyCapsule_New(...) RECORD_OBJECT(PyCapsule_New, __VA_ARGS__)
#define PyCapsule_SetContext(...) RECORD_NUMBER(PyCapsule_SetContext, __VA_ARGS__)
#define PyCapsule_SetDestructor(...) RECORD_NUMBER(PyCapsule_SetDestructor, __VA_ARGS__)
#define PyCapsule_SetName(...) RECORD_NUMBER(PyCapsule_SetName, __VA_ARGS__)
#define PyCapsule_SetPointer(...) RECORD_NUMBER(PyCapsule_SetPointer, __VA_ARGS__)

#define PyCallable_Check(...) RECORD_NUMBER(PyCallable_Check, __VA_ARGS__)
#define PyDict_DelItemString(...) RECORD_NUMBER(PyDict_DelItemString, __VA_ARGS__)
#define PyDict_GetItemString(...) RECORD_OBJECT(PyDict_GetItemString, __VA_ARGS__)
#define PyDict_New(...) RECORD_OBJECT(PyDict_New, __VA_ARGS__)
#define PyDict_SetItemString(...) RECORD_NUMBER(PyDict_SetItemString, __VA_ARGS__)
#define PyDict_Size(...) RECORD_NUMBER(PyDict_Size, __VA_ARGS__)
#define PyErr_BadArgument(...) RECORD_NUMBER(PyErr_BadArgument, __VA_ARGS__)
#define PyErr_Clear(...) RECORD_VOID(PyErr_Clear, __VA_ARGS__)
#define PyErr_Fetch(...) RECORD_VOID(PyErr_Fetch, __VA_ARGS__)
#define PyErr_Format(...) RECORD_OBJECT(PyErr_Format, __VA_ARGS__)
#define PyErr_GetRaisedException(...) RECORD_OBJECT(PyErr_GetRaisedException, __VA_ARGS__)
#define PyErr_GivenExceptionMatches(...) RECORD_NUMBER(PyErr_GivenExceptionMatches, __VA_ARGS__)
#define PyErr_NoMemory(...) RECORD_OBJECT(PyErr_NoMemory, __VA_ARGS__)
#define PyErr_NormalizeException(...) RECORD_VOID(PyErr_NormalizeException, __VA_ARGS__)
#define PyErr_Restore(...) RECORD_VOID(PyErr_Restore, __VA_ARGS__)
#define PyErr_SetNone(...) RECORD_VOID(PyErr_SetNone, __VA_ARGS__)
#define PyErr_SetObject(...) RECORD_VOID(PyErr_SetObject, __VA_ARGS__)
#define PyErr_SetRaisedException(...) RECORD_VOID(PyErr_SetRaisedException, __VA_ARGS__)
#define PyErr_SetString(...) RECORD_VOID(PyErr_SetString, __VA_ARGS__)
#define PyImport_GetModuleDict(...) RECORD_OBJECT(PyImport_GetModuleDict, __VA_ARGS__)
#define PyImport_ImportModule(...) RECORD_OBJECT(PyImport_ImportModule, __VA_ARGS__)
#define PyList_Append(...) RECORD_NUMBER(PyList_Append, __VA_ARGS__)
#define PyList_GetItem(...) RECORD_OBJECT(PyList_GetItem, __VA_ARGS__)
#define PyList_New(...) RECORD_OBJECT(PyList_New, __VA_ARGS__)
#define PyList_SetItem(...) RECORD_NUMBER(PyList_SetItem, __VA_ARGS__)
#define PyList_Size(...) RECORD_NUMBER(PyList_Size, __VA_ARGS__)
#define PyLong_FromLong(...) RECORD_OBJECT(PyLong_FromLong, __VA_ARGS__)
#define PyModule_Add(...) RECORD_NUMBER(PyModule_Add, __VA_ARGS__)
#define PyModule_AddObjectRef(...) RECORD_NUMBER(PyModule_AddObjectRef, __VA_ARGS__)
#define PyModule_GetDict(...) RECORD_OBJECT(PyModule_GetDict, __VA_ARGS__)
#define PyModule_GetName(...) RECORD_VALUE("text", PyModule_GetName, __VA_ARGS__)
#define PyModule_New(...) RECORD_OBJECT(PyModule_New, __VA_ARGS__)
#define PyObject_CallNoArgs(...) RECORD_OBJECT(PyObject_CallNoArgs, __VA_ARGS__)
#define PyObject_DelAttrString(...) PyObject_SetAttrString(__VA_ARGS__, (PyObject *)NULL)
#define PyObject_GC_IsTracked(...) RECORD_NUMBER(PyObject_GC_IsTracked, __VA_ARGS__)
#define PyObject_GetAttrString(...) RECORD_OBJECT(PyObject_GetAttrString, __VA_ARGS__)
#define PyObject_HasAttrString(...) RECORD_NUMBER(PyObject_HasAttrString, __VA_ARGS__)
#define PyObject_IsInstance(...) RECORD_NUMBER(PyObject_IsInstance, __VA_ARGS__)
#define PyObject_IsTrue(...) RECORD_NUMBER(PyObject_IsTrue, __VA_ARGS__)
#define PyObject_Not(...) RECORD_NUMBER(PyObject_Not, __VA_ARGS__)
#define PyObject_Repr(...) RECORD_OBJECT(PyObject_Repr, __VA_ARGS__)
#define PyObject_RichCompare(...) RECORD_OBJECT(PyObject_RichCompare, __VA_ARGS__)
#define PyObject_SetAttrString(...) RECORD_NUMBER(PyObject_SetAttrString, __VA_ARGS__)
#define PyObject_Str(...) RECORD_OBJECT(PyObject_Str, __VA_ARGS__)
#define PyTuple_GetItem(...) RECORD_OBJECT(PyTuple_GetItem, __VA_ARGS__)
#define PyTuple_New(...) RECORD_OBJECT(PyTuple_New, __VA_ARGS__)
#define PyTuple_Pack(...) RECORD_OBJECT(PyTuple_Pack, __VA_ARGS__)
#define PyTuple_Size(...) RECORD_NUMBER(PyTuple_Size, __VA_ARGS__)
#define PyUnicode_FromString(...) RECORD_OBJECT(PyUnicode_FromString, __VA_ARGS__)
/* The count is not shown, since the number of objects that a collection ends is not promised. */
#define PyGC_Collect(...)                       \
    ({                                          \
        RECORD_VOID(PyGC_Collect, __VA_ARGS__); \
        0L;                                     \
    })
#define PyGC_Disable(...) RECORD_NUMBER(PyGC_Disable, __VA_ARGS__)
#define PyGC_Enable(...) RECORD_NUMBER(PyGC_Enable, __VA_ARGS__)
#define PyGC_IsEnabled(...) RECORD_NUMBER(PyGC_IsEnabled, __VA_ARGS__)
#define Py_FinalizeEx(...) RECORD_NUMBER(Py_FinalizeEx, __VA_ARGS__)
#define Py_Initialize(...) RECORD_VOID(Py_Initialize, __VA_ARGS__)

/* A macro or inline function is replaced by the exported function that it calls. */
#undef PyList_SET_ITEM
#undef PyTuple_SET_ITEM
#undef Py_DECREF
#undef Py_NewRef
#undef Py_XDECREF
#undef Py_XNewRef
#define PyList_SET_ITEM(list, index, item) PyList_SetItem(list, index, item)
#define PyTuple_SET_ITEM(tuple, index, item) RECORD_NUMBER(PyTuple_SetItem, tuple, index, item)
#define Py_DECREF(object) RECORD_VOID(Py_DecRef, (PyObject *)(object))
#define Py_XDECREF(object)                     \
    ({                                         \
        PyObject *ref_ = (PyObject *)(object); \
        if (ref_) {                            \
            RECORD_VOID(Py_DecRef, ref_);      \
        }                                      \
    })
#define Py_NewRef(object)                      \
    ({                                         \
        PyObject *ref_ = (PyObject *)(object); \
        RECORD_VOID(Py_IncRef, ref_);          \
        ref_;                                  \
    })
#define Py_XNewRef(object)                     \
    ({                                         \
        PyObject *new_ = (PyObject *)(object); \
        new_ ? Py_NewRef(new_) : NULL;         \
    })

#endif
