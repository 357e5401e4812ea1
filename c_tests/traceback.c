/* Code objects, frames and tracebacks as modules of C make them, so that a printed error names its file, function and line. */
#include "checks.h"

#if defined(__has_include)
#if __has_include(<frameobject.h>)
#include <frameobject.h>
#endif
#endif

static PyCodeObject *
new_code(const char *function, int line)
{
    return PyCode_NewEmpty("no such file.c", function, line);
}

static PyFrameObject *
new_frame(const char *function, int line)
{
    PyCodeObject *code = new_code(function, line);
    PyObject *globals = PyDict_New();
    PyFrameObject *frame = PyFrame_New(PyThreadState_Get(), code, globals, NULL);
    Py_DECREF(code);
    Py_DECREF(globals);
    return frame;
}

static void
test_code(void)
{
    PyObject *code = (PyObject *)new_code("function", 42);
    struct {
        const char *name, *value;
    } attributes[] = {
        {"co_name", "function"},     {"co_qualname", "function"}, {"co_filename", "no such file.c"},
        {"co_firstlineno", "42"},    {"co_flags", "0"},           {"co_argcount", "0"},
        {"co_posonlyargcount", "0"}, {"co_kwonlyargcount", "0"},  {"co_nlocals", "0"},
        {"co_stacksize", "1"},       {"co_names", "()"},          {"co_consts", "()"},
        {"co_varnames", "()"},       {"co_freevars", "()"},       {"co_cellvars", "()"},
    };
    for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++) {
        is_text(PyObject_GetAttrString(code, attributes[i].name), attributes[i].value, "%s is %s", attributes[i].name,
                attributes[i].value);
    }
    is_int(((PyCodeObject *)code)->co_firstlineno, 42, "the first line is in the layout");
    ok(PyCode_Check(code), "PyCode_Check accepts it");
    is_int(PyObject_IS_GC(code), 0, "a code object takes no part in collection");
    PyObject *text = PyObject_Repr(code);
    ok(strstr(PyUnicode_AsUTF8(text), "<code object function at 0x") != NULL, "its text names the function");
    ok(strstr(PyUnicode_AsUTF8(text), ", file \"no such file.c\", line 42>") != NULL,
       "its text names the file and the line");
    Py_DECREF(text);
    PyObject *reference = PyWeakref_NewRef(code, NULL);
    Py_DECREF(code);
    is_int(PyWeakref_IsDead(reference), 1, "a code object can have weak references");
    Py_DECREF(reference);
}

#if PY_VERSION_HEX >= 0x030c0000
static void
test_code_of_parts(void)
{
    PyObject *empty = PyTuple_New(0), *bytes = PyBytes_FromStringAndSize("\0\0\0\0", 4),
             *name = PyUnicode_FromString("f");
    PyObject *names = PyTuple_New(2), *nothing = PyBytes_FromString("");
    PyTuple_SetItem(names, 0, PyUnicode_FromString("x"));
    PyTuple_SetItem(names, 1, PyUnicode_FromString("y"));
    PyObject *code = (PyObject *)PyUnstable_Code_NewWithPosOnlyArgs(
        2, 1, 0, 2, 3, 67, bytes, empty, empty, names, empty, empty, name, name, name, 7, nothing, nothing);
    is_text(PyObject_GetAttrString(code, "co_argcount"), "2", "the arguments are counted");
    is_text(PyObject_GetAttrString(code, "co_posonlyargcount"), "1", "the arguments without a keyword are counted");
    is_text(PyObject_GetAttrString(code, "co_varnames"), "('x', 'y')", "the variables have names");
    is_text(PyObject_GetAttrString(code, "co_firstlineno"), "7", "the first line is given");
    Py_XDECREF(code);
    is_ptr(PyUnstable_Code_NewWithPosOnlyArgs(0, 0, 0, 0, 0, 0, empty, empty, empty, empty, empty, empty, name, name,
                                              name, 7, nothing, nothing),
           NULL, "the instructions are bytes");
    raises_internal("instructions that are a tuple");
    is_ptr(PyUnstable_Code_NewWithPosOnlyArgs(0, 1, 0, 0, 0, 0, bytes, empty, empty, empty, empty, empty, name, name,
                                              name, 7, nothing, nothing),
           NULL, "no more arguments without a keyword than arguments are possible");
    raises_internal("more arguments without a keyword than arguments");
    Py_DECREF(empty);
    Py_DECREF(bytes);
    Py_DECREF(name);
    Py_DECREF(names);
    Py_DECREF(nothing);
}
#endif

