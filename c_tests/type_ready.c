/* PyType_Ready: the fields that it fills in, its checks and their messages, and the state in which a failure leaves a type. */
#include "tap.h"

#include <stddef.h>

typedef struct {
    PyObject_HEAD
    long number;
    PyObject *object;
} Instance;

#define HEAD PyVarObject_HEAD_INIT(NULL, 0)

static PyObject *
own_repr(PyObject *self)
{
    (void)self;
    return PyUnicode_FromString("own repr");
}

static Py_hash_t
own_hash(PyObject *self)
{
    (void)self;
    return 42;
}

static PyObject *
own_compare(PyObject *self, PyObject *other, int op)
{
    (void)self;
    (void)other;
    (void)op;
    Py_RETURN_TRUE;
}

static PyObject *
own_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    (void)args;
    (void)kwargs;
    return type->tp_alloc(type, 0);
}

static int
own_traverse(PyObject *self, visitproc visit, void *arg)
{
    (void)self;
    (void)visit;
    (void)arg;
    return 0;
}

static PyTypeObject Plain = {HEAD.tp_name = "mod.Plain", .tp_basicsize = sizeof(Instance)};
static PyTypeObject Open = {HEAD.tp_name = "mod.Open",
                            .tp_basicsize = sizeof(Instance),
                            .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
                            .tp_doc = "Open(a, b)\n--\n\nThe documentation.",
                            .tp_repr = own_repr,
                            .tp_new = own_new};
static PyTypeObject Derived = {HEAD.tp_name = "mod.sub.Derived", .tp_base = &Open};

static void
has_flags(PyTypeObject *type, unsigned long flags, const char *name)
{
    is_int((long long)type->tp_flags, (long long)flags, "the flags of %s", name);
}

static void
test_plain(void)
{
    PyObject *o;
    is_int(PyType_Ready(&Plain), 0, "a type with a name and a size can be made ready");
    is_int(PyType_Ready(&Plain), 0, "a ready type can be made ready");
    ok(Plain.tp_base == &PyBaseObject_Type, "the base is object");
    ok(Py_TYPE(&Plain) == &PyType_Type, "the class is type");
    ok(PyTuple_CheckExact(Plain.tp_bases) && PyTuple_GET_SIZE(Plain.tp_bases) == 1 &&
           PyTuple_GET_ITEM(Plain.tp_bases, 0) == (PyObject *)&PyBaseObject_Type,
       "tp_bases is a tuple of object");
    ok(PyTuple_CheckExact(Plain.tp_mro) && PyTuple_GET_SIZE(Plain.tp_mro) == 2 &&
           PyTuple_GET_ITEM(Plain.tp_mro, 0) == (PyObject *)&Plain,
       "tp_mro is a tuple of the type and object");
    ok(Plain.tp_dict != NULL && PyDict_CheckExact(Plain.tp_dict), "tp_dict is a dict");
    has_flags(&Plain, Py_TPFLAGS_READY | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION, "a plain type");
    ok(Plain.tp_new == NULL, "a static type made from object has no tp_new of its own");
    ok(Plain.tp_alloc == PyType_GenericAlloc, "tp_alloc is PyType_GenericAlloc");
    ok(Plain.tp_free == PyObject_Free, "tp_free is PyObject_Free");
    ok(Plain.tp_getattro == PyObject_GenericGetAttr, "tp_getattro is PyObject_GenericGetAttr");
    ok(Plain.tp_setattro == PyObject_GenericSetAttr, "tp_setattro is PyObject_GenericSetAttr");
    ok(Plain.tp_dealloc == PyBaseObject_Type.tp_dealloc, "tp_dealloc is that of object");
    ok(Plain.tp_repr == PyBaseObject_Type.tp_repr, "tp_repr is that of object");
    ok(Plain.tp_hash == PyBaseObject_Type.tp_hash, "tp_hash is that of object");
    ok(Plain.tp_init == PyBaseObject_Type.tp_init, "tp_init is that of object");
    o = PyObject_CallNoArgs((PyObject *)&Plain);
    ok(o == NULL, "a type without tp_new makes no instance");
    raises(PyExc_TypeError, "cannot create 'mod.Plain' instances", "a type without tp_new says that it makes none");
    o = PyType_GenericNew(&Plain, NULL, NULL);
    ok(o != NULL && Py_TYPE(o) == &Plain && ((Instance *)o)->number == 0 && ((Instance *)o)->object == NULL,
       "PyType_GenericNew makes an instance with zero fields");
    is_int(Py_REFCNT(o), 1, "a new instance has one reference");
    Py_DECREF(o);
    ok(_Py_IsImmortal((PyObject *)&Plain), "a static type is immortal");
}

