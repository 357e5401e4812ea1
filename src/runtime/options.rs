//! What the environment asks of the library: `PYCAPSULE_OPTIONS=key=value:key=value`, read once, when it is first needed.

use super::lock::Once;
use super::memory::Lossy;
use super::stderr;
use core::ffi::CStr;

const VARIABLE: &CStr = c"PYCAPSULE_OPTIONS";

/// The exit status of a program whose options make no sense.
const BAD_OPTIONS: i32 = 2;

/// The options, each off unless it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Print each place an import looks at, and why it goes on.
    pub verbose: bool,
    /// List the keys.
    help: bool,
}

/// A key, and how its value is taken.
struct Key {
    name: &'static str,
    meaning: &'static str,
    value: Value,
}

/// What a key's value may be, and where it is kept.
enum Value {
    /// 0 or 1.
    Switch(fn(&mut Options) -> &mut bool),
}

/// Every key there is.
const KEYS: &[Key] = &[
    Key {
        name: "verbose",
        meaning: "print each place an import looks at, and why it goes on",
        value: Value::Switch(|options| &mut options.verbose),
    },
    Key { name: "help", meaning: "print this list", value: Value::Switch(|options| &mut options.help) },
];

/// What is wrong with a text of options.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum Problem<'a> {
    #[error("there is no option \"{0}\"")]
    UnknownKey(Lossy<'a>),
    #[error("option \"{0}\" needs a value, which must be {1}")]
    NoValue(&'static str, &'static str),
    #[error("option \"{0}\" can't be \"{1}\", but must be {2}")]
    BadValue(&'static str, Lossy<'a>, &'static str),
}

impl Value {
    /// The values there are, for messages.
    const fn choices(&self) -> &'static str {
        match self {
            Value::Switch(_) => "0 or 1",
        }
    }

    /// Keeps a value; `false` when it is not one of those there are.
    fn take(&self, options: &mut Options, value: &[u8]) -> bool {
        match (self, value) {
            (Value::Switch(place), b"0" | b"1") => *place(options) = value == b"1",
            (Value::Switch(_), _) => return false,
        }
        true
    }
}

/// Reads a text of options. Empty parts say nothing; of a key that is there twice, the last counts.
fn parse(text: &[u8]) -> Result<Options, Problem<'_>> {
    let mut options = Options::default();
    for part in text.split(|byte| *byte == b':').filter(|part| !part.is_empty()) {
        let mut halves = part.splitn(2, |byte| *byte == b'=');
        let (name, value) = (halves.next().unwrap_or_default(), halves.next());
        let key = KEYS.iter().find(|key| key.name.as_bytes() == name).ok_or(Problem::UnknownKey(Lossy(name)))?;
        let choices = key.value.choices();
        let value = value.ok_or(Problem::NoValue(key.name, choices))?;
        if !key.value.take(&mut options, value) {
            return Err(Problem::BadValue(key.name, Lossy(value), choices));
        }
    }
    Ok(options)
}

/// The options. The first call reads them, and ends the program when they make no sense.
pub fn get() -> &'static Options {
    static OPTIONS: Once<Options> = Once::new();
    OPTIONS.get_or_init(|| match parse(environment(VARIABLE)) {
        Ok(options) => {
            if options.help {
                list_keys();
            }
            options
        }
        Err(problem) => {
            stderr::say(format_args!("{}: {problem}", Lossy(VARIABLE.to_bytes())));
            list_keys();
            // SAFETY: ends the program as its own exit would.
            unsafe { libc::exit(BAD_OPTIONS) }
        }
    })
}

fn list_keys() {
    stderr::say(format_args!(
        "{} is a list of key=value with ':' between them; the keys are",
        Lossy(VARIABLE.to_bytes())
    ));
    for key in KEYS {
        stderr::say(format_args!("  {}=  {}: {}", key.name, key.value.choices(), key.meaning));
    }
}

/// The bytes of an environment variable; none when it is not set.
pub fn environment(name: &CStr) -> &'static [u8] {
    // SAFETY: a string of the environment, which a program changes only while no other thread looks at it.
    unsafe {
        let value = libc::getenv(name.as_ptr());
        if value.is_null() { &[] } else { CStr::from_ptr(value).to_bytes() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn keys_and_values() {
        let verbose = Options { verbose: true, help: false };
        assert_eq!(parse(b""), Ok(Options::default()));
        assert_eq!(parse(b"verbose=1"), Ok(verbose));
        assert_eq!(parse(b":verbose=0::verbose=1:help=0:"), Ok(verbose));
        assert_eq!(parse(b"verbose=0"), Ok(Options::default()));
    }

    #[test]
    fn what_makes_no_sense() {
        let message = |text: &'static [u8]| parse(text).map_err(|problem| problem.to_string());
        assert_eq!(message(b"loud=1"), Err("there is no option \"loud\"".into()));
        assert_eq!(message(b"=1"), Err("there is no option \"\"".into()));
        assert_eq!(message(b"verbose"), Err("option \"verbose\" needs a value, which must be 0 or 1".into()));
        assert_eq!(message(b"verbose="), Err("option \"verbose\" can't be \"\", but must be 0 or 1".into()));
        assert_eq!(message(b"verbose=2=3"), Err("option \"verbose\" can't be \"2=3\", but must be 0 or 1".into()));
        assert_eq!(message(b"\xff=1"), Err("there is no option \"\u{fffd}\"".into()));
    }
}
