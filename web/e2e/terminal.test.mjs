// The terminal: lines of AWS's command line do what they say on the board, and what is done on the board stands there as lines.
import assert from "node:assert/strict";
import AxeBuilder from "@axe-core/playwright";
import { carry } from "./support/mouse.mjs";
import { call, getState, mounted, pageTest } from "./support/page.mjs";
import { opened } from "./support/panes.mjs";
import { eni, eventually, instance, slot } from "./support/scene.mjs";
import { entries, field, log, newest, openTerminal, paste, run, texts } from "./support/terminal.mjs";

const wide = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const EMPTY = "/?scenario=empty&autoplay=0";

const withClipboard = { ...wide, permissions: ["clipboard-read", "clipboard-write"] };

const TUTORIAL = `#!/bin/bash
# A VPC with a public and a private subnet, and an instance in each.
VPC=$(aws ec2 create-vpc \\
  --cidr-block 10.20.0.0/16 \\
  --tag-specifications 'ResourceType=vpc,Tags=[{Key=Name,Value=tutorial}]' \\
  --query Vpc.VpcId --output text)
PUBLIC=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.20.1.0/24 --availability-zone us-east-1a \\
  --tag-specifications 'ResourceType=subnet,Tags=[{Key=Name,Value=front}]' --query Subnet.SubnetId --output text)
PRIVATE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.20.2.0/24 --availability-zone us-east-1b \\
  --tag-specifications 'ResourceType=subnet,Tags=[{Key=Name,Value=back}]' --query Subnet.SubnetId --output text)

# The way out
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
RTB=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW
aws ec2 associate-route-table --route-table-id $RTB --subnet-id $PUBLIC

# Who may come in
SG=$(aws ec2 create-security-group --group-name web --description "web servers" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 80 --cidr 0.0.0.0/0

# An instance, and a second ENI for it
WEB=$(aws ec2 run-instances --image-id ami-0123456789abcdef0 --instance-type t3.small --subnet-id $PUBLIC --security-group-ids $SG \\
  --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web}]' --query 'Instances[0].InstanceId' --output text)
aws ec2 wait instance-running --instance-ids $WEB
ENI=$(aws ec2 create-network-interface --subnet-id $PUBLIC --groups $SG --description second \\
  --tag-specifications 'ResourceType=network-interface,Tags=[{Key=Name,Value=second}]' --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 attach-network-interface --network-interface-id $ENI --instance-id $WEB --device-index 1
EIP=$(aws ec2 allocate-address --domain vpc --query AllocationId --output text)
aws ec2 associate-address --allocation-id $EIP --network-interface-id $ENI
`;

pageTest("a tutorial of thirty lines is pasted, and the board is what it describes", { path: EMPTY, context: withClipboard }, async ({ page }) => {
  await opened(page, false);
  assert.equal(await page.locator(".vpc").count(), 0);
  await openTerminal(page);
  await paste(page, TUTORIAL);
  await eventually(page, "it stands in the field", () => field(page).inputValue(), (text) => text === TUTORIAL);
  assert.equal(await entries(page).count(), 0, "nothing runs before Enter");
  await page.keyboard.press("Enter");
  const done = await eventually(page, "all of it is run", () => texts(page), (lines) => lines.length === 16);
  assert.match(done.at(-1), /^aws ec2 associate-address/);
  assert.equal(await entries(page).locator(".term-out.is-error").count(), 0, "nothing is refused");

  const vpc = page.getByRole("region", { name: /^VPC tutorial/ });
  const front = vpc.getByRole("region", { name: "Subnet front, 10.20.1.0/24" });
  await vpc.getByRole("region", { name: "Subnet back, 10.20.2.0/24" }).waitFor();
  await front.locator("article.inst", { has: page.getByRole("heading", { name: "web" }) }).waitFor();
  await slot(page, "web", 1).locator(eni(page, "second")).waitFor();
  await vpc.getByRole("button", { name: /^Internet gateway / }).waitFor();
  assert.match(await slot(page, "web", 1).innerText(), /10\.20\.1\.\d+/);
  // The way out is that subnet's alone: what its route table says stands in the headers.
  const back = vpc.getByRole("region", { name: "Subnet back, 10.20.2.0/24" });
  const kinds = async () => Promise.all([front, back].map((subnet) => subnet.locator("header").first().innerText()));
  await eventually(page, "one is public, the other private", kinds, ([one, other]) => /public/.test(one) && /private/.test(other));
  assert.equal(await back.locator("article.inst").count(), 0);
  await slot(page, "web", 1).getByRole("button", { name: /security group web/ }).waitFor();

  // One line is one step: the last one goes, and only that.
  const address = slot(page, "web", 1).locator(".eip");
  await address.first().waitFor();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await address.first().waitFor({ state: "detached" });
  await slot(page, "web", 1).locator(eni(page, "second")).waitFor();
  await eventually(page, "undo stands there", () => newest(page), (now) => now.line === "undo");
});

