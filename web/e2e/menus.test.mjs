// Menus: every item of the menu of each kind of thing is picked, its form filled in; then all is taken back, and done again, and the world is the same each time.
import assert from "node:assert/strict";
import { getState, pageTest } from "./support/page.mjs";
import { openMenu, opened } from "./support/panes.mjs";
import { eventually } from "./support/scene.mjs";

// Little moves: what is tried here is what comes of each item, not how it flies there.
const at = (width) => ({ path: "/", context: { viewport: { width, height: 900 }, reducedMotion: "reduce" } });

/** The world, without what the page adds and without the clock. */
async function world(page) {
  const { live, playground, ...document } = await getState(page);
  return { ...document, playground };
}

const menu = (page) => page.getByRole("menu");
const items = (page) => menu(page).locator("[role=menuitem]:not(.menu-back)");

/** What the items of the open level say, with what they are. */
const read = (page) =>
  items(page).evaluateAll((nodes) =>
    nodes.map((node) => ({
      text: node.querySelector(".menu-text > span").textContent,
      more: node.getAttribute("aria-haspopup") === "menu",
      dead: node.getAttribute("aria-disabled") === "true",
      refused: node.classList.contains("is-refused"),
    })),
  );

const item = (page, text) => items(page).filter({ has: page.locator(".menu-text > span", { hasText: new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`) }) }).first();

/** The first thing of a kind that has a menu on the page, or none. */
const first = (page, kind) =>
  page.evaluate((kind) => {
    const shown = [...document.querySelectorAll("[data-menu]")].filter((node) => node.getClientRects().length > 0);
    return shown.map((node) => node.dataset.menu.split("@")[0]).find((name) => name === kind || name.startsWith(`${kind}:`)) ?? null;
  }, kind);

/** Fills in what a form leaves open, sends it, and closes it where it is refused. */
async function fill(page, dialog) {
  for (const box of await dialog.locator("form input[type=text]").all()) {
    const name = await box.getAttribute("name");
    if (name !== "name" && (await box.inputValue()) !== "") continue;
    const value = { name: "walk", description: "a walk", tcp: "600" }[name];
    if (value) await box.fill(value);
  }
  await dialog.locator("button[type=submit]").first().click();
  const refusal = dialog.locator(".refusal");
  const came = await eventually(
    page,
    "an answer to the form",
    async () => ({ open: await dialog.count(), refused: await refusal.count(), asks: await dialog.locator(".ask-form").count() }),
    (now) => now.open === 0 || now.refused > 0 || now.asks > 0,
  );
  if (came.refused > 0) await told(refusal.first());
  if (came.open > 0) {
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  }
}

/** A refusal tells its code, or that it is the playground's own, and what would be accepted. */
async function told(box) {
  await box.locator(".instead b").waitFor();
  assert.notEqual((await box.locator(".instead b").innerText()).trim(), "");
}

/** Picks what is marked and waits until what it brings is there. */
async function pick(page, entry, locator) {
  await locator.click();
  await menu(page).waitFor({ state: "detached" });
  // Whatever was sent before this question is done when it is answered.
  await getState(page);
  if (entry.refused) return told(page.locator(".refuse, .refusal").first());
  if (!entry.text.endsWith("…")) return;
  const dialog = page.getByRole("dialog");
  const hand = page.locator(".hand-bar");
  await dialog.or(hand).first().waitFor();
  if ((await hand.count()) > 0) {
    await page.keyboard.press("Escape");
    await hand.waitFor({ state: "detached" });
  } else await fill(page, dialog);
}

/** Every item of the menu of a kind of thing; what is there more than once is tried once. */
async function walk(page, kind) {
  const thing = await first(page, kind);
  assert.ok(thing, `nothing on the page is a ${kind}`);
  await openMenu(page, thing);
  const entries = await read(page);
  assert.ok(entries.length > 1, `${kind} has a menu`);
  await page.keyboard.press("Escape");
  await menu(page).waitFor({ state: "detached" });
  const tried = [];
  for (const entry of entries) {
    const here = (await first(page, kind)) === thing ? thing : await first(page, kind);
    if (!here) break;
    await openMenu(page, here);
    const now = (await read(page)).find((other) => other.text === entry.text);
    if (!now || now.dead) {
      await page.keyboard.press("Escape");
      await menu(page).waitFor({ state: "detached" });
      continue;
    }
    if (now.more) {
      await item(page, entry.text).click();
      await menu(page).locator(".menu-back").waitFor();
      const [inner] = (await read(page)).filter((other) => !other.dead);
      await pick(page, inner, item(page, inner.text));
    } else await pick(page, now, item(page, entry.text));
    // A question and a move let time run; undo and redo lead to a moment, which here has to stay.
    if ((await page.getByRole("button", { name: "Stop time" }).count()) > 0) await opened(page, false);
    tried.push(entry.text);
  }
  return tried;
}

/** Presses a button of the top bar until there is nothing more to take back or to do again. A press too much does nothing. */
async function all(page, verb) {
  const button = page.locator(`.top button[aria-label^="${verb}:"]`);
  await button.waitFor();
  for (let times = 0; times < 300; times += 1) {
    if ((await button.count()) === 0) return;
    await button.click({ timeout: 2000 }).catch(() => {});
    await getState(page);
  }
  assert.fail(`${verb} never ends`);
}

for (const [kind, least] of [
  ["client", 2],
  ["elastic-ip", 2],
  ["group", 4],
  ["route-table", 3],
  ["acl", 4],
  ["igw", 3],
  ["eni", 8],
  ["subnet", 7],
  ["vpc", 7],
  ["instance", 8],
  ["region", 6],
]) {
  pageTest(`every item of the menu of a ${kind} works, and undo and redo go all the way`, at(1440), async ({ page }) => {
    await opened(page, false);
    const before = await world(page);
    const tried = await walk(page, kind);
    assert.ok(tried.length >= least, `${kind}: ${tried.join(", ")}`);
    const after = await world(page);
    await all(page, "Undo");
    assert.deepEqual(await world(page), before, "undo goes all the way back");
    await all(page, "Redo");
    assert.deepEqual(await world(page), after, "redo goes all the way on");
  });
}

for (const theme of ["light", "dark", "projector"]) {
  pageTest(`a menu that does not fit tells that there is more, ${theme}`, { path: `/?embed=1&autoplay=0&theme=${theme}`, context: { viewport: { width: 700, height: 520 }, reducedMotion: "reduce" } }, async ({ page }) => {
    await opened(page, false);
    await page.locator("article.inst header .title").first().click({ button: "right" });
    const list = page.locator(".menu-in");
    await list.waitFor();
    // The strip below the items, beside their words: shaded where more is to come, plain at the end.
    const to = (where) => list.evaluate((node, end) => ((node.scrollTop = end ? node.scrollHeight : 0), node.scrollHeight - node.clientHeight), where === "end");
    assert.ok((await to("begin")) > 0, "it does not fit");
    await page.mouse.move(5, 5);
    const box = await list.boundingBox();
    const strip = () => page.screenshot({ clip: { x: box.x + 1, y: box.y + box.height - 5, width: 4, height: 4 } }).then((png) => png.toString("base64"));
    const begin = await strip();
    await to("end");
    await eventually(page, "the shade is gone at the end", strip, (end) => end !== begin);
    await to("begin");
    await eventually(page, "and it is back", strip, (again) => again === begin);
  });
}
