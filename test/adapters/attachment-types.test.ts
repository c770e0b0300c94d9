import { describe, expect, it } from 'vitest';
import { ZIP, namesInZip, officeType, typeByContent } from '../../src/adapters/files/attachments/type-by-content.js';
import { safeName } from '../../src/handoff/ticket-tools/attachments.js';
import { docx, zip } from '../support/docx.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('the kind of a file by its content', () => {
  const kinds: readonly (readonly [string, string | null])[] = [
    ['\xff\xd8\xff\xe1....', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n....', 'image/png'],
    ['GIF89a....', 'image/gif'],
    ['RIFF\x00\x00\x00\x00WEBPVP8 ', 'image/webp'],
    ['RIFF\x00\x00\x00\x00WAVEfmt ', null],
    ['%PDF-1.7', 'application/pdf'],
    ['#!AMR\n', 'audio/amr'],
    ['ID3\x04', 'audio/mpeg'],
    ['\xff\xfb\x90\x00', 'audio/mpeg'],
    ['PK\x03\x04', ZIP],
    ['MZ\x90', null],
    ['\x7fELF', null],
    ['#!/bin/sh', null],
    ['<svg xmlns', null],
    ['<!doctype html>', null],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', null],
    ['', null],
  ];
  for (const [start, kind] of kinds) {
    it(`takes ${JSON.stringify(start)} for ${kind ?? 'nothing that is accepted'}`, () => {
      expect(typeByContent(bytes(start))).toBe(kind);
    });
  }

  it('takes Office documents, and neither other zips nor what can run inside of them', () => {
    const names = namesInZip(docx(['一句话']));
    expect(officeType(names)).toMatch(/wordprocessingml\.document$/);
    expect(officeType([...names, 'word/vbaProject.bin'])).toBeNull();
    expect(officeType([...names, 'word/embeddings/oleObject1.bin'])).toBeNull();
    expect(officeType([...names, 'word/embeddings/Microsoft_Excel_Sheet.xlsx'])).not.toBeNull();
    expect(officeType(namesInZip(zip({ 'a.txt': 'x', 'setup.exe': 'x' })))).toBeNull();
  });

  it('says that a damaged zip is damaged, whatever its directory claims', () => {
    const whole = docx(['一句话']);
    for (const cut of [30, 100, whole.length - 30]) expect(() => namesInZip(whole.subarray(0, cut))).toThrow('打不开');
    const lying = Buffer.from(whole);
    lying.writeUInt32LE(0xfffffff0, lying.length - 22 + 16);
    expect(() => namesInZip(lying)).toThrow('打不开');
  });
});

describe('the name of a file', () => {
  it('keeps neither folders, control and direction marks, nor an ending that is not its kind', () => {
    expect(safeName('../../etc/passwd', 'application/pdf')).toBe('passwd.pdf');
    expect(safeName('C:\\工作\\合同.doc', 'application/pdf')).toBe('合同.pdf');
    expect(safeName('工资\u202egpj.exe', 'image/jpeg')).toBe('工资gpj.jpg');
    expect(safeName('\u0000.\u0007', 'image/png')).toBe('文件.png');
    expect(Array.from(safeName('长'.repeat(500), 'image/png')).length).toBe(84);
  });
});
