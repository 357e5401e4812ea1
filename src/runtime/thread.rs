//! Threads: the GIL, and the state of each thread.
