//! `pycapsule inspect`: reads compiled modules without loading them.

mod calls;
mod elf;
pub mod file_name;
mod find;
mod print;
mod report;

use crate::text::plain;
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments of `pycapsule inspect`.
#[derive(Args)]
#[command(
    after_help = "The exit status is 0 when each module loads, 1 when one does not, and 2 for a file that can't be read."
)]
pub struct Arguments {
    /// Compiled modules (.so), wheels (.whl), or folders that are searched for both
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Print one JSON object for each module, a line each
    #[arg(long)]
    json: bool,
}

/// Inspects each module and prints what it found.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut reports = Vec::new();
    let mut unread = Vec::new();
    for path in &arguments.paths {
        let mut each = |file: find::File| {
            reports.push(report::Report::of(&file.name, &file.bytes)?);
            Ok(())
        };
        find::modules(path, &mut each, &mut unread)?;
    }
    if arguments.json {
        print::json(&reports)?;
    } else if let [report] = reports.as_slice() {
        print::details(report)?;
    } else {
        print::table(&reports)?;
    }
    for error in &unread {
        anstream::eprintln!("pycapsule: {}", plain(&format!("{error:#}")));
    }
    if !unread.is_empty() {
        return Ok(ExitCode::from(2));
    }
    Ok(if reports.iter().all(|report| report.loads) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
