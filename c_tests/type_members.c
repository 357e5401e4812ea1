/* Members: every kind is read, and set to every value of a pool, by the attribute and by PyMember_GetOne and PyMember_SetOne.  The
 * bytes of the field after each step, the result or the error, and the text of a warning are shown, and compared with CPython's by
 * a digest. */
#include "digest.h"
#include <limits.h>

#include <stddef.h>

#ifndef Py_T_INT
#include <structmember.h>
#endif

#define READ_ONLY 1
#define AUDIT 2
#define RELATIVE 8

typedef struct {
    PyObject_HEAD
    union {
        unsigned char bytes[16];
        PyObject *object;
        const char *text;
        double real;
        long long number;
    } field;
} Instance;

/* The numbers of the kinds, as structmember.h has them, and some that are none. */
static const struct {
    int kind;
    const char *name;
    int size;
} kinds[] = {{0, "short", 2},      {1, "int", 4},
             {2, "long", 8},       {3, "float", 4},
             {4, "double", 8},     {5, "string", 0},
             {6, "object", 0},     {7, "char", 1},
             {8, "byte", 1},       {9, "ubyte", 1},
             {10, "ushort", 2},    {11, "uint", 4},
             {12, "ulong", 8},     {13, "string_inplace", 16},
             {14, "bool", 1},      {15, "fifteen", 8},
             {16, "object_ex", 0}, {17, "longlong", 8},
             {18, "ulonglong", 8}, {19, "ssize", 8},
             {20, "none", 8},      {21, "twentyone", 8},
             {-1, "negative", 8}};
#define KINDS (sizeof kinds / sizeof *kinds)

static PyMemberDef members[KINDS * 2 + 2];
static char names[KINDS][2][32];
static PyTypeObject Type;

/* ---- standard error ---- */

static char written[1000];

static PyObject *
write_text(PyObject *self, PyObject *text)
{
    (void)self;
    strncat(written, PyUnicode_AsUTF8(text), sizeof written - strlen(written) - 1);
    Py_RETURN_NONE;
}

static PyObject *
flush(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    Py_RETURN_NONE;
}

