/* set and frozenset: the functions of the C API, the methods and operators, and the order of the elements. */
#include "outcome.h"

/* ---- the functions of the C API ---- */

static PyObject *
tuple_of(long a, long b, long c)
{
    return Py_BuildValue("(lll)", a, b, c);
}

/* A call with an object of the wrong type fails with SystemError, whose message has a line of CPython's source. */
static void
is_internal(int failed, const char *sentence)
{
    ok(failed && PyErr_ExceptionMatches(PyExc_SystemError), "%s", sentence);
    PyErr_Clear();
}

static void
test_functions(void)
{
    PyObject *items = tuple_of(3, 1, 3), *list = PyList_New(0), *one = PyLong_FromLong(1), *nine = PyLong_FromLong(9);
    PyObject *set = PySet_New(items), *frozen = PyFrozenSet_New(items), *empty = PySet_New(NULL);

    is_int(PySet_Size(set), 2, "an element counts once");
    is_str(shown(set), "{1, 3}", "the repr of a set");
    is_str(shown(frozen), "frozenset({1, 3})", "the repr of a frozenset");
    is_str(shown(empty), "set()", "the repr of an empty set");
    ok(PyAnySet_CheckExact(set) && PySet_CheckExact(set) && !PyFrozenSet_Check(set), "a set is exactly a set");
    ok(PyAnySet_Check(frozen) && PyFrozenSet_CheckExact(frozen) && !PySet_Check(frozen), "a frozenset is no set");
    is_int(PySet_Contains(set, one), 1, "Contains finds an element");
    is_int(PySet_Contains(set, nine), 0, "Contains finds no other object");
    is_str(outcome_int(PySet_Contains(set, list)),
           "TypeError: cannot use 'list' as a set element (unhashable type: 'list')", "a list is no element");
    is_internal(PySet_Contains(list, one) == -1, "Contains wants a set");
    is_int(PySet_Add(set, nine), 0, "Add adds an element");
    is_int(PySet_Add(set, nine), 0, "Add accepts an element that is there");
    is_int(PySet_Size(set), 3, "an element is added once");
    is_int(PySet_Add(frozen, nine), 0, "Add fills a frozenset with one reference");
    Py_INCREF(frozen);
    is_internal(PySet_Add(frozen, nine) == -1, "Add refuses a frozenset with two references");
    Py_DECREF(frozen);
    is_str(outcome_int(PySet_Add(set, list)), "TypeError: cannot use 'list' as a set element (unhashable type: 'list')",
           "Add refuses an object without a hash");
    is_int(PySet_Discard(set, nine), 1, "Discard removes an element");
    is_int(PySet_Discard(set, nine), 0, "Discard removes nothing else");
    is_internal(PySet_Discard(frozen, nine) == -1, "Discard refuses a frozenset");
    is_internal(PySet_Size(list) == -1, "Size refuses a list");
    is_str(outcome(PySet_New(one)), "TypeError: 'int' object is not iterable", "New refuses an int");
    is_str(outcome(PyFrozenSet_New(one)), "TypeError: 'int' object is not iterable",
           "a frozenset is made of an iterable");
    is_str(outcome(PySet_Pop(empty)), "KeyError: 'pop from an empty set'", "Pop of an empty set");
    is_internal(PySet_Pop(frozen) == NULL, "Pop refuses a frozenset");
    is_str(outcome(PySet_Pop(set)), "1", "Pop removes an element");
    is_int(PySet_Clear(set), 0, "Clear empties a set");
    is_int(PySet_Size(set), 0, "a cleared set is empty");
    is_internal(PySet_Clear(frozen) == -1, "Clear refuses a frozenset");
    is_str(outcome_int(PyObject_Hash(set)), "TypeError: unhashable type: 'set'", "a set has no hash");
    Py_DECREF(items);
    Py_DECREF(list);
    Py_DECREF(one);
    Py_DECREF(nine);
    Py_DECREF(set);
    Py_DECREF(frozen);
    Py_DECREF(empty);
}

/* ---- the methods ---- */

/* Objects to call methods on, and to pass to them. */
enum { EMPTY, SMALL, LARGE, FROZEN, LIST, DICT, NUMBER, UNHASHABLE, SETS, KINDS };

static PyObject *
object_of(int kind)
{
    PyObject *set, *item, *dict;
    long i;

    switch (kind) {
    case EMPTY: return PySet_New(NULL);
    case SMALL: item = tuple_of(1, 2, 300); break;
    case LARGE:
        set = PySet_New(NULL);
        for (i = 0; i < 40; i++) {
            item = PyLong_FromLong(i * 3);
            PySet_Add(set, item);
            Py_DECREF(item);
        }
        return set;
    case FROZEN:
        item = tuple_of(2, 3, 300);
        set = PyFrozenSet_New(item);
        Py_DECREF(item);
        return set;
    case LIST: return Py_BuildValue("[llll]", 2L, 300L, 7L, 2L);
    case DICT:
        dict = PyDict_New();
        item = PyLong_FromLong(2);
        PyDict_SetItem(dict, item, Py_None);
        Py_DECREF(item);
        return dict;
    case NUMBER: return PyLong_FromLong(2);
    case UNHASHABLE: return Py_BuildValue("[[]]");
    default: item = Py_BuildValue("(N)", object_of(FROZEN)); break;
    }
    set = PySet_New(item);
    Py_DECREF(item);
    return set;
}

