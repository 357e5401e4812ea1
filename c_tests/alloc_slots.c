/* tp_alloc and tp_free of a class that is not built in: each instance's memory comes from the one and goes to the other.
 * The classes are copies of built-in types, and classes made at run time. */
#include "tap.h"

static int allocated, freed;
static allocfunc base_alloc;
static freefunc base_free;

static PyObject *
counted_alloc(PyTypeObject *type, Py_ssize_t items)
{
    allocated++;
    return base_alloc(type, items);
}

static void
counted_free(void *o)
{
    freed++;
    base_free(o);
}

static PyObject *
failing_alloc(PyTypeObject *type, Py_ssize_t items)
{
    (void)type;
    (void)items;
    PyErr_SetString(PyExc_RuntimeError, "no room");
    return NULL;
}

/* Gives a class functions that count and then do what those of the class did. */
static void
count_in(PyTypeObject *type)
{
    allocated = freed = 0;
    base_alloc = type->tp_alloc;
    base_free = type->tp_free;
    type->tp_alloc = counted_alloc;
    type->tp_free = counted_free;
}

/* A static type made from another, as a program writes one, but with the slots filled by copying. */
static void
derive(PyTypeObject *derived, PyTypeObject *base, const char *name)
{
    const unsigned long built_in = 1UL << 1;
    *derived = *base;
    derived->tp_name = name;
    derived->tp_base = base;
    derived->tp_flags &= ~(built_in | Py_TPFLAGS_IMMUTABLETYPE);
    derived->tp_methods = NULL;
    derived->tp_members = NULL;
    derived->tp_getset = NULL;
    derived->tp_vectorcall = NULL;
    derived->tp_subclasses = NULL;
    derived->tp_dict = PyDict_New();
    derived->tp_bases = PyTuple_Pack(1, base);
    derived->tp_mro = base == &PyBaseObject_Type ? PyTuple_Pack(2, derived, base)
                                                 : PyTuple_Pack(3, derived, base, &PyBaseObject_Type);
}

static void
test_copies(void)
{
    static PyTypeObject derived[9];
    const struct {
        PyTypeObject *base;
        const char *name;
        PyObject *argument;
        int frees; /* CPython's tp_dealloc of list calls no tp_free. */
    } rows[] = {
        {&PyBaseObject_Type, "object", NULL, 1},
        {&PyLong_Type, "int", PyLong_FromUnsignedLongLong(0x123456789abcdefULL), 1},
        {&PyFloat_Type, "float", PyFloat_FromDouble(1.5), 1},
        {&PyUnicode_Type, "str", PyUnicode_FromString("text"), 1},
        {&PyBytes_Type, "bytes", PyBytes_FromString("text"), 1},
        {&PyTuple_Type, "tuple", PyTuple_Pack(2, Py_None, Py_True), 1},
        {&PyList_Type, "list", NULL, 0},
        {&PyDict_Type, "dict", NULL, 1},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyTypeObject *type = &derived[i];
        PyObject *arguments = rows[i].argument ? PyTuple_Pack(1, rows[i].argument) : PyTuple_New(0), *o;
        derive(type, rows[i].base, rows[i].name);
        count_in(type);
        o = type->tp_new(type, arguments, NULL);
        if (!ok(o != NULL && Py_TYPE(o) == type, "%s: tp_new makes an instance of a derived class", rows[i].name)) {
            PyErr_Print();
            continue;
        }
        is_int(allocated, 1, "%s: tp_new of a derived class calls its tp_alloc", rows[i].name);
        if (rows[i].argument) {
            is_int(PyObject_RichCompareBool(o, rows[i].argument, Py_EQ), 1, "%s: the instance has the value",
                   rows[i].name);
        }
        is_int(PyObject_GC_IsTracked(o), PyType_IS_GC(type) ? 1 : 0,
               "%s: the collector knows the instance, if it does the class", rows[i].name);
        Py_DECREF(o);
        if (rows[i].frees) {
            is_int(freed, 1, "%s: the end of an instance calls tp_free of its class", rows[i].name);
        }
        type->tp_alloc = failing_alloc;
        o = type->tp_new(type, arguments, NULL);
        ok(o == NULL && PyErr_ExceptionMatches(PyExc_RuntimeError), "%s: an error of tp_alloc is one of tp_new",
           rows[i].name);
        PyErr_Clear();
        Py_DECREF(arguments);
        Py_XDECREF(rows[i].argument);
    }
}

