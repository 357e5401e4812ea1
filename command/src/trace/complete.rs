//! Adds functions, lines and symbols to a trace, whose lines have addresses in files.

use super::symbols::{Files, Function};
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

/// More bytes than a line of a trace has.
const LONGEST_LINE: u64 = 1 << 24;

/// The lines of a trace, with functions and lines as far as they are found, and the number of lines that are no JSON objects.
pub fn read(path: &Path) -> Result<(Vec<Value>, usize)> {
    let shown = path.display();
    let file = fs::File::open(path).with_context(|| shown.to_string())?;
    if !file.metadata().with_context(|| shown.to_string())?.is_file() {
        bail!("{shown}: it is no regular file");
    }
    let mut completer = Completer::default();
    let (mut lines, mut damaged) = (Vec::new(), 0);
    let mut file = BufReader::new(file);
    loop {
        let mut line = Vec::new();
        let read = file.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).with_context(|| shown.to_string())?;
        if read == 0 {
            break;
        }
        if line.pop_if(|last| *last == b'\n').is_none() && read as u64 == LONGEST_LINE {
            bail!("{shown}: it is no trace: a line has {LONGEST_LINE} bytes and more");
        }
        match serde_json::from_slice::<Value>(&line) {
            Ok(mut value) if value.is_object() => {
                completer.complete(&mut value);
                lines.push(value);
            }
            _ if line.is_empty() => {}
            _ => damaged += 1,
        }
    }
    Ok((lines, damaged))
}

/// Completes a file, line by line. The file changes at once, or not at all.
pub fn file(path: &Path) -> Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", std::process::id()));
    let written = copy(path, Path::new(&name)).and_then(|()| Ok(fs::rename(&name, path)?));
    if written.is_err() {
        let _ = fs::remove_file(&name);
    }
    written
}

/// Copies a trace. A line that is no JSON object stays as it is.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let mut completer = Completer::default();
    let mut out = BufWriter::new(fs::File::create_new(to)?);
    for line in BufReader::new(fs::File::open(from)?).split(b'\n') {
        let line = line?;
        match serde_json::from_slice::<Value>(&line) {
            Ok(mut value) if value.is_object() => {
                completer.complete(&mut value);
                serde_json::to_writer(&mut out, &value)?;
            }
            _ => out.write_all(&line)?,
        }
        out.write_all(b"\n")?;
    }
    out.into_inner()?;
    Ok(())
}

/// The files of a trace, and the callers that are known.
#[derive(Default)]
struct Completer {
    files: Files,
    functions: HashMap<(String, u64), Vec<Function>>,
    /// The innermost caller of each place of a process.
    places: HashMap<(u64, u64), Value>,
}

impl Completer {
    fn complete(&mut self, line: &mut Value) {
        let place = |line: &Value| Some((line.get("pid")?.as_u64()?, line.get("place")?.as_u64()?));
        let Some(key) = place(line) else { return self.pointers(line) };
        if let Some(callers) = line.get_mut("callers").and_then(Value::as_array_mut) {
            self.callers(callers);
            if let Some(first) = callers.first() {
                self.places.insert(key, first.clone());
            }
            return;
        }
        if let (Some(known), Some(object)) = (self.places.get(&key).cloned(), line.as_object_mut()) {
            object.insert("caller".into(), known);
        }
        self.pointers(line);
    }

    /// Names the functions of callers. Inline functions of Python's headers go, as in a report of strict mode.
    fn callers(&mut self, callers: &mut Vec<Value>) {
        callers.retain_mut(|caller| {
            let Some((module, offset)) = place(caller) else { return true };
            let key = (module.clone(), offset);
            let functions = self.functions.entry(key).or_insert_with(|| self.files.callers(&module, offset)).iter();
            let is_known = functions.len() > 0;
            let Some(function) = functions.clone().find(|function| !is_of_header(function)) else { return !is_known };
            if let Some(caller) = caller.as_object_mut() {
                add(caller, "function", function.name.clone().into());
                if let Some((file, line)) = &function.line {
                    add(caller, "file", file.clone().into());
                    add(caller, "line", (*line).into());
                }
            }
            true
        });
    }

    /// Names the symbols of pointers that lead into files.
    fn pointers(&mut self, value: &mut Value) {
        let Some(object) = value.as_object_mut() else { return };
        for key in ["destructor", "pointer", "context", "result"] {
            if let Some(pointer) = object.get_mut(key)
                && let Some((module, offset)) = place(pointer)
                && let Some((name, inside)) = self.files.symbol(&module, offset)
                && let Some(pointer) = pointer.as_object_mut()
            {
                let name = if inside == 0 { name } else { format!("{name}+{inside:#x}") };
                add(pointer, "symbol", name.into());
            }
        }
        if let Some(arguments) = object.get_mut("arguments") {
            self.pointers(arguments);
        }
    }
}

fn add(object: &mut Map<String, Value>, key: &str, value: Value) {
    object.insert(key.to_owned(), value);
}

/// The file of an address, and the address in it.
fn place(value: &Value) -> Option<(String, u64)> {
    let module = unescaped(value.get("module")?.as_str()?)?;
    let offset = value.get("offset")?.as_str()?.strip_prefix("0x")?;
    Some((module, u64::from_str_radix(offset, 16).ok()?))
}

/// The text whose quotes and backslashes have a backslash before them; `None` for bytes that are no text.
pub fn unescaped(text: &str) -> Option<String> {
    let mut characters = text.chars();
    let mut plain = String::new();
    while let Some(character) = characters.next() {
        plain.push(match character {
            '\\' => characters.next().filter(|next| *next != 'x')?,
            other => other,
        });
    }
    Some(plain)
}

/// Whether this is an inline function of a header of Python.
fn is_of_header(function: &Function) -> bool {
    let is_header = function.line.as_ref().is_some_and(|(file, _)| file.ends_with(".h"));
    is_header && ["Py", "_Py"].iter().any(|prefix| function.name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_as_it_was_written() {
        assert_eq!(unescaped("/a/b c"), Some("/a/b c".into()));
        assert_eq!(unescaped(r#"/a\\b\"c"#), Some(r#"/a\b"c"#.into()));
        assert_eq!(unescaped(r"/a\xff"), None);
    }

    #[test]
    fn inline_functions_of_headers_are_no_callers() {
        let function = |name: &str, file: &str| Function { name: name.into(), line: Some((file.into(), 1)) };
        assert!(is_of_header(&function("Py_DECREF", "/usr/include/python3.14/refcount.h")));
        assert!(!is_of_header(&function("PyInit_a", "a.c")));
        assert!(!is_of_header(&function("drop", "drop.h")));
    }
}
