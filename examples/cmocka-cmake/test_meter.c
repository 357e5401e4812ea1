/* A test of the module `meter` with cmocka. Each test begins with a new interpreter, and fails when a capsule is left at its end. */
#include "expect.h"
#include "meter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static PyObject *module;

static int
setup(void **state)
{
    pycapsule_strict(1);
    *state = (void *)(uintptr_t)pycapsule_checkpoint();
    Py_Initialize();
    module = PyImport_ImportModule("meter");
    return module == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
    Py_CLEAR(module);
    return Py_FinalizeEx() == 0 && pycapsule_leaked_since((uintptr_t)*state) == 0 ? 0 : -1;
}

static void
test_type(void **state)
{
    PyObject *meter = PyObject_CallMethod(module, "Meter", "si", "water", 40);
    PyObject *number = PyLong_FromLong(5);

    (void)state;
    assert_non_null(meter);
    assert_true(is_text(PyObject_GetAttrString(meter, "name"), "water"));
    assert_true(is_text(PyObject_CallMethod(meter, "label", NULL), "water: 40"));
    assert_int_equal(PyObject_SetAttrString(meter, "name", number), -1);
    assert_true(failed(NULL, PyExc_TypeError, "the name of a meter is a str, not int"));
    Py_XDECREF(number);
    Py_DECREF(meter);
}

static void
test_arguments(void **state)
{
    PyObject *meter = PyObject_CallMethod(module, "Meter", "s", "gas");

    (void)state;
    assert_non_null(meter);
    assert_true(is_long(PyObject_CallMethod(meter, "add", "i", 6), 6));
    assert_true(failed(PyObject_CallMethod(meter, "add", "s", "two"), PyExc_TypeError,
                       "'str' object cannot be interpreted as an integer"));
    assert_true(is_long(PyObject_CallMethod(module, "total", "((OO))", meter, meter), 12));
    Py_DECREF(meter);
}

static void
test_c_api(void **state)
{
    const MeterApi *api = (const MeterApi *)PyCapsule_Import(METER_CAPSULE, 0);
    PyObject *meter;

    (void)state;
    assert_non_null(api);
    meter = api->create("power", 1);
    assert_non_null(meter);
    assert_int_equal(api->add(meter, 6), 0);
    assert_true(is_long(PyObject_GetAttrString(meter, "reading"), 7));
    assert_int_equal(api->add(Py_None, 1), -1);
    assert_true(failed(NULL, PyExc_TypeError, "expected a meter, got NoneType"));
    Py_DECREF(meter);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_type, setup, teardown),
        cmocka_unit_test_setup_teardown(test_arguments, setup, teardown),
        cmocka_unit_test_setup_teardown(test_c_api, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
