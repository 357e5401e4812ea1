/* Layouts of classes that are made at run time: every pair of a pool of classes, for the assignment to __class__ and as the bases of
 * a third class.  A class is described by its base and its __slots__; each row shows the outcome for each class of the pool.
 */
#include "outcome.h"

static const struct {
    const char *base; /* a built-in type, or the letter of a class before it */
    const char *slots; /* names that are divided by spaces; NULL: no __slots__ */
} pool[] = {
    {"object", NULL},
    {"object", ""},
    {"object", "a"},
    {"object", "b"},
    {"object", "a b"},
    {"object", "b a"},
    {"object", "a a"},
    {"object", "__dict__"},
    {"object", "__weakref__"},
    {"object", "__dict__ __weakref__"},
    {"object", "a __dict__"},
    {"object", "a __weakref__"},
    {"object", "a __weakref__ __dict__"},
    {"B", NULL},
    {"B", ""},
    {"B", "a"},
    {"C", ""},
    {"C", "b"},
    {"C", NULL},
    {"A", "a"},
    {"A", ""},
    {"A", NULL},
    {"list", NULL},
    {"list", ""},
    {"list", "a"},
    {"int", NULL},
    {"int", ""},
    {"I", "a"},
};
enum { POOL = sizeof(pool) / sizeof(pool[0]) };
static PyObject *classes[POOL];

static PyObject *
names_of(const char *words)
{
    PyObject *list = PyList_New(0), *tuple;
    char copy[64], *word;

    snprintf(copy, sizeof copy, "%s", words);
    for (word = strtok(copy, " "); word != NULL; word = strtok(NULL, " ")) {
        PyObject *name = PyUnicode_FromString(word);
        PyList_Append(list, name);
        Py_DECREF(name);
    }
    tuple = PyList_AsTuple(list);
    Py_DECREF(list);
    return tuple;
}

/* type(name, bases, {"__slots__": …}), without __slots__ for NULL. */
static PyObject *
make(const char *name, PyObject *bases, const char *slots)
{
    PyObject *namespace = PyDict_New(), *class;

    if (slots != NULL) {
        PyObject *names = names_of(slots);
        PyDict_SetItemString(namespace, "__slots__", names);
        Py_DECREF(names);
    }
    class = PyObject_CallFunction((PyObject *)&PyType_Type, "sOO", name, bases, namespace);
    Py_DECREF(namespace);
    return class;
}

static PyObject *
base_of(const char *name)
{
    return strcmp(name, "object") == 0 ? (PyObject *)&PyBaseObject_Type
           : strcmp(name, "list") == 0 ? (PyObject *)&PyList_Type
           : strcmp(name, "int") == 0  ? (PyObject *)&PyLong_Type
                                       : classes[name[0] - 'A'];
}

static void
make_pool(void)
{
    int i;
    for (i = 0; i < POOL; i++) {
        char name[2] = {i < 26 ? (char)('A' + i) : (char)('a' + i - 26), '\0'};
        PyObject *bases = PyTuple_Pack(1, base_of(pool[i].base));
        classes[i] = make(name, bases, pool[i].slots);
        Py_DECREF(bases);
    }
}

/* Which members an instance has room for: a dict, weak references, and the number of fields besides. */
static const char *
room(PyObject *class)
{
    static char text[64];
    PyTypeObject *type = (PyTypeObject *)class;
    snprintf(text, sizeof text, "%s%s%zd%s", type->tp_dictoffset ? "d" : "-", type->tp_weaklistoffset ? "w" : "-",
             (type->tp_basicsize - (Py_ssize_t)sizeof(PyObject)) / (Py_ssize_t)sizeof(void *),
             PyType_IS_GC(type) ? "g" : "");
    return text;
}

static const char *const rooms[POOL] = {"dw0g", "--0g", "--1g", "--1g", "--2g", "--2g", "--2g", "d-0g", "-w0g", "dw0g",
                                        "d-1g", "-w1g", "dw1g", "dw0g", "--0g", "--1g", "--1g", "--2g", "dw1g", "dw1g",
                                        "dw0g", "dw0g", "dw3g", "--3g", "--4g", "d-1g", "--1g", "-w1g"};

static void
test_rooms(void)
{
    int i;
    for (i = 0; i < POOL; i++) {
        is_str(classes[i] ? room(classes[i]) : error_text(), rooms[i], "%s with __slots__ %s", pool[i].base,
               pool[i].slots ? pool[i].slots : "left out");
    }
}

