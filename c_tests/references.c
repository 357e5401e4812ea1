/* Reference counts: every way to take and drop a reference (macros, functions, the private functions that extensions
 * built for the limited API call), destruction with the last reference, the order in which Py_CLEAR and Py_SETREF
 * work, immortal objects, identity (Py_Is*), and the constants by number. */
#include "errors_support.h"

/* The state that the destructor of a capsule saw. */
static int destroyed = 0;
static Py_ssize_t count_at_death = -1;
static PyObject *variable = NULL;
static PyObject *variable_at_death = NULL;

static void
note_death(PyObject *capsule)
{
    destroyed++;
    count_at_death = Py_REFCNT(capsule);
    variable_at_death = variable;
}

/* An object whose destructor notes its end. */
static PyObject *
new_witness(void)
{
    destroyed = 0;
    return PyCapsule_New(&destroyed, NULL, note_death);
}

/* The ways to take a reference and to drop one, by name. */
static void
take_by_macro(PyObject *o)
{
    Py_INCREF(o);
}
static void
take_by_x_macro(PyObject *o)
{
    Py_XINCREF(o);
}
static void
take_by_new_ref(PyObject *o)
{
    (void)Py_NewRef(o);
}
static void
take_by_x_new_ref(PyObject *o)
{
    (void)Py_XNewRef(o);
}
static void
take_by_new_ref_function(PyObject *o)
{
    (void)(Py_NewRef)(o);
}
static void
take_by_x_new_ref_function(PyObject *o)
{
    (void)(Py_XNewRef)(o);
}
static void
take_by_setting(PyObject *o)
{
    Py_SET_REFCNT(o, Py_REFCNT(o) + 1);
}
static void
take_by_setting_function(PyObject *o)
{
    _Py_SetRefcnt(o, (Py_REFCNT)(o) + 1);
}
static void
drop_by_macro(PyObject *o)
{
    Py_DECREF(o);
}
static void
drop_by_x_macro(PyObject *o)
{
    Py_XDECREF(o);
}
static void
drop_by_clear(PyObject *o)
{
    Py_CLEAR(o);
}

typedef struct {
    const char *name;
    void (*call)(PyObject *);
} Way;

static const Way takes[] = {
    {"Py_INCREF", take_by_macro},
    {"Py_XINCREF", take_by_x_macro},
    {"Py_IncRef", Py_IncRef},
    {"_Py_IncRef", _Py_IncRef},
    {"Py_NewRef", take_by_new_ref},
    {"Py_XNewRef", take_by_x_new_ref},
    {"the function Py_NewRef", take_by_new_ref_function},
    {"the function Py_XNewRef", take_by_x_new_ref_function},
    {"Py_SET_REFCNT", take_by_setting},
    {"_Py_SetRefcnt", take_by_setting_function},
};

static const Way drops[] = {
    {"Py_DECREF", drop_by_macro}, {"Py_XDECREF", drop_by_x_macro}, {"Py_CLEAR", drop_by_clear},
    {"Py_DecRef", Py_DecRef},     {"_Py_DecRef", _Py_DecRef},
};

enum { TAKES = sizeof takes / sizeof *takes, DROPS = sizeof drops / sizeof *drops };

static void
test_counting(void)
{
    size_t i;

    for (i = 0; i < TAKES; i++) {
        PyObject *object = new_witness();
        is_int(Py_REFCNT(object), 1, "a new object has one reference");
        takes[i].call(object);
        is_int(Py_REFCNT(object), 2, "%s takes a second reference", takes[i].name);
        is_int((Py_REFCNT)(object), 2, "the function Py_REFCNT counts two references");
        Py_DECREF(object);
        is_int(destroyed, 0, "an object with one reference lives");
        Py_DECREF(object);
        is_int(destroyed, 1, "an object without a reference is destroyed");
    }
    for (i = 0; i < DROPS; i++) {
        PyObject *object = new_witness();
        Py_INCREF(object);
        drops[i].call(object);
        is_int(Py_REFCNT(object), 1, "%s drops one reference", drops[i].name);
        is_int(destroyed, 0, "dropping one of two references destroys nothing");
        count_at_death = -1;
        drops[i].call(object);
        is_int(destroyed, 1, "%s of the last reference destroys the object once", drops[i].name);
        is_int(count_at_death, 0, "the count is 0 when the object is destroyed");
    }
}

static void
test_return_values(void)
{
    PyObject *object = new_witness();

    is_ptr(Py_NewRef(object), object, "Py_NewRef returns the object");
    is_ptr(Py_XNewRef(object), object, "Py_XNewRef returns the object");
    is_ptr((Py_NewRef)(object), object, "the function Py_NewRef returns the object");
    is_ptr((Py_XNewRef)(object), object, "the function Py_XNewRef returns the object");
    is_int(Py_REFCNT(object), 5, "each of the four took a reference");
    Py_SET_REFCNT(object, 1);
    Py_DECREF(object);
    is_int(destroyed, 1, "Py_SET_REFCNT can take references back");
}

