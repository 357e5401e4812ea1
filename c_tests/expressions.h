/* A small evaluator of expressions in Python's notation, so that a table of calls is a table of texts.
 *
 *     {"'a,b'.split(',', maxsplit=-1)", "['a', 'b']"},
 *     {"Split('a,b', 5, 0)", "TypeError: must be str, not int"},
 *
 * It knows literals (str, bytes, int, float, tuple, list, dict, set), attributes and calls of methods, calls of the functions that a
 * program lists (`functions`), the names in the module builtins, and binary operators.  NULL is an argument that is NULL.  A row is the text of an expression, and the repr
 * of its value or its error.
 */
#ifndef PYCAPSULE_TESTS_EXPRESSIONS_H
#define PYCAPSULE_TESTS_EXPRESSIONS_H

#include "outcome.h"

typedef struct {
    const char *expression;
    const char *outcome;
} Row;

/* A function that an expression can call by name: it gets the arguments, of which some may be NULL. */
typedef struct {
    const char *name;
    PyObject *(*call)(PyObject **arguments);
} Function;

/* The functions that a program lists, up to a row without a name. */
static const Function *functions = NULL;

/* The text that is evaluated, from the next character on. */
static const char *rest;

static PyObject *expression(void);

static void
skip_spaces(void)
{
    while (*rest == ' ') {
        rest++;
    }
}

static int
take(const char *token)
{
    skip_spaces();
    if (strncmp(rest, token, strlen(token)) != 0) {
        return 0;
    }
    rest += strlen(token);
    return 1;
}

static void
broken(const char *why)
{
    fprintf(stderr, "bad expression (%s): %s\n", why, rest);
    exit(2);
}

static unsigned long
hexadecimal(int digits)
{
    char buffer[9] = {0};
    memcpy(buffer, rest, (size_t)digits);
    rest += digits;
    return strtoul(buffer, NULL, 16);
}

/* One character of a literal, after which `rest` stands. */
static Py_UCS4
character(void)
{
    unsigned char byte = (unsigned char)*rest++;
    if (byte == '\\') {
        switch (*rest++) {
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        case 'x': return (Py_UCS4)hexadecimal(2);
        case 'u': return (Py_UCS4)hexadecimal(4);
        case 'U': return (Py_UCS4)hexadecimal(8);
        default: return (Py_UCS4)(unsigned char)rest[-1];
        }
    }
    return byte;
}

static PyObject *
string_literal(int is_bytes)
{
    static Py_UCS4 points[4096];
    static char bytes[4096];
    char quote = *rest++;
    Py_ssize_t count = 0;
    while (*rest != quote) {
        if (*rest == '\0' || count == 4095) {
            broken("a literal without an end");
        }
        points[count] = character();
        bytes[count] = (char)points[count];
        count++;
    }
    rest++;
    if (is_bytes) {
        return PyBytes_FromStringAndSize(bytes, count);
    }
    return PyUnicode_FromKindAndData(4, points, count);
}

static PyObject *
number_literal(void)
{
    char *end;
    char text[512];
    size_t length = strspn(rest, "+-0123456789.einfa");
    PyObject *digits, *value;
    snprintf(text, sizeof text, "%.*s", (int)length, rest);
    if (strpbrk(text, ".en") != NULL) {
        double number = strtod(text, &end);
        rest += end - text;
        return PyFloat_FromDouble(number);
    }
    rest += length;
    digits = PyUnicode_FromString(text);
    value = PyNumber_Long(digits);
    Py_DECREF(digits);
    if (value == NULL) {
        broken("a number");
    }
    return value;
}

