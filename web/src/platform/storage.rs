//! What is kept between visits: one text for each page, in IndexedDB, read back after it was written.
//!
//! Where storage is refused (a frame without origin, a private window, a full disk) every call says so; nothing is kept elsewhere in secret.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

const DATABASE: &str = "eni-playground";
const STORE: &str = "work";

/// Keeps a text under a key. True only if the same text was read back.
pub async fn save(key: &str, text: &str) -> bool {
    matches!(try_save(key, text).await, Ok(true))
}

/// What was kept under a key; `None` if nothing was, or if storage is refused.
pub async fn load(key: &str) -> Option<String> {
    try_load(key).await.ok().flatten()
}

/// A number that names a text, another one each time; never 0.
pub fn stamp() -> u64 {
    // Below 2^53: what JSON can carry, and the cast keeps.
    1 + (js_sys::Math::random() * 9_007_199_254_740_000.0) as u64
}

async fn try_save(key: &str, text: &str) -> Result<bool, JsValue> {
    let database = open().await?;
    let written = store(&database, IdbTransactionMode::Readwrite)?;
    settled(written.put_with_key(&JsValue::from_str(text), &JsValue::from_str(key))?).await?;
    let read = read(&database, key).await;
    database.close();
    Ok(read?.as_deref() == Some(text))
}

async fn try_load(key: &str) -> Result<Option<String>, JsValue> {
    let database = open().await?;
    let read = read(&database, key).await;
    database.close();
    read
}

async fn read(database: &IdbDatabase, key: &str) -> Result<Option<String>, JsValue> {
    let store = store(database, IdbTransactionMode::Readonly)?;
    Ok(settled(store.get(&JsValue::from_str(key))?).await?.as_string())
}

fn store(database: &IdbDatabase, mode: IdbTransactionMode) -> Result<IdbObjectStore, JsValue> {
    database.transaction_with_str_and_mode(STORE, mode)?.object_store(STORE)
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let factory = window.indexed_db()?.ok_or(JsValue::NULL)?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, 1)?;
    let asked = request.clone();
    let upgrade = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || {
        if let Ok(database) = asked.result().map(JsCast::unchecked_into::<IdbDatabase>) {
            // It is there already if another page was quicker.
            let _ = database.create_object_store(STORE);
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let database = settled(request.unchecked_into()).await?;
    Ok(database.unchecked_into())
}

/// The result of a request, once it has one.
async fn settled(request: IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(promise).await?;
    request.result()
}
