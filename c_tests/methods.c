/* C functions as callable objects: every calling convention of a method table, the arguments that each refuses and the errors,
 * the attributes, repr, hash and order of a function, PyCFunction_New, PyCFunction_NewEx and PyCMethod_New, and the
 * check of a function's result. */
#include "checks.h"

/* The arguments of the last call, written down as text. */
static char seen[512];
static PyObject *seen_self;

static void
note(const char *text)
{
    strncat(seen, seen[0] ? " " : "", sizeof(seen) - strlen(seen) - 1);
    strncat(seen, text, sizeof(seen) - strlen(seen) - 1);
}

static void
note_object(PyObject *object)
{
    PyObject *text = PyObject_Repr(object);
    note(PyUnicode_AsUTF8(text));
    Py_DECREF(text);
}

static void
start_note(const char *convention, PyObject *self)
{
    seen[0] = '\0';
    seen_self = self;
    note(convention);
}

static PyObject *
f_noargs(PyObject *self, PyObject *arg)
{
    start_note("NOARGS", self);
    note(arg == NULL ? "NULL" : "something");
    return Py_NewRef(Py_None);
}

static PyObject *
f_o(PyObject *self, PyObject *arg)
{
    start_note("O", self);
    note_object(arg);
    return Py_NewRef(Py_None);
}

static PyObject *
f_varargs(PyObject *self, PyObject *args)
{
    start_note("VARARGS", self);
    note_object(args);
    return Py_NewRef(Py_None);
}

static PyObject *
f_keywords(PyObject *self, PyObject *args, PyObject *kwargs)
{
    start_note("KEYWORDS", self);
    note_object(args);
    if (kwargs == NULL) {
        note("NULL");
    } else {
        note_object(kwargs);
    }
    return Py_NewRef(Py_None);
}

static PyObject *
f_fast(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    Py_ssize_t i;
    start_note("FASTCALL", self);
    for (i = 0; i < count; i++) {
        note_object(args[i]);
    }
    return Py_NewRef(Py_None);
}

static PyObject *
f_fast_keywords(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    Py_ssize_t i, total = count + (names != NULL ? PyTuple_Size(names) : 0);
    start_note("FASTCALL|KEYWORDS", self);
    for (i = 0; i < total; i++) {
        note_object(args[i]);
    }
    if (names == NULL) {
        note("NULL");
    } else {
        note_object(names);
    }
    return Py_NewRef(Py_None);
}

static PyTypeObject *seen_class;

static PyObject *
f_method(PyObject *self, PyTypeObject *defining_class, PyObject *const *args, size_t count, PyObject *names)
{
    seen_class = defining_class;
    return f_fast_keywords(self, args, (Py_ssize_t)count, names);
}

/* The conventions in the order of the tables below. */
static PyMethodDef defs[] = {
    {"noargs", f_noargs, METH_NOARGS, "noargs($module, /)\n--\n\nTakes nothing."},
    {"o", f_o, METH_O, "o(thing)\n--\n\nTakes one."},
    {"varargs", f_varargs, METH_VARARGS, "varargs(*args) takes all."},
    {"keywords", CFUNCTION(f_keywords), METH_VARARGS | METH_KEYWORDS, NULL},
    {"fast", CFUNCTION(f_fast), METH_FASTCALL, "fast(\n--\n\nOdd."},
    {"fast_keywords", CFUNCTION(f_fast_keywords), METH_FASTCALL | METH_KEYWORDS, "fast_keywords()\n--\n\n"},
    {"method", CFUNCTION(f_method), METH_METHOD | METH_FASTCALL | METH_KEYWORDS, "method($self)\n--\n\nNever seen."},
};
#define CONVENTIONS (sizeof(defs) / sizeof(defs[0]))

/* A new reference to a function of the table, bound to self. */
static PyObject *
function_of(size_t which, PyObject *self)
{
    if (defs[which].ml_flags & METH_METHOD) {
        return PyCMethod_New(&defs[which], self, NULL, &PyCapsule_Type);
    }
    return PyCFunction_NewEx(&defs[which], self, NULL);
}

