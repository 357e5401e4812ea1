/* Objects of types made in C: their allocation, with items, extra bytes and managed fields; tracking and resizing; finalizers, outside and
 * inside of collections, with objects that come back to life; weak references and callbacks of garbage; tp_del; collections that start by
 * themselves. */
#include "checks.h"

#include <stddef.h>

typedef struct {
    PyObject_HEAD
    PyObject *references;
    PyObject *other;
    PyObject *held;
    char name;
    char revives;
} Node;

static char events[200];
static PyObject *revived;

static void
note(const char *what, char name)
{
    size_t length = strlen(events);
    snprintf(events + length, sizeof(events) - length, "%s%c ", what, name);
}

static int
visit_node(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((Node *)self)->other);
    Py_VISIT(((Node *)self)->held);
    return 0;
}

static int
clear_node(PyObject *self)
{
    if (((Node *)self)->name) {
        note("clear-", ((Node *)self)->name);
    }
    Py_CLEAR(((Node *)self)->other);
    Py_CLEAR(((Node *)self)->held);
    return 0;
}

static void
finalize_node(PyObject *self)
{
    Node *node = (Node *)self;
    note("finalize-", node->name);
    if (node->held != NULL && PyWeakref_Check(node->held)) {
        PyObject *referent;
        note(PyWeakref_GetRef(node->held, &referent) ? "sees-" : "misses-", node->name);
        Py_XDECREF(referent);
    }
    if (node->revives) {
        revived = Py_NewRef(self);
    }
}

static int ended;

static void
end_node(PyObject *self)
{
    Node *node = (Node *)self;
    if (PyObject_CallFinalizerFromDealloc(self) < 0) {
        return;
    }
    PyObject_GC_UnTrack(self);
    if (node->references != NULL) {
        PyObject_ClearWeakRefs(self);
    }
    ended++;
    if (node->name) {
        note("end-", node->name);
    }
    Py_CLEAR(node->other);
    Py_CLEAR(node->held);
    Py_TYPE(self)->tp_free(self);
}

static void
delete_node(PyObject *self)
{
    note("delete-", ((Node *)self)->name);
}

#define NODE_TYPE(type_name, ...)                         \
    {PyVarObject_HEAD_INIT(NULL, 0).tp_name = type_name,  \
     .tp_basicsize = sizeof(Node),                        \
     .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, \
     .tp_dealloc = end_node,                              \
     .tp_traverse = visit_node,                           \
     .tp_clear = clear_node,                              \
     .tp_weaklistoffset = offsetof(Node, references),     \
     __VA_ARGS__}

static PyTypeObject plain_type = NODE_TYPE("gc.Plain", .tp_itemsize = 0);
static PyTypeObject final_type = NODE_TYPE("gc.Final", .tp_finalize = finalize_node);
static PyTypeObject legacy_type = NODE_TYPE("gc.Legacy", .tp_del = delete_node);

typedef struct {
    PyObject_VAR_HEAD
    PyObject *items[1];
} Items;

static int
visit_items(PyObject *self, visitproc visit, void *arg)
{
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        Py_VISIT(((Items *)self)->items[i]);
    }
    return 0;
}

static void
end_items(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        Py_CLEAR(((Items *)self)->items[i]);
    }
    PyObject_GC_Del(self);
}

static PyTypeObject items_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "gc.Items",
    .tp_basicsize = offsetof(Items, items),
    .tp_itemsize = sizeof(PyObject *),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = end_items,
    .tp_traverse = visit_items,
};

static void
end_bytes(PyObject *self)
{
    PyObject_Free(self);
}

static PyTypeObject bytes_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "gc.Bytes",
    .tp_basicsize = sizeof(PyVarObject),
    .tp_itemsize = 1,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = end_bytes,
};

static Node *
new_node(PyTypeObject *type, char name)
{
    Node *node = PyObject_GC_New(Node, type);
    node->references = node->other = node->held = NULL;
    node->name = name;
    node->revives = 0;
    PyObject_GC_Track((PyObject *)node);
    return node;
}

static void
begin(void)
{
    PyGC_Collect();
    events[0] = 0;
    ended = 0;
}

