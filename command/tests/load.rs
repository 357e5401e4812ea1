//! `pycapsule load`, `strict` and `python-config`, with the library of the repository's build.

mod common;

use common::{Folder, meter, repository, run, status_and_output};
use std::fs;
use std::process::Command;

#[test]
fn the_contents_of_a_module_are_listed() {
    let folder = Folder::new("contents");
    let file = folder.compile("meter.so", &meter(""));
    let place = file.parent().unwrap().to_str().unwrap();
    let (status, output) = status_and_output(&run(&["load", "meter", "--path", place]));
    let file = file.display();
    let wanted = format!(
        "meter  {file}\n  capsules\n    C_API  \"meter.C_API\"\n      pointer     {file}: api\n      context     none\n      destructor  {file}: close_meter\n  functions\n    add  add(a, b): the sum\n  other\n    limit  41\n"
    );
    assert_eq!((status, output), (Some(0), wanted));
}

#[test]
fn a_package_names_its_compiled_modules() {
    let folder = Folder::new("package");
    folder.compile("gas/meter.so", &meter(""));
    let init = folder.path("gas/__init__.py");
    fs::write(&init, "").unwrap();
    let place = folder.path("");
    let (status, output) = status_and_output(&run(&["load", "gas", "--path", place.to_str().unwrap()]));
    let package = init.parent().unwrap().display();
    let wanted =
        format!("  a package, whose __init__.py was not run, in {package}\n  compiled modules\n    gas.meter\n");
    assert_eq!((status, output.contains(&wanted)), (Some(0), true), "{output}");
}

#[test]
fn a_function_is_called() {
    let folder = Folder::new("call");
    let file = folder.compile("meter.so", &meter(""));
    let place = file.parent().unwrap().to_str().unwrap();
    let call = |arguments: &[&str]| {
        let output = run(&[&["load", "meter", "--path", place, "--call", "add"], arguments].concat());
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(call(&["40", "-2"]), (Some(0), "38\n".into(), String::new()));
    assert_eq!(call(&["40", "x"]).2, "pycapsule: TypeError: 'str' object cannot be interpreted as an integer\n");
    assert_eq!(
        call(&["40", "None"]).2,
        "pycapsule: TypeError: 'NoneType' object cannot be interpreted as an integer\n"
    );
    assert_eq!(call(&["40"]).0, Some(1));
}

#[test]
fn a_module_that_is_missing_is_an_error() {
    let output = run(&["load", "nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "pycapsule: ModuleNotFoundError: No module named 'nowhere'\n"
    );
}

#[test]
fn a_program_runs_in_strict_mode() {
    let folder = Folder::new("strict");
    let source = folder.path("leak.c");
    fs::write(
        &source,
        "#include <Python.h>\nint main(void) { return PyCapsule_New(\"\", \"a.leak\", NULL) == NULL; }\n",
    )
    .unwrap();
    let program = folder.path("leak");
    let library = repository().join("build/lib/libpycapsule.so.0").canonicalize().unwrap();
    let mut cc = Command::new("cc");
    cc.arg("-I").arg(repository().join("include")).arg(&source).arg("-o").arg(&program).arg(&library);
    assert!(cc.arg(format!("-Wl,-rpath,{}", library.parent().unwrap().display())).status().unwrap().success());
    let output = run(&["strict", "--", program.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(23));
    assert!(String::from_utf8(output.stderr).unwrap().contains("a.leak"));
    let output = run(&["strict", "--", "/bin/true"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stderr).unwrap().contains("is not linked with the library"));
}
