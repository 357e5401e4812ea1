//! The committed C header must be equal to the one that the sources generate. With `PYCAPSULE_UPDATE_HEADER` in the environment
//! the test writes it first (`make header`).

#[test]
fn the_committed_header_is_current() -> std::io::Result<()> {
    let generated = include_str!(concat!(env!("OUT_DIR"), "/pycapsule.h"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/include/pycapsule.h");
    if std::env::var_os("PYCAPSULE_UPDATE_HEADER").is_some() {
        std::fs::write(path, generated)?;
    }
    let committed = std::fs::read_to_string(path)?;
    assert!(generated == committed, "include/pycapsule.h is not what the sources generate: run `make header`");
    Ok(())
}
