/* Freed twice: the consumer frees the pointer that it got from the capsule, since it was told that it owns the
 * buffer; the producer's destructor frees it too.  The class is that of pytorch #9260, with a pointer that follows
 * no protocol, so that neither side can know what the other has done.  It looks like this: "double free detected"
 * when the capsule goes. */
#include "bug.h"

static void
destroy(PyObject *capsule)
{
    free(PyCapsule_GetPointer(capsule, "image.pixels"));
}

static PyObject *
render(int shade)
{
    unsigned char *pixels = (unsigned char *)malloc(256);
    PyObject *capsule;

    if (pixels == NULL) {
        return PyErr_NoMemory();
    }
    memset(pixels, shade, 256);
    capsule = PyCapsule_New(pixels, "image.pixels", destroy); /* made */
    if (capsule == NULL) {
        free(pixels);
    }
    return capsule;
}

int
main(void)
{
    PyObject *capsule;
    unsigned char *pixels;
    int sum = 0, i;

    begin();
    capsule = render(2);
    pixels = (unsigned char *)PyCapsule_GetPointer(capsule, "image.pixels");
    if (pixels == NULL) {
        show_error("render");
        return 1;
    }
    for (i = 0; i < 256; i++) {
        sum += pixels[i];
    }
    printf("sum of the pixels: %d\n", sum);
#ifdef TWIN
    /* A consumer that takes the pointer over has to tell the capsule: here it takes the destructor away. */
    if (PyCapsule_SetDestructor(capsule, NULL) < 0) {
        return 1;
    }
#endif
    free(pixels);
    Py_DECREF(capsule); /* used */
    printf("gone\n");
    return Py_FinalizeEx() < 0;
}
