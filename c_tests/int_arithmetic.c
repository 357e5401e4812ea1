/* Arithmetic of ints of any size: every operator on random operands, compared with CPython by digests of the results.
 *
 * Operands have from no digit to thousands, and many are next to a power of two, where carries run far.  With a number as
 * argument the program takes it as the seed, and prints each outcome.
 */
#include "digest.h"

static uint64_t random_state = 88172645463325252U;

static uint64_t
random_word(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

/* A new int of about `bits` bits: random ones, or a power of two and its neighbours. */
static PyObject *
random_int(uint64_t bits)
{
    PyObject *sum = PyLong_FromLong(0), *word, *next, *shift;
    uint64_t kind = random_word() % 8, done;

    if (kind < 6) {
        shift = PyLong_FromLong(60);
        for (done = 0; done < bits; done += 60) {
            uint64_t rest = bits - done < 60 ? bits - done : 60;
            word = PyLong_FromUnsignedLongLong(random_word() >> (64 - rest));
            next = PyNumber_Lshift(sum, shift);
            Py_DECREF(sum);
            sum = next != NULL ? PyNumber_Or(next, word) : NULL;
            Py_XDECREF(next);
            Py_DECREF(word);
            if (sum == NULL) {
                break;
            }
        }
        Py_DECREF(shift);
    } else {
        Py_DECREF(sum);
        word = PyLong_FromLong(1);
        shift = PyLong_FromUnsignedLongLong(bits);
        next = PyNumber_Lshift(word, shift);
        Py_DECREF(word);
        word = PyLong_FromLong((long)(random_word() % 3) - 1);
        sum = PyNumber_Add(next, word);
        Py_DECREF(next);
        Py_DECREF(word);
        Py_DECREF(shift);
    }
    if (random_word() % 2) {
        next = PyNumber_Negative(sum);
        Py_DECREF(sum);
        sum = next;
    }
    return sum;
}

static uint64_t
random_size(uint64_t most)
{
    uint64_t first = random_word(), second = random_word();
    return first % (second % most + 1);
}

static PyObject *
show(PyObject *o)
{
    PyObject *first, *second, *both;
    if (PyLong_Check(o)) {
        return PyNumber_ToBase(o, 16);
    }
    if (!PyTuple_Check(o)) {
        return PyObject_Repr(o);
    }
    first = PyNumber_ToBase(PyTuple_GetItem(o, 0), 16);
    second = PyNumber_ToBase(PyTuple_GetItem(o, 1), 16);
    both = PyUnicode_FromFormat("%U, %U", first, second);
    Py_XDECREF(first);
    Py_XDECREF(second);
    return both;
}

static char *
name_of(const char *sign, PyObject *a, PyObject *b)
{
    static char name[1 << 16];
    /* C may evaluate the call that is named before this function. */
    PyObject *error = PyErr_GetRaisedException();
    PyObject *first = show(a), *second = show(b);
    snprintf(name, sizeof name, "%s %s %s", PyUnicode_AsUTF8(first), sign, PyUnicode_AsUTF8(second));
    Py_XDECREF(first);
    Py_XDECREF(second);
    PyErr_SetRaisedException(error);
    return name;
}

typedef PyObject *(*binary)(PyObject *, PyObject *);

static void
digest_call(const char *name, PyObject *a, PyObject *b, PyObject *result)
{
    digest_outcome(prints_outcomes ? name_of(name, a, b) : "", result, show);
}

/* One operator on pairs of operands of up to `most` bits. */
static void
run_operator(const char *name, binary function, uint64_t most, int count, int is_shift)
{
    while (count-- > 0) {
        PyObject *a = random_int(random_size(most));
        PyObject *b = is_shift ? PyLong_FromUnsignedLongLong(random_size(most)) : random_int(random_size(most));
        digest_call(name, a, b, function(a, b));
        digest_call(name, b, a, is_shift ? NULL : function(b, a));
        digest_call(name, a, a, is_shift ? NULL : function(a, a));
        Py_DECREF(a);
        Py_DECREF(b);
    }
}

#define ROW(Name, is_shift, few, some, many) \
    {                                        \
        #Name, PyNumber_##Name, is_shift,    \
        {                                    \
            few, some, many                  \
        }                                    \
    }

static void
test_operators(void)
{
    static const struct {
        const char *name;
        binary function;
        int is_shift;
        uint64_t digests[3];
    } rows[] = {
        ROW(Add, 0, 0x5e463609352b6319U, 0xc735d7f2b465bf92U, 0xee0b461493d02920U),
        ROW(Subtract, 0, 0x1305b511f5f4a52dU, 0xfab5a2221fe40a79U, 0x7640cf83264fe5d9U),
        ROW(Multiply, 0, 0xdc580651bd32bdadU, 0xa90c83224ebda78dU, 0x2297740cc79b1a7cU),
        ROW(FloorDivide, 0, 0x817f0bbd35b72530U, 0xa0337c04b4978a2aU, 0xa2a7da8b4c985f54U),
        ROW(Remainder, 0, 0x0b0af9a4be8e7085U, 0x6df5a925a853d896U, 0x39cbc35584377310U),
        ROW(Divmod, 0, 0x3240e55b8668cd88U, 0x3ccbacf960583326U, 0xe3b575ca5bb315a9U),
        ROW(TrueDivide, 0, 0x5e6f5641b0d00e87U, 0xfd86c64a2e2eab0aU, 0x76296d77bc765506U),
        ROW(And, 0, 0x76ac62da3813b062U, 0xf831beee677fc75cU, 0x01ce23e24d2b6b90U),
        ROW(Xor, 0, 0x64a022145251edabU, 0xf9abde898c1e22b5U, 0xc4c43ea40152a5f9U),
        ROW(Or, 0, 0xde2a9bfc4b167bbaU, 0x7e67ec976cad8375U, 0x1a3f2c8ca7978482U),
        ROW(Lshift, 1, 0x6523ea3004bae2a9U, 0xdeb2746df6f509c7U, 0x7494d59c2ad9d181U),
        ROW(Rshift, 1, 0x5e0dc8fc9856a823U, 0xbce7dcfed63e3920U, 0x2e0c0c6b3c3bff09U),
    };
    static const struct {
        uint64_t most;
        int count;
    } sizes[] = {{100, 2000}, {2200, 1000}, {40000, 100}};
    size_t i, size;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (size = 0; size < 3; size++) {
            char sentence[128];
            run_operator(rows[i].name, rows[i].function, sizes[size].most, sizes[size].count, rows[i].is_shift);
            snprintf(sentence, sizeof sentence, "%s of ints of up to %d bits", rows[i].name, (int)sizes[size].most);
            digest_is(rows[i].digests[size], sentence);
        }
    }
}

