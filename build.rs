//! Compiles the few lines of C, names the library for the dynamic linker, and tells build scripts of crates that depend on this one where
//! the headers are. With the feature `header` it also makes the C
//! header (`include/generate.rs`).

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

#[cfg(feature = "header")]
#[path = "include/generate.rs"]
mod header;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=csrc");

    let mut settings = cc::Build::new();
    settings.std("c99").warnings(true).extra_warnings(true);
    let compiler = Compiler { tool: settings.try_get_compiler()?, out: PathBuf::from(env::var("OUT_DIR")?) };
    compiler.archive("pycapsule_c", &["csrc/variadic.c", "csrc/threads.c"], true)?;
    // src/runtime/standalone.rs asks for this one, where it is compiled.
    compiler.archive("pycapsule_personality", &["csrc/personality.c"], false)?;
    // Published modules use the C library's mathematics without asking for it, since libpython has it.
    println!("cargo:rustc-link-lib=m");
    println!("cargo:include={}", Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("include").display());
    link(&compiler)?;

    #[cfg(feature = "header")]
    header::generate(&compiler.out)?;
    Ok(())
}

/// How the shared library is linked.
fn link(compiler: &Compiler) -> Result<(), Box<dyn Error>> {
    println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libpycapsule.so.0");
    // A thread may still have thread-local values of the library after its last user has unloaded it.
    println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");

    // An undefined symbol ends the build, instead of a program that uses it. Only a sanitizer's functions come from the
    // program.
    if compiler.sanitizes() {
        println!("cargo:warning=built with a sanitizer: a program that uses the library has to be linked with it too");
    } else {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,defs");
    }

    // A linker that reads each archive once has passed that of csrc/personality.c before the core library asks for it.
    println!("cargo:rustc-cdylib-link-arg=-Wl,-u,rust_eh_personality");

    // A relative relocation takes a bit instead of 24 bytes. The loader has to know that, as glibc's does since 2.36;
    // elsewhere it would refuse the library, or worse, not notice.
    if compiler.glibc()?.is_some_and(|version| version >= (2, 36)) {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,pack-relative-relocs");
    }

    // Strings that are the end of other strings are stored only once.
    println!("cargo:rustc-cdylib-link-arg=-Wl,-O2");
    Ok(())
}

/// The beginnings of arguments that a user's CFLAGS may have for programs of their own, and that would make objects which
/// can't be linked into the library: not machine code (the linker that rustc calls reads no GCC, and not every LLVM), with
/// functions hidden from Rust, with calls of a library for profiles, or for another word size.
const LEFT_OUT: [&str; 16] = [
    "-flto",
    "-ffat-lto",
    "-fsplit-lto-unit",
    "-fvirtual-function-elimination",
    "-fwhole-program",
    "-fsanitize=cfi",
    "-fsanitize-cfi",
    "-emit-llvm",
    "-fprofile",
    "-fcs-profile",
    "-fcoverage",
    "-ftest-coverage",
    "--coverage",
    "-coverage",
    "-m32",
    "-mx32",
];

/// These come last, whatever CFLAGS or a compiler that was configured otherwise would have.
const LAST: [&str; 3] = ["-std=c99", "-fPIC", "-fno-lto"];

struct Compiler {
    tool: cc::Tool,
    out: PathBuf,
}

impl Compiler {
    /// Calls the compiler, with CC and CFLAGS as the user has them but for what would make objects of no use.
    fn run(&self, arguments: &[&Path]) -> Result<Vec<u8>, Box<dyn Error>> {
        let mut command = Command::new(self.tool.path());
        command.args(self.tool.args().iter().filter(|argument| !is_left_out(&argument.to_string_lossy())));
        command.args(LAST).args(arguments).envs(self.tool.get_envs());
        let output = command.output().map_err(|error| format!("{}: {error}", self.tool.path().display()))?;
        let told = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            return Err(format!("the C compiler failed: {command:?}\n{told}").into());
        }
        told.lines().for_each(|line| println!("cargo:warning={line}"));
        Ok(output.stdout)
    }

    /// Makes a static library of C sources.
    fn archive(&self, name: &str, sources: &[&str], is_linked: bool) -> Result<(), Box<dyn Error>> {
        let mut archive = cc::Build::new();
        for source in sources {
            let object =
                self.out.join(Path::new(source).with_extension("o").file_name().ok_or("a source without a name")?);
            self.run(&[Path::new("-c"), Path::new(source), Path::new("-o"), &object])?;
            archive.object(object);
        }
        Ok(archive.cargo_metadata(is_linked).try_compile(name)?)
    }

    /// Whether C or Rust is compiled with a sanitizer.
    fn sanitizes(&self) -> bool {
        let rust = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
        let c = self.tool.args().iter().map(|argument| argument.to_string_lossy());
        let mut c = c.filter(|argument| !is_left_out(argument));
        rust.contains("sanitizer") || rust.contains("sancov") || c.any(|argument| argument.starts_with("-fsanitize"))
    }

    /// The version of the C library that is built for, if it is glibc.
    fn glibc(&self) -> Result<Option<(u32, u32)>, Box<dyn Error>> {
        let source = self.out.join("glibc.c");
        fs::write(&source, "#include <limits.h>\n__GLIBC__ __GLIBC_MINOR__\n")?;
        let expanded = String::from_utf8(self.run(&[Path::new("-E"), &source])?)?;
        let mut words = expanded.split_whitespace().rev().map(str::parse);
        match (words.next(), words.next()) {
            (Some(Ok(minor)), Some(Ok(major))) => Ok(Some((major, minor))),
            _ => Ok(None),
        }
    }
}

fn is_left_out(argument: &str) -> bool {
    LEFT_OUT.iter().any(|beginning| argument.starts_with(beginning)) || ["-p", "-pg"].contains(&argument)
}
