//! The lives of the capsules of a trace: who made each, who asked for it, and how it ended.

use anyhow::{Result, bail};
use serde_json::Value;
use std::collections::HashMap;

/// A place in a program: the innermost caller of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file's name without its folder.
    pub module: String,
    pub function: String,
    /// `file.c:40`, without the folder.
    pub line: String,
}

/// The effect of an event.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    Made,
    /// A call that asks for something under a name, or for a part.
    Asked,
    /// `PyCapsule_SetName`, with the new name.
    Renamed(Option<String>),
    /// Another setter.
    Set,
    DestructionBegins,
    Destroyed,
    /// A report of strict mode: whether it is an error, and its kind.
    Report(bool, String),
}

/// An event in a capsule's life.
#[derive(Clone, Debug)]
pub struct Event {
    /// The position among all events.
    pub at: usize,
    /// Seconds since the first event.
    pub time: f64,
    pub process: u64,
    pub thread: u64,
    pub act: Act,
    /// The function that was called.
    pub call: String,
    pub place: Place,
    /// The name in the call.
    pub name: Option<String>,
    /// The outcome, in words.
    pub outcome: String,
    pub failed: bool,
    /// The references to the capsule.
    pub references: Option<u64>,
}

/// One capsule.
#[derive(Clone, Debug)]
pub struct Life {
    pub number: u64,
    pub process: u64,
    /// The name that it was made with.
    pub name: Option<String>,
    pub made: Option<usize>,
    pub ended: Option<usize>,
    pub destructor: Option<String>,
    pub events: Vec<Event>,
    /// The names and pointers by which an import finds it.
    now: (Option<String>, Option<String>),
}

/// The end of a process.
pub struct End {
    pub at: usize,
    pub process: u64,
    pub alive: u64,
}

/// All that a trace tells.
pub struct Story {
    pub program: String,
    /// The number of events, and the time from the first to the last.
    pub events: usize,
    pub duration: f64,
    pub times: Vec<f64>,
    pub processes: usize,
    pub threads: usize,
    pub lives: Vec<Life>,
    /// Calls that reached no capsule, as an import that failed.
    pub strays: Vec<Event>,
    pub ends: Vec<End>,
    /// How the program ended, if 'pycapsule trace' has seen it.
    pub exit: Option<String>,
    /// Whether it ended by a signal.
    pub crashed: bool,
}

/// The format that is read; see docs/trace.md.
const FORMAT: u64 = 1;

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}

fn number(value: &Value, key: &str) -> Option<u64> {
    value.get(key)?.as_u64()
}

