//! Reports: what of the findings is told, how it is written, and what follows from it.

use super::finding::{Finding, Role};
use super::frames::callers;
use super::kinds::{Kind, Names, Severity};
use super::line::{Escaped, Line, OneLine, Quoted, Writer};
use super::place::Place;
use super::symbols::Symbols;
use super::{json, suppress};
use crate::abi::{pycapsule_report, pycapsule_report_callback};
use crate::runtime::lock::Lock;
use crate::runtime::log::{self, Topic, process};
use crate::runtime::memory::aside::{self, Aside, Notes, note};
use crate::runtime::options::{self, Format};
use core::ffi::c_void;
use core::fmt::{self, Write};
use core::ptr::null_mut;
use core::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicU32, AtomicUsize};

/// The function that is shown reports, and its argument.
struct Callback {
    function: pycapsule_report_callback,
    argument: *mut c_void,
}

// SAFETY: the argument is only handed back to the function.
unsafe impl Send for Callback {}

static CALLBACK: Lock<Callback> = Lock::new(Callback { function: None, argument: null_mut() });

/// What was reported already: a kind, at places, is told once.
static TOLD: Lock<Notes<(Kind, Place, Place)>> = Lock::new(Notes::new_in(Aside));

/// The warnings that count as errors, a bit each.
static WERROR: AtomicU32 = AtomicU32::new(0);
/// How many errors and warnings were reported, and by which process: a child that was forked begins anew.
static ERRORS: AtomicUsize = AtomicUsize::new(0);
static WARNINGS: AtomicUsize = AtomicUsize::new(0);
static REPORTER: AtomicI32 = AtomicI32::new(0);

/// What may follow an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The run ends, unless the options let it go on.
    Halt,
    /// The run goes on, to its end.
    GoOn,
    /// The process ends by itself, and its memory may be broken.
    Crash,
}

/// Reads the options that are about reports. Ends the program when one makes no sense.
pub fn prepare() {
    let options = options::get();
    for name in options.werror.split(|byte| *byte == b',').filter(|name| !name.is_empty()) {
        let is_meant = |kind: &&Kind| name == b"all" || suppress::matches(name, kind.name().as_bytes());
        let kinds = Kind::ALL.iter().filter(is_meant).fold(0, |kinds, kind| kinds | 1 << *kind as u8);
        if kinds == 0 {
            options::refuse(format_args!("option \"werror\" has no kind \"{}\"; the kinds are {Names}", Escaped(name)));
        }
        WERROR.fetch_or(kinds, Relaxed);
    }
    if !options.suppress.is_empty()
        && let Err(problem) = suppress::read(options.suppress)
    {
        options::refuse(format_args!("option \"suppress\": \"{}\"{problem}", Escaped(options.suppress)));
    }
}

/// Sets memory aside for a report when there is none, once.
pub fn reserve() {
    RESERVE.store(Scratch::map(), Release);
}

/// Has a function shown each report.
pub fn set_callback(function: pycapsule_report_callback, argument: *mut c_void) {
    *CALLBACK.hold() = Callback { function, argument };
}

/// How many errors this process has reported.
pub fn errors() -> usize {
    if REPORTER.load(Relaxed) == process() { ERRORS.load(Relaxed) } else { 0 }
}

/// Writes how many errors and warnings this process has reported, if it has reported any: the last line before it ends.
pub fn sum_up() {
    let (errors, warnings) = (errors(), WARNINGS.load(Relaxed));
    let pid = process();
    if REPORTER.load(Relaxed) != pid || errors + warnings == 0 {
        return;
    }
    let counts = Line::<64>::of(format_args!("{errors} errors, {warnings} warnings"));
    let line = match options::get().log_format {
        Format::Text => Line::<200>::of(format_args!("SUMMARY: pycapsule: {counts}\n")),
        Format::Json => Line::of(format_args!(
            "{{\"pid\":{pid},\"severity\":\"SUMMARY\",\"message\":\"{counts}\",\"errors\":{errors},\"warnings\":{warnings}}}\n"
        )),
    };
    log::write(line.as_bytes());
}

/// How bad it is, by the options.
fn severity(kind: Kind) -> Severity {
    if WERROR.load(Relaxed) & (1 << kind as u8) != 0 { Severity::Error } else { kind.severity() }
}

/// Whether this is new: a kind is told once for the same places, so that a loop does not fill the log. What nobody did at
/// any place, a leak, is always new.
fn is_news(finding: &Finding) -> bool {
    let acts = [Role::Used, Role::Destroyed, Role::Failed].map(|role| finding.place(role));
    let Some(act) = acts.into_iter().find(|place| *place != Place::UNKNOWN) else { return true };
    let key = (finding.kind, act, finding.place(Role::Made));
    let mut told = TOLD.hold();
    if told.contains(&key) {
        return false;
    }
    // Without memory it is told again.
    let _ = note(&mut told, key);
    true
}

/// What a report is made in: memory of its own, since malloc may be what is broken.
struct Scratch {
    text: Line<65536>,
    symbols: Symbols,
}

/// One that is kept for when the system has no more memory, unless it is in use.
static RESERVE: AtomicPtr<Scratch> = AtomicPtr::new(null_mut());

impl Scratch {
    fn map() -> *mut Scratch {
        aside::map(size_of::<Scratch>()).cast()
    }

