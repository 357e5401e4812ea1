/* The name of a capsule: a borrowed C string that is compared by its bytes and handed back as the very pointer that
 * was given.  Nothing copies, frees, decodes or formats it, so its owner may change it in place, replace it
 * (`dltensor` becomes `used_dltensor`) and free it as soon as the capsule no longer has it.
 */
#include "tap.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static char storage[4] = "abc";
static int destructions = 0;
static char log_text[256];

static void
count_destruction(PyObject *capsule)
{
    (void)capsule;
    destructions++;
}

static char *
copy_of(const char *text)
{
    char *copy = (char *)malloc(strlen(text) + 1);
    strcpy(copy, text);
    return copy;
}

static void
test_identity_of_the_pointer(void)
{
    char text[] = "name", twin[] = "name";
    PyObject *capsule = PyCapsule_New(storage, text, NULL);

    is_ptr(PyCapsule_GetName(capsule), text, "GetName returns the very pointer that was given to New");
    ok(PyCapsule_GetName(capsule) != twin, "GetName does not return another string of the same text");
    is_ptr(PyCapsule_GetPointer(capsule, twin), storage, "a copy of the name at another address matches in GetPointer");
    is_int(PyCapsule_IsValid(capsule, twin), 1, "a copy of the name at another address matches in IsValid");
    is_ptr(PyCapsule_GetName(capsule), text, "a comparison does not replace the pointer to the name");
    is_int(PyCapsule_SetName(capsule, twin), 0, "SetName to the same text at another address succeeds");
    is_ptr(PyCapsule_GetName(capsule), twin, "GetName returns the pointer that SetName was given");
    is_int(PyCapsule_SetName(capsule, PyCapsule_GetName(capsule)), 0, "a capsule may be given its own name again");
    is_ptr(PyCapsule_GetName(capsule), twin, "a capsule that is given its own name keeps it");
    is_int(PyCapsule_SetName(capsule, text + 2), 0, "a name may begin inside another string");
    is_int(PyCapsule_IsValid(capsule, "me"), 1, "a name that begins inside another string is the rest of it");
    Py_DECREF(capsule);
}

static void
test_null_and_empty(void)
{
    PyObject *unnamed = PyCapsule_New(storage, NULL, NULL);
    PyObject *empty = PyCapsule_New(storage, "", NULL);

    is_ptr(PyCapsule_GetName(unnamed), NULL, "the name of an unnamed capsule is NULL");
    no_error("a name of NULL is no error");
    is_str(PyCapsule_GetName(empty), "", "the name of a capsule with an empty name is the empty string");
    is_int(PyCapsule_IsValid(unnamed, NULL), 1, "NULL matches NULL");
    is_int(PyCapsule_IsValid(empty, ""), 1, "\"\" matches \"\"");
    is_int(PyCapsule_IsValid(unnamed, ""), 0, "\"\" does not match NULL");
    is_int(PyCapsule_IsValid(empty, NULL), 0, "NULL does not match \"\"");
    is_int(PyCapsule_IsValid(unnamed, "NULL"), 0, "the word NULL does not match NULL");
    is_int(PyCapsule_SetName(unnamed, ""), 0, "an unnamed capsule may get the empty name");
    is_int(PyCapsule_SetName(empty, NULL), 0, "a capsule with the empty name may lose it");
    is_int(PyCapsule_IsValid(unnamed, ""), 1, "an unnamed capsule that was given the empty name matches \"\"");
    is_int(PyCapsule_IsValid(empty, NULL), 1, "a capsule that lost the empty name matches NULL");
    no_error("no comparison of NULL or \"\" sets an error");
    Py_DECREF(unnamed);
    Py_DECREF(empty);
}

static void
test_changed_in_place(void)
{
    char text[] = "first\0later";
    PyObject *capsule = PyCapsule_New(storage, text, NULL);

    is_int(PyCapsule_IsValid(capsule, "first"), 1, "a name ends at its first zero byte");
    text[0] = 'F';
    is_int(PyCapsule_IsValid(capsule, "first"), 0, "the name is not copied: changed in place it no longer matches");
    is_ptr(PyCapsule_GetPointer(capsule, "First"), storage, "the new text of a name changed in place matches");
    text[5] = '-';
    is_int(PyCapsule_IsValid(capsule, "First-later"), 1, "the end of a name is looked for anew each time");
    text[0] = '\0';
    is_int(PyCapsule_IsValid(capsule, ""), 1, "a name that is cut to nothing in place matches \"\"");
    is_int(PyCapsule_IsValid(capsule, NULL), 0, "a name that is cut to nothing in place does not match NULL");
    Py_DECREF(capsule);
}

