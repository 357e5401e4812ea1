//! The running imports, each with its thread. A thread that wants a module which another one is importing waits until
//! that is done, as in CPython. No other thread gets a module whose init function is still running, unless waiting for
//! it would be a deadlock.

use super::registry;
use crate::objects::str;
use crate::runtime::fork::{self, Node};
use crate::runtime::lock::{self, Lock, Signal};
use crate::runtime::memory::{self, Array, Malloc, Text};
use crate::runtime::{Raised, Result, raise, thread};
use core::fmt::Write;
use core::sync::atomic::{AtomicUsize, Ordering};

/// A thread, by the system's identifier.
type Thread = libc::pthread_t;

fn this_thread() -> Thread {
    // SAFETY: the call returns the identifier of this thread, and can't fail.
    unsafe { libc::pthread_self() }
}

/// A running import.
#[derive(Debug)]
struct Import {
    module: Text,
    /// The thread that imports it; `None` in a child of fork, where that thread does not exist.
    thread: Option<Thread>,
    /// The number of times that its thread has begun it, because an init function may import its own module.
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

/// The number of running imports. While there are none, no thread has to wait.
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// The next step before this thread may use or import a module.
enum Step {
    /// Continue: no other thread imports it.
    Free,
    /// Wait for the other thread.
    Wait,
    /// Begin again: the thread that was importing it does not exist.
    Abandoned,
    /// Continue without waiting: the other thread waits, perhaps through others, for this one.
    Deadlock,
}

impl Imports {
    fn find(&mut self, module: &str) -> Option<&mut Import> {
        self.going_on.iter_mut().find(|import| import.module.as_str() == module)
    }

    fn importer(&self, module: &str) -> Option<Option<Thread>> {
        self.going_on.iter().find(|import| import.module.as_str() == module).map(|import| import.thread)
    }

    fn step(&self, module: &str, this: Thread) -> Step {
        let mut importer = match self.importer(module) {
            Some(Some(other)) if other != this => other,
            Some(None) => return Step::Abandoned,
            _ => return Step::Free,
        };
        // Each thread waits for one module, so the chain has at most as many links as there are waiting threads.
        for _ in &self.waiting {
            let wanted = self.waiting.iter().find(|waiting| waiting.thread == importer);
            match wanted.and_then(|waiting| self.importer(waiting.module.as_str()).flatten()) {
                Some(next) if next == this => return Step::Deadlock,
                Some(next) => importer = next,
                None => break,
            }
        }
        Step::Wait
    }

    /// Removes the imports for which this is false.
    fn keep(&mut self, is_kept: impl FnMut(&mut Import) -> bool) {
        let before = self.going_on.len();
        self.going_on.retain_mut(is_kept);
        COUNT.fetch_sub(before - self.going_on.len(), Ordering::Relaxed);
    }

    fn forget(&mut self, module: &str) {
        self.keep(|import| import.module.as_str() != module);
    }
}

/// The reason why an import can't begin. The error is raised after the lock is released, because raising drops the
/// pending error, and a destructor that this runs may import.
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
    // Lock order: a thread that holds the GIL may wait for this lock, so it is released before the GIL is taken.
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
    fork::tell_child(&ABANDON);
    DONE.expect();
    let mut imports = IMPORTS.hold();
    loop {
        match imports.step(module, this) {
            Step::Free => break,
            Step::Wait => imports = wait(imports, module, this)?,
            Step::Abandoned => imports.forget(module),
            Step::Deadlock => return Err(Refusal::Deadlock),
        }
    }
    match imports.find(module) {
        Some(own) => own.depth += 1,
        None => {
            push(&mut imports.going_on, Import { module: copy(module)?, thread: Some(this), depth: 1 })?;
            COUNT.fetch_add(1, Ordering::Relaxed);
        }
    }
    Ok(())
}

/// Whether another thread was importing a module that exists already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// No other thread was importing it.
    None,
    /// Another thread was, and is done with it.
    Done,
    /// Another thread was, in the parent of this process. The unfinished module was removed.
    Gone,
}

/// Waits until no other thread imports a module that exists already. In a deadlock the unfinished module is used.
#[inline(always)]
pub fn wait_for(module: &str) -> Result<Others> {
    if COUNT.load(Ordering::Relaxed) == 0 {
        return Ok(Others::None);
    }
    wait_for_others(module)
}

#[cold]
fn wait_for_others(module: &str) -> Result<Others> {
    let this = this_thread();
    let mut imports = IMPORTS.hold();
    let mut others = Others::None;
    loop {
        match imports.step(module, this) {
            Step::Free | Step::Deadlock => return Ok(others),
            Step::Wait => {
                imports = wait(imports, module, this).map_err(|refusal| refusal.raise(module))?;
                others = Others::Done;
            }
            Step::Abandoned => {
                drop(imports);
                registry::remove(str::from_str(module)?.borrow())?;
                IMPORTS.hold().forget(module);
                return Ok(Others::Gone);
            }
        }
    }
}

/// Marks the imports of other threads as abandoned, in a child of fork, where those threads do not exist.
static ABANDON: Node<fn()> = Node::new(|| {
    let this = this_thread();
    let mut imports = IMPORTS.hold();
    imports.waiting.clear();
    for import in imports.going_on.iter_mut().filter(|import| import.thread != Some(this)) {
        import.thread = None;
    }
});

/// Removes the imports of other threads. The runtime is finalised, so those threads never continue them.
pub fn forget_others() {
    let this = this_thread();
    let mut imports = IMPORTS.hold();
    imports.keep(|import| import.thread == Some(this));
    DONE.wake_all();
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        let mut imports = IMPORTS.hold();
        let Some(own) = imports.find(self.module) else { return };
        own.depth -= 1;
        if own.depth == 0 {
            imports.forget(self.module);
            DONE.wake_all();
        }
    }
}
