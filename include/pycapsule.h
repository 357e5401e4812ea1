/* pycapsule: CPython 3.14's capsule API, and what it stands on, without an interpreter.
 * Generated from src/ and include/parts/.  To change it, change those and run `make header`. */
#ifndef PYCAPSULE_H
#define PYCAPSULE_H

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <wchar.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Written by hand, carried by pycapsule.h: what has to stand before the generated declarations, because cbindgen
 * cannot say it.  Compiler and platform macros, the object and type structs that refer to each other, and the
 * layouts with bit-fields and unions.  Names, layouts and values are those of CPython 3.14's public headers. */

/* ---- patchlevel.h ---- */
#define PY_MAJOR_VERSION 3
#define PY_MINOR_VERSION 14
#define PY_MICRO_VERSION 0
#define PY_RELEASE_LEVEL_ALPHA 0xA
#define PY_RELEASE_LEVEL_BETA 0xB
#define PY_RELEASE_LEVEL_GAMMA 0xC
#define PY_RELEASE_LEVEL_FINAL 0xF
#define PY_RELEASE_LEVEL PY_RELEASE_LEVEL_FINAL
#define PY_RELEASE_SERIAL 0
#define PY_VERSION "3.14.0"
#define _Py_PACK_FULL_VERSION(x, y, z, level, serial)                                                                  \
    ((((x) & 0xff) << 24) | (((y) & 0xff) << 16) | (((z) & 0xff) << 8) | (((level) & 0xf) << 4) |                      \
     (((serial) & 0xf) << 0))
#define PY_VERSION_HEX                                                                                                 \
    _Py_PACK_FULL_VERSION(PY_MAJOR_VERSION, PY_MINOR_VERSION, PY_MICRO_VERSION, PY_RELEASE_LEVEL, PY_RELEASE_SERIAL)

/* ---- exports.h, pyport.h, pymacro.h ---- */
#define PyAPI_DATA(type) extern type
#define Py_EXPORTED_SYMBOL __attribute__((visibility("default")))
#define PyAPI_FUNC(type) Py_EXPORTED_SYMBOL type
#define Py_IMPORTED_SYMBOL __attribute__((visibility("default")))
#define Py_LOCAL_SYMBOL __attribute__((visibility("hidden")))
#ifdef __cplusplus
#define PyMODINIT_FUNC extern "C" Py_EXPORTED_SYMBOL PyObject *
#define _Py_STATIC_CAST(type, expr) static_cast<type>(expr)
#else
#define PyMODINIT_FUNC Py_EXPORTED_SYMBOL PyObject *
#define _Py_STATIC_CAST(type, expr) ((type)(expr))
#endif
#if defined(__cplusplus) && __cplusplus >= 201103L
#define _Py_NULL nullptr
#else
#define _Py_NULL NULL
#endif
#define _Py_CAST(type, expr) ((type)(expr))
#define _Py_FUNC_CAST(type, function) _Py_CAST(type, _Py_CAST(void (*)(void), (function)))
#define _Py_RVALUE(expr) ((void)0, (expr))

#define Py_ALWAYS_INLINE __attribute__((always_inline))
#define Py_NO_INLINE __attribute__((noinline))
#define _Py_NO_RETURN __attribute__((__noreturn__))
#define Py_DEPRECATED(version) __attribute__((__deprecated__))
#define Py_GCC_ATTRIBUTE(attribute) __attribute__(attribute)
#define Py_ALIGNED(bytes) __attribute__((aligned(bytes)))
#define Py_UNUSED(name) _unused_##name __attribute__((unused))
#define Py_LOCAL(type) static type
#define Py_LOCAL_INLINE(type) static inline type
#define Py_UNREACHABLE() __builtin_unreachable()
#define Py_FORCE_EXPANSION(x) x
#define Py_VA_COPY va_copy
#define Py_MEMCPY memcpy
#define WITH_THREAD 1

#define Py_MIN(x, y) (((x) > (y)) ? (y) : (x))
#define Py_MAX(x, y) (((x) > (y)) ? (x) : (y))
#define Py_ABS(x) ((x) < 0 ? -(x) : (x))
#define _Py_XSTRINGIFY(x) #x
#define Py_STRINGIFY(x) _Py_XSTRINGIFY(x)
#define Py_MEMBER_SIZE(type, member) sizeof(((type *)0)->member)
#define Py_CHARMASK(c) ((unsigned char)((c) & 0xff))
#define Py_ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define Py_SAFE_DOWNCAST(value, wide, narrow) _Py_STATIC_CAST(narrow, (value))
#define Py_BUILD_ASSERT_EXPR(condition) (sizeof(char[1 - 2 * !(condition)]) - 1)
#define Py_BUILD_ASSERT(condition)                                                                                     \
    do {                                                                                                               \
        (void)Py_BUILD_ASSERT_EXPR(condition);                                                                         \
    } while (0)
#define PyDoc_VAR(name) static const char name[]
#define PyDoc_STR(text) text
#define PyDoc_STRVAR(name, text) PyDoc_VAR(name) = PyDoc_STR(text)

#define PY_INT32_T int32_t
#define PY_UINT32_T uint32_t
#define PY_INT64_T int64_t
#define PY_UINT64_T uint64_t
#define PY_LONG_LONG long long
#define HAVE_LONG_LONG 1
#define PY_LLONG_MIN LLONG_MIN
#define PY_LLONG_MAX LLONG_MAX
#define PY_ULLONG_MAX ULLONG_MAX
#define SIZEOF_VOID_P __SIZEOF_POINTER__
#define SIZEOF_SIZE_T __SIZEOF_SIZE_T__
#define SIZEOF_SHORT __SIZEOF_SHORT__
#define SIZEOF_INT __SIZEOF_INT__
#define SIZEOF_LONG __SIZEOF_LONG__
#define SIZEOF_LONG_LONG __SIZEOF_LONG_LONG__
#define SIZEOF_FLOAT __SIZEOF_FLOAT__
#define SIZEOF_DOUBLE __SIZEOF_DOUBLE__
#define SIZEOF_WCHAR_T __SIZEOF_WCHAR_T__
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#error "pycapsule supports little-endian machines only"
#endif
#define PY_BIG_ENDIAN 0
#define PY_LITTLE_ENDIAN 1
#define PY_FORMAT_SIZE_T "z"
#define Py_USING_UNICODE 1

typedef ssize_t Py_ssize_t;
typedef Py_ssize_t Py_ssize_clean_t;
typedef Py_ssize_t Py_hash_t;
typedef size_t Py_uhash_t;
typedef uintptr_t Py_uintptr_t;
typedef intptr_t Py_intptr_t;
typedef uint32_t Py_UCS4;
typedef uint16_t Py_UCS2;
typedef uint8_t Py_UCS1;
typedef int64_t PyTime_t;
#define PyTime_MIN INT64_MIN
#define PyTime_MAX INT64_MAX
#define PY_SSIZE_T_MAX ((Py_ssize_t)SSIZE_MAX)
#define PY_SSIZE_T_MIN (-PY_SSIZE_T_MAX - 1)
#define PY_SIZE_MAX SIZE_MAX
#define PyHASH_MODULUS (((size_t)1 << 61) - 1)
#define PyHASH_INF 314159
#define Py_INVALID_SIZE ((Py_ssize_t) - 1)

/* ---- pymath.h ---- */
#define Py_MATH_PI 3.14159265358979323846
#define Py_MATH_E 2.7182818284590452354
#define Py_IS_NAN(x) isnan(x)
#define Py_IS_INFINITY(x) isinf(x)
#define Py_IS_FINITE(x) isfinite(x)
#define Py_INFINITY ((double)INFINITY)
#define Py_HUGE_VAL HUGE_VAL
#define Py_NAN ((double)NAN)

/* ---- object.h, cpython/object.h ---- */
typedef struct _object PyObject;
typedef struct _typeobject PyTypeObject;
typedef struct _longobject PyLongObject;
typedef struct _ts PyThreadState;
typedef struct _is PyInterpreterState;
typedef struct PyUnicodeWriter PyUnicodeWriter;

struct _object {
    __extension__ union {
        int64_t ob_refcnt_full;
        __extension__ struct {
            uint32_t ob_refcnt;
            uint16_t ob_overflow;
            uint16_t ob_flags;
        };
    };
    PyTypeObject *ob_type;
};

typedef struct {
    PyObject ob_base;
    Py_ssize_t ob_size;
} PyVarObject;

#define PyObject_HEAD PyObject ob_base;
#define PyObject_VAR_HEAD PyVarObject ob_base;
#define _PyObject_EXTRA_INIT
#define _Py_IMMORTAL_FLAGS 1
#define _Py_STATICALLY_ALLOCATED_FLAG 4
#define _Py_IMMORTAL_INITIAL_REFCNT (3ULL << 30)
#define _Py_IMMORTAL_MINIMUM_REFCNT (1ULL << 31)
#define _Py_STATIC_FLAG_BITS ((Py_ssize_t)(_Py_STATICALLY_ALLOCATED_FLAG | _Py_IMMORTAL_FLAGS))
#define _Py_STATIC_IMMORTAL_INITIAL_REFCNT (((Py_ssize_t)_Py_IMMORTAL_INITIAL_REFCNT) | (_Py_STATIC_FLAG_BITS << 48))
#define PyObject_HEAD_INIT(type) {{_Py_STATIC_IMMORTAL_INITIAL_REFCNT}, (type)},
#define PyVarObject_HEAD_INIT(type, size) {PyObject_HEAD_INIT(type)(size)},

typedef PyObject *(*unaryfunc)(PyObject *);
typedef PyObject *(*binaryfunc)(PyObject *, PyObject *);
typedef PyObject *(*ternaryfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*inquiry)(PyObject *);
typedef Py_ssize_t (*lenfunc)(PyObject *);
typedef PyObject *(*ssizeargfunc)(PyObject *, Py_ssize_t);
typedef PyObject *(*ssizessizeargfunc)(PyObject *, Py_ssize_t, Py_ssize_t);
typedef int (*ssizeobjargproc)(PyObject *, Py_ssize_t, PyObject *);
typedef int (*ssizessizeobjargproc)(PyObject *, Py_ssize_t, Py_ssize_t, PyObject *);
typedef int (*objobjargproc)(PyObject *, PyObject *, PyObject *);
typedef int (*objobjproc)(PyObject *, PyObject *);
typedef int (*visitproc)(PyObject *, void *);
typedef int (*traverseproc)(PyObject *, visitproc, void *);
typedef void (*freefunc)(void *);
typedef void (*destructor)(PyObject *);
typedef PyObject *(*getattrfunc)(PyObject *, char *);
typedef PyObject *(*getattrofunc)(PyObject *, PyObject *);
typedef int (*setattrfunc)(PyObject *, char *, PyObject *);
typedef int (*setattrofunc)(PyObject *, PyObject *, PyObject *);
typedef PyObject *(*reprfunc)(PyObject *);
typedef Py_hash_t (*hashfunc)(PyObject *);
typedef PyObject *(*richcmpfunc)(PyObject *, PyObject *, int);
typedef PyObject *(*getiterfunc)(PyObject *);
typedef PyObject *(*iternextfunc)(PyObject *);
typedef PyObject *(*descrgetfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*descrsetfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*initproc)(PyObject *, PyObject *, PyObject *);
typedef PyObject *(*newfunc)(PyTypeObject *, PyObject *, PyObject *);
typedef PyObject *(*allocfunc)(PyTypeObject *, Py_ssize_t);
typedef PyObject *(*vectorcallfunc)(PyObject *, PyObject *const *, size_t, PyObject *);
typedef PyObject *(*getter)(PyObject *, void *);
typedef int (*setter)(PyObject *, PyObject *, void *);

/* The buffer protocol's struct (pybuffer.h). */
typedef struct {
    void *buf;
    PyObject *obj;
    Py_ssize_t len;
    Py_ssize_t itemsize;
    int readonly;
    int ndim;
    char *format;
    Py_ssize_t *shape;
    Py_ssize_t *strides;
    Py_ssize_t *suboffsets;
    void *internal;
} Py_buffer;
#define PyBUF_WRITEABLE PyBUF_WRITABLE
typedef int (*getbufferproc)(PyObject *, Py_buffer *, int);
typedef void (*releasebufferproc)(PyObject *, Py_buffer *);

typedef struct {
    getbufferproc bf_getbuffer;
    releasebufferproc bf_releasebuffer;
} PyBufferProcs;

typedef struct {
    unaryfunc am_await;
    unaryfunc am_aiter;
    unaryfunc am_anext;
    void *am_send;
} PyAsyncMethods;

typedef struct {
    binaryfunc nb_add, nb_subtract, nb_multiply, nb_remainder, nb_divmod;
    ternaryfunc nb_power;
    unaryfunc nb_negative, nb_positive, nb_absolute;
    inquiry nb_bool;
    unaryfunc nb_invert;
    binaryfunc nb_lshift, nb_rshift, nb_and, nb_xor, nb_or;
    unaryfunc nb_int;
    void *nb_reserved;
    unaryfunc nb_float;
    binaryfunc nb_inplace_add, nb_inplace_subtract, nb_inplace_multiply, nb_inplace_remainder;
    ternaryfunc nb_inplace_power;
    binaryfunc nb_inplace_lshift, nb_inplace_rshift, nb_inplace_and, nb_inplace_xor, nb_inplace_or;
    binaryfunc nb_floor_divide, nb_true_divide, nb_inplace_floor_divide, nb_inplace_true_divide;
    unaryfunc nb_index;
    binaryfunc nb_matrix_multiply, nb_inplace_matrix_multiply;
} PyNumberMethods;

typedef struct {
    lenfunc sq_length;
    binaryfunc sq_concat;
    ssizeargfunc sq_repeat;
    ssizeargfunc sq_item;
    void *was_sq_slice;
    ssizeobjargproc sq_ass_item;
    void *was_sq_ass_slice;
    objobjproc sq_contains;
    binaryfunc sq_inplace_concat;
    ssizeargfunc sq_inplace_repeat;
} PySequenceMethods;

typedef struct {
    lenfunc mp_length;
    binaryfunc mp_subscript;
    objobjargproc mp_ass_subscript;
} PyMappingMethods;

struct _typeobject {
    PyObject_VAR_HEAD
    const char *tp_name;
    Py_ssize_t tp_basicsize, tp_itemsize;
    destructor tp_dealloc;
    Py_ssize_t tp_vectorcall_offset;
    getattrfunc tp_getattr;
    setattrfunc tp_setattr;
    PyAsyncMethods *tp_as_async;
    reprfunc tp_repr;
    PyNumberMethods *tp_as_number;
    PySequenceMethods *tp_as_sequence;
    PyMappingMethods *tp_as_mapping;
    hashfunc tp_hash;
    ternaryfunc tp_call;
    reprfunc tp_str;
    getattrofunc tp_getattro;
    setattrofunc tp_setattro;
    PyBufferProcs *tp_as_buffer;
    unsigned long tp_flags;
    const char *tp_doc;
    traverseproc tp_traverse;
    inquiry tp_clear;
    richcmpfunc tp_richcompare;
    Py_ssize_t tp_weaklistoffset;
    getiterfunc tp_iter;
    iternextfunc tp_iternext;
    struct PyMethodDef *tp_methods;
    struct PyMemberDef *tp_members;
    struct PyGetSetDef *tp_getset;
    PyTypeObject *tp_base;
    PyObject *tp_dict;
    descrgetfunc tp_descr_get;
    descrsetfunc tp_descr_set;
    Py_ssize_t tp_dictoffset;
    initproc tp_init;
    allocfunc tp_alloc;
    newfunc tp_new;
    freefunc tp_free;
    inquiry tp_is_gc;
    PyObject *tp_bases;
    PyObject *tp_mro;
    PyObject *tp_cache;
    void *tp_subclasses;
    PyObject *tp_weaklist;
    destructor tp_del;
    unsigned int tp_version_tag;
    destructor tp_finalize;
    vectorcallfunc tp_vectorcall;
    unsigned char tp_watched;
    uint16_t tp_versions_used;
};

typedef struct {
    PyTypeObject ht_type;
    PyAsyncMethods as_async;
    PyNumberMethods as_number;
    PyMappingMethods as_mapping;
    PySequenceMethods as_sequence;
    PyBufferProcs as_buffer;
    PyObject *ht_name, *ht_slots, *ht_qualname;
    void *ht_cached_keys;
    PyObject *ht_module;
    char *_ht_tpname;
    void *ht_token;
    struct {
        PyObject *getitem;
        uint32_t getitem_version;
        PyObject *init;
    } _spec_cache;
} PyHeapTypeObject;

/* ---- code.h, pyframe.h, traceback.h ---- */
typedef struct PyCodeObject PyCodeObject;
typedef struct _frame PyFrameObject;
typedef struct _traceback PyTracebackObject;

struct PyCodeObject {
    PyVarObject ob_base;
    PyObject *co_consts;
    PyObject *co_names;
    PyObject *co_exceptiontable;
    int co_flags;
    int co_argcount;
    int co_posonlyargcount;
    int co_kwonlyargcount;
    int co_stacksize;
    int co_firstlineno;
    int co_nlocalsplus;
    int co_framesize;
    int co_nlocals;
    int co_ncellvars;
    int co_nfreevars;
    uint32_t co_version;
    PyObject *co_localsplusnames;
    PyObject *co_localspluskinds;
    PyObject *co_filename;
    PyObject *co_name;
    PyObject *co_qualname;
    PyObject *co_linetable;
    PyObject *co_weakreflist;
    void *co_executors;
    void *_co_cached;
    uintptr_t _co_instrumentation_version;
    void *_co_monitoring;
    Py_ssize_t _co_unique_id;
    int _co_firsttraceable;
    void *co_extra;
    char co_code_adaptive[1];
};

struct _traceback {
    PyObject_HEAD
    PyTracebackObject *tb_next;
    PyFrameObject *tb_frame;
    int tb_lasti;
    int tb_lineno;
};

/* ---- pythread.h ---- */
#define PY_TIMEOUT_T long long
#define PYTHREAD_INVALID_THREAD_ID ((unsigned long)-1)
#define NOWAIT_LOCK 0
#define WAIT_LOCK 1
#define NATIVE_TSS_KEY_T unsigned int
#define Py_tss_NEEDS_INIT {0}
typedef enum PyLockStatus { PY_LOCK_FAILURE = 0, PY_LOCK_ACQUIRED = 1, PY_LOCK_INTR } PyLockStatus;
typedef struct _Py_tss_t Py_tss_t;
typedef struct PyCriticalSection PyCriticalSection;
typedef struct PyCriticalSection2 PyCriticalSection2;
struct _Py_tss_t {
    int _is_initialized;
    NATIVE_TSS_KEY_T _key;
};

/* ---- pystate.h, cpython/pystate.h ---- */
typedef struct _PyMonitoringState {
    uint8_t active;
    uint8_t opaque;
} PyMonitoringState;
typedef struct _PyGenObject PyGenObject;
typedef int (*Py_tracefunc)(PyObject *, PyFrameObject *, int, PyObject *);

typedef struct _err_stackitem {
    PyObject *exc_value;
    struct _err_stackitem *previous_item;
} _PyErr_StackItem;

typedef struct {
    int32_t debugger_pending_call;
    char debugger_script_path[512];
} _PyRemoteDebuggerSupport;

struct _ts {
    PyThreadState *prev;
    PyThreadState *next;
    PyInterpreterState *interp;
    uintptr_t eval_breaker;
    struct {
        unsigned int initialized : 1;
        unsigned int bound : 1;
        unsigned int unbound : 1;
        unsigned int bound_gilstate : 1;
        unsigned int active : 1;
        unsigned int finalizing : 1;
        unsigned int cleared : 1;
        unsigned int finalized : 1;
        unsigned int : 24;
    } _status;
    int holds_gil;
    int _whence;
    int state;
    int py_recursion_remaining;
    int py_recursion_limit;
    int recursion_headroom;
    int tracing;
    int what_event;
    struct _PyInterpreterFrame *current_frame;
    Py_tracefunc c_profilefunc;
    Py_tracefunc c_tracefunc;
    PyObject *c_profileobj;
    PyObject *c_traceobj;
    PyObject *current_exception;
    _PyErr_StackItem *exc_info;
    PyObject *dict;
    int gilstate_counter;
    PyObject *async_exc;
    unsigned long thread_id;
    unsigned long native_thread_id;
    PyObject *delete_later;
    uintptr_t critical_section;
    int coroutine_origin_tracking_depth;
    PyObject *async_gen_firstiter;
    PyObject *async_gen_finalizer;
    PyObject *context;
    uint64_t context_ver;
    uint64_t id;
    struct _stack_chunk *datastack_chunk;
    PyObject **datastack_top;
    PyObject **datastack_limit;
    _PyErr_StackItem exc_state;
    PyObject *current_executor;
    uint64_t dict_global_version;
    PyObject *threading_local_key;
    PyObject *threading_local_sentinel;
    _PyRemoteDebuggerSupport remote_debugger_support;
    struct _stack_chunk *datastack_cached_chunk;
};

#define Py_TPFLAGS_DEFAULT 0
#define Py_TPFLAGS_HAVE_FINALIZE (1UL << 0)
#define Py_TPFLAGS_HAVE_VERSION_TAG (1UL << 18)
#define Py_TPFLAGS_HAVE_STACKLESS_EXTENSION 0
#define _Py_TPFLAGS_STATIC_BUILTIN (1UL << 1)
#define Py_TPFLAGS_INLINE_VALUES (1UL << 2)
#define Py_TPFLAGS_MANAGED_WEAKREF (1UL << 3)
#define Py_TPFLAGS_MANAGED_DICT (1UL << 4)
#define Py_TPFLAGS_SEQUENCE (1UL << 5)
#define Py_TPFLAGS_MAPPING (1UL << 6)
#define Py_TPFLAGS_DISALLOW_INSTANTIATION (1UL << 7)
#define Py_TPFLAGS_IMMUTABLETYPE (1UL << 8)
#define Py_TPFLAGS_HEAPTYPE (1UL << 9)
#define Py_TPFLAGS_BASETYPE (1UL << 10)
#define Py_TPFLAGS_HAVE_VECTORCALL (1UL << 11)
#define Py_TPFLAGS_READY (1UL << 12)
#define Py_TPFLAGS_READYING (1UL << 13)
#define Py_TPFLAGS_HAVE_GC (1UL << 14)
#define Py_TPFLAGS_METHOD_DESCRIPTOR (1UL << 17)
#define Py_TPFLAGS_VALID_VERSION_TAG (1UL << 19)
#define Py_TPFLAGS_IS_ABSTRACT (1UL << 20)
#define _Py_TPFLAGS_MATCH_SELF (1UL << 22)
#define Py_TPFLAGS_ITEMS_AT_END (1UL << 23)
#define Py_TPFLAGS_LONG_SUBCLASS (1UL << 24)
#define Py_TPFLAGS_LIST_SUBCLASS (1UL << 25)
#define Py_TPFLAGS_TUPLE_SUBCLASS (1UL << 26)
#define Py_TPFLAGS_BYTES_SUBCLASS (1UL << 27)
#define Py_TPFLAGS_UNICODE_SUBCLASS (1UL << 28)
#define Py_TPFLAGS_DICT_SUBCLASS (1UL << 29)
#define Py_TPFLAGS_BASE_EXC_SUBCLASS (1UL << 30)
#define Py_TPFLAGS_TYPE_SUBCLASS (1UL << 31)
#define Py_TPFLAGS_PREHEADER (Py_TPFLAGS_MANAGED_WEAKREF | Py_TPFLAGS_MANAGED_DICT)
#define Py_PRINT_RAW 1
#define Py_CONSTANT_NONE 0
#define Py_CONSTANT_FALSE 1
#define Py_CONSTANT_TRUE 2
#define Py_CONSTANT_ELLIPSIS 3
#define Py_CONSTANT_NOT_IMPLEMENTED 4
#define Py_CONSTANT_ZERO 5
#define Py_CONSTANT_ONE 6
#define Py_CONSTANT_EMPTY_STR 7
#define Py_CONSTANT_EMPTY_BYTES 8
#define Py_CONSTANT_EMPTY_TUPLE 9
#define PY_VECTORCALL_ARGUMENTS_OFFSET (_Py_STATIC_CAST(size_t, 1) << (8 * sizeof(size_t) - 1))

/* ---- cpython/unicodeobject.h ---- */
typedef struct {
    PyObject_HEAD
    Py_ssize_t length;
    Py_hash_t hash;
    struct {
        unsigned int interned : 2;
        unsigned int kind : 3;
        unsigned int compact : 1;
        unsigned int ascii : 1;
        unsigned int statically_allocated : 1;
        unsigned int : 24;
    } state;
} PyASCIIObject;

typedef struct {
    PyASCIIObject _base;
    Py_ssize_t utf8_length;
    char *utf8;
} PyCompactUnicodeObject;

typedef struct {
    PyCompactUnicodeObject _base;
    union {
        void *any;
        Py_UCS1 *latin1;
        Py_UCS2 *ucs2;
        Py_UCS4 *ucs4;
    } data;
} PyUnicodeObject;

enum PyUnicode_Kind { PyUnicode_1BYTE_KIND = 1, PyUnicode_2BYTE_KIND = 2, PyUnicode_4BYTE_KIND = 4 };

/* ---- cpython/longintrepr.h ---- */
typedef uint32_t digit;
typedef int32_t sdigit;
typedef uint64_t twodigits;
typedef int64_t stwodigits;
#define PyLong_SHIFT 30
#define PyLong_BASE ((digit)1 << PyLong_SHIFT)
#define PyLong_MASK ((digit)(PyLong_BASE - 1))
#define _PyLong_SIGN_MASK 3
#define _PyLong_NON_SIZE_BITS 3

typedef struct _PyLongValue {
    uintptr_t lv_tag;
    digit ob_digit[1];
} _PyLongValue;

struct _longobject {
    PyObject_HEAD
    _PyLongValue long_value;
};
typedef struct PyLongWriter PyLongWriter;

/* ---- cpython/complexobject.h ---- */
typedef struct {
    double real;
    double imag;
} Py_complex;

typedef struct {
    PyObject_HEAD
    Py_complex cval;
} PyComplexObject;

/* ---- methodobject.h ---- */
typedef PyObject *(*PyCFunction)(PyObject *, PyObject *);
typedef PyObject *(*PyCFunctionFast)(PyObject *, PyObject *const *, Py_ssize_t);
typedef PyObject *(*PyCFunctionWithKeywords)(PyObject *, PyObject *, PyObject *);
typedef PyObject *(*PyCFunctionFastWithKeywords)(PyObject *, PyObject *const *, Py_ssize_t, PyObject *);
typedef PyObject *(*PyCMethod)(PyObject *, PyTypeObject *, PyObject *const *, size_t, PyObject *);
typedef PyCFunctionFast _PyCFunctionFast;
typedef PyCFunctionFastWithKeywords _PyCFunctionFastWithKeywords;

struct PyMethodDef {
    const char *ml_name;
    PyCFunction ml_meth;
    int ml_flags;
    const char *ml_doc;
};
typedef struct PyMethodDef PyMethodDef;

/* ---- descrobject.h ---- */
#define _Py_WRITE_RESTRICTED 4
#define Py_RELATIVE_OFFSET 8
struct PyMemberDef {
    const char *name;
    int type;
    Py_ssize_t offset;
    int flags;
    const char *doc;
};
typedef struct PyMemberDef PyMemberDef;

/* ---- object.h: the description from which a type is made ---- */
typedef struct {
    int slot;
    void *pfunc;
} PyType_Slot;

typedef struct {
    const char *name;
    int basicsize;
    int itemsize;
    unsigned int flags;
    PyType_Slot *slots;
} PyType_Spec;

/* ---- typeslots.h: the numbers of the slots ---- */
#define Py_bf_getbuffer 1
#define Py_bf_releasebuffer 2
#define Py_mp_ass_subscript 3
#define Py_mp_length 4
#define Py_mp_subscript 5
#define Py_nb_absolute 6
#define Py_nb_add 7
#define Py_nb_and 8
#define Py_nb_bool 9
#define Py_nb_divmod 10
#define Py_nb_float 11
#define Py_nb_floor_divide 12
#define Py_nb_index 13
#define Py_nb_inplace_add 14
#define Py_nb_inplace_and 15
#define Py_nb_inplace_floor_divide 16
#define Py_nb_inplace_lshift 17
#define Py_nb_inplace_multiply 18
#define Py_nb_inplace_or 19
#define Py_nb_inplace_power 20
#define Py_nb_inplace_remainder 21
#define Py_nb_inplace_rshift 22
#define Py_nb_inplace_subtract 23
#define Py_nb_inplace_true_divide 24
#define Py_nb_inplace_xor 25
#define Py_nb_int 26
#define Py_nb_invert 27
#define Py_nb_lshift 28
#define Py_nb_multiply 29
#define Py_nb_negative 30
#define Py_nb_or 31
#define Py_nb_positive 32
#define Py_nb_power 33
#define Py_nb_remainder 34
#define Py_nb_rshift 35
#define Py_nb_subtract 36
#define Py_nb_true_divide 37
#define Py_nb_xor 38
#define Py_sq_ass_item 39
#define Py_sq_concat 40
#define Py_sq_contains 41
#define Py_sq_inplace_concat 42
#define Py_sq_inplace_repeat 43
#define Py_sq_item 44
#define Py_sq_length 45
#define Py_sq_repeat 46
#define Py_tp_alloc 47
#define Py_tp_base 48
#define Py_tp_bases 49
#define Py_tp_call 50
#define Py_tp_clear 51
#define Py_tp_dealloc 52
#define Py_tp_del 53
#define Py_tp_descr_get 54
#define Py_tp_descr_set 55
#define Py_tp_doc 56
#define Py_tp_getattr 57
#define Py_tp_getattro 58
#define Py_tp_hash 59
#define Py_tp_init 60
#define Py_tp_is_gc 61
#define Py_tp_iter 62
#define Py_tp_iternext 63
#define Py_tp_methods 64
#define Py_tp_new 65
#define Py_tp_repr 66
#define Py_tp_richcompare 67
#define Py_tp_setattr 68
#define Py_tp_setattro 69
#define Py_tp_str 70
#define Py_tp_traverse 71
#define Py_tp_members 72
#define Py_tp_getset 73
#define Py_tp_free 74
#define Py_nb_matrix_multiply 75
#define Py_nb_inplace_matrix_multiply 76
#define Py_am_await 77
#define Py_am_aiter 78
#define Py_am_anext 79
#define Py_tp_finalize 80
#define Py_am_send 81
#define Py_tp_vectorcall 82
#define Py_tp_token 83
/* The token of a class made from a description: the address of the description itself. */
#define Py_TP_USE_SPEC NULL

/* ---- cpython/dictobject.h ---- */
typedef struct {
    PyObject_HEAD
    Py_ssize_t ma_used;
    uint64_t _ma_watcher_tag;
    void *ma_keys;
    void *ma_values;
} PyDictObject;

/* ---- cpython/pyerrors.h ---- */
#define PyException_HEAD                                                                                               \
    PyObject_HEAD                                                                                                      \
    PyObject *dict;                                                                                                    \
    PyObject *args;                                                                                                    \
    PyObject *notes;                                                                                                   \
    PyObject *traceback;                                                                                               \
    PyObject *context;                                                                                                 \
    PyObject *cause;                                                                                                   \
    char suppress_context;

typedef struct {
    PyException_HEAD
} PyBaseExceptionObject;

typedef struct {
    PyException_HEAD
    PyObject *msg, *excs, *excs_str;
} PyBaseExceptionGroupObject;

typedef struct {
    PyException_HEAD
    PyObject *msg, *filename, *lineno, *offset, *end_lineno, *end_offset, *text, *print_file_and_line;
    PyObject *metadata;
} PySyntaxErrorObject;

typedef struct {
    PyException_HEAD
    PyObject *msg, *name, *path, *name_from;
} PyImportErrorObject;

typedef struct {
    PyException_HEAD
    PyObject *encoding, *object;
    Py_ssize_t start, end;
    PyObject *reason;
} PyUnicodeErrorObject;

typedef struct {
    PyException_HEAD
    PyObject *code;
} PySystemExitObject;

typedef struct {
    PyException_HEAD
    PyObject *myerrno, *strerror, *filename, *filename2;
    Py_ssize_t written;
} PyOSErrorObject;

typedef struct {
    PyException_HEAD
    PyObject *value;
} PyStopIterationObject;

typedef struct {
    PyException_HEAD
    PyObject *name;
} PyNameErrorObject;

typedef struct {
    PyException_HEAD
    PyObject *obj, *name;
} PyAttributeErrorObject;

/* ---- pystate.h ---- */
typedef enum { PyGILState_LOCKED, PyGILState_UNLOCKED } PyGILState_STATE;

#ifdef __cplusplus
}
#endif
/*
 The source is one statement of an interactive session.
 */
#define Py_single_input 256

/*
 The source is a file.
 */
#define Py_file_input 257

/*
 The source is an expression.
 */
#define Py_eval_input 258

/*
 The source is the type of a function.
 */
#define Py_func_type_input 345

/*
 The number of places in the table of a small set.
 */
#define PySet_MINSIZE 8

/*
 Flag of a shared buffer: it is given back.
 */
#define _Py_MANAGED_BUFFER_RELEASED 1

/*
 Flag of a shared buffer: its format is freed with it.
 */
#define _Py_MANAGED_BUFFER_FREE_FORMAT 2

/*
 Flag of a memoryview: it is released.
 */
#define _Py_MEMORYVIEW_RELEASED 1

/*
 Flag of a memoryview: its items are in a row, in C's order.
 */
#define _Py_MEMORYVIEW_C 2

/*
 Flag of a memoryview: its items are in a row, in Fortran's order.
 */
#define _Py_MEMORYVIEW_FORTRAN 4

/*
 Flag of a memoryview: it has no dimension.
 */
#define _Py_MEMORYVIEW_SCALAR 8

/*
 Flag of a memoryview: it has suboffsets.
 */
#define _Py_MEMORYVIEW_PIL 16

/*
 Flag of a memoryview: no new view of its buffer may be made.
 */
#define _Py_MEMORYVIEW_RESTRICTED 32

/*
 Called as `f(self, args)` with a tuple.
 */
#define METH_VARARGS 1

/*
 With `METH_VARARGS`: called as `f(self, args, kwargs)`.
 */
#define METH_KEYWORDS 2

/*
 Called as `f(self, NULL)`.
 */
#define METH_NOARGS 4

/*
 Called as `f(self, argument)`.
 */
#define METH_O 8

/*
 A class method (type tables only).
 */
#define METH_CLASS 16

/*
 A static method (type tables only).
 */
#define METH_STATIC 32

/*
 The entry replaces a slot wrapper of the same name (type tables only).
 */
#define METH_COEXIST 64

/*
 Called as `f(self, args, nargs)` with an array.
 */
#define METH_FASTCALL 128

/*
 With `METH_FASTCALL | METH_KEYWORDS`: called as `f(self, defining_class, args, nargs, kwnames)`.
 */
#define METH_METHOD 512

/*
 Member kind: a `short`.
 */
#define Py_T_SHORT 0

/*
 Member kind: an `int`.
 */
#define Py_T_INT 1

/*
 Member kind: a `long`.
 */
#define Py_T_LONG 2

/*
 Member kind: a `float`.
 */
#define Py_T_FLOAT 3

/*
 Member kind: a `double`.
 */
#define Py_T_DOUBLE 4

/*
 Member kind: a `const char *`; NULL reads as None.
 */
#define Py_T_STRING 5

/*
 Member kind: an object; NULL reads as None.
 */
#define _Py_T_OBJECT 6

/*
 Member kind: a `char`, which reads as a `str`.
 */
#define Py_T_CHAR 7

/*
 Member kind: a `signed char`, which reads as a number.
 */
#define Py_T_BYTE 8

/*
 Member kind: an `unsigned char`.
 */
#define Py_T_UBYTE 9

/*
 Member kind: an `unsigned short`.
 */
#define Py_T_USHORT 10

/*
 Member kind: an `unsigned int`.
 */
#define Py_T_UINT 11

/*
 Member kind: an `unsigned long`.
 */
#define Py_T_ULONG 12

/*
 Member kind: an array of characters that ends with a NUL.
 */
#define Py_T_STRING_INPLACE 13

/*
 Member kind: a `char` that is 0 or 1.
 */
#define Py_T_BOOL 14

/*
 Member kind: an object; NULL reads as AttributeError.
 */
#define Py_T_OBJECT_EX 16

/*
 Member kind: a `long long`.
 */
#define Py_T_LONGLONG 17

/*
 Member kind: an `unsigned long long`.
 */
#define Py_T_ULONGLONG 18

/*
 Member kind: a `Py_ssize_t`.
 */
#define Py_T_PYSSIZET 19

/*
 Member kind: nothing, which reads as None.
 */
#define _Py_T_NONE 20

/*
 Member flag: can't be set.
 */
#define Py_READONLY 1

/*
 Member flag: reading it is an event for audits.
 */
#define Py_AUDIT_READ 2

/*
 The wrapper takes keyword arguments.
 */
#define PyWrapperFlag_KEYWORDS 1

/*
 Module slot: `PyObject *create(PyObject *spec, PyModuleDef *def)`.
 */
#define Py_mod_create 1

/*
 Module slot: `int exec(PyObject *module)`.
 */
#define Py_mod_exec 2

/*
 Module slot: which interpreters may load the module.
 */
#define Py_mod_multiple_interpreters 3

/*
 Module slot: whether the module needs the GIL.
 */
#define Py_mod_gil 4

/*
 The version that the headers pass to `PyModule_Create2`.
 */
#define PYTHON_API_VERSION 1013

/*
 The version that headers under `Py_LIMITED_API` pass to `PyModule_Create2`.
 */
#define PYTHON_ABI_VERSION 3

/*
 `PyLong_AsNativeBytes`: the order of this machine, and a buffer that may be unsigned.
 */
#define Py_ASNATIVEBYTES_DEFAULTS -1

/*
 `PyLong_AsNativeBytes`: the highest byte first.
 */
#define Py_ASNATIVEBYTES_BIG_ENDIAN 0

/*
 `PyLong_AsNativeBytes`: the lowest byte first.
 */
#define Py_ASNATIVEBYTES_LITTLE_ENDIAN 1

/*
 `PyLong_AsNativeBytes`: the order of this machine.
 */
#define Py_ASNATIVEBYTES_NATIVE_ENDIAN 3

/*
 `PyLong_AsNativeBytes`: a buffer without a bit for the sign.
 */
#define Py_ASNATIVEBYTES_UNSIGNED_BUFFER 4

/*
 `PyLong_AsNativeBytes`: a negative number is an error.
 */
#define Py_ASNATIVEBYTES_REJECT_NEGATIVE 8

/*
 `PyLong_AsNativeBytes`: an object with `__index__` is converted.
 */
#define Py_ASNATIVEBYTES_ALLOW_INDEX 16

/*
 `PyOS_double_to_string`: a sign also before a positive number.
 */
#define Py_DTSF_SIGN 1

/*
 `PyOS_double_to_string`: `.0` after a whole number.
 */
#define Py_DTSF_ADD_DOT_0 2

/*
 `PyOS_double_to_string`: a point also without digits after it, and zeros at the end in the notation `g`.
 */
#define Py_DTSF_ALT 4

/*
 `PyOS_double_to_string`: a negative number that is rounded to zero has no sign.
 */
#define Py_DTSF_NO_NEG_0 8

/*
 `PyOS_double_to_string`: the number is finite.
 */
#define Py_DTST_FINITE 0

/*
 `PyOS_double_to_string`: the number is an infinity.
 */
#define Py_DTST_INFINITE 1

/*
 `PyOS_double_to_string`: the number is NaN.
 */
#define Py_DTST_NAN 2

