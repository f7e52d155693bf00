//! Whether all of the engine is there. Until it is, an instance may be cut off at any moment (see 4 at the top of `web/js/loader.js`), so
//! whatever would leave something half done outside of the page waits for this first.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// The rest of the engine, on its way or there.
#[derive(Clone)]
pub struct Whole(Promise);

impl Whole {
    /// From the loader's promise.
    pub fn new(promise: Promise) -> Whole {
        Whole(promise)
    }

    /// Waits until it is there. For an instance that is cut off before that, this never ends.
    pub async fn wait(&self) {
        // The loader's promise is never broken.
        let _ = JsFuture::from(self.0.clone()).await;
    }
}
