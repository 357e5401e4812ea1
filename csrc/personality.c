/* The function that unwind tables name in code of the core library, which was compiled for panics that unwind. This
 * library's panics abort. Other unwinding through such a frame (a cancelled thread, a C++ exception) learns here that
 * the frame has nothing to do. Weak, so that a program with Rust's own function keeps that. */
__attribute__((visibility("hidden"), weak)) int rust_eh_personality(void);

int
rust_eh_personality(void)
{
    return 8; /* _URC_CONTINUE_UNWIND */
}
