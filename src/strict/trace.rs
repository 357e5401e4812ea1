//! The trace: a file that gets one JSON object a line for each call with a capsule, each end of a capsule, and each report.
//! docs/trace.md describes the lines. Another program finds the functions and lines of the addresses, so that writing the
//! trace takes little time.

use super::call::{Argument, Call, Seen, address, text_of};
use super::memory::addresses::{Addresses, hash};
use super::memory::readable;
use super::pending;
use super::report::finding::{Finding, Role};
use super::report::kinds::Severity;
use super::stack::loaded;
use super::stack::place::{self, Place};
use super::switch;
use crate::abi::{PyCapsule_Destructor, PyObject};
use crate::capsule::{Entry, Name};
use crate::runtime::clock::{self, Clock, SECOND};
use crate::runtime::json::Text;
use crate::runtime::line::{Escaped, Line};
use crate::runtime::lock::Lock;
use crate::runtime::memory::HashOf;
use crate::runtime::memory::aside::{self, Aside};
use crate::runtime::{log, process};
use core::fmt::{self, Display, Write};
use hashbrown::HashTable;

/// The number of the format, which grows when a field changes its meaning or goes.
const FORMAT: u32 = 1;

/// The longest part of a name that is written.
const NAME: usize = 1000;

/// The live capsules of this process, and the places that it has written.
struct State {
    /// The process; another one is a child that was forked, which writes places of its own.
    process: libc::pid_t,
    /// The address and the number of each live capsule.
    numbers: HashTable<(usize, u64), Aside>,
    /// The number of the next capsule.
    next: u64,
    places: Addresses,
}

static STATE: Lock<State> =
    Lock::new(State { process: 0, numbers: HashTable::new_in(Aside), next: 1, places: Addresses::new() });

impl State {
    const HASH_OF: HashOf<'static, (usize, u64)> = &|known| hash(known.0);

    fn find(&self, capsule: usize) -> Option<u64> {
        self.numbers.find(hash(capsule), |known| known.0 == capsule).map(|known| known.1)
    }

    /// Gives a new capsule a number. Without memory, the capsule has one only in this line.
    fn add(&mut self, capsule: usize) -> u64 {
        self.remove(capsule);
        let number = self.next;
        self.next += 1;
        if self.numbers.try_reserve(1, Self::HASH_OF).is_ok() {
            self.numbers.insert_unique(hash(capsule), (capsule, number), Self::HASH_OF);
        }
        number
    }

    fn remove(&mut self, capsule: usize) {
        if let Ok(entry) = self.numbers.find_entry(hash(capsule), |known| known.0 == capsule) {
            entry.remove();
        }
    }
}

/// Sets the parts of the checker up that the trace needs, and writes its first line.
pub fn prepare() {
    switch::reserve_stack();
    aside::prepare();
    readable::prepare();
    place::prepare();
    begin();
}

/// Writes the first line of a process, unless it was written.
fn begin() {
    let me = process::id();
    let (is_new, next) = {
        let mut state = STATE.hold();
        let is_new = state.process != me;
        if is_new {
            (state.process, state.places) = (me, Addresses::new());
        }
        (is_new, state.next)
    };
    if !is_new {
        return;
    }
    log::trace(|out| {
        head(out, "start")?;
        // SAFETY: the function has no preconditions.
        let parent = unsafe { libc::getppid() };
        let program = loaded::program::<512>();
        let calendar = seconds(Clock::Calendar);
        let version = env!("CARGO_PKG_VERSION");
        write!(out, ",\"format\":{FORMAT},\"library\":\"{version}\",\"calendar\":{calendar},\"parent\":{parent}")?;
        write!(out, ",\"next\":{next},\"program\":{}}}", Text(Escaped(program.as_bytes())))
    });
}

/// The time of a clock as a decimal number of seconds.
fn seconds(clock: Clock) -> Line<32> {
    let time = clock::now(clock).unwrap_or_default();
    Line::of(format_args!("{}.{:09}", time / SECOND, time % SECOND))
}

