//! Which callers of a place a report shows: not the library's own functions, nor the inline ones of Python's headers, and not
//! what is there in any program below the test or `main`: the harness that runs the test, the run-time of C++ or Rust, and the C
//! library's start. The option `all_frames` shows these.

use super::place::Place;
use super::symbols::{Symbol, Symbols};
use crate::runtime::options;

/// Functions of Python's headers, or of crates that have them in Rust, that may drop the last reference. Debug information has
/// the right line for them, and sometimes the wrong file: that of the program.
const DROPS: [&[u8]; 5] = [b"Py_DECREF", b"_Py_DECREF", b"Py_XDECREF", b"_Py_XDECREF", b"Py_CLEAR"];

/// What the functions of test harnesses that call a test are named like.
const RUNNERS: [&[u8]; 18] = [
    // Check, cmocka, Unity, CUnit, Criterion, GLib, munit.
    b"tcase_run_",
    b"srunner_",
    b"cmocka_run_",
    b"UnityDefaultTestRun",
    b"CU_run_",
    b"criterion_",
    b"g_test_run",
    b"munit_suite_",
    // GoogleTest, Catch2, doctest, Boost.Test, Qt Test.
    b"testing::internal::HandleSehExceptionsInMethod",
    b"testing::internal::HandleExceptionsInMethod",
    b"testing::Test::Run",
    b"TestInvokerAs",
    b"Catch::RunContext",
    b"doctest::Context::run",
    b"boost::unit_test::",
    b"QTest::",
    // Rust's tests, programs and threads.
    b"__rust_begin_short_backtrace",
    b"std::rt::lang_start",
];

/// Libraries whose functions call a test or a thread, and show no line of the program below.
const BELOW: [&[u8]; 7] =
    [b"libcheck.", b"libcmocka.", b"libgtest", b"libCatch2", b"libcriterion.", b"libstdc++.", b"libc++."];

/// The C library's start of a program or of a thread, where it is linked in.
const STARTS: [&[u8]; 5] = [b"_start", b"__libc_start_main", b"__libc_start_call_main", b"start_thread", b"clone3"];

/// The name spaces of what stands between a harness or a thread's start, and the function they call.
const GLUE: [&[u8]; 5] = [b"std::", b"core::ops::", b"alloc::boxed::", b"test::run_test", b"boost::detail::"];

/// The callers of a place with what they are called, as far as they are worth showing.
pub fn callers(place: Place, symbols: &Symbols) -> impl Iterator<Item = &Symbol> {
    let known = move || {
        let known = place.stack().into_iter().flatten().filter_map(|frame| symbols.get(frame));
        known.filter(|symbol| !symbol.is_own()).skip_while(|symbol| is_system(symbol))
    };
    let shown = if options::get().all_frames { usize::MAX } else { count_shown(known()) };
    known().take(shown)
}

/// How many of the callers come before what runs the test or the program. The innermost is shown in any case.
fn count_shown<'a>(callers: impl Iterator<Item = &'a Symbol>) -> usize {
    let mut shown = 0;
    for (index, symbol) in callers.enumerate() {
        if index > 0 && (is_system(symbol) || is_runner(symbol)) {
            break;
        }
        if index == 0 || !is_glue(symbol.function.as_bytes()) {
            shown = index + 1;
        }
        if symbol.is_main {
            break;
        }
    }
    shown
}

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

/// Whether this is the C library, the loader, or a program's or a thread's start in them.
fn is_system(symbol: &Symbol) -> bool {
    is_system_file(symbol.module.as_bytes()) || STARTS.contains(&symbol.function.as_bytes())
}

/// Whether this is the path of the C library or of the loader.
pub fn is_system_file(path: &[u8]) -> bool {
    let name = file_name(path);
    name.starts_with(b"libc.so") || name.starts_with(b"ld-linux")
}

