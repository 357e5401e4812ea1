/* Sequences and numbers that a program makes of a few slots: an item by number, an assignment, an operator.
 *
 * A function that takes any sequence has to work with the slots that the class has.  Each row makes a class with these slots
 * alone, so that no other slot can give the result.
 */
#include "outcome.h"

typedef struct {
    PyTypeObject type;
    PySequenceMethods sequence;
    PyMappingMethods mapping;
    PyNumberMethods number;
    PyObject object;
} Class;

/* Makes a class that is all zero but for its slots ready, and an object of it. */
static PyObject *
ready(Class *class)
{
    class->type.tp_name = "own";
    class->type.tp_basicsize = sizeof(PyObject);
    class->type.tp_as_sequence = &class->sequence;
    class->type.tp_as_mapping = &class->mapping;
    class->type.tp_as_number = &class->number;
    Py_SET_REFCNT(&class->type, 1000000);
    Py_SET_REFCNT(&class->object, 1000000);
    if (PyType_Ready(&class->type) < 0) {
        PyErr_Print();
    }
    Py_SET_TYPE(&class->object, &class->type);
    return &class->object;
}

/* The items are texts: "a", "b", "a". */
static PyObject *end;

static PyObject *
text_item(PyObject *self, Py_ssize_t index)
{
    (void)self;
    if (index < 0 || index > 2) {
        if (end != NULL) {
            PyErr_SetString(end, "the end");
        }
        return NULL;
    }
    return PyUnicode_FromString(index == 1 ? "b" : "a");
}

static PyObject *
iterated(PyObject *o)
{
    PyObject *iterator = PyObject_GetIter(o), *list = PyList_New(0), *item;

    while (iterator != NULL && (item = PyIter_Next(iterator)) != NULL) {
        PyList_Append(list, item);
        Py_DECREF(item);
    }
    Py_XDECREF(iterator);
    if (PyErr_Occurred()) {
        Py_CLEAR(list);
    }
    return list;
}

static PyObject *
joined(PyObject *o)
{
    PyObject *comma = PyUnicode_FromString(","), *text = PyUnicode_Join(comma, o);

    Py_DECREF(comma);
    return text;
}

static PyObject *
list_of(PyObject *o)
{
    return PyObject_CallOneArg((PyObject *)&PyList_Type, o);
}

static PyObject *
tuple_of(PyObject *o)
{
    return PyObject_CallOneArg((PyObject *)&PyTuple_Type, o);
}

static PyObject *
size_of_set(PyObject *o)
{
    PyObject *set = PySet_New(o), *size = set == NULL ? NULL : PyLong_FromSsize_t(PySet_Size(set));

    Py_XDECREF(set);
    return size;
}

static PyObject *
fast(PyObject *o)
{
    return PySequence_Fast(o, "no sequence");
}

static PyObject *
extended(PyObject *o)
{
    PyObject *list = PyList_New(0), *done = PyObject_CallMethod(list, "extend", "O", o);

    if (done == NULL) {
        Py_CLEAR(list);
    }
    Py_XDECREF(done);
    return list;
}

static PyObject *
integer(Py_ssize_t value)
{
    return value == -1 && PyErr_Occurred() ? NULL : PyLong_FromSsize_t(value);
}

#define SEARCH(NAME, FUNCTION, TEXT)                     \
    static PyObject *NAME(PyObject *o)                   \
    {                                                    \
        PyObject *text = PyUnicode_FromString(TEXT);     \
        PyObject *result = integer((FUNCTION)(o, text)); \
        Py_DECREF(text);                                 \
        return result;                                   \
    }

SEARCH(contains_b, PySequence_Contains, "b")
SEARCH(contains_c, PySequence_Contains, "c")
SEARCH(count_a, PySequence_Count, "a")
SEARCH(count_c, PySequence_Count, "c")
SEARCH(index_a, PySequence_Index, "a")
SEARCH(index_b, PySequence_Index, "b")
SEARCH(index_c, PySequence_Index, "c")

