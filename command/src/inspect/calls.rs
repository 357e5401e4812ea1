//! The names of capsules in a module's machine code: the strings that it hands to the functions of capsules.
//!
//! A call is found by its bytes, and the string by the instruction before it that loads the argument's register. A name that reaches
//! the call by another way is not found, and bytes that only look like a call may be taken for one: so the names are likely, not sure.

use super::elf::Elf;
use object::{Architecture, Object, ObjectSection, ObjectSymbol, ObjectSymbolTable, RelocationTarget, SectionKind};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How far before a call its argument is looked for, in bytes.
const WINDOW: usize = 96;

/// The longest name that is taken for one.
const LONGEST: usize = 200;

/// Names of capsules by use, sorted.
#[derive(Default, Debug, PartialEq, serde::Serialize)]
pub struct Names {
    /// Names that the module gives to capsules.
    pub makes: BTreeSet<String>,
    /// Names that the module imports, or expects of capsules it is given.
    pub asks_for: BTreeSet<String>,
}

/// An argument's register, by the three bytes of the instruction that loads a string's address into it.
const FIRST: [u8; 3] = [0x48, 0x8d, 0x3d];
const SECOND: [u8; 3] = [0x48, 0x8d, 0x35];

/// The functions that take a name, the register that has it, and whether they give it to a capsule.
const FUNCTIONS: [(&str, [u8; 3], bool); 5] = [
    ("PyCapsule_New", SECOND, true),
    ("PyCapsule_SetName", SECOND, true),
    ("PyCapsule_GetPointer", SECOND, false),
    ("PyCapsule_IsValid", SECOND, false),
    ("PyCapsule_Import", FIRST, false),
];

/// Finds the names in a module; none for processors other than x86-64.
pub fn names(file: &Elf<'_>) -> Names {
    let mut names = Names::default();
    if file.architecture() != Architecture::X86_64 {
        return names;
    }
    let targets = Targets::of(file);
    for section in file.sections().filter(|section| section.kind() == SectionKind::Text) {
        let Ok(code) = section.data() else { continue };
        for at in 0..code.len() {
            let Some((register, makes)) = targets.called(code, section.address(), at) else { continue };
            let Some(name) = argument(file, code, section.address(), at, register) else { continue };
            let list = if makes { &mut names.makes } else { &mut names.asks_for };
            list.insert(name);
        }
    }
    names
}

/// Where calls of the functions lead to: places of the global offset table, and stubs that jump through them.
struct Targets {
    slots: HashMap<u64, ([u8; 3], bool)>,
    stubs: BTreeMap<u64, ([u8; 3], bool)>,
}

impl Targets {
    fn of(file: &Elf<'_>) -> Targets {
        let mut slots = HashMap::new();
        let symbols = file.dynamic_symbol_table();
        for (place, relocation) in file.dynamic_relocations().into_iter().flatten() {
            let RelocationTarget::Symbol(index) = relocation.target() else { continue };
            let symbol = symbols.as_ref().and_then(|symbols| symbols.symbol_by_index(index).ok());
            let Some(name) = symbol.as_ref().and_then(|symbol| symbol.name().ok()) else { continue };
            if let Some((_, register, makes)) = FUNCTIONS.iter().find(|(function, ..)| *function == name) {
                slots.insert(place, (*register, *makes));
            }
        }
        let mut stubs = BTreeMap::new();
        for section in file.sections().filter(|section| section.name().is_ok_and(|name| name.starts_with(".plt"))) {
            let Ok(code) = section.data() else { continue };
            // Stubs of `.plt.got` have eight bytes, or sixteen when they begin with endbr64; others have sixteen.
            let size =
                if section.name() == Ok(".plt.got") && !code.starts_with(&[0xf3, 0x0f, 0x1e, 0xfa]) { 8 } else { 16 };
            for (number, stub) in code.chunks(size).enumerate() {
                let begin = section.address() + (number * size) as u64;
                let jump = stub.windows(2).position(|bytes| bytes == [0xff, 0x25]);
                let Some(slot) = jump.and_then(|jump| relative(stub, begin, jump + 2)) else { continue };
                if let Some(function) = slots.get(&slot) {
                    stubs.insert(begin, *function);
                }
            }
        }
        Targets { slots, stubs }
    }

    /// The function that the instruction at `at` calls or jumps to, when it is one of these.
    fn called(&self, code: &[u8], address: u64, at: usize) -> Option<([u8; 3], bool)> {
        match code.get(at..at + 2)? {
            // `call` and `jmp` to a stub.
            [0xe8 | 0xe9, _] => self.stubs.get(&relative(code, address, at + 1)?).copied(),
            // `call` and `jmp` through a place of the table.
            [0xff, 0x15 | 0x25] => self.slots.get(&relative(code, address, at + 2)?).copied(),
            _ => None,
        }
    }
}

/// The address that four bytes at `at` name, relative to the end of their instruction.
fn relative(code: &[u8], address: u64, at: usize) -> Option<u64> {
    let offset = i32::from_le_bytes(code.get(at..at + 4)?.try_into().ok()?);
    address.checked_add(at as u64 + 4)?.checked_add_signed(offset.into())
}

/// The string whose address the last load before a call puts into a register.
fn argument(file: &Elf<'_>, code: &[u8], address: u64, call: usize, register: [u8; 3]) -> Option<String> {
    let begin = call.saturating_sub(WINDOW);
    let load = code.get(begin..call)?.windows(7).rposition(|bytes| bytes.starts_with(&register))?;
    string_at(file, relative(code, address, begin + load + 3)?)
}

/// The text at an address, when it may be a capsule's name.
fn string_at(file: &Elf<'_>, address: u64) -> Option<String> {
    let inside = |start: u64, size: u64| address.checked_sub(start).is_some_and(|offset| offset < size);
    let section = file.sections().find(|section| {
        matches!(section.kind(), SectionKind::ReadOnlyData | SectionKind::ReadOnlyString | SectionKind::Data)
            && inside(section.address(), section.size())
    })?;
    let bytes = section.data().ok()?.get(usize::try_from(address - section.address()).ok()?..)?;
    let end = bytes.iter().take(LONGEST + 1).position(|byte| *byte == 0)?;
    let text = std::str::from_utf8(bytes.get(..end)?).ok()?;
    may_be_a_name(text).then(|| text.to_owned())
}

/// Whether a text may be a capsule's name. Formats, paths and sentences are not; a signature in C, with which Cython names capsules
/// of functions, has blanks and parentheses.
fn may_be_a_name(text: &str) -> bool {
    let is_printable = text.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    let is_sentence = text.contains(' ') && !text.contains('(');
    !text.is_empty() && is_printable && !is_sentence && !text.contains(['%', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_paths_and_sentences_are_no_names() {
        for name in ["meter.C_API", "dltensor", "PyObject *(PyObject *, int __pyx_skip_dispatch)"] {
            assert!(may_be_a_name(name), "{name}");
        }
        for text in [
            "",
            "%.200s does not export expected C function",
            "src/lxml/etree.c",
            "invalid vtable found for imported type",
            "a\nb",
        ] {
            assert!(!may_be_a_name(text), "{text}");
        }
    }
}
