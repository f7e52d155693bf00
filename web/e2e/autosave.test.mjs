// The work is kept: after a closed tab it is there again, an earlier visit is never written over unseen, and what the page says of it is true.
import assert from "node:assert/strict";
import { call, getState, mounted, pageTest } from "./support/page.mjs";
import { eni, eventually, live, slot } from "./support/scene.mjs";

const wide = { viewport: { width: 1440, height: 900 } };
const home = () => new URL("/", process.env.ENI_E2E_HOME).href;
const allocate = { kind: "api", service: "ec2", action: "AllocateAddress", parameters: { Domain: "vpc" } };
/** An act that adds no address. */
const attachNothing = { kind: "api", service: "ec2", action: "CreateVpc", parameters: { CidrBlock: "10.77.0.0/16" } };
const saved = (page, state) => page.locator(`.eni-app[data-saved=${state}]`).waitFor();
const attached = (page) => slot(page, "web-2", 1).locator(eni(page, "spare")).waitFor();
const attach = async (page) => {
  await page.locator(".tray").locator(eni(page, "spare")).click({ position: { x: 60, y: 20 } });
  await slot(page, "web-2", 1).click();
  await attached(page);
};

/** How far time came, as the device has it, in milliseconds; 0 if that is not kept. */
const keptTime = async () => {
  const result = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
  const database = await result(indexedDB.open("eni-playground", 1));
  const work = database.transaction("work").objectStore("work");
  const names = await result(work.getAllKeys());
  const name = names.find((one) => one.endsWith("/time"));
  const kept = name && JSON.parse(await result(database.transaction("work").objectStore("work").get(name)));
  database.close();
  return kept ? Math.floor(kept.leftAt / 1000) : 0;
};

/** A first visit that did something, and was left. */
async function visit(page) {
  await mounted(page);
  await attach(page);
  await saved(page, "OnDevice");
  await page.close();
}

/** The storage is not open, and who waits for it waits in `window.held` until `release`; from the start, or from now on. */
const hold = () => {
  if (!window.held) {
    const property = Object.getOwnPropertyDescriptor(IDBRequest.prototype, "onsuccess");
    const set = function (listener) {
      const waits = this instanceof IDBOpenDBRequest;
      property.set.call(this, (event) => (waits && window.held ? window.held.push(() => listener.call(this, event)) : listener.call(this, event)));
    };
    if (!window.holding) Object.defineProperty(IDBRequest.prototype, "onsuccess", { ...property, set });
    window.holding = true;
    window.held = [];
  }
};
const release = (page) =>
  page.evaluate(() => {
    const held = window.held;
    window.held = null;
    held.forEach((answer) => answer());
  });

/** Another visit, whose storage is slow to answer. */
async function slowVisit(context) {
  const page = await context.newPage();
  await page.addInitScript(hold);
  await page.goto(home());
  await mounted(page);
  await eventually(page, "the earlier visit is asked for", () => page.evaluate(() => window.held.length), (asked) => asked > 0);
  return page;
}

pageTest("what was done is there again after the tab was closed", { path: "/", context: wide }, async ({ page, context }) => {
  await mounted(page);
  const before = await live(page);
  await visit(page);

  const again = await context.newPage();
  await again.goto(home());
  await mounted(again);
  await attached(again);
  await saved(again, "OnDevice");
  assert.ok((await live(again)).nowMs >= before.nowMs, "time goes on from the last save, not from the start");
});

pageTest("a run is there again with its counts, though nothing was done since", { path: "/", context: wide }, async ({ page, context }) => {
  await mounted(page);
  await attach(page);
  await saved(page, "OnDevice");
  const acted = await live(page);
  const time = await eventually(page, "it is kept how far time came", () => page.evaluate(keptTime), (at) => at > acted.nowMs + 3000);
  await page.close();

  const again = await context.newPage();
  await again.goto(home());
  await mounted(again);
  await attached(again);
  await saved(again, "OnDevice");
  assert.ok((await live(again)).nowMs >= time, "it goes on where it was kept last, not at the last act");
});

