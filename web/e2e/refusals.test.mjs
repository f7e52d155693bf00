// Refusals in the page: AWS's code and message, the reason in plain words, and what would be accepted, by name.
import assert from "node:assert/strict";
import { call, facts, getState, pageTest } from "./support/page.mjs";
import { openMenu, opened, thingOf } from "./support/panes.mjs";

const at = (width) => ({ path: "/", context: { viewport: { width, height: 900 } } });

/** The whole answer that is shown now. */
async function told(box) {
  await box.locator(".instead b").waitFor();
  return { code: await box.locator("code").innerText(), text: await box.innerText(), instead: await box.locator(".instead b").innerText() };
}

/** The ids that the acts below name. */
async function ids(page) {
  const { state } = await getState(page);
  const tag = (thing) => (thing.Tags ?? thing.TagSet ?? []).find((one) => one.Key === "Name")?.Value;
  const named = (list, name) => list.find((thing) => tag(thing) === name);
  const enis = state.NetworkInterfaces.map((eni) => ({ ...eni, name: tag(eni) }));
  const instances = state.Reservations?.flatMap((one) => one.Instances) ?? state.Instances;
  const instance = (name) => named(instances, name).InstanceId;
  const eni = (name) => enis.find((one) => one.name === name);
  return { state, eni, instance, enis };
}

const api = (action, parameters) => ({ kind: "api", service: "ec2", action, parameters });

/** Ten kinds: the act, AWS's code, and what must be among the words of what would be accepted. */
const KINDS = [
  ["another zone", ({ eni, instance }) => api("AttachNetworkInterface", { NetworkInterfaceId: eni("spare").NetworkInterfaceId, InstanceId: instance("web-3"), DeviceIndex: 1 }), "InvalidParameterCombination", /web-[12] takes it/],
  ["an index that is taken", ({ eni, instance }) => api("AttachNetworkInterface", { NetworkInterfaceId: eni("spare").NetworkInterfaceId, InstanceId: instance("web-2"), DeviceIndex: 0 }), "InvalidParameterValue", /index \d is free/],
  ["a primary ENI", ({ eni }) => api("DetachNetworkInterface", { AttachmentId: eni("web-1-main").Attachment.AttachmentId }), "OperationNotPermitted", /svc/],
  ["no group at all", ({ eni }) => api("ModifyNetworkInterfaceAttribute", { NetworkInterfaceId: eni("spare").NetworkInterfaceId, Groups: [] }), "InvalidParameterCombination", /groups of shop/],
  ["a primary address of another ENI", ({ eni }) => api("AssignPrivateIpAddresses", { NetworkInterfaceId: eni("spare").NetworkInterfaceId, PrivateIpAddresses: ["10.0.1.20"], AllowReassignment: true }), "InvalidParameterValue", /is free; or move the whole ENI svc/],
  ["an address outside the subnet", ({ eni }) => api("AssignPrivateIpAddresses", { NetworkInterfaceId: eni("spare").NetworkInterfaceId, PrivateIpAddresses: ["192.0.2.1"] }), "InvalidParameterValue", /10\.0\.1\.\d+ is free/],
  ["an instance that runs", ({ instance }) => api("ModifyInstanceAttribute", { InstanceId: instance("web-2"), InstanceType: { Value: "t3.nano" } }), "IncorrectInstanceState", /web-2 is stopped/],
  ["a subnet in use", ({ state }) => api("DeleteSubnet", { SubnetId: state.Subnets[0].SubnetId }), "DependencyViolation", /after these are gone/],
  ["blocks that overlap", ({ state }) => api("CreateSubnet", { VpcId: state.Vpcs[0].VpcId, CidrBlock: state.Subnets[0].CidrBlock }), "InvalidSubnet.Conflict", /^10\.0\.\d+\.0\/24 is free$/],
  ["an id that is not there", () => api("DeleteNetworkInterface", { NetworkInterfaceId: "eni-0000000000000ffff" }), "InvalidNetworkInterfaceID.NotFound", /one that is here: eni-/],
  ["an id that is none", () => api("DeleteNetworkInterface", { NetworkInterfaceId: "spare" }), "InvalidNetworkInterfaceId.Malformed", /one that is here: eni-/],
  ["an action that is none", () => api("LaunchRocket", {}), "UnsupportedOperation", /menus and the command line/],
];

pageTest("ten kinds of refusal and more say why, and what would be accepted", at(1440), async ({ page }) => {
  await opened(page, false);
  const known = await ids(page);
  const before = facts(await getState(page));
  for (const [what, act, code, instead] of KINDS) {
    await call(page, act(known)).catch(() => {});
    const box = page.locator(".board .refuse");
    await box.locator("code", { hasText: code }).waitFor();
    await box.locator(".instead b").filter({ hasText: instead }).waitFor();
    const said = await told(box);
    assert.equal(said.code, code, what);
    assert.match(said.text, /Instead:/, what);
    assert.ok((await box.locator("p").count()) >= 4, `${what}: title, reason, message and what would be accepted`);
  }
  const { echo: _, ...after } = facts(await getState(page));
  const { echo: __, ...same } = before;
  assert.deepEqual(after, same, "nothing has changed");
});

pageTest("a menu entry that would be refused gives the whole answer by mouse and by key", at(1440), async ({ page }) => {
  await opened(page, false);
  const subnet = await thingOf(page, "subnet", "public-a");
  await openMenu(page, subnet);
  await page.getByRole("menuitem", { name: /^Delete/ }).click();
  const said = await told(page.locator(".board .refuse"));
  assert.equal(said.code, "DependencyViolation");
  await openMenu(page, await thingOf(page, "eni", "web-1-main"));
  const detach = page.getByRole("menuitem", { name: /^Detach Index 0/ });
  await detach.focus();
  await page.keyboard.press("Enter");
  await page.locator(".board .refuse code", { hasText: "OperationNotPermitted" }).waitFor();
  assert.match((await told(page.locator(".board .refuse"))).instead, /svc/);
});

pageTest("a form says what AWS refuses below its fields, with what would be accepted", at(390), async ({ page }) => {
  await opened(page, false);
  await openMenu(page, await thingOf(page, "subnet", "public-a"));
  await page.getByRole("menuitem", { name: /^New ENI/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Private address" }).fill("10.0.1.20");
  await dialog.locator("button[type=submit]").click();
  const said = await told(dialog.locator(".refusal"));
  assert.equal(said.code, "InvalidIPAddress.InUse");
  assert.match(said.text, /svc has this address/);
  assert.match(said.instead, /^10\.0\.1\.\d+ is free$/);
  const inside = await dialog.locator(".refusal").evaluate((node) => node.getBoundingClientRect().right <= window.innerWidth && node.scrollWidth <= node.clientWidth);
  assert.equal(inside, true, "it fits the screen");
});
