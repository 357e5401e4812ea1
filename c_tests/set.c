/* set and frozenset: functions, methods, operators, and the order of keys, which is CPython's.
 *
 * The order of str keys depends on their hashes, so the program asks for the hashes without salt.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#define EXPRESSIONS_HAVE_SETS
#include "expressions.h"

#include <stdint.h>

/* CPython exports these two, and declares them in headers of its own. */
#ifdef __cplusplus
extern "C" {
#endif
int _PySet_NextEntry(PyObject *, Py_ssize_t *, PyObject **, Py_hash_t *);
int _PySet_Update(PyObject *, PyObject *);
#ifdef __cplusplus
}
#endif

static PyObject *
call_set(PyObject **a)
{
    return PySet_New(a[0]);
}

static PyObject *
call_frozenset(PyObject **a)
{
    return PyFrozenSet_New(a[0]);
}

/* A class called with a tuple of arguments. */
static PyObject *
call_set_type(PyObject **a)
{
    return PyObject_Call((PyObject *)&PySet_Type, a[0], a[1]);
}

static PyObject *
call_frozenset_type(PyObject **a)
{
    return PyObject_Call((PyObject *)&PyFrozenSet_Type, a[0], a[1]);
}

static PyObject *
call_list(PyObject **a)
{
    return PySequence_List(a[0]);
}

static PyObject *
call_size(PyObject **a)
{
    return number(PySet_Size(a[0]));
}

static PyObject *
call_contains(PyObject **a)
{
    return number(PySet_Contains(a[0], a[1]));
}

static PyObject *
call_in(PyObject **a)
{
    return number(PySequence_Contains(a[0], a[1]));
}

/* The set after a change, and the number that the function returned. */
static PyObject *
changed(PyObject *set, int result)
{
    PyObject *pair;
    if (PyErr_Occurred()) {
        return NULL;
    }
    pair = PyTuple_New(2);
    Py_INCREF(set);
    PyTuple_SetItem(pair, 0, set);
    PyTuple_SetItem(pair, 1, PyLong_FromLong(result));
    return pair;
}

static PyObject *
call_add(PyObject **a)
{
    return changed(a[0], PySet_Add(a[0], a[1]));
}

static PyObject *
call_discard(PyObject **a)
{
    return changed(a[0], PySet_Discard(a[0], a[1]));
}

static PyObject *
call_clear(PyObject **a)
{
    return changed(a[0], PySet_Clear(a[0]));
}

static PyObject *
call_update(PyObject **a)
{
    return changed(a[0], _PySet_Update(a[0], a[1]));
}

static PyObject *
call_pop(PyObject **a)
{
    PyObject *key = PySet_Pop(a[0]), *pair;
    if (key == NULL) {
        return NULL;
    }
    pair = PyTuple_New(2);
    PyTuple_SetItem(pair, 0, key);
    Py_INCREF(a[0]);
    PyTuple_SetItem(pair, 1, a[0]);
    return pair;
}

static PyObject *
call_hash(PyObject **a)
{
    return number(PyObject_Hash(a[0]));
}

/* The set after a method has changed it. */
static PyObject *
call_after(PyObject **a)
{
    PyObject *method = PyObject_GetAttr(a[0], a[1]);
    PyObject *result = method != NULL ? PyObject_CallObject(method, a[2]) : NULL;
    Py_XDECREF(method);
    if (result == NULL) {
        return NULL;
    }
    if (result != Py_None) {
        return result;
    }
    Py_DECREF(result);
    Py_INCREF(a[0]);
    return a[0];
}

static PyObject *
call_entries(PyObject **a)
{
    PyObject *list = PyList_New(0), *key;
    Py_ssize_t position = 0;
    Py_hash_t hash;
    int more;
    while ((more = _PySet_NextEntry(a[0], &position, &key, &hash)) > 0) {
        PyObject *pair = PyTuple_New(2);
        Py_INCREF(key);
        PyTuple_SetItem(pair, 0, key);
        PyTuple_SetItem(pair, 1, PyLong_FromSsize_t(hash));
        PyList_Append(list, pair);
        Py_DECREF(pair);
    }
    if (more < 0) {
        Py_DECREF(list);
        return NULL;
    }
    return list;
}

static const Function FUNCTIONS[] = {
    {"set", call_set},   {"frozenset", call_frozenset}, {"Set", call_set_type},      {"FrozenSet", call_frozenset_type},
    {"list", call_list}, {"Size", call_size},           {"Contains", call_contains}, {"In", call_in},
    {"Add", call_add},   {"Discard", call_discard},     {"Clear", call_clear},       {"Update", call_update},
    {"Pop", call_pop},   {"hash", call_hash},           {"After", call_after},       {"Entries", call_entries},
    {NULL, NULL},
};

