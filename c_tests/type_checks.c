/* Types: the Check macros, subtypes and instances, and the fields of a type object.
 *
 * Macros and clients read flags, sizes and bases straight from the type object, so these are CPython's to the bit.
 */
#include "outcome.h"

/* Flags that look-ups set as a cache, so they are no part of any promise. */
#define PASSING_FLAGS Py_TPFLAGS_VALID_VERSION_TAG

typedef struct {
    PyTypeObject *type;
    const char *name;
    const char *base;
    int basic_size;
    int item_size;
    unsigned long flags;
    int dict_offset;
    int vectorcall_offset;
} TypeRow;

static void
test_type(const TypeRow *row)
{
    PyTypeObject *type = row->type;
    char repr[80];
    snprintf(repr, sizeof repr, "<class '%s'>", row->name);
    is_str(type->tp_name, row->name, "%s: tp_name is the name", row->name);
    is_str(shown((PyObject *)type), repr, "%s: the repr shows the name", row->name);
    is_str(type->tp_base ? type->tp_base->tp_name : NULL, row->base, "%s: tp_base is the base", row->name);
    is_int(type->tp_basicsize, row->basic_size, "%s: tp_basicsize is CPython's", row->name);
    is_int(type->tp_itemsize, row->item_size, "%s: tp_itemsize is CPython's", row->name);
    is_int(type->tp_flags & ~(unsigned long)PASSING_FLAGS, row->flags, "%s: tp_flags are CPython's", row->name);
    is_int(type->tp_dictoffset, row->dict_offset, "%s: tp_dictoffset is CPython's", row->name);
    is_int(type->tp_vectorcall_offset, row->vectorcall_offset, "%s: tp_vectorcall_offset is CPython's", row->name);
    is_int(PyType_IS_GC(type) != 0, (row->flags & Py_TPFLAGS_HAVE_GC) != 0, "%s: IS_GC reads the flag", row->name);
    ok(PyType_CheckExact((PyObject *)type), "%s: the object is exactly a type", row->name);
    is_ptr(Py_TYPE((PyObject *)type), &PyType_Type, "%s: the type of the type is type", row->name);
    is_int(PyCallable_Check((PyObject *)type), 1, "%s: the type can be called", row->name);
    ok(PyType_IsSubtype(type, type), "%s: the type is a subtype of itself", row->name);
    ok(PyType_IsSubtype(type, &PyBaseObject_Type), "%s: the type is a subtype of object", row->name);
    is_int(PyType_IsSubtype(&PyBaseObject_Type, type), type == &PyBaseObject_Type,
           "%s: object is a subtype of itself alone", row->name);
}

static void
test_types(void)
{
    const TypeRow rows[] = {
        {&PyBaseObject_Type, "object", NULL, 16, 0, 0x1502, 0, 0},
        {&PyType_Type, "type", "object", 936, 40, 0x80805d02UL, 264, 400},
        {&PyLong_Type, "int", "object", 24, 4, 0x1401502, 0, 0},
        {&PyBool_Type, "bool", "int", 24, 4, 0x1401102, 0, 0},
        {&PyFloat_Type, "float", "object", 24, 0, 0x401502, 0, 0},
        {&PyComplex_Type, "complex", "object", 32, 0, 0x1502, 0, 0},
        {&PySlice_Type, "slice", "object", 40, 0, 0x5102, 0, 0},
        {&PyRange_Type, "range", "object", 48, 0, 0x1122, 0, 0},
        {&PyUnicode_Type, "str", "object", 64, 0, 0x10401502, 0, 0},
        {&PyBytes_Type, "bytes", "object", 33, 1, 0x8401502, 0, 0},
        {&PyByteArray_Type, "bytearray", "object", 56, 0, 0x401502, 0, 0},
        {&PyMemoryView_Type, "memoryview", "object", 144, 8, 0x5122, 0, 0},
        {&PyTuple_Type, "tuple", "object", 32, 8, 0x4405522, 0, 0},
        {&PyList_Type, "list", "object", 40, 0, 0x2405522, 0, 0},
        {&PyDict_Type, "dict", "object", 48, 0, 0x20405542, 0, 0},
        {&PyCapsule_Type, "PyCapsule", "object", 64, 0, 0x5182, 0, 0},
        {&PyModule_Type, "module", "object", 56, 0, 0x5502, 16, 0},
        {&PyCFunction_Type, "builtin_function_or_method", "object", 56, 0, 0x5982, 0, 48},
        {&PyModuleDef_Type, "moduledef", "object", 104, 0, 0x1182, 0, 0},
        {Py_TYPE(Py_None), "NoneType", "object", 16, 0, 0x1102, 0, 0},
        {Py_TYPE(Py_Ellipsis), "ellipsis", "object", 16, 0, 0x1102, 0, 0},
        {Py_TYPE(Py_NotImplemented), "NotImplementedType", "object", 16, 0, 0x1102, 0, 0},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        test_type(&rows[i]);
    }
}

