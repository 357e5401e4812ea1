/* Struct sequences: classes of tuples whose items have names, and items that only names find. */
#include "outcome.h"

/* The fields of three classes: with fields that a tuple does not show, and one without a name; with all fields shown; and mixed. */
static PyStructSequence_Field MIXED[] = {{"a", "doc a"}, {"b", NULL}, {NULL, NULL}, {"hidden", "h"}, {NULL, NULL}};
static PyStructSequence_Field THREE[] = {{"a", "doc a"}, {"b", NULL}, {"c", NULL}, {NULL, NULL}};
static PyStructSequence_Desc mixed = {"mod.Mixed", "Doc.", MIXED, 3};
static PyStructSequence_Desc two = {"mod.Two", "Doc of two.", THREE, 2};
static PyStructSequence_Desc three = {"mod.Three", NULL, THREE, 3};

static PyObject *
class_of(PyStructSequence_Desc *description)
{
    PyObject *made = (PyObject *)PyStructSequence_NewType(description);
    if (made == NULL) {
        fprintf(stderr, "# %s: %s\n", description->name, error_text());
        exit(2);
    }
    return made;
}

/* An instance whose items are 0, 1, 2... */
static PyObject *
counted(PyObject *kind, int count)
{
    PyObject *made = PyStructSequence_New((PyTypeObject *)kind);
    int i;
    for (i = 0; i < count; i++) {
        PyStructSequence_SetItem(made, i, PyLong_FromLong(i));
    }
    return made;
}

static const char *
attribute(PyObject *o, const char *name)
{
    return outcome(PyObject_GetAttrString(o, name));
}

static void
test_class(void)
{
    PyObject *kind = class_of(&mixed);
    is_str(attribute(kind, "n_fields"), "4", "a class tells how many fields it has");
    is_str(attribute(kind, "n_sequence_fields"), "3", "a class tells how many fields are items of the tuple");
    is_str(attribute(kind, "n_unnamed_fields"), "1", "a class tells how many fields have no name");
    is_str(attribute(kind, "__match_args__"), "('a', 'b')", "__match_args__ has the names of the items");
    is_str(attribute(kind, "__module__"), "'mod'", "the module is the part of the name before the dot");
    is_str(attribute(kind, "__name__"), "'Mixed'", "the name is the part after the dot");
    is_str(attribute(kind, "__doc__"), "'Doc.'", "the class has its documentation");
    is_str(attribute(kind, "a"), "<member 'a' of 'mod.Mixed' objects>", "a field is a member of the class");
    is_str(attribute(kind, "hidden"), "<member 'hidden' of 'mod.Mixed' objects>",
           "a field that is no item is a member too");
    ok(PyType_IsSubtype((PyTypeObject *)kind, &PyTuple_Type), "the class is derived from tuple");
    is_str(outcome(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "Derived", kind)),
           "TypeError: type 'mod.Mixed' is not an acceptable base type", "no class is derived from it");
    is_str(PyStructSequence_UnnamedField, "unnamed field", "the name of a field without a name says so");
    Py_DECREF(kind);
    kind = class_of(&three);
    is_str(attribute(kind, "__doc__"), "None", "a class without documentation has None");
    Py_DECREF(kind);
}

static void
test_instance(void)
{
    PyObject *kind = class_of(&mixed), *o = counted(kind, 4), *bare;
    is_int(PyObject_Size(o), 3, "the length is the number of items that the tuple shows");
    is_str(shown(o), "mod.Mixed(a=0, b=1, hidden=2)", "the repr names the fields in the order of the members");
    is_str(attribute(o, "hidden"), "3", "an item that the tuple does not show is found by its name");
    is_str(outcome_borrowed(PyStructSequence_GetItem(o, 1)), "1", "PyStructSequence_GetItem gives an item");
    is_str(outcome_borrowed(PyStructSequence_GetItem(o, 3)), "3",
           "PyStructSequence_GetItem gives an item that is not shown");
    is_str(outcome(PySequence_GetSlice(o, 0, 2)), "(0, 1)", "a slice is a tuple");
    is_int(PyObject_SetAttrString(o, "a", Py_None), -1, "a field can't be set");
    is_str(error_text(), "AttributeError: readonly attribute",
           "the error for setting a field says that it can only be read");
    bare = Py_BuildValue("(iii)", 0, 1, 2);
    is_int(PyObject_RichCompareBool(o, bare, Py_EQ), 1, "a struct sequence is equal to the tuple of its items");
    ok(PyObject_Hash(o) == PyObject_Hash(bare), "a struct sequence has the hash of the tuple of its items");
    is_str(outcome(PyObject_CallMethod(o, "__reduce__", NULL)), "(<class 'mod.Mixed'>, ((0, 1, 2), {'hidden': 3}))",
           "__reduce__ has the items, and the others by name");
    is_str(outcome(PyObject_CallMethod(o, "__replace__", NULL)),
           "TypeError: __replace__() is not supported for mod.Mixed because it has unnamed field(s)",
           "__replace__ needs names for all fields");
    Py_DECREF(bare);
    Py_DECREF(o);
    Py_DECREF(kind);
    is_str(outcome(PyStructSequence_New(&PyTuple_Type)), "TypeError: Missed attribute 'n_fields' of type tuple",
           "PyStructSequence_New refuses another class");
}

