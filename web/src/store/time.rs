//! Time runs, stops and steps; what it brings is shown.

use super::start::Effect;
use super::state::Store;
use crate::words::{Key, say};

/// A frame never lets more real time pass than this: after a stall the page goes on, it does not leap.
const LONGEST_FRAME_MS: f64 = 100.0;
/// Views are made anew at most this often while time runs, in real milliseconds. Packets on the canvas move with every frame.
const VIEWS_EVERY_MS: f64 = 50.0;

impl Store {
    pub(super) fn play(&mut self, playing: bool) {
        self.shown.clock.playing = playing;
        self.shown.happened = None;
        self.last_frame = None;
        if !playing {
            self.keep_time();
        }
    }

    pub(super) fn step(&mut self) {
        self.shown.clock.playing = false;
        let told = self.session.step();
        self.take_flights();
        let text = match told {
            Some(step) => {
                if let Some(packet) = step.packet {
                    self.choose(packet);
                }
                step.text
            }
            None => say(Key::NothingDue),
        };
        self.say(text.clone());
        self.shown.happened = Some(text);
    }

    /// *Why* is about this packet, without coming up where it is not.
    pub(super) fn choose(&mut self, packet: u64) {
        self.shown.selection.packet = Some(packet);
        self.shown.selection.check = None;
    }

    /// Lets time run.
    pub(super) fn run(&mut self) {
        self.play(true);
    }

    pub(super) fn frame(&mut self, at: f64) -> bool {
        let passed = self.last_frame.map_or(0.0, |before| (at - before).clamp(0.0, LONGEST_FRAME_MS));
        self.last_frame = Some(at);
        let typed = self.shown.terminal.busy;
        if typed {
            self.run_lines();
        }
        if !self.shown.clock.playing {
            return typed && self.refresh_at(at);
        }
        let virtual_us = passed * self.shown.clock.speed.factor() * 1000.0;
        // Never negative and at most some hundred thousand: the cast keeps the whole microseconds.
        self.session.advance(virtual_us as u64);
        self.take_flights();
        self.keep_time_at(at);
        self.refresh_at(at)
    }

    /// Makes all views anew, unless that was done just now.
    pub(super) fn refresh_at(&mut self, at: f64) -> bool {
        if at - self.last_views < VIEWS_EVERY_MS && (self.shown.clock.playing || self.shown.terminal.busy) {
            return false;
        }
        self.last_views = at;
        self.refresh();
        true
    }

    /// Packets set out, and what happened by itself is said.
    pub(super) fn take_flights(&mut self) {
        for text in self.session.take_announcements() {
            self.say(text);
        }
        let flights = self.session.take_flights();
        self.flows.learn(&flights, &self.shown.board.clients);
        if !flights.is_empty() {
            self.effects.push(Effect::Fly(flights));
            self.follow();
        }
    }
}
