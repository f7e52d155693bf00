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

  async function compileFetched(name) {
    const response = await fetch(url(name), { credentials: "same-origin" });
    if (!response.ok) throw new Fault("en", "badStatus", name);
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

  /** The engine, or its first part. */
  async function compile() {
    if (typeof WebAssembly !== "object") throw new Fault("en", "noWebAssembly");
    if (inline) return { module: await compileInline(), split: false };
    if (!noOrigin) {
      try {
        return { module: await compileFetched(files.wasm), split: Boolean(files.rest) };
      } catch (error) {
        if (error instanceof WebAssembly.CompileError) throw error;
      }
    }
    return { module: await compileFromScript(), split: false };
  }

  let engine = null;
  let rest = null;
  /** Whether the rest has come: then nothing begins without it. */
  let complete = false;

  /** The glue's factory, the compiled module, and whether it is the first of two; fetched once, whoever asks first. */
  function load() {
    if (!engine) {
      const glue = inline ? Promise.resolve(inline.glue) : loadScript(files.glue).then((element) => element.eniGlue);
      engine = Promise.all([glue, compile()]).then(([factory, compiled]) => ({ factory, ...compiled }));
      engine.catch(() => (engine = null));
    }
    return engine;
  }

  /** The rest of the engine, compiled; fetched once, and again for who asks after it could not be had. */
  function loadRest() {
    if (!rest) {
      rest = compileFetched(files.rest);
      rest.then(() => (complete = true), () => (rest = null));
    }
    return rest;
  }

  // --------------------------------------------------------------------------------------------------------------- instances

  /** What unwinds the first part where something of the rest is missing. */
  class Missing extends Error {}

  /** A WebAssembly whose instances can be cut off, and completed: see 3 and 4 at the top. */
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
      instantiate: async (module, imports) => {
        const missing = () => {
          const unwinds = new Missing();
          life.miss(unwinds.stack);
          throw unwinds;
        };
        const instance = await WebAssembly.instantiate(module, { ...imports, rest: { missing } });
        life.complete = async () => {
          const part = await loadRest();
          if (life.dead) return;
          await WebAssembly.instantiate(part, { ...imports, first: instance.exports });
          life.arrive();
        };
        return new GuardedInstance(instance);
      },
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

  /** `whole`: with the rest of the engine from the beginning, where there is one. */
  async function makeInstance(node, options, host, lang, whole) {
    const { factory, module, split } = await load();
    const life = {
      dead: false,
      /** Dead, because it came to something that was not there yet. */
      missed: false,
      /** Ends `arrived`: all of the engine is there. */
      arrive: null,
      arrived: null,
      depth: 0,
      miss(where) {
        if (life.dead) return;
        life.dead = life.missed = true;
        console.info("ENI Playground: the rest was needed before it came: " + where);
        host.missed();
      },
      crash(message) {
        if (life.dead) return;
        life.dead = true;
        console.info("ENI Playground: the engine stopped: " + message);
        host.crashed();
      },
    };
    life.arrived = new Promise((resolve) => (life.arrive = resolve));
    const glue = factory(guardedWebAssembly(life));
    await glue({ module_or_path: module });
    if (!split) life.arrive();
    else if (whole) await life.complete();
    // What is left of a dead instance on the stack has nothing to say any more.
    const handle = glue.mount(node, options, {
      journal: (entry) => life.dead || host.journal(entry),
      checkpoint: (document) => life.dead || host.checkpoint(document),
      whole: () => life.arrived,
      crashed: life.crash,
    });
    if (life.dead && !life.missed) throw new Fault(lang, "stopped");
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
      this.starts = 0;
      this.hope();
      this.ready = this.start();
      this.ready.catch(() => {});
    }

    /** Who waits for the playground waits for this, too: it ends when the rest of the engine cannot be had. */
    hope() {
      this.broken = new Promise((_, reject) => (this.giveUp = reject));
      this.broken.catch(() => {});
    }

    recovery() {
      return this.entries.length || this.checkpoint ? { checkpoint: this.checkpoint, entries: this.entries.slice() } : null;
    }

    async start() {
      this.node.setAttribute("aria-busy", "true");
      this.starts += 1;
      try {
        const { split } = await load();
        // What is not the scene that opens by itself needs more of the engine anyway.
        const { share, parameters } = this.options;
        const whole = !split || complete || Boolean(this.recovery() || share || parameters.scenario);
        if (!whole) await this.make(false);
        const first = this.current;
        if (split) await this.rest();
        // After a crash another one has taken over.
        if (!whole && (!first || this.current !== first)) return;
        if (!whole) await first.life.complete();
        if (whole || first.life.missed) await this.make(true);
      } catch (error) {
        if (!this.restarting) explain(this.node, error, this.lang);
        throw error;
      } finally {
        this.starts -= 1;
        if (!this.starts) this.node.removeAttribute("aria-busy");
      }
    }

    /** Puts a new instance in the place of what is there: the first picture, or an instance that is dead. */
    async make(whole) {
      if (this.unmounted) return;
      const place = element("div", "eni-instance");
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
        missed: () => this.missed(),
      };
      const old = [...this.node.children].filter((child) => !child.classList.contains("eni-notice"));
      this.node.append(place);
      try {
        this.current = await makeInstance(place, { ...this.options, recovery: this.recovery() }, host, this.lang, whole);
      } catch (error) {
        place.remove();
        throw error;
      }
      // What could not even begin leaves the picture where it is.
      (this.current.life.missed ? [place] : old).forEach((child) => child.remove());
    }

    /** Waits for the rest of the engine. Where it cannot be had, that is said, and whoever reads it may ask for it again. */
    async rest() {
      for (;;) {
        try {
          await loadRest();
          break;
        } catch (error) {
          if (this.unmounted) return;
          this.giveUp(new Fault(this.lang, "restNotLoaded"));
          await new Promise((again) => (this.told = notice(this.node, "restNotLoaded", this.lang, "tryAgain", again)));
          this.hope();
        }
      }
      clearTimeout(this.telling);
      if (this.told) this.told.remove();
    }

    /** The instance needs what is not there yet: `start` waits for it. Most often it comes sooner than anyone could read this. */
    missed() {
      if (complete || this.told) return;
      this.telling = setTimeout(() => (this.told = notice(this.node, "restMissing", this.lang)), MILLISECONDS_BEFORE_TELLING);
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
      await Promise.race([this.ready, this.broken]);
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

  /** Says something above the playground, with a button that takes it away, and what else that does. */
  function notice(node, key, lang, button = "dismiss", then = () => {}) {
    node.querySelectorAll(":scope > .eni-notice").forEach((old) => old.remove());
    const box = element("div", "eni-notice");
    box.setAttribute("role", "status");
    const press = element("button", "eni-notice-dismiss", say(lang, button));
    press.type = "button";
    press.onclick = () => {
      box.remove();
      then();
    };
    box.append(element("p", "eni-notice-text", say(lang, key)), press);
    node.prepend(box);
    return box;
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
