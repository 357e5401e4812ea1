/* sys.stderr that a program has set: its `write` gets errors and warnings in the pieces that CPython writes, and its `flush`
 * is called where CPython calls it; also a `write` that raises, a missing method, None, and none at all.  Each case runs in
 * a child, where the file shows each call on descriptor 2: W and a repr, FLUSH, and ! when it raises. */
#include "errors_support.h"

#include <unistd.h>

/* The kinds of sys.stderr. */
enum { FILE_, RAISES, RAISES_FIRST, RAISES_SECOND, NO_WRITE, NO_FLUSH, FLUSH_RAISES, NONE, MISSING };

static int mode, writes;

static void
say(const char *text)
{
    if (write(STDERR_FILENO, text, strlen(text)) < 0) {
        _exit(3);
    }
}

static PyObject *
file_write(PyObject *self, PyObject *text)
{
    PyObject *repr = PyObject_ASCII(text);

    (void)self;
    writes++;
    say("W");
    say(PyUnicode_AsUTF8(repr));
    Py_DECREF(repr);
    if (mode == RAISES || (mode == RAISES_FIRST && writes == 1) || (mode == RAISES_SECOND && writes == 2)) {
        say("!");
        PyErr_SetString(PyExc_OSError, "no write");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
file_flush(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    say(" FLUSH ");
    if (mode == FLUSH_RAISES) {
        say("!");
        PyErr_SetString(PyExc_OSError, "no flush");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *
bad_hook(PyObject *self, PyObject *arguments)
{
    (void)self;
    (void)arguments;
    PyErr_SetString(PyExc_KeyError, "hook");
    return NULL;
}

static PyMethodDef write_definition = {"write", file_write, METH_O, NULL};
static PyMethodDef flush_definition = {"flush", file_flush, METH_NOARGS, NULL};
static PyMethodDef hook_definition = {"hook", bad_hook, METH_VARARGS, NULL};

static void
set_stderr(void)
{
    PyObject *file = PyModule_New("file");

    if (mode != NO_WRITE) {
        PyModule_Add(file, "write", PyCFunction_NewEx(&write_definition, NULL, NULL));
    }
    if (mode != NO_FLUSH) {
        PyModule_Add(file, "flush", PyCFunction_NewEx(&flush_definition, NULL, NULL));
    }
    PySys_SetObject("stderr", mode == MISSING ? NULL : mode == NONE ? Py_None : file);
    Py_DECREF(file);
}

/* An object that stays referenced until the child ends. */
static PyObject *
keep(PyObject *object)
{
    static PyObject *kept = NULL;

    if (kept == NULL) {
        kept = PyList_New(0);
    }
    PyList_Append(kept, object);
    Py_DECREF(object);
    return object;
}

static PyObject *
value_error(const char *text)
{
    PyErr_SetString(PyExc_ValueError, text);
    return PyErr_GetRaisedException();
}

static void
print(PyObject *error)
{
    PyErr_SetRaisedException(error);
    PyErr_Print();
}

static void
act_print(void)
{
    print(value_error("two\nlines"));
}

static void
act_notes(void)
{
    PyObject *error = value_error("x");
    PyObject *name = keep(PyUnicode_FromString("add_note")), *note = keep(PyUnicode_FromString("a\nb"));

    Py_XDECREF(PyObject_CallMethodObjArgs(error, name, note, NULL));
    print(error);
}

static void
act_context(void)
{
    PyObject *error = value_error("outer");

    PyException_SetContext(error, value_error("inner"));
    PyErr_Display(NULL, keep(error), NULL);
}

static void
act_cause(void)
{
    PyObject *error = value_error("outer");

    PyException_SetCause(error, value_error("inner"));
    PyErr_Display(NULL, keep(error), NULL);
}

static void
act_group(void)
{
    PyObject *members = keep(PyTuple_Pack(2, keep(value_error("m1")), keep(value_error("m2\nx"))));
    PyObject *text = keep(PyUnicode_FromString("grp"));

    print(PyObject_CallFunctionObjArgs(PyExc_BaseExceptionGroup, text, members, NULL));
}

static void
act_syntax(void)
{
    PyObject *file = keep(PyUnicode_FromString("f.py")), *text = keep(PyUnicode_FromString("a b\n"));
    PyObject *place = keep(PyTuple_Pack(4, file, keep(PyLong_FromLong(3)), keep(PyLong_FromLong(2)), text));

    print(PyObject_CallFunctionObjArgs(PyExc_SyntaxError, keep(PyUnicode_FromString("syn")), place, NULL));
}

static void
act_surrogate(void)
{
    PyErr_SetObject(PyExc_ValueError, keep(PyUnicode_DecodeUTF8("s\xed\xb3\xbf", 4, "surrogatepass")));
    PyErr_Print();
}

static void
act_no_exception(void)
{
    PyErr_Display(NULL, keep(PyLong_FromLong(3)), NULL);
}

static void
act_warn(void)
{
    int status = PyErr_WarnEx(NULL, "warned", 1);

    say(status < 0 ? "failed" : "done");
    PyErr_Clear();
}

static void
act_unraisable(void)
{
    PyErr_SetString(PyExc_ValueError, "unr");
    PyErr_WriteUnraisable(keep(PyLong_FromLong(5)));
}

static void
act_unraisable_class(void)
{
    PyErr_SetString(keep(PyErr_NewException("a.b.C", NULL, NULL)), "unr");
    PyErr_WriteUnraisable(NULL);
}

/* A class with a module that is no str. */
static PyObject *
class_of_unknown_module(void)
{
    PyObject *type = PyErr_NewException("a.C", NULL, NULL), *number = PyLong_FromLong(5);

    PyObject_SetAttrString(type, "__module__", number);
    Py_DECREF(number);
    return type;
}

static void
act_unknown(void)
{
    print(PyObject_CallNoArgs(class_of_unknown_module()));
}

static void
act_unraisable_unknown(void)
{
    PyErr_SetString(class_of_unknown_module(), "unr");
    PyErr_WriteUnraisable(NULL);
}

static void
act_exit(void)
{
    PyErr_SetObject(PyExc_SystemExit, keep(PyUnicode_FromString("bye")));
    PyErr_Print();
}

static void
act_no_hook(void)
{
    PySys_SetObject("excepthook", NULL);
    print(value_error("x"));
}

static void
act_bad_hook(void)
{
    PySys_SetObject("excepthook", keep(PyCFunction_NewEx(&hook_definition, NULL, NULL)));
    print(value_error("x"));
}

static void
act_bad_unraisable_hook(void)
{
    PySys_SetObject("unraisablehook", keep(PyCFunction_NewEx(&hook_definition, NULL, NULL)));
    act_unraisable();
}

static void
act_finalize(void)
{
    say(Py_FinalizeEx() < 0 ? "failed" : "done");
}

static const struct {
    int mode;
    void (*act)(void);
    const char *sentence;
    int status;
    const char *want;
} rows[] = {
    {FILE_, act_print, "an error goes to sys.stderr", 0, "W'ValueError: two\\nlines\\n'W''"},
    {FILE_, act_notes, "an error with a note goes to sys.stderr", 0, "W'ValueError: x\\n'W''W'a\\n'W''W'b\\n'W''"},
    {FILE_, act_context, "an error with a context goes to sys.stderr", 0,
     "W'ValueError: inner\\n'W''W'\\nDuring handling of the above exception, another exception occurred:\\n\\n"
     "'W''W'ValueError: outer\\n'W''"},
    {FILE_, act_cause, "an error with a cause goes to sys.stderr", 0,
     "W'ValueError: inner\\n'W''W'\\nThe above exception was the direct cause of the following exception:\\n\\n"
     "'W''W'ValueError: outer\\n'W''"},
    {FILE_, act_group, "a group goes to sys.stderr", 0,
     "W'  | ExceptionGroup: grp (2 sub-exceptions)\\n'W''W'  +-+---------------- 1 ----------------\\n'W''W'  "
     "  | ValueError: m1\\n'W''W'    +---------------- 2 ----------------\\n'W''W'    | ValueError: m2\\n    |"
     " x\\n'W''W'    +------------------------------------\\n'W''"},
    {FILE_, act_syntax, "a syntax error goes to sys.stderr", 0,
     "W'  File \"f.py\", line 3\\n'W''W'    a b\\n'W''W'     ^^\\n'W''W'SyntaxError: syn\\n'W''"},
    {FILE_, act_surrogate, "an error with a surrogate in its text goes to sys.stderr", 0,
     "W'ValueError: s\\udcff\\n'W''"},
    {FILE_, act_no_exception, "an object that is no exception goes to sys.stderr", 0,
     "W'TypeError: print_exception(): Exception expected for value, 'W'int'W' found\\n' FLUSH "},
    {FILE_, act_warn, "a warning goes to sys.stderr", 0, "W'<sys>:0: RuntimeWarning: warned\\n'done"},
    {FILE_, act_unraisable, "an unraisable error with an object goes to sys.stderr", 0,
     "W'Exception ignored in: 'W'5'W'\\n'W'ValueError'W': 'W'unr'W'\\n' FLUSH "},
    {FILE_, act_unraisable_class, "an unraisable error of a class with a module goes to sys.stderr", 0,
     "W'a.b'W'.'W'C'W': 'W'unr'W'\\n' FLUSH "},
    {FILE_, act_unraisable_unknown, "an unraisable error of a class with no known module goes to sys.stderr", 0,
     "W'<unknown>'W'C'W': 'W'unr'W'\\n' FLUSH "},
    {FILE_, act_unknown, "an error of a class with no known module goes to sys.stderr", 0, "W'<unknown>.C\\n'W''"},
    {FILE_, act_exit, "the text of a SystemExit goes to sys.stderr", 1, "W'bye'W'\\n' FLUSH "},
    {FILE_, act_no_hook, "an error without sys.excepthook goes to sys.stderr", 0,
     "W'sys.excepthook is missing\\n'W'ValueError: x\\n'W''"},
    {FILE_, act_bad_hook, "an error whose sys.excepthook raises goes to sys.stderr", 0,
     "W'Error in sys.excepthook:\\n'W\"KeyError: 'hook'\\n\"W''W'\\nOriginal exception was:\\n'W'ValueError: x"
     "\\n'W''"},
    {FILE_, act_bad_unraisable_hook, "an error whose sys.unraisablehook raises goes to sys.stderr", 0,
     "W'Exception ignored in sys.unraisablehook'W': 'W'<built-in function hook>'W'\\n'W'KeyError'W': 'W\"'hook"
     "'\"W'\\n' FLUSH "},
    {FILE_, act_finalize, "Py_FinalizeEx flushes sys.stderr", 0, " FLUSH done"},
    {RAISES, act_print, "an error is written where write always raises", 0,
     "W'ValueError: two\\nlines\\n'!W'ValueError'!object type name: ValueError\nobject repr     : ValueError('"
     "two\\nlines')\nlost sys.stderr\n FLUSH "},
    {RAISES, act_context, "an error with a context is written where write always raises", 0,
     "W'ValueError: inner\\n'!W'ValueError'!object type name: ValueError\nobject repr     : ValueError('outer'"
     ")\nlost sys.stderr\n FLUSH "},
    {RAISES, act_group, "a group is written where write always raises", 0,
     "W'  | ExceptionGroup: grp (2 sub-exceptions)\\n'!W'ExceptionGroup'!object type name: ExceptionGroup\nobj"
     "ect repr     : ExceptionGroup('grp', (ValueError('m1'), ValueError('m2\\nx')))\nlost sys.stderr\n FLUSH "},
    {RAISES, act_syntax, "a syntax error is written where write always raises", 0,
     "W'  File \"f.py\", line 3\\n'!W'  File \"f.py\", line 0\\n'!object type name: SyntaxError\nobject repr  "
     "   : SyntaxError('syn', ('f.py', 3, 2, 'a b\\n'))\nlost sys.stderr\n FLUSH "},
    {RAISES, act_no_exception, "an object that is no exception is written where write always raises", 0,
     "W'TypeError: print_exception(): Exception expected for value, '!object type name: int\nobject repr     :"
     " 3\nlost sys.stderr\n FLUSH "},
    {RAISES, act_warn, "a warning is written where write always raises", 0,
     "W'<sys>:0: RuntimeWarning: warned\\n'!done"},
    {RAISES, act_unraisable, "an unraisable error with an object is written where write always raises", 0,
     "W'Exception ignored in: '!W'Exception ignored in sys.unraisablehook'!"},
    {RAISES, act_exit, "the text of a SystemExit is written where write always raises", 1, "W'bye'!W'\\n'!\n FLUSH "},
    {RAISES, act_bad_hook, "an error whose sys.excepthook raises is written where write always raises", 0,
     "W'Error in sys.excepthook:\\n'!Error in sys.excepthook:\nW\"KeyError: 'hook'\\n\"!W'KeyError'!object typ"
     "e name: KeyError\nobject repr     : KeyError('hook')\nlost sys.stderr\n FLUSH W'\\nOriginal exception wa"
     "s:\\n'!\nOriginal exception was:\nW'ValueError: x\\n'!W'ValueError'!object type name: ValueError\nobject"
     " repr     : ValueError('x')\nlost sys.stderr\n FLUSH "},
    {RAISES, act_bad_unraisable_hook, "an error whose sys.unraisablehook raises is written where write always raises",
     0, "W'Exception ignored in sys.unraisablehook'!"},
    {RAISES_FIRST, act_print, "an error is written where write raises at first", 0,
     "W'ValueError: two\\nlines\\n'!W'ValueError'W': 'W'two\\nlines'W'\\n' FLUSH "},
    {RAISES_FIRST, act_context, "an error with a context is written where write raises at first", 0,
     "W'ValueError: inner\\n'!W'ValueError'W': 'W'inner'W'\\n'W'\\n'W'During handling of the above exception, "
     "another exception occurred:\\n'W'\\n'W'ValueError'W': 'W'outer'W'\\n' FLUSH "},
    {RAISES_FIRST, act_unknown, "an error of a class with no known module is written where write raises at first", 0,
     "W'<unknown>.C\\n'!W'<unknown>.'W'C'W''W'\\n' FLUSH "},
    {RAISES_FIRST, act_group, "a group is written where write raises at first", 0,
     "W'  | ExceptionGroup: grp (2 sub-exceptions)\\n'!W'ExceptionGroup'W': 'W'grp (2 sub-exceptions)'W'\\n' F"
     "LUSH "},
    {RAISES_FIRST, act_syntax, "a syntax error is written where write raises at first", 0,
     "W'  File \"f.py\", line 3\\n'!W'  File \"f.py\", line 0\\n'W'SyntaxError'W': 'W'syn (f.py, line 3)'W'\\n"
     "' FLUSH "},
    {RAISES_FIRST, act_no_exception, "an object that is no exception is written where write raises at first", 0,
     "W'TypeError: print_exception(): Exception expected for value, '!object type name: int\nobject repr     :"
     " 3\nlost sys.stderr\n FLUSH "},
    {RAISES_FIRST, act_warn, "a warning is written where write raises at first", 0,
     "W'<sys>:0: RuntimeWarning: warned\\n'!done"},
    {RAISES_FIRST, act_unraisable, "an unraisable error with an object is written where write raises at first", 0,
     "W'Exception ignored in: '!W'Exception ignored in sys.unraisablehook'W': 'W'<built-in function unraisable"
     "hook>'W'\\n'W'OSError'W': 'W'no write'W'\\n' FLUSH "},
    {RAISES_FIRST, act_exit, "the text of a SystemExit is written where write raises at first", 1,
     "W'bye'!W'\\n' FLUSH "},
    {RAISES_FIRST, act_bad_hook, "an error whose sys.excepthook raises is written where write raises at first", 0,
     "W'Error in sys.excepthook:\\n'!Error in sys.excepthook:\nW\"KeyError: 'hook'\\n\"W''W'\\nOriginal except"
     "ion was:\\n'W'ValueError: x\\n'W''"},
    {RAISES_FIRST, act_bad_unraisable_hook,
     "an error whose sys.unraisablehook raises is written where write raises at first", 0,
     "W'Exception ignored in sys.unraisablehook'!"},
    {RAISES_SECOND, act_print, "an error is written where the second write raises", 0,
     "W'ValueError: two\\nlines\\n'W''!W'ValueError'W': 'W'two\\nlines'W'\\n' FLUSH "},
    {RAISES_SECOND, act_unraisable, "an unraisable error with an object is written where the second write raises", 0,
     "W'Exception ignored in: 'W'5'!W'<object repr() failed>'W'\\n'W'ValueError'W': 'W'unr'W'\\n' FLUSH "},
    {RAISES_SECOND, act_unraisable_class,
     "an unraisable error of a class with a module is written where the second write raises", 0,
     "W'a.b'W'.'!W'Exception ignored in sys.unraisablehook'W': 'W'<built-in function unraisablehook>'W'\\n'W'O"
     "SError'W': 'W'no write'W'\\n' FLUSH "},
    {NO_WRITE, act_print, "an error is written where there is no write", 0,
     "object type name: ValueError\nobject repr     : ValueError('two\\nlines')\nlost sys.stderr\n FLUSH "},
    {NO_WRITE, act_warn, "a warning is written where there is no write", 0, "failed"},
    {NO_WRITE, act_unraisable, "an unraisable error with an object is written where there is no write", 0, ""},
    {NO_WRITE, act_exit, "the text of a SystemExit is written where there is no write", 1, "\n FLUSH "},
    {NO_WRITE, act_finalize, "Py_FinalizeEx is called where there is no write", 0, " FLUSH done"},
    {NO_FLUSH, act_print, "an error is written where there is no flush", 0, "W'ValueError: two\\nlines\\n'W''"},
    {NO_FLUSH, act_warn, "a warning is written where there is no flush", 0,
     "W'<sys>:0: RuntimeWarning: warned\\n'done"},
    {NO_FLUSH, act_unraisable, "an unraisable error with an object is written where there is no flush", 0,
     "W'Exception ignored in: 'W'5'W'\\n'W'ValueError'W': 'W'unr'W'\\n'W'Exception ignored in sys.unraisableho"
     "ok'W': 'W'<built-in function unraisablehook>'W'\\n'W'AttributeError'W': 'W\"module 'file' has no attribu"
     "te 'flush'\"W'\\n'"},
    {NO_FLUSH, act_exit, "the text of a SystemExit is written where there is no flush", 120, "W'bye'W'\\n'"},
    {NO_FLUSH, act_finalize, "Py_FinalizeEx is called where there is no flush", 0, "failed"},
    {FLUSH_RAISES, act_print, "an error is written where flush raises", 0, "W'ValueError: two\\nlines\\n'W''"},
    {FLUSH_RAISES, act_warn, "a warning is written where flush raises", 0, "W'<sys>:0: RuntimeWarning: warned\\n'done"},
    {FLUSH_RAISES, act_unraisable, "an unraisable error with an object is written where flush raises", 0,
     "W'Exception ignored in: 'W'5'W'\\n'W'ValueError'W': 'W'unr'W'\\n' FLUSH !W'Exception ignored in sys.unra"
     "isablehook'W': 'W'<built-in function unraisablehook>'W'\\n'W'OSError'W': 'W'no flush'W'\\n' FLUSH !"},
    {FLUSH_RAISES, act_exit, "the text of a SystemExit is written where flush raises", 120, "W'bye'W'\\n' FLUSH !"},
    {FLUSH_RAISES, act_finalize, "Py_FinalizeEx is called where flush raises", 0, " FLUSH !failed"},
    {NONE, act_print, "an error is written where sys.stderr is None", 0, ""},
    {NONE, act_no_exception, "an object that is no exception is written where sys.stderr is None", 0, ""},
    {NONE, act_warn, "a warning is written where sys.stderr is None", 0, "done"},
    {NONE, act_unraisable, "an unraisable error with an object is written where sys.stderr is None", 0, ""},
    {NONE, act_exit, "the text of a SystemExit is written where sys.stderr is None", 1, "bye\n"},
    {NONE, act_no_hook, "an error without sys.excepthook is written where sys.stderr is None", 0,
     "sys.excepthook is missing\n"},
    {NONE, act_bad_hook, "an error whose sys.excepthook raises is written where sys.stderr is None", 0,
     "Error in sys.excepthook:\n\nOriginal exception was:\n"},
    {NONE, act_finalize, "Py_FinalizeEx is called where sys.stderr is None", 0, "done"},
    {MISSING, act_print, "an error is written where sys.stderr is missing", 0,
     "object type name: ValueError\nobject repr     : ValueError('two\\nlines')\nlost sys.stderr\n"},
    {MISSING, act_no_exception, "an object that is no exception is written where sys.stderr is missing", 0,
     "object type name: int\nobject repr     : 3\nlost sys.stderr\n"},
    {MISSING, act_warn, "a warning is written where sys.stderr is missing", 0, "failed"},
    {MISSING, act_unraisable, "an unraisable error with an object is written where sys.stderr is missing", 0, ""},
    {MISSING, act_exit, "the text of a SystemExit is written where sys.stderr is missing", 1, "bye\n"},
    {MISSING, act_no_hook, "an error without sys.excepthook is written where sys.stderr is missing", 0,
     "sys.excepthook is missing\nobject type name: ValueError\nobject repr     : ValueError('x')\nlost sys.std"
     "err\n"},
    {MISSING, act_bad_hook, "an error whose sys.excepthook raises is written where sys.stderr is missing", 0,
     "Error in sys.excepthook:\nobject type name: KeyError\nobject repr     : KeyError('hook')\nlost sys.stder"
     "r\n\nOriginal exception was:\nobject type name: ValueError\nobject repr     : ValueError('x')\nlost sys."
     "stderr\n"},
    {MISSING, act_finalize, "Py_FinalizeEx is called where sys.stderr is missing", 0, "done"},
};

static void
run(const void *row)
{
    mode = rows[*(const size_t *)row].mode;
    set_stderr();
    rows[*(const size_t *)row].act();
    if (Py_IsInitialized() && PyErr_Occurred() != NULL) {
        say("an error is still set");
    }
}

/* Takes out the lines with a lost object's address and count, which differ from run to run. */
static void
leave_out(char *text)
{
    static const char *const keys[] = {"object address ", "object refcount ", "object type     "};
    size_t i;

    for (i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        char *from;

        while ((from = strstr(text, keys[i])) != NULL && strchr(from, '\n') != NULL) {
            const char *end = strchr(from, '\n') + 1;
            memmove(from, end, strlen(end) + 1);
        }
    }
}

static void
test_rows(void)
{
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Child child = run_child(run, &i);

        leave_out(child.text);
        is_str(child.text, rows[i].want, "%s", rows[i].sentence);
        is_int(child.status, rows[i].status, "row %d ends with %d", (int)i, rows[i].status);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_rows);
    return TAP_END();
}
