/* The sequence functions and iteration, over every built-in type.
 *
 * Check, Size, GetItem, Contains, Concat, Fast and Tuple of PySequence, and GetIter, Iter_Next and Iter_Check.
 */
#include "outcome.h"

enum { NONE, INT, FLOAT, STR, BYTES, TUPLE, LIST, DICT, CAPSULE, MODULE, TYPE, OBJECTS };

static PyObject *objects[OBJECTS];

static void
make_objects(void)
{
    static int pointed_at;
    PyObject *ten = PyLong_FromLong(10);
    PyObject *eleven = PyLong_FromLong(11);
    objects[NONE] = Py_NewRef(Py_None);
    objects[INT] = PyLong_FromLong(1000);
    objects[FLOAT] = PyFloat_FromDouble(1.5);
    objects[STR] = PyUnicode_FromString("a\xe2\x82\xac!");
    objects[BYTES] = PyBytes_FromString("a\xff");
    objects[TUPLE] = PyTuple_Pack(2, ten, eleven);
    objects[LIST] = PyList_New(0);
    PyList_Append(objects[LIST], ten);
    PyList_Append(objects[LIST], eleven);
    objects[DICT] = PyDict_New();
    PyDict_SetItem(objects[DICT], ten, Py_None);
    PyDict_SetItem(objects[DICT], eleven, Py_None);
    objects[CAPSULE] = PyCapsule_New(&pointed_at, NULL, NULL);
    objects[MODULE] = PyModule_New("mod");
    objects[TYPE] = Py_NewRef((PyObject *)&PyLong_Type);
    Py_DECREF(ten);
    Py_DECREF(eleven);
}

typedef struct {
    int object;
    int check;
    const char *size;
    const char *first;
    const char *last;
    const char *beyond;
    const char *as_tuple;
    const char *has_eleven;
} Row;

#define NO_LEN(type) "TypeError: object of type '" type "' has no len()"
#define NO_INDEX(type) "TypeError: '" type "' object does not support indexing"
#define NO_ITER(type) "TypeError: '" type "' object is not iterable"
#define NOT_DICT "TypeError: dict is not a sequence"
#define NO_CONTAINS(type) "TypeError: argument of type '" type "' is not a container or iterable"

#define NOT_A_SEQUENCE(type) \
    0, NO_LEN(type), NO_INDEX(type), NO_INDEX(type), NO_INDEX(type), NO_ITER(type), NO_CONTAINS(type)

static const Row ROWS[] = {
    {NONE, NOT_A_SEQUENCE("NoneType")},
    {INT, NOT_A_SEQUENCE("int")},
    {FLOAT, NOT_A_SEQUENCE("float")},
    {STR, 1, "3", "'a'", "'!'", "IndexError: string index out of range", "('a', '\xe2\x82\xac', '!')",
     "TypeError: 'in <string>' requires string as left operand, not int"},
    {BYTES, 1, "2", "97", "255", "IndexError: index out of range", "(97, 255)", "0"},
    {TUPLE, 1, "2", "10", "11", "IndexError: tuple index out of range", "(10, 11)", "1"},
    {LIST, 1, "2", "10", "11", "IndexError: list index out of range", "(10, 11)", "1"},
    {DICT, 0, NOT_DICT, NOT_DICT, NOT_DICT, NOT_DICT, "(10, 11)", "1"},
    {CAPSULE, NOT_A_SEQUENCE("PyCapsule")},
    {MODULE, NOT_A_SEQUENCE("module")},
    {TYPE, NOT_A_SEQUENCE("type")},
};

