/* Dispatchers: a method in the dict of a class fills the slot, gets its arguments in the right order, and its answer is checked. */
#include "callables.h"

#include <stddef.h>

static PyObject *one, *two;

/* The arguments of the last call of a method that `returning` made. */
static PyObject *seen;

static PyObject *
record(PyObject *self, PyObject *arguments)
{
    Py_INCREF(arguments);
    Py_XDECREF(seen);
    seen = arguments;
    if (PyExceptionClass_Check(self)) {
        PyErr_SetNone(self);
        return NULL;
    }
    Py_INCREF(self);
    return self;
}

static PyMethodDef record_definition = {"record", record, METH_VARARGS, NULL};

/* A method that records its arguments, and returns `answer` or raises it, if it is an exception class. */
static PyObject *
returning(PyObject *answer)
{
    PyObject *function = PyCFunction_NewEx(&record_definition, answer, NULL), *method = PyInstanceMethod_New(function);

    Py_DECREF(function);
    return method;
}

/* A new class with one method. */
static PyObject *
class_of(PyObject *from, const char *name, PyObject *answer)
{
    PyObject *attributes = PyDict_New(), *method, *made;

    if (name != NULL) {
        method = returning(answer);
        PyDict_SetItemString(attributes, name, method);
        Py_DECREF(method);
    }
    made = class_with("test.C", from, attributes);
    Py_DECREF(attributes);
    return made;
}

/* The offsets of slots in a class made at run time. */
#define T(slot) offsetof(PyHeapTypeObject, ht_type.slot)
#define N(slot) offsetof(PyHeapTypeObject, as_number.slot)
#define S(slot) offsetof(PyHeapTypeObject, as_sequence.slot)
#define M(slot) offsetof(PyHeapTypeObject, as_mapping.slot)
#define A(slot) offsetof(PyHeapTypeObject, as_async.slot)

/* A slot, by the signatures that are called here. */
typedef union {
    void (*any)(void);
    unaryfunc unary;
    binaryfunc binary;
    ternaryfunc ternary;
    inquiry predicate;
    lenfunc length;
    hashfunc hash;
    ssizeargfunc indexed;
    ssizeobjargproc assign_indexed;
    objobjargproc assign;
    objobjproc contains;
    richcmpfunc compare;
    destructor end;
} Function;

static Function
slot_of(PyObject *object, size_t offset)
{
    Function slot;

    memcpy(&slot, (char *)Py_TYPE(object) + offset, sizeof slot);
    return slot;
}

/* The kinds of slots, by their signature. */
enum { UNARY, BINARY, TERNARY, PREDICATE, LENGTH, INDEXED, ASSIGN_INDEXED, ASSIGN, CONTAINS, HASH };

/* Calls a slot with as many of the operands as its kind takes. */
static const char *
call_slot(PyObject *object, size_t offset, int kind, PyObject *operand, PyObject *last)
{
    Function slot = slot_of(object, offset);

    if (slot.any == NULL) {
        return "no slot";
    }
    switch (kind) {
    case UNARY: return outcome(slot.unary(object));
    case BINARY: return outcome(slot.binary(object, operand));
    case TERNARY: return outcome(slot.ternary(object, operand, last));
    case PREDICATE: return outcome_int(slot.predicate(object));
    case LENGTH: return outcome_int(slot.length(object));
    case HASH: return outcome_int(slot.hash(object));
    case INDEXED: return outcome(slot.indexed(object, 7));
    case ASSIGN_INDEXED: return outcome_int(slot.assign_indexed(object, 7, last));
    case ASSIGN: return outcome_int(slot.assign(object, operand, last));
    default: return outcome_int(slot.contains(object, operand));
    }
}