/* One kind of call, and for each convention what the function saw or the text of the TypeError. */
typedef struct {
    const char *call;
    int positional; /* how many of 1, 2, … are passed */
    int keywords; /* how many of k=8, l=9 are passed */
    const char *outcome[7];
} Calls;

static const Calls calls[] = {
    {"f()",
     0,
     0,
     {"NOARGS NULL", "!list.o() takes exactly one argument (0 given)", "VARARGS ()", "KEYWORDS () NULL", "FASTCALL",
      "FASTCALL|KEYWORDS NULL", "FASTCALL|KEYWORDS NULL"}},
    {"f(1)",
     1,
     0,
     {"!list.noargs() takes no arguments (1 given)", "O 1", "VARARGS (1,)", "KEYWORDS (1,) NULL", "FASTCALL 1",
      "FASTCALL|KEYWORDS 1 NULL", "FASTCALL|KEYWORDS 1 NULL"}},
    {"f(1, 2)",
     2,
     0,
     {"!list.noargs() takes no arguments (2 given)", "!list.o() takes exactly one argument (2 given)", "VARARGS (1, 2)",
      "KEYWORDS (1, 2) NULL", "FASTCALL 1 2", "FASTCALL|KEYWORDS 1 2 NULL", "FASTCALL|KEYWORDS 1 2 NULL"}},
    {"f(k=8)",
     0,
     1,
     {"!list.noargs() takes no keyword arguments", "!list.o() takes no keyword arguments",
      "!varargs() takes no keyword arguments", "KEYWORDS () {'k': 8}", "!list.fast() takes no keyword arguments",
      "FASTCALL|KEYWORDS 8 ('k',)", "FASTCALL|KEYWORDS 8 ('k',)"}},
    {"f(1, 2, k=8, l=9)",
     2,
     2,
     {"!list.noargs() takes no keyword arguments", "!list.o() takes no keyword arguments",
      "!varargs() takes no keyword arguments", "KEYWORDS (1, 2) {'k': 8, 'l': 9}",
      "!list.fast() takes no keyword arguments", "FASTCALL|KEYWORDS 1 2 8 9 ('k', 'l')",
      "FASTCALL|KEYWORDS 1 2 8 9 ('k', 'l')"}},
};

static void
check_outcome(PyObject *result, const char *want, const char *how, const char *name, const char *call)
{
    if (want[0] == '!') {
        is_ptr(result, NULL, "%s: %s as %s fails", name, call, how);
        is_str(seen, "", "%s: a call that fails does not enter the C function", name);
        raises(PyExc_TypeError, want + 1, "%s: the error says: %s", name, want + 1);
    } else {
        is_ptr(result, Py_None, "%s: %s as %s succeeds", name, call, how);
        is_str(seen, want, "%s: the C function is given %s", name, want);
    }
    Py_XDECREF(result);
}

