/* Bad input to the functions for numbers and slices: see bad_input.h. */
#include "bad_input.h"

static Py_ssize_t start, stop, step, count;

static void
test_operators(void)
{
    POINTER(PyNumber_Subtract(NULL, number), ROUTINE);
    POINTER(PyNumber_Subtract(number, NULL), ROUTINE);
    POINTER(PyNumber_InPlaceSubtract(NULL, number), ROUTINE);
    POINTER(PyNumber_InPlaceSubtract(number, NULL), ROUTINE);
    POINTER(PyNumber_MatrixMultiply(NULL, number), ROUTINE);
    POINTER(PyNumber_MatrixMultiply(number, NULL), ROUTINE);
    POINTER(PyNumber_InPlaceMatrixMultiply(NULL, number), ROUTINE);
    POINTER(PyNumber_InPlaceMatrixMultiply(number, NULL), ROUTINE);
    POINTER(PyNumber_FloorDivide(NULL, number), ROUTINE);
    POINTER(PyNumber_FloorDivide(number, NULL), ROUTINE);
    POINTER(PyNumber_InPlaceFloorDivide(NULL, number), ROUTINE);
    POINTER(PyNumber_InPlaceFloorDivide(number, NULL), ROUTINE);
    POINTER(PyNumber_TrueDivide(NULL, number), ROUTINE);
    POINTER(PyNumber_TrueDivide(number, NULL), ROUTINE);
    POINTER(PyNumber_InPlaceTrueDivide(NULL, number), ROUTINE);
    POINTER(PyNumber_InPlaceTrueDivide(number, NULL), ROUTINE);
    POINTER(PyNumber_Remainder(NULL, number), ROUTINE);
    POINTER(PyNumber_Remainder(number, NULL), ROUTINE);
    POINTER(PyNumber_InPlaceRemainder(NULL, number), ROUTINE);
    POINTER(PyNumber_InPlaceRemainder(number, NULL), ROUTINE);
    POINTER(PyNumber_Divmod(NULL, number), ROUTINE);
    POINTER(PyNumber_Divmod(number, NULL), ROUTINE);
    POINTER(PyNumber_Lshift(NULL, number), ROUTINE);
    POINTER(PyNumber_Lshift(number, NULL), ROUTINE);
    POINTER(PyNumber_InPlaceLshift(NULL, number), ROUTINE);
    POINTER(PyNumber_InPlaceLshift(number, NULL), ROUTINE);
    POINTER(PyNumber_Rshift(NULL, number), ROUTINE);
    POINTER(PyNumber_Rshift(number, NULL), ROUTINE);
    POINTER(PyNumber_InPlaceRshift(NULL, number), ROUTINE);
    POINTER(PyNumber_InPlaceRshift(number, NULL), ROUTINE);
    POINTER(PyNumber_And(NULL, number), ROUTINE);
    POINTER(PyNumber_And(number, NULL), ROUTINE);
    POINTER(PyNumber_InPlaceAnd(NULL, number), ROUTINE);
    POINTER(PyNumber_InPlaceAnd(number, NULL), ROUTINE);
    POINTER(PyNumber_Xor(NULL, number), ROUTINE);
    POINTER(PyNumber_Xor(number, NULL), ROUTINE);
    POINTER(PyNumber_InPlaceXor(NULL, number), ROUTINE);
    POINTER(PyNumber_InPlaceXor(number, NULL), ROUTINE);
    POINTER(PyNumber_Or(NULL, number), ROUTINE);
    POINTER(PyNumber_Or(number, NULL), ROUTINE);
    POINTER(PyNumber_InPlaceOr(NULL, number), ROUTINE);
    POINTER(PyNumber_InPlaceOr(number, NULL), ROUTINE);
    POINTER(PyNumber_Add(NULL, number), ROUTINE);
    POINTER(PyNumber_Add(number, NULL), ROUTINE);
    POINTER(PyNumber_InPlaceAdd(NULL, number), ROUTINE);
    POINTER(PyNumber_InPlaceAdd(number, NULL), ROUTINE);
    POINTER(PyNumber_Multiply(NULL, number), ROUTINE);
    POINTER(PyNumber_Multiply(number, NULL), ROUTINE);
    POINTER(PyNumber_InPlaceMultiply(NULL, number), ROUTINE);
    POINTER(PyNumber_InPlaceMultiply(number, NULL), ROUTINE);
    POINTER(PyNumber_Power(NULL, number, Py_None), ROUTINE);
    POINTER(PyNumber_Power(number, NULL, Py_None), ROUTINE);
    POINTER(PyNumber_Power(number, number, NULL), ROUTINE);
    POINTER(PyNumber_InPlacePower(NULL, number, Py_None), ROUTINE);
    POINTER(PyNumber_InPlacePower(number, NULL, Py_None), ROUTINE);
    POINTER(PyNumber_InPlacePower(number, number, NULL), ROUTINE);
    POINTER(PyNumber_Negative(NULL), ROUTINE);
    POINTER(PyNumber_Positive(NULL), ROUTINE);
    POINTER(PyNumber_Absolute(NULL), ROUTINE);
    POINTER(PyNumber_Invert(NULL), ROUTINE);
    POINTER(PyNumber_ToBase(NULL, 10), ROUTINE);
    POINTER(PyNumber_ToBase(number, 7), "SystemError: PyNumber_ToBase: base must be 2, 8, 10 or 16");
}

