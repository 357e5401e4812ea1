/* Slots as methods: the attributes of the wrapper, its call with each number and kind of arguments, and __new__. Each line of the
 * tables is a call; its result, or the type and the message of its error, is shown as a text, and compared with CPython's by a
 * digest. */
#include "digest.h"

#include <stddef.h>

#define HEAD PyVarObject_HEAD_INIT(NULL, 0)

/* ---- a type with every slot ---- */

/* Each function says which it is, and shows its arguments. */
static PyObject *
say(const char *name, PyObject *a, PyObject *b, PyObject *c)
{
    PyObject *parts[3];
    PyObject *text, *joined;
    int i;
    parts[0] = a;
    parts[1] = b;
    parts[2] = c;
    joined = PyUnicode_FromString(name);
    for (i = 0; i < 3; i++) {
        text = parts[i] == NULL ? PyUnicode_FromString("NULL") : PyObject_Repr(parts[i]);
        Py_SETREF(joined, PyUnicode_FromFormat("%U %U", joined, text));
        Py_DECREF(text);
    }
    return joined;
}

static PyObject *last;

static int
record(const char *name, PyObject *a, PyObject *b, PyObject *c)
{
    Py_XSETREF(last, say(name, a, b, c));
    return 0;
}

#define UNARY(NAME)                       \
    static PyObject *NAME(PyObject *o)    \
    {                                     \
        return say(#NAME, o, NULL, NULL); \
    }
#define BINARY(NAME)                                    \
    static PyObject *NAME(PyObject *o, PyObject *other) \
    {                                                   \
        return say(#NAME, o, other, NULL);              \
    }
#define TERNARY(NAME)                                            \
    static PyObject *NAME(PyObject *o, PyObject *a, PyObject *b) \
    {                                                            \
        return say(#NAME, o, a, b);                              \
    }
#define INDEXED(NAME)                                       \
    static PyObject *NAME(PyObject *o, Py_ssize_t i)        \
    {                                                       \
        return PyUnicode_FromFormat(#NAME " %R %zd", o, i); \
    }
#define ASSIGN(NAME)                                       \
    static int NAME(PyObject *o, PyObject *a, PyObject *b) \
    {                                                      \
        return record(#NAME, o, a, b);                     \
    }

UNARY(nb_negative)
UNARY(nb_positive)
UNARY(nb_absolute)
UNARY(nb_invert)
UNARY(nb_int)
UNARY(nb_float)
UNARY(nb_index)
BINARY(nb_add)
BINARY(nb_subtract)
BINARY(nb_multiply)
BINARY(nb_remainder)
BINARY(nb_divmod)
BINARY(nb_lshift)
BINARY(nb_rshift)
BINARY(nb_and)
BINARY(nb_xor)
BINARY(nb_or)
BINARY(nb_inplace_add)
BINARY(nb_inplace_subtract)
BINARY(nb_inplace_multiply)
BINARY(nb_inplace_remainder)
BINARY(nb_inplace_lshift)
BINARY(nb_inplace_rshift)
BINARY(nb_inplace_and)
BINARY(nb_inplace_xor)
BINARY(nb_inplace_or)
BINARY(nb_floor_divide)
BINARY(nb_true_divide)
BINARY(nb_inplace_floor_divide)
BINARY(nb_inplace_true_divide)
BINARY(nb_matrix_multiply)
BINARY(nb_inplace_matrix_multiply)
TERNARY(nb_power)
TERNARY(nb_inplace_power)
BINARY(sq_concat)
INDEXED(sq_repeat)
INDEXED(sq_item)
BINARY(sq_inplace_concat)
INDEXED(sq_inplace_repeat)
BINARY(mp_subscript)
ASSIGN(mp_ass_subscript)
UNARY(am_await)
UNARY(am_aiter)
UNARY(am_anext)
UNARY(tp_iter)
TERNARY(tp_call)
TERNARY(tp_descr_get)
ASSIGN(tp_descr_set)
ASSIGN(tp_init)

static int
nb_bool(PyObject *o)
{
    (void)o;
    return 1;
}

static Py_ssize_t
length(PyObject *o)
{
    (void)o;
    return 10;
}

static int
sq_ass_item(PyObject *o, Py_ssize_t i, PyObject *value)
{
    Py_XSETREF(last, value != NULL ? PyUnicode_FromFormat("sq_ass_item %R %zd %R", o, i, value)
                                   : PyUnicode_FromFormat("sq_ass_item %R %zd NULL", o, i));
    return 0;
}

static int
sq_contains(PyObject *o, PyObject *part)
{
    (void)o;
    return part != Py_None;
}

static PyObject *
tp_repr(PyObject *o)
{
    return PyUnicode_FromFormat("<%s>", Py_TYPE(o)->tp_name);
}

static PyObject *
tp_str(PyObject *o)
{
    (void)o;
    return PyUnicode_FromString("str");
}

static Py_hash_t
tp_hash(PyObject *o)
{
    (void)o;
    return -2;
}

static PyObject *
tp_richcompare(PyObject *o, PyObject *other, int op)
{
    return PyUnicode_FromFormat("tp_richcompare %R %R %d", o, other, op);
}

static PyObject *
tp_iternext(PyObject *o)
{
    (void)o;
    return NULL;
}

static void
tp_finalize(PyObject *o)
{
    record("tp_finalize", o, NULL, NULL);
}

static int
tp_setattro(PyObject *o, PyObject *name, PyObject *value)
{
    return record("tp_setattro", o, name, value);
}

static PyNumberMethods as_number = {nb_add,
                                    nb_subtract,
                                    nb_multiply,
                                    nb_remainder,
                                    nb_divmod,
                                    nb_power,
                                    nb_negative,
                                    nb_positive,
                                    nb_absolute,
                                    nb_bool,
                                    nb_invert,
                                    nb_lshift,
                                    nb_rshift,
                                    nb_and,
                                    nb_xor,
                                    nb_or,
                                    nb_int,
                                    NULL,
                                    nb_float,
                                    nb_inplace_add,
                                    nb_inplace_subtract,
                                    nb_inplace_multiply,
                                    nb_inplace_remainder,
                                    nb_inplace_power,
                                    nb_inplace_lshift,
                                    nb_inplace_rshift,
                                    nb_inplace_and,
                                    nb_inplace_xor,
                                    nb_inplace_or,
                                    nb_floor_divide,
                                    nb_true_divide,
                                    nb_inplace_floor_divide,
                                    nb_inplace_true_divide,
                                    nb_index,
                                    nb_matrix_multiply,
                                    nb_inplace_matrix_multiply};
static PySequenceMethods as_sequence = {length,      sq_concat, sq_repeat,   sq_item,           NULL,
                                        sq_ass_item, NULL,      sq_contains, sq_inplace_concat, sq_inplace_repeat};
static PyMappingMethods as_mapping = {length, mp_subscript, mp_ass_subscript};
static PyAsyncMethods as_async = {am_await, am_aiter, am_anext, NULL};

static PyTypeObject Every = {HEAD.tp_name = "Every",
                             .tp_basicsize = sizeof(PyObject),
                             .tp_flags = Py_TPFLAGS_BASETYPE,
                             .tp_as_number = &as_number,
                             .tp_as_sequence = &as_sequence,
                             .tp_as_mapping = &as_mapping,
                             .tp_as_async = &as_async,
                             .tp_repr = tp_repr,
                             .tp_str = tp_str,
                             .tp_hash = tp_hash,
                             .tp_call = tp_call,
                             .tp_getattro = PyObject_GenericGetAttr,
                             .tp_setattro = tp_setattro,
                             .tp_richcompare = tp_richcompare,
                             .tp_iter = tp_iter,
                             .tp_iternext = tp_iternext,
                             .tp_descr_get = tp_descr_get,
                             .tp_descr_set = tp_descr_set,
                             .tp_init = tp_init,
                             .tp_new = PyType_GenericNew,
                             .tp_finalize = tp_finalize};

/* The sequence's slots alone, whose names the mapping and the number have otherwise. */
static PyTypeObject Sequence = {HEAD.tp_name = "Sequence", .tp_basicsize = sizeof(PyObject), .tp_repr = tp_repr,
                                .tp_as_sequence = &as_sequence, .tp_new = PyType_GenericNew};

/* ---- showing ---- */

/* A tuple of new objects: O an object, i an int, s a text. */
static PyObject *
pack(const char *format, ...)
{
    PyObject *args = PyTuple_New((Py_ssize_t)strlen(format));
    Py_ssize_t i;
    va_list list;
    va_start(list, format);
    for (i = 0; format[i] != '\0'; i++) {
        PyObject *o = format[i] == 'O'   ? Py_NewRef(va_arg(list, PyObject *))
                      : format[i] == 'i' ? PyLong_FromLong(va_arg(list, int))
                                         : PyUnicode_FromString(va_arg(list, const char *));
        PyTuple_SetItem(args, i, o);
    }
    va_end(list);
    return args;
}

/* A dict with one int. */
static PyObject *
keywords(const char *name)
{
    PyObject *dict = PyDict_New(), *one = PyLong_FromLong(1);
    PyDict_SetItemString(dict, name, one);
    Py_DECREF(one);
    return dict;
}

static PyObject *
show_error(void)
{
    PyObject *type, *value, *traceback, *text;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    text = PyUnicode_FromFormat("%s: %S", ((PyTypeObject *)type)->tp_name, value);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return text;
}

/* The result of a call as a text. */
static PyObject *
show_call(PyObject *callable, PyObject *args, PyObject *kwargs)
{
    PyObject *result, *text;
    Py_CLEAR(last);
    result = PyObject_Call(callable, args, kwargs);
    if (result == NULL) {
        return show_error();
    }
    text = last != NULL ? PyUnicode_FromFormat("%R after %U", result, last) : PyObject_Repr(result);
    Py_DECREF(result);
    return text;
}

/* Every number of these arguments up to four. */
static PyObject *
arguments(Py_ssize_t count, PyObject *first)
{
    PyObject *args = PyTuple_New(count);
    Py_ssize_t i;
    for (i = 0; i < count; i++) {
        PyTuple_SetItem(args, i, i == 0 ? Py_NewRef(first) : PyLong_FromSsize_t(i));
    }
    return args;
}

static void
test_calls(void)
{
    PyTypeObject *types[] = {&Every, &Sequence};
    PyObject *firsts[5], *text = PyUnicode_FromString("100000000000000000000000");
    size_t t, f;

    firsts[0] = PyLong_FromLong(-3);
    firsts[1] = PyUnicode_FromString("text");
    firsts[2] = Py_NewRef(Py_None);
    firsts[3] = PyObject_CallFunctionObjArgs((PyObject *)&PyLong_Type, text, NULL);
    firsts[4] = PyLong_FromLong(7);
    Py_DECREF(text);
    for (t = 0; t < 2; t++) {
        PyObject *o = PyType_GenericNew(types[t], NULL, NULL);
        PyObject *key, *value;
        Py_ssize_t position = 0;
        while (PyDict_Next(types[t]->tp_dict, &position, &key, &value)) {
            PyObject *bound, *unbound;
            Py_ssize_t count;
            if (strcmp(Py_TYPE(value)->tp_name, "wrapper_descriptor") != 0) {
                continue;
            }
            bound = PyObject_GenericGetAttr(o, key);
            unbound = value;
            for (f = 0; f < 5; f++) {
                for (count = f == 0 ? 0 : 1; count < 4; count++) {
                    PyObject *args = arguments(count, firsts[f]), *text = show_call(bound, args, NULL);
                    saw("%s.%s(%d, %zd): %s", types[t]->tp_name, PyUnicode_AsUTF8(key), (int)f, count,
                        PyUnicode_AsUTF8(text));
                    Py_DECREF(text);
                    Py_DECREF(args);
                }
            }
            {
                PyObject *args = PyTuple_New(0), *text = show_call(unbound, args, NULL);
                PyObject *wrong = PyTuple_Pack(1, firsts[0]), *wrong_text = show_call(unbound, wrong, NULL);
                PyObject *names = keywords("x"), *named = show_call(bound, args, names);
                saw("%s of %s unbound, without arguments: %s", PyUnicode_AsUTF8(key), types[t]->tp_name,
                    PyUnicode_AsUTF8(text));
                saw("%s of %s unbound, with an int: %s", PyUnicode_AsUTF8(key), types[t]->tp_name,
                    PyUnicode_AsUTF8(wrong_text));
                saw("%s of %s with a keyword: %s", PyUnicode_AsUTF8(key), types[t]->tp_name, PyUnicode_AsUTF8(named));
                Py_DECREF(text);
                Py_DECREF(wrong_text);
                Py_DECREF(named);
                Py_DECREF(names);
                Py_DECREF(args);
                Py_DECREF(wrong);
            }
            Py_DECREF(bound);
        }
        Py_DECREF(o);
        digest_is(t == 0 ? 0xf6f8597f3bdb2eceU : 0x1a9fbb4f5d5732efU,
                  types[t] == &Every ? "wrappers of every slot are called as CPython's are"
                                     : "wrappers of a sequence's slots are called as CPython's are");
    }
    for (f = 0; f < 5; f++) {
        Py_DECREF(firsts[f]);
    }
}

/* ---- attributes ---- */

static void
show_attribute(PyObject *o, const char *of, const char *name)
{
    PyObject *value = PyObject_GetAttrString(o, name);
    PyObject *text = value != NULL ? PyObject_Repr(value) : show_error();
    saw("%s of %s: %s", name, of, PyUnicode_AsUTF8(text));
    Py_XDECREF(value);
    Py_DECREF(text);
}

static void
test_attributes(void)
{
    PyObject *o = PyType_GenericNew(&Every, NULL, NULL);
    PyObject *key, *value;
    Py_ssize_t position = 0;
    while (PyDict_Next(Every.tp_dict, &position, &key, &value)) {
        PyObject *bound, *text;
        const char *name = PyUnicode_AsUTF8(key);
        if (strcmp(Py_TYPE(value)->tp_name, "wrapper_descriptor") != 0) {
            saw("%s is a %s", name, Py_TYPE(value)->tp_name);
            continue;
        }
        text = PyObject_Repr(value);
        saw("%s is %s", name, PyUnicode_AsUTF8(text));
        Py_DECREF(text);
        show_attribute(value, name, "__name__");
        show_attribute(value, name, "__qualname__");
        show_attribute(value, name, "__objclass__");
        show_attribute(value, name, "__text_signature__");
        bound = PyObject_GenericGetAttr(o, key);
        is_str(Py_TYPE(bound)->tp_name, "method-wrapper", "%s of an instance is a method-wrapper", name);
        show_attribute(bound, name, "__name__");
        show_attribute(bound, name, "__qualname__");
        show_attribute(bound, name, "__objclass__");
        show_attribute(bound, name, "__self__");
        show_attribute(bound, name, "__text_signature__");
        Py_DECREF(bound);
    }
    digest_is(0x48678932d2437dd8U, "wrappers have CPython's attributes");
    Py_DECREF(o);
}

static void
compares(PyObject *a, PyObject *b, int op, const char *what)
{
    PyObject *answer = PyObject_RichCompare(a, b, op), *text = answer != NULL ? PyObject_Repr(answer) : show_error();
    saw("%s: %s", what, PyUnicode_AsUTF8(text));
    Py_XDECREF(answer);
    Py_DECREF(text);
}

static void
test_bound(void)
{
    PyObject *five = PyLong_FromLong(5), *six = PyLong_FromLong(6);
    PyObject *a = PyObject_GetAttrString(five, "__repr__"), *b = PyObject_GetAttrString(five, "__repr__");
    PyObject *c = PyObject_GetAttrString(six, "__repr__"), *d = PyObject_GetAttrString(five, "__hash__");
    compares(a, b, Py_EQ, "the same wrapper of the same object is equal");
    compares(a, b, Py_NE, "the same wrapper of the same object is not unequal");
    compares(a, c, Py_EQ, "the same wrapper of another object");
    compares(a, d, Py_EQ, "another wrapper of the same object");
    compares(a, five, Py_EQ, "a wrapper and an int");
    compares(a, b, Py_LT, "an order of wrappers");
    digest_is(0x220719786c87b5a1U, "bound wrappers are compared as CPython's are");
    is_int(PyObject_Hash(a) == PyObject_Hash(b), 1, "equal wrappers have one hash");
    ok(a != b, "each look-up makes a wrapper");
    is_int(PyObject_IS_GC(a), 1, "a bound wrapper takes part in collection");
    is_int(PyObject_GC_IsTracked(a), 1, "a bound wrapper is tracked");
    is_int(PyCallable_Check(a), 1, "a bound wrapper can be called");
    Py_DECREF(a);
    Py_DECREF(b);
    Py_DECREF(c);
    Py_DECREF(d);
    Py_DECREF(five);
    Py_DECREF(six);
}

/* ---- __new__ ---- */

static void
show_method(PyTypeObject *type, const char *method, PyObject *args, const char *what)
{
    PyObject *callable = PyObject_GetAttrString((PyObject *)type, method);
    PyObject *text = show_call(callable, args, NULL);
    const char *shown = PyUnicode_AsUTF8(text), *address = strstr(shown, " at 0x");
    saw("%s of %s with %s: %.*s", method, type->tp_name, what,
        (int)(address != NULL ? address - shown : (long)strlen(shown)), shown);
    Py_DECREF(text);
    Py_DECREF(callable);
    Py_DECREF(args);
}

static PyTypeObject Closed = {HEAD.tp_name = "Closed", .tp_basicsize = sizeof(PyObject)};

static void
test_new(void)
{
    PyObject *new = PyObject_GetAttrString((PyObject *)&Every, "__new__");
    PyType_Ready(&Closed);
    show_attribute(new, "__new__", "__name__");
    show_attribute(new, "__new__", "__qualname__");
    show_attribute(new, "__new__", "__self__");
    show_attribute(new, "__new__", "__text_signature__");
    show_attribute(new, "__new__", "__module__");
    is_str(Py_TYPE(new)->tp_name, "builtin_function_or_method", "__new__ is a built-in method");
    Py_DECREF(new);
    show_method(&PyLong_Type, "__new__", PyTuple_New(0), "no arguments");
    show_method(&PyLong_Type, "__new__", pack("i", 1), "an int");
    show_method(&PyLong_Type, "__new__", pack("O", &PyUnicode_Type), "str");
    show_method(&PyLong_Type, "__new__", pack("Os", &PyLong_Type, "5"), "int and a text");
    show_method(&PyLong_Type, "__new__", pack("O", &PyBool_Type), "bool");
    show_method(&PyBaseObject_Type, "__new__", pack("O", &PyLong_Type), "int");
    show_method(&PyBaseObject_Type, "__new__", pack("O", &Every), "a type with a tp_new of its own");
    show_method(&PyBaseObject_Type, "__new__", pack("O", &PyBaseObject_Type), "object");
    show_method(&PyBaseObject_Type, "__new__", pack("Oi", &PyBaseObject_Type, 1), "object and an int");
    show_method(&PyBaseObject_Type, "__new__", pack("O", &Closed), "a type that makes no instances");
    show_method((PyTypeObject *)PyExc_BaseException, "__new__", pack("O", PyExc_OSError), "OSError");
    show_method((PyTypeObject *)PyExc_BaseException, "__new__", pack("O", PyExc_ValueError), "ValueError");
    show_method(&PyTuple_Type, "__new__", pack("Os", &PyTuple_Type, "ab"), "tuple and a text");
    show_method(&Every, "__new__", pack("O", &Every), "the type itself");
    show_method(&Closed, "__new__", pack("O", &Closed), "the type itself");
    show_method(&PyBaseObject_Type, "__init__", PyTuple_New(0), "no arguments");
    show_method(&PyBaseObject_Type, "__init__", pack("i", 1), "an int");
    show_method(&PyBaseObject_Type, "__init__", pack("ii", 1, 2), "two ints");
    digest_is(0x3e9aca0140b9195bU, "__new__ and __init__ are called as CPython's are");
}

static void
test_set_attribute(void)
{
    PyObject *o = PyType_GenericNew(&Every, NULL, NULL);
    show_method(&PyBaseObject_Type, "__setattr__", pack("Osi", &PyLong_Type, "x", 1), "int");
    show_method(&PyBaseObject_Type, "__delattr__", pack("Os", &PyLong_Type, "x"), "int");
    show_method(&PyBaseObject_Type, "__setattr__", pack("Osi", o, "x", 1), "an object with a slot of its own");
    show_method(&PyBaseObject_Type, "__delattr__", pack("Os", o, "x"), "an object with a slot of its own");
    show_method(&PyType_Type, "__setattr__", pack("Osi", &PyLong_Type, "x", 1), "int");
    show_method(&PyBaseObject_Type, "__setattr__", pack("isi", 5, "x", 1), "5");
    show_method(&PyBaseObject_Type, "__delattr__", pack("is", 5, "x"), "5");
    digest_is(0xdf7a686e6f09063aU, "__setattr__ and __delattr__ of a base are called as CPython's are");
    Py_DECREF(o);
}

/* ---- wrappers made by C ---- */

/* A function's address as that of data, which C99 has no cast for. */
static void *
address(void (*function)(void))
{
    void *data;
    memcpy(&data, &function, sizeof data);
    return data;
}

static PyObject *
wrap(PyObject *self, PyObject *args, void *wrapped)
{
    return PyUnicode_FromFormat("wrapped %R %R %d", self, args, wrapped == address((void (*)(void))tp_hash));
}

static PyObject *
wrap_keywords(PyObject *self, PyObject *args, void *wrapped, PyObject *kwargs)
{
    return PyUnicode_FromFormat("wrapped %R %R %d %s", self, args, wrapped == address((void (*)(void))tp_hash),
                                kwargs != NULL ? "with keywords" : "without keywords");
}

static struct wrapperbase plain_row = {"plain", 0, NULL, wrap, "plain($self, x, /)\n--\n\nText.", 0, NULL};
static struct wrapperbase keywords_row = {
    "keywords", 0, NULL, (wrapperfunc)(void (*)(void))wrap_keywords, "Other text.", PyWrapperFlag_KEYWORDS, NULL};

static void
test_own(void)
{
    struct wrapperbase *rows[] = {&plain_row, &keywords_row};
    PyObject *o = PyType_GenericNew(&Every, NULL, NULL);
    size_t i;
    for (i = 0; i < 2; i++) {
        PyObject *descriptor = PyDescr_NewWrapper(&Every, rows[i], address((void (*)(void))tp_hash));
        PyObject *bound = PyWrapper_New(descriptor, o);
        PyObject *args = pack("i", 3), *kwargs = keywords("k"), *text;
        show_attribute(descriptor, rows[i]->name, "__name__");
        show_attribute(descriptor, rows[i]->name, "__doc__");
        show_attribute(descriptor, rows[i]->name, "__text_signature__");
        show_attribute(descriptor, rows[i]->name, "__qualname__");
        text = show_call(bound, args, NULL);
        saw("a call of %s: %s", rows[i]->name, PyUnicode_AsUTF8(text));
        Py_DECREF(text);
        text = show_call(bound, args, kwargs);
        saw("a call of %s with keywords: %s", rows[i]->name, PyUnicode_AsUTF8(text));
        Py_DECREF(text);
        ok(PyDescr_IsData(descriptor) == 0, "%s is no data descriptor", rows[i]->name);
        Py_DECREF(args);
        Py_DECREF(kwargs);
        Py_DECREF(bound);
        Py_DECREF(descriptor);
    }
    digest_is(0xe0311baa1c88d876U, "wrappers of C's own work as CPython's do");
    Py_DECREF(o);
}

int
main(void)
{
    TAP_BEGIN();
    PyType_Ready(&Every);
    PyType_Ready(&Sequence);
    RUN(test_attributes);
    RUN(test_calls);
    RUN(test_bound);
    RUN(test_new);
    RUN(test_set_attribute);
    RUN(test_own);
    Py_CLEAR(last);
    return TAP_END();
}
