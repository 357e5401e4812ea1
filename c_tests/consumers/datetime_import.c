/* CPython's own datetime.h takes its C API with PyDateTime_IMPORT from a module of ours called `datetime`,
 * and its macros then call our functions.  The header is CPython's; neither its module nor any class of it is
 * needed: built-in types stand for the five classes, and the constructors make tuples and ints. */
#include "provider.h"

#include <datetime.h>

static int freed;

static PyObject *
make_date(int year, int month, int day, PyTypeObject *type)
{
    PyObject *result = type == &PyTuple_Type ? PyTuple_New(3) : NULL;

    if (result == NULL) {
        PyErr_SetString(PyExc_TypeError, "wanted the date type");
        return NULL;
    }
    PyTuple_SET_ITEM(result, 0, PyLong_FromLong(year));
    PyTuple_SET_ITEM(result, 1, PyLong_FromLong(month));
    PyTuple_SET_ITEM(result, 2, PyLong_FromLong(day));
    return result;
}

static PyObject *
make_delta(int days, int seconds, int microseconds, int normalize, PyTypeObject *type)
{
    if (type != &PyLong_Type || normalize != 1) {
        PyErr_SetString(PyExc_TypeError, "wanted the delta type");
        return NULL;
    }
    return PyLong_FromLongLong((days * 86400LL + seconds) * 1000000LL + microseconds);
}

/* Returns its own arguments, so that a test can compare them. */
static PyObject *
make_zone(PyObject *offset, PyObject *name)
{
    return name == NULL ? PyTuple_Pack(1, offset) : PyTuple_Pack(2, offset, name);
}

static PyObject *
make_time_and_fold(int hour, int minute, int second, int microsecond, PyObject *zone, int fold, PyTypeObject *type)
{
    if (zone != Py_None || type != &PyFloat_Type) {
        PyErr_SetString(PyExc_TypeError, "wanted no zone and the time type");
        return NULL;
    }
    return PyFloat_FromDouble(hour * 3600 + minute * 60 + second + microsecond / 1e6 + fold * 0.5);
}

static PyObject *
fail_from_timestamp(PyObject *type, PyObject *arguments)
{
    (void)type;
    PyErr_SetObject(PyExc_OverflowError, arguments);
    return NULL;
}

static PyDateTime_CAPI *
new_api(void)
{
    PyDateTime_CAPI *api = (PyDateTime_CAPI *)PyMem_Calloc(1, sizeof *api);

    api->DateType = &PyTuple_Type;
    api->DateTimeType = &PyList_Type;
    api->TimeType = &PyFloat_Type;
    api->DeltaType = &PyLong_Type;
    api->TZInfoType = &PyDict_Type;
    api->TimeZone_UTC = PyUnicode_FromString("UTC");
    api->Date_FromDate = make_date;
    api->Delta_FromDelta = make_delta;
    api->TimeZone_FromTimeZone = make_zone;
    api->Date_FromTimestamp = fail_from_timestamp;
    api->Time_FromTimeAndFold = make_time_and_fold;
    return api;
}

/* As CPython's: the table is heap memory that goes with the capsule. */
static void
free_api(PyObject *capsule)
{
    PyDateTime_CAPI *api = (PyDateTime_CAPI *)PyCapsule_GetPointer(capsule, PyDateTime_CAPSULE_NAME);

    freed++;
    Py_DECREF(api->TimeZone_UTC);
    PyMem_Free(api);
}

static PyObject *
new_capsule(const char *name)
{
    return PyCapsule_New(new_api(), name, free_api);
}

static void
import_fails(const char *what, PyObject *type, const char *message)
{
    PyDateTimeAPI = (PyDateTime_CAPI *)&freed;
    PyDateTime_IMPORT;
    is_ptr(PyDateTimeAPI, NULL, "PyDateTime_IMPORT gives NULL: %s", what);
    raises(type, message, "the error of PyDateTime_IMPORT is %s", ((PyTypeObject *)type)->tp_name);
}

/* A module whose name sys.modules maps to None can't be imported. */
static void
test_failures(void)
{
    static char nothing;
    PyObject *module;

    PyDict_SetItemString(PyImport_GetModuleDict(), "datetime", Py_None);
    import_fails("the module cannot be imported", PyExc_ImportError,
                 "PyCapsule_Import could not import module \"datetime\"");
    module = provide_module("datetime");
    import_fails("the module has no capsule", PyExc_AttributeError,
                 "module 'datetime' has no attribute 'datetime_CAPI'");
    provide(module, "datetime_CAPI", PyDict_New());
    import_fails("the attribute is not a capsule", PyExc_AttributeError,
                 "PyCapsule_Import \"datetime.datetime_CAPI\" is not valid");
    provide(module, "datetime_CAPI", PyCapsule_New(&nothing, "datetime_CAPI", NULL));
    import_fails("the capsule has another name", PyExc_AttributeError,
                 "PyCapsule_Import \"datetime.datetime_CAPI\" is not valid");
    provide(module, "datetime_CAPI", PyCapsule_New(&nothing, NULL, NULL));
    import_fails("the capsule has no name", PyExc_AttributeError,
                 "PyCapsule_Import \"datetime.datetime_CAPI\" is not valid");
    withdraw_module("datetime");
}

