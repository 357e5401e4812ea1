/* The extension module `meter`: a type with members, an attribute that is computed, and methods; a function that parses its
 * arguments; and a C API in a capsule.
 *
 *     m = meter.Meter("water", reading=40)
 *     m.name = "cold water"
 *     m.add(2, times=3)
 *     meter.total([m])
 */
#include "meter.h"

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    PyObject_HEAD
    PyObject *name; /* a str, or NULL before __init__ */
    PyObject *note; /* any object, or NULL */
    long reading;
} Meter;

static PyTypeObject *meter_type; /* kept by the capsule's context */

static int
add(PyObject *self, long amount)
{
    Meter *meter = (Meter *)self;

    if (amount < 0) {
        PyErr_SetString(PyExc_ValueError, "a meter does not run backwards");
        return -1;
    }
    if (meter->reading > LONG_MAX - amount) {
        PyErr_SetString(PyExc_OverflowError, "the meter has no more digits");
        return -1;
    }
    meter->reading += amount;
    return 0;
}

/* ---- the attribute `name` ---- */

static PyObject *
get_name(PyObject *self, void *closure)
{
    (void)closure;
    return Py_NewRef(((Meter *)self)->name);
}

static int
set_name(PyObject *self, PyObject *value, void *closure)
{
    Meter *meter = (Meter *)self;
    PyObject *before = meter->name;

    (void)closure;
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "a meter has a name");
        return -1;
    }
    if (!PyUnicode_Check(value)) {
        PyErr_Format(PyExc_TypeError, "the name of a meter is a str, not %T", value);
        return -1;
    }
    meter->name = Py_NewRef(value);
    Py_XDECREF(before);
    return 0;
}

/* ---- methods ---- */

static PyObject *
meter_add(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"", "times", NULL};
    long amount;
    int times = 1;

    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "l|$i:add", keywords, &amount, &times)) {
        return NULL;
    }
    while (times-- > 0) {
        if (add(self, amount) < 0) {
            return NULL;
        }
    }
    return PyLong_FromLong(((Meter *)self)->reading);
}

static PyObject *
meter_label(PyObject *self, PyObject *unused)
{
    Meter *meter = (Meter *)self;

    (void)unused;
    return PyUnicode_FromFormat("%U: %ld", meter->name, meter->reading);
}

/* ---- the life of a meter ---- */

static PyObject *
meter_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    Meter *meter = (Meter *)type->tp_alloc(type, 0);

    (void)args;
    (void)kwargs;
    if (meter != NULL && (meter->name = PyUnicode_FromString("")) == NULL) {
        Py_CLEAR(meter);
    }
    return (PyObject *)meter;
}

static int
meter_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"name", "reading", NULL};
    PyObject *name;
    long reading = 0;

    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "U|l:Meter", keywords, &name, &reading)) {
        return -1;
    }
    ((Meter *)self)->reading = 0;
    return add(self, reading) < 0 ? -1 : set_name(self, name, NULL);
}

/* A note can be any object, also one that leads back to the meter: the collector has to see it. */
static int
meter_traverse(PyObject *self, visitproc visit, void *arg)
{
    Meter *meter = (Meter *)self;

    Py_VISIT(Py_TYPE(self));
    Py_VISIT(meter->name);
    Py_VISIT(meter->note);
    return 0;
}

static int
meter_clear(PyObject *self)
{
    Meter *meter = (Meter *)self;

    Py_CLEAR(meter->name);
    Py_CLEAR(meter->note);
    return 0;
}

static void
meter_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);

    PyObject_GC_UnTrack(self);
    meter_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef meter_methods[] = {
    {"add", (PyCFunction)(void (*)(void))meter_add, METH_VARARGS | METH_KEYWORDS,
     "add($self, amount, /, *, times=1)\n--\n\nAdds to the reading, and returns it."},
    {"label", meter_label, METH_NOARGS, "label($self, /)\n--\n\nThe name and the reading."},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef meter_members[] = {
    {"reading", Py_T_LONG, offsetof(Meter, reading), Py_READONLY, "the sum of all amounts"},
    {"note", Py_T_OBJECT_EX, offsetof(Meter, note), 0, "any object"},
    {NULL, 0, 0, 0, NULL},
};

static PyGetSetDef meter_getset[] = {
    {"name", get_name, set_name, "a str", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot meter_slots[] = {
    {Py_tp_doc, (void *)(uintptr_t)"Meter(name, reading=0)\n--\n\nCounts what flows."},
    {Py_tp_new, (void *)(uintptr_t)meter_new},
    {Py_tp_init, (void *)(uintptr_t)meter_init},
    {Py_tp_traverse, (void *)(uintptr_t)meter_traverse},
    {Py_tp_clear, (void *)(uintptr_t)meter_clear},
    {Py_tp_dealloc, (void *)(uintptr_t)meter_dealloc},
    {Py_tp_methods, meter_methods},
    {Py_tp_members, meter_members},
    {Py_tp_getset, meter_getset},
    {0, NULL},
};

static PyType_Spec meter_spec = {
    "meter.Meter", sizeof(Meter), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC, meter_slots,
};

/* ---- the C API ---- */

static PyObject *
api_create(const char *name, long reading)
{
    return PyObject_CallFunction((PyObject *)meter_type, "sl", name, reading);
}

static int
api_add(PyObject *meter, long amount)
{
    if (!PyObject_TypeCheck(meter, meter_type)) {
        PyErr_Format(PyExc_TypeError, "expected a meter, got %T", meter);
        return -1;
    }
    return add(meter, amount);
}

static const MeterApi api = {api_create, api_add};

static void
end_of_api(PyObject *capsule)
{
    PyObject *type = (PyObject *)PyCapsule_GetContext(capsule);

    Py_XDECREF(type);
}

static PyObject *
new_api(void)
{
    PyObject *capsule = PyCapsule_New((void *)(uintptr_t)&api, METER_CAPSULE, end_of_api);

    if (capsule != NULL && PyCapsule_SetContext(capsule, Py_NewRef((PyObject *)meter_type)) < 0) {
        Py_CLEAR(capsule);
    }
    return capsule;
}

/* ---- the module ---- */

static PyObject *
total(PyObject *module, PyObject *args)
{
    PyObject *meters, *fast;
    Py_ssize_t i;
    long sum = 0;

    (void)module;
    if (!PyArg_ParseTuple(args, "O:total", &meters) ||
        (fast = PySequence_Fast(meters, "total() takes a sequence of meters")) == NULL) {
        return NULL;
    }
    for (i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(fast, i);
        if (!PyObject_TypeCheck(item, meter_type)) {
            PyErr_Format(PyExc_TypeError, "item %zd is no meter but %T", i, item);
            Py_DECREF(fast);
            return NULL;
        }
        sum += ((Meter *)item)->reading;
    }
    Py_DECREF(fast);
    return PyLong_FromLong(sum);
}

static int
exec_meter(PyObject *module)
{
    meter_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &meter_spec, NULL);
    if (meter_type == NULL || PyModule_AddType(module, meter_type) < 0) {
        Py_XDECREF(meter_type);
        return -1;
    }
    Py_DECREF(meter_type); /* the module has it now */
    return PyModule_Add(module, "_C_API", new_api());
}

static PyMethodDef methods[] = {
    {"total", total, METH_VARARGS, "total($module, meters, /)\n--\n\nThe sum of the readings of some meters."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)(uintptr_t)exec_meter},
    {0, NULL},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "meter", "Meters for what flows.", 0, methods, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_meter(void)
{
    return PyModuleDef_Init(&definition);
}
