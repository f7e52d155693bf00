// What other pages see: calls as plain data, messages, the element. A part of `loader.js`: the build puts it in there.

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
