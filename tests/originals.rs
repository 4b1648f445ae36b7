//! What the originals of one language may differ in: the names within enumerations
//! of parties that act together, and nothing else, whatever is said around them.

use alternat::agreement::load;
use alternat::diagnostic::Findings;
use alternat::document::reading::Reading;
use alternat::language::{Language, Shelf};
use alternat::project::Project;
use alternat::source::Source;

use crate::lab::{self, Dice};

/// The languages, each with its word for "and".
const LANGUAGES: [(&str, &str); 3] = [("vi", "và"), ("lo", "ແລະ"), ("en", "and")];

/// The parties in the languages.
const PARTIES: [[&str; 3]; 5] = [
    ["Sơn La", "ເຊີນລາ", "Son La"],
    ["Hủa Phăn", "ຫົວພັນ", "Houaphanh"],
    ["Điện Biên", "ດ້ຽນບຽນ", "Dien Bien"],
    ["Luông Nậm Thà", "ຫຼວງນ້ຳທາ", "Luang Namtha"],
    ["Lào Cai", "ລາວກາຍ", "Lao Cai"],
];

/// Sentences of parties that act together; `#` stands for their names.
const TOGETHER: &[[&str; 3]] = &[
    [
        "# thống nhất nội dung hợp tác",
        "# ຕົກລົງ ເນື້ອໃນ ການຮ່ວມມື",
        "# agree on their cooperation",
    ],
    [
        "hợp tác giữa # ngày càng bền chặt",
        "ການຮ່ວມມື ລະຫວ່າງ # ນັບມື້ນັບແໜ້ນແຟ້ນ",
        "the cooperation between # grows",
    ],
    [
        "# cùng tổ chức hội nghị",
        "# ຮ່ວມກັນ ຈັດກອງປະຊຸມ",
        "# jointly hold a conference",
    ],
    [
        "# sẽ trao đổi đoàn mỗi năm một lần",
        "# ຈະ ແລກປ່ຽນຄະນະ ປີລະຄັ້ງ",
        "# shall exchange delegations once a year",
    ],
    [
        "phụ nữ # chia sẻ kinh nghiệm",
        "ແມ່ຍິງ # ແລກປ່ຽນບົດຮຽນ",
        "women benefit from the friendship between #",
    ],
];