static void
test_types(void)
{
    PyObject *date = PyTuple_New(0), *moment = PyList_New(0), *delta = PyLong_FromLong(1), *zone = PyDict_New();

    ok(PyDate_Check(date) && PyDate_CheckExact(date), "PyDate_Check compares with the table's date type");
    ok(PyDateTime_Check(moment) && PyDateTime_CheckExact(moment),
       "PyDateTime_Check compares with the table's datetime type");
    ok(PyDelta_Check(delta) && PyDelta_CheckExact(delta), "PyDelta_Check compares with the table's delta type");
    ok(PyDelta_Check(Py_True) && !PyDelta_CheckExact(Py_True), "a subtype passes the check, but not the exact one");
    ok(PyTZInfo_Check(zone) && PyTZInfo_CheckExact(zone), "PyTZInfo_Check compares with the table's zone type");
    ok(!PyDate_Check(Py_None) && !PyTime_Check(date) && !PyTZInfo_CheckExact(moment), "other types do not pass");
    Py_DECREF(date);
    Py_DECREF(moment);
    Py_DECREF(delta);
    Py_DECREF(zone);
}

/* The text of a new reference, which is dropped. */
static void
is_text(PyObject *object, const char *text, const char *sentence)
{
    PyObject *shown = object ? PyObject_Repr(object) : NULL;

    is_str(shown ? PyUnicode_AsUTF8(shown) : NULL, text, "%s", sentence);
    Py_XDECREF(shown);
    Py_XDECREF(object);
}

static void
test_calls(void)
{
    PyObject *offset = PyDelta_FromDSU(0, 3600, 0), *name = PyUnicode_FromString("CET"), *arguments;

    is_text(Py_NewRef(offset), "3600000000", "PyDelta_FromDSU calls the table's function with its delta type");
    is_text(PyDate_FromDate(2024, 2, 29), "(2024, 2, 29)", "PyDate_FromDate calls the table's function");
    is_text(PyTime_FromTimeAndFold(1, 2, 3, 250000, 1), "3723.75", "PyTime_FromTimeAndFold passes None as zone");
    is_text(PyTimeZone_FromOffset(offset), "(3600000000,)", "PyTimeZone_FromOffset passes no name");
    is_text(PyTimeZone_FromOffsetAndName(offset, name), "(3600000000, 'CET')",
            "PyTimeZone_FromOffsetAndName passes the name");
    is_text(Py_NewRef(PyDateTime_TimeZone_UTC), "'UTC'", "PyDateTime_TimeZone_UTC is an object of the table");
    arguments = PyTuple_Pack(2, offset, name);
    is_ptr(PyDate_FromTimestamp(arguments), NULL, "a function of the table may fail");
    raises(PyExc_OverflowError, "(3600000000, 'CET')", "the error of a function of the table is the caller's");
    Py_DECREF(arguments);
    Py_DECREF(offset);
    Py_DECREF(name);
}

static void
test_success(void)
{
    PyObject *module = provide_module("datetime"), *capsule = new_capsule(PyDateTime_CAPSULE_NAME);
    PyDateTime_CAPI *first;

    provide(module, "datetime_CAPI", capsule);
    PyDateTime_IMPORT;
    ok(PyDateTimeAPI != NULL, "PyDateTime_IMPORT gives the table");
    no_error("PyDateTime_IMPORT sets no error");
    is_ptr(PyDateTimeAPI, PyCapsule_GetPointer(capsule, "datetime.datetime_CAPI"),
           "the table is at the capsule's pointer");
    is_int(Py_REFCNT(capsule), 1, "the capsule is held by the module alone");
    test_types();
    test_calls();

    first = PyDateTimeAPI;
    PyDateTime_IMPORT;
    is_ptr(PyDateTimeAPI, first, "a second PyDateTime_IMPORT gives the table of the first");
    provide(module, "datetime_CAPI", new_capsule(PyDateTime_CAPSULE_NAME));
    is_int(freed, 1, "a table is freed when the module gets another");
    PyDateTime_IMPORT;
    is_text(PyDate_FromDate(1, 1, 1), "(1, 1, 1)", "PyDateTime_IMPORT gives another table when the module has another");
    withdraw_module("datetime");
    is_int(freed, 2, "the table goes with the module");
}

/* The same provider compiled into the program; it is found before any module on disk. */
static PyObject *
init_datetime(void)
{
    static struct PyModuleDef definition = {
        PyModuleDef_HEAD_INIT, "datetime", NULL, -1, NULL, NULL, NULL, NULL, NULL,
    };
    PyObject *module = PyModule_Create(&definition);

    PyModule_Add(module, "datetime_CAPI", new_capsule(PyDateTime_CAPSULE_NAME));
    return module;
}

static void
test_compiled_in(void)
{
    PyDateTime_IMPORT;
    ok(PyDateTimeAPI != NULL, "PyDateTime_IMPORT imports a module compiled into the program");
    is_text(PyDate_FromDate(9999, 12, 31), "(9999, 12, 31)", "the table of a module compiled into the program works");
    ok(PyDict_GetItemString(PyImport_GetModuleDict(), "datetime") != NULL,
       "a module compiled into the program is in sys.modules");
}

static void
test_append(void)
{
    is_int(PyImport_AppendInittab("datetime", init_datetime), 0, "a module is compiled in");
}

int
main(void)
{
    RUN(test_append);
    TAP_BEGIN();
    RUN(test_failures);
    RUN(test_success);
    RUN(test_compiled_in);
    return TAP_END();
}