static void
test_longobject(void)
{
    static const char text_of_no_int[] = "TypeError: expect int, got str";
    static const char text_of_no_number[] = "TypeError: expected int, got str";
    int32_t i32 = 0;
    uint64_t u64 = 0;
    int sign = 0;
    unsigned char byte[1] = {0};
    PyLongExport export;
    void *digits = NULL;

    NUMBER(PyLong_AsInt32(NULL, &i32), -1, INTERNAL);
    NUMBER(PyLong_AsUInt64(NULL, &u64), -1, INTERNAL);
    NUMBER(PyLong_AsInt32(number, NULL), 0, NO_ERROR);
    NUMBER(PyLong_GetSign(NULL, &sign), -1, INTERNAL);
    NUMBER(PyLong_GetSign(text, &sign), -1, text_of_no_int);
    NUMBER(PyLong_IsPositive(NULL), -1, INTERNAL);
    NUMBER(PyLong_IsNegative(text), -1, text_of_no_number);
    NUMBER(PyLong_IsZero(text), -1, text_of_no_number);
    NUMBER(PyLong_AsNativeBytes(NULL, byte, 1, -1), -1, INTERNAL);
    NUMBER(PyLong_AsNativeBytes(number, byte, -1, -1), -1, INTERNAL);
    POINTER(PyLong_FromNativeBytes(NULL, 1, -1), INTERNAL);
    POINTER(PyLong_FromUnsignedNativeBytes(NULL, 1, -1), INTERNAL);
    NUMBER(PyLong_Export(NULL, &export), -1, INTERNAL);
    NUMBER(PyLong_Export(text, &export), -1, text_of_no_int);
    POINTER(PyLongWriter_Create(0, -1, &digits), "ValueError: ndigits must be positive");
    POINTER(PyLongWriter_Finish(NULL), NAMED);
    POINTER(PyLong_FromString(NULL, NULL, 10), NAMED);
    POINTER(PyLong_FromUnicodeObject(NULL, 10), INTERNAL);
    POINTER(PyLong_FromUnicodeObject(bytes, 10), INTERNAL);
}

static void
test_floats(void)
{
    POINTER(PyFloat_FromString(NULL), NAMED);
    NUMBER(PyOS_string_to_double(NULL, NULL, NULL), -1, NAMED);
    NUMBER(PyComplex_RealAsDouble(NULL), -1, NAMED);
    NUMBER(PyComplex_ImagAsDouble(NULL), -1, NAMED);
    NUMBER(PyComplex_AsCComplex(NULL).real, -1, NAMED);
    NUMBER(PyComplex_RealAsDouble(text), -1, "TypeError: must be real number, not str");
}

static void
test_slices(void)
{
    NUMBER(PySlice_Unpack(NULL, &start, &stop, &step), -1, INTERNAL);
    NUMBER(PySlice_Unpack(list, &start, &stop, &step), -1, INTERNAL);
    NUMBER((PySlice_GetIndicesEx)(list, 1, &start, &stop, &step, &count), -1, INTERNAL);
    NUMBER(PySlice_GetIndices(list, 1, &start, &stop, &step), -1, INTERNAL);
    NUMBER(PySlice_AdjustIndices(1, NULL, &stop, 1), 0, NO_ERROR);
    NUMBER(PySlice_AdjustIndices(1, &start, &stop, 0), 0, NO_ERROR);
}

int
main(void)
{
    TAP_BEGIN();
    make_subjects();
    RUN(test_operators);
    RUN(test_longobject);
    RUN(test_floats);
    RUN(test_slices);
    drop_subjects();
    return TAP_END();
}
