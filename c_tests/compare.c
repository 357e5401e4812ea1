/* Rich comparison between objects of every pair of types, by RichCompare and RichCompareBool.
 *
 * Equality always has an answer; an order only exists where the types define one, and else the error names the
 * operator and both types.  RichCompareBool takes an object for equal to itself without asking.
 */
#include "outcome.h"

#include <stdint.h>

static const char *const OPERATORS[] = {"<", "<=", "==", "!=", ">", ">="};

enum {
    NONE,
    NOT_IMPLEMENTED,
    ELLIPSIS,
    FALSE_,
    ONE,
    HALF,
    STR,
    BYTES,
    TUPLE,
    LIST,
    DICT,
    CAPSULE,
    MODULE,
    FUNCTION,
    ERROR,
    TYPE,
    OBJECTS
};

static PyObject *objects[OBJECTS];

static PyObject *
nothing(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    Py_RETURN_NONE;
}

static PyMethodDef nothing_method = {"nothing", nothing, METH_NOARGS, NULL};

static void
make_objects(void)
{
    static int pointed_at;
    objects[NONE] = Py_NewRef(Py_None);
    objects[NOT_IMPLEMENTED] = Py_NewRef(Py_NotImplemented);
    objects[ELLIPSIS] = Py_NewRef(Py_Ellipsis);
    objects[FALSE_] = Py_NewRef(Py_False);
    objects[ONE] = PyLong_FromLong(1);
    objects[HALF] = PyFloat_FromDouble(1.5);
    objects[STR] = PyUnicode_FromString("1");
    objects[BYTES] = PyBytes_FromString("1");
    objects[TUPLE] = PyTuple_Pack(1, Py_None);
    objects[LIST] = PyList_New(0);
    objects[DICT] = PyDict_New();
    objects[CAPSULE] = PyCapsule_New(&pointed_at, NULL, NULL);
    objects[MODULE] = PyModule_New("mod");
    objects[FUNCTION] = PyCFunction_New(&nothing_method, NULL);
    objects[ERROR] = PyObject_CallNoArgs(PyExc_ValueError);
    objects[TYPE] = Py_NewRef((PyObject *)&PyLong_Type);
}

/* Numbers are ordered among each other; str, bytes, tuple and list are ordered each among its own. */
static int
ordered(int left, int right)
{
    if (left >= FALSE_ && left <= HALF) {
        return right >= FALSE_ && right <= HALF;
    }
    return left == right && left >= STR && left <= LIST;
}

static void
test_pairs(void)
{
    int left, right, op;
    for (left = 0; left < OBJECTS; left++) {
        for (right = 0; right < OBJECTS; right++) {
            int sign = (left > right) - (left < right), right_answers = 0;
            for (op = Py_LT; op <= Py_GE; op++) {
                char want[160];
                if (op == Py_EQ || op == Py_NE || ordered(left, right)) {
                    int holds = op == Py_LT   ? sign < 0
                                : op == Py_LE ? sign <= 0
                                : op == Py_EQ ? sign == 0
                                : op == Py_NE ? sign != 0
                                : op == Py_GT ? sign > 0
                                              : sign >= 0;
                    snprintf(want, sizeof want, "%s", holds ? "True" : "False");
                } else {
                    snprintf(want, sizeof want, "TypeError: '%s' not supported between instances of '%s' and '%s'",
                             OPERATORS[op], Py_TYPE(objects[left])->tp_name, Py_TYPE(objects[right])->tp_name);
                }
                right_answers += strcmp(outcome(PyObject_RichCompare(objects[left], objects[right], op)), want) == 0;
                if (want[1] != 'y') {
                    right_answers += PyObject_RichCompareBool(objects[left], objects[right], op) == (want[0] == 'T');
                } else if (left != right) {
                    right_answers +=
                        strcmp(outcome_int(PyObject_RichCompareBool(objects[left], objects[right], op)), want) == 0;
                } else {
                    right_answers += PyObject_RichCompareBool(objects[left], objects[right], op) == -1;
                    PyErr_Clear();
                }
            }
            is_int(right_answers, 12, "%s and %s: all six operators, in both functions",
                   Py_TYPE(objects[left])->tp_name, Py_TYPE(objects[right])->tp_name);
        }
    }
}

