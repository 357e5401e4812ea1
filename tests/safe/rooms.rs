//! The rooms below the C face: their safe functions that take objects. A function that needs a dict takes a `Dict`, so that
//! another object is not even an argument (`tests/does_not_compile`). A test reads the sources, and misses what is not here.

use crate::ignore;
use crate::objects::Pick;
use pycapsule::abi::Exc;
use pycapsule::objects::bytes::operators;
use pycapsule::objects::exceptions::display;
use pycapsule::objects::{
    arguments, attributes, bytes, call, class_call, class_check, class_lookup, class_name, convert, dict, exceptions,
    float, function, importlib, index, int, iterator, list, module, namespace, nested, number_text, object,
    sequence_methods, str, subscript, tuple,
};
use pycapsule::protocol::attribute as slot_attribute;
use pycapsule::protocol::{callable, compare, hash, iteration, mapping, number, search, sequence, text, truth};
use pycapsule::types::{attribute, class, descriptor, exception_class, heap, method};
use std::path::Path;

pub const CALLS: &[fn(&Pick)] = &[
    |p| ignore(dict::check(p.obj())),
    |p| ignore(dict::len(p.dict())),
    |p| ignore(dict::hash_of_key(p.obj())),
    |p| ignore(dict::get(p.dict(), p.obj())),
    |p| ignore(dict::get_hashed(p.dict(), p.obj(), p.size())),
    |p| ignore(dict::get_str(p.dict(), "name")),
    |p| ignore(dict::set(p.dict(), p.obj(), p.obj())),
    |p| ignore(dict::set_hashed(p.dict(), p.obj(), p.size(), p.obj())),
    |p| ignore(dict::set_default(p.dict(), p.obj(), p.obj())),
    |p| ignore(dict::contains(p.dict(), p.obj())),
    |p| ignore(dict::missing(p.obj())),
    |p| ignore(dict::set_str(p.dict(), "name", p.obj())),
    |p| ignore(dict::pop(p.dict(), p.obj())),
    |p| ignore(dict::remove(p.dict(), p.obj())),
    |p| ignore(dict::next(p.dict(), p.index())),
    |p| ignore(dict::next_addresses(p.dict(), p.index())),
    |p| ignore(dict::entries(p.dict())),
    |p| ignore(dict::value_address(p.dict(), p.obj())),
    |p| ignore(dict::value_address_hashed(p.dict(), p.obj(), p.size())),
    |p| ignore(dict::keys(p.dict())),
    |p| ignore(dict::values(p.dict())),
    |p| ignore(dict::items(p.dict())),
    |p| ignore(dict::clear(p.dict())),
    |p| ignore(list::check(p.obj())),
    |p| ignore(list::from_slice(&[p.obj()])),
    |p| ignore(list::len(p.list())),
    |p| ignore(list::item(p.list(), p.size())),
    |p| ignore(list::item_address(p.list(), p.size())),
    |p| ignore(list::get(p.list(), p.index())),
    |p| ignore(list::items(p.list())),
    |p| ignore(list::append(p.list(), p.obj())),
    |p| ignore(list::insert(p.list(), p.index(), p.obj())),
    |p| ignore(list::insert_at(p.list(), p.size(), p.obj())),
    |p| ignore(list::extend(p.list(), p.obj())),
    |p| ignore(list::set(p.list(), p.size(), p.given())),
    |p| ignore(list::slice(p.list(), p.index()..p.index())),
    |p| ignore(list::take(p.list(), p.index())),
    |p| ignore(list::splice(p.list(), p.index()..p.index(), &[p.obj()])),
    |p| ignore(list::assign_slice(p.list(), p.index()..p.index(), p.arg())),
    |p| ignore(list::reverse(p.list())),
    |p| ignore(list::clear(p.list())),
    |p| ignore(tuple::check(p.obj())),
    |p| ignore(tuple::from_slice(&[p.obj()])),
    |p| ignore(tuple::tracked(&[p.obj()])),
    |p| ignore(list::to_tuple(p.list())),
    |p| ignore(tuple::len(p.tuple())),
    |p| ignore(tuple::items(p.tuple())),
    |p| ignore(tuple::peek(p.tuple(), p.index())),
    |p| ignore(tuple::get(p.tuple(), p.index())),
    |p| ignore(tuple::item_borrowed(p.tuple(), p.size())),
    |p| ignore(tuple::slice(p.tuple(), p.index()..p.index())),
    |p| ignore(number::is_index(p.obj())),
    |p| ignore(number::check(p.obj())),
    |p| ignore(number::index(p.obj())),
    |p| ignore(convert::exact_index(p.obj())),
    |p| ignore(index::as_ssize_t(p.obj(), Some(Exc::ValueError))),
    |p| ignore(convert::to_int(p.obj())),
    |p| ignore(convert::to_float(p.obj())),
    |p| ignore(convert::exact_float(p.obj())),
    |p| ignore(number::add(p.obj(), p.obj())),
    |p| ignore(sequence::has_suite(p.obj())),
    |p| ignore(sequence::check(p.obj())),
    |p| ignore(sequence::has_items(p.obj())),
    |p| ignore(sequence::has_assignment(p.obj())),
    |p| ignore(sequence::size(p.obj())),
    |p| ignore(sequence::item(p.obj(), p.size())),
    |p| ignore(sequence::item_as_c(p.obj(), p.size())),
    |p| ignore(sequence::delete_item(p.obj(), p.size())),
    |p| ignore(sequence::set_item(p.obj(), p.size(), p.arg())),
    |p| ignore(iteration::contains(p.obj(), p.obj())),
    |p| ignore(sequence::concat(p.obj(), p.obj())),
    |p| ignore(convert::to_list(p.obj())),
    |p| ignore(convert::to_tuple(p.obj())),
    |p| ignore(convert::fast(p.obj(), None)),
    |p| ignore(mapping::check(p.obj())),
    |p| ignore(mapping::size(p.obj())),
    |p| ignore(mapping::len(p.obj())),
    |p| ignore(mapping::trusted_item(p.obj())),
    |p| ignore(mapping::len_as_c(p.obj())),
    |p| ignore(subscript::get(p.obj(), p.obj())),
    |p| ignore(subscript::get_as_c(p.obj(), p.obj())),
    |p| ignore(subscript::set(p.obj(), p.obj(), p.arg())),
    |p| ignore(text::repr(p.obj())),
    |p| ignore(object::ascii(p.obj())),
    |p| ignore(text::to_str(p.obj())),
    |p| ignore(hash::unhashable(p.obj())),
    |p| ignore(hash::hash(p.obj())),
    |p| ignore(hash::hash_as_c(p.obj())),
    |p| ignore(truth::truth(p.obj())),
    |p| ignore(compare::compare(p.obj(), p.obj(), p.int())),
    |p| ignore(compare::compare_as_bool(p.obj(), p.obj(), p.int())),
    |p| ignore(compare::equal(p.obj(), p.obj())),
    |p| ignore(attribute::find(p.obj(), p.obj())),
    |p| ignore(attribute::missing(p.obj(), p.obj())),
    |p| ignore(attribute::generic_get(p.obj(), p.obj())),
    |p| ignore(attribute::generic_set(p.obj(), p.obj(), p.arg())),
    |p| ignore(attribute::get(p.obj(), p.obj())),
    |p| ignore(attribute::unbound_method(p.obj(), p.obj())),
    |p| ignore(attribute::get_optional(p.obj(), p.obj())),
    |p| ignore(attribute::has(p.obj(), p.obj())),
    |p| ignore(attribute::get_str(p.obj(), "name")),
    |p| ignore(attribute::find_str(p.obj(), "name")),
    |p| ignore(attribute::set_str(p.obj(), "name", p.obj())),
    |p| ignore(attribute::set(p.obj(), p.obj(), p.arg())),
    |p| ignore(callable::is_callable(p.obj())),
    |p| ignore(callable::vectorcall_function(p.obj())),
    |p| ignore(call::check_result(p.obj(), p.given())),
    |p| ignore(call::vectorcall(p.obj(), &[p.obj()], Some(p.tuple()))),
    |p| ignore(call::call(p.obj(), p.tuple(), Some(p.dict()))),
    |p| ignore(call::call_as_c(p.obj(), p.tuple(), Some(p.dict()))),
    |p| ignore(call::with_dict(p.obj(), &[p.obj()], Some(p.dict()))),
    |p| ignore(method::call(p.obj(), &[p.obj()], Some(p.tuple()))),
    |p| ignore(call::describe(p.obj())),
    |p| ignore(class::attributes(p.kind())),
    |p| ignore(class::mro(p.kind())),
    |p| ignore(class::lookup(p.kind(), p.obj())),
    |p| ignore(class_check::is_instance(p.obj(), p.obj())),
    |p| ignore(class_check::is_subclass(p.obj(), p.obj())),
    |p| ignore(class_name::fully_qualified(p.kind(), '.')),
    |p| ignore(descriptor::get(p.obj(), p.arg(), p.kind())),
    |p| ignore(descriptor::set(p.obj(), p.obj(), p.arg())),
    |p| ignore(descriptor::is_data(p.obj())),
    |p| ignore(iterator::of(p.obj())),
    |p| ignore(attributes::get_str(p.obj(), "name")),
    |p| ignore(attributes::find_str(p.obj(), "name")),
    |p| ignore(str::is(p.obj(), "name")),
    |p| ignore(std::format!("{}", str::as_text(p.obj()))),
    |p| ignore(str::concat(p.obj(), p.obj())),
    |p| ignore(str::exact(p.obj())),
    |p| ignore(str::require(p.obj()).map(str::length)),
    |p| ignore(p.obj().downcast().map(int::number).and_then(int::Number::to_i64)),
    |p| ignore(iteration::check(p.obj())),
    |p| ignore(iteration::next(p.obj())),
    |p| ignore(namespace::new(p.kind(), &[("name", p.obj())])),
    |p| ignore(namespace::get(p.view(), "name")),
    |p| ignore(int::parse_str(p.view(), 10)),
    |p| ignore(int::parse_bytes(p.obj(), b"10", 10)),
    |p| ignore(int::check(p.obj())),
    |p| ignore(int::number(p.view()).signum()),
    |p| ignore(int::compact(p.view())),
    |p| ignore(int::exact(p.view())),
    |p| ignore(int::to_f64(p.view())),
    |p| ignore(int::equal(p.view(), p.view())),
    |p| ignore(int::as_i64(p.obj())),
    |p| ignore(int::as_long_long(p.obj())),
    |p| ignore(int::as_c_int(p.obj())),
    |p| ignore(int::as_i64_and_overflow(p.obj())),
    |p| ignore(int::as_ssize_t(p.obj())),
    |p| ignore(int::as_unsigned_long(p.obj())),
    |p| ignore(int::as_u64(p.obj())),
    |p| ignore(int::as_size_t(p.obj())),
    |p| ignore(int::as_pointer(p.obj())),
    |p| ignore(int::as_mask(p.obj())),
    |p| ignore(int::as_f64(p.obj())),
    |p| ignore(float::parse_str(p.view())),
    |p| ignore(float::parse_bytes(p.obj(), b"0.5")),
    |p| ignore(float::check(p.obj())),
    |p| ignore(float::value(p.view())),
    |p| ignore(arguments::no_keywords("name", Some(p.dict()))),
    |p| ignore(arguments::at_most_one("name", p.tuple())),
    |p| ignore(arguments::bounds(&[p.obj(), p.obj(), p.obj()], p.index())),
    |p| ignore(std::format!("{}", arguments::kind(p.obj()))),
    |p| ignore(arguments::require_names(Some(p.dict()))),
    |p| ignore(index::nearest(p.obj())),
    |p| ignore(index::position(p.obj(), p.index(), "list")),
    |p| ignore(importlib::own(p.view(), "name")),
    |p| ignore(importlib::parent(p.view())),
    |p| ignore(importlib::has_location(p.view())),
    |p| ignore(attributes::get(p.obj(), p.obj())),
    |p| ignore(attributes::set_str(p.obj(), "name", p.obj())),
    |p| ignore(class_lookup::in_class(p.kind(), p.obj())),
    |p| ignore(class_lookup::generic(p.obj(), p.obj())),
    |p| ignore(number_text::to_ascii(p.view())),
    |p| ignore(std::format!("{}", number_text::truncated(p.obj()))),
    |p| ignore(display::show(p.obj(), &mut Nowhere)),
    |p| ignore(display::show_plainly(p.obj(), &mut Nowhere)),
    |p| ignore(display::show_line(p.obj(), &mut Nowhere)),
    |p| ignore(display::show_repr(p.obj(), &mut Nowhere)),
    |p| ignore(exceptions::instantiate(p.obj(), p.arg())),
    |p| ignore(exceptions::restore_parts(p.obj().to_ref(), p.given(), p.given())),
    |p| ignore(exceptions::normalize(p.obj().to_ref(), p.given())),
    |p| ignore(exceptions::raise_object(p.obj(), p.arg())),
    |p| ignore(exceptions::raise_message(p.obj(), p.obj().to_ref())),
    |p| ignore(exceptions::raise_text(p.obj(), b"name")),
    |p| ignore(exceptions::chain_before_pending(p.obj().to_ref())),
    |p| ignore(exceptions::matches(p.obj(), p.obj(), || {})),
    |p| ignore(exceptions::is_instance(p.obj())),
    |p| ignore(exceptions::raise_system_error(p.obj(), p.int(), p.arg(), p.arg())),
    |p| ignore(exceptions::is_class(p.obj())),
    |p| ignore(exceptions::args(p.view())),
    |p| ignore(exceptions::replace_args(p.view(), p.obj())),
    |p| ignore(exceptions::traceback(p.obj())),
    |p| ignore(exceptions::set_traceback(p.view(), p.arg())),
    |p| ignore(exceptions::raise_from(p.view(), p.given())),
    |p| ignore(exceptions::decode_error(p.obj().to_ref(), p.obj().to_ref(), (p.size(), p.size()), p.obj().to_ref())),
    |p| ignore(exceptions::raise_import_error(Exc::ImportError, p.obj(), p.obj(), p.arg())),
    |p| ignore(exceptions::raise_import_error_of(p.obj(), p.arg(), p.arg(), p.arg())),
    |p| ignore(class_name::name(p.kind())),
    |p| ignore(class_name::qualname(p.kind())),
    |p| ignore(class_name::module(p.kind())),
    |p| ignore(class_name::home(p.kind())),
    |p| ignore(class_name::of_static(p.kind(), '.')),
    |p| ignore(class_name::shown(p.kind())),
    |p| ignore(module::add(p.obj(), c"name", p.arg())),
    |p| ignore(module::set_doc(p.obj(), c"name")),
    |p| ignore(module::find(p.view(), p.obj())),
    |p| ignore(module::is_watched(p.view())),
    |p| ignore(module::unwatch(p.view())),
    |p| ignore(module::check(p.obj())),
    |p| ignore(module::new(p.obj())),
    |p| ignore(module::attributes(p.view())),
    |p| ignore(module::definition(p.view())),
    |p| ignore(module::state(p.view())),
    |p| ignore(module::require(p.obj())),
    |p| ignore(module::name(p.view())),
    |p| ignore(module::filename(p.view())),
    |p| ignore(tuple::of_one(p.obj().to_ref())),
    |p| ignore(tuple::item(p.tuple(), p.size())),
    |p| ignore(function::definition(p.view()).ml_flags),
    |p| ignore(std::format!("{}", function::name_or_class(p.obj()))),
    |p| ignore(function::first_argument(p.view())),
    |p| ignore(class_call::instantiate(p.kind(), p.tuple(), Some(p.dict()))),
    |p| ignore(dict::get_name(p.dict(), str::HashedName::new("name"))),
    |p| ignore(dict::delete(p.dict(), p.obj())),
    |p| ignore(dict::merge(p.dict(), p.obj(), dict::Duplicates::Keep)),
    |p| ignore(dict::put_pair(p.dict(), p.obj(), p.obj(), dict::Duplicates::Replace)),
    |p| ignore(dict::each_pair(p.obj(), |_, _| Ok(()))),
    |p| ignore(dict::update(p.dict(), p.obj())),
    |p| ignore(dict::copy(p.dict())),
    |p| ignore(nested::write_once(&mut str::Builder::new(), p.list(), "[...]", nested::write_list)),
    |p| ignore(nested::text_of(p.tuple(), nested::write_tuple)),
    |p| ignore(nested::push_repr(&mut str::Builder::new(), p.obj())),
    |p| ignore(nested::push_str(&mut str::Builder::new(), p.obj())),
    |p| ignore(str::push_repr(&mut str::Builder::new(), p.view())),
    |p| ignore(str::append(p.obj().to_ref(), p.obj())),
    |p| ignore(str::is_utf8(p.view(), b"name")),
    |p| ignore(nested::write_list(&mut str::Builder::new(), p.list())),
    |p| ignore(nested::write_tuple(&mut str::Builder::new(), p.tuple())),
    |p| ignore(nested::write_dict(&mut str::Builder::new(), p.dict())),
    |p| ignore(sequence_methods::count(p.list(), p.obj(), list::get)),
    |p| ignore(sequence_methods::index(p.list(), &[p.obj(), p.obj()], list::get, p.index())),
    |p| ignore(convert::as_f64(p.obj())),
    |p| ignore(operators::concat(p.obj(), p.obj())),
    |p| ignore(operators::repr(p.view(), true)),
    |p| ignore(bytes::check(p.obj())),
    |p| ignore(bytes::as_slice(p.view()).to_vec()),
    |p| ignore(bytes::data(p.view())),
    |p| ignore(str::join(p.arg(), p.obj())),
    |p| ignore(str::read(p.view(), p.size())),
    |p| ignore(str::substring(p.view(), p.size(), p.size())),
    |p| ignore(str::contains(p.obj(), p.obj())),
    |p| ignore(str::compare(p.obj(), p.obj())),
    |p| ignore(str::rich_compare(p.obj(), p.obj(), p.int())),
    |p| ignore(str::to_utf8(p.view())),
    |p| ignore(str::to_utf8_escaped(p.view())),
    |p| ignore(str::encode(p.view(), "ascii", str::Handler::BackslashReplace)),
    |p| ignore(str::to_ascii(p.view())),
    |p| ignore(str::to_latin1(p.view())),
    |p| ignore(str::check(p.obj())),
    |p| ignore(str::as_exact(p.obj())),
    |p| ignore(str::length(p.view())),
    |p| ignore(str::is_interned(p.view())),
    |p| ignore(str::points(p.view()).iter().count()),
    |p| ignore(str::utf8(p.view()).map(str::to_owned)),
    |p| ignore(str::utf8_if_any(p.view()).is_ok()),
    |p| ignore(str::equal(p.view(), p.view())),
    |p| ignore(str::order(p.view(), p.view())),
    |p| ignore(str::compare_latin1(p.view(), c"name")),
    |p| ignore(str::intern(p.obj().to_ref())),
    |p| ignore(str::hash(p.view())),
    |p| ignore(iteration::own(p.obj())),
    |p| ignore(iteration::at_position(p.obj(), p.index())),
    |p| ignore(iteration::each(p.obj(), |_| Ok(()))),
    |p| ignore(number::int(p.obj())),
    |p| ignore(number::float(p.obj())),
    |p| ignore(search::compare(p.list(), p.list(), p.int(), list::get, list::len)),
    |p| ignore(search::find(p.list(), p.obj(), p.index()..p.index(), list::get)),
    |p| ignore(search::count(p.list(), p.obj(), list::get)),
    |p| ignore(search::contains(p.list(), p.obj(), list::get)),
    |p| ignore(slot_attribute::require_str(p.obj())),
    |p| ignore(slot_attribute::get(p.obj(), p.obj())),
    |p| ignore(slot_attribute::find(p.obj(), p.obj())),
    |p| ignore(slot_attribute::set(p.obj(), p.obj(), p.arg())),
    |p| ignore(mapping::item(p.obj(), p.obj())),
    |p| ignore(mapping::set_item(p.obj(), p.obj(), p.arg())),
    |p| ignore(heap::new(p.obj(), p.tuple(), p.dict())),
    |p| ignore(exception_class::new(b"name.name", None, p.arg(), p.arg())),
];

