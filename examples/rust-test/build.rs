//! Compiles the extension module into the test. EXTENSION may name another folder of meter.c and meter.h.

use std::env;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-env-changed=EXTENSION");
    let extension = env::var("EXTENSION").unwrap_or_else(|_| "../extension".into());
    println!("cargo::rerun-if-changed={extension}");
    cc::Build::new()
        .include(env::var("DEP_PYCAPSULE_INCLUDE").expect("pycapsule is a dependency"))
        .file(Path::new(&extension).join("meter.c"))
        .compile("meter");
}
