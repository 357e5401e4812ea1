/* fork while the library holds its locks, or while a handler of the program uses the library: in a handler of
 * pthread_atfork, in a signal handler, and while Py_FinalizeEx waits for the GIL.  An alarm ends a process that hangs,
 * which is a failure. */
#define _GNU_SOURCE
#include "../tap.h"

#include "../checks.h"
#include "../child.h"
#include "../stages.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS = 60, FORKS = 40 };

static int stop_them;

static void
sleep_for(long milliseconds)
{
    struct timespec time = {0, milliseconds * 1000000};
    nanosleep(&time, NULL);
}

static void
use_the_gil(void)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *list = PyList_New(0);

    PyList_Append(list, list);
    Py_DECREF(list);
    PyGC_Collect();
    Py_XDECREF(PyImport_ImportModule("multi"));
    PyErr_Clear();
    PyGILState_Release(state);
}

static void *
work_in_turns(void *unused)
{
    while (!__atomic_load_n(&stop_them, __ATOMIC_ACQUIRE)) {
        use_the_gil();
    }
    return unused;
}

static void *
work_without_the_gil(void *unused)
{
    while (!__atomic_load_n(&stop_them, __ATOMIC_ACQUIRE)) {
        Py_DECREF(PyList_New(0));
    }
    return unused;
}

/* The last one is left out beside GCC's sanitizer, as in forks.c. */
#ifdef __SANITIZE_ADDRESS__
enum { THREADS = 2 };
#else
enum { THREADS = 3 };
#endif
static pthread_t threads[THREADS];