static void
test_null(void)
{
    PyObject *nothing = NULL;

    Py_XINCREF(nothing);
    Py_XDECREF(nothing);
    Py_CLEAR(nothing);
    Py_IncRef(NULL);
    Py_DecRef(NULL);
    is_ptr(Py_XNewRef(nothing), NULL, "Py_XNewRef of NULL is NULL");
    is_ptr((Py_XNewRef)(NULL), NULL, "the function Py_XNewRef of NULL is NULL");
    is_ptr(nothing, NULL, "Py_XINCREF, Py_XDECREF, Py_CLEAR, Py_IncRef and Py_DecRef do nothing to NULL");
    is_ptr(PyErr_Occurred(), NULL, "no macro or function sets an error for NULL");
}

static void
test_order(void)
{
    PyObject *other = PyList_New(0);

    variable = new_witness();
    variable_at_death = other;
    Py_CLEAR(variable);
    is_int(destroyed, 1, "Py_CLEAR destroys the object");
    is_ptr(variable, NULL, "Py_CLEAR leaves NULL behind");
    is_ptr(variable_at_death, NULL, "the destructor sees the NULL of Py_CLEAR");

    variable = new_witness();
    Py_SETREF(variable, Py_NewRef(other));
    is_int(destroyed, 1, "Py_SETREF destroys the old object");
    is_ptr(variable, other, "Py_SETREF leaves the new object in the variable");
    is_ptr(variable_at_death, other, "the destructor sees the new object of Py_SETREF");
    is_int(Py_REFCNT(other), 2, "Py_SETREF takes over the reference");
    Py_XSETREF(variable, new_witness());
    is_int(Py_REFCNT(other), 1, "Py_XSETREF drops the old reference");
    Py_XSETREF(variable, NULL);
    is_int(destroyed, 1, "Py_XSETREF takes NULL as the new value");
    is_ptr(variable_at_death, NULL, "the destructor sees the NULL of Py_XSETREF");
    Py_XSETREF(variable, Py_NewRef(other));
    is_ptr(variable, other, "Py_XSETREF takes NULL as the old value");
    Py_CLEAR(variable);
    is_int(Py_REFCNT(other), 1, "every reference was dropped in the end");
    Py_DECREF(other);
}

static void
test_dealloc(void)
{
    PyObject *object = new_witness();

    count_at_death = -1;
    Py_SET_REFCNT(object, 0);
    is_int(destroyed, 0, "setting the count to 0 destroys nothing");
    _Py_Dealloc(object);
    is_int(destroyed, 1, "_Py_Dealloc destroys an object");
    is_int(count_at_death, 0, "the count is 0 in _Py_Dealloc");
}

/* Containers drop their items when they are destroyed. */
static void
test_containers(void)
{
    PyObject *object = new_witness(), *tuple = PyTuple_Pack(2, object, object), *list = PyList_New(0);
    PyObject *dict = PyDict_New();

    is_int(Py_REFCNT(object), 3, "a tuple holds a reference for each place");
    PyList_Append(list, object);
    is_int(Py_REFCNT(object), 4, "a list holds a reference to its item");
    PyDict_SetItemString(dict, "key", object);
    PyDict_SetItemString(dict, "key", object);
    is_int(Py_REFCNT(object), 5, "a dict holds one for each key");
    Py_DECREF(object);
    Py_DECREF(tuple);
    is_int(Py_REFCNT(object), 2, "a tuple that is destroyed drops both its references");
    Py_DECREF(list);
    is_int(Py_REFCNT(object), 1, "a list that is destroyed drops its reference");
    is_int(destroyed, 0, "the object lives on in the dict");
    Py_DECREF(dict);
    is_int(destroyed, 1, "the object is destroyed with the dict");
}

/* Each level of a chain is the only owner of the next: dropping the first level must not exhaust the stack. */
static void
test_long_chains(void)
{
    enum { LEVELS = 100000 };
    PyObject *tuple = new_witness(), *list, *error;
    int i;

    for (i = 0; i < LEVELS; i++) {
        PyObject *outer = PyTuple_Pack(1, tuple);
        Py_DECREF(tuple);
        tuple = outer;
    }
    Py_DECREF(tuple);
    is_int(destroyed, 1, "a chain of %d tuples is destroyed to its end", LEVELS);
    list = new_witness();
    for (i = 0; i < LEVELS; i++) {
        PyObject *outer = PyList_New(0);
        PyList_Append(outer, list);
        Py_DECREF(list);
        list = outer;
    }
    Py_DECREF(list);
    is_int(destroyed, 1, "a chain of lists is destroyed to its end");
    error = NULL;
    for (i = 0; i < LEVELS; i++) {
        PyObject *outer = PyObject_CallNoArgs(PyExc_ValueError);
        if (i == 0) {
            PyObject *witness = new_witness();
            PyObject_SetAttrString(outer, "witness", witness);
            Py_DECREF(witness);
        }
        PyException_SetCause(outer, error);
        error = outer;
    }
    Py_DECREF(error);
    is_int(destroyed, 1, "a chain of causes of exceptions is destroyed to its end");
}

