/* A test of the module `meter`, as a C program: it imports the compiled module and does what Python code and C code would do. */
#include "expect.h"
#include "meter.h"

#include <stdio.h>

static int checks, failures;

/* Whether `passed`; a failure is printed with its place. */
#define CHECK(passed) check((passed) != 0, #passed, __LINE__)

static void
check(int passed, const char *text, int line)
{
    checks++;
    if (!passed) {
        failures++;
        printf("line %d: not true: %s\n", line, text);
        PyErr_Print(); /* nothing, if no error is set */
    }
}

static void
test_type(PyObject *module)
{
    PyObject *type = PyObject_GetAttrString(module, "Meter");
    PyObject *meter = PyObject_CallFunction(type, "si", "water", 40);
    PyObject *text = PyUnicode_FromString("cold water"), *number = PyLong_FromLong(5);

    CHECK(meter != NULL);
    CHECK(is_text(PyObject_GetAttrString(meter, "name"), "water"));
    CHECK(PyObject_SetAttrString(meter, "name", text) == 0);
    CHECK(is_text(PyObject_CallMethod(meter, "label", NULL), "cold water: 40"));
    CHECK(PyObject_SetAttrString(meter, "name", number) < 0);
    CHECK(failed(NULL, PyExc_TypeError, "the name of a meter is a str, not int"));
    CHECK(PyObject_DelAttrString(meter, "name") < 0);
    CHECK(failed(NULL, PyExc_TypeError, "a meter has a name"));
    CHECK(PyObject_SetAttrString(meter, "reading", number) < 0);
    CHECK(failed(NULL, PyExc_AttributeError, "readonly attribute"));

    /* A cycle, which only the collector can end. */
    CHECK(PyObject_SetAttrString(meter, "note", meter) == 0);
    Py_XDECREF(number);
    Py_XDECREF(text);
    Py_XDECREF(meter);
    Py_XDECREF(type);
    CHECK(PyGC_Collect() > 0);
}

static void
test_arguments(PyObject *module)
{
    PyObject *meter = PyObject_CallMethod(module, "Meter", "s", "gas");
    PyObject *add = PyObject_GetAttrString(meter, "add");
    PyObject *args = Py_BuildValue("(i)", 2), *kwargs = Py_BuildValue("{s:i}", "times", 3);

    CHECK(is_long(PyObject_Call(add, args, kwargs), 6));
    CHECK(failed(PyObject_CallMethod(meter, "add", "ii", 2, 3), PyExc_TypeError,
                 "add() takes at most 1 positional argument (2 given)"));
    CHECK(failed(PyObject_CallMethod(meter, "add", "s", "two"), PyExc_TypeError,
                 "'str' object cannot be interpreted as an integer"));
    CHECK(failed(PyObject_CallMethod(meter, "add", "i", -1), PyExc_ValueError, "a meter does not run backwards"));
    CHECK(is_long(PyObject_CallMethod(module, "total", "((OO))", meter, meter), 12));
    CHECK(failed(PyObject_CallMethod(module, "total", "((Oi))", meter, 1), PyExc_TypeError,
                 "item 1 is no meter but int"));
    Py_XDECREF(kwargs);
    Py_XDECREF(args);
    Py_XDECREF(add);
    Py_XDECREF(meter);
}

static void
test_c_api(void)
{
    const MeterApi *api = (const MeterApi *)PyCapsule_Import(METER_CAPSULE, 0);
    PyObject *meter;

    CHECK(api != NULL);
    if (api == NULL) {
        return;
    }
    meter = api->create("power", 1);
    CHECK(meter != NULL);
    if (meter == NULL) {
        return;
    }
    CHECK(api->add(meter, 6) == 0);
    CHECK(is_long(PyObject_GetAttrString(meter, "reading"), 7));
    CHECK(api->add(Py_None, 1) < 0);
    CHECK(failed(NULL, PyExc_TypeError, "expected a meter, got NoneType"));
    Py_XDECREF(meter);
}

int
main(void)
{
    PyObject *module;

    Py_Initialize();
    module = PyImport_ImportModule("meter");
    CHECK(module != NULL);
    if (module != NULL) {
        test_type(module);
        test_arguments(module);
        test_c_api();
        Py_XDECREF(module);
    }
    CHECK(Py_FinalizeEx() == 0);
    printf("%d checks, %d failures\n", checks, failures);
    return failures != 0;
}