/// Functions that are not called, and why not.
const LEFT_OUT: [(&str, &str); 4] = [
    ("iterator::new", "the handle of a class is made in unsafe code"),
    ("build::from_spec", "a definition is made in unsafe code"),
    ("build::execute", "a definition is made in unsafe code"),
    ("module::add_functions", "a table of functions is made in unsafe code"),
];

/// A place where reports of exceptions go unread.
struct Nowhere;

impl std::fmt::Write for Nowhere {
    fn write_str(&mut self, _: &str) -> std::fmt::Result {
        Ok(())
    }
}

impl display::Screen for Nowhere {}

/// The types of parameters for objects.
const OBJECTS: [&str; 17] = [
    "Obj",
    "Ref",
    "Type",
    "View",
    "Own",
    "Dict",
    "List",
    "Tuple",
    "Str",
    "NewStr",
    "Bytes",
    "Int",
    "Float",
    "Module",
    "Function",
    "Namespace",
    "Exception",
];

/// Whether one of some words stands in a text.
fn has_word(text: &str, words: &[&str]) -> bool {
    text.split(|c: char| c != '_' && !c.is_alphanumeric()).any(|word| words.contains(&word))
}

/// The path, from its module on, by which this test can name a function of a file; `None` when it can't.
fn public_path(file: &Path, function: &str) -> Option<String> {
    let module = if file.ends_with("mod.rs") { file.parent()?.to_owned() } else { file.with_extension("") };
    let (name, parent) = (module.file_name()?.to_str()?, module.parent()?.join("mod.rs"));
    let Ok(source) = std::fs::read_to_string(&parent) else { return Some(format!("{name}::{function}")) };
    if source.contains(&format!("pub mod {name};")) {
        return public_path(&parent, "").map(|_| format!("{name}::{function}"));
    }
    let export = format!("pub use {name}::");
    let mut exports = source.split(&export).skip(1).filter_map(|rest| rest.split(';').next());
    if exports.any(|names| has_word(names, &[function])) { public_path(&parent, function) } else { None }
}

