//! The rules of calls: checks before a call, and updates of the notes after it.

use super::now::Now;
use crate::capsule::{Entry, Name};
use crate::runtime::stack;
use crate::strict::call::{Argument, Call, Seen, text_of};
use crate::strict::dlpack_arrow::{self, Contents};
use crate::strict::notes::Book;
use crate::strict::notes::names::{NameCopy, NameState};
use crate::strict::notes::record::{Life, Record};
use crate::strict::notes::threads::{Failure, NullAnswer};
use crate::strict::pending::{self, Mark};
use crate::strict::report::finding::{Finding, Findings, Role, quoted};
use crate::strict::report::kinds::Kind;
use crate::strict::stack::loaded;
use core::fmt;

/// Checks a call before it is made.
pub fn before(book: &mut Book, call: &Call, now: &Now) -> Findings {
    let mut findings = Findings::default();
    let function = call.function();
    if let Some(thread) = book.thread() {
        thread.null_answer = None;
    }
    if now.lacks_gil() && matches!(call, Call::New { .. } | Call::Import(_)) {
        let sentence = format_args!("{function} was called by a thread that does not hold the GIL");
        findings.add(Finding::new(Kind::NoGil, sentence).at(Role::Used, now.place));
    }
    let record = call.capsule().and_then(|capsule| book.find(capsule.addr()));
    let Some(record) = record else {
        if now.is_over {
            let sentence = format_args!("{function} was called after Py_FinalizeEx");
            findings.add(Finding::new(Kind::AfterFinalize, sentence).at(Role::Used, now.place));
        }
        return findings;
    };
    let name = quoted(record.name.text());
    if record.life == Life::Over {
        let sentence = format_args!("{function} was called with the capsule {name}, which was destroyed before");
        findings.add(Finding::about(Kind::UseAfterDestroy, record, sentence).at(Role::Used, now.place));
        return findings;
    }
    if now.is_over {
        let sentence = format_args!("{function} was called with the capsule {name} after Py_FinalizeEx");
        findings.add(Finding::about(Kind::AfterFinalize, record, sentence).at(Role::Used, now.place));
    }
    threads(record, call, now, &mut findings);
    match call {
        Call::Access { entry: Entry::GetPointer, argument: Argument::Name(asked), .. } => {
            name_state(record, function, now, &mut findings);
            pointer(record, *asked, now, &mut findings);
        }
        Call::Access { entry: Entry::GetName, .. } | Call::IsValid { .. } => {
            name_state(record, function, now, &mut findings);
        }
        Call::Access { entry: Entry::SetContext, argument: Argument::Pointer(new), .. } => {
            context(record, new.addr(), now, &mut findings);
        }
        _ => {}
    }
    findings
}

/// Updates the capsule's name in the record, if it differs, because some code writes the fields of a capsule directly.
fn follow_name(record: &mut Record) {
    let current = record.fields().name;
    if current.addr() != record.name.address {
        // SAFETY: only `NameCopy::of` gets this `Name`. It reads the bytes through the kernel, so even a name that was
        // freed does no harm.
        record.rename(NameCopy::of(unsafe { Name::from_ptr(current) }));
    }
}

/// Updates the record after a call that was made while the checker was off.
pub fn done_unseen(book: &mut Book, capsule: usize) {
    if let Some(record) = book.find(capsule).filter(|record| record.life != Life::Over) {
        follow_name(record);
        record.context_unseen = false;
        know_contents(record);
    }
}

/// Updates the kind of struct that the pointer refers to.
fn know_contents(record: &mut Record) {
    record.contents = Contents::of(record.name.text());
    record.contents.look(record.pointer());
}

/// Checks whether the name was changed or freed.
pub fn name_state(record: &mut Record, function: &str, now: &Now, findings: &mut Findings) {
    follow_name(record);
    if record.name_told {
        return;
    }
    let name = quoted(record.name.text());
    let finding = match record.name.state() {
        NameState::Same => return,
        NameState::Changed(bytes) => {
            let changed = quoted(Some(bytes.as_bytes()));
            let sentence = format_args!(
                "{function}: the name {name} of a capsule reads {changed} now: it was overwritten, or freed and the memory \
                 used again"
            );
            Finding::about(Kind::NameChanged, record, sentence)
        }
        NameState::Gone => {
            if record.name.is_known() {
                let sentence = format_args!("{function}: the name {name} of a capsule is no longer in memory");
                Finding::about(Kind::NameFreed, record, sentence)
            } else {
                let address = record.name.address;
                let sentence = format_args!("{function}: the name of a capsule, at {address:#x}, can't be read");
                Finding::about(Kind::NameFreed, record, sentence)
            }
        }
    };
    record.name_told = true;
    findings.add(finding.at(Role::Used, now.place));
}

