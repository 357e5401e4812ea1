/* Which operand's slot an operator asks, in which order, and the error when no slot answers.
 *
 * The types here are not made ready: the operators read only tp_as_number, tp_as_sequence and tp_base.  Each slot writes
 * down whose it is and its operands, and answers NotImplemented as long as the test says so.
 */
#include "outcome.h"
#include "static_types.h"

#include <stddef.h>

typedef PyObject *(*binary)(PyObject *, PyObject *);

/* The operators with one slot, and their forms in place. */
static const struct {
    const char *sign;
    binary function, in_place;
    size_t slot, in_place_slot;
} operators[] = {
#define ROW(sign, Name, name)                                                             \
    {sign, PyNumber_##Name, PyNumber_InPlace##Name, offsetof(PyNumberMethods, nb_##name), \
     offsetof(PyNumberMethods, nb_inplace_##name)}
    ROW("+", Add, add),
    ROW("-", Subtract, subtract),
    ROW("*", Multiply, multiply),
    ROW("@", MatrixMultiply, matrix_multiply),
    ROW("//", FloorDivide, floor_divide),
    ROW("/", TrueDivide, true_divide),
    ROW("%", Remainder, remainder),
    ROW("<<", Lshift, lshift),
    ROW(">>", Rshift, rshift),
    ROW("&", And, and),
    ROW("^", Xor, xor),
    ROW("|", Or, or),
    {"divmod()", PyNumber_Divmod, NULL, offsetof(PyNumberMethods, nb_divmod), 0},
#undef ROW
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static char written[512];
static int answers_left;

static const char *
name_of(PyObject *o)
{
    return Py_TYPE(o)->tp_name;
}

/* A slot of a type: says so, and answers when it is its turn. */
static PyObject *
answer(const char *owner, PyObject *v, PyObject *w)
{
    size_t length = strlen(written);
    snprintf(written + length, sizeof written - length, "%s(%s, %s) ", owner, name_of(v), name_of(w));
    if (answers_left-- > 0) {
        return Py_NewRef(Py_NotImplemented);
    }
    return PyUnicode_FromString("answer");
}

#define SLOTS(T)                                            \
    static PyObject *T##_binary(PyObject *v, PyObject *w)   \
    {                                                       \
        return answer(#T, v, w);                            \
    }                                                       \
    static PyObject *T##_in_place(PyObject *v, PyObject *w) \
    {                                                       \
        return answer(#T "=", v, w);                        \
    }                                                       \
    static PyNumberMethods T##_number;

SLOTS(Base)
SLOTS(Derived)
SLOTS(Other)

static PyTypeObject base_type, derived_type, heir_type, other_type, plain_type;
static PyObject base, derived, heir, other, plain;

static void
fill_types(void)
{
    fill_type(&base_type, "Base", &Base_number, NULL, &base);
    fill_type(&derived_type, "Derived", &Derived_number, &base_type, &derived);
    /* Derived from Base, with its very slots. */
    fill_type(&heir_type, "Heir", &Base_number, &base_type, &heir);
    fill_type(&other_type, "Other", &Other_number, NULL, &other);
    /* No number at all. */
    fill_type(&plain_type, "Plain", NULL, NULL, &plain);
}

static PyObject *const pool[] = {&base, &derived, &heir, &other, &plain};

static PyObject *
call(binary function, PyObject *v, PyObject *w, int refusals)
{
    written[0] = '\0';
    answers_left = refusals;
    return function(v, w);
}

static void
set_slots(size_t slot, int is_in_place)
{
#define SET(T) *(binary *)((char *)&T##_number + slot) = is_in_place ? T##_in_place : T##_binary
    SET(Base);
    SET(Derived);
    SET(Other);
#undef SET
}

static void
clear_slots(void)
{
    memset(&Base_number, 0, sizeof Base_number);
    memset(&Derived_number, 0, sizeof Derived_number);
    memset(&Other_number, 0, sizeof Other_number);
}

static const struct {
    int v, w;
    const char *order, *order_in_place;
} pairs[] = {
    {0, 0, "Base(Base, Base) ", "Base=(Base, Base) Base(Base, Base) "},
    {0, 1, "Derived(Base, Derived) Base(Base, Derived) ",
     "Base=(Base, Derived) Derived(Base, Derived) Base(Base, Derived) "},
    {0, 2, "Base(Base, Heir) ", "Base=(Base, Heir) Base(Base, Heir) "},
    {0, 3, "Base(Base, Other) Other(Base, Other) ", "Base=(Base, Other) Base(Base, Other) Other(Base, Other) "},
    {0, 4, "Base(Base, Plain) ", "Base=(Base, Plain) Base(Base, Plain) "},
    {1, 0, "Derived(Derived, Base) Base(Derived, Base) ",
     "Derived=(Derived, Base) Derived(Derived, Base) Base(Derived, Base) "},
    {1, 1, "Derived(Derived, Derived) ", "Derived=(Derived, Derived) Derived(Derived, Derived) "},
    {1, 2, "Derived(Derived, Heir) Base(Derived, Heir) ",
     "Derived=(Derived, Heir) Derived(Derived, Heir) Base(Derived, Heir) "},
    {2, 0, "Base(Heir, Base) ", "Base=(Heir, Base) Base(Heir, Base) "},
    {2, 1, "Base(Heir, Derived) Derived(Heir, Derived) ",
     "Base=(Heir, Derived) Base(Heir, Derived) Derived(Heir, Derived) "},
    {3, 1, "Other(Other, Derived) Derived(Other, Derived) ",
     "Other=(Other, Derived) Other(Other, Derived) Derived(Other, Derived) "},
    {4, 0, "Base(Plain, Base) ", "Base(Plain, Base) "},
    {4, 4, "", ""},
};

static void
test_order_of_slots(void)
{
    size_t i, j;
    char error[128];
    for (i = 0; i < COUNT(operators); i++) {
        clear_slots();
        set_slots(operators[i].slot, 0);
        for (j = 0; j < COUNT(pairs); j++) {
            PyObject *v = pool[pairs[j].v], *w = pool[pairs[j].w];
            snprintf(error, sizeof error, "TypeError: unsupported operand type(s) for %s: '%s' and '%s'",
                     operators[i].sign, name_of(v), name_of(w));
            is_str(outcome(call(operators[i].function, v, w, 9)), error, "%s %s %s: no slot answers, a TypeError",
                   name_of(v), operators[i].sign, name_of(w));
            is_str(written, pairs[j].order, "%s %s %s asks each slot in this order: %s", name_of(v), operators[i].sign,
                   name_of(w), pairs[j].order);
            if (operators[i].in_place == NULL || pairs[j].v == 4) {
                continue;
            }
            set_slots(operators[i].in_place_slot, 1);
            snprintf(error, sizeof error, "TypeError: unsupported operand type(s) for %s=: '%s' and '%s'",
                     operators[i].sign, name_of(v), name_of(w));
            is_str(outcome(call(operators[i].in_place, v, w, 9)), error, "%s %s= %s: no slot answers, a TypeError",
                   name_of(v), operators[i].sign, name_of(w));
            is_str(written, pairs[j].order_in_place, "%s %s= %s asks each slot in this order: %s", name_of(v),
                   operators[i].sign, name_of(w), pairs[j].order_in_place);
            clear_slots();
            set_slots(operators[i].slot, 0);
        }
    }
    clear_slots();
}

static void
test_first_answer_counts(void)
{
    size_t i;
    int refusals;
    static const char *const orders[] = {"Derived(Base, Derived) ", "Derived(Base, Derived) Base(Base, Derived) "};
    for (i = 0; i < COUNT(operators); i++) {
        set_slots(operators[i].slot, 0);
        for (refusals = 0; refusals < 2; refusals++) {
            is_str(outcome(call(operators[i].function, &base, &derived, refusals)), "'answer'",
                   "%s gives the answer of slot %d", operators[i].sign, refusals);
            is_str(written, orders[refusals], "%s asks no slot after the one that answers", operators[i].sign);
        }
        if (operators[i].in_place != NULL) {
            set_slots(operators[i].in_place_slot, 1);
            is_str(outcome(call(operators[i].in_place, &base, &derived, 0)), "'answer'",
                   "%s= gives the answer of the left operand's slot in place", operators[i].sign);
            is_str(written, "Base=(Base, Derived) ", "%s= asks only the left operand's slot in place",
                   operators[i].sign);
        }
        clear_slots();
    }
}

/* Powers have three operands, each with a slot. */
static PyObject *
power(const char *owner, PyObject *v, PyObject *w, PyObject *z)
{
    size_t length = strlen(written);
    snprintf(written + length, sizeof written - length, "%s(%s, %s, %s) ", owner, name_of(v), name_of(w), name_of(z));
    if (answers_left-- > 0) {
        return Py_NewRef(Py_NotImplemented);
    }
    return PyUnicode_FromString("answer");
}

#define POWER(T)                                                               \
    static PyObject *T##_power(PyObject *v, PyObject *w, PyObject *z)          \
    {                                                                          \
        return power(#T, v, w, z);                                             \
    }                                                                          \
    static PyObject *T##_power_in_place(PyObject *v, PyObject *w, PyObject *z) \
    {                                                                          \
        return power(#T "=", v, w, z);                                         \
    }
POWER(Base)
POWER(Derived)

static PyObject *
Other_power(PyObject *v, PyObject *w, PyObject *z)
{
    return power("Other", v, w, z);
}

#define NO_POWER(sign, types) "TypeError: unsupported operand type(s) for " sign ": " types

static void
test_powers(void)
{
    static const struct {
        int v, w, z;
        const char *order, *error, *error_in_place;
    } rows[] = {
        {0, 0, 0, "Base(Base, Base, Base) ", NO_POWER("** or pow()", "'Base', 'Base', 'Base'"),
         NO_POWER("**=", "'Base', 'Base', 'Base'")},
        {0, 1, 3, "Derived(Base, Derived, Other) Base(Base, Derived, Other) Other(Base, Derived, Other) ",
         NO_POWER("** or pow()", "'Base', 'Derived', 'Other'"), NO_POWER("**=", "'Base', 'Derived', 'Other'")},
        {0, 3, 1, "Base(Base, Other, Derived) Other(Base, Other, Derived) Derived(Base, Other, Derived) ",
         NO_POWER("** or pow()", "'Base', 'Other', 'Derived'"), NO_POWER("**=", "'Base', 'Other', 'Derived'")},
        {0, 1, 1, "Derived(Base, Derived, Derived) Base(Base, Derived, Derived) Derived(Base, Derived, Derived) ",
         NO_POWER("** or pow()", "'Base', 'Derived', 'Derived'"), NO_POWER("**=", "'Base', 'Derived', 'Derived'")},
        {0, 3, 3, "Base(Base, Other, Other) Other(Base, Other, Other) ",
         NO_POWER("** or pow()", "'Base', 'Other', 'Other'"), NO_POWER("**=", "'Base', 'Other', 'Other'")},
        {4, 4, 0, "Base(Plain, Plain, Base) ", NO_POWER("** or pow()", "'Plain', 'Plain', 'Base'"),
         NO_POWER("**=", "'Plain', 'Plain', 'Base'")},
        {0, 3, -1, "Base(Base, Other, NoneType) Other(Base, Other, NoneType) ",
         NO_POWER("** or pow()", "'Base' and 'Other'"), NO_POWER("**=", "'Base' and 'Other'")},
        {4, 4, -1, "", NO_POWER("** or pow()", "'Plain' and 'Plain'"), NO_POWER("**=", "'Plain' and 'Plain'")},
    };
    size_t i;
    Base_number.nb_power = Base_power;
    Derived_number.nb_power = Derived_power;
    Other_number.nb_power = Other_power;
    for (i = 0; i < COUNT(rows); i++) {
        PyObject *v = pool[rows[i].v], *w = pool[rows[i].w], *z = rows[i].z < 0 ? Py_None : pool[rows[i].z];
        written[0] = '\0';
        answers_left = 9;
        is_str(outcome(PyNumber_Power(v, w, z)), rows[i].error, "pow(%s, %s, %s): no slot answers, a TypeError",
               name_of(v), name_of(w), name_of(z));
        is_str(written, rows[i].order, "pow(%s, %s, %s) asks each slot in this order: %s", name_of(v), name_of(w),
               name_of(z), rows[i].order);
        written[0] = '\0';
        is_str(outcome(PyNumber_InPlacePower(v, w, z)), rows[i].error_in_place,
               "pow(%s, %s, %s) in place: no slot answers, a TypeError", name_of(v), name_of(w), name_of(z));
        is_str(written, rows[i].order, "pow(%s, %s, %s) in place asks the other slots too: %s", name_of(v), name_of(w),
               name_of(z), rows[i].order);
    }
    Base_number.nb_inplace_power = Base_power_in_place;
    Derived_number.nb_inplace_power = Derived_power_in_place;
    written[0] = '\0';
    answers_left = 1;
    is_str(outcome(PyNumber_InPlacePower(&base, &derived, Py_None)), "'answer'",
           "a power in place gives the first answer");
    is_str(written, "Base=(Base, Derived, NoneType) Derived(Base, Derived, NoneType) ",
           "a power in place asks the left operand's slot in place first, and the other slots then");
    clear_slots();
}

static PyObject *
Base_unary(PyObject *o)
{
    return PyUnicode_FromFormat("unary of %s", name_of(o));
}

static void
test_unary(void)
{
    static const struct {
        const char *sign;
        PyObject *(*function)(PyObject *);
        size_t slot;
    } rows[] = {
        {"unary -", PyNumber_Negative, offsetof(PyNumberMethods, nb_negative)},
        {"unary +", PyNumber_Positive, offsetof(PyNumberMethods, nb_positive)},
        {"unary ~", PyNumber_Invert, offsetof(PyNumberMethods, nb_invert)},
        {"abs()", PyNumber_Absolute, offsetof(PyNumberMethods, nb_absolute)},
    };
    size_t i;
    char error[128];
    for (i = 0; i < COUNT(rows); i++) {
        snprintf(error, sizeof error, "TypeError: bad operand type for %s: 'Base'", rows[i].sign);
        is_str(outcome(rows[i].function(&base)), error, "%s of a type without the slot is a TypeError", rows[i].sign);
        snprintf(error, sizeof error, "TypeError: bad operand type for %s: 'Plain'", rows[i].sign);
        is_str(outcome(rows[i].function(&plain)), error, "%s of a type without numbers is a TypeError", rows[i].sign);
        *(PyObject * (**)(PyObject *))((char *)&Base_number + rows[i].slot) = Base_unary;
        is_str(outcome(rows[i].function(&heir)), "'unary of Heir'", "%s gives the answer of the slot", rows[i].sign);
        is_str(outcome(rows[i].function(NULL)), "SystemError: null argument to internal routine",
               "%s of NULL is an internal error", rows[i].sign);
        clear_slots();
    }
}

/* Sequences: + and * fall back to their slots. */
static PyObject *
concat(PyObject *v, PyObject *w)
{
    return PyUnicode_FromFormat("concat %s %s", name_of(v), name_of(w));
}

static PyObject *
concat_in_place(PyObject *v, PyObject *w)
{
    return PyUnicode_FromFormat("concat in place %s %s", name_of(v), name_of(w));
}

static PyObject *
repeat(PyObject *v, Py_ssize_t times)
{
    return PyUnicode_FromFormat("repeat %s %zd", name_of(v), times);
}

static PyObject *
repeat_in_place(PyObject *v, Py_ssize_t times)
{
    return PyUnicode_FromFormat("repeat in place %s %zd", name_of(v), times);
}

static PySequenceMethods empty_sequence, plain_sequence, full_sequence;
static PyTypeObject sequence_type;
static PyObject sequence;

static void
fill_sequences(void)
{
    plain_sequence.sq_concat = full_sequence.sq_concat = concat;
    plain_sequence.sq_repeat = full_sequence.sq_repeat = repeat;
    full_sequence.sq_inplace_concat = concat_in_place;
    full_sequence.sq_inplace_repeat = repeat_in_place;
    fill_type(&sequence_type, "Sequence", NULL, NULL, &sequence);
    sequence_type.tp_as_sequence = &plain_sequence;
}

static void
test_sequences(void)
{
    PyObject *three = PyLong_FromLong(3);
    PyObject *large = PyLong_FromUnsignedLongLong(18446744073709551615ULL);
    PyObject *text = PyUnicode_FromString("x");
    fill_sequences();
    is_str(outcome(PyNumber_Add(&sequence, &plain)), "'concat Sequence Plain'", "+ joins sequences");
    is_str(outcome(PyNumber_Add(&plain, &sequence)),
           "TypeError: unsupported operand type(s) for +: 'Plain' and 'Sequence'",
           "+ does not ask the right operand to join");
    is_str(outcome(PyNumber_InPlaceAdd(&sequence, &plain)), "'concat Sequence Plain'",
           "+= joins sequences without a slot in place");
    is_str(outcome(PyNumber_Multiply(&sequence, three)), "'repeat Sequence 3'", "* repeats a sequence");
    is_str(outcome(PyNumber_Multiply(three, &sequence)), "'repeat Sequence 3'", "* repeats a sequence on the right");
    is_str(outcome(PyNumber_InPlaceMultiply(&sequence, three)), "'repeat Sequence 3'",
           "*= repeats a sequence without a slot in place");
    is_str(outcome(PyNumber_InPlaceMultiply(three, &sequence)), "'repeat Sequence 3'",
           "*= repeats a sequence on the right");
    is_str(outcome(PyNumber_Multiply(&sequence, text)), "TypeError: can't multiply sequence by non-int of type 'str'",
           "a sequence times a text is a TypeError");
    is_str(outcome(PyNumber_Multiply(text, &sequence)),
           "TypeError: can't multiply sequence by non-int of type 'Sequence'",
           "a text times a sequence is a TypeError of the text's");
    is_str(outcome(PyNumber_Multiply(&sequence, large)), "OverflowError: cannot fit 'int' into an index-sized integer",
           "a sequence can't be repeated too often");
    is_str(outcome(PyNumber_Multiply(&sequence, &plain)),
           "TypeError: can't multiply sequence by non-int of type 'Plain'", "a sequence times a plain object");
    is_str(outcome(PyNumber_Multiply(&plain, &base)),
           "TypeError: unsupported operand type(s) for *: 'Plain' and 'Base'", "no sequence among the operands of *");
    sequence_type.tp_as_sequence = &full_sequence;
    is_str(outcome(PyNumber_InPlaceAdd(&sequence, &plain)), "'concat in place Sequence Plain'",
           "+= joins by the slot in place");
    is_str(outcome(PyNumber_InPlaceMultiply(&sequence, three)), "'repeat in place Sequence 3'",
           "*= repeats by the slot in place");
    is_str(outcome(PyNumber_InPlaceMultiply(three, &sequence)), "'repeat Sequence 3'",
           "*= repeats a sequence on the right, not in place");
    sequence_type.tp_as_sequence = &empty_sequence;
    is_str(outcome(PyNumber_Add(&sequence, &plain)),
           "TypeError: unsupported operand type(s) for +: 'Sequence' and 'Plain'",
           "+ of a sequence that can't join is a TypeError");
    is_str(outcome(PyNumber_InPlaceAdd(&sequence, &plain)),
           "TypeError: unsupported operand type(s) for +=: 'Sequence' and 'Plain'",
           "+= of a sequence that can't join is a TypeError");
    is_str(outcome(PyNumber_Multiply(&sequence, text)),
           "TypeError: can't multiply sequence by non-int of type 'Sequence'",
           "* asks the right operand when the left sequence can't repeat");
    is_str(outcome(PyNumber_InPlaceMultiply(&sequence, text)),
           "TypeError: unsupported operand type(s) for *=: 'Sequence' and 'str'",
           "*= does not ask the right operand when the left is a sequence");
    Py_DECREF(three);
    Py_DECREF(large);
    Py_DECREF(text);
}

int
main(void)
{
    TAP_BEGIN();
    fill_types();
    RUN(test_order_of_slots);
    RUN(test_first_answer_counts);
    RUN(test_powers);
    RUN(test_unary);
    RUN(test_sequences);
    return TAP_END();
}
