//! Photographs: what a file of one shows, what else it tells, and the same picture upright, in a sensible size and telling
//! nothing but what it shows. Whatever is read may come from a stranger: its size is known before it is unfolded.

use super::scan::Listing;
use super::{Laid, Listed, Store, loose};
use crate::model::day::Day;
use crate::model::history::History;
use crate::model::picture::{Coding, Look, Picture, Pictures, Seen};
use crate::model::text::Said;
use crate::say;
use exif::{DateTime, Exif, Tag, Value};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use sha2::{Digest, Sha256};
use std::io::Cursor;
use std::sync::Arc;

/// What no file of a picture is larger than, in megabytes.
pub const MOST: u64 = 64;

/// Where pictures lie in a register.
pub const FOLDER: &str = "photos";

/// So many folders below it are looked into.
const DEEP: usize = 3;

/// The longest edge of a picture of ours, in pixels: sharp over the whole width of a page.
const EDGE: u32 = 1600;

/// What a picture of ours is not larger than, in bytes.
const LARGE: usize = 2 << 20;

/// More pixels than any camera of an office makes, so that nothing unfolds without end.
const PIXELS: u64 = 120_000_000;

/// How well JPEG keeps what is drawn again, in percent.
const QUALITY: u8 = 85;

/// A picture that tells nothing but what it shows.
#[derive(Clone, Debug)]
pub struct Clean {
    /// A file of it, as JPEG.
    pub bytes: Vec<u8>,
    /// How wide it is, in pixels.
    pub width: u32,
    /// How high it is, in pixels.
    pub height: u32,
    /// The day on which it was taken, as the camera told it.
    pub taken: Option<Day>,
}

/// What the bytes of a file show, or why they cannot be used.
pub fn cleaned(bytes: &[u8]) -> Result<Clean, Said> {
    let mut file = decoder(bytes)?;
    if bytes.starts_with(&[0xff, 0xd8]) && parts(bytes).is_none() {
        return Err(say!("tệp ảnh thiếu phần cuối; chép lại", "the picture is cut off; copy it again"));
    }
    let (metadata, orientation) = (metadata(&mut file), file.orientation());
    let (width, height) = file.dimensions();
    let mut drawn = DynamicImage::from_decoder(file).map_err(|_| broken())?;
    let taken = metadata.as_ref().and_then(taken);
    if is_ours(bytes, width, height) {
        return Ok(Clean { bytes: bytes.to_vec(), width, height, taken });
    }
    drawn.apply_orientation(orientation.map_err(|_| broken())?);
    let drawn = small(on_white(drawn));
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&drawn).map_err(|_| broken())?;
    Ok(Clean { bytes, width: drawn.width(), height: drawn.height(), taken })
}

/// The SHA-256 sum of some bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// True for the name of a picture.
pub fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ["jpg", "jpeg", "png", "webp", "heic"].contains(&ending.as_str()))
}

/// What is to be known of a file without drawing it.
pub fn look(bytes: &[u8]) -> Seen {
    let mut file = match decoder(bytes) {
        Ok(file) => file,
        Err(why) => return Seen::Unreadable(why),
    };
    let (width, height) = file.dimensions();
    let place = |metadata: Exif| {
        let tags = [Tag::GPSLatitude, Tag::GPSLongitude, Tag::GPSDestLatitude, Tag::GPSDestLongitude];
        metadata.fields().any(|field| tags.contains(&field.tag))
    };
    let words = file.xmp_metadata().ok().flatten().unwrap_or_default();
    let tells_where =
        metadata(&mut file).is_some_and(place) || words.windows(11).any(|word| word == b"GPSLatitude");
    let is_large = width.max(height) > EDGE || bytes.len() > LARGE;
    Seen::Picture(Look { sha256: sha256(bytes), len: bytes.len(), width, height, is_large, tells_where })
}

/// Reads how a picture begins, and refuses what cannot be read or would not fit.
fn decoder(bytes: &[u8]) -> Result<impl ImageDecoder + '_, Said> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| broken())?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(not_a_picture(bytes));
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(PIXELS * 8);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|_| broken())?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(say!(
            "ảnh quá lớn: {width} × {height} điểm ảnh",
            "the picture is too large: {width} × {height} pixels",
            [width = i64::from(width), height = i64::from(height)]
        ));
    }
    Ok(decoder)
}

fn broken() -> Said {
    say!("tệp ảnh bị hỏng", "the picture is broken")
}