/// The fields that each event begins with.
fn head(out: &mut dyn Write, event: &str) -> fmt::Result {
    // SAFETY: the call has no arguments, and returns this thread's number.
    let thread = unsafe { libc::syscall(libc::SYS_gettid) };
    let (time, pid) = (seconds(Clock::Monotonic), process::id());
    write!(out, "{{\"event\":\"{event}\",\"time\":{time},\"pid\":{pid},\"thread\":{thread}")
}

/// Writes the callers of a place, once in a process. The event that follows names the place by its number.
fn introduce(place: Place) {
    begin();
    if place == Place::UNKNOWN || !STATE.hold().places.add(place.number() as usize) {
        return;
    }
    log::trace(|out| {
        write!(out, "{{\"event\":\"place\",\"pid\":{},\"place\":{},\"callers\":[", process::id(), place.number())?;
        for (number, caller) in callers(place).enumerate() {
            write!(out, "{}{caller}", if number == 0 { "" } else { "," })?;
        }
        out.write_str("]}")
    });
}

/// The callers of a place outside this library and the C library, the innermost first.
fn callers(place: Place) -> impl Iterator<Item = InFile> {
    let frames = place.stack().into_iter().flatten().filter(|frame| !loaded::is_own(frame.address));
    let frames = frames.map(|frame| InFile { address: frame.address, file: frame.module() });
    frames.filter(|caller| caller.file.is_none_or(|(_, path)| !loaded::is_system_file(path.as_bytes())))
}

/// An address, with the file that it is in, if there is one.
struct InFile {
    address: usize,
    file: Option<(usize, Line<512>)>,
}

impl InFile {
    fn of(address: usize) -> Self {
        InFile { address, file: loaded::find(address).map(|region| (region.base, region.path())) }
    }
}

impl Display for InFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{\"address\":\"{:#x}\"", self.address)?;
        if let Some((base, path)) = &self.file {
            let offset = self.address.wrapping_sub(*base);
            write!(f, ",\"module\":{},\"offset\":\"{offset:#x}\"", Text(Escaped(path.as_bytes())))?;
        }
        f.write_char('}')
    }
}

/// A pointer: null, or its address.
fn pointer(out: &mut dyn Write, address: usize) -> fmt::Result {
    if address == 0 { out.write_str("null") } else { write!(out, "{}", InFile::of(address)) }
}

fn name(out: &mut dyn Write, name: Name) -> fmt::Result {
    match text_of::<NAME>(name) {
        Some(text) => write!(out, "{}", Text(Escaped(text.as_bytes()))),
        None => out.write_str("null"),
    }
}

/// Writes which capsule an event is about: its number, if it is known and alive, its address, and its references.
fn subject(out: &mut dyn Write, capsule: usize) -> fmt::Result {
    let number = STATE.hold().find(capsule);
    match number {
        Some(number) => write!(out, ",\"capsule\":{number}")?,
        None => out.write_str(",\"capsule\":null")?,
    }
    write!(out, ",\"address\":\"{capsule:#x}\"")?;
    if number.is_some() {
        let object = core::ptr::with_exposed_provenance::<PyObject>(capsule);
        // SAFETY: a capsule that has a number is alive: its number goes before its memory does.
        let references = unsafe { (*object).ob_refcnt } as u32;
        write!(out, ",\"references\":{references}")?;
    }
    Ok(())
}

/// Writes the place of an event, and its innermost caller.
fn at(out: &mut dyn Write, place: Place) -> fmt::Result {
    if place != Place::UNKNOWN {
        write!(out, ",\"place\":{}", place.number())?;
    }
    match callers(place).next() {
        Some(caller) => write!(out, ",\"caller\":{caller}}}"),
        None => out.write_char('}'),
    }
}

