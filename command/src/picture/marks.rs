//! The marks of events in the lanes of a picture, and what they mean.

use super::groups::Calls;
use super::lives::{Act, Event};
use super::scale::time;
use super::style::xml;
use super::svg::{Drawing, LEFT, WIDTH};
use std::fmt::Write;

impl Drawing<'_> {
    /// The reference counts in a bar, where they change.
    pub fn references(&mut self, events: Vec<&Event>, y: f64) {
        let mut last = None;
        let mut free = 0.0;
        for event in events {
            let x = self.scale.x(event.at);
            if event.references != last && x >= free {
                last = event.references;
                if let Some(references) = last.filter(|_| event.act != Act::Destroyed) {
                    self.put(format_args!(
                        "<text x=\"{:.1}\" y=\"{:.1}\" class=\"count\">{references}<title>references to the capsule</title></text>",
                        x + 4.0,
                        y + 4.0
                    ));
                    free = x + 12.0 + 7.0 * references.to_string().len() as f64;
                }
            }
        }
    }

    /// A mark of a report.
    pub fn flag(&mut self, event: &Event, y: f64) {
        let Act::Report(is_error, kind) = &event.act else { return };
        let colour = if *is_error { "var(--bad)" } else { "var(--warn)" };
        let x = self.scale.x(event.at);
        self.put(format_args!(
            "<g><title>{}</title><line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\" stroke=\"{colour}\" stroke-width=\"2\"/><path d=\"M{x:.1} {:.1}l12 4l-12 5Z\" fill=\"{colour}\"/></g>",
            xml(&format!("{kind}: {}", event.outcome)),
            y - 8.0,
            y + 16.0,
            y - 8.0
        ));
    }

    /// Lines from a capsule's bar down to the first calls of a row.
    pub fn stems(&mut self, calls: &Calls<'_>, from: f64) {
        const STEMS: usize = 12;
        let colour = if calls.failed() { "var(--bad)".into() } else { self.colour(&calls.place.module) };
        for event in calls.events.iter().take(STEMS) {
            let x = self.scale.x(event.at);
            let _ = writeln!(
                self.lines,
                "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{from:.1}\" y2=\"{:.1}\" stroke=\"{colour}\" stroke-opacity=\"0.4\" stroke-width=\"1.5\"/>",
                self.y + 12.0
            );
        }
    }

    pub fn mark(&mut self, event: &Event, x: f64, y: f64, colour: &str) {
        let process = if self.story.processes > 1 { format!(", process {}", event.process) } else { String::new() };
        let title = xml(&format!(
            "{} at {}: {}, thread {}{process}",
            event.call,
            time(event.time),
            event.outcome,
            event.thread
        ));
        let shape = match &event.act {
            _ if event.failed => format!(
                "<path d=\"M{:.1} {:.1}l10 10m0 -10l-10 10\" stroke=\"var(--bad)\" stroke-width=\"3\" stroke-linecap=\"round\"",
                x - 5.0,
                y - 5.0
            ),
            Act::Renamed(_) => format!(
                "<path d=\"M{x:.1} {:.1}l6 6l-6 6l-6 -6Z\" fill=\"var(--ground)\" stroke=\"{colour}\" stroke-width=\"2\"",
                y - 6.0
            ),
            Act::DestructionBegins => format!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"10\" height=\"10\" rx=\"2\" fill=\"{colour}\"",
                x - 5.0,
                y - 5.0
            ),
            Act::Set => format!(
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.5\" fill=\"var(--ground)\" stroke=\"{colour}\" stroke-width=\"2\""
            ),
            _ => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{colour}\""),
        };
        let name = shape.split([' ', '<']).nth(1).unwrap_or("path").to_owned();
        self.put(format_args!("{shape}><title>{title}</title></{name}>"));
    }

    /// The colours of the modules, and the shapes of the marks.
    pub fn legend(&mut self) {
        let mut x = LEFT;
        let mut y = self.y + 14.0;
        for module in self.modules.clone() {
            let wide = 26.0 + 7.0 * module.chars().count() as f64;
            if x + wide > WIDTH - LEFT {
                (x, y) = (LEFT, y + 20.0);
            }
            let colour = self.colour(&module);
            self.put(format_args!("<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"5\" fill=\"{colour}\"/>", x + 5.0, y - 4.0));
            self.text(x + 16.0, y, "", &module);
            x += wide + 6.0;
        }
        y += 22.0;
        let marks: [(&str, &str); 5] = [
            ("<circle cx=\"5\" cy=\"-4\" r=\"5\" fill=\"var(--faint)\"/>", "a call"),
            (
                "<path d=\"M6 -10l6 6l-6 6l-6 -6Z\" fill=\"var(--ground)\" stroke=\"var(--faint)\" stroke-width=\"2\"/>",
                "renamed",
            ),
            (
                "<rect x=\"0\" y=\"-9\" width=\"10\" height=\"10\" rx=\"2\" fill=\"var(--faint)\"/>",
                "last reference dropped",
            ),
            (
                "<path d=\"M0 -9l10 10m0 -10l-10 10\" stroke=\"var(--bad)\" stroke-width=\"3\" stroke-linecap=\"round\"/>",
                "failed",
            ),
            (
                "<path d=\"M2 -12l12 4l-12 5Z\" fill=\"var(--bad)\"/><line x1=\"2\" x2=\"2\" y1=\"-12\" y2=\"2\" stroke=\"var(--bad)\" stroke-width=\"2\"/>",
                "reported by strict mode",
            ),
        ];
        let mut x = LEFT;
        for (shape, words) in marks {
            self.put(format_args!("<g transform=\"translate({x:.1} {y:.1})\">{shape}</g>"));
            self.text(x + 20.0, y, "faint small", words);
            x += 46.0 + 6.0 * words.len() as f64;
        }
        let words =
            "left to right: the events in their order, with their times; numbers in a bar: references to the capsule";
        self.text(WIDTH - LEFT, y, "faint small end", words);
        self.y = y + 18.0;
    }
}
