/* Bad input of the functions that make methods, aliases and iterators; see bad_input.h. */
#include "bad_input.h"

static void
test_classobject(void)
{
    POINTER(PyMethod_New(NULL, text), NAMED);
    POINTER(PyMethod_New(function, NULL), INTERNAL);
    POINTER(PyMethod_Function(NULL), INTERNAL);
    POINTER(PyMethod_Function(text), INTERNAL);
    POINTER(PyMethod_Self(NULL), INTERNAL);
    POINTER(PyMethod_Self(text), INTERNAL);
    POINTER(PyInstanceMethod_New(NULL), NAMED);
    POINTER(PyFunction_GetCode(NULL), INTERNAL);
    POINTER(PyFunction_GetGlobals(NULL), INTERNAL);
    POINTER(PyFunction_GetModule(NULL), INTERNAL);
    POINTER(PyFunction_GetDefaults(NULL), INTERNAL);
    POINTER(PyFunction_GetKwDefaults(NULL), INTERNAL);
    POINTER(PyFunction_GetClosure(NULL), INTERNAL);
    POINTER(PyFunction_GetAnnotations(NULL), INTERNAL);
    NUMBER(PyFunction_SetDefaults(NULL, Py_None), -1, INTERNAL);
    NUMBER(PyFunction_SetKwDefaults(NULL, Py_None), -1, INTERNAL);
    NUMBER(PyFunction_SetClosure(NULL, Py_None), -1, INTERNAL);
    POINTER(PyInstanceMethod_Function(NULL), INTERNAL);
    POINTER(PyInstanceMethod_Function(text), INTERNAL);
}

static void
test_funcobject(void)
{
    POINTER(PyClassMethod_New(NULL), NAMED);
    POINTER(PyStaticMethod_New(NULL), NAMED);
}

static void
test_genericaliasobject(void)
{
    POINTER(Py_GenericAlias(NULL, text), NAMED);
    POINTER(Py_GenericAlias(class, NULL), NAMED);
}

static void
test_iterobject(void)
{
    POINTER(PySeqIter_New(NULL), INTERNAL);
    POINTER(PySeqIter_New(dict), INTERNAL);
    POINTER(PySeqIter_New(number), INTERNAL);
}

int
main(void)
{
    TAP_BEGIN();
    make_subjects();
    RUN(test_classobject);
    RUN(test_funcobject);
    RUN(test_genericaliasobject);
    RUN(test_iterobject);
    drop_subjects();
    return TAP_END();
}
