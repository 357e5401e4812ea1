/* Calls with NULL for one argument and a wrong object for the other, which is refused first: NULL is read later. */
#include "checks.h"
#include "outcome.h"

static PyObject *number, *text, *list, *empty, *tuple, *dict;

static void
test_attributes(void)
{
    static const char refusal[] = "TypeError: attribute name must be string, not 'int'";
    PyObject *value = NULL;
    is_str(outcome(PyObject_GetAttr(NULL, number)), refusal,
           "the name of an attribute to get is checked before the object");
    is_str(outcome_int(PyObject_SetAttr(NULL, number, text)), refusal,
           "the name of an attribute to set is checked before the object");
    is_str(outcome_int(PyObject_SetAttr(NULL, number, NULL)), refusal,
           "the name of an attribute is checked before that there is no value");
    is_str(outcome_int(PyObject_GetOptionalAttr(NULL, number, &value)), refusal,
           "the name of an optional attribute is checked before the object");
    is_ptr(value, NULL, "without an attribute there is no value");
    is_str(outcome_int(PyObject_HasAttrWithError(NULL, number)), refusal,
           "the name of an attribute to look for is checked before the object");
}

static void
test_dicts(void)
{
    static const char unhashable[] = "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')";
    is_str(outcome_int(PyDict_Contains(NULL, list)), unhashable, "a key to look for is hashed before the dict is read");
    is_str(outcome_int(PyDict_DelItem(NULL, list)), unhashable, "a key to delete is hashed before the dict is read");
    is_str(outcome_int(PyDict_MergeFromSeq2(NULL, number, 1)), "TypeError: 'int' object is not iterable",
           "pairs are iterated before the dict is read");
    is_str(outcome_int(PyDict_MergeFromSeq2(NULL, dict, 1)),
           "ValueError: dictionary update sequence element #0 has length 4; 2 is required",
           "a pair is taken apart before the dict is read");
    is_str(outcome_int(PyDict_MergeFromSeq2(NULL, empty, 1)), "0", "without pairs the dict is not read");
}

static void
test_strings(void)
{
    is_str(outcome(PyUnicode_Concat(number, NULL)), "TypeError: must be str, not int",
           "the first string to join is checked before the second");
    is_str(outcome_int(PyUnicode_Contains(NULL, number)),
           "TypeError: 'in <string>' requires string as left operand, not int",
           "the string to look for is checked before the other");
    is_str(outcome(PyUnicode_RichCompare(number, NULL, Py_EQ)), "NotImplemented",
           "an int and NULL are not compared as strings");
    is_str(outcome(PyUnicode_Translate(text, NULL, NULL)), "TypeError: bad argument type for built-in operation",
           "a string is not translated without a table");
}

static void
test_others(void)
{
    is_str(outcome(PyImport_Import(NULL)), "SystemError: NULL object passed to Py_BuildValue", "NULL names no module");
    is_str(outcome(PyImport_ImportModuleAttr(NULL, NULL)), "SystemError: NULL object passed to Py_BuildValue",
           "NULL names no module with an attribute");
    is_str(outcome(PyImport_ImportModuleAttr(number, NULL)), "TypeError: module name must be a string",
           "the name of a module is checked before that of an attribute");
    is_str(outcome(PyNumber_ToBase(NULL, 3)), "SystemError: PyNumber_ToBase: base must be 2, 8, 10 or 16",
           "the base is checked before the number");
    PyErr_SetString(PyExc_KeyError, "before");
    is_ptr(PyImport_Import(NULL), NULL, "NULL names no module while an error is set");
    raises(PyExc_KeyError, "'before'", "the error that was set stays when NULL is imported");
    is_str(outcome(PyLong_FromString(NULL, NULL, -1)), "ValueError: int() arg 2 must be >= 2 and <= 36",
           "the base is checked before the text");
    is_str(outcome_int(PySequence_Contains(number, NULL)), "SystemError: null argument to internal routine",
           "NULL is in no int");
    is_int(PySequence_Contains(tuple, NULL), -1, "whether NULL is in a tuple is an error");
    raises_internal("NULL is compared with the items of a tuple, which is a SystemError");
}

int
main(void)
{
    TAP_BEGIN();
    number = PyLong_FromLong(777777);
    text = PyUnicode_FromString("text");
    list = PyList_New(0);
    empty = PyTuple_New(0);
    tuple = PyTuple_Pack(1, text);
    dict = PyDict_New();
    PyDict_SetItem(dict, text, number);
    RUN(test_attributes);
    RUN(test_dicts);
    RUN(test_strings);
    RUN(test_others);
    Py_DECREF(number);
    Py_DECREF(text);
    Py_DECREF(list);
    Py_DECREF(empty);
    Py_DECREF(tuple);
    Py_DECREF(dict);
    return TAP_END();
}
