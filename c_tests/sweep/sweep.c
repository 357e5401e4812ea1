/* Calls each function of a compiled module with every combination of a pool of objects for up to three arguments.
 *
 *     sweep record MODULE FILE             writes a hash of each outcome to FILE
 *     sweep repeat MODULE FILE             takes the calls out of FILE whose outcome is another one this time
 *     sweep compare MODULE FILE            a line for each function: its name, the calls in FILE, and those with another outcome
 *     sweep list MODULE FILE FUNCTION      a line for each call of one function that is in FILE
 *
 * It is linked once with CPython, for the first two, and once with this library. A function runs in a child process, since a call may
 * crash. Calls that crash CPython are not in FILE, and neither are those whose outcome changes from run to run, since they tell an
 * address or read memory that is not theirs: the library is not asked to do the same. `NARROW`, in the environment, is a file of lines
 * `MODULE.FUNCTION CLASS REASON`: such a function trusts that its first argument is of that class, and gets no other. */
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
    /* No module of CPython has this name. */
    return PyUnicode_FromString("abd");
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
    PyDict_SetItemString(o, "abd", Py_True);
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
    case 14: return PyByteArray_FromStringAndSize("xyz", 3);
    default: return NULL;
    }
}

enum { POOL = 15, ALL = 1 + POOL + POOL * POOL + POOL * POOL * POOL };

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

/* ---- records ---- */

/* The outcomes of one function: a hash of each call's line, or 0 for a call that is left out. */
struct record {
    char name[128];
    uint64_t outcomes[ALL];
};

enum { ENDED = 1 };

static uint64_t
hash_of(const char *line)
{
    uint64_t hash = 14695981039346656037u;
    for (; *line != 0; line++)
        hash = (hash ^ (unsigned char)*line) * 1099511628211u;
    return hash > ENDED ? hash : hash + 2;
}

/* The place in a file of the record of a function, which is read; -1 if it has none. */
static long
find_record(FILE *file, const char *name, struct record *record)
{
    long place = 0;
    while (fseek(file, place, SEEK_SET) == 0 && fread(record->name, sizeof record->name, 1, file) == 1) {
        if (strcmp(record->name, name) == 0)
            return fread(record->outcomes, sizeof record->outcomes, 1, file) == 1 ? place : -1;
        place += (long)sizeof *record;
    }
    return -1;
}

static void
write_record(FILE *file, long place, const struct record *record)
{
    if (fseek(file, place < 0 ? 0 : place, place < 0 ? SEEK_END : SEEK_SET) != 0 ||
        fwrite(record, sizeof *record, 1, file) != 1)
        exit(2);
}

/* Whether a call has a first argument of the class that the function trusts it to have. */
static int
is_trusted(int call, const char *class)
{
    PyObject *args[ARGUMENTS];
    int count = make_arguments(call, args);
    int answer = class == NULL || count == 0 || strcmp(Py_TYPE(args[0])->tp_name, class) == 0;
    for (int i = 0; i < count; i++)
        Py_DECREF(args[i]);
    return answer;
}

/* The class that a function trusts its first argument to have. */
static const char *
trusted_class(const char *module, const char *function)
{
    static char class[64];
    char wanted[256], line[512], name[256];
    const char *answer = NULL, *path = getenv("NARROW");
    FILE *file = path == NULL ? NULL : fopen(path, "r");
    snprintf(wanted, sizeof wanted, "%.100s.%.100s", module, function);
    while (file != NULL && answer == NULL && fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "%255s %63s", name, class) == 2 && strcmp(name, wanted) == 0)
            answer = class;
    if (file != NULL)
        fclose(file);
    return answer;
}

/* ---- children ---- */

/* Shared with the child that makes the calls. */
static struct progress {
    int call;
    struct record now;
} *progress;

