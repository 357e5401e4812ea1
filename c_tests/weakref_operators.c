/* Operators of weak reference proxies: each slot of the object is called with the objects themselves, whichever operand is a proxy. */
#include "callables.h"

#include "compat.h"

/* A function's name and the classes of its operands. */
static PyObject *
said(const char *name, PyObject *a, PyObject *b, PyObject *c)
{
    return PyUnicode_FromFormat("%s %s %s %s", name, Py_TYPE(a)->tp_name, b != NULL ? Py_TYPE(b)->tp_name : "-",
                                c != NULL ? Py_TYPE(c)->tp_name : "-");
}

#define UNARY(name)                        \
    static PyObject *n_##name(PyObject *a) \
    {                                      \
        return said(#name, a, NULL, NULL); \
    }
#define BINARY(name)                                    \
    static PyObject *n_##name(PyObject *a, PyObject *b) \
    {                                                   \
        return said(#name, a, b, NULL);                 \
    }
#define TERNARY(name)                                                \
    static PyObject *n_##name(PyObject *a, PyObject *b, PyObject *c) \
    {                                                                \
        return said(#name, a, b, c);                                 \
    }

UNARY(negative)
UNARY(positive)
UNARY(absolute)
UNARY(invert)
BINARY(add)
BINARY(subtract)
BINARY(multiply)
BINARY(remainder)
BINARY(divmod)
BINARY(lshift)
BINARY(rshift)
BINARY(and)
BINARY(xor)
BINARY(or)
BINARY(floor_divide)
BINARY(true_divide)
BINARY(matrix_multiply)
BINARY(inplace_add)
BINARY(inplace_subtract)
BINARY(inplace_multiply)
BINARY(inplace_remainder)
BINARY(inplace_lshift)
BINARY(inplace_rshift)
BINARY(inplace_and)
BINARY(inplace_xor)
BINARY(inplace_or)
BINARY(inplace_floor_divide)
BINARY(inplace_true_divide)
BINARY(inplace_matrix_multiply)
TERNARY(power)
TERNARY(inplace_power)

static PyObject *
n_int(PyObject *a)
{
    (void)a;
    return PyLong_FromLong(7);
}

static PyObject *
n_float(PyObject *a)
{
    (void)a;
    return PyFloat_FromDouble(1.5);
}

#define SLOT(name) {Py_nb_##name, (void *)(uintptr_t)n_##name}
static PyType_Slot slots[] = {
    SLOT(negative),
    SLOT(positive),
    SLOT(absolute),
    SLOT(invert),
    SLOT(add),
    SLOT(subtract),
    SLOT(multiply),
    SLOT(remainder),
    SLOT(divmod),
    SLOT(lshift),
    SLOT(rshift),
    SLOT(and),
    SLOT(xor),
    SLOT(or),
    SLOT(floor_divide),
    SLOT(true_divide),
    SLOT(matrix_multiply),
    SLOT(inplace_add),
    SLOT(inplace_subtract),
    SLOT(inplace_multiply),
    SLOT(inplace_remainder),
    SLOT(inplace_lshift),
    SLOT(inplace_rshift),
    SLOT(inplace_and),
    SLOT(inplace_xor),
    SLOT(inplace_or),
    SLOT(inplace_floor_divide),
    SLOT(inplace_true_divide),
    SLOT(inplace_matrix_multiply),
    SLOT(power),
    SLOT(inplace_power),
    SLOT(float),
    {Py_nb_int, (void *)(uintptr_t)n_int},
    {Py_nb_index, (void *)(uintptr_t)n_int},
    {0, NULL},
};
static PyType_Spec spec = {"m.Number", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};

static const struct {
    const char *name;
    PyObject *(*apply)(PyObject *, PyObject *);
} binary[] = {
    {"add", PyNumber_Add},
    {"subtract", PyNumber_Subtract},
    {"multiply", PyNumber_Multiply},
    {"remainder", PyNumber_Remainder},
    {"divmod", PyNumber_Divmod},
    {"lshift", PyNumber_Lshift},
    {"rshift", PyNumber_Rshift},
    {"and", PyNumber_And},
    {"xor", PyNumber_Xor},
    {"or", PyNumber_Or},
    {"floor_divide", PyNumber_FloorDivide},
    {"true_divide", PyNumber_TrueDivide},
    {"matrix_multiply", PyNumber_MatrixMultiply},
    {"inplace_add", PyNumber_InPlaceAdd},
    {"inplace_subtract", PyNumber_InPlaceSubtract},
    {"inplace_multiply", PyNumber_InPlaceMultiply},
    {"inplace_remainder", PyNumber_InPlaceRemainder},
    {"inplace_lshift", PyNumber_InPlaceLshift},
    {"inplace_rshift", PyNumber_InPlaceRshift},
    {"inplace_and", PyNumber_InPlaceAnd},
    {"inplace_xor", PyNumber_InPlaceXor},
    {"inplace_or", PyNumber_InPlaceOr},
    {"inplace_floor_divide", PyNumber_InPlaceFloorDivide},
    {"inplace_true_divide", PyNumber_InPlaceTrueDivide},
    {"inplace_matrix_multiply", PyNumber_InPlaceMatrixMultiply},
};

static const struct {
    const char *name;
    PyObject *(*apply)(PyObject *);
} unary[] = {
    {"negative", PyNumber_Negative},
    {"positive", PyNumber_Positive},
    {"absolute", PyNumber_Absolute},
    {"invert", PyNumber_Invert},
};

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* An object of a class that has weak references, made from a base. */
static PyObject *
object_of(PyObject *base, PyObject *argument)
{
    PyObject *kind = PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "C", base), *o;

    o = PyObject_CallFunctionObjArgs(kind, argument, NULL);
    Py_XDECREF(kind);
    if (o == NULL) {
        fprintf(stderr, "# %s\n", error_text());
        exit(2);
    }
    return o;
}

static const char *
words(const char *name, const char *rest)
{
    char *buffer = outcome_buffer();

    snprintf(buffer, OUTCOME_SIZE, "'%s %s'", name, rest);
    return buffer;
}

static void
test_numbers(void)
{
    PyObject *base = PyType_FromSpec(&spec), *o = object_of(base, NULL), *proxy = PyWeakref_NewProxy(o, NULL);
    PyObject *one = PyLong_FromLong(1);
    size_t i;

    for (i = 0; i < COUNT(unary); i++) {
        is_str(outcome(unary[i].apply(proxy)), words(unary[i].name, "C - -"), "the operator %s of a proxy",
               unary[i].name);
    }
    for (i = 0; i < COUNT(binary); i++) {
        is_str(outcome(binary[i].apply(proxy, one)), words(binary[i].name, "C int -"),
               "the operator %s of a proxy and an int", binary[i].name);
        is_str(outcome(binary[i].apply(proxy, proxy)), words(binary[i].name, "C C -"), "the operator %s of two proxies",
               binary[i].name);
        if (strncmp(binary[i].name, "inplace", 7) != 0) {
            is_str(outcome(binary[i].apply(one, proxy)), words(binary[i].name, "int C -"),
                   "the operator %s of an int and a proxy", binary[i].name);
        }
    }
    is_str(outcome(PyNumber_Power(proxy, one, Py_None)), "'power C int NoneType'", "a power of a proxy");
    is_str(outcome(PyNumber_Power(proxy, proxy, proxy)), "'power C C C'", "a power of three proxies");
    is_str(outcome(PyNumber_Power(one, proxy, Py_None)), "'power int C NoneType'",
           "a power with a proxy as the exponent");
    is_str(outcome(PyNumber_InPlacePower(proxy, one, Py_None)), "'inplace_power C int NoneType'",
           "a power of a proxy in place");
    is_str(outcome(PyNumber_Long(proxy)), "7", "int of a proxy");
    is_str(outcome(PyNumber_Index(proxy)), "7", "a proxy as an index");
    is_str(outcome(PyNumber_Float(proxy)), "1.5", "float of a proxy");
    is_int(PyNumber_Check(proxy), 1, "a proxy is a number");
    is_int(PyIndex_Check(proxy), 1, "a proxy is an index");

    Py_DECREF(o);
    for (i = 0; i < COUNT(unary); i++) {
        is_str(outcome(unary[i].apply(proxy)), "ReferenceError: weakly-referenced object no longer exists",
               "the operator %s of a proxy of a dead object", unary[i].name);
    }
    for (i = 0; i < COUNT(binary); i++) {
        is_str(outcome(binary[i].apply(proxy, one)), "ReferenceError: weakly-referenced object no longer exists",
               "the operator %s of a proxy of a dead object and an int", binary[i].name);
        is_str(outcome(binary[i].apply(one, proxy)), "ReferenceError: weakly-referenced object no longer exists",
               "the operator %s of an int and a proxy of a dead object", binary[i].name);
    }
    is_str(outcome(PyNumber_Power(proxy, one, Py_None)), "ReferenceError: weakly-referenced object no longer exists",
           "a power of a proxy of a dead object");
    is_str(outcome(PyNumber_Long(proxy)), "ReferenceError: weakly-referenced object no longer exists",
           "int of a proxy of a dead object");
    Py_DECREF(one);
    Py_DECREF(proxy);
    Py_DECREF(base);
}

/* Objects without the operators: the messages name their classes, not those of the proxies. */
static void
test_refusals(void)
{
    PyObject *o = object_of((PyObject *)&PyBaseObject_Type, NULL), *proxy = PyWeakref_NewProxy(o, NULL),
             *one = PyLong_FromLong(1);
    size_t i;

    for (i = 0; i < COUNT(unary); i++) {
        is_str(outcome(unary[i].apply(proxy)), outcome(unary[i].apply(o)),
               "the operator %s of a proxy fails as that of its object", unary[i].name);
    }
    for (i = 0; i < COUNT(binary); i++) {
        is_str(outcome(binary[i].apply(proxy, one)), outcome(binary[i].apply(o, one)),
               "the operator %s of a proxy fails as that of its object", binary[i].name);
        is_str(outcome(binary[i].apply(proxy, proxy)), outcome(binary[i].apply(o, o)),
               "the operator %s of proxies fails as that of their objects", binary[i].name);
    }
    is_str(outcome(PyNumber_Power(proxy, one, one)), outcome(PyNumber_Power(o, one, one)),
           "a power of a proxy fails as that of its object");
    is_str(outcome(PyNumber_Float(proxy)), outcome(PyNumber_Float(o)), "float of a proxy fails as that of its object");
    is_str(outcome(PyNumber_Index(proxy)), outcome(PyNumber_Index(o)),
           "the index of a proxy fails as that of its object");
    is_str(outcome(PyObject_CallMethod(proxy, "__bytes__", NULL)),
           "AttributeError: 'C' object has no attribute '__bytes__'", "__bytes__ of a proxy of an object without it");
    Py_DECREF(one);
    Py_DECREF(proxy);
    Py_DECREF(o);
}

static void
test_containers(void)
{
    PyObject *items = Py_BuildValue("[iii]", 1, 2, 3), *o = object_of((PyObject *)&PyList_Type, items),
             *proxy = PyWeakref_NewProxy(o, NULL);
    PyObject *kind = (PyObject *)Py_TYPE(proxy), *key = PyLong_FromLong(2), *method;

    is_str(outcome(PyNumber_Add(proxy, items)), "[1, 2, 3, 1, 2, 3]", "the sum of a proxy of a list and a list");
    is_str(outcome(PyNumber_Multiply(proxy, key)), "[1, 2, 3, 1, 2, 3]", "a proxy of a list, repeated");
    is_str(outcome(PyNumber_Multiply(key, proxy)), "[1, 2, 3, 1, 2, 3]", "a number times a proxy of a list");
    is_str(outcome(PyObject_GetItem(proxy, key)), "3", "an item of a proxy of a list");
    is_int(PySequence_Contains(proxy, key), 1, "whether a proxy of a list has an item");
    is_int(PyObject_SetItem(proxy, key, Py_None), 0, "an item of a proxy of a list can be set");
    is_str(outcome(PySequence_List(proxy)), "[1, 2, None]", "the items of a proxy of a list");
    is_int(PyObject_DelItem(proxy, key), 0, "an item of a proxy of a list can be deleted");
    is_int(PyObject_Size(proxy), 2, "the length of a proxy of a list");
    is_int(PyObject_RichCompareBool(proxy, items, Py_LT), 1, "a proxy of a list has the order of the list");
    method = PyObject_GetAttrString(kind, "__reversed__");
    is_str(method != NULL ? Py_TYPE(method)->tp_name : error_text(), "method_descriptor",
           "the class of proxies has __reversed__");
    {
        PyObject *iterator = PyObject_CallOneArg(method, proxy);
        is_str(outcome(PySequence_List(iterator)), "[2, 1]", "__reversed__ of a proxy of a list");
        Py_XDECREF(iterator);
    }
    Py_XDECREF(method);
    Py_DECREF(key);
    Py_DECREF(proxy);
    Py_DECREF(o);
    Py_DECREF(items);
}

int
main(void)
{
    Py_Initialize();
    TAP_BEGIN();
    RUN(test_numbers);
    RUN(test_refusals);
    RUN(test_containers);
    return TAP_END();
}
