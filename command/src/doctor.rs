//! `pycapsule doctor`: whether everything is there to build and run programs on the library, and what to do when it is not.

use crate::installation;
use crate::text::shell_word;
use anstream::stdout;
use anyhow::{Context, Result, bail};
use clap::builder::styling::{AnsiColor, Style};
use std::env;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();

/// A check says what is there, or what is missing.
type Check = fn() -> Result<String>;

/// The checks and their names, in the order in which a build meets them.
const CHECKS: [(&str, Check); 6] = [
    ("C compiler", compiler),
    ("headers", headers),
    ("library", library),
    ("program", program),
    ("pkg-config", pkg_config),
    ("PYTHONPATH", python_path),
];

/// Prints a line for each check. The status is 1 when one of them fails.
pub fn run() -> Result<ExitCode> {
    let out = &mut stdout().lock();
    let mut status = ExitCode::SUCCESS;
    for (name, check) in CHECKS {
        match check() {
            Ok(found) => writeln!(out, "{GOOD}ok{GOOD:#}       {name:12} {found}")?,
            Err(error) => {
                writeln!(out, "{BAD}missing{BAD:#}  {name:12} {error:#}")?;
                status = ExitCode::from(1);
            }
        }
    }
    Ok(status)
}

/// The first line that a command prints.
fn first_line(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("there is no program {name}"))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        // A compiler's error stands behind the lines that lead to it.
        let line = message.lines().find(|line| line.contains("error")).or_else(|| message.lines().next());
        bail!("{name}: {}", line.unwrap_or("it failed without a message"));
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned())
}

/// The compiler's command: `CC`, which may have arguments, or `cc`.
fn cc() -> Command {
    let words = env::var("CC").unwrap_or_default();
    let mut words = words.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or("cc"));
    command.args(words);
    command
}

fn compiler() -> Result<String> {
    first_line(cc().arg("--version")).context("install a C compiler, or name one in CC")
}

fn headers() -> Result<String> {
    Ok(installation::headers()?.join("Python.h").display().to_string())
}

fn library() -> Result<String> {
    let library = installation::library()?;
    let file = fs::canonicalize(&library).with_context(|| library.display().to_string())?;
    Ok(file.display().to_string())
}

/// Builds and runs a program that makes a capsule.
fn program() -> Result<String> {
    let folder = env::temp_dir().join(format!("pycapsule-doctor-{}", std::process::id()));
    fs::create_dir(&folder).with_context(|| folder.display().to_string())?;
    let result = build_and_run(&folder);
    fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    result
}

const SOURCE: &str = r#"#include <Python.h>
#include <stdio.h>
int main(void)
{
    int value = 41;
    PyObject *capsule = PyCapsule_New(&value, "doctor.value", NULL);
    int is_same = PyCapsule_GetPointer(capsule, "doctor.value") == &value;
    Py_DECREF(capsule);
    printf("a capsule was made; %s\n", Py_GetVersion());
    return !is_same;
}
"#;

fn build_and_run(folder: &Path) -> Result<String> {
    let library = fs::canonicalize(installation::library()?)?;
    fs::write(folder.join("doctor.c"), SOURCE)?;
    let folders = library.parent().map(|lib| format!("-Wl,-rpath,{}", lib.display())).unwrap_or_default();
    first_line(
        cc().arg("-I")
            .arg(installation::headers()?)
            .arg(folder.join("doctor.c"))
            .arg(&library)
            .arg(folders)
            .arg("-o")
            .arg(folder.join("doctor")),
    )?;
    first_line(&mut Command::new(folder.join("doctor")))
}

fn pkg_config() -> Result<String> {
    let folder = installation::prefix()?.join("lib/pkgconfig");
    if !folder.exists() {
        return Ok("not set up, since the library is in the folder of its build: 'make install' does it".into());
    }
    let ask = |question: &[&str]| first_line(Command::new("pkg-config").args(question).arg("pycapsule"));
    let remedy = format!("set PKG_CONFIG_PATH={}", shell_word(&folder.display().to_string()));
    let flags = ask(&["--cflags", "--libs"]).with_context(|| remedy.clone())?;
    // Another installation may be found first, and its files would be mixed with this one's.
    // pkg-config puts a backslash before a blank.
    let found = ask(&["--variable=pcfiledir"])?.replace('\\', "");
    if fs::canonicalize(&found).ok() != fs::canonicalize(&folder).ok() {
        bail!("it finds another installation, in {found}: {remedy}");
    }
    Ok(flags)
}

fn python_path() -> Result<String> {
    let Some(folders) = env::var_os("PYTHONPATH").filter(|folders| !folders.is_empty()) else {
        return Ok("not set: imports find only modules that are built in".into());
    };
    for folder in env::split_paths(&folders) {
        fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    }
    Ok(folders.to_string_lossy().into_owned())
}
