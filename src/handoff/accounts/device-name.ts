const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, '微信'],
  [/HuaweiBrowser/, '华为浏览器'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/QQBrowser|MQQBrowser/, 'QQ 浏览器'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/, '鸿蒙'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, '安卓手机'],
  [/Windows/, 'Windows 电脑'],
  [/Macintosh/, 'Mac 电脑'],
  [/Linux/, 'Linux 电脑'],
];

/** Browser and system in a few words, as far as a browser tells. */
export function deviceName(userAgent: string): string {
  const of = (table: typeof BROWSERS): string | undefined => table.find(([pattern]) => pattern.test(userAgent))?.[1];
  const [system, browser] = [of(SYSTEMS), of(BROWSERS)];
  return system === undefined && browser === undefined
    ? '认不出的设备'
    : [system, browser].filter((word) => word !== undefined).join(' · ');
}