static void
test_ready(void)
{
    PyTypeObject *types[] = {&plain_type, &final_type, &legacy_type, &items_type, &bytes_type};
    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
        is_int(PyType_Ready(types[i]), 0, "%s is ready", types[i]->tp_name);
    }
    is_int(plain_type.tp_free == PyObject_GC_Del, 1, "a type with collected instances frees them by PyObject_GC_Del");
    is_int(bytes_type.tp_free == PyObject_Free, 1, "another type frees its instances by PyObject_Free");
}

static void
test_allocation(void)
{
    PyVarObject *bytes = PyObject_NewVar(PyVarObject, &bytes_type, 7);
    is_int(Py_REFCNT(bytes), 1, "PyObject_NewVar makes one reference");
    is_int(Py_SIZE(bytes), 7, "PyObject_NewVar writes the number of items");
    ok(Py_IS_TYPE(bytes, &bytes_type), "PyObject_NewVar writes the type");
    is_int(PyObject_IS_GC((PyObject *)bytes), 0, "an object of such a type takes no part in collection");
    is_int(PyObject_GC_IsTracked((PyObject *)bytes), 0, "an object that takes no part in collection is not tracked");
    is_int(PyObject_GC_IsFinalized((PyObject *)bytes), 0,
           "an object that takes no part in collection is not finalized");
    Py_DECREF(bytes);
    Node *node = PyObject_GC_New(Node, &plain_type);
    is_int(Py_REFCNT(node), 1, "PyObject_GC_New makes one reference");
    is_int(PyObject_IS_GC((PyObject *)node), 1, "an object of PyObject_GC_New takes part in collection");
    is_int(PyObject_GC_IsTracked((PyObject *)node), 0, "PyObject_GC_New does not track it");
    PyObject_GC_UnTrack(node);
    is_int(PyObject_GC_IsTracked((PyObject *)node), 0, "an object that is not tracked can be untracked");
    node->references = node->other = node->held = NULL;
    node->name = 0;
    PyObject_GC_Track(node);
    is_int(PyObject_GC_IsTracked((PyObject *)node), 1, "PyObject_GC_Track tracks it");
    Py_DECREF(node);
    union {
        PyObject o;
        PyVarObject v;
        char room[64];
    } memory;
    memset(&memory, 0xAA, sizeof(memory));
    is_ptr(PyObject_Init(&memory.o, &bytes_type), &memory, "PyObject_Init returns the object");
    is_int(Py_REFCNT(&memory.o), 1, "PyObject_Init makes one reference");
    ok(Py_IS_TYPE(&memory.o, &bytes_type), "PyObject_Init writes the type");
    is_ptr(PyObject_InitVar(&memory.v, &bytes_type, 40), &memory, "PyObject_InitVar returns the object");
    is_int(Py_SIZE(&memory.v), 40, "PyObject_InitVar writes the number of items");
    is_ptr(PyObject_Init(NULL, &bytes_type), NULL, "PyObject_Init passes NULL on");
    raises(PyExc_MemoryError, "", "PyObject_Init of NULL");
    is_ptr(PyObject_InitVar(NULL, &bytes_type, 1), NULL, "PyObject_InitVar passes NULL on");
    raises(PyExc_MemoryError, "", "PyObject_InitVar of NULL");
    is_ptr(_PyObject_GC_NewVar(&items_type, -1), NULL, "a negative number of items is refused");
    raises_internal("a negative number of items");
    is_ptr(_PyObject_GC_NewVar(&items_type, PY_SSIZE_T_MAX / 8), NULL, "there is no memory for too many items");
    raises(PyExc_MemoryError, "", "too many items");
    is_ptr(_PyObject_NewVar(&bytes_type, PY_SSIZE_T_MAX - 64), NULL, "there is no memory for too many bytes");
    raises(PyExc_MemoryError, "", "too many bytes");
}

