//! The rules of a capsule's end: checks before its destructor is called, and after it has returned.

use super::calls::name_state;
use super::now::Now;
use crate::abi::{PyCapsule, PyObject};
use crate::strict::dlpack_arrow::{self, Contents};
use crate::strict::notes::Book;
use crate::strict::notes::names::NameState;
use crate::strict::notes::record::{Life, Record};
use crate::strict::notes::threads::Ending;
use crate::strict::pending::{self, Mark};
use crate::strict::report::finding::{Finding, Findings, Role, quoted};
use crate::strict::report::kinds::Kind;

/// Checks a capsule before its destructor is called. Returns `false` if it must not be destroyed, because it already
/// is.
pub fn begins(book: &mut Book, capsule: usize, now: &Now) -> (bool, Findings) {
    let mut findings = Findings::default();
    let Some(record) = book.find(capsule) else { return (true, findings) };
    let name = quoted(record.name.text());
    match record.life {
        Life::Over => {
            let sentence = format_args!("the capsule {name} was released once too often: it was destroyed before");
            findings.add(Finding::about(Kind::UseAfterDestroy, record, sentence).at(Role::Used, now.place));
            return (false, findings);
        }
        Life::Ending => {
            let sentence = format_args!(
                "the destructor of the capsule {name} took a reference to it and dropped it: that destroys it again, without end"
            );
            findings.add(Finding::about(Kind::Resurrected, record, sentence).at(Role::Used, now.place));
            return (false, findings);
        }
        Life::Live => {}
    }
    let has_destructor = record.fields().destructor.is_some();
    let pointer = record.pointer();
    let told_before = record.name_told;
    let mut add = |finding: Finding| findings.add(finding.at(Role::Destroyed, now.place));
    if now.is_over {
        let sentence = format_args!("the capsule {name} was destroyed after Py_FinalizeEx");
        add(Finding::about(Kind::AfterFinalize, record, sentence));
    }
    if now.lacks_gil() || record.maker != now.thread && !now.has_gil {
        let made = if record.maker == now.thread { "" } else { ", and was made by another thread" };
        let sentence = format_args!("the capsule {name} was destroyed by a thread that does not hold the GIL{made}");
        add(Finding::about(Kind::NoGil, record, sentence));
    }
    let is_freed = record.contents.is_freed_tensor(pointer);
    let is_consumed = dlpack_arrow::is_consumed(record.name.text());
    record.deleted = is_freed && !is_consumed && record.handed_out && !record.destructor_set;
    name_state(record, "destruction", now, &mut findings);
    record.destroyed = now.place;
    record.life = Life::Ending;
    record.taken = false;
    // Consumers rename a capsule that they keep, some of them to their own name.
    let is_unconsumed = Contents::of(record.name.text()) != Contents::Unknown;
    let is_its_own =
        is_unconsumed && !record.handed_out && !record.destructor_set && (has_destructor || record.is_on_heap);
    let ending = Ending {
        capsule,
        before: now.error,
        has_destructor,
        owed: is_its_own && !is_freed && record.contents.is_owed(pointer),
        consumed: is_consumed && !record.destructor_set && !is_freed,
        name_was_good: !record.name_told && !told_before,
    };
    if let Some(thread) = book.thread() {
        thread.begin(ending);
    }
    (true, findings)
}

/// Checks a capsule after its destructor has returned.
pub fn ends(book: &mut Book, capsule: usize) -> Findings {
    let mut findings = Findings::default();
    let ending = book.thread().and_then(|thread| thread.end(capsule));
    let Some(record) = book.find(capsule) else { return findings };
    record.life = Life::Over;
    let Some(ending) = ending else { return findings };
    if ending.has_destructor {
        error(record, &ending, &mut findings);
        freed_name(record, &ending, &mut findings);
    }
    let references = record.fields().ob_base.ob_refcnt as u32;
    let name = quoted(record.name.text());
    if references != 0 {
        let sentence = format_args!(
            "the destructor of the capsule {name} kept {references} reference(s) to it, which is destroyed all the same"
        );
        findings.add(Finding::about(Kind::Resurrected, record, sentence));
    }
    contents(record, &ending, &mut findings);
    findings
}

