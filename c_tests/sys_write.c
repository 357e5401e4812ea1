/* PySys_WriteStderr and PySys_FormatStderr: the text, its limit, and the objects that get it. */
#include "checks.h"

static char got[4096];

static PyObject *
take(PyObject *self, PyObject *text)
{
    (void)self;
    strncat(got, PyUnicode_AsUTF8(text), sizeof(got) - strlen(got) - 1);
    return Py_NewRef(Py_None);
}

static PyObject *
refuse(PyObject *self, PyObject *text)
{
    (void)self;
    (void)text;
    PyErr_SetString(PyExc_OSError, "full");
    return NULL;
}

static PyMethodDef take_def = {"write", take, METH_O, NULL}, refuse_def = {"write", refuse, METH_O, NULL};

static void
set_stderr(PyMethodDef *write)
{
    PyObject *stream = PyModule_New("stream"), *function = PyCFunction_New(write, NULL);
    PyObject_SetAttrString(stream, "write", function);
    PyObject_SetAttrString(stream, "flush", function);
    PySys_SetObject("stderr", stream);
    Py_DECREF(function);
    Py_DECREF(stream);
    got[0] = 0;
}

static void
test_write(void)
{
    static char text[2001];
    PyObject *before = Py_XNewRef(PySys_GetObject("stderr"));
    set_stderr(&take_def);
    PySys_WriteStderr("%s is %d\n", "five", 5);
    is_str(got, "five is 5\n", "PySys_WriteStderr formats a text as printf does");
    set_stderr(&take_def);
    memset(text, 'a', 1000);
    PySys_WriteStderr("%s", text);
    is_int(strlen(got), 1000, "1000 bytes are written");
    set_stderr(&take_def);
    memset(text, 'a', 1001);
    PySys_WriteStderr("%s", text);
    is_int(strlen(got), 1000 + strlen("... truncated"), "a longer text is cut");
    is_str(got + 1000, "... truncated", "a note says that a text was cut");
    set_stderr(&take_def);
    memset(text, 'a', 2000);
    PySys_FormatStderr("%s%R", text, Py_None);
    is_int(strlen(got), 2004, "PySys_FormatStderr has no limit");
    is_str(got + 2000, "None", "PySys_FormatStderr formats objects");
    set_stderr(&take_def);
    PyErr_SetString(PyExc_KeyError, "kept");
    PySys_WriteStderr("text");
    PySys_FormatStderr("%s", "more");
    is_str(got, "textmore", "a text is written while an error is pending");
    raises(PyExc_KeyError, "'kept'", "the pending error stays");
    set_stderr(&refuse_def);
    PySys_WriteStderr("# to the descriptor\n");
    no_error("an error of the object is dropped");
    PySys_SetObject("stderr", before);
    Py_XDECREF(before);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_write);
    return TAP_END();
}