static void
test_methods_fill_slots(void)
{
    static const struct {
        const char *name;
        size_t slot;
        int kind;
        const char *arguments; /* that the method gets; operand is 1, last is 2 */
        int deletes;
    } rows[] = {
        {"__repr__", T(tp_repr), UNARY, "(C(),)", 0},
        {"__str__", T(tp_str), UNARY, "(C(),)", 0},
        {"__iter__", T(tp_iter), UNARY, "(C(),)", 0},
        {"__next__", T(tp_iternext), UNARY, "(C(),)", 0},
        {"__await__", A(am_await), UNARY, "(C(),)", 0},
        {"__aiter__", A(am_aiter), UNARY, "(C(),)", 0},
        {"__anext__", A(am_anext), UNARY, "(C(),)", 0},
        {"__neg__", N(nb_negative), UNARY, "(C(),)", 0},
        {"__pos__", N(nb_positive), UNARY, "(C(),)", 0},
        {"__abs__", N(nb_absolute), UNARY, "(C(),)", 0},
        {"__invert__", N(nb_invert), UNARY, "(C(),)", 0},
        {"__int__", N(nb_int), UNARY, "(C(),)", 0},
        {"__float__", N(nb_float), UNARY, "(C(),)", 0},
        {"__index__", N(nb_index), UNARY, "(C(),)", 0},
        {"__add__", N(nb_add), BINARY, "(C(), 1)", 0},
        {"__sub__", N(nb_subtract), BINARY, "(C(), 1)", 0},
        {"__mul__", N(nb_multiply), BINARY, "(C(), 1)", 0},
        {"__mod__", N(nb_remainder), BINARY, "(C(), 1)", 0},
        {"__divmod__", N(nb_divmod), BINARY, "(C(), 1)", 0},
        {"__lshift__", N(nb_lshift), BINARY, "(C(), 1)", 0},
        {"__rshift__", N(nb_rshift), BINARY, "(C(), 1)", 0},
        {"__and__", N(nb_and), BINARY, "(C(), 1)", 0},
        {"__xor__", N(nb_xor), BINARY, "(C(), 1)", 0},
        {"__or__", N(nb_or), BINARY, "(C(), 1)", 0},
        {"__floordiv__", N(nb_floor_divide), BINARY, "(C(), 1)", 0},
        {"__truediv__", N(nb_true_divide), BINARY, "(C(), 1)", 0},
        {"__matmul__", N(nb_matrix_multiply), BINARY, "(C(), 1)", 0},
        {"__iadd__", N(nb_inplace_add), BINARY, "(C(), 1)", 0},
        {"__isub__", N(nb_inplace_subtract), BINARY, "(C(), 1)", 0},
        {"__imul__", N(nb_inplace_multiply), BINARY, "(C(), 1)", 0},
        {"__imod__", N(nb_inplace_remainder), BINARY, "(C(), 1)", 0},
        {"__ilshift__", N(nb_inplace_lshift), BINARY, "(C(), 1)", 0},
        {"__irshift__", N(nb_inplace_rshift), BINARY, "(C(), 1)", 0},
        {"__iand__", N(nb_inplace_and), BINARY, "(C(), 1)", 0},
        {"__ixor__", N(nb_inplace_xor), BINARY, "(C(), 1)", 0},
        {"__ior__", N(nb_inplace_or), BINARY, "(C(), 1)", 0},
        {"__ifloordiv__", N(nb_inplace_floor_divide), BINARY, "(C(), 1)", 0},
        {"__itruediv__", N(nb_inplace_true_divide), BINARY, "(C(), 1)", 0},
        {"__imatmul__", N(nb_inplace_matrix_multiply), BINARY, "(C(), 1)", 0},
        {"__pow__", N(nb_power), TERNARY, "(C(), 1, 2)", 0},
        {"__ipow__", N(nb_inplace_power), TERNARY, "(C(), 1)", 0},
        {"__getitem__", M(mp_subscript), BINARY, "(C(), 1)", 0},
        {"__getitem__", S(sq_item), INDEXED, "(C(), 7)", 0},
        {"__setitem__", M(mp_ass_subscript), ASSIGN, "(C(), 1, 2)", 0},
        {"__delitem__", M(mp_ass_subscript), ASSIGN, "(C(), 1)", 1},
        {"__setitem__", S(sq_ass_item), ASSIGN_INDEXED, "(C(), 7, 2)", 0},
        {"__delitem__", S(sq_ass_item), ASSIGN_INDEXED, "(C(), 7)", 1},
        {"__contains__", S(sq_contains), CONTAINS, "(C(), 1)", 0},
        {"__len__", S(sq_length), LENGTH, "(C(),)", 0},
        {"__len__", M(mp_length), LENGTH, "(C(),)", 0},
        {"__len__", S(sq_length), LENGTH, "(C(),)", 0},
        {"__hash__", T(tp_hash), HASH, "(C(),)", 0},
        {"__setattr__", T(tp_setattro), ASSIGN, "(C(), 1, 2)", 0},
        {"__delattr__", T(tp_setattro), ASSIGN, "(C(), 1)", 1},
        {"__set__", T(tp_descr_set), ASSIGN, "(C(), 1, 2)", 0},
        {"__delete__", T(tp_descr_set), ASSIGN, "(C(), 1)", 1},
        {"__getattribute__", T(tp_getattro), BINARY, "(C(), 1)", 0},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *cls = class_of(NULL, rows[i].name, two), *derived = class_of(cls, NULL, NULL);
        PyObject *object = PyObject_CallNoArgs(cls), *heir = PyObject_CallNoArgs(derived);
        PyObject *last = rows[i].deletes ? NULL : two, *failing = class_of(NULL, rows[i].name, PyExc_KeyError);
        PyObject *unlucky = PyObject_CallNoArgs(failing);
        int is_text = rows[i].slot == T(tp_repr);
        const char *wanted = rows[i].kind == ASSIGN || rows[i].kind == ASSIGN_INDEXED ? "0"
                             : rows[i].kind == CONTAINS                               ? "1"
                                                                                      : "2";

        is_str(call_slot(object, rows[i].slot, rows[i].kind, one, last), wanted, "%s fills its slot %s", rows[i].name,
               rows[i].arguments);
        if (!is_text) {
            is_str(shown(seen), rows[i].arguments, "%s gets the arguments %s", rows[i].name, rows[i].arguments);
        }
        is_str(call_slot(heir, rows[i].slot, rows[i].kind, one, last), wanted,
               "%s fills the slot of a derived class %s", rows[i].name, rows[i].arguments);
        is_int(slot_of(object, rows[i].slot).any == slot_of(heir, rows[i].slot).any, 1,
               "%s: a derived class has the same function %s", rows[i].name, rows[i].arguments);
        is_int(strcmp(call_slot(unlucky, rows[i].slot, rows[i].kind, one, last), "KeyError: ") == 0, 1,
               "%s: an error of the method is that of the slot %s", rows[i].name, rows[i].arguments);
        Py_DECREF(object);
        Py_DECREF(heir);
        Py_DECREF(unlucky);
        Py_DECREF(derived);
        Py_DECREF(cls);
        Py_DECREF(failing);
    }
}