static const char *const reclassed[POOL] = {
    "y........y..........yy......", ".y............y.............", "..y.............y...........",
    "...y........................", "....yy......................", "....yy......................",
    "......y.....................", ".......y....................", "........y...................",
    "y........y..........yy......", "..........y.................", "...........y................",
    "............y...............", ".............y..............", ".y............y.............",
    "...............y............", "..y.............y...........", ".................y..........",
    "..................y.........", "...................y........", "y........y..........yy......",
    "y........y..........yy......", "......................y.....", ".......................y....",
    "........................y...", ".........................y..", "..........................y.",
    "...........................y"};

static void
test_reclassing(void)
{
    int i, k;
    for (i = 0; i < POOL; i++) {
        char row[POOL + 1];
        for (k = 0; k < POOL; k++) {
            PyObject *o = PyObject_CallNoArgs(classes[i]);
            int done = PyObject_SetAttrString(o, "__class__", classes[k]);
            row[k] = done == 0 && Py_TYPE(o) == (PyTypeObject *)classes[k] ? 'y'
                     : PyErr_ExceptionMatches(PyExc_TypeError)             ? '.'
                                                                           : '?';
            PyErr_Clear();
            Py_DECREF(o);
        }
        row[POOL] = '\0';
        is_str(row, reclassed[i], "the classes that an instance of %s with __slots__ %s can get", pool[i].base,
               pool[i].slots ? pool[i].slots : "left out");
    }
}