/// What is said of bytes that are no picture, or one of a kind that is not read.
fn not_a_picture(bytes: &[u8]) -> Said {
    let kind = bytes.get(4..12).unwrap_or_default();
    let is_heic =
        [b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypmsf1"].iter().any(|k| *k == kind);
    if is_heic {
        return say!(
            "chưa đọc được ảnh HEIC của điện thoại; lưu lại thành JPEG (iPhone: Cài đặt › Camera › Định dạng › Tương thích \
             nhất)",
            "HEIC pictures of phones are not read; save it as JPEG (iPhone: Settings › Camera › Formats › Most Compatible)"
        );
    }
    say!("đây không phải là ảnh JPEG, PNG hay WebP", "this is not a picture in JPEG, PNG or WebP")
}

/// What the camera has written beside the picture.
fn metadata(file: &mut impl ImageDecoder) -> Option<Exif> {
    let chunk = file.exif_metadata().ok()??;
    let mut reader = exif::Reader::new();
    let read = reader.continue_on_error(true).read_raw(chunk);
    read.or_else(|error| error.distill_partial_result(|_| ())).ok()
}

fn taken(metadata: &Exif) -> Option<Day> {
    let field = metadata.fields().find(|field| field.tag == Tag::DateTimeOriginal)?;
    let Value::Ascii(texts) = &field.value else { return None };
    let time = DateTime::from_ascii(texts.first()?).ok()?;
    Day::new(time.year.into(), time.month.into(), time.day.into())
}

/// True for a file that [`cleaned`] could have made: it is kept byte for byte, since each drawing costs a little.
fn is_ours(bytes: &[u8], width: u32, height: u32) -> bool {
    width.max(height) <= EDGE && bytes.len() <= LARGE && is_bare(bytes)
}

/// True for a JPEG of which every part belongs to the picture: no part for what programs note, and nothing after the end.
fn is_bare(bytes: &[u8]) -> bool {
    let belongs = |(kind, len): &(u8, usize)| match kind {
        // The marks of JFIF and of Adobe's colours.
        0xe0 | 0xee => *len < 20,
        // Tables, the frame, and how the pixels begin.
        0xc0..=0xcf | 0xda | 0xdb | 0xdd => true,
        _ => false,
    };
    parts(bytes).is_some_and(|(parts, end)| end == bytes.len() && parts.iter().all(belongs))
}

/// The parts of a JPEG by their marks, with their lengths, and where it ends. None for one that is cut off, or is no JPEG.
fn parts(bytes: &[u8]) -> Option<(Vec<(u8, usize)>, usize)> {
    let (mut parts, mut at) = (Vec::new(), 2);
    while let Some(&[0xff, kind]) = bytes.get(at..at + 2) {
        if kind == 0xd9 {
            return bytes.starts_with(&[0xff, 0xd8]).then_some((parts, at + 2));
        }
        let &[high, low] = bytes.get(at + 2..at + 4)? else { return None };
        let len = usize::from(u16::from_be_bytes([high, low]));
        parts.push((kind, len));
        at += 2 + len;
        if kind == 0xda {
            // In the pixels a mark is a 0, or tells where to begin again.
            let is_mark = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7);
            at += bytes.get(at..)?.windows(2).position(is_mark)?;
        }
    }
    None
}

/// The picture without what shines through: on white, as on paper.
fn on_white(drawn: DynamicImage) -> RgbImage {
    if !drawn.color().has_alpha() {
        return drawn.into_rgb8();
    }
    let drawn = drawn.into_rgba8();
    RgbImage::from_fn(drawn.width(), drawn.height(), |x, y| {
        let [red, green, blue, alpha] = drawn.get_pixel(x, y).0.map(u16::from);
        Rgb([red, green, blue].map(|ink| ((ink * alpha + 255 * (255 - alpha)) / 255) as u8))
    })
}

/// The picture with no edge longer than ours.
fn small(drawn: RgbImage) -> RgbImage {
    let (width, height) = drawn.dimensions();
    let longest = width.max(height);
    if longest <= EDGE {
        return drawn;
    }
    let scaled = |edge: u32| (u64::from(edge) * u64::from(EDGE) / u64::from(longest)).max(1) as u32;
    imageops::resize(&drawn, scaled(width), scaled(height), FilterType::CatmullRom)
}

impl Store {
    /// A photograph of the register for a document; `None` if its file is not there, or cannot be used.
    pub fn picture(&self, file: &str, caption: Said) -> Option<Picture> {
        let Clean { bytes, width, height, .. } = cleaned(&self.bytes(file)?).ok()?;
        let (file, bytes) = (file.to_owned(), bytes.into());
        Some(Picture { file, coding: Coding::Jpeg, bytes, width, height, caption })
    }

    /// What is seen of the files that the visits of a centre name as photographs.
    pub fn pictures(&self, history: &History) -> Pictures {
        let visits = &history.with_partial.as_deref().unwrap_or(history).visits;
        let photos = visits.iter().flat_map(|visit| &visit.body.photo);
        let named = photos.map(|photo| &photo.file).filter(|file| !file.is_empty());
        named.map(|file| (file.clone(), self.seen(file))).collect()
    }