static unsigned long long digest;

/* Adds a text to the digest. */
static void
add_to_digest(const char *text)
{
    for (; *text != 0; text++) {
        digest = (digest ^ (unsigned char)*text) * 1099511628211u;
    }
}

static void
test_methods(void)
{
    static const struct {
        const char *name;
        unsigned long long digest;
    } methods[] = {
        {"add", 8362164613738417968},
        {"__contains__", 5032523980348575616},
        {"discard", 2325568316493933981},
        {"remove", 5277839353789774032},
        {"difference", 2175921061363845841},
        {"difference_update", 5057803860730702652},
        {"intersection", 8847082792757316932},
        {"intersection_update", 2674799766976311990},
        {"isdisjoint", 9093190944495916911},
        {"issubset", 7002480449592495300},
        {"issuperset", 2008277186703329544},
        {"symmetric_difference", 4070351217590689885},
        {"symmetric_difference_update", 9320747103312920},
        {"union", 3647843333608278498},
        {"update", 8463034327624898407},
        {"__sub__", 219779258685561374},
        {"__and__", 4067864623282390860},
        {"__or__", 2298606042160097226},
        {"__xor__", 8830702222742208376},
        {"__rsub__", 5483106127648867911},
        {"__isub__", 1903878084968102450},
        {"__iand__", 7923426214304669052},
        {"__ior__", 6173567467533101340},
        {"__ixor__", 1818299271377130569},
        {"__eq__", 4179881487304475696},
        {"__ne__", 4489988037033940861},
        {"__lt__", 622707560301589467},
        {"__le__", 4425646516025810638},
        {"__gt__", 1458952412402606206},
        {"__ge__", 7781195056047048465},
        {"copy", 6703257945877772283},
        {"pop", 4809488639839626298},
        {"clear", 5218570819781608466},
        {"__init__", 5824070306351934108},
        {"__reduce__", 3097527895190526520},
        {"__sizeof__", 5278921940672726234},
        {"__len__", 6966372185140437957},
        {"__repr__", 6440029709065020454},
        {"__hash__", 1639654879997943115},
    };
    size_t m;
    int a, b;

    for (m = 0; m < sizeof methods / sizeof methods[0]; m++) {
        digest = 14695981039346656037u;
        for (a = 0; a < KINDS; a++) {
            for (b = -1; b < KINDS; b++) {
                PyObject *argument = b < 0 ? NULL : object_of(b), *receiver = object_of(a), *result = NULL;
                PyObject *method = PyAnySet_Check(receiver) ? PyObject_GetAttrString(receiver, methods[m].name) : NULL;

                PyErr_Clear();
                if (method != NULL) {
                    result = b < 0 ? PyObject_CallNoArgs(method) : PyObject_CallOneArg(method, argument);
                    add_to_digest(outcome(result));
                    add_to_digest(shown(receiver));
                }
                Py_XDECREF(method);
                Py_XDECREF(argument);
                Py_DECREF(receiver);
            }
        }
        is_int((long long)(digest >> 1), (long long)methods[m].digest, "%s, called without and with each of %d objects",
               methods[m].name, KINDS);
    }
}

/* ---- the order of the elements ---- */

static unsigned long long state = 1;

static unsigned
random_below(unsigned bound)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % bound;
}

/* Ints whose hashes meet in one table, and tuples of them. */
static PyObject *
random_element(void)
{
    long value = (long)random_below(60);

    value <<= random_below(4) * 6;
    return random_below(5) == 0 ? Py_BuildValue("(l)", value) : PyLong_FromLong(value);
}

static void
test_order(void)
{
    static const char *const operations[] = {"union", "difference", "intersection", "symmetric_difference"};
    static const char *const changes[] = {"update", "difference_update", "intersection_update",
                                          "symmetric_difference_update"};
    PyObject *sets[3] = {PySet_New(NULL), PySet_New(NULL), PySet_New(NULL)};
    int step;

    digest = 14695981039346656037u;
    for (step = 0; step < 20000; step++) {
        unsigned a = random_below(3), b = random_below(3), what = random_below(40);
        PyObject *element = random_element(), *made = NULL;

        if (what < 26) {
            PySet_Add(sets[a], element);
        } else if (what < 33) {
            PySet_Discard(sets[a], element);
        } else if (what < 36) {
            made = PySet_Pop(sets[a]);
            PyErr_Clear();
            Py_XDECREF(made);
        } else if (what < 38) {
            made = PyObject_CallMethod(sets[a], operations[random_below(4)], "O", sets[b]);
            add_to_digest(shown(made));
            Py_XDECREF(made);
        } else {
            made = PyObject_CallMethod(sets[a], changes[random_below(4)], "O", sets[b]);
            Py_XDECREF(made);
        }
        add_to_digest(shown(sets[a]));
        Py_DECREF(element);
    }
    is_int((long long)(digest >> 1), 232525076221326140,
           "20,000 random changes of three sets show the elements in this order");
    for (step = 0; step < 3; step++) {
        Py_DECREF(sets[step]);
    }
}

