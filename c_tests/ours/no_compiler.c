/* Functions that need a compiler or an interpreter of Python raise NotImplementedError that says so. */
#include "../checks.h"
#include "../child.h"
#include "../compat.h"

static char wanted[200];

static const char *
needs(const char *function, const char *part)
{
    snprintf(wanted, sizeof wanted, "%s() needs %s of Python, and is not supported by pycapsule", function, part);
    return wanted;
}

#define REFUSED(function, part, call)                                                       \
    do {                                                                                    \
        is_ptr((call), NULL, function " is refused");                                       \
        raises(PyExc_NotImplementedError, needs(function, part), "the error of " function); \
    } while (0)

#undef Py_CompileString
#undef Py_CompileStringFlags
#undef PyRun_String
#undef PyRun_SimpleString
PyAPI_FUNC(PyObject *) Py_CompileString(const char *source, const char *filename, int start);
PyAPI_FUNC(PyObject *)
    Py_CompileStringFlags(const char *source, const char *filename, int start, PyCompilerFlags *flags);
PyAPI_FUNC(PyObject *) PyRun_String(const char *source, int start, PyObject *globals, PyObject *locals);
PyAPI_FUNC(int) PyRun_SimpleString(const char *source);

static void
test_sources(void)
{
    PyObject *name = PyUnicode_FromString("a.py"), *dict = PyDict_New();
    PyCompilerFlags flags = {0, 14};

    REFUSED("Py_CompileString", "a compiler", Py_CompileString("1", "a.py", Py_eval_input));
    REFUSED("Py_CompileStringFlags", "a compiler", Py_CompileStringFlags("1", "a.py", Py_eval_input, &flags));
    REFUSED("Py_CompileStringExFlags", "a compiler", Py_CompileStringExFlags("1", "a.py", Py_file_input, &flags, -1));
    REFUSED("Py_CompileStringObject", "a compiler", Py_CompileStringObject("1", name, Py_single_input, NULL, 0));
    REFUSED("PyRun_String", "a compiler", PyRun_String("1", Py_eval_input, dict, dict));
    REFUSED("PyRun_StringFlags", "a compiler", PyRun_StringFlags("1", Py_eval_input, dict, dict, &flags));
    Py_DECREF(name);
    Py_DECREF(dict);
}

static int answers[2];

static void
run_simply(void)
{
    answers[0] = PyRun_SimpleString("1");
    answers[1] = PyRun_SimpleStringFlags("1", NULL);
    if (answers[0] == -1 && answers[1] == -1 && PyErr_Occurred() == NULL) {
        fputs("both -1\n", stderr);
    }
}

static void
test_simple_sources(void)
{
    char text[400];

    in_child(run_simply, text, sizeof text);
    is_str(
        text,
        "NotImplementedError: PyRun_SimpleString() needs a compiler of Python, and is not supported by pycapsule\n"
        "NotImplementedError: PyRun_SimpleStringFlags() needs a compiler of Python, and is not supported by pycapsule\n"
        "both -1\n",
        "PyRun_SimpleString and PyRun_SimpleStringFlags print their error and return -1");
}

static void
test_code(void)
{
    PyObject *code = (PyObject *)PyCode_NewEmpty("a.c", "f", 1), *dict = PyDict_New();
    PyObject *name = PyUnicode_FromString("m"), *modules = PyImport_GetModuleDict();
    PyFrameObject *frame = PyFrame_New(NULL, (PyCodeObject *)code, dict, NULL);

    REFUSED("PyEval_EvalCode", "an interpreter", PyEval_EvalCode(code, dict, dict));
    REFUSED("PyEval_EvalCodeEx", "an interpreter",
            PyEval_EvalCodeEx(code, dict, dict, NULL, 0, NULL, 0, NULL, 0, NULL, NULL));
    REFUSED("PyEval_EvalFrame", "an interpreter", PyEval_EvalFrame(frame));
    REFUSED("PyEval_EvalFrameEx", "an interpreter", PyEval_EvalFrameEx(frame, 0));
    REFUSED("PyImport_ExecCodeModule", "an interpreter", PyImport_ExecCodeModule("m", code));
    REFUSED("PyImport_ExecCodeModuleEx", "an interpreter", PyImport_ExecCodeModuleEx("m", code, "m.py"));
    REFUSED("PyImport_ExecCodeModuleWithPathnames", "an interpreter",
            PyImport_ExecCodeModuleWithPathnames("m", code, "m.py", NULL));
    REFUSED("PyImport_ExecCodeModuleObject", "an interpreter", PyImport_ExecCodeModuleObject(name, code, NULL, NULL));
    is_ptr(PyDict_GetItem(modules, name), NULL, "a module whose code can't run is not in sys.modules");
    REFUSED("PyFunction_New", "an interpreter", PyFunction_New(code, dict));
    REFUSED("PyFunction_NewWithQualName", "an interpreter", PyFunction_NewWithQualName(code, dict, name));
    is_int(PyFunction_SetAnnotations(dict, dict), -1, "PyFunction_SetAnnotations needs a function of Python code");
    raises(PyExc_SystemError, "PyFunction_SetAnnotations: bad argument to internal function",
           "the error of PyFunction_SetAnnotations");
    Py_DECREF(frame);
    Py_DECREF(code);
    Py_DECREF(dict);
    Py_DECREF(name);
}

static void
test_bad_code(void)
{
    PyObject *text = PyUnicode_FromString("text");
    PyObject *(*const parts[])(PyCodeObject *) = {PyCode_GetCode, PyCode_GetVarnames, PyCode_GetCellvars,
                                                  PyCode_GetFreevars};
    const char *names[] = {"PyCode_GetCode", "PyCode_GetVarnames", "PyCode_GetCellvars", "PyCode_GetFreevars"};

    for (int i = 0; i < 4; i++) {
        snprintf(wanted, sizeof wanted, "%s: bad argument to internal function", names[i]);
        is_ptr(parts[i](NULL), NULL, "%s refuses NULL", names[i]);
        raises(PyExc_SystemError, wanted, "the error of %s for NULL", names[i]);
        is_ptr(parts[i]((PyCodeObject *)text), NULL, "%s refuses another object", names[i]);
        raises(PyExc_SystemError, wanted, "the error of %s for another object", names[i]);
    }
    is_int(PyCode_Addr2Line((PyCodeObject *)text, 0), -1, "PyCode_Addr2Line refuses another object");
    raises(PyExc_SystemError, "PyCode_Addr2Line: bad argument to internal function", "the error of PyCode_Addr2Line");
    is_ptr(PyGen_GetCode(NULL), NULL, "PyGen_GetCode refuses NULL");
    raises(PyExc_SystemError, "PyGen_GetCode: bad argument to internal function", "the error of PyGen_GetCode");
    is_int(_PyMonitoring_FirePyStartEvent(NULL, text, 0), -1, "an event needs a state");
    raises(PyExc_SystemError, "_PyMonitoring_FirePyStartEvent called with a NULL argument",
           "the error for an event without a state");
    is_ptr(PyType_GetSlot(&PyGen_Type, Py_tp_iternext) == NULL ? NULL : PyGen_Type.tp_iternext(text), NULL,
           "a slot of generators refuses another object");
    raises(PyExc_NotImplementedError, needs("generator", "an interpreter"), "the error of a slot of generators");
    PyObject_GetArenaAllocator(NULL);
    PyObject_SetArenaAllocator(NULL);
    Py_DECREF(text);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_sources);
    RUN(test_simple_sources);
    RUN(test_code);
    RUN(test_bad_code);
    return TAP_END();
}
