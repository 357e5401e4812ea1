//! The options of the library, from the environment: `PYCAPSULE_OPTIONS=key=value:key=value`, read once, on first use.
//! Nothing here allocates, because the first use may be an allocation.

mod keys;

use self::keys::KEYS;
use super::environment;
use super::line::{Escaped, OneLine};
use super::lock::Once;
use super::log::{LOG, Sink, TRACE};
use super::lossy::Lossy;
use super::stderr::Report;
use core::ffi::CStr;
use core::fmt::{self, Write};

const VARIABLE: &CStr = c"PYCAPSULE_OPTIONS";

/// The exit status of a program whose options are invalid.
const BAD_OPTIONS: i32 = 2;

/// The format of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// The allocations that fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failing {
    /// The first that fails, counted from 1.
    pub first: usize,
    /// Whether all later ones fail, too.
    pub and_later: bool,
}

/// The options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Report mistakes with capsules.
    pub strict: bool,
    /// Abort after the first error.
    pub halt_on_error: bool,
    /// The exit status of a run that reported an error and continued.
    pub exitcode: i32,
    /// Report capsules and references that are left at exit.
    pub leak_check: bool,
    /// The file for reports, instead of standard error.
    pub log_path: &'static [u8],
    /// The format of reports.
    pub log_format: Format,
    /// Show the calling functions, and their lines.
    pub backtrace: bool,
    /// Show the functions that run a test or start a program, too.
    pub all_frames: bool,
    /// Print every capsule call.
    pub trace: bool,
    /// A file for a trace, with one JSON object for each capsule call.
    pub trace_path: &'static [u8],
    /// Make allocations fail.
    pub fail_alloc: Option<Failing>,
    /// A file that lists findings to be suppressed.
    pub suppress: &'static [u8],
    /// The warnings that count as errors.
    pub werror: &'static [u8],
    /// The number of destroyed capsules that are kept.
    pub quarantine: usize,
    /// Print each place at which an import looks, and why it continues.
    pub verbose: bool,
    /// A file that lists stand-ins for modules that are Python source.
    pub stand_ins: &'static [u8],
    /// Look for a module in the folder of companion modules, after all folders of `sys.path`.
    pub companions: bool,
    /// List the keys.
    help: bool,
}

impl Options {
    /// The options that the variable does not set.
    const DEFAULT: Self = Options {
        strict: false,
        halt_on_error: true,
        exitcode: 23,
        leak_check: true,
        log_path: b"",
        log_format: Format::Text,
        backtrace: true,
        all_frames: false,
        trace: false,
        trace_path: b"",
        fail_alloc: None,
        suppress: b"",
        werror: b"",
        quarantine: 1024,
        verbose: false,
        stand_ins: b"",
        companions: true,
        help: false,
    };
}

