// Fingers: they scroll, rest to lift, and tap; and what is on its way may not be picked up.
import assert from "node:assert/strict";
import { mounted, pageTest } from "./support/page.mjs";
import { eni, eventually, live, refusal, slot, until } from "./support/scene.mjs";

const phone = { path: "/", context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } };
const wide = { path: "/", context: { viewport: { width: 1440, height: 900 }, hasTouch: true } };

/** A finger of the browser itself, not of a script in the page. */
async function finger(page) {
  const session = await page.context().newCDPSession(page);
  const send = (type, ...points) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
  return {
    down: (at) => send("touchStart", at),
    async move(from, to, steps = 8) {
      for (let step = 1; step <= steps; step += 1) {
        await send("touchMove", [from[0] + ((to[0] - from[0]) * step) / steps, from[1] + ((to[1] - from[1]) * step) / steps]);
      }
    },
    up: () => send("touchEnd"),
  };
}

const middle = async (locator) => {
  const box = await locator.boundingBox();
  assert.ok(box, "it is on the page");
  return [box.x + box.width / 2, box.y + box.height / 2];
};
const inHand = async (page) => (await live(page)).inHand;
const scrolled = (page) => page.locator(".board").evaluate((board) => board.scrollTop);

pageTest("a finger that moves over an ENI scrolls the board and carries nothing", phone, async ({ page }) => {
  await mounted(page);
  const touch = await finger(page);
  const at = await middle(eni(page, "web-2-main").locator(".eni-name b"));
  await touch.down(at);
  await touch.move(at, [at[0], at[1] - 220]);
  await touch.up();
  await eventually(page, "the board is scrolled", () => scrolled(page), (top) => top > 60);
  assert.equal(await inHand(page), null);
  assert.equal(await page.locator(".lifted").innerText(), "");
});

pageTest("a finger that rests on an ENI lifts it, and carries it to another place", wide, async ({ page }) => {
  await mounted(page);
  const touch = await finger(page);
  const from = await middle(page.locator(".tray").locator(eni(page, "spare")).locator(".eni-name b"));
  await touch.down(from);
  await eventually(page, "it is lifted", () => inHand(page), (thing) => thing !== null);
  await touch.move(from, await middle(slot(page, "web-2", 1)));
  await slot(page, "web-2", 1).locator("[data-over]").waitFor();
  await touch.up();
  await slot(page, "web-2", 1).locator(eni(page, "spare")).waitFor();
  assert.equal(await scrolled(page), 0, "what is carried scrolls nothing");
  assert.equal(await page.getByRole("menu").count(), 0, "nor does a long press open a menu under it");
});

pageTest("an Elastic IP is tapped, and the address that takes it", wide, async ({ page }) => {
  await mounted(page);
  await page.locator(".tray .free").first().tap();
  await until(page, "the address is in the hand", (now) => now.inHand?.startsWith("elastic-ip:"));
  await eni(page, "web-2-main").locator(".eni-name b").tap();
  await eni(page, "web-2-main").locator(".eip").waitFor();
  assert.equal((await live(page)).refusal, null);
});

pageTest("an ENI that is on its way off is refused by every place, with a reason", wide, async ({ page }) => {
  await mounted(page);
  const stop = page.getByRole("button", { name: "Stop time" });
  if (await stop.count()) await stop.click();
  const svc = eni(page, "svc").locator(".eni-name b");
  await svc.tap();
  // The tray takes it: it is detaching now, and stays so, for time stands still.
  await page.locator(".tray-note").tap();
  await page.locator(".eni.is-leaving").waitFor();
  await svc.tap();
  await until(page, "it is in the hand", (now) => now.inHand?.startsWith("eni:"));
  await page.locator(".tray-note").tap();
  await refusal(page).waitFor();
  assert.match(await refusal(page).getAttribute("data-refusal"), /^[A-Z][A-Za-z.]+$/);
  assert.notEqual((await refusal(page).locator("q").innerText()).trim(), "");
});
