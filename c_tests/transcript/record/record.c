/* Writes the calls of a transcript as a C program, on the file that RECORD names.  The functions that the library calls
 * back are seen through -finstrument-functions: each of their runs becomes a body of its own, and `play` in the program
 * finds the body by the capsule and the order. */
#define _POSIX_C_SOURCE 200809L
#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIMIT = 4096, DEPTH = 64 };

typedef struct {
    FILE *stream;
    char *text;
    size_t size;
    /* The callback, and the variable of its capsule (-1 until it is known). */
    int callback, capsule;
} Body;

static Body bodies[LIMIT] = {{NULL, NULL, 0, -1, -1}};
static int body_count, stack[DEPTH], depth, calls[DEPTH];

static const void *objects[LIMIT];
static int object_count, results[DEPTH * 2], result_count;
static const void *places[LIMIT], *pointers[LIMIT], *names[LIMIT], *callbacks[LIMIT];
static int place_objects[LIMIT], place_count, pointer_count, name_count, callback_count;
static char *name_texts[LIMIT];
static int arguments, touched[3], touched_count;
static const char *function_name, *closing;

static void
too_much(int count)
{
    if (count >= LIMIT - 1) {
        fputs("record: the sequence is too long to be written as a program\n", stderr);
        exit(2);
    }
}

static FILE *
out(void)
{
    return bodies[stack[depth]].stream;
}

static int
start_body(int callback)
{
    Body *body = &bodies[body_count];

    too_much(body_count);
    body->stream = open_memstream(&body->text, &body->size);
    body->callback = callback;
    body->capsule = -1;
    return body_count++;
}

/* The place of an address in a table, which gets it when it is new. */
static int
place_in(const void **table, int *count, const void *address)
{
    int i;

    for (i = 0; i < *count; i++) {
        if (table[i] == address) {
            return i;
        }
    }
    too_much(*count);
    table[(*count)++] = address;
    return i;
}

static void
comma(void)
{
    fputs(arguments++ > 0 ? ", " : "", out());
}

/* The variable that was last given this object, or -1. */
static int
variable_of(const PyObject *object)
{
    int i;

    for (i = object_count - 1; i >= 0 && objects[i] != object; i--) {
    }
    return i;
}

static int
new_variable(const PyObject *object)
{
    too_much(object_count);
    objects[object_count] = object;
    return object_count++;
}

void
record_begin(const char *show, const char *function)
{
    if (body_count == 0) {
        start_body(-1);
    }
    /* The error can't be read after the end. */
    fputs(strcmp(function, "Py_FinalizeEx") == 0 ? "    (" : "    DO(", out());
    closing = "))";
    if (strcmp(show, "object") == 0) {
        results[result_count++] = new_variable(NULL);
        fprintf(out(), "o[%d] = ", results[result_count - 1]);
        closing = ")";
    } else if (*show != '\0') {
        fprintf(out(), "%s(", show);
    } else {
        closing = ")";
    }
    fprintf(out(), "%s(", function);
    function_name = function;
    arguments = 0;
    touched_count = 0;
}

void
record_call(void)
{
    fprintf(out(), ")%s;\n", closing);
    calls[depth]++;
}

void
record_return(void)
{
    int i;

    calls[depth]--;
    for (i = 0; i < touched_count; i++) {
        objects[place_objects[touched[i]]] = *(PyObject *const *)places[touched[i]];
    }
    touched_count = 0;
}

PyObject *
record_result(PyObject *object)
{
    calls[depth]--;
    objects[results[--result_count]] = object;
    return object;
}

void
record_type(PyTypeObject *type)
{
    record_object((PyObject *)type);
}

