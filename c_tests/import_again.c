/* Modules of one phase, imported, taken out of sys.modules and imported again: whether the init function runs, and which
 * module PyState_FindModule gives at each step, for each m_size; and definitions that were never initialised. */
#include "checks.h"

#include <signal.h>

static int runs, failing;

static PyObject *
init(PyModuleDef *def)
{
    PyObject *module;
    runs++;
    if (failing) {
        PyErr_SetString(PyExc_ValueError, "not now");
        return NULL;
    }
    module = PyModule_Create(def);
    PyModule_AddIntConstant(module, "run", runs);
    return module;
}

static PyModuleDef once_def = {PyModuleDef_HEAD_INIT, "once", NULL, -1, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef empty_def = {PyModuleDef_HEAD_INIT, "empty", NULL, 0, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef large_def = {PyModuleDef_HEAD_INIT, "large", NULL, 64, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef shared_def = {PyModuleDef_HEAD_INIT, "shared", NULL, -1, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef fresh_def = {PyModuleDef_HEAD_INIT, "fresh", NULL, 0, NULL, NULL, NULL, NULL, NULL};
static PyModuleDef other_def = {PyModuleDef_HEAD_INIT, "other", NULL, 0, NULL, NULL, NULL, NULL, NULL};

static PyObject *
init_once(void)
{
    return init(&once_def);
}
static PyObject *
init_empty(void)
{
    return init(&empty_def);
}
static PyObject *
init_large(void)
{
    return init(&large_def);
}
static PyObject *
init_shared(void)
{
    return init(&shared_def);
}

static PyObject *modules; /* sys.modules */

static void
forget(const char *name)
{
    if (PyDict_DelItemString(modules, name) < 0) {
        PyErr_Clear();
    }
}

static void
is_run(PyObject *module, int want, const char *sentence, const char *name)
{
    is_text(PyObject_GetAttrString(module, "run"),
            want == 1   ? "1"
            : want == 2 ? "2"
            : want == 3 ? "3"
                        : "4",
            sentence, name);
}

/* A size of -1 means that the init function can run once only. */
static void
test_again(const char *name, PyModuleDef *def)
{
    int once = def->m_size == -1, ran = 2;
    PyObject *first, *again, *other, *module;

    runs = 0;
    failing = 1;
    is_ptr(PyImport_ImportModule(name), NULL, "%s: an import whose init function fails fails", name);
    raises(PyExc_ValueError, "not now", "%s: the import fails with the error of the init function", name);
    is_ptr(PyState_FindModule(def), NULL, "%s: no module is found by the definition after a failed import", name);
    failing = 0;

    first = PyImport_ImportModule(name);
    is_run(first, ran, "%s: the next import runs the init function again", name);
    is_ptr(PyState_FindModule(def), first, "%s: the imported module is found by its definition", name);
    forget(name);
    is_ptr(PyState_FindModule(def), first,
           "%s: a module that is taken out of sys.modules is still found by its definition", name);

    again = PyImport_ImportModule(name);
    ok(again != NULL && again != first, "%s: an import of a module that was taken out makes another module", name);
    is_run(again, ran = once ? 2 : 3,
           "%s: the other module holds what the init function left, which runs again unless the size is -1", name);
    is_int(runs, ran, "%s: the init function ran once or twice, as the size says", name);
    is_ptr(PyState_FindModule(def), again, "%s: the other module is found by its definition", name);
    is_ptr(PyDict_GetItemString(modules, name), again, "%s: the other module is in sys.modules", name);
    is_ptr(PyModule_GetDef(again), once ? NULL : def, "%s: the other module has the definition unless the size is -1",
           name);
    PyErr_Clear();

    other = PyModule_New(name);
    PyDict_SetItemString(modules, name, other);
    module = PyImport_ImportModule(name);
    is_ptr(module, other, "%s: a module that is in sys.modules is imported as it is", name);
    is_ptr(PyState_FindModule(def), again, "%s: a module that was put into sys.modules is not found by the definition",
           name);
    Py_XDECREF(module);

    forget(name);
    failing = 1;
    module = PyImport_ImportModule(name);
    if (once) {
        ok(module != NULL && module != again, "%s: an import cannot fail when the init function need not run", name);
        is_ptr(PyState_FindModule(def), module, "%s: the module of that import is found by its definition", name);
    } else {
        is_ptr(module, NULL, "%s: an import fails when the init function fails again", name);
        raises(PyExc_ValueError, "not now", "%s: an import that fails again has the error of the init function", name);
        is_ptr(PyState_FindModule(def), again, "%s: the module from before is found after a failed import", name);
    }
    failing = 0;
    Py_XDECREF(module);

    is_int(PyState_RemoveModule(def), 0, "%s: PyState_RemoveModule succeeds", name);
    is_ptr(PyState_FindModule(def), NULL, "%s: no module is found by the definition after PyState_RemoveModule", name);
    forget(name);
    module = PyImport_ImportModule(name);
    is_ptr(PyState_FindModule(def), module, "%s: a module that is imported after PyState_RemoveModule is found", name);
    is_int(PyState_AddModule(other, def), 0, "%s: PyState_AddModule succeeds", name);
    is_ptr(PyState_FindModule(def), other, "%s: the module that PyState_AddModule added is found", name);
    forget(name);
    Py_XDECREF(module);
    module = PyImport_ImportModule(name);
    ok(module != other && PyState_FindModule(def) == module, "%s: an import replaces the module that was added", name);
    Py_XDECREF(module);
    Py_XDECREF(other);
    Py_XDECREF(again);
    Py_XDECREF(first);
}

static void
test_one_definition_under_two_names(void)
{
    PyObject *left, *right, *again;

    runs = 0;
    left = PyImport_ImportModule("left");
    right = PyImport_ImportModule("right");
    ok(left != right, "a definition that is imported under two names has two modules");
    is_ptr(PyState_FindModule(&shared_def), right,
           "the module of two that was imported last is found by the definition");
    PyModule_AddIntConstant(left, "run", 77);
    forget("left");
    again = PyImport_ImportModule("left");
    is_run(again, 2, "%s: a third import holds what the second module held after its init function", "left");
    is_ptr(PyState_FindModule(&shared_def), again, "the module of the third import is found by the definition");
    is_int(runs, 2, "the init function ran once for each name");
    Py_XDECREF(again);
    Py_XDECREF(right);
    Py_XDECREF(left);
}

static PyObject *added;

static void
add_by_another(void)
{
    PyState_AddModule(added, &other_def);
}

static void
test_not_initialised(void)
{
    static const char fatal[] = "Fatal Python error: PyState_AddModule: module ";
    char text[512];

    added = PyModule_New("added");
    is_int(PyState_AddModule(added, &fresh_def), 0, "a module can be added to a definition that was never initialised");
    is_int(fresh_def.m_base.m_index, 0, "PyState_AddModule leaves a definition that was never initialised as it is");
    is_ptr(PyState_FindModule(&fresh_def), NULL,
           "PyState_FindModule does not find a module by a definition that was never initialised");
    is_int(Py_REFCNT(added), 2, "PyState_AddModule holds the module");
    is_int(in_child(add_by_another, text, sizeof(text)), SIGABRT,
           "adding the module by another such definition, which has the same index, ends the program");
    ok(strncmp(text, fatal, strlen(fatal)) == 0, "the fatal error says that the module is there already");
    Py_DECREF(added);
}

static void
test_three_modules(void)
{
    test_again("once", &once_def);
    test_again("empty", &empty_def);
    test_again("large", &large_def);
}

int
main(void)
{
    PyImport_AppendInittab("once", init_once);
    PyImport_AppendInittab("empty", init_empty);
    PyImport_AppendInittab("large", init_large);
    PyImport_AppendInittab("left", init_shared);
    PyImport_AppendInittab("right", init_shared);
    TAP_BEGIN();
    modules = PyImport_GetModuleDict();
    RUN(test_three_modules);
    RUN(test_one_definition_under_two_names);
    RUN(test_not_initialised);
    return TAP_END();
}
