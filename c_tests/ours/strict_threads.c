/* The checker with several threads at once: each makes, uses, renames and destroys capsules of its own, with the GIL
 * and without.  The main thread also hands capsules over to threads with the GIL.  Nothing is reported of right
 * uses.  Reported are wrong names, and threads without the GIL. */
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

/* Uses and destroys a capsule that the main thread made. */
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
        is_int(works[i].destroyed, ROUNDS, "thread %d destroys its capsules without the GIL", i);
        is_int(works[i].counted, ROUNDS, "thread %d counts living capsules without the GIL", i);
    }
    ok(without_gil >= 1, "the use of capsules without the GIL is reported");
    without_gil = 0;
    run(works, work_with_the_gil);
    for (int i = 0; i < THREADS; i++) {
        is_int(works[i].used, ROUNDS, "thread %d uses capsules with the GIL", i);
        is_int(works[i].destroyed, ROUNDS, "thread %d destroys its capsules with the GIL", i);
        is_int(works[i].counted, 2 * ROUNDS, "thread %d counts and visits living capsules with the GIL", i);
    }
    for (int i = 0; i < THREADS; i++) {
        works[i].handed = PyCapsule_New(storage, "work", note_destruction);
        PyCapsule_SetContext(works[i].handed, &works[i]);
    }
    run(works, take_over);
    for (int i = 0; i < THREADS; i++) {
        is_int(works[i].used, 1, "thread %d uses a capsule of the main thread", i);
        is_int(works[i].destroyed, 1, "thread %d destroys a capsule of the main thread", i);
    }
    is_int(others + wrong_names + without_gil, 0, "nothing is reported of threads that use capsules with the GIL");

    run(works, ask_for_the_wrong_name);
    for (int i = 0; i < THREADS; i++) {
        is_int(works[i].used, 3, "PyCapsule_GetPointer refuses a wrong name in thread %d each time", i);
    }
    ok(wrong_names >= 1 && wrong_names <= 3 * THREADS, "wrong names in threads are reported with their place");
    is_int(others + without_gil, 0, "nothing but wrong names is reported of threads that ask for wrong names");
    is_int(pycapsule_live_count(), 1, "the capsule that the main thread kept is the only one at the end");
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
