// One playground on one node: it outlives its instances. A part of `loader.js`: the build puts it in there.

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
