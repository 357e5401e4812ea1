//! The facts of a shared library in ELF, as far as its dynamic symbols say them.

use anyhow::{Context, Result, bail};
use object::read::elf::{ElfFile64, FileHeader};
use object::{Architecture, Endianness, Object, ObjectSymbol, elf};
use std::collections::BTreeSet;

/// A parsed file.
pub type Elf<'a> = ElfFile64<'a, Endianness>;

/// The facts in the dynamic symbols and entries of a library.
pub struct Facts {
    /// The processor that it was compiled for.
    pub processor: String,
    /// Whether this is the processor that this command was compiled for.
    pub is_for_this_processor: bool,
    /// Functions that an import calls: `PyInit_…`, and `PyInitU_…` of a module whose name is not ASCII.
    pub init_functions: Vec<String>,
    /// Functions and objects of the C API that must be there.
    pub needs: BTreeSet<String>,
    /// Those that the module does without when they are not there.
    pub can_use: BTreeSet<String>,
    /// The libraries that the loader loads with it.
    pub libraries: Vec<String>,
}

/// Parses a library.
pub fn parse(bytes: &[u8]) -> Result<Elf<'_>> {
    if !bytes.starts_with(&elf::ELFMAG) {
        // The first bytes of files for macOS, for one processor and for several.
        const MACOS: [[u8; 4]; 3] = [[0xcf, 0xfa, 0xed, 0xfe], [0xce, 0xfa, 0xed, 0xfe], [0xca, 0xfe, 0xba, 0xbe]];
        let kind = match bytes {
            [] => "it is empty",
            [b'M', b'Z', ..] => "it is compiled for Windows",
            _ if MACOS.iter().any(|first| bytes.starts_with(first)) => "it is compiled for macOS",
            _ => "it is no ELF file",
        };
        bail!("not a compiled module for Linux: {kind}");
    }
    if bytes.get(4) == Some(&elf::ELFCLASS32.0) {
        bail!("not a compiled module for this library: it is compiled for a processor of 32 bits");
    }
    let file = Elf::parse(bytes).context("not a compiled module, or damaged")?;
    if file.elf_header().e_type(file.endian()) != elf::ET_DYN {
        bail!("not a compiled module: it is an ELF file, but no shared library");
    }
    Ok(file)
}

/// Whether this is a shared library with an init function.
pub fn has_init_function(bytes: &[u8]) -> bool {
    parse(bytes).is_ok_and(|file| !init_functions(&file).is_empty())
}

fn init_functions(file: &Elf<'_>) -> Vec<String> {
    file.dynamic_symbols()
        .filter(|symbol| symbol.is_definition())
        .filter_map(|symbol| symbol.name().ok().map(str::to_owned))
        .filter(|name| name.starts_with("PyInit_") || name.starts_with("PyInitU_"))
        .collect()
}

impl Facts {
    /// Reads the facts of a library.
    pub fn of(file: &Elf<'_>) -> Result<Facts> {
        let mut facts = Facts {
            processor: processor(file.architecture()),
            is_for_this_processor: file.architecture() == this_processor(),
            init_functions: init_functions(file),
            needs: BTreeSet::new(),
            can_use: BTreeSet::new(),
            libraries: libraries(file)?,
        };
        for symbol in file.dynamic_symbols().filter(ObjectSymbol::is_undefined) {
            let Ok(name) = symbol.name() else { continue };
            if name.starts_with("Py") || name.starts_with("_Py") {
                let list = if symbol.is_weak() { &mut facts.can_use } else { &mut facts.needs };
                list.insert(name.to_owned());
            }
        }
        Ok(facts)
    }
}

fn libraries(file: &Elf<'_>) -> Result<Vec<String>> {
    let table = file.elf_dynamic_table().context("its dynamic table is damaged")?;
    let needed = table.iter().filter(|entry| entry.tag == elf::DT_NEEDED);
    needed
        .map(|entry| {
            Ok(String::from_utf8_lossy(table.string(entry).context("its dynamic table is damaged")?).into_owned())
        })
        .collect()
}

fn processor(architecture: Architecture) -> String {
    match architecture {
        Architecture::X86_64 => "x86-64".into(),
        Architecture::Aarch64 => "aarch64".into(),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn this_processor() -> Architecture {
    match std::env::consts::ARCH {
        "x86_64" => Architecture::X86_64,
        "aarch64" => Architecture::Aarch64,
        _ => Architecture::Unknown,
    }
}
