//! `bytes`: an immutable sequence of bytes.
