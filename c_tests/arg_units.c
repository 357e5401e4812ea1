/* Every unit of an argument format with objects of every kind: the value that C gets, or the error.
 *
 * arg_units.h has a row for each unit with the outcome for each object.  `arg_units --table` prints the rows.
 */
#include "outcome.h"

#include <limits.h>

/* The objects, in the order of the outcomes in a row. */
static PyObject *
of_text(const char *digits)
{
    PyObject *text = PyUnicode_FromString(digits);
    PyObject *number = text != NULL ? PyNumber_Long(text) : NULL;
    Py_XDECREF(text);
    return number;
}

static PyObject *
surrogate(void)
{
    return PyUnicode_DecodeUTF8("a\xff", 2, "surrogateescape");
}

static PyObject *
memory_of(const char *text)
{
    PyObject *bytes = PyBytes_FromString(text);
    PyObject *view = bytes != NULL ? PyMemoryView_FromObject(bytes) : NULL;
    Py_XDECREF(bytes);
    return view;
}

enum { OBJECTS = 67 };
static struct {
    const char *name;
    PyObject *object;
} objects[OBJECTS];
static int object_count;

static void
add(const char *name, PyObject *object)
{
    if (object == NULL) {
        PyErr_Print();
    }
    if (object_count < OBJECTS) {
        objects[object_count].name = name;
        objects[object_count].object = object;
    }
    object_count++;
}

static void
make_objects(void)
{
    static const long long numbers[] = {0,
                                        1,
                                        -1,
                                        127,
                                        128,
                                        255,
                                        256,
                                        -128,
                                        -129,
                                        32767,
                                        32768,
                                        -32768,
                                        -32769,
                                        65535,
                                        65536,
                                        INT_MAX,
                                        INT_MAX + 1LL,
                                        INT_MIN,
                                        INT_MIN - 1LL,
                                        UINT_MAX,
                                        UINT_MAX + 1LL,
                                        LLONG_MAX,
                                        LLONG_MIN};
    static char names[sizeof numbers / sizeof numbers[0]][24];
    static const char *const large[] = {"9223372036854775808",
                                        "-9223372036854775809",
                                        "18446744073709551615",
                                        "18446744073709551616",
                                        "1000000000000000000000000000000",
                                        "-1000000000000000000000000000000"};
    size_t i;

    for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        snprintf(names[i], sizeof names[i], "%lld", numbers[i]);
        add(names[i], PyLong_FromLongLong(numbers[i]));
    }
    for (i = 0; i < sizeof large / sizeof large[0]; i++) {
        add(large[i], of_text(large[i]));
    }
    add("True", PyBool_FromLong(1));
    add("False", PyBool_FromLong(0));
    add("None", Py_NewRef(Py_None));
    add("1.5", PyFloat_FromDouble(1.5));
    add("-1.0", PyFloat_FromDouble(-1.0));
    add("1e300", PyFloat_FromDouble(1e300));
    add("''", PyUnicode_FromString(""));
    add("'a'", PyUnicode_FromString("a"));
    add("'abc'", PyUnicode_FromString("abc"));
    add("'a\\0b'", PyUnicode_FromStringAndSize("a\0b", 3));
    add("'\\0'", PyUnicode_FromStringAndSize("\0", 1));
    add("e acute", PyUnicode_FromString("\xc3\xa9"));
    add("euro sign", PyUnicode_FromString("\xe2\x82\xac"));
    add("a clef", PyUnicode_FromString("\xf0\x9d\x84\x9e"));
    add("a surrogate", surrogate());
    add("'12'", PyUnicode_FromString("12"));
    add("b''", PyBytes_FromString(""));
    add("b'a'", PyBytes_FromString("a"));
    add("b'abc'", PyBytes_FromString("abc"));
    add("b'a\\0b'", PyBytes_FromStringAndSize("a\0b", 3));
    add("b'\\0'", PyBytes_FromStringAndSize("\0", 1));
    add("b'\\xff'", PyBytes_FromString("\xff"));
    add("()", PyTuple_New(0));
    add("(1,)", PyTuple_Pack(1, objects[1].object));
    add("(1, 2.5)", Py_BuildValue("(id)", 1, 2.5));
    add("(1, 'a')", Py_BuildValue("(is)", 1, "a"));
    add("[1, 2.5]", Py_BuildValue("[id]", 1, 2.5));
    add("[1, 'a']", Py_BuildValue("[is]", 1, "a"));
    add("[]", PyList_New(0));
    add("{}", PyDict_New());
    add("{1: 2.5}", Py_BuildValue("{id}", 1, 2.5));
    add("int", Py_NewRef((PyObject *)&PyLong_Type));
    add("Ellipsis", Py_NewRef(Py_Ellipsis));
    add("a capsule", PyCapsule_New(&object_count, "name", NULL));
    add("1+2j", PyComplex_FromDoubles(1, 2));
    add("bytearray(b'ab')", PyByteArray_FromStringAndSize("ab", 2));
    add("bytearray(b'')", PyByteArray_FromStringAndSize("", 0));
    add("memoryview(b'ab')", memory_of("ab"));
}

