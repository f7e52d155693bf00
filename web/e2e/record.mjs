// Plays the first moments of a visit on a page whose engine remembers where it has been, and writes down where that was:
//
//   node record.mjs FOLDER FILE      (`cargo xtask dist` makes the folder, and splits the engine by the file: crates/xtask/src/record.rs)
//
// What is played here is what a visitor can do before all of the engine is there. A step that fails is told and left out: the page then does the
// same as ever, only later. There is nothing to wait for in most steps, so they last as long as they take a hand.
//
// In the end the jobs by which `cargo xtask bench` measures are done, without a browser: what they come by is to be fast when all is there.
// The file has a byte for each point: 1 where a visit came by, 2 where a job did, 3 where both.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { chromiumPath } from "./support/chromium.mjs";
import { carry } from "./support/mouse.mjs";
import { OPENINGS } from "./support/openings.mjs";
import { mounted } from "./support/page.mjs";
import { eni, instance, slot } from "./support/scene.mjs";

const [folder, file] = process.argv.slice(2);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const [program, ...first] = process.env.ENI_XTASK ? [process.env.ENI_XTASK] : ["cargo", "run", "--quiet", "--package", "xtask", "--"];
const sized = (width, height) => ({ viewport: { width, height } });
const DESK = sized(1440, 900);

/** The jobs of `eni_core::measure`. */
const JOBS = ["packet", "judge", "exchange", "verdict", "act"];

let marks = null;

/** The marks of all instances of a page, joined with those so far. */
async function collect(page) {
  const text = await page.evaluate(() => {
    const all = [];
    for (const { exports } of window.instances) {
      const own = new Uint8Array(exports.memory.buffer, exports.marks.value, exports["marks-count"].value);
      own.forEach((mark, index) => (all[index] = all[index] || mark));
    }
    return all.join("");
  });
  marks ??= Buffer.alloc(text.length);
  for (let index = 0; index < text.length; index += 1) if (text[index] === "1") marks[index] = 1;
}

/** Opens the page as somebody with this screen does, lets it run, and does some things; then with other parameters, which need not run for long. */
async function visit(browser, home, what, context, address, steps, others = []) {
  const own = await browser.newContext(context);
  try {
    // That it begins may take as long as it does; a step that cannot be done is not worth waiting for.
    own.setDefaultTimeout(150000);
    const page = await own.newPage();
    await page.addInitScript(() => {
      window.instances = [];
      const make = WebAssembly.instantiate;
      WebAssembly.instantiate = async (module, imports) => {
        const instance = await make(module, imports);
        window.instances.push(instance);
        return instance;
      };
    });
    await page.goto(home + address);
    await mounted(page);
    page.setDefaultTimeout(10000);
    await page.waitForTimeout(3000);
    for (const step of steps) {
      await step(page, own).catch((error) => console.error(`    a step of ${what} is left out: ${error.message.split("\n")[0]}`));
      await page.waitForTimeout(300);
    }
    await collect(page);
    for (const other of others) {
      await page.goto(home + other);
      // With a hand that begins at once.
      await page.locator(".eni-instance .board").waitFor();
      await page.mouse.move(300, 300, { steps: 3 });
      await mounted(page);
      await wander(page);
      await page.waitForTimeout(1000);
      await collect(page);
    }
    console.error(`    ${what}: ${marks.reduce((sum, mark) => sum + mark, 0)} points`);
  } finally {
    await own.close();
  }
}