/* Starts threads that block SIGUSR1. */
static void
start_threads(void)
{
    static void *(*const works[])(void *) = {work_in_turns, work_in_turns, work_without_the_gil};
    sigset_t signals;
    int i;

    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    for (i = 0; i < THREADS; i++) {
        pthread_create(&threads[i], NULL, works[i], NULL);
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
}

static void
stop_threads(void)
{
    int i;

    __atomic_store_n(&stop_them, 1, __ATOMIC_RELEASE);
    for (i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
}

/* The status with which a child ended, as waitpid gives it. */
static int
status_of(pid_t child)
{
    int status = -1;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

/* Forks a child that uses the GIL and finalises.  The value is 1 if the child did not end well. */
static int
fork_and_use(void)
{
    pid_t child = fork();

    if (child == 0) {
        signal(SIGALRM, SIG_DFL);
        alarm(SECONDS);
        use_the_gil();
        PyGILState_Ensure();
        _exit(Py_FinalizeEx());
    }
    return status_of(child) != 0;
}

/* ---- handlers of pthread_atfork; in parent and child they run before the library's own ---- */

static void (*before_fork)(void), (*in_the_parent)(void), (*in_the_child)(void);

static void
call(void (*handler)(void))
{
    if (handler != NULL) {
        handler();
    }
}

static void
handle_before(void)
{
    call(before_fork);
}

static void
handle_in_parent(void)
{
    call(in_the_parent);
}

static void
handle_in_child(void)
{
    call(in_the_child);
}

static void
fork_beside_threads(void)
{
    PyThreadState *state;
    int i, bad = 0;

    Py_Initialize();
    state = PyEval_SaveThread();
    start_threads();
    for (i = 0; i < FORKS; i++) {
        bad += fork_and_use();
    }
    stop_threads();
    PyEval_RestoreThread(state);
    fprintf(stderr, "%d", bad);
}

static void
use_in_all_handlers(void)
{
    before_fork = in_the_parent = in_the_child = use_the_gil;
    fork_beside_threads();
}

static void
use_in_the_child(void)
{
    in_the_child = use_the_gil;
    fork_beside_threads();
}

/* A thread that keeps the GIL until stage 2, uses the library's locks, and releases the GIL. */
static void *
keep_the_gil(void *unused)
{
    PyGILState_STATE state = PyGILState_Ensure();

    reach(1);
    wait_for_stage(2);
    sleep_for(20);
    Py_DECREF(PyList_New(0));
    PyGC_Collect();
    PyGILState_Release(state);
    return unused;
}

static void
let_it_go_and_take_it(void)
{
    reach(2);
    use_the_gil();
}

static void
handler_waits(void)
{
    PyThreadState *state;
    pthread_t keeper;

    before_fork = let_it_go_and_take_it;
    Py_Initialize();
    state = PyEval_SaveThread();
    pthread_create(&keeper, NULL, keep_the_gil, NULL);
    wait_for_stage(1);
    Py_DECREF(PyList_New(0));
    fprintf(stderr, "%d", fork_and_use());
    pthread_join(keeper, NULL);
    PyEval_RestoreThread(state);
}

static void
child_handler_waits(void)
{
    PyThreadState *state;
    pthread_t keeper;

    in_the_child = use_the_gil;
    Py_Initialize();
    state = PyEval_SaveThread();
    pthread_create(&keeper, NULL, keep_the_gil, NULL);
    wait_for_stage(1);
    fprintf(stderr, "%d", fork_and_use());
    reach(2);
    pthread_join(keeper, NULL);
    PyEval_RestoreThread(state);
}

/* ---- a fork beside a thread that holds the GIL ---- */

static int is_half_changed;

/* Takes longer for a change than the 20 ms that a thread without a thread state waits for the GIL. */
static void *
change_slowly(void *unused)
{
    PyGILState_STATE state = PyGILState_Ensure();

    is_half_changed = 1;
    reach(1);
    sleep_for(100);
    is_half_changed = 0;
    PyGILState_Release(state);
    return unused;
}

static void
fork_beside_a_change(void)
{
    PyThreadState *state;
    pthread_t changer;
    pid_t child;

    Py_Initialize();
    state = PyEval_SaveThread();
    pthread_create(&changer, NULL, change_slowly, NULL);
    wait_for_stage(1);
    child = fork();
    if (child == 0) {
        _exit(is_half_changed);
    }
    fprintf(stderr, "%d", status_of(child) != 0);
    pthread_join(changer, NULL);
    PyEval_RestoreThread(state);
}

/* ---- signal handlers ---- */

static volatile sig_atomic_t bad_in_handler;

static void
fork_in_handler(int number)
{
    int before = errno;
    pid_t child = fork();

    (void)number;
    if (child == 0) {
        _exit(0);
    }
    bad_in_handler += status_of(child) != 0;
    errno = before;
}

static void
handle(int number)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = fork_in_handler;
    action.sa_flags = SA_RESTART;
    sigaction(number, &action, NULL);
}

static void
let_go_and_take(void)
{
    PyThreadState *state = PyEval_SaveThread();
    PyEval_RestoreThread(state);
}

/* Raises the signal once only, since the fork in the signal handler runs this function too. */
static void
interrupt_itself(void)
{
    static int is_done;

    if (!is_done) {
        is_done = 1;
        raise(SIGUSR1);
    }
}

/* The library holds its locks when the signal handler forks. */
static void
fork_during_fork(void)
{
    PyThreadState *state;

    before_fork = interrupt_itself;
    Py_Initialize();
    handle(SIGUSR1);
    state = PyEval_SaveThread();
    start_threads();
    use_the_gil();
    fprintf(stderr, "%d", fork_and_use() + (int)bad_in_handler);
    stop_threads();
    PyEval_RestoreThread(state);
}

/* ---- Py_FinalizeEx that waits for the GIL ---- */

static void *
finalize_without_the_gil(void *unused)
{
    reach(1);
    Py_FinalizeEx();
    return unused;
}

static pthread_t finalizer;

/* Takes the GIL, and starts a thread that finalises without it. */
static PyGILState_STATE
hold_while_another_finalizes(void)
{
    PyGILState_STATE state = PyGILState_Ensure();

    pthread_create(&finalizer, NULL, finalize_without_the_gil, NULL);
    wait_for_stage(1);
    sleep_for(50);
    return state;
}

static void
let_it_finalize(PyGILState_STATE state)
{
    PyGILState_Release(state);
    PyEval_SaveThread();
    pthread_join(finalizer, NULL);
}

static void
ask_for_more(void)
{
    PyGILState_STATE state = hold_while_another_finalizes();

    use_the_gil();
    fprintf(stderr, "%d", PyGILState_Check());
    let_it_finalize(state);
}

static void
fork_meanwhile(void)
{
    PyGILState_STATE state = hold_while_another_finalizes();
    pid_t child = fork();

    if (child == 0) {
        alarm(SECONDS);
        let_go_and_take();
        use_the_gil();
        _exit(Py_FinalizeEx() || Py_IsInitialized());
    }
    fprintf(stderr, "%d", status_of(child));
    let_it_finalize(state);
}

/* Runs the body in a process that its alarm ends if it hangs. */
static void
call_in_time(const void *body)
{
    alarm(SECONDS);
    call_body(body);
}

static void
test(const char *what, void (*body)(void), const char *wanted)
{
    char text[4096];
    int status;

    status = run_in_child(call_in_time, &body, text, sizeof text);
    is_int(status, 0, "%s: the process ends well", what);
    is_str(text, wanted, "%s: the process writes %s", what, wanted);
}

static void
test_cases(void)
{
    test("handlers of pthread_atfork use the GIL", use_in_all_handlers, "0");
    test("a handler of pthread_atfork uses the GIL in the child", use_in_the_child, "0");
    test("a handler before the fork waits for a thread that wants a lock", handler_waits, "0");
    test("a handler in the child takes the GIL that another thread had", child_handler_waits, "0");
    test("a thread without the GIL forks when another thread has finished with it", fork_beside_a_change, "0");
    test("a signal handler forks during a fork", fork_during_fork, "0");
    test("a thread asks for more of the GIL while another one's Py_FinalizeEx waits for it", ask_for_more, "1");
    test("a thread forks with the GIL while another one's Py_FinalizeEx waits for it", fork_meanwhile, "0");
}

int
main(void)
{
    pthread_atfork(handle_before, handle_in_parent, handle_in_child);
    TAP_BEGIN();
    RUN(test_cases);
    return TAP_END();
}
