/* The legality rule, which every accessor and setter has in common: the argument must be an object, of exactly the
 * type PyCapsule, whose stored pointer is not NULL.  It is checked before anything else.  A call that is refused
 * gives NULL or -1 with a ValueError that names the function, and changes nothing; IsValid alone says only 0.
 */
#include "tap.h"

static char storage[4] = "abc";

static void
do_nothing(PyObject *capsule)
{
    (void)capsule;
}

/* Each entry calls a function with every argument wrong, or as wrong as it can be, besides the capsule. */
static int
get_pointer(PyObject *o)
{
    return PyCapsule_GetPointer(o, "wrong name") == NULL ? -1 : 0;
}
static int
get_pointer_unnamed(PyObject *o)
{
    return PyCapsule_GetPointer(o, NULL) == NULL ? -1 : 0;
}
static int
get_name(PyObject *o)
{
    return PyCapsule_GetName(o) == NULL ? -1 : 0;
}
static int
get_context(PyObject *o)
{
    return PyCapsule_GetContext(o) == NULL ? -1 : 0;
}
static int
get_destructor(PyObject *o)
{
    return PyCapsule_GetDestructor(o) == NULL ? -1 : 0;
}
static int
set_pointer(PyObject *o)
{
    return PyCapsule_SetPointer(o, storage + 1);
}
static int
set_pointer_null(PyObject *o)
{
    return PyCapsule_SetPointer(o, NULL);
}
static int
set_name(PyObject *o)
{
    return PyCapsule_SetName(o, "renamed");
}
static int
set_name_null(PyObject *o)
{
    return PyCapsule_SetName(o, NULL);
}
static int
set_context(PyObject *o)
{
    return PyCapsule_SetContext(o, storage + 2);
}
static int
set_context_null(PyObject *o)
{
    return PyCapsule_SetContext(o, NULL);
}
static int
set_destructor(PyObject *o)
{
    return PyCapsule_SetDestructor(o, NULL);
}

static const struct {
    const char *call;
    int (*function)(PyObject *);
    const char *message;
} ENTRIES[] = {
    {"GetPointer", get_pointer, "PyCapsule_GetPointer called with invalid PyCapsule object"},
    {"GetPointer(NULL)", get_pointer_unnamed, "PyCapsule_GetPointer called with invalid PyCapsule object"},
    {"GetName", get_name, "PyCapsule_GetName called with invalid PyCapsule object"},
    {"GetContext", get_context, "PyCapsule_GetContext called with invalid PyCapsule object"},
    {"GetDestructor", get_destructor, "PyCapsule_GetDestructor called with invalid PyCapsule object"},
    {"SetPointer", set_pointer, "PyCapsule_SetPointer called with invalid PyCapsule object"},
    {"SetPointer(NULL)", set_pointer_null, "PyCapsule_SetPointer called with invalid PyCapsule object"},
    {"SetName", set_name, "PyCapsule_SetName called with invalid PyCapsule object"},
    {"SetName(NULL)", set_name_null, "PyCapsule_SetName called with invalid PyCapsule object"},
    {"SetContext", set_context, "PyCapsule_SetContext called with invalid PyCapsule object"},
    {"SetContext(NULL)", set_context_null, "PyCapsule_SetContext called with invalid PyCapsule object"},
    {"SetDestructor", set_destructor, "PyCapsule_SetDestructor called with invalid PyCapsule object"},
};
enum { ENTRY_COUNT = sizeof(ENTRIES) / sizeof(ENTRIES[0]) };

