//! Symbols of addresses: function, file and line, from the debug information, which `addr2line` of binutils reads. It
//! runs in a separate process, as AddressSanitizer's symbolizer does, so it can't disturb the program. Nothing here
//! allocates, so that it works even if malloc's memory is corrupt.

use super::depot::Frame;
use super::{inline, loaded};
use crate::runtime::environment;
use crate::runtime::errno;
use crate::runtime::line::Line;
use crate::runtime::lock::Lock;
use crate::runtime::memory::Lossy;
use core::ffi::{c_char, c_int};
use core::fmt;
use core::mem::MaybeUninit;
use core::ptr::{null, null_mut};
use core::sync::atomic::{AtomicI32, Ordering};

/// The number of addresses that can be looked up at a time.
const ROOM: usize = 96;

/// The symbol of an address, as far as it is known.
#[derive(Debug, Clone, Copy)]
pub struct Symbol {
    address: usize,
    /// The function; empty if unknown.
    pub function: Line<160>,
    /// The source file; empty if unknown.
    pub file: Line<256>,
    /// The line in it; 0 if unknown.
    pub line: u32,
    /// The program or shared object; empty if unknown.
    pub module: Line<256>,
    /// The offset in that object.
    pub offset: usize,
    /// Whether this is `main`, or a function that was compiled into it.
    pub is_main: bool,
    tried: bool,
}

/// Symbols of addresses. All zeros is a valid value: no symbols yet.
#[derive(Debug)]
pub struct Symbols {
    symbols: [Symbol; ROOM],
    count: usize,
    /// Whether `addr2line` answered.
    pub was_answered: bool,
    output: [u8; 32768],
}

impl Symbols {
    /// Adds an address to those that [`resolve`](Self::resolve) looks up, if there is room.
    pub fn want(&mut self, frame: Frame) {
        if self.get(frame).is_some() {
            return;
        }
        let Some(symbol) = self.symbols.get_mut(self.count) else { return };
        symbol.address = frame.address;
        match frame.module() {
            Some((base, path)) => (symbol.module, symbol.offset) = (path, frame.address.wrapping_sub(base)),
            None => symbol.tried = true,
        }
        self.count += 1;
    }

    /// The symbol of an address that was requested.
    pub fn get(&self, frame: Frame) -> Option<&Symbol> {
        self.symbols.get(..self.count)?.iter().find(|symbol| symbol.address == frame.address)
    }

    /// Looks the requested addresses up, with one run of `addr2line` for each module.
    pub fn resolve(&mut self) {
        while let Some(next) = self.known().iter().position(|symbol| !symbol.tried) {
            let Some(module) = self.known().get(next).map(|symbol| symbol.module) else { return };
            let same = |symbol: &Symbol| !symbol.tried && symbol.module.as_bytes() == module.as_bytes();
            let mut arguments = Arguments::new();
            for text in [c"addr2line", c"-a", c"-f", c"-i", c"-C", c"-e"] {
                arguments.push(text.to_bytes());
            }
            arguments.push(module.as_bytes());
            for symbol in self.known().iter().filter(|symbol| same(symbol)) {
                // The call instruction is just before its return address.
                let offset = symbol.offset.wrapping_sub(1);
                arguments.push(Line::<20>::of(format_args!("{offset:#x}")).as_bytes());
            }
            let length = run(&arguments, &mut self.output);
            self.was_answered |= length > 0;
            let mut lines = self.output.get(..length).unwrap_or_default().split(|byte| *byte == b'\n');
            let known = self.symbols.get_mut(..self.count).unwrap_or_default();
            // `addr2line -a` prints each address on a line of its own before its functions.
            lines.next();
            for symbol in known.iter_mut().filter(|symbol| same(symbol)) {
                symbol.tried = true;
                while let Some(function) = lines.next().filter(|line| !line.starts_with(b"0x")) {
                    symbol.take(function, lines.next().unwrap_or_default());
                }
            }
        }
    }

    fn known(&self) -> &[Symbol] {
        self.symbols.get(..self.count).unwrap_or_default()
    }
}

impl Symbol {
    /// A symbol of which only the function is known.
    #[cfg(test)]
    pub fn named(function: &[u8]) -> Self {
        let mut symbol = Symbol {
            address: 0,
            function: Line::new(),
            file: Line::new(),
            line: 0,
            module: Line::new(),
            offset: 0,
            is_main: function == b"main",
            tried: false,
        };
        symbol.function.push(function);
        symbol
    }

