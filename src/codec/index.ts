/**
 * How it is written: bytes to records and documents, and back.
 *
 * @module careplan-renkei/codec
 */
export type { CharacterKind } from './character-kind.js';
export { type Charset, type DetectedCharset, detectCharset } from './charset.js';
export { Checker, type CheckerOptions } from './check/checker.js';
export { type Explanation, explainCode, ruleCodes } from './check/explain.js';
export type { Profile } from './check/profile.js';
export { type CheckedFiles, type CheckedTransmission, type CheckFilesOptions, checkFiles, checkWith } from './check.js';
export { type CheckedText, type CheckTextOptions, checkText, type TextIssue, type TextLength } from './check-text.js';
export {
  type DecodedFile,
  type DecodedFileOf,
  type DecodeFileOptions,
  decodeFile,
  type UnknownFile,
} from './decode-file.js';
export { describeTextIssue, describeTextLength, type Sentences } from './describe-text.js';
export { type EncodedFile, type EncodeFileOptions, encodeFile } from './encode-file.js';
export {
  type Address,
  type FileName,
  type FileNameOf3,
  formatFileName,
  type ImageFileKind,
  type ParsedAddress,
  type ParsedFileName,
  parseFileName,
  safeFormatFileName,
} from './file-name.js';
export { type FileGroup, groupFiles } from './group.js';
export { isFileKind, type LayoutOf, layoutOf } from './kinds.js';
export { type DecodedDocuments, decodeDocuments } from './model/decode-documents.js';
export {
  type EncodeDocumentsOptions,
  type EncodedDocuments,
  encodeDocuments,
  type OutgoingDocuments,
} from './model/encode-documents.js';
export type { UnplacedRow } from './model/reading.js';
export {
  decodeMs932,
  type EncodeMs932Options,
  encodeMs932,
  type OnUnencodable,
  type ReplacementClass,
  type Unencodable,
} from './ms932.js';
export type { NamedBytes } from './named-bytes.js';
export type { RowIndex, RowRange } from './row-index.js';
export { clockSerials, isSerial, type SerialSource } from './serial.js';
export { decodeFileStream, type EncodeFileStreamOptions, encodeFileStream, type Source } from './stream.js';
export {
  type DecodedFiles,
  type DecodeFilesOptions,
  decodeFiles,
  type EncodedTransmission,
  type EncodeTransmissionOptions,
  encodeTransmission,
  type OutgoingTransmission,
  type ReceivedFile,
  type ReceivedImage,
  type Transmission,
} from './transmission.js';
export { type DecodedZip, type DecodeZipOptions, decodeZip, ZIP_LIMITS, type ZipLimits } from './zip/decode-zip.js';
export { type EncodedZip, encodeZip, type ZippedFile } from './zip/encode-zip.js';
export { zipPaths } from './zip/list-zip.js';
