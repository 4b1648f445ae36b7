//! Samples in both directions: sentences in each encoding, and texts that only
//! look strange.

use super::syllable::parts;
use super::*;

#[test]
fn known_samples_are_recognised_and_read() {
    for (text, encoding, read) in [
        ("Hai bªn thèng nhÊt", Encoding::Tcvn3, "Hai bên thống nhất"),
        (
            "Céng hßa x· héi chñ nghÜa ViÖt Nam",
            Encoding::Tcvn3,
            "Cộng hòa xã hội chủ nghĩa Việt Nam",
        ),
        ("Hai beân thoáng nhaát", Encoding::Vni, "Hai bên thống nhất"),
        (
            "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",
            Encoding::Vni,
            "Cộng hòa xã hội chủ nghĩa Việt Nam",
        ),
        (
            "Ñoäc laäp - Töï do - Haïnh phuùc",
            Encoding::Vni,
            "Độc lập - Tự do - Hạnh phúc",
        ),
        (
            "Há»™i LiÃªn hiá»‡p Phá»¥ ná»¯",
            Encoding::Utf8,
            "Hội Liên hiệp Phụ nữ",
        ),
        (
            "Hôòi Liên hiêòp Phuò nýÞ",
            Encoding::Windows1258,
            "Hội Liên hiệp Phụ nữ",
        ),
        ("¦¾ê¾ì½\u{ad}½ìñ© ¯½§¾êò¯½Äª", Encoding::LaoLatin, ""),
    ] {
        let lao = encoding == Encoding::LaoLatin;
        assert_eq!(recognise(text, lao, &[]), Some(encoding), "{text}");
        assert_eq!(encoding.beginning(text).unwrap_or_default(), read);
    }
}

/// The lines of the repository's agreements, with and without Lao letters.
fn lines() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/agreements");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("agreements")
        .flatten()
        .collect();
    files.sort_by_key(|file| file.file_name());
    let texts = files
        .iter()
        .filter_map(|file| std::fs::read_to_string(file.path()).ok());
    let texts: Vec<String> = texts.collect();
    let lines = texts.iter().flat_map(|text| text.lines());
    lines.map(|line| line.trim().to_owned()).collect()
}

fn has_lao(text: &str) -> bool {
    text.chars()
        .any(|letter| ('\u{e80}'..='\u{eff}').contains(&letter))
}

/// Vietnamese sentences with at least seven words that have marks.
fn sentences() -> Vec<String> {
    let lines = lines().into_iter().filter(|line| !has_lao(line));
    let lines: Vec<String> = lines
        .filter(|line| marked_words(line).count() >= 7)
        .collect();
    assert!(lines.len() >= 40, "{}", lines.len());
    lines
}

/// Returns what a program shows that takes `bytes` for Windows-1252, or, where
/// that has no letter, Latin-1.
fn shown(bytes: &[u8]) -> String {
    let show = |byte: &u8| match byte {
        0x80..=0x9f => {
            let letter = WINDOWS
                .chars()
                .nth(usize::from(byte - 0x80))
                .filter(|c| *c != '.');
            letter.unwrap_or(char::from(*byte))
        }
        _ => char::from(*byte),
    };
    bytes.iter().map(show).collect()
}

/// Writes `text` with a table; a capital that it lacks becomes a small letter.
fn encoded(text: &str, table: &str) -> String {
    let place = |letter: char| table.chars().position(|other| other == letter);
    let encode = |letter: char| match place(letter).or_else(|| place(small(letter))) {
        Some(at) if letter != '.' => u8::try_from(0x80 + at).expect("128 letters"),
        _ => u8::try_from(letter).unwrap_or(b'?'),
    };
    shown(&text.chars().map(encode).collect::<Vec<u8>>())
}

fn vni(text: &str) -> String {
    let write = |letter: char| {
        let (vowel, tone) = parts(small(letter));
        let tones = ["", "ù", "ø", "û", "õ", "ï"][tone];
        let written = match (vowel, tone) {
            ('i', _) => ["i", "í", "ì", "æ", "ó", "ò"][tone].to_owned(),
            ('y', 5) => "î".to_owned(),
            ('ă', _) => format!("a{}", ["ê", "é", "è", "ú", "ü", "ë"][tone]),
            ('â', _) => format!("a{}", ["â", "á", "à", "å", "ã", "ä"][tone]),
            ('ê', _) => format!("e{}", ["â", "á", "à", "å", "ã", "ä"][tone]),
            ('ô', _) => format!("o{}", ["â", "á", "à", "å", "ã", "ä"][tone]),
            ('ơ', _) => format!("ô{tones}"),
            ('ư', _) => format!("ö{tones}"),
            ('đ', _) => "ñ".to_owned(),
            ('a' | 'e' | 'o' | 'u' | 'y', _) => format!("{vowel}{tones}"),
            (other, _) => other.to_string(),
        };
        match letter.is_uppercase() {
            true => written.to_uppercase(),
            false => written,
        }
    };
    text.chars().map(write).collect()
}

fn windows_1258(text: &str) -> String {
    let write = |letter: char| {
        let (vowel, tone) = parts(small(letter));
        let vowel = like(vowel, letter);
        let vowel = "ÃãÕõÝýÐð"
            .chars()
            .find(|c| letter_1258(*c) == vowel)
            .unwrap_or(vowel);
        format!("{vowel}{}", ["", "ì", "Ì", "Ò", "Þ", "ò"][tone])
    };
    text.chars().map(write).collect()
}

