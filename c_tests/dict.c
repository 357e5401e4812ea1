/* dict objects: any hashable key, insertion order, and the different manners of looking up.
 *
 * GetItem and GetItemString swallow every error, GetItemWithError and the Ref forms do not; absence is no error
 * except to DelItem.
 */
#include "outcome.h"

static void
set_number(PyObject *dict, const char *key, long value)
{
    PyObject *number = PyLong_FromLong(value);
    PyDict_SetItemString(dict, key, number);
    Py_DECREF(number);
}

/* {'a': 1, 'b': 2, ...} */
static PyObject *
letters(int count)
{
    PyObject *dict = PyDict_New();
    char key[2] = "a";
    int i;
    for (i = 0; i < count; i++) {
        key[0] = (char)('a' + i);
        set_number(dict, key, i + 1);
    }
    return dict;
}

static void
test_order(void)
{
    PyObject *dict = PyDict_New();
    ok(PyDict_CheckExact(dict), "New makes exactly a dict");
    is_str(shown(dict), "{}", "an empty one");
    is_int(PyDict_Size(dict), 0, "of size 0");
    set_number(dict, "z", 1);
    set_number(dict, "a", 2);
    set_number(dict, "m", 3);
    is_str(shown(dict), "{'z': 1, 'a': 2, 'm': 3}", "items keep the order in which they came");
    set_number(dict, "z", 4);
    is_str(shown(dict), "{'z': 4, 'a': 2, 'm': 3}", "a new value leaves the key in its place");
    is_int(PyDict_DelItemString(dict, "z"), 0, "DelItemString removes one");
    is_str(shown(dict), "{'a': 2, 'm': 3}", "and the others stay in order");
    set_number(dict, "z", 5);
    is_str(shown(dict), "{'a': 2, 'm': 3, 'z': 5}", "a key that comes back goes to the end");
    is_int(PyDict_Size(dict), 3, "Size counts the items");
    is_int(PyDict_GET_SIZE(dict), 3, "GET_SIZE agrees");
    is_int(((PyDictObject *)dict)->ma_used, 3, "it is the object's ma_used");
    is_str(outcome(PyDict_Keys(dict)), "['a', 'm', 'z']", "Keys makes a list of the keys in order");
    Py_DECREF(dict);
}

static void
test_next(void)
{
    PyObject *dict = letters(5);
    PyObject *key = NULL, *value = NULL;
    Py_ssize_t position = 0;
    char seen[32] = "";
    int sum = 0;
    PyDict_DelItemString(dict, "b");
    PyDict_DelItemString(dict, "e");
    while (PyDict_Next(dict, &position, &key, &value)) {
        strncat(seen, PyUnicode_AsUTF8(key), 2);
        sum += (int)PyLong_AsLong(value);
        PyDict_SetItem(dict, key, Py_None);
    }
    is_str(seen, "acd", "Next goes through the keys in order");
    is_int(sum, 1 + 3 + 4, "with their values, borrowed");
    is_str(shown(dict), "{'a': None, 'c': None, 'd': None}", "which may be replaced meanwhile");
    position = 0;
    is_int(PyDict_Next(dict, &position, NULL, NULL), 1, "Next need not tell key and value");
    is_int(PyDict_Next(dict, &position, NULL, &value), 1, "or only one of them");
    is_int(PyDict_Next(dict, &position, &key, NULL), 1, "or the other");
    is_int(PyDict_Next(dict, &position, &key, &value), 0, "and ends with 0");
    position = 0;
    is_int(PyDict_Next(Py_None, &position, &key, &value), 0, "what is no dict has no items");
    no_error("which is not an error");
    Py_DECREF(dict);
}

