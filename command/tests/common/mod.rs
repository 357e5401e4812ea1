//! A folder of a test with compiled modules, and runs of the command.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs, process};

/// The repository, whose library and headers the tests use.
pub fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// A new folder that is deleted at the end of the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = env::temp_dir().join(format!("pycapsule-{name}-{}", process::id()));
        fs::create_dir(&path).unwrap();
        Folder(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Compiles a shared library from C, and returns its path.
    pub fn compile(&self, name: &str, source: &str) -> PathBuf {
        let (file, library) = (self.path(&format!("{name}.c")), self.path(name));
        fs::create_dir_all(library.parent().unwrap()).unwrap();
        fs::write(&file, source).unwrap();
        let mut cc = Command::new(env::var("CC").unwrap_or("cc".into()));
        cc.args(["-std=c99", "-O1", "-shared", "-fPIC", "-I"]).arg(repository().join("include"));
        assert!(cc.arg(&file).arg("-o").arg(&library).status().unwrap().success());
        library
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

/// Runs the command with the library of the repository's build.
pub fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pycapsule"));
    command.env("PYCAPSULE_LIBRARY", repository().join("build/lib/libpycapsule.so"));
    command.env_remove("PYTHONPATH").env_remove("PYCAPSULE_OPTIONS").args(arguments).output().unwrap()
}

/// The exit status and standard output.
pub fn status_and_output(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8(output.stdout.clone()).unwrap())
}

/// A module that makes the capsule `meter.C_API`, asks for two others, and can have functions of its own.
pub fn meter(functions: &str) -> String {
    format!(
        r#"#include <Python.h>
static int api[4];
static void close_meter(PyObject *capsule) {{ PyCapsule_GetContext(capsule); }}
static PyObject *add(PyObject *self, PyObject *args)
{{
    long a = PyLong_AsLong(PyTuple_GetItem(args, 0)), b = PyLong_AsLong(PyTuple_GetItem(args, 1));
    (void)self;
    return PyErr_Occurred() ? NULL : PyLong_FromLong(a + b);
}}
static PyMethodDef methods[] = {{ {{"add", add, METH_VARARGS, "add(a, b): the sum"}}, {{NULL, NULL, 0, NULL}} }};
static struct PyModuleDef definition = {{ PyModuleDef_HEAD_INIT, "meter", NULL, -1, methods, NULL, NULL, NULL, NULL }};
void *ask(PyObject *capsule);
void *ask(PyObject *capsule)
{{
    return PyCapsule_IsValid(capsule, "gas.meter") ? PyCapsule_Import("water.C_API", 0) : NULL;
}}
{functions}
PyMODINIT_FUNC PyInit_meter(void)
{{
    PyObject *module = PyModule_Create(&definition);
    PyModule_AddObject(module, "C_API", PyCapsule_New(api, "meter.C_API", close_meter));
    PyModule_AddIntConstant(module, "limit", 41);
    return module;
}}
"#
    )
}
