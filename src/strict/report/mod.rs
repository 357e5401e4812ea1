//! Reports: the findings that are written, their form, and whether the run ends after them.

pub mod finding;
mod json;
pub mod kinds;
pub mod suppress;

use crate::abi::{pycapsule_report, pycapsule_report_callback};
use crate::runtime::line::{Escaped, Line, OneLine, Writer};
use crate::runtime::lock::Lock;
use crate::runtime::log::{self, Topic};
use crate::runtime::memory::aside::{self, Aside, Notes, note};
use crate::runtime::options::{self, Format};
use crate::runtime::process;
use crate::runtime::stderr::Report;
use crate::strict::signals;
use crate::strict::stack::callers::callers;
use crate::strict::stack::place::Place;
use crate::strict::stack::symbols::Symbols;
use crate::strict::switch;
use crate::strict::trace;
use core::ffi::c_void;
use core::fmt::{self, Write};
use core::ptr::null_mut;
use core::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicU32, AtomicUsize};
use finding::{Finding, Role};
use kinds::{Kind, Names, Severity};

/// The program's callback for reports, and its argument.
struct Callback {
    function: pycapsule_report_callback,
    argument: *mut c_void,
}

// SAFETY: the library never dereferences the argument. It only passes it to the program's function, from any thread, as
// the contract of `pycapsule_on_report` says.
unsafe impl Send for Callback {}

static CALLBACK: Lock<Callback> = Lock::new(Callback { function: None, argument: null_mut() });

/// The reports that were written: the kind, the place of the mistake, and the place where the capsule was made. Each is
/// written once.
static TOLD: Lock<Notes<(Kind, Place, Place)>> = Lock::new(Notes::new_in(Aside));

/// The kinds that count as errors by the options, one bit each.
static WERROR: AtomicU32 = AtomicU32::new(0);
/// The number of errors and warnings, and the process that reported them: a forked child starts again at 0.
static ERRORS: AtomicUsize = AtomicUsize::new(0);
static WARNINGS: AtomicUsize = AtomicUsize::new(0);
static REPORTER: AtomicI32 = AtomicI32::new(0);

/// The course of the run after an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The run ends, unless the options let it continue.
    Halt,
    /// The run continues to its end.
    GoOn,
    /// The process is ending, and its heap may be corrupt.
    Crash,
}

/// Reads the options for reports. Ends the program if one is invalid.
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

/// Reserves memory for a report that is written when the system has no more. Called once.
pub fn reserve() {
    RESERVE.store(Scratch::map(), Release);
}

/// Sets the callback that gets each report; `None` removes it.
pub fn set_callback(function: pycapsule_report_callback, argument: *mut c_void) {
    *CALLBACK.hold() = Callback { function, argument };
}

/// The number of errors that this process has reported.
pub fn errors() -> usize {
    if REPORTER.load(Relaxed) == process::id() { ERRORS.load(Relaxed) } else { 0 }
}