static void
test_immortals(void)
{
    const struct {
        const char *name;
        PyObject *object;
    } immortals[] = {
        {"None", Py_None},
        {"True", Py_True},
        {"False", Py_False},
        {"NotImplemented", Py_NotImplemented},
        {"Ellipsis", Py_Ellipsis},
        {"the type object", (PyObject *)&PyBaseObject_Type},
        {"the type type", (PyObject *)&PyType_Type},
        {"the type int", (PyObject *)&PyLong_Type},
        {"the type bool", (PyObject *)&PyBool_Type},
        {"the type float", (PyObject *)&PyFloat_Type},
        {"the type str", (PyObject *)&PyUnicode_Type},
        {"the type bytes", (PyObject *)&PyBytes_Type},
        {"the type tuple", (PyObject *)&PyTuple_Type},
        {"the type list", (PyObject *)&PyList_Type},
        {"the type dict", (PyObject *)&PyDict_Type},
        {"the type module", (PyObject *)&PyModule_Type},
        {"the type PyCapsule", (PyObject *)&PyCapsule_Type},
        {"the type of C functions", (PyObject *)&PyCFunction_Type},
        {"the type KeyError", PyExc_KeyError},
        {"the int -5", PyLong_FromLong(-5)},
        {"the int 0", PyLong_FromLong(0)},
        {"the int 256", PyLong_FromLong(256)},
        {"the empty str", PyUnicode_FromString("")},
        {"a str of one Latin-1 character", PyUnicode_FromString("\xc3\xa9")},
        {"the empty bytes", PyBytes_FromString("")},
        {"a bytes of length 1", PyBytes_FromString("a")},
        {"the empty tuple", PyTuple_New(0)},
    };
    size_t i, way;
    int j;

    for (i = 0; i < sizeof immortals / sizeof *immortals; i++) {
        PyObject *object = immortals[i].object;
        int changes = 0;

        for (way = 0; way < TAKES; way++) {
            takes[way].call(object);
            changes += Py_REFCNT(object) != (Py_ssize_t)3 << 30;
        }
        for (way = 0; way < DROPS; way++) {
            for (j = 0; j < 10; j++) {
                drops[way].call(object);
                changes += Py_REFCNT(object) != (Py_ssize_t)3 << 30;
            }
        }
        Py_SET_REFCNT(object, 1);
        changes += (Py_REFCNT)(object) != (Py_ssize_t)3 << 30;
        is_int(changes, 0, "%s is immortal: its count stays 3 << 30", immortals[i].name);
    }
}

/* Code compiled with headers from before 3.12 counts immortal objects too, and may drop more references than it took. */
static void
test_immortals_that_fell(void)
{
    const uint32_t start = (uint32_t)3 << 30, fallen = start - 2;
    uint32_t count;

    memcpy(Py_None, &fallen, sizeof fallen);
    Py_DECREF(Py_None);
    Py_INCREF(Py_None);
    memcpy(&count, Py_None, sizeof count);
    is_int(count, fallen + 1, "an immortal that fell below its start is counted up, not down");
    Py_IncRef(Py_None);
    Py_IncRef(Py_None);
    memcpy(&count, Py_None, sizeof count);
    is_int(count, start, "an immortal that fell is counted up to its start");
}

static void
test_mortals(void)
{
    PyObject *mortals[6];
    static const char *const names[] = {"the int 257",    "the int -6",   "a float", "a str of two characters",
                                        "a bytes of two", "an empty list"};
    size_t i;

    mortals[0] = PyLong_FromLong(257);
    mortals[1] = PyLong_FromLong(-6);
    mortals[2] = PyFloat_FromDouble(0.0);
    mortals[3] = PyUnicode_FromString("ab");
    mortals[4] = PyBytes_FromString("ab");
    mortals[5] = PyList_New(0);
    for (i = 0; i < 6; i++) {
        is_int(Py_REFCNT(mortals[i]), 1, "%s has one reference when it is made", names[i]);
        Py_DECREF(mortals[i]);
    }
}

