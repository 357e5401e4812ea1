/* The parts of an exception: whether it keeps the tuple of arguments that it is made with, and the order in which it lets
 * go of its parts, which destructors can see. */
#include "checks.h"

static int value;
static char events[256];

static void
note_end(PyObject *capsule)
{
    strncat(events, events[0] ? " " : "", sizeof(events) - strlen(events) - 1);
    strncat(events, PyCapsule_GetName(capsule), sizeof(events) - strlen(events) - 1);
}

static PyObject *
noting(const char *name)
{
    return PyCapsule_New(&value, name, note_end);
}

/* Makes `owned` the one argument of an exception. */
static void
set_argument(PyObject *exception, PyObject *owned)
{
    PyObject *args = PyTuple_Pack(1, owned);

    Py_DECREF(owned);
    PyException_SetArgs(exception, args);
    Py_DECREF(args);
}

static PyObject *
exception_with(PyObject *owned)
{
    PyObject *exception = PyObject_CallNoArgs(PyExc_ValueError);

    set_argument(exception, owned);
    return exception;
}

typedef struct {
    const char *name;
    PyObject **type;
    const char
        *own; /* the attributes that its instances have of their own, in the order in which they let go of them */
    const char *args; /* each argument that it is called with: s a str, b bytes, i an int, l a list of an exception */
} Class;

static PyObject *own_value_error, *own_os_error, *os_and_value_error;

static const Class classes[] = {
    {"ValueError", &PyExc_ValueError, "", ""},
    {"BaseException", &PyExc_BaseException, "", ""},
    {"KeyError", &PyExc_KeyError, "", ""},
    {"MemoryError", &PyExc_MemoryError, "", ""},
    {"OSError", &PyExc_OSError, "errno strerror filename filename2", "issis"},
    {"BlockingIOError", &PyExc_BlockingIOError, "errno strerror filename filename2", ""},
    {"ImportError", &PyExc_ImportError, "msg name path name_from", ""},
    {"ModuleNotFoundError", &PyExc_ModuleNotFoundError, "msg name path name_from", ""},
    {"AttributeError", &PyExc_AttributeError, "obj name", ""},
    {"NameError", &PyExc_NameError, "name", ""},
    {"UnboundLocalError", &PyExc_UnboundLocalError, "name", ""},
    {"StopIteration", &PyExc_StopIteration, "value", ""},
    {"SystemExit", &PyExc_SystemExit, "code", ""},
    {"SyntaxError", &PyExc_SyntaxError, "msg filename lineno offset end_lineno end_offset text print_file_and_line",
     ""},
    {"IndentationError", &PyExc_IndentationError,
     "msg filename lineno offset end_lineno end_offset text print_file_and_line", ""},
    {"UnicodeEncodeError", &PyExc_UnicodeEncodeError, "encoding object reason", "ssiis"},
    {"UnicodeDecodeError", &PyExc_UnicodeDecodeError, "encoding object reason", "sbiis"},
    {"UnicodeTranslateError", &PyExc_UnicodeTranslateError, "encoding object reason", "siis"},
    {"BaseExceptionGroup", &PyExc_BaseExceptionGroup, "", "sl"},
    {"a class made from ValueError", &own_value_error, "", ""},
    {"a class made from OSError", &own_os_error, "errno strerror filename filename2", ""},
    {"a class made from OSError and ValueError", &os_and_value_error, "errno strerror filename filename2", ""},
};

/* A new tuple of arguments for a class, by their kinds. */
static PyObject *
arguments(const char *kinds)
{
    Py_ssize_t i, count = (Py_ssize_t)strlen(kinds);
    PyObject *args = PyTuple_New(count), *exception, *item;

    for (i = 0; i < count; i++) {
        switch (kinds[i]) {
        case 's': item = PyUnicode_FromString("text"); break;
        case 'b': item = PyBytes_FromString("bytes"); break;
        case 'i': item = PyLong_FromLong(0); break;
        default:
            item = PyList_New(0);
            exception = PyObject_CallNoArgs(PyExc_ValueError);
            PyList_Append(item, exception);
            Py_DECREF(exception);
        }
        PyTuple_SetItem(args, i, item);
    }
    return args;
}

/* Puts a capsule of its name into each of an exception's own attributes, into `args`, `__dict__`, the cause and context. */
static void
fill(PyObject *exception, const char *own)
{
    static char names[16][24];
    size_t used = 0;
    const char *at = own;
    PyObject *capsule;

    while (*at != '\0') {
        size_t length = strcspn(at, " ");
        snprintf(names[used], sizeof(names[used]), "%.*s", (int)length, at);
        capsule = noting(names[used]);
        PyObject_SetAttrString(exception, names[used], capsule);
        Py_DECREF(capsule);
        used++;
        at += length + (at[length] == ' ');
    }
    set_argument(exception, noting("args"));
    capsule = noting("dict");
    PyObject_SetAttrString(exception, "mine", capsule);
    Py_DECREF(capsule);
    PyException_SetCause(exception, exception_with(noting("cause")));
    PyException_SetContext(exception, exception_with(noting("context")));
}

