//! The clipboard.

use wasm_bindgen_futures::JsFuture;
use yew::Callback;
use yew::platform::spawn_local;

/// Copies text; `done` hears whether it went. Frames of other pages often may not.
pub fn copy(text: &str, done: Callback<bool>) {
    let Some(window) = web_sys::window() else {
        done.emit(false);
        return;
    };
    // Absent where the page is not a secure context.
    let clipboard: wasm_bindgen::JsValue = window.navigator().clipboard().into();
    if clipboard.is_undefined() {
        done.emit(false);
        return;
    }
    let promise = window.navigator().clipboard().write_text(text);
    spawn_local(async move { done.emit(JsFuture::from(promise).await.is_ok()) });
}
