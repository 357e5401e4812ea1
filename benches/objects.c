/* The ordinary objects that capsules stand on: 26 operations, each as a program would write it. */
#include "bench.h"

#include <string.h>

/* The objects that the operations work on.  The number is no small one, and no text is interned: a library gets no answer
 * from a cache of its own. */
static PyObject *number, *real, *text, *same_text, *key, *tuple, *list, *dict, *module;
static long items;

static PyObject *
some_int(long i)
{
    PyObject *o = PyLong_FromLong(123456789 + i);
    EXPECT(o != NULL);
    return o;
}

static void
make(long size, long n)
{
    long i;
    (void)n;
    items = size;
    number = some_int(0);
    real = PyFloat_FromDouble(3.141592653589793);
    text = PyUnicode_FromString("the name of a thing");
    same_text = PyUnicode_FromString("the name of a thing");
    key = PyUnicode_FromString("key");
    EXPECT(real != NULL && text != NULL && same_text != NULL && key != NULL);
    tuple = PyTuple_Pack(3, number, text, real);
    list = PyList_New(0);
    dict = PyDict_New();
    module = PyImport_AddModule("bench_objects");
    EXPECT(tuple != NULL && list != NULL && dict != NULL && module != NULL);
    for (i = 0; i < size; i++) {
        PyObject *item = some_int(i);
        EXPECT(PyList_Append(list, item) == 0);
        Py_DECREF(item);
    }
    EXPECT(PyDict_SetItem(dict, key, text) == 0 && PyObject_SetAttrString(module, "attribute", text) == 0);
}

static void
drop(void)
{
    PyObject *made[] = {number, real, text, same_text, key, tuple, list, dict};
    size_t i;
    for (i = 0; i < sizeof made / sizeof *made; i++) {
        Py_DECREF(made[i]);
    }
}

/* ---- numbers ---- */

OPERATION(int_, {
    PyObject *o = PyLong_FromLong(123456789);
    EXPECT(o != NULL && PyLong_AsLong(o) == 123456789);
    Py_DECREF(o);
})
OPERATION(float_, {
    PyObject *o = PyFloat_FromDouble(0.5);
    EXPECT(o != NULL && PyFloat_AsDouble(o) == 0.5);
    Py_DECREF(o);
})

/* ---- containers ---- */

OPERATION(tuple_pack, {
    PyObject *o = PyTuple_Pack(2, number, text);
    EXPECT(o != NULL);
    Py_DECREF(o);
})

static void
make_list(long length)
{
    PyObject *o = PyList_New(0);
    EXPECT(o != NULL);
    while (length-- > 0) {
        EXPECT(PyList_Append(o, number) == 0);
    }
    Py_DECREF(o);
}

OPERATION(list_one, make_list(1))
OPERATION(list_append, make_list(items))
OPERATION(dict_one, {
    PyObject *o = PyDict_New();
    EXPECT(o != NULL && PyDict_SetItem(o, key, text) == 0);
    Py_DECREF(o);
})
OPERATION(dict_get, EXPECT(PyDict_GetItemWithError(dict, key) == text))
OPERATION(dict_set, EXPECT(PyDict_SetItem(dict, key, text) == 0))
OPERATION(hash_tuple, EXPECT(PyObject_Hash(tuple) != -1))
OPERATION(iterate, {
    PyObject *iterator = PyObject_GetIter(list);
    PyObject *item;
    long seen = 0;
    EXPECT(iterator != NULL);
    while ((item = PyIter_Next(iterator)) != NULL) {
        seen++;
        Py_DECREF(item);
    }
    EXPECT(seen == items);
    Py_DECREF(iterator);
})
OPERATION(module_attribute, {
    PyObject *o = PyObject_GetAttrString(module, "attribute");
    EXPECT(o == text);
    Py_DECREF(o);
})

/* ---- texts ---- */

/* Checks the length of a new text, and drops it. */
static void
take_text(PyObject *o, Py_ssize_t length)
{
    EXPECT(o != NULL && PyUnicode_GET_LENGTH(o) == length);
    Py_DECREF(o);
}

OPERATION(text_new, take_text(PyUnicode_FromString("the name of a thing"), 19))
/* Six letters of two bytes each. */
OPERATION(text_2byte, take_text(PyUnicode_FromString("\xd0\xba\xd0\xb0\xd0\xbf\xd1\x81\xd1\x83\xd0\xbb"), 6))
OPERATION(format_d, take_text(PyUnicode_FromFormat("%d", 123456789), 9))
OPERATION(format_s_zd, take_text(PyUnicode_FromFormat("%s is %zd", "the answer", (Py_ssize_t)42), 16))
OPERATION(format_r, take_text(PyUnicode_FromFormat("%R", text), 21))
OPERATION(concat, take_text(PyUnicode_Concat(text, same_text), 38))
OPERATION(compare_str, EXPECT(PyObject_RichCompareBool(text, same_text, Py_EQ) == 1))
OPERATION(as_utf8, EXPECT(PyUnicode_AsUTF8(text) != NULL))

