/* The dict of an instance whose class line goes through a class from C with its own tp_traverse: how often tp_traverse shows the dict
 * and the class to a visitor, whether tp_clear drops the dict, and whether the end of the instance does. */
#include "tap.h"

#include "compat.h"

#include <stddef.h>

struct fields {
    PyObject_HEAD
    PyObject *dict;
};

static int
traverse_class(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    return 0;
}

static int
traverse_field(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(((struct fields *)self)->dict);
    return 0;
}

static int
traverse_managed(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    return PyObject_VisitManagedDict(self, visit, arg);
}

static int
clear_managed(PyObject *self)
{
    PyObject_ClearManagedDict(self);
    return 0;
}

static PyMemberDef field_members[] = {
    {"__dictoffset__", Py_T_PYSSIZET, offsetof(struct fields, dict), Py_READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};
static PyMemberDef more_members[] = {
    {"__dictoffset__", Py_T_PYSSIZET, 0, Py_READONLY | Py_RELATIVE_OFFSET, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyObject *
by_spec(PyObject *base, int size, unsigned long flags, traverseproc traverse, PyMemberDef *members)
{
    PyType_Slot slots[4];
    PyType_Spec spec = {"t.Base", size, 0, (unsigned)(Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | flags), slots};
    int count = 0;

    if (traverse != NULL) {
        slots[count].slot = Py_tp_traverse;
        slots[count++].pfunc = (void *)(uintptr_t)traverse;
    }
    if (traverse == traverse_managed) {
        slots[count].slot = Py_tp_clear;
        slots[count++].pfunc = (void *)(uintptr_t)clear_managed;
    }
    if (members != NULL) {
        slots[count].slot = Py_tp_members;
        slots[count++].pfunc = members;
    }
    slots[count].slot = 0;
    slots[count].pfunc = NULL;
    return PyType_FromSpecWithBases(&spec, base);
}

/* type("C", (base,), {}) */
static PyObject *
by_type(PyObject *base)
{
    return PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "C", base);
}

/* The classes of one line are made from the letters of its text, after object: c, f and m have their own tp_traverse, and no dict, a field
 * or a managed one; t is made by type(), s from a spec without anything, d from a spec with a field for a dict. */
static PyObject *
class_of(const char *line)
{
    PyObject *class = Py_NewRef((PyObject *)&PyBaseObject_Type), *next;

    for (; *line != '\0'; line++, class = next) {
        switch (*line) {
        case 'c': next = by_spec(class, 0, Py_TPFLAGS_HAVE_GC, traverse_class, NULL); break;
        case 'f':
            next = by_spec(class, (int)sizeof(struct fields), Py_TPFLAGS_HAVE_GC, traverse_field, field_members);
            break;
        case 'm': next = by_spec(class, 0, Py_TPFLAGS_HAVE_GC | (1UL << 4), traverse_managed, NULL); break;
        case 's': next = by_spec(class, 0, 0, NULL, NULL); break;
        case 'd': next = by_spec(class, -(int)sizeof(PyObject *), 0, NULL, more_members); break;
        default: next = by_type(class);
        }
        Py_DECREF(class);
        if (next == NULL) {
            return NULL;
        }
    }
    return class;
}

struct seen {
    PyObject *dict, *class;
    int dicts, classes, others;
};

static int
count(PyObject *o, void *arg)
{
    struct seen *seen = arg;

    seen->dicts += o == seen->dict;
    seen->classes += o == seen->class;
    seen->others += o != seen->dict && o != seen->class;
    return 0;
}

static const struct {
    const char *line;
    int dicts, classes, others; /* calls of the visitor */
    int is_cleared; /* by tp_clear */
    int is_dropped; /* by the end of an instance that has not been cleared */
    int is_collected; /* by the collector, when it is in its own dict */
} rows[] = {
    {"t", 1, 1, 0, 1, 1, 1},   {"cdt", 0, 1, 0, 0, 1, 0}, {"dt", 0, 1, 0, 0, 1, 0},  {"ftsdt", 1, 1, 0, 1, 1, 1},
    {"fdt", 0, 1, 0, 0, 1, 0}, {"fd", 0, 1, 0, 0, 1, 0},  {"fst", 1, 1, 0, 0, 1, 1}, {"fs", 1, 1, 0, 0, 1, 1},
    {"mtt", 1, 1, 0, 1, 1, 1}, {"mt", 1, 1, 0, 1, 1, 1},  {"ft", 1, 1, 0, 0, 1, 1},  {"ctt", 1, 1, 0, 1, 1, 1},
    {"ct", 1, 1, 0, 1, 1, 1},  {"tt", 1, 1, 0, 1, 1, 1},
};

static void
test_lines(void)
{
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *line = rows[i].line;
        PyObject *class = class_of(line), *first = PyObject_CallNoArgs(class), *dict = PyDict_New();
        struct seen seen = {dict, class, 0, 0, 0};
        inquiry clear = ((PyTypeObject *)class)->tp_clear;

        is_int(PyObject_GenericSetDict(first, dict, NULL), 0, "%s: an instance gets a dict", line);
        is_int(((PyTypeObject *)class)->tp_traverse(first, count, &seen), 0, "%s: tp_traverse returns 0", line);
        is_int(seen.dicts, rows[i].dicts, "%s: the visits of the dict", line);
        is_int(seen.classes, rows[i].classes, "%s: the visits of the class", line);
        is_int(seen.others, rows[i].others, "%s: the visits of other objects", line);
        is_int(clear == NULL ? 0 : clear(first), 0, "%s: tp_clear, if there is one, returns 0", line);
        is_int(Py_REFCNT(dict) == 1, rows[i].is_cleared, "%s: whether tp_clear drops the dict", line);
        PyObject_GenericSetDict(first, dict, NULL);
        Py_DECREF(first);
        is_int(Py_REFCNT(dict) == 1, rows[i].is_dropped, "%s: whether the dict is dropped at the end", line);
        Py_DECREF(dict);
        Py_DECREF(class);
    }
}

static int ended;

static void
end(PyObject *capsule)
{
    (void)capsule;
    ended++;
}

/* An instance in a cycle through its own dict is collected if tp_traverse shows the dict and tp_clear drops it. */
static void
test_cycles(void)
{
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *class = class_of(rows[i].line), *o = PyObject_CallNoArgs(class),
                 *capsule = PyCapsule_New(o, NULL, end);

        ended = 0;
        PyObject_SetAttrString(o, "me", o);
        PyObject_SetAttrString(o, "capsule", capsule);
        Py_DECREF(capsule);
        Py_DECREF(o);
        PyGC_Collect();
        is_int(ended, rows[i].is_collected, "%s: whether an instance in its own dict is collected", rows[i].line);
        if (ended == 0) {
            Py_INCREF(o);
            PyObject_DelAttrString(o, "me");
            Py_DECREF(o);
        }
        Py_DECREF(class);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_lines);
    RUN(test_cycles);
    return TAP_END();
}
