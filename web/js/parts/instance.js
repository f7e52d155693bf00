// An instance of the engine that can be cut off and completed: see 2, 3 and 4 in `loader.js`. A part of `loader.js`: the build puts it in there.

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
