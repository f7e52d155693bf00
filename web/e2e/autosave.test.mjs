// The work is kept: after a closed tab it is there again, and where storage is refused the page says so.
import assert from "node:assert/strict";
import { call, mounted, pageTest } from "./support/page.mjs";
import { eni, live, slot } from "./support/scene.mjs";

const wide = { viewport: { width: 1440, height: 900 } };
const attach = async (page) => {
  await page.locator(".tray").locator(eni(page, "spare")).click({ position: { x: 60, y: 20 } });
  await slot(page, "web-2", 1).click();
  await slot(page, "web-2", 1).locator(eni(page, "spare")).waitFor();
};

pageTest("what was done is there again after the tab was closed", { path: "/", context: wide }, async ({ page, context }) => {
  await mounted(page);
  const before = await live(page);
  await attach(page);
  await page.locator(".eni-app[data-saved=OnDevice]").waitFor();
  await page.close();

  const again = await context.newPage();
  await again.goto(new URL("/", process.env.ENI_E2E_HOME).href);
  await mounted(again);
  await slot(again, "web-2", 1).locator(eni(again, "spare")).waitFor();
  assert.ok((await live(again)).nowMs >= before.nowMs, "time goes on from the last save, not from the start");
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
  const reply = await call(page, { kind: "api", service: "ec2", action: "AllocateAddress", parameters: { Domain: "vpc" } });
  assert.ok(reply.Result, JSON.stringify(reply));
});