static void
test_hash(void)
{
    PyObject *frozen = object_of(FROZEN), *other;

    is_int(PyObject_Hash(frozen), -5826338267856781315, "the hash of a frozenset");
    other = PyFrozenSet_New(frozen);
    ok(other != frozen, "PyFrozenSet_New makes a new object of a frozenset");
    is_int(PyObject_RichCompareBool(other, frozen, Py_EQ), 1, "a frozenset made of another one is equal to it");
    Py_DECREF(other);
    other = PyObject_CallOneArg((PyObject *)&PyFrozenSet_Type, frozen);
    is_ptr(other, frozen, "the type called with a frozenset returns that one");
    Py_DECREF(other);
    Py_DECREF(frozen);
    frozen = PyFrozenSet_New(NULL);
    is_int(PyObject_Hash(frozen), 133146708735736, "the hash of an empty frozenset");
    Py_DECREF(frozen);
}

static void
test_iteration(void)
{
    PyObject *set = object_of(SMALL), *iterator = PyObject_GetIter(set), *item, *more = PyLong_FromLong(77);

    item = PyIter_Next(iterator);
    is_str(shown(item), "1", "an iterator gives the first element");
    Py_XDECREF(item);
    PySet_Add(set, more);
    is_str(outcome(PyIter_Next(iterator)), "RuntimeError: Set changed size during iteration", "a set changed its size");
    PySet_Discard(set, more);
    is_str(outcome(PyIter_Next(iterator)), "RuntimeError: Set changed size during iteration",
           "an iterator stays spoilt when the set has its old size");
    Py_DECREF(more);
    Py_DECREF(iterator);
    Py_DECREF(set);
}

/* ---- instances of subclasses ---- */

/* The name of the class of what a method makes. */
static const char *
class_made_by(PyObject *set, const char *method, PyObject *argument)
{
    PyObject *made = PyObject_CallMethod(set, method, argument != NULL ? "O" : NULL, argument);
    const char *name = made != NULL ? Py_TYPE(made)->tp_name : "NULL";

    Py_XDECREF(made);
    return name;
}

static void
test_subclasses(void)
{
    static const char *const with_other[] = {"__or__", "__and__",      "__sub__",    "__xor__",
                                             "union",  "intersection", "difference", "symmetric_difference"};
    static const char *const alone[] = {"copy", "union", "intersection", "difference"};
    PyTypeObject *const bases[] = {&PySet_Type, &PyFrozenSet_Type};
    size_t i, base;

    for (base = 0; base < 2; base++) {
        const char *name = bases[base]->tp_name;
        PyObject *derived = PyObject_CallFunction((PyObject *)&PyType_Type, "s(O){}", "Derived", bases[base]);
        PyObject *set = PyObject_CallFunction(derived, "((ll))", 1L, 2L),
                 *other = PyObject_CallFunction(derived, "((l))", 2L);

        is_str(Py_TYPE(set)->tp_name, "Derived", "a class derived from %s makes instances of itself", name);
        for (i = 0; i < sizeof with_other / sizeof with_other[0]; i++) {
            is_str(class_made_by(set, with_other[i], other), name,
                   "%s of an instance of a class derived from %s makes a %s", with_other[i], name, name);
        }
        for (i = 0; i < sizeof alone / sizeof alone[0]; i++) {
            is_str(class_made_by(set, alone[i], NULL), name,
                   "%s, without arguments, of an instance of a class derived from %s makes a %s", alone[i], name, name);
        }
        Py_DECREF(set);
        Py_DECREF(other);
        Py_DECREF(derived);
    }
}

/* An intersection asks for no more items once it has found all elements. */
static void
test_intersection_ends(void)
{
    PyObject *items = Py_BuildValue("[llll]", 1L, 2L, 3L, 4L), *iterator = PyObject_GetIter(items);
    PyObject *two = Py_BuildValue("(ll)", 2L, 1L), *set = PySet_New(two);

    is_str(outcome(PyObject_CallMethod(set, "intersection", "O", iterator)), "{1, 2}",
           "the intersection with an iterator");
    is_str(outcome(PySequence_List(iterator)), "[3, 4]", "the iterator keeps the items after the last element");
    Py_DECREF(items);
    Py_DECREF(iterator);
    Py_DECREF(two);
    Py_DECREF(set);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_functions);
    RUN(test_methods);
    RUN(test_order);
    RUN(test_hash);
    RUN(test_iteration);
    RUN(test_subclasses);
    RUN(test_intersection_ends);
    return TAP_END();
}
