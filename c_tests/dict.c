/* dict objects: any hashable key, insertion order, and the ways to look up a key.
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
    is_str(shown(dict), "{}", "the repr of an empty dict is two braces");
    is_int(PyDict_Size(dict), 0, "the size of an empty dict is 0");
    set_number(dict, "z", 1);
    set_number(dict, "a", 2);
    set_number(dict, "m", 3);
    is_str(shown(dict), "{'z': 1, 'a': 2, 'm': 3}", "items keep the order in which they came");
    set_number(dict, "z", 4);
    is_str(shown(dict), "{'z': 4, 'a': 2, 'm': 3}", "a new value leaves the key in its place");
    is_int(PyDict_DelItemString(dict, "z"), 0, "DelItemString removes an item");
    is_str(shown(dict), "{'a': 2, 'm': 3}", "the items that are left stay in order");
    set_number(dict, "z", 5);
    is_str(shown(dict), "{'a': 2, 'm': 3, 'z': 5}", "a key that comes back goes to the end");
    is_int(PyDict_Size(dict), 3, "Size counts the items");
    is_int(PyDict_GET_SIZE(dict), 3, "GET_SIZE agrees");
    is_int(((PyDictObject *)dict)->ma_used, 3, "ma_used is the number of items");
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
    is_int(sum, 1 + 3 + 4, "Next gives the values, borrowed");
    is_str(shown(dict), "{'a': None, 'c': None, 'd': None}", "values may be replaced while Next goes through the keys");
    position = 0;
    is_int(PyDict_Next(dict, &position, NULL, NULL), 1, "Next needs no place for key and value");
    is_int(PyDict_Next(dict, &position, NULL, &value), 1, "Next needs no place for the key");
    is_int(PyDict_Next(dict, &position, &key, NULL), 1, "Next needs no place for the value");
    is_int(PyDict_Next(dict, &position, &key, &value), 0, "Next returns 0 after the last item");
    position = 0;
    is_int(PyDict_Next(Py_None, &position, &key, &value), 0, "Next finds no items in an object that is no dict");
    no_error("Next sets no error for an object that is no dict");
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
    is_int(right, 2000, "a large dict finds the keys that are there, and no others");
    while (PyDict_Next(dict, &position, NULL, &value)) {
        ordered = ordered && PyLong_AsLong(value) > last;
        last = PyLong_AsLong(value);
    }
    ok(ordered, "a large dict keeps the order of insertion");
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
    is_int(Py_REFCNT(key), 2, "SetItem takes a reference to the key");
    is_int(Py_REFCNT(value), 2, "SetItem takes a reference to the value");
    is_ptr(PyDict_GetItem(dict, same_key), value, "GetItem finds a value by an equal key");
    is_ptr(PyDict_GetItemWithError(dict, same_key), value, "GetItemWithError finds a value by an equal key");
    is_ptr(PyDict_GetItemString(dict, "key of mine"), value, "GetItemString finds a value by the key's text");
    is_int(Py_REFCNT(value), 2, "GetItem, GetItemWithError and GetItemString borrow");
    is_int(PyDict_GetItemRef(dict, same_key, &found), 1, "GetItemRef returns 1 for a key that is there");
    is_ptr(found, value, "GetItemRef stores the value");
    is_int(Py_REFCNT(value), 3, "GetItemRef stores a new reference");
    Py_DECREF(found);
    is_int(PyDict_GetItemStringRef(dict, "key of mine", &found), 1,
           "GetItemStringRef returns 1 for a key that is there");
    is_ptr(found, value, "GetItemStringRef stores the value");
    is_int(Py_REFCNT(value), 3, "GetItemStringRef stores a new reference");
    Py_DECREF(found);
    is_int(PyDict_Contains(dict, same_key), 1, "Contains returns 1 for a key that is there");
    is_int(PyDict_SetItem(dict, same_key, other), 0, "SetItem with an equal key succeeds");
    is_int(Py_REFCNT(value), 1, "SetItem with an equal key drops the old value");
    is_int(Py_REFCNT(key), 2, "SetItem with an equal key keeps the old key");
    is_int(Py_REFCNT(same_key), 1, "SetItem with an equal key takes no reference to the new key");
    is_int(PyDict_DelItem(dict, same_key), 0, "DelItem removes an item by an equal key");
    is_int(Py_REFCNT(key), 1, "DelItem drops the key");
    is_int(Py_REFCNT(other), 1, "DelItem drops the value");
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
    no_error("GetItem of an absent key sets no error");
    is_ptr(PyDict_GetItemWithError(dict, key), NULL, "GetItemWithError of an absent key is NULL");
    no_error("GetItemWithError of an absent key sets no error");
    is_ptr(PyDict_GetItemString(dict, "no such"), NULL, "GetItemString of an absent key is NULL");
    no_error("GetItemString of an absent key sets no error");
    is_int(PyDict_GetItemRef(dict, key, &found), 0, "GetItemRef of an absent key is 0");
    is_ptr(found, NULL, "GetItemRef of an absent key stores NULL");
    found = dict;
    is_int(PyDict_GetItemStringRef(dict, "no such", &found), 0, "GetItemStringRef of an absent key is 0");
    is_ptr(found, NULL, "GetItemStringRef of an absent key stores NULL");
    is_int(PyDict_Contains(dict, key), 0, "Contains of an absent key is 0");
    no_error("no look-up of an absent key sets an error");
    is_int(PyDict_DelItem(dict, key), -1, "DelItem of an absent key fails");
    raises(PyExc_KeyError, "'no such'", "DelItem of an absent key is a KeyError that shows the key");
    is_int(PyDict_DelItemString(dict, "no such"), -1, "DelItemString of an absent key fails");
    raises(PyExc_KeyError, "'no such'", "DelItemString of an absent key is a KeyError that shows the key");
    is_int(PyDict_DelItem(dict, pair), -1, "DelItem of an absent tuple fails");
    raises(PyExc_KeyError, "('no such', None)", "the KeyError for a tuple shows it whole");
    is_str(shown(dict), "{'a': 1}", "a dict is as it was after look-ups of absent keys");
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
    is_str(error_text(), list_key, "the error of SetItem says why a list cannot be a key");
    is_int(PyDict_SetItem(dict, pair, Py_None), -1, "a tuple with a dict in it cannot be a key");
    is_str(error_text(), "TypeError: cannot use 'tuple' as a dict key (unhashable type: 'dict')",
           "the error for a tuple with a dict in it names both types");
    is_ptr(PyDict_GetItem(dict, list), NULL, "GetItem of an unhashable key is NULL");
    no_error("GetItem of an unhashable key sets no error");
    is_ptr(PyDict_GetItemWithError(dict, list), NULL, "GetItemWithError of an unhashable key is NULL");
    is_str(error_text(), list_key, "GetItemWithError of an unhashable key sets the error");
    is_int(PyDict_GetItemRef(dict, list, &found), -1, "GetItemRef of an unhashable key returns -1");
    is_str(error_text(), list_key, "GetItemRef of an unhashable key sets the error");
    is_ptr(found, NULL, "GetItemRef of an unhashable key stores NULL");
    is_int(PyDict_Contains(dict, list), -1, "Contains of an unhashable key returns -1");
    is_str(error_text(), list_key, "Contains of an unhashable key sets the error");
    is_int(PyDict_DelItem(dict, list), -1, "DelItem of an unhashable key returns -1");
    is_str(error_text(), list_key, "DelItem of an unhashable key sets the error");
    is_int(PyObject_Hash(dict), -1, "a dict itself has no hash");
    raises(PyExc_TypeError, "unhashable type: 'dict'", "the error of a dict's hash says that it is unhashable");
    is_int(Py_REFCNT(list), 1, "no call with an unhashable key takes a reference to it");
    is_str(shown(dict), "{'a': 1}", "a dict is as it was after calls with unhashable keys");
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

/* An empty dict has no key, so the functions that remove an item do not compute the key's hash there; all others do. */
static void
test_unhashable_in_empty(void)
{
    static const char why[] = "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')";
    PyObject *dict = PyDict_New(), *list = PyList_New(0), *found = list;
    is_int(PyDict_Pop(dict, list, &found), 0, "Pop of a list from an empty dict finds nothing");
    is_ptr(found, NULL, "Pop of a list from an empty dict stores NULL");
    is_int(PyDict_Pop(dict, list, NULL), 0, "Pop needs no place for the value");
    is_str(outcome(call_method(dict, "pop", list, NULL)), "KeyError: []",
           "pop of a list from an empty dict says that the key is missing");
    is_str(outcome(call_method(dict, "pop", list, Py_None)), "None",
           "pop of a list from an empty dict gives the default");
    is_str(outcome(call_method(dict, "popitem", NULL, NULL)), "KeyError: 'popitem(): dictionary is empty'",
           "popitem of an empty dict says that there is nothing");
    is_int(PyDict_Contains(dict, list), -1, "Contains asks for the hash in an empty dict");
    is_str(error_text(), why, "Contains in an empty dict says why a list has no hash");
    is_int(PyDict_GetItemRef(dict, list, &found), -1, "GetItemRef asks for the hash in an empty dict");
    is_str(error_text(), why, "GetItemRef in an empty dict says why a list has no hash");
    is_int(PyDict_DelItem(dict, list), -1, "DelItem asks for the hash in an empty dict");
    is_str(error_text(), why, "DelItem in an empty dict says why a list has no hash");
    is_int(PyDict_SetDefaultRef(dict, list, Py_None, NULL), -1, "SetDefaultRef asks for the hash in an empty dict");
    is_str(error_text(), why, "SetDefaultRef in an empty dict says why a list has no hash");
    is_str(outcome(call_method(dict, "get", list, NULL)), why, "get asks for the hash in an empty dict");
    is_str(outcome(call_method(dict, "setdefault", list, NULL)), why, "setdefault asks for the hash in an empty dict");
    is_str(outcome(PyObject_GetItem(dict, list)), why, "PyObject_GetItem asks for the hash in an empty dict");
    is_int(PyObject_DelItem(dict, list), -1, "PyObject_DelItem asks for the hash in an empty dict");
    is_str(error_text(), why, "PyObject_DelItem in an empty dict says why a list has no hash");
    PyDict_SetItemString(dict, "a", Py_None);
    PyDict_DelItemString(dict, "a");
    is_int(PyDict_Pop(dict, list, NULL), 0, "Pop does not ask for the hash in a dict that has been emptied");
    PyDict_SetItemString(dict, "a", Py_None);
    is_int(PyDict_Pop(dict, list, &found), -1, "Pop asks for the hash in a dict that has items");
    is_str(error_text(), why, "Pop says why a list has no hash");
    is_ptr(found, NULL, "Pop stores NULL when the key has no hash");
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
    is_int(PyDict_SetItemString(dict, "x\xff", Py_None), -1, "SetItemString wants a key in UTF-8");
    is_str(error_text(), bad, "SetItemString says which byte is not UTF-8");
    is_ptr(PyDict_GetItemString(dict, "x\xff"), NULL, "GetItemString of a key that is not UTF-8 is NULL");
    no_error("GetItemString of a key that is not UTF-8 sets no error");
    is_int(PyDict_GetItemStringRef(dict, "x\xff", &found), -1, "GetItemStringRef of a key that is not UTF-8 fails");
    is_str(error_text(), bad, "GetItemStringRef says which byte is not UTF-8");
    is_ptr(found, NULL, "GetItemStringRef of a key that is not UTF-8 stores NULL");
    is_int(PyDict_DelItemString(dict, "x\xff"), -1, "DelItemString of a key that is not UTF-8 fails");
    is_str(error_text(), bad, "DelItemString says which byte is not UTF-8");
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
        ok(PyErr_ExceptionMatches(PyExc_SystemError), "call %d of another object is an internal error", call);
        PyErr_Clear();
    }
    is_ptr(found, NULL, "GetItemRef of another object stores NULL");
    is_ptr(PyDict_GetItem(list, key), NULL, "GetItem of another object is NULL");
    no_error("GetItem of another object sets no error");
    is_int(Py_REFCNT(key), 1, "no call with another object takes a reference to the key");
    Py_DECREF(key);
    Py_DECREF(list);
}

