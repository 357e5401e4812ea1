/* dict objects, all items at once: Copy, Update, Merge, Clear, Values and Items.
 *
 * dict.c has the tests of single items, which do not need these functions.
 */
#include "outcome.h"

/* {first: 1, second: 2} */
static PyObject *
pair_dict(const char *first, const char *second, long value)
{
    PyObject *dict = PyDict_New();
    PyObject *numbers[2];
    numbers[0] = PyLong_FromLong(value);
    numbers[1] = PyLong_FromLong(value + 1);
    PyDict_SetItemString(dict, first, numbers[0]);
    PyDict_SetItemString(dict, second, numbers[1]);
    Py_DECREF(numbers[0]);
    Py_DECREF(numbers[1]);
    return dict;
}

static void
test_copy(void)
{
    PyObject *list = PyList_New(0);
    PyObject *dict = pair_dict("z", "a", 1);
    PyObject *copy;
    PyDict_SetItemString(dict, "list", list);
    copy = PyDict_Copy(dict);
    ok(copy != dict, "Copy makes another dict");
    is_str(shown(copy), "{'z': 1, 'a': 2, 'list': []}", "a copy has the items of the dict in their order");
    is_ptr(PyDict_GetItemString(copy, "list"), list, "a copy has the very same values");
    PyDict_DelItemString(copy, "z");
    is_str(shown(dict), "{'z': 1, 'a': 2, 'list': []}", "a change of the copy does not change the dict");
    is_int(Py_REFCNT(list), 3, "dict and copy each have a reference to a value");
    Py_DECREF(copy);
    is_str(outcome(PyDict_Values(dict)), "[1, 2, []]", "Values makes a list of the values");
    is_str(outcome(PyDict_Items(dict)), "[('z', 1), ('a', 2), ('list', [])]", "Items makes a list of pairs");
    PyDict_Clear(dict);
    is_str(shown(dict), "{}", "Clear removes every item");
    is_int(Py_REFCNT(list), 1, "Clear drops the values");
    PyDict_Clear(dict);
    is_int(PyDict_Size(dict), 0, "Clear of an empty dict does nothing");
    PyDict_Clear(list);
    no_error("Clear of an object that is no dict does nothing");
    is_str(outcome(PyDict_Keys(dict)), "[]", "a dict that was cleared has no keys");
    PyDict_SetItemString(dict, "again", Py_None);
    is_str(shown(dict), "{'again': None}", "a dict that was cleared takes new items");
    Py_DECREF(dict);
    Py_DECREF(list);
}

static void
test_merge(void)
{
    PyObject *dict = pair_dict("a", "b", 1);
    PyObject *other = pair_dict("b", "c", 10);
    PyObject *number = PyLong_FromLong(1000);
    is_int(PyDict_Merge(dict, other, 0), 0, "Merge without override succeeds");
    is_str(shown(dict), "{'a': 1, 'b': 2, 'c': 11}", "Merge without override adds new keys");
    is_int(PyDict_Merge(dict, other, 1), 0, "Merge with override succeeds");
    is_str(shown(dict), "{'a': 1, 'b': 10, 'c': 11}", "Merge with override replaces values in their places");
    Py_DECREF(dict);
    dict = pair_dict("a", "b", 1);
    is_int(PyDict_Update(dict, other), 0, "Update succeeds");
    is_str(shown(dict), "{'a': 1, 'b': 10, 'c': 11}", "Update replaces values as Merge with override does");
    is_int(PyDict_Update(dict, dict), 0, "a dict can be updated with itself");
    is_str(shown(dict), "{'a': 1, 'b': 10, 'c': 11}", "a dict that is updated with itself stays as it is");
    is_str(shown(other), "{'b': 10, 'c': 11}", "Merge and Update leave the other dict as it was");
    is_int(PyDict_Update(dict, number), -1, "Update from an int fails");
    raises(PyExc_AttributeError, "'int' object has no attribute 'keys'",
           "Update from an int says that an int has no keys");
    is_int(PyDict_Merge(number, dict, 1), -1, "Merge into an int fails");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "Merge into an int is an internal error");
    PyErr_Clear();
    is_str(shown(dict), "{'a': 1, 'b': 10, 'c': 11}", "calls that fail leave the dict as it was");
    is_int(Py_REFCNT(number), 1, "calls that fail take no reference to the int");
    Py_DECREF(number);
    Py_DECREF(other);
    Py_DECREF(dict);
}

static void
test_wrong_type(void)
{
    PyObject *list = PyList_New(0);
    int call;
    for (call = 0; call < 3; call++) {
        is_ptr(call == 0   ? PyDict_Copy(list)
               : call == 1 ? PyDict_Values(list)
                           : PyDict_Items(list),
               NULL, "call %d wants a dict", call);
        ok(PyErr_ExceptionMatches(PyExc_SystemError), "call %d of another object is an internal error", call);
        PyErr_Clear();
    }
    Py_DECREF(list);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_copy);
    RUN(test_merge);
    RUN(test_wrong_type);
    return TAP_END();
}
