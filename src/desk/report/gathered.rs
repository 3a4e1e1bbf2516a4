//! What several papers say in nearly the same words, gathered: once, with all who say it.

use crate::model::vietnamese::fold;
use std::collections::{BTreeSet, HashMap};

/// A text and all who say it.
#[derive(Clone, Debug, PartialEq)]
pub struct Gathered<W> {
    /// The text, in the words that are used most.
    pub text: String,
    /// Who says it, each once, in order.
    pub by: Vec<W>,
}

/// Words that do not change what is said.
const PARTICLES: &[&str] =
    &["con", "da", "deu", "cua", "cac", "nhung", "va", "o", "duoc", "rat", "the", "a", "an", "of", "and"];

/// Words that turn what is said around. One that only one of two texts has keeps them apart.
const TURNS: &[&str] =
    &["khong", "chua", "thieu", "het", "kho", "it", "giam", "no", "not", "without", "lacks", "few"];

/// Two texts are one if the words of the one are all in the other, and are at least so many of its.
const ALIKE: f64 = 0.6;

/// Gathers texts, each with who says it. What most say comes first, then what was said first.
pub fn gather<W: Clone + PartialEq>(said: &[(String, W)]) -> Vec<Gathered<W>> {
    let words: Vec<BTreeSet<String>> = said.iter().map(|(text, _)| words(text)).collect();
    let mut often: HashMap<&str, usize> = HashMap::new();
    words.iter().flatten().for_each(|word| *often.entry(word).or_default() += 1);
    // The shorter a text, the earlier: all its words must be in what joins it, so that its rarest one finds it.
    let mut order: Vec<usize> = (0..said.len()).collect();
    order.sort_by_key(|at| words[*at].len());
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in order {
        let mine = &words[at];
        let near = mine.iter().filter_map(|word| by_word.get(word.as_str())).flatten().copied();
        let fits = near.filter(|group| are_alike((&words[groups[*group][0]], mine), &said[at].0));
        match fits.max_by_key(|group| (words[groups[*group][0]].len(), usize::MAX - group)) {
            Some(group) => groups[group].push(at),
            None => {
                let rarest = mine.iter().min_by_key(|word| often[word.as_str()]);
                by_word.entry(rarest.map_or("", String::as_str)).or_default().push(groups.len());
                groups.push(vec![at]);
            }
        }
    }
    let mut gathered: Vec<_> = groups.into_iter().map(|group| settled(said, group)).collect();
    gathered.sort_by_key(|(first, one)| (usize::MAX - one.by.len(), *first));
    gathered.into_iter().map(|(_, one)| one).collect()
}

/// What a text says: its words without accents, since `kỹ` is also `kĩ` and `hoà` is also `hòa`.
fn words(text: &str) -> BTreeSet<String> {
    let folded = fold(text).replace('y', "i");
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !PARTICLES.contains(word)).map(str::to_owned).collect()
}

/// True if a longer text says what a shorter one does, and nothing else that would count.
fn are_alike((short, long): (&BTreeSet<String>, &BTreeSet<String>), text: &str) -> bool {
    let more: Vec<&str> = long.difference(short).map(String::as_str).collect();
    short.is_subset(long)
        && !short.is_empty()
        && short.len() as f64 >= long.len() as f64 * ALIKE
        && !more.iter().any(|word| TURNS.contains(word) || word.contains(|c: char| c.is_ascii_digit()))
        && !names(text).iter().any(|name| more.contains(&name.as_str()))
}

/// The words of a text that are written large inside of it: names.
fn names(text: &str) -> Vec<String> {
    let inner = text.split_whitespace().skip(1).filter(|word| word.starts_with(char::is_uppercase));
    inner.flat_map(words).collect()
}

/// A group as one text, and the place of the first who said it.
fn settled<W: Clone + PartialEq>(said: &[(String, W)], mut group: Vec<usize>) -> (usize, Gathered<W>) {
    group.sort_unstable();
    let times = |text: &str| group.iter().filter(|at| said[**at].0 == text).count();
    let most = group.iter().max_by_key(|at| (times(&said[**at].0), usize::MAX - **at));
    let text = most.map_or_else(String::new, |at| said[*at].0.clone());
    let mut by: Vec<W> = Vec::new();
    for at in &group {
        if by.last() != Some(&said[*at].1) {
            by.push(said[*at].1.clone());
        }
    }
    (group[0], Gathered { text, by })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(texts: &[&str]) -> Vec<(String, Vec<usize>)> {
        let said: Vec<(String, usize)> =
            texts.iter().enumerate().map(|(by, text)| ((*text).into(), by)).collect();
        gather(&said).into_iter().map(|one| (one.text, one.by)).collect()
    }

    fn are_one(one: &str, other: &str) -> bool {
        told(&[one, other]).len() == 1
    }

    #[test]
    fn what_most_say_comes_first_in_the_words_used_most() {
        let all = [
            "Phòng học nhỏ",
            "Tủ sách còn ít đầu sách.",
            "Tủ sách ít đầu sách",
            "Chưa điều tra nhu cầu học tập",
            "Tủ sách ít đầu sách",
        ];
        let expected = [("Tủ sách ít đầu sách", vec![1, 2, 4]), ("Phòng học nhỏ", vec![0])];
        let told = told(&all);
        assert_eq!(told.len(), 3);
        assert_eq!(told[..2], expected.map(|(text, by)| (text.to_owned(), by)));
    }

    #[test]
    fn nearly_the_same_words_are_the_same() {
        assert!(are_one("Chưa điều tra nhu cầu học tập", "Chưa tổ chức điều tra nhu cầu học tập"));
        assert!(are_one("Hoà giải, kỹ năng sống tốt", "Hòa giải và kĩ năng sống tốt."));
    }

    #[test]
    fn what_says_something_else_stays_apart() {
        for (one, other) in [
            ("Có phòng đọc riêng", "Chưa có phòng đọc riêng"),
            ("Sổ tài sản chưa cập nhật thường xuyên", "Sổ thu chi chưa cập nhật thường xuyên"),
            ("Có 3 máy tính dùng được ở trung tâm", "Có 5 máy tính dùng được ở trung tâm"),
            ("Nhà văn hoá khu chưa có phòng đọc", "Nhà văn hoá khu Bến chưa có phòng đọc"),
            ("Chưa có quy chế", "Chưa có quy chế hoạt động, quy chế chi tiêu"),
            ("", "."),
        ] {
            assert!(!are_one(one, other) || one.is_empty(), "{one} / {other}");
        }
    }

    #[test]
    fn one_who_says_it_twice_is_one() {
        let said = [("Phòng nhỏ".to_owned(), 7), ("Phòng nhỏ.".to_owned(), 7)];
        assert_eq!(gather(&said)[0].by, [7]);
    }
}