/// Writes a call that has returned.
pub fn call(call: &Call, outcome: Option<Seen>, place: Place) {
    if !switch::has_room() {
        return;
    }
    introduce(place);
    if let (Call::New { .. }, Some(Seen::Pointer(capsule))) = (call, outcome) {
        STATE.hold().add(capsule.expose_provenance());
    }
    log::trace(|out| {
        head(out, "call")?;
        write!(out, ",\"call\":\"{}\"", call.function())?;
        match (call, outcome) {
            (Call::New { .. }, Some(Seen::Pointer(capsule))) => subject(out, capsule.addr())?,
            _ => call.capsule().map_or(Ok(()), |capsule| subject(out, capsule.addr()))?,
        }
        out.write_str(",\"arguments\":{")?;
        arguments(out, call)?;
        out.write_char('}')?;
        match outcome {
            Some(seen) => result(out, seen)?,
            None => write!(out, ",\"error\":{}", Text(pending::describe()))?,
        }
        at(out, place)
    });
}

fn arguments(out: &mut dyn Write, call: &Call) -> fmt::Result {
    match call {
        Call::New { pointer: held, name: text, destructor } => {
            out.write_str("\"pointer\":")?;
            pointer(out, held.addr())?;
            out.write_str(",\"name\":")?;
            name(out, *text)?;
            out.write_str(",\"destructor\":")?;
            pointer(out, address(*destructor).addr())
        }
        Call::Access { entry, argument, .. } => match argument {
            Argument::None => Ok(()),
            Argument::Name(text) => out.write_str("\"name\":").and_then(|()| name(out, *text)),
            Argument::Pointer(held) => {
                let key = if *entry == Entry::SetContext { "context" } else { "pointer" };
                write!(out, "\"{key}\":").and_then(|()| pointer(out, held.addr()))
            }
            Argument::Destructor(destructor) => {
                out.write_str("\"destructor\":").and_then(|()| pointer(out, address(*destructor).addr()))
            }
        },
        Call::IsValid { name: text, .. } | Call::Import(text) => {
            out.write_str("\"name\":").and_then(|()| name(out, *text))
        }
    }
}

fn result(out: &mut dyn Write, seen: Seen) -> fmt::Result {
    out.write_str(",\"result\":")?;
    match seen {
        Seen::Done => out.write_str("0"),
        Seen::Truth(truth) => write!(out, "{truth}"),
        Seen::Pointer(result) => pointer(out, result.addr()),
        Seen::Name(text) => name(out, text),
    }
}

/// Writes that a capsule's last reference is gone, and its destructor, if it has one, is called next.
pub fn destruction_begins(capsule: *mut PyObject, destructor: PyCapsule_Destructor) {
    if !switch::has_room() {
        return;
    }
    let place = Place::here();
    introduce(place);
    log::trace(|out| {
        head(out, "destruction")?;
        subject(out, capsule.expose_provenance())?;
        out.write_str(",\"destructor\":")?;
        pointer(out, address(destructor).addr())?;
        at(out, place)
    });
}

/// Writes that a capsule is destroyed. Its address may be another object's from now on.
pub fn destruction_ends(capsule: usize) {
    if switch::has_room() {
        begin();
        log::trace(|out| {
            head(out, "destroyed")?;
            subject(out, capsule)?;
            out.write_char('}')
        });
    }
    STATE.hold().remove(capsule);
}

/// Writes a report of strict mode.
pub fn report(finding: &Finding, severity: Severity) {
    if !switch::has_room() {
        return;
    }
    let roles = [Role::Used, Role::Destroyed, Role::Failed, Role::Made].map(|role| finding.place(role));
    let place = roles.into_iter().find(|place| *place != Place::UNKNOWN).unwrap_or(Place::UNKNOWN);
    introduce(place);
    log::trace(|out| {
        head(out, "report")?;
        if finding.capsule != 0 {
            subject(out, finding.capsule)?;
        }
        let (severity, kind) = (severity.name(), finding.kind.name());
        write!(out, ",\"severity\":\"{severity}\",\"kind\":\"{kind}\",\"message\":{}", Text(&finding.sentence))?;
        at(out, place)
    });
}

/// Writes that the process ends by `exit`, and how many capsules are alive.
pub fn process_ends() {
    begin();
    let alive = STATE.hold().numbers.len();
    log::trace(|out| {
        head(out, "exit")?;
        write!(out, ",\"alive\":{alive}}}")
    });
}
