/* A capsule as an object: its repr, hash and comparisons, the operations that it refuses (attributes, calls, items, numbers),
 * and its type as an object.  The fields of either are the topic of capsule_type.c.
 */
#include "tap.h"

#include <stdint.h>

static char storage[8];

static void
test_shown(void)
{
    static const struct {
        const char *name;
        const char *shown;
    } cases[] = {
        {"name", "\"name\""},
        {"pkg.mod._C_API", "\"pkg.mod._C_API\""},
        {NULL, "NULL"},
        {"", "\"\""},
        {"NULL", "\"NULL\""},
        {"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", "\"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\""},
        {"\xff", "\"\xef\xbf\xbd\""},
        {"\xff\xfe.x", "\"\xef\xbf\xbd\xef\xbf\xbd.x\""},
        {"a\xc3", "\"a\xef\xbf\xbd\""},
        {"a\xe2\x82", "\"a\xef\xbf\xbd\""},
        {"a\xe2\x82z", "\"a\xef\xbf\xbdz\""},
        {"\xf0\x9f\x98", "\"\xef\xbf\xbd\""},
        {"\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
        {"\xc0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\""},
        {"\xf5\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\""},
        {"%s%n%d%%", "\"%s%n%d%%\""},
        {"say \"hi\"\n\t\\", "\"say \"hi\"\n\t\\\""},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        PyObject *capsule = PyCapsule_New(storage, cases[i].name, NULL);
        PyObject *shown = PyObject_Repr(capsule), *text = PyObject_Str(capsule);
        char want[128];

        sprintf(want, "<capsule object %s at %p>", cases[i].shown, (void *)capsule);
        is_str(shown != NULL ? PyUnicode_AsUTF8(shown) : NULL, want, "repr shows name %d and the address", (int)i);
        is_str(text != NULL ? PyUnicode_AsUTF8(text) : NULL, want, "str shows name %d and the address", (int)i);
        is_int(Py_REFCNT(capsule), 1, "repr and str take no reference (%d)", (int)i);
        no_error("repr and str set no error (%d)", (int)i);
        Py_XDECREF(shown);
        Py_XDECREF(text);
        Py_DECREF(capsule);
    }
}

static void
test_very_long_name_shown(void)
{
    const size_t length = 1000000;
    char *name = (char *)malloc(length + 1);
    PyObject *capsule, *shown;
    const char *text;

    memset(name, 'n', length);
    name[length] = '\0';
    capsule = PyCapsule_New(storage, name, NULL);
    shown = PyObject_Repr(capsule);
    text = PyUnicode_AsUTF8(shown);
    is_int(strncmp(text, "<capsule object \"nnn", 20), 0, "a long name is shown from its start");
    is_int(memcmp(text + 17, name, length), 0, "a long name is shown whole");
    is_int(strncmp(text + 17 + length, "\" at 0x", 7), 0, "a long name is shown to its end");
    Py_DECREF(shown);
    Py_DECREF(capsule);
    free(name);
}

static void
test_hash_and_truth(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", NULL), *twin = PyCapsule_New(storage, "name", NULL);
    uintptr_t address = (uintptr_t)capsule;
    Py_hash_t hash = PyObject_Hash(capsule);

    is_int(hash, (Py_hash_t)((address >> 4) | (address << 60)),
           "the hash of a capsule is its address, rotated by four bits");
    PyCapsule_SetName(capsule, "other");
    PyCapsule_SetPointer(capsule, storage + 1);
    is_int(PyObject_Hash(capsule), hash, "no setter changes the hash");
    ok(PyObject_Hash(twin) != hash, "another capsule of the same contents has another hash");
    is_int(PyObject_IsTrue(capsule), 1, "a capsule is true");
    is_int(PyObject_Not(capsule), 0, "PyObject_Not of a capsule is 0");
    no_error("hash and truth set no error");
    Py_DECREF(capsule);
    Py_DECREF(twin);
}

static void
test_compared(void)
{
    static const struct {
        int operation;
        const char *sign;
    } orders[] = {{Py_LT, "<"}, {Py_LE, "<="}, {Py_GT, ">"}, {Py_GE, ">="}};
    PyObject *capsule = PyCapsule_New(storage, "name", NULL), *twin = PyCapsule_New(storage, "name", NULL);
    PyObject *number = PyLong_FromLong(1);
    char message[128];

    is_int(PyObject_RichCompareBool(capsule, capsule, Py_EQ), 1, "a capsule equals itself");
    is_int(PyObject_RichCompareBool(capsule, capsule, Py_NE), 0, "a capsule is not unequal to itself");
    is_int(PyObject_RichCompareBool(capsule, twin, Py_EQ), 0, "a capsule of the same contents is not equal");
    is_int(PyObject_RichCompareBool(capsule, twin, Py_NE), 1, "a capsule of the same contents is unequal");
    is_int(PyObject_RichCompareBool(capsule, number, Py_EQ), 0, "an int is not equal to a capsule");
    is_int(PyObject_RichCompareBool(number, capsule, Py_NE), 1, "a capsule is unequal to an int");
    is_int(PyObject_RichCompareBool(capsule, Py_None, Py_EQ), 0, "None is not equal to a capsule");
    PyObject *equal = PyObject_RichCompare(capsule, capsule, Py_EQ);
    is_ptr(equal, Py_True, "PyObject_RichCompare gives True for a capsule and itself");
    Py_XDECREF(equal);
    equal = PyObject_RichCompare(capsule, twin, Py_EQ);
    is_ptr(equal, Py_False, "PyObject_RichCompare gives False for two capsules");
    Py_XDECREF(equal);
    for (int i = 0; i < 4; i++) {
        is_ptr(PyObject_RichCompare(capsule, twin, orders[i].operation), NULL, "%s of two capsules is refused",
               orders[i].sign);
        sprintf(message, "'%s' not supported between instances of 'PyCapsule' and 'PyCapsule'", orders[i].sign);
        raises(PyExc_TypeError, message, "%s of two capsules is a TypeError", orders[i].sign);
        is_int(PyObject_RichCompareBool(capsule, capsule, orders[i].operation), -1,
               "%s of a capsule and itself is refused", orders[i].sign);
        raises(PyExc_TypeError, message, "%s of a capsule and itself is a TypeError", orders[i].sign);
        is_int(PyObject_RichCompareBool(capsule, number, orders[i].operation), -1,
               "%s of a capsule and an int is refused", orders[i].sign);
        sprintf(message, "'%s' not supported between instances of 'PyCapsule' and 'int'", orders[i].sign);
        raises(PyExc_TypeError, message, "the error for %s has both types", orders[i].sign);
    }
    Py_DECREF(number);
    Py_DECREF(twin);
    Py_DECREF(capsule);
}

static void
test_attributes(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", NULL), *value = NULL, *name = PyUnicode_FromString("x");

    is_ptr(PyObject_GetAttrString(capsule, "nosuch"), NULL, "an attribute that is missing fails in GetAttrString");
    raises(PyExc_AttributeError, "'PyCapsule' object has no attribute 'nosuch'",
           "the error of GetAttrString names type and attribute");
    is_ptr(PyObject_GetAttr(capsule, name), NULL, "an attribute that is missing fails in GetAttr");
    raises(PyExc_AttributeError, "'PyCapsule' object has no attribute 'x'",
           "the error of GetAttr names type and attribute");
    is_int(PyObject_GetOptionalAttrString(capsule, "nosuch", &value), 0,
           "GetOptionalAttrString returns 0 for a missing attribute");
    is_ptr(value, NULL, "GetOptionalAttrString stores NULL for a missing attribute");
    no_error("GetOptionalAttrString sets no error for a missing attribute");
    is_int(PyObject_HasAttrString(capsule, "nosuch"), 0, "HasAttrString returns 0 for a missing attribute");
    is_int(PyObject_HasAttr(capsule, name), 0, "HasAttr returns 0 for a missing attribute");
    no_error("HasAttrString and HasAttr set no error");
    is_int(PyObject_SetAttrString(capsule, "x", Py_None), -1, "SetAttrString cannot set an attribute of a capsule");
    raises(PyExc_AttributeError, "'PyCapsule' object has no attribute 'x' and no __dict__ for setting new attributes",
           "the error of SetAttrString says why");
    is_int(PyObject_SetAttr(capsule, name, Py_None), -1, "SetAttr cannot set an attribute of a capsule");
    raises(PyExc_AttributeError, "'PyCapsule' object has no attribute 'x' and no __dict__ for setting new attributes",
           "the error of SetAttr says why");
    is_int(PyObject_DelAttrString(capsule, "x"), -1, "DelAttrString cannot delete an attribute of a capsule");
    raises(PyExc_AttributeError, "'PyCapsule' object has no attribute 'x' and no __dict__ for setting new attributes",
           "the error of DelAttrString says why");
    is_int(PyObject_DelAttr(capsule, name), -1, "DelAttr cannot delete an attribute of a capsule");
    raises(PyExc_AttributeError, "'PyCapsule' object has no attribute 'x' and no __dict__ for setting new attributes",
           "the error of DelAttr says why");
    is_ptr(PyObject_GetAttrString(capsule, "\xff"), NULL, "an attribute name must be UTF-8");
    raises(PyExc_UnicodeDecodeError, "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
           "an attribute name that is not UTF-8 is a UnicodeDecodeError");
    is_ptr(PyObject_GetAttr(capsule, Py_None), NULL, "an attribute name must be a str");
    raises(PyExc_TypeError, "attribute name must be string, not 'NoneType'",
           "an attribute name that is no str is a TypeError");
    value = PyObject_GetAttrString(capsule, "__class__");
    is_ptr(value, &PyCapsule_Type, "the __class__ of a capsule is its type");
    Py_XDECREF(value);
    is_int(Py_REFCNT(capsule), 1, "no use of attributes takes a reference to the capsule");
    Py_DECREF(name);
    Py_DECREF(capsule);
}

/* Operations that a capsule does not have. */
static PyObject *
call_no_args(PyObject *o)
{
    return PyObject_CallNoArgs(o);
}
static PyObject *
call_one_arg(PyObject *o)
{
    return PyObject_CallOneArg(o, Py_None);
}
static PyObject *
call_object(PyObject *o)
{
    return PyObject_CallObject(o, NULL);
}
static PyObject *
vectorcall(PyObject *o)
{
    return PyObject_Vectorcall(o, NULL, 0, NULL);
}
static PyObject *
get_iter(PyObject *o)
{
    return PyObject_GetIter(o);
}
static PyObject *
get_item(PyObject *o)
{
    return PySequence_GetItem(o, 0);
}
static PyObject *
to_tuple(PyObject *o)
{
    return PySequence_Tuple(o);
}
static PyObject *
to_fast(PyObject *o)
{
    return PySequence_Fast(o, "not a sequence: %s");
}
static PyObject *
concat(PyObject *o)
{
    return PySequence_Concat(o, o);
}
static PyObject *
to_long(PyObject *o)
{
    return PyNumber_Long(o);
}
static PyObject *
to_float(PyObject *o)
{
    return PyNumber_Float(o);
}
static PyObject *
to_index(PyObject *o)
{
    return PyNumber_Index(o);
}
static PyObject *
size(PyObject *o)
{
    return PyObject_Size(o) == -1 ? NULL : Py_None;
}
static PyObject *
contains(PyObject *o)
{
    return PySequence_Contains(o, Py_None) == -1 ? NULL : Py_None;
}
static PyObject *
as_long(PyObject *o)
{
    return PyLong_AsLong(o) == -1 ? NULL : Py_None;
}
static PyObject *
as_double(PyObject *o)
{
    return PyFloat_AsDouble(o) == -1.0 ? NULL : Py_None;
}
static PyObject *
as_utf8(PyObject *o)
{
    return PyUnicode_AsUTF8(o) == NULL ? NULL : Py_None;
}
static PyObject *
is_instance_of(PyObject *o)
{
    return PyObject_IsInstance(Py_None, o) == -1 ? NULL : Py_None;
}

static void
test_refusals(void)
{
    static const struct {
        PyObject *(*function)(PyObject *);
        const char *text;
        const char *message;
    } cases[] = {
        {call_no_args, "called", "'PyCapsule' object is not callable"},
        {call_one_arg, "called with an argument", "'PyCapsule' object is not callable"},
        {call_object, "called through PyObject_CallObject", "'PyCapsule' object is not callable"},
        {vectorcall, "called through PyObject_Vectorcall", "'PyCapsule' object is not callable"},
        {get_iter, "iterated over", "'PyCapsule' object is not iterable"},
        {get_item, "asked for an item", "'PyCapsule' object does not support indexing"},
        {to_tuple, "made a tuple", "'PyCapsule' object is not iterable"},
        {to_fast, "taken for a sequence", "not a sequence: %s"},
        {concat, "concatenated", "'PyCapsule' object can't be concatenated"},
        {to_long, "made an int",
         "int() argument must be a string, a bytes-like object or a real number, not 'PyCapsule'"},
        {to_float, "made a float", "float() argument must be a string or a real number, not 'PyCapsule'"},
        {to_index, "used as an index", "'PyCapsule' object cannot be interpreted as an integer"},
        {size, "asked for its size", "object of type 'PyCapsule' has no len()"},
        {contains, "asked what it contains", "argument of type 'PyCapsule' is not a container or iterable"},
        {as_long, "read as a C long", "'PyCapsule' object cannot be interpreted as an integer"},
        {as_double, "read as a C double", "must be real number, not PyCapsule"},
        {as_utf8, "read as a C string", "bad argument type for built-in operation"},
        {is_instance_of, "asked for its instances", "isinstance() arg 2 must be a type, a tuple of types, or a union"},
    };
    PyObject *capsule = PyCapsule_New(storage, "name", NULL);

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        is_ptr(cases[i].function(capsule), NULL, "a capsule cannot be %s", cases[i].text);
        raises(PyExc_TypeError, cases[i].message, "a capsule that is %s raises a TypeError", cases[i].text);
        is_int(Py_REFCNT(capsule), 1, "a capsule that is %s gets no reference", cases[i].text);
    }
    is_int(PyCallable_Check(capsule), 0, "PyCallable_Check of a capsule is 0");
    is_int(PySequence_Check(capsule), 0, "PySequence_Check of a capsule is 0");
    is_int(PyNumber_Check(capsule), 0, "PyNumber_Check of a capsule is 0");
    is_int(PyIndex_Check(capsule), 0, "PyIndex_Check of a capsule is 0");
    is_int(PyIter_Check(capsule), 0, "PyIter_Check of a capsule is 0");
    no_error("no check of a capsule sets an error");
    Py_DECREF(capsule);
}