static const char *const joined[POOL] = {
    "./. dw0g/dw0g dw1g/dw1g dw1g/dw1g dw2g/dw2g dw2g/dw2g dw2g/dw2g dw0g/dw0g dw0g/dw0g dw0g/dw0g dw1g/dw1g dw1g/dw1g "
    "dw1g/dw1g dw0g/dw0g dw0g/dw0g dw1g/dw1g dw1g/dw1g dw2g/dw2g dw1g/dw1g ./. ./. ./. dw3g/dw3g dw3g/dw3g dw4g/dw4g "
    "d-1g/d-1g d-1g/d-1g dw1g/dw1g ",
    "dw0g/dw0g ./. dw1g/--1g dw1g/--1g dw2g/--2g dw2g/--2g dw2g/--2g dw0g/d-0g dw0g/-w0g dw0g/dw0g dw1g/d-1g dw1g/-w1g "
    "dw1g/dw1g ./. ./. ./. dw1g/--1g dw2g/--2g dw1g/dw1g dw1g/dw1g dw0g/dw0g dw0g/dw0g dw3g/dw3g dw3g/--3g dw4g/--4g "
    "d-1g/d-1g d-1g/--1g dw1g/-w1g ",
    "dw1g/dw1g dw1g/--1g ./. ./. ./. ./. ./. dw1g/d-1g dw1g/-w1g dw1g/dw1g ./. ./. ./. dw1g/dw1g dw1g/--1g ./. ./. ./. "
    "./. ./. dw1g/dw1g dw1g/dw1g ./. ./. ./. ./. ./. ./. ",
    "dw1g/dw1g dw1g/--1g ./. ./. ./. ./. ./. dw1g/d-1g dw1g/-w1g dw1g/dw1g ./. ./. ./. dw1g/dw1g dw1g/--1g ./. ./. ./. "
    "./. ./. dw1g/dw1g dw1g/dw1g ./. ./. ./. ./. ./. ./. ",
    "dw2g/dw2g dw2g/--2g ./. ./. ./. ./. ./. dw2g/d-2g dw2g/-w2g dw2g/dw2g ./. ./. ./. dw2g/dw2g dw2g/--2g ./. ./. ./. "
    "./. ./. dw2g/dw2g dw2g/dw2g ./. ./. ./. ./. ./. ./. ",
    "dw2g/dw2g dw2g/--2g ./. ./. ./. ./. ./. dw2g/d-2g dw2g/-w2g dw2g/dw2g ./. ./. ./. dw2g/dw2g dw2g/--2g ./. ./. ./. "
    "./. ./. dw2g/dw2g dw2g/dw2g ./. ./. ./. ./. ./. ./. ",
    "dw2g/dw2g dw2g/--2g ./. ./. ./. ./. ./. dw2g/d-2g dw2g/-w2g dw2g/dw2g ./. ./. ./. dw2g/dw2g dw2g/--2g ./. ./. ./. "
    "./. ./. dw2g/dw2g dw2g/dw2g ./. ./. ./. ./. ./. ./. ",
    "dw0g/dw0g dw0g/d-0g dw1g/d-1g dw1g/d-1g dw2g/d-2g dw2g/d-2g dw2g/d-2g ./. dw0g/dw0g dw0g/dw0g dw1g/d-1g dw1g/dw1g "
    "dw1g/dw1g dw0g/dw0g dw0g/d-0g dw1g/d-1g dw1g/d-1g dw2g/d-2g dw1g/dw1g dw1g/dw1g dw0g/dw0g dw0g/dw0g dw3g/dw3g "
    "dw3g/d-3g dw4g/d-4g d-1g/d-1g d-1g/d-1g dw1g/dw1g ",
    "dw0g/dw0g dw0g/-w0g dw1g/-w1g dw1g/-w1g dw2g/-w2g dw2g/-w2g dw2g/-w2g dw0g/dw0g ./. dw0g/dw0g dw1g/dw1g dw1g/-w1g "
    "dw1g/dw1g dw0g/dw0g dw0g/-w0g dw1g/-w1g dw1g/-w1g dw2g/-w2g dw1g/dw1g dw1g/dw1g dw0g/dw0g dw0g/dw0g dw3g/dw3g "
    "dw3g/-w3g dw4g/-w4g d-1g/d-1g d-1g/--1g ./. ",
    "dw0g/dw0g dw0g/dw0g dw1g/dw1g dw1g/dw1g dw2g/dw2g dw2g/dw2g dw2g/dw2g dw0g/dw0g dw0g/dw0g ./. dw1g/dw1g dw1g/dw1g "
    "dw1g/dw1g dw0g/dw0g dw0g/dw0g dw1g/dw1g dw1g/dw1g dw2g/dw2g dw1g/dw1g dw1g/dw1g dw0g/dw0g dw0g/dw0g dw3g/dw3g "
    "dw3g/dw3g dw4g/dw4g d-1g/d-1g d-1g/d-1g dw1g/dw1g ",
    "dw1g/dw1g dw1g/d-1g ./. ./. ./. ./. ./. dw1g/d-1g dw1g/dw1g dw1g/dw1g ./. ./. ./. dw1g/dw1g dw1g/d-1g ./. ./. ./. "
    "./. ./. dw1g/dw1g dw1g/dw1g ./. ./. ./. ./. ./. ./. ",
    "dw1g/dw1g dw1g/-w1g ./. ./. ./. ./. ./. dw1g/dw1g dw1g/-w1g dw1g/dw1g ./. ./. ./. dw1g/dw1g dw1g/-w1g ./. ./. ./. "
    "./. ./. dw1g/dw1g dw1g/dw1g ./. ./. ./. ./. ./. ./. ",
    "dw1g/dw1g dw1g/dw1g ./. ./. ./. ./. ./. dw1g/dw1g dw1g/dw1g dw1g/dw1g ./. ./. ./. dw1g/dw1g dw1g/dw1g ./. ./. ./. "
    "./. ./. dw1g/dw1g dw1g/dw1g ./. ./. ./. ./. ./. ./. ",
    "dw0g/dw0g dw0g/dw0g dw1g/dw1g dw1g/dw1g dw2g/dw2g dw2g/dw2g dw2g/dw2g dw0g/dw0g dw0g/dw0g dw0g/dw0g dw1g/dw1g "
    "dw1g/dw1g dw1g/dw1g ./. dw0g/dw0g dw1g/dw1g dw1g/dw1g dw2g/dw2g dw1g/dw1g dw1g/dw1g dw0g/dw0g dw0g/dw0g dw3g/dw3g "
    "dw3g/dw3g dw4g/dw4g d-1g/d-1g d-1g/d-1g dw1g/dw1g ",
    "dw0g/dw0g dw0g/--0g dw1g/--1g dw1g/--1g dw2g/--2g dw2g/--2g dw2g/--2g dw0g/d-0g dw0g/-w0g dw0g/dw0g dw1g/d-1g "
    "dw1g/-w1g dw1g/dw1g dw0g/dw0g ./. dw1g/--1g dw1g/--1g dw2g/--2g dw1g/dw1g dw1g/dw1g dw0g/dw0g dw0g/dw0g dw3g/dw3g "
    "dw3g/--3g dw4g/--4g d-1g/d-1g d-1g/--1g dw1g/-w1g ",
    "dw1g/dw1g dw1g/--1g ./. ./. ./. ./. ./. dw1g/d-1g dw1g/-w1g dw1g/dw1g ./. ./. ./. dw1g/dw1g dw1g/--1g ./. ./. ./. "
    "./. ./. dw1g/dw1g dw1g/dw1g ./. ./. ./. ./. ./. ./. ",
    "dw1g/dw1g dw1g/--1g dw1g/--1g ./. ./. ./. ./. dw1g/d-1g dw1g/-w1g dw1g/dw1g ./. ./. ./. dw1g/dw1g dw1g/--1g ./. "
    "./. dw2g/--2g dw1g/dw1g ./. dw1g/dw1g dw1g/dw1g ./. ./. ./. ./. ./. ./. ",
    "dw2g/dw2g dw2g/--2g dw2g/--2g ./. ./. ./. ./. dw2g/d-2g dw2g/-w2g dw2g/dw2g ./. ./. ./. dw2g/dw2g dw2g/--2g ./. "
    "dw2g/--2g ./. dw2g/dw2g ./. dw2g/dw2g dw2g/dw2g ./. ./. ./. ./. ./. ./. ",
    "dw1g/dw1g dw1g/dw1g dw1g/dw1g ./. ./. ./. ./. dw1g/dw1g dw1g/dw1g dw1g/dw1g ./. ./. ./. dw1g/dw1g dw1g/dw1g ./. "
    "dw1g/dw1g dw2g/dw2g ./. ./. dw1g/dw1g dw1g/dw1g ./. ./. ./. ./. ./. ./. ",
    "dw1g/dw1g dw1g/dw1g ./. ./. ./. ./. ./. dw1g/dw1g dw1g/dw1g dw1g/dw1g ./. ./. ./. dw1g/dw1g dw1g/dw1g ./. ./. ./. "
    "./. ./. dw1g/dw1g dw1g/dw1g ./. ./. ./. ./. ./. ./. ",
    "dw0g/dw0g dw0g/dw0g dw1g/dw1g dw1g/dw1g dw2g/dw2g dw2g/dw2g dw2g/dw2g dw0g/dw0g dw0g/dw0g dw0g/dw0g dw1g/dw1g "
    "dw1g/dw1g dw1g/dw1g dw0g/dw0g dw0g/dw0g dw1g/dw1g dw1g/dw1g dw2g/dw2g dw1g/dw1g dw1g/dw1g ./. dw0g/dw0g dw3g/dw3g "
    "dw3g/dw3g dw4g/dw4g d-1g/d-1g d-1g/d-1g dw1g/dw1g ",
    "dw0g/dw0g dw0g/dw0g dw1g/dw1g dw1g/dw1g dw2g/dw2g dw2g/dw2g dw2g/dw2g dw0g/dw0g dw0g/dw0g dw0g/dw0g dw1g/dw1g "
    "dw1g/dw1g dw1g/dw1g dw0g/dw0g dw0g/dw0g dw1g/dw1g dw1g/dw1g dw2g/dw2g dw1g/dw1g dw1g/dw1g dw0g/dw0g ./. dw3g/dw3g "
    "dw3g/dw3g dw4g/dw4g d-1g/d-1g d-1g/d-1g dw1g/dw1g ",
    "dw3g/dw3g dw3g/dw3g ./. ./. ./. ./. ./. dw3g/dw3g dw3g/dw3g dw3g/dw3g ./. ./. ./. dw3g/dw3g dw3g/dw3g ./. ./. ./. "
    "./. ./. dw3g/dw3g dw3g/dw3g ./. dw3g/dw3g dw4g/dw4g ./. ./. ./. ",
    "dw3g/dw3g dw3g/--3g ./. ./. ./. ./. ./. dw3g/d-3g dw3g/-w3g dw3g/dw3g ./. ./. ./. dw3g/dw3g dw3g/--3g ./. ./. ./. "
    "./. ./. dw3g/dw3g dw3g/dw3g dw3g/dw3g ./. dw4g/--4g ./. ./. ./. ",
    "dw4g/dw4g dw4g/--4g ./. ./. ./. ./. ./. dw4g/d-4g dw4g/-w4g dw4g/dw4g ./. ./. ./. dw4g/dw4g dw4g/--4g ./. ./. ./. "
    "./. ./. dw4g/dw4g dw4g/dw4g dw4g/dw4g dw4g/--4g ./. ./. ./. ./. ",
    "d-1g/d-1g d-1g/d-1g ./. ./. ./. ./. ./. d-1g/d-1g d-1g/d-1g d-1g/d-1g ./. ./. ./. d-1g/d-1g d-1g/d-1g ./. ./. ./. "
    "./. ./. d-1g/d-1g d-1g/d-1g ./. ./. ./. ./. d-1g/d-1g ./. ",
    "d-1g/d-1g d-1g/--1g ./. ./. ./. ./. ./. d-1g/d-1g d-1g/--1g d-1g/d-1g ./. ./. ./. d-1g/d-1g d-1g/--1g ./. ./. ./. "
    "./. ./. d-1g/d-1g d-1g/d-1g ./. ./. ./. d-1g/d-1g ./. ./. ",
    "dw1g/dw1g dw1g/-w1g ./. ./. ./. ./. ./. dw1g/dw1g dw1g/-w1g dw1g/dw1g ./. ./. ./. dw1g/dw1g dw1g/-w1g ./. ./. ./. "
    "./. ./. dw1g/dw1g dw1g/dw1g ./. ./. ./. ./. ./. ./. "};