static void
test_operators(void)
{
    static const struct {
        const char *name, *reflected;
        size_t slot;
    } rows[] = {
        {"__add__", "__radd__", N(nb_add)},
        {"__sub__", "__rsub__", N(nb_subtract)},
        {"__mul__", "__rmul__", N(nb_multiply)},
        {"__mod__", "__rmod__", N(nb_remainder)},
        {"__divmod__", "__rdivmod__", N(nb_divmod)},
        {"__pow__", "__rpow__", N(nb_power)},
        {"__lshift__", "__rlshift__", N(nb_lshift)},
        {"__rshift__", "__rrshift__", N(nb_rshift)},
        {"__and__", "__rand__", N(nb_and)},
        {"__xor__", "__rxor__", N(nb_xor)},
        {"__or__", "__ror__", N(nb_or)},
        {"__floordiv__", "__rfloordiv__", N(nb_floor_divide)},
        {"__truediv__", "__rtruediv__", N(nb_true_divide)},
        {"__matmul__", "__rmatmul__", N(nb_matrix_multiply)},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int kind = rows[i].slot == N(nb_power) ? TERNARY : BINARY;
        PyObject *left = class_of(NULL, rows[i].name, one), *right = class_of(NULL, rows[i].reflected, two);
        PyObject *declines = class_of(NULL, rows[i].name, Py_NotImplemented);
        PyObject *heir = class_of(left, rows[i].reflected, two), *same = class_of(left, NULL, NULL);
        PyObject *a = PyObject_CallNoArgs(left), *b = PyObject_CallNoArgs(right), *c = PyObject_CallNoArgs(declines);
        PyObject *d = PyObject_CallNoArgs(heir), *e = PyObject_CallNoArgs(same);

        is_str(call_slot(a, rows[i].slot, kind, b, Py_None), "1", "%s is asked before %s", rows[i].name,
               rows[i].reflected);
        is_str(call_slot(c, rows[i].slot, kind, b, Py_None), "2", "%s is asked when %s declines", rows[i].reflected,
               rows[i].name);
        is_str(call_slot(c, rows[i].slot, kind, one, Py_None), "NotImplemented",
               "%s that declines leaves NotImplemented", rows[i].name);
        is_str(call_slot(a, rows[i].slot, kind, d, Py_None), "2", "%s of a derived class is asked before %s",
               rows[i].reflected, rows[i].name);
        is_str(shown(seen), "(C(), C())", "%s of a derived class gets both operands", rows[i].reflected);
        is_str(call_slot(a, rows[i].slot, kind, e, Py_None), "1",
               "%s is asked first when a derived class has no other %s", rows[i].name, rows[i].reflected);
        is_str(call_slot(b, rows[i].slot, kind, one, Py_None), "NotImplemented", "%s is not asked for the left operand",
               rows[i].reflected);
        is_str(call_slot(b, rows[i].slot, kind, b, Py_None), "NotImplemented",
               "%s is not asked for operands of one class", rows[i].reflected);
        if (kind == TERNARY) {
            is_str(call_slot(c, rows[i].slot, kind, b, one), "2", "%s is asked with a modulus, too", rows[i].reflected);
            is_str(shown(seen), "(C(), C(), 1)", "%s gets the modulus", rows[i].reflected);
        }
        Py_DECREF(a);
        Py_DECREF(b);
        Py_DECREF(c);
        Py_DECREF(d);
        Py_DECREF(e);
        Py_DECREF(same);
        Py_DECREF(heir);
        Py_DECREF(left);
        Py_DECREF(right);
        Py_DECREF(declines);
    }
}