/** The jobs, each on an engine of its own. */
async function jobs() {
  const read = (pattern) => readFileSync(path.join(folder, readdirSync(folder).find((name) => pattern.test(name))));
  const module = new WebAssembly.Module(read(/^eni-web_bg.*\.wasm$/));
  globalThis.document = { currentScript: {} };
  (0, eval)(String(read(/^eni-web-.*\.js$/)));
  const factory = document.currentScript.eniGlue;
  delete globalThis.document;
  for (const job of JOBS) {
    let all;
    const instantiate = async (...given) => (all = await WebAssembly.instantiate(...given));
    const glue = factory({ Module: WebAssembly.Module, Instance: WebAssembly.Instance, instantiate });
    await glue({ module_or_path: module });
    if (glue.bench(job, 40) !== 40) throw new Error(`the job ${job} was not done`);
    const own = new Uint8Array(all.exports.memory.buffer, all.exports.marks.value, all.exports["marks-count"].value);
    own.forEach((mark, index) => (marks[index] |= 2 * mark));
  }
  console.error(`    the jobs: ${marks.reduce((sum, mark) => sum + (mark >> 1), 0)} points`);
}

const tray = (page, name) => page.locator(".tray").locator(eni(page, name));
const drop = async (page) => {
  await page.mouse.up();
  await page.waitForTimeout(700);
};

/** Slowly over everything, from corner to corner. */
async function wander(page) {
  const { width, height } = page.viewportSize();
  for (const [x, y] of [[0.2, 0.2], [0.8, 0.3], [0.2, 0.5], [0.8, 0.6], [0.4, 0.9], [0.95, 0.5], [0.5, 0.4]]) await page.mouse.move(x * width, y * height, { steps: 15 });
}

const BY_MOUSE = [
  wander,
  async (page) => {
    await carry(page, tray(page, "spare"), slot(page, "web-2", 1));
    await drop(page);
  },
  async (page) => {
    await carry(page, eni(page, "spare"), slot(page, "web-1", 2));
    await wander(page);
    await drop(page);
  },
  async (page) => {
    await carry(page, eni(page, "svc"), slot(page, "web-2", 2));
    await page.waitForTimeout(500);
    await drop(page);
  },
  async (page) => {
    await carry(page, eni(page, "web-3-main"), slot(page, "web-2", 2));
    await page.waitForTimeout(500);
    await page.keyboard.press("Escape");
    await drop(page);
  },
  async (page) => {
    await carry(page, page.locator(".tray .free"), eni(page, "web-2-main"));
    await drop(page);
  },
  async (page) => page.mouse.wheel(0, 200),
  async (page) => page.setViewportSize({ width: 1200, height: 800 }),
];
const BY_KEYS = [
  async (page) => {
    for (const key of ["Tab", "Tab", "ArrowDown", "ArrowRight", "ArrowUp", "Tab", "Shift+Tab", "Escape"]) await page.keyboard.press(key);
  },
];
const BY_TAPS = [
  async (page) => page.touchscreen.tap(200, 400),
  async (page) => page.keyboard.press("Escape"),
];
const SLOWLY = [
  async (page, context) => {
    await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.waitForTimeout(3000);
  },
];

const server = spawn(program, [...first, "serve", "--at", `/=${folder}`], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
const home = await new Promise((resolve, reject) => {
  server.stdout.once("data", (chunk) => resolve(String(chunk).trim()));
  server.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
});
const browser = await chromium.launch({ executablePath: chromiumPath(), headless: true, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
try {
  await visit(browser, home, "a mouse", DESK, "/", BY_MOUSE, ["/", ...OPENINGS]);
  await visit(browser, home, "keys, in the dark", { ...sized(1280, 720), colorScheme: "dark", reducedMotion: "reduce" }, "/", BY_KEYS);
  await visit(browser, home, "a phone", { ...sized(390, 844), hasTouch: true, isMobile: true }, "/", BY_TAPS);
  await visit(browser, home, "a tablet", { ...sized(820, 1180), hasTouch: true }, "/", BY_TAPS);
  await visit(browser, home, "a small window", sized(1024, 700), "/?theme=projector&test=1", [wander]);
  await visit(browser, home, "a frame of another page", sized(900, 600), "/?embed=1", [wander], ["/", ...OPENINGS]);
  await visit(browser, home, "a slow machine", DESK, "/", [...SLOWLY, ...BY_MOUSE]);
  await jobs();
  writeFileSync(file, marks);
} finally {
  await browser.close();
  server.removeAllListeners("exit");
  server.kill();
}
process.exit(0);
