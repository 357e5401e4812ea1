/* PyType_FromSpec and the functions beside it: the checks, their order and their messages, and the names, sizes, offsets and
 * attributes of the type that is made. */
#include "outcome.h"

#include <stddef.h>

static PyType_Slot no_slots[] = {{0, NULL}};

static PyObject *
returns_none(PyObject *self, PyObject *arguments)
{
    (void)self;
    (void)arguments;
    Py_RETURN_NONE;
}

static PyTypeObject *
as_type(PyObject *o)
{
    return (PyTypeObject *)o;
}

/* The slots of all numbers, each as one that is taken, or an error. */
static void
test_numbers(void)
{
    int id;

    for (id = -2; id < 90; id++) {
        PyType_Slot slots[] = {{id, NULL}, {0, NULL}};
        PyType_Spec spec = {"mod.T", 0, 0, Py_TPFLAGS_DEFAULT, slots};
        PyObject *type;

        if (id == Py_tp_base || id == Py_tp_members) {
            continue; /* NULL crashes CPython. */
        }
        type = PyType_FromSpec(&spec);
        if (id < 0 || id > 83) {
            raises(PyExc_RuntimeError, "invalid slot offset", "slot %d does not exist", id);
        } else {
            ok(type != NULL && !PyErr_Occurred(), "a spec may leave slot %d empty", id);
        }
        Py_XDECREF(type);
    }
}

/* Each slot that holds a function or a number of the type's own is in the type as it was in the spec. */
static void
test_copied(void)
{
    static const int functions[] = {
        Py_mp_ass_subscript,
        Py_mp_length,
        Py_mp_subscript,
        Py_nb_absolute,
        Py_nb_add,
        Py_nb_and,
        Py_nb_bool,
        Py_nb_divmod,
        Py_nb_float,
        Py_nb_floor_divide,
        Py_nb_index,
        Py_nb_inplace_add,
        Py_nb_inplace_and,
        Py_nb_inplace_floor_divide,
        Py_nb_inplace_lshift,
        Py_nb_inplace_multiply,
        Py_nb_inplace_or,
        Py_nb_inplace_power,
        Py_nb_inplace_remainder,
        Py_nb_inplace_rshift,
        Py_nb_inplace_subtract,
        Py_nb_inplace_true_divide,
        Py_nb_inplace_xor,
        Py_nb_int,
        Py_nb_invert,
        Py_nb_lshift,
        Py_nb_multiply,
        Py_nb_negative,
        Py_nb_or,
        Py_nb_positive,
        Py_nb_power,
        Py_nb_remainder,
        Py_nb_rshift,
        Py_nb_subtract,
        Py_nb_true_divide,
        Py_nb_xor,
        Py_sq_ass_item,
        Py_sq_concat,
        Py_sq_contains,
        Py_sq_inplace_concat,
        Py_sq_inplace_repeat,
        Py_sq_item,
        Py_sq_length,
        Py_sq_repeat,
        Py_tp_alloc,
        Py_tp_call,
        Py_tp_dealloc,
        Py_tp_del,
        Py_tp_descr_get,
        Py_tp_descr_set,
        Py_tp_getattr,
        Py_tp_getattro,
        Py_tp_hash,
        Py_tp_init,
        Py_tp_is_gc,
        Py_tp_iter,
        Py_tp_iternext,
        Py_tp_new,
        Py_tp_repr,
        Py_tp_richcompare,
        Py_tp_setattr,
        Py_tp_setattro,
        Py_tp_str,
        Py_tp_free,
        Py_nb_matrix_multiply,
        Py_nb_inplace_matrix_multiply,
        Py_am_await,
        Py_am_aiter,
        Py_am_anext,
        Py_tp_finalize,
        Py_am_send,
        Py_bf_getbuffer,
        Py_bf_releasebuffer,
        Py_tp_vectorcall,
    };
    size_t i;

    for (i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *function = (void *)(uintptr_t)returns_none;
        PyType_Slot slots[] = {{functions[i], function}, {0, NULL}};
        PyType_Spec spec = {"mod.T", 0, 0, Py_TPFLAGS_DEFAULT, slots};
        PyObject *type = PyType_FromSpec(&spec);
        void *got = type != NULL ? PyType_GetSlot(as_type(type), functions[i]) : NULL;

        no_error("a type with slot %d is made", functions[i]);
        is_ptr(got, function, "the type has the function of slot %d", functions[i]);
    }
}

