/* Types made from random specs, classes made by type() from random bases and namespaces, and their instances: every function in a
 * slot says its name when it is called, so the text shows what is inherited, wrapped and dispatched. */
#include "transcript.h"

enum { TYPES = 12, INSTANCES = 8, BASES = 14, VALUES = 12 };
static PyObject *types[TYPES], *instances[INSTANCES];
static PyTypeObject *const built_in[BASES] = {
    &PyBaseObject_Type, &PyBaseObject_Type, &PyLong_Type, &PyFloat_Type, &PyUnicode_Type, &PyBytes_Type, &PyTuple_Type,
    &PyList_Type,       &PyDict_Type,       &PyType_Type, &PyBool_Type,  &PyDict_Type,    NULL,          NULL,
};

static PyTypeObject *
built_in_type(unsigned index)
{
    return built_in[index] != NULL ? built_in[index]
                                   : (PyTypeObject *)(index == BASES - 1 ? PyExc_OSError : PyExc_ValueError);
}

/* An object without its address. */
static void
say_object(PyObject *o)
{
    unsigned i;

    for (i = 0; i < INSTANCES; i++) {
        if (o != NULL && instances[i] == o) {
            say("i%u", i);
            return;
        }
    }
    if (o == NULL) {
        say("NULL");
    } else if (o == Py_None || PyBool_Check(o) || o == Py_NotImplemented) {
        say("%s", o == Py_None ? "None" : o == Py_NotImplemented ? "NotImplemented" : o == Py_True ? "True" : "False");
    } else if (PyType_Check(o)) {
        say("class %s", ((PyTypeObject *)o)->tp_name);
    } else if (PyLong_CheckExact(o)) {
        say("%ld", PyLong_AsLong(o));
    } else if (PyUnicode_CheckExact(o)) {
        char text[200];
        char *address;
        snprintf(text, sizeof text, "%s", PyUnicode_AsUTF8(o) != NULL ? PyUnicode_AsUTF8(o) : "?");
        address = strstr(text, " at 0x");
        if (address != NULL) {
            *address = '\0';
        }
        say_text(text);
    } else if (PyCFunction_Check(o) || strcmp(Py_TYPE(o)->tp_name, "method-wrapper") == 0) {
        say("a method");
    } else if (PyTuple_CheckExact(o)) {
        Py_ssize_t k;
        say("(");
        for (k = 0; k < PyTuple_GET_SIZE(o) && k < 12; k++) {
            say_object(PyTuple_GET_ITEM(o, k));
            say(", ");
        }
        say(")");
    } else {
        say("a %s", Py_TYPE(o)->tp_name);
    }
}

/* The result of a call, which is a new reference. */
static void
say_result(PyObject *result)
{
    say(" = ");
    say_object(result);
    Py_XDECREF(result);
}

static void
say_number(long long result)
{
    say(" = %lld", result);
}

/* ---- the functions in slots ---- */

#define SAYS(name, result)  \
    {                       \
        say(" <" name ">"); \
        return result;      \
    }

