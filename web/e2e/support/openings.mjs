// How pages of the first scene are opened by people who set page parameters: what that takes is recorded when the engine is split, and
// `rest.test.mjs` opens them with the first part alone. What means nothing is told, and that is in time later.
export const OPENINGS = [
  "/?theme=dark",
  "/?theme=projector&panels=none",
  "/?theme=light&panels=top,parts,timeline,echo",
  "/?panels=why,terminal&controls=0",
  "/?panels=terminal&readonly=1&autoplay=0",
  "/?embed=1",
  "/?embed=1&panels=why,terminal&theme=light",
  "/?embed=1&panels=none&controls=0&readonly=1&lang=en",
];