static void
attribute_is(PyTypeObject *type, const char *name, const char *want)
{
    PyObject *value = PyObject_GetAttrString((PyObject *)type, name);
    PyObject *shown = value != NULL ? PyObject_Repr(value) : NULL;
    is_str(shown != NULL ? PyUnicode_AsUTF8(shown) : NULL, want, "%s of %s", name, type->tp_name);
    Py_XDECREF(shown);
    Py_XDECREF(value);
    PyErr_Clear();
}

static void
test_derived(void)
{
    PyObject *o, *shown;
    is_int(PyType_Ready(&Derived), 0, "a type made from one that is not ready can be made ready");
    ok((Open.tp_flags & Py_TPFLAGS_READY) != 0, "the base is made ready first");
    has_flags(&Open, Py_TPFLAGS_READY | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_BASETYPE, "an open type");
    has_flags(&Derived, Py_TPFLAGS_READY | Py_TPFLAGS_IMMUTABLETYPE, "a derived type");
    is_int(Derived.tp_basicsize, sizeof(Instance), "the size is that of the base");
    ok(Derived.tp_new == own_new, "tp_new is that of the base");
    ok(Derived.tp_repr == own_repr, "tp_repr is that of the base");
    ok(Derived.tp_doc == NULL, "documentation is not inherited");
    attribute_is(&Open, "__doc__", "'The documentation.'");
    attribute_is(&Derived, "__doc__", "None");
    attribute_is(&Open, "__text_signature__", "'(a, b)'");
    attribute_is(&Derived, "__text_signature__", "None");
    attribute_is(&Derived, "__name__", "'Derived'");
    attribute_is(&Derived, "__qualname__", "'Derived'");
    attribute_is(&Derived, "__module__", "'mod.sub'");
    attribute_is(&Derived, "__mro__", "(<class 'mod.sub.Derived'>, <class 'mod.Open'>, <class 'object'>)");
    attribute_is(&Derived, "__bases__", "(<class 'mod.Open'>,)");
    attribute_is(&Derived, "__base__", "<class 'mod.Open'>");
    o = PyObject_CallNoArgs((PyObject *)&Derived);
    ok(o != NULL && Py_TYPE(o) == &Derived, "a derived type makes instances");
    shown = PyObject_Repr(o);
    is_str(PyUnicode_AsUTF8(shown), "own repr", "the inherited repr is used");
    Py_DECREF(shown);
    is_int(PyObject_IsInstance(o, (PyObject *)&Open), 1, "an instance of a derived type is one of its base");
    Py_DECREF(o);
    is_int(PyType_IsSubtype(&Derived, &Open), 1, "a derived type is a subtype of its base");
    is_int(PyType_IsSubtype(&Open, &Derived), 0, "a base is no subtype of the derived type");
}

/* ---- hash and comparison ---- */

static PyTypeObject OnlyCompare = {HEAD.tp_name = "OnlyCompare", .tp_basicsize = 16, .tp_richcompare = own_compare};
static PyTypeObject OnlyHash = {HEAD.tp_name = "OnlyHash", .tp_basicsize = 16, .tp_hash = own_hash};
static PyMethodDef eq_method[] = {{"__eq__", (PyCFunction)(void (*)(void))own_repr, METH_NOARGS, NULL},
                                  {NULL, NULL, 0, NULL}};
static PyTypeObject EqMethod = {HEAD.tp_name = "EqMethod", .tp_basicsize = 16, .tp_methods = eq_method};
static PyTypeObject Both = {HEAD.tp_name = "Both", .tp_basicsize = 16, .tp_richcompare = own_compare,
                            .tp_hash = own_hash, .tp_flags = Py_TPFLAGS_BASETYPE};
