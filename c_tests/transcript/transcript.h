/* The transcript: a long random sequence of capsule calls that prints the result of each.
 *
 * Two implementations behave alike when the same seed gives the same text. So the text consists of table indices,
 * counts and messages, never of addresses, and every random choice comes from the seed. Each file here has the
 * operations of one topic; main.c draws from all of them by weight. */
#ifndef PYCAPSULE_TRANSCRIPT_H
#define PYCAPSULE_TRANSCRIPT_H

#include <Python.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Exported by CPython, but declared in none of its public headers. */
#ifdef __cplusplus
extern "C"
#endif
    PyAPI_FUNC(int) _PyCapsule_SetTraverse(PyObject *capsule, traverseproc traverse, inquiry clear);

/* An operation draws its own operands, and prints the call before it and the result after it. */
typedef struct {
    void (*run)(void);
    unsigned weight;
    /* Whether an error may be pending when it starts: for calls with which that is defined in CPython. */
    int with_error;
} Operation;

/* One table for each topic, ended by an entry without a function. */
extern const Operation capsule_operations[], object_operations[], error_operations[];
extern const Operation container_operations[], import_operations[], collector_operations[], type_operations[];

/* output.c: the text, either written out or only hashed. */
void output_start(int digest);
uint64_t output_digest(void);
void say(const char *format, ...)
#ifdef __GNUC__
    __attribute__((format(printf, 1, 2)))
#endif
    ;
void say_text(const char *text);
void say_error(void);

/* random.c */
void random_start(uint64_t seed, uint64_t step);
unsigned pick(unsigned count);
int chance(unsigned percent);

/* values.c: the arguments of calls.  Each pick_… draws from a table; each say_… prints the place in it. */
enum { SLOTS = 8 };
extern PyObject *slots[SLOTS];
void values_start(void);
void values_end(void);
const char *pick_name(void);
void say_name(const char *name);
void *pick_pointer(void);
void say_pointer(const void *pointer);
PyObject *pick_object(void);
unsigned pick_full_slot(void);
void say_counts(void);
void drop_slot(unsigned index);
void say_slot(unsigned index);

/* destructors.c */
PyCapsule_Destructor pick_destructor(void);
void say_destructor(PyCapsule_Destructor destructor);
extern const PyCapsule_Destructor plain_destructor;

/* Each drops the references of its file.  imports_end leaves modules behind that finalization has to drop. */
void containers_end(void);
void collector_end(void);
void errors_end(void);
void types_end(void);
void imports_end(void);

#endif
