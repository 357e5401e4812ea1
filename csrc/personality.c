/* What the tables for unwinding name as the function to ask, in code that the core library was compiled with for panics
 * that unwind.  Ours abort; so what unwinds through such a frame (a thread that is cancelled, a C++ exception) is told
 * that there is nothing to do in it.  Weak, so that a program with Rust's own keeps that. */
__attribute__((visibility("hidden"), weak)) int rust_eh_personality(void);

int
rust_eh_personality(void)
{
    return 8; /* _URC_CONTINUE_UNWIND */
}