/* The items up to a closing bracket, as a list. */
static PyObject *
items_until(const char *close)
{
    PyObject *list = PyList_New(0);
    while (!take(close)) {
        PyObject *item = expression();
        if (item == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_Append(list, item);
        Py_DECREF(item);
        take(",");
    }
    return list;
}

static PyObject *
braces(void)
{
    PyObject *dict = PyDict_New(), *set = NULL;
    while (!take("}")) {
        PyObject *key = expression();
        if (take(":")) {
            PyObject *value = expression();
            PyDict_SetItem(dict, key, value);
            Py_XDECREF(value);
        } else {
#ifdef EXPRESSIONS_HAVE_SETS
            set = set == NULL ? PySet_New(NULL) : set;
            PySet_Add(set, key);
#else
            broken("a set");
#endif
        }
        Py_XDECREF(key);
        take(",");
    }
    if (set != NULL) {
        Py_DECREF(dict);
        return set;
    }
    return dict;
}

/* The function of a name that the program lists, or NULL. */
static const Function *
listed_function(const char *name, size_t length)
{
    const Function *function;
    for (function = functions; function != NULL && function->name != NULL; function++) {
        if (strlen(function->name) == length && strncmp(function->name, name, length) == 0) {
            return function;
        }
    }
    return NULL;
}

static PyObject *
call_function(const Function *function)
{
    PyObject *arguments[8] = {NULL};
    int count = 0, failed = 0;
    PyObject *result;
    while (!take(")")) {
        if (count == 8) {
            broken("too many arguments");
        }
        arguments[count] = take("NULL") ? NULL : expression();
        failed |= arguments[count] == NULL && PyErr_Occurred() != NULL;
        count++;
        take(",");
    }
    result = failed ? NULL : function->call(arguments);
    while (count > 0) {
        Py_XDECREF(arguments[--count]);
    }
    return result;
}

static size_t
name_length(void)
{
    return strspn(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
}

static PyObject *
primary(void)
{
    PyObject *items, *tuple;
    size_t length;
    const char *name;
    skip_spaces();
    if (*rest == '\'' || *rest == '"') {
        return string_literal(0);
    }
    if (*rest == 'b' && (rest[1] == '\'' || rest[1] == '"')) {
        rest++;
        return string_literal(1);
    }
    if (strchr("-0123456789", *rest) != NULL || strncmp(rest, "inf", 3) == 0 || strncmp(rest, "nan", 3) == 0) {
        return number_literal();
    }
    if (take("[")) {
        return items_until("]");
    }
    if (take("{")) {
        return braces();
    }
    if (take("(")) {
        items = items_until(")");
        if (items != NULL && rest[-2] != ',' && PyList_Size(items) == 1) {
            tuple = PyList_GetItem(items, 0);
            Py_INCREF(tuple);
        } else {
            tuple = items != NULL ? PyList_AsTuple(items) : NULL;
        }
        Py_XDECREF(items);
        return tuple;
    }
    name = rest;
    length = name_length();
    if (length == 0) {
        broken("no value");
    }
    rest += length;
    if (*rest == '(' && listed_function(name, length) != NULL) {
        rest++;
        return call_function(listed_function(name, length));
    }
    tuple = PyUnicode_FromStringAndSize(name, (Py_ssize_t)length);
    items = PyDict_GetItem(PyEval_GetBuiltins(), tuple);
    Py_DECREF(tuple);
    if (items == NULL) {
        rest = name;
        broken("an unknown name");
    }
    Py_INCREF(items);
    return items;
}

/* An attribute of a new reference, which is dropped. */
static PyObject *
attribute(PyObject *owner)
{
    char name[64];
    size_t length = name_length();
    PyObject *found;
    snprintf(name, sizeof name, "%.*s", (int)length, rest);
    rest += length;
    found = PyObject_GetAttrString(owner, name);
    Py_DECREF(owner);
    return found;
}

/* The call of a new reference, which is dropped. */
static PyObject *
call_value(PyObject *callable)
{
    PyObject *positional = PyList_New(0), *keywords = NULL, *tuple, *result;
    PyObject *kind = NULL, *error = NULL, *traceback = NULL;
    size_t length;
    int failed = callable == NULL;
    if (failed) {
        /* The arguments are read without an error, but not used. */
        PyErr_Fetch(&kind, &error, &traceback);
    }
    while (!take(")")) {
        const char *start;
        PyObject *value;
        skip_spaces();
        start = rest;
        length = name_length();
        if (length > 0 && rest[length] == '=' && rest[length + 1] != '=') {
            char keyword[64];
            snprintf(keyword, sizeof keyword, "%.*s", (int)length, start);
            rest += length + 1;
            value = expression();
            keywords = keywords == NULL ? PyDict_New() : keywords;
            failed |= value == NULL || PyDict_SetItemString(keywords, keyword, value) < 0;
        } else {
            value = expression();
            failed |= value == NULL || PyList_Append(positional, value) < 0;
        }
        Py_XDECREF(value);
        take(",");
    }
    tuple = PyList_AsTuple(positional);
    result = failed ? NULL : PyObject_Call(callable, tuple, keywords);
    if (kind != NULL) {
        PyErr_Restore(kind, error, traceback);
    }
    Py_XDECREF(callable);
    Py_DECREF(positional);
    Py_DECREF(tuple);
    Py_XDECREF(keywords);
    return result;
}

static PyObject *
postfix(void)
{
    PyObject *value = primary();
    while (*rest == '.' || *rest == '(') {
        if (*rest++ == '(') {
            value = call_value(value);
        } else if (value != NULL) {
            value = attribute(value);
        } else {
            rest += name_length();
        }
    }
    return value;
}

#ifndef Py_LIMITED_API
/* The slot of a binary operator in a type; NULL without it. */
static binaryfunc
operator_slot(PyObject *o, const char *op)
{
    PyNumberMethods *suite = Py_TYPE(o)->tp_as_number;
    if (suite == NULL) {
        return NULL;
    }
    switch (*op) {
    case '%': return suite->nb_remainder;
    case '|': return op[1] == '=' ? suite->nb_inplace_or : suite->nb_or;
    case '&': return op[1] == '=' ? suite->nb_inplace_and : suite->nb_and;
    case '^': return op[1] == '=' ? suite->nb_inplace_xor : suite->nb_xor;
    case '-': return op[1] == '=' ? suite->nb_inplace_subtract : suite->nb_subtract;
    default: return NULL;
    }
}

static PyObject *
operate(PyObject *left, const char *op, PyObject *right)
{
    PyObject *operands[] = {left, right};
    char plain[2] = {op[0], '\0'};
    int i = op[1] == '=' ? -1 : 0;
    /* The slot of an operator in place is the left operand's only. */
    for (; i < 2; i++) {
        binaryfunc slot = i < 0 ? operator_slot(left, op) : operator_slot(operands[i], plain);
        PyObject *result = slot != NULL ? slot(left, right) : NULL;
        if (slot != NULL && result != Py_NotImplemented) {
            return result;
        }
        Py_XDECREF(result);
    }
    PyErr_SetString(PyExc_TypeError, "unsupported operands");
    return NULL;
}
#else
static PyObject *
operate(PyObject *left, const char *op, PyObject *right)
{
    (void)left;
    (void)right;
    broken(op);
    return NULL;
}
#endif

static PyObject *
expression(void)
{
    static const char *const OPERATORS[] = {"|=", "&=", "^=", "-=", "%", "|", "&", "^", "-"};
    static const char *const COMPARISONS[] = {"<=", "==", "!=", ">=", "<", ">"};
    static const int OPS[] = {Py_LE, Py_EQ, Py_NE, Py_GE, Py_LT, Py_GT};
    PyObject *left = postfix(), *right, *result;
    size_t i;
    if (left == NULL) {
        return NULL;
    }
    for (i = 0; i < sizeof OPERATORS / sizeof *OPERATORS; i++) {
        if (take(OPERATORS[i])) {
            right = postfix();
            result = right != NULL ? operate(left, OPERATORS[i], right) : NULL;
            Py_DECREF(left);
            Py_XDECREF(right);
            return result;
        }
    }
    for (i = 0; i < sizeof COMPARISONS / sizeof *COMPARISONS; i++) {
        if (take(COMPARISONS[i])) {
            right = postfix();
            result = right != NULL ? PyObject_RichCompare(left, right, OPS[i]) : NULL;
            Py_DECREF(left);
            Py_XDECREF(right);
            return result;
        }
    }
    return left;
}

/* The value of an expression: a new reference, or NULL with an error set. */
static inline PyObject *
evaluate(const char *text)
{
    PyObject *value;
    rest = text;
    value = expression();
    skip_spaces();
    if (value != NULL && *rest != '\0') {
        broken("more than an expression");
    }
    return value;
}

static inline void
check_rows(const Row *rows, size_t count)
{
    size_t i;
    for (i = 0; i < count; i++) {
        is_str(outcome(evaluate(rows[i].expression)), rows[i].outcome, "%s", rows[i].expression);
    }
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof *(rows))

/* A C number as an object; an error if one is set. */
static inline PyObject *
number(long long value)
{
    return PyErr_Occurred() ? NULL : PyLong_FromLongLong(value);
}

/* The C number of an argument. */
static inline Py_ssize_t
size_of(PyObject *argument)
{
    return PyLong_AsSsize_t(argument);
}

#endif
