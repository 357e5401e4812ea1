//! The committed C header is what the sources generate.

#[test]
fn the_committed_header_is_current() {
    let generated = include_str!(concat!(env!("OUT_DIR"), "/pycapsule.h"));
    let committed = include_str!("../include/pycapsule.h");
    assert!(generated == committed, "include/pycapsule.h is not what the sources generate: run `make header`");
}
