//! Tells whether each function that the sources declare is called by a test.

use std::path::Path;

/// Reads each file of a folder of `src`, also in its folders, and collects the functions that `collect` finds in it.
pub fn functions(folder: &str, collect: fn(&Path, &mut Vec<String>)) -> Vec<String> {
    fn collect_all(folder: &Path, collect: fn(&Path, &mut Vec<String>), found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => collect_all(&path, collect, found),
                path => collect(&path, found),
            }
        }
    }
    let mut found = Vec::new();
    collect_all(&Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).join(folder), collect, &mut found);
    found
}

/// Fails unless a test calls each of these functions, or names it among those that it leaves out, with a reason. `before` stands
/// before the name in a call.
pub fn assert_called(found: &[String], test: &str, before: &str, left_out: &[(&str, &str)]) {
    let is_here =
        |name: &String| test.contains(&format!("{before}{name}(")) || test.contains(&format!("(\"{name}\", "));
    let missing: Vec<_> = found.iter().filter(|name| !is_here(name)).collect();
    assert!(found.len() > 200, "{} functions were found", found.len());
    assert!(missing.is_empty(), "{} not called: {missing:#?}", missing.len());
    let unexplained = left_out.iter().filter(|(name, why)| why.is_empty() || !found.iter().any(|found| found == name));
    assert_eq!(unexplained.count(), 0);
}