fn last_part(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

impl Place {
    fn of(value: Option<&Value>) -> Place {
        let Some(value) = value else { return Place::default() };
        let module = last_part(&text(value, "module").unwrap_or_default());
        let offset = text(value, "offset").unwrap_or_default();
        let line = match (text(value, "file"), number(value, "line")) {
            (Some(file), Some(line)) => format!("{}:{line}", last_part(&file)),
            _ => format!("{module}+{offset}"),
        };
        Place { module, function: text(value, "function").unwrap_or_default(), line }
    }

    /// The place in one line.
    pub fn in_words(&self) -> String {
        let parts = [self.module.as_str(), &self.function, &self.line];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { "an unknown place".into() } else { parts.join(" · ") }
    }

    /// The function and its line.
    pub fn short(&self) -> String {
        match (self.function.is_empty(), self.line.is_empty()) {
            (true, true) => "an unknown place".into(),
            (true, false) => self.line.clone(),
            (false, true) => self.function.clone(),
            (false, false) => format!("{} · {}", self.function, self.line),
        }
    }
}

/// A name as a person reads it.
pub fn shown(name: Option<&str>) -> String {
    name.map_or("no name".into(), |name| format!("\"{name}\""))
}

/// A pointer in words: its symbol, or its address.
fn pointer(value: Option<&Value>) -> Option<String> {
    let value = value?.as_object()?;
    let get = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    get("symbol").or_else(|| get("address"))
}

impl Story {
    /// Reads the lines of a trace.
    pub fn of(lines: &[Value]) -> Result<Story> {
        let Some(start) = lines.iter().find(|line| text(line, "event").as_deref() == Some("start")) else {
            bail!("this is no trace: its first line has no \"event\":\"start\"");
        };
        if number(start, "format") != Some(FORMAT) {
            let format = start.get("format").unwrap_or(&Value::Null);
            bail!("the trace has format {format}, and this command reads format {FORMAT}");
        }
        let mut reader = Reader::new(start);
        // Threads write their lines in turns, not always in the order of the events.
        let mut timed: Vec<&Value> = lines.iter().filter(|line| line.get("time").is_some()).collect();
        let time = |line: &Value| line.get("time").and_then(Value::as_f64).unwrap_or_default();
        timed.sort_by(|one, other| time(one).total_cmp(&time(other)));
        let first = timed.first().map(|line| time(line)).unwrap_or_default();
        for line in timed {
            reader.read(line, time(line) - first);
        }
        for status in lines.iter().filter(|line| text(line, "event").as_deref() == Some("status")) {
            let signal = status.get("signal").and_then(Value::as_i64);
            reader.story.crashed = signal.is_some();
            reader.story.exit = match (status.get("exit").and_then(Value::as_i64), signal) {
                (_, Some(signal)) => Some(format!("ended by signal {signal}")),
                (Some(code), None) => Some(format!("exit status {code}")),
                _ => None,
            };
        }
        Ok(reader.end())
    }
}

struct Reader {
    story: Story,
    /// The capsule of a number, in a process.
    by_number: HashMap<(u64, u64), usize>,
    /// The last capsule at an address, in a process.
    by_address: HashMap<(u64, String), usize>,
    /// The parent of each process that was forked, and the first number that is its own.
    parents: HashMap<u64, (u64, u64)>,
    processes: Vec<u64>,
    threads: Vec<u64>,
}

impl Reader {
    fn new(start: &Value) -> Reader {
        Reader {
            story: Story {
                program: text(start, "program").unwrap_or_default(),
                events: 0,
                duration: 0.0,
                times: Vec::new(),
                processes: 0,
                threads: 0,
                lives: Vec::new(),
                strays: Vec::new(),
                ends: Vec::new(),
                exit: None,
                crashed: false,
            },
            by_number: HashMap::new(),
            by_address: HashMap::new(),
            parents: HashMap::new(),
            processes: Vec::new(),
            threads: Vec::new(),
        }
    }

    fn end(mut self) -> Story {
        self.story.processes = self.processes.len();
        self.story.threads = self.threads.len();
        self.story
    }

    fn read(&mut self, line: &Value, time: f64) {
        let process = number(line, "pid").unwrap_or_default();
        let thread = number(line, "thread").unwrap_or_default();
        for (known, new) in [(&mut self.processes, process), (&mut self.threads, thread)] {
            if !known.contains(&new) {
                known.push(new);
            }
        }
        let at = self.story.events;
        let kind = text(line, "event").unwrap_or_default();
        if kind == "start" {
            if let (Some(parent), Some(next)) = (number(line, "parent"), number(line, "next")) {
                self.parents.insert(process, (parent, next));
            }
            return;
        }
        self.story.events += 1;
        self.story.times.push(time);
        self.story.duration = time;
        if kind == "exit" {
            let alive = number(line, "alive").unwrap_or_default();
            self.story.ends.push(End { at, process, alive });
            return;
        }
        let arguments = line.get("arguments");
        let name = arguments.and_then(|arguments| text(arguments, "name"));
        let call = text(line, "call").unwrap_or_default();
        let error = text(line, "error");
        let mut event = Event {
            at,
            time,
            process,
            thread,
            act: act(&kind, &call, line, name.as_ref()),
            call,
            place: Place::of(line.get("caller")),
            name,
            outcome: String::new(),
            failed: error.is_some(),
            references: number(line, "references"),
        };
        event.outcome = outcome(&event, line, error);
        self.add(line, event);
    }

    /// Adds an event to the life that it belongs to.
    fn add(&mut self, line: &Value, event: Event) {
        let arguments = line.get("arguments");
        let held = || arguments.and_then(|arguments| pointer(arguments.get("pointer")));
        if event.act == Act::Made && !event.failed {
            self.begin(line, &event, held());
        }
        let Some(index) = self.find(line, &event) else { return self.story.strays.push(event) };
        let Some(life) = self.story.lives.get_mut(index) else { return };
        match &event.act {
            Act::Renamed(name) if !event.failed => life.now.0.clone_from(name),
            Act::Set if !event.failed && event.call == "PyCapsule_SetPointer" => life.now.1 = held(),
            Act::Destroyed => life.ended = Some(event.at),
            Act::DestructionBegins => life.destructor = pointer(line.get("destructor")),
            _ => {}
        }
        life.events.push(event);
    }

    fn begin(&mut self, line: &Value, event: &Event, held: Option<String>) {
        let number = number(line, "capsule").unwrap_or_default();
        let index = self.story.lives.len();
        self.by_number.insert((event.process, number), index);
        if let Some(address) = text(line, "address") {
            self.by_address.insert((event.process, address), index);
        }
        self.story.lives.push(Life {
            number,
            process: event.process,
            name: event.name.clone(),
            made: Some(event.at),
            ended: None,
            destructor: line.get("arguments").and_then(|arguments| pointer(arguments.get("destructor"))),
            events: Vec::new(),
            now: (event.name.clone(), held),
        });
    }

    /// The capsule that an event is about. A call after a capsule's end has its address only, and an import has neither.
    fn find(&self, line: &Value, event: &Event) -> Option<usize> {
        let mut process = event.process;
        // A child knows the capsules that its parent made before the fork.
        for _ in 0..64 {
            let found = match (number(line, "capsule"), text(line, "address")) {
                (Some(number), _) => self.by_number.get(&(process, number)).copied(),
                (None, Some(address)) => self.by_address.get(&(process, address)).copied(),
                // Capsules that were left behind are reported together, with the place that made them.
                (None, None) if matches!(event.act, Act::Report(..)) => self.made_at(event),
                (None, None) => self.imported(line, event, process),
            };
            let Some((parent, _)) = self.parents.get(&process).filter(|_| found.is_none()) else { return found };
            process = *parent;
        }
        None
    }

    fn made_at(&self, event: &Event) -> Option<usize> {
        self.story.lives.iter().rposition(|life| life.ended.is_none() && life.maker() == event.place)
    }

    fn imported(&self, line: &Value, event: &Event, process: u64) -> Option<usize> {
        let result = pointer(line.get("result"));
        let is_meant = |life: &Life| {
            life.process == process && life.ended.is_none() && life.now == (event.name.clone(), result.clone())
        };
        if event.failed || result.is_none() { None } else { self.story.lives.iter().rposition(is_meant) }
    }
}

fn act(kind: &str, call: &str, line: &Value, name: Option<&String>) -> Act {
    match (kind, call) {
        ("destruction", _) => Act::DestructionBegins,
        ("destroyed", _) => Act::Destroyed,
        ("report", _) => {
            let is_error = text(line, "severity").as_deref() == Some("ERROR");
            Act::Report(is_error, text(line, "kind").unwrap_or_default())
        }
        (_, "PyCapsule_New") => Act::Made,
        (_, "PyCapsule_SetName") => Act::Renamed(name.cloned()),
        (_, set) if set.contains("_Set") => Act::Set,
        _ => Act::Asked,
    }
}

/// The outcome of an event, in words.
fn outcome(event: &Event, line: &Value, error: Option<String>) -> String {
    if let Some(error) = error {
        return error;
    }
    let result = line.get("result");
    match &event.act {
        Act::Report(..) => text(line, "message").unwrap_or_default(),
        Act::DestructionBegins => match pointer(line.get("destructor")) {
            Some(destructor) => format!("{destructor} is called"),
            None => "there is no destructor".into(),
        },
        Act::Destroyed => "destroyed".into(),
        Act::Made => "made".into(),
        Act::Renamed(name) => format!("renamed to {}", shown(name.as_deref())),
        Act::Set => "set".into(),
        Act::Asked => match result {
            Some(Value::Null) | None => "NULL".into(),
            Some(Value::Bool(is_valid)) => if *is_valid { "yes" } else { "no" }.into(),
            Some(Value::String(name)) => shown(Some(name)),
            value => pointer(value).unwrap_or_default(),
        },
    }
}

impl Life {
    /// The place where it was made.
    pub fn maker(&self) -> Place {
        let made = self.events.iter().find(|event| event.act == Act::Made);
        made.map(|event| event.place.clone()).unwrap_or_default()
    }

    /// Whether something of it failed or was reported.
    pub fn has_trouble(&self) -> bool {
        self.events.iter().any(Event::is_trouble)
    }
}

impl Event {
    /// Whether it failed, or is a report.
    pub fn is_trouble(&self) -> bool {
        self.failed || matches!(self.act, Act::Report(..))
    }
}
