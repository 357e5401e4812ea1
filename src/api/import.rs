//! `Include/import.h`: importing modules.
