//! Small crates, and the arrows that must be found in them.

use crate::tokens::tokens;
use crate::tree::Tree;
use crate::{arrows_up, bad_linker_arrows, large_circles, linker_files, misplaced_rooms, order};

const ORDER: [&str; 3] = ["top", "middle", "ground"];

/// The arrows of `middle/mod.rs` with this text that run up, beside some files to point at.
fn up_from(text: &str) -> Vec<String> {
    let files = [
        ("lib.rs", "pub mod top; pub mod middle; pub mod ground; pub use top::face::show;"),
        ("top/mod.rs", "pub mod face; pub use face::show; pub fn own() {} macro_rules! only { () => {} }"),
        ("top/face.rs", "pub fn show() {} pub struct Face; pub mod inner { pub fn deep() {} }"),
        ("ground/mod.rs", "pub mod stone; pub use stone::*; pub use core::mem;"),
        ("ground/stone.rs", "pub fn lie() {}"),
        ("middle/mod.rs", text),
    ];
    arrows_up(&Tree::new(files), &ORDER)
}

fn assert_up(text: &str, path: &str) {
    let wanted = format!("src/middle/mod.rs:1: {path}: top is above middle");
    assert_eq!(up_from(text), [wanted], "{text}");
}

fn assert_none_up(text: &str) {
    assert_eq!(up_from(text), [""; 0], "{text}");
}

#[test]
fn a_use_is_an_arrow() {
    assert_up("use crate::top::face;", "crate::top::face");
    assert_up("use crate::top::face::Face as Mask;", "crate::top::face::Face");
    assert_up("use super::top::own;", "super::top::own");
    assert_up("use crate::top::*;", "crate::top");
    assert_up("pub use crate::top::own;", "crate::top::own");
    assert_up("pub(crate) use crate::top::own;", "crate::top::own");
    assert_up("fn f() { use crate::top::own; }", "crate::top::own");
}

#[test]
fn each_leaf_of_a_use_tree_is_an_arrow() {
    assert_up("use crate::{ground::{self, stone::lie}, top::{face::{self}}};", "crate::top::face");
    assert_eq!(up_from("use crate::top::{own, face::{Face, show}};").len(), 3);
}

#[test]
fn a_path_is_an_arrow() {
    assert_up("fn f() { crate::top::own() }", "crate::top::own");
    assert_up("fn f() -> Vec<super::top::face::Face> { }", "super::top::face::Face");
    assert_up("macro_rules! m { () => { $crate::top::own() } }", "crate::top::own");
    assert_up("mod inner { fn f() { super::super::top::own() } }", "super::super::top::own");
    assert_up("fn f() { println!(\"{}\", crate::top::face::inner::deep()) }", "crate::top::face::inner::deep");
}

#[test]
fn a_path_by_a_name_that_was_imported_is_an_arrow() {
    let up = up_from("use crate::top;\nfn f() { top::face::show() }");
    assert_eq!(up.len(), 2);
    assert_eq!(up[1], "src/middle/mod.rs:2: top::face::show: top is above middle");
}

#[test]
fn a_reexport_is_followed() {
    // Both point at top/face.rs; one goes through the root of the crate.
    assert_up("use crate::show;", "crate::show");
    let tree = Tree::new([
        ("top/mod.rs", "pub mod face; pub use face::*;"),
        ("top/face.rs", "pub fn show() {}"),
        ("top/user.rs", "use super::show; use super::face::Other;"),
    ]);
    let found: Vec<&str> =
        tree.arrows().iter().filter(|a| !a.is_export).map(|a| tree.files[a.to].name.as_str()).collect();
    assert_eq!(found, ["top/face.rs", "top/face.rs"]);
}

#[test]
fn an_arrow_down_or_out_of_the_crate_is_none_up() {
    assert_none_up(
        "use crate::ground::{lie, mem::swap}; use core::fmt; fn f() { std::top::own(); crate::ground::lie() }",
    );
    assert_none_up("mod top { pub fn own() {} } fn f() { top::own(); self::top::own() }");
    assert_none_up("pub(in crate::top) fn f() {}");
}

