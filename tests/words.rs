//! The small words of each language, over their whole range.

use alternat::language::pack::LanguagePack;
use alternat::language::{Language, MAX_PARTIES};
use alternat::source::Source;
use chrono::NaiveDate;

use crate::lab;

fn pack(language: &str) -> LanguagePack {
    let path = lab::repository().join(format!("templates/{language}/words.yaml"));
    let source = Source::new("words.yaml", std::fs::read_to_string(path).expect("a pack"));
    LanguagePack::read(Language(language.to_owned()), &source).expect("a sound pack")
}

#[test]
fn numbers_have_words_up_to_the_largest_number_of_parties() {
    let expected = [
        (
            "vi",
            "một hai ba bốn năm sáu bảy tám chín mười mười|một mười|hai mười|ba mười|bốn mười|lăm \
             mười|sáu mười|bảy mười|tám mười|chín hai|mươi",
        ),
        (
            "lo",
            "ໜຶ່ງ ສອງ ສາມ ສີ່ ຫ້າ ຫົກ ເຈັດ ແປດ ເກົ້າ ສິບ ສິບເອັດ ສິບສອງ ສິບສາມ ສິບສີ່ ສິບຫ້າ ສິບຫົກ ສິບເຈັດ \
             ສິບແປດ ສິບເກົ້າ ຊາວ",
        ),
        (
            "en",
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen \
             fifteen sixteen seventeen eighteen nineteen twenty",
        ),
    ];
    for (language, words) in expected {
        let pack = pack(language);
        let words: Vec<String> = words
            .split(' ')
            .map(|word| word.replace('|', " "))
            .collect();
        assert_eq!(words.len(), MAX_PARTIES);
        for (index, word) in words.iter().enumerate() {
            assert_eq!(&pack.number(index + 1), word, "{language}");
        }
        assert_eq!(pack.number(MAX_PARTIES + 1), (MAX_PARTIES + 1).to_string());
    }
}

#[test]
fn texts_speak_of_two_parties_or_of_many() {
    for (language, two, many) in [
        (
            "vi",
            ["hai bên", "một bên", "mỗi bên", "bên còn lại"],
            ["các bên", "một trong các bên", "mỗi bên", "các bên còn lại"],
        ),
        (
            "lo",
            ["ທັງສອງຝ່າຍ", "ຝ່າຍໜຶ່ງ", "ແຕ່ລະຝ່າຍ", "ອີກຝ່າຍໜຶ່ງ"],
            ["ບັນດາຝ່າຍ", "ຝ່າຍໃດໜຶ່ງ", "ແຕ່ລະຝ່າຍ", "ບັນດາຝ່າຍທີ່ເຫຼືອ"],
        ),
    ] {
        let pack = pack(language);
        for number in 2..=MAX_PARTIES {
            let words = pack.party_words(number);
            let expected = if number == 2 { two } else { many };
            assert_eq!(
                [&words.all, &words.one, &words.each, &words.others],
                expected,
                "{number}"
            );
        }
    }
}

#[test]
fn dates_follow_each_language() {
    let (vi, lo, en) = (pack("vi"), pack("lo"), pack("en"));
    let months = [
        "ມັງກອນ",
        "ກຸມພາ",
        "ມີນາ",
        "ເມສາ",
        "ພຶດສະພາ",
        "ມິຖຸນາ",
        "ກໍລະກົດ",
        "ສິງຫາ",
        "ກັນຍາ",
        "ຕຸລາ",
        "ພະຈິກ",
        "ທັນວາ",
    ];
    for month in 1..=12 {
        for day in [1, 9, 10, 28] {
            let date = NaiveDate::from_ymd_opt(2024, month, day).expect("a day");
            // Decree 30/2020/ND-CP: days below 10 and the months 1 and 2.
            let day_vi = if day < 10 {
                format!("0{day}")
            } else {
                day.to_string()
            };
            let month_vi = if month < 3 {
                format!("0{month}")
            } else {
                month.to_string()
            };
            assert_eq!(
                vi.date(date, "numeric"),
                format!("{day_vi}/{month_vi}/2024")
            );
            assert_eq!(
                vi.date(date, "long"),
                format!("ngày {day_vi} tháng {month_vi} năm 2024")
            );
            let name = months[month as usize - 1];
            assert_eq!(lo.date(date, "long"), format!("{day} {name} 2024"));
            assert!(en.date(date, "long").starts_with(&format!("{day} ")));
        }
    }
}
