//! `pycapsule strict`: runs a program in strict mode.

use crate::uses;
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

/// The variable with the options of the library.
pub const VARIABLE: &str = "PYCAPSULE_OPTIONS";

/// Options of the library, behind those that the environment has.
pub struct Options(OsString);

impl Options {
    /// The options that the environment has.
    pub fn from_environment() -> Options {
        Options(env::var_os(VARIABLE).unwrap_or_default())
    }

    /// Adds an option.
    pub fn add(&mut self, option: &str) {
        self.add_value(option, OsStr::new(""));
    }

    /// Adds an option, and its value behind it.
    pub fn add_value(&mut self, option: &str, value: &OsStr) {
        if !self.0.is_empty() {
            self.0.push(":");
        }
        self.0.push(option);
        self.0.push(value);
    }

    /// The text for the variable.
    pub fn text(&self) -> &OsStr {
        &self.0
    }
}

/// Replaces this process by the program; returns only when that fails.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let (program, rest) = arguments.program.split_first().context("the program is missing")?;
    let mut options = Options::from_environment();
    options.add("strict=1");
    if arguments.keep_going {
        options.add("halt_on_error=0");
    }
    if arguments.json {
        options.add("log_format=json");
    }
    if let Some(file) = &arguments.suppress {
        options.add_value("suppress=", file);
    }
    if uses::is_without_library(program) {
        anstream::eprintln!(
            "pycapsule: {} is not linked with the library pycapsule: there is nothing to report, but for programs that it starts",
            program.to_string_lossy()
        );
    }
    let error = Command::new(program).args(rest).env(VARIABLE, options.text()).exec();
    Err(error).with_context(|| program.to_string_lossy().into_owned())
}