fn is_runner(symbol: &Symbol) -> bool {
    let (module, function) = (file_name(symbol.module.as_bytes()), symbol.function.as_bytes());
    BELOW.iter().any(|library| module.starts_with(library))
        || RUNNERS.iter().any(|runner| function.windows(runner.len()).any(|part| part == *runner))
}

/// Whether this is a function that passes a call on, of the run-time of C++ or Rust.
fn is_glue(function: &[u8]) -> bool {
    let name = qualified(function);
    GLUE.iter().any(|space| name.starts_with(space)) || function.starts_with(b"<") && name.ends_with(b"::call_once")
}

fn file_name(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

/// A function's qualified name without its parameters, and without the type that a template's name begins with.
fn qualified(function: &[u8]) -> &[u8] {
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
    use std::vec::Vec;

    fn count(functions: &[&str]) -> usize {
        let symbols: Vec<Symbol> = functions.iter().map(|function| Symbol::named(function.as_bytes())).collect();
        count_shown(symbols.iter())
    }

    #[test]
    fn what_runs_a_test_is_left_out() {
        // As each harness has them, the innermost first.
        assert_eq!(count(&["made", "test_a_fn", "tcase_run_tfun_fork", "srunner_run_tagged", "main"]), 2);
        assert_eq!(count(&["made", "test_a", "cmocka_run_one_test_or_fixture", "_cmocka_run_group_tests", "main"]), 2);
        assert_eq!(
            count(&[
                "A_B_Test::TestBody()",
                "void testing::internal::HandleExceptionsInMethodIfSupported<testing::Test, void>(testing::Test*, void \
                 (testing::Test::*)(), char const*)",
                "testing::Test::Run()",
                "main",
            ]),
            1
        );
        assert_eq!(
            count(&["CATCH2_INTERNAL_TEST_0()", "Catch::(anonymous namespace)::TestInvokerAsFunction::invoke() const"]),
            1
        );
        assert_eq!(
            count(&[
                "a::tests::b",
                "a::tests::b::{{closure}}",
                "core::ops::function::FnOnce::call_once",
                "test::__rust_begin_short_backtrace",
            ]),
            2
        );
    }

    #[test]
    fn what_is_compiled_into_what_runs_a_test_is_left_out() {
        // As optimised programs in Rust have it.
        let once =
            "<fn() -> core::result::Result<(), alloc::string::String> as core::ops::function::FnOnce<()>>::call_once";
        let spawned =
            "std::thread::lifecycle::spawn_unchecked::<test::run_test::{closure#1}, ()>::{closure#1}::{closure#0}";
        assert_eq!(
            count(&[
                "a::b",
                once,
                "test::run_test_in_process::{closure#0}",
                "test::run_test::{closure#1}",
                spawned,
                "clone3"
            ]),
            1
        );
        assert_eq!(
            count(&["a::b", "core::ops::function::FnOnce::call_once", "std::rt::lang_start::{{closure}}", "main"]),
            1
        );
        assert_eq!(count(&["made", "test::work(int)"]), 2, "a name space of the program's");
    }

    #[test]
    fn what_starts_a_program_or_a_thread_is_left_out() {
        assert_eq!(count(&["made", "main", "__libc_start_call_main", "_start"]), 2);
        assert_eq!(
            count(&[
                "a::main",
                "core::ops::function::FnOnce::call_once",
                "std::sys::backtrace::__rust_begin_short_backtrace"
            ]),
            1
        );
        assert_eq!(
            count(&[
                "work(int)",
                "void std::__invoke_impl<void, void (*)(int), int>(std::__invoke_other, void (*&&)(int), int&&)",
                "std::thread::_State_impl<std::thread::_Invoker<std::tuple<void (*)(int), int> > >::_M_run()",
                "start_thread",
            ]),
            1
        );
    }

    #[test]
    fn what_is_called_from_a_template_is_shown() {
        assert_eq!(count(&["Drop::operator()(_object*)", "std::unique_ptr<_object, Drop>::~unique_ptr()", "main"]), 3);
        assert_eq!(count(&["std::default_delete<Handle>::operator()(Handle*) const"]), 1);
    }

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
