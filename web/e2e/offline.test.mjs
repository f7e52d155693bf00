// Kept for later: the service worker, and no request that nobody asked for.
import assert from "node:assert/strict";
import { HOME, getState, mounted, pageTest } from "./support/page.mjs";

async function kept(page) {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const worker = registration.active;
    if (worker.state !== "activated") await new Promise((resolve) => worker.addEventListener("statechange", () => worker.state === "activated" && resolve()));
  });
}

for (const path of ["/", "/docs/net/play/"]) {
  pageTest(`after one visit ${path} opens without a network`, { path, expected: [/ERR_INTERNET_DISCONNECTED$/] }, async ({ page, context }) => {
    await mounted(page);
    await kept(page);
    await context.setOffline(true);
    await page.goto(new URL(`${path}?theme=dark`, HOME).href);
    await mounted(page);
    assert.ok(await getState(page));
  });
}

pageTest("two folders of one server have caches of their own", { path: "/" }, async ({ page, context }) => {
  await mounted(page);
  await kept(page);
  const second = await context.newPage();
  await second.goto(`${HOME}/docs/net/play/`);
  await mounted(second);
  await kept(second);
  const names = await second.evaluate(() => caches.keys());
  assert.equal(names.length, 2, names.join());
});

pageTest("an embedded page keeps nothing", { path: "/?embed=1" }, async ({ page }) => {
  await mounted(page);
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
});

pageTest("once it is there, the page asks for nothing more", { path: "/?embed=1" }, async ({ page, context }) => {
  await mounted(page);
  const requests = [];
  context.on("request", (request) => requests.push(request.url()));
  await getState(page);
  await page.mouse.click(200, 200);
  await page.keyboard.press("Tab");
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.deepEqual(requests, []);
});
