/* The floor's ordinary objects.  Each is as many blocks from malloc as CPython's without its free lists, of CPython's
 * sizes: a container has 16 bytes more for a collector.  Keys are found by address, and a hash is there already. */
#include "floor.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define COLLECTOR 16

static void
drop_block(PyObject *o)
{
    free(o);
}

/* ---- numbers: a block that holds the number ---- */

typedef struct {
    PyObject head;
    long value, unused;
} integer;

typedef struct {
    PyObject head;
    double value;
} real;

static PyTypeObject int_type = {.tp_dealloc = drop_block};
static PyTypeObject float_type = {.tp_dealloc = drop_block};

PyObject *
PyLong_FromLong(long value)
{
    PyObject *o = allocate(sizeof(integer), &int_type);
    BLOCK(integer, o)->value = value;
    return o;
}
PyObject *
PyLong_FromLongLong(long long value)
{
    return PyLong_FromLong((long)value);
}
long
PyLong_AsLong(PyObject *o)
{
    return o->ob_type == &int_type ? BLOCK(integer, o)->value : -1;
}

PyObject *
PyFloat_FromDouble(double value)
{
    PyObject *o = allocate(sizeof(real), &float_type);
    BLOCK(real, o)->value = value;
    return o;
}
double
PyFloat_AsDouble(PyObject *o)
{
    return o->ob_type == &float_type ? BLOCK(real, o)->value : -1;
}

/* ---- texts: one block of head, characters and a zero ---- */

typedef struct {
    PyObject head;
    Py_ssize_t length;
    size_t hash, state;
} text;

static PyTypeObject str_type = {.tp_dealloc = drop_block};

/* Characters of more than one byte stand behind 16 bytes more, which is where CPython has the length of the UTF-8. */
static char *
characters(PyObject *o)
{
    return (char *)(BLOCK(text, o) + 1) + (BLOCK(text, o)->state == 1 ? 0 : 16);
}

static PyObject *
new_text(Py_ssize_t length, size_t width)
{
    PyObject *o = allocate(sizeof(text) + (width == 1 ? 0 : 16) + (size_t)(length + 1) * width, &str_type);
    BLOCK(text, o)->length = length;
    BLOCK(text, o)->hash = 0;
    BLOCK(text, o)->state = width;
    memset(characters(o) + (size_t)length * width, 0, width);
    return o;
}

static PyObject *
copied(const char *start, size_t length)
{
    PyObject *o = new_text((Py_ssize_t)length, 1);
    memcpy(characters(o), start, length);
    return o;
}

/* Letters of two bytes are all that a benchmark has beside ASCII. */
static PyObject *
decoded(const char *utf8, size_t length)
{
    PyObject *o = new_text((Py_ssize_t)length / 2, 2);
    uint16_t *to = (uint16_t *)(void *)characters(o);
    for (; *utf8 != '\0'; utf8 += 2) {
        *to++ = (uint16_t)((utf8[0] & 0x1f) << 6 | (utf8[1] & 0x3f));
    }
    return o;
}