/// Adds the safe functions of a file that take objects, by the paths that this test can name.
fn collect(file: &Path, found: &mut Vec<String>) {
    let source = std::fs::read_to_string(file).unwrap_or_default();
    for function in source.split("\npub fn ").skip(1) {
        let (signature, _) = function.split_once(" {\n").unwrap_or_default();
        let (name, rest) = signature.split_once(['(', '<']).unwrap_or_default();
        let parameters = rest.split(") ->").next().unwrap_or_default();
        if has_word(parameters, &OBJECTS) {
            found.extend(public_path(file, name));
        }
    }
}

/// Adds those of a folder.
fn collect_all(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => collect_all(&path, found),
            path => collect(&path, found),
        }
    }
}

#[test]
fn every_safe_function_of_the_rooms_that_takes_an_object_is_called() {
    let mut found = Vec::new();
    for room in ["objects", "protocol", "types"] {
        collect_all(&Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).join(room), &mut found);
    }
    let here: String = include_str!("rooms.rs").replace("::<", "(");
    let is_here = |path: &String| here.contains(&format!("{path}(")) || here.contains(&format!("(\"{path}\", "));
    let missing: Vec<_> = found.iter().filter(|path| !is_here(path)).collect();
    assert!(found.len() > 200, "{} functions were found", found.len());
    assert!(missing.is_empty(), "{} not called: {missing:#?}", missing.len());
    let unexplained = LEFT_OUT.iter().filter(|(path, why)| why.is_empty() || !found.iter().any(|found| found == path));
    assert_eq!(unexplained.count(), 0);
}
