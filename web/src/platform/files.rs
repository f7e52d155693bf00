//! Files: given to the reader, chosen by the reader, dropped on the page.

use eni_playground::scenario::{Intake, MOST_FILES};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};
use web_sys::{HtmlAnchorElement, HtmlInputElement, Url};
use yew::Callback;
use yew::platform::spawn_local;

/// Gives a text as a file to keep.
pub fn download(name: &str, text: &str) {
    // Refused only without a document; then nobody is there to take it.
    let _ = try_download(name, text);
}

fn try_download(name: &str, text: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let properties = BlobPropertyBag::new();
    properties.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &properties)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}

/// Lets the reader choose files.
pub fn choose(done: Callback<Intake>) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(element) = document.create_element("input") else { return };
    let input: HtmlInputElement = element.unchecked_into();
    input.set_type("file");
    input.set_multiple(true);
    input.set_accept(".json,.eni.json,application/json");
    let chosen = input.clone();
    let listener = wasm_bindgen::closure::Closure::once_into_js(move || {
        if let Some(files) = chosen.files() {
            read_list(files, done);
        }
    });
    input.set_onchange(Some(listener.unchecked_ref()));
    input.click();
}

/// Reads files of a list.
pub fn read_list(files: FileList, done: Callback<Intake>) {
    let files: Vec<File> = (0..files.length()).filter_map(|at| files.get(at)).collect();
    spawn_local(async move {
        let mut intake = Intake::new(&files.first().filter(|_| files.len() == 1).map(File::name).unwrap_or_default());
        for file in files {
            let name = file.name();
            read_file(file, &name, true, &mut intake).await;
        }
        done.emit(intake);
    });
}

/// Reads what was dropped on the page: files, and the files of folders.
pub fn read_dropped(transfer: &DataTransfer, done: Callback<Intake>) {
    let items = transfer.items();
    // The list is emptied when the event is over, so the entries are taken out of it first.
    let mut entries: Vec<FileSystemEntry> =
        (0..items.length()).filter_map(|at| items.get(at)).filter_map(|item| item.webkit_get_as_entry().ok().flatten()).collect();
    entries.reverse();
    spawn_local(async move {
        // One folder or one file gives the whole its name.
        let mut intake = Intake::new(&entries.first().filter(|_| entries.len() == 1).map(FileSystemEntry::name).unwrap_or_default());
        let mut named = entries.len();
        while let Some(entry) = entries.pop().filter(|_| !intake.is_refused()) {
            let is_named = entries.len() < named;
            named = named.min(entries.len());
            if entry.is_directory() {
                let mut inside = list_folder(entry.unchecked_into()).await;
                inside.retain(|entry| !entry.name().starts_with('.'));
                inside.sort_by_key(|entry| std::cmp::Reverse(entry.name()));
                entries.append(&mut inside);
                continue;
            }
            let name = entry.full_path().trim_start_matches('/').to_owned();
            match open_entry(entry.unchecked_into()).await {
                Some(file) => read_file(file, &name, is_named, &mut intake).await,
                None => intake.could_not_read(&name),
            }
        }
        done.emit(intake);
    });
}

async fn list_folder(folder: FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    // A reader gives at most a hundred at a time, and an empty list when it is done.
    while all.len() <= MOST_FILES {
        let promise = js_sys::Promise::new(&mut |resolve, reject| {
            let refused = reject.clone();
            if reader.read_entries_with_callback_and_callback(&resolve, &reject).is_err() {
                // Nobody hears what a refusing function answers.
                let _ = refused.call0(&JsValue::NULL);
            }
        });
        let Ok(list) = JsFuture::from(promise).await else { break };
        let list: js_sys::Array = list.unchecked_into();
        if list.length() == 0 {
            break;
        }
        all.extend(list.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
    all
}

async fn open_entry(entry: FileSystemFileEntry) -> Option<File> {
    let promise = js_sys::Promise::new(&mut |resolve, reject| entry.file_with_callback_and_callback(&resolve, &reject));
    JsFuture::from(promise).await.ok().map(JsCast::unchecked_into)
}

async fn read_file(file: File, name: &str, named: bool, intake: &mut Intake) {
    // Never negative and, where it matters, far below what a float holds exactly.
    if intake.wants(name, file.size() as u64, named) {
        match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => intake.take(name, js_sys::Uint8Array::new(&buffer).to_vec()),
            Err(_) => intake.could_not_read(name),
        }
    }
}