static void
test_many(void)
{
    PyObject *dict = PyDict_New();
    PyObject *key, *value;
    Py_ssize_t position = 0;
    long i, right = 0, ordered = 1, last = -1;
    for (i = 0; i < 2000; i++) {
        key = PyLong_FromLong(i * 64);
        value = PyLong_FromLong(i);
        PyDict_SetItem(dict, key, value);
        Py_DECREF(key);
        Py_DECREF(value);
    }
    for (i = 0; i < 2000; i += 2) {
        key = PyLong_FromLong(i * 64);
        PyDict_DelItem(dict, key);
        Py_DECREF(key);
    }
    is_int(PyDict_Size(dict), 1000, "a dict grows to any size, and shrinks");
    for (i = 0; i < 2000; i++) {
        key = PyLong_FromLong(i * 64);
        value = PyDict_GetItemWithError(dict, key);
        right += i % 2 ? value != NULL && PyLong_AsLong(value) == i : value == NULL;
        Py_DECREF(key);
    }
    is_int(right, 2000, "and finds what is there, and nothing else");
    while (PyDict_Next(dict, &position, NULL, &value)) {
        ordered = ordered && PyLong_AsLong(value) > last;
        last = PyLong_AsLong(value);
    }
    ok(ordered, "in the order of insertion");
    Py_DECREF(dict);
}

static void
test_references(void)
{
    PyObject *dict = PyDict_New();
    PyObject *key = PyUnicode_FromString("key of mine");
    PyObject *same_key = PyUnicode_FromString("key of mine");
    PyObject *value = PyUnicode_FromString("value of mine");
    PyObject *other = PyLong_FromLong(1000);
    PyObject *found = (PyObject *)dict;

    is_int(PyDict_SetItem(dict, key, value), 0, "SetItem succeeds with 0");
    is_int(Py_REFCNT(key), 2, "and takes a reference to the key");
    is_int(Py_REFCNT(value), 2, "and one to the value");
    is_ptr(PyDict_GetItem(dict, same_key), value, "GetItem finds it by an equal key");
    is_ptr(PyDict_GetItemWithError(dict, same_key), value, "so does GetItemWithError");
    is_ptr(PyDict_GetItemString(dict, "key of mine"), value, "and GetItemString");
    is_int(Py_REFCNT(value), 2, "all three borrow");
    is_int(PyDict_GetItemRef(dict, same_key, &found), 1, "GetItemRef tells that it found it");
    is_ptr(found, value, "and gives the value");
    is_int(Py_REFCNT(value), 3, "with a reference");
    Py_DECREF(found);
    is_int(PyDict_GetItemStringRef(dict, "key of mine", &found), 1, "so does GetItemStringRef");
    is_ptr(found, value, "by name");
    is_int(Py_REFCNT(value), 3, "with a reference");
    Py_DECREF(found);
    is_int(PyDict_Contains(dict, same_key), 1, "Contains is 1");
    is_int(PyDict_SetItem(dict, same_key, other), 0, "SetItem with an equal key");
    is_int(Py_REFCNT(value), 1, "drops the old value");
    is_int(Py_REFCNT(key), 2, "and keeps the old key");
    is_int(Py_REFCNT(same_key), 1, "not the new one");
    is_int(PyDict_DelItem(dict, same_key), 0, "DelItem");
    is_int(Py_REFCNT(key), 1, "drops the key");
    is_int(Py_REFCNT(other), 1, "and the value");
    PyDict_SetItem(dict, key, value);
    Py_DECREF(dict);
    is_int(Py_REFCNT(key) + Py_REFCNT(value), 2, "a dict drops keys and values when it goes");
    Py_DECREF(key);
    Py_DECREF(same_key);
    Py_DECREF(value);
    Py_DECREF(other);
}