/// Sentences in which each name has its place: `*` stands for one party, `#` for
/// several.
const IN_PLACE: &[[&str; 3]] = &[
    // Duties.
    [
        "* chịu chi phí vé máy bay, * chịu chi phí ăn ở",
        "* ຮັບຜິດຊອບຄ່າປີ້ຍົນ, * ຮັບຜິດຊອບຄ່າກິນຢູ່",
        "* pays the airfare, * pays board and lodging",
    ],
    [
        "* cấp 10 suất học bổng cho *",
        "* ໃຫ້ທຶນ 10 ທຶນ ແກ່ *",
        "* grants * ten scholarships",
    ],
    [
        "theo đề nghị của *, * cử chuyên gia",
        "ຕາມການສະເໜີຂອງ *, * ສົ່ງຊ່ຽວຊານ",
        "at the request of *, * sends experts",
    ],
    [
        "* và * cử bà Hoa và ông Khăm làm đầu mối",
        "* ແລະ * ແຕ່ງຕັ້ງ ນາງ ຮວາ ແລະ ທ່ານ ຄຳ ເປັນຜູ້ປະສານງານ",
        "* and * appoint Ms Hoa and Mr Kham as contacts",
    ],
    [
        "# chịu chi phí vé máy bay và chi phí ăn ở",
        "# ຮັບຜິດຊອບ ຄ່າປີ້ຍົນ ແລະ ຄ່າກິນຢູ່",
        "# bear the airfare and the board",
    ],
    [
        "đoàn của # do Chủ tịch và Phó Chủ tịch dẫn đầu",
        "ຄະນະຂອງ # ນຳພາໂດຍ ປະທານ ແລະ ຮອງປະທານ",
        "the delegations of # are led by the chair and the deputy chair",
    ],
    [
        "trưởng đoàn và phó đoàn là người của #",
        "ຫົວໜ້າຄະນະ ແລະ ຮອງຫົວໜ້າຄະນະ ແມ່ນຄົນຂອງ #",
        "the head and the deputy head come from #",
    ],
    // Dates.
    [
        "# cùng tổ chức hội nghị vào năm 2026 và năm 2027",
        "# ຮ່ວມກັນ ຈັດກອງປະຊຸມ ໃນປີ 2026 ແລະ ປີ 2027",
        "# jointly hold meetings in 2026 and 2027",
    ],
    [
        "năm 2026 tại *, năm 2027 tại *",
        "ປີ 2026 ຢູ່ *, ປີ 2027 ຢູ່ *",
        "in 2026 in *, in 2027 in *",
    ],
    [
        "# phối hợp tổ chức lễ vào quý I, quý III",
        "# ປະສານ ຈັດພິທີ ໃນໄຕມາດ I, ໄຕມາດ III",
        "# jointly hold the ceremony in quarter I and quarter III",
    ],
    [
        "lễ ký của # vào ngày 05/3/2026 và ngày 10/3/2026",
        "ພິທີລົງນາມຂອງ # ວັນທີ 05/3/2026 ແລະ ວັນທີ 10/3/2026",
        "the ceremonies of # take place on 5 March 2026 and 10 March 2026",
    ],
    // Places.
    [
        "# họp tại Hà Nội và Viêng Chăn",
        "# ປະຊຸມ ຢູ່ ນະຄອນຮ່າໂນ້ຍ ແລະ ນະຄອນຫຼວງວຽງຈັນ",
        "# meet in Hanoi and Vientiane",
    ],
    [
        "tuyến xe * - * khởi hành lúc 7 giờ",
        "ລົດເມ * - * ອອກ 7 ໂມງ",
        "the bus * - * departs at 7",
    ],
    ["đi từ * đến *", "ເດີນທາງຈາກ * ຫາ *", "travel from * to *"],
    // In an order.
    [
        "# lần lượt đăng cai hội nghị",
        "# ຕາມລຳດັບ ເປັນເຈົ້າພາບ",
        "# respectively host the conference",
    ],
    [
        "# luân phiên đăng cai hội nghị",
        "# ໝູນວຽນ ເປັນເຈົ້າພາບ",
        "# host the conference in turn",
    ],
    [
        "thứ tự đăng cai giữa # do các bên định",
        "ຕາມລຳດັບ ການເປັນເຈົ້າພາບ ລະຫວ່າງ # ກຳນົດແລ້ວ",
        "hosting between # goes in that order",
    ],
    // Shares.
    [
        "# cùng góp 60 và 40 triệu đồng",
        "# ຮ່ວມກັນປະກອບ 60 ແລະ 40 ລ້ານດົ່ງ",
        "# jointly contribute 60 and 40 million dong",
    ],
    [
        "# thống nhất tỷ lệ góp vốn là 6:4",
        "# ຕົກລົງ ອັດຕາສ່ວນ 6:4",
        "# agree on a ratio of 6:4",
    ],
    [
        "# phối hợp cử năm cán bộ và bảy cán bộ",
        "# ປະສານ ສົ່ງພະນັກງານ ຫ້າ ຄົນ ແລະ ເຈັດ ຄົນ",
        "# jointly send five officers and seven officers",
    ],
    // One of them alone.
    [
        "Chủ tịch # ký biên bản",
        "ປະທານ # ລົງນາມ ບົດບັນທຶກ",
        "the chair of # signs the minutes",
    ],
    [
        "# do ông Nam đại diện, ký biên bản",
        "# ຕາງໜ້າໂດຍ ທ່ານ ນາມ ລົງນາມ",
        "# represented by Mr Nam, sign the minutes",
    ],
];

