/* PyCapsule_New: the fields of a new capsule, its owner, and the arguments that New refuses.  A capsule is made of any
 * pointer but NULL, with any name or none, with any destructor or none.  New copies nothing, calls nothing, and neither
 * reads nor clears the error indicator unless it fails; a failed New never runs the destructor it was given.
 */
#include "tap.h"

static int destructions = 0;

static void
count_destruction(PyObject *capsule)
{
    (void)capsule;
    destructions++;
}

static char storage[8] = "storage";
static const char *const NAMES[] = {NULL, "", "name", "pkg.mod._C_API", "dltensor", "\xff\xfe", "%s%n%d", " ", "a\nb"};
static const char *const NAME_TEXTS[] = {"NULL",
                                         "an empty name",
                                         "a word",
                                         "a dotted name",
                                         "dltensor",
                                         "bytes that are not UTF-8",
                                         "a name like a format",
                                         "a blank",
                                         "a line break"};
enum { NAME_COUNT = sizeof(NAMES) / sizeof(NAMES[0]) };

static void
test_each_field_holds_what_was_given(void)
{
    for (int i = 0; i < NAME_COUNT; i++) {
        for (int with_destructor = 0; with_destructor < 2; with_destructor++) {
            const char *what = NAME_TEXTS[i];
            const char *end = with_destructor ? "and a destructor" : "and no destructor";
            PyCapsule_Destructor destructor = with_destructor ? count_destruction : NULL;
            PyObject *capsule = PyCapsule_New(storage, NAMES[i], destructor);

            no_error("New with %s %s sets no error", what, end);
            ok(capsule != NULL && PyCapsule_CheckExact(capsule), "New with %s %s is a capsule", what, end);
            is_int(Py_REFCNT(capsule), 1, "the caller owns the only reference (%s %s)", what, end);
            is_ptr(PyCapsule_GetPointer(capsule, NAMES[i]), storage, "GetPointer gives the pointer (%s %s)", what, end);
            is_ptr(PyCapsule_GetName(capsule), NAMES[i], "GetName gives the very name pointer (%s %s)", what, end);
            is_ptr(PyCapsule_GetContext(capsule), NULL, "the context of a new capsule is NULL (%s %s)", what, end);
            ok(PyCapsule_GetDestructor(capsule) == destructor, "GetDestructor gives the destructor (%s %s)", what, end);
            is_int(PyCapsule_IsValid(capsule, NAMES[i]), 1, "a new capsule is valid under its name (%s %s)", what, end);
            is_int(PyObject_GC_IsTracked(capsule), 0, "the collector does not track a new capsule (%s %s)", what, end);
            no_error("no accessor of a new capsule sets an error (%s %s)", what, end);

            destructions = 0;
            Py_DECREF(capsule);
            is_int(destructions, with_destructor, "the last reference runs the destructor, if any (%s %s)", what, end);
            no_error("the end of a capsule sets no error (%s %s)", what, end);
        }
    }
}

static void
test_null_pointer_is_refused(void)
{
    for (int i = 0; i < NAME_COUNT; i++) {
        destructions = 0;
        is_ptr(PyCapsule_New(NULL, NAMES[i], count_destruction), NULL, "New of NULL with %s fails", NAME_TEXTS[i]);
        raises(PyExc_ValueError, "PyCapsule_New called with null pointer", "New of NULL raises a ValueError (%s)",
               NAME_TEXTS[i]);
        is_int(destructions, 0, "the destructor of a capsule that never was does not run (%s)", NAME_TEXTS[i]);
        is_ptr(PyCapsule_New(NULL, NAMES[i], NULL), NULL, "New of NULL without a destructor fails (%s)", NAME_TEXTS[i]);
        raises(PyExc_ValueError, "PyCapsule_New called with null pointer",
               "New of NULL without a destructor raises a ValueError (%s)", NAME_TEXTS[i]);
    }
}

static void
test_error_indicator(void)
{
    PyObject *capsule;
    PyObject *type, *value, *traceback;

    PyErr_SetString(PyExc_RuntimeError, "from before");
    capsule = PyCapsule_New(storage, "name", NULL);
    ok(capsule != NULL, "New works while an error is set");
    raises(PyExc_RuntimeError, "from before", "New leaves an error from before alone");
    Py_DECREF(capsule);

    PyErr_SetString(PyExc_RuntimeError, "from before");
    is_ptr(PyCapsule_New(NULL, "name", NULL), NULL, "New of NULL fails while an error is set");
    raises(PyExc_ValueError, "PyCapsule_New called with null pointer", "the error of New replaces one from before");

    is_ptr(PyCapsule_New(NULL, "name", NULL), NULL, "New of NULL fails");
    ok(PyErr_ExceptionMatches(PyExc_ValueError), "the error of New matches ValueError");
    ok(PyErr_ExceptionMatches(PyExc_Exception), "the error of New matches the base Exception");
    ok(!PyErr_ExceptionMatches(PyExc_TypeError), "the error of New does not match TypeError");
    is_ptr(PyErr_Occurred(), PyExc_ValueError, "PyErr_Occurred gives the type itself");
    PyErr_Fetch(&type, &value, &traceback);
    is_ptr(type, PyExc_ValueError, "PyErr_Fetch gives the type itself");
    is_ptr(traceback, NULL, "PyErr_Fetch gives no traceback, since no Python code was running");
    no_error("PyErr_Fetch leaves no error behind");
    Py_XDECREF(type);
    Py_XDECREF(value);

    is_ptr(PyCapsule_New(NULL, "name", NULL), NULL, "New of NULL fails once more");
    value = PyErr_GetRaisedException();
    ok(value != NULL && (PyObject *)Py_TYPE(value) == PyExc_ValueError, "the raised exception is a ValueError");
    is_int(Py_REFCNT(value), 1, "the raised exception has one reference");
    PyErr_SetRaisedException(value);
    raises(PyExc_ValueError, "PyCapsule_New called with null pointer",
           "a raised exception that is set again has the same message");
}

