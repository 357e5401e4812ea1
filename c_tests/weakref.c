/* Weak references and proxies: to objects of types made in C and to built-in ones, their reuse, order, callbacks, comparison, hash and
 * text, and the end of their objects outside of collections. */
#include "checks.h"

#include <stddef.h>

typedef struct {
    PyObject_HEAD
    PyObject *references;
    PyObject *value;
} Node;

static int ended;

static void
end_node(PyObject *self)
{
    Node *node = (Node *)self;
    if (node->references != NULL) {
        PyObject_ClearWeakRefs(self);
    }
    ended++;
    Py_CLEAR(node->value);
    PyObject_Free(self);
}

static PyObject *
call_node(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    (void)keywords;
    return PyTuple_Pack(2, ((Node *)self)->value ? ((Node *)self)->value : Py_None, arguments);
}

static Py_ssize_t
node_length(PyObject *self)
{
    (void)self;
    return 5;
}

static PyMappingMethods node_mapping = {node_length, NULL, NULL};

static PyTypeObject node_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "weak.Node", .tp_basicsize = sizeof(Node), .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_weaklistoffset = offsetof(Node, references),      .tp_dealloc = end_node,       .tp_as_mapping = &node_mapping,
};

static PyTypeObject callable_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "weak.Callable",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_weaklistoffset = offsetof(Node, references),
    .tp_dealloc = end_node,
    .tp_call = call_node,
};

static PyObject *
new_of(PyTypeObject *type)
{
    Node *node = PyObject_New(Node, type);
    node->references = NULL;
    node->value = NULL;
    return (PyObject *)node;
}

static PyObject *
new_node(void)
{
    return new_of(&node_type);
}

/* Each callback writes a letter, and looks at the reference it gets. */
static char calls[32];
static int alive_in_callback, callback_is_kept, referent_count;

static PyObject *
note_call(PyObject *self, PyObject *reference)
{
    PyObject *referent = NULL, *callback = PyObject_GetAttrString(reference, "__callback__");
    strncat(calls, PyUnicode_AsUTF8(self), sizeof(calls) - strlen(calls) - 1);
    alive_in_callback += PyWeakref_GetRef(reference, &referent) != 0;
    callback_is_kept += callback != Py_None;
    referent_count += PyErr_Occurred() != NULL;
    Py_XDECREF(callback);
    if (strcmp(PyUnicode_AsUTF8(self), "!") == 0) {
        PyErr_SetString(PyExc_ValueError, "of a callback");
        return NULL;
    }
    return Py_NewRef(Py_None);
}

static PyMethodDef note_call_def = {"note_call", note_call, METH_O, NULL};

static PyObject *
new_callback(const char *letter)
{
    PyObject *self = PyUnicode_FromString(letter), *callback = PyCFunction_New(&note_call_def, self);
    Py_DECREF(self);
    return callback;
}

static PyObject *
watched(PyObject *o, const char *letter)
{
    PyObject *callback = new_callback(letter), *reference = PyWeakref_NewRef(o, callback);
    Py_DECREF(callback);
    return reference;
}

static void
test_ready(void)
{
    is_int(PyType_Ready(&node_type), 0, "a type with a field for weak references is ready");
    is_int(PyType_Ready(&callable_type), 0, "a type of objects that can be called is ready");
    is_int(sizeof(PyWeakReference), 64, "a weak reference has 64 bytes");
}

