/* Out of memory: capsules, modules, imports, errors and calls. */
#include "no_memory.h"

static int payload;
static PyObject *module, *list, *dict; /* made while there was memory */
static int destroyed;

static void note(PyObject *capsule) { destroyed += PyCapsule_IsValid(capsule, "memory.capsule"); }

/* ---- the tasks: 0, or -1 with an error set ---- */

static int make_capsule(void) { return drop(PyCapsule_New(&payload, "memory.capsule", note)); }

static int
show_capsule(void)
{
    PyObject *capsule = PyCapsule_New(&payload, "n\xff", NULL);
    int status = capsule != NULL ? drop(PyObject_Repr(capsule)) : -1;
    Py_XDECREF(capsule);
    return status;
}

/* The error that a wrong name sets is MemoryError instead, when there is no memory to make it an object. */
static int
fetch_wrong_name(void)
{
    PyObject *capsule = PyCapsule_New(&payload, "a", NULL), *error;
    int status = -1;
    if (capsule != NULL) {
        PyCapsule_GetPointer(capsule, "b");
        error = PyErr_GetRaisedException();
        status = error != NULL && Py_TYPE(error) == (PyTypeObject *)PyExc_ValueError ? 0 : -1;
        if (status < 0 && error != NULL) {
            PyErr_SetRaisedException(error);
        } else {
            Py_XDECREF(error);
        }
    }
    Py_XDECREF(capsule);
    return status;
}

static int import_capsule(void) { return PyCapsule_Import("memory.capsule", 0) != NULL ? 0 : -1; }

/* The failing import is a success here: what counts is that it is the right error, or MemoryError. */
static int
import_nothing(void)
{
    PyCapsule_Import("memory.nosuch", 0);
    if (PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        return 0;
    }
    return -1;
}

static int make_str(void) { return drop(PyUnicode_FromString("gr\xc3\xb6\xc3\x9f" "er")); }
static int
make_utf8(void)
{
    PyObject *text = PyUnicode_FromString("\xe2\x82\xac");
    int status = text != NULL && PyUnicode_AsUTF8(text) != NULL ? 0 : -1;
    Py_XDECREF(text);
    return status;
}
static int make_format(void) { return drop(PyUnicode_FromFormat("%s %d %R %zd", "a", 5, list, (Py_ssize_t)7)); }
static int make_int(void) { return drop(PyLong_FromLongLong(1LL << 62)); }
static int make_float(void) { return drop(PyFloat_FromDouble(1.5)); }
static int make_bytes(void) { return drop(PyBytes_FromStringAndSize("bytes", 5)); }
static int make_tuple(void) { return drop(PyTuple_Pack(3, list, dict, module)); }
static int show_list(void) { return drop(PyObject_Repr(list)); }

static int
grow_list(void)
{
    PyObject *items = PyList_New(0);
    int i, status = items != NULL ? 0 : -1;
    for (i = 0; i < 40 && status == 0; i++) {
        status = PyList_Append(items, Py_None);
        if (status < 0 && PyList_Size(items) != i) {
            fprintf(stderr, "# a failed append changed the list\n");
            abort();
        }
    }
    Py_XDECREF(items);
    return status;
}

static int
grow_dict(void)
{
    PyObject *items = PyDict_New(), *key;
    int i, status = items != NULL ? 0 : -1;
    for (i = 1000; i < 1040 && status == 0; i++) {
        key = PyLong_FromLong(i);
        status = key != NULL ? PyDict_SetItem(items, key, Py_None) : -1;
        Py_XDECREF(key);
        if (status < 0 && PyDict_Size(items) != i - 1000) {
            fprintf(stderr, "# a failed insertion changed the dict\n");
            abort();
        }
    }
    Py_XDECREF(items);
    return status;
}

static int make_module(void) { return drop(PyModule_New("fresh")); }
static int add_attribute(void) { return PyModule_AddIntConstant(module, "constant", 123456789); }
static int set_attribute(void) { return PyObject_SetAttrString(module, "attribute", list); }
static int get_attribute(void) { return drop(PyObject_GetAttrString(module, "capsule")); }

static int
miss_attribute(void)
{
    PyObject *value = PyObject_GetAttrString(module, "nosuch");
    Py_XDECREF(value);
    if (value == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        return 0;
    }
    return -1;
}

