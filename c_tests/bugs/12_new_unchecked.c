/* The result of PyCapsule_New is used unchecked: an image without pixels has no memory, New refuses NULL, and its
 * NULL is handed to PyCapsule_SetContext, whose error replaces the one that names the cause.  Seen: Pillow #9489 and
 * #9691, nanobind #1298.  It looks like this: "called with invalid PyCapsule object", at the wrong function. */
#include "bug.h"

static int mode = 8;

static PyObject *
wrap_pixels(unsigned char *pixels)
{
    PyObject *capsule = PyCapsule_New(pixels, "image.pixels", NULL); /* made */

#ifdef TWIN
    if (capsule == NULL) {
        return NULL;
    }
#endif
    if (PyCapsule_SetContext(capsule, &mode) < 0) { /* used */
        Py_XDECREF(capsule);
        return NULL;
    }
    return capsule;
}

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = wrap_pixels(NULL);
    if (capsule == NULL) {
        show_error("an empty image");
    }
    Py_XDECREF(capsule);
    return Py_FinalizeEx() < 0;
}