static void
test_reference(void)
{
    PyObject *o = new_node(), *reference = PyWeakref_NewRef(o, NULL), *referent = NULL;
    is_int(Py_REFCNT(o), 1, "a weak reference does not own its object");
    ok(PyWeakref_CheckRefExact(reference), "it is of exactly the type of weak references");
    ok(PyWeakref_CheckRef(reference) && PyWeakref_Check(reference), "PyWeakref_CheckRef and PyWeakref_Check accept it");
    ok(!PyWeakref_CheckProxy(reference), "it is no proxy");
    is_ptr(((Node *)o)->references, reference, "the object's field has the reference");
    is_ptr(((PyWeakReference *)reference)->wr_object, o, "the reference has the object");
    is_ptr(((PyWeakReference *)reference)->wr_callback, NULL, "the reference has no callback");
    is_int(PyWeakref_GetRef(reference, &referent), 1, "PyWeakref_GetRef finds the object");
    is_ptr(referent, o, "it is the object");
    is_int(Py_REFCNT(o), 2, "PyWeakref_GetRef returns a new reference");
    Py_DECREF(referent);
    is_int(PyWeakref_IsDead(reference), 0, "the object is not dead");
    referent = PyObject_CallNoArgs(reference);
    is_ptr(referent, o, "a call returns the object");
    Py_DECREF(referent);
    is_int(PyObject_GC_IsTracked(reference), 1, "the collector tracks a weak reference");
    ended = 0;
    Py_DECREF(o);
    is_int(ended, 1, "the object ends with its last reference");
    is_int(PyWeakref_IsDead(reference), 1, "the object is dead");
    is_int(PyWeakref_GetRef(reference, &referent), 0, "PyWeakref_GetRef finds no object");
    is_ptr(referent, NULL, "it stores NULL");
    is_ptr(((PyWeakReference *)reference)->wr_object, Py_None, "a dead reference has None");
    referent = PyObject_CallNoArgs(reference);
    is_ptr(referent, Py_None, "a call returns None");
    Py_DECREF(referent);
    Py_DECREF(reference);
}

static void
test_reuse(void)
{
    PyObject *o = new_node(), *first = PyWeakref_NewRef(o, NULL), *second = PyWeakref_NewRef(o, Py_None);
    is_ptr(first, second, "a reference without a callback is made once");
    PyObject *proxy = PyWeakref_NewProxy(o, NULL), *again = PyWeakref_NewProxy(o, Py_None);
    is_ptr(proxy, again, "a proxy without a callback is made once");
    ok(proxy != first, "a proxy is no reference");
    PyObject *by_call = PyObject_CallOneArg((PyObject *)&_PyWeakref_RefType, o);
    is_ptr(by_call, first, "a call of the type returns the same reference");
    PyObject *one = watched(o, "1"), *two = watched(o, "1");
    ok(one != two && one != first, "a reference with a callback is made each time");
    PyWeakReference *list = (PyWeakReference *)((Node *)o)->references;
    is_ptr(list, first, "the plain reference is first in the list");
    is_ptr(list->wr_next, proxy, "the plain proxy is second");
    is_ptr(list->wr_next->wr_next, two, "the youngest of the others is next");
    is_ptr(list->wr_next->wr_next->wr_next, one, "the oldest is last");
    is_ptr(list->wr_next->wr_next->wr_next->wr_next, NULL, "the list ends");
    is_ptr(list->wr_next->wr_next->wr_prev, proxy, "the list is linked backwards");
    Py_DECREF(one);
    is_ptr(((PyWeakReference *)two)->wr_next, NULL, "a reference that ends leaves the list");
    Py_DECREF(first);
    Py_DECREF(second);
    Py_DECREF(by_call);
    is_ptr(((Node *)o)->references, proxy, "the list begins with the next one");
    PyObject *late = PyWeakref_NewRef(o, NULL);
    is_ptr(((Node *)o)->references, late, "a new plain reference is first again");
    Py_DECREF(late);
    Py_DECREF(two);
    Py_DECREF(proxy);
    Py_DECREF(again);
    is_ptr(((Node *)o)->references, NULL, "the list is empty when all have ended");
    Py_DECREF(o);
}

