/* Calls each function of a compiled module with every combination of a pool of objects for up to three arguments.
 *
 *     sweep MODULE SKIPS             a line for each function: its name, the number of calls, and a digest of the outcomes
 *     sweep MODULE SKIPS FUNCTION    a line for each call of one function
 *
 * It is linked once with CPython and once with this library; the outputs are compared. A function runs in a child process, since a
 * call may crash. A crash is written to the file SKIPS, as `FUNCTION CALL`, unless that file has it: calls in it are left out, so
 * that the run on this library leaves out those that crash CPython. */
#define _GNU_SOURCE
#include <Python.h>

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGUMENTS = 3, SECONDS = 60, LONGEST = 20000 };

/* ---- the pool ---- */

static PyObject *
big_int(void)
{
    return PyLong_FromString("-1180591620717411303425", NULL, 10);
}

static PyObject *
text(void)
{
    return PyUnicode_FromString("abc");
}

static PyObject *
wide_text(void)
{
    return PyUnicode_FromString("\xc3\xa9\xe2\x82\xac");
}

static PyObject *
tuple(void)
{
    return PyTuple_Pack(2, Py_True, Py_None);
}

static PyObject *
list(void)
{
    PyObject *o = PyList_New(0), *item = PyLong_FromLong(3);
    PyList_Append(o, item);
    Py_DECREF(item);
    item = PyUnicode_FromString("a");
    PyList_Append(o, item);
    Py_DECREF(item);
    return o;
}

static PyObject *
dict(void)
{
    PyObject *o = PyDict_New();
    PyDict_SetItemString(o, "abc", Py_True);
    return o;
}

static PyObject *
pool(int index)
{
    switch (index) {
    case 0: return Py_NewRef(Py_None);
    case 1: return PyLong_FromLong(0);
    case 2: return PyLong_FromLong(2);
    case 3: return PyLong_FromLong(-1);
    case 4: return big_int();
    case 5: return PyFloat_FromDouble(1.5);
    case 6: return text();
    case 7: return wide_text();
    case 8: return PyBytes_FromStringAndSize("a\0\xff", 3);
    case 9: return tuple();
    case 10: return list();
    case 11: return dict();
    case 12: return Py_NewRef((PyObject *)&PyLong_Type);
    case 13: return PyObject_CallNoArgs(PyExc_ValueError);
    default: return NULL;
    }
}

enum { POOL = 14, ALL = 1 + POOL + POOL * POOL + POOL * POOL * POOL };

/* Makes the arguments of a call. Returns how many there are. */
static int
make_arguments(int call, PyObject **args)
{
    int count = 0, combinations = 1;
    while (call >= combinations) {
        call -= combinations;
        combinations *= POOL;
        count++;
    }
    for (int i = 0; i < count; i++, call /= POOL)
        args[i] = pool(call % POOL);
    return count;
}

/* ---- outcomes ---- */

/* Adds text to a line; an address in it becomes `0x...`, since it differs from run to run. */
static void
add(char *line, const char *more)
{
    size_t length = strlen(line);
    while (*more != 0 && length + 8 < LONGEST) {
        if (strncmp(more, "0x", 2) == 0 && strspn(more + 2, "0123456789abcdef") >= 8) {
            memcpy(line + length, "0x...", 5);
            length += 5;
            more += 2 + strspn(more + 2, "0123456789abcdef");
        } else {
            line[length++] = *more++;
        }
    }
    line[length] = 0;
}

/* The message of an internal error begins with a place in CPython's source, or with the name of the function here: a listed deviation. */
static const char internal[] = "bad argument to internal function";

/* Adds the text that a function gives of an object. */
static void
add_text(char *line, PyObject *(*of)(PyObject *), PyObject *o)
{
    PyObject *s = of(o);
    const char *utf8 = s == NULL ? NULL : PyUnicode_AsUTF8(s);
    if (utf8 != NULL && strstr(utf8, internal) != NULL)
        utf8 = internal;
    add(line, utf8 != NULL ? utf8 : "(no text)");
    PyErr_Clear();
    Py_XDECREF(s);
}