/* A tuple of the objects up to NULL, which it takes over. */
static PyObject *
tuple_of(PyObject *first, PyObject *second, PyObject *third)
{
    PyObject *items[3] = {first, second, third}, *tuple;
    Py_ssize_t count, i;
    for (count = 0; count < 3 && items[count]; count++) {
    }
    tuple = PyTuple_New(count);
    for (i = 0; i < count; i++) {
        PyTuple_SetItem(tuple, i, items[i]);
    }
    return tuple;
}

/* Calls a class with one argument, which it takes over. */
static PyObject *
called_with(PyObject *class_, PyObject *argument)
{
    PyObject *o = PyObject_CallOneArg(class_, argument);
    Py_DECREF(argument);
    return o;
}

/* Calls a class of exceptions: a group with a text and an exception in a tuple, another with the text. */
static PyObject *
new_exception(PyObject *class_, int is_group)
{
    PyObject *text = PyUnicode_FromString("text"), *arguments, *o;
    PyObject *inner = is_group ? tuple_of(PyObject_CallNoArgs(PyExc_KeyboardInterrupt), NULL, NULL) : NULL;
    arguments = tuple_of(text, inner, NULL);
    o = PyObject_CallObject(class_, arguments);
    Py_DECREF(arguments);
    return o;
}

static void
test_exceptions(void)
{
    PyObject *bases[] = {PyExc_BaseException, PyExc_ValueError,   PyExc_MemoryError, PyExc_StopIteration,
                         PyExc_SystemExit,    PyExc_OSError,      PyExc_ImportError, PyExc_AttributeError,
                         PyExc_SyntaxError,   PyExc_UnicodeError, PyExc_KeyError,    PyExc_BaseExceptionGroup};
    size_t i;
    for (i = 0; i < sizeof bases / sizeof bases[0]; i++) {
        PyTypeObject *base = (PyTypeObject *)bases[i], *type;
        const char *name = base->tp_name;
        int is_group = bases[i] == PyExc_BaseExceptionGroup;
        PyObject *class_ = PyErr_NewException("m.Error", bases[i], NULL), *o;
        type = (PyTypeObject *)class_;
        ok(type->tp_alloc == base->tp_alloc, "%s: a derived class has the base's tp_alloc", name);
        ok(type->tp_free == base->tp_free, "%s: a derived class has the base's tp_free", name);
        count_in(type);
        o = new_exception(class_, is_group);
        is_int(allocated, 1, "%s: a call of a derived class calls its tp_alloc", name);
        ok(o && Py_TYPE(o) == type, "%s: a call of a derived class makes an instance of it", name);
        is_int(PyObject_GC_IsTracked(o), 1, "%s: the collector knows the instance", name);
        Py_XDECREF(o);
        is_int(freed, 1, "%s: the end of an instance calls tp_free of its class", name);
        if (!is_group) {
            allocated = freed = 0;
            PyErr_SetString(class_, "text");
            o = PyErr_GetRaisedException();
            is_int(allocated, 1, "%s: a raised instance comes from tp_alloc", name);
            Py_XDECREF(o);
            is_int(freed, 1, "%s: a raised instance goes to tp_free", name);
        }
        type->tp_alloc = failing_alloc;
        o = new_exception(class_, is_group);
        ok(o == NULL && PyErr_ExceptionMatches(PyExc_RuntimeError), "%s: an error of tp_alloc is one of the call",
           name);
        PyErr_Clear();
        Py_DECREF(class_);
    }
}

