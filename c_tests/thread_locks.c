/* Locks, values of threads, threads that C starts, the recursion check, and the tracer of memory that is off. */
#include "checks.h"

#include <pthread.h>

static PyThread_type_lock shared, done;
static unsigned long counter, started_ident;
static int own_value_is_null;
static Py_tss_t key = Py_tss_NEEDS_INIT;

static void
test_lock(void)
{
    PyThread_type_lock lock = PyThread_allocate_lock();
    ok(lock != NULL, "a lock is allocated");
    is_int(PyThread_acquire_lock(lock, NOWAIT_LOCK), 1, "a lock that is free is had at once");
    is_int(PyThread_acquire_lock(lock, NOWAIT_LOCK), 0, "a lock that is held is not had at once");
    is_int(PyThread_acquire_lock_timed(lock, 0, 0), PY_LOCK_FAILURE, "a lock that is held is not had in no time");
    is_int(PyThread_acquire_lock_timed(lock, 2000, 0), PY_LOCK_FAILURE, "a lock that is held is not had in some time");
    PyThread_release_lock(lock);
    is_int(PyThread_acquire_lock_timed(lock, 2000, 1), PY_LOCK_ACQUIRED, "a lock that is free is had in time");
    PyThread_release_lock(lock);
    is_int(PyThread_acquire_lock_timed(lock, -1, 0), PY_LOCK_ACQUIRED, "a lock that is free is had without a limit");
    PyThread_release_lock(lock);
    is_int(PyThread_acquire_lock(lock, WAIT_LOCK), 1, "a lock that is free is had by waiting");
    PyThread_release_lock(lock);
    PyThread_free_lock(lock);
}

static void
count_up(void *unused)
{
    (void)unused;
    started_ident = PyThread_get_thread_ident();
    own_value_is_null = PyThread_tss_get(&key) == NULL;
    for (int i = 0; i < 10000; i++) {
        PyThread_acquire_lock(shared, WAIT_LOCK);
        counter++;
        PyThread_release_lock(shared);
    }
    PyThread_release_lock(done);
}

static void
test_threads(void)
{
    shared = PyThread_allocate_lock();
    done = PyThread_allocate_lock();
    PyThread_acquire_lock(done, WAIT_LOCK);
    is_int(PyThread_tss_is_created(&key), 0, "a key is not created at first");
    is_int(PyThread_tss_create(&key), 0, "a key is created");
    is_int(PyThread_tss_create(&key), 0, "a key that is created can be created again");
    is_int(PyThread_tss_is_created(&key), 1, "the key is created");
    is_ptr(PyThread_tss_get(&key), NULL, "there is no value at first");
    is_int(PyThread_tss_set(&key, &key), 0, "a value is set");
    is_ptr(PyThread_tss_get(&key), &key, "the value is there");
    unsigned long started = PyThread_start_new_thread(count_up, NULL);
    ok(started != PYTHREAD_INVALID_THREAD_ID, "a thread is started");
    for (int i = 0; i < 10000; i++) {
        PyThread_acquire_lock(shared, WAIT_LOCK);
        counter++;
        PyThread_release_lock(shared);
    }
    is_int(PyThread_acquire_lock_timed(done, 60000000, 0), PY_LOCK_ACQUIRED, "another thread may release a lock");
    is_int(counter, 20000, "a lock excludes the other thread");
    is_int(started_ident == started, 1, "the number of a thread is the one that it was started with");
    is_int(PyThread_get_thread_ident() == (unsigned long)pthread_self(), 1, "the number of this thread is pthread's");
    is_int(own_value_is_null, 1, "each thread has a value of its own");
    PyThread_tss_delete(&key);
    is_int(PyThread_tss_is_created(&key), 0, "a key is deleted");
    Py_tss_t *made = PyThread_tss_alloc();
    is_int(PyThread_tss_is_created(made), 0, "a key that is allocated is not created");
    is_int(PyThread_tss_create(made), 0, "a key that is allocated is created");
    PyThread_tss_free(made);
    PyThread_free_lock(shared);
    PyThread_free_lock(done);
}