static const struct {
    const char *name;
    PyObject *(*call)(PyObject *);
    const char *result; /* when IndexError or StopIteration ends the items */
    int stops;          /* the call does not look at all items */
} walks[] = {
    {"an iterator", iterated, "['a', 'b', 'a']", 0},
    {"PySequence_List", PySequence_List, "['a', 'b', 'a']", 0},
    {"PySequence_Tuple", PySequence_Tuple, "('a', 'b', 'a')", 0},
    {"PySequence_Fast", fast, "['a', 'b', 'a']", 0},
    {"list()", list_of, "['a', 'b', 'a']", 0},
    {"tuple()", tuple_of, "('a', 'b', 'a')", 0},
    {"list.extend", extended, "['a', 'b', 'a']", 0},
    {"PySet_New", size_of_set, "2", 0},
    {"PyUnicode_Join", joined, "'a,b,a'", 0},
    {"PySequence_Contains of an item", contains_b, "1", 1},
    {"PySequence_Contains of another object", contains_c, "0", 0},
    {"PySequence_Count of two items", count_a, "2", 0},
    {"PySequence_Count of another object", count_c, "0", 0},
    {"PySequence_Index of the first item", index_a, "0", 1},
    {"PySequence_Index of a later item", index_b, "1", 1},
    {"PySequence_Index of another object", index_c, "ValueError: sequence.index(x): x not in sequence", 0},
};

static void
test_walks(void)
{
    static Class class;
    PyObject *const ends[] = {PyExc_IndexError, PyExc_StopIteration, PyExc_KeyError, PyExc_LookupError};
    PyObject *o;
    size_t i, j;

    class.sequence.sq_item = text_item;
    o = ready(&class);
    for (i = 0; i < sizeof walks / sizeof walks[0]; i++) {
        for (j = 0; j < sizeof ends / sizeof ends[0]; j++) {
            char want[64];
            const char *name = tap_type_name(ends[j]);
            end = ends[j];
            snprintf(want, sizeof want, j == 2 ? "%s: 'the end'" : "%s: the end", name);
            is_str(outcome(walks[i].call(o)), j < 2 || walks[i].stops ? walks[i].result : want,
                   "%s asks a sequence for items by number, until %s", walks[i].name, name);
        }
    }
}

static int
set_text_item(PyObject *self, Py_ssize_t index, PyObject *value)
{
    (void)self;
    PyErr_Format(PyExc_KeyError, "%s %zd", value == NULL ? "deleted" : "set", index);
    return -1;
}

static Py_ssize_t
three(PyObject *self)
{
    (void)self;
    return 3;
}

static PyObject *
taken(PyObject *o, PyObject *key)
{
    return PyObject_GetItem(o, key);
}

