//! The facts about a module, and whether it loads.

use super::calls::{self, Names};
use super::elf::{self, Facts};
use super::file_name::{self, FileName};
use anyhow::Result;
use serde::Serialize;
use std::collections::BTreeSet;

/// The symbols that the library exports.
const EXPORTED: &str = include_str!("../../../abi/symbols.txt");

/// The facts about a module.
#[derive(Serialize)]
pub struct Report {
    pub file: String,
    /// Whether an import of this library would load it.
    pub loads: bool,
    /// Why not, a sentence each.
    pub obstacles: Vec<String>,
    pub init_functions: Vec<String>,
    pub built_for: String,
    pub processor: String,
    /// The functions and objects of the C API that it needs.
    pub needs: BTreeSet<String>,
    /// Those of them that the library lacks.
    pub lacks: Vec<String>,
    /// Those that it does without when they are not there.
    pub can_use: BTreeSet<String>,
    /// The likely names of its capsules.
    pub capsules: Names,
    /// The libraries that the loader loads with it.
    pub libraries: Vec<String>,
}

impl Report {
    /// Reports on a module; an error when the file is no shared library.
    pub fn of(path: &str, bytes: &[u8]) -> Result<Report> {
        let file = elf::parse(bytes)?;
        let facts = Facts::of(&file)?;
        let name = FileName::of(path);
        let exported: BTreeSet<&str> = EXPORTED.lines().collect();
        let lacks: Vec<String> =
            facts.needs.iter().filter(|needed| !exported.contains(needed.as_str())).cloned().collect();
        let obstacles = obstacles(&facts, &name, &lacks);
        Ok(Report {
            file: path.to_owned(),
            loads: obstacles.is_empty(),
            obstacles,
            init_functions: facts.init_functions,
            built_for: name.built_for,
            processor: facts.processor,
            needs: facts.needs,
            lacks,
            can_use: facts.can_use,
            capsules: calls::names(&file),
            libraries: facts.libraries,
        })
    }
}

/// Why an import would not load a module.
fn obstacles(facts: &Facts, name: &FileName<'_>, lacks: &[String]) -> Vec<String> {
    let mut obstacles = Vec::new();
    if !facts.is_for_this_processor {
        obstacles.push(format!(
            "it is compiled for {}, and this machine is {}",
            facts.processor,
            std::env::consts::ARCH
        ));
    }
    if !name.is_searched {
        let [version, limited, plain] = file_name::searched();
        obstacles.push(format!(
            "it is built for {}: an import looks for {module}{version}, {module}{limited} and {module}{plain}",
            name.built_for,
            module = name.module
        ));
    }
    let expected = format!("PyInit_{}", name.module);
    if facts.init_functions.is_empty() {
        obstacles.push("it has no function PyInit_…, so it is no extension module".into());
    } else if !facts.init_functions.iter().any(|init| *init == expected || init.starts_with("PyInitU_")) {
        obstacles.push(format!("an import calls {expected}, and it has only {}", facts.init_functions.join(", ")));
    }
    if !lacks.is_empty() {
        let are = if lacks.len() == 1 { "symbol is" } else { "symbols are" };
        obstacles.push(format!("{} {are} missing in this library: {}", lacks.len(), lacks.join(", ")));
    }
    if let Some(libpython) = facts.libraries.iter().find(|library| library.starts_with("libpython")) {
        obstacles.push(format!("it is linked with {libpython}, which would be loaded beside this library"));
    }
    obstacles
}
