//! Prints reports: as lines about one module, as a table of several, as JSON.

use super::report::Report;
use crate::text::plain;
use anstream::stdout;
use clap::builder::styling::{AnsiColor, Style};
use std::io::{Result, Write};

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();

/// The column in which values begin.
const COLUMN: usize = 16;

/// The width that lists are wrapped to.
const WIDTH: usize = 100;

/// Prints one report on lines of its own.
pub fn details(report: &Report) -> Result<()> {
    let out = &mut stdout().lock();
    writeln!(out, "{}", plain(&report.file))?;
    line(out, "loads", &loads(report))?;
    for obstacle in &report.obstacles {
        list(out, "", obstacle.split(' '), " ")?;
    }
    list(out, "init function", report.init_functions.iter().map(String::as_str), ", ")?;
    line(out, "built for", &plain(&format!("{}, {}", report.built_for, report.processor)))?;
    let lacking =
        if report.lacks.is_empty() { "all here".to_owned() } else { format!("{} missing", report.lacks.len()) };
    line(out, "needs", &format!("{} functions and objects of the C API, {lacking}", report.needs.len()))?;
    list(out, "", report.needs.iter().map(String::as_str), ", ")?;
    list(out, "can use", report.can_use.iter().map(String::as_str), ", ")?;
    list(out, "makes capsules", report.capsules.makes.iter().map(String::as_str), ", ")?;
    list(out, "asks for", report.capsules.asks_for.iter().map(String::as_str), ", ")?;
    list(out, "libraries", report.libraries.iter().map(String::as_str), ", ")
}

fn loads(report: &Report) -> String {
    let (style, word) = if report.loads { (GOOD, "yes") } else { (BAD, "no") };
    format!("{style}{word}{style:#}")
}

fn line(out: &mut impl Write, title: &str, value: &str) -> Result<()> {
    writeln!(out, "  {title:COLUMN$}{value}")
}

/// Prints the parts of a list, wrapped; nothing when it is empty.
fn list<'a>(out: &mut impl Write, title: &str, parts: impl Iterator<Item = &'a str>, between: &str) -> Result<()> {
    let mut title = title;
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() && text.len() + between.len() + part.len() > WIDTH - COLUMN - 2 {
            line(out, title, &format!("{text}{}", between.trim_end()))?;
            (title, text) = ("", String::new());
        }
        if !text.is_empty() {
            text += between;
        }
        text += &plain(part);
    }
    if text.is_empty() { Ok(()) } else { line(out, title, &text) }
}

/// Prints a table, a line for each module, then the reasons of those that don't load, then the counts.
pub fn table(reports: &[Report]) -> Result<()> {
    let out = &mut stdout().lock();
    let folder = common_folder(reports);
    if !folder.is_empty() {
        writeln!(out, "in {}", plain(folder))?;
    }
    let wide =
        reports.iter().map(|report| plain(&report.file[folder.len()..]).chars().count()).max().unwrap_or(0).max(4);
    writeln!(out, "{:wide$}  loads  needs  lacks  capsules", "file")?;
    for report in reports {
        let file = plain(&report.file[folder.len()..]);
        let names: Vec<&str> =
            report.capsules.makes.iter().chain(&report.capsules.asks_for).map(String::as_str).collect();
        // The colours have no width of their own, so the word is padded by hand.
        let space = if report.loads { "   " } else { "    " };
        let (needs, lacks) = (report.needs.len(), report.lacks.len());
        let line =
            format!("{file:wide$}  {}{space} {needs:>5}  {lacks:>5}  {}", loads(report), plain(&names.join(", ")));
        writeln!(out, "{}", line.trim_end())?;
    }
    for report in reports.iter().filter(|report| !report.loads) {
        writeln!(out, "\n{}", plain(&report.file[folder.len()..]))?;
        for obstacle in &report.obstacles {
            list(out, "", obstacle.split(' '), " ")?;
        }
    }
    let loading = reports.iter().filter(|report| report.loads).count();
    writeln!(out, "\n{loading} of {} modules load", reports.len())
}

/// The folder, or the wheel, that all files are in, with the character after it; empty when there is none.
fn common_folder(reports: &[Report]) -> &str {
    let Some((first, others)) = reports.split_first() else { return "" };
    let mut folder = first.file.as_str();
    while let Some(end) = folder.rfind(['/', ':']) {
        let candidate = &folder[..=end];
        if others.iter().all(|report| report.file.starts_with(candidate)) {
            return candidate;
        }
        folder = &folder[..end];
    }
    ""
}

/// Prints each report as JSON on a line of its own.
pub fn json(reports: &[Report]) -> Result<()> {
    let out = &mut stdout().lock();
    for report in reports {
        serde_json::to_writer(&mut *out, report)?;
        writeln!(out)?;
    }
    Ok(())
}