static void
test_conventions(void)
{
    PyObject *self = PyList_New(0);
    size_t i, which;

    for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        const Calls *c = &calls[i];
        PyObject *stack[5] = {NULL, NULL, NULL, NULL, NULL};
        PyObject *args = PyTuple_New(c->positional), *names = PyTuple_New(c->keywords), *kwargs = PyDict_New();
        int at;

        for (at = 0; at < c->positional; at++) {
            stack[at + 1] = PyLong_FromLong(at + 1);
            PyTuple_SetItem(args, at, Py_NewRef(stack[at + 1]));
        }
        for (at = 0; at < c->keywords; at++) {
            PyObject *key = PyUnicode_FromString(at == 0 ? "k" : "l"), *value = PyLong_FromLong(8 + at);
            stack[1 + c->positional + at] = value;
            PyDict_SetItem(kwargs, key, value);
            PyTuple_SetItem(names, at, key);
        }
        for (which = 0; which < CONVENTIONS; which++) {
            PyObject *function = function_of(which, self);
            const char *name = defs[which].ml_name, *want = c->outcome[which];

            seen[0] = '\0';
            check_outcome(PyObject_Call(function, args, c->keywords ? kwargs : NULL), want, "PyObject_Call", name,
                          c->call);
            seen[0] = '\0';
            check_outcome(PyObject_Vectorcall(function, stack + 1,
                                              (size_t)c->positional | PY_VECTORCALL_ARGUMENTS_OFFSET,
                                              c->keywords ? names : NULL),
                          want, "PyObject_Vectorcall", name, c->call);
            Py_DECREF(function);
        }
        for (at = 0; at < 5; at++) {
            Py_XDECREF(stack[at]);
        }
        Py_DECREF(args);
        Py_DECREF(names);
        Py_DECREF(kwargs);
    }
    is_ptr(seen_self, self, "every convention is given its self");
    is_ptr(seen_class, &PyCapsule_Type, "METH_METHOD is given the class of PyCMethod_New");
    is_int(Py_REFCNT(self), 1, "a function that is destroyed drops its self");
    Py_DECREF(self);
}

/* A call that is refused names the function by module and qualified name; only METH_VARARGS has the bare name. */
static void
test_names_in_refusals(void)
{
    static const struct {
        const char *module;
        int flags;
        const char *message;
    } refusals[] = {
        {"pack.mod", METH_NOARGS, "pack.mod.f() takes no keyword arguments"},
        {"pack.mod", METH_VARARGS, "f() takes no keyword arguments"},
        {"builtins", METH_NOARGS, "f() takes no keyword arguments"},
        {NULL, METH_NOARGS, "f() takes no keyword arguments"},
    };
    PyObject *empty = PyTuple_New(0), *kwargs = PyDict_New();
    size_t i;

    PyDict_SetItemString(kwargs, "k", Py_None);
    for (i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        PyMethodDef def = {"f", f_noargs, refusals[i].flags, NULL};
        PyObject *module = refusals[i].module != NULL ? PyUnicode_FromString(refusals[i].module) : NULL;
        PyObject *function = PyCFunction_NewEx(&def, NULL, module);
        is_ptr(PyObject_Call(function, empty, kwargs), NULL, "a function without keywords refuses one");
        raises(PyExc_TypeError, refusals[i].message, "the error for __module__ %s and flags 0x%x says: %s",
               refusals[i].module ? refusals[i].module : "None", (unsigned)refusals[i].flags, refusals[i].message);
        Py_DECREF(function);
        Py_XDECREF(module);
    }
    Py_DECREF(empty);
    Py_DECREF(kwargs);
}

static void
test_calls_with_nothing_or_empty(void)
{
    PyObject *keywords = function_of(3, NULL), *fast_keywords = function_of(5, NULL), *noargs = function_of(0, NULL);
    PyObject *empty = PyTuple_New(0), *no_keywords = PyDict_New(), *number = PyLong_FromLong(3);

    Py_XDECREF(PyObject_CallNoArgs(keywords));
    is_str(seen, "KEYWORDS () NULL", "PyObject_CallNoArgs passes no keywords");
    Py_XDECREF(PyObject_Call(keywords, empty, no_keywords));
    is_str(seen, "KEYWORDS () {}", "an empty dict of keywords is passed on as it is");
    Py_XDECREF(PyObject_Call(fast_keywords, empty, no_keywords));
    is_str(seen, "FASTCALL|KEYWORDS NULL", "a fast call passes NULL for an empty dict of keywords");
    Py_XDECREF(PyObject_Call(noargs, empty, no_keywords));
    is_str(seen, "NOARGS NULL", "a function without keywords takes an empty dict of them");
    Py_XDECREF(PyObject_Vectorcall(fast_keywords, NULL, 0, empty));
    is_str(seen, "FASTCALL|KEYWORDS ()", "an empty tuple of names is passed on as it is");
    Py_XDECREF(PyObject_CallOneArg(keywords, number));
    is_str(seen, "KEYWORDS (3,) NULL", "PyObject_CallOneArg passes one argument");
    Py_XDECREF(PyObject_CallObject(keywords, NULL));
    is_str(seen, "KEYWORDS () NULL", "PyObject_CallObject takes NULL for no arguments");
    is_ptr(seen_self, NULL, "a function may have NULL for self");
    is_int(Py_REFCNT(no_keywords), 1, "no call keeps a reference to the keywords");
    Py_DECREF(keywords);
    Py_DECREF(fast_keywords);
    Py_DECREF(noargs);
    Py_DECREF(empty);
    Py_DECREF(no_keywords);
    Py_DECREF(number);
}

