/* The functions that follow Python code (PyEval_SetTrace, PyEval_SetProfile), and the events that a module reports of code of its own
 * (PyMonitoring_*).  Only C code runs here, so no frame is there in which the functions could be called. */
#include "checks.h"

static int called;

static int
follow(PyObject *object, PyFrameObject *frame, int event, PyObject *value)
{
    (void)object;
    (void)frame;
    (void)event;
    (void)value;
    called++;
    return 0;
}

static PyObject *
nothing(PyObject *self, PyObject *ignored)
{
    (void)self;
    (void)ignored;
    Py_RETURN_NONE;
}
static PyMethodDef definition = {"nothing", nothing, METH_NOARGS, NULL};

static void
test_thread_state(void)
{
    PyThreadState *state = PyThreadState_Get();
    PyObject *object = PyList_New(0), *function = PyCFunction_New(&definition, NULL);

    PyEval_SetTrace(follow, object);
    is_ptr((void *)(size_t)state->c_tracefunc, (void *)(size_t)follow, "the trace function is in the thread state");
    is_ptr(state->c_traceobj, object, "the trace function's object is in the thread state");
    is_int(Py_REFCNT(object), 2, "the thread state has a reference to the object");
    is_ptr((void *)(size_t)state->c_profilefunc, NULL, "no profile function is in the thread state");
    PyEval_SetProfile(follow, object);
    is_ptr((void *)(size_t)state->c_profilefunc, (void *)(size_t)follow, "the profile function is in the thread state");
    is_ptr(state->c_profileobj, object, "the profile function's object is in the thread state");
    is_int(Py_REFCNT(object), 3, "the thread state has one more reference to the object");
    is_int(state->tracing, 0, "setting functions leaves the depth of untraced code");
    Py_XDECREF(PyObject_CallNoArgs(function));
    PyErr_SetString(PyExc_ValueError, "an error");
    PyErr_Clear();
    is_int(called, 0, "calls from C to C and errors of C reach neither function");
    PyEval_SetTrace(follow, NULL);
    is_ptr(state->c_traceobj, NULL, "a function without an object replaces the old object");
    PyEval_SetTrace(NULL, object);
    is_ptr((void *)(size_t)state->c_tracefunc, NULL, "NULL takes the trace function away");
    is_ptr(state->c_traceobj, object, "an object without a function is kept");
    PyEval_SetTrace(NULL, NULL);
    PyEval_SetProfile(NULL, NULL);
    is_int(Py_REFCNT(object), 1, "the references end with the functions");
    PyEval_SetTraceAllThreads(follow, object);
    PyEval_SetProfileAllThreads(follow, object);
    is_ptr(state->c_traceobj, object, "PyEval_SetTraceAllThreads sets this thread's function");
    is_ptr(state->c_profileobj, object, "PyEval_SetProfileAllThreads sets this thread's function");
    PyEval_SetTraceAllThreads(NULL, NULL);
    PyEval_SetProfileAllThreads(NULL, NULL);
    is_int(Py_REFCNT(object), 1, "PyEval_SetTraceAllThreads and its like drop the references");
    Py_DECREF(function);
    Py_DECREF(object);
}

/* The tools of each event, in hexadecimal digits. */
static const char *
tools(uint64_t *version)
{
    static char text[3 * 17 + 1];
    PyMonitoringState states[17];
    uint8_t events[17];

    for (int i = 0; i < 17; i++) {
        states[i].active = 9;
        events[i] = (uint8_t)i;
    }
    PyMonitoring_EnterScope(states, version, events, 16);
    for (int i = 0; i < 17; i++) {
        snprintf(text + 3 * i, 4, " %02x", states[i].active);
    }
    PyMonitoring_ExitScope();
    return text;
}

#define NO_CHANGE " 09 09 09 09 09 09 09 09 09 09 09 09 09 09 09 09 09"
#define NO_TOOL " 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 09"

static void
test_scopes(void)
{
    uint64_t version = 1, before;

    is_str(tools(&version), NO_TOOL, "no tool asks for an event at first");
    is_str(tools(&version), NO_CHANGE, "a scope with the present version is left as it is");
    PyEval_SetTrace(follow, NULL);
    before = version;
    is_str(tools(&version), " 80 80 80 80 00 80 00 80 00 00 80 80 00 80 80 00 09",
           "a trace function asks for its events as tool 7");
    is_int((long long)(version - before), 256, "another set of tools has another version");
    PyEval_SetTrace(follow, Py_None);
    is_str(tools(&version), NO_CHANGE, "another trace function asks for nothing new");
    PyEval_SetProfile(follow, NULL);
    is_str(tools(&version), " c0 c0 c0 c0 40 80 00 80 00 00 80 80 00 c0 c0 00 09",
           "a profile function asks for its events as tool 6");
    PyEval_SetTrace(NULL, NULL);
    is_str(tools(&version), " 40 40 40 40 40 00 00 00 00 00 00 00 00 40 40 00 09",
           "the profile function alone asks for its events");
    PyEval_SetProfile(NULL, NULL);
    is_str(tools(&version), NO_TOOL, "no tool asks for an event at the end");
}