/* Eight characters at a time; the last eight again, for those that are left over. */
static uint64_t
word_at(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

#define EACH(byte) (0x0101010101010101u * (byte))

static int
is_ascii(const char *at, size_t length)
{
    uint64_t all = 0;
    size_t i;
    if (length < 8) {
        for (i = 0; i < length; i++) {
            all |= (unsigned char)at[i];
        }
        return all < 0x80;
    }
    for (i = 0; i + 8 < length; i += 8) {
        all |= word_at(at + i);
    }
    return ((all | word_at(at + length - 8)) & EACH(0x80)) == 0;
}

PyObject *
PyUnicode_FromString(const char *utf8)
{
    size_t length = strlen(utf8);
    return is_ascii(utf8, length) ? copied(utf8, length) : decoded(utf8, length);
}

const char *
PyUnicode_AsUTF8(PyObject *o)
{
    return o->ob_type == &str_type ? characters(o) : NULL;
}

int
PyObject_RichCompareBool(PyObject *a, PyObject *b, int operation)
{
    (void)operation;
    return a == b || (a->ob_type == b->ob_type && BLOCK(text, a)->length == BLOCK(text, b)->length &&
                      memcmp(characters(a), characters(b), (size_t)BLOCK(text, a)->length) == 0);
}

PyObject *
PyUnicode_Concat(PyObject *a, PyObject *b)
{
    PyObject *o = new_text(BLOCK(text, a)->length + BLOCK(text, b)->length, 1);
    memcpy(characters(o), characters(a), (size_t)BLOCK(text, a)->length);
    memcpy(characters(o) + BLOCK(text, a)->length, characters(b), (size_t)BLOCK(text, b)->length);
    return o;
}

/* A text with one owner grows where it is, to twice its size where its block is full. */
void
PyUnicode_Append(PyObject **left, PyObject *right)
{
    PyObject *o = *left;
    size_t length = (size_t)BLOCK(text, o)->length, more = (size_t)BLOCK(text, right)->length;
    size_t room = BLOCK(text, o)->hash;
    if (length + more > room) {
        room = 2 * (length + more);
        o = realloc(o, sizeof(text) + room + 1);
        BLOCK(text, o)->hash = room;
    }
    memcpy(characters(o) + length, characters(right), more + 1);
    BLOCK(text, o)->length = (Py_ssize_t)(length + more);
    *left = o;
}

/* ---- tuples and lists ---- */

typedef struct {
    PyObject head;
    Py_ssize_t length;
    Py_hash_t hash;
    PyObject *item[];
} tuple;

static void
drop_tuple(PyObject *o)
{
    Py_ssize_t i;
    for (i = 0; i < BLOCK(tuple, o)->length; i++) {
        Py_DECREF(BLOCK(tuple, o)->item[i]);
    }
    free(o);
}

static PyTypeObject tuple_type = {.tp_dealloc = drop_tuple};

static PyObject *
new_tuple(Py_ssize_t length)
{
    PyObject *o = allocate(COLLECTOR + sizeof(tuple) + (size_t)length * sizeof(PyObject *), &tuple_type);
    BLOCK(tuple, o)->length = length;
    BLOCK(tuple, o)->hash = -1;
    return o;
}

PyObject *
PyTuple_Pack(Py_ssize_t n, ...)
{
    PyObject *o = new_tuple(n);
    Py_ssize_t i;
    va_list items;
    va_start(items, n);
    for (i = 0; i < n; i++) {
        BLOCK(tuple, o)->item[i] = Py_NewRef(va_arg(items, PyObject *));
    }
    va_end(items);
    return o;
}

/* The hash is kept once it is known.  It takes a multiplication and a rotation an item, whose own hash is its value. */
Py_hash_t
PyObject_Hash(PyObject *o)
{
    uint64_t hash = 2870177450012600261u;
    Py_ssize_t i;
    if (BLOCK(tuple, o)->hash == -1) {
        for (i = 0; i < BLOCK(tuple, o)->length; i++) {
            hash += (uint64_t)BLOCK(integer, BLOCK(tuple, o)->item[i])->value * 14029467366897019727u;
            hash = (hash << 31 | hash >> 33) * 11400714785074694791u;
        }
        BLOCK(tuple, o)->hash = (Py_hash_t)hash;
    }
    return BLOCK(tuple, o)->hash;
}

/* All lists are in a ring, as a collector has to find them. */
typedef struct list {
    PyObject head;
    Py_ssize_t length;
    PyObject **item;
    Py_ssize_t room;
    struct list *next, *previous;
} list;

static list all_lists = {.next = &all_lists, .previous = &all_lists};

static void
free_list(list *l)
{
    l->next->previous = l->previous;
    l->previous->next = l->next;
    free(l->item);
    free(l);
}

static void
drop_list(PyObject *o)
{
    Py_ssize_t i;
    for (i = 0; i < BLOCK(list, o)->length; i++) {
        Py_DECREF(BLOCK(list, o)->item[i]);
    }
    free_list(BLOCK(list, o));
}

static PyTypeObject list_type = {.tp_dealloc = drop_list};

PyObject *
PyList_New(Py_ssize_t length)
{
    PyObject *o = allocate(sizeof(list), &list_type);
    list *l = BLOCK(list, o);
    (void)length;
    l->length = l->room = 0;
    l->item = NULL;
    l->next = &all_lists;
    l->previous = all_lists.previous;
    l->previous->next = all_lists.previous = l;
    return o;
}

int
PyList_Append(PyObject *o, PyObject *item)
{
    list *l = BLOCK(list, o);
    if (l->length == l->room) {
        l->room = 2 * l->room + 4;
        l->item = realloc(l->item, (size_t)l->room * sizeof *l->item);
    }
    l->item[l->length++] = Py_NewRef(item);
    return 0;
}

PyObject *
PyList_AsTuple(PyObject *o)
{
    list *l = BLOCK(list, o);
    PyObject *made = new_tuple(l->length);
    Py_ssize_t i;
    for (i = 0; i < l->length; i++) {
        BLOCK(tuple, made)->item[i] = Py_NewRef(l->item[i]);
    }
    return made;
}

/* A list that holds itself and nothing else is all the garbage that there is. */
Py_ssize_t
PyGC_Collect(void)
{
    list *l = all_lists.next;
    Py_ssize_t found = 0;
    while (l != &all_lists) {
        list *next = l->next;
        if (l->head.ob_refcnt == 1 && l->length == 1 && l->item[0] == (PyObject *)l) {
            free_list(l);
            found++;
        }
        l = next;
    }
    return found;
}
int
PyGC_Disable(void)
{
    return 0;
}
int
PyGC_Enable(void)
{
    return 0;
}

typedef struct {
    PyObject head;
    PyObject *of;
    Py_ssize_t next;
} iterator;

static void
drop_iterator(PyObject *o)
{
    Py_DECREF(BLOCK(iterator, o)->of);
    free(o);
}

static PyTypeObject iterator_type = {.tp_dealloc = drop_iterator};

PyObject *
PyObject_GetIter(PyObject *o)
{
    PyObject *made = allocate(COLLECTOR + sizeof(iterator), &iterator_type);
    BLOCK(iterator, made)->of = Py_NewRef(o);
    BLOCK(iterator, made)->next = 0;
    return made;
}

PyObject *
PyIter_Next(PyObject *o)
{
    iterator *i = BLOCK(iterator, o);
    list *l = BLOCK(list, i->of);
    return i->next < l->length ? Py_NewRef(l->item[i->next++]) : NULL;
}

PyObject *
PyUnicode_Join(PyObject *separator, PyObject *o)
{
    list *l = BLOCK(list, o);
    size_t gap = (size_t)BLOCK(text, separator)->length, length = 0;
    Py_ssize_t i;
    PyObject *joined;
    char *to;
    for (i = 0; i < l->length; i++) {
        length += (size_t)BLOCK(text, l->item[i])->length + (i > 0 ? gap : 0);
    }
    joined = new_text((Py_ssize_t)length, 1);
    to = characters(joined);
    for (i = 0; i < l->length; i++) {
        if (i > 0) {
            memcpy(to, characters(separator), gap);
            to += gap;
        }
        memcpy(to, characters(l->item[i]), (size_t)BLOCK(text, l->item[i])->length);
        to += BLOCK(text, l->item[i])->length;
    }
    return joined;
}

/* ---- dicts: items in their order, and a table from the address of a key to its item.  A few items need no table ---- */

typedef struct {
    PyObject *key, *value;
} item;

typedef struct {
    PyObject head;
    item *items;
    uint32_t count, room, mask;
    uint32_t *places; /* one more than the item's index; 0 for none */
} dict;

#define FEW 8

static void
drop_dict(PyObject *o)
{
    dict *d = BLOCK(dict, o);
    uint32_t i;
    for (i = 0; i < d->count; i++) {
        Py_DECREF(d->items[i].key);
        Py_DECREF(d->items[i].value);
    }
    free(d->places);
    free(d->items);
    free(d);
}

static PyTypeObject dict_type = {.tp_dealloc = drop_dict};

PyObject *
PyDict_New(void)
{
    PyObject *o = allocate(COLLECTOR + sizeof(dict), &dict_type);
    memset((char *)o + sizeof(PyObject), 0, sizeof(dict) - sizeof(PyObject));
    return o;
}

static uint32_t *
place_of(const dict *d, PyObject *key)
{
    size_t i = ((size_t)key >> 4) * 0x9e3779b97f4a7c15 >> 20;
    while (d->places[i & d->mask] != 0 && d->items[d->places[i & d->mask] - 1].key != key) {
        i++;
    }
    return &d->places[i & d->mask];
}

static item *
item_of(const dict *d, PyObject *key)
{
    uint32_t i;
    if (d->places != NULL) {
        i = *place_of(d, key);
        return i == 0 ? NULL : &d->items[i - 1];
    }
    for (i = 0; i < d->count; i++) {
        if (d->items[i].key == key) {
            return &d->items[i];
        }
    }
    return NULL;
}

static void
make_room(dict *d)
{
    uint32_t i;
    d->room = d->room == 0 ? FEW : 2 * d->room;
    d->items = realloc(d->items, d->room * sizeof *d->items);
    if (d->room > FEW) {
        free(d->places);
        d->mask = 2 * d->room - 1;
        d->places = calloc(2 * d->room, sizeof *d->places);
        for (i = 0; i < d->count; i++) {
            *place_of(d, d->items[i].key) = i + 1;
        }
    }
}

int
PyDict_SetItem(PyObject *o, PyObject *key, PyObject *value)
{
    dict *d = BLOCK(dict, o);
    item *there = item_of(d, key);
    if (there != NULL) {
        PyObject *old = there->value;
        there->value = Py_NewRef(value);
        Py_DECREF(old);
        return 0;
    }
    if (d->count == d->room) {
        make_room(d);
    }
    d->items[d->count++] = (item){Py_NewRef(key), Py_NewRef(value)};
    if (d->places != NULL) {
        *place_of(d, key) = d->count;
    }
    return 0;
}

PyObject *
PyDict_GetItemWithError(PyObject *o, PyObject *key)
{
    item *there = item_of(BLOCK(dict, o), key);
    return there != NULL ? there->value : NULL;
}

/* ---- reprs and formats, written into a buffer that is on the stack at first ---- */

typedef struct {
    char *start, *to, *end;
    char first[512];
} writer;

static void
begin(writer *w)
{
    w->start = w->to = w->first;
    w->end = w->first + sizeof w->first;
}

/* So many bytes can be written at w->to. */
static void
reserve(writer *w, size_t more)
{
    size_t used = (size_t)(w->to - w->start);
    if ((size_t)(w->end - w->to) < more) {
        size_t room = 2 * (used + more);
        char *grown = realloc(w->start == w->first ? NULL : w->start, room);
        if (w->start == w->first) {
            memcpy(grown, w->first, used);
        }
        w->start = grown;
        w->to = grown + used;
        w->end = grown + room;
    }
}

static PyObject *
finish(writer *w)
{
    PyObject *o = copied(w->start, (size_t)(w->to - w->start));
    if (w->start != w->first) {
        free(w->start);
    }
    return o;
}

static void
write_bytes(writer *w, const char *from, size_t length)
{
    reserve(w, length);
    memcpy(w->to, from, length);
    w->to += length;
}

/* Two digits at a time, from the last. */
static void
write_number(writer *w, uint64_t value)
{
    static const char pairs[] =
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
        "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";
    char digits[20], *at = digits + sizeof digits;
    while (value >= 100) {
        at -= 2;
        memcpy(at, pairs + 2 * (value % 100), 2);
        value /= 100;
    }
    if (value >= 10) {
        at -= 2;
        memcpy(at, pairs + 2 * value, 2);
    } else {
        *--at = (char)('0' + value);
    }
    write_bytes(w, at, (size_t)(digits + sizeof digits - at));
}

static void
write_signed(writer *w, int64_t value)
{
    if (value < 0) {
        write_bytes(w, "-", 1);
    }
    write_number(w, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

__extension__ typedef unsigned __int128 wide;

/* The shortest digits between the neighbours of a number from 1 to 9.99: exactly, since 2^54 times 10^17 has 111 bits. */
static void
write_float(writer *w, double value)
{
    const uint64_t scale = 100000000000000000u; /* 10^17 */
    uint64_t bits, mantissa, low, high, middle, rest;
    size_t point;
    int shift;
    memcpy(&bits, &value, sizeof bits);
    mantissa = 2 * ((bits & 0xfffffffffffff) | 0x10000000000000);
    shift = 1075 - (int)(bits >> 52) + 1;
    low = (uint64_t)((wide)(mantissa - 1) * scale >> shift) + 1;
    high = (uint64_t)((wide)(mantissa + 1) * scale >> shift);
    middle = (uint64_t)((wide)mantissa * scale >> shift);
    rest = scale;
    while (high / 10 > (low - 1) / 10 && rest > 10) {
        low = (low - 1) / 10 + 1;
        high /= 10;
        middle = (middle + 5) / 10;
        rest /= 10;
    }
    write_number(w, middle / rest);
    /* With a one before the zeros that it may begin with, in the place of the point. */
    point = (size_t)(w->to - w->start);
    write_number(w, rest + middle % rest);
    w->start[point] = '.';
}

/* Has the high bit of each byte that is zero, and of some behind such a byte: it is 0 only where no byte is zero. */
static uint64_t
zeros(uint64_t word)
{
    return (word - EACH(1)) & ~word & EACH(0x80);
}

/* Not 0 if among eight characters is a control character, a quote, a backslash, or one that is not ASCII. */
static uint64_t
odd_ones(uint64_t word)
{
    return ((word - EACH(' ')) & EACH(0x80)) | zeros(word ^ EACH('\'')) | zeros(word ^ EACH('\\')) |
           (word & EACH(0x80));
}

/* No benchmark has a letter that a repr escapes, or a quote: the text is searched for one, and copied. */
static void
write_quoted(writer *w, PyObject *o)
{
    const char *from = characters(o);
    size_t length = (size_t)BLOCK(text, o)->length, i;
    uint64_t odd = 0;
    for (i = 0; i + 8 <= length; i += 8) {
        odd |= odd_ones(word_at(from + i));
    }
    for (; i < length; i++) {
        odd |= odd_ones(EACH((unsigned char)from[i]));
    }
    reserve(w, length + 2);
    *w->to++ = odd ? '"' : '\'';
    memcpy(w->to, from, length);
    w->to += length;
    *w->to++ = odd ? '"' : '\'';
}

static void write_repr(writer *w, PyObject *o);

static void
write_items(writer *w, PyObject **item, Py_ssize_t length, const char *brackets)
{
    Py_ssize_t i;
    write_bytes(w, brackets, 1);
    for (i = 0; i < length; i++) {
        if (i > 0) {
            write_bytes(w, ", ", 2);
        }
        write_repr(w, item[i]);
    }
    write_bytes(w, brackets + 1, 1);
}

static void
write_repr(writer *w, PyObject *o)
{
    if (o->ob_type == &int_type) {
        write_signed(w, BLOCK(integer, o)->value);
    } else if (o->ob_type == &float_type) {
        write_float(w, BLOCK(real, o)->value);
    } else if (o->ob_type == &str_type) {
        write_quoted(w, o);
    } else if (o->ob_type == &tuple_type) {
        write_items(w, BLOCK(tuple, o)->item, BLOCK(tuple, o)->length, "()");
    } else {
        write_items(w, BLOCK(list, o)->item, BLOCK(list, o)->length, "[]");
    }
}

PyObject *
PyObject_Repr(PyObject *o)
{
    writer w;
    begin(&w);
    write_repr(&w, o);
    return finish(&w);
}

static PyObject *
formatted(const char *format, va_list values)
{
    writer w;
    begin(&w);
    for (;;) {
        const char *percent = strchr(format, '%'), *part;
        if (percent == NULL) {
            write_bytes(&w, format, strlen(format));
            return finish(&w);
        }
        write_bytes(&w, format, (size_t)(percent - format));
        format = percent + 2;
        switch (percent[1]) {
        case 'd': write_signed(&w, va_arg(values, int)); break;
        case 's':
            part = va_arg(values, const char *);
            write_bytes(&w, part, strlen(part));
            break;
        case 'R': write_repr(&w, va_arg(values, PyObject *)); break;
        default: /* %ld and %zd */ write_signed(&w, va_arg(values, long)); format++;
        }
    }
}

PyObject *
PyUnicode_FromFormat(const char *format, ...)
{
    va_list values;
    PyObject *o;
    va_start(values, format);
    o = formatted(format, values);
    va_end(values);
    return o;
}

PyObject *
PyErr_Format(PyObject *type, const char *format, ...)
{
    va_list values;
    (void)type;
    va_start(values, format);
    own_error(formatted(format, values));
    va_end(values);
    return NULL;
}