static PyObject *
argument(PyObject *object)
{
    return PyTuple_Pack(1, object);
}

/* Bytes as text: printable ones as they are. */
static const char *
bytes_text(const char *data, Py_ssize_t length)
{
    char *text = outcome_buffer(), *to = text;
    Py_ssize_t i;

    if (data == NULL) {
        snprintf(text, OUTCOME_SIZE, "NULL of %ld", (long)length);
        return text;
    }
    *to++ = '<';
    for (i = 0; i < length && i < 50; i++) {
        unsigned char byte = (unsigned char)data[i];
        to += sprintf(to, byte >= ' ' && byte < 0x7f ? "%c" : "\\x%02x", byte);
    }
    *to++ = '>';
    *to = '\0';
    return text;
}

/* The outcome of a call with its places: the error, or the text of the value. */
static const char *
decided(int parsed, const char *value)
{
    if (!parsed) {
        return error_text();
    }
    return PyErr_Occurred() != NULL ? "1 with an error set" : value;
}

/* One function for each kind of place.  A place that is not written keeps its first value. */
#define NUMBER(name, type, first, form, cast)                                \
    static const char *name(const char *format, PyObject *args)              \
    {                                                                        \
        char *text = outcome_buffer();                                       \
        type places[3] = {first, first, first};                              \
        int parsed = PyArg_ParseTuple(args, format, &places[1]);             \
        snprintf(text, OUTCOME_SIZE, form, (cast)places[1]);                 \
        if (places[0] != places[2] || (!parsed && places[1] != places[0])) { \
            return "a place that is written by mistake";                     \
        }                                                                    \
        return decided(parsed, text);                                        \
    }
NUMBER(as_uchar, unsigned char, 42, "%d", int)
NUMBER(as_short, short, 42, "%d", int)
NUMBER(as_ushort, unsigned short, 42, "%d", int)
NUMBER(as_int, int, 42, "%d", int)
NUMBER(as_uint, unsigned int, 42, "%u", unsigned)
NUMBER(as_long, long, 42, "%ld", long)
NUMBER(as_ulong, unsigned long, 42, "%lu", unsigned long)
NUMBER(as_float, float, 42, "%g", double)
NUMBER(as_double, double, 42, "%g", double)

static const char *
as_complex(const char *format, PyObject *args)
{
    char *text = outcome_buffer();
    double parts[3] = {42, 42, 42};
    int parsed = PyArg_ParseTuple(args, format, parts);
    snprintf(text, OUTCOME_SIZE, "%g and %g", parts[0], parts[1]);
    if (parts[2] != 42) {
        return "a place that is written by mistake";
    }
    return decided(parsed, text);
}

static const char *
as_string(const char *format, PyObject *args)
{
    const char *text = "before";
    int parsed = PyArg_ParseTuple(args, format, &text);
    const char *shown_text = decided(parsed, text != NULL ? bytes_text(text, (Py_ssize_t)strlen(text)) : "NULL");
    char *both = outcome_buffer();
    if (parsed) {
        return shown_text;
    }
    snprintf(both, OUTCOME_SIZE, "%s; the place is %s", shown_text,
             text == NULL                  ? "NULL"
             : strcmp(text, "before") == 0 ? "unchanged"
                                           : "written");
    return both;
}

static const char *
as_sized(const char *format, PyObject *args)
{
    const char *text = "before";
    Py_ssize_t length = 6;
    int parsed = PyArg_ParseTuple(args, format, &text, &length);
    return decided(parsed, parsed ? bytes_text(text, length) : "");
}

