/* Lone surrogates in names: a message holds the characters of a name as they are, in every function that sets the error. */
#include "outcome.h"

static PyObject *name;

/* The type and the text of the error that is set, with escapes for characters beyond ASCII; or the value of a new reference. */
static const char *
ascii_outcome(PyObject *result)
{
    char *buffer = outcome_buffer();
    PyObject *error = result == NULL ? PyErr_GetRaisedException() : NULL;
    PyObject *text = error != NULL ? PyObject_Str(error) : Py_XNewRef(result);
    PyObject *ascii = text != NULL ? PyObject_ASCII(text) : NULL;
    const char *utf8 = ascii != NULL ? PyUnicode_AsUTF8(ascii) : NULL;

    snprintf(buffer, OUTCOME_SIZE, "%s%s%s", error != NULL ? tap_type_name((PyObject *)Py_TYPE(error)) : "",
             error != NULL ? ": " : "", utf8 != NULL ? utf8 : "no text");
    PyErr_Clear();
    Py_XDECREF(result);
    Py_XDECREF(error);
    Py_XDECREF(text);
    Py_XDECREF(ascii);
    return buffer;
}

/* NULL for a status of -1, which comes with an error. */
static PyObject *
status(int done)
{
    return done < 0 ? NULL : PyLong_FromLong(done);
}

static PyObject *
do_nothing(PyObject *self, PyObject *argument)
{
    (void)self;
    (void)argument;
    Py_RETURN_NONE;
}

static PyMethodDef nothing = {"nothing", do_nothing, METH_NOARGS, NULL};

/* Calls an object with the name as a keyword. */
static PyObject *
with_keyword(PyObject *callable)
{
    PyObject *keywords = PyDict_New(), *arguments = PyTuple_New(0), *result;

    PyDict_SetItem(keywords, name, Py_None);
    result = PyObject_Call(callable, arguments, keywords);
    Py_DECREF(keywords);
    Py_DECREF(arguments);
    return result;
}

static PyObject *
with_argument(PyObject *callable, PyObject *argument)
{
    PyObject *result = PyObject_CallOneArg(callable, argument);

    Py_DECREF(callable);
    return result;
}

static PyObject *
text_of(PyObject *error)
{
    PyObject *text = error != NULL ? PyObject_Str(error) : NULL;

    Py_XDECREF(error);
    return text;
}

static PyObject *
attribute_of(PyObject *owned, PyObject *attribute)
{
    PyObject *value = PyObject_GetAttr(owned, attribute);

    Py_DECREF(owned);
    return value;
}

#define SAYS(expression, want, ...) is_str(ascii_outcome(expression), want, __VA_ARGS__)

static void
test_attributes(void)
{
    PyObject *kind = PyErr_NewException("a.B", NULL, NULL), *object = PyObject_CallNoArgs(kind);
    PyObject *module = PyModule_New("plain"), *named = PyModule_NewObject(name), *x = PyUnicode_FromString("x");

    SAYS(PyObject_GetAttr(Py_None, name), "AttributeError: \"'NoneType' object has no attribute 'a\\udcff\\ud800z'\"",
         "the error for an attribute of an object has the name");
    SAYS(status(PyObject_SetAttr(Py_None, name, Py_None)),
         "AttributeError: \"'NoneType' object has no attribute 'a\\udcff\\ud800z' and no __dict__ for setting new "
         "attributes\"",
         "the error for an attribute that can't be set has the name");
    SAYS(PyObject_GetAttr((PyObject *)&PyLong_Type, name),
         "AttributeError: \"type object 'int' has no attribute 'a\\udcff\\ud800z'\"",
         "the error for an attribute of a type has the name");
    SAYS(status(PyObject_SetAttr((PyObject *)&PyLong_Type, name, Py_None)),
         "TypeError: \"cannot set 'a\\\\udcff\\\\ud800z' attribute of immutable type 'int'\"",
         "a repr in a message shows the name with escapes");
    SAYS(status(PyObject_SetAttr(kind, name, NULL)),
         "AttributeError: \"type object 'B' has no attribute 'a\\udcff\\ud800z'\"",
         "the error for a deleted attribute of a class has the name");
    SAYS(PyObject_GetAttr(object, name), "AttributeError: \"'B' object has no attribute 'a\\udcff\\ud800z'\"",
         "the error for an attribute of an instance has the name");
    SAYS(PyObject_GetAttr(module, name), "AttributeError: \"module 'plain' has no attribute 'a\\udcff\\ud800z'\"",
         "the error for an attribute of a module has the name");
    SAYS(PyObject_GetAttr(named, x), "AttributeError: \"module 'a\\udcff\\ud800z' has no attribute 'x'\"",
         "the error for an attribute has the module's name");
    SAYS(attribute_of(PyCFunction_NewEx(&nothing, object, NULL), name),
         "AttributeError: \"'builtin_function_or_method' object has no attribute 'a\\udcff\\ud800z'\"",
         "the error for an attribute of a function has the name");
    PyObject_SetAttrString(kind, "__qualname__", name);
    SAYS(with_argument(PyCFunction_NewEx(&nothing, object, NULL), x),
         "TypeError: 'a\\udcff\\ud800z.nothing() takes no arguments (1 given)'",
         "the error of a bound function has the name of the class");
    SAYS(PyUnicode_FromFormat("%T", object), "'a.a\\udcff\\ud800z'", "%%T of PyUnicode_FromFormat shows the name");
    Py_DECREF(kind);
    Py_DECREF(object);
    Py_DECREF(module);
    Py_DECREF(named);
    Py_DECREF(x);
}

