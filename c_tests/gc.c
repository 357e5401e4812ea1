/* The garbage collector: PyGC_Collect and its count, PyGC_Enable, PyGC_Disable and PyGC_IsEnabled, which objects are
 * tracked, and cycles through dicts, lists, tuples, modules, functions and capsules: each destructor of what is
 * unreachable runs once, and nothing that is reachable is touched. */
#include "checks.h"

/* Exported by CPython, but declared only in one of its internal headers. */
#ifdef __cplusplus
extern "C" {
#endif
int _PyCapsule_SetTraverse(PyObject *capsule, traverseproc traverse, inquiry clear);
#ifdef __cplusplus
}
#endif

static int destroyed;

static void
note_destroyed(PyObject *capsule)
{
    (void)capsule;
    destroyed++;
}

/* A capsule that counts its end. */
static PyObject *
new_witness(void)
{
    return PyCapsule_New(&destroyed, "gc.test", note_destroyed);
}

static void
test_switch(void)
{
    is_int(PyGC_IsEnabled(), 1, "automatic collection is on from the start");
    is_int(PyGC_Disable(), 1, "PyGC_Disable tells that it was on");
    is_int(PyGC_IsEnabled(), 0, "now it is off");
    is_int(PyGC_Disable(), 0, "switching it off again tells that it was off");
    is_int(PyGC_Enable(), 0, "and so does PyGC_Enable");
    is_int(PyGC_Enable(), 1, "which a second time tells that it was on");
    is_int(PyGC_IsEnabled(), 1, "it is on again");
}

static PyObject *
nothing(PyObject *self, PyObject *ignored)
{
    (void)self;
    (void)ignored;
    return Py_NewRef(Py_None);
}

static PyMethodDef nothing_def = {"nothing", nothing, METH_NOARGS, NULL};

static PyObject *
pair_of(PyObject *first)
{
    PyObject *tuple = PyTuple_New(2);
    PyTuple_SetItem(tuple, 0, first);
    PyTuple_SetItem(tuple, 1, Py_NewRef(Py_None));
    return tuple;
}

static void
test_tracked(void)
{
    struct {
        const char *what;
        PyObject *object;
        int tracked;
        int after;   /* a collection */
    } kinds[] = {
        {"None", Py_NewRef(Py_None), 0, 0},
        {"an int", PyLong_FromLong(123456789), 0, 0},
        {"a float", PyFloat_FromDouble(1.5), 0, 0},
        {"a str", PyUnicode_FromString("text of some length"), 0, 0},
        {"bytes", PyBytes_FromString("bytes"), 0, 0},
        {"an empty tuple", PyTuple_New(0), 0, 0},
        {"a tuple of None and an int", pair_of(PyLong_FromLong(123456789)), 1, 0},
        {"a tuple with a list", pair_of(PyList_New(0)), 1, 1},
        {"an empty list", PyList_New(0), 1, 1},
        {"an empty dict", PyDict_New(), 1, 1},
        {"a capsule", PyCapsule_New(&destroyed, NULL, NULL), 0, 0},
        {"a module", PyModule_New("m"), 1, 1},
        {"a function", PyCFunction_New(&nothing_def, NULL), 1, 1},
        {"an exception", PyObject_CallNoArgs(PyExc_ValueError), 1, 1},
        {"a built-in type", Py_NewRef((PyObject *)&PyCapsule_Type), 0, 0},
    };
    size_t i;

    for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        is_int(PyObject_GC_IsTracked(kinds[i].object), kinds[i].tracked, "%s: %s tracked", kinds[i].what,
               kinds[i].tracked ? "is" : "is not");
    }
    PyGC_Collect();
    for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        is_int(PyObject_GC_IsTracked(kinds[i].object), kinds[i].after, "%s: %s tracked after a collection",
               kinds[i].what, kinds[i].after ? "is" : "is not");
        Py_DECREF(kinds[i].object);
    }
}

/* A tuple is looked at once in a collection, and one in it may come later. */
static void
test_tuples_in_tuples(void)
{
    PyObject *plain = pair_of(pair_of(PyLong_FromLong(123456789))), *other = pair_of(pair_of(PyList_New(0)));
    int i;

    for (i = 0; i < 3; i++) {
        PyGC_Collect();
    }
    is_int(PyObject_GC_IsTracked(PyTuple_GetItem(plain, 0)), 0, "a plain tuple in a tuple is not tracked");
    is_int(PyObject_GC_IsTracked(plain), 0, "nor, in the end, is the tuple with nothing but that");
    is_int(PyObject_GC_IsTracked(PyTuple_GetItem(other, 0)), 1, "a tuple with a list in a tuple is");
    is_int(PyObject_GC_IsTracked(other), 1, "and so is what it is in");
    Py_DECREF(plain);
    Py_DECREF(other);
}

