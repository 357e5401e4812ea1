/* Capsules that are held at the end of a program: see strict_held.h. */
#define _GNU_SOURCE
#include "strict_held.h"

#include <fcntl.h>
#include <ucontext.h>

static __thread void *volatile own;
static pthread_key_t key;

static void
hold_in_variable(void)
{
    object = make("held");
}

static void
hold_in_list_of_blocks(void)
{
    holder *first = holding(NULL), *last = first;

    for (int i = 0; i < 1000; i++) {
        last = last->next = holding(i == 700 ? make("held") : NULL);
    }
    block = first;
}

static void
hold_by_middle_of_block(void)
{
    block = (char *)holding(make("held")) + 8;
}

static void
hold_in_large_block(void)
{
    PyObject **large = (PyObject **)calloc(1 << 17, sizeof *large);

    large[100000] = make("held");
    block = large;
}

static void
hold_in_mapping(void)
{
    PyObject **mapping = (PyObject **)map_memory(1 << 20, PROT_READ | PROT_WRITE);

    mapping[100000] = make("held");
    block = mapping;
}

/* A block of 200 MiB.  An arena of malloc has at most 64 MiB and ends on a multiple of that, which this block
 * passes. */
static void
hold_in_very_large_block(void)
{
    size_t length = (size_t)25 << 20;
    PyObject **table = (PyObject **)malloc(length * sizeof *table);

    table[length - 1] = make("held");
    table[length / 2] = make("held");
    block = table;
}

/* Mappings that processes share, that can only be read, or whose file is not on a disk. */
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

/* The search for capsules does not follow variables that lead to closed or unmapped memory. */
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
hold_by_context(void)
{
    object = make_with_context(make("held"));
}
static void
hold_by_pointer(void)
{
    object = PyCapsule_New(holding(make("held")), "leads on", NULL);
}

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

static void
hold_in_thread_dict(void)
{
    set_and_drop(PyThreadState_GetDict());
}
static void
hold_in_interpreter_dict(void)
{
    set_and_drop(PyInterpreterState_GetDict(PyInterpreterState_Get()));
}

static PyModuleDef stateful = {
    PyModuleDef_HEAD_INIT, "stateful", NULL, sizeof(PyObject *), NULL, NULL, NULL, NULL, NULL};

static void
hold_in_module_state(void)
{
    PyObject *module = PyModule_Create(&stateful);

    *(PyObject **)PyModule_GetState(module) = make("held");
    PyModule_AddObject(PyImport_AddModule("__main__"), "stateful", module);
}

/* An instance of a type without tp_traverse, so that the collector does not see the block in it. */
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

static void
hold_in_thread_variable(void)
{
    own = holding(make("held"));
}

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

/* A coroutine, on a stack that malloc allocated, ends the program while the function that began it waits. */
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

/* Destroys the block as C++ destroys a global container when the program ends.  A container that is a static
 * variable of a function is made late. */
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

/* malloc gives another thread an arena of its own. */
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
hold_in_other_arena(void)
{
    run_in_thread(hold_in_arena);
}

static const Case cases[] = {
    {"a capsule in a variable is held", hold_in_variable, 0, 0},
    {"a capsule in a block of memory is held", hold_in_block, 0, 0},
    {"a capsule in a list of blocks is held", hold_in_list_of_blocks, 0, 0},
    {"a capsule in a block whose middle is known is held", hold_by_middle_of_block, 0, 0},
    {"a capsule in a large block is held", hold_in_large_block, 0, 0},
    {"a capsule in a block of more than 64 MiB is held", hold_in_very_large_block, 0, 0},
    {"a capsule in memory that the program has mapped is held", hold_in_mapping, 0, 0},
    {"a capsule in memory that is shared, or can only be read, is held", hold_in_other_mappings, 0, 0},
    {"a capsule beside addresses of memory that can't be read is held", hold_beside_what_cannot_be_read, 0, 0},
    {"a capsule that is the context of another capsule is held", hold_by_context, 0, 0},
    {"a capsule to which the pointer of another capsule leads is held", hold_by_pointer, 0, 0},
    {"a capsule that is the context of a module's capsule is held", hold_in_module, 0, 0},
    {"a capsule in a list is held", hold_in_list, 0, 0},
    {"a capsule in the thread's dict is held", hold_in_thread_dict, 0, 0},
    {"a capsule in the interpreter's dict is held", hold_in_interpreter_dict, 0, 0},
    {"a capsule in a module's state is held", hold_in_module_state, 0, 0},
    {"a capsule in an instance that the collector does not know is held", hold_in_instance, 0, 0},
    {"a capsule in a thread-local variable is held", hold_in_thread_variable, 0, 0},
    {"a capsule under a key of pthreads is held", hold_under_key, 0, 0},
    {"a capsule on the stack of another thread is held", hold_by_other_thread, 0, 0},
    {"a capsule on the first stack is held while the program ends on a coroutine's", hold_while_a_coroutine_runs, 0, 0},
    {"a capsule in memory that another thread has allocated is held", hold_in_other_arena, 0, 0},
    {"a capsule in a container that is destroyed at the end is held", hold_in_container, 0, 0},
    {"a capsule in a container that is made late and destroyed at the end is held", hold_in_late_container, 0, 0},
};

static void
test_held(void)
{
    try_cases(cases, sizeof cases / sizeof cases[0]);
}

int
main(int argc, char **argv)
{
    return main_of(argc, argv, cases, "test_held", test_held);
}
