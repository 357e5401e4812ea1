/* Bad input to the functions for objects and for the built-in types: see bad_input.h. */
#include "bad_input.h"

PyObject *_PyDict_GetItem_KnownHash(PyObject *, PyObject *, Py_hash_t);
PyObject *_PyTuple_FromArray(PyObject *const *, Py_ssize_t);

static Py_ssize_t size;
static char *characters;
static PyObject *empty;

static void
test_abstract(void)
{
    POINTER(PyObject_Call(NULL, tuple, NULL), ROUTINE);
    POINTER(PyObject_Call(function, NULL, NULL), NAMED);
    POINTER(PyObject_Call(function, list, NULL), "TypeError: argument list must be a tuple");
    POINTER(PyObject_Call(function, tuple, list), "TypeError: keyword list must be a dictionary");
    POINTER(PyObject_CallObject(NULL, tuple), ROUTINE);
    POINTER(PyObject_CallObject(NULL, NULL), ROUTINE);
    POINTER(PyObject_CallNoArgs(NULL), ROUTINE);
    POINTER(PyObject_CallOneArg(NULL, text), ROUTINE);
    POINTER(PyObject_CallOneArg(function, NULL), NAMED);
    POINTER(PyObject_Vectorcall(NULL, NULL, 0, NULL), ROUTINE);
    POINTER(PyObject_Vectorcall(function, NULL, 0, list), "TypeError: keyword names must be a tuple");
    POINTER(PyObject_VectorcallDict(NULL, NULL, 0, NULL), ROUTINE);
    POINTER(PyObject_VectorcallDict(function, NULL, 0, list), "TypeError: keyword list must be a dictionary");
    POINTER(PyObject_VectorcallMethod(NULL, &text, 1, NULL), ROUTINE);
    POINTER(PyObject_VectorcallMethod(text, NULL, 0, NULL),
            "SystemError: a method call needs an object to call the method of");
    POINTER(PyObject_VectorcallMethod(text, NULL, 1, NULL), ROUTINE);
    POINTER(PyVectorcall_Call(NULL, tuple, NULL), ROUTINE);
    POINTER(PyVectorcall_Function(NULL), NO_ERROR);
    POINTER(PyObject_GetIter(NULL), NAMED);
    NUMBER(PyIter_Check(NULL), 0, NO_ERROR);
    POINTER(PyIter_Next(NULL), NAMED);
    POINTER(PyIter_Next(number), "TypeError: expected an iterator, got 'int'");
    NUMBER(PyIter_NextItem(NULL, &place), -1, NAMED);
    NUMBER(PyIter_NextItem(iterator, NULL), 1, NO_ERROR);
    NUMBER(PyIndex_Check(NULL), 0, NO_ERROR);
    NUMBER(PySequence_Check(NULL), 0, NO_ERROR);
    NUMBER(PySequence_Contains(NULL, text), -1, ROUTINE);
    NUMBER(PySequence_Contains(list, NULL), -1, INTERNAL);
    POINTER(PySequence_Fast(number, NULL), "TypeError: 'int' object is not iterable");
    NUMBER(PyObject_IsInstance(NULL, class), -1, NAMED);
    NUMBER(PyObject_IsInstance(text, NULL), -1, NAMED);
    NUMBER(PyObject_IsSubclass(NULL, class), -1, NAMED);
    NUMBER(PyObject_IsSubclass(class, NULL), -1, NAMED);
}

static void
test_bytesobject(void)
{
    POINTER(PyBytes_FromString(NULL), NAMED);
    POINTER(PyBytes_FromFormat(NULL), NAMED);
    NUMBER(PyBytes_Size(NULL), -1, NAMED);
    POINTER(PyBytes_AsString(NULL), NAMED);
    NUMBER(PyBytes_AsStringAndSize(NULL, &characters, &size), -1, NAMED);
    POINTER(PyBytes_Repr(NULL, 1), NAMED);
    POINTER(PyBytes_Repr(text, 1), "TypeError: expected bytes, str found");
    VOID(PyBytes_Concat(NULL, bytes), INTERNAL);
    VOID(PyBytes_ConcatAndDel(NULL, Py_NewRef(bytes)),
         "SystemError: PyBytes_Concat: bad argument to internal function");
    NUMBER(_PyBytes_Resize(NULL, 1), -1, INTERNAL);
    NUMBER(_PyBytes_Resize(&empty, 1), -1, INTERNAL);
}

