/* The methods of a derived class that functions and methods of built-in classes call: `list(o)` asks `__iter__` and `__len__`, `repr` of a
 * set asks neither.  Whether the result is one of the operands, as for a str without replacement fields. */
#include "digest.h"

static int is_quiet = 1;

static void
called(const char *what)
{
    if (!is_quiet) {
        note("calls %s", what);
    }
}

/* The built-in class from which the object's class is derived. */
static PyTypeObject *
base_of(PyObject *o)
{
    PyTypeObject *type = Py_TYPE(o);
    while (strncmp(type->tp_name, "m.", 2) == 0) {
        type = type->tp_base;
    }
    return type;
}

static PyObject *
iter(PyObject *o)
{
    called("__iter__");
    return base_of(o)->tp_iter(o);
}

static Py_ssize_t
length(PyObject *o)
{
    PySequenceMethods *sequence = base_of(o)->tp_as_sequence;
    called("__len__");
    return sequence != NULL && sequence->sq_length != NULL ? sequence->sq_length(o)
                                                           : base_of(o)->tp_as_mapping->mp_length(o);
}

static int
contains(PyObject *o, PyObject *item)
{
    called("__contains__");
    return base_of(o)->tp_as_sequence->sq_contains(o, item);
}

static PyObject *
repr(PyObject *o)
{
    called("__repr__");
    return base_of(o)->tp_repr(o);
}

static PyObject *
str(PyObject *o)
{
    called("__str__");
    return base_of(o)->tp_str(o);
}

static Py_hash_t
hash(PyObject *o)
{
    called("__hash__");
    return base_of(o)->tp_hash(o);
}

static PyObject *
compare(PyObject *a, PyObject *b, int op)
{
    called("a comparison");
    return base_of(a)->tp_richcompare(a, b, op);
}

static PyObject *
hint(PyObject *o, PyObject *none)
{
    (void)o;
    (void)none;
    called("__length_hint__");
    return PyLong_FromLong(3);
}

static PyObject *
keys(PyObject *o, PyObject *none)
{
    (void)none;
    called("keys");
    return PyMapping_Check(o) ? PyObject_CallMethod((PyObject *)&PyDict_Type, "keys", "O", o) : NULL;
}

#define SLOT(id, function) {id, (void *)(uintptr_t)function}

