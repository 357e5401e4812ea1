//! Mistakes that the compiler refuses: each file in `tests/does_not_compile` fails with the error that its first line names.
//! The compiler checks them against the library that this test was built with.
#![forbid(unsafe_code)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiler's messages about a file, as a crate that uses the library; empty if it compiles.
fn check(file: &Path, library: &Path) -> Result<String, Box<dyn Error>> {
    let compiler = std::env::var_os("RUSTC").unwrap_or("rustc".into());
    let out = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let dependencies = library.parent().ok_or("a library in a folder")?;
    let output = Command::new(compiler)
        .args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "--out-dir"])
        .arg(out)
        .arg(format!("--extern=pycapsule={}", library.display()))
        .arg(format!("-Ldependency={}", dependencies.display()))
        .arg(file)
        .output()?;
    match output.status.success() {
        true => Ok(String::new()),
        false => Ok(String::from_utf8(output.stderr)?),
    }
}

/// The library that this test was built with, which a correct crate compiles against.
fn library() -> Result<PathBuf, Box<dyn Error>> {
    let library = std::env::current_exe()?.with_file_name("libpycapsule.rlib");
    let correct = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiles.rs");
    std::fs::write(&correct, "pub fn size(o: pycapsule::Obj<'_>) -> isize { pycapsule::PyObject_Size(Some(o)) }\n")?;
    match check(&correct, &library)? {
        said if said.is_empty() => Ok(library),
        said => Err(said.into()),
    }
}

#[test]
fn mistakes_do_not_compile() -> Result<(), Box<dyn Error>> {
    let library = library()?;
    let mut seen = 0;
    for mistake in Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/does_not_compile").read_dir()? {
        let mistake = mistake?.path();
        seen += 1;
        let source = std::fs::read_to_string(&mistake)?;
        let wanted =
            source.strip_prefix("//! ").and_then(|line| line.split_once(':')).ok_or("the first line names an error")?.0;
        let said = check(&mistake, &library)?;
        let errors: Vec<_> = said.lines().filter(|line| line.starts_with("error")).collect();
        let [first, last] = errors[..] else {
            return Err(format!("{}: not one error, {wanted}, but {said}", mistake.display()).into());
        };
        assert!(first.starts_with(&format!("error[{wanted}]")), "{}: not {wanted}, but {said}", mistake.display());
        assert!(last.starts_with("error: aborting"), "{said}");
    }
    assert!(seen > 10, "{seen} files");
    Ok(())
}
