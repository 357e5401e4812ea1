//! The program and the shared objects that are loaded, as the loader describes them.

use crate::runtime::fork;
use crate::runtime::line::Line;
use crate::runtime::memory::aside::sanitizer as function;
use core::ffi::{CStr, c_int, c_void};
use core::mem::MaybeUninit;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering::Relaxed};

/// A loaded object: the program or a shared object.
pub struct Object<'a> {
    /// The difference between its addresses in memory and in its file.
    pub base: usize,
    /// Whether it is the program itself.
    pub is_program: bool,
    /// This thread's copy of its thread-local variables: the address and the number of bytes.
    pub locals: Option<(usize, usize)>,
    name: &'a CStr,
    segments: &'a [libc::Elf64_Phdr],
}

impl Object<'_> {
    /// The loaded segments: the address and length of each, and whether it can be written.
    pub fn segments(&self) -> impl Iterator<Item = (usize, usize, bool)> {
        let loaded = self.segments.iter().filter(|segment| segment.p_type == libc::PT_LOAD);
        loaded.map(|segment| {
            let start = self.base.wrapping_add(segment.p_vaddr as usize);
            (start, segment.p_memsz as usize, segment.p_flags & libc::PF_W != 0)
        })
    }

    /// Whether it contains an address.
    pub fn contains(&self, address: usize) -> bool {
        self.segments().any(|(start, length, _)| (start..start.saturating_add(length)).contains(&address))
    }

    /// The file's path.
    pub fn path<const N: usize>(&self) -> Line<N> {
        path_of(self.name, self.is_program)
    }
}

/// Whether this is the path of the C library or of the loader.
pub fn is_system_file(path: &[u8]) -> bool {
    let name = file_name(path);
    name.starts_with(b"libc.so") || name.starts_with(b"ld-linux")
}

/// The last part of a path.
pub fn file_name(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

/// The path of an object. The loader gives the program an empty name.
fn path_of<const N: usize>(name: &CStr, is_program: bool) -> Line<N> {
    let mut path = Line::new();
    if is_program && name.is_empty() {
        let mut buffer = [0u8; N];
        // SAFETY: the path is a literal, and the call writes at most `N` bytes into the buffer of `N`.
        let length = unsafe { libc::readlink(c"/proc/self/exe".as_ptr(), buffer.as_mut_ptr().cast(), N) };
        path.push(usize::try_from(length).ok().and_then(|length| buffer.get(..length)).unwrap_or_default());
    } else {
        path.push(name.to_bytes());
    }
    path
}

/// The program's path.
pub fn program<const N: usize>() -> Line<N> {
    path_of(c"", true)
}

/// Calls `look` with each loaded object. The loader's lock is held meanwhile.
pub fn each_object(look: &mut dyn FnMut(&Object<'_>)) {
    struct Visit<'a> {
        look: &'a mut dyn FnMut(&Object<'_>),
        first: bool,
    }
    unsafe extern "C" fn visit(info: *mut libc::dl_phdr_info, _: libc::size_t, data: *mut c_void) -> c_int {
        // SAFETY: the loader passes a complete description, whose name and headers it keeps while it holds its lock,
        // and the visitor that `each_object` passed to it below.
        unsafe {
            let visit = &mut *data.cast::<Visit<'_>>();
            let info = &*info;
            let is_program = core::mem::replace(&mut visit.first, false);
            let name = if info.dlpi_name.is_null() { c"" } else { CStr::from_ptr(info.dlpi_name) };
            let segments = core::slice::from_raw_parts(info.dlpi_phdr, info.dlpi_phnum.into());
            let template = segments.iter().find(|segment| segment.p_type == libc::PT_TLS);
            let locals = template.map(|segment| (info.dlpi_tls_data.addr(), segment.p_memsz as usize));
            let locals = locals.filter(|(start, _)| *start != 0);
            (visit.look)(&Object { base: info.dlpi_addr as usize, is_program, locals, name, segments });
        }
        0
    }
    let mut visitor = Visit { look, first: true };
    // SAFETY: `visit` gets the visitor as its data, and the visitor outlives the call.
    fork::put_off(|| unsafe { libc::dl_iterate_phdr(Some(visit), (&raw mut visitor).cast()) });
}

