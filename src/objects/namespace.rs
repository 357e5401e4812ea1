//! An object that is nothing but attributes: the spec a module is created from.
