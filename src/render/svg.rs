//! Pictures of tables as SVG. The only file that knows the drawing crate.
//!
//! Everything can be told apart without colour, by greys, frames and words; each value is written next to its bar, so
//! there are no axes. The widths of texts are estimates, since there is no font here.

use super::chart::{Picture, Point};
use super::width::{cut, width};
use crate::model::table::ChartKind;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

const WIDE: i32 = 960;
const FONT: &str = "Arial, sans-serif";
const FONT_SIZE: i32 = 16;
/// The pixels of a letter: a generous average.
const LETTER: i32 = 8;
const BAR: i32 = 16;
const GAP: i32 = 10;
/// How high a trend is.
const TREND: i32 = 280;
/// What fills the first, the second and the third column: dark, light or white, in a frame.
const GREYS: [RGBColor; 3] = [RGBColor(120, 120, 120), RGBColor(215, 215, 215), RGBColor(255, 255, 255)];

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn<'a> = Result<(), DrawingAreaErrorKind<<SVGBackend<'a> as DrawingBackend>::ErrorType>>;

/// The picture as one `<svg>` element. `None` if the crate cannot draw it, which does not happen in memory.
pub(super) fn draw(picture: &Picture) -> Option<String> {
    let rows = picture.rows.len() as i32;
    let series = picture.heads.len() as i32;
    let height = match picture.kind {
        ChartKind::Trend => TREND + 110,
        _ => 50 + rows * (series * BAR + GAP),
    };
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (WIDE as u32, height as u32)).into_drawing_area();
        legend(&root, picture).ok()?;
        match picture.kind {
            ChartKind::Trend => trend(&root, picture).ok()?,
            _ => bars(&root, picture).ok()?,
        }
        root.present().ok()?;
    }
    Some(svg)
}

/// What the fills mean, on top.
fn legend<'a>(root: &Area<'a>, picture: &Picture) -> Drawn<'a> {
    let mut x = 4;
    for (at, head) in picture.heads.iter().enumerate() {
        square(root, (x, 6), (x + 14, 20), at)?;
        words(root, head, (x + 20, 13), HPos::Left)?;
        x += 20 + width(head) as i32 * LETTER + 24;
    }
    if let Some((_, text)) = &picture.target {
        root.draw(&PathElement::new([(x + 7, 4), (x + 7, 22)], BLACK.stroke_width(3)))?;
        words(root, text, (x + 16, 13), HPos::Left)?;
    }
    Ok(())
}

fn bars<'a>(root: &Area<'a>, picture: &Picture) -> Drawn<'a> {
    let widest = |widths: &mut dyn Iterator<Item = usize>| widths.max().unwrap_or(0) as i32 * LETTER;
    let left = widest(&mut picture.rows.iter().map(|(name, _)| width(name))).min(WIDE / 3) + 12;
    let texts = picture.rows.iter().flat_map(|(_, points)| points).map(|point: &Point| width(&point.text));
    let room = WIDE - left - widest(&mut texts.into_iter()) - 16;
    let at = |value: f64| left + (value.max(0.0) / picture.most * f64::from(room)).round() as i32;
    let mut y = 40;
    let top = y;
    for (name, points) in &picture.rows {
        let middle = y + points.len() as i32 * BAR / 2;
        words(root, &cut(name, (left / LETTER) as usize), (left - 8, middle), HPos::Right)?;
        for (series, point) in points.iter().enumerate() {
            let end = at(point.value.unwrap_or(0.0));
            if end > left {
                square(root, (left, y + 1), (end, y + BAR - 1), series)?;
            }
            // the words stay clear of the line of the target
            let near = picture.target.as_ref().map(|(target, _)| at(*target));
            let behind = near.filter(|near| (end - 4..end + 60).contains(near)).unwrap_or(end);
            words(root, &point.text, (behind + 6, y + BAR / 2), HPos::Left)?;
            y += BAR;
        }
        y += GAP;
    }
    root.draw(&PathElement::new([(left, top - 4), (left, y - GAP + 4)], BLACK.stroke_width(1)))?;
    if let Some((target, _)) = &picture.target {
        let x = at(*target);
        root.draw(&PathElement::new([(x, top - 4), (x, y - GAP + 4)], BLACK.stroke_width(3)))?;
    }
    Ok(())
}

fn trend<'a>(root: &Area<'a>, picture: &Picture) -> Drawn<'a> {
    let (left, right, bottom) = (60, WIDE - 60, 60 + TREND);
    let step = (right - left) / (picture.rows.len() as i32 - 1).max(1);
    let place = |row: usize, value: f64| {
        (left + row as i32 * step, bottom - (value.max(0.0) / picture.most * f64::from(TREND)).round() as i32)
    };
    root.draw(&PathElement::new([(left - 20, bottom), (right + 20, bottom)], BLACK.stroke_width(1)))?;
    for (row, (name, _)) in picture.rows.iter().enumerate() {
        let name = cut(name, (step / LETTER).max(4) as usize);
        words(root, &name, (place(row, 0.0).0, bottom + 16), HPos::Center)?;
    }
    if let Some((target, _)) = &picture.target {
        let y = place(0, *target).1;
        root.draw(&PathElement::new([(left - 20, y), (right + 20, y)], BLACK.stroke_width(3)))?;
    }
    for series in 0..picture.heads.len() {
        let mut before: Option<(i32, i32)> = None;
        for (row, (_, points)) in picture.rows.iter().enumerate() {
            // a missing value breaks the line: it is not a zero
            let Some(value) = points[series].value else {
                before = None;
                continue;
            };
            let (x, y) = place(row, value);
            let from = before.unwrap_or((x, y));
            root.draw(&PathElement::new([from, (x, y)], BLACK.stroke_width(2)))?;
            before = Some((x, y));
        }
        for (row, (_, points)) in picture.rows.iter().enumerate() {
            let Some(value) = points[series].value else { continue };
            let (x, y) = place(row, value);
            square(root, (x - 5, y - 5), (x + 5, y + 5), series)?;
            // the words of the first line are above it, those of the others below
            let beside = if series == 0 { -14 } else { 16 };
            words(root, &points[series].text, (x, y + beside), HPos::Center)?;
        }
    }
    Ok(())
}

/// A framed rectangle in the grey of a column.
fn square<'a>(root: &Area<'a>, from: (i32, i32), to: (i32, i32), series: usize) -> Drawn<'a> {
    root.draw(&Rectangle::new([from, to], GREYS[series % GREYS.len()].filled()))?;
    root.draw(&Rectangle::new([from, to], BLACK.stroke_width(1)))
}

fn words<'a>(root: &Area<'a>, text: &str, at: (i32, i32), side: HPos) -> Drawn<'a> {
    let style = TextStyle::from((FONT, FONT_SIZE).into_font()).pos(Pos::new(side, VPos::Center));
    root.draw(&Text::new(text.to_owned(), at, style))
}
