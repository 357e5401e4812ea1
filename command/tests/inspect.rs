//! `pycapsule inspect`, on modules that the tests compile.

mod common;

use common::{Folder, meter, run, status_and_output};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::process::Command;

/// The report of one file as JSON, and the exit status.
fn report(file: &str) -> (Option<i32>, Value) {
    let (status, output) = status_and_output(&run(&["inspect", "--json", file]));
    (status, serde_json::from_str(&output).unwrap())
}

#[test]
fn a_module_that_loads() {
    let folder = Folder::new("loads");
    let file = folder.compile("meter.so", &meter(""));
    let (status, report) = report(file.to_str().unwrap());
    assert_eq!(status, Some(0));
    assert_eq!(report["loads"], true);
    assert_eq!(report["init_functions"], serde_json::json!(["PyInit_meter"]));
    let needs: Vec<&str> = report["needs"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    for name in ["PyCapsule_New", "PyCapsule_Import", "PyLong_FromLong", "PyModule_AddObject"] {
        assert!(needs.contains(&name), "{name} is missing in {needs:?}");
    }
    assert!(!needs.contains(&"PyInit_meter"));
    if cfg!(target_arch = "x86_64") {
        assert_eq!(report["capsules"]["makes"], serde_json::json!(["meter.C_API"]));
        assert_eq!(report["capsules"]["asks_for"], serde_json::json!(["gas.meter", "water.C_API"]));
    }
}

#[test]
fn all_missing_symbols_are_named() {
    let folder = Folder::new("lacks");
    let source = meter(
        "int Py_Nowhere(void); int PyAlso_Nowhere(void); int use(void) { return Py_Nowhere() + PyAlso_Nowhere(); }",
    );
    let file = folder.compile("meter.so", &source);
    let (status, report) = report(file.to_str().unwrap());
    assert_eq!(status, Some(1));
    assert_eq!(report["lacks"], serde_json::json!(["PyAlso_Nowhere", "Py_Nowhere"]));
    assert_eq!(
        report["obstacles"],
        serde_json::json!(["2 symbols are missing in this library: PyAlso_Nowhere, Py_Nowhere"])
    );
}

#[test]
fn a_weak_symbol_may_be_missing() {
    let folder = Folder::new("weak");
    let weak = "__attribute__((weak)) int PyMaybe_Nowhere(void); int use(void); int use(void) { return PyMaybe_Nowhere ? 1 : 0; }";
    let file = folder.compile("meter.so", &meter(weak));
    let (status, report) = report(file.to_str().unwrap());
    assert_eq!(status, Some(0));
    assert_eq!(report["can_use"], serde_json::json!(["PyMaybe_Nowhere"]));
}

#[test]
fn another_version_another_name_and_no_init_function() {
    let folder = Folder::new("obstacles");
    for (name, source, wanted) in [
        (
            "meter.cpython-39-x86_64-linux-gnu.so",
            meter(""),
            "it is built for CPython 3.9 (x86_64-linux-gnu): an import looks for",
        ),
        ("counter.so", meter(""), "an import calls PyInit_counter, and it has only PyInit_meter"),
        ("plain.so", "int x;".into(), "it has no function PyInit_…, so it is no extension module"),
    ] {
        let file = folder.compile(name, &source);
        let (status, report) = report(file.to_str().unwrap());
        assert_eq!(status, Some(1), "{name}");
        let obstacle = report["obstacles"][0].as_str().unwrap();
        assert!(obstacle.starts_with(wanted), "{name}: {obstacle}");
    }
}

#[test]
fn a_folder_and_a_wheel_have_tables() {
    let folder = Folder::new("folder");
    folder.compile("package/meter.so", &meter(""));
    folder.compile("package/counter.so", &meter(""));
    folder.compile("package/plain.so", "int x;");
    let package = folder.path("package");
    let (status, output) = status_and_output(&run(&["inspect", package.to_str().unwrap()]));
    assert_eq!(status, Some(1));
    assert!(output.ends_with("1 of 2 modules load\n"), "{output}");

    let wheel = folder.path("w.whl");
    let mut archive = zip::ZipWriter::new(fs::File::create(&wheel).unwrap());
    archive.start_file("package/meter.so", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(&fs::read(package.join("meter.so")).unwrap()).unwrap();
    archive.finish().unwrap();
    let (status, report) = report(wheel.to_str().unwrap());
    assert_eq!(status, Some(0));
    assert_eq!(report["file"], format!("{}:package/meter.so", wheel.display()));
}

#[test]
fn other_files_are_errors_that_name_them() {
    let folder = Folder::new("errors");
    let text = folder.path("text.so");
    fs::write(&text, "text").unwrap();
    let wheel = folder.path("text.whl");
    fs::write(&wheel, "text").unwrap();
    let damaged = folder.compile("damaged.so", &meter(""));
    let bytes = fs::read(&damaged).unwrap();
    fs::write(&damaged, &bytes[..100]).unwrap();
    let empty = folder.path("empty");
    fs::create_dir(&empty).unwrap();
    for path in [&text, &wheel, &damaged, &empty, &folder.path("nowhere.so")] {
        let output = run(&["inspect", path.to_str().unwrap()]);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.starts_with(&format!("pycapsule: {}: ", path.display())), "{message}");
    }
}

#[test]
fn files_of_other_kinds_are_named() {
    let folder = Folder::new("kinds");
    let module = folder.compile("meter.so", &meter(""));
    let mut short = fs::read(&module).unwrap();
    short[4] = 1;
    for (name, bytes, reason) in [
        ("windows.so", &b"MZ\x90\0"[..], "it is compiled for Windows"),
        ("macos.so", b"\xcf\xfa\xed\xfe\x07", "it is compiled for macOS"),
        ("empty.so", b"", "it is empty"),
        ("short.so", &short, "it is compiled for a processor of 32 bits"),
    ] {
        let file = folder.path(name);
        fs::write(&file, bytes).unwrap();
        let output = run(&["inspect", file.to_str().unwrap()]);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), message.contains(reason)), (Some(2), true), "{message}");
    }
    let output = run(&["inspect", "/dev/zero"]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("it is no regular file"));
}

