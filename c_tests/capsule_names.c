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
    ok(PyCapsule_GetName(capsule) != twin, "which is not just a string of the same text");
    is_ptr(PyCapsule_GetPointer(capsule, twin), storage, "the same text at another address matches in GetPointer");
    is_int(PyCapsule_IsValid(capsule, twin), 1, "and in IsValid");
    is_ptr(PyCapsule_GetName(capsule), text, "and comparing does not replace the pointer");
    is_int(PyCapsule_SetName(capsule, twin), 0, "SetName to the same text at another address succeeds");
    is_ptr(PyCapsule_GetName(capsule), twin, "and GetName returns that pointer from now on");
    is_int(PyCapsule_SetName(capsule, PyCapsule_GetName(capsule)), 0, "a capsule may be given its own name again");
    is_ptr(PyCapsule_GetName(capsule), twin, "which changes nothing");
    is_int(PyCapsule_SetName(capsule, text + 2), 0, "a name may begin inside another string");
    is_int(PyCapsule_IsValid(capsule, "me"), 1, "and is then the rest of it");
    Py_DECREF(capsule);
}

static void
test_null_and_empty(void)
{
    PyObject *unnamed = PyCapsule_New(storage, NULL, NULL);
    PyObject *empty = PyCapsule_New(storage, "", NULL);

    is_ptr(PyCapsule_GetName(unnamed), NULL, "the name of an unnamed capsule is NULL");
    no_error("and that is no error");
    is_str(PyCapsule_GetName(empty), "", "the name of the other is the empty string");
    is_int(PyCapsule_IsValid(unnamed, NULL), 1, "NULL matches NULL");
    is_int(PyCapsule_IsValid(empty, ""), 1, "\"\" matches \"\"");
    is_int(PyCapsule_IsValid(unnamed, ""), 0, "\"\" does not match NULL");
    is_int(PyCapsule_IsValid(empty, NULL), 0, "NULL does not match \"\"");
    is_int(PyCapsule_IsValid(unnamed, "NULL"), 0, "the word NULL does not match NULL");
    is_int(PyCapsule_SetName(unnamed, ""), 0, "an unnamed capsule may get the empty name");
    is_int(PyCapsule_SetName(empty, NULL), 0, "and one with the empty name may lose it");
    is_int(PyCapsule_IsValid(unnamed, ""), 1, "after which they match the other way round");
    is_int(PyCapsule_IsValid(empty, NULL), 1, "both of them");
    no_error("none of this sets an error");
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
    is_ptr(PyCapsule_GetPointer(capsule, "First"), storage, "but its new text does");
    text[5] = '-';
    is_int(PyCapsule_IsValid(capsule, "First-later"), 1, "its end is looked for anew each time");
    text[0] = '\0';
    is_int(PyCapsule_IsValid(capsule, ""), 1, "and may come to be at its start");
    is_int(PyCapsule_IsValid(capsule, NULL), 0, "which still is not NULL");
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
            }
            else {
                refusals += i != j;
            }
        }
    }
    is_int(matches, 255, "every byte but zero may stand in a name, and matches itself");
    is_int(refusals, 255 * 254, "and no other byte");
    no_error("UTF-8 or not");
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
        "%s%s%s%s%n%n%d%x", "%", "%%", "%*d", "%999999999d",
        "a\tb\r\nc\x1b[0m", "..", "a..b", ".", "a b", "\"quoted\"", "../../etc/passwd",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        PyObject *capsule = PyCapsule_New(storage, names[i], NULL);
        char *twin = copy_of(names[i]);
        is_ptr(PyCapsule_GetName(capsule), names[i], "GetName hands back odd name %d as it is", (int)i);
        is_ptr(PyCapsule_GetPointer(capsule, twin), storage, "GetPointer compares the bytes of odd name %d", (int)i);
        twin[0] = (char)(twin[0] + 1);
        is_ptr(PyCapsule_GetPointer(capsule, twin), NULL, "and sees that one differs (%d)", (int)i);
        raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name", "which the error does not quote");
        is_int(PyCapsule_SetName(capsule, "plain"), 0, "SetName away from odd name %d succeeds", (int)i);
        is_ptr(PyCapsule_GetPointer(capsule, names[i]), NULL, "odd name %d no longer matches", (int)i);
        raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name", "with the same error");
        is_int(PyCapsule_SetName(capsule, names[i]), 0, "SetName to odd name %d succeeds", (int)i);
        is_ptr(PyCapsule_GetName(capsule), names[i], "and hands it back (%d)", (int)i);
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
    is_ptr(PyCapsule_GetPointer(capsule, twin), storage, "and matches another of the same text");
    twin[length - 1] = 'm';
    is_int(PyCapsule_IsValid(capsule, twin), 0, "the last byte counts");
    twin[length - 1] = '\0';
    is_int(PyCapsule_IsValid(capsule, twin), 0, "one byte less is another name");
    twin[length - 1] = twin[length] = 'n';
    is_int(PyCapsule_IsValid(capsule, twin), 0, "and so is one byte more");
    is_ptr(PyCapsule_GetPointer(capsule, twin), NULL, "GetPointer says so too");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name", "in a message of ordinary length");
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
    is_int(PyCapsule_IsValid(capsule, "edgewise"), 0, "and compared with a longer one");
    is_int(PyCapsule_IsValid(capsule, "ed"), 0, "and with a shorter one");
    is_ptr(PyCapsule_GetPointer(capsule, name), storage, "and with itself");
    text = PyObject_Repr(capsule);
    ok(text != NULL && strncmp(PyUnicode_AsUTF8(text), "<capsule object \"edge\" at 0x", 28) == 0, "and shown");
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
    is_int(PyCapsule_IsValid(capsule, NULL), 0, "IsValid with NULL does not either");
    is_ptr(PyCapsule_GetPointer(capsule, NULL), NULL, "nor does GetPointer with NULL");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name", "to refuse it");
    is_int(PyCapsule_SetPointer(capsule, storage + 1), 0, "nor SetPointer");
    is_int(PyCapsule_SetContext(capsule, storage), 0, "nor SetContext");
    is_int(PyCapsule_SetDestructor(capsule, count_destruction), 0, "nor SetDestructor");
    is_int(PyCapsule_SetName(capsule, (const char *)32), 0, "nor SetName at the name it replaces");
    destructions = 0;
    Py_DECREF(capsule);
    is_int(destructions, 1, "nor the end of the capsule");
}

