// The loader: it fetches the engine, makes instances of it, keeps them alive, and speaks for them to other pages.
//
// It is a classic script on purpose. A frame with `sandbox="allow-scripts"` and a page from `file://` have no origin; module scripts and
// `fetch` are refused there, classic scripts are not.
//
// 1. The interface between the loader and the engine (`web/src/embed`)
//
//    engine.mount(node, options, host) -> handle
//      node      an empty element that is the instance's own
//      options   plain data: { parameters: {name: text}, share: text, embedded: bool, test: bool,
//                              recovery: null | { checkpoint: null | text, entries: [text] } }
//      host      what the instance may tell the loader:
//        host.journal(entry)        an act is about to be applied; `entry` (text) is enough to apply it again. Called BEFORE it is applied,
//                                   and not for the entries of a recovery.
//        host.checkpoint(document)  everything up to now is in `document` (text): start from it, forget the entries so far
//        host.whole()               a promise: all of the engine is there. Nothing is begun in storage before that: see 4
//        host.crashed(message)      called by the panic hook; the instance is dead from here on
//      handle    handle.call(act) -> reply, handle.getState() -> document (plain data both), handle.unmount()
//
// 2. One mount is one instance. The glue that wasm-bindgen writes keeps its state in variables, so the build wraps it in a factory
//    (`document.currentScript.eniGlue = (WebAssembly) => …`) and each mount calls the factory again. Only the compiled, immutable
//    WebAssembly.Module is shared.
//
// 3. A wasm instance that has panicked does not stop: it would go on answering clicks with broken state. So the factory gets a WebAssembly
//    whose instances have guarded exports. Every way into the instance (listeners, timers, frames, promises) leads through an export; once
//    the instance is dead none of them enters it any more. A trap that no panic announces (stack overflow, out of memory) is seen there too.
//    After a crash a new instance is mounted on a new node and given the recovery journal without its last entry. The journal is held in
//    this page's memory, so it works where storage is refused.
//
// 4. The engine is shipped in two parts. The first has what the first scene, its traffic and the first hands were seen to use when it was built
//    (`crates/xtask/src/split`); the rest comes as soon as that runs, and puts its functions into the table of the instance. Until then the
//    page is busy (`aria-busy`), and `ready` waits. Where the first part comes to something that is not there, it calls `missing`: the
//    instance is cut off, and when the rest is there, another one takes its place, with the journal, the last entry too. What has no origin, and
//    the single file, have the engine in one piece.
//
// 5. For other pages: `<eni-playground scenario="…" theme="…">` makes one mount per element (attributes are the page parameters; methods
//    `call`, `getState`; event `eni-ready`). An embedded page answers messages of the window that embeds it, and of its own window:
//      in   { source: "eni-playground", v: 1, id, type: "call", act } | { …, type: "getState" } | { …, type: "ready" }
//      out  { source: "eni-playground", v: 1, id, type: "reply", ok: true, value } | { …, ok: false, error } | { …, id: null, type: "ready" }
//
// 6. It is one script, written in parts (`web/js/parts`), which the build puts in where they are named below.
//
// The few sentences that are shown when there is no engine to ask come from the same table as all others: see WORDS.
(function () {
  "use strict";

  const script = document.currentScript;
  const base = script && script.src ? script.src : document.baseURI;
  const inline = script && script.eniInline;
  /** The hashed names: from `data-` attributes on the page, written in by the build for `eni-playground.js`. */
  const files = Object.assign({}, null /* xtask:files */, script ? script.dataset : {});
  /** No origin: `fetch` would be refused and would leave an error in the console, so it is not tried. */
  const noOrigin = self.origin === "null" || location.protocol === "file:";
  const MESSAGE_LIMIT = 1000000;
  const DEPTH_LIMIT = 64;
  const CRASHES_IN_A_ROW = 3;
  const MILLISECONDS_BEFORE_TELLING = 300;
  const SOURCE = "eni-playground";

  /** The loader's sentences by key: the build writes them in, from `crates/playground/src/words/loader.json`. */
  const WORDS = null /* xtask:words */;

  /** A sentence of the table. In the pseudo language each letter bears a mark, as in the engine's own words. */
  function say(lang, key, name) {
    const mark = (part) => (part === "{name}" ? part : part + "\u0301");
    const text = /^(pseudo|en-XA)$/i.test(lang) ? `⟦${WORDS[key].replace(/\{name\}|[a-z]/gi, mark)}⟧` : WORDS[key];
    return text.replace("{name}", () => name);
  }

  /** Something that the table has words for. */
  class Fault extends Error {
    constructor(lang, key, file) {
      super(say(lang, key, file));
      this.key = key;
      this.file = file;
    }
  }

  /* xtask:part loading.js */
  /* xtask:part instance.js */
  /* xtask:part mount.js */
  /* xtask:part notice.js */
  /* xtask:part embedding.js */

  function keepForOffline(embedded) {
    const can = "serviceWorker" in navigator && self.isSecureContext && !noOrigin;
    if (!can || inline || !files.worker || window.parent !== window || embedded) return;
    navigator.serviceWorker.register(url(files.worker)).catch(() => {});
  }

  function startPage(node) {
    const parameters = {};
    for (const [name, value] of new URLSearchParams(location.search)) parameters[name] = value;
    const test = parameters.test === "1";
    delete parameters.test;
    const framed = window.parent !== window;
    const embedded = parameters.embed === undefined ? framed : !["0", "false", "no"].includes(parameters.embed);
    // The first picture is of the scene that opens by itself; of another one it would not be true.
    if (parameters.scenario || location.hash.length > 1) node.replaceChildren();
    const mount = new Mount(node, { parameters, share: location.hash.slice(1), embedded, test });
    answerMessages(mount);
    mount.ready.then(() => keepForOffline(embedded), () => {});
  }

  if (!customElements.get("eni-playground")) customElements.define("eni-playground", PlaygroundElement);
  const page = document.getElementById("eni-page");
  if (page && (inline || files.page !== undefined)) startPage(page);
})();
