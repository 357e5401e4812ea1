/* Fields that classes from C add to the instances of their bases: places of the dict and of weak references, sizes, and the assignment to
 * __class__ that depends on them. */
#include "callables.h"
#include "digest.h"

#include <stddef.h>
#include <structmember.h>

static PyObject *type = (PyObject *)&PyType_Type, *object = (PyObject *)&PyBaseObject_Type;

/* An instance with fields of one pointer each. */
struct fields {
    PyObject_HEAD
    PyObject *field[3];
};

static void
drop_fields(PyObject *o)
{
    PyTypeObject *made_of = Py_TYPE(o);

    PyObject_Free(o);
    Py_DECREF(made_of);
}

/* A class whose instances have so many fields of one pointer, of which one, from 0, is the dict or the list of weak references; -1 for
 * none. */
static PyObject *
class_with_fields(const char *name, int count, int dict, int weak)
{
    PyMemberDef members[3];
    PyType_Slot slots[3];
    PyType_Spec spec;
    int n = 0;

    memset(members, 0, sizeof members);
    memset(&spec, 0, sizeof spec);
    if (dict >= 0) {
        members[n].name = "__dictoffset__";
        members[n].type = T_PYSSIZET;
        members[n].offset = (Py_ssize_t)(offsetof(struct fields, field) + sizeof(PyObject *) * (size_t)dict);
        members[n++].flags = READONLY;
    }
    if (weak >= 0) {
        members[n].name = "__weaklistoffset__";
        members[n].type = T_PYSSIZET;
        members[n].offset = (Py_ssize_t)(offsetof(struct fields, field) + sizeof(PyObject *) * (size_t)weak);
        members[n++].flags = READONLY;
    }
    slots[0].slot = Py_tp_dealloc;
    slots[0].pfunc = (void *)(size_t)drop_fields;
    slots[1].slot = n > 0 ? Py_tp_members : 0;
    slots[1].pfunc = n > 0 ? members : NULL;
    slots[2].slot = 0;
    slots[2].pfunc = NULL;
    spec.name = name;
    spec.basicsize = (int)(offsetof(struct fields, field) + sizeof(PyObject *) * (size_t)count);
    spec.flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE;
    spec.slots = slots;
    return PyType_FromSpec(&spec);
}

static void
test_class_assignment(void)
{
    static const struct {
        int count, dict, weak;
        const char *name;
    } rows[] = {
        {0, -1, -1, "t.nothing"}, {1, -1, -1, "t.one"},   {1, 0, -1, "t.dict"},   {1, -1, 0, "t.weak"},
        {2, 0, 1, "t.both"},      {2, 1, 0, "t.reverse"}, {2, 0, -1, "t.dict_x"}, {2, 1, -1, "t.x_dict"},
        {2, -1, 0, "t.weak_x"},   {2, -1, 1, "t.x_weak"}, {2, -1, -1, "t.two"},   {3, 0, 1, "t.both_x"},
    };
    enum { ROWS = sizeof rows / sizeof rows[0] };
    static const char *accepted[ROWS] = {
        "+-----------", "------------", "--+---------", "---+--------", "----+-------", "------------",
        "------------", "------------", "------------", "------------", "------------", "------------",
    };
    PyObject *first[ROWS], *second[ROWS];
    size_t i, j;

    for (i = 0; i < ROWS; i++) {
        first[i] = class_with_fields(rows[i].name, rows[i].count, rows[i].dict, rows[i].weak);
        second[i] = class_with_fields(rows[i].name, rows[i].count, rows[i].dict, rows[i].weak);
    }
    for (i = 0; i < ROWS; i++) {
        char answers[ROWS + 1];
        PyObject *o = PyObject_CallNoArgs(first[i]);
        for (j = 0; j < ROWS; j++) {
            answers[j] = PyObject_SetAttrString(o, "__class__", second[j]) == 0 ? '+' : '-';
            PyErr_Clear();
            PyObject_SetAttrString(o, "__class__", first[i]);
            PyErr_Clear();
        }
        answers[ROWS] = '\0';
        is_str(answers, accepted[i], "the classes that an instance of %s takes: %s", rows[i].name, accepted[i]);
        Py_DECREF(o);
    }
    for (i = 0; i < ROWS; i++) {
        drop_each(first[i], second[i], NULL);
    }
}

