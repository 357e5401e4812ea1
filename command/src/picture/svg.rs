//! The picture as SVG: a row for each capsule, or for each place that made capsules, with a row for each caller below.

use super::figures::{figures, subtitle};
use super::groups::{self, Calls, Group, Reports};
use super::lives::{Act, Event, Story};
use super::scale::{Scale, count, counted, time};
use super::style::{COLOURS, cut, style, wrapped, xml};
use std::fmt::{Display, Write};

pub const WIDTH: f64 = 1280.0;
/// The column of texts, and that of lives.
pub const LEFT: f64 = 28.0;
const LANE: f64 = 500.0;
const LANE_WIDTH: f64 = WIDTH - LANE - 40.0;
/// The characters that fit into the column of texts, in its two sizes.
const LONG: usize = 56;
const LONGER: usize = 68;

/// The most rows of capsules, and of marks in a row.
const GROUPS: usize = 120;
const MARKS: usize = 240;

/// The picture.
pub fn picture(story: &Story) -> String {
    let groups = groups::of(story);
    let mut drawing = Drawing::new(story);
    drawing.head();
    drawing.body(&groups);
    drawing.finish(true)
}

/// The picture without its head, for a page.
pub fn body(story: &Story, groups: &[Group<'_>]) -> (String, Vec<String>) {
    let mut drawing = Drawing::new(story);
    drawing.body(groups);
    let modules = drawing.modules.clone();
    (drawing.finish(false), modules)
}

pub struct Drawing<'a> {
    pub story: &'a Story,
    pub scale: Scale,
    pub modules: Vec<String>,
    /// The grounds of groups, the lines that are drawn on them, and all that is above both.
    grounds: String,
    pub lines: String,
    out: String,
    pub y: f64,
}

