//! Runs the C tests against the library that cargo has just built, for `make mutants`: those programs find a change of
//! behaviour. `make check` runs them itself.
//!
//! A mutant should be tested quickly: several programs run at once, and the first that fails ends the run. Programs that caught
//! the mutants before this one come first, because the next mutant is mostly in the same file.

use std::io::Read;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::{env, fs, io, thread};

/// How long a program may take, in seconds: the slowest takes about one when nothing is changed.
const LIMIT: &str = "20";
/// The exit status of `timeout` when time is up.
const TIMED_OUT: i32 = 124;
/// More bytes than any program prints.
const LONGEST: u64 = 1 << 24;

/// `PYCAPSULE_C_TESTS` is the folder that `make` has built them in.
fn folder() -> io::Result<PathBuf> {
    env::var_os("PYCAPSULE_C_TESTS").map(PathBuf::from).ok_or_else(|| io::Error::other("PYCAPSULE_C_TESTS is not set"))
}

/// The programs that failed last, the latest first.
struct Caught(PathBuf);

impl Caught {
    fn read(&self) -> Vec<String> {
        fs::read_to_string(&self.0).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    fn add(&self, program: &Path) -> io::Result<()> {
        let program = program.to_string_lossy().into_owned();
        let others = self.read().into_iter().filter(|other| *other != program);
        fs::write(&self.0, [program.clone()].into_iter().chain(others).collect::<Vec<_>>().join("\n"))
    }
}

fn programs(folder: &Path, caught: &Caught) -> io::Result<Vec<PathBuf>> {
    let mut programs = Vec::new();
    for folder in [folder.join("ours"), folder.to_path_buf()] {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_file() && path.extension().is_none() {
                programs.push(path);
            }
        }
    }
    let caught = caught.read();
    let rank = |path: &Path| caught.iter().position(|other| Path::new(other) == path).unwrap_or(usize::MAX);
    programs.sort_by_key(|path| (rank(path), path.clone()));
    Ok(programs)
}

/// The folder of the library that belongs to this test program, with the name that programs look for.
fn library() -> io::Result<PathBuf> {
    let program = env::current_exe()?;
    let folder = program.parent().ok_or_else(|| io::Error::other("no target folder"))?;
    let link = folder.join("libpycapsule.so.0");
    if link.symlink_metadata().is_err() {
        symlink("libpycapsule.so", link)?;
    }
    Ok(folder.to_path_buf())
}

/// Checks that programs load the mutant: with another library they would all pass.
fn check_that_it_is_loaded(program: &Path, library: &Path) -> io::Result<()> {
    let traced = [("LD_LIBRARY_PATH", library.as_os_str()), ("LD_TRACE_LOADED_OBJECTS", "1".as_ref())];
    let output = Command::new(program).envs(traced).output()?;
    let loaded = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(loaded.contains(&*library.to_string_lossy()), "not loaded from {}:\n{loaded}", library.display());
    Ok(())
}

/// Runs a program with a library, or with the one that it was linked with: its exit status and its output.
fn run(program: &Path, library: Option<&Path>) -> io::Result<(ExitStatus, Vec<u8>)> {
    let mut command = Command::new("timeout");
    command.args(["--kill-after=1", LIMIT]).arg(program);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).env_remove("LD_LIBRARY_PATH");
    library.map(|library| command.env("LD_LIBRARY_PATH", library));
    let mut child = command.spawn()?;
    let mut output = Vec::new();
    // A mutant that writes without end gets a broken pipe.
    child.stdout.take().map(|pipe| pipe.take(LONGEST).read_to_end(&mut output)).transpose()?;
    Ok((child.wait()?, output))
}

/// The output of a program with the library that it was linked with, which is kept beside the program.
fn expected_output(program: &Path) -> io::Result<Vec<u8>> {
    let kept = program.with_extension("expected");
    let modified = |path: &Path| fs::metadata(path).and_then(|data| data.modified());
    if modified(&kept).is_ok_and(|kept| modified(program).is_ok_and(|program| program < kept)) {
        return fs::read(kept);
    }
    let (_, output) = run(program, None)?;
    fs::write(kept, &output)?;
    Ok(output)
}

/// Runs a program; the value says how it failed, or is `None` if it passed. Several programs only show what a call gave, for
/// `make conformance` to compare with CPython: so the output has to be that of the library which was not changed, too.
fn failure(program: &Path, library: &Path) -> io::Result<Option<String>> {
    let expected = expected_output(program)?;
    let (status, output) = run(program, Some(library))?;
    Ok(match status.code() {
        Some(0) if output == expected => None,
        Some(0) => Some(format!("{} prints another output", program.display())),
        Some(TIMED_OUT) => Some(format!("{} takes longer than {LIMIT} seconds", program.display())),
        _ => Some(format!("{} fails: {status}", program.display())),
    })
}

#[test]
#[ignore = "needs the C tests built; see make mutants"]
fn every_c_test_passes() -> io::Result<()> {
    let library = library()?;
    let folder = folder()?;
    let caught = Caught(folder.join("caught.txt"));
    let programs = programs(&folder, &caught)?;
    check_that_it_is_loaded(programs.first().ok_or_else(|| io::Error::other("no programs"))?, &library)?;
    let programs = Mutex::new(programs.into_iter());
    let first = Mutex::new(None);
    let next = || programs.lock().ok()?.next();
    let fails = || first.lock().is_ok_and(|first| first.is_some());
    let work = || -> io::Result<()> {
        while !fails()
            && let Some(program) = next()
        {
            if let Some(failure) = failure(&program, &library)? {
                caught.add(&program)?;
                if let Ok(mut first) = first.lock() {
                    first.get_or_insert(failure);
                }
            }
        }
        Ok(())
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| io::Error::other("a worker panicked"))?)
    })?;
    let first = first.into_inner().map_err(|_| io::Error::other("a worker panicked"))?;
    assert!(first.is_none(), "{}", first.unwrap_or_default());
    Ok(())
}
