//! `Include/warnings.h`: warnings.