static PyObject *
assigned(PyObject *o, PyObject *key)
{
    return PyObject_SetItem(o, key, Py_None) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *
deleted(PyObject *o, PyObject *key)
{
    return PyObject_DelItem(o, key) < 0 ? NULL : Py_NewRef(Py_None);
}

static void
test_keys(void)
{
    static Class readable, writable, sized, empty;
    static const struct {
        const char *name;
        PyObject *(*call)(PyObject *, PyObject *);
        Class *class;
        const char *by_int, *by_negative, *by_text;
    } rows[] = {
        {"sq_item: o[key]", taken, &readable, "'b'", "IndexError: the end",
         "TypeError: sequence index must be integer, not 'str'"},
        {"sq_item: o[key] = x", assigned, &readable, "TypeError: 'own' object does not support item assignment",
         "TypeError: 'own' object does not support item assignment",
         "TypeError: 'own' object does not support item assignment"},
        {"sq_item: del o[key]", deleted, &readable, "TypeError: 'own' object doesn't support item deletion",
         "TypeError: 'own' object doesn't support item deletion",
         "TypeError: 'own' object does not support item deletion"},
        {"sq_ass_item: o[key]", taken, &writable, "TypeError: 'own' object is not subscriptable",
         "TypeError: 'own' object is not subscriptable", "TypeError: 'own' object is not subscriptable"},
        {"sq_ass_item: o[key] = x", assigned, &writable, "KeyError: 'set 1'", "KeyError: 'set -1'",
         "TypeError: sequence index must be integer, not 'str'"},
        {"sq_ass_item: del o[key]", deleted, &writable, "KeyError: 'deleted 1'", "KeyError: 'deleted -1'",
         "TypeError: sequence index must be integer, not 'str'"},
        {"sq_item, sq_ass_item and sq_length: o[key]", taken, &sized, "'b'", "'a'",
         "TypeError: sequence index must be integer, not 'str'"},
        {"sq_item, sq_ass_item and sq_length: o[key] = x", assigned, &sized, "KeyError: 'set 1'", "KeyError: 'set 2'",
         "TypeError: sequence index must be integer, not 'str'"},
        {"sq_item, sq_ass_item and sq_length: del o[key]", deleted, &sized, "KeyError: 'deleted 1'",
         "KeyError: 'deleted 2'", "TypeError: sequence index must be integer, not 'str'"},
        {"no slot: o[key]", taken, &empty, "TypeError: 'own' object is not subscriptable",
         "TypeError: 'own' object is not subscriptable", "TypeError: 'own' object is not subscriptable"},
        {"no slot: o[key] = x", assigned, &empty, "TypeError: 'own' object does not support item assignment",
         "TypeError: 'own' object does not support item assignment",
         "TypeError: 'own' object does not support item assignment"},
        {"no slot: del o[key]", deleted, &empty, "TypeError: 'own' object doesn't support item deletion",
         "TypeError: 'own' object doesn't support item deletion",
         "TypeError: 'own' object does not support item deletion"},
    };
    PyObject *one = PyLong_FromLong(1), *minus = PyLong_FromLong(-1), *text = PyUnicode_FromString("1");
    size_t i;

    end = PyExc_IndexError;
    readable.sequence.sq_item = sized.sequence.sq_item = text_item;
    writable.sequence.sq_ass_item = sized.sequence.sq_ass_item = set_text_item;
    sized.sequence.sq_length = three;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *o = ready(rows[i].class);
        is_str(outcome(rows[i].call(o, one)), rows[i].by_int, "%s for 1", rows[i].name);
        is_str(outcome(rows[i].call(o, minus)), rows[i].by_negative, "%s for -1", rows[i].name);
        is_str(outcome(rows[i].call(o, text)), rows[i].by_text, "%s for a str", rows[i].name);
    }
    Py_DECREF(one);
    Py_DECREF(minus);
    Py_DECREF(text);
}

/* An operator's slot says which it is and the types of its operands, refuses, or fails. */
static PyObject *
say(const char *slot, PyObject *left, PyObject *right)
{
    return PyUnicode_FromFormat("%s of %s and %s", slot, Py_TYPE(left)->tp_name, Py_TYPE(right)->tp_name);
}