static void
test_absent(void)
{
    PyObject *dict = letters(1);
    PyObject *key = PyUnicode_FromString("no such");
    PyObject *pair = PyTuple_Pack(2, key, Py_None);
    PyObject *found = dict;
    is_ptr(PyDict_GetItem(dict, key), NULL, "GetItem of an absent key is NULL");
    no_error("which is not an error");
    is_ptr(PyDict_GetItemWithError(dict, key), NULL, "so is GetItemWithError");
    no_error("which is not an error either");
    is_ptr(PyDict_GetItemString(dict, "no such"), NULL, "and GetItemString");
    no_error("nor here");
    is_int(PyDict_GetItemRef(dict, key, &found), 0, "GetItemRef of an absent key is 0");
    is_ptr(found, NULL, "and stores NULL");
    found = dict;
    is_int(PyDict_GetItemStringRef(dict, "no such", &found), 0, "so is GetItemStringRef");
    is_ptr(found, NULL, "and stores NULL");
    is_int(PyDict_Contains(dict, key), 0, "Contains is 0");
    no_error("without an error");
    is_int(PyDict_DelItem(dict, key), -1, "DelItem of an absent key fails");
    raises(PyExc_KeyError, "'no such'", "with a KeyError that shows the key");
    is_int(PyDict_DelItemString(dict, "no such"), -1, "so does DelItemString");
    raises(PyExc_KeyError, "'no such'", "in the same way");
    is_int(PyDict_DelItem(dict, pair), -1, "a key that is a tuple");
    raises(PyExc_KeyError, "('no such', None)", "is shown whole");
    is_str(shown(dict), "{'a': 1}", "and the dict is as it was");
    Py_DECREF(pair);
    Py_DECREF(key);
    Py_DECREF(dict);
}

static void
test_unhashable(void)
{
    PyObject *dict = letters(1);
    PyObject *list = PyList_New(0);
    PyObject *pair = PyTuple_Pack(2, Py_None, dict);
    PyObject *found = dict;
    static const char list_key[] = "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')";
    is_int(PyDict_SetItem(dict, list, Py_None), -1, "a list cannot be a key");
    is_str(error_text(), list_key, "and SetItem says why");
    is_int(PyDict_SetItem(dict, pair, Py_None), -1, "nor a tuple with a dict in it");
    is_str(error_text(), "TypeError: cannot use 'tuple' as a dict key (unhashable type: 'dict')",
           "and it names both");
    is_ptr(PyDict_GetItem(dict, list), NULL, "GetItem finds no such key");
    no_error("and swallows the error");
    is_ptr(PyDict_GetItemWithError(dict, list), NULL, "GetItemWithError finds none either");
    is_str(error_text(), list_key, "and tells the error");
    is_int(PyDict_GetItemRef(dict, list, &found), -1, "GetItemRef fails with -1");
    is_str(error_text(), list_key, "and tells the error");
    is_ptr(found, NULL, "and stores NULL");
    is_int(PyDict_Contains(dict, list), -1, "Contains fails with -1");
    is_str(error_text(), list_key, "and tells the error");
    is_int(PyDict_DelItem(dict, list), -1, "DelItem fails with -1");
    is_str(error_text(), list_key, "and tells the error");
    is_int(PyObject_Hash(dict), -1, "a dict itself has no hash");
    raises(PyExc_TypeError, "unhashable type: 'dict'", "and says so");
    is_int(Py_REFCNT(list), 1, "none of it takes a reference");
    is_str(shown(dict), "{'a': 1}", "and the dict is as it was");
    Py_DECREF(pair);
    Py_DECREF(list);
    Py_DECREF(dict);
}

/* Calls a method with up to two arguments. */
static PyObject *
call_method(PyObject *o, const char *name, PyObject *first, PyObject *second)
{
    PyObject *method = PyObject_GetAttrString(o, name);
    PyObject *result = method ? PyObject_CallFunctionObjArgs(method, first, second, NULL) : NULL;
    Py_XDECREF(method);
    return result;
}