/* ---- sizes ---- */

static PyObject *
own_alloc(PyTypeObject *made_of, Py_ssize_t count)
{
    return PyType_GenericAlloc(made_of, count + 8);
}

static void
test_sizes(void)
{
    static PyType_Slot own_slots[] = {{Py_tp_alloc, (void *)(size_t)own_alloc}, {0, NULL}}, no_slots[] = {{0, NULL}};
    static PyType_Spec own_spec = {"t.Small", sizeof(PyObject), 0, Py_TPFLAGS_DEFAULT, own_slots};
    static PyType_Spec plain_spec = {"t.Small", sizeof(PyObject), 0, Py_TPFLAGS_DEFAULT, no_slots};
    PyObject *large = class_with_fields("t.Large", 3, -1, -1), *bases = PyTuple_Pack(1, large),
             *lists = PyTuple_Pack(1, &PyList_Type);

    is_str(outcome(PyType_FromSpecWithBases(&plain_spec, bases)),
           "TypeError: tp_basicsize for type 't.Small' (16) is too small for base 't.Large' (40)",
           "a class whose instances are smaller than those of its base is refused");
    is_str(outcome(PyType_FromSpecWithBases(&own_spec, bases)), "<class 't.Small'>",
           "a class with a tp_alloc of its own may state smaller instances than its base");
    is_str(outcome(PyType_FromSpecWithBases(&own_spec, lists)), "<class 't.Small'>",
           "a class with a tp_alloc of its own may state smaller instances than a built-in base");
    drop_each(lists, bases, large, NULL);
}

/* ---- names of modules ---- */

static void
test_module_names(void)
{
    static PyGetSetDef getset[] = {{"__module__", NULL, NULL, NULL, NULL}, {NULL, NULL, NULL, NULL, NULL}};
    static PyType_Slot getset_slots[] = {{Py_tp_getset, getset}, {0, NULL}}, no_slots[] = {{0, NULL}};
    static PyType_Spec plain_spec = {"a.b.Plain", 0, 0, Py_TPFLAGS_DEFAULT, no_slots};
    static PyType_Spec getset_spec = {"a.b.Getset", 0, 0, Py_TPFLAGS_DEFAULT, getset_slots};
    PyObject *plain = PyType_FromSpec(&plain_spec), *with_getset = PyType_FromSpec(&getset_spec);

    is_str(attribute_of(plain, "__module__"), "'a.b'", "the module of a class is the text before the last dot");
    is_str(attribute_of(with_getset, "__module__"), "<attribute '__module__' of 'a.b.Getset' objects>",
           "a computed __module__ in the dict of a class stays there");
    drop_each(with_getset, plain, NULL);
}

/* ---- the dict of instances ---- */

static void
test_dict_descriptors(void)
{
    PyObject *names = PyDict_New(), *plain = PyObject_CallFunction(type, "s(O){}", "Plain", object);
    PyObject *both = PyObject_CallFunction(type, "s(OO)O", "Both", plain, &PyModule_Type, names);
    PyObject *o = PyObject_CallFunction(both, "s", "m"), *attributes = PyObject_GetAttrString(plain, "__dict__");
    PyObject *descriptor = PyMapping_GetItemString(attributes, "__dict__"), *other = PyObject_CallNoArgs(plain);

    is_str(outcome(PyObject_CallMethod(descriptor, "__set__", "O{}", o)), "AttributeError: readonly attribute",
           "the dict of an instance of a built-in type with a dict is that type's to refuse");
    is_str(outcome(PyObject_CallMethod(descriptor, "__set__", "O{}", other)), "None",
           "the dict of an instance of a plain class can be set");
    is_str(outcome(PyObject_CallMethod(descriptor, "__set__", "Oi", other, 1)),
           "TypeError: __dict__ must be set to a dictionary, not a 'int'", "the dict of an instance is a dict");
    drop_each(other, descriptor, attributes, o, both, plain, names, NULL);
}

/* ---- bases that go in a circle ---- */