/// Sentences of one language in which something may be meant of the parties one by
/// one, each with the number of parties.
const IN_DOUBT: &[&str] = &[
    "vi2: # cùng cử trưởng đoàn và phó trưởng đoàn",
    "vi2: # phối hợp, bên trước cấp giống, bên sau cấp phân bón",
    "vi2: # hợp tác trồng rừng: một bên cấp giống, một bên cấp đất",
    "vi2: # thống nhất cấp kinh phí: 60 triệu đồng; 40 triệu đồng",
    "vi2: # thống nhất địa điểm họp: Mộc Châu, Sầm Nưa",
    "vi2: # trao đổi cán bộ nam và cán bộ nữ",
    "vi2: # ký với tư cách bên cho vay và bên vay",
    "vi2: # tham gia với tư cách chủ nhà và khách mời",
    "vi2: # hợp tác, trong đó tỉnh đầu chịu chi phí",
    "vi2: # hợp tác. Tỉnh sau chịu chi phí ăn ở",
    "vi2: # hợp tác. Mức đóng góp: 60 triệu, 40 triệu",
    "vi2: # hợp tác.\n\nMức đóng góp lần lượt là 60 triệu, 40 triệu",
    "vi2: quan hệ giữa # là quan hệ giữa nước lớn và nước nhỏ",
    "vi2: Hai tỉnh # giáp nhau, một bên là Việt Nam, một bên là Lào",
    "vi2: # tổ chức đoàn đi trước, đoàn đi sau",
    "vi2: # chia sẻ chi phí một phần ba, hai phần ba",
    "vi2: # cùng họp vào đầu năm và cuối năm",
    "vi2: # cùng họp vào thứ hai và thứ sáu",
    "vi2: # thống nhất sử dụng tiếng Việt, tiếng Lào làm ngôn ngữ làm việc",
    "vi2: bên nhận và bên giao là # thống nhất",
    "vi2: trưởng ban, phó trưởng ban là Chủ tịch Hội của hai tỉnh #",
    "vi2: Chủ nhà là các tỉnh # theo từng năm",
    "vi3: khi * đăng cai, * và * cùng tham gia",
    "vi3: nếu không có *, * và * thống nhất",
    "lo2: # ຮ່ວມກັນ ສົ່ງຫົວໜ້າຄະນະ ແລະ ຮອງຫົວໜ້າຄະນະ",
    "lo2: # ລົງນາມ ໃນນາມ ຝ່າຍໃຫ້ ແລະ ຝ່າຍຮັບ",
    "lo2: # ຮ່ວມກັນຈັດງານ ຢູ່ຊຳເໜືອ ແລະ ໂມກເຈົາ",
    "lo2: # ປະຊຸມ ຕົ້ນປີ ແລະ ທ້າຍປີ",
    "lo2: # ຕົກລົງ ແຕ່ງຕັ້ງ ນາງຄຳ, ນາງຮວາ",
    "lo2: # ຮ່ວມມື. ຝ່າຍທຳອິດ ຈ່າຍ",
    "lo3: ເມື່ອ ຢ້ຽມຢາມ *, * ແລະ * ຮ່ວມກັນຕ້ອນຮັບ",
    "en2: # agree that one pays and the other hosts",
    "en2: # agree that the first pays and the second hosts",
    "en2: # meet in even and odd years",
    "en2: # meet in spring and in autumn",
    "en2: # sign as lender and borrower",
    "en2: # share the costs two to one",
    "en2: # cooperate; the party named first pays",
    "en2: the two provinces # take turns",
    "en3: having visited *, * and * agree",
    "en3: besides *, * and * agree",
];

/// What a sentence may stand within.
const AROUND: &[[(&str, &str); 3]] = &[
    [("", ""), ("", ""), ("", "")],
    [
        ("nếu ", ", các bên sẽ bàn lại"),
        ("ຖ້າ ", ", ບັນດາຝ່າຍ ຈະ ປຶກສາຫາລືກັນຄືນ"),
        ("if ", ", the parties shall confer"),
    ],
    [
        ("các bên ghi nhận rằng ", " (nếu có)"),
        ("ບັນດາຝ່າຍ ຮັບຮູ້ວ່າ ", " (ຖ້າມີ)"),
        ("the parties note that ", " (if any)"),
    ],
    [
        ("nhằm phát triển vùng biên giới, ", ""),
        ("ເພື່ອ ພັດທະນາ ເຂດຊາຍແດນ, ", ""),
        ("to develop the border area, ", ""),
    ],
];

/// A text as it is typed in one language.
#[derive(Default)]
struct Typed {
    markdown: String,
    /// What every original says, and between two of these an enumeration.
    fixed: Vec<String>,
    /// The names of the enumerations that may change places.
    together: Vec<Vec<usize>>,
}

impl Typed {
    fn say(&mut self, words: &str) {
        self.markdown.push_str(words);
        match self.fixed.last_mut() {
            Some(last) => last.push_str(words),
            None => self.fixed.push(words.to_owned()),
        }
    }

    fn name(&mut self, language: usize, party: usize) {
        let name = PARTIES[party][language];
        let id = (b'a' + party as u8) as char;
        self.markdown.push_str(&format!("[{name}](party:{id})"));
        match self.fixed.last_mut() {
            Some(last) => last.push_str(name),
            None => self.fixed.push(name.to_owned()),
        }
    }

