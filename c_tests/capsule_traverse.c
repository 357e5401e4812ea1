/* Capsules and the garbage collector.  A capsule that owns objects says so with _PyCapsule_SetTraverse: from then on it
 * is tracked, its traverse function visits the objects that it owns, and its clear function drops them when the
 * capsule is part of a cycle without a reference from outside.  Each destructor runs once; reachable objects are not touched.
 */
#include "tap.h"

#ifdef __cplusplus
extern "C" {
#endif
/* CPython exports it, but declares it in a header that only its own build may include. */
PyAPI_FUNC(int) _PyCapsule_SetTraverse(PyObject *, traverseproc, inquiry);
#ifdef __cplusplus
}
#endif

static int destructions, traversals, clears;
static Py_ssize_t count_in_destructor;
static int tracked_in_destructor;

/* A capsule's memory: up to two objects that it owns. */
typedef struct {
    PyObject *held[2];
} Box;

static Box *
box_of(PyObject *capsule)
{
    return (Box *)PyCapsule_GetPointer(capsule, "box");
}

static int
traverse(PyObject *capsule, visitproc visit, void *arg)
{
    traversals++;
    for (int i = 0; i < 2; i++) {
        Py_VISIT(box_of(capsule)->held[i]);
    }
    return 0;
}

static int
clear(PyObject *capsule)
{
    clears++;
    for (int i = 0; i < 2; i++) {
        Py_CLEAR(box_of(capsule)->held[i]);
    }
    return 0;
}

static int
traverse_nothing(PyObject *capsule, visitproc visit, void *arg)
{
    (void)capsule;
    (void)visit;
    (void)arg;
    traversals++;
    return 0;
}

static int
clear_nothing(PyObject *capsule)
{
    (void)capsule;
    clears++;
    return 0;
}

static void
destroy(PyObject *capsule)
{
    Box *box = box_of(capsule);

    destructions++;
    count_in_destructor = Py_REFCNT(capsule);
    tracked_in_destructor = PyObject_GC_IsTracked(capsule);
    PyCapsule_SetDestructor(capsule, NULL);
    for (int i = 0; i < 2; i++) {
        Py_CLEAR(box->held[i]);
    }
    free(box);
}

static PyObject *
new_box(void)
{
    return PyCapsule_New(calloc(1, sizeof(Box)), "box", destroy);
}

static PyObject *
new_tracked_box(void)
{
    PyObject *capsule = new_box();
    _PyCapsule_SetTraverse(capsule, traverse, clear);
    return capsule;
}

/* The box owns one more reference to the object. */
static void
hold(PyObject *capsule, PyObject *object)
{
    Box *box = box_of(capsule);
    box->held[box->held[0] != NULL] = Py_NewRef(object);
}

static void
reset(void)
{
    PyGC_Collect();
    destructions = traversals = clears = 0;
}

static void
test_errors(void)
{
    static const struct {
        traverseproc traverse;
        inquiry clear;
        const char *text;
    } cases[] = {{NULL, clear, "NULL for traverse"}, {traverse, NULL, "NULL for clear"}, {NULL, NULL, "NULL for both"}};
    PyObject *capsule = new_box();

    for (int i = 0; i < 3; i++) {
        const char *text = cases[i].text;
        is_int(_PyCapsule_SetTraverse(capsule, cases[i].traverse, cases[i].clear), -1, "%s is refused", text);
        raises(PyExc_ValueError, "_PyCapsule_SetTraverse() called with NULL callback",
               "SetTraverse with %s raises a ValueError", text);
        is_int(PyObject_GC_IsTracked(capsule), 0, "SetTraverse with %s does not track the capsule", text);
        is_ptr(((void **)capsule)[6], NULL, "SetTraverse with %s stores nothing at offset 48", text);
        is_ptr(((void **)capsule)[7], NULL, "SetTraverse with %s stores nothing at offset 56", text);
        is_int(_PyCapsule_SetTraverse(Py_None, cases[i].traverse, cases[i].clear), -1, "None is refused with %s", text);
        raises(PyExc_ValueError, "_PyCapsule_SetTraverse called with invalid PyCapsule object",
               "SetTraverse of None with %s reports the object", text);
        is_int(_PyCapsule_SetTraverse(NULL, cases[i].traverse, cases[i].clear), -1, "NULL is refused with %s", text);
        raises(PyExc_ValueError, "_PyCapsule_SetTraverse called with invalid PyCapsule object",
               "SetTraverse of NULL with %s reports the object", text);
    }
    is_int(_PyCapsule_SetTraverse(Py_None, traverse, clear), -1, "SetTraverse refuses None with both functions");
    raises(PyExc_ValueError, "_PyCapsule_SetTraverse called with invalid PyCapsule object",
           "SetTraverse of None with both functions reports the object");
    Py_DECREF(capsule);
}