void
record_object(PyObject *object)
{
    static const struct {
        PyObject *object;
        const char *name;
    } known[] = {
        {Py_None, "Py_None"},
        {(PyObject *)&PyCapsule_Type, "(PyObject *)&PyCapsule_Type"},
        {(PyObject *)&PyList_Type, "(PyObject *)&PyList_Type"},
        {(PyObject *)&PyDict_Type, "(PyObject *)&PyDict_Type"},
        {(PyObject *)&PyTuple_Type, "(PyObject *)&PyTuple_Type"},
    };
    int variable = variable_of(object);
    size_t i;

    comma();
    if (object == NULL) {
        fputs("NULL", out());
        return;
    }
    for (i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (known[i].object == object) {
            fputs(known[i].name, out());
            return;
        }
    }
    if (variable < 0 && PyExceptionClass_Check(object)) {
        fprintf(out(), "PyExc_%s", ((PyTypeObject *)object)->tp_name);
    } else if (variable < 0) {
        fputs("NULL /* an object of unknown origin */", out());
    } else {
        fprintf(out(), "o[%d]", variable);
        if (depth > 0 && bodies[stack[depth]].capsule < 0 && strncmp(function_name, "PyCapsule_Get", 13) == 0) {
            bodies[stack[depth]].capsule = variable;
        }
    }
}

/* The variable for the address to which a function writes an object: one variable for each address. */
void
record_place(PyObject **place)
{
    int i, former = place_count;

    comma();
    i = place_in(places, &place_count, place);
    if (i == former || strcmp(function_name, "PyErr_Fetch") == 0) {
        place_objects[i] = new_variable(NULL);
    }
    touched[touched_count++] = i;
    fprintf(out(), "&o[%d]", place_objects[i]);
}

void
record_pointer(const void *pointer)
{
    comma();
    if (pointer == NULL) {
        fputs("NULL", out());
    } else {
        fprintf(out(), "p + %d", place_in(pointers, &pointer_count, pointer));
    }
}

/* Equal text at another address, or another text at the same address, is another name. */
void
record_text(const char *text)
{
    int i;

    comma();
    if (text == NULL) {
        fputs("NULL", out());
        return;
    }
    for (i = name_count - 1; i >= 0; i--) {
        if (names[i] == text && strcmp(name_texts[i], text) == 0) {
            break;
        }
    }
    if (i < 0) {
        too_much(name_count);
        i = name_count++;
        names[i] = text;
        name_texts[i] = strdup(text);
    }
    fprintf(out(), "n%d", i);
}

void
record_number(long number)
{
    comma();
    fprintf(out(), "%ld", number);
}

void
record_destructor(PyCapsule_Destructor destructor)
{
    comma();
    if (destructor == NULL) {
        fputs("NULL", out());
    } else {
        fprintf(out(), "d%d", place_in(callbacks, &callback_count, (const void *)destructor));
    }
}

void
record_traverse(traverseproc traverse)
{
    comma();
    fputs(traverse != NULL ? "traverse" : "NULL", out());
}

void
record_clear(inquiry clear)
{
    comma();
    fputs(clear != NULL ? "clear" : "NULL", out());
}

void __cyg_profile_func_enter(void *function, void *site);
void __cyg_profile_func_exit(void *function, void *site);

static int
callback_of(const void *function)
{
    int i;

    for (i = 0; i < callback_count; i++) {
        if (callbacks[i] == function) {
            return i;
        }
    }
    return -1;
}

void
__cyg_profile_func_enter(void *function, void *site)
{
    int callback = callback_of(function);

    (void)site;
    if (callback >= 0) {
        stack[depth + 1] = start_body(callback);
        calls[++depth] = 0;
    }
}

/* A callback that no call of the library made was called directly. */
void
__cyg_profile_func_exit(void *function, void *site)
{
    (void)site;
    if (callback_of(function) >= 0) {
        const Body *body = &bodies[stack[depth--]];
        if (calls[depth] == 0) {
            fprintf(out(), "    DO(d%d(o[%d]));\n", body->callback, body->capsule);
        }
    }
}

static void
print_text(FILE *file, const char *text)
{
    fputc('"', file);
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte < 32 || byte > 126 || byte == '"' || byte == '\\') {
            fprintf(file, "\\%03o", byte);
        } else {
            fputc(byte, file);
        }
    }
    fputc('"', file);
}