static void
test_callbacks(void)
{
    PyObject *o = new_node(), *plain = PyWeakref_NewRef(o, NULL), *a = watched(o, "a"), *b = watched(o, "b"),
             *c = watched(o, "c");
    PyObject *callback = PyObject_GetAttrString(a, "__callback__");
    ok(PyCFunction_Check(callback), "__callback__ is the callback");
    Py_DECREF(callback);
    calls[0] = 0;
    alive_in_callback = callback_is_kept = referent_count = 0;
    Py_DECREF(c);
    PyErr_SetString(PyExc_KeyError, "kept");
    Py_DECREF(o);
    raises(PyExc_KeyError, "'kept'", "a pending error stays while callbacks run");
    is_str(calls, "ba", "the callbacks of references that are alive are called, the youngest first");
    is_int(alive_in_callback, 0, "the object is dead in a callback");
    is_int(callback_is_kept, 0, "the reference has lost its callback when that runs");
    is_int(referent_count, 0, "no error is pending in a callback");
    is_text(PyObject_GetAttrString(a, "__callback__"), "None", "__callback__ is None afterwards");
    is_int(PyWeakref_IsDead(plain), 1, "a reference without a callback is cleared too");
    Py_DECREF(plain);
    Py_DECREF(a);
    Py_DECREF(b);
}

static void
test_callback_error(void)
{
    PyObject *o = new_node(), *a = watched(o, "a"), *bad = watched(o, "!"), *b = watched(o, "b");
    PyObject *dict = PyDict_New();
    calls[0] = 0;
    PySys_SetObject("unraisablehook", Py_None);
    PyObject *old = PySys_GetObject("stderr");
    (void)old;
    PySys_SetObject("stderr", Py_None);
    Py_DECREF(o);
    is_str(calls, "b!a", "an error of one callback does not keep the others from being called");
    no_error("an error of a callback is reported and dropped");
    Py_DECREF(dict);
    Py_DECREF(a);
    Py_DECREF(bad);
    Py_DECREF(b);
}

static void
test_comparison(void)
{
    PyObject *o = new_node(), *p = new_node();
    PyObject *a = PyWeakref_NewRef(o, NULL), *b = watched(o, "b"), *c = PyWeakref_NewRef(p, NULL);
    is_int(PyObject_RichCompareBool(a, b, Py_EQ), 1, "references to one object are equal");
    is_int(PyObject_RichCompareBool(a, b, Py_NE), 0, "references to one object do not differ");
    is_int(PyObject_RichCompareBool(a, c, Py_EQ), 0, "references to unequal objects differ");
    is_int(PyObject_RichCompareBool(a, o, Py_EQ), 0, "a reference is not equal to its object");
    is_ptr(PyObject_RichCompare(a, b, Py_LT), NULL, "references have no order");
    raises(PyExc_TypeError,
           "'<' not supported between instances of 'weakref.ReferenceType' and 'weakref.ReferenceType'",
           "an order of references");
    is_int(PyObject_Hash(a) == PyObject_Hash(o), 1, "the hash of a reference is that of its object");
    Py_DECREF(o);
    is_int(PyObject_RichCompareBool(a, b, Py_EQ), 0, "dead references differ");
    PyObject *same = PyObject_RichCompare(a, a, Py_EQ), *differ = PyObject_RichCompare(a, a, Py_NE);
    is_ptr(same, Py_True, "a dead reference is equal to itself");
    is_ptr(differ, Py_False, "a dead reference does not differ from itself");
    ok(PyObject_Hash(a) != -1, "a dead reference has the hash that was asked for before");
    is_int(PyObject_Hash(b), -1, "a dead reference has no hash that was never asked for");
    raises(PyExc_TypeError, "weak object has gone away", "the hash of a dead reference");
    Py_DECREF(same);
    Py_DECREF(differ);
    Py_DECREF(a);
    Py_DECREF(b);
    Py_DECREF(c);
    Py_DECREF(p);
}

/* The text of an object with its addresses left out. */
static const char *
text_of(PyObject *o)
{
    static char text[300];
    PyObject *shown = PyObject_Repr(o);
    snprintf(text, sizeof(text), "%s", shown != NULL ? PyUnicode_AsUTF8(shown) : "NULL");
    Py_XDECREF(shown);
    for (char *at; (at = strstr(text, "0x")) != NULL;) {
        size_t length = strspn(at + 2, "0123456789abcdef") + 2;
        at[0] = '@';
        memmove(at + 1, at + length, strlen(at + length) + 1);
    }
    return text;
}

