// Files from outside: what is read, and what is refused with plain words while the page keeps what it had.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { HOME, mounted, pageTest } from "./support/page.mjs";
import { drop } from "./support/drop.mjs";
import { opened } from "./support/panes.mjs";

const wide = { path: "/", context: { viewport: { width: 1440, height: 900 } } };
const boards = (page) => page.locator(".vpc > header").allInnerTexts();

/** Chooses files through the menu, as a learner does. */
async function choose(page, files) {
  await page.locator(".btn.scene").click();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("menuitem", { name: /^Open files/ }).click()]);
  await chooser.setFiles(files);
}

/** Where a downloaded file lies as long as a test runs. */
async function kept(download, test) {
  const place = mkdtempSync(path.join(tmpdir(), "eni-"));
  test.after(() => rmSync(place, { recursive: true }));
  const file = path.join(place, download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

const file = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });

/** What describe commands print for a small network that is nobody's. */
const folder = () => [
  file("vpcs.json", JSON.stringify({ Vpcs: [{ VpcId: "vpc-0aaaaaaaaaaaaaaa1", CidrBlock: "10.77.0.0/16", State: "available", IsDefault: false,
    CidrBlockAssociationSet: [{ AssociationId: "vpc-cidr-assoc-0aaaaaaaaaaaaaaa1", CidrBlock: "10.77.0.0/16", CidrBlockState: { State: "associated" } }],
    Tags: [{ Key: "Name", Value: "elsewhere" }] }] })),
  file("subnets.json", JSON.stringify({ Subnets: [{ SubnetId: "subnet-0aaaaaaaaaaaaaaa1", VpcId: "vpc-0aaaaaaaaaaaaaaa1", CidrBlock: "10.77.1.0/24",
    AvailabilityZone: "us-east-1a", State: "available", MapPublicIpOnLaunch: false, Tags: [{ Key: "Name", Value: "quiet" }] }] })),
];

pageTest("a folder of describe outputs is opened, with a report", wide, async ({ page }) => {
  await opened(page, false);
  await choose(page, folder());
  await page.getByText("10.77.0.0/16").first().waitFor();
  await page.getByText("quiet").first().waitFor();
});

const part = (page, name) => page.locator(`.import-part[data-part="${name}"]`);

pageTest("the report of an import says what is there, what is worth knowing, and what was left out", wide, async ({ page }) => {
  await opened(page, false);
  const odd = JSON.parse(folder()[1].buffer.toString());
  odd.Subnets[0].Mood = "calm";
  const files = [folder()[0], file("subnets.json", JSON.stringify(odd)), file("empty.json", ""),
    file("carrier.json", JSON.stringify({ CarrierGateways: [{ CarrierGatewayId: "cagw-0aaaaaaaaaaaaaa1", SecretToken: "swordfish" }] }))];
  await choose(page, files);
  const dialog = page.getByRole("dialog", { name: "What was read of Imported network" });
  await dialog.waitFor();
  const lines = async (name) => (await part(page, name).locator("li").allTextContents()).map((line) => line.trim());
  assert.deepEqual(await lines("kept"), ["1 VPC", "1 subnet", "1 security group", "1 network ACL", "1 route table"]);
  assert.equal((await lines("warnings")).length, 4);
  assert.deepEqual(await lines("not-modelled"), ["CarrierGateways"]);
  assert.deepEqual(await lines("not-known"), ["Subnets.Mood"]);
  assert.deepEqual(await lines("secrets"), ["CarrierGateways.SecretToken"]);
  assert.deepEqual(await lines("not-read"), ["empty.json: it is empty"]);
  assert.equal(await part(page, "warnings").locator(".count").innerText(), "4");
  assert.ok(!(await page.content()).includes("swordfish"));
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal((await page.locator(".btn.scene").innerText()).trim(), "Imported network");
});

pageTest("one file gives the network its name", wide, async ({ page }) => {
  await opened(page, false);
  const [vpcs, subnets] = folder().map((one) => JSON.parse(one.buffer.toString()));
  await choose(page, file("quiet-account.json", JSON.stringify({ ...vpcs, ...subnets })));
  await page.getByRole("dialog", { name: "What was read of quiet-account" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".btn.scene", { hasText: "quiet-account" }).waitFor();
});

pageTest("the downloaded document opens again", wide, async ({ page, test }) => {
  await opened(page, false);
  const before = await boards(page);
  await page.locator(".btn.scene").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: /^Download/ }).click()]);
  const file = await kept(download, test);
  await page.getByRole("button", { name: "Allocate" }).click();
  await choose(page, file);
  await page.locator(".notice").getByText(/^Opened/).waitFor();
  assert.deepEqual(await boards(page), before);
  assert.equal(await page.getByRole("button", { name: "Nothing to undo" }).isDisabled(), true);
});