static void
test_tracking(void)
{
    PyObject *capsule = new_box();
    traverseproc stored_traverse;
    inquiry stored_clear;

    is_int(PyObject_GC_IsTracked(capsule), 0, "a new capsule is not tracked");
    for (int i = 0; i < 2; i++) {
        is_int(_PyCapsule_SetTraverse(capsule, traverse, clear), 0, "SetTraverse returns 0 (time %d)", i);
        is_int(PyObject_GC_IsTracked(capsule), 1, "SetTraverse has the capsule tracked (time %d)", i);
    }
    memcpy(&stored_traverse, (char *)capsule + 48, sizeof(stored_traverse));
    memcpy(&stored_clear, (char *)capsule + 56, sizeof(stored_clear));
    ok(stored_traverse == traverse, "the traverse function is at offset 48");
    ok(stored_clear == clear, "the clear function is at offset 56");
    is_int(_PyCapsule_SetTraverse(capsule, NULL, clear), -1, "a later NULL for a function is refused");
    raises(PyExc_ValueError, "_PyCapsule_SetTraverse() called with NULL callback",
           "a later NULL for a function raises a ValueError");
    is_int(PyObject_GC_IsTracked(capsule), 1, "a later NULL for a function leaves the capsule tracked");
    memcpy(&stored_traverse, (char *)capsule + 48, sizeof(stored_traverse));
    ok(stored_traverse == traverse, "a later NULL for a function leaves the functions that were set");
    is_int(Py_REFCNT(capsule), 1, "tracking takes no reference");
    PyErr_SetString(PyExc_RuntimeError, "from before");
    is_int(_PyCapsule_SetTraverse(capsule, traverse, clear), 0, "SetTraverse works while an error is set");
    raises(PyExc_RuntimeError, "from before", "SetTraverse leaves an error from before alone");
    reset();
    Py_DECREF(capsule);
    is_int(destructions, 1, "the last reference ends a tracked capsule that is in no cycle");
    is_int(clears, 0, "the end of a capsule in no cycle does not call its clear function");
    is_int(tracked_in_destructor, 0, "a capsule is not tracked in its destructor");
}

/* Each maker gives a cycle of `capsules` capsules and of `objects` objects in all, with one reference from outside,
 * to its first capsule. */
static PyObject *
cycle_with_itself(void)
{
    PyObject *capsule = new_tracked_box();
    hold(capsule, capsule);
    return capsule;
}

static PyObject *
cycle_of_two(void)
{
    PyObject *left = new_tracked_box(), *right = new_tracked_box();
    hold(left, right);
    hold(right, left);
    Py_DECREF(right);
    return left;
}

static PyObject *
cycle_of_fifty(void)
{
    PyObject *first = new_tracked_box(), *last = first;
    for (int i = 1; i < 50; i++) {
        PyObject *next = new_tracked_box();
        hold(last, next);
        Py_DECREF(next);
        last = next;
    }
    hold(last, first);
    return first;
}

static PyObject *
cycle_through(PyObject *holder)
{
    PyObject *capsule = new_tracked_box();
    hold(capsule, holder);
    if (PyModule_Check(holder)) {
        PyObject_SetAttrString(holder, "capsule", capsule);
    } else if (PyDict_Check(holder)) {
        PyDict_SetItemString(holder, "capsule", capsule);
    } else {
        PyList_Append(holder, capsule);
    }
    Py_DECREF(holder);
    return capsule;
}

static PyObject *
cycle_through_dict(void)
{
    return cycle_through(PyDict_New());
}
static PyObject *
cycle_through_list(void)
{
    return cycle_through(PyList_New(0));
}
static PyObject *
cycle_through_module(void)
{
    return cycle_through(PyModule_New("m"));
}

static PyObject *
cycle_through_dict_key(void)
{
    PyObject *capsule = new_tracked_box(), *dict = PyDict_New();
    PyDict_SetItem(dict, capsule, Py_None);
    hold(capsule, dict);
    Py_DECREF(dict);
    return capsule;
}

static PyObject *
cycle_through_tuple(void)
{
    PyObject *capsule = new_tracked_box(), *tuple = PyTuple_Pack(2, capsule, capsule);
    hold(capsule, tuple);
    Py_DECREF(tuple);
    return capsule;
}

