// Files, folders and text that are dropped on the page from outside, pasted into it, or chosen as a folder.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { getState, pageTest } from "./support/page.mjs";
import { drop, dragOver, veiled } from "./support/drop.mjs";
import { opened } from "./support/panes.mjs";

const wide = { path: "/", context: { viewport: { width: 1440, height: 900 } } };
const narrow = { path: "/", context: { viewport: { width: 390, height: 844 }, hasTouch: true } };
const account = fileURLToPath(new URL("../../crates/playground/tests/data/describe", import.meta.url));
const veil = (page) => page.locator(".veil");
const titled = (page, title) => page.locator(".btn.scene", { hasText: title }).waitFor();
const linesOf = async (page, part) => (await page.locator(`.import-part[data-part="${part}"] li`).allTextContents()).map((line) => line.trim());

/** A folder of its own with these files, gone after the test. */
function folder(test, name, files) {
  const outer = mkdtempSync(path.join(tmpdir(), "eni-"));
  test.after(() => rmSync(outer, { recursive: true }));
  for (const [file, text] of Object.entries(files)) {
    const place = path.join(outer, name, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
  return path.join(outer, name);
}

const VPCS = JSON.stringify({ Vpcs: [{ VpcId: "vpc-0aaaaaaaaaaaaaaa1", CidrBlock: "10.77.0.0/16", IsDefault: false, Tags: [{ Key: "Name", Value: "elsewhere" }] }] });
const SUBNETS = JSON.stringify({ Subnets: [{ SubnetId: "subnet-0aaaaaaaaaaaaaaa1", VpcId: "vpc-0aaaaaaaaaaaaaaa1", CidrBlock: "10.77.1.0/24",
  AvailabilityZone: "us-east-1a", Tags: [{ Key: "Name", Value: "quiet" }] }] });

pageTest("a folder that is dropped on the page becomes the network, with a report", wide, async ({ page }) => {
  await opened(page, false);
  await drop(page, { files: [account] });
  await page.getByRole("dialog", { name: "What was read of describe" }).waitFor();
  assert.ok((await linesOf(page, "kept")).includes("4 ENIs"));
  assert.equal(await veil(page).count(), 0);
  await page.keyboard.press("Escape");
  await titled(page, "describe");
  await page.getByText("eu-west-1a").first().waitFor();
  const { state } = await getState(page);
  assert.deepEqual([state.Vpcs.length, state.Subnets.length, state.NetworkInterfaces.length], [1, 2, 4]);
});

pageTest("one file, then several, are dropped", wide, async ({ page, test }) => {
  await opened(page, false);
  const place = folder(test, "acct", { "both.json": JSON.stringify({ ...JSON.parse(VPCS), ...JSON.parse(SUBNETS) }), "vpcs.json": VPCS, "subnets.json": SUBNETS });
  await drop(page, { files: [path.join(place, "both.json")] });
  await titled(page, "both");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await drop(page, { files: [path.join(place, "vpcs.json"), path.join(place, "subnets.json")] });
  await titled(page, "Imported network");
  assert.equal((await getState(page)).state.Subnets.length, 1);
});

pageTest("a folder with other things in it: they are listed, hidden ones not even that", wide, async ({ page, test }) => {
  await opened(page, false);
  const place = folder(test, "acct", { "vpcs.json": VPCS, "deep/er/subnets.json": SUBNETS, "notes.txt": "hello", "photo.png": "no", "old.json.gz": "x",
    "empty.json": "", ".git/config.json": "{" });
  await drop(page, { files: [place] });
  await page.getByRole("dialog", { name: "What was read of acct" }).waitFor();
  const skipped = (await linesOf(page, "not-read")).map((line) => line.split(":")[0]).sort();
  assert.deepEqual(skipped, ["acct/empty.json", "acct/notes.txt", "acct/old.json.gz", "acct/photo.png"]);
  assert.equal((await getState(page)).state.Subnets.length, 1);
});

pageTest("while files are over the page it says so; it stops when they leave, on Escape, and when the pointer is back", wide, async ({ page }) => {
  await opened(page, false);
  const title = await page.locator(".btn.scene").innerText();
  const drag = await dragOver(page, { files: [account] });
  await veiled(page, drag);
  assert.match(await veil(page).innerText(), /Let go to open/);
  // From one part of the page to another it stays.
  await veiled(page, drag, [60, 500]);
  await veiled(page, drag, [1300, 300]);
  await drag.leave();
  await veil(page).waitFor({ state: "detached" });
  const escaped = await dragOver(page, { files: [account] });
  await veiled(page, escaped);
  await escaped.giveUp();
  await page.keyboard.press("Escape");
  await veil(page).waitFor({ state: "detached" });
  // Where nobody tells the page that a drag is over, the pointer does: it has none while something is dragged. (The browser that is told of a
  // drag by a test keeps the pointer to itself afterwards, so this one event is made here.)
  const silent = await dragOver(page, { files: [account] });
  await veiled(page, silent);
  await silent.giveUp();
  await veil(page).dispatchEvent("pointermove");
  await veil(page).waitFor({ state: "detached" });
  assert.equal(await page.locator(".btn.scene").innerText(), title);
  // Text shows nothing.
  const text = await dragOver(page, { text: "hello" });
  await text.over([60, 500]);
  assert.equal(await veil(page).count(), 0);
});

pageTest("a dialog steps aside while files are over the page, and takes them as well", wide, async ({ page }) => {
  await opened(page, false);
  await page.locator(".btn.ask").click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  const drag = await dragOver(page, { files: [account] }, [720, 450]);
  await veiled(page, drag);
  await page.waitForFunction(() => getComputedStyle(document.querySelector("dialog[open]")).opacity === "0");
  await drag.drop();
  await page.getByRole("dialog", { name: "What was read of describe" }).waitFor();
  assert.equal(await veil(page).count(), 0);
});

for (const theme of ["light", "dark", "projector"]) {
  pageTest(`at 390 pixels in the theme ${theme} the veil fits and a file that is dropped opens`, { ...narrow, path: `/?theme=${theme}` }, async ({ page }) => {
    await opened(page, false);
    const drag = await dragOver(page, { files: [account] }, [200, 400]);
    await veiled(page, drag);
    const box = page.locator(".veil-in");
    const { x, width, y, height } = await box.boundingBox();
    assert.ok(x >= 0 && x + width <= 390 && y >= 0 && y + height <= 844, `${x} ${y} ${width} ${height}`);
    await drag.drop();
    await page.getByRole("dialog", { name: "What was read of describe" }).waitFor();
  });
}

pageTest("JSON text is taken where it is dropped or pasted; other text is refused in plain words, and a field keeps its own", wide, async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await opened(page, false);
  await drop(page, { text: VPCS });
  await titled(page, "Dropped text");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  const paste = async (text) => {
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await page.keyboard.press("ControlOrMeta+V");
  };
  await paste(JSON.stringify({ ...JSON.parse(VPCS), ...JSON.parse(SUBNETS) }));
  await titled(page, "Pasted text");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const before = await getState(page);
  await paste("VPCS  10.77.0.0/16  vpc-0aaaaaaaaaaaaaaa1");
  await page.locator(".notice").getByText(/could not be opened: Pasted text: it is not JSON/).waitFor();
  assert.deepEqual((await getState(page)).state, before.state);

  // A field takes what is pasted into it.
  await page.locator(".btn.ask").click();
  const field = page.getByRole("dialog").locator("input").last();
  await field.fill("");
  await paste("8443");
  await page.waitForFunction(() => [...document.querySelectorAll("dialog input")].at(-1).value === "8443");
  await titled(page, "Pasted text");
});

pageTest("a folder can be chosen, for those who do not drag", wide, async ({ page, test }) => {
  await opened(page, false);
  const place = folder(test, "chosen", { "vpcs.json": VPCS, "more/subnets.json": SUBNETS, "notes.txt": "hello", ".hidden.json": "{" });
  await page.locator(".btn.scene").click();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("menuitem", { name: /^Open a folder/ }).click()]);
  await chooser.setFiles(place);
  await page.getByRole("dialog", { name: "What was read of chosen" }).waitFor();
  assert.deepEqual((await linesOf(page, "not-read")).map((line) => line.split(":")[0]), ["chosen/notes.txt"]);
  assert.equal((await getState(page)).state.Subnets.length, 1);
});
