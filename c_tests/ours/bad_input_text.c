/* Bad input to the functions of strings, sets, sorting and of any sequence or mapping. */
#include "bad_input.h"

static const char NO_STR[] = "TypeError: must be str, not int";
static const char NO_TEXT[] = "TypeError: bad argument type for built-in operation";

static void
test_unicodeobject(void)
{
    Py_UCS4 room[4];
    wchar_t wide[4];
    Py_ssize_t size;

    NUMBER(PyUnicode_Find(NULL, text, 0, 1, 1), -2, NAMED);
    NUMBER(PyUnicode_Find(text, NULL, 0, 1, 1), -2, NAMED);
    NUMBER(PyUnicode_Find(number, text, 0, 1, 1), -2, NO_STR);
    NUMBER(PyUnicode_FindChar(NULL, 'x', 0, 1, 1), -2, NAMED);
    NUMBER(PyUnicode_FindChar(number, 'x', 0, 1, 1), -2, NO_STR);
    NUMBER(PyUnicode_Count(NULL, text, 0, 1), -1, NAMED);
    NUMBER(PyUnicode_Count(text, NULL, 0, 1), -1, NAMED);
    NUMBER(PyUnicode_Tailmatch(NULL, text, 0, 1, 1), -1, NAMED);
    NUMBER(PyUnicode_Tailmatch(text, NULL, 0, 1, 1), -1, NAMED);
    POINTER(PyUnicode_Replace(NULL, text, text, 1), NAMED);
    POINTER(PyUnicode_Replace(text, NULL, text, 1), NAMED);
    POINTER(PyUnicode_Replace(text, text, NULL, 1), NAMED);
    POINTER(PyUnicode_Split(NULL, text, 1), NAMED);
    POINTER(PyUnicode_RSplit(NULL, text, 1), NAMED);
    POINTER(PyUnicode_Splitlines(NULL, 1), NAMED);
    POINTER(PyUnicode_Partition(NULL, text), NAMED);
    POINTER(PyUnicode_Partition(text, NULL), NAMED);
    POINTER(PyUnicode_RPartition(NULL, text), NAMED);
    POINTER(PyUnicode_RPartition(text, NULL), NAMED);
    POINTER(PyUnicode_Translate(NULL, dict, NULL), NAMED);
    POINTER(PyUnicode_Translate(text, NULL, NULL), NO_TEXT);
    POINTER(PyUnicode_Format(NULL, tuple), INTERNAL);
    POINTER(PyUnicode_Format(text, NULL), INTERNAL);
    NUMBER(PyUnicode_Equal(NULL, text), -1, NAMED);
    NUMBER(PyUnicode_Equal(text, NULL), -1, NAMED);
    NUMBER(PyUnicode_IsIdentifier(NULL), 0, NO_ERROR);
    NUMBER(PyUnicode_IsIdentifier(number), 0, NO_ERROR);
    POINTER(PyUnicode_Decode(NULL, 1, NULL, NULL), NAMED);
    POINTER(PyUnicode_FromEncodedObject(NULL, NULL, NULL), INTERNAL);
    POINTER(PyUnicode_AsEncodedString(NULL, NULL, NULL), NAMED);
    POINTER(PyUnicode_DecodeUTF8Stateful(NULL, 1, NULL, &size), NAMED);
    POINTER(PyUnicode_DecodeUTF16(NULL, 2, NULL, NULL), NAMED);
    POINTER(PyUnicode_DecodeUTF32(NULL, 4, NULL, NULL), NAMED);
    POINTER(PyUnicode_AsUTF16String(NULL), NAMED);
    POINTER(PyUnicode_AsUTF32String(NULL), NAMED);
    NUMBER(PyUnicode_CopyCharacters(NULL, 0, text, 0, 1), -1, INTERNAL);
    NUMBER(PyUnicode_CopyCharacters(text, 0, NULL, 0, 1), -1, INTERNAL);
    NUMBER(PyUnicode_CopyCharacters(text, 0, number, 0, 1), -1, INTERNAL);
    NUMBER(PyUnicode_Fill(NULL, 0, 1, 'x'), -1, INTERNAL);
    NUMBER(PyUnicode_Fill(number, 0, 1, 'x'), -1, INTERNAL);
    NUMBER(PyUnicode_WriteChar(NULL, 0, 'x'), -1, NAMED);
    NUMBER(PyUnicode_WriteChar(number, 0, 'x'), -1, NO_TEXT);
    NUMBER(PyUnicode_Resize(NULL, 1), -1, INTERNAL);
    NUMBER(PyUnicode_Resize(&place, 1), -1, INTERNAL);
    NUMBER(PyUnicode_Resize(&number, 1), -1, INTERNAL);
    NUMBER(PyUnicode_Resize(&text, -1), -1, INTERNAL);
    POINTER(PyUnicode_AsUCS4(NULL, room, 4, 1), NAMED);
    POINTER(PyUnicode_AsUCS4(number, room, 4, 1), NO_TEXT);
    POINTER(PyUnicode_AsUCS4(text, NULL, 4, 1), INTERNAL);
    POINTER(PyUnicode_AsUCS4(text, room, -1, 1), INTERNAL);
    POINTER(PyUnicode_AsUCS4Copy(NULL), NAMED);
    POINTER(PyUnicode_AsUCS4Copy(number), NO_TEXT);
    POINTER(PyUnicode_FromWideChar(NULL, 1), INTERNAL);
    POINTER(PyUnicode_FromWideChar(NULL, -1), INTERNAL);
    NUMBER(PyUnicode_AsWideChar(NULL, wide, 4), -1, INTERNAL);
    NUMBER(PyUnicode_AsWideChar(number, wide, 4), -1, NO_TEXT);
    POINTER(PyUnicode_AsWideCharString(NULL, NULL), INTERNAL);
    POINTER(PyOS_FSPath(NULL), NAMED);
    NUMBER(PyUnicodeWriter_WriteChar(NULL, 'x'), -1, NAMED);
    NUMBER(PyUnicodeWriter_WriteUTF8(NULL, "x", 1), -1, NAMED);
    NUMBER(PyUnicodeWriter_WriteASCII(NULL, "x", 1), -1, NAMED);
    NUMBER(PyUnicodeWriter_WriteStr(NULL, text), -1, NAMED);
    NUMBER(PyUnicodeWriter_WriteRepr(NULL, text), -1, NAMED);
    NUMBER(PyUnicodeWriter_WriteSubstring(NULL, text, 0, 1), -1, NAMED);
    NUMBER(PyUnicodeWriter_Format(NULL, "x"), -1, NAMED);
    POINTER(PyUnicodeWriter_Finish(NULL), NAMED);
    VOID(PyUnicodeWriter_Discard(NULL), NO_ERROR);
}