static PyObject *
cycle_through_all(void)
{
    PyObject *list = PyList_New(0), *module = PyModule_New("m"), *dict = PyDict_New(), *tuple;
    PyObject *capsule = new_tracked_box();
    tuple = PyTuple_Pack(1, list);
    PyObject_SetAttrString(module, "tuple", tuple);
    PyDict_SetItemString(dict, "module", module);
    hold(capsule, dict);
    PyList_Append(list, capsule);
    Py_DECREF(list);
    Py_DECREF(module);
    Py_DECREF(dict);
    Py_DECREF(tuple);
    return capsule;
}

static PyObject *
figure_of_eight(void)
{
    PyObject *middle = new_tracked_box(), *left = new_tracked_box(), *right = PyList_New(0);
    hold(middle, left);
    hold(left, middle);
    hold(middle, right);
    PyList_Append(right, middle);
    Py_DECREF(left);
    Py_DECREF(right);
    return middle;
}

static void
test_cycles(void)
{
    static const struct {
        PyObject *(*make)(void);
        const char *text;
        int capsules;
        int objects;
    } cases[] = {
        {cycle_with_itself, "a capsule that holds itself", 1, 1},
        {cycle_of_two, "two capsules that hold each other", 2, 2},
        {cycle_of_fifty, "a ring of fifty capsules", 50, 50},
        {cycle_through_dict, "a capsule and a dict", 1, 2},
        {cycle_through_dict_key, "a capsule and a dict whose key it is", 1, 2},
        {cycle_through_list, "a capsule and a list", 1, 2},
        {cycle_through_tuple, "a capsule and a tuple that has it twice", 1, 2},
        {cycle_through_module, "a capsule and a module", 1, 3},
        {cycle_through_all, "a capsule, a dict, a module, a tuple and a list", 1, 6},
        {figure_of_eight, "two cycles with one capsule in common", 2, 3},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *text = cases[i].text;
        reset();
        PyObject *capsule = cases[i].make();
        Py_ssize_t count = Py_REFCNT(capsule);

        is_int(PyGC_Collect(), 0, "a cycle that is held from outside is no garbage: %s", text);
        is_int(destructions, 0, "no destructor runs for a cycle that is held (%s)", text);
        is_int(clears, 0, "no clear function runs for a cycle that is held (%s)", text);
        ok(traversals >= cases[i].capsules, "the collector asks each capsule of a held cycle what it owns (%s)", text);
        is_int(Py_REFCNT(capsule), count, "a collection leaves the counts as they were (%s)", text);
        is_int(PyObject_GC_IsTracked(capsule), 1, "a collection leaves a held capsule tracked (%s)", text);
        Py_DECREF(capsule);
        is_int(destructions, 0, "counting alone does not find that it is garbage (%s)", text);
        is_int(PyGC_Collect(), cases[i].objects, "the collector finds a cycle and says how many objects it had (%s)",
               text);
        is_int(destructions, cases[i].capsules, "each destructor of the cycle runs once (%s)", text);
        ok(clears <= cases[i].capsules, "each clear function of the cycle runs at most once (%s)", text);
        is_int(count_in_destructor, 0, "the count in a destructor that the collector runs is 0 (%s)", text);
        is_int(tracked_in_destructor, 0, "the capsule is not tracked in a destructor that the collector runs (%s)",
               text);
        is_int(PyGC_Collect(), 0, "a second collection finds nothing (%s)", text);
        is_int(destructions, cases[i].capsules, "a second collection runs no destructor (%s)", text);
        no_error("no collection sets an error (%s)", text);
    }
}

static void
test_what_garbage_holds(void)
{
    PyObject *list = PyList_New(0), *outside = new_tracked_box(), *plain = new_box(), *capsule;

    reset();
    capsule = cycle_with_itself();
    hold(capsule, list);
    Py_DECREF(capsule);
    capsule = cycle_with_itself();
    hold(capsule, outside);
    Py_DECREF(capsule);
    capsule = cycle_with_itself();
    hold(capsule, plain);
    Py_DECREF(plain);
    Py_DECREF(capsule);
    is_int(PyGC_Collect(), 3, "three cycles hold a list, a capsule in use, and a capsule of their own");
    is_int(destructions, 4, "objects that garbage alone holds go with it");
    is_int(Py_REFCNT(list), 1, "a list in use has lost one reference");
    is_int(Py_REFCNT(outside), 1, "a capsule in use has lost one reference");
    is_int(PyCapsule_IsValid(outside, "box"), 1, "a capsule in use is whole after the collection");
    is_int(PyObject_GC_IsTracked(outside), 1, "a capsule in use is tracked after the collection");
    Py_DECREF(list);
    Py_DECREF(outside);
    is_int(destructions, 5, "a capsule in use goes with its last reference");
}