static void
test_every_byte(void)
{
    char name[2] = {0, 0}, asked[2] = {0, 0};
    int matches = 0, refusals = 0;
    PyObject *capsule = PyCapsule_New(storage, name, NULL);

    for (int i = 1; i < 256; i++) {
        name[0] = (char)i;
        for (int j = 1; j < 256; j++) {
            asked[0] = (char)j;
            if (PyCapsule_IsValid(capsule, asked)) {
                matches += i == j;
            } else {
                refusals += i != j;
            }
        }
    }
    is_int(matches, 255, "every byte but zero may stand in a name, and matches itself");
    is_int(refusals, 255 * 254, "a byte in a name matches no other byte");
    no_error("a byte that is not UTF-8 is no error");
    Py_DECREF(capsule);
}

static void
test_bytes_are_not_interpreted(void)
{
    static const char *const names[] = {
        "\xff\xfe",         /* never UTF-8 */
        "\xc3",             /* the first half of a character */
        "\xed\xa0\x80",     /* a surrogate */
        "\xc0\x80",         /* a zero byte, written too long */
        "\xf4\x90\x80\x80", /* beyond the last character */
        "caf\xc3\xa9",      /* UTF-8 */
        "%s%s%s%s%n%n%d%x",
        "%",
        "%%",
        "%*d",
        "%999999999d",
        "a\tb\r\nc\x1b[0m",
        "..",
        "a..b",
        ".",
        "a b",
        "\"quoted\"",
        "../../etc/passwd",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        PyObject *capsule = PyCapsule_New(storage, names[i], NULL);
        char *twin = copy_of(names[i]);
        is_ptr(PyCapsule_GetName(capsule), names[i], "GetName hands back odd name %d as it is", (int)i);
        is_ptr(PyCapsule_GetPointer(capsule, twin), storage, "GetPointer compares the bytes of odd name %d", (int)i);
        twin[0] = (char)(twin[0] + 1);
        is_ptr(PyCapsule_GetPointer(capsule, twin), NULL, "GetPointer refuses odd name %d with one byte changed",
               (int)i);
        raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name",
               "the error of a wrong name does not quote it");
        is_int(PyCapsule_SetName(capsule, "plain"), 0, "SetName away from odd name %d succeeds", (int)i);
        is_ptr(PyCapsule_GetPointer(capsule, names[i]), NULL, "odd name %d no longer matches", (int)i);
        raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name",
               "the error of a name that no longer matches does not quote it");
        is_int(PyCapsule_SetName(capsule, names[i]), 0, "SetName to odd name %d succeeds", (int)i);
        is_ptr(PyCapsule_GetName(capsule), names[i], "GetName hands back odd name %d after SetName", (int)i);
        Py_DECREF(capsule);
        free(twin);
    }
}

static void
test_very_long_name(void)
{
    const size_t length = 1024 * 1024;
    char *name = (char *)malloc(length + 2), *twin = (char *)malloc(length + 2);
    PyObject *capsule;

    memset(name, 'n', length);
    name[length] = name[length + 1] = '\0';
    memcpy(twin, name, length + 2);
    capsule = PyCapsule_New(storage, name, NULL);
    is_ptr(PyCapsule_GetName(capsule), name, "a name may be a million bytes long");
    is_ptr(PyCapsule_GetPointer(capsule, twin), storage, "a very long name matches another of the same text");
    twin[length - 1] = 'm';
    is_int(PyCapsule_IsValid(capsule, twin), 0, "the last byte of a very long name counts");
    twin[length - 1] = '\0';
    is_int(PyCapsule_IsValid(capsule, twin), 0, "a very long name does not match one that is a byte shorter");
    twin[length - 1] = twin[length] = 'n';
    is_int(PyCapsule_IsValid(capsule, twin), 0, "a very long name does not match one that is a byte longer");
    is_ptr(PyCapsule_GetPointer(capsule, twin), NULL, "GetPointer refuses a very long name that is wrong");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name",
           "the message for a very long name is of ordinary length");
    Py_DECREF(capsule);
    free(name);
    free(twin);
}

