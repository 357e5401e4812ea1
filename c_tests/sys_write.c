/* PySys_WriteStderr, PySys_FormatStderr and their like for sys.stdout: the text, its limit, and the objects that get it. */
#include "checks.h"

#include <unistd.h>

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

/* The functions for one of the two files of sys. */
typedef struct {
    const char *name;
    void (*write)(const char *format, ...);
    void (*format)(const char *format, ...);
} Stream;

static const Stream STREAMS[] = {
    {"stderr", PySys_WriteStderr, PySys_FormatStderr},
    {"stdout", PySys_WriteStdout, PySys_FormatStdout},
};

static void
set_stream(const Stream *stream, PyMethodDef *write)
{
    PyObject *file = PyModule_New("stream"), *function = PyCFunction_New(write, NULL);
    PyObject_SetAttrString(file, "write", function);
    PyObject_SetAttrString(file, "flush", function);
    PySys_SetObject(stream->name, file);
    Py_DECREF(function);
    Py_DECREF(file);
    got[0] = 0;
}

static void
check_stream(const Stream *stream)
{
    static char text[2001];
    PyObject *before = Py_XNewRef(PySys_GetObject(stream->name));
    set_stream(stream, &take_def);
    stream->write("%s is %d\n", "five", 5);
    is_str(got, "five is 5\n", "a text for sys.%s is formatted as printf does", stream->name);
    set_stream(stream, &take_def);
    memset(text, 'a', 1000);
    text[1000] = 0;
    stream->write("%s", text);
    is_int(strlen(got), 1000, "1000 bytes are written to sys.%s", stream->name);
    set_stream(stream, &take_def);
    memset(text, 'a', 1001);
    stream->write("%s", text);
    is_int(strlen(got), 1000 + strlen("... truncated"), "a longer text for sys.%s is cut", stream->name);
    is_str(got + 1000, "... truncated", "a note says that a text for sys.%s was cut", stream->name);
    set_stream(stream, &take_def);
    memset(text, 'a', 2000);
    stream->format("%s%R", text, Py_None);
    is_int(strlen(got), 2004, "PySys_FormatStderr and its like have no limit for sys.%s", stream->name);
    is_str(got + 2000, "None", "objects are formatted for sys.%s", stream->name);
    set_stream(stream, &take_def);
    PyErr_SetString(PyExc_KeyError, "kept");
    stream->write("text");
    stream->format("%s", "more");
    is_str(got, "textmore", "a text is written to sys.%s while an error is pending", stream->name);
    raises(PyExc_KeyError, "'kept'", "the pending error stays after a text for sys.%s", stream->name);
    set_stream(stream, &refuse_def);
    stream->write("# to the descriptor\n");
    no_error("an error of the object in sys.%s is dropped", stream->name);
    PySys_SetObject(stream->name, before);
    Py_XDECREF(before);
}

static void
test_write(void)
{
    check_stream(&STREAMS[0]);
    check_stream(&STREAMS[1]);
}

static PyObject *other = NULL;

/* Writes to C's stream, because the object in sys.stdout does not take the text. */
static void
write_to_c(void)
{
    fflush(stdout);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    PySys_SetObject("stdout", other);
    PySys_WriteStdout("number %d\n", 3);
    PySys_FormatStdout("object %R\n", Py_None);
    PySys_WriteStdout("bytes \xff\n");
    fflush(stdout);
    _exit(0);
}

static void
test_without_object(void)
{
    static const char *const KINDS[] = {"None", "missing", "an object without the method write"};
    char text[200];
    size_t i;
    for (i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        other = i == 0 ? Py_None : i == 1 ? NULL : PyTuple_New(0);
        is_int(in_child(write_to_c, text, sizeof text), 0, "a child writes while sys.stdout is %s", KINDS[i]);
        is_str(text, "number 3\nobject None\nbytes \xff\n", "the text goes to C's stream when sys.stdout is %s",
               KINDS[i]);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_write);
    RUN(test_without_object);
    return TAP_END();
}
