/* The context: a second pointer that belongs to the capsule's maker and means nothing to other code.  It is NULL
 * until set, may be anything, is never followed, called or freed, and is independent of name, pointer and destructor.
 * GetContext may return NULL without an error; PyErr_Occurred alone tells that from a failure.
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
    no_error("a context of NULL is no error");
    is_int(PyCapsule_SetContext(capsule, NULL), 0, "the context may be set to NULL");
    is_ptr(PyCapsule_GetContext(capsule), NULL, "a context that was set to NULL is NULL");
    no_error("reading a context that was set to NULL is no error");
    is_int(PyCapsule_SetContext(capsule, storage), 0, "SetContext returns 0");
    is_ptr(PyCapsule_GetContext(capsule), storage, "GetContext gives the context that was set");
    is_int(PyCapsule_SetContext(capsule, NULL), 0, "a context may be taken away again");
    is_ptr(PyCapsule_GetContext(capsule), NULL, "a context that was taken away is NULL");
    no_error("reading a context that was taken away is no error");
    Py_DECREF(capsule);
}

static void
test_null_with_and_without_an_error(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", NULL);

    is_ptr(PyCapsule_GetContext(Py_None), NULL, "GetContext of no capsule gives NULL");
    raises(PyExc_ValueError, "PyCapsule_GetContext called with invalid PyCapsule object",
           "GetContext of no capsule raises a ValueError");
    PyErr_SetString(PyExc_RuntimeError, "from before");
    is_ptr(PyCapsule_GetContext(capsule), NULL, "GetContext of a capsule without a context gives NULL");
    raises(PyExc_RuntimeError, "from before", "GetContext does not touch an error that was there before");
    PyErr_SetString(PyExc_RuntimeError, "from before");
    is_int(PyCapsule_SetContext(capsule, storage), 0, "SetContext works while an error is set");
    is_ptr(PyCapsule_GetContext(capsule), storage, "GetContext works while an error is set");
    raises(PyExc_RuntimeError, "from before", "SetContext and GetContext leave an error that was there before");
    is_int(PyCapsule_SetContext(NULL, storage), -1, "SetContext of NULL gives -1");
    raises(PyExc_ValueError, "PyCapsule_SetContext called with invalid PyCapsule object",
           "SetContext of NULL raises a ValueError");
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
        is_ptr(PyCapsule_GetContext(capsule), cases[i].context, "GetContext gives the context back (%s)",
               cases[i].text);
        is_ptr(PyCapsule_GetPointer(capsule, "name"), storage, "SetContext leaves the pointer as it is (%s)",
               cases[i].text);
        is_str(PyCapsule_GetName(capsule), "name", "SetContext leaves the name as it is (%s)", cases[i].text);
        ok(PyCapsule_GetDestructor(capsule) == see_context, "SetContext leaves the destructor as it is (%s)",
           cases[i].text);
        is_int(Py_REFCNT(capsule), 1, "SetContext takes no reference to the capsule (%s)", cases[i].text);
        is_int(Py_REFCNT(list), 1, "SetContext takes no reference to an object that is the context (%s)",
               cases[i].text);
        is_int(PyObject_GC_IsTracked(capsule), 0, "SetContext does not have the collector track the capsule (%s)",
               cases[i].text);
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
    is_str(storage, "storage", "a context that is replaced is not written to");
    Py_DECREF(capsule);
    is_int(destructions, 1, "the destructor runs once for the capsule");
    is_ptr(seen_context, storage + 7, "the destructor sees the last context");
}

static void
test_independent_of_the_rest(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", NULL);

    PyCapsule_SetContext(capsule, storage + 1);
    PyCapsule_SetName(capsule, "other");
    is_ptr(PyCapsule_GetContext(capsule), storage + 1, "SetName does not change the context");
    PyCapsule_SetPointer(capsule, storage + 2);
    is_ptr(PyCapsule_GetContext(capsule), storage + 1, "SetPointer does not change the context");
    PyCapsule_SetDestructor(capsule, see_context);
    is_ptr(PyCapsule_GetContext(capsule), storage + 1, "SetDestructor does not change the context");
    is_ptr(PyCapsule_GetPointer(capsule, "name"), NULL,
           "GetPointer with a wrong name fails on a capsule with a context");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name",
           "the context does not change the error of a wrong name");
    is_ptr(PyCapsule_GetContext(capsule), storage + 1,
           "GetContext asks for no name, and GetPointer does not change the context");
    PyCapsule_SetPointer(capsule, NULL);
    PyErr_Clear();
    is_ptr(PyCapsule_GetContext(capsule), storage + 1, "a SetPointer that fails does not change the context");
    destructions = 0;
    Py_DECREF(capsule);
    is_ptr(seen_context, storage + 1, "the destructor sees the context");
    is_int(destructions, 1, "the destructor of a capsule with a context runs once");
}

/* A use of contexts: they tell the destructor how to free the pointer, and which object to drop. */
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
    is_int(Py_REFCNT(owner), 2, "the owner in the context is held while the capsule lives");
    Py_DECREF(capsule);
    is_int(releases, 1, "the destructor finds in the context how to free the pointer");
    is_int(Py_REFCNT(owner), 1, "the destructor finds in the context the owner to let go of");
    no_error("a destructor that uses the context sets no error");
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
    is_ptr(seen_context, NULL, "GetContext in the destructor gives the context that was set there");
    no_error("a destructor that frees the context sets no error");
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
