// Fetching the engine: from the web, from a classic script, or out of the single file. A part of `loader.js`: the build puts it in there.

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