static void
test_identity_shortcut(void)
{
    PyObject *nan = PyFloat_FromDouble(Py_NAN);
    PyObject *other_nan = PyFloat_FromDouble(Py_NAN);
    PyObject *list = PyList_New(1);
    PyObject *same_list = PyList_New(1);
    PyObject *other_list = PyList_New(1);
    PyList_SET_ITEM(list, 0, Py_NewRef(nan));
    PyList_SET_ITEM(same_list, 0, Py_NewRef(nan));
    PyList_SET_ITEM(other_list, 0, Py_NewRef(other_nan));
    is_str(outcome(PyObject_RichCompare(nan, nan, Py_EQ)), "False", "RichCompare asks the object even about itself");
    is_int(PyObject_RichCompareBool(nan, nan, Py_EQ), 1, "RichCompareBool takes an object for equal to itself");
    is_int(PyObject_RichCompareBool(nan, nan, Py_NE), 0,
           "RichCompareBool does not take an object for different from itself");
    is_int(PyObject_RichCompareBool(nan, nan, Py_LE), 0, "RichCompareBool asks an object for its order to itself");
    is_int(PyObject_RichCompareBool(nan, other_nan, Py_EQ), 0, "two NaNs are not equal");
    is_str(outcome(PyObject_RichCompare(list, same_list, Py_EQ)), "True", "lists with the same NaN are equal");
    is_str(outcome(PyObject_RichCompare(list, other_list, Py_EQ)), "False", "lists with two NaNs are not equal");
    is_str(outcome(PyObject_RichCompare(list, same_list, Py_LT)), "False",
           "lists of equal items are not less than each other");
    is_str(outcome(PyObject_RichCompare(list, same_list, Py_LE)), "True",
           "lists of equal items and one length are less or equal");
    is_str(outcome(PyObject_RichCompare(list, other_list, Py_LE)), "False",
           "lists with two NaNs are not less or equal");
    is_int(PyObject_RichCompareBool(Py_None, Py_None, Py_LT), -1, "None has no order, not even with itself");
    raises(PyExc_TypeError, "'<' not supported between instances of 'NoneType' and 'NoneType'",
           "the error for None says that it has no order");
    Py_DECREF(nan);
    Py_DECREF(other_nan);
    Py_DECREF(list);
    Py_DECREF(same_list);
    Py_DECREF(other_list);
}

/* The list [first, second] or the tuple (first, second), of ints; -1 stands for None. */
static PyObject *
pair(int as_tuple, long first, long second)
{
    PyObject *items[2];
    PyObject *result;
    items[0] = first < 0 ? Py_NewRef(Py_None) : PyLong_FromLong(first);
    items[1] = second < 0 ? Py_NewRef(Py_None) : PyLong_FromLong(second);
    if (as_tuple) {
        result = PyTuple_Pack(2, items[0], items[1]);
    } else {
        result = PyList_New(0);
        PyList_Append(result, items[0]);
        PyList_Append(result, items[1]);
    }
    Py_DECREF(items[0]);
    Py_DECREF(items[1]);
    return result;
}

