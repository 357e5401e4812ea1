/* Leaked: a tensor is offered in a capsule that has no destructor, in the belief that a consumer will take it.  None
 * does, the capsule goes, and the tensor stays.  Seen: pytorch PR 9297, whose example fills the memory of a GPU; an
 * empty destructor does the same.  It looks like this: memory that grows by one tensor a call. */
#include "bug.h"
#include "dlpack.h"

static double data[3] = {1, 2, 3};

#ifdef TWIN
#define destroy destroy_unless_used
#else
#define destroy NULL
#endif

static PyObject *
to_dlpack(void)
{
    return PyCapsule_New(new_tensor(data, 3), "dltensor", destroy); /* made */
}

int
main(void)
{
    PyObject *capsule;

    begin();
    capsule = to_dlpack();
    Py_XDECREF(capsule); /* destroyed */
    printf("tensors left: %d\n", live_tensors);
    return Py_FinalizeEx() < 0;
}
