/* Objects as the public macros see them: head, count, type, size and items, at CPython's offsets.
 *
 * Each check reads one fact twice, through a function and through the memory that a macro compiles to, and
 * so fails when the library and the header disagree on a layout.
 */
#include "outcome.h"

#include <stddef.h>

static void
test_sizes_and_offsets(void)
{
    static const struct {
        const char *what;
        size_t got;
        size_t want;
    } rows[] = {
        {"PyObject", sizeof(PyObject), 16},
        {"PyObject.ob_type", offsetof(PyObject, ob_type), 8},
        {"PyVarObject", sizeof(PyVarObject), 24},
        {"PyVarObject.ob_size", offsetof(PyVarObject, ob_size), 16},
        {"PyTupleObject", sizeof(PyTupleObject), 40},
        {"PyTupleObject.ob_item", offsetof(PyTupleObject, ob_item), 32},
        {"PyListObject", sizeof(PyListObject), 40},
        {"PyListObject.ob_item", offsetof(PyListObject, ob_item), 24},
        {"PyListObject.allocated", offsetof(PyListObject, allocated), 32},
        {"PyDictObject", sizeof(PyDictObject), 48},
        {"PyDictObject.ma_used", offsetof(PyDictObject, ma_used), 16},
        {"PyLongObject", sizeof(PyLongObject), 32},
        {"PyLongObject.long_value", offsetof(PyLongObject, long_value), 16},
        {"PyFloatObject", sizeof(PyFloatObject), 24},
        {"PyFloatObject.ob_fval", offsetof(PyFloatObject, ob_fval), 16},
        {"PyBytesObject", sizeof(PyBytesObject), 40},
        {"PyBytesObject.ob_sval", offsetof(PyBytesObject, ob_sval), 32},
        {"PyASCIIObject", sizeof(PyASCIIObject), 40},
        {"PyASCIIObject.length", offsetof(PyASCIIObject, length), 16},
        {"PyASCIIObject.hash", offsetof(PyASCIIObject, hash), 24},
        {"PyASCIIObject.state", offsetof(PyASCIIObject, state), 32},
        {"PyCompactUnicodeObject", sizeof(PyCompactUnicodeObject), 56},
        {"PyUnicodeObject", sizeof(PyUnicodeObject), 64},
        {"PyCFunctionObject", sizeof(PyCFunctionObject), 56},
        {"PyBaseExceptionObject", sizeof(PyBaseExceptionObject), 72},
        {"PyTypeObject", sizeof(PyTypeObject), 416},
        {"PyTypeObject.tp_flags", offsetof(PyTypeObject, tp_flags), 168},
        {"PyTypeObject.tp_base", offsetof(PyTypeObject, tp_base), 256},
        {"PyModuleDef", sizeof(PyModuleDef), 104},
        {"PyMethodDef", sizeof(PyMethodDef), 32},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        is_int(rows[i].got, rows[i].want, "%s is where, and as large as, CPython 3.14 has it", rows[i].what);
    }
}

/* `object` is a new reference that belongs to the caller alone, and is dropped. */
static void
test_head(PyObject *object, PyTypeObject *type)
{
    PyObject *got_type = PyObject_Type(object);
    is_int(Py_REFCNT(object), 1, "a new %s has one reference", type->tp_name);
    is_ptr(Py_TYPE(object), type, "a new %s has its type in the head", type->tp_name);
    is_ptr(got_type, type, "PyObject_Type gives the type in the head");
    Py_INCREF(object);
    Py_INCREF(object);
    is_int(Py_REFCNT(object), 3, "Py_INCREF counts one up");
    is_ptr(Py_NewRef(object), object, "Py_NewRef gives the same object");
    is_int(Py_REFCNT(object), 4, "Py_NewRef adds a reference");
    Py_IncRef(object);
    is_int(Py_REFCNT(object), 5, "Py_IncRef adds a reference");
    Py_DecRef(object);
    Py_DECREF(object);
    Py_DECREF(object);
    Py_DECREF(object);
    is_int(Py_REFCNT(object), 1, "Py_DECREF and Py_DecRef count down");
    Py_DECREF(got_type);
    Py_DECREF(object);
}

static PyObject *
nothing(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    Py_RETURN_NONE;
}

static PyMethodDef nothing_method = {"nothing", nothing, METH_NOARGS, "nothing()\n--\n\nDoes nothing."};

