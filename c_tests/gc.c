/* The garbage collector: PyGC_Collect and its count, PyGC_Enable, PyGC_Disable and PyGC_IsEnabled, which objects are
 * tracked, and cycles through dicts, lists, tuples, modules, functions and capsules: each destructor of an unreachable
 * object runs once, and no reachable object is touched. */
#include "checks.h"
#include <errno.h>

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

/* A capsule whose destructor counts. */
static PyObject *
new_witness(void)
{
    return PyCapsule_New(&destroyed, "gc.test", note_destroyed);
}

static void
test_switch(void)
{
    is_int(PyGC_IsEnabled(), 1, "automatic collection is on from the start");
    is_int(PyGC_Disable(), 1, "PyGC_Disable says that the collector was on");
    is_int(PyGC_IsEnabled(), 0, "PyGC_Disable switches the collector off");
    is_int(PyGC_Disable(), 0, "a second PyGC_Disable says that the collector was off");
    is_int(PyGC_Enable(), 0, "PyGC_Enable says that the collector was off");
    is_int(PyGC_Enable(), 1, "a second PyGC_Enable says that the collector was on");
    is_int(PyGC_IsEnabled(), 1, "PyGC_Enable switches the collector on");
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

static PyObject *
pack(PyObject *first, PyObject *second)
{
    PyObject *tuple = PyTuple_Pack(2, first, second);
    Py_DECREF(first);
    Py_DECREF(second);
    return tuple;
}

static PyObject *
list_of(PyObject *item)
{
    PyObject *list = PyList_New(0);
    PyList_Append(list, item);
    Py_DECREF(item);
    return list;
}

/* The result of a function, for an argument that is dropped. */
static PyObject *
result_of(PyObject *(*function)(PyObject *), PyObject *argument)
{
    PyObject *result = function(argument);
    Py_DECREF(argument);
    return result;
}

static PyObject *
slice_of(PyObject *tuple, Py_ssize_t low, Py_ssize_t high)
{
    PyObject *slice = PyTuple_GetSlice(tuple, low, high);
    Py_DECREF(tuple);
    return slice;
}

static PyObject *
joined(PyObject *first, PyObject *second)
{
    PyObject *whole = PySequence_Concat(first, second);
    Py_DECREF(first);
    Py_DECREF(second);
    return whole;
}

static PyObject *
repeated(PyObject *tuple, Py_ssize_t times)
{
    PyObject *whole = PyTuple_Type.tp_as_sequence->sq_repeat(tuple, times);
    Py_DECREF(tuple);
    return whole;
}

static PyObject *
resized(PyObject *tuple, Py_ssize_t size)
{
    _PyTuple_Resize(&tuple, size);
    return tuple;
}

static PyObject *
call_tuple(PyObject *argument)
{
    return PyObject_CallOneArg((PyObject *)&PyTuple_Type, argument);
}

static PyObject *
args_of(PyObject *exception)
{
    return PyObject_GetAttrString(exception, "args");
}

static PyObject *
str_in(PyObject *(*function)(PyObject *))
{
    return result_of(function, PyUnicode_FromString("ab"));
}

static PyObject *
one_item(PyObject *dict)
{
    PyDict_SetItemString(dict, "k", Py_None);
    return dict;
}

static PyObject *
first_item(PyObject *dict)
{
    PyObject *items = PyDict_Items(dict), *item = Py_NewRef(PyList_GetItem(items, 0));
    Py_DECREF(items);
    return item;
}

static PyObject *
pop_item(PyObject *dict)
{
    PyObject *method = PyObject_GetAttrString(dict, "popitem"), *item = PyObject_CallNoArgs(method);
    Py_DECREF(method);
    return item;
}

static PyObject *
next_item(PyObject *dict)
{
    PyObject *method = PyObject_GetAttrString(dict, "items"), *items = PyObject_CallNoArgs(method);
    PyObject *iterator = PyObject_GetIter(items), *item = PyIter_Next(iterator);
    Py_DECREF(iterator);
    Py_DECREF(items);
    Py_DECREF(method);
    return item;
}

static PyObject *
from_errno(void)
{
    errno = ENOENT;
    PyErr_SetFromErrno(PyExc_OSError);
    return PyErr_GetRaisedException();
}

/* CPython allocates some tuples before it knows their items, and tracks those. It tracks others if the class of an item
 * takes part in collection. */
static void
test_tracked_tuples(void)
{
#define TEXT PyUnicode_FromString("ab")
#define PLAIN pack(TEXT, TEXT)
#define MIXED pack(TEXT, PyList_New(0))
    struct {
        const char *what;
        PyObject *tuple;
        int tracked;
    } rows[] = {
        {"Pack of texts", PLAIN, 0},
        {"Pack of a text and a list", MIXED, 1},
        {"Pack of a text and an empty tuple", pack(TEXT, PyTuple_New(0)), 1},
        {"Pack of a text and a plain tuple", pack(TEXT, PLAIN), 1},
        {"Pack of a text and a built-in type", pack(TEXT, Py_NewRef((PyObject *)&PyLong_Type)), 1},
        {"Pack of a text and a capsule", pack(TEXT, PyCapsule_New(&destroyed, NULL, NULL)), 1},
        {"GetSlice of texts", slice_of(PLAIN, 0, 1), 0},
        {"GetSlice of a filled tuple's texts", slice_of(pair_of(TEXT), 0, 1), 0},
        {"GetSlice of all of a filled tuple", slice_of(pair_of(TEXT), 0, 2), 1},
        {"GetSlice without the list", slice_of(MIXED, 0, 1), 0},
        {"GetSlice with the list", slice_of(MIXED, 1, 2), 1},
        {"an empty GetSlice", slice_of(MIXED, 1, 1), 0},
        {"AsTuple of a list with a text", result_of(PyList_AsTuple, list_of(TEXT)), 0},
        {"AsTuple of a list with a plain tuple", result_of(PyList_AsTuple, list_of(PLAIN)), 1},
        {"AsTuple of a list with a list", result_of(PyList_AsTuple, list_of(PyList_New(0))), 1},
        {"Tuple of a str", str_in(PySequence_Tuple), 1},
        {"Tuple of an empty str", result_of(PySequence_Tuple, PyUnicode_FromString("")), 0},
        {"Tuple of bytes", result_of(PySequence_Tuple, PyBytes_FromString("abcdefghijklmnop")), 1},
        {"Tuple of an iterator", result_of(PySequence_Tuple, str_in(PyObject_GetIter)), 1},
        {"Tuple of an empty dict", result_of(PySequence_Tuple, PyDict_New()), 0},
        {"Tuple of a list with a text", result_of(PySequence_Tuple, list_of(TEXT)), 0},
        {"Tuple of a plain tuple", result_of(PySequence_Tuple, PLAIN), 0},
        {"tuple(str)", str_in(call_tuple), 1},
        {"tuple([str])", result_of(call_tuple, list_of(TEXT)), 0},
        {"a concatenation", joined(PLAIN, PLAIN), 1},
        {"a concatenation with an empty tuple", joined(PLAIN, PyTuple_New(0)), 0},
        {"a tuple twice", repeated(PLAIN, 2), 1},
        {"a tuple once", repeated(PLAIN, 1), 0},
        {"a tuple zero times", repeated(PLAIN, 0), 0},
        {"a tuple made shorter", resized(PLAIN, 1), 1},
        {"a tuple made no longer", resized(PLAIN, 2), 0},
        {"an item of PyDict_Items", result_of(first_item, one_item(PyDict_New())), 1},
        {"an item of popitem", result_of(pop_item, one_item(PyDict_New())), 1},
        {"an item of an iterator", result_of(next_item, one_item(PyDict_New())), 1},
        {"the arguments of an exception", result_of(args_of, PyObject_CallOneArg(PyExc_ValueError, Py_None)), 0},
        {"the arguments of an OSError from errno", result_of(args_of, from_errno()), 1},
    };
#undef TEXT
#undef PLAIN
#undef MIXED
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        is_int(PyObject_GC_IsTracked(rows[i].tuple), rows[i].tracked, "%s: the tuple %s tracked", rows[i].what,
               rows[i].tracked ? "is" : "is not");
        Py_DECREF(rows[i].tuple);
    }
}

