//! `Include/pythonrun.h`: printing errors.
