/* The insides of a capsule and of its type: the public fields of PyCapsule_Type, which is immortal, and the 64 bytes in
 * memory that real code casts to.  Nothing else about capsules needs more than the limited API.
 */
#include "tap.h"

#include <stdint.h>

static char storage[8];

static void
do_nothing(PyObject *capsule)
{
    (void)capsule;
}

static void
test_fields(void)
{
    PyObject *type = (PyObject *)&PyCapsule_Type;
    Py_ssize_t count = Py_REFCNT(type);

    is_str(PyCapsule_Type.tp_name, "PyCapsule", "tp_name has no module");
    is_int(PyCapsule_Type.tp_basicsize, 64, "tp_basicsize is 64");
    is_int(PyCapsule_Type.tp_itemsize, 0, "tp_itemsize is 0");
    is_int(PyCapsule_Type.tp_flags, 0x5182, "tp_flags: GC, ready, immutable, no instantiation, static built-in");
    is_int(PyType_HasFeature(&PyCapsule_Type, Py_TPFLAGS_BASETYPE), 0, "PyCapsule_Type cannot be derived from");
    is_ptr(PyCapsule_Type.tp_base, &PyBaseObject_Type, "tp_base is object");
    is_int(PyCapsule_Type.tp_weaklistoffset, 0, "there are no weak references to a capsule");
    is_int(PyCapsule_Type.tp_dictoffset, 0, "a capsule has no dict");
    ok(PyCapsule_Type.tp_new == NULL, "tp_new is NULL");
    ok(PyCapsule_Type.tp_call == NULL, "tp_call is NULL");
    ok(PyCapsule_Type.tp_dealloc != NULL, "tp_dealloc is not NULL");
    ok(PyCapsule_Type.tp_repr != NULL, "tp_repr is not NULL");
    ok(PyCapsule_Type.tp_traverse != NULL && PyCapsule_Type.tp_clear != NULL, "tp_traverse and tp_clear are not NULL");
    ok(PyCapsule_Type.tp_getattro == PyObject_GenericGetAttr, "tp_getattro is PyObject_GenericGetAttr");
    ok(PyCapsule_Type.tp_setattro == PyObject_GenericSetAttr, "tp_setattro is PyObject_GenericSetAttr");
    ok(PyCapsule_Type.tp_free != NULL, "tp_free is not NULL");
    ok(PyCapsule_Type.tp_doc != NULL && PyCapsule_Type.tp_doc[0] != '\0', "tp_doc says what capsules are for");
    /* The functions count as the library does; an inline function counts as the version of its header does. */
    Py_IncRef(type);
    Py_IncRef(type);
    Py_DecRef(type);
    is_int(Py_REFCNT(type), count, "PyCapsule_Type is immortal: counting does not change its count");
    is_int((int32_t)type->ob_refcnt < 0, 1, "the count of an immortal type has the sign bit of its low half set");
}

/* The memory, for code that was compiled elsewhere and casts to it. */
static void
test_layout(void)
{
    PyObject *capsule = PyCapsule_New(storage, "name", do_nothing);
    void *words[8];
    PyCapsule_Destructor destructor;
    uint32_t low_half;

    PyCapsule_SetContext(capsule, storage + 3);
    memcpy(words, capsule, sizeof(words));
    memcpy(&low_half, words, sizeof(low_half));
    is_int(low_half, 1, "the reference count is the low half of the first eight bytes");
    is_ptr(words[1], &PyCapsule_Type, "the type is at offset 8");
    is_ptr(words[2], storage, "the pointer is at offset 16");
    is_ptr(words[3], PyCapsule_GetName(capsule), "the name is at offset 24");
    is_ptr(words[4], storage + 3, "the context is at offset 32");
    memcpy(&destructor, &words[5], sizeof(destructor));
    ok(destructor == do_nothing, "the destructor is at offset 40");
    is_ptr(words[6], NULL, "the traverse function at offset 48 is NULL");
    is_ptr(words[7], NULL, "the clear function at offset 56 is NULL");
    is_int(PyObject_IS_GC(capsule), 1, "a capsule is an object with a collector's head");
    is_int(PyObject_GC_IsTracked(capsule), 0, "a capsule with a collector's head is not tracked");

    ((void **)capsule)[2] = storage + 1;
    ((void **)capsule)[3] = storage + 2;
    ((void **)capsule)[4] = storage + 4;
    is_ptr(PyCapsule_GetPointer(capsule, storage + 2), storage + 1, "GetPointer gives a pointer written at 16");
    is_ptr(PyCapsule_GetName(capsule), storage + 2, "GetName gives a name written at 24");
    is_ptr(PyCapsule_GetContext(capsule), storage + 4, "GetContext gives a context written at 32");
    ((void **)capsule)[5] = NULL;
    ok(PyCapsule_GetDestructor(capsule) == NULL, "GetDestructor gives a destructor written at 40");
    Py_DECREF(capsule);
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_fields);
    RUN(test_layout);
    return TAP_END();
}