static PyTypeObject FromBoth = {HEAD.tp_name = "FromBoth", .tp_base = &Both};

static void
test_hash(void)
{
    is_int(PyType_Ready(&OnlyCompare), 0, "a type with only a comparison is made ready");
    ok(OnlyCompare.tp_hash == PyObject_HashNotImplemented, "a type with only a comparison has no hash");
    attribute_is(&OnlyCompare, "__hash__", "None");
    is_int(PyType_Ready(&OnlyHash), 0, "a type with only a hash is made ready");
    ok(OnlyHash.tp_richcompare == NULL, "a type with only a hash inherits no comparison");
    is_int(PyType_Ready(&EqMethod), 0, "a type with a method __eq__ is made ready");
    ok(EqMethod.tp_hash == PyObject_HashNotImplemented, "a type with a method __eq__ has no hash");
    ok(EqMethod.tp_richcompare == NULL, "a type with a method __eq__ inherits no comparison");
    is_int(PyType_Ready(&FromBoth), 0, "a type made from one with both is made ready");
    ok(FromBoth.tp_hash == own_hash && FromBoth.tp_richcompare == own_compare,
       "comparison and hash are inherited together");
}

/* ---- garbage collection ---- */

static PyTypeObject NoTraverse = {HEAD.tp_name = "NoTraverse", .tp_basicsize = 16, .tp_flags = Py_TPFLAGS_HAVE_GC};
static PyTypeObject Collected = {HEAD.tp_name = "Collected", .tp_basicsize = 16,
                                 .tp_flags = Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, .tp_traverse = own_traverse};
static PyTypeObject FromCollected = {HEAD.tp_name = "FromCollected", .tp_base = &Collected};
static PyTypeObject OwnTraverse = {HEAD.tp_name = "OwnTraverse", .tp_base = &Collected, .tp_traverse = own_traverse};

static void
test_gc(void)
{
    PyObject *o;
    is_int(PyType_Ready(&NoTraverse), -1, "a type for the collector without tp_traverse is refused");
    raises(PyExc_SystemError, "type NoTraverse has the Py_TPFLAGS_HAVE_GC flag but has no traverse function",
           "a type for the collector without tp_traverse says so");
    ok(NoTraverse.tp_dict != NULL && NoTraverse.tp_mro != NULL, "a refused type keeps the fields that it has got");
    has_flags(&NoTraverse, Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
              "a refused type");
    is_int(PyType_Ready(&NoTraverse), -1, "a refused type is refused again");
    PyErr_Clear();
    is_int(PyType_Ready(&FromCollected), 0, "a type made from one for the collector is made ready");
    has_flags(&Collected,
              Py_TPFLAGS_READY | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE |
                  Py_TPFLAGS_DISALLOW_INSTANTIATION,
              "a type for the collector");
    has_flags(&FromCollected, Py_TPFLAGS_READY | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_HAVE_GC,
              "a type made from one for the collector");
    ok(FromCollected.tp_traverse == own_traverse, "tp_traverse is inherited with the flag");
    ok(Collected.tp_free == PyList_Type.tp_free, "tp_free of a type for the collector is that of list");
    ok(FromCollected.tp_free == PyList_Type.tp_free, "tp_free is inherited from a type for the collector");
    is_int(PyType_Ready(&OwnTraverse), 0, "a type with tp_traverse and without the flag is made ready");
    has_flags(&OwnTraverse, Py_TPFLAGS_READY | Py_TPFLAGS_IMMUTABLETYPE,
              "a type with tp_traverse and without the flag");
    ok(OwnTraverse.tp_free == PyBaseObject_Type.tp_free, "its tp_free is that of object");
    o = PyType_GenericAlloc(&Collected, 0);
    is_int(PyObject_GC_IsTracked(o), 1, "PyType_GenericAlloc tells the collector of the instance");
    PyObject_GC_UnTrack(o);
    Collected.tp_free(o);
}

/* ---- subclasses of built-in types ---- */

typedef struct {
    PyTypeObject *base;
    unsigned long flags;
    PyTypeObject type;
} FromBuiltIn;