static PyObject *
text_attribute(PyObject *object, const char *name)
{
    PyObject *value = PyObject_GetAttrString(object, name);
    PyObject *text = value != NULL ? PyObject_Repr(value) : NULL;
    Py_XDECREF(value);
    return text;
}

static void
test_attributes(void)
{
    static const char *const docs[][3] = {
        /* __name__, __doc__, __text_signature__ */
        {"'noargs'", "'Takes nothing.'", "'($module, /)'"},
        {"'o'", "'Takes one.'", "'(thing)'"},
        {"'varargs'", "'varargs(*args) takes all.'", "None"},
        {"'keywords'", "None", "None"},
        {"'fast'", "'fast(\\n--\\n\\nOdd.'", "None"},
        {"'fast_keywords'", "None", "'()'"},
        /* PyCMethod_Type has a __doc__ of its own, None, which hides the __doc__ of its functions. */
        {"'method'", "None", "'($self)'"},
    };
    static const char *const fixed[] = {"__name__", "__doc__", "__self__", "__qualname__", "__text_signature__"};
    PyObject *module = PyModule_New("pack.mod"), *capsule = PyCapsule_New(&defs, "c", NULL);
    PyObject *name = PyUnicode_FromString("told"), *function, *type;
    size_t i;

    for (i = 0; i < CONVENTIONS; i++) {
        function = function_of(i, NULL);
        is_text(text_attribute(function, "__name__"), docs[i][0], "%s: __name__ is the name in the definition",
                defs[i].ml_name);
        is_text(text_attribute(function, "__qualname__"), docs[i][0], "%s: __qualname__ without self is the name",
                defs[i].ml_name);
        is_text(text_attribute(function, "__doc__"), docs[i][1], "%s: __doc__ is %s", defs[i].ml_name, docs[i][1]);
        is_text(text_attribute(function, "__text_signature__"), docs[i][2], "%s: __text_signature__ is %s",
                defs[i].ml_name, docs[i][2]);
        is_text(text_attribute(function, "__self__"), "None", "%s: __self__ without a self is None", defs[i].ml_name);
        is_text(text_attribute(function, "__module__"), "None", "%s: __module__ without a module name is None",
                defs[i].ml_name);
        Py_DECREF(function);
    }

    function = PyCFunction_NewEx(&defs[0], module, name);
    is_text(text_attribute(function, "__module__"), "'told'",
            "__module__ is the name that PyCFunction_NewEx was given");
    is_text(text_attribute(function, "__qualname__"), "'noargs'",
            "__qualname__ of a function bound to a module is the name");
    is_text(PyObject_Repr(function), "<built-in function noargs>",
            "the repr of a function bound to a module says function");
    is_int(PyObject_SetAttrString(function, "__module__", Py_None), 0, "__module__ can be set");
    is_text(text_attribute(function, "__module__"), "None", "__module__ is the value that was set");
    for (i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
        char message[100];
        snprintf(message, sizeof(message), "attribute '%s' of 'builtin_function_or_method' objects is not writable",
                 fixed[i]);
        is_int(PyObject_SetAttrString(function, fixed[i], name), -1, "%s cannot be set", fixed[i]);
        raises(PyExc_AttributeError, message, "%s", message);
    }
    is_int(PyObject_SetAttrString(function, "mine", name), -1, "a function takes no new attributes");
    raises(PyExc_AttributeError,
           "'builtin_function_or_method' object has no attribute 'mine' and no __dict__ for setting new attributes",
           "setting one is an AttributeError");
    is_ptr(PyObject_GetAttrString(function, "mine"), NULL, "a function has no attribute that it was not given");
    raises(PyExc_AttributeError, "'builtin_function_or_method' object has no attribute 'mine'",
           "a missing attribute of a function is an AttributeError");
    Py_DECREF(function);
    is_int(Py_REFCNT(name), 1, "a function that is destroyed drops its module name");

    function = PyCFunction_NewEx(&defs[0], NULL, NULL);
    is_text(PyObject_Repr(function), "<built-in function noargs>",
            "the repr of a function without a self says function");
    Py_DECREF(function);
    type = (PyObject *)&PyCapsule_Type;
    function = PyCFunction_NewEx(&defs[0], type, NULL);
    is_text(text_attribute(function, "__qualname__"), "'PyCapsule.noargs'",
            "__qualname__ of a function bound to a type begins with the type");
    Py_DECREF(function);
    function = PyCFunction_NewEx(&defs[0], capsule, NULL);
    is_text(text_attribute(function, "__qualname__"), "'PyCapsule.noargs'",
            "__qualname__ of a function bound to an object begins with its type");
    {
        PyObject *text = PyObject_Repr(function);
        const char *start = "<built-in method noargs of PyCapsule object at 0x";
        ok(strncmp(PyUnicode_AsUTF8(text), start, strlen(start)) == 0,
           "the repr of a function bound to an object says method");
        Py_DECREF(text);
    }
    Py_DECREF(function);
    Py_DECREF(name);
    Py_DECREF(capsule);
    Py_DECREF(module);
}

