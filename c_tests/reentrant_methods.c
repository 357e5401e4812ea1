/* Methods of containers whose arguments' code changes the container: each method with every combination of a pool of arguments for up to
 * two, once for each change.  A bytearray keeps its size meanwhile where it is searched, a memoryview may be released, a list may lose its
 * items. */
#include "digest.h"

#define LISTS \
    "index", "remove", "count", "__contains__", "__eq__", "__lt__", "insert", "pop", "extend", "__iadd__", "__init__"
#define BYTES                                                                                                      \
    "find", "rfind", "index", "rindex", "count", "startswith", "endswith", "split", "rsplit", "join", "replace",   \
        "strip", "partition", "rpartition", "removeprefix", "removesuffix", "translate", "hex", "center", "zfill", \
        "expandtabs", "__contains__", "__add__", "__iadd__", "__mul__", "__imul__", "__eq__", "__mod__", "append", \
        "extend", "insert", "pop", "remove", "resize", "__init__"

/* The containers, their changes, and their methods.  "__setitem__", "__getitem__" and "__delitem__" are methods of all. */
typedef struct {
    const char *name;
    PyObject *(*make)(void);
    const char *changes[4];
    const char *methods[40];
    uint64_t digest;
} Kind;

static const Kind *kind;
static const char *change;
static PyObject *target;
static char seen[4000];

/* Code of an argument runs: it changes the container, unless the change itself runs it. */
static void
run(const char *what)
{
    static int is_running = 0;
    PyObject *result, *error;

    if (is_running || target == NULL) {
        return;
    }
    is_running = 1;
    strncat(seen, what, sizeof seen - strlen(seen) - 1);
    error = PyErr_GetRaisedException();
    if (strcmp(change, "extend") == 0) {
        result = PyObject_CallMethod(target, change, "y#", "0123456789012345678901234567890123456789", (Py_ssize_t)40);
    } else if (strcmp(change, "append") == 0) {
        result = PyObject_CallMethod(target, change, "i", 65);
    } else {
        result = PyObject_CallMethod(target, change, NULL);
    }
    if (result == NULL) {
        PyErr_Clear();
        strncat(seen, "(refused)", sizeof seen - strlen(seen) - 1);
    }
    Py_XDECREF(result);
    PyErr_SetRaisedException(error);
    is_running = 0;
}

static int left;

static int
get_buffer(PyObject *o, Py_buffer *view, int flags)
{
    static char bytes[] = "bc";
    run(" buffer");
    return PyBuffer_FillInfo(view, o, bytes, 2, 1, flags);
}

static PyObject *
index_of(PyObject *o)
{
    (void)o;
    run(" index");
    return PyLong_FromLong(1);
}

static PyObject *
compare(PyObject *a, PyObject *b, int op)
{
    (void)a;
    (void)b;
    run(" compare");
    return PyBool_FromLong(op == Py_LT);
}

static PyObject *
iterator(PyObject *o)
{
    run(" iter");
    left = 3;
    return Py_NewRef(o);
}

static PyObject *
next(PyObject *o)
{
    (void)o;
    run(" next");
    return left-- > 0 ? PyLong_FromLong(66 + left) : NULL;
}

static PyObject *
hint(PyObject *o, PyObject *none)
{
    (void)o;
    (void)none;
    run(" hint");
    return PyLong_FromLong(5);
}

static Py_ssize_t
length(PyObject *o)
{
    (void)o;
    run(" length");
    return 3;
}

static PyObject *
item(PyObject *o, Py_ssize_t at)
{
    (void)o;
    run(" item");
    if (at >= 3) {
        PyErr_SetString(PyExc_IndexError, "no more");
        return NULL;
    }
    return PyLong_FromLong(66 + (long)at);
}

static PyObject *
repr(PyObject *o)
{
    (void)o;
    return PyUnicode_FromString("Argument");
}

#define SLOT(id, function) {id, (void *)(uintptr_t)function}

