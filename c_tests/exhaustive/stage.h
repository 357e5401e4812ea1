/* The stage for the calls of the alphabet: two slots for capsules, names, destructors, a module, and functions that
 * print them. The file needs no other file, so a sequence of calls with a main function after it is a separate
 * program. */
#include <Python.h>

#include <stdio.h>
#include <string.h>

#ifndef say
#define say printf
#endif

static PyObject *a, *b, *held, *module;
static char p[3], name[] = "tm.cap", same_name[] = "tm.cap", other_name[] = "other";

static void
pointer(const void *value)
{
    if (value == NULL) {
        say(" NULL");
    } else {
        say(" p%d", (int)((const char *)value - p));
    }
}

static void
number(long value)
{
    say(" %ld", value);
}

/* The address counts, not only the text. */
static void
text(const char *value)
{
    say(" %s %s", value == NULL ? "NULL" : value,
        value == name         ? "name"
        : value == same_name  ? "same_name"
        : value == other_name ? "other_name"
                              : "");
}

/* Type and message of the error indicator, which stays as it is. */
static void
error(void)
{
    PyObject *raised, *message;

    if (PyErr_Occurred() == NULL) {
        return;
    }
    raised = PyErr_GetRaisedException();
    message = PyObject_Str(raised);
    say(" !%s %s", Py_TYPE(raised)->tp_name, message ? PyUnicode_AsUTF8(message) : "(no text)");
    Py_XDECREF(message);
    PyErr_Clear();
    PyErr_SetRaisedException(raised);
}

/* The new object is in the slot before the former one is dropped, because the destructors read the slots. */
static void
put(PyObject **slot, PyObject *object)
{
    PyObject *former = *slot;

    number(object != NULL ? (long)Py_REFCNT(object) : -1);
    *slot = object;
    Py_XDECREF(former);
}

static void
keep(PyObject **slot, PyObject *object)
{
    if (object != NULL) {
        put(slot, object);
    } else {
        say(" NULL");
    }
}

static void
drop(PyObject **slot)
{
    put(slot, NULL);
}

static void
destroyed(const char *what, PyObject *capsule)
{
    say(" ~%s", what);
    text(PyCapsule_GetName(capsule));
    pointer(PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule)));
    number((long)Py_REFCNT(capsule));
    error();
}

static void
plain(PyObject *capsule)
{
    destroyed("plain", capsule);
}

static void
raising(PyObject *capsule)
{
    destroyed("raising", capsule);
    PyErr_SetString(PyExc_RuntimeError, "raised in a destructor");
}

static void
renaming(PyObject *capsule)
{
    destroyed("renaming", capsule);
    number(PyCapsule_SetName(capsule, other_name));
    number(PyCapsule_SetPointer(capsule, p + 2));
    number(PyCapsule_SetDestructor(capsule, plain));
    text(PyCapsule_GetName(capsule));
}

/* Drops the reference in slot b, which may be the last one. */
static void
dropping(PyObject *capsule)
{
    destroyed("dropping", capsule);
    drop(&b);
}

static void
function(PyCapsule_Destructor value)
{
    say(" %s", value == NULL       ? "NULL"
               : value == plain    ? "plain"
               : value == raising  ? "raising"
               : value == renaming ? "renaming"
               : value == dropping ? "dropping"
                                   : "?");
}

/* Calls the destructor that a capsule has by hand, while the capsule lives on. */
static void
destroy(PyObject *capsule)
{
    PyCapsule_Destructor destructor = PyCapsule_GetDestructor(capsule);

    if (destructor != NULL) {
        destructor(capsule);
    }
}

static int
traverse(PyObject *capsule, visitproc visit, void *argument)
{
    (void)capsule;
    (void)visit;
    (void)argument;
    return 0;
}

static int
clear(PyObject *capsule)
{
    (void)capsule;
    return 0;
}

/* The representation without its address; no error may be pending. */
static void
show(PyObject *object)
{
    PyObject *shown = object != NULL ? PyObject_Repr(object) : NULL;
    const char *utf8 = shown != NULL ? PyUnicode_AsUTF8(shown) : "NULL", *at = strstr(utf8, " at 0x");

    say(" %.*s", at != NULL ? (int)(at - utf8) : (int)strlen(utf8), utf8);
    Py_XDECREF(shown);
}

/* Puts the error aside, or back in place of the present one. */
static void
exchange(void)
{
    PyObject *raised = PyErr_GetRaisedException();

    say(" %s", raised != NULL ? Py_TYPE(raised)->tp_name : "NULL");
    PyErr_SetRaisedException(held);
    held = raised;
}

static void
begin(void)
{
    module = PyModule_New("tm");
    PyDict_SetItemString(PyImport_GetModuleDict(), "tm", module);
}

/* Drops all references that a sequence left. */
static void
end(void)
{
    say(" end");
    drop(&a);
    drop(&b);
    error();
    PyErr_Clear();
    Py_CLEAR(held);
    PyDict_DelItemString(PyModule_GetDict(module), "cap");
    error();
    PyErr_Clear();
}

/* Unlike the capsule functions, these run code of all kinds and must not be entered with an error. */
#define REPR(object) (PyErr_Clear(), show(object))
#define ATTRIBUTE(object) (PyErr_Clear(), number(PyObject_SetAttrString(module, "cap", (object) ? (object) : Py_None)))
#define IMPORT(full_name) (PyErr_Clear(), pointer(PyCapsule_Import(full_name, 0)))
