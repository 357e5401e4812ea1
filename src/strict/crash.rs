//! The end of a process by a signal that a capsule may have to do with: a destructor that frees what is not its own, or a
//! NULL that a failed call gave. The report comes first; then the signal does what it would have done.
//!
//! Only signals that nobody handles are looked at. A handler runs in the midst of whatever was broken, so nothing here
//! allocates or waits for a lock.

use super::finding::{Finding, Role};
use super::kinds::Kind;
use super::notes;
use super::pending::Mark;
use super::place::Place;
use super::report::{self, Then, quoted};
use crate::runtime::stack;
use core::ffi::{CStr, c_int, c_void};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// Addresses below this are those of a NULL pointer's parts.
const NULL_PAGE: usize = 4096;

/// Whether the library ends the process itself.
static ENDING: AtomicBool = AtomicBool::new(false);

/// Looks at the two signals from now on, if nobody does.
pub fn prepare() {
    for signal in [libc::SIGABRT, libc::SIGSEGV] {
        // SAFETY: asks for an action, and sets one whose handler has the type that the flags say.
        unsafe {
            let mut action: libc::sigaction = core::mem::zeroed();
            if libc::sigaction(signal, core::ptr::null(), &mut action) != 0 || action.sa_sigaction != libc::SIG_DFL {
                continue;
            }
            action.sa_sigaction = handler();
            // Once: what follows is what would have been without us.
            action.sa_flags = libc::SA_SIGINFO | libc::SA_RESETHAND | libc::SA_NODEFER | libc::SA_ONSTACK;
            libc::sigaction(signal, &action, null_mut());
        }
    }
}

/// Whether a handler is at work, so that memory must be left alone.
pub fn is_near() -> bool {
    ENDING.load(Relaxed)
}

/// The library is about to abort: that is no crash to look at.
pub fn leave_alone() {
    ENDING.store(true, Relaxed);
    // SAFETY: asks for an action, and sets the default one in the place of the one that was set here.
    unsafe {
        let mut action: libc::sigaction = core::mem::zeroed();
        if libc::sigaction(libc::SIGABRT, core::ptr::null(), &mut action) == 0 && action.sa_sigaction == handler() {
            libc::signal(libc::SIGABRT, libc::SIG_DFL);
        }
    }
}

fn handler() -> usize {
    handle as extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void) as usize
}

extern "C" fn handle(signal: c_int, info: *mut libc::siginfo_t, _: *mut c_void) {
    // SAFETY: the kernel hands out a whole description.
    let is_sent = unsafe { (*info).si_code } <= 0;
    // A stack for signals may be small.
    if !ENDING.swap(true, Relaxed) && stack::has_room(super::NEEDED) {
        let finding = match signal {
            libc::SIGABRT => in_free(),
            _ if is_sent => None,
            // SAFETY: a fault's description has an address.
            _ => null_pointer(unsafe { (*info).si_addr() }.addr()).or_else(in_free),
        };
        if let Some(finding) = finding {
            report::tell(&finding, Then::Crash);
        }
        report::sum_up();
    }
    // The handler is gone: a fault comes again when this returns; what was sent has to be sent again.
    if is_sent {
        // SAFETY: raises what was raised.
        unsafe { libc::raise(signal) };
    }
}

/// The end came in `free`, in a destructor.
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
    // Who was given a constant frees no name.
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

/// Whether an address lies in what gives memory back.
fn is_in_free(address: usize) -> bool {
    // SAFETY: asks the loader about an address, which need not be in any object; the name that it gives is a string.
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

/// A NULL pointer was followed, after a call that failed and that nobody looked at.
fn null_pointer(address: usize) -> Option<Finding> {
    if address >= NULL_PAGE {
        return None;
    }
    let place = Place::here();
    let failure = notes::try_open()?.known_thread()?.unlooked(Mark::now())?;
    let words = failure.in_words();
    let sentence = format_args!("{words}, nobody looked, and a NULL pointer was used");
    let finding = Finding::new(Kind::UncheckedFailure, sentence);
    Some(finding.at(Role::Failed, failure.place).at(Role::Used, place))
}
