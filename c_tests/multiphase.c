/* Multi-phase initialisation: PyModuleDef_Init, the create and exec slots in their order, module state, the slots that
 * only declare something, every mistake in a definition or a slot, both through an import and by
 * PyModule_FromDefAndSpec2 and PyModule_ExecDef themselves. */
#include "checks.h"

static char steps[256];

static void
step(const char *what)
{
    strncat(steps, steps[0] ? " " : "", sizeof(steps) - strlen(steps) - 1);
    strncat(steps, what, sizeof(steps) - strlen(steps) - 1);
}

static PyObject *
answer(PyObject *self, PyObject *ignored)
{
    (void)self;
    (void)ignored;
    return PyLong_FromLong(42);
}

static PyMethodDef answer_methods[] = {
    {"answer", answer, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

/* Create slots. */

static PyModuleDef *create_def;

static PyObject *
create_module(PyObject *spec, PyModuleDef *def)
{
    PyObject *name = PyObject_GetAttrString(spec, "name"), *module = NULL;
    create_def = def;
    step("create");
    if (name != NULL) {
        module = PyModule_NewObject(name);
        Py_DECREF(name);
    }
    return module;
}

static PyObject *
create_type(PyObject *spec, PyModuleDef *def)
{
    (void)spec;
    (void)def;
    return Py_NewRef(PyExc_ValueError);
}

static PyObject *
create_capsule(PyObject *spec, PyModuleDef *def)
{
    (void)spec;
    return PyCapsule_New(def, "not.a.module", NULL);
}

static PyObject *
create_none(PyObject *spec, PyModuleDef *def)
{
    (void)spec;
    (void)def;
    return Py_NewRef(Py_None);
}

static PyObject *
create_nothing(PyObject *spec, PyModuleDef *def)
{
    (void)spec;
    (void)def;
    return NULL;
}

static PyObject *
create_error(PyObject *spec, PyModuleDef *def)
{
    PyErr_SetString(PyExc_KeyError, "from create");
    return create_nothing(spec, def);
}

static PyObject *
create_both(PyObject *spec, PyModuleDef *def)
{
    PyObject *module = create_module(spec, def);
    PyErr_SetString(PyExc_KeyError, "from create");
    return module;
}

/* Exec slots. */

static int
exec_first(PyObject *module)
{
    step(PyObject_HasAttrString(module, "answer") ? "first(with functions)" : "first");
    return 0;
}

static int
exec_second(PyObject *module)
{
    const int *state = (const int *)PyModule_GetState(module);
    step(state == NULL ? "second" : *state == 0 ? "second(zero state)" : "second(used state)");
    if (state != NULL) {
        *(int *)PyModule_GetState(module) = 5;
    }
    return PyModule_AddIntConstant(module, "SECOND", 2);
}

static int
exec_nothing(PyObject *module)
{
    (void)module;
    return -1;
}

static int
exec_error(PyObject *module)
{
    step("error");
    PyErr_SetString(PyExc_KeyError, "from exec");
    return exec_nothing(module);
}

static int
exec_both(PyObject *module)
{
    (void)module;
    PyErr_SetString(PyExc_KeyError, "from exec");
    return 0;
}

#define MULTIPHASE(name, size, slots) {PyModuleDef_HEAD_INIT, name, NULL, size, answer_methods, slots, NULL, NULL, NULL}

static PyModuleDef_Slot no_slots[] = {{0, NULL}};
static PyModuleDef_Slot full_slots[] = {
    {Py_mod_create, SLOT(create_module)},
    {Py_mod_exec, SLOT(exec_first)},
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
    {Py_mod_exec, SLOT(exec_second)},
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
    {0, NULL},
};
static PyModuleDef_Slot alone_slots[] = {{Py_mod_multiple_interpreters, Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED},
                                         {Py_mod_gil, Py_MOD_GIL_USED},
                                         {0, NULL}};
static PyModuleDef_Slot fails_slots[] = {
    {Py_mod_exec, SLOT(exec_first)}, {Py_mod_exec, SLOT(exec_error)}, {Py_mod_exec, SLOT(exec_second)}, {0, NULL}};
static PyModuleDef_Slot capsule_slots[] = {{Py_mod_create, SLOT(create_capsule)}, {0, NULL}};

static PyModuleDef_Slot type_slots[] = {{Py_mod_create, SLOT(create_type)}, {0, NULL}};

static PyModuleDef_Slot none_slots[] = {{Py_mod_create, SLOT(create_none)}, {0, NULL}};
static PyModuleDef_Slot none_exec_slots[] = {
    {Py_mod_create, SLOT(create_none)}, {Py_mod_exec, SLOT(exec_first)}, {0, NULL}};

static PyModuleDef full_def = MULTIPHASE("told_by_def", sizeof(int), full_slots);
static PyModuleDef alone_def = MULTIPHASE("alone", 0, alone_slots);
static PyModuleDef fails_def = MULTIPHASE("fails", 0, fails_slots);
static PyModuleDef capsule_def = {PyModuleDef_HEAD_INIT, "capsule", NULL, 0, NULL, capsule_slots, NULL, NULL, NULL};
static PyModuleDef type_def = {PyModuleDef_HEAD_INIT, "type", NULL, 0, NULL, type_slots, NULL, NULL, NULL};
static PyModuleDef none_def = {PyModuleDef_HEAD_INIT, "none", NULL, 0, NULL, none_slots, NULL, NULL, NULL};
static PyModuleDef bare_def = {PyModuleDef_HEAD_INIT, "bare", NULL, 0, NULL, NULL, NULL, NULL, NULL};

static PyObject *
init_full(void)
{
    return PyModuleDef_Init(&full_def);
}
static PyObject *
init_alone(void)
{
    return PyModuleDef_Init(&alone_def);
}
static PyObject *
init_fails(void)
{
    return PyModuleDef_Init(&fails_def);
}
static PyObject *
init_capsule(void)
{
    return PyModuleDef_Init(&capsule_def);
}
static PyObject *
init_type(void)
{
    return PyModuleDef_Init(&type_def);
}
static PyObject *
init_none(void)
{
    return PyModuleDef_Init(&none_def);
}
static PyObject *
init_bare(void)
{
    return PyModuleDef_Init(&bare_def);
}

static struct _inittab table[] = {
    {"full", init_full}, {"alone", init_alone}, {"fails", init_fails}, {"capsule", init_capsule},
    {"bare", init_bare}, {"type", init_type},   {"none", init_none},   {NULL, NULL},
};

static void
test_import(void)
{
    PyObject *module = PyImport_ImportModule("full"), *modules = PyImport_GetModuleDict();
    PyObject *spec, *again, *function;

    ok(PyModule_CheckExact(module), "a module is imported in two phases");
    is_str(steps, "create first(with functions) second(zero state)",
           "create runs first, then each exec slot in its order, with functions and a zero state already there");
    is_ptr(create_def, &full_def, "the create slot gets the definition");
    is_ptr(PyModule_GetDef(module), &full_def, "the definition of the module is the one that the create slot got");
    is_int(*(int *)PyModule_GetState(module), 5, "the state stays as the exec slot left it");
    is_str(PyModule_GetName(module), "full", "the module has the name of the import, not of the definition");
    is_int(long_of(PyObject_GetAttrString(module, "SECOND")), 2, "the module has what the exec slot added");
    spec = PyObject_GetAttrString(module, "__spec__");
    is_text(PyObject_GetAttrString(spec, "name"), "full", "__spec__.name is the name");
    Py_DECREF(spec);
    is_text(PyObject_GetAttrString(module, "__package__"), "", "__package__ of a module at the top is empty");
    is_ptr(PyDict_GetItemString(modules, "full"), module, "the module is in sys.modules");
    steps[0] = '\0';
    again = PyImport_ImportModule("full");
    is_ptr(again, module, "a second import gives the module");
    is_str(steps, "", "a second import runs no slot");
    Py_DECREF(again);
    is_int(PyDict_DelItemString(modules, "full"), 0, "the module can be taken out of sys.modules");
    again = PyImport_ImportModule("full");
    ok(again != module, "a module that was taken out of sys.modules is made anew");
    is_str(steps, "create first(with functions) second(zero state)",
           "a module that is made anew runs all slots, with a zero state of its own");
    is_int(*(int *)PyModule_GetState(module), 5, "the old module keeps its state");
    Py_XDECREF(again);
    Py_DECREF(module);

    module = PyImport_ImportModule("alone");
    is_str(PyModule_GetName(module), "alone", "slots that only declare something are accepted");
    ok(PyModule_GetState(module) != NULL, "a module in two phases has a state that is not NULL, even of size 0");
    function = PyObject_GetAttrString(module, "answer");
    is_int(long_of(PyObject_CallNoArgs(function)), 42, "the functions of the definition are added");
    Py_DECREF(function);
    Py_DECREF(module);
    module = PyImport_ImportModule("bare");
    is_str(PyModule_GetName(module), "bare", "a definition without slots is initialised in two phases as well");
    Py_DECREF(module);

    module = PyImport_ImportModule("capsule");
    ok(PyCapsule_IsValid(module, "not.a.module"), "a create slot may give an object that is no module");
    is_ptr(PyDict_GetItemString(modules, "capsule"), module, "the object of the create slot is in sys.modules");
    is_ptr(PyCapsule_GetPointer(module, "not.a.module"), &capsule_def,
           "the object of the create slot is as it was made");
    Py_DECREF(module);
}

/* A create slot that returns None leaves it to the import to make a module. */
static void
test_none(void)
{
    PyObject *module = PyImport_ImportModule("none"), *spec;

    ok(module != NULL && PyModule_CheckExact(module), "the import makes a module when the create slot gives None");
    is_str(PyModule_GetName(module), "none", "the module made for None has the name of the import");
    is_ptr(PyModule_GetDef(module), NULL, "the module made for None has no definition");
    is_ptr(PyModule_GetState(module), NULL, "the module made for None has no state");
    is_ptr(PyDict_GetItemString(PyImport_GetModuleDict(), "none"), module,
           "the module made for None is in sys.modules");
    spec = PyObject_GetAttrString(module, "__spec__");
    is_text(PyObject_GetAttrString(spec, "name"), "none", "the module made for None has a spec");
    Py_XDECREF(module);
    module = PyModule_FromDefAndSpec(&none_def, spec);
    is_ptr(module, Py_None, "PyModule_FromDefAndSpec gives None itself");
    Py_XDECREF(module);
    Py_XDECREF(spec);
}

/* An attribute that an import sets on a module may be refused by an AttributeError, but by no other error. */
static void
test_attributes_refused(void)
{
    is_ptr(PyImport_ImportModule("type"), NULL, "create may not give a type that takes no attributes");
    raises(PyExc_TypeError, "cannot set '__loader__' attribute of immutable type 'ValueError'",
           "the import fails with the error of setting an attribute");
    is_ptr(PyDict_GetItemString(PyImport_GetModuleDict(), "type"), NULL,
           "an import that fails for an attribute leaves nothing in sys.modules");
}

static void
test_failed_import(void)
{
    int time;
    for (time = 0; time < 2; time++) {
        steps[0] = '\0';
        is_ptr(PyImport_ImportModule("fails"), NULL, "an exec slot that fails makes the import fail");
        raises(PyExc_KeyError, "'from exec'", "the import fails with the error of the exec slot");
        is_str(steps, "first(with functions) error", "the slots after one that fails do not run");
        is_ptr(PyDict_GetItemString(PyImport_GetModuleDict(), "fails"), NULL,
               "an import that fails in a slot leaves nothing in sys.modules");
    }
}

static PyModuleDef_Slot twice_slots[] = {
    {Py_mod_create, SLOT(create_module)}, {Py_mod_create, SLOT(create_module)}, {0, NULL}};
static PyModuleDef_Slot twice_interp_slots[] = {{Py_mod_multiple_interpreters, Py_MOD_MULTIPLE_INTERPRETERS_SUPPORTED},
                                                {Py_mod_multiple_interpreters, Py_MOD_MULTIPLE_INTERPRETERS_SUPPORTED},
                                                {0, NULL}};
static PyModuleDef_Slot twice_gil_slots[] = {{Py_mod_gil, Py_MOD_GIL_USED}, {Py_mod_gil, Py_MOD_GIL_USED}, {0, NULL}};
static PyModuleDef_Slot unknown_slots[] = {{99, NULL}, {0, NULL}};
static PyModuleDef_Slot negative_slots[] = {{-1, NULL}, {0, NULL}};
static PyModuleDef_Slot create_nothing_slots[] = {{Py_mod_create, SLOT(create_nothing)}, {0, NULL}};
static PyModuleDef_Slot create_error_slots[] = {{Py_mod_create, SLOT(create_error)}, {0, NULL}};
static PyModuleDef_Slot create_both_slots[] = {{Py_mod_create, SLOT(create_both)}, {0, NULL}};
static PyModuleDef_Slot capsule_exec_slots[] = {
    {Py_mod_create, SLOT(create_capsule)}, {Py_mod_exec, SLOT(exec_first)}, {0, NULL}};
static PyModuleDef_Slot exec_nothing_slots[] = {{Py_mod_exec, SLOT(exec_nothing)}, {0, NULL}};
static PyModuleDef_Slot exec_error_slots[] = {{Py_mod_exec, SLOT(exec_error)}, {0, NULL}};
static PyModuleDef_Slot exec_both_slots[] = {{Py_mod_exec, SLOT(exec_both)}, {0, NULL}};

/* A mistake in a definition, and the error of PyModule_FromDefAndSpec2 or else of PyModule_ExecDef. */
typedef struct {
    const char *what;
    PyModuleDef def;
    PyObject **type;
    const char *creating;
    const char *executing;
} Wrong;

static Wrong wrongs[] = {
    {"a negative size", MULTIPHASE("w", -1, no_slots), &PyExc_SystemError,
     "module wrong: m_size may not be negative for multi-phase initialization", NULL},
    {"two create slots", MULTIPHASE("w", 0, twice_slots), &PyExc_SystemError, "module wrong has multiple create slots",
     NULL},
    {"two slots for interpreters", MULTIPHASE("w", 0, twice_interp_slots), &PyExc_SystemError,
     "module wrong has more than one 'multiple interpreters' slots", NULL},
    {"two slots for the GIL", MULTIPHASE("w", 0, twice_gil_slots), &PyExc_SystemError,
     "module wrong has more than one 'gil' slot", NULL},
    {"an unknown slot", MULTIPHASE("w", 0, unknown_slots), &PyExc_SystemError, "module wrong uses unknown slot ID 99",
     NULL},
    {"a negative slot", MULTIPHASE("w", 0, negative_slots), &PyExc_SystemError, "module wrong uses unknown slot ID -1",
     NULL},
    {"create without result or error", MULTIPHASE("w", 0, create_nothing_slots), &PyExc_SystemError,
     "creation of module wrong failed without setting an exception", NULL},
    {"create with an error", MULTIPHASE("w", 0, create_error_slots), &PyExc_KeyError, "'from create'", NULL},
    {"create with a result and an error", MULTIPHASE("w", 0, create_both_slots), &PyExc_SystemError,
     "creation of module wrong raised unreported exception", NULL},
    {"no module but a state", MULTIPHASE("w", 8, capsule_slots), &PyExc_SystemError,
     "module wrong is not a module object, but requests module state", NULL},
    {"no module but exec slots", MULTIPHASE("w", 0, capsule_exec_slots), &PyExc_SystemError,
     "module wrong specifies execution slots, but did not create a ModuleType instance", NULL},
    {"None but exec slots", MULTIPHASE("w", 0, none_exec_slots), &PyExc_SystemError,
     "module wrong specifies execution slots, but did not create a ModuleType instance", NULL},
    {"None but functions", MULTIPHASE("w", 0, none_slots), &PyExc_AttributeError,
     "'NoneType' object has no attribute 'answer' and no __dict__ for setting new attributes", NULL},
    {"None but a state", MULTIPHASE("w", 8, none_slots), &PyExc_SystemError,
     "module wrong is not a module object, but requests module state", NULL},
    {"no module but functions", MULTIPHASE("w", 0, capsule_slots), &PyExc_AttributeError,
     "'PyCapsule' object has no attribute 'answer' and no __dict__ for setting new attributes", NULL},
    {"exec that fails without an error", MULTIPHASE("w", 0, exec_nothing_slots), &PyExc_SystemError, NULL,
     "execution of module wrong failed without setting an exception"},
    {"exec with an error", MULTIPHASE("w", 0, exec_error_slots), &PyExc_KeyError, NULL, "'from exec'"},
    {"exec that succeeds with an error", MULTIPHASE("w", 0, exec_both_slots), &PyExc_SystemError, NULL,
     "execution of module wrong raised unreported exception"},
};

/* An object with a name: PyModule_FromDefAndSpec2 asks a spec for nothing else. */
static PyObject *
spec_named(const char *name)
{
    PyObject *spec = PyModule_New("spec");
    PyModule_AddStringConstant(spec, "name", name);
    return spec;
}

static void
test_wrong_definitions(void)
{
    PyObject *spec = spec_named("wrong"), *module;
    size_t i;

    for (i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
        Wrong *wrong = &wrongs[i];
        const char *want = wrong->creating != NULL ? wrong->creating : wrong->executing;
        module = PyModule_FromDefAndSpec2(&wrong->def, spec, PYTHON_API_VERSION);
        if (wrong->creating != NULL) {
            is_ptr(module, NULL, "%s: no module is made", wrong->what);
        } else {
            ok(module != NULL, "%s: the module is made", wrong->what);
            is_int(PyModule_ExecDef(module, &wrong->def), -1, "%s: the module cannot be executed", wrong->what);
            Py_DECREF(module);
        }
        raises(*wrong->type, want, "%s: %s", wrong->what, want);
    }
    is_int(Py_REFCNT(spec), 1, "no wrong definition keeps a reference to the spec");
    Py_DECREF(spec);
}

static void
test_by_hand(void)
{
    PyObject *spec = spec_named("pack.by_hand"), *nameless = PyModule_New("spec"), *module, *list = PyList_New(0);

    steps[0] = '\0';
    module = PyModule_FromDefAndSpec(&full_def, spec);
    is_str(steps, "create", "PyModule_FromDefAndSpec only creates");
    is_str(PyModule_GetName(module), "pack.by_hand", "PyModule_FromDefAndSpec takes the name from the spec");
    is_ptr(PyModule_GetState(module), NULL, "PyModule_FromDefAndSpec makes no state");
    is_int(PyModule_ExecDef(module, &full_def), 0, "PyModule_ExecDef succeeds");
    is_str(steps, "create first(with functions) second(zero state)",
           "PyModule_ExecDef makes the state and runs the exec slots");
    is_int(PyModule_ExecDef(module, &full_def), 0, "PyModule_ExecDef may be called again");
    is_str(steps, "create first(with functions) second(zero state) first(with functions) second(used state)",
           "a second PyModule_ExecDef uses the state that is there");
    Py_DECREF(module);
    is_ptr(PyModule_FromDefAndSpec(&full_def, nameless), NULL, "a spec without a name makes no module");
    raises(PyExc_AttributeError, "module 'spec' has no attribute 'name'",
           "the AttributeError of a spec without a name stands");
    is_int(PyModule_ExecDef(list, &full_def), -1, "a list cannot be executed");
    raises(PyExc_TypeError, "bad argument type for built-in operation", "PyModule_ExecDef of a list is a TypeError");
    is_ptr(PyModuleDef_Init(&full_def), &full_def, "PyModuleDef_Init gives the definition itself");
    is_ptr(Py_TYPE((PyObject *)&full_def), &PyModuleDef_Type, "a definition is an object of PyModuleDef_Type");
    Py_DECREF(spec);
    Py_DECREF(nameless);
    Py_DECREF(list);
}

int
main(void)
{
    if (PyImport_ExtendInittab(table) != 0) {
        return 1;
    }
    TAP_BEGIN();
    RUN(test_import);
    RUN(test_none);
    RUN(test_attributes_refused);
    RUN(test_failed_import);
    RUN(test_wrong_definitions);
    RUN(test_by_hand);
    return TAP_END();
}
