/* The constants None, NotImplemented, Ellipsis, True and False: their reprs, truth, hashes and comparisons.
 *
 * They are immortal, one of each, reached by address and by Py_GetConstant; only True and False are numbers.
 */
#include "outcome.h"

typedef struct {
    PyObject *object;
    const char *repr;
    const char *type_repr;
    const char *type_name;
} Constant;

/* The functions count as the library does; an inline function counts as the version of its header does. */
static void
test_immortality(const Constant *constant)
{
    Py_ssize_t count = Py_REFCNT(constant->object);

    Py_IncRef(constant->object);
    is_int(Py_REFCNT(constant->object), count,
           "%s: the constant is immortal, a new reference does not change its count", constant->repr);
    Py_DecRef(constant->object);
    is_int(Py_REFCNT(constant->object), count, "%s: a reference that is dropped does not change the count",
           constant->repr);
}

static void
test_constant(const Constant *constant)
{
    PyObject *object = constant->object;
    const char *repr = constant->repr;
    PyObject *type = PyObject_Type(object);
    PyObject *hash_twin = Py_NewRef(object);
    char message[128];
    int op;

    is_str(shown(object), repr, "%s: the repr is the name", repr);
    is_str(outcome(PyObject_Str(object)), outcome(PyUnicode_FromFormat("%s", repr)), "%s: the str is the name", repr);
    is_str(shown(type), constant->type_repr, "%s: the type has its own repr", repr);
    is_str(Py_TYPE(object)->tp_name, constant->type_name, "%s: the type has its own name", repr);
    is_int(PyObject_Hash(object), PyObject_Hash(hash_twin), "%s: the hash is always the same", repr);
    is_int(PyCallable_Check(object), 0, "%s: the constant is not callable", repr);
    snprintf(message, sizeof message, "TypeError: '%s' object is not callable", constant->type_name);
    is_str(outcome(PyObject_CallNoArgs(object)), message,
           "%s: the error of a call says that the constant is not callable", repr);
    is_int(PyObject_Size(object), -1, "%s: the constant has no size", repr);
    snprintf(message, sizeof message, "TypeError: object of type '%s' has no len()", constant->type_name);
    is_str(error_text(), message, "%s: the error of PyObject_Size says that the constant has no size", repr);
    for (op = Py_LT; op <= Py_GE; op++) {
        const char *operators[] = {"<", "<=", "==", "!=", ">", ">="};
        int number = PyBool_Check(object);
        if (number || op == Py_EQ || op == Py_NE) {
            is_str(outcome(PyObject_RichCompare(object, object, op)),
                   op == Py_EQ || (number && (op == Py_LE || op == Py_GE)) ? "True" : "False",
                   "%s %s itself has an answer", repr, operators[op]);
        } else {
            snprintf(message, sizeof message, "TypeError: '%s' not supported between instances of '%s' and '%s'",
                     operators[op], constant->type_name, constant->type_name);
            is_str(outcome(PyObject_RichCompare(object, object, op)), message, "%s %s itself is a TypeError", repr,
                   operators[op]);
        }
    }
    Py_DECREF(hash_twin);
    Py_DECREF(type);
}

static void
test_truth(void)
{
    is_int(PyObject_IsTrue(Py_None), 0, "None is false");
    is_int(PyObject_Not(Py_None), 1, "PyObject_Not of None is 1");
    is_int(PyObject_IsTrue(Py_Ellipsis), 1, "Ellipsis is true");
    is_int(PyObject_IsTrue(Py_True), 1, "True is true");
    is_int(PyObject_IsTrue(Py_False), 0, "False is false");
    is_int(PyObject_IsTrue(Py_NotImplemented), -1, "NotImplemented is neither true nor false");
    raises(PyExc_TypeError, "NotImplemented should not be used in a boolean context",
           "the truth of NotImplemented is a TypeError");
    is_int(PyObject_Not(Py_NotImplemented), -1, "PyObject_Not of NotImplemented fails");
    raises(PyExc_TypeError, "NotImplemented should not be used in a boolean context",
           "PyObject_Not of NotImplemented is a TypeError");
}

