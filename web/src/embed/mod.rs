//! The surface that JavaScript sees: [`mount`] makes the application on a node and gives a [`Handle`] to it.
//!
//! The other side, and the whole contract, is described at the top of `web/js/loader.js`.

mod bench;
mod parameters;

use std::cell::RefCell;
use std::rc::Rc;

use eni_playground::act::Act;
use serde::Serialize;
use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::app::{App, AppProps, SharedStore, Told};
use crate::platform::whole::Whole;
use crate::store::{Msg, News, Past, Start, Store};

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

    /// Settles when all of the engine is there.
    #[wasm_bindgen(method)]
    pub fn whole(this: &Host) -> js_sys::Promise;
}

thread_local! {
    /// Where the panic hook reports to. One instance has one host; no state of a session is held here.
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
}

/// What an embedding page asks for. Unknown members are ignored here; page parameters are judged by [`parameters`].
///
/// Read by hand: two derived shapes would cost the page some kB of code.
struct Options {
    /// Page parameters, or attributes of the element.
    parameters: Map<String, Value>,
    /// Whether another page shows this one.
    embedded: bool,
    /// `?test=1`: the hidden act that panics is available.
    test: bool,
    /// What to replay after a crash: the loader's recovery journal.
    recovery: Option<Past>,
}

impl Options {
    fn read(value: &Value) -> Options {
        let flag = |name: &str| value.get(name).and_then(Value::as_bool).unwrap_or_default();
        let recovery = value.get("recovery").filter(|recovery| recovery.is_object()).map(|recovery| Past {
            checkpoint: recovery.get("checkpoint").and_then(Value::as_str).map(str::to_owned),
            entries: recovery
                .get("entries")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            left_at: 0,
        });
        let parameters = value.get("parameters").and_then(Value::as_object).cloned().unwrap_or_default();
        Options { parameters, embedded: flag("embedded"), test: flag("test"), recovery }
    }
}

/// One mounted application.
#[wasm_bindgen]
pub struct Handle {
    app: Option<yew::AppHandle<App>>,
    store: SharedStore,
    host: Host,
    test: bool,
}

/// Mounts a new application on `node`.
///
/// # Errors
///
/// When `options` is no plain data, or no scene opens.
#[wasm_bindgen]
pub fn mount(node: Element, options: JsValue, host: Host) -> Result<Handle, JsError> {
    let options: Value = serde_wasm_bindgen::from_value(options).map_err(|error| JsError::new(&error.to_string()))?;
    let options = Options::read(&options);
    HOST.set(Some(host.clone()));
    yew::set_custom_panic_hook(Box::new(|info| {
        HOST.with_borrow(|host| {
            if let Some(host) = host {
                host.crashed(&info.to_string());
            }
        });
    }));
    let recovered = options.recovery.is_some();
    let read = parameters::read(&options.parameters, options.embedded);
    let start =
        Start { seed: crate::platform::entropy::seed(), reads_earlier_visit: !read.embedded && !recovered, past: options.recovery, ..read };
    let storage_key = (!start.embedded).then(|| format!("{}?{}", crate::platform::location::path(), start.scene));
    let keeper = host.clone();
    let tell = move |told: News<'_>| match told {
        News::Entry(entry) => keeper.journal(entry),
        News::Checkpoint(document) => keeper.checkpoint(document),
    };
    let store = Store::new(start, Box::new(tell)).map_err(|error| JsError::new(&error))?;
    let store: SharedStore = Rc::new(RefCell::new(store));
    let props = AppProps { store: store.clone(), storage_key, restore: !recovered, whole: Whole::new(host.whole()) };
    let app = yew::Renderer::<App>::with_root_and_props(node, props).render();
    Ok(Handle { app: Some(app), store, host, test: options.test })
}

#[wasm_bindgen]
impl Handle {
    /// Carries out one act and gives what came of it: `{Result}` or `{Error: {Code, Message}}`, with `Echo`.
    ///
    /// # Errors
    ///
    /// When `act` is not an act.
    pub fn call(&mut self, act: JsValue) -> Result<JsValue, JsError> {
        let act: Value = serde_wasm_bindgen::from_value(act).map_err(|error| JsError::new(&error.to_string()))?;
        if self.test && act.get("kind").and_then(Value::as_str) == Some("test-panic") {
            self.host.journal(&act.to_string());
            test_panic();
        }
        let act = Act::from_json(&act).map_err(|error| JsError::new(&error.to_string()))?;
        let outcome = self.store.borrow_mut().act(act);
        if let Some(app) = &self.app {
            app.send_message(Told::Later(Msg::Refresh));
        }
        let reply = match outcome.result {
            Ok(result) => json!({ "Result": result, "Echo": outcome.echo }),
            Err(refusal) => json!({ "Error": { "Code": refusal.code, "Message": refusal.message }, "Echo": outcome.echo }),
        };
        to_js(&reply)
    }

    /// The document, as plain data, with a member `live` for what a document does not keep: time, counts, the newest lines of the echo.
    ///
    /// # Errors
    ///
    /// When the document cannot be written as JavaScript values.
    #[wasm_bindgen(js_name = getState)]
    pub fn get_state(&self) -> Result<JsValue, JsError> {
        let store = self.store.borrow();
        let session = store.session();
        let mut document: Value = serde_json::from_str(&session.document()).map_err(|error| JsError::new(&error.to_string()))?;
        let board = session.board();
        let clients = board.clients.iter().map(|client| {
            json!({ "id": client.id, "name": client.name, "answered": client.answered, "lost": client.lost, "outageMs": client.outage_ms })
        });
        let echo = session.echo();
        let echo = echo.iter().map(|line| json!({ "line": line.line, "accepted": line.accepted, "note": line.note }));
        let shown = store.shown();
        let over = shown.hand.as_ref().and_then(|hand| hand.over_target());
        let live = json!({
            "nowMs": session.now() / 1000, "clients": clients.collect::<Vec<_>>(), "echo": echo.collect::<Vec<_>>(),
            "refusal": shown.refusal.as_ref().map(|refusal| refusal.code.clone()), "inHand": shown.hand.as_ref().map(|hand| hand.thing.clone()),
            "over": over.map(|target| target.place.clone()),
            "overRefused": over.and_then(|target| target.refusal.as_ref()).map(|refusal| refusal.code.clone()),
        });
        if let Some(members) = document.as_object_mut() {
            members.insert("live".to_owned(), live);
        }
        to_js(&document)
    }

    /// Takes the application off its node.
    pub fn unmount(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }
}

/// Plain data: objects, not maps.
fn to_js(value: &Value) -> Result<JsValue, JsError> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(|error| JsError::new(&error.to_string()))
}

/// Breaks the engine on purpose, so that recovery can be tested (`?test=1` only).
#[expect(clippy::panic, reason = "the one panic that is meant: the tests of recovery need it")]
fn test_panic() {
    panic!("asked for by a test");
}