static void
test_comparison(void)
{
    PyObject *one = PyList_New(0), *two = PyList_New(0);
    PyObject *a = function_of(0, one), *b = function_of(0, one), *c = function_of(0, two), *d = function_of(1, one);

    ok(a != b && PyObject_RichCompareBool(a, b, Py_EQ) == 1, "functions of one C function and one self are equal");
    ok(PyObject_Hash(a) == PyObject_Hash(b), "functions that are equal have one hash, although self has none");
    is_int(PyObject_RichCompareBool(a, c, Py_EQ), 0, "functions with different selves are not equal");
    is_int(PyObject_RichCompareBool(a, c, Py_NE), 1, "functions with different selves are unequal");
    is_int(PyObject_RichCompareBool(a, d, Py_EQ), 0, "functions of different C functions are not equal");
    is_int(PyObject_RichCompareBool(a, Py_None, Py_EQ), 0, "no function equals None");
    is_ptr(PyObject_RichCompare(a, b, Py_LT), NULL, "functions have no order");
    raises(PyExc_TypeError,
           "'<' not supported between instances of 'builtin_function_or_method' and 'builtin_function_or_method'",
           "comparing functions for order is a TypeError");
    is_int(PyObject_IsTrue(a), 1, "a function is true");
    is_int(PyCallable_Check(a), 1, "a function is callable");
    is_ptr(Py_TYPE(a), &PyCFunction_Type, "the type of a function is PyCFunction_Type");
    ok(PyCFunction_Check(a) && PyCFunction_CheckExact(a), "PyCFunction_Check and PyCFunction_CheckExact hold");
    Py_DECREF(a);
    Py_DECREF(b);
    Py_DECREF(c);
    Py_DECREF(d);
    is_int(Py_REFCNT(one) + Py_REFCNT(two), 2, "no comparison keeps a reference");
    Py_DECREF(one);
    Py_DECREF(two);
}

