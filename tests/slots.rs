//! The table of slots against `c_tests/abi/slots.tsv`, whose ids and offsets `c_tests/conformance/slots` compares with
//! CPython's headers.

use pycapsule::types::slots::{Part, Place, SLOTS, Slot};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::{fs, io};

/// The struct that has a slot, and the offset in it.
fn home(slot: &Slot) -> (&'static str, usize) {
    match slot.place {
        Place::Class(offset) => ("PyTypeObject", offset),
        Place::Heap(offset) => ("PyHeapTypeObject", offset),
        Place::Part(Part::Async, offset) => ("PyAsyncMethods", offset),
        Place::Part(Part::Number, offset) => ("PyNumberMethods", offset),
        Place::Part(Part::Mapping, offset) => ("PyMappingMethods", offset),
        Place::Part(Part::Sequence, offset) => ("PySequenceMethods", offset),
        Place::Part(Part::Buffer, offset) => ("PyBufferProcs", offset),
    }
}

/// The field of the struct. Only the token's has another name.
fn field(slot: &Slot) -> &'static str {
    if slot.name == "tp_token" { "ht_token" } else { slot.name }
}

#[test]
fn the_file_of_ids_and_offsets_is_the_table() -> io::Result<()> {
    let file = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/c_tests/abi/slots.tsv"))?;
    let mut table = String::new();
    for slot in SLOTS {
        let (home, offset) = home(slot);
        writeln!(table, "{}\t{}\t{home}\t{}\t{offset}", slot.name, slot.id, field(slot)).map_err(io::Error::other)?;
    }
    assert_eq!(file, table, "c_tests/abi/slots.tsv must be:\n{table}");
    Ok(())
}

#[test]
fn every_id_is_there_once() {
    let ids: BTreeSet<u8> = SLOTS.iter().map(|slot| slot.id).filter(|&id| id != 0).collect();
    assert_eq!(ids, (1..=83).collect());
    assert_eq!(SLOTS.iter().filter(|slot| slot.id != 0).count(), 83);
}

#[test]
fn a_slot_that_answers_to_a_name_can_be_called_by_it() {
    use pycapsule::types::slots::{Dispatcher, Wrapper};
    // CPython states these names without a function, too: a class with such a method has the slot of `tp_getattro` or `tp_setattro`.
    let by_text = ["tp_getattr", "tp_setattr"];
    for slot in SLOTS {
        let has_no_wrapper = slot.names.is_empty() || by_text.contains(&slot.name);
        assert_eq!(has_no_wrapper, slot.wrapper == Wrapper::Nothing, "{}", slot.name);
        assert!(!slot.names.is_empty() || slot.dispatcher == Dispatcher::Nothing, "{}", slot.name);
    }
}
