/* Destructors: when they run, how often, and what they may do.  A destructor runs once, when the last reference
 * goes, before anything of the capsule is taken away: the count is 0 and every accessor and setter still works.  It
 * is the one that is set at that moment.  It may call other destructors, replace itself, and destroy other capsules.
 * Errors in destructors are the topic of capsule_destructor_errors.c, containers that of capsule_teardown.c.
 */
#include "tap.h"

static char storage[16];
static char log_text[1024];

static void
note(const char *text)
{
    strcat(log_text, text);
}

static void
note_name(PyObject *capsule)
{
    note(PyCapsule_GetName(capsule));
    note(";");
}

/* Everything a destructor can read. */
static struct {
    PyObject *capsule;
    Py_ssize_t count;
    void *pointer;
    const char *name;
    void *context;
    PyCapsule_Destructor destructor;
    int exact, valid, valid_as_other, tracked, truth, error;
    int calls;
} seen;

static void
see_everything(PyObject *capsule)
{
    seen.calls++;
    seen.capsule = capsule;
    seen.count = Py_REFCNT(capsule);
    seen.exact = PyCapsule_CheckExact(capsule);
    seen.name = PyCapsule_GetName(capsule);
    seen.pointer = PyCapsule_GetPointer(capsule, seen.name);
    seen.context = PyCapsule_GetContext(capsule);
    seen.destructor = PyCapsule_GetDestructor(capsule);
    seen.valid = PyCapsule_IsValid(capsule, seen.name);
    seen.valid_as_other = PyCapsule_IsValid(capsule, "never this name");
    seen.tracked = PyObject_GC_IsTracked(capsule);
    seen.truth = PyObject_IsTrue(capsule);
    seen.error = PyErr_Occurred() != NULL;
}

static void
test_what_the_destructor_sees(void)
{
    static const char *const names[] = {"name", NULL, "", "\xff", "a.b.c"};

    for (int i = 0; i < 5; i++) {
        PyObject *capsule = PyCapsule_New(storage, names[i], see_everything);
        PyCapsule_SetContext(capsule, storage + 1);
        memset(&seen, 0, sizeof(seen));
        Py_INCREF(capsule);
        Py_DECREF(capsule);
        is_int(seen.calls, 0, "no destructor runs while a reference is left (name %d)", i);
        PyObject *address = capsule;
        Py_DECREF(capsule);
        is_int(seen.calls, 1, "the destructor runs once when the last reference goes (name %d)", i);
        is_ptr(seen.capsule, address, "the destructor gets the capsule itself (name %d)", i);
        is_int(seen.count, 0, "the reference count is 0 in the destructor (name %d)", i);
        is_int(seen.exact, 1, "the object is still a capsule in the destructor (name %d)", i);
        is_ptr(seen.pointer, storage, "the destructor finds the pointer (name %d)", i);
        is_ptr(seen.name, names[i], "the destructor finds the name (name %d)", i);
        is_ptr(seen.context, storage + 1, "the destructor finds the context (name %d)", i);
        ok(seen.destructor == see_everything, "the destructor finds itself by GetDestructor (name %d)", i);
        is_int(seen.valid, 1, "IsValid accepts the capsule's name in the destructor (name %d)", i);
        is_int(seen.valid_as_other, 0, "IsValid refuses another name in the destructor (name %d)", i);
        is_int(seen.tracked, 0, "the collector does not track the capsule in the destructor (name %d)", i);
        is_int(seen.truth, 1, "the capsule is true in the destructor (name %d)", i);
        is_int(seen.error, 0, "no error is set in the destructor (name %d)", i);
    }
}

/* Every setter that is called in a destructor returns 0, and the accessors give its value there. */
static int setters_that_worked;