static void
test_containers(void)
{
    static const struct {
        long left[2];
        long right[2];
        const char *less;
        const char *equal;
    } rows[] = {
        {{1, 2}, {1, 2}, "False", "True"},
        {{1, 2}, {1, 3}, "True", "False"},
        {{2, 1}, {1, 3}, "False", "False"},
        {{1, -1}, {2, -1}, "True", "False"},
        {{1, -1}, {1, -1}, "False", "True"},
        {{1, -1}, {1, 2}, "TypeError: '<' not supported between instances of 'NoneType' and 'int'", "False"},
        {{1, 2}, {-1, 2}, "TypeError: '<' not supported between instances of 'int' and 'NoneType'", "False"},
    };
    size_t i;
    int as_tuple;
    for (as_tuple = 0; as_tuple < 2; as_tuple++) {
        for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
            PyObject *left = pair(as_tuple, rows[i].left[0], rows[i].left[1]);
            PyObject *right = pair(as_tuple, rows[i].right[0], rows[i].right[1]);
            PyObject *nested_left = PyTuple_Pack(1, left);
            PyObject *nested_right = PyTuple_Pack(1, right);
            const char *type = as_tuple ? "tuple" : "list";
            is_str(outcome(PyObject_RichCompare(left, right, Py_LT)), rows[i].less,
                   "%s row %d: the first items that differ decide the order", type, (int)i);
            is_str(outcome(PyObject_RichCompare(left, right, Py_EQ)), rows[i].equal,
                   "%s row %d: equality never fails for want of an order", type, (int)i);
            is_str(outcome(PyObject_RichCompare(nested_left, nested_right, Py_LT)), rows[i].less,
                   "%s row %d: the first items that differ decide the order inside a tuple", type, (int)i);
            is_int(PyObject_RichCompareBool(nested_left, nested_right, Py_EQ), rows[i].equal[0] == 'T',
                   "%s row %d: equality inside a tuple never fails for want of an order", type, (int)i);
            Py_DECREF(nested_left);
            Py_DECREF(nested_right);
            Py_DECREF(left);
            Py_DECREF(right);
        }
    }
}

/* An item whose answers are objects of its own: "==" gives an empty or a full list, the others a text. */
static PyObject *
own_compare(PyObject *left, PyObject *right, int op)
{
    if (op == Py_EQ) {
        PyObject *answer = PyList_New(0);
        if (Py_TYPE(left) == Py_TYPE(right)) {
            return answer;
        }
        PyList_Append(answer, Py_None);
        return answer;
    }
    return PyUnicode_FromString(OPERATORS[op]);
}

/* "==" and "!=" of containers are True or False, whatever their items answer; an order is the answer of the items. */
static void
test_own_answers(void)
{
    PyType_Slot slots[] = {{Py_tp_richcompare, (void *)(uintptr_t)own_compare}, {0, NULL}};
    PyType_Spec spec = {"mod.Own", 0, 0, Py_TPFLAGS_DEFAULT, slots};
    PyObject *kind = PyType_FromSpec(&spec);
    PyObject *own = PyObject_CallNoArgs(kind), *other = PyObject_CallNoArgs(kind);
    PyObject *rows[2][3];
    int as_list, op;
    rows[0][0] = PyTuple_Pack(1, own);
    rows[0][1] = PyTuple_Pack(1, other);
    rows[0][2] = PyTuple_Pack(1, Py_None);
    for (op = 0; op < 3; op++) {
        rows[1][op] = PySequence_List(rows[0][op]);
    }
    for (as_list = 0; as_list < 2; as_list++) {
        const char *type = as_list ? "lists" : "tuples";
        PyObject **row = rows[as_list];
        for (op = Py_LT; op <= Py_GE; op++) {
            char order[8];
            snprintf(order, sizeof order, "'%s'", OPERATORS[op]);
            is_str(outcome(PyObject_RichCompare(row[0], row[1], op)),
                   op == Py_EQ   ? "False"
                   : op == Py_NE ? "True"
                                 : order,
                   "%s of items that answer == by an empty list: %s", type, OPERATORS[op]);
            is_str(outcome(PyObject_RichCompare(row[0], row[2], op)),
                   op == Py_EQ || op == Py_LE || op == Py_GE ? "True" : "False",
                   "%s of items that answer == by a full list: %s", type, OPERATORS[op]);
        }
    }
    for (op = 0; op < 6; op++) {
        Py_DECREF(rows[op / 3][op % 3]);
    }
    Py_DECREF(own);
    Py_DECREF(other);
    Py_DECREF(kind);
}