/* Nothing is in an empty dict, and what takes an item out does not ask for the hash there; all else does. */
static void
test_unhashable_in_empty(void)
{
    static const char why[] = "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')";
    PyObject *dict = PyDict_New(), *list = PyList_New(0), *found = list;
    is_int(PyDict_Pop(dict, list, &found), 0, "Pop finds a list not to be in an empty dict");
    is_ptr(found, NULL, "it stores NULL");
    is_int(PyDict_Pop(dict, list, NULL), 0, "Pop needs no place for the value");
    is_str(outcome(call_method(dict, "pop", list, NULL)), "KeyError: []", "pop says that the key is missing");
    is_str(outcome(call_method(dict, "pop", list, Py_None)), "None", "pop gives the default");
    is_str(outcome(call_method(dict, "popitem", NULL, NULL)), "KeyError: 'popitem(): dictionary is empty'",
           "popitem says that there is nothing");
    is_int(PyDict_Contains(dict, list), -1, "Contains asks for the hash in an empty dict");
    is_str(error_text(), why, "Contains says why there is none");
    is_int(PyDict_GetItemRef(dict, list, &found), -1, "GetItemRef asks for the hash in an empty dict");
    is_str(error_text(), why, "GetItemRef says why there is none");
    is_int(PyDict_DelItem(dict, list), -1, "DelItem asks for the hash in an empty dict");
    is_str(error_text(), why, "DelItem says why there is none");
    is_int(PyDict_SetDefaultRef(dict, list, Py_None, NULL), -1, "SetDefaultRef asks for the hash in an empty dict");
    is_str(error_text(), why, "SetDefaultRef says why there is none");
    is_str(outcome(call_method(dict, "get", list, NULL)), why, "get asks for the hash in an empty dict");
    is_str(outcome(call_method(dict, "setdefault", list, NULL)), why,
           "setdefault asks for the hash in an empty dict");
    is_str(outcome(PyObject_GetItem(dict, list)), why, "GetItem asks for the hash in an empty dict");
    is_int(PyObject_DelItem(dict, list), -1, "Object_DelItem asks for the hash in an empty dict");
    is_str(error_text(), why, "Object_DelItem says why there is none");
    PyDict_SetItemString(dict, "a", Py_None);
    PyDict_DelItemString(dict, "a");
    is_int(PyDict_Pop(dict, list, NULL), 0, "a dict that has been emptied is an empty one");
    PyDict_SetItemString(dict, "a", Py_None);
    is_int(PyDict_Pop(dict, list, &found), -1, "Pop asks for the hash where there are items");
    is_str(error_text(), why, "Pop says why there is none");
    is_ptr(found, NULL, "Pop stores NULL then too");
    Py_DECREF(list);
    Py_DECREF(dict);
}

static void
test_bad_names(void)
{
    PyObject *dict = letters(1);
    PyObject *found = dict;
    static const char bad[] =
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte";
    is_int(PyDict_SetItemString(dict, "x\xff", Py_None), -1, "SetItemString wants UTF-8");
    is_str(error_text(), bad, "and says what is not");
    is_ptr(PyDict_GetItemString(dict, "x\xff"), NULL, "GetItemString finds nothing");
    no_error("and swallows the error");
    is_int(PyDict_GetItemStringRef(dict, "x\xff", &found), -1, "GetItemStringRef fails");
    is_str(error_text(), bad, "with the error");
    is_ptr(found, NULL, "and stores NULL");
    is_int(PyDict_DelItemString(dict, "x\xff"), -1, "so does DelItemString");
    is_str(error_text(), bad, "with the error");
    Py_DECREF(dict);
}

static void
test_wrong_type(void)
{
    PyObject *list = PyList_New(0);
    PyObject *key = PyUnicode_FromString("key of mine");
    PyObject *found = list;
    int call;
    for (call = 0; call < 7; call++) {
        long long result = call == 0   ? PyDict_SetItem(list, key, Py_None)
                           : call == 1 ? PyDict_SetItemString(list, "a", Py_None)
                           : call == 2 ? PyDict_DelItem(list, key)
                           : call == 3 ? PyDict_Size(list)
                           : call == 4 ? PyDict_GetItemRef(list, key, &found)
                           : call == 5 ? (PyDict_GetItemWithError(list, key) == NULL ? -1 : 0)
                                       : (PyDict_Keys(list) == NULL ? -1 : 0);
        is_int(result, -1, "call %d wants a dict", call);
        ok(PyErr_ExceptionMatches(PyExc_SystemError), "call %d: anything else is an internal error", call);
        PyErr_Clear();
    }
    is_ptr(found, NULL, "GetItemRef stores NULL");
    is_ptr(PyDict_GetItem(list, key), NULL, "GetItem of anything else is NULL");
    no_error("and no error");
    is_int(Py_REFCNT(key), 1, "none of it takes a reference");
    Py_DECREF(key);
    Py_DECREF(list);
}