/// The mistake in the options.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum Problem<'a> {
    #[error("there is no option \"{0}\"")]
    UnknownKey(Escaped<'a>),
    #[error("option \"{0}\" needs a value, which must be {1}")]
    NoValue(&'static str, &'static str),
    #[error("option \"{0}\" can't be \"{1}\", but must be {2}")]
    BadValue(&'static str, Escaped<'a>, &'static str),
}

/// Parses the options. Empty parts are skipped. If a key occurs twice, the last one counts.
fn parse(text: &'static [u8]) -> Result<Options, Problem<'static>> {
    let mut options = Options::DEFAULT;
    for part in text.split(|byte| *byte == b':').filter(|part| !part.is_empty()) {
        let mut halves = part.splitn(2, |byte| *byte == b'=');
        let (name, value) = (halves.next().unwrap_or_default(), halves.next());
        let key = KEYS.iter().find(|key| key.name.as_bytes() == name).ok_or(Problem::UnknownKey(Escaped(name)))?;
        let choices = key.value.choices();
        let value = value.ok_or(Problem::NoValue(key.name, choices))?;
        key.value.take(&mut options, value).ok_or(Problem::BadValue(key.name, Escaped(value), choices))?;
    }
    Ok(options)
}

/// The options. The first call reads them, and ends the program if they are invalid or ask for help.
#[unsafe(link_section = ".text.startup")]
pub fn get() -> &'static Options {
    static OPTIONS: Once<Options> = Once::new();
    OPTIONS.get_or_init(|| {
        let options = parse(environment::get(VARIABLE).unwrap_or_default());
        let options = options.unwrap_or_else(|problem| refuse(format_args!("{problem}")));
        if options.help {
            help();
        }
        open("log_path", &LOG, options.log_path);
        open("trace_path", &TRACE, options.trace_path);
        options
    })
}

/// Opens the file that an option names, if it names one.
fn open(option: &str, sink: &'static Sink, path: &'static [u8]) {
    if !path.is_empty()
        && let Err(problem) = sink.open(path)
    {
        refuse(format_args!("option \"{option}\": \"{}\" {problem}", Escaped(path)));
    }
}

/// Ends the program, because its options are invalid.
pub fn refuse(problem: fmt::Arguments<'_>) -> ! {
    let variable = Lossy(VARIABLE.to_bytes());
    // Write errors are ignored: there is nowhere to report them.
    let _ = writeln!(Report::new(), "pycapsule: {variable}: {}; see {variable}=help=1", OneLine(problem));
    end(BAD_OPTIONS)
}

/// Prints the options, and ends the program.
fn help() -> ! {
    let _ = list_keys(&mut Report::new());
    end(0)
}

fn end(status: i32) -> ! {
    // SAFETY: any thread may call exit. No lock is held that a handler of the program might need.
    unsafe { libc::exit(status) }
}

fn list_keys(out: &mut Report) -> fmt::Result {
    let variable = Lossy(VARIABLE.to_bytes());
    writeln!(
        out,
        "pycapsule: {variable} is a list of key=value with ':' between them (no, off and false are 0; yes, on and true"
    )?;
    writeln!(out, "pycapsule: are 1); the keys are")?;
    KEYS.iter()
        .try_for_each(|key| writeln!(out, "pycapsule:   {}=  {}: {}", key.name, key.value.choices(), key.meaning))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn keys_and_values() {
        let with = |change: fn(&mut Options)| {
            let mut options = Options::DEFAULT;
            change(&mut options);
            Ok(options)
        };
        assert_eq!(parse(b""), Ok(Options::DEFAULT));
        assert_eq!(parse(b"verbose=1"), with(|o| o.verbose = true));
        assert_eq!(parse(b":verbose=0::verbose=1:help=0:"), with(|o| o.verbose = true));
        assert_eq!(parse(b"verbose=0"), Ok(Options::DEFAULT));
        for on in [&b"verbose=yes"[..], b"verbose=on", b"verbose=TRUE", b"verbose=True:verbose=1"] {
            assert_eq!(parse(on), with(|o| o.verbose = true));
        }
        for off in [&b"backtrace=no"[..], b"backtrace=Off", b"backtrace=FALSE", b"backtrace=1:backtrace=0"] {
            assert_eq!(parse(off), with(|o| o.backtrace = false));
        }
        assert_eq!(parse(b"strict=1:halt_on_error=0"), with(|o| (o.strict, o.halt_on_error) = (true, false)));
        assert_eq!(parse(b"exitcode=7:quarantine=0"), with(|o| (o.exitcode, o.quarantine) = (7, 0)));
        assert_eq!(
            parse(b"log_path=a=b:log_format=json"),
            with(|o| (o.log_path, o.log_format) = (b"a=b", Format::Json))
        );
        assert_eq!(parse(b"log_format=json:log_format=text"), Ok(Options::DEFAULT));
        assert_eq!(parse(b"trace_path=t.%p"), with(|o| o.trace_path = b"t.%p"));
        let failing =
            |first, and_later| Ok(Options { fail_alloc: Some(Failing { first, and_later }), ..Options::DEFAULT });
        assert_eq!(parse(b"fail_alloc=3"), failing(3, false));
        assert_eq!(parse(b"fail_alloc=12+"), failing(12, true));
    }

    #[test]
    fn texts_that_make_no_sense() {
        let message = |text: &'static [u8]| parse(text).map_err(|problem| problem.to_string());
        assert_eq!(message(b"loud=1"), Err("there is no option \"loud\"".into()));
        assert_eq!(message(b"=1"), Err("there is no option \"\"".into()));
        assert_eq!(message(b"verbose"), Err("option \"verbose\" needs a value, which must be 0 or 1".into()));
        assert_eq!(message(b"\xff=1"), Err("there is no option \"\\xff\"".into()));
        for (text, key, value, choices) in [
            (&b"exitcode=256"[..], "exitcode", "256", "a number from 0 to 255"),
            (b"exitcode=-1", "exitcode", "-1", "a number from 0 to 255"),
            (b"quarantine=+1", "quarantine", "+1", "a number"),
            (b"quarantine=99999999999999999999", "quarantine", "99999999999999999999", "a number"),
            (b"log_format=xml", "log_format", "xml", "text or json"),
            (b"verbose=", "verbose", "", "0 or 1"),
            (b"verbose=2=3", "verbose", "2=3", "0 or 1"),
            (b"suppress=", "suppress", "", "a text"),
            (b"log_path=", "log_path", "", "a path, where %p is the process and %% a percent sign"),
            (b"log_path=a%d", "log_path", "a%d", "a path, where %p is the process and %% a percent sign"),
            (b"fail_alloc=0", "fail_alloc", "0", "a number from 1, and then perhaps +"),
            (b"fail_alloc=+", "fail_alloc", "+", "a number from 1, and then perhaps +"),
        ] {
            assert_eq!(message(text), Err(format!("option \"{key}\" can't be \"{value}\", but must be {choices}")));
        }
    }
}
