//! The surface that JavaScript sees: [`mount`] makes the application on a node and gives a [`Handle`] to it.
//!
//! The other side, and the whole contract, is described at the top of `web/js/loader.js`.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::app::App;

#[wasm_bindgen]
extern "C" {
    /// What the loader offers to an instance.
    #[derive(Clone)]
    pub type Host;

    /// The engine has panicked: cut this instance off and start another one.
    #[wasm_bindgen(method)]
    pub fn crashed(this: &Host, message: &str);

    /// An act is about to be applied; `entry` is all that is needed to apply it again.
    #[wasm_bindgen(method)]
    pub fn journal(this: &Host, entry: &str);

    /// All entries so far are contained in `document`; they may be forgotten.
    #[wasm_bindgen(method)]
    pub fn checkpoint(this: &Host, document: &str);
}

thread_local! {
    /// Where the panic hook reports to. One instance has one host; no state of a session is held here.
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
}

/// What an embedding page may ask for. Unknown members are ignored here; page parameters are judged by the application.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Options {
    /// `?test=1`: the hidden act that panics is available.
    test: bool,
    /// What to replay after a crash.
    recovery: Option<Recovery>,
}

/// The recovery journal, as the loader kept it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Recovery {
    entries: Vec<String>,
}

/// What [`Handle::get_state`] gives until there is a session.
#[derive(Serialize)]
struct State {
    acts: Vec<String>,
}

/// One mounted application.
#[wasm_bindgen]
pub struct Handle {
    app: Option<yew::AppHandle<App>>,
    host: Host,
    test: bool,
    acts: Vec<String>,
}

/// Mounts a new application on `node`.
///
/// # Errors
///
/// When `options` does not have the members described in `web/js/loader.js`.
#[wasm_bindgen]
pub fn mount(node: Element, options: JsValue, host: Host) -> Result<Handle, JsError> {
    let options: Options = serde_wasm_bindgen::from_value(options).map_err(|error| JsError::new(&error.to_string()))?;
    HOST.set(Some(host.clone()));
    yew::set_custom_panic_hook(Box::new(|info| {
        HOST.with_borrow(|host| {
            if let Some(host) = host {
                host.crashed(&info.to_string());
            }
        });
    }));
    let app = yew::Renderer::<App>::with_root(node).render();
    Ok(Handle { app: Some(app), host, test: options.test, acts: options.recovery.unwrap_or_default().entries })
}

#[wasm_bindgen]
impl Handle {
    /// Carries out one act.
    ///
    /// # Errors
    ///
    /// When `act` is not an act.
    pub fn call(&mut self, act: JsValue) -> Result<JsValue, JsError> {
        let act: serde_json::Value = serde_wasm_bindgen::from_value(act).map_err(|error| JsError::new(&error.to_string()))?;
        let entry = act.to_string();
        match act.get("kind").and_then(|kind| kind.as_str()) {
            Some("api" | "guest" | "world" | "scene") => self.host.journal(&entry),
            Some("test-panic") if self.test => {
                self.host.journal(&entry);
                test_panic();
            }
            _ => return Err(JsError::new("this is not an act")),
        }
        self.acts.push(entry);
        Ok(JsValue::NULL)
    }

    /// The document, as plain data.
    ///
    /// # Errors
    ///
    /// When the document cannot be written as JavaScript values.
    #[wasm_bindgen(js_name = getState)]
    pub fn get_state(&self) -> Result<JsValue, JsError> {
        serde_wasm_bindgen::to_value(&State { acts: self.acts.clone() }).map_err(|error| JsError::new(&error.to_string()))
    }

    /// Takes the application off its node.
    pub fn unmount(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }
}

/// Breaks the engine on purpose, so that recovery can be tested (`?test=1` only).
#[expect(clippy::panic, reason = "the one panic that is meant: the tests of recovery need it")]
fn test_panic() {
    panic!("asked for by a test");
}
