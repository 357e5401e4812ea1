/* Drives extension modules by a script in a small part of Python's syntax: `drive SCRIPT`.
 *
 * It is compiled once with CPython and once with this library, and runs no Python on either: each statement is a few calls of the
 * C API. A line that is an expression prints the repr of its value, or the exception, so that the two outputs can be compared.
 *
 *     import a.b as c         x = EXPR       x.y = EXPR      x[EXPR] = EXPR
 *     del x, x.y or x[EXPR]   EXPR           for x in EXPR: STATEMENT
 *
 * Expressions have literals, lists, tuples, dicts, attributes, calls with keywords, items, slices, + - * / // % | & == != < <= > >= in.
 */
#include <Python.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The next character of the statement, and the script's names. */
static const char *at;
static PyObject *names;

static PyObject *expression(void);

/* ---- characters and words ---- */

static void
skip_blanks(void)
{
    while (*at == ' ')
        at++;
}

static int
is_next(const char *mark)
{
    skip_blanks();
    return strncmp(at, mark, strlen(mark)) == 0;
}

/* Passes a mark, if it comes next. */
static int
pass(const char *mark)
{
    if (!is_next(mark))
        return 0;
    at += strlen(mark);
    return 1;
}

/* Passes a word, if it comes next as a whole. */
static int
pass_word(const char *word)
{
    size_t length = strlen(word);
    if (!is_next(word) || isalnum((unsigned char)at[length]) || at[length] == '_')
        return 0;
    at += length;
    return 1;
}

static PyObject *
wrong(const char *wanted)
{
    return PyErr_Format(PyExc_SyntaxError, "%s is missing before: %.40s", wanted, at);
}

/* The length of the name that comes next; 0 for anything else. */
static size_t
name_length(void)
{
    skip_blanks();
    size_t length = 0;
    if (isalpha((unsigned char)*at) || *at == '_')
        while (isalnum((unsigned char)at[length]) || at[length] == '_')
            length++;
    return length;
}

/* A name as a str. */
static PyObject *
name(void)
{
    size_t length = name_length();
    if (length == 0)
        return wrong("a name");
    PyObject *text = PyUnicode_FromStringAndSize(at, (Py_ssize_t)length);
    at += length;
    return text;
}

/* ---- functions of the driver, which stand for those of Python's builtins that need no module ---- */

static PyObject *
drive_len(PyObject *self, PyObject *o)
{
    (void)self;
    Py_ssize_t length = PyObject_Size(o);
    return length < 0 ? NULL : PyLong_FromSsize_t(length);
}

static PyObject *
drive_repr(PyObject *self, PyObject *o)
{
    (void)self;
    return PyObject_Repr(o);
}

static PyObject *
drive_hash(PyObject *self, PyObject *o)
{
    (void)self;
    Py_ssize_t hash = PyObject_Hash(o);
    return hash == -1 ? NULL : PyLong_FromSsize_t(hash);
}

static PyObject *
drive_iter(PyObject *self, PyObject *o)
{
    (void)self;
    return PyObject_GetIter(o);
}

static PyObject *
drive_next(PyObject *self, PyObject *o)
{
    (void)self;
    PyObject *item = PyIter_Check(o) ? PyIter_Next(o) : PyErr_Format(PyExc_TypeError, "not an iterator");
    if (item == NULL && !PyErr_Occurred())
        PyErr_SetNone(PyExc_StopIteration);
    return item;
}

static PyObject *
drive_sorted(PyObject *self, PyObject *o)
{
    (void)self;
    PyObject *list = PySequence_List(o);
    if (list != NULL && PyList_Sort(list) < 0)
        Py_CLEAR(list);
    return list;
}

/* The name of an object's type. */
static PyObject *
drive_kind(PyObject *self, PyObject *o)
{
    (void)self;
    return PyUnicode_FromString(Py_TYPE(o)->tp_name);
}

/* The arguments, as a tuple: a callback that a module can be given. */
static PyObject *
drive_echo(PyObject *self, PyObject *args)
{
    (void)self;
    return Py_NewRef(args);
}

static PyObject *
drive_fail(PyObject *self, PyObject *args)
{
    (void)self;
    PyErr_SetObject(PyExc_ValueError, args);
    return NULL;
}

static PyObject *
drive_collect(PyObject *self, PyObject *unused)
{
    (void)self, (void)unused;
    PyGC_Collect();
    Py_RETURN_NONE;
}