static const Row MAKING[] = {
    {"set(NULL)", "set()"},
    {"set([])", "set()"},
    {"set([3, 1, 2])", "{1, 2, 3}"},
    {"set('hello')", "{'e', 'h', 'l', 'o'}"},
    {"set((1, 1.0, True))", "{1}"},
    {"frozenset(NULL)", "frozenset()"},
    {"frozenset([3, 1, 2])", "frozenset({1, 2, 3})"},
    {"frozenset('abc')", "frozenset({'c', 'a', 'b'})"},
    {"set({1: 2, 3: 4})", "{1, 3}"},
    {"frozenset({5: 6})", "frozenset({5})"},
    {"set(5)", "TypeError: 'int' object is not iterable"},
    {"set([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"set([{}])", "TypeError: cannot use 'dict' as a set element (unhashable type: 'dict')"},
    {"frozenset([[1]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"set([{1}])", "TypeError: cannot use 'set' as a set element (unhashable type: 'set')"},
    {"set([100, 8, 16, 24, 32, 40])", "{32, 100, 8, 40, 16, 24}"},
    {"set(['b', 'a', 'c', 'z', 'y'])", "{'y', 'z', 'b', 'c', 'a'}"},
    {"set([None, True, 'x', 1.5, (1, 2)])", "{None, True, 1.5, (1, 2), 'x'}"},
    {"Set((), NULL)", "set()"},
    {"Set(([1],), NULL)", "{1}"},
    {"Set(([1], 2), NULL)", "TypeError: set expected at most 1 argument, got 2"},
    {"Set((), {'a': 1})", "TypeError: set() takes no keyword arguments"},
    {"FrozenSet((), NULL)", "frozenset()"},
    {"FrozenSet(([2, 1],), NULL)", "frozenset({1, 2})"},
    {"FrozenSet((1, 2), NULL)", "TypeError: frozenset expected at most 1 argument, got 2"},
    {"FrozenSet((), {'a': 1})", "TypeError: frozenset() takes no keyword arguments"},
    {"FrozenSet((5,), NULL)", "TypeError: 'int' object is not iterable"},
    {"{frozenset([1]), frozenset([2])}", "{frozenset({2}), frozenset({1})}"},
    {"[{1, 2}, frozenset([1])]", "[{1, 2}, frozenset({1})]"},
    {"{-1, -2}", "{-1, -2}"},
    {"{0, 0.0, False}", "{0}"},
    {"{'a'}", "{'a'}"},
    {"{(1, 2), (2, 1)}", "{(1, 2), (2, 1)}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}", "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}"},
    {"{1000, 2000, 3000, 4000, 5000, 6000}", "{4000, 1000, 5000, 2000, 6000, 3000}"},
};

static const Row CALLS[] = {
    {"Size({1, 2})", "2"},
    {"Contains({1, 2}, 1)", "1"},
    {"Contains({1, 2}, 9)", "0"},
    {"Contains({1, 2}, [])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"Add({1, 2}, 9)", "({1, 2, 9}, 0)"},
    {"Add({1, 2}, [])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"Discard({1, 2}, 1)", "({2}, 1)"},
    {"Discard({1, 2}, 9)", "({1, 2}, 0)"},
    {"Discard({1, 2}, [])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"Clear({1, 2})", "(set(), 0)"},
    {"Update({1, 2}, [9, 8])", "({8, 1, 2, 9}, 0)"},
    {"Update({1, 2}, 7)", "TypeError: 'int' object is not iterable"},
    {"Pop({1, 2})", "(1, {2})"},
    {"Entries({1, 2})", "[(1, 1), (2, 2)]"},
    {"Size(frozenset([1, 2]))", "2"},
    {"Contains(frozenset([1, 2]), 1)", "1"},
    {"Contains(frozenset([1, 2]), 9)", "0"},
    {"Contains(frozenset([1, 2]), [])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"Size(set(NULL))", "0"},
    {"Contains(set(NULL), 1)", "0"},
    {"Contains(set(NULL), 9)", "0"},
    {"Contains(set(NULL), [])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"Add(set(NULL), 9)", "({9}, 0)"},
    {"Add(set(NULL), [])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"Discard(set(NULL), 1)", "(set(), 0)"},
    {"Discard(set(NULL), 9)", "(set(), 0)"},
    {"Discard(set(NULL), [])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"Clear(set(NULL))", "(set(), 0)"},
    {"Update(set(NULL), [9, 8])", "({8, 9}, 0)"},
    {"Update(set(NULL), 7)", "TypeError: 'int' object is not iterable"},
    {"Pop(set(NULL))", "KeyError: 'pop from an empty set'"},
    {"Entries(set(NULL))", "[]"},
    {"In({1, 2}, 1)", "1"},
    {"In({1, 2}, 5)", "0"},
    {"In({1, 2}, [])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"In({frozenset([1])}, {1})", "1"},
    {"In({1}, {1})", "0"},
    {"hash(frozenset([1, 2, 3]))", "-272375401224217160"},
    {"hash(frozenset([]))", "133146708735736"},
    {"hash(frozenset(['a', 'b']))", "1679668661828516449"},
    {"hash(frozenset([frozenset([1]), 5]))", "7223883588196168929"},
    {"hash({1})", "TypeError: unhashable type: 'set'"},
    {"Entries(frozenset([3, 1]))", "[(1, 1), (3, 3)]"},
    {"Contains({frozenset([1])}, {1})", "TypeError: cannot use 'set' as a set element (unhashable type: 'set')"},
};

static const Row METHODS[] = {
    {"set(NULL).union(set(NULL))", "set()"},
    {"set(NULL).intersection(set(NULL))", "set()"},
    {"set(NULL).difference(set(NULL))", "set()"},
    {"set(NULL).symmetric_difference(set(NULL))", "set()"},
    {"set(NULL).isdisjoint(set(NULL))", "True"},
    {"set(NULL).issubset(set(NULL))", "True"},
    {"set(NULL).issuperset(set(NULL))", "True"},
    {"After(set(NULL), 'update', (set(NULL),))", "set()"},
    {"After(set(NULL), 'intersection_update', (set(NULL),))", "set()"},
    {"After(set(NULL), 'difference_update', (set(NULL),))", "set()"},
    {"After(set(NULL), 'symmetric_difference_update', (set(NULL),))", "set()"},
    {"set(NULL).union({2, 3})", "{2, 3}"},
    {"set(NULL).intersection({2, 3})", "set()"},
    {"set(NULL).difference({2, 3})", "set()"},
    {"set(NULL).symmetric_difference({2, 3})", "{2, 3}"},
    {"set(NULL).isdisjoint({2, 3})", "True"},
    {"set(NULL).issubset({2, 3})", "True"},
    {"set(NULL).issuperset({2, 3})", "False"},
    {"After(set(NULL), 'update', ({2, 3},))", "{2, 3}"},
    {"After(set(NULL), 'intersection_update', ({2, 3},))", "set()"},
    {"After(set(NULL), 'difference_update', ({2, 3},))", "set()"},
    {"After(set(NULL), 'symmetric_difference_update', ({2, 3},))", "{2, 3}"},
    {"set(NULL).union({1, 2, 3})", "{1, 2, 3}"},
    {"set(NULL).intersection({1, 2, 3})", "set()"},
    {"set(NULL).difference({1, 2, 3})", "set()"},
    {"set(NULL).symmetric_difference({1, 2, 3})", "{1, 2, 3}"},
    {"set(NULL).isdisjoint({1, 2, 3})", "True"},
    {"set(NULL).issubset({1, 2, 3})", "True"},
    {"set(NULL).issuperset({1, 2, 3})", "False"},
    {"After(set(NULL), 'update', ({1, 2, 3},))", "{1, 2, 3}"},
    {"After(set(NULL), 'intersection_update', ({1, 2, 3},))", "set()"},
    {"After(set(NULL), 'difference_update', ({1, 2, 3},))", "set()"},
    {"After(set(NULL), 'symmetric_difference_update', ({1, 2, 3},))", "{1, 2, 3}"},
    {"set(NULL).union([3, 3, 4])", "{3, 4}"},
    {"set(NULL).intersection([3, 3, 4])", "set()"},
    {"set(NULL).difference([3, 3, 4])", "set()"},
    {"set(NULL).symmetric_difference([3, 3, 4])", "{3, 4}"},
    {"set(NULL).isdisjoint([3, 3, 4])", "True"},
    {"set(NULL).issubset([3, 3, 4])", "True"},
    {"set(NULL).issuperset([3, 3, 4])", "False"},
    {"After(set(NULL), 'update', ([3, 3, 4],))", "{3, 4}"},
    {"After(set(NULL), 'intersection_update', ([3, 3, 4],))", "set()"},
    {"After(set(NULL), 'difference_update', ([3, 3, 4],))", "set()"},
    {"After(set(NULL), 'symmetric_difference_update', ([3, 3, 4],))", "{3, 4}"},
    {"set(NULL).union('ab')", "{'a', 'b'}"},
    {"set(NULL).intersection('ab')", "set()"},
    {"set(NULL).difference('ab')", "set()"},
    {"set(NULL).symmetric_difference('ab')", "{'a', 'b'}"},
    {"set(NULL).isdisjoint('ab')", "True"},
    {"set(NULL).issubset('ab')", "True"},
    {"set(NULL).issuperset('ab')", "False"},
    {"After(set(NULL), 'update', ('ab',))", "{'a', 'b'}"},
    {"After(set(NULL), 'intersection_update', ('ab',))", "set()"},
    {"After(set(NULL), 'difference_update', ('ab',))", "set()"},
    {"After(set(NULL), 'symmetric_difference_update', ('ab',))", "{'a', 'b'}"},
    {"set(NULL).union({2: 0, 9: 0})", "{9, 2}"},
    {"set(NULL).intersection({2: 0, 9: 0})", "set()"},
    {"set(NULL).difference({2: 0, 9: 0})", "set()"},
    {"set(NULL).symmetric_difference({2: 0, 9: 0})", "{9, 2}"},
    {"set(NULL).isdisjoint({2: 0, 9: 0})", "True"},
    {"set(NULL).issubset({2: 0, 9: 0})", "True"},
    {"set(NULL).issuperset({2: 0, 9: 0})", "False"},
    {"After(set(NULL), 'update', ({2: 0, 9: 0},))", "{9, 2}"},
    {"After(set(NULL), 'intersection_update', ({2: 0, 9: 0},))", "set()"},
    {"After(set(NULL), 'difference_update', ({2: 0, 9: 0},))", "set()"},
    {"After(set(NULL), 'symmetric_difference_update', ({2: 0, 9: 0},))", "{9, 2}"},
    {"set(NULL).union(frozenset([1]))", "{1}"},
    {"set(NULL).intersection(frozenset([1]))", "set()"},
    {"set(NULL).difference(frozenset([1]))", "set()"},
    {"set(NULL).symmetric_difference(frozenset([1]))", "{1}"},
    {"set(NULL).isdisjoint(frozenset([1]))", "True"},
    {"set(NULL).issubset(frozenset([1]))", "True"},
    {"set(NULL).issuperset(frozenset([1]))", "False"},
    {"After(set(NULL), 'update', (frozenset([1]),))", "{1}"},
    {"After(set(NULL), 'intersection_update', (frozenset([1]),))", "set()"},
    {"After(set(NULL), 'difference_update', (frozenset([1]),))", "set()"},
    {"After(set(NULL), 'symmetric_difference_update', (frozenset([1]),))", "{1}"},
    {"set(NULL).union(5)", "TypeError: 'int' object is not iterable"},
    {"set(NULL).intersection(5)", "TypeError: 'int' object is not iterable"},
    {"set(NULL).difference(5)", "TypeError: 'int' object is not iterable"},
    {"set(NULL).symmetric_difference(5)", "TypeError: 'int' object is not iterable"},
    {"set(NULL).isdisjoint(5)", "TypeError: 'int' object is not iterable"},
    {"set(NULL).issubset(5)", "TypeError: 'int' object is not iterable"},
    {"set(NULL).issuperset(5)", "TypeError: 'int' object is not iterable"},
    {"After(set(NULL), 'update', (5,))", "TypeError: 'int' object is not iterable"},
    {"After(set(NULL), 'intersection_update', (5,))", "TypeError: 'int' object is not iterable"},
    {"After(set(NULL), 'difference_update', (5,))", "TypeError: 'int' object is not iterable"},
    {"After(set(NULL), 'symmetric_difference_update', (5,))", "TypeError: 'int' object is not iterable"},
    {"set(NULL).union([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"set(NULL).intersection([[]])", "TypeError: unhashable type: 'list'"},
    {"set(NULL).difference([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"set(NULL).symmetric_difference([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"set(NULL).isdisjoint([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"set(NULL).issubset([[]])", "TypeError: unhashable type: 'list'"},
    {"set(NULL).issuperset([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"After(set(NULL), 'update', ([[]],))", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"After(set(NULL), 'intersection_update', ([[]],))", "TypeError: unhashable type: 'list'"},
    {"After(set(NULL), 'difference_update', ([[]],))",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"After(set(NULL), 'symmetric_difference_update', ([[]],))",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"set(NULL).union({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, "
     "27, 28, 29, 30})",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"set(NULL).intersection({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, "
     "25, 26, 27, 28, 29, 30})",
     "set()"},
    {"set(NULL).difference({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, "
     "26, 27, 28, 29, 30})",
     "set()"},
    {"set(NULL).symmetric_difference({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, "
     "23, 24, 25, 26, 27, 28, 29, 30})",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"set(NULL).isdisjoint({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, "
     "26, 27, 28, 29, 30})",
     "True"},
    {"set(NULL).issubset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, "
     "26, 27, 28, 29, 30})",
     "True"},
    {"set(NULL).issuperset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, "
     "26, 27, 28, 29, 30})",
     "False"},
    {"After(set(NULL), 'update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, "
     "24, 25, 26, 27, 28, 29, 30},))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"After(set(NULL), 'intersection_update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, "
     "21, 22, 23, 24, 25, 26, 27, 28, 29, 30},))",
     "set()"},
    {"After(set(NULL), 'difference_update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, "
     "21, 22, 23, 24, 25, 26, 27, 28, 29, 30},))",
     "set()"},
    {"After(set(NULL), 'symmetric_difference_update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, "
     "19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30},))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"{1, 2, 3}.union(set(NULL))", "{1, 2, 3}"},
    {"{1, 2, 3}.intersection(set(NULL))", "set()"},
    {"{1, 2, 3}.difference(set(NULL))", "{1, 2, 3}"},
    {"{1, 2, 3}.symmetric_difference(set(NULL))", "{1, 2, 3}"},
    {"{1, 2, 3}.isdisjoint(set(NULL))", "True"},
    {"{1, 2, 3}.issubset(set(NULL))", "False"},
    {"{1, 2, 3}.issuperset(set(NULL))", "True"},
    {"After({1, 2, 3}, 'update', (set(NULL),))", "{1, 2, 3}"},
    {"After({1, 2, 3}, 'intersection_update', (set(NULL),))", "set()"},
    {"After({1, 2, 3}, 'difference_update', (set(NULL),))", "{1, 2, 3}"},
    {"After({1, 2, 3}, 'symmetric_difference_update', (set(NULL),))", "{1, 2, 3}"},
    {"{1, 2, 3}.union({2, 3})", "{1, 2, 3}"},
    {"{1, 2, 3}.intersection({2, 3})", "{2, 3}"},
    {"{1, 2, 3}.difference({2, 3})", "{1}"},
    {"{1, 2, 3}.symmetric_difference({2, 3})", "{1}"},
    {"{1, 2, 3}.isdisjoint({2, 3})", "False"},
    {"{1, 2, 3}.issubset({2, 3})", "False"},
    {"{1, 2, 3}.issuperset({2, 3})", "True"},
    {"After({1, 2, 3}, 'update', ({2, 3},))", "{1, 2, 3}"},
    {"After({1, 2, 3}, 'intersection_update', ({2, 3},))", "{2, 3}"},
    {"After({1, 2, 3}, 'difference_update', ({2, 3},))", "{1}"},
    {"After({1, 2, 3}, 'symmetric_difference_update', ({2, 3},))", "{1}"},
    {"{1, 2, 3}.union({1, 2, 3})", "{1, 2, 3}"},
    {"{1, 2, 3}.intersection({1, 2, 3})", "{1, 2, 3}"},
    {"{1, 2, 3}.difference({1, 2, 3})", "set()"},
    {"{1, 2, 3}.symmetric_difference({1, 2, 3})", "set()"},
    {"{1, 2, 3}.isdisjoint({1, 2, 3})", "False"},
    {"{1, 2, 3}.issubset({1, 2, 3})", "True"},
    {"{1, 2, 3}.issuperset({1, 2, 3})", "True"},
    {"After({1, 2, 3}, 'update', ({1, 2, 3},))", "{1, 2, 3}"},
    {"After({1, 2, 3}, 'intersection_update', ({1, 2, 3},))", "{1, 2, 3}"},
    {"After({1, 2, 3}, 'difference_update', ({1, 2, 3},))", "set()"},
    {"After({1, 2, 3}, 'symmetric_difference_update', ({1, 2, 3},))", "set()"},
    {"{1, 2, 3}.union([3, 3, 4])", "{1, 2, 3, 4}"},
    {"{1, 2, 3}.intersection([3, 3, 4])", "{3}"},
    {"{1, 2, 3}.difference([3, 3, 4])", "{1, 2}"},
    {"{1, 2, 3}.symmetric_difference([3, 3, 4])", "{1, 2, 4}"},
    {"{1, 2, 3}.isdisjoint([3, 3, 4])", "False"},
    {"{1, 2, 3}.issubset([3, 3, 4])", "False"},
    {"{1, 2, 3}.issuperset([3, 3, 4])", "False"},
    {"After({1, 2, 3}, 'update', ([3, 3, 4],))", "{1, 2, 3, 4}"},
    {"After({1, 2, 3}, 'intersection_update', ([3, 3, 4],))", "{3}"},
    {"After({1, 2, 3}, 'difference_update', ([3, 3, 4],))", "{1, 2}"},
    {"After({1, 2, 3}, 'symmetric_difference_update', ([3, 3, 4],))", "{1, 2, 4}"},
    {"{1, 2, 3}.union('ab')", "{1, 2, 3, 'b', 'a'}"},
    {"{1, 2, 3}.intersection('ab')", "set()"},
    {"{1, 2, 3}.difference('ab')", "{1, 2, 3}"},
    {"{1, 2, 3}.symmetric_difference('ab')", "{1, 2, 3, 'b', 'a'}"},
    {"{1, 2, 3}.isdisjoint('ab')", "True"},
    {"{1, 2, 3}.issubset('ab')", "False"},
    {"{1, 2, 3}.issuperset('ab')", "False"},
    {"After({1, 2, 3}, 'update', ('ab',))", "{1, 2, 3, 'b', 'a'}"},
    {"After({1, 2, 3}, 'intersection_update', ('ab',))", "set()"},
    {"After({1, 2, 3}, 'difference_update', ('ab',))", "{1, 2, 3}"},
    {"After({1, 2, 3}, 'symmetric_difference_update', ('ab',))", "{1, 2, 3, 'b', 'a'}"},
    {"{1, 2, 3}.union({2: 0, 9: 0})", "{1, 2, 3, 9}"},
    {"{1, 2, 3}.intersection({2: 0, 9: 0})", "{2}"},
    {"{1, 2, 3}.difference({2: 0, 9: 0})", "{1, 3}"},
    {"{1, 2, 3}.symmetric_difference({2: 0, 9: 0})", "{9, 3, 1}"},
    {"{1, 2, 3}.isdisjoint({2: 0, 9: 0})", "False"},
    {"{1, 2, 3}.issubset({2: 0, 9: 0})", "False"},
    {"{1, 2, 3}.issuperset({2: 0, 9: 0})", "False"},
    {"After({1, 2, 3}, 'update', ({2: 0, 9: 0},))", "{1, 2, 3, 9}"},
    {"After({1, 2, 3}, 'intersection_update', ({2: 0, 9: 0},))", "{2}"},
    {"After({1, 2, 3}, 'difference_update', ({2: 0, 9: 0},))", "{1, 3}"},
    {"After({1, 2, 3}, 'symmetric_difference_update', ({2: 0, 9: 0},))", "{1, 3, 9}"},
    {"{1, 2, 3}.union(frozenset([1]))", "{1, 2, 3}"},
    {"{1, 2, 3}.intersection(frozenset([1]))", "{1}"},
    {"{1, 2, 3}.difference(frozenset([1]))", "{2, 3}"},
    {"{1, 2, 3}.symmetric_difference(frozenset([1]))", "{2, 3}"},
    {"{1, 2, 3}.isdisjoint(frozenset([1]))", "False"},
    {"{1, 2, 3}.issubset(frozenset([1]))", "False"},
    {"{1, 2, 3}.issuperset(frozenset([1]))", "True"},
    {"After({1, 2, 3}, 'update', (frozenset([1]),))", "{1, 2, 3}"},
    {"After({1, 2, 3}, 'intersection_update', (frozenset([1]),))", "{1}"},
    {"After({1, 2, 3}, 'difference_update', (frozenset([1]),))", "{2, 3}"},
    {"After({1, 2, 3}, 'symmetric_difference_update', (frozenset([1]),))", "{2, 3}"},
    {"{1, 2, 3}.union(5)", "TypeError: 'int' object is not iterable"},
    {"{1, 2, 3}.intersection(5)", "TypeError: 'int' object is not iterable"},
    {"{1, 2, 3}.difference(5)", "TypeError: 'int' object is not iterable"},
    {"{1, 2, 3}.symmetric_difference(5)", "TypeError: 'int' object is not iterable"},
    {"{1, 2, 3}.isdisjoint(5)", "TypeError: 'int' object is not iterable"},
    {"{1, 2, 3}.issubset(5)", "TypeError: 'int' object is not iterable"},
    {"{1, 2, 3}.issuperset(5)", "TypeError: 'int' object is not iterable"},
    {"After({1, 2, 3}, 'update', (5,))", "TypeError: 'int' object is not iterable"},
    {"After({1, 2, 3}, 'intersection_update', (5,))", "TypeError: 'int' object is not iterable"},
    {"After({1, 2, 3}, 'difference_update', (5,))", "TypeError: 'int' object is not iterable"},
    {"After({1, 2, 3}, 'symmetric_difference_update', (5,))", "TypeError: 'int' object is not iterable"},
    {"{1, 2, 3}.union([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{1, 2, 3}.intersection([[]])", "TypeError: unhashable type: 'list'"},
    {"{1, 2, 3}.difference([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{1, 2, 3}.symmetric_difference([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{1, 2, 3}.isdisjoint([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{1, 2, 3}.issubset([[]])", "TypeError: unhashable type: 'list'"},
    {"{1, 2, 3}.issuperset([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"After({1, 2, 3}, 'update', ([[]],))", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"After({1, 2, 3}, 'intersection_update', ([[]],))", "TypeError: unhashable type: 'list'"},
    {"After({1, 2, 3}, 'difference_update', ([[]],))",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"After({1, 2, 3}, 'symmetric_difference_update', ([[]],))",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{1, 2, 3}.union({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, "
     "27, 28, 29, 30})",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"{1, 2, 3}.intersection({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, "
     "25, 26, 27, 28, 29, 30})",
     "{1, 2, 3}"},
    {"{1, 2, 3}.difference({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, "
     "26, 27, 28, 29, 30})",
     "set()"},
    {"{1, 2, 3}.symmetric_difference({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, "
     "23, 24, 25, 26, 27, 28, 29, 30})",
     "{4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"{1, 2, 3}.isdisjoint({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, "
     "26, 27, 28, 29, 30})",
     "False"},
    {"{1, 2, 3}.issubset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, "
     "26, 27, 28, 29, 30})",
     "True"},
    {"{1, 2, 3}.issuperset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, "
     "26, 27, 28, 29, 30})",
     "False"},
    {"After({1, 2, 3}, 'update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, "
     "24, 25, 26, 27, 28, 29, 30},))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"After({1, 2, 3}, 'intersection_update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, "
     "21, 22, 23, 24, 25, 26, 27, 28, 29, 30},))",
     "{1, 2, 3}"},
    {"After({1, 2, 3}, 'difference_update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, "
     "21, 22, 23, 24, 25, 26, 27, 28, 29, 30},))",
     "set()"},
    {"After({1, 2, 3}, 'symmetric_difference_update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, "
     "19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30},))",
     "{4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"{2, 3, 4}.union(set(NULL))", "{2, 3, 4}"},
    {"{2, 3, 4}.intersection(set(NULL))", "set()"},
    {"{2, 3, 4}.difference(set(NULL))", "{2, 3, 4}"},
    {"{2, 3, 4}.symmetric_difference(set(NULL))", "{2, 3, 4}"},
    {"{2, 3, 4}.isdisjoint(set(NULL))", "True"},
    {"{2, 3, 4}.issubset(set(NULL))", "False"},
    {"{2, 3, 4}.issuperset(set(NULL))", "True"},
    {"After({2, 3, 4}, 'update', (set(NULL),))", "{2, 3, 4}"},
    {"After({2, 3, 4}, 'intersection_update', (set(NULL),))", "set()"},
    {"After({2, 3, 4}, 'difference_update', (set(NULL),))", "{2, 3, 4}"},
    {"After({2, 3, 4}, 'symmetric_difference_update', (set(NULL),))", "{2, 3, 4}"},
    {"{2, 3, 4}.union({2, 3})", "{2, 3, 4}"},
    {"{2, 3, 4}.intersection({2, 3})", "{2, 3}"},
    {"{2, 3, 4}.difference({2, 3})", "{4}"},
    {"{2, 3, 4}.symmetric_difference({2, 3})", "{4}"},
    {"{2, 3, 4}.isdisjoint({2, 3})", "False"},
    {"{2, 3, 4}.issubset({2, 3})", "False"},
    {"{2, 3, 4}.issuperset({2, 3})", "True"},
    {"After({2, 3, 4}, 'update', ({2, 3},))", "{2, 3, 4}"},
    {"After({2, 3, 4}, 'intersection_update', ({2, 3},))", "{2, 3}"},
    {"After({2, 3, 4}, 'difference_update', ({2, 3},))", "{4}"},
    {"After({2, 3, 4}, 'symmetric_difference_update', ({2, 3},))", "{4}"},
    {"{2, 3, 4}.union({1, 2, 3})", "{1, 2, 3, 4}"},
    {"{2, 3, 4}.intersection({1, 2, 3})", "{2, 3}"},
    {"{2, 3, 4}.difference({1, 2, 3})", "{4}"},
    {"{2, 3, 4}.symmetric_difference({1, 2, 3})", "{1, 4}"},
    {"{2, 3, 4}.isdisjoint({1, 2, 3})", "False"},
    {"{2, 3, 4}.issubset({1, 2, 3})", "False"},
    {"{2, 3, 4}.issuperset({1, 2, 3})", "False"},
    {"After({2, 3, 4}, 'update', ({1, 2, 3},))", "{1, 2, 3, 4}"},
    {"After({2, 3, 4}, 'intersection_update', ({1, 2, 3},))", "{2, 3}"},
    {"After({2, 3, 4}, 'difference_update', ({1, 2, 3},))", "{4}"},
    {"After({2, 3, 4}, 'symmetric_difference_update', ({1, 2, 3},))", "{1, 4}"},
    {"{2, 3, 4}.union([3, 3, 4])", "{2, 3, 4}"},
    {"{2, 3, 4}.intersection([3, 3, 4])", "{3, 4}"},
    {"{2, 3, 4}.difference([3, 3, 4])", "{2}"},
    {"{2, 3, 4}.symmetric_difference([3, 3, 4])", "{2}"},
    {"{2, 3, 4}.isdisjoint([3, 3, 4])", "False"},
    {"{2, 3, 4}.issubset([3, 3, 4])", "False"},
    {"{2, 3, 4}.issuperset([3, 3, 4])", "True"},
    {"After({2, 3, 4}, 'update', ([3, 3, 4],))", "{2, 3, 4}"},
    {"After({2, 3, 4}, 'intersection_update', ([3, 3, 4],))", "{3, 4}"},
    {"After({2, 3, 4}, 'difference_update', ([3, 3, 4],))", "{2}"},
    {"After({2, 3, 4}, 'symmetric_difference_update', ([3, 3, 4],))", "{2}"},
    {"{2, 3, 4}.union('ab')", "{2, 3, 4, 'b', 'a'}"},
    {"{2, 3, 4}.intersection('ab')", "set()"},
    {"{2, 3, 4}.difference('ab')", "{2, 3, 4}"},
    {"{2, 3, 4}.symmetric_difference('ab')", "{2, 3, 4, 'b', 'a'}"},
    {"{2, 3, 4}.isdisjoint('ab')", "True"},
    {"{2, 3, 4}.issubset('ab')", "False"},
    {"{2, 3, 4}.issuperset('ab')", "False"},
    {"After({2, 3, 4}, 'update', ('ab',))", "{2, 3, 4, 'b', 'a'}"},
    {"After({2, 3, 4}, 'intersection_update', ('ab',))", "set()"},
    {"After({2, 3, 4}, 'difference_update', ('ab',))", "{2, 3, 4}"},
    {"After({2, 3, 4}, 'symmetric_difference_update', ('ab',))", "{2, 3, 4, 'b', 'a'}"},
    {"{2, 3, 4}.union({2: 0, 9: 0})", "{2, 3, 4, 9}"},
    {"{2, 3, 4}.intersection({2: 0, 9: 0})", "{2}"},
    {"{2, 3, 4}.difference({2: 0, 9: 0})", "{3, 4}"},
    {"{2, 3, 4}.symmetric_difference({2: 0, 9: 0})", "{9, 3, 4}"},
    {"{2, 3, 4}.isdisjoint({2: 0, 9: 0})", "False"},
    {"{2, 3, 4}.issubset({2: 0, 9: 0})", "False"},
    {"{2, 3, 4}.issuperset({2: 0, 9: 0})", "False"},
    {"After({2, 3, 4}, 'update', ({2: 0, 9: 0},))", "{2, 3, 4, 9}"},
    {"After({2, 3, 4}, 'intersection_update', ({2: 0, 9: 0},))", "{2}"},
    {"After({2, 3, 4}, 'difference_update', ({2: 0, 9: 0},))", "{3, 4}"},
    {"After({2, 3, 4}, 'symmetric_difference_update', ({2: 0, 9: 0},))", "{9, 3, 4}"},
    {"{2, 3, 4}.union(frozenset([1]))", "{1, 2, 3, 4}"},
    {"{2, 3, 4}.intersection(frozenset([1]))", "set()"},
    {"{2, 3, 4}.difference(frozenset([1]))", "{2, 3, 4}"},
    {"{2, 3, 4}.symmetric_difference(frozenset([1]))", "{1, 2, 3, 4}"},
    {"{2, 3, 4}.isdisjoint(frozenset([1]))", "True"},
    {"{2, 3, 4}.issubset(frozenset([1]))", "False"},
    {"{2, 3, 4}.issuperset(frozenset([1]))", "False"},
    {"After({2, 3, 4}, 'update', (frozenset([1]),))", "{1, 2, 3, 4}"},
    {"After({2, 3, 4}, 'intersection_update', (frozenset([1]),))", "set()"},
    {"After({2, 3, 4}, 'difference_update', (frozenset([1]),))", "{2, 3, 4}"},
    {"After({2, 3, 4}, 'symmetric_difference_update', (frozenset([1]),))", "{1, 2, 3, 4}"},
    {"{2, 3, 4}.union(5)", "TypeError: 'int' object is not iterable"},
    {"{2, 3, 4}.intersection(5)", "TypeError: 'int' object is not iterable"},
    {"{2, 3, 4}.difference(5)", "TypeError: 'int' object is not iterable"},
    {"{2, 3, 4}.symmetric_difference(5)", "TypeError: 'int' object is not iterable"},
    {"{2, 3, 4}.isdisjoint(5)", "TypeError: 'int' object is not iterable"},
    {"{2, 3, 4}.issubset(5)", "TypeError: 'int' object is not iterable"},
    {"{2, 3, 4}.issuperset(5)", "TypeError: 'int' object is not iterable"},
    {"After({2, 3, 4}, 'update', (5,))", "TypeError: 'int' object is not iterable"},
    {"After({2, 3, 4}, 'intersection_update', (5,))", "TypeError: 'int' object is not iterable"},
    {"After({2, 3, 4}, 'difference_update', (5,))", "TypeError: 'int' object is not iterable"},
    {"After({2, 3, 4}, 'symmetric_difference_update', (5,))", "TypeError: 'int' object is not iterable"},
    {"{2, 3, 4}.union([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{2, 3, 4}.intersection([[]])", "TypeError: unhashable type: 'list'"},
    {"{2, 3, 4}.difference([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{2, 3, 4}.symmetric_difference([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{2, 3, 4}.isdisjoint([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{2, 3, 4}.issubset([[]])", "TypeError: unhashable type: 'list'"},
    {"{2, 3, 4}.issuperset([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"After({2, 3, 4}, 'update', ([[]],))", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"After({2, 3, 4}, 'intersection_update', ([[]],))", "TypeError: unhashable type: 'list'"},
    {"After({2, 3, 4}, 'difference_update', ([[]],))",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"After({2, 3, 4}, 'symmetric_difference_update', ([[]],))",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{2, 3, 4}.union({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, "
     "27, 28, 29, 30})",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"{2, 3, 4}.intersection({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, "
     "25, 26, 27, 28, 29, 30})",
     "{2, 3, 4}"},
    {"{2, 3, 4}.difference({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, "
     "26, 27, 28, 29, 30})",
     "set()"},
    {"{2, 3, 4}.symmetric_difference({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, "
     "23, 24, 25, 26, 27, 28, 29, 30})",
     "{1, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"{2, 3, 4}.isdisjoint({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, "
     "26, 27, 28, 29, 30})",
     "False"},
    {"{2, 3, 4}.issubset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, "
     "26, 27, 28, 29, 30})",
     "True"},
    {"{2, 3, 4}.issuperset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, "
     "26, 27, 28, 29, 30})",
     "False"},
    {"After({2, 3, 4}, 'update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, "
     "24, 25, 26, 27, 28, 29, 30},))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"After({2, 3, 4}, 'intersection_update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, "
     "21, 22, 23, 24, 25, 26, 27, 28, 29, 30},))",
     "{2, 3, 4}"},
    {"After({2, 3, 4}, 'difference_update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, "
     "21, 22, 23, 24, 25, 26, 27, 28, 29, 30},))",
     "set()"},
    {"After({2, 3, 4}, 'symmetric_difference_update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, "
     "19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30},))",
     "{1, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.union(set(NULL))", "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.intersection(set(NULL))", "set()"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.difference(set(NULL))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.symmetric_difference(set(NULL))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.isdisjoint(set(NULL))", "True"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issubset(set(NULL))", "False"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issuperset(set(NULL))", "True"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'update', (set(NULL),))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'intersection_update', (set(NULL),))", "set()"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'difference_update', (set(NULL),))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'symmetric_difference_update', (set(NULL),))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.union({2, 3})", "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.intersection({2, 3})", "{2, 3}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.difference({2, 3})", "{1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.symmetric_difference({2, 3})",
     "{1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.isdisjoint({2, 3})", "False"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issubset({2, 3})", "False"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issuperset({2, 3})", "True"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'update', ({2, 3},))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'intersection_update', ({2, 3},))", "{2, 3}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'difference_update', ({2, 3},))",
     "{1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'symmetric_difference_update', ({2, 3},))",
     "{1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.union({1, 2, 3})", "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.intersection({1, 2, 3})", "{1, 2, 3}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.difference({1, 2, 3})", "{4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.symmetric_difference({1, 2, 3})",
     "{4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.isdisjoint({1, 2, 3})", "False"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issubset({1, 2, 3})", "False"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issuperset({1, 2, 3})", "True"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'update', ({1, 2, 3},))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'intersection_update', ({1, 2, 3},))", "{1, 2, 3}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'difference_update', ({1, 2, 3},))",
     "{4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'symmetric_difference_update', ({1, 2, 3},))",
     "{4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.union([3, 3, 4])", "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.intersection([3, 3, 4])", "{3, 4}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.difference([3, 3, 4])", "{1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.symmetric_difference([3, 3, 4])",
     "{1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.isdisjoint([3, 3, 4])", "False"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issubset([3, 3, 4])", "False"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issuperset([3, 3, 4])", "True"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'update', ([3, 3, 4],))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'intersection_update', ([3, 3, 4],))", "{3, 4}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'difference_update', ([3, 3, 4],))",
     "{1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'symmetric_difference_update', ([3, 3, 4],))",
     "{1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.union('ab')",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 'b', 'a'}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.intersection('ab')", "set()"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.difference('ab')", "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.symmetric_difference('ab')",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 'b', 'a'}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.isdisjoint('ab')", "True"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issubset('ab')", "False"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issuperset('ab')", "False"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'update', ('ab',))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 'b', 'a'}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'intersection_update', ('ab',))", "set()"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'difference_update', ('ab',))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'symmetric_difference_update', ('ab',))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 'b', 'a'}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.union({2: 0, 9: 0})", "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.intersection({2: 0, 9: 0})", "{9, 2}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.difference({2: 0, 9: 0})", "{1, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.symmetric_difference({2: 0, 9: 0})",
     "{1, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.isdisjoint({2: 0, 9: 0})", "False"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issubset({2: 0, 9: 0})", "False"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issuperset({2: 0, 9: 0})", "True"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'update', ({2: 0, 9: 0},))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'intersection_update', ({2: 0, 9: 0},))", "{9, 2}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'difference_update', ({2: 0, 9: 0},))",
     "{1, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'symmetric_difference_update', ({2: 0, 9: 0},))",
     "{1, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.union(frozenset([1]))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.intersection(frozenset([1]))", "{1}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.difference(frozenset([1]))",
     "{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.symmetric_difference(frozenset([1]))",
     "{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.isdisjoint(frozenset([1]))", "False"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issubset(frozenset([1]))", "False"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issuperset(frozenset([1]))", "True"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'update', (frozenset([1]),))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'intersection_update', (frozenset([1]),))", "{1}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'difference_update', (frozenset([1]),))",
     "{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'symmetric_difference_update', (frozenset([1]),))",
     "{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.union(5)", "TypeError: 'int' object is not iterable"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.intersection(5)", "TypeError: 'int' object is not iterable"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.difference(5)", "TypeError: 'int' object is not iterable"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.symmetric_difference(5)", "TypeError: 'int' object is not iterable"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.isdisjoint(5)", "TypeError: 'int' object is not iterable"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issubset(5)", "TypeError: 'int' object is not iterable"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issuperset(5)", "TypeError: 'int' object is not iterable"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'update', (5,))", "TypeError: 'int' object is not iterable"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'intersection_update', (5,))",
     "TypeError: 'int' object is not iterable"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'difference_update', (5,))",
     "TypeError: 'int' object is not iterable"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'symmetric_difference_update', (5,))",
     "TypeError: 'int' object is not iterable"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.union([[]])",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.intersection([[]])", "TypeError: unhashable type: 'list'"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.difference([[]])",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.symmetric_difference([[]])",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.isdisjoint([[]])",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issubset([[]])", "TypeError: unhashable type: 'list'"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issuperset([[]])",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'update', ([[]],))",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'intersection_update', ([[]],))",
     "TypeError: unhashable type: 'list'"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'difference_update', ([[]],))",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'symmetric_difference_update', ([[]],))",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.union({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, "
     "18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30})",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.intersection({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, "
     "17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30})",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.difference({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, "
     "17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30})",
     "set()"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.symmetric_difference({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, "
     "15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30})",
     "{14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.isdisjoint({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, "
     "17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30})",
     "False"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issubset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, "
     "18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30})",
     "True"},
    {"{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}.issuperset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, "
     "17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30})",
     "False"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, "
     "15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30},))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'intersection_update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, "
     "12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30},))",
     "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'difference_update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, "
     "13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30},))",
     "set()"},
    {"After({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, 'symmetric_difference_update', ({1, 2, 3, 4, 5, 6, 7, 8, 9, "
     "10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30},))",
     "{14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30}"},
    {"frozenset([1, 9]).union(set(NULL))", "frozenset({1, 9})"},
    {"frozenset([1, 9]).intersection(set(NULL))", "frozenset()"},
    {"frozenset([1, 9]).difference(set(NULL))", "frozenset({1, 9})"},
    {"frozenset([1, 9]).symmetric_difference(set(NULL))", "frozenset({1, 9})"},
    {"frozenset([1, 9]).isdisjoint(set(NULL))", "True"},
    {"frozenset([1, 9]).issubset(set(NULL))", "False"},
    {"frozenset([1, 9]).issuperset(set(NULL))", "True"},
    {"frozenset([1, 9]).union({2, 3})", "frozenset({1, 2, 3, 9})"},
    {"frozenset([1, 9]).intersection({2, 3})", "frozenset()"},
    {"frozenset([1, 9]).difference({2, 3})", "frozenset({1, 9})"},
    {"frozenset([1, 9]).symmetric_difference({2, 3})", "frozenset({1, 2, 3, 9})"},
    {"frozenset([1, 9]).isdisjoint({2, 3})", "True"},
    {"frozenset([1, 9]).issubset({2, 3})", "False"},
    {"frozenset([1, 9]).issuperset({2, 3})", "False"},
    {"frozenset([1, 9]).union({1, 2, 3})", "frozenset({1, 2, 3, 9})"},
    {"frozenset([1, 9]).intersection({1, 2, 3})", "frozenset({1})"},
    {"frozenset([1, 9]).difference({1, 2, 3})", "frozenset({9})"},
    {"frozenset([1, 9]).symmetric_difference({1, 2, 3})", "frozenset({9, 2, 3})"},
    {"frozenset([1, 9]).isdisjoint({1, 2, 3})", "False"},
    {"frozenset([1, 9]).issubset({1, 2, 3})", "False"},
    {"frozenset([1, 9]).issuperset({1, 2, 3})", "False"},
    {"frozenset([1, 9]).union([3, 3, 4])", "frozenset({1, 3, 4, 9})"},
    {"frozenset([1, 9]).intersection([3, 3, 4])", "frozenset()"},
    {"frozenset([1, 9]).difference([3, 3, 4])", "frozenset({1, 9})"},
    {"frozenset([1, 9]).symmetric_difference([3, 3, 4])", "frozenset({1, 3, 4, 9})"},
    {"frozenset([1, 9]).isdisjoint([3, 3, 4])", "True"},
    {"frozenset([1, 9]).issubset([3, 3, 4])", "False"},
    {"frozenset([1, 9]).issuperset([3, 3, 4])", "False"},
    {"frozenset([1, 9]).union('ab')", "frozenset({1, 'a', 'b', 9})"},
    {"frozenset([1, 9]).intersection('ab')", "frozenset()"},
    {"frozenset([1, 9]).difference('ab')", "frozenset({1, 9})"},
    {"frozenset([1, 9]).symmetric_difference('ab')", "frozenset({1, 'a', 'b', 9})"},
    {"frozenset([1, 9]).isdisjoint('ab')", "True"},
    {"frozenset([1, 9]).issubset('ab')", "False"},
    {"frozenset([1, 9]).issuperset('ab')", "False"},
    {"frozenset([1, 9]).union({2: 0, 9: 0})", "frozenset({1, 2, 9})"},
    {"frozenset([1, 9]).intersection({2: 0, 9: 0})", "frozenset({9})"},
    {"frozenset([1, 9]).difference({2: 0, 9: 0})", "frozenset({1})"},
    {"frozenset([1, 9]).symmetric_difference({2: 0, 9: 0})", "frozenset({2, 1})"},
    {"frozenset([1, 9]).isdisjoint({2: 0, 9: 0})", "False"},
    {"frozenset([1, 9]).issubset({2: 0, 9: 0})", "False"},
    {"frozenset([1, 9]).issuperset({2: 0, 9: 0})", "False"},
    {"frozenset([1, 9]).union(frozenset([1]))", "frozenset({1, 9})"},
    {"frozenset([1, 9]).intersection(frozenset([1]))", "frozenset({1})"},
    {"frozenset([1, 9]).difference(frozenset([1]))", "frozenset({9})"},
    {"frozenset([1, 9]).symmetric_difference(frozenset([1]))", "frozenset({9})"},
    {"frozenset([1, 9]).isdisjoint(frozenset([1]))", "False"},
    {"frozenset([1, 9]).issubset(frozenset([1]))", "False"},
    {"frozenset([1, 9]).issuperset(frozenset([1]))", "True"},
    {"frozenset([1, 9]).union(5)", "TypeError: 'int' object is not iterable"},
    {"frozenset([1, 9]).intersection(5)", "TypeError: 'int' object is not iterable"},
    {"frozenset([1, 9]).difference(5)", "TypeError: 'int' object is not iterable"},
    {"frozenset([1, 9]).symmetric_difference(5)", "TypeError: 'int' object is not iterable"},
    {"frozenset([1, 9]).isdisjoint(5)", "TypeError: 'int' object is not iterable"},
    {"frozenset([1, 9]).issubset(5)", "TypeError: 'int' object is not iterable"},
    {"frozenset([1, 9]).issuperset(5)", "TypeError: 'int' object is not iterable"},
    {"frozenset([1, 9]).union([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"frozenset([1, 9]).intersection([[]])", "TypeError: unhashable type: 'list'"},
    {"frozenset([1, 9]).difference([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"frozenset([1, 9]).symmetric_difference([[]])",
     "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"frozenset([1, 9]).isdisjoint([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"frozenset([1, 9]).issubset([[]])", "TypeError: unhashable type: 'list'"},
    {"frozenset([1, 9]).issuperset([[]])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"frozenset([1, 9]).union({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, "
     "25, 26, 27, 28, 29, 30})",
     "frozenset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, "
     "28, 29, 30})"},
    {"frozenset([1, 9]).intersection({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, "
     "23, 24, 25, 26, 27, 28, 29, 30})",
     "frozenset({1, 9})"},
    {"frozenset([1, 9]).difference({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, "
     "24, 25, 26, 27, 28, 29, 30})",
     "frozenset()"},
    {"frozenset([1, 9]).symmetric_difference({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, "
     "21, 22, 23, 24, 25, 26, 27, 28, 29, 30})",
     "frozenset({2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, "
     "30})"},
    {"frozenset([1, 9]).isdisjoint({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, "
     "24, 25, 26, 27, 28, 29, 30})",
     "False"},
    {"frozenset([1, 9]).issubset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, "
     "24, 25, 26, 27, 28, 29, 30})",
     "True"},
    {"frozenset([1, 9]).issuperset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, "
     "24, 25, 26, 27, 28, 29, 30})",
     "False"},
    {"{1}.union()", "{1}"},
    {"{1}.union([2], [3], {4})", "{1, 2, 3, 4}"},
    {"{1, 2, 3}.intersection()", "{1, 2, 3}"},
    {"{1, 2, 3}.intersection([1, 2], {2})", "{2}"},
    {"{1, 2, 3}.difference()", "{1, 2, 3}"},
    {"{1, 2, 3}.difference([1], [2])", "{3}"},
    {"frozenset([1]).union()", "frozenset({1})"},
    {"frozenset([1]).difference()", "frozenset({1})"},
    {"{1}.symmetric_difference()", "TypeError: set.symmetric_difference() takes exactly one argument (0 given)"},
    {"{1}.symmetric_difference([1], [2])",
     "TypeError: set.symmetric_difference() takes exactly one argument (2 given)"},
    {"{1}.isdisjoint()", "TypeError: set.isdisjoint() takes exactly one argument (0 given)"},
    {"{1}.issubset(1, 2)", "TypeError: set.issubset() takes exactly one argument (2 given)"},
    {"{1}.copy()", "{1}"},
    {"{1}.copy(1)", "TypeError: set.copy() takes no arguments (1 given)"},
    {"{1}.union(x=1)", "TypeError: set.union() takes no keyword arguments"},
    {"After({1, 2}, 'add', (3,))", "{1, 2, 3}"},
    {"After({1, 2}, 'add', ([],))", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"After({1, 2}, 'add', ())", "TypeError: set.add() takes exactly one argument (0 given)"},
    {"After({1, 2}, 'remove', (1,))", "{2}"},
    {"After({1, 2}, 'remove', (9,))", "KeyError: 9"},
    {"After({1, 2}, 'remove', ([],))", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"After({1, 2}, 'discard', (1,))", "{2}"},
    {"After({1, 2}, 'discard', (9,))", "{1, 2}"},
    {"After({1, 2}, 'discard', ({},))", "TypeError: cannot use 'dict' as a set element (unhashable type: 'dict')"},
    {"After({1, 2}, 'clear', ())", "set()"},
    {"After({5}, 'pop', ())", "5"},
    {"After(set(NULL), 'pop', ())", "KeyError: 'pop from an empty set'"},
    {"After({1, frozenset([2])}, 'remove', ({2},))", "{1}"},
    {"After({1, frozenset([2])}, 'discard', ({2},))", "{1}"},
    {"After({1}, 'remove', ({2},))", "KeyError: {2}"},
    {"After({1}, 'update', ())", "{1}"},
    {"After({1}, 'update', ([2], '3', {4: 5}))", "{1, 2, 4, '3'}"},
    {"After({1}, 'update', ([2], 3))", "TypeError: 'int' object is not iterable"},
    {"After({1, 2, 3}, 'intersection_update', ([1, 2], [2]))", "{2}"},
    {"After({1, 2, 3}, 'intersection_update', ())", "{1, 2, 3}"},
    {"After({1, 2, 3}, 'difference_update', ([1], [2]))", "{3}"},
    {"After({1, 2, 3}, 'difference_update', ())", "{1, 2, 3}"},
    {"frozenset([1]).add(1)", "AttributeError: 'frozenset' object has no attribute 'add'"},
    {"{1}.__sizeof__()", "200"},
    {"set([1, 2, 3, 4, 5, 6]).__sizeof__()", "712"},
    {"frozenset([]).__sizeof__()", "200"},
};

static const Row OPERATIONS[] = {
    {"{1, 2, 3} | {2, 3}", "{1, 2, 3}"},
    {"{1, 2, 3} & {2, 3}", "{2, 3}"},
    {"{1, 2, 3} ^ {2, 3}", "{1}"},
    {"{1, 2, 3} - {2, 3}", "{1}"},
    {"{1, 2, 3} |= {2, 3}", "{1, 2, 3}"},
    {"{1, 2, 3} &= {2, 3}", "{2, 3}"},
    {"{1, 2, 3} ^= {2, 3}", "{1}"},
    {"{1, 2, 3} -= {2, 3}", "{1}"},
    {"{1, 2, 3} == {2, 3}", "False"},
    {"{1, 2, 3} != {2, 3}", "True"},
    {"{1, 2, 3} < {2, 3}", "False"},
    {"{1, 2, 3} <= {2, 3}", "False"},
    {"{1, 2, 3} > {2, 3}", "True"},
    {"{1, 2, 3} >= {2, 3}", "True"},
    {"{1, 2, 3} | frozenset([1, 2, 3])", "{1, 2, 3}"},
    {"{1, 2, 3} & frozenset([1, 2, 3])", "{1, 2, 3}"},
    {"{1, 2, 3} ^ frozenset([1, 2, 3])", "set()"},
    {"{1, 2, 3} - frozenset([1, 2, 3])", "set()"},
    {"{1, 2, 3} |= frozenset([1, 2, 3])", "{1, 2, 3}"},
    {"{1, 2, 3} &= frozenset([1, 2, 3])", "{1, 2, 3}"},
    {"{1, 2, 3} ^= frozenset([1, 2, 3])", "set()"},
    {"{1, 2, 3} -= frozenset([1, 2, 3])", "set()"},
    {"{1, 2, 3} == frozenset([1, 2, 3])", "True"},
    {"{1, 2, 3} != frozenset([1, 2, 3])", "False"},
    {"{1, 2, 3} < frozenset([1, 2, 3])", "False"},
    {"{1, 2, 3} <= frozenset([1, 2, 3])", "True"},
    {"{1, 2, 3} > frozenset([1, 2, 3])", "False"},
    {"{1, 2, 3} >= frozenset([1, 2, 3])", "True"},
    {"{1, 2, 3} | set(NULL)", "{1, 2, 3}"},
    {"{1, 2, 3} & set(NULL)", "set()"},
    {"{1, 2, 3} ^ set(NULL)", "{1, 2, 3}"},
    {"{1, 2, 3} - set(NULL)", "{1, 2, 3}"},
    {"{1, 2, 3} |= set(NULL)", "{1, 2, 3}"},
    {"{1, 2, 3} &= set(NULL)", "set()"},
    {"{1, 2, 3} ^= set(NULL)", "{1, 2, 3}"},
    {"{1, 2, 3} -= set(NULL)", "{1, 2, 3}"},
    {"{1, 2, 3} == set(NULL)", "False"},
    {"{1, 2, 3} != set(NULL)", "True"},
    {"{1, 2, 3} < set(NULL)", "False"},
    {"{1, 2, 3} <= set(NULL)", "False"},
    {"{1, 2, 3} > set(NULL)", "True"},
    {"{1, 2, 3} >= set(NULL)", "True"},
    {"{1, 2, 3} | [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2, 3} & [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2, 3} ^ [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2, 3} - [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2, 3} |= [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2, 3} &= [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2, 3} ^= [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2, 3} -= [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2, 3} == [1, 2]", "False"},
    {"{1, 2, 3} != [1, 2]", "True"},
    {"{1, 2, 3} < [1, 2]", "TypeError: '<' not supported between instances of 'set' and 'list'"},
    {"{1, 2, 3} <= [1, 2]", "TypeError: '<=' not supported between instances of 'set' and 'list'"},
    {"{1, 2, 3} > [1, 2]", "TypeError: '>' not supported between instances of 'set' and 'list'"},
    {"{1, 2, 3} >= [1, 2]", "TypeError: '>=' not supported between instances of 'set' and 'list'"},
    {"{1, 2, 3} | 5", "TypeError: unsupported operands"},
    {"{1, 2, 3} & 5", "TypeError: unsupported operands"},
    {"{1, 2, 3} ^ 5", "TypeError: unsupported operands"},
    {"{1, 2, 3} - 5", "TypeError: unsupported operands"},
    {"{1, 2, 3} |= 5", "TypeError: unsupported operands"},
    {"{1, 2, 3} &= 5", "TypeError: unsupported operands"},
    {"{1, 2, 3} ^= 5", "TypeError: unsupported operands"},
    {"{1, 2, 3} -= 5", "TypeError: unsupported operands"},
    {"{1, 2, 3} == 5", "False"},
    {"{1, 2, 3} != 5", "True"},
    {"{1, 2, 3} < 5", "TypeError: '<' not supported between instances of 'set' and 'int'"},
    {"{1, 2, 3} <= 5", "TypeError: '<=' not supported between instances of 'set' and 'int'"},
    {"{1, 2, 3} > 5", "TypeError: '>' not supported between instances of 'set' and 'int'"},
    {"{1, 2, 3} >= 5", "TypeError: '>=' not supported between instances of 'set' and 'int'"},
    {"frozenset([2, 3, 4]) | {2, 3}", "frozenset({2, 3, 4})"},
    {"frozenset([2, 3, 4]) & {2, 3}", "frozenset({2, 3})"},
    {"frozenset([2, 3, 4]) ^ {2, 3}", "frozenset({4})"},
    {"frozenset([2, 3, 4]) - {2, 3}", "frozenset({4})"},
    {"frozenset([2, 3, 4]) |= {2, 3}", "frozenset({2, 3, 4})"},
    {"frozenset([2, 3, 4]) &= {2, 3}", "frozenset({2, 3})"},
    {"frozenset([2, 3, 4]) ^= {2, 3}", "frozenset({4})"},
    {"frozenset([2, 3, 4]) -= {2, 3}", "frozenset({4})"},
    {"frozenset([2, 3, 4]) == {2, 3}", "False"},
    {"frozenset([2, 3, 4]) != {2, 3}", "True"},
    {"frozenset([2, 3, 4]) < {2, 3}", "False"},
    {"frozenset([2, 3, 4]) <= {2, 3}", "False"},
    {"frozenset([2, 3, 4]) > {2, 3}", "True"},
    {"frozenset([2, 3, 4]) >= {2, 3}", "True"},
    {"frozenset([2, 3, 4]) | frozenset([1, 2, 3])", "frozenset({1, 2, 3, 4})"},
    {"frozenset([2, 3, 4]) & frozenset([1, 2, 3])", "frozenset({2, 3})"},
    {"frozenset([2, 3, 4]) ^ frozenset([1, 2, 3])", "frozenset({1, 4})"},
    {"frozenset([2, 3, 4]) - frozenset([1, 2, 3])", "frozenset({4})"},
    {"frozenset([2, 3, 4]) |= frozenset([1, 2, 3])", "frozenset({1, 2, 3, 4})"},
    {"frozenset([2, 3, 4]) &= frozenset([1, 2, 3])", "frozenset({2, 3})"},
    {"frozenset([2, 3, 4]) ^= frozenset([1, 2, 3])", "frozenset({1, 4})"},
    {"frozenset([2, 3, 4]) -= frozenset([1, 2, 3])", "frozenset({4})"},
    {"frozenset([2, 3, 4]) == frozenset([1, 2, 3])", "False"},
    {"frozenset([2, 3, 4]) != frozenset([1, 2, 3])", "True"},
    {"frozenset([2, 3, 4]) < frozenset([1, 2, 3])", "False"},
    {"frozenset([2, 3, 4]) <= frozenset([1, 2, 3])", "False"},
    {"frozenset([2, 3, 4]) > frozenset([1, 2, 3])", "False"},
    {"frozenset([2, 3, 4]) >= frozenset([1, 2, 3])", "False"},
    {"frozenset([2, 3, 4]) | set(NULL)", "frozenset({2, 3, 4})"},
    {"frozenset([2, 3, 4]) & set(NULL)", "frozenset()"},
    {"frozenset([2, 3, 4]) ^ set(NULL)", "frozenset({2, 3, 4})"},
    {"frozenset([2, 3, 4]) - set(NULL)", "frozenset({2, 3, 4})"},
    {"frozenset([2, 3, 4]) |= set(NULL)", "frozenset({2, 3, 4})"},
    {"frozenset([2, 3, 4]) &= set(NULL)", "frozenset()"},
    {"frozenset([2, 3, 4]) ^= set(NULL)", "frozenset({2, 3, 4})"},
    {"frozenset([2, 3, 4]) -= set(NULL)", "frozenset({2, 3, 4})"},
    {"frozenset([2, 3, 4]) == set(NULL)", "False"},
    {"frozenset([2, 3, 4]) != set(NULL)", "True"},
    {"frozenset([2, 3, 4]) < set(NULL)", "False"},
    {"frozenset([2, 3, 4]) <= set(NULL)", "False"},
    {"frozenset([2, 3, 4]) > set(NULL)", "True"},
    {"frozenset([2, 3, 4]) >= set(NULL)", "True"},
    {"frozenset([2, 3, 4]) | [1, 2]", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) & [1, 2]", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) ^ [1, 2]", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) - [1, 2]", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) |= [1, 2]", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) &= [1, 2]", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) ^= [1, 2]", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) -= [1, 2]", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) == [1, 2]", "False"},
    {"frozenset([2, 3, 4]) != [1, 2]", "True"},
    {"frozenset([2, 3, 4]) < [1, 2]", "TypeError: '<' not supported between instances of 'frozenset' and 'list'"},
    {"frozenset([2, 3, 4]) <= [1, 2]", "TypeError: '<=' not supported between instances of 'frozenset' and 'list'"},
    {"frozenset([2, 3, 4]) > [1, 2]", "TypeError: '>' not supported between instances of 'frozenset' and 'list'"},
    {"frozenset([2, 3, 4]) >= [1, 2]", "TypeError: '>=' not supported between instances of 'frozenset' and 'list'"},
    {"frozenset([2, 3, 4]) | 5", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) & 5", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) ^ 5", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) - 5", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) |= 5", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) &= 5", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) ^= 5", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) -= 5", "TypeError: unsupported operands"},
    {"frozenset([2, 3, 4]) == 5", "False"},
    {"frozenset([2, 3, 4]) != 5", "True"},
    {"frozenset([2, 3, 4]) < 5", "TypeError: '<' not supported between instances of 'frozenset' and 'int'"},
    {"frozenset([2, 3, 4]) <= 5", "TypeError: '<=' not supported between instances of 'frozenset' and 'int'"},
    {"frozenset([2, 3, 4]) > 5", "TypeError: '>' not supported between instances of 'frozenset' and 'int'"},
    {"frozenset([2, 3, 4]) >= 5", "TypeError: '>=' not supported between instances of 'frozenset' and 'int'"},
    {"set(NULL) | {2, 3}", "{2, 3}"},
    {"set(NULL) & {2, 3}", "set()"},
    {"set(NULL) ^ {2, 3}", "{2, 3}"},
    {"set(NULL) - {2, 3}", "set()"},
    {"set(NULL) |= {2, 3}", "{2, 3}"},
    {"set(NULL) &= {2, 3}", "set()"},
    {"set(NULL) ^= {2, 3}", "{2, 3}"},
    {"set(NULL) -= {2, 3}", "set()"},
    {"set(NULL) == {2, 3}", "False"},
    {"set(NULL) != {2, 3}", "True"},
    {"set(NULL) < {2, 3}", "True"},
    {"set(NULL) <= {2, 3}", "True"},
    {"set(NULL) > {2, 3}", "False"},
    {"set(NULL) >= {2, 3}", "False"},
    {"set(NULL) | frozenset([1, 2, 3])", "{1, 2, 3}"},
    {"set(NULL) & frozenset([1, 2, 3])", "set()"},
    {"set(NULL) ^ frozenset([1, 2, 3])", "{1, 2, 3}"},
    {"set(NULL) - frozenset([1, 2, 3])", "set()"},
    {"set(NULL) |= frozenset([1, 2, 3])", "{1, 2, 3}"},
    {"set(NULL) &= frozenset([1, 2, 3])", "set()"},
    {"set(NULL) ^= frozenset([1, 2, 3])", "{1, 2, 3}"},
    {"set(NULL) -= frozenset([1, 2, 3])", "set()"},
    {"set(NULL) == frozenset([1, 2, 3])", "False"},
    {"set(NULL) != frozenset([1, 2, 3])", "True"},
    {"set(NULL) < frozenset([1, 2, 3])", "True"},
    {"set(NULL) <= frozenset([1, 2, 3])", "True"},
    {"set(NULL) > frozenset([1, 2, 3])", "False"},
    {"set(NULL) >= frozenset([1, 2, 3])", "False"},
    {"set(NULL) | set(NULL)", "set()"},
    {"set(NULL) & set(NULL)", "set()"},
    {"set(NULL) ^ set(NULL)", "set()"},
    {"set(NULL) - set(NULL)", "set()"},
    {"set(NULL) |= set(NULL)", "set()"},
    {"set(NULL) &= set(NULL)", "set()"},
    {"set(NULL) ^= set(NULL)", "set()"},
    {"set(NULL) -= set(NULL)", "set()"},
    {"set(NULL) == set(NULL)", "True"},
    {"set(NULL) != set(NULL)", "False"},
    {"set(NULL) < set(NULL)", "False"},
    {"set(NULL) <= set(NULL)", "True"},
    {"set(NULL) > set(NULL)", "False"},
    {"set(NULL) >= set(NULL)", "True"},
    {"set(NULL) | [1, 2]", "TypeError: unsupported operands"},
    {"set(NULL) & [1, 2]", "TypeError: unsupported operands"},
    {"set(NULL) ^ [1, 2]", "TypeError: unsupported operands"},
    {"set(NULL) - [1, 2]", "TypeError: unsupported operands"},
    {"set(NULL) |= [1, 2]", "TypeError: unsupported operands"},
    {"set(NULL) &= [1, 2]", "TypeError: unsupported operands"},
    {"set(NULL) ^= [1, 2]", "TypeError: unsupported operands"},
    {"set(NULL) -= [1, 2]", "TypeError: unsupported operands"},
    {"set(NULL) == [1, 2]", "False"},
    {"set(NULL) != [1, 2]", "True"},
    {"set(NULL) < [1, 2]", "TypeError: '<' not supported between instances of 'set' and 'list'"},
    {"set(NULL) <= [1, 2]", "TypeError: '<=' not supported between instances of 'set' and 'list'"},
    {"set(NULL) > [1, 2]", "TypeError: '>' not supported between instances of 'set' and 'list'"},
    {"set(NULL) >= [1, 2]", "TypeError: '>=' not supported between instances of 'set' and 'list'"},
    {"set(NULL) | 5", "TypeError: unsupported operands"},
    {"set(NULL) & 5", "TypeError: unsupported operands"},
    {"set(NULL) ^ 5", "TypeError: unsupported operands"},
    {"set(NULL) - 5", "TypeError: unsupported operands"},
    {"set(NULL) |= 5", "TypeError: unsupported operands"},
    {"set(NULL) &= 5", "TypeError: unsupported operands"},
    {"set(NULL) ^= 5", "TypeError: unsupported operands"},
    {"set(NULL) -= 5", "TypeError: unsupported operands"},
    {"set(NULL) == 5", "False"},
    {"set(NULL) != 5", "True"},
    {"set(NULL) < 5", "TypeError: '<' not supported between instances of 'set' and 'int'"},
    {"set(NULL) <= 5", "TypeError: '<=' not supported between instances of 'set' and 'int'"},
    {"set(NULL) > 5", "TypeError: '>' not supported between instances of 'set' and 'int'"},
    {"set(NULL) >= 5", "TypeError: '>=' not supported between instances of 'set' and 'int'"},
    {"{1, 2} | {2, 3}", "{1, 2, 3}"},
    {"{1, 2} & {2, 3}", "{2}"},
    {"{1, 2} ^ {2, 3}", "{1, 3}"},
    {"{1, 2} - {2, 3}", "{1}"},
    {"{1, 2} |= {2, 3}", "{1, 2, 3}"},
    {"{1, 2} &= {2, 3}", "{2}"},
    {"{1, 2} ^= {2, 3}", "{1, 3}"},
    {"{1, 2} -= {2, 3}", "{1}"},
    {"{1, 2} == {2, 3}", "False"},
    {"{1, 2} != {2, 3}", "True"},
    {"{1, 2} < {2, 3}", "False"},
    {"{1, 2} <= {2, 3}", "False"},
    {"{1, 2} > {2, 3}", "False"},
    {"{1, 2} >= {2, 3}", "False"},
    {"{1, 2} | frozenset([1, 2, 3])", "{1, 2, 3}"},
    {"{1, 2} & frozenset([1, 2, 3])", "{1, 2}"},
    {"{1, 2} ^ frozenset([1, 2, 3])", "{3}"},
    {"{1, 2} - frozenset([1, 2, 3])", "set()"},
    {"{1, 2} |= frozenset([1, 2, 3])", "{1, 2, 3}"},
    {"{1, 2} &= frozenset([1, 2, 3])", "{1, 2}"},
    {"{1, 2} ^= frozenset([1, 2, 3])", "{3}"},
    {"{1, 2} -= frozenset([1, 2, 3])", "set()"},
    {"{1, 2} == frozenset([1, 2, 3])", "False"},
    {"{1, 2} != frozenset([1, 2, 3])", "True"},
    {"{1, 2} < frozenset([1, 2, 3])", "True"},
    {"{1, 2} <= frozenset([1, 2, 3])", "True"},
    {"{1, 2} > frozenset([1, 2, 3])", "False"},
    {"{1, 2} >= frozenset([1, 2, 3])", "False"},
    {"{1, 2} | set(NULL)", "{1, 2}"},
    {"{1, 2} & set(NULL)", "set()"},
    {"{1, 2} ^ set(NULL)", "{1, 2}"},
    {"{1, 2} - set(NULL)", "{1, 2}"},
    {"{1, 2} |= set(NULL)", "{1, 2}"},
    {"{1, 2} &= set(NULL)", "set()"},
    {"{1, 2} ^= set(NULL)", "{1, 2}"},
    {"{1, 2} -= set(NULL)", "{1, 2}"},
    {"{1, 2} == set(NULL)", "False"},
    {"{1, 2} != set(NULL)", "True"},
    {"{1, 2} < set(NULL)", "False"},
    {"{1, 2} <= set(NULL)", "False"},
    {"{1, 2} > set(NULL)", "True"},
    {"{1, 2} >= set(NULL)", "True"},
    {"{1, 2} | [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2} & [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2} ^ [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2} - [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2} |= [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2} &= [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2} ^= [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2} -= [1, 2]", "TypeError: unsupported operands"},
    {"{1, 2} == [1, 2]", "False"},
    {"{1, 2} != [1, 2]", "True"},
    {"{1, 2} < [1, 2]", "TypeError: '<' not supported between instances of 'set' and 'list'"},
    {"{1, 2} <= [1, 2]", "TypeError: '<=' not supported between instances of 'set' and 'list'"},
    {"{1, 2} > [1, 2]", "TypeError: '>' not supported between instances of 'set' and 'list'"},
    {"{1, 2} >= [1, 2]", "TypeError: '>=' not supported between instances of 'set' and 'list'"},
    {"{1, 2} | 5", "TypeError: unsupported operands"},
    {"{1, 2} & 5", "TypeError: unsupported operands"},
    {"{1, 2} ^ 5", "TypeError: unsupported operands"},
    {"{1, 2} - 5", "TypeError: unsupported operands"},
    {"{1, 2} |= 5", "TypeError: unsupported operands"},
    {"{1, 2} &= 5", "TypeError: unsupported operands"},
    {"{1, 2} ^= 5", "TypeError: unsupported operands"},
    {"{1, 2} -= 5", "TypeError: unsupported operands"},
    {"{1, 2} == 5", "False"},
    {"{1, 2} != 5", "True"},
    {"{1, 2} < 5", "TypeError: '<' not supported between instances of 'set' and 'int'"},
    {"{1, 2} <= 5", "TypeError: '<=' not supported between instances of 'set' and 'int'"},
    {"{1, 2} > 5", "TypeError: '>' not supported between instances of 'set' and 'int'"},
    {"{1, 2} >= 5", "TypeError: '>=' not supported between instances of 'set' and 'int'"},
    {"[1] | {2, 3}", "TypeError: unsupported operands"},
    {"[1] & {2, 3}", "TypeError: unsupported operands"},
    {"[1] ^ {2, 3}", "TypeError: unsupported operands"},
    {"[1] - {2, 3}", "TypeError: unsupported operands"},
    {"[1] |= {2, 3}", "TypeError: unsupported operands"},
    {"[1] &= {2, 3}", "TypeError: unsupported operands"},
    {"[1] ^= {2, 3}", "TypeError: unsupported operands"},
    {"[1] -= {2, 3}", "TypeError: unsupported operands"},
    {"[1] | frozenset([1, 2, 3])", "TypeError: unsupported operands"},
    {"[1] & frozenset([1, 2, 3])", "TypeError: unsupported operands"},
    {"[1] ^ frozenset([1, 2, 3])", "TypeError: unsupported operands"},
    {"[1] - frozenset([1, 2, 3])", "TypeError: unsupported operands"},
    {"[1] |= frozenset([1, 2, 3])", "TypeError: unsupported operands"},
    {"[1] &= frozenset([1, 2, 3])", "TypeError: unsupported operands"},
    {"[1] ^= frozenset([1, 2, 3])", "TypeError: unsupported operands"},
    {"[1] -= frozenset([1, 2, 3])", "TypeError: unsupported operands"},
    {"[1] | set(NULL)", "TypeError: unsupported operands"},
    {"[1] & set(NULL)", "TypeError: unsupported operands"},
    {"[1] ^ set(NULL)", "TypeError: unsupported operands"},
    {"[1] - set(NULL)", "TypeError: unsupported operands"},
    {"[1] |= set(NULL)", "TypeError: unsupported operands"},
    {"[1] &= set(NULL)", "TypeError: unsupported operands"},
    {"[1] ^= set(NULL)", "TypeError: unsupported operands"},
    {"[1] -= set(NULL)", "TypeError: unsupported operands"},
};

static void
test_making(void)
{
    CHECK_ROWS(MAKING);
}

static void
test_functions(void)
{
    CHECK_ROWS(CALLS);
}

static void
test_methods(void)
{
    CHECK_ROWS(METHODS);
}

static void
test_operators(void)
{
    CHECK_ROWS(OPERATIONS);
}

static uint32_t random_state;

static uint32_t
random_below(uint32_t bound)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % bound;
}

static PyObject *
random_key(int kind)
{
    char text[32];
    uint32_t value = random_below(200);
    switch (kind) {
    case 0: return PyLong_FromLong((long)value);
    case 1: return PyLong_FromLong((long)value * 1024 - 50000);
    case 2: return PyFloat_FromDouble(value / 8.0);
    case 3: snprintf(text, sizeof text, "key %u", (unsigned)value); return PyUnicode_FromString(text);
    default: return PyLong_FromLongLong((long long)value << 40);
    }
}

static uint32_t
order_of(PyObject *set, uint32_t sum)
{
    PyObject *text = PyObject_Repr(set);
    const char *utf8 = PyUnicode_AsUTF8(text);
    for (; *utf8 != 0; utf8++) {
        sum = (sum ^ (unsigned char)*utf8) * 16777619u;
    }
    Py_DECREF(text);
    return sum;
}

static void
call_with_set(PyObject *set, const char *name, PyObject *other)
{
    PyObject *method = PyObject_GetAttrString(set, name);
    PyObject *result = PyObject_CallOneArg(method, other);
    Py_XDECREF(result);
    Py_DECREF(method);
}

/* The checksum of the reprs of two sets during many random steps. */
static uint32_t
random_steps(int kind, int steps)
{
    static const char *const MERGES[] = {"update", "intersection_update", "difference_update",
                                         "symmetric_difference_update"};
    PyObject *sets[2] = {PySet_New(NULL), PySet_New(NULL)};
    uint32_t sum = 2166136261u;
    int i;
    for (i = 0; i < steps; i++) {
        PyObject *set = sets[random_below(2)], *other = sets[random_below(2)], *key;
        switch (random_below(40)) {
        case 0: call_with_set(set, MERGES[random_below(4)], other); break;
        case 1:
            if (PySet_Size(set) > 0) {
                key = PySet_Pop(set);
                Py_XDECREF(key);
            }
            break;
        case 2:
            if (random_below(10) == 0) {
                PySet_Clear(set);
            }
            break;
        default:
            key = random_key(kind);
            if (random_below(3) == 0) {
                PySet_Discard(set, key);
            } else {
                PySet_Add(set, key);
            }
            Py_DECREF(key);
        }
        if (i % 7 == 0) {
            sum = order_of(set, sum);
        }
    }
    Py_DECREF(sets[0]);
    Py_DECREF(sets[1]);
    return sum;
}

static void
test_order(void)
{
    static const uint32_t SUMS[] = {1064271180u, 2102752374u, 1069918633u, 233816217u, 2067390504u};
    int kind;
    random_state = 1;
    for (kind = 0; kind < 5; kind++) {
        is_int(random_steps(kind, 4000), SUMS[kind],
               "keys of kind %d have the same order after each of 4,000 random steps", kind);
    }
}

/* An iterator over a set that changes. */
static void
test_iteration(void)
{
    PyObject *set = PySet_New(NULL), *key = PyLong_FromLong(1), *iterator, *item;
    PySet_Add(set, key);
    iterator = PyObject_GetIter(set);
    item = PyIter_Next(iterator);
    ok(item == key, "an iterator gives the keys");
    Py_XDECREF(item);
    Py_DECREF(key);
    key = PyLong_FromLong(2);
    PySet_Add(set, key);
    ok(PyIter_Next(iterator) == NULL, "an iterator over a set that has grown gives nothing");
    raises(PyExc_RuntimeError, "Set changed size during iteration", "a set that changes its size is a RuntimeError");
    ok(PyIter_Next(iterator) == NULL, "the iterator gives nothing afterwards either");
    raises(PyExc_RuntimeError, "Set changed size during iteration", "the error is raised again");
    Py_DECREF(iterator);
    iterator = PyObject_GetIter(set);
    Py_XDECREF(PyIter_Next(iterator));
    Py_XDECREF(PyIter_Next(iterator));
    ok(PyIter_Next(iterator) == NULL, "an iterator ends after the last key");
    no_error("the end is no error");
    PySet_Clear(set);
    ok(PyIter_Next(iterator) == NULL, "an iterator that has ended stays at its end");
    no_error("a set that changes after the end is no error");
    is_str(((PyObject *)iterator)->ob_type->tp_name, "set_iterator", "the iterator has a type of its own");
    ok(Py_TYPE(iterator) == &PySetIter_Type, "the type is PySetIter_Type");
    Py_DECREF(iterator);
    Py_DECREF(key);
    Py_DECREF(set);
}

static void
test_layout(void)
{
    PyObject *set = PySet_New(NULL), *frozen = PyFrozenSet_New(set), *key = PyLong_FromLong(5), *copy;
    ok(PySet_CheckExact(set) && PySet_Check(set) && PyAnySet_Check(set), "the checks recognise a set");
    ok(!PyFrozenSet_Check(set) && PyFrozenSet_CheckExact(frozen) && PyAnySet_CheckExact(frozen),
       "the checks recognise a frozenset");
    PySet_Add(set, key);
    is_int(PySet_GET_SIZE(set), 1, "PySet_GET_SIZE reads the number of keys");
    ok(PyObject_GC_IsTracked(set), "the collector tracks a set");
    is_int(PySet_Add(frozen, key), 0, "a frozenset that only its maker has takes keys");
    Py_INCREF(frozen);
    is_int(PySet_Add(frozen, key), -1, "a frozenset that others have takes none");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "adding to a frozenset that others have is a SystemError");
    PyErr_Clear();
    Py_DECREF(frozen);
    copy = PyObject_CallMethodNoArgs(frozen, PyUnicode_InternFromString("copy"));
    ok(copy == frozen, "the copy of a frozenset is the frozenset");
    Py_DECREF(copy);
    copy = PyObject_CallOneArg((PyObject *)&PyFrozenSet_Type, frozen);
    ok(copy == frozen, "a frozenset of a frozenset is the same object");
    Py_DECREF(copy);
    copy = PyFrozenSet_New(frozen);
    ok(copy != frozen, "PyFrozenSet_New copies a frozenset");
    is_int(PyObject_Hash(copy) == PyObject_Hash(frozen), 1, "equal frozensets have one hash");
    Py_DECREF(copy);
    is_int(PySet_Pop(key) == NULL, 1, "PySet_Pop of another object fails");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "PySet_Pop of another object is a SystemError");
    PyErr_Clear();
    Py_DECREF(set);
    Py_DECREF(frozen);
    Py_DECREF(key);
}

/* A set that contains itself through an object with a hash. */
static void
test_cycle(void)
{
    PyObject *list = PyList_New(0), *set = PySet_New(NULL), *tuple = PyTuple_New(1);
    Py_INCREF(set);
    PyList_Append(list, set);
    PyTuple_SetItem(tuple, 0, set);
    PyList_Append(list, tuple);
    is_str(shown(list), "[set(), (set(),)]", "a set in a list and in a tuple is shown");
    Py_DECREF(set);
    Py_DECREF(list);
    Py_DECREF(tuple);
}

int
main(void)
{
    functions = FUNCTIONS;
    setenv("PYTHONHASHSEED", "0", 1);
    TAP_BEGIN();
    RUN(test_making);
    RUN(test_functions);
    RUN(test_methods);
    RUN(test_operators);
    RUN(test_order);
    RUN(test_iteration);
    RUN(test_layout);
    RUN(test_cycle);
    return TAP_END();
}