static void
test_answers(void)
{
    PyObject *digits = text_of("123456789012345678901234567890"), *minus = number(-1);
    PyObject *large = PyObject_CallFunctionObjArgs((PyObject *)&PyLong_Type, digits, NULL);
    PyObject *text = text_of("text"), *list = PyList_New(0), *zero = number(0);
    const struct {
        const char *name;
        PyObject *answer;
        size_t slot;
        int kind;
        const char *outcome;
    } rows[] = {
        {"__hash__", text, T(tp_hash), HASH, "TypeError: __hash__ method should return an integer"},
        {"__hash__", minus, T(tp_hash), HASH, "-2"},
        {"__hash__", large, T(tp_hash), HASH, "248789772095949448"},
        {"__hash__", Py_True, T(tp_hash), HASH, "1"},
        {"__bool__", one, N(nb_bool), PREDICATE, "TypeError: __bool__ should return bool, returned int"},
        {"__bool__", Py_True, N(nb_bool), PREDICATE, "1"},
        {"__bool__", Py_False, N(nb_bool), PREDICATE, "0"},
        {"__len__", minus, S(sq_length), LENGTH, "ValueError: __len__() should return >= 0"},
        {"__len__", text, S(sq_length), LENGTH, "TypeError: 'str' object cannot be interpreted as an integer"},
        {"__len__", large, M(mp_length), LENGTH, "OverflowError: cannot fit 'int' into an index-sized integer"},
        {"__len__", Py_True, M(mp_length), LENGTH, "1"},
        {"__len__", zero, M(mp_length), LENGTH, "0"},
        {"__contains__", list, S(sq_contains), CONTAINS, "0"},
        {"__contains__", text, S(sq_contains), CONTAINS, "1"},
        {"__next__", PyExc_StopIteration, T(tp_iternext), UNARY, "StopIteration: "},
        {"__getattribute__", PyExc_AttributeError, T(tp_getattro), BINARY, "AttributeError: "},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *cls = class_of(NULL, rows[i].name, rows[i].answer), *object = PyObject_CallNoArgs(cls);

        is_str(call_slot(object, rows[i].slot, rows[i].kind, one, two), rows[i].outcome, "%s with answer %zu: %s",
               rows[i].name, i, rows[i].outcome);
        Py_DECREF(object);
        Py_DECREF(cls);
    }
    Py_DECREF(large);
    Py_DECREF(digits);
    Py_DECREF(minus);
    Py_DECREF(text);
    Py_DECREF(list);
    Py_DECREF(zero);
}

static void
test_text(void)
{
    PyObject *cls = class_of(NULL, "__repr__", one), *object = PyObject_CallNoArgs(cls);

    is_str(outcome(PyObject_Repr(object)), "TypeError: __repr__ returned non-string (type int)",
           "repr() requires a str of __repr__");
    give(cls, "__str__", returning(one));
    is_str(outcome(PyObject_Str(object)), "TypeError: __str__ returned non-string (type int)",
           "str() requires a str of __str__");
    Py_DECREF(object);
    Py_DECREF(cls);
}

