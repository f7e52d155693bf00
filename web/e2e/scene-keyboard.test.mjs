// The first scene, played with the keyboard alone.
import assert from "node:assert/strict";
import { mounted, pageTest } from "./support/page.mjs";
import { answered, eni, eventually, live, lost, refusal, restored, slot } from "./support/scene.mjs";

const options = { path: "/", context: { viewport: { width: 1440, height: 900 } } };

/** What the stop of the arrow keys that has the focus says. */
const focused = (page) => page.evaluate(() => document.activeElement?.closest("[data-rove]")?.textContent ?? "");
const focusComes = (page, text) => eventually(page, `the focus comes to ${text}`, () => focused(page), (now) => now.includes(text));
const spoken = (page, role) => page.locator(`[role=${role}][aria-live]`).innerText();
const saying = (page, role, pattern) => eventually(page, `${pattern} is spoken`, () => spoken(page, role), (text) => pattern.test(text));
const inHand = async (page) => (await live(page)).inHand;

/** The places over which the hand is and the refusal there, as the page shows them. */
const shown = (page) =>
  page.evaluate(() => {
    const place = document.querySelector("[data-over]");
    const { place: own, forEni, forElasticIp, forGroup } = place?.dataset ?? {};
    return { places: [own, forEni, forElasticIp, forGroup].filter(Boolean), refused: document.querySelector(".refuse")?.dataset.refusal ?? null };
  });

/** Presses a key until the focus has been where it should be: each press is answered before the next one. */
async function pressUntil(page, key, there, what, most = 80) {
  for (let pressed = 0; pressed < most; pressed += 1) {
    if (await there()) return;
    const before = await page.evaluateHandle(() => document.activeElement);
    await page.keyboard.press(key);
    // At the end of a row the focus stays: then there is nothing to wait for.
    await page.waitForFunction((old) => document.activeElement !== old, before, { timeout: 2000 }).catch(() => {});
  }
  assert.fail(`${key} never came to ${what}; at last: ${await focused(page)}`);
}

const within = (page, region) => () =>
  page.evaluate((region) => Boolean(document.activeElement?.closest(region) && document.activeElement.closest("[data-rove]")), region);
const tabTo = (page, region) => pressUntil(page, "Tab", within(page, region), region);
const walkTo = (page, text, key = "ArrowDown") => pressUntil(page, key, async () => (await focused(page)).includes(text), text);

/** To the stop that says this, from anywhere in the region: up to its head, then down. */
async function goTo(page, region, text) {
  await tabTo(page, region);
  const first = () => page.evaluate((region) => {
    const stops = [...document.querySelectorAll(`${region} [data-rove]`)].filter((stop) => stop.offsetParent);
    return stops[0] === document.activeElement;
  }, region);
  await pressUntil(page, "ArrowUp", first, `the head of ${region}`);
  await walkTo(page, text);
}

/** The place over which the hand is, and what AWS would say to letting go there. */
const over = async (page) => {
  const now = await live(page);
  return { over: now.over, refused: now.overRefused };
};

/** Presses an arrow and gives the place that it led to. */
async function walk(page, key) {
  const before = await over(page);
  await page.keyboard.press(key);
  return eventually(page, "another place", () => over(page), (now) => now.over !== before.over);
}

/** With something in the hand: arrows until the place over which it is fits, and the page shows it. Each press is answered before the next one. */
async function carryTo(page, what, fits, most = 40) {
  for (let pressed = 0; pressed < most; pressed += 1) {
    const now = await over(page);
    if (fits(now)) {
      await eventually(page, `the page shows ${what}`, () => shown(page), (seen) => (now.refused ? seen.refused === now.refused : seen.places.includes(now.over)));
      return now;
    }
    await walk(page, "ArrowDown");
  }
  assert.fail(`the arrow keys never came to ${what}`);
}

/** The name of the place at a device index. */
const placeOf = (page, name, index) => slot(page, name, index).getAttribute("data-for-eni");

/** Picks up what has the focus. */
async function pickUp(page, kind) {
  await page.keyboard.press("m");
  await eventually(page, `${kind} is in the hand`, () => inHand(page), (thing) => thing?.startsWith(`${kind}:`));
}

/** Terminates an instance through its menu. */
async function terminate(page, name) {
  await goTo(page, ".board", name);
  await pressUntil(page, "ArrowUp", async () => (await focused(page)) === name, name);
  await page.keyboard.press("Enter");
  const item = page.getByRole("menuitem", { name: "Terminate", exact: true });
  await item.waitFor();
  await pressUntil(page, "ArrowDown", () => item.evaluate((element) => element === document.activeElement), "Terminate", 20);
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor({ state: "detached" });
}

