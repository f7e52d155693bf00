//! Which parts stand around the board: the page parameters `panels` and `controls`.

/// What is shown beside the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panels {
    /// The bar at the top.
    pub top: bool,
    /// The tray.
    pub parts: bool,
    /// *Why* and the details. Where another page shows this one they come when they are asked for.
    pub why: bool,
    /// The acts and the questions over time.
    pub timeline: bool,
    /// What the network left behind: flow logs, packets, connections.
    pub evidence: bool,
    /// Whether that is open from the start.
    pub evidence_open: bool,
    /// The command line.
    pub echo: bool,
    /// Whether the command line is open as a terminal from the start.
    pub terminal: bool,
    /// The row of controls of time: play, one event, speed, ask.
    pub controls: bool,
}

impl Panels {
    /// Every one.
    pub const ALL: Panels = Panels { top: true, parts: true, why: true, timeline: true, evidence: true, echo: true, ..Panels::NONE };
    /// None but the row of controls, which has a parameter of its own.
    pub const NONE: Panels = Panels {
        top: false,
        parts: false,
        why: false,
        timeline: false,
        evidence: false,
        evidence_open: false,
        echo: false,
        terminal: false,
        controls: true,
    };
    /// What the words of `panels` may be, for whoever wrote another one.
    pub const WORDS: &str = "all, none, top, parts, why, timeline, evidence, echo, terminal";

    /// What stands there when nobody asked for anything else.
    pub const fn usual(embedded: bool) -> Panels {
        if embedded { Panels { why: true, ..Panels::NONE } } else { Panels::ALL }
    }

    /// The panels of a list of words with commas.
    ///
    /// # Errors
    ///
    /// The first word that names no panel.
    pub fn of_words(text: &str) -> Result<Panels, &str> {
        let mut panels = Panels::NONE;
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            match word {
                "all" => panels = Panels { terminal: panels.terminal, evidence_open: panels.evidence_open, ..Panels::ALL },
                "none" => {}
                "top" => panels.top = true,
                "parts" => panels.parts = true,
                "why" => panels.why = true,
                "timeline" => panels.timeline = true,
                "evidence" => (panels.evidence, panels.evidence_open) = (true, true),
                "echo" => panels.echo = true,
                "terminal" => (panels.echo, panels.terminal) = (true, true),
                other => return Err(other),
            }
        }
        Ok(panels)
    }

    /// Whether anything stands below the board.
    pub const fn below(self) -> bool {
        self.controls || self.timeline || self.evidence || self.echo
    }
}

impl Default for Panels {
    fn default() -> Panels {
        Panels::ALL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_panels_and_others_are_told() {
        assert_eq!(Panels::of_words("all"), Ok(Panels::ALL));
        assert_eq!(Panels::of_words("none"), Ok(Panels::NONE));
        assert_eq!(Panels::of_words(""), Ok(Panels::NONE));
        assert_eq!(Panels::of_words("top, echo"), Ok(Panels { top: true, echo: true, ..Panels::NONE }));
        assert_eq!(Panels::of_words("why,sidebar"), Err("sidebar"));
        let open = |text| Panels::of_words(text).map(|panels| (panels.echo, panels.terminal, panels.top));
        assert_eq!(open("terminal"), Ok((true, true, false)));
        assert_eq!((open("terminal,all"), open("all,terminal")), (Ok((true, true, true)), Ok((true, true, true))));
        let open = |text| Panels::of_words(text).map(|panels| (panels.evidence, panels.evidence_open, panels.echo));
        assert_eq!((open("all"), open("evidence")), (Ok((true, false, true)), Ok((true, true, false))));
        assert_eq!((open("evidence,all"), open("all,evidence")), (Ok((true, true, true)), Ok((true, true, true))));
    }

    #[test]
    fn every_word_that_is_told_is_one_that_is_read() {
        for word in Panels::WORDS.split(", ") {
            assert!(Panels::of_words(word).is_ok(), "{word}");
        }
    }
}