    /// Reads the two lines that `addr2line` prints: the function, `??` if unknown, and `file:line`. When functions are
    /// inlined into each other, it prints several pairs. The innermost that is not an inline function of the header
    /// counts.
    fn take(&mut self, function: &[u8], place: &[u8]) {
        self.is_main |= function == b"main";
        if !self.function.as_bytes().is_empty() && !self.is_own() {
            return;
        }
        (self.function, self.file, self.line) = (Line::new(), Line::new(), 0);
        if function != b"??" {
            self.function.push(function);
        }
        let place = match place.windows(2).position(|two| two == b" (") {
            Some(note) => place.get(..note).unwrap_or_default(),
            None => place,
        };
        let Some(colon) = place.iter().rposition(|byte| *byte == b':') else { return };
        let (file, line) = place.split_at(colon);
        let line = line.get(1..).and_then(|line| core::str::from_utf8(line).ok()).and_then(|line| line.parse().ok());
        if let Some(line) = line.filter(|line| *line != 0) {
            self.file.push(file);
            self.line = line;
        }
    }

    /// Whether this is the library's own code, which may be linked into the program, or an inline function of its
    /// header.
    pub fn is_own(&self) -> bool {
        let begins = |prefix: &[u8]| self.function.as_bytes().starts_with(prefix);
        let is_inline = inline::is_inline(self.function.as_bytes(), self.file.as_bytes());
        // The library's functions in the program have no line numbers. A module's PyInit_ function is not the
        // library's.
        let is_in_program = || {
            let own = [&b"pycapsule::"[..], b"<pycapsule::", b"core::", b"Py", b"_Py"];
            !loaded::is_apart() && self.line == 0 && own.into_iter().any(begins) && !begins(b"PyInit_")
        };
        loaded::is_own(self.address) || is_inline || is_in_program()
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let function = if self.function.as_bytes().is_empty() { b"??" } else { self.function.as_bytes() };
        write!(f, "{}", Lossy(function))?;
        if self.line != 0 {
            write!(f, " {}:{}", self.file, self.line)
        } else if self.module.as_bytes().is_empty() {
            write!(f, " ({:#x})", self.address)
        } else {
            write!(f, " ({}+{:#x})", self.module, self.offset)
        }
    }
}

/// The arguments of a command, as C strings.
struct Arguments {
    text: Line<8192>,
    starts: [usize; ROOM + 8],
    count: usize,
}

impl Arguments {
    const fn new() -> Self {
        Arguments { text: Line::new(), starts: [0; _], count: 0 }
    }

    fn push(&mut self, word: &[u8]) {
        if let Some(start) = self.starts.get_mut(self.count) {
            *start = self.text.as_bytes().len();
            self.text.push(word);
            self.text.push(b"\0");
            self.count += 1;
        }
    }

    fn pointers(&self) -> [*mut c_char; ROOM + 9] {
        let mut pointers = [null_mut(); _];
        for (pointer, start) in pointers.iter_mut().zip(&self.starts).take(self.count) {
            *pointer = self.text.as_bytes().get(*start..).unwrap_or_default().as_ptr().cast_mut().cast();
        }
        pointers
    }
}

/// The descriptor that becomes the child's standard output. Making the actions of a child allocates memory, so they are
/// made once, when the pipe's own number is not known yet. -1 until they are made.
static OUTPUT: AtomicI32 = AtomicI32::new(-1);
static ACTIONS: Actions = Actions(core::cell::UnsafeCell::new(MaybeUninit::uninit()));

struct Actions(core::cell::UnsafeCell<MaybeUninit<libc::posix_spawn_file_actions_t>>);

// SAFETY: `prepare` writes the actions once, before it stores `OUTPUT`; they are read only after `OUTPUT` was loaded.
unsafe impl Sync for Actions {}

/// Sets up for running `addr2line`. Called once.
pub fn prepare() {
    // SAFETY: this runs once, so nothing else uses the actions yet; they are initialised before anything is added to
    // them. The paths are literals, and the descriptors were just opened.
    unsafe {
        let null = libc::open(c"/dev/null".as_ptr(), libc::O_RDWR | libc::O_CLOEXEC);
        // A high number, because programs may count on getting the lowest free one.
        let output = libc::fcntl(null, libc::F_DUPFD_CLOEXEC, 200);
        libc::close(null);
        let actions = (*ACTIONS.0.get()).as_mut_ptr();
        if output >= 0
            && libc::posix_spawn_file_actions_init(actions) == 0
            && libc::posix_spawn_file_actions_addopen(actions, 0, c"/dev/null".as_ptr(), libc::O_RDONLY, 0) == 0
            && libc::posix_spawn_file_actions_adddup2(actions, output, 1) == 0
            && libc::posix_spawn_file_actions_addopen(actions, 2, c"/dev/null".as_ptr(), libc::O_WRONLY, 0) == 0
        {
            OUTPUT.store(output, Ordering::Release);
        }
    }
}

/// Held while this process can write to the pipe. Another child, made by `fork` or by another thread, would inherit
/// that end and keep the pipe open.
static STARTING: Lock<()> = Lock::new(());