pageTest("an ENI that is dragged is a line in the terminal, and the line can be had again", { path: "/?autoplay=0", context: { viewport: { width: 1440, height: 1300 } } }, async ({ page }) => {
  await opened(page, false);
  await openTerminal(page);
  const place = slot(page, "web-2", 1);
  await carry(page, page.locator(".tray").locator(eni(page, "spare")), place);
  await page.mouse.up();
  await place.locator(eni(page, "spare")).waitFor();
  const dragged = /^aws ec2 attach-network-interface --network-interface-id eni-\w+ --instance-id i-\w+ --device-index 1$/;
  const lines = await eventually(page, "its line stands there", () => texts(page), (lines) => lines.length === 1);
  assert.match(lines[0], dragged);
  // By the ids of these very two.
  const { state } = await getState(page);
  const named = (tags) => tags?.find(({ Key }) => Key === "Name")?.Value;
  const spare = state.NetworkInterfaces.find(({ TagSet }) => named(TagSet) === "spare").NetworkInterfaceId;
  const web2 = state.Reservations.flatMap(({ Instances }) => Instances).find(({ Tags }) => named(Tags) === "web-2").InstanceId;
  assert.ok(lines[0].includes(` ${spare} `) && lines[0].includes(` ${web2} `), lines[0]);

  await field(page).focus();
  await page.keyboard.press("ArrowUp");
  assert.equal(await field(page).inputValue(), lines[0]);
  await page.keyboard.press("Enter");
  const again = await eventually(page, "it is refused now", () => newest(page), (now) => now.printed !== "");
  assert.match(again.printed, /^An error occurred \([\w.]+\) when calling the AttachNetworkInterface operation: /);
});

pageTest("a refusal is printed as the command line prints it, and explained as on the board", { path: "/?autoplay=0", context: wide }, async ({ page }) => {
  await opened(page, false);
  await openTerminal(page);
  const printed = await run(page, "aws ec2 delete-vpc --vpc-id vpc-0123456789abcdef0");
  assert.equal(printed, "An error occurred (InvalidVpcID.NotFound) when calling the DeleteVpc operation: The vpc ID 'vpc-0123456789abcdef0' does not exist");
  await log(page).getByText("Why, and what would be accepted").click();
  await log(page).locator(".refusal .instead b").waitFor();
  assert.equal(await run(page, "aws ec2 moon").then((text) => text.includes("Invalid choice")), true);
  assert.match(await run(page, "moon"), /^moon: command not found$/);
  // The line after a refusal runs.
  assert.match(await run(page, "aws ec2 describe-vpcs --query 'Vpcs[].CidrBlock' --output text"), /^10\.0\.0\.0\/16/);
});

pageTest("answers come as JSON, text or a table, and are copied", { path: EMPTY, context: withClipboard }, async ({ page }) => {
  await opened(page, false);
  await openTerminal(page);
  const made = JSON.parse(await run(page, "aws ec2 create-vpc --cidr-block 10.0.0.0/16"));
  assert.equal(made.Vpc.CidrBlock, "10.0.0.0/16");
  const table = await run(page, "aws ec2 describe-vpcs --output table --query 'Vpcs[].{Id:VpcId,Block:CidrBlock}'");
  assert.match(table, /\|\s+Block\s+\|\s+Id\s+\|/);
  await entries(page).last().getByRole("button", { name: "Copy what it printed" }).click();
  assert.equal((await page.evaluate(() => navigator.clipboard.readText())).trim(), table.trim());
  // What is too wide is scrolled to, not cut.
  const wider = await run(page, "aws ec2 describe-vpcs --output table");
  assert.ok(wider.length > 0);
  const place = () => log(page).evaluate((node) => ({ wide: node.scrollWidth >= node.clientWidth, page: document.documentElement.scrollWidth <= innerWidth }));
  assert.deepEqual(await place(), { wide: true, page: true });
});

