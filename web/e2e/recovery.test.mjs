// The engine panics: the page says so, goes on without a reload, and only the last act is lost.
import assert from "node:assert/strict";
import { AUTHOR, call, facts, getState, mounted, pageTest } from "./support/page.mjs";
import { eventually } from "./support/scene.mjs";

const vpc = (number) => ({ kind: "api", service: "ec2", action: "CreateVpc", parameters: { CidrBlock: `10.${number}.0.0/16` } });

pageTest("a panic loses the last act and nothing else", { path: "/?test=1" }, async ({ page }) => {
  await mounted(page);
  await call(page, vpc(50));
  await call(page, vpc(51));
  const before = facts(await getState(page));
  const first = await page.locator("#eni-page > .eni-instance").elementHandle();
  await page.evaluate(() => (window.notReloaded = true));

  await assert.rejects(call(page, { kind: "test-panic" }), /stopped/);
  await page.getByRole("status").filter({ hasText: "before the last act" }).waitFor();
  assert.deepEqual(facts(await getState(page)), before, "the journal brought everything back");
  const places = () =>
    page.evaluate(() => {
      const rect = (name) => document.querySelector(name)?.getBoundingClientRect();
      return { window: innerHeight, notice: rect(".eni-notice")?.bottom, top: rect(".eni-app")?.top, end: rect(".area-time")?.bottom };
    });
  await eventually(page, "all of the page is in sight below the notice", places, (now) => now.notice === now.top && now.end === now.window);
  assert.equal(await page.evaluate(() => window.notReloaded), true);
  assert.equal(await first.evaluate((node) => node.isConnected), false, "the dead instance's node is gone");
  assert.equal(await page.locator("#eni-page > .eni-instance").count(), 1);

  await call(page, vpc(52));
  assert.notDeepEqual(facts(await getState(page)), before, "and it goes on");
  await page.getByRole("button", { name: "Dismiss" }).click();
  assert.equal(await page.locator(".eni-notice").count(), 0);
});

pageTest("it survives one panic after another", { path: "/?test=1" }, async ({ page }) => {
  await mounted(page);
  await call(page, vpc(50));
  const before = facts(await getState(page));
  for (let round = 0; round < 8; round += 1) {
    await assert.rejects(call(page, { kind: "test-panic" }), /stopped/);
    assert.deepEqual(facts(await getState(page)), before, `after panic ${round + 1}`);
  }
});

pageTest("where no test is asked for, the act that panics is no act", { path: "/" }, async ({ page }) => {
  await mounted(page);
  await assert.rejects(call(page, { kind: "test-panic" }));
  assert.equal(await page.locator(".eni-notice").count(), 0);
  assert.ok(await getState(page));
});

pageTest("a panic in one of two playgrounds leaves the other alone", { path: `${AUTHOR}/two.html` }, async ({ page }) => {
  await mounted(page, "#one");
  await mounted(page, "#two");
  const other = await page.locator("#two > .eni-instance").elementHandle();
  const said = await page.evaluate(() => document.getElementById("one").call({ kind: "test-panic" }).catch((error) => error.message));
  assert.match(said, /stopped/);
  await page.locator("#one > .eni-notice").waitFor();
  assert.equal(await page.locator("#two > .eni-notice").count(), 0);
  assert.equal(await other.evaluate((node) => node.isConnected), true);
  assert.ok(await page.evaluate(() => document.getElementById("two").getState()));
});
