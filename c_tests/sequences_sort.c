/* Functions of sequences and mappings of any type, list.sort, and hints of lengths. */
#define EXPRESSIONS_HAVE_SETS
#include "expressions.h"

/* A new tuple of a new reference and of an object that stays the caller's. */
static PyObject *
pair_of(PyObject *first, PyObject *second)
{
    PyObject *pair = PyTuple_New(2);
    PyTuple_SetItem(pair, 0, first);
    Py_INCREF(second);
    PyTuple_SetItem(pair, 1, second);
    return pair;
}

static PyObject *
call_repeat(PyObject **a)
{
    return PySequence_Repeat(a[0], size_of(a[1]));
}

static PyObject *
call_in_place_repeat(PyObject **a)
{
    PyObject *result = PySequence_InPlaceRepeat(a[0], size_of(a[1]));
    return result == NULL ? NULL : pair_of(result, a[0]);
}

static PyObject *
call_in_place_concat(PyObject **a)
{
    PyObject *result = PySequence_InPlaceConcat(a[0], a[1]);
    return result == NULL ? NULL : pair_of(result, a[0]);
}

static PyObject *
call_count(PyObject **a)
{
    return number(PySequence_Count(a[0], a[1]));
}

static PyObject *
call_index(PyObject **a)
{
    return number(PySequence_Index(a[0], a[1]));
}

static PyObject *
call_in(PyObject **a)
{
    return number(PySequence_In(a[0], a[1]));
}

static PyObject *
call_keys(PyObject **a)
{
    return PyMapping_Keys(a[0]);
}

static PyObject *
call_values(PyObject **a)
{
    return PyMapping_Values(a[0]);
}

static PyObject *
call_items(PyObject **a)
{
    return PyMapping_Items(a[0]);
}

static PyObject *
call_optional_item(PyObject **a)
{
    PyObject *item = NULL;
    int found = PyMapping_GetOptionalItem(a[0], a[1], &item);
    if (found < 0) {
        return NULL;
    }
    return found ? item : PyUnicode_FromString("nothing");
}

static PyObject *
call_has_key(PyObject **a)
{
    return number(PyMapping_HasKey(a[0], a[1]));
}

static PyObject *
call_has_key_with_error(PyObject **a)
{
    return number(PyMapping_HasKeyWithError(a[0], a[1]));
}

static PyObject *
call_length_hint(PyObject **a)
{
    return number(PyObject_LengthHint(a[0], size_of(a[1])));
}

static PyObject *
call_sort(PyObject **a)
{
    if (PyList_Sort(a[0]) < 0) {
        return NULL;
    }
    Py_INCREF(a[0]);
    return a[0];
}

/* The list after its method was called with keyword arguments. */
static PyObject *
call_sorted(PyObject **a)
{
    PyObject *method = PyObject_GetAttrString(a[0], "sort"), *none = PyTuple_New(0);
    PyObject *result = PyObject_Call(method, none, a[1]);
    Py_DECREF(method);
    Py_DECREF(none);
    if (result == NULL) {
        return NULL;
    }
    Py_DECREF(result);
    Py_INCREF(a[0]);
    return a[0];
}

static PyObject *
call_iter(PyObject **a)
{
    return PyObject_GetIter(a[0]);
}

/* The built-in len as a key: the length of its argument. */
static PyObject *
length_of(PyObject *self, PyObject *o)
{
    (void)self;
    return number(PyObject_Size(o));
}

static PyMethodDef LENGTH_OF = {"length_of", length_of, METH_O, NULL};

static PyObject *
call_len_function(PyObject **a)
{
    (void)a;
    return PyCFunction_New(&LENGTH_OF, NULL);
}

static const Function FUNCTIONS[] = {
    {"Repeat", call_repeat},
    {"InPlaceRepeat", call_in_place_repeat},
    {"InPlaceConcat", call_in_place_concat},
    {"Count", call_count},
    {"Index", call_index},
    {"In", call_in},
    {"Keys", call_keys},
    {"Values", call_values},
    {"Items", call_items},
    {"OptionalItem", call_optional_item},
    {"HasKey", call_has_key},
    {"HasKeyWithError", call_has_key_with_error},
    {"LengthHint", call_length_hint},
    {"Sort", call_sort},
    {"Sorted", call_sorted},
    {"iter", call_iter},
    {"len", call_len_function},
    {NULL, NULL},
};