/// Checks whether threads without the GIL share the capsule.
fn threads(record: &mut Record, call: &Call, now: &Now, findings: &mut Findings) {
    if now.has_gil {
        return;
    }
    let (function, name) = (call.function(), quoted(record.name.text()));
    let sets = matches!(call, Call::Access { entry, .. } if is_setter(*entry));
    let others_set = record.setter.is_some_and(|setter| setter != now.thread);
    let others_use = record.maker != now.thread || record.other_user.is_some_and(|user| user != now.thread);
    if others_set || sets && others_use {
        let sentence = format_args!(
            "{function} was called with the capsule {name} by a thread without the GIL, and another thread {}",
            if others_set { "has set something in it" } else { "uses it" }
        );
        findings.add(Finding::about(Kind::SharedWithoutGil, record, sentence).at(Role::Used, now.place));
    }
}

fn is_setter(entry: Entry) -> bool {
    matches!(entry, Entry::SetPointer | Entry::SetName | Entry::SetDestructor | Entry::SetContext | Entry::SetTraverse)
}

/// Checks a call of `PyCapsule_GetPointer` with a name.
fn pointer(record: &mut Record, asked: Name, now: &Now, findings: &mut Findings) {
    if !record.name.is_known() || record.name_told {
        return;
    }
    let asked = text_of::<512>(asked);
    let asked = asked.as_ref().map(|line| line.as_bytes());
    let has = record.name.text();
    let (name, asked_name) = (quoted(has), quoted(asked));
    // A destructor may try one name after the other, and it belongs to the capsule, whichever module it is in.
    let is_destructor = record.life == Life::Ending;
    let finding = if has != asked && is_destructor {
        return;
    } else if is_destructor && record.deleted {
        let sentence = format_args!(
            "the tensor of the capsule {name} is gone: a consumer deleted it, but did not rename the capsule, and its \
             destructor asks for it to delete it again"
        );
        Finding::about(Kind::DoubleFree, record, sentence)
    } else if dlpack_arrow::is_used(has, asked) {
        let sentence =
            format_args!("PyCapsule_GetPointer asks for {asked_name}, and the capsule is {name}: it was consumed");
        Finding::about(Kind::DlpackConsumedTwice, record, sentence)
    } else if has != asked {
        let sentence = format_args!("PyCapsule_GetPointer asks for {asked_name}, and the capsule is {name}");
        Finding::about(Kind::WrongName, record, sentence)
    } else if has.is_none() && !is_destructor && is_of_another_module(record, now) {
        let sentence = format_args!(
            "PyCapsule_GetPointer got the pointer of a capsule that has no name, and was made by another module"
        );
        Finding::about(Kind::UnnamedMixup, record, sentence)
    } else if !is_destructor && record.contents.is_released(record.pointer()) {
        let sentence = format_args!(
            "PyCapsule_GetPointer asks for the struct of a capsule {name} that was released, or moved elsewhere"
        );
        Finding::about(Kind::ArrowAfterRelease, record, sentence)
    } else {
        return;
    };
    findings.add(finding.at(Role::Used, now.place));
}

/// Whether another module than the calling one made the capsule, as far as both are known.
fn is_of_another_module(record: &Record, now: &Now) -> bool {
    let maker = record.made.module();
    maker.is_some() && now.module.is_some() && maker != now.module
}

/// Checks whether a new context replaces one that no caller has got.
fn context(record: &mut Record, new: usize, now: &Now, findings: &mut Findings) {
    let old = record.fields().context.addr();
    if record.context_unseen && old != 0 && new != 0 && old != new {
        let name = quoted(record.name.text());
        let sentence = format_args!(
            "PyCapsule_SetContext replaces the context {old:#x} of the capsule {name}, which no caller has got, by {new:#x}"
        );
        findings.add(Finding::about(Kind::ContextLost, record, sentence).at(Role::Used, now.place));
    }
}

/// Checks, after an import by a name that failed, whether a capsule was given that name and has lost it.
fn imported_name(book: &mut Book, name: Name, now: &Now, findings: &mut Findings) {
    let asked = NameCopy::of(name);
    let given = |record: &&Record| asked.text().is_some() && record.name.text() == asked.text();
    let capsule = book.live().find(given).map(|record| record.capsule);
    if let Some(record) = capsule.and_then(|capsule| book.find(capsule)) {
        name_state(record, "PyCapsule_Import", now, findings);
    }
}

/// Records a failed call. Returns a finding if its error replaced one that was still pending.
pub fn failed(book: &mut Book, call: &Call, now: &Now) -> Findings {
    let mut findings = Findings::default();
    let function = call.function();
    if let Call::Import(name) = call {
        imported_name(book, *name, now, &mut findings);
    }
    if let Some(earlier) = book.known_thread().and_then(|thread| thread.unlooked(now.error)) {
        let how = if call.capsule().is_some_and(|capsule| capsule.is_null()) { "with NULL " } else { "" };
        let words = earlier.in_words();
        let sentence =
            format_args!("{words}, and its error was still set when {function} was called {how}and failed too");
        findings.add(
            Finding::new(Kind::FailureIgnored, sentence).at(Role::Failed, earlier.place).at(Role::Used, now.place),
        );
    }
    if let Some(error) = Mark::now()
        && let Some(thread) = book.thread()
    {
        let depth = thread.depth;
        let (entry, capsule) = (call.entry(), call.capsule().map_or(0, |capsule| capsule.addr()));
        thread.failure =
            Some(Failure { function, entry, capsule, place: now.place, error, text: pending::describe(), depth });
    }
    findings
}

