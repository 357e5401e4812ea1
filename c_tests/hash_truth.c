/* Hash, truth and size of every kind of object, by the functions that take any object.
 *
 * The error for an object without a hash or a size has the type's name.  Identity hashes are the address, rotated by four bits.
 */
#include "outcome.h"

static int pointed_at;

static PyObject *
nothing(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    Py_RETURN_NONE;
}

static PyMethodDef nothing_method = {"nothing", nothing, METH_NOARGS, NULL};
static PyMethodDef other_method = {"other", nothing, METH_NOARGS, NULL};

static long long
identity_hash(const void *object)
{
    size_t address = (size_t)object;
    return (long long)(address >> 4 | address << (8 * sizeof address - 4));
}

static void
test_identity_hash(void)
{
    PyObject *objects[6];
    int i;
    objects[0] = PyCapsule_New(&pointed_at, NULL, NULL);
    objects[1] = PyModule_New("mod");
    objects[2] = PyObject_CallNoArgs(PyExc_ValueError);
    objects[3] = Py_NewRef((PyObject *)&PyLong_Type);
    objects[4] = Py_NewRef(PyExc_KeyError);
    objects[5] = Py_NewRef(Py_Ellipsis);
    for (i = 0; i < 6; i++) {
        is_int(PyObject_Hash(objects[i]), identity_hash(objects[i]), "a %s hashes by its identity",
               Py_TYPE(objects[i])->tp_name);
        Py_DECREF(objects[i]);
    }
}

static void
test_equal_functions(void)
{
    PyObject *self = PyList_New(0);
    PyObject *first = PyCFunction_New(&nothing_method, self);
    PyObject *second = PyCFunction_New(&nothing_method, self);
    PyObject *other = PyCFunction_New(&other_method, self);
    PyObject *unbound = PyCFunction_New(&nothing_method, NULL);
    ok(first != second, "two functions of one definition are two objects");
    is_int(PyObject_RichCompareBool(first, second, Py_EQ), 1, "two functions of one definition and one self are equal");
    is_int(PyObject_Hash(first) == PyObject_Hash(second), 1, "two functions of one definition and one self hash alike");
    is_int(PyObject_RichCompareBool(first, other, Py_EQ), 1, "two functions of one C function are equal");
    is_int(PyObject_RichCompareBool(first, unbound, Py_EQ), 0, "two functions of different selves are not equal");
    Py_DECREF(first);
    Py_DECREF(second);
    Py_DECREF(other);
    Py_DECREF(unbound);
    Py_DECREF(self);
}

/* `object` is a new reference, which is dropped. */
static void
check(PyObject *object, int truth, const char *size, int hashable)
{
    char sentence[64];
    char message[128];
    const char *type = Py_TYPE(object)->tp_name;
    snprintf(sentence, sizeof sentence, "%s %s", truth ? "a true" : "a false", type);
    is_int(PyObject_IsTrue(object), truth, "%s: IsTrue", sentence);
    is_int(PyObject_Not(object), !truth, "%s: Not is the opposite", sentence);
    snprintf(message, sizeof message, "TypeError: object of type '%s' has no len()", type);
    is_str(outcome_int(PyObject_Size(object)), size ? size : message, "%s: Size", sentence);
    if (hashable) {
        is_int(PyObject_Hash(object), PyObject_Hash(object), "%s: Hash is the same each time", sentence);
        no_error("%s: Hash sets no error", sentence);
    } else {
        snprintf(message, sizeof message, "TypeError: unhashable type: '%s'", type);
        is_str(outcome_int(PyObject_Hash(object)), message, "%s: Hash says that the type is unhashable", sentence);
    }
    Py_DECREF(object);
}

static void
test_every_type(void)
{
    PyObject *list = PyList_New(3);
    PyObject *dict = PyDict_New();
    int i;
    for (i = 0; i < 3; i++) {
        PyList_SET_ITEM(list, i, Py_NewRef(Py_None));
    }
    PyDict_SetItem(dict, Py_None, Py_None);
    check(Py_NewRef(Py_None), 0, NULL, 1);
    check(Py_NewRef(Py_Ellipsis), 1, NULL, 1);
    check(Py_NewRef(Py_True), 1, NULL, 1);
    check(Py_NewRef(Py_False), 0, NULL, 1);
    check(PyLong_FromLong(0), 0, NULL, 1);
    check(PyLong_FromLong(-1), 1, NULL, 1);
    check(PyFloat_FromDouble(0.0), 0, NULL, 1);
    check(PyFloat_FromDouble(-0.0), 0, NULL, 1);
    check(PyFloat_FromDouble(Py_NAN), 1, NULL, 1);
    check(PyUnicode_FromString(""), 0, "0", 1);
    check(PyUnicode_FromString("\xe2\x82\xac!"), 1, "2", 1);
    check(PyUnicode_FromString("0"), 1, "1", 1);
    check(PyBytes_FromString(""), 0, "0", 1);
    check(PyBytes_FromStringAndSize("\0", 1), 1, "1", 1);
    check(PyTuple_New(0), 0, "0", 1);
    check(PyTuple_Pack(2, Py_None, Py_None), 1, "2", 1);
    check(PyList_New(0), 0, "0", 0);
    check(list, 1, "3", 0);
    check(PyDict_New(), 0, "0", 0);
    check(dict, 1, "1", 0);
    check(PyCapsule_New(&pointed_at, NULL, NULL), 1, NULL, 1);
    check(PyModule_New("mod"), 1, NULL, 1);
    check(PyCFunction_New(&nothing_method, NULL), 1, NULL, 1);
    check(PyObject_CallNoArgs(PyExc_ValueError), 1, NULL, 1);
    check(Py_NewRef((PyObject *)&PyLong_Type), 1, NULL, 1);
}

static void
test_equal_numbers(void)
{
    static const long values[] = {0, 1, -1, 2, 1000000, -1000000};
    size_t i;
    for (i = 0; i < sizeof values / sizeof values[0]; i++) {
        PyObject *whole = PyLong_FromLong(values[i]);
        PyObject *number = PyFloat_FromDouble((double)values[i]);
        is_int(PyObject_Hash(whole), PyObject_Hash(number), "%ld: an int and a float that are equal hash alike",
               values[i]);
        Py_DECREF(whole);
        Py_DECREF(number);
    }
    is_int(PyObject_Hash(Py_True), 1, "True hashes as 1");
}

static void
test_not_implemented(void)
{
    is_int(PyObject_IsTrue(Py_NotImplemented), -1, "NotImplemented has no truth");
    raises(PyExc_TypeError, "NotImplemented should not be used in a boolean context",
           "the truth of NotImplemented is a TypeError");
    is_int(PyObject_Not(Py_NotImplemented), -1, "PyObject_Not of NotImplemented fails");
    raises(PyExc_TypeError, "NotImplemented should not be used in a boolean context",
           "PyObject_Not of NotImplemented is a TypeError");
    is_int(PyObject_Hash(Py_NotImplemented), identity_hash(Py_NotImplemented), "NotImplemented hashes by its identity");
}

static void
test_null(void)
{
    is_int(PyObject_Size(NULL), -1, "Size of NULL fails");
    raises(PyExc_SystemError, "null argument to internal routine", "Size of NULL is a SystemError");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_identity_hash);
    RUN(test_equal_functions);
    RUN(test_every_type);
    RUN(test_equal_numbers);
    RUN(test_not_implemented);
    RUN(test_null);
    return TAP_END();
}
