//! `pycapsule trace`: runs a program with a trace of its capsules, and adds functions and lines to the trace.

pub mod complete;
pub mod symbols;

use crate::strict;
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use serde_json::json;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::sync::atomic::{AtomicI32, Ordering};

/// The arguments of `pycapsule trace`.
#[derive(Args)]
#[command(
    after_help = "The trace is a file of JSON objects, a line each; 'pycapsule picture FILE -o life.html' draws it. The exit status is the program's; 128 and the signal's number when a signal ended it; 2 when there is no trace."
)]
pub struct Arguments {
    /// The file of the trace, which is written anew
    #[arg(short, long, value_name = "FILE", default_value = "trace.jsonl")]
    output: PathBuf,
    /// Run in strict mode, too: its reports are in the trace, and the program goes on after an error
    #[arg(long)]
    strict: bool,
    /// The program and its arguments
    #[arg(required = true, last = true, value_name = "PROGRAM")]
    program: Vec<OsString>,
}

/// Runs the program, waits for it, and completes its trace.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let (program, rest) = arguments.program.split_first().context("the program is missing")?;
    let output = &arguments.output;
    let shown = output.display();
    if fs::metadata(output).is_ok_and(|kind| !kind.is_file()) {
        bail!("{shown}: a trace must be a regular file");
    }
    fs::File::create(output).with_context(|| shown.to_string())?;
    let file = fs::canonicalize(output).with_context(|| shown.to_string())?;
    let mut options = strict::Options::from_environment();
    options.add_value("trace_path=", &pattern(&file)?);
    if arguments.strict {
        options.add("strict=1");
        options.add("halt_on_error=0");
    }
    let mut command = Command::new(program);
    command.args(rest).env(strict::VARIABLE, options.text());
    let status = wait(&mut command).with_context(|| program.to_string_lossy().into_owned())?;
    if fs::metadata(&file)?.len() == 0 {
        bail!(
            "{}: the program made no call of the library pycapsule, so there is no trace ({})",
            program.to_string_lossy(),
            in_words(status)
        );
    }
    add_status(&file, status).and_then(|()| complete::file(&file)).with_context(|| shown.to_string())?;
    Ok(exit_code(status))
}

/// A path as the option has it: a percent sign is doubled.
fn pattern(path: &Path) -> Result<OsString> {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let bytes = path.as_os_str().as_bytes();
    if bytes.contains(&b':') {
        return Err(anyhow!("{}: the path of a trace can't have a colon", path.display()));
    }
    let doubled = bytes.iter().flat_map(|byte| if *byte == b'%' { &b"%%"[..] } else { std::slice::from_ref(byte) });
    Ok(OsString::from_vec(doubled.copied().collect()))
}

/// The program that runs, for signals that end this command.
static CHILD: AtomicI32 = AtomicI32::new(0);

/// Runs a program to its end. A signal from the terminal reaches the program by itself, and one that ends this command is passed on.
fn wait(command: &mut Command) -> std::io::Result<ExitStatus> {
    extern "C" fn pass_on(signal: i32) {
        let child = CHILD.load(Ordering::Relaxed);
        if child > 0 {
            // SAFETY: the number is that of a child, which is not waited for before it ends.
            unsafe { libc::kill(child, signal) };
        }
    }
    // A program inherits signals that are ignored, so they are ignored after it has begun.
    let mut child: Child = {
        use std::os::unix::process::CommandExt;
        // SAFETY: between fork and exec, only the action of a signal is set.
        unsafe {
            command.pre_exec(|| {
                libc::signal(libc::SIGPIPE, libc::SIG_DFL);
                Ok(())
            })
        };
        command.spawn()?
    };
    CHILD.store(child.id().cast_signed(), Ordering::Relaxed);
    // SAFETY: the handler only reads a number and sends a signal.
    unsafe {
        let pass_on = pass_on as extern "C" fn(i32) as libc::sighandler_t;
        for (signal, action) in [
            (libc::SIGINT, libc::SIG_IGN),
            (libc::SIGQUIT, libc::SIG_IGN),
            (libc::SIGTERM, pass_on),
            (libc::SIGHUP, pass_on),
        ] {
            libc::signal(signal, action);
        }
    }
    child.wait()
}

/// Writes how the program ended at the end of its trace.
fn add_status(file: &Path, status: ExitStatus) -> Result<()> {
    let line = json!({"event": "status", "exit": status.code(), "signal": status.signal()});
    let mut file = fs::File::options().append(true).open(file)?;
    Ok(writeln!(file, "{line}")?)
}

fn in_words(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit status {code}"),
        (None, Some(signal)) => format!("ended by signal {signal}"),
        (None, None) => "it ended".into(),
    }
}

fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1);
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}