static void
refused_by_all(PyObject *object, const char *what)
{
    for (int i = 0; i < ENTRY_COUNT; i++) {
        Py_ssize_t count = object != NULL ? Py_REFCNT(object) : 0;
        const char *call = ENTRIES[i].call;

        is_int(ENTRIES[i].function(object), -1, "%s refuses %s", call, what);
        raises(PyExc_ValueError, ENTRIES[i].message, "the ValueError of %s names the function (%s)", call, what);
        PyErr_SetString(PyExc_RuntimeError, "from before");
        is_int(ENTRIES[i].function(object), -1, "%s refuses %s also while an error is set", call, what);
        raises(PyExc_ValueError, ENTRIES[i].message, "the error of %s replaces one from before (%s)", call, what);
        is_int(object != NULL ? Py_REFCNT(object) : 0, count, "the count of %s stays as it is (%s)", what, call);
    }
    is_int(PyCapsule_IsValid(object, NULL), 0, "IsValid says 0 of %s without a name", what);
    is_int(PyCapsule_IsValid(object, "name"), 0, "IsValid says 0 of %s with a name", what);
    no_error("IsValid of %s sets no error", what);
    PyErr_SetString(PyExc_RuntimeError, "from before");
    is_int(PyCapsule_IsValid(object, "name"), 0, "IsValid says 0 of %s also while an error is set", what);
    raises(PyExc_RuntimeError, "from before", "IsValid of %s leaves an error from before alone", what);
}

static PyObject *
function(PyObject *self, PyObject *arguments)
{
    (void)arguments;
    return Py_NewRef(self);
}

static PyMethodDef method = {"function", function, METH_NOARGS, NULL};

static void
test_not_a_capsule(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", NULL);
    PyObject *dict = PyDict_New();
    const struct {
        PyObject *object;
        const char *text;
    } cases[] = {
        {Py_NewRef(Py_None), "None"},
        {Py_NewRef(Py_True), "True"},
        {Py_NewRef(Py_NotImplemented), "NotImplemented"},
        {Py_NewRef(Py_Ellipsis), "Ellipsis"},
        {PyLong_FromLong(1234567), "an int"},
        {PyLong_FromVoidPtr(storage), "an address as an int"},
        {PyFloat_FromDouble(1.5), "a float"},
        {PyUnicode_FromString("name"), "a str"},
        {PyBytes_FromString("name"), "a bytes"},
        {PyTuple_Pack(1, capsule), "a tuple that holds a capsule"},
        {PyList_New(0), "a list"},
        {Py_NewRef(dict), "a dict"},
        {PyModule_New("name"), "a module"},
        {PyCFunction_New(&method, capsule), "a function whose self is a capsule"},
        {Py_NewRef((PyObject *)&PyCapsule_Type), "the capsule type"},
        {Py_NewRef((PyObject *)&PyBaseObject_Type), "the type object"},
        {Py_NewRef(PyExc_ValueError), "an exception type"},
        {PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type), "a plain object"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        ok(!PyCapsule_CheckExact(cases[i].object), "CheckExact refuses %s", cases[i].text);
        refused_by_all(cases[i].object, cases[i].text);
        Py_DECREF(cases[i].object);
    }
    is_int(PyDict_Size(dict), 0, "no setter wrote anything into the dict");
    Py_DECREF(dict);
    is_int(Py_REFCNT(capsule), 1, "no setter kept the capsule that was inside other objects");
    is_ptr(PyCapsule_GetPointer(capsule, "name"), storage,
           "no setter changed the capsule that was inside other objects");
    Py_DECREF(capsule);
}

static void
test_null(void)
{
    refused_by_all(NULL, "NULL");
}

/* No call can make the stored pointer NULL, so it is written into the object, whose layout is part of the ABI. */
static void
test_stored_pointer_is_null(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", do_nothing);
    void **fields = (void **)capsule;

    PyCapsule_SetContext(capsule, storage + 3);
    fields[2] = NULL;
    ok(PyCapsule_CheckExact(capsule), "a capsule whose pointer was overwritten is still of the type");
    refused_by_all(capsule, "a capsule without a pointer");
    fields[2] = storage;
    is_ptr(PyCapsule_GetPointer(capsule, "name"), storage, "a capsule whose pointer was put back works again");
    is_str(PyCapsule_GetName(capsule), "name", "no call that a missing pointer refuses changes the name");
    is_ptr(PyCapsule_GetContext(capsule), storage + 3, "no call that a missing pointer refuses changes the context");
    ok(PyCapsule_GetDestructor(capsule) == do_nothing, "no call that a missing pointer refuses changes the destructor");
    is_int(Py_REFCNT(capsule), 1, "no call that a missing pointer refuses changes the reference count");
    Py_DECREF(capsule);
}

