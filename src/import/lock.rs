//! Who imports what. A thread that wants a module which another one is importing waits until that is done, as in CPython:
//! nobody is given a module whose init function still runs, unless waiting for it would never end.

use crate::runtime::lock::{self, Lock, Signal};
use crate::runtime::memory::{self, Array, Malloc, Text};
use crate::runtime::{Raised, Result, raise, thread};
use core::fmt::Write;
use core::sync::atomic::{AtomicUsize, Ordering};

/// A thread, as the system knows it.
type Thread = libc::pthread_t;

fn this_thread() -> Thread {
    // SAFETY: a thread may always ask who it is.
    unsafe { libc::pthread_self() }
}

/// An import that is going on.
#[derive(Debug)]
struct Import {
    module: Text,
    thread: Thread,
    /// How often its thread has begun it: an init function may import its own module.
    depth: usize,
}

/// A thread that waits for the end of an import.
#[derive(Debug)]
struct Waiting {
    thread: Thread,
    module: Text,
}

#[derive(Debug)]
struct Imports {
    going_on: Array<Import>,
    waiting: Array<Waiting>,
}

static IMPORTS: Lock<Imports> = Lock::new(Imports { going_on: Array::new_in(Malloc), waiting: Array::new_in(Malloc) });
static DONE: Signal = Signal::new();

/// How many imports are going on: where there are none, nobody has to wait.
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// What has to be done about a module before this thread may go on.
enum Step {
    /// Nothing: no other thread imports it.
    Free,
    /// Wait for the other thread.
    Wait,
    /// Nothing would come of waiting: the other thread waits, perhaps through others, for this one.
    Deadlock,
}

impl Imports {
    fn find(&mut self, module: &str) -> Option<&mut Import> {
        self.going_on.iter_mut().find(|import| import.module.as_str() == module)
    }

    fn importer(&self, module: &str) -> Option<Thread> {
        self.going_on.iter().find(|import| import.module.as_str() == module).map(|import| import.thread)
    }

    fn step(&self, module: &str, this: Thread) -> Step {
        let mut importer = match self.importer(module) {
            Some(other) if other != this => other,
            _ => return Step::Free,
        };
        // Each thread waits for one module, so the chain has no more links than there are threads that wait.
        for _ in &self.waiting {
            let wanted = self.waiting.iter().find(|waiting| waiting.thread == importer);
            match wanted.and_then(|waiting| self.importer(waiting.module.as_str())) {
                Some(next) if next == this => return Step::Deadlock,
                Some(next) => importer = next,
                None => break,
            }
        }
        Step::Wait
    }
}

/// Why an import can't begin. The error is raised without the lock: it drops the one before it, and whatever that runs
/// may import.
enum Refusal {
    Deadlock,
    NoMemory,
}

impl Refusal {
    fn raise(self, module: &str) -> Raised {
        match self {
            Refusal::Deadlock => raise!(RuntimeError, "deadlock detected by _ModuleLock('{module}')"),
            Refusal::NoMemory => memory::out_of_memory(),
        }
    }
}

fn copy(module: &str) -> Result<Text, Refusal> {
    let mut copy = Text::new();
    match copy.write_str(module) {
        Ok(()) => Ok(copy),
        Err(core::fmt::Error) => Err(Refusal::NoMemory),
    }
}

fn push<T>(array: &mut Array<T>, item: T) -> Result<(), Refusal> {
    array.try_reserve(1).map_err(|_| Refusal::NoMemory)?;
    memory::fill(array, [item]);
    Ok(())
}

/// Waits until some import is done, without the GIL.
fn wait(mut imports: lock::Guard<Imports>, module: &str, this: Thread) -> Result<lock::Guard<Imports>, Refusal> {
    push(&mut imports.waiting, Waiting { thread: this, module: copy(module)? })?;
    let state = thread::swap(None);
    DONE.wait(&mut imports);
    imports.waiting.retain(|waiting| waiting.thread != this);
    // Whoever holds the GIL may want this lock.
    drop(imports);
    thread::swap(state);
    Ok(IMPORTS.hold())
}

/// An import of this thread; it is done when this is dropped.
#[derive(Debug)]
pub struct Guard<'a> {
    module: &'a str,
}

/// Begins an import, after other threads' imports of the same module.
pub fn begin(module: &str) -> Result<Guard<'_>> {
    enter(module).map(|()| Guard { module }).map_err(|refusal| refusal.raise(module))
}

fn enter(module: &str) -> Result<(), Refusal> {
    let this = this_thread();
    let mut imports = IMPORTS.hold();
    loop {
        match imports.step(module, this) {
            Step::Free => break,
            Step::Wait => imports = wait(imports, module, this)?,
            Step::Deadlock => return Err(Refusal::Deadlock),
        }
    }
    match imports.find(module) {
        Some(own) => own.depth += 1,
        None => {
            push(&mut imports.going_on, Import { module: copy(module)?, thread: this, depth: 1 })?;
            COUNT.fetch_add(1, Ordering::Relaxed);
        }
    }
    Ok(())
}

/// Waits until no other thread imports a module that is there already, and says whether there was anything to wait for.
/// Where that would never end, the module is used as it is.
#[inline(always)]
pub fn wait_for(module: &str) -> Result<bool> {
    if COUNT.load(Ordering::Relaxed) == 0 {
        return Ok(false);
    }
    wait_for_others(module).map_err(|refusal| refusal.raise(module))
}

#[cold]
fn wait_for_others(module: &str) -> Result<bool, Refusal> {
    let this = this_thread();
    let mut imports = IMPORTS.hold();
    let mut waited = false;
    while let Step::Wait = imports.step(module, this) {
        imports = wait(imports, module, this)?;
        waited = true;
    }
    Ok(waited)
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        let mut imports = IMPORTS.hold();
        let Some(own) = imports.find(self.module) else { return };
        own.depth -= 1;
        if own.depth == 0 {
            imports.going_on.retain(|import| import.module.as_str() != self.module);
            COUNT.fetch_sub(1, Ordering::Relaxed);
            DONE.wake_all();
        }
    }
}
