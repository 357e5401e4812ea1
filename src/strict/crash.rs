//! Fatal signals that a capsule may have caused: a destructor frees memory that it does not own, or the program uses
//! the NULL of a failed call. The report is written first, and then the signal has its usual effect.
//!
//! A signal that the program handles itself is not handled here. The handler may interrupt any code, and the heap may
//! be corrupt, so nothing here allocates or waits for a lock.

use super::notes;
use super::pending::Mark;
use super::report::finding::{Finding, Role, quoted};
use super::report::kinds::Kind;
use super::report::{self, Then};
use super::stack::place::Place;
use super::{signals, switch};
use core::ffi::{CStr, c_int, c_void};

/// An address below this is a NULL pointer with the offset of a field.
const NULL_PAGE: usize = 4096;

/// Handles the two signals from now on, unless the program does.
pub fn prepare() {
    signals::install(handle);
}

extern "C" fn handle(signal: c_int, info: *mut libc::siginfo_t, _: *mut c_void) {
    // SAFETY: the handler was installed with SA_SIGINFO, for which the kernel passes a whole description.
    let is_sent = unsafe { (*info).si_code } <= 0;
    // A stack for signals may be small.
    if signals::begin_ending() && switch::has_room() {
        let finding = match signal {
            libc::SIGABRT => in_free(),
            _ if is_sent => None,
            // SAFETY: a signal that the kernel sends for a fault has an address in its description.
            _ => null_pointer(unsafe { (*info).si_addr() }.addr()).or_else(in_free),
        };
        if let Some(finding) = finding {
            report::tell(&finding, Then::Crash);
        }
        report::sum_up();
    }
    // The handler is uninstalled now. A fault is repeated when this function returns, but a signal that was sent has to
    // be sent again.
    if is_sent {
        // SAFETY: `raise` may be called in a signal handler, and takes any number.
        unsafe { libc::raise(signal) };
    }
}

/// The finding for a signal in `free`, which a destructor called.
fn in_free() -> Option<Finding> {
    let place = Place::here();
    if !place.stack()?.into_iter().any(|frame| is_in_free(frame.address)) {
        return None;
    }
    let mut book = notes::try_open()?;
    let ending = book.known_thread()?.ending()?;
    let record = book.find(ending.capsule)?;
    let name = quoted(record.name.text());
    let renamed = record.first_name().address != record.name.address && record.name.address != 0;
    // A destructor whose capsule was made with a string literal frees no name.
    let may_free_name = record.first_name_is_allocated || record.first_name().address == 0;
    let finding = if renamed && may_free_name {
        let first = quoted(record.first_name().text());
        let sentence = format_args!(
            "the destructor of a capsule freed what it must not while its name was {name}, not {first}, which it was made \
             with: it may free the name it finds"
        );
        Finding::about(Kind::FreedOtherName, record, sentence)
    } else {
        let whose = if record.handed_out { "that a consumer was given, and may have freed, " } else { "" };
        let sentence = format_args!(
            "the destructor of the capsule {name} freed something {whose}a second time, or what was never allocated"
        );
        Finding::about(Kind::DoubleFree, record, sentence)
    };
    Some(finding.at(Role::Used, place))
}

/// Whether an address lies in a function that frees memory.
fn is_in_free(address: usize) -> bool {
    // SAFETY: `dladdr` accepts any address, and all zeros is a valid `Dl_info`. The name that it finds is a string of
    // the loaded object, which has code on this stack and so stays loaded.
    unsafe {
        let mut info: libc::Dl_info = core::mem::zeroed();
        let found = libc::dladdr(core::ptr::without_provenance(address), &mut info) != 0 && !info.dli_sname.is_null();
        found
            && matches!(
                CStr::from_ptr(info.dli_sname).to_bytes(),
                b"free" | b"cfree" | b"__libc_free" | b"__interceptor_free" | b"realloc" | b"__libc_realloc"
            )
    }
}

/// The finding for the use of a NULL pointer after a failed call whose error the program did not check.
fn null_pointer(address: usize) -> Option<Finding> {
    if address >= NULL_PAGE {
        return None;
    }
    let place = Place::here();
    let failure = notes::try_open()?.known_thread()?.unlooked(Mark::now())?;
    let words = failure.in_words();
    let sentence = format_args!("{words}, the program did not look, and a NULL pointer was used");
    let finding = Finding::new(Kind::UncheckedFailure, sentence);
    Some(finding.at(Role::Failed, failure.place).at(Role::Used, place))
}
