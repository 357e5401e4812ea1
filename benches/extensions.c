/* The parts of an extension module: functions that are called, arguments, types with their attributes, buffers, weak references. */
#include "bench.h"

#include <stddef.h>

/* An instance of the type that is measured: a member, a dict, a list of weak references. */
typedef struct {
    PyObject head;
    PyObject *dict, *references;
    long number;
} thing;

static PyObject *functions[7], *two, *one_tuple, *two_tuple, *keywords, *type, *subtype, *instance, *method, *bytes,
    *reference;
static PyObject *names[5];
enum { MEMBER, GETSET, METHOD, IN_DICT, IN_CLASS };

/* ---- the functions that are called, one of each convention ---- */

static PyObject *
noargs(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    Py_RETURN_NONE;
}
static PyObject *
one(PyObject *self, PyObject *o)
{
    (void)self;
    return Py_NewRef(o);
}
static PyObject *
packed(PyObject *self, PyObject *arguments)
{
    (void)self;
    return Py_NewRef(PyTuple_GET_ITEM(arguments, 0));
}
static PyObject *
packed_named(PyObject *self, PyObject *arguments, PyObject *named)
{
    (void)self;
    (void)named;
    return Py_NewRef(PyTuple_GET_ITEM(arguments, 0));
}
static PyObject *
fast(PyObject *self, PyObject *const *arguments, Py_ssize_t count)
{
    (void)self;
    (void)count;
    return Py_NewRef(arguments[0]);
}
static PyObject *
fast_named(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *named)
{
    (void)self;
    (void)count;
    (void)named;
    return Py_NewRef(arguments[0]);
}
static PyObject *
of_class(PyObject *self, PyTypeObject *class, PyObject *const *arguments, Py_ssize_t count, PyObject *named)
{
    (void)self;
    (void)class;
    (void)count;
    (void)named;
    return Py_NewRef(arguments[0]);
}

#define FUNCTION(f) (PyCFunction)(void (*)(void))(f)
static PyMethodDef definitions[] = {
    {"noargs", noargs, METH_NOARGS, NULL},
    {"one", one, METH_O, NULL},
    {"packed", packed, METH_VARARGS, NULL},
    {"packed_named", FUNCTION(packed_named), METH_VARARGS | METH_KEYWORDS, NULL},
    {"fast", FUNCTION(fast), METH_FASTCALL, NULL},
    {"fast_named", FUNCTION(fast_named), METH_FASTCALL | METH_KEYWORDS, NULL},
    {"of_class", FUNCTION(of_class), METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL},
    {NULL, NULL, 0, NULL},
};

/* ---- the type ---- */