/*
 Rich comparison: `<`
 */
#define Py_LT 0

/*
 Rich comparison: `<=`
 */
#define Py_LE 1

/*
 Rich comparison: `==`
 */
#define Py_EQ 2

/*
 Rich comparison: `!=`
 */
#define Py_NE 3

/*
 Rich comparison: `>`
 */
#define Py_GT 4

/*
 Rich comparison: `>=`
 */
#define Py_GE 5

/*
 Most dimensions that a buffer has.
 */
#define PyBUF_MAX_NDIM 64

/*
 Buffer request: bytes in a row.
 */
#define PyBUF_SIMPLE 0

/*
 Buffer request: memory that can be written.
 */
#define PyBUF_WRITABLE 1

/*
 Buffer request: the kind of the items.
 */
#define PyBUF_FORMAT 4

/*
 Buffer request: the shape.
 */
#define PyBUF_ND 8

/*
 Buffer request: shape and strides.
 */
#define PyBUF_STRIDES (16 | PyBUF_ND)

/*
 Buffer request: items in a row, the last index varying fastest.
 */
#define PyBUF_C_CONTIGUOUS (32 | PyBUF_STRIDES)

/*
 Buffer request: items in a row, the first index varying fastest.
 */
#define PyBUF_F_CONTIGUOUS (64 | PyBUF_STRIDES)

/*
 Buffer request: items in a row, in either order.
 */
#define PyBUF_ANY_CONTIGUOUS (128 | PyBUF_STRIDES)

/*
 Buffer request: suboffsets too.
 */
#define PyBUF_INDIRECT (256 | PyBUF_STRIDES)

/*
 Buffer request: [`PyBUF_ND`], to be written.
 */
#define PyBUF_CONTIG (PyBUF_ND | PyBUF_WRITABLE)

/*
 Buffer request: [`PyBUF_ND`].
 */
#define PyBUF_CONTIG_RO PyBUF_ND

/*
 Buffer request: [`PyBUF_STRIDES`], to be written.
 */
#define PyBUF_STRIDED (PyBUF_STRIDES | PyBUF_WRITABLE)

/*
 Buffer request: [`PyBUF_STRIDES`].
 */
#define PyBUF_STRIDED_RO PyBUF_STRIDES

/*
 Buffer request: strides and format, to be written.
 */
#define PyBUF_RECORDS ((PyBUF_STRIDES | PyBUF_WRITABLE) | PyBUF_FORMAT)

/*
 Buffer request: strides and format.
 */
#define PyBUF_RECORDS_RO (PyBUF_STRIDES | PyBUF_FORMAT)

/*
 Buffer request: everything, to be written.
 */
#define PyBUF_FULL ((PyBUF_INDIRECT | PyBUF_WRITABLE) | PyBUF_FORMAT)

/*
 Buffer request: everything.
 */
#define PyBUF_FULL_RO (PyBUF_INDIRECT | PyBUF_FORMAT)

/*
 The kind of a memoryview: one that can only be read.
 */
#define PyBUF_READ 256

/*
 The kind of a memoryview: one that can be written.
 */
#define PyBUF_WRITE 512

/*
 A computed attribute (40 bytes); a table ends at a NULL name.
 */
typedef struct PyGetSetDef {
    /*
     The attribute's name.
     */
    const char *name;
    /*
     The getter: returns a new reference, or NULL with an error set.
     */
    PyObject *(*get)(PyObject*, void*);
    /*
     The setter: sets the attribute, or deletes it when the value is NULL. Without a setter the attribute is
     read-only.
     */
    int (*set)(PyObject*, PyObject*, void*);
    /*
     Documentation, or NULL.
     */
    const char *doc;
    /*
     An argument for both functions.
     */
    void *closure;
} PyGetSetDef;

/*
 Calls a slot as a method: with the object, a tuple of arguments, and the function in the slot.
 */
typedef PyObject *(*wrapperfunc)(PyObject*, PyObject*, void*);

/*
 The description of a slot that a type's dict has as a method (56 bytes).
 */
typedef struct wrapperbase {
    /*
     The method's name.
     */
    const char *name;
    /*
     The offset of the slot in a type made at run time.
     */
    int offset;
    /*
     The function that fills the slot of a class with a method of this name.
     */
    void *function;
    /*
     The function that calls the slot as the method: a `wrapperfunc`, or a `wrapperfunc_kwds`.
     */
    wrapperfunc wrapper;
    /*
     Documentation, or NULL.
     */
    const char *doc;
    /*
     `PyWrapperFlag_KEYWORDS`, or 0.
     */
    int flags;
    /*
     The name as an object, or NULL.
     */
    PyObject *name_strobj;
} wrapperbase;

/*
 `Include/import.h`: one built-in module (16 bytes); a table ends at a NULL name.
 */
typedef struct _inittab {
    /*
     The module's name.
     */
    const char *name;
    /*
     Its `PyInit_` function.
     */
    PyObject *(*initfunc)(void);
} _inittab;

/*
 A lock of one byte.
 */
typedef struct PyMutex {
    /*
     The state; 0 is unlocked.
     */
    uint8_t _bits;
} PyMutex;

/*
 `Include/cpython/longintrepr.h`: how ints store their digits.
 */
typedef struct PyLongLayout {
    /*
     Bits in a digit.
     */
    uint8_t bits_per_digit;
    /*
     Bytes of a digit.
     */
    uint8_t digit_size;
    /*
     -1 when the least significant digit is the first.
     */
    int8_t digits_order;
    /*
     -1 when the low byte of a digit is the first.
     */
    int8_t digit_endianness;
} PyLongLayout;

/*
 `Include/cpython/longintrepr.h`: the value or the digits of an int.
 */
typedef struct PyLongExport {
    /*
     The value, if `digits` is NULL.
     */
    int64_t value;
    /*
     Whether a number with digits is below zero.
     */
    uint8_t negative;
    /*
     The number of digits.
     */
    Py_ssize_t ndigits;
    /*
     The digits, or NULL.
     */
    const void *digits;
    /*
     The int that has the digits, for `PyLong_FreeExport`.
     */
    size_t _reserved;
} PyLongExport;

/*
 `Include/cpython/modsupport.h`: whether a parser is complete (1 byte).
 */
typedef struct _PyOnceFlag {
    /*
     0 at first.
     */
    uint8_t v;
} _PyOnceFlag;

/*
 `Include/cpython/modsupport.h` (72 bytes): the description of a function's arguments in code that Argument Clinic
 has written. Such code sets the names, and the format or the function's name.
 */
typedef struct _PyArg_Parser {
    /*
     The format, or NULL for a function that converts the arguments by itself.
     */
    const char *format;
    /*
     The names of the arguments, up to a NULL. The first may be empty: those arguments have no name.
     */
    const char *const *keywords;
    /*
     The function's name for errors, or NULL.
     */
    const char *fname;
    /*
     The message for errors of types, or NULL.
     */
    const char *custom_msg;
    /*
     Set when the fields that follow are valid.
     */
    struct _PyOnceFlag once;
    /*
     Not used.
     */
    int is_kwtuple_owned;
    /*
     The number of arguments without a name.
     */
    int pos;
    /*
     The fewest arguments.
     */
    int min;
    /*
     The most positional arguments.
     */
    int max;
    /*
     A tuple of the names.
     */
    PyObject *kwtuple;
    /*
     Not used.
     */
    struct _PyArg_Parser *next;
} _PyArg_Parser;

/*
 The head of a module definition (40 bytes).
 */
typedef struct PyModuleDef_Base {
    /*
     The object head: a definition is an object of type `moduledef`.
     */
    PyObject ob_base;
    /*
     The `PyInit_` function of a single-phase module.
     */
    PyObject *(*m_init)(void);
    /*
     The number by which `PyState_FindModule` finds the module; 0 before it has one.
     */
    Py_ssize_t m_index;
    /*
     A copy of the module's dict, for single-phase modules that are imported again.
     */
    PyObject *m_copy;
} PyModuleDef_Base;

/*
 One step of multi-phase initialisation (16 bytes); a table ends at slot 0.
 */
typedef struct PyModuleDef_Slot {
    /*
     One of the `Py_mod_*` constants.
     */
    int slot;
    /*
     A function or a constant, depending on the slot.
     */
    void *value;
} PyModuleDef_Slot;

/*
 The definition of a module (104 bytes).
 */
typedef struct PyModuleDef {
    /*
     The head.
     */
    struct PyModuleDef_Base m_base;
    /*
     The module's name.
     */
    const char *m_name;
    /*
     Documentation, or NULL.
     */
    const char *m_doc;
    /*
     Bytes of state per module; -1 for a module that keeps its state in globals.
     */
    Py_ssize_t m_size;
    /*
     The module's functions, or NULL.
     */
    PyMethodDef *m_methods;
    /*
     The steps of multi-phase initialisation, or NULL.
     */
    struct PyModuleDef_Slot *m_slots;
    /*
     Passes the objects in the state to a visitor of the garbage collector.
     */
    traverseproc m_traverse;
    /*
     Drops the objects in the state.
     */
    inquiry m_clear;
    /*
     Called when the module is destroyed.
     */
    freefunc m_free;
} PyModuleDef;

/*
 The function that `PyUnstable_GC_VisitObjects` calls with each tracked object.
 */
typedef int (*gcvisitobjects_t)(PyObject*, void*);

/*
 `Include/pycapsule.h`: the function that a capsule calls with itself when its last reference goes.
 */
typedef void (*PyCapsule_Destructor)(PyObject*);

/*
 The algorithm by which strings are hashed.
 */
typedef struct PyHash_FuncDef {
    /*
     The function that hashes bytes.
     */
    Py_hash_t (*hash)(const void *bytes, Py_ssize_t length);
    /*
     Its name.
     */
    const char *name;
    /*
     The size of a hash in bits.
     */
    int hash_bits;
    /*
     The size of the key in bits.
     */
    int seed_bits;
} PyHash_FuncDef;

/*
 `Include/pylifecycle.h`: the handler of a signal; NULL is `SIG_DFL`.
 */
typedef void (*PyOS_sighandler_t)(int);

/*
 A lock of `PyThread_allocate_lock`.
 */
typedef void *PyThread_type_lock;

/*
 A function that is called with each capsule. It returns 0 to continue with the next.
 */
typedef int (*pycapsule_visitor)(PyObject*, void*);

/*
 A report, for a callback. The texts live as long as the callback runs.
 */
typedef struct pycapsule_report {
    /*
     The kind of mistake, for example `"name-changed"`.
     */
    const char *kind;
    /*
     `"ERROR"` or `"WARNING"`.
     */
    const char *severity;
    /*
     The mistake, in one sentence.
     */
    const char *message;
    /*
     The whole report, as it is written to standard error.
     */
    const char *text;
    /*
     The capsule, which may be destroyed already: compare the address, but do not use the object. NULL if the report
     is about no capsule, or about several.
     */
    const PyObject *capsule;
} pycapsule_report;

/*
 A function that is shown each report. It returns 1 to suppress the report, which then is not written, does not count
 and does not end the run; 0 for the default handling.
 */
typedef int (*pycapsule_report_callback)(const struct pycapsule_report*, void*);

/*
 A field of a struct sequence, as C describes it.
 */
typedef struct PyStructSequence_Field {
    /*
     The name, `PyStructSequence_UnnamedField`, or NULL after the last field.
     */
    const char *name;
    /*
     Documentation, or NULL.
     */
    const char *doc;
} PyStructSequence_Field;

/*
 The description of a struct sequence by C.
 */
typedef struct PyStructSequence_Desc {
    /*
     The name of the class, after the module's name and a dot.
     */
    const char *name;
    /*
     Documentation, or NULL.
     */
    const char *doc;
    /*
     The fields, which end with one whose name is NULL.
     */
    struct PyStructSequence_Field *fields;
    /*
     The number of fields that are items of the tuple.
     */
    int n_in_sequence;
} PyStructSequence_Desc;

/*
 `Include/cpython/objimpl.h`: functions for arenas (24 bytes).
 */
typedef struct PyObjectArenaAllocator {
    /*
     The first argument of both.
     */
    void *ctx;
    /*
     A new arena of a size, or NULL.
     */
    void *(*alloc)(void *ctx, size_t size);
    /*
     Frees an arena of a size.
     */
    void (*free)(void *ctx, void *ptr, size_t size);
} PyObjectArenaAllocator;

/*
 Options of a compiler of Python (8 bytes).
 */
typedef struct PyCompilerFlags {
    /*
     `CO_FUTURE_…` and `PyCF_…`.
     */
    int cf_flags;
    /*
     The minor version of Python whose syntax counts.
     */
    int cf_feature_version;
} PyCompilerFlags;

/*
 `Include/cpython/tupleobject.h` (40 bytes with one item).
 */
typedef struct PyTupleObject {
    /*
     Head; the size is the number of items.
     */
    PyVarObject ob_base;
    /*
     The hash once computed, or -1.
     */
    Py_hash_t ob_hash;
    /*
     The first of `ob_size` owned references; NULL only before the tuple is handed out.
     */
    PyObject *ob_item[1];
} PyTupleObject;

/*
 `Include/cpython/listobject.h` (40 bytes).
 */
typedef struct PyListObject {
    /*
     Head; the size is the number of items.
     */
    PyVarObject ob_base;
    /*
     `ob_size` owned references, or NULL when nothing is allocated.
     */
    PyObject **ob_item;
    /*
     The number of references that there is room for.
     */
    Py_ssize_t allocated;
} PyListObject;

/*
 `Include/cpython/floatobject.h` (24 bytes).
 */
typedef struct PyFloatObject {
    /*
     The object head.
     */
    PyObject ob_base;
    /*
     The value.
     */
    double ob_fval;
} PyFloatObject;

/*
 `Include/sliceobject.h` (40 bytes).
 */
typedef struct PySliceObject {
    /*
     The object head.
     */
    PyObject ob_base;
    /*
     Where the slice begins; never NULL.
     */
    PyObject *start;
    /*
     Where it ends; never NULL.
     */
    PyObject *stop;
    /*
     The distance of its items; never NULL.
     */
    PyObject *step;
} PySliceObject;

/*
 `Include/cpython/bytesobject.h` (40 bytes; `tp_basicsize` is 33).
 */
typedef struct PyBytesObject {
    /*
     Head; the size is the number of bytes.
     */
    PyVarObject ob_base;
    /*
     The hash once computed, or -1.
     */
    Py_hash_t ob_shash;
    /*
     The first of `ob_size` bytes; a NUL follows the last.
     */
    char ob_sval[1];
} PyBytesObject;

/*
 `Include/cpython/bytearrayobject.h` (56 bytes).
 */
typedef struct PyByteArrayObject {
    /*
     Head; the size is the number of bytes.
     */
    PyVarObject ob_base;
    /*
     The size of the block.
     */
    Py_ssize_t ob_alloc;
    /*
     The block, or NULL when nothing is allocated.
     */
    char *ob_bytes;
    /*
     The first byte, inside the block; a NUL follows the last.
     */
    char *ob_start;
    /*
     The number of buffers that are not released yet.
     */
    Py_ssize_t ob_exports;
} PyByteArrayObject;

/*
 `Include/cpython/setobject.h`: a place in the table of a set.
 */
typedef struct setentry {
    /*
     The key; NULL in a place that never had one, and an object of the library's own in one whose key was removed.
     */
    PyObject *key;
    /*
     The hash of the key.
     */
    Py_hash_t hash;
} setentry;

/*
 `Include/cpython/setobject.h` (200 bytes).
 */
typedef struct PySetObject {
    /*
     The object head.
     */
    PyObject ob_base;
    /*
     Number of places with a key, or with a key that was removed.
     */
    Py_ssize_t fill;
    /*
     Number of keys.
     */
    Py_ssize_t used;
    /*
     The number of places in the table, less one.
     */
    Py_ssize_t mask;
    /*
     The table: `smalltable`, or a block of its own.
     */
    struct setentry *table;
    /*
     The hash of a frozenset, or -1.
     */
    Py_hash_t hash;
    /*
     The place from which `pop` searches for a key.
     */
    Py_ssize_t finger;
    /*
     The table of a small set.
     */
    struct setentry smalltable[PySet_MINSIZE];
    /*
     Weak references to the set.
     */
    PyObject *weakreflist;
} PySetObject;

/*
 A buffer that memoryviews share (112 bytes).
 */
typedef struct _PyManagedBufferObject {
    /*
     The object head.
     */
    PyObject ob_base;
    /*
     `_Py_MANAGED_BUFFER_RELEASED`, once the buffer is given back.
     */
    int flags;
    /*
     The number of memoryviews that are not released.
     */
    Py_ssize_t exports;
    /*
     The buffer, as its object filled it.
     */
    Py_buffer master;
} _PyManagedBufferObject;

/*
 A memoryview (144 bytes and its arrays).
 */
typedef struct PyMemoryViewObject {
    /*
     Head; the size is the number of places in the arrays.
     */
    PyVarObject ob_base;
    /*
     The buffer that it shares.
     */
    struct _PyManagedBufferObject *mbuf;
    /*
     The hash once computed, or -1.
     */
    Py_hash_t hash;
    /*
     A combination of the `_Py_MEMORYVIEW_*` constants.
     */
    int flags;
    /*
     The number of buffers that it has exported itself.
     */
    Py_ssize_t exports;
    /*
     Its own description of the buffer. `obj` is borrowed from the shared buffer.
     */
    Py_buffer view;
    /*
     Weak references.
     */
    PyObject *weakreflist;
    /*
     The first number of the shape, after which strides and suboffsets follow.
     */
    Py_ssize_t ob_array[1];
} PyMemoryViewObject;

/*
 A method that is bound to an object (48 bytes).
 */
typedef struct PyMethodObject {
    /*
     The object head.
     */
    PyObject ob_base;
    /*
     The callable.
     */
    PyObject *im_func;
    /*
     The object that becomes the first argument.
     */
    PyObject *im_self;
    /*
     The first weak reference, or NULL.
     */
    PyObject *im_weakreflist;
    /*
     The vectorcall function.
     */
    vectorcallfunc vectorcall;
} PyMethodObject;

/*
 A callable that becomes a method when it is looked up in the class of an object (24 bytes).
 */
typedef struct PyInstanceMethodObject {
    /*
     The object head.
     */
    PyObject ob_base;
    /*
     The callable.
     */
    PyObject *func;
} PyInstanceMethodObject;

/*
 `Include/cpython/weakrefobject.h` (64 bytes): a weak reference or a proxy.
 */
typedef struct PyWeakReference {
    /*
     The object head.
     */
    PyObject ob_base;
    /*
     The object that it refers to, which it does not own; None once that is dead.
     */
    PyObject *wr_object;
    /*
     Called with the reference when the object dies, or NULL.
     */
    PyObject *wr_callback;
    /*
     The hash of the object once computed, or -1.
     */
    Py_hash_t hash;
    /*
     The reference before it in the object's list, or NULL.
     */
    struct PyWeakReference *wr_prev;
    /*
     The reference after it in the object's list, or NULL.
     */
    struct PyWeakReference *wr_next;
    /*
     The fast entry of a call.
     */
    vectorcallfunc vectorcall;
} PyWeakReference;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/*
 The object's type: a new reference, or NULL with SystemError for NULL.
 */
PyObject *PyObject_Type(PyObject *o);

/*
 Whether the object can be called: 1 or 0; 0 for NULL. Never sets an error.
 */
int PyCallable_Check(PyObject *o);

/*
 Calls an object with a tuple of arguments and a dict of keyword arguments, or NULL for none.

 Returns a new reference, or NULL with an error set; TypeError when the object can't be called, `arguments` is not a
 tuple or `keywords` not a dict. A vectorcall function that is called without keywords may return NULL without an
 error, or a result with one; like CPython this function returns such a result unchanged.
 */
PyObject *PyObject_Call(PyObject *callable, PyObject *arguments, PyObject *keywords);

/*
 Calls an object with a tuple of arguments, or NULL for none.

 Returns a new reference, or NULL with an error set; TypeError when `arguments` is not a tuple.
 */
PyObject *PyObject_CallObject(PyObject *callable, PyObject *arguments);

/*
 Calls an object with a tuple of arguments and a dict of keyword arguments, each NULL for none, under an old name of
 the stable ABI. Returns a new reference, or NULL with an error set, as [`PyObject_Call`] does.
 */
PyObject *PyEval_CallObjectWithKeywords(PyObject *callable, PyObject *arguments, PyObject *keywords);

/*
 Calls an object without arguments: a new reference, or NULL with an error set.
 */
PyObject *PyObject_CallNoArgs(PyObject *callable);

/*
 Calls an object with one argument: a new reference, or NULL with an error set.
 */
PyObject *PyObject_CallOneArg(PyObject *callable, PyObject *o);

/*
 Calls an object with an array of arguments. `names` is NULL or a tuple of keyword names, whose values are last in
 the array.

 Returns a new reference, or NULL with an error set. `count` may carry `PY_VECTORCALL_ARGUMENTS_OFFSET`.

 # Safety
 `arguments` is NULL or holds as many live objects as `count` and `names` state.
 */
PyObject *PyObject_Vectorcall(PyObject *callable, PyObject *const *arguments, size_t count, PyObject *names);

/*
 Calls an object with an array of positional arguments and a dict of keyword arguments, or NULL for none: a new
 reference, or NULL with an error set.

 # Safety
 `arguments` is NULL or holds `count` live objects.
 */
PyObject *PyObject_VectorcallDict(PyObject *callable, PyObject *const *arguments, size_t count, PyObject *keywords);

/*
 Calls an object through `tp_call` with an array of arguments. `keywords` is NULL, a dict, or a tuple of names whose
 values follow the positional arguments. Returns a new reference, or NULL with an error set. The inline functions of
 the headers of 3.9 and 3.10 call it for a callable without a vectorcall function.

 # Safety
 `arguments` holds as many live objects as `count` and the names state.
 */
PyObject *_PyObject_MakeTpCall(PyThreadState *_thread,
                               PyObject *callable,
                               PyObject *const *arguments,
                               Py_ssize_t count,
                               PyObject *keywords);

/*
 Checks that a result and the error indicator agree. Returns the result, whose reference it steals, or NULL with an
 error set: SystemError when they do not agree. The inline functions of the headers of 3.9 and 3.10 call it.
 */
PyObject *_Py_CheckFunctionResult(PyThreadState *_thread, PyObject *callable, PyObject *result, const char *_place);

/*
 Calls an object by the vectorcall protocol with a tuple, and a dict or NULL. It can be the `tp_call` of types that
 support the protocol. Returns a new reference, or NULL with an error set; TypeError when the object has no
 vectorcall function.
 */
PyObject *PyVectorcall_Call(PyObject *callable, PyObject *arguments, PyObject *keywords);

/*
 The number of positional arguments in a `size_t` whose highest bit is a flag. The header has a macro of the same
 name.
 */
Py_ssize_t PyVectorcall_NARGS(size_t count);

/*
 The vectorcall function of an object, or NULL. Never sets an error.
 */
vectorcallfunc PyVectorcall_Function(PyObject *callable);

/*
 Calls the method `name` of the first object in the array with the others: see [`PyObject_Vectorcall`].

 # Safety
 `arguments` is NULL or holds as many live objects as `count` and `names` state.
 */
PyObject *PyObject_VectorcallMethod(PyObject *name, PyObject *const *arguments, size_t count, PyObject *names);

/*
 Whether `o` is an instance of a class or of one of a tuple of classes: 1 or 0, or -1 with an error set.
 */
int PyObject_IsInstance(PyObject *o, PyObject *class_);

/*
 Whether `derived` is a class, or derived from it; `class` may be a tuple of classes. 1 or 0, or -1 with an error
 set.
 */
int PyObject_IsSubclass(PyObject *derived, PyObject *class_);

/*
 `len(o)`, or -1 with TypeError for an object without a length, SystemError for NULL.
 */
Py_ssize_t PyObject_Size(PyObject *o);

/*
 `len(o)`, or -1 with TypeError for an object without a length, SystemError for NULL.
 */
Py_ssize_t PyObject_Length(PyObject *o);

/*
 `o[key]`: a new reference, or NULL with KeyError or IndexError, TypeError for an object without items, SystemError
 for NULL.
 */
PyObject *PyObject_GetItem(PyObject *o, PyObject *key);

/*
 `o[key] = value`: 0, or -1 with IndexError, TypeError for an object that can't be changed, SystemError for NULL.
 */
int PyObject_SetItem(PyObject *o, PyObject *key, PyObject *value);

/*
 `del o[key]`: 0, or -1 with KeyError or IndexError, TypeError for an object that can't be changed, SystemError for
 NULL.
 */
int PyObject_DelItem(PyObject *o, PyObject *key);

/*
 `del o[key]` for a key in UTF-8. See [`PyObject_DelItem`].
 */
int PyObject_DelItemString(PyObject *o, const char *key);

/*
 Whether the object gives items by key: 1 or 0; 0 for NULL. Never sets an error.
 */
int PyMapping_Check(PyObject *o);

/*
 The number of items, or -1 with TypeError for a sequence or an object without items, SystemError for NULL.
 */
Py_ssize_t PyMapping_Size(PyObject *o);

/*
 The number of items, or -1 with TypeError for a sequence or an object without items, SystemError for NULL.
 */
Py_ssize_t PyMapping_Length(PyObject *o);

/*
 `o[key]` for a key in UTF-8. See [`PyObject_GetItem`].
 */
PyObject *PyMapping_GetItemString(PyObject *o, const char *key);

/*
 `o[key] = value` for a key in UTF-8. See [`PyObject_SetItem`].
 */
int PyMapping_SetItemString(PyObject *o, const char *key, PyObject *value);

/*
 The keys of a mapping in a new list: a new reference, or NULL with an error set.
 */
PyObject *PyMapping_Keys(PyObject *o);

/*
 The values of a mapping in a new list: a new reference, or NULL with an error set.
 */
PyObject *PyMapping_Values(PyObject *o);

/*
 The items of a mapping, pairs of a key and a value, in a new list: a new reference, or NULL with an error set.
 */
PyObject *PyMapping_Items(PyObject *o);

/*
 The item of a key: stores a new reference, or NULL, in `*result`. Returns 1 with an item, 0 without, -1 with an
 error set.
 */
int PyMapping_GetOptionalItem(PyObject *o, PyObject *key, PyObject **result);

/*
 The item of a key in UTF-8. See [`PyMapping_GetOptionalItem`].
 */
int PyMapping_GetOptionalItemString(PyObject *o, const char *key, PyObject **result);

/*
 Whether a mapping has a key: 1 or 0, or -1 with an error set.
 */
int PyMapping_HasKeyWithError(PyObject *o, PyObject *key);

/*
 Whether a mapping has a key in UTF-8: 1 or 0, or -1 with an error set.
 */
int PyMapping_HasKeyStringWithError(PyObject *o, const char *key);

/*
 The length of an object, or the hint that its `__length_hint__` gives, or `default`; -1 with an error set.
 */
Py_ssize_t PyObject_LengthHint(PyObject *o, Py_ssize_t default_);

/*
 Whether a mapping has a key: 1 or 0. An error is reported as unraisable, and means 0.
 */
int PyMapping_HasKey(PyObject *o, PyObject *key);

/*
 Whether a mapping has a key in UTF-8: 1 or 0. An error is reported as unraisable, and means 0.
 */
int PyMapping_HasKeyString(PyObject *o, const char *key);

/*
 An iterator over an object: a new reference, or NULL with TypeError for an object that is not iterable, SystemError
 for NULL.
 */
PyObject *PyObject_GetIter(PyObject *o);

/*
 Whether the object is an iterator: 1 or 0. Never sets an error.
 */
int PyIter_Check(PyObject *o);

/*
 The next item of an iterator: a new reference, or NULL. At the end NULL comes without an error. TypeError for an
 object that is not an iterator, SystemError for NULL.
 */
PyObject *PyIter_Next(PyObject *iterator);

/*
 The next item of an iterator. Returns 1 with a new reference in `*item`, 0 with NULL there at the end, or -1 with
 NULL there and an error set: TypeError for an object that is not an iterator.
 */
int PyIter_NextItem(PyObject *iterator, PyObject **item);

/*
 Whether the object is a number: 1 or 0; 0 for NULL. Never sets an error.
 */
int PyNumber_Check(PyObject *o);

/*
 Whether the object can be used as an index: 1 or 0; 0 for NULL. Never sets an error.
 */
int PyIndex_Check(PyObject *o);

/*
 `int(o)`: a new reference, or NULL with TypeError for an object that is neither a number nor text, ValueError for
 text that is not a number, OverflowError for an infinity, SystemError for NULL.
 */
PyObject *PyNumber_Long(PyObject *o);

/*
 `float(o)`: a new reference, or NULL with TypeError for an object that is neither a number nor text, ValueError for
 text that is not a number, SystemError for NULL.
 */
PyObject *PyNumber_Float(PyObject *o);

/*
 The object as an `int` without loss: a new reference, or NULL with TypeError without `__index__`, SystemError for
 NULL.
 */
PyObject *PyNumber_Index(PyObject *o);

/*
 [`PyNumber_Index`], which may also return an instance of a subclass of `int`.
 */
PyObject *_PyNumber_Index(PyObject *o);

/*
 Stores an object with `__index__` as a size; nothing for None. Returns 1, or 0 with OverflowError for a number that does not fit,
 TypeError for an object without `__index__`. Code of Argument Clinic calls it.

 # Safety
 `place` is NULL, or has room for a `Py_ssize_t`.
 */
int _Py_convert_optional_to_ssize_t(PyObject *o,
                                    void *place);

/*
 The object as a size, without loss: -1 with TypeError without `__index__`, SystemError for NULL. A number that
 does not fit raises the exception class `too_large`, or is cut to the nearest size when that is NULL. -1 may also be the
 value: ask `PyErr_Occurred`.
 */
Py_ssize_t PyNumber_AsSsize_t(PyObject *o,
                              PyObject *too_large);

/*
 `-o`: a new reference, or NULL with TypeError for an object without this operator, SystemError for NULL.
 */
PyObject *PyNumber_Negative(PyObject *o);

/*
 `+o`: a new reference, or NULL with TypeError for an object without this operator, SystemError for NULL.
 */
PyObject *PyNumber_Positive(PyObject *o);

/*
 `~o`: a new reference, or NULL with TypeError for an object without this operator, SystemError for NULL.
 */
PyObject *PyNumber_Invert(PyObject *o);

/*
 `abs(o)`: a new reference, or NULL with TypeError for an object without this operator, SystemError for NULL.
 */
PyObject *PyNumber_Absolute(PyObject *o);

/*
 `a + b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
 */
PyObject *PyNumber_Add(PyObject *a,
                       PyObject *b);

/*
 `a += b`, where `a` may change itself. See [`PyNumber_Add`].
 */
PyObject *PyNumber_InPlaceAdd(PyObject *a, PyObject *b);

/*
 `a - b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
 */
PyObject *PyNumber_Subtract(PyObject *a,
                            PyObject *b);

/*
 `a -= b`, where `a` may change itself. See [`PyNumber_Subtract`].
 */
PyObject *PyNumber_InPlaceSubtract(PyObject *a, PyObject *b);

/*
 `a *b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
 */
PyObject *PyNumber_Multiply(PyObject *a,
                            PyObject *b);

/*
 `a *= b`, where `a` may change itself. See [`PyNumber_Multiply`].
 */
PyObject *PyNumber_InPlaceMultiply(PyObject *a, PyObject *b);

/*
 `a @ b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
 */
PyObject *PyNumber_MatrixMultiply(PyObject *a,
                                  PyObject *b);

/*
 `a @= b`, where `a` may change itself. See [`PyNumber_MatrixMultiply`].
 */
PyObject *PyNumber_InPlaceMatrixMultiply(PyObject *a, PyObject *b);

/*
 `a // b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
 */
PyObject *PyNumber_FloorDivide(PyObject *a,
                               PyObject *b);

/*
 `a //= b`, where `a` may change itself. See [`PyNumber_FloorDivide`].
 */
PyObject *PyNumber_InPlaceFloorDivide(PyObject *a, PyObject *b);

/*
 `a / b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
 */
PyObject *PyNumber_TrueDivide(PyObject *a,
                              PyObject *b);

/*
 `a /= b`, where `a` may change itself. See [`PyNumber_TrueDivide`].
 */
PyObject *PyNumber_InPlaceTrueDivide(PyObject *a, PyObject *b);

/*
 `a % b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
 */
PyObject *PyNumber_Remainder(PyObject *a,
                             PyObject *b);

/*
 `a %= b`, where `a` may change itself. See [`PyNumber_Remainder`].
 */
PyObject *PyNumber_InPlaceRemainder(PyObject *a, PyObject *b);

/*
 `divmod(a, b)`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
 */
PyObject *PyNumber_Divmod(PyObject *a,
                          PyObject *b);

/*
 `a << b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
 */
PyObject *PyNumber_Lshift(PyObject *a,
                          PyObject *b);

/*
 `a <<= b`, where `a` may change itself. See [`PyNumber_Lshift`].
 */
PyObject *PyNumber_InPlaceLshift(PyObject *a, PyObject *b);

/*
 `a >> b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
 */
PyObject *PyNumber_Rshift(PyObject *a,
                          PyObject *b);

/*
 `a >>= b`, where `a` may change itself. See [`PyNumber_Rshift`].
 */
PyObject *PyNumber_InPlaceRshift(PyObject *a, PyObject *b);

/*
 `a & b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
 */
PyObject *PyNumber_And(PyObject *a,
                       PyObject *b);

/*
 `a &= b`, where `a` may change itself. See [`PyNumber_And`].
 */
PyObject *PyNumber_InPlaceAnd(PyObject *a, PyObject *b);

/*
 `a ^ b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
 */
PyObject *PyNumber_Xor(PyObject *a,
                       PyObject *b);

/*
 `a ^= b`, where `a` may change itself. See [`PyNumber_Xor`].
 */
PyObject *PyNumber_InPlaceXor(PyObject *a, PyObject *b);

/*
 `a | b`: a new reference, or NULL with TypeError for operands without this operator, the error of the operation, or SystemError for NULL.
 */
PyObject *PyNumber_Or(PyObject *a,
                      PyObject *b);

/*
 `a |= b`, where `a` may change itself. See [`PyNumber_Or`].
 */
PyObject *PyNumber_InPlaceOr(PyObject *a, PyObject *b);

/*
 `pow(a, b, c)`, or `a **b` if `c` is `None`: a new reference, or NULL with TypeError for operands without this operator, the
 error of the operation, or SystemError for NULL.
 */
PyObject *PyNumber_Power(PyObject *a,
                         PyObject *b,
                         PyObject *c);

/*
 `a **= b`, where `a` may change itself. See [`PyNumber_Power`].
 */
PyObject *PyNumber_InPlacePower(PyObject *a, PyObject *b, PyObject *c);

/*
 The object as text in base 2, 8, 10 or 16, with the prefix of the base: a new reference, or NULL with TypeError without
 `__index__`, SystemError for another base or for NULL.
 */
PyObject *PyNumber_ToBase(PyObject *o, int base);

/*
 Whether the object gives items by number: 1 or 0; 0 for a dict and for NULL. Never sets an error.
 */
int PySequence_Check(PyObject *o);

/*
 The number of items, or -1 with TypeError for a mapping or an object without items, SystemError for NULL.
 */
Py_ssize_t PySequence_Size(PyObject *o);

/*
 The number of items, or -1 with TypeError for a mapping or an object without items, SystemError for NULL.
 */
Py_ssize_t PySequence_Length(PyObject *o);

/*
 The item at an index, which counts from the end when it is negative: a new reference, or NULL with IndexError
 outside, TypeError for an object that is not a sequence, SystemError for NULL.
 */
PyObject *PySequence_GetItem(PyObject *o, Py_ssize_t index);

/*
 Sets the item at an index, or deletes it when `value` is NULL: 0, or -1 with IndexError outside, TypeError for an
 object that can't be changed, SystemError for NULL.
 */
int PySequence_SetItem(PyObject *o, Py_ssize_t index, PyObject *value);

/*
 Deletes the item at an index: 0, or -1 with IndexError outside, TypeError for an object that can't be changed,
 SystemError for NULL.
 */
int PySequence_DelItem(PyObject *o, Py_ssize_t index);

/*
 Whether an object is among the items: 1 or 0, or -1 with TypeError for an object without items, SystemError for
 NULL.
 */
int PySequence_Contains(PyObject *o, PyObject *value);

/*
 Both sequences joined: a new reference, or NULL with TypeError, SystemError for NULL.
 */
PyObject *PySequence_Concat(PyObject *o, PyObject *other);

/*
 A new list of the items of an iterable: a new reference, or NULL with TypeError for an object that is not iterable,
 SystemError for NULL.
 */
PyObject *PySequence_List(PyObject *o);

/*
 A tuple of the items of an iterable; the iterable itself if it is exactly a tuple. A new reference, or NULL with
 TypeError for an object that is not iterable, SystemError for NULL.
 */
PyObject *PySequence_Tuple(PyObject *o);

/*
 A list or a tuple of the items of an iterable; the iterable itself if it is exactly a list or a tuple. A new
 reference, or NULL with a TypeError for an object that is not iterable, which has this message if there is one,
 SystemError for NULL.
 */
PyObject *PySequence_Fast(PyObject *o, const char *message);

/*
 Whether an object is among the items. See [`PySequence_Contains`].
 */
int PySequence_In(PyObject *o, PyObject *value);

/*
 The number of items that are equal to an object, or -1 with TypeError for an object without items, SystemError for
 NULL.
 */
Py_ssize_t PySequence_Count(PyObject *o, PyObject *value);

/*
 The index of the first item that is equal to an object, or -1 with ValueError when there is none, TypeError for an
 object without items, SystemError for NULL.
 */
Py_ssize_t PySequence_Index(PyObject *o, PyObject *value);

/*
 A sequence repeated: a new reference, or NULL with TypeError, SystemError for NULL.
 */
PyObject *PySequence_Repeat(PyObject *o, Py_ssize_t count);

/*
 Both sequences joined, in the place of the first if its type can do that: a new reference, or NULL with TypeError,
 SystemError for NULL.
 */
PyObject *PySequence_InPlaceConcat(PyObject *o, PyObject *other);

/*
 A sequence repeated, in its place if its type can do that: a new reference, or NULL with TypeError, SystemError for
 NULL.
 */
PyObject *PySequence_InPlaceRepeat(PyObject *o, Py_ssize_t count);

/*
 The items from one index up to another, `o[start:stop]`: a new reference, or NULL with TypeError for an object
 without slices, SystemError for NULL.
 */
PyObject *PySequence_GetSlice(PyObject *o, Py_ssize_t start, Py_ssize_t stop);

/*
 Replaces the items from one index up to another, `o[start:stop] = value`, or deletes them when `value` is NULL: 0,
 or -1 with TypeError for an object that can't do that, SystemError when `o` is NULL.
 */
int PySequence_SetSlice(PyObject *o, Py_ssize_t start, Py_ssize_t stop, PyObject *value);

/*
 Deletes the items from one index up to another, `del o[start:stop]`: 0, or -1 with TypeError for an object that
 can't do that, SystemError for NULL.
 */
int PySequence_DelSlice(PyObject *o, Py_ssize_t start, Py_ssize_t stop);

/*
 `True` for a number other than 0, else `False`: a new reference.
 */
PyObject *PyBool_FromLong(long value);

/*
 `bytearray(o)`: a new reference, or NULL with an error set.
 */
PyObject *PyByteArray_FromObject(PyObject *o);

/*
 A `bytearray` with the bytes of two objects, one after the other: a new reference, or NULL with TypeError unless
 both have a buffer.
 */
PyObject *PyByteArray_Concat(PyObject *a, PyObject *b);