/// Whether a successful call depends on the failed one: its argument is the NULL of the failed call, or it gets the
/// pointer that the failed call should have replaced.
fn needed(failed: &Failure, entry: Entry, capsule: usize, argument: Argument) -> bool {
    use Entry::*;
    match (failed.entry, entry, argument) {
        (None | Some(GetPointer | GetContext), SetContext, Argument::Pointer(new)) => new.is_null(),
        (Some(GetName), SetName, Argument::Name(new)) => new.as_ptr().is_null(),
        (Some(GetDestructor), SetDestructor, Argument::Destructor(new)) => new.is_none(),
        (Some(SetPointer), GetPointer, _) => failed.capsule == capsule,
        _ => false,
    }
}

/// Records a getter or setter that succeeded. Returns a finding if it depends on an earlier failure.
pub fn done(book: &mut Book, call: &Call, seen: Seen, now: &Now) -> Findings {
    let mut findings = Findings::default();
    let Call::Access { entry, capsule, argument } = call else { return findings };
    let earlier = book.known_thread().and_then(|thread| thread.unlooked(now.error));
    if let Some(earlier) = earlier.filter(|earlier| needed(earlier, *entry, capsule.addr(), *argument)) {
        let (words, function) = (earlier.in_words(), call.function());
        let sentence = format_args!("{words}, and {function} went on with what it left");
        findings.add(
            Finding::new(Kind::FailureIgnored, sentence).at(Role::Failed, earlier.place).at(Role::Used, now.place),
        );
    }
    if seen.is_null()
        && let Some(thread) = book.thread()
    {
        let (function, capsule, place) = (call.function(), capsule.addr(), now.place);
        thread.null_answer = Some(NullAnswer { function, capsule, place });
    }
    if let Some(record) = book.find(capsule.addr()) {
        accessed(record, *entry, *argument, now);
        // The context may lead to everything that belongs to the capsule.
        record.taken |= *entry == Entry::GetPointer || *entry == Entry::GetContext && !seen.is_null();
    }
    findings
}

/// Records a successful `PyCapsule_IsValid`. A destructor that has checked in this way that its tensor was not
/// consumed, or its struct not taken, may then access that without the capsule.
pub fn is_valid(book: &mut Book, capsule: usize) {
    if let Some(record) = book.find(capsule) {
        record.taken |= !dlpack_arrow::is_consumed(record.name.text());
    }
}

/// The finding when a C function returns a result while the error of an earlier call is still pending.
pub fn result_with_error(book: &mut Book, result: fmt::Arguments<'_>) -> Option<Finding> {
    let thread = book.known_thread()?;
    let failure = thread.unlooked(Mark::now()).filter(|failure| failure.depth == thread.depth)?;
    let words = failure.in_words();
    let sentence = format_args!("{words}, the program did not look, and {result} with the error set");
    Some(Finding::new(Kind::UncheckedFailure, sentence).at(Role::Failed, failure.place))
}

/// The record of a new capsule. The notes are not open, because this calls the loader.
pub fn new_record(capsule: usize, name: Name, now: &Now) -> Record {
    let name = NameCopy::of(name);
    let mut record = Record {
        made: now.place,
        maker: now.thread,
        first_name_is_allocated: is_allocated(name.address),
        name,
        ..Record::of(capsule)
    };
    know_contents(&mut record);
    if record.contents != Contents::Unknown {
        let pointer = record.pointer();
        let (start, end) = stack::in_use();
        record.is_on_heap = is_allocated(pointer) && !(start..end).contains(&pointer);
    }
    record
}

/// Whether an address is outside the program and its shared objects, which contain the string literals.
fn is_allocated(address: usize) -> bool {
    address != 0 && !loaded::is_in_object(address)
}

/// Records in the record that a getter or setter succeeded.
fn accessed(record: &mut Record, entry: Entry, argument: Argument, now: &Now) {
    if record.maker != now.thread {
        record.other_user = Some(now.thread);
    }
    if is_setter(entry) {
        record.setter = Some(now.thread);
        if record.maker != now.thread {
            record.set_elsewhere = now.place;
        }
    }
    match (entry, argument) {
        (Entry::GetPointer, _) => {
            record.handed_out = true;
            let pointer = record.pointer();
            record.contents.look(pointer);
        }
        (Entry::SetName, Argument::Name(name)) => {
            record.renamed = now.place;
            record.rename(NameCopy::of(name));
            if record.contents == Contents::Unknown {
                know_contents(record);
            }
        }
        (Entry::SetPointer, _) => know_contents(record),
        (Entry::SetDestructor, _) => record.destructor_set = true,
        (Entry::SetContext, Argument::Pointer(context)) => record.context_unseen = !context.is_null(),
        (Entry::GetContext, _) => record.context_unseen = false,
        _ => {}
    }
}