static void
test_call(void)
{
    static const struct {
        const char *format, *want, *hidden;
    } ROWS[] = {
        {"()", "TypeError: structseq() missing required argument 'sequence' (pos 1)", NULL},
        {"((ii))", "TypeError: mod.Mixed() takes an at least 3-sequence (2-sequence given)", NULL},
        {"((iii))", "mod.Mixed(a=1, b=2, hidden=3)", "None"},
        {"((iiii))", "mod.Mixed(a=1, b=2, hidden=3)", "4"},
        {"((iiiii))", "TypeError: mod.Mixed() takes an at most 4-sequence (5-sequence given)", NULL},
        {"(i)", "TypeError: constructor requires a sequence", NULL},
        {"((iii)i)", "TypeError: mod.Mixed() takes a dict as second arg, if any", NULL},
    };
    PyObject *kind = class_of(&mixed), *dict = Py_BuildValue("{s:i}", "hidden", 9), *arguments, *o;
    size_t i;
    for (i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        arguments = Py_BuildValue(ROWS[i].format, 1, 2, 3, 4, 5);
        o = PyObject_CallObject(kind, arguments);
        is_str(o != NULL ? shown(o) : error_text(), ROWS[i].want, "a call with %s", ROWS[i].format);
        if (o != NULL) {
            is_str(attribute(o, "hidden"), ROWS[i].hidden, "the field that is no item after a call with %s",
                   ROWS[i].format);
        }
        Py_XDECREF(o);
        Py_DECREF(arguments);
    }
    o = PyObject_CallFunction(kind, "(iii)O", 1, 2, 3, dict);
    is_str(attribute(o, "hidden"), "9", "a dict has the fields that are no items");
    Py_DECREF(o);
    is_str(outcome(PyObject_CallFunction(kind, "(iiii)O", 1, 2, 3, 4, dict)),
           "TypeError: mod.Mixed() got duplicate or unexpected field name(s)", "a field is given once");
    PyDict_SetItemString(dict, "x", Py_None);
    is_str(outcome(PyObject_CallFunction(kind, "(iii)O", 1, 2, 3, dict)),
           "TypeError: mod.Mixed() got duplicate or unexpected field name(s)", "a dict has no other names");
    Py_DECREF(dict);
    Py_DECREF(kind);
    kind = class_of(&three);
    is_str(outcome(PyObject_CallFunction(kind, "((ii))", 1, 2)),
           "TypeError: mod.Three() takes a 3-sequence (2-sequence given)",
           "a class whose fields are all items says how many they are");
    Py_DECREF(kind);
}

static void
test_replace(void)
{
    PyObject *kind = class_of(&two), *o = counted(kind, 3), *replace = PyObject_GetAttrString(o, "__replace__");
    PyObject *none = PyTuple_New(0), *fields = Py_BuildValue("{s:i,s:i}", "a", 7, "c", 8), *other;
    other = PyObject_Call(replace, none, fields);
    is_str(shown(other), "mod.Two(a=7, b=1)", "__replace__ makes an instance with other items");
    is_str(attribute(other, "c"), "8", "__replace__ replaces a field that is no item");
    Py_XDECREF(other);
    PyDict_SetItemString(fields, "x", Py_None);
    is_str(outcome(PyObject_Call(replace, none, fields)), "TypeError: Got unexpected field name(s): ['x']",
           "__replace__ refuses names that no field has");
    is_str(outcome(PyObject_CallFunction(replace, "i", 1)), "TypeError: __replace__() takes no positional arguments",
           "__replace__ refuses positional arguments");
    is_str(outcome(PyObject_CallMethod(o, "__reduce__", NULL)), "(<class 'mod.Two'>, ((0, 1), {'c': 2}))",
           "__reduce__ of a class with a field that is no item");
    Py_DECREF(fields);
    Py_DECREF(none);
    Py_DECREF(replace);
    Py_DECREF(o);
    Py_DECREF(kind);
}

