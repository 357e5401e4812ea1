/* The classes and the case of all characters of Unicode.
 *
 * Each function is called with all 0x110000 code points, and a checksum of its results is compared with CPython's.  A function
 * that maps characters is also seen through the method of str, which may give several characters for one.
 *
 * With FEW in the environment these are the first 0x11000 code points, since all of them take minutes under a memory checker.
 */
#include "tap.h"

#include <stdint.h>

/* How many code points there are, with FEW in the environment and without, and a checksum of the results for them. */
enum { FEW = 0, ALL = 1 };
static const Py_UCS4 POINTS[] = {0x11000, 0x110000};
static int range = ALL;

static uint32_t
mix(uint32_t sum, uint32_t value)
{
    int i;
    for (i = 0; i < 4; i++) {
        sum = (sum ^ (value >> (8 * i) & 0xff)) * 16777619u;
    }
    return sum;
}

typedef struct {
    const char *name;
    int (*function)(Py_UCS4);
    long numbers[2];
    uint32_t sums[2];
} Class;

static const Class CLASSES[] = {
    {"IsLowercase", _PyUnicode_IsLowercase, {1881, 2569}, {2654402820u, 890836852u}},
    {"IsUppercase", _PyUnicode_IsUppercase, {1358, 1978}, {706322005u, 2836262549u}},
    {"IsTitlecase", _PyUnicode_IsTitlecase, {31, 31}, {4239913764u, 3371430692u}},
    {"IsWhitespace", _PyUnicode_IsWhitespace, {29, 29}, {2537284228u, 3306676868u}},
    {"IsLinebreak", _PyUnicode_IsLinebreak, {10, 10}, {1257840149u, 4158397973u}},
    {"IsAlpha", _PyUnicode_IsAlpha, {51201, 141028}, {595604564u, 3732282149u}},
    {"IsDecimalDigit", _PyUnicode_IsDecimalDigit, {400, 760}, {3752966981u, 3424496901u}},
    {"IsDigit", _PyUnicode_IsDigit, {508, 888}, {3329267605u, 3003493445u}},
    {"IsNumeric", _PyUnicode_IsNumeric, {1181, 2002}, {2926638164u, 2858862661u}},
    {"IsPrintable", _PyUnicode_IsPrintable, {58322, 154810}, {722253253u, 3535016133u}},
    {"ToDecimalDigit", _PyUnicode_ToDecimalDigit, {360, 684}, {3007316645u, 2499897333u}},
    {"ToDigit", _PyUnicode_ToDigit, {464, 806}, {3973231321u, 240732409u}},
};

static void
test_classes(void)
{
    size_t i;
    for (i = 0; i < sizeof CLASSES / sizeof *CLASSES; i++) {
        const Class *row = &CLASSES[i];
        uint32_t sum = 2166136261u;
        long number = 0;
        Py_UCS4 point;
        for (point = 0; point < POINTS[range]; point++) {
            int result = row->function(point);
            number += result > 0;
            sum = mix(sum, (uint32_t)result);
        }
        is_int(number, row->numbers[range],
               "_PyUnicode_%s gives a positive number for as many characters as in Unicode 16", row->name);
        is_int(sum, row->sums[range], "_PyUnicode_%s gives the same for each character", row->name);
    }
}

typedef struct {
    const char *name;
    Py_UCS4 (*function)(Py_UCS4);
    uint32_t sums[2];
} Mapping;

static const Mapping MAPPINGS[] = {
    {"ToLowercase", _PyUnicode_ToLowercase, {3386719848u, 1429252188u}},
    {"ToUppercase", _PyUnicode_ToUppercase, {2049848464u, 1968625244u}},
    {"ToTitlecase", _PyUnicode_ToTitlecase, {1461832808u, 1016138836u}},
};

static void
test_mappings(void)
{
    size_t i;
    for (i = 0; i < sizeof MAPPINGS / sizeof *MAPPINGS; i++) {
        uint32_t sum = 2166136261u;
        Py_UCS4 point;
        for (point = 0; point < POINTS[range]; point++) {
            sum = mix(sum, MAPPINGS[i].function(point));
        }
        is_int(sum, MAPPINGS[i].sums[range], "_PyUnicode_%s gives the same for each character", MAPPINGS[i].name);
    }
}

/* The characters before and after each character, in the string whose method is called. */
typedef struct {
    const char *method;
    Py_UCS4 before, after;
    uint32_t sums[2];
} Method;