typedef int fire_plain(PyMonitoringState *, PyObject *, int32_t);
typedef int fire_value(PyMonitoringState *, PyObject *, int32_t, PyObject *);

static fire_plain *const plain[] = {
    _PyMonitoring_FirePyStartEvent, _PyMonitoring_FirePyResumeEvent, _PyMonitoring_FirePyThrowEvent,
    _PyMonitoring_FireRaiseEvent,   _PyMonitoring_FireReraiseEvent,  _PyMonitoring_FireExceptionHandledEvent,
    _PyMonitoring_FireCRaiseEvent,  _PyMonitoring_FirePyUnwindEvent,
};
static const char *const plain_names[] = {
    "PY_START", "PY_RESUME", "PY_THROW", "RAISE", "RERAISE", "EXCEPTION_HANDLED", "C_RAISE", "PY_UNWIND",
};
static fire_value *const with_value[] = {
    _PyMonitoring_FirePyReturnEvent,   _PyMonitoring_FirePyYieldEvent, _PyMonitoring_FireBranchRightEvent,
    _PyMonitoring_FireBranchLeftEvent, _PyMonitoring_FireCReturnEvent, _PyMonitoring_FireStopIterationEvent,
};
static const char *const value_names[] = {
    "PY_RETURN", "PY_YIELD", "BRANCH_RIGHT", "BRANCH_LEFT", "C_RETURN", "STOP_ITERATION",
};
#define COUNT(table) ((int)(sizeof(table) / sizeof(*(table))))

#define NO_TRACE "SystemError: Missing frame when calling trace function."
#define NO_PROFILE "SystemError: Missing frame when calling profile function."
#define PENDING "ValueError: pending"

/* The pending error as text, which is cleared; "" for none. */
static const char *
taken(void)
{
    static char text[200];
    PyObject *error = PyErr_GetRaisedException();
    text[0] = 0;
    if (error != NULL) {
        PyObject *message = PyObject_Str(error);
        snprintf(text, sizeof text, "%s: %s", Py_TYPE(error)->tp_name, PyUnicode_AsUTF8(message));
        Py_DECREF(message);
        Py_DECREF(error);
    }
    return text;
}

/* Fires every event with a tool active, and those about an exception with one pending too. Compares the errors, a letter an event: t and
 * p for a function without a frame, v for no exception, e for the exception that was pending, - for none. */
static void
fire_all(uint8_t active, const char *want, const char *want_pending, const char *title)
{
    char got[32] = "", got_pending[32] = "";
    PyObject *code = (PyObject *)PyCode_NewEmpty("a.c", "f", 3), *value = PyList_New(0);

    for (int pending = 0; pending < 2; pending++) {
        char *text = pending ? got_pending : got;
        for (int i = pending ? 2 : 0; i < (pending ? COUNT(plain) : COUNT(plain) + COUNT(with_value)); i++) {
            PyMonitoringState state = {active, 0};
            int answer;
            const char *error;
            if (pending) {
                PyErr_SetString(PyExc_ValueError, "pending");
            }
            answer =
                i < COUNT(plain) ? plain[i](&state, code, 0) : with_value[i - COUNT(plain)](&state, code, 0, value);
            error = taken();
            *text = strcmp(error, NO_TRACE) == 0     ? 't'
                    : strcmp(error, NO_PROFILE) == 0 ? 'p'
                    : strcmp(error, PENDING) == 0    ? 'e'
                    : *error == 0                    ? '-'
                                                     : 'v';
            if ((answer == 0) != (*text == '-' || *text == 'e')) {
                *text = '?';
            }
            text++;
        }
    }
    is_str(got, want, "%s, without an error", title);
    is_str(got_pending, want_pending, "%s, with an error pending", title);
    Py_DECREF(code);
    Py_DECREF(value);
}

static void
test_events(void)
{
    fire_all(0, "--vvvvvv------", "eeeeee", "events that no tool asked for");
    fire_all(0xc0, "--vvvvvv------", "eeeeee", "events for tools without a function");
    PyEval_SetTrace(follow, NULL);
    fire_all(0x80, "ttvvvvvvtt---t", "tteeet", "events for a trace function");
    fire_all(0x40, "--vvvvvv------", "eeeeee", "events for the other tool");
    PyEval_SetTrace(NULL, NULL);
    PyEval_SetProfile(follow, NULL);
    fire_all(0x40, "ppvvvvvvpp----", "peeeep", "events for a profile function");
    fire_all(0x01, "--vvvvvv------", "eeeeee", "events for a tool that has no function for them");
    PyEval_SetProfile(NULL, NULL);
    is_int(called, 0, "no event calls a function");
    (void)plain_names;
    (void)value_names;
}