/* The line of one call: its result or exception, and the arguments as they are afterwards. */
static void
describe(char *line, PyObject *function, int call)
{
    PyObject *args[ARGUMENTS], *tuple;
    int count = make_arguments(call, args);
    line[0] = 0;
    tuple = PyTuple_New(count);
    for (int i = 0; i < count; i++)
        PyTuple_SetItem(tuple, i, args[i]);
    add_text(line, PyObject_Repr, tuple);
    PyObject *result = PyObject_Call(function, tuple, NULL);
    PyObject *error = PyErr_GetRaisedException();
    add(line, " -> ");
    if (result != NULL) {
        add(line, Py_TYPE(result)->tp_name);
        add(line, " ");
        add_text(line, PyObject_Repr, result);
    }
    if (error != NULL) {
        add(line, Py_TYPE(error)->tp_name);
        add(line, ": ");
        add_text(line, PyObject_Str, error);
    }
    Py_XDECREF(result);
    Py_XDECREF(error);
    add(line, " after ");
    add_text(line, PyObject_Repr, tuple);
    Py_DECREF(tuple);
}

/* ---- children ---- */

/* Shared with the child that makes the calls. */
static struct progress {
    int call;
    int made;
    uint64_t digest;
} *progress;

static void
add_to_digest(const char *line)
{
    uint64_t digest = progress->digest;
    for (; *line != 0; line++)
        digest = (digest ^ (unsigned char)*line) * 1099511628211u;
    progress->digest = digest;
}

/* The calls that are left out: those of one function. */
static unsigned char skipped[ALL];

static void
read_skips(const char *path, const char *function)
{
    FILE *file = fopen(path, "r");
    char name[256];
    int call;
    memset(skipped, 0, sizeof skipped);
    while (file != NULL && fscanf(file, "%255s %d", name, &call) == 2)
        if (strcmp(name, function) == 0 && call >= 0 && call < ALL)
            skipped[call] = 1;
    if (file != NULL)
        fclose(file);
}

static void
add_skip(const char *path, const char *function, int call)
{
    FILE *file = fopen(path, "a");
    if (file == NULL)
        return;
    fprintf(file, "%s %d\n", function, call);
    fclose(file);
}

/* Makes the calls from `progress->call` on, and ends the child. */
static void
make_calls(PyObject *function, int out)
{
    static char line[LONGEST];
    alarm(SECONDS);
    for (; progress->call < ALL; progress->call++) {
        if (skipped[progress->call])
            continue;
        describe(line, function, progress->call);
        progress->made++;
        add_to_digest(line);
        if (out >= 0)
            dprintf(out, "%d %s\n", progress->call, line);
    }
    _exit(0);
}

/* Calls a function with all combinations. */
static void
sweep(const char *name, PyObject *function, const char *skips, int is_listed)
{
    read_skips(skips, name);
    *progress = (struct progress){0, 0, 14695981039346656037u};
    while (progress->call < ALL) {
        int status = 0;
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            int out = is_listed ? dup(1) : -1;
            if (freopen("/dev/null", "w", stdout) == NULL || freopen("/dev/null", "w", stderr) == NULL)
                _exit(2);
            make_calls(function, out);
        }
        if (child < 0 || waitpid(child, &status, 0) != child)
            exit(2);
        if (progress->call >= ALL)
            break;
        if (is_listed)
            printf("%d ended: status %#x\n", progress->call, (unsigned)status);
        add_skip(skips, name, progress->call);
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
            printf("%s takes too long\n", name);
            return;
        }
        add_to_digest("ended");
        progress->call++;
    }
    if (!is_listed)
        printf("%s %d %016llx\n", name, progress->made, (unsigned long long)progress->digest);
}

int
main(int argc, char **argv)
{
    if (argc != 3 && argc != 4) {
        fprintf(stderr, "usage: sweep MODULE SKIPS [FUNCTION]\n");
        return 2;
    }
    progress = mmap(NULL, sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    Py_Initialize();
    PyObject *module = progress == MAP_FAILED ? NULL : PyImport_ImportModule(argv[1]);
    PyObject *names = module == NULL ? NULL : PyDict_Keys(PyModule_GetDict(module));
    if (names == NULL) {
        PyErr_Print();
        return 1;
    }
    for (Py_ssize_t i = 0; i < PyList_Size(names); i++) {
        const char *name = PyUnicode_AsUTF8(PyList_GetItem(names, i));
        PyObject *function = PyObject_GetAttrString(module, name);
        if (function != NULL && PyCFunction_Check(function) && (argc == 3 || strcmp(argv[3], name) == 0))
            sweep(name, function, argv[2], argc == 4);
        PyErr_Clear();
        Py_XDECREF(function);
    }
    return 0;
}