static void
test_every_type(void)
{
    PyObject *eleven = PyLong_FromLong(11);
    size_t i;
    for (i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        const Row *row = &ROWS[i];
        PyObject *object = objects[row->object];
        const char *type = Py_TYPE(object)->tp_name;
        PyObject *fast;
        is_int(PySequence_Check(object), row->check, "%s: Check says whether the object is a sequence", type);
        is_str(outcome_int(PySequence_Size(object)), row->size, "%s: Size gives the size or the error", type);
        is_str(outcome(PySequence_GetItem(object, 0)), row->first, "%s: GetItem 0 gives the first item or the error",
               type);
        is_str(outcome(PySequence_GetItem(object, -1)), row->last, "%s: GetItem -1 gives the last item or the error",
               type);
        is_str(outcome(PySequence_GetItem(object, 99)), row->beyond, "%s: GetItem beyond the end is an error", type);
        is_str(outcome(PySequence_GetItem(object, -99)), row->beyond, "%s: GetItem before the start is an error", type);
        is_str(outcome(PySequence_Tuple(object)), row->as_tuple, "%s: Tuple gives a tuple or the error", type);
        is_str(outcome_int(PySequence_Contains(object, eleven)), row->has_eleven,
               "%s: Contains gives the answer or the error", type);
        fast = PySequence_Fast(object, "give me a list");
        if (row->as_tuple[0] == '(') {
            PyObject *tuple = PySequence_Tuple(fast);
            is_int(PySequence_Fast_GET_SIZE(fast), PyTuple_GET_SIZE(tuple), "%s: Fast gives a list or tuple", type);
            is_int(PyObject_RichCompareBool(PySequence_Fast_GET_ITEM(fast, 0), PyTuple_GET_ITEM(tuple, 0), Py_EQ), 1,
                   "%s: Fast gives the items", type);
            is_ptr(PySequence_Fast_ITEMS(fast)[1], PySequence_Fast_GET_ITEM(fast, 1),
                   "%s: Fast gives the items as an array", type);
            is_int(fast == object, row->object == LIST || row->object == TUPLE,
                   "%s: Fast of a list or a tuple gives the object itself", type);
            is_int(PyIter_Check(object), 0, "%s: Iter_Check is 0", type);
            Py_DECREF(tuple);
            Py_DECREF(fast);
        } else {
            is_str(outcome(fast), "TypeError: give me a list",
                   "%s: Fast raises an error with the text that it was given", type);
            is_str(outcome(PyObject_GetIter(object)), row->as_tuple, "%s: GetIter says that the object is not iterable",
                   type);
            is_int(PyIter_Check(object), 0, "%s: Iter_Check is 0", type);
        }
    }
    Py_DECREF(eleven);
    is_int(PyObject_Size(objects[DICT]), 2, "a dict has a size, though it is no sequence");
}

static void
test_identity(void)
{
    PyObject *same = PySequence_Tuple(objects[TUPLE]);
    PyObject *list = PyList_New(0);
    PyObject *tuple;
    is_ptr(same, objects[TUPLE], "Tuple of a tuple is the tuple itself");
    Py_DECREF(same);
    tuple = PySequence_Tuple(list);
    is_str(outcome(tuple), "()", "Tuple of an empty list is the empty tuple");
    is_int(PySequence_Size(NULL), -1, "NULL has no size");
    raises(PyExc_SystemError, "null argument to internal routine", "Size of NULL is an internal error");
    Py_DECREF(list);
}