static const Row SEQUENCES[] = {
    {"Repeat([1, 2], 0)", "[]"},
    {"InPlaceRepeat([1, 2], 0)", "([], [])"},
    {"Repeat([1, 2], 1)", "[1, 2]"},
    {"InPlaceRepeat([1, 2], 1)", "([1, 2], [1, 2])"},
    {"Repeat([1, 2], 3)", "[1, 2, 1, 2, 1, 2]"},
    {"InPlaceRepeat([1, 2], 3)", "([1, 2, 1, 2, 1, 2], [1, 2, 1, 2, 1, 2])"},
    {"Repeat([1, 2], -2)", "[]"},
    {"InPlaceRepeat([1, 2], -2)", "([], [])"},
    {"InPlaceConcat([1, 2], [3])", "([1, 2, 3], [1, 2, 3])"},
    {"InPlaceConcat([1, 2], (3,))", "([1, 2, 3], [1, 2, 3])"},
    {"InPlaceConcat([1, 2], 'c')", "([1, 2, 'c'], [1, 2, 'c'])"},
    {"InPlaceConcat([1, 2], b'c')", "([1, 2, 99], [1, 2, 99])"},
    {"InPlaceConcat([1, 2], 5)", "TypeError: 'int' object is not iterable"},
    {"InPlaceConcat([1, 2], {3})", "([1, 2, 3], [1, 2, 3])"},
    {"Count([1, 2], 1)", "1"},
    {"Index([1, 2], 1)", "0"},
    {"In([1, 2], 1)", "1"},
    {"Count([1, 2], 'a')", "0"},
    {"Index([1, 2], 'a')", "ValueError: sequence.index(x): x not in sequence"},
    {"In([1, 2], 'a')", "0"},
    {"Count([1, 2], 9)", "0"},
    {"Index([1, 2], 9)", "ValueError: sequence.index(x): x not in sequence"},
    {"In([1, 2], 9)", "0"},
    {"Count([1, 2], [])", "0"},
    {"Index([1, 2], [])", "ValueError: sequence.index(x): x not in sequence"},
    {"In([1, 2], [])", "0"},
    {"Repeat((1, 2), 0)", "()"},
    {"InPlaceRepeat((1, 2), 0)", "((), (1, 2))"},
    {"Repeat((1, 2), 1)", "(1, 2)"},
    {"InPlaceRepeat((1, 2), 1)", "((1, 2), (1, 2))"},
    {"Repeat((1, 2), 3)", "(1, 2, 1, 2, 1, 2)"},
    {"InPlaceRepeat((1, 2), 3)", "((1, 2, 1, 2, 1, 2), (1, 2))"},
    {"Repeat((1, 2), -2)", "()"},
    {"InPlaceRepeat((1, 2), -2)", "((), (1, 2))"},
    {"InPlaceConcat((1, 2), [3])", "TypeError: can only concatenate tuple (not \"list\") to tuple"},
    {"InPlaceConcat((1, 2), (3,))", "((1, 2, 3), (1, 2))"},
    {"InPlaceConcat((1, 2), 'c')", "TypeError: can only concatenate tuple (not \"str\") to tuple"},
    {"InPlaceConcat((1, 2), b'c')", "TypeError: can only concatenate tuple (not \"bytes\") to tuple"},
    {"InPlaceConcat((1, 2), 5)", "TypeError: can only concatenate tuple (not \"int\") to tuple"},
    {"InPlaceConcat((1, 2), {3})", "TypeError: can only concatenate tuple (not \"set\") to tuple"},
    {"Count((1, 2), 1)", "1"},
    {"Index((1, 2), 1)", "0"},
    {"In((1, 2), 1)", "1"},
    {"Count((1, 2), 'a')", "0"},
    {"Index((1, 2), 'a')", "ValueError: sequence.index(x): x not in sequence"},
    {"In((1, 2), 'a')", "0"},
    {"Count((1, 2), 9)", "0"},
    {"Index((1, 2), 9)", "ValueError: sequence.index(x): x not in sequence"},
    {"In((1, 2), 9)", "0"},
    {"Count((1, 2), [])", "0"},
    {"Index((1, 2), [])", "ValueError: sequence.index(x): x not in sequence"},
    {"In((1, 2), [])", "0"},
    {"Repeat('ab', 0)", "''"},
    {"InPlaceRepeat('ab', 0)", "('', 'ab')"},
    {"Repeat('ab', 1)", "'ab'"},
    {"InPlaceRepeat('ab', 1)", "('ab', 'ab')"},
    {"Repeat('ab', 3)", "'ababab'"},
    {"InPlaceRepeat('ab', 3)", "('ababab', 'ab')"},
    {"Repeat('ab', -2)", "''"},
    {"InPlaceRepeat('ab', -2)", "('', 'ab')"},
    {"InPlaceConcat('ab', [3])", "TypeError: can only concatenate str (not \"list\") to str"},
    {"InPlaceConcat('ab', (3,))", "TypeError: can only concatenate str (not \"tuple\") to str"},
    {"InPlaceConcat('ab', 'c')", "('abc', 'ab')"},
    {"InPlaceConcat('ab', b'c')", "TypeError: can only concatenate str (not \"bytes\") to str"},
    {"InPlaceConcat('ab', 5)", "TypeError: can only concatenate str (not \"int\") to str"},
    {"InPlaceConcat('ab', {3})", "TypeError: can only concatenate str (not \"set\") to str"},
    {"Count('ab', 1)", "0"},
    {"Index('ab', 1)", "ValueError: sequence.index(x): x not in sequence"},
    {"In('ab', 1)", "TypeError: 'in <string>' requires string as left operand, not int"},
    {"Count('ab', 'a')", "1"},
    {"Index('ab', 'a')", "0"},
    {"In('ab', 'a')", "1"},
    {"Count('ab', 9)", "0"},
    {"Index('ab', 9)", "ValueError: sequence.index(x): x not in sequence"},
    {"In('ab', 9)", "TypeError: 'in <string>' requires string as left operand, not int"},
    {"Count('ab', [])", "0"},
    {"Index('ab', [])", "ValueError: sequence.index(x): x not in sequence"},
    {"In('ab', [])", "TypeError: 'in <string>' requires string as left operand, not list"},
    {"Repeat(b'ab', 0)", "b''"},
    {"InPlaceRepeat(b'ab', 0)", "(b'', b'ab')"},
    {"Repeat(b'ab', 1)", "b'ab'"},
    {"InPlaceRepeat(b'ab', 1)", "(b'ab', b'ab')"},
    {"Repeat(b'ab', 3)", "b'ababab'"},
    {"InPlaceRepeat(b'ab', 3)", "(b'ababab', b'ab')"},
    {"Repeat(b'ab', -2)", "b''"},
    {"InPlaceRepeat(b'ab', -2)", "(b'', b'ab')"},
    {"InPlaceConcat(b'ab', [3])", "TypeError: can't concat list to bytes"},
    {"InPlaceConcat(b'ab', (3,))", "TypeError: can't concat tuple to bytes"},
    {"InPlaceConcat(b'ab', 'c')", "TypeError: can't concat str to bytes"},
    {"InPlaceConcat(b'ab', b'c')", "(b'abc', b'ab')"},
    {"InPlaceConcat(b'ab', 5)", "TypeError: can't concat int to bytes"},
    {"InPlaceConcat(b'ab', {3})", "TypeError: can't concat set to bytes"},
    {"Repeat({1: 2}, 0)", "TypeError: 'dict' object can't be repeated"},
    {"InPlaceRepeat({1: 2}, 0)", "TypeError: 'dict' object can't be repeated"},
    {"Repeat({1: 2}, 1)", "TypeError: 'dict' object can't be repeated"},
    {"InPlaceRepeat({1: 2}, 1)", "TypeError: 'dict' object can't be repeated"},
    {"Repeat({1: 2}, 3)", "TypeError: 'dict' object can't be repeated"},
    {"InPlaceRepeat({1: 2}, 3)", "TypeError: 'dict' object can't be repeated"},
    {"Repeat({1: 2}, -2)", "TypeError: 'dict' object can't be repeated"},
    {"InPlaceRepeat({1: 2}, -2)", "TypeError: 'dict' object can't be repeated"},
    {"InPlaceConcat({1: 2}, [3])", "TypeError: 'dict' object can't be concatenated"},
    {"InPlaceConcat({1: 2}, (3,))", "TypeError: 'dict' object can't be concatenated"},
    {"InPlaceConcat({1: 2}, 'c')", "TypeError: 'dict' object can't be concatenated"},
    {"InPlaceConcat({1: 2}, b'c')", "TypeError: 'dict' object can't be concatenated"},
    {"InPlaceConcat({1: 2}, 5)", "TypeError: 'dict' object can't be concatenated"},
    {"InPlaceConcat({1: 2}, {3})", "TypeError: 'dict' object can't be concatenated"},
    {"Count({1: 2}, 1)", "1"},
    {"Index({1: 2}, 1)", "0"},
    {"In({1: 2}, 1)", "1"},
    {"Count({1: 2}, 'a')", "0"},
    {"Index({1: 2}, 'a')", "ValueError: sequence.index(x): x not in sequence"},
    {"In({1: 2}, 'a')", "0"},
    {"Count({1: 2}, 9)", "0"},
    {"Index({1: 2}, 9)", "ValueError: sequence.index(x): x not in sequence"},
    {"In({1: 2}, 9)", "0"},
    {"Count({1: 2}, [])", "0"},
    {"Index({1: 2}, [])", "ValueError: sequence.index(x): x not in sequence"},
    {"In({1: 2}, [])", "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')"},
    {"Repeat({1, 2}, 0)", "TypeError: 'set' object can't be repeated"},
    {"InPlaceRepeat({1, 2}, 0)", "TypeError: 'set' object can't be repeated"},
    {"Repeat({1, 2}, 1)", "TypeError: 'set' object can't be repeated"},
    {"InPlaceRepeat({1, 2}, 1)", "TypeError: 'set' object can't be repeated"},
    {"Repeat({1, 2}, 3)", "TypeError: 'set' object can't be repeated"},
    {"InPlaceRepeat({1, 2}, 3)", "TypeError: 'set' object can't be repeated"},
    {"Repeat({1, 2}, -2)", "TypeError: 'set' object can't be repeated"},
    {"InPlaceRepeat({1, 2}, -2)", "TypeError: 'set' object can't be repeated"},
    {"InPlaceConcat({1, 2}, [3])", "TypeError: 'set' object can't be concatenated"},
    {"InPlaceConcat({1, 2}, (3,))", "TypeError: 'set' object can't be concatenated"},
    {"InPlaceConcat({1, 2}, 'c')", "TypeError: 'set' object can't be concatenated"},
    {"InPlaceConcat({1, 2}, b'c')", "TypeError: 'set' object can't be concatenated"},
    {"InPlaceConcat({1, 2}, 5)", "TypeError: 'set' object can't be concatenated"},
    {"InPlaceConcat({1, 2}, {3})", "TypeError: 'set' object can't be concatenated"},
    {"Count({1, 2}, 1)", "1"},
    {"Index({1, 2}, 1)", "0"},
    {"In({1, 2}, 1)", "1"},
    {"Count({1, 2}, 'a')", "0"},
    {"Index({1, 2}, 'a')", "ValueError: sequence.index(x): x not in sequence"},
    {"In({1, 2}, 'a')", "0"},
    {"Count({1, 2}, 9)", "0"},
    {"Index({1, 2}, 9)", "ValueError: sequence.index(x): x not in sequence"},
    {"In({1, 2}, 9)", "0"},
    {"Count({1, 2}, [])", "0"},
    {"Index({1, 2}, [])", "ValueError: sequence.index(x): x not in sequence"},
    {"In({1, 2}, [])", "TypeError: cannot use 'list' as a set element (unhashable type: 'list')"},
    {"Repeat(5, 0)", "TypeError: 'int' object can't be repeated"},
    {"InPlaceRepeat(5, 0)", "TypeError: 'int' object can't be repeated"},
    {"Repeat(5, 1)", "TypeError: 'int' object can't be repeated"},
    {"InPlaceRepeat(5, 1)", "TypeError: 'int' object can't be repeated"},
    {"Repeat(5, 3)", "TypeError: 'int' object can't be repeated"},
    {"InPlaceRepeat(5, 3)", "TypeError: 'int' object can't be repeated"},
    {"Repeat(5, -2)", "TypeError: 'int' object can't be repeated"},
    {"InPlaceRepeat(5, -2)", "TypeError: 'int' object can't be repeated"},
    {"InPlaceConcat(5, [3])", "TypeError: 'int' object can't be concatenated"},
    {"InPlaceConcat(5, (3,))", "TypeError: 'int' object can't be concatenated"},
    {"InPlaceConcat(5, 'c')", "TypeError: 'int' object can't be concatenated"},
    {"InPlaceConcat(5, b'c')", "TypeError: 'int' object can't be concatenated"},
    {"InPlaceConcat(5, 5)", "TypeError: 'int' object can't be concatenated"},
    {"InPlaceConcat(5, {3})", "TypeError: 'int' object can't be concatenated"},
    {"Count(5, 1)", "TypeError: argument of type 'int' is not iterable"},
    {"Index(5, 1)", "TypeError: argument of type 'int' is not iterable"},
    {"In(5, 1)", "TypeError: argument of type 'int' is not a container or iterable"},
    {"Count(5, 'a')", "TypeError: argument of type 'int' is not iterable"},
    {"Index(5, 'a')", "TypeError: argument of type 'int' is not iterable"},
    {"In(5, 'a')", "TypeError: argument of type 'int' is not a container or iterable"},
    {"Count(5, 9)", "TypeError: argument of type 'int' is not iterable"},
    {"Index(5, 9)", "TypeError: argument of type 'int' is not iterable"},
    {"In(5, 9)", "TypeError: argument of type 'int' is not a container or iterable"},
    {"Count(5, [])", "TypeError: argument of type 'int' is not iterable"},
    {"Index(5, [])", "TypeError: argument of type 'int' is not iterable"},
    {"In(5, [])", "TypeError: argument of type 'int' is not a container or iterable"},
    {"Repeat(None, 0)", "TypeError: 'NoneType' object can't be repeated"},
    {"InPlaceRepeat(None, 0)", "TypeError: 'NoneType' object can't be repeated"},
    {"Repeat(None, 1)", "TypeError: 'NoneType' object can't be repeated"},
    {"InPlaceRepeat(None, 1)", "TypeError: 'NoneType' object can't be repeated"},
    {"Repeat(None, 3)", "TypeError: 'NoneType' object can't be repeated"},
    {"InPlaceRepeat(None, 3)", "TypeError: 'NoneType' object can't be repeated"},
    {"Repeat(None, -2)", "TypeError: 'NoneType' object can't be repeated"},
    {"InPlaceRepeat(None, -2)", "TypeError: 'NoneType' object can't be repeated"},
    {"InPlaceConcat(None, [3])", "TypeError: 'NoneType' object can't be concatenated"},
    {"InPlaceConcat(None, (3,))", "TypeError: 'NoneType' object can't be concatenated"},
    {"InPlaceConcat(None, 'c')", "TypeError: 'NoneType' object can't be concatenated"},
    {"InPlaceConcat(None, b'c')", "TypeError: 'NoneType' object can't be concatenated"},
    {"InPlaceConcat(None, 5)", "TypeError: 'NoneType' object can't be concatenated"},
    {"InPlaceConcat(None, {3})", "TypeError: 'NoneType' object can't be concatenated"},
    {"Count(None, 1)", "TypeError: argument of type 'NoneType' is not iterable"},
    {"Index(None, 1)", "TypeError: argument of type 'NoneType' is not iterable"},
    {"In(None, 1)", "TypeError: argument of type 'NoneType' is not a container or iterable"},
    {"Count(None, 'a')", "TypeError: argument of type 'NoneType' is not iterable"},
    {"Index(None, 'a')", "TypeError: argument of type 'NoneType' is not iterable"},
    {"In(None, 'a')", "TypeError: argument of type 'NoneType' is not a container or iterable"},
    {"Count(None, 9)", "TypeError: argument of type 'NoneType' is not iterable"},
    {"Index(None, 9)", "TypeError: argument of type 'NoneType' is not iterable"},
    {"In(None, 9)", "TypeError: argument of type 'NoneType' is not a container or iterable"},
    {"Count(None, [])", "TypeError: argument of type 'NoneType' is not iterable"},
    {"Index(None, [])", "TypeError: argument of type 'NoneType' is not iterable"},
    {"In(None, [])", "TypeError: argument of type 'NoneType' is not a container or iterable"},
    {"Repeat([], 0)", "[]"},
    {"InPlaceRepeat([], 0)", "([], [])"},
    {"Repeat([], 1)", "[]"},
    {"InPlaceRepeat([], 1)", "([], [])"},
    {"Repeat([], 3)", "[]"},
    {"InPlaceRepeat([], 3)", "([], [])"},
    {"Repeat([], -2)", "[]"},
    {"InPlaceRepeat([], -2)", "([], [])"},
    {"InPlaceConcat([], [3])", "([3], [3])"},
    {"InPlaceConcat([], (3,))", "([3], [3])"},
    {"InPlaceConcat([], 'c')", "(['c'], ['c'])"},
    {"InPlaceConcat([], b'c')", "([99], [99])"},
    {"InPlaceConcat([], 5)", "TypeError: 'int' object is not iterable"},
    {"InPlaceConcat([], {3})", "([3], [3])"},
    {"Count([], 1)", "0"},
    {"Index([], 1)", "ValueError: sequence.index(x): x not in sequence"},
    {"In([], 1)", "0"},
    {"Count([], 'a')", "0"},
    {"Index([], 'a')", "ValueError: sequence.index(x): x not in sequence"},
    {"In([], 'a')", "0"},
    {"Count([], 9)", "0"},
    {"Index([], 9)", "ValueError: sequence.index(x): x not in sequence"},
    {"In([], 9)", "0"},
    {"Count([], [])", "0"},
    {"Index([], [])", "ValueError: sequence.index(x): x not in sequence"},
    {"In([], [])", "0"},
    {"Repeat('', 0)", "''"},
    {"InPlaceRepeat('', 0)", "('', '')"},
    {"Repeat('', 1)", "''"},
    {"InPlaceRepeat('', 1)", "('', '')"},
    {"Repeat('', 3)", "''"},
    {"InPlaceRepeat('', 3)", "('', '')"},
    {"Repeat('', -2)", "''"},
    {"InPlaceRepeat('', -2)", "('', '')"},
    {"InPlaceConcat('', [3])", "TypeError: can only concatenate str (not \"list\") to str"},
    {"InPlaceConcat('', (3,))", "TypeError: can only concatenate str (not \"tuple\") to str"},
    {"InPlaceConcat('', 'c')", "('c', '')"},
    {"InPlaceConcat('', b'c')", "TypeError: can only concatenate str (not \"bytes\") to str"},
    {"InPlaceConcat('', 5)", "TypeError: can only concatenate str (not \"int\") to str"},
    {"InPlaceConcat('', {3})", "TypeError: can only concatenate str (not \"set\") to str"},
    {"Count('', 1)", "0"},
    {"Index('', 1)", "ValueError: sequence.index(x): x not in sequence"},
    {"In('', 1)", "TypeError: 'in <string>' requires string as left operand, not int"},
    {"Count('', 'a')", "0"},
    {"Index('', 'a')", "ValueError: sequence.index(x): x not in sequence"},
    {"In('', 'a')", "0"},
    {"Count('', 9)", "0"},
    {"Index('', 9)", "ValueError: sequence.index(x): x not in sequence"},
    {"In('', 9)", "TypeError: 'in <string>' requires string as left operand, not int"},
    {"Count('', [])", "0"},
    {"Index('', [])", "ValueError: sequence.index(x): x not in sequence"},
    {"In('', [])", "TypeError: 'in <string>' requires string as left operand, not list"},
    {"Repeat([1], 9223372036854775807)", "MemoryError: "},
    {"Index([1, 2, 1], 2)", "1"},
    {"Count([1, 1.0, True], 1)", "3"},
    {"Count(iter([1, 2, 1]), 1)", "2"},
    {"Index(iter('xyz'), 'z')", "2"},
    {"In(iter([1, 2]), 2)", "1"},
};