/* The rules of the fields, and the reference that the view owns. */
static const char *
as_view(const char *format, PyObject *args)
{
    Py_buffer view;
    char *text = outcome_buffer();
    PyObject *object = PyTuple_GetItem(args, 0);
    Py_ssize_t before = Py_REFCNT(object);
    int parsed;

    memset(&view, 0x55, sizeof view);
    parsed = PyArg_ParseTuple(args, format, &view);
    if (!parsed) {
        return error_text();
    }
    snprintf(text, OUTCOME_SIZE, "%s read-only %d, item size %ld, %d dimension, format %s, shape %s, owner %s",
             bytes_text((const char *)view.buf, view.len), view.readonly, (long)view.itemsize, view.ndim,
             view.format != NULL ? view.format : "NULL", view.shape != NULL ? "set" : "NULL",
             view.obj == NULL     ? "NULL"
             : view.obj == object ? "the object"
                                  : "another");
    PyBuffer_Release(&view);
    return Py_REFCNT(object) == before ? text : "a view that is not released";
}

static const char *
as_object(const char *format, PyObject *args)
{
    PyObject *object = NULL;
    int parsed = PyArg_ParseTuple(args, format, &object);
    return decided(parsed, object == PyTuple_GetItem(args, 0) ? "the object" : "another object");
}

static const char *
as_int_object(const char *format, PyObject *args)
{
    PyObject *object = NULL;
    int parsed = PyArg_ParseTuple(args, format, &PyLong_Type, &object);
    return decided(parsed, object == PyTuple_GetItem(args, 0) ? "the object" : "another object");
}

static int
converter(PyObject *object, void *place)
{
    if (PyLong_Check(object)) {
        *(PyObject **)place = object;
        return 1;
    }
    if (PyUnicode_Check(object)) {
        PyErr_SetString(PyExc_ValueError, "from the converter");
    }
    return 0;
}

static const char *
as_converted(const char *format, PyObject *args)
{
    PyObject *object = NULL;
    int parsed = PyArg_ParseTuple(args, format, converter, &object);
    return decided(parsed, object == PyTuple_GetItem(args, 0) ? "the object" : "another object");
}

static const char *
as_encoded(const char *format, PyObject *args, const char *encoding)
{
    char *text = NULL;
    int parsed = PyArg_ParseTuple(args, format, encoding, &text);
    const char *shown_text = decided(parsed, text != NULL ? bytes_text(text, (Py_ssize_t)strlen(text) + 1) : "NULL");
    if (!parsed && text != NULL) {
        return "a block that is left";
    }
    PyMem_Free(text);
    return shown_text;
}

static const char *
as_default(const char *format, PyObject *args)
{
    return as_encoded(format, args, NULL);
}

static const char *
as_latin1(const char *format, PyObject *args)
{
    return as_encoded(format, args, "latin-1");
}

static const char *
as_nonsense(const char *format, PyObject *args)
{
    return as_encoded(format, args, "no-such-encoding");
}

static const char *
as_new_block(const char *format, PyObject *args)
{
    char *text = NULL;
    Py_ssize_t length = 99;
    int parsed = PyArg_ParseTuple(args, format, "ascii", &text, &length);
    const char *shown_text = decided(parsed, parsed ? bytes_text(text, length + 1) : "");
    if (!parsed && text != NULL) {
        return "a block that is left";
    }
    PyMem_Free(text);
    return shown_text;
}

static const char *
as_own_buffer(const char *format, PyObject *args)
{
    char buffer[4] = {1, 2, 3, 4}, *text = buffer;
    Py_ssize_t length = sizeof buffer - 1;
    int parsed = PyArg_ParseTuple(args, format, "utf-8", &text, &length);
    if (text != buffer || buffer[3] != 4) {
        return "a buffer that is replaced or overrun";
    }
    return decided(parsed, parsed ? bytes_text(text, length + 1) : "");
}

static const char *
as_pair(const char *format, PyObject *args)
{
    char *text = outcome_buffer();
    int number = 42;
    double real = 42;
    int parsed = PyArg_ParseTuple(args, format, &number, &real);
    snprintf(text, OUTCOME_SIZE, "%d and %g", number, real);
    return decided(parsed, text);
}

static const char *
as_borrowed_pair(const char *format, PyObject *args)
{
    char *text = outcome_buffer();
    int number = 42;
    PyObject *object = NULL;
    int parsed = PyArg_ParseTuple(args, format, &number, &object);
    snprintf(text, OUTCOME_SIZE, "%d and %s", number, parsed ? shown(object) : "");
    return decided(parsed, text);
}