/* Powers of 2^61 all have the hash 1, so each look-up has to ask keys whether they are equal. */
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
    is_int(wrong, 0, "keys of one hash can be put in");
    is_int(PyDict_Size(dict), KEYS, "each key of one hash has an item of its own");
    for (i = 0; i < KEYS; i++) {
        PyObject *key = PyFloat_FromDouble(values[i]);
        found = PyDict_GetItemWithError(dict, key);
        wrong += found == NULL || found == key || PyFloat_AsDouble(found) != values[i];
        Py_DECREF(key);
    }
    is_int(wrong, 0, "each key of one hash is found by an equal key");
    found = PyDict_GetItemWithError(dict, one);
    ok(found != NULL && PyFloat_AsDouble(found) == 1, "an int finds the float that it is equal to");
    is_int(PyDict_DelItem(dict, one), 0, "an int takes out the float that it is equal to");
    is_int(PyDict_Contains(dict, one), 0, "a key that was taken out is not found among those of its hash");
    is_int(PyDict_Size(dict), KEYS - 1, "the other keys of the hash stay");
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
    is_str(shown(dict), "{1: 12}", "True is equal to the key 1");
    PyDict_SetItem(dict, text, values[0]);
    PyDict_SetItem(dict, bytes, values[1]);
    PyDict_SetItem(dict, Py_None, values[2]);
    PyDict_SetItem(dict, pair, Py_Ellipsis);
    PyDict_SetItem(dict, (PyObject *)&PyLong_Type, Py_True);
    is_str(shown(dict), "{1: 12, '1': 10, b'1': 11, None: 12, (1, '1'): Ellipsis, <class 'int'>: True}",
           "str, bytes, None, tuples and types are keys of their own");
    is_ptr(PyDict_GetItem(dict, same_pair), Py_Ellipsis, "a tuple is found by an equal one");
    is_ptr(PyDict_GetItemString(dict, "1"), values[0], "a name finds the str alone");
    Py_DECREF(dict);

    dict = PyDict_New();
    PyDict_SetItem(dict, nan, values[0]);
    is_ptr(PyDict_GetItem(dict, nan), values[0], "a NaN is found by itself");
    is_ptr(PyDict_GetItem(dict, other_nan), NULL, "a NaN is not found by another NaN");
    PyDict_SetItem(dict, other_nan, values[1]);
    is_str(shown(dict), "{nan: 10, nan: 11}", "a dict may have several NaNs as keys");
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
    is_int(PyObject_RichCompareBool(left, right, Py_NE), 0, "dicts with the same items are not different");
    is_str(outcome(PyObject_RichCompare(left, right, Py_LT)),
           "TypeError: '<' not supported between instances of 'dict' and 'dict'", "dicts have no order");
    set_number(right, "a", 3);
    is_int(PyObject_RichCompareBool(left, right, Py_EQ), 0, "another value makes dicts different");
    set_number(right, "a", 1);
    set_number(right, "c", 1);
    is_int(PyObject_RichCompareBool(left, right, Py_EQ), 0, "another key makes dicts different");
    is_int(PyObject_IsTrue(left), 1, "a dict with items is true");

    PyDict_SetItemString(left, "me", left);
    is_str(shown(left), "{'a': 1, 'b': 2, 'me': {...}}", "a dict inside itself shows dots");
    PyDict_DelItemString(left, "me");
    list = PyList_New(1);
    PyList_SET_ITEM(list, 0, Py_NewRef(left));
    PyDict_SetItemString(left, "in", list);
    is_str(shown(left), "{'a': 1, 'b': 2, 'in': [{...}]}", "a dict inside a list inside itself shows dots");
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
    static const char error[] =
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte";
    PyObject *list = PyList_New(0), *result = Py_None;

    is_str(outcome_int(PyDict_SetItemString(list, "\xff", Py_None)), error, "SetItemString decodes first");
    is_str(outcome_int(PyDict_DelItemString(list, "\xff")), error, "DelItemString decodes first");
    is_str(outcome_int(PyDict_ContainsString(list, "\xff")), error, "ContainsString decodes first");
    is_str(outcome_int(PyDict_GetItemStringRef(list, "\xff", &result)), error, "GetItemStringRef decodes first");
    is_ptr(result, NULL, "GetItemStringRef stores NULL when it can't decode the key");
    result = Py_None;
    is_str(outcome_int(PyDict_PopString(list, "\xff", &result)), error, "PopString decodes first");
    is_ptr(result, NULL, "PopString stores NULL when it can't decode the key");
    Py_DECREF(list);
}

