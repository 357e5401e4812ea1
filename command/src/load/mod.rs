//! `pycapsule load`: imports a compiled module on the library, and lists what is in it.

mod place;
mod print;

use crate::inspect::file_name::FileName;
use crate::library::{Library, Object, Value};
use crate::text::plain;
use anyhow::{Context, Result};
use clap::Args;
use serde::Serialize;
use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The arguments of `pycapsule load`.
#[derive(Args)]
#[command(
    after_help = "The exit status is 0, 1 when the import or the call raises an exception, and 2 for other errors."
)]
pub struct Arguments {
    /// The module's dotted name
    module: String,
    /// A folder that is searched before those of PYTHONPATH; may be given several times
    #[arg(long, value_name = "FOLDER")]
    path: Vec<PathBuf>,
    /// A file of names that stand in for modules that are Python source
    #[arg(long, value_name = "FILE")]
    stand_ins: Option<PathBuf>,
    /// Call this attribute of the module and print the result, in place of the list
    #[arg(long, value_name = "FUNCTION")]
    call: Option<String>,
    /// The call's arguments: None, True, False, numbers; anything else is a str
    #[arg(requires = "call", value_name = "ARGUMENT", allow_hyphen_values = true)]
    arguments: Vec<String>,
    /// Print the list as one JSON object
    #[arg(long)]
    json: bool,
}

/// The content of a module.
#[derive(Serialize, Default)]
struct Contents {
    module: String,
    file: Option<String>,
    /// Of a package: its folders, and the compiled modules in them that an import finds.
    package: Option<Package>,
    capsules: Vec<Capsule>,
    types: Vec<Type>,
    functions: Vec<Entry>,
    other: Vec<Entry>,
}

/// A package, whose Python source is not run.
#[derive(Serialize, Default)]
struct Package {
    folders: Vec<String>,
    has_source: bool,
    modules: Vec<String>,
}

/// A capsule, with places in place of addresses.
#[derive(Serialize)]
struct Capsule {
    attribute: String,
    name: Option<String>,
    pointer: String,
    context: Option<String>,
    destructor: Option<String>,
}

/// A type and its own attributes.
#[derive(Serialize)]
struct Type {
    name: String,
    attributes: Vec<String>,
}

/// A name and a text.
#[derive(Serialize)]
struct Entry {
    name: String,
    text: String,
}

/// Imports the module, and prints what is in it or what a call returns.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    search_first(&arguments.path)?;
    let library = Library::open()?;
    if let Some(file) = &arguments.stand_ins {
        library.read_stand_ins(&file.to_string_lossy())?;
    }
    match print(&library, arguments) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => {
            anstream::eprintln!("pycapsule: {}", plain(&format!("{error:#}")));
            Ok(ExitCode::from(1))
        }
    }
}

fn print(library: &Library, arguments: &Arguments) -> Result<()> {
    let module = library.import(&arguments.module).map_err(|error| match arguments.module.strip_suffix(".so") {
        Some(_) => error.context("a module is named as in Python, with the folder of its file in --path"),
        None => error,
    })?;
    if let Some(function) = &arguments.call {
        let values: Vec<Value> = arguments.arguments.iter().map(|text| value(text)).collect();
        let result = function.split('.').try_fold(module, |object, name| object.attribute(name))?.call(&values)?;
        return writeln!(std::io::stdout(), "{}", result.repr()?).context("standard output");
    }
    let contents = contents(&arguments.module, &module)?;
    if arguments.json { print::json(&contents) } else { print::text(&contents) }.context("standard output")
}

/// Puts folders at the begin of `PYTHONPATH`, which the library reads at its first import.
fn search_first(folders: &[PathBuf]) -> Result<()> {
    if folders.is_empty() {
        return Ok(());
    }
    for folder in folders {
        fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    }
    let before = env::var_os("PYTHONPATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&before).filter(|folder| !folder.as_os_str().is_empty()));
    let joined = env::join_paths(all).context("a folder's name can't have a colon")?;
    // SAFETY: no other thread runs yet.
    unsafe { env::set_var("PYTHONPATH", joined) };
    Ok(())
}

/// The value that an argument's text stands for.
fn value(text: &str) -> Value {
    let digits = text.trim_start_matches(['-', '+']);
    match text {
        "None" => Value::None,
        "True" => Value::Bool(true),
        "False" => Value::Bool(false),
        _ if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => Value::Int(text.into()),
        _ if digits.starts_with(|c: char| c.is_ascii_digit()) => {
            text.parse().map_or_else(|_| Value::Text(text.into()), Value::Float)
        }
        _ => Value::Text(text.into()),
    }
}

fn contents(name: &str, module: &Object<'_>) -> Result<Contents> {
    let file = module.attribute("__file__").and_then(|file| file.text()).ok();
    let package = module.attribute("__path__").ok().map(|path| package(name, &path)).transpose()?;
    let mut contents = Contents { module: name.into(), file, package, ..Contents::default() };
    for name in module.attribute("__dict__")?.keys()? {
        // Attributes of every module say nothing of this one.
        if matches!(
            name.as_str(),
            "__name__" | "__doc__" | "__file__" | "__loader__" | "__spec__" | "__package__" | "__path__"
        ) {
            continue;
        }
        let object = module.attribute(&name)?;
        if let Some(capsule) = object.capsule()? {
            contents.capsules.push(Capsule {
                attribute: name,
                name: capsule.name,
                pointer: place::of(capsule.pointer),
                context: (capsule.context != 0).then(|| place::of(capsule.context)),
                destructor: (capsule.destructor != 0).then(|| place::of(capsule.destructor)),
            });
        } else if object.is_a(c"PyType_Type")? {
            contents.types.push(Type { name, attributes: object.attribute("__dict__")?.keys()? });
        } else if object.is_callable() {
            contents.functions.push(Entry { name, text: first_line(&object) });
        } else {
            contents.other.push(Entry { name, text: object.repr()? });
        }
    }
    Ok(contents)
}

/// Looks for the compiled modules of a package.
fn package(name: &str, path: &Object<'_>) -> Result<Package> {
    let mut package = Package { folders: path.texts()?, ..Package::default() };
    for folder in &package.folders {
        package.has_source |= Path::new(folder).join("__init__.py").exists();
        // A folder that can't be read has no modules for an import either.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let file = entry.file_name().to_string_lossy().into_owned();
            let parts = FileName::of(&file);
            if parts.is_searched {
                package.modules.push(format!("{name}.{}", parts.module));
            }
        }
    }
    package.modules.sort();
    package.modules.dedup();
    Ok(package)
}

/// The first line of an object's documentation.
fn first_line(object: &Object<'_>) -> String {
    let documentation =
        object.attribute("__doc__").ok().filter(|text| text.type_name().is_ok_and(|name| name == "str"));
    let text = documentation.and_then(|text| text.text().ok()).unwrap_or_default();
    text.lines().next().unwrap_or_default().to_owned()
}
