//! Prints what is in a module.

use super::Contents;
use crate::text::plain;
use anstream::stdout;
use clap::builder::styling::Style;
use std::io::{Result, Write};

const TITLE: Style = Style::new().bold();

/// The longest text of a value that is shown whole.
const LONGEST: usize = 80;

/// Prints the contents, a line each.
pub fn text(contents: &Contents) -> Result<()> {
    let out = &mut stdout().lock();
    let file = contents.file.as_deref().unwrap_or("no compiled file");
    writeln!(out, "{TITLE}{}{TITLE:#}  {}", plain(&contents.module), plain(file))?;
    if let Some(package) = &contents.package {
        let source = if package.has_source { "a package, whose __init__.py was not run" } else { "a package" };
        writeln!(out, "  {source}, in {}", plain(&package.folders.join(", ")))?;
        title(out, "compiled modules", package.modules.is_empty())?;
        for module in &package.modules {
            writeln!(out, "    {}", plain(module))?;
        }
    }
    title(out, "capsules", contents.capsules.is_empty())?;
    for capsule in &contents.capsules {
        let name = capsule.name.as_ref().map_or("no name".into(), |name| format!("{name:?}"));
        writeln!(out, "    {}  {name}", capsule.attribute)?;
        writeln!(out, "      pointer     {}", capsule.pointer)?;
        writeln!(out, "      context     {}", capsule.context.as_deref().unwrap_or("none"))?;
        writeln!(out, "      destructor  {}", capsule.destructor.as_deref().unwrap_or("none"))?;
    }
    title(out, "types", contents.types.is_empty())?;
    for class in &contents.types {
        writeln!(out, "    {}: {}", plain(&class.name), plain(&class.attributes.join(", ")))?;
    }
    for (name, entries) in [("functions", &contents.functions), ("other", &contents.other)] {
        title(out, name, entries.is_empty())?;
        for entry in entries {
            let short: String = entry.text.chars().take(LONGEST).collect();
            let dots = if short.len() < entry.text.len() { "…" } else { "" };
            writeln!(out, "{}", format!("    {}  {}{dots}", plain(&entry.name), plain(&short)).trim_end())?;
        }
    }
    Ok(())
}

fn title(out: &mut impl Write, name: &str, is_empty: bool) -> Result<()> {
    if is_empty { Ok(()) } else { writeln!(out, "  {TITLE}{name}{TITLE:#}") }
}

/// Prints the contents as JSON.
pub fn json(contents: &Contents) -> Result<()> {
    let out = &mut stdout().lock();
    serde_json::to_writer_pretty(&mut *out, contents)?;
    writeln!(out)
}
