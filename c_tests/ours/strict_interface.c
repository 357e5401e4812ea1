/* The checker's interface in C: switching it on and off, the capsules that live, checkpoints, and allocations that
 * fail on purpose.  strict_callback.c tests the reports. */
#include "strict_interface.h"

/* ---- on and off ---- */

static PyObject *made_while_off;

static int
never(PyObject *capsule, void *argument)
{
    (void)capsule;
    (void)argument;
    return 99;
}

static void
test_off(void)
{
    pycapsule_strict(0);
    made_while_off = PyCapsule_New(storage, "off", NULL);
    is_int(pycapsule_strict(0), 0, "pycapsule_strict(0) returns 0 when strict mode was off");
    is_int(pycapsule_live_count(), -1, "pycapsule_live_count is -1 while strict mode is off");
    is_int(pycapsule_visit_live(never, NULL), 0, "pycapsule_visit_live visits no capsule while strict mode is off");
    is_int(pycapsule_leaked_since(0), 0, "pycapsule_leaked_since is 0 while strict mode is off");
    is_int(pycapsule_checkpoint() != 0, 1, "pycapsule_checkpoint returns a checkpoint while strict mode is off");
}

static void
test_on(void)
{
    is_int(pycapsule_strict(1), 0, "pycapsule_strict(1) returns 0 when strict mode was off");
    is_int(pycapsule_strict(2), 1, "pycapsule_strict(2) returns 1 when strict mode was on");
    is_int(pycapsule_live_count(), 0, "a capsule that was made while strict mode was off is not counted");
    Py_CLEAR(made_while_off);
    is_int(shown.count, 0, "the end of a capsule that was made while strict mode was off is not reported");
}

static int destroyed;
static void
count_destruction(PyObject *capsule)
{
    destroyed += PyCapsule_IsValid(capsule, "after");
}

static void
switch_off_and_on(PyObject *capsule)
{
    destroyed += PyCapsule_GetPointer(capsule, "in the middle") == storage;
    pycapsule_strict(0);
    pycapsule_strict(1);
}

static void
switch_on(PyObject *capsule)
{
    destroyed += pycapsule_strict(1) == 0 && PyCapsule_GetName(capsule) != NULL;
}
static void
switch_off(PyObject *capsule)
{
    destroyed += pycapsule_strict(0) == 1 && PyCapsule_GetName(capsule) != NULL;
}

static void
test_in_the_middle(void)
{
    PyObject *capsule = PyCapsule_New(storage, "before", count_destruction),
             *gone = PyCapsule_New(storage, "gone", NULL);

    show_anew();
    is_int(pycapsule_live_count(), 2, "two capsules that were made while strict mode is on are counted");
    pycapsule_strict(0);
    is_int(pycapsule_visit_live(never, NULL), 0,
           "capsules from before strict mode went off are not visited while it is off");
    is_int(pycapsule_leaked_since(0), 0, "capsules from before strict mode went off have not leaked while it is off");
    PyCapsule_SetName(capsule, "after");
    PyCapsule_SetPointer(capsule, storage + 1);
    Py_DECREF(gone);
    Py_DECREF(PyCapsule_New(storage, "unseen", NULL));
    pycapsule_strict(1);
    is_int(pycapsule_live_count(), 1,
           "a capsule that was destroyed while strict mode was off is not counted afterwards");
    is_ptr(PyCapsule_GetPointer(capsule, "after"), storage + 1,
           "a capsule has the name and pointer that were set while strict mode was off");
    Py_DECREF(capsule);
    is_int(destroyed, 1, "the destructor sees the name that was set while strict mode was off");
    is_int(shown.count, 0, "changes that were made while strict mode was off are not reported");

    destroyed = 0;
    Py_DECREF(PyCapsule_New(storage, "in the middle", switch_off_and_on));
    pycapsule_strict(0);
    capsule = PyCapsule_New(storage, "off", switch_on);
    pycapsule_strict(1);
    gone = PyCapsule_New(storage, "on", switch_off);
    Py_DECREF(gone);
    Py_DECREF(capsule);
    is_int(destroyed, 3, "a destructor may switch strict mode on and off");
    is_int(pycapsule_strict(1), 1, "strict mode is on after a destructor has switched it on");
    is_int(pycapsule_live_count(), 0, "no capsule is counted whose destructor has switched strict mode");
    is_int(shown.count, 0, "nothing is reported of destructors that switch strict mode");
}

/* ---- capsules that live ---- */

static struct {
    int count, stop_at, answer;
    const void *seen[8];
    PyObject *made, *doomed;
} visit;

static int
remember(PyObject *capsule, void *argument)
{
    if (visit.count < 8) {
        visit.seen[visit.count] = capsule;
    }
    visit.count += argument == storage;
    return visit.count == visit.stop_at ? visit.answer : 0;
}