#[test]
fn an_entry_that_can_not_be_read_does_not_hide_the_others() {
    let folder = Folder::new("unreadable");
    folder.compile("package/meter.so", &meter(""));
    std::os::unix::fs::symlink("nowhere", folder.path("package/a.so")).unwrap();
    let output = run(&["inspect", folder.path("package").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stdout).contains("PyInit_meter"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("package/a.so: No such file"));
}

#[test]
fn a_name_can_not_move_the_cursor() {
    let folder = Folder::new("cursor");
    let file = folder.path("a\u{1b}[1m.so");
    fs::copy(folder.compile("meter.so", &meter("")), &file).unwrap();
    let output = run(&["inspect", file.to_str().unwrap()]);
    assert!(!output.stdout.contains(&0x1b) && String::from_utf8_lossy(&output.stdout).contains("a\\u{1b}[1m.so"));
}

#[test]
fn an_output_that_can_not_be_written_is_an_error() {
    let folder = Folder::new("full");
    let file = folder.compile("meter.so", &meter(""));
    for arguments in [&["inspect", file.to_str().unwrap()][..], &["completions", "bash"], &["doctor"], &["man"]] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_pycapsule")).args(arguments).stdout(full).output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(
            (output.status.code(), message.contains("No space left")),
            (Some(2), true),
            "{arguments:?}: {message}"
        );
    }
}

#[test]
fn no_damaged_file_ends_the_command_by_a_panic() {
    let folder = Folder::new("damage");
    let file = folder.compile("meter.so", &meter(""));
    let bytes = fs::read(&file).unwrap();
    // Headers, the dynamic section and symbols have their bytes changed, a few hundred in all.
    for at in (0..bytes.len()).step_by(bytes.len() / 300) {
        let mut other = bytes.clone();
        other[at] ^= 0xff;
        fs::write(&file, &other).unwrap();
        let output = run(&["inspect", file.to_str().unwrap()]);
        assert!(matches!(output.status.code(), Some(0..=2)), "byte {at}: {:?}", output.status);
    }
}
