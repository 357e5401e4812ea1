/* PyCapsule_GetPointer and PyCapsule_SetPointer: the pointers that a capsule can carry (all but NULL, wherever they
 * point), and the checks before the pointer is handed out: first that the object is a capsule, then the name.
 * A refused call gives NULL with a ValueError and changes nothing.
 */
#include "tap.h"

#include <stdint.h>

static const char INCORRECT[] = "PyCapsule_GetPointer called with incorrect name";
static char storage[64];
static int destructions = 0;

static void
count_destruction(PyObject *capsule)
{
    (void)capsule;
    destructions++;
}

static int
add(int left, int right)
{
    return left + right;
}

typedef int (*Adder)(int, int);

typedef struct {
    int version;
    Adder functions[2];
} Api;

static void
test_any_pointer_but_null(void)
{
    char local = 0;
    char *heap = (char *)malloc(1);
    const struct {
        void *pointer;
        const char *text;
    } cases[] = {
        {storage, "static storage"},
        {&local, "the stack"},
        {heap, "the heap"},
        {storage + 1, "an odd address"},
        {storage + sizeof(storage), "one past the end of an array"},
        {(void *)1, "the address 1"},
        {(void *)(uintptr_t)0x5a5a, "an address that is not mapped"},
        {(void *)UINTPTR_MAX, "the highest address"},
        {(void *)((uintptr_t)1 << 63), "an address with only the sign bit"},
        {(void *)((uintptr_t)1 << 32), "an address whose low half is zero"},
        {Py_None, "an object"},
        {&PyCapsule_Type, "the capsule type itself"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        PyObject *capsule = PyCapsule_New(cases[i].pointer, "any", NULL);
        is_ptr(PyCapsule_GetPointer(capsule, "any"), cases[i].pointer, "New keeps a pointer to %s", cases[i].text);
        is_int(PyCapsule_SetPointer(capsule, storage + 7), 0, "SetPointer away from %s succeeds", cases[i].text);
        is_ptr(PyCapsule_GetPointer(capsule, "any"), storage + 7, "GetPointer gives the new pointer (not %s)",
               cases[i].text);
        is_int(PyCapsule_SetPointer(capsule, cases[i].pointer), 0, "SetPointer to %s succeeds", cases[i].text);
        is_ptr(PyCapsule_GetPointer(capsule, "any"), cases[i].pointer, "GetPointer gives back a pointer to %s",
               cases[i].text);
        no_error("no call with a pointer to %s sets an error", cases[i].text);
        Py_DECREF(capsule);
    }
    free(heap);
}

static void
test_pointer_to_itself(void)
{
    PyObject *capsule = PyCapsule_New(storage, NULL, NULL);

    is_int(PyCapsule_SetPointer(capsule, capsule), 0, "a capsule may point to itself");
    is_ptr(PyCapsule_GetPointer(capsule, NULL), capsule, "GetPointer gives the capsule that points to itself");
    is_int(Py_REFCNT(capsule), 1, "a capsule that points to itself holds no reference to itself");
    Py_DECREF(capsule);
}

static void
test_function_pointer(void)
{
    /* ISO C has no cast between the two kinds of pointer, so the bytes are copied, as users of POSIX's dlsym do. */
    Adder function = add, back = NULL;
    void *as_object = NULL;
    PyObject *capsule;

    memcpy(&as_object, &function, sizeof(as_object));
    capsule = PyCapsule_New(as_object, "pkg.add", NULL);
    as_object = PyCapsule_GetPointer(capsule, "pkg.add");
    memcpy(&back, &as_object, sizeof(back));
    is_int(back(40, 2), 42, "a function goes through a capsule and can be called");
    Py_DECREF(capsule);
}

static void
test_table_of_functions(void)
{
    Api table = {3, {add, NULL}};
    PyObject *capsule = PyCapsule_New(&table, "pkg._C_API", NULL);
    const Api *seen = (const Api *)PyCapsule_GetPointer(capsule, "pkg._C_API");

    is_int(seen->version, 3, "a C API in a capsule is the provider's own memory");
    table.version = 4;
    is_int(seen->version, 4, "a later change of a C API is seen through the capsule");
    is_int(seen->functions[0](2, 3), 5, "the functions of a C API in a capsule can be called");
    ok(seen->functions[1] == NULL, "the empty entries of a C API in a capsule are empty");
    Py_DECREF(capsule);
}

/* Each name that a capsule has is compared with each name that is asked for. */
static void
test_name_rule(void)
{
    static const char *const names[] = {NULL,
                                        "",
                                        " ",
                                        "a",
                                        "A",
                                        "ab",
                                        "abc",
                                        "ab ",
                                        " ab",
                                        "a.b",
                                        "a.b.",
                                        "a.b.c",
                                        "dltensor",
                                        "used_dltensor",
                                        "dltensor_versioned",
                                        "\x7f",
                                        "\x80",
                                        "\xff",
                                        "\xc3\xa9",
                                        "e\xcc\x81",
                                        "%s",
                                        "%%s"};
    enum { COUNT = sizeof(names) / sizeof(names[0]) };

    for (int i = 0; i < COUNT; i++) {
        PyObject *capsule = PyCapsule_New(storage, names[i], count_destruction);
        int given = 0, refused = 0, valid = 0;
        for (int j = 0; j < COUNT; j++) {
            void *pointer = PyCapsule_GetPointer(capsule, names[j]);
            given += pointer == storage && PyErr_Occurred() == NULL && i == j;
            if (pointer == NULL && PyErr_Occurred() != NULL && i != j) {
                refused += PyErr_ExceptionMatches(PyExc_ValueError);
            }
            PyErr_Clear();
            valid += PyCapsule_IsValid(capsule, names[j]) == (i == j) && PyErr_Occurred() == NULL;
        }
        is_int(given, 1, "capsule %d of the table gives its pointer for its own name", i);
        is_int(refused, COUNT - 1, "capsule %d of the table refuses each other name with a ValueError", i);
        is_int(valid, COUNT, "IsValid agrees for every name of capsule %d", i);
        Py_DECREF(capsule);
    }
}

static void
test_wrong_name(void)
{
    static const struct {
        const char *stored;
        const char *asked;
        const char *text;
    } cases[] = {
        {"a", "b", "another name"},
        {"a", NULL, "NULL for a name"},
        {NULL, "a", "a name for NULL"},
        {NULL, "", "\"\" for NULL"},
        {"", NULL, "NULL for \"\""},
        {"a", "", "\"\" for a name"},
        {"", "a", "a name for \"\""},
        {"name", "Name", "other case"},
        {"name", "nam", "a prefix"},
        {"nam", "name", "something longer"},
        {"name", "ame", "a suffix"},
        {"name", "%s%n%s", "a format"},
        {"used_dltensor", "dltensor", "the name from before the rename"},
        {"dltensor", "dltensor_versioned", "another version of the protocol"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *text = cases[i].text;
        PyObject *capsule = PyCapsule_New(storage, cases[i].stored, count_destruction);
        PyCapsule_SetContext(capsule, storage + 3);
        destructions = 0;
        is_ptr(PyCapsule_GetPointer(capsule, cases[i].asked), NULL, "GetPointer gives NULL for %s", text);
        raises(PyExc_ValueError, INCORRECT, "GetPointer raises a ValueError that does not quote the name (%s)", text);
        is_ptr(PyCapsule_GetPointer(capsule, cases[i].stored), storage,
               "a refused GetPointer does not change the pointer (%s)", text);
        is_ptr(PyCapsule_GetName(capsule), cases[i].stored, "a refused GetPointer does not change the name (%s)", text);
        is_ptr(PyCapsule_GetContext(capsule), storage + 3, "a refused GetPointer does not change the context (%s)",
               text);
        ok(PyCapsule_GetDestructor(capsule) == count_destruction,
           "a refused GetPointer does not change the destructor (%s)", text);
        is_int(Py_REFCNT(capsule), 1, "a refused GetPointer takes no reference (%s)", text);
        is_int(destructions, 0, "a refused GetPointer runs no destructor (%s)", text);
        Py_DECREF(capsule);
    }
}

static void
test_set_pointer_refuses_null(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", count_destruction);

    is_int(PyCapsule_SetPointer(capsule, NULL), -1, "SetPointer of NULL gives -1");
    raises(PyExc_ValueError, "PyCapsule_SetPointer called with null pointer", "SetPointer of NULL raises a ValueError");
    is_ptr(PyCapsule_GetPointer(capsule, "name"), storage, "SetPointer of NULL leaves the old pointer");
    is_int(PyCapsule_IsValid(capsule, "name"), 1, "SetPointer of NULL leaves the capsule valid");
    is_int(PyCapsule_SetPointer(Py_None, NULL), -1, "SetPointer of None and NULL gives -1");
    raises(PyExc_ValueError, "PyCapsule_SetPointer called with invalid PyCapsule object",
           "SetPointer of None and NULL reports the object, not the pointer");
    is_int(PyCapsule_SetPointer(NULL, NULL), -1, "SetPointer of NULL and NULL gives -1");
    raises(PyExc_ValueError, "PyCapsule_SetPointer called with invalid PyCapsule object",
           "SetPointer of NULL and NULL reports the object, not the pointer");
    destructions = 0;
    Py_DECREF(capsule);
    is_int(destructions, 1, "SetPointer of NULL leaves the destructor armed");
}

static void
test_destructor_sees_the_last_pointer(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", count_destruction);

    for (int i = 1; i < 10; i++) {
        PyCapsule_SetPointer(capsule, storage + i);
    }
    destructions = 0;
    is_ptr(PyCapsule_GetPointer(capsule, "name"), storage + 9, "of many SetPointers the last one counts");
    is_int(destructions, 0, "replacing a pointer destroys nothing");
    Py_DECREF(capsule);
    is_int(destructions, 1, "the destructor runs once, for the capsule and not for each pointer");
}

static void
test_error_indicator(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", NULL);

    PyErr_SetString(PyExc_KeyError, "from before");
    is_ptr(PyCapsule_GetPointer(capsule, "name"), storage, "GetPointer works while an error is set");
    is_int(PyCapsule_SetPointer(capsule, storage + 1), 0, "SetPointer works while an error is set");
    raises(PyExc_KeyError, "'from before'", "GetPointer and SetPointer leave an error from before alone");

    PyErr_SetString(PyExc_KeyError, "from before");
    is_ptr(PyCapsule_GetPointer(capsule, "other"), NULL, "GetPointer with a wrong name fails while an error is set");
    raises(PyExc_ValueError, INCORRECT, "the error of GetPointer replaces one from before");

    PyErr_SetString(PyExc_KeyError, "from before");
    is_int(PyCapsule_SetPointer(capsule, NULL), -1, "SetPointer of NULL fails while an error is set");
    raises(PyExc_ValueError, "PyCapsule_SetPointer called with null pointer",
           "the error of SetPointer replaces one from before");
    Py_DECREF(capsule);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_any_pointer_but_null);
    RUN(test_pointer_to_itself);
    RUN(test_function_pointer);
    RUN(test_table_of_functions);
    RUN(test_name_rule);
    RUN(test_wrong_name);
    RUN(test_set_pointer_refuses_null);
    RUN(test_destructor_sees_the_last_pointer);
    RUN(test_error_indicator);
    return TAP_END();
}