static const Row MAPPINGS[] = {
    {"Keys({1: 2, 'a': 3})", "[1, 'a']"},
    {"Values({1: 2, 'a': 3})", "[2, 3]"},
    {"Items({1: 2, 'a': 3})", "[(1, 2), ('a', 3)]"},
    {"OptionalItem({1: 2, 'a': 3}, 1)", "2"},
    {"HasKey({1: 2, 'a': 3}, 1)", "1"},
    {"HasKeyWithError({1: 2, 'a': 3}, 1)", "1"},
    {"OptionalItem({1: 2, 'a': 3}, 'a')", "3"},
    {"HasKey({1: 2, 'a': 3}, 'a')", "1"},
    {"HasKeyWithError({1: 2, 'a': 3}, 'a')", "1"},
    {"OptionalItem({1: 2, 'a': 3}, 9)", "'nothing'"},
    {"HasKey({1: 2, 'a': 3}, 9)", "0"},
    {"HasKeyWithError({1: 2, 'a': 3}, 9)", "0"},
    {"OptionalItem({1: 2, 'a': 3}, [])", "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')"},
    {"HasKeyWithError({1: 2, 'a': 3}, [])", "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')"},
    {"OptionalItem({1: 2, 'a': 3}, 0)", "'nothing'"},
    {"HasKey({1: 2, 'a': 3}, 0)", "0"},
    {"HasKeyWithError({1: 2, 'a': 3}, 0)", "0"},
    {"LengthHint({1: 2, 'a': 3}, 7)", "2"},
    {"Keys({})", "[]"},
    {"Values({})", "[]"},
    {"Items({})", "[]"},
    {"OptionalItem({}, 1)", "'nothing'"},
    {"HasKey({}, 1)", "0"},
    {"HasKeyWithError({}, 1)", "0"},
    {"OptionalItem({}, 'a')", "'nothing'"},
    {"HasKey({}, 'a')", "0"},
    {"HasKeyWithError({}, 'a')", "0"},
    {"OptionalItem({}, 9)", "'nothing'"},
    {"HasKey({}, 9)", "0"},
    {"HasKeyWithError({}, 9)", "0"},
    {"OptionalItem({}, [])", "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')"},
    {"HasKeyWithError({}, [])", "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')"},
    {"OptionalItem({}, 0)", "'nothing'"},
    {"HasKey({}, 0)", "0"},
    {"HasKeyWithError({}, 0)", "0"},
    {"LengthHint({}, 7)", "0"},
    {"Keys([1])", "AttributeError: 'list' object has no attribute 'keys'"},
    {"Values([1])", "AttributeError: 'list' object has no attribute 'values'"},
    {"Items([1])", "AttributeError: 'list' object has no attribute 'items'"},
    {"OptionalItem([1], 1)", "IndexError: list index out of range"},
    {"HasKeyWithError([1], 1)", "IndexError: list index out of range"},
    {"OptionalItem([1], 'a')", "TypeError: list indices must be integers or slices, not str"},
    {"HasKeyWithError([1], 'a')", "TypeError: list indices must be integers or slices, not str"},
    {"OptionalItem([1], 9)", "IndexError: list index out of range"},
    {"HasKeyWithError([1], 9)", "IndexError: list index out of range"},
    {"OptionalItem([1], [])", "TypeError: list indices must be integers or slices, not list"},
    {"HasKeyWithError([1], [])", "TypeError: list indices must be integers or slices, not list"},
    {"OptionalItem([1], 0)", "1"},
    {"HasKeyWithError([1], 0)", "1"},
    {"LengthHint([1], 7)", "1"},
    {"Keys(5)", "AttributeError: 'int' object has no attribute 'keys'"},
    {"Values(5)", "AttributeError: 'int' object has no attribute 'values'"},
    {"Items(5)", "AttributeError: 'int' object has no attribute 'items'"},
    {"OptionalItem(5, 1)", "TypeError: 'int' object is not subscriptable"},
    {"HasKeyWithError(5, 1)", "TypeError: 'int' object is not subscriptable"},
    {"OptionalItem(5, 'a')", "TypeError: 'int' object is not subscriptable"},
    {"HasKeyWithError(5, 'a')", "TypeError: 'int' object is not subscriptable"},
    {"OptionalItem(5, 9)", "TypeError: 'int' object is not subscriptable"},
    {"HasKeyWithError(5, 9)", "TypeError: 'int' object is not subscriptable"},
    {"OptionalItem(5, [])", "TypeError: 'int' object is not subscriptable"},
    {"HasKeyWithError(5, [])", "TypeError: 'int' object is not subscriptable"},
    {"OptionalItem(5, 0)", "TypeError: 'int' object is not subscriptable"},
    {"HasKeyWithError(5, 0)", "TypeError: 'int' object is not subscriptable"},
    {"LengthHint(5, 7)", "7"},
    {"Keys({1})", "AttributeError: 'set' object has no attribute 'keys'"},
    {"Values({1})", "AttributeError: 'set' object has no attribute 'values'"},
    {"Items({1})", "AttributeError: 'set' object has no attribute 'items'"},
    {"OptionalItem({1}, 1)", "TypeError: 'set' object is not subscriptable"},
    {"HasKeyWithError({1}, 1)", "TypeError: 'set' object is not subscriptable"},
    {"OptionalItem({1}, 'a')", "TypeError: 'set' object is not subscriptable"},
    {"HasKeyWithError({1}, 'a')", "TypeError: 'set' object is not subscriptable"},
    {"OptionalItem({1}, 9)", "TypeError: 'set' object is not subscriptable"},
    {"HasKeyWithError({1}, 9)", "TypeError: 'set' object is not subscriptable"},
    {"OptionalItem({1}, [])", "TypeError: 'set' object is not subscriptable"},
    {"HasKeyWithError({1}, [])", "TypeError: 'set' object is not subscriptable"},
    {"OptionalItem({1}, 0)", "TypeError: 'set' object is not subscriptable"},
    {"HasKeyWithError({1}, 0)", "TypeError: 'set' object is not subscriptable"},
    {"LengthHint({1}, 7)", "1"},
    {"Keys('ab')", "AttributeError: 'str' object has no attribute 'keys'"},
    {"Values('ab')", "AttributeError: 'str' object has no attribute 'values'"},
    {"Items('ab')", "AttributeError: 'str' object has no attribute 'items'"},
    {"OptionalItem('ab', 1)", "'b'"},
    {"HasKeyWithError('ab', 1)", "1"},
    {"OptionalItem('ab', 'a')", "TypeError: string indices must be integers, not 'str'"},
    {"HasKeyWithError('ab', 'a')", "TypeError: string indices must be integers, not 'str'"},
    {"OptionalItem('ab', 9)", "IndexError: string index out of range"},
    {"HasKeyWithError('ab', 9)", "IndexError: string index out of range"},
    {"OptionalItem('ab', [])", "TypeError: string indices must be integers, not 'list'"},
    {"HasKeyWithError('ab', [])", "TypeError: string indices must be integers, not 'list'"},
    {"OptionalItem('ab', 0)", "'a'"},
    {"HasKeyWithError('ab', 0)", "1"},
    {"LengthHint('ab', 7)", "2"},
    {"Keys((5,))", "AttributeError: 'tuple' object has no attribute 'keys'"},
    {"Values((5,))", "AttributeError: 'tuple' object has no attribute 'values'"},
    {"Items((5,))", "AttributeError: 'tuple' object has no attribute 'items'"},
    {"OptionalItem((5,), 1)", "IndexError: tuple index out of range"},
    {"HasKeyWithError((5,), 1)", "IndexError: tuple index out of range"},
    {"OptionalItem((5,), 'a')", "TypeError: tuple indices must be integers or slices, not str"},
    {"HasKeyWithError((5,), 'a')", "TypeError: tuple indices must be integers or slices, not str"},
    {"OptionalItem((5,), 9)", "IndexError: tuple index out of range"},
    {"HasKeyWithError((5,), 9)", "IndexError: tuple index out of range"},
    {"OptionalItem((5,), [])", "TypeError: tuple indices must be integers or slices, not list"},
    {"HasKeyWithError((5,), [])", "TypeError: tuple indices must be integers or slices, not list"},
    {"OptionalItem((5,), 0)", "5"},
    {"HasKeyWithError((5,), 0)", "1"},
    {"LengthHint((5,), 7)", "1"},
    {"LengthHint(None, 0)", "0"},
    {"LengthHint(b'abc', 1)", "3"},
};