static void
test_powers(void)
{
    static const uint64_t digests[] = {0x3152ad91000b2c76U, 0x12b4d074a16ffb9eU, 0x9f929fb7e498ba88U};
    int count, kind;
    for (kind = 0; kind < 3; kind++) {
        for (count = kind == 2 ? 100 : 1000; count > 0; count--) {
            uint64_t most = kind == 2 ? 3000 : 150;
            PyObject *a = random_int(random_size(most));
            PyObject *b = kind == 0 ? PyLong_FromUnsignedLongLong(random_size(60)) : random_int(random_size(most));
            PyObject *c = kind == 0 ? Py_NewRef(Py_None) : random_int(random_size(most));
            digest_outcome(prints_outcomes ? name_of(kind == 0 ? "**" : "pow", a, b) : "", PyNumber_Power(a, b, c),
                           show);
            Py_DECREF(a);
            Py_DECREF(b);
            Py_DECREF(c);
        }
        digest_is(digests[kind], kind == 0   ? "powers of ints"
                                 : kind == 1 ? "powers of ints modulo an int"
                                             : "powers of long ints modulo a long int");
    }
}

/* Quotients at every size of the result, which is rounded in the subnormal range too. */
static void
test_quotients(void)
{
    long position;
    int i;
    for (position = -1120; position <= 1040; position += 7) {
        for (i = 0; i < 4; i++) {
            uint64_t bits = 1 + random_word() % 200;
            PyObject *a = random_int(bits + (position > 0 ? (uint64_t)position : 0));
            PyObject *b = random_int(bits + (position < 0 ? (uint64_t)-position : 0));
            digest_call("TrueDivide", a, b, PyNumber_TrueDivide(a, b));
            Py_DECREF(a);
            Py_DECREF(b);
        }
    }
    digest_is(0xd89e5f2ff8a3a46aU, "quotients of every size, as floats");
}

static void
test_unary(void)
{
    static const struct {
        const char *name;
        PyObject *(*function)(PyObject *);
        uint64_t digest;
    } rows[] = {
        {"Negative", PyNumber_Negative, 0x5d75fa5e59db6ac1U},
        {"Positive", PyNumber_Positive, 0xd706763fdde21470U},
        {"Absolute", PyNumber_Absolute, 0x0861c1712bb36951U},
        {"Invert", PyNumber_Invert, 0x593a0eb92191ff4dU},
    };
    size_t i;
    int count;
    char sentence[64];
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (count = 0; count < 1000; count++) {
            PyObject *a = random_int(random_size(300));
            digest_outcome(prints_outcomes ? name_of(rows[i].name, a, a) : "", rows[i].function(a), show);
            Py_DECREF(a);
        }
        snprintf(sentence, sizeof sentence, "%s of ints", rows[i].name);
        digest_is(rows[i].digest, sentence);
    }
}

/* The text of a number in every base reads back as the number. */
static void
test_text(void)
{
    static const int bases[] = {2, 8, 10, 16};
    static const uint64_t digests[] = {0x9fd327aadba94587U, 0xdb36f5b82c5220bdU, 0x2d93a0aca4869bafU,
                                       0x2426c9f0e1e6e264U};
    size_t i;
    int count;
    char sentence[64];
    for (i = 0; i < 4; i++) {
        for (count = 0; count < 500; count++) {
            PyObject *a = random_int(random_size(2000));
            PyObject *text = PyNumber_ToBase(a, bases[i]);
            digest_outcome("ToBase", text, PyObject_Str);
            Py_DECREF(a);
        }
        snprintf(sentence, sizeof sentence, "texts of ints in base %d", bases[i]);
        digest_is(digests[i], sentence);
    }
}

int
main(int argc, char **argv)
{
    if (argc > 1) {
        prints_outcomes = 1;
        random_state ^= strtoull(argv[1], NULL, 0) * 0x9e3779b97f4a7c15U;
    }
    TAP_BEGIN();
    RUN(test_operators);
    RUN(test_powers);
    RUN(test_quotients);
    RUN(test_unary);
    RUN(test_text);
    return TAP_END();
}