static void
test_making(void)
{
    static PyMethodDef bad[] = {
        {"none", f_noargs, 0, NULL},
        {"both", f_noargs, METH_NOARGS | METH_O, NULL},
        {"loose", f_noargs, METH_KEYWORDS, NULL},
        {"bare", f_noargs, METH_METHOD, NULL},
    };
    PyObject *function = PyCMethod_New(&defs[6], NULL, NULL, &PyCapsule_Type);
    size_t i;

    ok(PyCFunction_Check(function) && !PyCFunction_CheckExact(function),
       "a METH_METHOD function is of a subtype of PyCFunction_Type");
    is_ptr(Py_TYPE(function), &PyCMethod_Type, "the type of a METH_METHOD function is PyCMethod_Type");
    is_text(PyObject_Repr(function), "<built-in function method>", "the repr of a METH_METHOD function says function");
    Py_DECREF(function);
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        char message[64];
        snprintf(message, sizeof(message), "%s() method: bad call flags", bad[i].ml_name);
        is_ptr(PyCFunction_New(&bad[i], NULL), NULL, "flags 0x%x make no function", (unsigned)bad[i].ml_flags);
        raises(PyExc_SystemError, message, "%s", message);
    }
    is_ptr(PyCMethod_New(&defs[6], NULL, NULL, NULL), NULL, "METH_METHOD without a class makes no function");
    raises(PyExc_SystemError, "attempting to create PyCMethod with a METH_METHOD flag but no class",
           "METH_METHOD without a class is a SystemError");
    is_ptr(PyCMethod_New(&defs[0], NULL, NULL, &PyCapsule_Type), NULL, "a class without METH_METHOD makes no function");
    raises(PyExc_SystemError, "attempting to create PyCFunction with class but no METH_METHOD flag",
           "a class without METH_METHOD is a SystemError");
}

static PyObject *
f_null(PyObject *self, PyObject *arg)
{
    (void)self;
    (void)arg;
    return NULL;
}

static PyObject *
f_result_and_error(PyObject *self, PyObject *arg)
{
    (void)self;
    PyErr_SetString(PyExc_KeyError, "left behind");
    return Py_NewRef(arg != NULL ? arg : Py_None);
}

static void
test_results(void)
{
    static PyMethodDef def_null = {"nothing", f_null, METH_NOARGS, NULL};
    static PyMethodDef def_both = {"both", f_result_and_error, METH_O, NULL};
    PyObject *nothing = PyCFunction_New(&def_null, NULL), *both = PyCFunction_New(&def_both, NULL);
    PyObject *list = PyList_New(0), *raised, *cause;

    is_ptr(PyObject_CallNoArgs(nothing), NULL, "a function that returns NULL without an error fails");
    raises(PyExc_SystemError, "<built-in function nothing> returned NULL without setting an exception",
           "a function that returns NULL without an error is a SystemError");
    is_ptr(PyObject_CallOneArg(both, list), NULL, "a function that returns a result with an error fails");
    is_int(Py_REFCNT(list), 1, "the result that comes with an error is dropped");
    raised = PyErr_GetRaisedException();
    ok(PyErr_GivenExceptionMatches(raised, PyExc_SystemError),
       "a function that returns a result with an error is a SystemError");
    cause = PyObject_GetAttrString(raised, "__cause__");
    ok(PyErr_GivenExceptionMatches(cause, PyExc_KeyError), "the cause of the SystemError is the function's error");
    is_ptr(borrowed(PyObject_GetAttrString(raised, "__context__")), cause,
           "the context of the SystemError is the function's error");
    is_text(cause, "'left behind'", "the function's error keeps its text");
    is_text(raised, "<built-in function both> returned a result with an exception set",
            "the SystemError says that there were a result and an error");
    Py_DECREF(nothing);
    Py_DECREF(both);
    Py_DECREF(list);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_conventions);
    RUN(test_names_in_refusals);
    RUN(test_calls_with_nothing_or_empty);
    RUN(test_attributes);
    RUN(test_comparison);
    RUN(test_making);
    RUN(test_results);
    return TAP_END();
}
