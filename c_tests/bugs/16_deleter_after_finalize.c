/* Used after the interpreter is finalised: a tensor is kept in a static variable, as a cache or a C++ object may
 * keep it, and is deleted when the process ends, after Py_FinalizeEx; the deleter gives the owner's reference back
 * to an interpreter that is no more.  Seen: numpy PR 22510, whose deleter asks Py_IsInitialized since.  It looks
 * like this: a crash after the last line of main. */
#include "bug.h"
#include "dlpack.h"

static double data[3] = {1, 2, 3};
static DLManagedTensor cached;

static void
destroy_owner(PyObject *capsule)
{
    printf("owner destroyed: %d\n", PyCapsule_CheckExact(capsule));
}

static void
give_owner_back(DLManagedTensor *tensor)
{
    PyObject *owner = (PyObject *)tensor->manager_ctx;
#ifdef TWIN
    /* The interpreter that owned the reference is gone. */
    if (!Py_IsInitialized()) {
        return;
    }
#endif
    Py_DECREF(owner); /* destroyed */
}

static void
empty_cache(void)
{
    printf("the cache is emptied\n");
    cached.deleter(&cached);
}

int
main(void)
{
    begin();
    cached.dl_tensor.data = data;
    cached.manager_ctx = PyCapsule_New(data, "array.owner", destroy_owner); /* made */
    cached.deleter = give_owner_back;
    atexit(empty_cache);
    return Py_FinalizeEx() < 0;
}
