/**
 * The code pages that texts of a recording may be in. EDF+ asks for ASCII in the header and UTF-8 in annotations;
 * many recorders write the code page of their machine, which no byte tells: the reader says which.
 */

/** `auto`: UTF-8 where the bytes are that, else Latin-1. The others are names of the Encoding Standard. */
export const CODE_PAGES = [
  { id: 'auto', name: 'Automatic' },
  { id: 'utf-8', name: 'UTF-8' },
  { id: 'windows-1252', name: 'Western (1252, Latin-1)' },
  { id: 'windows-1250', name: 'Central European (1250)' },
  { id: 'iso-8859-2', name: 'Central European (Latin-2)' },
  { id: 'windows-1251', name: 'Cyrillic (1251)' },
  { id: 'koi8-r', name: 'Cyrillic (KOI8-R)' },
  { id: 'windows-1253', name: 'Greek (1253)' },
  { id: 'windows-1254', name: 'Turkish (1254)' },
  { id: 'windows-1257', name: 'Baltic (1257)' },
  { id: 'windows-1255', name: 'Hebrew (1255)' },
  { id: 'windows-1256', name: 'Arabic (1256)' },
  { id: 'windows-874', name: 'Thai (874)' },
  { id: 'windows-1258', name: 'Vietnamese (1258)' },
  { id: 'gb18030', name: 'Chinese, simplified (GBK, GB 18030)' },
  { id: 'big5', name: 'Chinese, traditional (Big5)' },
  { id: 'shift_jis', name: 'Japanese (Shift-JIS)' },
  { id: 'euc-jp', name: 'Japanese (EUC-JP)' },
  { id: 'euc-kr', name: 'Korean (EUC-KR)' },
] as const

export type CodePage = (typeof CODE_PAGES)[number]['id']

/** What people call them besides. */
const OTHER_NAMES: Readonly<Record<string, CodePage>> = {
  utf8: 'utf-8',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  cp936: 'gb18030',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  cp932: 'shift_jis',
  cp949: 'euc-kr',
  cp950: 'big5',
  latin1: 'windows-1252',
  'latin-1': 'windows-1252',
  'iso-8859-1': 'windows-1252',
  latin2: 'iso-8859-2',
}

/** The page of a name in any usual spelling (`GBK`, `cp1250`, `Shift-JIS`), or null. */
export function parseCodePage(name: string): CodePage | null {
  const plain = name.trim().toLowerCase()
  const known = CODE_PAGES.find(({ id }) => id === plain)?.id ?? OTHER_NAMES[plain]
  if (known !== undefined) return known
  const number = /^(?:cp|windows-?|win-?)?(\d{3,4})$/.exec(plain)?.[1]
  return CODE_PAGES.find(({ id }) => id === `windows-${number}`)?.id ?? OTHER_NAMES[`cp${number}`] ?? null
}