/*
 A `bytearray` with these `size` bytes, or with so many zeros if `data` is NULL. A new reference, or NULL with an
 error set: SystemError for a negative size.

 # Safety
 `data` is NULL or `size` bytes that can be read.
 */
PyObject *PyByteArray_FromStringAndSize(const char *data, Py_ssize_t size);

/*
 The number of bytes; -1 with SystemError for an object that is not a `bytearray`.
 */
Py_ssize_t PyByteArray_Size(PyObject *o);

/*
 The bytes themselves, borrowed and NUL-terminated, until the object is resized; NULL with SystemError for an object
 that is not a `bytearray`.
 */
char *PyByteArray_AsString(PyObject *o);

/*
 Changes the number of bytes; the values of new ones are not defined. Returns 0, or -1 with an error set: BufferError
 while a buffer is exported, ValueError for a negative size.
 */
int PyByteArray_Resize(PyObject *o, Py_ssize_t size);

/*
 A `bytes` with the bytes of a NUL-terminated string: a new reference, or NULL with an error set.
 */
PyObject *PyBytes_FromString(const char *text);

/*
 A `bytes` with these `size` bytes. If `data` is NULL, the caller writes the bytes before other code sees the object.
 A new reference, or NULL with an error set.

 SystemError for a negative size, OverflowError for one that no object can have.

 # Safety
 `data` is NULL or `size` bytes that can be read.
 */
PyObject *PyBytes_FromStringAndSize(const char *data, Py_ssize_t size);

/*
 A `bytes` made from a format and a `va_list`: a new reference, or NULL with an error set.

 The conversions are `%c %d %i %u %x %s %p %%`, with `l` or `z` before `d` and `u`, and a precision for `%s`. From
 any other conversion on, the rest of the format is copied unchanged. A `%c` outside 0 to 255 is OverflowError.

 # Safety
 `format` is NULL or NUL-terminated; `arguments` is a `va_list` of the arguments that the format asks for.
 */
PyObject *PyBytes_FromFormatV(const char *format, va_list arguments);

/*
 The number of bytes, or -1 with TypeError.
 */
Py_ssize_t PyBytes_Size(PyObject *o);

/*
 The bytes themselves, borrowed and NUL-terminated; or NULL with TypeError.
 */
char *PyBytes_AsString(PyObject *o);

/*
 Stores the address of the bytes, borrowed, at `data`, and their number at `size`. Returns 0, or -1 with an error
 set.

 TypeError when `o` is not a `bytes`; ValueError when `size` is NULL and the bytes contain a NUL; SystemError when
 `data` is NULL.
 */
int PyBytes_AsStringAndSize(PyObject *o, char **data, Py_ssize_t *size);

/*
 `b'…'` with escapes for all bytes that are not printable ASCII: a new reference to a `str`, or NULL with an error
 set. Unless `smartquotes` is 0, bytes with single quotes and without double ones are put in double quotes.
 */
PyObject *PyBytes_Repr(PyObject *o, int smartquotes);

/*
 The bytes of an object with a buffer, or of an iterable of integers: a new reference to a `bytes`, or NULL with an
 error set.

 TypeError for an object of another kind, and for a `str`; ValueError for an integer that is no byte.
 */
PyObject *PyBytes_FromObject(PyObject *o);

/*
 The items of an iterable joined, with `sep` between them, as `sep.join(iterable)`: a new reference to a `bytes`, or
 NULL with an error set; TypeError when `sep` is not a `bytes`, or an item has no buffer.
 */
PyObject *PyBytes_Join(PyObject *sep, PyObject *iterable);

/*
 A `bytes` from `size` characters of the text of a literal, with its escapes: a new reference, or NULL with an error
 set.

 `errors` says how a broken `\x` is treated: "strict" (the same as NULL), "replace" or "ignore". ValueError for a
 backslash at the end, a broken `\x`, and another name there; MemoryError for a negative size. The last two arguments
 are not used.

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyBytes_DecodeEscape(const char *text,
                               Py_ssize_t size,
                               const char *errors,
                               Py_ssize_t _unicode,
                               const char *_recode_encoding);

/*
 Replaces the `bytes` at `place`, and steals the reference there, by one with the bytes of `other` after it. On
 failure there is NULL there, and TypeError or MemoryError is set. A NULL `other` leaves NULL without an error.
 */
void PyBytes_Concat(PyObject **place, PyObject *other);

/*
 Works as [`PyBytes_Concat`], and steals the reference to `other` too.
 */
void PyBytes_ConcatAndDel(PyObject **place, PyObject *other);

/*
 Replaces the `bytes` at `place`, and steals the reference there, by one of another size: its first bytes, and room
 for the caller to write. Returns 0, or -1 with NULL there and SystemError or MemoryError set.
 */
int _PyBytes_Resize(PyObject **place, Py_ssize_t size);

/*
 Releases the GIL, as `Py_BEGIN_ALLOW_THREADS` does.

 Returns the thread state, for `PyEval_RestoreThread`. A thread that never asked for the GIL has nothing to release,
 and gets NULL. The process ends if the thread has released the GIL already.
 */
PyThreadState *PyEval_SaveThread(void);

/*
 Waits for the GIL, and continues with a thread state that `PyEval_SaveThread` returned. The process ends if the
 thread holds the GIL. NULL does nothing in a thread that never asked for the GIL, and ends the process in others.
 */
void PyEval_RestoreThread(PyThreadState *state);

/*
 `PyEval_RestoreThread`, under the name for thread states that were made for this thread.
 */
void PyEval_AcquireThread(PyThreadState *state);

/*
 Releases the GIL, which this thread holds with this state. If it does not, the process ends.
 */
void PyEval_ReleaseThread(PyThreadState *state);

/*
 Enters a recursion: 0, or -1 with RecursionError when little of the C stack is left. `place` ends the message, as in " in
 comparison"; NULL means no text.
 */
int Py_EnterRecursiveCall(const char *place);

/*
 Leaves a recursion. Does nothing: the depth is that of the C stack.
 */
void Py_LeaveRecursiveCall(void);

/*
 The largest depth of calls of Python code, which is 1000 until the program sets another. The depth of C code is limited by the
 size of its stack alone.
 */
int Py_GetRecursionLimit(void);

/*
 Sets the largest depth of calls of Python code.
 */
void Py_SetRecursionLimit(int limit);

/*
 The dict of the module `builtins`: a borrowed reference, or NULL with an error set.
 */
PyObject *PyEval_GetBuiltins(void);

/*
 The name of a C function, of the callable of a method, or else of the object's class: a string that lives as long as the object. NULL
 with SystemError for NULL.
 */
const char *PyEval_GetFuncName(PyObject *callable);

/*
 The end of a message about a call after [`PyEval_GetFuncName`]: `()` for a function or a method, ` object` for another object. NULL
 with SystemError for NULL.
 */
const char *PyEval_GetFuncDesc(PyObject *callable);

/*
 Stores a part of a slice as a size, cut to the nearest; nothing for None, or for NULL. Returns 1, or 0 with TypeError for an object
 without `__index__`. Code of Argument Clinic calls it.
 */
int _PyEval_SliceIndex(PyObject *o,
                       Py_ssize_t *place);

/*
 Stores a part of a slice that can't be None as a size. See [`_PyEval_SliceIndex`].
 */
int _PyEval_SliceIndexNotNone(PyObject *o, Py_ssize_t *place);

/*
 Asks for a call of a function, which the main thread makes when it calls [`Py_MakePendingCalls`]: 0, or -1 when 32 calls wait already.
 No error is set. The function returns 0, or -1 with an error set.

 # Safety
 `func` can be called with `arg`, by a thread that holds the GIL, until the process ends.
 */
int Py_AddPendingCall(int (*func)(void*),
                      void *arg);

/*
 Makes the calls that were asked for: 0, or -1 with the error of an interrupt or of the first call that failed.
 */
int Py_MakePendingCalls(void);

/*
 Runs a code object: NULL with NotImplementedError, because there is no interpreter of Python.
 */
PyObject *PyEval_EvalCode(PyObject *_code, PyObject *_globals, PyObject *_locals);

/*
 Runs a code object with arguments: NULL with NotImplementedError, because there is no interpreter of Python.
 */
PyObject *PyEval_EvalCodeEx(PyObject *_code,
                            PyObject *_globals,
                            PyObject *_locals,
                            PyObject *const *_args,
                            int _argcount,
                            PyObject *const *_kws,
                            int _kwcount,
                            PyObject *const *_defs,
                            int _defcount,
                            PyObject *_kwdefs,
                            PyObject *_closure);

/*
 Runs the code of a frame: NULL with NotImplementedError, because there is no interpreter of Python.
 */
PyObject *PyEval_EvalFrame(PyFrameObject *_frame);

/*
 Runs the code of a frame: NULL with NotImplementedError, because there is no interpreter of Python.
 */
PyObject *PyEval_EvalFrameEx(PyFrameObject *_frame, int _throwflag);

/*
 Sets the function that traces the Python code of this thread, and the object that it gets; NULL ends the tracing. C finds both in the
 thread state. No Python code runs here, and calls of C functions by C are not traced in CPython either, so the function is never
 called.
 */
void PyEval_SetTrace(Py_tracefunc func,
                     PyObject *object);

/*
 Sets the function that traces the Python code of every thread that has a thread state. See [`PyEval_SetTrace`].
 */
void PyEval_SetTraceAllThreads(Py_tracefunc func, PyObject *object);

/*
 Sets the function that profiles the Python code of this thread. See [`PyEval_SetTrace`].
 */
void PyEval_SetProfile(Py_tracefunc func, PyObject *object);

/*
 Sets the function that profiles the Python code of every thread that has a thread state. See [`PyEval_SetTrace`].
 */
void PyEval_SetProfileAllThreads(Py_tracefunc func, PyObject *object);

/*
 A new method, which calls `function` with `self_` as the first argument: a new reference, or NULL with SystemError
 for a NULL argument. The method takes references of its own.
 */
PyObject *PyMethod_New(PyObject *function, PyObject *self_);

/*
 The callable of a method: a borrowed reference; NULL with SystemError for any other object.
 */
PyObject *PyMethod_Function(PyObject *method);

/*
 The object that a method is bound to: a borrowed reference; NULL with SystemError for any other object.
 */
PyObject *PyMethod_Self(PyObject *method);

/*
 A new instance method, which binds `function` to an instance when it is looked up in the instance's class: a new
 reference, or NULL with SystemError for NULL.
 */
PyObject *PyInstanceMethod_New(PyObject *function);

/*
 The callable of an instance method: a borrowed reference; NULL with SystemError for any other object.
 */
PyObject *PyInstanceMethod_Function(PyObject *method);

/*
 A code object without instructions, for a frame: a new reference, or NULL with an error set. The file's name is decoded as file
 names are, that of the function is UTF-8.
 */
PyCodeObject *PyCode_NewEmpty(const char *filename,
                              const char *funcname,
                              int firstlineno);

/*
 A code object from all its parts: a new reference, or NULL with SystemError for NULL, for parts of other types and negative
 numbers, ValueError for fewer variables than arguments. The instructions are never run.
 */
PyCodeObject *PyUnstable_Code_NewWithPosOnlyArgs(int argcount,
                                                 int posonlyargcount,
                                                 int kwonlyargcount,
                                                 int nlocals,
                                                 int stacksize,
                                                 int flags,
                                                 PyObject *code,
                                                 PyObject *consts,
                                                 PyObject *names,
                                                 PyObject *varnames,
                                                 PyObject *freevars,
                                                 PyObject *cellvars,
                                                 PyObject *filename,
                                                 PyObject *name,
                                                 PyObject *qualname,
                                                 int firstlineno,
                                                 PyObject *linetable,
                                                 PyObject *exceptiontable);

/*
 [`PyUnstable_Code_NewWithPosOnlyArgs`] without arguments that have no keyword.
 */
PyCodeObject *PyUnstable_Code_New(int argcount,
                                  int kwonlyargcount,
                                  int nlocals,
                                  int stacksize,
                                  int flags,
                                  PyObject *code,
                                  PyObject *consts,
                                  PyObject *names,
                                  PyObject *varnames,
                                  PyObject *freevars,
                                  PyObject *cellvars,
                                  PyObject *filename,
                                  PyObject *name,
                                  PyObject *qualname,
                                  int firstlineno,
                                  PyObject *linetable,
                                  PyObject *exceptiontable);

/*
 The instructions of a code object, as `bytes`: a new reference, or NULL with SystemError for another object and for NULL.
 */
PyObject *PyCode_GetCode(PyCodeObject *code);

/*
 The names of the function's own variables, as a tuple: a new reference, or NULL with SystemError for another object and for NULL.
 */
PyObject *PyCode_GetVarnames(PyCodeObject *code);

/*
 The names of the variables that inner functions use, as a tuple: a new reference, or NULL with SystemError for another object and for
 NULL.
 */
PyObject *PyCode_GetCellvars(PyCodeObject *code);

/*
 The names of the variables of outer functions, as a tuple: a new reference, or NULL with SystemError for another object and for NULL.
 */
PyObject *PyCode_GetFreevars(PyCodeObject *code);

/*
 The line of the instruction at an offset in bytes; the first line for a negative offset; -1 when there is none, and with SystemError
 for another object and for NULL.
 */
int PyCode_Addr2Line(PyCodeObject *code,
                     int byte_offset);

/*
 Adds a function that searches for codecs: it gets the name of an encoding in small letters, with `_` for each run of other characters,
 and returns a tuple of four functions, or None. The encodings of the library come first. 0, or -1 with TypeError for an object that is
 not callable.
 */
int PyCodec_Register(PyObject *search_function);

/*
 Removes a function that searches, and forgets the codecs that were found. 0, also when the function was not registered.
 */
int PyCodec_Unregister(PyObject *search_function);

/*
 Whether there is a codec for an encoding: 1 or 0, never with an error.
 */
int PyCodec_KnownEncoding(const char *encoding);

/*
 The function of an encoding that encodes: a new reference, or NULL with LookupError. It takes an object, and the name of an error
 handler if one is given, and returns a tuple of the result and a length.
 */
PyObject *PyCodec_Encoder(const char *encoding);

/*
 The function of an encoding that decodes: a new reference, or NULL with LookupError. See [`PyCodec_Encoder`].
 */
PyObject *PyCodec_Decoder(const char *encoding);

/*
 Encodes an object by a codec: a new reference to the result, or NULL with LookupError or the codec's own error, with a note.
 */
PyObject *PyCodec_Encode(PyObject *object,
                         const char *encoding,
                         const char *errors);

/*
 Decodes an object by a codec: a new reference to the result, or NULL with LookupError or the codec's own error, with a note.
 */
PyObject *PyCodec_Decode(PyObject *object,
                         const char *encoding,
                         const char *errors);

/*
 An encoder of an encoding that works in steps, which the codec's `incrementalencoder` makes: a new reference, or NULL with LookupError,
 or NotImplementedError for an encoding of the library.
 */
PyObject *PyCodec_IncrementalEncoder(const char *encoding,
                                     const char *errors);

/*
 A decoder of an encoding that works in steps, which the codec's `incrementaldecoder` makes: a new reference, or NULL with LookupError,
 or NotImplementedError for an encoding of the library.
 */
PyObject *PyCodec_IncrementalDecoder(const char *encoding,
                                     const char *errors);

/*
 A reader of a stream in an encoding, which the codec's third item makes: a new reference, or NULL with LookupError, or
 NotImplementedError for an encoding of the library.
 */
PyObject *PyCodec_StreamReader(const char *encoding, PyObject *stream, const char *errors);

/*
 A writer of a stream in an encoding, which the codec's fourth item makes: a new reference, or NULL with LookupError, or
 NotImplementedError for an encoding of the library.
 */
PyObject *PyCodec_StreamWriter(const char *encoding, PyObject *stream, const char *errors);

/*
 Registers an error handler under a name: codecs call it with the exception, and it returns a tuple of a replacement and the position at
 which they continue. 0, or -1 with TypeError for an object that is not callable.
 */
int PyCodec_RegisterError(const char *name,
                          PyObject *error);

/*
 The error handler with a name, "strict" for NULL: a new reference, or NULL with LookupError.
 */
PyObject *PyCodec_LookupError(const char *name);

/*
 The error handler "strict": raises the exception, and returns NULL. TypeError for an object that is no exception.
 */
PyObject *PyCodec_StrictErrors(PyObject *exc);

/*
 The error handler "ignore": a new reference to a tuple of an empty text and the end of the fault, or NULL with TypeError for another
 object than an exception of a codec.
 */
PyObject *PyCodec_IgnoreErrors(PyObject *exc);

/*
 The error handler "replace": as [`PyCodec_IgnoreErrors`], with question marks or U+FFFD.
 */
PyObject *PyCodec_ReplaceErrors(PyObject *exc);

/*
 The error handler "xmlcharrefreplace": as [`PyCodec_IgnoreErrors`], with `&#N;` for each character. It is for encoding only.
 */
PyObject *PyCodec_XMLCharRefReplaceErrors(PyObject *exc);

/*
 The error handler "backslashreplace": as [`PyCodec_IgnoreErrors`], with `\xNN` and its like.
 */
PyObject *PyCodec_BackslashReplaceErrors(PyObject *exc);

/*
 The error handler "namereplace": NULL with NotImplementedError, because the library has no names of characters, or TypeError for another
 object than a UnicodeEncodeError.
 */
PyObject *PyCodec_NameReplaceErrors(PyObject *exc);

/*
 A new `complex`: a new reference, or NULL with MemoryError.
 */
PyObject *PyComplex_FromCComplex(Py_complex value);

/*
 A new `complex`: a new reference, or NULL with MemoryError.
 */
PyObject *PyComplex_FromDoubles(double real, double imag);

/*
 The real part of a complex or real number. -1.0 with TypeError for another object, SystemError for NULL. -1.0 may
 also be the value: check `PyErr_Occurred`.
 */
double PyComplex_RealAsDouble(PyObject *o);

/*
 The imaginary part of a complex number; 0.0 for a real one. See [`PyComplex_RealAsDouble`].
 */
double PyComplex_ImagAsDouble(PyObject *o);

/*
 The value of a complex or real number. The real part is -1.0 on failure, with TypeError for another object,
 SystemError for NULL. It may also be the value: check `PyErr_Occurred`.
 */
Py_complex PyComplex_AsCComplex(PyObject *o);

/*
 `a + b`
 */
Py_complex _Py_c_sum(Py_complex a, Py_complex b);

/*
 `a - b`
 */
Py_complex _Py_c_diff(Py_complex a, Py_complex b);

/*
 `-a`
 */
Py_complex _Py_c_neg(Py_complex a);

/*
 `a *b`
 */
Py_complex _Py_c_prod(Py_complex a, Py_complex b);

/*
 `a / b`; zero, and `errno` is `EDOM`, for a division by zero.
 */
Py_complex _Py_c_quot(Py_complex a, Py_complex b);

/*
 `a **b`; zero, and `errno` is `EDOM`, for a negative or complex power of zero.
 */
Py_complex _Py_c_pow(Py_complex a, Py_complex b);

/*
 The absolute value. `errno` becomes `ERANGE` when it is too large, and else 0.
 */
double _Py_c_abs(Py_complex a);

/*
 An empty context: a new reference, or NULL with an error set.
 */
PyObject *PyContext_New(void);

/*
 A copy of a context: a new reference, or NULL with TypeError for another object, SystemError for NULL.
 */
PyObject *PyContext_Copy(PyObject *context);

/*
 A copy of the current context of this thread: a new reference, or NULL with an error set.
 */
PyObject *PyContext_CopyCurrent(void);

/*
 Makes a context the current one of this thread: 0, or -1 with RuntimeError when it is entered already, TypeError for
 another object, SystemError for NULL.
 */
int PyContext_Enter(PyObject *context);

/*
 Makes the context before this one the current one again: 0, or -1 with RuntimeError when it is not the current one,
 TypeError for another object, SystemError for NULL.
 */
int PyContext_Exit(PyObject *context);

/*
 A context variable with a name in UTF-8, and a default value unless that is NULL: a new reference, or NULL with an
 error set.
 */
PyObject *PyContextVar_New(const char *name, PyObject *default_value);

/*
 The value of a variable in the current context. Returns 0 with a new reference in `*value`: the value, else
 `default_value`, else the variable's own default; NULL there, without an error, when all are missing. -1 with NULL
 there and TypeError for another object, SystemError for NULL.
 */
int PyContextVar_Get(PyObject *var, PyObject *default_value, PyObject **value);

/*
 Sets a variable in the current context: a new reference to a token for `PyContextVar_Reset`, or NULL with TypeError
 for another object, SystemError for NULL.
 */
PyObject *PyContextVar_Set(PyObject *var, PyObject *value);

/*
 Restores the value that a variable had before it was set: 0, or -1 with RuntimeError for a token that was used,
 ValueError for one of another variable or context, TypeError for another object, SystemError for NULL.
 */
int PyContextVar_Reset(PyObject *var, PyObject *token);

/*
 A new descriptor of a method: a new reference, or NULL with an error set: SystemError for flags that name no
 convention.

 # Safety
 `definition` is NULL or lives as long as the class, and its function has the signature that its flags name.
 */
PyObject *PyDescr_NewMethod(PyTypeObject *class_, PyMethodDef *definition);

/*
 A new descriptor of a method whose first argument is a class: a new reference, or NULL with an error set.

 # Safety
 As for [`PyDescr_NewMethod`].
 */
PyObject *PyDescr_NewClassMethod(PyTypeObject *class_, PyMethodDef *definition);

/*
 A new descriptor of an attribute that is stored at an offset: a new reference, or NULL with an error set:
 SystemError for an offset that is relative.

 # Safety
 `definition` is NULL or lives as long as the class, and describes a member of its instances.
 */
PyObject *PyDescr_NewMember(PyTypeObject *class_, PyMemberDef *definition);

/*
 A new descriptor of a computed attribute: a new reference, or NULL with an error set.

 # Safety
 `definition` is NULL or lives as long as the class.
 */
PyObject *PyDescr_NewGetSet(PyTypeObject *class_, struct PyGetSetDef *definition);

/*
 A new descriptor of a slot: a new reference, or NULL with an error set. A call passes `wrapped` to the function in
 the row.

 # Safety
 `base` is NULL or lives as long as the class, and its wrapper can call `wrapped` for the instances of the class.
 */
PyObject *PyDescr_NewWrapper(PyTypeObject *class_, struct wrapperbase *base, void *wrapped);

/*
 Whether an object is a data descriptor, which its type's `tp_descr_set` makes it: 1 or 0. Never sets an error.
 */
int PyDescr_IsData(PyObject *o);

/*
 The descriptor of a slot, bound to an object of its class: a new reference, or NULL with an error set: SystemError
 for any other descriptor.
 */
PyObject *PyWrapper_New(PyObject *descriptor, PyObject *this_);

/*
 Reads a member of an object at an address: a new reference, or NULL with an error set.

 # Safety
 `definition` is NULL or describes a member of the object.
 */
PyObject *PyMember_GetOne(const char *object, PyMemberDef *definition);

/*
 Writes a member of an object at an address, or deletes it when the value is NULL: 0, or -1 with an error set.

 # Safety
 As for [`PyMember_GetOne`].
 */
int PyMember_SetOne(char *object, PyMemberDef *definition, PyObject *value);

/*
 A read-only view of a mapping, as the `__dict__` of a class: a new reference, or NULL with an error set: TypeError
 for an object that is no mapping.
 */
PyObject *PyDictProxy_New(PyObject *mapping);

/*
 A new, empty dict: a new reference, or NULL with MemoryError.
 */
PyObject *PyDict_New(void);

/*
 The number of items, or -1 with SystemError when `dict` is not a dict.
 */
Py_ssize_t PyDict_Size(PyObject *dict);

/*
 Sets the value of a key: 0, or -1 with TypeError for a key without a hash, SystemError when `dict` is not a dict or
 one of the others is NULL. The dict takes references of its own.
 */
int PyDict_SetItem(PyObject *dict, PyObject *key, PyObject *value);

/*
 Sets the value of a key in UTF-8, which is interned: 0, or -1 with UnicodeDecodeError, SystemError when `dict` is
 not a dict or `value` is NULL.
 */
int PyDict_SetItemString(PyObject *dict, const char *key, PyObject *value);

/*
 Deletes a key: 0, or -1 with KeyError when it is missing, TypeError when it has no hash, SystemError when `dict` is
 not a dict.
 */
int PyDict_DelItem(PyObject *dict, PyObject *key);

/*
 Deletes a key in UTF-8: 0, or -1 with KeyError when it is missing, SystemError when `dict` is not a dict.
 */
int PyDict_DelItemString(PyObject *dict, const char *key);

/*
 Whether a dict has a key: 1 or 0, or -1 with TypeError when the key has no hash, SystemError when `dict` is not a
 dict.
 */
int PyDict_Contains(PyObject *dict, PyObject *key);

/*
 Whether a dict has a key in UTF-8: 1 or 0, or -1 with UnicodeDecodeError, SystemError when `dict` is not a dict.
 */
int PyDict_ContainsString(PyObject *dict, const char *key);

/*
 The value of a key: a borrowed reference, or NULL. A missing key is not an error; TypeError for a key without a
 hash, SystemError when `dict` is not a dict.
 */
PyObject *PyDict_GetItemWithError(PyObject *dict, PyObject *key);

/*
 The value of a key: a borrowed reference, or NULL, never with an error. An error of the look-up is reported to
 `sys.unraisablehook`. A pending error stays, unless the key has no hash.
 */
PyObject *PyDict_GetItem(PyObject *dict, PyObject *key);

/*
 The value of a key in UTF-8: a borrowed reference, or NULL, never with an error. An error of the look-up is reported
 to `sys.unraisablehook`. A pending error stays, unless the key is not UTF-8.
 */
PyObject *PyDict_GetItemString(PyObject *dict, const char *key);

/*
 Looks a key up. Returns 1 with a new reference in `*result`; 0 with NULL there when the key is missing; -1 with NULL
 there and TypeError when the key has no hash, SystemError when `dict` is not a dict.
 */
int PyDict_GetItemRef(PyObject *dict, PyObject *key, PyObject **result);

/*
 Looks a key in UTF-8 up. See [`PyDict_GetItemRef`].
 */
int PyDict_GetItemStringRef(PyObject *dict, const char *key, PyObject **result);

/*
 The value of a key whose hash the caller knows: a borrowed reference, or NULL. A missing key is not an error;
 SystemError when `dict` is not a dict.
 */
PyObject *_PyDict_GetItem_KnownHash(PyObject *dict, PyObject *key, Py_hash_t hash);

/*
 Sets the value of a key whose hash the caller knows: 0, or -1 with an error set, SystemError when `dict` is not a
 dict.
 */
int _PyDict_SetItem_KnownHash(PyObject *dict, PyObject *key, PyObject *value, Py_hash_t hash);

/*
 [`_PyDict_SetItem_KnownHash`], under the name for a caller that holds the dict's lock where there is one.
 */
int _PyDict_SetItem_KnownHash_LockHeld(PyObject *dict, PyObject *key, PyObject *value, Py_hash_t hash);

/*
 The value of a key, which is set to the default if it is missing. Returns 1 if the key existed, 0 if not, with a new
 reference in `*result` if that is not NULL; -1 with NULL there and TypeError when the key has no hash, SystemError
 when `dict` is not a dict.
 */
int PyDict_SetDefaultRef(PyObject *dict, PyObject *key, PyObject *default_, PyObject **result);

/*
 The value of a key, which is set to the default if it is missing: a borrowed reference, or NULL with TypeError when
 the key has no hash, SystemError when `dict` is not a dict.
 */
PyObject *PyDict_SetDefault(PyObject *dict, PyObject *key, PyObject *default_);

/*
 Deletes a key. Returns 1 with a new reference to its value in `*result` if that is not NULL; 0 with NULL there when
 the key is missing; -1 with NULL there and TypeError when the key has no hash, SystemError when `dict` is not a
 dict. An empty dict does not ask the key for its hash.
 */
int PyDict_Pop(PyObject *dict, PyObject *key, PyObject **result);

/*
 Deletes a key in UTF-8. See [`PyDict_Pop`].
 */
int PyDict_PopString(PyObject *dict, const char *key, PyObject **result);

/*
 A new list of the keys, in order of insertion: a new reference, or NULL with SystemError when `dict` is not a dict.
 */
PyObject *PyDict_Keys(PyObject *dict);

/*
 A new list of the values, in order of insertion: a new reference, or NULL with SystemError when `dict` is not a
 dict.
 */
PyObject *PyDict_Values(PyObject *dict);

/*
 A new list of the items, each a tuple of key and value, in order of insertion: a new reference, or NULL with
 SystemError when `dict` is not a dict.
 */
PyObject *PyDict_Items(PyObject *dict);

/*
 A new dict with the same items: a new reference, or NULL with SystemError when `dict` is not a dict.
 */
PyObject *PyDict_Copy(PyObject *dict);

/*
 Deletes all items. Does nothing when `dict` is not a dict.
 */
void PyDict_Clear(PyObject *dict);

/*
 Steps through the items in order of insertion: 1 with borrowed references in `*key` and `*value`, where those are
 not NULL; 0 at the end, or when `dict` is not a dict. `*position` is 0 before the first step. Between the steps
 values may be replaced, but no keys added or deleted.
 */
int PyDict_Next(PyObject *dict, Py_ssize_t *position, PyObject **key, PyObject **value);

/*
 Sets the items of a mapping, and replaces the values of existing keys: 0, or -1 with AttributeError when `other` has
 no `keys`, SystemError when `dict` is not a dict.
 */
int PyDict_Update(PyObject *dict, PyObject *other);

/*
 Sets the items of a mapping. An existing key keeps its value when `replace` is 0. Returns 0, or -1 with
 AttributeError when `other` has no `keys`, SystemError when `dict` is not a dict.
 */
int PyDict_Merge(PyObject *dict, PyObject *other, int replace);

/*
 Sets the items of an iterable of pairs. An existing key keeps its value when `replace` is 0. Returns 0, or -1 with
 TypeError or ValueError for items that are not pairs, SystemError when `dict` is not a dict.
 */
int PyDict_MergeFromSeq2(PyObject *dict, PyObject *pairs, int replace);

/*
 A new, empty dict that is to have about this many items: a new reference, or NULL with MemoryError.
 */
PyObject *_PyDict_NewPresized(Py_ssize_t _count);

/*
 The file descriptor that an `int` is, or that the method `fileno` of another object returns. -1 with TypeError for
 other objects, OverflowError and ValueError for numbers that can't be one, SystemError for NULL.
 */
int PyObject_AsFileDescriptor(PyObject *o);

/*
 Writes an object to a file by its method `write`: its repr, or its str if `flags` has `Py_PRINT_RAW` (1). 0, or -1
 with an error set.
 */
int PyFile_WriteObject(PyObject *o, PyObject *file, int flags);

/*
 A line of a file by its method `readline`: a new reference to a `str` or `bytes`, or NULL with an error set. With a
 negative `n` the end of the line is left out, and EOFError is raised at the end of the file. A positive `n` is the
 largest length, and 0 means any.
 */
PyObject *PyFile_GetLine(PyObject *file, int n);

/*
 Writes a text in UTF-8 to a file by its method `write`: 0, or -1 with an error set. Does nothing but return -1 if an
 error is set already.
 */
int PyFile_WriteString(const char *text, PyObject *file);

/*
 A new `float` with this value: a new reference, or NULL with MemoryError.
 */
PyObject *PyFloat_FromDouble(double value);

/*
 The value of a `float`, or of an object that `__float__` or `__index__` converts. -1.0 with TypeError for any other
 object and for NULL, OverflowError for an `int` that is too large. -1.0 may also be the value: check
 `PyErr_Occurred`.
 */
double PyFloat_AsDouble(PyObject *o);

/*
 The `float` in a text, or of a number, by the rules of `float(o)`: a new reference, or NULL with TypeError,
 ValueError for text that is not a number, SystemError for NULL.
 */
PyObject *PyFloat_FromString(PyObject *o);

/*
 The largest finite `double`.
 */
double PyFloat_GetMax(void);

/*
 The smallest positive `double` that is normal.
 */
double PyFloat_GetMin(void);

/*
 Writes the nearest number of IEEE 754's binary16 at `place`, the low byte first if `is_little` is not 0: 0, or -1
 with OverflowError when it is too large.

 # Safety
 `place` can be written for 2 bytes.
 */
int PyFloat_Pack2(double value, char *place, int is_little);

/*
 Writes the nearest number of IEEE 754's binary32 at `place`. See [`PyFloat_Pack2`].

 # Safety
 `place` can be written for 4 bytes.
 */
int PyFloat_Pack4(double value, char *place, int is_little);

/*
 Writes the number in IEEE 754's binary64 at `place`: 0. See [`PyFloat_Pack2`].

 # Safety
 `place` can be written for 8 bytes.
 */
int PyFloat_Pack8(double value, char *place, int is_little);

/*
 The number of IEEE 754's binary16 at `place`, whose low byte is the first if `is_little` is not 0.

 # Safety
 `place` can be read for 2 bytes.
 */
double PyFloat_Unpack2(const char *place, int is_little);

/*
 The number of IEEE 754's binary32 at `place`. See [`PyFloat_Unpack2`].

 # Safety
 `place` can be read for 4 bytes.
 */
double PyFloat_Unpack4(const char *place, int is_little);

/*
 The number of IEEE 754's binary64 at `place`. See [`PyFloat_Unpack2`].

 # Safety
 `place` can be read for 8 bytes.
 */
double PyFloat_Unpack8(const char *place, int is_little);

/*
 The limits of `float`, as `sys.float_info` has them: a new reference to a struct sequence, or NULL with MemoryError.
 */
PyObject *PyFloat_GetInfo(void);

/*
 A frame of a code object with a dict of globals: a new reference, or NULL with an error set. `locals` may be NULL,
 and so may the thread state.
 */
PyFrameObject *PyFrame_New(PyThreadState *, PyCodeObject *code, PyObject *globals, PyObject *locals);

/*
 The code of a frame: a new reference, or NULL with SystemError for another object and for NULL.
 */
PyCodeObject *PyFrame_GetCode(PyFrameObject *frame);

/*
 The line of a frame; -1 with SystemError for another object and for NULL.
 */
int PyFrame_GetLineNumber(PyFrameObject *frame);

/*
 The frame that called another one: NULL, without an error, because C code calls by itself; NULL with SystemError for
 another object and for NULL.
 */
PyFrameObject *PyFrame_GetBack(PyFrameObject *frame);

/*
 The number of the last instruction of a frame, which is 2 for a frame of C code, as in CPython; -1 with SystemError
 for another object and for NULL.
 */
int PyFrame_GetLasti(PyFrameObject *frame);

/*
 The globals of a frame: a new reference, or NULL with SystemError for another object and for NULL.
 */
PyObject *PyFrame_GetGlobals(PyFrameObject *frame);

/*
 The builtins of a frame: a new reference, or NULL with SystemError for another object and for NULL.
 */
PyObject *PyFrame_GetBuiltins(PyFrameObject *frame);

/*
 The locals of a frame, or a new dict if it has none: a new reference, or NULL with an error set.
 */
PyObject *PyFrame_GetLocals(PyFrameObject *frame);

/*
 The frame of the Python code that runs in a thread: NULL, without an error, because none does; NULL with SystemError
 for NULL.
 */
PyFrameObject *PyThreadState_GetFrame(PyThreadState *state);

/*
 The frame of the Python code that runs in this thread: NULL, without an error, because none does.
 */
PyFrameObject *PyEval_GetFrame(void);

/*
 The globals of the Python code that runs in this thread: NULL, without an error, because none does.
 */
PyObject *PyEval_GetGlobals(void);

/*
 The locals of the Python code that runs in this thread: NULL with SystemError, because none does.
 */
PyObject *PyEval_GetLocals(void);

/*
 The builtins of the Python code that runs in this thread; because none does, the dict of the module `builtins`. A
 new reference, or NULL with an error set.
 */
PyObject *PyEval_GetFrameBuiltins(void);

/*
 The globals of the Python code that runs in this thread: NULL, without an error, because none does.
 */
PyObject *PyEval_GetFrameGlobals(void);

/*
 The locals of the Python code that runs in this thread: NULL with SystemError, because none does.
 */
PyObject *PyEval_GetFrameLocals(void);

/*
 A new `classmethod`, which binds `callable` to the class in which it is looked up: a new reference, or NULL with SystemError
 for NULL.
 */
PyObject *PyClassMethod_New(PyObject *callable);

/*
 A new `staticmethod`, which returns `callable` unchanged when it is looked up: a new reference, or NULL with SystemError for
 NULL.
 */
PyObject *PyStaticMethod_New(PyObject *callable);

/*
 The code of a function of Python code: NULL with SystemError, since no object is one without a compiler of Python.
 */
PyObject *PyFunction_GetCode(PyObject *_function);

/*
 The global names of a function of Python code: NULL with SystemError, since no object is one without a compiler of Python.
 */
PyObject *PyFunction_GetGlobals(PyObject *_function);

/*
 The module of a function of Python code: NULL with SystemError, since no object is one without a compiler of Python.
 */
PyObject *PyFunction_GetModule(PyObject *_function);

/*
 The defaults of a function of Python code: NULL with SystemError, since no object is one without a compiler of Python.
 */
PyObject *PyFunction_GetDefaults(PyObject *_function);

/*
 The defaults of keyword arguments of a function of Python code: NULL with SystemError, since no object is one without a compiler of Python.
 */
PyObject *PyFunction_GetKwDefaults(PyObject *_function);

/*
 The closure of a function of Python code: NULL with SystemError, since no object is one without a compiler of Python.
 */
PyObject *PyFunction_GetClosure(PyObject *_function);

/*
 The annotations of a function of Python code: NULL with SystemError, since no object is one without a compiler of Python.
 */
PyObject *PyFunction_GetAnnotations(PyObject *_function);

/*
 Replaces the defaults of a function of Python code: -1 with SystemError, since no object is one without a compiler of Python.
 */
int PyFunction_SetDefaults(PyObject *_function,
                           PyObject *_defaults);

/*
 Replaces the defaults of keyword arguments of a function of Python code: -1 with SystemError, since no object is one without a compiler of Python.
 */
int PyFunction_SetKwDefaults(PyObject *_function,
                             PyObject *_defaults);

/*
 Replaces the closure of a function of Python code: -1 with SystemError, since no object is one without a compiler of Python.
 */
int PyFunction_SetClosure(PyObject *_function,
                          PyObject *_closure);

/*
 A function of Python code: NULL with NotImplementedError, because there is no interpreter of Python.
 */
PyObject *PyFunction_New(PyObject *_code, PyObject *_globals);

/*
 A function of Python code: NULL with NotImplementedError, because there is no interpreter of Python.
 */
PyObject *PyFunction_NewWithQualName(PyObject *_code, PyObject *_globals, PyObject *_qualname);

/*
 Replaces the annotations of a function of Python code: -1 with SystemError, since no object is one without a compiler of Python.
 */
int PyFunction_SetAnnotations(PyObject *_function,
                              PyObject *_annotations);

/*
 A new `types.GenericAlias` of a class and its arguments, which are a tuple or one object: a new reference, or NULL with SystemError
 for a NULL argument. The alias takes references of its own.
 */
PyObject *Py_GenericAlias(PyObject *origin,
                          PyObject *args);

/*
 `a | b` of two classes, aliases, unions or None: a new reference; NotImplemented for other objects; NULL with SystemError for NULL.
 */
PyObject *_Py_union_type_or(PyObject *a,
                            PyObject *b);

/*
 The code of a generator: NULL with SystemError, since no object is one without an interpreter of Python.
 */
PyCodeObject *PyGen_GetCode(PyGenObject *_gen);

/*
 Takes the value with which an iterator ended: 0 with a new reference in `*value`, that of the pending StopIteration or else None; -1
 for another error, which stays pending. Code of mypyc calls it.
 */
