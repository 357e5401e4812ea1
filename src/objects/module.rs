//! `module`: a name and a dict, made from a definition in C.
