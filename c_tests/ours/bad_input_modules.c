/* Bad input to the functions for modules, imports, errors and threads: see bad_input.h. */
#include "bad_input.h"

static PyModuleDef_Slot slots[] = {{0, NULL}};
static struct PyModuleDef slotted = {PyModuleDef_HEAD_INIT, "slotted", NULL, 0, NULL, slots, NULL, NULL, NULL};
static struct PyModuleDef plain = {PyModuleDef_HEAD_INIT, "plain", NULL, 0, NULL, NULL, NULL, NULL, NULL};
static char buffer[8];

void _PyErr_ChainExceptions1(PyObject *);
PyObject *PyUnicodeDecodeError_Create(const char *, const char *, Py_ssize_t, Py_ssize_t, Py_ssize_t, const char *);

static void
test_import(void)
{
    POINTER(PyImport_ImportModule(NULL), NAMED);
    POINTER(PyImport_Import(NULL), "SystemError: NULL object passed to Py_BuildValue");
    POINTER(PyImport_ImportModuleAttr(NULL, text), "SystemError: NULL object passed to Py_BuildValue");
    POINTER(PyImport_ImportModuleAttr(text, NULL), "ModuleNotFoundError: No module named 'text'");
    POINTER(PyImport_ImportModuleAttrString(NULL, "x"), NAMED);
    POINTER(PyImport_ImportModuleAttrString("sys", NULL), NAMED);
    POINTER(PyImport_GetModule(NULL), NAMED);
    POINTER(PyImport_AddModuleRef(NULL), NAMED);
    POINTER(PyImport_AddModule(NULL), NAMED);
    POINTER(PyImport_AddModuleObject(NULL), NAMED);
}

static void
test_methodobject(void)
{
    POINTER(PyCFunction_New(NULL, NULL), "SystemError: PyCMethod_New called with a NULL argument");
    POINTER(PyCFunction_NewEx(NULL, NULL, NULL), "SystemError: PyCMethod_New called with a NULL argument");
    POINTER(PyCMethod_New(NULL, NULL, NULL, NULL), NAMED);
    POINTER(PyCFunction_GetSelf(NULL), INTERNAL);
    NUMBER(PyCFunction_GetFlags(NULL), -1, INTERNAL);
}

static void
test_modsupport(void)
{
    POINTER(PyModule_Create2(NULL, PYTHON_API_VERSION), NAMED);
    POINTER(PyModule_FromDefAndSpec2(NULL, module, PYTHON_API_VERSION), NAMED);
    POINTER(PyModule_FromDefAndSpec2(&slotted, NULL, PYTHON_API_VERSION), NAMED);
    NUMBER(PyModule_ExecDef(NULL, &slotted), -1, NAMED);
    NUMBER(PyModule_ExecDef(module, NULL), -1, NAMED);
    NUMBER(PyModule_AddFunctions(NULL, methods), -1, NAMED);
    NUMBER(PyModule_AddFunctions(module, NULL), -1, NAMED);
    NUMBER(PyModule_SetDocString(NULL, "doc"), -1, NAMED);
    NUMBER(PyModule_SetDocString(module, NULL), -1, NAMED);
    NUMBER(PyModule_AddObjectRef(NULL, "x", text), -1, NAMED);
    NUMBER(PyModule_AddObjectRef(module, NULL, text), -1, NAMED);
    NUMBER(PyModule_Add(NULL, "x", Py_NewRef(text)), -1, NAMED);
    NUMBER(PyModule_Add(module, NULL, Py_NewRef(text)), -1, NAMED);
    NUMBER(PyModule_AddObject(NULL, "x", text), -1, NAMED);
    NUMBER(PyModule_AddObject(module, NULL, text), -1, NAMED);
    NUMBER(PyModule_AddIntConstant(NULL, "x", 1), -1, NAMED);
    NUMBER(PyModule_AddIntConstant(module, NULL, 1), -1, NAMED);
    NUMBER(PyModule_AddStringConstant(NULL, "x", "y"), -1, NAMED);
    NUMBER(PyModule_AddStringConstant(module, NULL, "y"), -1, NAMED);
    NUMBER(PyModule_AddStringConstant(module, "x", NULL), -1, NAMED);
    NUMBER(PyModule_AddType(NULL, (PyTypeObject *)class), -1, NAMED);
    NUMBER(PyModule_AddType(module, NULL), -1, NAMED);
}

static void
test_moduleobject(void)
{
    POINTER(PyModule_NewObject(NULL), NAMED);
    POINTER(PyModule_New(NULL), NAMED);
    POINTER(PyModule_GetDict(NULL), NAMED);
    POINTER(PyModule_GetNameObject(NULL), NAMED);
    POINTER(PyModule_GetName(NULL), NAMED);
    POINTER(PyModule_GetFilenameObject(NULL), NAMED);
    POINTER(PyModule_GetFilename(NULL), NAMED);
    POINTER(PyModule_GetDef(NULL), NAMED);
    POINTER(PyModule_GetState(NULL), NAMED);
    POINTER(PyModuleDef_Init(NULL), NAMED);
}