    /// An empty one that nobody else uses.
    fn take() -> Option<&'static mut Scratch> {
        let mut place = Scratch::map();
        if place.is_null() {
            place = RESERVE.swap(null_mut(), Acquire);
        }
        // SAFETY: NULL, or a mapping of this size, aligned to a page, that was just made or is in nobody's hands any more. It
        // is all zeros, which is an empty `Scratch`: no field of it has a value that zero is not.
        unsafe { place.as_mut() }
    }

    /// Gives it back to the system, or to the reserve if that is in use or was never had.
    fn give_back(&'static mut self) {
        let mut place = &raw mut *self;
        // SAFETY: the mapping is the caller's, who does not use it any more; and so is what another thread has given back
        // meanwhile.
        unsafe {
            if RESERVE.load(Relaxed).is_null() {
                place.write_bytes(0, 1);
                place = RESERVE.swap(place, AcqRel);
            }
            if !place.is_null() {
                libc::munmap(place.cast(), size_of::<Scratch>());
            }
        }
    }
}

/// Reports what was found, unless that is not wanted. No lock of the library is held.
pub fn tell(finding: &Finding, then: Then) {
    if !suppress::suppresses(finding.kind, finding.name.as_ref().map(Line::as_bytes)) {
        tell_wanted(finding, then);
    }
}

/// The same for what no line of the file suppresses.
pub fn tell_wanted(finding: &Finding, then: Then) {
    if then != Then::Crash && !is_news(finding) {
        return;
    }
    let severity = severity(finding.kind);
    // Several threads that report without memory at the same time count all the same.
    let mut dealt_with = false;
    if let Some(scratch) = Scratch::take() {
        for frame in finding.places.iter().flatten().filter_map(|(_, place)| place.stack()).flatten() {
            scratch.symbols.want(frame);
        }
        scratch.symbols.resolve();
        // What there is no room for is left out.
        let _ = match options::get().log_format {
            Format::Text => text(&mut scratch.text.writer(), finding, severity, &scratch.symbols),
            Format::Json => json::report(&mut scratch.text.writer(), finding, severity, &scratch.symbols),
        };
        dealt_with = show(finding, severity, &mut scratch.text);
        if !dealt_with {
            log::write(scratch.text.as_bytes());
        }
        scratch.give_back();
    }
    if dealt_with {
        return;
    }
    count(severity);
    if severity == Severity::Error && then == Then::Halt && options::get().halt_on_error {
        sum_up();
        super::crash::leave_alone();
        // SAFETY: ends the process, as was asked for.
        unsafe { libc::abort() }
    }
}

fn count(severity: Severity) {
    let me = process();
    if REPORTER.swap(me, Relaxed) != me {
        ERRORS.store(0, Relaxed);
        WARNINGS.store(0, Relaxed);
    }
    let counter = if severity == Severity::Error { &ERRORS } else { &WARNINGS };
    counter.fetch_add(1, Relaxed);
}

/// Shows the report to the callback, if there is one; says whether that has dealt with it.
fn show(finding: &Finding, severity: Severity, text: &mut Line<65536>) -> bool {
    let (function, argument) = {
        let callback = CALLBACK.hold();
        (callback.function, callback.argument)
    };
    let Some(function) = function else { return false };
    let mut kind = Line::<32>::of(format_args!("{}", finding.kind.name()));
    let mut message = Line::<2048>::of(format_args!("{}", finding.sentence));
    let mut severity = Line::<8>::of(format_args!("{}", severity_name(severity)));
    let text = text.with_nul();
    let report = pycapsule_report {
        kind: kind.with_nul().as_ptr(),
        severity: severity.with_nul().as_ptr(),
        message: message.with_nul().as_ptr(),
        text: text.as_ptr(),
        capsule: core::ptr::with_exposed_provenance(finding.capsule),
    };
    // SAFETY: the function was given for this; the report lives until it returns.
    unsafe { function(&report, argument) != 0 }
}

/// `ERROR` or `WARNING`.
pub const fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
    }
}

/// Room for the last lines of a report, which are there however many callers there are.
const END: usize = 1024;

fn text(out: &mut Writer<'_>, finding: &Finding, severity: Severity, symbols: &Symbols) -> fmt::Result {
    let pid = process();
    let kind = finding.kind;
    writeln!(out, "=={pid}==pycapsule: {}: {}: {}", severity_name(severity), kind.name(), finding.sentence)?;
    for (role, place) in finding.places.iter().flatten() {
        writeln!(out, "  {}:", role.title())?;
        for (number, symbol) in callers(*place, symbols).enumerate() {
            let room = out.room();
            writeln!(out, "    #{number} {}", OneLine(symbol))?;
            if out.room() < END {
                out.back_to(room);
                break;
            }
        }
    }
    writeln!(out, "  what to do: {}", kind.advice())?;
    without_lines(out, finding, symbols)
}

/// Says, once, why a place has no lines, if one has none.
fn without_lines(out: &mut Writer<'_>, finding: &Finding, symbols: &Symbols) -> fmt::Result {
    static SAID: AtomicBool = AtomicBool::new(false);
    let mut nearest = finding.places.iter().flatten().filter_map(|(_, place)| callers(*place, symbols).next());
    let Some(symbol) = nearest.find(|symbol| symbol.line == 0 && !symbol.module.as_bytes().is_empty()) else {
        return Ok(());
    };
    if SAID.swap(true, Relaxed) {
        return Ok(());
    }
    let module = symbol.module;
    match symbols.was_answered {
        true => writeln!(out, "  no lines are known: {module} has no debug information there; compile it with -g"),
        false => writeln!(out, "  no lines are known: addr2line, of binutils, can't be run"),
    }
}

/// Writes one line of a trace.
pub fn trace(arguments: fmt::Arguments<'_>) {
    log::say(Topic::Trace, arguments);
}

/// A name as C has it, for a sentence.
pub fn quoted(name: Option<&[u8]>) -> Quoted<'_> {
    Quoted(name.map(|name| name.get(..160).unwrap_or(name)))
}
