/* Names that CPython 3.14's header declares and an older one does not, or not with Py_LIMITED_API, for programs that are
 * compiled against one of those and linked with this library, which has them all.  Included on the command line
 * (`-include compat.h`), so that the programs stay as they are.  Functions and objects may be declared twice; a name
 * that some header has as a macro or an inline function is conditional.
 */
#ifndef PYCAPSULE_TESTS_COMPAT_H
#define PYCAPSULE_TESTS_COMPAT_H

#include <Python.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Newer than 3.9, or not in the limited API of some version that has them. */
int PyCapsule_SetPointer(PyObject *, void *);
int PyCodec_Unregister(PyObject *);
PyObject *PyThread_GetInfo(void);
int PyDict_GetItemRef(PyObject *, PyObject *, PyObject **);
int PyDict_GetItemStringRef(PyObject *, const char *, PyObject **);
PyObject *PyBytes_Join(PyObject *, PyObject *);
PyObject *PyErr_GetRaisedException(void);
PyObject *PyErr_SetImportErrorSubclass(PyObject *, PyObject *, PyObject *, PyObject *);
void PyErr_SetRaisedException(PyObject *);
PyObject *PyException_GetArgs(PyObject *);
void PyException_SetArgs(PyObject *, PyObject *);
PyObject *PyErr_GetHandledException(void);
void PyErr_SetHandledException(PyObject *);
int Py_FinalizeEx(void);
Py_hash_t Py_HashBuffer(const void *, Py_ssize_t);
Py_hash_t Py_HashPointer(const void *);
Py_ssize_t PyGC_Collect(void);
int PyGC_Disable(void);
int PyGC_Enable(void);
int PyGC_IsEnabled(void);
int PyIter_NextItem(PyObject *, PyObject **);
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
int PyMapping_GetOptionalItem(PyObject *, PyObject *, PyObject **);
int PyMapping_HasKeyWithError(PyObject *, PyObject *);
int PyUnicode_Equal(PyObject *, PyObject *);
const char *PyUnicode_AsUTF8(PyObject *);
const char *PyUnicode_AsUTF8AndSize(PyObject *, Py_ssize_t *);
int PyUnicode_EqualToUTF8(PyObject *, const char *);
int PyUnicode_EqualToUTF8AndSize(PyObject *, const char *, Py_ssize_t);
PyObject *PyEval_GetFrameBuiltins(void);
PyObject *PyEval_GetFrameGlobals(void);
PyObject *PyEval_GetFrameLocals(void);
int PyImport_ImportFrozenModuleObject(PyObject *);

PyObject *PyErr_FormatV(PyObject *, const char *, va_list);
void PyErr_GetExcInfo(PyObject **, PyObject **, PyObject **);
void PyErr_SetExcInfo(PyObject *, PyObject *, PyObject *);
PyObject *PyErr_SetFromErrnoWithFilenameObjects(PyObject *, PyObject *, PyObject *);
PyObject *PyImport_GetModule(PyObject *);
PyInterpreterState *PyInterpreterState_Get(void);
PyObject *PyInterpreterState_GetDict(PyInterpreterState *);
PyThreadState *PyThreadState_GetUnchecked(void);
uint64_t PyThreadState_GetID(PyThreadState *);
int PyGILState_Check(void);
void *PyMem_Calloc(size_t, size_t);
void *PyMem_RawCalloc(size_t, size_t);
void PyMem_RawFree(void *);
void *PyMem_RawMalloc(size_t);
void *PyMem_RawRealloc(void *, size_t);
int PyModule_AddFunctions(PyObject *, PyMethodDef *);
PyObject *PyNumber_InPlaceMatrixMultiply(PyObject *, PyObject *);
PyObject *PyNumber_MatrixMultiply(PyObject *, PyObject *);
PyObject *PyModule_GetNameObject(PyObject *);
PyObject *PyModule_NewObject(PyObject *);
int PyModule_SetDocString(PyObject *, const char *);
int PyState_AddModule(PyObject *, struct PyModuleDef *);
int PyState_RemoveModule(struct PyModuleDef *);
Py_ssize_t PyUnicode_GetLength(PyObject *);

extern PyObject *PyExc_BaseExceptionGroup, *PyExc_EncodingWarning, *PyExc_PythonFinalizationError;

extern PyObject *PyExc_BlockingIOError, *PyExc_BrokenPipeError, *PyExc_ChildProcessError, *PyExc_ConnectionAbortedError,
    *PyExc_ConnectionError, *PyExc_ConnectionRefusedError, *PyExc_ConnectionResetError, *PyExc_FileExistsError,
    *PyExc_FileNotFoundError, *PyExc_InterruptedError, *PyExc_IsADirectoryError, *PyExc_ModuleNotFoundError,
    *PyExc_NotADirectoryError, *PyExc_PermissionError, *PyExc_ProcessLookupError, *PyExc_RecursionError,
    *PyExc_ResourceWarning, *PyExc_StopAsyncIteration, *PyExc_TimeoutError;