static void
test_built_in(void)
{
    static FromBuiltIn types[] = {
        {&PyLong_Type, Py_TPFLAGS_LONG_SUBCLASS | 1UL << 22, {HEAD.tp_name = "from_int"}},
        {&PyUnicode_Type, Py_TPFLAGS_UNICODE_SUBCLASS | 1UL << 22, {HEAD.tp_name = "from_str"}},
        {&PyBytes_Type, Py_TPFLAGS_BYTES_SUBCLASS | 1UL << 22, {HEAD.tp_name = "from_bytes"}},
        {&PyFloat_Type, 1UL << 22, {HEAD.tp_name = "from_float"}},
        {&PyTuple_Type,
         Py_TPFLAGS_TUPLE_SUBCLASS | Py_TPFLAGS_HAVE_GC | 1UL << 22 | 1UL << 5,
         {HEAD.tp_name = "from_tuple"}},
        {&PyList_Type,
         Py_TPFLAGS_LIST_SUBCLASS | Py_TPFLAGS_HAVE_GC | 1UL << 22 | 1UL << 5,
         {HEAD.tp_name = "from_list"}},
        {&PyDict_Type,
         Py_TPFLAGS_DICT_SUBCLASS | Py_TPFLAGS_HAVE_GC | 1UL << 22 | 1UL << 6,
         {HEAD.tp_name = "from_dict"}},
        {&PyType_Type,
         Py_TPFLAGS_TYPE_SUBCLASS | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL | 1UL << 23,
         {HEAD.tp_name = "from_type"}},
        {&PyModule_Type, Py_TPFLAGS_HAVE_GC, {HEAD.tp_name = "from_module"}},
    };
    size_t i;
    for (i = 0; i < sizeof types / sizeof *types; i++) {
        PyTypeObject *type = &types[i].type;
        const char *name = type->tp_name;
        type->tp_base = types[i].base;
        is_int(PyType_Ready(type), 0, "%s is made ready", name);
        has_flags(type, types[i].flags | Py_TPFLAGS_READY | Py_TPFLAGS_IMMUTABLETYPE, name);
        is_int(type->tp_basicsize, type->tp_base->tp_basicsize, "the size of %s is that of its base", name);
        is_int(type->tp_itemsize, type->tp_base->tp_itemsize, "the size of an item of %s is that of its base", name);
        is_int(type->tp_dictoffset, type->tp_base->tp_dictoffset, "tp_dictoffset of %s is that of its base", name);
        is_int(type->tp_weaklistoffset, type->tp_base->tp_weaklistoffset, "tp_weaklistoffset of %s is that of its base",
               name);
#define SAME(SLOT) ok(type->SLOT == type->tp_base->SLOT, "%s of %s is that of its base", #SLOT, name)
        SAME(tp_dealloc);
        SAME(tp_vectorcall_offset);
        SAME(tp_getattr);
        SAME(tp_setattr);
        SAME(tp_as_async);
        SAME(tp_repr);
        SAME(tp_as_number);
        SAME(tp_as_sequence);
        SAME(tp_as_mapping);
        SAME(tp_hash);
        SAME(tp_call);
        SAME(tp_str);
        SAME(tp_getattro);
        SAME(tp_setattro);
        SAME(tp_as_buffer);
        SAME(tp_traverse);
        SAME(tp_clear);
        SAME(tp_richcompare);
        SAME(tp_iter);
        SAME(tp_iternext);
        SAME(tp_descr_get);
        SAME(tp_descr_set);
        SAME(tp_init);
        SAME(tp_alloc);
        SAME(tp_new);
        SAME(tp_free);
        SAME(tp_is_gc);
        SAME(tp_finalize);
        ok(type->tp_vectorcall == NULL, "tp_vectorcall of %s is not inherited", name);
        ok(type->tp_methods == NULL && type->tp_members == NULL && type->tp_getset == NULL,
           "the tables of %s are its own", name);
    }
}

/* ---- refusals ---- */

static PyTypeObject NoName = {HEAD.tp_basicsize = 16};
static PyTypeObject SmallOffset = {HEAD.tp_name = "SmallOffset", .tp_basicsize = 16, .tp_dictoffset = -17};
static PyTypeObject ManagedDict = {HEAD.tp_name = "ManagedDict", .tp_basicsize = 16, .tp_dictoffset = 16,
                                   .tp_flags = 1UL << 4};
