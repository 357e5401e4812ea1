/* The parts of code objects, and the lines of their instructions; the types of generators and coroutines, whose objects only Python code
 * can make. */
#include "checks.h"

/* A code object with variables, two of them of inner and outer functions, and with a table of lines. */
static PyCodeObject *
new_code(const char *lines, Py_ssize_t size)
{
    PyObject *code = PyBytes_FromStringAndSize("\x80\0Q\0h\1\x80\0Q\0h\1\x80\0Q\0h\1", 18), *empty = PyTuple_New(0);
    PyObject *names = Py_BuildValue("(ss)", "x", "y"), *cells = Py_BuildValue("(s)", "c"),
             *outer = Py_BuildValue("(sss)", "f", "g", "h");
    PyObject *text = PyUnicode_FromString("f"), *table = PyBytes_FromStringAndSize(lines, size), *none;
    PyCodeObject *made;

    none = PyBytes_FromStringAndSize("", 0);
    made =
        PyUnstable_Code_New(1, 0, 2, 1, 0, code, empty, empty, names, outer, cells, text, text, text, 10, table, none);
    Py_DECREF(code);
    Py_DECREF(empty);
    Py_DECREF(names);
    Py_DECREF(cells);
    Py_DECREF(outer);
    Py_DECREF(text);
    Py_DECREF(table);
    Py_DECREF(none);
    return made;
}

static void
test_parts(void)
{
    PyCodeObject *code = new_code("", 0), *empty = PyCode_NewEmpty("a.c", "f", 3);
    PyObject *instructions;

    instructions = PyCode_GetCode(empty);
    is_text(PyObject_Repr(instructions), "b'\\x80\\x00Q\\x00h\\x01'", "PyCode_GetCode gives the instructions");
    is_text(PyCode_GetVarnames(empty), "()", "an empty function has no variables");
    is_text(PyCode_GetCellvars(empty), "()", "an empty function has no variables of inner functions");
    is_text(PyCode_GetFreevars(empty), "()", "an empty function has no variables of outer functions");
    is_text(PyCode_GetVarnames(code), "('x', 'y')", "PyCode_GetVarnames gives the variables");
    is_text(PyCode_GetCellvars(code), "('c',)", "PyCode_GetCellvars gives the variables that inner functions use");
    is_text(PyCode_GetFreevars(code), "('f', 'g', 'h')", "PyCode_GetFreevars gives the variables of outer functions");
    Py_DECREF(instructions);
    Py_DECREF(code);
    Py_DECREF(empty);
}

static void
test_lines(void)
{
    static const struct {
        const char *table;
        Py_ssize_t size;
        const char *want, *title;
    } cases[] = {
        {"\xea\0", 2, "10: 10 10 10 -1 -1 -1 -1 -1 -1", "entries without columns"},
        {"\xe9\2\xe9\2\xe9\3", 6, "10: 11 11 12 12 11 11 -1 -1 -1", "lines that go up and down"},
        {"\x80\x23\x98\x23\x81\x7f", 6, "10: 10 10 10 10 -1 -1 -1 -1 -1", "short entries stay in the line"},
        {"\xd0\1\2\xd8\1\2\xe0\1\2", 9, "10: 10 11 13 -1 -1 -1 -1 -1 -1", "entries of one line go up by up to two"},
        {"\xf0\4\1\1\1\xf1\x09\1\1\1", 10, "10: 12 8 8 -1 -1 -1 -1 -1 -1", "long entries"},
        {"\xf9\xe8\2\xf8\xe8\0", 6, "10: -1 -1 11 -1 11 -1 -1 -1 -1", "instructions without a line"},
        {"\xe8\x44\x1\xef\0", 5, "10: 44 44 44 44 44 44 44 44 44", "a number of two bytes"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        PyCodeObject *code = new_code(cases[i].table, cases[i].size);
        char got[100];
        size_t length = (size_t)snprintf(got, sizeof got, "%d:", PyCode_Addr2Line(code, -1));
        for (int offset = 0; offset < 18; offset += 2) {
            length += (size_t)snprintf(got + length, sizeof got - length, " %d", PyCode_Addr2Line(code, offset));
        }
        is_str(got, cases[i].want, "%s", cases[i].title);
        is_int(PyCode_Addr2Line(code, 18), -1, "%s: there is no instruction after the last", cases[i].title);
        Py_DECREF(code);
    }
}

static void
test_types(void)
{
    static const struct {
        PyTypeObject *type;
        const char *name, *slots, *attributes;
    } types[] = {
        {&PyGen_Type, "generator", "repr iter next send",
         "send throw close __sizeof__ __class_getitem__ __name__ __qualname__ gi_yieldfrom gi_running gi_frame "
         "gi_suspended "
         "gi_code __iter__ __next__ __repr__"},
        {&PyCoro_Type, "coroutine", "repr await send",
         "send throw close __sizeof__ __class_getitem__ __name__ __qualname__ cr_origin cr_await cr_running cr_frame "
         "cr_code "
         "cr_suspended __await__ __repr__"},
        {&PyAsyncGen_Type, "async_generator", "repr aiter anext send",
         "asend athrow aclose __sizeof__ __class_getitem__ __name__ __qualname__ ag_await ag_frame ag_code ag_running "
         "ag_suspended __aiter__ __anext__ __repr__"},
    };

    for (int i = 0; i < 3; i++) {
        PyTypeObject *type = types[i].type;
        PyObject *object = (PyObject *)type, *dict = PyType_GetDict(type), *alias;
        PyAsyncMethods *async = type->tp_as_async;
        char text[300], *name, *rest;

        is_str(type->tp_name, types[i].name, "%s has its name", types[i].name);
        is_int(type->tp_basicsize, 152, "%s has its size", types[i].name);
        is_int(type->tp_itemsize, 8, "%s has room for variables", types[i].name);
        is_int(type->tp_weaklistoffset, 16, "%s has weak references", types[i].name);
        is_int((long)(type->tp_flags & 0xffff), 0x5182, "%s has its flags", types[i].name);
        snprintf(text, sizeof text, "repr%s%s%s%s%s%s", type->tp_iter != NULL ? " iter" : "",
                 type->tp_iternext != NULL ? " next" : "", async->am_await != NULL ? " await" : "",
                 async->am_aiter != NULL ? " aiter" : "", async->am_anext != NULL ? " anext" : "",
                 async->am_send != NULL ? " send" : "");
        is_str(text, types[i].slots, "%s has its slots", types[i].name);
        snprintf(text, sizeof text, "%s", types[i].attributes);
        for (name = strtok_r(text, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest)) {
            ok(PyDict_GetItemString(dict, name) != NULL, "%s has %s", types[i].name, name);
        }
        Py_DECREF(dict);
        is_ptr(PyObject_CallNoArgs(object), NULL, "%s can't be called", types[i].name);
        snprintf(text, sizeof text, "cannot create '%s' instances", types[i].name);
        raises(PyExc_TypeError, text, "the error for a call of %s", types[i].name);
        alias = PyObject_GetItem(object, (PyObject *)&PyLong_Type);
        snprintf(text, sizeof text, "%s[int]", types[i].name);
        is_text(alias, text, "%s may have arguments in brackets", types[i].name);
        ok(!PyObject_TypeCheck(Py_None, type), "None is no %s", types[i].name);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_parts);
    RUN(test_lines);
    RUN(test_types);
    return TAP_END();
}
