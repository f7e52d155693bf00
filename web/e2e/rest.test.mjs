// The engine comes in two parts: what runs with the first alone, what happens where the rest is needed sooner than it comes, or does not come at all.
import assert from "node:assert/strict";
import { carry } from "./support/mouse.mjs";
import { OPENINGS } from "./support/openings.mjs";
import { AUTHOR, HOME, call, getState, mounted, pageTest } from "./support/page.mjs";
import { newestTick } from "./support/panes.mjs";
import { eni, eventually, slot } from "./support/scene.mjs";

const REST = /eni-web_rest-[0-9a-f]+\.wasm$/;
const DESK = { context: { viewport: { width: 1440, height: 900 } } };
/** What Chromium itself writes into the console about a request that failed. */
const REFUSED = [/Failed to load resource/, /status 404/, /request failed/];
const busy = (page) => page.locator("#eni-page[aria-busy] > .eni-instance");
const notice = (page, text) => page.locator(".eni-notice[role=status]").filter({ hasText: text });
const isThere = (node) => node.evaluate((element) => element.isConnected);

/** Opens a page; the rest of its engine does not come before it is let through. */
async function held(page, address) {
  let letThrough;
  const wanted = new Promise((resolve) => {
    letThrough = resolve;
  });
  await page.context().route(REST, async (route) => {
    await wanted;
    await route.continue();
  });
  await page.goto(address);
  return letThrough;
}

/** Carries a spare ENI to a free place; whether it got there. Where the first part does not have what that takes, the page says that it waits. */
async function attach(page) {
  const there = slot(page, "web-2", 1).locator(eni(page, "spare"));
  await carry(page, page.locator(".tray").locator(eni(page, "spare")), slot(page, "web-2", 1));
  await page.mouse.up();
  await there.or(notice(page, "still being loaded")).first().waitFor();
  return (await there.count()) > 0;
}

const attached = async (page) => (await getState(page)).live.echo.filter((one) => one.line.includes("attach-network-interface")).length;

pageTest("with the first part alone the scene runs; then the rest joins it", DESK, async ({ page }) => {
  const letThrough = await held(page, `${HOME}/`);
  await busy(page).waitFor();
  const instance = await page.locator(".eni-instance").elementHandle();
  await newestTick(page, "client → svc", "ok").waitFor();
  await page.waitForFunction(() => document.querySelectorAll('svg.lane[aria-label^="client → svc"] .tick.ok').length > 3);
  assert.equal(await busy(page).count(), 1, "it says that it is not finished");
  assert.equal(await page.locator(".eni-notice").count(), 0, "nothing was missing");
  letThrough();
  await mounted(page);
  assert.equal(await isThere(instance), true, "the same instance goes on");
  assert.equal(await attach(page), true);
  await page.getByRole("button", { name: "Help" }).first().click();
  await page.getByRole("dialog").waitFor();
});

pageTest("what needs the rest before it is there waits for it, and what was done stays done", DESK, async ({ page }) => {
  const letThrough = await held(page, `${HOME}/`);
  await busy(page).waitFor();
  const done = await attach(page);
  const instance = await page.locator(".eni-instance").elementHandle();
  const asked = call(page, { kind: "api", service: "ec2", action: "CreateVpc", parameters: { CidrBlock: "10.50.0.0/16" } });
  await page.getByRole("button", { name: "Help" }).first().click();
  await notice(page, "still being loaded").waitFor();
  letThrough();
  assert.ok((await asked).Result, "a call of before is answered");
  await mounted(page);
  assert.equal(await isThere(instance), false, "another instance has taken over");
  assert.equal(await page.locator(".eni-notice").count(), 0);
  if (done) assert.equal(await attached(page), 1);
  await page.getByRole("button", { name: "Help" }).first().click();
  await page.getByRole("dialog").waitFor();
});