#if PY_VERSION_HEX >= 0x030c0000
static void
test_extra(void)
{
    Node *node = (Node *)PyUnstable_Object_GC_NewWithExtraData(&plain_type, 100);
    const char *bytes = (const char *)node;
    int set = 0;
    for (size_t i = sizeof(PyObject); i < sizeof(Node) + 100; i++) {
        set += bytes[i] != 0;
    }
    is_int(set, 0, "the fields and the extra bytes are zero");
    is_int(Py_REFCNT(node), 1, "an object with extra bytes has one reference");
    is_int(PyObject_GC_IsTracked((PyObject *)node), 0, "an object with extra bytes is not tracked");
    Py_DECREF(node);
}
#endif

static void
test_resize(void)
{
    Items *items = PyObject_GC_NewVar(Items, &items_type, 2);
    items->items[0] = Py_NewRef(Py_True);
    items->items[1] = Py_NewRef(Py_False);
    items = PyObject_GC_Resize(Items, items, 1000);
    is_int(Py_SIZE(items), 1000, "PyObject_GC_Resize writes the number of items");
    is_ptr(items->items[0], Py_True, "the first item is still there");
    is_ptr(items->items[1], Py_False, "the second item is still there");
    for (Py_ssize_t i = 2; i < 1000; i++) {
        items->items[i] = Py_NewRef(Py_None);
    }
    PyObject_GC_Track((PyObject *)items);
    is_int(PyObject_GC_IsTracked((PyObject *)items), 1, "a resized object can be tracked");
    is_int(PyGC_Collect() >= 0 && Py_REFCNT(items) == 1, 1, "a resized object survives a collection");
    PyObject_GC_UnTrack(items);
    is_ptr(PyObject_GC_Resize(Items, items, PY_SSIZE_T_MAX / 8), NULL, "there is no memory for too many items");
    raises(PyExc_MemoryError, "", "resizing to too many items");
    is_int(Py_SIZE(items), 1000, "the object is as before");
    items = PyObject_GC_Resize(Items, items, 1);
    is_int(Py_SIZE(items), 1, "PyObject_GC_Resize makes an object smaller");
    Py_DECREF(items);
}

static void
test_cycles(void)
{
    begin();
    Node *a = new_node(&plain_type, 'a'), *b = new_node(&plain_type, 'b'), *c = new_node(&plain_type, 'c');
    PyObject *list = PyList_New(0);
    a->other = Py_NewRef(b);
    b->other = Py_NewRef(list);
    PyList_Append(list, (PyObject *)a);
    c->other = Py_NewRef(a);
    Py_DECREF(a);
    Py_DECREF(b);
    Py_DECREF(list);
    is_int(PyGC_Collect(), 0, "objects that another one refers to are no garbage");
    is_str(events, "", "nothing happens to them");
    Py_DECREF(c);
    is_str(events, "end-c ", "the object that refers to them ends");
    is_int(PyGC_Collect(), 3, "two objects and a list in a cycle are garbage");
    is_str(events, "end-c clear-a end-b end-a ", "the oldest is cleared, which ends them");
}

static void
test_finalizers(void)
{
    begin();
    Node *a = new_node(&final_type, 'a');
    Py_DECREF(a);
    is_str(events, "finalize-a end-a ", "an object is finalized before it ends");
    begin();
    a = new_node(&final_type, 'a');
    PyObject_CallFinalizer((PyObject *)a);
    is_int(PyObject_GC_IsFinalized((PyObject *)a), 1, "PyObject_CallFinalizer is remembered");
    PyObject_CallFinalizer((PyObject *)a);
    PyObject_GC_UnTrack(a);
    is_int(PyObject_GC_IsFinalized((PyObject *)a), 1, "it is remembered while the object is untracked");
    PyObject_GC_Track(a);
    Py_DECREF(a);
    is_str(events, "finalize-a end-a ", "an object is finalized once");
    begin();
    a = new_node(&final_type, 'a');
    a->revives = 1;
    Py_DECREF(a);
    is_str(events, "finalize-a ", "an object that comes back to life does not end");
    is_ptr(revived, a, "it is the same object");
    is_int(Py_REFCNT(a), 1, "it has one reference");
    is_int(PyObject_GC_IsTracked((PyObject *)a), 1, "it is still tracked");
    is_int(PyObject_GC_IsFinalized((PyObject *)a), 1, "it is finalized");
    Py_CLEAR(revived);
    is_str(events, "finalize-a end-a ", "it ends the next time");
    begin();
    a = new_node(&final_type, 'a');
    Node *b = new_node(&final_type, 'b');
    a->other = (PyObject *)b;
    b->other = (PyObject *)a;
    is_int(PyGC_Collect(), 2, "two objects in a cycle are garbage");
    is_str(events, "finalize-a finalize-b clear-a end-b end-a ", "all are finalized before the first is cleared");
    begin();
    a = new_node(&final_type, 'a');
    b = new_node(&final_type, 'b');
    Node *c = new_node(&final_type, 'c');
    a->other = (PyObject *)b;
    b->other = (PyObject *)a;
    c->other = Py_NewRef(c);
    b->revives = 1;
    Py_DECREF(c);
    is_int(PyGC_Collect(), 1, "only garbage that stays garbage counts");
    is_str(events, "finalize-a finalize-b finalize-c clear-c end-c ",
           "an object that comes back to life keeps the others of its cycle");
    Py_CLEAR(revived);
    is_int(PyGC_Collect(), 2, "they are garbage again later");
    is_str(events + strlen("finalize-a finalize-b finalize-c clear-c end-c "), "clear-b end-a end-b ",
           "they are not finalized again");
    PyObject_CallFinalizer(Py_None);
    is_int(PyObject_GC_IsFinalized(Py_None), 0, "an object without a finalizer is not finalized");
}

