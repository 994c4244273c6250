import { describe, expect, it } from 'vitest';
import { unpackZip } from '../../src/transport/folder/zip-read.js';
import { packZip } from '../../src/transport/folder/zip-write.js';
import { bytesOf } from '../support/damage.js';

describe('the ZIP that a folder sends', () => {
  const refusalOf = (names: readonly string[]) => {
    try {
      return packZip(names.map((name) => ({ name, bytes: bytesOf('') })));
    } catch (error) {
      return error;
    }
  };

  it('is what a folder takes in', () => {
    const files = ['b.CSV', '10', '2', '__proto__'].map((name) => ({ name, bytes: bytesOf(`of ${name}`) }));
    const limits = { maxEntries: 4, maxFileSize: 100, maxTotalSize: 100 };
    expect(unpackZip(packZip(files), limits)).toEqual(files);
  });

  it('is refused by what is wrong: a name that cannot be or stands twice, or too many files', () => {
    expect(refusalOf(['a', 'a'])).toMatchObject({ code: 'message.invalid', outcome: 'rejected', part: 2 });
    expect(refusalOf(['\ud800'])).toMatchObject({ code: 'message.invalid', part: 1 });
    const many = Array.from({ length: 65_536 }, (_, n) => `${n}`);
    expect(refusalOf(many)).toMatchObject({ code: 'too-large', outcome: 'rejected' });
  });
});
