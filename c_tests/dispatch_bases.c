/* The slots of classes made from built-in ones: a slot has the function of the base, a dispatcher, or nothing.  A class without
 * methods of its own keeps the functions, as far as one method means one slot; with a method it gets dispatchers. */
#include "callables.h"

#include <stddef.h>

#define T(slot) {#slot, offsetof(PyHeapTypeObject, ht_type.slot), -1}
#define N(slot) {#slot, offsetof(PyNumberMethods, slot), offsetof(PyTypeObject, tp_as_number)}
#define S(slot) {#slot, offsetof(PySequenceMethods, slot), offsetof(PyTypeObject, tp_as_sequence)}
#define M(slot) {#slot, offsetof(PyMappingMethods, slot), offsetof(PyTypeObject, tp_as_mapping)}
#define A(slot) {#slot, offsetof(PyAsyncMethods, slot), offsetof(PyTypeObject, tp_as_async)}

static const struct {
    const char *name;
    size_t offset;
    long suite; /* where the type points to the suite, or -1 */
} slots[] = {
    T(tp_repr),
    T(tp_hash),
    T(tp_call),
    T(tp_str),
    T(tp_getattro),
    T(tp_setattro),
    T(tp_richcompare),
    T(tp_iter),
    T(tp_descr_get),
    T(tp_descr_set),
    T(tp_init),
    T(tp_new),
    T(tp_finalize),
    N(nb_add),
    N(nb_subtract),
    N(nb_multiply),
    N(nb_remainder),
    N(nb_divmod),
    N(nb_power),
    N(nb_negative),
    N(nb_positive),
    N(nb_absolute),
    N(nb_bool),
    N(nb_invert),
    N(nb_lshift),
    N(nb_rshift),
    N(nb_and),
    N(nb_xor),
    N(nb_or),
    N(nb_int),
    N(nb_float),
    N(nb_inplace_add),
    N(nb_inplace_subtract),
    N(nb_inplace_multiply),
    N(nb_inplace_remainder),
    N(nb_inplace_power),
    N(nb_inplace_lshift),
    N(nb_inplace_rshift),
    N(nb_inplace_and),
    N(nb_inplace_xor),
    N(nb_inplace_or),
    N(nb_floor_divide),
    N(nb_true_divide),
    N(nb_inplace_floor_divide),
    N(nb_inplace_true_divide),
    N(nb_index),
    N(nb_matrix_multiply),
    N(nb_inplace_matrix_multiply),
    S(sq_length),
    S(sq_concat),
    S(sq_repeat),
    S(sq_item),
    S(sq_ass_item),
    S(sq_contains),
    S(sq_inplace_concat),
    S(sq_inplace_repeat),
    M(mp_length),
    M(mp_subscript),
    M(mp_ass_subscript),
    A(am_await),
    A(am_aiter),
    A(am_anext),
    A(am_send),
};

#define COUNT (sizeof slots / sizeof slots[0])

/* The address in a slot; NULL without the suite that it is in. */
static void *
slot_of(PyTypeObject *type, size_t i)
{
    char *start = (char *)type;
    void *value;

    if (slots[i].suite >= 0) {
        memcpy(&start, start + slots[i].suite, sizeof start);
        if (start == NULL) {
            return NULL;
        }
    }
    memcpy(&value, start + slots[i].offset, sizeof value);
    return value;
}

/* One letter for each slot: b for the function of the base, d for another, - for none. */
static const char *
origins(PyTypeObject *type, PyTypeObject *base)
{
    static char text[COUNT + 1];
    size_t i;

    for (i = 0; i < COUNT; i++) {
        void *own = slot_of(type, i);

        text[i] = own == NULL ? '-' : own == slot_of(base, i) ? 'b' : 'd';
    }
    return text;
}

static PyObject *
class_from(PyObject *base, const char *method)
{
    PyObject *name = text_of("C"), *bases = PyTuple_Pack(1, base), *attributes = PyDict_New(), *cls;
    PyObject *show = new_show(), *value = PyInstanceMethod_New(show);

    if (method != NULL) {
        PyDict_SetItemString(attributes, method, value);
    }
    cls = PyObject_CallFunctionObjArgs((PyObject *)&PyType_Type, name, bases, attributes, NULL);
    if (cls == NULL) {
        fprintf(stderr, "# %s\n", error_text());
        exit(2);
    }
    Py_DECREF(name);
    Py_DECREF(bases);
    Py_DECREF(attributes);
    Py_DECREF(show);
    Py_DECREF(value);
    return cls;
}

static void
test_bases(void)
{
    const struct {
        PyTypeObject *base;
        const char *method, *origins;
    } rows[] = {
#include "dispatch_bases.h"
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *cls = class_from((PyObject *)rows[i].base, rows[i].method);
        const char *method = rows[i].method ? rows[i].method : "no method";

        is_str(origins((PyTypeObject *)cls, rows[i].base), rows[i].origins, "slots of a class made from %s with %s",
               rows[i].base->tp_name, method);
        /* With __eq__ a class gets a __hash__ that is None, which stays, and so does a dispatcher for the names of two slots. */
        if (rows[i].method != NULL && strcmp(rows[i].method, "__eq__") != 0 && strcmp(rows[i].method, "__add__") != 0 &&
            strcmp(rows[i].method, "__mul__") != 0) {
            PyObject *plain = class_from((PyObject *)rows[i].base, NULL);
            char wanted[COUNT + 1];

            strcpy(wanted, origins((PyTypeObject *)plain, rows[i].base));
            give(cls, rows[i].method, NULL);
            is_str(origins((PyTypeObject *)cls, rows[i].base), wanted,
                   "slots of a class made from %s after %s was deleted are those of a class without it",
                   rows[i].base->tp_name, rows[i].method);
            Py_DECREF(plain);
        }
        Py_DECREF(cls);
    }
}

int
main(void)
{
    Py_Initialize();
    TAP_BEGIN();
    RUN(test_bases);
    return TAP_END();
}
