// Which browser the tests use: ENI_CHROMIUM, else the first of these on the path.
import { accessSync, constants } from "node:fs";
import path from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

export function chromiumPath() {
  if (process.env.ENI_CHROMIUM) return process.env.ENI_CHROMIUM;
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    for (const name of NAMES) {
      const candidate = path.join(folder, name);
      try {
        accessSync(candidate, constants.X_OK);
        return candidate;
      } catch {
        // not here
      }
    }
  }
  throw new Error("no Chromium: `apt install chromium`, or set ENI_CHROMIUM to one");
}