    /// The pictures that lie in the register, named or not.
    pub fn picture_files(&self) -> Vec<String> {
        let mut listing = Listing::new(&self.files);
        let (mut files, mut folders) = (Vec::new(), vec![(FOLDER.to_owned(), 0)]);
        while let Some((folder, depth)) = folders.pop() {
            for (name, listed) in listing.names(&folder).unwrap_or_default() {
                let file = format!("{folder}/{name}");
                if listed == Listed::Unclear && depth < DEEP && self.files.folder(&file).is_ok() {
                    folders.push((file, depth + 1));
                } else if is_picture(&name) {
                    files.push(file);
                }
            }
        }
        files.sort_unstable();
        files
    }

    /// The bytes of a picture; `None` if there is none that can be read.
    fn bytes(&self, file: &str) -> Option<Arc<[u8]>> {
        match self.files.laid.get(file) {
            Some(Laid::File(bytes)) => return Some(Arc::clone(bytes)),
            Some(Laid::Large) => return None,
            Some(Laid::Link | Laid::Nothing) | None => {}
        }
        let path = self.files.file(file).ok()??;
        loose::read(&path, MOST).ok().map(Arc::from)
    }

    /// What is seen of the file of a photograph.
    fn seen(&self, file: &str) -> Seen {
        match self.files.wrong(file) {
            Some(fault) => Seen::Unreadable(fault.message),
            None => self.bytes(file).map_or(Seen::Missing, |bytes| look(&bytes)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A made-up photograph: 64 × 48, to be turned, taken somewhere by something on 2016-10-26.
    const PHONE: &[u8] = include_bytes!("../../tests/pictures/phone.jpg");
    /// A strip of red that shines through, 2000 × 50.
    const WIDE: &[u8] = include_bytes!("../../tests/pictures/wide.png");
    const STILL: &[u8] = include_bytes!("../../tests/pictures/still.webp");

    fn seen(bytes: &[u8]) -> Look {
        let Seen::Picture(look) = look(bytes) else { panic!("{:?}", look(bytes)) };
        look
    }

    #[test]
    fn a_picture_stands_upright_and_tells_nothing_but_what_it_shows() {
        let phone = cleaned(PHONE).unwrap();
        assert_eq!((phone.width, phone.height, phone.taken), (48, 64, Day::new(2016, 10, 26)));
        let drawn = image::load_from_memory(&phone.bytes).unwrap().into_rgb8();
        // The yellow corner was at the upper left before it was turned to the right.
        let [red, green, blue] = drawn.get_pixel(44, 4).0;
        assert!(red > 200 && green > 150 && blue < 120, "{red} {green} {blue}");
        let told = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
        for word in [&b"Exif"[..], b"SN-0123456789", b"minh hoa"] {
            assert!(told(PHONE, word) && !told(&phone.bytes, word));
        }
        assert!(seen(PHONE).tells_where && !seen(&phone.bytes).tells_where);
    }

    #[test]
    fn a_picture_is_made_small_and_opaque_and_is_drawn_again_only_once() {
        let wide = cleaned(WIDE).unwrap();
        assert_eq!((wide.width, wide.height), (1600, 40));
        let [red, green, blue] =
            image::load_from_memory(&wide.bytes).unwrap().into_rgb8().get_pixel(800, 20).0;
        assert!(
            red > 210 && (140..156).contains(&green) && (140..156).contains(&blue),
            "{red} {green} {blue}"
        );
        assert!(seen(WIDE).is_large && !seen(&wide.bytes).is_large);
        for bytes in [PHONE, WIDE, STILL] {
            let ours = cleaned(bytes).unwrap().bytes;
            assert!(is_bare(&ours) && cleaned(&ours).unwrap().bytes == ours);
        }
        let more = [&wide.bytes[..], b"and more"].concat();
        assert!(!is_bare(&more) && !is_bare(PHONE));
    }

    #[test]
    fn a_picture_without_its_end_is_refused_and_what_follows_the_end_is_left_behind() {
        let said = |bytes: &[u8]| cleaned(bytes).map(drop).map_err(|why| why.en);
        assert_eq!(said(&PHONE[..PHONE.len() - 2]), Err("the picture is cut off; copy it again".into()));
        assert_eq!(said(&[PHONE, b"film"].concat()), Ok(()));
    }

    #[test]
    fn what_is_no_picture_or_would_unfold_without_end_is_refused() {
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
        assert!(cleaned(heic).unwrap_err().en.contains("HEIC"));
        for bytes in [&b""[..], b"%PDF-1.7", b"GIF89a", &PHONE[..200], &WIDE[..40]] {
            assert!(cleaned(bytes).is_err(), "{bytes:?}");
        }
        // A PNG that says it has 60,000 × 60,000 pixels.
        let mut large = WIDE.to_vec();
        large[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        assert!(cleaned(&large).is_err());
        for at in (0..PHONE.len()).step_by(9) {
            let mut other = PHONE.to_vec();
            other[at] ^= 0x55;
            let _ = (cleaned(&other), look(&other));
        }
    }
}
