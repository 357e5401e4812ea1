/* The class methods of built-in types: classes with arguments in brackets, int.from_bytes and dict.fromkeys. */
#include "expressions.h"

static PyObject *
class_of(const char *name)
{
    PyObject *builtins = PyImport_ImportModule("builtins");
    PyObject *cls = PyObject_GetAttrString(builtins, name);
    Py_DECREF(builtins);
    return cls;
}

typedef struct {
    const char *cls;
    const char *key;
    const char *outcome;
} Alias;

static const Alias ALIASES[] = {
    {"list", "int", "list[int]"},
    {"dict", "int", "dict[int]"},
    {"tuple", "str", "tuple[str]"},
    {"set", "bytes", "set[bytes]"},
    {"frozenset", "int", "frozenset[int]"},
    {"int", "int", "TypeError: type 'int' is not subscriptable"},
    {"str", "int", "TypeError: type 'str' is not subscriptable"},
};

static void
test_aliases(void)
{
    size_t i;
    for (i = 0; i < sizeof ALIASES / sizeof ALIASES[0]; i++) {
        PyObject *cls = class_of(ALIASES[i].cls);
        PyObject *key = class_of(ALIASES[i].key);
        const char *got = outcome(PyObject_GetItem(cls, key));
        ok(strcmp(got, ALIASES[i].outcome) == 0, "%s[%s]: %s", ALIASES[i].cls, ALIASES[i].key, got);
        Py_DECREF(key);
        Py_DECREF(cls);
    }
}

typedef struct {
    const char *cls;
    const char *method;
    const char *arguments;
    const char *keywords;
    const char *outcome;
} Method;

static const Method METHODS[] = {
    {"int", "from_bytes", "(b'\\x01\\x02',)", NULL, "258"},
    {"int", "from_bytes", "(b'ab', 'little')", NULL, "25185"},
    {"int", "from_bytes", "(b'',)", NULL, "0"},
    {"int", "from_bytes", "([1, 2],)", NULL, "258"},
    {"int", "from_bytes", "(b'\\xff',)", "{'signed': 1}", "-1"},
    {"int", "from_bytes", "()", "{'bytes': b'a', 'byteorder': 'little'}", "97"},
    {"bool", "from_bytes", "(b'\\x02',)", NULL, "True"},
    {"int", "from_bytes", "(5,)", NULL, "TypeError: cannot convert 'int' object to bytes"},
    {"int", "from_bytes", "('a',)", NULL, "TypeError: cannot convert 'str' object to bytes"},
    {"int", "from_bytes", "()", NULL, "TypeError: from_bytes() missing required argument 'bytes' (pos 1)"},
    {"int", "from_bytes", "(b'a', 'x')", NULL, "ValueError: byteorder must be either 'little' or 'big'"},
    {"int", "from_bytes", "(b'a', 5)", NULL, "TypeError: from_bytes() argument 'byteorder' must be str, not int"},
    {"int", "from_bytes", "([1, 300],)", NULL, "ValueError: bytes must be in range(0, 256)"},
    {"int", "from_bytes", "(b'a', 'big', 1)", NULL,
     "TypeError: from_bytes() takes at most 2 positional arguments (3 given)"},
    {"int", "from_bytes", "(b'a',)", "{'y': 1}", "TypeError: from_bytes() got an unexpected keyword argument 'y'"},
    {"dict", "fromkeys", "([1, 2],)", NULL, "{1: None, 2: None}"},
    {"dict", "fromkeys", "([1, 2], 3)", NULL, "{1: 3, 2: 3}"},
    {"dict", "fromkeys", "({1: 2},)", NULL, "{1: None}"},
    {"dict", "fromkeys", "('aba', 0)", NULL, "{'a': 0, 'b': 0}"},
    {"dict", "fromkeys", "()", NULL, "TypeError: fromkeys expected at least 1 argument, got 0"},
    {"dict", "fromkeys", "(1, 2, 3)", NULL, "TypeError: fromkeys expected at most 2 arguments, got 3"},
    {"dict", "fromkeys", "(5,)", NULL, "TypeError: 'int' object is not iterable"},
    {"dict", "fromkeys", "([[]],)", NULL, "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')"},
};

static void
test_methods(void)
{
    size_t i;
    for (i = 0; i < sizeof METHODS / sizeof METHODS[0]; i++) {
        const Method *row = &METHODS[i];
        PyObject *cls = class_of(row->cls);
        PyObject *method = PyObject_GetAttrString(cls, row->method);
        PyObject *arguments = evaluate(row->arguments);
        PyObject *keywords = row->keywords ? evaluate(row->keywords) : NULL;
        const char *got = method && arguments ? outcome(PyObject_Call(method, arguments, keywords)) : error_text();
        ok(strcmp(got, row->outcome) == 0, "%s.%s with %s and %s: %s", row->cls, row->method, row->arguments,
           row->keywords ? row->keywords : "no keywords", got);
        Py_XDECREF(keywords);
        Py_XDECREF(arguments);
        Py_XDECREF(method);
        Py_DECREF(cls);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_aliases);
    RUN(test_methods);
    return TAP_END();
}