pageTest("the last packets are given as a capture; before the first there is none", { ...wide, path: "/?scenario=empty" }, async ({ page, test }) => {
  const entry = async () => {
    await page.locator(".btn.scene").click();
    return page.getByRole("menuitem", { name: /^Export a capture/ });
  };
  await mounted(page);
  await (await entry()).click();
  await page.locator(".notice").getByText("No packet has been sent yet").waitFor();
  await page.goto(HOME);
  await opened(page, false);
  await page.locator("svg.lane .tick.ok").first().waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), (await entry()).click()]);
  assert.match(download.suggestedFilename(), /\.pcapng$/);
  const bytes = readFileSync(await kept(download, test));
  assert.equal(bytes.readUInt32LE(0), 0x0a0d0d0a, "a section of pcapng begins");
  assert.ok(bytes.includes("svc got this packet"), "with the verdict of each packet");
});

pageTest("what was here before is one press away, with all that can be taken back", wide, async ({ page }) => {
  await opened(page, false);
  const title = (await page.locator(".btn.scene").innerText()).trim();
  await page.getByRole("button", { name: "Allocate" }).click();
  await page.getByRole("button", { name: /^Undo/ }).waitFor();
  const before = await page.locator(".tray").innerText();
  await choose(page, folder());
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Nothing to undo" }).waitFor();
  await page.locator(".notice").getByRole("button", { name: `Back to ${title}` }).press("Enter");
  await page.locator(".btn.scene", { hasText: title }).waitFor();
  await page.getByRole("button", { name: /^Undo/ }).waitFor();
  assert.equal(await page.locator(".tray").innerText(), before);
  // The two have changed places, and the menu knows the way as well.
  await page.locator(".btn.scene").click();
  await page.getByRole("menuitem", { name: /^Back to Imported network/ }).click();
  await page.locator(".btn.scene", { hasText: "Imported network" }).waitFor();
});

const REFUSED = [
  ["broken JSON", file("broken.json", '{"Vpcs": [')],
  ["a newer version", file("later.eni.json", '{"format":"eni-playground","version":99,"state":{}}')],
  ["something else", file("other.json", '{"hello":"world"}')],
  ["no JSON at all", file("page.json", "<script>document.title = 'no'</script>")],
];

for (const [what, refused] of REFUSED) {
  pageTest(`${what} is refused in plain words and changes nothing`, wide, async ({ page }) => {
    await opened(page, false);
    await page.getByRole("button", { name: "Allocate" }).click();
    await page.getByRole("button", { name: /^Undo/ }).waitFor();
    const before = [await boards(page), await page.locator(".tray").innerText(), await page.title()];
    await choose(page, refused);
    await page.locator(".notice").getByText(/could not be opened: .{8,}/).waitFor();
    assert.deepEqual([await boards(page), await page.locator(".tray").innerText(), await page.title()], before);
    assert.equal(await page.getByRole("button", { name: /^Undo/ }).isDisabled(), false, "what was done can still be taken back");
  });
}

// Dropped by its path: to choose it, the test would have to send all of it to the browser first.
pageTest("a file of 70 MB is refused before it is read", wide, async ({ page }) => {
  await opened(page, false);
  const before = await boards(page);
  await page.evaluate(() => {
    window.read = 0;
    const { arrayBuffer } = Blob.prototype;
    Blob.prototype.arrayBuffer = function () {
      window.read += this.size;
      return arrayBuffer.call(this);
    };
  });
  const place = mkdtempSync(path.join(tmpdir(), "eni-"));
  try {
    const large = path.join(place, "large.json");
    writeFileSync(large, "");
    truncateSync(large, 70 * 1024 * 1024);
    await drop(page, { files: [large] });
    await page.getByText("large.json is larger than 64 MB").first().waitFor();
    assert.deepEqual(await boards(page), before);
    assert.equal(await page.evaluate(() => window.read), 0);
  } finally {
    rmSync(place, { recursive: true });
  }
});

pageTest("names with markup in an imported file stay text", wide, async ({ page }) => {
  await opened(page, false);
  const [vpcs, subnets] = folder();
  const name = "<img src=x onerror=alert(1)>";
  await choose(page, [file("vpcs.json", vpcs.buffer.toString().replace("elsewhere", name)), subnets]);
  await page.getByText(name).first().waitFor();
  assert.equal(await page.locator("img").count(), 0);
});

pageTest("the network is exported as a script that bears its title", wide, async ({ page, test }) => {
  await opened(page, false);
  await page.locator(".btn.scene").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: /^Export as a script/ }).click()]);
  assert.equal(download.suggestedFilename(), "Low-budget-high-availability.sh");
  const place = mkdtempSync(path.join(tmpdir(), "eni-"));
  test.after(() => rmSync(place, { recursive: true, force: true }));
  const kept = path.join(place, "network.sh");
  await download.saveAs(kept);
  const text = readFileSync(kept, "utf8");
  assert.match(text, /^#!\/usr\/bin\/env bash\n[^]*aws ec2 create-vpc [^\n]*10\.0\.0\.0\/16/);
});
