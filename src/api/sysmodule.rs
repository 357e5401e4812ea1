//! `Include/sysmodule.h`: the attributes of `sys`.
