import { makeFact, type Fact, type Reading } from './fact.js';
import { readCorrections } from './correct.js';
import { readPlace } from './places.js';
import { readInjury } from './read-injury.js';
import { readLand } from './read-land.js';
import { readPay } from './read-pay.js';
import { readPerson } from './read-person.js';
import { readWork } from './read-work.js';
import { toldBy, type Told } from './told.js';

/**
 * The facts that a message states, each with the words it was read from. What is asked, supposed, wished, or told of
 * others is no fact; of what is said in two ways nothing is read. Rather too little than anything wrong.
 * @param day ISO day in China
 * @param known facts that "不是5000，是5500" may correct
 */
export function readFacts(text: string, day: string, known: readonly Fact[] = []): Fact[] {
  const told = toldBy(text, day);
  const corrections = readCorrections(told, known);
  const corrected = new Set(corrections.map(({ id }) => id));
  const readings = [...readInjury(told), ...readPerson(told), ...readLand(told), ...readPay(told), ...readWork(told), ...readWhere(told)];
  return [...corrections, ...unambiguous(readings.filter(({ id }) => !corrected.has(id)))].map(makeFact);
}

function readWhere({ text }: Told): Reading[] {
  const place = readPlace(text);
  if (place === null) return [];
  const display = place.value === 'other' ? `${place.name}（四川以外）` : place.name;
  return [{ id: 'place', value: place.value, words: place.name, display }];
}

function unambiguous(readings: readonly Reading[]): Reading[] {
  return readings.filter((one, index) => {
    const same = readings.filter(({ id }) => id === one.id);
    return same.every(({ value }) => value === one.value) && readings.findIndex(({ id }) => id === one.id) === index;
  });
}