/* ---- reprs ---- */

OPERATION(repr_int, take_text(PyObject_Repr(number), 9))
OPERATION(repr_float, take_text(PyObject_Repr(real), 17))
OPERATION(repr_str, take_text(PyObject_Repr(text), 21))
OPERATION(repr_tuple, take_text(PyObject_Repr(tuple), 53))
/* Nine digits each, a comma and a blank between any two, two brackets. */
OPERATION(repr_list, take_text(PyObject_Repr(list), items * 11))

/* ---- errors ---- */

OPERATION(err_format, {
    PyErr_Format(PyExc_ValueError, "%s is no %s", "the answer", "question");
    PyErr_Clear();
})
OPERATION(error_restore, {
    PyObject *type;
    PyObject *value;
    PyObject *traceback;
    PyErr_SetString(PyExc_ValueError, "no such thing");
    PyErr_Fetch(&type, &value, &traceback);
    EXPECT(value != NULL);
    PyErr_Restore(type, value, traceback);
    PyErr_Clear();
})

#define ROW(name, run, what, floor) {name, what, floor, 1.0, 1.15, 0, make, run, drop, 1, 0, 1}
#define ROW_1000(name, run, what, floor) {name, what, floor, 1.0, 1.15, 0, make, run, drop, 1000, 0, 1}

const benchmark object_benchmarks[] = {
    ROW("int", int_, "PyLong_FromLong, AsLong, DECREF", "malloc, store, load, free"),
    ROW("float", float_, "PyFloat_FromDouble, AsDouble, DECREF", "malloc, store, load, free"),
    ROW("tuple-pack", tuple_pack, "PyTuple_Pack of two, DECREF", "malloc, two counts up and down, free"),
    ROW("list-one", list_one, "a list made, one item, DECREF", "two mallocs and frees"),
    ROW_1000("list-append-1000", list_append, "a list of 1,000 appended, DECREF",
             "malloc, room doubled by realloc, free"),
    ROW("dict-one", dict_one, "a dict made, one item, DECREF", "two mallocs and frees, a hash that is kept"),
    ROW("dict-get", dict_get, "PyDict_GetItemWithError of a str", "a hash that is kept, one place looked at"),
    ROW("dict-set", dict_set, "PyDict_SetItem, the key is there", "the same, two counts"),
    ROW("text-new", text_new, "PyUnicode_FromString of 19 letters", "strlen, scan, malloc, memcpy, free"),
    ROW("text-2byte", text_2byte, "FromString of letters of two bytes",
        "strlen, scan, malloc, a loop that decodes, free"),
    ROW("format-d", format_d, "FromFormat of %d", "digits, malloc, memcpy, free"),
    ROW("format-s-zd", format_s_zd, "FromFormat of %s is %zd", "memcpy of each part, digits, malloc, free"),
    ROW("format-r", format_r, "FromFormat of %R, a str", "scan, malloc, memcpy, free"),
    ROW("err-format", err_format, "PyErr_Format of two %s, Clear", "memcpy of each part, malloc, free"),
    ROW("repr-int", repr_int, "repr of an int of nine digits", "digits, malloc, memcpy, free"),
    ROW("repr-float", repr_float, "repr of a float of sixteen digits",
        "shortest digits in 128 bits, malloc, memcpy, free"),
    ROW("repr-str", repr_str, "repr of a str of 19 letters", "scan, malloc, memcpy, free"),
    ROW("repr-tuple", repr_tuple, "repr of an int, a str and a float", "that of the three, into one text"),
    ROW_1000("repr-list-1000", repr_list, "repr of a list of 1,000 ints", "digits of each into one text"),
    ROW("hash-tuple", hash_tuple, "hash of a tuple of three", "type, load"),
    ROW("compare-str", compare_str, "RichCompareBool of two equal str", "type, length, memcmp"),
    ROW("concat", concat, "PyUnicode_Concat, DECREF", "malloc, two memcpys, free"),
    ROW_1000("iterate-1000", iterate, "a list of 1,000 iterated", "malloc, a load and two counts of each, free"),
    ROW("module-attr", module_attribute, "GetAttrString of a module", "a hash look-up"),
    ROW("as-utf8", as_utf8, "PyUnicode_AsUTF8 of ASCII", "type, address"),
    ROW("error-restore", error_restore, "SetString, Fetch, Restore, Clear", "malloc and free of exception and text"),
    {NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, 0, 0, 0},
};