static void
test_circles(void)
{
    PyObject *b = PyObject_CallFunction(type, "s(O){}", "B", object),
             *c = PyObject_CallFunction(type, "s(O){}", "C", object);
    PyObject *d = PyObject_CallFunction(type, "s(OO){}", "D", b, c), *bases = PyTuple_Pack(1, d);

    is_int(PyObject_SetAttrString(c, "__bases__", bases), -1,
           "a class can't be made from one that has it as second base");
    is_str(error_text(), "TypeError: a __bases__ item causes an inheritance cycle",
           "a circle through a second base is a TypeError");
    is_int(PyObject_SetAttrString(b, "__bases__", bases), -1,
           "a class can't be made from one that has it as first base");
    is_str(error_text(), "TypeError: a __bases__ item causes an inheritance cycle",
           "a circle through a first base is a TypeError");
    drop_each(bases, d, c, b, NULL);
}

/* ---- members ---- */

static void
test_members(void)
{
    static PyMemberDef members[] = {
        {"b", T_BYTE, 16, 0, NULL},      {"B", T_UBYTE, 16, 0, NULL},    {"h", T_SHORT, 16, 0, NULL},
        {"H", T_USHORT, 16, 0, NULL},    {"i", T_INT, 16, 0, NULL},      {"I", T_UINT, 16, 0, NULL},
        {"l", T_LONG, 16, 0, NULL},      {"k", T_ULONG, 16, 0, NULL},    {"L", T_LONGLONG, 16, 0, NULL},
        {"K", T_ULONGLONG, 16, 0, NULL}, {"n", T_PYSSIZET, 16, 0, NULL}, {NULL, 0, 0, 0, NULL}};
    static const char *values[] = {"0",
                                   "1",
                                   "-1",
                                   "127",
                                   "128",
                                   "255",
                                   "256",
                                   "-128",
                                   "-129",
                                   "-256",
                                   "65535",
                                   "65536",
                                   "-32769",
                                   "2147483648",
                                   "4294967295",
                                   "4294967296",
                                   "-2147483649",
                                   "9223372036854775807",
                                   "9223372036854775808",
                                   "-9223372036854775808",
                                   "-9223372036854775809",
                                   "18446744073709551615",
                                   "18446744073709551616"};
    static PyType_Slot slots[] = {{Py_tp_members, members}, {0, NULL}};
    static PyType_Spec spec = {"t.Members", 24, 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *o = instance_of(PyType_FromSpec(&spec)), *warnings = PyImport_ImportModule("warnings");
    size_t i, j;
    static const uint64_t digests[] = {0x2233fafdf3d7c7f1U, 0xc550d31bc9ff2539U, 0xd2ae4d9a3920c0a9U,
                                       0xafded7c17c791e96U, 0xa9fcc97f465f311aU, 0x0ede794e856d68f9U,
                                       0x8f5a5ec385ea7d68U, 0x1c9a9df73dde4f5bU, 0x037ce2da34cc43c8U,
                                       0x36aa0bc3f212a97bU, 0x84d6f9e972831336U};

    Py_XDECREF(warnings);
    PyErr_Clear();
    for (i = 0; members[i].name != NULL; i++) {
        char sentence[100];
        for (j = 0; j < sizeof values / sizeof values[0]; j++) {
            PyObject *value = PyLong_FromString(values[j], NULL, 10);
            int answer = PyObject_SetAttrString(o, members[i].name, value);
            note("%s %s %d %s %s", members[i].name, values[j], answer, error_text(), attribute_of(o, members[i].name));
            Py_DECREF(value);
        }
        snprintf(sentence, sizeof sentence, "a member %s takes numbers at its bounds", members[i].name);
        digest_is(digests[i], sentence);
    }
    Py_DECREF(o);
}

int
main(int argc, char **argv)
{
    (void)argv;
    prints_outcomes = argc > 1;
    Py_Initialize();
    TAP_BEGIN();
    RUN(test_class_assignment);
    RUN(test_sizes);
    RUN(test_module_names);
    RUN(test_dict_descriptors);
    RUN(test_circles);
    RUN(test_members);
    return TAP_END();
}
