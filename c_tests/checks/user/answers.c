/* An extension module with a capsule. */
#include <Python.h>
static int answer = 42;
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "answers", NULL, -1, NULL, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC
PyInit_answers(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (module != NULL) {
        PyModule_Add(module, "answer", PyCapsule_New(&answer, "answers.answer", NULL));
    }
    return module;
}