static void
test_concat(void)
{
    const struct {
        PyObject *left;
        PyObject *right;
        const char *result;
    } rows[] = {
        {objects[LIST], objects[LIST], "[10, 11, 10, 11]"},
        {objects[TUPLE], objects[TUPLE], "(10, 11, 10, 11)"},
        {objects[STR], objects[STR], "'a\xe2\x82\xac!a\xe2\x82\xac!'"},
        {objects[BYTES], objects[BYTES], "b'a\\xffa\\xff'"},
        {objects[LIST], objects[TUPLE], "TypeError: can only concatenate list (not \"tuple\") to list"},
        {objects[TUPLE], objects[LIST], "TypeError: can only concatenate tuple (not \"list\") to tuple"},
        {objects[STR], objects[INT], "TypeError: can only concatenate str (not \"int\") to str"},
        {objects[BYTES], objects[STR], "TypeError: can't concat str to bytes"},
        {objects[INT], objects[INT], "TypeError: 'int' object can't be concatenated"},
        {objects[INT], objects[LIST], "TypeError: 'int' object can't be concatenated"},
        {objects[NONE], objects[STR], "TypeError: 'NoneType' object can't be concatenated"},
        {objects[DICT], objects[DICT], "TypeError: 'dict' object can't be concatenated"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        is_str(outcome(PySequence_Concat(rows[i].left, rows[i].right)), rows[i].result, "Concat of %s and %s",
               Py_TYPE(rows[i].left)->tp_name, Py_TYPE(rows[i].right)->tp_name);
    }
}

static void
test_contains(void)
{
    PyObject *euro = PyUnicode_FromString("\xe2\x82\xac");
    PyObject *whole = PyUnicode_FromString("a\xe2\x82\xac!");
    PyObject *other = PyUnicode_FromString("!a");
    PyObject *empty = PyUnicode_FromString("");
    PyObject *ascii = PyUnicode_FromString("a capsule");
    PyObject *ascii_part = PyUnicode_FromString("caps");
    PyObject *ascii_other = PyUnicode_FromString("cape");
    PyObject *byte = PyLong_FromLong(255);
    PyObject *big = PyLong_FromLong(256);
    PyObject *part = PyBytes_FromString("\xff");
    PyObject *ten = PyFloat_FromDouble(10.0);
    PyObject *nan = PyFloat_FromDouble(Py_NAN);
    PyObject *with_nan = PyTuple_Pack(1, nan);
    PyObject *list = PyList_New(0);
    const struct {
        PyObject *container;
        PyObject *item;
        const char *result;
    } rows[] = {
        {objects[STR], euro, "1"},
        {objects[STR], whole, "1"},
        {objects[STR], other, "0"},
        {objects[STR], empty, "1"},
        {ascii, ascii_part, "1"},
        {ascii, ascii, "1"},
        {ascii, ascii_other, "0"},
        {ascii, empty, "1"},
        {ascii_part, ascii, "0"},
        {ascii, euro, "0"},
        {objects[BYTES], byte, "1"},
        {objects[BYTES], part, "1"},
        {objects[BYTES], big, "ValueError: byte must be in range(0, 256)"},
        {objects[BYTES], euro, "TypeError: a bytes-like object is required, not 'str'"},
        {objects[LIST], ten, "1"},
        {objects[TUPLE], ten, "1"},
        {objects[TUPLE], euro, "0"},
        {objects[DICT], ten, "1"},
        {objects[DICT], list, "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')"},
        {with_nan, nan, "1"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        is_str(outcome_int(PySequence_Contains(rows[i].container, rows[i].item)), rows[i].result,
               "row %d: Contains of a %s and a %s", (int)i, Py_TYPE(rows[i].container)->tp_name,
               Py_TYPE(rows[i].item)->tp_name);
    }
    Py_DECREF(euro);
    Py_DECREF(whole);
    Py_DECREF(other);
    Py_DECREF(empty);
    Py_DECREF(ascii);
    Py_DECREF(ascii_part);
    Py_DECREF(ascii_other);
    Py_DECREF(byte);
    Py_DECREF(big);
    Py_DECREF(part);
    Py_DECREF(ten);
    Py_DECREF(nan);
    Py_DECREF(with_nan);
    Py_DECREF(list);
}

/* The methods count and index, which tuples and lists share. */
static void
test_search_methods(void)
{
    static const struct {
        const char *method;
        int value;
        Py_ssize_t bounds[2];
        int bounds_given;
        const char *result; /* %s is the type */
    } rows[] = {
        {"count", 7, {0, 0}, 0, "3"},   {"count", 8, {0, 0}, 0, "1"},
        {"count", 9, {0, 0}, 0, "0"},   {"index", 7, {0, 0}, 0, "0"},
        {"index", 8, {0, 0}, 0, "1"},   {"index", 9, {0, 0}, 0, "-"},
        {"index", 7, {1, 0}, 1, "2"},   {"index", 7, {3, 0}, 1, "3"},
        {"index", 7, {4, 0}, 1, "-"},   {"index", 8, {0, 1}, 2, "-"},
        {"index", 8, {0, 2}, 2, "1"},   {"index", 8, {1, 1}, 2, "-"},
        {"index", 8, {2, 1}, 2, "-"},   {"index", 8, {-3, -2}, 2, "1"},
        {"index", 8, {-3, -3}, 2, "-"}, {"index", 7, {-1, 9}, 2, "3"},
        {"index", 7, {-9, 9}, 2, "0"},  {"index", 7, {PY_SSIZE_T_MIN, PY_SSIZE_T_MAX}, 2, "0"},
    };
    PyObject *sequences[2];
    size_t i;
    int which;
    sequences[0] = Py_BuildValue("(iiii)", 7, 8, 7, 7);
    sequences[1] = Py_BuildValue("[iiii]", 7, 8, 7, 7);
    for (which = 0; which < 2; which++) {
        const char *type = Py_TYPE(sequences[which])->tp_name;
        const char *absent =
            which ? "ValueError: list.index(x): x not in list" : "ValueError: tuple.index(x): x not in tuple";
        for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
            const Py_ssize_t *bounds = rows[i].bounds;
            PyObject *result =
                rows[i].bounds_given == 0 ? PyObject_CallMethod(sequences[which], rows[i].method, "i", rows[i].value)
                : rows[i].bounds_given == 1
                    ? PyObject_CallMethod(sequences[which], rows[i].method, "in", rows[i].value, bounds[0])
                    : PyObject_CallMethod(sequences[which], rows[i].method, "inn", rows[i].value, bounds[0], bounds[1]);
            is_str(outcome(result), rows[i].result[0] == '-' ? absent : rows[i].result,
                   "row %d: %s.%s of %d from %lld to %lld", (int)i, type, rows[i].method, rows[i].value,
                   (long long)bounds[0], (long long)bounds[1]);
        }
        Py_DECREF(sequences[which]);
    }
}

static void
test_iterators(void)
{
    static const struct {
        int object;
        const char *type;
        const char *items[3];
        int count;
    } rows[] = {
        {STR, "str_iterator", {"'a'", "'\xe2\x82\xac'", "'!'"}, 3}, {BYTES, "bytes_iterator", {"97", "255", NULL}, 2},
        {TUPLE, "tuple_iterator", {"10", "11", NULL}, 2},           {LIST, "list_iterator", {"10", "11", NULL}, 2},
        {DICT, "dict_keyiterator", {"10", "11", NULL}, 2},
    };
    PyObject *iterator, *again;
    size_t i;
    int item;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        iterator = PyObject_GetIter(objects[rows[i].object]);
        is_str(Py_TYPE(iterator)->tp_name, rows[i].type, "GetIter makes a %s", rows[i].type);
        is_int(PyIter_Check(iterator), 1, "the iterator of GetIter passes Iter_Check");
        again = PyObject_GetIter(iterator);
        is_ptr(again, iterator, "GetIter of an iterator is the iterator itself");
        Py_DECREF(again);
        for (item = 0; item < rows[i].count; item++) {
            is_str(outcome(PyIter_Next(iterator)), rows[i].items[item], "Iter_Next gives item %d", item);
        }
        is_ptr(PyIter_Next(iterator), NULL, "Iter_Next gives NULL at the end");
        no_error("the end of an iterator is no error");
        is_ptr(PyIter_Next(iterator), NULL, "Iter_Next gives NULL after the end");
        no_error("Iter_Next after the end sets no error");
        Py_DECREF(iterator);
    }

    iterator = PyObject_GetIter(objects[DICT]);
    PyDict_SetItem(objects[DICT], Py_None, Py_None);
    is_str(outcome(PyIter_Next(iterator)), "RuntimeError: dictionary changed size during iteration",
           "a dict that grows stops its iterator");
    PyDict_DelItem(objects[DICT], Py_None);
    is_str(outcome(PyIter_Next(iterator)), "RuntimeError: dictionary changed size during iteration",
           "an iterator that a growing dict has stopped stays stopped");
    Py_DECREF(iterator);

    iterator = PyObject_GetIter(objects[LIST]);
    Py_XDECREF(PyIter_Next(iterator));
    Py_XDECREF(PyIter_Next(iterator));
    PyList_Append(objects[LIST], Py_None);
    is_str(outcome(PyIter_Next(iterator)), "None", "a list that grows is followed to its new end");
    Py_DECREF(iterator);
}

int
main(void)
{
    int i;
    TAP_BEGIN();
    make_objects();
    RUN(test_every_type);
    RUN(test_identity);
    RUN(test_concat);
    RUN(test_contains);
    RUN(test_search_methods);
    RUN(test_iterators);
    for (i = 0; i < OBJECTS; i++) {
        Py_DECREF(objects[i]);
    }
    return TAP_END();
}