#[test]
fn comments_and_text_are_skipped() {
    assert_none_up("// use crate::top::own;\n/* crate::top /* nested */ crate::top::own */ fn f() {}");
    assert_none_up(r###"const A: &str = "crate::top::own"; const B: &str = r#"" crate::top::own "#;"###);
    assert_none_up(
        r#"const A: &[u8] = b"\"crate::top::own"; const C: char = '"'; const D: char = '\''; // crate::top::own"#,
    );
    assert_up(r#"fn f<'a>(c: char) -> &'a str { c == '"'; crate::top::own() } // ""#, "crate::top::own");
}

#[test]
fn tests_are_skipped_and_what_follows_them_is_not() {
    assert_none_up("#[cfg(test)] mod tests { use crate::top::own; fn f() { crate::top::own() } }");
    assert_none_up("#[cfg(test)] use crate::top::own;");
    assert_none_up("#[cfg(test)] fn f(a: [u8; 2]) { crate::top::own() }");
    assert_up("#[cfg(test)] mod tests { use super::*; } use crate::top::own;", "crate::top::own");
}

#[test]
fn a_macro_of_another_file_is_an_arrow() {
    assert_up("only! { }", "only!");
    assert_none_up("macro_rules! only { () => {} } only! { }");
}

#[test]
fn lines_are_counted_through_comments_and_text() {
    let text = "/* \n */ \"\n\" r#\"\n\"# // \n last";
    assert_eq!(tokens(text).last().map(|token| (token.text.clone(), token.line)), Some(("last".into(), 5)));
}

/// Files of one room in a ring.
fn ring(length: usize) -> Vec<(String, String)> {
    (0..length).map(|i| (format!("top/f{i}.rs"), format!("use super::f{};", (i + 1) % length))).collect()
}

#[test]
fn circles_are_found_by_their_size() {
    let files = ring(6);
    let tree = Tree::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let names = "src/top/f0.rs src/top/f1.rs src/top/f2.rs src/top/f3.rs src/top/f4.rs src/top/f5.rs";
    let arrows: String = (0..6)
        .map(|i| {
            let next = (i + 1) % 6;
            format!("\n  src/top/f{i}.rs:1: super::f{next} in src/top/f{next}.rs")
        })
        .collect();
    assert_eq!(large_circles(&tree, 5), [format!("6 files in a circle: {names}{arrows}")]);
    assert_eq!(large_circles(&tree, 6), [""; 0]);
}

#[test]
fn an_export_is_no_part_of_a_circle_unless_the_file_uses_it() {
    let child = ("top/child.rs", "use super::Parent; pub fn f() {}");
    let parent = "pub mod child; pub use child::f; pub struct Parent;";
    assert_eq!(large_circles(&Tree::new([("top/mod.rs", parent), child]), 1), [""; 0]);
    let parent = "pub mod child; pub use child::f; pub struct Parent; fn g() { f() }";
    assert_eq!(large_circles(&Tree::new([("top/mod.rs", parent), child]), 1).len(), 1);
}

#[test]
fn a_room_without_a_place_is_found() {
    let tree = Tree::new([("lib.rs", ""), ("top/mod.rs", ""), ("cellar/mod.rs", ""), ("attic.rs", "")]);
    let wanted = ["src/attic is not in the order", "src/cellar is not in the order", "there is no src/ground"];
    assert_eq!(misplaced_rooms(&tree, &["top", "ground"]), wanted);
}

#[test]
fn an_arrow_through_the_linker_needs_a_listed_place() {
    let tree = Tree::new([
        (
            "top/mod.rs",
            "#[unsafe(no_mangle)] pub extern \"C\" fn Py_Ask() {} static_type! { pub Py_Type = TYPE { a: b } }",
        ),
        ("ground/mod.rs", "unsafe extern \"C\" {\nfn Py_Ask();\nstatic mut Py_Type: u8;\nfn strlen(); }"),
    ]);
    let wanted = [
        "src/ground/mod.rs:2: Py_Ask, which src/top/mod.rs defines: not a listed place",
        "src/ground/mod.rs:3: Py_Type, which src/top/mod.rs defines: not a listed place",
    ];
    assert_eq!(bad_linker_arrows(&tree, &ORDER, &[]), wanted);
    assert_eq!(bad_linker_arrows(&tree, &ORDER, &["ground/mod.rs"]), [""; 0]);
    let wanted = "src/top/mod.rs is listed, and has no arrow through the linker";
    assert_eq!(bad_linker_arrows(&tree, &ORDER, &["ground/mod.rs", "top/mod.rs"]), [wanted]);
}

#[test]
fn the_order_stands_once() {
    assert_eq!(order("text\n\n    top → middle → ground\n\na → b is no order"), Ok(ORDER.to_vec()));
    assert_eq!(order("`top → middle → ground`"), Ok(ORDER.to_vec()));
    assert!(order("text").is_err());
    assert!(order("top → middle → ground\nground → middle → top").is_err());
}

#[test]
fn a_listed_place_has_a_reason() {
    assert_eq!(linker_files("- Linker arrow: `src/a/b.rs`: since C asks"), Ok(vec!["a/b.rs"]));
    assert!(linker_files("- Linker arrow: `src/a/b.rs`:  ").is_err());
    assert!(linker_files("- Linker arrow: `src/a/b.rs`").is_err());
}