impl<'a> Drawing<'a> {
    fn new(story: &'a Story) -> Drawing<'a> {
        let mut modules: Vec<String> = Vec::new();
        for event in story.lives.iter().flat_map(|life| &life.events).chain(&story.strays) {
            if !event.place.module.is_empty() && !modules.contains(&event.place.module) {
                modules.push(event.place.module.clone());
            }
        }
        let scale = Scale::new(LANE, LANE_WIDTH, story.events);
        let [grounds, lines, out] = [const { String::new() }; 3];
        Drawing { story, scale, modules, grounds, lines, out, y: 0.0 }
    }

    pub fn put(&mut self, part: impl Display) {
        let _ = writeln!(self.out, "{part}");
    }

    pub fn text(&mut self, x: f64, y: f64, class: &str, text: &str) {
        self.put(format_args!("<text x=\"{x:.1}\" y=\"{y:.1}\" class=\"{class}\">{}</text>", xml(text)));
    }

    /// The colour of a module; modules behind the eighth share a grey.
    pub fn colour(&self, module: &str) -> String {
        match self.modules.iter().position(|known| known == module) {
            Some(at) if at < COLOURS.len() => format!("var(--m{at})"),
            _ => "var(--faint)".into(),
        }
    }

    fn head(&mut self) {
        let story = self.story;
        self.y = 54.0;
        let program = story.program.rsplit('/').next().unwrap_or_default();
        self.text(LEFT, self.y, "title", &cut(&format!("The capsules of {program}"), 80));
        self.y += 24.0;
        self.text(LEFT, self.y, "faint", &subtitle(story));
        self.y += 46.0;
        let mut x = LEFT;
        for (number, thing, is_bad) in figures(story) {
            let class = if is_bad { "strong bad" } else { "strong" };
            self.text(x, self.y, class, &count(number));
            self.text(x, self.y + 18.0, "faint", thing);
            x += 134.0;
        }
        self.y += 46.0;
    }

    fn body(&mut self, groups: &[Group<'_>]) {
        self.legend();
        let top = self.y;
        self.y += 34.0;
        for group in groups.iter().take(GROUPS) {
            self.group(group);
        }
        if groups.len() > GROUPS {
            let more = counted(groups.len() - GROUPS, "more place");
            self.text(LEFT, self.y + 18.0, "faint", &format!("… and {more} that made capsules"));
            self.y += 34.0;
        }
        self.strays();
        if self.story.lives.is_empty() && self.story.strays.is_empty() {
            self.text(LEFT, self.y + 18.0, "faint", "The program made no capsule and asked for none.");
            self.y += 34.0;
        }
        self.axis(top);
        self.y += 14.0;
    }

    /// The times above the lanes, and a line down from each.
    fn axis(&mut self, top: f64) {
        let bottom = self.y;
        for at in self.scale.ticks(7) {
            let x = self.scale.x(at);
            let label = time(self.story.times.get(at).copied().unwrap_or_default());
            let _ = writeln!(
                self.lines,
                "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{bottom:.1}\" stroke=\"var(--line)\"/><text x=\"{x:.1}\" y=\"{:.1}\" class=\"faint small middle\">{label}</text>",
                top + 22.0,
                top + 14.0
            );
        }
        for end in &self.story.ends {
            let x = self.scale.x(end.at);
            let _ = writeln!(
                self.lines,
                "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{bottom:.1}\" stroke=\"var(--faint)\" stroke-dasharray=\"3 3\"><title>process {} ends, with {} alive</title></line>",
                top + 22.0,
                end.process,
                counted(usize::try_from(end.alive).unwrap_or_default(), "capsule")
            );
        }
    }

    fn group(&mut self, group: &Group<'_>) {
        let top = self.y;
        let is_one = group.lives.len() == 1;
        let colour = self.colour(&group.maker.module);
        self.text(LEFT + 18.0, top + 24.0, "name", &cut(&group.title(), LONG - 4));
        self.put(format_args!("<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"5\" fill=\"{colour}\"/>", LEFT + 5.0, top + 19.5));
        let made = if is_one {
            let process = group.lives.first().filter(|_| self.story.processes > 1).map(|life| life.process);
            let process = process.map_or(String::new(), |process| format!(", process {process}"));
            format!("made by {}{process}", group.maker.in_words())
        } else {
            format!("{} made by {}", count(group.lives.len()), group.maker.in_words())
        };
        self.text(LEFT + 18.0, top + 42.0, "faint", &cut(&made, LONGER));
        let state = self.state(group);
        let is_bad = group.reports.iter().any(|reports| reports.is_error);
        self.text(LEFT + 18.0, top + 59.0, if is_bad { "bad" } else { "faint" }, &cut(&state, LONGER));
        if is_one {
            self.bar(group, top + 22.0)
        } else {
            self.curve(group, top + 22.0, 38.0)
        }
        self.y = top + 72.0;
        for calls in &group.calls {
            let is_over = |event: &&Event| group.lives.iter().all(|life| life.ended.is_some_and(|end| end < event.at));
            let late = calls.events.iter().copied().any(|event| is_over(&event));
            if is_one {
                self.stems(calls, top + 29.0);
            }
            self.calls(calls, late);
        }
        if group.left_out > 0 {
            let more = counted(group.left_out, "more kind");
            self.text(LEFT + 36.0, self.y + 12.0, "faint small", &format!("… and {more} of calls"));
            self.y += 22.0;
        }
        for reports in &group.reports {
            self.reports(reports);
        }
        self.y += 10.0;
        self.card(top);
    }

    /// The ground of a group, behind it.
    fn card(&mut self, top: f64) {
        let height = self.y - top;
        let _ = writeln!(
            self.grounds,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"10\" fill=\"var(--band)\"/>",
            LEFT - 14.0,
            top + 2.0,
            WIDTH - 2.0 * (LEFT - 14.0),
            height - 6.0
        );
    }

    fn state(&self, group: &Group<'_>) -> String {
        let (all, ended) = (group.lives.len(), group.ended());
        let destructor = group.lives.first().and_then(|life| life.destructor.clone());
        let destructor = destructor.map_or("no destructor".into(), |name| format!("destructor {name}"));
        let left = all - ended;
        let end = if self.story.ends.is_empty() { "at the last event" } else { "at exit" };
        let life = match (all, left) {
            (1, 0) => "destroyed".into(),
            (1, _) => format!("alive {end}"),
            (_, 0) => "all destroyed".into(),
            (_, left) if left == all => format!("all alive {end}"),
            _ => format!("{} destroyed, {} alive {end}", count(ended), count(left)),
        };
        format!("{life} · {destructor}")
    }

    /// One capsule's life as a bar, with marks for its events.
    fn bar(&mut self, group: &Group<'_>, y: f64) {
        let Some(life) = group.lives.first() else { return };
        let colour = self.colour(&group.maker.module);
        let from = life.made.map_or(LANE, |at| self.scale.x(at));
        let to = life.ended.map_or(self.scale.end(), |at| self.scale.x(at));
        let fade = if life.ended.is_some() { "0.85" } else { "0.5" };
        let width = (to - from).max(3.0);
        self.put(format_args!(
            "<rect x=\"{from:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"14\" rx=\"4\" fill=\"{colour}\" fill-opacity=\"{fade}\"><title>{}</title></rect>",
            y - 7.0,
            xml(&format!("capsule {} {}", life.number, group.title()))
        ));
        match life.ended {
            Some(_) => self.put(format_args!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"4\" height=\"22\" rx=\"2\" fill=\"{colour}\"/>",
                to - 2.0,
                y - 11.0
            )),
            None => {
                // It is open to the right.
                let tip = to + 12.0;
                self.put(format_args!(
                    "<path d=\"M{to:.1} {:.1}L{tip:.1} {y:.1}L{to:.1} {:.1}Z\" fill=\"{colour}\" fill-opacity=\"{fade}\"/>",
                    y - 7.0,
                    y + 7.0
                ));
            }
        }
        for event in &life.events {
            if let Act::Renamed(name) = &event.act {
                let (x, name) = (self.scale.x(event.at), super::lives::shown(name.as_deref()));
                self.put(format_args!(
                    "<path d=\"M{x:.1} {:.1}l7 7l-7 7l-7 -7Z\" fill=\"var(--ground)\" stroke=\"{colour}\" stroke-width=\"2\"/>",
                    y - 7.0
                ));
                self.text(x, y + 24.0, "call small middle", &cut(&name, 40));
            }
        }
        self.references(life.events.iter().collect(), y);
        for event in life.events.iter().filter(|event| matches!(event.act, Act::Report(..))) {
            self.flag(event, y - 7.0);
        }
    }

    /// The number of live capsules as an area.
    fn curve(&mut self, group: &Group<'_>, top: f64, height: f64) {
        let colour = self.colour(&group.maker.module);
        let alive = group.alive();
        let most = alive.iter().map(|(_, alive)| *alive).max().unwrap_or(1).max(1);
        let y = |alive: usize| top + height - height * alive as f64 / most as f64;
        // The largest and the last number of each pixel.
        let mut columns: Vec<(i64, usize, usize)> = Vec::new();
        for (at, alive) in alive {
            let pixel = self.scale.x(at) as i64;
            match columns.last_mut().filter(|last| last.0 == pixel) {
                Some(last) => (last.1, last.2) = (last.1.max(alive), alive),
                None => columns.push((pixel, alive, alive)),
            }
        }
        let start = columns.first().map_or(LANE as i64, |first| first.0);
        let mut path = format!("M{start} {:.1}", y(0));
        for (pixel, largest, last) in &columns {
            let _ = write!(path, "H{pixel}V{:.1}V{:.1}", y(*largest), y(*last));
        }
        let is_open = columns.last().is_some_and(|last| last.2 > 0);
        let end = if is_open { self.scale.end() } else { columns.last().map_or(LANE, |last| last.0 as f64) };
        let _ = write!(path, "H{end:.1}V{:.1}Z", y(0));
        self.put(format_args!(
            "<path d=\"{path}\" fill=\"{colour}\" fill-opacity=\"0.45\" stroke=\"{colour}\" stroke-width=\"1\"/>"
        ));
        let peak = format!("at most {} alive", count(most));
        let at = columns.iter().find(|column| column.1 == most).map_or(LANE, |column| column.0 as f64);
        let (x, class) =
            if at > LANE + LANE_WIDTH / 2.0 { (at - 6.0, "faint small end") } else { (at + 6.0, "faint small") };
        self.text(x, top - 6.0, class, &peak);
        let reports = group.reports.iter().flat_map(|reports| &reports.events).take(MARKS);
        for event in reports.copied().collect::<Vec<_>>() {
            self.flag(event, top + 4.0);
        }
    }

    /// Equal calls from one place, as marks on a line of their own.
    fn calls(&mut self, calls: &Calls<'_>, late: bool) {
        let y = self.y;
        let failed = calls.failed();
        let colour = self.colour(&calls.place.module);
        let times = if calls.events.len() > 1 { format!(" × {}", count(calls.events.len())) } else { String::new() };
        let title = cut(&format!("{}{times}", calls.title), LONG - 3);
        self.text(LEFT + 36.0, y + 11.0, if failed { "call bad" } else { "call" }, &title);
        let arrow = if failed { calls.outcome.to_owned() } else { calls.place.in_words() };
        self.text(LEFT + 36.0, y + 26.0, if failed { "small bad" } else { "faint small" }, &cut(&arrow, LONGER));
        self.put(format_args!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"3\" height=\"24\" rx=\"1.5\" fill=\"{colour}\"/>",
            LEFT + 22.0,
            y + 3.0
        ));
        let (first, last) = (calls.events.first(), calls.events.last());
        if let (Some(first), Some(last)) = (first, last)
            && calls.events.len() > 1
        {
            let (from, to) = (self.scale.x(first.at), self.scale.x(last.at));
            self.put(format_args!(
                "<line x1=\"{from:.1}\" x2=\"{to:.1}\" y1=\"{:.1}\" y2=\"{:.1}\" stroke=\"{colour}\" stroke-opacity=\"0.35\" stroke-width=\"2\"/>",
                y + 14.0,
                y + 14.0
            ));
        }
        let mut last = f64::MIN;
        for event in &calls.events {
            let x = self.scale.x(event.at);
            // Marks that would cover each other are one.
            if x - last >= LANE_WIDTH / MARKS as f64 || event.failed && x - last >= 2.0 {
                self.mark(event, x, y + 14.0, &colour);
                last = x;
            }
        }
        if failed {
            let x = calls.events.last().map_or(LANE, |last| self.scale.x(last.at));
            let words = calls.place.short();
            let (x, class) = if x > LANE + LANE_WIDTH * 0.6 {
                (first.map_or(x, |first| self.scale.x(first.at)) - 12.0, "small bad end")
            } else {
                (x + 12.0, "small bad")
            };
            self.text(x, y + 18.0, class, &cut(&words, 60));
        } else if late {
            let x = calls.events.last().map_or(LANE, |last| self.scale.x(last.at));
            self.text(x - 12.0, y + 18.0, "small warn end", "after the end");
        }
        self.y += 34.0;
    }