static void
test_bool(void)
{
    static const long values[] = {0, 1, 2, -1, 1L << 40};
    size_t i;
    for (i = 0; i < sizeof values / sizeof values[0]; i++) {
        PyObject *made = PyBool_FromLong(values[i]);
        is_ptr(made, values[i] ? Py_True : Py_False, "Bool_FromLong(%ld) is one of the two", values[i]);
        Py_DECREF(made);
    }
    is_int(PyObject_Hash(Py_None), 0xfca86420LL, "None hashes as the same number in every run");
    is_int(PyObject_Hash(Py_True), 1, "True hashes as 1");
    is_int(PyObject_Hash(Py_False), 0, "False hashes as 0");
    ok(Py_IsTrue(Py_True) && !Py_IsTrue(Py_False), "Py_IsTrue asks for the object True");
    ok(Py_IsFalse(Py_False) && !Py_IsFalse(Py_None), "Py_IsFalse asks for the object False");
    ok(Py_IsNone(Py_None) && !Py_IsNone(Py_False), "Py_IsNone asks for the object None");
    ok(Py_Is(Py_None, Py_None) && !Py_Is(Py_None, Py_Ellipsis), "Py_Is asks for any object");
    is_str(outcome(PyObject_RichCompare(Py_False, Py_True, Py_LT)), "True", "False is less than True");
    is_str(outcome(PyObject_RichCompare(Py_True, Py_None, Py_EQ)), "False", "True is not equal to None");
    is_str(outcome(PyObject_RichCompare(Py_True, Py_None, Py_LT)),
           "TypeError: '<' not supported between instances of 'bool' and 'NoneType'", "True has no order with None");
}

static void
test_get_constant(void)
{
    static const struct {
        unsigned int id;
        const char *repr;
    } rows[] = {
        {Py_CONSTANT_NONE, "None"},
        {Py_CONSTANT_FALSE, "False"},
        {Py_CONSTANT_TRUE, "True"},
        {Py_CONSTANT_ELLIPSIS, "Ellipsis"},
        {Py_CONSTANT_NOT_IMPLEMENTED, "NotImplemented"},
        {Py_CONSTANT_ZERO, "0"},
        {Py_CONSTANT_ONE, "1"},
        {Py_CONSTANT_EMPTY_STR, "''"},
        {Py_CONSTANT_EMPTY_BYTES, "b''"},
        {Py_CONSTANT_EMPTY_TUPLE, "()"},
    };
    PyObject *constant;
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        constant = Py_GetConstant(rows[i].id);
        is_str(shown(constant), rows[i].repr, "GetConstant(%u) is %s", rows[i].id, rows[i].repr);
        is_ptr(Py_GetConstantBorrowed(rows[i].id), constant, "GetConstantBorrowed gives the same object");
        Py_DECREF(constant);
    }
    constant = Py_GetConstant(Py_CONSTANT_NONE);
    is_ptr(constant, Py_None, "Py_GetConstant gives the object None");
    Py_DECREF(constant);
    is_ptr(Py_GetConstant(10), NULL, "Py_GetConstant(10) fails");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "Py_GetConstant(10) is an internal error");
    PyErr_Clear();
    is_ptr(Py_GetConstantBorrowed(4000000000U), NULL, "there is no borrowed constant 4000000000");
    ok(PyErr_ExceptionMatches(PyExc_SystemError), "Py_GetConstantBorrowed(4000000000) is an internal error");
    PyErr_Clear();
}

static void
test_each_constant(void)
{
    const Constant constants[] = {
        {Py_None, "None", "<class 'NoneType'>", "NoneType"},
        {Py_NotImplemented, "NotImplemented", "<class 'NotImplementedType'>", "NotImplementedType"},
        {Py_Ellipsis, "Ellipsis", "<class 'ellipsis'>", "ellipsis"},
        {Py_True, "True", "<class 'bool'>", "bool"},
        {Py_False, "False", "<class 'bool'>", "bool"},
    };
    int i;

    for (i = 0; i < 5; i++) {
        test_immortality(&constants[i]);
    }
    for (i = 0; i < 5; i++) {
        test_constant(&constants[i]);
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_each_constant);
    RUN(test_truth);
    RUN(test_bool);
    RUN(test_get_constant);
    return TAP_END();
}