/* The first visit makes one capsule and destroys another. */
static int
make_and_destroy(PyObject *capsule, void *argument)
{
    if (visit.made == NULL) {
        visit.made = PyCapsule_New(storage, "made by the visitor", NULL);
        Py_CLEAR(visit.doomed);
    }
    return remember(capsule, argument);
}

static void
test_live(void)
{
    PyObject *first = PyCapsule_New(storage, "first", NULL), *second = PyCapsule_New(storage, NULL, NULL);
    PyObject *third = PyCapsule_New(storage, "third", NULL);

    is_int(pycapsule_live_count(), 3, "pycapsule_live_count counts three capsules");
    memset(&visit, 0, sizeof visit);
    is_int(pycapsule_visit_live(remember, storage), 0, "pycapsule_visit_live returns 0 when its visitor does");
    is_int(visit.count, 3, "pycapsule_visit_live calls the visitor once for each capsule, with the argument");
    ok(visit.seen[0] == first && visit.seen[1] == second && visit.seen[2] == third,
       "pycapsule_visit_live visits capsules in the order in which they were made");
    memset(&visit, 0, sizeof visit);
    visit.stop_at = 2;
    visit.answer = -7;
    is_int(pycapsule_visit_live(remember, storage), -7,
           "pycapsule_visit_live returns the first value of its visitor that is not 0");
    is_int(visit.count, 2, "pycapsule_visit_live visits no capsule after a value that is not 0");
    is_int(pycapsule_visit_live(NULL, NULL), 0, "pycapsule_visit_live without a visitor returns 0");
    is_int(Py_REFCNT(first), 1, "pycapsule_visit_live leaves the reference count of a capsule alone");
    PyCapsule_New(NULL, "never", NULL);
    raises(PyExc_ValueError, "PyCapsule_New called with null pointer",
           "PyCapsule_New fails with a NULL pointer in strict mode");
    is_int(pycapsule_live_count(), 3, "pycapsule_live_count leaves out a capsule that PyCapsule_New failed to make");

    memset(&visit, 0, sizeof visit);
    visit.doomed = second;
    is_int(pycapsule_visit_live(make_and_destroy, storage), 0, "a visitor may make capsules and destroy them");
    is_int(visit.count, 3, "a capsule that the visitor destroys is not visited, and one that it makes is");
    ok(visit.seen[1] == third && visit.seen[2] == visit.made,
       "a capsule that the visitor makes is visited after the others");
    Py_DECREF(visit.made);
    Py_DECREF(first);
    Py_DECREF(third);
    is_int(pycapsule_live_count(), 0, "pycapsule_live_count is 0 when the last references are gone");
}

static void
test_checkpoint(void)
{
    PyObject *before = PyCapsule_New(storage, "before", NULL), *after, *unnamed;
    uint64_t checkpoint = pycapsule_checkpoint();

    show_anew();
    is_int(pycapsule_leaked_since(checkpoint), 0, "nothing has leaked since a checkpoint that was just taken");
    Py_DECREF(PyCapsule_New(storage, "gone", NULL));
    is_int(pycapsule_leaked_since(checkpoint), 0,
           "a capsule that was made after a checkpoint and destroyed has not leaked");
    is_int(shown.count, 0, "pycapsule_leaked_since reports nothing when it returns 0");
    after = PyCapsule_New(storage, "after", NULL);
    is_int(pycapsule_leaked_since(checkpoint), 1, "a capsule that was made after a checkpoint and lives has leaked");
    is_int(shown.count, 1, "pycapsule_leaked_since reports a leak");
    is_str(shown.kind, "leak", "the kind of a leak's report is leak");
    is_str(shown.severity, "ERROR", "the severity of a leak's report is ERROR");
    is_ptr(shown.capsule, after, "the report of a leak has the capsule");
    is_str(shown.message, "the capsule \"after\" was never destroyed", "the message of a leak names the capsule");
    unnamed = PyCapsule_New(storage, NULL, NULL);
    is_int(pycapsule_leaked_since(checkpoint), 2, "pycapsule_leaked_since counts a second leak beside the first");
    is_int(shown.count, 2, "pycapsule_leaked_since does not report the first leak again");
    is_str(shown.message, "the capsule NULL was never destroyed", "the second leak has its own report");
    is_int(pycapsule_leaked_since(pycapsule_checkpoint()), 0, "nothing has leaked since a later checkpoint");
    is_int(pycapsule_leaked_since(0), 3, "pycapsule_leaked_since(0) counts all capsules that live");
    is_int(shown.count, 3, "pycapsule_leaked_since(0) reports the one capsule that was not reported before");
    Py_DECREF(after);
    Py_DECREF(unnamed);
    is_int(pycapsule_leaked_since(checkpoint), 0,
           "a capsule that is destroyed after its report is no longer counted as a leak");
    Py_DECREF(before);
}

