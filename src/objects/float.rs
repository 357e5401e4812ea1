//! `float`: double-precision numbers.