static const Method METHODS[] = {
    {"lower", 0, 0, {734165722u, 541446182u}},         {"lower", 0, 0x3a3, {1953542739u, 3596726219u}},
    {"lower", 'A', 0x3a3, {3279214031u, 2567963038u}}, {"lower", 0x3a3, 'b', {3916168310u, 598625550u}},
    {"upper", 0, 0, {2831078038u, 2758413994u}},       {"title", 0, 'A', {2227376210u, 1628549670u}},
    {"title", 'A', 'A', {1870234790u, 1568942306u}},   {"casefold", 0, 0, {391991988u, 3255787112u}},
    {"swapcase", 0, 0, {1867348153u, 3387150665u}},    {"capitalize", 0, 0, {914959552u, 2429930638u}},
};

#define GROUP 256

/* The checksum of the results of a method for groups of characters; 0 with an error set. */
static uint32_t
sum_of_method(const Method *method)
{
    static Py_UCS4 points[4 * GROUP];
    uint32_t sum = 2166136261u;
    Py_UCS4 first;
    for (first = 0; first < POINTS[range]; first += GROUP) {
        PyObject *text, *result;
        Py_ssize_t i, count = 0;
        for (i = 0; i < GROUP; i++) {
            if (method->before != 0) {
                points[count++] = method->before;
            }
            points[count++] = first + (Py_UCS4)i;
            if (method->after != 0) {
                points[count++] = method->after;
            }
            points[count++] = ' ';
        }
        text = PyUnicode_FromKindAndData(4, points, count);
        result = PyObject_CallMethodNoArgs(text, PyUnicode_InternFromString(method->method));
        Py_DECREF(text);
        if (result == NULL) {
            return 0;
        }
        count = PyUnicode_GetLength(result);
        for (i = 0; i < count; i++) {
            sum = mix(sum, PyUnicode_ReadChar(result, i));
        }
        Py_DECREF(result);
    }
    return sum;
}

static void
test_methods(void)
{
    size_t i;
    for (i = 0; i < sizeof METHODS / sizeof *METHODS; i++) {
        const Method *method = &METHODS[i];
        is_int(sum_of_method(method), method->sums[range],
               "%s() gives the same for each character, with U+%04X before it and U+%04X after it", method->method,
               (unsigned)method->before, (unsigned)method->after);
    }
}

/* The methods that answer a question, for a string of one character. */
typedef struct {
    const char *method;
    uint32_t sums[2];
} Question;

static const Question QUESTIONS[] = {
    {"isalpha", {595604564u, 3732282149u}},      {"isalnum", {1391251972u, 4173291796u}},
    {"isdecimal", {3752966981u, 3424496901u}},   {"isdigit", {3329267605u, 3003493445u}},
    {"isnumeric", {2926638164u, 2858862661u}},   {"islower", {2654402820u, 890836852u}},
    {"isupper", {706322005u, 2836262549u}},      {"istitle", {668886420u, 1608062292u}},
    {"isspace", {2537284228u, 3306676868u}},     {"isprintable", {722253253u, 3535016133u}},
    {"isidentifier", {2375298900u, 407527796u}}, {"isascii", {2509232581u, 2403523013u}},
};

static void
test_questions(void)
{
    size_t i;
    for (i = 0; i < sizeof QUESTIONS / sizeof *QUESTIONS; i++) {
        PyObject *name = PyUnicode_InternFromString(QUESTIONS[i].method);
        uint32_t sum = 2166136261u;
        int point;
        for (point = 0; point < (int)POINTS[range]; point++) {
            PyObject *text = PyUnicode_FromOrdinal(point);
            PyObject *result = PyObject_CallMethodNoArgs(text, name);
            sum = mix(sum, result == Py_True);
            Py_XDECREF(result);
            Py_DECREF(text);
        }
        is_int(sum, QUESTIONS[i].sums[range], "%s() gives the same for each character", QUESTIONS[i].method);
        Py_DECREF(name);
    }
}

static void
test_white_space(void)
{
    int point, wrong = 0;
    for (point = 0; point < 128; point++) {
        wrong += _Py_ascii_whitespace[point] != _PyUnicode_IsWhitespace((Py_UCS4)point);
    }
    is_int(wrong, 0, "_Py_ascii_whitespace says the same as _PyUnicode_IsWhitespace");
    is_int(_PyUnicode_IsAlpha(0x110000) + _PyUnicode_IsNumeric(0xffffffff) + _PyUnicode_IsPrintable(0x110000), 0,
           "a number beyond Unicode has no class");
    is_int(_PyUnicode_ToUppercase(0x110000), 0x110000, "a number beyond Unicode is its own capital");
}

int
main(void)
{
    TAP_BEGIN();
    range = getenv("FEW") != NULL ? FEW : ALL;
    RUN(test_classes);
    RUN(test_mappings);
    RUN(test_methods);
    RUN(test_questions);
    RUN(test_white_space);
    return TAP_END();
}
