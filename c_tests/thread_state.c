/* The thread state as compiled code uses it: its layout, the pending exception and the stack of handled exceptions that are read and
 * written directly, its life, and the list of states. */
#include "checks.h"

#include <pthread.h>
#include <unistd.h>

#if PY_VERSION_HEX >= 0x030e0000 && PY_VERSION_HEX < 0x030f0000 && !defined(Py_LIMITED_API)
#include <stddef.h>

static void
test_fields(void)
{
    PyThreadState *state = PyThreadState_Get();
    is_int(sizeof(PyThreadState), 832, "a thread state has 832 bytes");
    is_int(offsetof(PyThreadState, current_exception), 112, "the pending exception is at 112");
    is_int(offsetof(PyThreadState, exc_info), 120, "the stack of handled exceptions is at 120");
    is_ptr(PyThreadState_GetUnchecked(), state, "PyThreadState_GetUnchecked is the state of the thread");
    is_ptr(PyGILState_GetThisThreadState(), state, "PyGILState_GetThisThreadState is the state of the thread");
    is_ptr(state->interp, PyInterpreterState_Get(), "the interpreter is in the state");
    is_ptr(state->exc_info, &state->exc_state, "the stack of handled exceptions has the item of the state");
    is_ptr(state->exc_info->previous_item, NULL, "there is no item below that of the state");
    is_ptr(state->exc_info->exc_value, NULL, "no exception is handled at first");
    is_ptr(state->current_exception, NULL, "no exception is pending at first");
    is_int(state->gilstate_counter, 1, "the counter of PyGILState_Ensure begins with 1");
    PyGILState_STATE before = PyGILState_Ensure();
    is_int(state->gilstate_counter, 2, "PyGILState_Ensure counts up");
    PyGILState_Release(before);
    is_int(state->gilstate_counter, 1, "PyGILState_Release counts down");
    is_int(state->thread_id == (unsigned long)pthread_self(), 1, "the thread's number is that of pthread");
    is_int(state->native_thread_id == (unsigned long)getpid(), 1,
           "the native number of the first thread is that of the process");
    is_int(state->id == PyThreadState_GetID(state), 1, "the number of the state is that of PyThreadState_GetID");
    is_int(state->tracing, 0, "nothing is traced");
    PyThreadState_EnterTracing(state);
    is_int(state->tracing, 1, "PyThreadState_EnterTracing counts up");
    PyThreadState_LeaveTracing(state);
    is_int(state->tracing, 0, "PyThreadState_LeaveTracing counts down");
    is_int(state->what_event, -1, "no event is monitored");
    is_ptr(state->current_frame, NULL, "no Python code runs");
    is_int(state->eval_breaker == 0, 1, "nothing interrupts Python code");
    is_int(state->py_recursion_limit, 1000, "the limit of the recursion is 1000");
    is_int(state->_status.initialized && state->_status.bound && state->_status.bound_gilstate && state->_status.active,
           1, "the state is initialised, bound and active");
    is_int(state->holds_gil, 1, "the thread holds the GIL");
    is_int(PyThreadState_GetDict() != NULL && state->dict == PyThreadState_GetDict(), 1,
           "the dict of the thread is in the state");
    PyThreadState *saved = PyEval_SaveThread();
    is_ptr(saved, state, "PyEval_SaveThread returns the state");
    is_int(saved->holds_gil, 0, "a thread that has released the GIL does not hold it");
    is_int(saved->_status.active, 0, "the state of a thread that has released the GIL is not active");
    is_ptr(PyThreadState_GetUnchecked(), NULL, "PyThreadState_GetUnchecked is NULL without the GIL");
    PyEval_RestoreThread(saved);
    is_int(saved->holds_gil, 1, "a thread that has taken the GIL again holds it");
}

static void
set_by_key(void)
{
    PyErr_SetObject(PyExc_KeyError, Py_True);
}

static void
set_by_format(void)
{
    PyErr_Format(PyExc_TypeError, "a %s of %d", "text", 5);
}

static void
set_no_attribute(void)
{
    is_ptr(PyObject_GetAttrString(Py_None, "nosuch"), NULL, "an attribute is missing");
}

static void
set_no_memory(void)
{
    PyErr_NoMemory();
}

static void
set_by_text(void)
{
    PyErr_SetString(PyExc_ValueError, "text");
}

