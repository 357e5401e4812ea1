/* PyErr_Print and PyErr_PrintEx: the text on standard error for each kind of exception without a traceback, since no
 * Python code ran; chains of causes and contexts, notes, groups; SystemExit, which ends the process;
 * sys.last_exc; and a sys.excepthook written in C.  Each print happens in a child process. */
#include "errors_support.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/time.h>

/* `error`, with a cause or context whose reference it takes over. */
static PyObject *
caused(PyObject *error, PyObject *cause)
{
    PyException_SetCause(error, cause);
    return error;
}

static PyObject *
in_context(PyObject *error, PyObject *context)
{
    PyException_SetContext(error, context);
    return error;
}

static PyObject *
noted(PyObject *error, const char *note)
{
    PyObject *name = PyUnicode_FromString("add_note"), *text = PyUnicode_FromString(note);
    Py_XDECREF(PyObject_CallMethodObjArgs(error, name, text, NULL));
    Py_DECREF(name);
    Py_DECREF(text);
    return error;
}

/* A group of one or two exceptions, whose references it takes over. */
static PyObject *
group_of(const char *message, PyObject *first, PyObject *second)
{
    PyObject *text = PyUnicode_FromString(message);
    PyObject *members = second != NULL ? PyTuple_Pack(2, first, second) : PyTuple_Pack(1, first);
    PyObject *group = PyObject_CallFunctionObjArgs(PyExc_BaseExceptionGroup, text, members, NULL);
    Py_DECREF(text);
    Py_DECREF(members);
    Py_DECREF(first);
    Py_XDECREF(second);
    return group;
}

static void
raise_and_print(const void *argument)
{
    PyErr_SetRaisedException(Py_NewRef((PyObject *)argument));
    PyErr_Print();
    if (PyErr_Occurred()) {
        fputs("an error is still set\n", stderr);
    }
}

/* Raises and prints the exception (taken over) in a child, and compares the text and the child's exit status. */
static void
exits(PyObject *error, int status, const char *want, const char *sentence)
{
    Child child = run_child(raise_and_print, error);

    is_str(child.text, want, "%s", sentence);
    is_int(child.status, status, "the process that prints ends with %d", status);
    Py_DECREF(error);
}

static void
prints(PyObject *error, const char *want, const char *sentence)
{
    exits(error, 0, want, sentence);
}

/* Messages around the size of the buffer that is written at once. */
static void
test_long(void)
{
    static const size_t lengths[] = {900, 1011, 1012, 1013, 1024, 1500, 3500};
    char message[3501], want[3600];
    size_t i;

    for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        PyObject *error;
        Child child;

        memset(message, 'm', lengths[i]);
        message[lengths[i]] = '\0';
        snprintf(want, sizeof(want), "ValueError: %s\nnote\n", message);
        error = noted(error_of(PyExc_ValueError, message), "note");
        child = run_child(raise_and_print, error);
        Py_DECREF(error);
        is_str(child.text, want, "a message of %d characters stands between its type and its note", (int)lengths[i]);
    }
}

/* Prints while standard error is closed. */
static void
print_nowhere(const void *error)
{
    int out = dup(STDERR_FILENO);

    close(STDERR_FILENO);
    raise_and_print(error);
    dup2(out, STDERR_FILENO);
    fputs(PyErr_Occurred() == NULL ? "goes on" : "has an error", stderr);
}

static int full[2];

/* Makes room in the pipe to which the process waits to write. */
static void
make_room(int unused)
{
    char bytes[4096];
    int i;

    (void)unused;
    for (i = 0; i < 4 && read(full[0], bytes, sizeof(bytes)) > 0; i++) {
    }
}

