/* Instances of types made from specs: the default tp_dealloc with its finalizers, weak references, dicts and members, in CPython's
 * order; the classes in C that stand between; __class__ and __bases__ that are assigned. */
#include "outcome.h"

#include <stdint.h>

#include <stddef.h>

static char events[512];

static void
note(const char *event)
{
    strncat(events, event, sizeof events - strlen(events) - 1);
    strncat(events, " ", sizeof events - strlen(events) - 1);
}

static const char *
take_events(void)
{
    static char taken[sizeof events];
    strcpy(taken, events);
    events[0] = '\0';
    return taken;
}

static PyTypeObject *
as_type(PyObject *o)
{
    return (PyTypeObject *)o;
}

static PyObject *
make_in_python(const char *name, PyObject *base, PyObject *dict)
{
    PyObject *bases = base != NULL ? PyTuple_Pack(1, base) : PyTuple_New(0), *text = PyUnicode_FromString(name), *type;
    dict = dict != NULL ? dict : PyDict_New();
    type = PyObject_CallFunctionObjArgs((PyObject *)&PyType_Type, text, bases, dict, NULL);
    Py_DECREF(text);
    Py_DECREF(bases);
    Py_DECREF(dict);
    return type;
}

static PyObject *
dict_of(const char *key, PyObject *value)
{
    PyObject *dict = PyDict_New();
    PyDict_SetItemString(dict, key, value);
    Py_DECREF(value);
    return dict;
}

static PyObject *kept;
static int keep;

static void
finalize(PyObject *o)
{
    note(keep ? "finalize-keep" : "finalize");
    if (PyObject_GC_IsTracked(o)) {
        note("tracked");
    }
    if (keep) {
        keep--;
        kept = Py_NewRef(o);
    }
}

static void
del(PyObject *o)
{
    note("del");
    (void)o;
}

static void
own_dealloc(PyObject *o)
{
    PyTypeObject *type = Py_TYPE(o);
    note("dealloc");
    if (PyObject_GC_IsTracked(o)) {
        note("tracked");
    }
    if (PyType_IS_GC(type)) {
        PyObject_GC_UnTrack(o);
    }
    type->tp_free(o);
    if (type->tp_flags & Py_TPFLAGS_HEAPTYPE) {
        Py_DECREF(type);
    }
}

static void
own_free(void *o)
{
    note("free");
    PyObject_Free(o);
}

static int
traverse(PyObject *o, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(o));
    return 0;
}

/* tp_dealloc of an object that says when it ends. */
static PyObject *witness_type;

static void
witness_dealloc(PyObject *o)
{
    PyTypeObject *type = Py_TYPE(o);
    note("witness");
    type->tp_free(o);
    Py_DECREF(type);
}

static PyObject *
witness(void)
{
    return PyType_GenericAlloc(as_type(witness_type), 0);
}

static PyObject *
weakref_callback(PyObject *self, PyObject *reference)
{
    (void)self;
    (void)reference;
    note("callback");
    Py_RETURN_NONE;
}

static PyMethodDef callback_definition = {"callback", weakref_callback, METH_O, NULL};

struct layout {
    PyObject_HEAD
    PyObject *member;
    PyObject *dict;
    PyObject *weak;
    PyObject *read_only;
};