static const char *
as_nothing(const char *format, PyObject *args)
{
    void *place[4] = {NULL, NULL, NULL, NULL};
    int parsed = PyArg_ParseTuple(args, format, place, place, place);
    return decided(parsed, "parsed");
}

struct row {
    const char *format;
    const char *(*parse)(const char *format, PyObject *args);
    const char *outcomes[OBJECTS];
};

static const struct row rows[] = {
#ifdef ARG_UNITS_START
#include ARG_UNITS_START
#else
#include "arg_units.h"
#endif
};

static void
test_units(void)
{
    size_t row;
    int i;

    for (row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        for (i = 0; i < OBJECTS; i++) {
            PyObject *args = argument(objects[i].object);
            const char *want = rows[row].outcomes[i];
            is_str(rows[row].parse(rows[row].format, args), want, "\"%s\" for %s: %s", rows[row].format,
                   objects[i].name, want);
            Py_DECREF(args);
        }
    }
}

/* The same by PyArg_Parse, whose messages do not number the only argument. */
static const char *
parse_one(const char *format, PyObject *object, long *place)
{
    return decided(PyArg_Parse(object, format, place, place, place), "parsed");
}

static void
test_one_object(void)
{
    long places[12] = {0};
    PyObject *one = objects[1].object, *nested = Py_BuildValue("(i(is))", 1, 2, "text");

    is_str(parse_one("i", one, places), "parsed", "PyArg_Parse converts one object by a unit");
    is_int((int)places[0], 1, "PyArg_Parse stores the number");
    is_str(parse_one("i:f", Py_None, places), "TypeError: 'NoneType' object cannot be interpreted as an integer",
           "PyArg_Parse keeps the error of a conversion");
    is_str(parse_one("U:f", one, places), "TypeError: f() argument must be str, not int",
           "PyArg_Parse does not number the only argument");
    is_str(parse_one("U;told", one, places), "TypeError: told", "PyArg_Parse takes the message of the format");
    is_str(parse_one("(U)", Py_None, places), "TypeError: argument must be 1-item tuple, not None",
           "PyArg_Parse refuses an object that is no tuple");
    is_str(parse_one("(i(iS))", nested, places), "TypeError: argument 2, item 1 must be bytes, not str",
           "PyArg_Parse counts the items of a tuple as arguments");
    is_str(parse_one("", NULL, places), "parsed", "PyArg_Parse with an empty format accepts NULL");
    is_str(parse_one(":f", one, places), "TypeError: f() takes no arguments", "an empty format refuses an object");
    is_str(parse_one("", one, places), "TypeError: function takes no arguments",
           "a function without a name takes no arguments");
    is_str(parse_one("i:f", NULL, places), "TypeError: f() takes at least one argument",
           "PyArg_Parse with a unit refuses NULL");
    is_str(parse_one("|i", one, places), "SystemError: old style getargs format uses new features",
           "PyArg_Parse refuses an optional unit");
    is_str(parse_one("ii", one, places), "SystemError: old style getargs format uses new features",
           "PyArg_Parse refuses two units");
    is_str(parse_one("ii", NULL, places), "SystemError: old style getargs format uses new features",
           "PyArg_Parse refuses two units before it looks at the object");
    Py_DECREF(nested);
}

static void
print_table(void)
{
    size_t row;
    int i;

    for (row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        printf("{\"%s\", @, {\n", rows[row].format);
        for (i = 0; i < OBJECTS; i++) {
            PyObject *args = argument(objects[i].object);
            const char *at;
            printf("    \"");
            for (at = rows[row].parse(rows[row].format, args); *at != '\0'; at++) {
                printf(strchr("\\\"", *at) != NULL ? "\\%c" : "%c", *at);
            }
            printf("\",\n");
            Py_DECREF(args);
        }
        printf("}},\n");
    }
}

int
main(int argc, char **argv)
{
    int i;

    TAP_BEGIN();
    make_objects();
    if (object_count != OBJECTS) {
        printf("Bail out! %d objects\n", object_count);
        return 1;
    }
    if (argc > 1 && strcmp(argv[1], "--table") == 0) {
        print_table();
        return 0;
    }
    RUN(test_units);
    RUN(test_one_object);
    for (i = 0; i < OBJECTS; i++) {
        Py_DECREF(objects[i].object);
    }
    return TAP_END();
}