static void
test_type(void)
{
    PyObject *type = (PyObject *)&PyCapsule_Type, *capsule = PyCapsule_New(storage, "name", NULL), *got;

    is_ptr(Py_TYPE(type), &PyType_Type, "the type of PyCapsule_Type is type");
    is_ptr(Py_TYPE(capsule), type, "the type of a capsule is PyCapsule_Type");
    got = PyObject_Type(capsule);
    is_ptr(got, type, "PyObject_Type of a capsule is PyCapsule_Type");
    Py_XDECREF(got);
    is_int(PyObject_IsInstance(capsule, type), 1, "a capsule is an instance of PyCapsule_Type");
    is_int(PyObject_IsInstance(capsule, (PyObject *)&PyBaseObject_Type), 1, "a capsule is an instance of object");
    is_int(PyObject_IsInstance(capsule, (PyObject *)&PyLong_Type), 0, "a capsule is not an instance of int");
    is_int(PyObject_IsSubclass(type, (PyObject *)&PyBaseObject_Type), 1, "PyCapsule_Type is a subclass of object");
    is_int(PyType_IsSubtype(&PyCapsule_Type, &PyDict_Type), 0, "PyCapsule_Type is no subclass of dict");
    got = PyObject_Repr(type);
    is_str(PyUnicode_AsUTF8(got), "<class 'PyCapsule'>", "the repr of PyCapsule_Type has no module");
    Py_XDECREF(got);
    got = PyObject_GetAttrString(type, "__name__");
    is_str(PyUnicode_AsUTF8(got), "PyCapsule", "the __name__ of PyCapsule_Type is PyCapsule");
    Py_XDECREF(got);
    for (int i = 0; i < 2; i++) {
        is_ptr(i ? PyObject_CallOneArg(type, capsule) : PyObject_CallNoArgs(type), NULL,
               "PyCapsule_Type cannot be called (%d)", i);
        raises(PyExc_TypeError, "cannot create 'PyCapsule' instances",
               "PyCapsule_Type says that it makes no instances (%d)", i);
    }
    is_int(PyObject_SetAttrString(type, "x", Py_None), -1, "PyCapsule_Type cannot be given attributes");
    raises(PyExc_TypeError, "cannot set 'x' attribute of immutable type 'PyCapsule'",
           "PyCapsule_Type says that it is immutable");
    Py_DECREF(capsule);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_shown);
    RUN(test_very_long_name_shown);
    RUN(test_hash_and_truth);
    RUN(test_compared);
    RUN(test_attributes);
    RUN(test_refusals);
    RUN(test_type);
    return TAP_END();
}