static PyMemberDef no_members[] = {{NULL, 0, 0, 0, NULL}};
static PyMemberDef one_member[] = {{"m", Py_T_INT, 16, 0, NULL}, {NULL, 0, 0, 0, NULL}};
static PyMemberDef relative[] = {{"m", Py_T_INT, 0, Py_RELATIVE_OFFSET, NULL}, {NULL, 0, 0, 0, NULL}};
static PyMemberDef relative_far[] = {{"m", Py_T_INT, 8, Py_RELATIVE_OFFSET, NULL}, {NULL, 0, 0, 0, NULL}};
static PyMemberDef relative_negative[] = {{"m", Py_T_INT, -1, Py_RELATIVE_OFFSET, NULL}, {NULL, 0, 0, 0, NULL}};
#define OFFSET(name, kind, offset, flags)  \
    {                                      \
        {name, kind, offset, flags, NULL}, \
        {                                  \
            NULL, 0, 0, 0, NULL            \
        }                                  \
    }
static PyMemberDef dict_as_int[] = OFFSET("__dictoffset__", Py_T_INT, 16, Py_READONLY);
static PyMemberDef weak_as_int[] = OFFSET("__weaklistoffset__", Py_T_INT, 16, Py_READONLY);
static PyMemberDef call_as_int[] = OFFSET("__vectorcalloffset__", Py_T_INT, 16, Py_READONLY);
static PyMemberDef dict_writable[] = OFFSET("__dictoffset__", Py_T_PYSSIZET, 16, 0);
static PyMemberDef weak_writable[] = OFFSET("__weaklistoffset__", Py_T_PYSSIZET, 16, Py_RELATIVE_OFFSET);
static PyMemberDef call_audited[] = OFFSET("__vectorcalloffset__", Py_T_PYSSIZET, 16, Py_READONLY | Py_AUDIT_READ);
static PyMemberDef dict_beyond[] = OFFSET("__dictoffset__", Py_T_PYSSIZET, 24, Py_READONLY);
static PyMemberDef weak_beyond[] = OFFSET("__weaklistoffset__", Py_T_PYSSIZET, 20, Py_READONLY);
static PyMemberDef call_beyond[] = OFFSET("__vectorcalloffset__", Py_T_PYSSIZET, 1000, Py_READONLY);

/* A metaclass whose tp_new is its own. */
static PyObject *own_new_meta;
static PyObject *mutable_base;
static PyObject *meta_a_class;
static PyObject *meta_b_class;
static PyObject *two_fields_a;
static PyObject *two_fields_b;

static PyObject *
made_from(PyObject *base, const char *name, int size, unsigned int flags)
{
    PyType_Spec spec = {NULL, 0, 0, 0, no_slots};
    spec.name = name;
    spec.basicsize = size;
    spec.flags = flags;
    return PyType_FromSpecWithBases(&spec, base);
}

static PyObject *
own_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
    return PyType_Type.tp_new(type, arguments, keywords);
}

static void
make_bases(void)
{
    const unsigned int base_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE;
    PyType_Slot new_slots[] = {{Py_tp_new, (void *)(uintptr_t)own_new}, {0, NULL}};
    PyType_Spec new_spec = {"mod.OwnNew", 0, 0, base_flags, new_slots};
    PyType_Spec spec = {"mod.OfMeta", 0, 0, base_flags, no_slots};
    PyObject *type = (PyObject *)&PyType_Type;
    PyObject *meta_a = made_from(type, "mod.MetaA", 0, base_flags);
    PyObject *meta_b = made_from(type, "mod.MetaB", 0, base_flags);

    own_new_meta = PyType_FromSpecWithBases(&new_spec, type);
    mutable_base = made_from(NULL, "mod.Mutable", 0, base_flags);
    meta_a_class = PyType_FromMetaclass(as_type(meta_a), NULL, &spec, NULL);
    meta_b_class = PyType_FromMetaclass(as_type(meta_b), NULL, &spec, NULL);
    two_fields_a = made_from(NULL, "mod.FieldsA", 32, base_flags);
    two_fields_b = made_from(NULL, "mod.FieldsB", 32, base_flags);
    no_error("the bases of the tests are made");
}

