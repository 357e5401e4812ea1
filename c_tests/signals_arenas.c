/* The handlers of signals and the functions for arenas, as CPython sets and lends them; the private functions that code of mypyc calls. */
#include "checks.h"

#include <signal.h>

static void
handle(int number)
{
    (void)number;
}

static void
test_signals(void)
{
    struct sigaction action;

    ok(PyOS_getsig(SIGUSR1) == SIG_DFL, "PyOS_getsig gives the handler of a signal");
    ok(PyOS_setsig(SIGUSR1, handle) == SIG_DFL, "PyOS_setsig returns the old handler");
    ok(PyOS_getsig(SIGUSR1) == handle, "PyOS_setsig sets the handler");
    sigaction(SIGUSR1, NULL, &action);
    is_int(action.sa_flags & (SA_ONSTACK | SA_RESTART | SA_SIGINFO | SA_NODEFER), SA_ONSTACK,
           "the handler runs on the alternative stack");
    is_int(sigismember(&action.sa_mask, SIGUSR2), 0, "the handler blocks no other signal");
    ok(PyOS_setsig(SIGUSR1, SIG_IGN) == handle, "PyOS_setsig can ignore a signal");
    ok(PyOS_setsig(SIGUSR1, SIG_DFL) == SIG_IGN, "PyOS_setsig can set the default");
    ok(PyOS_getsig(999) == SIG_ERR, "PyOS_getsig knows no signal 999");
    ok(PyOS_setsig(999, handle) == SIG_ERR, "PyOS_setsig knows no signal 999");
    ok(PyOS_setsig(SIGKILL, handle) == SIG_ERR, "PyOS_setsig can't handle SIGKILL");
}

static void *
no_arena(void *context, size_t size)
{
    (void)size;
    return context;
}

static void
free_nothing(void *context, void *arena, size_t size)
{
    (void)context;
    (void)arena;
    (void)size;
}

static void
test_arenas(void)
{
    PyObjectArenaAllocator first, mine = {&mine, no_arena, free_nothing}, now;
    char *arena;

    PyObject_GetArenaAllocator(&first);
    is_ptr(first.ctx, NULL, "the functions for arenas have no context");
    arena = first.alloc(first.ctx, 1 << 20);
    ok(arena != NULL, "an arena is made");
    is_int(arena[0] + arena[(1 << 20) - 1], 0, "an arena is zero");
    arena[0] = arena[(1 << 20) - 1] = 1;
    first.free(first.ctx, arena, 1 << 20);
    is_ptr(first.alloc(first.ctx, (size_t)-1), NULL, "an arena that is too large is not made");
    PyObject_SetArenaAllocator(&mine);
    PyObject_GetArenaAllocator(&now);
    ok(now.ctx == &mine && now.alloc == no_arena && now.free == free_nothing, "other functions for arenas are lent");
    PyObject_SetArenaAllocator(&first);
    PyObject_GetArenaAllocator(&now);
    ok(now.alloc == first.alloc, "the first functions can be set again");
}

PyAPI_FUNC(PyObject *) _PyErr_FormatFromCause(PyObject *exception, const char *format, ...);
PyAPI_FUNC(void) _PyErr_SetKeyError(PyObject *key);
PyAPI_FUNC(int) _PyGen_FetchStopIterationValue(PyObject **value);
PyAPI_FUNC(void) _Py_SetImmortal(PyObject *object);

static void
test_causes(void)
{
    PyObject *error, *cause, *key = Py_BuildValue("(ii)", 1, 2);

    PyErr_SetString(PyExc_ValueError, "first");
    is_ptr(_PyErr_FormatFromCause(PyExc_TypeError, "number %d", 7), NULL, "_PyErr_FormatFromCause returns NULL");
    error = PyErr_GetRaisedException();
    is_text(PyObject_Repr(error), "TypeError('number 7')", "_PyErr_FormatFromCause raises the new error");
    cause = PyException_GetCause(error);
    is_text(PyObject_Repr(cause), "ValueError('first')", "the pending error is the cause of the new one");
    Py_DECREF(cause);
    cause = PyException_GetContext(error);
    is_text(PyObject_Repr(cause), "ValueError('first')", "the pending error is the context of the new one");
    Py_DECREF(cause);
    Py_DECREF(error);

    _PyErr_SetKeyError(key);
    error = PyErr_GetRaisedException();
    is_text(PyObject_Repr(error), "KeyError((1, 2))", "_PyErr_SetKeyError keeps a tuple as one key");
    Py_DECREF(error);
    Py_DECREF(key);
}

static void
test_final_values(void)
{
    PyObject *value = Py_None;

    is_int(_PyGen_FetchStopIterationValue(&value), 0, "no error is the end of an iterator");
    is_ptr(value, Py_None, "the value without an error is None");
    PyErr_SetNone(PyExc_StopIteration);
    is_int(_PyGen_FetchStopIterationValue(&value), 0, "StopIteration is the end of an iterator");
    is_ptr(value, Py_None, "the value of a bare StopIteration is None");
    PyErr_SetObject(PyExc_StopIteration, PyExc_ValueError);
    is_int(_PyGen_FetchStopIterationValue(&value), 0, "StopIteration with a value is the end of an iterator");
    is_ptr(value, PyExc_ValueError, "the value is that of StopIteration");
    is_ptr(PyErr_Occurred(), NULL, "no error is left");
    PyErr_SetString(PyExc_ValueError, "an error");
    is_int(_PyGen_FetchStopIterationValue(&value), -1, "another error is no end of an iterator");
    is_ptr(value, PyExc_ValueError, "another error leaves the place for the value as it is");
    raises(PyExc_ValueError, "an error", "another error stays pending");
}

static void
test_immortal(void)
{
    /* They stay reachable, for tools that look for leaks. */
    static PyObject *list, *number;

    list = PyList_New(0);
    number = PyFloat_FromDouble(0.5);

    _Py_SetImmortal(list);
    ok(PyUnstable_IsImmortal(list), "_Py_SetImmortal makes a list immortal");
    is_int(PyObject_GC_IsTracked(list), 0, "an immortal object takes no part in collection");
    _Py_SetImmortal(number);
    ok(PyUnstable_IsImmortal(number), "_Py_SetImmortal makes a number immortal");
}

#undef PyUnicode_DATA
PyAPI_FUNC(void *) PyUnicode_DATA(PyObject *object);

static void
test_characters(void)
{
    PyObject *ascii = PyUnicode_FromString("abc"), *wide = PyUnicode_FromString("a\xe2\x82\xac");

    is_str((char *)PyUnicode_DATA(ascii), "abc", "PyUnicode_DATA gives the characters of an ASCII string");
    is_int(((Py_UCS2 *)PyUnicode_DATA(wide))[1], 0x20ac, "PyUnicode_DATA gives wide characters");
    Py_DECREF(ascii);
    Py_DECREF(wide);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_signals);
    RUN(test_arenas);
    RUN(test_causes);
    RUN(test_final_values);
    RUN(test_immortal);
    RUN(test_characters);
    return TAP_END();
}
