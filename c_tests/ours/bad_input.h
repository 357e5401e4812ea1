/* Bad input where CPython would crash, or would go on with an object that it should refuse: a NULL where an object or
 * a text is expected, or an object of a type that CPython does not check.  Here each such call sets an error that names
 * the function, and changes nothing else.  A function that never fails returns the value that stands for "nothing".
 *
 * The programs are tables: a row is a call, what it returns, and its error.
 */
#ifndef PYCAPSULE_TESTS_BAD_INPUT_H
#define PYCAPSULE_TESTS_BAD_INPUT_H

#include "../tap.h"

/* The errors that most rows share; %s is the function. */
static const char NO_ERROR[] = "no error";
static const char NAMED[] = "SystemError: %s called with a NULL argument";
static const char INTERNAL[] = "SystemError: %s: bad argument to internal function";
static const char ROUTINE[] = "SystemError: null argument to internal routine";

/* The arguments that calls get besides NULL.  None of them may have changed after a call that was refused. */
static PyObject *text, *number, *list, *dict, *tuple, *bytes, *module, *exception, *function;
static PyObject **const subjects[] = {&text, &number, &list, &dict, &tuple, &bytes, &module, &exception, &function};
enum { SUBJECTS = sizeof(subjects) / sizeof(subjects[0]) };

static PyObject *iterator, *class, *key, *place; /* `place` is the address that calls write to */

static PyObject *
answer(PyObject *self, PyObject *arguments)
{
    (void)self;
    (void)arguments;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"answer", answer, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};

/* Reference counts and sizes of the arguments that calls get, as one line. */
static inline void
describe_subjects(char *line, size_t room)
{
    PyObject *owned[] = {list, dict, PyModule_GetDict(module)};
    size_t used = 0, i;

    for (i = 0; i < SUBJECTS; i++) {
        used += (size_t)snprintf(line + used, room - used, "%ld ", (long)Py_REFCNT(*subjects[i]));
    }
    for (i = 0; i < sizeof(owned) / sizeof(owned[0]); i++) {
        used += (size_t)snprintf(line + used, room - used, "%ld ", (long)PyObject_Size(owned[i]));
    }
}

/* "Type: message" of the error that is set, which is cleared. */
static inline const char *
error_text(void)
{
    static char line[512];
    PyObject *raised = PyErr_GetRaisedException();
    PyObject *message;

    if (raised == NULL) {
        return NO_ERROR;
    }
    message = PyObject_Str(raised);
    snprintf(line, sizeof(line), "%s: %s", tap_type_name((PyObject *)Py_TYPE(raised)), PyUnicode_AsUTF8(message));
    Py_DECREF(message);
    Py_DECREF(raised);
    return line;
}

/* The name of the function in the text of a call: the text from the start, or from after `place = …,`, to the first
 * parenthesis. */
static inline const char *
function_of(const char *call)
{
    static char name[64];
    const char *start = strstr(call, "place = ") != NULL ? strchr(call, ',') + 2 : call + (*call == '(');
    snprintf(name, sizeof(name), "%.*s", (int)strcspn(start, "()"), start);
    return name;
}

static char before[256];

/* One row: the result of a call and its error must be the wanted ones, and no argument may have changed. */
static inline void
check(const char *call, long long got, long long want, const char *error_format)
{
    char after[256], error[512], wanted[1024], found[1024];

    snprintf(error, sizeof(error), error_format, function_of(call));
    snprintf(wanted, sizeof(wanted), "%lld with %s", want, error);
    snprintf(found, sizeof(found), "%lld with %s", got, error_text());
    Py_CLEAR(place);
    describe_subjects(after, sizeof(after));
    if (strcmp(after, before) != 0) {
        snprintf(found, sizeof(found), "references and sizes %s instead of %s", after, before);
    }
    is_str(found, wanted, "%s gives %s, and changes nothing", call, wanted);
}

static long long result;

#define START() (place = NULL, describe_subjects(before, sizeof(before)))
#define NUMBER(call, want, error) (START(), result = (long long)(call), check(#call, result, (want), error))
#define POINTER(call, error) (START(), result = (call) != NULL, check(#call, result, 0, error))
#define VOID(call, error) (START(), (void)(call), check(#call, 0, 0, error))

static inline void
make_subjects(void)
{
    text = PyUnicode_FromString("text");
    key = PyUnicode_FromString("k");
    number = PyLong_FromLong(777777);
    list = PyList_New(0);
    PyList_Append(list, number);
    dict = PyDict_New();
    PyDict_SetItem(dict, key, number);
    tuple = PyTuple_Pack(2, number, text);
    bytes = PyBytes_FromString("bytes");
    module = PyModule_New("module");
    exception = PyObject_CallNoArgs(PyExc_ValueError);
    function = PyCFunction_New(methods, NULL);
    class = (PyObject *)&PyUnicode_Type;
    iterator = PyObject_GetIter(list);
}

static inline void
drop_subjects(void)
{
    size_t i;
    Py_CLEAR(iterator);
    for (i = 0; i < SUBJECTS; i++) {
        Py_CLEAR(*subjects[i]);
    }
    Py_CLEAR(key);
}

#endif