/* A dict {0: 0, 1: 1, ...} of some items. */
static PyObject *
numbered(long count)
{
    PyObject *dict = PyDict_New(), *number;
    for (; PyDict_Size(dict) < count; Py_DECREF(number)) {
        number = PyLong_FromLong((long)PyDict_Size(dict));
        PyDict_SetItem(dict, number, number);
    }
    return dict;
}

/* A new iterator over a dict, or over the view that a method of it returns. */
static PyObject *
iterator_of(PyObject *dict, const char *method)
{
    PyObject *function = method ? PyObject_GetAttrString(dict, method) : NULL;
    PyObject *iterated = function ? PyObject_CallNoArgs(function) : Py_NewRef(dict);
    PyObject *iterator = PyObject_GetIter(iterated);
    Py_XDECREF(function);
    Py_DECREF(iterated);
    return iterator;
}

/* Steps of an iterator, then keys from 0 on deleted and keys from 100 on added, then three further steps. */
static void
test_changed_keys(void)
{
    static const char size[] = "RuntimeError: dictionary changed size during iteration";
    static const char keys[] = "RuntimeError: dictionary keys changed during iteration";
    static const char end[] = "no error";
    static const char *const methods[] = {NULL, "keys", "values", "items"};
    static const struct {
        long items, steps, deleted, added;
        const char *outcomes[3];
    } rows[] = {
        {1, 1, 1, 1, {keys, end, end}},   {2, 2, 1, 1, {keys, end, end}},   {3, 3, 2, 2, {keys, end, end}},
        {1, 1, 0, 0, {end, end, end}},    {2, 2, 2, 2, {keys, end, end}},   {1, 1, 0, 1, {size, size, size}},
        {1, 1, 1, 0, {size, size, size}}, {3, 1, 1, 2, {size, size, size}},
    };
    size_t row, kind, step;

    for (row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        for (kind = 0; kind < sizeof methods / sizeof methods[0]; kind++) {
            const char *name = methods[kind] ? methods[kind] : "the dict";
            PyObject *dict = numbered(rows[row].items);
            PyObject *iterator = iterator_of(dict, methods[kind]), *number;
            long i;
            for (i = 0; i < rows[row].steps; i++) {
                Py_XDECREF(PyIter_Next(iterator));
            }
            for (i = 0; i < rows[row].deleted; i++, Py_DECREF(number)) {
                number = PyLong_FromLong(i);
                PyDict_DelItem(dict, number);
            }
            for (i = 0; i < rows[row].added; i++, Py_DECREF(number)) {
                number = PyLong_FromLong(100 + i);
                PyDict_SetItem(dict, number, Py_None);
            }
            for (step = 0; step < 3; step++) {
                is_str(outcome(PyIter_Next(iterator)), rows[row].outcomes[step],
                       "%s: %ld items, %ld passed, %ld deleted, %ld added: step %d after that", name, rows[row].items,
                       rows[row].steps, rows[row].deleted, rows[row].added, (int)step + 1);
            }
            Py_DECREF(iterator);
            is_int(Py_REFCNT(dict), 1, "%s: row %d leaves no reference to the dict", name, (int)row);
            Py_DECREF(dict);
        }
    }
}

/* A key that took the place of one that the iterator had not reached yet is an item like any other. */
static void
test_changed_keys_ahead(void)
{
    PyObject *dict = numbered(2), *iterator = PyObject_GetIter(dict), *number = PyLong_FromLong(1);
    is_str(outcome(PyIter_Next(iterator)), "0", "the first key comes first");
    PyDict_DelItem(dict, number);
    Py_DECREF(number);
    number = PyLong_FromLong(100);
    PyDict_SetItem(dict, number, Py_None);
    Py_DECREF(number);
    is_str(outcome(PyIter_Next(iterator)), "100", "the key that replaced the second comes next");
    is_str(outcome(PyIter_Next(iterator)), "no error", "the iteration ends after as many items as the dict had");
    Py_DECREF(iterator);
    Py_DECREF(dict);
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
    RUN(test_changed_keys);
    RUN(test_changed_keys_ahead);
    return TAP_END();
}