for (const [what, answer] of [
  ["is missing", { status: 404, body: "not found" }],
  ["is damaged", { status: 200, contentType: "application/wasm", body: "this is no wasm" }],
]) {
  pageTest(`a rest that ${what} is told, and asked for again`, { ...DESK, expected: REFUSED }, async ({ page, context }) => {
    await context.route(REST, (route) => route.fulfill(answer));
    await page.goto(`${HOME}/`);
    await notice(page, "could not be loaded").waitFor();
    await newestTick(page, "client → svc", "ok").waitFor();
    await assert.rejects(getState(page), /could not be loaded/);
    await page.getByRole("button", { name: "Try again" }).click();
    await notice(page, "could not be loaded").waitFor();
    await context.unroute(REST);
    await page.getByRole("button", { name: "Try again" }).click();
    await mounted(page);
    assert.equal(await page.locator(".eni-notice").count(), 0);
    assert.equal(await attach(page), true);
  });
}

for (const address of OPENINGS) {
  pageTest(`a page that is opened with ${address} begins with the first part alone`, DESK, async ({ page }) => {
    const letThrough = await held(page, HOME + address);
    await busy(page).locator(".board").waitFor();
    assert.equal(await page.locator(".eni-notice").count(), 0, "nothing was missing");
    letThrough();
    await mounted(page);
    assert.ok(await getState(page));
  });
}

pageTest("a scene that does not open by itself waits for both parts", DESK, async ({ page }) => {
  const letThrough = await held(page, `${HOME}/?scenario=two-doors`);
  // Another playground beside it, of the scene that opens by itself: when that runs, the first part is there and could have been used.
  await page.evaluate(() => document.body.append(document.createElement("eni-playground")));
  await page.locator("eni-playground[aria-busy] > .eni-instance .board").waitFor();
  assert.equal(await page.locator("#eni-page .eni-instance").count(), 0, "nothing has begun");
  letThrough();
  await mounted(page);
  assert.ok(await getState(page));
});

/** Makes the next call into an instance end in a trap when `window.trap` is set: it stands for a fault of the engine. */
const TRAPS = () => {
  const make = WebAssembly.instantiate;
  WebAssembly.instantiate = async (module, imports) => {
    const instance = await make(module, imports);
    const guarded = ([name, value]) => {
      const entry = (...values) => {
        if (!window.trap) return value(...values);
        window.trap = false;
        throw new WebAssembly.RuntimeError("made by the test");
      };
      return [name, typeof value === "function" ? entry : value];
    };
    return { exports: Object.fromEntries(Object.entries(instance.exports).map(guarded)) };
  };
};

pageTest("a crash while the rest is on its way: the playground begins again at once, and becomes whole", DESK, async ({ page }) => {
  await page.addInitScript(TRAPS);
  const letThrough = await held(page, `${HOME}/`);
  await busy(page).waitFor();
  const instance = await page.locator(".eni-instance").elementHandle();
  // The clock of the scene enters the engine by itself.
  await page.evaluate(() => (window.trap = true));
  await eventually(page, "another instance has taken over", () => isThere(instance), (there) => !there);
  await busy(page).locator(".board").waitFor();
  letThrough();
  await notice(page, "before the last act").waitFor();
  await mounted(page);
  assert.equal(await page.locator(".eni-instance").count(), 1);
  await newestTick(page, "client → svc", "ok").waitFor();
  assert.equal(await attach(page), true);
  assert.equal(await attached(page), 1);
});

pageTest("two playgrounds of a page share the rest, and each becomes whole", {}, async ({ page }) => {
  let asked = 0;
  page.on("request", (request) => {
    asked += REST.test(request.url()) ? 1 : 0;
  });
  const letThrough = await held(page, `${AUTHOR}/two.html`);
  for (const id of ["one", "two"]) await page.locator(`#${id}[aria-busy]`).waitFor();
  letThrough();
  for (const id of ["one", "two"]) {
    await mounted(page, `#${id}`);
    await eventually(page, `${id} answers`, () => page.evaluate((id) => document.getElementById(id).getState().then(Boolean), id), Boolean);
  }
  assert.equal(asked, 1);
});
