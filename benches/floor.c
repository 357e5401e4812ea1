/* The floor: a library that does the least that the benchmarks need, under the same names, so that the same program links with
 * it.  A capsule is a block of CPython's size from malloc, dropped through a pointer in its type; a question to a capsule
 * costs a call, the loads and a strcmp; all names live in one hash table; an import is dlopen and dlsym.  Ordinary objects
 * are in floor_objects.c.
 *
 * Nothing is checked but what decides the answer, there is no error but one word a thread, and objects know only what
 * the benchmarks use.  It is no implementation of anything: it says how far down a time could go. */
#include "floor.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* 64 bytes behind a collector's head of 16, as in CPython. */
typedef struct {
    PyObject head;
    void *pointer;
    const char *name;
    void *context;
    PyCapsule_Destructor destructor;
    void *collector[4];
} capsule;

static void
drop_capsule(PyObject *o)
{
    if (BLOCK(capsule, o)->destructor != NULL) {
        BLOCK(capsule, o)->destructor(o);
    }
    free(o);
}

static PyTypeObject capsule_type = {.tp_dealloc = drop_capsule};

void
_Py_Dealloc(PyObject *o)
{
    o->ob_type->tp_dealloc(o);
}

/* ---- capsules ---- */

PyObject *
PyCapsule_New(void *pointer, const char *name, PyCapsule_Destructor destructor)
{
    PyObject *o = allocate(sizeof(capsule), &capsule_type);
    if (o != NULL) {
        BLOCK(capsule, o)->pointer = pointer;
        BLOCK(capsule, o)->name = name;
        BLOCK(capsule, o)->context = NULL;
        BLOCK(capsule, o)->destructor = destructor;
    }
    return o;
}

/* An error is a message, until an object is made of it (PyErr_Fetch) or it comes as one. */
static __thread PyObject *error_type, *error_value;
static __thread const char *error_message;

static void *
fail(const char *message)
{
    error_type = (PyObject *)&capsule_type;
    error_message = message;
    return NULL;
}

static int
is_valid(PyObject *o, const char *name)
{
    return o->ob_type == &capsule_type && strcmp(BLOCK(capsule, o)->name, name) == 0;
}

void *
PyCapsule_GetPointer(PyObject *o, const char *name)
{
    return is_valid(o, name) ? BLOCK(capsule, o)->pointer : fail("wrong name");
}

int
PyCapsule_IsValid(PyObject *o, const char *name)
{
    return is_valid(o, name);
}

#define GET(function, type, field)                                            \
    type function(PyObject *o)                                                \
    {                                                                         \
        return o->ob_type == &capsule_type ? BLOCK(capsule, o)->field : NULL; \
    }
GET(PyCapsule_GetName, const char *, name)
GET(PyCapsule_GetContext, void *, context)
GET(PyCapsule_GetDestructor, PyCapsule_Destructor, destructor)

#define SET(function, type, field)         \
    int function(PyObject *o, type value)  \
    {                                      \
        if (o->ob_type != &capsule_type) { \
            return -1;                     \
        }                                  \
        BLOCK(capsule, o)->field = value;  \
        return 0;                          \
    }
SET(PyCapsule_SetPointer, void *, pointer)
SET(PyCapsule_SetName, const char *, name)
SET(PyCapsule_SetContext, void *, context)
SET(PyCapsule_SetDestructor, PyCapsule_Destructor, destructor)

/* ---- errors: a type and a message a thread; an exception is a block that holds a copy of the message ---- */

typedef struct {
    PyObject head;
    char *message;
    void *fields[8];
} exception;

static void
drop_exception(PyObject *o)
{
    free(BLOCK(exception, o)->message);
    free(o);
}

static PyTypeObject exception_type = {.tp_dealloc = drop_exception};

static PyObject value_error;
PyObject *PyExc_ValueError = &value_error;

void
PyErr_Clear(void)
{
    error_type = NULL;
    error_message = NULL;
    if (error_value != NULL) {
        Py_CLEAR(error_value);
    }
}

/* The indicator owns the exception, or the text that PyErr_Format has made. */
void
own_error(PyObject *value)
{
    error_type = &value_error;
    error_value = value;
}

void
PyErr_SetString(PyObject *type, const char *message)
{
    (void)type;
    fail(message);
}

void
PyErr_Restore(PyObject *type, PyObject *value, PyObject *traceback)
{
    (void)traceback;
    Py_DECREF(type);
    own_error(value);
}

PyObject *
PyErr_Occurred(void)
{
    return error_type;
}
void
PyErr_Print(void)
{
    PyErr_Clear();
}

PyObject *
PyErr_GetRaisedException(void)
{
    PyObject *o = allocate(sizeof(exception), &exception_type);
    BLOCK(exception, o)->message = strdup(error_message);
    PyErr_Clear();
    return o;
}