/// Runs a command, and returns the number of bytes of its output that were read into `output`; 0 if it can't be run. A
/// set-user-ID program runs no command, because its unprivileged caller controls PATH.
fn run(arguments: &Arguments, output: &mut [u8]) -> usize {
    let stand_in = OUTPUT.load(Ordering::Acquire);
    if stand_in < 0 || !environment::is_trusted() {
        return 0;
    }
    let words = arguments.pointers();
    let path = environment::entry(c"PATH").map_or(null_mut(), |entry| entry.as_ptr().cast_mut());
    let environment = [path, c"LC_ALL=C".as_ptr().cast_mut(), null_mut()];
    let environment = environment.get(usize::from(path.is_null())..).unwrap_or_default();
    let mut length = 0;
    // SAFETY: `OUTPUT` was loaded, so the actions are initialised. The arguments and the environment are arrays of C
    // strings that end with NULL and outlive the call. `read` gets the length of the buffer's rest. This function owns
    // each descriptor, and closes it once.
    unsafe {
        let starting = STARTING.hold();
        let mut ends: [c_int; 2] = [0; 2];
        if libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) != 0 {
            return 0;
        }
        let [out, into] = ends;
        libc::dup3(into, stand_in, libc::O_CLOEXEC);
        libc::close(into);
        let mut child = 0;
        let actions = (*ACTIONS.0.get()).as_ptr();
        let program = words.first().map_or(null(), |word| word.cast_const());
        let failed = libc::posix_spawnp(&mut child, program, actions, null(), words.as_ptr(), environment.as_ptr());
        // Only the child can write into the pipe from here on.
        libc::dup3(out, stand_in, libc::O_CLOEXEC);
        drop(starting);
        if failed == 0 {
            while let Some(rest) = output.get_mut(length..).filter(|rest| !rest.is_empty()) {
                let read = libc::read(out, rest.as_mut_ptr().cast(), rest.len());
                match usize::try_from(read) {
                    Ok(0) => break,
                    Ok(read) => length += read,
                    Err(_) if errno::get() == libc::EINTR => {}
                    Err(_) => break,
                }
            }
        }
        libc::close(out);
        if failed == 0 {
            while libc::waitpid(child, null_mut(), 0) < 0 && errno::get() == libc::EINTR {}
        }
    }
    length
}

/// Whether two addresses are in the same function, as far as the unwinder knows.
pub fn same_function(one: usize, other: usize) -> bool {
    type Find = unsafe extern "C" fn(*mut core::ffi::c_void) -> *mut core::ffi::c_void;
    // SAFETY: libgcc's function of this name has this type and accepts any address. RTLD_NOLOAD finds the library only
    // if it is loaded already; the unwinder keeps it loaded after the `dlclose`.
    unsafe {
        let library = libc::dlopen(c"libgcc_s.so.1".as_ptr(), libc::RTLD_LAZY | libc::RTLD_NOLOAD);
        if library.is_null() {
            return false;
        }
        let find = libc::dlsym(library, c"_Unwind_FindEnclosingFunction".as_ptr());
        libc::dlclose(library);
        if find.is_null() {
            return false;
        }
        let find = core::mem::transmute::<*mut core::ffi::c_void, Find>(find);
        let start = |address: usize| find(core::ptr::without_provenance_mut(address));
        !start(one).is_null() && start(one) == start(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn lines_of_addr2line_are_taken_as_far_as_they_are_known() {
        let taken = |function: &[u8], place: &[u8]| {
            let mut symbol = Symbol::named(b"");
            symbol.take(function, place);
            symbol.to_string()
        };
        assert_eq!(taken(b"main", b"/a/b.c:12"), "main /a/b.c:12");
        assert_eq!(taken(b"f(int)", b"/a b.c:7 (discriminator 3)"), "f(int) /a b.c:7");
        assert_eq!(taken(b"f", b"b.c:7 (discriminator 3)"), "f b.c:7");
        assert_eq!(taken(b"??", b"??:0"), "?? (0x0)");
        assert_eq!(taken(b"f", b"b.c:?"), "f (0x0)");
    }

    #[test]
    fn the_innermost_function_counts_that_is_not_a_headers() {
        let taken = |lines: &[(&str, &str)]| {
            let mut symbol = Symbol::named(b"");
            lines.iter().for_each(|(function, place)| symbol.take(function.as_bytes(), place.as_bytes()));
            (symbol.to_string(), symbol.is_own())
        };
        let header = "/usr/include/python3.14/refcount.h:420";
        // gcc, in C and in C++, where binutils takes its linkage name for the inlined function's.
        assert_eq!(taken(&[("Py_DECREF", header), ("drop", "a.c:7")]), ("drop a.c:7".into(), false));
        assert_eq!(taken(&[("drop(_object*)", header), ("drop", "a.cpp:7")]), ("drop a.cpp:7".into(), false));
        // A separate function into which another is inlined: the file is the program's, by mistake.
        assert!(taken(&[("Py_DECREF", "a.c:420"), ("Py_XDECREF", header)]).1);
        assert!(taken(&[("Py_XDECREF", "a.cpp:420"), ("Py_XDECREF", header)]).1);
    }
}