static void
test_recursion(void)
{
    PyObject *left = PyList_New(1);
    PyObject *right = PyList_New(1);
    PyObject *result;
    PyList_SET_ITEM(left, 0, Py_NewRef(left));
    PyList_SET_ITEM(right, 0, Py_NewRef(right));
    is_int(PyObject_RichCompareBool(left, left, Py_EQ), 1, "a list inside itself is equal to itself");
    result = PyObject_RichCompare(left, left, Py_EQ);
    is_ptr(result, Py_True, "RichCompare of a list inside itself compares its items");
    Py_XDECREF(result);
    is_ptr(PyObject_RichCompare(left, right, Py_EQ), NULL, "RichCompare of two lists inside themselves fails");
    ok(PyErr_ExceptionMatches(PyExc_RecursionError), "RichCompare of two lists inside themselves is a RecursionError");
    PyErr_Clear();
    is_int(PyObject_RichCompareBool(left, right, Py_EQ), -1, "RichCompareBool of two lists inside themselves fails");
    ok(PyErr_ExceptionMatches(PyExc_RecursionError),
       "RichCompareBool of two lists inside themselves is a RecursionError");
    PyErr_Clear();
    PyList_SetItem(left, 0, Py_NewRef(Py_None));
    PyList_SetItem(right, 0, Py_NewRef(Py_None));
    is_int(PyObject_RichCompareBool(left, right, Py_EQ), 1,
           "lists that no longer hold themselves are compared by their items");
    Py_DECREF(left);
    Py_DECREF(right);
}

static void
test_null(void)
{
    is_ptr(PyObject_RichCompare(NULL, Py_None, Py_EQ), NULL, "RichCompare of NULL on the left fails");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "RichCompare of NULL on the left is an internal error");
    PyErr_Clear();
    is_ptr(PyObject_RichCompare(Py_None, NULL, Py_EQ), NULL, "RichCompare of NULL on the right fails");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "RichCompare of NULL on the right is an internal error");
    PyErr_Clear();
    is_int(PyObject_RichCompareBool(NULL, Py_None, Py_EQ), -1, "RichCompareBool of NULL fails");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "RichCompareBool of NULL is an internal error");
    PyErr_Clear();
}

/* CPython gives an answer for an operator that does not exist in these cases only. */
static void
test_unknown_operators(void)
{
    static const int operators[] = {-1, 6, 7, 100};
    static const char error[] = "TypeError: bad argument type for built-in operation";
    const struct {
        const char *pair;
        int left, right;
        const char *outcome;
    } rows[] = {
        {"bytes and bytes", BYTES, BYTES, error},          {"str and str", STR, STR, error},
        {"float and float", HALF, HALF, "False"},          {"float and int", HALF, ONE, "False"},
        {"float and bool", HALF, FALSE_, "False"},         {"float and str", HALF, STR, "NotImplemented"},
        {"bytes and str", BYTES, STR, "NotImplemented"},   {"str and bytes", STR, BYTES, "NotImplemented"},
        {"int and str", ONE, STR, "NotImplemented"},       {"tuple and list", TUPLE, LIST, "NotImplemented"},
        {"list and tuple", LIST, TUPLE, "NotImplemented"}, {"None and None", NONE, NONE, "NotImplemented"},
    };
    size_t row, i;
    for (row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        PyObject *left = objects[rows[row].left], *right = objects[rows[row].right];
        for (i = 0; i < sizeof operators / sizeof operators[0]; i++) {
            is_str(outcome(Py_TYPE(left)->tp_richcompare(left, right, operators[i])), rows[row].outcome,
                   "tp_richcompare of %s with operator %d", rows[row].pair, operators[i]);
        }
    }
}

int
main(void)
{
    int i;
    TAP_BEGIN();
    make_objects();
    RUN(test_pairs);
    RUN(test_identity_shortcut);
    RUN(test_containers);
    RUN(test_own_answers);
    RUN(test_recursion);
    RUN(test_null);
    RUN(test_unknown_operators);
    for (i = 0; i < OBJECTS; i++) {
        Py_DECREF(objects[i]);
    }
    return TAP_END();
}
