//! The only access to the environment. A program that has more rights than its caller, by a set-user-ID bit or a file's
//! capabilities, sees no variables here. Its environment is the caller's, and could make the program write, read or
//! load a file with the program's rights. The kernel reports this case (`AT_SECURE`), by which the loader ignores
//! `LD_PRELOAD`, too.

use core::ffi::CStr;

/// Whether the user who set the environment has all rights of this process.
pub fn is_trusted() -> bool {
    // SAFETY: getauxval looks up a number that the kernel gave to this process, and changes nothing.
    unsafe { libc::getauxval(libc::AT_SECURE) == 0 }
}

/// A variable's entry, `NAME=value`; `None` when it is not set, or when the environment can't be trusted.
pub fn entry(name: &CStr) -> Option<&'static CStr> {
    unsafe extern "C" {
        static environ: *const *const core::ffi::c_char;
    }
    if !is_trusted() {
        return None;
    }
    // SAFETY: the environment is NULL, or a list of strings that ends with NULL. A program may change it only while no
    // other thread reads it.
    unsafe {
        let mut next = environ;
        while !next.is_null() && !(*next).is_null() {
            let entry = CStr::from_ptr(*next);
            if value_of(entry, name).is_some() {
                return Some(entry);
            }
            next = next.add(1);
        }
    }
    None
}

/// A variable's value.
#[unsafe(link_section = ".text.startup")]
pub fn get(name: &CStr) -> Option<&'static [u8]> {
    value_of(entry(name)?, name)
}

fn value_of<'a>(entry: &'a CStr, name: &CStr) -> Option<&'a [u8]> {
    entry.to_bytes().strip_prefix(name.to_bytes())?.strip_prefix(b"=")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_is_known_by_its_whole_name() {
        assert_eq!(value_of(c"PATH=/bin", c"PATH"), Some(&b"/bin"[..]));
        assert_eq!(value_of(c"PATH=", c"PATH"), Some(&b""[..]));
        for other in [c"PATHS=/bin", c"PATH", c"MYPATH=/bin", c""] {
            assert_eq!(value_of(other, c"PATH"), None);
        }
        assert_eq!(get(c"PYCAPSULE_NO_SUCH_VARIABLE"), None);
        assert!(get(c"PATH").is_some());
    }
}