static PyObject *
get_number(PyObject *self, void *closure)
{
    (void)self;
    (void)closure;
    Py_RETURN_TRUE;
}
static void
destroy(PyObject *o)
{
    PyTypeObject *class = Py_TYPE(o);
    PyObject_GC_UnTrack(o);
    PyObject_ClearWeakRefs(o);
    Py_CLEAR(((thing *)(void *)o)->dict);
    class->tp_free(o);
    Py_DECREF(class);
}
static int
visit_parts(PyObject *o, visitproc visit, void *arg)
{
    Py_VISIT(((thing *)(void *)o)->dict);
    Py_VISIT(Py_TYPE(o));
    return 0;
}
static PyMemberDef members[] = {
    {"number", Py_T_LONG, offsetof(thing, number), 0, NULL},
    {"__dictoffset__", Py_T_PYSSIZET, offsetof(thing, dict), Py_READONLY, NULL},
    {"__weaklistoffset__", Py_T_PYSSIZET, offsetof(thing, references), Py_READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};
static PyGetSetDef getsets[] = {{"computed", get_number, NULL, NULL, NULL}, {NULL, NULL, NULL, NULL, NULL}};
static PyType_Slot slots[] = {
    {Py_tp_dealloc, (void *)(size_t)destroy},
    {Py_tp_traverse, (void *)(size_t)visit_parts},
    {Py_tp_methods, definitions},
    {Py_tp_members, members},
    {Py_tp_getset, getsets},
    {0, NULL},
};
static PyType_Spec spec = {"bench.Thing", sizeof(thing), 0,
                           Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, slots};
static PyType_Slot no_slots[] = {{0, NULL}};
static PyType_Spec subtype_spec = {"bench.Special", 0, 0, Py_TPFLAGS_DEFAULT, no_slots};

static PyObject *
made(PyObject *o)
{
    EXPECT(o != NULL);
    return o;
}
static void
make(long size, long n)
{
    static const char *const words[] = {"number", "computed", "noargs", "kept", "constant"};
    size_t i;
    (void)size;
    (void)n;
    if (type == NULL) {
        type = made(PyType_FromSpec(&spec));
        subtype = made(PyType_FromSpecWithBases(&subtype_spec, type));
        for (i = 0; i < sizeof functions / sizeof *functions; i++) {
            PyTypeObject *class = definitions[i].ml_flags & METH_METHOD ? (PyTypeObject *)(void *)type : NULL;
            functions[i] = made(PyCMethod_New(&definitions[i], Py_None, NULL, class));
        }
        for (i = 0; i < sizeof names / sizeof *names; i++) {
            names[i] = made(PyUnicode_InternFromString(words[i]));
        }
        instance = made(PyObject_CallNoArgs(subtype));
        two = made(PyLong_FromLong(2000));
        one_tuple = made(PyTuple_Pack(1, two));
        two_tuple = made(PyTuple_Pack(2, two, two));
        keywords = made(Py_BuildValue("{s:i}", "second", 2));
        method = made(PyObject_GetAttr(instance, names[METHOD]));
        bytes = made(PyBytes_FromString("some bytes"));
        reference = made(PyWeakref_NewRef(instance, NULL));
        EXPECT(PyObject_SetAttr(instance, names[IN_DICT], two) == 0 &&
               PyObject_SetAttr(type, names[IN_CLASS], two) == 0);
    }
}

/* ---- the operations ---- */

static void
take(PyObject *o)
{
    EXPECT(o != NULL);
    Py_DECREF(o);
}

OPERATION(call_noargs, take(PyObject_CallNoArgs(functions[0])))
OPERATION(call_o, take(PyObject_CallOneArg(functions[1], two)))
OPERATION(call_varargs, take(PyObject_Call(functions[2], one_tuple, NULL)))
OPERATION(call_varargs_vector, take(PyObject_CallOneArg(functions[2], two)))
OPERATION(call_keywords, take(PyObject_Call(functions[3], one_tuple, keywords)))
OPERATION(call_fast, take(PyObject_CallOneArg(functions[4], two)))
OPERATION(call_fast_keywords, take(PyObject_CallOneArg(functions[5], two)))
OPERATION(call_method, take(PyObject_CallOneArg(functions[6], two)))
OPERATION(call_function_objargs, take(PyObject_CallFunctionObjArgs(functions[4], two, two, NULL)))
OPERATION(call_format, take(PyObject_CallFunction(functions[4], "i", 2000)))
OPERATION(call_bound, take(PyObject_CallNoArgs(method)))
OPERATION(method_by_name, take(PyObject_CallMethodNoArgs(instance, names[METHOD])))
OPERATION(method_by_text, take(PyObject_CallMethod(instance, "one", "O", two)))
OPERATION(parse_ii, {
    int a, b;
    EXPECT(PyArg_ParseTuple(two_tuple, "ii", &a, &b) && a == 2000 && b == 2000);
})
OPERATION(parse_keywords, {
    static char *parameters[] = {"first", "second", NULL};
    int a, b;
    EXPECT(PyArg_ParseTupleAndKeywords(one_tuple, keywords, "i|i", parameters, &a, &b) && a == 2000 && b == 2);
})
OPERATION(build_is, take(Py_BuildValue("(is)", 2000, "text")))
OPERATION(type_spec, take(PyType_FromSpec(&spec)))
OPERATION(type_call, take(PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "Made", type)))
OPERATION(instance_, take(PyObject_CallNoArgs(subtype)))
OPERATION(get_member, take(PyObject_GetAttr(instance, names[MEMBER])))
OPERATION(get_getset, take(PyObject_GetAttr(instance, names[GETSET])))
OPERATION(get_method, take(PyObject_GetAttr(instance, names[METHOD])))
OPERATION(get_dict, take(PyObject_GetAttr(instance, names[IN_DICT])))
OPERATION(get_class, take(PyObject_GetAttr(instance, names[IN_CLASS])))
OPERATION(get_text, take(PyObject_GetAttrString(instance, "kept")))
OPERATION(set_member, EXPECT(PyObject_SetAttr(instance, names[MEMBER], two) == 0))
OPERATION(set_dict, EXPECT(PyObject_SetAttr(instance, names[IN_DICT], two) == 0))
OPERATION(is_subtype, EXPECT(PyType_IsSubtype((PyTypeObject *)(void *)subtype, (PyTypeObject *)(void *)type)))
OPERATION(is_instance, EXPECT(PyObject_IsInstance(instance, type) == 1))
OPERATION(buffer, {
    Py_buffer view;
    EXPECT(PyObject_GetBuffer(bytes, &view, PyBUF_SIMPLE) == 0 && view.len == 10);
    PyBuffer_Release(&view);
})
OPERATION(weakref_new, {
    PyObject *o = PyObject_CallNoArgs(type);
    take(PyWeakref_NewRef(o, NULL));
    take(o);
})
OPERATION(weakref_get, {
    PyObject *o;
    EXPECT(PyWeakref_GetRef(reference, &o) == 1);
    Py_DECREF(o);
})

