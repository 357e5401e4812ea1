//! A part of the build script, with the feature `header`: makes `pycapsule.h` from the sources and `include/parts/`.
//!
//! The header is made into OUT_DIR. A test (`tests/header.rs`) compares it with the committed `include/pycapsule.h`, or
//! replaces that (`make header`).

#[path = "../src/abi/exceptions/table.rs"]
#[allow(dead_code, unused_imports, reason = "the library uses the other parts of the table")]
mod table;

use std::error::Error;
use std::fs;
use std::path::Path;

/// Writes the header into a folder.
pub fn generate(folder: &Path) -> Result<(), Box<dyn Error>> {
    for input in ["src/api", "src/abi", "include/parts", "cbindgen.toml"] {
        println!("cargo:rerun-if-changed={input}");
    }
    Ok(fs::write(folder.join("pycapsule.h"), header()?)?)
}

/// The whole header: the hand-written types, what cbindgen finds in the sources, the hand-written inline functions.
fn header() -> Result<String, Box<dyn Error>> {
    // Each of the two stands for the modules it declares.
    let builder = cbindgen::Builder::new()
        .with_config(cbindgen::Config::from_file("cbindgen.toml")?)
        .with_src("src/abi/mod.rs")
        .with_src("src/api/mod.rs");
    let mut declarations = Vec::new();
    builder.generate()?.write(&mut declarations);
    // A typed parameter is renamed to a pointer, and cbindgen puts a blank between a type's name and the parameter's.
    let declarations = String::from_utf8(declarations)?
        .replace("* ", "*")
        // CPython's struct of this name has no tag.
        .replace("struct PyHash_FuncDef *", "PyHash_FuncDef *");
    let types = fs::read_to_string("include/parts/types.h")?;
    let inline = fs::read_to_string("include/parts/inline.h")?.replace("@EXCEPTIONS@", &exceptions());

    Ok(format!(
        "/* pycapsule: CPython 3.14's capsule API, and what it stands on, without an interpreter.\n \
         * Generated from src/ and include/parts/.  To change it, change those and run `make header`. */\n\
         #ifndef PYCAPSULE_H\n#define PYCAPSULE_H\n\n\
         #include <limits.h>\n#include <math.h>\n#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <stdio.h>\n\
         #include <string.h>\n#include <sys/types.h>\n#include <wchar.h>\n\n\
         #ifdef __cplusplus\nextern \"C\" {{\n#endif\n\n\
         {types}\n\
         #ifdef __cplusplus\n}}\n#endif\n\
         {declarations}\n\
         #ifdef __cplusplus\nextern \"C\" {{\n#endif\n\n\
         {inline}\n\
         #ifdef __cplusplus\n}}\n#endif\n\n\
         #endif /* PYCAPSULE_H */\n"
    ))
}

/// Declarations of the exported pointers to exception classes, from the table that the library exports them from.
fn exceptions() -> String {
    let symbols = table::Exc::ALL.iter().flat_map(|class| class.symbols());
    symbols.map(|symbol| format!("PyAPI_DATA(PyObject *) {symbol};")).collect::<Vec<_>>().join("\n")
}