static PyTypeObject ManagedWeak = {HEAD.tp_name = "ManagedWeak", .tp_basicsize = 16, .tp_weaklistoffset = 16,
                                   .tp_flags = 1UL << 3};
static PyMethodDef both_kinds[] = {
    {"both", (PyCFunction)(void (*)(void))own_repr, METH_NOARGS | METH_CLASS | METH_STATIC, NULL},
    {NULL, NULL, 0, NULL}};
static PyTypeObject ClassAndStatic = {HEAD.tp_name = "ClassAndStatic", .tp_basicsize = 16, .tp_methods = both_kinds};
static PyMethodDef no_convention[] = {{"wrong", (PyCFunction)(void (*)(void))own_repr, METH_NOARGS | METH_O, NULL},
                                      {NULL, NULL, 0, NULL}};
static PyTypeObject BadFlags = {HEAD.tp_name = "BadFlags", .tp_basicsize = 16, .tp_methods = no_convention};
static PyMemberDef relative[] = {{"relative", 1, 0, 8, NULL}, {NULL, 0, 0, 0, NULL}};
static PyTypeObject Relative = {HEAD.tp_name = "Relative", .tp_basicsize = 16, .tp_members = relative};
static PyTypeObject FromRefused = {HEAD.tp_name = "FromRefused", .tp_base = &BadFlags};

static void
refused(PyTypeObject *type, PyObject *error, const char *message, const char *name)
{
    is_int(PyType_Ready(type), -1, "%s is refused", name);
    raises(error, message, "%s is refused with its reason", name);
    ok((type->tp_flags & Py_TPFLAGS_READY) == 0, "%s is not ready", name);
}

static void
test_refused(void)
{
    refused(&NoName, PyExc_SystemError, "Type does not define the tp_name field.", "a type without a name");
    ok(NoName.tp_dict == NULL, "a type without a name gets no dict");
    refused(&SmallOffset, PyExc_SystemError, "type SmallOffset has a tp_dictoffset that is too small",
            "a bad dict offset");
    refused(&ManagedDict, PyExc_TypeError,
            "type ManagedDict has the Py_TPFLAGS_MANAGED_DICT flag but tp_dictoffset is set",
            "a managed dict with an offset");
    refused(&ManagedWeak, PyExc_TypeError,
            "type ManagedWeak has the Py_TPFLAGS_MANAGED_WEAKREF flag but tp_weaklistoffset is set",
            "managed weak references with an offset");
    refused(&ClassAndStatic, PyExc_ValueError, "method cannot be both class and static", "a method of two kinds");
    refused(&BadFlags, PyExc_SystemError, "wrong() method: bad call flags", "a method without a convention");
    refused(&Relative, PyExc_SystemError, "PyDescr_NewMember used with Py_RELATIVE_OFFSET",
            "a member with a relative offset");
    ok(BadFlags.tp_dict != NULL && BadFlags.tp_mro != NULL, "a type with a bad method has its dict and order");
    is_int(PyType_Ready(&FromRefused), 0, "a type made from a refused one is made ready");
}

/* ---- several bases ---- */

static PyTypeObject Left = {HEAD.tp_name = "Left", .tp_basicsize = 16, .tp_flags = Py_TPFLAGS_BASETYPE,
                            .tp_repr = own_repr};
static PyTypeObject Right = {HEAD.tp_name = "Right", .tp_basicsize = 16, .tp_flags = Py_TPFLAGS_BASETYPE,
                             .tp_hash = own_hash};
static PyTypeObject Joined = {HEAD.tp_name = "Joined", .tp_base = &Left};
static PyTypeObject Twice = {HEAD.tp_name = "Twice", .tp_base = &Left};
static PyTypeObject Crossed = {HEAD.tp_name = "Crossed", .tp_base = &Left};
static PyTypeObject Crossing = {HEAD.tp_name = "Crossing", .tp_base = &Joined};
static PyTypeObject FromClass = {HEAD.tp_name = "FromClass"};

