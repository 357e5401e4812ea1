//! C functions as objects: `builtin_function_or_method`, and the calling conventions of the `METH_*` flags.