static void
test_exception_types(void)
{
    const struct {
        PyObject *type;
        const char *name;
        const char *base;
        int size;
    } rows[] = {
        {PyExc_BaseException, "BaseException", "object", 72},
        {PyExc_Exception, "Exception", "BaseException", 72},
        {PyExc_ValueError, "ValueError", "Exception", 72},
        {PyExc_KeyError, "KeyError", "LookupError", 72},
        {PyExc_OSError, "OSError", "Exception", 112},
        {PyExc_ImportError, "ImportError", "Exception", 104},
        {PyExc_AttributeError, "AttributeError", "Exception", 88},
        {PyExc_NameError, "NameError", "Exception", 80},
        {PyExc_StopIteration, "StopIteration", "Exception", 80},
        {PyExc_SystemExit, "SystemExit", "BaseException", 80},
        {PyExc_SyntaxError, "SyntaxError", "Exception", 144},
        {PyExc_UnicodeDecodeError, "UnicodeDecodeError", "UnicodeError", 112},
        {PyExc_MemoryError, "MemoryError", "Exception", 72},
        {PyExc_DeprecationWarning, "DeprecationWarning", "Warning", 72},
        {PyExc_BaseExceptionGroup, "BaseExceptionGroup", "BaseException", 96},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        TypeRow row;
        row.type = (PyTypeObject *)rows[i].type;
        row.name = rows[i].name;
        row.base = rows[i].base;
        row.basic_size = rows[i].size;
        row.item_size = 0;
        row.flags = 0x40005502;
        row.dict_offset = 16;
        row.vectorcall_offset = 0;
        test_type(&row);
    }
}

static PyObject *
nothing(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    Py_RETURN_NONE;
}

static PyMethodDef nothing_method = {"nothing", nothing, METH_NOARGS, NULL};

enum {
    IS_LONG,
    IS_BOOL,
    IS_FLOAT,
    IS_STR,
    IS_BYTES,
    IS_TUPLE,
    IS_LIST,
    IS_DICT,
    IS_TYPE,
    IS_MODULE,
    IS_CAPSULE,
    IS_FUNCTION,
    IS_EXCEPTION,
    IS_EXCEPTION_CLASS,
    IS_NONE,
    IS_CALLABLE
};

/* One bit for each check that holds. */
static unsigned
checks(PyObject *object)
{
    return (unsigned)(PyLong_Check(object) != 0) << IS_LONG | (unsigned)(PyBool_Check(object) != 0) << IS_BOOL |
           (unsigned)(PyFloat_Check(object) != 0) << IS_FLOAT | (unsigned)(PyUnicode_Check(object) != 0) << IS_STR |
           (unsigned)(PyBytes_Check(object) != 0) << IS_BYTES | (unsigned)(PyTuple_Check(object) != 0) << IS_TUPLE |
           (unsigned)(PyList_Check(object) != 0) << IS_LIST | (unsigned)(PyDict_Check(object) != 0) << IS_DICT |
           (unsigned)(PyType_Check(object) != 0) << IS_TYPE | (unsigned)(PyModule_Check(object) != 0) << IS_MODULE |
           (unsigned)(PyCapsule_CheckExact(object) != 0) << IS_CAPSULE |
           (unsigned)(PyCFunction_Check(object) != 0) << IS_FUNCTION |
           (unsigned)(PyExceptionInstance_Check(object) != 0) << IS_EXCEPTION |
           (unsigned)(PyExceptionClass_Check(object) != 0) << IS_EXCEPTION_CLASS |
           (unsigned)(Py_IsNone(object) != 0) << IS_NONE | (unsigned)PyCallable_Check(object) << IS_CALLABLE;
}