int _PyGen_FetchStopIterationValue(PyObject **value);

/*
 Imports a module by its full name in UTF-8: a new reference, or NULL with an error set: ModuleNotFoundError when the
 module does not exist. If an error is pending, the import fails with that error, as in CPython.
 */
PyObject *PyImport_ImportModule(const char *name);

/*
 Imports a module by its full name, a `str`: a new reference, or NULL with an error set: TypeError for another
 object.
 */
PyObject *PyImport_Import(PyObject *name);

/*
 Imports a module and gets one of its attributes: a new reference, or NULL with an error set. Both names are `str`.
 */
PyObject *PyImport_ImportModuleAttr(PyObject *mod_name, PyObject *attr_name);

/*
 Imports a module and gets one of its attributes, with both names in UTF-8: a new reference, or NULL with an error
 set.
 */
PyObject *PyImport_ImportModuleAttrString(const char *mod_name, const char *attr_name);

/*
 Imports a module as Python's `import` statement does: a new reference, or NULL with an error set. `name` is a `str`.
 `level` is 0 for a full name. Otherwise the name is relative, and `level` counts the packages to go up from the
 package that the dict `globals` names. `fromlist` may have names that are wanted from the module; without any, the
 result is the first package of the name. `locals` is not used.
 */
PyObject *PyImport_ImportModuleLevelObject(PyObject *name,
                                           PyObject *globals,
                                           PyObject *locals,
                                           PyObject *fromlist,
                                           int level);

/*
 Imports a module as [`PyImport_ImportModuleLevelObject`] does, with the name in UTF-8.
 */
PyObject *PyImport_ImportModuleLevel(const char *name,
                                     PyObject *globals,
                                     PyObject *locals,
                                     PyObject *fromlist,
                                     int level);

/*
 `PyImport_ImportModule`, after a DeprecationWarning, as in CPython.
 */
PyObject *PyImport_ImportModuleNoBlock(const char *name);

/*
 The dict of all modules by name, `sys.modules`: a borrowed reference, or NULL with MemoryError. At the end of
 `Py_FinalizeEx` and after it, when there are no modules, the call is a fatal error.
 */
PyObject *PyImport_GetModuleDict(void);

/*
 The object in `sys.modules` under a name: a new reference, or NULL, without an error when there is nothing. If
 another thread is importing the module, the call waits until that is finished.
 */
PyObject *PyImport_GetModule(PyObject *name);

/*
 The module of this name in `sys.modules`; if there is none, an empty module is added. A new reference, or NULL with
 an error set. Nothing is imported.
 */
PyObject *PyImport_AddModuleRef(const char *name);

/*
 Works as [`PyImport_AddModuleRef`], but returns a borrowed reference.
 */
PyObject *PyImport_AddModule(const char *name);

/*
 Works as [`PyImport_AddModuleRef`], with the name as a `str`, but returns a borrowed reference.
 */
PyObject *PyImport_AddModuleObject(PyObject *name);

/*
 Adds a module to those that are built into the program: 0, or -1, without an error, when there is no memory. The
 name is not copied. After `Py_Initialize` the call is a fatal error.

 # Safety
 `name` is NUL-terminated and is not changed or freed; `initfunc` is a module's `PyInit_` function.
 */
int PyImport_AppendInittab(const char *name, PyObject *(*initfunc)(void));

/*
 Adds a table of modules, which ends at a NULL name. Otherwise it works as `PyImport_AppendInittab`.

 # Safety
 `newtab` is NULL or such a table, and its names are not changed or freed.
 */
int PyImport_ExtendInittab(struct _inittab *newtab);

/*
 The number at the start of files with compiled Python code of this version of CPython. The library reads none.
 */
long PyImport_GetMagicNumber(void);

/*
 The part of the name of such a file that tells the version, as in `sys.implementation.cache_tag`: a static string.
 */
const char *PyImport_GetMagicTag(void);

/*
 Imports a frozen module, which is Python code that a program has in it. The library has none, so the answer is 0: no such module.
 */
int PyImport_ImportFrozenModuleObject(PyObject *_name);

/*
 Imports a frozen module by its name in UTF-8. See [`PyImport_ImportFrozenModuleObject`]. -1 with UnicodeDecodeError, SystemError for
 NULL.
 */
int PyImport_ImportFrozenModule(const char *name);

/*
 Makes a module by running its code: NULL with NotImplementedError, because there is no interpreter of Python. `sys.modules` stays as
 it is.
 */
PyObject *PyImport_ExecCodeModule(const char *_name,
                                  PyObject *_code);

/*
 Makes a module by running its code: NULL with NotImplementedError, because there is no interpreter of Python. `sys.modules` stays as
 it is.
 */
PyObject *PyImport_ExecCodeModuleEx(const char *_name,
                                    PyObject *_code,
                                    const char *_pathname);

/*
 Makes a module by running its code: NULL with NotImplementedError, because there is no interpreter of Python. `sys.modules` stays as
 it is.
 */
PyObject *PyImport_ExecCodeModuleWithPathnames(const char *_name,
                                               PyObject *_code,
                                               const char *_pathname,
                                               const char *_cpathname);

/*
 Makes a module by running its code: NULL with NotImplementedError, because there is no interpreter of Python. `sys.modules` stays as
 it is.
 */
PyObject *PyImport_ExecCodeModuleObject(PyObject *_name,
                                        PyObject *_code,
                                        PyObject *_pathname,
                                        PyObject *_cpathname);

/*
 The parent calls it before a fork, in a thread that holds the GIL, and keeps the GIL until after the fork. The
 process ends if the thread has released the GIL.
 */
void PyOS_BeforeFork(void);

/*
 Undoes `PyOS_BeforeFork` in the parent. The process ends if that was not called.
 */
void PyOS_AfterFork_Parent(void);

/*
 Undoes `PyOS_BeforeFork` in the child: deletes the thread states of other threads, with their dicts. The process
 ends if that was not called, or if the thread has released the GIL.
 */
void PyOS_AfterFork_Child(void);

/*
 `PyOS_AfterFork_Child`, under its older name.
 */
void PyOS_AfterFork(void);

/*
 Whether an interrupt was simulated since the last look, which is forgotten: 1 or 0. No signal of the system is an interrupt here.
 */
int PyOS_InterruptOccurred(void);

/*
 Simulates the signal SIGINT: the next [`crate::api::PyErr_CheckSignals`] or `Py_MakePendingCalls` raises
 KeyboardInterrupt.
 */
void PyErr_SetInterrupt(void);

/*
 Simulates a signal: 0, or -1 for a number that no signal has. Signals other than SIGINT have no handler here, and
 nothing happens.
 */
int PyErr_SetInterruptEx(int signum);

/*
 A new iterator that gives the items of a sequence by number: a new reference, or NULL with SystemError for NULL, and
 for an object that is no sequence.
 */
PyObject *PySeqIter_New(PyObject *sequence);

/*
 A new iterator over the results of calls of a function without arguments, up to the first result that is equal to a
 sentinel: a new reference, or NULL with an error set, SystemError for NULL.
 */
PyObject *PyCallIter_New(PyObject *callable, PyObject *sentinel);

/*
 A list of `size` places, all NULL. The caller fills them before other code sees the list. A new reference, or NULL
 with SystemError for a negative size, MemoryError.
 */
PyObject *PyList_New(Py_ssize_t size);

/*
 The number of items, or -1 with SystemError when `list` is not a list.
 */
Py_ssize_t PyList_Size(PyObject *list);

/*
 The item at an index from the start: a borrowed reference, or NULL with IndexError outside, SystemError when `list`
 is not a list.
 */
PyObject *PyList_GetItem(PyObject *list, Py_ssize_t index);

/*
 The item at an index from the start: a new reference, or NULL with IndexError outside, TypeError when `list` is not
 a list.
 */
PyObject *PyList_GetItemRef(PyObject *list, Py_ssize_t index);

/*
 Replaces the item at an index from the start: 0, or -1 with IndexError outside, SystemError when `list` is not a
 list. Steals the reference to `item`, also when it fails; NULL empties the place.
 */
int PyList_SetItem(PyObject *list, Py_ssize_t index, PyObject *item);

/*
 Appends an item, with a reference of the list's own: 0, or -1 with SystemError when `list` is not a list or `item`
 is NULL.
 */
int PyList_Append(PyObject *list, PyObject *item);

/*
 Inserts an item before the one at an index: 0, or -1 with SystemError when `list` is not a list or `item` is NULL. A
 negative index counts from the end. An index outside the list is clamped.
 */
int PyList_Insert(PyObject *list, Py_ssize_t index, PyObject *item);

/*
 A new list of the items from `low` up to `high`: a new reference, or NULL with SystemError when `list` is not a
 list. Both bounds are clamped to the list, a negative one to 0.
 */
PyObject *PyList_GetSlice(PyObject *list, Py_ssize_t low, Py_ssize_t high);

/*
 Replaces the items from `low` up to `high` by those of an iterable; NULL deletes them. Both bounds are clamped to
 the list. Returns 0, or -1 with SystemError when `list` is not a list, TypeError when `items` is not iterable.
 */
int PyList_SetSlice(PyObject *list, Py_ssize_t low, Py_ssize_t high, PyObject *items);

/*
 Appends the items of an iterable: 0, or -1 with SystemError when `list` is not a list, TypeError when the other is
 not iterable.
 */
int PyList_Extend(PyObject *list, PyObject *iterable);

/*
 Deletes all items: 0, or -1 with SystemError when `list` is not a list.
 */
int PyList_Clear(PyObject *list);

/*
 Reverses the order of the items: 0, or -1 with SystemError when `list` is not a list.
 */
int PyList_Reverse(PyObject *list);

/*
 A tuple of the items: a new reference, or NULL with SystemError when `list` is not a list.
 */
PyObject *PyList_AsTuple(PyObject *list);

/*
 Sorts a list: 0, or -1 with SystemError for another object, with the error of a comparison, or with ValueError when
 the list was changed meanwhile. Equal items keep their order.
 */
int PyList_Sort(PyObject *o);

/*
 Takes a lock, and waits for it if another thread holds it. A thread that waits releases the GIL meanwhile.

 # Safety
 `m` is a mutex: zero bytes at first, and not moved while it is in use.
 */
void PyMutex_Lock(struct PyMutex *m);

/*
 Frees a lock. The process ends if no thread holds it.

 # Safety
 As for [`PyMutex_Lock`].
 */
void PyMutex_Unlock(struct PyMutex *m);

/*
 Whether a thread holds a lock: 1 or 0.

 # Safety
 As for [`PyMutex_Lock`].
 */
int PyMutex_IsLocked(struct PyMutex *m);

/*
 Begins a critical section of an object. Does nothing, as in CPython's build with the GIL, which excludes other
 threads.
 */
void PyCriticalSection_Begin(PyCriticalSection*, PyObject *);

/*
 Begins a critical section of a lock. Does nothing: see [`PyCriticalSection_Begin`].
 */
void PyCriticalSection_BeginMutex(PyCriticalSection*, struct PyMutex*);

/*
 Ends a critical section. Does nothing: see [`PyCriticalSection_Begin`].
 */
void PyCriticalSection_End(PyCriticalSection*);

/*
 Begins a critical section of two objects. Does nothing: see [`PyCriticalSection_Begin`].
 */
void PyCriticalSection2_Begin(PyCriticalSection2*, PyObject *, PyObject *);

/*
 Begins a critical section of two locks. Does nothing: see [`PyCriticalSection_Begin`].
 */
void PyCriticalSection2_BeginMutex(PyCriticalSection2*, struct PyMutex*, struct PyMutex*);

/*
 Ends a critical section of two. Does nothing: see [`PyCriticalSection_Begin`].
 */
void PyCriticalSection2_End(PyCriticalSection2*);

/*
 An `int` with this value: a new reference, or NULL with MemoryError.
 */
PyObject *PyLong_FromLong(long value);

/*
 An `int` with this value: a new reference, or NULL with MemoryError.
 */
PyObject *PyLong_FromLongLong(long long value);

/*
 An `int` with this value: a new reference, or NULL with MemoryError.
 */
PyObject *PyLong_FromSsize_t(Py_ssize_t value);

/*
 An `int` with this value: a new reference, or NULL with MemoryError.
 */
PyObject *PyLong_FromUnsignedLong(unsigned long value);

/*
 An `int` with this value: a new reference, or NULL with MemoryError.
 */
PyObject *PyLong_FromUnsignedLongLong(unsigned long long value);

/*
 An `int` with this value: a new reference, or NULL with MemoryError.
 */
PyObject *PyLong_FromSize_t(size_t value);

/*
 An `int` with the address, as an unsigned number: a new reference, or NULL with MemoryError.
 */
PyObject *PyLong_FromVoidPtr(void *pointer);

/*
 The whole part of a float as an `int`: a new reference, or NULL with OverflowError for an infinity, ValueError for
 NaN.
 */
PyObject *PyLong_FromDouble(double value);

/*
 The value as a C `long`; -1 with TypeError without `__index__`, OverflowError when it does not fit, SystemError for
 NULL.
 */
long PyLong_AsLong(PyObject *o);

/*
 The value as a C `long long`; -1 with TypeError without `__index__`, OverflowError when it does not fit, SystemError
 for NULL.
 */
long long PyLong_AsLongLong(PyObject *o);

/*
 The value as a C `int`; -1 with TypeError without `__index__`, OverflowError when it does not fit, SystemError for
 NULL.
 */
int PyLong_AsInt(PyObject *o);

/*
 The value of an `int` as a `Py_ssize_t`; -1 with TypeError for anything else, OverflowError when it does not fit,
 SystemError for NULL.
 */
Py_ssize_t PyLong_AsSsize_t(PyObject *o);

/*
 The value of an `int` as a C `unsigned long`; -1 with TypeError for anything else, OverflowError when it is negative
 or does not fit, SystemError for NULL.
 */
unsigned long PyLong_AsUnsignedLong(PyObject *o);

/*
 The value of an `int` as a C `unsigned long long`; -1 with TypeError for anything else, OverflowError when it is
 negative or does not fit, SystemError for NULL.
 */
unsigned long long PyLong_AsUnsignedLongLong(PyObject *o);

/*
 The value of an `int` as a `size_t`; -1 with TypeError for anything else, OverflowError when it is negative or does
 not fit, SystemError for NULL.
 */
size_t PyLong_AsSize_t(PyObject *o);

/*
 The value modulo 2**64; -1 with TypeError without `__index__`, SystemError for NULL.
 */
unsigned long PyLong_AsUnsignedLongMask(PyObject *o);

/*
 The value modulo 2**64; -1 with TypeError without `__index__`, SystemError for NULL.
 */
unsigned long long PyLong_AsUnsignedLongLongMask(PyObject *o);

/*
 The value of an `int` as the nearest C `double`; -1 with TypeError for anything else, OverflowError when it does not
 fit, SystemError for NULL.
 */
double PyLong_AsDouble(PyObject *o);

/*
 The pointer whose address an `int` holds; NULL with TypeError for anything else, OverflowError when it does not fit,
 SystemError for NULL.
 */
void *PyLong_AsVoidPtr(PyObject *o);

/*
 The value as a C `long`. For a value above or below its range, `*overflow` becomes 1 or -1, and -1 is returned
 without an error; otherwise `*overflow` becomes 0.

 -1 with TypeError without `__index__`, SystemError for NULL.
 */
long PyLong_AsLongAndOverflow(PyObject *o, int *overflow);

/*
 The value as a C `long long`. See [`PyLong_AsLongAndOverflow`].
 */
long long PyLong_AsLongLongAndOverflow(PyObject *o, int *overflow);

/*
 Whether `o` is an int with at most one digit. The macro of this name in the headers does the same inline.
 */
int PyUnstable_Long_IsCompact(const PyLongObject *o);

/*
 The value of an int for which `PyUnstable_Long_IsCompact` is 1; 0 for any other object. Sets no error.
 */
Py_ssize_t PyUnstable_Long_CompactValue(const PyLongObject *o);

/*
 An `int` with this value: a new reference, or NULL with MemoryError.
 */
PyObject *PyLong_FromInt32(int32_t value);

/*
 An `int` with this value: a new reference, or NULL with MemoryError.
 */
PyObject *PyLong_FromUInt32(uint32_t value);

/*
 An `int` with this value: a new reference, or NULL with MemoryError.
 */
PyObject *PyLong_FromInt64(int64_t value);

/*
 An `int` with this value: a new reference, or NULL with MemoryError.
 */
PyObject *PyLong_FromUInt64(uint64_t value);

/*
 The value as an `int32_t`: 0, or -1 with TypeError without `__index__`, OverflowError when it does not fit,
 SystemError for NULL.
 */
int PyLong_AsInt32(PyObject *o, int32_t *value);

/*
 The value as a `uint32_t`: 0, or -1 with TypeError without `__index__`, ValueError when it is negative,
 OverflowError when it does not fit, SystemError for NULL.
 */
int PyLong_AsUInt32(PyObject *o, uint32_t *value);

/*
 The value as an `int64_t`. See [`PyLong_AsInt32`].
 */
int PyLong_AsInt64(PyObject *o, int64_t *value);

/*
 The value as a `uint64_t`. See [`PyLong_AsUInt32`].
 */
int PyLong_AsUInt64(PyObject *o, uint64_t *value);

/*
 Stores -1, 0 or 1 for an `int` below, at or above zero: 0, or -1 with TypeError for anything else, SystemError for
 NULL.
 */
int PyLong_GetSign(PyObject *o, int *place);

/*
 Whether an `int` is above zero: 1 or 0, or -1 with TypeError for anything else, SystemError for NULL.
 */
int PyLong_IsPositive(PyObject *o);

/*
 Whether an `int` is below zero. See [`PyLong_IsPositive`].
 */
int PyLong_IsNegative(PyObject *o);

/*
 Whether an `int` is zero. See [`PyLong_IsPositive`].
 */
int PyLong_IsZero(PyObject *o);

/*
 -1, 0 or 1 for an `int` below, at or above zero; 0 for any other object. Sets no error.
 */
int _PyLong_Sign(PyObject *o);

/*
 The digits of `int` and the limits of its texts, as `sys.int_info` has them: a new reference to a struct sequence, or NULL with MemoryError.
 */
PyObject *PyLong_GetInfo(void);

/*
 How ints store their digits: a static struct.
 */
const struct PyLongLayout *PyLong_GetNativeLayout(void);

/*
 The value of an `int` of 64 bits, or the digits of a larger one, which `PyLong_FreeExport` gives back: 0, or -1 with
 TypeError for anything else, SystemError for NULL.

 # Safety
 `export` can be written.
 */
int PyLong_Export(PyObject *o, struct PyLongExport *export_);

/*
 Gives back the digits that `PyLong_Export` has lent.

 # Safety
 `export` is what `PyLong_Export` has written.
 */
void PyLong_FreeExport(struct PyLongExport *export_);

/*
 Begins an `int` of `count` digits, whose address is stored in `*digits`: the caller writes them all. NULL with
 MemoryError, ValueError unless `count` is positive. [`PyLongWriter_Finish`] or [`PyLongWriter_Discard`] ends it.
 */
PyLongWriter *PyLongWriter_Create(int negative, Py_ssize_t count, void **digits);

/*
 The `int` that was begun, whose digits are written: a new reference.

 # Safety
 `writer` came from `PyLongWriter_Create`, and has not been ended.
 */
PyObject *PyLongWriter_Finish(PyLongWriter *writer);

/*
 Ends an `int` that was begun and is not wanted any more. NULL is ignored.

 # Safety
 `writer` is NULL, or came from `PyLongWriter_Create` and has not been ended.
 */
void PyLongWriter_Discard(PyLongWriter *writer);

/*
 The number of bits of an `int`'s magnitude; 0 for any other object. Sets no error.
 */
int64_t _PyLong_NumBits(PyObject *o);

/*
 A copy of an `int` that is exactly an `int`: a new reference, or NULL with TypeError for anything else, SystemError
 for NULL.
 */
PyObject *_PyLong_Copy(PyLongObject *o);

/*
 The greatest common divisor of two `int`s: a new reference, or NULL with TypeError for anything else, SystemError
 for NULL.
 */
PyObject *_PyLong_GCD(PyObject *a, PyObject *b);

/*
 Writes the low `size` bytes of the value at `buffer`, and returns how many bytes the value needs, at most `size` if
 it fits. `flags` are `Py_ASNATIVEBYTES_*`. -1 with TypeError for anything but an int (or an object with `__index__`,
 if that is allowed), ValueError for a negative number that is not allowed, SystemError for NULL or a negative size.

 # Safety
 `buffer` is NULL, or can be written for `size` bytes.
 */
Py_ssize_t PyLong_AsNativeBytes(PyObject *o, void *buffer, Py_ssize_t size, int flags);

/*
 The `int` in bytes in two's complement; `flags` are `Py_ASNATIVEBYTES_*`. A new reference, or NULL with MemoryError,
 SystemError for NULL.

 # Safety
 `buffer` is NULL, or can be read for `size` bytes.
 */
PyObject *PyLong_FromNativeBytes(const void *buffer, size_t size, int flags);

/*
 The `int` in bytes that have no sign. See [`PyLong_FromNativeBytes`].

 # Safety
 `buffer` is NULL, or can be read for `size` bytes.
 */
PyObject *PyLong_FromUnsignedNativeBytes(const void *buffer, size_t size, int flags);

/*
 The `int` in bytes in two's complement, or without a sign; the lowest byte is the first if `little` is not 0. A new
 reference, or NULL with MemoryError, SystemError for NULL.

 # Safety
 `buffer` is NULL, or can be read for `size` bytes.
 */
PyObject *_PyLong_FromByteArray(const unsigned char *buffer, size_t size, int little, int signed_);

/*
 Fills a buffer with the value of an `int`: 0, or -1 with OverflowError if it does not fit, or is negative and not to
 be signed. Without `with_exceptions` no such error is set.

 # Safety
 `buffer` can be written for `size` bytes.
 */
int _PyLong_AsByteArray(PyLongObject *o,
                        unsigned char *buffer,
                        size_t size,
                        int little,
                        int signed_,
                        int with_exceptions);

/*
 Stores an `int`, or an object with `__index__`, as an `unsigned short`, for code of Argument Clinic. Returns 1, or 0
 with ValueError for a negative number, OverflowError for one that is too large, TypeError for another object.

 # Safety
 `place` is NULL, or has room for an `unsigned short`.
 */
int _PyLong_UnsignedShort_Converter(PyObject *o, void *place);

/*
 Stores an `int` as an `unsigned int`. See [`_PyLong_UnsignedShort_Converter`].

 # Safety
 `place` is NULL, or has room for an `unsigned int`.
 */
int _PyLong_UnsignedInt_Converter(PyObject *o, void *place);

/*
 Stores an `int` as an `unsigned long`. See [`_PyLong_UnsignedShort_Converter`].

 # Safety
 `place` is NULL, or has room for an `unsigned long`.
 */
int _PyLong_UnsignedLong_Converter(PyObject *o, void *place);

/*
 Stores an `int` as an `unsigned long long`. See [`_PyLong_UnsignedShort_Converter`].

 # Safety
 `place` is NULL, or has room for an `unsigned long long`.
 */
int _PyLong_UnsignedLongLong_Converter(PyObject *o, void *place);

/*
 Stores an `int` as a `size_t`. See [`_PyLong_UnsignedShort_Converter`].

 # Safety
 `place` is NULL, or has room for a `size_t`.
 */
int _PyLong_Size_t_Converter(PyObject *o, void *place);

/*
 The `int` in a text, by the rules of `int(text, base)`: a new reference, or NULL with ValueError, SystemError for
 NULL. `*end` becomes the address of the first character that is not part of the number.
 */
PyObject *PyLong_FromString(const char *text, char **end, int base);

/*
 The `int` in a `str`, by the rules of `int(text, base)`: a new reference, or NULL with ValueError, SystemError for
 anything but a `str`.
 */
PyObject *PyLong_FromUnicodeObject(PyObject *text, int base);

/*
 The number at the start of a text, without sign and after blanks, in a base from 2 to 36, or 0 for the base of its
 prefix. `*end` becomes the address after it. A number that is too large is `ULONG_MAX`, and `errno` becomes
 `ERANGE`. 0 for NULL.
 */
unsigned long PyOS_strtoul(const char *text, char **end, int base);

/*
 The number at the start of a text, which may have a sign. A number that is too large or too small is the nearest
 `long`, and `errno` becomes `ERANGE`. See [`PyOS_strtoul`].
 */
long PyOS_strtol(const char *text, char **end, int base);

/*
 A memoryview of an object's memory: a new reference, or NULL with an error set; TypeError for an object without a
 buffer.
 */
PyObject *PyMemoryView_FromObject(PyObject *o);

/*
 A memoryview of `size` bytes at `mem`, to be read (`PyBUF_READ`) or written (`PyBUF_WRITE`): a new reference, or
 NULL with an error set; SystemError for a negative size, and for other flags.

 # Safety
 `mem` is `size` bytes that last longer than the view, and each view made from it.
 */
PyObject *PyMemoryView_FromMemory(char *mem, Py_ssize_t size, int flags);

/*
 A memoryview of the memory that a filled buffer describes. The buffer stays its owner's, who releases it after the
 view. A new reference, or NULL with an error set; ValueError when `buf` is NULL.

 # Safety
 `info` is a filled buffer. Its memory, its format and its arrays last longer than the view, and each view made from
 it.
 */
PyObject *PyMemoryView_FromBuffer(const Py_buffer *info);

/*
 A memoryview whose items are in a row, in the order 'C', 'F' (Fortran) or 'A' (any): of the object's memory, or of a
 copy if `buffertype` is `PyBUF_READ` and the items are not in a row. A new reference, or NULL with an error set;
 BufferError when `buffertype` is `PyBUF_WRITE` and the memory is read-only, or its items are not in a row.
 */
PyObject *PyMemoryView_GetContiguous(PyObject *base, int buffertype, char order);

/*
 A new C function that is bound to `self_`: a new reference, or NULL with SystemError when the definition's flags
 name no calling convention. See [`PyCMethod_New`].

 # Safety
 As for [`PyCMethod_New`].
 */
PyObject *PyCFunction_New(PyMethodDef *definition, PyObject *self_);

/*
 A new C function that is bound to `self_`, with its `__module__`: a new reference, or NULL with SystemError when the
 definition's flags name no calling convention. See [`PyCMethod_New`].

 # Safety
 As for [`PyCMethod_New`].
 */
PyObject *PyCFunction_NewEx(PyMethodDef *definition, PyObject *self_, PyObject *module);

/*
 A new C function that is bound to `self_`, with its `__module__`, and with the class that is passed to a function
 with `METH_METHOD`: a new reference, or NULL with SystemError when the flags name no calling convention, for a class
 without that flag, or for the flag without a class. The function takes references of its own.

 # Safety
 `definition` is NULL, or valid for as long as the function lives, with a function of the signature that its flags
 name. The others are NULL or live objects, and the last is a type.
 */
PyObject *PyCMethod_New(PyMethodDef *definition, PyObject *self_, PyObject *module, PyTypeObject *class_);

/*
 The C function of a function object, whatever its signature; NULL with SystemError for any other object.
 */
PyCFunction PyCFunction_GetFunction(PyObject *function);

/*
 The object that a function is bound to: a borrowed reference; NULL when the function is not bound or is static; NULL
 with SystemError for any other object.
 */
PyObject *PyCFunction_GetSelf(PyObject *function);

/*
 The `METH_` flags of a function object; -1 with SystemError for any other object.
 */
int PyCFunction_GetFlags(PyObject *function);

/*
 Calls an object with a tuple of arguments and a dict of keyword arguments, or NULL for none, under the name that it
 had for C functions alone. Returns a new reference, or NULL with an error set, as [`PyObject_Call`] does.
 */
PyObject *PyCFunction_Call(PyObject *callable, PyObject *arguments, PyObject *keywords);

/*
 A new module from a definition without slots: a new reference, or NULL with an error set.

 `module_api_version` is the version that the caller was compiled for. RuntimeWarning if it is not the library's.
 */
PyObject *PyModule_Create2(PyModuleDef *definition, int module_api_version);

/*
 A new module from a definition and a spec, which has its name: a new reference, or NULL with an error set. Create
 slots run, exec slots do not.
 */
PyObject *PyModule_FromDefAndSpec2(PyModuleDef *definition, PyObject *spec, int module_api_version);

/*
 Makes a module's state, if it has none, and runs the exec slots of a definition: 0, or -1 with an error set.
 */
int PyModule_ExecDef(PyObject *module, PyModuleDef *definition);

/*
 Adds a table of functions to a module: 0, or -1 with an error set.
 */
int PyModule_AddFunctions(PyObject *module, PyMethodDef *functions);

/*
 Sets the `__doc__` of a module, or of any object, to a text in UTF-8: 0, or -1 with an error set.
 */
int PyModule_SetDocString(PyObject *module, const char *doc);

/*
 Adds an object to a module, which takes a reference of its own: 0, or -1 with an error set.

 A NULL value means that an error is set already; that error stays.
 */
int PyModule_AddObjectRef(PyObject *module, const char *name, PyObject *value);

/*
 Adds an object to a module, and steals the reference to the value, also when it fails: 0, or -1 with an error set.
 See [`PyModule_AddObjectRef`].
 */
int PyModule_Add(PyObject *module, const char *name, PyObject *value);

/*
 Adds an object to a module, and steals the reference to the value, but only when it succeeds: 0, or -1 with an error
 set. See [`PyModule_AddObjectRef`].

 # Safety
 The caller owns a reference to the value, if that is not NULL.
 */
int PyModule_AddObject(PyObject *module, const char *name, PyObject *value);

/*
 Adds an `int` to a module: 0, or -1 with an error set.
 */
int PyModule_AddIntConstant(PyObject *module, const char *name, long value);

/*
 Adds a `str` from a text in UTF-8 to a module: 0, or -1 with an error set.
 */
int PyModule_AddStringConstant(PyObject *module, const char *name, const char *value);

/*
 Adds a type to a module, under its name after the last dot, and makes it ready first: 0, or -1 with an error set.

 # Safety
 As for `PyType_Ready`.
 */
int PyModule_AddType(PyObject *module, PyTypeObject *class_);

/*
 Puts the arguments of a call into the places of a function's parameters, NULL for one that was not given, and
 returns the address of the places: `buffer`, or `args` itself when all arguments are positional and enough. NULL
 with TypeError set when the arguments do not suit the parser's names; SystemError for a NULL parser and for names
 that are not a tuple.

 # Safety
 `args` is NULL or holds `count` live objects, and one for each name. `parser` is NULL or a parser that lives as long
 as the process; `buffer` has room for all its arguments.
 */
PyObject *const *_PyArg_UnpackKeywords(PyObject *const *args,
                                       Py_ssize_t count,
                                       PyObject *keywords,
                                       PyObject *names,
                                       struct _PyArg_Parser *parser,
                                       int minpos,
                                       int maxpos,
                                       int minkw,
                                       int varpos,
                                       PyObject **buffer);

/*
 Whether a number of positional arguments is between two bounds: 1, or 0 with TypeError set. `name` is the function's
 name for the message, or NULL.
 */
int _PyArg_CheckPositional(const char *name, Py_ssize_t count, Py_ssize_t min, Py_ssize_t max);

/*
 Raises TypeError: an argument of a function is not of the expected type.
 */
void _PyArg_BadArgument(const char *function, const char *argument, const char *expected, PyObject *o);

/*
 1 without keyword arguments, or 0 with TypeError set; SystemError for an object that is not exactly a dict.
 */
int _PyArg_NoKeywords(const char *function, PyObject *keywords);

/*
 1 without positional arguments, or 0 with TypeError set; SystemError for an object that is not exactly a tuple.
 */
int _PyArg_NoPositional(const char *function, PyObject *items);

/*
 Converts the items of a tuple by a format, and stores the values at the addresses in a `va_list`. Returns 1, or 0
 with an error set.

 TypeError when an item or the number of items does not suit the format, OverflowError when a number does not fit.
 SystemError when `items` is not a tuple or the format is wrong; a fatal error when its parentheses do not match.
 Addresses of objects and of their bytes are borrowed from the tuple. After an error the buffers and blocks that were
 filled so far are released.

 # Safety
 `format` is NULL or NUL-terminated; `arguments` is a `va_list` of the addresses that the format asks for, each with
 room for the value of its unit.
 */
int PyArg_VaParse(PyObject *items, const char *format, va_list arguments);

/*
 [`PyArg_VaParse`] for code that was compiled by an older header.

 # Safety
 As for [`PyArg_VaParse`].
 */
int _PyArg_VaParse_SizeT(PyObject *items, const char *format, va_list arguments);

/*
 Whether all keys of a dict of keyword arguments are strings: 1, or 0 with TypeError set; SystemError for an object
 that is not a dict.
 */
int PyArg_ValidateKeywordArguments(PyObject *keywords);

/*
 Makes an object of the values in a `va_list` by a format: a new reference, or NULL with an error set.

 A format without units makes None, one with a unit its object, and any other a tuple. SystemError for a format that
 is wrong and for an object that is NULL without an error. References that the format gives away (`N`) are taken over
 in any case.

 # Safety
 `format` is NULL or NUL-terminated; `arguments` is a `va_list` of the values that the format asks for.
 */
PyObject *Py_VaBuildValue(const char *format, va_list arguments);

/*
 [`Py_VaBuildValue`] for code that was compiled by an older header.

 # Safety
 As for [`Py_VaBuildValue`].
 */
PyObject *_Py_VaBuildValue_SizeT(const char *format, va_list arguments);

/*
 A new, empty module: a new reference, or NULL with an error set. `name` is a `str`.
 */
PyObject *PyModule_NewObject(PyObject *name);

/*
 A new, empty module of a name in UTF-8: a new reference, or NULL with UnicodeDecodeError.
 */
PyObject *PyModule_New(const char *name);

/*
 A module's dict: a borrowed reference, or NULL with SystemError for another object.
 */
PyObject *PyModule_GetDict(PyObject *module);

/*
 A module's `__name__`: a new reference to a `str`, or NULL with SystemError when `__name__` is missing or is not a
 `str`, TypeError for an object that is not a module.
 */
PyObject *PyModule_GetNameObject(PyObject *module);

/*
 A module's name in UTF-8, or NULL with the errors of [`PyModule_GetNameObject`]. The text is valid until `__name__`
 changes.
 */
const char *PyModule_GetName(PyObject *module);

/*
 A module's `__file__`: a new reference to a `str`, or NULL with SystemError when `__file__` is missing or is not a
 `str`, TypeError for an object that is not a module.
 */
PyObject *PyModule_GetFilenameObject(PyObject *module);

/*
 A module's `__file__` in UTF-8, or NULL with the errors of [`PyModule_GetFilenameObject`]. The text is valid until
 `__file__` changes.
 */
const char *PyModule_GetFilename(PyObject *module);

/*
 The definition that a module was made from, or NULL when it was made without one; NULL with TypeError for an object
 that is not a module.
 */
struct PyModuleDef *PyModule_GetDef(PyObject *module);

/*
 A module's state, or NULL when it has none; NULL with TypeError for an object that is not a module.
 */
void *PyModule_GetState(PyObject *module);

/*
 Makes a definition an object, so that a `PyInit_` function can return it: the definition, as a borrowed reference.
 */
PyObject *PyModuleDef_Init(PyModuleDef *definition);

/*
 Stores which tools ask for each of some events, and the number of this set of tools in `*version`. Does nothing when the number is
 that already. Returns 0.

 # Safety
 `state_array` and `event_types` have `length` items each, and the states and `*version` can be written.
 */
int PyMonitoring_EnterScope(PyMonitoringState *state_array,
                            uint64_t *version,
                            const uint8_t *event_types,
                            Py_ssize_t length);

/*
 Ends a scope: 0.
 */
int PyMonitoring_ExitScope(void);

/*
 Reports that a function begins: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FirePyStartEvent(PyMonitoringState *state, PyObject *_codelike, int32_t offset);

/*
 Reports that a generator goes on: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FirePyResumeEvent(PyMonitoringState *state, PyObject *_codelike, int32_t offset);

/*
 Reports that a function returns: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FirePyReturnEvent(PyMonitoringState *state,
                                    PyObject *_codelike,
                                    int32_t offset,
                                    PyObject *_retval);

/*
 Reports that a generator yields: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FirePyYieldEvent(PyMonitoringState *state, PyObject *_codelike, int32_t offset, PyObject *_retval);

/*
 Reports a call: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FireCallEvent(PyMonitoringState *state,
                                PyObject *_codelike,
                                int32_t offset,
                                PyObject *callable,
                                PyObject *arg0);

/*
 Reports a new line: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FireLineEvent(PyMonitoringState *state, PyObject *_codelike, int32_t offset, int _lineno);

/*
 Reports a jump: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FireJumpEvent(PyMonitoringState *state,
                                PyObject *_codelike,
                                int32_t offset,
                                PyObject *target_offset);

/*
 Reports a branch: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FireBranchEvent(PyMonitoringState *state,
                                  PyObject *_codelike,
                                  int32_t offset,
                                  PyObject *_target_offset);

/*
 Reports a branch to the right: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FireBranchRightEvent(PyMonitoringState *state,
                                       PyObject *_codelike,
                                       int32_t offset,
                                       PyObject *_target_offset);

/*
 Reports a branch to the left: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FireBranchLeftEvent(PyMonitoringState *state,
                                      PyObject *_codelike,
                                      int32_t offset,
                                      PyObject *_target_offset);

/*
 Reports that a C function returns: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FireCReturnEvent(PyMonitoringState *state, PyObject *_codelike, int32_t offset, PyObject *_retval);

/*
 Reports that an exception is thrown into a generator: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FirePyThrowEvent(PyMonitoringState *state, PyObject *_codelike, int32_t offset);

/*
 Reports that the pending exception was raised: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FireRaiseEvent(PyMonitoringState *state, PyObject *_codelike, int32_t offset);

/*
 Reports that the pending exception was raised again: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FireReraiseEvent(PyMonitoringState *state, PyObject *_codelike, int32_t offset);

/*
 Reports that the pending exception was caught: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FireExceptionHandledEvent(PyMonitoringState *state, PyObject *_codelike, int32_t offset);

/*
 Reports that a C function raised the pending exception: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FireCRaiseEvent(PyMonitoringState *state, PyObject *_codelike, int32_t offset);

/*
 Reports that the pending exception leaves a function: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FirePyUnwindEvent(PyMonitoringState *state, PyObject *_codelike, int32_t offset);

/*
 Reports that an iterator is at its end: 0, or -1 with an error set. `codelike` stands for the code.
 */
int _PyMonitoring_FireStopIterationEvent(PyMonitoringState *state,
                                         PyObject *_codelike,
                                         int32_t offset,
                                         PyObject *_value);

/*
 Formats as C's `vsnprintf` does. Returns the length of the whole text; the part that was written ends with a NUL.

 With a size of 0 nothing is written, and `text` may be NULL. A size above the range of `int` gives -666, and only
 the NUL is written. A NULL pointer gives -1 with SystemError.

 # Safety
 `text` is NULL or has room for `size` bytes, `format` is NULL or NUL-terminated; `arguments` is a `va_list` of the
 arguments that the format asks for.
 */
int PyOS_vsnprintf(char *text, size_t size, const char *format, va_list arguments);

/*
 The bytes of an object: by its method `__bytes__`, of its buffer, or of an iterable of integers. A new reference to
 a `bytes`, or NULL with an error set; TypeError for other objects. NULL gives `<NULL>`.
 */
PyObject *PyObject_Bytes(PyObject *o);

/*
 `str(o)`: a new reference to a `str`, or NULL with an error set. NULL gives `<NULL>`.
 */
PyObject *PyObject_Str(PyObject *o);