static void
test_text(void)
{
    PyObject *o = new_node(), *reference = PyWeakref_NewRef(o, NULL), *proxy = PyWeakref_NewProxy(o, NULL);
    is_str(text_of(reference), "<weakref at @; to 'weak.Node' at @>", "the text of a reference names the type");
    is_str(text_of(proxy), "<weakproxy at @; to 'weak.Node' at @>", "the text of a proxy names the type");
    Py_DECREF(o);
    is_str(text_of(reference), "<weakref at @; dead>", "the text of a dead reference says so");
    is_str(text_of(proxy), "<weakproxy at @; dead>", "the text of a dead proxy says so");
    Py_DECREF(reference);
    Py_DECREF(proxy);
    reference = PyWeakref_NewRef((PyObject *)&PyLong_Type, NULL);
    is_str(text_of(reference), "<weakref at @; to 'type' at @ (int)>", "the text names an object with a __name__");
    Py_DECREF(reference);
}

static void
test_built_in(void)
{
    PyObject *module = PyModule_New("weak"), *function = new_callback("f");
    PyObject *class = PyErr_NewException("weak.Error", NULL, NULL);
    struct {
        const char *name;
        PyObject *object;
        int mortal;
    } can[] = {{"a module", module, 1},
               {"a function", function, 1},
               {"a class made at run time", class, 0},
               {"a static type", Py_NewRef((PyObject *)&PyDict_Type), 0}};
    for (size_t i = 0; i < sizeof(can) / sizeof(*can); i++) {
        PyObject *reference = watched(can[i].object, "x"), *plain = PyWeakref_NewRef(can[i].object, NULL);
        is_int(PyWeakref_IsDead(reference), 0, "%s can have a weak reference", can[i].name);
        calls[0] = 0;
        Py_DECREF(can[i].object);
        if (can[i].mortal) {
            is_int(PyWeakref_IsDead(plain), 1, "%s clears its weak references", can[i].name);
            is_str(calls, "x", "%s calls the callback", can[i].name);
        }
        Py_DECREF(reference);
        Py_DECREF(plain);
    }
    struct {
        const char *text;
        PyObject *object;
    } cannot[] = {
        {"cannot create weak reference to 'int' object", PyLong_FromLong(5)},
        {"cannot create weak reference to 'str' object", PyUnicode_FromString("x")},
        {"cannot create weak reference to 'NoneType' object", Py_NewRef(Py_None)},
        {"cannot create weak reference to 'tuple' object", PyTuple_New(1)},
        {"cannot create weak reference to 'list' object", PyList_New(0)},
        {"cannot create weak reference to 'dict' object", PyDict_New()},
        {"cannot create weak reference to 'PyCapsule' object", PyCapsule_New(&ended, NULL, NULL)},
    };
    for (size_t i = 0; i < sizeof(cannot) / sizeof(*cannot); i++) {
        is_ptr(PyWeakref_NewRef(cannot[i].object, NULL), NULL, "NewRef fails: %s", cannot[i].text);
        raises(PyExc_TypeError, cannot[i].text, "NewRef: %s", cannot[i].text);
        is_ptr(PyWeakref_NewProxy(cannot[i].object, NULL), NULL, "NewProxy fails: %s", cannot[i].text);
        raises(PyExc_TypeError, cannot[i].text, "NewProxy: %s", cannot[i].text);
        Py_DECREF(cannot[i].object);
    }
}