static void
test_static(void)
{
    static PyTypeObject first, second;
    PyObject *o;
    is_int(PyStructSequence_InitType2(&first, &two), 0, "a static type of zeros becomes a class of struct sequences");
    PyStructSequence_InitType(&second, &three);
    is_str(first.tp_name, "mod.Two", "a static class has the name of its description");
    is_int(PyType_HasFeature(&first, Py_TPFLAGS_HEAPTYPE), 0, "a static class is no heap type");
    o = counted((PyObject *)&first, 3);
    is_str(shown(o), "mod.Two(a=0, b=1)", "an instance of a static class has a repr");
    is_str(attribute(o, "c"), "2", "an instance of a static class has a field that is no item");
    Py_DECREF(o);
    o = counted((PyObject *)&second, 3);
    is_str(shown(o), "mod.Three(a=0, b=1, c=2)", "PyStructSequence_InitType makes such a class too");
    Py_DECREF(o);
    is_int(PyStructSequence_InitType2(&first, &two), -1, "a static class is made once");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "a class that is made again is a SystemError");
    PyErr_Clear();
}

/* More fields in the sequence than there are. */
static void
test_bad_descriptions(void)
{
    PyStructSequence_Desc description = three;
    description.n_in_sequence = 4;
    ok(PyStructSequence_NewType(&description) == NULL, "a class with one field too many in the sequence is not made");
    raises(PyExc_TypeError, "tp_basicsize for type 'mod.Three' (24) is too small for base 'tuple' (32)",
           "one field too many in the sequence");
    description.n_in_sequence = 6;
    ok(PyStructSequence_NewType(&description) == NULL, "a class with three fields too many is not made");
    raises(PyExc_TypeError, "tp_basicsize for type 'mod.Three' (8) is too small for base 'tuple' (32)",
           "three fields too many in the sequence");
    description.n_in_sequence = 100;
    ok(PyStructSequence_NewType(&description) == NULL, "a class with many fields too many is not made");
    raises(PyExc_SystemError, "Cannot extend variable-size class without Py_TPFLAGS_ITEMS_AT_END.",
           "many fields too many in the sequence");
    description.n_in_sequence = -1;
    ok(PyStructSequence_NewType(&description) == NULL, "a class with -1 fields in the sequence is not made");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "-1 fields in the sequence are a SystemError");
    PyErr_Clear();
}

static void
test_collector(void)
{
    PyObject *kind = class_of(&two), *o = PyStructSequence_New((PyTypeObject *)kind), *list = PyList_New(0);
    Py_ssize_t before = Py_REFCNT(kind);
    Py_INCREF(list);
    PyStructSequence_SetItem(o, 2, list);
    ok(PyStructSequence_GetItem(o, 0) == NULL, "an item that is not set is NULL");
    is_int(Py_REFCNT(list), 2, "PyStructSequence_SetItem takes over a reference");
    PyStructSequence_SetItem(o, 0, PyLong_FromLong(0));
    PyStructSequence_SetItem(o, 1, PyLong_FromLong(1));
    Py_DECREF(o);
    is_int(Py_REFCNT(list), 1, "an instance drops a field that is no item at its end");
    is_int(before - Py_REFCNT(kind), 1, "an instance drops its class at its end");
    Py_DECREF(list);
    Py_DECREF(kind);
}

int
main(void)
{
    TAP_BEGIN();
    MIXED[2].name = PyStructSequence_UnnamedField;
    RUN(test_class);
    RUN(test_instance);
    RUN(test_call);
    RUN(test_replace);
    RUN(test_static);
    RUN(test_bad_descriptions);
    RUN(test_collector);
    return TAP_END();
}
