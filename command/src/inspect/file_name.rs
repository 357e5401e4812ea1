//! The name of a module's file: the module's own name, and the Python that the file was built for.

/// The facts in a file's name.
#[derive(Debug, PartialEq)]
pub struct FileName<'a> {
    /// The last part of the module's name.
    pub module: &'a str,
    /// The ending after it, with its dot: `.cpython-314-x86_64-linux-gnu.so`.
    pub ending: &'a str,
    /// The Python that the ending names.
    pub built_for: String,
    /// Whether imports of this library look for files with this ending.
    pub is_searched: bool,
}

/// The endings that an import looks for, in its order (`src/import/finder.rs` of the library).
pub fn searched() -> [String; 3] {
    [format!(".cpython-314-{}-linux-gnu.so", std::env::consts::ARCH), ".abi3.so".into(), ".so".into()]
}

impl<'a> FileName<'a> {
    /// Splits the name of a file, which may stand behind folders.
    pub fn of(path: &'a str) -> FileName<'a> {
        let name = path.rsplit(['/', ':']).next().unwrap_or(path);
        let (module, ending) = name.split_at(name.find('.').unwrap_or(name.len()));
        let built_for = built_for(ending);
        FileName { module, ending, built_for, is_searched: searched().iter().any(|searched| searched == ending) }
    }
}

fn built_for(ending: &str) -> String {
    match ending {
        ".so" => return "a version that its name does not say".into(),
        ".abi3.so" => return "CPython 3.2 and newer (limited API)".into(),
        ".abi3t.so" => return "CPython 3.15 and newer (limited API, free-threaded)".into(),
        _ => {}
    }
    let parts = ending.strip_prefix(".cpython-").and_then(|rest| rest.strip_suffix(".so")?.split_once('-'));
    let Some((version, platform)) = parts else {
        return format!("a Python that '{ending}' names");
    };
    let digits = version.find(|c: char| !c.is_ascii_digit()).unwrap_or(version.len());
    let (digits, flags) = version.split_at(digits);
    let Some((major, minor)) = digits.split_at_checked(1) else {
        return format!("a Python that '{ending}' names");
    };
    let mut text = format!("CPython {major}.{minor}");
    for (flag, word) in [('t', ", free-threaded"), ('d', ", debug")] {
        if flags.contains(flag) {
            text += word;
        }
    }
    format!("{text} ({platform})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_at_their_first_dot() {
        let name = FileName::of("a/b.c/_speed.cpython-314-x86_64-linux-gnu.so");
        assert_eq!((name.module, name.ending), ("_speed", ".cpython-314-x86_64-linux-gnu.so"));
        assert_eq!(name.built_for, "CPython 3.14 (x86_64-linux-gnu)");
        assert_eq!(FileName::of("w.whl:a/b.abi3.so").module, "b");
    }

    #[test]
    fn endings_say_the_version() {
        for (ending, built_for, is_searched) in [
            (".so", "a version that its name does not say", true),
            (".abi3.so", "CPython 3.2 and newer (limited API)", true),
            (".cpython-39-x86_64-linux-gnu.so", "CPython 3.9 (x86_64-linux-gnu)", false),
            (".cpython-314t-x86_64-linux-gnu.so", "CPython 3.14, free-threaded (x86_64-linux-gnu)", false),
            (".cpython-314d-x86_64-linux-gnu.so", "CPython 3.14, debug (x86_64-linux-gnu)", false),
            (".pypy311-pp73-x86_64-linux-gnu.so", "a Python that '.pypy311-pp73-x86_64-linux-gnu.so' names", false),
            (".cpython-.so", "a Python that '.cpython-.so' names", false),
            ("", "a Python that '' names", false),
        ] {
            let name = format!("m{ending}");
            let name = FileName::of(&name);
            assert_eq!((name.built_for.as_str(), name.is_searched), (built_for, is_searched), "{ending}");
        }
    }
}
