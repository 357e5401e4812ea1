/* Objects that outlive Py_FinalizeEx: the collector tracks them no longer, so that tools which look for leaks find those that are lost. */
#include "../checks.h"

static PyObject *
cycle(void)
{
    PyObject *list = PyList_New(0);

    PyList_Append(list, list);
    return list;
}

static void
test_objects_that_outlive_the_end(void)
{
    PyObject *list, *dict, *tuple;

    Py_Initialize();
    list = cycle();
    dict = PyDict_New();
    tuple = Py_BuildValue("(O)", dict);
    ok(PyObject_GC_IsTracked(list) && PyObject_GC_IsTracked(dict), "containers are tracked before the end");
    ok(Py_FinalizeEx() == 0, "the end succeeds");
    ok(!PyObject_GC_IsTracked(list) && !PyObject_GC_IsTracked(dict) && !PyObject_GC_IsTracked(tuple),
       "no container is tracked after the end");
    ok(PyList_GET_SIZE(list) == 1 && PyList_GET_ITEM(list, 0) == list, "a container keeps its items");
    Py_DECREF(tuple);
    Py_DECREF(dict);

    Py_Initialize();
    ok(!PyObject_GC_IsTracked(list), "a container of an earlier life is not tracked in the next");
    PyGC_Collect();
    PyObject_GC_Track(list);
    ok(PyObject_GC_IsTracked(list), "the program can track it again");
    Py_DECREF(list);
    ok(PyGC_Collect() == 1, "a cycle that is tracked again is collected");
    ok(Py_FinalizeEx() == 0, "the next life ends");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_objects_that_outlive_the_end);
    return TAP_END();
}
