/* Small functions of many headers: slices, names of attributes, the guard of a repr, hashes, file descriptors, classes of characters. */
#include "outcome.h"

#include <stdint.h>

/* Newer headers have macros for these functions of the limited API. */
#undef Py_PACK_FULL_VERSION
#undef Py_PACK_VERSION
#ifdef __cplusplus
extern "C" {
#endif
PyAPI_FUNC(uint32_t) Py_PACK_FULL_VERSION(int x, int y, int z, int level, int serial);
PyAPI_FUNC(uint32_t) Py_PACK_VERSION(int x, int y);
#ifdef __cplusplus
}
#endif

/* ---- slices ---- */

typedef struct {
    const char *kind;
    Py_ssize_t start;
    Py_ssize_t stop;
    const char *got;
    const char *set;
    const char *deleted;
} Slice;

#define NO_GET(type) "TypeError: '" type "' object is unsliceable"
#define NO_SET(type) "TypeError: '" type "' object doesn't support slice assignment"
#define NO_DELETE(type) "TypeError: '" type "' object doesn't support slice deletion"
#define NULL_ERROR "SystemError: null argument to internal routine"

static const Slice SLICES[] = {
    {"list", 1, 3, "[11, 12]", "[10, 7, 8, 13]", "[10, 13]"},
    {"list", 0, 0, "[]", "[7, 8, 10, 11, 12, 13]", "[10, 11, 12, 13]"},
    {"list", -2, PY_SSIZE_T_MAX, "[12, 13]", "[10, 11, 7, 8]", "[10, 11]"},
    {"list", PY_SSIZE_T_MIN, PY_SSIZE_T_MAX, "[10, 11, 12, 13]", "[7, 8]", "[]"},
    {"tuple", 1, -1, "(11, 12)", NO_SET("tuple"), NO_DELETE("tuple")},
    {"str", 1, 3, "'bc'", NO_SET("str"), NO_DELETE("str")},
    {"bytes", 1, 3, "b'bc'", NO_SET("bytes"), NO_DELETE("bytes")},
    {"bytearray", 1, 3, "bytearray(b'bc')", "bytearray(b'a\\x07\\x08d')", "bytearray(b'ad')"},
    {"dict", 0, 1, "KeyError: slice(0, 1, None)", "{slice(0, 1, None): [7, 8]}", "KeyError: slice(0, 1, None)"},
    {"set", 0, 1, NO_GET("set"), NO_SET("set"), NO_DELETE("set")},
    {"None", 0, 1, NO_GET("NoneType"), NO_SET("NoneType"), NO_DELETE("NoneType")},
    {"NULL", 0, 1, NULL_ERROR, NULL_ERROR, NULL_ERROR},
};

static PyObject *
object_of(const char *kind)
{
    PyObject *o = NULL;
    if (strcmp(kind, "list") == 0)
        o = Py_BuildValue("[iiii]", 10, 11, 12, 13);
    if (strcmp(kind, "tuple") == 0)
        o = Py_BuildValue("(iiii)", 10, 11, 12, 13);
    if (strcmp(kind, "str") == 0)
        o = PyUnicode_FromString("abcd");
    if (strcmp(kind, "bytes") == 0)
        o = PyBytes_FromString("abcd");
    if (strcmp(kind, "bytearray") == 0)
        o = PyByteArray_FromStringAndSize("abcd", 4);
    if (strcmp(kind, "dict") == 0)
        o = PyDict_New();
    if (strcmp(kind, "set") == 0)
        o = PySet_New(NULL);
    if (strcmp(kind, "None") == 0)
        o = Py_NewRef(Py_None);
    return o;
}