pageTest("with the keyboard alone: traffic is lost, M picks the ENI up, arrows and Enter bring it to the standby", options, async ({ page }) => {
  await mounted(page);
  await answered(page);
  await terminate(page, "web-1");
  await lost(page);

  await page.locator(".tray").locator(eni(page, "svc")).waitFor();
  await goTo(page, ".tray", "svc");
  await pickUp(page, "eni");
  await saying(page, "status", /svc picked up/);

  // The places are walked in order and spoken; a refusal is spoken at once, with AWS's code.
  await carryTo(page, "another zone", (now) => now.refused === "InvalidParameterCombination");
  await saying(page, "alert", /InvalidParameterCombination/);
  const standby = await placeOf(page, "web-2", 1);
  await carryTo(page, "the standby", (now) => now.over === standby);
  await saying(page, "status", /svc may go here/);
  await page.keyboard.press("Enter");
  await slot(page, "web-2", 1).locator(eni(page, "svc")).waitFor();
  await focusComes(page, "svc");
  await restored(page);

  // Index 0 is not lifted.
  await goTo(page, ".board", "web-3-main");
  await page.keyboard.press("m");
  await refusal(page).waitFor();
  assert.equal(await refusal(page).getAttribute("data-refusal"), "OperationNotPermitted");
  await page.keyboard.press("Escape");
  await refusal(page).waitFor({ state: "detached" });
  await focusComes(page, "web-3-main");
});

pageTest("with the keyboard alone: Escape puts back, and undo and redo have keys", options, async ({ page }) => {
  await mounted(page);
  await answered(page);
  await goTo(page, ".tray", "spare");
  await pickUp(page, "eni");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await eventually(page, "the hand is empty", () => inHand(page), (thing) => thing === null);
  await page.locator(".tray").locator(eni(page, "spare")).waitFor();
  await focusComes(page, "spare");

  await pickUp(page, "eni");
  const standby = await placeOf(page, "web-2", 1);
  await carryTo(page, "the standby", (now) => now.over === standby);
  await page.keyboard.press("Enter");
  await slot(page, "web-2", 1).locator(eni(page, "spare")).waitFor();
  await page.keyboard.press("Control+z");
  await page.locator(".tray").locator(eni(page, "spare")).waitFor();
  await page.keyboard.press("Control+Shift+z");
  await slot(page, "web-2", 1).locator(eni(page, "spare")).waitFor();
});

pageTest("keys that come faster than the page draws find what the keys before them did", options, async ({ page }) => {
  await mounted(page);
  await goTo(page, ".tray", "spare");
  // What the keys do one by one.
  await pickUp(page, "eni");
  const places = [];
  for (let presses = 0; presses < 4; presses += 1) places.push((await walk(page, "ArrowDown")).over);
  assert.equal(new Set(places).size, 4, "four places, so that a key that is lost or taken twice leads elsewhere");
  await page.keyboard.press("Escape");
  await eventually(page, "the hand is empty", () => inHand(page), (thing) => thing === null);
  await focusComes(page, "spare");

  // The same in one go, before anything can be drawn.
  const burst = (keys) =>
    page.evaluate((keys) => {
      const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      return keys.map((key) => press(key));
    }, keys);
  for (const [keys, place] of [
    [["m", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"], places[3]],
    [["ArrowUp", "ArrowUp", "ArrowUp"], places[0]],
    [["ArrowDown", "ArrowUp", "ArrowDown", "ArrowDown"], places[2]],
  ]) {
    assert.deepEqual(await burst(keys), keys.map(() => false), "the browser does nothing of its own with them");
    // They have been taken before the burst was over: the first look finds where they lead, not one on the way there.
    assert.equal((await over(page)).over, place);
  }
  await page.keyboard.press("Escape");
  await eventually(page, "the hand is empty", () => inHand(page), (thing) => thing === null);
});

pageTest("with the focus nowhere, keys go on carrying, and Escape gives the focus back", options, async ({ page }) => {
  await mounted(page);
  await goTo(page, ".tray", "spare");
  await pickUp(page, "eni");
  await focusComes(page, "spare");
  await page.evaluate(() => document.activeElement.blur());
  const standby = await placeOf(page, "web-2", 1);
  await carryTo(page, "the standby", (now) => now.over === standby);
  await page.keyboard.press("Escape");
  await eventually(page, "the hand is empty", () => inHand(page), (thing) => thing === null);
  await focusComes(page, "spare");
});

pageTest("undo while something is carried empties the hand, and the focus stays with the thing", options, async ({ page }) => {
  await mounted(page);
  await page.getByRole("button", { name: "Allocate" }).click();
  await goTo(page, ".tray", "spare");
  await pickUp(page, "eni");
  await page.keyboard.press("Control+z");
  await eventually(page, "the hand is empty", () => inHand(page), (thing) => thing === null);
  await page.locator(".tray").locator(eni(page, "spare")).waitFor();
  await focusComes(page, "spare");
});

pageTest("with the keyboard alone: an Elastic IP and a group are carried to an ENI", options, async ({ page }) => {
  await mounted(page);
  for (const [kind, text, mark] of [["elastic-ip", /\d+\.\d+\.\d+\.\d+/, ".eip"], ["group", /ops/, ".sg >> nth=1"]]) {
    const part = page.locator(`.tray button[data-rove^="${kind}:"]`, { hasText: text }).first();
    await goTo(page, ".tray", await part.locator(kind === "group" ? ".grp-name" : ".mono").innerText());
    await pickUp(page, kind);
    const target = await eni(page, "web-2-main").getAttribute(`data-for-${kind}`);
    await carryTo(page, "web-2-main", (now) => now.over === target);
    await page.keyboard.press("Enter");
    await eni(page, "web-2-main").locator(mark).waitFor();
  }
});
