//! The order of the rooms, which stands in ARCHITECTURE.md: an arrow (a `use`, a path, a macro) runs from a room to itself
//! or to a lower one, and inside a room no more than a handful of files go in a circle.
//!
//! An arrow through the linker (an `extern` block that declares a symbol which a higher room defines) is allowed only in the
//! files that ARCHITECTURE.md lists, each with its reason.

mod examples;
mod source;
mod tokens;
mod tree;

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};
use tree::{Arrow, Tree};

/// The largest circle of files inside a room.
const HANDFUL: usize = 5;
/// Begins each line of ARCHITECTURE.md that allows a file arrows through the linker: "- Linker arrow: `FILE`: REASON".
const LINKER_ARROW: &str = "- Linker arrow: `src/";

/// The rooms from top to bottom: the one line of the text that is nothing but names with arrows between them.
fn order(text: &str) -> Result<Vec<&str>, String> {
    let is_room = |room: &&str| !room.is_empty() && room.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let lines = text.lines().map(|line| line.trim().trim_matches('`').split(" → ").collect::<Vec<_>>());
    let mut lines = lines.filter(|rooms| rooms.len() > 2 && rooms.iter().all(is_room));
    match (lines.next(), lines.next()) {
        (Some(rooms), None) => Ok(rooms),
        (None, _) => Err("there is no line `ROOM → ROOM → …`".into()),
        _ => Err("there are two lines `ROOM → ROOM → …`: the order must stand once".into()),
    }
}

/// The files that may have arrows through the linker.
fn linker_files(text: &str) -> Result<Vec<&str>, String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix(LINKER_ARROW));
    lines
        .map(|line| match line.split_once("`: ") {
            Some((file, reason)) if !reason.trim().is_empty() => Ok(file),
            _ => Err(format!("{LINKER_ARROW}{line}: there is no reason")),
        })
        .collect()
}

fn place(tree: &Tree, arrow: &Arrow) -> String {
    format!("src/{}:{}: {}", tree.files[arrow.from].name, arrow.line, arrow.path)
}

/// Whether the arrow runs up. A room that the order lacks is reported by itself.
fn runs_up(tree: &Tree, order: &[&str], arrow: &Arrow) -> bool {
    let rank = |file| order.iter().position(|&room| tree.room(file) == Some(room));
    matches!((rank(arrow.from), rank(arrow.to)), (Some(from), Some(to)) if to < from)
}

fn arrows_up(tree: &Tree, order: &[&str]) -> Vec<String> {
    let arrows = tree.arrows();
    let up = arrows.iter().filter(|arrow| runs_up(tree, order, arrow));
    up.map(|arrow| {
        let to = tree.room(arrow.to).unwrap_or_default();
        format!("{}: {} is above {}", place(tree, arrow), to, tree.room(arrow.from).unwrap_or_default())
    })
    .collect()
}

/// Each large circle: its files, and the first arrow of each pair of them, which is where it can be cut.
fn large_circles(tree: &Tree, limit: usize) -> Vec<String> {
    let circles = tree.circles().into_iter().filter(|circle| circle.len() > limit);
    let arrows = tree.arrows();
    circles
        .map(|circle| {
            let name = |file: usize| format!("src/{}", tree.files[file].name);
            let names: Vec<String> = circle.iter().map(|&file| name(file)).collect();
            let mut pairs = BTreeMap::new();
            for arrow in arrows.iter().filter(|arrow| !arrow.is_export) {
                if circle.contains(&arrow.from) && circle.contains(&arrow.to) {
                    pairs.entry((arrow.from, arrow.to)).or_insert(arrow);
                }
            }
            let arrows = pairs.values().map(|arrow| format!("\n  {} in {}", place(tree, arrow), name(arrow.to)));
            format!("{} files in a circle: {}{}", circle.len(), names.join(" "), arrows.collect::<String>())
        })
        .collect()
}

/// Rooms that the order lacks, and names in the order that are no rooms.
fn misplaced_rooms(tree: &Tree, order: &[&str]) -> Vec<String> {
    let rooms = tree.rooms();
    let missing =
        rooms.iter().filter(|room| !order.contains(room)).map(|room| format!("src/{room} is not in the order"));
    let empty = order.iter().filter(|room| !rooms.contains(*room)).map(|room| format!("there is no src/{room}"));
    missing.chain(empty).collect()
}

/// Arrows up through the linker from files that may have none, and files that are listed without need.
fn bad_linker_arrows(tree: &Tree, order: &[&str], listed: &[&str]) -> Vec<String> {
    let arrows = tree.linker_arrows();
    let up: Vec<&Arrow> = arrows.iter().filter(|arrow| runs_up(tree, order, arrow)).collect();
    let name = |arrow: &Arrow| tree.files[arrow.from].name.as_str();
    let unlisted = up.iter().filter(|arrow| !listed.contains(&name(arrow))).map(|arrow| {
        format!("{}, which src/{} defines: not a listed place", place(tree, arrow), tree.files[arrow.to].name)
    });
    let unneeded = listed.iter().filter(|file| !up.iter().any(|arrow| name(arrow) == **file));
    unlisted.chain(unneeded.map(|file| format!("src/{file} is listed, and has no arrow through the linker"))).collect()
}

/// Forms by which code could reach a higher room without an arrow that this test sees.
const HIDING: [&str; 7] =
    ["use crate::*", "extern crate self", "#[path", "link_name", "extern {", " crate::Py", " crate::_Py"];

/// The lines of some sources with one of the [`HIDING`] forms.
fn hidden_arrows(sources: &[(String, String)]) -> Vec<String> {
    let lines = sources.iter().flat_map(|(name, text)| text.lines().enumerate().map(move |line| (name, line)));
    let found = lines.flat_map(|(name, (index, line))| {
        let code = line.split("//").next().unwrap_or_default();
        let forms = HIDING.iter().filter(move |form| code.contains(**form));
        forms.map(move |form| format!("src/{name}:{}: `{form}`", index + 1))
    });
    found.collect()
}

/// The sources of this crate, and ARCHITECTURE.md.
fn ours() -> io::Result<(Tree, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok((Tree::read(&root.join("src"))?, fs::read_to_string(root.join("ARCHITECTURE.md"))?))
}

fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn every_arrow_runs_down() -> io::Result<()> {
    let (tree, text) = ours()?;
    assert!(tree.arrows().len() > 1000, "the sources have more arrows than that");
    assert_none(&arrows_up(&tree, &order(&text).map_err(io::Error::other)?));
    Ok(())
}

#[test]
fn no_room_has_a_large_circle() -> io::Result<()> {
    assert_none(&large_circles(&ours()?.0, HANDFUL));
    Ok(())
}

#[test]
fn every_room_is_in_the_order() -> io::Result<()> {
    let (tree, text) = ours()?;
    assert_none(&misplaced_rooms(&tree, &order(&text).map_err(io::Error::other)?));
    Ok(())
}

#[test]
fn arrows_through_the_linker_are_listed() -> io::Result<()> {
    let (tree, text) = ours()?;
    let listed = linker_files(&text).map_err(io::Error::other)?;
    assert_none(&bad_linker_arrows(&tree, &order(&text).map_err(io::Error::other)?, &listed));
    Ok(())
}

#[test]
fn no_form_hides_an_arrow() -> io::Result<()> {
    assert_none(&hidden_arrows(&tree::sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))?));
    Ok(())
}