/* A tuple is looked at once in a collection, perhaps before a tuple inside it. */
static void
test_tuples_in_tuples(void)
{
    PyObject *plain = pair_of(pair_of(PyLong_FromLong(123456789))), *other = pair_of(pair_of(PyList_New(0)));
    int i;

    for (i = 0; i < 3; i++) {
        PyGC_Collect();
    }
    is_int(PyObject_GC_IsTracked(PyTuple_GetItem(plain, 0)), 0, "a plain tuple in a tuple is not tracked");
    is_int(PyObject_GC_IsTracked(plain), 0, "a tuple that holds a plain tuple alone is not tracked in the end");
    is_int(PyObject_GC_IsTracked(PyTuple_GetItem(other, 0)), 1, "a tuple with a list, in a tuple, is tracked");
    is_int(PyObject_GC_IsTracked(other), 1, "a tuple around a tuple with a list is tracked");
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

/* Each makes a cycle that holds the witness, and drops its own references.  The count is the result of PyGC_Collect. */
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
    is_int(PyGC_Collect(), 0, "PyGC_Collect returns 0 when there is no garbage");
    for (i = 0; i < sizeof(cycles) / sizeof(cycles[0]); i++) {
        PyObject *witness = new_witness(), *kept = PyList_New(0), *dead = new_witness();
        Py_ssize_t collected;

        destroyed = 0;
        cycles[i].make(witness);
        cycles[i].make(dead);
        Py_DECREF(dead);
        PyList_Append(kept, witness);
        is_int(Py_REFCNT(witness), 3, "%s: the cycle holds the witness", cycles[i].what);
        is_int(destroyed, 0, "%s: nothing is destroyed before the collection", cycles[i].what);
        collected = PyGC_Collect();
        is_int(collected, 2 * cycles[i].count, "%s: the collection finds its %d objects, twice", cycles[i].what,
               cycles[i].count);
        is_int(Py_REFCNT(witness), 2, "%s: the collection has dropped the reference to the witness", cycles[i].what);
        is_int(destroyed, 1, "%s: the capsule that the cycle alone held is destroyed once", cycles[i].what);
        ok(PyCapsule_IsValid(witness, "gc.test") && PyList_Size(kept) == 1,
           "%s: the reachable objects are as they were", cycles[i].what);
        is_int(PyGC_Collect(), 0, "%s: a second collection finds nothing", cycles[i].what);
        Py_DECREF(kept);
        Py_DECREF(witness);
        is_int(destroyed, 2, "%s: the witness goes with its last reference", cycles[i].what);
    }
    is_int(cycle_ends, 2, "the destructor of a capsule in a cycle runs once");
}