static void
test_comparisons(void)
{
    static const char *const names[] = {"__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"};
    int op, other;

    for (op = Py_LT; op <= Py_GE; op++) {
        PyObject *cls = class_of(NULL, names[op], two), *object = PyObject_CallNoArgs(cls);

        is_str(outcome(PyObject_RichCompare(object, one, op)), "2", "%s answers its comparison", names[op]);
        is_str(shown(seen), "(C(), 1)", "%s gets both operands", names[op]);
        for (other = Py_LT; other <= Py_GE; other++) {
            richcmpfunc slot = slot_of(object, T(tp_richcompare)).compare;

            if (other != op && other != Py_EQ && other != Py_NE) {
                is_str(outcome(slot(object, one, other)), "NotImplemented", "%s does not answer comparison %d",
                       names[op], other);
            }
        }
        Py_DECREF(object);
        Py_DECREF(cls);
    }
}

static void
test_truth(void)
{
    PyObject *cls = class_of(NULL, "__bool__", Py_False), *object = PyObject_CallNoArgs(cls), *zero = number(0);

    is_int(PyObject_IsTrue(object), 0, "an object is as true as __bool__ says");
    Py_DECREF(object);
    Py_DECREF(cls);
    cls = class_of(NULL, "__len__", zero);
    object = PyObject_CallNoArgs(cls);
    is_int(PyObject_IsTrue(object), 0, "an object of length 0 is false");
    give(cls, "__bool__", returning(Py_True));
    is_int(PyObject_IsTrue(object), 1, "__bool__ precedes __len__");
    Py_DECREF(object);
    Py_DECREF(cls);
    Py_DECREF(zero);
}

static void
test_none(void)
{
    static const struct {
        const char *name;
        size_t slot;
        int kind;
        const char *outcome;
    } rows[] = {
        {"__hash__", T(tp_hash), HASH, "TypeError: unhashable type: 'C'"},
        {"__iter__", T(tp_iter), UNARY, "TypeError: 'C' object is not iterable"},
        {"__contains__", S(sq_contains), CONTAINS, "TypeError: 'C' object is not a container"},
        {"__len__", S(sq_length), LENGTH, "TypeError: 'NoneType' object is not callable"},
        {"__add__", N(nb_add), BINARY, "TypeError: 'NoneType' object is not callable"},
    };
    size_t i;

    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        PyObject *cls = class_of(NULL, NULL, NULL), *object = PyObject_CallNoArgs(cls);

        Py_INCREF(Py_None);
        give(cls, rows[i].name, Py_None);
        is_str(call_slot(object, rows[i].slot, rows[i].kind, one, two), rows[i].outcome, "%s that is None: %s",
               rows[i].name, rows[i].outcome);
        if (rows[i].slot == T(tp_hash)) {
            is_int(slot_of(object, T(tp_hash)).hash == PyObject_HashNotImplemented, 1,
                   "__hash__ that is None fills the slot with PyObject_HashNotImplemented");
        }
        Py_DECREF(object);
        Py_DECREF(cls);
    }
}

static void
test_sequence_iterators(void)
{
    PyObject *pair = PyTuple_Pack(2, one, two), *iterator = PySeqIter_New(pair), *again, *dict = PyDict_New();
    PyObject *cls = class_of(NULL, "__getitem__", one), *object = PyObject_CallNoArgs(cls), *item;

    is_str(outcome(PySequence_List(iterator)), "[1, 2]", "PySeqIter_New gives the items of a tuple");
    is_ptr(PyIter_Next(iterator), NULL, "an iterator that is exhausted stays so");
    again = PySeqIter_New(object);
    item = PyIter_Next(again);
    is_str(shown(item), "1", "PySeqIter_New calls __getitem__");
    is_str(shown(seen), "(C(), 0)", "__getitem__ gets the position");
    Py_XDECREF(item);
    PyErr_Clear();
    is_ptr(PySeqIter_New(dict), NULL, "a dict is no sequence");
    is_int(PyErr_ExceptionMatches(PyExc_SystemError), 1, "the error for an object that is no sequence is SystemError");
    PyErr_Clear();
    Py_DECREF(dict);
    Py_DECREF(again);
    Py_DECREF(iterator);
    Py_DECREF(pair);
    Py_DECREF(object);
    Py_DECREF(cls);
}