/* An object that is reachable from outside is kept, wherever in the cycle it is held. */
static void
test_reachable(void)
{
    PyObject *capsule = new_tracked_box(), *list = PyList_New(0), *tail = new_tracked_box();

    reset();
    hold(capsule, list);
    PyList_Append(list, capsule);
    hold(capsule, tail);
    Py_DECREF(capsule);
    Py_DECREF(tail);
    is_int(PyGC_Collect(), 0, "a cycle that is held at its list is no garbage");
    is_int(destructions + clears, 0, "no part of a cycle that is held is touched");
    is_ptr(PyList_GetItem(list, 0), capsule, "the list of a cycle that is held has its capsule");
    is_ptr(box_of(capsule)->held[0], list, "the capsule of a cycle that is held has its list");
    is_ptr(box_of(capsule)->held[1], tail, "the capsule of a cycle that is held has its other object");
    Py_DECREF(list);
    is_int(PyGC_Collect(), 3, "a cycle that was let go is garbage, and so is an object that it alone holds");
    is_int(destructions, 2, "both destructors of a cycle that was let go have run");
}

static void
test_untold(void)
{
    PyObject *capsule = new_box(), *list = PyList_New(0);

    reset();
    hold(capsule, list);
    PyList_Append(list, capsule);
    Py_DECREF(list);
    Py_DECREF(capsule);
    is_int(PyGC_Collect(), 0, "a cycle through a capsule without SetTraverse is never found");
    _PyCapsule_SetTraverse(capsule, traverse_nothing, clear);
    is_int(PyGC_Collect(), 0, "a cycle through a capsule that hides what it owns is never found");
    ok(traversals > 0, "the capsule that hides what it owns was asked");
    is_int(destructions + clears, 0, "no capsule of a cycle that is not found is touched");
    _PyCapsule_SetTraverse(capsule, traverse, clear_nothing);
    capsule = NULL;
    is_int(PyGC_Collect(), 2, "a cycle is found once the capsule tells what it owns");
    is_int(destructions, 1, "a capsule whose clear function does nothing goes when the list is cleared");

    reset();
    capsule = cycle_with_itself();
    _PyCapsule_SetTraverse(capsule, traverse, clear_nothing);
    Py_DECREF(capsule);
    is_int(PyGC_Collect(), 1, "a capsule that holds itself and does not let go is found");
    is_int(clears, 1, "a capsule that does not let go is asked to clear");
    is_int(destructions, 0, "a capsule that does not let go is not destroyed");
    is_int(PyGC_Collect(), 1, "a capsule that does not let go is found again");
    is_int(clears, 2, "a capsule that does not let go is asked to clear again");
    _PyCapsule_SetTraverse(capsule, traverse, clear);
    is_int(PyGC_Collect(), 1, "a capsule whose clear function lets go at last is found");
    is_int(destructions, 1, "a capsule whose clear function lets go is destroyed once");
}

static Py_ssize_t inner_collection;

static void
collect_inside(PyObject *capsule)
{
    inner_collection = PyGC_Collect();
    destroy(capsule);
}

static void
test_collector_switches(void)
{
    reset();
    is_int(PyGC_IsEnabled(), 1, "the collector is enabled at first");
    is_int(PyGC_Disable(), 1, "PyGC_Disable says that the collector was enabled");
    is_int(PyGC_Disable(), 0, "a second PyGC_Disable says that the collector was disabled");
    Py_DECREF(cycle_of_two());
    is_int(PyGC_Collect(), 0, "PyGC_Collect does nothing while the collector is disabled");
    is_int(destructions, 0, "no destructor runs while the collector is disabled");
    is_int(PyGC_Enable(), 0, "PyGC_Enable says that the collector was disabled");
    is_int(PyGC_Enable(), 1, "a second PyGC_Enable says that the collector was enabled");
    is_int(PyGC_Collect(), 2, "PyGC_Collect finds the cycle once the collector is enabled");
    is_int(destructions, 2, "both destructors run once the collector is enabled");

    reset();
    PyObject *capsule = cycle_with_itself(), *other = cycle_with_itself();
    PyCapsule_SetDestructor(capsule, collect_inside);
    inner_collection = -1;
    Py_DECREF(capsule);
    Py_DECREF(other);
    is_int(PyGC_Collect(), 2, "a destructor may ask for a collection");
    is_int(inner_collection, 0, "a collection inside a collection does nothing");
    is_int(destructions, 2, "each destructor runs once when one of them collects");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_errors);
    RUN(test_tracking);
    RUN(test_cycles);
    RUN(test_what_garbage_holds);
    RUN(test_reachable);
    RUN(test_untold);
    RUN(test_collector_switches);
    return TAP_END();
}
