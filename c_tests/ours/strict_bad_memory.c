/* The checker reads names and structs whose memory may be freed, unmapped, closed to reading or beyond the end of a
 * file, and whose address may be no address at all.  It reports such names, and never crashes on them. */
#define _DEFAULT_SOURCE
#include "../tap.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

static char storage[] = "storage";
static int reports;
static char kinds[512];

static int
note_kind(const pycapsule_report *report, void *argument)
{
    (void)argument;
    reports++;
    if (strlen(kinds) + strlen(report->kind) + 2 < sizeof kinds) {
        strcat(strcat(kinds, report->kind), ";");
    }
    return 1;
}

static void
show_anew(void)
{
    reports = 0;
    kinds[0] = '\0';
}

/* The second page of a mapping of a file that has only one page: reading it raises SIGBUS, as a device may. */
static char *
beyond_a_file(size_t page)
{
    char path[] = "/tmp/pycapsule-XXXXXX", *pages;
    int file = mkstemp(path);

    unlink(path);
    if (file < 0 || ftruncate(file, (off_t)page) != 0) {
        return NULL;
    }
    pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    return pages == MAP_FAILED ? NULL : pages + page;
}

static void
look_at_nothing(PyObject *capsule)
{
    PyCapsule_GetContext(capsule);
}

static void
test_name(const char *name, const char *what)
{
    PyObject *capsule = PyCapsule_New(storage, name, look_at_nothing);

    show_anew();
    is_ptr(PyCapsule_GetName(capsule), name, "PyCapsule_GetName returns a name that %s", what);
    is_ptr(PyCapsule_GetPointer(capsule, name), storage, "PyCapsule_GetPointer matches a name that %s with itself",
           what);
    is_str(kinds, "name-freed;", "a name that %s is reported once", what);
    show_anew();
    is_int(PyCapsule_SetName(capsule, "good"), 0, "PyCapsule_SetName replaces a name that %s", what);
    is_int(PyCapsule_SetName(capsule, name), 0, "PyCapsule_SetName sets a name that %s", what);
    Py_DECREF(capsule);
    is_str(kinds, "name-freed;", "a name that %s is reported when the capsule is destroyed", what);
}

/* If the struct of a tensor or of an Arrow array can't be read, the checker reports nothing of it. */
static void
test_struct(void *structure, const char *name, const char *what)
{
    PyObject *capsule = PyCapsule_New(structure, name, look_at_nothing);

    show_anew();
    is_ptr(PyCapsule_GetPointer(capsule, name), structure, "a capsule \"%s\" may have a struct that %s", name, what);
    is_int(PyCapsule_SetPointer(capsule, structure), 0, "a capsule \"%s\" takes a struct that %s again", name, what);
    PyCapsule_GetPointer(capsule, name);
    Py_DECREF(capsule);
    is_str(kinds, "", "nothing is reported of a capsule \"%s\" with a struct that %s", name, what);
}

static const char *const names[] = {
    "dltensor", "dltensor_versioned", "arrow_schema", "arrow_array", "arrow_array_stream", "arrow_device_array",
};

static void
test_place(char *place, const char *what)
{
    test_name(place, what);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        test_struct(place, names[i], what);
    }
}

static void
test_places(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *closed = mmap(NULL, page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *gone = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *edge = gone + page, *cut = beyond_a_file(page);
    PyObject *capsule;

    munmap(edge, page);
    /* A kind is reported once for the same call stack, so each call stands on a line of its own. */
    test_place((char *)16, "is in the first page");
    test_place(closed, "is closed to reading");
    test_place(edge, "is unmapped");
    test_place(cut != NULL ? cut : edge, "is beyond the end of its file");
    test_place((char *)(uintptr_t)0xdead000000000000, "is no address");
    test_place((char *)(uintptr_t)0xffffffffffff0000, "is the kernel's");
    test_place((char *)UINTPTR_MAX, "is at the highest address");

    /* The struct begins on the last bytes of a page, after which nothing is mapped. */
    memset(gone, 'x', page);
    for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
        test_struct(edge - 8, names[j], "ends too early");
    }
    /* A name without a NUL before the end of its page. */
    capsule = PyCapsule_New(storage, edge - 5, look_at_nothing);
    show_anew();
    PyCapsule_GetName(capsule);
    is_str(kinds, "", "a name that runs up to the end of the mapping is not reported");
    edge[-3] = 'y';
    PyCapsule_GetName(capsule);
    is_str(kinds, "name-changed;", "a change to a name that runs up to the end of the mapping is reported");
    munmap(gone, page);
    show_anew();
    PyCapsule_SetName(capsule, NULL);
    Py_DECREF(capsule);
    is_str(kinds, "", "an unmapped name that was replaced is not reported");

    /* The memory of the name is closed to reading while the capsule lives. */
    gone = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    strcpy(gone, "for a while");
    capsule = PyCapsule_New(storage, gone, look_at_nothing);
    mprotect(gone, page, PROT_NONE);
    show_anew();
    PyCapsule_GetName(capsule);
    is_str(kinds, "name-freed;", "a name whose memory is closed to reading later is reported");
    Py_DECREF(capsule);
    is_int(reports, 1, "a name whose memory is closed to reading later is reported once");
    munmap(gone, page);
    munmap(closed, page);
    is_int(pycapsule_live_count(), 0, "no capsule is left");
}

int
main(void)
{
    TAP_BEGIN();
    pycapsule_on_report(note_kind, NULL);
    pycapsule_strict(1);
    RUN(test_places);
    pycapsule_strict(0);
    pycapsule_on_report(NULL, NULL);
    return TAP_END();
}