static void
test_proxy(void)
{
    PyObject *o = new_node(), *proxy = PyWeakref_NewProxy(o, NULL), *c = new_of(&callable_type);
    PyObject *callable = PyWeakref_NewProxy(c, NULL), *text;
    ok(Py_IS_TYPE(proxy, &_PyWeakref_ProxyType), "a proxy of an object that can't be called is of the first type");
    ok(Py_IS_TYPE(callable, &_PyWeakref_CallableProxyType),
       "a proxy of an object that can be called is of the second type");
    is_int(PyCallable_Check(proxy), 0, "the first can't be called");
    is_int(PyCallable_Check(callable), 1, "the second can be called");
    is_int(PyObject_Size(proxy), 5, "a proxy has the length of its object");
    is_int(PyObject_IsTrue(proxy), 1, "a proxy has the truth of its object");
    text = PyObject_Str(proxy);
    is_int(strstr(PyUnicode_AsUTF8(text), "<weak.Node object at ") != NULL, 1,
           "str() of a proxy is that of its object");
    Py_DECREF(text);
    is_int(PyObject_RichCompareBool(proxy, o, Py_EQ), 1, "a proxy is equal to its object");
    is_int(PyObject_RichCompareBool(o, proxy, Py_EQ), 1, "an object is equal to its proxy");
    is_int(PyObject_Hash(proxy), -1, "a proxy has no hash");
    raises(PyExc_TypeError, "unhashable type: 'weakref.ProxyType'", "the hash of a proxy");
    is_text(PyObject_CallOneArg(callable, Py_True), "(None, (True,))", "a call of a proxy calls its object");
    is_ptr(PyObject_GetAttrString(proxy, "nosuch"), NULL, "a proxy has no other attributes than its object");
    raises(PyExc_AttributeError, "'weak.Node' object has no attribute 'nosuch'", "an attribute that the object lacks");
    is_int(PyObject_SetAttrString(proxy, "x", Py_None), -1, "a proxy sets attributes of its object");
    raises(PyExc_AttributeError, "'weak.Node' object has no attribute 'x' and no __dict__ for setting new attributes",
           "an attribute that the object does not take");
    is_ptr(PyObject_GetIter(proxy) == NULL ? NULL : proxy, NULL, "a proxy iterates over its object");
    raises(PyExc_TypeError, "'weak.Node' object is not iterable", "an object that is not iterable");
    Py_DECREF(o);
    static const char *const gone = "weakly-referenced object no longer exists";
    is_ptr(PyObject_Str(proxy), NULL, "str() of a dead proxy fails");
    raises(PyExc_ReferenceError, gone, "str() of a dead proxy");
    is_ptr(PyObject_GetAttrString(proxy, "x"), NULL, "an attribute of a dead proxy fails");
    raises(PyExc_ReferenceError, gone, "an attribute of a dead proxy");
    is_int(PyObject_SetAttrString(proxy, "x", NULL), -1, "deleting an attribute of a dead proxy fails");
    raises(PyExc_ReferenceError, gone, "deleting an attribute of a dead proxy");
    is_int(PyObject_IsTrue(proxy), -1, "the truth of a dead proxy fails");
    raises(PyExc_ReferenceError, gone, "the truth of a dead proxy");
    is_int(PyObject_Size(proxy), -1, "the length of a dead proxy fails");
    raises(PyExc_ReferenceError, gone, "the length of a dead proxy");
    is_int(PyObject_RichCompareBool(proxy, Py_None, Py_EQ), -1, "comparing a dead proxy fails");
    raises(PyExc_ReferenceError, gone, "comparing a dead proxy");
    is_ptr(PyObject_GetIter(proxy), NULL, "iterating over a dead proxy fails");
    raises(PyExc_ReferenceError, gone, "iterating over a dead proxy");
    is_ptr(PyObject_GetItem(proxy, Py_None), NULL, "an item of a dead proxy fails");
    raises(PyExc_ReferenceError, gone, "an item of a dead proxy");
    is_int(PySequence_Contains(proxy, Py_None), -1, "a search in a dead proxy fails");
    raises(PyExc_ReferenceError, gone, "a search in a dead proxy");
    Py_DECREF(c);
    is_ptr(PyObject_CallNoArgs(callable), NULL, "calling a dead proxy fails");
    raises(PyExc_ReferenceError, gone, "calling a dead proxy");
    Py_DECREF(proxy);
    Py_DECREF(callable);
}

