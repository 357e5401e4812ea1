//! `pycapsule python-config`: the answers of `python3-config`, for builds that ask it.

use crate::installation;
use crate::text::shell_word;
use anyhow::Result;
use clap::Args;
use std::io::Write;
use std::process::ExitCode;

/// The arguments of `pycapsule python-config`: those of `python3-config`.
#[derive(Args)]
#[group(required = true, multiple = true)]
pub struct Arguments {
    /// The folder that the library is installed in
    #[arg(long)]
    prefix: bool,
    /// The same folder
    #[arg(long)]
    exec_prefix: bool,
    /// The compiler's flags for the headers
    #[arg(long)]
    includes: bool,
    /// The compiler's flags
    #[arg(long)]
    cflags: bool,
    /// The libraries
    #[arg(long)]
    libs: bool,
    /// The linker's flags
    #[arg(long)]
    ldflags: bool,
    /// The ending of modules for this version
    #[arg(long)]
    extension_suffix: bool,
    /// The letters of this build's ABI, which are none
    #[arg(long)]
    abiflags: bool,
    /// The folder of the library
    #[arg(long)]
    configdir: bool,
    /// Flags for a program that hosts the library; without it, those for an extension module, which names no library
    #[arg(long)]
    embed: bool,
}

/// Prints each answer that is asked for, a line each.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let prefix = installation::prefix()?.display().to_string();
    let includes = shell_word(&format!("-I{}", installation::headers()?.display()));
    let libs = if arguments.embed { "-lpycapsule" } else { "" };
    let ldflags =
        if arguments.embed { format!("{} {libs}", shell_word(&format!("-L{prefix}/lib"))) } else { String::new() };
    let suffix = format!(".cpython-314-{}-linux-gnu.so", std::env::consts::ARCH);
    let out = &mut std::io::stdout().lock();
    for (is_asked, answer) in [
        (arguments.prefix, prefix.as_str()),
        (arguments.exec_prefix, &prefix),
        (arguments.includes, &includes),
        (arguments.cflags, &includes),
        (arguments.libs, libs),
        (arguments.ldflags, &ldflags),
        (arguments.extension_suffix, &suffix),
        (arguments.abiflags, ""),
        (arguments.configdir, &format!("{prefix}/lib")),
    ] {
        if is_asked {
            writeln!(out, "{answer}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
