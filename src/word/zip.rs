//! Files in one archive, as Word wants them: the same files give the same bytes.
//!
//! Input: names and bytes, in order. Output: a ZIP archive without dates.

use std::io::Write;

use crc32fast::hash;
use flate2::Compression;
use flate2::write::DeflateEncoder;

/// 1980-01-01, the first day that the format knows, and midnight.
const DAY: u16 = 0x21;
const TIME: u16 = 0;

/// The version of the format that is needed to read an entry: 2.0.
const VERSION: u16 = 20;

/// Names are in UTF-8.
const FLAGS: u16 = 1 << 11;

/// Entries are deflated.
const METHOD: u16 = 8;

/// Returns an archive of these files.
pub(super) fn archive(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, bytes) in files {
        let packed = deflate(bytes);
        let offset = size(archive.len());
        let mut entry = Vec::new();
        shorts(&mut entry, &[VERSION, FLAGS, METHOD, TIME, DAY]);
        longs(
            &mut entry,
            &[hash(bytes), size(packed.len()), size(bytes.len())],
        );
        shorts(&mut entry, &[name.len() as u16, 0]);
        archive.extend_from_slice(b"PK\x03\x04");
        archive.extend_from_slice(&entry);
        archive.extend_from_slice(name.as_bytes());
        archive.extend_from_slice(&packed);
        directory.extend_from_slice(b"PK\x01\x02");
        shorts(&mut directory, &[VERSION]);
        directory.extend_from_slice(&entry);
        // No comment, first disk, no attributes.
        shorts(&mut directory, &[0, 0, 0]);
        longs(&mut directory, &[0, offset]);
        directory.extend_from_slice(name.as_bytes());
    }
    let start = size(archive.len());
    archive.extend_from_slice(&directory);
    archive.extend_from_slice(b"PK\x05\x06");
    let count = files.len() as u16;
    shorts(&mut archive, &[0, 0, count, count]);
    longs(&mut archive, &[size(directory.len()), start]);
    shorts(&mut archive, &[0]);
    archive
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.expect("memory takes all that is written to it")
}

/// An agreement is smaller than the four gigabytes that the format counts.
fn size(length: usize) -> u32 {
    length as u32
}

fn shorts(bytes: &mut Vec<u8>, numbers: &[u16]) {
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

fn longs(bytes: &mut Vec<u8>, numbers: &[u32]) {
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}