static void
set_without_text(void)
{
    PyErr_SetNone(PyExc_IndexError);
}

static void
test_pending(void)
{
    struct {
        void (*set)(void);
        PyObject *type;
        const char *text;
    } ways[] = {
        {set_by_text, PyExc_ValueError, "text"},
        {set_without_text, PyExc_IndexError, ""},
        {set_by_key, PyExc_KeyError, "True"},
        {set_by_format, PyExc_TypeError, "a text of 5"},
        {set_no_attribute, PyExc_AttributeError, "'NoneType' object has no attribute 'nosuch'"},
        {set_no_memory, PyExc_MemoryError, ""},
    };
    PyThreadState *state = PyThreadState_Get();
    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
        const char *name = ((PyTypeObject *)ways[i].type)->tp_name;
        ways[i].set();
        PyObject *pending = state->current_exception;
        ok(pending != NULL && (PyObject *)Py_TYPE(pending) == ways[i].type, "%s: the state has the exception object",
           name);
        is_ptr(PyErr_Occurred(), ways[i].type, "%s: PyErr_Occurred returns its class", name);
        ok(PyErr_ExceptionMatches(ways[i].type), "%s: PyErr_ExceptionMatches finds it", name);
        is_text(Py_XNewRef(pending), ways[i].text, "%s: it has its text", name);
        state->current_exception = NULL;
        is_ptr(PyErr_Occurred(), NULL, "%s: C takes it from the state", name);
        PyErr_Clear();
        state->current_exception = pending;
        is_ptr(PyErr_Occurred(), ways[i].type, "%s: C puts it back", name);
        PyObject *got = PyErr_GetRaisedException();
        is_ptr(got, pending, "%s: PyErr_GetRaisedException gets the same object", name);
        is_ptr(state->current_exception, NULL, "%s: the state has none afterwards", name);
        Py_ssize_t count = i == 5 ? Py_REFCNT(got) : 1;
        is_int(Py_REFCNT(got), count, "%s: no other reference is left", name);
        PyErr_SetRaisedException(got);
        is_ptr(state->current_exception, got, "%s: PyErr_SetRaisedException puts it into the state", name);
        PyErr_Clear();
        is_ptr(state->current_exception, NULL, "%s: PyErr_Clear takes it from the state", name);
        ways[i].set();
        PyErr_SetString(PyExc_OSError, "another");
        is_ptr(PyErr_Occurred(), PyExc_OSError, "%s: another error replaces it", name);
        PyErr_Clear();
    }
    PyObject *type, *value, *traceback;
    PyErr_SetString(PyExc_ValueError, "parts");
    PyErr_Fetch(&type, &value, &traceback);
    is_ptr(type, PyExc_ValueError, "PyErr_Fetch gets the class from the state");
    is_ptr(state->current_exception, NULL, "PyErr_Fetch empties the state");
    PyErr_Restore(type, value, traceback);
    ok(state->current_exception != NULL, "PyErr_Restore fills the state");
    PyErr_Clear();
}

static PyObject *
new_error(const char *text)
{
    PyObject *message = PyUnicode_FromString(text), *error = PyObject_CallOneArg(PyExc_ValueError, message);
    Py_DECREF(message);
    return error;
}

static void
test_handled(void)
{
    PyThreadState *state = PyThreadState_Get();
    PyObject *first = new_error("first"), *second = new_error("second");
    state->exc_info->exc_value = Py_NewRef(first);
    PyObject *got = PyErr_GetHandledException();
    is_ptr(got, first, "an exception that C stores is handled");
    Py_XDECREF(got);
    PyErr_SetString(PyExc_KeyError, "raised meanwhile");
    PyObject *context = PyException_GetContext(state->current_exception);
    is_ptr(context, first, "it is the context of an error");
    Py_XDECREF(context);
    PyErr_Clear();
    _PyErr_StackItem item = {NULL, state->exc_info};
    state->exc_info = &item;
    got = PyErr_GetHandledException();
    is_ptr(got, first, "an empty item shows the one below");
    Py_XDECREF(got);
    PyErr_SetHandledException(second);
    is_ptr(item.exc_value, second, "PyErr_SetHandledException sets the topmost item");
    is_ptr(item.previous_item->exc_value, first, "PyErr_SetHandledException leaves the item below");
    PyErr_SetHandledException(NULL);
    is_ptr(item.exc_value, NULL, "PyErr_SetHandledException empties the topmost item");
    state->exc_info = item.previous_item;
    PyErr_SetHandledException(Py_None);
    is_ptr(PyErr_GetHandledException(), NULL, "None is no exception that is handled");
    PyErr_SetHandledException(NULL);
    is_int(Py_REFCNT(first), 1, "no reference to the first exception is left");
    is_int(Py_REFCNT(second), 1, "no reference to the second exception is left");
    Py_DECREF(first);
    Py_DECREF(second);
}