static const char prelude[] =
    "/* A shortest sequence of calls that differs from CPython's. */\n"
    "#include <Python.h>\n"
    "#include <stdio.h>\n"
    "\n"
    "extern int _PyCapsule_SetTraverse(PyObject *, traverseproc, inquiry);\n"
    "\n"
    "/* Each call is printed, with its result and the error that is pending then. */\n"
    "#define DO(call) (printf(\"%s\", #call), call, error())\n"
    "\n"
    "static void error(void)\n"
    "{\n"
    "    PyObject *raised = PyErr_Occurred() ? PyErr_GetRaisedException() : NULL;\n"
    "    PyObject *text = raised ? PyObject_Str(raised) : NULL;\n"
    "    if (raised) {\n"
    "        printf(\" ! %s: %s\", Py_TYPE(raised)->tp_name, text ? PyUnicode_AsUTF8(text) : \"(no text)\");\n"
    "        Py_XDECREF(text);\n"
    "        PyErr_Clear();\n"
    "        PyErr_SetRaisedException(raised);\n"
    "    }\n"
    "    printf(\"\\n\");\n"
    "    fflush(stdout);\n"
    "}\n"
    "\n";

static const char shows[] =
    "static void number(long value) { printf(\" = %ld\", value); }\n"
    "static void text(const char *value) { printf(\" = %s\", value ? value : \"NULL\"); }\n"
    "static void pointer(const void *value)\n"
    "{\n"
    "    long at = (long)((const char *)value - p);\n"
    "    if (value) printf(at >= 0 && at < (long)sizeof p ? \" = p + %ld\" : \" = ?\", at); else printf(\" = NULL\");\n"
    "}\n"
    "static void function(PyCapsule_Destructor value) { printf(\" = %s\", value ? \"a destructor\" : \"NULL\"); }\n"
    "static int traverse(PyObject *o, visitproc visit, void *arg) { (void)o; (void)visit; (void)arg; return 0; }\n"
    "static int clear(PyObject *o) { (void)o; return 0; }\n"
    "/* Not every program needs all of them. */\n"
    "static void *const used[] = {(void *)number, (void *)text, (void *)pointer, (void *)function, (void *)traverse,\n"
    "                             (void *)clear};\n"
    "\n";

static void
print_program(void)
{
    const char *path = getenv("RECORD");
    FILE *file = path != NULL ? fopen(path, "w") : NULL;
    int i;

    if (file == NULL || body_count == 0) {
        return;
    }
    for (i = 0; i < body_count; i++) {
        fflush(bodies[i].stream);
    }
    fputs(prelude, file);
    fprintf(file, "static PyObject *o[%d];\nstatic char p[%d];\n", object_count + 1, pointer_count + 1);
    for (i = 0; i < name_count; i++) {
        fprintf(file, "static char n%d[] = ", i);
        print_text(file, name_texts[i]);
        fputs(";\n", file);
    }
    fputs("\n", file);
    fputs(shows, file);
    for (i = 0; i < callback_count; i++) {
        fprintf(file, "static void d%d(PyObject *capsule);\n", i);
    }
    if (callback_count > 0) {
        fprintf(file,
                "\n/* The bodies of the destructors, each for one capsule. */\n"
                "static void play(PyObject *capsule, int destructor)\n{\n    static int done[%d];\n",
                body_count);
        for (i = 1; i < body_count; i++) {
            if (bodies[i].capsule >= 0) {
                fprintf(file, "    if (capsule == o[%d] && destructor == %d && !done[%d]) {\n", bodies[i].capsule,
                        bodies[i].callback, i);
                fprintf(file, "    done[%d] = 1; printf(\" ~d%d\\n\");\n%s    return;\n    }\n", i, bodies[i].callback,
                        bodies[i].text);
            }
        }
        fputs("    printf(\" ~d%d without a body\", destructor);\n}\n\n", file);
    }
    for (i = 0; i < callback_count; i++) {
        fprintf(file, "static void d%d(PyObject *capsule) { play(capsule, %d); }\n", i, i);
    }
    fprintf(file, "\nint main(void)\n{\n    (void)used;\n%s    return 0;\n}\n", bodies[0].text);
    fclose(file);
}

/* Destructors of a program run when it is over, whatever way it ends. */
__attribute__((destructor)) static void
end(void)
{
    print_program();
}