static PyObject *
note_callback(PyObject *self, PyObject *reference)
{
    PyObject *referent;
    note(PyWeakref_GetRef(reference, &referent) ? "alive-" : "called-", PyUnicode_AsUTF8(self)[0]);
    Py_XDECREF(referent);
    return Py_NewRef(Py_None);
}

static PyMethodDef note_callback_def = {"note_callback", note_callback, METH_O, NULL};

static PyObject *
watched(Node *node, const char *letter)
{
    PyObject *self = PyUnicode_FromString(letter), *callback = PyCFunction_New(&note_callback_def, self);
    PyObject *reference = PyWeakref_NewRef((PyObject *)node, callback);
    Py_DECREF(self);
    Py_DECREF(callback);
    return reference;
}

static void
test_weak_garbage(void)
{
    begin();
    Node *a = new_node(&final_type, 'a'), *b = new_node(&final_type, 'b');
    PyObject *plain = PyWeakref_NewRef((PyObject *)a, NULL), *x = watched(a, "x"), *y = watched(b, "y"),
             *z = watched(a, "z");
    a->other = (PyObject *)b;
    b->other = (PyObject *)a;
    b->held = Py_NewRef(plain);
    is_int(PyGC_Collect(), 2, "weak references from outside do not keep garbage alive");
    is_str(events, "called-z called-x called-y finalize-a finalize-b misses-b clear-a end-b end-a ",
           "callbacks come before finalizers, with all weak references cleared");
    is_int(PyWeakref_IsDead(plain), 1, "a reference without a callback is dead");
    is_text(PyObject_Type(x), "<class 'weakref.ReferenceType'>", "a reference outlives its object");
    PyObject *callback = PyObject_GetAttrString(x, "__callback__");
    ok(PyCFunction_Check(callback), "a reference that a collection has cleared keeps its callback");
    Py_DECREF(callback);
    Py_DECREF(plain);
    Py_DECREF(x);
    Py_DECREF(y);
    Py_DECREF(z);
    begin();
    a = new_node(&plain_type, 'a');
    a->other = Py_NewRef(a);
    a->held = watched(a, "x");
    Py_DECREF(a);
    is_int(PyGC_Collect() >= 2, 1, "an object and the weak reference that it holds are garbage");
    is_str(events, "clear-a end-a ", "the callback of a weak reference that is garbage itself is not called");
    begin();
    a = new_node(&final_type, 'a');
    x = watched(a, "x");
    Py_DECREF(a);
    is_str(events, "finalize-a called-x end-a ", "outside of a collection the finalizer comes before callbacks");
    Py_DECREF(x);
}

