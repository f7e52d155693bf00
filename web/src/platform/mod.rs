//! The only files that touch the browser beyond the events of the page: frames, storage, clipboard, files, media, places on the screen.
//!
//! Whatever listens or waits is given back as a value that stops when it is dropped, so that an instance that is taken off the page leaves
//! nothing behind.

pub mod canvas;
pub mod clipboard;
pub mod entropy;
pub mod files;
pub mod flight;
pub mod frame;
pub mod incoming;
pub mod keeper;
pub mod location;
pub mod media;
pub mod overlay;
pub mod pointer;
pub mod screen;
pub mod storage;
pub mod timer;
pub mod wheel;
pub mod whole;
pub mod widths;
pub mod window;
pub mod writing;