static PyMethodDef file_methods[] = {
    {"write", write_text, METH_O, NULL}, {"flush", flush, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyTypeObject File;

/* The text of the warning that was written since the last time. */
static const char *
warning(void)
{
    static char text[200];
    char *start = strstr(written, "RuntimeWarning: ");
    text[0] = '\0';
    if (start != NULL) {
        snprintf(text, sizeof text, ", warning: %s", start + strlen("RuntimeWarning: "));
        text[strcspn(text, "\n")] = '\0';
    }
    written[0] = '\0';
    return text;
}

/* ---- showing ---- */

static PyObject *
show(PyObject *value)
{
    PyObject *type, *traceback, *text;
    if (value != NULL) {
        text = PyObject_Repr(value);
        Py_DECREF(value);
        return text;
    }
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    text = PyUnicode_FromFormat("%s: %S", ((PyTypeObject *)type)->tp_name, value);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return text;
}

static const char *
bytes_of(Instance *o, size_t kind)
{
    static char text[64];
    int i, size = kinds[kind].size;
    text[0] = '\0';
    for (i = 0; i < size; i++) {
        snprintf(text + 2 * i, 3, "%02x", o->field.bytes[i]);
    }
    if (size == 0) {
        snprintf(text, sizeof text, "%s", o->field.object == NULL ? "NULL" : "set");
    }
    return text;
}

static int
is_object(size_t kind)
{
    return kinds[kind].kind == 6 || kinds[kind].kind == 16;
}

static void
fill(Instance *o, size_t kind, int with)
{
    if (is_object(kind)) {
        Py_XSETREF(o->field.object, with == 0 ? NULL : PyLong_FromLong(with));
    } else if (kinds[kind].kind == 5) {
        o->field.text = with == 0 ? NULL : "text \xc3\xa9";
    } else if (kinds[kind].kind == 13) {
        memcpy(o->field.bytes, with == 0 ? "" : "inside", with == 0 ? 1 : 7);
    } else if (kinds[kind].kind == 3 || kinds[kind].kind == 4) {
        memset(o->field.bytes, with == 0 ? 0 : with == 1 ? 64 : 192, sizeof o->field.bytes);
    } else {
        memset(o->field.bytes, with == 0 ? 0 : with == 1 ? 0x41 : 0xff, sizeof o->field.bytes);
        if (kinds[kind].kind == 7 && with == 2) {
            o->field.bytes[0] = 'z';
        }
    }
}

/* ---- values ---- */

static PyObject *values[32];
static const char *labels[32];
static size_t count;

static void
value(const char *label, PyObject *o)
{
    labels[count] = label;
    values[count++] = o;
}

static PyObject *
number(const char *text)
{
    PyObject *digits = PyUnicode_FromString(text);
    PyObject *made = PyObject_CallFunctionObjArgs((PyObject *)&PyLong_Type, digits, NULL);
    Py_DECREF(digits);
    return made;
}

static void
make_values(void)
{
    static const char *const numbers[] = {"0",
                                          "1",
                                          "-1",
                                          "127",
                                          "128",
                                          "-128",
                                          "-129",
                                          "255",
                                          "256",
                                          "32767",
                                          "32768",
                                          "-32769",
                                          "65535",
                                          "65536",
                                          "2147483647",
                                          "2147483648",
                                          "-2147483649",
                                          "4294967295",
                                          "4294967296",
                                          "9223372036854775807",
                                          "9223372036854775808",
                                          "-9223372036854775809",
                                          "18446744073709551615",
                                          "18446744073709551616"};
    size_t i;
    for (i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        value(numbers[i], number(numbers[i]));
    }
    value("True", Py_NewRef(Py_True));
    value("None", Py_NewRef(Py_None));
    value("1.5", PyFloat_FromDouble(1.5));
    value("'a'", PyUnicode_FromString("a"));
    value("'ab'", PyUnicode_FromString("ab"));
    value("an accented letter", PyUnicode_FromString("\xc3\xa9"));
    value("b'a'", PyBytes_FromString("a"));
    values[count] = NULL;
    labels[count++] = "no value";
}

static void
test_read(void)
{
    Instance *o = (Instance *)PyType_GenericAlloc(&Type, 0);
    size_t k;
    int with, direct;
    for (k = 0; k < KINDS; k++) {
        for (with = 0; with < 3; with++) {
            fill(o, k, with);
            for (direct = 0; direct < 2; direct++) {
                PyObject *text = show(direct ? PyMember_GetOne((char *)o, &members[2 * k])
                                             : PyObject_GetAttrString((PyObject *)o, kinds[k].name));
                saw("%s with %d reads as %s%s", kinds[k].name, with, PyUnicode_AsUTF8(text),
                    direct ? " by PyMember_GetOne" : "");
                Py_DECREF(text);
            }
        }
        fill(o, k, 0);
        memset(o->field.bytes, 0, sizeof o->field.bytes);
    }
    /* Py_T_BYTE reads a plain char, which has no sign on 64-bit Arm. */
    digest_is(CHAR_MIN < 0 ? 0xdf5907579642e9faU : 0x1ed58c7ed6fee702U, "members of each kind read as CPython's do");
    Py_DECREF(o);
}

static void
test_write(void)
{
    Instance *o = (Instance *)PyType_GenericAlloc(&Type, 0);
    size_t k, v;
    int direct;
    for (k = 0; k < KINDS; k++) {
        for (v = 0; v < count; v++) {
            for (direct = 0; direct < 2; direct++) {
                int answer;
                PyObject *text;
                fill(o, k, 1);
                answer = direct ? PyMember_SetOne((char *)o, &members[2 * k], values[v])
                                : PyObject_SetAttrString((PyObject *)o, kinds[k].name, values[v]);
                text = answer == 0 ? PyUnicode_FromString("done") : show(NULL);
                saw("%s = %s: %s, %s%s%s", kinds[k].name, labels[v], PyUnicode_AsUTF8(text), bytes_of(o, k), warning(),
                    direct ? " by PyMember_SetOne" : "");
                Py_DECREF(text);
            }
        }
        fill(o, k, 0);
        memset(o->field.bytes, 0, sizeof o->field.bytes);
    }
    digest_is(CHAR_MIN < 0 ? 0x5ada06a9027a1821U : 0x08f44112a7b7386dU,
              "members of each kind are set as CPython's are");
    Py_DECREF(o);
}

static void
test_flags(void)
{
    Instance *o = (Instance *)PyType_GenericAlloc(&Type, 0);
    size_t k;
    for (k = 0; k < KINDS; k++) {
        PyObject *one = PyLong_FromLong(1), *text;
        fill(o, k, 1);
        text = show(PyObject_GetAttrString((PyObject *)o, names[k][1]));
        saw("a read-only %s reads as %s", kinds[k].name, PyUnicode_AsUTF8(text));
        Py_DECREF(text);
        text = PyObject_SetAttrString((PyObject *)o, names[k][1], one) == 0 ? PyUnicode_FromString("done") : show(NULL);
        saw("a read-only %s can't be set: %s", kinds[k].name, PyUnicode_AsUTF8(text));
        Py_DECREF(text);
        text =
            PyObject_SetAttrString((PyObject *)o, names[k][1], NULL) == 0 ? PyUnicode_FromString("done") : show(NULL);
        saw("a read-only %s can't be deleted: %s", kinds[k].name, PyUnicode_AsUTF8(text));
        Py_DECREF(text);
        Py_DECREF(one);
        fill(o, k, 0);
        memset(o->field.bytes, 0, sizeof o->field.bytes);
    }
    {
        PyMemberDef relative = {"relative", 1, 0, RELATIVE, NULL};
        PyObject *text = show(PyMember_GetOne((char *)o, &relative));
        saw("a relative member can't be read: %s", PyUnicode_AsUTF8(text));
        Py_DECREF(text);
        text = PyMember_SetOne((char *)o, &relative, Py_None) == 0 ? PyUnicode_FromString("done") : show(NULL);
        saw("a relative member can't be set: %s", PyUnicode_AsUTF8(text));
        Py_DECREF(text);
        text = show(PyDescr_NewMember(&Type, &relative));
        saw("a relative member has no descriptor: %s", PyUnicode_AsUTF8(text));
        Py_DECREF(text);
    }
    digest_is(0x855d4850b6c0ff77U, "the flags of members work as CPython's do");
    Py_DECREF(o);
}

static void
test_references(void)
{
    Instance *o = (Instance *)PyType_GenericAlloc(&Type, 0);
    PyObject *held = PyList_New(0), *found;
    const Py_ssize_t before = Py_REFCNT(held);
    PyObject_SetAttrString((PyObject *)o, "object", held);
    is_int(Py_REFCNT(held), before + 1, "a member takes a reference");
    found = PyObject_GetAttrString((PyObject *)o, "object");
    is_int(Py_REFCNT(held), before + 2, "reading a member gives a reference");
    Py_DECREF(found);
    PyObject_SetAttrString((PyObject *)o, "object", Py_None);
    is_int(Py_REFCNT(held), before, "a member gives its reference up when it is set");
    PyObject_SetAttrString((PyObject *)o, "object", held);
    is_int(PyObject_SetAttrString((PyObject *)o, "object", NULL), 0, "a member can be deleted");
    is_int(Py_REFCNT(held), before, "a member gives its reference up when it is deleted");
    ok(o->field.object == NULL, "a deleted member is NULL");
    Py_DECREF(held);
    Py_DECREF(o);
}

static void
describe(PyMemberDef *member, const char *name, int kind, int flags)
{
    memset(member, 0, sizeof *member);
    member->name = name;
    member->type = kind;
    member->offset = offsetof(Instance, field);
    member->flags = flags;
}

int
main(void)
{
    size_t k;
    PyObject *file;
    TAP_BEGIN();
    for (k = 0; k < KINDS; k++) {
        snprintf(names[k][0], sizeof names[k][0], "%s", kinds[k].name);
        snprintf(names[k][1], sizeof names[k][1], "fixed_%s", kinds[k].name);
        describe(&members[2 * k], names[k][0], kinds[k].kind, k % 2 ? AUDIT : 0);
        describe(&members[2 * k + 1], names[k][1], kinds[k].kind, READ_ONLY);
    }
    Py_SET_REFCNT(&Type, 1);
    Type.tp_name = "mod.Type";
    Type.tp_basicsize = sizeof(Instance);
    Type.tp_members = members;
    PyType_Ready(&Type);
    Py_SET_REFCNT(&File, 1);
    File.tp_name = "File";
    File.tp_basicsize = sizeof(PyObject);
    File.tp_methods = file_methods;
    File.tp_new = PyType_GenericNew;
    PyType_Ready(&File);
    file = PyType_GenericNew(&File, NULL, NULL);
    PySys_SetObject("stderr", file);
    make_values();
    RUN(test_read);
    RUN(test_write);
    RUN(test_flags);
    RUN(test_references);
    while (count > 0) {
        Py_XDECREF(values[--count]);
    }
    Py_DECREF(file);
    return TAP_END();
}
