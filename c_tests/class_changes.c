/* Changes of classes that are made at run time: their names, documentation and bases, and the methods that instances find before and
 * after.  Each row is a step and its outcome.
 */
#include "callables.h"

#include <stdint.h>

static PyObject *
give_self(PyObject *self, PyObject *unused)
{
    (void)unused;
    return self != NULL ? PyObject_Repr((PyObject *)Py_TYPE(self)) : PyUnicode_FromString("no self");
}

static PyObject *
give_three(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    return PyLong_FromLong(3);
}

static PyObject *
give_arguments(PyObject *self, PyObject *args)
{
    (void)self;
    return PyTuple_GET_SIZE(args) == 0 ? PyUnicode_FromString("nothing")
                                       : PyUnicode_FromString(Py_TYPE(PyTuple_GET_ITEM(args, 0))->tp_name);
}

static PyMethodDef self_definition = {"self", give_self, METH_NOARGS, NULL};
static PyMethodDef three_definition = {"three", give_three, METH_VARARGS, NULL};
static PyMethodDef arguments_definition = {"arguments", give_arguments, METH_VARARGS, NULL};

/* A class of a namespace whose items are pairs of a name and a new reference, up to NULL. */
static PyObject *
make(const char *name, PyObject *bases, const char *key, PyObject *value)
{
    PyObject *namespace = PyDict_New(), *class;

    if (key != NULL) {
        PyDict_SetItemString(namespace, key, value);
        Py_XDECREF(value);
    }
    class = PyObject_CallFunction((PyObject *)&PyType_Type, "sNN", name, bases, namespace);
    return class;
}

static PyObject *
base(PyObject *class)
{
    return PyTuple_Pack(1, class);
}

static PyObject *
function(PyMethodDef *definition)
{
    return PyCFunction_New(definition, NULL);
}

/* The object that a function of the API makes of a new reference, which is dropped. */
static PyObject *
wrapped(PyObject *(*wrap)(PyObject *), PyObject *callable)
{
    PyObject *made = wrap(callable);

    Py_DECREF(callable);
    return made;
}

static const char *
changed(PyObject *o, const char *name, PyObject *value)
{
    const char *done = PyObject_SetAttrString(o, name, value) == 0 ? "done" : error_text();

    Py_XDECREF(value);
    return done;
}

static void
test_attributes(void)
{
    static const char *const names[] = {"__name__", "__qualname__", "__module__", "__doc__"};
    static const struct {
        const char *name;
        const char *value; /* NULL: an int; "": deleted */
        const char *outcome, *after;
    } rows[] = {
        {"__name__", "Other", "done", "'Other'"},
        {"__name__", NULL, "TypeError: can only assign string to Other.__name__, not 'int'", "'Other'"},
        {"__name__", "", "TypeError: cannot delete '__name__' attribute of immutable type 'Other'", "'Other'"},
        {"__name__", "a b", "done", "'a b'"},
        {"__name__", "\xc3\xa9", "done", "'é'"},
        {"__qualname__", "O.P", "done", "'O.P'"},
        {"__qualname__", NULL, "TypeError: can only assign string to é.__qualname__, not 'int'", "'O.P'"},
        {"__qualname__", "", "TypeError: cannot delete '__qualname__' attribute of immutable type 'é'", "'O.P'"},
        {"__module__", "mod", "done", "'mod'"},
        {"__module__", NULL, "done", "5"},
        {"__module__", "", "TypeError: cannot delete '__module__' attribute of immutable type 'é'", "5"},
        {"__doc__", "text", "done", "'text'"},
        {"__doc__", NULL, "done", "5"},
        {"__doc__", "", "TypeError: cannot delete '__doc__' attribute of immutable type 'é'", "5"},
        {"__doc__", "again", "done", "'again'"},
    };
    PyObject *class = make("C", PyTuple_New(0), NULL, NULL), *nul = PyUnicode_FromStringAndSize("a\0b", 3);
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *value = rows[i].value == NULL ? PyLong_FromLong(5)
                          : rows[i].value[0]    ? PyUnicode_FromString(rows[i].value)
                                                : NULL;
        is_str(changed(class, rows[i].name, value), rows[i].outcome, "row %d: %s is set to %s", (int)i, rows[i].name,
               rows[i].value == NULL ? "an int"
               : rows[i].value[0]    ? rows[i].value
                                     : "nothing");
        is_str(attribute_of(class, rows[i].name), rows[i].after, "row %d: %s after that", (int)i, rows[i].name);
    }
    is_str(changed(class, "__name__", nul), "ValueError: type name must not contain null characters",
           "__name__ is set to a text with a NUL");
    is_str(shown(class), "<class 'é'>", "the repr of a class has the names that were set");
    for (i = 0; i < 4; i++) {
        char want[80];
        snprintf(want, sizeof want, "TypeError: cannot set '%s' attribute of immutable type 'int'", names[i]);
        is_str(changed((PyObject *)&PyLong_Type, names[i], PyUnicode_FromString("x")), want, "%s of int is set",
               names[i]);
    }
    Py_DECREF(class);
}

