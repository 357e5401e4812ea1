/* Leaked: a table of constants is offered without a destructor, since there is nothing to delete, which DLPack
 * allows and a NULL deleter says.  Then the table comes to be allocated, gets a deleter, and the capsule has no
 * destructor still.  Seen: the class of pytorch PR 9297.  It looks like this: memory that grows with each tensor
 * that is not consumed. */
#include "bug.h"
#include "dlpack.h"

static double data[3] = {1, 2, 3};

int
main(void)
{
    DLManagedTensor *tensor;
    PyObject *capsule;

    begin();
    tensor = new_tensor(data, 3);
#ifdef TWIN
    tensor->deleter = NULL;
    live_tensors--;
#endif
    capsule = PyCapsule_New(tensor, "dltensor", NULL); /* made */
    Py_DECREF(capsule); /* destroyed */
    printf("tensors left to delete: %d\n", live_tensors);
    return Py_FinalizeEx() < 0;
}