/* DLPack: the consumer renames the capsule, so that the destructor knows that the tensor is no longer its to free. */
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
    is_int(PyCapsule_SetName(capsule, "used_dltensor"), 0, "and renames the capsule");
    is_str(PyCapsule_GetName(capsule), "used_dltensor", "GetName gives the new name");
    is_int(PyCapsule_IsValid(capsule, "dltensor"), 0, "it is no dltensor any more");
    is_ptr(PyCapsule_GetPointer(capsule, "dltensor"), NULL, "so a second consumer gets nothing");
    raises(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name", "but an error");
    is_ptr(PyCapsule_GetPointer(capsule, "used_dltensor"), storage, "the pointer stays, under the new name");
    log_text[0] = '\0';
    Py_DECREF(capsule);
    is_str(log_text, "used;", "the destructor sees the new name and leaves the tensor to its consumer");
    no_error("and IsValid with a wrong name sets no error in it");

    capsule = PyCapsule_New(storage, "dltensor", delete_unless_used);
    log_text[0] = '\0';
    Py_DECREF(capsule);
    is_str(log_text, "deleted;", "the destructor of a capsule that nobody consumed deletes the tensor");

    capsule = PyCapsule_New(storage, "dltensor", delete_unless_used);
    PyCapsule_SetName(capsule, "used_dltensor");
    PyCapsule_SetName(capsule, "dltensor");
    log_text[0] = '\0';
    Py_DECREF(capsule);
    is_str(log_text, "deleted;", "a consumer that gives up renames back, and the destructor deletes after all");
}

static void
test_freed_after_rename(void)
{
    char *old_name = copy_of("made at run time");
    PyObject *capsule = PyCapsule_New(storage, old_name, count_destruction);

    is_int(PyCapsule_SetName(capsule, "another"), 0, "SetName takes another name");
    is_str(old_name, "made at run time", "and neither frees nor changes the old one");
    free(old_name);
    is_ptr(PyCapsule_GetPointer(capsule, "another"), storage, "whose owner may free it at once");
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
    is_str(log_text, "owned;0;NULL;", "and may set the name to NULL after freeing it");

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
