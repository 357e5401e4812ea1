//! `pycapsule trace` and `picture`, with the library of the repository's build.

#[allow(dead_code, reason = "each file of tests uses some of it")]
mod common;

use common::{Folder, repository, run};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A program that makes a capsule, asks for it by two names, and leaves it behind when it gets an argument.
const PROGRAM: &str = r#"#include <Python.h>
static int api;
static void close_api(PyObject *capsule) { PyCapsule_GetContext(capsule); }
static void ask(PyObject *capsule)
{
    PyCapsule_GetPointer(capsule, "a<b");
    PyCapsule_GetPointer(capsule, "wrong & more");
    PyErr_Clear();
    PyCapsule_SetName(capsule, "used");
}
int main(int argc, char **argv)
{
    PyObject *capsule = PyCapsule_New(&api, "a<b", close_api);
    (void)argv;
    ask(capsule);
    if (argc == 1) {
        Py_DECREF(capsule);
    }
    return argc == 3 ? *(volatile int *)0 : 0;
}
"#;

fn compile(folder: &Folder) -> String {
    let (source, program) = (folder.path("life.c"), folder.path("life"));
    fs::write(&source, PROGRAM).unwrap();
    let library = repository().join("build/lib/libpycapsule.so.0").canonicalize().unwrap();
    let mut cc = Command::new("cc");
    cc.args(["-g", "-O0", "-I"]).arg(repository().join("include")).arg(&source).arg("-o").arg(&program).arg(&library);
    assert!(cc.arg(format!("-Wl,-rpath,{}", library.parent().unwrap().display())).status().unwrap().success());
    program.to_str().unwrap().to_owned()
}

fn lines(file: &Path) -> Vec<Value> {
    fs::read_to_string(file).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_trace_has_functions_lines_and_symbols() {
    let folder = Folder::new("trace");
    let program = compile(&folder);
    let file = folder.path("a 100% b.jsonl");
    let output = run(&["trace", "-o", file.to_str().unwrap(), "--", &program]);
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    let lines = lines(&file);
    let call = |name: &str| lines.iter().find(|line| line["call"] == name).unwrap();
    let made = call("PyCapsule_New");
    assert_eq!(made["caller"]["function"], "main");
    assert_eq!(
        (&made["caller"]["line"], made["caller"]["file"].as_str().unwrap().ends_with("life.c")),
        (&13.into(), true)
    );
    assert_eq!(made["arguments"]["destructor"]["symbol"], "close_api");
    assert_eq!(made["arguments"]["pointer"]["symbol"], "api");
    assert_eq!(call("PyCapsule_SetName")["caller"]["function"], "ask");
    let end = lines.iter().find(|line| line["event"] == "destruction").unwrap();
    assert_eq!(end["caller"]["function"], "main", "Py_DECREF is no caller");
    assert_eq!(lines.last().unwrap(), &serde_json::json!({"event": "status", "exit": 0, "signal": null}));
}

#[test]
fn the_exit_status_is_the_programs() {
    let folder = Folder::new("status");
    let program = compile(&folder);
    let file = folder.path("t.jsonl");
    let file = file.to_str().unwrap();
    assert_eq!(run(&["trace", "-o", file, "--strict", "--", &program, "leak"]).status.code(), Some(23));
    assert!(lines(Path::new(file)).iter().any(|line| line["kind"] == "leak" && line["capsule"] == 1));
    assert_eq!(run(&["trace", "-o", file, "--", &program, "crash", "it"]).status.code(), Some(128 + libc::SIGSEGV));
    assert_eq!(lines(Path::new(file)).last().unwrap()["signal"], libc::SIGSEGV);
}

#[test]
fn a_trace_that_can_not_be_made_is_an_error() {
    let folder = Folder::new("notrace");
    let program = compile(&folder);
    let file = folder.path("t.jsonl");
    let file = file.to_str().unwrap();
    for (arguments, message) in [
        (["-o", file, "--", "/bin/true"], "the program made no call of the library"),
        (["-o", file, "--", "/nowhere/program"], "pycapsule: /nowhere/program: No such file"),
        (["-o", "/nowhere/t.jsonl", "--", &program], "pycapsule: /nowhere/t.jsonl: No such file"),
        (["-o", "/dev/null", "--", &program], "a trace must be a regular file"),
        (["-o", &format!("{}:b", folder.path("a").display()), "--", &program], "can't have a colon"),
    ] {
        let output = run(&[&["trace"], &arguments[..]].concat());
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), text.contains(message)), (Some(2), true), "{arguments:?}: {text}");
    }
}

