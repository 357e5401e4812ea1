//! The callers of a place that a report shows. It leaves out the library's own functions and the inline functions of
//! Python's headers. It also leaves out the functions that called the test or `main`: the harness, the run-time of C++
//! or Rust, and the C library's start. The option `all_frames` shows those.

use super::inline::qualified;
use super::loaded::{file_name, is_system_file};
use super::place::Place;
use super::symbols::{Symbol, Symbols};
use crate::runtime::options;

/// Parts of the names of harness functions that call a test.
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

/// Libraries whose functions call a test or a thread; no frame of the program is below them.
const BELOW: [&[u8]; 7] =
    [b"libcheck.", b"libcmocka.", b"libgtest", b"libCatch2", b"libcriterion.", b"libstdc++.", b"libc++."];

/// The C library's functions that start a program or a thread, in a statically linked program.
const STARTS: [&[u8]; 5] = [b"_start", b"__libc_start_main", b"__libc_start_call_main", b"start_thread", b"clone3"];

/// The namespaces of functions between a harness, or a thread's start, and the function that it calls.
const GLUE: [&[u8]; 5] = [b"std::", b"core::ops::", b"alloc::boxed::", b"test::run_test", b"boost::detail::"];

/// The callers of a place that are shown, with their symbols.
pub fn callers(place: Place, symbols: &Symbols) -> impl Iterator<Item = &Symbol> {
    let known = move || {
        let known = place.stack().into_iter().flatten().filter_map(|frame| symbols.get(frame));
        known.filter(|symbol| !symbol.is_own()).skip_while(|symbol| is_system(symbol))
    };
    let shown = if options::get().all_frames { usize::MAX } else { count_shown(known()) };
    known().take(shown)
}

/// The number of callers before the functions that run the test or the program. The innermost is always shown.
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

/// Whether this is a function of the C library or the loader, or the start of a program or a thread.
fn is_system(symbol: &Symbol) -> bool {
    is_system_file(symbol.module.as_bytes()) || STARTS.contains(&symbol.function.as_bytes())
}

/// Whether this is a function of a harness, or of a run-time, that calls the test or the thread.
fn is_runner(symbol: &Symbol) -> bool {
    let (module, function) = (file_name(symbol.module.as_bytes()), symbol.function.as_bytes());
    BELOW.iter().any(|library| module.starts_with(library))
        || RUNNERS.iter().any(|runner| function.windows(runner.len()).any(|part| part == *runner))
}

/// Whether this is a function of the run-time of C++ or Rust that passes a call on.
fn is_glue(function: &[u8]) -> bool {
    let name = qualified(function);
    GLUE.iter().any(|space| name.starts_with(space)) || function.starts_with(b"<") && name.ends_with(b"::call_once")
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
    fn functions_that_run_a_test_are_left_out() {
        // The frames of each harness, the innermost first.
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
    fn inlined_functions_that_run_a_test_are_left_out() {
        // The frames of an optimised program in Rust.
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
    fn functions_that_start_a_program_or_a_thread_are_left_out() {
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
    fn functions_called_from_a_template_are_shown() {
        assert_eq!(count(&["Drop::operator()(_object*)", "std::unique_ptr<_object, Drop>::~unique_ptr()", "main"]), 3);
        assert_eq!(count(&["std::default_delete<Handle>::operator()(Handle*) const"]), 1);
    }
}