    fn reports(&mut self, reports: &Reports<'_>) {
        let Some(first) = reports.events.first() else { return };
        let class = if reports.is_error { "bad" } else { "warn" };
        let times =
            if reports.events.len() > 1 { format!(" × {}", count(reports.events.len())) } else { String::new() };
        let sentence = format!("⚑ {}{times}: {}", reports.kind, first.outcome);
        for (line, part) in wrapped(&sentence, 150).into_iter().enumerate() {
            self.text(LEFT + if line == 0 { 22.0 } else { 36.0 }, self.y + 13.0, class, &part);
            self.y += 17.0;
        }
        let at = first.place.in_words();
        self.text(LEFT + 36.0, self.y + 12.0, "faint small", &cut(&format!("at {at}"), 120));
        self.y += 22.0;
    }

    /// Calls that reached no capsule.
    fn strays(&mut self) {
        let strays = &self.story.strays;
        if strays.is_empty() {
            return;
        }
        const ROWS: usize = 40;
        let top = self.y;
        self.text(LEFT + 18.0, top + 24.0, "name", "no capsule");
        self.text(LEFT + 18.0, top + 42.0, "faint", "calls that did not get to a capsule");
        self.y = top + 54.0;
        let calls = groups::calls(strays.iter());
        for calls in calls.iter().take(ROWS) {
            self.calls(calls, false);
        }
        if calls.len() > ROWS {
            let more = counted(calls.len() - ROWS, "more kind");
            self.text(LEFT + 36.0, self.y + 12.0, "faint small", &format!("… and {more} of calls"));
            self.y += 22.0;
        }
        for reports in &groups::reports(strays.iter()) {
            for event in &reports.events {
                self.flag(event, top + 20.0);
            }
            self.reports(reports);
        }
        self.y += 10.0;
        self.card(top);
    }

    fn finish(self, alone: bool) -> String {
        let height = self.y + 10.0;
        let style = if alone { format!("<style>{}</style>\n", style(&self.modules)) } else { String::new() };
        let title = xml(&format!("The capsules of {}", self.story.program.rsplit('/').next().unwrap_or_default()));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"life\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" height=\"{height:.0}\" role=\"img\" aria-label=\"{title}\">\n{style}<rect width=\"100%\" height=\"100%\" fill=\"var(--ground)\"/>\n{}{}{}</svg>\n",
            self.grounds, self.lines, self.out
        )
    }
}
