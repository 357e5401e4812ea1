//! The rules of a capsule's end: what its destructor must find, and what it must leave behind.

use super::finding::{Finding, Findings, Role};
use super::kinds::Kind;
use super::notes::{Book, Ending, Life, NameState, Record};
use super::pending::Mark;
use super::protocol::{self, Contents};
use super::report::quoted;
use super::rules::{Now, fields, name_state, pointer_of};
use crate::abi::{PyCapsule, PyObject};

/// Looks at a capsule before its destructor gets it; `false` when it must not be destroyed, since it was already.
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
    let has_destructor = fields(record).destructor.is_some();
    let pointer = pointer_of(record);
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
    let is_consumed = protocol::is_consumed(record.name.text());
    record.deleted = is_freed && !is_consumed && record.handed_out && !record.destructor_set;
    name_state(record, "destruction", now, &mut findings);
    record.destroyed = now.place;
    record.life = Life::Ending;
    record.taken = false;
    // Consumers rename a capsule that they keep, some with a name of their own.
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

/// Looks at a capsule when its destructor is done.
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
    let references = fields(record).ob_base.ob_refcnt as u32;
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

/// What became of the tensor or the Arrow struct of a capsule. Its memory may be gone, so that nothing is read of it but
/// whether it is.
fn contents(record: &Record, ending: &Ending, findings: &mut Findings) {
    let name = quoted(record.name.text());
    let pointer = pointer_of(record);
    if ending.consumed && record.taken && record.contents.is_freed_tensor(pointer) {
        let sentence = format_args!(
            "the destructor of the capsule {name} deleted the tensor, which is the consumer's by that name, and is deleted again \
             there"
        );
        findings.add(Finding::about(Kind::DoubleFree, record, sentence));
    }
    // A destructor that came by the struct may have called it, moved it, or handed it on.
    if !ending.owed || record.taken || record.contents.is_freed_tensor(pointer) {
        return;
    }
    let finding = match record.contents {
        Contents::Tensor { .. } => {
            let why =
                if ending.has_destructor { "its destructor did not delete" } else { "it has no destructor to delete" };
            let sentence =
                format_args!("the capsule {name} was destroyed before anybody consumed its tensor, and {why} that");
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

/// What the destructor did to the error indicator.
fn error(record: &Record, ending: &Ending, findings: &mut Findings) {
    let after = Mark::now();
    let name = quoted(record.name.text());
    match ending.before {
        None if after.is_some() => {
            let text = super::pending::describe();
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

/// Whether the destructor freed the name that the capsule had last, and not the one it was made with.
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

/// Makes what is left of a capsule harmless: nothing takes it for one that can be used, and one release too many
/// is noticed.
///
/// # Safety
/// The capsule is destroyed, and its memory not freed.
pub unsafe fn bury(capsule: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe {
        (*capsule).ob_refcnt = 1;
        (*capsule.cast::<PyCapsule>()).pointer = core::ptr::null_mut();
    }
}