/* Prints while a signal comes, as the process waits for standard error. */
static void
print_with_a_signal(const void *error)
{
    struct itimerval soon = {{0, 0}, {0, 20000}};
    char bytes[4096];
    struct sigaction action;
    int out = dup(STDERR_FILENO);

    memset(&action, 0, sizeof(action));
    memset(bytes, '.', sizeof(bytes));
    action.sa_handler = make_room;
    sigaction(SIGALRM, &action, NULL);
    if (pipe(full) != 0) {
        abort();
    }
    fcntl(full[1], F_SETFL, O_NONBLOCK);
    while (write(full[1], bytes, sizeof(bytes)) > 0) {
    }
    fcntl(full[1], F_SETFL, 0);
    dup2(full[1], STDERR_FILENO);
    setitimer(ITIMER_REAL, &soon, NULL);
    raise_and_print(error);
    dup2(out, STDERR_FILENO);
    close(full[1]);
    while (read(full[0], bytes, 1) == 1) {
        if (*bytes != '.') {
            fputc(*bytes, stderr);
        }
    }
}

static void
test_trouble(void)
{
    PyObject *error = error_of(PyExc_ValueError, "text");
    Child child = run_child(print_nowhere, error);

    is_int(child.status, 0, "a process whose standard error is closed goes on");
    is_str(child.text, "goes on", "a text that cannot be written leaves no error");
    child = run_child(print_with_a_signal, error);
    is_str(child.text, "ValueError: text\n", "a signal while a text is written takes nothing away");
    Py_DECREF(error);
}

static void
test_one_line(void)
{
    PyObject *type, *two = PyLong_FromLong(2), *text = PyUnicode_FromString("no"), *name = PyUnicode_FromString("f");
    static const Py_UCS2 surrogate[] = {'a', 0xd800};
    PyObject *unpaired = PyUnicode_FromKindAndData(PyUnicode_2BYTE_KIND, surrogate, 2);

    prints(error_of(PyExc_ValueError, "text"), "ValueError: text\n", "an exception is printed as type and message");
    prints(error_of(PyExc_ValueError, ""), "ValueError\n", "an empty message is printed without a colon");
    prints(PyObject_CallNoArgs(PyExc_ValueError), "ValueError\n",
           "an exception without arguments is printed without a colon");
    prints(error_of(PyExc_KeyError, "k"), "KeyError: 'k'\n", "the key of a KeyError is printed as a repr");
    prints(error_of(PyExc_ValueError, "two\nlines"), "ValueError: two\nlines\n",
           "a message of two lines is printed in full");
    prints(error_of(PyExc_ValueError, "caf\xc3\xa9"), "ValueError: caf\xc3\xa9\n",
           "a message beyond ASCII is printed in UTF-8");
    prints(PyObject_CallOneArg(PyExc_ValueError, unpaired), "ValueError: a\\ud800\n",
           "an unpaired surrogate is printed as an escape");
    prints(PyObject_CallFunctionObjArgs(PyExc_ValueError, text, two, NULL), "ValueError: ('no', 2)\n",
           "several arguments are printed as a tuple");
    prints(PyObject_CallFunctionObjArgs(PyExc_OSError, two, text, name, NULL), "FileNotFoundError: [Errno 2] no: 'f'\n",
           "an OSError is printed under the name of its subclass");
    prints(PyObject_CallNoArgs(PyExc_KeyboardInterrupt), "KeyboardInterrupt\n",
           "a KeyboardInterrupt is printed as any other exception");
    prints(error_of(PyExc_StopIteration, "s"), "StopIteration: s\n",
           "a StopIteration is printed as any other exception");

    type = PyErr_NewException("pkg.mod.Name", NULL, NULL);
    prints(error_of(type, "text"), "pkg.mod.Name: text\n", "the module is printed before the name of a type");
    prints(PyObject_CallNoArgs(type), "pkg.mod.Name\n",
           "the module is printed before the name of a type without a message");
    is_int(PyObject_SetAttrString(type, "__module__", two), 0, "a __module__ can be set that is no str");
    prints(error_of(type, "text"), "<unknown>.Name: text\n", "a __module__ that is no str is printed as <unknown>");
    Py_DECREF(type);
    type = PyErr_NewException("builtins.Name", NULL, NULL);
    prints(error_of(type, "text"), "Name: text\n", "the module builtins is not printed");
    Py_DECREF(type);
    type = PyErr_NewException("__main__.Name", NULL, NULL);
    prints(error_of(type, "text"), "Name: text\n", "the module __main__ is not printed");
    Py_DECREF(type);
    Py_DECREF(two);
    Py_DECREF(text);
    Py_DECREF(name);
    Py_DECREF(unpaired);
}