static void
test_slices(void)
{
    PyObject *new_items = Py_BuildValue("[ii]", 7, 8);
    size_t i;

    for (i = 0; i < sizeof SLICES / sizeof SLICES[0]; i++) {
        const Slice *row = &SLICES[i];
        int step;
        for (step = 0; step < 3; step++) {
            static const char *const STEPS[] = {"gets", "sets", "deletes"};
            const char *const wanted[] = {row->got, row->set, row->deleted};
            PyObject *o = object_of(row->kind);
            const char *got;
            if (step == 0) {
                got = outcome(PySequence_GetSlice(o, row->start, row->stop));
            } else {
                int answer = step == 1 ? PySequence_SetSlice(o, row->start, row->stop, new_items)
                                       : PySequence_DelSlice(o, row->start, row->stop);
                got = answer == 0 ? shown(o) : error_text();
            }
            ok(strcmp(got, wanted[step]) == 0, "PySequence %s a slice of %s from %zd to %zd: %s", STEPS[step],
               row->kind, row->start, row->stop, got);
            Py_XDECREF(o);
        }
    }
    {
        PyObject *list = object_of("list");
        ok(PySequence_SetSlice(list, 1, 2, NULL) == 0 && strcmp(shown(list), "[10, 12, 13]") == 0,
           "PySequence_SetSlice without a value deletes");
        Py_DECREF(list);
    }
    Py_DECREF(new_items);
}

/* ---- the names of attributes ---- */

static PyObject *
names(PyObject *self, PyObject *unused)
{
    (void)self, (void)unused;
    return Py_BuildValue("(sss)", "b", "c", "a");
}