static void
test_never_read_past_the_end(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    int zero = open("/dev/zero", O_RDWR);
    char *pages = (char *)mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE, zero, 0);
    char *name = pages + page - 5;
    PyObject *capsule, *text;

    mprotect(pages + page, page, PROT_NONE);
    memcpy(name, "edge", 5);
    capsule = PyCapsule_New(storage, name, NULL);
    is_int(PyCapsule_IsValid(capsule, "edge"), 1, "a name at the very end of mapped memory can be read");
    is_int(PyCapsule_IsValid(capsule, "edgewise"), 0,
           "a name at the end of mapped memory is compared with a longer one");
    is_int(PyCapsule_IsValid(capsule, "ed"), 0, "a name at the end of mapped memory is compared with a shorter one");
    is_ptr(PyCapsule_GetPointer(capsule, name), storage, "a name at the end of mapped memory is compared with itself");
    text = PyObject_Repr(capsule);
    ok(text != NULL && strncmp(PyUnicode_AsUTF8(text), "<capsule object \"edge\" at 0x", 28) == 0,
       "a name at the end of mapped memory is shown");
    Py_XDECREF(text);
    memcpy(name, "\x65\xf0\x9f\x98", 5);
    text = PyObject_Repr(capsule);
    ok(text != NULL, "a character that is cut off by the end is not completed from beyond it");
    Py_XDECREF(text);
    PyCapsule_SetName(capsule, NULL);
    munmap(pages, 2 * page);
    is_ptr(PyCapsule_GetPointer(capsule, NULL), storage, "a name that was replaced is not read at all");
    Py_DECREF(capsule);
    close(zero);
}

static void
test_unmapped_name_is_not_read_without_need(void)
{
    PyObject *capsule = PyCapsule_New(storage, (const char *)16, count_destruction);

    is_ptr(PyCapsule_GetName(capsule), (const char *)16, "New and GetName do not look at the name");
    is_int(PyCapsule_IsValid(capsule, NULL), 0, "IsValid with NULL does not look at the name");
    is_ptr(PyCapsule_GetPointer(capsule, NULL), NULL, "GetPointer with NULL does not look at the name");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name",
           "GetPointer with NULL refuses a name that cannot be read");
    is_int(PyCapsule_SetPointer(capsule, storage + 1), 0, "SetPointer does not look at the name");
    is_int(PyCapsule_SetContext(capsule, storage), 0, "SetContext does not look at the name");
    is_int(PyCapsule_SetDestructor(capsule, count_destruction), 0, "SetDestructor does not look at the name");
    is_int(PyCapsule_SetName(capsule, (const char *)32), 0, "SetName does not look at the name that it replaces");
    destructions = 0;
    Py_DECREF(capsule);
    is_int(destructions, 1, "the end of a capsule does not look at the name");
}

/* DLPack: the consumer renames the capsule, so that the destructor does not free the tensor. */
static void
delete_unless_used(PyObject *capsule)
{
    if (PyCapsule_IsValid(capsule, "used_dltensor")) {
        strcat(log_text, "used;");
        return;
    }
    strcat(log_text, PyCapsule_GetPointer(capsule, "dltensor") == storage ? "deleted;" : "lost;");
}

