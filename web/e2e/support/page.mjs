// What every browser test uses: a fresh context per test in the one browser, and a console that has to stay empty.
import assert from "node:assert/strict";
import test, { after } from "node:test";
import { chromium } from "playwright-core";

/** The server of the page, under the full policy. `/docs/net/play/` is the same folder, deeper. */
export const HOME = process.env.ENI_E2E_HOME;
/** Another origin, without a policy: the pages of people who embed ours (`pages/`), and `/copy/`, the page itself. */
export const AUTHOR = process.env.ENI_E2E_AUTHOR;
/** The path of the single-file build. */
export const SINGLE = process.env.ENI_E2E_SINGLE;

/** How many times slower than this machine every page runs: `ENI_E2E_THROTTLE=4` shows what a slow machine would. */
const THROTTLE = Number(process.env.ENI_E2E_THROTTLE ?? 1);
const DEFAULT_TIMEOUT = 60000;
const LOADING_TIMEOUT = 150000;
let connected = null;

function browser() {
  connected ??= chromium.connect(process.env.ENI_E2E_BROWSER);
  return connected;
}

after(async () => {
  if (connected) await (await connected).close();
});

/**
 * A test with a page of its own. Options: `context` for Playwright's newContext, `path` to open first (relative to HOME, or a whole address),
 * `expected` a list of regular expressions for problems that this test provokes. After the test nothing else may have been said in any
 * console of the context, nothing thrown, no request failed or gone to another server.
 */
export function pageTest(name, options, body) {
  test(name, { timeout: 300000, skip: options.skip }, async (context) => {
    const own = await (await browser()).newContext(options.context);
    own.setDefaultTimeout(DEFAULT_TIMEOUT);
    own.setDefaultNavigationTimeout(LOADING_TIMEOUT);
    const problems = watch(own);
    try {
      const page = await own.newPage();
      if (THROTTLE > 1) await (await own.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
      if (options.path !== undefined) await page.goto(new URL(options.path, HOME).href);
      await body({ page, context: own, problems, test: context }).catch((error) => {
        problems.forEach((problem) => context.diagnostic(problem));
        throw error;
      });
      const unexpected = problems.filter((problem) => !(options.expected ?? []).some((pattern) => pattern.test(problem)));
      assert.deepEqual(unexpected, [], "the console has to be empty");
    } finally {
      // A service worker may be asking still.
      await own.unrouteAll({ behavior: "ignoreErrors" });
      await own.close();
    }
  });
}

/** Collects all that must not happen in a context. */
export function watch(context) {
  const problems = [];
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => problems.push(`thrown: ${error.error().message}`));
  context.on("requestfailed", (request) => problems.push(`request failed: ${request.url()} ${request.failure()?.errorText}`));
  context.on("response", (response) => {
    if (response.status() >= 400) problems.push(`status ${response.status()}: ${response.url()}`);
  });
  context.on("request", (request) => {
    const address = new URL(request.url());
    const ours = [HOME, AUTHOR].some((server) => address.origin === server) || ["data:", "blob:", "file:", "about:"].includes(address.protocol);
    if (!ours) problems.push(`request to another server: ${request.url()}`);
  });
  return problems;
}

/** Waits until the playground in a page or frame is mounted. */
export async function mounted(frame, selector = "#eni-page") {
  const either = frame.locator(`${selector}:not([aria-busy]) > .eni-instance, ${selector} > .eni-failure`).first();
  await either.waitFor();
  const failure = frame.locator(`${selector} > .eni-failure`);
  if (await failure.count()) throw new Error(await failure.innerText());
}

let sent = 0;

/** Sends a message to the playground in this very window, as a script of the page could, and returns the answer's value. */
export async function ask(frame, type, members = {}) {
  sent += 1;
  const reply = await frame.evaluate(
    ([id, type, members]) =>
      new Promise((resolve) => {
        const listen = (event) => {
          const data = event.data;
          if (data?.source !== "eni-playground" || data.id !== id || data.type !== "reply") return;
          window.removeEventListener("message", listen);
          resolve(data);
        };
        window.addEventListener("message", listen);
        window.postMessage({ source: "eni-playground", v: 1, id, type, ...members }, "*");
      }),
    [`test-${sent}`, type, members],
  );
  if (!reply.ok) throw new Error(reply.error);
  return reply.value;
}

/** The document that the playground in this window holds. */
export const getState = (frame) => ask(frame, "getState");
/** What was done and what came of it, without what goes on by itself (the clock, the clients). */
export function facts({ live, playground, ...document }) {
  const { clock, ...counters } = playground.counters;
  return { ...document, playground: { ...playground, counters }, echo: live.echo };
}
/** Carries out one act. */
export const call = (frame, act) => ask(frame, "call", { act });