static const Row SORTING[] = {
    {"Sort([])", "[]"},
    {"Sort([1])", "[1]"},
    {"Sort([3, 1, 2])", "[1, 2, 3]"},
    {"Sort([3, 2, 1])", "[1, 2, 3]"},
    {"Sort([1, 2, 3])", "[1, 2, 3]"},
    {"Sort(['b', 'a', 'c'])", "['a', 'b', 'c']"},
    {"Sort(['\\u20ac', 'z', '\\xe9', '\\U0001f600'])", "['z', 'é', '€', '😀']"},
    {"Sort([2.5, -1.0, 0.0, -0.0])", "[-1.0, 0.0, -0.0, 2.5]"},
    {"Sort([1, 2.5, True, 0])", "[0, 1, True, 2.5]"},
    {"Sort([(2, 1), (1, 2), (1, 1)])", "[(1, 1), (1, 2), (2, 1)]"},
    {"Sort([1, 'a'])", "TypeError: '<' not supported between instances of 'str' and 'int'"},
    {"Sort([None, 1])", "TypeError: '<' not supported between instances of 'int' and 'NoneType'"},
    {"Sort([[2], [1]])", "[[1], [2]]"},
    {"Sort([{}, {}])", "TypeError: '<' not supported between instances of 'dict' and 'dict'"},
    {"Sort([123456789012345678901, 1, -123456789012345678901])", "[-123456789012345678901, 1, 123456789012345678901]"},
    {"Sort([3, 3, 1, 1])", "[1, 1, 3, 3]"},
    {"Sort([1, None])", "TypeError: '<' not supported between instances of 'NoneType' and 'int'"},
    {"Sort([2, 1, 'x'])", "TypeError: '<' not supported between instances of 'str' and 'int'"},
    {"Sorted([3, 1, 2], {'reverse': True})", "[3, 2, 1]"},
    {"Sorted([3, 1, 2], {'reverse': 0})", "[1, 2, 3]"},
    {"Sorted(['bbb', 'a', 'cc'], {'key': len()})", "['a', 'cc', 'bbb']"},
    {"Sorted(['bbb', 'a', 'cc', 'd'], {'key': len(), 'reverse': True})", "['bbb', 'cc', 'a', 'd']"},
    {"Sorted([3, 1], {'key': None})", "[1, 3]"},
    {"Sorted([3, 1], {'key': 5})", "TypeError: 'int' object is not callable"},
    {"Sorted([3, 1], {'key': len()})", "TypeError: object of type 'int' has no len()"},
    {"Sorted([3, 1], {'x': 1})", "TypeError: sort() got an unexpected keyword argument 'x'"},
    {"Sorted([3, 1], {'key': None, 'reverse': 1, 'x': 2})",
     "TypeError: sort() takes at most 2 keyword arguments (3 given)"},
    {"[2, 1].sort(1)", "TypeError: sort() takes no positional arguments"},
    {"[2, 1].sort(reverse=[])", "None"},
    {"Sorted([1, 2], {'reverse': 'x'})", "[2, 1]"},
    {"[].__sizeof__()", "40"},
    {"Sort([b'b', b'a'])", "[b'a', b'b']"},
};