/* Makes the calls from `progress->call` on, and ends the child. `out` is -1, or gets a line for each. */
static void
make_calls(PyObject *function, const struct record *wanted, int out)
{
    static char line[LONGEST];
    alarm(SECONDS);
    for (; progress->call < ALL; progress->call++) {
        if (wanted->outcomes[progress->call] == 0)
            continue;
        describe(line, function, progress->call);
        progress->now.outcomes[progress->call] = hash_of(line);
        if (out >= 0)
            dprintf(out, "%d %s\n", progress->call, line);
    }
    _exit(0);
}

/* The calls that tell something of a function: one that takes no argument, or a single one, refuses every larger number in the same way. */
static int
calls_of(PyObject *function)
{
    int flags = PyCFunction_GetFlags(function);
    if (flags & METH_NOARGS)
        return 1 + POOL;
    return flags & METH_O ? 1 + POOL + POOL * POOL : ALL;
}

/* Makes the wanted calls of a function, and leaves their outcomes in `progress->now`. */
static void
call_all(PyObject *function, const struct record *wanted, int is_listed)
{
    memset(progress, 0, sizeof *progress);
    strcpy(progress->now.name, wanted->name);
    while (progress->call < ALL) {
        int status = 0;
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            int out = is_listed ? dup(1) : -1;
            if (freopen("/dev/null", "w", stdout) == NULL || freopen("/dev/null", "w", stderr) == NULL)
                _exit(2);
            make_calls(function, wanted, out);
        }
        if (child < 0 || waitpid(child, &status, 0) != child)
            exit(2);
        if (progress->call >= ALL)
            return;
        if (is_listed)
            printf("%d ended: status %#x\n", progress->call, (unsigned)status);
        progress->now.outcomes[progress->call++] = ENDED;
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
            return;
    }
}

/* Does one of the four jobs for a function. */
static void
sweep(const char *job, const char *module, const char *name, PyObject *function, FILE *file)
{
    static struct record wanted;
    const char *class = trusted_class(module, name);
    int is_first = strcmp(job, "record") == 0, calls = 0, different = 0;
    memset(&wanted, 0, sizeof wanted);
    long place = is_first ? -1 : find_record(file, name, &wanted);
    if (is_first && strlen(name) < sizeof wanted.name) {
        strcpy(wanted.name, name);
        for (int i = 0; i < calls_of(function); i++)
            wanted.outcomes[i] = (uint64_t)is_trusted(i, class);
    }
    call_all(function, &wanted, strcmp(job, "list") == 0);
    for (int i = 0; i < ALL; i++) {
        uint64_t *now = &progress->now.outcomes[i];
        calls += wanted.outcomes[i] != 0;
        different += wanted.outcomes[i] != *now;
        if (*now == ENDED || (!is_first && wanted.outcomes[i] != *now))
            *now = 0;
    }
    if (is_first || strcmp(job, "repeat") == 0)
        write_record(file, place, &progress->now);
    else if (strcmp(job, "compare") == 0)
        printf("%s %d %d\n", name, calls, different);
}

int
main(int argc, char **argv)
{
    if (argc != 4 && argc != 5) {
        fprintf(stderr, "usage: sweep record|repeat|compare|list MODULE FILE [FUNCTION]\n");
        return 2;
    }
    FILE *file = fopen(argv[3], strcmp(argv[1], "record") == 0 ? "w+" : "r+");
    progress = mmap(NULL, sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    Py_Initialize();
    PyObject *module = file == NULL || progress == MAP_FAILED ? NULL : PyImport_ImportModule(argv[2]);
    PyObject *names = module == NULL ? NULL : PyDict_Keys(PyModule_GetDict(module));
    if (names == NULL) {
        PyErr_Print();
        return 1;
    }
    for (Py_ssize_t i = 0; i < PyList_Size(names); i++) {
        const char *name = PyUnicode_AsUTF8(PyList_GetItem(names, i));
        PyObject *function = PyObject_GetAttrString(module, name);
        if (function != NULL && PyCFunction_Check(function) && (argc == 4 || strcmp(argv[4], name) == 0))
            sweep(argv[1], argv[2], name, function, file);
        PyErr_Clear();
        Py_XDECREF(function);
    }
    return fclose(file) == 0 ? 0 : 2;
}
