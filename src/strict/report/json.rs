//! A report as one JSON object on a line.

use super::finding::Finding;
use super::kinds::Severity;
use crate::runtime::json::Text;
use crate::runtime::line::{Escaped, Writer};
use crate::runtime::memory::Lossy;
use crate::runtime::process;
use crate::strict::stack::callers::callers;
use crate::strict::stack::symbols::{Symbol, Symbols};
use core::fmt::{self, Write};

/// Room that is reserved for the end of the line, so that it is a complete object whatever the number of callers is.
const END: usize = 2048;

/// Writes the report.
pub fn report(out: &mut Writer<'_>, finding: &Finding, severity: Severity, symbols: &Symbols) -> fmt::Result {
    let pid = process::id();
    let (kind, severity) = (finding.kind.name(), severity.name());
    write!(out, "{{\"pid\":{pid},\"severity\":\"{severity}\",\"kind\":\"{kind}\"")?;
    write!(out, ",\"message\":{},\"name\":", Text(&finding.sentence))?;
    match &finding.name {
        Some(name) => write!(out, "{}", Text(Escaped(name.as_bytes())))?,
        None => out.write_str("null")?,
    }
    if finding.capsule != 0 {
        write!(out, ",\"capsule\":\"{:#x}\"", finding.capsule)?;
    }
    if finding.capsules > 1 {
        write!(out, ",\"capsules\":{}", finding.capsules)?;
    }
    out.write_str(",\"places\":[")?;
    for (number, (role, place)) in finding.places.iter().flatten().enumerate() {
        write!(out, "{}{{\"what\":\"{}\",\"callers\":[", separator(number), role.title())?;
        for (number, symbol) in callers(*place, symbols).enumerate() {
            let room = out.room();
            write!(out, "{}", separator(number))?;
            caller(out, symbol)?;
            if out.room() < END {
                out.back_to(room);
                break;
            }
        }
        out.write_str("]}")?;
    }
    writeln!(out, "],\"advice\":{},\"page\":{}}}", Text(finding.kind.advice()), Text(finding.kind.page()))
}

fn separator(number: usize) -> &'static str {
    if number == 0 { "" } else { "," }
}

fn caller(out: &mut Writer<'_>, symbol: &Symbol) -> fmt::Result {
    write!(out, "{{\"module\":{},\"offset\":\"{:#x}\"", Text(&symbol.module), symbol.offset)?;
    if !symbol.function.as_bytes().is_empty() {
        write!(out, ",\"function\":{}", Text(Lossy(symbol.function.as_bytes())))?;
    }
    if symbol.line != 0 {
        write!(out, ",\"file\":{},\"line\":{}", Text(&symbol.file), symbol.line)?;
    }
    out.write_str("}")
}