static void
set_everything(PyObject *capsule)
{
    setters_that_worked += PyCapsule_SetPointer(capsule, storage + 2) == 0;
    setters_that_worked += PyCapsule_SetName(capsule, "in the destructor") == 0;
    setters_that_worked += PyCapsule_SetContext(capsule, storage + 3) == 0;
    setters_that_worked += PyCapsule_SetDestructor(capsule, note_name) == 0;
    setters_that_worked += PyCapsule_GetPointer(capsule, "in the destructor") == storage + 2;
    setters_that_worked += PyCapsule_GetContext(capsule) == storage + 3;
    setters_that_worked += PyCapsule_GetDestructor(capsule) == note_name;
    setters_that_worked += PyCapsule_IsValid(capsule, "name") == 0;
    setters_that_worked += Py_REFCNT(capsule) == 0;
}

static void
test_setters_in_the_destructor(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", set_everything);

    setters_that_worked = 0;
    log_text[0] = '\0';
    Py_DECREF(capsule);
    is_int(setters_that_worked, 9, "every setter works in the destructor, and every accessor sees its effect");
    is_str(log_text, "", "a destructor that is set in a destructor does not run");
    no_error("no setter in a destructor sets an error");
}

/* Failing calls in a destructor fail as they do elsewhere; the destructor clears the errors. */
static void
fail_everything(PyObject *capsule)
{
    is_ptr(PyCapsule_GetPointer(capsule, "other"), NULL, "a wrong name is refused in a destructor");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name",
           "a wrong name in a destructor raises the usual error");
    is_int(PyCapsule_SetPointer(capsule, NULL), -1, "a NULL pointer is refused in a destructor");
    raises(PyExc_ValueError, "PyCapsule_SetPointer called with null pointer",
           "a NULL pointer in a destructor raises the usual error");
    is_ptr(PyCapsule_GetPointer(capsule, "name"), storage, "a refused pointer leaves the old one in a destructor");
    is_ptr(PyCapsule_New(NULL, "x", NULL), NULL, "New refuses NULL in a destructor");
    raises(PyExc_ValueError, "PyCapsule_New called with null pointer",
           "New of NULL in a destructor raises the usual error");
}

static void
test_failing_calls_in_the_destructor(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", fail_everything);

    Py_DECREF(capsule);
    no_error("a destructor that clears its errors leaves none");
}

/* SetDestructor in a destructor. */
static void
rearm(PyObject *capsule)
{
    note("rearm;");
    PyCapsule_SetDestructor(capsule, rearm);
}

static void
disarm(PyObject *capsule)
{
    note("disarm;");
    PyCapsule_SetDestructor(capsule, NULL);
}

static void
delegate(PyObject *capsule)
{
    note("delegate;");
    PyCapsule_SetDestructor(capsule, note_name);
    PyCapsule_GetDestructor(capsule)(capsule);
}

static void
test_set_destructor_in_a_destructor(void)
{
    static const struct {
        PyCapsule_Destructor destructor;
        const char *log;
        const char *text;
    } cases[] = {
        {rearm, "rearm;", "a destructor that sets itself again does not run again"},
        {disarm, "disarm;", "a destructor that disarms the capsule runs to its end"},
        {delegate, "delegate;name;",
         "a destructor may set another one and call it by hand, and that one does not run twice"},
    };

    for (int i = 0; i < 3; i++) {
        PyObject *capsule = PyCapsule_New(storage, "name", cases[i].destructor);
        log_text[0] = '\0';
        Py_DECREF(capsule);
        is_str(log_text, cases[i].log, "%s", cases[i].text);
        no_error("a destructor that sets another leaves no error (%d)", i);
    }
}