static void
test_bases(void)
{
    PyObject *plain = make("Plain", PyTuple_New(0), NULL, NULL);
    PyObject *sized = make("Sized", PyTuple_New(0), "__len__", function(&three_definition));
    PyObject *iterable = make("Items", PyTuple_New(0), "__getitem__", function(&three_definition));
    PyObject *class = make("C", base(plain), NULL, NULL), *derived = make("D", base(class), NULL, NULL);
    PyObject *o = PyObject_CallNoArgs(derived);
    const struct {
        PyObject *of, *to; /* NULL: no tuple; an int: an empty tuple; None: a tuple of None */
        const char *name, *outcome, *length, *item, *iterator;
    } rows[] = {
        {class, plain, "Plain", "done", "TypeError: object of type 'D' has no len()",
         "TypeError: 'D' object is not subscriptable", "TypeError: 'D' object is not iterable"},
        {class, sized, "Sized", "done", "3", "TypeError: 'D' object is not subscriptable",
         "TypeError: 'D' object is not iterable"},
        {class, iterable, "Items", "done", "TypeError: object of type 'D' has no len()", "3", "iterator"},
        {class, class, "itself", "TypeError: a __bases__ item causes an inheritance cycle",
         "TypeError: object of type 'D' has no len()", "3", "iterator"},
        {class, derived, "a class that is made from it", "TypeError: a __bases__ item causes an inheritance cycle",
         "TypeError: object of type 'D' has no len()", "3", "iterator"},
        {derived, sized, "Sized", "done", "3", "TypeError: 'D' object is not subscriptable",
         "TypeError: 'D' object is not iterable"},
        {derived, class, "the former base", "done", "TypeError: object of type 'D' has no len()", "3", "iterator"},
        {plain, sized, "Sized", "TypeError: __bases__ assignment: 'Sized' deallocator differs from 'object'",
         "TypeError: object of type 'D' has no len()", "3", "iterator"},
        {class, plain, "Plain", "done", "TypeError: object of type 'D' has no len()",
         "TypeError: 'D' object is not subscriptable", "TypeError: 'D' object is not iterable"},
        {class, Py_None, "None", "TypeError: C.__bases__ must be tuple of classes, not 'NoneType'",
         "TypeError: object of type 'D' has no len()", "TypeError: 'D' object is not subscriptable",
         "TypeError: 'D' object is not iterable"},
        {class, (PyObject *)&PyLong_Type, "int",
         "TypeError: __bases__ assignment: 'int' deallocator differs from 'Plain'",
         "TypeError: object of type 'D' has no len()", "TypeError: 'D' object is not subscriptable",
         "TypeError: 'D' object is not iterable"},
        {class, (PyObject *)&PyBool_Type, "bool", "TypeError: type 'bool' is not an acceptable base type",
         "TypeError: object of type 'D' has no len()", "TypeError: 'D' object is not subscriptable",
         "TypeError: 'D' object is not iterable"},
        {class, NULL, "no tuple", "TypeError: can only assign tuple to C.__bases__, not int",
         "TypeError: object of type 'D' has no len()", "TypeError: 'D' object is not subscriptable",
         "TypeError: 'D' object is not iterable"},
        {class, Py_Ellipsis, "an empty tuple", "TypeError: can only assign non-empty tuple to C.__bases__, not ()",
         "TypeError: object of type 'D' has no len()", "TypeError: 'D' object is not subscriptable",
         "TypeError: 'D' object is not iterable"},
        {(PyObject *)&PyLong_Type, plain, "Plain, for int",
         "TypeError: cannot set '__bases__' attribute of immutable type 'int'",
         "TypeError: object of type 'D' has no len()", "TypeError: 'D' object is not subscriptable",
         "TypeError: 'D' object is not iterable"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *to = rows[i].to, *iterator;
        PyObject *value = to == NULL ? PyLong_FromLong(1) : to == Py_Ellipsis ? PyTuple_New(0) : base(to);
        is_str(changed(rows[i].of, "__bases__", value), rows[i].outcome, "row %d: __bases__ get %s", (int)i,
               rows[i].name);
        is_str(outcome_int(PyObject_Size(o)), rows[i].length, "row %d: the length after that", (int)i);
        is_str(outcome(PyObject_GetItem(o, Py_None)), rows[i].item, "row %d: the item after that", (int)i);
        iterator = PyObject_GetIter(o);
        is_str(iterator != NULL ? Py_TYPE(iterator)->tp_name : error_text(), rows[i].iterator,
               "row %d: the iterator after that", (int)i);
        Py_XDECREF(iterator);
    }
    Py_DECREF(o);
    Py_DECREF(derived);
    Py_DECREF(class);
    Py_DECREF(iterable);
    Py_DECREF(sized);
    Py_DECREF(plain);
}

/* A call by name: the attribute of the class is a method of C, a function, a wrapper, a class or data, alone or behind an attribute of the
 * instance. */
static void
test_calls_by_name(void)
{
    PyObject *class = make("C", PyTuple_New(0), NULL, NULL);
    const struct {
        const char *name;
        PyObject *attribute; /* a new reference */
        const char *alone, *hidden;
    } rows[] = {
        {"a function", function(&arguments_definition), "'nothing'", "'nothing'"},
        {"a method descriptor", PyDescr_NewMethod((PyTypeObject *)class, &self_definition), "\"<class 'C'>\"",
         "TypeError: unbound method C.self() needs an argument"},
        {"a class method descriptor", PyDescr_NewClassMethod((PyTypeObject *)class, &self_definition),
         "\"<class 'type'>\"", "\"<class 'type'>\""},
        {"a static method", wrapped(PyStaticMethod_New, function(&arguments_definition)), "'nothing'", "'nothing'"},
        {"a class method", wrapped(PyClassMethod_New, function(&arguments_definition)), "'type'", "'type'"},
        {"an instance method", wrapped(PyInstanceMethod_New, function(&arguments_definition)), "'C'", "'nothing'"},
        {"a class", Py_NewRef((PyObject *)&PyList_Type), "[]", "[]"},
        {"data", PyLong_FromLong(1), "TypeError: attribute of type 'int' is not callable",
         "TypeError: attribute of type 'int' is not callable"},
    };
    PyObject *name = PyUnicode_FromString("f");
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *o = PyObject_CallNoArgs(class), *hider = function(&three_definition);
        PyObject_SetAttrString(class, "f", rows[i].attribute);
        is_str(outcome(PyObject_CallMethod(o, "f", NULL)), rows[i].alone, "a call by name of %s", rows[i].name);
        is_str(outcome(PyObject_CallMethod(class, "f", NULL)), rows[i].hidden, "a call by name of %s of a class",
               rows[i].name);
        is_str(outcome(PyObject_CallMethodNoArgs(o, name)),
               PyLong_Check(rows[i].attribute) ? "TypeError: 'int' object is not callable" : rows[i].alone,
               "a call by a str without arguments of %s", rows[i].name);
        PyObject_SetAttrString(o, "f", hider);
        is_str(outcome(PyObject_CallMethodNoArgs(o, name)), "3",
               "an attribute of the instance hides %s from a call by a str", rows[i].name);
        is_str(outcome(PyObject_CallMethod(o, "f", NULL)), "3", "an attribute of the instance hides %s", rows[i].name);
        Py_DECREF(hider);
        Py_DECREF(o);
        Py_DECREF(rows[i].attribute);
    }
    Py_DECREF(name);
    Py_DECREF(class);
}