static void
test_identity(void)
{
    PyObject *list = PyList_New(0), *zero = PyLong_FromLong(0), *one = PyLong_FromLong(1);
    PyObject *again = PyLong_FromLong(1);
    const struct {
        const char *name;
        PyObject *object;
        int none, is_true, is_false;
    } cases[] = {
        {"None", Py_None, 1, 0, 0}, {"True", Py_True, 0, 1, 0}, {"False", Py_False, 0, 0, 1},
        {"0", zero, 0, 0, 0},       {"1", one, 0, 0, 0},        {"[]", list, 0, 0, 0},
    };
    size_t i;

    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        PyObject *object = cases[i].object;
        ok((Py_IsNone(object) != 0) == cases[i].none && (Py_IsNone)(object) == cases[i].none, "Py_IsNone(%s) is %d",
           cases[i].name, cases[i].none);
        ok((Py_IsTrue(object) != 0) == cases[i].is_true && (Py_IsTrue)(object) == cases[i].is_true,
           "Py_IsTrue(%s) is %d", cases[i].name, cases[i].is_true);
        ok((Py_IsFalse(object) != 0) == cases[i].is_false && (Py_IsFalse)(object) == cases[i].is_false,
           "Py_IsFalse(%s) is %d", cases[i].name, cases[i].is_false);
    }
    ok(Py_Is(list, list) && (Py_Is)(list, list) == 1, "Py_Is holds for an object and itself");
    ok(!Py_Is(list, one) && (Py_Is)(list, one) == 0, "Py_Is does not hold for two objects");
    is_ptr(one, again, "a small int is one object each time it is made");
    Py_DECREF(list);
    Py_DECREF(zero);
    Py_DECREF(one);
    Py_DECREF(again);
}

static void
test_constants(void)
{
    static const char *const reprs[] = {"None", "False", "True", "Ellipsis", "NotImplemented",
                                        "0",    "1",     "''",   "b''",      "()"};
    PyObject *made[10];
    unsigned int id;

    made[0] = Py_None;
    made[1] = Py_False;
    made[2] = Py_True;
    made[3] = Py_Ellipsis;
    made[4] = Py_NotImplemented;
    made[5] = PyLong_FromLong(0);
    made[6] = PyLong_FromLong(1);
    made[7] = PyUnicode_FromString("");
    made[8] = PyBytes_FromString("");
    made[9] = PyTuple_New(0);
    for (id = 0; id < 10; id++) {
        PyObject *constant = Py_GetConstant(id);
        repr_is(constant, reprs[id], "Py_GetConstant(%u) is %s", id, reprs[id]);
        is_ptr(constant, made[id], "Py_GetConstant gives the object that other calls give");
        is_ptr(Py_GetConstantBorrowed(id), constant, "Py_GetConstantBorrowed(%u) is the object of Py_GetConstant", id);
        is_int(Py_REFCNT(constant), (Py_ssize_t)3 << 30, "the constant is immortal");
    }
    for (id = 10; id < 12; id++) {
        static const char want[] = ": bad argument to internal function";
        int borrowed;
        for (borrowed = 0; borrowed < 2; borrowed++) {
            PyObject *constant = borrowed ? Py_GetConstantBorrowed(id) : Py_GetConstant(id);
            PyObject *error = PyErr_GetRaisedException();
            PyObject *text = PyObject_Str(error);
            const char *got = text != NULL ? PyUnicode_AsUTF8(text) : "";

            is_ptr(constant, NULL, "there is no constant %u", id);
            ok(PyErr_GivenExceptionMatches(error, PyExc_SystemError), "an unknown constant is a SystemError");
            ok(strlen(got) > strlen(want) && strcmp(got + strlen(got) - strlen(want), want) == 0,
               "the error gives a place in the source, and says: bad argument to internal function");
            Py_XDECREF(text);
            Py_XDECREF(error);
        }
    }
}

static Py_ssize_t counts_at_the_end[2];

/* The count is 0 in a destructor, and stays an ordinary count there. */
static void
set_count_at_the_end(PyObject *capsule)
{
    _Py_SetRefcnt(capsule, 1);
    counts_at_the_end[0] = Py_REFCNT(capsule);
    _Py_SetRefcnt(capsule, 0);
    counts_at_the_end[1] = Py_REFCNT(capsule);
}

static void
test_setting_from_zero(void)
{
    Py_DECREF(PyCapsule_New(counts_at_the_end, NULL, set_count_at_the_end));
    is_int(counts_at_the_end[0], 1, "_Py_SetRefcnt gives an object at 0 a reference");
    is_int(counts_at_the_end[1], 0, "_Py_SetRefcnt takes the reference back");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_counting);
    RUN(test_return_values);
    RUN(test_null);
    RUN(test_order);
    RUN(test_dealloc);
    RUN(test_containers);
    RUN(test_long_chains);
    RUN(test_immortals);
    RUN(test_immortals_that_fell);
    RUN(test_mortals);
    RUN(test_setting_from_zero);
    RUN(test_identity);
    RUN(test_constants);
    return TAP_END();
}