    fn list(&mut self, language: usize, parties: &[usize]) {
        for (place, party) in parties.iter().enumerate() {
            match place {
                0 => {}
                _ if place + 1 == parties.len() => {
                    self.say(&format!(" {} ", LANGUAGES[language].1));
                }
                _ => self.say(", "),
            }
            self.name(language, *party);
        }
    }

    /// Writes an enumeration that may follow the holder.
    fn movable(&mut self, language: usize, parties: &[usize]) {
        let mut other = Typed::default();
        other.list(language, parties);
        self.markdown.push_str(&other.markdown);
        if self.fixed.is_empty() {
            self.fixed.push(String::new());
        }
        self.fixed.push(String::new());
        self.together.push(parties.to_vec());
    }

    /// Tells whether `text` is what was typed, in which each enumeration is as typed
    /// or has the holder before the others, and how many have.
    fn allows(&self, language: usize, text: &str, holder: usize) -> Option<usize> {
        let mut fixed = self.fixed.iter();
        let mut rest = text.strip_prefix(fixed.next()?.as_str())?;
        let mut moved = 0;
        for (parties, fixed) in self.together.iter().zip(fixed) {
            let spelled = |parties: &[usize]| {
                let mut list = Typed::default();
                list.list(language, parties);
                list.fixed.concat()
            };
            let mut first = parties.clone();
            first.sort_by_key(|party| (*party != holder, *party));
            moved += usize::from(first != *parties && rest.starts_with(&spelled(&first)));
            let after = rest.strip_prefix(spelled(parties).as_str());
            rest = after.or_else(|| rest.strip_prefix(spelled(&first).as_str()))?;
            rest = rest.strip_prefix(fixed.as_str())?;
        }
        rest.is_empty().then_some(moved)
    }
}

/// Writes one sentence in a language: the parties of `*`, in order, and of `#`.
fn write(typed: &mut Typed, language: usize, sentence: &str, parties: &[usize], moves: bool) {
    let mut alone = parties.iter().cycle();
    let mut rest = sentence;
    while let Some(at) = rest.find(['*', '#']) {
        typed.say(&rest[..at]);
        match (rest[at..].starts_with('*'), moves) {
            (true, _) => typed.name(language, *alone.next().expect("parties")),
            (false, true) => typed.movable(language, parties),
            (false, false) => typed.list(language, parties),
        }
        rest = &rest[at + 1..];
    }
    typed.say(rest);
}

fn shelf() -> Shelf {
    let project = Project::new(lab::repository());
    let materials = project.materials().expect("the templates are readable");
    Shelf::read(&materials.templates, None).expect("the packs are sound")
}

/// Returns the preamble of each party's original, in each of the languages.
fn originals(
    shelf: &Shelf,
    count: usize,
    texts: &[(usize, &Typed)],
) -> Vec<(usize, usize, String)> {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let listed = |each: &dyn Fn(usize, &Typed) -> String| {
        let all: Vec<String> = texts.iter().map(|(l, typed)| each(*l, typed)).collect();
        all.join(", ")
    };
    let mut yaml = format!(
        "id: x\nkind: memorandum\nlanguages: [{}]\nterm: {{from: 2026, to: 2028}}\nparties:\n",
        listed(&|l, _| LANGUAGES[l].0.to_owned())
    );
    for (party, names) in PARTIES.iter().enumerate().take(count) {
        let id = (b'a' + party as u8) as char;
        let language = LANGUAGES[texts[0].0].0;
        let names = listed(&|l, _| format!("{}: {}", LANGUAGES[l].0, names[l]));
        yaml += &format!("  - {{id: {id}, language: {language}, name: {{{names}}}}}\n");
    }
    let preamble = listed(&|l, typed| format!("{}: {}", LANGUAGES[l].0, quoted(&typed.markdown)));
    yaml += &format!("preamble: {{{preamble}}}\ncontent: []\nimplementation: []\n");
    let loaded = load::load(&Source::new("x.yaml", yaml)).expect("sound");
    let mut faults = Findings::default();
    let reading = Reading::of(loaded, shelf, &mut faults);
    assert!(faults.is_empty(), "{:?}", faults.into_list());
    let mut originals = Vec::new();
    for (language, _) in texts {
        let pack = shelf.pack(&Language(LANGUAGES[*language].0.to_owned()));
        for holder in 0..count {
            let mut order: Vec<usize> = (0..count).collect();
            order.sort_by_key(|party| *party != holder);
            let preamble = &reading.agreement.preamble;
            let text = reading.ordered(preamble, pack.expect("a pack"), &order);
            originals.push((*language, holder, text));
        }
    }
    originals
}