static void
test_messages(void)
{
    static const int numbers[] = {-1, -1, 14, 11, 15, 12, 17, 13};
    PyMonitoringState state = {0, 0};
    char want[100];
    PyObject *value = PyList_New(0);

    for (int i = 0; i < COUNT(plain); i++) {
        if (numbers[i] >= 0) {
            snprintf(want, sizeof want, "ValueError: Firing event %d with no exception set", numbers[i]);
            is_int(plain[i](&state, Py_None, -1), -1, "%s needs a pending error", plain_names[i]);
            is_str(taken(), want, "the error for %s without one", plain_names[i]);
            PyErr_SetString(PyExc_ValueError, "pending");
        }
        is_int(plain[i](&state, Py_None, -1), -1, "%s needs an offset", plain_names[i]);
        is_str(taken(), "ValueError: offset must be non-negative", "the error for %s at a negative offset",
               plain_names[i]);
    }
    for (int i = 0; i < COUNT(with_value); i++) {
        is_int(with_value[i](&state, Py_None, -1, value), -1, "%s needs an offset", value_names[i]);
        is_str(taken(), "ValueError: offset must be non-negative", "the error for %s at a negative offset",
               value_names[i]);
    }
    is_int(_PyMonitoring_FireStopIterationEvent(&state, Py_None, 0, NULL), 0, "STOP_ITERATION needs no value");
    is_str(taken(), "", "STOP_ITERATION leaves no error");
    Py_DECREF(value);
}

static void
test_calls(void)
{
    PyObject *list = PyList_New(0), *function = PyCFunction_New(&definition, NULL);
    PyObject *append = PyObject_GetAttrString((PyObject *)&PyList_Type, "append");
    PyMonitoringState state = {0x40, 0};

    PyEval_SetProfile(follow, NULL);
    is_int(_PyMonitoring_FireCallEvent(&state, Py_None, 0, function, list), -1, "a call of a C function is profiled");
    is_str(taken(), NO_PROFILE, "the error for a call of a C function");
    is_int(_PyMonitoring_FireCallEvent(&state, Py_None, 0, function, NULL), -1,
           "a call of a C function without arguments is profiled");
    is_str(taken(), NO_PROFILE, "the error for a call without arguments");
    is_int(_PyMonitoring_FireCallEvent(&state, Py_None, 0, append, list), -1, "a call of a C method is profiled");
    is_str(taken(), NO_PROFILE, "the error for a call of a C method");
    is_int(_PyMonitoring_FireCallEvent(&state, Py_None, 0, append, function), -1,
           "a call of a C method of another class fails");
    is_str(taken(),
           "TypeError: descriptor 'append' for 'list' objects doesn't apply to a 'builtin_function_or_method' object",
           "the error for a C method of another class");
    is_int(_PyMonitoring_FireCallEvent(&state, Py_None, 0, list, list), 0, "a call of another object is not profiled");
    is_int(_PyMonitoring_FireLineEvent(&state, Py_None, 0, 7), 0, "a line is not profiled");
    PyEval_SetProfile(NULL, NULL);
    Py_DECREF(append);
    Py_DECREF(function);
    Py_DECREF(list);
}

static void
test_lines_and_jumps(void)
{
    PyObject *code = (PyObject *)PyCode_NewEmpty("a.c", "f", 3), *four = PyLong_FromLong(4);
    PyMonitoringState state = {0x80, 0};

    PyEval_SetTrace(follow, NULL);
    is_int(_PyMonitoring_FireLineEvent(&state, code, 0, 7), -1, "a line is traced");
    is_str(taken(), NO_TRACE, "the error for a line");
    state.active = 0xc1;
    is_int(_PyMonitoring_FireJumpEvent(&state, code, 0, four), 0, "a jump forwards is not traced");
    is_int(state.active, 0x41, "a jump forwards switches itself off for its tool");
    PyEval_SetTrace(NULL, NULL);
    Py_DECREF(code);
    Py_DECREF(four);
}

static void
test_other_states(void)
{
    PyThreadState *other = PyThreadState_New(PyInterpreterState_Get());
    PyObject *object = PyList_New(0);
    uint64_t version = 1;

    PyEval_SetTraceAllThreads(follow, object);
    is_ptr(other->c_traceobj, object, "PyEval_SetTraceAllThreads sets the function of every thread state");
    PyEval_SetTrace(NULL, NULL);
    is_int(Py_REFCNT(object), 2, "PyEval_SetTrace leaves the functions of other thread states");
    PyThreadState_Clear(other);
    PyThreadState_Delete(other);
    is_int(Py_REFCNT(object), 1, "a thread state drops the object when it is cleared");
    is_str(tools(&version), " 80 80 80 80 00 80 00 80 00 00 80 80 00 80 80 00 09",
           "the end of the last thread with a function leaves its events");
    Py_DECREF(object);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_thread_state);
    RUN(test_scopes);
    RUN(test_events);
    RUN(test_messages);
    RUN(test_calls);
    RUN(test_lines_and_jumps);
    RUN(test_other_states);
    return TAP_END();
}
