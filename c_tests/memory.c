/* Memory: the three families PyMem_, PyMem_Raw and PyObject_ of malloc, calloc, realloc and free.
 *
 * Size 0 gives a block like any other; a size that is too large gives NULL, without an error and without harm to the
 * block that should have grown.
 */
#include "outcome.h"

typedef struct {
    const char *name;
    void *(*allocate)(size_t size);
    void *(*allocate_zeroed)(size_t count, size_t size);
    void *(*reallocate)(void *block, size_t size);
    void (*release)(void *block);
} Family;

static void
test_sizes(const Family *family)
{
    static const size_t sizes[] = {1, 7, 8, 16, 24, 100, 511, 512, 513, 4096, 100000};
    size_t i;
    for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        unsigned char *block = (unsigned char *)family->allocate(sizes[i]);
        unsigned char *zeroed = (unsigned char *)family->allocate_zeroed(sizes[i], 1);
        size_t byte, zeros = 0, kept = 0;
        ok(block != NULL && (size_t)block % 16 == 0, "%s: %d bytes come aligned for any type", family->name,
           (int)sizes[i]);
        memset(block, 0xa5, sizes[i]);
        for (byte = 0; byte < sizes[i]; byte++) {
            zeros += zeroed[byte] == 0;
        }
        is_int(zeros, sizes[i], "%s: calloc clears all %d bytes", family->name, (int)sizes[i]);
        block = (unsigned char *)family->reallocate(block, sizes[i] * 2);
        for (byte = 0; byte < sizes[i]; byte++) {
            kept += block[byte] == 0xa5;
        }
        is_int(kept, sizes[i], "%s: realloc keeps the bytes", family->name);
        block = (unsigned char *)family->reallocate(block, 1);
        is_int(block[0], 0xa5, "%s: realloc that shrinks keeps the first byte", family->name);
        family->release(block);
        family->release(zeroed);
    }
}

static void
test_zero(const Family *family)
{
    void *first = family->allocate(0);
    void *second = family->allocate(0);
    void *zeroed = family->allocate_zeroed(0, 8);
    void *none = family->allocate_zeroed(8, 0);
    ok(first != NULL, "%s: malloc of 0 is not NULL", family->name);
    ok(second != NULL && second != first, "%s: malloc of 0 gives a block of its own each time", family->name);
    ok(zeroed != NULL, "%s: calloc of no elements is not NULL", family->name);
    ok(none != NULL, "%s: calloc of elements without a size is not NULL", family->name);
    first = family->reallocate(first, 0);
    ok(first != NULL, "%s: realloc to 0 is not NULL, and frees nothing", family->name);
    first = family->reallocate(first, 8);
    ok(first != NULL, "%s: a block that was resized to 0 can grow again", family->name);
    family->release(first);
    family->release(second);
    family->release(zeroed);
    family->release(none);

    first = family->reallocate(NULL, 16);
    ok(first != NULL, "%s: realloc of NULL is malloc", family->name);
    family->release(first);
    first = family->reallocate(NULL, 0);
    ok(first != NULL, "%s: realloc of NULL to 0 is malloc of 0", family->name);
    family->release(first);
    family->release(NULL);
    no_error("%s: free of NULL does nothing", family->name);
}

static void
test_too_large(const Family *family)
{
    const size_t most = (size_t)PY_SSIZE_T_MAX;
    char *block = (char *)family->allocate(8);
    strcpy(block, "kept");
    is_ptr(family->allocate(most), NULL, "%s: malloc of the largest size is NULL", family->name);
    is_ptr(family->allocate(most + 1), NULL, "%s: malloc of more than the largest size is NULL", family->name);
    is_ptr(family->allocate((size_t)-1), NULL, "%s: malloc of all memory is NULL", family->name);
    is_ptr(family->allocate_zeroed(most, 2), NULL, "%s: calloc whose product is too large is NULL", family->name);
    is_ptr(family->allocate_zeroed((most >> 31) + 1, (size_t)1 << 33), NULL,
           "%s: calloc whose product overflows is NULL", family->name);
    is_ptr(family->allocate_zeroed(1, most + 1), NULL, "%s: calloc of one element that is too large is NULL",
           family->name);
    is_ptr(family->reallocate(block, most), NULL, "%s: realloc to the largest size is NULL", family->name);
    is_ptr(family->reallocate(block, (size_t)-1), NULL, "%s: realloc to more than the largest size is NULL",
           family->name);
    is_ptr(family->reallocate(NULL, most + 1), NULL, "%s: realloc of NULL to more than the largest size is NULL",
           family->name);
    is_str(block, "kept", "%s: realloc that fails leaves the block as it was", family->name);
    no_error("%s: a size that is too large sets no error", family->name);
    family->release(block);
}

/* The macros over PyMem_ count in elements, and check for overflow. */
static void
test_macros(void)
{
    int *numbers = PyMem_New(int, 4);
    int *grown;
    ok(numbers != NULL, "PyMem_New makes room for a number of elements");
    numbers[3] = 33;
    grown = numbers;
    PyMem_Resize(grown, int, 400);
    ok(grown != NULL, "PyMem_Resize makes room for more elements");
    is_int(grown[3], 33, "PyMem_Resize keeps the elements");
    numbers = grown;
    PyMem_Resize(grown, int, (size_t)PY_SSIZE_T_MAX);
    is_ptr(grown, NULL, "PyMem_Resize gives NULL when the size in bytes overflows");
    is_int(numbers[3], 33, "PyMem_Resize that fails leaves the block as it was");
    PyMem_Free(numbers);
    numbers = PyMem_New(int, (size_t)PY_SSIZE_T_MAX / 2);
    is_ptr(numbers, NULL, "PyMem_New of too many elements is NULL");
    no_error("PyMem_New of too many elements sets no error");
}

static void
test_early(void)
{
    void *early = PyMem_RawMalloc(8);

    ok(early != NULL, "PyMem_RawMalloc works before Py_Initialize");
    Py_Initialize();
    PyMem_RawFree(early);
}

static void
test_families(void)
{
    static const Family families[] = {
        {"PyMem", PyMem_Malloc, PyMem_Calloc, PyMem_Realloc, PyMem_Free},
        {"PyMem_Raw", PyMem_RawMalloc, PyMem_RawCalloc, PyMem_RawRealloc, PyMem_RawFree},
        {"PyObject", PyObject_Malloc, PyObject_Calloc, PyObject_Realloc, PyObject_Free},
    };
    size_t i;

    for (i = 0; i < sizeof families / sizeof families[0]; i++) {
        test_sizes(&families[i]);
        test_zero(&families[i]);
        test_too_large(&families[i]);
    }
}

int
main(void)
{
    RUN(test_early);
    TAP_BEGIN();
    RUN(test_families);
    RUN(test_macros);
    return TAP_END();
}