static void
test_chains(void)
{
    PyObject *error;

    prints(caused(error_of(PyExc_ValueError, "e"), error_of(PyExc_KeyError, "c")),
           "KeyError: 'c'\n"
           "\nThe above exception was the direct cause of the following exception:\n\n"
           "ValueError: e\n",
           "a cause is printed before the exception");
    prints(in_context(error_of(PyExc_ValueError, "e"), error_of(PyExc_KeyError, "c")),
           "KeyError: 'c'\n"
           "\nDuring handling of the above exception, another exception occurred:\n\n"
           "ValueError: e\n",
           "a context is printed before the exception");
    error = in_context(error_of(PyExc_ValueError, "e"), error_of(PyExc_KeyError, "c"));
    PyObject_SetAttrString(error, "__suppress_context__", Py_True);
    prints(error, "ValueError: e\n", "a context that is suppressed is not printed");
    prints(caused(in_context(error_of(PyExc_ValueError, "e"), error_of(PyExc_TypeError, "t")),
                  error_of(PyExc_KeyError, "c")),
           "KeyError: 'c'\n"
           "\nThe above exception was the direct cause of the following exception:\n\n"
           "ValueError: e\n",
           "a cause hides the context");
    prints(in_context(error_of(PyExc_ValueError, "e"),
                      caused(error_of(PyExc_TypeError, "t"), error_of(PyExc_OSError, "o"))),
           "OSError: o\n"
           "\nThe above exception was the direct cause of the following exception:\n\n"
           "TypeError: t\n"
           "\nDuring handling of the above exception, another exception occurred:\n\n"
           "ValueError: e\n",
           "a chain is printed from its far end");
    error = error_of(PyExc_ValueError, "e");
    PyException_SetContext(error, Py_NewRef(error));
    is_int(Py_REFCNT(error), 2, "an exception may be its own context");
    prints(Py_NewRef(error), "ValueError: e\n", "an exception that is its own context is printed once");
    PyException_SetContext(error, NULL);
    Py_DECREF(error);
}

static void
test_notes(void)
{
    PyObject *error, *five = PyLong_FromLong(5), *text = PyUnicode_FromString("last"), *list;

    prints(noted(noted(error_of(PyExc_ValueError, "e"), "one"), "two\nlines"), "ValueError: e\none\ntwo\nlines\n",
           "notes are printed after the exception, each on a line");
    prints(caused(noted(error_of(PyExc_ValueError, "e"), "of e"), noted(error_of(PyExc_KeyError, "c"), "of c")),
           "KeyError: 'c'\nof c\n"
           "\nThe above exception was the direct cause of the following exception:\n\n"
           "ValueError: e\nof e\n",
           "each exception of a chain is printed with its own notes");
    error = error_of(PyExc_ValueError, "e");
    PyObject_SetAttrString(error, "__notes__", five);
    prints(error, "ValueError: e\n5\n", "__notes__ that is no sequence is shown as its repr");
    error = error_of(PyExc_ValueError, "e");
    list = PyTuple_Pack(2, five, text);
    PyObject_SetAttrString(error, "__notes__", list);
    Py_DECREF(list);
    prints(error, "ValueError: e\n5\nlast\n", "a note that is no str is shown as its str");
    Py_DECREF(five);
    Py_DECREF(text);
}

