// The first scene, played with a mouse.
import assert from "node:assert/strict";
import { carry, press } from "./support/mouse.mjs";
import { mounted, pageTest } from "./support/page.mjs";
import { answered, eni, eventually, instance, live, lost, refusal, restored, slot } from "./support/scene.mjs";

const options = { path: "/", context: { viewport: { width: 1440, height: 900 } } };

pageTest("with a mouse: traffic is lost, the ENI is dragged to the standby, traffic is back", options, async ({ page }) => {
  await mounted(page);
  await answered(page);

  await instance(page, "web-1").locator("header .title").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Terminate", exact: true }).click();
  await lost(page);

  const part = page.locator(".tray").locator(eni(page, "svc"));
  await part.waitFor();

  // Another zone refuses before anything is let go; letting go all the same changes nothing.
  await carry(page, part, slot(page, "web-3", 1));
  await refusal(page).and(page.locator('[data-refusal="InvalidParameterCombination"]')).waitFor();
  assert.equal((await live(page)).inHand?.startsWith("eni:"), true);
  await page.mouse.up();
  await eventually(page, "it is refused", () => live(page), (now) => now.refusal === "InvalidParameterCombination" && now.inHand === null);
  await part.waitFor();

  await carry(page, part, slot(page, "web-2", 1));
  await slot(page, "web-2", 1).getByText("svc may go here").waitFor();
  await page.mouse.up();
  await slot(page, "web-2", 1).locator(eni(page, "svc")).waitFor();
  await restored(page);

  // Index 0 stays with its instance.
  await carry(page, eni(page, "web-3-main"), slot(page, "web-2", 2));
  await refusal(page).waitFor();
  assert.equal(await refusal(page).getAttribute("data-refusal"), "OperationNotPermitted");
  await page.mouse.up();
  await slot(page, "web-3", 0).locator(eni(page, "web-3-main")).waitFor();
});

pageTest("with a mouse: Escape puts back what is carried, and nothing has changed", options, async ({ page }) => {
  await mounted(page);
  const part = page.locator(".tray").locator(eni(page, "spare"));
  await carry(page, part, slot(page, "web-2", 1));
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await part.waitFor();
  assert.equal((await live(page)).echo.length, 0);
});

pageTest("with a mouse: an Elastic IP and a group find their places, and the last group stays", options, async ({ page }) => {
  await mounted(page);
  await carry(page, page.locator(".tray .free"), eni(page, "web-2-main"));
  await page.mouse.up();
  await eni(page, "web-2-main").locator(".eip").waitFor();

  await carry(page, page.locator(".tray .grp", { hasText: "ops" }), eni(page, "web-2-main"));
  await page.mouse.up();
  const badges = eni(page, "web-2-main").locator(".sg");
  await badges.nth(1).waitFor();

  for (const [last, code] of [[false, null], [true, "InvalidParameterCombination"]]) {
    await carry(page, badges.first(), page.locator(".tray-note"));
    await page.mouse.up();
    const what = last ? "the last group is refused" : "a second group comes off";
    await eventually(page, what, () => live(page), (now) => now.refusal === code && now.inHand === null);
    await eventually(page, "one group is left", () => badges.count(), (count) => count === 1);
  }
});