static void
test_stack_size(void)
{
    is_int(PyThread_get_stacksize(), 0, "the size of stacks is the system's at first");
    is_int(PyThread_set_stacksize(100), -1, "a size that is too small is refused");
    is_int(PyThread_get_stacksize(), 0, "a size that is refused changes nothing");
    is_int(PyThread_set_stacksize(256 * 1024), 0, "a size is set");
    is_int(PyThread_get_stacksize(), 256 * 1024, "the size is the one that was set");
    is_int(PyThread_set_stacksize(0), 0, "0 is the system's size");
    is_int(PyThread_get_stacksize(), 0, "the size is the system's again");
}

#if PY_VERSION_HEX >= 0x030e0000
static PyMutex mutex;
static unsigned long mutex_counter;

static void *
count_under_mutex(void *unused)
{
    for (int i = 0; i < 20000; i++) {
        PyMutex_Lock(&mutex);
        mutex_counter++;
        PyMutex_Unlock(&mutex);
    }
    return unused;
}

static void *
lock_with_gil(void *unused)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyMutex_Lock(&mutex);
    mutex_counter++;
    PyMutex_Unlock(&mutex);
    PyGILState_Release(state);
    return unused;
}

static void
test_mutex(void)
{
    pthread_t threads[3], other;
    is_int(sizeof(PyMutex), 1, "a mutex has one byte");
    is_int(PyMutex_IsLocked(&mutex), 0, "a mutex of zeros is not locked");
    PyMutex_Lock(&mutex);
    is_int(PyMutex_IsLocked(&mutex), 1, "a mutex is locked");
    PyMutex_Unlock(&mutex);
    is_int(PyMutex_IsLocked(&mutex), 0, "a mutex is unlocked");
    for (int i = 0; i < 3; i++) {
        pthread_create(&threads[i], NULL, count_under_mutex, NULL);
    }
    for (int i = 0; i < 3; i++) {
        pthread_join(threads[i], NULL);
    }
    is_int(mutex_counter, 60000, "a mutex excludes other threads");
    PyMutex_Lock(&mutex);
    pthread_create(&other, NULL, lock_with_gil, NULL);
    Py_BEGIN_ALLOW_THREADS
    /* The other thread waits for the mutex, and has released the GIL. */
    Py_END_ALLOW_THREADS
    PyMutex_Unlock(&mutex);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(other, NULL);
    Py_END_ALLOW_THREADS
    is_int(mutex_counter, 60001, "a thread that waits for a mutex releases the GIL");
    Py_BEGIN_CRITICAL_SECTION(Py_None);
    ok(1, "a critical section does nothing");
    Py_END_CRITICAL_SECTION();
}
#endif

static void
test_other(void)
{
    is_int(Py_EnterRecursiveCall(" in a test"), 0, "a recursion is entered");
    Py_LeaveRecursiveCall();
    is_int(PyTraceMalloc_Track(1, 5, 5), -2, "memory is not traced");
    is_int(PyTraceMalloc_Untrack(1, 5), -2, "memory that is not traced is not forgotten");
}

static int depth;

static int
recurse(void)
{
    volatile char room[512];
    room[0] = 1;
    if (Py_EnterRecursiveCall(" while recursing")) {
        return -1;
    }
    depth++;
    int result = recurse();
    Py_LeaveRecursiveCall();
    return result + (room[0] - 1);
}

static void
test_deep(void)
{
    is_int(recurse(), -1, "a recursion ends before the stack does");
    ok(depth > 1000, "a recursion of some depth is possible");
    ok(PyErr_ExceptionMatches(PyExc_RecursionError), "the end of a recursion is a RecursionError");
    PyObject *error = PyErr_GetRaisedException(), *text = PyObject_Str(error);
    const char *message = PyUnicode_AsUTF8(text);
    size_t length = strlen(message), end = strlen(" kB) while recursing");
    ok(length > end && strcmp(message + length - end, " kB) while recursing") == 0, "the message ends with the place");
    Py_DECREF(text);
    Py_DECREF(error);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_lock);
    RUN(test_threads);
    RUN(test_stack_size);
#if PY_VERSION_HEX >= 0x030e0000
    RUN(test_mutex);
#endif
    RUN(test_other);
#if PY_VERSION_HEX >= 0x030e0000
    RUN(test_deep);
#endif
    return TAP_END();
}
