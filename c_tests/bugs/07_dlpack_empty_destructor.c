/* Leaked: the capsule has a destructor, which deletes nothing, in the belief that a consumer will take the tensor.
 * Seen: the class of pytorch PR 9297.  It looks like this: memory that grows by one tensor a call. */
#include "bug.h"
#include "dlpack.h"

static double data[3] = {1, 2, 3};
static int capsules_gone = 0;

static void
destroy(PyObject *capsule)
{
#ifdef TWIN
    destroy_unless_used(capsule);
#else
    (void)capsule;
#endif
    capsules_gone++;
}

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = PyCapsule_New(new_tensor(data, 3), "dltensor", destroy); /* made */
    Py_DECREF(capsule); /* destroyed */
    printf("capsules gone: %d, tensors left: %d\n", capsules_gone, live_tensors);
    return Py_FinalizeEx() < 0;
}