static void
test_pyerrors(void)
{
    VOID(PyErr_SetString(NULL, "x"), NAMED);
    VOID(PyErr_SetString(PyExc_ValueError, NULL), NAMED);
    VOID(PyErr_SetObject(NULL, text), NAMED);
    VOID(PyErr_SetNone(NULL), "SystemError: PyErr_SetObject called with a NULL argument");
    POINTER(PyErr_Format(NULL, "x"), NAMED);
    POINTER(PyErr_Format(PyExc_ValueError, NULL), NAMED);
    VOID(PyErr_SetRaisedException(Py_NewRef(number)),
         "SystemError: PyErr_SetRaisedException called with an object that is no exception");
    VOID(PyErr_Restore(Py_NewRef((PyObject *)&PyLong_Type), Py_NewRef(number), NULL),
         "TypeError: calling <class 'int'> should have returned an instance of BaseException, not int");
    VOID(PyErr_Fetch(NULL, NULL, NULL), NO_ERROR);
    VOID(PyErr_NormalizeException(NULL, NULL, NULL), NO_ERROR);
    POINTER(PyExceptionClass_Name(NULL), NAMED);
    POINTER(PyExceptionClass_Name(number), "SystemError: PyExceptionClass_Name called with an object that is no class");
    POINTER(PyErr_NewException(NULL, NULL, NULL), NAMED);
    POINTER(PyErr_NewException("a.b", NULL, list),
            "SystemError: PyErr_NewException called with a dict that is a 'list'");
    POINTER(PyErr_NewExceptionWithDoc(NULL, "doc", NULL, NULL),
            "SystemError: PyErr_NewException called with a NULL argument");
    POINTER(PyException_GetTraceback(NULL), NAMED);
    POINTER(PyException_GetTraceback(number),
            "SystemError: PyException_GetTraceback called with a 'int' object, which is no exception");
    NUMBER(PyException_SetTraceback(NULL, Py_None), -1, NAMED);
    NUMBER(PyException_SetTraceback(number, Py_None), -1,
           "SystemError: PyException_SetTraceback called with a 'int' object, which is no exception");
    POINTER(PyException_GetCause(NULL), NAMED);
    POINTER(PyException_GetCause(number),
            "SystemError: PyException_GetCause called with a 'int' object, which is no exception");
    VOID(PyException_SetCause(NULL, NULL), NAMED);
    VOID(PyException_SetCause(number, NULL),
         "SystemError: PyException_SetCause called with a 'int' object, which is no exception");
    POINTER(PyException_GetContext(NULL), NAMED);
    POINTER(PyException_GetContext(number),
            "SystemError: PyException_GetContext called with a 'int' object, which is no exception");
    VOID(PyException_SetContext(NULL, NULL), NAMED);
    POINTER(PyException_GetArgs(NULL), NAMED);
    POINTER(PyException_GetArgs(number),
            "SystemError: PyException_GetArgs called with a 'int' object, which is no exception");
    VOID(PyException_SetArgs(NULL, tuple), NAMED);
    VOID(PyException_SetArgs(exception, NULL), NAMED);
    VOID(PyException_SetArgs(exception, number), "SystemError: the args of an exception must be a tuple, not 'int'");
    VOID(PyErr_GetExcInfo(NULL, NULL, NULL), NO_ERROR);
    VOID(_PyErr_BadInternalCall(NULL, 7), "SystemError: (null):7: bad argument to internal function");
    NUMBER(PyOS_snprintf(buffer, sizeof(buffer), NULL), -1, "SystemError: PyOS_vsnprintf called with a NULL argument");
}

static void
test_made_errors(void)
{
    POINTER(PyErr_SetFromErrno(NULL), NAMED);
    POINTER(PyErr_SetFromErrnoWithFilename(NULL, "x"), NAMED);
    POINTER(PyErr_SetFromErrnoWithFilenameObject(NULL, text),
            "SystemError: PyErr_SetFromErrno called with a NULL argument");
    POINTER(PyErr_SetImportErrorSubclass(NULL, text, NULL, NULL), NAMED);
    POINTER(PyUnicodeDecodeError_Create(NULL, "x", 1, 0, 1, "reason"), NAMED);
    POINTER(PyUnicodeDecodeError_Create("encoding", NULL, 1, 0, 1, "reason"), NAMED);
    POINTER(PyUnicodeDecodeError_Create("encoding", "x", 1, 0, 1, NULL), NAMED);
    VOID(_PyErr_ChainExceptions1(NULL), NO_ERROR);
    VOID(_PyErr_ChainExceptions1(Py_NewRef(number)),
         "SystemError: _PyErr_ChainExceptions1 called with an object that is no exception");
    POINTER(PyImport_ImportModuleLevel(NULL, NULL, NULL, NULL, 0), NAMED);
}

static void
test_pystate(void)
{
    NUMBER(PyThreadState_GetID(NULL), 0, NAMED);
    POINTER(PyThreadState_GetInterpreter(NULL), NAMED);
    POINTER(PyInterpreterState_GetDict(NULL), NAMED);
    POINTER(PyState_FindModule(NULL), NO_ERROR);
    NUMBER(PyState_AddModule(NULL, &plain), -1, NAMED);
    NUMBER(PyState_RemoveModule(NULL), -1, NAMED);
}

static void
test_sysmodule(void)
{
    POINTER(PySys_GetObject(NULL), NO_ERROR);
    NUMBER(PySys_SetObject(NULL, text), -1, NAMED);
}

static void
test_warnings(void)
{
    NUMBER(PyErr_WarnEx(PyExc_UserWarning, NULL, 1), -1, NAMED);
    NUMBER(PyErr_WarnFormat(PyExc_UserWarning, 1, NULL), -1, NAMED);
}

int
main(void)
{
    TAP_BEGIN();
    make_subjects();
    RUN(test_import);
    RUN(test_methodobject);
    RUN(test_modsupport);
    RUN(test_moduleobject);
    RUN(test_pyerrors);
    RUN(test_made_errors);
    RUN(test_pystate);
    RUN(test_sysmodule);
    RUN(test_warnings);
    drop_subjects();
    return TAP_END();
}
