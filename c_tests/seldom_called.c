/* Functions that extensions seldom call, which CPython's own tests of its C API do: hashes, calls under an old name, functions of Python
 * code for objects that are none, defaults of dicts that are not needed, buffers without a place, and the first line of code. */
#include "tap.h"

#include "compat.h"

/* No header declares it since 3.13; modules that were compiled with older ones call it. */
PyAPI_FUNC(PyObject *) PyCFunction_Call(PyObject *, PyObject *, PyObject *);

/* An internal error, whose message names a place in the source. */
static void
is_internal(const char *what)
{
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "%s is a SystemError", what);
    PyErr_Clear();
}

static void
test_hash(void)
{
    PyHash_FuncDef *definition = PyHash_GetFuncDef();
    PyObject *text = PyUnicode_FromString("abc");

    is_str(definition->name, "siphash13", "the name of the hash");
    is_int(definition->hash_bits, 64, "the bits of a hash");
    is_int(definition->seed_bits, 128, "the bits of the hash's key");
    ok(definition->hash("abc", 3) == PyObject_Hash(text),
       "the function of the definition hashes bytes as a string is hashed");
    ok(definition->hash("abc", 0) != 0, "the function of the definition gives no 0 for no bytes");
    ok(PyObject_GenericHash(text) == Py_HashPointer(text), "PyObject_GenericHash is the hash of the address");
    ok(PyObject_GenericHash(text) == PyObject_GenericHash(text), "PyObject_GenericHash stays the same");
    is_int(PyObject_GenericHash(NULL), 0, "PyObject_GenericHash of NULL is 0");
    Py_DECREF(text);
}

static void
test_call(void)
{
    PyObject *args = Py_BuildValue("(s)", "ff"), *keywords = Py_BuildValue("{s:i}", "base", 16), *result;

    result = PyCFunction_Call((PyObject *)&PyLong_Type, args, keywords);
    is_int(PyLong_AsLong(result), 255, "PyCFunction_Call calls any object, with keywords");
    Py_DECREF(result);
    ok(PyCFunction_Call((PyObject *)&PyLong_Type, args, NULL) == NULL,
       "PyCFunction_Call without keywords fails as the object does");
    raises(PyExc_ValueError, "invalid literal for int() with base 10: 'ff'", "PyCFunction_Call keeps the error");
    ok(PyCFunction_Call(args, args, NULL) == NULL, "PyCFunction_Call of a tuple is NULL");
    raises(PyExc_TypeError, "'tuple' object is not callable", "PyCFunction_Call of a tuple");
    Py_DECREF(args);
    Py_DECREF(keywords);
}

static void
test_functions_of_python(void)
{
    static const struct {
        const char *name;
        PyObject *(*get)(PyObject *);
    } getters[] = {
        {"PyFunction_GetCode", PyFunction_GetCode},
        {"PyFunction_GetGlobals", PyFunction_GetGlobals},
        {"PyFunction_GetModule", PyFunction_GetModule},
        {"PyFunction_GetDefaults", PyFunction_GetDefaults},
        {"PyFunction_GetKwDefaults", PyFunction_GetKwDefaults},
        {"PyFunction_GetClosure", PyFunction_GetClosure},
        {"PyFunction_GetAnnotations", PyFunction_GetAnnotations},
    };
    static const struct {
        const char *name;
        int (*set)(PyObject *, PyObject *);
    } setters[] = {
        {"PyFunction_SetDefaults", PyFunction_SetDefaults},
        {"PyFunction_SetKwDefaults", PyFunction_SetKwDefaults},
        {"PyFunction_SetClosure", PyFunction_SetClosure},
    };
    PyObject *builtin = PyObject_GetAttrString((PyObject *)&PyLong_Type, "from_bytes");
    size_t i;

    for (i = 0; i < sizeof getters / sizeof getters[0]; i++) {
        ok(getters[i].get(builtin) == NULL, "%s of a C function is NULL", getters[i].name);
        is_internal(getters[i].name);
        ok(getters[i].get(Py_None) == NULL, "%s of None is NULL", getters[i].name);
        is_internal(getters[i].name);
    }
    for (i = 0; i < sizeof setters / sizeof setters[0]; i++) {
        is_int(setters[i].set(builtin, Py_None), -1, "%s of a C function is -1", setters[i].name);
        is_internal(setters[i].name);
        is_int(setters[i].set(Py_None, Py_None), -1, "%s of None is -1", setters[i].name);
        is_internal(setters[i].name);
    }
    Py_DECREF(builtin);
}

