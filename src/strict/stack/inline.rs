//! Inline functions of Python's headers, identified by their name or file. They are compiled into the program, but are
//! not the program's own callers.

/// Functions that may drop the last reference, in Python's headers or in crates that declare them in Rust. Debug
/// information has the right line for them, but sometimes the wrong file: that of the program.
const DROPS: [&[u8]; 5] = [b"Py_DECREF", b"_Py_DECREF", b"Py_XDECREF", b"_Py_XDECREF", b"Py_CLEAR"];

/// Whether this is an inline function of Python's headers, by its name or by the file it stands in.
pub fn is_inline(function: &[u8], file: &[u8]) -> bool {
    let has_prefix = function.starts_with(b"Py_") || function.starts_with(b"_Py_");
    let name = qualified(function);
    let name = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
    DROPS.contains(&name) || has_prefix && file.ends_with(b".h") || is_python_header(file)
}

/// Whether this is a header of CPython or of this library: `include/python3.14/object.h`, or one in `cpython/` there.
fn is_python_header(file: &[u8]) -> bool {
    let mut parts = file.split(|byte| *byte == b'/');
    if !file.ends_with(b".h") {
        return false;
    }
    let is_folder = |part: &[u8]| part.starts_with(b"python3.") || part == b"Include";
    while let Some(part) = parts.next() {
        if part == b"pycapsule.h" {
            return true;
        }
        if is_folder(part) {
            return match (parts.next(), parts.next(), parts.next()) {
                (Some(_), None, None) => true,
                (Some(folder), Some(_), None) => folder == b"cpython" || folder == b"internal",
                _ => false,
            };
        }
    }
    false
}

/// A function's qualified name, without its parameters and without the return type that a template's name begins with.
pub fn qualified(function: &[u8]) -> &[u8] {
    let (mut start, mut depth) = (0, 0usize);
    for (at, byte) in function.iter().enumerate() {
        match byte {
            b'<' => depth += 1,
            b'>' => depth = depth.saturating_sub(1),
            b' ' if depth == 0 => start = at + 1,
            b'(' if depth == 0 && !function.get(at..).is_some_and(|rest| rest.starts_with(b"(anonymous")) => {
                return function.get(start..at).unwrap_or_default();
            }
            _ => {}
        }
    }
    function.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_functions_of_headers_are_known_by_name_or_file() {
        for (function, file) in [
            ("Py_DECREF", "/a/program.c"),
            ("Py_XDECREF(_object*)", "/a/program.cpp"),
            ("pyo3_ffi::refcount::Py_DECREF", "/a/refcount.rs"),
            ("drop(_object*)", "/usr/include/python3.14/refcount.h"),
            ("PyObject_CallOneArg", "/usr/include/python3.9/cpython/abstract.h"),
            ("drop(_object*)", "/opt/include/pycapsule/pycapsule.h"),
            ("_Py_SETREF", "pythoncapi_compat.h"),
        ] {
            assert!(is_inline(function.as_bytes(), file.as_bytes()), "{function} {file}");
        }
        for (function, file) in [
            ("drop", "/a/program.h"),
            ("my_Py_DECREF", "/a/program.c"),
            ("pybind11::handle::dec_ref() const &", "/usr/include/python3.14/pybind11/pytypes.h"),
            ("f", "/usr/lib/python3.14/site-packages/numpy/_core/include/numpy/x.h"),
            ("f", "/home/python3.14/a.c"),
        ] {
            assert!(!is_inline(function.as_bytes(), file.as_bytes()), "{function} {file}");
        }
    }
}
