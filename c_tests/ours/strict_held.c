/* Leaks at the end of a program that does not finalise: a capsule is held when something leads to it, through whatever
 * memory, and is a leak when nothing does.  Each case is this program run again with strict mode on, which ends by a return
 * from main; the last ones are children of fork. */
#define _GNU_SOURCE
#include "../tap.h"
#include "../child.h"

#include <pthread.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <ucontext.h>

static int payload;

static PyObject *
make(const char *name)
{
    return PyCapsule_New(&payload, name, NULL);
}

typedef struct holder {
    long before[3];
    PyObject *capsule;
    struct holder *next;
} holder;

/* A block that holds a capsule.  The compiler must not keep the address anywhere else. */
static holder *
holding(PyObject *capsule)
{
    holder *block = (holder *)calloc(1, sizeof *block);

    block->capsule = capsule;
    return block;
}

/* What leads to things. */
static PyObject *volatile object;
static void *volatile block;
static __thread void *volatile own;
static pthread_key_t key;

/* ---- held ---- */

static void hold_in_variable(void) { object = make("held"); }
static void hold_in_block(void) { block = holding(make("held")); }

static void
hold_in_list_of_blocks(void)
{
    holder *first = holding(NULL), *last = first;

    for (int i = 0; i < 1000; i++) {
        last = last->next = holding(i == 700 ? make("held") : NULL);
    }
    block = first;
}

static void hold_by_middle_of_block(void) { block = (char *)holding(make("held")) + 8; }

static void
hold_in_large_block(void)
{
    PyObject **large = (PyObject **)calloc(1 << 17, sizeof *large);

    large[100000] = make("held");
    block = large;
}