static unsigned
exact_checks(PyObject *object)
{
    return (unsigned)(PyLong_CheckExact(object) != 0) << IS_LONG |
           (unsigned)(PyFloat_CheckExact(object) != 0) << IS_FLOAT |
           (unsigned)(PyUnicode_CheckExact(object) != 0) << IS_STR |
           (unsigned)(PyBytes_CheckExact(object) != 0) << IS_BYTES |
           (unsigned)(PyTuple_CheckExact(object) != 0) << IS_TUPLE |
           (unsigned)(PyList_CheckExact(object) != 0) << IS_LIST |
           (unsigned)(PyDict_CheckExact(object) != 0) << IS_DICT |
           (unsigned)(PyModule_CheckExact(object) != 0) << IS_MODULE |
           (unsigned)(PyCFunction_CheckExact(object) != 0) << IS_FUNCTION;
}

/* `object` is a new reference, which is dropped. */
static void
check(PyObject *object, unsigned want, unsigned want_exact)
{
    const char *type = Py_TYPE(object)->tp_name;
    PyObject *got_type = PyObject_Type(object);
    is_int(checks(object), want, "the Check macros hold for a %s and its bases", type);
    is_int(exact_checks(object), want_exact, "the CheckExact macros hold for the exact type alone");
    is_ptr(got_type, Py_TYPE(object), "PyObject_Type gives the type");
    ok(Py_IS_TYPE(object, (PyTypeObject *)got_type), "Py_IS_TYPE holds for the type that PyObject_Type gives");
    ok(PyObject_TypeCheck(object, &PyBaseObject_Type), "every %s is an object", type);
    Py_DECREF(got_type);
    Py_DECREF(object);
}

static void
test_checks(void)
{
    static int pointed_at;
    const unsigned one = 1;
    check(PyLong_FromLong(5), one << IS_LONG, one << IS_LONG);
    check(Py_NewRef(Py_True), one << IS_LONG | one << IS_BOOL, 0);
    check(PyFloat_FromDouble(1.5), one << IS_FLOAT, one << IS_FLOAT);
    check(PyUnicode_FromString("text"), one << IS_STR, one << IS_STR);
    check(PyBytes_FromString("data"), one << IS_BYTES, one << IS_BYTES);
    check(PyTuple_New(0), one << IS_TUPLE, one << IS_TUPLE);
    check(PyList_New(0), one << IS_LIST, one << IS_LIST);
    check(PyDict_New(), one << IS_DICT, one << IS_DICT);
    check(PyModule_New("mod"), one << IS_MODULE, one << IS_MODULE);
    check(PyCapsule_New(&pointed_at, NULL, NULL), one << IS_CAPSULE, 0);
    check(PyCFunction_New(&nothing_method, NULL), one << IS_FUNCTION | one << IS_CALLABLE, one << IS_FUNCTION);
    check(PyObject_CallNoArgs(PyExc_KeyError), one << IS_EXCEPTION, 0);
    check(Py_NewRef(PyExc_KeyError), one << IS_TYPE | one << IS_EXCEPTION_CLASS | one << IS_CALLABLE, 0);
    check(Py_NewRef((PyObject *)&PyLong_Type), one << IS_TYPE | one << IS_CALLABLE, 0);
    check(Py_NewRef(Py_None), one << IS_NONE, 0);
    check(Py_NewRef(Py_Ellipsis), 0, 0);
    is_int(PyCallable_Check(NULL), 0, "Callable_Check of NULL is 0");
    is_str(PyExceptionClass_Name(PyExc_KeyError), "KeyError", "ExceptionClass_Name gives the name");
    is_str(outcome(PyObject_Type(NULL)), "SystemError: null argument to internal routine",
           "PyObject_Type of NULL is an internal error");
}