static void
test_default(void)
{
    PyObject *dict = Py_BuildValue("{s:s}", "a", "b"), *key = PyUnicode_FromString("a"), *list = PyList_New(0), *value;

    value = PyDict_SetDefault(dict, key, NULL);
    is_str(PyUnicode_AsUTF8(value), "b", "PyDict_SetDefault needs no default for a key that exists");
    is_int(PyDict_SetDefaultRef(dict, key, NULL, &value), 1,
           "PyDict_SetDefaultRef needs no default for a key that exists");
    is_str(PyUnicode_AsUTF8(value), "b", "PyDict_SetDefaultRef gives the value of a key that exists");
    Py_DECREF(value);
    ok(PyDict_SetDefault(dict, list, NULL) == NULL, "PyDict_SetDefault without a default asks the key for its hash");
    raises(PyExc_TypeError, "cannot use 'list' as a dict key (unhashable type: 'list')",
           "PyDict_SetDefault without a default");
    is_int(PyDict_SetDefaultRef(dict, list, NULL, &value), -1,
           "PyDict_SetDefaultRef without a default asks the key for its hash");
    raises(PyExc_TypeError, "cannot use 'list' as a dict key (unhashable type: 'list')",
           "PyDict_SetDefaultRef without a default");
    is_int(PyDict_Size(dict), 1, "a dict keeps its size");
    Py_DECREF(dict);
    Py_DECREF(key);
    Py_DECREF(list);
}

static void
test_no_view(void)
{
    PyObject *bytes = PyBytes_FromString("abc"), *bytearray = PyByteArray_FromStringAndSize("abc", 3);

    is_int(PyObject_GetBuffer(Py_None, NULL, PyBUF_SIMPLE), -1, "None has no buffer, also without a place for it");
    raises(PyExc_TypeError, "a bytes-like object is required, not 'NoneType'", "a buffer of None");
    is_int(PyObject_GetBuffer(bytes, NULL, PyBUF_SIMPLE), -1, "bytes need a place for their buffer");
    raises(PyExc_BufferError, "PyBuffer_FillInfo: view==NULL argument is obsolete",
           "a buffer of bytes without a place");
    is_int(PyObject_GetBuffer(bytearray, NULL, PyBUF_SIMPLE), -1, "a bytearray needs a place for its buffer");
    raises(PyExc_BufferError, "bytearray_getbuffer: view==NULL argument is obsolete",
           "a buffer of a bytearray without a place");
    Py_DECREF(bytes);
    Py_DECREF(bytearray);
}

static void
test_first_line(void)
{
    static const struct {
        int line;
        const char *shown;
    } rows[] = {{0, "line -1>"}, {-1, "line -1>"}, {1, "line 1>"}, {-7, "line -7>"}, {2000000000, "line 2000000000>"}};
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *code = (PyObject *)PyCode_NewEmpty("file.c", "name", rows[i].line), *text = PyObject_Repr(code);
        PyObject *line = PyObject_GetAttrString(code, "co_firstlineno");
        is_str(strstr(PyUnicode_AsUTF8(text), "line "), rows[i].shown, "the repr of code from line %d", rows[i].line);
        is_int(PyLong_AsLong(line), rows[i].line, "co_firstlineno of code from line %d", rows[i].line);
        Py_DECREF(line);
        Py_DECREF(text);
        Py_DECREF(code);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_hash);
    RUN(test_call);
    RUN(test_functions_of_python);
    RUN(test_default);
    RUN(test_no_view);
    RUN(test_first_line);
    return TAP_END();
}