pageTest("it is called saved only when all of it is", { path: "/", context: wide }, async ({ page }) => {
  await mounted(page);
  for (let round = 0; round < 2; round += 1) {
    await page.evaluate(hold);
    await call(page, allocate);
    await saved(page, "NotYet");
    await page.getByText("Not saved yet").waitFor();
    await release(page);
    await saved(page, "OnDevice");
    await page.getByText("Saved on this device").waitFor();
  }
});

pageTest("a run in which nothing was done is kept too, and what is called saved is", { path: "/", context: wide }, async ({ page, context }) => {
  await mounted(page);
  await saved(page, "OnDevice");
  const time = await eventually(page, "it is kept how far time came", () => page.evaluate(keptTime), (at) => at > 3000);
  await page.close();

  const again = await context.newPage();
  await again.goto(new URL("/?autoplay=0", home()).href);
  await mounted(again);
  await saved(again, "OnDevice");
  assert.ok((await live(again)).nowMs >= time);
});

pageTest("of two tabs none writes over the other's work in silence", { path: "/?autoplay=0", context: wide }, async ({ page, context }) => {
  const still = () => new URL("/?autoplay=0", home()).href;
  const open = async () => {
    const tab = await context.newPage();
    await tab.goto(still());
    await mounted(tab);
    return tab;
  };
  const addresses = async (tab) => (await getState(tab)).state.Addresses.length;
  const counts = (tab, number) => eventually(tab, `${number} addresses`, () => addresses(tab), (count) => count === number);
  await mounted(page);
  const before = await addresses(page);
  await call(page, allocate);
  await saved(page, "OnDevice");
  // The second begins with what the first has kept, and goes on from there: it keeps its own.
  const second = await open();
  await counts(second, before + 1);
  await call(second, allocate);
  await saved(second, "OnDevice");
  // The first one's next act would write over that: it is not kept, and the page says so.
  await call(page, attachNothing);
  await saved(page, "Elsewhere");
  await page.locator(".notice").filter({ hasText: "Another tab has kept its work" }).waitFor();
  await page.getByText("Kept by another tab").waitFor();
  await second.close();
  const third = await open();
  await counts(third, before + 2);
  assert.equal(await addresses(page), before + 1, "what is done here goes on");
  // Whoever wants this one kept instead says so; then it is the other that is told.
  await page.locator(".notice-close").click();
  await page.getByText("Kept by another tab").click();
  await page.getByRole("button", { name: "Keep this one instead" }).click();
  await saved(page, "OnDevice");
  await page.locator(".notice").waitFor({ state: "detached" });
  await call(third, allocate);
  await saved(third, "Elsewhere");
  await third.close();
  const fourth = await open();
  await counts(fourth, before + 1);
});

pageTest("stopping time before an earlier visit is read does not write over it", { path: "/", context: wide }, async ({ page, context }) => {
  await visit(page);
  const second = await slowVisit(context);
  await second.getByRole("button", { name: "Stop time", exact: true }).click();
  await second.locator(".eni-app[data-running=false]").waitFor();
  assert.equal(await second.evaluate(() => window.held.length), 1, "the earlier visit was asked for, and nothing is written");
  await release(second);
  await attached(second);
  await saved(second, "OnDevice");
  await second.close();

  const third = await context.newPage();
  await third.goto(home());
  await mounted(third);
  await attached(third);
});

pageTest("an earlier visit that is read after the first act is offered, and stays until it is chosen", { path: "/", context: wide }, async ({ page, context }) => {
  await visit(page);
  const second = await slowVisit(context);
  await call(second, allocate);
  await release(second);
  await second.locator(".notice-back").waitFor();
  await saved(second, "NotYet");
  await second.close();

  const third = await slowVisit(context);
  await call(third, allocate);
  await release(third);
  await third.locator(".notice-back").click();
  await attached(third);
  await saved(third, "OnDevice");
});

pageTest("where storage is refused the page says so and goes on", { context: wide }, async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", { get: () => null });
  });
  await page.goto(process.env.ENI_E2E_HOME);
  await mounted(page);
  await attach(page);
  await page.locator(".notice").waitFor();
  assert.match(await page.locator(".notice").innerText(), /may not store/);
  await saved(page, "Refused");
  const reply = await call(page, allocate);
  assert.ok(reply.Result, JSON.stringify(reply));
  await saved(page, "Refused");
});