/// Writes sentences in all languages, some of them of parties that act together.
fn speak(dice: &mut Dice, count: usize) -> [Typed; 3] {
    let mut texts = [Typed::default(), Typed::default(), Typed::default()];
    for sentence in 0..1 + dice.roll(4) {
        let moves = dice.roll(3) == 0;
        let pieces = if moves { TOGETHER } else { IN_PLACE };
        let piece = pieces[dice.roll(pieces.len())];
        let around = AROUND[dice.roll(AROUND.len())];
        let stop = [". ", "; ", ", ", "\n\n"][dice.roll(4)];
        let first = dice.roll(count);
        let parties: Vec<usize> = (0..count).map(|party| (first + party) % count).collect();
        for (language, typed) in texts.iter_mut().enumerate() {
            if sentence > 0 {
                typed.say(stop);
            }
            typed.say(around[language].0);
            write(typed, language, piece[language], &parties, moves);
            typed.say(around[language].1);
        }
    }
    texts
}

/// Each sentence by itself, in each language by itself and in all at once.
#[test]
fn a_name_in_its_place_stays() {
    let (shelf, mut wrong) = (shelf(), Vec::new());
    for piece in IN_PLACE {
        for count in 2..=PARTIES.len() {
            for around in AROUND {
                let parties: Vec<usize> = (0..count).collect();
                let mut texts = [Typed::default(), Typed::default(), Typed::default()];
                for (language, typed) in texts.iter_mut().enumerate() {
                    typed.say(around[language].0);
                    write(typed, language, piece[language], &parties, false);
                    typed.say(around[language].1);
                }
                let all: Vec<(usize, &Typed)> = texts.iter().enumerate().collect();
                for spoken in [&all[..], &all[..1], &all[1..2], &all[2..]] {
                    for (language, holder, text) in originals(&shelf, count, spoken) {
                        let typed = &texts[language];
                        if typed.allows(language, &text, holder).is_none() {
                            wrong.push(text);
                        }
                    }
                }
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Parties that act together change places, in each language by itself too.
#[test]
fn parties_that_act_together_change_places() {
    let shelf = shelf();
    for piece in TOGETHER {
        for count in 2..=PARTIES.len() {
            let parties: Vec<usize> = (0..count).collect();
            for (language, words) in piece.iter().enumerate() {
                let mut typed = Typed::default();
                write(&mut typed, language, words, &parties, true);
                for (_, holder, text) in originals(&shelf, count, &[(language, &typed)]) {
                    let moved = typed.allows(language, &text, holder);
                    assert_eq!(moved, Some(usize::from(holder > 0)), "{text}");
                }
            }
        }
    }
}

/// Whatever is said beside what, and in whichever languages.
#[test]
fn originals_differ_in_enumerations_only() {
    let (shelf, mut dice, mut moved) = (shelf(), Dice(11), 0);
    for _ in 0..500 {
        let count = 2 + dice.roll(4);
        let texts = speak(&mut dice, count);
        let all: Vec<(usize, &Typed)> = texts.iter().enumerate().collect();
        let (from, to) = [(0, 2), (1, 3), (0, 3), (2, 3)][dice.roll(4)];
        for (language, holder, text) in originals(&shelf, count, &all[from..to]) {
            let typed = &texts[language];
            let found = typed.allows(language, &text, holder);
            assert!(found.is_some(), "{}\n{text}", typed.markdown);
            moved += found.unwrap_or_default();
        }
    }
    assert!(moved > 300, "too few enumerations moved: {moved}");
}

#[test]
fn what_may_be_meant_one_by_one_stays() {
    let (shelf, mut moved): (_, Vec<&str>) = (shelf(), Vec::new());
    for line in IN_DOUBT {
        let (head, text) = line.split_once(": ").expect("a language");
        let language = LANGUAGES.iter().position(|known| known.0 == &head[..2]);
        let (language, count) = (
            language.expect("known"),
            head[2..].parse::<usize>().expect("a count"),
        );
        let mut typed = Typed::default();
        let parties: Vec<usize> = (0..count).collect();
        write(&mut typed, language, text, &parties, false);
        let texts = originals(&shelf, count, &[(language, &typed)]);
        let stays = texts.iter().all(|(_, _, text)| *text == texts[0].2);
        moved.extend((!stays).then_some(line));
    }
    assert!(moved.is_empty(), "{moved:#?}");
}
