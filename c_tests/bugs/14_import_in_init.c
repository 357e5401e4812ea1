/* A module's init function does not check the result of PyCapsule_Import, which macros such as PyDateTime_IMPORT
 * make easy: the source shows no result.  The module that has the capsule is not there, the init function goes on
 * and returns its module with the error still set, and the importer calls that a SystemError.  Seen: PyO3 PR 3818.
 * It looks like this: "initialization of almanac_user raised unreported exception", without a word about which call
 * failed. */
#include "bug.h"

static void *almanac;
#define ALMANAC_IMPORT almanac = PyCapsule_Import("almanac.CAPI", 0)

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "almanac_user", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

static PyObject *
PyInit_almanac_user(void)
{
    ALMANAC_IMPORT; /* failed */
#ifdef TWIN
    if (almanac == NULL) {
        return NULL;
    }
#endif
    return PyModule_Create(&definition);
}

int
main(void)
{
    PyObject *module;

    PyImport_AppendInittab("almanac_user", PyInit_almanac_user);
    begin();
    module = PyImport_ImportModule("almanac_user");
    if (module == NULL) {
        show_error("almanac_user");
    }
    Py_XDECREF(module);
    return Py_FinalizeEx() < 0;
}
