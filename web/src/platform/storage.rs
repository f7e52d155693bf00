//! What is kept between visits: one text for each page, in IndexedDB, read back after it was written.
//!
//! Where storage is refused (a frame without origin, a private window, a full disk) every call says so; nothing is kept elsewhere in secret.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

const DATABASE: &str = "eni-playground";
const STORE: &str = "work";

/// What came of keeping a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It was read back.
    Here,
    /// Storage is refused.
    Refused,
    /// Another tab has kept its own there since: nothing was written.
    Elsewhere,
    /// What it belongs to is not there any more: nothing was written.
    Gone,
}

/// Who may write: the work under a key bears a mark, another one each time that it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guard {
    /// The mark that this tab knows of; 0 if there was nothing.
    pub known: u64,
    /// The mark that it bears from now on; the known one while only something beside it is kept.
    pub next: u64,
    /// Whether it is written over whatever stands there.
    pub force: bool,
}

/// Keeps a text under a key, if the work bears the mark that this tab knows of. Asked and written in one transaction, so no tab comes between.
pub async fn save(work: &str, key: &str, text: &str, guard: Guard) -> Kept {
    try_save(work, key, text, guard).await.unwrap_or(Kept::Refused)
}

/// The mark that the work under a key bears; 0 if there is none.
pub async fn mark(work: &str) -> u64 {
    load(&mark_key(work)).await.and_then(|mark| mark.parse().ok()).unwrap_or(0)
}

fn mark_key(work: &str) -> String {
    [work, "/mark"].concat()
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

async fn try_save(work: &str, key: &str, text: &str, guard: Guard) -> Result<Kept, JsValue> {
    let database = open().await?;
    let kept = write(&database, work, (key, text), guard).await;
    database.close();
    kept
}

async fn write(database: &IdbDatabase, work: &str, (key, text): (&str, &str), guard: Guard) -> Result<Kept, JsValue> {
    let written = store(database, IdbTransactionMode::Readwrite)?;
    let mark = JsValue::from_str(&mark_key(work));
    let stands = settled(written.get(&mark)?).await?.as_string().and_then(|mark| mark.parse::<u64>().ok());
    match stands {
        Some(stands) if stands != guard.known && !guard.force => return Ok(Kept::Elsewhere),
        None if guard.known == guard.next => return Ok(Kept::Gone),
        _ => {}
    }
    // The transaction is still under way: nothing but its own answer was waited for.
    written.put_with_key(&JsValue::from_str(text), &JsValue::from_str(key))?;
    settled(written.put_with_key(&JsValue::from_str(&guard.next.to_string()), &mark)?).await?;
    Ok(if read(database, key).await?.as_deref() == Some(text) { Kept::Here } else { Kept::Refused })
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