static PyMemberDef members[] = {
    {"member", Py_T_OBJECT_EX, offsetof(struct layout, member), 0, NULL},
    {"plain", _Py_T_OBJECT, offsetof(struct layout, read_only), 0, NULL},
    {"__dictoffset__", Py_T_PYSSIZET, offsetof(struct layout, dict), Py_READONLY, NULL},
    {"__weaklistoffset__", Py_T_PYSSIZET, offsetof(struct layout, weak), Py_READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot
slot_of(int id, void *value)
{
    PyType_Slot slot;
    slot.slot = id;
    slot.pfunc = value;
    return slot;
}

/* All combinations of garbage collection, tp_finalize, tp_del, members, and a derived class. */
static void
test_ends(void)
{
    int bits;

    for (bits = 0; bits < 64; bits++) {
        const int gc = bits & 1, has_finalize = bits & 2, has_del = bits & 4, has_members = bits & 8,
                  derived = bits & 16;
        const int has_dealloc = bits & 32;
        PyType_Slot slots[8];
        PyType_Spec spec = {"m.T", 16, 0, Py_TPFLAGS_BASETYPE, slots};
        PyObject *base, *type, *o, *reference = NULL, *left = NULL;
        Py_ssize_t references;
        int i = 0;

        if (gc) {
            slots[i++] = slot_of(Py_tp_traverse, (void *)(uintptr_t)traverse);
            spec.flags |= Py_TPFLAGS_HAVE_GC;
        } else {
            slots[i++] = slot_of(Py_tp_free, (void *)(uintptr_t)own_free);
        }
        if (has_finalize) {
            slots[i++] = slot_of(Py_tp_finalize, (void *)(uintptr_t)finalize);
        }
        if (has_del) {
            slots[i++] = slot_of(Py_tp_del, (void *)(uintptr_t)del);
        }
        if (has_members) {
            slots[i++] = slot_of(Py_tp_members, members);
            spec.basicsize = sizeof(struct layout);
        }
        if (has_dealloc) {
            slots[i++] = slot_of(Py_tp_dealloc, (void *)(uintptr_t)own_dealloc);
        }
        slots[i] = slot_of(0, NULL);
        base = type = PyType_FromSpec(&spec);
        if (derived) {
            type = make_in_python("D", base, NULL);
        }
        if (type == NULL) {
            printf("# %d: %s\n", bits, error_text());
            continue;
        }
        references = Py_REFCNT(type);
        o = PyType_GenericAlloc(as_type(type), 0);
        if (has_members && !has_dealloc) {
            PyObject *value = witness();
            PyObject_SetAttrString(o, "member", value);
            Py_DECREF(value);
            if (gc || derived) {
                value = witness();
                PyObject_SetAttrString(o, "in_dict", value);
                Py_DECREF(value);
            } else {
                /* An instance without garbage collection ends without dropping its members. */
                left = value;
            }
        }
        if ((has_members && gc && !has_dealloc) || (derived && !has_dealloc && !has_members)) {
            PyObject *callback = PyCFunction_New(&callback_definition, NULL);
            reference = PyWeakref_NewRef(o, callback);
            Py_XDECREF(callback);
        }
        PyErr_Clear();
        Py_DECREF(o);
        printf("# %d: %s%s%s%s%s%s: %s\n", bits, gc ? "gc " : "", has_finalize ? "finalize " : "",
               has_del ? "del " : "", has_members ? "members " : "", derived ? "derived " : "",
               has_dealloc ? "dealloc" : "", take_events());
        Py_XDECREF(reference);
        is_int(Py_REFCNT(type) - references, 0, "combination %d: an instance drops its reference to the class once",
               bits);
        Py_XDECREF(left);
        take_events();
        if (derived) {
            Py_DECREF(type);
        }
        Py_DECREF(base);
        PyGC_Collect();
    }
}

static void
test_resurrection(void)
{
    PyType_Slot slots[] = {
        {Py_tp_finalize, (void *)(uintptr_t)finalize}, {Py_tp_traverse, (void *)(uintptr_t)traverse}, {0, NULL}};
    PyType_Spec spec = {"m.T", 0, 0, Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC, slots};
    PyObject *type = PyType_FromSpec(&spec), *o = PyType_GenericAlloc(as_type(type), 0);
    PyObject *derived = make_in_python("D", type, NULL);

    keep = 1;
    Py_DECREF(o);
    is_str(take_events(), "finalize-keep tracked ", "a finalizer may keep the object");
    is_ptr(kept, o, "the object is alive");
    is_int(Py_REFCNT(o), 1, "the reference is the finalizer's");
    is_int(PyObject_GC_IsTracked(o), 1, "the object is tracked again");
    is_int(PyObject_GC_IsFinalized(o), 1, "the object remembers that it was finalized");
    Py_DECREF(o);
    is_str(take_events(), "", "a finalizer is called only once");
    o = PyObject_CallNoArgs(derived);
    keep = 1;
    Py_DECREF(o);
    is_str(take_events(), "finalize-keep tracked ", "a class made from it inherits the finalizer");
    Py_DECREF(kept);
    is_str(take_events(), "", "the finalizer of the class is called only once");
    Py_DECREF(derived);
    Py_DECREF(type);
}

static void
test_members(void)
{
    PyType_Slot slots[] = {{Py_tp_members, members}, {Py_tp_traverse, (void *)(uintptr_t)traverse}, {0, NULL}};
    PyType_Spec spec = {"m.T", sizeof(struct layout), 0, Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC, slots};
    PyObject *type = PyType_FromSpec(&spec), *o = PyType_GenericAlloc(as_type(type), 0), *value = PyList_New(0), *weak;
    struct layout *fields = (struct layout *)o;

    is_int(PyObject_SetAttrString(o, "member", value), 0, "a member is set");
    is_int(PyObject_SetAttrString(o, "plain", value), 0, "a member that reads as None is set");
    is_int(PyObject_SetAttrString(o, "other", value), 0, "an attribute in the dict is set");
    is_str(shown(fields->dict), "{'other': []}", "the dict is at __dictoffset__");
    weak = PyWeakref_NewRef(o, NULL);
    is_ptr(fields->weak, weak, "the weak reference is at __weaklistoffset__");
    is_int(Py_REFCNT(value), 4, "all of them own references");
    Py_DECREF(o);
    is_int(Py_REFCNT(value), 2, "the end drops the member and the dict, and not the member that reads as None");
    Py_DECREF(value);
    Py_XDECREF(weak);
    Py_DECREF(value);
    Py_DECREF(type);
}

static void
test_classes(void)
{
    PyObject *a = make_in_python("A", NULL, NULL), *b = make_in_python("B", NULL, dict_of("y", PyLong_FromLong(1)));
    PyObject *slots_a = make_in_python("SA", NULL, dict_of("__slots__", PyUnicode_FromString("x")));
    PyObject *slots_b = make_in_python("SB", NULL, dict_of("__slots__", PyUnicode_FromString("x")));
    PyObject *slots_c = make_in_python("SC", NULL, dict_of("__slots__", PyUnicode_FromString("z")));
    PyObject *no_dict = make_in_python("ND", NULL, dict_of("__slots__", PyTuple_New(0)));
    PyObject *list = make_in_python("L", (PyObject *)&PyList_Type, NULL),
             *other = make_in_python("M", (PyObject *)&PyList_Type, NULL);
    PyObject *derived = make_in_python("DA", a, NULL),
             *more = make_in_python("DM", slots_a, dict_of("__slots__", PyUnicode_FromString("m")));
    PyType_Slot no_slots[] = {{0, NULL}};
    PyType_Spec spec = {"m.S", 0, 0, Py_TPFLAGS_BASETYPE, no_slots},
                same_spec = {"m.S2", 0, 0, Py_TPFLAGS_BASETYPE, no_slots};
    PyType_Spec larger_spec = {"m.S3", -16, 0, Py_TPFLAGS_BASETYPE, no_slots};
    PyObject *classes[16];
    int i, j, count = 0;

    classes[count++] = a;
    classes[count++] = b;
    classes[count++] = slots_a;
    classes[count++] = slots_b;
    classes[count++] = slots_c;
    classes[count++] = no_dict;
    classes[count++] = list;
    classes[count++] = other;
    classes[count++] = derived;
    classes[count++] = more;
    classes[count++] = PyType_FromSpec(&spec);
    classes[count++] = PyType_FromSpec(&same_spec);
    classes[count++] = PyType_FromSpec(&larger_spec);
    classes[count++] = (PyObject *)&PyList_Type;
    for (i = 0; i < count; i++) {
        for (j = 0; j < count; j++) {
            PyObject *o = PyObject_CallNoArgs(classes[i]);
            Py_ssize_t from = Py_REFCNT(classes[i]), to = Py_REFCNT(classes[j]);
            int result = PyObject_SetAttrString(o, "__class__", classes[j]);

            printf("# class %d to %d: %s\n", i, j, result == 0 ? "done" : error_text());
            if (result == 0 && i != j) {
                is_int(Py_REFCNT(classes[i]) - from, -1,
                       "from %d to %d: the object drops its reference to the old class", i, j);
                is_int(Py_REFCNT(classes[j]) - to, 1, "from %d to %d: the object has a reference to the new class", i,
                       j);
            }
            Py_DECREF(o);
        }
    }
    {
        PyObject *o = PyObject_CallNoArgs(a);
        PyObject_SetAttrString(o, "x", Py_None);
        is_int(PyObject_SetAttrString(o, "__class__", b), 0, "__class__ is assigned");
        is_str(outcome(PyObject_GetAttrString(o, "y")), "1", "the object has the attributes of the new class");
        is_str(outcome(PyObject_GetAttrString(o, "x")), "None", "the object keeps its dict");
        is_int(PyObject_SetAttrString(o, "__class__", Py_None), -1, "None is no class");
        raises(PyExc_TypeError, "__class__ must be set to a class, not 'NoneType' object", "the message for None");
        is_int(PyObject_DelAttrString(o, "__class__"), -1, "__class__ can't be deleted");
        raises(PyExc_TypeError, "can't delete __class__ attribute", "the message for a deletion");
        Py_DECREF(o);
    }
}

static void
test_bases(void)
{
    PyObject *a = make_in_python("A", NULL, dict_of("x", PyLong_FromLong(1))),
             *b = make_in_python("B", NULL, dict_of("x", PyLong_FromLong(2)));
    PyObject *c = make_in_python("C", a, NULL), *d = make_in_python("D", c, NULL), *o = PyObject_CallNoArgs(d);
    PyObject *object = (PyObject *)&PyBaseObject_Type, *number = PyLong_FromLong(3), *e = make_in_python("E", a, NULL);
    PyObject *subclasses = PyUnicode_FromString("__subclasses__");
    const struct {
        const char *about;
        PyObject *cls;
        PyObject *bases;
        const char *want;
    } rows[] = {
        {"a list", c, PyList_New(0), "TypeError: can only assign tuple to C.__bases__, not list"},
        {"an empty tuple", c, PyTuple_New(0), "TypeError: can only assign non-empty tuple to C.__bases__, not ()"},
        {"an int", c, PyTuple_Pack(1, number), "TypeError: C.__bases__ must be tuple of classes, not 'int'"},
        {"itself", c, PyTuple_Pack(1, c), "TypeError: a __bases__ item causes an inheritance cycle"},
        {"a class made from it", c, PyTuple_Pack(1, d), "TypeError: a __bases__ item causes an inheritance cycle"},
        {"int", c, PyTuple_Pack(1, &PyLong_Type),
         "TypeError: __bases__ assignment: 'int' deallocator differs from 'A'"},
        {"list", c, PyTuple_Pack(1, &PyList_Type),
         "TypeError: __bases__ assignment: 'list' object layout differs from 'A'"},
        {"bool", c, PyTuple_Pack(1, &PyBool_Type), "TypeError: type 'bool' is not an acceptable base type"},
        {"a base twice", c, PyTuple_Pack(2, b, b), "TypeError: duplicate base class B"},
        {"an order that can't be", c, PyTuple_Pack(2, a, e),
         "TypeError: Cannot create a consistent method resolution order (MRO) for bases A, E"},
        {"object", c, PyTuple_Pack(1, object),
         "TypeError: __bases__ assignment: 'object' deallocator differs from 'A'"},
        {"a class made from object alone", a, PyTuple_Pack(1, b),
         "TypeError: __bases__ assignment: 'B' deallocator differs from 'object'"},
        {"a static class", (PyObject *)&PyLong_Type, PyTuple_Pack(1, b),
         "TypeError: cannot set '__bases__' attribute of immutable type 'int'"},
        {"another base", c, PyTuple_Pack(1, b), "done"},
        {"two bases", c, PyTuple_Pack(2, b, a), "done"},
        {"the bases in another order", c, PyTuple_Pack(2, a, b), "done"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        int result = PyObject_SetAttrString(rows[i].cls, "__bases__", rows[i].bases);
        is_str(result == 0 ? "done" : error_text(), rows[i].want, "__bases__ assigned: %s", rows[i].about);
        printf("# %s %s %s %s\n", shown(as_type(c)->tp_bases), shown((PyObject *)as_type(c)->tp_base),
               shown(as_type(c)->tp_mro), shown(as_type(d)->tp_mro));
        printf("# x is %s, subclasses %s %s\n", outcome(PyObject_GetAttrString(o, "x")),
               outcome(PyObject_CallMethodNoArgs(a, subclasses)), outcome(PyObject_CallMethodNoArgs(b, subclasses)));
        Py_DECREF(rows[i].bases);
    }
    is_int(PyObject_DelAttrString(c, "__bases__"), -1, "__bases__ can't be deleted");
    raises(PyExc_TypeError, "cannot delete '__bases__' attribute of immutable type 'C'", "the message for a deletion");
    Py_DECREF(subclasses);
    Py_DECREF(e);
    Py_DECREF(number);
    Py_DECREF(o);
    Py_DECREF(d);
    Py_DECREF(c);
    Py_DECREF(b);
    Py_DECREF(a);
}

int
main(void)
{
    PyType_Slot slots[] = {{Py_tp_dealloc, (void *)(uintptr_t)witness_dealloc}, {0, NULL}};
    PyType_Spec spec = {"m.Witness", 0, 0, 0, slots};

    TAP_BEGIN();
    witness_type = PyType_FromSpec(&spec);
    RUN(test_ends);
    RUN(test_resurrection);
    RUN(test_members);
    RUN(test_classes);
    RUN(test_bases);
    return TAP_END();
}
