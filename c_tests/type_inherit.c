/* The inheritance of slots by static types: for each slot, every way in which a chain of bases, and two bases, may fill it, and the
 * class from which the slot of the last type comes; flags, sizes and parts in the same way. */
#include "digest.h"

#include <stddef.h>

typedef struct {
    const char *name;
    size_t part;
    size_t offset;
} Slot;

#define CLASS(NAME) {#NAME, 0, offsetof(PyTypeObject, NAME)}
#define NUMBER(NAME) {#NAME, offsetof(PyTypeObject, tp_as_number), offsetof(PyNumberMethods, NAME)}
#define SEQUENCE(NAME) {#NAME, offsetof(PyTypeObject, tp_as_sequence), offsetof(PySequenceMethods, NAME)}
#define MAPPING(NAME) {#NAME, offsetof(PyTypeObject, tp_as_mapping), offsetof(PyMappingMethods, NAME)}
#define ASYNC(NAME) {#NAME, offsetof(PyTypeObject, tp_as_async), offsetof(PyAsyncMethods, NAME)}
#define BUFFER(NAME) {#NAME, offsetof(PyTypeObject, tp_as_buffer), offsetof(PyBufferProcs, NAME)}

static const Slot slots[] = {CLASS(tp_dealloc),
                             CLASS(tp_vectorcall_offset),
                             CLASS(tp_getattr),
                             CLASS(tp_setattr),
                             CLASS(tp_repr),
                             CLASS(tp_hash),
                             CLASS(tp_call),
                             CLASS(tp_str),
                             CLASS(tp_getattro),
                             CLASS(tp_setattro),
                             CLASS(tp_richcompare),
                             CLASS(tp_weaklistoffset),
                             CLASS(tp_iter),
                             CLASS(tp_iternext),
                             CLASS(tp_descr_get),
                             CLASS(tp_descr_set),
                             CLASS(tp_dictoffset),
                             CLASS(tp_init),
                             CLASS(tp_alloc),
                             CLASS(tp_new),
                             CLASS(tp_free),
                             CLASS(tp_is_gc),
                             CLASS(tp_del),
                             CLASS(tp_finalize),
                             CLASS(tp_vectorcall),
                             CLASS(tp_itemsize),
                             CLASS(tp_traverse),
                             CLASS(tp_clear),
                             NUMBER(nb_add),
                             NUMBER(nb_power),
                             NUMBER(nb_bool),
                             NUMBER(nb_index),
                             NUMBER(nb_inplace_matrix_multiply),
                             SEQUENCE(sq_length),
                             SEQUENCE(sq_item),
                             SEQUENCE(sq_ass_item),
                             SEQUENCE(sq_inplace_repeat),
                             MAPPING(mp_length),
                             MAPPING(mp_ass_subscript),
                             ASYNC(am_await),
                             ASYNC(am_send),
                             BUFFER(bf_getbuffer),
                             BUFFER(bf_releasebuffer)};
#define SLOTS (sizeof slots / sizeof *slots)

/* A type with its own parts, all of which are blank at first. */
typedef struct {
    PyTypeObject type;
    PyNumberMethods number;
    PySequenceMethods sequence;
    PyMappingMethods mapping;
    PyAsyncMethods async;
    PyBufferProcs buffer;
    char name[40];
} Own;

static Own *pool;
static size_t used;

/* A new type; `parts` says whether it has the parts of the protocols. */
static Own *
new_type(const char *name, PyTypeObject *base, int parts)
{
    Own *own = &pool[used++];
    Py_SET_REFCNT(&own->type, 1);
    snprintf(own->name, sizeof own->name, "%s", name);
    own->type.tp_name = own->name;
    own->type.tp_base = base;
    own->type.tp_flags = Py_TPFLAGS_BASETYPE;
    if (base == NULL || base == &PyBaseObject_Type) {
        own->type.tp_basicsize = 64;
    }
    if (parts) {
        own->type.tp_as_number = &own->number;
        own->type.tp_as_sequence = &own->sequence;
        own->type.tp_as_mapping = &own->mapping;
        own->type.tp_as_async = &own->async;
        own->type.tp_as_buffer = &own->buffer;
    }
    return own;
}

static char *
place(PyTypeObject *type, const Slot *slot)
{
    char *start = (char *)type;
    if (slot->part != 0) {
        memcpy(&start, start + slot->part, sizeof start);
    }
    return start == NULL ? NULL : start + slot->offset;
}