#[test]
fn a_picture_has_each_capsule_and_who_asked() {
    let folder = Folder::new("picture");
    let program = compile(&folder);
    let file = folder.path("t.jsonl");
    let trace = file.to_str().unwrap();
    run(&["trace", "-o", trace, "--strict", "--", &program, "leak"]);
    for name in ["life.html", "life.svg"] {
        let picture = folder.path(name);
        let output = run(&["picture", trace, "-o", picture.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let text = fs::read_to_string(&picture).unwrap();
        for part in [
            "&quot;a&lt;b&quot;",
            "made by life · main · life.c:13",
            "wrong &amp; more",
            "incorrect name",
            "&quot;used&quot;",
            "leak: the capsule",
            "destructor close_api",
        ] {
            assert!(text.contains(part), "{name}: {part}");
        }
        let without_namespace = text.replace("http://www.w3.org/2000/svg", "");
        assert!(!without_namespace.contains("http"), "{name} needs a network");
    }
}

#[test]
fn many_capsules_are_folded_by_the_place_that_made_them() {
    let folder = Folder::new("many");
    let file = folder.path("t.jsonl");
    let mut text =
        String::from(r#"{"event":"start","time":1.0,"pid":1,"thread":1,"format":1,"next":1,"program":"/p"}"#);
    for number in 1..=10_000 {
        let caller = r#""caller":{"module":"/m.so","offset":"0x10","function":"make","file":"m.c","line":7}"#;
        let head = format!(r#""time":1.5,"pid":1,"thread":1,"capsule":{number},"address":"0x10""#);
        text += &format!(
            "\n{{\"event\":\"call\",{head},\"call\":\"PyCapsule_New\",\"arguments\":{{\"name\":\"n\"}},{caller}}}"
        );
        text += &format!("\n{{\"event\":\"destroyed\",{head}}}");
    }
    fs::write(&file, text).unwrap();
    let picture = folder.path("many.svg");
    let output = run(&["picture", file.to_str().unwrap(), "-o", picture.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(&picture).unwrap();
    assert!(text.contains("10,000 made by m.so · make · m.c:7") && text.contains("all destroyed"));
    assert!(text.len() < 100_000, "{} bytes", text.len());
}

#[test]
fn a_trace_that_can_not_be_read_is_an_error() {
    let folder = Folder::new("badtrace");
    let start = r#"{"event":"start","time":1.0,"pid":1,"thread":1,"format":1,"next":1,"program":"/p"}"#;
    let file = folder.path("t.jsonl");
    let trace = file.to_str().unwrap();
    let picture = folder.path("p.html");
    let picture = picture.to_str().unwrap();
    let of = |text: &[u8], picture: &str| {
        fs::write(&file, text).unwrap();
        let output = run(&["picture", trace, "-o", picture]);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert!(of(b"", picture).1.contains("this is no trace"));
    assert!(of(b"\x7fELF\xff\n\n", picture).1.contains("this is no trace"));
    assert!(of(start.replace("\"format\":1", "\"format\":2").as_bytes(), picture).1.contains("reads format 1"));
    assert!(of(start.as_bytes(), "p.png").1.contains("ends with .svg or .html"));
    // The last line of a program that was killed may be cut.
    let cut = of(format!("{start}\n{{\"event\":\"ca").as_bytes(), picture);
    assert_eq!((cut.0, cut.1.contains("1 lines are no JSON objects")), (Some(0), true), "{}", cut.1);
    let output = run(&["picture", "/nowhere.jsonl"]);
    assert_eq!(output.status.code(), Some(2));
}