/* With closed memory on both sides: the system takes neighbours for one. */
static void *
map_memory(size_t size, int protection)
{
    enum { ROOM = 1 << 16 };
    char *closed = (char *)mmap(NULL, size + 2 * ROOM, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    mprotect(closed + ROOM, size, protection);
    return closed + ROOM;
}

static void
hold_in_mapping(void)
{
    PyObject **mapping = (PyObject **)map_memory(1 << 20, PROT_READ | PROT_WRITE);

    mapping[100000] = make("held");
    block = mapping;
}

/* An arena of malloc's is 64 MiB at most, and ends where one could begin; this goes on. */
static void
hold_in_very_large_block(void)
{
    size_t length = (size_t)25 << 20;
    PyObject **table = (PyObject **)malloc(length * sizeof *table);

    table[length - 1] = make("held");
    table[length / 2] = make("held");
    block = table;
}

/* Memory that processes share, that can be read only, or that is a mapping of what is no file on a disk. */
static void
hold_in_other_mappings(void)
{
    static PyObject **mappings[5];
    int zero = open("/dev/zero", O_RDWR), nameless = memfd_create("nameless", 0);
    int files[5] = {-1, zero, nameless, nameless, -1};
    int flags[5] = {MAP_SHARED | MAP_ANONYMOUS, MAP_PRIVATE, MAP_SHARED, MAP_PRIVATE, MAP_PRIVATE | MAP_ANONYMOUS};

    if (zero < 0 || nameless < 0 || ftruncate(nameless, 4096) != 0) {
        abort();
    }
    for (int i = 0; i < 5; i++) {
        mappings[i] = (PyObject **)mmap(NULL, 4096, PROT_READ | PROT_WRITE, flags[i], files[i], 0);
        if (mappings[i] == MAP_FAILED) {
            abort();
        }
        mappings[i][100 + i] = make("held");
    }
    mprotect(mappings[4], 4096, PROT_READ);
}

/* A variable that leads to memory that can't be read, or is no longer there, is not followed. */
static void
hold_beside_what_cannot_be_read(void)
{
    static void *volatile leads[2];

    leads[0] = map_memory(1 << 16, PROT_NONE);
    leads[1] = map_memory(1 << 16, PROT_READ);
    munmap(leads[1], 1 << 16);
    hold_in_block();
}

static void
release_context(PyObject *capsule)
{
    Py_XDECREF((PyObject *)PyCapsule_GetContext(capsule));
}

/* A capsule whose context is an object, as numpy's array structs have. */
static PyObject *
make_with_context(PyObject *context)
{
    PyObject *capsule = PyCapsule_New(&payload, "with a context", release_context);

    PyCapsule_SetContext(capsule, context);
    return capsule;
}

static void hold_by_context(void) { object = make_with_context(make("held")); }
static void hold_by_pointer(void) { object = PyCapsule_New(holding(make("held")), "leads on", NULL); }

static void
hold_in_module(void)
{
    PyModule_AddObject(PyImport_AddModule("__main__"), "capsule", make_with_context(make("held")));
}

static void
hold_in_list(void)
{
    PyObject *list = PyList_New(0), *capsule = make("held");

    PyList_Append(list, capsule);
    Py_DECREF(capsule);
    object = list;
}

static void
set_and_drop(PyObject *dict)
{
    PyObject *capsule = make("held");

    PyDict_SetItemString(dict, "capsule", capsule);
    Py_DECREF(capsule);
}

static void hold_in_thread_dict(void) { set_and_drop(PyThreadState_GetDict()); }
static void hold_in_interpreter_dict(void) { set_and_drop(PyInterpreterState_GetDict(PyInterpreterState_Get())); }

static PyModuleDef stateful = {PyModuleDef_HEAD_INIT, "stateful", NULL, sizeof(PyObject *), NULL, NULL, NULL, NULL, NULL};

static void
hold_in_module_state(void)
{
    PyObject *module = PyModule_Create(&stateful);

    *(PyObject **)PyModule_GetState(module) = make("held");
    PyModule_AddObject(PyImport_AddModule("__main__"), "stateful", module);
}

/* An instance of a class that tells the collector nothing of what it holds. */
typedef struct {
    PyObject_HEAD
    holder *block;
} Instance;

static PyTypeObject instance_type;

static void
hold_in_instance(void)
{
    Instance *instance = (Instance *)PyMem_RawCalloc(1, sizeof *instance);

    instance_type.tp_name = "held.Instance";
    instance_type.tp_basicsize = sizeof(Instance);
    Py_SET_TYPE(&instance_type, &PyType_Type);
    Py_SET_TYPE(instance, &instance_type);
    Py_SET_REFCNT(instance, 1);
    instance->block = holding(make("held"));
    PyModule_AddObject(PyImport_AddModule("__main__"), "instance", (PyObject *)instance);
}

static void hold_in_thread_variable(void) { own = holding(make("held")); }

static void
hold_under_key(void)
{
    pthread_key_create(&key, NULL);
    pthread_setspecific(key, holding(make("held")));
}

static pthread_barrier_t barrier;

static void *
wait_with_a_capsule(void *argument)
{
    PyObject *volatile capsule;
    PyGILState_STATE state = PyGILState_Ensure();

    capsule = make("held");
    PyGILState_Release(state);
    pthread_barrier_wait(&barrier);
    while (argument == NULL) {
        pause();
    }
    return capsule;
}

static void
hold_by_other_thread(void)
{
    pthread_t thread;

    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&thread, NULL, wait_with_a_capsule, NULL);
    Py_BEGIN_ALLOW_THREADS
    pthread_barrier_wait(&barrier);
    Py_END_ALLOW_THREADS
}

/* A coroutine, on a stack that malloc gave, ends the program, while the function that began it waits. */
static ucontext_t beginning, coroutine;

static void
end_in_coroutine(void)
{
    exit(0);
}

static void
hold_while_a_coroutine_runs(void)
{
    PyObject *volatile capsule = make("held");
    char *stack = (char *)malloc(1 << 16);

    hold_in_list_of_blocks();
    getcontext(&coroutine);
    coroutine.uc_stack.ss_sp = stack;
    coroutine.uc_stack.ss_size = 1 << 16;
    coroutine.uc_link = &beginning;
    makecontext(&coroutine, end_in_coroutine, 0);
    swapcontext(&beginning, &coroutine);
    Py_DECREF(capsule);
}

/* As a container among the variables of a C++ program, which is destroyed when the program ends.  It may be made late, as one
 * in a function is. */
static void
destroy_container(void)
{
    memset(block, 0, sizeof(holder));
    free(block);
    block = NULL;
}