/* Powers of 2^61 all have the hash 1, so that each look-up has to ask keys whether they are equal. */
static void
test_same_hashes(void)
{
    enum { MOST = 16, KEYS = 2 * MOST + 1 };
    PyObject *dict = PyDict_New(), *one = PyLong_FromLong(1), *found;
    double power = 1, values[KEYS];
    int i, wrong = 0;
    for (i = 0; i <= MOST; i++, power *= 2305843009213693952.0) {
        values[MOST + i] = power;
        values[MOST - i] = 1 / power;
    }
    for (i = 0; i < KEYS; i++) {
        PyObject *key = PyFloat_FromDouble(values[i]);
        wrong += PyObject_Hash(key) != 1 || PyDict_SetItem(dict, key, key) != 0;
        Py_DECREF(key);
    }
    is_int(wrong, 0, "keys of one hash are put in");
    is_int(PyDict_Size(dict), KEYS, "each has an item of its own");
    for (i = 0; i < KEYS; i++) {
        PyObject *key = PyFloat_FromDouble(values[i]);
        found = PyDict_GetItemWithError(dict, key);
        wrong += found == NULL || found == key || PyFloat_AsDouble(found) != values[i];
        Py_DECREF(key);
    }
    is_int(wrong, 0, "each is found by an equal key");
    found = PyDict_GetItemWithError(dict, one);
    ok(found != NULL && PyFloat_AsDouble(found) == 1, "an int finds the float that it is equal to");
    is_int(PyDict_DelItem(dict, one), 0, "an int takes it out");
    is_int(PyDict_Contains(dict, one), 0, "it is not found among the others any more");
    is_int(PyDict_Size(dict), KEYS - 1, "the others stay");
    Py_DECREF(one);
    Py_DECREF(dict);
}

static void
test_mixed_keys(void)
{
    PyObject *dict = PyDict_New();
    PyObject *one = PyLong_FromLong(1);
    PyObject *float_one = PyFloat_FromDouble(1.0);
    PyObject *text = PyUnicode_FromString("1");
    PyObject *bytes = PyBytes_FromString("1");
    PyObject *pair = PyTuple_Pack(2, one, text);
    PyObject *same_pair = PyTuple_Pack(2, float_one, text);
    PyObject *nan = PyFloat_FromDouble(Py_NAN);
    PyObject *other_nan = PyFloat_FromDouble(Py_NAN);
    PyObject *values[3];
    int i;
    for (i = 0; i < 3; i++) {
        values[i] = PyLong_FromLong(i + 10);
    }
    PyDict_SetItem(dict, one, values[0]);
    PyDict_SetItem(dict, float_one, values[1]);
    is_str(shown(dict), "{1: 11}", "1 and 1.0 are one key, the first that came");
    PyDict_SetItem(dict, Py_True, values[2]);
    is_str(shown(dict), "{1: 12}", "and True is that key as well");
    PyDict_SetItem(dict, text, values[0]);
    PyDict_SetItem(dict, bytes, values[1]);
    PyDict_SetItem(dict, Py_None, values[2]);
    PyDict_SetItem(dict, pair, Py_Ellipsis);
    PyDict_SetItem(dict, (PyObject *)&PyLong_Type, Py_True);
    is_str(shown(dict),
           "{1: 12, '1': 10, b'1': 11, None: 12, (1, '1'): Ellipsis, <class 'int'>: True}",
           "str, bytes, None, tuples and types are keys of their own");
    is_ptr(PyDict_GetItem(dict, same_pair), Py_Ellipsis, "a tuple is found by an equal one");
    is_ptr(PyDict_GetItemString(dict, "1"), values[0], "a name finds the str alone");
    Py_DECREF(dict);

    dict = PyDict_New();
    PyDict_SetItem(dict, nan, values[0]);
    is_ptr(PyDict_GetItem(dict, nan), values[0], "a NaN is found by itself");
    is_ptr(PyDict_GetItem(dict, other_nan), NULL, "and not by another NaN");
    PyDict_SetItem(dict, other_nan, values[1]);
    is_str(shown(dict), "{nan: 10, nan: 11}", "so that there may be several");
    Py_DECREF(dict);
    for (i = 0; i < 3; i++) {
        Py_DECREF(values[i]);
    }
    Py_DECREF(one);
    Py_DECREF(float_one);
    Py_DECREF(text);
    Py_DECREF(bytes);
    Py_DECREF(pair);
    Py_DECREF(same_pair);
    Py_DECREF(nan);
    Py_DECREF(other_nan);
}

