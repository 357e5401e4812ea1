/* The context: a second pointer that belongs to the capsule's maker and means nothing to anybody else.  It is NULL
 * until set, may be anything, is never followed, called or freed, and is independent of name, pointer and destructor.
 * GetContext may return NULL without an error; only PyErr_Occurred tells that from a failure.
 */
#include "tap.h"

#include <stdint.h>

static char storage[8] = "storage";
static int destructions = 0;
static void *seen_context = NULL;

static void
see_context(PyObject *capsule)
{
    destructions++;
    seen_context = PyCapsule_GetContext(capsule);
}

static void
test_null_until_set(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", NULL);

    is_ptr(PyCapsule_GetContext(capsule), NULL, "the context of a new capsule is NULL");
    no_error("and NULL is no error");
    is_int(PyCapsule_SetContext(capsule, NULL), 0, "it may be set to NULL");
    is_ptr(PyCapsule_GetContext(capsule), NULL, "and is NULL still");
    no_error("again without an error");
    is_int(PyCapsule_SetContext(capsule, storage), 0, "SetContext returns 0");
    is_ptr(PyCapsule_GetContext(capsule), storage, "and GetContext gives what was set");
    is_int(PyCapsule_SetContext(capsule, NULL), 0, "it may be taken away again");
    is_ptr(PyCapsule_GetContext(capsule), NULL, "and is NULL once more");
    no_error("which is no error either");
    Py_DECREF(capsule);
}

static void
test_null_with_and_without_an_error(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", NULL);

    is_ptr(PyCapsule_GetContext(Py_None), NULL, "GetContext of no capsule gives NULL");
    raises(PyExc_ValueError, "PyCapsule_GetContext called with invalid PyCapsule object", "with an error");
    PyErr_SetString(PyExc_RuntimeError, "from before");
    is_ptr(PyCapsule_GetContext(capsule), NULL, "GetContext of a capsule without one gives NULL");
    raises(PyExc_RuntimeError, "from before", "and does not touch an error that was there before");
    PyErr_SetString(PyExc_RuntimeError, "from before");
    is_int(PyCapsule_SetContext(capsule, storage), 0, "SetContext works while an error is set");
    is_ptr(PyCapsule_GetContext(capsule), storage, "and so does GetContext");
    raises(PyExc_RuntimeError, "from before", "and that error stays too");
    is_int(PyCapsule_SetContext(NULL, storage), -1, "SetContext of NULL gives -1");
    raises(PyExc_ValueError, "PyCapsule_SetContext called with invalid PyCapsule object", "with an error");
    Py_DECREF(capsule);
}