static void
test_writer(void)
{
    PyUnicodeWriter *writer = PyUnicodeWriter_Create(0);
    NUMBER(PyUnicodeWriter_WriteStr(writer, NULL), -1, NAMED);
    NUMBER(PyUnicodeWriter_WriteSubstring(writer, NULL, 0, 1), -1, NAMED);
    NUMBER(PyUnicodeWriter_WriteUTF8(writer, NULL, 1), -1, NAMED);
    NUMBER(PyUnicodeWriter_WriteUTF8(writer, NULL, -1), -1, NAMED);
    NUMBER(PyUnicodeWriter_WriteWideChar(writer, NULL, -1), -1, NAMED);
    NUMBER(PyUnicodeWriter_WriteUCS4(writer, NULL, 1), -1, NAMED);
    NUMBER(PyUnicodeWriter_Format(writer, NULL), -1, NAMED);
    PyUnicodeWriter_Discard(writer);
}

static void
test_setobject(void)
{
    PyObject *set = PySet_New(list), *found;
    Py_ssize_t position = 0;
    Py_hash_t hash;

    NUMBER(PySet_Size(NULL), -1, INTERNAL);
    NUMBER(PySet_Size(list), -1, INTERNAL);
    NUMBER(PySet_Contains(NULL, text), -1, INTERNAL);
    NUMBER(PySet_Contains(list, text), -1, INTERNAL);
    NUMBER(PySet_Contains(set, NULL), -1, INTERNAL);
    NUMBER(PySet_Add(NULL, text), -1, INTERNAL);
    NUMBER(PySet_Add(list, text), -1, INTERNAL);
    NUMBER(PySet_Add(set, NULL), -1, INTERNAL);
    NUMBER(PySet_Discard(NULL, text), -1, INTERNAL);
    NUMBER(PySet_Discard(list, text), -1, INTERNAL);
    NUMBER(PySet_Discard(set, NULL), -1, INTERNAL);
    NUMBER(PySet_Clear(NULL), -1, INTERNAL);
    NUMBER(PySet_Clear(list), -1, INTERNAL);
    POINTER(PySet_Pop(NULL), INTERNAL);
    POINTER(PySet_Pop(list), INTERNAL);
    NUMBER(_PySet_NextEntry(NULL, &position, &found, &hash), -1, INTERNAL);
    NUMBER(_PySet_NextEntry(set, NULL, &found, &hash), -1, INTERNAL);
    NUMBER(_PySet_Update(NULL, list), -1, INTERNAL);
    NUMBER(_PySet_Update(set, NULL), -1, INTERNAL);
    position = 1000;
    NUMBER(_PySet_NextEntry(set, &position, &found, &hash), 0, NO_ERROR);
    position = -1;
    NUMBER(_PySet_NextEntry(set, &position, &found, &hash), 0, NO_ERROR);
    Py_DECREF(set);
}

static void
test_abstract(void)
{
    NUMBER(PyList_Sort(NULL), -1, INTERNAL);
    NUMBER(PyList_Sort(tuple), -1, INTERNAL);
    NUMBER(PySequence_Count(NULL, text), -1, ROUTINE);
    NUMBER(PySequence_Count(list, NULL), -1, ROUTINE);
    NUMBER(PySequence_Index(NULL, text), -1, ROUTINE);
    NUMBER(PySequence_In(list, NULL), -1, "SystemError: PySequence_Contains: bad argument to internal function");
    POINTER(PySequence_Repeat(NULL, 1), ROUTINE);
    POINTER(PySequence_InPlaceRepeat(NULL, 1), ROUTINE);
    POINTER(PySequence_InPlaceConcat(NULL, list), ROUTINE);
    POINTER(PySequence_InPlaceConcat(list, NULL), ROUTINE);
    POINTER(PyMapping_Keys(NULL), ROUTINE);
    POINTER(PyMapping_Values(NULL), ROUTINE);
    POINTER(PyMapping_Items(NULL), ROUTINE);
    NUMBER(PyMapping_GetOptionalItem(NULL, key, &place), -1, ROUTINE);
    NUMBER(PyMapping_GetOptionalItem(dict, NULL, &place), -1, ROUTINE);
    NUMBER(PyMapping_HasKeyWithError(NULL, key), -1, ROUTINE);
    NUMBER(PyObject_LengthHint(NULL, 1), -1, ROUTINE);
    POINTER(PyObject_Format(NULL, text), NAMED);
    POINTER(PyObject_Format(text, number), "SystemError: Format specifier must be a string, not int");
}

int
main(void)
{
    TAP_BEGIN();
    make_subjects();
    RUN(test_unicodeobject);
    RUN(test_writer);
    RUN(test_setobject);
    RUN(test_abstract);
    drop_subjects();
    return TAP_END();
}
