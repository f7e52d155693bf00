//! The page of the ENI Playground: a Yew application that is mounted by `web/js/loader.js` through the handle in [`embed`].

mod app;
pub mod embed;
