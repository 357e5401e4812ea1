/* Out of memory: capsules, modules and imports.  no_memory_errors.c has errors and calls, no_memory_objects.c the
 * built-in types. */
#include "no_memory.h"

static int payload;
static PyObject *module, *list, *dict, *named; /* made while there was memory */
static int destroyed;

static void
note(PyObject *capsule)
{
    destroyed += PyCapsule_IsValid(capsule, "memory.capsule");
}

/* ---- the tasks: 0, or -1 with an error set ---- */

static int
make_capsule(void)
{
    return drop(PyCapsule_New(&payload, "memory.capsule", note));
}

static int
show_capsule(void)
{
    PyObject *capsule = PyCapsule_New(&payload, "n\xff", NULL);
    int status = capsule != NULL ? drop(PyObject_Repr(capsule)) : -1;
    Py_XDECREF(capsule);
    return status;
}

/* A wrong name sets ValueError, or MemoryError when there is no memory for the exception object. */
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

static int
import_capsule(void)
{
    return PyCapsule_Import("memory.capsule", 0) != NULL ? 0 : -1;
}

/* The task succeeds when the import fails with AttributeError; the only other error may be MemoryError. */
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

static int
make_str(void)
{
    return drop(PyUnicode_FromString("gr\xc3\xb6\xc3\x9f"
                                     "er"));
}
static int
make_utf8(void)
{
    PyObject *text = PyUnicode_FromString("\xe2\x82\xac");
    int status = text != NULL && PyUnicode_AsUTF8(text) != NULL ? 0 : -1;
    Py_XDECREF(text);
    return status;
}
static int
make_format(void)
{
    return drop(PyUnicode_FromFormat("%s %d %R %zd", "a", 5, list, (Py_ssize_t)7));
}
static int
make_int(void)
{
    return drop(PyLong_FromLongLong(1LL << 62));
}
static int
make_float(void)
{
    return drop(PyFloat_FromDouble(1.5));
}
static int
make_bytes(void)
{
    return drop(PyBytes_FromStringAndSize("bytes", 5));
}
static int
make_tuple(void)
{
    return drop(PyTuple_Pack(3, list, dict, module));
}
static int
show_list(void)
{
    return drop(PyObject_Repr(list));
}

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

static int
make_module(void)
{
    return drop(PyModule_New("fresh"));
}
static int
add_attribute(void)
{
    return PyModule_AddIntConstant(module, "constant", 123456789);
}
static int
set_attribute(void)
{
    return PyObject_SetAttrString(module, "attribute", list);
}
static int
get_attribute(void)
{
    return drop(PyObject_GetAttrString(module, "capsule"));
}

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

static PyObject *
answer(PyObject *self, PyObject *arguments)
{
    (void)self;
    return Py_NewRef(arguments);
}
static PyMethodDef methods[] = {{"answer", answer, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "made", "A module.", 64, methods, NULL, NULL, NULL, NULL};
static int
create_module(void)
{
    return drop(PyModule_Create(&definition));
}

static int
find_modules(void)
{
    return PyImport_GetModuleDict() != NULL ? 0 : -1;
}
static int
add_module(void)
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

/* A capsule in a list that holds itself: without memory the collector finds it all the same, or does nothing this
 * time. */
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

/* ---- modules of several phases, and attributes of modules ---- */

static int
execute(PyObject *m)
{
    return PyModule_AddIntConstant(m, "executed", 1);
}
static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)(uintptr_t)execute}, {0, NULL}};
static PyModuleDef phased = {PyModuleDef_HEAD_INIT, "phased", "A module.", 64, methods, slots, NULL, NULL, NULL};

/* Creates and executes a module as an import does; any module serves as its spec. */
static int
load_in_phases(void)
{
    PyObject *m = PyModule_FromDefAndSpec(&phased, module);
    int status = m != NULL ? PyModule_ExecDef(m, &phased) : -1;
    Py_XDECREF(m);
    return status;
}

/* Deletes the attribute that a task has set, so that its next run sets it anew.  The value is the task's. */
static int
without(const char *name, int status)
{
    WITH_MEMORY({
        PyObject *error = PyErr_GetRaisedException();
        if (PyObject_HasAttrString(module, name)) {
            PyObject_DelAttrString(module, name);
        }
        PyErr_SetRaisedException(error);
    });
    return STATUS(status);
}

static int
state_of_module(void)
{
    PyObject *m = PyModule_Create(&definition);
    int status = m != NULL ? PyState_AddModule(m, &definition) : -1;
    if (status == 0) {
        status = PyState_FindModule(&definition) == m ? PyState_RemoveModule(&definition) : -1;
    }
    Py_XDECREF(m);
    return status;
}

static int
describe_module(void)
{
    PyObject *m = PyModule_New("described");
    int status = m != NULL ? PyModule_SetDocString(m, "What it is for.") : -1;
    Py_XDECREF(m);
    return status;
}

/* ---- imports ---- */

/* A name that is not ASCII has to be encoded as UTF-8 first. */
static int
import_accented(void)
{
    PyObject *name = PyUnicode_FromString("memory.caf\xc3\xa9");
    int status = name != NULL ? drop(PyImport_Import(name)) : -1;

    Py_XDECREF(name);
    return status;
}