static void
test_bases(void)
{
    PyObject *made;
    PyType_Ready(&Left);
    PyType_Ready(&Right);
    Joined.tp_bases = PyTuple_Pack(2, &Left, &Right);
    Joined.tp_flags = Py_TPFLAGS_BASETYPE;
    is_int(PyType_Ready(&Joined), 0, "a type with two bases is made ready");
    attribute_is(&Joined, "__mro__", "(<class 'Joined'>, <class 'Left'>, <class 'Right'>, <class 'object'>)");
    ok(Joined.tp_repr == own_repr, "a slot of the first base is inherited");
    ok(Joined.tp_hash == Left.tp_hash, "comparison and hash come from the first base, which has object's");
    Twice.tp_bases = PyTuple_Pack(2, &Left, &Left);
    refused(&Twice, PyExc_TypeError, "duplicate base class Left", "a type with a base twice");
    ok(Twice.tp_mro == NULL, "a type with a base twice has no order");
    Crossed.tp_bases = PyTuple_Pack(2, &Right, &Left);
    Crossed.tp_flags = Py_TPFLAGS_BASETYPE;
    is_int(PyType_Ready(&Crossed), 0, "a type with its bases the other way round is made ready");
    Crossing.tp_bases = PyTuple_Pack(2, &Joined, &Crossed);
    refused(&Crossing, PyExc_TypeError,
            "Cannot create a consistent method resolution order (MRO) for bases Left, Right",
            "a type without an order");
    made = PyErr_NewException("mod.made", NULL, NULL);
    FromClass.tp_base = (PyTypeObject *)made;
    refused(&FromClass, PyExc_TypeError,
            "type 'FromClass' is not dynamically allocated but its base type 'made' is dynamically allocated",
            "a static type made from a class");
}

static void
test_modules(void)
{
    static PyTypeObject Added = {HEAD.tp_name = "package.module.Added", .tp_basicsize = 16};
    PyObject *module = PyModule_New("module");
    PyObject *found;
    is_int(PyModule_AddType(module, &Added), 0, "a type that is not ready can be added to a module");
    ok((Added.tp_flags & Py_TPFLAGS_READY) != 0, "a type that is added to a module is ready");
    found = PyObject_GetAttrString(module, "Added");
    ok(found == (PyObject *)&Added, "a module has a type under its name after the last dot");
    Py_XDECREF(found);
    Py_DECREF(module);
}

/* ---- PyType_GetSlot ---- */

/* A function's address as that of data, which C99 has no cast for. */
static void *
address(void (*function)(void))
{
    void *data;
    memcpy(&data, &function, sizeof data);
    return data;
}

static void
test_slots(void)
{
    static const int wrong[] = {0, -1, 84, 1000};
    size_t i;
    ok(PyType_GetSlot(&Derived, 66) == address((void (*)(void))own_repr),
       "PyType_GetSlot gives a slot of a static type");
    ok(PyType_GetSlot(&Derived, 65) == address((void (*)(void))own_new),
       "PyType_GetSlot gives a slot that is inherited");
    ok(PyType_GetSlot(&Derived, 48) == (void *)&Open, "PyType_GetSlot gives the base");
    ok(PyType_GetSlot(&Derived, 7) == NULL && PyErr_Occurred() == NULL, "a slot in a part that is missing is NULL");
    ok(PyType_GetSlot(&Derived, 50) == NULL && PyErr_Occurred() == NULL, "an empty slot is NULL");
    ok(PyType_GetSlot(&PyLong_Type, 9) == address((void (*)(void))PyLong_Type.tp_as_number->nb_bool),
       "PyType_GetSlot gives a slot in a part of a built-in type");
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ok(PyType_GetSlot(&Derived, wrong[i]) == NULL, "there is no slot %d", wrong[i]);
        ok(PyErr_ExceptionMatches(PyExc_SystemError), "the slot %d is a SystemError", wrong[i]);
        PyErr_Clear();
    }
}

/* ---- look-ups ---- */