/* PyGC_Disable is about more than automatic collections: PyGC_Collect obeys it too. */
static void
test_disabled(void)
{
    PyObject *witness = new_witness();

    list_in_itself(witness);
    Py_DECREF(witness);
    destroyed = 0;
    PyGC_Disable();
    is_int(PyGC_Collect(), 0, "PyGC_Collect with the collector off does nothing and returns 0");
    is_int(destroyed, 0, "garbage stays while the collector is off");
    PyGC_Enable();
    is_int(PyGC_Collect(), 1, "PyGC_Collect with the collector on finds the garbage");
    is_int(destroyed, 1, "garbage is destroyed once the collector is on");
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
    ok(PyList_Size(list) == 2 && PyDict_GetItemString(dict, "list") == list,
       "a cycle that is held from outside is as it was");
    is_int(destroyed, 0, "an object in a cycle that is held from outside is not destroyed");
    Py_DECREF(dict);
    is_int(PyGC_Collect(), 2, "a cycle that has lost the reference from outside is garbage");
    is_int(destroyed, 1, "an object in a cycle that is garbage is destroyed");
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
    is_int(_PyCapsule_SetTraverse(capsule, visit_context, clear_context), 0,
           "a capsule in a cycle can be given a traverse function");
    is_int(PyObject_GC_IsTracked(capsule), 1, "a capsule with a traverse function is tracked");
    is_int(PyGC_Collect(), 2, "a cycle through a capsule with a traverse function is found");
    is_int(cycle_ends, 1, "the destructor of the capsule with a traverse function runs");
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
    is_int(collected_inside, 0, "a collection inside a collection does nothing and returns 0");

    destroyed = 0;
    capsule = PyCapsule_New(&destroyed, NULL, keep_error);
    list_in_itself(capsule);
    Py_DECREF(capsule);
    PyErr_SetString(PyExc_KeyError, "before");
    is_int(PyGC_Collect(), 1, "a collection with an error set does its work");
    is_int(destroyed, 1, "a collection with an error set runs the destructor, which clears the error indicator");
    raises(PyExc_KeyError, "'before'", "an error that was set before a collection is there after it");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_switch);
    RUN(test_tracked);
    RUN(test_tracked_tuples);
    RUN(test_tuples_in_tuples);
    RUN(test_cycles);
    RUN(test_disabled);
    RUN(test_reachable);
    RUN(test_capsule_without_traverse);
    RUN(test_errors_and_nesting);
    return TAP_END();
}