static void
test_any_value(void)
{
    char local = 0;
    PyObject *list = PyList_New(0);
    PyObject *capsule = PyCapsule_New(storage, "name", see_context);
    const struct {
        void *context;
        const char *text;
    } cases[] = {
        {storage, "the capsule's own pointer"},
        {storage + 3, "an odd address"},
        {&local, "the stack"},
        {(void *)1, "the address 1"},
        {(void *)UINTPTR_MAX, "the highest address"},
        {(void *)(uintptr_t)0x123456789abcdef0, "an address that cannot be mapped"},
        {list, "an object"},
        {capsule, "the capsule itself"},
        {(void *)PyCapsule_GetName(capsule), "the capsule's own name"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        is_int(PyCapsule_SetContext(capsule, cases[i].context), 0, "the context may be %s", cases[i].text);
        is_ptr(PyCapsule_GetContext(capsule), cases[i].context, "and is given back (%s)", cases[i].text);
        is_ptr(PyCapsule_GetPointer(capsule, "name"), storage, "and the pointer stays (%s)", cases[i].text);
        is_str(PyCapsule_GetName(capsule), "name", "and the name (%s)", cases[i].text);
        ok(PyCapsule_GetDestructor(capsule) == see_context, "and the destructor (%s)", cases[i].text);
        is_int(Py_REFCNT(capsule), 1, "and the reference count of the capsule (%s)", cases[i].text);
        is_int(Py_REFCNT(list), 1, "and the count of an object that is the context (%s)", cases[i].text);
        is_int(PyObject_GC_IsTracked(capsule), 0, "and the collector does not know of it (%s)", cases[i].text);
    }
    no_error("no value of a context is an error");
    Py_DECREF(capsule);
    Py_DECREF(list);
}

static void
test_replaced(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", see_context);

    destructions = 0;
    for (int i = 0; i < 8; i++) {
        PyCapsule_SetContext(capsule, storage + i);
    }
    is_ptr(PyCapsule_GetContext(capsule), storage + 7, "of many contexts the last one counts");
    is_int(destructions, 0, "a context that is replaced is not destroyed: its owner must do so");
    is_str(storage, "storage", "nor written to");
    Py_DECREF(capsule);
    is_int(destructions, 1, "the destructor runs once for the capsule");
    is_ptr(seen_context, storage + 7, "and sees the last context");
}

static void
test_independent_of_the_rest(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", NULL);

    PyCapsule_SetContext(capsule, storage + 1);
    PyCapsule_SetName(capsule, "other");
    is_ptr(PyCapsule_GetContext(capsule), storage + 1, "SetName does not change the context");
    PyCapsule_SetPointer(capsule, storage + 2);
    is_ptr(PyCapsule_GetContext(capsule), storage + 1, "nor SetPointer");
    PyCapsule_SetDestructor(capsule, see_context);
    is_ptr(PyCapsule_GetContext(capsule), storage + 1, "nor SetDestructor");
    is_ptr(PyCapsule_GetPointer(capsule, "name"), NULL, "nor a GetPointer that fails");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name", "for its wrong name");
    is_ptr(PyCapsule_GetContext(capsule), storage + 1, "GetContext asks for no name");
    PyCapsule_SetPointer(capsule, NULL);
    PyErr_Clear();
    is_ptr(PyCapsule_GetContext(capsule), storage + 1, "nor does a SetPointer that fails change it");
    destructions = 0;
    Py_DECREF(capsule);
    is_ptr(seen_context, storage + 1, "the destructor sees it");
    is_int(destructions, 1, "once");
}

/* What contexts are for: the destructor finds there how to free the pointer, and what else to let go of. */
typedef struct {
    void (*release)(void *);
    PyObject *owner;
} Closure;

static int releases = 0;

static void
release(void *memory)
{
    releases++;
    free(memory);
}

static void
release_by_context(PyObject *capsule)
{
    Closure *closure = (Closure *)PyCapsule_GetContext(capsule);
    closure->release(PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule)));
    Py_DECREF(closure->owner);
    free(closure);
}

static void
test_closure(void)
{
    PyObject *owner = PyList_New(0);
    Closure *closure = (Closure *)malloc(sizeof(Closure));
    PyObject *capsule = PyCapsule_New(malloc(16), "memory", release_by_context);

    closure->release = release;
    closure->owner = Py_NewRef(owner);
    PyCapsule_SetContext(capsule, closure);
    is_int(releases, 0, "nothing is released while the capsule lives");
    is_int(Py_REFCNT(owner), 2, "and the owner in the context is held");
    Py_DECREF(capsule);
    is_int(releases, 1, "the destructor finds in the context how to free the pointer");
    is_int(Py_REFCNT(owner), 1, "and the owner to let go of");
    no_error("and all that sets no error");
    Py_DECREF(owner);
}

static void
release_memory_and_context(PyObject *capsule)
{
    free(PyCapsule_GetContext(capsule));
    sprintf(storage, "%d", PyCapsule_SetContext(capsule, NULL));
    seen_context = PyCapsule_GetContext(capsule);
}

static void
test_freed_in_the_destructor(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", release_memory_and_context);

    PyCapsule_SetContext(capsule, malloc(32));
    seen_context = storage;
    Py_DECREF(capsule);
    is_str(storage, "0", "SetContext works in the destructor");
    is_ptr(seen_context, NULL, "and GetContext sees its effect there");
    no_error("without an error");
}

/* The context of one capsule may be another capsule: a chain that the destructor follows. */
static void
release_next(PyObject *capsule)
{
    destructions++;
    Py_XDECREF((PyObject *)PyCapsule_GetContext(capsule));
}

static void
test_chain(void)
{
    PyObject *last = NULL;

    for (int i = 0; i < 10; i++) {
        PyObject *capsule = PyCapsule_New(storage, NULL, release_next);
        PyCapsule_SetContext(capsule, last);
        last = capsule;
    }
    destructions = 0;
    Py_DECREF(last);
    is_int(destructions, 10, "capsules that hold the next one in their contexts go one after the other");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_null_until_set);
    RUN(test_null_with_and_without_an_error);
    RUN(test_any_value);
    RUN(test_replaced);
    RUN(test_independent_of_the_rest);
    RUN(test_closure);
    RUN(test_freed_in_the_destructor);
    RUN(test_chain);
    return TAP_END();
}