static void
test_lookup(void)
{
    PyObject *name = PyUnicode_InternFromString("__repr__"), *other = PyUnicode_FromString("no such attribute"), *found;
    const Py_ssize_t before = Py_REFCNT(_PyType_Lookup(&Open, name));
    ok(_PyType_Lookup(&Derived, name) == _PyType_Lookup(&Open, name), "_PyType_Lookup finds an attribute of the base");
    is_int(Py_REFCNT(_PyType_Lookup(&Open, name)), before, "_PyType_Lookup gives a borrowed reference");
    found = _PyType_LookupRef(&Open, name);
    is_int(Py_REFCNT(found), before + 1, "_PyType_LookupRef gives a new reference");
    Py_XDECREF(found);
    ok(_PyType_Lookup(&Derived, other) == NULL && PyErr_Occurred() == NULL,
       "a missing attribute is NULL without an error");
    ok(_PyType_LookupRef(&Derived, other) == NULL && PyErr_Occurred() == NULL,
       "a missing attribute is NULL without an error for _PyType_LookupRef");
    /* A dict of a type that C changes itself. */
    PyDict_SetItemString(Open.tp_dict, "added", Py_True);
    PyType_Modified(&Open);
    Py_SETREF(other, PyUnicode_InternFromString("added"));
    ok(_PyType_Lookup(&Derived, other) == Py_True, "PyType_Modified reaches the types made from the type");
    PyDict_SetItemString(Derived.tp_dict, "added", Py_False);
    PyType_Modified(&Derived);
    ok(_PyType_Lookup(&Derived, other) == Py_False, "an attribute of the type itself is found first");
    ok(_PyType_Lookup(&Open, other) == Py_True, "the base keeps its attribute");
    PyDict_DelItemString(Derived.tp_dict, "added");
    PyType_Modified(&Derived);
    ok(_PyType_Lookup(&Derived, other) == Py_True, "an attribute that was deleted is found in the base again");
    PyDict_DelItemString(Open.tp_dict, "added");
    PyType_Modified(&Open);
    ok(_PyType_Lookup(&Derived, other) == NULL, "an attribute that was deleted in the base is not found");
    PyType_ClearCache();
    ok(_PyType_Lookup(&Derived, name) == _PyType_Lookup(&Open, name), "look-ups work after PyType_ClearCache");
    Py_DECREF(name);
    Py_DECREF(other);
}

/* ---- methods of type and object ---- */

static void
method_is(PyObject *o, const char *method, PyObject *argument, const char *want, const char *what)
{
    PyObject *bound = PyObject_GetAttrString(o, method);
    PyObject *value = bound == NULL ? NULL : PyObject_CallFunctionObjArgs(bound, argument, NULL);
    PyObject *shown;
    if (value == NULL) {
        PyObject *type, *error, *traceback;
        PyErr_Fetch(&type, &error, &traceback);
        PyErr_NormalizeException(&type, &error, &traceback);
        shown = PyObject_Str(error);
        Py_XDECREF(type);
        Py_XDECREF(error);
        Py_XDECREF(traceback);
    } else {
        shown = PyObject_Repr(value);
    }
    is_str(PyUnicode_AsUTF8(shown), want, "%s of %s", method, what);
    Py_DECREF(shown);
    Py_XDECREF(value);
    Py_XDECREF(bound);
}

static void
test_methods(void)
{
    PyObject *o = PyType_GenericNew(&Derived, NULL, NULL), *empty = PyUnicode_FromString(""),
             *x = PyUnicode_FromString("x");
    PyObject *type = (PyObject *)&Derived, *five = PyLong_FromLong(5);
    method_is(type, "mro", NULL, "[<class 'mod.sub.Derived'>, <class 'mod.Open'>, <class 'object'>]", "a type");
    method_is((PyObject *)&Open, "__subclasses__", NULL, "[<class 'mod.sub.Derived'>]", "a base");
    method_is(type, "__subclasses__", NULL, "[]", "a type without subclasses");
    method_is((PyObject *)&Open, "__instancecheck__", o, "True", "a base, with an instance");
    method_is((PyObject *)&Open, "__instancecheck__", five, "False", "a base, with an int");
    method_is((PyObject *)&Open, "__subclasscheck__", type, "True", "a base, with a subclass");
    method_is((PyObject *)&Open, "__subclasscheck__", five, "issubclass() arg 1 must be a class",
              "a base, with an int");
    method_is(type, "__prepare__", NULL, "{}", "a type");
    method_is((PyObject *)&PyType_Type, "__sizeof__", type, "416", "type, with a static type");
    method_is(o, "__sizeof__", NULL, "32", "an instance");
    method_is(o, "__format__", empty, "'own repr'", "an instance, without a specification");
    method_is(o, "__format__", x, "unsupported format string passed to mod.sub.Derived.__format__",
              "an instance, with a specification");
    method_is(o, "__format__", five, "__format__() argument must be str, not int", "an instance, with an int");
    method_is(o, "__getstate__", NULL, "None", "an instance");
    method_is(o, "__subclasshook__", five, "NotImplemented", "an instance");
    method_is(o, "__init_subclass__", NULL, "None", "an instance");
    method_is(type, "__init_subclass__", five, "Derived.__init_subclass__() takes no arguments (1 given)", "a type");
    method_is(o, "__reduce_ex__", x, "'str' object cannot be interpreted as an integer", "an instance, with a text");
    method_is(
        o, "__dir__", NULL,
        "['__doc__', '__new__', '__repr__', '__hash__', '__str__', '__getattribute__', '__setattr__', '__delattr__', "
        "'__lt__', '__le__', '__eq__', '__ne__', '__gt__', '__ge__', '__init__', '__reduce_ex__', '__reduce__', "
        "'__getstate__', '__subclasshook__', '__init_subclass__', '__format__', '__sizeof__', '__dir__', '__class__']",
        "an instance");
    Py_DECREF(o);
    Py_DECREF(empty);
    Py_DECREF(x);
    Py_DECREF(five);
}