static void
test_frame(void)
{
    PyCodeObject *code = new_code("function", 42);
    PyObject *globals = PyDict_New();
    PyFrameObject *frame = PyFrame_New(PyThreadState_Get(), code, globals, NULL);
    is_int(PyFrame_GetLineNumber(frame), 42, "the line of a frame is the first of its code");
    PyCodeObject *found = PyFrame_GetCode(frame);
    is_ptr(found, code, "a frame has its code");
    Py_XDECREF(found);
    is_ptr(PyFrame_GetBack(frame), NULL, "C calls a frame by itself");
    is_int(PyFrame_GetLasti(frame), 2, "the last instruction is the second");
    PyObject *own = PyFrame_GetGlobals(frame);
    is_ptr(own, globals, "a frame has its globals");
    Py_XDECREF(own);
    is_text(PyFrame_GetLocals(frame), "{}", "the locals are an empty dict");
    is_text(PyObject_GetAttrString((PyObject *)frame, "f_lineno"), "42", "f_lineno is the line");
    is_text(PyObject_GetAttrString((PyObject *)frame, "f_back"), "None", "f_back is None");
    is_ptr(PyThreadState_GetFrame(PyThreadState_Get()), NULL, "no Python code runs in the thread");
    is_ptr(PyEval_GetFrame(), NULL, "no Python code runs");
    is_ptr(PyEval_GetGlobals(), NULL, "there are no globals of Python code");
    Py_DECREF(frame);
    is_int(Py_REFCNT(globals), 1, "a frame that ends drops its globals");
    Py_DECREF(globals);
    Py_DECREF(code);
}

static void
test_traceback(void)
{
    PyFrameObject *inner = new_frame("inner", 10), *outer = new_frame("outer", 20);
    PyErr_SetString(PyExc_ValueError, "bad value");
    is_int(PyTraceBack_Here(inner), 0, "a frame is added to the pending error");
    is_int(PyTraceBack_Here(outer), 0, "the frame that called it is added");
    PyObject *error = PyErr_GetRaisedException(), *traceback = PyException_GetTraceback(error);
    ok(PyTraceBack_Check(traceback), "the error has a traceback");
    is_text(PyObject_GetAttrString(traceback, "tb_lineno"), "20", "the outer frame is first");
    PyObject *frame = PyObject_GetAttrString(traceback, "tb_frame"),
             *next = PyObject_GetAttrString(traceback, "tb_next");
    is_ptr(frame, outer, "tb_frame is the frame");
    is_text(PyObject_GetAttrString(next, "tb_lineno"), "10", "tb_next is the inner frame");
    is_text(PyObject_GetAttrString(next, "tb_next"), "None", "the inner frame is last");
    is_text(PyObject_GetAttrString(traceback, "tb_lasti"), "2", "tb_lasti is the last instruction");
    is_int(PyObject_SetAttrString(next, "tb_next", traceback), -1, "a loop of frames is refused");
    raises(PyExc_ValueError, "traceback loop detected", "a loop of frames");
    is_int(PyException_SetTraceback(error, Py_None), 0, "None removes the traceback");
    is_ptr(PyException_GetTraceback(error), NULL, "there is no traceback afterwards");
    is_int(PyException_SetTraceback(error, traceback), 0, "a traceback is put back");
    is_int(PyException_SetTraceback(error, (PyObject *)inner), -1, "another object is refused");
    raises(PyExc_TypeError, "__traceback__ must be a traceback or None", "another object as a traceback");
    fflush(stdout);
    PyErr_SetRaisedException(error);
    PyErr_Print();
    no_error("a printed error is cleared");
    Py_DECREF(frame);
    Py_DECREF(next);
    Py_DECREF(traceback);
    Py_DECREF(inner);
    Py_DECREF(outer);
}