static void
test_heads(void)
{
    static int pointed_at;
    test_head(PyUnicode_FromString("a text of its own"), &PyUnicode_Type);
    test_head(PyBytes_FromString("data of its own"), &PyBytes_Type);
    test_head(PyLong_FromLong(123456789), &PyLong_Type);
    test_head(PyFloat_FromDouble(1.5), &PyFloat_Type);
    test_head(PyTuple_Pack(1, Py_None), &PyTuple_Type);
    test_head(PyList_New(0), &PyList_Type);
    test_head(PyDict_New(), &PyDict_Type);
    test_head(PyModule_New("mod"), &PyModule_Type);
    test_head(PyCapsule_New(&pointed_at, NULL, NULL), &PyCapsule_Type);
    test_head(PyCFunction_New(&nothing_method, NULL), &PyCFunction_Type);
    test_head(PyObject_CallNoArgs(PyExc_KeyError), (PyTypeObject *)PyExc_KeyError);
}

static void
test_immortals(void)
{
    PyObject *const immortals[] = {
        Py_None,
        Py_True,
        Py_False,
        Py_Ellipsis,
        Py_NotImplemented,
        (PyObject *)&PyType_Type,
        (PyObject *)&PyCapsule_Type,
        (PyObject *)&PyLong_Type,
        PyExc_ValueError,
        PyExc_OSError,
    };
    PyObject *small = PyLong_FromLong(5);
    PyObject *empty = PyTuple_New(0);
    size_t i;
    int time;
    for (i = 0; i < sizeof immortals / sizeof immortals[0]; i++) {
        Py_ssize_t before = Py_REFCNT(immortals[i]);
        for (time = 0; time < 100; time++) {
            Py_DECREF(immortals[i]);
        }
        is_int(Py_REFCNT(immortals[i]), before, "row %d: an immortal object never runs out of references", (int)i);
        for (time = 0; time < 100; time++) {
            Py_INCREF(immortals[i]);
        }
        is_int(Py_REFCNT(immortals[i]), before, "row %d: an immortal object gathers no references", (int)i);
    }
    for (time = 0; time < 100; time++) {
        Py_DECREF(small);
        Py_DECREF(empty);
    }
    is_str(shown(small), "5", "a small int is immortal");
    is_str(shown(empty), "()", "the empty tuple is immortal");
}

static void
test_items(void)
{
    PyObject *first = PyLong_FromLong(1000);
    PyObject *second = PyUnicode_FromString("second");
    PyObject *tuple = PyTuple_Pack(2, first, second);
    PyObject *list = PyList_New(0);
    PyObject *dict = PyDict_New();
    PyObject *number = PyFloat_FromDouble(-2.5);
    PyList_Append(list, first);
    PyList_Append(list, second);
    PyDict_SetItem(dict, second, first);
    is_ptr(*(PyObject **)((char *)tuple + offsetof(PyTupleObject, ob_item) + sizeof(PyObject *)), second,
           "the items of a tuple are an array inside it");
    is_ptr(((PyListObject *)list)->ob_item[1], second, "the items of a list are an array beside it");
    ok(((PyListObject *)list)->allocated >= Py_SIZE(list), "a list has room for at least its items");
    is_int(((PyDictObject *)dict)->ma_used, PyDict_Size(dict), "ma_used is the size of a dict");
    is_int(((PyFloatObject *)number)->ob_fval == -2.5, 1, "ob_fval is the value of a float");
    Py_DECREF(number);
    Py_DECREF(dict);
    Py_DECREF(list);
    Py_DECREF(tuple);
    Py_DECREF(second);
    Py_DECREF(first);
}

static void
test_function_and_exception(void)
{
    PyObject *self = PyList_New(0);
    PyObject *module = PyUnicode_FromString("mod");
    PyObject *function = PyCFunction_NewEx(&nothing_method, self, module);
    PyObject *error = PyObject_CallOneArg(PyExc_ValueError, module);
    PyBaseExceptionObject *layout = (PyBaseExceptionObject *)error;
    is_ptr(PyCFunction_GET_SELF(function), self, "PyCFunction_GET_SELF reads the self of a function");
    is_ptr((void *)(size_t)PyCFunction_GET_FUNCTION(function), (void *)(size_t)nothing,
           "PyCFunction_GET_FUNCTION reads the C function");
    is_int(PyCFunction_GET_FLAGS(function), METH_NOARGS, "PyCFunction_GET_FLAGS reads the flags");
    is_ptr(((PyCFunctionObject *)function)->m_ml, &nothing_method, "m_ml is the definition that was given");
    is_ptr(((PyCFunctionObject *)function)->m_module, module, "m_module is the module's name");
    is_str(shown(layout->args), "('mod',)", "args is in the head of an exception");
    is_ptr(layout->traceback, NULL, "the traceback in the head of a new exception is NULL");
    is_ptr(layout->context, NULL, "the context in the head of a new exception is NULL");
    is_ptr(layout->cause, NULL, "the cause in the head of a new exception is NULL");
    Py_DECREF(error);
    Py_DECREF(function);
    Py_DECREF(module);
    Py_DECREF(self);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_sizes_and_offsets);
    RUN(test_heads);
    RUN(test_immortals);
    RUN(test_items);
    RUN(test_function_and_exception);
    return TAP_END();
}
