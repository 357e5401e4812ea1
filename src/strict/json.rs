//! A report as one JSON object on a line.

use super::finding::Finding;
use super::kinds::Severity;
use super::report::{callers, process, severity_name};
use super::symbols::{Symbol, Symbols};
use crate::runtime::memory::Lossy;
use core::fmt::{self, Write};

/// A text as a JSON string.
struct Text<T>(T);

impl<T: fmt::Display> fmt::Display for Text<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Escaped<'a, 'b>(&'a mut fmt::Formatter<'b>);
        impl Write for Escaped<'_, '_> {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                text.chars().try_for_each(|c| match c {
                    '"' | '\\' => write!(self.0, "\\{c}"),
                    '\n' => self.0.write_str("\\n"),
                    c if c < ' ' || c == '\u{7f}' => write!(self.0, "\\u{:04x}", c as u32),
                    c => self.0.write_char(c),
                })
            }
        }
        f.write_char('"')?;
        write!(Escaped(f), "{}", self.0)?;
        f.write_char('"')
    }
}

/// Writes the report.
pub fn report(out: &mut dyn Write, finding: &Finding, severity: Severity, symbols: &Symbols) -> fmt::Result {
    let pid = process();
    let (kind, severity) = (finding.kind.name(), severity_name(severity));
    write!(out, "{{\"pid\":{pid},\"severity\":\"{severity}\",\"kind\":\"{kind}\"")?;
    write!(out, ",\"message\":{},\"name\":", Text(&finding.sentence))?;
    match &finding.name {
        Some(name) => write!(out, "{}", Text(name))?,
        None => out.write_str("null")?,
    }
    if finding.capsule != 0 {
        write!(out, ",\"capsule\":\"{:#x}\"", finding.capsule)?;
    }
    out.write_str(",\"places\":[")?;
    for (number, (role, place)) in finding.places.iter().flatten().enumerate() {
        write!(out, "{}{{\"what\":\"{}\",\"callers\":[", separator(number), role.title())?;
        for (number, symbol) in callers(*place, symbols).enumerate() {
            write!(out, "{}", separator(number))?;
            caller(out, symbol)?;
        }
        out.write_str("]}")?;
    }
    writeln!(out, "],\"advice\":{}}}", Text(finding.kind.advice()))
}

fn separator(number: usize) -> &'static str {
    if number == 0 { "" } else { "," }
}

fn caller(out: &mut dyn Write, symbol: &Symbol) -> fmt::Result {
    write!(out, "{{\"module\":{},\"offset\":\"{:#x}\"", Text(&symbol.module), symbol.offset)?;
    if !symbol.function.as_bytes().is_empty() {
        write!(out, ",\"function\":{}", Text(Lossy(symbol.function.as_bytes())))?;
    }
    if symbol.line != 0 {
        write!(out, ",\"file\":{},\"line\":{}", Text(&symbol.file), symbol.line)?;
    }
    out.write_str("}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn a_string_is_escaped() {
        assert_eq!(Text("a\"b\\c\n\u{1}é").to_string(), "\"a\\\"b\\\\c\\n\\u0001é\"");
        assert_eq!(Text(Lossy(b"\xff")).to_string(), "\"\u{fffd}\"");
    }
}