/* The slots themselves, called as C code calls them. */
static void
test_slots(void)
{
    PyObject *o = PyList_Type.tp_alloc(&PyList_Type, 0), *bytes;
    ok(o && Py_TYPE(o) == &PyList_Type && Py_REFCNT(o) == 1, "tp_alloc of list makes an object of the type");
    is_int(PyObject_GC_IsTracked(o), 1, "tp_alloc of list tells the collector");
    is_int(PyList_Size(o), 0, "tp_alloc of list makes an empty list");
    Py_DECREF(o);
    o = PyDict_Type.tp_alloc(&PyDict_Type, 0);
    is_int(PyObject_GC_IsTracked(o), 0, "tp_alloc of dict does not tell the collector");
    PyDict_Type.tp_free(o);
    bytes = PyBytes_Type.tp_alloc(&PyBytes_Type, 3);
    is_int(PyBytes_Size(bytes), 3, "tp_alloc of bytes makes an object of so many items");
    o = PyBytes_FromStringAndSize("\0\0\0", 3);
    is_int(PyObject_Hash(bytes), PyObject_Hash(o), "tp_alloc of bytes leaves the hash to be computed");
    Py_DECREF(o);
    Py_DECREF(bytes);
    o = PyTuple_Type.tp_alloc(&PyTuple_Type, 2);
    is_int(PyTuple_Size(o), 2, "tp_alloc of tuple makes a tuple of so many items");
    ok(PyTuple_GET_ITEM(o, 0) == NULL && PyTuple_GET_ITEM(o, 1) == NULL, "tp_alloc of tuple leaves the items NULL");
    PyTuple_Type.tp_free(o);
    ok(PyBaseObject_Type.tp_free == PyObject_Free, "tp_free of object is PyObject_Free");
    ok(PyList_Type.tp_free != PyObject_Free, "tp_free of a type with a collector's head is another function");
}

static void
expect_error(PyObject *wanted, const char *message, const char *sentence)
{
    PyObject *error = PyErr_GetRaisedException(), *text = error ? PyObject_Str(error) : NULL;
    ok(error && PyErr_GivenExceptionMatches(error, wanted), "%s: the class of the error", sentence);
    is_str(text ? PyUnicode_AsUTF8(text) : NULL, message, "%s: the message", sentence);
    Py_XDECREF(text);
    Py_XDECREF(error);
}

static int
init_of_own(PyObject *o, PyObject *args, PyObject *keywords)
{
    (void)o;
    (void)keywords;
    return PyTuple_Size(args) == 1 ? 0 : -1;
}

static PyObject *
new_of_own(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    (void)args;
    (void)keywords;
    return type->tp_alloc(type, 0);
}

static void
test_object(void)
{
    static PyTypeObject with_init, with_new, with_both;
    PyObject *one = tuple_of(PyLong_FromLong(1), NULL, NULL), *none = PyTuple_New(0), *names = PyDict_New(), *o;
    PyDict_SetItemString(names, "a", Py_None);
    o = PyBaseObject_Type.tp_new(&PyBaseObject_Type, none, NULL);
    is_int(PyBaseObject_Type.tp_init(o, none, NULL), 0, "tp_init of object: no arguments are fine");
    is_int(PyBaseObject_Type.tp_init(o, one, NULL), -1, "tp_init of object: an argument is an error");
    expect_error(PyExc_TypeError, "object.__init__() takes exactly one argument (the instance to initialize)",
                 "tp_init of object with an argument");
    is_int(PyBaseObject_Type.tp_init(o, none, names), -1, "tp_init of object: a keyword is an error");
    PyErr_Clear();
    Py_DECREF(o);
    is_ptr(PyBaseObject_Type.tp_new(&PyBaseObject_Type, one, NULL), NULL, "tp_new of object: an argument is an error");
    expect_error(PyExc_TypeError, "object() takes no arguments", "tp_new of object with an argument");

    derive(&with_init, &PyBaseObject_Type, "m.with_init");
    with_init.tp_init = init_of_own;
    o = called_with((PyObject *)&with_init, PyLong_FromLong(1));
    ok(o != NULL, "arguments of a class with a tp_init go there, past object's tp_new");
    is_int(PyBaseObject_Type.tp_init(o, one, NULL), -1,
           "tp_init of object takes no argument for a class with one of its own");
    expect_error(PyExc_TypeError, "object.__init__() takes exactly one argument (the instance to initialize)",
                 "tp_init of object for a class with its own");
    Py_XDECREF(o);

    derive(&with_new, &PyBaseObject_Type, "m.with_new");
    with_new.tp_new = new_of_own;
    o = called_with((PyObject *)&with_new, PyLong_FromLong(1));
    ok(o != NULL, "arguments of a class with a tp_new go there, and object's tp_init lets them pass");
    Py_XDECREF(o);
    is_ptr(PyBaseObject_Type.tp_new(&with_new, one, NULL), NULL,
           "tp_new of object takes no argument for a class with one of its own");
    expect_error(PyExc_TypeError, "object.__new__() takes exactly one argument (the type to instantiate)",
                 "tp_new of object for a class with its own");

    derive(&with_both, &PyBaseObject_Type, "m.plain");
    is_ptr(called_with((PyObject *)&with_both, PyLong_FromLong(1)), NULL, "a class with neither takes no argument");
    expect_error(PyExc_TypeError, "m.plain() takes no arguments", "a class with neither, called with an argument");
    o = PyObject_CallNoArgs((PyObject *)&with_both);
    is_int(with_both.tp_init(o, one, NULL), -1, "tp_init of object takes no argument for a class with neither");
    expect_error(PyExc_TypeError, "m.plain.__init__() takes exactly one argument (the instance to initialize)",
                 "tp_init of object for a class with neither");
    Py_XDECREF(o);
    Py_DECREF(one);
    Py_DECREF(none);
    Py_DECREF(names);
}

