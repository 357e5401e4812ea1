/* A capsule as an object: repr, str, hash, comparison, attributes, calls and the like. */
#include "transcript.h"

/* The representation ends in an address, which is checked for being there and then left out. */
static void
say_shown(PyObject *text)
{
    const char *shown = text ? PyUnicode_AsUTF8(text) : NULL, *at;
    char copy[6000];

    if (shown == NULL) {
        say(" NULL");
        return;
    }
    at = strstr(shown, " at 0x");
    snprintf(copy, sizeof copy, "%.*s", at ? (int)(at - shown) : -1, shown);
    say(" ");
    say_text(copy);
    say("%s", at && shown[strlen(shown) - 1] == '>' ? " at >" : " ?");
    Py_DECREF(text);
}

static void
show(void)
{
    unsigned slot = pick_full_slot();
    int as_str = chance(30);

    say("%s", as_str ? "str" : "repr");
    if (slot < SLOTS) {
        say_slot(slot);
        say_shown(as_str ? PyObject_Str(slots[slot]) : PyObject_Repr(slots[slot]));
    }
}

static void
compare(void)
{
    unsigned one = pick_full_slot(), other = pick_full_slot();
    static const int operators[] = {Py_LT, Py_LE, Py_EQ, Py_NE, Py_GT, Py_GE};
    int i = (int)pick(6);
    PyObject *result;

    say("compare %d", i);
    if (one == SLOTS) {
        return;
    }
    say(" s%u s%u", one, other);
    result = PyObject_RichCompare(slots[one], slots[other], operators[i]);
    say(" = %s", result == Py_True ? "True" : result == Py_False ? "False" : result ? "?" : "NULL");
    Py_XDECREF(result);
    say(" %d", PyObject_Hash(slots[one]) == PyObject_Hash(slots[other]));
}

static void
get_attribute(void)
{
    static const char *const attributes[] = {"nosuch", "", "caf\xc3\xa9", "\xff", "%s"};
    unsigned slot = pick_full_slot(), i = pick(5);
    PyObject *result;

    say("get attribute %u", i);
    if (slot < SLOTS) {
        result = PyObject_GetAttrString(slots[slot], attributes[i]);
        say(" = %s", result ? "?" : "NULL");
        Py_XDECREF(result);
    }
}

static void
set_attribute(void)
{
    unsigned slot = pick_full_slot();

    say("set attribute");
    if (slot < SLOTS) {
        say(" = %d", PyObject_SetAttrString(slots[slot], "x", Py_None));
    }
}

static void
has_attribute(void)
{
    unsigned slot = pick_full_slot();

    say("has attribute");
    if (slot < SLOTS) {
        say(" = %d %d", PyObject_HasAttrString(slots[slot], "__class__"), PyObject_HasAttrString(slots[slot], "x"));
    }
}

static void
call(void)
{
    unsigned slot = pick_full_slot();
    PyObject *result = NULL;

    say("call");
    if (chance(30)) {
        say(" the type");
        result = PyObject_CallNoArgs((PyObject *)&PyCapsule_Type);
    } else if (slot < SLOTS) {
        result = PyObject_CallNoArgs(slots[slot]);
    }
    say(" = %s", result ? "?" : "NULL");
    Py_XDECREF(result);
}

static void
properties(void)
{
    unsigned slot = pick_full_slot();
    PyObject *capsule;

    say("properties");
    if (slot < SLOTS) {
        capsule = slots[slot];
        say(" true=%d not=%d callable=%d tracked=%d type=%s", PyObject_IsTrue(capsule), PyObject_Not(capsule),
            PyCallable_Check(capsule), PyObject_GC_IsTracked(capsule), Py_TYPE(capsule)->tp_name);
        say(" instance=%d %d", PyObject_IsInstance(capsule, (PyObject *)&PyCapsule_Type),
            PyObject_IsInstance(capsule, (PyObject *)&PyList_Type));
    }
}

const Operation object_operations[] = {
    {show, 4, 0},          {compare, 3, 0}, {get_attribute, 2, 0}, {set_attribute, 1, 0},
    {has_attribute, 1, 0}, {call, 2, 0},    {properties, 3, 0},    {NULL, 0, 0},
};