/* The text that a function writes to standard error. */
static const char *
written(void (*work)(void))
{
    static char text[4000];
    int ends[2], saved = dup(2);
    fflush(stderr);
    if (pipe(ends) != 0) {
        return "no pipe";
    }
    dup2(ends[1], 2);
    work();
    fflush(stderr);
    PyObject *stream = PySys_GetObject("stderr"), *name = PyUnicode_FromString("flush");
    Py_XDECREF(PyObject_CallMethodNoArgs(stream, name));
    Py_DECREF(name);
    PyErr_Clear();
    dup2(saved, 2);
    close(saved);
    close(ends[1]);
    ssize_t length = read(ends[0], text, sizeof(text) - 1);
    text[length > 0 ? length : 0] = 0;
    close(ends[0]);
    return text;
}

static void
print_two(void)
{
    PyFrameObject *inner = new_frame("inner", 10), *outer = new_frame("outer", 20);
    PyErr_SetString(PyExc_ValueError, "bad value");
    PyTraceBack_Here(inner);
    PyTraceBack_Here(outer);
    PyErr_Print();
    Py_DECREF(inner);
    Py_DECREF(outer);
}

static void
print_often(void)
{
    PyFrameObject *frame = new_frame("again", 5);
    PyErr_SetString(PyExc_ValueError, "deep");
    for (int i = 0; i < 6; i++) {
        PyTraceBack_Here(frame);
    }
    PyErr_Print();
    Py_DECREF(frame);
}

static void
print_unraisable(void)
{
    PyFrameObject *frame = new_frame("ignored", 5);
    PyErr_SetString(PyExc_ValueError, "unraisable");
    PyTraceBack_Here(frame);
    PyErr_WriteUnraisable(NULL);
    Py_DECREF(frame);
}

static void
print_traceback(void)
{
    PyFrameObject *frame = new_frame("shown", 5);
    PyErr_SetString(PyExc_ValueError, "alone");
    PyTraceBack_Here(frame);
    PyObject *error = PyErr_GetRaisedException(), *traceback = PyException_GetTraceback(error);
    PyTraceBack_Print(traceback, PySys_GetObject("stderr"));
    Py_DECREF(traceback);
    Py_DECREF(error);
    Py_DECREF(frame);
}

static void
test_printed(void)
{
    is_str(written(print_two),
           "Traceback (most recent call last):\n"
           "  File \"no such file.c\", line 20, in outer\n"
           "  File \"no such file.c\", line 10, in inner\n"
           "ValueError: bad value\n",
           "PyErr_Print shows the frames, the innermost last");
    is_str(written(print_often),
           "Traceback (most recent call last):\n"
           "  File \"no such file.c\", line 5, in again\n"
           "  File \"no such file.c\", line 5, in again\n"
           "  File \"no such file.c\", line 5, in again\n"
           "  [Previous line repeated 3 more times]\n"
           "ValueError: deep\n",
           "equal frames are shown three times");
    is_str(written(print_unraisable),
           "Traceback (most recent call last):\n"
           "  File \"no such file.c\", line 5, in ignored\n"
           "ValueError: unraisable\n",
           "PyErr_WriteUnraisable shows the frame");
    is_str(written(print_traceback),
           "Traceback (most recent call last):\n"
           "  File \"no such file.c\", line 5, in shown\n",
           "PyTraceBack_Print shows the frames alone");
    is_int(PyTraceBack_Print(Py_None, PySys_GetObject("stderr")), -1, "PyTraceBack_Print refuses another object");
    raises_internal("PyTraceBack_Print of another object");
    is_int(PyTraceBack_Print(NULL, Py_None), 0, "PyTraceBack_Print does nothing for NULL");
}

static void
test_recursion(void)
{
    is_int(Py_EnterRecursiveCall(" in a test"), 0, "a recursion is entered while there is stack");
    Py_LeaveRecursiveCall();
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_code);
#if PY_VERSION_HEX >= 0x030c0000
    RUN(test_code_of_parts);
#endif
    RUN(test_frame);
    RUN(test_traceback);
    RUN(test_printed);
    RUN(test_recursion);
    return TAP_END();
}