pageTest("Tab completes commands, options, ids and words, and Escape and Tab leave", { path: "/?autoplay=0", context: wide }, async ({ page }) => {
  await opened(page, false);
  await openTerminal(page);
  const value = () => field(page).inputValue();
  const typed = async (text) => {
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
    return value();
  };
  assert.equal(await typed("aw"), "aws ");
  assert.equal(await typed("ec2 detach-n"), "aws ec2 detach-network-interface ");
  assert.equal(await typed("--att"), "aws ec2 detach-network-interface --attachment-id ");
  assert.equal(await typed("eni-att"), "aws ec2 detach-network-interface --attachment-id eni-attach-0000000000000000");
  const offered = page.getByRole("group", { name: "What may come next" });
  const words = await offered.getByRole("button").allInnerTexts();
  assert.ok(words.length > 2 && words.every((word) => word.startsWith("eni-attach-")), `${words}`);
  await offered.getByRole("button").first().click();
  assert.equal(await value(), `aws ec2 detach-network-interface --attachment-id ${words[0]} `);
  assert.equal(await offered.count(), 0);

  // Where an option asks for one kind of id, those of other kinds are not offered.
  await page.keyboard.press("Control+u");
  await page.keyboard.type("aws ec2 describe-subnets --subnet-ids ");
  await page.keyboard.press("Tab");
  const subnets = await offered.getByRole("button").allInnerTexts();
  assert.ok(subnets.length > 1 && subnets.every((word) => word.startsWith("subnet-")), `${subnets}`);
  await offered.getByRole("button").first().click();
  assert.equal(await value(), `aws ec2 describe-subnets --subnet-ids ${subnets[0]} `);

  // The way out: Escape, then Tab; and nothing is lost by it.
  const here = () => field(page).evaluate((node) => node === document.activeElement);
  await page.keyboard.press("Escape");
  await page.getByText("Tab leaves the terminal now.").waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await here(), false);
  assert.notEqual(await value(), "");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await here(), true);
  await page.keyboard.press("Shift+Tab");
  assert.equal(await here(), false, "backwards it is left at once");
  await field(page).focus();
  await page.keyboard.press("Control+c");
  assert.equal(await value(), "");
  await page.keyboard.press("Tab");
  assert.equal(await here(), false, "where nothing stands there is nothing to complete");
});

/** Where the parts of the terminal are, and whether the log shows its end. */
const heights = (page) =>
  page.evaluate(() => {
    const rect = (name) => document.querySelector(name)?.getBoundingClientRect();
    const [log, last, offers, line] = [".term-log", ".term-list > li:last-child", ".term-offers", ".term-line"].map(rect);
    return { log: log.height, seen: last.bottom <= log.bottom + 1, apart: !offers || (offers.top >= log.bottom - 1 && offers.bottom <= line.top + 1) };
  });

for (const context of [wide, phone]) {
  pageTest(`what is offered lies beside the newest lines, ${context.viewport.width} wide`, { path: "/?autoplay=0", context }, async ({ page }) => {
    await opened(page, false);
    if (context === phone) await page.locator(".mob").getByRole("button", { name: "Terminal" }).tap();
    else await openTerminal(page);
    for (const word of ["one", "two", "three"]) await run(page, `aws ec2 describe-instances; echo ${word}`);
    await field(page).fill("aws ec2 describe-");
    await page.getByRole("button", { name: "Complete (Tab)" }).click();
    await page.getByRole("group", { name: "What may come next" }).waitFor();
    await eventually(page, "the newest line and what is offered are both in sight", () => heights(page), (now) => now.seen && now.apart);
  });
}