static void
test_sequences(void)
{
    CHECK_ROWS(SEQUENCES);
}

static void
test_mappings(void)
{
    CHECK_ROWS(MAPPINGS);
}

static void
test_sorting(void)
{
    CHECK_ROWS(SORTING);
}

/* Sorts lists of many numbers, some of which are equal, and checks that equal ones keep their order. */
static void
test_stability(void)
{
    static const int LENGTHS[] = {0, 1, 2, 15, 16, 17, 31, 32, 33, 100, 1000, 4097};
    size_t i;
    for (i = 0; i < sizeof LENGTHS / sizeof *LENGTHS; i++) {
        int shape, reverse, length = LENGTHS[i];
        for (shape = 0; shape < 5; shape++) {
            for (reverse = 0; reverse < 2; reverse++) {
                PyObject *list = PyList_New(0), *keywords = PyDict_New(), *method, *none = PyTuple_New(0);
                PyObject *key = PyCFunction_New(&LENGTH_OF, NULL);
                unsigned state = 1;
                int j, wrong = 0;
                /* Each item is a list whose length is its key, and whose place is its first item. */
                for (j = 0; j < length; j++) {
                    PyObject *item = PyList_New(0), *place = PyLong_FromLong(j);
                    int size;
                    state = state * 1664525u + 1013904223u;
                    size = shape == 0   ? (int)(state >> 16) % 7
                           : shape == 1 ? j % 50
                           : shape == 2 ? (length - j) % 60
                           : shape == 3 ? j / 100
                                        : 3;
                    while (PyList_Size(item) <= size) {
                        PyList_Append(item, place);
                    }
                    PyList_Append(list, item);
                    Py_DECREF(place);
                    Py_DECREF(item);
                }
                PyDict_SetItemString(keywords, "key", key);
                PyDict_SetItemString(keywords, "reverse", reverse ? Py_True : Py_False);
                method = PyObject_GetAttrString(list, "sort");
                Py_XDECREF(PyObject_Call(method, none, keywords));
                for (j = 1; j < length; j++) {
                    PyObject *a = PyList_GetItem(list, j - 1), *b = PyList_GetItem(list, j);
                    Py_ssize_t x = PyList_Size(a), y = PyList_Size(b);
                    long before = PyLong_AsLong(PyList_GetItem(a, 0)), after = PyLong_AsLong(PyList_GetItem(b, 0));
                    wrong += (reverse ? x < y : x > y) || (x == y && before > after);
                }
                is_int(wrong, 0, "%d items of shape %d are sorted%s, and equal ones keep their order", length, shape,
                       reverse ? " downwards" : "");
                Py_DECREF(method);
                Py_DECREF(key);
                Py_DECREF(none);
                Py_DECREF(keywords);
                Py_DECREF(list);
            }
        }
    }
}

