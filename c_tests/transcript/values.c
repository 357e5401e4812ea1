/* The arguments of the calls: slots that hold capsules, names, pointers, and objects that are no capsules. */
#include "transcript.h"

PyObject *slots[SLOTS];

/* Names of equal text at different addresses, because names are compared by text but returned by address, and names
 * that a careless formatter, decoder or buffer would treat wrongly. */
static char name_a[] = "a", name_b[] = "a", name_c[] = "a.b", name_d[] = "a.b";
static char cap_a[] = "tm0.cap", cap_b[] = "tm0.cap", long_name[301], very_long_name[5001];
static const char *const names[] = {
    NULL,       "",          name_a,          name_b,     name_c,          name_d,         cap_a,         cap_b,
    "tm1.cap",  "tm1.list",  "tmpkg.sub.cap", "dltensor", "used_dltensor", "\xff\xfe",     "caf\xc3\xa9", "caf\xc3",
    "%s%d%n%%", "say \"a\"", "tab\t\x01\x7f", "sys",      long_name,       very_long_name,
};
enum { NAMES = sizeof names / sizeof names[0], POINTERS = 16, OBJECTS = 6 };

/* Only the addresses are used. */
static char pointers[POINTERS];

static const char *const object_names[OBJECTS] = {"None", "int", "str", "list", "dict", "NULL"};
static PyObject *objects[OBJECTS];
static Py_ssize_t base_counts[OBJECTS];

void
values_start(void)
{
    int i;

    memset(long_name, 'n', sizeof long_name - 1);
    memset(very_long_name, 'v', sizeof very_long_name - 1);
    objects[0] = Py_None;
    objects[1] = PyLong_FromLong(123456789);
    objects[2] = PyUnicode_FromString("a.b");
    objects[3] = PyList_New(0);
    objects[4] = PyDict_New();
    for (i = 1; i < OBJECTS - 1; i++) {
        base_counts[i] = Py_REFCNT(objects[i]);
    }
}

/* No call may have kept or dropped a reference to an object that it refused. */
void
say_counts(void)
{
    int i;

    for (i = 1; i < OBJECTS - 1; i++) {
        say(" %s%+ld", object_names[i], (long)(Py_REFCNT(objects[i]) - base_counts[i]));
    }
}

void
values_end(void)
{
    unsigned i;

    for (i = 0; i < SLOTS; i++) {
        drop_slot(i);
    }
    for (i = 1; i < OBJECTS; i++) {
        Py_CLEAR(objects[i]);
    }
}

const char *
pick_name(void)
{
    /* The first few often, so that names match often enough. */
    return chance(60) ? names[pick(6)] : names[pick(NAMES)];
}

void
say_name(const char *name)
{
    int i;

    for (i = 0; i < NAMES; i++) {
        if (names[i] == name) {
            say(" n%d", i);
            return;
        }
    }
    say(" ");
    say_text(name);
}

void *
pick_pointer(void)
{
    return chance(8) ? NULL : &pointers[pick(POINTERS)];
}

void
say_pointer(const void *pointer)
{
    int i;

    if (pointer == NULL) {
        say(" NULL");
        return;
    }
    for (i = 0; i < POINTERS; i++) {
        if (pointer == &pointers[i]) {
            say(" p%d", i);
            return;
        }
    }
    say(" p?");
}

/* Draws any object (a borrowed reference, or NULL) and prints which; mostly what a slot holds. */
PyObject *
pick_object(void)
{
    unsigned i;

    if (chance(88)) {
        i = chance(80) ? pick_full_slot() % SLOTS : pick(SLOTS);
        say_slot(i);
        return slots[i];
    }
    i = pick(OBJECTS);
    say(" %s", object_names[i]);
    return objects[i];
}

/* A slot that is not empty, for calls that must have an object; SLOTS when there is none. */
unsigned
pick_full_slot(void)
{
    unsigned start = pick(SLOTS), i;

    for (i = 0; i < SLOTS; i++) {
        if (slots[(start + i) % SLOTS] != NULL) {
            return (start + i) % SLOTS;
        }
    }
    return SLOTS;
}

/* The slot is empty before its capsule goes: the destructor may look at the slots. */
void
drop_slot(unsigned index)
{
    Py_CLEAR(slots[index]);
}

void
say_slot(unsigned index)
{
    if (slots[index] == NULL) {
        say(" s%u:NULL", index);
    } else {
        say(" s%u:%ld", index, (long)Py_REFCNT(slots[index]));
    }
}
