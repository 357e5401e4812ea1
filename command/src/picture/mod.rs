//! `pycapsule picture`: draws a trace as an SVG image or as an HTML page that needs no network.

mod figures;
mod groups;
mod html;
mod lives;
mod marks;
mod scale;
mod style;
mod svg;

use crate::trace::complete;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

/// The arguments of `pycapsule picture`.
#[derive(Args)]
#[command(after_help = "The exit status is 0, or 2 when the trace can't be read or the picture can't be written.")]
pub struct Arguments {
    /// The trace, as 'pycapsule trace' or the option trace_path of the library writes it
    trace: PathBuf,
    /// The picture: life.svg, or life.html for a page that has the details, too
    #[arg(short, long, value_name = "FILE", default_value = "life.html")]
    output: PathBuf,
}

/// Draws the trace.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let shown = arguments.trace.display();
    let is_page = match arguments.output.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => false,
        Some("html" | "htm") => true,
        _ => bail!("{}: a picture's name ends with .svg or .html", arguments.output.display()),
    };
    let (lines, damaged) = complete::read(&arguments.trace)?;
    let story = lives::Story::of(&lines).with_context(|| shown.to_string())?;
    if damaged > 0 {
        anstream::eprintln!("pycapsule: {shown}: {damaged} lines are no JSON objects, and are left out");
    }
    let text = if is_page { html::page(&story) } else { svg::picture(&story) };
    fs::write(&arguments.output, text).with_context(|| arguments.output.display().to_string())?;
    Ok(ExitCode::SUCCESS)
}