static int raise_string(void) { PyErr_SetString(PyExc_KeyError, "key"); return raised(PyExc_KeyError); }
static int raise_object(void) { PyErr_SetObject(PyExc_OSError, list); return raised(PyExc_OSError); }
static int raise_format(void) { PyErr_Format(PyExc_TypeError, "%R", dict); return raised(PyExc_TypeError); }
static int new_exception(void) { return drop(PyErr_NewException("memory.Error", PyExc_ValueError, NULL)); }
static int make_exception(void) { return drop(PyObject_CallFunctionObjArgs(PyExc_ImportError, list, NULL)); }

static PyObject *answer(PyObject *self, PyObject *arguments) { (void)self; return Py_NewRef(arguments); }
static PyMethodDef methods[] = {{"answer", answer, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "made", "A module.", 64, methods, NULL, NULL, NULL, NULL};
static int create_module(void) { return drop(PyModule_Create(&definition)); }

static int
call_function(void)
{
    PyObject *function = PyCFunction_New(methods, NULL);
    int status = function != NULL ? drop(PyObject_CallOneArg(function, list)) : -1;
    Py_XDECREF(function);
    return status;
}

static int find_modules(void) { return PyImport_GetModuleDict() != NULL ? 0 : -1; }
static int add_module(void)
{
    int status = drop(PyImport_AddModuleRef("memory.added"));
    PyObject *modules = PyImport_GetModuleDict();
    long paused = countdown;
    countdown = -1;
    if (status == 0 && PyDict_DelItemString(modules, "memory.added") < 0) {
        status = -1;
    }
    countdown = paused;
    return status;
}

/* A capsule in a list in itself: the collector works without memory of its own, or does nothing this time. */
static int
collect(void)
{
    PyObject *ring = PyList_New(0), *capsule;
    int status = -1;
    if (ring != NULL) {
        capsule = PyCapsule_New(&payload, "memory.capsule", note);
        if (capsule != NULL && PyList_Append(ring, capsule) == 0 && PyList_Append(ring, ring) == 0) {
            status = 0;
        }
        Py_XDECREF(capsule);
        Py_DECREF(ring);
    }
    PyGC_Collect();
    return status;
}

static const Task tasks[] = {
    {"PyCapsule_New", make_capsule},
    {"repr of a capsule", show_capsule},
    {"an exception from a wrong name", fetch_wrong_name},
    {"PyCapsule_Import", import_capsule},
    {"PyCapsule_Import of what is missing", import_nothing},
    {"a str", make_str},
    {"the UTF-8 form of a str", make_utf8},
    {"PyUnicode_FromFormat", make_format},
    {"an int", make_int},
    {"a float", make_float},
    {"bytes", make_bytes},
    {"a tuple", make_tuple},
    {"repr of a list", show_list},
    {"a growing list", grow_list},
    {"a growing dict", grow_dict},
    {"PyModule_New", make_module},
    {"PyModule_Create", create_module},
    {"PyModule_AddIntConstant", add_attribute},
    {"PyObject_SetAttrString", set_attribute},
    {"PyObject_GetAttrString", get_attribute},
    {"a missing attribute", miss_attribute},
    {"PyErr_SetString", raise_string},
    {"PyErr_SetObject", raise_object},
    {"PyErr_Format", raise_format},
    {"PyErr_NewException", new_exception},
    {"an exception by calling its class", make_exception},
    {"a call", call_function},
    {"PyImport_GetModuleDict", find_modules},
    {"PyImport_AddModuleRef", add_module},
    {"a cycle and PyGC_Collect", collect},
};

int
main(void)
{
    size_t i;
    PyObject *capsule;

    TAP_BEGIN();
    module = PyImport_AddModuleRef("memory");
    list = PyList_New(0);
    dict = PyDict_New();
    capsule = PyCapsule_New(&payload, "memory.capsule", NULL);
    PyModule_AddObjectRef(module, "capsule", capsule);
    Py_DECREF(capsule);
    PyList_Append(list, Py_True);
    for (i = 0; i < sizeof(tasks) / sizeof(tasks[0]); i++) {
        starve(&tasks[i]);
    }
    Py_DECREF(list);
    Py_DECREF(dict);
    Py_DECREF(module);
    return TAP_END();
}