#define ROW(name, run, what) {name, what, "-", 1.0, 0, 0, make, run, NULL, 0, 0, 1}

const benchmark extension_benchmarks[] = {
    ROW("call-noargs", call_noargs, "call of METH_NOARGS"),
    ROW("call-o", call_o, "call of METH_O"),
    ROW("call-varargs", call_varargs, "call of METH_VARARGS with a tuple"),
    ROW("call-varargs-one", call_varargs_vector, "call of METH_VARARGS with one argument"),
    ROW("call-keywords", call_keywords, "call of METH_VARARGS | METH_KEYWORDS with tuple and dict"),
    ROW("call-fast", call_fast, "call of METH_FASTCALL"),
    ROW("call-fast-keywords", call_fast_keywords, "call of METH_FASTCALL | METH_KEYWORDS"),
    ROW("call-method", call_method, "call of METH_METHOD"),
    ROW("call-objects", call_function_objargs, "PyObject_CallFunctionObjArgs of two"),
    ROW("call-format", call_format, "PyObject_CallFunction of i"),
    ROW("call-bound", call_bound, "call of a bound method"),
    ROW("method-by-name", method_by_name, "PyObject_CallMethodNoArgs"),
    ROW("method-by-text", method_by_text, "PyObject_CallMethod of O"),
    ROW("parse-ii", parse_ii, "PyArg_ParseTuple of ii"),
    ROW("parse-keywords", parse_keywords, "PyArg_ParseTupleAndKeywords of i|i"),
    ROW("build-is", build_is, "Py_BuildValue of (is), DECREF"),
    ROW("type-spec", type_spec, "a type from a spec, DECREF"),
    ROW("type-call", type_call, "type(name, bases, dict), DECREF"),
    ROW("instance", instance_, "an instance with GC made, DECREF"),
    ROW("get-member", get_member, "an instance's member, DECREF"),
    ROW("get-getset", get_getset, "an instance's getset"),
    ROW("get-method", get_method, "an instance's method, DECREF"),
    ROW("get-dict", get_dict, "an attribute in an instance's dict"),
    ROW("get-class", get_class, "an attribute in a base's dict"),
    ROW("get-text", get_text, "GetAttrString of an instance's dict"),
    ROW("set-member", set_member, "an instance's member set"),
    ROW("set-dict", set_dict, "an attribute in an instance's dict set"),
    ROW("subtype", is_subtype, "PyType_IsSubtype"),
    ROW("isinstance", is_instance, "PyObject_IsInstance of a subclass's instance"),
    ROW("buffer", buffer, "a buffer of bytes, and its release"),
    ROW("weakref-new", weakref_new, "an instance, a weak reference to it, both dropped"),
    ROW("weakref-get", weakref_get, "PyWeakref_GetRef, DECREF"),
    {NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, 0, 0, 0},
};

/* Some of them again, in a process that has had other threads: see main.c. Instructions are counted without threads. */
#define LATE(name, run, what) {name, what ", after threads", "-", 1.0, 0, 0, make, run, NULL, 0, 0, 0}

const benchmark late_benchmarks[] = {
    LATE("late-instance", instance_, "an instance with GC made, DECREF"),
    LATE("late-method", get_method, "an instance's method, DECREF"),
    LATE("late-weakref", weakref_new, "an instance, a weak reference to it, both dropped"),
    LATE("late-build", build_is, "Py_BuildValue of (is), DECREF"),
    {NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, 0, 0, 0},
};
