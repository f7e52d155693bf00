// The first scene, played with taps on a phone and on a tablet.
import assert from "node:assert/strict";
import { mounted, pageTest } from "./support/page.mjs";
import { answered, eni, instance, live, lost, restored, slot } from "./support/scene.mjs";

const tablet = { path: "/", context: { viewport: { width: 1440, height: 900 }, hasTouch: true } };

pageTest("with taps: traffic is lost, the ENI is tapped and the standby is tapped, traffic is back", tablet, async ({ page }) => {
  await mounted(page);
  await answered(page);
  await instance(page, "web-1").locator("header .title").tap();
  await page.getByRole("menuitem", { name: "Terminate", exact: true }).tap();
  await lost(page);

  const part = page.locator(".tray").locator(eni(page, "svc"));
  await part.tap({ position: { x: 60, y: 20 } });
  await page.locator(".hand-bar").waitFor();
  await slot(page, "web-3", 1).tap();
  await page.locator('.refuse[data-refusal="InvalidParameterCombination"]').waitFor();

  // It is still in the hand: the next tap is the next try.
  await slot(page, "web-2", 1).tap();
  await slot(page, "web-2", 1).locator(eni(page, "svc")).waitFor();
  await restored(page);

  await eni(page, "web-3-main").tap({ position: { x: 60, y: 20 } });
  await page.locator('.refuse[data-refusal="OperationNotPermitted"]').waitFor();
  await page.locator(".hand-bar").waitFor({ state: "detached" });
});

pageTest("with taps on a phone: the part is taken from its pane and let go on the board", {
  path: "/",
  context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
}, async ({ page }) => {
  await mounted(page);
  await answered(page);
  await page.locator(".area-tabs").getByRole("button", { name: /Parts/ }).tap();
  await page.locator(".tray").locator(eni(page, "spare")).tap({ position: { x: 60, y: 20 } });
  // With something in the hand the board is in front again.
  await slot(page, "web-2", 1).tap();
  await slot(page, "web-2", 1).locator(eni(page, "spare")).waitFor();
  assert.equal((await live(page)).refusal, null);
});
