//! Numbers in the tables of a face, the larger byte first. Reading beyond the end of a
//! table gives nothing.

pub(super) fn words(words: &[i16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

pub(super) fn write_u16(table: &mut [u8], at: usize, value: u16) {
    if let Some(place) = table.get_mut(at..at + 2) {
        place.copy_from_slice(&value.to_be_bytes());
    }
}

pub(super) fn read_u16(table: &[u8], at: usize) -> Option<u16> {
    let bytes = table.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(bytes.try_into().ok()?))
}

pub(super) fn read_i16(table: &[u8], at: usize) -> Option<i16> {
    read_u16(table, at).map(|value| value as i16)
}

pub(super) fn read_u32(table: &[u8], at: usize) -> Option<u32> {
    let bytes = table.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}
