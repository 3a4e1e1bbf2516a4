//! What is open in a merged text, between marks: whole entries and whole rows, as git writes them, so that every program
//! knows them. All that was merged stands on both sides.

use super::values::Side;
use crate::model::tree::Span;
use crate::toml::layout::layout;

/// The marks around what is open.
#[derive(Clone, Debug)]
pub struct Marks {
    /// How often each sign is written: seven times, as a rule.
    pub size: usize,
    /// Whose ours is, and of when.
    pub ours: String,
    /// The same of theirs.
    pub theirs: String,
}

/// The text that takes one side in some conflicts, and ours in all others.
type Taking<'c> = &'c dyn Fn(&[usize], Side) -> Option<String>;

/// One place with marks.
struct Fence {
    /// The conflicts in it.
    conflicts: Vec<usize>,
    /// The lines of ours.
    span: Span,
    /// The lines of the base, and of theirs.
    others: [String; 2],
}

/// The places that get marks, in order.
pub struct Fenced(Vec<Fence>);

impl Fenced {
    /// The places of so many conflicts in the text of ours.
    pub fn of(ours: &str, conflicts: usize, taking: Taking) -> Option<Fenced> {
        let mut fences: Vec<Fence> = Vec::new();
        let items: Vec<Span> = layout(ours).into_iter().map(|item| item.span).collect();
        for at in 0..conflicts {
            let mut fence = Fence::of(ours, &items, taking, vec![at])?;
            // What shares its lines is open together.
            while let Some(other) = fences.iter().position(|other| overlap(&other.span, &fence.span)) {
                let conflicts = [fences.remove(other).conflicts, fence.conflicts].concat();
                fence = Fence::of(ours, &items, taking, conflicts)?;
            }
            fences.push(fence);
        }
        fences.sort_by_key(|fence| (fence.span.start, fence.span.end));
        Some(Fenced(fences))
    }

    /// The text with marks, and the text that takes theirs at each.
    pub fn written(&self, ours: &str, marks: &Marks) -> (String, String) {
        let (mut text, mut theirs, mut from) = (String::new(), String::new(), 0);
        let sign = |sign: &str, label: &str| {
            let line = format!("{} {label}", sign.repeat(marks.size));
            line.trim_end().to_owned() + "\n"
        };
        for Fence { span, others: [old, new], .. } in &self.0 {
            let before = &ours[from..span.start];
            theirs.extend([before, new]);
            let whole = |lines: &str| if lines.is_empty() || lines.ends_with('\n') { "" } else { "\n" };
            let own = &ours[span.clone()];
            text.extend([before, whole(before), &sign("<", &marks.ours), own, whole(own)]);
            text.extend([&sign("|", ""), old, whole(old), &sign("=", ""), new, whole(new)]);
            text.push_str(&sign(">", &marks.theirs));
            from = span.end;
        }
        text.push_str(&ours[from..]);
        theirs.push_str(&ours[from..]);
        (text, theirs)
    }
}

/// True if two places share a line.
fn overlap(left: &Span, right: &Span) -> bool {
    left.start < right.end && right.start < left.end || left == right
}

impl Fence {
    fn of(ours: &str, items: &[Span], taking: Taking, conflicts: Vec<usize>) -> Option<Fence> {
        let others = [taking(&conflicts, Side::Base)?, taking(&conflicts, Side::Theirs)?];
        let mut span: Option<Span> = None;
        for other in &others {
            let found = hull(ours, other, items);
            span = match (span, found) {
                (Some(span), Some(found)) => Some(span.start.min(found.start)..span.end.max(found.end)),
                (span, found) => span.or(found),
            };
        }
        let span = span?;
        let inner = |other: &String| {
            let end = other.len().checked_sub(ours.len() - span.end)?;
            other.get(span.start..end).map(str::to_owned)
        };
        let [old, new] = others.each_ref().map(inner);
        Some(Fence { conflicts, others: [old?, new?], span })
    }
}

/// The whole entries of a text that are others in another text; none if they are the same.
fn hull(ours: &str, other: &str, items: &[Span]) -> Option<Span> {
    if ours == other {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) =
        (ours.split_inclusive('\n').collect(), other.split_inclusive('\n').collect());
    let least = old.len().min(new.len());
    let mut above = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let mut below =
        old.iter().rev().zip(new.iter().rev()).take(least - above).take_while(|(a, b)| a == b).count();
    // Of two rows, the one that is in one text only begins with its header, and not with what follows that of the other.
    let longer = if old.len() > new.len() { &old } else { &new };
    if above + below == least {
        let run = longer.len() - least;
        let slides = (0..=above).take_while(|n| *n == 0 || longer[above - n] == longer[above - n + run]);
        let up = slides.into_iter().find(|n| longer[above - n].starts_with('[')).unwrap_or(0);
        (above, below) = (above - up, below + up);
    }
    let length = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    let (mut start, mut end) = (length(&old[..above]), length(&old[..old.len() - below]));
    for item in items {
        // Nothing comes in before a whole item, but into it.
        let touched = item.start < end.max(start + 1) && item.end > start;
        if touched && (start < end || item.start < start) {
            (start, end) = (start.min(item.start), end.max(item.end));
        }
    }
    Some(start..end)
}