/* Imports the module and takes it out of sys.modules, so that the next run imports it anew. */
static int
import_builtin(void)
{
    int status = drop(PyImport_ImportModule("no_memory_builtin"));
    WITH_MEMORY({
        PyObject *error = PyErr_GetRaisedException();
        PyDict_PopString(PyImport_GetModuleDict(), "no_memory_builtin", NULL);
        PyErr_SetRaisedException(error);
    });
    return status;
}
static PyObject *
init_builtin(void)
{
    return PyModuleDef_Init(&phased);
}

#define CAPSULE_TASKS(X)                                                                               \
    X(PyCapsule_GetName, RAISES(PyExc_ValueError, PyCapsule_GetName(list)))                            \
    X(PyCapsule_Import_bad_name, RAISES(PyExc_UnicodeDecodeError, PyCapsule_Import("memory.\xff", 0))) \
    X(PyCapsule_Import_no_module, RAISES(PyExc_ImportError, PyCapsule_Import("no_such_module.x", 0)))  \
    X(PyCapsule_Import_no_capsule, RAISES(PyExc_AttributeError, PyCapsule_Import("memory.list", 0)))

#define MODULE_TASKS(X)                                                                                     \
    X(PyModule_FromDefAndSpec, load_in_phases())                                                            \
    X(PyModule_NewObject, OBJECT(PyModule_NewObject(named)))                                                \
    X(PyModule_SetDocString, describe_module())                                                             \
    X(PyModule_GetNameObject, OBJECT(PyModule_GetNameObject(module)))                                       \
    X(PyModule_GetFilenameObject, RAISES(PyExc_SystemError, PyModule_GetFilenameObject(module)))            \
    X(PyModule_Add, without("added", PyModule_Add(module, "added", PyLong_FromLong(123456789))))            \
    X(PyModule_AddObjectRef, without("added", PyModule_AddObjectRef(module, "added", list)))                \
    X(PyModule_AddStringConstant, without("text", PyModule_AddStringConstant(module, "text", "constant")))  \
    X(PyModule_AddFunctions, without("answer", PyModule_AddFunctions(module, methods)))                     \
    X(PyModule_AddType, without("PyCapsule", PyModule_AddType(module, &PyCapsule_Type)))                    \
    X(PyState_AddModule, state_of_module())                                                                 \
    X(repr_of_module, OBJECT(PyObject_Repr(module)))                                                        \
    X(PyImport_ImportModule, OBJECT(PyImport_ImportModule("memory")))                                       \
    X(PyImport_ImportModule_builtin, import_builtin())                                                      \
    X(PyImport_ImportModule_missing, RAISES(PyExc_ModuleNotFoundError, PyImport_ImportModule("no_such.x"))) \
    X(PyImport_Import, OBJECT(PyImport_Import(named)))                                                      \
    X(PyImport_Import_not_ascii, import_accented())                                                         \
    X(PyImport_GetModule, OBJECT(PyImport_GetModule(named)))                                                \
    X(PyImport_ImportModuleAttrString, OBJECT(PyImport_ImportModuleAttrString("memory", "capsule")))        \
    X(PySys_GetObject, POINTER(PySys_GetObject("path")))                                                    \
    X(PySys_SetObject, STATUS(PySys_SetObject("no_memory", list)))

#define ALL_TASKS(X) CAPSULE_TASKS(X) MODULE_TASKS(X)
ALL_TASKS(DEFINE_TASK)

static const Task tasks[] = {{"PyCapsule_New", make_capsule},
                             {"repr of a capsule", show_capsule},
                             {"an exception from a wrong name", fetch_wrong_name},
                             {"PyCapsule_Import", import_capsule},
                             {"PyCapsule_Import of a missing capsule", import_nothing},
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
                             {"PyImport_GetModuleDict", find_modules},
                             {"PyImport_AddModuleRef", add_module},
                             {"a cycle and PyGC_Collect", collect},
                             ALL_TASKS(TASK_ROW)};

/* The modules are made on first use.  If memory runs out halfway, the next use makes them anew. */
static void
test_first_use(void)
{
    long allowed, wrong = 0;
    PyObject *modules = NULL;

    for (allowed = 0; modules == NULL && allowed < 100000; allowed++) {
        countdown = allowed;
        modules = PyImport_GetModuleDict();
        countdown = -1;
        wrong += modules == NULL && !PyErr_ExceptionMatches(PyExc_MemoryError);
        PyErr_Clear();
    }
    ok(modules != NULL, "PyImport_GetModuleDict makes sys.modules as soon as there is memory");
    is_int(wrong, 0, "PyImport_GetModuleDict sets MemoryError each time that there is no memory for sys.modules");
}

static void
test_tasks(void)
{
    starve_all(tasks, sizeof tasks / sizeof tasks[0]);
}

int
main(void)
{
    PyObject *capsule;

    RUN(test_first_use);
    PyImport_AppendInittab("no_memory_builtin", init_builtin);
    TAP_BEGIN();
    list = PyList_New(0);
    dict = PyDict_New();
    fixture(list);
    fixture(dict);
    module = fixture(PyImport_AddModuleRef("memory"));
    PyImport_AddModule("memory.caf\xc3\xa9");
    named = fixture(PyUnicode_InternFromString("memory"));
    capsule = PyCapsule_New(&payload, "memory.capsule", NULL);
    PyModule_AddObjectRef(module, "capsule", capsule);
    PyModule_AddObjectRef(module, "list", list);
    PyModule_AddObjectRef(module, "name", named);
    Py_DECREF(capsule);
    PyList_Append(list, Py_True);
    RUN(test_tasks);
    drop_fixtures();
    return TAP_END();
}