static PyObject *
t_repr(PyObject *o)
{
    (void)o;
    SAYS("repr", PyUnicode_FromString("shown"))
}
static PyObject *
t_str(PyObject *o)
{
    (void)o;
    SAYS("str", PyUnicode_FromString("text"))
}
static Py_hash_t
t_hash(PyObject *o)
{
    (void)o;
    SAYS("hash", 42)
}
static PyObject *
t_compare(PyObject *a, PyObject *b, int op)
{
    (void)a;
    (void)b;
    say(" <compare %d>", op);
    return op == Py_LT ? Py_NewRef(Py_NotImplemented) : PyBool_FromLong(op & 1);
}
static PyObject *
t_call(PyObject *o, PyObject *args, PyObject *kwargs)
{
    (void)o;
    say(" <call %d %d>", (int)PyTuple_GET_SIZE(args), kwargs != NULL);
    return Py_NewRef(Py_None);
}
static PyObject *
t_iter(PyObject *o)
{
    SAYS("iter", Py_NewRef(o))
}
static PyObject *
t_next(PyObject *o)
{
    (void)o;
    SAYS("next", NULL)
}
static PyObject *
t_getattro(PyObject *o, PyObject *name)
{
    say(" <getattro>");
    return PyObject_GenericGetAttr(o, name);
}
static int
t_setattro(PyObject *o, PyObject *name, PyObject *value)
{
    say(" <setattro %d>", value != NULL);
    return PyObject_GenericSetAttr(o, name, value);
}
static int
t_init(PyObject *o, PyObject *args, PyObject *kwargs)
{
    (void)o;
    (void)kwargs;
    say(" <init %d>", (int)PyTuple_GET_SIZE(args));
    return 0;
}
static void
t_finalize(PyObject *o)
{
    (void)o;
    say(" <finalize>");
}
static PyObject *
t_descr_get(PyObject *o, PyObject *instance, PyObject *owner)
{
    (void)o;
    say(" <get %d %d>", instance != NULL, owner != NULL);
    return PyLong_FromLong(11);
}
static int
t_descr_set(PyObject *o, PyObject *instance, PyObject *value)
{
    (void)o;
    (void)instance;
    say(" <set %d>", value != NULL);
    return 0;
}
static PyObject *
t_binary(PyObject *a, PyObject *b)
{
    (void)a;
    (void)b;
    SAYS("binary", PyLong_FromLong(3))
}
static PyObject *
t_refuse(PyObject *a, PyObject *b)
{
    (void)a;
    (void)b;
    SAYS("refuse", Py_NewRef(Py_NotImplemented))
}
static PyObject *
t_power(PyObject *a, PyObject *b, PyObject *c)
{
    (void)a;
    (void)b;
    (void)c;
    SAYS("power", PyLong_FromLong(4))
}
static PyObject *
t_unary(PyObject *a)
{
    (void)a;
    SAYS("unary", PyLong_FromLong(5))
}
static int
t_bool(PyObject *a)
{
    (void)a;
    SAYS("bool", 0)
}
static Py_ssize_t
t_length(PyObject *a)
{
    (void)a;
    SAYS("length", 6)
}
static PyObject *
t_item(PyObject *a, Py_ssize_t i)
{
    (void)a;
    say(" <item %d>", (int)i);
    if (i > 2) {
        PyErr_SetString(PyExc_IndexError, "end");
        return NULL;
    }
    return PyLong_FromLong(8);
}
static int
t_ass_item(PyObject *a, Py_ssize_t i, PyObject *value)
{
    (void)a;
    say(" <ass_item %d %d>", (int)i, value != NULL);
    return 0;
}
static int
t_contains(PyObject *a, PyObject *b)
{
    (void)a;
    (void)b;
    SAYS("contains", 1)
}
static PyObject *
t_subscript(PyObject *a, PyObject *key)
{
    (void)a;
    (void)key;
    SAYS("subscript", PyLong_FromLong(9))
}
static int
t_ass_subscript(PyObject *a, PyObject *key, PyObject *value)
{
    (void)a;
    (void)key;
    say(" <ass_subscript %d>", value != NULL);
    return 0;
}

/* Calls tp_new of the nearest static base. */
static PyObject *
t_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyTypeObject *base = type;

    say(" <new>");
    while (base->tp_flags & Py_TPFLAGS_HEAPTYPE) {
        base = base->tp_base;
    }
    if (base == &PyBaseObject_Type) {
        return type->tp_alloc(type, 0);
    }
    return base->tp_new(type, args, kwargs);
}

static int
t_traverse(PyObject *o, visitproc visit, void *arg)
{
    PyTypeObject *base = Py_TYPE(o);

    Py_VISIT(base);
    while (base->tp_flags & Py_TPFLAGS_HEAPTYPE) {
        base = base->tp_base;
    }
    return base->tp_traverse != NULL ? base->tp_traverse(o, visit, arg) : 0;
}

static PyObject *
t_method(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    say(" <method %d %d ", (int)count, names != NULL ? (int)PyTuple_GET_SIZE(names) : 0);
    say_object(self != NULL && (PyType_Check(self) || self == Py_None) ? self : NULL);
    say(">");
    /* An iteration by index ends. */
    if (count > 0 && PyLong_CheckExact(args[count - 1]) && PyLong_AsLong(args[count - 1]) > 2 && names == NULL) {
        PyErr_SetString(PyExc_IndexError, "end");
        return NULL;
    }
    return PyLong_FromLong((long)count);
}