#define SAYS(SLOT)                                         \
    static PyObject *SLOT(PyObject *left, PyObject *right) \
    {                                                      \
        return say(#SLOT, left, right);                    \
    }
SAYS(add)
SAYS(inplace_add)
SAYS(multiply)
SAYS(inplace_multiply)
SAYS(concat)
SAYS(inplace_concat)

static PyObject *
repeat(PyObject *self, Py_ssize_t count)
{
    return PyUnicode_FromFormat("repeat of %s and %zd", Py_TYPE(self)->tp_name, count);
}

static PyObject *
inplace_repeat(PyObject *self, Py_ssize_t count)
{
    return PyUnicode_FromFormat("inplace_repeat of %s and %zd", Py_TYPE(self)->tp_name, count);
}

static PyObject *
refuse(PyObject *left, PyObject *right)
{
    (void)left;
    (void)right;
    return Py_NewRef(Py_NotImplemented);
}

static PyObject *
fail(PyObject *left, PyObject *right)
{
    (void)left;
    (void)right;
    PyErr_SetString(PyExc_KeyError, "failed");
    return NULL;
}

static void
test_operators(void)
{
    static Class plain, adds, adds_in_place, both, refuses, fails, concats, concats_in_place, number_only;
    static const struct {
        const char *name;
        Class *left, *right;
        const char *outcomes[4]; /* of Concat, InPlaceConcat, Repeat, InPlaceRepeat */
    } rows[] = {
        {"two sequences without an operator",
         &plain,
         &plain,
         {"TypeError: 'own' object can't be concatenated", "TypeError: 'own' object can't be concatenated",
          "TypeError: 'own' object can't be repeated", "TypeError: 'own' object can't be repeated"}},
        {"nb_add and nb_multiply on the left",
         &adds,
         &plain,
         {"'add of own and own'", "'add of own and own'", "'multiply of own and int'", "'multiply of own and int'"}},
        {"nb_add and nb_multiply on the right",
         &plain,
         &adds,
         {"'add of own and own'", "'add of own and own'", "TypeError: 'own' object can't be repeated",
          "TypeError: 'own' object can't be repeated"}},
        {"nb_inplace_add and nb_inplace_multiply on the left",
         &adds_in_place,
         &plain,
         {"TypeError: 'own' object can't be concatenated", "'inplace_add of own and own'",
          "TypeError: 'own' object can't be repeated", "'inplace_multiply of own and int'"}},
        {"nb_inplace_add and nb_inplace_multiply on the right",
         &plain,
         &adds_in_place,
         {"TypeError: 'own' object can't be concatenated", "TypeError: 'own' object can't be concatenated",
          "TypeError: 'own' object can't be repeated", "TypeError: 'own' object can't be repeated"}},
        {"all four on the left",
         &both,
         &plain,
         {"'add of own and own'", "'inplace_add of own and own'", "'multiply of own and int'",
          "'inplace_multiply of own and int'"}},
        {"all four on the left, nb_add on the right",
         &both,
         &adds,
         {"'add of own and own'", "'inplace_add of own and own'", "'multiply of own and int'",
          "'inplace_multiply of own and int'"}},
        {"NotImplemented on the left",
         &refuses,
         &plain,
         {"TypeError: 'own' object can't be concatenated", "TypeError: 'own' object can't be concatenated",
          "TypeError: 'own' object can't be repeated", "TypeError: 'own' object can't be repeated"}},
        {"NotImplemented on the left, nb_add on the right",
         &refuses,
         &adds,
         {"'add of own and own'", "'add of own and own'", "TypeError: 'own' object can't be repeated",
          "TypeError: 'own' object can't be repeated"}},
        {"a failure on the left",
         &fails,
         &adds,
         {"KeyError: 'failed'", "KeyError: 'failed'", "KeyError: 'failed'", "KeyError: 'failed'"}},
        {"a failure on the right",
         &refuses,
         &fails,
         {"KeyError: 'failed'", "KeyError: 'failed'", "TypeError: 'own' object can't be repeated",
          "TypeError: 'own' object can't be repeated"}},
        {"sq_concat and sq_repeat",
         &concats,
         &adds,
         {"'concat of own and own'", "'concat of own and own'", "'repeat of own and 2'", "'repeat of own and 2'"}},
        {"sq_inplace_concat and sq_inplace_repeat",
         &concats_in_place,
         &adds,
         {"TypeError: 'own' object can't be concatenated", "'inplace_concat of own and own'",
          "TypeError: 'own' object can't be repeated", "'inplace_repeat of own and 2'"}},
        {"a number that is no sequence on the left",
         &number_only,
         &adds,
         {"TypeError: 'own' object can't be concatenated", "TypeError: 'own' object can't be concatenated",
          "TypeError: 'own' object can't be repeated", "TypeError: 'own' object can't be repeated"}},
        {"a number that is no sequence on the right",
         &adds,
         &number_only,
         {"TypeError: 'own' object can't be concatenated", "TypeError: 'own' object can't be concatenated",
          "'multiply of own and int'", "'multiply of own and int'"}},
    };
    static const char *const functions[] = {"Concat", "InPlaceConcat", "Repeat", "InPlaceRepeat"};
    size_t i, j;

    plain.sequence.sq_item = adds.sequence.sq_item = adds_in_place.sequence.sq_item = both.sequence.sq_item =
        refuses.sequence.sq_item = fails.sequence.sq_item = text_item;
    adds.number.nb_add = both.number.nb_add = number_only.number.nb_add = add;
    adds.number.nb_multiply = both.number.nb_multiply = number_only.number.nb_multiply = multiply;
    adds_in_place.number.nb_inplace_add = both.number.nb_inplace_add = inplace_add;
    adds_in_place.number.nb_inplace_multiply = both.number.nb_inplace_multiply = inplace_multiply;
    refuses.number.nb_add = refuses.number.nb_multiply = refuse;
    refuses.number.nb_inplace_add = refuses.number.nb_inplace_multiply = refuse;
    fails.number.nb_add = fails.number.nb_multiply = fail;
    concats.sequence.sq_concat = concat;
    concats.sequence.sq_repeat = repeat;
    concats_in_place.sequence.sq_inplace_concat = inplace_concat;
    concats_in_place.sequence.sq_inplace_repeat = inplace_repeat;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *left = ready(rows[i].left), *right = ready(rows[i].right);
        const char *got[4];
        got[0] = outcome(PySequence_Concat(left, right));
        got[1] = outcome(PySequence_InPlaceConcat(left, right));
        got[2] = outcome(PySequence_Repeat(left, 2));
        got[3] = outcome(PySequence_InPlaceRepeat(left, 2));
        for (j = 0; j < 4; j++) {
            is_str(got[j], rows[i].outcomes[j], "%s: %s", rows[i].name, functions[j]);
        }
    }
}