pageTest("the terminal is as high as somebody makes it, by the pointer and by keys", { path: "/?autoplay=0", context: wide }, async ({ page }) => {
  await opened(page, false);
  await openTerminal(page);
  for (const word of ["one", "two", "three"]) await run(page, `aws ec2 describe-instances; echo ${word}`);
  const edge = page.getByRole("separator", { name: "How high the terminal is" });
  const before = await heights(page);
  const { x, y, width } = await edge.boundingBox();
  await page.mouse.move(x + width / 2, y + 4);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y - 116, { steps: 6 });
  await page.mouse.up();
  const higher = await eventually(page, "it is higher by what the pointer moved", () => heights(page), (now) => Math.abs(now.log - before.log - 120) < 12 && now.seen);
  await page.mouse.move(x + width / 2, y - 200);
  await edge.focus();
  await page.keyboard.press("ArrowDown");
  const lower = await eventually(page, "an arrow makes it lower", () => heights(page), (now) => Math.abs(higher.log - now.log - 36) < 3 && now.seen);
  assert.equal(await edge.getAttribute("aria-valuenow"), String(Math.round((lower.log / 900) * 100)));
  // It stays so when it is folded and opened again.
  await page.getByRole("button", { name: "Terminal", exact: true }).click();
  await page.getByRole("button", { name: "Terminal", exact: true }).click();
  await eventually(page, "it is as high as before", () => heights(page), (now) => Math.abs(now.log - lower.log) < 1);
  await edge.focus();
  await page.keyboard.press("Home");
  await eventually(page, "never so low that nothing is seen", () => heights(page), (now) => now.log >= 90 && now.log < lower.log);
});

pageTest("earlier lines come back by the arrows, and keys of a terminal do what they do there", { path: EMPTY, context: wide }, async ({ page }) => {
  await opened(page, false);
  await openTerminal(page);
  const value = () => field(page).inputValue();
  await run(page, "echo one");
  await run(page, "echo two");
  await page.keyboard.type("echo dra");
  for (const [key, expected] of [["ArrowUp", "echo two"], ["ArrowUp", "echo one"], ["ArrowUp", "echo one"], ["ArrowDown", "echo two"], ["ArrowDown", "echo dra"], ["ArrowDown", "echo dra"]]) {
    await page.keyboard.press(key);
    assert.equal(await value(), expected, key);
  }
  await page.keyboard.press("Control+u");
  assert.equal(await value(), "");
  await page.keyboard.type("echo x");
  await page.keyboard.press("Home");
  await page.keyboard.press("Control+u");
  assert.equal(await value(), "echo x", "nothing stands before the caret");
  await page.keyboard.press("Control+c");
  assert.equal(await value(), "");
  assert.equal(await entries(page).count(), 2, "a line that was dropped was not run");

  // A line that goes on is not run before it ends.
  await page.keyboard.type("echo 'a");
  await page.keyboard.press("Enter");
  await page.keyboard.type("b' \\");
  await page.keyboard.press("Enter");
  await page.keyboard.type("c");
  await page.keyboard.press("Enter");
  await eventually(page, "it is one line", () => newest(page), (now) => now.printed === "a\nb c");
  assert.equal(await entries(page).count(), 3);

  await page.keyboard.press("Control+l");
  await eventually(page, "the lines are cleared", () => entries(page).count(), (count) => count === 0);
  await page.keyboard.press("ArrowUp");
  assert.equal(await value(), "echo 'a\nb' \\\nc", "what was cleared can be had again");
  await page.keyboard.press("Control+c");
  await run(page, "echo three");
  await field(page).fill("clear");
  await page.keyboard.press("Enter");
  await eventually(page, "the word clears, too", () => entries(page).count(), (count) => count === 0);
});

pageTest("help tells the commands, and of a command its options", { path: EMPTY, context: wide }, async ({ page }) => {
  await opened(page, false);
  await openTerminal(page);
  assert.match(await run(page, "help"), /aws ec2 COMMAND/);
  assert.match(await run(page, "aws ec2 help"), /AVAILABLE COMMANDS[^]*attach-network-interface/);
  assert.match(await run(page, "aws ec2 create-subnet help"), /--cidr-block <value>[^]*--vpc-id <value>/);
});

pageTest("too much is not taken and not lost, and a long answer says what is missing", { path: EMPTY, context: withClipboard }, async ({ page }) => {
  await opened(page, false);
  await openTerminal(page);
  await page.keyboard.type("echo before");
  await paste(page, "echo x\n".repeat(150000));
  await page.getByRole("alert").filter({ hasText: /1026 kB.*256 kB/ }).waitFor();
  assert.equal(await field(page).inputValue(), "echo before");
  await page.keyboard.press("Enter");
  await eventually(page, "the field works as before", () => newest(page), (now) => now?.printed === "before");
  // Longer than a frame's work, and stopped on the way.
  await paste(page, "sleep 0.001\n".repeat(20000));
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Stop (Ctrl+C)" }).click();
  await page.getByText("Lines are being run.").waitFor({ state: "detached" });
  assert.match(await run(page, `echo ${"y".repeat(70000)}`), /… \d+ kB more are not shown/);
});

