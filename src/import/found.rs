//! The place where a module was found, and its spec, which contains the place.

use crate::interpreter::inittab::InitFunction;
use crate::interpreter::path::Path;
use crate::interpreter::spec;
use crate::objects::constants::NONE;
use crate::objects::importlib::{BUILT_IN_LOADER, EXTENSION_LOADER, NAMESPACE_LOADER};
use crate::objects::namespace::NamespaceObject;
use crate::objects::{list, namespace, str};
use crate::runtime::{Obj, Own, Ref, Result};

/// The place of a module.
#[derive(Debug)]
pub enum Found {
    /// In no file: the module exists from the start, and is made again from its contents.
    AlwaysThere(Ref),
    /// In the program itself.
    BuiltIn(InitFunction),
    /// In a shared object. For a package, that is in the package's directory.
    Compiled {
        /// The shared object.
        file: Path,
        /// The directory, if it is a package.
        folder: Option<Path>,
    },
    /// In a directory whose `__init__` is source. It is a package, but its `__init__` does not run.
    Source {
        /// The `__init__`.
        file: Path,
        /// The directory.
        folder: Path,
    },
    /// In one or more directories without `__init__`: a list of their paths.
    Folders(Ref),
    /// Nowhere: lines of a file of stand-ins name it.
    StandIn {
        /// Whether lines name modules inside it.
        is_package: bool,
    },
}

impl Found {
    /// The spec of the module of this name, found here.
    pub fn spec(&self, name: Obj<'_>) -> Result<Own<NamespaceObject>> {
        let none = || NONE.to_ref();
        let (loader, origin, search) = match self {
            Found::AlwaysThere(_) | Found::BuiltIn(_) => {
                (BUILT_IN_LOADER.as_obj().to_ref(), str::from_str("built-in")?, none())
            }
            Found::Compiled { file, folder } => {
                let file = file.to_object()?;
                let loader = namespace::new(EXTENSION_LOADER, &[("name", name), ("path", file.borrow())])?.into_ref();
                (loader, file, folder.as_ref().map_or(Ok(none()), list_of)?)
            }
            Found::Source { file, folder } => (none(), file.to_object()?, list_of(folder)?),
            Found::StandIn { is_package } => {
                let search = if *is_package { list::new()?.into_ref() } else { none() };
                (none(), str::from_str("stand-in")?, search)
            }
            Found::Folders(folders) => {
                (namespace::new(NAMESPACE_LOADER, &[("_path", folders.borrow())])?.into_ref(), none(), folders.clone())
            }
        };
        let has_location = matches!(self, Found::Compiled { .. } | Found::Source { .. });
        spec::new(name, loader.borrow(), origin.borrow(), search.borrow(), has_location)
    }
}

fn list_of(folder: &Path) -> Result<Ref> {
    list::from_slice(&[folder.to_object()?.borrow()]).map(Own::into_ref)
}
