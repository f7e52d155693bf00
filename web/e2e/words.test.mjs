// Every word of the page is looked up: in the pseudo language nothing that a reader sees or hears is left in plain English.
import assert from "node:assert/strict";
import { HOME, call, mounted, pageTest } from "./support/page.mjs";

const wide = { path: "/?lang=en-XA", context: { viewport: { width: 1440, height: 900 } } };

/**
 * Texts and names of controls that have two plain English words side by side. Commands, AWS's own messages and codes are exempt, and
 * AWS's own description of a default group.
 */
const plain = (page, within = ".eni-app") =>
  page.evaluate((within) => {
    const exempt = ".cmd, code";
    const shown = (node) => node.checkVisibility({ visibilityProperty: true });
    const found = new Set();
    // The table's letters all carry a mark, so plain ones side by side did not come from it, not even as an argument of its sentences.
    const words = /(?<![\p{L}\p{N}-])[A-Za-z][a-z]+ [A-Za-z][a-z]+(?![\p{L}\p{N}-])/u;
    const look = (text, where) => {
      if (words.test(text) && text.trim() !== "default VPC security group") found.add(`${where}: ${text.trim()}`);
    };
    const root = document.querySelector(within);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (!parent.closest(exempt) && shown(parent)) look(walker.currentNode.data, parent.className || parent.tagName);
    }
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      for (const node of root.querySelectorAll(`[${name}]`)) {
        if (!node.closest(exempt) && shown(node)) look(node.getAttribute(name), name);
      }
    }
    return [...found];
  }, within);

/** How many sentences of the table stand on the page. */
const looked = (page) => page.evaluate(() => document.querySelector(".eni-app").textContent.split("⟦").length - 1);

async function all(page, where) {
  assert.deepEqual(await plain(page), [], where);
  assert.ok((await looked(page)) > 20, `${where}: the page speaks the pseudo language`);
}

pageTest("in the pseudo language no sentence of the page is plain English", wide, async ({ page }) => {
  await mounted(page);
  await page.locator("svg.lane .tick.ok").first().waitFor();
  await all(page, "the page at rest");

  await page.locator("svg.lane .tick.ok").last().click();
  await page.locator(".verdict").first().waitFor();
  await all(page, "Why");

  const group = page.locator('[data-menu^="group:"]').locator("visible=true").first();
  await group.click({ button: "right" });
  await page.getByRole("menu").waitFor();
  await all(page, "a menu");
  await page.getByRole("menuitem", { name: /Šĥöŵ/ }).first().click();
  await page.locator(".facts").waitFor();
  await all(page, "details");

  await page.locator('.tray [data-menu^="eni:"]').first().click({ position: { x: 60, y: 20 } });
  await page.locator(".eni-app.is-carrying").waitFor();
  await all(page, "a part in the hand");
  await page.keyboard.press("Escape");

  for (const [button, where] of [[".btn.ask", "the dialog that asks"], ["button[aria-label^='⟦Héļþ']", "help"]]) {
    await page.locator(button).first().click();
    await page.getByRole("dialog").waitFor();
    await all(page, where);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
});

pageTest("in the pseudo language the panel of evidence has no plain English either", wide, async ({ page }) => {
  await mounted(page);
  await page.locator("svg.lane .tick.ok").first().waitFor();
  await page.locator(".ev-fold").click();
  await page.locator(".ev .nothing .cta").waitFor();
  await all(page, "no flow log");
  await page.locator(".ev .nothing .cta").click();
  // The log is there, and its first records come when its window is over: a button lets so much time pass.
  const pass = page.locator(".ev .nothing .cta", { hasText: /\d/ });
  await pass.waitFor();
  await all(page, "no record yet");
  await pass.click();
  await page.locator(".ev .nothing .cta").waitFor({ state: "detached" });
  // Counters of a card stand with the name of their ENI, two words that are no sentence: the tab of metrics is left out.
  for (const at of [0, 1, 2]) {
    await page.locator(".ev [role=tab]").nth(at).click();
    await page.locator(".ev-lines li").first().waitFor();
    if (at !== 1) {
      await page.locator(".ev-lines .ev-mark").last().focus();
      await page.locator("section.ev-about").waitFor();
    }
    await all(page, `tab ${at} of the evidence`);
  }
});

pageTest("the pseudo language shows a sentence that was not looked up", wide, async ({ page }) => {
  await mounted(page);
  await page.evaluate(() => document.querySelector(".eni-app main").append("Left in English"));
  assert.deepEqual((await plain(page)).map((line) => line.split(": ").at(-1)), ["Left in English"]);
});

const refused = [/Failed to load resource/, /status 404/, /request failed/];
for (const [what, lang] of [["in the pseudo language", "en-XA"], ["in English", "en"]]) {
  pageTest(`what the loader says where there is no engine comes from the table: ${what}`, { expected: refused }, async ({ page, context }) => {
    await context.route(/\.wasm$|\.bytes\.js$/, (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto(`${HOME}/?embed=1&lang=${lang}`);
    const panel = page.locator(".eni-failure");
    await panel.waitFor();
    // A heading, two causes, and which file it is.
    assert.deepEqual([await panel.locator("h2").count(), await panel.locator("p").count(), await panel.locator("pre").count()], [1, 2, 1]);
    assert.match(await panel.innerText(), /engine-[0-9a-f]+\.bytes\.js/);
    assert.equal((await plain(page, ".eni-failure")).length, lang === "en" ? 4 : 0);
  });
}

pageTest("that the engine was started again is said in the language of the page", { path: "/?test=1&lang=en-XA" }, async ({ page }) => {
  await mounted(page);
  await assert.rejects(call(page, { kind: "test-panic" }), /^Error: ⟦/);
  await page.locator(".eni-notice").waitFor();
  assert.deepEqual(await plain(page, ".eni-notice"), []);
  await page.locator(".eni-notice-dismiss").click();
  await page.locator(".eni-notice").waitFor({ state: "detached" });
});