static void
test_refused_arguments_are_not_kept(void)
{
    PyObject *list = PyList_New(0);
    PyObject *capsule = PyCapsule_New(list, "list", NULL);

    is_int(Py_REFCNT(list), 1, "New takes no reference, even to an object");
    is_int(PyCapsule_SetContext(capsule, list), 0, "SetContext with an object succeeds");
    is_int(Py_REFCNT(list), 1, "SetContext takes no reference to an object");
    Py_DECREF(capsule);
    is_int(Py_REFCNT(list), 1, "a capsule without a destructor drops no reference");
    Py_DECREF(list);
}

static void
test_capsules_are_distinct(void)
{
    enum { MANY = 200 };
    PyObject *capsules[MANY];
    Py_ssize_t type_count = Py_REFCNT((PyObject *)&PyCapsule_Type);
    int distinct = 1, right = 1;
    char *bytes = (char *)malloc(MANY);

    for (int i = 0; i < MANY; i++) {
        capsules[i] = PyCapsule_New(bytes + i, "byte", count_destruction);
    }
    for (int i = 0; i < MANY; i++) {
        right &= PyCapsule_GetPointer(capsules[i], "byte") == bytes + i;
        for (int j = 0; j < i; j++) {
            distinct &= capsules[i] != capsules[j];
        }
    }
    ok(distinct, "each New gives another object");
    ok(right, "each capsule keeps its own pointer");
    destructions = 0;
    for (int i = 0; i < MANY; i += 2) {
        Py_DECREF(capsules[i]);
    }
    is_int(destructions, MANY / 2, "each dropped capsule runs its destructor once");
    right = 1;
    for (int i = 1; i < MANY; i += 2) {
        right &= PyCapsule_GetPointer(capsules[i], "byte") == bytes + i;
    }
    ok(right, "the capsules that live are untouched");
    for (int i = 1; i < MANY; i += 2) {
        Py_DECREF(capsules[i]);
    }
    is_int(destructions, MANY, "the other capsules run their destructors when dropped in turn");
    is_int(Py_REFCNT((PyObject *)&PyCapsule_Type), type_count, "capsules do not move the count of their type");
    free(bytes);
}

static void
test_same_pointer_twice(void)
{
    PyObject *first = PyCapsule_New(storage, "first", count_destruction);
    PyObject *second = PyCapsule_New(storage, "second", count_destruction);

    ok(first != second, "two capsules of one pointer are two objects");
    is_ptr(PyCapsule_GetPointer(first, "first"), PyCapsule_GetPointer(second, "second"),
           "two capsules of one pointer share it");
    is_int(PyCapsule_IsValid(first, "second"), 0, "two capsules of one pointer do not share the name");
    destructions = 0;
    Py_DECREF(first);
    is_int(destructions, 1, "dropping one of two capsules runs one destructor");
    is_ptr(PyCapsule_GetPointer(second, "second"), storage, "dropping one of two capsules leaves the other whole");
    Py_DECREF(second);
    is_int(destructions, 2, "the second capsule runs its own destructor");
}

static void
test_references(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", count_destruction);

    destructions = 0;
    Py_INCREF(capsule);
    is_int(Py_REFCNT(capsule), 2, "Py_INCREF counts up");
    Py_DECREF(capsule);
    is_int(Py_REFCNT(capsule), 1, "Py_DECREF counts down");
    is_ptr(Py_NewRef(capsule), capsule, "Py_NewRef gives the same capsule");
    is_ptr(Py_XNewRef(capsule), capsule, "Py_XNewRef gives the same capsule");
    Py_IncRef(capsule);
    is_int(Py_REFCNT(capsule), 4, "Py_NewRef, Py_XNewRef and Py_IncRef make one reference each");
    is_ptr(Py_XNewRef(NULL), NULL, "Py_XNewRef of NULL is NULL");
    Py_DecRef(capsule);
    Py_XDECREF(capsule);
    Py_DECREF(capsule);
    is_int(destructions, 0, "no destructor runs while a reference is left");
    Py_CLEAR(capsule);
    is_int(destructions, 1, "Py_CLEAR of the last reference runs the destructor");
    is_ptr(capsule, NULL, "Py_CLEAR sets the variable to NULL");

    capsule = PyCapsule_New(storage, "name", count_destruction);
    Py_DecRef(capsule);
    is_int(destructions, 2, "Py_DecRef destroys as Py_DECREF does");
    Py_DecRef(NULL);
    Py_IncRef(NULL);
    no_error("Py_DecRef and Py_IncRef accept NULL");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_each_field_holds_what_was_given);
    RUN(test_null_pointer_is_refused);
    RUN(test_error_indicator);
    RUN(test_refused_arguments_are_not_kept);
    RUN(test_capsules_are_distinct);
    RUN(test_same_pointer_twice);
    RUN(test_references);
    return TAP_END();
}
