// A phone: what is printed is read without scrolling sideways, and the buttons that look back in time say what they look at.
import assert from "node:assert/strict";
import { call, pageTest } from "./support/page.mjs";
import { opened } from "./support/panes.mjs";
import { eventually } from "./support/scene.mjs";
import { run } from "./support/terminal.mjs";

const PHONE = { path: "/?autoplay=0", context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } };

pageTest("lines of ping break where they are full", PHONE, async ({ page }) => {
  await opened(page, false);
  await page.locator(".mob").getByRole("button", { name: "Terminal" }).tap();
  const printed = await run(page, "ssh web-1 ping -c 2 10.0.1.12");
  assert.match(printed, /^--- 10\.0\.1\.12 ping statistics ---$/m);
  const log = page.locator(".term-log");
  assert.ok(await log.evaluate((node) => node.scrollWidth <= node.clientWidth), "nothing is wider than the terminal");
  // A table keeps its rows.
  await run(page, "aws ec2 describe-subnets --output table");
  assert.ok(await log.evaluate((node) => node.scrollWidth > node.clientWidth), "rows of a table stay rows");
});

pageTest("the buttons that look back in time stand on both sides of what is looked at", PHONE, async ({ page }) => {
  await opened(page, false);
  await call(page, { kind: "world", act: "wait", milliseconds: 40000 });
  const shown = page.locator(".pan-window");
  const seconds = async () => (await shown.innerText()).match(/^(\d+)–(\d+) s$/).slice(1).map(Number);
  const [from, to] = await eventually(page, "it shows now", seconds, ([from, to]) => from < 40 && 40 <= to);
  assert.equal(to - from, 12);
  await page.getByRole("button", { name: "Show earlier time" }).tap();
  await eventually(page, "half a window earlier", seconds, (now) => now[0] === from - 6);
  const places = await page.locator(".pan > *").evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().left));
  assert.ok(places[1] < places[2] && places[2] < places[0] && places[0] < places[3] && places[3] < places[4], JSON.stringify(places));
  const back = page.getByRole("button", { name: "Back to now" });
  await back.tap();
  await eventually(page, "now again", seconds, (now) => now[0] === from);
  await back.waitFor({ state: "detached" });
});
