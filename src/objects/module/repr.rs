//! The repr of a module. It shows the origin in its spec, or without a spec its `__loader__` and `__file__` (CPython:
//! `importlib._bootstrap._module_repr`).

use super::Module;
use crate::objects::attributes;
use crate::objects::str;
use crate::protocol::{text, truth};
use crate::runtime::known::NONE;
use crate::runtime::{Obj, Ref, Result};

/// `<module 'NAME'>`, with its origin if that is known.
pub(super) fn repr(module: Module<'_>) -> Result<Ref> {
    let loader = present(*module, "__loader__")?;
    if let Some(spec) = present(*module, "__spec__")?
        && truth::truth(spec.borrow())?
    {
        return from_spec(spec.borrow());
    }
    let name = attributes::find_str(*module, "__name__")?;
    match (attributes::find_str(*module, "__file__")?, loader) {
        (Some(file), _) => shown(name, Origin::File(file)),
        (None, Some(loader)) => shown(name, Origin::Loader(loader)),
        (None, None) => shown(name, Origin::Unknown),
    }
}

/// An attribute that exists and is not None.
fn present(o: Obj<'_>, name: &str) -> Result<Option<Ref>> {
    Ok(attributes::find_str(o, name)?.filter(|value| !value.borrow().is(NONE)))
}

/// The repr by a spec.
fn from_spec(spec: Obj<'_>) -> Result<Ref> {
    let get = |name| -> Result<Option<Ref>> {
        Ok(Some(attributes::get_str(spec, name)?).filter(|value| !value.borrow().is(NONE)))
    };
    let name = get("name")?;
    let Some(origin) = get("origin")? else {
        let Some(loader) = get("loader")? else { return shown(name, Origin::Unknown) };
        // The loader of a package that is only a directory knows the directory.
        return match attributes::find_str(loader.borrow(), "_path")? {
            Some(path) => shown(name, Origin::Folders(path)),
            None => shown(name, Origin::Loader(loader)),
        };
    };
    match truth::truth(attributes::get_str(spec, "has_location")?.borrow())? {
        true => shown(name, Origin::File(origin)),
        false => shown(name, Origin::Text(origin)),
    }
}

/// The origin of a module.
enum Origin {
    Unknown,
    File(Ref),
    Folders(Ref),
    Loader(Ref),
    /// A text that is shown unchanged: "built-in".
    Text(Ref),
}

fn shown(name: Option<Ref>, origin: Origin) -> Result<Ref> {
    let name = match name {
        Some(name) => text::repr(name.borrow())?,
        None => str::from_str("'?'")?,
    };
    let (before, origin, after) = match origin {
        Origin::Unknown => ("", str::from_str("")?, ""),
        Origin::File(file) => (" from ", text::repr(file.borrow())?, ""),
        Origin::Folders(path) => (" (namespace) from ", text::repr(path.borrow())?, ""),
        Origin::Loader(loader) => (" (", text::repr(loader.borrow())?, ")"),
        Origin::Text(text) => (" (", text::to_str(text.borrow())?, ")"),
    };
    let mut text = str::Builder::new();
    text.push_str("<module ")?;
    text.push_object(name.borrow())?;
    text.push_str(before)?;
    text.push_object(origin.borrow())?;
    text.push_str(after)?;
    text.push_str(">")?;
    text.finish()
}
