// The terminal as tests use it: its field, its lines, what they print.
import { eventually } from "./scene.mjs";

export const field = (page) => page.getByRole("textbox", { name: "Command line" });
export const log = (page) => page.getByRole("log");
export const entries = (page) => log(page).getByRole("listitem");
export const texts = (page) => entries(page).locator(".cmd").allInnerTexts();

/** The newest line: what was typed, and what it printed. */
export const newest = (page) =>
  page.evaluate(() => {
    const node = [...document.querySelectorAll(".term-list > li")].at(-1);
    return node && { number: Number(node.dataset.line), line: node.querySelector(".cmd").textContent, printed: [...node.querySelectorAll(".term-out")].map((out) => out.textContent).join("\n") };
  });

export async function openTerminal(page) {
  await page.getByRole("button", { name: "Terminal", exact: true }).click();
  await eventually(page, "the field has the focus", () => field(page).evaluate((node) => node === document.activeElement), (has) => has);
}

/** Types a line, runs it, and gives what it printed. */
export async function run(page, line) {
  const before = (await newest(page))?.number ?? 0;
  await field(page).fill(line);
  await field(page).press("Enter");
  return (await eventually(page, `${line} is done`, () => newest(page), (now) => now?.number > before)).printed;
}

/** Puts text in the clipboard and pastes it where the focus is. */
export async function paste(page, text) {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("Control+v");
}