/// As a pasted text arrives: composed, with tones on the vowel.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

#[test]
fn sentences_of_the_agreements_are_recognised_in_each_encoding() {
    type Encoder = fn(&str) -> String;
    let encoders: [(Encoding, Encoder); 6] = [
        (Encoding::Tcvn3, |text| {
            encoded(text, &TCVN3.replace('Ỗ', "."))
        }),
        (Encoding::Viscii, |text| encoded(text, VISCII)),
        (Encoding::Vps, |text| encoded(text, VPS)),
        (Encoding::Vni, vni),
        (Encoding::Windows1258, windows_1258),
        (Encoding::Utf8, |text| shown(text.as_bytes())),
    ];
    for (encoding, encode) in encoders {
        for sentence in sentences() {
            let written = encode(&sentence);
            let found = recognise(&written, false, &[]);
            assert!(found.is_some(), "{sentence}: {written}");
            // In a short text, two encodings may make sense.
            if marked_words(&sentence).count() >= 9 {
                assert_eq!(found, Some(encoding), "{sentence}: {written}");
            }
            let read = encoding.beginning(&written).expect("a table");
            assert!(
                plain(&sentence).starts_with(&plain(&read)),
                "{sentence}: {read}"
            );
            assert!(
                read.chars().count() * 3 >= sentence.chars().count().min(60),
                "{read}"
            );
        }
    }
}

#[test]
fn one_sentence_of_several_is_recognised() {
    let sound = sentences()[10..20].join(" ");
    for sentence in sentences().iter().filter(|s| marked_words(s).count() >= 8) {
        let mixed = format!("{sound} {} {sound}", encoded(sentence, TCVN3));
        assert_eq!(
            recognise(&mixed, false, &[]),
            Some(Encoding::Tcvn3),
            "{sentence}"
        );
    }
}

#[test]
fn the_agreements_and_their_capitals_stay_silent() {
    for line in lines() {
        for text in [line.clone(), line.to_uppercase(), line.to_lowercase()] {
            assert_eq!(recognise(&text, has_lao(&text), &[]), None, "{text}");
        }
    }
    let all = lines().join("\n");
    assert_eq!(recognise(&all, false, &[]), None);
}

#[test]
fn foreign_words_stay_silent() {
    for text in [
        "Ông François Hollande và bà Ségolène Royal thăm Châteauneuf-du-Pape",
        "Công ty Société Générale, Crédit Agricole, Électricité de France, Nestlé, L'Oréal",
        "École française d'Extrême-Orient, Musée du Quai Branly, Côte d'Ivoire, à l'été, où, né, thé",
        "Müller, Böhm, Jäger, Größe, Zürich, Köln, Düsseldorf, Österreich, Übung, Äpfel",
        "São Paulo, Curaçao, Ñuñoa, España, año, niño, señor, Málaga, Córdoba, Perú, José, María",
        "Noël, Maël, Citroën, naïve, Zoë, Brontë, Chloë, Raphaël, Israël, Haïti",
        "Savannakhét, Chămpasắc, Bôlykhămxay, Xaynhabuly, Khămmuộn, Húaphăn, Áttapư, Xêkông",
        "Xiêng-khoảng, Luông-nậm-thà, Phông-xa-lỳ, U-đôm-xay, Bò-kẹo, Viêng-chăn, Pa-lay-xay",
        "Đắk Lắk, Krông Pắc, Ea H'leo, Buôn Ma Thuột, Plei Cần, Đăk Glei, Ia H’Drai, Pờ Ê Nô, A Pa Chải",
        "m², km², 35°C, 20 ± 5 %, 1 000 000 €, № 5, § 3, “ ” « » – — …, 5 × 3, ½, ¼, © ® ™ µm",
        "Người ký: Ø. Østergård, Å. Ångström, Łukasz Żółć, Dvořák, Čapek, Škoda, Győr, İstanbul",
        "Bên A: « Điện Biên » – “Hủa Phăn” · 2026…",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM - Độc lập – Tự do – Hạnh phúc",
        "",
        "ສາທາລະນະລັດ ປະຊາທິປະໄຕ ປະຊາຊົນລາວ « ASEAN » 70/2020/QH14",
        "Ý kiến của bà Ỷ, ông Ử, cô Ả ở Á Âu",
        "Đ, ê, ơ, ư, ô, â",
        "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ ĂĐĨŨƠƯ ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ",
    ] {
        for lao in [false, true] {
            assert_eq!(recognise(text, lao, &[]), None, "{text}");
        }
    }
}

#[test]
fn short_texts_are_recognised_beside_long_ones() {
    let known = [Encoding::Tcvn3, Encoding::Vni];
    assert_eq!(recognise("Chñ tÞch", false, &[]), None);
    assert_eq!(recognise("Chñ tÞch", false, &known), Some(Encoding::Tcvn3));
    assert_eq!(recognise("Chuû tòch", false, &known), Some(Encoding::Vni));
    assert_eq!(recognise("Lµo", false, &known), Some(Encoding::Tcvn3));
    assert_eq!(recognise("Châteauneuf, Hội, Müller", false, &known), None);
}

#[test]
fn lao_in_thai_letters_is_recognised() {
    assert_eq!(recognise("สาทาละนะลัด", true, &[]), Some(Encoding::LaoThai));
    assert_eq!(recognise("ກົມ ไทย", true, &[]), None);
}