static PyObject *
give_doc(PyObject *self, void *closure)
{
    (void)self;
    (void)closure;
    return PyUnicode_FromString("the descriptor's");
}

static void
test_getset_doc(void)
{
    static PyGetSetDef getset[] = {{"__doc__", give_doc, NULL, NULL, NULL}, {NULL, NULL, NULL, NULL, NULL}};
    PyType_Slot slots[] = {{Py_tp_getset, getset}, {0, NULL}};
    PyType_Spec spec = {"mod.C", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *class = PyType_FromSpec(&spec), *o = PyObject_CallNoArgs(class);

    is_str(attribute_of(o, "__doc__"), "\"the descriptor's\"",
           "__doc__ of an instance is given by its class's descriptor");
    is_str(attribute_of(class, "__doc__"), "<attribute '__doc__' of 'mod.C' objects>",
           "__doc__ of a class that has a descriptor of this name");
    is_str(attribute_of((PyObject *)&PyCFunction_Type, "__doc__"),
           "<attribute '__doc__' of 'builtin_function_or_method' objects>", "__doc__ of the type of functions");
    Py_DECREF(o);
    Py_DECREF(class);
}

/* Names in __slots__. */
static void
test_identifiers(void)
{
    static const struct {
        const char *name, *outcome;
    } rows[] = {
        {"a", "<class 'C'>"},
        {"_", "<class 'C'>"},
        {"a1", "<class 'C'>"},
        {"1", "TypeError: __slots__ must be identifiers"},
        {"1a", "TypeError: __slots__ must be identifiers"},
        {"", "TypeError: __slots__ must be identifiers"},
        {"a b", "TypeError: __slots__ must be identifiers"},
        {"a-", "TypeError: __slots__ must be identifiers"},
        {"\xc3\xa9", "<class 'C'>"},
        {"\xc3\xa9"
         "1",
         "<class 'C'>"},
        {"\xd9\xa1", "TypeError: __slots__ must be identifiers"},
        {"a\xd9\xa1", "<class 'C'>"},
        {"a.b", "TypeError: __slots__ must be identifiers"},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *class = make("C", PyTuple_New(0), "__slots__", Py_BuildValue("(s)", rows[i].name));
        is_str(outcome(class), rows[i].outcome, "__slots__ with the name '%s'", rows[i].name);
    }
}

/* The parameters of an alias are those of its arguments that say so, each once. */
static void
test_type_variables(void)
{
    PyObject *variable = make("T", PyTuple_New(0), "__typing_subst__", Py_NewRef(Py_None));
    PyObject *first = PyObject_CallNoArgs(variable), *second = PyObject_CallNoArgs(variable);
    PyObject *half = make("H", PyTuple_New(0), "__origin__", Py_NewRef(Py_None)), *inner, *alias, *parameters;

    inner = PyTuple_Pack(2, second, first);
    Py_SETREF(inner, Py_GenericAlias((PyObject *)&PyList_Type, inner));
    alias = PyTuple_Pack(5, first, first, inner, (PyObject *)&PyLong_Type, variable);
    Py_SETREF(alias, Py_GenericAlias((PyObject *)&PyDict_Type, alias));
    parameters = PyObject_GetAttrString(alias, "__parameters__");
    is_int(PyTuple_Size(parameters), 2, "an alias has each of its type variables once");
    is_ptr(PyTuple_GetItem(parameters, 0), first, "the first type variable is the first");
    is_ptr(PyTuple_GetItem(parameters, 1), second, "a type variable of an inner alias follows");
    Py_DECREF(parameters);
    Py_DECREF(alias);
    is_str(changed(half, "__module__", PyUnicode_FromString("mod")), "done", "a class gets the name of a module");
    alias = Py_GenericAlias((PyObject *)&PyList_Type, half);
    is_str(shown(alias), "list[mod.H]", "an argument with __origin__ alone is shown by its name");
    Py_DECREF(alias);
    Py_DECREF(inner);
    Py_DECREF(half);
    Py_DECREF(first);
    Py_DECREF(second);
    Py_DECREF(variable);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_attributes);
    RUN(test_bases);
    RUN(test_calls_by_name);
    RUN(test_getset_doc);
    RUN(test_identifiers);
    RUN(test_type_variables);
    return TAP_END();
}