static void
test_groups(void)
{
    PyObject *deep = error_of(PyExc_ValueError, "deep");
    int depth;

    prints(group_of("group", error_of(PyExc_ValueError, "v"), error_of(PyExc_KeyError, "k")),
           "  | ExceptionGroup: group (2 sub-exceptions)\n"
           "  +-+---------------- 1 ----------------\n"
           "    | ValueError: v\n"
           "    +---------------- 2 ----------------\n"
           "    | KeyError: 'k'\n"
           "    +------------------------------------\n",
           "a group is printed as a tree");
    prints(group_of("outer", group_of("inner", error_of(PyExc_ValueError, "two\nlines"), NULL),
                    PyObject_CallNoArgs(PyExc_KeyboardInterrupt)),
           "  | BaseExceptionGroup: outer (2 sub-exceptions)\n"
           "  +-+---------------- 1 ----------------\n"
           "    | ExceptionGroup: inner (1 sub-exception)\n"
           "    +-+---------------- 1 ----------------\n"
           "      | ValueError: two\n"
           "      | lines\n"
           "      +------------------------------------\n"
           "    +---------------- 2 ----------------\n"
           "    | KeyboardInterrupt\n"
           "    +------------------------------------\n",
           "a group in a group is printed as a tree in a tree");
    prints(caused(noted(group_of("", noted(error_of(PyExc_ValueError, ""), "inside"), NULL), "outside"),
                  noted(error_of(PyExc_TypeError, "t"), "before")),
           "TypeError: t\nbefore\n"
           "\nThe above exception was the direct cause of the following exception:\n\n"
           "  | ExceptionGroup:  (1 sub-exception)\n"
           "  | outside\n"
           "  +-+---------------- 1 ----------------\n"
           "    | ValueError\n"
           "    | inside\n"
           "    +------------------------------------\n",
           "a group is printed with its causes and notes");
    prints(caused(error_of(PyExc_ValueError, "v"), group_of("group", error_of(PyExc_TypeError, "t"), NULL)),
           "  | ExceptionGroup: group (1 sub-exception)\n"
           "  +-+---------------- 1 ----------------\n"
           "    | TypeError: t\n"
           "    +------------------------------------\n"
           "\nThe above exception was the direct cause of the following exception:\n\n"
           "ValueError: v\n",
           "a group is printed as a cause");
    for (depth = 0; depth < 12; depth++) {
        deep = group_of("g", deep, NULL);
    }
    {
        Child child = run_child(raise_and_print, deep);
        ok(strstr(child.text, "                      | ... (max_group_depth is 10)\n"
                              "                      +------------------------------------\n") != NULL,
           "the eleventh level of groups is left out");
        ok(strstr(child.text, "deep") == NULL, "an exception below the tenth level of groups is left out");
        Py_DECREF(deep);
    }
}

static void
test_many_in_a_group(void)
{
    PyObject *members = PyList_New(0), *text = PyUnicode_FromString("many"), *group;
    Child child;
    int i;

    for (i = 0; i < 18; i++) {
        PyObject *error = error_of(PyExc_ValueError, "one of many");
        PyList_Append(members, error);
        Py_DECREF(error);
    }
    group = PyObject_CallFunctionObjArgs(PyExc_BaseExceptionGroup, text, members, NULL);
    child = run_child(raise_and_print, group);
    ok(strstr(child.text, "    +---------------- 15 ----------------\n"
                          "    | ValueError: one of many\n"
                          "    +---------------- ... ----------------\n"
                          "    | and 3 more exceptions\n"
                          "    +------------------------------------\n") != NULL,
       "of more than fifteen exceptions in a group the rest is counted");
    Py_DECREF(group);
    Py_DECREF(members);
    Py_DECREF(text);
}

static void
print_without_error(const void *argument)
{
    (void)argument;
    PyErr_Print();
}