static void
test_iteration(void)
{
    PyObject *cls = class_of(NULL, "__getitem__", PyExc_IndexError), *object = PyObject_CallNoArgs(cls), *iterator;
    PyObject *list = PyList_New(0);

    give(cls, "__len__", returning(one));
    is_str(outcome(PySequence_List(object)), "[]", "an object with only __getitem__ is iterable");
    is_str(outcome_int(PySequence_Contains(object, one)), "0", "an object with only __getitem__ is searched");
    give(cls, "__iter__", returning(list));
    is_str(outcome(PyObject_GetIter(object)), "TypeError: iter() returned non-iterator of type 'list'",
           "__iter__ must return an iterator");
    iterator = PyObject_GetIter(list);
    give(cls, "__iter__", returning(iterator));
    is_str(outcome(PySequence_List(object)), "[]", "__iter__ precedes __getitem__");
    Py_DECREF(iterator);
    Py_DECREF(object);
    Py_DECREF(cls);

    cls = class_of(NULL, "__next__", PyExc_StopIteration);
    object = PyObject_CallNoArgs(cls);
    is_int(PyIter_Check(object), 1, "an object with __next__ is an iterator");
    is_ptr(PyIter_Next(object), NULL, "StopIteration of __next__ is the end");
    is_ptr(PyErr_Occurred(), NULL, "StopIteration of __next__ is no error");
    Py_DECREF(object);
    Py_DECREF(cls);
    Py_DECREF(list);
}

static void
test_calls(void)
{
    PyObject *cls = class_of(NULL, "__call__", one), *object = PyObject_CallNoArgs(cls),
             *pair = PyTuple_Pack(2, one, two);
    PyObject *keywords = PyDict_New(), *made, *show = new_show(), *method = PyInstanceMethod_New(show);

    is_str(called(object, one, two, NULL), "1", "__call__ makes an object callable");
    is_str(shown(seen), "(C(), 1, 2)", "__call__ gets the arguments");
    PyObject_SetAttrString(cls, "__call__", method);
    PyDict_SetItemString(keywords, "k", two);
    is_str(outcome(PyObject_Call(object, pair, keywords)), "((C(), 1, 2), {'k': 2})", "__call__ gets keywords");
    is_str(outcome(PyObject_Call(object, pair, NULL)), "(C(), 1, 2)", "__call__ gets a tuple");
    give(cls, "__call__", NULL);
    is_str(called(object, NULL, NULL, NULL), "TypeError: 'C' object is not callable",
           "without __call__ an object can't be called");
    is_int(PyCallable_Check(object), 0, "without __call__ an object is not callable");

    give(cls, "__init__", returning(Py_None));
    made = PyObject_CallFunctionObjArgs(cls, one, two, NULL);
    is_int(Py_IS_TYPE(made, (PyTypeObject *)cls), 1, "a class with __init__ makes instances");
    is_int(PyTuple_Size(seen), 3, "__init__ gets the instance and the arguments");
    is_ptr(PyTuple_GetItem(seen, 0), made, "__init__ gets the instance first");
    Py_DECREF(made);
    give(cls, "__init__", returning(one));
    is_str(called(cls, NULL, NULL, NULL), "TypeError: __init__() should return None, not 'int'",
           "__init__ must return None");
    give(cls, "__init__", returning(PyExc_KeyError));
    is_str(called(cls, NULL, NULL, NULL), "KeyError: ", "an error of __init__ is that of the call");
    give(cls, "__init__", NULL);

    made = PyCFunction_NewEx(&record_definition, two, NULL);
    give(cls, "__new__", PyStaticMethod_New(made));
    Py_DECREF(made);
    is_str(called(cls, one, NULL, NULL), "2", "__new__ makes the result of the call");
    is_str(shown(seen), "(<class 'test.C'>, 1)", "__new__ gets the class and the arguments");
    Py_DECREF(show);
    Py_DECREF(method);
    Py_DECREF(keywords);
    Py_DECREF(pair);
    Py_DECREF(object);
    Py_DECREF(cls);
}