void
PyErr_Fetch(PyObject **type, PyObject **value, PyObject **traceback)
{
    *value = PyErr_GetRaisedException();
    *type = Py_NewRef(*value);
    *traceback = NULL;
}

/* ---- names: one table from an object and a name to an object ---- */

typedef struct {
    PyObject *owner, *value;
    char *name;
    size_t hash;
} entry;

static entry *table;
static size_t used, mask;

static entry *
find(PyObject *owner, const char *name, size_t length)
{
    size_t hash = (size_t)owner, i;
    for (i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)name[i]) * 0x100000001b3;
    }
    if (2 * used >= mask) {
        size_t old = table == NULL ? 0 : mask + 1;
        entry *entries = table;
        mask = old == 0 ? 63 : 4 * old - 1;
        table = calloc(mask + 1, sizeof *table);
        for (i = 0; i < old; i++) {
            size_t to = entries[i].hash & mask;
            for (; entries[i].name != NULL && table[to].name != NULL; to = (to + 1) & mask) {
            }
            table[to] = entries[i].name != NULL ? entries[i] : table[to];
        }
        free(entries);
    }
    for (i = hash & mask; table[i].name != NULL; i = (i + 1) & mask) {
        entry *at = &table[i];
        if (at->hash == hash && at->owner == owner && memcmp(at->name, name, length) == 0 && at->name[length] == '\0') {
            break;
        }
    }
    table[i].hash = hash;
    return &table[i];
}

static PyObject *
put(PyObject *owner, const char *name, PyObject *value)
{
    entry *at = find(owner, name, strlen(name));
    if (at->name == NULL) {
        at->name = strdup(name);
        at->owner = owner;
        used++;
    }
    return at->value = value;
}

typedef struct {
    PyObject head;
    char *name;
} module;

static PyTypeObject module_type;

PyObject *
PyImport_AddModule(const char *name)
{
    entry *at = find(NULL, name, strlen(name));
    if (at->name == NULL) {
        PyObject *o = allocate(sizeof(module), &module_type);
        BLOCK(module, o)->name = strdup(name);
        return put(NULL, name, o);
    }
    return at->value;
}

int
PyObject_SetAttrString(PyObject *o, const char *name, PyObject *value)
{
    return put(o, name, Py_NewRef(value)) == NULL;
}
int
PyModule_AddObjectRef(PyObject *o, const char *name, PyObject *value)
{
    return PyObject_SetAttrString(o, name, value);
}
const char *
PyModule_GetName(PyObject *o)
{
    return BLOCK(module, o)->name;
}
PyObject *
PyModuleDef_Init(PyModuleDef *def)
{
    return (PyObject *)def;
}

PyObject *
PyObject_GetAttrString(PyObject *o, const char *name)
{
    entry *at = find(o, name, strlen(name));
    return at->name != NULL ? Py_NewRef(at->value) : fail("no attribute");
}

static PyObject *
load(const char *name, size_t length)
{
    char path[4096], function[256];
    PyObject *(*init)(void);
    void *library;
    PyObject *o;
    const PyModuleDef_Slot *slot;

    snprintf(path, sizeof path, "%s/%.*s.so", getenv("PYTHONPATH"), (int)length, name);
    if (access(path, R_OK) != 0 || (library = dlopen(path, RTLD_NOW)) == NULL) {
        return fail("no module");
    }
    snprintf(function, sizeof function, "PyInit_%.*s", (int)length, name);
    *(void **)&init = dlsym(library, function);
    snprintf(path, sizeof path, "%.*s", (int)length, name);
    o = PyImport_AddModule(path);
    for (slot = ((PyModuleDef *)(void *)init())->m_slots; slot->slot != 0; slot++) {
        int (*exec)(PyObject *);
        *(void **)&exec = slot->value;
        exec(o);
    }
    return o;
}

void *
PyCapsule_Import(const char *name, int no_block)
{
    PyObject *o = NULL;
    const char *part = name;
    (void)no_block;
    for (;;) {
        const char *dot = strchr(part, '.');
        size_t length = dot != NULL ? (size_t)(dot - part) : strlen(part);
        entry *at = find(o, part, length);
        if (at->name == NULL && (o != NULL || (o = load(part, length)) == NULL)) {
            return fail("nowhere");
        }
        o = at->name != NULL ? at->value : o;
        if (dot == NULL) {
            return PyCapsule_GetPointer(o, name);
        }
        part = dot + 1;
    }
}

/* ---- there is no interpreter ---- */

void
Py_Initialize(void)
{
}
int
Py_IsInitialized(void)
{
    return 1;
}
PyGILState_STATE
PyGILState_Ensure(void)
{
    return PyGILState_LOCKED;
}
void
PyGILState_Release(PyGILState_STATE state)
{
    (void)state;
}
PyThreadState *
PyEval_SaveThread(void)
{
    return NULL;
}
void
PyEval_RestoreThread(PyThreadState *state)
{
    (void)state;
}
