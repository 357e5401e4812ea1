//! Runs the C tests against the library that cargo has just built, for `make mutants`: those programs are what sees a
//! change of behaviour. `make check` runs them itself.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

/// `PYCAPSULE_C_TESTS` is the folder that `make` has built them in.
fn programs() -> io::Result<Vec<PathBuf>> {
    let folder = env::var_os("PYCAPSULE_C_TESTS").ok_or_else(|| io::Error::other("PYCAPSULE_C_TESTS is not set"))?;
    let folder = PathBuf::from(folder);
    let mut programs = Vec::new();
    for folder in [folder.join("ours"), folder] {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_file() && path.extension().is_none() {
                programs.push(path);
            }
        }
    }
    // What is named after capsules comes first: it is the quickest to see most changes.
    programs.sort_by_key(|path| (!path.to_string_lossy().contains("capsule"), path.clone()));
    Ok(programs)
}

/// The folder of the library that belongs to this test program, with the name that programs look for.
fn library() -> io::Result<PathBuf> {
    let program = env::current_exe()?;
    let folder = program.parent().and_then(Path::parent).ok_or_else(|| io::Error::other("no target folder"))?;
    let link = folder.join("libpycapsule.so.0");
    if !link.exists() {
        symlink("libpycapsule.so", link)?;
    }
    Ok(folder.to_path_buf())
}

#[test]
#[ignore = "needs the C tests built; see make mutants"]
fn every_c_test_passes() -> io::Result<()> {
    let library = library()?;
    for program in programs()? {
        let status = Command::new("timeout")
            .arg("60")
            .arg(&program)
            .env("LD_LIBRARY_PATH", &library)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        assert!(status.success(), "{} fails: {status}", program.display());
    }
    Ok(())
}