/* The values with which the types are filled: small numbers, which are never called. */
static void
fill(PyTypeObject *type, const Slot *slot, long value)
{
    char *at = place(type, slot);
    if (value != 0 && at != NULL) {
        memcpy(at, &value, sizeof value);
    }
}

/* Where the value of a slot comes from. */
static const char *
origin(PyTypeObject *type, const Slot *slot)
{
    static char text[40];
    char *at = place(type, slot), *common = place(&PyBaseObject_Type, slot);
    long value = 0, of_object = 0;
    if (at == NULL) {
        return "no part";
    }
    memcpy(&value, at, sizeof value);
    if (common != NULL) {
        memcpy(&of_object, common, sizeof of_object);
    }
    if (value == 0) {
        return "NULL";
    }
    if (value >= 16 && value < 1000) {
        snprintf(text, sizeof text, "%ld", value);
        return text;
    }
    if ((PyObject_HashNotImplemented == *(hashfunc *)at)) {
        return "no hash";
    }
    return value == of_object ? "object" : "another";
}

static void
ready(Own *own, const char *what)
{
    if (PyType_Ready(&own->type) < 0) {
        ok(0, "%s is made ready", what);
        PyErr_Print();
    }
}

/* Restores what the interpreter may call at its end. */
static void
drop_all(void)
{
    used = 0;
}

/* A chain of three types, each with or without a value of its own in the slot, with and without parts. */
static void
test_chains(void)
{
    size_t s;
    int ways, parts;
    for (s = 0; s < SLOTS; s++) {
        for (ways = 0; ways < 8; ways++) {
            for (parts = 0; parts < 8; parts++) {
                Own *a, *b, *c;
                if (slots[s].part == 0 && parts != 0) {
                    continue;
                }
                a = new_type("A", NULL, parts & 1);
                b = new_type("B", &a->type, parts & 2);
                c = new_type("C", &b->type, parts & 4);
                fill(&a->type, &slots[s], ways & 1 ? 16 : 0);
                fill(&b->type, &slots[s], ways & 2 ? 32 : 0);
                fill(&c->type, &slots[s], ways & 4 ? 48 : 0);
                ready(c, "a chain");
                saw("%s in a chain %d of parts %d: %s, %lx", slots[s].name, ways, parts, origin(&c->type, &slots[s]),
                    c->type.tp_flags);
            }
        }
    }
    digest_is(0x3a979fc462912f0dU, "chains of three types inherit as CPython's do");
}

/* Two bases made from one, and a type made from both. */
static void
test_diamonds(void)
{
    size_t s;
    int ways, parts;
    for (s = 0; s < SLOTS; s++) {
        for (ways = 0; ways < 16; ways++) {
            for (parts = 0; parts < 2; parts++) {
                Own *root, *left, *right, *both;
                if (slots[s].part == 0 && parts != 0) {
                    continue;
                }
                root = new_type("Root", NULL, parts);
                left = new_type("Left", &root->type, parts);
                right = new_type("Right", &root->type, parts);
                both = new_type("Both", &left->type, parts);
                fill(&root->type, &slots[s], ways & 1 ? 16 : 0);
                fill(&left->type, &slots[s], ways & 2 ? 32 : 0);
                fill(&right->type, &slots[s], ways & 4 ? 48 : 0);
                fill(&both->type, &slots[s], ways & 8 ? 64 : 0);
                ready(left, "the left base");
                ready(right, "the right base");
                both->type.tp_bases = PyTuple_Pack(2, &left->type, &right->type);
                ready(both, "a type with two bases");
                saw("%s in a diamond %d of parts %d: %s, %lx", slots[s].name, ways, parts,
                    origin(&both->type, &slots[s]), both->type.tp_flags);
            }
        }
    }
    digest_is(0x9d21a9d9a80eda3cU, "diamonds of types inherit as CPython's do");
}

