/* NULL and objects of wrong types for the functions of object lives, weak references, code, contexts and thread states: each is an error
 * that names the function, or does nothing. */
#include "checks.h"

static PyObject *text, *list, *dict, *module;

static int
visit_nothing(PyObject *o, void *arg)
{
    (void)o;
    (void)arg;
    return 0;
}

/* A call, and the error that it has to raise; the form of the message is that of docs/reference.md. */
#define NAMED(call, function) check_error((call), PyExc_SystemError, function " called with a NULL argument", #call)
#define INTERNAL(call, function) \
    check_error((call), PyExc_SystemError, function ": bad argument to internal function", #call)
#define RAISES(call, type, message) check_error((call), type, message, #call)
#define POINTER(call) ((call) == NULL)
#define NUMBER(call) ((call) == -1)

static void
check_error(int failed, PyObject *type, const char *message, const char *call)
{
    is_int(failed, 1, "%s fails", call);
    raises(type, message, "%s", call);
}

static void
test_objects(void)
{
    union {
        PyObject o;
        PyVarObject v;
    } memory;
    NAMED(POINTER(_PyObject_New(NULL)), "_PyObject_New");
    NAMED(POINTER(_PyObject_NewVar(NULL, 1)), "_PyObject_NewVar");
    INTERNAL(POINTER(_PyObject_NewVar(&PyTuple_Type, -1)), "_PyObject_NewVar");
    NAMED(POINTER(_PyObject_GC_New(NULL)), "_PyObject_GC_New");
    NAMED(POINTER(_PyObject_GC_NewVar(NULL, 1)), "_PyObject_GC_NewVar");
    INTERNAL(POINTER(_PyObject_GC_NewVar(&PyTuple_Type, -1)), "_PyObject_GC_NewVar");
    NAMED(POINTER(PyUnstable_Object_GC_NewWithExtraData(NULL, 8)), "PyUnstable_Object_GC_NewWithExtraData");
    NAMED(POINTER(_PyObject_GC_Resize(NULL, 1)), "_PyObject_GC_Resize");
    RAISES(POINTER(PyObject_Init(NULL, &PyTuple_Type)), PyExc_MemoryError, "");
    NAMED(POINTER(PyObject_Init(&memory.o, NULL)), "PyObject_Init");
    RAISES(POINTER(PyObject_InitVar(NULL, &PyTuple_Type, 1)), PyExc_MemoryError, "");
    NAMED(POINTER(PyObject_InitVar(&memory.v, NULL, 1)), "PyObject_InitVar");
    PyObject_GC_Del(NULL);
    PyObject_GC_Track(NULL);
    PyObject_CallFinalizer(NULL);
    PyObject_ClearManagedDict(NULL);
    PyUnstable_EnableTryIncRef(NULL);
    PyUnstable_GC_VisitObjects(NULL, NULL);
    PyUnstable_Object_ClearWeakRefsNoCallbacks(NULL);
    is_int(PyObject_GC_IsFinalized(NULL), 0, "NULL is not finalized");
    is_int(PyObject_CallFinalizerFromDealloc(NULL), 0, "NULL has no finalizer");
    is_int(PyObject_VisitManagedDict(NULL, visit_nothing, NULL), 0, "NULL has no managed dict");
    is_int(PyUnstable_TryIncRef(NULL), 0, "NULL gets no reference");
    is_int(PyUnstable_IsImmortal(NULL), 0, "NULL is not immortal");
    is_int(PyUnstable_Object_IsUniquelyReferenced(NULL), 0, "NULL is not referenced");
    no_error("functions that do nothing for NULL");
    is_ptr(_PyObject_GetDictPtr(NULL), NULL, "NULL has no place for a dict");
    NAMED(POINTER(PyObject_GenericGetDict(NULL, NULL)), "PyObject_GenericGetDict");
    NAMED(NUMBER(PyObject_GenericSetDict(NULL, dict, NULL)), "PyObject_GenericSetDict");
    RAISES(NUMBER(PyObject_GenericSetDict(text, list, NULL)), PyExc_TypeError,
           "__dict__ must be set to a dictionary, not a 'list'");
    NAMED(POINTER(_PyObject_GenericGetAttrWithDict(NULL, text, NULL, 0)), "_PyObject_GenericGetAttrWithDict");
    NAMED(POINTER(_PyObject_GenericGetAttrWithDict(text, NULL, NULL, 0)), "_PyObject_GenericGetAttrWithDict");
    INTERNAL(POINTER(_PyObject_GenericGetAttrWithDict(text, text, list, 0)), "_PyObject_GenericGetAttrWithDict");
    NAMED(NUMBER(_PyObject_GenericSetAttrWithDict(NULL, text, text, NULL)), "_PyObject_GenericSetAttrWithDict");
    INTERNAL(NUMBER(_PyObject_GenericSetAttrWithDict(text, text, text, list)), "_PyObject_GenericSetAttrWithDict");
}

static void
test_weak_references(void)
{
    PyObject *found = Py_True;
    NAMED(POINTER(PyWeakref_NewRef(NULL, NULL)), "PyWeakref_NewRef");
    NAMED(POINTER(PyWeakref_NewProxy(NULL, NULL)), "PyWeakref_NewProxy");
    INTERNAL(NUMBER(PyWeakref_GetRef(NULL, &found)), "PyWeakref_GetRef");
    INTERNAL(POINTER(PyWeakref_GetObject(NULL)), "PyWeakref_GetObject");
    INTERNAL(POINTER(PyWeakref_GetObject(text)), "PyWeakref_GetObject");
    INTERNAL(NUMBER(PyWeakref_IsDead(NULL)), "PyWeakref_IsDead");
    PyObject_ClearWeakRefs(module);
    raises(PyExc_SystemError, "PyObject_ClearWeakRefs: bad argument to internal function",
           "clearing a module that is alive");
}

static void
test_code(void)
{
    PyObject *traceback = Py_None;
    NAMED(POINTER(PyCode_NewEmpty(NULL, "f", 1)), "PyCode_NewEmpty");
    NAMED(POINTER(PyCode_NewEmpty("f.c", NULL, 1)), "PyCode_NewEmpty");
    INTERNAL(POINTER(PyFrame_New(NULL, NULL, dict, NULL)), "PyFrame_New");
    INTERNAL(POINTER(PyFrame_New(NULL, (PyCodeObject *)text, dict, NULL)), "PyFrame_New");
    INTERNAL(POINTER(PyFrame_GetCode(NULL)), "PyFrame_GetCode");
    INTERNAL(POINTER(PyFrame_GetGlobals((PyFrameObject *)text)), "PyFrame_GetGlobals");
    INTERNAL(POINTER(PyFrame_GetBuiltins((PyFrameObject *)text)), "PyFrame_GetBuiltins");
    INTERNAL(POINTER(PyFrame_GetLocals((PyFrameObject *)text)), "PyFrame_GetLocals");
    INTERNAL(POINTER(PyFrame_GetBack((PyFrameObject *)text)), "PyFrame_GetBack");
    INTERNAL(NUMBER(PyFrame_GetLineNumber((PyFrameObject *)text)), "PyFrame_GetLineNumber");
    INTERNAL(NUMBER(PyFrame_GetLasti((PyFrameObject *)text)), "PyFrame_GetLasti");
    INTERNAL(NUMBER(PyTraceBack_Here(NULL)), "PyTraceBack_Here");
    INTERNAL(NUMBER(PyTraceBack_Here((PyFrameObject *)text)), "PyTraceBack_Here");
    INTERNAL(NUMBER(PyTraceBack_Print(traceback, module)), "PyTraceBack_Print");
    NAMED(POINTER(PyThreadState_GetFrame(NULL)), "PyThreadState_GetFrame");
    RAISES(POINTER(PyEval_GetLocals()), PyExc_SystemError, "frame does not exist");
}

static void
test_contexts(void)
{
    PyObject *value = Py_True;
    NAMED(POINTER(PyContext_Copy(NULL)), "PyContext_Copy");
    NAMED(NUMBER(PyContext_Enter(NULL)), "PyContext_Enter");
    NAMED(NUMBER(PyContext_Exit(NULL)), "PyContext_Exit");
    NAMED(POINTER(PyContextVar_New(NULL, text)), "PyContextVar_New");
    NAMED(NUMBER(PyContextVar_Get(NULL, text, &value)), "PyContextVar_Get");
    NAMED(POINTER(PyContextVar_Set(NULL, text)), "PyContextVar_Set");
    NAMED(NUMBER(PyContextVar_Reset(NULL, text)), "PyContextVar_Reset");
    PyObject *variable = PyContextVar_New("x", NULL);
    NAMED(POINTER(PyContextVar_Set(variable, NULL)), "PyContextVar_Set");
    NAMED(NUMBER(PyContextVar_Reset(variable, NULL)), "PyContextVar_Reset");
    Py_DECREF(variable);
}

static void
test_thread_states(void)
{
    NAMED(POINTER(PyThreadState_New(NULL)), "PyThreadState_New");
    PyThreadState_Clear(NULL);
    PyThreadState_Delete(NULL);
    PyThreadState_EnterTracing(NULL);
    PyThreadState_LeaveTracing(NULL);
    is_ptr(PyThreadState_Next(NULL), NULL, "there is no state after NULL");
    is_ptr(PyInterpreterState_ThreadHead(NULL), NULL, "NULL has no states");
    is_ptr(PyInterpreterState_Next(NULL), NULL, "there is no interpreter after NULL");
    PyThread_free_lock(NULL);
    PyThread_tss_free(NULL);
    no_error("functions of threads that do nothing for NULL");
}

int
main(void)
{
    TAP_BEGIN();
    text = PyUnicode_FromString("text");
    list = PyList_New(0);
    dict = PyDict_New();
    module = PyModule_New("module");
    RUN(test_objects);
    RUN(test_weak_references);
    RUN(test_code);
    RUN(test_contexts);
    RUN(test_thread_states);
    Py_DECREF(text);
    Py_DECREF(list);
    Py_DECREF(dict);
    Py_DECREF(module);
    return TAP_END();
}