/*
 `repr(o)`: a new reference to a `str`, or NULL with an error set. NULL gives `<NULL>`.
 */
PyObject *PyObject_Repr(PyObject *o);

/*
 `ascii(o)`, the repr with escapes for all characters that are not ASCII: a new reference to a `str`, or NULL with an
 error set. NULL gives `<NULL>`.
 */
PyObject *PyObject_ASCII(PyObject *o);

/*
 Writes the repr of an object to a stream of C's, or its `str` if the flags have `Py_PRINT_RAW`; `<nil>` for NULL: 0,
 or -1 with an error set.

 # Safety
 `stream` is an open stream.
 */
int PyObject_Print(PyObject *o, FILE *stream, int flags);

/*
 `format(o, spec)`: a new reference to a `str`, or NULL with an error set. NULL for `spec` is an empty specification;
 an object that is not a string is SystemError.
 */
PyObject *PyObject_Format(PyObject *o, PyObject *spec);

/*
 `hash(o)`, or -1 with TypeError for an object without a hash, SystemError for NULL.
 */
Py_hash_t PyObject_Hash(PyObject *o);

/*
 `tp_hash` of a type whose instances have no hash: -1 with TypeError, SystemError for NULL.
 */
Py_hash_t PyObject_HashNotImplemented(PyObject *o);

/*
 The hash of an object that is hashed by its identity. Never -1, and never sets an error.
 */
Py_hash_t PyObject_GenericHash(PyObject *o);

/*
 `bool(o)`: 1 or 0, or -1 with an error set, SystemError for NULL.
 */
int PyObject_IsTrue(PyObject *o);

/*
 `not o`: 1 or 0, or -1 with an error set, SystemError for NULL.
 */
int PyObject_Not(PyObject *o);

/*
 One of the six comparisons (`Py_LT` to `Py_GE`): a new reference to the answer of a type, or NULL with TypeError
 when the types have no such order, SystemError for NULL or for an unknown operator.
 */
PyObject *PyObject_RichCompare(PyObject *a, PyObject *b, int op);

/*
 One of the six comparisons as a truth value: 1 or 0, or -1 with an error set. An object is equal to itself; its type
 is not asked. See [`PyObject_RichCompare`].
 */
int PyObject_RichCompareBool(PyObject *a, PyObject *b, int op);

/*
 `tp_iter` of an iterator: a new reference to itself, or NULL with SystemError for NULL.
 */
PyObject *PyObject_SelfIter(PyObject *o);

/*
 An attribute of `o`, by name: a new reference, or NULL with an error set: AttributeError when it is missing,
 TypeError when the name is not a `str`.
 */
PyObject *PyObject_GetAttr(PyObject *o, PyObject *name);

/*
 [`PyObject_GetAttr`] for a name in UTF-8.
 */
PyObject *PyObject_GetAttrString(PyObject *o, const char *name);

/*
 An attribute of `o`; a missing one is not an error. Returns 1 with a new reference in `*result`, 0 with NULL there
 when the attribute is missing, -1 with NULL there and an error set.
 */
int PyObject_GetOptionalAttr(PyObject *o, PyObject *name, PyObject **result);

/*
 [`PyObject_GetOptionalAttr`] for a name in UTF-8.
 */
int PyObject_GetOptionalAttrString(PyObject *o, const char *name, PyObject **result);

/*
 Sets an attribute of `o`, or deletes it when the value is NULL: 0, or -1 with an error set.
 */
int PyObject_SetAttr(PyObject *o, PyObject *name, PyObject *value);

/*
 [`PyObject_SetAttr`] for a name in UTF-8.
 */
int PyObject_SetAttrString(PyObject *o, const char *name, PyObject *value);

/*
 Deletes an attribute of `o`: 0, or -1 with an error set: AttributeError when it is missing.
 */
int PyObject_DelAttr(PyObject *o, PyObject *name);

/*
 [`PyObject_DelAttr`] for a name in UTF-8.
 */
int PyObject_DelAttrString(PyObject *o, const char *name);

/*
 Whether `o` has an attribute: 1 or 0, or -1 with an error set.
 */
int PyObject_HasAttrWithError(PyObject *o, PyObject *name);

/*
 [`PyObject_HasAttrWithError`] for a name in UTF-8.
 */
int PyObject_HasAttrStringWithError(PyObject *o, const char *name);

/*
 Whether `o` has an attribute: 1 or 0. An error of the look-up is written to standard error, and counts as 0.
 */
int PyObject_HasAttr(PyObject *o, PyObject *name);

/*
 [`PyObject_HasAttr`] for a name in UTF-8.
 */
int PyObject_HasAttrString(PyObject *o, const char *name);

/*
 The look-up that most types share, the `tp_getattro` of `object`: a new reference, or NULL with an error set.
 */
PyObject *PyObject_GenericGetAttr(PyObject *o, PyObject *name);

/*
 The generic way to set and delete attributes, the `tp_setattro` of `object`: 0, or -1 with an error set.
 */
int PyObject_GenericSetAttr(PyObject *o, PyObject *name, PyObject *value);

/*
 The type of `o`: a borrowed reference, or NULL with SystemError when `o` is NULL.
 */
PyTypeObject *Py_TYPE(PyObject *o);

/*
 Whether `x` and `y` are the same object: 1 or 0.
 */
int Py_Is(PyObject *x, PyObject *y);

/*
 Whether `x` is None: 1 or 0.
 */
int Py_IsNone(PyObject *x);

/*
 Whether `x` is True: 1 or 0.
 */
int Py_IsTrue(PyObject *x);

/*
 Whether `x` is False: 1 or 0.
 */
int Py_IsFalse(PyObject *x);

/*
 A constant by its number from 0 to 9: None, False, True, Ellipsis, NotImplemented, 0, 1, "", b"" or (). A new
 reference, or NULL with SystemError.
 */
PyObject *Py_GetConstant(unsigned int constant_id);

/*
 [`Py_GetConstant`] with a borrowed reference: constants are immortal.
 */
PyObject *Py_GetConstantBorrowed(unsigned int constant_id);

/*
 Calls the finalizer of an object, its `tp_finalize`, unless it was called before. That it was called is remembered
 for types whose instances take part in collection. NULL is fine.
 */
void PyObject_CallFinalizer(PyObject *o);

/*
 Calls the finalizer of an object that is being destroyed: the first step of the `tp_dealloc` of a type with
 `tp_finalize`. Returns 0, or -1 when the object has new references; then `tp_dealloc` returns at once. The process
 ends when references to the object are left.

 # Safety
 `o` is NULL, or an object that its `tp_dealloc` destroys.
 */
int PyObject_CallFinalizerFromDealloc(PyObject *o);

/*
 Makes a type ready: fills in the fields that it inherits, and its dict: 0, or -1 with an error set. A type that is
 ready stays as it is.

 # Safety
 `class` is NULL, or a type object whose fields are valid, with tables that live as long as it. No other thread uses
 it yet.
 */
int PyType_Ready(PyTypeObject *class_);

/*
 Whether a type is another one or derived from it: 1 or 0; 0 for NULL. Never sets an error.
 */
int PyType_IsSubtype(PyTypeObject *class_, PyTypeObject *base);

/*
 A type's flags; 0 for NULL.
 */
unsigned long PyType_GetFlags(PyTypeObject *class_);

/*
 A type's `__name__`: a new reference to a `str`, or NULL with an error set.
 */
PyObject *PyType_GetName(PyTypeObject *class_);

/*
 A type's `__qualname__`: a new reference to a `str`, or NULL with an error set.
 */
PyObject *PyType_GetQualName(PyTypeObject *class_);

/*
 Tells that the attributes, slots or bases of a type change, so that look-ups find the new state, also in the types
 made from it. Never sets an error.
 */
void PyType_Modified(PyTypeObject *class_);

/*
 Forgets the answers of earlier look-ups. Returns the last version tag that a type got.
 */
unsigned int PyType_ClearCache(void);

/*
 Gives a type a version tag, unless it has one: 1, or 0 when it can't have one. Never sets an error.
 */
int PyUnstable_Type_AssignVersionTag(PyTypeObject *class_);

/*
 An attribute of a type, by its name, from the dicts of the type and of its bases: a borrowed reference, or NULL.
 NULL without an error means that there is no such attribute.
 */
PyObject *_PyType_Lookup(PyTypeObject *class_, PyObject *name);

/*
 [`_PyType_Lookup`] with a new reference.
 */
PyObject *_PyType_LookupRef(PyTypeObject *class_, PyObject *name);

/*
 The value of a slot of a type, by its number in `typeslots.h`; NULL when the slot is empty, and NULL with
 SystemError for a number that is no slot.
 */
void *PyType_GetSlot(PyTypeObject *class_, int slot);

/*
 `tp_alloc` of most types: a new instance all of whose fields are zero, with room for `items` items and one more: a
 new reference, or NULL with an error set. The collector tracks it, if its type takes part in collection.
 */
PyObject *PyType_GenericAlloc(PyTypeObject *class_, Py_ssize_t items);

/*
 `tp_new` of a type whose instances need no more than memory: a new instance by the type's `tp_alloc`, or NULL with
 an error set. The arguments are not used.
 */
PyObject *PyType_GenericNew(PyTypeObject *class_, PyObject *_arguments, PyObject *_keywords);

/*
 The address of the field in which `o` has its dict, which is NULL until there is one; a managed dict is made now.
 NULL, without an error, when its type has no such field, when there is no memory for a managed dict, and for NULL.
 */
PyObject **_PyObject_GetDictPtr(PyObject *o);

/*
 The `__dict__` of `o`, for a row of `tp_getset`: a new reference, or NULL with AttributeError when its type has no
 place for one. The context is ignored.
 */
PyObject *PyObject_GenericGetDict(PyObject *o, void*);

/*
 Replaces the `__dict__` of `o`, for a row of `tp_getset`: 0, or -1 with TypeError for NULL and for a value that is
 not a dict, AttributeError when the type has no place for one. The context is ignored.
 */
int PyObject_GenericSetDict(PyObject *o, PyObject *value, void*);

/*
 `PyObject_GenericGetAttr`, with `dict` in place of the dict of `o` unless it is NULL. With `suppress`, a missing
 attribute is NULL without an error.
 */
PyObject *_PyObject_GenericGetAttrWithDict(PyObject *o, PyObject *name, PyObject *dict, int suppress);

/*
 `PyObject_GenericSetAttr`, with `dict` in place of the dict of `o` unless it is NULL.
 */
int _PyObject_GenericSetAttrWithDict(PyObject *o, PyObject *name, PyObject *value, PyObject *dict);

/*
 Calls the visitor of a `tp_traverse` with the managed dict of `o`, if its type has them and there is one. Returns
 the result of the visitor, or 0.

 # Safety
 `visit` and `arg` are those that `tp_traverse` got.
 */
int PyObject_VisitManagedDict(PyObject *o, visitproc visit, void *arg);

/*
 Drops the managed dict of `o`, if its type has them and there is one: a step of `tp_clear` and of `tp_dealloc`. NULL
 is fine.
 */
void PyObject_ClearManagedDict(PyObject *o);

/*
 The sorted names of the attributes of `o`, a list: a new reference, or NULL with an error set. NULL asks for the
 local names of Python code: SystemError, because none runs.
 */
PyObject *PyObject_Dir(PyObject *o);

/*
 Remembers that this thread makes the repr of `o`: 0, or 1 if it does that already, so that the repr is to be cut
 short; -1 with an error set. `Py_ReprLeave` follows a 0.
 */
int Py_ReprEnter(PyObject *o);

/*
 Forgets that this thread makes the repr of `o`. Another object, and NULL, do nothing. The error indicator does not
 change.
 */
void Py_ReprLeave(PyObject *o);

/*
 `size` bytes, or one for a size of 0; NULL, without an error, when there is no memory or `size` is above
 `PY_SSIZE_T_MAX`. The caller frees them with `PyObject_Free`.
 */
void *PyObject_Malloc(size_t size);

/*
 `count` times `size` zeroed bytes; NULL, without an error, when there is no memory or the product is above
 `PY_SSIZE_T_MAX`. The caller frees them with `PyObject_Free`.
 */
void *PyObject_Calloc(size_t count, size_t size);

/*
 Changes a block's size, and returns its new address; NULL, without an error and with the block unchanged, when there
 is no memory. A NULL block makes it `PyObject_Malloc`.
 */
void *PyObject_Realloc(void *old, size_t size);

/*
 Frees a block. NULL is fine.
 */
void PyObject_Free(void *old);

/*
 A new object of a type whose instances take no part in collection: a new reference, or NULL with MemoryError, SystemError for
 NULL. Only its head is written: one reference and the type, which gains one if it is a heap type. `PyObject_Free` frees the
 memory.
 */
PyObject *_PyObject_New(PyTypeObject *class_);

/*
 [`_PyObject_New`] with room for items, whose number is written too. A negative number is a SystemError.
 */
PyVarObject *_PyObject_NewVar(PyTypeObject *class_, Py_ssize_t items);

/*
 A new object of a type whose instances take part in collection, after the collector's head, and the pointers that managed
 dicts and weak references take: a new reference, or NULL with MemoryError, SystemError for NULL. Of the object itself only the
 head is written. The collector does not track it. `PyObject_GC_Del` frees the memory.
 */
PyObject *_PyObject_GC_New(PyTypeObject *class_);

/*
 [`_PyObject_GC_New`] with room for items, whose number is written too. A negative number is a SystemError.
 */
PyVarObject *_PyObject_GC_NewVar(PyTypeObject *class_, Py_ssize_t items);

/*
 [`_PyObject_GC_New`] with more bytes at the end of the object. All bytes after the head of the object are zero.
 */
PyObject *PyUnstable_Object_GC_NewWithExtraData(PyTypeObject *class_, size_t extra_size);

/*
 Moves an object of `_PyObject_GC_NewVar` to memory for another number of items, and returns its new address. NULL, with
 MemoryError and the object as before, when there is no memory; NULL with SystemError for NULL or a negative number.

 # Safety
 `o` is NULL, or has only the caller's reference, which the result replaces.
 */
PyVarObject *_PyObject_GC_Resize(PyVarObject *o, Py_ssize_t items);

/*
 Makes memory an object: one reference and the type, which gains one if it is a heap type. Returns `o`; NULL with MemoryError
 for NULL, so that the result of an allocation can be passed; NULL with SystemError for a NULL type.

 # Safety
 `o` is NULL, or has room for an instance of the type.
 */
PyObject *PyObject_Init(PyObject *o,
                        PyTypeObject *class_);

/*
 [`PyObject_Init`] for an object with a number of items, which is written too.

 # Safety
 `o` is NULL, or has room for an instance of the type with that many items.
 */
PyVarObject *PyObject_InitVar(PyVarObject *o, PyTypeObject *class_, Py_ssize_t items);

/*
 Frees an object of `_PyObject_GC_New` or a function beside it, and makes the collector forget it. Its type keeps its
 references. NULL is fine.

 # Safety
 `o` is NULL or an object to which no reference is left.
 */
void PyObject_GC_Del(void *o);

/*
 Starts tracking an object, whose `tp_traverse` must work from now on. The process ends if the object is tracked already. Does
 nothing for NULL, and for an object that takes no part in collection.

 # Safety
 The fields that `tp_traverse` reads are written.
 */
void PyObject_GC_Track(void *o);

/*
 Whether the finalizer of an object was called: 1 or 0. It is remembered only for types whose instances take part in
 collection. Never sets an error.
 */
int PyObject_GC_IsFinalized(PyObject *o);

/*
 Calls a function with each object that the collector tracks, until it returns 0. The collector is disabled meanwhile.

 # Safety
 The function is `int f(PyObject *, void *)`, and takes `arg`.
 */
void PyUnstable_GC_VisitObjects(gcvisitobjects_t callback, void *arg);

/*
 Collects garbage: objects in cycles to which no reference leads from outside. Returns the number of those objects; 0
 after `PyGC_Disable`, and during a collection. Errors during the collection are written to standard error and
 dropped; the error indicator does not change.
 */
Py_ssize_t PyGC_Collect(void);

/*
 Enables the collector. Returns 1 if it was enabled before, else 0. Collections start by themselves in `PyErr_CheckSignals`.
 */
int PyGC_Enable(void);

/*
 Disables the collector, also for `PyGC_Collect`. Returns 1 if it was enabled before, else 0.
 */
int PyGC_Disable(void);

/*
 Whether the collector is enabled: 1 or 0.
 */
int PyGC_IsEnabled(void);

/*
 Whether the collector tracks the object: 1 or 0. Never sets an error.
 */
int PyObject_GC_IsTracked(PyObject *o);

/*
 Whether the collector can track the object: 1 or 0. Never sets an error.
 */
int PyObject_IS_GC(PyObject *o);

/*
 Stops tracking an object: the first step of the `tp_dealloc` of a container. Does nothing for an object that is not
 tracked, and for NULL.
 */
void PyObject_GC_UnTrack(void *o);

/*
 Whether an object is gone, as far as memory debuggers tell by their patterns: 1 if its address, or that of its type, is one of the first
 or last 256, or consists of the byte 0xCD, 0xDD or 0xFD, else 0. Never sets an error.

 # Safety
 `o` is one of those, or can be read.
 */
int _PyObject_IsFreed(PyObject *o);

/*
 Stores the functions for arenas: those of the system's `mmap`, until a program sets others. NULL is fine.
 */
void PyObject_GetArenaAllocator(PyObjectArenaAllocator *allocator);

/*
 Sets the functions for arenas, which [`PyObject_GetArenaAllocator`] hands on. The library itself makes no arenas. NULL is fine.

 # Safety
 `allocator` is NULL or can be read.
 */
void PyObject_SetArenaAllocator(PyObjectArenaAllocator *allocator);

/*
 Whether the object has a buffer: 1 or 0; 0 for NULL. Never sets an error.
 */
int PyObject_CheckBuffer(PyObject *o);

/*
 Fills `view` with the buffer of an object, as `flags` request it. `view` owns a reference to the exporting object
 until [`PyBuffer_Release`]. Returns 0, or -1 with an error set.

 TypeError for an object without a buffer; BufferError when its memory does not have the requested form, and for NULL
 instead of `view`; SystemError for the flags `PyBUF_READ` and `PyBUF_WRITE`.

 # Safety
 `view` is NULL, or can be written and stays where it is until it is released.
 */
int PyObject_GetBuffer(PyObject *o, Py_buffer *view, int flags);

/*
 The address of the item at these indices, as many as the buffer has dimensions; NULL with SystemError for NULL.

 # Safety
 `view` is a filled buffer. Each index is inside its dimension.
 */
void *PyBuffer_GetPointer(const Py_buffer *view, const Py_ssize_t *indices);

/*
 The number of bytes of an item of a format, as the module `struct` computes it, or -1 with an error set:
 `struct.error` for a format that is not one.
 */
Py_ssize_t PyBuffer_SizeFromFormat(const char *format);

/*
 Copies all items of a buffer to `buf`, in the order 'C', 'F' (Fortran) or 'A' (any). Returns 0, or -1 with an error
 set: ValueError when `len` is not the buffer's length.

 # Safety
 `view` is a filled buffer, and `buf` has room for `len` bytes outside it.
 */
int PyBuffer_ToContiguous(void *buf, const Py_buffer *view, Py_ssize_t len, char order);

/*
 Copies `len` bytes, or as many as the buffer has, from `buf` into a buffer, in the order 'C' or 'F' (Fortran) of its
 items. Returns 0, or -1 with an error set.

 # Safety
 `view` is a filled buffer that can be written, and `buf` has `len` bytes.
 */
int PyBuffer_FromContiguous(const Py_buffer *view, const void *buf, Py_ssize_t len, char order);

/*
 Copies the data of the buffer of `src` into that of `dest`. Returns 0, or -1 with an error set: TypeError when one
 of them has no buffer, BufferError when `dest` is too small or can't be written.
 */
int PyObject_CopyData(PyObject *dest, PyObject *src);

/*
 Whether the items of a buffer are in a row: in the order 'C', 'F' (Fortran) or 'A' (any): 1 or 0. 0 for another
 letter, and for a buffer with suboffsets. Never sets an error.

 # Safety
 `view` is NULL or a filled buffer.
 */
int PyBuffer_IsContiguous(const Py_buffer *view, char fort);

/*
 Writes to `strides` the distances of items in a row, for a shape, in the order 'F' (Fortran) or else that of C.

 # Safety
 `shape` and `strides` have `ndims` numbers.
 */
void PyBuffer_FillContiguousStrides(int ndims, Py_ssize_t *shape, Py_ssize_t *strides, int itemsize, char fort);

/*
 Fills `view` with `len` bytes in a row at `buf`, and a new reference to `o`, which may be NULL. Returns 0, or -1
 with an error set: BufferError when `flags` request memory for writing and `readonly` is 1, or `view` is NULL.

 # Safety
 `view` is NULL, or can be written and stays where it is until it is released.
 */
int PyBuffer_FillInfo(Py_buffer *view, PyObject *o, void *buf, Py_ssize_t len, int readonly, int flags);

/*
 Gives back a buffer of [`PyObject_GetBuffer`] or [`PyBuffer_FillInfo`], drops its reference to the object, and sets
 `obj` to NULL. A buffer whose `obj` is NULL stays as it is.

 # Safety
 `view` is NULL, or a struct of which `obj` is NULL or the buffer is filled.
 */
void PyBuffer_Release(Py_buffer *view);

/*
 The address and the number of an object's bytes to read, for as long as the object keeps them, without a buffer.
 Returns 0, or -1 with an error set. Headers since 3.10 do not declare it; compiled modules still use it.
 */
int PyObject_AsReadBuffer(PyObject *o, const void **buffer, Py_ssize_t *buffer_len);

/*
 Works as [`PyObject_AsReadBuffer`].
 */
int PyObject_AsCharBuffer(PyObject *o, const char **buffer, Py_ssize_t *buffer_len);

/*
 Works as [`PyObject_AsReadBuffer`], for bytes to write; TypeError for an object without such bytes.
 */
int PyObject_AsWriteBuffer(PyObject *o, void **buffer, Py_ssize_t *buffer_len);

/*
 Whether an object gives its bytes: 1 or 0. Never sets an error.
 */
int PyObject_CheckReadBuffer(PyObject *o);

/*
 Makes a capsule that carries `pointer` under `name`.

 Returns a new reference, or NULL with ValueError when `pointer` is NULL, with MemoryError when there is no memory.
 `name` may be NULL. It is not copied, so it must not be changed or freed while the capsule has it. `destructor` may
 be NULL; it is called with the capsule when the last reference goes.

 # Safety
 `destructor` is NULL or may be called with the capsule when its last reference goes.
 */
PyObject *PyCapsule_New(void *pointer, const char *name, PyCapsule_Destructor destructor);

/*
 Gives the pointer of a capsule that has this name.

 Returns NULL with ValueError when `capsule` is not a capsule or has another name. Names match when both are NULL or
 both hold the same bytes.
 */
void *PyCapsule_GetPointer(PyObject *capsule, const char *name);

/*
 Gives the name of a capsule: the same pointer that was set, which may be NULL.

 Returns NULL with ValueError when `capsule` is not a capsule.
 */
const char *PyCapsule_GetName(PyObject *capsule);

/*
 Gives the destructor of a capsule, which may be NULL.

 Returns NULL with ValueError when `capsule` is not a capsule.
 */
PyCapsule_Destructor PyCapsule_GetDestructor(PyObject *capsule);

/*
 Gives the context of a capsule, which may be NULL.

 Returns NULL with ValueError when `capsule` is not a capsule.
 */
void *PyCapsule_GetContext(PyObject *capsule);

/*
 Whether `capsule` is a capsule with this name: 1 or 0. Never sets an error.
 */
int PyCapsule_IsValid(PyObject *capsule, const char *name);

/*
 Replaces the pointer of a capsule: 0, or -1 with ValueError when `capsule` is not a capsule or `pointer` is NULL.
 */
int PyCapsule_SetPointer(PyObject *capsule, void *pointer);

/*
 Replaces the destructor of a capsule; NULL removes it. Returns 0, or -1 with ValueError when `capsule` is not a
 capsule.

 # Safety
 `destructor` is NULL or may be called with the capsule when its last reference goes.
 */
int PyCapsule_SetDestructor(PyObject *capsule, PyCapsule_Destructor destructor);

/*
 Replaces the name of a capsule: 0, or -1 with ValueError when `capsule` is not a capsule.

 The new name is not copied, so it must not be changed or freed while the capsule has it. The old name is not freed.
 */
int PyCapsule_SetName(PyObject *capsule, const char *name);

/*
 Replaces the context of a capsule: 0, or -1 with ValueError when `capsule` is not a capsule.
 */
int PyCapsule_SetContext(PyObject *capsule, void *context);

/*
 Lets the garbage collector visit the objects that a capsule's pointer refers to, and starts tracking the capsule.

 Returns 0, or -1 with ValueError when `capsule` is not a capsule or a callback is NULL. CPython:
 `Include/internal/pycore_capsule.h`.

 # Safety
 The callbacks follow the rules of `tp_traverse` and `tp_clear`, for this capsule.
 */
int _PyCapsule_SetTraverse(PyObject *capsule, traverseproc traverse_func, inquiry clear_func);

/*
 Gives the pointer of the capsule with this name, `"package.module.attribute"`: the first part is imported, the
 others are attributes, or else submodules.

 Returns NULL with ImportError when a module can't be imported, AttributeError when a part is missing or is not a
 capsule of exactly this name, ValueError when `name` is NULL. The pointer is borrowed from the capsule. `no_block`
 is ignored.
 */
void *PyCapsule_Import(const char *name, int no_block);

/*
 The class of the pending error: a borrowed reference, or NULL when there is none.
 */
PyObject *PyErr_Occurred(void);

/*
 Clears the error indicator.
 */
void PyErr_Clear(void);

/*
 Raises an exception of class `exception` with a message in UTF-8, which is copied.

 A message that is not UTF-8 raises UnicodeDecodeError instead. An object that is not an exception class raises
 SystemError.
 */
void PyErr_SetString(PyObject *exception, const char *string);

/*
 Raises an exception of class `exception`. A `value` that is an instance of the class is raised itself; otherwise it is the
 argument of a new exception. NULL and None stand for no arguments, a tuple for all arguments.
 */
void PyErr_SetObject(PyObject *exception,
                     PyObject *value);

/*
 Raises an exception of class `exception` with the text of a format, in ASCII, and a `va_list`. Always returns NULL.

 The pending error is cleared first, since formatting may call any code. A format that fails raises its own error:
 see `PyUnicode_FromFormatV`.

 # Safety
 `arguments` is a `va_list` of the arguments that the format asks for.
 */
PyObject *PyErr_FormatV(PyObject *exception, const char *format, va_list arguments);

/*
 `_PyErr_FormatFromCause` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.

 # Safety
 As for [`PyErr_FormatV`].
 */
PyObject *pycapsule_format_from_cause(PyObject *exception, const char *format, va_list arguments);

/*
 Raises KeyError for a key, which may be a tuple. Code of mypyc calls it.
 */
void _PyErr_SetKeyError(PyObject *key);

/*
 Raises an exception of class `exception` without arguments.
 */
void PyErr_SetNone(PyObject *exception);

/*
 Raises MemoryError. Always returns NULL.
 */
PyObject *PyErr_NoMemory(void);

/*
 Raises TypeError "bad argument type for built-in operation". Always returns 0.
 */
int PyErr_BadArgument(void);

/*
 Raises SystemError "bad argument to internal function".
 */
void PyErr_BadInternalCall(void);

/*
 Raises SystemError "FILE:LINE: bad argument to internal function". The macro `PyErr_BadInternalCall` calls it.
 */
void _PyErr_BadInternalCall(const char *filename, int lineno);

/*
 Takes the pending error: a new reference to the exception, or NULL when there is none. Clears the indicator.
 */
PyObject *PyErr_GetRaisedException(void);

/*
 Makes `exception` the pending error, and steals the reference to it; NULL clears the indicator.

 An object that is not an exception raises SystemError instead.
 */
void PyErr_SetRaisedException(PyObject *exception);

/*
 Takes the pending error as its class, the exception and its traceback: new references, and the last may be NULL.
 Without an error all three are NULL. Clears the indicator.
 */
void PyErr_Fetch(PyObject **type_, PyObject **value, PyObject **traceback);

/*
 Restores an error that `PyErr_Fetch` took, and steals the three references; a NULL class clears the indicator.

 A value that is not an instance of exactly this class is the argument, or the tuple of arguments, of a new
 exception.
 */
void PyErr_Restore(PyObject *type_, PyObject *value, PyObject *traceback);

/*
 Turns a class and a value that were fetched into an instance and its class. If that fails, the new error replaces
 them.
 */
void PyErr_NormalizeException(PyObject **type_, PyObject **value, PyObject **_traceback);

/*
 Whether a handler for `exc`, a class or a tuple of classes, handles an exception or exception class: 1 or 0.

 Tuples nested too deeply for the stack match nothing; that is reported to `sys.unraisablehook`.
 */
int PyErr_GivenExceptionMatches(PyObject *given, PyObject *exc);

/*
 Whether a handler for `exc`, a class or a tuple of classes, handles the pending error: 1 or 0.
 */
int PyErr_ExceptionMatches(PyObject *exc);

/*
 Reports the pending error, which can't be raised, to `sys.unraisablehook`, which writes it to standard error; clears
 it. `object` is where the error happened, for example a callback; it may be NULL.
 */
void PyErr_WriteUnraisable(PyObject *object);

/*
 `PyErr_FormatUnraisable` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.

 # Safety
 As for `PyErr_FormatUnraisable`, with a `va_list` of the arguments that the format asks for.
 */
int pycapsule_write_unraisable(const char *format, va_list arguments);

/*
 Ends the process with SIGABRT: the message, the pending error and the name of the thread go to standard error. In C
 a macro of this name passes the name of the function that contains the call.
 */
void Py_FatalError(const char *message) _Py_NO_RETURN;

/*
 Ends the process as [`Py_FatalError`] does, with the function's name before the message. The macro `Py_FatalError` calls
 it.
 */
void _Py_FatalErrorFunc(const char *function,
                        const char *message) _Py_NO_RETURN;

/*
 The name of an exception class: borrowed, NUL-terminated, alive as long as the class. NULL with SystemError for an
 object that is not a class.
 */
const char *PyExceptionClass_Name(PyObject *ob);

/*
 The traceback of an exception: a new reference, or NULL without an error when there is none.
 */
PyObject *PyException_GetTraceback(PyObject *ex);

/*
 Sets the traceback of an exception: 0, or -1 with TypeError for a value that is neither a traceback nor None.
 */
int PyException_SetTraceback(PyObject *ex, PyObject *tb);

/*
 The exception that `ex` was raised from: a new reference, or NULL without an error when there is none.
 */
PyObject *PyException_GetCause(PyObject *ex);

/*
 Sets the exception that `ex` was raised from, and steals the reference to it; NULL stands for none. The context is
 not shown from then on.
 */
void PyException_SetCause(PyObject *ex, PyObject *cause);

/*
 The exception that was being handled when `ex` was raised: a new reference, or NULL without an error when there is
 none.
 */
PyObject *PyException_GetContext(PyObject *ex);

/*
 Sets the exception that was being handled when `ex` was raised, and steals the reference to it; NULL stands for
 none.
 */
void PyException_SetContext(PyObject *ex, PyObject *context);

/*
 The `args` tuple of an exception: a new reference.
 */
PyObject *PyException_GetArgs(PyObject *ex);

/*
 Sets the `args` of an exception to a tuple; SystemError is set for any other object.
 */
void PyException_SetArgs(PyObject *ex, PyObject *args);

/*
 The exception this thread is handling: a new reference, or NULL without an error when there is none.
 */
PyObject *PyErr_GetHandledException(void);

/*
 Sets the exception this thread is handling, which becomes the context of those raised from then on; NULL and None
 stand for none.
 */
void PyErr_SetHandledException(PyObject *exc);

/*
 The exception this thread is handling, as its class, itself and its traceback: new references. Without one the first
 and the last are None and the second is NULL.
 */
void PyErr_GetExcInfo(PyObject **type_, PyObject **value, PyObject **traceback);

/*
 Sets the exception this thread is handling, and steals the three references. The class and the traceback are not
 used, because the exception has its own.
 */
void PyErr_SetExcInfo(PyObject *type_, PyObject *value, PyObject *traceback);

/*
 Makes an exception class from a name with a dot, "module.Name": a new reference, or NULL with an error set.

 `base` is a class or a tuple of classes; NULL stands for `Exception`. `dict` holds the class's attributes; NULL
 stands for an empty one. If `dict` has no `__module__`, it is added; then `dict` is copied. A name without a dot is
 a SystemError.
 */
PyObject *PyErr_NewException(const char *name, PyObject *base, PyObject *dict);

/*
 Makes an exception class as [`PyErr_NewException`] does, with documentation, which is added to `dict` as `__doc__`.
 */
PyObject *PyErr_NewExceptionWithDoc(const char *name, const char *doc, PyObject *base, PyObject *dict);

/*
 Raises an error for the number in C's `errno`: an exception of class `exception` made from the number and the
 system's message for it. For OSError, the number selects the subclass. Always returns NULL.
 */
PyObject *PyErr_SetFromErrno(PyObject *exception);

/*
 Raises an error for the number in C's `errno`, as [`PyErr_SetFromErrno`] does, for a file. Its name is in the file
 system's encoding; NULL stands for no name. Always returns NULL.
 */
PyObject *PyErr_SetFromErrnoWithFilename(PyObject *exception, const char *filename);

/*
 Raises an error for the number in C's `errno`, as [`PyErr_SetFromErrno`] does, for a file whose name is an object;
 NULL stands for no name. Always returns NULL.
 */
PyObject *PyErr_SetFromErrnoWithFilenameObject(PyObject *exception, PyObject *filename);

/*
 Raises an error for the number in C's `errno`, as [`PyErr_SetFromErrno`] does, for two files; NULL stands for no
 name. Always returns NULL.
 */
PyObject *PyErr_SetFromErrnoWithFilenameObjects(PyObject *exception, PyObject *filename, PyObject *filename2);

/*
 Raises ImportError with a message, about a module and the file it is in, both of which may be NULL. Always returns
 NULL.
 */
PyObject *PyErr_SetImportError(PyObject *message, PyObject *name, PyObject *path);

/*
 Raises an exception of a class derived from ImportError, as [`PyErr_SetImportError`] does. TypeError for any other
 class, and for a message that is NULL. Always returns NULL.
 */
PyObject *PyErr_SetImportErrorSubclass(PyObject *exception, PyObject *message, PyObject *name, PyObject *path);

/*
 A new UnicodeDecodeError: a new reference, or NULL with an error set.

 # Safety
 `object` has `length` readable bytes.
 */
PyObject *PyUnicodeDecodeError_Create(const char *encoding,
                                      const char *object,
                                      Py_ssize_t length,
                                      Py_ssize_t start,
                                      Py_ssize_t end,
                                      const char *reason);

/*
 Makes `exception` the context of the pending error, or the pending error when there is none, and steals the
 reference to it. NULL is allowed; SystemError for an object that is not an exception.
 */
void _PyErr_ChainExceptions1(PyObject *exception);

/*
 0, or -1 with KeyboardInterrupt after `PyErr_SetInterrupt`. There are no other handlers of signals. If the program
 has made many objects, as CPython's collector counts them, garbage among the young ones is collected.
 */
int PyErr_CheckSignals(void);

/*
 The name of the encoding: a new reference to a `str`, or NULL with TypeError for another object, or without an
 encoding.
 */
PyObject *PyUnicodeDecodeError_GetEncoding(PyObject *exc);

/*
 The bytes that can't be decoded: a new reference to a `bytes`, or NULL with TypeError for another object, or without
 a `bytes`.
 */
PyObject *PyUnicodeDecodeError_GetObject(PyObject *exc);

/*
 The reason: a new reference to a `str`, or NULL with TypeError for another object, or without a reason.
 */
PyObject *PyUnicodeDecodeError_GetReason(PyObject *exc);

/*
 Sets the reason, a text in UTF-8: 0, or -1 with UnicodeDecodeError, TypeError for another object.
 */
int PyUnicodeDecodeError_SetReason(PyObject *exc, const char *reason);

/*
 Stores the start of the fault, inside the object: 0, or -1 with TypeError for another exception, or without an
 object.
 */
int PyUnicodeDecodeError_GetStart(PyObject *exc, Py_ssize_t *start);

/*
 Stores the end of the fault, inside the object: 0, or -1 with TypeError for another exception, or without an object.
 */
int PyUnicodeDecodeError_GetEnd(PyObject *exc, Py_ssize_t *end);

/*
 Sets the start of the fault, which may be outside the object: 0, or -1 with TypeError for another object.
 */
int PyUnicodeDecodeError_SetStart(PyObject *exc, Py_ssize_t start);

/*
 Sets the end of the fault, which may be outside the object: 0, or -1 with TypeError for another object.
 */
int PyUnicodeDecodeError_SetEnd(PyObject *exc, Py_ssize_t end);

/*
 The name of the encoding: a new reference to a `str`, or NULL with TypeError for another object, or without an
 encoding.
 */
PyObject *PyUnicodeEncodeError_GetEncoding(PyObject *exc);

/*
 The text that can't be encoded: a new reference to a `str`, or NULL with TypeError for another object, or without a
 `str`.
 */
PyObject *PyUnicodeEncodeError_GetObject(PyObject *exc);

/*
 The reason: a new reference to a `str`, or NULL with TypeError for another object, or without a reason.
 */
PyObject *PyUnicodeEncodeError_GetReason(PyObject *exc);

/*
 Sets the reason, a text in UTF-8: 0, or -1 with UnicodeDecodeError, TypeError for another object.
 */
int PyUnicodeEncodeError_SetReason(PyObject *exc, const char *reason);

/*
 Stores the start of the fault, inside the object: 0, or -1 with TypeError for another exception, or without an
 object.
 */
int PyUnicodeEncodeError_GetStart(PyObject *exc, Py_ssize_t *start);

/*
 Stores the end of the fault, inside the object: 0, or -1 with TypeError for another exception, or without an object.
 */
int PyUnicodeEncodeError_GetEnd(PyObject *exc, Py_ssize_t *end);

/*
 Sets the start of the fault, which may be outside the object: 0, or -1 with TypeError for another object.
 */
int PyUnicodeEncodeError_SetStart(PyObject *exc, Py_ssize_t start);

/*
 Sets the end of the fault, which may be outside the object: 0, or -1 with TypeError for another object.
 */
int PyUnicodeEncodeError_SetEnd(PyObject *exc, Py_ssize_t end);

/*
 The text that can't be translated: a new reference to a `str`, or NULL with TypeError for another object, or without
 a `str`.
 */
PyObject *PyUnicodeTranslateError_GetObject(PyObject *exc);

/*
 The reason: a new reference to a `str`, or NULL with TypeError for another object, or without a reason.
 */
PyObject *PyUnicodeTranslateError_GetReason(PyObject *exc);

/*
 Sets the reason, a text in UTF-8: 0, or -1 with UnicodeDecodeError, TypeError for another object.
 */
int PyUnicodeTranslateError_SetReason(PyObject *exc, const char *reason);

/*
 Stores the start of the fault, inside the object: 0, or -1 with TypeError for another exception, or without an
 object.
 */
int PyUnicodeTranslateError_GetStart(PyObject *exc, Py_ssize_t *start);

/*
 Stores the end of the fault, inside the object: 0, or -1 with TypeError for another exception, or without an object.
 */
int PyUnicodeTranslateError_GetEnd(PyObject *exc, Py_ssize_t *end);

/*
 Sets the start of the fault, which may be outside the object: 0, or -1 with TypeError for another object.
 */
int PyUnicodeTranslateError_SetStart(PyObject *exc, Py_ssize_t start);