static void
test_called_by_hand(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", note_name);

    log_text[0] = '\0';
    PyCapsule_GetDestructor(capsule)(capsule);
    is_str(log_text, "name;", "a destructor may be called by hand: it is only a function");
    is_int(Py_REFCNT(capsule), 1, "a destructor called by hand does not end the capsule");
    is_ptr(PyCapsule_GetPointer(capsule, "name"), storage, "a destructor called by hand does not change the pointer");
    ok(PyCapsule_GetDestructor(capsule) == note_name, "a destructor called by hand is still set");
    PyCapsule_SetName(capsule, "second");
    note_name(capsule);
    Py_DECREF(capsule);
    is_str(log_text, "name;second;second;", "a destructor called by hand runs again for the last reference");

    capsule = PyCapsule_New(storage, "name", disarm);
    log_text[0] = '\0';
    PyCapsule_GetDestructor(capsule)(capsule);
    Py_DECREF(capsule);
    is_str(log_text, "disarm;", "a destructor that disarms the capsule when called by hand does not run again");
}

/* The destructor calls itself: a reference taken and dropped there would recurse without end. */
static int rounds;

static void
call_myself_again(PyObject *capsule)
{
    char text[64];

    sprintf(text, "%d:%d:%s;", rounds, (int)Py_REFCNT(capsule), PyCapsule_GetName(capsule));
    note(text);
    if (rounds++ == 0) {
        PyCapsule_SetName(capsule, "again");
        call_myself_again(capsule);
    }
}

static void
test_second_manual_call_at_count_zero(void)
{
    PyObject *capsule = PyCapsule_New(storage, "once", call_myself_again);

    rounds = 0;
    log_text[0] = '\0';
    Py_DECREF(capsule);
    is_str(log_text, "0:0:once;1:0:again;", "every accessor works on a second call at count 0");
    no_error("a second call at count 0 leaves no error");
}

static void
test_the_last_destructor_counts(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", rearm);

    PyCapsule_SetDestructor(capsule, disarm);
    PyCapsule_SetDestructor(capsule, NULL);
    PyCapsule_SetDestructor(capsule, note_name);
    log_text[0] = '\0';
    Py_DECREF(capsule);
    is_str(log_text, "name;", "of several destructors only the last one that was set runs");

    capsule = PyCapsule_New(storage, "name", note_name);
    PyCapsule_SetDestructor(capsule, NULL);
    log_text[0] = '\0';
    Py_DECREF(capsule);
    is_str(log_text, "", "a capsule whose destructor was taken away goes silently");

    capsule = PyCapsule_New(storage, "name", NULL);
    Py_DECREF(capsule);
    no_error("a capsule that never had a destructor leaves no error");
}

/* A destructor that owns other capsules. */
static PyObject *
nest(const char *name, PyObject *inner, PyCapsule_Destructor destructor)
{
    PyObject *capsule = PyCapsule_New(storage, name, destructor);
    PyCapsule_SetContext(capsule, inner);
    return capsule;
}

static void
note_around_inner(PyObject *capsule)
{
    note("(");
    note_name(capsule);
    Py_XDECREF((PyObject *)PyCapsule_GetContext(capsule));
    note_name(capsule);
    note(")");
}

static void
release_inner(PyObject *capsule)
{
    PyObject *inner = (PyObject *)PyCapsule_GetContext(capsule);
    if (inner != NULL) {
        PyCapsule_SetContext(capsule, NULL);
        Py_DECREF(inner);
    }
}

static void
test_nested(void)
{
    PyObject *shared, *first, *second;

    log_text[0] = '\0';
    Py_DECREF(nest("a", nest("b", nest("c", NULL, note_around_inner), note_around_inner), note_around_inner));
    is_str(log_text, "(a;(b;(c;c;)b;)a;)", "a capsule that a destructor lets go of is destroyed inside that call");
    no_error("nested destructors leave no error");

    shared = PyCapsule_New(storage, "shared", note_name);
    first = nest("first", shared, note_around_inner);
    second = nest("second", Py_NewRef(shared), note_around_inner);
    log_text[0] = '\0';
    Py_DECREF(first);
    is_str(log_text, "(first;first;)", "a shared inner capsule outlives the first that held it");
    Py_DECREF(second);
    is_str(log_text, "(first;first;)(second;shared;second;)",
           "a shared inner capsule goes with the last capsule that held it");
}