static void
test_dictobject(void)
{
    NUMBER(PyDict_SetItem(NULL, text, text), -1, INTERNAL);
    NUMBER(PyDict_SetItem(dict, NULL, text), -1, INTERNAL);
    NUMBER(PyDict_SetItem(dict, text, NULL), -1, INTERNAL);
    NUMBER(PyDict_SetItemString(NULL, "k", text), -1, INTERNAL);
    NUMBER(PyDict_SetItemString(dict, NULL, text), -1, NAMED);
    NUMBER(PyDict_SetItemString(dict, "k", NULL), -1, INTERNAL);
    NUMBER(PyDict_DelItem(NULL, text), -1, INTERNAL);
    NUMBER(PyDict_DelItem(dict, NULL), -1, INTERNAL);
    NUMBER(PyDict_DelItemString(NULL, "k"), -1, INTERNAL);
    NUMBER(PyDict_DelItemString(dict, NULL), -1, NAMED);
    NUMBER(PyDict_Contains(NULL, text), -1, INTERNAL);
    NUMBER(PyDict_Contains(dict, NULL), -1, INTERNAL);
    NUMBER(PyDict_Contains(list, text), -1, INTERNAL);
    NUMBER(PyDict_ContainsString(NULL, "k"), -1, INTERNAL);
    NUMBER(PyDict_ContainsString(dict, NULL), -1, NAMED);
    NUMBER(PyDict_ContainsString(list, "k"), -1, INTERNAL);
    POINTER(PyDict_GetItem(NULL, text), NO_ERROR);
    POINTER(PyDict_GetItem(dict, NULL), NO_ERROR);
    POINTER(PyDict_GetItemWithError(NULL, text), INTERNAL);
    POINTER(PyDict_GetItemWithError(dict, NULL), INTERNAL);
    POINTER(PyDict_GetItemString(NULL, "k"), NO_ERROR);
    POINTER(PyDict_GetItemString(dict, NULL), NO_ERROR);
    NUMBER(PyDict_GetItemRef(NULL, text, &place), -1, INTERNAL);
    NUMBER(PyDict_GetItemRef(dict, NULL, &place), -1, INTERNAL);
    NUMBER(PyDict_GetItemRef(dict, key, NULL), 1, NO_ERROR);
    NUMBER(PyDict_GetItemStringRef(NULL, "k", &place), -1, INTERNAL);
    NUMBER(PyDict_GetItemStringRef(dict, NULL, &place), -1, NAMED);
    NUMBER(PyDict_GetItemStringRef(dict, "k", NULL), 1, NO_ERROR);
    POINTER(_PyDict_GetItem_KnownHash(NULL, text, 1), INTERNAL);
    POINTER(_PyDict_GetItem_KnownHash(dict, NULL, 1), INTERNAL);
    NUMBER(PyDict_SetDefaultRef(NULL, text, text, &place), -1, INTERNAL);
    NUMBER(PyDict_SetDefaultRef(dict, NULL, text, &place), -1, INTERNAL);
    NUMBER(PyDict_SetDefaultRef(dict, text, NULL, &place), -1, INTERNAL);
    POINTER(PyDict_SetDefault(NULL, text, text), INTERNAL);
    POINTER(PyDict_SetDefault(dict, NULL, text), INTERNAL);
    POINTER(PyDict_SetDefault(dict, text, NULL), INTERNAL);
    NUMBER(PyDict_Pop(NULL, text, &place), -1, INTERNAL);
    NUMBER(PyDict_Pop(dict, NULL, &place), -1, INTERNAL);
    NUMBER(PyDict_PopString(NULL, "k", &place), -1, INTERNAL);
    NUMBER(PyDict_PopString(dict, NULL, &place), -1, NAMED);
    VOID(PyDict_Clear(NULL), NO_ERROR);
    NUMBER(PyDict_Next(NULL, &size, NULL, NULL), 0, NO_ERROR);
    NUMBER(PyDict_Next(dict, NULL, NULL, NULL), 0, NO_ERROR);
    NUMBER(PyDict_MergeFromSeq2(NULL, list, 1), -1, "TypeError: object is not iterable");
    NUMBER(PyDict_MergeFromSeq2(dict, NULL, 1), -1, INTERNAL);
    NUMBER(PyDict_MergeFromSeq2(list, list, 1), -1, "TypeError: object is not iterable");
}

static void
test_listobject(void)
{
    NUMBER(PyList_Size(NULL), -1, INTERNAL);
    POINTER(PyList_GetItem(NULL, 0), INTERNAL);
    POINTER(PyList_GetItemRef(NULL, 0), "TypeError: expected a list");
    NUMBER(PyList_SetItem(NULL, 0, Py_NewRef(text)), -1, INTERNAL);
    NUMBER(PyList_Append(NULL, text), -1, INTERNAL);
    NUMBER(PyList_Insert(NULL, 0, text), -1, INTERNAL);
    POINTER(PyList_GetSlice(NULL, 0, 1), INTERNAL);
    NUMBER(PyList_SetSlice(NULL, 0, 1, list), -1, INTERNAL);
    NUMBER(PyList_Extend(NULL, list), -1, INTERNAL);
    NUMBER(PyList_Extend(list, NULL), -1, INTERNAL);
    NUMBER(PyList_Clear(NULL), -1, INTERNAL);
}

