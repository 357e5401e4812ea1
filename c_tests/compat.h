/* Names that CPython 3.14's header declares and an older one does not, or not with Py_LIMITED_API, for programs that are
 * compiled against one of those and linked with this library, which has them all.  Included on the command line
 * (`-include compat.h`), so that the programs stay what they are.  Functions and objects may be declared twice; what
 * some header has as a macro or inline is conditional.
 */
#ifndef PYCAPSULE_TESTS_COMPAT_H
#define PYCAPSULE_TESTS_COMPAT_H

#include <Python.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Newer than 3.9, or not in the limited API of some version that has them. */
int PyCapsule_SetPointer(PyObject *, void *);
int PyDict_GetItemRef(PyObject *, PyObject *, PyObject **);
int PyDict_GetItemStringRef(PyObject *, const char *, PyObject **);
PyObject *PyErr_GetRaisedException(void);
void PyErr_SetRaisedException(PyObject *);
PyObject *PyException_GetArgs(PyObject *);
void PyException_SetArgs(PyObject *, PyObject *);
int Py_FinalizeEx(void);
Py_ssize_t PyGC_Collect(void);
int PyGC_Disable(void);
int PyGC_Enable(void);
int PyGC_IsEnabled(void);
PyObject *Py_GetConstant(unsigned int);
PyObject *Py_GetConstantBorrowed(unsigned int);
PyObject *PyImport_AddModuleRef(const char *);
PyObject *PyImport_ImportModuleAttr(PyObject *, PyObject *);
PyObject *PyImport_ImportModuleAttrString(const char *, const char *);
int PyLong_AsInt(PyObject *);
int PyModule_Add(PyObject *, const char *, PyObject *);
int PyModule_AddObjectRef(PyObject *, const char *, PyObject *);
int PyModule_AddType(PyObject *, PyTypeObject *);
PyObject *PyObject_CallMethodNoArgs(PyObject *, PyObject *);
PyObject *PyObject_CallNoArgs(PyObject *);
PyObject *PyObject_CallOneArg(PyObject *, PyObject *);
int PyObject_GC_IsFinalized(PyObject *);
int PyObject_GC_IsTracked(PyObject *);
int PyObject_GetOptionalAttr(PyObject *, PyObject *, PyObject **);
int PyObject_GetOptionalAttrString(PyObject *, const char *, PyObject **);
int PyObject_HasAttrStringWithError(PyObject *, const char *);
int PyObject_HasAttrWithError(PyObject *, PyObject *);
const char *PyUnicode_AsUTF8(PyObject *);
const char *PyUnicode_AsUTF8AndSize(PyObject *, Py_ssize_t *);
int PyUnicode_EqualToUTF8(PyObject *, const char *);
int PyUnicode_EqualToUTF8AndSize(PyObject *, const char *, Py_ssize_t);

PyObject *PyErr_FormatV(PyObject *, const char *, va_list);
PyObject *PyImport_GetModule(PyObject *);
PyInterpreterState *PyInterpreterState_Get(void);
int PyGILState_Check(void);
void *PyMem_Calloc(size_t, size_t);
void *PyMem_RawCalloc(size_t, size_t);
void PyMem_RawFree(void *);
void *PyMem_RawMalloc(size_t);
void *PyMem_RawRealloc(void *, size_t);
int PyModule_AddFunctions(PyObject *, PyMethodDef *);
PyObject *PyModule_GetNameObject(PyObject *);
PyObject *PyModule_NewObject(PyObject *);
int PyModule_SetDocString(PyObject *, const char *);
int PyState_AddModule(PyObject *, struct PyModuleDef *);
int PyState_RemoveModule(struct PyModuleDef *);
Py_ssize_t PyUnicode_GetLength(PyObject *);

extern PyObject *PyExc_BaseExceptionGroup, *PyExc_EncodingWarning, *PyExc_PythonFinalizationError;

#ifdef Py_LIMITED_API
struct _inittab {
    const char *name;
    PyObject *(*initfunc)(void);
};
int PyImport_ExtendInittab(struct _inittab *);
PyObject *PyObject_Vectorcall(PyObject *, PyObject *const *, size_t, PyObject *);
#endif

/* The macro of 3.9 needs a function that 3.10 no longer exports. */
#undef PyIter_Check
int PyIter_Check(PyObject *);

#ifdef __cplusplus
}
#endif

#ifndef Py_IsNone
#define Py_Is(x, y) ((x) == (y))
#define Py_IsNone(x) Py_Is(x, Py_None)
#define Py_IsTrue(x) Py_Is(x, Py_True)
#define Py_IsFalse(x) Py_Is(x, Py_False)
#endif

#ifndef Py_NewRef
static inline PyObject *
compat_new_ref(PyObject *object)
{
    Py_XINCREF(object);
    return object;
}
#define Py_NewRef(object) compat_new_ref((PyObject *)(object))
#define Py_XNewRef(object) compat_new_ref((PyObject *)(object))
#endif

#endif
