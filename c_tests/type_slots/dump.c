/* Prints where each slot of each built-in type comes from.
 *
 *     dump c_tests/abi/slots.tsv < abi/symbols.txt
 *
 * The types are those that the library exports, directly or by a pointer to an exception class.  A line of the output is a
 * type, a slot, and one of
 *
 *     own        the value is the type's own
 *     NAME       the value is the type's own, and the function that is exported under this name
 *     from TYPE  the value is this base's, and that of every class between
 *
 * Sizes, flags, tp_base, tp_bases and tp_mro are printed as they are.  A slot that is NULL has no line; so has one in a part
 * that the type lacks. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <Python.h>
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char name[40];
    size_t part; /* The offset of the pointer to the part that the slot is in; 0 for a slot of the type itself. */
    size_t offset;
} Slot;

static const struct {
    const char *name;
    size_t part;
} parts[] = {
    {"PyTypeObject", 0},
    {"PyAsyncMethods", offsetof(PyTypeObject, tp_as_async)},
    {"PyNumberMethods", offsetof(PyTypeObject, tp_as_number)},
    {"PySequenceMethods", offsetof(PyTypeObject, tp_as_sequence)},
    {"PyMappingMethods", offsetof(PyTypeObject, tp_as_mapping)},
    {"PyBufferProcs", offsetof(PyTypeObject, tp_as_buffer)},
};

static void
stop(const char *problem, const char *about)
{
    fprintf(stderr, "dump: %s: %s\n", about, problem);
    exit(2);
}

/* Reads the table of slots, without those of classes made at run time alone.  Returns how many there are. */
static size_t
read_slots(const char *path, Slot *slots, size_t room)
{
    FILE *file = fopen(path, "r");
    char home[40];
    unsigned long offset;
    size_t count = 0, i;
    if (!file) {
        stop("can't be read", path);
    }
    while (fscanf(file, "%39s %*d %39s %*s %lu", slots[count].name, home, &offset) == 3) {
        for (i = 0; i < sizeof parts / sizeof parts[0] && strcmp(parts[i].name, home) != 0; i++) {
        }
        if (i == sizeof parts / sizeof parts[0]) {
            continue;
        }
        slots[count].part = parts[i].part;
        slots[count].offset = offset;
        if (++count == room) {
            stop("has more slots than expected", path);
        }
    }
    fclose(file);
    return count;
}

/* The slot's value; NULL also when the type lacks the part. */
static void *
value(PyTypeObject *type, const Slot *slot)
{
    char *start = (char *)type;
    void *found;
    if (slot->part) {
        memcpy(&start, start + slot->part, sizeof start);
    }
    if (!start) {
        return NULL;
    }
    memcpy(&found, start + slot->offset, sizeof found);
    return found;
}

static char (*symbols)[80];
static size_t symbol_count;

static void
read_symbols(void)
{
    symbols = calloc(2000, sizeof *symbols);
    while (symbols && symbol_count < 2000 && scanf("%79s", symbols[symbol_count]) == 1) {
        symbol_count++;
    }
}

/* The name under which the function at this address is exported, or "own". */
static const char *
name_of(void *function)
{
    static void *addresses[2000];
    const char *name = "own";
    size_t i;
    for (i = 0; i < symbol_count; i++) {
        if (addresses[i] == NULL) {
            addresses[i] = dlsym(RTLD_DEFAULT, symbols[i]);
        }
        if (addresses[i] == function) {
            name = symbols[i];
        }
    }
    return name;
}

static void
print_slot(PyTypeObject *type, const Slot *slot)
{
    PyTypeObject *from = type, *base;
    void *own = value(type, slot);
    if (!own) {
        return;
    }
    for (base = type->tp_base; base && value(base, slot) == own; base = base->tp_base) {
        from = base;
    }
    printf("%s\t%s\t", type->tp_name, slot->name);
    if (from == type) {
        printf("%s\n", name_of(own));
    } else {
        printf("from %s\n", from->tp_name);
    }
}

static void
print_pointer(PyTypeObject *type, const char *field, void *pointer)
{
    if (pointer) {
        printf("%s\t%s\tset\n", type->tp_name, field);
    }
}

static void
print_classes(PyTypeObject *type, const char *field, PyObject *classes)
{
    Py_ssize_t i;
    printf("%s\t%s\t", type->tp_name, field);
    for (i = 0; classes && i < PyTuple_Size(classes); i++) {
        printf("%s%s", i ? " " : "", ((PyTypeObject *)PyTuple_GetItem(classes, i))->tp_name);
    }
    printf(classes ? "\n" : "NULL\n");
}

/* Py_TPFLAGS_VALID_VERSION_TAG, which look-ups set. */
#define VERSION_IS_VALID (1UL << 19)

static void
print_type(PyTypeObject *type, const Slot *slots, size_t count)
{
    size_t i;
    printf("%s\ttp_base\t%s\n", type->tp_name, type->tp_base ? type->tp_base->tp_name : "NULL");
    print_classes(type, "tp_bases", type->tp_bases);
    print_classes(type, "tp_mro", type->tp_mro);
    printf("%s\ttp_basicsize\t%ld\n", type->tp_name, (long)type->tp_basicsize);
    printf("%s\ttp_itemsize\t%ld\n", type->tp_name, (long)type->tp_itemsize);
    printf("%s\ttp_flags\t%lx\n", type->tp_name, type->tp_flags & ~VERSION_IS_VALID);
    print_pointer(type, "tp_dict", type->tp_dict);
    print_pointer(type, "tp_cache", type->tp_cache);
    print_pointer(type, "tp_subclasses", type->tp_subclasses);
    print_pointer(type, "tp_weaklist", type->tp_weaklist);
    for (i = 0; i < count; i++) {
        if (strcmp(slots[i].name, "tp_base") != 0 && strcmp(slots[i].name, "tp_bases") != 0) {
            print_slot(type, &slots[i]);
        }
    }
}

/* Whether a symbol is a type, or a pointer to an exception class. */
static int
is_type(const char *symbol)
{
    const char *end = strstr(symbol, "_Type");
    return strstr(symbol, "PyExc_") || (end && end[5] == 0 && strcmp(symbol, "PyObject_Type") != 0);
}

int
main(int argc, char **argv)
{
    static Slot slots[100];
    static void *seen[200];
    size_t count, known = 0, s, i;
    if (argc != 2) {
        stop("dump SLOTS < SYMBOLS", "usage");
    }
    count = read_slots(argv[1], slots, sizeof slots / sizeof slots[0]);
    read_symbols();
    Py_Initialize();
    for (s = 0; s < symbol_count; s++) {
        void *found = dlsym(RTLD_DEFAULT, symbols[s]);
        if (!is_type(symbols[s])) {
            continue;
        }
        if (!found) {
            stop("is not exported", symbols[s]);
        }
        /* An exception's symbol is a pointer to the class.  CPython's for IncompleteInputError is the class itself. */
        if (Py_TYPE((PyObject *)found) != &PyType_Type) {
            memcpy(&found, found, sizeof found);
        }
        /* Two symbols may mean one class. */
        for (i = 0; i < known && seen[i] != found; i++) {
        }
        if (i == known && known < sizeof seen / sizeof seen[0]) {
            seen[known++] = found;
            print_type(found, slots, count);
        }
    }
    return 0;
}
