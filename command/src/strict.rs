//! `pycapsule strict`: runs a program in strict mode.

use anyhow::{Context, Result};
use clap::Args;
use std::env;
use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

/// The arguments of `pycapsule strict`.
#[derive(Args)]
#[command(
    after_help = "The exit status is the program's. It is 23 when the program leaks capsules, and the program is aborted at an error."
)]
pub struct Arguments {
    /// Go on after an error
    #[arg(long)]
    keep_going: bool,
    /// Print reports as JSON, a line each
    #[arg(long)]
    json: bool,
    /// A file of suppressions
    #[arg(long, value_name = "FILE")]
    suppress: Option<OsString>,
    /// The program and its arguments
    #[arg(required = true, last = true, value_name = "PROGRAM")]
    program: Vec<OsString>,
}

/// Replaces this process by the program; returns only when that fails.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let (program, rest) = arguments.program.split_first().context("the program is missing")?;
    let error = Command::new(program).args(rest).env("PYCAPSULE_OPTIONS", options(arguments)).exec();
    Err(error).with_context(|| program.to_string_lossy().into_owned())
}

/// The options of strict mode behind those that the environment has.
fn options(arguments: &Arguments) -> OsString {
    let mut options = env::var_os("PYCAPSULE_OPTIONS").unwrap_or_default();
    let mut add = |option: &OsStr| {
        if !options.is_empty() {
            options.push(":");
        }
        options.push(option);
    };
    add("strict=1".as_ref());
    if arguments.keep_going {
        add("halt_on_error=0".as_ref());
    }
    if arguments.json {
        add("log_format=json".as_ref());
    }
    if let Some(file) = &arguments.suppress {
        let mut option = OsString::from("suppress=");
        option.push(file);
        add(&option);
    }
    options
}