static void
test_rename(void)
{
    PyObject *capsule = PyCapsule_New(storage, "dltensor", delete_unless_used);

    is_ptr(PyCapsule_GetPointer(capsule, "dltensor"), storage, "the consumer asks for a dltensor");
    is_int(PyCapsule_SetName(capsule, "used_dltensor"), 0, "the consumer renames the capsule");
    is_str(PyCapsule_GetName(capsule), "used_dltensor", "GetName gives the new name");
    is_int(PyCapsule_IsValid(capsule, "dltensor"), 0, "a renamed capsule is no dltensor any more");
    is_ptr(PyCapsule_GetPointer(capsule, "dltensor"), NULL, "a second consumer gets nothing");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name", "a second consumer gets a ValueError");
    is_ptr(PyCapsule_GetPointer(capsule, "used_dltensor"), storage,
           "the pointer of a renamed capsule stays, under the new name");
    log_text[0] = '\0';
    Py_DECREF(capsule);
    is_str(log_text, "used;", "the destructor sees the new name and leaves the tensor to its consumer");
    no_error("IsValid with a wrong name sets no error in the destructor");

    capsule = PyCapsule_New(storage, "dltensor", delete_unless_used);
    log_text[0] = '\0';
    Py_DECREF(capsule);
    is_str(log_text, "deleted;", "the destructor of a capsule without a consumer deletes the tensor");

    capsule = PyCapsule_New(storage, "dltensor", delete_unless_used);
    PyCapsule_SetName(capsule, "used_dltensor");
    PyCapsule_SetName(capsule, "dltensor");
    log_text[0] = '\0';
    Py_DECREF(capsule);
    is_str(log_text, "deleted;", "a consumer that gives up restores the name, and the destructor deletes the tensor");
}

static void
test_freed_after_rename(void)
{
    char *old_name = copy_of("made at run time");
    PyObject *capsule = PyCapsule_New(storage, old_name, count_destruction);

    is_int(PyCapsule_SetName(capsule, "another"), 0, "SetName takes another name");
    is_str(old_name, "made at run time", "SetName neither frees nor changes the old name");
    free(old_name);
    is_ptr(PyCapsule_GetPointer(capsule, "another"), storage, "the owner may free the old name at once");
    Py_DECREF(capsule);

    capsule = PyCapsule_New(storage, "at first", count_destruction);
    for (int i = 0; i < 5; i++) {
        const char *before = PyCapsule_GetName(capsule);
        char text[16];
        sprintf(text, "name %d", i);
        PyCapsule_SetName(capsule, copy_of(text));
        if (i > 0) {
            free((void *)before);
        }
        is_int(PyCapsule_IsValid(capsule, text), 1, "a name is replaced and freed, time %d", i);
    }
    free((void *)PyCapsule_GetName(capsule));
    destructions = 0;
    Py_DECREF(capsule);
    is_int(destructions, 1, "a name that was freed just before is not read when the capsule goes");
}

static void
free_name(PyObject *capsule)
{
    char *name = (char *)PyCapsule_GetName(capsule);
    strcat(log_text, name != NULL ? name : "NULL");
    strcat(log_text, ";");
    free(name);
}

static void
free_name_and_unset_it(PyObject *capsule)
{
    free_name(capsule);
    sprintf(log_text + strlen(log_text), "%d;", PyCapsule_SetName(capsule, NULL));
    free_name(capsule);
}

static void
test_freed_in_destructor(void)
{
    PyObject *capsule = PyCapsule_New(storage, copy_of("owned"), free_name);

    log_text[0] = '\0';
    Py_DECREF(capsule);
    is_str(log_text, "owned;", "a destructor may free the name: nothing reads it afterwards");

    capsule = PyCapsule_New(storage, copy_of("owned"), free_name_and_unset_it);
    log_text[0] = '\0';
    Py_DECREF(capsule);
    is_str(log_text, "owned;0;NULL;", "a destructor may set the name to NULL after freeing it");

    /* The bug of a destructor that frees "the current name": it must see the name of the last SetName. */
    char *original = copy_of("original");
    capsule = PyCapsule_New(storage, original, free_name);
    PyCapsule_SetName(capsule, copy_of("replacement"));
    log_text[0] = '\0';
    Py_DECREF(capsule);
    is_str(log_text, "replacement;", "the destructor sees the last name, not the first");
    free(original);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_identity_of_the_pointer);
    RUN(test_null_and_empty);
    RUN(test_changed_in_place);
    RUN(test_every_byte);
    RUN(test_bytes_are_not_interpreted);
    RUN(test_very_long_name);
    RUN(test_never_read_past_the_end);
    RUN(test_unmapped_name_is_not_read_without_need);
    RUN(test_rename);
    RUN(test_freed_after_rename);
    RUN(test_freed_in_destructor);
    return TAP_END();
}