static void
test_attributes(void)
{
    PyObject *cls = class_of(NULL, "__getattr__", two), *object = PyObject_CallNoArgs(cls);

    is_str(attribute_of(object, "args"), "()", "__getattr__ is not asked for an attribute that exists");
    is_str(attribute_of(object, "nosuch"), "2", "__getattr__ is asked for a missing attribute");
    is_str(shown(seen), "(C(), 'nosuch')", "__getattr__ gets the name");
    give(cls, "__getattribute__", returning(one));
    is_str(attribute_of(object, "args"), "1", "__getattribute__ is asked for each attribute");
    give(cls, "__getattribute__", returning(PyExc_AttributeError));
    is_str(attribute_of(object, "args"), "2", "__getattr__ is asked after an AttributeError of __getattribute__");
    give(cls, "__getattribute__", returning(PyExc_KeyError));
    is_str(attribute_of(object, "args"), "KeyError: ", "another error of __getattribute__ stays");
    give(cls, "__getattribute__", NULL);
    give(cls, "__getattr__", returning(PyExc_KeyError));
    is_str(attribute_of(object, "nosuch"), "KeyError: ", "an error of __getattr__ is that of the look-up");
    give(cls, "__getattr__", NULL);
    is_str(attribute_of(object, "nosuch"), "AttributeError: 'C' object has no attribute 'nosuch'",
           "without __getattr__ a missing attribute is an error");
    give(cls, "__setattr__", returning(Py_None));
    is_str(give(object, "x", number(1)), "done", "__setattr__ is asked");
    is_str(shown(seen), "(C(), 'x', 1)", "__setattr__ gets name and value");
    is_str(give(object, "x", NULL), "AttributeError: 'C' object has no attribute 'x'",
           "a class with only __setattr__ deletes an attribute as before");
    give(cls, "__delattr__", returning(Py_None));
    is_str(give(object, "x", NULL), "done", "__delattr__ is asked");
    is_str(shown(seen), "(C(), 'x')", "__delattr__ gets the name");
    Py_DECREF(object);
    Py_DECREF(cls);
}

static void
test_descriptors(void)
{
    PyObject *kind = class_of(NULL, "__get__", one), *descriptor = PyObject_CallNoArgs(kind), *cls, *object, *plain;

    cls = class_of(NULL, NULL, NULL);
    object = PyObject_CallNoArgs(cls);
    plain = PyCFunction_NewEx(&record_definition, two, NULL);
    give(kind, "__get__", plain);
    PyObject_SetAttrString(cls, "d", descriptor);
    is_str(attribute_of(object, "d"), "2", "__get__ makes the value of an attribute");
    is_str(shown(seen), "(C(), C(), <class 'test.C'>)", "__get__ gets the descriptor, the object and the class");
    is_str(attribute_of(cls, "d"), "2", "__get__ is asked for a class, too");
    is_str(shown(seen), "(C(), None, <class 'test.C'>)", "__get__ gets None without an object");
    give(kind, "__set__", returning(Py_None));
    is_str(give(object, "d", number(1)), "done", "__set__ sets the attribute");
    is_str(shown(seen), "(C(), C(), 1)", "__set__ gets the object and the value");
    is_str(give(object, "d", NULL), "AttributeError: __delete__", "an attribute with only __set__ can't be deleted");
    give(kind, "__delete__", returning(Py_None));
    is_str(give(object, "d", NULL), "done", "__delete__ deletes the attribute");
    is_str(shown(seen), "(C(), C())", "__delete__ gets the object");
    Py_DECREF(object);
    Py_DECREF(cls);
    Py_DECREF(descriptor);
    Py_DECREF(kind);
}

static void
test_changes(void)
{
    PyObject *cls = class_of(NULL, NULL, NULL), *derived = class_of(cls, NULL, NULL),
             *far = class_of(derived, NULL, NULL);
    PyObject *object = PyObject_CallNoArgs(far);
    reprfunc before = slot_of(object, T(tp_str)).unary;
    hashfunc hash = slot_of(object, T(tp_hash)).hash;

    give(cls, "__len__", returning(two));
    is_str(call_slot(object, S(sq_length), LENGTH, NULL, NULL), "2",
           "a method that is set later fills the slot of derived classes");
    give(derived, "__len__", returning(one));
    is_str(call_slot(object, S(sq_length), LENGTH, NULL, NULL), "1", "a method of a nearer class precedes");
    give(cls, "__len__", returning(number(5)));
    is_str(call_slot(object, S(sq_length), LENGTH, NULL, NULL), "1", "a method that is hidden does not count");
    give(derived, "__len__", NULL);
    is_str(call_slot(object, S(sq_length), LENGTH, NULL, NULL), "5",
           "a method that is deleted uncovers that of the base");
    give(cls, "__len__", NULL);
    is_str(call_slot(object, S(sq_length), LENGTH, NULL, NULL), "no slot", "without a method the slot is empty");
    give(cls, "__str__", returning(two));
    is_int(slot_of(object, T(tp_str)).unary != before, 1, "__str__ changes the slot of derived classes");
    give(cls, "__str__", NULL);
    is_int(slot_of(object, T(tp_str)).unary == before, 1,
           "without __str__ the slot has the function of the built-in base again");
    give(cls, "__eq__", returning(two));
    is_int(slot_of(object, T(tp_hash)).hash == hash, 1, "__eq__ that is set later does not change the hash");
    Py_DECREF(object);
    Py_DECREF(far);
    Py_DECREF(derived);
    Py_DECREF(cls);
}

