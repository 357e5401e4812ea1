/* The destructor frees "the name", and that is the consumer's by now: the consumer has marked the capsule as used
 * with a name that it allocated, as the producer allocated the first.  Nothing crashes yet; the consumer goes on
 * with memory that is not its own any more, and frees it a second time.  Seen: data-apis/array-api #300, after which
 * the names of DLPack's capsules have to be static.  It looks like this: "double free detected", in the consumer. */
#include "bug.h"

typedef struct {
    double values[4];
    char *name;
} Buffer;

static char *
duplicate(const char *text)
{
    char *copy = (char *)malloc(strlen(text) + 1);
    return copy != NULL ? strcpy(copy, text) : NULL;
}

static void
destroy(PyObject *capsule)
{
    Buffer *buffer = (Buffer *)PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule));
#ifdef TWIN
    free(buffer->name);
#else
    free((char *)PyCapsule_GetName(capsule));
#endif
    free(buffer);
}

static PyObject *
produce(void)
{
    Buffer *buffer = (Buffer *)calloc(1, sizeof(*buffer));
    PyObject *capsule = NULL;

    if (buffer == NULL || (buffer->name = duplicate("exchange.buffer.float64")) == NULL) {
        free(buffer);
        return PyErr_NoMemory();
    }
    capsule = PyCapsule_New(buffer, buffer->name, destroy); /* made */
    if (capsule == NULL) {
        free(buffer->name);
        free(buffer);
    }
    return capsule;
}

int
main(void)
{
    PyObject *capsule;
    char *used;

    begin();
    capsule = produce();
    used = duplicate("used.exchange.buffer.float64");
    if (capsule == NULL || used == NULL || PyCapsule_SetName(capsule, used) < 0) { /* renamed */
        return 1;
    }
    printf("consumed as %s\n", PyCapsule_GetName(capsule));
    Py_DECREF(capsule); /* used */
    free(used);
    printf("gone\n");
    return Py_FinalizeEx() < 0;
}
