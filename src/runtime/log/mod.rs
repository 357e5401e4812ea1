//! The log, which receives reports, traces and the steps of imports; and the trace in a file of its own.

mod target;

pub use target::{LOG, Sink, TRACE, is_pattern, write};

use super::line::OneLine;
use super::memory::aside::{Aside, Notes};
use super::options::{self, Format};
use super::stderr::Report;
use super::{error, json, memory, process};
use core::fmt::{self, Write};

/// The subject of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// A call.
    Trace,
    /// A place at which an import looks.
    Verbose,
}

/// Writes a line as a whole, so that the lines of several threads do not mix. The error indicator does not change.
pub fn say(topic: Topic, arguments: fmt::Arguments<'_>) {
    let before = error::take();
    let mut whole = Whole(Notes::new_in(Aside));
    if line(&mut whole, topic, arguments).is_ok() {
        write(&whole.0);
    } else {
        // Without memory for the whole line it is written in pieces.
        let _ = line(&mut Report::to(target::descriptor()), topic, arguments);
    }
    error::put_back(before);
}

fn line(out: &mut dyn Write, topic: Topic, text: fmt::Arguments<'_>) -> fmt::Result {
    let pid = process::id();
    match (options::get().log_format, topic) {
        (Format::Text, Topic::Trace) => writeln!(out, "=={pid}==pycapsule: TRACE: {}", OneLine(text)),
        (Format::Text, Topic::Verbose) => writeln!(out, "pycapsule: {}", OneLine(text)),
        (Format::Json, topic) => {
            let severity = if topic == Topic::Trace { "TRACE" } else { "VERBOSE" };
            writeln!(out, "{{\"pid\":{pid},\"severity\":\"{severity}\",\"message\":{}}}", json::Text(text))
        }
    }
}

/// Writes a line of the trace, which `text` makes, as a whole. Without memory for the line the trace ends.
pub fn trace(text: impl FnOnce(&mut dyn Write) -> fmt::Result) {
    let mut whole = Whole(Notes::new_in(Aside));
    match text(&mut whole).and_then(|()| whole.write_str("\n")) {
        Ok(()) => target::write_trace(&whole.0),
        Err(_) => target::cut(format_args!("there is no memory for a line")),
    }
}

/// A line that is kept until it is complete.
struct Whole(Notes<u8>);

impl Write for Whole {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.try_reserve(text.len()).map_err(|_| fmt::Error)?;
        memory::fill(&mut self.0, text.bytes());
        Ok(())
    }
}
