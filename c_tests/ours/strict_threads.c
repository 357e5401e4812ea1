/* The checker with several threads at once: each makes, uses, renames and destroys capsules of its own, with the GIL and without,
 * and hands some on with the GIL.  Nothing is reported that is right, and what is wrong is reported from each thread: that a thread
 * has no GIL, among other things. */
#define _POSIX_C_SOURCE 200809L
#include "../tap.h"

#include <pthread.h>

enum { THREADS = 4, ROUNDS = 100 };

static char storage[] = "storage";

/* Reports are counted under a lock of the test's own. */
static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;
static int wrong_names, without_gil, others;

static int
count_report(const pycapsule_report *report, void *argument)
{
    (void)argument;
    pthread_mutex_lock(&counting);
    if (strcmp(report->kind, "wrong-name") == 0 && strstr(report->text, "strict_threads.c:") != NULL) {
        wrong_names++;
    } else if (strcmp(report->kind, "no-gil") == 0) {
        without_gil++;
    } else {
        others++;
        fprintf(stderr, "%s", report->text);
    }
    pthread_mutex_unlock(&counting);
    return 1;
}

typedef struct {
    int used, destroyed, counted;
    PyObject *handed;
} Work;

static void
note_destruction(PyObject *capsule)
{
    ((Work *)PyCapsule_GetContext(capsule))->destroyed += PyCapsule_GetPointer(capsule, "work") == storage;
}

static void
one_round(Work *work)
{
    PyObject *capsule = PyCapsule_New(storage, "at first", note_destruction);

    PyCapsule_SetContext(capsule, work);
    PyCapsule_SetName(capsule, "work");
    work->used += PyCapsule_IsValid(capsule, "work") && PyCapsule_GetPointer(capsule, "work") == storage;
    work->counted += pycapsule_live_count() > 0 && pycapsule_checkpoint() > 0;
    Py_DECREF(capsule);
}

static void *
work_without_the_gil(void *argument)
{
    for (int i = 0; i < ROUNDS; i++) {
        one_round((Work *)argument);
    }
    return NULL;
}

static int
look(PyObject *capsule, void *argument)
{
    *(int *)argument += PyCapsule_CheckExact(capsule);
    return 0;
}

static void *
work_with_the_gil(void *argument)
{
    Work *work = (Work *)argument;

    for (int i = 0; i < ROUNDS; i++) {
        PyGILState_STATE state = PyGILState_Ensure();
        int seen = 0;
        one_round(work);
        pycapsule_visit_live(look, &seen);
        work->counted += seen > 0;
        PyGILState_Release(state);
    }
    return NULL;
}

/* What another thread made is used and destroyed here. */
static void *
take_over(void *argument)
{
    Work *work = (Work *)argument;
    PyGILState_STATE state = PyGILState_Ensure();

    work->used += PyCapsule_GetPointer(work->handed, "work") == storage;
    PyCapsule_SetPointer(work->handed, storage);
    Py_CLEAR(work->handed);
    PyGILState_Release(state);
    return NULL;
}

static void *
ask_for_the_wrong_name(void *argument)
{
    Work *work = (Work *)argument;
    PyGILState_STATE state = PyGILState_Ensure();

    for (int i = 0; i < 3; i++) {
        PyObject *capsule = PyCapsule_New(storage, "right", NULL);
        work->used += PyCapsule_GetPointer(capsule, "wrong") == NULL && PyErr_ExceptionMatches(PyExc_ValueError);
        PyErr_Clear();
        Py_DECREF(capsule);
    }
    PyGILState_Release(state);
    return NULL;
}

static void
run(Work works[THREADS], void *(*work)(void *))
{
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++) {
        works[i].used = works[i].destroyed = works[i].counted = 0;
        pthread_create(&threads[i], NULL, work, &works[i]);
    }
    Py_BEGIN_ALLOW_THREADS
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    Py_END_ALLOW_THREADS
}

static void
test_threads(void)
{
    Work works[THREADS];
    PyObject *witness = PyCapsule_New(storage, "witness", NULL);

    memset(works, 0, sizeof works);
    run(works, work_without_the_gil);
    for (int i = 0; i < THREADS; i++) {
        is_int(works[i].used, ROUNDS, "thread %d uses capsules of its own without the GIL", i);
        is_int(works[i].destroyed, ROUNDS, "and destroys them (%d)", i);
        is_int(works[i].counted, ROUNDS, "while it counts those that live (%d)", i);
    }
    ok(without_gil >= 1, "that they do so without the GIL is reported");
    without_gil = 0;
    run(works, work_with_the_gil);
    for (int i = 0; i < THREADS; i++) {
        is_int(works[i].used, ROUNDS, "thread %d uses capsules with the GIL", i);
        is_int(works[i].destroyed, ROUNDS, "and destroys them (%d)", i);
        is_int(works[i].counted, 2 * ROUNDS, "and visits those that live (%d)", i);
    }
    for (int i = 0; i < THREADS; i++) {
        works[i].handed = PyCapsule_New(storage, "work", note_destruction);
        PyCapsule_SetContext(works[i].handed, &works[i]);
    }
    run(works, take_over);
    for (int i = 0; i < THREADS; i++) {
        is_int(works[i].used, 1, "thread %d uses a capsule of the main thread", i);
        is_int(works[i].destroyed, 1, "and destroys it (%d)", i);
    }
    is_int(others + wrong_names + without_gil, 0, "of all that nothing else is reported");

    run(works, ask_for_the_wrong_name);
    for (int i = 0; i < THREADS; i++) {
        is_int(works[i].used, 3, "thread %d is refused a wrong name each time", i);
    }
    ok(wrong_names >= 1 && wrong_names <= 3 * THREADS, "that is reported, with the place");
    is_int(others + without_gil, 0, "and nothing else");
    is_int(pycapsule_live_count(), 1, "what lives at the end is what the main thread kept");
    Py_DECREF(witness);
}

int
main(void)
{
    TAP_BEGIN();
    pycapsule_on_report(count_report, NULL);
    pycapsule_strict(1);
    RUN(test_threads);
    pycapsule_strict(0);
    pycapsule_on_report(NULL, NULL);
    return TAP_END();
}
