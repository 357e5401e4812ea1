/* Questions about Python code, from C code that no Python code has called: frames, compiled files, frozen modules, names of callables. */
#include "checks.h"
#include "outcome.h"

static void
test_frames(void)
{
    PyObject *builtins = PyEval_GetFrameBuiltins();
    is_ptr(builtins, PyEval_GetBuiltins(), "the builtins of no frame are those of the interpreter");
    is_int(Py_REFCNT(builtins) > 1, 1, "PyEval_GetFrameBuiltins gives a new reference");
    Py_XDECREF(builtins);
    is_ptr(PyEval_GetFrameGlobals(), NULL, "no frame has no globals");
    no_error("asking for the globals of no frame is no error");
    is_ptr(PyEval_GetFrameLocals(), NULL, "no frame has no locals");
    raises(PyExc_SystemError, "frame does not exist", "asking for the locals of no frame is a SystemError");
}

static void
test_compiled_files(void)
{
    is_int(PyImport_GetMagicNumber(), 0x0a0d0e2b, "the magic number is that of CPython 3.14");
    is_str(PyImport_GetMagicTag(), "cpython-314", "the tag of compiled files is that of CPython 3.14");
}

static void
test_frozen(void)
{
    PyObject *name = PyUnicode_FromString("nosuch");
    is_int(PyImport_ImportFrozenModule("nosuch"), 0, "no module of an unknown name is frozen");
    is_int(PyImport_ImportFrozenModuleObject(name), 0, "no module of an unknown name, a str, is frozen");
    is_int(PyImport_ImportFrozenModuleObject(Py_None), 0, "None names no frozen module");
    is_int(PyImport_ImportFrozenModuleObject(NULL), 0, "NULL names no frozen module");
    no_error("a module that is not frozen is no error");
    is_int(PyImport_ImportFrozenModule("\xff"), -1, "the name of a frozen module has to be UTF-8");
    is_str(error_text(), "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "the error for the name of a frozen module that is not UTF-8");
    Py_DECREF(name);
}

static PyObject *
answer(PyObject *self, PyObject *unused)
{
    (void)unused;
    return Py_NewRef(self);
}

static PyMethodDef METHOD = {"reply", answer, METH_NOARGS, NULL};

static void
is_called(PyObject *o, const char *name, const char *end)
{
    is_str(PyEval_GetFuncName(o), name, "the name in messages about calls is %s", name);
    is_str(PyEval_GetFuncDesc(o), end, "the end of messages about calls of %s is \"%s\"", name, end);
    Py_XDECREF(o);
}

static void
test_names(void)
{
    PyObject *list = PyList_New(0);
    PyObject *function = PyCFunction_New(&METHOD, Py_None);
    is_called(PyObject_GetAttrString(list, "append"), "append", "()");
    is_called(PyMethod_New(function, list), "reply", "()");
    is_called(PyMethod_New((PyObject *)&PyLong_Type, list), "type", "()");
    is_called(PyObject_GetAttrString((PyObject *)&PyList_Type, "append"), "method_descriptor", " object");
    is_called(Py_NewRef((PyObject *)&PyLong_Type), "type", " object");
    is_called(Py_NewRef(Py_None), "NoneType", " object");
    is_called(function, "reply", "()");
    is_called(list, "list", " object");
}

static void
test_options(void)
{
    PyObject *options = PySys_GetXOptions(), *other = PyDict_New();
    ok(options != NULL && PyDict_Check(options), "the options of -X are a dict");
    is_int(PyDict_Size(options), 0, "without -X there are none");
    is_ptr(PySys_GetXOptions(), options, "PySys_GetXOptions gives the same dict each time");
    is_ptr(PySys_GetObject("_xoptions"), options, "the options of -X are sys._xoptions");
    PySys_SetObject("_xoptions", other);
    is_ptr(PySys_GetXOptions(), other, "PySys_GetXOptions gives a dict that the program has set");
    PySys_SetObject("_xoptions", Py_None);
    options = PySys_GetXOptions();
    ok(options != NULL && PyDict_Check(options) && PySys_GetObject("_xoptions") == options,
       "an object that is no dict is replaced");
    Py_DECREF(other);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_frames);
    RUN(test_compiled_files);
    RUN(test_frozen);
    RUN(test_names);
    RUN(test_options);
    return TAP_END();
}