/* Not in the limited API, or not in all of it. */
extern PyTypeObject PyCMethod_Type, PyModuleDef_Type;
extern const unsigned long Py_Version;

#ifdef Py_LIMITED_API
struct _inittab {
    const char *name;
    PyObject *(*initfunc)(void);
};
int PyImport_ExtendInittab(struct _inittab *);
PyObject *PyCMethod_New(PyMethodDef *, PyObject *, PyObject *, PyTypeObject *);
PyObject *PyImport_ImportModuleLevelObject(PyObject *, PyObject *, PyObject *, PyObject *, int);
int PyModule_ExecDef(PyObject *, struct PyModuleDef *);
PyObject *PyModule_FromDefAndSpec2(struct PyModuleDef *, PyObject *, int);
PyObject *PyModuleDef_Init(struct PyModuleDef *);
PyObject *PyObject_Vectorcall(PyObject *, PyObject *const *, size_t, PyObject *);
PyObject *PyObject_VectorcallMethod(PyObject *, PyObject *const *, size_t, PyObject *);
void *PyObject_Calloc(size_t, size_t);
int PyObject_IS_GC(PyObject *);
int _PyTuple_Resize(PyObject **, Py_ssize_t);
PyObject *PyUnicode_FromKindAndData(int, const void *, Py_ssize_t);
PyObject *PyUnicode_New(Py_ssize_t, Py_UCS4);
PyObject *PyUnicode_Substring(PyObject *, Py_ssize_t, Py_ssize_t);
#endif

#if defined(Py_LIMITED_API) && Py_LIMITED_API + 0 < 0x03050000
typedef struct PyModuleDef_Slot {
    int slot;
    void *value;
} PyModuleDef_Slot;
#define PyModule_FromDefAndSpec(definition, spec) PyModule_FromDefAndSpec2((definition), (spec), PYTHON_API_VERSION)
#endif

/* The macro of 3.9 needs a function that 3.10 no longer exports. */
#undef PyIter_Check
int PyIter_Check(PyObject *);

#ifdef __cplusplus
}
#endif

#ifndef Py_CONSTANT_NONE
#define Py_CONSTANT_NONE 0
#define Py_CONSTANT_FALSE 1
#define Py_CONSTANT_TRUE 2
#define Py_CONSTANT_ELLIPSIS 3
#define Py_CONSTANT_NOT_IMPLEMENTED 4
#define Py_CONSTANT_ZERO 5
#define Py_CONSTANT_ONE 6
#define Py_CONSTANT_EMPTY_STR 7
#define Py_CONSTANT_EMPTY_BYTES 8
#define Py_CONSTANT_EMPTY_TUPLE 9
#endif

#ifndef Py_TPFLAGS_IMMUTABLETYPE
#define Py_TPFLAGS_IMMUTABLETYPE (1UL << 8)
#endif

#ifndef METH_FASTCALL
#define METH_FASTCALL 0x0080
#endif
#ifndef METH_METHOD
#define METH_METHOD 0x0200
#endif
#ifndef PY_VECTORCALL_ARGUMENTS_OFFSET
#define PY_VECTORCALL_ARGUMENTS_OFFSET ((size_t)1 << (8 * sizeof(size_t) - 1))
#endif

/* The slots of a module, which the full API of 3.15 numbers anew. */
#undef Py_mod_create
#undef Py_mod_exec
#undef Py_mod_multiple_interpreters
#undef Py_mod_gil
#define Py_mod_create 1
#define Py_mod_exec 2
#define Py_mod_multiple_interpreters 3
#define Py_mod_gil 4
#ifndef Py_MOD_PER_INTERPRETER_GIL_SUPPORTED
#define Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED ((void *)0)
#define Py_MOD_MULTIPLE_INTERPRETERS_SUPPORTED ((void *)1)
#define Py_MOD_PER_INTERPRETER_GIL_SUPPORTED ((void *)2)
#endif
#ifndef Py_MOD_GIL_USED
#define Py_MOD_GIL_USED ((void *)0)
#define Py_MOD_GIL_NOT_USED ((void *)1)
#endif

#ifndef Py_IsNone
#define Py_Is(x, y) ((x) == (y))
#define Py_IsNone(x) Py_Is(x, Py_None)
#define Py_IsTrue(x) Py_Is(x, Py_True)
#define Py_IsFalse(x) Py_Is(x, Py_False)
#endif

#ifndef Py_XSETREF
#define Py_XSETREF(variable, value)                       \
    do {                                                  \
        PyObject *compat_former = (PyObject *)(variable); \
        (variable) = (value);                             \
        Py_XDECREF(compat_former);                        \
    } while (0)
#define Py_SETREF Py_XSETREF
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

#include "compat_layouts.h"

#endif