pageTest("lines of a script do what they did after a crash, too", { path: "/?scenario=empty&autoplay=0&test=1", context: wide }, async ({ page }) => {
  await opened(page, false);
  await openTerminal(page);
  await run(page, "A=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text); aws ec2 create-subnet --vpc-id $A --cidr-block 10.1.1.0/24");
  await run(page, "wait 2500ms");
  const before = await getState(page);
  assert.equal(before.live.nowMs, 2500);
  await assert.rejects(call(page, { kind: "test-panic" }), /stopped/);
  await page.getByRole("status").filter({ hasText: "before the last act" }).waitFor();
  const after = await getState(page);
  assert.deepEqual([after.state, after.live.nowMs], [before.state, before.live.nowMs]);
  // Its acts stand there as lines, and are still one step of undo.
  await openTerminal(page);
  await eventually(page, "the lines of its acts", () => texts(page), (lines) => lines.length === 2 && lines.every((line) => /^aws ec2 create-(vpc|subnet) /.test(line)));
  await page.getByRole("button", { name: /^Undo/ }).click();
  await eventually(page, "the whole line is taken back", async () => (await getState(page)).state.Vpcs?.length ?? 0, (count) => count === 0);
});

pageTest("what a line did is kept over a reload", { path: EMPTY, context: wide }, async ({ page }) => {
  await opened(page, false);
  await openTerminal(page);
  await run(page, "aws ec2 create-vpc --cidr-block 10.3.0.0/16");
  await page.getByText("Saved on this device").waitFor();
  await page.reload();
  await mounted(page);
  await page.getByRole("region", { name: /^VPC / }).waitFor();
  await openTerminal(page);
  await page.keyboard.press("ArrowUp");
  assert.match(await field(page).inputValue(), /^aws ec2 create-vpc --cidr-block 10\.3\.0\.0\/16/);
});

pageTest("a page for reading answers and changes nothing", { path: "/?scenario=low-budget-ha&readonly=1&autoplay=0", context: wide }, async ({ page }) => {
  await opened(page, false);
  const before = (await getState(page)).state;
  await openTerminal(page);
  assert.match(await run(page, "aws ec2 create-vpc --cidr-block 10.3.0.0/16"), /^An error occurred \(UnauthorizedOperation\) .*This page is for reading/);
  assert.match(await run(page, "undo"), /This page is for reading/);
  assert.match(await run(page, "aws ec2 describe-vpcs --output text"), /10\.0\.0\.0\/16/);
  assert.deepEqual((await getState(page)).state, before);
});

pageTest("in another page it is open where its author asks for it", { path: "/?embed=1&panels=terminal&scenario=empty", context: { viewport: { width: 900, height: 600 } } }, async ({ page }) => {
  await mounted(page);
  await log(page).waitFor();
  await run(page, "aws ec2 create-vpc --cidr-block 10.3.0.0/16");
  await page.getByRole("region", { name: /^VPC / }).waitFor();
});

pageTest("on a phone lines are typed, completed and run by fingers", { path: EMPTY, context: phone }, async ({ page }) => {
  await opened(page, false);
  await page.locator(".mob").getByRole("button", { name: "Terminal" }).tap();
  await field(page).fill("aws ec2 create-");
  await page.getByRole("button", { name: "Complete (Tab)" }).tap();
  const offered = page.getByRole("group", { name: "What may come next" });
  await offered.getByRole("button", { name: "create-vpc", exact: true }).tap();
  assert.equal(await field(page).inputValue(), "aws ec2 create-vpc ");
  await field(page).fill("aws ec2 create-vpc --cidr-block 10.7.0.0/16");
  await page.getByRole("button", { name: "Run (Enter)" }).tap();
  await eventually(page, "it answers", () => newest(page), (now) => now?.printed.includes("10.7.0.0/16"));
  const places = await page.evaluate(() => {
    const rect = (name) => document.querySelector(name).getBoundingClientRect();
    return { page: document.documentElement.scrollWidth, field: rect(".term-field").bottom <= rect(".area-tabs").top, log: rect(".term-log").height > 300 };
  });
  assert.deepEqual(places, { page: 390, field: true, log: true });
  await page.locator(".mob").getByRole("button", { name: "Board" }).tap();
  await page.getByRole("region", { name: /^VPC / }).waitFor();
});