/*
 Sets the end of the fault, which may be outside the object: 0, or -1 with TypeError for another object.
 */
int PyUnicodeTranslateError_SetEnd(PyObject *exc, Py_ssize_t end);

/*
 The hash of a pointer, which an object has that is hashed by its identity. Never -1, and never sets an error.
 */
Py_hash_t Py_HashPointer(const void *pointer);

/*
 The hash of a number, equal to that of an equal `int`; a NaN has the hash of the pointer `o`. Never -1, and never
 sets an error.
 */
Py_hash_t _Py_HashDouble(PyObject *o, double value);

/*
 The hash of bytes, equal to that of an equal object of `bytes`; 0 without bytes. Never -1, and never sets an error.

 # Safety
 `bytes` can be read for `length` bytes.
 */
Py_hash_t Py_HashBuffer(const void *bytes, Py_ssize_t length);

/*
 The algorithm by which strings and bytes are hashed: its function, its name, and the sizes of a hash and of its key
 in bits. The key of this library is zero. The struct lives as long as the process.
 */
PyHash_FuncDef *PyHash_GetFuncDef(void);

/*
 Initialises the runtime, with this thread holding the GIL. Does nothing when the runtime is initialised already.
 */
void Py_Initialize(void);

/*
 `Py_Initialize`. There are no signal handlers to install, so the argument changes nothing.
 */
void Py_InitializeEx(int _initsigs);

/*
 Finalises the runtime: collects garbage and drops all modules, which runs the destructors of the capsules that they
 hold. Then calls the functions of `Py_AtExit`. Returns 0, or -1 when a `sys.stdout` or `sys.stderr` that a program
 has set can't be flushed. Does nothing when the runtime is finalised already.
 */
int Py_FinalizeEx(void);

/*
 `Py_FinalizeEx`, without a result.
 */
void Py_Finalize(void);

/*
 Whether the runtime can be used: 1 from the moment the library is loaded until `Py_FinalizeEx` is called, and again
 after another `Py_Initialize`; else 0.
 */
int Py_IsInitialized(void);

/*
 Whether `Py_FinalizeEx` was called, and `Py_Initialize` not since then: 1 or 0.
 */
int Py_IsFinalizing(void);

/*
 The main function of `python`. There is no interpreter here, so it prints that and returns 126, the program's exit
 status.

 It exists for a Python before which this library is loaded by `LD_PRELOAD`. Without this function such a Python
 would crash a little later.
 */
int Py_BytesMain(int _argc, char **_argv);

/*
 Registers a function that `Py_FinalizeEx` calls at its end, those registered last first. Returns 0, or -1, without
 an error, when 32 functions are registered already.

 # Safety
 The function can be called at that time.
 */
int Py_AtExit(void (*function)(void));

/*
 Registers a function that `Py_FinalizeEx` calls with this argument when all modules are gone, before the functions of
 `Py_AtExit`; those registered last come first. Returns 0, or -1 with MemoryError.

 # Safety
 The function can be called with the argument at that time.
 */
int PyUnstable_AtExit(PyInterpreterState *_interpreter, void (*function)(void*), void *data);

/*
 Finalises, and ends the process with this status, or with 120 if finalising failed.
 */
void Py_Exit(int status) _Py_NO_RETURN;

/*
 The version of CPython that the library corresponds to: a static string that begins with the number, before a space.
 */
const char *Py_GetVersion(void);

/*
 The build of the library, which is also in the text of [`Py_GetVersion`]: a static string.
 */
const char *Py_GetBuildInfo(void);

/*
 The compiler of the library, in brackets: a static string.
 */
const char *Py_GetCompiler(void);

/*
 The copyright of the library: a static string.
 */
const char *Py_GetCopyright(void);

/*
 Whether the library checks CPython's assertions: 0.
 */
int _Py_GetBuiltWithAssert(void);

/*
 The platform, as in `sys.platform`: "linux". A static string.
 */
const char *Py_GetPlatform(void);

/*
 The arguments with which the interpreter's own program was started: none, because this library is always inside another program.
 Either pointer may be NULL.

 # Safety
 Each pointer is NULL or can be written.
 */
void Py_GetArgcArgv(int *argc,
                    wchar_t ***argv);

/*
 The handler of a signal, or `SIG_ERR` for a number that no signal has.
 */
PyOS_sighandler_t PyOS_getsig(int sig);

/*
 Sets the handler of a signal, which runs on the alternative stack if the program has set one. Returns the old handler, or `SIG_ERR` for a
 number that no signal has.

 # Safety
 The handler is `SIG_DFL`, `SIG_IGN` or a function that may run when the signal comes.
 */
PyOS_sighandler_t PyOS_setsig(int sig,
                              PyOS_sighandler_t handler);

/*
 The number of a version in the form of `PY_VERSION_HEX`. Too large parts are cut.
 */
uint32_t Py_PACK_FULL_VERSION(int x, int y, int z, int level, int serial);

/*
 The number of a version without its micro version, as for `Py_LIMITED_API`.
 */
uint32_t Py_PACK_VERSION(int x, int y);

/*
 `size` bytes, or one for a size of 0; NULL, without an error, when there is no memory or `size` is above
 `PY_SSIZE_T_MAX`. The caller frees them with `PyMem_Free`.
 */
void *PyMem_Malloc(size_t size);

/*
 `count` times `size` zeroed bytes; NULL, without an error, when there is no memory or the product is above
 `PY_SSIZE_T_MAX`. The caller frees them with `PyMem_Free`.
 */
void *PyMem_Calloc(size_t count, size_t size);

/*
 Changes a block's size, and returns its new address; NULL, without an error and with the block unchanged, when there
 is no memory. A NULL block makes it `PyMem_Malloc`.
 */
void *PyMem_Realloc(void *old, size_t size);

/*
 Frees a block. NULL is fine.
 */
void PyMem_Free(void *old);

/*
 `size` bytes, or one for a size of 0; NULL, without an error, when there is no memory or `size` is above
 `PY_SSIZE_T_MAX`. The caller frees them with `PyMem_RawFree`.
 */
void *PyMem_RawMalloc(size_t size);

/*
 `count` times `size` zeroed bytes; NULL, without an error, when there is no memory or the product is above
 `PY_SSIZE_T_MAX`. The caller frees them with `PyMem_RawFree`.
 */
void *PyMem_RawCalloc(size_t count, size_t size);

/*
 Changes a block's size, and returns its new address; NULL, without an error and with the block unchanged, when there
 is no memory. A NULL block makes it `PyMem_RawMalloc`.
 */
void *PyMem_RawRealloc(void *old, size_t size);

/*
 Frees a block. NULL is fine.
 */
void PyMem_RawFree(void *old);

/*
 Takes the GIL for this thread, and makes a thread state if it has none; waits until the GIL is free. Calls may be
 nested.

 Returns the argument for `PyGILState_Release`: `PyGILState_LOCKED` if the thread held the GIL already, else
 `PyGILState_UNLOCKED`. Never fails. The process ends without memory for a thread state, and after `Py_FinalizeEx` in
 the thread that called that. Another thread that asks during or after `Py_FinalizeEx` waits for ever.
 */
PyGILState_STATE PyGILState_Ensure(void);

/*
 Undoes the last `PyGILState_Ensure` of this thread. For the outermost of nested calls, the thread state is deleted
 too, with its dict and the error indicator. The process ends if the thread does not hold the GIL.
 */
void PyGILState_Release(PyGILState_STATE state);

/*
 Whether this thread holds the GIL: 1 or 0. It is 1 for all threads before `Py_Initialize` and after `Py_FinalizeEx`.
 */
int PyGILState_Check(void);

/*
 The thread state that this thread has for `PyGILState_Ensure`, whether the thread holds the GIL or not; NULL without
 one. Never sets an error.
 */
PyThreadState *PyGILState_GetThisThreadState(void);

/*
 The thread state of this thread, which holds the GIL; never NULL. The process ends if the thread has released the
 GIL. A thread that never asked for the GIL gets a thread state too.
 */
PyThreadState *PyThreadState_Get(void);

/*
 The thread state of this thread; NULL, without an error, when it does not hold the GIL. The process's first thread
 has one even if it never asked for the GIL.
 */
PyThreadState *PyThreadState_GetUnchecked(void);

/*
 Releases the GIL, if this thread holds it, and takes it with another thread state, unless that is NULL. Returns the
 previous thread state, or NULL.
 */
PyThreadState *PyThreadState_Swap(PyThreadState *state);

/*
 The dict in which extensions keep their objects for each thread: a borrowed reference, which lasts as long as the
 thread state. NULL, without an error, when the thread does not hold the GIL or there is no memory for a dict.
 */
PyObject *PyThreadState_GetDict(void);

/*
 The number of a thread state, which no other thread state of the process ever has. 0 with SystemError for NULL.
 */
uint64_t PyThreadState_GetID(PyThreadState *state);

/*
 The interpreter of a thread state. NULL with SystemError for NULL.
 */
PyInterpreterState *PyThreadState_GetInterpreter(PyThreadState *state);

/*
 Makes a thread state for a thread that will take the GIL with it, by `PyEval_RestoreThread`. Returns NULL, without
 an error, when there is no memory, and NULL with SystemError for a NULL interpreter. It becomes the state of this
 thread if that has none.
 */
PyThreadState *PyThreadState_New(PyInterpreterState *interpreter);

/*
 Drops the objects of a thread state: its errors, its dict and its context. The thread holds the GIL. NULL is fine.
 */
void PyThreadState_Clear(PyThreadState *state);

/*
 Deletes a thread state after `PyThreadState_Clear`. The process ends if this thread has it attached. NULL is fine.

 # Safety
 No thread uses the state any more.
 */
void PyThreadState_Delete(PyThreadState *state);

/*
 Deletes the thread state of this thread after `PyThreadState_Clear`, and releases the GIL. The process ends if the
 thread does not hold the GIL.
 */
void PyThreadState_DeleteCurrent(void);

/*
 The thread state that was made before this one and still exists; NULL after the last one, and for NULL.
 */
PyThreadState *PyThreadState_Next(PyThreadState *state);

/*
 The thread state of an interpreter that was made last; NULL if there is none, and for NULL.
 */
PyThreadState *PyInterpreterState_ThreadHead(PyInterpreterState *interpreter);

/*
 The interpreter; NULL, without an error, after `Py_FinalizeEx`.
 */
PyInterpreterState *PyInterpreterState_Head(void);

/*
 The interpreter after another one: NULL, because there is only one.
 */
PyInterpreterState *PyInterpreterState_Next(PyInterpreterState *);

/*
 Begins a part of the program that is not traced. Nothing is traced here; the count in the thread state changes,
 which C can read. NULL is fine.
 */
void PyThreadState_EnterTracing(PyThreadState *state);

/*
 Ends what `PyThreadState_EnterTracing` began. NULL is fine.
 */
void PyThreadState_LeaveTracing(PyThreadState *state);

/*
 The interpreter; never NULL. The process ends if the thread has released the GIL.
 */
PyInterpreterState *PyInterpreterState_Get(void);

/*
 The interpreter; NULL, without an error, after `Py_FinalizeEx`.
 */
PyInterpreterState *PyInterpreterState_Main(void);

/*
 The number of an interpreter, which is 0. -1 with RuntimeError for NULL.
 */
int64_t PyInterpreterState_GetID(PyInterpreterState *interpreter);

/*
 The dict in which extensions keep their objects for the interpreter: a borrowed reference, which lasts until
 `Py_FinalizeEx`. NULL, without an error, when there is no memory for it; NULL with SystemError for a NULL
 interpreter.
 */
PyObject *PyInterpreterState_GetDict(PyInterpreterState *interpreter);

/*
 The module that was made in one phase from a definition: a borrowed reference, or NULL, without an error, when there
 is none.
 */
PyObject *PyState_FindModule(PyModuleDef *definition);

/*
 Makes a module the one that `PyState_FindModule` finds for a definition, and takes a reference to it.

 Returns 0, or -1 with SystemError when the definition has slots. A NULL definition, or a module that was added
 already, is a fatal error.
 */
int PyState_AddModule(PyObject *module, PyModuleDef *definition);

/*
 Makes `PyState_FindModule` find nothing for a definition: 0, or -1 with SystemError when the definition has slots.

 A definition that never had a module is a fatal error.
 */
int PyState_RemoveModule(PyModuleDef *definition);

/*
 The order of two strings without the case of ASCII letters: negative, 0 or positive.
 */
int PyOS_mystricmp(const char *s1, const char *s2);

/*
 The order of the first `size` bytes of two strings without the case of ASCII letters: negative, 0 or positive.
 */
int PyOS_mystrnicmp(const char *s1, const char *s2, Py_ssize_t size);

/*
 The number at the start of `text`, without blanks before it. `*end` becomes the address of the first character after
 it; if `end` is NULL, the text must be nothing but a number.

 -1.0 with ValueError when there is no number. A number that is too large raises `too_large`, or is an infinity if
 that is NULL. -1.0 may also be the value: check `PyErr_Occurred`.
 */
double PyOS_string_to_double(const char *text, char **end, PyObject *too_large);

/*
 The number as text: `code` is `e`, `f`, `g`, `E`, `F` or `G` as for `printf`, or `r` for the shortest text that
 reads back as the same number, with precision 0. `flags` are `Py_DTSF_SIGN` (1), `Py_DTSF_ADD_DOT_0` (2),
 `Py_DTSF_ALT` (4) and `Py_DTSF_NO_NEG_0` (8). `*kind` becomes 0 for a finite number, 1 for an infinity, 2 for NaN.

 The text is a block for `PyMem_Free`, or NULL with MemoryError, SystemError for another code.
 */
char *PyOS_double_to_string(double value, char code, int precision, int flags, int *kind);

/*
 Prints the pending error to standard error and clears it, and keeps it in `sys.last_exc`. Without an error it does
 nothing; a SystemExit ends the process.
 */
void PyErr_Print(void);

/*
 Prints the pending error as `PyErr_Print` does. The error is kept in `sys.last_exc` if `set_sys_last_vars` is not 0.
 */
void PyErr_PrintEx(int set_sys_last_vars);

/*
 Writes an exception to standard error, with its traceback, notes, cause and context. The class and the traceback are
 not used, because the exception has its own. NULL does nothing.
 */
void PyErr_Display(PyObject *_type, PyObject *value, PyObject *_traceback);

/*
 Writes an exception to standard error, with its traceback, notes, cause and context. NULL does nothing.
 */
void PyErr_DisplayException(PyObject *exception);

/*
 Compiles Python source: NULL with NotImplementedError, because there is no compiler of Python.
 */
PyObject *Py_CompileString(const char *_source, const char *_filename, int _start);

/*
 Compiles Python source: NULL with NotImplementedError, because there is no compiler of Python.
 */
PyObject *Py_CompileStringFlags(const char *_source, const char *_filename, int _start, PyCompilerFlags *_flags);

/*
 Compiles Python source: NULL with NotImplementedError, because there is no compiler of Python.
 */
PyObject *Py_CompileStringExFlags(const char *_source,
                                  const char *_filename,
                                  int _start,
                                  PyCompilerFlags *_flags,
                                  int _optimize);

/*
 Compiles Python source: NULL with NotImplementedError, because there is no compiler of Python.
 */
PyObject *Py_CompileStringObject(const char *_source,
                                 PyObject *_filename,
                                 int _start,
                                 PyCompilerFlags *_flags,
                                 int _optimize);

/*
 Compiles and runs Python source: NULL with NotImplementedError, because there is no compiler of Python.
 */
PyObject *PyRun_String(const char *_source, int _start, PyObject *_globals, PyObject *_locals);

/*
 Compiles and runs Python source: NULL with NotImplementedError, because there is no compiler of Python.
 */
PyObject *PyRun_StringFlags(const char *_source,
                            int _start,
                            PyObject *_globals,
                            PyObject *_locals,
                            PyCompilerFlags *_flags);

/*
 Compiles and runs Python source as the module `__main__`, and prints its error as [`PyErr_Print`] does: -1, and the error is
 NotImplementedError, because there is no compiler of Python.
 */
int PyRun_SimpleString(const char *_source);

/*
 Compiles and runs Python source as the module `__main__`, and prints its error as [`PyErr_Print`] does: -1, and the error is
 NotImplementedError, because there is no compiler of Python.
 */
int PyRun_SimpleStringFlags(const char *_source,
                            PyCompilerFlags *_flags);

/*
 Does nothing: threads need no preparation.
 */
void PyThread_init_thread(void);

/*
 A new lock, which no thread holds; NULL, without an error, when there is no memory. `PyThread_free_lock` frees it.
 */
PyThread_type_lock PyThread_allocate_lock(void);

/*
 Frees a lock. NULL is fine.

 # Safety
 `lock` is NULL or a lock of [`PyThread_allocate_lock`] that no thread uses any more.
 */
void PyThread_free_lock(PyThread_type_lock lock);

/*
 Takes a lock; with `waitflag`, waits for it. Returns 1, or 0 when another thread holds it. The GIL is kept meanwhile.

 # Safety
 `lock` is a lock of [`PyThread_allocate_lock`].
 */
int PyThread_acquire_lock(PyThread_type_lock lock, int waitflag);

/*
 Takes a lock, and waits for it for a number of microseconds, for ever if that is negative. Returns `PY_LOCK_ACQUIRED` or
 `PY_LOCK_FAILURE`; never `PY_LOCK_INTR`, because signals do not end the wait. The GIL is kept meanwhile.

 # Safety
 `lock` is a lock of [`PyThread_allocate_lock`].
 */
PyLockStatus PyThread_acquire_lock_timed(PyThread_type_lock lock,
                                         long long microseconds,
                                         int);

/*
 Frees a lock for other threads; any thread may do so. Does nothing when no thread holds it.

 # Safety
 `lock` is a lock of [`PyThread_allocate_lock`].
 */
void PyThread_release_lock(PyThread_type_lock lock);

/*
 The number of this thread: that of pthread.
 */
unsigned long PyThread_get_thread_ident(void);

/*
 The number that the kernel gives this thread.
 */
unsigned long PyThread_get_thread_native_id(void);

/*
 Starts a thread that runs `func(arg)`. Returns its number, or `PYTHREAD_INVALID_THREAD_ID`, which is the largest number, without an
 error when it can't be started.

 # Safety
 The function may be called with the argument in another thread.
 */
unsigned long PyThread_start_new_thread(void (*func)(void*),
                                        void *arg);

/*
 Ends this thread.
 */
void PyThread_exit_thread(void) _Py_NO_RETURN;

/*
 The size of the stacks of new threads that was set; 0 for the system's default.
 */
size_t PyThread_get_stacksize(void);

/*
 Sets the size of the stacks of new threads; 0 for the system's default. Returns 0, or -1 for a size that is too small.
 */
int PyThread_set_stacksize(size_t size);

/*
 A new key that is not created yet; NULL, without an error, when there is no memory. `PyThread_tss_free` frees it.
 */
Py_tss_t *PyThread_tss_alloc(void);

/*
 Deletes and frees a key of [`PyThread_tss_alloc`]. NULL is fine.

 # Safety
 `key` is NULL or such a key, which is not used any more.
 */
void PyThread_tss_free(Py_tss_t *key);

/*
 Whether a key is created: 1 or 0.

 # Safety
 `key` is a key.
 */
int PyThread_tss_is_created(Py_tss_t *key);

/*
 Creates a key, unless that was done: 0, or -1, without an error, when there are too many keys.

 # Safety
 `key` is a key that no other thread uses yet.
 */
int PyThread_tss_create(Py_tss_t *key);

/*
 Deletes a key, if it was created. The values are not freed.

 # Safety
 `key` is a key that no other thread uses any more.
 */
void PyThread_tss_delete(Py_tss_t *key);

/*
 Sets the value of a key for this thread: 0, or another number, without an error, when there is no memory.

 # Safety
 `key` is a key that was created.
 */
int PyThread_tss_set(Py_tss_t *key, void *value);

/*
 The value of a key for this thread; NULL if none was set.

 # Safety
 `key` is a key that was created.
 */
void *PyThread_tss_get(Py_tss_t *key);

/*
 Creates a key as a number: at least 0, or -1, without an error, when there are too many keys.
 */
int PyThread_create_key(void);

/*
 Deletes a key of [`PyThread_create_key`]. The values are not freed.
 */
void PyThread_delete_key(int key);

/*
 Sets the value of a key for this thread: 0, or -1, without an error, when there is no such key or no memory.

 # Safety
 The key is one of [`PyThread_create_key`], or was one.
 */
int PyThread_set_key_value(int key, void *value);

/*
 The value of a key for this thread; NULL if none was set, or the key does not exist.
 */
void *PyThread_get_key_value(int key);

/*
 Sets the value of a key for this thread to NULL.
 */
void PyThread_delete_key_value(int key);

/*
 Does nothing: the values of keys survive a fork.
 */
void PyThread_ReInitTLS(void);

/*
 The kind of threads, as `sys.thread_info` has it: a new reference to a struct sequence, or NULL with MemoryError.
 */
PyObject *PyThread_GetInfo(void);

/*
 A time in seconds.
 */
double PyTime_AsSecondsDouble(int64_t t);

/*
 Stores the time of the clock that is never set back: 0, or -1 with OSError.
 */
int PyTime_Monotonic(int64_t *result);

/*
 Stores the time of the clock for short durations, which is that of [`PyTime_Monotonic`]: 0, or -1 with OSError.
 */
int PyTime_PerfCounter(int64_t *result);

/*
 Stores the time since 1970: 0, or -1 with OSError.
 */
int PyTime_Time(int64_t *result);

/*
 [`PyTime_Monotonic`] for threads without the GIL: 0; or -1 with 0 at `result`, and without an error.
 */
int PyTime_MonotonicRaw(int64_t *result);

/*
 [`PyTime_PerfCounter`] for threads without the GIL: 0; or -1 with 0 at `result`, and without an error.
 */
int PyTime_PerfCounterRaw(int64_t *result);

/*
 [`PyTime_Time`] for threads without the GIL: 0; or -1 with 0 at `result`, and without an error.
 */
int PyTime_TimeRaw(int64_t *result);

/*
 Adds a reference. NULL is fine.
 */
void Py_IncRef(PyObject *o);

/*
 Drops a reference, and destroys the object when that was the last. NULL is fine.
 */
void Py_DecRef(PyObject *o);

/*
 Destroys an object. The inline `Py_DECREF` calls it when the count has become 0.

 # Safety
 `o` is NULL or an object whose last reference was given back.
 */
void _Py_Dealloc(PyObject *o);

/*
 [`Py_IncRef`] for code that is built for the limited API.
 */
void _Py_IncRef(PyObject *o);

/*
 [`Py_DecRef`] for code that is built for the limited API.
 */
void _Py_DecRef(PyObject *o);

/*
 A new reference to `o`, or NULL with SystemError when `o` is NULL.
 */
PyObject *Py_NewRef(PyObject *o);

/*
 A new reference to `o`; NULL gives NULL.
 */
PyObject *Py_XNewRef(PyObject *o);

/*
 The number of references to `o`; for an immortal object a number that never changes; 0 for NULL.
 */
Py_ssize_t Py_REFCNT(PyObject *o);

/*
 Sets the number of references to `o`, unless it is immortal. Never destroys the object, even at 0. NULL is fine.

 # Safety
 Exactly `refcnt` references are dropped afterwards.
 */
void _Py_SetRefcnt(PyObject *o, Py_ssize_t refcnt);

/*
 Whether this is the only reference to `o`, and no other thread can make one: 1 or 0; 0 for NULL. Never sets an error.
 */
int PyUnstable_Object_IsUniquelyReferenced(PyObject *o);

/*
 Whether the only reference to `o` is on the stack of Python code that calls this function: always 0, because there is no Python
 code. Never sets an error.
 */
int PyUnstable_Object_IsUniqueReferencedTemporary(PyObject *);

/*
 Whether `o` is immortal: 1 or 0; 0 for NULL. Never sets an error.
 */
int PyUnstable_IsImmortal(PyObject *o);

/*
 Makes an object immortal: it is never destroyed. Code of mypyc calls it. NULL is fine.
 */
void _Py_SetImmortal(PyObject *o);

/*
 Asks for reference counts that are settled later: 0, because only CPython's build without the GIL has them. Never sets an error.
 */
int PyUnstable_Object_EnableDeferredRefcount(PyObject *);

/*
 Prepares `o` for `PyUnstable_TryIncRef` in other threads. Does nothing, because the GIL excludes these. NULL is fine.
 */
void PyUnstable_EnableTryIncRef(PyObject *);

/*
 Adds a reference to `o` unless the last one is gone: 1 if there is a new reference, else 0. 0 for NULL. Never sets an error.

 # Safety
 `o` is NULL or an object whose memory is not freed yet.
 */
int PyUnstable_TryIncRef(PyObject *o);

/*
 Makes the memory of an object count one reference, as a new object does. The other fields stay.

 # Safety
 `o` can be written as an object, and no code has a reference to it.
 */
void _Py_NewReference(PyObject *o);

/*
 A new `set` of the items of an iterable, empty for NULL: a new reference, or NULL with an error set.
 */
PyObject *PySet_New(PyObject *iterable);

/*
 A new `frozenset` of the items of an iterable, empty for NULL: a new reference, or NULL with an error set.
 */
PyObject *PyFrozenSet_New(PyObject *iterable);

/*
 The number of keys, or -1 with SystemError for an object that is not a set.
 */
Py_ssize_t PySet_Size(PyObject *o);

/*
 Whether a key is in a set: 1 or 0, or -1 with SystemError for an object that is not a set, TypeError for a key
 without a hash.
 */
int PySet_Contains(PyObject *o, PyObject *key);

/*
 Adds a key to a `set`, or to a new `frozenset` that only the caller has: 0, or -1 with SystemError for another
 object, TypeError for a key without a hash.
 */
int PySet_Add(PyObject *o, PyObject *key);

/*
 Removes a key from a `set`: 1 if it was there, 0 if not, or -1 with SystemError for another object, TypeError for a
 key without a hash.
 */
int PySet_Discard(PyObject *o, PyObject *key);

/*
 Removes a key from a `set` and returns it: a new reference, or NULL with KeyError for an empty set, SystemError for
 another object.
 */
PyObject *PySet_Pop(PyObject *o);

/*
 Removes all keys of a `set`: 0, or -1 with SystemError for another object.
 */
int PySet_Clear(PyObject *o);

/*
 The next key of a set from a position on, which begins at 0 and is advanced: 1 with a borrowed reference in `*key`
 and the hash in `*hash`; 0 at the end; -1 with SystemError for an object that is not a set. The set must not change
 meanwhile.
 */
int _PySet_NextEntry(PyObject *o, Py_ssize_t *position, PyObject **key, Py_hash_t *hash);

/*
 The next key of a set, as [`_PySet_NextEntry`] gives it, but as a new reference.
 */
int _PySet_NextEntryRef(PyObject *o, Py_ssize_t *position, PyObject **key, Py_hash_t *hash);

/*
 Adds the items of an iterable to a set: 0, or -1 with SystemError for an object that is not a set, or another error.
 */
int _PySet_Update(PyObject *o, PyObject *iterable);

/*
 A slice of these parts; NULL is None. A new reference, or NULL with MemoryError.
 */
PyObject *PySlice_New(PyObject *start, PyObject *stop, PyObject *step);

/*
 The parts of a slice as numbers, before the length of a sequence is known: 0, or -1 with TypeError for a part
 without `__index__`, ValueError for a step of 0, SystemError for anything but a slice.
 */
int PySlice_Unpack(PyObject *o, Py_ssize_t *start, Py_ssize_t *stop, Py_ssize_t *step);

/*
 Changes the numbers of [`PySlice_Unpack`] to positions in a sequence of a length, and returns how many positions
 there are. Nothing is changed for a step of 0, or for NULL.
 */
Py_ssize_t PySlice_AdjustIndices(Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *stop, Py_ssize_t step);

/*
 The positions of a slice in a sequence of a length, and their number. See [`PySlice_Unpack`].
 */
int PySlice_GetIndicesEx(PyObject *o,
                         Py_ssize_t length,
                         Py_ssize_t *start,
                         Py_ssize_t *stop,
                         Py_ssize_t *step,
                         Py_ssize_t *count);

/*
 The positions of a slice of ints whose bounds are inside a sequence: 0, or -1, often without an error. Prefer
 [`PySlice_GetIndicesEx`].
 */
int PySlice_GetIndices(PyObject *o, Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *stop, Py_ssize_t *step);

/*
 Reads a file with lines `MODULE.NAME = VALUE`, whose objects stand in for modules that are Python source, in imports
 from now on: 0, or -1 with ValueError that has the file and the line. `PYCAPSULE_OPTIONS=stand_ins=FILE` does the
 same before the first import.
 */
int pycapsule_stand_ins(const char *file);

/*
 Switches the checker on (1) or off (0), as `PYCAPSULE_OPTIONS=strict=1` does from the beginning. Capsules that were
 made while it was off are not watched. Returns 1 if the checker was on, else 0.
 */
int pycapsule_strict(int on);

/*
 The number of live capsules that were made while the checker was on; -1 while it is off.
 */
ptrdiff_t pycapsule_live_count(void);

/*
 Calls `visit` with each live capsule, a borrowed reference, and `argument`, in the order in which they were made,
 until it returns a number other than 0. Returns that number, or 0. The visitor may make and destroy capsules; it is
 called with the new ones too. While the checker is off no capsule is visited, and a warning is written to standard
 error once.

 # Safety
 `visit` is NULL, or may be called with a borrowed reference and `argument`.
 */
int pycapsule_visit_live(pycapsule_visitor visit, void *argument);

/*
 The current point in time, for `pycapsule_leaked_since`.
 */
uint64_t pycapsule_checkpoint(void);

/*
 The number of live capsules that were made since `checkpoint`. Each is reported as a leak once, either here or at
 the end. Those of one place are reported together. The run goes on. While the checker is off the number is 0, and a
 warning is written to standard error once: call `pycapsule_strict(1)` before the first checkpoint.
 */
size_t pycapsule_leaked_since(uint64_t checkpoint);

/*
 Makes the `n`-th allocation from now on fail, 1 being the next, and with `and_later` all that follow; 0 ends it. The
 library's own allocations fail, in any function, as if there were no memory. This works with the checker off, too.
 */
void pycapsule_fail_alloc(size_t n, int and_later);

/*
 Calls `callback` with each report and `argument` from now on; NULL ends it. When it returns 1, the report is
 suppressed: it is not written, does not count and does not end the run. The callback may call the API.

 # Safety
 `callback` is NULL, or may be called with a report and `argument`, from any thread, until another one replaces it.
 */
void pycapsule_on_report(pycapsule_report_callback callback, void *argument);

/*
 Makes a class of struct sequences: a new reference, or NULL with an error set.

 # Safety
 `desc` is a description whose fields end with one without a name, and whose texts live as long as the class.
 */
PyTypeObject *PyStructSequence_NewType(struct PyStructSequence_Desc *desc);

/*
 Makes a static type, which is all zero, a class of struct sequences: 0, or -1 with an error set.

 # Safety
 `type_` is a type all of whose fields are zero, and `desc` is as for [`PyStructSequence_NewType`].
 */
int PyStructSequence_InitType2(PyTypeObject *type_, struct PyStructSequence_Desc *desc);

/*
 [`PyStructSequence_InitType2`] without a result: an error stays set.

 # Safety
 See [`PyStructSequence_InitType2`].
 */
void PyStructSequence_InitType(PyTypeObject *type_, struct PyStructSequence_Desc *desc);

/*
 An instance of a class of struct sequences, whose items are NULL until the caller sets them: a new reference, or
 NULL with an error set, TypeError for another class.
 */
PyObject *PyStructSequence_New(PyTypeObject *type_);

/*
 Puts an object into a field of a new struct sequence, which takes over the reference. Nothing is checked but that it
 is a tuple with such a field.
 */
void PyStructSequence_SetItem(PyObject *op, Py_ssize_t index, PyObject *value);

/*
 The object in a field of a struct sequence: a borrowed reference, or NULL for an empty field and for another object.
 */
PyObject *PyStructSequence_GetItem(PyObject *op, Py_ssize_t index);

/*
 An object of `sys` by its name in UTF-8: a borrowed reference, or NULL, never with an error. An error of the look-up
 is reported to `sys.unraisablehook`, and a pending error stays.
 */
PyObject *PySys_GetObject(const char *name);

/*
 Sets an object of `sys` by its name in UTF-8, or deletes it when `v` is NULL: 0, or -1 with an error set. Deleting a
 missing object is not an error.
 */
int PySys_SetObject(const char *name, PyObject *v);

/*
 The dict of the options that `-X` gave to `python`, which is `sys._xoptions`: a borrowed reference, or NULL with an
 error set. It is empty unless the program changes it.
 */
PyObject *PySys_GetXOptions(void);

/*
 `PySys_Audit` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.

 # Safety
 As for `PySys_Audit`, with a `va_list` of the arguments that the format asks for.
 */
int pycapsule_audit(const char *event, const char *format, va_list arguments);

/*
 Tells the audit hooks of an event with a tuple of arguments, which may be NULL: 0, or -1 when a hook refuses it, with the error that the hook
 has set. TypeError for another object than a tuple.
 */
int PySys_AuditTuple(const char *event,
                     PyObject *args);

/*
 `PySys_WriteStderr` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.

 # Safety
 As for `PySys_WriteStderr`, with a `va_list` of the arguments that the format asks for.
 */
int pycapsule_write_stderr(const char *format, va_list arguments);

/*
 `PySys_WriteStdout` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.

 # Safety
 As for `PySys_WriteStdout`, with a `va_list` of the arguments that the format asks for.
 */
int pycapsule_write_stdout(const char *format, va_list arguments);

/*
 `PySys_FormatStdout` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.

 # Safety
 As for `PySys_FormatStdout`, with a `va_list` of the arguments that the format asks for.
 */
int pycapsule_format_stdout(const char *format, va_list arguments);

/*
 `PySys_FormatStderr` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.

 # Safety
 As for `PySys_FormatStderr`, with a `va_list` of the arguments that the format asks for.
 */
int pycapsule_format_stderr(const char *format, va_list arguments);

/*
 Adds a frame to the traceback of the pending error: 0, or -1 with an error set. SystemError when no error is
 pending, and for an object that is not a frame.
 */
int PyTraceBack_Here(PyFrameObject *frame);

/*
 Writes a traceback as it is printed, by the `write` of `f`: 0, or -1 with an error set, SystemError for an object
 that is not a traceback. NULL for the traceback writes nothing.
 */
int PyTraceBack_Print(PyObject *v, PyObject *f);

/*
 Tells the tracer of a block: -2, because nothing is traced, as in an interpreter in which tracing is off.
 */
int PyTraceMalloc_Track(unsigned int _domain, size_t _ptr, size_t _size);

/*
 Tells the tracer of the end of a block: -2, because nothing is traced.
 */
int PyTraceMalloc_Untrack(unsigned int _domain, size_t _ptr);

/*
 A tuple of `size` places, all NULL. The caller fills them before other code sees the tuple. A new reference, or NULL
 with SystemError for a negative size, MemoryError. There is only one empty tuple.
 */
PyObject *PyTuple_New(Py_ssize_t size);

/*
 The number of items, or -1 with SystemError when `tuple` is not a tuple.
 */
Py_ssize_t PyTuple_Size(PyObject *tuple);

/*
 The item at an index from the start: a borrowed reference, or NULL with IndexError outside, SystemError when `tuple`
 is not a tuple.
 */
PyObject *PyTuple_GetItem(PyObject *tuple, Py_ssize_t index);

/*
 Fills a place of a tuple that only the caller has, and drops the object that was there: 0, or -1 with IndexError
 outside, SystemError when `tuple` is not a tuple or has another owner. Steals the reference to `item`, also when it
 fails. NULL empties the place.

 # Safety
 The caller uses no item that it has borrowed from the tuple before, and leaves no place NULL when it passes the
 tuple on.
 */
int PyTuple_SetItem(PyObject *tuple, Py_ssize_t index, PyObject *item);

/*
 The items from `low` up to `high`: a new reference, or NULL with SystemError when `tuple` is not a tuple. Both
 bounds are clamped to the tuple, a negative one to 0. The result is the tuple itself when it has all items.
 */
PyObject *PyTuple_GetSlice(PyObject *tuple, Py_ssize_t low, Py_ssize_t high);

/*
 A tuple of the `size` objects in an array: a new reference, or NULL with SystemError for a negative size or a NULL
 among the objects.

 # Safety
 `items` is NULL or holds `size` pointers, each NULL or to a live object.
 */
PyObject *_PyTuple_FromArray(PyObject *const *items, Py_ssize_t size);

/*
 Makes a tuple that only the caller has longer, by places that are NULL, or shorter: 0, and `*tuple` may be another
 tuple. On failure -1, and the tuple is dropped and `*tuple` is NULL, with SystemError for an object that is not such
 a tuple, or MemoryError.

 # Safety
 The caller uses no item that it has borrowed from the tuple before, and fills each new place before it passes the
 tuple on.
 */
int _PyTuple_Resize(PyObject **tuple, Py_ssize_t size);

/*
 Makes a type from a description: a new reference, or NULL with an error set. See [`PyType_FromMetaclass`].
 */
PyObject *PyType_FromSpec(PyType_Spec *spec);

/*
 Makes a type from a description, with these bases: a tuple of types, a type, or NULL for those of the description. A
 new reference, or NULL with an error set.
 */
PyObject *PyType_FromSpecWithBases(PyType_Spec *spec, PyObject *bases);

/*
 Makes a type from a description, for a module, with these bases; both may be NULL. A new reference, or NULL with an
 error set.
 */
PyObject *PyType_FromModuleAndSpec(PyObject *module, PyType_Spec *spec, PyObject *bases);

/*
 Makes a type of a metaclass from a description: a new reference, or NULL with an error set. `metaclass`, `module`
 and `bases` may be NULL: `type` or the class of the bases, no module, and the bases of the description.

 The name and the documentation are copied. Tables of methods and of computed attributes live as long as the type.
 */
PyObject *PyType_FromMetaclass(PyTypeObject *metaclass, PyObject *module, PyType_Spec *spec, PyObject *bases);

/*
 Makes a class immutable: 0, or -1 with TypeError when one of its bases can change.
 */
int PyType_Freeze(PyTypeObject *class_);

/*
 The module for which a class was made: a borrowed reference, or NULL with TypeError when there is none.
 */
PyObject *PyType_GetModule(PyTypeObject *class_);

/*
 The state of the module for which a class was made: NULL when the module has none, and NULL with TypeError when
 there is no module.
 */
void *PyType_GetModuleState(PyTypeObject *class_);

/*
 The module with this definition for which a class or the nearest of its bases was made: a borrowed reference, or
 NULL with TypeError when there is none.
 */
PyObject *PyType_GetModuleByDef(PyTypeObject *class_, PyModuleDef *definition);

/*
 The class itself or the nearest of its bases that was made with a token. Returns 1 with a new reference in
 `*result`, 0 with NULL there, or -1 with NULL there and an error set. `result` may be NULL.
 */
int PyType_GetBaseByToken(PyTypeObject *class_, void *token, PyTypeObject **result);

/*
 A type's `__module__`: a new reference, or NULL with an error set.
 */
PyObject *PyType_GetModuleName(PyTypeObject *class_);

/*
 A type's `__qualname__` after its `__module__` and a dot; without the module when that is `builtins` or `__main__`.
 A new reference to a `str`, or NULL with an error set.
 */
PyObject *PyType_GetFullyQualifiedName(PyTypeObject *class_);

/*
 A type's `tp_name` after its last dot, which lives as long as the type is not renamed; NULL with SystemError for
 NULL.
 */
const char *_PyType_Name(PyTypeObject *class_);

