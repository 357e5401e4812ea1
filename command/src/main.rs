//! The command `pycapsule`: inspects compiled extension modules, and runs modules and programs on the library.

mod doctor;
mod inspect;
mod installation;
mod library;
mod load;
mod picture;
mod python_config;
mod strict;
mod text;
mod trace;
mod uses;

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand};
use std::io::Write;
use std::process::ExitCode;

/// Tools around the library pycapsule: CPython's capsule API without an interpreter.
#[derive(Parser)]
#[command(name = "pycapsule", version, arg_required_else_help = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say for compiled modules what they need, which capsules they exchange, and whether they load
    Inspect(inspect::Arguments),
    /// Import a compiled module and list what is in it, or call a function of it
    Load(load::Arguments),
    /// Run a program in strict mode, which reports the misuse of capsules
    Strict(strict::Arguments),
    /// Run a program with a trace of its capsules: each call, its arguments and result, and where it was made
    Trace(trace::Arguments),
    /// Draw a trace: who made each capsule, who asked for it, and how it ended
    Picture(picture::Arguments),
    /// Say whether everything is there to build and run programs on the library
    Doctor,
    /// Answer as python3-config does, for builds that ask it
    PythonConfig(python_config::Arguments),
    /// Print a script that completes this command's arguments in a shell
    Completions {
        /// The shell that reads the script
        shell: clap_complete::Shell,
    },
    /// Print the manual page pycapsule(1)
    #[command(hide = true)]
    Man,
}

fn main() -> ExitCode {
    // A reader that has seen enough (`| head`) ends this command quietly, as it ends others.
    // SAFETY: no other thread runs, and the default action takes no function.
    unsafe { libc::signal(libc::SIGPIPE, libc::SIG_DFL) };
    match run(Arguments::parse().command) {
        Ok(status) => status,
        Err(error) => {
            anstream::eprintln!("pycapsule: {}", text::plain(&format!("{error:#}")));
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Load(arguments) => load::run(&arguments),
        Command::Strict(arguments) => strict::run(&arguments),
        Command::Trace(arguments) => trace::run(&arguments),
        Command::Picture(arguments) => picture::run(&arguments),
        Command::Doctor => doctor::run(),
        Command::PythonConfig(arguments) => python_config::run(&arguments),
        Command::Completions { shell } => {
            // The generator panics when it can't write, so it writes into memory.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "pycapsule", &mut script);
            std::io::stdout().write_all(&script)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Man => {
            clap_mangen::Man::new(Arguments::command()).render(&mut std::io::stdout())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
