//! Compiles the few lines of C, and names the library for the dynamic linker.

fn main() {
    println!("cargo:rerun-if-changed=csrc");
    cc::Build::new().file("csrc/variadic.c").std("c99").warnings(true).extra_warnings(true).compile("pycapsule_c");
    println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libpycapsule.so.0");
    // A thread may still have values of ours when the last user lets go of the library.
    println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
}
