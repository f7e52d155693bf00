// The first scene, played with the keyboard alone.
import assert from "node:assert/strict";
import { mounted, pageTest } from "./support/page.mjs";
import { answered, eni, live, lost, refusal, restored, slot } from "./support/scene.mjs";

const options = { path: "/", context: { viewport: { width: 1440, height: 900 } } };

/** The name by which the arrow keys know what has the focus. */
const focused = (page) => page.evaluate(() => document.activeElement?.closest("[data-rove]")?.textContent ?? "");
const spoken = (page, role) => page.locator(`[role=${role}][aria-live]`).innerText();

/** Presses a key and lets the page draw what came of it. */
async function press(page, key) {
  await page.keyboard.press(key);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

/** Tab until the focus is on a thing inside a region. */
async function tabTo(page, region) {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await press(page, "Tab");
    if (await page.evaluate((region) => Boolean(document.activeElement?.closest(region) && document.activeElement.closest("[data-rove]")), region)) return;
  }
  assert.fail(`Tab never came to ${region}`);
}

/** Arrow keys until what has the focus says this. */
async function walkTo(page, text, key = "ArrowDown", most = 60) {
  for (let pressed = 0; pressed < most; pressed += 1) {
    if ((await focused(page)).includes(text)) return;
    await press(page, key);
  }
  assert.fail(`the arrow keys never came to ${text}; at last: ${await focused(page)}`);
}

pageTest("with the keyboard alone: traffic is lost, M picks the ENI up, arrows and Enter bring it to the standby", options, async ({ page }) => {
  await mounted(page);
  await answered(page);

  await tabTo(page, ".board-content");
  // Tab comes to the first ENI; its instance's name stands just before it.
  await walkTo(page, "web-1", "ArrowUp");
  while ((await focused(page)) !== "web-1") await press(page, "ArrowUp");
  await press(page, "Enter");
  const item = page.getByRole("menuitem", { name: "Terminate" });
  await item.waitFor();
  for (let pressed = 0; pressed < 20; pressed += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) break;
    await press(page, "ArrowDown");
  }
  await press(page, "Enter");
  await lost(page);

  await tabTo(page, ".tray");
  for (let pressed = 0; pressed < 12; pressed += 1) await press(page, "ArrowUp");
  await walkTo(page, "svc");
  await press(page, "m");
  assert.equal((await live(page)).inHand?.startsWith("eni:"), true);
  assert.match(await spoken(page, "status"), /svc picked up/);

  // The places are walked in order and spoken; a refusal is spoken at once, with AWS's code.
  let refused = "";
  for (let pressed = 0; pressed < 30; pressed += 1) {
    await press(page, "ArrowDown");
    if (await refusal(page).count()) refused = await refusal(page).getAttribute("data-refusal");
    if (refused === "InvalidParameterCombination") break;
  }
  assert.equal(refused, "InvalidParameterCombination");
  assert.match(await spoken(page, "alert"), /InvalidParameterCombination/);

  for (let pressed = 0; pressed < 30; pressed += 1) {
    if (await slot(page, "web-2", 1).locator(".hole.is-over").count()) break;
    await press(page, "ArrowDown");
  }
  assert.match(await spoken(page, "status"), /svc may go here/);
  await press(page, "Enter");
  await slot(page, "web-2", 1).locator(eni(page, "svc")).waitFor();
  assert.match(await focused(page), /svc/, "the focus goes with what was moved");
  await restored(page);

  // Index 0 is not lifted.
  await walkTo(page, "web-3-main");
  await press(page, "m");
  await refusal(page).waitFor();
  assert.equal(await refusal(page).getAttribute("data-refusal"), "OperationNotPermitted");
  await press(page, "Escape");
  await refusal(page).waitFor({ state: "detached" });
  assert.match(await focused(page), /web-3-main/, "the focus is where it was");
});

pageTest("with the keyboard alone: Escape puts back, and undo and redo have keys", options, async ({ page }) => {
  await mounted(page);
  await answered(page);
  await tabTo(page, ".tray");
  await walkTo(page, "spare");
  await press(page, "m");
  await press(page, "ArrowDown");
  await press(page, "Escape");
  assert.equal((await live(page)).inHand, null);
  assert.match(await focused(page), /spare/);

  await press(page, "m");
  for (let pressed = 0; pressed < 30; pressed += 1) {
    if (await slot(page, "web-2", 1).locator(".hole.is-over").count()) break;
    await press(page, "ArrowDown");
  }
  await press(page, "Enter");
  await slot(page, "web-2", 1).locator(eni(page, "spare")).waitFor();
  await press(page, "Control+z");
  await page.locator(".tray").locator(eni(page, "spare")).waitFor();
  await press(page, "Control+Shift+z");
  await slot(page, "web-2", 1).locator(eni(page, "spare")).waitFor();
});