/*
 A type's own dict, which the caller must not change: a new reference, or NULL with an error set.
 */
PyObject *PyType_GetDict(PyTypeObject *class_);

/*
 The size of the part of an instance that a class adds to its base's; -1 with SystemError for NULL.
 */
Py_ssize_t PyType_GetTypeDataSize(PyTypeObject *class_);

/*
 The address of the part of an instance that `class` adds to its base's; NULL with SystemError for NULL. `o` is an
 instance of the class.
 */
void *PyObject_GetTypeData(PyObject *o, PyTypeObject *class_);

/*
 The address of the items at the end of an instance; NULL with TypeError when its class does not have them there.
 */
void *PyObject_GetItemData(PyObject *o);

/*
 A `str` from a NUL-terminated string in UTF-8: a new reference, or NULL with UnicodeDecodeError.
 */
PyObject *PyUnicode_FromString(const char *text);

/*
 A `str` from `size` bytes of UTF-8: a new reference, or NULL with UnicodeDecodeError.

 A negative size, or NULL with a positive one, is SystemError.

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_FromStringAndSize(const char *text, Py_ssize_t size);

/*
 A `str` of `size` characters, none above `maxchar`. The caller writes them before other code sees the string. A new
 reference, or NULL with SystemError or MemoryError.
 */
PyObject *PyUnicode_New(Py_ssize_t size, Py_UCS4 maxchar);

/*
 A `str` from `size` code points of `kind` bytes each, in the narrowest form that they allow: a new reference, or
 NULL with an error set.

 ValueError for a negative size, SystemError for a kind other than 1, 2 or 4.

 # Safety
 `buffer` is NULL or `size` units of `kind` bytes, aligned for that.
 */
PyObject *PyUnicode_FromKindAndData(int kind, const void *buffer, Py_ssize_t size);

/*
 `o` itself when it is exactly a `str`, a copy when its type is a subclass: a new reference, or NULL with TypeError.
 */
PyObject *PyUnicode_FromObject(PyObject *o);

/*
 The `str` of one character: a new reference, or NULL with ValueError when `ordinal` is not a code point.
 */
PyObject *PyUnicode_FromOrdinal(int ordinal);

/*
 A new `str` from a format, in ASCII, and a `va_list`: a new reference, or NULL with an error set.

 A bad conversion is SystemError, a width or precision too large for a size ValueError, a `%c` that is not a code
 point OverflowError, and a `%N` that is not a type TypeError. `%R` and the like call code that may raise any error.

 # Safety
 `format` is NULL or NUL-terminated; `arguments` is a `va_list` of the arguments that the format asks for.
 */
PyObject *PyUnicode_FromFormatV(const char *format, va_list arguments);

/*
 The number of characters, or -1 with TypeError.
 */
Py_ssize_t PyUnicode_GetLength(PyObject *o);

/*
 The character at `index`, or `(Py_UCS4)-1` with TypeError or IndexError.
 */
Py_UCS4 PyUnicode_ReadChar(PyObject *o, Py_ssize_t index);

/*
 The characters from `start` up to `end`, which may be beyond the string: a new reference, or NULL with an error set.

 IndexError for a negative index.
 */
PyObject *PyUnicode_Substring(PyObject *o, Py_ssize_t start, Py_ssize_t end);

/*
 Both strings joined: a new reference, or NULL with TypeError.
 */
PyObject *PyUnicode_Concat(PyObject *left, PyObject *right);

/*
 Replaces the string at `left`, and steals the reference there, by one with `right` after it. On failure there is
 NULL there, and an error is set.
 */
void PyUnicode_Append(PyObject **left, PyObject *right);

/*
 Works as [`PyUnicode_Append`], and steals the reference to `right` too.
 */
void PyUnicode_AppendAndDel(PyObject **left, PyObject *right);

/*
 The strings of an iterable, one after the other with `separator` between them (NULL: a space): a new reference, or
 NULL with TypeError when one is not a `str`, or with the error of the iteration.
 */
PyObject *PyUnicode_Join(PyObject *separator, PyObject *iterable);

/*
 Whether `part` is a substring of `o`: 1 or 0, or -1 with TypeError.
 */
int PyUnicode_Contains(PyObject *o, PyObject *part);

/*
 The order of two strings by code point: -1, 0 or 1. -1 with TypeError when one is not a `str`.
 */
int PyUnicode_Compare(PyObject *left, PyObject *right);

/*
 The order of a string and the Latin-1 characters of a NUL-terminated string: -1, 0 or 1. -1 with an error set when
 `o` is not a `str`.
 */
int PyUnicode_CompareWithASCIIString(PyObject *o, const char *text);

/*
 Whether a string is equal to NUL-terminated UTF-8: 1 or 0. Bytes that are not UTF-8 are equal to nothing. Never sets
 an error.
 */
int PyUnicode_EqualToUTF8(PyObject *o, const char *text);

/*
 Whether a string is equal to `size` bytes of UTF-8: 1 or 0. Bytes that are not UTF-8 are equal to nothing. Never
 sets an error.

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
int PyUnicode_EqualToUTF8AndSize(PyObject *o, const char *text, Py_ssize_t size);

/*
 One of the six comparisons: a new reference to True or False, or to NotImplemented when an operand is not a `str`;
 NULL with an error set.
 */
PyObject *PyUnicode_RichCompare(PyObject *left, PyObject *right, int op);

/*
 The interned string with this text in UTF-8: a new reference, or NULL with UnicodeDecodeError.
 */
PyObject *PyUnicode_InternFromString(const char *text);

/*
 Replaces the string at `place`, and steals the reference there, by the interned string with its characters. An
 object that is not exactly a `str` stays, and so does a string when there is no memory to intern it.
 */
void PyUnicode_InternInPlace(PyObject **place);

/*
 Whether a character is a small letter: 1 or 0.
 */
int _PyUnicode_IsLowercase(Py_UCS4 ch);

/*
 Whether a character is a capital: 1 or 0.
 */
int _PyUnicode_IsUppercase(Py_UCS4 ch);

/*
 Whether a character is a pair of letters of which only the first is a capital: 1 or 0.
 */
int _PyUnicode_IsTitlecase(Py_UCS4 ch);

/*
 Whether a character is white space: 1 or 0.
 */
int _PyUnicode_IsWhitespace(Py_UCS4 ch);

/*
 Whether a character ends a line: 1 or 0.
 */
int _PyUnicode_IsLinebreak(Py_UCS4 ch);

/*
 Whether a character is a letter: 1 or 0.
 */
int _PyUnicode_IsAlpha(Py_UCS4 ch);

/*
 Whether a character is a decimal digit: 1 or 0.
 */
int _PyUnicode_IsDecimalDigit(Py_UCS4 ch);

/*
 Whether a character is a digit, as superscripts are too: 1 or 0.
 */
int _PyUnicode_IsDigit(Py_UCS4 ch);

/*
 Whether a character has a numeric value: 1 or 0.
 */
int _PyUnicode_IsNumeric(Py_UCS4 ch);

/*
 Whether the repr of a string shows a character unescaped: 1 or 0.
 */
int _PyUnicode_IsPrintable(Py_UCS4 ch);

/*
 The small letter of a character, or the character.
 */
Py_UCS4 _PyUnicode_ToLowercase(Py_UCS4 ch);

/*
 The capital of a character, or the character.
 */
Py_UCS4 _PyUnicode_ToUppercase(Py_UCS4 ch);

/*
 The form of a character at the beginning of a word, or the character.
 */
Py_UCS4 _PyUnicode_ToTitlecase(Py_UCS4 ch);

/*
 The value of a decimal digit, or -1.
 */
int _PyUnicode_ToDecimalDigit(Py_UCS4 ch);

/*
 The value of a digit, or -1.
 */
int _PyUnicode_ToDigit(Py_UCS4 ch);

/*
 A `str` from `size` bytes of UTF-7: a new reference, or NULL with UnicodeDecodeError. `errors` is as for `PyUnicode_DecodeUTF8`.

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_DecodeUTF7(const char *text,
                               Py_ssize_t size,
                               const char *errors);

/*
 A `str` from `size` bytes of UTF-7 of which the rest may come later, if `consumed` is not NULL: the number of bytes that were decoded is
 stored there. A new reference, or NULL with UnicodeDecodeError. See [`PyUnicode_DecodeUTF7`].

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_DecodeUTF7Stateful(const char *text,
                                       Py_ssize_t size,
                                       const char *errors,
                                       Py_ssize_t *consumed);

/*
 A `str` from `size` bytes by a mapping from bytes to characters: a `str`, or an object whose items are numbers, strings or None. Latin-1
 for NULL. A new reference, or NULL with UnicodeDecodeError for a byte that the mapping does not have, TypeError for a wrong item.

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_DecodeCharmap(const char *text,
                                  Py_ssize_t size,
                                  PyObject *mapping,
                                  const char *errors);

/*
 The string as `bytes` by a mapping from characters to bytes, an object whose items are numbers, `bytes` or None: a new reference, or NULL
 with TypeError for another object than a `str` or a wrong item, UnicodeEncodeError for a character that the mapping does not have.
 */
PyObject *PyUnicode_AsCharmapString(PyObject *unicode,
                                    PyObject *mapping);

/*
 A mapping for [`PyUnicode_AsCharmapString`] of a `str` with the character of each byte: a new reference, or NULL with TypeError for another
 object, and for an empty string.
 */
PyObject *PyUnicode_BuildEncodingMap(PyObject *string);

/*
 A `str` from `size` bytes of UTF-8: a new reference, or NULL with UnicodeDecodeError.

 `errors` is "strict" (the same as NULL), "replace", "ignore", "backslashreplace", "surrogateescape" or
 "surrogatepass". Another name is LookupError, but only if the handler is needed.

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_DecodeUTF8(const char *text, Py_ssize_t size, const char *errors);

/*
 A `str` from `size` bytes of ASCII: a new reference, or NULL with UnicodeDecodeError. `errors` is as for
 [`PyUnicode_DecodeUTF8`].

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_DecodeASCII(const char *text, Py_ssize_t size, const char *errors);

/*
 A `str` from `size` bytes of Latin-1: a new reference, or NULL with an error set. Every byte is a character, so
 `errors` is not used.

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_DecodeLatin1(const char *text, Py_ssize_t size, const char *_errors);

/*
 A `str` from a NUL-terminated file name: a new reference, or NULL with an error set. See
 [`PyUnicode_DecodeFSDefaultAndSize`].
 */
PyObject *PyUnicode_DecodeFSDefault(const char *text);

/*
 A `str` from `size` bytes of a file name: a new reference, or NULL with an error set. File names are UTF-8.
 [`PyUnicode_EncodeFSDefault`] restores bytes that are not.

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_DecodeFSDefaultAndSize(const char *text, Py_ssize_t size);

/*
 The UTF-8 form of a string, which the string keeps: borrowed, NUL-terminated, `*size` bytes long.

 Returns NULL with TypeError when `o` is not a `str`, UnicodeEncodeError when it holds a surrogate. `size` may be
 NULL.
 */
const char *PyUnicode_AsUTF8AndSize(PyObject *o, Py_ssize_t *size);

/*
 The UTF-8 form of a string, which the string keeps: borrowed and NUL-terminated. See [`PyUnicode_AsUTF8AndSize`].
 */
const char *PyUnicode_AsUTF8(PyObject *o);

/*
 The string in UTF-8: a new reference to a `bytes`.

 Returns NULL with TypeError when `o` is not a `str`, UnicodeEncodeError when it holds a surrogate.
 */
PyObject *PyUnicode_AsUTF8String(PyObject *o);

/*
 The string in ASCII: a new reference to a `bytes`.

 Returns NULL with TypeError when `o` is not a `str`, UnicodeEncodeError when it holds another character.
 */
PyObject *PyUnicode_AsASCIIString(PyObject *o);

/*
 The string in Latin-1: a new reference to a `bytes`.

 Returns NULL with TypeError when `o` is not a `str`, UnicodeEncodeError when it holds another character.
 */
PyObject *PyUnicode_AsLatin1String(PyObject *o);

/*
 The string as a file name, in UTF-8, with the bytes that [`PyUnicode_DecodeFSDefault`] could not decode: a new
 reference to a `bytes`.

 Returns NULL with TypeError when `o` is not a `str`, UnicodeEncodeError when it holds another surrogate.
 */
PyObject *PyUnicode_EncodeFSDefault(PyObject *o);

/*
 A `str` from `size` bytes in an encoding, UTF-8 for NULL: a new reference, or NULL with UnicodeDecodeError, or LookupError for an
 unknown encoding. `errors` is as for `PyUnicode_DecodeUTF8`.

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_Decode(const char *text,
                           Py_ssize_t size,
                           const char *encoding,
                           const char *errors);

/*
 A `str` from the bytes of an object, in an encoding, UTF-8 for NULL: a new reference, or NULL with an error set. TypeError for a
 `str` and for an object without bytes.
 */
PyObject *PyUnicode_FromEncodedObject(PyObject *o,
                                      const char *encoding,
                                      const char *errors);

/*
 The string in an encoding, UTF-8 for NULL: a new reference to a `bytes`, or NULL with TypeError for an object that is not a
 `str`, UnicodeEncodeError, or LookupError for an unknown encoding.
 */
PyObject *PyUnicode_AsEncodedString(PyObject *o,
                                    const char *encoding,
                                    const char *errors);

/*
 A `str` from `size` bytes of UTF-8 of which the rest may come later, if `consumed` is not NULL: the number of bytes that were
 decoded is stored there. A new reference, or NULL with an error set. See `PyUnicode_DecodeUTF8`.

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_DecodeUTF8Stateful(const char *text,
                                       Py_ssize_t size,
                                       const char *errors,
                                       Py_ssize_t *consumed);

/*
 The name of the encoding that is used when none is named: "utf-8". It is the library's own, and lives for ever.
 */
const char *PyUnicode_GetDefaultEncoding(void);

/*
 A `str` from `size` bytes of UTF-16: a new reference, or NULL with UnicodeDecodeError. `*byteorder` is -1 for little-endian, 1
 for big-endian, and 0, as NULL, for the order that a mark at the start tells, which is stored there; without a mark it is the
 machine's. `errors` is as for `PyUnicode_DecodeUTF8`.

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_DecodeUTF16(const char *text,
                                Py_ssize_t size,
                                const char *errors,
                                int *byteorder);

/*
 A `str` from `size` bytes of UTF-16 of which the rest may come later, if `consumed` is not NULL: the number of bytes that were
 decoded is stored there. See [`PyUnicode_DecodeUTF16`].

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_DecodeUTF16Stateful(const char *text,
                                        Py_ssize_t size,
                                        const char *errors,
                                        int *byteorder,
                                        Py_ssize_t *consumed);

/*
 The string in UTF-16 with a mark, in the machine's order: a new reference to a `bytes`, or NULL with TypeError for an object that
 is not a `str`, UnicodeEncodeError.
 */
PyObject *PyUnicode_AsUTF16String(PyObject *o);

/*
 A `str` from `size` bytes of UTF-32: a new reference, or NULL with UnicodeDecodeError. `*byteorder` is -1 for little-endian, 1
 for big-endian, and 0, as NULL, for the order that a mark at the start tells, which is stored there; without a mark it is the
 machine's. `errors` is as for `PyUnicode_DecodeUTF8`.

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_DecodeUTF32(const char *text,
                                Py_ssize_t size,
                                const char *errors,
                                int *byteorder);

/*
 A `str` from `size` bytes of UTF-32 of which the rest may come later, if `consumed` is not NULL: the number of bytes that were
 decoded is stored there. See [`PyUnicode_DecodeUTF32`].

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_DecodeUTF32Stateful(const char *text,
                                        Py_ssize_t size,
                                        const char *errors,
                                        int *byteorder,
                                        Py_ssize_t *consumed);

/*
 The string in UTF-32 with a mark, in the machine's order: a new reference to a `bytes`, or NULL with TypeError for an object that
 is not a `str`, UnicodeEncodeError.
 */
PyObject *PyUnicode_AsUTF32String(PyObject *o);

/*
 A `str` from `size` characters of the text of a literal, with its escapes: a new reference, or NULL with
 UnicodeDecodeError. `errors` is as for `PyUnicode_DecodeUTF8`. The name of a character, `\N{…}`, is
 NotImplementedError.

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_DecodeUnicodeEscape(const char *text, Py_ssize_t size, const char *errors);

/*
 A `str` from `size` characters of the text of a raw literal, whose escapes are `\uXXXX` and `\UXXXXXXXX`: a new
 reference, or NULL with UnicodeDecodeError. `errors` is as for `PyUnicode_DecodeUTF8`.

 # Safety
 `text` is NULL or `size` bytes that can be read.
 */
PyObject *PyUnicode_DecodeRawUnicodeEscape(const char *text, Py_ssize_t size, const char *errors);

/*
 The string as the text of a literal, in ASCII: a new reference to a `bytes`, or NULL with TypeError when `o` is not
 a `str`.
 */
PyObject *PyUnicode_AsUnicodeEscapeString(PyObject *o);

/*
 The string as the text of a raw literal, in Latin-1: a new reference to a `bytes`, or NULL with TypeError when `o`
 is not a `str`.
 */
PyObject *PyUnicode_AsRawUnicodeEscapeString(PyObject *o);

/*
 The name that an object is or that its `__fspath__` gives, a `str` or a `bytes`: a new reference, or NULL with
 TypeError.
 */
PyObject *PyOS_FSPath(PyObject *path);

/*
 A converter for the unit `O&` of formats: stores a new reference to a file's name as `bytes` in the `PyObject *` at
 `place`, for a `str`, a `bytes`, or an object with `__fspath__`. Returns `Py_CLEANUP_SUPPORTED`, or 0 with an error
 set. NULL for `o` drops the name at `place`.

 # Safety
 `place` is the address of a `PyObject *`.
 */
int PyUnicode_FSConverter(PyObject *o, void *place);

/*
 A converter for the unit `O&` of formats: stores a new reference to a file's name as `str`. See
 [`PyUnicode_FSConverter`].

 # Safety
 `place` is the address of a `PyObject *`.
 */
int PyUnicode_FSDecoder(PyObject *o, void *place);

/*
 A `str` from bytes in the encoding of the locale, which is UTF-8: a new reference, or NULL with an error set.
 `errors` is NULL, "strict" or "surrogateescape"; ValueError for others.
 */
PyObject *PyUnicode_DecodeLocale(const char *text, const char *errors);

/*
 A `str` from `len` bytes in the encoding of the locale, after which a NUL stands. ValueError if there is no NUL, or
 one among the bytes. See [`PyUnicode_DecodeLocale`].

 # Safety
 `text` is NULL or `len` + 1 bytes that can be read.
 */
PyObject *PyUnicode_DecodeLocaleAndSize(const char *text, Py_ssize_t len, const char *errors);

/*
 The string in the encoding of the locale, which is UTF-8: a new reference to a `bytes`, or NULL with an error set:
 TypeError for another object, ValueError for a string with a NUL and for an unknown handler, UnicodeEncodeError. See
 [`PyUnicode_DecodeLocale`].
 */
PyObject *PyUnicode_EncodeLocale(PyObject *unicode, const char *errors);

/*
 The index of a substring between two bounds, which may be negative as those of slices: that of the first occurrence
 if `direction` is positive, that of the last otherwise. -1 when there is none; -2 with TypeError.
 */
Py_ssize_t PyUnicode_Find(PyObject *o, PyObject *part, Py_ssize_t start, Py_ssize_t end, int direction);

/*
 The index of a character between two bounds. See [`PyUnicode_Find`]; -2 with an error set.
 */
Py_ssize_t PyUnicode_FindChar(PyObject *o, Py_UCS4 ch, Py_ssize_t start, Py_ssize_t end, int direction);

/*
 The number of occurrences of a substring between two bounds that do not overlap, or -1 with TypeError.
 */
Py_ssize_t PyUnicode_Count(PyObject *o, PyObject *part, Py_ssize_t start, Py_ssize_t end);

/*
 Whether the characters between two bounds begin with a string, or end with it if `direction` is positive: 1 or 0, or
 -1 with TypeError.
 */
Py_ssize_t PyUnicode_Tailmatch(PyObject *o, PyObject *part, Py_ssize_t start, Py_ssize_t end, int direction);

/*
 The string with the first `most` occurrences of a substring replaced, with all for a negative number: a new
 reference, or NULL with TypeError.
 */
PyObject *PyUnicode_Replace(PyObject *o, PyObject *old, PyObject *new_, Py_ssize_t most);

/*
 The parts of a string between separators, or between runs of white space if `separator` is NULL, in a list: a new
 reference, or NULL with TypeError, or ValueError for an empty separator. There are at most `most` splits, unless
 that is negative.
 */
PyObject *PyUnicode_Split(PyObject *o, PyObject *separator, Py_ssize_t most);

/*
 The parts of a string, split from the end on. See [`PyUnicode_Split`].
 */
PyObject *PyUnicode_RSplit(PyObject *o, PyObject *separator, Py_ssize_t most);

/*
 The lines of a string, in a list, with their ends if `keep_ends` is not 0: a new reference, or NULL with TypeError.
 */
PyObject *PyUnicode_Splitlines(PyObject *o, int keep_ends);

/*
 The part before the first separator, the separator, and the part after it, in a tuple: a new reference, or NULL with
 TypeError, or ValueError for an empty separator. A string without one is the first part, and the others are empty.
 */
PyObject *PyUnicode_Partition(PyObject *o, PyObject *separator);

/*
 The parts before and after the last separator. See [`PyUnicode_Partition`]; a string without one is the last part.
 */
PyObject *PyUnicode_RPartition(PyObject *o, PyObject *separator);

/*
 The string with each character replaced by the text, the character or the None that a mapping has for its number: a
 new reference, or NULL with an error set. A character that the mapping does not have stays. `errors` is not used.
 */
PyObject *PyUnicode_Translate(PyObject *o, PyObject *table, const char *_errors);

/*
 Whether two strings have the same characters: 1 or 0, or -1 with TypeError.
 */
int PyUnicode_Equal(PyObject *left, PyObject *right);

/*
 Whether a string is an identifier: 1 or 0; 0 for an object that is not a string. Never sets an error.
 */
int PyUnicode_IsIdentifier(PyObject *o);

/*
 `format % arguments`, for a tuple of arguments, one argument, or a mapping: a new reference, or NULL with an error
 set.
 */
PyObject *PyUnicode_Format(PyObject *format, PyObject *arguments);

/*
 Copies up to `how_many` characters of one string, from an index on, to an index of another, which only the caller has: returns
 their number, or -1 with an error set.

 IndexError for an index outside; SystemError for an object that is not a string, a negative number, more characters than there
 is room for, characters that are wider than those of the string, and a string that other code has.
 */
Py_ssize_t PyUnicode_CopyCharacters(PyObject *to,
                                    Py_ssize_t to_start,
                                    PyObject *from,
                                    Py_ssize_t from_start,
                                    Py_ssize_t how_many);

/*
 Writes a character up to `length` times from an index on into a string that only the caller has: returns how often, or -1 with
 an error set.
 */
Py_ssize_t PyUnicode_Fill(PyObject *o,
                          Py_ssize_t start,
                          Py_ssize_t length,
                          Py_UCS4 fill_char);

/*
 Writes a character into a string that only the caller has: 0, or -1 with IndexError, with ValueError for a character that is
 wider than those of the string, or with SystemError for a string that other code has.
 */
int PyUnicode_WriteChar(PyObject *o,
                        Py_ssize_t index,
                        Py_UCS4 character);

/*
 Replaces the string at `place` by one with another length, which may be the same object if no other code has it: 0, or -1 with
 an error set and the string as it was. New characters are zero.
 */
int PyUnicode_Resize(PyObject **place,
                     Py_ssize_t length);

/*
 Copies the characters to a place with room for `buflen`, and a zero after them if `copy_null` is not 0: returns the place, or
 NULL with SystemError when there is not enough room.

 # Safety
 `buffer` is NULL or has room for `buflen` characters.
 */
Py_UCS4 *PyUnicode_AsUCS4(PyObject *o,
                          Py_UCS4 *buffer,
                          Py_ssize_t buflen,
                          int copy_null);

/*
 The characters and a zero after them, in a new block, which the caller frees by `PyMem_Free`; NULL with TypeError or
 MemoryError.
 */
Py_UCS4 *PyUnicode_AsUCS4Copy(PyObject *o);

/*
 A `str` from `size` of C's wide characters, or from those up to a zero if the size is -1: a new reference, or NULL with
 ValueError for a number that is no character, SystemError for NULL with a size.

 # Safety
 `w` is NULL, or `size` wide characters, or ends with a zero if the size is -1.
 */
PyObject *PyUnicode_FromWideChar(const wchar_t *w, Py_ssize_t size);

/*
 Copies up to `size` characters as wide characters, with a zero after them if there is room: returns their number, or -1 with an
 error set. With NULL for `w` it returns the number that is needed, with the zero.

 # Safety
 `w` is NULL or has room for `size` wide characters.
 */
Py_ssize_t PyUnicode_AsWideChar(PyObject *o,
                                wchar_t *w,
                                Py_ssize_t size);

/*
 The characters as wide characters and a zero after them, in a new block, which the caller frees by `PyMem_Free`; NULL with an
 error set. Their number is stored in `*size`; ValueError if `size` is NULL and one of the characters is zero.
 */
wchar_t *PyUnicode_AsWideCharString(PyObject *o,
                                    Py_ssize_t *size);

/*
 The address of a string's characters: the function behind the macro of the same name, for code that is not C. NULL with SystemError
 for another object and for NULL.
 */
void *PyUnicode_DATA(PyObject *o);

/*
 A new writer for a string of about this length, which [`PyUnicodeWriter_Finish`] or [`PyUnicodeWriter_Discard`] frees; NULL
 with ValueError for a negative length, or MemoryError.
 */
PyUnicodeWriter *PyUnicodeWriter_Create(Py_ssize_t length);

/*
 The string that was written: a new reference, or NULL with an error set. The writer is freed in either case.

 # Safety
 `writer` is NULL or a writer, which nothing uses afterwards.
 */
PyObject *PyUnicodeWriter_Finish(PyUnicodeWriter *writer);

/*
 Frees a writer and its text. NULL is allowed.

 # Safety
 `writer` is NULL or a writer, which nothing uses afterwards.
 */
void PyUnicodeWriter_Discard(PyUnicodeWriter *writer);

/*
 Appends a character: 0, or -1 with ValueError for a number that is no character.
 */
int PyUnicodeWriter_WriteChar(PyUnicodeWriter *writer, Py_UCS4 ch);

/*
 Appends text in UTF-8, of `size` bytes or up to a NUL: 0, or -1 with UnicodeDecodeError and nothing appended.

 # Safety
 `text` is NULL, or `size` bytes, or ends with a NUL if the size is negative.
 */
int PyUnicodeWriter_WriteUTF8(PyUnicodeWriter *writer, const char *text, Py_ssize_t size);

/*
 Appends ASCII characters, `size` bytes or up to a NUL: 0, or -1 with an error set.

 # Safety
 `text` is NULL, or `size` bytes, or ends with a NUL if the size is negative.
 */
int PyUnicodeWriter_WriteASCII(PyUnicodeWriter *writer, const char *text, Py_ssize_t size);

/*
 Appends wide characters, `size` of them or up to a zero: 0, or -1 with ValueError for a number that is no character.

 # Safety
 `text` is NULL, or `size` wide characters, or ends with a zero if the size is negative.
 */
int PyUnicodeWriter_WriteWideChar(PyUnicodeWriter *writer, const wchar_t *text, Py_ssize_t size);

/*
 Appends characters of four bytes: 0, or -1 with ValueError for a negative size, SystemError for a number that is no character.

 # Safety
 `text` is NULL or `size` characters.
 */
int PyUnicodeWriter_WriteUCS4(PyUnicodeWriter *writer,
                              Py_UCS4 *text,
                              Py_ssize_t size);

/*
 Appends `str(o)`: 0, or -1 with an error set.
 */
int PyUnicodeWriter_WriteStr(PyUnicodeWriter *writer, PyObject *o);

/*
 Appends `repr(o)`, or `<NULL>` for NULL: 0, or -1 with an error set.
 */
int PyUnicodeWriter_WriteRepr(PyUnicodeWriter *writer, PyObject *o);

/*
 Appends the characters between two indices of a string: 0, or -1 with TypeError for another object, ValueError for indices that
 are not inside.
 */
int PyUnicodeWriter_WriteSubstring(PyUnicodeWriter *writer,
                                   PyObject *o,
                                   Py_ssize_t start,
                                   Py_ssize_t end);

/*
 Appends text in UTF-8 of which the rest may come later, if `consumed` is not NULL: the number of bytes that are done is stored
 there. 0, or -1 with an error set and nothing appended. `errors` is as for `PyUnicode_DecodeUTF8`.

 # Safety
 `text` is NULL, or `length` bytes, or ends with a NUL if the length is negative.
 */
int PyUnicodeWriter_DecodeUTF8Stateful(PyUnicodeWriter *writer,
                                       const char *text,
                                       Py_ssize_t length,
                                       const char *errors,
                                       Py_ssize_t *consumed);

/*
 The function with a `va_list` behind [`PyUnicodeWriter_Format`], which is not part of the C API.

 # Safety
 As for `PyUnicode_FromFormatV`.
 */
int pycapsule_writer_format(PyUnicodeWriter *writer, const char *format, va_list arguments);

/*
 Issues a warning of a category, NULL for RuntimeWarning, with a text in UTF-8: 0, or -1 with an error set.

 It is written to standard error if CPython's default filters show the category and this warning was not shown
 before. There are no Python frames here, so the stack level does not matter.
 */
int PyErr_WarnEx(PyObject *category, const char *message, Py_ssize_t _stack_level);

/*
 `PyErr_WarnFormat` with its `...` as a `va_list`, for `csrc/variadic.c`. The symbol is not exported.

 # Safety
 As for `PyErr_WarnFormat`, with a `va_list` of the arguments that the format asks for.
 */
int pycapsule_warn(PyObject *category, Py_ssize_t _stack_level, const char *format, va_list list);

/*
 A weak reference to `o`: a new reference, or NULL with TypeError when the type of `o` supports none, SystemError for
 NULL. `callback` is called with it when `o` dies; NULL and None mean none. Without a callback there is only one for
 each object.
 */
PyObject *PyWeakref_NewRef(PyObject *o, PyObject *callback);

/*
 A proxy of `o`, which is used like `o` itself: a new reference, or NULL as from `PyWeakref_NewRef`.
 */
PyObject *PyWeakref_NewProxy(PyObject *o, PyObject *callback);

/*
 The object of a weak reference or proxy. Returns 1 with a new reference in `*object`, 0 with NULL there when the
 object is dead, -1 with NULL there and TypeError for another object, SystemError for NULL.
 */
int PyWeakref_GetRef(PyObject *reference, PyObject **object);

/*
 The object of a weak reference or proxy: a borrowed reference, or None when the object is dead. NULL with
 SystemError for another object or NULL. The object may die at any time: `PyWeakref_GetRef` is better.
 */
PyObject *PyWeakref_GetObject(PyObject *reference);

/*
 Whether the object of a weak reference or proxy is dead: 1 or 0, or -1 with TypeError for another object,
 SystemError for NULL.
 */
int PyWeakref_IsDead(PyObject *reference);

/*
 Clears the weak references to an object, and calls their callbacks: a step of the `tp_dealloc` of a type that
 supports weak references. Errors of callbacks are reported and dropped, and the error indicator does not change.
 SystemError, without an effect, for an object that is alive or whose type supports none, and for NULL.
 */
void PyObject_ClearWeakRefs(PyObject *o);

/*
 Clears the weak references to an object without a call of their callbacks. NULL is fine, and so is an object whose
 type supports none. Never sets an error.
 */