/* SystemExit ends the process with a status that depends on its code. */
static void
test_system_exit(void)
{
    static const struct {
        long code;
        int status;
    } numbers[] = {{0, 0}, {3, 3}, {255, 255}, {256, 0}, {257, 1}, {-1, 255}};
    PyObject *type = PyErr_NewException("mod.Exit", PyExc_SystemExit, NULL);
    PyObject *pair = PyTuple_Pack(2, Py_None, Py_True), *huge = PyLong_FromUnsignedLongLong(ULLONG_MAX);
    Child child;
    size_t i;

    exits(PyObject_CallNoArgs(PyExc_SystemExit), 0, "", "SystemExit without a code is success");
    exits(PyObject_CallOneArg(PyExc_SystemExit, Py_None), 0, "", "SystemExit with None is success");
    for (i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        PyObject *code = PyLong_FromLong(numbers[i].code);
        exits(PyObject_CallOneArg(PyExc_SystemExit, code), numbers[i].status, "",
              "SystemExit with an int ends with it as the status");
        Py_DECREF(code);
    }
    exits(PyObject_CallOneArg(PyExc_SystemExit, huge), 255, "", "SystemExit with an int beyond a C long ends with -1");
    exits(PyObject_CallOneArg(PyExc_SystemExit, Py_True), 1, "", "SystemExit with True ends with 1");
    exits(error_of(PyExc_SystemExit, "bye"), 1, "bye\n", "SystemExit with a str prints it and ends with 1");
    exits(PyObject_CallOneArg(PyExc_SystemExit, pair), 1, "(None, True)\n",
          "SystemExit with any other object prints it and ends with 1");
    exits(error_of(type, "sub"), 1, "sub\n", "a subclass of SystemExit prints its text and ends with 1");
    exits(caused(error_of(PyExc_SystemExit, "bye"), error_of(PyExc_KeyError, "c")), 1, "bye\n",
          "a cause of SystemExit is not printed");
    child = run_child(print_without_error, NULL);
    is_str(child.text, "", "PyErr_Print without an error prints nothing");
    is_int(child.status, 0, "PyErr_Print without an error does not end the process");
    Py_DECREF(huge);
    Py_DECREF(pair);
    Py_DECREF(type);
}

/* `argument` is the set_sys_last_vars of PyErr_PrintEx. */
static void
print_and_show_last(const void *argument)
{
    static const char *const names[] = {"last_exc", "last_type", "last_value", "last_traceback"};
    size_t i;

    PyErr_SetString(PyExc_ValueError, "text");
    PyErr_PrintEx(*(const int *)argument);
    for (i = 0; i < 4; i++) {
        PyObject *last = PySys_GetObject(names[i]);
        PyObject *repr = last != NULL ? PyObject_Repr(last) : NULL;
        fprintf(stderr, "%s=%s\n", names[i], repr != NULL ? PyUnicode_AsUTF8(repr) : "missing");
        Py_XDECREF(repr);
    }
}

static void
test_last_exception(void)
{
    static const int no = 0, yes = 1;
    Child child = run_child(print_and_show_last, &no);

    is_str(child.text,
           "ValueError: text\nlast_exc=missing\nlast_type=missing\nlast_value=missing\n"
           "last_traceback=missing\n",
           "PyErr_PrintEx(0) leaves sys.last_exc alone");
    child = run_child(print_and_show_last, &yes);
    is_str(child.text,
           "ValueError: text\nlast_exc=ValueError('text')\nlast_type=<class 'ValueError'>\n"
           "last_value=ValueError('text')\nlast_traceback=None\n",
           "PyErr_PrintEx(1) sets sys.last_exc");
}

static PyObject *
hook_showing_arguments(PyObject *self, PyObject *arguments)
{
    PyObject *repr = PyObject_Repr(arguments);
    (void)self;
    fprintf(stderr, "hook%s\n", PyUnicode_AsUTF8(repr));
    Py_XDECREF(repr);
    return Py_NewRef(Py_None);
}

static PyObject *
hook_raising(PyObject *self, PyObject *arguments)
{
    (void)self;
    (void)arguments;
    PyErr_SetString(PyExc_KeyError, "in the hook");
    return NULL;
}

static PyObject *
hook_exiting(PyObject *self, PyObject *arguments)
{
    (void)self;
    (void)arguments;
    PyErr_SetObject(PyExc_SystemExit, Py_True);
    return NULL;
}

