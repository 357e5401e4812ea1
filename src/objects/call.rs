//! Calling objects: vectorcall, `tp_call`, and the check of what came back.