/// The library's own range of addresses; `None` when it is linked into the program, because then their code can't be
/// distinguished.
pub fn own_range() -> Option<(usize, usize)> {
    use core::sync::atomic::AtomicUsize;
    static LOOKED: AtomicBool = AtomicBool::new(false);
    static RANGE: [AtomicUsize; 2] = [const { AtomicUsize::new(0) }; 2];
    let [start, end] = &RANGE;
    if !LOOKED.load(Relaxed) {
        let me = own_range as fn() -> Option<(usize, usize)> as usize;
        each_object(&mut |object| {
            if !object.is_program && object.contains(me) {
                start.store(object.segments().map(|(start, ..)| start).min().unwrap_or_default(), Relaxed);
                end.store(
                    object.segments().map(|(start, length, _)| start + length).max().unwrap_or_default(),
                    Relaxed,
                );
            }
        });
        LOOKED.store(true, Relaxed);
    }
    let range = (start.load(Relaxed), end.load(Relaxed));
    (range.1 != 0).then_some(range)
}

/// Whether an address is in the library, if that is a shared object of its own.
pub fn is_own(address: usize) -> bool {
    own_range().is_some_and(|(start, end)| (start..end).contains(&address))
}

/// Whether the library is a shared object of its own, so that its code can be distinguished from its callers'.
pub fn is_apart() -> bool {
    own_range().is_some()
}

/// The number of objects that were unloaded so far. While it stays the same, every address that was looked up is still
/// in the same object. Takes the loader's lock for a moment.
pub fn unloaded() -> u32 {
    unsafe extern "C" fn visit(info: *mut libc::dl_phdr_info, _: libc::size_t, count: *mut c_void) -> c_int {
        // SAFETY: the loader passes a complete description, and the number that `unloaded` passed to it below.
        unsafe { *count.cast::<u32>() = (*info).dlpi_subs as u32 };
        1
    }
    let mut count = 0_u32;
    // SAFETY: `visit` gets the number as its data, and the number outlives the call.
    fork::put_off(|| unsafe { libc::dl_iterate_phdr(Some(visit), (&raw mut count).cast()) });
    count
}

/// The answer of `_dl_find_object` (glibc 2.35 and later), which takes no lock: `struct dl_find_object` of `dlfcn.h`.
#[repr(C)]
struct Answer {
    flags: u64,
    start: *const u8,
    end: *const u8,
    link_map: *const LinkMap,
    eh_frame: *const u8,
    reserved: [u64; 8],
}

/// The beginning of the loader's `struct link_map`.
#[repr(C)]
struct LinkMap {
    base: usize,
    name: *const libc::c_char,
}

/// The object at an address, found without a lock.
#[derive(Debug, Clone, Copy)]
pub struct Region {
    /// Its beginning.
    pub start: *const u8,
    /// Its end.
    pub end: *const u8,
    /// The difference between its addresses in memory and in its file.
    pub base: usize,
    /// The index of its unwind tables, or NULL.
    pub eh_frame: *const u8,
    name: *const libc::c_char,
}

static FIND: AtomicPtr<c_void> = AtomicPtr::new(null_mut());

/// Asks the loader for the function that finds objects without a lock.
pub fn prepare() {
    if cfg!(all(target_env = "gnu", target_pointer_width = "64")) {
        FIND.store(function(c"_dl_find_object"), Relaxed);
    }
}

/// Finds the object at an address without a lock; `None` also if the C library has no function for that.
pub fn find(address: usize) -> Option<Region> {
    type Find = unsafe extern "C" fn(*const c_void, *mut Answer) -> c_int;
    let function = FIND.load(Relaxed);
    if function.is_null() {
        return None;
    }
    let mut answer = MaybeUninit::<Answer>::uninit();
    // SAFETY: `function` is glibc's `_dl_find_object`, which has this type and fills the answer when it returns 0. Its
    // link map lives as long as the object is loaded, which it is while code in it runs or the program keeps it.
    unsafe {
        let function = core::mem::transmute::<*mut c_void, Find>(function);
        if function(core::ptr::without_provenance(address), answer.as_mut_ptr()) != 0 {
            return None;
        }
        let Answer { start, end, link_map, eh_frame, .. } = answer.assume_init();
        Some(Region { start, end, base: (*link_map).base, eh_frame, name: (*link_map).name })
    }
}

impl Region {
    /// The file's path.
    pub fn path<const N: usize>(&self) -> Line<N> {
        // SAFETY: the name is the loader's own string, and lives as long as the object is loaded, for the reason that
        // `find` states.
        path_of(if self.name.is_null() { c"" } else { unsafe { CStr::from_ptr(self.name) } }, true)
    }
}

/// Whether an address is in the program or a shared object, as that of a string literal is.
pub fn is_in_object(address: usize) -> bool {
    if !FIND.load(Relaxed).is_null() {
        return find(address).is_some();
    }
    let mut found = false;
    each_object(&mut |object| found |= object.contains(address));
    found
}
