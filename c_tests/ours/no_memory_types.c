/* Types run out of memory at each allocation in turn: readiness, descriptors, wrappers and their calls. */
#include "../no_memory.h"

#include <stddef.h>

static PyObject *
give_none(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    Py_RETURN_NONE;
}

static PyObject *
get_none(PyObject *self, void *closure)
{
    (void)self;
    (void)closure;
    Py_RETURN_NONE;
}

static PyObject *
show(PyObject *self)
{
    (void)self;
    return PyUnicode_FromString("shown");
}

static PyMethodDef methods[] = {{"m", give_none, METH_NOARGS, NULL},
                                {"c", give_none, METH_NOARGS | METH_CLASS, NULL},
                                {"s", give_none, METH_NOARGS | METH_STATIC, NULL},
                                {NULL, NULL, 0, NULL}};
static PyMemberDef members[] = {{"member", 19, offsetof(PyVarObject, ob_size), 1, NULL}, {NULL, 0, 0, 0, NULL}};
static PyGetSetDef getsets[] = {{"getset", get_none, NULL, NULL, NULL}, {NULL, NULL, NULL, NULL, NULL}};
static PyTypeObject types[400];
static size_t used;
static PyTypeObject Ready = {PyVarObject_HEAD_INIT(NULL, 0).tp_name = "Ready",
                             .tp_basicsize = sizeof(PyVarObject),
                             .tp_methods = methods,
                             .tp_members = members,
                             .tp_getset = getsets,
                             .tp_repr = show,
                             .tp_new = PyType_GenericNew};

/* A type stays, so its memory does, and each try needs a type of its own: the blocks are counted without it. */
static void
test_ready(void)
{
    long tries, status = -1;
    for (tries = 0; status != 0 && tries < 390; tries++) {
        PyTypeObject *type = &types[used++];
        *type = Ready;
        type->tp_dict = NULL;
        type->tp_bases = NULL;
        type->tp_mro = NULL;
        type->tp_subclasses = NULL;
        type->tp_flags = 0;
        type->tp_base = NULL;
        type->tp_version_tag = 0;
        failures = 0;
        countdown = tries;
        status = PyType_Ready(type);
        countdown = -1;
        if (status == 0) {
            break;
        }
        if (!PyErr_ExceptionMatches(PyExc_MemoryError)) {
            ok(0, "the failing allocation %ld is a MemoryError", tries);
            PyErr_Print();
        }
        PyErr_Clear();
        if (PyType_Ready(type) != 0) {
            ok(0, "a type that failed at allocation %ld can be made ready", tries);
            PyErr_Print();
        }
    }
    is_int(status, 0, "a type is made ready when there is memory");
    /* Under valgrind, whose malloc stands before this program's, no block is counted and none is refused. */
    ok(tries > 10 || blocks == 0, "PyType_Ready allocates several times");
}

static int
get(void)
{
    PyObject *o = PyType_GenericAlloc(&Ready, 0), *value = NULL;
    static const char *const names[] = {"m", "c", "s", "member", "getset", "__repr__", "__class__"};
    size_t i;
    int status = o != NULL ? 0 : -1;
    for (i = 0; status == 0 && i < sizeof names / sizeof *names; i++) {
        value = PyObject_GetAttrString(o, names[i]);
        status = value != NULL ? 0 : -1;
        Py_XDECREF(value);
    }
    Py_XDECREF(o);
    return status;
}

static int
call(void)
{
    PyObject *o = PyType_GenericAlloc(&Ready, 0), *bound = o != NULL ? PyObject_GetAttrString(o, "__repr__") : NULL;
    PyObject *value = bound != NULL ? PyObject_CallNoArgs(bound) : NULL;
    int status = value != NULL ? 0 : -1;
    Py_XDECREF(value);
    Py_XDECREF(bound);
    Py_XDECREF(o);
    return status;
}

static int
names_of(void)
{
    PyObject *bound = PyObject_GetAttrString((PyObject *)&PyType_Type, "__dir__");
    PyObject *names = bound != NULL ? PyObject_CallOneArg(bound, (PyObject *)&Ready) : NULL;
    Py_XDECREF(bound);
    Py_XDECREF(names);
    return names != NULL ? 0 : -1;
}

static int
proxy(void)
{
    PyObject *dict = PyObject_GetAttrString((PyObject *)&Ready, "__dict__");
    PyObject *shown = dict != NULL ? PyObject_Repr(dict) : NULL;
    Py_XDECREF(dict);
    Py_XDECREF(shown);
    return shown != NULL ? 0 : -1;
}

static const Task tasks[] = {{"attributes of an instance", get},
                             {"a call of a wrapper", call},
                             {"the names of a class", names_of},
                             {"the dict of a class", proxy}};

static void
test_tasks(void)
{
    starve_all(tasks, sizeof tasks / sizeof *tasks);
}

int
main(void)
{
    TAP_BEGIN();
    PyType_Ready(&Ready);
    RUN(test_ready);
    RUN(test_tasks);
    return TAP_END();
}