/// Checks whether the destructor deleted the tensor, or released the Arrow struct, as it should. The struct's memory
/// may be freed, so only that is checked.
fn contents(record: &Record, ending: &Ending, findings: &mut Findings) {
    let name = quoted(record.name.text());
    let pointer = record.pointer();
    if ending.consumed && record.taken && record.contents.is_freed_tensor(pointer) {
        let sentence = format_args!(
            "the destructor of the capsule {name} deleted the tensor, which is the consumer's by that name, and is deleted again \
             there"
        );
        findings.add(Finding::about(Kind::DoubleFree, record, sentence));
    }
    // A destructor that got the struct may have called its callback, moved it, or passed it on.
    if !ending.owed || record.taken || record.contents.is_freed_tensor(pointer) {
        return;
    }
    let finding = match record.contents {
        Contents::Tensor { .. } => {
            let why =
                if ending.has_destructor { "its destructor did not delete" } else { "it has no destructor to delete" };
            let sentence =
                format_args!("the capsule {name} was destroyed before its tensor was consumed, and {why} it");
            Finding::about(Kind::DlpackUnconsumed, record, sentence)
        }
        _ => {
            let why = if ending.has_destructor {
                "its destructor did not release"
            } else {
                "it has no destructor to release"
            };
            let sentence = format_args!("the capsule {name} was destroyed, and {why} the struct");
            Finding::about(Kind::ArrowUnreleased, record, sentence)
        }
    };
    findings.add(finding);
}

/// Checks whether the destructor preserved the error indicator.
fn error(record: &Record, ending: &Ending, findings: &mut Findings) {
    let after = Mark::now();
    let name = quoted(record.name.text());
    match ending.before {
        None if after.is_some() => {
            let text = pending::describe();
            let sentence = format_args!("the destructor of the capsule {name} left an error behind: {text}");
            findings.add(Finding::about(Kind::DestructorLeftError, record, sentence));
        }
        Some(before) if !before.survives_as(after) => {
            let how = if after.is_some() { "put another in the place of" } else { "cleared" };
            let sentence = format_args!(
                "the destructor of the capsule {name} {how} the error that was pending when it was called"
            );
            findings.add(Finding::about(Kind::DestructorLostError, record, sentence));
        }
        _ => {}
    }
}

/// Checks whether the destructor freed the capsule's last name, instead of the one it was made with.
fn freed_name(record: &Record, ending: &Ending, findings: &mut Findings) {
    let (first, last) = (record.first_name(), &record.name);
    if !ending.name_was_good || first.address == last.address || !record.first_name_is_allocated {
        return;
    }
    if matches!(first.state(), NameState::Same) && !matches!(last.state(), NameState::Same) {
        let (first, last) = (quoted(first.text()), quoted(last.text()));
        let sentence = format_args!(
            "the destructor of a capsule freed the name {last} that it was given later, and not {first}, which it was made with"
        );
        findings.add(Finding::about(Kind::FreedOtherName, record, sentence));
    }
}

/// Makes a destroyed capsule harmless: with a NULL pointer every call fails, and with a count of 1 the next surplus
/// release arrives at the checker.
///
/// # Safety
/// `capsule` is a capsule whose destructor has returned and whose memory is not freed; no other thread uses it.
pub unsafe fn bury(capsule: *mut PyObject) {
    // SAFETY: the memory is mapped and has a capsule's layout, because the listener gets only capsules.
    unsafe {
        (*capsule).ob_refcnt = 1;
        (*capsule.cast::<PyCapsule>()).pointer = core::ptr::null_mut();
    }
}