/// Writes the last line before the process ends: the number of errors and warnings that it has reported, if there are
/// any.
pub fn sum_up() {
    let (errors, warnings) = (errors(), WARNINGS.load(Relaxed));
    let pid = process::id();
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

/// The severity of a kind, by the options.
fn severity(kind: Kind) -> Severity {
    if WERROR.load(Relaxed) & (1 << kind as u8) != 0 { Severity::Error } else { kind.severity() }
}

/// Whether a finding is new. A kind is reported once for the same places, so that a loop does not fill the log. A leak
/// has no place where it happened, and is always new.
fn is_news(finding: &Finding) -> bool {
    let acts = [Role::Used, Role::Destroyed, Role::Failed].map(|role| finding.place(role));
    let Some(act) = acts.into_iter().find(|place| *place != Place::UNKNOWN) else { return true };
    let key = (finding.kind, act, finding.place(Role::Made));
    let mut told = TOLD.hold();
    if told.contains(&key) {
        return false;
    }
    // Without memory it is reported again.
    let _ = note(&mut told, key);
    true
}

/// The memory in which a report is made. It is mapped separately, because malloc's memory may be corrupt.
struct Scratch {
    text: Line<65536>,
    symbols: Symbols,
}

/// The memory that is reserved for the case that the system has no more; NULL while a report uses it.
static RESERVE: AtomicPtr<Scratch> = AtomicPtr::new(null_mut());

impl Scratch {
    fn map() -> *mut Scratch {
        aside::map(size_of::<Scratch>()).cast()
    }

    /// Empty memory for one report: mapped, or else the reserve.
    fn take() -> Option<&'static mut Scratch> {
        let mut place = Scratch::map();
        if place.is_null() {
            place = RESERVE.swap(null_mut(), Acquire);
        }
        // SAFETY: `place` is NULL, or a mapping of this size, aligned to a page. It was just made, or the swap took it
        // out of the reserve, so no other thread has it. It is all zeros, which is an empty `Scratch`: every field may
        // be zero.
        unsafe { place.as_mut() }
    }

    /// Returns the memory to the reserve if that is empty, otherwise to the system.
    fn give_back(&'static mut self) {
        let mut place = &raw mut *self;
        // SAFETY: this call owns the mapping, and `self` is not used after this. If the swap takes another mapping out
        // of the reserve, which another thread has returned meanwhile, this call owns that one too.
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

/// Reports a finding, unless a line of the file suppresses it. The caller holds no lock of the library.
pub fn tell(finding: &Finding, then: Then) {
    if !suppress::suppresses(finding.kind, finding.name.as_ref().map(Line::as_bytes)) {
        tell_wanted(finding, then);
    }
}

/// Reports a finding that no line of the file suppresses.
pub fn tell_wanted(finding: &Finding, then: Then) {
    if then != Then::Crash && !is_news(finding) {
        return;
    }
    let severity = severity(finding.kind);
    // Without memory a finding is not written, but counts.
    let mut dealt_with = false;
    if let Some(scratch) = Scratch::take() {
        for frame in finding.places.iter().flatten().filter_map(|(_, place)| place.stack()).flatten() {
            scratch.symbols.want(frame);
        }
        scratch.symbols.resolve();
        // A report that is too long is cut.
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
    if switch::traces_to_file() {
        trace::report(finding, severity);
    }
    if severity == Severity::Error && then == Then::Halt && options::get().halt_on_error {
        sum_up();
        signals::remove_before_abort();
        // SAFETY: `abort` has no preconditions.
        unsafe { libc::abort() }
    }
}

fn count(severity: Severity) {
    let me = process::id();
    if REPORTER.swap(me, Relaxed) != me {
        ERRORS.store(0, Relaxed);
        WARNINGS.store(0, Relaxed);
    }
    let counter = if severity == Severity::Error { &ERRORS } else { &WARNINGS };
    counter.fetch_add(1, Relaxed);
}

/// Passes the report to the callback, if there is one. Returns whether the callback has suppressed it.
fn show(finding: &Finding, severity: Severity, text: &mut Line<65536>) -> bool {
    let (function, argument) = {
        let callback = CALLBACK.hold();
        (callback.function, callback.argument)
    };
    let Some(function) = function else { return false };
    let mut kind = Line::<32>::of(format_args!("{}", finding.kind.name()));
    let mut message = Line::<2048>::of(format_args!("{}", finding.sentence));
    let mut severity = Line::<8>::of(format_args!("{}", severity.name()));
    let text = text.with_nul();
    let report = pycapsule_report {
        kind: kind.with_nul().as_ptr(),
        severity: severity.with_nul().as_ptr(),
        message: message.with_nul().as_ptr(),
        text: text.as_ptr(),
        capsule: core::ptr::with_exposed_provenance(finding.capsule),
    };
    // SAFETY: `pycapsule_on_report` requires a function that can be called in this way from any thread. The report and
    // its strings are in this frame or in `text`, and live until it returns.
    unsafe { function(&report, argument) != 0 }
}

/// Room that is reserved for the last lines of a report, whatever the number of callers is.
const END: usize = 1024;

fn text(out: &mut Writer<'_>, finding: &Finding, severity: Severity, symbols: &Symbols) -> fmt::Result {
    let pid = process::id();
    let kind = finding.kind;
    writeln!(out, "=={pid}==pycapsule: {}: {}: {}", severity.name(), kind.name(), finding.sentence)?;
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
    writeln!(out, "  more: {}", kind.page())?;
    without_lines(out, finding, symbols)
}

/// Writes, once, the reason why a place has no line numbers, if one has none.
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

/// Warns, once, that a function has no information because the checker is off.
pub fn say_off(function: &str) {
    static SAID: AtomicBool = AtomicBool::new(false);
    if !SAID.swap(true, Relaxed) {
        // Write errors are ignored: there is nowhere to report them.
        let _ = writeln!(
            Report::new(),
            "pycapsule: {function} finds nothing, for strict mode is off: call pycapsule_strict(1) first, or run with \
             PYCAPSULE_OPTIONS=strict=1"
        );
    }
}