static void
test_excepthook(void)
{
    static PyMethodDef hooks[] = {
        {"showing", hook_showing_arguments, METH_VARARGS, NULL},
        {"raising", hook_raising, METH_VARARGS, NULL},
        {"exiting", hook_exiting, METH_VARARGS, NULL},
    };
    PyObject *sys = PyImport_ImportModule("sys"), *original = PyObject_GetAttrString(sys, "excepthook");
    PyObject *functions[3];
    int i;

    for (i = 0; i < 3; i++) {
        functions[i] = PyCFunction_New(&hooks[i], NULL);
    }
    PyObject_SetAttrString(sys, "excepthook", functions[0]);
    prints(error_of(PyExc_ValueError, "text"), "hook(<class 'ValueError'>, ValueError('text'), None)\n",
           "sys.excepthook gets type, value and traceback");
    exits(error_of(PyExc_SystemExit, "bye"), 1, "bye\n", "sys.excepthook does not get a SystemExit");
    PyObject_SetAttrString(sys, "excepthook", functions[1]);
    prints(error_of(PyExc_ValueError, "text"),
           "Error in sys.excepthook:\nKeyError: 'in the hook'\n\nOriginal exception was:\nValueError: text\n",
           "a hook that fails is reported with both errors");
    PyObject_SetAttrString(sys, "excepthook", functions[2]);
    exits(error_of(PyExc_ValueError, "text"), 1, "", "a hook that raises SystemExit ends the process");
    PyObject_SetAttrString(sys, "excepthook", Py_None);
    prints(error_of(PyExc_ValueError, "text"),
           "Error in sys.excepthook:\nTypeError: 'NoneType' object is not callable\n\n"
           "Original exception was:\nValueError: text\n",
           "a hook that is not callable is reported with both errors");
    PyObject_DelAttrString(sys, "excepthook");
    prints(error_of(PyExc_ValueError, "text"), "sys.excepthook is missing\nValueError: text\n",
           "a missing hook is reported before the exception");
    PyObject_SetAttrString(sys, "excepthook", original);
    prints(error_of(PyExc_ValueError, "text"), "ValueError: text\n", "the original hook prints the exception");
    for (i = 0; i < 3; i++) {
        Py_DECREF(functions[i]);
    }
    Py_DECREF(original);
    Py_DECREF(sys);
}

/* Raises and prints, after C code has written to the file without a flush. */
static void
write_and_print(const void *argument)
{
    dup2(STDERR_FILENO, STDOUT_FILENO);
    printf("written before\n");
    raise_and_print(argument);
}

static void
test_order_of_output(void)
{
    static PyMethodDef raising = {"raising", hook_raising, METH_VARARGS, NULL};
    PyObject *sys = PyImport_ImportModule("sys"), *original = PyObject_GetAttrString(sys, "excepthook");
    PyObject *hook = PyCFunction_New(&raising, NULL), *error = error_of(PyExc_SystemExit, "bye");
    Child child = run_child(write_and_print, error);

    is_str(child.text, "written before\nbye\n", "a text that C code wrote comes before the text of a SystemExit");
    Py_DECREF(error);
    PyObject_SetAttrString(sys, "excepthook", hook);
    error = error_of(PyExc_ValueError, "text");
    child = run_child(write_and_print, error);
    is_str(child.text,
           "written before\nError in sys.excepthook:\nKeyError: 'in the hook'\n\n"
           "Original exception was:\nValueError: text\n",
           "a text that C code wrote comes before the report of a hook that fails");
    PyObject_SetAttrString(sys, "excepthook", original);
    Py_DECREF(error);
    Py_DECREF(hook);
    Py_DECREF(original);
    Py_DECREF(sys);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_one_line);
    RUN(test_long);
    RUN(test_trouble);
    RUN(test_chains);
    RUN(test_notes);
    RUN(test_groups);
    RUN(test_many_in_a_group);
    RUN(test_system_exit);
    RUN(test_last_exception);
    RUN(test_excepthook);
    RUN(test_order_of_output);
    return TAP_END();
}
