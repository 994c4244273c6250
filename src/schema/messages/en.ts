import type { IssueDetails } from '../issue.js';
import type { PlacedColumn } from '../layout.js';
import type { Messages } from './messages.js';

const found = (d: IssueDetails) => (d.found === undefined ? '' : ` (shape: ${d.found})`);
const points = (d: IssueDetails) => (d.codePoints ?? []).join(' ');
const at = (d: IssueDetails) => (d.index === undefined ? '' : ` at character ${d.index + 1}`);
const or = (marker: string | undefined) => (marker === undefined ? '' : `, or ${marker}`);

const kinds: Messages['kinds'] = {
  month: (k) => k.constant ?? `a month as YYYYMM${or(k.marker)}`,
  date: (k) => `a calendar date as YYYYMMDD${or(k.marker)}`,
  time: (k) => `a time of day as HHMM, 0000 to 2359${or(k.marker)}`,
  int: (k) => (k.length === null ? 'a whole number' : `a whole number of at most ${k.length} digits`),
  decimal: () => 'a number as 99.99, with two decimals',
  code: (k) =>
    `one of the codes ${Object.keys(k.codes ?? {})
      .sort()
      .join(', ')}`,
  digits: (k) => `${k.length} digits`,
  insured: () => '10 digits, or H and 9 digits',
  office: () => 'an office number: 10 digits, the third may be a capital letter',
  serviceType: () => 'a service type of 2 characters',
  serviceCode: () => 'a service code of 6 digits or capital letters',
  tais: () => '12 characters as 99999-999999',
  flags31: () => '31 characters of 0 and 1',
  postal: () => 'a postal code as 999-9999',
  phone: (k) => `at most ${k.length} characters without comma, quote or line break`,
  string: (k) => `at most ${k.length} characters without comma, quote or line break`,
  text: (k) => (k.length === null ? 'text' : `text of at most ${k.length} characters`),
  unused: () => 'nothing',
};

/** What stands there and what should, where the caller asked for values. */
const against = (d: IssueDetails) =>
  d.found === undefined || d.expected === undefined ? '' : ` (${d.found} against ${d.expected})`;

const expected = (d: IssueDetails, c: PlacedColumn | undefined) => d.expected ?? (c ? kinds[c.kind.type](c.kind) : '');