static void
test_instances(void)
{
    static const char bad_instance[] = "TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union";
    static const char bad_subclass[] = "TypeError: issubclass() arg 2 must be a class, a tuple of classes, or a union";
    PyObject *integer = PyLong_FromLong(1000);
    PyObject *int_type = (PyObject *)&PyLong_Type;
    PyObject *str_type = (PyObject *)&PyUnicode_Type;
    PyObject *both = PyTuple_Pack(2, str_type, int_type);
    PyObject *neither = PyTuple_Pack(2, str_type, PyExc_KeyError);
    PyObject *nested = PyTuple_Pack(2, neither, both);
    PyObject *empty = PyTuple_New(0);
    PyObject *broken = PyTuple_Pack(2, str_type, integer);
    PyObject *late = PyTuple_Pack(2, int_type, integer);
    PyObject *derived = PyErr_NewException("mod.Derived", PyExc_KeyError, NULL);
    PyObject *instance = PyObject_CallNoArgs(derived);

    is_int(PyObject_IsInstance(integer, int_type), 1, "an int is an instance of int");
    is_int(PyObject_IsInstance(Py_True, int_type), 1, "a bool is an instance of int");
    is_int(PyObject_IsInstance(integer, (PyObject *)&PyBool_Type), 0, "an int is not an instance of bool");
    is_int(PyObject_IsInstance(integer, (PyObject *)&PyBaseObject_Type), 1, "an int is an instance of object");
    is_int(PyObject_IsInstance(int_type, (PyObject *)&PyType_Type), 1, "types are instances of type");
    is_int(PyObject_IsInstance(integer, both), 1, "an int is an instance of a tuple that has int in it");
    is_int(PyObject_IsInstance(integer, neither), 0, "an int is not an instance of a tuple without int");
    is_int(PyObject_IsInstance(integer, nested), 1, "an int is an instance of a tuple in a tuple");
    is_int(PyObject_IsInstance(integer, empty), 0, "nothing is an instance of the empty tuple");
    is_int(PyObject_IsInstance(instance, PyExc_LookupError), 1, "an exception is an instance of its bases");
    is_int(PyObject_IsInstance(instance, PyExc_ValueError), 0, "an exception is not an instance of another type");
    is_int(PyObject_IsInstance(integer, late), 1, "IsInstance does not look behind a match in a tuple");
    no_error("no IsInstance of a type sets an error");
    is_str(outcome_int(PyObject_IsInstance(integer, integer)), bad_instance, "IsInstance refuses an int for a type");
    is_str(outcome_int(PyObject_IsInstance(integer, broken)), bad_instance, "IsInstance refuses an int in a tuple");
    is_str(outcome_int(PyObject_IsInstance(integer, Py_None)), bad_instance, "IsInstance refuses None for a type");

    is_int(PyObject_IsSubclass((PyObject *)&PyBool_Type, int_type), 1, "bool is a subclass of int");
    is_int(PyObject_IsSubclass(int_type, int_type), 1, "int is a subclass of itself");
    is_int(PyObject_IsSubclass(int_type, str_type), 0, "int is not a subclass of str");
    is_int(PyObject_IsSubclass(derived, PyExc_Exception), 1, "a made exception is a subclass of its bases");
    is_int(PyObject_IsSubclass(int_type, nested), 1, "int is a subclass of a tuple in a tuple");
    is_int(PyObject_IsSubclass(int_type, neither), 0, "int is not a subclass of a tuple without int");
    no_error("no IsSubclass of a class sets an error");
    is_str(outcome_int(PyObject_IsSubclass(integer, int_type)), "TypeError: issubclass() arg 1 must be a class",
           "IsSubclass refuses an int as the class");
    is_str(outcome_int(PyObject_IsSubclass(int_type, integer)), bad_subclass, "IsSubclass refuses an int as the base");
    is_str(outcome_int(PyObject_IsSubclass(int_type, broken)), bad_subclass, "IsSubclass refuses an int in a tuple");
    is_int(Py_REFCNT(integer), 3, "no check keeps a reference");

    is_str(((PyTypeObject *)derived)->tp_name, "Derived", "tp_name of a made type is the last part of its name");
    is_str(shown(derived), "<class 'mod.Derived'>", "the repr of a made type has the module");
    is_str(PyExceptionClass_Name(derived), "Derived",
           "ExceptionClass_Name of a made type is the last part of its name");
    ok(PyType_HasFeature((PyTypeObject *)derived, Py_TPFLAGS_HEAPTYPE), "a made type is a heap type");
    ok(PyType_HasFeature((PyTypeObject *)derived, Py_TPFLAGS_BASE_EXC_SUBCLASS),
       "a made type has the flag of exceptions");
    is_ptr(((PyTypeObject *)derived)->tp_base, PyExc_KeyError, "tp_base of a made type is the base that was given");
    Py_DECREF(instance);
    Py_DECREF(derived);
    Py_DECREF(late);
    Py_DECREF(broken);
    Py_DECREF(empty);
    Py_DECREF(nested);
    Py_DECREF(neither);
    Py_DECREF(both);
    Py_DECREF(integer);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_types);
    RUN(test_exception_types);
    RUN(test_checks);
    RUN(test_instances);
    return TAP_END();
}
