//! The questions of `alternat new`.
//!
//! Input: what is known, and what the command line said. Output: what the new agreement
//! is to be.

use std::collections::BTreeMap;

use alternat::agreement::Originals;
use alternat::agreement::keys::{NUMBERINGS, ORIGINAL_FORMS};
use alternat::agreement::starter::{Start, StartParty};
use alternat::language::Language;
use alternat::text::letters::bare;

use super::super::ask::{Answer, Asker, chosen};
use super::new::{Given, Known, count, is_id, usual_id};
use super::renew::term;

impl Known<'_> {
    /// Asks for everything that is not given.
    pub(super) fn questions(
        &self,
        asker: &mut Asker<'_>,
        start: &mut Start,
        given: &mut Given,
    ) -> Answer<()> {
        asker.say(&asker.word("ask-intro"))?;
        if !given.languages {
            let usual: Vec<&str> = start.languages.iter().map(|code| code.0.as_str()).collect();
            let question = format!("{} [{}]", asker.word("ask-languages"), usual.join(", "));
            let languages = asker.ask(&question, |line| {
                let codes = line.split([' ', ',']).filter(|code| !code.is_empty());
                let codes: Vec<String> = codes.map(str::to_lowercase).collect();
                match codes.is_empty() {
                    true => Ok(None),
                    false => self
                        .read_languages(&codes)
                        .map(Some)
                        .ok_or("ask-no-language"),
                }
            })?;
            start.languages = languages.unwrap_or_else(|| start.languages.clone());
        }
        if !given.parties {
            start.parties = self.ask_parties(asker, &start.languages)?;
        }
        if !given.kind {
            self.ask_kind(asker, start)?;
        }
        if !given.subject {
            for code in start.languages.clone() {
                let question = asker
                    .word("ask-subject")
                    .replace("{language}", self.called(&code));
                match asker.text(&question)? {
                    Some(text) => drop(start.subject.insert(code, text)),
                    // A line in one language has one in each.
                    None if start.subject.is_empty() => break,
                    None => {}
                }
            }
        }
        if !given.term {
            start.term = asker.ask(&asker.word("ask-term"), |line| match line.trim() {
                "" => Ok(None),
                typed => term(typed).map(Some).ok_or("ask-no-term"),
            })?;
        }
        if !given.numbering {
            let names = NUMBERINGS.map(|(name, _)| name);
            let said = names.map(|name| asker.word(&format!("ask-{name}")));
            asker.list(&said)?;
            let place = asker.choose(&asker.word("ask-numbering"), &names)?;
            start.numbering = NUMBERINGS[place].1;
        }
        if !given.originals {
            let names = ORIGINAL_FORMS.map(|(name, _)| name);
            let said = names.map(|name| asker.word(&format!("ask-{name}")));
            asker.list(&said)?;
            let place = asker.choose(&asker.word("ask-originals"), &names)?;
            let form = ORIGINAL_FORMS[place].1;
            let question = format!("{} [1]", asker.word("ask-each"));
            let each = asker.ask(&question, |line| match line.trim() {
                "" => Ok(1),
                typed => count(typed).ok_or("ask-no-count"),
            })?;
            start.originals = Originals { form, each };
        }
        if !given.formulas {
            self.ask_formulas(asker, start)?;
        }
        if !given.id {
            let usual = usual_id(start);
            let question = format!("{} [{usual}]", asker.word("ask-id"));
            start.id = asker.ask(&question, |line| match line.trim() {
                "" => Ok(usual.clone()),
                typed if is_id(typed) => Ok(typed.to_owned()),
                _ => Err("ask-no-id"),
            })?;
        }
        Ok(())
    }

    fn ask_parties(
        &self,
        asker: &mut Asker<'_>,
        languages: &[Language],
    ) -> Answer<Vec<StartParty>> {
        let known: Vec<String> = self
            .register
            .parties
            .iter()
            .map(|known| {
                let names = &known.names.name;
                let name = names
                    .get(&self.own)
                    .or_else(|| names.get(languages.first()?));
                let name = name.or_else(|| names.values().next());
                let name = name.map(String::as_str).unwrap_or_default();
                format!("{name} ({})", known.id)
            })
            .collect();
        if !known.is_empty() {
            asker.say(&asker.word("ask-known"))?;
            asker.list(&known)?;
        }
        let ids: Vec<&str> = self
            .register
            .parties
            .iter()
            .map(|it| it.id.as_str())
            .collect();
        let first = languages.first().cloned();
        let first = first.unwrap_or_else(|| Language(String::new()));
        let mut parties: Vec<StartParty> = Vec::new();
        loop {
            let key = if ids.is_empty() {
                "ask-party-new"
            } else {
                "ask-party"
            };
            let number = (parties.len() + 1).to_string();
            let question = asker.word(key).replace("{number}", &number);
            let question = question.replace("{language}", self.called(&first));
            let taken: Vec<String> = parties.iter().map(|party| party.id.clone()).collect();
            let answer = asker.ask(&question, |line| match line.trim() {
                "" if taken.len() < 2 => Err("ask-two"),
                "" => Ok(None),
                typed => match chosen(typed, &ids) {
                    Ok(place) if taken.iter().any(|id| id == ids[place]) => Err("ask-twice"),
                    Ok(place) => Ok(Some(Ok(ids[place].to_owned()))),
                    Err(_) if typed.bytes().all(|byte| byte.is_ascii_digit()) => {
                        Err("ask-not-listed")
                    }
                    Err(_) => Ok(Some(Err(line.to_owned()))),
                },
            })?;
            let party = match answer {
                None => return Ok(parties),
                Some(Ok(id)) => StartParty {
                    id,
                    known: true,
                    language: first.clone(),
                    name: BTreeMap::new(),
                },
                Some(Err(name)) => self.ask_party(asker, languages, &taken, name)?,
            };
            parties.push(party);
        }
    }

    /// Asks for what is to be known of a party that the project does not know.
    fn ask_party(
        &self,
        asker: &mut Asker<'_>,
        languages: &[Language],
        taken: &[String],
        name: String,
    ) -> Answer<StartParty> {
        let mut names = BTreeMap::new();
        let id = self.id_of(&name, taken);
        let codes: Vec<&str> = languages.iter().map(|code| code.0.as_str()).collect();
        for (at, code) in languages.iter().enumerate() {
            if at == 0 {
                names.insert(code.clone(), name.clone());
                continue;
            }
            let question = asker
                .word("ask-name")
                .replace("{language}", self.called(code));
            if let Some(name) = asker.text(&question)? {
                names.insert(code.clone(), name);
            }
        }
        let question = asker
            .word("ask-reads")
            .replace("{languages}", &codes.join(", "));
        let usual = taken.len().min(codes.len().saturating_sub(1));
        let question = format!("{question} [{}]", codes[usual]);
        let language = asker.ask(&question, |line| match line.trim() {
            "" => Ok(usual),
            typed => codes
                .iter()
                .position(|code| *code == typed)
                .ok_or("ask-no-language"),
        })?;
        Ok(StartParty {
            id,
            known: false,
            language: languages[language].clone(),
            name: names,
        })
    }

    /// Makes an id of a name: `hue` of "Hội Liên hiệp Phụ nữ thành phố Huế".
    fn id_of(&self, name: &str, taken: &[String]) -> String {
        let place = self.units.iter().filter_map(|unit| {
            let at = name.rfind(unit.as_str())?;
            Some(name[at + unit.len()..].trim()).filter(|place| !place.is_empty())
        });
        let place = place.min_by_key(|place| place.len()).unwrap_or(name);
        let plain: String = place
            .chars()
            .map(bare)
            .flat_map(char::to_lowercase)
            .collect();
        let plain = plain.replace('đ', "d");
        let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let id: String = words.join("-").chars().take(40).collect();
        let id = id.trim_end_matches('-').to_owned();
        match is_id(&id) && !taken.contains(&id) && self.register.get(&id).is_none() {
            true => id,
            false => format!("party-{}", taken.len() + 1),
        }
    }

    fn ask_kind(&self, asker: &mut Asker<'_>, start: &mut Start) -> Answer<()> {
        let usual = start.kind.clone();
        let mut keys: Vec<&str> = self.kinds.keys().map(String::as_str).collect();
        keys.sort_by_key(|key| *key != usual);
        let said = keys.iter().map(|key| {
            let mut codes = std::iter::once(&self.own).chain(&start.languages);
            let title = codes.find_map(|code| self.kinds[*key].get(code));
            title.map(String::as_str).unwrap_or(key).to_owned()
        });
        let said: Vec<String> = said.collect();
        asker.list(&said)?;
        let place = asker.choose(&asker.word("ask-kind"), &keys)?;
        keys[place].clone_into(&mut start.kind);
        Ok(())
    }

    fn ask_formulas(&self, asker: &mut Asker<'_>, start: &mut Start) -> Answer<()> {
        let names: Vec<&str> = self
            .formulas
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        let said = self.formulas.iter().map(|(name, words)| {
            let words = words.get(&self.own).map(String::as_str).unwrap_or_default();
            format!("{name}: {words}")
        });
        let said: Vec<String> = said.collect();
        asker.list(&said)?;
        let usual = start.formulas.iter().filter_map(|name| {
            let place = names.iter().position(|known| known == name)?;
            Some((place + 1).to_string())
        });
        let usual: Vec<String> = usual.collect();
        let question = format!("{} [{}]", asker.word("ask-formulas"), usual.join(" "));
        let chosen = asker.ask(&question, |line| {
            let words = line.split([' ', ',']).filter(|word| !word.is_empty());
            let mut places = Vec::new();
            for word in words {
                match chosen(word, &names)? {
                    place if places.contains(&place) => return Err("ask-twice"),
                    place => places.push(place),
                }
            }
            Ok(places)
        })?;
        if !chosen.is_empty() {
            start.formulas = chosen
                .into_iter()
                .map(|place| names[place].to_owned())
                .collect();
        }
        Ok(())
    }
}