static PyObject *
nothing(PyObject *self)
{
    (void)self;
    Py_RETURN_NONE;
}

static void
test_numbers(void)
{
    static Class none, with_index, with_int, with_float, with_add;
    static PyTypeObject complex_class;
    static PyComplexObject complex_object;
    static const struct {
        const char *name;
        Class *class;
        int is_number, is_index;
    } rows[] = {
        {"no slot", &none, 0, 0},        {"nb_index", &with_index, 1, 1}, {"nb_int", &with_int, 1, 0},
        {"nb_float", &with_float, 1, 0}, {"nb_add", &with_add, 0, 0},
    };
    size_t i;

    with_index.number.nb_index = nothing;
    with_int.number.nb_int = nothing;
    with_float.number.nb_float = nothing;
    with_add.number.nb_add = add;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *o = ready(rows[i].class);
        is_int(PyNumber_Check(o), rows[i].is_number, "PyNumber_Check of a class with %s", rows[i].name);
        is_int(PyIndex_Check(o), rows[i].is_index, "PyIndex_Check of a class with %s", rows[i].name);
    }
    complex_class.tp_name = "own";
    complex_class.tp_base = &PyComplex_Type;
    Py_SET_REFCNT(&complex_class, 1000000);
    is_int(PyType_Ready(&complex_class), 0, "a class can be derived from complex");
    Py_SET_REFCNT((PyObject *)&complex_object, 1);
    Py_SET_TYPE((PyObject *)&complex_object, &complex_class);
    is_int(PyNumber_Check((PyObject *)&complex_object), 1, "PyNumber_Check of a class that is derived from complex");
    is_int(PyIndex_Check((PyObject *)&complex_object), 0, "PyIndex_Check of a class that is derived from complex");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_walks);
    RUN(test_keys);
    RUN(test_operators);
    RUN(test_numbers);
    return TAP_END();
}