static void
test_type(void)
{
    PyObject *one = tuple_of(PyLong_FromLong(1), NULL, NULL),
             *two = tuple_of(PyLong_FromLong(1), PyLong_FromLong(2), NULL), *names = PyDict_New(), *made;
    PyObject *parts = tuple_of(PyUnicode_FromString("C"), PyTuple_Pack(1, PyExc_ValueError), PyDict_New());
    PyDict_SetItemString(names, "a", Py_None);
    made = PyType_Type.tp_new(&PyType_Type, parts, NULL);
    ok(made && PyType_Check(made), "tp_new of type makes a class");
    is_int(PyType_Type.tp_init(made, parts, NULL), 0, "tp_init of type takes three arguments");
    is_int(PyType_Type.tp_init(made, one, NULL), 0, "tp_init of type takes one argument");
    is_int(PyType_Type.tp_init(made, parts, names), 0, "tp_init of type takes keywords beside three arguments");
    is_int(PyType_Type.tp_init(made, one, names), -1, "tp_init of type takes no keywords beside one argument");
    expect_error(PyExc_TypeError, "type.__init__() takes no keyword arguments", "tp_init of type with a keyword");
    is_int(PyType_Type.tp_init(made, two, NULL), -1, "tp_init of type does not take two arguments");
    expect_error(PyExc_TypeError, "type.__init__() takes 1 or 3 arguments", "tp_init of type with two arguments");
    is_ptr(PyType_Type.tp_new(&PyType_Type, one, NULL), NULL, "tp_new of type does not take one argument");
    expect_error(PyExc_TypeError, "type.__new__() takes exactly 3 arguments (1 given)",
                 "tp_new of type with one argument");
    Py_XDECREF(made);
    Py_DECREF(one);
    Py_DECREF(two);
    Py_DECREF(names);
    Py_DECREF(parts);
}

static void
test_order(void)
{
    PyObject *mro = PyObject_GetAttrString((PyObject *)&PyBool_Type, "__mro__"), *bases;
    is_ptr(mro, PyBool_Type.tp_mro, "__mro__ of a built-in type is its tp_mro");
    is_int(PyTuple_Size(mro), 3, "tp_mro of bool has three classes");
    ok(PyObject_Hash(mro) != -1, "tp_mro can be hashed");
    Py_XDECREF(mro);
    bases = PyObject_GetAttrString(PyExc_KeyError, "__bases__");
    is_ptr(bases, ((PyTypeObject *)PyExc_KeyError)->tp_bases, "__bases__ of a built-in type is its tp_bases");
    Py_XDECREF(bases);
    bases = PyObject_GetAttrString((PyObject *)&PyBaseObject_Type, "__bases__");
    is_int(PyTuple_Size(bases), 0, "object has no bases");
    Py_XDECREF(bases);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_slots);
    RUN(test_copies);
    RUN(test_exceptions);
    RUN(test_object);
    RUN(test_type);
    RUN(test_order);
    return TAP_END();
}