pageTest("on a phone lines of text are broken where the screen ends, no option after its dashes; rows of a table and JSON are not", { path: "/?autoplay=0", context: phone }, async ({ page }) => {
  await opened(page, false);
  await page.locator(".mob").getByRole("button", { name: "Terminal" }).tap();
  const out = page.locator(".term-list > li:last-child .term-out").last();
  const over = () => out.evaluate((node) => node.getBoundingClientRect().right - document.querySelector(".term-log").getBoundingClientRect().right);
  await run(page, "ssh web-1 ping -c 2 10.0.12.40");
  await out.getByText("packets transmitted").waitFor();
  assert.ok((await over()) <= 0, `${await over()}`);
  const whole = (place) => place.locator("i").evaluateAll((options) => options.map((node) => [node.textContent, node.getBoundingClientRect().height < 30]));
  await run(page, "aws ec2 describe-subnets --filters Name=tag:Name,Values=public-a --output table --no-such-option --nor-such-a-one");
  for (const [text, one] of [...(await whole(out)), ...(await whole(page.locator(".term-list > li:last-child .cmd")))]) assert.ok(one, text);
  assert.ok((await whole(out)).some(([text]) => text.startsWith("--no-such-option")));
  for (const format of ["table", "json"]) {
    await run(page, `aws ec2 describe-subnets --filters Name=tag:Name,Values=public-a --output ${format}`);
    assert.equal(await out.evaluate((node) => getComputedStyle(node).whiteSpaceCollapse + getComputedStyle(node).textWrapMode), "preservenowrap", format);
  }
});

for (const [theme, context] of [["light", wide], ["dark", wide], ["projector", wide], ["light", phone]]) {
  pageTest(`axe finds nothing serious in the terminal, ${theme}, ${context.viewport.width} wide`, { path: `/?theme=${theme}&autoplay=0`, context }, async ({ page }) => {
    await opened(page, false);
    if (context === phone) await page.locator(".mob").getByRole("button", { name: "Terminal" }).tap();
    else await openTerminal(page);
    await run(page, "aws ec2 describe-vpcs");
    await run(page, "aws ec2 delete-vpc --vpc-id vpc-0123456789abcdef0");
    await log(page).getByText("Why, and what would be accepted").click();
    await field(page).fill("aws ec2 create-");
    await page.getByRole("button", { name: "Complete (Tab)" }).click();
    await page.getByRole("group", { name: "What may come next" }).waitFor();
    const { violations } = await new AxeBuilder({ page }).include(".term").analyze();
    const serious = violations.filter((found) => ["serious", "critical"].includes(found.impact));
    assert.deepEqual(serious.map((found) => `${found.id}: ${found.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" ; ")}`), []);
  });
}

for (const running of [false, true]) {
  pageTest(`moves that are pasted together wait for one another, time ${running ? "running" : "stopped"}`, { path: "/?autoplay=0", context: withClipboard }, async ({ page }) => {
    await opened(page, running);
    await openTerminal(page);
    const lines = ["move svc web-2 1", "move svc web-1 1", "move spare web-2 1", "move svc web-2 2", "move spare web-1 1"];
    await paste(page, `${lines.join("\n")}\n`);
    await page.keyboard.press("Enter");
    // Of what is done by itself, the second halves, lines stand there, too.
    const typed = async () => (await getState(page)).live.echo.filter(({ line }) => line.startsWith("move "));
    const done = await eventually(page, "all of them are run", typed, (now) => now.length === lines.length);
    assert.deepEqual(done.map(({ line, accepted }) => [line, accepted]), lines.map((line) => [line, true]));
    await opened(page, true);
    await slot(page, "web-2", 2).locator(eni(page, "svc")).waitFor();
    await slot(page, "web-1", 1).locator(eni(page, "spare")).waitFor();
  });
}

pageTest("what a program says beside its output is no fault where it ended well", { path: "/", context: wide }, async ({ page }) => {
  await opened(page);
  await openTerminal(page);
  await run(page, "ssh web-1 tcpdump -ni any -c 2");
  await page.locator(".term-out.is-said", { hasText: "listening on" }).waitFor();
  assert.equal(await entries(page).locator(".term-out.is-error").count(), 0);
  await run(page, "ssh web-1 nonsense");
  await page.locator(".term-out.is-error").waitFor();
});