static void
test_calls(void)
{
    PyObject *file = PyModule_New("plain"), *argument = PyTuple_Pack(1, name);

    SAYS(with_keyword((PyObject *)&PyLong_Type),
         "TypeError: \"int() got an unexpected keyword argument 'a\\udcff\\ud800z'\"",
         "the error for a keyword of int has the name");
    SAYS(with_keyword((PyObject *)&PyUnicode_Type),
         "TypeError: \"str() got an unexpected keyword argument 'a\\udcff\\ud800z'\"",
         "the error for a keyword of str has the name");
    SAYS(with_keyword(PyExc_ImportError),
         "TypeError: \"ImportError() got an unexpected keyword argument 'a\\udcff\\ud800z'\"",
         "the error for a keyword of ImportError has the name");
    SAYS(with_keyword(PyExc_NameError),
         "TypeError: \"NameError() got an unexpected keyword argument 'a\\udcff\\ud800z'\"",
         "the error for a keyword of NameError has the name");
    SAYS(with_argument(PyCFunction_NewEx(&nothing, file, name), name),
         "TypeError: 'a\\udcff\\ud800z.nothing() takes no arguments (1 given)'",
         "the error of a function has the name of its module");
    SAYS(text_of(PyObject_Call(PyExc_ImportError, argument, NULL)), "'a\\udcff\\ud800z'",
         "the text of an ImportError is the name");
    PyErr_Format(PyExc_ValueError, "<%U>", name);
    SAYS(NULL, "ValueError: '<a\\udcff\\ud800z>'", "PyErr_Format puts the name into the message");
    PyErr_SetObject(PyExc_ValueError, name);
    SAYS(NULL, "ValueError: 'a\\udcff\\ud800z'", "PyErr_SetObject makes the name the message");
    Py_DECREF(file);
    Py_DECREF(argument);
}

static void
test_imports(void)
{
    PyObject *globals = PyDict_New(), *last = PyUnicode_FromString("q"), *modules = PyImport_GetModuleDict();
    PyObject *below = PyUnicode_FromFormat("sys.%U", name);

    SAYS(PyImport_Import(name), "ModuleNotFoundError: \"No module named 'a\\\\udcff\\\\ud800z'\"",
         "the error of PyImport_Import has the name");
    SAYS(PyImport_Import(below),
         "ModuleNotFoundError: \"No module named 'sys.a\\\\udcff\\\\ud800z'; 'sys' is not a package\"",
         "the error for a module below one that is no package has the name");
    SAYS(PyImport_ImportModuleLevelObject(name, NULL, NULL, NULL, 0),
         "ModuleNotFoundError: \"No module named 'a\\\\udcff\\\\ud800z'\"",
         "the error of PyImport_ImportModuleLevelObject has the name");
    PyDict_SetItemString(globals, "__package__", name);
    SAYS(PyImport_ImportModuleLevelObject(last, globals, NULL, NULL, 1),
         "ModuleNotFoundError: \"No module named 'a\\\\udcff\\\\ud800z'\"",
         "the error for a module in a package has the package's name");
    PyDict_SetItem(modules, name, Py_None);
    SAYS(PyImport_Import(name), "ModuleNotFoundError: 'import of a\\udcff\\ud800z halted; None in sys.modules'",
         "the error for None in sys.modules has the name");
    PyDict_DelItem(modules, name);
    Py_DECREF(globals);
    Py_DECREF(last);
    Py_DECREF(below);
}

int
main(void)
{
    static const char utf8[] = "a\xed\xb3\xbf\xed\xa0\x80z";

    TAP_BEGIN();
    name = PyUnicode_DecodeUTF8(utf8, sizeof utf8 - 1, "surrogatepass");
    RUN(test_attributes);
    RUN(test_calls);
    RUN(test_imports);
    Py_CLEAR(name);
    return TAP_END();
}
