//! Files: given to the reader, chosen by the reader, dropped on the page or pasted into it.

use eni_playground::order::{sort_by, sort_by_key};
use eni_playground::scenario::{Intake, MOST_FILES};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};
use web_sys::{HtmlAnchorElement, HtmlInputElement, Url};
use yew::Callback;
use yew::platform::spawn_local;

/// Gives a file to keep.
pub fn download(name: &str, bytes: &[u8]) {
    // Refused only without a document; then nobody is there to take it.
    let _ = try_download(name, bytes);
}

/// What a file is, by the end of its name.
fn type_of(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("json") => "application/json",
        Some("pcapng") => "application/x-pcapng",
        _ => "text/x-shellscript",
    }
}

fn try_download(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let properties = BlobPropertyBag::new();
    properties.set_type(type_of(name));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &properties)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}

/// Who hears of files: once when reading begins, once when it is done.
#[derive(Clone)]
pub struct Taker {
    /// Reading begins. It may take a while.
    pub begins: Callback<()>,
    /// What came of it.
    pub done: Callback<Intake>,
}

/// Lets the reader choose files, or one folder.
pub fn choose(folder: bool, taker: Taker) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(element) = document.create_element("input") else { return };
    let input: HtmlInputElement = element.unchecked_into();
    input.set_type("file");
    input.set_multiple(true);
    if folder {
        input.set_webkitdirectory(true);
    } else {
        input.set_accept(".json,.eni.json,application/json");
    }
    let chosen = input.clone();
    let listener = wasm_bindgen::closure::Closure::once_into_js(move || {
        if let Some(files) = chosen.files() {
            read_list(&files, taker);
        }
    });
    input.set_onchange(Some(listener.unchecked_ref()));
    input.click();
}

/// Reads what was dropped or pasted: files, the files of folders, or else text, which is called `text_name`. False if there is none of them.
pub fn read_transfer(transfer: &DataTransfer, text_name: &str, taker: Taker) -> bool {
    let items = transfer.items();
    // The list is emptied when the event is over, so the entries are taken out of it first.
    let entries: Vec<FileSystemEntry> =
        (0..items.length()).filter_map(|at| items.get(at)).filter_map(|item| item.webkit_get_as_entry().ok().flatten()).collect();
    if !entries.is_empty() {
        read_entries(entries, taker);
        return true;
    }
    if let Some(files) = transfer.files().filter(|files| files.length() > 0) {
        read_list(&files, taker);
        return true;
    }
    let text = transfer.get_data("text/plain").unwrap_or_default();
    if text.trim().is_empty() {
        return false;
    }
    taker.done.emit(Intake::of(vec![(text_name.to_owned(), text.into_bytes())]));
    true
}

/// Reads files of a list. Those of a chosen folder know their paths in it.
fn read_list(list: &FileList, taker: Taker) {
    taker.begins.emit(());
    let mut files: Vec<(String, File)> =
        (0..list.length()).filter_map(|at| list.get(at)).map(|file| (path_in_folder(&file), file)).collect();
    files.retain(|(path, _)| !path.split('/').any(|part| part.starts_with('.')));
    sort_by(&mut files, |(one, _), (other, _)| one.cmp(other));
    spawn_local(async move {
        let title = match files.as_slice() {
            [(path, file), ..] if !path.is_empty() => path.split('/').next().map_or_else(|| file.name(), str::to_owned),
            [(_, file)] => file.name(),
            _ => String::new(),
        };
        let mut intake = Intake::new(&title);
        for (path, file) in files {
            let name = if path.is_empty() { file.name() } else { path.clone() };
            read_file(file, &name, path.is_empty(), &mut intake).await;
        }
        taker.done.emit(intake);
    });
}

/// Where a file stands in the folder that was chosen; nothing if it was chosen by itself.
fn path_in_folder(file: &File) -> String {
    js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath")).ok().and_then(|path| path.as_string()).unwrap_or_default()
}

/// Reads files, and the files of folders.
fn read_entries(mut entries: Vec<FileSystemEntry>, taker: Taker) {
    taker.begins.emit(());
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
                sort_by_key(&mut inside, |entry| std::cmp::Reverse(entry.name()));
                entries.append(&mut inside);
                continue;
            }
            let name = entry.full_path().trim_start_matches('/').to_owned();
            match open_entry(entry.unchecked_into()).await {
                Some(file) => read_file(file, &name, is_named, &mut intake).await,
                None => intake.could_not_read(&name),
            }
        }
        taker.done.emit(intake);
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