static void
test_order(const Class *tested, int in_a_ring)
{
    PyObject *args = arguments(tested->args), *exception = PyObject_Call(*tested->type, args, NULL);
    char want[256];

    Py_DECREF(args);
    if (exception == NULL) {
        ok(0, "%s can be made", tested->name);
        PyErr_Print();
        return;
    }
    events[0] = '\0';
    fill(exception, tested->own);
    /* The ring goes through the attributes that a program sets, which go before the attributes that all classes have. */
    if (in_a_ring) {
        PyObject_SetAttrString(exception, "itself", exception);
    }
    events[0] = '\0';
    Py_DECREF(exception);
    PyGC_Collect();
    snprintf(want, sizeof(want), "%s%sdict args cause context", tested->own, tested->own[0] ? " " : "");
    is_str(events, want, "%s%s lets go of %s", tested->name, in_a_ring ? " in a ring" : "", want);
}

/* Classes without a constructor of their own copy the tuple; the others keep it. */
typedef struct {
    const char *name;
    PyObject **type;
    int copies;
} Maker;

static const Maker makers[] = {
    {"BaseException", &PyExc_BaseException, 1},
    {"Exception", &PyExc_Exception, 1},
    {"ValueError", &PyExc_ValueError, 1},
    {"KeyError", &PyExc_KeyError, 1},
    {"RuntimeError", &PyExc_RuntimeError, 1},
    {"StopAsyncIteration", &PyExc_StopAsyncIteration, 1},
    {"UnicodeError", &PyExc_UnicodeError, 1},
    {"DeprecationWarning", &PyExc_DeprecationWarning, 1},
    {"PythonFinalizationError", &PyExc_PythonFinalizationError, 1},
    {"OSError with one argument", &PyExc_OSError, 0},
    {"PermissionError", &PyExc_PermissionError, 0},
    {"ImportError", &PyExc_ImportError, 0},
    {"AttributeError", &PyExc_AttributeError, 0},
    {"NameError", &PyExc_NameError, 0},
    {"UnboundLocalError", &PyExc_UnboundLocalError, 0},
    {"MemoryError", &PyExc_MemoryError, 0},
    {"StopIteration", &PyExc_StopIteration, 0},
    {"SystemExit", &PyExc_SystemExit, 0},
    {"SyntaxError", &PyExc_SyntaxError, 0},
    {"a class made from ValueError", &own_value_error, 0},
    {"a class made from OSError", &own_os_error, 0},
};

static void
test_tuple(const Maker *maker)
{
    PyObject *item = PyList_New(0), *args = PyTuple_Pack(1, item), *empty = PyDict_New();
    int way;

    for (way = 0; way < 4; way++) {
        static const char *const ways[] = {"Call", "Call with an empty dict", "CallObject", "PyErr_SetObject"};
        PyObject *exception, *kept;

        if (way == 3) {
            PyErr_SetObject(*maker->type, args);
            exception = PyErr_GetRaisedException();
        } else {
            exception = way == 2 ? PyObject_CallObject(*maker->type, args)
                                 : PyObject_Call(*maker->type, args, way == 1 ? empty : NULL);
        }
        kept = PyException_GetArgs(exception);
        is_int(kept == args, !maker->copies, "%s, made by %s, %s the tuple", maker->name, ways[way],
               maker->copies ? "copies" : "keeps");
        ok(PyTuple_GetItem(kept, 0) == item, "%s, made by %s, has the argument", maker->name, ways[way]);
        Py_DECREF(kept);
        Py_DECREF(exception);
    }
    is_int(Py_REFCNT(args), 1, "%s: nothing keeps the tuple after that", maker->name);
    Py_DECREF(args);
    is_int(Py_REFCNT(item), 1, "%s: nothing keeps the argument", maker->name);
    Py_DECREF(item);
    Py_DECREF(empty);
}

static void
test_keywords(void)
{
    PyObject *keywords = PyDict_New(), *none = PyTuple_New(0), *key = PyUnicode_FromString("key"), *names, *args[1];

    PyDict_SetItemString(keywords, "key", Py_None);
    names = PyTuple_Pack(1, key);
    Py_DECREF(key);
    args[0] = Py_None;
    is_ptr(PyObject_Call(PyExc_ValueError, none, keywords), NULL, "ValueError takes no keyword by Call");
    raises(PyExc_TypeError, "ValueError() takes no keyword arguments", "the error of Call names the class");
    is_ptr(PyObject_Vectorcall(PyExc_ValueError, args, 0, names), NULL, "ValueError takes no keyword by Vectorcall");
    raises(PyExc_TypeError, "ValueError() takes no keyword arguments", "the error of Vectorcall names the class");
    Py_DECREF(names);
    Py_DECREF(none);
    Py_DECREF(keywords);
}

static void
test_orders(void)
{
    size_t i;

    for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        test_order(&classes[i], 0);
        test_order(&classes[i], 1);
    }
}

static void
test_tuples(void)
{
    size_t i;

    for (i = 0; i < sizeof(makers) / sizeof(makers[0]); i++) {
        test_tuple(&makers[i]);
    }
}

int
main(void)
{
    PyObject *bases;

    TAP_BEGIN();
    own_value_error = PyErr_NewException("mod.Own", PyExc_ValueError, NULL);
    own_os_error = PyErr_NewException("mod.Os", PyExc_OSError, NULL);
    bases = PyTuple_Pack(2, PyExc_OSError, PyExc_ValueError);
    os_and_value_error = PyErr_NewException("mod.Both", bases, NULL);
    Py_DECREF(bases);
    PyGC_Collect();
    RUN(test_orders);
    RUN(test_tuples);
    RUN(test_keywords);
    Py_DECREF(own_value_error);
    Py_DECREF(own_os_error);
    Py_DECREF(os_and_value_error);
    return TAP_END();
}