static PyObject *
instance(const char *name, PyType_Slot *slots)
{
    PyType_Spec spec = {name, (int)sizeof(PyObject), 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *type = PyType_FromSpec(&spec), *made = PyObject_CallObject(type, NULL);
    Py_DECREF(type);
    return made;
}

static PyObject *pool[16];
static const char *names[16];
static int pool_size = 0;

static void
add(const char *name, PyObject *o)
{
    names[pool_size] = name;
    pool[pool_size++] = o;
}

static void
make_pool(void)
{
    static PyMethodDef hints[] = {{"__length_hint__", hint, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
    PyType_Slot equal[] = {SLOT(Py_tp_richcompare, compare), SLOT(Py_tp_repr, repr), {0, NULL}};
    PyType_Slot buffer[] = {SLOT(Py_bf_getbuffer, get_buffer), SLOT(Py_tp_repr, repr), {0, NULL}};
    PyType_Slot number[] = {SLOT(Py_nb_index, index_of), SLOT(Py_tp_repr, repr), {0, NULL}};
    PyType_Slot both[] = {
        SLOT(Py_bf_getbuffer, get_buffer), SLOT(Py_nb_index, index_of), SLOT(Py_tp_repr, repr), {0, NULL}};
    PyType_Slot items[] = {SLOT(Py_tp_iter, iterator),
                           SLOT(Py_tp_iternext, next),
                           SLOT(Py_tp_repr, repr),
                           SLOT(Py_tp_methods, hints),
                           {0, NULL}};
    PyType_Slot sequence[] = {SLOT(Py_sq_length, length), SLOT(Py_sq_item, item), SLOT(Py_tp_repr, repr), {0, NULL}};
    PyObject *none = Py_None;

    add("Compared", instance("m.Compared", equal));
    add("Buffer", instance("m.Buffer", buffer));
    add("Number", instance("m.Number", number));
    add("Both", instance("m.Both", both));
    add("Items", instance("m.Items", items));
    add("Sequence", instance("m.Sequence", sequence));
    add("None", Py_NewRef(none));
    add("-5", PyLong_FromLong(-5));
    add("b'bc'", PyBytes_FromString("bc"));
    add("'x'", PyUnicode_FromString("x"));
    add("[Compared]", Py_BuildValue("[O]", pool[0]));
    add("[Buffer]", Py_BuildValue("[OO]", pool[1], pool[1]));
    add("[Number]", Py_BuildValue("[OO]", pool[2], pool[2]));
    add("Number:", PySlice_New(pool[2], NULL, NULL));
    add("::Number", PySlice_New(NULL, NULL, pool[2]));
    add("(Number, Buffer)", Py_BuildValue("(OO)", pool[2], pool[1]));
}

static PyObject *
make_bytearray(void)
{
    return PyByteArray_FromStringAndSize("abcabc,bc x", 11);
}

static PyObject *
make_view(void)
{
    PyObject *bytes = make_bytearray(), *view = PyMemoryView_FromObject(bytes);
    Py_DECREF(bytes);
    return view;
}

static PyObject *
make_list(void)
{
    return Py_BuildValue("[iOisOi]", 1, pool[0], 2, "x", pool[0], 3);
}

/* A container as text: a memoryview by its bytes, since its repr has an address. */
static PyObject *
show(PyObject *o)
{
    PyObject *bytes = PyObject_CallMethod(o, "tobytes", NULL), *text;
    if (bytes == NULL) {
        PyErr_Clear();
        bytes = PyObject_HasAttrString(o, "tobytes") ? PyUnicode_FromString("released") : Py_NewRef(o);
    }
    text = PyObject_Repr(bytes);
    Py_DECREF(bytes);
    return text;
}

/* Calls a method of a new container, and adds the calls of its arguments' code, the outcome and the container. */
static void
call(const char *method, int count, int first, int second)
{
    char sentence[300];
    PyObject *bound, *arguments, *result;

    target = kind->make();
    bound = PyObject_GetAttrString(target, method);
    arguments = PyTuple_New(count);
    if (count > 0) {
        PyTuple_SetItem(arguments, 0, Py_NewRef(pool[first]));
    }
    if (count > 1) {
        PyTuple_SetItem(arguments, 1, Py_NewRef(pool[second]));
    }
    snprintf(sentence, sizeof sentence, "%s.%s(%s, %s) with %s", kind->name, method, count > 0 ? names[first] : "",
             count > 1 ? names[second] : "", change);
    seen[0] = '\0';
    result = PyObject_CallObject(bound, arguments);
    digest_outcome(sentence, result, show);
    note("%s", seen);
    result = target;
    target = NULL;
    digest_outcome("afterwards", result, show);
    Py_DECREF(arguments);
    Py_DECREF(bound);
}

static void
test_kind(const Kind *tested)
{
    static const char *const common[] = {"__getitem__", "__setitem__", "__delitem__", NULL};
    char sentence[200];
    int changed, method, first, second;

    kind = tested;
    for (changed = 0; kind->changes[changed] != NULL; changed++) {
        change = kind->changes[changed];
        for (method = -3; method < 0 || kind->methods[method] != NULL; method++) {
            const char *name = method < 0 ? common[method + 3] : kind->methods[method];
            for (first = 0; first < pool_size; first++) {
                call(name, 1, first, 0);
                for (second = 0; second < pool_size; second++) {
                    call(name, 2, first, second);
                }
            }
        }
    }
    snprintf(sentence, sizeof sentence, "methods of a %s that their arguments change", kind->name);
    digest_is(kind->digest, sentence);
}

static const Kind kinds[] = {
    {"bytearray", make_bytearray, {"clear", "extend", "append", NULL}, {BYTES, NULL}, 0xc2486ec974fd37b2U},
    {"memoryview",
     make_view,
     {"release", "tolist", NULL},
     {"cast", "hex", "index", "count", NULL},
     0xb02e257fe1b66074U},
    {"list", make_list, {"clear", "pop", NULL}, {LISTS, NULL}, 0x36d3aa0efd617db9U},
};

static void
test_methods(void)
{
    size_t at;
    make_pool();
    for (at = 0; at < COUNT(kinds); at++) {
        test_kind(&kinds[at]);
    }
    while (pool_size > 0) {
        Py_DECREF(pool[--pool_size]);
    }
}

int
main(int count, char **arguments)
{
    (void)arguments;
    prints_outcomes = count > 1;
    TAP_BEGIN();
    RUN(test_methods);
    return TAP_END();
}