static void
test_repr_and_compare(void)
{
    PyObject *left = letters(2);
    PyObject *right = PyDict_New();
    PyObject *list;
    set_number(right, "b", 2);
    set_number(right, "a", 1);
    is_int(PyObject_RichCompareBool(left, right, Py_EQ), 1, "dicts with the same items are equal in any order");
    is_int(PyObject_RichCompareBool(left, right, Py_NE), 0, "and not different");
    is_str(outcome(PyObject_RichCompare(left, right, Py_LT)),
           "TypeError: '<' not supported between instances of 'dict' and 'dict'", "but not ordered");
    set_number(right, "a", 3);
    is_int(PyObject_RichCompareBool(left, right, Py_EQ), 0, "another value makes them different");
    set_number(right, "a", 1);
    set_number(right, "c", 1);
    is_int(PyObject_RichCompareBool(left, right, Py_EQ), 0, "so does another key");
    is_int(PyObject_IsTrue(left), 1, "a dict with items is true");

    PyDict_SetItemString(left, "me", left);
    is_str(shown(left), "{'a': 1, 'b': 2, 'me': {...}}", "a dict inside itself shows dots");
    PyDict_DelItemString(left, "me");
    list = PyList_New(1);
    PyList_SET_ITEM(list, 0, Py_NewRef(left));
    PyDict_SetItemString(left, "in", list);
    is_str(shown(left), "{'a': 1, 'b': 2, 'in': [{...}]}", "also inside a list");
    PyDict_DelItemString(left, "in");
    Py_DECREF(list);
    Py_DECREF(left);
    Py_DECREF(right);

    left = PyDict_New();
    is_int(PyObject_IsTrue(left), 0, "an empty dict is false");
    Py_DECREF(left);
}

/* Functions that take a key in UTF-8 decode it before they look at the dict. */
static void
test_bad_key_of_no_dict(void)
{
    static const char error[] = "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte";
    PyObject *list = PyList_New(0), *result = Py_None;

    is_str(outcome_int(PyDict_SetItemString(list, "\xff", Py_None)), error, "SetItemString decodes first");
    is_str(outcome_int(PyDict_DelItemString(list, "\xff")), error, "DelItemString decodes first");
    is_str(outcome_int(PyDict_ContainsString(list, "\xff")), error, "ContainsString decodes first");
    is_str(outcome_int(PyDict_GetItemStringRef(list, "\xff", &result)), error, "GetItemStringRef decodes first");
    is_ptr(result, NULL, "GetItemStringRef leaves NULL behind when it can't decode the key");
    result = Py_None;
    is_str(outcome_int(PyDict_PopString(list, "\xff", &result)), error, "PopString decodes first");
    is_ptr(result, NULL, "PopString leaves NULL behind when it can't decode the key");
    Py_DECREF(list);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_order);
    RUN(test_next);
    RUN(test_many);
    RUN(test_references);
    RUN(test_absent);
    RUN(test_unhashable);
    RUN(test_unhashable_in_empty);
    RUN(test_bad_names);
    RUN(test_wrong_type);
    RUN(test_same_hashes);
    RUN(test_mixed_keys);
    RUN(test_repr_and_compare);
    RUN(test_bad_key_of_no_dict);
    return TAP_END();
}