static void
test_states(void)
{
    PyThreadState *main_state = PyThreadState_Get();
    PyInterpreterState *interpreter = main_state->interp;
    is_ptr(PyInterpreterState_Head(), interpreter, "the first interpreter is the main one");
    is_ptr(PyInterpreterState_Next(interpreter), NULL, "there is no other interpreter");
    is_ptr(PyInterpreterState_ThreadHead(interpreter), main_state, "the main state is the only one at first");
    PyThreadState *made = PyThreadState_New(interpreter);
    is_int(made->gilstate_counter, 1, "the counter of a new state is 1");
    is_ptr(made->exc_info, &made->exc_state, "a new state has a stack of handled exceptions");
    is_ptr(made->interp, interpreter, "a new state has the interpreter");
    is_int(made->holds_gil, 0, "a new state is not attached");
    is_ptr(PyInterpreterState_ThreadHead(interpreter), made, "a new state is first in the list");
    is_ptr(PyThreadState_Next(made), main_state, "the older state is next");
    is_ptr(PyThreadState_Next(main_state), NULL, "the oldest state is last");
    PyErr_SetString(PyExc_ValueError, "of the main state");
    PyThreadState *before = PyThreadState_Swap(made);
    is_ptr(before, main_state, "PyThreadState_Swap returns the state before");
    is_ptr(PyThreadState_Get(), made, "PyThreadState_Swap attaches the other state");
    is_ptr(PyErr_Occurred(), NULL, "an error is pending in its own state only");
    PyErr_SetString(PyExc_KeyError, "of the new state");
    ok(made->current_exception != NULL, "an error goes to the state that is attached");
    is_ptr(PyThreadState_Swap(main_state), made, "PyThreadState_Swap returns the new state");
    raises(PyExc_ValueError, "of the main state", "the error of the main state is still pending");
    PyThreadState_Clear(made);
    is_ptr(made->current_exception, NULL, "PyThreadState_Clear drops the error of the state");
    PyThreadState_Delete(made);
    is_ptr(PyInterpreterState_ThreadHead(interpreter), main_state, "a deleted state is not in the list");
}

static PyThreadState *for_other;
static int other_raised, other_has_own, other_gone;

static void *
other_thread(void *unused)
{
    PyEval_RestoreThread(for_other);
    other_has_own = PyThreadState_Get() == for_other;
    PyErr_SetString(PyExc_ValueError, "other");
    other_raised = for_other->current_exception != NULL;
    PyErr_Clear();
    PyThreadState_Clear(for_other);
    PyThreadState_DeleteCurrent();
    other_gone = PyThreadState_GetUnchecked() == NULL;
    return unused;
}

static void
test_other_thread(void)
{
    pthread_t thread;
    for_other = PyThreadState_New(PyInterpreterState_Get());
    PyErr_SetString(PyExc_KeyError, "kept");
    Py_BEGIN_ALLOW_THREADS
    pthread_create(&thread, NULL, other_thread, NULL);
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    is_int(other_has_own, 1, "another thread takes the GIL with a state that was made for it");
    is_int(other_raised, 1, "its error is in its state");
    is_int(other_gone, 1, "PyThreadState_DeleteCurrent releases the GIL");
    raises(PyExc_KeyError, "'kept'", "an error of this thread is not touched");
    is_ptr(PyThreadState_Next(PyThreadState_Get()), NULL, "the other state is gone");
}
#endif

int
main(void)
{
    TAP_BEGIN();
#if PY_VERSION_HEX >= 0x030e0000 && PY_VERSION_HEX < 0x030f0000 && !defined(Py_LIMITED_API)
    RUN(test_fields);
    RUN(test_pending);
    RUN(test_handled);
    RUN(test_states);
    RUN(test_other_thread);
#endif
    return TAP_END();
}
