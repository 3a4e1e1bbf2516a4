//! Syllables: which strings of letters Vietnamese can have between two spaces.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The letters that carry tones, in rows of six: without a mark, then huyền, hỏi, ngã, sắc, nặng.
pub const TONED: &str = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ";

/// What a syllable may begin with, before its vowels; the empty one is tried last.
const ONSETS: &[&str] = &[
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k",
    "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

/// What may stand before a single y.
const BEFORE_Y: &[&str] = &["", "b", "d", "h", "k", "l", "m", "qu", "s", "t", "th", "v"];

/// What follows the beginning, without its tone. With `c`, `ch`, `p` or `t` at the end there are two tones only.
const RIMES: &str = "a ai ao au ay am an ang anh ac ach ap at ăm ăn ăng ăc ăp ăt âm ân âng âu ây âc âp ât \
    e em en eng eo ec ep et ê êm ên ênh êu êch êp êt i ia iêm iên iêng iêu im in inh iu ich iêc iêp iêt ip it \
    o oi om on ong oong oa oai oam oan oang oanh oao oay oăm oăn oăng oe oen oeo oc op ot ooc oac oach oap oat oăc oăt oet \
    ô ôi ôm ôn ông ôc ôp ôt ơ ơi ơm ơn ơp ơt u ua ui um un ung uân uâng uây uê uên uênh uơ uôi uôm uôn uông uy uya uyên \
    uynh uyu uc up ut uât uêch uôc uôt uyt uych uyêt uyp ư ưa ưi ưm ưng ưu ươi ươm ươn ương ươu ưc ưt ươc ươp ươt \
    yêm yên yêng yêu yêt";

static ALL_RIMES: LazyLock<HashSet<&str>> = LazyLock::new(|| RIMES.split_ascii_whitespace().collect());

/// Of the rimes that end in several vowels, those that may have their tone mark on the last one.
const MARKED_LAST: &[&str] = &["oa", "oe", "uy", "uê", "uơ"];

/// True for a syllable in small letters, with its tone mark where one of the two ways of spelling has it.
pub fn is_syllable(word: &str) -> bool {
    let (mut plain, mut tone, mut marked_last) = (String::with_capacity(word.len()), 0, false);
    for c in word.chars() {
        let at = if c.is_ascii() { None } else { TONED.chars().position(|toned| toned == c) };
        let mark = at.map_or(0, |at| at % 6);
        if mark > 0 && tone > 0 {
            return false;
        }
        marked_last = mark > 0;
        tone = tone.max(mark);
        plain.push(at.and_then(|at| TONED.chars().nth(at - mark)).unwrap_or(c));
    }
    let stops = ["c", "ch", "p", "t"].iter().any(|end| plain.ends_with(end));
    let fits = |onset: &&str| {
        let Some(rime) = plain.strip_prefix(onset) else { return false };
        let placed = !marked_last || rime.chars().nth(1).is_none() || MARKED_LAST.contains(&rime);
        let after_u = *onset == "qu" && rime.starts_with(['o', 'u']);
        let is_rime = ALL_RIMES.contains(rime) || (rime == "y" && BEFORE_Y.contains(onset));
        is_rime && placed && !after_u
    };
    (!stops || tone >= 4) && (ONSETS.iter().any(fits) || plain == "gi")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_both_ways_of_spelling_are_known() {
        for text in [
            "trung tâm học tập cộng đồng phường yên thanh thượng yên công vàng danh điền công",
            "nghiêng khuỷu ngoằn ngoèo quốc quý quyển giếng gì già giữa ghế kỳ hy vọng thuở thuế luật tuần huýt",
            "hoà hòa thuỷ thủy khoẻ khỏe xoè xòe uỷ ủy tuế quờ huơ y ý yêu ở ăn ấm ước",
        ] {
            text.split(' ').for_each(|word| assert!(is_syllable(word), "{word}"));
        }
    }

    #[test]
    fn what_vietnamese_cannot_have_is_no_syllable() {
        for word in [
            "", "plus", "tôt", "đợc", "trờng", "hơng", "xaõ", "quoác", "hóà", "krông", "café", "tapp",
            "học2", "ð",
        ] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