static int
visit_context(PyObject *capsule, visitproc visit, void *arg)
{
    PyObject *held = (PyObject *)PyCapsule_GetContext(capsule);
    Py_VISIT(held);
    return 0;
}

static int
clear_context(PyObject *capsule)
{
    PyObject *held = (PyObject *)PyCapsule_GetContext(capsule);
    PyCapsule_SetContext(capsule, NULL);
    Py_XDECREF(held);
    return 0;
}

static int cycle_ends;

static void
drop_context(PyObject *capsule)
{
    cycle_ends++;
    clear_context(capsule);
}

/* Each makes a cycle that holds the witness, and lets go of it.  The count is what PyGC_Collect gives back. */
static void
list_in_itself(PyObject *witness)
{
    PyObject *list = PyList_New(0);
    PyList_Append(list, list);
    PyList_Append(list, witness);
    Py_DECREF(list);
}

static void
dict_in_itself(PyObject *witness)
{
    PyObject *dict = PyDict_New();
    PyDict_SetItemString(dict, "itself", dict);
    PyDict_SetItemString(dict, "witness", witness);
    Py_DECREF(dict);
}

static void
dict_and_tuple(PyObject *witness)
{
    PyObject *dict = PyDict_New(), *tuple = PyTuple_Pack(2, dict, witness);
    PyDict_SetItemString(dict, "tuple", tuple);
    Py_DECREF(tuple);
    Py_DECREF(dict);
}

static void
module_in_itself(PyObject *witness)
{
    PyObject *module = PyModule_New("cycle");
    PyModule_AddObjectRef(module, "itself", module);
    PyModule_AddObjectRef(module, "witness", witness);
    Py_DECREF(module);
}

static void
module_and_function(PyObject *witness)
{
    PyObject *module = PyModule_New("cycle");
    PyModule_Add(module, "function", PyCFunction_New(&nothing_def, module));
    PyModule_AddObjectRef(module, "witness", witness);
    Py_DECREF(module);
}

static void
capsule_and_dict(PyObject *witness)
{
    PyObject *dict = PyDict_New(), *capsule = PyCapsule_New(&destroyed, NULL, drop_context);
    PyCapsule_SetContext(capsule, Py_NewRef(dict));
    _PyCapsule_SetTraverse(capsule, visit_context, clear_context);
    PyDict_SetItemString(dict, "capsule", capsule);
    PyDict_SetItemString(dict, "witness", witness);
    Py_DECREF(capsule);
    Py_DECREF(dict);
}

static const struct {
    const char *what;
    void (*make)(PyObject *witness);
    int count;
} cycles[] = {
    {"a list in itself", list_in_itself, 1},
    {"a dict in itself", dict_in_itself, 1},
    {"a dict and a tuple", dict_and_tuple, 2},
    {"a module in itself", module_in_itself, 2},
    {"a module and its function", module_and_function, 3},
    {"a capsule and a dict", capsule_and_dict, 2},
};

static void
test_cycles(void)
{
    size_t i;

    PyGC_Collect();
    is_int(PyGC_Collect(), 0, "where there is nothing to do, PyGC_Collect returns 0");
    for (i = 0; i < sizeof(cycles) / sizeof(cycles[0]); i++) {
        PyObject *witness = new_witness(), *kept = PyList_New(0), *dead = new_witness();
        Py_ssize_t collected;

        destroyed = 0;
        cycles[i].make(witness);
        cycles[i].make(dead);
        Py_DECREF(dead);
        PyList_Append(kept, witness);
        is_int(Py_REFCNT(witness), 3, "%s: it holds the witness", cycles[i].what);
        is_int(destroyed, 0, "%s: nothing is destroyed before the collection", cycles[i].what);
        collected = PyGC_Collect();
        is_int(collected, 2 * cycles[i].count, "%s: the collection finds its %d objects, twice", cycles[i].what,
               cycles[i].count);
        is_int(Py_REFCNT(witness), 2, "%s: it has let go of the witness", cycles[i].what);
        is_int(destroyed, 1, "%s: the capsule that only it held is destroyed, once", cycles[i].what);
        ok(PyCapsule_IsValid(witness, "gc.test") && PyList_Size(kept) == 1, "%s: what is reachable is as it was",
           cycles[i].what);
        is_int(PyGC_Collect(), 0, "%s: a second collection finds nothing", cycles[i].what);
        Py_DECREF(kept);
        Py_DECREF(witness);
        is_int(destroyed, 2, "%s: the witness goes with its last reference", cycles[i].what);
    }
    is_int(cycle_ends, 2, "the destructor of a capsule in a cycle runs once");
}