static void
test_calls_of_the_type(void)
{
    PyObject *type = (PyObject *)&_PyWeakref_RefType, *o = new_node(), *reference = PyWeakref_NewRef(o, NULL);
    PyObject *keywords = PyDict_New(), *none = PyTuple_New(0), *one = PyTuple_Pack(1, o),
             *three = PyTuple_Pack(3, o, o, o);
    PyDict_SetItemString(keywords, "x", Py_None);
    is_ptr(PyObject_Call(type, none, NULL), NULL, "the type takes an object");
    raises(PyExc_TypeError, "__new__ expected at least 1 argument, got 0", "ref()");
    is_ptr(PyObject_Call(type, three, NULL), NULL, "the type takes an object and a callback");
    raises(PyExc_TypeError, "__new__ expected at most 2 arguments, got 3", "ref(o, o, o)");
    is_ptr(PyObject_Call(type, one, keywords), NULL, "the type takes no keywords");
    raises(PyExc_TypeError, "ref() takes no keyword arguments", "ref(o, x=None)");
    is_ptr(PyObject_Call(reference, one, NULL), NULL, "a reference takes no arguments");
    raises(PyExc_TypeError, "weakref expected 0 arguments, got 1", "reference(o)");
    is_ptr(PyObject_Call(reference, none, keywords), NULL, "a reference takes no keywords");
    raises(PyExc_TypeError, "weakref() takes no keyword arguments", "reference(x=None)");
    Py_DECREF(one);
    Py_DECREF(none);
    Py_DECREF(three);
    Py_DECREF(keywords);
    Py_DECREF(reference);
    Py_DECREF(o);
}

static void
test_bad_input(void)
{
    PyObject *found = Py_True, *o = new_node();
    is_int(PyWeakref_GetRef(Py_None, &found), -1, "PyWeakref_GetRef refuses another object");
    is_ptr(found, NULL, "PyWeakref_GetRef stores NULL for another object");
    raises(PyExc_TypeError, "expected a weakref", "PyWeakref_GetRef of another object");
    is_int(PyWeakref_GetRef(NULL, &found), -1, "PyWeakref_GetRef refuses NULL");
    raises_internal("PyWeakref_GetRef of NULL");
    is_int(PyWeakref_IsDead(Py_None), -1, "PyWeakref_IsDead refuses another object");
    raises(PyExc_TypeError, "expected a weakref, got NoneType", "PyWeakref_IsDead of another object");
    is_int(PyWeakref_IsDead(NULL), -1, "PyWeakref_IsDead refuses NULL");
    raises_internal("PyWeakref_IsDead of NULL");
    PyObject_ClearWeakRefs(o);
    raises_internal("PyObject_ClearWeakRefs of an object that is alive");
    PyObject_ClearWeakRefs(NULL);
    raises_internal("PyObject_ClearWeakRefs of NULL");
    Py_DECREF(o);
}

#if PY_VERSION_HEX >= 0x030e0000
static void
test_no_callbacks(void)
{
    PyObject *o = new_node(), *a = watched(o, "a"), *b = PyWeakref_NewRef(o, NULL);
    calls[0] = 0;
    PyUnstable_Object_ClearWeakRefsNoCallbacks(o);
    is_str(calls, "", "PyUnstable_Object_ClearWeakRefsNoCallbacks calls no callback");
    is_int(PyWeakref_IsDead(a) && PyWeakref_IsDead(b), 1, "it clears all references");
    is_ptr(((Node *)o)->references, NULL, "it empties the list");
    Py_DECREF(o);
    is_str(calls, "", "a reference that was cleared calls nothing at the end of the object");
    Py_DECREF(a);
    Py_DECREF(b);
}
#endif

int
main(void)
{
    TAP_BEGIN();
    RUN(test_ready);
    RUN(test_reference);
    RUN(test_reuse);
    RUN(test_callbacks);
    RUN(test_comparison);
    RUN(test_text);
    RUN(test_built_in);
    RUN(test_proxy);
    RUN(test_calls_of_the_type);
    RUN(test_bad_input);
#if PY_VERSION_HEX >= 0x030e0000
    RUN(test_no_callbacks);
#endif
    RUN(test_callback_error);
    return TAP_END();
}