/* A class derived from a built-in one. */
static PyObject *
derived(const char *name, PyTypeObject *base)
{
    static PyMethodDef methods[] = {{"__length_hint__", hint, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
    static PyMethodDef dict_methods[] = {
        {"__length_hint__", hint, METH_NOARGS, NULL}, {"keys", keys, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
    int is_dict = base == &PyDict_Type;
    PyType_Slot slots[] = {SLOT(Py_tp_iter, iter),
                           SLOT(Py_tp_repr, repr),
                           SLOT(Py_tp_str, str),
                           SLOT(Py_tp_richcompare, compare),
                           SLOT(Py_tp_methods, is_dict ? dict_methods : methods),
                           {Py_tp_hash, base->tp_hash == PyObject_HashNotImplemented
                                            ? (void *)(uintptr_t)PyObject_HashNotImplemented
                                            : (void *)(uintptr_t)hash},
                           SLOT(Py_sq_contains, contains),
                           {is_dict ? Py_mp_length : Py_sq_length, (void *)(uintptr_t)length},
                           {0, NULL}};
    PyType_Spec spec = {name, 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
    return PyType_FromSpecWithBases(&spec, (PyObject *)base);
}

static PyObject *pool[24];
static const char *names[24];
static int pool_size = 0;

static void
add(const char *name, PyObject *o)
{
    names[pool_size] = name;
    pool[pool_size++] = o;
}

static void
add_derived(const char *name, const char *class_name, PyTypeObject *base, PyObject *value)
{
    PyObject *type = derived(class_name, base);
    add(name, PyObject_CallFunctionObjArgs(type, value, NULL));
    Py_DECREF(type);
}

static void
make_pool(void)
{
    add("list", Py_BuildValue("[ii]", 1, 2));
    add("tuple", Py_BuildValue("(ii)", 3, 4));
    add("dict", Py_BuildValue("{s:i}", "a", 1));
    add("set", PySet_New(pool[0]));
    add("frozenset", PyFrozenSet_New(pool[0]));
    add("str", PyUnicode_FromString("aa"));
    add("bytes", PyBytes_FromString("ab"));
    add("bytearray", PyByteArray_FromStringAndSize("ab", 2));
    add_derived("m.List", "m.List", &PyList_Type, pool[0]);
    add_derived("m.Tuple", "m.Tuple", &PyTuple_Type, pool[1]);
    add_derived("m.Dict", "m.Dict", &PyDict_Type, pool[2]);
    add_derived("m.Set", "m.Set", &PySet_Type, pool[0]);
    add_derived("m.Frozen", "m.Frozen", &PyFrozenSet_Type, pool[0]);
    add_derived("m.Str", "m.Str", &PyUnicode_Type, pool[5]);
    add_derived("m.Bytes", "m.Bytes", &PyBytes_Type, pool[6]);
    add_derived("m.Array", "m.Array", &PyByteArray_Type, pool[6]);
    add("[m.Str]", Py_BuildValue("[O]", pool[13]));
    add("empty", PyUnicode_FromString(""));
    add("None", Py_NewRef(Py_None));
}

/* A container that a method may change is copied for each call. */
static PyObject *
fresh(int at)
{
    PyObject *o = pool[at];
    if (PyList_Check(o) || PyDict_Check(o) || PyByteArray_Check(o) || PyObject_IsInstance(o, (PyObject *)&PySet_Type)) {
        return PyObject_CallFunctionObjArgs((PyObject *)Py_TYPE(o), o, NULL);
    }
    return Py_NewRef(o);
}

static PyObject *
show(PyObject *o)
{
    return PyObject_ASCII(o);
}

/* Adds a result, and which operand it is.  An iterator is shown by its items. */
static void
add_result(const char *function, int first, int second, PyObject *result, PyObject *a, PyObject *b)
{
    char sentence[200];
    snprintf(sentence, sizeof sentence, "%s(%s, %s)", function, names[first], second < 0 ? "" : names[second]);
    is_quiet = 1;
    if (result != NULL && result == a) {
        note("the first operand");
    }
    if (result != NULL && result == b) {
        note("the second operand");
    }
    if (result != NULL && PyIter_Check(result)) {
        PyObject *items = PySequence_List(result);
        Py_DECREF(result);
        result = items;
    }
    digest_outcome(sentence, result, show);
    if (PyList_Check(a) || PyDict_Check(a) || PyByteArray_Check(a)) {
        digest_outcome("afterwards", Py_NewRef(a), show);
    }
}

static const struct {
    const char *name;
    uint64_t digest;
} functions[] = {
    {"list", 0xebc18f7e94310640U},      {"tuple", 0xdfe5a79091f2ccf1U}, {"set", 0xd545a3d0355b1359U},
    {"frozenset", 0x6c5fb25258cc3f1dU}, {"str", 0x92fe1d047e82d26cU},   {"bytes", 0x70a425a2131ac603U},
    {"bytearray", 0xe773218d30450223U}, {"int", 0x70bd9aeced7317beU},   {"repr", 0x2631de28297389dbU},
    {"ascii", 0x2631de28297389dbU},     {"len", 0x98b690f909f612e4U},   {"sorted", 0xebc18f7e94310640U},
    {"min", 0x515cedc9c4d9232aU},       {"any", 0x09ed13647e645fd5U},   {"enumerate", 0x1483e30db3e4d187U},
    {"zip", 0x7f3a0a527714692bU},       {"bool", 0x377f915f1fb1f349U},  {"complex", 0xecfe33b2ba2c65c4U},
    {"float", 0xac59e8f7955f5dd0U},
};

static void
test_functions(void)
{
    char sentence[100];
    size_t at;
    int first;
    for (at = 0; at < COUNT(functions); at++) {
        PyObject *function = PyDict_GetItemString(PyEval_GetBuiltins(), functions[at].name);
        for (first = 0; first < pool_size; first++) {
            PyObject *o = fresh(first), *result;
            is_quiet = 0;
            result = PyObject_CallFunctionObjArgs(function, o, NULL);
            add_result(functions[at].name, first, -1, result, o, NULL);
            Py_DECREF(o);
        }
        snprintf(sentence, sizeof sentence, "%s(o) of objects of derived classes", functions[at].name);
        digest_is(functions[at].digest, sentence);
    }
}

static const struct {
    const char *name;
    uint64_t digest;
} methods[] = {
    {"intersection", 0xe6c1045808062fafU}, {"difference", 0x7b46c703183301afU}, {"isdisjoint", 0x74704df7fbe26c27U},
    {"issubset", 0x01531faa08a657a5U},     {"update", 0xa4d47c136758396fU},     {"extend", 0xa9128287b540ae37U},
    {"join", 0x8eed4bf41c246d03U},         {"format", 0xeed11fbec8dbdc76U},     {"format_map", 0x377d42bc8247b1e2U},
    {"__mod__", 0xca477d5cfc38d3aaU},      {"fromkeys", 0xf57b4170c5314593U},   {"partition", 0x3737ef19a3e40d28U},
    {"rpartition", 0x32be156e4ac471e6U},   {"strip", 0x937836f5696a1dcdU},      {"__contains__", 0x8a3dd727133d9cbfU},
    {"count", 0x70bdf3c389fd72a3U},        {"__eq__", 0xd58f235fb261ec73U},     {"copy", 0xcc3c4abd895c230aU},
    {"upper", 0x3a5b7daef069e9dbU},        {"split", 0x1634a660988711fcU},      {"__add__", 0xbb829c7965d7aca3U},
    {"__iadd__", 0x95460ef888cfd072U},     {"__repr__", 0x5ee21166d44b8427U},
};

/* Methods of the built-in class, with no argument and with each other object. */
static void
test_methods(void)
{
    char sentence[100];
    size_t at;
    int first, second;
    for (at = 0; at < COUNT(methods); at++) {
        for (first = 0; first < pool_size; first++) {
            PyObject *method = PyObject_GetAttrString((PyObject *)base_of(pool[first]), methods[at].name);
            PyErr_Clear();
            for (second = -1; method != NULL && second < pool_size; second++) {
                PyObject *a = fresh(first), *b = second < 0 ? NULL : fresh(second), *result;
                is_quiet = 0;
                if (strcmp(methods[at].name, "fromkeys") == 0) {
                    result = PyObject_CallFunctionObjArgs(method, b, NULL);
                } else {
                    result = PyObject_CallFunctionObjArgs(method, a, b, NULL);
                }
                add_result(methods[at].name, first, second, result, a, b);
                Py_DECREF(a);
                Py_XDECREF(b);
            }
            Py_XDECREF(method);
        }
        snprintf(sentence, sizeof sentence, "the method %s with objects of derived classes", methods[at].name);
        digest_is(methods[at].digest, sentence);
    }
}

/* A formatted text is the argument itself if nothing else is in it. */
static void
test_formatted_texts(void)
{
    PyObject *text = PyUnicode_FromString("hello"), *result;
    static const char *const fields[] = {"{}", "{!s}", "{:s}", "{:1}", "{}{}", "x{}", "{}x"};
    static const char *const units[] = {"%s", "%1s", "%.9s", "%.4s", "%9s", "%s%%"};
    size_t at;

    for (at = 0; at < COUNT(fields); at++) {
        PyObject *format = PyUnicode_FromString(fields[at]), *empty = PyUnicode_FromString("");
        result = PyObject_CallMethod(format, "format", "OO", text, empty);
        is_int(result == text, at < 4, "'%s'.format('hello', '') is 'hello' itself", fields[at]);
        Py_DECREF(result);
        Py_DECREF(format);
        Py_DECREF(empty);
    }
    for (at = 0; at < COUNT(units); at++) {
        PyObject *format = PyUnicode_FromString(units[at]);
        result = PyUnicode_Format(format, text);
        is_int(result == text, at < 3, "'%s' %% 'hello' is 'hello' itself", units[at]);
        Py_DECREF(result);
        Py_DECREF(format);
    }
    result = PyUnicode_FromFormat("%U", text);
    is_ptr(result, text, "PyUnicode_FromFormat(\"%%U\", text) is the text itself");
    Py_DECREF(result);
    result = PyUnicode_FromFormat("%S", text);
    is_ptr(result, text, "PyUnicode_FromFormat(\"%%S\", text) is the text itself");
    Py_DECREF(result);
    Py_DECREF(text);
}

int
main(int count, char **arguments)
{
    (void)arguments;
    prints_outcomes = count > 1;
    TAP_BEGIN();
    make_pool();
    RUN(test_functions);
    RUN(test_methods);
    RUN(test_formatted_texts);
    while (pool_size > 0) {
        Py_DECREF(pool[--pool_size]);
    }
    return TAP_END();
}
