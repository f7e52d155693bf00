// What the terminal keeps with the work: its variables and how high it is, over a reload and over a crash of the engine.
import assert from "node:assert/strict";
import { call, mounted, pageTest } from "./support/page.mjs";
import { opened } from "./support/panes.mjs";
import { eventually } from "./support/scene.mjs";
import { log, openTerminal, run } from "./support/terminal.mjs";

const wide = { viewport: { width: 1440, height: 900 } };
const edge = (page) => page.getByRole("separator", { name: "How high the terminal is" });
const share = (page) => edge(page).getAttribute("aria-valuenow");

async function reloaded(page) {
  await page.getByText("Saved on this device").waitFor();
  await page.reload();
  await mounted(page);
}

pageTest("variables come back after a reload, and after a crash", { path: "/?scenario=empty&autoplay=0&test=1", context: wide }, async ({ page }) => {
  await opened(page, false);
  await openTerminal(page);
  await run(page, "VPC=$(aws ec2 create-vpc --cidr-block 10.3.0.0/16 --query Vpc.VpcId --output text); NAME=web");
  const set = await run(page, 'echo "$VPC $NAME"');
  assert.match(set, /^vpc-\w+ web$/);
  await reloaded(page);
  await page.getByRole("region", { name: /^VPC / }).waitFor();
  await openTerminal(page);
  assert.equal(await run(page, 'echo "$VPC $NAME"'), set);
  await run(page, "unset NAME; SUBNET=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.3.1.0/24 --query Subnet.SubnetId --output text)");
  await assert.rejects(call(page, { kind: "test-panic" }), /stopped/);
  await page.getByRole("status").filter({ hasText: "before the last act" }).waitFor();
  await openTerminal(page);
  assert.match(await run(page, 'echo "$VPC $SUBNET $NAME"'), new RegExp(`^${set.split(" ")[0]} subnet-\\w+ $`));
});

pageTest("how high the terminal is comes back after a reload and a crash, and belongs to the document", { path: "/?autoplay=0&test=1", context: wide }, async ({ page }) => {
  await opened(page, false);
  await openTerminal(page);
  assert.equal(await share(page), "32", "as long as nobody has chosen");
  const { x, y, width } = await edge(page).boundingBox();
  await page.mouse.move(x + width / 2, y + 4);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y - 116, { steps: 6 });
  await page.mouse.up();
  const chosen = await eventually(page, "it is higher", () => share(page), (now) => Number(now) > 40);
  const high = (await log(page).boundingBox()).height;
  await reloaded(page);
  await openTerminal(page);
  await eventually(page, "as high as before", async () => [await share(page), (await log(page).boundingBox()).height], ([now, height]) => now === chosen && Math.abs(height - high) < 2);
  await edge(page).press("ArrowDown");
  const lower = await eventually(page, "an arrow makes it lower", () => share(page), (now) => Number(now) === Number(chosen) - 4);
  await assert.rejects(call(page, { kind: "test-panic" }), /stopped/);
  await page.getByRole("status").filter({ hasText: "before the last act" }).waitFor();
  await openTerminal(page);
  assert.equal(await share(page), lower);
  // Another document of the same browser has its own.
  await page.goto(new URL("/?scenario=empty&autoplay=0&test=1", page.url()).href);
  await opened(page, false);
  await openTerminal(page);
  assert.equal(await share(page), "32");
});
