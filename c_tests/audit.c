/* Audit hooks: PySys_Audit, PySys_AuditTuple and PySys_AddAuditHook. */
#include "checks.h"
#include "outcome.h"

static char told[4096];

/* Writes the event down.  It refuses the events "refused", with an error, and "silent", without one, by a
 * negative result. */
static int
hook(const char *event, PyObject *arguments, void *data)
{
    size_t length = strlen(told);
    snprintf(told + length, sizeof told - length, "%s:%s%s ", (const char *)data, event, shown(arguments));
    if (strcmp(event, "refused") == 0) {
        PyErr_SetString(PyExc_ValueError, "the hook refuses");
        return -1;
    }
    return strcmp(event, "silent") == 0 ? -1 : 5;
}

static PyObject **refuses = NULL;

/* Refuses other hooks with an error. */
static int
guard(const char *event, PyObject *arguments, void *data)
{
    (void)arguments;
    (void)data;
    if (refuses != NULL && strcmp(event, "sys.addaudithook") == 0) {
        PyErr_SetString(*refuses, "no more hooks");
        return -1;
    }
    return 0;
}

static const char *
events(void)
{
    static char copy[sizeof told];
    memcpy(copy, told, sizeof told);
    told[0] = 0;
    return copy;
}

static void
test_hooks(void)
{
    is_int(PySys_Audit("event", "no format", 1), 0, "without a hook the format is not read");
    is_int(PySys_AddAuditHook(guard, NULL), 0, "a hook is added");
    refuses = &PyExc_RuntimeError;
    is_int(PySys_AddAuditHook(hook, (void *)(uintptr_t)"never"), 0, "a RuntimeError refuses a hook without an error");
    no_error("a hook that was refused by a RuntimeError leaves no error");
    refuses = &PyExc_ValueError;
    is_int(PySys_AddAuditHook(hook, (void *)(uintptr_t)"never"), -1, "another error refuses a hook");
    raises(PyExc_ValueError, "no more hooks", "the error that refuses a hook stays");
    refuses = NULL;
    is_int(PySys_AddAuditHook(hook, (void *)(uintptr_t)"1"), 0, "a second hook is added");
    is_str(events(), "", "a hook is not told of itself");
    is_int(PySys_AddAuditHook(hook, (void *)(uintptr_t)"2"), 0, "a third hook is added");
    is_str(events(), "1:sys.addaudithook() ", "hooks are told of a new one");
}

static void
test_events(void)
{
    PyObject *text = PyUnicode_FromString("text"), *pair = PyTuple_Pack(2, text, Py_None);
    is_int(PySys_Audit("event", NULL), 0, "an event can be without a format");
    is_int(PySys_Audit("event", ""), 0, "an event can have an empty format");
    is_str(events(), "1:event() 2:event() 1:event() 2:event() ", "an event without arguments has an empty tuple");
    is_int(PySys_Audit("event", "i", 3), 0, "an event can have an argument");
    is_str(events(), "1:event(3,) 2:event(3,) ", "one argument is put into a tuple");
    is_int(PySys_Audit("event", "is", 3, "x"), 0, "an event can have arguments");
    is_str(events(), "1:event(3, 'x') 2:event(3, 'x') ", "arguments are a tuple");
    is_int(PySys_Audit("event", "O", pair), 0, "an argument can be a tuple");
    is_str(events(), "1:event('text', None) 2:event('text', None) ", "a tuple is the arguments");
    is_int(PySys_Audit("refused", "(i)", 3), -1, "a hook can refuse an event");
    raises(PyExc_ValueError, "the hook refuses", "the hook's error stays");
    is_str(events(), "1:refused(3,) ", "later hooks are not told of an event that was refused");
    is_int(PySys_Audit("silent", NULL), -1, "a hook can refuse an event without an error");
    no_error("an event that was refused without an error leaves none");
    events();
    is_int(PySys_Audit("event", "q!"), -1, "a wrong format refuses an event");
    is_str(error_text(), "SystemError: bad format char passed to Py_BuildValue", "a wrong format is a SystemError");
    PyErr_SetString(PyExc_KeyError, "before");
    is_int(PySys_Audit("event", "i", 3), 0, "an event can be told while an error is pending");
    raises(PyExc_KeyError, "'before'", "a pending error stays");
    PyErr_SetString(PyExc_KeyError, "before");
    is_int(PySys_Audit("refused", "i", 3), -1, "an event can be refused while an error is pending");
    raises(PyExc_ValueError, "the hook refuses", "the hook's error replaces a pending one");
    events();
    is_int(PySys_AuditTuple("event", NULL), 0, "PySys_AuditTuple takes NULL for no arguments");
    is_int(PySys_AuditTuple("event", pair), 0, "PySys_AuditTuple takes a tuple");
    is_str(events(), "1:event() 2:event() 1:event('text', None) 2:event('text', None) ",
           "PySys_AuditTuple passes the tuple on");
    is_int(PySys_AuditTuple("event", text), -1, "PySys_AuditTuple refuses another object");
    raises(PyExc_TypeError, "args must be tuple, got str", "PySys_AuditTuple names the type of another object");
    is_str(events(), "", "no hook is told of an event with wrong arguments");
    Py_DECREF(pair);
    Py_DECREF(text);
}

static void
test_end(void)
{
    Py_FinalizeEx();
    is_str(events(),
           "1:cpython.PyInterpreterState_Clear() 2:cpython.PyInterpreterState_Clear() "
           "1:cpython._PySys_ClearAuditHooks() 2:cpython._PySys_ClearAuditHooks() ",
           "hooks are told of the end");
    Py_Initialize();
    is_int(PySys_Audit("event", NULL), 0, "an event can be told after the end and a new beginning");
    is_str(events(), "", "the hooks are gone after the end");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_hooks);
    RUN(test_events);
    test_end();
    return TAP_END();
}
