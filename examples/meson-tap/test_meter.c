/* A test of the module `meter` that prints TAP. Strict mode is switched on by the environment; a capsule that is left at the end of a test is
 * a failure of its own. */
#include "expect.h"
#include "meter.h"

#include <stdio.h>

static int checks, failures;

/* One line of TAP. */
static void
ok(int passed, const char *sentence)
{
    failures += !passed;
    printf("%sok %d - %s\n", passed ? "" : "not ", ++checks, sentence);
    if (!passed) {
        PyErr_Print(); /* nothing, if no error is set */
    }
}

static void
test_type(PyObject *module)
{
    PyObject *meter = PyObject_CallMethod(module, "Meter", "si", "water", 40);
    PyObject *text = PyUnicode_FromString("cold water"), *number = PyLong_FromLong(5);

    ok(is_text(PyObject_GetAttrString(meter, "name"), "water"), "a meter has the name that it was made with");
    ok(PyObject_SetAttrString(meter, "name", text) == 0, "a name can be changed");
    ok(is_text(PyObject_CallMethod(meter, "label", NULL), "cold water: 40"), "a label has the name and the reading");
    ok(PyObject_SetAttrString(meter, "name", number) < 0 &&
           failed(NULL, PyExc_TypeError, "the name of a meter is a str, not int"),
       "a name is a str");
    Py_XDECREF(number);
    Py_XDECREF(text);
    Py_XDECREF(meter);
}

static void
test_arguments(PyObject *module)
{
    PyObject *meter = PyObject_CallMethod(module, "Meter", "s", "gas");

    ok(is_long(PyObject_CallMethod(meter, "add", "i", 6), 6), "add() returns the reading");
    ok(failed(PyObject_CallMethod(meter, "add", "s", "two"), PyExc_TypeError,
              "'str' object cannot be interpreted as an integer"),
       "add() takes an int");
    ok(is_long(PyObject_CallMethod(module, "total", "((OO))", meter, meter), 12), "total() adds readings");
    Py_XDECREF(meter);
}

static void
test_c_api(PyObject *module)
{
    const MeterApi *api = (const MeterApi *)PyCapsule_Import(METER_CAPSULE, 0);
    PyObject *meter = api == NULL ? NULL : api->create("power", 1);

    (void)module;
    ok(meter != NULL, "the C API makes a meter");
    ok(meter != NULL && api->add(meter, 6) == 0 && is_long(PyObject_GetAttrString(meter, "reading"), 7),
       "the C API adds to it");
    ok(meter != NULL && api->add(Py_None, 1) < 0 && failed(NULL, PyExc_TypeError, "expected a meter, got NoneType"),
       "the C API takes nothing but meters");
    Py_XDECREF(meter);
}

/* Runs a test between the beginning and the end of an interpreter of its own. */
static void
run(void (*test)(PyObject *), const char *sentence)
{
    uint64_t checkpoint = pycapsule_checkpoint();
    PyObject *module;

    Py_Initialize();
    module = PyImport_ImportModule("meter");
    ok(module != NULL, "the module is imported");
    if (module != NULL) {
        test(module);
        Py_DECREF(module);
    }
    ok(Py_FinalizeEx() == 0 && pycapsule_leaked_since(checkpoint) == 0, sentence);
}

int
main(void)
{
    run(test_type, "the test of the type leaves no capsule");
    run(test_arguments, "the test of arguments leaves no capsule");
    run(test_c_api, "the test of the C API leaves no capsule");
    printf("1..%d\n", checks);
    return failures != 0;
}