/* Pairs of slots that depend on each other: each of three classes has none, one or both. */
static void
test_pairs(void)
{
    static const char *const pairs[][2] = {{"tp_getattr", "tp_getattro"},       {"tp_setattr", "tp_setattro"},
                                           {"tp_hash", "tp_richcompare"},       {"tp_traverse", "tp_clear"},
                                           {"tp_call", "tp_vectorcall_offset"}, {"tp_descr_get", "tp_descr_set"}};
    size_t p, s;
    int ways;
    for (p = 0; p < sizeof pairs / sizeof *pairs; p++) {
        const Slot *both[2] = {NULL, NULL};
        for (s = 0; s < SLOTS; s++) {
            if (strcmp(slots[s].name, pairs[p][0]) == 0) {
                both[0] = &slots[s];
            }
            if (strcmp(slots[s].name, pairs[p][1]) == 0) {
                both[1] = &slots[s];
            }
        }
        for (ways = 0; ways < 64; ways++) {
            Own *a = new_type("A", NULL, 0), *b = new_type("B", &a->type, 0), *c = new_type("C", &b->type, 0);
            int i;
            char first[40];
            for (i = 0; i < 2; i++) {
                fill(&a->type, both[i], ways >> i & 1 ? 16 + i : 0);
                fill(&b->type, both[i], ways >> (2 + i) & 1 ? 32 + i : 0);
                fill(&c->type, both[i], ways >> (4 + i) & 1 ? 48 + i : 0);
            }
            ready(c, "a chain");
            snprintf(first, sizeof first, "%s", origin(&c->type, both[0]));
            saw("%s and %s in a chain %d: %s and %s, %lx", pairs[p][0], pairs[p][1], ways, first,
                origin(&c->type, both[1]), c->type.tp_flags);
        }
    }
    digest_is(0xf13b0245f752c605U, "slots that depend on each other are inherited as CPython's are");
}

static int
traverse(PyObject *self, visitproc visit, void *arg)
{
    (void)self;
    (void)visit;
    (void)arg;
    return 0;
}

/* Flags of three classes. */
static void
test_flags(void)
{
    static const unsigned long flags[] = {Py_TPFLAGS_HAVE_GC,
                                          Py_TPFLAGS_BASETYPE,
                                          Py_TPFLAGS_DISALLOW_INSTANTIATION,
                                          Py_TPFLAGS_HAVE_VECTORCALL,
                                          Py_TPFLAGS_METHOD_DESCRIPTOR,
                                          1UL << 5,
                                          1UL << 6,
                                          1UL << 20,
                                          1UL << 22,
                                          1UL << 23,
                                          1UL << 24,
                                          1UL << 30};
    size_t f, g;
    int ways;
    for (f = 0; f < sizeof flags / sizeof *flags; f++) {
        for (g = 0; g < sizeof flags / sizeof *flags; g++) {
            for (ways = 0; ways < 8; ways++) {
                Own *a = new_type("A", NULL, 0), *b = new_type("B", &a->type, 0), *c = new_type("C", &b->type, 0);
                PyTypeObject *types[3];
                int i;
                types[0] = &a->type;
                types[1] = &b->type;
                types[2] = &c->type;
                for (i = 0; i < 3; i++) {
                    types[i]->tp_flags |= ways >> i & 1 ? flags[f] : i == 0 ? flags[g] : 0;
                    if (types[i]->tp_flags & Py_TPFLAGS_HAVE_GC) {
                        types[i]->tp_traverse = traverse;
                    }
                    if (types[i]->tp_flags & Py_TPFLAGS_HAVE_VECTORCALL) {
                        types[i]->tp_vectorcall_offset = 16;
                        types[i]->tp_call = PyVectorcall_Call;
                    }
                    if (types[i]->tp_flags & Py_TPFLAGS_METHOD_DESCRIPTOR) {
                        types[i]->tp_descr_get = (descrgetfunc)(void (*)(void))traverse;
                    }
                }
                ready(c, "a chain");
                saw("the flags %lx and %lx in a chain %d: %lx, %d, %d, %d", flags[f], flags[g], ways, c->type.tp_flags,
                    c->type.tp_traverse == traverse, c->type.tp_free == PyBaseObject_Type.tp_free,
                    c->type.tp_new == NULL);
            }
        }
    }
    digest_is(0xa0313f660d38eb4cU, "flags are inherited as CPython's are");
}

int
main(void)
{
    TAP_BEGIN();
    pool = (Own *)calloc(40000, sizeof *pool);
    if (pool == NULL) {
        return 1;
    }
    RUN(test_chains);
    RUN(test_diamonds);
    RUN(test_pairs);
    RUN(test_flags);
    drop_all();
    /* The types are not whole, so the interpreter does not get to see them again. */
    {
        int status = TAP_END();
        fflush(stdout);
        _Exit(status);
    }
}