/* Cython sets Py_TPFLAGS_HEAPTYPE while it makes a static type with several bases ready, though the fields that classes made at run time have
 * beyond those of static types are not there. */
static PyMemberDef number_member[] = {{"number", 2, offsetof(Instance, number), 0, NULL}, {NULL, 0, 0, 0, NULL}};
static PyMethodDef show_method[] = {{"show", (PyCFunction)(void (*)(void))own_repr, METH_NOARGS, NULL},
                                    {NULL, NULL, 0, NULL}};
static struct {
    PyTypeObject type;
    unsigned char after[1024];
} Marked = {{HEAD.tp_name = "mod.Marked", .tp_basicsize = sizeof(Instance),
             .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HEAPTYPE,
             .tp_doc = "Marked(a)\n--\n\nDocumented.", .tp_methods = show_method, .tp_members = number_member,
             .tp_repr = own_repr},
            {0}};
static PyTypeObject MarkedBadly = {HEAD.tp_name = "mod.MarkedBadly", .tp_basicsize = 16,
                                   .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HEAPTYPE};

static void
test_marked_as_made_at_run_time(void)
{
    int gc = PyGC_Disable();
    size_t i;

    memset(Marked.after, 0x5a, sizeof(Marked.after));
    Marked.type.tp_bases = PyTuple_Pack(2, &Left, &Right);
    is_int(PyType_Ready(&Marked.type), 0, "a static type that is marked as made at run time is made ready");
    Marked.type.tp_flags &= ~Py_TPFLAGS_HEAPTYPE;
    attribute_is(&Marked.type, "__doc__", "'Documented.'");
    attribute_is(&Marked.type, "__name__", "'Marked'");
    attribute_is(&Marked.type, "__module__", "'mod'");
    attribute_is(&Marked.type, "show", "<method 'show' of 'mod.Marked' objects>");
    attribute_is(&Marked.type, "number", "<member 'number' of 'mod.Marked' objects>");
    for (i = 0; i < sizeof(Marked.after) && Marked.after[i] == 0x5a; i++) {
    }
    is_int(i, sizeof(Marked.after), "PyType_Ready writes nothing behind a static type");
    refused(&MarkedBadly, PyExc_SystemError,
            "type mod.MarkedBadly has the Py_TPFLAGS_HAVE_GC flag but has no traverse function",
            "a marked type that is wrong");
    MarkedBadly.tp_flags &= ~Py_TPFLAGS_HEAPTYPE;
    if (gc) {
        PyGC_Enable();
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_plain);
    RUN(test_derived);
    RUN(test_hash);
    RUN(test_gc);
    RUN(test_built_in);
    RUN(test_refused);
    RUN(test_bases);
    RUN(test_marked_as_made_at_run_time);
    RUN(test_modules);
    RUN(test_slots);
    RUN(test_lookup);
    RUN(test_methods);
    return TAP_END();
}
