// The command line: every act is a line that one could type, copied as it is; what is taken back and done again stands there too.
import assert from "node:assert/strict";
import { pageTest } from "./support/page.mjs";
import { opened } from "./support/panes.mjs";
import { eni, eventually, instance, lastEcho, slot } from "./support/scene.mjs";

const size = { viewport: { width: 1440, height: 900 } };
const line = (page) => page.locator(".term-line .cmd");
const note = (page) => page.locator(".term-line .res");

pageTest("each act on the board is its line, refused ones too, and undo and redo stand there", { path: "/?autoplay=0", context: size }, async ({ page }) => {
  await opened(page, false);
  await page.locator(".tray").locator(eni(page, "spare")).locator(".eni-name b").click();
  await slot(page, "web-2", 1).click();
  await slot(page, "web-2", 1).locator(eni(page, "spare")).waitFor();
  assert.match(await line(page).innerText(), /^aws ec2 attach-network-interface --network-interface-id eni-\w+ --instance-id i-\w+ --device-index 1$/);
  assert.equal(await line(page).innerText(), (await lastEcho(page)).line);

  await page.keyboard.press("Control+z");
  await eventually(page, "undo is a line", () => line(page).innerText(), (text) => text === "undo");
  assert.match(await note(page).innerText(), /^Undo: attach spare to web-2/);
  await page.keyboard.press("Control+Shift+z");
  await eventually(page, "redo is a line", () => line(page).innerText(), (text) => text === "redo");
  assert.match(await note(page).innerText(), /^Redo: attach spare to web-2/);

  await instance(page, "web-3").locator("header .title").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Stop", exact: true }).click();
  await eventually(page, "stopping is a line", () => line(page).innerText(), (text) => /^aws ec2 stop-instances --instance-ids i-\w+$/.test(text));

  // All of them, oldest first, behind the button.
  await page.getByRole("button", { name: "Terminal", exact: true }).click();
  const all = page.locator(".term-list .cmd");
  await eventually(page, "four lines", () => all.count(), (count) => count === 4);
  assert.deepEqual((await all.allInnerTexts()).map((text) => text.split(" ").slice(0, 3).join(" ")), ["aws ec2 attach-network-interface", "undo", "redo", "aws ec2 stop-instances"]);
});

pageTest("a line is copied as it is, by mouse and by key", { path: "/?autoplay=0", context: { ...size, permissions: ["clipboard-read", "clipboard-write"] } }, async ({ page }) => {
  await opened(page, false);
  await page.getByRole("button", { name: "Allocate", exact: true }).click();
  await eventually(page, "it is there", () => line(page).innerText(), (text) => text.startsWith("aws ec2 allocate-address"));
  const copy = page.getByRole("button", { name: "Copy this command" });
  for (const press of [() => copy.click(), async () => { await copy.focus(); await copy.press("Enter"); }]) {
    await page.evaluate(() => navigator.clipboard.writeText("something else"));
    await press();
    await eventually(page, "it is copied", () => page.evaluate(() => navigator.clipboard.readText()), (text) => text !== "something else");
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await line(page).innerText());
    await page.locator(".notice").getByText("Copied").waitFor();
    await page.locator(".notice-close").click();
  }
});

pageTest("a refused act stands there with AWS's code", { path: "/?autoplay=0", context: size }, async ({ page }) => {
  await opened(page, false);
  await page.locator(".tray").locator(eni(page, "spare")).locator(".eni-name b").click();
  await slot(page, "web-3", 1).click();
  await eventually(page, "it is refused", () => note(page).innerText(), (text) => text === "InvalidParameterCombination");
  assert.match(await line(page).innerText(), /^aws ec2 attach-network-interface /);
});