export const en: Messages = {
  where({ file, row, column, columnName, path }) {
    const parts: string[] = [];
    if (path !== undefined && path !== '') parts.push(path);
    if (file !== undefined) parts.push(file);
    if (row !== undefined) parts.push(`row ${row}`);
    if (column !== undefined) parts.push(`column ${column} (${columnName ?? ''})`);
    return parts.length === 0 ? '' : `${parts.join(', ')}: `;
  },
  readAllTheSame: ' Read all the same.',
  kinds,
  codes: {
    'cell.required': (d, c) => `a required cell is empty. Fill it with ${expected(d, c)}.`,
    'cell.length': (d, c) => `the length does not fit${found(d)}. Write ${expected(d, c)}.`,
    'cell.form': (d, c) => `the form does not fit${found(d)}. Write ${expected(d, c)}.`,
    'cell.calendar': (d, c) => `there is no such date or time${found(d)}. Write ${expected(d, c)}.`,
    'cell.code': (d, c) => `the code is not in its table${found(d)}. Write ${expected(d, c)}.`,
    'cell.version': (d, c) => `not the csvVersion of this edition (${d.found}). Write ${expected(d, c)}.`,
    'cell.leadingZeros': (d) => `a number with leading zeros${found(d)}. Read without them; they are not written.`,
    'cell.decimals': (d, c) =>
      `the number of decimals differs${found(d)}. The value was read; write ${expected(d, c)}.`,
    'cell.unusualLength': (d) => `more digits than usual${found(d)}. The value was read; check it.`,
    'cell.unusualForm': (d) => `not an office number${found(d)}. The value was read as it is; check it.`,
    'cell.spaces': (d) => `spaces around the value${found(d)}. Read without them; have the sender remove them.`,
    'cell.fullWidth': (d) => `full-width characters${found(d)}. Read as half-width; have the sender correct them.`,
    'cell.blank': () => 'only spaces. Read as empty; have the sender leave it empty.',
    'cell.unused': (d) => `a column that is not used has a value${found(d)}. Leave it empty.`,
    'cell.bare': (d) => `a comma, quote or line break in a column without quotes${found(d)}. Remove it.`,
    'cell.type': (d, c) => `a value of the wrong type (${d.found}). Give a value that stands for ${expected(d, c)}.`,
    'cell.emptyString': () => 'an empty string is not a value. Leave the property out where there is none.',
    'record.unknownColumn': (d) =>
      `the layout has no column of this name (${d.found}). Check the spelling or remove it.`,
    'record.raw': (d) =>
      `cells that were not understood are left in $raw (${d.found}). Set their values and remove $raw.`,
    'record.type': () => 'a record is not an object. Give an object of column names and values.',
    'row.missingColumns': (d) =>
      `columns are missing (${d.found} of ${d.expected}). They were read as empty; write all.`,
    'row.surplusColumns': (d) =>
      `too many columns (${d.found} instead of ${d.expected}). Surplus texts are kept in $raw.`,
    'row.header': () => 'a header row. Not read as data; have the sender leave it out.',
    'char.necSelected': (d) =>
      `${points(d)}${at(d)} is written in an old way (NEC-selected). It was read; nothing need be done.`,
    'row.cutOff': () =>
      'the file ends in the middle of this row. What was whole was read; ask the sender for the file again.',
    'row.unreadable': (d) =>
      d.found === d.expected
        ? 'the line is no record: it has no csvVersion, and its cells are not those of their columns. It is kept in $raw; ask the sender.'
        : `the line cannot be read as a record (${d.found} cells instead of ${d.expected}). It is kept in $raw; ask the sender.`,
    'row.edition': (d) =>
      `the row (and any like it behind) is of edition ${d.found}, rows above of ${d.expected}. It was read by its own; a file should hold one csvVersion.`,
    'file.nameEdition': (d) =>
      `the name has the form of edition ${d.expected}, the content is of edition ${d.found}. It was read by its content; ask the sender.`,
    'csv.lineEnd': () => 'the line does not end with CRLF. Read as a row; write CRLF.',
    'csv.noFinalNewline': () => 'the last row has no line end. Read as a row; check that the file was not cut off.',
    'csv.blankLine': () => 'a blank line. Skipped; remove it.',
    'csv.quotes': () => 'quotes are not closed as they should be. Check the values of this row with the sender.',
    'csv.unquotedText': () =>
      'free text without quotes (here first; later rows may have it too). It was read all the same.',
    'csv.quotedCell': () =>
      'quotes around a cell that has none in the standard (here first). It was read all the same.',
    'char.replaced': (d) => `${points(d)}${at(d)} cannot be sent and was replaced with "${d.replacement}".`,
    'char.unencodable': (d) => `${points(d)}${at(d)} is not in MS932 and cannot be sent. Use another character.`,
    'char.loneSurrogate': (d) => `${points(d)}${at(d)} is half a character (a lone surrogate). Enter it again.`,
    'char.answer': (d) =>
      `the replacement for ${points(d)}${at(d)} is not in MS932 either. Correct what onUnencodable returns.`,
    'char.gaiji': (d) =>
      `${points(d)}${at(d)} is a user-defined character (gaiji). Ask the sender which character it is.`,
    'char.broken': (d) => `bytes${at(d)} that are no character. Ask the sender for the value.`,
    'file.charset': (d) =>
      `the file is in ${d.found}, not MS932. It was read; have the sender write MS932 (Shift_JIS).`,
    'file.byteOrderMark': () =>
      'the file is in MS932 and begins with a byte order mark of UTF-8. The mark was ignored; have the sender remove it.',
    'file.refused': (d) => `the file is in ${d.found}, which is not read. Ask for the file in MS932 (Shift_JIS).`,
    'file.endMark': () => 'the file ends with 0x1A (end-of-file mark). Ignored; have the sender remove it.',
    'file.empty': () => 'the file is empty. Where there is no record, write no file.',
    'file.kind': (d) =>
      `the kind of file is not known (${d.found ?? ''}). Give the file its standard name, or pass its kind.`,
    'file.edition': (d) => `files of csvVersion ${d.found} are not read yet. Ask for the file in ${d.expected}.`,
    'name.form': () => 'not a file name of the standard. Restore kind, month, sender, receiver and serial in the name.',
    'name.notOurs': () => 'not a file name of the care plan exchange; skipped.',
    'name.kind': (d) =>
      `the name says another kind (${d.found}) than was given (${d.expected}). Read as the one given; check which it is.`,
    'name.renamed': (d) =>
      d.expected === undefined
        ? 'the file was renamed. What its name says was read; keep the name that the sender gave.'
        : `the file was renamed. Read as "${d.expected}"; keep the name that the sender gave.`,
    'name.month': (d) =>
      d.expected === undefined
        ? `the name of a file of this kind has no month (${d.found}). It was ignored; have the sender remove it.`
        : `the name has no proper month (${d.found ?? 'none'}). Have the sender write ${d.expected}.`,
    'name.officeNumber': (d) =>
      `an office number in the name does not have 10 characters (${d.found}). Read as it is; ask the sender.`,
    'name.serviceType': (d) => `a service type in the name is not in the table (${d.found}). Ask the sender.`,
    'name.edition': (d) =>
      `a name in the form of edition ${d.found}, not of ${d.expected}. It was read; check that the content is of that edition.`,
    'name.serial': (d) => `the serial in the name is not a date and time (${d.found}). Ask the sender.`,
    'name.sender': (d) =>
      `a file of this kind is sent by service offices, not by an office of type ${d.found}. Ask the sender.`,
    'name.parts': (d) =>
      d.expected === undefined
        ? `no name can be made: a file of this kind has no ${d.found} in its name. Leave it out.`
        : `no name can be made: ${d.found} is missing or wrong. Give ${d.expected}.`,
    'transmission.duplicate': (d) => `two files of the same kind (${d.found}). Keep one.`,
    'transmission.month': (d) => `a kind whose name carries a month (${d.found}). Pass month as YYYY-MM.`,
    'transmission.unit': () =>
      'this does not travel together with what stands before it. Send it in a transmission of its own.',
    'transmission.edition': (d) =>
      `the month belongs to edition ${d.expected}, not ${d.found}. Pass edition: '${d.expected}'.`,
    'transmission.months': (d) =>
      `files of one transmission hold one service month, here ${d.expected}. Send other months by themselves.`,
    'transmission.incomplete': (d) =>
      `${d.expected} is missing: this is not a whole transmission. Add it, or send what there is on purpose (allowIncomplete, --incomplete).`,
    'zip.directory': () =>
      'the list of contents of the ZIP is damaged or cut off. What could be found was read; ask for the archive again.',
    'zip.entry': () =>
      'this file in the ZIP is damaged or cut off. It was not read; ask for the archive again, others in it were read.',
    'zip.checksum': () =>
      'the checksum in the ZIP does not agree: the file is not what was packed. It was not read; ask for it again.',
    'zip.encrypted': () =>
      'a file in the ZIP that needs a password. It was not read; unpack it with the password, or ask for one without.',
    'zip.method': (d) =>
      `a file in the ZIP that is packed in a way that is not read (${d.found}). Ask for a ZIP as Windows makes it.`,
    'zip.tooLarge': (d) =>
      `more than the ZIP may hold (the limit leaves ${d.expected} bytes). Unpack it yourself where you trust it, or raise the limit.`,
    'zip.ratio': (d) =>
      `the file is more than ${d.expected} times as large as packed, as archives made to do harm are. It was not read; ask the sender.`,
    'zip.tooMany': (d) =>
      `the ZIP holds more files than are read (${d.expected}). The others were not read; have them packed in several archives.`,
    'zip.traversal': () =>
      'the path in the ZIP leads out of its folder ("..") as in archives made to do harm. The file was not read; ask the sender.',
    'zip.path': () =>
      'the path in the ZIP is not one below its folder. Only its part below a folder is used; pack files without drive and leading slash.',
    'zip.duplicate': () => 'the ZIP holds two files of this name. Keep one; ask the sender which one holds.',
    'zip.nested': () => 'a ZIP inside a ZIP, which is not opened. Unpack the outer one first.',
    'zip.empty': () => 'the ZIP holds no file of the care plan exchange. Check that it is the right one.',
    'state.olderPart': (d) =>
      `${d.found} is older than ${d.expected}, which it belongs to: the correction did not bring it. Ask the sender whether it still holds.`,
    'document.form': (d) => `a value of the wrong type or form (${d.found}). See the JSON Schema of the documents.`,
    'document.unknown': () => 'the documents have no property of this name. Check the spelling or remove it.',
    'document.empty': () =>
      'empty, where something must stand. Add an entry, or leave it out together with what holds it.',
    'document.order': () =>
      'numbers must ascend without repeats: receivers sort by them. Number again, in the order in which they are printed.',
    'document.equalGoals': () =>
      'a short-term goal that sheet 2 cannot tell from the one above it. Give it another text or period, or join the two.',
    'document.equalLines': (d) => `a line that is equal to ${d.expected} but for its days. Put all days into one line.`,
    'document.outsideMonth': (d) => `a day that is not in the month ${d.expected}. Correct the day or the month.`,
    'document.otherOffice': (d) =>
      `actuals are of one office and one service type, here ${d.expected}. Put this line into actuals of its own.`,
    'document.serviceType': (d) =>
      `the service code begins with no service type of the standard (${d.found}). Correct the code.`,
    'document.duplicate': (d) => `a document with the same key as ${d.expected}. Keep one.`,
    'document.supplement': () =>
      'the supplement of the person is missing, which travels with it. Add serviceUser.supplement.',
    'document.image': (d) =>
      d.found === undefined
        ? 'the image is missing. Add its JPEG as base64, or leave familyImage out.'
        : `the name of the image is not one of the standard (${d.found}). Set familyImage instead.`,
    'document.unreadable': () =>
      'something of this document could not be read, so it is not among the documents. Its rows are kept in rest; ask the sender for a correct file.',
    'document.head': (d) =>
      `the row belongs to a document whose ${d.expected} is missing here. It is kept in rest; ask the sender for the whole set.`,
    'document.number': () =>
      'a number of the tree is missing, so the row has no place in it. It is kept in rest; ask the sender.',
    'document.strayImage': () =>
      'an image that no record names. It is kept beside the documents; ask the sender whose it is.',
    'document.rest': (d) =>
      `${d.found} rows or images that are part of no document and would be lost. Remove them, if they are not wanted.`,
    'document.unusedKey': (d) =>
      `a part of the key that is not used here holds a value. It was ignored; have the sender write ${d.expected}.`,
    'document.otherInsurer': (d) =>
      `this person has another insurer number in ${d.expected}, which was sent before. If it has changed, withdraw that one: it is not replaced by this.`,
    'document.differs': () =>
      'rows of one document disagree here. The first filled one was taken; ask the sender which one holds.',
    'document.emptyRow': () => 'a row that says nothing but whose it is. It is kept in rest.',
    'document.mixedRow': () =>
      'a row with a service, an activity or another service at once. It was read as several entries.',
    'statement.units': () =>
      'the line has no units, so no statement can be made. Give its units per time; 0 where it has none.',
    'statement.serviceType': () =>
      'the service type of this code is not in the table of service types. Correct the first two characters.',
    'statement.option': (d) =>
      `not a value that a statement can be computed with. Give ${d.expected ?? 'a value in its range'}.`,
    'statement.discount': () =>
      'the units of the line are not those before the discount times its rate, as a whole number. Sheet 6 has units after the discount: correct the line or the discount.',
    'statement.overLimit': (d) =>
      `the planned units exceed this limit${against(d)}, and nobody said which services do. Name them and their units in overLimit.`,
    'statement.excess': (d) =>
      `the units in overLimit do not add up to what exceeds the limit${against(d)}. Correct them to the exact excess.`,
    'statement.excessService': () =>
      'no such service office and type has so many units within the limit, or it was named before. Name each once, with no more units than the plan has.',
    'statement.sum': (d) =>
      `the value does not agree with the rows that it adds up${against(d)}. Compute the statement again, or ask the sender.`,
    'statement.arithmetic': (d) =>
      `the value does not follow from the other values of its row${against(d)}. Check units, count, price and rate of the row.`,
    'statement.emptyColumn': () =>
      'a subtotal or total row has a value where section 10 wants 0 or nothing. Write 0 units and no discount there.',
    'statement.missingRow': (d) =>
      `an obligatory row is missing${d.expected === undefined ? '' : ` (${d.expected})`}. Add the subtotal or the grand total.`,
    'statement.repeatedRow': () => 'a second subtotal or grand total of the same rows. Keep one.',
    'statement.noRows': () =>
      'a subtotal of a service type that has no detail row here. Remove it, or add the rows that it adds up.',
    'reconcile.otherInsurer': (d) =>
      `the insurer number of these actuals (${d.found}) is not that of the slip. They were matched by the insured number; check that they are of the same person.`,
    'reconcile.ambiguous': (d) =>
      `these actuals (${d.found}) have no slip of their insurer, and several of their insured number. They were matched with none; correct the insurer number.`,
    'reconcile.unrelated': (d) =>
      `these actuals (${d.found}) are not of the person and month of the slip. They were left out; pass those that are.`,
  },
};