static PyObject *the_list;

/* A key function that changes the list which is being sorted. */
static PyObject *
append_to_list(PyObject *self, PyObject *o)
{
    (void)self;
    PyList_Append(the_list, o);
    Py_INCREF(o);
    return o;
}

static PyMethodDef APPEND_TO_LIST = {"append_to_list", append_to_list, METH_O, NULL};

static void
test_changes(void)
{
    PyObject *key = PyCFunction_New(&APPEND_TO_LIST, NULL), *keywords = PyDict_New(), *none = PyTuple_New(0), *method;
    the_list = evaluate("[3, 1, 2]");
    PyDict_SetItemString(keywords, "key", key);
    method = PyObject_GetAttrString(the_list, "sort");
    ok(PyObject_Call(method, none, keywords) == NULL, "sorting a list that is changed meanwhile fails");
    raises(PyExc_ValueError, "list modified during sort", "a list that is changed meanwhile is a ValueError");
    is_str(shown(the_list), "[1, 2, 3]", "the list has its own items, sorted");
    Py_DECREF(method);
    Py_DECREF(the_list);
    Py_DECREF(key);
    Py_DECREF(keywords);
    Py_DECREF(none);
}

static void
test_presized(void)
{
    is_int(PyList_Sort(Py_None), -1, "PyList_Sort of an object that is not a list fails");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "PyList_Sort of an object that is not a list is a SystemError");
    PyErr_Clear();
    is_str(outcome(_PyDict_NewPresized(100)), "{}", "_PyDict_NewPresized makes an empty dict");
    is_int(PyMapping_HasKeyString(Py_None, "x"), 0, "PyMapping_HasKeyString of an object that is not a mapping is 0");
    no_error("PyMapping_HasKeyString leaves no error");
}

int
main(void)
{
    functions = FUNCTIONS;
    TAP_BEGIN();
    RUN(test_sequences);
    RUN(test_mappings);
    RUN(test_sorting);
    RUN(test_stability);
    RUN(test_changes);
    RUN(test_presized);
    return TAP_END();
}