/* PyGC_Disable is not for automatic collections alone: PyGC_Collect heeds it too. */
static void
test_disabled(void)
{
    PyObject *witness = new_witness();

    list_in_itself(witness);
    Py_DECREF(witness);
    destroyed = 0;
    PyGC_Disable();
    is_int(PyGC_Collect(), 0, "switched off, PyGC_Collect does nothing and returns 0");
    is_int(destroyed, 0, "garbage stays");
    PyGC_Enable();
    is_int(PyGC_Collect(), 1, "switched on, it collects");
    is_int(destroyed, 1, "and the garbage goes");
}

static void
test_reachable(void)
{
    PyObject *dict = PyDict_New(), *list = PyList_New(0), *capsule = new_witness();

    PyDict_SetItemString(dict, "list", list);
    PyList_Append(list, dict);
    PyList_Append(list, capsule);
    Py_DECREF(capsule);
    Py_DECREF(list);
    destroyed = 0;
    is_int(PyGC_Collect(), 0, "a cycle that is held from outside is not garbage");
    ok(PyList_Size(list) == 2 && PyDict_GetItemString(dict, "list") == list, "and nothing in it is touched");
    is_int(destroyed, 0, "nor what it holds destroyed");
    Py_DECREF(dict);
    is_int(PyGC_Collect(), 2, "without the reference from outside, it is");
    is_int(destroyed, 1, "and what it held is destroyed");
}

/* A capsule in a cycle without a traverse function hides the reference that it owns: the cycle is never found. */
static void
test_capsule_without_traverse(void)
{
    PyObject *dict = PyDict_New(), *capsule = PyCapsule_New(&destroyed, NULL, drop_context);

    PyCapsule_SetContext(capsule, Py_NewRef(dict));
    PyDict_SetItemString(dict, "capsule", capsule);
    Py_DECREF(capsule);
    Py_DECREF(dict);
    cycle_ends = 0;
    is_int(PyGC_Collect(), 0, "a cycle through a capsule without a traverse function is not found");
    is_int(_PyCapsule_SetTraverse(capsule, visit_context, clear_context), 0, "given one");
    is_int(PyObject_GC_IsTracked(capsule), 1, "it is tracked");
    is_int(PyGC_Collect(), 2, "and the cycle is found");
    is_int(cycle_ends, 1, "the destructor runs");
}

static int collected_inside;

static void
collect_inside(PyObject *capsule)
{
    (void)capsule;
    collected_inside = (int)PyGC_Collect();
}

static void
keep_error(PyObject *capsule)
{
    (void)capsule;
    destroyed++;
    PyErr_Clear();
}

static void
test_errors_and_nesting(void)
{
    PyObject *capsule = PyCapsule_New(&destroyed, NULL, collect_inside);

    collected_inside = -1;
    list_in_itself(capsule);
    list_in_itself(Py_None);
    Py_DECREF(capsule);
    is_int(PyGC_Collect(), 2, "a destructor may ask for a collection during a collection");
    is_int(collected_inside, 0, "which does nothing and returns 0");

    destroyed = 0;
    capsule = PyCapsule_New(&destroyed, NULL, keep_error);
    list_in_itself(capsule);
    Py_DECREF(capsule);
    PyErr_SetString(PyExc_KeyError, "before");
    is_int(PyGC_Collect(), 1, "a collection with an error set does its work");
    is_int(destroyed, 1, "even if a destructor clears the error indicator");
    raises(PyExc_KeyError, "'before'", "and the error is there after it");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_switch);
    RUN(test_tracked);
    RUN(test_tuples_in_tuples);
    RUN(test_cycles);
    RUN(test_disabled);
    RUN(test_reachable);
    RUN(test_capsule_without_traverse);
    RUN(test_errors_and_nesting);
    return TAP_END();
}