static PyObject *
t_defining(PyObject *self, PyTypeObject *defining, PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    (void)self;
    (void)args;
    (void)names;
    say(" <defining %s %d>", defining->tp_name, (int)count);
    return Py_NewRef(Py_None);
}

static PyObject *
t_get(PyObject *o, void *closure)
{
    (void)o;
    (void)closure;
    SAYS("getter", PyUnicode_FromString("got"))
}
static int
t_set(PyObject *o, PyObject *value, void *closure)
{
    (void)o;
    (void)closure;
    say(" <setter %d>", value != NULL);
    return 0;
}

#define FUNCTION(f) ((PyCFunction)(void (*)(void))(f))
static PyMethodDef methods[] = {
    {"method", FUNCTION(t_method), METH_FASTCALL | METH_KEYWORDS, "method(x)\n--\n\nText."},
    {"class_method", FUNCTION(t_method), METH_FASTCALL | METH_KEYWORDS | METH_CLASS, NULL},
    {"static_method", FUNCTION(t_method), METH_FASTCALL | METH_KEYWORDS | METH_STATIC, NULL},
    {"defining", FUNCTION(t_defining), METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL},
    {"__getitem__", FUNCTION(t_method), METH_FASTCALL | METH_KEYWORDS | METH_COEXIST, NULL},
    {"__add__", FUNCTION(t_method), METH_FASTCALL | METH_KEYWORDS, NULL},
    {NULL, NULL, 0, NULL},
};
static PyGetSetDef getset[] = {
    {"x", t_get, t_set, "A computed attribute.", NULL},
    {"read_only", t_get, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
static PyMemberDef plain_members[] = {{"m", Py_T_OBJECT_EX, 0, Py_RELATIVE_OFFSET, NULL},
                                      {"n", Py_T_INT, 8, Py_RELATIVE_OFFSET, "A number."},
                                      {NULL, 0, 0, 0, NULL}};
static PyMemberDef dict_members[] = {{"m", Py_T_OBJECT_EX, 0, Py_RELATIVE_OFFSET, NULL},
                                     {"__dictoffset__", Py_T_PYSSIZET, 16, Py_RELATIVE_OFFSET | Py_READONLY, NULL},
                                     {NULL, 0, 0, 0, NULL}};
static PyMemberDef weak_members[] = {{"n", Py_T_BOOL, 8, Py_RELATIVE_OFFSET, NULL},
                                     {"__weaklistoffset__", Py_T_PYSSIZET, 16, Py_RELATIVE_OFFSET | Py_READONLY, NULL},
                                     {NULL, 0, 0, 0, NULL}};

#define SLOT(id, f) {id, (void *)(uintptr_t)(f)}
static const PyType_Slot candidates[] = {
    SLOT(Py_tp_repr, t_repr),
    SLOT(Py_tp_str, t_str),
    SLOT(Py_tp_hash, t_hash),
    SLOT(Py_tp_richcompare, t_compare),
    SLOT(Py_tp_call, t_call),
    SLOT(Py_tp_iter, t_iter),
    SLOT(Py_tp_iternext, t_next),
    SLOT(Py_tp_getattro, t_getattro),
    SLOT(Py_tp_setattro, t_setattro),
    SLOT(Py_tp_init, t_init),
    SLOT(Py_tp_new, t_new),
    SLOT(Py_tp_finalize, t_finalize),
    SLOT(Py_tp_descr_get, t_descr_get),
    SLOT(Py_tp_descr_set, t_descr_set),
    SLOT(Py_nb_add, t_binary),
    SLOT(Py_nb_subtract, t_refuse),
    SLOT(Py_nb_multiply, t_binary),
    SLOT(Py_nb_matrix_multiply, t_binary),
    SLOT(Py_nb_power, t_power),
    SLOT(Py_nb_negative, t_unary),
    SLOT(Py_nb_bool, t_bool),
    SLOT(Py_nb_int, t_unary),
    SLOT(Py_nb_index, t_unary),
    SLOT(Py_sq_length, t_length),
    SLOT(Py_sq_item, t_item),
    SLOT(Py_sq_ass_item, t_ass_item),
    SLOT(Py_sq_contains, t_contains),
    SLOT(Py_sq_concat, t_binary),
    SLOT(Py_mp_length, t_length),
    SLOT(Py_mp_subscript, t_subscript),
    SLOT(Py_mp_ass_subscript, t_ass_subscript),
    {Py_tp_methods, methods},
    {Py_tp_getset, getset},
    {Py_tp_members, plain_members},
    {Py_tp_members, dict_members},
    {Py_tp_members, weak_members},
    {Py_tp_doc, (void *)(uintptr_t)"Documentation."},
    {Py_tp_doc, (void *)(uintptr_t)"T(a, b)\n--\n\nWith a signature."},
    {Py_tp_token, &types[0]},
    {Py_tp_token, NULL},
    {-1, NULL},
    {84, NULL},
};
enum { CANDIDATES = sizeof candidates / sizeof candidates[0] };

static PyObject *
pick_base(void)
{
    unsigned index = pick(TYPES + BASES / 2);

    if (index < TYPES && types[index] != NULL) {
        say(" t%u", index);
        return types[index];
    }
    index = pick(BASES);
    say(" %s", built_in_type(index)->tp_name);
    return (PyObject *)built_in_type(index);
}

static PyObject *
pick_bases(unsigned least)
{
    unsigned count = least + pick(3 - (chance(70) ? 1 : 0)), i;
    PyObject *bases = PyTuple_New((Py_ssize_t)count);

    for (i = 0; i < count; i++) {
        PyTuple_SET_ITEM(bases, (Py_ssize_t)i, Py_NewRef(pick_base()));
    }
    return bases;
}

static void
replace_type(unsigned index, PyObject *type)
{
    PyObject *former = types[index];

    say(" = ");
    say_object(type);
    types[index] = type;
    Py_XDECREF(former);
}

/* Whether instances of a type are types: then functions that any code needs of types stay as they are. */
static int
is_meta(PyObject *bases)
{
    Py_ssize_t i;

    for (i = 0; i < PyTuple_GET_SIZE(bases); i++) {
        if (PyType_IsSubtype((PyTypeObject *)PyTuple_GET_ITEM(bases, i), &PyType_Type)) {
            return 1;
        }
    }
    return 0;
}

/* The flags of a managed dict and of managed weak references that any of these types has. */
static unsigned long
managed_of(PyObject *bases)
{
    unsigned long flags = 0;
    Py_ssize_t i;

    for (i = 0; i < PyTuple_GET_SIZE(bases); i++) {
        flags |= ((PyTypeObject *)PyTuple_GET_ITEM(bases, i))->tp_flags & (3UL << 3);
    }
    return flags;
}

/* CPython inherits the offset of a managed dict from any base, and its place only from the first: then the first is the only one. */
static PyObject *
only_first(PyObject *bases)
{
    say(" (first)");
    Py_SETREF(bases, PyTuple_GetSlice(bases, 0, 1));
    return bases;
}

static int
has_own_alloc(PyObject *bases)
{
    Py_ssize_t i;

    for (i = 0; i < PyTuple_GET_SIZE(bases); i++) {
        PyTypeObject *base = (PyTypeObject *)PyTuple_GET_ITEM(bases, i);
        if (PyType_IsSubtype(base, &PyDict_Type) || PyType_IsSubtype(base, &PyBytes_Type)) {
            return 1;
        }
    }
    return 0;
}

static void
new_from_spec(void)
{
    static const int sizes[] = {0, 0, 0, 16, 24, 48, 72, -8, -24, -24, -24, -32};
    static const char *const type_names[] = {"mod.T", "mod.sub.U", "plain", "builtins.V", "", ".W", NULL};
    static PyType_Slot slots[CANDIDATES + 2];
    unsigned index = pick(TYPES), i, count = 0, density = pick(4) == 0 ? 40 : 8, flags = 0;
    PyType_Spec spec = {NULL, 0, 0, 0, slots};
    PyObject *bases, *meta = NULL, *type;

    say("t%u spec", index);
    bases = pick_bases(1);
    if (PyTuple_GET_SIZE(bases) > 1 && managed_of(bases) != 0) {
        bases = only_first(bases);
    }
    if (chance(30)) {
        flags |= Py_TPFLAGS_HAVE_GC;
    }
    if (chance(85)) {
        flags |= Py_TPFLAGS_BASETYPE;
    }
    if (chance(8)) {
        flags |= Py_TPFLAGS_IMMUTABLETYPE;
    }
    if (chance(4)) {
        flags |= Py_TPFLAGS_DISALLOW_INSTANTIATION;
    }
    if (chance(5)) {
        flags |= 1u << 5;
    }
    if (chance(4) && is_meta(bases)) {
        flags |= 1u << 23;
    }
    for (i = 0; i < CANDIDATES; i++) {
        const int is_wrong = candidates[i].slot < 0 || candidates[i].slot > 83;
        if (!chance(is_wrong ? 1 : density)) {
            continue;
        }
        if (is_meta(bases) && candidates[i].slot != Py_tp_methods && candidates[i].slot != Py_tp_members &&
            candidates[i].slot != Py_tp_repr && candidates[i].slot != Py_tp_doc && candidates[i].slot != Py_nb_add) {
            continue;
        }
        slots[count++] = candidates[i];
        say(" %d", candidates[i].slot);
    }
    if ((flags & Py_TPFLAGS_HAVE_GC) != 0 && !is_meta(bases) && chance(90)) {
        PyType_Slot slot = SLOT(Py_tp_traverse, t_traverse);
        slots[count++] = slot;
    }
    slots[count].slot = 0;
    spec.name = type_names[chance(2) ? 6 : pick(chance(80) ? 2 : 6)];
    spec.basicsize = sizes[pick(sizeof sizes / sizeof sizes[0])];
    /* Sizes of types that allocate in their own way are not checked, nor is a number of items where there is no room for one. */
    if (spec.basicsize > 0 && has_own_alloc(bases)) {
        spec.basicsize = 0;
    }
    spec.itemsize = chance(5) && spec.basicsize >= 24 && PyTuple_GET_SIZE(bases) == 1 &&
                            PyTuple_GET_ITEM(bases, 0) == (PyObject *)&PyBaseObject_Type
                        ? 8
                        : 0;
    spec.flags = flags;
    if (chance(10)) {
        meta = types[pick(TYPES)];
        meta = meta != NULL && PyType_IsSubtype((PyTypeObject *)meta, &PyType_Type) ? meta : NULL;
    }
    say(" %s size %d %d flags %x meta ", spec.name != NULL ? spec.name : "NULL", spec.basicsize, spec.itemsize, flags);
    say_object(meta);
    type = PyType_FromMetaclass((PyTypeObject *)meta, NULL, &spec,
                                chance(20) && PyTuple_GET_SIZE(bases) == 1 ? PyTuple_GET_ITEM(bases, 0) : bases);
    Py_DECREF(bases);
    if (type != NULL || chance(30)) {
        replace_type(index, type);
    }
}

static PyMethodDef function_definition = {"function", FUNCTION(t_method), METH_FASTCALL | METH_KEYWORDS, NULL};

/* A value for a namespace or an attribute: a new reference. */
static PyObject *
pick_value(void)
{
    unsigned kind = pick(VALUES);
    PyObject *function = PyCFunction_New(&function_definition, NULL), *value = NULL;

    say(" v%u", kind);
    switch (kind) {
    case 0: value = Py_NewRef(Py_None); break;
    case 1: value = PyLong_FromLong(7); break;
    case 2: value = PyUnicode_FromString("value"); break;
    case 3:
    case 4:
    case 5: value = PyInstanceMethod_New(function); break;
    case 6: value = PyClassMethod_New(function); break;
    case 7: value = PyStaticMethod_New(function); break;
    case 8: value = PyObject_CallOneArg((PyObject *)&PyProperty_Type, function); break;
    case 9:
        value = instances[pick(INSTANCES)];
        value = Py_NewRef(value != NULL ? value : Py_None);
        break;
    default: value = Py_NewRef(function);
    }
    Py_DECREF(function);
    return value;
}

static const char *const names[] = {
    "x",
    "y",
    "method",
    "class_method",
    "static_method",
    "read_only",
    "m",
    "n",
    "__repr__",
    "__str__",
    "__call__",
    "__len__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
    "__add__",
    "__radd__",
    "__xor__",
    "__eq__",
    "__lt__",
    "__hash__",
    "__init__",
    "__getattr__",
    "__setattr__",
    "__iter__",
    "__next__",
    "__bool__",
    "__index__",
    "__int__",
    "__neg__",
    "__contains__",
    "__get__",
    "__set__",
    "__base__",
    "__module__",
    "__name__",
    "__qualname__",
    "__bases__",
    "__base__",
    "__dict__",
    "__class__",
    "__mro__",
    "__slots__",
    "defining",
    "__basicsize__",
    "__weakref__",
    "__getattribute__",
    "__delattr__",
    "__set_name__",
    "__weakrefoffset__",
};
enum { NAMES = sizeof names / sizeof names[0], FREE = 33 };

static void
new_by_type(void)
{
    static const char *const slot_names[] = {"a", "x", "__dict__", "__weakref__", "__private", "b c"};
    unsigned index = pick(TYPES), i, count = pick(5);
    PyObject *bases, *namespace = PyDict_New(), *text, *type, *meta = (PyObject *)&PyType_Type, *keywords = NULL;

    say("t%u class", index);
    bases = pick_bases(0);
    if (chance(90)) {
        text = PyUnicode_FromString("py");
        PyDict_SetItemString(namespace, "__module__", text);
        Py_DECREF(text);
    }
    for (i = 0; i < count; i++) {
        const char *name = names[pick(FREE)];
        PyObject *value;
        say(" %s", name);
        value = pick_value();
        PyDict_SetItemString(namespace, name, value);
        Py_DECREF(value);
    }
    if (chance(30)) {
        PyObject *list = PyList_New(0);
        for (i = pick(3); i > 0; i--) {
            const char *name = slot_names[chance(10) ? 5 : pick(5)];
            say(" slot %s", name);
            text = PyUnicode_FromString(name);
            PyList_Append(list, text);
            Py_DECREF(text);
        }
        PyDict_SetItemString(namespace, "__slots__", list);
        Py_DECREF(list);
    }
    if (chance(8) && types[pick(TYPES)] != NULL) {
        meta = types[pick(TYPES)];
        meta = meta != NULL && PyType_IsSubtype((PyTypeObject *)meta, &PyType_Type) ? meta : (PyObject *)&PyType_Type;
        say(" meta ");
        say_object(meta);
    }
    if (chance(3)) {
        keywords = PyDict_New();
        PyDict_SetItemString(keywords, "key", Py_None);
    }
    text = PyUnicode_FromString(chance(50) ? "C" : "D");
    {
        PyObject *args = PyTuple_Pack(3, text, bases, namespace);
        type = PyObject_Call(meta, args, keywords);
        Py_DECREF(args);
    }
    Py_XDECREF(keywords);
    Py_DECREF(text);
    Py_DECREF(bases);
    Py_DECREF(namespace);
    if (type != NULL && !PyType_Check(type)) {
        say(" no class");
        Py_DECREF(type);
        return;
    }
    if (type != NULL || chance(30)) {
        replace_type(index, type);
    }
}

static PyObject *
pick_type(void)
{
    unsigned index = pick(TYPES);

    say(" t%u", index);
    return types[index] != NULL ? types[index] : (PyObject *)&PyBaseObject_Type;
}

static PyObject *
pick_instance(void)
{
    unsigned index = pick(INSTANCES);

    say(" i%u", index);
    return instances[index] != NULL ? instances[index] : Py_None;
}

static PyObject *
pick_either(void)
{
    return chance(40) ? pick_type() : pick_instance();
}

static void
new_instance(void)
{
    unsigned index = pick(INSTANCES), count = chance(70) ? 0 : pick(3), i;
    PyObject *type, *args = PyTuple_New((Py_ssize_t)count), *former = instances[index], *made;

    say("i%u new", index);
    type = pick_type();
    for (i = 0; i < count; i++) {
        PyTuple_SET_ITEM(args, (Py_ssize_t)i, chance(50) ? PyLong_FromLong(2) : PyUnicode_FromString("ab"));
    }
    say(" %u", count);
    if (PyType_IsSubtype((PyTypeObject *)type, &PyType_Type)) {
        Py_DECREF(args);
        return;
    }
    made = PyObject_Call(type, args, NULL);
    Py_DECREF(args);
    say(" = %s", made != NULL ? Py_TYPE(made)->tp_name : "NULL");
    if (made != NULL) {
        instances[index] = made;
        Py_XDECREF(former);
    }
}

static void
get_attribute(void)
{
    const char *name = names[pick(NAMES)];
    PyObject *o, *value;

    say("get %s", name);
    o = pick_either();
    if (o == Py_None) {
        return;
    }
    value = PyObject_GetAttrString(o, name);
    say_result(value);
}

static void
set_attribute(void)
{
    const char *name = names[pick(FREE + 2)];
    PyObject *o, *value = NULL;

    say("set %s", name);
    o = pick_either();
    if (o == (PyObject *)&PyBaseObject_Type) {
        return;
    }
    if (chance(75)) {
        value = pick_value();
    }
    say_number(PyObject_SetAttrString(o, name, value));
    Py_XDECREF(value);
}

static int
is_number(PyObject *o)
{
    return PyLong_Check(o) || PyFloat_Check(o);
}

static void
use_one(void)
{
    unsigned what = pick(9);
    PyObject *o;

    say("use%u", what);
    o = pick_instance();
    switch (what) {
    case 0: say_result(PyObject_Repr(o)); break;
    case 1: say_result(PyObject_Str(o)); break;
    case 2: {
        Py_hash_t hash = PyObject_Hash(o);
        say(" = %d", hash == -1 ? -1 : hash == 42 ? 42 : 0);
        break;
    }
    case 3: say_number(PyObject_IsTrue(o)); break;
    case 4: say_number(PyObject_Size(o)); break;
    case 5: {
        PyObject *iterator = PyObject_GetIter(o);
        say_result(iterator);
        break;
    }
    case 6: say_result(PyObject_CallOneArg(o, Py_None)); break;
    case 7: say_number(PyNumber_AsSsize_t(o, NULL)); break;
    default:
        say_number(PyCallable_Check(o) + 2 * PyIter_Check(o) + 4 * PyIndex_Check(o) + 8 * PySequence_Check(o) +
                   16 * PyMapping_Check(o) + 32 * PyNumber_Check(o));
    }
}

static void
use_two(void)
{
    unsigned what = pick(12);
    PyObject *a, *b;

    say("two%u", what);
    a = pick_instance();
    b = chance(50) ? pick_instance() : Py_None;
    if (what < 6) {
        say_result(PyObject_RichCompare(a, b, (int)what));
        return;
    }
    /* The message of a KeyError is the repr of the key. */
    if (is_number(a) || is_number(b) || (what >= 10 && PyDict_Check(a)) ||
        (what > 8 && Py_TYPE(a)->tp_as_sequence != NULL && PyList_Check(a))) {
        return;
    }
    switch (what) {
    case 6: say_result(PyNumber_Add(a, b)); break;
    case 7: say_result(PyNumber_Subtract(a, b)); break;
    case 8: say_result(PyNumber_MatrixMultiply(a, b)); break;
    case 9: say_result(PyNumber_Power(a, b, Py_None)); break;
    case 10: say_result(PyObject_GetItem(a, b)); break;
    default: say_number(PyObject_DelItem(a, b));
    }
}

static void
check_class(void)
{
    PyObject *o, *class;

    say("check");
    o = pick_either();
    class = pick_type();
    say_number(PyObject_IsInstance(o, class));
    if (PyErr_Occurred()) {
        return;
    }
    say_number(PyType_Check(o) ? PyObject_IsSubclass(o, class) : 0);
}

static void
set_class(void)
{
    PyObject *o, *class;

    say("class of");
    o = pick_instance();
    class = pick_type();
    if (o != Py_None) {
        say_number(PyObject_SetAttrString(o, "__class__", class));
    }
}

static void
set_bases(void)
{
    PyObject *class, *bases;

    say("bases of");
    class = pick_type();
    bases = pick_bases(1);
    if (PyTuple_GET_SIZE(bases) > 1 && (managed_of(bases) & ~((PyTypeObject *)class)->tp_flags) != 0) {
        bases = only_first(bases);
    }
    /* CPython crashes when it frees an instance of a class from a spec that got other bases beside dict. */
    if (!PyType_IsSubtype((PyTypeObject *)class, &PyDict_Type)) {
        say_number(PyObject_SetAttrString(class, "__bases__", bases));
    }
    Py_DECREF(bases);
}

#define COMPARED_FLAGS                                                                                              \
    (Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_READY | Py_TPFLAGS_IMMUTABLETYPE | \
     0x78UL | 0x80UL | (1UL << 11) | (1UL << 17) | (1UL << 22) | (1UL << 23) | (0xffUL << 24))

/* All that a type object says of itself. */
static void
show_type(void)
{
    PyObject *o, *dict, *key, *value;
    PyTypeObject *type;
    Py_ssize_t position = 0;
    int id;

    say("show");
    o = pick_type();
    if (o == (PyObject *)&PyBaseObject_Type) {
        return;
    }
    type = (PyTypeObject *)o;
    say(" %s size %d %d dict %d weak %d call %d flags %lx members %d base %s mro ", type->tp_name,
        (int)type->tp_basicsize, (int)type->tp_itemsize, (int)type->tp_dictoffset, (int)type->tp_weaklistoffset,
        (int)type->tp_vectorcall_offset, type->tp_flags & COMPARED_FLAGS, (int)Py_SIZE(type), type->tp_base->tp_name);
    say_object(type->tp_mro);
    dict = PyType_GetDict(type);
    while (PyDict_Next(dict, &position, &key, &value)) {
        say(" ");
        say_object(key);
        say(":%s", Py_TYPE(value)->tp_name);
    }
    Py_DECREF(dict);
    say(" slots");
    for (id = 1; id < 84; id++) {
        void *function = PyType_GetSlot(type, id);
        unsigned i;
        for (i = 0; i < CANDIDATES; i++) {
            if (function != NULL && candidates[i].pfunc == function && candidates[i].slot == id) {
                say(" %d", id);
                break;
            }
        }
    }
}

static void
drop_type(void)
{
    unsigned index = pick(TYPES);
    PyObject *former = types[index];

    say("t%u drop", index);
    types[index] = NULL;
    Py_XDECREF(former);
}

static void
drop_instance(void)
{
    unsigned index = pick(INSTANCES);
    PyObject *former = instances[index];

    say("i%u drop", index);
    instances[index] = NULL;
    Py_XDECREF(former);
}

static void
freeze(void)
{
    PyObject *type;

    say("freeze");
    type = pick_type();
    say_number(PyType_Freeze((PyTypeObject *)type));
}

static void
by_token(void)
{
    PyObject *type;
    PyTypeObject *found = NULL;

    say("token");
    type = pick_type();
    say_number(PyType_GetBaseByToken((PyTypeObject *)type, &types[0], &found));
    say_result((PyObject *)found);
}

void
types_end(void)
{
    unsigned i;

    for (i = 0; i < INSTANCES; i++) {
        Py_CLEAR(instances[i]);
    }
    for (i = 0; i < TYPES; i++) {
        Py_CLEAR(types[i]);
    }
}

const Operation type_operations[] = {
    {new_from_spec, 10, 0}, {new_by_type, 8, 0}, {new_instance, 12, 0}, {get_attribute, 12, 0},
    {set_attribute, 8, 0},  {use_one, 8, 0},     {use_two, 8, 0},       {check_class, 3, 0},
    {set_class, 3, 0},      {set_bases, 3, 0},   {show_type, 5, 0},     {drop_type, 2, 0},
    {drop_instance, 2, 0},  {freeze, 1, 0},      {by_token, 1, 0},      {NULL, 0, 0},
};
