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
// 4. For other pages: `<eni-playground scenario="…" theme="…">` makes one mount per element (attributes are the page parameters; methods
//    `call`, `getState`; event `eni-ready`). An embedded page answers messages of the window that embeds it, and of its own window:
//      in   { source: "eni-playground", v: 1, id, type: "call", act } | { …, type: "getState" } | { …, type: "ready" }
//      out  { source: "eni-playground", v: 1, id, type: "reply", ok: true, value } | { …, ok: false, error } | { …, id: null, type: "ready" }
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

  // ---------------------------------------------------------------------------------------------------------------- loading

  function url(name) {
    return new URL(name, base).href;
  }

  function loadScript(name) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = url(name);
      element.onload = () => {
        element.remove();
        resolve(element);
      };
      element.onerror = () => {
        element.remove();
        reject(new Fault("en", "notLoaded", name));
      };
      document.head.append(element);
    });
  }

  function fromBase64(text) {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
    return bytes;
  }

  async function compileFetched() {
    const response = await fetch(url(files.wasm), { credentials: "same-origin" });
    if (!response.ok) throw new Fault("en", "badStatus", files.wasm);
    // A server that does not know the type is no reason to fail: only the streaming form insists on it.
    if ((response.headers.get("Content-Type") || "").startsWith("application/wasm")) {
      return WebAssembly.compileStreaming(response);
    }
    return WebAssembly.compile(await response.arrayBuffer());
  }

  async function compileFromScript() {
    const element = await loadScript(files.fallback);
    return WebAssembly.compile(fromBase64(element.eniBytes));
  }

  async function compileInline() {
    const packed = new Blob([fromBase64(inline.wasm)]);
    const bytes = await new Response(packed.stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
    return WebAssembly.compile(bytes);
  }

  async function compile() {
    if (typeof WebAssembly !== "object") throw new Fault("en", "noWebAssembly");
    if (inline) return compileInline();
    if (noOrigin) return compileFromScript();
    try {
      return await compileFetched();
    } catch (error) {
      if (error instanceof WebAssembly.CompileError) throw error;
      return compileFromScript();
    }
  }

  let engine = null;

  /** The glue's factory and the compiled module; fetched once, whoever asks first. */
  function load() {
    if (!engine) {
      const glue = inline ? Promise.resolve(inline.glue) : loadScript(files.glue).then((element) => element.eniGlue);
      engine = Promise.all([glue, compile()]).then(([factory, module]) => ({ factory, module }));
      engine.catch(() => (engine = null));
    }
    return engine;
  }

  // --------------------------------------------------------------------------------------------------------------- instances

  /** A WebAssembly whose instances can be cut off: see 3 at the top. */
  function guardedWebAssembly(life) {
    class GuardedInstance {
      constructor(instance) {
        const exports = {};
        for (const [name, value] of Object.entries(instance.exports)) {
          exports[name] = typeof value === "function" ? guard(value, life) : value;
        }
        this.exports = Object.freeze(exports);
      }
    }
    return {
      Module: WebAssembly.Module,
      Instance: GuardedInstance,
      instantiate: async (module, imports) => new GuardedInstance(await WebAssembly.instantiate(module, imports)),
    };
  }

  /** What a dead instance answers: the glue takes it for "no error, nothing". */
  const NOTHING = Object.freeze([0, 0, 0, 0]);

  function guard(entry, life) {
    return function (...values) {
      if (life.dead) return NOTHING;
      life.depth += 1;
      try {
        return entry(...values);
      } catch (error) {
        const trap = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
        if (trap) life.crash(String(error.message));
        // Frames of the dead instance below this one must be unwound; only the outermost entry ends it quietly.
        if (life.dead && life.depth === 1) return NOTHING;
        throw error;
      } finally {
        life.depth -= 1;
      }
    };
  }

  async function makeInstance(node, options, host, lang) {
    const { factory, module } = await load();
    const life = {
      dead: false,
      depth: 0,
      crash(message) {
        if (life.dead) return;
        life.dead = true;
        console.info("ENI Playground: the engine stopped: " + message);
        host.crashed();
      },
    };
    const glue = factory(guardedWebAssembly(life));
    await glue({ module_or_path: module });
    const handle = glue.mount(node, options, {
      journal: host.journal,
      checkpoint: host.checkpoint,
      crashed: life.crash,
    });
    if (life.dead) throw new Fault(lang, "stopped");
    return { life, handle };
  }

  /** One playground on one node: an instance after the other, and the journal that outlives them. */
  class Mount {
    constructor(node, options) {
      this.node = node;
      this.options = options;
      this.lang = options.parameters.lang;
      this.checkpoint = null;
      this.entries = [];
      this.current = null;
      this.crashesInARow = 0;
      this.unmounted = false;
      this.ready = this.start();
      this.ready.catch(() => {});
    }

    async start() {
      const place = document.createElement("div");
      place.className = "eni-instance";
      const recovery = this.entries.length || this.checkpoint ? { checkpoint: this.checkpoint, entries: this.entries.slice() } : null;
      const host = {
        journal: (entry) => {
          // It lives long enough to be asked for another act.
          this.crashesInARow = 0;
          this.entries.push(entry);
        },
        checkpoint: (document) => {
          this.checkpoint = document;
          this.entries = [];
          this.crashesInARow = 0;
        },
        crashed: () => this.crashed(),
      };
      this.node.setAttribute("aria-busy", "true");
      try {
        await load();
        if (this.unmounted) return;
        // The node holds the first picture until there is something to put in its place.
        const old = [...this.node.children].filter((child) => !child.classList.contains("eni-notice"));
        this.node.append(place);
        this.current = await makeInstance(place, { ...this.options, recovery }, host, this.lang);
        old.forEach((child) => child.remove());
      } catch (error) {
        place.remove();
        if (!this.restarting) explain(this.node, error, this.lang);
        throw error;
      } finally {
        this.node.removeAttribute("aria-busy");
      }
    }

    crashed() {
      this.entries.pop();
      this.crashesInARow += 1;
      this.current = null;
      if (this.restarting || this.unmounted) return;
      // The dead instance is still on the stack: let it unwind first.
      this.restarting = true;
      this.ready = Promise.resolve().then(() => this.restart());
      this.ready.catch(() => {});
    }

    async restart() {
      while (this.crashesInARow <= CRASHES_IN_A_ROW) {
        const before = this.crashesInARow;
        await this.start().catch(() => {
          if (this.crashesInARow === before) this.crashesInARow += 1;
        });
        if (this.current && this.crashesInARow === before) {
          this.restarting = false;
          notice(this.node, "restarted", this.lang);
          return;
        }
      }
      this.restarting = false;
      this.node.replaceChildren();
      notice(this.node, "gaveUp", this.lang);
      throw new Fault(this.lang, "gaveUp");
    }

    /** Runs `use` on the handle of the instance that is alive. */
    async withHandle(use) {
      await this.ready;
      const instance = this.current;
      if (!instance) throw new Fault(this.lang, "notMounted");
      let value;
      try {
        value = use(instance.handle);
      } catch (error) {
        throw instance.life.dead ? new Fault(this.lang, "stopped") : error;
      }
      if (instance.life.dead) throw new Fault(this.lang, "stopped");
      return value;
    }

    call(act) {
      return this.withHandle((handle) => handle.call(plainData(act, this.lang)));
    }

    getState() {
      return this.withHandle((handle) => handle.getState());
    }

    unmount() {
      this.unmounted = true;
      const instance = this.current;
      this.current = null;
      if (instance) {
        instance.handle.unmount();
        instance.life.dead = true;
      }
      this.node.replaceChildren();
    }
  }

  /** How deep lists and objects are in each other; counted without recursion, because it may be very deep. */
  function depthOf(text) {
    let depth = 0;
    let deepest = 0;
    for (const [mark] of text.replace(/"(?:[^"\\]|\\.)*"/g, "").matchAll(/[[\]{}]/g)) {
      depth += mark === "[" || mark === "{" ? 1 : -1;
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  /** A copy that is data and nothing else: no getters, no prototypes, no cycles, and not too much of it. */
  function plainData(value, lang) {
    let text;
    try {
      text = JSON.stringify(value);
    } catch (error) {
      throw new Fault(lang, "notData");
    }
    if (text === undefined) throw new Fault(lang, "notData");
    if (text.length > MESSAGE_LIMIT) throw new Fault(lang, "tooLarge");
    if (depthOf(text) > DEPTH_LIMIT) throw new Fault(lang, "tooDeep");
    return JSON.parse(text);
  }

  // ------------------------------------------------------------------------------------------------------ what is said without engine

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function notice(node, key, lang) {
    node.querySelectorAll(":scope > .eni-notice").forEach((old) => old.remove());
    const box = element("div", "eni-notice");
    box.setAttribute("role", "status");
    const dismiss = element("button", "eni-notice-dismiss", say(lang, "dismiss"));
    dismiss.type = "button";
    dismiss.onclick = () => box.remove();
    box.append(element("p", "eni-notice-text", say(lang, key)), dismiss);
    node.prepend(box);
  }

  /** What may be the cause of an error, by keys of the table. */
  function causesOf(error, message) {
    if (/Content Security Policy|unsafe-eval/i.test(message)) return ["causePolicy"];
    if (error.key === "noWebAssembly") return ["causeBrowser"];
    if (error instanceof Fault) return ["causeFile", "causeConnect"];
    if (typeof WebAssembly === "object" && error instanceof WebAssembly.CompileError) return ["causeDamaged"];
    return [];
  }

  /** Says in plain words why the engine cannot be loaded, and what to do. The detail is the browser's own, where it is no fault of ours. */
  function explain(node, error, lang) {
    const message = String((error && error.message) || error);
    const panel = element("div", "eni-failure");
    panel.setAttribute("role", "alert");
    panel.append(element("h2", "eni-failure-title", say(lang, "cannotLoad")));
    causesOf(error, message).forEach((cause) => panel.append(element("p", "eni-failure-cause", say(lang, cause))));
    panel.append(element("pre", "eni-failure-detail", error instanceof Fault ? say(lang, error.key, error.file) : message));
    node.replaceChildren(panel);
  }

  // ----------------------------------------------------------------------------------------------------------------- messages

  function answerMessages(mount) {
    const embedder = window.parent === window ? null : window.parent;
    const send = (to, origin, message) =>
      to.postMessage({ source: SOURCE, v: 1, ...message }, origin === "null" ? "*" : origin);

    window.addEventListener("message", async (event) => {
      const from = event.source;
      if (!from || (from !== embedder && from !== window)) return;
      const data = event.data;
      if (!data || data.source !== SOURCE || data.v !== 1) return;
      if (typeof data.id !== "string" && typeof data.id !== "number") return;
      const answers = { call: () => mount.call(data.act), getState: () => mount.getState(), ready: () => mount.ready.then(() => true) };
      if (!Object.hasOwn(answers, data.type)) return;
      try {
        send(from, event.origin, { id: data.id, type: "reply", ok: true, value: await answers[data.type]() });
      } catch (error) {
        send(from, event.origin, { id: data.id, type: "reply", ok: false, error: String((error && error.message) || error) });
      }
    });
    // That the page is ready is no secret, and whoever embeds a page without origin cannot be named.
    if (embedder) mount.ready.then(() => send(embedder, "*", { id: null, type: "ready" }), () => {});
  }

  // ------------------------------------------------------------------------------------------------------------------ element

  const NOT_PARAMETERS = new Set(["id", "class", "style", "slot", "hidden", "title", "role", "tabindex"]);

  class PlaygroundElement extends HTMLElement {
    connectedCallback() {
      if (this.mount) return;
      const parameters = {};
      for (const { name, value } of this.attributes) {
        if (!NOT_PARAMETERS.has(name) && !name.startsWith("aria-") && !name.startsWith("data-")) parameters[name] = value;
      }
      (files.styles || []).forEach((sheet) => addStyles(url(sheet)));
      const test = parameters.test === "1";
      delete parameters.test;
      this.mount = new Mount(this, { parameters, share: "", embedded: true, test });
      this.ready = this.mount.ready.then(() => {
        this.dispatchEvent(new CustomEvent("eni-ready"));
      });
      this.ready.catch(() => {});
    }

    disconnectedCallback() {
      // Moved within the document is not removed from it.
      queueMicrotask(() => {
        if (this.isConnected || !this.mount) return;
        this.mount.unmount();
        this.mount = null;
      });
    }

    call(act) {
      return this.mount ? this.mount.call(act) : Promise.reject(new Fault(this.getAttribute("lang"), "notMounted"));
    }

    getState() {
      return this.mount ? this.mount.getState() : Promise.reject(new Fault(this.getAttribute("lang"), "notMounted"));
    }
  }

  function addStyles(href) {
    if ([...document.querySelectorAll("link[rel=stylesheet]")].some((link) => link.href === href)) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    document.head.append(link);
  }

  // --------------------------------------------------------------------------------------------------------------------- page

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