static void
test_exactly_the_type(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", do_nothing);
    /* 416 bytes with tp_base at 256: as much of a type as the header shows. */
    void *subtype[52];
    const void *type = Py_TYPE(capsule);

    PyCapsule_SetContext(capsule, storage + 3);
    memcpy(subtype, type, sizeof subtype);
    subtype[32] = &PyCapsule_Type;
    capsule->ob_type = (PyTypeObject *)subtype;
    ok(!PyCapsule_CheckExact(capsule), "CheckExact refuses a type that merely has PyCapsule's contents");
    refused_by_all(capsule, "an object of a type derived from PyCapsule");
    capsule->ob_type = &PyCapsule_Type;
    is_ptr(PyCapsule_GetPointer(capsule, "name"), storage, "a capsule whose type was put back works again");
    is_str(PyCapsule_GetName(capsule), "name", "no call that a derived type refuses changes the name");
    is_ptr(PyCapsule_GetContext(capsule), storage + 3, "no call that a derived type refuses changes the context");
    ok(PyCapsule_GetDestructor(capsule) == do_nothing, "no call that a derived type refuses changes the destructor");
    Py_DECREF(capsule);
}

static void
test_is_valid(void)
{
    static const char *const names[] = {NULL, "", "name", "pkg.name", "\xff"};
    enum { COUNT = sizeof(names) / sizeof(names[0]) };

    for (int i = 0; i < COUNT; i++) {
        PyObject *capsule = PyCapsule_New(storage, names[i], NULL);
        ok(PyCapsule_CheckExact(capsule), "CheckExact accepts a capsule of any name (%d)", i);
        for (int j = 0; j < COUNT; j++) {
            is_int(PyCapsule_IsValid(capsule, names[j]), i == j, "IsValid of name %d as name %d", i, j);
            no_error("IsValid sets no error (%d, %d)", i, j);
            PyErr_SetString(PyExc_RuntimeError, "from before");
            is_int(PyCapsule_IsValid(capsule, names[j]), i == j,
                   "IsValid gives its answer while an error is set (%d, %d)", i, j);
            raises(PyExc_RuntimeError, "from before", "IsValid leaves an error from before alone (%d, %d)", i, j);
        }
        is_int(Py_REFCNT(capsule), 1, "IsValid takes no reference (%d)", i);
        Py_DECREF(capsule);
    }
}

/* For a legal capsule: IsValid is 1 exactly when GetPointer would succeed. */
static void
test_valid_means_that_get_pointer_succeeds(void)
{
    static const char *const asked[] = {NULL, "", "a", "b"};
    PyObject *objects[4];
    int agreements = 0;

    objects[0] = PyCapsule_New(storage, NULL, NULL);
    objects[1] = PyCapsule_New(storage, "a", NULL);
    objects[2] = PyLong_FromLong(7);
    objects[3] = NULL;
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
            int valid = PyCapsule_IsValid(objects[i], asked[j]);
            agreements +=
                valid == (PyCapsule_GetPointer(objects[i], asked[j]) != NULL) && valid == (PyErr_Occurred() == NULL);
            PyErr_Clear();
        }
        Py_XDECREF(objects[i]);
    }
    is_int(agreements, 16, "IsValid is 1 exactly when GetPointer succeeds");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_null);
    RUN(test_not_a_capsule);
    RUN(test_stored_pointer_is_null);
    RUN(test_exactly_the_type);
    RUN(test_is_valid);
    RUN(test_valid_means_that_get_pointer_succeeds);
    return TAP_END();
}