static void
test_finalizers(void)
{
    PyObject *cls = class_of(NULL, "__del__", Py_None), *object = PyObject_CallNoArgs(cls);

    Py_CLEAR(seen);
    slot_of(object, T(tp_finalize)).end(object);
    is_str(shown(seen), "(C(),)", "__del__ fills tp_finalize");
    PyErr_SetString(PyExc_KeyError, "kept");
    slot_of(object, T(tp_finalize)).end(object);
    is_str(error_text(), "KeyError: 'kept'", "tp_finalize keeps the error that is pending");
    Py_CLEAR(seen);
    give(cls, "__del__", NULL);
    is_int(slot_of(object, T(tp_finalize)).end == NULL, 1, "without __del__ there is no tp_finalize");
    Py_DECREF(object);
    Py_DECREF(cls);
}

/* A class by a call of a metaclass. */
static PyObject *
class_by(PyObject *meta, PyObject *base, const char *method, PyObject *answer)
{
    PyObject *name = text_of("Made"), *bases = PyTuple_Pack(1, base), *attributes = PyDict_New(), *made, *value;

    if (method != NULL) {
        value = returning(answer);
        PyDict_SetItemString(attributes, method, value);
        Py_DECREF(value);
    }
    made = PyObject_CallFunctionObjArgs(meta, name, bases, attributes, NULL);
    Py_DECREF(name);
    Py_DECREF(bases);
    Py_DECREF(attributes);
    return made;
}

static void
test_checks(void)
{
    static const char *const names[] = {"__instancecheck__", "__subclasscheck__"};
    PyObject *object = (PyObject *)&PyBaseObject_Type, *type = (PyObject *)&PyType_Type;
    int i;

    for (i = 0; i < 2; i++) {
        int (*check)(PyObject *, PyObject *) = i == 0 ? PyObject_IsInstance : PyObject_IsSubclass;
        PyObject *meta = class_by(type, type, names[i], one), *cls = class_by(meta, object, NULL, NULL);
        PyObject *subject = i == 0 ? two : (PyObject *)&PyLong_Type, *tuple = PyTuple_Pack(2, PyExc_KeyError, cls);
        PyObject *plain = class_by(class_by(type, type, NULL, NULL), object, NULL, NULL);

        is_str(outcome_int(check(subject, cls)), "1", "%s of the metaclass is asked", names[i]);
        is_int(PyTuple_GetItem(seen, 0) == cls && PyTuple_GetItem(seen, 1) == subject, 1,
               "%s gets the class and the object", names[i]);
        is_str(outcome_int(check(subject, tuple)), "1", "%s is asked for a class in a tuple", names[i]);
        is_str(outcome_int(check(subject, plain)), "0", "without %s the class decides", names[i]);
        give(meta, names[i], returning(PyExc_KeyError));
        is_str(outcome_int(check(subject, cls)), "KeyError: ", "an error of %s is that of the check", names[i]);
        Py_DECREF(meta);
        Py_DECREF(cls);
        Py_DECREF(tuple);
        Py_DECREF(plain);
    }
}

int
main(void)
{
    Py_Initialize();
    TAP_BEGIN();
    one = number(1);
    two = number(2);
    RUN(test_methods_fill_slots);
    RUN(test_operators);
    RUN(test_answers);
    RUN(test_text);
    RUN(test_comparisons);
    RUN(test_truth);
    RUN(test_none);
    RUN(test_sequence_iterators);
    RUN(test_iteration);
    RUN(test_calls);
    RUN(test_attributes);
    RUN(test_descriptors);
    RUN(test_changes);
    RUN(test_finalizers);
    RUN(test_checks);
    return TAP_END();
}