static void
test_errors(void)
{
    PyObject *number = PyLong_FromLong(3), *plain = PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type);
    PyObject *exclusive = PyTuple_Pack(2, two_fields_a, two_fields_b);
    PyObject *exclusive_built_in = PyTuple_Pack(2, &PyLong_Type, &PyUnicode_Type);
    PyObject *twice = PyTuple_Pack(2, two_fields_a, two_fields_a);
    PyObject *without_order = PyTuple_Pack(2, &PyBaseObject_Type, two_fields_a);
    PyObject *metas = PyTuple_Pack(2, meta_a_class, meta_b_class);
    const struct {
        const char *about;
        const char *name;
        int basicsize;
        int itemsize;
        unsigned int flags;
        PyType_Slot slots[4];
        PyObject *bases;
        PyObject *meta;
        const char *want;
    } rows[] = {
        {"a spec without a name",
         NULL,
         0,
         0,
         0,
         {{0, NULL}},
         NULL,
         NULL,
         "SystemError: Type spec does not define the name field."},
        {"an unknown slot before a missing name",
         NULL,
         0,
         0,
         0,
         {{99, NULL}, {0, NULL}},
         NULL,
         NULL,
         "RuntimeError: invalid slot offset"},
        {"an unknown slot after the error of another",
         NULL,
         0,
         0,
         0,
         {{Py_tp_members, relative}, {99, NULL}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: Member offset out of range (0..-basicsize)"},
        {"two tables of members",
         "m.T",
         32,
         0,
         0,
         {{Py_tp_members, one_member}, {Py_tp_members, no_members}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: Multiple Py_tp_members slots are not supported."},
        {"an empty table of members before another",
         "m.T",
         32,
         0,
         0,
         {{Py_tp_members, no_members}, {0, NULL}},
         NULL,
         NULL,
         "<class 'm.T'>"},
        {"two documentations",
         "m.T",
         0,
         0,
         0,
         {{Py_tp_doc, (void *)"a"}, {Py_tp_doc, (void *)"b"}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: Multiple Py_tp_doc slots are not supported."},
        {"a second documentation that is NULL",
         "m.T",
         0,
         0,
         0,
         {{Py_tp_doc, (void *)"a"}, {Py_tp_doc, NULL}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: Multiple Py_tp_doc slots are not supported."},
        {"a first documentation that is NULL",
         "m.T",
         0,
         0,
         0,
         {{Py_tp_doc, NULL}, {Py_tp_doc, (void *)"a"}, {0, NULL}},
         NULL,
         NULL,
         "<class 'm.T'>"},
        {"a relative offset with a positive size",
         "m.T",
         32,
         0,
         0,
         {{Py_tp_members, relative}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: With Py_RELATIVE_OFFSET, basicsize must be negative."},
        {"a relative offset with an inherited size",
         "m.T",
         0,
         0,
         0,
         {{Py_tp_members, relative}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: Member offset out of range (0..-basicsize)"},
        {"a relative offset beyond the size",
         "m.T",
         -8,
         0,
         0,
         {{Py_tp_members, relative_far}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: Member offset out of range (0..-basicsize)"},
        {"a negative relative offset",
         "m.T",
         -8,
         0,
         0,
         {{Py_tp_members, relative_negative}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: Member offset out of range (0..-basicsize)"},
        {"a relative offset within the size",
         "m.T",
         -8,
         0,
         0,
         {{Py_tp_members, relative}, {0, NULL}},
         NULL,
         NULL,
         "<class 'm.T'>"},
        {"bases in a slot that are no tuple",
         "m.T",
         0,
         0,
         0,
         {{Py_tp_bases, &PyLong_Type}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: Py_tp_bases is not a tuple"},
        {"an immutable type from a mutable base",
         "m.T",
         0,
         0,
         Py_TPFLAGS_IMMUTABLETYPE,
         {{0, NULL}},
         mutable_base,
         NULL,
         "TypeError: Creating immutable type m.T from mutable base mod.Mutable"},
        {"an immutable type from an immutable base",
         "m.T",
         0,
         0,
         Py_TPFLAGS_IMMUTABLETYPE,
         {{0, NULL}},
         NULL,
         NULL,
         "<class 'm.T'>"},
        {"bases of metaclasses that exclude each other",
         "m.T",
         0,
         0,
         0,
         {{0, NULL}},
         metas,
         NULL,
         "TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
         "metaclasses "
         "of all its bases"},
        {"a metaclass that is not that of the base",
         "m.T",
         0,
         0,
         0,
         {{0, NULL}},
         meta_a_class,
         (PyObject *)Py_TYPE(meta_b_class),
         "TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
         "metaclasses "
         "of all its bases"},
        {"a metaclass with a tp_new of its own",
         "m.T",
         0,
         0,
         0,
         {{0, NULL}},
         NULL,
         own_new_meta,
         "TypeError: Metaclasses with custom tp_new are not supported."},
        {"a base that is an int",
         "m.T",
         0,
         0,
         0,
         {{0, NULL}},
         number,
         NULL,
         "TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
         "metaclasses "
         "of all its bases"},
        {"a base that is a plain object", "m.T", 0, 0, 0, {{0, NULL}}, plain, NULL, "TypeError: bases must be types"},
        {"a base that is not acceptable",
         "m.T",
         0,
         0,
         0,
         {{0, NULL}},
         (PyObject *)&PyBool_Type,
         NULL,
         "TypeError: type 'bool' is not an acceptable base type"},
        {"bases whose layouts exclude each other",
         "m.T",
         0,
         0,
         0,
         {{0, NULL}},
         exclusive,
         NULL,
         "TypeError: multiple bases have instance lay-out conflict"},
        {"built-in bases whose layouts exclude each other",
         "m.T",
         0,
         0,
         0,
         {{0, NULL}},
         exclusive_built_in,
         NULL,
         "TypeError: multiple bases have instance lay-out conflict"},
        {"a base twice", "m.T", 0, 0, 0, {{0, NULL}}, twice, NULL, "TypeError: duplicate base class FieldsA"},
        {"bases without an order",
         "m.T",
         0,
         0,
         0,
         {{0, NULL}},
         without_order,
         NULL,
         "TypeError: Cannot create a consistent method resolution order (MRO) for bases object, FieldsA"},
        {"more bytes for instances with items",
         "m.T",
         -8,
         0,
         0,
         {{0, NULL}},
         (PyObject *)&PyTuple_Type,
         NULL,
         "SystemError: Cannot extend variable-size class without Py_TPFLAGS_ITEMS_AT_END."},
        {"a weak list whose member is an int",
         "m.T",
         32,
         0,
         0,
         {{Py_tp_members, weak_as_int}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: type of __weaklistoffset__ must be Py_T_PYSSIZET"},
        {"a dict whose member is an int",
         "m.T",
         32,
         0,
         0,
         {{Py_tp_members, dict_as_int}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: type of __dictoffset__ must be Py_T_PYSSIZET"},
        {"a vectorcall whose member is an int",
         "m.T",
         32,
         0,
         0,
         {{Py_tp_members, call_as_int}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: type of __vectorcalloffset__ must be Py_T_PYSSIZET"},
        {"a dict whose member can be set",
         "m.T",
         32,
         0,
         0,
         {{Py_tp_members, dict_writable}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: flags for __dictoffset__ must be Py_READONLY or (Py_READONLY | Py_RELATIVE_OFFSET)"},
        {"a weak list whose member is relative alone",
         "m.T",
         -32,
         0,
         0,
         {{Py_tp_members, weak_writable}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: flags for __weaklistoffset__ must be Py_READONLY or (Py_READONLY | Py_RELATIVE_OFFSET)"},
        {"a vectorcall whose member has another flag",
         "m.T",
         32,
         0,
         0,
         {{Py_tp_members, call_audited}, {0, NULL}},
         NULL,
         NULL,
         "SystemError: flags for __vectorcalloffset__ must be Py_READONLY or (Py_READONLY | Py_RELATIVE_OFFSET)"},
        {"a type smaller than its base",
         "m.T",
         24,
         0,
         0,
         {{0, NULL}},
         two_fields_a,
         NULL,
         "TypeError: tp_basicsize for type 'm.T' (24) is too small for base 'mod.FieldsA' (32)"},
        {"a type smaller than an object",
         "m.T",
         8,
         0,
         0,
         {{0, NULL}},
         NULL,
         NULL,
         "TypeError: tp_basicsize for type 'm.T' (8) is too small for base 'object' (16)"},
        {"a dict beyond the size",
         "m.T",
         24,
         0,
         0,
         {{Py_tp_members, dict_beyond}, {0, NULL}},
         NULL,
         NULL,
         "TypeError: dict offset 24 is out of bounds for type 'm.T' (tp_basicsize = 24)"},
        {"a weak list beyond the size",
         "m.T",
         24,
         0,
         0,
         {{Py_tp_members, weak_beyond}, {0, NULL}},
         NULL,
         NULL,
         "TypeError: weaklist offset 20 is out of bounds for type 'm.T' (tp_basicsize = 24)"},
        {"a vectorcall beyond the size",
         "m.T",
         24,
         0,
         0,
         {{Py_tp_members, call_beyond}, {0, NULL}},
         NULL,
         NULL,
         "TypeError: vectorcall offset 1000 is out of bounds for type 'm.T' (tp_basicsize = 24)"},
        {"garbage collection without tp_traverse",
         "m.T",
         0,
         0,
         Py_TPFLAGS_HAVE_GC,
         {{0, NULL}},
         NULL,
         NULL,
         "SystemError: type m.T has the Py_TPFLAGS_HAVE_GC flag but has no traverse function"},
        {"a name that is not UTF-8",
         "m.\xff",
         0,
         0,
         0,
         {{0, NULL}},
         NULL,
         NULL,
         "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"},
        {"a module that is not UTF-8",
         "\xff.T",
         0,
         0,
         0,
         {{0, NULL}},
         NULL,
         NULL,
         "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"},
        {"a documentation that is not UTF-8",
         "m.T",
         0,
         0,
         0,
         {{Py_tp_doc, (void *)"\xff"}, {0, NULL}},
         NULL,
         NULL,
         "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"},
        {"an empty name", "", 0, 0, 0, {{0, NULL}}, NULL, NULL, "<class ''>"},
        {"a name without a module", "T", 0, 0, 0, {{0, NULL}}, NULL, NULL, "<class 'T'>"},
        {"a name that ends with a dot", "m.", 0, 0, 0, {{0, NULL}}, NULL, NULL, "<class 'm.'>"},
        {"a name in builtins", "builtins.T", 0, 0, 0, {{0, NULL}}, NULL, NULL, "<class 'builtins.T'>"},
        {"a name of three parts", "a.b.T", 0, 0, 0, {{0, NULL}}, NULL, NULL, "<class 'a.b.T'>"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        PyType_Spec spec = {NULL, 0, 0, 0, NULL};
        PyTypeObject *meta = (PyTypeObject *)rows[i].meta;
        PyType_Slot slots[4];
        PyObject *type;

        memcpy(slots, rows[i].slots, sizeof slots);
        spec.name = rows[i].name;
        spec.basicsize = rows[i].basicsize;
        spec.itemsize = rows[i].itemsize;
        spec.flags = rows[i].flags;
        spec.slots = slots;
        type = PyType_FromMetaclass(meta, NULL, &spec, rows[i].bases);
        is_str(outcome(type), rows[i].want, "%s", rows[i].about);
    }
    Py_DECREF(metas);
    Py_DECREF(without_order);
    Py_DECREF(twice);
    Py_DECREF(exclusive_built_in);
    Py_DECREF(exclusive);
    Py_DECREF(plain);
    Py_DECREF(number);
}

static void
test_names(void)
{
    const struct {
        const char *name;
        const char *short_name;
        const char *module;
        const char *full;
    } rows[] = {
        {"mod.T", "'T'", "'mod'", "'mod.T'"},
        {"a.b.T", "'T'", "'a.b'", "'a.b.T'"},
        {"builtins.T", "'T'", "'builtins'", "'T'"},
        {"__main__.T", "'T'", "'__main__'", "'T'"},
        {"T", "'T'", "AttributeError: __module__", "AttributeError: __module__"},
        {".T", "'T'", "''", "'.T'"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[32];
        PyType_Spec spec = {name, 0, 0, Py_TPFLAGS_DEFAULT, no_slots};
        PyObject *type;

        strcpy(name, rows[i].name);
        type = PyType_FromSpec(&spec);
        memset(name, 'x', sizeof name - 1);
        is_str(as_type(type)->tp_name, rows[i].name, "tp_name of %s is a copy", rows[i].name);
        is_str(outcome(PyType_GetName(as_type(type))), rows[i].short_name, "PyType_GetName of %s", rows[i].name);
        is_str(outcome(PyType_GetQualName(as_type(type))), rows[i].short_name, "PyType_GetQualName of %s",
               rows[i].name);
        is_str(outcome(PyType_GetModuleName(as_type(type))), rows[i].module, "PyType_GetModuleName of %s",
               rows[i].name);
        is_str(outcome(PyType_GetFullyQualifiedName(as_type(type))), rows[i].full, "PyType_GetFullyQualifiedName of %s",
               rows[i].name);
        Py_XDECREF(type);
    }
    is_str(outcome(PyType_GetModuleName(&PyLong_Type)), "'builtins'", "PyType_GetModuleName of int");
    is_str(outcome(PyType_GetFullyQualifiedName(&PyLong_Type)), "'int'", "PyType_GetFullyQualifiedName of int");
}

static void
test_attributes(void)
{
    static PyMemberDef members[] = {
        {"m", Py_T_INT, 16, 0, "a member"},
        {"__dictoffset__", Py_T_PYSSIZET, 24, Py_READONLY, NULL},
        {"__weaklistoffset__", Py_T_PYSSIZET, 32, Py_READONLY, NULL},
        {"__vectorcalloffset__", Py_T_PYSSIZET, 40, Py_READONLY, NULL},
        {NULL, 0, 0, 0, NULL},
    };
    static PyMethodDef methods[] = {{"f", returns_none, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
    PyType_Slot slots[] = {{Py_tp_members, members},
                           {Py_tp_methods, methods},
                           {Py_tp_doc, (void *)"T(a, b)\n--\n\nIt is a test."},
                           {0, NULL}};
    PyType_Spec spec = {"mod.T", 48, 8, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
    PyObject *type = PyType_FromSpec(&spec);
    PyTypeObject *fields = as_type(type);
    PyObject *dict = PyType_GetDict(fields);

    no_error("a type with members, methods and documentation is made");
    is_int(fields->tp_basicsize, 48, "tp_basicsize is the spec's");
    is_int(fields->tp_itemsize, 8, "tp_itemsize is the spec's");
    is_int(fields->tp_dictoffset, 24, "the member __dictoffset__ gives tp_dictoffset");
    is_int(fields->tp_weaklistoffset, 32, "the member __weaklistoffset__ gives tp_weaklistoffset");
    is_int(fields->tp_vectorcall_offset, 40, "the member __vectorcalloffset__ gives tp_vectorcall_offset");
    is_int(Py_SIZE(type), 4, "the type object counts its members");
    ok(fields->tp_members != members && strcmp(fields->tp_members[0].name, "m") == 0,
       "the members are copied into the type");
    is_int(PyDict_GetItemString(dict, "__dictoffset__") != NULL, 0, "__dictoffset__ is no attribute");
    is_int(PyDict_GetItemString(dict, "__weaklistoffset__") != NULL, 0, "__weaklistoffset__ is no attribute");
    is_int(PyDict_GetItemString(dict, "__vectorcalloffset__") != NULL, 1, "__vectorcalloffset__ is an attribute");
    is_str(outcome_borrowed(PyDict_GetItemString(dict, "__doc__")), "'It is a test.'",
           "__doc__ is the text after the signature");
    is_str(outcome_borrowed(PyDict_GetItemString(dict, "__module__")), "'mod'",
           "__module__ is the name before the last dot");
    is_str(outcome_borrowed(PyDict_GetItemString(dict, "f")), "<method 'f' of 'mod.T' objects>",
           "a method is in the dict");
    is_str(outcome_borrowed(PyDict_GetItemString(dict, "m")), "<member 'm' of 'mod.T' objects>",
           "a member is in the dict");
    is_str(fields->tp_doc, "T(a, b)\n--\n\nIt is a test.", "tp_doc has the signature too");
    is_int(fields->tp_flags & (Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_READY), Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_READY,
           "the type is a heap type and ready");
    is_int(Py_REFCNT(fields->tp_base) > 0, 1, "the base is alive");
    is_str(outcome_borrowed(fields->tp_bases), "(<class 'object'>,)", "the bases are a tuple");
    is_str(outcome_borrowed(fields->tp_mro), "(<class 'mod.T'>, <class 'object'>)", "the order is computed");
    Py_XDECREF(dict);
    Py_XDECREF(type);
}

static void
test_documentation(void)
{
    const struct {
        const char *doc;
        const char *want;
    } rows[] = {
        {"text", "'text'"},
        {"", "''"},
        {NULL, "None"},
        {"T()\n--\n\ntext", "'text'"},
        {"T()\n--\n\n", "''"},
        {"T()\n--\ntext", "'T()\\n--\\ntext'"},
        {"U()\n--\n\ntext", "'U()\\n--\\n\\ntext'"},
        {"mod.T()\n--\n\ntext", "'mod.T()\\n--\\n\\ntext'"},
        {"T text", "'T text'"},
        {"T(a)\n\n--\n\ntext", "'T(a)\\n\\n--\\n\\ntext'"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[64] = "";
        PyType_Slot slots[] = {{Py_tp_doc, rows[i].doc != NULL ? text : NULL}, {0, NULL}};
        PyType_Spec spec = {"mod.T", 0, 0, Py_TPFLAGS_DEFAULT, slots};
        PyObject *type;

        strcpy(text, rows[i].doc != NULL ? rows[i].doc : "");
        type = PyType_FromSpec(&spec);
        memset(text, 'x', sizeof text - 1);
        is_str(outcome(PyObject_GetAttrString(type, "__doc__")), rows[i].want, "__doc__ of documentation %d", (int)i);
        is_str(as_type(type)->tp_doc, rows[i].doc, "tp_doc of documentation %d is a copy", (int)i);
        Py_XDECREF(type);
    }
}

/* Sizes of a class whose spec counts from the end of the base. */
static void
test_sizes(void)
{
    const struct {
        PyTypeObject *base;
        int basicsize;
        int itemsize;
        unsigned int flags;
        int want_size;
        int want_items;
        int want_own;
    } rows[] = {
        {&PyBaseObject_Type, 0, 0, 0, 16, 0, 0},    {&PyBaseObject_Type, 16, 0, 0, 16, 0, 0},
        {&PyBaseObject_Type, 20, 0, 0, 20, 0, 4},   {&PyBaseObject_Type, -1, 0, 0, 32, 0, 16},
        {&PyBaseObject_Type, -16, 0, 0, 32, 0, 16}, {&PyBaseObject_Type, -17, 0, 0, 48, 0, 32},
        {&PyBaseObject_Type, 24, 4, 0, 24, 4, 8},   {&PyFloat_Type, -8, 0, 0, 48, 0, 16},
        {&PyFloat_Type, 0, 0, 0, 24, 0, 0},         {&PyList_Type, -4, 0, 0, 64, 0, 16},
        {&PyDict_Type, 0, 0, 0, 48, 0, 0},          {&PyType_Type, -8, 0, Py_TPFLAGS_ITEMS_AT_END, 960, 40, 16},
        {&PyType_Type, -8, 0, 0, 960, 40, 16},      {&PyTuple_Type, 0, 0, 0, 32, 8, 0},
        {&PyTuple_Type, 0, 16, 0, 32, 16, 0},       {&PyUnicode_Type, -3, 0, 0, 80, 0, 16},
        {&PyLong_Type, 0, 0, 0, 24, 4, 0},          {&PyBytes_Type, 0, 0, 0, 33, 1, 0},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        PyType_Spec spec = {"mod.T", 0, 0, 0, no_slots};
        PyObject *type;

        spec.basicsize = rows[i].basicsize;
        spec.itemsize = rows[i].itemsize;
        spec.flags = rows[i].flags;
        type = PyType_FromSpecWithBases(&spec, (PyObject *)rows[i].base);
        if (!ok(type != NULL, "sizes %d: a type is made", (int)i)) {
            PyErr_Print();
            continue;
        }
        is_int(as_type(type)->tp_basicsize, rows[i].want_size, "sizes %d: tp_basicsize", (int)i);
        is_int(as_type(type)->tp_itemsize, rows[i].want_items, "sizes %d: tp_itemsize", (int)i);
        is_int(PyType_GetTypeDataSize(as_type(type)), rows[i].want_own, "sizes %d: PyType_GetTypeDataSize", (int)i);
        Py_DECREF(type);
    }
    is_int(PyType_GetTypeDataSize(&PyFloat_Type), 8, "PyType_GetTypeDataSize of float");
}

static void
test_relative(void)
{
    static PyMemberDef members[] = {
        {"m", Py_T_INT, 4, Py_RELATIVE_OFFSET | Py_READONLY, NULL},
        {"__dictoffset__", Py_T_PYSSIZET, 8, Py_READONLY | Py_RELATIVE_OFFSET, NULL},
        {"__weaklistoffset__", Py_T_PYSSIZET, 16, Py_READONLY | Py_RELATIVE_OFFSET, NULL},
        {"__vectorcalloffset__", Py_T_PYSSIZET, 24, Py_READONLY | Py_RELATIVE_OFFSET, NULL},
        {NULL, 0, 0, 0, NULL},
    };
    PyType_Slot slots[] = {{Py_tp_members, members}, {0, NULL}};
    PyType_Spec spec = {"mod.T", -32, 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *type = PyType_FromSpecWithBases(&spec, (PyObject *)&PyFloat_Type);
    PyTypeObject *fields = as_type(type);

    no_error("a type with relative offsets is made");
    is_int(fields->tp_members[0].offset, 36, "a relative offset counts from the end of the base");
    is_int(fields->tp_members[0].flags, Py_READONLY, "the flag is gone from the copy");
    is_int(members[0].offset, 4, "the table of the spec does not change");
    is_int(fields->tp_dictoffset, 40, "a relative __dictoffset__");
    is_int(fields->tp_weaklistoffset, 48, "a relative __weaklistoffset__");
    is_int(fields->tp_vectorcall_offset, 56, "a relative __vectorcalloffset__");
    Py_XDECREF(type);
}

static void
test_metaclasses(void)
{
    PyType_Spec spec = {"mod.T", 0, 0, Py_TPFLAGS_DEFAULT, no_slots};
    PyObject *type = PyType_FromSpecWithBases(&spec, meta_a_class);
    PyObject *bases = PyTuple_Pack(2, mutable_base, meta_a_class);

    is_str(outcome_borrowed((PyObject *)Py_TYPE(type)), "<class 'mod.MetaA'>", "a type gets the class of its base");
    Py_XDECREF(type);
    type = PyType_FromSpecWithBases(&spec, bases);
    is_str(outcome_borrowed((PyObject *)Py_TYPE(type)), "<class 'mod.MetaA'>",
           "a type gets the most derived metaclass");
    Py_XDECREF(type);
    type = PyType_FromMetaclass(&PyType_Type, NULL, &spec, bases);
    is_str(outcome_borrowed((PyObject *)Py_TYPE(type)), "<class 'mod.MetaA'>",
           "a metaclass of a base wins over `type`");
    Py_XDECREF(type);
    type = PyType_FromMetaclass(Py_TYPE(meta_a_class), NULL, &spec, mutable_base);
    is_str(outcome_borrowed((PyObject *)Py_TYPE(type)), "<class 'mod.MetaA'>", "a metaclass that is given is taken");
    Py_XDECREF(type);
    Py_XDECREF(bases);
}

/* References that a type owns. */
static void
test_references(void)
{
    PyObject *module = PyModule_New("mod");
    PyObject *base = made_from(NULL, "mod.Base", 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE);
    Py_ssize_t modules = Py_REFCNT(module), bases = Py_REFCNT(base);
    PyType_Spec spec = {"mod.T", 0, 0, Py_TPFLAGS_DEFAULT, no_slots};
    PyObject *type = PyType_FromModuleAndSpec(module, &spec, base);

    is_int(Py_REFCNT(module) - modules, 1, "a type owns a reference to its module");
    is_int(Py_REFCNT(base) - bases, 3, "a type refers to its base by tp_base, tp_bases and tp_mro");
    is_int(PyObject_GC_IsTracked(type), 1, "the collector tracks a type");
    Py_DECREF(type);
    PyGC_Collect();
    is_int(Py_REFCNT(module) - modules, 0, "the reference to the module goes with the type");
    is_int(Py_REFCNT(base) - bases, 0, "the references to the base go with the type");
    spec.flags = Py_TPFLAGS_HAVE_GC;
    type = PyType_FromModuleAndSpec(module, &spec, base);
    ok(type == NULL, "a type that can't be made");
    PyErr_Clear();
    PyGC_Collect();
    is_int(Py_REFCNT(module) - modules, 0, "after an error no reference to the module is left");
    is_int(Py_REFCNT(base) - bases, 0, "after an error no reference to the base is left");
    Py_DECREF(base);
    Py_DECREF(module);
}

static void
test_bases(void)
{
    PyObject *tuple = PyTuple_Pack(2, two_fields_a, mutable_base);
    PyType_Slot base_slot[] = {{Py_tp_base, two_fields_a}, {0, NULL}};
    PyType_Slot bases_slot[] = {{Py_tp_bases, tuple}, {Py_tp_base, two_fields_b}, {0, NULL}};
    PyType_Slot two_base_slots[] = {{Py_tp_base, two_fields_a}, {Py_tp_base, mutable_base}, {0, NULL}};
    PyType_Slot no_bases[] = {{Py_tp_bases, NULL}, {0, NULL}};
    PyType_Spec spec = {"mod.T", 0, 0, Py_TPFLAGS_DEFAULT, base_slot};
    PyObject *type;

    type = PyType_FromSpec(&spec);
    is_str(outcome_borrowed(as_type(type)->tp_bases), "(<class 'mod.FieldsA'>,)", "Py_tp_base is the only base");
    type = PyType_FromSpecWithBases(&spec, mutable_base);
    is_str(outcome_borrowed(as_type(type)->tp_bases), "(<class 'mod.Mutable'>,)",
           "a base that is given wins over Py_tp_base");
    spec.slots = bases_slot;
    type = PyType_FromSpec(&spec);
    is_ptr(as_type(type)->tp_bases, tuple, "Py_tp_bases wins over Py_tp_base, and is kept as it is");
    is_ptr(as_type(type)->tp_base, two_fields_a, "the best base is that with the largest layout");
    spec.slots = two_base_slots;
    type = PyType_FromSpec(&spec);
    is_str(outcome_borrowed(as_type(type)->tp_bases), "(<class 'mod.Mutable'>,)", "the last Py_tp_base wins");
    spec.slots = no_bases;
    type = PyType_FromSpec(&spec);
    is_str(outcome_borrowed(as_type(type)->tp_bases), "(<class 'object'>,)", "without bases the base is object");
    spec.slots = no_slots;
    type = PyType_FromSpecWithBases(&spec, tuple);
    is_ptr(as_type(type)->tp_bases, tuple, "a tuple of bases that is given is kept as it is");
    no_error("types with bases are made");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(make_bases);
    RUN(test_numbers);
    RUN(test_copied);
    RUN(test_errors);
    RUN(test_names);
    RUN(test_attributes);
    RUN(test_documentation);
    RUN(test_sizes);
    RUN(test_relative);
    RUN(test_metaclasses);
    RUN(test_references);
    RUN(test_bases);
    return TAP_END();
}