void PyUnstable_Object_ClearWeakRefsNoCallbacks(PyObject *o);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#ifdef __cplusplus
extern "C" {
#endif

/* Written by hand, carried by pycapsule.h: the macros and inline functions of CPython 3.14's public headers, and the
 * exported data.  They stand after the generated declarations, which they use. */

/* ---- pymacro.h ---- */
#define Py_PACK_FULL_VERSION _Py_PACK_FULL_VERSION
#define Py_PACK_VERSION(x, y) Py_PACK_FULL_VERSION(x, y, 0, 0, 0)

/* ---- object.h ---- */
#define _PyObject_CAST(o) _Py_CAST(PyObject *, (o))
#define _PyVarObject_CAST(o) _Py_CAST(PyVarObject *, (o))
#define Py_Is(x, y) ((x) == (y))

PyAPI_DATA(PyObject) _Py_NoneStruct;
PyAPI_DATA(PyObject) _Py_NotImplementedStruct;
PyAPI_DATA(PyObject) _Py_EllipsisObject;
PyAPI_DATA(PyLongObject) _Py_FalseStruct;
PyAPI_DATA(PyLongObject) _Py_TrueStruct;
#define Py_None (&_Py_NoneStruct)
#define Py_NotImplemented (&_Py_NotImplementedStruct)
#define Py_Ellipsis (&_Py_EllipsisObject)
#define Py_False _PyObject_CAST(&_Py_FalseStruct)
#define Py_True _PyObject_CAST(&_Py_TrueStruct)
#define Py_IsNone(x) Py_Is((x), Py_None)
#define Py_IsTrue(x) Py_Is((x), Py_True)
#define Py_IsFalse(x) Py_Is((x), Py_False)
#define Py_RETURN_NONE return Py_None
#define Py_RETURN_NOTIMPLEMENTED return Py_NotImplemented
#define Py_RETURN_TRUE return Py_True
#define Py_RETURN_FALSE return Py_False

static inline PyTypeObject *
_Py_TYPE(PyObject *o)
{
    return o->ob_type;
}
#define Py_TYPE(o) _Py_TYPE(_PyObject_CAST(o))

static inline Py_ssize_t
_Py_REFCNT(PyObject *o)
{
    return (Py_ssize_t)o->ob_refcnt;
}
#define Py_REFCNT(o) _Py_REFCNT(_PyObject_CAST(o))

static inline Py_ssize_t
_Py_SIZE(PyObject *o)
{
    return _PyVarObject_CAST(o)->ob_size;
}
#define Py_SIZE(o) _Py_SIZE(_PyObject_CAST(o))

static inline int
Py_IS_TYPE(PyObject *o, PyTypeObject *type)
{
    return Py_TYPE(o) == type;
}
#define Py_IS_TYPE(o, type) Py_IS_TYPE(_PyObject_CAST(o), (type))

static inline void
Py_SET_TYPE(PyObject *o, PyTypeObject *type)
{
    o->ob_type = type;
}
#define Py_SET_TYPE(o, type) Py_SET_TYPE(_PyObject_CAST(o), type)

static inline void
Py_SET_SIZE(PyVarObject *o, Py_ssize_t size)
{
    o->ob_size = size;
}
#define Py_SET_SIZE(o, size) Py_SET_SIZE(_PyVarObject_CAST(o), (size))

static inline int
PyType_HasFeature(PyTypeObject *type, unsigned long feature)
{
    return (type->tp_flags & feature) != 0;
}
#define PyType_FastSubclass(type, flag) PyType_HasFeature((type), (flag))
#define PyType_IS_GC(type) PyType_HasFeature((type), Py_TPFLAGS_HAVE_GC)

static inline int
PyObject_TypeCheck(PyObject *o, PyTypeObject *type)
{
    return Py_IS_TYPE(o, type) || PyType_IsSubtype(Py_TYPE(o), type);
}
#define PyObject_TypeCheck(o, type) PyObject_TypeCheck(_PyObject_CAST(o), (type))

#define Py_RETURN_RICHCOMPARE(a, b, op)                                                                                \
    do {                                                                                                               \
        switch (op) {                                                                                                  \
        case Py_EQ: if ((a) == (b)) { Py_RETURN_TRUE; } Py_RETURN_FALSE;                                               \
        case Py_NE: if ((a) != (b)) { Py_RETURN_TRUE; } Py_RETURN_FALSE;                                               \
        case Py_LT: if ((a) < (b)) { Py_RETURN_TRUE; } Py_RETURN_FALSE;                                                \
        case Py_GT: if ((a) > (b)) { Py_RETURN_TRUE; } Py_RETURN_FALSE;                                                \
        case Py_LE: if ((a) <= (b)) { Py_RETURN_TRUE; } Py_RETURN_FALSE;                                               \
        case Py_GE: if ((a) >= (b)) { Py_RETURN_TRUE; } Py_RETURN_FALSE;                                               \
        default: Py_UNREACHABLE();                                                                                     \
        }                                                                                                              \
    } while (0)

#define Py_VISIT(o)                                                                                                    \
    do {                                                                                                               \
        if (o) {                                                                                                       \
            int visited = visit(_PyObject_CAST(o), arg);                                                               \
            if (visited) {                                                                                             \
                return visited;                                                                                        \
            }                                                                                                          \
        }                                                                                                              \
    } while (0)

/* ---- objimpl.h ---- */
#define PyObject_New(type, typeobj) ((type *)_PyObject_New(typeobj))
#define PyObject_NEW(type, typeobj) PyObject_New(type, (typeobj))
#define PyObject_NewVar(type, typeobj, n) ((type *)_PyObject_NewVar((typeobj), (n)))
#define PyObject_NEW_VAR(type, typeobj, n) PyObject_NewVar(type, (typeobj), (n))
#define PyObject_INIT(o, typeobj) PyObject_Init(_PyObject_CAST(o), (typeobj))
#define PyObject_INIT_VAR(o, typeobj, size) PyObject_InitVar(_PyVarObject_CAST(o), (typeobj), (size))
#define PyObject_GC_New(type, typeobj) _Py_CAST(type *, _PyObject_GC_New(typeobj))
#define PyObject_GC_NewVar(type, typeobj, n) _Py_CAST(type *, _PyObject_GC_NewVar((typeobj), (n)))
#define PyObject_GC_Resize(type, o, n) ((type *)_PyObject_GC_Resize(_PyVarObject_CAST(o), (n)))
#define PyObject_MALLOC PyObject_Malloc
#define PyObject_REALLOC PyObject_Realloc
#define PyObject_FREE PyObject_Free
#define PyObject_Del PyObject_Free
#define PyObject_DEL PyObject_Free

static inline size_t
_PyObject_SIZE(PyTypeObject *type)
{
    return _Py_STATIC_CAST(size_t, type->tp_basicsize);
}

static inline size_t
_PyObject_VAR_SIZE(PyTypeObject *type, Py_ssize_t items)
{
    size_t size = _PyObject_SIZE(type) + _Py_STATIC_CAST(size_t, items) * _Py_STATIC_CAST(size_t, type->tp_itemsize);
    return (size + sizeof(void *) - 1) / sizeof(void *) * sizeof(void *);
}

/* ---- weakrefobject.h ---- */
PyAPI_DATA(PyTypeObject) _PyWeakref_RefType, _PyWeakref_ProxyType, _PyWeakref_CallableProxyType;
#define PyWeakref_CheckRef(o) PyObject_TypeCheck((o), &_PyWeakref_RefType)
#define PyWeakref_CheckRefExact(o) Py_IS_TYPE((o), &_PyWeakref_RefType)
#define PyWeakref_CheckProxy(o)                                                                                        \
    (Py_IS_TYPE((o), &_PyWeakref_ProxyType) || Py_IS_TYPE((o), &_PyWeakref_CallableProxyType))
#define PyWeakref_Check(o) (PyWeakref_CheckRef(o) || PyWeakref_CheckProxy(o))

static inline PyObject *
PyWeakref_GET_OBJECT(PyObject *reference)
{
    PyObject *o = _Py_CAST(PyWeakReference *, reference)->wr_object;
    return Py_REFCNT(o) > 0 ? o : Py_None;
}
#define PyWeakref_GET_OBJECT(reference) PyWeakref_GET_OBJECT(_PyObject_CAST(reference))

/* ---- code.h, pyframe.h, traceback.h ---- */
PyAPI_DATA(PyTypeObject) PyCode_Type, PyFrame_Type, PyTraceBack_Type;
#define PyCode_Check(o) Py_IS_TYPE((o), &PyCode_Type)
#define PyFrame_Check(o) Py_IS_TYPE((o), &PyFrame_Type)
#define PyTraceBack_Check(o) Py_IS_TYPE((o), &PyTraceBack_Type)

/* ---- context.h ---- */
PyAPI_DATA(PyTypeObject) PyContext_Type, PyContextVar_Type, PyContextToken_Type;
#define PyContext_CheckExact(o) Py_IS_TYPE((o), &PyContext_Type)
#define PyContextVar_CheckExact(o) Py_IS_TYPE((o), &PyContextVar_Type)
#define PyContextToken_CheckExact(o) Py_IS_TYPE((o), &PyContextToken_Type)

/* ---- pythread.h, lock.h, critical_section.h ---- */
PyAPI_DATA(const long long) PY_TIMEOUT_MAX;
#define Py_BEGIN_CRITICAL_SECTION(o) {
#define Py_END_CRITICAL_SECTION() }
#define Py_BEGIN_CRITICAL_SECTION2(a, b) {
#define Py_END_CRITICAL_SECTION2() }
#define Py_BEGIN_CRITICAL_SECTION_MUTEX(mutex) {
#define Py_BEGIN_CRITICAL_SECTION2_MUTEX(m1, m2) {

/* ---- refcount.h ---- */
static inline Py_ALWAYS_INLINE int
_Py_IsImmortal(PyObject *o)
{
    return (int32_t)o->ob_refcnt < 0;
}
#define _Py_IsImmortal(o) _Py_IsImmortal(_PyObject_CAST(o))

static inline void
Py_SET_REFCNT(PyObject *o, Py_ssize_t count)
{
    if (!_Py_IsImmortal(o)) {
        o->ob_refcnt = (uint32_t)count;
    }
}
#define Py_SET_REFCNT(o, count) Py_SET_REFCNT(_PyObject_CAST(o), (count))

static inline Py_ALWAYS_INLINE void
Py_INCREF(PyObject *o)
{
    if ((uint32_t)o->ob_refcnt < _Py_IMMORTAL_INITIAL_REFCNT) {
        o->ob_refcnt++;
    }
}
#define Py_INCREF(o) Py_INCREF(_PyObject_CAST(o))

static inline Py_ALWAYS_INLINE void
Py_DECREF(PyObject *o)
{
    if (!_Py_IsImmortal(o) && --o->ob_refcnt == 0) {
        _Py_Dealloc(o);
    }
}
#define Py_DECREF(o) Py_DECREF(_PyObject_CAST(o))

static inline void
Py_XINCREF(PyObject *o)
{
    if (o != _Py_NULL) {
        Py_INCREF(o);
    }
}
#define Py_XINCREF(o) Py_XINCREF(_PyObject_CAST(o))

static inline void
Py_XDECREF(PyObject *o)
{
    if (o != _Py_NULL) {
        Py_DECREF(o);
    }
}
#define Py_XDECREF(o) Py_XDECREF(_PyObject_CAST(o))

static inline PyObject *
_Py_NewRef(PyObject *o)
{
    Py_INCREF(o);
    return o;
}
static inline PyObject *
_Py_XNewRef(PyObject *o)
{
    Py_XINCREF(o);
    return o;
}
#define Py_NewRef(o) _Py_NewRef(_PyObject_CAST(o))
#define Py_XNewRef(o) _Py_XNewRef(_PyObject_CAST(o))

/* The target is changed before the old reference goes, since losing it may run code that looks at the target. */
#define Py_CLEAR(o)                                                                                                    \
    do {                                                                                                               \
        __typeof__(o) *_py_target = &(o);                                                                              \
        __typeof__(o) _py_old = *_py_target;                                                                           \
        if (_py_old != NULL) {                                                                                         \
            *_py_target = _Py_NULL;                                                                                    \
            Py_DECREF(_py_old);                                                                                        \
        }                                                                                                              \
    } while (0)
#define Py_SETREF(target, value)                                                                                       \
    do {                                                                                                               \
        __typeof__(target) *_py_target = &(target);                                                                    \
        __typeof__(target) _py_old = *_py_target;                                                                      \
        *_py_target = (value);                                                                                         \
        Py_DECREF(_py_old);                                                                                            \
    } while (0)
#define Py_XSETREF(target, value)                                                                                      \
    do {                                                                                                               \
        __typeof__(target) *_py_target = &(target);                                                                    \
        __typeof__(target) _py_old = *_py_target;                                                                      \
        *_py_target = (value);                                                                                         \
        Py_XDECREF(_py_old);                                                                                           \
    } while (0)

/* ---- the type objects, and the checks for them ---- */
PyAPI_DATA(PyTypeObject) PyType_Type, PyBaseObject_Type, PyCapsule_Type, PyModule_Type, PyModuleDef_Type;
PyAPI_DATA(PyTypeObject) PyLong_Type, PyBool_Type, PyFloat_Type, PyUnicode_Type, PyBytes_Type;
PyAPI_DATA(PyTypeObject) PyUnicodeIter_Type, PyBytesIter_Type;
PyAPI_DATA(PyTypeObject) PyByteArray_Type, PyByteArrayIter_Type;
PyAPI_DATA(char) _PyByteArray_empty_string[];
PyAPI_DATA(PyTypeObject) PyMemoryView_Type;
PyAPI_DATA(PyTypeObject) PyTuple_Type, PyList_Type, PyDict_Type, PyCFunction_Type, PyCMethod_Type;

PyAPI_DATA(PyTypeObject) _PyNone_Type, _PyNotImplemented_Type, PyEllipsis_Type;
PyAPI_DATA(PyTypeObject) PyDictKeys_Type, PyDictValues_Type, PyDictItems_Type, PyDictIterValue_Type, PyDictIterItem_Type;
PyAPI_DATA(PyTypeObject) PyMethodDescr_Type, PyGetSetDescr_Type, PyMemberDescr_Type, PyWrapperDescr_Type,
    PyClassMethodDescr_Type, PyDictProxy_Type;
PyAPI_DATA(PyTypeObject) PyMethod_Type, PyInstanceMethod_Type, PyClassMethod_Type, PyStaticMethod_Type;
PyAPI_DATA(PyTypeObject) PyProperty_Type, PySuper_Type;
PyAPI_DATA(PyTypeObject) PyComplex_Type, PySlice_Type, PyRange_Type, PyRangeIter_Type, PyLongRangeIter_Type;
PyAPI_DATA(PyTypeObject) Py_GenericAliasType, PyFunction_Type, PyReversed_Type, PyListRevIter_Type;
PyAPI_DATA(const char *const) PyStructSequence_UnnamedField;
typedef PyTupleObject PyStructSequence;
#define PyStructSequence_SET_ITEM PyStructSequence_SetItem
#define PyStructSequence_GET_ITEM PyStructSequence_GetItem
PyAPI_DATA(const char *) Py_FileSystemDefaultEncoding;
PyAPI_DATA(const char *) Py_FileSystemDefaultEncodeErrors;
PyAPI_DATA(int) Py_HasFileSystemDefaultEncoding;
PyAPI_DATA(int) Py_UTF8Mode;
PyAPI_DATA(PyTypeObject) PyEnum_Type, PyZip_Type, PyMap_Type, PyFilter_Type, PyCallIter_Type;
#define PyCallIter_Check(o) Py_IS_TYPE((o), &PyCallIter_Type)
PyAPI_DATA(PyTypeObject) PyListIter_Type, PyTupleIter_Type, PyDictIterKey_Type, PySeqIter_Type;
PyAPI_DATA(PyTypeObject) PySet_Type, PyFrozenSet_Type, PySetIter_Type;

/* ---- the classes and cases of ASCII characters ---- */
PyAPI_DATA(const unsigned int) _Py_ctype_table[256];
PyAPI_DATA(const unsigned char) _Py_ctype_tolower[256];
PyAPI_DATA(const unsigned char) _Py_ctype_toupper[256];
#define PY_CTF_LOWER 0x01
#define PY_CTF_UPPER 0x02
#define PY_CTF_ALPHA (PY_CTF_LOWER | PY_CTF_UPPER)
#define PY_CTF_DIGIT 0x04
#define PY_CTF_ALNUM (PY_CTF_ALPHA | PY_CTF_DIGIT)
#define PY_CTF_SPACE 0x08
#define PY_CTF_XDIGIT 0x10
#define Py_ISLOWER(c) (_Py_ctype_table[Py_CHARMASK(c)] & PY_CTF_LOWER)
#define Py_ISUPPER(c) (_Py_ctype_table[Py_CHARMASK(c)] & PY_CTF_UPPER)
#define Py_ISALPHA(c) (_Py_ctype_table[Py_CHARMASK(c)] & PY_CTF_ALPHA)
#define Py_ISDIGIT(c) (_Py_ctype_table[Py_CHARMASK(c)] & PY_CTF_DIGIT)
#define Py_ISXDIGIT(c) (_Py_ctype_table[Py_CHARMASK(c)] & PY_CTF_XDIGIT)
#define Py_ISALNUM(c) (_Py_ctype_table[Py_CHARMASK(c)] & PY_CTF_ALNUM)
#define Py_ISSPACE(c) (_Py_ctype_table[Py_CHARMASK(c)] & PY_CTF_SPACE)
#define Py_TOLOWER(c) (_Py_ctype_tolower[Py_CHARMASK(c)])
#define Py_TOUPPER(c) (_Py_ctype_toupper[Py_CHARMASK(c)])

PyAPI_DATA(PyTypeObject) _PyUnion_Type;
PyAPI_DATA(PyTypeObject) PyGen_Type, PyCoro_Type, PyAsyncGen_Type;
#define PyGen_Check(o) PyObject_TypeCheck((o), &PyGen_Type)
#define PyGen_CheckExact(o) Py_IS_TYPE((o), &PyGen_Type)
#define PyCoro_CheckExact(o) Py_IS_TYPE((o), &PyCoro_Type)
#define PyAsyncGen_CheckExact(o) Py_IS_TYPE((o), &PyAsyncGen_Type)
#define PyFunction_Check(o) Py_IS_TYPE((o), &PyFunction_Type)
#define PyType_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_TYPE_SUBCLASS)
#define PyType_CheckExact(o) Py_IS_TYPE((o), &PyType_Type)
#define PyCapsule_CheckExact(o) Py_IS_TYPE((o), &PyCapsule_Type)
#define PyModule_Check(o) PyObject_TypeCheck((o), &PyModule_Type)
#define PyModule_CheckExact(o) Py_IS_TYPE((o), &PyModule_Type)
#define PyLong_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_LONG_SUBCLASS)
#define PyLong_CheckExact(o) Py_IS_TYPE((o), &PyLong_Type)
#define PyBool_Check(o) Py_IS_TYPE((o), &PyBool_Type)
#define PyFloat_Check(o) PyObject_TypeCheck((o), &PyFloat_Type)
#define PyFloat_CheckExact(o) Py_IS_TYPE((o), &PyFloat_Type)
#define PyComplex_Check(o) PyObject_TypeCheck((o), &PyComplex_Type)
#define PyComplex_CheckExact(o) Py_IS_TYPE((o), &PyComplex_Type)
#define PySlice_Check(o) Py_IS_TYPE((o), &PySlice_Type)
#define PyRange_Check(o) Py_IS_TYPE((o), &PyRange_Type)
#define PyUnicode_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_UNICODE_SUBCLASS)
#define PyUnicode_CheckExact(o) Py_IS_TYPE((o), &PyUnicode_Type)
#define PyBytes_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_BYTES_SUBCLASS)
#define PyBytes_CheckExact(o) Py_IS_TYPE((o), &PyBytes_Type)
#define PyByteArray_Check(o) PyObject_TypeCheck((o), &PyByteArray_Type)
#define PyByteArray_CheckExact(o) Py_IS_TYPE((o), &PyByteArray_Type)
#define PyMemoryView_Check(o) Py_IS_TYPE((o), &PyMemoryView_Type)
#define PyTuple_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_TUPLE_SUBCLASS)
#define PyTuple_CheckExact(o) Py_IS_TYPE((o), &PyTuple_Type)
#define PyList_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_LIST_SUBCLASS)
#define PyList_CheckExact(o) Py_IS_TYPE((o), &PyList_Type)
#define PyDict_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_DICT_SUBCLASS)
#define PyDict_CheckExact(o) Py_IS_TYPE((o), &PyDict_Type)
#define PySet_CheckExact(o) Py_IS_TYPE((o), &PySet_Type)
#define PySet_Check(o) PyObject_TypeCheck((o), &PySet_Type)
#define PyFrozenSet_CheckExact(o) Py_IS_TYPE((o), &PyFrozenSet_Type)
#define PyFrozenSet_Check(o) PyObject_TypeCheck((o), &PyFrozenSet_Type)
#define PyAnySet_CheckExact(o) (PySet_CheckExact(o) || PyFrozenSet_CheckExact(o))
#define PyAnySet_Check(o) (PySet_Check(o) || PyFrozenSet_Check(o))
#define PySet_GET_SIZE(o) (_Py_CAST(PySetObject *, (o))->used)
#define PyCFunction_Check(o) PyObject_TypeCheck((o), &PyCFunction_Type)
#define PyCFunction_CheckExact(o) Py_IS_TYPE((o), &PyCFunction_Type)
#define PyCMethod_Check(o) PyObject_TypeCheck((o), &PyCMethod_Type)
#define PyCMethod_CheckExact(o) Py_IS_TYPE((o), &PyCMethod_Type)
#define PyMethod_Check(o) Py_IS_TYPE((o), &PyMethod_Type)
#define PyMethod_GET_FUNCTION(o) (_Py_CAST(PyMethodObject *, (o))->im_func)
#define PyMethod_GET_SELF(o) (_Py_CAST(PyMethodObject *, (o))->im_self)
#define PyInstanceMethod_Check(o) Py_IS_TYPE((o), &PyInstanceMethod_Type)
#define PyInstanceMethod_GET_FUNCTION(o) (_Py_CAST(PyInstanceMethodObject *, (o))->func)

/* ---- the inside of the built-in objects ---- */
#define PyTuple_GET_SIZE(o) Py_SIZE(o)
#define PyTuple_GET_ITEM(o, i) (_Py_CAST(PyTupleObject *, (o))->ob_item[(i)])
static inline void
PyTuple_SET_ITEM(PyObject *o, Py_ssize_t i, PyObject *value)
{
    PyObject **items = _Py_CAST(PyTupleObject *, o)->ob_item;
    items[i] = value;
}
#define PyTuple_SET_ITEM(o, i, value) PyTuple_SET_ITEM(_PyObject_CAST(o), (i), _PyObject_CAST(value))

#define PyList_GET_SIZE(o) Py_SIZE(o)
#define PyList_GET_ITEM(o, i) (_Py_CAST(PyListObject *, (o))->ob_item[(i)])
static inline void
PyList_SET_ITEM(PyObject *o, Py_ssize_t i, PyObject *value)
{
    _Py_CAST(PyListObject *, o)->ob_item[i] = value;
}
#define PyList_SET_ITEM(o, i, value) PyList_SET_ITEM(_PyObject_CAST(o), (i), _PyObject_CAST(value))

#define PyDict_GET_SIZE(o) (_Py_CAST(PyDictObject *, (o))->ma_used)
#define PyFloat_AS_DOUBLE(o) (_Py_CAST(PyFloatObject *, (o))->ob_fval)
#define Py_RETURN_NAN return PyFloat_FromDouble(Py_NAN)
#define Py_RETURN_INF(sign)                                                                                            \
    do {                                                                                                               \
        return PyFloat_FromDouble(copysign(1., (sign)) == 1. ? Py_INFINITY : -Py_INFINITY);                            \
    } while (0)
#define PyBytes_AS_STRING(o) (_Py_CAST(PyBytesObject *, (o))->ob_sval)
#define PyBytes_GET_SIZE(o) Py_SIZE(o)
static inline char *
PyByteArray_AS_STRING(PyObject *o)
{
    return Py_SIZE(o) ? _Py_CAST(PyByteArrayObject *, o)->ob_start : _PyByteArray_empty_string;
}
#define PyByteArray_AS_STRING(o) PyByteArray_AS_STRING(_PyObject_CAST(o))
#define PyByteArray_GET_SIZE(o) Py_SIZE(o)
#define PyMemoryView_GET_BUFFER(o) (&_Py_CAST(PyMemoryViewObject *, (o))->view)
#define PyMemoryView_GET_BASE(o) (_Py_CAST(PyMemoryViewObject *, (o))->view.obj)
#define PyLong_AS_LONG(o) PyLong_AsLong(o)
#define PyLong_FromPid PyLong_FromLong
#define PyLong_AsPid PyLong_AsInt

static inline int
_PyLong_IsCompact(const PyLongObject *o)
{
    return o->long_value.lv_tag < (2 << _PyLong_NON_SIZE_BITS);
}
static inline Py_ssize_t
_PyLong_CompactValue(const PyLongObject *o)
{
    Py_ssize_t sign = 1 - (Py_ssize_t)(o->long_value.lv_tag & _PyLong_SIGN_MASK);
    return sign * (Py_ssize_t)o->long_value.ob_digit[0];
}
#define PyUnstable_Long_IsCompact _PyLong_IsCompact
#define PyUnstable_Long_CompactValue _PyLong_CompactValue

#define _PySequence_Fast_is_list(o) PyList_Check(o)
#define PySequence_Fast_GET_SIZE(o) Py_SIZE(o)
#define PySequence_Fast_ITEMS(o)                                                                                       \
    (PyList_Check(o) ? _Py_CAST(PyListObject *, (o))->ob_item : _Py_CAST(PyTupleObject *, (o))->ob_item)
#define PySequence_Fast_GET_ITEM(o, i) (PySequence_Fast_ITEMS(o)[(i)])

/* ---- cpython/unicodeobject.h ---- */
#define _PyASCIIObject_CAST(o) _Py_CAST(PyASCIIObject *, (o))
#define _PyCompactUnicodeObject_CAST(o) _Py_CAST(PyCompactUnicodeObject *, (o))
#define _PyUnicodeObject_CAST(o) _Py_CAST(PyUnicodeObject *, (o))
#define SSTATE_NOT_INTERNED 0
#define SSTATE_INTERNED_MORTAL 1
#define SSTATE_INTERNED_IMMORTAL 2
#define SSTATE_INTERNED_IMMORTAL_STATIC 3
#define PyUnicode_CHECK_INTERNED(o) (_PyASCIIObject_CAST(o)->state.interned)
#define PyUnicode_IS_ASCII(o) (_PyASCIIObject_CAST(o)->state.ascii)
#define PyUnicode_IS_COMPACT(o) (_PyASCIIObject_CAST(o)->state.compact)
#define PyUnicode_IS_COMPACT_ASCII(o) (PyUnicode_IS_ASCII(o) & PyUnicode_IS_COMPACT(o))
#define PyUnicode_IS_READY(o) _Py_RVALUE(1)
#define PyUnicode_READY(o) _Py_RVALUE(0)
#define PyUnicode_KIND(o) _Py_RVALUE(_PyASCIIObject_CAST(o)->state.kind)
#define PyUnicode_GET_LENGTH(o) _Py_RVALUE(_PyASCIIObject_CAST(o)->length)
#define PyUnicode_1BYTE_DATA(o) _Py_STATIC_CAST(Py_UCS1 *, PyUnicode_DATA(o))
#define PyUnicode_2BYTE_DATA(o) _Py_STATIC_CAST(Py_UCS2 *, PyUnicode_DATA(o))
#define PyUnicode_4BYTE_DATA(o) _Py_STATIC_CAST(Py_UCS4 *, PyUnicode_DATA(o))

static inline void *
_PyUnicode_DATA(PyObject *o)
{
    if (!PyUnicode_IS_COMPACT(o)) {
        return _PyUnicodeObject_CAST(o)->data.any;
    }
    if (PyUnicode_IS_ASCII(o)) {
        return _PyASCIIObject_CAST(o) + 1;
    }
    return _PyCompactUnicodeObject_CAST(o) + 1;
}
#define PyUnicode_DATA(o) _PyUnicode_DATA(_PyObject_CAST(o))

static inline Py_UCS4
PyUnicode_READ(int kind, const void *data, Py_ssize_t i)
{
    switch (kind) {
    case PyUnicode_1BYTE_KIND: return _Py_STATIC_CAST(const Py_UCS1 *, data)[i];
    case PyUnicode_2BYTE_KIND: return _Py_STATIC_CAST(const Py_UCS2 *, data)[i];
    default: return _Py_STATIC_CAST(const Py_UCS4 *, data)[i];
    }
}
#define PyUnicode_READ(kind, data, i)                                                                                  \
    PyUnicode_READ(_Py_STATIC_CAST(int, kind), _Py_STATIC_CAST(const void *, data), (i))
#define PyUnicode_READ_CHAR(o, i) PyUnicode_READ(PyUnicode_KIND(o), PyUnicode_DATA(o), (i))

static inline void
PyUnicode_WRITE(int kind, void *data, Py_ssize_t i, Py_UCS4 value)
{
    switch (kind) {
    case PyUnicode_1BYTE_KIND: _Py_STATIC_CAST(Py_UCS1 *, data)[i] = _Py_STATIC_CAST(Py_UCS1, value); break;
    case PyUnicode_2BYTE_KIND: _Py_STATIC_CAST(Py_UCS2 *, data)[i] = _Py_STATIC_CAST(Py_UCS2, value); break;
    default: _Py_STATIC_CAST(Py_UCS4 *, data)[i] = value;
    }
}
#define PyUnicode_WRITE(kind, data, i, value)                                                                          \
    PyUnicode_WRITE(_Py_STATIC_CAST(int, kind), _Py_CAST(void *, data), (i), _Py_STATIC_CAST(Py_UCS4, value))

static inline Py_UCS4
PyUnicode_MAX_CHAR_VALUE(PyObject *o)
{
    if (PyUnicode_IS_ASCII(o)) {
        return 0x7fU;
    }
    switch (PyUnicode_KIND(o)) {
    case PyUnicode_1BYTE_KIND: return 0xffU;
    case PyUnicode_2BYTE_KIND: return 0xffffU;
    default: return 0x10ffffU;
    }
}
#define PyUnicode_MAX_CHAR_VALUE(o) PyUnicode_MAX_CHAR_VALUE(_PyObject_CAST(o))

/* ---- methodobject.h ---- */
#define _PyCFunction_CAST(function) _Py_FUNC_CAST(PyCFunction, function)
#define _PyCFunctionFast_CAST(function) _Py_FUNC_CAST(PyCFunctionFast, function)
#define _PyCFunctionWithKeywords_CAST(function) _Py_FUNC_CAST(PyCFunctionWithKeywords, function)
#define _PyCFunctionFastWithKeywords_CAST(function) _Py_FUNC_CAST(PyCFunctionFastWithKeywords, function)
#define METH_STACKLESS 0x0000
#define PyCFunction_New(definition, self) PyCFunction_NewEx((definition), (self), NULL)
#define PyCFunction_NewEx(definition, self, module) PyCMethod_New((definition), (self), (module), NULL)

typedef struct {
    PyObject_HEAD
    PyMethodDef *m_ml;
    PyObject *m_self;
    PyObject *m_module;
    PyObject *m_weakreflist;
    vectorcallfunc vectorcall;
} PyCFunctionObject;

typedef struct {
    PyCFunctionObject func;
    PyTypeObject *mm_class;
} PyCMethodObject;

#define PyCFunction_GET_FUNCTION(o) (_Py_CAST(PyCFunctionObject *, (o))->m_ml->ml_meth)
#define PyCFunction_GET_FLAGS(o) (_Py_CAST(PyCFunctionObject *, (o))->m_ml->ml_flags)
#define PyCFunction_GET_SELF(o)                                                                                        \
    (PyCFunction_GET_FLAGS(o) & METH_STATIC ? _Py_NULL : _Py_CAST(PyCFunctionObject *, (o))->m_self)
#define PyCFunction_GET_CLASS(o)                                                                                       \
    (PyCFunction_GET_FLAGS(o) & METH_METHOD ? _Py_CAST(PyCMethodObject *, (o))->mm_class : _Py_NULL)

/* ---- moduleobject.h, modsupport.h ---- */
#define PyModuleDef_HEAD_INIT {PyObject_HEAD_INIT(_Py_NULL) _Py_NULL, 0, _Py_NULL}
#define PyModule_Create(definition) PyModule_Create2((definition), PYTHON_API_VERSION)
#define PyModule_FromDefAndSpec(definition, spec) PyModule_FromDefAndSpec2((definition), (spec), PYTHON_API_VERSION)
#define PyModule_AddIntMacro(module, constant) PyModule_AddIntConstant((module), #constant, (constant))
#define PyModule_AddStringMacro(module, constant) PyModule_AddStringConstant((module), #constant, (constant))
#define PYTHON_API_STRING "1013"
#define PYTHON_ABI_STRING "3"
#define Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED ((void *)0)
#define Py_MOD_MULTIPLE_INTERPRETERS_SUPPORTED ((void *)1)
#define Py_MOD_PER_INTERPRETER_GIL_SUPPORTED ((void *)2)
#define Py_MOD_GIL_USED ((void *)0)
#define Py_MOD_GIL_NOT_USED ((void *)1)

/* ---- abstract.h ---- */
static inline Py_ssize_t
_PyVectorcall_NARGS(size_t n)
{
    return (Py_ssize_t)(n & ~PY_VECTORCALL_ARGUMENTS_OFFSET);
}
#define PyVectorcall_NARGS(n) _PyVectorcall_NARGS(n)
PyAPI_FUNC(PyObject *) PyObject_CallFunctionObjArgs(PyObject *callable, ...);
PyAPI_FUNC(PyObject *) PyObject_CallMethodObjArgs(PyObject *object, PyObject *name, ...);
PyAPI_FUNC(PyObject *) PyObject_CallFunction(PyObject *callable, const char *format, ...);
PyAPI_FUNC(PyObject *) PyObject_CallMethod(PyObject *o, const char *name, const char *format, ...);
PyAPI_FUNC(PyObject *) _PyObject_CallMethod(PyObject *o, PyObject *name, const char *format, ...);
PyAPI_FUNC(PyObject *) _PyObject_CallFunction_SizeT(PyObject *callable, const char *format, ...);
PyAPI_FUNC(PyObject *) _PyObject_CallMethod_SizeT(PyObject *o, const char *name, const char *format, ...);
PyAPI_FUNC(PyObject *) PyEval_CallFunction(PyObject *callable, const char *format, ...);
PyAPI_FUNC(PyObject *) PyEval_CallMethod(PyObject *o, const char *name, const char *format, ...);
PyAPI_FUNC(PyObject *) PyErr_Format(PyObject *exception, const char *format, ...);
PyAPI_FUNC(PyObject *) PyUnicode_FromFormat(const char *format, ...);
PyAPI_FUNC(PyObject *) PyBytes_FromFormat(const char *format, ...);
PyAPI_FUNC(PyObject *) PyTuple_Pack(Py_ssize_t size, ...);
PyAPI_FUNC(int) PyErr_WarnFormat(PyObject *category, Py_ssize_t stack_level, const char *format, ...);
PyAPI_FUNC(int) PyUnicodeWriter_Format(PyUnicodeWriter *writer, const char *format, ...);
PyAPI_FUNC(void) PyErr_FormatUnraisable(const char *format, ...);
PyAPI_FUNC(PyObject *) _PyErr_FormatFromCause(PyObject *exception, const char *format, ...);
PyAPI_FUNC(void) PySys_WriteStderr(const char *format, ...) Py_GCC_ATTRIBUTE((format(printf, 1, 2)));
PyAPI_FUNC(void) PySys_WriteStdout(const char *format, ...) Py_GCC_ATTRIBUTE((format(printf, 1, 2)));
PyAPI_FUNC(void) PySys_FormatStdout(const char *format, ...);
PyAPI_FUNC(int) PySys_Audit(const char *event, const char *format, ...);
typedef int (*Py_AuditHookFunction)(const char *, PyObject *, void *);
PyAPI_FUNC(int) PySys_AddAuditHook(Py_AuditHookFunction hook, void *userData);
PyAPI_FUNC(void) PySys_FormatStderr(const char *format, ...);
PyAPI_FUNC(int) PyOS_snprintf(char *text, size_t size, const char *format, ...) Py_GCC_ATTRIBUTE((format(printf, 3, 4)));
#define Py_CLEANUP_SUPPORTED 0x20000
#ifdef __cplusplus
#define PY_CXX_CONST const
#else
#define PY_CXX_CONST
#endif
PyAPI_FUNC(int) PyArg_Parse(PyObject *o, const char *format, ...);
PyAPI_FUNC(int) PyArg_ParseTuple(PyObject *args, const char *format, ...);
PyAPI_FUNC(int) PyArg_ParseTupleAndKeywords(PyObject *args, PyObject *keywords, const char *format,
                                            PY_CXX_CONST char *const *names, ...);
PyAPI_FUNC(int) PyArg_VaParseTupleAndKeywords(PyObject *args, PyObject *keywords, const char *format,
                                              PY_CXX_CONST char *const *names, va_list arguments);
PyAPI_FUNC(int) PyArg_UnpackTuple(PyObject *args, const char *name, Py_ssize_t least, Py_ssize_t most, ...);
PyAPI_FUNC(PyObject *) Py_BuildValue(const char *format, ...);
PyAPI_FUNC(int) _PyArg_Parse_SizeT(PyObject *o, const char *format, ...);
PyAPI_FUNC(int) _PyArg_ParseTuple_SizeT(PyObject *args, const char *format, ...);
PyAPI_FUNC(int) _PyArg_ParseTupleAndKeywords_SizeT(PyObject *args, PyObject *keywords, const char *format,
                                                   PY_CXX_CONST char *const *names, ...);
PyAPI_FUNC(int) _PyArg_VaParseTupleAndKeywords_SizeT(PyObject *args, PyObject *keywords, const char *format,
                                                     PY_CXX_CONST char *const *names, va_list arguments);
PyAPI_FUNC(PyObject *) _Py_BuildValue_SizeT(const char *format, ...);
PyAPI_FUNC(int) _PyArg_ParseStack(PyObject *const *args, Py_ssize_t count, const char *format, ...);
PyAPI_FUNC(int) _PyArg_ParseStackAndKeywords(PyObject *const *args, Py_ssize_t count, PyObject *names,
                                             struct _PyArg_Parser *parser, ...);
PyAPI_FUNC(int) _PyArg_ParseTupleAndKeywordsFast(PyObject *args, PyObject *keywords, struct _PyArg_Parser *parser, ...);
#define _PyObject_Vectorcall PyObject_Vectorcall
#define _PyObject_VectorcallMethod PyObject_VectorcallMethod
#define _PyObject_CallOneArg PyObject_CallOneArg
#define _PyObject_CallMethodNoArgs PyObject_CallMethodNoArgs
#define _PyObject_CallMethodOneArg PyObject_CallMethodOneArg

static inline PyObject *
PyObject_CallMethodNoArgs(PyObject *self, PyObject *name)
{
    size_t count = 1 | PY_VECTORCALL_ARGUMENTS_OFFSET;
    return PyObject_VectorcallMethod(name, &self, count, _Py_NULL);
}
static inline PyObject *
PyObject_CallMethodOneArg(PyObject *self, PyObject *name, PyObject *argument)
{
    PyObject *arguments[2];
    size_t count = 2 | PY_VECTORCALL_ARGUMENTS_OFFSET;
    arguments[0] = self;
    arguments[1] = argument;
    return PyObject_VectorcallMethod(name, arguments, count, _Py_NULL);
}
#define PyObject_Length PyObject_Size
#define PySequence_Length PySequence_Size
#define PySequence_In PySequence_Contains

/* ---- pyerrors.h ---- */
#define PyExceptionClass_Check(o)                                                                                      \
    (PyType_Check((o)) && PyType_FastSubclass(_Py_CAST(PyTypeObject *, (o)), Py_TPFLAGS_BASE_EXC_SUBCLASS))
#define PyExceptionInstance_Check(o) PyType_FastSubclass(Py_TYPE(o), Py_TPFLAGS_BASE_EXC_SUBCLASS)
#define PyExceptionInstance_Class(o) _PyObject_CAST(Py_TYPE(o))
#define PyErr_BadInternalCall() _PyErr_BadInternalCall(__FILE__, __LINE__)
#define Py_FatalError(message) _Py_FatalErrorFunc(__func__, (message))
PyAPI_DATA(PyObject *) PyExc_BaseException;
PyAPI_DATA(PyObject *) PyExc_Exception;
PyAPI_DATA(PyObject *) PyExc_BaseExceptionGroup;
PyAPI_DATA(PyObject *) PyExc_GeneratorExit;
PyAPI_DATA(PyObject *) PyExc_KeyboardInterrupt;
PyAPI_DATA(PyObject *) PyExc_SystemExit;
PyAPI_DATA(PyObject *) PyExc_ArithmeticError;
PyAPI_DATA(PyObject *) PyExc_AssertionError;
PyAPI_DATA(PyObject *) PyExc_AttributeError;
PyAPI_DATA(PyObject *) PyExc_BufferError;
PyAPI_DATA(PyObject *) PyExc_EOFError;
PyAPI_DATA(PyObject *) PyExc_ImportError;
PyAPI_DATA(PyObject *) PyExc_LookupError;
PyAPI_DATA(PyObject *) PyExc_MemoryError;
PyAPI_DATA(PyObject *) PyExc_NameError;
PyAPI_DATA(PyObject *) PyExc_OSError;
PyAPI_DATA(PyObject *) PyExc_EnvironmentError;
PyAPI_DATA(PyObject *) PyExc_IOError;
PyAPI_DATA(PyObject *) PyExc_ReferenceError;
PyAPI_DATA(PyObject *) PyExc_RuntimeError;
PyAPI_DATA(PyObject *) PyExc_StopAsyncIteration;
PyAPI_DATA(PyObject *) PyExc_StopIteration;
PyAPI_DATA(PyObject *) PyExc_SyntaxError;
PyAPI_DATA(PyObject *) PyExc_SystemError;
PyAPI_DATA(PyObject *) PyExc_TypeError;
PyAPI_DATA(PyObject *) PyExc_ValueError;
PyAPI_DATA(PyObject *) PyExc_Warning;
PyAPI_DATA(PyObject *) PyExc_InterpreterError;
PyAPI_DATA(PyObject *) PyExc_InterpreterNotFoundError;
PyAPI_DATA(PyObject *) PyExc_FloatingPointError;
PyAPI_DATA(PyObject *) PyExc_OverflowError;
PyAPI_DATA(PyObject *) PyExc_ZeroDivisionError;
PyAPI_DATA(PyObject *) PyExc_ModuleNotFoundError;
PyAPI_DATA(PyObject *) PyExc_IndexError;
PyAPI_DATA(PyObject *) PyExc_KeyError;
PyAPI_DATA(PyObject *) PyExc_UnboundLocalError;
PyAPI_DATA(PyObject *) PyExc_BlockingIOError;
PyAPI_DATA(PyObject *) PyExc_ChildProcessError;
PyAPI_DATA(PyObject *) PyExc_ConnectionError;
PyAPI_DATA(PyObject *) PyExc_BrokenPipeError;
PyAPI_DATA(PyObject *) PyExc_ConnectionAbortedError;
PyAPI_DATA(PyObject *) PyExc_ConnectionRefusedError;
PyAPI_DATA(PyObject *) PyExc_ConnectionResetError;
PyAPI_DATA(PyObject *) PyExc_FileExistsError;
PyAPI_DATA(PyObject *) PyExc_FileNotFoundError;
PyAPI_DATA(PyObject *) PyExc_InterruptedError;
PyAPI_DATA(PyObject *) PyExc_IsADirectoryError;
PyAPI_DATA(PyObject *) PyExc_NotADirectoryError;
PyAPI_DATA(PyObject *) PyExc_PermissionError;
PyAPI_DATA(PyObject *) PyExc_ProcessLookupError;
PyAPI_DATA(PyObject *) PyExc_TimeoutError;
PyAPI_DATA(PyObject *) PyExc_NotImplementedError;
PyAPI_DATA(PyObject *) PyExc_PythonFinalizationError;
PyAPI_DATA(PyObject *) PyExc_RecursionError;
PyAPI_DATA(PyObject *) PyExc_IndentationError;
PyAPI_DATA(PyObject *) PyExc_TabError;
PyAPI_DATA(PyObject *) _PyExc_IncompleteInputError;
PyAPI_DATA(PyObject *) PyExc_UnicodeError;
PyAPI_DATA(PyObject *) PyExc_UnicodeDecodeError;
PyAPI_DATA(PyObject *) PyExc_UnicodeEncodeError;
PyAPI_DATA(PyObject *) PyExc_UnicodeTranslateError;
PyAPI_DATA(PyObject *) PyExc_BytesWarning;
PyAPI_DATA(PyObject *) PyExc_DeprecationWarning;
PyAPI_DATA(PyObject *) PyExc_EncodingWarning;
PyAPI_DATA(PyObject *) PyExc_FutureWarning;
PyAPI_DATA(PyObject *) PyExc_ImportWarning;
PyAPI_DATA(PyObject *) PyExc_PendingDeprecationWarning;
PyAPI_DATA(PyObject *) PyExc_ResourceWarning;
PyAPI_DATA(PyObject *) PyExc_RuntimeWarning;
PyAPI_DATA(PyObject *) PyExc_SyntaxWarning;
PyAPI_DATA(PyObject *) PyExc_UnicodeWarning;
PyAPI_DATA(PyObject *) PyExc_UserWarning;

/* ---- pylifecycle.h ---- */
PyAPI_DATA(const unsigned long) Py_Version;
/* Whether an ASCII character is white space. */
PyAPI_DATA(const unsigned char) _Py_ascii_whitespace[];

/* ---- pymem.h, objimpl.h ---- */
#define PyMem_New(type, n)                                                                                             \
    (((size_t)(n) > PY_SSIZE_T_MAX / sizeof(type)) ? NULL : ((type *)PyMem_Malloc((n) * sizeof(type))))
#define PyMem_Resize(p, type, n)                                                                                       \
    ((p) = ((size_t)(n) > PY_SSIZE_T_MAX / sizeof(type)) ? NULL : (type *)PyMem_Realloc((p), (n) * sizeof(type)))
#define PyMem_MALLOC(n) PyMem_Malloc((n))
#define PyMem_NEW(type, n) PyMem_New(type, (n))
#define PyMem_REALLOC(p, n) PyMem_Realloc((p), (n))
#define PyMem_RESIZE(p, type, n) PyMem_Resize((p), type, (n))
#define PyMem_FREE(p) PyMem_Free((p))
#define PyMem_Del(p) PyMem_Free((p))
#define PyMem_DEL(p) PyMem_Free((p))
#define PyObject_MALLOC PyObject_Malloc
#define PyObject_REALLOC PyObject_Realloc
#define PyObject_FREE PyObject_Free
#define PyObject_Del PyObject_Free
#define PyObject_DEL PyObject_Free

/* ---- ceval.h ---- */
#define Py_BEGIN_ALLOW_THREADS                                                                                         \
    {                                                                                                                  \
        PyThreadState *_save;                                                                                          \
        _save = PyEval_SaveThread();
#define Py_BLOCK_THREADS PyEval_RestoreThread(_save);
#define Py_UNBLOCK_THREADS _save = PyEval_SaveThread();
#define Py_END_ALLOW_THREADS                                                                                           \
    PyEval_RestoreThread(_save);                                                                                       \
    }

#ifdef __cplusplus
}
#endif

#endif /* PYCAPSULE_H */
