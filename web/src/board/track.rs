//! A line on the board, as packets fly it: its corners, and the places where they halt.

/// A point in pixels of the board.
pub type Point = (f64, f64);

/// How far outside an ENI a packet stops that its groups refuse.
pub const OUTSIDE: f64 = 14.0;

/// A line with the places where packets halt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Track {
    /// Its corners.
    pub points: Vec<Point>,
    /// Distances from its start, in pixels, where there is a gate.
    pub halts: Vec<f64>,
    /// How many of its points lie outside the VPC.
    pub outside: usize,
}

impl Track {
    /// How long it is.
    pub fn length(&self) -> f64 {
        self.points.windows(2).map(distance).sum()
    }

    /// Its last point.
    pub fn end(&self) -> Option<Point> {
        self.points.last().copied()
    }

    /// The point at a distance from its start.
    pub fn at(&self, mut way: f64) -> Option<Point> {
        for pair in self.points.windows(2) {
            let length = distance(pair);
            if let [from, to] = pair
                && way <= length
            {
                let part = if length > 0.0 { way / length } else { 0.0 };
                return Some((from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part));
            }
            way -= length;
        }
        self.end()
    }

    /// The point of it that is nearest to another one.
    pub fn nearest(&self, to: Point) -> Option<Point> {
        let on = |pair: &[Point]| {
            let [from, end] = pair else { return None };
            let (x, y) = (end.0 - from.0, end.1 - from.1);
            let square = x * x + y * y;
            let part = if square > 0.0 { (((to.0 - from.0) * x + (to.1 - from.1) * y) / square).clamp(0.0, 1.0) } else { 0.0 };
            Some((from.0 + x * part, from.1 + y * part))
        };
        let far = |point: &Point| (point.0 - to.0).hypot(point.1 - to.1);
        self.points.windows(2).filter_map(on).min_by(|one, other| far(one).total_cmp(&far(other)))
    }

    /// The part of it that another line, which set out at the same place, does not run along.
    pub fn apart_from(&self, other: &Track) -> Track {
        let same = self.points.iter().zip(&other.points).take_while(|(one, two)| one == two).count();
        let points = self.points.iter().skip(same.saturating_sub(1)).copied().collect();
        Track { points, ..Track::default() }
    }

    /// The line as SVG path data, with round corners.
    pub fn path_data(&self) -> String {
        path_data(&self.points)
    }

    /// On to a point, unless it is there.
    pub fn go(&mut self, point: Point) {
        if self.points.last() != Some(&point) {
            self.points.push(point);
        }
    }

    /// On by so much across and down.
    pub fn go_on(&mut self, (across, down): Point) {
        if let Some((x, y)) = self.end() {
            self.go((x + across, y + down));
        }
    }

    /// Across and then down or up to a point; there at once where it begins.
    pub fn turn_to(&mut self, (x, y): Point) {
        if let Some((_, height)) = self.end() {
            self.go((x, height));
        }
        self.go((x, y));
    }

    /// Straight down to a height.
    pub fn down_to(&mut self, height: f64) {
        if let Some((x, _)) = self.end() {
            self.go((x, height));
        }
    }

    /// To the spine and along it to a height, unless it is at that height already.
    pub fn turn(&mut self, spine: f64, height: f64) {
        match self.points.last() {
            Some(from) if from.1 == height => {}
            Some(&from) => {
                self.go((spine, from.1));
                self.go((spine, height));
            }
            None => self.go((spine, height)),
        }
    }

    /// Ends outside an edge (its place across, and the way to the spine) instead of on it.
    pub fn stand_off(&mut self, (edge, towards): (f64, f64)) {
        if let Some(last) = self.points.last_mut() {
            last.0 = edge + towards * OUTSIDE;
        }
        if let Some(halt) = self.halts.pop() {
            self.halts.push(halt.min(self.length()));
        }
    }

    /// Ends below a gateway that it comes up to, instead of in it.
    pub fn stop_below(&mut self, height: f64) {
        while self.points.len() > 2 && self.points.get(self.points.len() - 2).is_some_and(|before| before.1 <= height) {
            self.points.pop();
        }
        if let Some(last) = self.points.last_mut() {
            last.1 = height;
        }
        let length = self.length();
        self.halts.iter_mut().for_each(|way| *way = way.min(length));
    }

    /// Packets halt where it has come to.
    pub fn halt(&mut self) {
        self.halts.push(self.length());
    }
}

fn distance(pair: &[Point]) -> f64 {
    match pair {
        [from, to] => (to.0 - from.0).hypot(to.1 - from.1),
        _ => 0.0,
    }
}

/// SVG path data through points, with corners rounded by at most 10 px.
pub fn path_data(points: &[Point]) -> String {
    let Some(first) = points.first() else { return String::new() };
    let mut out = format!("M{} {}", first.0, first.1);
    for three in points.windows(3) {
        if let [before, corner, after] = three {
            let (there, on) = (distance(&[*before, *corner]), distance(&[*corner, *after]));
            let round = 10.0_f64.min(there / 2.0).min(on / 2.0);
            if round > 0.0 {
                let from = (corner.0 - (corner.0 - before.0) / there * round, corner.1 - (corner.1 - before.1) / there * round);
                let to = (corner.0 + (after.0 - corner.0) / on * round, corner.1 + (after.1 - corner.1) / on * round);
                out.push_str(&format!("L{} {}Q{} {} {} {}", from.0, from.1, corner.0, corner.1, to.0, to.1));
            }
        }
    }
    if let (Some(last), true) = (points.last(), points.len() > 1) {
        out.push_str(&format!("L{} {}", last.0, last.1));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lines_of_one_origin_are_drawn_once_where_they_run_together() {
        let line = |points: &[Point]| Track { points: points.to_vec(), ..Track::default() };
        let (one, two) = (line(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]), line(&[(0.0, 0.0), (10.0, 0.0), (10.0, 30.0)]));
        assert_eq!(one.apart_from(&two).points, [(10.0, 0.0), (10.0, 10.0)]);
        assert_eq!(one.apart_from(&Track::default()).points, one.points);
        assert_eq!(one.apart_from(&one).points.len(), 1, "nothing is left of a line that is the same");
    }

    #[test]
    fn the_nearest_point_of_a_track_lies_on_it() {
        let track = Track { points: vec![(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)], ..Track::default() };
        assert_eq!(track.nearest((4.0, 3.0)), Some((4.0, 0.0)));
        assert_eq!(track.nearest((14.0, 6.0)), Some((10.0, 6.0)));
        assert_eq!(track.nearest((-3.0, -3.0)), Some((0.0, 0.0)));
        assert_eq!(Track::default().nearest((1.0, 1.0)), None);
    }

    #[test]
    fn a_point_of_a_track_is_found_by_its_distance() {
        let track = Track { points: vec![(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)], ..Track::default() };
        assert_eq!(track.at(5.0), Some((5.0, 0.0)));
        assert_eq!(track.at(15.0), Some((10.0, 5.0)));
        assert_eq!(track.at(99.0), Some((10.0, 10.0)));
    }
}
