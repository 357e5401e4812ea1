//! `list`: a growing sequence of references.