static void
hold_in_container(void)
{
    atexit(destroy_container);
    hold_in_block();
}

static void
hold_in_late_container(void)
{
    hold_in_variable();
    hold_in_container();
}

/* What another thread allocates lies in an arena of its own. */
static void *
hold_in_arena(void *argument)
{
    PyGILState_STATE state = PyGILState_Ensure();

    (void)argument;
    block = holding(make("held"));
    PyGILState_Release(state);
    return NULL;
}

static void
run_in_thread(void *(*body)(void *))
{
    pthread_t thread;

    pthread_create(&thread, NULL, body, NULL);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
}

static void hold_in_other_arena(void) { run_in_thread(hold_in_arena); }

/* ---- leaked ---- */

static void leak(void) { make("leaked"); }
static void leak_with_block(void) { holding(make("leaked")); }

static void
leak_from_freed_block(void)
{
    block = holding(make("leaked"));
    free(block);
}

static void
leak_with_mapping(void)
{
    PyObject **mapping = (PyObject **)map_memory(1 << 20, PROT_READ | PROT_WRITE);

    mapping[100000] = make("leaked");
    block = mapping;
    block = NULL;
}

static void
leak_list(void)
{
    PyObject *list = PyList_New(1);

    PyList_SetItem(list, 0, make("leaked"));
}

static void leak_with_what_it_holds(void) { make_with_context(make("held by the one that leaked")); }

static void
leak_circle(void)
{
    PyObject *one = make("leaked"), *other = make_with_context(one);

    PyCapsule_SetContext(one, other);
}

static void *
leak_in_arena(void *argument)
{
    PyGILState_STATE state = PyGILState_Ensure();

    (void)argument;
    make("leaked");
    PyGILState_Release(state);
    return NULL;
}

static void leak_in_thread(void) { run_in_thread(leak_in_arena); }

/* So many that a search which is not linear would not come to an end. */
static void
hold_and_leak_many(void)
{
    enum { MANY = 20000 };
    PyObject **held = (PyObject **)calloc(MANY, sizeof *held);

    for (int i = 0; i < MANY; i++) {
        held[i] = make_with_context(make("held"));
    }
    block = held;
    for (int i = 0; i < MANY; i++) {
        make_with_context(make("held by one that leaked"));
    }
}

/* ---- what is forked ---- */

static void
fork_and_wait(void (*body)(void), int expected)
{
    int status = -1;
    pid_t child = fork();

    if (child == 0) {
        body();
        exit(0);
    }
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != expected) {
        fprintf(stderr, "a child ended with %#x\n", (unsigned)status);
    }
}

static void nothing(void) { Py_DECREF(make("dropped")); }

static void
leak_in_one_child(void)
{
    object = make("held by the parent, and by each child");
    fork_and_wait(nothing, 0);
    fork_and_wait(leak, 23);
    fork_and_wait(nothing, 0);
}

static void
leak_before_children(void)
{
    leak();
    fork_and_wait(nothing, 0);
}

static void fork_again(void) { fork_and_wait(leak, 23); }
static void leak_in_child_of_child(void) { fork_and_wait(fork_again, 0); }

static void
drop_in_child(void)
{
    Py_CLEAR(object);
    hold_in_block();
}

static void
drop_what_the_parent_made(void)
{
    object = make("held by the parent, and dropped by its child");
    fork_and_wait(drop_in_child, 0);
}

static void
fail_before_children(void)
{
    PyCapsule_New(NULL, "fails", NULL);
    fork_and_wait(nothing, 0);
    PyErr_Clear();
}

static void
leave_at_once(void)
{
    leak();
    _exit(0);
}

static void leak_in_child_that_leaves(void) { fork_and_wait(leave_at_once, 0); }

/* ---- each of them ---- */