static PyMethodDef dir_methods[] = {{"__dir__", names, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyType_Slot dir_slots[] = {{Py_tp_methods, dir_methods}, {0, NULL}};
static PyType_Spec dir_spec = {"small.Named", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, dir_slots};

static void
test_dir(void)
{
    PyObject *named = PyType_FromSpec(&dir_spec);
    PyObject *o = PyObject_CallNoArgs(named);
    PyObject *list;

    ok(strcmp(outcome(PyObject_Dir(NULL)), "SystemError: frame does not exist") == 0,
       "PyObject_Dir(NULL) needs a frame");
    ok(strcmp(outcome(PyObject_Dir(o)), "['a', 'b', 'c']") == 0,
       "PyObject_Dir sorts the answer of __dir__ into a list");
    list = PyObject_Dir(named);
    ok(list && PyList_CheckExact(list), "PyObject_Dir of a class is a list");
    if (list) {
        PyObject *sorted = PySequence_List(list);
        PyObject *name = PyUnicode_FromString("mro");
        PyList_Sort(sorted);
        ok(PyObject_RichCompareBool(sorted, list, Py_EQ) == 1, "PyObject_Dir of a class is sorted");
        ok(PySequence_Contains(list, name) == 0, "PyObject_Dir of a class has no attributes of its metaclass alone");
        Py_DECREF(name);
        name = PyUnicode_FromString("__doc__");
        ok(PySequence_Contains(list, name) == 1, "PyObject_Dir of a class has the attributes of object");
        Py_DECREF(name);
        Py_DECREF(sorted);
    }
    Py_XDECREF(list);
    Py_DECREF(o);
    Py_DECREF(named);
}

/* ---- the guard of a repr ---- */

static void
test_repr_guard(void)
{
    PyObject *a = PyList_New(0);
    PyObject *b = PyList_New(0);
    Py_ssize_t before = Py_REFCNT(a);

    ok(Py_ReprEnter(a) == 0, "Py_ReprEnter of an object is 0");
    ok(Py_ReprEnter(b) == 0, "Py_ReprEnter of an equal object is 0");
    ok(Py_ReprEnter(a) == 1, "Py_ReprEnter of an object inside itself is 1");
    PyErr_SetString(PyExc_KeyError, "kept");
    Py_ReprLeave(a);
    ok(strcmp(error_text(), "KeyError: 'kept'") == 0, "Py_ReprLeave keeps the error indicator");
    ok(Py_REFCNT(a) == before, "Py_ReprLeave drops the reference of Py_ReprEnter");
    ok(Py_ReprEnter(a) == 0, "Py_ReprEnter is 0 again after Py_ReprLeave");
    Py_ReprLeave(a);
    Py_ReprLeave(b);
    Py_ReprLeave(b);
    ok(!PyErr_Occurred(), "Py_ReprLeave of an object that was not entered does nothing");
    Py_DECREF(a);
    Py_DECREF(b);
}

/* ---- hashes ---- */

static void
test_hashes(void)
{
    static const double NUMBERS[] = {0.0, -0.0, 1.0, -1.0, 0.5, -2.75, 1e300, 5e-324, HUGE_VAL, -HUGE_VAL};
    PyObject *o = PyList_New(0);
    PyObject *bytes = PyBytes_FromString("some bytes");
    size_t i;

    for (i = 0; i < sizeof NUMBERS / sizeof NUMBERS[0]; i++) {
        PyObject *number = PyFloat_FromDouble(NUMBERS[i]);
        ok(_Py_HashDouble(o, NUMBERS[i]) == PyObject_Hash(number), "_Py_HashDouble of %g is that of the float",
           NUMBERS[i]);
        ok(_Py_HashDouble(NULL, NUMBERS[i]) == PyObject_Hash(number), "_Py_HashDouble of %g needs no object",
           NUMBERS[i]);
        Py_DECREF(number);
    }
    ok(_Py_HashDouble(o, Py_NAN) == Py_HashPointer(o), "_Py_HashDouble of a NaN is the hash of the object's address");
    ok(_Py_HashDouble(NULL, Py_NAN) == 0, "_Py_HashDouble of a NaN without an object is 0");
    ok(Py_HashPointer(NULL) == 0, "Py_HashPointer(NULL) is 0");
    ok(Py_HashPointer((void *)(uintptr_t)0x120) == 0x12, "Py_HashPointer moves the low bits of 0x120");
    ok(Py_HashPointer((void *)(uintptr_t)-1) == -2, "Py_HashPointer is never -1");
    ok(Py_HashPointer((void *)(uintptr_t)1) == (Py_hash_t)((size_t)1 << 60),
       "Py_HashPointer moves the low bit to the top");
    ok(Py_HashBuffer("some bytes", 10) == PyObject_Hash(bytes), "Py_HashBuffer is the hash of equal bytes");
    ok(Py_HashBuffer(NULL, 0) == 0, "Py_HashBuffer without bytes is 0");
    Py_DECREF(bytes);
    Py_DECREF(o);
}

/* ---- file descriptors and files ---- */

static PyObject *file_answer;
static PyObject *written;

static PyObject *
fileno_method(PyObject *self, PyObject *unused)
{
    (void)self, (void)unused;
    return Py_XNewRef(file_answer);
}

static PyObject *
write_method(PyObject *self, PyObject *text)
{
    (void)self;
    PyList_Append(written, text);
    return Py_NewRef(Py_None);
}

static PyMethodDef file_methods[] = {
    {"fileno", fileno_method, METH_NOARGS, NULL}, {"write", write_method, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static PyType_Slot file_slots[] = {{Py_tp_methods, file_methods}, {0, NULL}};
static PyType_Spec file_spec = {"small.File", 0, 0, Py_TPFLAGS_DEFAULT, file_slots};

typedef struct {
    const char *number;
    int descriptor;
    const char *error;
} Descriptor;

static const Descriptor DESCRIPTORS[] = {
    {"0", 0, "no error"},
    {"5", 5, "no error"},
    {"2147483647", 2147483647, "no error"},
    {"2147483648", -1, "OverflowError: Python int too large to convert to C int"},
    {"99999999999999999999999", -1, "OverflowError: Python int too large to convert to C int"},
    {"-1", -1, "ValueError: file descriptor cannot be a negative integer (-1)"},
    {"-5", -1, "ValueError: file descriptor cannot be a negative integer (-5)"},
};

static void
test_files(void)
{
    PyObject *cls = PyType_FromSpec(&file_spec);
    PyObject *file = PyObject_CallNoArgs(cls);
    PyObject *number = PyLong_FromLong(7);
    size_t i;

    for (i = 0; i < sizeof DESCRIPTORS / sizeof DESCRIPTORS[0]; i++) {
        const Descriptor *row = &DESCRIPTORS[i];
        const char *error;
        file_answer = PyLong_FromString(row->number, NULL, 10);
        ok(PyObject_AsFileDescriptor(file_answer) == row->descriptor, "the int %s as a descriptor", row->number);
        error = error_text();
        ok(strcmp(error, row->error) == 0, "the int %s as a descriptor: %s", row->number, error);
        ok(PyObject_AsFileDescriptor(file) == row->descriptor, "a file with the number %s", row->number);
        error = error_text();
        ok(strcmp(error, row->error) == 0, "a file with the number %s: %s", row->number, error);
        Py_DECREF(file_answer);
    }
    file_answer = Py_None;
    ok(PyObject_AsFileDescriptor(file) == -1 && strcmp(error_text(), "TypeError: fileno() returned a non-integer") == 0,
       "a file whose fileno returns None");
    ok(PyObject_AsFileDescriptor(Py_None) == -1 &&
           strcmp(error_text(), "TypeError: argument must be an int, or have a fileno() method.") == 0,
       "None has no descriptor");

    written = PyList_New(0);
    ok(PyFile_WriteString("text", file) == 0, "PyFile_WriteString writes");
    ok(PyFile_WriteObject(number, file, 0) == 0, "PyFile_WriteObject writes");
    ok(PyFile_WriteObject(cls, file, Py_PRINT_RAW) == 0, "PyFile_WriteObject writes a class");
    ok(PyFile_WriteObject(NULL, file, 0) == 0 && PyFile_WriteObject(NULL, file, Py_PRINT_RAW) == 0,
       "PyFile_WriteObject writes NULL");
    {
        PyObject *text = PyUnicode_FromString("a");
        ok(PyFile_WriteObject(text, file, 0) == 0 && PyFile_WriteObject(text, file, Py_PRINT_RAW) == 0,
           "PyFile_WriteObject writes a str");
        Py_DECREF(text);
    }
    ok(strcmp(shown(written), "['text', '7', \"<class 'small.File'>\", '<NULL>', '<NULL>', \"'a'\", 'a']") == 0,
       "the method write gets the texts: %s", shown(written));
    ok(PyFile_WriteString("a", NULL) == -1 &&
           strcmp(error_text(), "SystemError: null file for PyFile_WriteString") == 0,
       "PyFile_WriteString without a file");
    ok(PyFile_WriteObject(number, NULL, 0) == -1 && strcmp(error_text(), "TypeError: writeobject with NULL file") == 0,
       "PyFile_WriteObject without a file");
    ok(PyFile_WriteObject(number, number, 0) == -1 &&
           strcmp(error_text(), "AttributeError: 'int' object has no attribute 'write'") == 0,
       "PyFile_WriteObject to an object that is no file");
    PyErr_SetString(PyExc_KeyError, "before");
    ok(PyFile_WriteString("a", file) == -1 && strcmp(error_text(), "KeyError: 'before'") == 0,
       "PyFile_WriteString does nothing when an error is set");
    ok(PyList_GET_SIZE(written) == 7, "the failed calls write nothing");
    Py_DECREF(written);
    Py_DECREF(number);
    Py_DECREF(file);
    Py_DECREF(cls);
}

/* ---- classes of characters ---- */

static void
test_characters(void)
{
    int c, right = 1;

    for (c = 0; c < 256; c++) {
        int lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
        int hexadecimal = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        right &= !!Py_ISLOWER(c) == lower && !!Py_ISUPPER(c) == upper && !!Py_ISDIGIT(c) == digit;
        right &= !!Py_ISALPHA(c) == (lower || upper) && !!Py_ISALNUM(c) == (lower || upper || digit);
        right &= !!Py_ISSPACE(c) == (c == ' ' || (c >= 9 && c <= 13)) && !!Py_ISXDIGIT(c) == hexadecimal;
        right &= Py_TOLOWER(c) == (upper ? c + 32 : c) && Py_TOUPPER(c) == (lower ? c - 32 : c);
    }
    ok(right, "the classes and cases of all bytes are those of ASCII");
}

/* ---- others ---- */

static void
test_others(void)
{
    PyObject *builtins = PyEval_GetBuiltins();
    PyObject *module = PyImport_ImportModule("builtins");
    PyObject *reversed = (PyObject *)&PyReversed_Type;
    PyObject *list = object_of("list");
    PyObject *tuple = object_of("tuple");
    PyObject *set = object_of("set");
    PyObject *iterator;

    ok(builtins && builtins == PyModule_GetDict(module), "PyEval_GetBuiltins is the dict of builtins");
    ok(Py_GetRecursionLimit() == 1000, "the recursion limit is 1000");
    Py_SetRecursionLimit(321);
    ok(Py_GetRecursionLimit() == 321, "the recursion limit can be set");
    Py_SetRecursionLimit(1000);

    iterator = PyObject_CallOneArg(reversed, tuple);
    ok(iterator && Py_IS_TYPE(iterator, &PyReversed_Type), "reversed(tuple) is a reversed");
    ok(strcmp(outcome(PySequence_List(iterator)), "[13, 12, 11, 10]") == 0, "reversed(tuple) begins at the end");
    ok(PyIter_Next(iterator) == NULL && !PyErr_Occurred(), "reversed(tuple) stays at its end");
    Py_XDECREF(iterator);
    iterator = PyObject_CallOneArg(reversed, list);
    ok(iterator && Py_IS_TYPE(iterator, &PyListRevIter_Type), "reversed(list) is the iterator of list.__reversed__");
    Py_DECREF(PyIter_Next(iterator));
    PyList_SetSlice(list, 1, 4, NULL);
    ok(PyIter_Next(iterator) == NULL && !PyErr_Occurred(), "reversed(list) ends when the list is shorter");
    Py_XDECREF(iterator);
    ok(strcmp(outcome(PyObject_CallOneArg(reversed, set)), "TypeError: 'set' object is not reversible") == 0,
       "a set is not reversible");
    ok(strcmp(outcome(PyObject_CallOneArg(reversed, Py_None)), "TypeError: 'NoneType' object is not reversible") == 0,
       "None is not reversible");
    ok(strcmp(outcome(PyObject_CallNoArgs(reversed)), "TypeError: reversed expected 1 argument, got 0") == 0,
       "reversed() needs an argument");
    ok(!PyFunction_Check(list) && strcmp(shown((PyObject *)&PyFunction_Type), "<class 'function'>") == 0,
       "PyFunction_Type is the class function");
    Py_DECREF(list);
    Py_DECREF(tuple);
    Py_DECREF(set);
    Py_DECREF(module);
}

/* ---- strings of C, versions ---- */

static int
sign(int number)
{
    return (number > 0) - (number < 0);
}

static void
test_order_without_case(void)
{
    static const struct {
        const char *a, *b;
        Py_ssize_t size;
        int order, part;
    } rows[] = {
        {"", "", 1, 0, 0},        {"a", "", 1, 1, 1},        {"", "a", 3, -1, -1},           {"Abc", "aBC", 3, 0, 0},
        {"abc", "ABD", 2, -1, 0}, {"abc", "ABD", 3, -1, -1}, {"abcd", "ABC", 3, 1, 0},       {"abcd", "ABC", 4, 1, 1},
        {"[", "a", 1, -1, -1},    {"\xe4", "\xc4", 1, 1, 1}, {"\xff", "a", 1, 1, 1},         {"x", "y", 0, -1, 0},
        {"b", "a", -5, 1, 1},     {"ab", "ac", -5, -1, 0},   {"abc", "abcdef", 100, -1, -1},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ok(sign(PyOS_mystricmp(rows[i].a, rows[i].b)) == rows[i].order,
           "the order of \"%s\" and \"%s\" without case is %d", rows[i].a, rows[i].b, rows[i].order);
        ok(sign(PyOS_mystrnicmp(rows[i].a, rows[i].b, rows[i].size)) == rows[i].part,
           "the order of \"%s\" and \"%s\" without case in %d bytes is %d", rows[i].a, rows[i].b, (int)rows[i].size,
           rows[i].part);
    }
}

static void
test_versions(void)
{
    static const struct {
        int parts[5];
        uint32_t number;
    } rows[] = {
        {{3, 14, 2, 0xF, 0}, 0x030E02F0},      {{3, 15, 0, 0xA, 7}, 0x030F00A7}, {{255, 255, 255, 15, 15}, 0xFFFFFFFF},
        {{256, 257, 258, 16, 17}, 0x00010201}, {{-1, 0, -2, -1, 0}, 0xFF00FEF0}, {{0, 0, 0, 0, 0}, 0},
    };
    size_t i;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const int *v = rows[i].parts;
        ok(Py_PACK_FULL_VERSION(v[0], v[1], v[2], v[3], v[4]) == rows[i].number,
           "version %d.%d.%d with level %d and serial %d is %#lx", v[0], v[1], v[2], v[3], v[4],
           (unsigned long)rows[i].number);
        ok(Py_PACK_VERSION(v[0], v[1]) == (rows[i].number & 0xFFFF0000), "version %d.%d is %#lx", v[0], v[1],
           (unsigned long)(rows[i].number & 0xFFFF0000));
    }
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_slices);
    RUN(test_dir);
    RUN(test_repr_guard);
    RUN(test_hashes);
    RUN(test_files);
    RUN(test_characters);
    RUN(test_others);
    RUN(test_order_without_case);
    RUN(test_versions);
    return TAP_END();
}
