//! `int`: integers of any size, in CPython's layout of 30-bit digits.