/* The kinds of leaks that are told are `reports`, without what is told of each. */
static const struct {
    const char *name;
    void (*body)(void);
    int exit_status;
    int reports;
} cases[] = {
    {"in a variable", hold_in_variable, 0, 0},
    {"in a block of memory", hold_in_block, 0, 0},
    {"in a list of blocks", hold_in_list_of_blocks, 0, 0},
    {"in a block whose middle is known", hold_by_middle_of_block, 0, 0},
    {"in a large block", hold_in_large_block, 0, 0},
    {"in a block of more than 64 MiB", hold_in_very_large_block, 0, 0},
    {"in memory that the program has mapped", hold_in_mapping, 0, 0},
    {"in memory that is shared, or can only be read", hold_in_other_mappings, 0, 0},
    {"in a block, beside addresses of what can't be read", hold_beside_what_cannot_be_read, 0, 0},
    {"by the context of another capsule", hold_by_context, 0, 0},
    {"by what the pointer of another capsule leads to", hold_by_pointer, 0, 0},
    {"by the context of a module's capsule", hold_in_module, 0, 0},
    {"in a list", hold_in_list, 0, 0},
    {"in the thread's dict", hold_in_thread_dict, 0, 0},
    {"in the interpreter's dict", hold_in_interpreter_dict, 0, 0},
    {"in a module's state", hold_in_module_state, 0, 0},
    {"by an instance that the collector does not know", hold_in_instance, 0, 0},
    {"in a thread's own variable", hold_in_thread_variable, 0, 0},
    {"under a key of pthreads", hold_under_key, 0, 0},
    {"on the stack of another thread", hold_by_other_thread, 0, 0},
    {"on the first stack, while the program ends on a coroutine's", hold_while_a_coroutine_runs, 0, 0},
    {"in memory that another thread has allocated", hold_in_other_arena, 0, 0},
    {"in a container that is destroyed at the end", hold_in_container, 0, 0},
    {"in a container that is made late and destroyed at the end", hold_in_late_container, 0, 0},
    {"nowhere", leak, 23, 1},
    {"in a block that nothing leads to", leak_with_block, 23, 1},
    {"in a block that was freed", leak_from_freed_block, 23, 1},
    {"in a mapping that nothing leads to", leak_with_mapping, 23, 1},
    {"in a list that nothing leads to", leak_list, 23, 1},
    {"by a capsule that nothing leads to, which alone is told of", leak_with_what_it_holds, 23, 1},
    {"in a circle, of which one is told", leak_circle, 23, 1},
    {"nowhere, made by a thread that has ended", leak_in_thread, 23, 1},
    {"many, and as many that nothing leads to", hold_and_leak_many, 23, 1},
    {"nowhere, in one of three children", leak_in_one_child, 0, 1},
    {"nowhere, in the parent alone", leak_before_children, 23, 1},
    {"nowhere, in a child of a child", leak_in_child_of_child, 0, 1},
    {"by the parent, and its child drops it", drop_what_the_parent_made, 0, 0},
    {"not at all: a failure of the parent's", fail_before_children, 0, 0},
    {"nowhere, in a child that ends by _exit", leak_in_child_that_leaves, 0, 0},
};

static const char *program, *number;
static char told[65536];

static void
run_again(void)
{
    setenv("PYCAPSULE_OPTIONS", "strict=1", 1);
    execl(program, program, number, (char *)NULL);
    _exit(127);
}

static int
reports(void)
{
    int count = 0;

    for (const char *at = told; (at = strstr(at, "pycapsule: ERROR: leak: ")) != NULL; at++) {
        count++;
    }
    return count;
}

static void
test_cases(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char digits[16];
        int status;

        snprintf(digits, sizeof digits, "%d", (int)i);
        number = digits;
        status = in_child(run_again, told, sizeof told);
        ok(WIFEXITED(status) && WEXITSTATUS(status) == cases[i].exit_status && reports() == cases[i].reports &&
               strstr(told, "a child ended") == NULL,
           "a capsule that is held %s: exit status %d, %d told", cases[i].name, cases[i].exit_status, cases[i].reports);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != cases[i].exit_status || reports() != cases[i].reports) {
            printf("# status %#x, %d told\n%s", (unsigned)status, reports(), told);
        }
    }
}

int
main(int argc, char **argv)
{
    if (argc > 1) {
        Py_Initialize();
        cases[atoi(argv[1])].body();
        return 0;
    }
    TAP_BEGIN();
    program = argv[0];
    RUN(test_cases);
    return TAP_END();
}