/* A module without contents, where a package's Python source would be. */
static PyObject *
drive_module(PyObject *self, PyObject *module_name)
{
    (void)self;
    return Py_XNewRef(PyImport_AddModuleObject(module_name));
}

static PyObject *
drive_isinstance(PyObject *self, PyObject *args)
{
    (void)self;
    if (PyTuple_Size(args) != 2)
        return PyErr_Format(PyExc_TypeError, "isinstance needs two arguments");
    int is = PyObject_IsInstance(PyTuple_GET_ITEM(args, 0), PyTuple_GET_ITEM(args, 1));
    return is < 0 ? NULL : PyBool_FromLong(is);
}

static PyMethodDef functions[] = {
    {"len", drive_len, METH_O, NULL},
    {"repr", drive_repr, METH_O, NULL},
    {"hash", drive_hash, METH_O, NULL},
    {"iter", drive_iter, METH_O, NULL},
    {"next", drive_next, METH_O, NULL},
    {"sorted", drive_sorted, METH_O, NULL},
    {"kind", drive_kind, METH_O, NULL},
    {"echo", drive_echo, METH_VARARGS, NULL},
    {"fail", drive_fail, METH_VARARGS, NULL},
    {"module", drive_module, METH_O, NULL},
    {"collect", drive_collect, METH_NOARGS, NULL},
    {"isinstance", drive_isinstance, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

/* ---- atoms ---- */

/* The byte that an escape means; `at` is after the backslash. */
static char
escaped(void)
{
    char c = *at++;
    if (c == 'n')
        return '\n';
    if (c == 'x' && isxdigit((unsigned char)at[0]) && isxdigit((unsigned char)at[1])) {
        char digits[3] = {at[0], at[1], 0};
        at += 2;
        return (char)strtol(digits, NULL, 16);
    }
    return c;
}

/* A literal in quotes: bytes as they are, or a str of the characters in UTF-8. */
static PyObject *
quoted(int is_bytes)
{
    char quote = *at++;
    char *buffer = malloc(strlen(at) + 1);
    if (buffer == NULL)
        return PyErr_NoMemory();
    size_t length = 0;
    while (*at != 0 && *at != quote) {
        if (*at != '\\') {
            buffer[length++] = *at++;
            continue;
        }
        at++;
        buffer[length++] = escaped();
    }
    PyObject *o = NULL;
    if (*at != quote)
        wrong("the closing quote");
    else if (is_bytes)
        o = PyBytes_FromStringAndSize(buffer, (Py_ssize_t)length);
    else
        o = PyUnicode_FromStringAndSize(buffer, (Py_ssize_t)length);
    at += *at == quote;
    free(buffer);
    return o;
}

static PyObject *
number(void)
{
    char *after_int, *after_float;
    long integer = strtol(at, &after_int, 0);
    double real = strtod(at, &after_float);
    int is_int = after_int >= after_float;
    at = is_int ? after_int : after_float;
    return is_int ? PyLong_FromLong(integer) : PyFloat_FromDouble(real);
}

/* Expressions up to a closing mark, as a list. `is_single` is set if there is one without a comma after it. */
static PyObject *
row(const char *end, int *is_single)
{
    PyObject *list = PyList_New(0);
    *is_single = 0;
    while (list != NULL && !pass(end)) {
        PyObject *item = expression();
        int failed = item == NULL || PyList_Append(list, item) < 0;
        Py_XDECREF(item);
        *is_single = PyList_Size(list) == 1;
        if (!failed && pass(","))
            *is_single = 0;
        else if (!failed && !is_next(end))
            failed = wrong("a comma") == NULL;
        if (failed)
            Py_CLEAR(list);
    }
    return list;
}

static PyObject *
in_parentheses(void)
{
    int is_single;
    PyObject *list = row(")", &is_single);
    if (list == NULL)
        return NULL;
    PyObject *o = is_single ? Py_NewRef(PyList_GetItem(list, 0)) : PyList_AsTuple(list);
    Py_DECREF(list);
    return o;
}

static PyObject *
in_braces(void)
{
    PyObject *dict = PyDict_New();
    while (dict != NULL && !pass("}")) {
        PyObject *key = expression(), *value = NULL;
        if (key != NULL && (pass(":") || wrong("a colon") != NULL))
            value = expression();
        int failed = value == NULL || PyDict_SetItem(dict, key, value) < 0;
        Py_XDECREF(key);
        Py_XDECREF(value);
        if (!failed && !pass(",") && !is_next("}"))
            failed = wrong("a comma") == NULL;
        if (failed)
            Py_CLEAR(dict);
    }
    return dict;
}

/* The value of a name of the script, of the driver's functions, or of `builtins`. */
static PyObject *
named(void)
{
    PyObject *key = name();
    if (key == NULL)
        return NULL;
    PyObject *value = Py_XNewRef(PyDict_GetItemWithError(names, key));
    if (value == NULL && !PyErr_Occurred()) {
        PyObject *builtins = PyImport_ImportModule("builtins");
        value = builtins == NULL ? NULL : PyObject_GetAttr(builtins, key);
        Py_XDECREF(builtins);
    }
    Py_DECREF(key);
    return value;
}

static PyObject *
atom(void)
{
    int is_single;
    skip_blanks();
    if (*at == '"' || *at == '\'')
        return quoted(0);
    if (*at == 'b' && (at[1] == '"' || at[1] == '\''))
        return at++, quoted(1);
    if (isdigit((unsigned char)*at))
        return number();
    if (pass("("))
        return in_parentheses();
    if (pass("["))
        return row("]", &is_single);
    if (pass("{"))
        return in_braces();
    if (pass_word("None"))
        return Py_NewRef(Py_None);
    if (pass_word("True"))
        return Py_NewRef(Py_True);
    if (pass_word("False"))
        return Py_NewRef(Py_False);
    return named();
}

/* ---- attributes, items and calls ---- */

/* A value, or the attribute or item of one that was not fetched yet, since it may be assigned. */
struct place {
    PyObject *base;
    PyObject *key;
    enum { VALUE, ATTRIBUTE, ITEM } kind;
};

/* The value at a place, which is given up. */
static PyObject *
fetch(struct place *place)
{
    PyObject *value = place->base;
    if (value != NULL && place->kind != VALUE) {
        value =
            place->kind == ITEM ? PyObject_GetItem(place->base, place->key) : PyObject_GetAttr(place->base, place->key);
        Py_DECREF(place->base);
    }
    Py_CLEAR(place->key);
    *place = (struct place){value, NULL, VALUE};
    return value;
}

/* Sets or, for NULL, deletes the value at a place, which is given up. */
static int
assign(struct place *place, PyObject *value)
{
    int answer = -1;
    if (place->kind == ATTRIBUTE)
        answer = PyObject_SetAttr(place->base, place->key, value);
    else if (place->kind == ITEM)
        answer = value == NULL ? PyObject_DelItem(place->base, place->key)
                               : PyObject_SetItem(place->base, place->key, value);
    else
        wrong("a place");
    Py_CLEAR(place->key);
    Py_CLEAR(place->base);
    return answer;
}

/* A part of a slice; NULL without an error if it is left out. */
static PyObject *
bound(void)
{
    return is_next(":") || is_next("]") ? NULL : expression();
}

/* An index or a slice, up to the bracket. */
static PyObject *
subscript(void)
{
    PyObject *bounds[3] = {NULL, NULL, NULL};
    int count = 0;
    bounds[0] = bound();
    while (!PyErr_Occurred() && count < 2 && pass(":"))
        bounds[++count] = bound();
    PyObject *key = NULL;
    if (!PyErr_Occurred() && (pass("]") || wrong("a bracket") != NULL))
        key = count == 0 ? Py_XNewRef(bounds[0]) : PySlice_New(bounds[0], bounds[1], bounds[2]);
    for (int i = 0; i < 3; i++)
        Py_XDECREF(bounds[i]);
    return key;
}

/* Adds one argument of a call, with or without a name. */
static int
add_argument(PyObject *args, PyObject *keywords)
{
    size_t length = name_length();
    const char *after = at + length;
    while (*after == ' ')
        after++;
    PyObject *key = NULL;
    if (length > 0 && *after == '=' && after[1] != '=') {
        key = name();
        pass("=");
    }
    PyObject *value = expression();
    int answer = -1;
    if (value != NULL)
        answer = key != NULL ? PyDict_SetItem(keywords, key, value) : PyList_Append(args, value);
    Py_XDECREF(key);
    Py_XDECREF(value);
    return answer;
}

static PyObject *
call(PyObject *function)
{
    PyObject *list = PyList_New(0), *keywords = PyDict_New(), *args = NULL, *result = NULL;
    int failed = list == NULL || keywords == NULL;
    while (!failed && !pass(")")) {
        failed = add_argument(list, keywords) < 0;
        if (!failed && !pass(",") && !is_next(")"))
            failed = wrong("a comma") == NULL;
    }
    if (!failed && (args = PyList_AsTuple(list)) != NULL)
        result = PyObject_Call(function, args, PyDict_Size(keywords) > 0 ? keywords : NULL);
    Py_XDECREF(list);
    Py_XDECREF(keywords);
    Py_XDECREF(args);
    return result;
}

static struct place
place(void)
{
    struct place place = {atom(), NULL, VALUE};
    while (place.base != NULL) {
        if (is_next("(")) {
            PyObject *function = fetch(&place);
            pass("(");
            place.base = function == NULL ? NULL : call(function);
            Py_XDECREF(function);
        } else if (is_next(".") && fetch(&place) != NULL) {
            pass(".");
            place.kind = ATTRIBUTE;
            place.key = name();
        } else if (is_next("[") && fetch(&place) != NULL) {
            pass("[");
            place.kind = ITEM;
            place.key = subscript();
        } else {
            break;
        }
        if (place.kind != VALUE && place.key == NULL && place.base != NULL) {
            Py_CLEAR(place.base);
            place.kind = VALUE;
        }
    }
    return place;
}

/* ---- operators ---- */

static PyObject *
unary(void)
{
    if (pass("-")) {
        PyObject *value = unary(), *negative = value == NULL ? NULL : PyNumber_Negative(value);
        Py_XDECREF(value);
        return negative;
    }
    struct place value = place();
    return fetch(&value);
}

typedef PyObject *operation(PyObject *, PyObject *);

struct operator
{
    const char *mark;
    operation *apply;
};

static PyObject *
is_in(PyObject *item, PyObject *container)
{
    int is = PySequence_Contains(container, item);
    return is < 0 ? NULL : PyBool_FromLong(is);
}

#define COMPARE(function, code)                         \
    static PyObject *function(PyObject *a, PyObject *b) \
    {                                                   \
        return PyObject_RichCompare(a, b, code);        \
    }
COMPARE(less, Py_LT)
COMPARE(less_equal, Py_LE)
COMPARE(equal, Py_EQ)
COMPARE(not_equal, Py_NE)
COMPARE(greater, Py_GT)
COMPARE(greater_equal, Py_GE)

/* Levels of operators, the loosest first. A mark that another one begins with comes after it. */
static const struct operator operators[3][10] = {
    {{"==", equal},
     {"!=", not_equal},
     {"<=", less_equal},
     {">=", greater_equal},
     {"<", less},
     {">", greater},
     {"in ", is_in}},
    {{"+", PyNumber_Add}, {"-", PyNumber_Subtract}, {"|", PyNumber_Or}, {"&", PyNumber_And}},
    {{"*", PyNumber_Multiply}, {"//", PyNumber_FloorDivide}, {"/", PyNumber_TrueDivide}, {"%", PyNumber_Remainder}},
};

static operation *
operator_of(int level)
{
    for (const struct operator* one = operators[level]; one->mark != NULL; one++)
        if (pass(one->mark))
            return one->apply;
    return NULL;
}

/* An expression of operators of this level and tighter ones. Its first operand may be known already. */
static PyObject *
binary(int level, PyObject *first)
{
    if (level == 3)
        return first != NULL ? first : unary();
    PyObject *left = binary(level + 1, first);
    operation *apply;
    while (left != NULL && (apply = operator_of(level)) != NULL) {
        PyObject *right = binary(level + 1, NULL), *result = right == NULL ? NULL : apply(left, right);
        Py_DECREF(left);
        Py_XDECREF(right);
        left = result;
    }
    return left;
}

static PyObject *
expression(void)
{
    return binary(0, NULL);
}

/* ---- statements ---- */

/* Prints text; an address in it becomes `0x...`, since it differs from run to run. */
static void
print_text(PyObject *text)
{
    const char *c = text == NULL ? NULL : PyUnicode_AsUTF8(text);
    if (c == NULL) {
        PyErr_Clear();
        c = "(no text)";
    }
    while (*c != 0) {
        if (strncmp(c, "0x", 2) == 0 && strspn(c + 2, "0123456789abcdef") >= 8) {
            printf("0x...");
            c += 2 + strspn(c + 2, "0123456789abcdef");
        } else {
            putchar(*c++);
        }
    }
    putchar('\n');
    Py_XDECREF(text);
}

/* Prints the error that is set, and clears it. */
static void
print_error(void)
{
    PyObject *error = PyErr_GetRaisedException();
    printf("%s: ", Py_TYPE(error)->tp_name);
    print_text(PyObject_Str(error));
    Py_DECREF(error);
}

/* Prints the value of a statement, if the statement ends here. */
static int
show(PyObject *value)
{
    skip_blanks();
    if (*at == 0)
        print_text(PyObject_Repr(value));
    else
        wrong("the end");
    Py_DECREF(value);
    return PyErr_Occurred() ? -1 : 0;
}

static int
import(void)
{
    skip_blanks();
    char path[200];
    size_t length = strcspn(at, " ");
    if (length >= sizeof path)
        return wrong("a shorter name") != NULL;
    memcpy(path, at, length);
    path[length] = 0;
    at += length;
    PyObject *key = pass_word("as") ? name() : wrong("'as'");
    PyObject *module = key == NULL ? NULL : PyImport_ImportModule(path);
    int answer = module == NULL ? -1 : PyDict_SetItem(names, key, module);
    Py_XDECREF(key);
    Py_XDECREF(module);
    return answer;
}

static int statement(void);

static int
loop(void)
{
    PyObject *key = name(), *list = NULL;
    if (key != NULL && (pass_word("in") || wrong("'in'") != NULL) && (list = expression()) != NULL) {
        PyObject *iterator = PyObject_GetIter(list);
        Py_SETREF(list, iterator);
    }
    if (list != NULL && !pass(":"))
        wrong("a colon");
    const char *body = at;
    PyObject *item;
    while (!PyErr_Occurred() && list != NULL && (item = PyIter_Next(list)) != NULL) {
        at = body;
        if (PyDict_SetItem(names, key, item) == 0)
            statement();
        Py_DECREF(item);
    }
    at += strlen(at);
    Py_XDECREF(key);
    Py_XDECREF(list);
    return PyErr_Occurred() ? -1 : 0;
}

/* An assignment to a name; 0 if the statement is something else. */
static int
assign_name(int *answer)
{
    size_t length = name_length();
    const char *after = at + length;
    while (*after == ' ')
        after++;
    if (length == 0 || *after != '=' || after[1] == '=')
        return 0;
    PyObject *key = name();
    pass("=");
    PyObject *value = key == NULL ? NULL : expression();
    *answer = value == NULL ? -1 : PyDict_SetItem(names, key, value);
    Py_XDECREF(key);
    Py_XDECREF(value);
    return 1;
}

static int
delete_place(void)
{
    const char *start = at;
    size_t length = name_length();
    if (at[length] == 0) {
        PyObject *key = name();
        int answer = key == NULL ? -1 : PyDict_DelItem(names, key);
        Py_XDECREF(key);
        return answer;
    }
    at = start;
    struct place target = place();
    return target.base == NULL ? -1 : assign(&target, NULL);
}

static int
statement(void)
{
    int answer;
    if (pass_word("import"))
        return import();
    if (pass_word("for"))
        return loop();
    if (pass_word("del"))
        return delete_place();
    if (assign_name(&answer))
        return answer;
    if (is_next("-")) {
        PyObject *value = expression();
        return value == NULL ? -1 : show(value);
    }
    struct place target = place();
    if (target.base != NULL && target.kind != VALUE && is_next("=") && !is_next("==")) {
        pass("=");
        PyObject *value = expression();
        answer = value == NULL ? -1 : assign(&target, value);
        Py_XDECREF(value);
        return answer;
    }
    PyObject *first = fetch(&target), *value = first == NULL ? NULL : binary(0, first);
    return value == NULL ? -1 : show(value);
}

static int
run(FILE *script)
{
    char line[4000];
    while (fgets(line, sizeof line, script) != NULL) {
        line[strcspn(line, "\n")] = 0;
        at = line;
        skip_blanks();
        if (*at == 0 || *at == '#')
            continue;
        printf("> %s\n", line);
        if (statement() < 0)
            print_error();
        fflush(stdout);
    }
    return 0;
}

int
main(int argc, char **argv)
{
    FILE *script = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (script == NULL) {
        fprintf(stderr, "usage: drive SCRIPT\n");
        return 2;
    }
    Py_Initialize();
    names = PyDict_New();
    PyObject *module = PyImport_AddModule("drive");
    if (names == NULL || module == NULL || PyModule_AddFunctions(module, functions) < 0 ||
        PyDict_Update(names, PyModule_GetDict(module)) < 0)
        return 1;
    int status = run(script);
    fclose(script);
    Py_CLEAR(names);
    return Py_FinalizeEx() < 0 ? 1 : status;
}