static void
test_legacy(void)
{
    begin();
    Node *a = new_node(&legacy_type, 'a'), *b = new_node(&plain_type, 'b');
    a->other = (PyObject *)b;
    b->other = (PyObject *)a;
    PyObject *reference = PyWeakref_NewRef((PyObject *)a, NULL);
    is_int(PyGC_Collect(), 2, "a cycle with a tp_del counts as garbage");
    is_str(events, "", "a collection leaves it alone");
    is_int(PyWeakref_IsDead(reference), 0, "its weak references stay");
    Py_DECREF(reference);
    /* No collection ends the cycle, so it is broken by hand. */
    Py_CLEAR(a->other);
}

static int visits;

static int
count_node(PyObject *o, void *arg)
{
    visits += o == (PyObject *)arg;
    return o != (PyObject *)arg;
}

static void
test_visit(void)
{
#if PY_VERSION_HEX >= 0x030c0000
    Node *node = new_node(&plain_type, 0);
    PyUnstable_GC_VisitObjects(count_node, node);
    is_int(visits, 1, "PyUnstable_GC_VisitObjects finds a tracked object, and stops when the function returns 0");
    is_int(PyGC_IsEnabled(), 1, "the collector is enabled afterwards");
    PyObject_GC_UnTrack(node);
    PyUnstable_GC_VisitObjects(count_node, node);
    is_int(visits, 1, "an object that is not tracked is not visited");
    Py_DECREF(node);
#else
    (void)count_node;
#endif
}

static void
test_automatic(void)
{
    begin();
    int before_limit = -1, first = -1, second = -1;
    for (int i = 1; i <= 6000; i++) {
        Node *node = new_node(&plain_type, 0);
        node->other = Py_NewRef(node);
        Py_DECREF(node);
        int so_far = ended;
        PyErr_CheckSignals();
        if (i == 1900) {
            before_limit = ended;
        }
        if (ended != so_far && first < 0) {
            first = i;
        } else if (ended != so_far && second < 0) {
            second = i;
        }
    }
    is_int(before_limit, 0, "no collection starts while few objects are young");
    ok(first > 1900 && first <= 2001, "a collection starts when more than 2000 objects are young");
    ok(second > first && second <= first + 2001, "the next one starts when as many have come again");
    begin();
    PyGC_Disable();
    for (int i = 1; i <= 3000; i++) {
        Node *node = new_node(&plain_type, 0);
        node->other = Py_NewRef(node);
        Py_DECREF(node);
        PyErr_CheckSignals();
    }
    is_int(ended, 0, "no collection starts while the collector is disabled");
    PyGC_Enable();
    is_int(PyGC_Collect(), 3000, "the garbage is collected later");
}

#if PY_VERSION_HEX >= 0x030e0000
static void
test_unstable(void)
{
    PyObject *list = PyList_New(0);
    is_int(PyUnstable_Object_IsUniquelyReferenced(list), 1, "a new object is referenced once");
    is_int(PyUnstable_Object_IsUniqueReferencedTemporary(list), 0, "an object of C is no temporary of Python code");
    Py_INCREF(list);
    is_int(PyUnstable_Object_IsUniquelyReferenced(list), 0, "an object with two references is not referenced once");
    Py_DECREF(list);
    is_int(PyUnstable_IsImmortal(list), 0, "a list is mortal");
    is_int(PyUnstable_IsImmortal(Py_None), 1, "None is immortal");
    PyUnstable_EnableTryIncRef(list);
    is_int(PyUnstable_TryIncRef(list), 1, "PyUnstable_TryIncRef adds a reference");
    is_int(Py_REFCNT(list), 2, "the reference is there");
    Py_DECREF(list);
    is_int(PyUnstable_Object_EnableDeferredRefcount(list), 0, "deferred reference counts are not there");
    Py_DECREF(list);
}
#endif

int
main(void)
{
    TAP_BEGIN();
    RUN(test_ready);
    RUN(test_allocation);
#if PY_VERSION_HEX >= 0x030c0000
    RUN(test_extra);
#endif
    RUN(test_resize);
    RUN(test_cycles);
    RUN(test_finalizers);
    RUN(test_weak_garbage);
    RUN(test_visit);
    RUN(test_automatic);
#if PY_VERSION_HEX >= 0x030e0000
    RUN(test_unstable);
#endif
    RUN(test_legacy);
    return TAP_END();
}