/* The room of a class of two bases, without __slots__ and with empty ones; a dot where there is no such class. */
static void
test_two_bases(void)
{
    int i, k, empty;
    for (i = 0; i < POOL; i++) {
        char row[POOL * 12 + 1] = "";
        for (k = 0; k < POOL; k++) {
            for (empty = 0; empty < 2; empty++) {
                PyObject *bases = PyTuple_Pack(2, classes[i], classes[k]);
                PyObject *class = i == k ? NULL : make("Both", bases, empty ? "" : NULL);
                strcat(row, class != NULL ? room(class) : ".");
                strcat(row, empty ? " " : "/");
                PyErr_Clear();
                Py_XDECREF(class);
                Py_DECREF(bases);
            }
        }
        is_str(row, joined[i], "classes of two bases, of which the first is %s with __slots__ %s", pool[i].base,
               pool[i].slots ? pool[i].slots : "left out");
    }
}

/* The names of fields of a class with this name. */
static void
test_private_names(void)
{
    static const struct {
        const char *class, *name, *kept;
    } rows[] = {
        {"C", "a", "['a']"},
        {"C", "_a", "['_a']"},
        {"C", "__a", "['_C__a']"},
        {"C", "__a_", "['_C__a_']"},
        {"C", "__a__", "['__a__']"},
        {"C", "___", "['___']"},
        {"C", "__", "['__']"},
        {"C", "_", "['_']"},
        {"C", "___a", "['_C___a']"},
        {"C", "a__", "['a__']"},
        {"_C", "__a", "['_C__a']"},
        {"__C", "__a", "['_C__a']"},
        {"_", "__a", "['__a']"},
        {"___", "__a", "['__a']"},
        {"C_", "__a", "['_C___a']"},
        {"_C__", "__a", "['_C____a']"},
        {"C", "____", "['____']"},
        {"C", "_____", "['_____']"},
        {"C", "__a_b_", "['_C__a_b_']"},
        {"\xc3\xa9", "__\xc3\xa9", "['_é__é']"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *bases = PyTuple_New(0), *class = make(rows[i].class, bases, rows[i].name), *names;
        PyObject *dict = PyObject_GetAttrString(class, "__dict__"), *keys = PyMapping_Keys(dict);
        Py_ssize_t k;

        names = PyList_New(0);
        for (k = 0; k < PyList_Size(keys); k++) {
            PyObject *key = PyList_GetItem(keys, k), *value = PyObject_GetItem(dict, key);
            if (strcmp(Py_TYPE(value)->tp_name, "member_descriptor") == 0) {
                PyList_Append(names, key);
            }
            Py_DECREF(value);
        }
        Py_DECREF(keys);
        Py_DECREF(dict);
        is_str(shown(names), rows[i].kept, "the field %s of a class %s", rows[i].name, rows[i].class);
        Py_DECREF(names);
        Py_DECREF(class);
        Py_DECREF(bases);
    }
}

int
main(void)
{
    int i;
    TAP_BEGIN();
    make_pool();
    RUN(test_rooms);
    RUN(test_reclassing);
    RUN(test_two_bases);
    RUN(test_private_names);
    for (i = 0; i < POOL; i++) {
        Py_DECREF(classes[i]);
    }
    return TAP_END();
}
