//! The keys of the options: their names, meanings and values.

use super::{Failing, Format, Options};
use crate::runtime::log::is_pattern;

/// A key, and how its value is read.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) meaning: &'static str,
    pub(super) value: Value,
}

/// The kind of a key's value, and the field that keeps it.
pub(super) enum Value {
    /// On or off.
    Switch(fn(&mut Options) -> &mut bool),
    /// A number.
    Count(fn(&mut Options) -> &mut usize),
    /// An exit status.
    Status(fn(&mut Options) -> &mut i32),
    /// Any text.
    Text(fn(&mut Options) -> &mut &'static [u8]),
    /// A path with a place for the process's number.
    Pattern(fn(&mut Options) -> &mut &'static [u8]),
    /// Text or JSON.
    Format(fn(&mut Options) -> &mut Format),
    /// `N` or `N+`.
    Failing(fn(&mut Options) -> &mut Option<Failing>),
}

/// All keys.
pub(super) const KEYS: &[Key] = &[
    Key {
        name: "strict",
        meaning: "report what is wrong with capsules, and where they were made",
        value: Value::Switch(|options| &mut options.strict),
    },
    Key {
        name: "halt_on_error",
        meaning: "stop at the first error by abort, after its report (default 1)",
        value: Value::Switch(|options| &mut options.halt_on_error),
    },
    Key {
        name: "exitcode",
        meaning: "the exit status of a run that reported an error and was not aborted (default 23)",
        value: Value::Status(|options| &mut options.exitcode),
    },
    Key {
        name: "leak_check",
        meaning: "report capsules that are left at exit (default 1)",
        value: Value::Switch(|options| &mut options.leak_check),
    },
    Key {
        name: "log_path",
        meaning: "write at the end of this file instead of to standard error",
        value: Value::Pattern(|options| &mut options.log_path),
    },
    Key {
        name: "log_format",
        meaning: "write for people, or one JSON object a line (default text)",
        value: Value::Format(|options| &mut options.log_format),
    },
    Key {
        name: "backtrace",
        meaning: "say where a capsule was made, renamed, destroyed and used (default 1)",
        value: Value::Switch(|options| &mut options.backtrace),
    },
    Key {
        name: "all_frames",
        meaning: "show test harnesses and run-time libraries among the callers, too",
        value: Value::Switch(|options| &mut options.all_frames),
    },
    Key {
        name: "trace",
        meaning: "print every capsule call with its arguments and result",
        value: Value::Switch(|options| &mut options.trace),
    },
    Key {
        name: "trace_path",
        meaning: "write every capsule call at the end of this file, one JSON object a line",
        value: Value::Pattern(|options| &mut options.trace_path),
    },
    Key {
        name: "fail_alloc",
        meaning: "make the N-th allocation fail, with a plus sign all later ones too",
        value: Value::Failing(|options| &mut options.fail_alloc),
    },
    Key {
        name: "suppress",
        meaning: "a file with lines KIND:NAME of what is not to be reported; * stands for any characters and ? for one",
        value: Value::Text(|options| &mut options.suppress),
    },
    Key {
        name: "werror",
        meaning: "kinds of warnings, with ',' between them, that count as errors; all for each",
        value: Value::Text(|options| &mut options.werror),
    },
    Key {
        name: "quarantine",
        meaning: "how many destroyed capsules are kept to notice their use (default 1024; 0 for none)",
        value: Value::Count(|options| &mut options.quarantine),
    },
    Key {
        name: "verbose",
        meaning: "print each place an import looks at, and why it goes on",
        value: Value::Switch(|options| &mut options.verbose),
    },
    Key {
        name: "stand_ins",
        meaning: "a file with lines MODULE.NAME = VALUE of what stands in for Python source",
        value: Value::Text(|options| &mut options.stand_ins),
    },
    Key {
        name: "companions",
        meaning: "end sys.path with the folder of companion modules, as zlib, beside the library (default 1)",
        value: Value::Switch(|options| &mut options.companions),
    },
    Key {
        name: "help",
        meaning: "print this list, and end the program",
        value: Value::Switch(|options| &mut options.help),
    },
];

/// The words for a switch that is on or off; case does not matter.
const ON: [&[u8]; 4] = [b"1", b"yes", b"on", b"true"];
const OFF: [&[u8]; 4] = [b"0", b"no", b"off", b"false"];

impl Value {
    /// The values that are allowed, for messages.
    pub(super) const fn choices(&self) -> &'static str {
        match self {
            Value::Switch(_) => "0 or 1",
            Value::Count(_) => "a number",
            Value::Status(_) => "a number from 0 to 255",
            Value::Text(_) => "a text",
            Value::Pattern(_) => "a path, where %p is the process and %% a percent sign",
            Value::Format(_) => "text or json",
            Value::Failing(_) => "a number from 1, and then perhaps +",
        }
    }

    /// Reads a value into its field; `None` when the value is invalid.
    pub(super) fn take(&self, options: &mut Options, value: &'static [u8]) -> Option<()> {
        match self {
            Value::Switch(place) => {
                let is = |word: &&[u8]| value.eq_ignore_ascii_case(word);
                let is_on = ON.iter().any(is);
                if !is_on && !OFF.iter().any(is) {
                    return None;
                }
                *place(options) = is_on;
            }
            Value::Count(place) => *place(options) = number(value)?,
            Value::Status(place) => *place(options) = number(value)?.try_into().ok().filter(|status| *status < 256)?,
            Value::Text(place) => *place(options) = Some(value).filter(|value| !value.is_empty())?,
            Value::Pattern(place) => {
                *place(options) = Some(value).filter(|value| !value.is_empty() && is_pattern(value))?;
            }
            Value::Format(place) => {
                *place(options) = match value {
                    _ if value.eq_ignore_ascii_case(b"text") => Format::Text,
                    _ if value.eq_ignore_ascii_case(b"json") => Format::Json,
                    _ => return None,
                }
            }
            Value::Failing(place) => {
                let digits = value.strip_suffix(b"+");
                let first = number(digits.unwrap_or(value)).filter(|first| *first > 0)?;
                *place(options) = Some(Failing { first, and_later: digits.is_some() });
            }
        }
        Some(())
    }
}

fn number(text: &[u8]) -> Option<usize> {
    // Rust's parser would accept a sign.
    text.iter().all(u8::is_ascii_digit).then(|| core::str::from_utf8(text).ok()?.parse().ok()).flatten()
}
