/**
 * What a sentence says yes or no to, in the words in which law is told: whether it counts, may be done, has to be done, is
 * there, is lawful. The positive patterns leave alone what a "不" or "没" stands before, and words that only look alike.
 */
const CLASSES: readonly { readonly yes: RegExp; readonly no: RegExp }[] = [
  {
    yes: /(?<![不没难否])(?:算(?!一|了|出|到|清|法)|属于|视同|视为|认定为|应当认定|构成)/u,
    no: /不算|不属于|不视[同为]|不(?:予)?认定|不能?构成|算不上|不是工伤/u,
  },
  { yes: /(?<!不)(?:可以|有权|能(?=[要拿得解申告拒按])|允许)/u, no: /不(?:可以|能|得|准|许|允许)|无权|没有权|严禁|禁止/u },
  {
    yes: /(?<![不无须])(?:应当|应该|必须|需要|(?<![主只需重想还不若])要(?![是求不么紧件点素]))/u,
    no: /不用|不必|不需要|无需|无须|用不着|不应|不要(?!求)/u,
  },
  { yes: /(?<![没所只还具享])有(?!权|的|关|效|限|人|些|期|时|无|条件|责任)/u, no: /没有|没得|无(?=合同|证|效|责)/u },
  { yes: /(?<![不非])合法|(?<![无不])有效/u, no: /违法|不合法|非法|无效/u },
];

/**
 * Whether a text turns a no of another into a yes, a yes into a no, or leaves a no out. Rather too often than too seldom:
 * what is lost is a wording, not an answer.
 */
export function contradicts(said: string, text: string): boolean {
  return CLASSES.some(({ yes, no }) => {
    const [saidYes, saidNo, yesNow, noNow] = [yes.test(said), no.test(said), yes.test(text), no.test(text)];
    if (saidNo && !noNow) return true;
    return (saidYes && !saidNo && noNow) || (saidNo && !saidYes && yesNow);
  });
}

/** Whether a text says no to what its sources only say yes to, or yes to what they only say no to. */
export function turnsRound(sources: string, text: string): boolean {
  return CLASSES.some(({ yes, no }) => {
    const [sourceYes, sourceNo, yesNow, noNow] = [yes.test(sources), no.test(sources), yes.test(text), no.test(text)];
    return (sourceYes && !sourceNo && noNow) || (sourceNo && !sourceYes && yesNow && !noNow);
  });
}