static PyObject *
make_at_one_place(const char *name)
{
    return PyCapsule_New(storage, name, NULL);
}

static void
test_leaks_of_one_place(void)
{
    /* Volatile, so that the compiler keeps the loop with its one call. */
    static const char *volatile names[5] = {"many", "many", "many", "many", "other"};
    uint64_t checkpoint = pycapsule_checkpoint();
    PyObject *made[5];
    int i;

    show_anew();
    for (i = 0; i < 5; i++) {
        made[i] = make_at_one_place(names[i]);
        if (i == 2) {
            is_int(pycapsule_leaked_since(checkpoint), 3, "three capsules of one place are counted");
            is_int(shown.count, 1, "three capsules of one place are one report");
            is_str(shown.message, "3 capsules \"many\", made at the same place, were never destroyed",
                   "the report of three capsules says how many they are");
            is_ptr(shown.capsule, NULL, "the report of three capsules has no capsule");
        }
    }
    is_int(pycapsule_leaked_since(checkpoint), 5, "two more capsules of one place are counted beside the three");
    is_int(shown.count, 2, "two more capsules of one place are one more report");
    is_str(shown.message, "2 capsules, made at the same place, were never destroyed",
           "the report of two capsules of different names has no name");
    for (i = 0; i < 5; i++) {
        Py_DECREF(made[i]);
    }
    /* The next capsule may get the memory of one that was reported. */
    made[0] = make_at_one_place("new");
    is_int(pycapsule_leaked_since(checkpoint), 1, "a new capsule of that place is counted");
    is_str(shown.message, "the capsule \"new\" was never destroyed",
           "a new capsule of that place is reported, whatever was at its address before");
    Py_DECREF(made[0]);
}

/* ---- allocations that fail on purpose ---- */

static void
check_fail_alloc(const char *mode)
{
    PyObject *capsules[4];
    int i;

    pycapsule_fail_alloc(1, 0);
    is_ptr(PyCapsule_New(storage, "refused", NULL), NULL,
           "strict mode %s: pycapsule_fail_alloc(1, 0) makes the next allocation fail", mode);
    raises(PyExc_MemoryError, "", "strict mode %s: PyCapsule_New sets MemoryError when its allocation fails", mode);
    pycapsule_fail_alloc(3, 0);
    for (i = 0; i < 4; i++) {
        capsules[i] = PyCapsule_New(storage, "third is refused", NULL);
        ok((capsules[i] == NULL) == (i == 2), "strict mode %s: pycapsule_fail_alloc(3, 0) makes capsule %d of four %s",
           mode, i + 1, i == 2 ? "fail" : "succeed");
        if (capsules[i] == NULL) {
            PyErr_Clear();
        }
    }
    for (i = 0; i < 4; i++) {
        Py_XDECREF(capsules[i]);
    }
    pycapsule_fail_alloc(2, 1);
    for (i = 0; i < 4; i++) {
        capsules[i] = PyCapsule_New(storage, "all are refused", NULL);
        ok((capsules[i] == NULL) == (i >= 1), "strict mode %s: pycapsule_fail_alloc(2, 1) makes capsule %d of four %s",
           mode, i + 1, i >= 1 ? "fail" : "succeed");
        PyErr_Clear();
    }
    pycapsule_fail_alloc(0, 0);
    Py_XDECREF(capsules[0]);
    capsules[0] = PyCapsule_New(storage, "made", NULL);
    ok(capsules[0] != NULL, "strict mode %s: after pycapsule_fail_alloc(0, 0) allocations succeed", mode);
    Py_XDECREF(capsules[0]);
    pycapsule_fail_alloc(1, 1);
    pycapsule_fail_alloc(0, 1);
    capsules[0] = PyCapsule_New(storage, "made", NULL);
    ok(capsules[0] != NULL, "strict mode %s: after pycapsule_fail_alloc(0, 1) allocations succeed", mode);
    Py_XDECREF(capsules[0]);
}

static void
test_fail_alloc_off(void)
{
    check_fail_alloc("off");
}

static void
test_fail_alloc_on(void)
{
    check_fail_alloc("on");
}

int
main(void)
{
    show_anew();
    TAP_BEGIN();
    RUN(test_off);
    RUN(test_fail_alloc_off);
    RUN(test_on);
    RUN(test_in_the_middle);
    RUN(test_live);
    RUN(test_checkpoint);
    RUN(test_leaks_of_one_place);
    RUN(test_fail_alloc_on);
    RUN(test_nothing_left);
    pycapsule_on_report(NULL, NULL);
    return TAP_END();
}
