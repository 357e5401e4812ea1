//! `Include/methodobject.h`: C functions as objects.