static void
make_and_drop(PyObject *capsule)
{
    PyObject *another = PyCapsule_New(storage, "made in a destructor", note_name);
    note_name(capsule);
    Py_XDECREF(another);
    note_name(capsule);
}

static PyObject *kept = NULL;

static void
make_and_keep(PyObject *capsule)
{
    kept = PyCapsule_New(PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule)), "heir", note_name);
}

static void
test_capsules_made_in_a_destructor(void)
{
    log_text[0] = '\0';
    Py_DECREF(PyCapsule_New(storage, "name", make_and_drop));
    is_str(log_text, "name;made in a destructor;name;", "a destructor may make and drop a capsule");

    Py_DECREF(PyCapsule_New(storage + 5, "name", make_and_keep));
    is_ptr(PyCapsule_GetPointer(kept, "heir"), storage + 5,
           "a destructor may hand its pointer to a new capsule that lives on");
    is_int(Py_REFCNT(kept), 1, "a capsule made in a destructor has a count of its own");
    log_text[0] = '\0';
    Py_CLEAR(kept);
    is_str(log_text, "heir;", "a capsule made in a destructor is destroyed in its own time");
}

static void
use_other_objects(PyObject *capsule)
{
    PyObject *list = PyList_New(0), *dict = PyDict_New();
    PyObject *text = PyUnicode_FromFormat("%s/%d", PyCapsule_GetName(capsule), 7);

    PyList_Append(list, text);
    PyDict_SetItemString(dict, "list", list);
    note(PyUnicode_AsUTF8(PyList_GetItem(PyDict_GetItemString(dict, "list"), 0)));
    Py_DECREF(text);
    Py_DECREF(list);
    Py_DECREF(dict);
    PyGC_Collect();
}

static void
test_any_call_in_a_destructor(void)
{
    log_text[0] = '\0';
    Py_DECREF(PyCapsule_New(storage, "name", use_other_objects));
    is_str(log_text, "name/7", "a destructor may make objects of all kinds, and collect garbage");
    no_error("a destructor that makes objects leaves no error");
}

/* A chain of capsules may have any length, so destruction must not recurse on the C stack. */
static long chain_entered, chain_left;
static int chain_in_order;

static void
release_next(PyObject *capsule)
{
    chain_in_order &= PyCapsule_GetPointer(capsule, NULL) == (void *)(size_t)(++chain_entered);
    release_inner(capsule);
    chain_left++;
}

static void
test_long_chain(void)
{
    enum { LENGTH = 200000 };
    PyObject *chain = NULL;

    for (size_t i = LENGTH; i > 0; i--) {
        PyObject *capsule = PyCapsule_New((void *)i, NULL, release_next);
        PyCapsule_SetContext(capsule, chain);
        chain = capsule;
    }
    chain_entered = chain_left = 0;
    chain_in_order = 1;
    Py_DECREF(chain);
    is_int(chain_entered, LENGTH, "a chain of 200000 capsules, each held by the one before, goes without a crash");
    is_int(chain_left, LENGTH, "every destructor of the chain has returned when the first Py_DECREF does");
    ok(chain_in_order, "the destructors of a chain are entered from the first to the last");
    no_error("the end of a chain leaves no error");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_what_the_destructor_sees);
    RUN(test_setters_in_the_destructor);
    RUN(test_failing_calls_in_the_destructor);
    RUN(test_set_destructor_in_a_destructor);
    RUN(test_called_by_hand);
    RUN(test_second_manual_call_at_count_zero);
    RUN(test_the_last_destructor_counts);
    RUN(test_nested);
    RUN(test_capsules_made_in_a_destructor);
    RUN(test_any_call_in_a_destructor);
    RUN(test_long_chain);
    return TAP_END();
}