static void
test_longobject(void)
{
    POINTER(PyLong_AsVoidPtr(NULL), INTERNAL);
    NUMBER(PyLong_AsLongAndOverflow(number, NULL), 777777, NO_ERROR);
}

static void
test_object(void)
{
    NUMBER(PyObject_Hash(NULL), -1, NAMED);
    NUMBER(PyObject_HashNotImplemented(NULL), -1, NAMED);
    NUMBER(PyObject_IsTrue(NULL), -1, NAMED);
    NUMBER(PyObject_Not(NULL), -1, NAMED);
    POINTER(PyObject_RichCompare(text, text, 17), "SystemError: bad internal call");
    NUMBER(PyObject_RichCompareBool(NULL, NULL, Py_EQ), -1, INTERNAL);
    NUMBER(PyObject_RichCompareBool(text, number, 17), -1, "SystemError: bad internal call");
    POINTER(PyObject_SelfIter(NULL), NAMED);
    POINTER(PyObject_GetAttr(NULL, text), NAMED);
    POINTER(PyObject_GetAttr(text, NULL), NAMED);
    POINTER(PyObject_GetAttrString(NULL, "x"), NAMED);
    POINTER(PyObject_GetAttrString(text, NULL), NAMED);
    NUMBER(PyObject_GetOptionalAttr(NULL, text, &place), -1, NAMED);
    NUMBER(PyObject_GetOptionalAttr(text, NULL, &place), -1, NAMED);
    NUMBER(PyObject_GetOptionalAttr(text, text, NULL), 0, NO_ERROR);
    NUMBER(PyObject_GetOptionalAttrString(NULL, "x", &place), -1, NAMED);
    NUMBER(PyObject_GetOptionalAttrString(text, NULL, &place), -1, NAMED);
    NUMBER(PyObject_SetAttr(NULL, text, text), -1, NAMED);
    NUMBER(PyObject_SetAttr(module, NULL, text), -1, NAMED);
    NUMBER(PyObject_SetAttrString(NULL, "x", text), -1, NAMED);
    NUMBER(PyObject_SetAttrString(module, NULL, text), -1, NAMED);
    NUMBER(PyObject_DelAttr(NULL, text), -1, NAMED);
    NUMBER(PyObject_DelAttr(module, NULL), -1, NAMED);
    NUMBER(PyObject_DelAttrString(NULL, "x"), -1, NAMED);
    NUMBER(PyObject_DelAttrString(module, NULL), -1, NAMED);
    NUMBER(PyObject_HasAttrWithError(NULL, text), -1, NAMED);
    NUMBER(PyObject_HasAttrWithError(text, NULL), -1, NAMED);
    NUMBER(PyObject_HasAttrStringWithError(NULL, "x"), -1, NAMED);
    NUMBER(PyObject_HasAttrStringWithError(text, NULL), -1, NAMED);
    NUMBER(PyObject_HasAttr(NULL, text), 0, NO_ERROR);
    NUMBER(PyObject_HasAttr(text, NULL), 0, NO_ERROR);
    NUMBER(PyObject_HasAttrString(NULL, "x"), 0, NO_ERROR);
    NUMBER(PyObject_HasAttrString(text, NULL), 0, NO_ERROR);
    POINTER(PyObject_GenericGetAttr(NULL, text), NAMED);
    POINTER(PyObject_GenericGetAttr(text, NULL), NAMED);
    NUMBER(PyObject_GenericSetAttr(NULL, text, text), -1, NAMED);
    NUMBER(PyObject_GenericSetAttr(module, NULL, text), -1, NAMED);
    NUMBER(PyType_IsSubtype(NULL, (PyTypeObject *)class), 0, NO_ERROR);
    NUMBER(PyType_GetFlags(NULL), 0, NO_ERROR);
    POINTER(PyType_GetName(NULL), NAMED);
    POINTER(PyType_GetQualName(NULL), NAMED);
    POINTER((Py_TYPE)(NULL), NAMED);
}

static void
test_objimpl(void)
{
    NUMBER(PyObject_GC_IsTracked(NULL), 0, NO_ERROR);
    NUMBER((PyObject_IS_GC)(NULL), 0, NO_ERROR);
    VOID(PyObject_GC_UnTrack(NULL), NO_ERROR);
    VOID(PyObject_GC_UnTrack(number), NO_ERROR);
}

static void
test_pycapsule(void)
{
    POINTER(PyCapsule_Import(NULL, 0), "ValueError: PyCapsule_Import called with null name");
}

static void
test_refcount(void)
{
    VOID(_Py_IncRef(NULL), NO_ERROR);
    VOID(_Py_DecRef(NULL), NO_ERROR);
    POINTER((Py_NewRef)(NULL), NAMED);
    NUMBER((Py_REFCNT)(NULL), 0, NO_ERROR);
    VOID(_Py_Dealloc(NULL), NO_ERROR);
    VOID(_Py_SetRefcnt(NULL, 1), NO_ERROR);
}

static void
test_tupleobject(void)
{
    NUMBER(PyTuple_Size(NULL), -1, INTERNAL);
    POINTER(PyTuple_GetItem(NULL, 0), INTERNAL);
    NUMBER(PyTuple_SetItem(NULL, 0, Py_NewRef(text)), -1, INTERNAL);
    POINTER(PyTuple_Pack(1, NULL), NAMED);
    POINTER(_PyTuple_FromArray(NULL, 1), "SystemError: PyTuple_Pack called with a NULL argument");
    POINTER(_PyTuple_FromArray(&empty, 1), "SystemError: PyTuple_Pack called with a NULL argument");
    NUMBER(_PyTuple_Resize(NULL, 1), -1, INTERNAL);
}

static void
test_unicodeobject(void)
{
    POINTER(PyUnicode_FromString(NULL), NAMED);
    POINTER(PyUnicode_FromKindAndData(1, NULL, 1), NAMED);
    POINTER(PyUnicode_FromObject(NULL), NAMED);
    POINTER(PyUnicode_FromFormat(NULL), NAMED);
    NUMBER(PyUnicode_GetLength(NULL), -1, NAMED);
    NUMBER(PyUnicode_ReadChar(NULL, 0), 4294967295, NAMED);
    POINTER(PyUnicode_Substring(NULL, 0, 1), NAMED);
    POINTER(PyUnicode_Substring(number, 0, 1), INTERNAL);
    POINTER(PyUnicode_Concat(NULL, text), NAMED);
    POINTER(PyUnicode_Concat(text, NULL), NAMED);
    NUMBER(PyUnicode_Contains(NULL, text), -1, NAMED);
    NUMBER(PyUnicode_Contains(text, NULL), -1, NAMED);
    NUMBER(PyUnicode_Compare(NULL, text), -1, NAMED);
    NUMBER(PyUnicode_Compare(text, NULL), -1, NAMED);
    NUMBER(PyUnicode_CompareWithASCIIString(NULL, "x"), -1, NAMED);
    NUMBER(PyUnicode_CompareWithASCIIString(text, NULL), -1, NAMED);
    NUMBER(PyUnicode_CompareWithASCIIString(number, "x"), -1, "TypeError: bad argument type for built-in operation");
    NUMBER(PyUnicode_EqualToUTF8(NULL, "x"), 0, NO_ERROR);
    NUMBER(PyUnicode_EqualToUTF8(text, NULL), 0, NO_ERROR);
    NUMBER(PyUnicode_EqualToUTF8AndSize(NULL, "x", 1), 0, NO_ERROR);
    POINTER(PyUnicode_RichCompare(NULL, text, Py_EQ), NAMED);
    POINTER(PyUnicode_RichCompare(text, NULL, Py_EQ), NAMED);
    POINTER(PyUnicode_RichCompare(text, key, 17), "TypeError: bad argument type for built-in operation");
    POINTER(PyUnicode_InternFromString(NULL), NAMED);
    VOID(PyUnicode_InternInPlace(NULL), NO_ERROR);
    POINTER(PyUnicode_DecodeUTF8(NULL, 1, NULL), NAMED);
    POINTER(PyUnicode_DecodeASCII(NULL, 1, NULL), NAMED);
    POINTER(PyUnicode_DecodeLatin1(NULL, 1, NULL), NAMED);
    POINTER(PyUnicode_DecodeFSDefault(NULL), NAMED);
    POINTER(PyUnicode_DecodeFSDefaultAndSize(NULL, 1), NAMED);
    POINTER(PyUnicode_AsUTF8AndSize(NULL, &size), NAMED);
    POINTER(PyUnicode_AsUTF8(NULL), "SystemError: PyUnicode_AsUTF8AndSize called with a NULL argument");
    POINTER(PyUnicode_AsUTF8String(NULL), NAMED);
    POINTER(PyUnicode_AsASCIIString(NULL), NAMED);
    POINTER(PyUnicode_AsLatin1String(NULL), NAMED);
    POINTER(PyUnicode_EncodeFSDefault(NULL), NAMED);
}

int
main(void)
{
    TAP_BEGIN();
    make_subjects();
    RUN(test_abstract);
    RUN(test_bytesobject);
    RUN(test_dictobject);
    RUN(test_listobject);
    RUN(test_longobject);
    RUN(test_object);
    RUN(test_objimpl);
    RUN(test_pycapsule);
    RUN(test_refcount);
    RUN(test_tupleobject);
    RUN(test_unicodeobject);
    drop_subjects();
    return TAP_END();
}
